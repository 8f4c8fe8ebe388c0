"""Which open postings are worth a look to a reader of another one.

Owns the rule and the index that keeps it cheap; refuses to know how they are shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import chain
from typing import NamedTuple

from hiringhall.model import Entry, Facet, Listing

# Newest postings looked at per tag, so that the work does not grow with the square of their number.
_DEPTH = 16
_TAG, _ORGANIZATION = Facet.TAG.value, Facet.ORGANIZATION.value


class Index(NamedTuple):
    """The open entries, newest first, and by facet and slug of a term the positions of its newest ones."""

    entries: tuple[Entry, ...]
    positions: Mapping[tuple[str, str], tuple[int, ...]]


def index_of(listing: Listing) -> Index:
    """Return the index of a listing's open entries by organization and tag."""
    places = {entry.card.slug: position for position, entry in enumerate(listing.open)}
    return Index(
        listing.open,
        {
            (facet.value, group.term.slug): tuple(places[entry.card.slug] for entry in group.open[:_DEPTH])
            for facet in (Facet.ORGANIZATION, Facet.TAG)
            for group in listing.groups[facet]
        },
    )


def related(entry: Entry, index: Index, limit: int = 5) -> tuple[Entry, ...]:
    """Return up to `limit` open entries: the same employer's, newest first, then those that share most tags.

    Of those that share as many tags the newer comes first. Only the newest 16 of each tag are looked at.
    """
    own: list[int] = []
    tagged: list[tuple[int, ...]] = []
    for facet, slug, _ in entry.card.terms:
        if facet == _TAG:
            tagged.append(index.positions.get((facet, slug), ()))
        elif facet == _ORGANIZATION:
            own.extend(index.positions.get((facet, slug), ()))
    entries, name = index.entries, entry.card.slug
    best = [position for position in own if entries[position].card.slug != name][:limit]
    if len(best) < limit:
        # One number holds both: no position reaches the weight of a shared tag.
        weight = len(entries)
        ranked = sorted(
            [position - shared * weight for position, shared in Counter(chain.from_iterable(tagged)).items()]
        )
        alike = (rank % weight for rank in ranked)
        best += [
            position for position in alike if position not in own and entries[position].card.slug != name
        ]
    return tuple(entries[position] for position in best[:limit])
