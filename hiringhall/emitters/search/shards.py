"""The words of whole texts: which postings have them, in small files by segment and alphabet.

Owns which words a posting is found by and how shards are written; refuses to know what a list shows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import chain, pairwise
from operator import sub
from typing import NamedTuple

from hiringhall.context import Context
from hiringhall.emitters.search.segments import Collection, Segment, segments_of
from hiringhall.engine.digests import digest, digest_bytes, key_of
from hiringhall.engine.escaping import json_bytes
from hiringhall.engine.memoize import memoize_abreast, memoize_last
from hiringhall.model import Entry, Output, Parts, Posting
from hiringhall.policies.words import line_of_words, words_of
from hiringhall.syndication import Maker

# Where shards begin in the alphabet, so that each holds about as much of job postings' vocabulary.
_STARTS = tuple(
    words_of(
        "ach alo art bel cap con cyc die edu eth fir gla her ind joi led "
        "log men nov orl peo por pub rem sab sic ste tal tie uni vou wom"
    )
)
# Where they begin in other scripts, by language: at letters, or at fixed distances between signs.
_OTHER_STARTS = {
    "ar fa ps ur": (range(0x627, 0x64B),),
    "be bg kk mk ru sr uk": (range(0x430, 0x450),),
    "el": (range(0x3B1, 0x3CA),),
    "he yi": (range(0x5D0, 0x5EB),),
    "hi mr ne": (range(0x905, 0x93A),),
    "ja": (range(0x3042, 0x30FB, 8), range(0x4E00, 0xA000, 0x400)),
    "ko": (range(0xAC00, 0xD7A4, 0x120),),
    "th": (range(0xE01, 0xE2F),),
    "zh": (range(0x4E00, 0xA000, 0x200),),
}
_FEW = 128  # postings whose words go into one shard


def starts_of(postings: int, language: str) -> tuple[str, ...]:
    """Return where the shards of so many postings begin in the script of a language (BCP 47)."""
    if postings <= _FEW:
        return ()
    first = language.partition("-")[0]
    ranges = next((ranges for known, ranges in _OTHER_STARTS.items() if first in known.split()), None)
    return _STARTS if ranges is None else tuple(map(chr, chain.from_iterable(ranges)))


def outputs(collection: Collection, context: Context, parts: Parts) -> Iterator[Output]:
    """Yield the shards of a collection."""
    spread, starts = collection.spread, collection.starts
    segments = cache(partial(segments_of, collection))
    for segment in range(spread.segments):
        for shard in range(len(starts) + 1):
            path = f"search/{collection.name}/{segment}-{shard}.json"
            yield _Shard(path, segments, segment, starts, shard, context.key, parts)


class _Shard(NamedTuple):
    """The words of a segment between two places in the alphabet; `site` is the key of the context."""

    path: str
    segments: Callable[[], Sequence[Segment]]
    segment: int
    starts: Sequence[str]
    number: int
    site: str
    parts: Parts

    @property
    def basis(self) -> str:
        """Spare most builds from reading all words, only to see that they are the same."""
        return f"{self.site} {len(self.starts)} {self.segments()[self.segment].basis}"

    def key(self) -> str:
        version, _ = _read(self.segments()[self.segment].members, self.parts)
        return key_of(site=self.site, postings=digest(version, str(len(self.starts)), str(self.number)))

    def chunks(self) -> Iterator[bytes]:
        version, texts = _read(self.segments()[self.segment].members, self.parts)
        words, places = _inverted(texts, self.starts)[self.number]
        told = {"version": version, "words": b" ".join(words).decode()}
        yield json_bytes(told)[:-1]
        yield f',"places":[{",".join([f"[{each}]" for each in places])}]}}'.encode()


def _texts(posting: Posting, context: Context) -> str:
    """Return what people may look for in a posting besides what is in the columns: its title and terms."""
    salary, application, organization = posting.salary, posting.application, posting.organization
    parts = (
        posting.summary,
        posting.body_text,
        posting.arrangement_note or "",
        (salary.note if salary else "") or "",
        application.instructions or "",
        organization.short_name or "",
        *organization.aliases,
        context.wording.places(posting.remote_from, context.settings.default_country),
        *posting.benefits,
        *application.documents,
        *(text for _, text in posting.details),
    )
    return "\n".join(parts)


@memoize_abreast  # the row names the words
def line(posting: Posting, context: Context) -> bytes:
    """Return the words of a posting's text."""
    return line_of_words(_texts(posting, context))


# Kept apart from the row, as they are ten times as long.
WORDS = Maker("search-words", lambda posting, _entry, context: line(posting, context))


def version(words: Iterable[str]) -> str:
    """Return what names the words of a segment by nothing but these, whatever finds them, and wherever."""
    return digest(*words)[:12]


def deltas(values: Iterable[int]) -> list[int]:
    """Return each value as its distance from the one before.

    >>> deltas([5, 5, 3])
    [5, 0, -2]
    """
    after = tuple(values)
    return list(map(sub, after, (0, *after)))


@memoize_last  # the shards of a segment are named, and made, one after another
def _read(members: Sequence[Entry], parts: Parts) -> tuple[str, Sequence[bytes]]:
    """Return the version of a segment, and the words of each of its postings."""
    texts = tuple(parts.read(WORDS.kind, members))
    return version(map(digest_bytes, texts)), texts


@memoize_last
def _inverted(texts: Sequence[bytes], starts: Sequence[str]) -> list[tuple[list[bytes], list[str]]]:
    """Return the words of a segment, shard by shard, each with the places of its postings.

    Places are a JSON array of the distances from one to the next, without brackets: a common word has many,
    with few different values.
    """
    found: defaultdict[bytes, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        for word in text.split():
            found[word].append(place)
    told = [str(distance) for distance in range(len(texts))].__getitem__
    words = sorted(found)
    places = [",".join(map(told, deltas(found[word]))) for word in words]
    bounds = [0, *(bisect_left(words, start.encode()) for start in starts), len(words)]
    return [(words[begin:end], places[begin:end]) for begin, end in pairwise(bounds)]
