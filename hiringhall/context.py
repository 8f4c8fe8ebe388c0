"""What every page and feed of one build shares besides the postings.

Owns nothing but the bundle; refuses to know what uses it.
"""

from __future__ import annotations

from typing import NamedTuple

from hiringhall.model import Settings
from hiringhall.policies.addresses import Site
from hiringhall.wording import Wording


class Context(NamedTuple):
    """Settings, where the site stands, its words, and `key`: the digest of all that decides its bytes.

    Paths of postings begin with `folder`; from the top of their repository they begin with `edited`.
    """

    settings: Settings
    site: Site
    wording: Wording
    key: str
    folder: str = ""
    edited: str = ""
