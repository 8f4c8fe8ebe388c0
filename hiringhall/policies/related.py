"""Which open postings are worth a look to a reader of another one.

Owns the rule and the index that keeps it cheap; refuses to know how they are shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from itertools import chain, islice
from typing import NamedTuple

from hiringhall.model import Entry, Facet, Listing

# Newest postings looked at per tag, so that the work does not grow with the square of their number.
_DEPTH = 16
_TAG, _ORGANIZATION = Facet.TAG.value, Facet.ORGANIZATION.value


Places = tuple[int, ...]


class Index(NamedTuple):
    """The open entries, newest first, and by slug of an employer the places of its newest ones among them.

    `ranked` gives the ranks of entries with any of some tags, best first; a rank modulo the number of entries
    is a place. Postings share most sets of tags.
    """

    entries: tuple[Entry, ...]
    colleagues: Mapping[str, Places]
    ranked: Callable[[tuple[str, ...]], list[int]]


def index_of(listing: Listing) -> Index:
    """Return the index of a listing's open entries by organization and tag."""
    places = {entry.card.slug: place for place, entry in enumerate(listing.open)}
    colleagues, tagged = (
        {
            group.term.slug: tuple([places[entry.card.slug] for entry in group.open[:_DEPTH]])
            for group in listing.groups[facet]
        }
        for facet in (Facet.ORGANIZATION, Facet.TAG)
    )
    return Index(listing.open, colleagues, cache(partial(_ranked, tagged, len(places))))


def _ranked(tagged: Mapping[str, Places], weight: int, tags: tuple[str, ...]) -> list[int]:
    """Return the ranks of entries with any of these tags: most of them first, then the newest."""
    shared = Counter(chain.from_iterable([tagged.get(tag, ()) for tag in tags]))
    # One number holds both: no place is as large as the weight of a shared tag.
    return sorted([place - count * weight for place, count in shared.items()])


def related(entry: Entry, index: Index, limit: int = 5) -> tuple[Entry, ...]:
    """Return up to `limit` open entries: the same employer's, newest first, then those that share most tags.

    Of those that share equally many tags, the newer comes first. Only the newest 16 of each tag are looked
    at.
    """
    return tuple(islice(_alike(entry, index), limit))


def _alike(entry: Entry, index: Index) -> Iterator[Entry]:
    entries, tags = index.entries, list[str]()
    own: Places = ()
    for facet, slug, _ in entry.card.terms:
        if facet == _ORGANIZATION:
            own = index.colleagues.get(slug, ())
        elif facet == _TAG:
            tags.append(slug)
    for place in own:
        if entries[place] is not entry:
            yield entries[place]
    for rank in index.ranked(tuple(tags)):
        place = rank % len(entries)
        if place not in own and entries[place] is not entry:
            yield entries[place]
