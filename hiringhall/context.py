"""What every page and feed of one build shares besides the postings.

Owns the bundle, and how titles name the site; refuses to know what uses it.
"""

from __future__ import annotations

from typing import NamedTuple

from hiringhall.model import Settings, Source, StaticPage
from hiringhall.policies.addresses import SiteAddress
from hiringhall.wording import Wording


class Context(NamedTuple):
    """Settings, the site's address, its words, its static pages and files, and `key`, a digest.

    The key covers all of it except the files and what static pages say below their titles. `folder` is that
    of the content as messages name it, `folder_in_git` the same from the top of its repository.
    """

    settings: Settings
    site: SiteAddress
    wording: Wording
    key: str
    folder: str = ""
    folder_in_git: str = ""
    pages: tuple[StaticPage, ...] = ()
    files: tuple[Source, ...] = ()

    def titled(self, name: str) -> str:
        """Return the title of a page or a feed: its own name, then the site's."""
        return f"{name} – {self.settings.title}"
