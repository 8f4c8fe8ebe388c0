"""Which pages exist, what decides the bytes of each, and what they are joined from.

Owns the site's set of pages and their keys; refuses to know the markup, and renders nothing until asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from hiringhall.context import Context
from hiringhall.engine.digests import digest
from hiringhall.engine.parts import Parts
from hiringhall.model import Entry, Facet, Group, Listing, Output
from hiringhall.pages import assets, lists, neighbours
from hiringhall.pages.frames import values
from hiringhall.pages.posting import HEAD, ROW, TAIL
from hiringhall.pages.templates import SLOT, Templates
from hiringhall.pages.views import Page, feeds_of, titled
from hiringhall.policies import addresses
from hiringhall.policies.related import index_of, related
from hiringhall.syndication import CLOSING_SOON

_RECENT = 5  # closed postings shown where none is open


@dataclass(frozen=True, slots=True)
class Press:
    """What every page is made with; `browse` are the facets to browse by."""

    listing: Listing
    context: Context
    templates: Templates
    parts: Parts
    browse: tuple[lists.FacetView, ...]


def outputs(listing: Listing, context: Context, templates: Templates, parts: Parts) -> Iterator[Output]:
    """Yield every page of the site and every file that pages load."""
    press = Press(listing, context, templates, parts, lists.browse(listing, context))
    yield from _postings(press)
    yield from _redirects(press)
    yield from _index(press)
    yield from _facets(press)
    yield _closing_soon(press)
    yield from _archive(press)
    yield _not_found(press)
    theme = assets.theme_css(context.settings.theme)
    yield from assets.outputs((*templates.assets.files.values(), *((theme,) if theme else ())))


def _postings(press: Press) -> Iterator[Output]:
    index = index_of(press.listing)
    for entries in (press.listing.open, press.listing.closed):
        for entry, newer, older in zip(entries, (None, *entries), (*entries[1:], None), strict=False):
            yield _posting(entry, related(entry, index), newer, older, press)


def _posting(
    entry: Entry, alike: tuple[Entry, ...], newer: Entry | None, older: Entry | None, press: Press
) -> Output:
    """A posting's page: its own parts, which do not know other postings, around the block that does."""
    around = [other.card.key if other else "" for other in (newer, older, *alike)]
    path = addresses.file_of(addresses.posting(entry.card.slug))

    def chunks() -> Iterator[bytes]:
        view = neighbours.neighbours_view(alike, newer, older, press.context)
        yield press.parts.read(HEAD, entry)
        yield neighbours.rendered(view, entry.card.path, press.context, press.templates)
        yield press.parts.read(TAIL, entry)

    return Output(path, digest("posting", press.context.key, press.templates.key, entry.key, *around), chunks)


def _redirects(press: Press) -> Iterator[Output]:
    """One page for each former address of a posting, which sends readers on."""
    context = press.context
    for entry in (*press.listing.open, *press.listing.closed):
        card, folder = entry.card, addresses.posting(entry.card.slug)
        for alias in card.aliases:
            page = Page(
                title=titled(card.title, context),
                description=context.wording.text("redirect.title"),
                canonical=context.site.absolute(folder),
                noindex=True,
                redirect=context.site.root + folder,
            )
            yield _page(
                addresses.posting(alias), "redirect.html", page, press, subject=card.path, name=card.title
            )


def _index(press: Press) -> Iterator[Output]:
    listing, context = press.listing, press.context
    size = context.settings.page_size
    pages = max(1, -(-len(listing.open) // size))
    for number in range(1, pages + 1):
        yield _index_page(number, pages, listing.open[(number - 1) * size : number * size], press)


def _index_page(number: int, pages: int, entries: tuple[Entry, ...], press: Press) -> Output:
    listing, context = press.listing, press.context
    text, folder = context.wording.text, addresses.page(number)
    view = lists.ListView(
        heading=text("list.title"),
        count=lists.open_count(len(listing.open), context),
        order=text("list.newest-first"),
        empty=None if listing.open else text("empty.title"),
        lede=context.settings.description,
    )
    pager = lists.pager(number, pages, context)
    name = view.heading if view.empty else f"{view.count}, {pager.text}" if pager else view.count
    return _page(
        folder,
        "index.html",
        _list_page(name, context.settings.description, folder, "", context.settings.title, context),
        press,
        section="open",
        rows=entries if listing.open else listing.closed[:_RECENT],
        listing=view,
        pager=pager,
        facets=press.browse,
        employers=None if listing.open else lists.employers(listing, context),
    )


def _facets(press: Press) -> Iterator[Output]:
    for facet in Facet:
        yield _facet(facet, press)
        for group in press.listing.groups[facet]:
            yield _term(group, press)


def _term(group: Group, press: Press) -> Output:
    context, facet, label = press.context, group.term.facet, group.term.label
    folder = addresses.term(facet, group.term.slug)
    view = lists.term_list(group, context)
    description = context.wording.text("term.description", term=label)
    page = _list_page(f"{label}: {view.count}", description, folder, folder, titled(label, context), context)
    return _page(folder, "list.html", page, press, section=facet.value, rows=group.open, listing=view)


def _facet(facet: Facet, press: Press) -> Output:
    context, folder = press.context, addresses.facet(facet)
    view = lists.facet_view(facet, press.listing.groups[facet], context)
    lede = context.wording.text(f"facet.{facet}.lede")
    page = _list_page(view.title, lede, folder, "", context.settings.title, context)
    return _page(folder, "facet.html", page, press, section=facet.value, facet=view, lede=lede)


def _closing_soon(press: Press) -> Output:
    context, folder, entries = press.context, CLOSING_SOON, press.listing.closing_soon
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
    page = _list_page(view.heading, view.lede or "", folder, folder, feed_title, context, calendar=False)
    # Its calendar is the whole list's: a deadline that is not soon today will be.
    page = replace(page, feeds=(*page.feeds, *feeds_of("", context.settings.title, context)[-1:]))
    return _page(folder, "list.html", page, press, section="closing-soon", rows=entries, listing=view)


def _archive(press: Press) -> Iterator[Output]:
    listing, size = press.listing, press.context.settings.page_size
    yield _archive_page(None, listing.closed[:size], press)
    for year, entries in listing.years.items():
        yield _archive_page(year, entries, press)


def _archive_page(year: int | None, entries: tuple[Entry, ...], press: Press) -> Output:
    listing, context = press.listing, press.context
    text, folder = context.wording.text, addresses.archive(year)
    view = lists.ListView(
        heading=text("archive.title") if year is None else text("archive.year", year=year),
        count=lists.closed_count(len(listing.closed) if year is None else len(entries), context),
        order=text("archive.order"),
        empty=None if entries else text("archive.empty"),
        lede=text("archive.lede"),
    )
    feed_title = titled(text("archive.title"), context)
    page = _list_page(
        view.heading, view.lede or "", folder, addresses.archive(), feed_title, context, calendar=False
    )
    return _page(
        folder,
        "archive.html",
        page,
        press,
        section="archive",
        rows=entries,
        listing=view,
        years=lists.years(listing, context, year),
        is_whole=year is None,
        facets=press.browse,
    )


def _not_found(press: Press) -> Output:
    text = press.context.wording.text
    page = Page(titled(text("notfound.title"), press.context), text("notfound.lede"), None, noindex=True)
    return _page("404.html", "404.html", page, press)


def _list_page(
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


def _page(
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
    entries = tuple(rows or ())
    context, templates = press.context, press.templates
    path = folder if folder.endswith(".html") else addresses.file_of(folder)
    keys = (entry.key for entry in entries)
    key = digest(template, section, context.key, templates.key, repr(page), repr(views), *keys)

    def chunks() -> Iterator[bytes]:
        given = values(page, context, templates, section) | views
        if rows is None:
            yield templates.render(template, subject or path, **given).encode()
            return
        head, tail = templates.split(template, subject or path, rows=SLOT, **given)
        yield head
        for entry in entries:
            yield press.parts.read(ROW, entry)
        yield tail

    return Output(path, key, chunks)
