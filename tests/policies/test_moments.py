"""The form in which the history keeps deadlines: whatever is written is read back unchanged."""

from __future__ import annotations

from datetime import date, time

import pytest

from hiringhall.model import Deadline, Rolling
from hiringhall.policies import moments

DAY = date(2026, 1, 26)
HOUR = 3600


@pytest.mark.parametrize(
    ("at", "offset", "written"),
    [
        (None, None, "2026-01-26[Asia/Tokyo]"),
        (time(17), None, "2026-01-26T17:00[Asia/Tokyo]"),
        (time(17, 5, 30), None, "2026-01-26T17:05:30[Asia/Tokyo]"),
        (time(17), 0, "2026-01-26T17:00+00:00[Asia/Tokyo]"),
        (time(17), 14 * HOUR, "2026-01-26T17:00+14:00[Asia/Tokyo]"),
        (time(17), 5 * HOUR + 30 * 60, "2026-01-26T17:00+05:30[Asia/Tokyo]"),
        (time(17), -3 * HOUR - 30 * 60, "2026-01-26T17:00-03:30[Asia/Tokyo]"),
        (time(17), -30 * 60, "2026-01-26T17:00-00:30[Asia/Tokyo]"),
    ],
)
def test_a_deadline_is_read_back_as_it_was_written(at: time | None, offset: int | None, written: str) -> None:
    deadline = Deadline(DAY, at, offset, "Asia/Tokyo")

    assert moments.written(deadline) == written
    assert moments.read(written, "UTC") == deadline


@pytest.mark.parametrize("zone", ["America/Port-au-Prince", "Etc/GMT+5", "UTC"])
def test_a_zone_of_any_name_is_read_back(zone: str) -> None:
    deadline = Deadline(DAY, time(17), None, zone)

    assert moments.read(moments.written(deadline), "Asia/Tokyo") == deadline


def test_a_rolling_deadline_and_none_are_told_apart() -> None:
    rolling = Rolling("UTC")

    assert moments.read(moments.written(rolling), "UTC") == rolling
    assert moments.read("", "UTC") is None
