"""The places of a posting, as texts or mappings of their parts, and the areas from which people may work.

Owns what is reported at a field; refuses to know how a text is split into parts and how places are shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from hiringhall.engine.patterns import pattern
from hiringhall.intake import words
from hiringhall.intake.fields.countries import (
    NEAR,
    Fault,
    Home,
    codes_by_name,
    country_code,
    country_name,
    country_names,
    in_words,
    is_code,
    is_like_region,
    region_in,
    two_regions,
)
from hiringhall.intake.fields.forms import LONGEST_LINE, Problem, listed, of_text, one_line, stated, text
from hiringhall.intake.fields.reading import Field, Reading, members
from hiringhall.intake.fields.suggestions import nearest
from hiringhall.intake.fields.written_places import NEAR_ALONE, SEVERAL_AREAS, alone, read_place
from hiringhall.intake.frontmatter.quoting import bracketed, in_row, parts_in, plain
from hiringhall.model import Place
from hiringhall.policies import places

_US_POSTAL = pattern(r"\d{5}(?:-\d{4})?")
_CITIES = words.meanings("regions called like a city")  # of the United States
_EVERYWHERE = words.listed("anywhere")
_POSTAL = pattern(r"[A-Za-z0-9][A-Za-z0-9 -]{1,11}")


def location(rows: Mapping[str, Field], name: str, node: Node, reading: Reading) -> tuple[Place, ...] | None:
    """Parse a place or a list of places; one that names no country is in the site's."""
    home = home_of(reading)
    wholes = _joined(node, partial(_is_place, home=home))
    if wholes and all(isinstance(read_place(whole, home), Place) for whole in wholes):
        _tell_of_brackets(name, node, wholes, reading)
        return None
    return listed(partial(_place, rows))(name, node, reading)


def home_of(reading: Reading) -> Home:
    """Return the home of a document's site, by which places are read."""
    return Home(reading.settings.default_country, reading.settings.language)


def _joined(node: Node, is_whole: Callable[[list[str]], bool]) -> list[str]:
    """Return the places that `[New Haven, CT, Boston, MA]` means, or none where it means what it says.

    A list that is too long for a line is no such place; nearly every other one has commas in its items.
    """
    if not isinstance(node, SequenceNode) or not all(isinstance(item, ScalarNode) for item in node.value):
        return []
    row = [one_line(item.value) for item in node.value]
    wholes, rest = [], row if len(", ".join(row)) <= LONGEST_LINE else []
    while rest:
        sizes = (
            size for size in (3, 2) if len(rest) >= size and "," not in rest[0] and is_whole(rest[:size])
        )
        size = next(sizes, 1)
        wholes.append(", ".join(rest[:size]))
        rest = rest[size:]
    return wholes if len(wholes) < len(row) else []


def _is_place(row: list[str], home: Home) -> bool:
    """Say whether words in a row are one place: New Haven, CT; Ontario, Canada; New York, NY."""
    found, first, last = (read_place(written, home) for written in (", ".join(row), row[0], row[-1]))
    if isinstance(found, Fault) or isinstance(last, Fault):
        return False
    if isinstance(first, Fault) or not found.city:
        return isinstance(first, Fault) or first == found
    return is_like_region(first.region, found.region) and not is_code(row[0])


def _tell_of_brackets(name: str, node: Node, wholes: list[str], reading: Reading) -> None:
    message = f"{name} is a list here, so each part is read as a separate place"
    written = wholes[0] if len(wholes) == 1 else bracketed(wholes)
    reading.error(node, "location", message, f"write {name}: {written}")


def _place(rows: Mapping[str, Field], name: str, node: Node, reading: Reading) -> Place | None:
    if isinstance(node, MappingNode):
        return _from_mapping(rows, name, node, reading)
    written = text(name, node, reading)
    if written is None:
        return None
    if parts := parts_in(written, rows):
        found: Place | Fault = Fault(f"{name} needs its parts on lines of their own", f"write {parts}")
    else:
        found = read_place(written, home_of(reading))
    if isinstance(found, Fault):
        reading.error(node, "location", found.message, found.hint)
        return None
    doubt = _other_reading(written, found, home_of(reading))
    if doubt:
        warn_of_doubt(node, written, found, in_words(found), doubt, reading)
    return found


def _other_reading(written: str, place: Place, home: Home) -> str | None:
    """Return what else a text may mean: a city or, if it was read as one, regions or a country."""
    if place.country == "US" and not place.city:
        return _CITIES.get(written.casefold())
    first, last = map(str.strip, written.partition(",")[::2])
    other = codes_by_name().get(last.casefold())
    if other and other != place.country and places.region_code(place.city or "", other):
        return f"{place.city}, {country_name(other)}"
    is_row = not is_code(last) and two_regions(first, last, home)
    return f"a list: {bracketed([first, last])}" if is_row else None


def warn_of_doubt(node: Node, written: str, place: Place, right: str, other: str, reading: Reading) -> None:
    """Say how a text is read that could be two places, and how each of them would be written."""
    message = f"{written!r} is read as {in_words(place)}"
    hint = f"if that is right, write {right}; if not, write {other}"
    reading.warn(node, "location-ambiguous", message, hint)


def _from_mapping(rows: Mapping[str, Field], name: str, node: MappingNode, reading: Reading) -> Place | None:
    values = members(name, node, reading, rows)
    if None in values.values():
        return None
    if not {"city", "region", "country"} & values.keys():
        reading.error(
            node, "location", f"{name} does not name a place", "give at least one of city, region and country"
        )
        return None
    country = values.get("country") or reading.settings.default_country
    region, postal_code = values.get("region"), values.get("postal_code")
    if region:
        around = region_in(region, country)
        if isinstance(around, Fault):
            reading.error(reading.node_of(f"{name}.region"), "location", around.message, around.hint)
            return None
        region = around.region
    if postal_code and country == "US" and not _US_POSTAL.fullmatch(postal_code):
        hint = f'write "{postal_code:0>5}"' if postal_code.isdigit() else "write five digits"
        there = reading.node_of(f"{name}.postal_code")
        reading.error(there, "postal-code", f"{postal_code!r} is not a ZIP code", hint)
        return None
    return Place(values.get("city"), region, postal_code, country)


def _city(name: str, written: str, _reading: Reading) -> str | Problem:
    """Parse the name of a city: no region or country stands behind it, and no other city."""
    if "," not in written:
        return written
    hint = "write only its name; region and country are parts of their own"
    return Problem("location", f"{name} is {written!r}, which is more than a city", hint)


city = of_text(_city, stated)


@of_text
def country(_name: str, written: str, reading: Reading) -> str | Problem:
    """Parse a country, given by code or by name in English or the site's language, to its alpha-2 code."""
    found = country_code(written, reading.settings.language)
    if found:
        return found
    near = nearest(written, country_names(), NEAR)
    hint = f"did you mean {near}?" if near else "write its two-letter code, such as US, or its English name"
    return Problem("country", f"there is no country named {written!r}", hint)


@of_text
def postal_code(_name: str, written: str, _reading: Reading) -> str | Problem:
    """Parse a postal code: 2 to 12 letters and digits of ASCII, spaces and hyphens."""
    is_good = _POSTAL.fullmatch(written) is not None
    return written if is_good else Problem("postal-code", f"{written!r} is not a postal code")


@of_text
def _remote_area(name: str, written: str, reading: Reading) -> Place | Problem:
    """Parse a country or region in which people may live."""
    home = home_of(reading)
    found = read_place(written, home)
    if isinstance(found, Place) and not found.city:
        return found
    return Problem("location", *_no_area(name, written, found, home))


def _no_area(name: str, written: str, found: Place | Fault, home: Home) -> Fault:
    """Say why a text is neither a country nor a region, and what was likely meant."""
    pieces = SEVERAL_AREAS.split(written)
    is_city = isinstance(found, Place) and [*map(is_code, pieces)] == [False, True]  # New York, NY
    if not is_city and len(pieces) > 1 and all(_area(piece, home) for piece in pieces):
        return Fault(f"{written!r} names more than one area", f"write a list: {bracketed(pieces)}")
    if isinstance(found, Place):
        message = f"{written!r} is a city; {name} takes only countries and regions"
        meant = _other_reading(written, found, home) or _area_in_words(found, home)
        return Fault(message, f"write {meant}")
    message = f"{written!r} is neither a country nor a region"
    if written.casefold() in _EVERYWHERE:
        return Fault(message, f"leave {name} out if people may live anywhere")
    near = nearest(written, (*places.region_names(home.country), *country_names()), NEAR_ALONE)
    if near:
        return Fault(message, f"did you mean {near}?")
    bare = alone(written)
    if bare != written and _area(bare, home):
        return Fault(message, f"write {bare}")
    is_name = bare[:1].isupper() and {*written}.isdisjoint(",()")
    if is_name and not places.has_known_regions(home.country):
        return Fault(message, f"if it is a region, write {bare}, {country_name(home.country)}")
    return Fault(message, f'write countries and regions, such as {name}: [US, "Ontario, Canada"]')


def _area(written: str, home: Home) -> Place | None:
    found = read_place(written, home)
    return found if isinstance(found, Place) and not found.city else None


def _area_in_words(place: Place, home: Home) -> str:
    """Return the country or region around a place: by its name alone, where that is read as the same."""
    region = places.region_name(place.region, place.country)
    if region and place.country == home.country and region.casefold() not in codes_by_name():
        return region
    return in_words(place._replace(city=None))


_areas = listed(_remote_area)


def remote_areas(name: str, node: Node, reading: Reading) -> tuple[Place, ...] | None:
    """Parse countries and regions; a code can be a region at home or a country, as CA or DE is.

    It is read as the region, with a warning where no other item is a region without doubt.
    """
    wholes = _joined(node, partial(_is_region_and_country, home=home_of(reading)))
    if wholes:
        _tell_of_brackets(name, node, wholes, reading)
        return None
    found = _areas(name, node, reading)
    if found and any(place.region for place in found):
        _check_codes(node, reading)
    return found


def _is_region_and_country(row: list[str], home: Home) -> bool:
    """Say whether areas in a row are one, as Ontario, Canada; a code can be a country, as in [CA, US]."""
    return not is_code(row[0]) and _area(", ".join(row), home) is not None and _is_place(row, home)


def _check_codes(node: Node, reading: Reading) -> None:
    home, countries = home_of(reading), codes_by_name()
    items = [
        each for each in (node.value if isinstance(node, SequenceNode) else [node]) if each.value.strip()
    ]
    regions = [(each, area) for each in items if (area := _area(each.value, home)) and area.region]
    doubtful = [pair for pair in regions if pair[0].value.casefold() in countries]
    written_as = in_row if isinstance(node, SequenceNode) else plain
    for each, area in doubtful if len(doubtful) == len(regions) else ():
        country = countries[each.value.casefold()]
        other = _area(country_name(country), home)
        right = written_as(_area_in_words(area, home))
        wrong = country if other is None or other.region else country_name(country)
        warn_of_doubt(each, each.value, area, right, wrong, reading)
