"""The lists of the site as templates see them: the index, terms, facets, the archive, and ways to browse.

Owns headings, counts and links of lists; refuses to know their postings. A number that is None is not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from hiringhall.context import Context
from hiringhall.model import Facet, Group, Listing, Organization, Term
from hiringhall.pages.pager import Sheet, numbered, pager
from hiringhall.pages.press import Words
from hiringhall.pages.views import Link, feeds_of, head_of_list, titled
from hiringhall.policies import addresses, facets, ordering

_BROWSED = (Facet.ORGANIZATION, Facet.LOCATION, Facet.ARRANGEMENT, Facet.TYPE, Facet.TAG)
_TOP_TERMS = 10
_EMPLOYERS = 12

# A term and the number of its open postings.
Counted = tuple[Term, int | None]


class ListView(NamedTuple):
    """A list's own words. `kicker` says what kind of term the heading is; `count` and `order` head the rows.

    `filtered` leads to the filter, set to this list; `archived`, beside a `note` on what has closed, to the
    archive, set in the same way. A page that is not the first has no `count`. A list without rows has
    `empty`, which says so, and `ways` to go on. `employer` says more of the employer whose list it is.
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
    employer: EmployerView | None = None


class EmployerView(NamedTuple):
    """What the register says of an employer: what it is, its website, and whom it is part of.

    `parent` has no `href` where that body has had no job here; `parts` are those of its own that have.
    """

    about: str | None
    url: str | None
    parent: Link | None
    parts: tuple[Link, ...]


class TermView(NamedTuple):
    """A facet term with the number of its open postings, also in words; 0 and "" if that is not shown."""

    label: str
    href: str
    open: int
    count: str  # type: ignore[assignment]  # hides a method of tuples that nobody calls here


class FacetView(NamedTuple):
    """A facet with some of its terms or, unless it has more, all; `name` is a key of `nav` and `facet`."""

    name: str
    title: str
    href: str
    terms: tuple[TermView, ...]
    has_more: bool


class YearView(NamedTuple):
    """A year of the archive with the number of postings that closed in it, if it is shown."""

    year: int
    href: str
    count: str  # type: ignore[assignment]  # hides a method of tuples that nobody calls here
    current: bool


def index(
    sheet: Sheet,
    total: int | None,
    browse: tuple[FacetView, ...],
    employers: FacetView | None,
    context: Context,
) -> Words:
    """The list of open postings, or of some closed ones if none is open."""
    text, lede, folder = context.wording.text, context.settings.description, addresses.page(sheet.number)
    view = ListView(
        heading=text("list.title"),
        count=_open_count(total, context),
        order=text("list.newest-first"),
        empty=text("empty.title") if total == 0 else None,
        lede=lede,
    )
    links = pager(sheet, "", context)
    name = view.heading if view.empty else numbered(view.count or view.heading, links)
    page = head_of_list(name, lede, folder, "", context.settings.title, context)
    return page, {"listing": view, "pager": links, "facets": browse, "employers": employers}


def term(
    named: Term,
    sheet: Sheet,
    opened: int | None,
    closed: int | None,
    employer: EmployerView | None,
    context: Context,
) -> Words:
    """The open postings of a facet term, which may be an employer of the register."""
    text, (facet, slug, label) = context.wording.text, named
    root, home, kind = context.site.root, addresses.term(facet, slug), text(f"facet.{facet}.kicker")
    chosen, facet_href = addresses.filtered(facet, slug), root + addresses.facet(facet)
    about = employer.about if employer else None
    view = ListView(
        heading=label,
        count=_open_count(opened, context),
        order=text("list.newest-first"),
        empty=text("term.empty") if opened == 0 else None,
        lede=about,
        kicker=Link(kind, facet_href),
        note=context.wording.plural("term.closed", closed) if closed else None,
        filtered=None if opened == 0 else root + chosen,
        archived=root + addresses.archive() + chosen,
        ways=(_all_open(context), Link(text(f"facet.{facet}.title"), facet_href)),
        employer=employer,
    )
    links = pager(sheet, home, context)
    name = numbered(", ".join(filter(None, (f"{kind}: {label}", view.count))), links)
    page = head_of_list(
        name,
        about or text("term.description", term=label),
        addresses.page(sheet.number, home),
        home,
        titled(f"{kind}: {label}", context),
        context,
    )
    return page, {"listing": view, "pager": links}


def facet(name: Facet, terms: tuple[Counted, ...], context: Context) -> Words:
    """All terms of a facet."""
    shown, lede = _facet_view(name, terms, context), context.wording.text(f"facet.{name}.lede")
    page = head_of_list(shown.title, lede, addresses.facet(name), "", context.settings.title, context)
    return page, {"facet": shown, "lede": lede}


def closing_soon(total: int, context: Context) -> Words:
    """The open postings whose deadline is near."""
    text, folder = context.wording.text, addresses.CLOSING_SOON
    days = context.wording.number(context.settings.closing_soon_days)
    title, lede = text("closing-soon.title"), text("closing-soon.lede", days=days)
    view = ListView(
        heading=title,
        count=_open_count(total, context),
        order="",
        empty=None if total else text("closing-soon.empty", days=days),
        lede=lede,
        ways=(_all_open(context),),
    )
    page = head_of_list(title, lede, folder, folder, titled(title, context), context, calendar=False)
    # Its calendar is that of the whole list: a deadline that is not soon today will be.
    page = replace(page, feeds=(*page.feeds, *feeds_of("", context.settings.title, context)[-1:]))
    return page, {"listing": view, "pager": None}


def archive(
    year: int | None,
    sheet: Sheet,
    total: int | None,
    years: tuple[tuple[int, int | None], ...],
    browse: tuple[FacetView, ...],
    context: Context,
) -> Words:
    """The postings that have closed in a year or, if that is None, lately."""
    text, home = context.wording.text, addresses.archive(year)
    title = text("archive.title")
    view = ListView(
        heading=title if year is None else text("archive.year", year=year),
        count=_closed_count(total, context),
        order=text("archive.order"),
        empty=text("archive.empty") if total == 0 else None,
        lede=text("archive.lede"),
    )
    links = pager(sheet, home, context)
    page = head_of_list(
        numbered(view.heading, links),
        text("archive.lede"),
        addresses.page(sheet.number, home),
        addresses.archive(),
        titled(title, context),
        context,
        calendar=False,
    )
    shown = tuple(
        YearView(
            each,
            context.site.root + addresses.archive(each),
            _closed_count(number, context),
            each == year,
        )
        for each, number in years
    )
    return page, {"listing": view, "years": shown, "is_whole": year is None, "pager": links, "facets": browse}


def counted(groups: Iterable[Group]) -> tuple[Counted, ...]:
    """Return the terms of groups with the numbers of their open postings."""
    return tuple((group.term, len(group.open)) for group in groups)


def browse(listing: Listing, context: Context, *, told: bool = True) -> tuple[FacetView, ...]:
    """Return the facets to browse by, each with the terms that have most open postings.

    They are in the order of their numbers, or of their labels if numbers are not shown.
    """

    def view(name: Facet) -> FacetView:
        busiest = _busiest(listing.groups[name])
        top: Sequence[Counted] = counted(busiest[:_TOP_TERMS])
        if not told:
            top = [(term, None) for term, _ in sorted(top, key=_by_label)]
        return _facet_view(name, top, context, has_more=len(busiest) > _TOP_TERMS)

    return tuple(found for found in map(view, _BROWSED) if found.terms)


def employers(listing: Listing, context: Context) -> FacetView:
    """Return the employers with the most postings so far, for a reader who finds none open."""
    groups = sorted(listing.groups[Facet.ORGANIZATION], key=lambda group: -group.closed)
    has_more = len(groups) > _EMPLOYERS
    return _facet_view(Facet.ORGANIZATION, counted(groups[:_EMPLOYERS]), context, has_more=has_more)


def employer_views(
    register: Iterable[Organization], groups: Iterable[Group], context: Context
) -> dict[str, EmployerView]:
    """Return what pages of registered employers say of them, by slug."""
    known = {entry.key: entry for entry in register}
    listed = {group.term.slug for group in groups}
    parts: dict[str | None, list[Link]] = {}

    def link(entry: Organization) -> Link:
        href = context.site.root + addresses.term(Facet.ORGANIZATION, entry.slug)
        return Link(entry.name, href if entry.slug in listed else "")

    shown = [entry for entry in known.values() if entry.slug in listed]
    for entry in shown:
        parts.setdefault(entry.parent, []).append(link(entry))
    return {
        entry.slug: EmployerView(
            entry.description,
            entry.url,
            link(known[entry.parent]) if entry.parent else None,
            tuple(parts.get(entry.key, ())),
        )
        for entry in shown
    }


def _facet_view(
    name: Facet, terms: Iterable[Counted], context: Context, *, has_more: bool = False
) -> FacetView:
    return FacetView(
        name=name.value,
        title=context.wording.text(f"facet.{name}.title"),
        href=context.site.root + addresses.facet(name),
        terms=tuple(_term_view(term, number, context) for term, number in terms),
        has_more=has_more,
    )


def _term_view(named: Term, number: int | None, context: Context) -> TermView:
    href = context.site.root + addresses.term(named.facet, named.slug)
    if number is None:
        return TermView(named.label, href, 0, "")
    count = context.wording.plural("facet.count", number) if number else context.wording.text("facet.none")
    return TermView(named.label, href, number, count)


def _all_open(context: Context) -> Link:
    """Return where to go from a list without rows."""
    return Link(context.wording.text("posting.all-open"), context.site.root)


def _open_count(number: int | None, context: Context) -> str:
    return "" if number is None else context.wording.plural("list.count", number)


def _closed_count(number: int | None, context: Context) -> str:
    return "" if number is None else context.wording.plural("archive.closed", number)


def _busiest(groups: Sequence[Group]) -> list[Group]:
    """Return groups with open postings, most first, else by label; what is not stated comes last."""
    found = (group for group in groups if group.open)
    return sorted(found, key=lambda group: (group.term.slug == facets.NOT_STATED, -len(group.open)))


def _by_label(counted: Counted) -> tuple[object, ...]:
    return counted[0].slug == facets.NOT_STATED, *ordering.by_label(counted[0])
