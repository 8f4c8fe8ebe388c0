"""Dates and deadlines as people write them.

Owns their one accepted form, their usual others, and the hints that lead from these to it; refuses to know
when a posting closes.
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
from hiringhall.model import Deadline, Rolling, Settings
from hiringhall.policies.lifecycle import YEARS
from hiringhall.wording import locale_of

_ISO = pattern(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_DEADLINE = pattern(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?: ?(Z|[+-]\d\d:\d\d))?)?", re.ASCII)
DEADLINE_PATTERN = f"^{_DEADLINE.pattern}$"
_CLOCK = pattern(
    r"(?P<hour>2[0-3]|[01]?\d)(?:\s?[:.h]\s?(?P<minute>[0-5]\d))?(?::\d\d(?:\.\d+)?)?\s*"
    r"(?P<mark>[ap]\.?m\b\.?|h(?:rs?)?\b|uhr\b)?[\s,(]*(?P<zone>.*)",
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
    "apply|by|on|at|until|through|due|closes|closing|deadline|no later than|end of day|tues|thurs"
    "|le|à|jusqu['\u2019]au"
)
_ROLLING = pattern(
    r"rolling|ongoing|until (?:\w+ ){0,3}filled|as soon as possible|\basap\b"
    r"|jusqu['\u2019]à ce qu|en continu|dès que possible"
)
_DASH = r"[-/.\u2010-\u2013]"  # a word processor turns hyphens into dashes
# A year, a month and a day; two figures of which either is the month; or a month's name and a day.
_FORM = (
    rf"\b(?P<y1>\d{{4}}){_DASH}(?P<m1>\d\d?){_DASH}(?P<d1>\d\d?)(?!\d)"
    rf"|\b(?P<one>\d\d?)(?P<dash>{_DASH})(?P<other>\d\d?)(?:(?P=dash)(?P<y2>\d{{4}}|\d\d)\b|(?=\W*\Z))"
    r"|\b(?:(?P<m3>MONTHS)\b\.?\s+(?P<d3>\d\d?)(?:st|nd|rd|th)?"
    r"|(?P<d4>\d\d?)(?:st|nd|rd|th|er|\.)?[\s-]+(?:(?:de|of)\s+)?(?P<m4>MONTHS)\b\.?)"
    r"(?:(?:,|-|\s+de\b)?\s*(?P<y3>\d{4}))?(?![\w:])"
)
_LANGUAGES = ("en", "es", "fr")  # whose names are understood besides those of the site's language
_CENTURY = range(2000, 2100)
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
    found = _found_in(written, reading.settings.language)
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
    found, lowered = _found_in(written, settings.language), written.casefold()
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
    weekdays = map(re.escape, _names("days", language))
    return pattern(rf"\b(?:(?:{'|'.join(weekdays)}|{_FILLER})\b|T(?=\d))", re.IGNORECASE)


class Written(NamedTuple):
    """A date in a text, in ISO form, or two that it may be, and what is before and behind it.

    The year is YYYY where the text does not say it: nobody can tell which one is meant.
    """

    iso: str
    is_sure: bool
    before: str
    rest: str

    @property
    def has_year(self) -> bool:
        """Whether the text says which year."""
        return not self.iso.startswith("Y")


def _found_in(written: str, language: str) -> Written | None:
    """Find the first date in a text; its month may be named in English, Spanish, French or `language`.

    >>> _found_in("by Friday, March 5, 2027", "en").iso, _found_in("le 5 mars", "fr").iso
    ('2027-03-05', 'YYYY-03-05')
    >>> _found_in("3/4/2026", "en").iso, _found_in("soon", "en")
    ('2026-03-04 or 2026-04-03', None)
    """
    for found in _form(language).finditer(written):
        year = found["y1"] or found["y2"] or found["y3"] or ""
        month, day = found["m1"] or found["m3"] or found["m4"], found["d1"] or found["d3"] or found["d4"]
        if month:
            number = int(month) if month.isdecimal() else _names("months", language).get(month.casefold(), 0)
            days = [(number, int(day))]
        elif found["dash"] == "/" or len(year) == len("2026"):
            days = [(int(found["one"]), int(found["other"])), (int(found["other"]), int(found["one"]))]
        else:
            continue  # as in 3.5, and in 20-03-26, which may begin with a year
        known = dict.fromkeys(filter(None, (_iso(year, *each) for each in days)))
        if known:
            return Written(
                " or ".join(known), len(known) == 1, written[: found.start()], written[found.end() :]
            )
    return None


@lru_cache(maxsize=8)
def _form(language: str) -> re.Pattern[str]:
    months = "|".join(sorted(map(re.escape, _names("months", language)), key=len, reverse=True))
    return pattern(_FORM.replace("MONTHS", months), re.IGNORECASE)


@lru_cache(maxsize=8)
def _names(kind: str, language: str) -> dict[str, int]:
    """Return the numbers of the months or days by their names, in lower case and without a point behind."""
    known = (getattr(locale_of(each), kind)["format"] for each in (*_LANGUAGES, language))
    tables = (forms[width] for forms in known for width in ("wide", "abbreviated"))
    return {name.casefold().strip("."): number for table in tables for number, name in table.items()}


def _iso(year: str, month: int, day: int) -> str | None:
    """Return a date in ISO form, if there is one; a year of two digits is one of this century."""
    try:
        found = date(int(f"20{year}"[-4:]) if year else 2000, month, day)
    except ValueError:
        return None
    if found.year not in _CENTURY:
        return None
    return found.isoformat() if year else f"YYYY{found.isoformat()[4:]}"
