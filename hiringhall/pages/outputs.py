"""Which pages exist, what decides the bytes of each, and what they are joined from.

Owns the site's set of pages and their keys; refuses to know the markup, and renders nothing until asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache, partial
from itertools import chain, count
from typing import NamedTuple

from markupsafe import Markup

from hiringhall.context import Context
from hiringhall.engine.digests import digest, extended
from hiringhall.engine.memoize import memoize_last
from hiringhall.feeds import CHANGES_LENGTH, recent_changes
from hiringhall.model import (
    Card,
    Entry,
    Facet,
    File,
    Group,
    Listing,
    Organization,
    Output,
    PlainPlace,
    PlainTerm,
    State,
    StaticPage,
    Term,
)
from hiringhall.pages import assets, browsing, changes, lists, neighbours, statistics
from hiringhall.pages.browsing import EmployerView
from hiringhall.pages.neighbours import NeighboursView, NeighbourView
from hiringhall.pages.pager import Sheet, paged
from hiringhall.pages.posting import HEAD, TAIL
from hiringhall.pages.rendering import RenderedPage, Renderer, Variables
from hiringhall.pages.sections import whereabouts
from hiringhall.pages.templates import settled
from hiringhall.pages.views import FeedLink, Link, Page, edit_address, term_link
from hiringhall.policies import addresses, facets
from hiringhall.policies.related import index_of, related

_RECENT = 5  # closed postings shown if none is open
_FEW = 2  # pages, such as the one that was edited: an index of all postings takes as long as those of four


def outputs(listing: Listing, renderer: Renderer, register: Iterable[Organization] = ()) -> Iterator[Output]:
    """Yield every page of the site and every file that pages load; `register` has more about employers."""
    yield from _postings(listing, renderer)
    yield from _redirects(listing, renderer)
    yield from _index(listing, renderer)
    yield from _facets(listing, register, renderer)
    yield _closing_soon(listing, renderer)
    yield from _archive(listing, renderer)
    yield _changes(listing, renderer)
    yield statistics.output(listing, renderer)
    yield from _static(renderer)
    yield RenderedPage("404.html", "404.html", partial(_lost), renderer)
    theme = assets.theme_css(renderer.context.settings.theme)
    yield from map(assets.output, filter(None, (*renderer.templates.layouts.assets.files.values(), theme)))


class _Around(NamedTuple):
    """What finds the postings around any other; nothing of it is made until it is needed.

    `outlines` name all that pages show of other postings, in the order of these. `alike` gives those that are
    related to one, `viewed` one as the pages of others name it, `linked` a link to a term; `live` are facet
    and slug of the terms that have open postings.
    """

    renderer: Renderer
    outlines: Callable[[], str]
    alike: Callable[[Entry], tuple[Entry, ...]]
    viewed: Callable[[Entry], NeighbourView]
    linked: Callable[[PlainTerm], Link]
    live: Callable[[], frozenset[tuple[str, str]]]


class _PostingPage(NamedTuple):
    """A posting's page, which is between two others in its own list."""

    path: str
    entry: Entry
    newer: Entry | None
    older: Entry | None
    around: _Around

    @property
    def basis(self) -> str:
        """Spare most builds from finding what is related to each of thousands, only to see it is the same."""
        return f"{self.entry.key} {self.around.outlines()}"

    def key(self) -> str:
        renderer, entry = self.around.renderer, self.entry
        others = (self.newer, self.older, *self.around.alike(entry))
        # All those of an open one have at least that one. Their names are in its own key.
        terms = [f"{facet}/{slug}" for facet, slug, _ in self._terms()] if entry.state is State.CLOSED else []
        told = digest(*[other.card.outline if other else "" for other in others], *terms)
        return extended(extended(renderer.key, "posting", entry.key), "neighbours", told)

    def chunks(self) -> Iterator[bytes]:
        """Yield its own parts, which do not know other postings, around the block that does."""
        renderer, _, find_alike, viewed, linked, _ = self.around
        entry, alike = self.entry, find_alike(self.entry)
        view = NeighboursView(
            related=tuple(map(viewed, alike)),
            filed_under=tuple(map(linked, self._terms())),
            newer=viewed(self.newer) if self.newer else None,
            older=viewed(self.older) if self.older else None,
        )
        head, tail = (b"".join(renderer.parts.read(kind, (entry,))) for kind in (HEAD, TAIL))
        yield settled(head, is_shown=bool(alike))
        given = {"neighbours": view, "t": renderer.context.wording.text}
        yield renderer.templates.render(neighbours.TEMPLATE, entry.card.path, **given)
        yield settled(tail, is_shown=bool(alike))

    def _terms(self) -> list[PlainTerm]:
        """Return the terms through which a reader finds open postings like this one."""
        live = self.around.live()
        return [term for term in facets.leading_on(self.entry.card.terms) if term[:2] in live]


def _postings(listing: Listing, renderer: Renderer) -> Iterator[Output]:
    indexed, asked = cache(partial(index_of, listing)), count()

    def find_alike(entry: Entry) -> tuple[Entry, ...]:
        return related(entry, index_of(listing, entry) if next(asked) < _FEW else indexed())

    around = _Around(
        renderer,
        cache(partial(_outlines, listing, renderer.key)),
        memoize_last(find_alike),  # a new page is made as soon as it has a key
        # Most pages name some that others name, too.
        lru_cache(maxsize=4096)(partial(neighbours.neighbour_view, context=renderer.context)),
        lru_cache(maxsize=4096)(partial(term_link, context=renderer.context)),
        cache(partial(_live, listing)),
    )
    for entries in (listing.open, listing.closed):
        for entry, newer, older in zip(entries, (None, *entries), (*entries[1:], None), strict=False):
            path = addresses.file_of(addresses.posting(entry.card.slug))
            yield _PostingPage(path, entry, newer, older, around)


def _outlines(listing: Listing, key: str) -> str:
    of_lists = [[entry.card.outline for entry in entries] for entries in (listing.open, listing.closed)]
    return digest(key, *map("".join, of_lists))


def _live(listing: Listing) -> frozenset[tuple[str, str]]:
    groups = chain.from_iterable(listing.groups.values())
    return frozenset((group.term.facet.value, group.term.slug) for group in groups if group.open)


def _redirects(listing: Listing, renderer: Renderer) -> Iterator[Output]:
    """Yield one page for each former address of a posting or a static page."""
    for former, present, moved in renamed(listing, renderer.context):
        title = renderer.context.titled(moved.title)
        yield redirect(former, present, title, moved.title, renderer, subject=moved.path)


def renamed(listing: Listing, context: Context) -> Iterator[tuple[str, str, Card | StaticPage]]:
    """Yield each former address of a posting or a static page, its present one, and what is there."""
    everything: Iterable[tuple[Callable[[str], str], Card | StaticPage]] = chain(
        ((addresses.posting, entry.card) for entry in listing.entries),
        ((addresses.static_page, page) for page in context.pages),
    )
    for at, each in everything:
        for alias in each.aliases:
            yield at(alias), at(each.slug), each


def redirect(
    former: str,
    present: str,
    title: str,
    name: str,
    renderer: Renderer,
    *,
    feeds: tuple[FeedLink, ...] = (),
    subject: str = "",
) -> Output:
    """Return the page at a former address, which sends readers on to the page's present one."""
    variables = partial(_moved, present, title, name, feeds)
    return RenderedPage(addresses.file_of(former), "redirect.html", variables, renderer, subject=subject)


def _moved(present: str, title: str, name: str, feeds: tuple[FeedLink, ...], context: Context) -> Variables:
    page = Page(
        title=title,
        description=context.wording.text("redirect.title"),
        canonical=context.site.absolute(present),
        feeds=feeds,
        noindex=True,
        redirect=context.site.root + present,
    )
    return page, {"name": name}


def _index(listing: Listing, renderer: Renderer) -> Iterator[Output]:
    context = renderer.context
    counted, uncounted = (browsing.browse(listing, context, told=told) for told in (True, False))
    employers = None if listing.open else browsing.employers(listing, context)
    for sheet, entries in paged(listing.open, context.settings.page_size):
        path = addresses.file_of(addresses.page(sheet.number))
        total, facets = (len(listing.open), counted) if sheet.is_first else (None, uncounted)
        variables = partial(lists.index, sheet, total, facets, employers)
        yield RenderedPage(
            path, "index.html", variables, renderer, "open", entries or listing.closed[:_RECENT]
        )


def _facets(listing: Listing, register: Iterable[Organization], renderer: Renderer) -> Iterator[Output]:
    employers = browsing.employer_views(register, listing.groups[Facet.ORGANIZATION], renderer.context)
    for facet in Facet:
        groups = listing.groups[facet]
        located = _located(listing) if facet is Facet.LOCATION else ()
        variables = partial(lists.facet, facet, browsing.counted(groups), located)
        yield RenderedPage(
            addresses.file_of(addresses.facet(facet)), "facet.html", variables, renderer, facet.value
        )
        regions = _regions(groups, located, renderer.context) if located else {}
        remote = next((each.term for each in groups if each.open and each.term[:2] == facets.ANYWHERE), None)
        for group in groups:
            employer = employers.get(group.term.slug) if facet is Facet.ORGANIZATION else None
            region, apart = regions.get(group.term.slug), remote if group.term != remote else None
            yield from _term(group, employer, region, apart, bool(listing.open), renderer)


def _located(listing: Listing) -> tuple[PlainPlace, ...]:
    """Return the places of all postings in the order of these, in which terms have their labels, too."""
    return tuple(dict.fromkeys(chain.from_iterable([entry.card.places for entry in listing.entries])))


def _regions(groups: Iterable[Group], located: tuple[PlainPlace, ...], context: Context) -> dict[str, Term]:
    """Return the regions that have open postings, by the slugs of the cities in them."""
    opened = {group.term.slug: group.term for group in groups if group.open}
    known = whereabouts(located, context).items()
    return {slug: opened[where.around] for slug, where in known if where.around in opened}


def _term(
    group: Group,
    employer: EmployerView | None,
    region: Term | None,
    remote: Term | None,
    is_any_open: bool,
    renderer: Renderer,
) -> Iterator[Output]:
    home = addresses.term(group.term.facet, group.term.slug)
    for sheet, entries in paged(group.open, renderer.context.settings.page_size):
        path = addresses.file_of(addresses.page(sheet.number, home))
        opened, closed = (len(group.open), group.closed) if sheet.is_first else (None, None)
        about = employer if sheet.is_first else None
        variables = partial(lists.term, group.term, sheet, opened, closed, about, region, remote, is_any_open)
        yield RenderedPage(path, "list.html", variables, renderer, group.term.facet.value, entries)


def _closing_soon(listing: Listing, renderer: Renderer) -> Output:
    path, entries = addresses.file_of(addresses.CLOSING_SOON), listing.closing_soon
    variables = partial(lists.closing_soon, len(entries), bool(listing.open))
    return RenderedPage(path, "list.html", variables, renderer, "closing-soon", entries)


def _archive(listing: Listing, renderer: Renderer) -> Iterator[Output]:
    size = renderer.context.settings.page_size
    counted = tuple((year, len(entries)) for year, entries in listing.years.items())
    uncounted = tuple((year, None) for year in listing.years)
    path = addresses.file_of(addresses.archive())
    browse = browsing.browse_closed(listing, renderer.context)
    variables = partial(lists.archive, None, Sheet(1, 1), len(listing.closed), counted, browse)
    # As the script cuts all of them: who comes back from a filter finds the same. One more shows where.
    _, newest = next(iter(paged(listing.closed[: size + 1], size)))
    yield RenderedPage(path, "archive.html", variables, renderer, "archive", newest)
    for year, closed in listing.years.items():
        for sheet, entries in paged(closed, size):
            path = addresses.file_of(addresses.page(sheet.number, addresses.archive(year)))
            total, years = (len(closed), counted) if sheet.is_first else (None, uncounted)
            variables = partial(lists.archive, year, sheet, total, years, ())
            yield RenderedPage(path, "archive.html", variables, renderer, "archive", entries)


def _changes(listing: Listing, renderer: Renderer) -> Output:
    path = addresses.file_of(addresses.CHANGES)

    @cache  # gathering the events would put off the page that somebody waits for
    def page() -> Output:
        events = recent_changes(listing, renderer.context)
        variables = partial(changes.variables, events[:CHANGES_LENGTH], changes.sizes_of(events))
        return RenderedPage(path, "changes.html", variables, renderer)

    return File(path, lambda: page().key(), lambda: page().chunks())


def _static(renderer: Renderer) -> Iterator[Output]:
    """Yield the pages of the site that are not postings."""
    for page in renderer.context.pages:
        path = addresses.file_of(addresses.static_page(page.slug))
        yield RenderedPage(path, "page.html", partial(_own_page, page), renderer, subject=page.path)


def _own_page(page: StaticPage, context: Context) -> Variables:
    folder = addresses.static_page(page.slug)
    head = Page(context.titled(page.title), page.description, context.site.absolute(folder))
    return head, {
        "heading": page.title,
        "lang": page.language or None,
        "body": Markup(page.html),  # noqa: S704 -- the intake renders it with raw HTML off
        "edit_url": edit_address(page.path, context),
    }


def _lost(context: Context) -> Variables:
    text = context.wording.text
    return Page(context.titled(text("notfound.title")), text("notfound.lede"), None, noindex=True), {}
