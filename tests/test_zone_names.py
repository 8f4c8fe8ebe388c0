"""The names of time zones: no zone is called what would have readers come at another hour."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from babel.core import get_global

from hiringhall import zone_names
from hiringhall.wording import locale_of

_DAYS = [datetime(2023, 1, 1, 12, tzinfo=UTC) + timedelta(days=days) for days in range(0, 6 * 365, 7)]


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_zones_of_one_name_have_one_clock(language: str) -> None:
    locale, aliases = locale_of(language), get_global("zone_aliases")
    zones = [ZoneInfo(name) for name in sorted(available_timezones() & get_global("meta_zones").keys())]
    shared = defaultdict[str, list[ZoneInfo]](list)
    for zone in zones:
        shared[get_global("meta_zones")[aliases.get(zone.key, zone.key)]].append(zone)
    wrong = set()
    for kind, alike in shared.items():
        for at in _DAYS if len({_clock(zone) for zone in alike}) > 1 else ():
            found = defaultdict[str, set[timedelta | None]](set)
            for zone in alike:
                found[zone_names.name_at(at, zone, locale)].add(at.astimezone(zone).utcoffset())
            wrong |= {(kind, name) for name, offsets in found.items() if len(offsets) > 1}
    assert wrong == set()
    assert {kind for kind, alike in shared.items() if len(alike) > 1} <= zone_names.MEANT.keys()


def _clock(zone: ZoneInfo) -> tuple[timedelta | None, ...]:
    return tuple(at.astimezone(zone).utcoffset() for at in _DAYS)
