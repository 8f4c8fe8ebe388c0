"""When a posting closes, why, and in which state it is at a given instant.

Owns every rule of the life cycle; refuses to know the clock: the instant is an argument.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from math import inf
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from hiringhall.model import Card, ClosedReason, Deadline, Entry, Moved, PlainMove, Posting, Rolling, State
from hiringhall.policies import moments

# The years allowed for dates in postings and for the time of a build. Any other is a typo.
YEARS = range(1990, 2100)
# The fields of a posting that state a day on which someone saw that the job was open.
CONFIRMING = ("added", "posted", "verified")
_REMINDED = timedelta(days=14)  # so that somebody who looks once a week has a week to ask the employer
_BELIEVED = timedelta(days=14)


class Closing(NamedTuple):
    """The instant (UTC) from which a posting is closed, and the reason."""

    at: datetime
    reason: ClosedReason


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant of `day` in `zone`, in UTC.

    If the clocks skip midnight, that is the moment they move; if it comes twice, the first (both are the
    reading that PEP 495 calls fold 0).

    >>> start_of_day(date(2026, 3, 29), ZoneInfo("Asia/Beirut")).isoformat()
    '2026-03-28T22:00:00+00:00'
    """
    return datetime.combine(day, time(), zone).astimezone(UTC)


def wall_clock_readings(day: date, at: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return both readings (UTC) of a wall-clock time; they differ only where the clocks change.

    >>> early, late = wall_clock_readings(date(2026, 11, 1), time(1, 30), ZoneInfo("America/New_York"))
    >>> str(late - early)
    '1:00:00'
    """
    local = datetime.combine(day, at, zone)
    first, second = sorted(local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    return first, second


@lru_cache(maxsize=8192)  # needed by everything that shows a posting, and postings share their days
def instant_of(deadline: Deadline) -> datetime:
    """Return the instant (UTC) a deadline falls on.

    A bare date lasts through its day: it ends at the first instant of the next day there. A time that the
    clocks skip or repeat is read in the applicant's favor, as the later of its two readings.

    >>> day = Deadline(date(2023, 6, 16), None, None, "America/New_York")
    >>> instant_of(day).isoformat()
    '2023-06-17T04:00:00+00:00'
    """
    if deadline.at is None:
        return start_of_day(deadline.day + timedelta(days=1), ZoneInfo(deadline.time_zone))
    if deadline.utc_offset is not None:
        return datetime.combine(deadline.day, deadline.at, zone_of(deadline)).astimezone(UTC)
    return wall_clock_readings(deadline.day, deadline.at, ZoneInfo(deadline.time_zone))[1]


def zone_of(deadline: Deadline) -> tzinfo:
    """Return the zone whose clocks a deadline is written by."""
    if deadline.utc_offset is not None:
        return timezone(timedelta(seconds=deadline.utc_offset))
    return ZoneInfo(deadline.time_zone)


def ambiguous_readings(deadline: Deadline) -> tuple[datetime, ...]:
    """Return both readings of a time that the clocks skip or repeat, each with the offset it takes.

    Any other deadline has none.

    >>> skipped = Deadline(date(2026, 3, 8), time(2, 30), None, "America/New_York")
    >>> [reading.isoformat() for reading in ambiguous_readings(skipped)]
    ['2026-03-08T02:30:00-04:00', '2026-03-08T02:30:00-05:00']
    """
    if deadline.at is None or deadline.utc_offset is not None:
        return ()
    first, second = wall_clock_readings(deadline.day, deadline.at, ZoneInfo(deadline.time_zone))
    written = datetime.combine(deadline.day, deadline.at, UTC)
    readings = (written.replace(tzinfo=timezone(written - each)) for each in (first, second))
    return () if first == second else tuple(readings)


def last_confirmed(values: Mapping[str, Any]) -> date | None:
    """Return the newest day on which the values of a posting's fields confirm it, or None.

    >>> last_confirmed({"added": date(2026, 1, 3), "posted": date(2026, 1, 1), "verified": None})
    datetime.date(2026, 1, 3)
    """
    return max((day for name in CONFIRMING if (day := values.get(name))), default=None)


def closing_of(
    deadline: Deadline | Rolling | None,
    last_confirmed: date,
    verify_by: date | None,
    max_age_days: int,
    zone: ZoneInfo,
) -> Closing:
    """Decide when a posting closes by its dates, and why.

    Without a dated deadline, it closes at the end of `verify_by`, or else `max_age_days` after the end of
    `last_confirmed`.

    >>> zone = ZoneInfo("America/New_York")
    >>> closing_of(None, date(2026, 1, 1), None, 60, zone).at.isoformat()
    '2026-03-03T05:00:00+00:00'
    """
    if isinstance(deadline, Deadline):
        return Closing(instant_of(deadline), ClosedReason.DEADLINE)
    last_day = verify_by or last_unconfirmed_day(last_confirmed, max_age_days)
    return Closing(start_of_day(last_day + timedelta(days=1), zone), ClosedReason.UNCONFIRMED)


def closing_zone(deadline: Deadline | Rolling | None, home: str) -> tzinfo:
    """Return the zone in which a posting's last day counts: the site's, unless a deadline states it."""
    return zone_of(deadline) if isinstance(deadline, Deadline) else ZoneInfo(home)


def last_unconfirmed_day(last_confirmed: date, max_age_days: int) -> date:
    """Return the last day that a posting without a closing date is open, if nobody confirms it again."""
    return last_confirmed + timedelta(days=max_age_days)


def last_open_day(closes_at: datetime, zone: tzinfo) -> date:
    """Return the local date on which a posting that closes at an instant (UTC) was last open by its dates.

    >>> last_open_day(datetime(2023, 6, 17, 4, tzinfo=UTC), ZoneInfo("America/New_York"))
    datetime.date(2023, 6, 16)
    """
    return (closes_at - timedelta(microseconds=1)).astimezone(zone).date()


def called_off(moves: Iterable[PlainMove]) -> tuple[int, int] | None:
    """Return the day (ordinal) and the instant (POSIX seconds) a posting was last filled or withdrawn.

    It is None if its moves do not say so.

    >>> called_off([(739000, 5, "status", "", "filled"), (739001, 9, "deadline", "", "2026-01-26")])
    (739000, 5)
    """
    told = [(day, at) for day, at, what, before, _ in moves if what == Moved.STATUS and not before]
    return told[-1] if told else None


def is_closed_by_dates(entry: Entry) -> bool:
    """Say whether a closed posting's dates closed it; a status set later does not change that.

    A day cannot tell what came first: the deadline may be on it, or in a zone with another.
    """
    card = entry.card
    if card.status is None:
        return True
    told = called_off(card.moves)
    return entry.closed_on == card.last_day < entry.changed if told is None else told[1] >= card.closes_at


def closing_day(entry: Entry) -> int | None:
    """Return the day (ordinal) a posting closed on, or None if nothing says so.

    A status itself has no date: the history gives it, or else a confirmation after the day it was added.
    `Entry.closed_on` always has a day, for the order and the years of the archive.
    """
    card = entry.card
    is_told = is_closed_by_dates(entry) or called_off(card.moves) is not None or entry.changed > card.added
    return entry.closed_on if is_told else None


def last_day_through(entry: Entry, home: ZoneInfo) -> int | None:
    """Return the last day (ordinal) at whose end, by the clocks of `home`, a closed posting was still open.

    A deadline at a time of day, or in a zone further east, ends a posting within a day; so does a status.
    """
    if entry.closed_on is None:
        return None
    if is_closed_by_dates(entry):
        return day_of(entry.card.closes_at, home) - 1
    return entry.closed_on - 1


@lru_cache(maxsize=8192)  # postings share their instants
def day_of(moment: int, zone: ZoneInfo) -> int:
    """Return the day (ordinal) in a zone of a moment (POSIX seconds)."""
    return datetime.fromtimestamp(moment, zone).toordinal()


def is_listed(card: Card, today: int) -> bool:
    """Say whether a posting has entered the listing: drafts never do, others on the day `added`.

    `today` is the day (ordinal) in the site's zone.
    """
    return not card.draft and card.added <= today


def takes_applications(posting: Posting, now: datetime) -> bool:
    """Say whether a posting shows how to apply at `now`, or will once it is listed."""
    return not posting.draft and posting.status is None and now < posting.closes_at


def is_confirmation_due(posting: Posting, now: datetime, zone: ZoneInfo) -> bool:
    """Say whether an open posting will soon close only because nobody has confirmed it since.

    That is so in its last two weeks, but not before half of the time from the day on which it was confirmed
    has passed: who has just confirmed it need not be told.
    """
    span = posting.closes_at - start_of_day(posting.confirmed, zone)
    due = posting.closes_at - min(_REMINDED, span / 2)
    return posting.closes_because is ClosedReason.UNCONFIRMED and now >= due


def is_just_verified(posting: Posting, today: date) -> bool:
    """Say whether somebody saw in the last two weeks that a job was open, whatever its page seems to say."""
    return posting.verified is not None and abs(today - posting.verified) <= _BELIEVED


def soon_from(card: Card, closing_soon_days: int) -> int:
    """Return when (POSIX seconds) a posting begins to close soon; without a deadline, when it closes."""
    return card.closes_at - (closing_soon_days * 86_400 if card.has_deadline else 0)


def soon_since(card: Card, closing_soon_days: int, home: str) -> int:
    """Return when (POSIX seconds) a posting came to close soon: in time, or as its deadline came near.

    A deadline that moves while a posting closes soon does not change that, unless it had passed or takes it
    out of that list for a while. `home` is the zone of deadlines in its history that name none.
    """
    since, ahead = soon_from(card, closing_soon_days), closing_soon_days * 86_400
    for _, at, what, before, _ in reversed(card.moves):
        if what != Moved.DEADLINE:
            continue
        if since > at:
            break
        end = _end_of(before, home)
        if not end - ahead <= at < end:
            return at
        since = int(end) - ahead
    return since


def _end_of(text: str, home: str) -> float:
    """Return when (POSIX seconds) a deadline in the form of `moments` ends, if ever."""
    deadline = moments.dated(text, home)
    return instant_of(deadline).timestamp() if deadline else inf


def entry_at(card: Card, moment: float, today: int, closing_soon_days: int) -> Entry:
    """Judge a card at a moment (POSIX seconds): it is closed from `closes_at` on, or by a status at once.

    `today` is the day (ordinal) of that in the site's zone. A posting closed by status closed on the day its
    history gives; without a history, on the newest date that it states (`Card.changed`), if that is not in
    the future. No later build changes either. A status set after the posting had closed by its dates says
    why, but not when.
    """
    is_ahead = card.changed > today
    changed = max([card.added, *(move[0] for move in card.moves)]) if is_ahead else card.changed
    state, reason, closed_on = State.CLOSED, None, None
    if card.status is not None:
        day, at = called_off(card.moves) or (changed, 0)
        reason = ClosedReason(card.status)
        closed_on = card.last_day if at >= card.closes_at else min(day, card.last_day)
    elif moment >= card.closes_at:
        reason, closed_on = ClosedReason(card.closes_because), card.last_day
    else:
        state = State.CLOSING_SOON if moment >= soon_from(card, closing_soon_days) else State.OPEN
    key = f"{card.key}-{reason or state}{'-ahead' if is_ahead else ''}"
    return Entry(card, state, reason, closed_on, changed, key, key if is_ahead or reason else card.key)
