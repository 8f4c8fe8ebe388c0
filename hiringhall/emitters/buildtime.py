"""The file that says when the site was built, so that pages can say when it is out of date.

Owns `build.json`, the only file that time alone changes; refuses to know what else was built.
"""

from __future__ import annotations

from datetime import datetime

from hiringhall.engine.digests import key_of
from hiringhall.model import File, Output
from hiringhall.policies import moments
from hiringhall.staging import MARK


def output(now: datetime) -> Output:
    """Return the file with the instant of the build, in UTC; publishing knows a tree of ours by it."""
    data = f'{{"built": "{moments.utc(now)}"}}\n'.encode()
    return File(MARK, lambda: key_of(time=data.decode()), lambda: (data,))
