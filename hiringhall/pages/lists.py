"""The lists of the site as templates see them: the index, terms, facets and the archive.

Owns headings, counts and links of lists; refuses to know their postings. A number that is None is not shown.
"""

from __future__ import annotations

from typing import NamedTuple

from hiringhall.context import Context
from hiringhall.model import Facet, PlainPlace, Term
from hiringhall.pages.browsing import Counted, EmployerView, FacetView, facet_view, term_views
from hiringhall.pages.pager import Sheet, numbered, pager
from hiringhall.pages.rendering import Variables
from hiringhall.pages.sections import LONG, sections_of
from hiringhall.pages.views import Link, feeds_of, feeds_of_all, head_of_list
from hiringhall.policies import addresses


class ListView(NamedTuple):
    """A list's own words. `kicker` says what kind of term the heading is; `count` and `order` head the rows.

    `filtered` leads to the filter, set to this list; `archived`, beside a `note` on what has closed, to the
    archive, set in the same way. A page that is not the first has no `count`. A list without rows has
    `empty`, which says so, and `ways` to go on. `employer` says more of the employer whose list it is. On
    that of a place, `region` leads to all jobs around it, and `remote` to those that may be open to people
    there.
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
    region: Link | None = None
    remote: Link | None = None


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
) -> Variables:
    """The list of open postings, or of some closed ones if none is open."""
    text, lede, folder = context.wording.text, context.settings.description, addresses.page(sheet.number)
    view = ListView(
        heading=text("list.title"),
        count=_count("list.count", total, context),
        order=text("list.newest-first"),
        empty=text("empty.title") if total == 0 else None,
        lede=lede,
    )
    links = pager(sheet, "", context)
    name = view.heading if view.empty else numbered(view.count or view.heading, links)
    page = head_of_list(name, lede, folder, feeds_of_all(context), context)
    return page, {"listing": view, "pager": links, "facets": browse, "employers": employers}


def term(
    named: Term,
    sheet: Sheet,
    opened: int | None,
    closed: int | None,
    employer: EmployerView | None,
    region: Term | None,
    remote: Term | None,
    is_any_open: bool,
    context: Context,
) -> Variables:
    """The open postings of a facet term; `employer`, `region` and `remote` are set only where it has them.

    `is_any_open` says whether any posting of the site is open.
    """
    text, (facet, slug, label) = context.wording.text, named
    root, home, kind = context.site.root, addresses.term(facet, slug), text(f"facet.{facet}.kicker")
    chosen, facet_href = addresses.filtered(facet, slug), root + addresses.facet(facet)
    about = employer.about if employer else None
    view = ListView(
        heading=label,
        count=_count("list.count", opened, context),
        order=text("list.newest-first"),
        empty=text("term.empty") if opened == 0 else None,
        lede=about,
        kicker=Link(kind, facet_href),
        note=context.wording.plural("term.closed", closed) if closed else None,
        filtered=None if opened == 0 else root + chosen,
        archived=root + addresses.archive() + chosen,
        ways=(_elsewhere(is_any_open, context), Link(text(f"facet.{facet}.title"), facet_href)),
        employer=employer,
        region=Link(text("term.region", place=region.label), root + addresses.term(facet, region.slug))
        if region
        else None,
        remote=Link(text("term.remote"), root + addresses.term(facet, remote.slug)) if remote else None,
    )
    links = pager(sheet, home, context)
    said = context.wording.labelled(kind, label)
    name = numbered(context.wording.listed(filter(None, (said, view.count))), links)
    page = head_of_list(
        name,
        about or text("term.description", term=label),
        addresses.page(sheet.number, home),
        feeds_of(home, context.titled(said), context),
        context,
    )
    return page, {"listing": view, "pager": links}


def facet(
    name: Facet, terms: tuple[Counted, ...], located: tuple[PlainPlace, ...], context: Context
) -> Variables:
    """All terms of a facet; `located` are the places of all postings if it is that of places."""
    shown = facet_view(name, term_views(terms, context), context)
    lede = context.wording.text(f"facet.{name}.lede")
    page = head_of_list(shown.title, lede, addresses.facet(name), feeds_of_all(context), context)
    sections = sections_of(name, terms, located, context)
    return page, {"facet": shown, "lede": lede, "sections": sections, "is_long": len(terms) > LONG}


def closing_soon(total: int, is_any_open: bool, context: Context) -> Variables:
    """The open postings whose deadline is near; `is_any_open` says whether any other is open, too."""
    wording, folder, days = context.wording, addresses.CLOSING_SOON, context.settings.closing_soon_days
    title, lede = wording.text("closing-soon.title"), wording.plural("closing-soon.lede", days)
    view = ListView(
        heading=title,
        count=_count("list.count", total, context),
        order=wording.text("script.order.open.closing"),
        empty=None if total else wording.plural("closing-soon.empty", days),
        lede=lede,
        ways=(_elsewhere(is_any_open, context),),
    )
    feeds = feeds_of(folder, context.titled(title), context, calendar=False)
    # Its calendar is that of the whole list: a deadline that is not soon today will be.
    page = head_of_list(title, lede, folder, (*feeds, *feeds_of_all(context)[-1:]), context)
    return page, {"listing": view, "pager": None}


def archive(
    year: int | None,
    sheet: Sheet,
    total: int | None,
    years: tuple[tuple[int, int | None], ...],
    browse: tuple[FacetView, ...],
    context: Context,
) -> Variables:
    """The postings that have closed in a year or, if that is None, lately."""
    text, home = context.wording.text, addresses.archive(year)
    title = text("archive.title")
    view = ListView(
        heading=title if year is None else text("archive.year", year=year),
        count=_count("archive.closed", total, context),
        order=text("archive.order"),
        empty=text("archive.empty") if total == 0 else None,
        lede=text("archive.lede"),
    )
    links = pager(sheet, home, context)
    page = head_of_list(
        numbered(view.heading, links),
        text("archive.lede"),
        addresses.page(sheet.number, home),
        feeds_of(addresses.archive(), context.titled(title), context, calendar=False),
        context,
    )
    root, name = context.site.root, "archive.closed"
    shown = tuple(
        YearView(each, root + addresses.archive(each), _count(name, number, context), each == year)
        for each, number in years
    )
    return page, {"listing": view, "years": shown, "is_whole": year is None, "pager": links, "facets": browse}


def _elsewhere(is_any_open: bool, context: Context) -> Link:
    """Return where to go from a list without rows: to what is open or, if nothing is, to what has closed."""
    name, path = ("posting.all-open", "") if is_any_open else ("empty.archive", addresses.archive())
    return Link(context.wording.text(name), context.site.root + path)


def _count(name: str, number: int | None, context: Context) -> str:
    return "" if number is None else context.wording.plural(name, number)
