"""Dates and deadlines as people write them.

Owns their one accepted form, and the hints that lead to it; refuses to know when a posting closes.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, time
from typing import NamedTuple

from hiringhall.engine.patterns import pattern
from hiringhall.intake import words
from hiringhall.intake.fields.forms import Problem, of_text
from hiringhall.intake.fields.reading import Reading
from hiringhall.intake.fields.time_zones import zone_beside
from hiringhall.intake.fields.written_dates import Written, found_in
from hiringhall.model import Deadline, Rolling, Settings
from hiringhall.policies.lifecycle import YEARS

_ISO = pattern(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_DEADLINE = pattern(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?: ?(Z|[+-]\d\d:\d\d))?)?", re.ASCII)
DEADLINE_PATTERN = f"^{_DEADLINE.pattern}$"
_CLOCK = pattern(
    r"(?P<hour>\d{1,2})(?:(?:[:.]|\s?h\s?)(?P<minute>\d\d))?(?::\d\d(?:\.\d+)?)?\s*"
    r"(?:(?P<half>[ap]\.?m\b)\.?|h(?:rs?|ours)?\b)?[\s,(]*(?P<zone>.*)",
    re.IGNORECASE,
)
_HALF = 12  # hours
_CLOCKS = (
    "hours go from 00 to 23, minutes from 00 to 59, and offsets from UTC from -14:00 to +14:00; "
    "for the end of a day, write the date alone"
)
# What people say instead of a time; a date alone lasts to the end of its day.
_SAID = (
    (pattern(r"\b(?:12(?::00)?\s*)?(?:noon|midi)\b", re.IGNORECASE), "12:00"),
    (pattern(r"\b(?:12(?::00)?\s*)?(?:midnight|minuit)\b", re.IGNORECASE), "12 am"),
    (pattern(r"\b(?:eod|end of (?:the )?day)\b", re.IGNORECASE), ""),
)
_ROLLING = pattern(
    r"rolling|ongoing|continuous|until (?:\w+ ){0,3}filled|as soon as possible|\b(?:asap|priority|review)\b"
    r"|jusqu['\u2019]à ce qu|en continu|en tout temps|dès que possible|le plus tôt possible"
)

_INSTEAD = words.meanings("no deadline")
NO_DEADLINE = _INSTEAD["no deadline"]


class When(NamedTuple):
    """A deadline's parts as written, before its zone is known; a rolling one has none."""

    day: date | None
    at: time | None = None
    utc_offset: int | None = None

    def in_zone(self, zone: str) -> Deadline | Rolling:
        return Rolling(zone) if self.day is None else Deadline(self.day, self.at, self.utc_offset, zone)


@of_text
def day(name: str, written: str, reading: Reading) -> date | Problem:
    """Parse a date, written YYYY-MM-DD, in a year of `YEARS`."""
    if _ISO.fullmatch(written):
        return _checked_day(name, written)
    found = _date_in(written, reading.settings)
    hint = f"{_told(found)}{found.iso}" if found else "write it as YYYY-MM-DD, such as 2026-01-26"
    return Problem("date-form", f"{name} is {written!r}, which is not a date in the form YYYY-MM-DD", hint)


def _checked_day(name: str, iso: str) -> date | Problem:
    try:
        found = date.fromisoformat(iso)
    except ValueError:
        hint = "write the year, then the month from 01 to 12, then a day that this month has"
        with suppress(ValueError):
            hint = f"did you mean {date(int(iso[:4]), int(iso[8:]), int(iso[5:7]))}?"
        return Problem("no-such-date", f"{name} is {iso}, which is not a real date", hint)
    if found.year in YEARS:
        return found
    message = f"{name} is in the year {found.year}; it must be in a year from {YEARS[0]} to {YEARS[-1]}"
    return Problem("date-range", message)


def _told(found: Written) -> str:
    """Return the beginning of a hint that ends in a date."""
    if not found.has_year:
        return "add the year: write "
    return "write " if found.is_sure else "write the year first: "


@of_text
def when(name: str, written: str, reading: Reading) -> When | Problem:
    """Parse a deadline: a date, a date with a time, the same with an offset from UTC, or `rolling`."""
    if written.casefold() == "rolling":
        return When(None)
    parts = _DEADLINE.fullmatch(written)
    if parts is None:
        message = f"{name} is {written!r}, which is not an accepted form"
        return Problem("deadline-form", message, _deadline_hint(written, reading.settings))
    found = _checked_day(name, parts[1])
    if isinstance(found, Problem):
        return found
    if parts[2] is None:
        return When(found)
    try:
        at = time(int(parts[2]), int(parts[3]), int(parts[4] or 0))
        offset = None if parts[5] is None else _offset(parts[5])
    except ValueError:
        message = f"{name} is {written}, which is not a real time"
        return Problem("no-such-time", message, _CLOCKS)
    return When(found, at, offset)


def _offset(written: str) -> int:
    """Return an offset from UTC in seconds. Raises ValueError above 14 hours, which no place has."""
    if written == "Z":
        return 0
    hours, minutes = int(written[1:3]), int(written[4:6])
    if hours * 60 + minutes > 14 * 60 or minutes > 59:  # noqa: PLR2004 - minutes of an hour
        raise ValueError(written)
    return (hours * 60 + minutes) * (-60 if written[0] == "-" else 60)


def _date_in(written: str, settings: Settings) -> Written | None:
    """Find the date in a text. Two figures with other words beside them than a time are none: 5/10 staff."""
    found = found_in(written, settings.language)
    if found is None or not found.is_pair or _ROLLING.search(written.casefold()):
        return found
    around = found.around
    for said, _ in _SAID:
        around = said.sub("", around).strip()
    clock = _CLOCK.fullmatch(around)
    is_time = clock and (clock["minute"] or clock["half"] or not clock["zone"])
    return found if not around or is_time or found.is_one_of_several else _date_in(found.rest, settings)


def _deadline_hint(written: str, settings: Settings) -> str:
    found, lowered = _date_in(written, settings), written.casefold()
    if _ROLLING.search(lowered):
        if found is None:
            return "write rolling"
        return (
            f"write {found.iso} if that is the last day; if not, write rolling, and put the date in the text"
        )
    if found and (found.is_one_of_several or found_in(found.rest, settings.language)):
        return "write only the last day to apply, as 2026-01-26"
    if found and not found.is_sure:
        after = ", with the time after it, such as 17:00" if found.around else ""
        return f"{_told(found)}{found.iso}{after}"
    if found:
        year = "" if found.has_year else "add the year: "
        if found.is_after:
            return f"{year}write {found.iso} if that is the last day, else the day before it"
        return year + _time_hint(found.iso, found.around, settings)
    general = "write a date as 2026-01-26, a date and time as 2026-01-26 17:00, or rolling"
    return _INSTEAD.get(lowered.rstrip(".!")) or general


def _time_hint(iso: str, around: str, settings: Settings) -> str:
    """Return how to write a date with what is around it, where that can be understood as a time."""
    for said, meant in _SAID:
        around = said.sub(meant, around).strip()
    if not around:
        return f"write {iso}"
    clock = _CLOCK.fullmatch(around)
    zone = zone_beside(clock["zone"].strip(" ,.()"), settings) if clock else None
    # At 5 is in the morning or in the afternoon, and only its author knows which.
    is_told = clock and (clock["minute"] or clock["half"] or int(clock["hour"]) > _HALF)
    if clock is None or zone is None or not is_told:
        return f"write the date alone, {iso}, or with its time, as in {iso} 17:00"
    hour, minute, half = int(clock["hour"]), int(clock["minute"] or 0), (clock["half"] or "")[:1].lower()
    if half:
        hour = hour % _HALF + (_HALF if half == "p" else 0)
    is_either = 0 < hour < _HALF and re.fullmatch(r"[1-9]\d?[:.].*", around) is not None
    if is_either and not half:  # with a zero in front, or an h behind, it is a clock of 24 hours
        morning = f"{iso} {hour:02}:{minute:02}"
        return f"write {morning} or, if it is after noon, {iso} {hour + _HALF}:{minute:02}{zone}"
    if (hour, minute) == (0, 0):
        return f"write {iso} if it lasts to the end of that day; {iso} 00:00 is the start of that day"
    if hour > 23 or minute > 59:  # noqa: PLR2004 - the clock's own numbers
        return f"write {iso}; a date alone lasts to the end of that day"
    return f"write {iso} {hour:02}:{minute:02}{zone}"
