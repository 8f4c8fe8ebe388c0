"""Where people may live who work from home: countries and regions, as they are written in `remote_from`.

Owns what is said where something else stands there; refuses to know how the parts of a place are told apart.
"""

from __future__ import annotations

import re

from yaml.nodes import Node, SequenceNode

from hiringhall.intake.countries import codes_by_name, country_names
from hiringhall.intake.forms import Problem, listed, of_text
from hiringhall.intake.locations import home_of, warn_of_doubt
from hiringhall.intake.quoting import bracketed, plain, quoted
from hiringhall.intake.reading import Reading, nearest
from hiringhall.intake.written_places import (
    NEAR_ALONE,
    POSTAL_AT_END,
    SEVERAL,
    Fault,
    Home,
    country_name,
    in_words,
    other_reading,
    read_place,
    region_names,
)
from hiringhall.model import Place
from hiringhall.policies import places

_SEVERAL_AREAS = re.compile(rf"{SEVERAL.pattern}|\s*,\s*")
_EVERYWHERE = frozenset({"remote", "anywhere", "everywhere", "worldwide", "global"})


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
    doubt = None if isinstance(found, Fault) else other_reading(written, found)
    pieces = _SEVERAL_AREAS.split(written)
    is_row = doubt is None and len(pieces) > 1 and not _is_city(pieces, found, home)
    if is_row and all(_area(piece, home) for piece in pieces):
        return Fault(f"{written!r} names more than one area", f"write a list: {bracketed(pieces)}")
    if isinstance(found, Place):
        message = f"{written!r} is a city; {name} takes only countries and regions"
        return Fault(message, f"write {doubt or _area_in_words(found, home)}")
    message = f"{written!r} is neither a country nor a region"
    if written.casefold() in _EVERYWHERE:
        return Fault(message, f"leave {name} out if people may live anywhere")
    postal = POSTAL_AT_END.fullmatch(written)
    near = _area(postal["before"], home) if postal else _area_near(written, home)
    if near:
        return Fault(message, f"did you mean {_area_in_words(near, home)}?")
    if "," not in written and not places.has_known_regions(home.country):
        return Fault(message, f"if it is a region, write {written}, {country_name(home.country)}")
    return Fault(message, f'write countries and regions, such as {name}: [US, "Ontario, Canada"]')


def _is_city(pieces: list[str], found: Place | Fault, home: Home) -> bool:
    """Say whether "New York, NY" is one city: of two regions in a row both are codes, or neither is."""
    lengths = [len(piece.replace(".", "")) == 2 for piece in pieces]  # noqa: PLR2004 - a code's length
    return isinstance(found, Place) and found.country == home.country and lengths == [False, True]


def _area(written: str, home: Home) -> Place | None:
    found = read_place(written, home)
    return found if isinstance(found, Place) and not found.city else None


def _area_near(written: str, home: Home) -> Place | None:
    near = nearest(written.partition(",")[0], (*region_names(home.country), *country_names()), NEAR_ALONE)
    return _area(near, home) if near else None


def _area_in_words(place: Place, home: Home) -> str:
    """Return the country or region around a place: by its name alone, where that is read as the same."""
    region = places.region_name(place.region, place.country) if place.region else ""
    if region and place.country == home.country and region.casefold() not in codes_by_name():
        return region
    return in_words(place._replace(city=None))


_areas = listed(_remote_area)


def remote_areas(name: str, node: Node, reading: Reading) -> tuple[Place, ...] | None:
    """Parse countries and regions; a code can be a region at home or a country, as CA or DE is.

    It is read as the region, with a warning where no other item is a region without doubt.
    """
    found = _areas(name, node, reading)
    if found and any(place.region for place in found):
        _check_codes(node, reading)
    return found


def _check_codes(node: Node, reading: Reading) -> None:
    home, countries = home_of(reading), codes_by_name()
    items = [
        each for each in (node.value if isinstance(node, SequenceNode) else [node]) if each.value.strip()
    ]
    regions = [(each, area) for each in items if (area := _area(each.value, home)) and area.region]
    doubtful = [pair for pair in regions if pair[0].value.casefold() in countries]
    in_row = isinstance(node, SequenceNode)
    for each, area in doubtful if len(doubtful) == len(regions) else ():
        country = countries[each.value.casefold()]
        other = _area(country_name(country), home)
        words = _area_in_words(area, home)
        right = quoted(words) if in_row and "," in words else plain(words)
        wrong = country if other is None or other.region else country_name(country)
        warn_of_doubt(each, each.value, area, right, wrong, reading)
