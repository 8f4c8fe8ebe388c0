"""How the postings of a collection are spread over segments, whose words are kept together.

Owns which posting is in which segment; refuses to know their words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple
from zlib import crc32

from hiringhall.engine.digests import digest
from hiringhall.model import Entry

_SEGMENT_SIZE = 256  # postings; an edit makes the words of one segment anew, a search fetches a file of each
_MOST_SEGMENTS = 16  # a power of two
_WEEK = 7 * 24 * 60 * 60  # seconds


class Spread(NamedTuple):
    """Over how many segments a collection is spread, and what gives the number of each posting's segment."""

    segments: int
    numbers: Callable[[], Sequence[int]]


class Collection(NamedTuple):
    """The open or the closed postings in the order of their list, and how they are laid out in files.

    Words are spread over segments, and those of each over shards that begin at `starts` in the alphabet.
    """

    name: str
    entries: Sequence[Entry]
    spread: Spread
    starts: Sequence[str]


class Segment(NamedTuple):
    """The postings whose words are kept together, in the order of their list; `basis` names them as read."""

    basis: str
    members: Sequence[Entry]


def by_closing(entries: Sequence[Entry]) -> Spread:
    """Spread postings by the week they close in: each stays in its segment, whichever others come and go.

    So what closes on one day leaves one segment. Weeks take turns at the segments; a week with more postings
    than a segment should hold is spread over several by slug. The number of segments doubles, so that it
    seldom changes.
    """
    size = _segment_size(len(entries))
    count = _segments_for(len(entries), size)

    def numbers() -> Sequence[int]:
        weeks = [entry.card.closes_at // _WEEK for entry in entries]
        shares = {week: _segments_for(number, size) for week, number in Counter(weeks).items()}
        return [
            (week + crc32(entry.card.slug.encode()) % shares[week]) % count
            for week, entry in zip(weeks, entries, strict=True)
        ]

    return Spread(count, numbers)


def by_age(entries: Sequence[Entry]) -> Spread:
    """Spread postings of a list that grows at its head: each segment except the first is full.

    So what enters the list changes only that one.
    """
    size = _segment_size(len(entries))
    count = max(1, -(-len(entries) // size))
    return Spread(count, lambda: [place // size for place in reversed(range(len(entries)))])


def _segment_size(postings: int) -> int:
    """Return how many postings a segment should hold: the number doubles if there are too many segments."""
    return _SEGMENT_SIZE * _segments_for(postings, _SEGMENT_SIZE * _MOST_SEGMENTS)


def _segments_for(postings: int, size: int) -> int:
    """Return the least power of two that is enough segments of a size."""
    count = 1
    while count * size < postings:
        count *= 2
    return count


def segments_of(collection: Collection) -> list[Segment]:
    """Gather the postings of each segment."""
    spread = collection.spread
    segments: list[list[Entry]] = [[] for _ in range(spread.segments)]
    for entry, number in zip(collection.entries, spread.numbers(), strict=True):
        segments[number].append(entry)
    return [Segment(digest(*[entry.card.key for entry in members]), members) for members in segments]
