"""What a time zone is called at an instant: a name that says nothing wrong about its clocks.

Owns which names of CLDR are true of a zone; refuses to know deadlines, and how a sentence goes on.

CLDR has one name for many zones, such as Mountain Time for Denver and for Phoenix, whose clocks are alike in
winter only. Who trusts the name must not come an hour late.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from babel import Locale

# Where several zones share a name, the zone that it is about (CLDR's metaZones.xml, territory 001), which
# Babel does not have. Also where their clocks are alike: any of them may part, as Vancouver's did in 2026.
MEANT = {
    "Acre": "America/Rio_Branco",
    "Africa_Central": "Africa/Maputo",
    "Africa_Eastern": "Africa/Nairobi",
    "Africa_Southern": "Africa/Johannesburg",
    "Africa_Western": "Africa/Lagos",
    "Alaska": "America/Juneau",
    "Amazon": "America/Manaus",
    "America_Central": "America/Chicago",
    "America_Eastern": "America/New_York",
    "America_Mountain": "America/Denver",
    "America_Pacific": "America/Los_Angeles",
    "Arabian": "Asia/Riyadh",
    "Argentina": "America/Argentina/Buenos_Aires",
    "Atlantic": "America/Halifax",
    "Australia_Central": "Australia/Adelaide",
    "Australia_Eastern": "Australia/Sydney",
    "Australia_Western": "Australia/Perth",
    "Brasilia": "America/Sao_Paulo",
    "British": "Europe/London",
    "Chamorro": "Pacific/Saipan",
    "Chile": "America/Santiago",
    "China": "Asia/Shanghai",
    "Europe_Central": "Europe/Paris",
    "Europe_Eastern": "Europe/Bucharest",
    "Europe_Western": "Atlantic/Canary",
    "GMT": "Atlantic/Reykjavik",
    "Greenland": "America/Nuuk",
    "Gulf": "Asia/Dubai",
    "India": "Asia/Kolkata",
    "Indochina": "Asia/Ho_Chi_Minh",
    "Indonesia_Western": "Asia/Jakarta",
    "Kamchatka": "Asia/Kamchatka",
    "Kazakhstan": "Asia/Almaty",
    "Korea": "Asia/Seoul",
    "Krasnoyarsk": "Asia/Krasnoyarsk",
    "Magadan": "Asia/Magadan",
    "Malaysia": "Asia/Kuching",
    "Marshall_Islands": "Pacific/Majuro",
    "Mexico_Pacific": "America/Mazatlan",
    "Moscow": "Europe/Moscow",
    "New_Zealand": "Pacific/Auckland",
    "Samara": "Europe/Samara",
    "Samoa": "Pacific/Pago_Pago",
    "Uzbekistan": "Asia/Tashkent",
    "Vladivostok": "Asia/Vladivostok",
    "Yakutsk": "Asia/Yakutsk",
    "Yukon": "America/Whitehorse",
}


def name_at(at: datetime, zone: ZoneInfo, locale: Locale) -> str:
    """Return the name of a zone at an instant; its offset for those of no place, such as Etc/GMT+5.

    That is its usual name if the clocks are alike, the name with its season if those are so in winter, and
    else that of its country or city: Eastern Time, Mountain Standard Time, Morocco Time.
    """
    from babel import Locale
    from babel.dates import get_timezone_location, get_timezone_name

    there, meant = at.astimezone(zone), at.astimezone(_meant(zone))
    if zone.key.startswith(("UTC", "Etc/")):
        return offset_of(there)
    place = get_timezone_location(zone, locale=locale)
    if _standard(there) != _standard(meant):
        name = place
    elif there.utcoffset() != meant.utcoffset():
        name = get_timezone_name(there, zone_variant=_season(there), locale=locale)
    else:
        name = get_timezone_name(zone, locale=locale)
    if name != place:
        return name
    # Of American Spanish and Canadian French, Babel knows only what a place's summer time is called.
    return get_timezone_location(zone, locale=Locale(locale.language, script=locale.script))


def abbreviation_at(at: datetime, zone: ZoneInfo, locale: Locale) -> str | None:
    """Return the abbreviation of a zone at an instant, as in EST; None if the language has none for it."""
    from babel.dates import get_timezone_name

    there = at.astimezone(zone)
    if _standard(there) != _standard(at.astimezone(_meant(zone))):
        return None
    name = get_timezone_name(there, "short", zone_variant=_season(there), locale=locale)
    return name if name.isalpha() else None


def offset_of(at: datetime) -> str:
    """Return the offset from UTC of an instant in its zone, as in UTC\N{MINUS SIGN}05:00.

    A line may break at a hyphen, but not at a minus.
    """
    return str(timezone(at.utcoffset() or timedelta())).replace("-", "\N{MINUS SIGN}")


def _meant(zone: ZoneInfo) -> ZoneInfo:
    from babel.core import get_global

    name = get_global("zone_aliases").get(zone.key, zone.key)
    return ZoneInfo(MEANT.get(get_global("meta_zones").get(name, ""), zone.key))


def _season(at: datetime) -> Literal["standard", "daylight"]:
    return "standard" if at.utcoffset() == _standard(at) else "daylight"


def _standard(at: datetime) -> timedelta | None:
    """Return a zone's offset in its winter: Ireland's own law calls that of its summer the standard."""
    return min(at.replace(month=month, day=1).utcoffset() or timedelta() for month in (1, 7))
