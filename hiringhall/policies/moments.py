"""Moments as text: instants for programs, and deadlines in the form in which a posting's history keeps them.

Owns these forms; refuses to know those that people write. A deadline names its zone as RFC 9557 does, but has
an offset from UTC only if somebody stated one.
"""

from __future__ import annotations

from datetime import UTC, datetime, time

from hiringhall.model import Deadline, Rolling

_ROLLING = "rolling"


def written(deadline: Deadline | Rolling | None) -> str:
    """Return a deadline as text, without its zone if that is not known yet (empty); no text for none.

    >>> from datetime import date
    >>> written(Deadline(date(2026, 1, 26), time(17), None, "America/New_York"))
    '2026-01-26T17:00[America/New_York]'
    """
    if deadline is None:
        return ""
    if isinstance(deadline, Rolling):
        return _ROLLING
    zone = f"[{deadline.time_zone}]" if deadline.time_zone else ""
    if deadline.at is None:
        return f"{deadline.day}{zone}"
    return f"{deadline.day}T{clock(deadline.at)}{offset(deadline.utc_offset)}{zone}"


def read(text: str, home: str) -> Deadline | Rolling | None:
    """Return the deadline a text stands for, in the zone `home` if it names none; None for no text.

    >>> read("2026-01-26T17:00", "America/New_York") == read("2026-01-26T17:00[America/New_York]", "UTC")
    True
    """
    if text == _ROLLING:
        return Rolling(home)
    if not text:
        return None
    stamp, _, zone = text.removesuffix("]").partition("[")
    moment = datetime.fromisoformat(stamp)
    offset = moment.utcoffset()
    return Deadline(
        day=moment.date(),
        at=moment.time() if "T" in stamp else None,
        utc_offset=None if offset is None else int(offset.total_seconds()),
        time_zone=zone or home,
    )


def dated(text: str, home: str) -> Deadline | None:
    """Return the same, but None if that has no day."""
    found = read(text, home)
    return found if isinstance(found, Deadline) else None


def clock(at: time) -> str:
    """Return a time of day as HH:MM, with its seconds if it has any.

    >>> clock(time(17)), clock(time(23, 59, 59))
    ('17:00', '23:59:59')
    """
    return at.isoformat("seconds" if at.second else "minutes")


def offset(seconds: int | None) -> str:
    """Return an offset from UTC as +HH:MM or -HH:MM, and nothing for none.

    >>> offset(-12_600)
    '-03:30'
    """
    if seconds is None:
        return ""
    minutes = abs(seconds) // 60
    return f"{'-' if seconds < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"


def utc(at: datetime) -> str:
    """Return an instant in the form of RFC 3339, in UTC.

    >>> utc(datetime.fromisoformat("2026-01-05T09:30-05:00"))
    '2026-01-05T14:30:00Z'
    """
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
