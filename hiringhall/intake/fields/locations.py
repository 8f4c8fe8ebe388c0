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
    region_in,
    regions_in,
)
from hiringhall.intake.fields.forms import LONGEST_LINE, Problem, listed, of_text, one_line, stated, text
from hiringhall.intake.fields.reading import Field, Reading, member, members
from hiringhall.intake.fields.several_places import SEVERAL_AREAS
from hiringhall.intake.fields.suggestions import nearest
from hiringhall.intake.fields.written_arrangements import BESIDE
from hiringhall.intake.fields.written_places import NEAR_ALONE, read_place
from hiringhall.intake.frontmatter.quoting import bracketed, parts_in, plain, quoted
from hiringhall.model import Place
from hiringhall.policies import places

_US_POSTAL = pattern(r"\d{5}(?:-\d{4})?")
_EVERYWHERE = words.listed("anywhere")
_POSTAL = pattern(r"[A-Za-z0-9][A-Za-z0-9 -]{1,11}")


def location(rows: Mapping[str, Field], name: str, node: Node, reading: Reading) -> tuple[Place, ...] | None:
    """Parse a place or a list of places; one that names no country is in the site's."""
    wholes = _split_by_brackets(node, home_of(reading))
    if not wholes:
        return listed(partial(_place, rows))(name, node, reading)
    first, _, last = wholes[0].partition(", ")
    is_like_region = len(wholes) == 1 and first == last
    other = f"if you mean the region, write {name}: {first}" if is_like_region else None
    _tell_of_brackets(name, node, wholes, other, reading)
    return None


def _tell_of_brackets(name: str, node: Node, wholes: list[str], other: str | None, reading: Reading) -> None:
    message = f"{name} is a list here, so each part is read as a separate place"
    hint = f"write {name}: {wholes[0] if len(wholes) == 1 else bracketed(wholes)}"
    reading.error(node, "location", message, f"{hint}; {other}" if other else hint)


def home_of(reading: Reading) -> Home:
    """Return the home of a document's site, by which places are read."""
    return Home(reading.settings.default_country, reading.settings.language)


def _split_by_brackets(node: Node, home: Home) -> list[str]:
    """Return the places that `[New Haven, CT, Boston, MA]` means, or none where it means what it says."""
    row = _words_in_brackets(node)
    if not row:
        return []
    is_each = all(isinstance(read_place(word, home), Place) for word in row)
    if not is_each and isinstance(read_place(", ".join(row), home), Place):
        return [", ".join(row)]
    return _joined(row, partial(_is_like_its_region if is_each else _is_one_place, home=home), int(is_each))


def _words_in_brackets(node: Node) -> list[str]:
    """Return the items of a list of texts; none of one that is too long, each part of which is told of."""
    if not isinstance(node, SequenceNode) or not all(isinstance(item, ScalarNode) for item in node.value):
        return []
    row = [one_line(item.value) for item in node.value]
    return row if len(", ".join(row)) <= LONGEST_LINE else []


def _joined(row: list[str], is_whole: Callable[[list[str]], bool], otherwise: int) -> list[str]:
    """Return words in a row with those joined that are one place; none if that is not so of any.

    Of words that are not, the first `otherwise` are one; where that is 0, there is nothing to return.
    """
    wholes, rest = [], row
    while rest:
        size = next((size for size in (3, 2, 1) if is_whole(rest[:size])), otherwise)
        if not size:
            return []
        wholes.append(", ".join(rest[:size]))
        rest = rest[size:]
    return wholes if len(wholes) < len(row) else []


def _is_like_its_region(row: list[str], home: Home) -> bool:
    """Say whether areas in a row are one place: Ontario, Canada, or a city called like its region.

    The latter are New York, NY, USA and New York, New York; no city has a code for its name.
    """
    if len(row) == 1 or "," in row[0]:
        return False  # as nearly every list: nothing has to be read for that
    found, *areas = (read_place(written, home) for written in (", ".join(row), *row))
    if isinstance(found, Fault) or not found.city:
        return found == areas[0]
    regions = [each.region for each in areas[:2] if isinstance(each, Place)]
    return regions in ([found.region] * 2, ["WA", "DC"]) and not is_code(row[0])


def _is_one_place(row: list[str], home: Home) -> bool:
    """Say whether words in a row are a city, its region and its country, and no two places."""
    found, first, last = (read_place(word, home) for word in (", ".join(row), row[0], row[-1]))
    if isinstance(found, Fault) or isinstance(last, Fault):
        return False
    is_city = _is_city(row[:2], found, home) or _is_like_its_region(row, home)
    return len(row) == 1 or not found.city or isinstance(first, Fault) or is_city


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
    doubt = _other_reading(written, found)
    areas = None if is_code(written.rpartition(",")[2].strip()) else regions_in(found, home_of(reading))
    if areas and written.count(",") == 1:
        doubt = f"a list: {bracketed([*areas])}"
    if doubt:
        warn_of_doubt(node, written, found, in_words(found), doubt, reading)
    return found


def _other_reading(written: str, place: Place) -> str | None:
    """Return what "Ontario, CA" could also mean: a region and a country, where a city was read."""
    other = codes_by_name().get(written.rpartition(",")[2].strip().casefold())
    if other is None or other == place.country or not places.region_code(place.city or "", other):
        return None
    return f"{place.city}, {country_name(other)}"


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
            reading.error(member(node, "region"), "location", around.message, around.hint)
            return None
        region = around.region
    if postal_code and country == "US" and not _US_POSTAL.fullmatch(postal_code):
        hint = f'write "{postal_code:0>5}"' if postal_code.isdigit() else "write five digits"
        reading.error(member(node, "postal_code"), "postal-code", f"{postal_code!r} is not a ZIP code", hint)
        return None
    return Place(values.get("city"), region, postal_code, country)


def _city(name: str, written: str, reading: Reading) -> str | Problem:
    """Parse the name of a city: no region or country stands behind it, and no other city."""
    if "," not in written:
        return written
    found = read_place(written, home_of(reading))
    hint = "write only its name; region and country are parts of their own"
    if isinstance(found, Place) and found.city and found.region:
        hint = f"write city: {plain(found.city)} and region: {plain(found.region)}, each as a part of its own"
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
    doubt = None if isinstance(found, Fault) else _other_reading(written, found)
    pieces = SEVERAL_AREAS.split(written)
    is_row = doubt is None and len(pieces) > 1 and not _is_city(pieces, found, home)
    if is_row and all(_area(piece, home) for piece in pieces):
        return Fault(f"{written!r} names more than one area", f"write a list: {bracketed(pieces)}")
    if isinstance(found, Place):
        message = f"{written!r} is a city; {name} takes only countries and regions"
        return Fault(message, f"write {doubt or _area_in_words(found, home)}")
    message = f"{written!r} is neither a country nor a region"
    if written.casefold() in _EVERYWHERE:
        return Fault(message, f"leave {name} out if people may live anywhere")
    bare = BESIDE.sub("", written)
    if bare != written and _area(bare, home):
        return Fault(message, f"write {bare}")
    near = _area_near(written, home)
    if near:
        return Fault(message, f"did you mean {_area_in_words(near, home)}?")
    if "," not in written and not places.has_known_regions(home.country):
        return Fault(message, f"if it is a region, write {written}, {country_name(home.country)}")
    return Fault(message, f'write countries and regions, such as {name}: [US, "Ontario, Canada"]')


def _is_city(pieces: list[str], found: Place | Fault, home: Home) -> bool:
    """Say whether "New York, NY" is one city: of two regions in a row both are codes, or neither is."""
    is_home = isinstance(found, Place) and found.country == home.country
    return is_home and [*map(is_code, pieces)] == [False, True]


def _area(written: str, home: Home) -> Place | None:
    found = read_place(written, home)
    return found if isinstance(found, Place) and not found.city else None


def _area_near(written: str, home: Home) -> Place | None:
    near = nearest(
        written.partition(",")[0], (*places.region_names(home.country), *country_names()), NEAR_ALONE
    )
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
    is_whole = partial(_is_region_and_country, home=home_of(reading))
    wholes = _joined(_words_in_brackets(node), is_whole, 1)
    if wholes:
        country = wholes[0].partition(", ")[2]
        other = f"if you mean all of {country}, write {name}: {country}" if len(wholes) == 1 else None
        _tell_of_brackets(name, node, wholes, other, reading)
        return None
    found = _areas(name, node, reading)
    if found and any(place.region for place in found):
        _check_codes(node, reading)
    return found


def _is_region_and_country(row: list[str], home: Home) -> bool:
    """Say whether areas in a row are one, as Ontario, Canada; a code can be a country, as in [CA, US]."""
    if len(row) != 2 or "," in row[0] or is_code(row[0]):  # noqa: PLR2004 - the region and the country
        return False
    alone, found = read_place(row[0], home), _area(", ".join(row), home)
    return found is not None and (isinstance(alone, Fault) or alone == found)


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
        said = _area_in_words(area, home)
        right = quoted(said) if in_row and "," in said else plain(said)
        wrong = country if other is None or other.region else country_name(country)
        warn_of_doubt(each, each.value, area, right, wrong, reading)
