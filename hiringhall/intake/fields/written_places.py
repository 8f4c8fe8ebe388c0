"""Places as people write them in one line, such as New Haven, CT.

Owns how the parts of such a text are told apart, and what is said where it is no place; refuses to know where
it stands.
"""

from __future__ import annotations

import re
from functools import lru_cache

from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.countries import (
    NEAR,
    Fault,
    Home,
    country_code,
    country_name,
    country_names,
    cut_off,
    in_words,
    is_code,
    region_abroad,
    region_in,
    regions_in,
)
from hiringhall.intake.fields.several_places import SEVERAL, SEVERAL_AREAS, parted
from hiringhall.intake.fields.suggestions import nearest
from hiringhall.intake.fields.written_arrangements import ADVICE, BESIDE, NO_PLACE
from hiringhall.intake.frontmatter.quoting import bracketed, plain
from hiringhall.model import Place
from hiringhall.policies import places

_POSTAL = pattern(
    r"(?P<before>.*[^\d\s,-]),?\s+(?P<code>\d{5}(?:-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d)(?P<country>,[^,\d]+)?"
)
_POINTED = pattern(r"(?:[A-Za-z]\.){2,3}")
_NEW_YORK = frozenset({"nyc", "new york city", "n.y.c."})
_SIGNS = pattern("[\u2600-\u27bf\u2b50\u2b55\U0001f300-\U0001faff][\ufe0f\\s]*")
_REMARK = pattern(r"([^(]*[^\s(]|.*\S)(?:\s*\(.*\)|\s+(?:[&+\u2010-\u2015-]|and|plus)\s+.*)", re.IGNORECASE)
_BRACKETED = pattern(r"(.*[^\s,])\s*\((.*)\)")
_PART_OF_REGION = pattern(
    r"(?:north|south|east|west|mid|central|upstate|downstate|greater|rural|metro)\S*|(?:the )?state of",
    re.IGNORECASE,
)
# What people write around a place that it does without; IN is Indiana, and The Dalles a city.
_AROUND = pattern(
    r"(?<!, )\b(?:must be|(?:for )?covering|(?:based|located|state-?wide|anywhere) in|in|(?-i:the)|either"
    r"|throughout|across|(?:greater )?(?:metro(?:politan)?[ -])?(?:area|region|vicinity)s?"
    r"|metro(?:politan)?(?=\W*\Z))\b\s*",
    re.IGNORECASE,
)
_COMMAS = str.maketrans({"،": ", ", "、": ", ", "，": ", "})  # of Arabic, Japanese and Chinese
NEAR_ALONE = 0.88  # Portland is not Poland
_FORMS = "write it in one of these forms: City, Region; City, Region, Country; Region, Country"


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
    bare = _SIGNS.sub("", written).strip()
    if bare != written:
        rest = read_place(bare, home)
        return Fault(
            f"{written!r} says more than the place", rest.hint if isinstance(rest, Fault) else f"write {bare}"
        )
    found = _read(written, home)
    if isinstance(found, Fault) and (beside := _beside(written, home)):
        return Fault(f"{written!r} is not a place", beside)
    several = parted(written, found, home)
    is_loose = isinstance(found, Fault) or len(several) > 1
    if is_loose and (alone := _in_brackets(written, home) or _without_surroundings(written, home)):
        return Fault(f"{written!r} says more than the place", alone)
    pieces = [_with_comma(piece, home) for piece in several if piece and not NO_PLACE.match(piece)]
    if len(pieces) > 1 and all(isinstance(_read(piece, home), Place) for piece in pieces):
        is_pair = is_code(pieces[0]) and written == ", ".join(pieces[:2])  # LA, CA may be Los Angeles
        full = "; if it is a city, write its full name" if is_pair else ""
        return Fault(
            f"{written!r} names more than one place",
            f"write a list: {bracketed(_apart(pieces, home))}{full}",
        )
    if isinstance(found, Place):
        return found
    remark = _REMARK.fullmatch(written)
    only = pieces[0] if len(pieces) == 1 < len(several) else remark[1] if remark else written.rstrip(" ,;")
    rest = found if only == written else read_place(only, home)
    if only == written or (isinstance(rest, Fault) and [only] != pieces):
        return found
    hint = f"write {only}" if isinstance(rest, Place) else rest.hint or _FORMS
    if re.search(r"\w", written.replace(only, "", 1)) and "arrangement" not in hint:
        hint += "; put remote or hybrid in arrangement, and remarks in arrangement_note"
    return Fault(f"{written!r} says more than the place", hint)


def _in_brackets(written: str, home: Home) -> str | None:
    """Return what to write for "Washington (DC)", where a region or a country is in brackets."""
    found = _BRACKETED.fullmatch(written)
    if found is None or not isinstance(around := _read(found[2], home), Place) or around.city:
        return None
    whole = f"{found[1]}, {found[2]}"
    return f"write {whole}" if isinstance(_read(whole, home), Place) else None


def _with_comma(piece: str, home: Home) -> str:
    """Return "Hartford CT" with the comma that it lacks, and any other text as it is."""
    city, _, last = piece.rpartition(" ")
    is_apart = city and city[-1] != "," and is_code(last) and places.region_code(last, home.country)
    return f"{city}, {last}" if is_apart else piece


def _apart(pieces: list[str], home: Home) -> list[str]:
    """Return places with "Ohio, Indiana" as two regions, if none of the others is a city."""
    names: list[str] = []
    for piece in pieces:
        found, (first, _, last) = _read(piece, home), piece.partition(", ")
        if isinstance(found, Place) and regions_in(found, home) and not is_code(last):
            names += first, last
        elif isinstance(found, Place) and found.city:
            return pieces
        else:
            names.append(piece)
    return names


def _without_surroundings(written: str, home: Home) -> str | None:
    """Return what to write for "the Chicago, IL area"; None where what is left is no place either."""
    alone = " ".join(_AROUND.sub("", written).split()).replace(" ,", ",").strip(" ,")
    rest = read_place(alone, home) if alone not in {written, ""} else None
    hint = f"write {alone}" if isinstance(rest, Place) else rest.hint if rest else None
    return hint if hint and hint.startswith("write ") and "Region" not in hint else None


def _read(written: str, home: Home) -> Place | Fault:
    parts = [_without_points(part.strip()) for part in written.split(",")]
    if not all(parts):
        rest = ", ".join(filter(None, parts))
        meant = rest if rest and isinstance(_read(rest, home), Place) else None
        return Fault(f"{written!r} has a comma with nothing beside it", f"write {meant}" if meant else _FORMS)
    aside = NO_PLACE.match(", ".join(parts))
    if aside:
        return Fault(f"{written!r} is not a place", ADVICE[aside.lastgroup])
    postal = _POSTAL.fullmatch(written)
    if postal:
        before = read_place(postal["before"] + (postal["country"] or ""), home)
        hint = (
            (before.hint or "").replace(", country:", f", postal_code: {postal['code']}, country:", 1) or None
            if isinstance(before, Fault)
            else f"write location: {_as_mapping(before, postal['code'])}"
        )
        return Fault(f"{written!r} has a postal code in it", hint)
    match parts:
        case [word]:
            return _one(word, home)
        case [first, second]:
            return _two(first, second, home)
        case [city, region, last]:
            return _three(city, region, last, home)
    hint = "write each part on its own line below location: city, region, postal_code and country"
    return Fault(f"{written!r} has more than three parts", hint)


def _beside(written: str, home: Home) -> str | None:
    """Return what to write for places behind a word for an arrangement; None where there are none."""
    aside = NO_PLACE.match(written)
    if aside is None:
        return None
    kind, only = aside.lastgroup, BESIDE.sub("", written[aside.end() :])
    if only.partition(" ")[0] in {"or", "and", "&"}:
        return None
    found, areas = _read(only, home), SEVERAL_AREAS.split(only)
    names = parted(only, found, home) or [only]
    if len({*map(is_code, areas)}) > 1 or (isinstance(found, Place) and not regions_in(found, home)):
        areas = names  # Hartford, CT is a city
    for row in (names, areas) if kind == "remote" else ():
        if all(isinstance(each := _read(name, home), Place) and not each.city for name in row):
            where = bracketed(row) if len(row) > 1 else plain(only)
            return f"leave it out, put remote in arrangement, and write remote_from: {where}"
    if not all(isinstance(_read(name, home), Place) for name in names):
        return None
    arrangement = (kind or "").replace("_", "-")
    return f"write {only if len(names) == 1 else f'a list: {bracketed(names)}'}" + (
        f", and put {arrangement} in arrangement" if arrangement in {"remote", "hybrid", "on-site"} else ""
    )


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
        one, *several = (_as_city(each, home) for each in (word, *SEVERAL.split(word)))
        hint = f"write location: {one}"
        if len(several) > 1:
            hint += f" if it is one place, else location: [{', '.join(several)}]"
        return Fault(f"{word!r} alone could be a city or a region", hint)
    city, _, last = word.rpartition(" ")
    if word.casefold() in _NEW_YORK and home.country == "US":
        return Fault(f"{word!r} is not the full name of the city", "write New York, NY")
    last = _without_points(last)
    at_end = places.region_code(last, home.country)
    known = (*places.region_names(home.country), *country_names())
    city = city.rstrip(" ,-\u2013\u2014")
    near = f"{city}, {last}" if at_end and not NO_PLACE.search(city) else nearest(word, known, NEAR_ALONE)
    if at_end and _PART_OF_REGION.fullmatch(city):
        return Fault(
            f"{word!r} is neither a city nor a region", f"write {places.region_name(at_end, home.country)}"
        )
    return Fault(
        f"{word!r} alone does not say which region it is in", f"did you mean {near}?" if near else _FORMS
    )


def _as_city(name: str, home: Home) -> str:
    return f"{{city: {plain(name)}, country: {home.country}}}"


def _two(first: str, second: str, home: Home) -> Place | Fault:
    region = places.region_code(second, home.country)
    if region:
        return _city_at_home(Place(first, region, None, home.country), home)
    country, abroad = country_code(second, home.language), region_abroad(second)
    if country and abroad and country != home.country:
        is_region, name = isinstance(region_in(first, country), Place), country_name(country)
        other = f"{first}, {'' if is_region else 'Region, '}{name}"
        if is_region and region_abroad(name):  # which would be read like this again
            other = f"location: {{city: {plain(first)}, country: {country}}}"
        meanings = f"{in_words(abroad._replace(city=first))} or {other}"
        return Fault(f"{second!r} can be a region or a country", f"write {meanings}")
    if country:
        return region_in(first, country)
    if abroad:
        return Place(first, abroad.region, None, abroad.country)
    if not places.has_known_regions(home.country):
        return Place(first, second, None, home.country)
    if places.region_code(first, home.country):
        return Fault(f"{second!r} stands behind its region", f"did you mean {second}, {first}?")
    near = cut_off(second, home.country)
    near = near or nearest(second, (*places.region_names(home.country), *country_names()), NEAR)
    message = f"{second!r} is neither a region of {home.country} nor a country"
    return Fault(message, f"did you mean {first}, {near}?" if near else f"write {first}, Region, Country")


def _city_at_home(found: Place, home: Home) -> Place | Fault:
    """Return a city and its region, unless it is two regions: no city has a code for its name."""
    if not is_code(found.city or "") or not regions_in(found, home):
        return found
    return Fault(f"{found.city!r} is a region, not a city", "write a list, or the city's full name")


def _three(city: str, region: str, last: str, home: Home) -> Place | Fault:
    country = country_code(last, home.language)
    if places.region_code(last, home.country) and not (country and places.region_code(region, country)):
        other = f"; if you mean the country, write {country_name(country)}" if country else ""
        hint = f"write {region}, {last}, and put a street or building in the text below{other}"
        return Fault(f"{last!r} is a region, so only a city can come before it", hint)
    if country is None:
        near = nearest(last, country_names(), NEAR)
        return Fault(
            f"{last!r} is not a country", f"did you mean {city}, {region}, {near}?" if near else _FORMS
        )
    around = region_in(region, country)
    return around if isinstance(around, Fault) else Place(city, around.region, None, country)


def _as_mapping(place: Place, postal_code: str) -> str:
    parts = {"city": place.city, "region": place.region, "postal_code": postal_code, "country": place.country}
    return "{" + ", ".join(f"{key}: {plain(value)}" for key, value in parts.items() if value) + "}"
