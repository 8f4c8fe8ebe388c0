"""The page of all terms of a facet in sections: places by country and region, long lists by letter.

Owns which sections there are and in what order; refuses to know how terms are counted.
"""

from __future__ import annotations

from typing import NamedTuple

from hiringhall.context import Context
from hiringhall.engine.memoize import memoize_last
from hiringhall.model import Facet, PlainPlace
from hiringhall.pages.browsing import Counted, TermView, figure_view, term_view, term_views
from hiringhall.policies import facets, ordering, places

LONG = 40  # terms: on a phone, more than two screens
_BY_LETTER = {Facet.ORGANIZATION, Facet.TAG}
_NOWHERE = places.Whereabouts("", "", "")


class SectionView(NamedTuple):
    """Some terms of a facet; `id` is what links to the heading name, and empty if there is no heading."""

    id: str
    heading: str
    terms: tuple[TermView, ...]


@memoize_last  # the page of places asks, and what leads from a city to its region
def whereabouts(located: tuple[PlainPlace, ...], context: Context) -> dict[str, places.Whereabouts]:
    """Return where the terms of places are, by slug; `located` are the places of all postings."""
    return places.whereabouts(located, context.settings.default_country, context.wording.naming)


def sections_of(
    facet: Facet, terms: tuple[Counted, ...], located: tuple[PlainPlace, ...], context: Context
) -> tuple[SectionView, ...]:
    """Return the terms of a facet, which come by label; `located` are the places of all postings."""
    if facet is Facet.LOCATION:
        return _by_country(terms, located, context)
    if facet in _BY_LETTER and len(terms) > LONG:
        return _by_letter(terms, context)
    return (SectionView("", "", term_views(terms, context)),)


def _by_letter(terms: tuple[Counted, ...], context: Context) -> tuple[SectionView, ...]:
    """Return terms by their first letters, and last those that have nothing open, unless none has."""
    opened = [(term, number) for term, number in terms if number] or terms
    closed = [(term, None) for term, number in terms if not number and opened is not terms]
    alphabet = context.wording.text("alphabet")
    letters: dict[str, list[Counted]] = {}
    for counted in opened:
        letters.setdefault(ordering.initial(counted[0], alphabet), []).append(counted)
    signs = letters.pop("#", None)
    found = [
        SectionView(letter.lower(), letter, term_views(each, context)) for letter, each in letters.items()
    ]
    if signs:
        found.append(SectionView("signs", "#", term_views(signs, context)))
    if closed:
        heading = context.wording.text("facet.closed")
        found.append(SectionView("closed", heading, term_views(closed, context)))
    return tuple(found)


def _by_country(
    terms: tuple[Counted, ...], located: tuple[PlainPlace, ...], context: Context
) -> tuple[SectionView, ...]:
    """Return regions with their cities by country, if there are several: the site's own is the first.

    What is in no country comes before that, and a country as a whole before its regions.
    """
    home, named = context.settings.default_country, context.wording.country
    known = whereabouts(located, context)
    anywhere = {facets.REMOTE, *(slug for slug, at in known.items() if at.name == named(at.country))}
    has_several = len({where.country for where in known.values()}) > 1
    cities: dict[str, list[TermView]] = {}
    countries: dict[str, list[Counted]] = {}
    for term, number in terms:
        where = known.get(term.slug, _NOWHERE)
        own = term._replace(label=where.name)
        if where.around:
            cities.setdefault(where.around, []).append(figure_view(own, number or 0, context))
        elif has_several and where.country:
            countries.setdefault(where.country, []).append((own, number))
        else:
            countries.setdefault("", []).append((term, number))

    def section(country: str) -> SectionView:
        found = sorted(countries[country], key=lambda counted: counted[0].slug not in anywhere)
        views = (
            term_view(term, number, context)._replace(within=tuple(cities.get(term.slug, ())))
            for term, number in found
        )
        return SectionView(country.lower(), country and named(country), tuple(views))

    alphabet = context.wording.text("alphabet")
    order = sorted(
        countries, key=lambda code: (code != "", code != home, ordering.by_name(named(code), alphabet))
    )
    return tuple(map(section, order))
