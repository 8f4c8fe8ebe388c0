"""Ways to browse as templates see them: facets with their terms, and what is known of employers.

Owns which terms are offered first; refuses to know the lists they lead to. A number of None is not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from hiringhall.context import Context
from hiringhall.model import Facet, Group, Listing, Organization, Term
from hiringhall.pages.views import Link
from hiringhall.policies import addresses, facets, ordering

_TOP_TERMS = 10
_EMPLOYERS = 12

# A term and the number of its open postings.
Counted = tuple[Term, int | None]


class EmployerView(NamedTuple):
    """What the register says of an employer: what it is, its website, and whom it is part of.

    `parent` has no `href` where that body has had no job here; `parts` are those of its own that have.
    """

    about: str | None
    url: str | None
    parent: Link | None
    parts: tuple[Link, ...]


class TermView(NamedTuple):
    """A facet term with the number of its open postings, also in words; 0 and "" if that is not shown.

    Among those to browse by and on cities, which stand below others, `count` is the figure alone.
    `within` are the terms of a region's cities, on the page of all places.
    """

    label: str
    href: str
    open: int
    count: str  # type: ignore[assignment]  # hides a method of tuples that nobody calls here
    within: tuple[TermView, ...] = ()


class FacetView(NamedTuple):
    """A facet with some of its terms or, unless it has more, all; `name` is a key of the strings `facet`."""

    name: str
    title: str
    href: str
    terms: tuple[TermView, ...]
    has_more: bool


def counted(groups: Iterable[Group]) -> tuple[Counted, ...]:
    """Return the terms of groups with the numbers of their open postings."""
    return tuple((group.term, len(group.open)) for group in groups)


def browse(listing: Listing, context: Context, *, told: bool = True) -> tuple[FacetView, ...]:
    """Return the facets to browse by, each with the terms that have most open postings.

    They are in the order of their numbers, or of their labels if numbers are not shown.
    """
    alphabet = context.wording.text("alphabet")
    shown = counted if told else partial(_by_label, alphabet=alphabet)
    return _browsed(listing, context, lambda group: len(group.open), shown)


def browse_closed(listing: Listing, context: Context) -> tuple[FacetView, ...]:
    """Return the facets to browse the archive by, each with the terms that have most closed postings."""
    return _browsed(listing, context, attrgetter("closed"), _uncounted)


def _browsed(
    listing: Listing,
    context: Context,
    number: Callable[[Group], int],
    shown: Callable[[Sequence[Group]], Sequence[Counted]],
) -> tuple[FacetView, ...]:
    def view(name: Facet) -> FacetView:
        busiest = _busiest(listing.groups[name], number)
        terms = [figure_view(*term, context) for term in shown(busiest[:_TOP_TERMS])]
        return facet_view(name, terms, context, has_more=len(busiest) > _TOP_TERMS)

    return tuple(found for found in map(view, Facet) if found.terms)


def employers(listing: Listing, context: Context) -> FacetView:
    """Return the employers with the most postings so far, for a reader who knows that none is open."""
    groups = sorted(listing.groups[Facet.ORGANIZATION], key=lambda group: -group.closed)
    terms = term_views(_uncounted(groups[:_EMPLOYERS]), context)
    return facet_view(Facet.ORGANIZATION, terms, context, has_more=len(groups) > _EMPLOYERS)


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


def term_view(named: Term, number: int | None, context: Context) -> TermView:
    """Return a term with its number, unless that is None."""
    href = context.site.root + addresses.term(named.facet, named.slug)
    if number is None:
        return TermView(named.label, href, 0, "")
    count = context.wording.plural("facet.count", number) if number else context.wording.text("facet.none")
    return TermView(named.label, href, number, count)


def term_views(terms: Iterable[Counted], context: Context) -> tuple[TermView, ...]:
    """Return terms with their numbers in words."""
    return tuple(term_view(term, number, context) for term, number in terms)


def figure_view(named: Term, number: int | None, context: Context) -> TermView:
    """Return a term with its number as a figure alone, where what it counts is said elsewhere."""
    view = term_view(named, number, context)
    return view if number is None else view._replace(count=context.wording.number(number))


def facet_view(
    name: Facet, terms: Iterable[TermView], context: Context, *, has_more: bool = False
) -> FacetView:
    """Return a facet with these terms."""
    return FacetView(
        name=name.value,
        title=context.wording.text(f"facet.{name}.title"),
        href=context.site.root + addresses.facet(name),
        terms=tuple(terms),
        has_more=has_more,
    )


def _busiest(groups: Sequence[Group], number: Callable[[Group], int]) -> list[Group]:
    """Return groups with such postings, most first, else by label; what is not stated comes last."""
    return sorted(
        filter(number, groups), key=lambda group: (group.term.slug == facets.NOT_STATED, -number(group))
    )


def _uncounted(groups: Iterable[Group]) -> list[Counted]:
    return [(group.term, None) for group in groups]


def _by_label(groups: Iterable[Group], alphabet: str) -> list[Counted]:
    """Return terms by their labels, without numbers; what is not stated comes last."""
    terms = sorted((group.term for group in groups), key=partial(ordering.by_label, alphabet=alphabet))
    return [(term, None) for term in sorted(terms, key=lambda term: term.slug == facets.NOT_STATED)]
