"""iCalendar files: deadlines.ics of every list of open postings, and deadline.ics of each dated deadline.

Owns the form of calendars and events (RFC 5545, RFC 7986); refuses to know how a deadline is read.

A list's calendar holds what can still be applied for: closed postings leave it. The file of a posting that
was filled or withdrawn, or whose deadline was taken back, stays, canceled, for those who follow that event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from hiringhall import syndication
from hiringhall.context import Context
from hiringhall.engine.digests import digest, extended, key_of
from hiringhall.facts import facts_of
from hiringhall.feeds import Scope, open_scopes
from hiringhall.model import Deadline, Entry, File, Listing, Moved, Output, Parts, PlainMove, Posting
from hiringhall.policies import addresses, lifecycle, moments

_PRODUCT = "-//Hiring Hall//Deadlines//EN"
_TIME = "%Y%m%dT%H%M%SZ"
_FIRST_DAY = date(lifecycle.YEARS.start, 1, 1)
_LIMIT = 75  # octets in a line without its end, RFC 5545 section 3.1
_CONTROLS = bytes({*range(0x20), 0x7F} - {0x09, 0x0A})
_CONTINUATIONS = range(0x80, 0xC0)  # octets that do not begin a character in UTF-8
# A calendar must hold something (RFC 5545 section 3.6): without an event, the zone of its times.
_NO_EVENT = (
    b"BEGIN:VTIMEZONE\r\nTZID:UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
    b"TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nTZNAME:UTC\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)


def _event(posting: Posting, entry: Entry, context: Context) -> bytes:
    """Return the event of a posting's deadline, or nothing if it never had a day."""
    deadline = _deadline_of(posting, context)
    if deadline is None:
        return b""
    wording, is_called_off = context.wording, entry.card.status is not None
    stamp = moments.utc(syndication.stated(entry, context)).translate({ord("-"): None, ord(":"): None})
    places = wording.places(posting.places, context.settings.default_country)
    summary = wording.text("calendar.event", title=posting.title, organization=posting.organization.name)
    page = syndication.page_of(posting, context)
    facts = (wording.labelled(fact.label, fact.text) for fact in facts_of(posting, entry, context))
    text = "\n".join((*facts, page))  # some calendars show no URL but this
    return fold(
        "BEGIN:VEVENT",
        f"UID:{syndication.id_of(posting).removeprefix('urn:uuid:')}",
        f"DTSTAMP:{stamp}",
        f"LAST-MODIFIED:{stamp}",
        f"SEQUENCE:{_sequence(posting, cancelled=is_called_off)}",
        _start(deadline),
        f"SUMMARY:{escaped(summary)}",
        f"DESCRIPTION:{escaped(text)}",
        *((f"LOCATION:{escaped(places)}",) if places else ()),
        f"URL:{page}",
        "TRANSP:TRANSPARENT",
        *(("STATUS:CANCELLED",) if is_called_off or deadline is not posting.deadline else ()),
        "END:VEVENT",
    )


EVENT = syndication.Maker("event", _event)


def _deadline_of(posting: Posting, context: Context) -> Deadline | None:
    """Return a posting's deadline or, if it no longer has one, its last one; None if none had a day."""
    if isinstance(posting.deadline, Deadline):
        return posting.deadline
    return moments.dated(_taken_back(posting.moves), context.settings.time_zone)


def _taken_back(moves: Iterable[PlainMove]) -> str:
    """Return the last day or instant from which a deadline moved, or nothing if none ever did."""
    dated = [before for _, _, what, before, _ in moves if what == Moved.DEADLINE and before[:1].isdigit()]
    return dated[-1] if dated else ""


def _start(deadline: Deadline) -> str:
    """Return when a deadline falls: a whole day, or an instant in UTC, which needs no zone table."""
    if deadline.at is None:
        return f"DTSTART;VALUE=DATE:{deadline.day:%Y%m%d}"
    return f"DTSTART:{lifecycle.instant_of(deadline):{_TIME}}"


def _sequence(posting: Posting, *, cancelled: bool) -> int:
    """Return the revision of an event, which rises with everything that can change it and never falls.

    It is the number of moves in the content's history. Without a history, an editor who moves a deadline
    dates that with `verified`, so the days to the newest stated date count too. They count from a fixed day:
    `added` may be stated late or corrected. A cancellation that is not in the history (yet) is one more, and
    so is one with which it begins.
    """
    statuses = [move for move in posting.moves if move.what == Moved.STATUS]
    was_cancelled = bool(statuses and statuses[0].before)
    is_told = bool(statuses and statuses[-1].after)
    untold = was_cancelled + (cancelled and not is_told)
    return (posting.confirmed - _FIRST_DAY).days + len(posting.moves) + untold


def outputs(listing: Listing, context: Context, parts: Parts) -> Iterator[Output]:
    """Yield the calendar of every list of open postings, then the file of each deadline, which stays."""
    setup = _Setup(key_of(site=context.key), context, parts)
    for scope in open_scopes(listing, context):
        path = f"{scope.folder}{addresses.CALENDAR}"
        yield File(path, partial(_list_key, scope, setup), partial(_list_chunks, path, scope, setup))
    for entry in listing.entries:
        if entry.card.has_deadline or _taken_back(entry.card.moves):
            for slug in (entry.card.slug, *entry.card.aliases):
                yield _OfPosting(addresses.deadline_calendar(slug), entry, setup)


class _Setup(NamedTuple):
    """What every calendar is made with; `key` names what they all depend on."""

    key: str
    context: Context
    parts: Parts


def _list_key(scope: Scope, setup: _Setup) -> str:
    return scope.key(setup.key, digest(*[entry.standing for entry in _dated(scope)]))


def _list_chunks(path: str, scope: Scope, setup: _Setup) -> Iterator[bytes]:
    name = setup.context.wording.text("calendar.name", list=scope.title)
    return _chunks(path, name, _dated(scope), setup)


def _dated(scope: Scope) -> list[Entry]:
    return [entry for entry in scope.entries if entry.card.has_deadline]


class _OfPosting(NamedTuple):
    """The file of one posting's deadline; at a former address, it names the present one as its source."""

    path: str
    entry: Entry
    setup: _Setup
    basis: str = ""

    def key(self) -> str:
        return extended(self.setup.key, "posting", self.entry.standing)

    def chunks(self) -> Iterator[bytes]:
        path = addresses.deadline_calendar(self.entry.card.slug)
        return _chunks(path, self.entry.card.title, (self.entry,), self.setup)


def _chunks(path: str, name: str, events: Sequence[Entry], setup: _Setup) -> Iterator[bytes]:
    yield fold(
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{_PRODUCT}",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        f"SOURCE;VALUE=URI:{setup.context.site.absolute(path)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
    )
    yield from setup.parts.read(EVENT.kind, events) if events else (_NO_EVENT,)
    yield b"END:VCALENDAR\r\n"


def escaped(text: str) -> str:
    r"""Return text as a value of type TEXT (RFC 5545 section 3.3.11).

    >>> print(escaped("Pay, benefits; see\nC:\\jobs"))
    Pay\, benefits\; see\nC:\\jobs
    """
    marked = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return marked.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def fold(*lines: str) -> bytes:
    r"""Return content lines in UTF-8, none longer than 75 octets and no character cut in two (RFC 5545, 3.1).

    >>> fold("SUMMARY:x")
    b'SUMMARY:x\r\n'
    """
    data = "\n".join(lines).encode("utf-8", "replace").translate(None, _CONTROLS)
    return b"\r\n".join(map(_folded, data.split(b"\n"))) + b"\r\n"


def _folded(line: bytes) -> bytes:
    if len(line) <= _LIMIT:
        return line
    pieces, start, room = [], 0, _LIMIT
    while len(line) - start > room:
        end = start + room
        while line[end] in _CONTINUATIONS:
            end -= 1
        pieces.append(line[start:end])
        start, room = end, _LIMIT - 1
    return b"\r\n ".join((*pieces, line[start:]))
