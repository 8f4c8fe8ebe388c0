"""The press that pages come from: a template, its inputs, and rows that were made before.

Owns how a page's key follows from its inputs, and how long lists are split; refuses to know which pages
there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple, Protocol

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
from hiringhall.policies.pagination import page_starts

Views = Mapping[str, object]

_slug_of = attrgetter("card.slug")


class Sheet(Protocol):
    """What a page says besides its postings: of its inputs and the context alone."""

    def inputs(self) -> object:
        """Return all that decides it, as plain values."""

    def view(self) -> tuple[Page, Views]:
        """Return it, as templates take it."""


class Press(NamedTuple):
    """What every page is made with. `key` names what all depend on.

    `browse` are the facets to browse by, `browse_uncounted` the same for pages that tell no numbers.
    """

    listing: Listing
    context: Context
    templates: Templates
    parts: Parts
    browse: tuple[lists.FacetView, ...]
    browse_uncounted: tuple[lists.FacetView, ...]
    key: str


def paged(
    entries: tuple[Entry, ...], folder: str, press: Press
) -> Iterator[tuple[str, lists.Pager | None, tuple[Entry, ...]]]:
    """Yield the pages of a list at `folder`: each one's own folder, its pager, its entries."""
    pages = split(entries, press)
    for number, shown in enumerate(pages, 1):
        yield addresses.page(number, folder), lists.pager(number, len(pages), folder, press.context), shown


def split(entries: tuple[Entry, ...], press: Press) -> list[tuple[Entry, ...]]:
    """Return the entries of each page; a list without any has one page too."""
    starts = page_starts(entries, _slug_of, press.context.settings.page_size)
    return [entries[begin:end] for begin, end in pairwise((*starts, len(entries)))]


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


class _Filled(NamedTuple):
    """A sheet that is known beforehand. Its views are plain values, so they decide it as well."""

    page: Page
    views: Views

    def inputs(self) -> object:
        return self.page, self.views

    def view(self) -> tuple[Page, Views]:
        return self.page, self.views


class Printed(NamedTuple):
    """One page of a template; `rows` are the postings that stand in its slot, if it has one.

    `subject` is what a template that cannot be rendered is blamed on: a source, where the page has one.
    """

    path: str
    template: str
    sheet: Sheet
    press: Press
    section: str = ""
    rows: tuple[Entry, ...] | None = None
    subject: str = ""

    def key(self) -> str:
        """Name all inputs."""
        own = digest(self.template, self.section, repr(self.sheet.inputs()))
        postings = digest(*[entry.key for entry in self.rows or ()])
        return extended(extended(self.press.key, "page", own), "postings", postings)

    def chunks(self) -> Iterator[bytes]:
        """Yield the page in the template's words, with rows that were made before."""
        press, template, subject = self.press, self.template, self.subject or self.path
        page, views = self.sheet.view()
        given = {**values(page, press.context, press.templates, self.section), **views}
        if self.rows is None:
            yield press.templates.render(template, subject, **given).encode()
            return
        head, tail = press.templates.split(template, subject, rows=SLOT, **given)
        yield head
        yield from press.parts.read(ROW, self.rows)
        yield tail


def filled(
    path: str,
    template: str,
    page: Page,
    press: Press,
    *,
    section: str = "",
    subject: str = "",
    rows: tuple[Entry, ...] | None = None,
    **views: object,
) -> Output:
    """Return one page of a template whose words are known already."""
    return Printed(path, template, _Filled(page, views), press, section, rows, subject)
