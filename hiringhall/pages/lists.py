"""The lists of the site as templates see them: the index, terms, facets, the archive, and what to browse by.

Owns headings, counts and links of lists; refuses to know the postings beyond their cards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hiringhall.context import Context
from hiringhall.model import Facet, Group, Listing
from hiringhall.pages.views import Link
from hiringhall.policies import addresses, facets, ordering

_BROWSED = (Facet.ORGANIZATION, Facet.LOCATION, Facet.ARRANGEMENT, Facet.TYPE, Facet.TAG)
_TOP_TERMS = 10
_EMPLOYERS = 12
_AROUND = 2  # numbered links on each side of the current page


class ListView(NamedTuple):
    """A list's own words. `kicker` says what kind of term the heading is; `count` and `order` head the rows.

    `filtered` leads to the filter, set to this list, and `archived`, beside a `note` on what has closed, to
    the archive, set likewise. A page that is not the first has no `count`. A list
    without rows has `empty`, which says so, and `ways` to go on.
    """

    heading: str
    count: str  # type: ignore[assignment]  # hides a method of tuples that nobody calls here
    order: str
    empty: str | None
    lede: str | None = None
    kicker: Link | None = None
    note: str | None = None
    filtered: str | None = None
    archived: str | None = None
    ways: tuple[Link, ...] = ()


class Pager(NamedTuple):
    """The pages of a long list; a None among `links` is a gap. `text` says which page this is."""

    text: str
    newer: str | None
    older: str | None
    links: tuple[Link | None, ...]


class TermView(NamedTuple):
    """A facet term with the number of its open postings, also in words; 0 and "" where that is not told."""

    label: str
    href: str
    open: int
    count: str  # type: ignore[assignment]  # hides a method of tuples that nobody calls here


class FacetView(NamedTuple):
    """A facet with some or all of its terms; `name` is a key of the strings `nav` and `facet`."""

    name: str
    title: str
    href: str
    terms: tuple[TermView, ...]


class YearView(NamedTuple):
    """A year of the archive with the number of postings that closed in it, where it is told."""

    year: int
    href: str
    count: str  # type: ignore[assignment]  # hides a method of tuples that nobody calls here
    current: bool


def open_count(number: int, context: Context) -> str:
    """Return "12 open jobs" in the site's language."""
    return context.wording.plural("list.count", number)


def closed_count(number: int, context: Context) -> str:
    """Return "12 closed jobs" in the site's language."""
    return context.wording.plural("archive.closed", number)


def pager(number: int, pages: int, folder: str, context: Context) -> Pager | None:
    """Return the links between the pages of the list at `folder`, or None where there is one page."""
    if pages == 1:
        return None
    wording = context.wording
    return Pager(
        text=wording.text("list.page", number=wording.number(number), total=wording.number(pages)),
        newer=_page_href(number - 1, folder, context) if number > 1 else None,
        older=_page_href(number + 1, folder, context) if number < pages else None,
        links=tuple(_numbered(number, pages, folder, context)),
    )


def is_first(pager: Pager | None) -> bool:
    """Say whether this is the first page of a list. The others tell no numbers of postings.

    Those change whenever a posting comes or goes, and every page that tells one changes with them.
    """
    return pager is None or pager.newer is None


def shown_pages(number: int, pages: int) -> list[int]:
    """Return the pages to link from page `number`: both ends, and those around it.

    >>> shown_pages(6, 12), shown_pages(1, 4)
    ([1, 4, 5, 6, 7, 8, 12], [1, 2, 3, 4])
    """
    return [page for page in range(1, pages + 1) if page in {1, pages} or abs(page - number) <= _AROUND]


def browse(listing: Listing, context: Context, *, counted: bool = True) -> tuple[FacetView, ...]:
    """Return the facets to browse by, each with the terms that have most open postings.

    They come in the order of their numbers, or of their labels where numbers are not told.
    """
    busiest = {facet: _busiest(listing.groups[facet])[:_TOP_TERMS] for facet in _BROWSED}
    return tuple(
        facet_view(facet, groups if counted else sorted(groups, key=_by_label), context, counted=counted)
        for facet, groups in busiest.items()
        if groups
    )


def facet_view(facet: Facet, groups: Iterable[Group], context: Context, *, counted: bool = True) -> FacetView:
    """Return a facet with these terms."""
    return FacetView(
        name=facet.value,
        title=context.wording.text(f"facet.{facet}.title"),
        href=context.site.root + addresses.facet(facet),
        terms=tuple(_term_view(group, context, counted=counted) for group in groups),
    )


def employers(listing: Listing, context: Context) -> FacetView:
    """Return the employers that have had most postings, for a reader who finds none open."""
    groups = sorted(listing.groups[Facet.ORGANIZATION], key=lambda group: -group.closed)
    return facet_view(Facet.ORGANIZATION, groups[:_EMPLOYERS], context)


def years(
    listing: Listing, context: Context, current: int | None = None, *, counted: bool = True
) -> tuple[YearView, ...]:
    """Return the years of the archive, latest first."""
    root = context.site.root
    return tuple(
        YearView(
            year,
            root + addresses.archive(year),
            closed_count(len(entries), context) if counted else "",
            year == current,
        )
        for year, entries in listing.years.items()
    )


def term_list(group: Group, context: Context, *, counted: bool = True) -> ListView:
    """Return the words of a term's page."""
    text, facet = context.wording.text, group.term.facet
    chosen = addresses.filtered(facet, group.term.slug)
    closed = context.wording.plural("term.closed", group.closed) if group.closed and counted else None
    return ListView(
        heading=group.term.label,
        count=open_count(len(group.open), context) if counted else "",
        order=text("list.newest-first"),
        empty=None if group.open else text("term.empty"),
        kicker=Link(text(f"facet.{facet}.kicker"), context.site.root + addresses.facet(facet)),
        note=closed,
        filtered=context.site.root + chosen if group.open else None,
        archived=context.site.root + addresses.archive() + chosen,
        ways=ways(context, Link(text(f"facet.{facet}.title"), context.site.root + addresses.facet(facet))),
    )


def ways(context: Context, *more: Link) -> tuple[Link, ...]:
    """Return where to go on from a list without rows."""
    return (Link(context.wording.text("posting.all-open"), context.site.root), *more)


def _term_view(group: Group, context: Context, *, counted: bool) -> TermView:
    term, number = group.term, len(group.open)
    href = context.site.root + addresses.term(term.facet, term.slug)
    if not counted:
        return TermView(term.label, href, 0, "")
    count = context.wording.plural("facet.count", number) if number else context.wording.text("facet.none")
    return TermView(term.label, href, number, count)


def _busiest(groups: Sequence[Group]) -> list[Group]:
    """Return groups with open postings, most first, else by label; what is not stated comes last."""
    found = (group for group in groups if group.open)
    return sorted(found, key=lambda group: (group.term.slug == facets.NOT_STATED, -len(group.open)))


def _by_label(group: Group) -> tuple[object, ...]:
    return group.term.slug == facets.NOT_STATED, *ordering.by_label(group.term)


def _page_href(number: int, folder: str, context: Context) -> str:
    return context.site.root + addresses.page(number, folder)


def _numbered(number: int, pages: int, folder: str, context: Context) -> Iterable[Link | None]:
    last = 0
    for shown in shown_pages(number, pages):
        if shown > last + 1:
            yield None
        yield Link(context.wording.number(shown), _page_href(shown, folder, context), shown == number)
        last = shown
