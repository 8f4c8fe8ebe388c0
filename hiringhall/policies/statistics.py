"""What a listing adds up to: how many postings were open when, what they pay, how long they stayed.

Owns the counting, and how few figures are too few; refuses to know how they are shown, and the date.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

from hiringhall.model import Card, ClosedReason, Entry, Facet, Listing, PayPeriod
from hiringhall.policies import lifecycle

# The fewest postings with a median: for one or two, it would say no more than their own figures.
ENOUGH = 3
ALL_TYPES = ""

_EACH = 60  # changes up to which a series has a point for each
_WEEKLY = 2 * 366  # days up to which a series has a point for each week
_MONTHLY = 20 * 366  # and up to which it has one for each month
_LAST_DAY = date.max.toordinal()
_WHOLE_FROM = 1000  # from this amount on, cents are noise in a median
_EDGES = (7, 14, 30, 60, 90)
_PERIODS = tuple(reversed(PayPeriod))
_TYPE = str(Facet.TYPE)

# Fifteen digits are more than any pay has, and floats are sorted far faster than decimals.
Range = tuple[float, float]
Kind = tuple[str, str, str]  # currency, period, type
Span = tuple[int, int | None]


class Point(NamedTuple):
    """How many postings were open on a day."""

    day: date
    open: int


class Stated(NamedTuple):
    """How many postings state their pay, and how many do not."""

    stated: int
    unstated: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.stated + self.unstated


class Pay(NamedTuple):
    """The pay of some postings: lowest and highest figure, and the median of the middles of the ranges."""

    postings: int
    low: Decimal
    median: Decimal | None
    high: Decimal


class PayGroup(NamedTuple):
    """Pay in one currency for one period, by slug of employment type; among several, ALL_TYPES leads."""

    currency: str
    period: str
    types: tuple[tuple[str, Pay], ...]


class Stay(NamedTuple):
    """Days from added to closed for the postings that closed for one reason; a median if there are ENOUGH."""

    reason: ClosedReason
    postings: int
    shortest: int
    median: int | None
    longest: int


class Bucket(NamedTuple):
    """How many postings stayed `first` to `last` days; the last bucket has no end."""

    first: int
    last: int | None
    postings: int


class Statistics(NamedTuple):
    """Everything counted in a listing: plain values, so their text names them.

    `undated` postings were filled or withdrawn on an unknown day: no stay counts them.
    """

    series: tuple[Point, ...]
    open: Stated
    closed: Stated
    open_pay: tuple[PayGroup, ...]
    all_pay: tuple[PayGroup, ...]
    stays: tuple[Stay, ...]
    undated: int
    to_deadline: tuple[Bucket, ...]


def statistics_of(listing: Listing, spans: Iterable[Span]) -> Statistics:
    """Count a listing; `spans` are when its postings were open. Its instant matters only for states."""
    opened = [entry.card for entry in listing.open]
    closed = [entry.card for entry in listing.closed]
    open_pay, lengths = pay_ranges(opened), stay_lengths(listing.closed)
    return Statistics(
        series=open_series(spans),
        open=stated(opened),
        closed=stated(closed),
        open_pay=pay_groups(open_pay),
        all_pay=pay_groups(open_pay, pay_ranges(closed)),
        stays=tuple(
            Stay(reason, len(days), days[0], _median(days), days[-1]) for reason, days in lengths.items()
        ),
        undated=len(closed) - sum(map(len, lengths.values())),
        to_deadline=buckets(lengths.get(ClosedReason.DEADLINE, ())),
    )


def open_series(spans: Iterable[Span]) -> tuple[Point, ...]:
    """Count the postings open on each day with a change; if many, at the ends of weeks, months or years.

    A span is the day (ordinal) a posting opened and, if it has closed, the last at whose end it was open.
    The first point is the day the first was added; the last is the day of the newest change, and its count is
    today's.

    >>> first = date(2026, 1, 5).toordinal()
    >>> [(str(day), count) for day, count in open_series([(first, first + 8), (first + 3, None)])]
    [('2026-01-05', 1), ('2026-01-08', 2), ('2026-01-14', 1)]
    """
    lived = [(added, last) for added, last in spans if last is None or last >= added]
    changes = Counter(added for added, _ in lived)
    changes.subtract(min(last + 1, _LAST_DAY) for _, last in lived if last is not None)
    ordered = sorted(changes)
    counts = [*accumulate(changes[day] for day in ordered)]
    days = [date.fromordinal(day) for day in ordered]
    points = days if len(days) <= _EACH else sample_days(days[0], days[-1])
    return tuple(Point(day, counts[bisect_right(days, day) - 1]) for day in points)


def sample_days(first: date, last: date) -> Iterator[date]:
    """Yield the first day, each Sunday or end of month or year in between, and the last day.

    >>> [str(day) for day in sample_days(date(2023, 6, 16), date(2026, 1, 1))][:3]
    ['2023-06-16', '2023-06-30', '2023-07-31']
    """
    span, day = (last - first).days, first
    end = _end_of_week if span <= _WEEKLY else _end_of_month if span <= _MONTHLY else _end_of_year
    yield first
    while day < last:
        day = min(end(day + timedelta(days=1)), last)
        yield day


def stated(cards: Iterable[Card]) -> Stated:
    """Count the postings that state figures for their pay; a note without a figure does not count."""
    missing = [card.pay is None for card in cards]
    return Stated(missing.count(False), missing.count(True))


def pay_ranges(cards: Iterable[Card]) -> dict[Kind, list[Range]]:
    """Gather stated pay, never converted, by currency, period and each type, including ALL_TYPES."""
    found: dict[Kind, list[Range]] = defaultdict(list)
    for pay, terms in [(card.pay, card.terms) for card in cards]:
        if pay is not None:
            low, high, period, currency = pay
            span = float(low or high), float(high or low)
            found[currency, period, ALL_TYPES].append(span)
            for facet, slug, _ in terms:
                if facet == _TYPE:
                    found[currency, period, slug].append(span)
    return found


def pay_groups(*ranges: Mapping[Kind, Sequence[Range]]) -> tuple[PayGroup, ...]:
    """Summarize gathered pay by currency and period, the most frequent first."""
    found: dict[tuple[str, str], dict[str, list[Range]]] = defaultdict(lambda: defaultdict(list))
    for gathered in ranges:
        for (currency, period, slug), spans in gathered.items():
            found[currency, period][slug] += spans
    groups = (PayGroup(currency, period, _by_type(types)) for (currency, period), types in found.items())
    return tuple(sorted(groups, key=_rank))


def _rank(group: PayGroup) -> tuple[int, str, int]:
    (_, most), *_ = group.types  # the first row counts the most postings
    return -most.postings, group.currency, _PERIODS.index(group.period)


def pay_of(ranges: Sequence[Range]) -> Pay:
    """Summarize the pay of at least one posting.

    >>> pay_of([(20, 24), (21, 21), (30.5, 34)])
    Pay(postings=3, low=Decimal('20'), median=Decimal('22.00'), high=Decimal('34'))
    >>> pay_of([(20, 24)]).median is None
    True
    """
    lows, highs = zip(*ranges, strict=True)
    middle = _median_pay(ranges) if len(ranges) >= ENOUGH else None
    return Pay(len(ranges), _exact(min(lows)), middle, _exact(max(highs)))


def _median(days: Sequence[int]) -> int | None:
    return days[(len(days) - 1) // 2] if len(days) >= ENOUGH else None


def stay_lengths(closed: Iterable[Entry]) -> dict[ClosedReason, list[int]]:
    """Return the days from added to closed by reason, sorted; 0 if the deadline had passed when added.

    A status without a history is left out: its date does not say when it was set.
    """
    dated = [
        (entry.reason, max(0, entry.closed_on - entry.card.added))
        for entry in closed
        if entry.closed_on is not None
        and (entry.card.status is None or lifecycle.called_off(entry.card.moves) is not None)
    ]
    found = ((reason, sorted(days for why, days in dated if why is reason)) for reason in ClosedReason)
    return {reason: days for reason, days in found if days}


def buckets(days: Sequence[int]) -> tuple[Bucket, ...]:
    """Count sorted lengths of time by a few spans, including those with none.

    >>> [count for _, _, count in buckets([0, 7, 8, 91, 400])]
    [2, 1, 0, 0, 0, 2]
    """
    if not days:
        return ()
    spans = zip((0, *(edge + 1 for edge in _EDGES)), (*_EDGES, None), strict=True)
    return tuple(
        Bucket(first, last, bisect_right(days, last or days[-1]) - bisect_left(days, first))
        for first, last in spans
    )


def percent(part: int, whole: int) -> int:
    """Return a share in per cent; only none is 0, and only all is 100.

    >>> percent(1, 1000), percent(999, 1000), percent(0, 5), percent(5, 5), percent(1, 3)
    (1, 99, 0, 100, 33)
    """
    if part in {0, whole}:
        return 100 if part else 0
    return min(99, max(1, round(100 * part / whole)))


def _end_of_week(day: date) -> date:
    return date.fromordinal(min(day.toordinal() + 6 - day.weekday(), _LAST_DAY))


def _end_of_month(day: date) -> date:
    following = day.replace(day=28) + timedelta(days=4)
    return following - timedelta(days=following.day)


def _end_of_year(day: date) -> date:
    return day.replace(month=12, day=31)


def _by_type(types: dict[str, list[Range]]) -> tuple[tuple[str, Pay], ...]:
    """Put all types first, then each, the most frequent first; if there is one type, it alone is enough."""
    found = {slug: pay_of(ranges) for slug, ranges in types.items()}
    whole = found.pop(ALL_TYPES)
    each = sorted(found.items(), key=lambda item: (-item[1].postings, item[0]))
    return tuple(each) if len(each) == 1 else ((ALL_TYPES, whole), *each)


def _exact(amount: float) -> Decimal:
    return Decimal(f"{amount:.15g}")


def _median_pay(ranges: Sequence[Range]) -> Decimal:
    sums = sorted(low + high for low, high in ranges)
    half = len(sums) // 2
    median = _exact(sums[half] + sums[~half]) / 4
    return median.quantize(Decimal(1) if median >= _WHOLE_FROM else Decimal("0.01"))
