"""The rules that judge the time of a deadline: by which clocks it is meant.

Owns what is doubtful about a clock; refuses to know how a time or a zone is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hiringhall.intake.fields.countries import country_name
from hiringhall.intake.fields.reading import Reading
from hiringhall.intake.fields.time_zones import MOST_NAMED, zones_in
from hiringhall.model import Deadline, Place, Rolling
from hiringhall.policies import lifecycle, moments
from hiringhall.policies.places import Naming, label_of

Values = Mapping[str, Any]


def check_deadline_time(deadline: Deadline | Rolling | None, reading: Reading) -> None:
    """Warn of a time that the clocks skip or repeat (deadline-ambiguous), or of midnight (deadline-midnight).

    Spreadsheets and databases write 00:00 behind a day that has no time.
    """
    if not isinstance(deadline, Deadline):
        return
    if deadline.at == time(0):
        message = f"00:00 is the start of {deadline.day}, so nobody could apply on that day"
        # The end of the day before is at another instant in another zone.
        end = f" 23:59{moments.offset(deadline.utc_offset)}" if deadline.utc_offset is not None else ""
        hint = f"write {deadline.day} if they can, else {deadline.day - timedelta(days=1)}{end}"
        reading.warn_of("deadline", "deadline-midnight", message, hint)
    readings = lifecycle.ambiguous_readings(deadline)
    if readings:
        closes = lifecycle.instant_of(deadline)
        taken = f"it is read as {closes:%Y-%m-%d %H:%M} UTC"
        message = f"the clocks change at that time in {deadline.time_zone}; {taken}"
        offsets = " or ".join(each.isoformat()[-len("+00:00") :] for each in readings)
        reading.warn_of(
            "deadline",
            "deadline-ambiguous",
            message,
            f"choose another time, or add the offset that is meant: {offsets}",
        )


def check_time_zone(values: Values, reading: Reading) -> None:
    """Warn of `time_zone` where it does not count (time-zone-unused).

    What closes without a stated day counts in the site's zone, and a deadline's own offset comes first.
    """
    zone: str | None = values.get("time_zone")
    deadline: Deadline | Rolling | None = values.get("deadline")
    if zone is None:
        return
    if isinstance(deadline, Rolling) or not reading.member_of("deadline"):
        message = "time_zone has no effect without a deadline date"
        reading.warn_of("time_zone", "time-zone-unused", message, "delete it, or add a deadline")
    elif (
        deadline is not None
        and deadline.utc_offset is not None
        and _offset_in(zone, deadline) != timedelta(seconds=deadline.utc_offset)
    ):
        message = f"the deadline's own offset counts, but {zone} has a different one on that day"
        hint = "delete time_zone, or the offset after the deadline's time"
        reading.warn_of("time_zone", "time-zone-unused", message, hint)


def _offset_in(zone: str, deadline: Deadline) -> timedelta | None:
    """Return the offset from UTC that a zone has at the instant of a deadline."""
    return lifecycle.instant_of(deadline).astimezone(ZoneInfo(zone)).utcoffset()


def check_clock(values: Values, reading: Reading) -> None:
    """Warn of a time that is taken by the site's clocks where those of the job differ (time-zone-assumed).

    Midnight is mostly no time at all, and has its own warning.
    """
    deadline: Deadline | Rolling | None = values.get("deadline")
    places: tuple[Place, ...] = values.get("location") or ()
    if not isinstance(deadline, Deadline) or deadline.at in {None, time(0)}:
        return
    if deadline.utc_offset is not None or reading.member_of("time_zone"):
        return
    own = deadline.time_zone
    zones = [*dict.fromkeys(zone for place in places for zone in zones_in(place))]
    offsets = {_offset_in(zone, deadline) for zone in zones}
    if offsets and _offset_in(own, deadline) not in offsets:
        where = label_of(
            places[0]._replace(city=None), reading.settings.default_country, Naming(country_name)
        )
        message = f"{deadline.at:%H:%M} is taken by the clocks of {own}; those in {where} differ"
        there = " or ".join(zones[:MOST_NAMED])
        hint = f"add time_zone: {there}, or time_zone: {own} if the employer means that"
        reading.warn_of("deadline", "time-zone-assumed", message, hint)
