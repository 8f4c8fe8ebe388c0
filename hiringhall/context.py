"""What every page and feed of one build shares besides the postings.

Owns nothing but the bundle; refuses to know what uses it.
"""

from __future__ import annotations

from dataclasses import dataclass

from hiringhall.model import Settings
from hiringhall.policies.addresses import Site
from hiringhall.wording import Wording


@dataclass(frozen=True, slots=True)
class Context:
    """Settings, where the site stands, its words, and `key`: the digest of all that decides its bytes."""

    settings: Settings
    site: Site
    wording: Wording
    key: str
