"""Which open postings are worth a look to a reader of another one.

Owns the rule and the index that keeps it cheap; refuses to know how they are shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache, partial
from itertools import chain, islice
from typing import NamedTuple

from hiringhall.model import Entry, Facet, Listing

# Newest postings looked at per tag, so that the work does not grow with the square of their number.
_DEPTH = 16
_TAG, _ORGANIZATION = Facet.TAG.value, Facet.ORGANIZATION.value


Positions = Mapping[tuple[str, str], tuple[int, ...]]


class Index(NamedTuple):
    """The open entries, newest first, and by facet and slug of a term the positions of its newest ones.

    `ranked` gives the positions of entries with any of some tags; postings have most sets of tags in common.
    """

    entries: tuple[Entry, ...]
    positions: Positions
    ranked: Callable[[tuple[str, ...]], tuple[int, ...]]


def index_of(listing: Listing) -> Index:
    """Return the index of a listing's open entries by organization and tag."""
    places = {entry.card.slug: position for position, entry in enumerate(listing.open)}
    positions = {
        (facet.value, group.term.slug): tuple(places[entry.card.slug] for entry in group.open[:_DEPTH])
        for facet in (Facet.ORGANIZATION, Facet.TAG)
        for group in listing.groups[facet]
    }
    return Index(listing.open, positions, cache(partial(_ranked, positions, len(places))))


def _ranked(positions: Positions, weight: int, tags: tuple[str, ...]) -> tuple[int, ...]:
    """Return the positions of entries with any of these tags: most of them first, then the newest."""
    shared = Counter(chain.from_iterable(positions.get((_TAG, tag), ()) for tag in tags))
    # One number holds both: no position reaches the weight of a shared tag.
    ranks = sorted([position - count * weight for position, count in shared.items()])
    return tuple([rank % weight for rank in ranks])


def related(entry: Entry, index: Index, limit: int = 5) -> tuple[Entry, ...]:
    """Return up to `limit` open entries: the same employer's, newest first, then those that share most tags.

    Of those that share as many tags the newer comes first. Only the newest 16 of each tag are looked at.
    """
    entries, name, terms = index.entries, entry.card.slug, entry.card.terms
    own = [
        position
        for facet, slug, _ in terms
        if facet == _ORGANIZATION
        for position in index.positions.get((facet, slug), ())
    ]
    best = [position for position in own if entries[position].card.slug != name][:limit]
    if len(best) < limit:
        alike = index.ranked(tuple([slug for facet, slug, _ in terms if facet == _TAG]))
        others = (
            position for position in alike if position not in own and entries[position].card.slug != name
        )
        best += islice(others, limit - len(best))
    return tuple([entries[position] for position in best])
