"""What opened, moved and closed, by day: the events that a list at one instant cannot show.

Owns which events there are and how each is worded; refuses to know the pages, feeds and digests that show
them.

An event follows only from a posting's dates and history, so every build reports it in the same way. Without a
history, only the first opening is known, and the last closing if dates give it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from heapq import nlargest
from itertools import accumulate, chain, groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hiringhall.model import Card, ClosedReason, Entry, Moved
from hiringhall.policies import addresses, lifecycle, moments
from hiringhall.wording import Wording


class Kind(StrEnum):
    """What can happen to a posting, in the order in which one day's events are listed."""

    OPENED = "opened"
    REOPENED = "reopened"
    MOVED = "moved"
    CLOSED = "closed"


_ORDER = {kind: place for place, kind in enumerate(Kind)}
_of_card = attrgetter("slug", "title", "language", "organization")


class Event(NamedTuple):
    """Something that happened to a posting on a `day` (ordinal) of the site's zone.

    `at` is the instant in POSIX seconds, or None if only the day is known. `language` is as on cards.
    `before` and `after` are a deadline that moved, in the form of `policies.moments`; `reason` says why a
    posting closed. `known` is when readers could first know of it (POSIX seconds), if that may be later.
    `aliases` are the posting's own.
    """

    day: int
    at: int | None
    kind: Kind
    slug: str
    title: str
    language: str
    organization: str
    reason: str = ""
    before: str = ""
    after: str = ""
    known: int | None = None
    aliases: tuple[str, ...] = ()

    @property
    def first_name(self) -> str:
        """The name of the posting that ids are made from."""
        return addresses.first_name(self.slug, self.aliases)


class _Closing(NamedTuple):
    at: int
    day: int
    reason: str


_REASONS: Mapping[str, str] = {
    Moved.DEADLINE: ClosedReason.DEADLINE,
    Moved.VERIFY_BY: ClosedReason.UNCONFIRMED,
}


def recent(entries: Iterable[Entry], home: str, days: int, enough: int) -> tuple[Event, ...]:
    """Return the events of the last `days` days that had any, newest first.

    They are those of whole days, and of no more days than make `enough` of them.
    """
    entries = tuple(entries)
    opened = Counter([entry.card.added for entry in entries if _was_open(entry, home)])
    # Each opening is an event, so days before the last `days` with openings need not be looked at.
    latest = [*nlargest(days, opened), 0][:days]
    told = accumulate(opened[day] for day in latest)
    needed = [day for day, before in zip(latest, chain((0,), told), strict=False) if before < enough]
    found = since(entries, min(needed), home)
    last = found[enough - 1].day if len(found) > enough else 0
    kept = {*nlargest(days, {event.day for event in found if event.day >= last})}
    return tuple(event for event in found if event.day in kept)


def since(entries: Iterable[Entry], first: int, home: str) -> tuple[Event, ...]:
    """Return all events from the day `first` (ordinal) on, newest first; `home` is the site's time zone."""
    late = [
        entry
        for entry in entries
        if entry.card.added >= first or (entry.closed_on or 0) >= first or entry.card.moves
    ]
    found = (event for entry in late for event in _merged(_events(entry, home)) if event.day >= first)
    return tuple(sorted(found, key=lambda event: (-event.day, _ORDER[event.kind], event.slug)))


def _events(entry: Entry, home: str) -> Iterator[Event]:
    """Yield a posting's events in the order they happened."""
    card, is_closed, was_open = entry.card, False, _was_open(entry, home)
    if was_open:
        yield _event(card, card.added, None, Kind.OPENED)
        if card.moves:
            is_closed = yield from _told_by_moves(card, home)
    day = lifecycle.closing_day(entry)
    if day is not None and not is_closed:
        at = card.closes_at if lifecycle.is_closed_by_dates(entry) else None
        # Since its last move it was open, by what is committed: it closed with that move, at the earliest.
        if was_open and card.moves and day < card.moves[-1][0]:
            day, moved = card.moves[-1][:2]
            at = max(at or moved, moved)  # in a zone further west, a deadline's day may still go on
        yield _event(card, day, at, Kind.CLOSED, entry.reason or "")


def open_spans(entries: Iterable[Entry], home: str) -> Iterator[tuple[int, int | None]]:
    """Yield when postings were open: the first day (ordinal), and the last at whose end; None if that is now.

    One that closed and opened again has several such spans. Days are those of `home`, the site's time zone.
    """
    zone = ZoneInfo(home)
    for entry in entries:
        first: int | None = entry.card.added
        for event in _events(entry, home) if entry.card.moves else ():
            if event.kind is Kind.REOPENED:
                first = event.day
            elif event.kind is Kind.CLOSED and first is not None:
                yield first, (lifecycle.day_of(event.at, zone) if event.at else event.day) - 1
                first = None
        last = lifecycle.last_day_through(entry, zone)
        if last is None or first is not None:
            yield first or entry.changed, last  # what opened it again may not be committed yet


def _was_open(entry: Entry, home: str) -> bool:
    """Say whether a posting opened on this list: not if it had closed before, as those of a former list."""
    card, start = entry.card, _start_of(entry.card.added, home)
    if entry.closed_on is None or card.closes_at > start:
        return True
    stood = (
        (_closing(what, text, home), since)
        for _, at, what, *texts in card.moves
        if what in _REASONS
        for text, since in zip(texts, (start, at), strict=True)
    )
    return any(closing is not None and closing.at > since for closing, since in stood)


@lru_cache(maxsize=8192)  # postings share their days
def _start_of(day: int, home: str) -> float:
    return lifecycle.start_of_day(date.fromordinal(day), ZoneInfo(home)).timestamp()


def _told_by_moves(card: Card, home: str) -> Generator[Event, None, bool]:
    """Yield what a posting's moves did, and what time did between them; return whether it ended up closed."""
    stands, status = _at_first(card, home)
    is_closed, opened, shut = bool(status), (card.added, 0), None
    for (day, at), moves in groupby(card.moves, key=itemgetter(0, 1)):
        closing = _first(stands)
        # A day that had passed before a posting was listed closed nothing: it was a slip, such as a wrong
        # year.
        if not is_closed and closing and closing.at <= at and closing.day >= card.added:
            yield _event(card, closing.day, closing.at, Kind.CLOSED, closing.reason)
            is_closed, shut = True, closing
        shift: tuple[str, ...] = ()
        for _, _, what, before, after in moves:
            if what == Moved.STATUS:
                status = after
            else:
                stands[what] = _closing(what, after, home)
                shift = (before, after) if what == Moved.DEADLINE else shift
        closing = _first(stands)
        was_closed, is_closed = is_closed, bool(status) or (closing is not None and closing.at <= at)
        if is_closed and not was_closed:
            when = _Closing(at, day, status) if status or closing is None else closing
            # A deadline moved to before it opened closed it with the move, unless it had closed it then.
            is_told = when == shut or (when.day, when.at) >= opened
            when = shut = when if is_told else when._replace(at=at, day=day)
            yield _event(card, when.day, when.at, Kind.CLOSED, when.reason)._replace(known=at)
        elif was_closed and not is_closed:
            yield _event(card, day, at, Kind.REOPENED)
            opened = day, at
        elif shift and not is_closed:
            yield _event(card, day, at, Kind.MOVED, "", *shift)
    return is_closed


def _first(stands: Mapping[str, _Closing | None]) -> _Closing | None:
    """Return what decides: a deadline with a date, or else the last day it is open unconfirmed."""
    return stands[Moved.DEADLINE] or stands[Moved.VERIFY_BY]


def _event(
    card: Card, day: int, at: int | None, kind: Kind, reason: str = "", before: str = "", after: str = ""
) -> Event:
    return Event(day, at, kind, *_of_card(card), str(reason), before, after, aliases=card.aliases)


def _at_first(card: Card, home: str) -> tuple[dict[str, _Closing | None], str]:
    """Return when a posting was to close by the dates it was listed with, and the status it had, if any."""
    before = {what: text for _, _, what, text, _ in reversed(card.moves)}  # the first move of each kind
    stands = {what: _closing(what, before.get(what, ""), home) for what in _REASONS}
    decides = Moved.DEADLINE if card.has_deadline else Moved.VERIFY_BY
    if decides not in before:
        stands[decides] = _Closing(card.closes_at, card.last_day, _REASONS[decides])
    return stands, before.get(Moved.STATUS, card.status or "")


@lru_cache(maxsize=8192)  # postings share their deadlines
def _closing(what: str, text: str, home: str) -> _Closing | None:
    deadline = moments.dated(text, home)
    if deadline is None:
        return None
    at = lifecycle.instant_of(deadline)
    day = lifecycle.last_open_day(at, lifecycle.zone_of(deadline))
    return _Closing(int(at.timestamp()), day.toordinal(), _REASONS[what])


def _merged(events: Iterable[Event]) -> Iterator[Event]:
    """Merge the events of one kind on one day: from where the first began to where the last ended."""
    found: dict[tuple[Kind, int], Event] = {}
    for event in events:
        first = found.get((event.kind, event.day), event)
        found[event.kind, event.day] = event._replace(before=first.before, known=first.known)
    return (event for event in found.values() if event.kind is not Kind.MOVED or event.before != event.after)


def told_on(event: Event, zone: ZoneInfo) -> int:
    """Return the day (ordinal) in a zone on which an event could be reported; midnight ends the day before.

    A deadline passes by the clocks of its own zone; one moved to a past day passes unnoticed.
    """
    if event.at is None:
        return event.day
    at = datetime.fromtimestamp(max(event.at, event.known or event.at), UTC)
    return lifecycle.last_open_day(at, zone).toordinal()


def id_of(event: Event) -> str:
    """Return the permanent id of an event: a posting opens once, so the id of that has no day."""
    day = "" if event.kind is Kind.OPENED else f"/{event.day}"
    return addresses.guid(f"{event.first_name}/{event.kind}{day}")


def title_of(event: Event, wording: Wording) -> str:
    """Return the title of an event: what happened, to which job, at which employer."""
    item = wording.text("feeds.item", title=event.title, organization=event.organization)
    return wording.text("changes.item", kind=wording.text(f"changes.{event.kind}.kind"), item=item)


def told(event: Event, wording: Wording, home: str) -> str:
    """Return what happened as a sentence."""
    because = wording.text(f"closed.{event.reason}") if event.reason else ""
    before, after = (_deadline(text, wording, home) for text in (event.before, event.after))
    return wording.text(f"changes.{event.kind}.told", because=because, before=before, after=after)


def _deadline(text: str, wording: Wording, home: str) -> str:
    deadline = moments.read(text, home)
    return wording.deadline(deadline) if deadline else wording.text("changes.no-deadline")
