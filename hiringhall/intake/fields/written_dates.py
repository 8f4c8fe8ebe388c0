"""Dates in words and figures, as people write them in texts, and which day each is.

Owns what can be understood, in English and the site's language; refuses to accept any of it as a date: that
has one form.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from hiringhall.engine.patterns import pattern
from hiringhall.wording import locale_of

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONGEST_SHORT = 4  # letters of a month's name that is cut short: "mar." is one, and "mardi" is none
_BETWEEN = "-/.\u2010-\u2013\u2212"  # a word processor turns hyphens into dashes
_LOOSE = pattern(
    rf"(?P<year>\d{{4}})[{_BETWEEN} 年년] ?(\d{{1,2}})[{_BETWEEN} 月월] ?(\d{{1,2}})(?!\d)[日일]?"
    r"|(?P<packed>20\d\d)([01]\d)([0-3]\d)(?!\d)"
    rf"|(\d{{1,2}})[{_BETWEEN}](\d{{1,2}})[{_BETWEEN}](\d{{4}})\b"
    r"|(\d{1,2})/(\d{1,2})/(\d\d)\b"
)
_DAY = (
    r"(?:(?P<m1>[^\W\d_]{3,})\.?\s+(?P<d1>\d{1,2})(?:st|nd|rd|th)?"
    r"|(?P<d2>\d{1,2})(?:st|nd|rd|th|er|\.)?(?:(?P<hyphen>-)|[\s-]+(?:(?:de|of)\s+)?)(?P<m2>[^\W\d_]{3,})\.?)"
)
_NAMED = pattern(
    rf"{_DAY}(?:,[\s-]*|[\s-]+)(?:de\s+)?(?:(?P<year>\d{{4}})|(?:['\u2019]|(?(hyphen)(?<=-)|(?!)))(?P<short>\d\d)(?!:))\b"
)
_YEARLESS = pattern(rf"(?:{_DAY}|(?P<n1>\d{{1,2}})/(?P<n2>\d{{1,2}}))(?!\w|\s*[{_BETWEEN}]\s*\d)")
# What is said around a last day, and means nothing else.
_SAID = (
    r"accepted|and|applicants|applications?|apply|are|at|be|before|by|closed?|closes|closing|date|day|deadline|due"
    r"|ends?|final|for|is|last|later|materials|must|no|not|of|on|open|or|posting|received|submit|submitted"
    r"|than|the|through|till|to|until|will"
    r"|au(?: plus tard)?|avant|candidatures?|clôture|date limite|du|heures?|inclus|jusqu['\u2019]au|le|à"
)
_FILLER = rf"(?:\b(?:{_SAID})\b|[\s,;:.()@\u2010-\u2015-])+"
_FILLED = pattern(rf"\A{_FILLER}|{_FILLER}\Z|\A[Tt](?=\d)", re.IGNORECASE)
# How a text goes on after the first of several days, such as March 1 to 15; a time can stand there, too.
_TO_DAY = pattern(
    rf"\s*(?:[{_BETWEEN}\u2014]|\b(?:to|till|until|through|thru|and|or|au|et)\b)\s*(?:the\s+)?\d++(?![:.]|\s*(?:h|[ap]\.?m))",
    re.IGNORECASE,
)
_YEAR = pattern(r"\b20\d\d(?!\d)")
_AFTER_LAST_DAY = pattern(r"(?<!\bor )\bbefore\s*\Z|\bavant(?: le)?\s*\Z", re.IGNORECASE)


class Written(NamedTuple):
    """A date in a text, in ISO form, or two that it may be, and what is before and behind it.

    The year is YYYY where the text does not say it: nobody can tell which one is meant. A pair is only two
    figures, as in 5/10, and may be something else.
    """

    iso: str
    rest: str
    is_sure: bool = True
    before: str = ""
    is_pair: bool = False

    @property
    def has_year(self) -> bool:
        """Whether the text says which year."""
        return not self.iso.startswith("Y")

    @property
    def is_after(self) -> bool:
        """Whether the text may say that the day before the date is the last one."""
        return _AFTER_LAST_DAY.search(self.before) is not None

    @property
    def is_one_of_several(self) -> bool:
        """Whether another day follows at once, such as the last one of a span."""
        return _TO_DAY.match(self.rest) is not None

    @property
    def around(self) -> str:
        """What the text says besides the date, such as a time, without words that mean nothing beside it."""
        return " ".join(filter(None, (_FILLED.sub("", each) for each in (self.before, self.rest))))


def found_in(written: str, language: str) -> Written | None:
    """Find a date that begins a text, or else the first one in it that can be read in only one way.

    Its month may be named in English or in `language` (BCP 47); names of weekdays do not count. Where there
    is none, there may be one that lacks its year, if the text has no year at all.

    >>> found_in("by Friday, March 5, 2027", "en").iso, found_in("no later than March 5", "en").iso
    ('2027-03-05', 'YYYY-03-05')
    """
    text = _weekdays(language).sub("", written)
    starts = [word.start() for word in re.finditer(r"(?<![^\s(])[^\s(]", text)]
    for start in starts:
        found = _read_loosely(text[start:], language)
        if found and (found.is_sure or start == starts[0]):
            return found._replace(before=text[:start])
    for start in () if _YEAR.search(text) else starts:
        found = _read_yearless(text[start:], language)
        if found and (found.is_sure or not _FILLED.sub("", text[:start])):
            return found._replace(before=text[:start])
    return None


@lru_cache(maxsize=8)
def _weekdays(language: str) -> re.Pattern[str]:
    """Return the pattern of a weekday's name in English or another language that is no name of a month."""
    names = {"tues", "thur", "thurs"}
    for known in (locale_of("en"), locale_of(language)):
        names.update(
            name for width in ("wide", "abbreviated") for name in known.days["format"][width].values()
        )
    days = (name.strip(".") for name in names if len(name) > _LONGEST_SHORT or not _month(name, language))
    said = sorted(map(re.escape, days), key=len)
    return pattern(rf"\b(?:{'|'.join(reversed(said))})\b\.?,?\s*", re.IGNORECASE)


def _read_loosely(written: str, language: str) -> Written | None:
    """Read a date with its year that begins a text."""
    named, loose = _NAMED.match(written), _LOOSE.match(written)
    if named:
        year = int(named["year"] or f"20{named['short']}")
        return _day(year, written[named.end() :], _named_day(named, language))
    if loose is None:
        return None
    first, second, third = (int(part) for part in loose.groups() if part)
    rest = written[loose.end() :]
    if loose["year"] or loose["packed"]:
        return _day(first, rest, (second, third))
    year = third + (0 if third > 99 else 2000)  # noqa: PLR2004 - a year of two digits
    return _day(year, rest, (first, second), (second, first))


def _read_yearless(written: str, language: str) -> Written | None:
    """Read a day and a month that begin a text, and that are all it says of a date."""
    found = _YEARLESS.match(written)
    if found is None:
        return None
    rest = written[found.end() :]
    if found["n1"]:
        first, second = int(found["n1"]), int(found["n2"])
        pair = _day(None, rest, (first, second), (second, first))
        return pair and pair._replace(is_pair=True)
    word = (found["m1"] or found["m2"]).casefold()
    names = (
        name for known in ("en", language) for name in locale_of(known).months["format"]["wide"].values()
    )
    if not any(name.casefold().startswith(word) for name in names):
        return None  # a word that only begins like one, such as marketing
    return _day(None, rest, _named_day(found, language))


def _named_day(found: re.Match[str], language: str) -> tuple[int, int]:
    """Return the month and the day of a date in words."""
    return _month(found["m1"] or found["m2"], language), int(found["d1"] or found["d2"])


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


def _day(year: int | None, rest: str, *days: tuple[int, int]) -> Written | None:
    """Return the date that one of some pairs of month and day is in a year, or those that it may be."""
    known = dict.fromkeys(filter(None, (_iso(year, *each) for each in days)))
    return Written(" or ".join(known), rest, len(known) == 1) if known else None


def _iso(year: int | None, month: int, day: int) -> str | None:
    try:
        found = date(year or 2000, month, day).isoformat()
    except ValueError:
        return None
    return found if year else f"YYYY{found[4:]}"
