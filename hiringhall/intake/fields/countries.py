"""The countries of ISO 3166-1 by code and name, and the currencies of ISO 4217 that pay can be in.

Owns these two tables as they stand in 2026; refuses to know how a place or a salary is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from hiringhall.intake import words
from hiringhall.wording import locale_of

# By alpha-2: alpha-3, then the names people write, the usual one first.
_COUNTRIES: Mapping[str, Sequence[str]] = words.table("countries")


@cache
def codes_by_name() -> dict[str, str]:
    """Return alpha-2 codes by alpha-2, alpha-3 and English name, all case-folded.

    >>> names = codes_by_name()
    >>> names["usa"], names["united states"], names["us"]
    ('US', 'US', 'US')
    """
    found: dict[str, str] = {}
    for code, names in _COUNTRIES.items():
        found |= dict.fromkeys(map(str.casefold, (code, *names)), code)
    return found


def country_code(text: str, language: str) -> str | None:
    """Return the alpha-2 code of a country given by code, or by name in English or in `language` (BCP 47).

    >>> country_code("usa", "en"), country_code("España", "es-MX"), country_code("Ruritania", "en")
    ('US', 'ES', None)
    """
    folded = text.casefold()
    return codes_by_name().get(folded) or _codes_in(language).get(folded)


@cache
def _codes_in(language: str) -> dict[str, str]:
    """Return the same codes by the case-folded names that CLDR has in a language."""
    if language.partition("-")[0] == "en":
        return {}  # these are in the table
    names = locale_of(language).territories
    return {names[code].casefold(): code for code in set(codes_by_name().values()) if code in names}


@cache
def country_names() -> tuple[str, ...]:
    """Return the usual English name of every country of ISO 3166-1."""
    return tuple(map(country_name, _COUNTRIES))


@cache
def currencies() -> tuple[str, ...]:
    """Return the codes of the currencies in which people are paid, in alphabetical order.

    >>> "USD" in currencies(), "XAU" in currencies()
    (True, False)
    """
    return tuple(words.table("currencies"))


def country_name(code: str) -> str:
    """Return the usual English name of a country by its alpha-2 code."""
    return _COUNTRIES[code][1]
