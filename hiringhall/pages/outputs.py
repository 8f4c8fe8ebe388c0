"""Which pages exist, what decides the bytes of each, and what they are joined from.

Owns the site's set of pages and their keys; refuses to know the markup, and renders nothing until asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from typing import Any, NamedTuple

from markupsafe import Markup

from hiringhall.context import Context
from hiringhall.engine.digests import digest, extended, key_of
from hiringhall.engine.parts import Parts
from hiringhall.model import Card, Entry, Facet, Group, Listing, Output, StaticPage
from hiringhall.pages import assets, lists, neighbours, statistics
from hiringhall.pages.changes import days_of
from hiringhall.pages.posting import HEAD, TAIL
from hiringhall.pages.press import Press, Printed, Views, filled, head_of, numbered, paged, split
from hiringhall.pages.templates import Templates
from hiringhall.pages.views import FeedLink, Page, edit_address, feeds_of, titled
from hiringhall.policies import addresses
from hiringhall.policies.related import Index, index_of, related
from hiringhall.syndication import recent_changes

_RECENT = 5  # closed postings shown where none is open


def outputs(listing: Listing, context: Context, templates: Templates, parts: Parts) -> Iterator[Output]:
    """Yield every page of the site and every file that pages load."""
    press = press_of(listing, context, templates, parts)
    yield from _postings(press)
    yield from _redirects(press)
    yield from _index(press)
    yield from _facets(press)
    yield _closing_soon(press)
    yield from _archive(press)
    yield _changes(press)
    yield statistics.output(listing, context, templates)
    yield from _static(press)
    yield _not_found(press)
    theme = assets.theme_css(context.settings.theme)
    yield from assets.outputs((*templates.assets.files.values(), *((theme,) if theme else ())))


def press_of(listing: Listing, context: Context, templates: Templates, parts: Parts) -> Press:
    """Return what every page is made with."""
    key = key_of(site=context.key, layouts=templates.key)
    browse = lists.browse(listing, context), lists.browse(listing, context, counted=False)
    return Press(listing, context, templates, parts, *browse, key)


class _Around(NamedTuple):
    """What finds and names the postings around any other; neither is made before it is asked for."""

    press: Press
    indexed: Callable[[], Index]
    names: Callable[[], Mapping[str, str]]


class _PostingPage(NamedTuple):
    """A posting's page, which stands between two others in its own list."""

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


def _postings(press: Press) -> Iterator[Output]:
    listing = press.listing
    around = _Around(press, cache(partial(index_of, listing)), cache(partial(_names, listing)))
    for entries in (listing.open, listing.closed):
        for entry, newer, older in zip(entries, (None, *entries), (*entries[1:], None), strict=False):
            path = addresses.file_of(addresses.posting(entry.card.slug))
            yield _PostingPage(path, entry, newer, older, around)


def _names(listing: Listing) -> dict[str, str]:
    return {entry.card.slug: neighbours.shown(entry) for entry in (*listing.open, *listing.closed)}


def _redirects(press: Press) -> Iterator[Output]:
    """One page for each former address of a posting or a static page."""
    for entry in (*press.listing.open, *press.listing.closed):
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
    """Return the page at a former address, which sends readers on to the page of that name at another."""
    context = press.context
    page = Page(
        title=title,
        description=context.wording.text("redirect.title"),
        canonical=context.site.absolute(present),
        feeds=feeds,
        noindex=True,
        redirect=context.site.root + present,
    )
    return filled(addresses.file_of(former), "redirect.html", page, press, subject=subject, name=name)


def _index(press: Press) -> Iterator[Output]:
    for folder, pager, entries in paged(press.listing.open, "", press):
        yield _index_page(folder, pager, entries, press)


def _index_page(folder: str, pager: lists.Pager | None, entries: tuple[Entry, ...], press: Press) -> Output:
    listing, context, is_first = press.listing, press.context, lists.is_first(pager)
    text = context.wording.text
    view = lists.ListView(
        heading=text("list.title"),
        count=lists.open_count(len(listing.open), context) if is_first else "",
        order=text("list.newest-first"),
        empty=None if listing.open else text("empty.title"),
        lede=context.settings.description,
    )
    name = view.heading if view.empty else numbered(view.count or view.heading, pager)
    return filled(
        addresses.file_of(folder),
        "index.html",
        head_of(name, context.settings.description, folder, "", context.settings.title, context),
        press,
        section="open",
        rows=entries if listing.open else listing.closed[:_RECENT],
        listing=view,
        pager=pager,
        facets=press.browse if is_first else press.browse_uncounted,
        employers=None if listing.open else lists.employers(listing, context),
    )


def _facets(press: Press) -> Iterator[Output]:
    for facet in Facet:
        yield _facet(facet, press)
        for group in press.listing.groups[facet]:
            yield from _term(group, press)


def _term(group: Group, press: Press) -> Iterator[Output]:
    """The pages of a term: there may be thousands, so words are found only for those to be rendered."""
    home, pages = addresses.term(group.term.facet, group.term.slug), split(group.open, press)
    for number, entries in enumerate(pages, 1):
        sheet = _TermSheet(group, number, len(pages), press.context)
        path = addresses.file_of(addresses.page(number, home))
        yield Printed(path, "list.html", sheet, press, group.term.facet.value, entries)


class _TermSheet(NamedTuple):
    """One page of the list of a term."""

    group: Group
    number: int
    pages: int
    context: Context

    def inputs(self) -> object:
        group, is_first = self.group, self.number == 1
        told = (len(group.open), group.closed) if is_first else ()
        return group.term, told, self.number, self.pages

    def view(self) -> tuple[Page, Views]:
        group, number, pages, context = self
        label, listing = group.term.label, lists.term_list(group, context, counted=number == 1)
        home = addresses.term(group.term.facet, group.term.slug)
        pager = lists.pager(number, pages, home, context)
        description = context.wording.text("term.description", term=label)
        kind = context.wording.text(f"facet.{group.term.facet}.kicker")
        name = numbered(", ".join(filter(None, (f"{kind}: {label}", listing.count))), pager)
        folder = addresses.page(number, home)
        page = head_of(name, description, folder, home, titled(f"{kind}: {label}", context), context)
        return page, {"listing": listing, "pager": pager}


def _facet(facet: Facet, press: Press) -> Output:
    sheet = _FacetSheet(facet, press.listing.groups[facet], press.context)
    return Printed(addresses.file_of(addresses.facet(facet)), "facet.html", sheet, press, facet.value)


class _FacetSheet(NamedTuple):
    """The page of all terms of a facet."""

    facet: Facet
    groups: tuple[Group, ...]
    context: Context

    def inputs(self) -> object:
        return tuple((group.term.slug, group.term.label, len(group.open)) for group in self.groups)

    def view(self) -> tuple[Page, Views]:
        facet, groups, context = self
        shown = lists.facet_view(facet, groups, context)
        lede = context.wording.text(f"facet.{facet}.lede")
        page = head_of(shown.title, lede, addresses.facet(facet), "", context.settings.title, context)
        return page, {"facet": shown, "lede": lede}


def _closing_soon(press: Press) -> Output:
    context, folder, entries = press.context, addresses.CLOSING_SOON, press.listing.closing_soon
    text, days = context.wording.text, context.wording.number(context.settings.closing_soon_days)
    view = lists.ListView(
        heading=text("closing-soon.title"),
        count=lists.open_count(len(entries), context),
        order="",
        empty=None if entries else text("closing-soon.empty", days=days),
        lede=text("closing-soon.lede", days=days),
        ways=lists.ways(context),
    )
    feed_title = titled(view.heading, context)
    page = head_of(view.heading, view.lede or "", folder, folder, feed_title, context, calendar=False)
    # Its calendar is the whole list's: a deadline that is not soon today will be.
    page = replace(page, feeds=(*page.feeds, *feeds_of("", context.settings.title, context)[-1:]))
    path = addresses.file_of(folder)
    return filled(
        path, "list.html", page, press, section="closing-soon", rows=entries, listing=view, pager=None
    )


def _archive(press: Press) -> Iterator[Output]:
    listing, size = press.listing, press.context.settings.page_size
    yield _archive_page(None, addresses.archive(), None, listing.closed[:size], press)
    for year, closed in listing.years.items():
        for folder, pager, entries in paged(closed, addresses.archive(year), press):
            yield _archive_page(year, folder, pager, entries, press)


def _archive_page(
    year: int | None, folder: str, pager: lists.Pager | None, entries: tuple[Entry, ...], press: Press
) -> Output:
    listing, context, is_first = press.listing, press.context, lists.is_first(pager)
    text = context.wording.text
    closed = listing.closed if year is None else listing.years[year]
    view = lists.ListView(
        heading=text("archive.title") if year is None else text("archive.year", year=year),
        count=lists.closed_count(len(closed), context) if is_first else "",
        order=text("archive.order"),
        empty=None if entries else text("archive.empty"),
        lede=text("archive.lede"),
    )
    feed_title = titled(text("archive.title"), context)
    name = numbered(view.heading, pager)
    page = head_of(name, view.lede or "", folder, addresses.archive(), feed_title, context, calendar=False)
    return filled(
        addresses.file_of(folder),
        "archive.html",
        page,
        press,
        section="archive",
        rows=entries,
        listing=view,
        years=lists.years(listing, context, year, counted=is_first),
        is_whole=year is None,
        pager=pager,
        facets=press.browse if year is None else (),
    )


def _changes(press: Press) -> Output:
    sheet = _ChangesSheet(press.listing, press.context)
    return Printed(addresses.file_of(addresses.CHANGES), "changes.html", sheet, press)


class _ChangesSheet(NamedTuple):
    """The page of what opened, moved and closed lately."""

    listing: Listing
    context: Context

    def inputs(self) -> object:
        return self.view()

    def view(self) -> tuple[Page, Views]:
        listing, context = self
        text, days = context.wording.text, days_of(recent_changes(listing, context), context)
        title, folder = text("changes.title"), addresses.CHANGES
        name = titled(title, context)
        page = head_of(title, text("changes.lede"), folder, folder, name, context, calendar=False)
        return page, {"days": days}


def _static(press: Press) -> Iterator[Output]:
    """The pages of the site that are no postings."""
    context = press.context
    for page in context.pages:
        folder = addresses.static_page(page.slug)
        head = Page(titled(page.title, context), page.description, context.site.absolute(folder))
        body = Markup(page.html)  # noqa: S704 -- the intake renders it with raw HTML off
        views: dict[str, Any] = {
            "heading": page.title,
            "lang": page.language or None,
            "body": body,
            "edit_url": edit_address(page.path, context),
        }
        yield filled(addresses.file_of(folder), "page.html", head, press, subject=page.path, **views)


def _not_found(press: Press) -> Output:
    text = press.context.wording.text
    page = Page(titled(text("notfound.title"), press.context), text("notfound.lede"), None, noindex=True)
    return filled("404.html", "404.html", page, press)
