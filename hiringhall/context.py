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

    `above` is what a file's path has before its content folder, where that is not in the working folder.
    """

    settings: Settings
    site: Site
    wording: Wording
    key: str
    above: str = ""
