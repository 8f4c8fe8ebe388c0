"""The countries of ISO 3166-1 and their regions, by code and name.

Owns what a word can mean as a country or a region, at home and abroad; refuses to know how a place or a
salary is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from hiringhall.intake import words
from hiringhall.intake.fields.suggestions import nearest
from hiringhall.model import Place
from hiringhall.policies import places
from hiringhall.wording import locale_of

# Codes in the CLDR that are not of a country in ISO 3166-1: of other territories, and of former countries.
_NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}
_FORMER = {"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"}
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
    from babel.core import get_global

    names = _names()
    found = {code.casefold(): code for code in names}
    for alias, (code, *others) in get_global("territory_aliases").items():
        is_code = len(alias) == len("USA") and alias.isalpha() and alias not in _FORMER
        if is_code and code in names and not others:
            found[alias.casefold()] = code
    found |= {name.casefold(): code for code, name in names.items()}
    return {**found, **words.meanings("more names of countries")}


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
    names = locale_of(language).territories
    return {names[code].casefold(): code for code in _names() if code in names}


@cache
def _names() -> dict[str, str]:
    """Return the usual English names by code; none has a comma, which parts a place."""
    names: Mapping[str, str] = locale_of("en").territories
    codes = sorted(code for code in names if len(code) == len("US") and code not in _NO_COUNTRIES)
    plain = str.maketrans({"&": "and", "\N{RIGHT SINGLE QUOTATION MARK}": "'"})
    return {code: names[code].translate(plain).partition(",")[0] for code in codes}


def country_names() -> tuple[str, ...]:
    """Return the usual English name of every country of ISO 3166-1."""
    return tuple(_names().values())


def country_name(code: str) -> str:
    """Return the usual English name of a country by its alpha-2 code."""
    return _names()[code]


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
    region = places.region_name(place.region, place.country)
    return ", ".join(filter(None, (place.city, region, country_name(place.country))))
