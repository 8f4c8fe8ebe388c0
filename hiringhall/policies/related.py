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


class Index(NamedTuple):
    """The open entries, newest first, by what they have in common; a place is one among them.

    `about` are the tags and words of each, `around` its regions. `colleagues` leads to places by employer,
    `alike` by tag or word, and `near` by region and tag or word.
    """

    entries: tuple[Entry, ...]
    about: Sequence[Names]
    around: Sequence[Names]
    colleagues: Mapping[str, Places]
    alike: Mapping[str, Places]
    near: Callable[[str, str], Places]


def index_of(listing: Listing) -> Index:
    """Return the index of a listing's open entries."""
    colleagues, alike = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    abouts, arounds = list[Names](), list[Names]()
    for place, entry in enumerate(listing.open):
        employer, about, around = _traits(entry.card)
        abouts.append(about)
        arounds.append(around)
        colleagues[employer].append(place)
        for name in about:
            alike[name].append(place)
    return Index(listing.open, abouts, arounds, colleagues, alike, cache(partial(_near, alike, arounds)))


def _near(alike: Mapping[str, Places], arounds: Sequence[Names], region: str, name: str) -> Places:
    """Return the places of the newest postings in a region that have a tag or word, which one must have."""
    return tuple(islice((place for place in alike[name] if region in arounds[place]), _NEAR))


def _traits(card: Card) -> tuple[str, Names, Names]:
    """Return a posting's employer, its tags and words, and its regions; remote work is one, too."""
    employer, about = "", _WORD.findall(card.title.casefold())
    around = [f"{country} {region}" for country, region, _ in card.places]
    for facet, slug, _ in card.terms:
        if facet == _TAG:
            about.append(slug)
        elif facet == _ORGANIZATION:
            employer = slug
        elif slug == facets.REMOTE:
            around.append(slug)
    return employer, frozenset(about), frozenset(around)


def related(entry: Entry, index: Index, limit: int = 5) -> tuple[Entry, ...]:
    """Return up to `limit` open entries that have most in common with another, of equals the newer first.

    They share its employer, or a tag or word with it. A shared employer counts three, a region or remote work
    two, a tag or a word of the title one. Only the newest are looked at: eight of the employer and, of each
    tag and word, six in the region, or sixteen anywhere if those are too few.
    """
    employer, about, around = _traits(entry.card)
    names, weight = [name for name in about if name in index.alike], len(index.entries)
    near = Counter(chain.from_iterable([index.near(region, name) for region in around for name in names]))
    own = index.colleagues.get(employer, ())[:_COLLEAGUES]
    # One number holds points and place: no place is as large as the weight of a point.
    ranks = [place - (_REGION + shared) * weight for place, shared in near.items() if place not in own]
    for place in own:
        points = _EMPLOYER + len(index.about[place] & about)
        ranks.append(
            place - (points if around.isdisjoint(index.around[place]) else points + _REGION) * weight
        )
    if len(ranks) <= limit:  # one of them can be the entry's own
        far = Counter(chain.from_iterable([index.alike[name][:_FAR] for name in names]))
        told = {*near, *own}
        ranks += [place - shared * weight for place, shared in far.items() if place not in told]
    best = [index.entries[rank % weight] for rank in sorted(ranks)[: limit + 1]]
    return tuple([other for other in best if other is not entry][:limit])
