"""Dates and deadlines as people write them.

Owns their one accepted form and how the usual others lead to it; refuses to know when a posting closes.
"""

from __future__ import annotations

import re
from datetime import date, time
from functools import lru_cache
from typing import NamedTuple

from hiringhall.intake.fields.forms import UNSTATED, Problem, of_text
from hiringhall.intake.fields.reading import Reading
from hiringhall.intake.fields.time_zones import zone_beside
from hiringhall.model import Settings
from hiringhall.policies.lifecycle import YEARS
from hiringhall.wording import locale_of

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BETWEEN = "-/.\u2010-\u2013\u2212"  # a word processor turns hyphens into dashes
_LOOSE = re.compile(
    rf"(?P<year>\d{{4}})[{_BETWEEN} 年년] ?(\d{{1,2}})[{_BETWEEN} 月월] ?(\d{{1,2}})(?!\d)[日일]?"
    r"|(?P<packed>20\d\d)([01]\d)([0-3]\d)(?!\d)"
    rf"|(\d{{1,2}})[{_BETWEEN}](\d{{1,2}})[{_BETWEEN}](\d{{4}})\b"
    r"|(0?[1-9]|1[0-2])/(\d{1,2})/(\d\d)\b"
)
_DAY = (
    r"(?:(?P<m1>[^\W\d_]{3,})\.?\s+(?P<d1>\d{1,2})(?:st|nd|rd|th)?"
    r"|(?P<d2>\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+(?:de\s+)?(?P<m2>[^\W\d_]{3,})\.?)"
)
_NAMED = re.compile(rf"{_DAY},?[\s-]+(?:de\s+)?(?P<year>\d{{4}})\b")
_YEARLESS = re.compile(rf"{_DAY}(?!\w|\s*[{_BETWEEN}]\s*\d)")
_BEFORE_DAY = re.compile(r"^(?:(?:apply|before|by|closes?|due|on|until)\s+)+", re.IGNORECASE)
_DEADLINE = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?: ?(Z|[+-]\d\d:\d\d))?)?", re.ASCII
)
DEADLINE_PATTERN = f"^{_DEADLINE.pattern}$"
_BEFORE_TIME = re.compile(r"^[\s,;.Tt]*(?:(?:at|by|until|@)\s+)?|\s+$", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))?(?::\d\d(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\.?(?![a-z]))?\s*"
    r"(?P<zone>[A-Z][A-Za-z_]*(?:/[A-Za-z0-9_+-]+)+|[A-Za-z]{1,8}|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d\d)?)?$",
    re.IGNORECASE,
)
_ROLLING_WORDS = ("rolling", "until filled", "open until filled", "ongoing", "continuous")


class When(NamedTuple):
    """A deadline's parts as written, before its zone is known; a rolling one has none."""

    day: date | None
    at: time | None = None
    utc_offset: int | None = None


@of_text
def day(name: str, written: str, reading: Reading) -> date | Problem:
    """Parse a date, written YYYY-MM-DD, in a year of `YEARS`."""
    if _ISO.fullmatch(written):
        return _checked_day(name, written)
    found = _found_in(written, reading.settings.language)
    hint = "write it as YYYY-MM-DD, such as 2026-01-26"
    if found:
        hint = f"{_told(found)}{found.iso}"
    return Problem("date-form", f"{name} is {written!r}, which is not a date in the form YYYY-MM-DD", hint)


def _checked_day(name: str, iso: str) -> date | Problem:
    try:
        found = date.fromisoformat(iso)
    except ValueError:
        hint = "write the year, then the month from 01 to 12, then a day that this month has"
        return Problem("no-such-date", f"{name} is {iso}, which is not a real date", hint)
    if found.year in YEARS:
        return found
    message = f"{name} is in the year {found.year}; it must be in a year from {YEARS[0]} to {YEARS[-1]}"
    return Problem("date-range", message)


class _Found(NamedTuple):
    """A date in a text, in ISO form, or two that it may be; what follows it, and if it begins the text.

    The year is YYYY where the text does not say it: nobody can tell which one is meant.
    """

    iso: str
    rest: str
    is_sure: bool = True
    is_first: bool = True

    @property
    def has_year(self) -> bool:
        """Whether the text says which year."""
        return not self.iso.startswith("Y")


def _told(found: _Found) -> str:
    """Return the beginning of a hint that ends in a date."""
    if not found.has_year:
        return "add the year: write "
    return "write " if found.is_sure else "write the year first: "


def _found_in(written: str, language: str) -> _Found | None:
    """Find a date that begins a text, or else the first one in it that can be read in only one way.

    Its month may be named in English or in `language` (BCP 47); names of weekdays do not count. Where there
    is none, the text may begin with one that lacks its year.
    """
    text = _weekdays(language).sub("", written)
    for word in re.finditer(r"\S+", text):
        found = _read_loosely(text[word.start() :], language)
        if found and (found.is_sure or word.start() == 0):
            return found._replace(is_first=word.start() == 0)
    return _read_yearless(_BEFORE_DAY.sub("", text), language)


@lru_cache(maxsize=8)
def _weekdays(language: str) -> re.Pattern[str]:
    """Return the pattern of a weekday's name in English or another language that is no name of a month."""
    names = {"tues", "thur", "thurs"}
    for known in (locale_of("en"), locale_of(language)):
        names.update(
            name for width in ("wide", "abbreviated") for name in known.days["format"][width].values()
        )
    said = sorted((re.escape(name.strip(".")) for name in names if not _month(name, language)), key=len)
    return re.compile(rf"\b(?:{'|'.join(reversed(said))})\b\.?,?\s*", re.IGNORECASE)


def _read_yearless(written: str, language: str) -> _Found | None:
    """Read a day and a month that begin a text, and that are all it says of a date."""
    found = _YEARLESS.match(written)
    word = (found["m1"] or found["m2"]).casefold() if found else ""
    names = (
        name for known in ("en", language) for name in locale_of(known).months["format"]["wide"].values()
    )
    if found is None or not any(name.casefold().startswith(word) for name in names):
        return None  # a word that only begins like one, such as marketing
    iso = _iso(2000, _month(word, language), int(found["d1"] or found["d2"]))
    return _Found(f"YYYY{iso[4:]}", written[found.end() :]) if iso else None


def _read_loosely(written: str, language: str) -> _Found | None:
    """Read a date that begins a text."""
    named, loose = _NAMED.match(written), _LOOSE.match(written)
    if named:
        month = _month(named["m1"] or named["m2"], language)
        iso = _iso(int(named["year"]), month, int(named["d1"] or named["d2"]))
        return _Found(iso, written[named.end() :]) if iso else None
    if loose is None:
        return None
    first, second, third = (int(part) for part in loose.groups() if part)
    rest = written[loose.end() :]
    if loose["year"] or loose["packed"]:
        iso = _iso(first, second, third)
        return _Found(iso, rest) if iso else None
    year = third + (0 if third > 99 else 2000)  # noqa: PLR2004 - a year of two digits
    days = dict.fromkeys(filter(None, (_iso(year, first, second), _iso(year, second, first))))
    return _Found(" or ".join(days), rest, len(days) == 1) if days else None


def _month(word: str, language: str) -> int:
    """Return the number of a month, or 0 for any other word."""
    months = locale_of(language).months["format"]
    for number in range(1, 13):
        if word.casefold() in {
            months[width][number].casefold().strip(".") for width in ("wide", "abbreviated")
        }:
            return number
    short = word[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _iso(year: int, month: int, number: int) -> str | None:
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return None


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
        hint = "hours go from 00 to 23 and minutes from 00 to 59; for the end of a day, write the date alone"
        return Problem("no-such-time", f"{name} is {written}, which is not a real time", hint)
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
    language = settings.language
    found, lowered = _found_in(written, language), written.casefold()
    if any(word in lowered for word in _ROLLING_WORDS):
        if found is None:
            return "write rolling"
        return (
            f"write {found.iso} if that is the last day; if not, write rolling, and put the date in the text"
        )
    if found and not found.is_sure:
        after = ", with the time after it, such as 17:00" if found.rest.strip(" ,.") else ""
        return f"{_told(found)}{found.iso}{after}"
    if found:
        rest = _BEFORE_TIME.sub("", found.rest)
        hint = _time_hint(found.iso, rest if rest or found.is_first else "?", settings)
        return hint if found.has_year else f"add the year: {hint}"
    if lowered in UNSTATED:
        return "delete the line; the page will then say that no deadline is stated"
    return "write a date as 2026-01-26, a date and time as 2026-01-26 17:00, or rolling"


def _time_hint(iso: str, rest: str, settings: Settings) -> str:
    """Return how to write a date with whatever follows it, where that can be understood as a time."""
    if not rest:
        return f"write {iso}"
    clock = _CLOCK.match(re.sub(r"\bnoon\b", "12:00", rest, flags=re.IGNORECASE))
    if clock is None:
        return f"write the date alone, {iso}, or with its time, as in {iso} 17:00"
    hour, minute, half = int(clock["hour"]), int(clock["minute"] or 0), (clock["half"] or "")[:1].lower()
    if half == "a" and (hour, minute) == (12, 0):
        return f"write {iso} if it lasts to the end of that day; {iso} 00:00 is the start of that day"
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:  # noqa: PLR2004 - the clock's own numbers
        return f"write {iso}; a date alone lasts to the end of that day"
    return f"write {iso} {hour:02}:{minute:02}{zone_beside(clock['zone'] or '', settings)}"
