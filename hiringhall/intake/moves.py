"""From what the versions of a posting said to the moves that its readers could notice.

Owns when two versions mean different things; refuses to know where versions come from.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from hiringhall.model import Deadline, Move, Moved, Settings, Version
from hiringhall.policies import lifecycle, moments


def moves_of(past: tuple[Version, ...], added: date, settings: Settings) -> tuple[Move, ...]:
    """Return the moves between versions, oldest first, but for those before the posting was listed."""
    zone = ZoneInfo(settings.time_zone)
    found: list[Move] = []
    for before, after in pairwise(past):
        day = datetime.fromtimestamp(after.at, zone).toordinal()
        if day >= added.toordinal():
            found += (Move(day, after.at, *change) for change in _changes(before, after, settings.time_zone))
    return tuple(found)


def _changes(before: Version, after: Version, home: str) -> Iterator[tuple[str, str, str]]:
    old, new = moments.read(before.deadline, home), moments.read(after.deadline, home)
    if _meaning(old) != _meaning(new):
        yield Moved.DEADLINE.value, _told(old), _told(new)
    if before.verify_by != after.verify_by:
        yield Moved.VERIFY_BY.value, before.verify_by, after.verify_by
    if before.status != after.status:
        yield Moved.STATUS.value, before.status, after.status


def _meaning(deadline: Deadline | None) -> object:
    """Return what decides when a posting closes: another form of the same instant moves nothing."""
    return None if deadline is None else (deadline.rolling, lifecycle.instant_of(deadline))


def _told(deadline: Deadline | None) -> str:
    return "" if deadline is None else moments.written(deadline)
