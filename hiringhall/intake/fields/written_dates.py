"""Dates as people write them in texts, and which day each is.

Owns their usual forms, with months in the languages that ship and the site's own; refuses to accept any of it
as a date: that has one form.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from hiringhall.engine.patterns import pattern
from hiringhall.wording import locale_of

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


def found_in(written: str, language: str) -> Written | None:
    """Find the first date in a text; its month may be named in English, Spanish, French or `language`.

    >>> found_in("by Friday, March 5, 2027", "en").iso, found_in("le 5 mars", "fr").iso
    ('2027-03-05', 'YYYY-03-05')
    >>> found_in("3/4/2026", "en").iso, found_in("soon", "en")
    ('2026-03-04 or 2026-04-03', None)
    """
    for found in _form(language).finditer(written):
        year = found["y1"] or found["y2"] or found["y3"] or ""
        month, day = found["m1"] or found["m3"] or found["m4"], found["d1"] or found["d3"] or found["d4"]
        if month:
            days = [(names("months", language).get(month.casefold()) or int(month), int(day))]
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
    months = "|".join(sorted(map(re.escape, names("months", language)), key=len, reverse=True))
    return pattern(_FORM.replace("MONTHS", months), re.IGNORECASE)


@lru_cache(maxsize=8)
def names(kind: str, language: str) -> dict[str, int]:
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
