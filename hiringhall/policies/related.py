"""Which open postings are worth a look to a reader of another one.

Owns the rule and the index that keeps it cheap; refuses to know how they are shown.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import chain
from sys import intern
from typing import NamedTuple

from hiringhall.engine.patterns import pattern
from hiringhall.model import Entry, Facet, Listing, PlainPlace, PlainTerm, PlainTraits
from hiringhall.policies import facets

# What two postings have in common counts so much; each tag and each word of the title counts one.
_EMPLOYER, _REGION = 3, 2
# Newest postings looked at, so that the work does not grow with the square of their number: of those that
# share a tag or a word in the region, at the employer or anywhere, and of an employer.
_NEAR, _FAR, _COLLEAGUES = 6, 16, 8
_TAG, _ORGANIZATION = Facet.TAG.value, Facet.ORGANIZATION.value
# The words of a title that may say what a job is: shorter ones are "and", "of" and the like.
_WORD = pattern(r"[^\W\d_]{4,}")

Places = Sequence[int]


class Index(NamedTuple):
    """The open entries, newest first, by what they have in common: the first of each, by place among them.

    `places` are by slug. `alike` leads to places by tag or word, and so do `near` of each region and
    `colleagues` of each employer, with all of these under "".
    """

    entries: tuple[Entry, ...]
    places: Mapping[str, int]
    colleagues: Mapping[str, Mapping[str, Places]]
    alike: Mapping[str, Places]
    near: Mapping[str, Mapping[str, Places]]


def traits_of(title: str, terms: Iterable[PlainTerm], places: Iterable[PlainPlace]) -> PlainTraits:
    """Return what others may share with a posting: its employer, tags and words, regions or remote work."""
    employer, about = "", [*map(intern, _WORD.findall(title.casefold()))]
    around = [intern(f"{country} {region}") for country, region, _ in places]
    for facet, slug, _ in terms:
        if facet == _TAG:
            about.append(slug)
        elif facet == _ORGANIZATION:
            employer = slug
        elif slug == facets.REMOTE:
            around.append(slug)
    return employer, tuple(dict.fromkeys(about)), tuple(dict.fromkeys(around))


def index_of(listing: Listing, only: Entry | None = None) -> Index:
    """Return the index of a listing's open entries; with `only`, it need serve for no other than that one."""
    own, mine, here = only.card.traits if only else ("", (), ())
    names, regions = frozenset(mine), frozenset(here)
    alike = defaultdict[str, list[int]](list)
    colleagues = defaultdict[str, defaultdict[str, list[int]]](partial(defaultdict, list))
    near = defaultdict[str, defaultdict[str, list[int]]](partial(defaultdict, list))
    for place, entry in enumerate(listing.open):
        employer, about, around = entry.card.traits
        if only:
            if employer != own and names.isdisjoint(about):
                continue
            about, around = tuple(names.intersection(about)), tuple(regions.intersection(around))
        if not only or employer == own:
            _add(place, colleagues[employer], ("",), _COLLEAGUES)
            _add(place, colleagues[employer], about, _NEAR)
        _add(place, alike, about, _FAR)
        for region in around:
            _add(place, near[region], about, _NEAR)
    places = {entry.card.slug: place for place, entry in enumerate(listing.open)}
    return Index(listing.open, places, colleagues, alike, near)


def _add(place: int, index: Mapping[str, list[int]], names: Iterable[str], most: int) -> None:
    """Add a place under names that do not have `most` yet."""
    for name in names:
        found = index[name]
        if len(found) < most:
            found.append(place)


def related(entry: Entry, index: Index, limit: int = 5) -> tuple[Entry, ...]:
    """Return up to `limit` open entries that have most in common with another, of equals the newer first.

    They share its employer, or a tag or word with it. A shared employer counts three, a region or remote work
    two, a tag or a word of the title one. Only the newest are looked at: eight of the employer and, of each
    tag and word, six at the employer and in a region, or sixteen anywhere if those are too few. What is
    shared with others than colleagues counts only where they are among these.
    """
    at = index.places.get(entry.card.slug)
    employer, about, around = entry.card.traits
    weight, mine, here = len(index.entries), {*about}, {*around}
    regions = [index.near[region] for region in around if region in index.near]
    shared: list[Iterable[int]] = [region[name] for region in regions for name in about if name in region]
    if len(regions) > 1:  # what two postings share in several, they share once
        shared = [{place for region in regions for place in region.get(name, ())} for name in about]
    near = Counter(chain.from_iterable(shared))
    # One number holds points and place: no place is as large as the weight of a point.
    ranks = []
    colleagues = index.colleagues.get(employer, {})
    among = [colleagues[name] for name in ("", *about) if name in colleagues]
    for place in {*chain.from_iterable(among)}:
        near.pop(place, None)
        _, others, there = index.entries[place].card.traits
        points = _EMPLOYER + len(mine.intersection(others))
        ranks.append(place - (points if here.isdisjoint(there) else points + _REGION) * weight)
    ranks += [place - (_REGION + count) * weight for place, count in near.items()]
    if len(ranks) <= limit and sum(rank % weight != at for rank in ranks) < limit:
        told = {rank % weight for rank in ranks}
        far = Counter(chain.from_iterable([index.alike.get(name, ()) for name in about]))
        ranks += [place - count * weight for place, count in far.items() if place not in told]
    ranks.sort()
    best = [place for rank in ranks[: limit + 1] if (place := rank % weight) != at]
    return tuple([index.entries[place] for place in best[:limit]])
