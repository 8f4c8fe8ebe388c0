"""Dates and deadlines as people write them.

Owns their one accepted form, and the hints that lead to it; refuses to know when a posting closes.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, time
from functools import lru_cache
from typing import NamedTuple

from hiringhall.engine.patterns import pattern
from hiringhall.intake import words
from hiringhall.intake.fields.forms import Problem, of_text
from hiringhall.intake.fields.reading import Reading
from hiringhall.intake.fields.time_zones import zone_beside
from hiringhall.intake.fields.written_dates import Written, found_in, names
from hiringhall.model import Deadline, Rolling, Settings
from hiringhall.policies.lifecycle import YEARS

_ISO = pattern(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_DEADLINE = pattern(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?: ?(Z|[+-]\d\d:\d\d))?)?", re.ASCII)
DEADLINE_PATTERN = f"^{_DEADLINE.pattern}$"
_CLOCK = pattern(
    r"(?P<hour>2[0-3]|[01]?\d)(?:\s?[:.h]\s?(?P<minute>[0-5]\d))?(?::\d\d(?:\.\d+)?)?\s*"
    r"(?P<mark>[ap]\.?m\b\.?|h(?:rs?)?\b)?[\s,(]*(?P<zone>.*)",
    re.IGNORECASE,
)
_HALF = 12  # hours
_CLOCKS = (
    "hours go from 00 to 23, minutes from 00 to 59, and offsets from UTC from -14:00 to +14:00; "
    "for the end of a day, write the date alone"
)
_SAID = {"noon": "12 pm", "midi": "12 pm", "midnight": "12 am", "minuit": "12 am"}
# What may stand beside a last day besides the name of a weekday, and means nothing else.
_FILLER = (
    "apply|by|on|at|until|due|closes|closing|deadline|no later than|end of day|tues|thurs"
    "|le|à|jusqu['\u2019]au"
)
_ROLLING = pattern(
    r"rolling|ongoing|until (?:\w+ ){0,3}filled|as soon as possible|\basap\b"
    r"|jusqu['\u2019]à ce qu|en continu|dès que possible"
)
_FORMS = "write a date as 2026-01-26, a date and time as 2026-01-26 17:00, or rolling"

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
    found = found_in(written, reading.settings.language)
    is_date = found and not _beside(found, reading.settings.language)
    hint = _write(found) if found and is_date else "write it as YYYY-MM-DD, such as 2026-01-26"
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


def _write(found: Written) -> str:
    """Return how to write a date that was found."""
    if not found.has_year:
        return f"add the year: write {found.iso}"
    return f"write {found.iso}" if found.is_sure else f"write the year first: {found.iso}"


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


def _deadline_hint(written: str, settings: Settings) -> str:
    found, lowered = found_in(written, settings.language), written.casefold()
    if _ROLLING.search(lowered):
        last = f"write {found.iso} if that is the last day; if not, " if found else ""
        return f"{last}write rolling{', and put the date in the text' if found else ''}"
    if found is None:
        return _INSTEAD.get(lowered.rstrip(".!"), _FORMS)
    beside = _beside(found, settings.language)
    if not beside:
        return _write(found)
    clock = _CLOCK.fullmatch(_SAID.get(beside.casefold(), beside))
    zone = zone_beside(clock["zone"].strip(" ,.()"), settings) if clock else None
    if clock is None or zone is None or not (clock["minute"] or clock["mark"]):
        return _FORMS
    if not found.is_sure:
        return f"{_write(found)}, with the time after it, such as 17:00"
    return f"{'' if found.has_year else 'add the year: '}{_with_time(found.iso, clock, zone)}"


def _with_time(iso: str, clock: re.Match[str], zone: str) -> str:
    """Return how to write a date with the time that stands beside it."""
    hour, minute, half = int(clock["hour"]), int(clock["minute"] or 0), (clock["mark"] or "")[:1].lower()
    if half in {"a", "p"}:
        hour = hour % _HALF + (_HALF if half == "p" else 0)
    if (hour, minute) == (0, 0):
        return f"write {iso} if it lasts to the end of that day; {iso} 00:00 is the start of that day"
    if not half and hour < _HALF and not clock["hour"].startswith("0"):
        morning = f"{iso} {hour:02}:{minute:02}"
        return f"write {morning} or, if it is after noon, {iso} {hour + _HALF}:{minute:02}{zone}"
    return f"write {iso} {hour:02}:{minute:02}{zone}"


def _beside(found: Written, language: str) -> str:
    """Return what a text says besides its date, such as a time, without words that mean nothing there."""
    around = (_fillers(language).sub("", each) for each in (found.before, found.rest))
    return " ".join(filter(None, (each.strip(" ,;:.()") for each in around)))


@lru_cache(maxsize=8)
def _fillers(language: str) -> re.Pattern[str]:
    weekdays = map(re.escape, names("days", language))
    return pattern(rf"\b(?:(?:{'|'.join(weekdays)}|{_FILLER})\b|T(?=\d))", re.IGNORECASE)
