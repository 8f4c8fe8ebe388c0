"""One text that names several places, such as New Haven or Hartford, CT, and its parts.

Owns what stands between places; refuses to know how each of them is written.
"""

from __future__ import annotations

import re

from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.countries import Fault, Home, regions_in
from hiringhall.model import Place
from hiringhall.policies import places

# Between places; also "IL Gary, IN", where a line or a tab ended.
SEVERAL = pattern(
    r",?\s+(?:or|and|&)\s+|\s*(?:[;|\u2022\u00b7]|/(?!\s?w(?:ee)?k\b))\s*"
    r"|(?<=,\s[A-Z]{2})\s+(?:[+\u2010-\u2015-]\s+)?(?=[^,]+,\s*[A-Z]{2}\b)"
)
_JOINED = pattern(r"\s*(?:or|and|&)\s+")
SEVERAL_AREAS = pattern(rf"{SEVERAL.pattern}|\s*,\s*")
_SEVERAL_CITIES = pattern(r"\s+or\s+|\s*[;/|]\s*")
# Brighton & Hove is one city; no city of the United States or Canada is called like that.
_SEVERAL_WITH_AND = pattern(rf"{_SEVERAL_CITIES.pattern}|\s+&\s+")
_ONE_CITY = "truth or consequences"


def parted(written: str, found: Place | Fault, home: Home) -> list[str]:
    """Return the parts of a text, read as `found`, that may each be a place."""
    if isinstance(found, Place):
        return _cities(written, found, home)
    return _areas(written, home) or _in_a_row(written, home) or _several(written)


def _areas(written: str, home: Home) -> list[str]:
    """Return "OH, MI, IN" as three regions at home; Washington, DC and New York, New York are cities."""
    names = SEVERAL_AREAS.split(written)
    codes = [places.region_code(name, home.country) for name in names]
    pairs = (Place(name, code, None, home.country) for name, code in zip(names, codes[1:], strict=False))
    return names if all(codes) and all(regions_in(pair, home) for pair in pairs) else []


def _in_a_row(written: str, home: Home) -> list[str]:
    """Return "Gary, Flint & Akron, OH" as three cities of one region; a street and a region are no city."""
    names, _, region = written.rpartition(",")
    *before, last = names.split(",")
    ends = SEVERAL.split(last)
    cities = [each.strip() for each in (*before, *ends) if each.strip()]
    is_row = before and (len(ends) > 1 or _JOINED.match(last))
    if not is_row or not places.region_code(region.strip(), home.country) or re.search(r"\d", names):
        return []
    cities[-1] = _JOINED.sub("", cities[-1])
    if any(places.region_code(city, home.country) for city in cities[1:]):
        return []
    return [f"{city},{region}" for city in cities]


def _several(written: str) -> list[str]:
    """Part a text between places, or else after each second comma, as in Gary, Indiana, Flint, Michigan."""
    several, parts = SEVERAL.split(written), written.split(",")
    if len(several) > 1 or len(parts) % 2:
        return several
    return [f"{city.strip()},{region}" for city, region in zip(parts[::2], parts[1::2], strict=True)]


def _cities(written: str, found: Place, home: Home) -> list[str]:
    """Return "New Haven or Hartford, CT" as two places, and "Ohio or Gary, IN", too."""
    if not found.city or found.city.casefold() == _ONE_CITY:
        return []
    around = "".join(written.partition(",")[1:])
    between = _SEVERAL_WITH_AND if places.has_known_regions(found.country) else _SEVERAL_CITIES
    *names, last = between.split(found.city)
    if not names:
        return [written]
    before = [name if regions_in(found._replace(city=name), home) else name + around for name in names]
    return [*before, last + around]
