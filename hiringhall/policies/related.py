"""Which open postings are worth a look to a reader of another one.

Owns the rule and the index that keeps it cheap; refuses to know how they are shown.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from itertools import chain, islice
from typing import NamedTuple

from hiringhall.model import Card, Entry, Facet, Listing
from hiringhall.policies import facets

# What two postings have in common counts so much; each tag and each word of the title counts one.
_EMPLOYER, _REGION = 3, 2
# Newest postings looked at, so that the work does not grow with the square of their number: of those that
# share a tag or a word in the region or anywhere, and of an employer.
_NEAR, _FAR, _COLLEAGUES = 6, 16, 8
_TAG, _ORGANIZATION = Facet.TAG.value, Facet.ORGANIZATION.value
# The words of a title that may say what a job is: shorter ones are "and", "of" and the like.
_WORD = re.compile(r"[^\W\d_]{4,}")

Names = frozenset[str]
Places = Sequence[int]


class Traits(NamedTuple):
    """What others may share with a posting: its employer, tags and words, and regions; remote is one, too."""

    employer: str
    about: Names
    around: Names


class Index(NamedTuple):
    """The open entries, newest first, by what they have in common; a place is one among them.

    `traits` are by place, and `places` by slug. `colleagues` leads to places by employer, `alike` by tag or
    word, and `near` by region and tag or word.
    """

    entries: tuple[Entry, ...]
    traits: Sequence[Traits]
    places: Mapping[str, int]
    colleagues: Mapping[str, Places]
    alike: Mapping[str, Places]
    near: Callable[[str, str], Places]


def index_of(listing: Listing) -> Index:
    """Return the index of a listing's open entries."""
    colleagues, alike = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    traits = [_traits(entry.card) for entry in listing.open]
    for place, (employer, about, _) in enumerate(traits):
        colleagues[employer].append(place)
        for name in about:
            alike[name].append(place)
    places = {entry.card.slug: place for place, entry in enumerate(listing.open)}
    return Index(listing.open, traits, places, colleagues, alike, cache(partial(_near, alike, traits)))


def _near(alike: Mapping[str, Places], traits: Sequence[Traits], region: str, name: str) -> Places:
    """Return the places of the newest postings in a region that have a tag or word, which one must have."""
    return tuple(islice((place for place in alike[name] if region in traits[place].around), _NEAR))


def _traits(card: Card) -> Traits:
    employer, about = "", _WORD.findall(card.title.casefold())
    around = [f"{country} {region}" for country, region, _ in card.places]
    for facet, slug, _ in card.terms:
        if facet == _TAG:
            about.append(slug)
        elif facet == _ORGANIZATION:
            employer = slug
        elif slug == facets.REMOTE:
            around.append(slug)
    return Traits(employer, frozenset(about), frozenset(around))


def related(entry: Entry, index: Index, limit: int = 5) -> tuple[Entry, ...]:
    """Return up to `limit` open entries that have most in common with another, of equals the newer first.

    They share its employer, or a tag or word with it. A shared employer counts three, a region or remote work
    two, a tag or a word of the title one. Only the newest are looked at: eight of the employer and, of each
    tag and word, six in the region, or sixteen anywhere if those are too few.
    """
    at = index.places.get(entry.card.slug)
    employer, about, around = _traits(entry.card) if at is None else index.traits[at]
    names, weight = [name for name in about if name in index.alike], len(index.entries)
    near = Counter(chain.from_iterable([index.near(region, name) for region in around for name in names]))
    own = index.colleagues.get(employer, ())[:_COLLEAGUES]
    # One number holds points and place: no place is as large as the weight of a point.
    ranks = []
    for place in own:
        near.pop(place, None)
        _, others, there = index.traits[place]
        points = _EMPLOYER + len(others & about)
        ranks.append(place - (points if around.isdisjoint(there) else points + _REGION) * weight)
    ranks += [place - (_REGION + shared) * weight for place, shared in near.items()]
    if len(ranks) <= limit:  # one of them can be the entry's own
        far = Counter(chain.from_iterable([index.alike[name][:_FAR] for name in names]))
        told = {*near, *own}
        ranks += [place - shared * weight for place, shared in far.items() if place not in told]
    best = [place for rank in sorted(ranks)[: limit + 1] if (place := rank % weight) != at]
    return tuple([index.entries[place] for place in best[:limit]])
