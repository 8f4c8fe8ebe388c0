"""From what the versions of a posting said to the moves that its readers could notice.

Owns when two versions mean different things; refuses to know where versions come from.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from hiringhall.model import Deadline, Move, Moved, Rolling, Settings, Version
from hiringhall.policies import lifecycle, moments


def moves_of(past: tuple[Version, ...], added: date, settings: Settings) -> tuple[Move, ...]:
    """Return the moves between versions, oldest first, without those before the posting was listed."""
    zone = ZoneInfo(settings.time_zone)
    found: list[Move] = []
    for before, after in pairwise(past):
        day = datetime.fromtimestamp(after.at, zone).toordinal()
        if day >= added.toordinal():
            found += (Move(day, after.at, *change) for change in _changes(before, after, settings))
    return tuple(found)


def _changes(before: Version, after: Version, settings: Settings) -> Iterator[tuple[str, str, str]]:
    old, new = (moments.read(version.deadline, settings.time_zone) for version in (before, after))
    if _meaning(old) != _meaning(new):
        yield Moved.DEADLINE.value, moments.written(old), moments.written(new)
    was_open_until, open_until = _open_until(before, old, settings), _open_until(after, new, settings)
    if was_open_until != open_until:
        yield Moved.VERIFY_BY.value, was_open_until, open_until
    if before.status != after.status:
        yield Moved.STATUS.value, before.status, after.status


def _open_until(version: Version, deadline: Deadline | Rolling | None, settings: Settings) -> str:
    """Return the last day that a version is open unconfirmed; empty for a dated one, or for no version."""
    if isinstance(deadline, Deadline):
        return ""
    if version.verify_by or not version.confirmed:
        return version.verify_by
    confirmed = date.fromisoformat(version.confirmed)
    return str(lifecycle.last_unconfirmed_day(confirmed, settings.undated_max_age_days))


def _meaning(deadline: Deadline | Rolling | None) -> object:
    """Return what decides when a posting closes: another form of the same instant is not a move."""
    return lifecycle.instant_of(deadline) if isinstance(deadline, Deadline) else deadline
