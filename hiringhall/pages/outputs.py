"""Which pages exist, what decides the bytes of each, and what they are joined from.

Owns the site's set of pages and their keys; refuses to know the markup, and renders nothing until asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from hiringhall.changes import FOLDER
from hiringhall.context import Context
from hiringhall.engine.digests import digest, key_of
from hiringhall.engine.parts import Parts
from hiringhall.model import Entry, Facet, Group, Listing, Output
from hiringhall.pages import assets, lists, neighbours, statistics
from hiringhall.pages.changes import days_of
from hiringhall.pages.frames import values
from hiringhall.pages.posting import HEAD, ROW, TAIL
from hiringhall.pages.templates import SLOT, Templates
from hiringhall.pages.views import Page, feeds_of, titled
from hiringhall.policies import addresses
from hiringhall.policies.related import index_of, related
from hiringhall.syndication import CLOSING_SOON, recent_changes

Views = Mapping[str, object]

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
    yield _changes(press)
    yield statistics.output(listing, context, templates)
    yield _not_found(press)
    theme = assets.theme_css(context.settings.theme)
    yield from assets.outputs((*templates.assets.files.values(), *((theme,) if theme else ())))


def _postings(press: Press) -> Iterator[Output]:
    index = index_of(press.listing)
    everyone = (*press.listing.open, *press.listing.closed)
    names = {entry.card.slug: neighbours.shown(entry) for entry in everyone}
    for entries in (press.listing.open, press.listing.closed):
        for entry, newer, older in zip(entries, (None, *entries), (*entries[1:], None), strict=False):
            yield _posting(entry, related(entry, index), newer, older, names, press)


def _posting(
    entry: Entry,
    alike: tuple[Entry, ...],
    newer: Entry | None,
    older: Entry | None,
    names: Mapping[str, str],
    press: Press,
) -> Output:
    """A posting's page: its own parts, which do not know other postings, around the block that does."""
    around = [names[other.card.slug] if other else "" for other in (newer, older, *alike)]
    path = addresses.file_of(addresses.posting(entry.card.slug))

    def chunks() -> Iterator[bytes]:
        view = neighbours.neighbours_view(alike, newer, older, press.context)
        yield press.parts.read(HEAD, entry)
        yield neighbours.rendered(view, entry.card.path, press.context, press.templates)
        yield press.parts.read(TAIL, entry)

    key = key_of(
        site=press.context.key, layouts=press.templates.key, posting=entry.key, neighbours="\n".join(around)
    )
    return Output(path, key, chunks)


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


def _pages(
    entries: tuple[Entry, ...], folder: str, press: Press
) -> Iterator[tuple[str, lists.Pager | None, tuple[Entry, ...]]]:
    """Yield the pages of a list at `folder`: each one's own folder, its pager, its entries."""
    count = _page_count(entries, press)
    for number, shown in enumerate(_split(entries, press), 1):
        yield addresses.page(number, folder), lists.pager(number, count, folder, press.context), shown


def _page_count(entries: tuple[Entry, ...], press: Press) -> int:
    return max(1, -(-len(entries) // press.context.settings.page_size))


def _split(entries: tuple[Entry, ...], press: Press) -> Iterator[tuple[Entry, ...]]:
    """Yield the entries of each page; a list without any has one page too."""
    size = press.context.settings.page_size
    for start in range(0, max(1, len(entries)), size):
        yield entries[start : start + size]


def _index(press: Press) -> Iterator[Output]:
    for folder, pager, entries in _pages(press.listing.open, "", press):
        yield _index_page(folder, pager, entries, press)


def _index_page(folder: str, pager: lists.Pager | None, entries: tuple[Entry, ...], press: Press) -> Output:
    listing, context = press.listing, press.context
    text = context.wording.text
    view = lists.ListView(
        heading=text("list.title"),
        count=lists.open_count(len(listing.open), context),
        order=text("list.newest-first"),
        empty=None if listing.open else text("empty.title"),
        lede=context.settings.description,
    )
    name = view.heading if view.empty else _numbered(view.count, pager)
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
            yield from _term(group, press)


def _term(group: Group, press: Press) -> Iterator[Output]:
    """The pages of a term: there may be thousands, so words are found only for those to be rendered."""
    context, term = press.context, group.term
    home = addresses.term(term.facet, term.slug)
    count = _page_count(group.open, press)
    for number, entries in enumerate(_split(group.open, press), 1):
        folder = addresses.page(number, home)
        inputs = (term, len(group.open), group.closed, number)
        view = partial(_term_view, group, home, number, count, context)
        yield _rendered(folder, "list.html", inputs, view, press, section=term.facet.value, rows=entries)


def _term_view(group: Group, home: str, number: int, count: int, context: Context) -> tuple[Page, Views]:
    label, listing = group.term.label, lists.term_list(group, context)
    pager = lists.pager(number, count, home, context)
    description = context.wording.text("term.description", term=label)
    name = _numbered(f"{label}: {listing.count}", pager)
    folder = addresses.page(number, home)
    page = _list_page(name, description, folder, home, titled(label, context), context)
    return page, {"listing": listing, "pager": pager}


def _numbered(name: str, pager: lists.Pager | None) -> str:
    """Return a list's name with the page's number: no two pages have one title."""
    return f"{name}, {pager.text}" if pager else name


def _facet(facet: Facet, press: Press) -> Output:
    groups = press.listing.groups[facet]
    inputs = tuple((group.term.slug, group.term.label, len(group.open)) for group in groups)
    view = partial(_facet_view, facet, groups, press.context)
    return _rendered(addresses.facet(facet), "facet.html", inputs, view, press, section=facet.value)


def _facet_view(facet: Facet, groups: tuple[Group, ...], context: Context) -> tuple[Page, Views]:
    view = lists.facet_view(facet, groups, context)
    lede = context.wording.text(f"facet.{facet}.lede")
    page = _list_page(view.title, lede, addresses.facet(facet), "", context.settings.title, context)
    return page, {"facet": view, "lede": lede}


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
    return _page(
        folder, "list.html", page, press, section="closing-soon", rows=entries, listing=view, pager=None
    )


def _archive(press: Press) -> Iterator[Output]:
    listing, size = press.listing, press.context.settings.page_size
    yield _archive_page(None, addresses.archive(), None, listing.closed[:size], press)
    for year, closed in listing.years.items():
        for folder, pager, entries in _pages(closed, addresses.archive(year), press):
            yield _archive_page(year, folder, pager, entries, press)


def _archive_page(
    year: int | None, folder: str, pager: lists.Pager | None, entries: tuple[Entry, ...], press: Press
) -> Output:
    listing, context = press.listing, press.context
    text = context.wording.text
    closed = listing.closed if year is None else listing.years[year]
    view = lists.ListView(
        heading=text("archive.title") if year is None else text("archive.year", year=year),
        count=lists.closed_count(len(closed), context),
        order=text("archive.order"),
        empty=None if entries else text("archive.empty"),
        lede=text("archive.lede"),
    )
    feed_title = titled(text("archive.title"), context)
    name = _numbered(view.heading, pager)
    page = _list_page(name, view.lede or "", folder, addresses.archive(), feed_title, context, calendar=False)
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
        pager=pager,
        facets=press.browse,
    )


def _changes(press: Press) -> Output:
    context, text = press.context, press.context.wording.text
    days = days_of(recent_changes(press.listing, context), context)
    title = text("changes.title")
    name = titled(title, context)
    page = _list_page(title, text("changes.lede"), FOLDER, FOLDER, name, context, calendar=False)
    return _page(FOLDER, "changes.html", page, press, days=days)


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
    return _rendered(
        folder,
        template,
        (page, views),
        lambda: (page, views),
        press,
        section=section,
        subject=subject,
        rows=rows,
    )


def _rendered(
    folder: str,
    template: str,
    inputs: tuple[object, ...],
    view: Callable[[], tuple[Page, Views]],
    press: Press,
    *,
    section: str = "",
    subject: str = "",
    rows: Iterable[Entry] | None = None,
) -> Output:
    """One page of a template, whose view is made of `inputs` and the context alone, when it is asked for."""
    entries = tuple(rows or ())
    context, templates = press.context, press.templates
    path = folder if folder.endswith(".html") else addresses.file_of(folder)
    key = key_of(
        site=context.key,
        layouts=templates.key,
        page=f"{template} {section} {inputs!r}",
        postings=digest(*(entry.key for entry in entries)),
    )

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
