"""The search data of the filter page: the open and the closed postings in columns, and their words in shards.

Owns the files under `search/` and how scripts find them; refuses to know how results are ranked or shown.

`open.json` and `closed.json` hold one collection each, column by column and in the order of its list, with
repeated values written once. The words of the whole texts are beside them: postings are spread over segments,
and the words of a segment over shards by the alphabet, so that a word needs one small file of each segment,
and an edited posting rewrites one segment, as do those that close on one day. The columns say where shards
begin and name each segment's version, so that a shard is asked for, and checked, by the version that the
columns belong to.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, partial
from itertools import chain
from operator import sub
from typing import Any, NamedTuple
from zlib import crc32

from hiringhall.context import Context
from hiringhall.engine.digests import digest, digest_bytes, key_of
from hiringhall.engine.escaping import json_bytes
from hiringhall.engine.latest import latest
from hiringhall.engine.parts import Parts
from hiringhall.model import Card, Entry, Facet, File, Listing, Output, PayPeriod, Posting
from hiringhall.policies import addresses, facets, lifecycle
from hiringhall.policies.words import line_of_words, words_of
from hiringhall.syndication import Maker, listed_deadline, listed_pay

# How many of each period a year of full-time work has: this makes pay by the hour and by the year comparable.
PERIODS_A_YEAR = {
    PayPeriod.HOUR: 2080,
    PayPeriod.DAY: 260,
    PayPeriod.WEEK: 52,
    PayPeriod.MONTH: 12,
    PayPeriod.YEAR: 1,
}

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
_SEGMENT_SIZE = 512
_MOST_SEGMENTS = 16  # a power of two
_WEEK = 7 * 24 * 60 * 60  # seconds

# The strings that scripts use.
_SPOKEN = ("script.", "list.", "pages.", "closed.", "archive.closed.")
_EPOCH = date(1970, 1, 1).toordinal()


class Row(NamedTuple):
    """What a list shows of a posting besides its card, in words; an empty text means not stated.

    `words` is the digest of the words of its text. `pay` is followed by least and most a year in the site's
    currency (0 where not comparable) and whether it is figures. `deadline` is followed by its machine
    form and by whether it is a rolling one.
    """

    words: str
    place: str
    pay: tuple[str, int, int, bool]
    deadline: tuple[str, str, bool]


class Spread(NamedTuple):
    """Over how many segments a collection is spread, and what gives the number of each posting's segment."""

    segments: int
    numbers: Callable[[], Sequence[int]]


class Segment(NamedTuple):
    """The postings whose words are kept together, in the order of their list; `key` names them as read."""

    key: str
    members: Sequence[Entry]


def outputs(listing: Listing, context: Context, parts: Parts) -> Iterator[Output]:
    """Yield what scripts know about the site, and the columns and shards of open and closed postings."""
    renamed, moved = _renamed(context.settings.redirects or {}), _moved(listing)
    yield File(
        "search/site.json",
        lambda: key_of(site=context.key, former=digest(repr(renamed), repr(moved))),
        lambda: _site(context, renamed, moved),
    )
    for name, entries, spread in (
        ("open", listing.open, by_closing(listing.open)),
        ("closed", listing.closed, by_age(listing.closed)),
    ):
        starts = _starts_in(context.settings.language) if len(entries) > _FEW else ()
        segments = cache(partial(_segments, entries, spread))
        yield File(
            f"search/{name}.json",
            partial(_columns_key, name, entries, context),
            partial(_columns, entries, starts, spread, context, parts),
        )
        for segment in range(spread.segments):
            for shard in range(len(starts) + 1):
                yield File(
                    f"search/{name}/{segment}-{shard}.json",
                    partial(_shard_key, segments, segment, len(starts), shard, context),
                    partial(_shard, segments, segment, starts, shard, parts),
                )


def _starts_in(language: str) -> tuple[str, ...]:
    """Return where shards begin in the script of a language (BCP 47)."""
    first = language.partition("-")[0]
    ranges = next((ranges for known, ranges in _OTHER_STARTS.items() if first in known.split()), None)
    return _STARTS if ranges is None else tuple(map(chr, chain.from_iterable(ranges)))


def _columns_key(name: str, entries: Sequence[Entry], context: Context) -> str:
    return key_of(site=context.key, postings=digest(name, *[entry.key for entry in entries]))


def _shard_key(
    segments: Callable[[], Sequence[Segment]], segment: int, starts: int, shard: int, context: Context
) -> str:
    key = segments()[segment].key
    return key_of(site=context.key, postings=digest(key, str(starts), str(shard)))


def _renamed(redirects: Mapping[str, str]) -> dict[str, str]:
    """Return the present slugs of renamed terms, by the names that addresses of filters had for them.

    >>> _renamed({"tags/legal/": "tags/law/", "tags/gone/": "", "team/": "about/"})
    {'tag=legal': 'law'}
    """
    terms = {name.value: parameter for parameter, name in addresses.PARAMETERS.items()}
    found = {}
    for former, present in redirects.items():
        (facet, _, was), (now, _, slug) = former.partition("/"), present.partition("/")
        if facet == now and facet in terms and was and slug:
            found[f"{terms[facet]}={was.rstrip('/')}"] = slug.rstrip("/")
    return found


def _moved(listing: Listing) -> dict[str, str]:
    """Return the slugs of postings by their former ones, which readers' browsers remember."""
    cards = [entry.card for entry in (*listing.open, *listing.closed) if entry.card.aliases]
    return dict(sorted((alias, card.slug) for card in cards for alias in card.aliases))


def _site(context: Context, renamed: Mapping[str, str], moved: Mapping[str, str]) -> Iterator[bytes]:
    settings, strings = context.settings, context.wording.strings
    site = {
        "title": settings.title,
        "language": context.wording.language,
        "currency": settings.default_currency,
        "pageSize": settings.page_size,
        "soonDays": settings.closing_soon_days,
        "renamed": renamed,
        "moved": moved,
        "strings": {key: text for key, text in strings.items() if key.startswith(_SPOKEN)},
    }
    yield json_bytes(site)


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


@latest  # the row names the words
def _line(posting: Posting, context: Context) -> bytes:
    return line_of_words(_texts(posting, context))


def _row(posting: Posting, _entry: Entry, context: Context) -> bytes:
    deadline, home = posting.deadline, context.settings.default_country
    row = Row(
        words=digest_bytes(_line(posting, context)),
        place=context.wording.places(posting.places or posting.remote_from, home),
        pay=_pay(posting, context),
        deadline=(*listed_deadline(posting, context), deadline is not None and deadline.rolling),
    )
    return json_bytes(row)


# What is kept of each posting: its row and, separately, the words of its text, which are ten times as long.
ROW = Maker("search-row", _row)
WORDS = Maker("search-words", lambda posting, _entry, context: _line(posting, context))


def _pay(posting: Posting, context: Context) -> tuple[str, int, int, bool]:
    salary, (text, _) = posting.salary, listed_pay(posting, context)
    if salary is None or salary.minimum is None or salary.maximum is None:
        return text, 0, 0, False
    if salary.currency != context.settings.default_currency:
        return text, 0, 0, True
    return text, _a_year(salary.minimum, salary.period), _a_year(salary.maximum, salary.period), True


def _a_year(amount: Decimal, period: PayPeriod) -> int:
    return round(amount * PERIODS_A_YEAR[period])


def _columns(
    entries: Sequence[Entry],
    starts: Sequence[str],
    spread: Spread,
    context: Context,
    parts: Parts,
) -> Iterator[bytes]:
    numbers = spread.numbers()
    # Read as one list, which takes a fifth of the time.
    rows = [Row(*plain) for plain in json.loads(b"[%s]" % b",".join(parts.read(ROW.KIND, entries)))]
    words: list[list[str]] = [[] for _ in range(spread.segments)]
    for number, row in zip(numbers, rows, strict=True):
        words[number].append(row.words)
    cards = [entry.card for entry in entries]
    table = {
        "starts": starts,
        "versions": [_version(each) for each in words],
        "segments": numbers if spread.segments > 1 else [],
        "periods": PERIODS_A_YEAR,
        "slugs": [card.slug for card in cards],
        "titles": _told_once(card.title for card in cards),
        "added": _deltas(card.added - _EPOCH for card in cards),
        "closing": _told_once(_closing(entry, row) for entry, row in zip(entries, rows, strict=True)),
        "pay": _told_once(tuple(row.pay) for row in rows),
        "language": _told_once(card.language for card in cards),
        "place": _told_once(row.place for row in rows),
        "facets": _facets(cards, context),
    }
    yield json_bytes(table)


def _closing(entry: Entry, row: Row) -> tuple[object, ...]:
    """Return a closing: the deadline's words, machine form, whether rolling; when it closes; what closed it.

    The instant is in POSIX seconds, followed by whether it is a deadline; the day it closed counts from 1970,
    and is 0 if it is unknown.
    """
    card = entry.card
    day = lifecycle.closing_day(entry)
    return *row.deadline, card.closes_at, card.has_deadline, entry.reason or "", day - _EPOCH if day else 0


class _Terms:
    """A facet's terms, numbered as they appear, and which of them each posting has."""

    def __init__(self, facet: Facet, context: Context) -> None:
        label = context.wording.text(f"facts.{facets.NOT_STATED}")
        self._missing = facet.value, facets.NOT_STATED, label
        self._numbers: dict[str, int] = {}
        self._labels: dict[str, str] = {}
        self._sets: list[tuple[int, ...]] = []

    def number(self, term: tuple[str, str, str]) -> int:
        _, slug, label = term
        self._labels.setdefault(slug, label)
        return self._numbers.setdefault(slug, len(self._numbers))

    def add(self, numbers: Iterable[int]) -> None:
        """Take the terms of the next posting; one with none has "not stated"."""
        self._sets.append(tuple(numbers) or (self.number(self._missing),))

    def table(self) -> dict[str, Any]:
        return {
            "slugs": list(self._numbers),
            "labels": list(self._labels.values()),
            "sets": _told_once(self._sets),
        }


def _facets(cards: Iterable[Card], context: Context) -> dict[str, Any]:
    """Return each facet's terms, and which of them each posting has."""
    found = {facet.value: _Terms(facet, context) for facet in addresses.PARAMETERS.values()}
    known: dict[tuple[str, str, str], int] = {}  # postings share their terms
    for card in cards:
        numbers: dict[str, list[int]] = {name: [] for name in found}
        for term in card.terms:
            number = known.get(term)
            if number is None:
                number = known[term] = found[term[0]].number(term)
            numbers[term[0]].append(number)
        for name, terms in found.items():
            terms.add(numbers[name])
    return {name: found[facet.value].table() for name, facet in addresses.PARAMETERS.items()}


def _told_once(values: Iterable[Hashable]) -> dict[str, Any]:
    """Return the distinct values in order of appearance, and for each row which of them it has."""
    numbers: dict[Hashable, int] = {}
    rows = [numbers.setdefault(value, len(numbers)) for value in values]
    return {"values": list(numbers), "rows": rows}


def _deltas(values: Iterable[int]) -> list[int]:
    """Return each value as its distance from the one before.

    >>> _deltas([5, 5, 3])
    [5, 0, -2]
    """
    after = tuple(values)
    return list(map(sub, after, (0, *after)))


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
    size = _SEGMENT_SIZE
    while size * _MOST_SEGMENTS < postings:
        size *= 2
    return size


def _segments_for(postings: int, size: int) -> int:
    count = 1
    while count * size < postings:
        count *= 2
    return count


def _segments(entries: Sequence[Entry], spread: Spread) -> list[Segment]:
    """Gather the postings of each segment."""
    segments: list[list[Entry]] = [[] for _ in range(spread.segments)]
    for entry, number in zip(entries, spread.numbers(), strict=True):
        segments[number].append(entry)
    return [Segment(digest(*[entry.card.key for entry in members]), members) for members in segments]


def _version(words: Iterable[str]) -> str:
    """Return what names the words of a segment by nothing but these, whatever finds them, and wherever."""
    return digest(*words)[:12]


@latest  # the shards of a segment are made one after another
def _inverted(
    members: Sequence[Entry], starts: Sequence[str], parts: Parts
) -> tuple[str, list[list[tuple[str, str]]]]:
    """Return the version of a segment and its words, shard by shard, each with the places of its postings.

    Places are a JSON array of the distances from one to the next, without brackets: a common word has many,
    with few different values.
    """
    found: dict[str, list[int]] = defaultdict(list)
    words = tuple(parts.read(WORDS.KIND, members))
    for place, own in enumerate(words):
        for word in own.decode().split():
            found[word].append(place)
    told = [str(distance) for distance in range(len(members))].__getitem__
    shards: list[list[tuple[str, str]]] = [[] for _ in range(len(starts) + 1)]
    for word in sorted(found):
        distances = ",".join(map(told, _deltas(found[word])))
        shards[bisect_right(starts, word)].append((word, distances))
    return _version(map(digest_bytes, words)), shards


def _shard(
    segments: Callable[[], Sequence[Segment]], segment: int, starts: Sequence[str], number: int, parts: Parts
) -> Iterator[bytes]:
    version, shards = _inverted(segments()[segment].members, starts, parts)
    found = shards[number]
    words = " ".join([word for word, _ in found])
    places = ",".join([f"[{distances}]" for _, distances in found])
    yield json_bytes({"version": version, "words": words})[:-1]
    yield f',"places":[{places}]}}'.encode()
