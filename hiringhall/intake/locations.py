"""The places of a posting, each as one text or as a mapping of its parts, and the parts by themselves.

Owns what is reported at a field; refuses to know how a text is split into parts and how places are shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from hiringhall.intake.countries import country_code, country_names
from hiringhall.intake.forms import LONGEST_LINE, Problem, listed, of_text, one_line, text
from hiringhall.intake.reading import Field, Reading, member, members, nearest
from hiringhall.intake.written_places import NEAR, Fault, Home, in_words, other_reading, read_place, region_in
from hiringhall.model import Place

_US_POSTAL = re.compile(r"\d{5}(?:-\d{4})?")
_POSTAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9 -]{1,11}")


def location(rows: Mapping[str, Field], name: str, node: Node, reading: Reading) -> tuple[Place, ...] | None:
    """Parse a place or a list of places."""
    whole = _split_by_brackets(node, home_of(reading))
    if whole:
        message = f"{name} is a list here, so each part is read as a separate place"
        reading.error(node, "location", message, f"write {name}: {whole}")
        return None
    return listed(partial(_place, rows))(name, node, reading)


def home_of(reading: Reading) -> Home:
    """Return the home country of a document's site."""
    return Home(reading.settings.default_country, reading.settings.language)


def _split_by_brackets(node: Node, home: Home) -> str | None:
    """Return the place that `[New Haven, CT]` means."""
    if not isinstance(node, SequenceNode) or not all(isinstance(item, ScalarNode) for item in node.value):
        return None
    words = [one_line(item.value) for item in node.value]
    whole = ", ".join(words)
    if len(whole) > LONGEST_LINE:
        return None  # no place; each part is told to be too long where it is
    parts = [read_place(word, home) for word in words]
    is_one = any(isinstance(part, Fault) for part in parts) and isinstance(read_place(whole, home), Place)
    return whole if is_one else None


def _place(rows: Mapping[str, Field], name: str, node: Node, reading: Reading) -> Place | None:
    if isinstance(node, MappingNode):
        return _from_mapping(rows, name, node, reading)
    written = text(name, node, reading)
    if written is None:
        return None
    found = read_place(written, home_of(reading))
    if isinstance(found, Fault):
        reading.error(node, "location", found.message, found.hint)
        return None
    doubt = other_reading(written, found)
    if doubt:
        warn_of_doubt(node, written, found, in_words(found), doubt, reading)
    return found


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
    """Parse a postal code: letters, digits, spaces and hyphens."""
    is_good = _POSTAL.fullmatch(written) is not None
    return written if is_good else Problem("postal-code", f"{written!r} is not a postal code")
