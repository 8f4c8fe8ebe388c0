"""The pages of a long list, and the links between them.

Owns which of them are linked; refuses to know what is listed.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from hiringhall.context import Context
from hiringhall.model import Entry
from hiringhall.pages.views import Link
from hiringhall.policies import addresses
from hiringhall.policies.pagination import page_starts

_AROUND = 2  # numbered links on each side of the current page


class Pager(NamedTuple):
    """The pages of a long list; a None among `links` is a gap. `text` says which page this is."""

    text: str
    newer: str | None
    older: str | None
    links: tuple[Link | None, ...]


class Sheet(NamedTuple):
    """Which page of a list this is: its number, of so many. Only the first shows numbers of postings.

    Those change whenever a posting comes or goes, and every page that shows one changes with them.
    """

    number: int
    of: int

    @property
    def is_first(self) -> bool:
        """Whether it may show numbers."""
        return self.number == 1


def paged(entries: tuple[Entry, ...], size: int) -> Iterable[tuple[Sheet, tuple[Entry, ...]]]:
    """Yield the pages of a list with the entries of each; an empty list has one page, too."""
    starts = page_starts([entry.card.slug for entry in entries], size)
    for number, (begin, end) in enumerate(pairwise((*starts, len(entries))), 1):
        yield Sheet(number, len(starts)), entries[begin:end]


def pager(sheet: Sheet, folder: str, context: Context) -> Pager | None:
    """Return the links between the pages of the list at `folder`, or None if there is one page."""
    number, pages = sheet
    if pages == 1:
        return None
    wording = context.wording
    return Pager(
        text=wording.text("list.page", number=wording.number(number), total=wording.number(pages)),
        newer=_page_href(number - 1, folder, context) if number > 1 else None,
        older=_page_href(number + 1, folder, context) if number < pages else None,
        links=tuple(_numbered(number, pages, folder, context)),
    )


def numbered(name: str, links: Pager | None) -> str:
    """Return a list's name with the page's number, so that no two pages have the same title."""
    return f"{name}, {links.text}" if links else name


def shown_pages(number: int, pages: int) -> list[int]:
    """Return the pages to link from page `number`: both ends, and those around it.

    >>> shown_pages(6, 12), shown_pages(1, 4)
    ([1, 4, 5, 6, 7, 8, 12], [1, 2, 3, 4])
    """
    return [page for page in range(1, pages + 1) if page in {1, pages} or abs(page - number) <= _AROUND]


def _page_href(number: int, folder: str, context: Context) -> str:
    return context.site.root + addresses.page(number, folder)


def _numbered(number: int, pages: int, folder: str, context: Context) -> Iterable[Link | None]:
    last = 0
    for shown in shown_pages(number, pages):
        if shown > last + 1:
            yield None
        yield Link(context.wording.number(shown), _page_href(shown, folder, context), shown == number)
        last = shown
