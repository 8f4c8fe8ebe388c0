"""Which pages exist, what decides the bytes of each, and what they are joined from.

Owns the site's set of pages and their keys; refuses to know the markup, and renders nothing until asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import NamedTuple

from markupsafe import Markup

from hiringhall.context import Context
from hiringhall.engine.digests import digest, extended
from hiringhall.feeds import recent_changes
from hiringhall.model import Card, Entry, Facet, Group, Listing, Organization, Output, Parts, StaticPage
from hiringhall.pages import assets, browsing, changes, lists, neighbours, statistics
from hiringhall.pages.browsing import EmployerView, FacetView
from hiringhall.pages.pager import Sheet, paged
from hiringhall.pages.posting import HEAD, TAIL
from hiringhall.pages.press import Press, Printed, Words, press_of
from hiringhall.pages.templates import Templates
from hiringhall.pages.views import FeedLink, Page, edit_address, titled
from hiringhall.policies import addresses
from hiringhall.policies.related import Index, index_of, related

_RECENT = 5  # closed postings shown if none is open


def outputs(
    listing: Listing,
    context: Context,
    templates: Templates,
    parts: Parts,
    register: Iterable[Organization] = (),
) -> Iterator[Output]:
    """Yield every page of the site and every file that pages load; `register` has more about employers."""
    press = press_of(context, templates, parts)
    browse = browsing.browse(listing, context)
    yield from _postings(listing, press)
    yield from _redirects(listing, press)
    yield from _index(listing, browse, press)
    yield from _facets(listing, register, press)
    yield _closing_soon(listing, press)
    yield from _archive(listing, browse, press)
    yield _changes(listing, press)
    yield statistics.output(listing, press)
    yield from _static(press)
    yield _not_found(press)
    theme = assets.theme_css(context.settings.theme)
    yield from assets.outputs((*templates.assets.files.values(), *((theme,) if theme else ())))


class _Around(NamedTuple):
    """What finds and names the postings around any other; neither is made until it is needed."""

    press: Press
    indexed: Callable[[], Index]
    names: Callable[[], Mapping[str, str]]


class _PostingPage(NamedTuple):
    """A posting's page, which is between two others in its own list."""

    path: str
    entry: Entry
    newer: Entry | None
    older: Entry | None
    around: _Around

    def key(self) -> str:
        press, indexed, names = self.around
        entry, shown = self.entry, names()
        others = (self.newer, self.older, *related(entry, indexed()))
        told = digest(*[shown[other.card.slug] if other else "" for other in others])
        return extended(extended(press.key, "posting", entry.key), "neighbours", told)

    def chunks(self) -> Iterator[bytes]:
        """Yield its own parts, which do not know other postings, around the block that does."""
        press, indexed, _ = self.around
        entry, alike = self.entry, related(self.entry, indexed())
        view = neighbours.neighbours_view(alike, self.newer, self.older, press.context)
        yield from press.parts.read(HEAD, (entry,))
        yield neighbours.rendered(view, entry.card.path, press.context, press.templates)
        yield from press.parts.read(TAIL, (entry,))


def _postings(listing: Listing, press: Press) -> Iterator[Output]:
    around = _Around(press, cache(partial(index_of, listing)), cache(partial(_names, listing)))
    for entries in (listing.open, listing.closed):
        for entry, newer, older in zip(entries, (None, *entries), (*entries[1:], None), strict=False):
            path = addresses.file_of(addresses.posting(entry.card.slug))
            yield _PostingPage(path, entry, newer, older, around)


def _names(listing: Listing) -> dict[str, str]:
    return {entry.card.slug: neighbours.shown(entry) for entry in (*listing.open, *listing.closed)}


def _redirects(listing: Listing, press: Press) -> Iterator[Output]:
    """Yield one page for each former address of a posting or a static page."""
    for entry in (*listing.open, *listing.closed):
        if entry.card.aliases:
            yield from _from_aliases(entry.card, addresses.posting, press)
    for page in press.context.pages:
        yield from _from_aliases(page, addresses.static_page, press)


def _from_aliases(moved: Card | StaticPage, at: Callable[[str], str], press: Press) -> Iterator[Output]:
    title = titled(moved.title, press.context)
    for alias in moved.aliases:
        yield redirect(at(alias), at(moved.slug), title, moved.title, press, subject=moved.path)


def redirect(
    former: str,
    present: str,
    title: str,
    name: str,
    press: Press,
    *,
    feeds: tuple[FeedLink, ...] = (),
    subject: str = "",
) -> Output:
    """Return the page at a former address, which sends readers on to the page's present one."""
    words = partial(_moved, present, title, name, feeds)
    return Printed(addresses.file_of(former), "redirect.html", words, press, subject=subject)


def _moved(present: str, title: str, name: str, feeds: tuple[FeedLink, ...], context: Context) -> Words:
    page = Page(
        title=title,
        description=context.wording.text("redirect.title"),
        canonical=context.site.absolute(present),
        feeds=feeds,
        noindex=True,
        redirect=context.site.root + present,
    )
    return page, {"name": name}


def _index(listing: Listing, browse: tuple[FacetView, ...], press: Press) -> Iterator[Output]:
    context = press.context
    uncounted = browsing.browse(listing, context, told=False)
    employers = None if listing.open else browsing.employers(listing, context)
    for sheet, entries in paged(listing.open, context.settings.page_size):
        path = addresses.file_of(addresses.page(sheet.number))
        total, facets = (len(listing.open), browse) if sheet.is_first else (None, uncounted)
        words = partial(lists.index, sheet, total, facets, employers)
        yield Printed(path, "index.html", words, press, "open", entries or listing.closed[:_RECENT])


def _facets(listing: Listing, register: Iterable[Organization], press: Press) -> Iterator[Output]:
    employers = browsing.employer_views(register, listing.groups[Facet.ORGANIZATION], press.context)
    for facet in Facet:
        groups = listing.groups[facet]
        words = partial(lists.facet, facet, browsing.counted(groups))
        yield Printed(addresses.file_of(addresses.facet(facet)), "facet.html", words, press, facet.value)
        for group in groups:
            employer = employers.get(group.term.slug) if facet is Facet.ORGANIZATION else None
            yield from _term(group, employer, press)


def _term(group: Group, employer: EmployerView | None, press: Press) -> Iterator[Output]:
    home = addresses.term(group.term.facet, group.term.slug)
    for sheet, entries in paged(group.open, press.context.settings.page_size):
        path = addresses.file_of(addresses.page(sheet.number, home))
        opened, closed = (len(group.open), group.closed) if sheet.is_first else (None, None)
        words = partial(lists.term, group.term, sheet, opened, closed, employer if sheet.is_first else None)
        yield Printed(path, "list.html", words, press, group.term.facet.value, entries)


def _closing_soon(listing: Listing, press: Press) -> Output:
    path, entries = addresses.file_of(addresses.CLOSING_SOON), listing.closing_soon
    words = partial(lists.closing_soon, len(entries))
    return Printed(path, "list.html", words, press, "closing-soon", entries)


def _archive(listing: Listing, browse: tuple[FacetView, ...], press: Press) -> Iterator[Output]:
    size = press.context.settings.page_size
    counted = tuple((year, len(entries)) for year, entries in listing.years.items())
    uncounted = tuple((year, None) for year in listing.years)
    path = addresses.file_of(addresses.archive())
    words = partial(lists.archive, None, Sheet(1, 1), len(listing.closed), counted, browse)
    yield Printed(path, "archive.html", words, press, "archive", listing.closed[:size])
    for year, closed in listing.years.items():
        for sheet, entries in paged(closed, size):
            path = addresses.file_of(addresses.page(sheet.number, addresses.archive(year)))
            total, years = (len(closed), counted) if sheet.is_first else (None, uncounted)
            words = partial(lists.archive, year, sheet, total, years, ())
            yield Printed(path, "archive.html", words, press, "archive", entries)


def _changes(listing: Listing, press: Press) -> Output:
    words = partial(changes.words, recent_changes(listing, press.context))
    return Printed(addresses.file_of(addresses.CHANGES), "changes.html", words, press)


def _static(press: Press) -> Iterator[Output]:
    """Yield the pages of the site that are not postings."""
    for page in press.context.pages:
        path = addresses.file_of(addresses.static_page(page.slug))
        yield Printed(path, "page.html", partial(_own_page, page), press, subject=page.path)


def _own_page(page: StaticPage, context: Context) -> Words:
    folder = addresses.static_page(page.slug)
    head = Page(titled(page.title, context), page.description, context.site.absolute(folder))
    return head, {
        "heading": page.title,
        "lang": page.language or None,
        "body": Markup(page.html),  # noqa: S704 -- the intake renders it with raw HTML off
        "edit_url": edit_address(page.path, context),
    }


def _not_found(press: Press) -> Output:
    return Printed("404.html", "404.html", partial(_lost), press)


def _lost(context: Context) -> Words:
    text = context.wording.text
    return Page(titled(text("notfound.title"), context), text("notfound.lede"), None, noindex=True), {}
