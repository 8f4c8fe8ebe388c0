"""Time zones as people write them, and the zone of the IANA database that they most likely mean.

Owns which names are accepted, and how abbreviations and cities lead to one; refuses to know which time it is
for. What is likely depends on the site: EST is America/Toronto in Canada.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from hiringhall.engine.patterns import pattern
from hiringhall.intake import words
from hiringhall.intake.fields.forms import Problem, of_text
from hiringhall.intake.fields.reading import Reading
from hiringhall.intake.fields.suggestions import nearest
from hiringhall.model import Place, Settings
from hiringhall.policies.words import plain

_ZONE = pattern(r"[A-Z][A-Za-z_]*(?:/[A-Za-z0-9_+-]+){1,2}|UTC")
_OFFSET = pattern(r"(?:UTC|GMT)? ?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?", re.IGNORECASE)
# What stands behind a time and may be the name of a zone that is not known.
_NAME = pattern(r"[^\W\d_][\w/+-]+|.* time", re.IGNORECASE)
_TIME = pattern(r"(?: standard| daylight| summer)?(?: time)?\Z")
_ABBREVIATED = words.meanings("time zones")
# In winter and in summer, in some year: what a zone is called must not depend on the clock.
_SEASONS = (datetime(2026, 1, 15), datetime(2026, 7, 15))  # noqa: DTZ001 - each zone is put in
# Which clocks the regions of large countries have, by the usual name of the zone. Where there are
# several, that of most people in the region is the first, except in Tennessee.
_OF_REGIONS = {
    "US": {
        "America/New_York": "CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC TN VA VT WV",
        "America/Chicago": "AL AR FL IA IL IN KS KY LA MI MN MO MS ND NE OK SD TN TX WI",
        "America/Boise": "ID",
        "America/Los_Angeles": "CA ID NV OR WA",
        "America/Phoenix": "AZ",
        "America/Denver": "AZ CO KS MT ND NE NM NV OR SD TX UT WY",
        "America/Anchorage": "AK",
        "America/Adak": "AK",
        "Pacific/Honolulu": "HI",
        "America/Puerto_Rico": "PR VI",
        "Pacific/Guam": "GU MP",
        "Pacific/Pago_Pago": "AS",
    },
    "CA": {
        "America/St_Johns": "NL",
        "America/Toronto": "NU ON QC",
        "America/Halifax": "NB NL NS PE QC",
        "America/Winnipeg": "MB NU ON",
        "America/Regina": "SK",
        "America/Vancouver": "BC",
        "America/Edmonton": "AB BC NT NU SK",
        "America/Whitehorse": "YT",
    },
}
# Few cities have a zone of their name, and many of those names are alike: Boston is not Moncton.
_NEAR_ZONE = 0.87
MOST_NAMED = 6  # in a hint


@of_text
def zone(_name: str, written: str, reading: Reading) -> str | Problem:
    """Parse a time zone in the IANA database, of the form Area/City, or UTC, in any letter case."""
    found = written if is_zone(written) else _zones().get(written.casefold().replace(" ", "_"))
    if found:
        return found
    return Problem("time-zone", f"there is no time zone named {written!r}", _hint(written, reading.settings))


def _hint(written: str, settings: Settings) -> str:
    home = (*_zones_at_home(settings), "America/New_York")[0]
    example = f"write it as Area/City, such as {home}"
    if _OFFSET.fullmatch(written):  # the setting itself stands beside no deadline
        return f"{example}, or put the offset after the deadline's time" if settings.time_zone else example
    near = " or ".join(_likely(written, settings))
    near = near or nearest(written.replace(" ", "_"), _zones().values(), _NEAR_ZONE) or ""
    return f"did you mean {near}?" if near else example


def zone_beside(written: str, settings: Settings) -> str | None:
    """Return how a zone or an offset that stands after a time is written, as the end of a hint.

    Words that name no zone give None.
    """
    offset = _OFFSET.fullmatch(written)
    if offset:
        return f"{offset['sign']}{offset['hours']:0>2}:{offset['minutes'] or '00'}"
    known = (written,) if is_zone(written) else _likely(written, settings)
    if len(known) == 1:
        return f" and, on a line of its own, time_zone: {known[0]}"
    if not written:
        return ""
    is_name = known or _NAME.fullmatch(written)
    return " and name the zone in time_zone" if is_name else None


def zones_in(place: Place) -> tuple[str, ...]:
    """Return the zones of a place's region, or of its country if that is not known; no two with one clock.

    >>> zones_in(Place("Gary", "IN", None, "US")), zones_in(Place("Cork", None, None, "IE"))
    (('America/New_York', 'America/Chicago'), ('Europe/Dublin',))
    """
    known = _OF_REGIONS.get(place.country, {})
    zones = tuple(zone for zone, regions in known.items() if place.region in regions.split())
    return _apart(zones or _zones_by_country().get(place.country, ()))


def _likely(written: str, settings: Settings) -> tuple[str, ...]:
    """Return the zones that something else may stand for: an abbreviation or a city."""
    short = _TIME.sub("", written.casefold())
    known = _ABBREVIATED.get(short)
    called = {short.upper(), *(_names_of(known)[:1] if known else ())}
    there = [each for each in _zones_at_home(settings) if called.intersection(_names_of(each))]
    if settings.time_zone in there:
        return (settings.time_zone,)
    if there and known not in there:
        return _apart(there)[:MOST_NAMED]
    if known:
        return (known,)
    city = plain(short.rpartition("/")[2].replace("_", " "))
    return tuple(
        each for each in _zones().values() if plain(each.rpartition("/")[2].replace("_", " ")) == city
    )


def _zones_at_home(settings: Settings) -> tuple[str, ...]:
    """Return the zones of the site's country, its own first, in the order of the IANA database."""
    zones = _zones_by_country().get(settings.default_country, ())
    return tuple(sorted(zones, key=lambda each: each != settings.time_zone))


def _apart(zones: Iterable[str]) -> tuple[str, ...]:
    """Return the first of some zones, no two with the same clock."""
    first: dict[object, str] = {}
    for each in zones:
        first.setdefault(_names_of(each), each)
    return tuple(first.values())


@cache
def _names_of(name: str) -> tuple[str, ...]:
    """Return the abbreviations of a zone in winter and in summer, such as EST and EDT."""
    return tuple(str(season.replace(tzinfo=ZoneInfo(name)).tzname()) for season in _SEASONS)


@cache
def _zones_by_country() -> dict[str, tuple[str, ...]]:
    """Return the zones of each country (alpha-2) in the order of the IANA database, without Antarctica."""
    from importlib.resources import files

    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    found: dict[str, tuple[str, ...]] = {}
    for country, _, name, *_ in rows:
        if name.startswith("Antarctica/"):
            continue
        found[country] = (*found.get(country, ()), name)
    return found


@cache
def _zones() -> dict[str, str]:
    """Return the names of all zones by the same in lower case, in which no two are alike."""
    return {name.casefold(): name for name in sorted(available_timezones()) if _ZONE.fullmatch(name)}


@lru_cache(maxsize=1024)
def is_zone(name: str) -> bool:
    """Say whether a name is in the IANA time zone database, in the form Area/City, or UTC.

    >>> is_zone("America/New_York"), is_zone("EST"), is_zone("localtime"), is_zone("America")
    (True, False, False, False)
    """
    if _ZONE.fullmatch(name) is None:
        return False
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
