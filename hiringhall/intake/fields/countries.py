"""The countries of ISO 3166-1 and their regions, by code and name, and the currencies that pay can be in.

Owns what a word can mean as a country or a region, at home and abroad; refuses to know how a place or a
salary is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from hiringhall.intake import words
from hiringhall.intake.fields.suggestions import nearest
from hiringhall.model import Place
from hiringhall.policies import places
from hiringhall.wording import locale_of

# By alpha-2: alpha-3, then the names people write, the usual one first.
_COUNTRIES: Mapping[str, Sequence[str]] = words.table("countries")
_WITH_REGIONS = ("US", "CA")
# Names of places are long and alike: England is not Greenland, and New Haven not New Hampshire.
NEAR = 0.8


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


class Home(NamedTuple):
    """Where a site is at home: the country of places that name none, and a language they may be named in.

    `country` is an ISO 3166-1 alpha-2 code, `language` a BCP 47 tag.
    """

    country: str
    language: str


class Fault(NamedTuple):
    """Why a text is no place."""

    message: str
    hint: str | None = None


def is_code(word: str) -> bool:
    """Say whether a word is as long as a region's or a country's code."""
    return len(word.replace(".", "")) == 2  # noqa: PLR2004 - a code's length


def region_in(word: str, country: str) -> Place | Fault:
    """Read a region of a country (alpha-2) by name or code; any word is one where they are not known."""
    code = places.region_code(word, country)
    if code or not places.has_known_regions(country):
        return Place(None, code or word, None, country)
    near = nearest(word, places.region_names(country), NEAR)
    name = country_name(country)
    return Fault(
        f"{name} has no region named {word!r}",
        f"did you mean {near}?" if near else f"if it is a city, write {word}, Region, {name}",
    )


def region_abroad(word: str) -> Place | None:
    """Return the one region of that name; that there is none where the site is at home is known before."""
    found = ((places.region_code(word, country), country) for country in _WITH_REGIONS)
    return next((Place(None, code, None, country) for code, country in found if code), None)


def is_like_region(region: str | None, around: str | None) -> bool:
    """Say whether a city called like the one region (code) is in the other: New York, NY; Washington, DC."""
    return region == around or (region, around) == ("WA", "DC")


def two_regions(first: str, second: str, home: Home) -> bool:
    """Say whether words in a row may be two regions at home, as Maryland, Virginia."""
    codes = [places.region_code(word, home.country) for word in (first, second)]
    return all(codes) and not is_like_region(*codes)


def in_words(place: Place) -> str:
    """Return a place in English, as City, Region, Country, which is read back as the same place."""
    region = places.region_name(place.region, place.country) if place.region else None
    return ", ".join(filter(None, (place.city, region, country_name(place.country))))
