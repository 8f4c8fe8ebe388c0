"""Places as people write them in one line, such as New Haven, CT.

Owns how the parts of such a text are told apart, and what is said where it is no place; refuses to know where
it stands.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.countries import (
    NEAR,
    Fault,
    Home,
    country_code,
    country_name,
    country_names,
    in_words,
    is_code,
    region_abroad,
    region_in,
    two_regions,
)
from hiringhall.intake.fields.suggestions import nearest
from hiringhall.intake.fields.written_arrangements import ADVICE, ANY, AT_END, BEHIND, BESIDE, NO_PLACE
from hiringhall.intake.frontmatter.quoting import bracketed, plain
from hiringhall.model import Place
from hiringhall.policies import places

_POSTAL = pattern(
    r"(?P<before>.*[^\d\s,-]),?\s+(?P<code>\d{5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d"
    r"|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2})(?P<country>,[^,\d]+)?"
)
_POSTAL_FIRST = pattern(r"(?P<code>\d{5})\s+(?P<before>[^\d,]+)(?P<country>,[^,\d]+)?")
_NO_PLAIN_NAME = pattern(r"[^\w\s.'\u2019-]|_")
_POINTED = pattern(r"(?:[A-Za-z]\.){2,3}")
_NEW_YORK = frozenset({"nyc", "new york city", "n.y.c."})
_COMMAS = str.maketrans({"،": ", ", "、": ", ", "，": ", "})  # of Arabic, Japanese and Chinese
_SEVERAL = pattern(r",?\s+(?:or|ou|oder|and|&)\s+|\s*[;|/\u2022\u00b7]\s*")
SEVERAL_AREAS = pattern(rf"{_SEVERAL.pattern}|\s*,\s*")
# Town and Country is one city. Brighton & Hove is, too; none of the United States or Canada is called so.
_SEVERAL_CITIES = pattern(r"\s+or\s+|\s*[;/|]\s*")
_SEVERAL_WITH_AND = pattern(rf"{_SEVERAL_CITIES.pattern}|\s+&\s+")
_ONE_CITY = "truth or consequences"
# Signs such as pins and stars, and words that are in no name of a place.
_NO_NAME = pattern(
    "[\u2600-\u27bf\u2b50\u2b55\U0001f300-\U0001faff]|\\b(?:remote|hybrid)\\b|:", re.IGNORECASE
)
_PARTS = "write its parts, such as {city: Hartford, region: CT, postal_code: 06106}"
NEAR_ALONE = 0.88  # Portland is not Poland
_FORMS = "write it as City, Region, such as Hartford, CT; City, Region, Country; or Region, Country"
_ONE_OR_SEVERAL = (
    "write one place as City, Region, without a street, "
    'and several as a list, such as ["Hartford, CT", "New Haven, CT"]'
)


@lru_cache(maxsize=4096)
def read_place(written: str, home: Home) -> Place | Fault:
    """Read a place written as one text; a word that can be a region at `home` or a country is the region.

    >>> home = Home("US", "en")
    >>> read_place("Rocky Hill, Connecticut", home)
    Place(city='Rocky Hill', region='CT', postal_code=None, country='US')
    >>> read_place("Connecticut, US", home)
    Place(city=None, region='CT', postal_code=None, country='US')
    >>> read_place("Hartford", home).message
    "'Hartford' alone does not say which region it is in"
    """
    written = written.translate(_COMMAS)
    aside = NO_PLACE.match(written)
    if aside:
        return Fault(f"{written!r} is not a place", _instead(aside, home))
    found = _read(written, home)
    names = _parted(written, found, home)
    if isinstance(found, Place) and len(names) == 1 and not _NO_NAME.search(written):
        return found
    if len(names) > 1 and all(isinstance(_read(name, home), Place) for name in names):
        return Fault(f"{written!r} names more than one place", f"write a list: {bracketed(names)}")
    more = f"{written!r} says more than the place"
    at_end = AT_END.fullmatch(written)
    if at_end:
        place = at_end["place"]
        before = read_place(place, home)
        hint = before.hint if isinstance(before, Fault) else f"write {place}"
        return Fault(more, f"{hint}; put remote, hybrid, on-site or field in arrangement")
    if isinstance(found, Place):
        return Fault(more, _ONE_OR_SEVERAL)
    return found if len(names) == 1 else found._replace(hint=_ONE_OR_SEVERAL)


def alone(written: str) -> str:
    """Return a place without words for an arrangement before it, and "only" behind it.

    >>> alone("Remote (US only)"), alone("Anywhere in the US"), alone("Bavaria")
    ('US', 'US', 'Bavaria')
    """
    aside = NO_PLACE.match(written)
    return BEHIND.sub("", written[aside.end() :] if aside else written)


def _instead(aside: re.Match[str], home: Home) -> str:
    """Return what to write for a text that begins with a word for an arrangement, or for no place."""
    kind, rest = str(aside.lastgroup), alone(aside.string)
    may_be_place = rest[:1].isupper() and not NO_PLACE.match(rest)  # not "two days a week in Gary, IN"
    found = read_place(rest, home) if may_be_place else None
    arrangement = kind.replace("_", "-")
    if isinstance(found, Place) and kind in {"remote", "hybrid", "on_site", "field"}:
        if kind == "remote" and not found.city:
            return f"leave it out, put remote in arrangement, and write remote_from: {plain(rest)}"
        return f"write {rest}, and put {arrangement} in arrangement"
    is_doubtful = (kind == "remote" and rest) or (kind == "on_site" and ANY.search(rest))
    return BESIDE.format(arrangement) if is_doubtful else ADVICE[kind]


def _parted(written: str, found: Place | Fault, home: Home) -> list[str]:
    """Return the parts of a text that may each be a place: of "Derby or Avon, CT", each with the region."""
    if isinstance(found, Fault):
        areas = SEVERAL_AREAS.split(written)
        is_row = len(areas) > 2 and all(two_regions(*pair, home) for pair in pairwise(areas))  # noqa: PLR2004
        return areas if is_row else _SEVERAL.split(written)
    if not found.city or found.city.casefold() == _ONE_CITY:
        return [written]
    city, comma, behind = written.partition(",")
    around = f"{comma}{behind}"
    between = _SEVERAL_WITH_AND if places.has_known_regions(found.country) else _SEVERAL_CITIES
    *cities, last = between.split(city)
    names = [name if two_regions(name, found.region or "", home) else name + around for name in cities]
    return [*names, last + around]


def _read(written: str, home: Home) -> Place | Fault:
    parts = [_without_points(part.strip()) for part in written.split(",")]
    if not all(parts):
        rest = ", ".join(filter(None, parts))
        hint = f"write {rest}" if rest and isinstance(_read(rest, home), Place) else _FORMS
        return Fault(f"{written!r} has a comma with nothing beside it", hint)
    postal = _POSTAL.fullmatch(written) or _POSTAL_FIRST.fullmatch(written)
    if postal:
        before = read_place(postal["before"] + (postal["country"] or ""), home)
        hint = _as_parts(before, postal["code"]) if isinstance(before, Place) else _PARTS
        return Fault(f"{written!r} has a postal code in it", hint)
    match parts:
        case [word]:
            return _one(word, home)
        case [first, second]:
            return _two(first, second, home)
        case [city, region, last]:
            return _three(city, region, last, home)
    return Fault(f"{written!r} has more than three parts", _ONE_OR_SEVERAL)


def _without_points(word: str) -> str:
    """Return "D.C." as "DC", and any other word as it is."""
    return word.replace(".", "") if _POINTED.fullmatch(word) else word


def _one(word: str, home: Home) -> Place | Fault:
    region = places.region_code(word, home.country)
    if region:
        return Place(None, region, None, home.country)
    country = country_code(word, home.language)
    if country:
        return Place(None, None, None, country)
    abroad = region_abroad(word)
    if abroad:
        return abroad
    if not places.has_known_regions(home.country):
        return Fault(f"{word!r} alone could be a city or a region", _either(word, home.country))
    if word.casefold() in _NEW_YORK and home.country == "US":
        return Fault(f"{word!r} is not the full name of the city", "write New York, NY")
    unparted = _unparted(word, home.country)
    if unparted:
        return unparted
    near = nearest(word, (*places.region_names(home.country), *country_names()), NEAR_ALONE)
    message = f"{word!r} alone does not say which region it is in"
    return Fault(message, f"did you mean {near}?" if near else _FORMS)


def _either(word: str, country: str) -> str:
    """Return how a word is written as a city and as a region, if it looks like the name of one."""
    if any(map(str.isdigit, word)):
        return _PARTS
    if _NO_PLAIN_NAME.search(word):
        return _FORMS
    named = f"{plain(word)}, country: {country}"
    return f"write {{city: {named}}} for a city, or {{region: {named}}} for a region"


def _unparted(word: str, country: str, behind: str = "") -> Fault | None:
    """Say so where a city and a region's code are one word, as in Hartford CT; `behind` follows them."""
    city, _, last = word.rpartition(" ")
    code = _without_points(last)
    if not (city and is_code(code) and places.region_code(code, country)):
        return None
    city = city.rstrip(" -\u2013\u2014")
    return Fault(f"{word!r} lacks a comma before the region", f"write {city}, {code}{behind}")


def _two(first: str, second: str, home: Home) -> Place | Fault:
    if places.region_code(second, home.country):
        if is_code(first) and two_regions(first, second, home):  # no city has a code for its name
            hint = f"write a list: [{first}, {second}], or the city's full name"
            return Fault(f"{first!r} is a region, not a city", hint)
        return Place(first, places.region_code(second, home.country), None, home.country)
    country, abroad = country_code(second, home.language), region_abroad(second)
    if country and abroad and country != home.country:
        meanings = f"{in_words(abroad._replace(city=first))}, or City, Region, {country_name(country)}"
        return Fault(f"{second!r} can be a region or a country", f"write {meanings}")
    if country:
        return _unparted(first, country, f", {second}") or region_in(first, country)
    if abroad:
        return Place(first, abroad.region, None, abroad.country)
    if not places.has_known_regions(home.country):
        return Place(first, second, None, home.country)
    near = nearest(second, (*places.region_names(home.country), *country_names()), NEAR)
    message = f"{second!r} is neither a region of {home.country} nor a country"
    return Fault(message, f"did you mean {first}, {near}?" if near else _FORMS)


def _three(city: str, region: str, last: str, home: Home) -> Place | Fault:
    country = country_code(last, home.language)
    if places.region_code(last, home.country) and not (country and places.region_code(region, country)):
        is_street = any(map(str.isdigit, city))
        hint = f"write {region}, {last}, and put a street or building in the text below"
        message = f"{last!r} is a region, so only a city can come before it"
        return Fault(message, hint if is_street else _ONE_OR_SEVERAL)
    if country is None:
        near = nearest(last, country_names(), NEAR)
        hint = f"did you mean {city}, {region}, {near}?" if near else _FORMS
        return Fault(f"{last!r} is not a country", hint)
    around = region_in(region, country)
    return around if isinstance(around, Fault) else Place(city, around.region, None, country)


def _as_parts(place: Place, postal_code: str) -> str:
    if not place.city and not places.has_known_regions(place.country):  # a word with a code is a city
        place = place._replace(city=place.region, region=None)
    parts = {"city": place.city, "region": place.region, "postal_code": postal_code, "country": place.country}
    return f"write {{{', '.join(f'{part}: {plain(said)}' for part, said in parts.items() if said)}}}"
