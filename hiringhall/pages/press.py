"""The press that pages come from: a template, its inputs, and rows that were made before.

Owns how a page's key follows from its inputs, and how long lists are split; refuses to know which pages
there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from hiringhall.context import Context
from hiringhall.engine.digests import digest, extended
from hiringhall.engine.parts import Parts
from hiringhall.model import Entry, Listing, Output
from hiringhall.pages import lists
from hiringhall.pages.frames import values
from hiringhall.pages.posting import ROW
from hiringhall.pages.templates import SLOT, Templates
from hiringhall.pages.views import Page, feeds_of, titled
from hiringhall.policies import addresses

Views = Mapping[str, object]


class Press(NamedTuple):
    """What every page is made with: `browse` are the facets to browse by, `key` names what all depend on."""

    listing: Listing
    context: Context
    templates: Templates
    parts: Parts
    browse: tuple[lists.FacetView, ...]
    key: str


def paged(
    entries: tuple[Entry, ...], folder: str, press: Press
) -> Iterator[tuple[str, lists.Pager | None, tuple[Entry, ...]]]:
    """Yield the pages of a list at `folder`: each one's own folder, its pager, its entries."""
    count = page_count(entries, press)
    for number, shown in enumerate(split(entries, press), 1):
        yield addresses.page(number, folder), lists.pager(number, count, folder, press.context), shown


def page_count(entries: tuple[Entry, ...], press: Press) -> int:
    """Return how many pages a list has; one without entries has one page too."""
    return max(1, -(-len(entries) // press.context.settings.page_size))


def split(entries: tuple[Entry, ...], press: Press) -> Iterator[tuple[Entry, ...]]:
    """Yield the entries of each page; a list without any has one page too."""
    size = press.context.settings.page_size
    for start in range(0, max(1, len(entries)), size):
        yield entries[start : start + size]


def numbered(name: str, pager: lists.Pager | None) -> str:
    """Return a list's name with the page's number: no two pages have one title."""
    return f"{name}, {pager.text}" if pager else name


def head_of(
    name: str,
    description: str,
    folder: str,
    feeds: str,
    feed_title: str,
    context: Context,
    *,
    calendar: bool = True,
) -> Page:
    """The head of a list at `folder`, whose feeds stand at `feeds`."""
    return Page(
        title=titled(name, context),
        description=description,
        canonical=context.site.absolute(folder),
        feeds=feeds_of(feeds, feed_title, context, calendar=calendar),
    )


def filled(
    folder: str,
    template: str,
    page: Page,
    press: Press,
    *,
    section: str = "",
    subject: str = "",
    rows: Iterable[Entry] | None = None,
    **views: object,
) -> Output:
    """One page of a template; `rows` are the postings that stand in its slot, if it has one.

    Views are plain values, so what they look like in words decides the page as well as they do.
    """

    def view() -> tuple[Page, Views]:
        return page, views

    return printed(
        folder,
        template,
        view,
        view,
        press,
        section=section,
        subject=subject,
        rows=rows,
    )


def printed(
    folder: str,
    template: str,
    inputs: Callable[[], object],
    view: Callable[[], tuple[Page, Views]],
    press: Press,
    *,
    section: str = "",
    subject: str = "",
    rows: Iterable[Entry] | None = None,
) -> Output:
    """One page of a template, whose view is made when asked for, of its inputs and the context alone."""
    entries = tuple(rows or ())
    context, templates = press.context, press.templates
    path = folder if folder.endswith(".html") else addresses.file_of(folder)

    def key() -> str:
        own = extended(press.key, "page", digest(template, section, repr(inputs())))
        return extended(own, "postings", digest(*[entry.key for entry in entries]))

    def chunks() -> Iterator[bytes]:
        page, views = view()
        given = {**values(page, context, templates, section), **views}
        if rows is None:
            yield templates.render(template, subject or path, **given).encode()
            return
        head, tail = templates.split(template, subject or path, rows=SLOT, **given)
        yield head
        for entry in entries:
            yield press.parts.read(ROW, entry)
        yield tail

    return Output(path, key, chunks)
