"""The life cycle, rule by rule: when a posting closes, why, and in which state it is at an instant."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringhall.model import ClosedReason, Deadline, Rolling, State
from hiringhall.policies import lifecycle
from tests import factory
from tests.factory import due

NEW_YORK = "America/New_York"
SECOND = timedelta(seconds=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("deadline", "closes_at"),
    [
        pytest.param(due("2023-06-16"), "2023-06-17T00:00:00-04:00", id="a bare date lasts through its day"),
        pytest.param(due("2023-12-31"), "2024-01-01T00:00:00-05:00", id="the last day of a year"),
        pytest.param(due("2024-02-29"), "2024-03-01T00:00:00-05:00", id="a leap day"),
        pytest.param(
            due("2023-02-28"), "2023-03-01T00:00:00-05:00", id="the end of February in a common year"
        ),
        pytest.param(
            due("2026-03-07"), "2026-03-08T00:00:00-05:00", id="the night before the clocks go forward"
        ),
        pytest.param(due("2026-03-08"), "2026-03-09T00:00:00-04:00", id="a day of 23 hours"),
        pytest.param(due("2026-11-01"), "2026-11-02T00:00:00-05:00", id="a day of 25 hours"),
        pytest.param(due("2026-06-16", "Asia/Tokyo"), "2026-06-17T00:00:00+09:00", id="east of Greenwich"),
        pytest.param(
            due("2026-06-16", "Pacific/Kiritimati"), "2026-06-16T10:00:00+00:00", id="fourteen hours east"
        ),
        pytest.param(due("2026-06-16", "Etc/GMT+12"), "2026-06-17T12:00:00+00:00", id="anywhere on Earth"),
        pytest.param(
            due("2026-06-16", "Asia/Kathmandu"), "2026-06-17T00:00:00+05:45", id="a quarter-hour zone"
        ),
        pytest.param(
            due("2026-03-28", "Asia/Beirut"), "2026-03-29T01:00:00+03:00", id="a midnight that is skipped"
        ),
        pytest.param(
            due("2026-10-31", "America/Havana"), "2026-11-01T00:00:00-04:00", id="a midnight that comes twice"
        ),
        pytest.param(
            due("2011-12-29", "Pacific/Apia"), "2011-12-31T00:00:00+14:00", id="before a day left out"
        ),
        pytest.param(due("2026-01-26 17:00"), "2026-01-26T17:00:00-05:00", id="a wall-clock time in winter"),
        pytest.param(due("2026-07-26 17:00"), "2026-07-26T17:00:00-04:00", id="a wall-clock time in summer"),
        pytest.param(
            due("2026-03-08 02:30"), "2026-03-08T03:30:00-04:00", id="a time that is skipped: the later"
        ),
        pytest.param(
            due("2026-11-01 01:30"), "2026-11-01T01:30:00-05:00", id="a time that comes twice: the later"
        ),
        pytest.param(
            due("2026-01-26 17:00", offset_hours=1), "2026-01-26T17:00:00+01:00", id="an offset as written"
        ),
        pytest.param(due("2026-01-26 17:00", offset_hours=0), "2026-01-26T17:00:00+00:00", id="a Z"),
        pytest.param(
            due("2026-03-08 02:30", offset_hours=-5), "2026-03-08T02:30:00-05:00", id="an offset has no gap"
        ),
        pytest.param(
            due("2026-06-16 00:00"), "2026-06-16T00:00:00-04:00", id="midnight written is the day's start"
        ),
    ],
)
def test_a_deadline_falls_on_one_instant(deadline: Deadline, closes_at: str) -> None:
    assert lifecycle.instant_of(deadline) == at(closes_at)


@pytest.mark.parametrize(
    ("deadline", "ambiguous"),
    [
        (due("2026-03-08 02:30"), True),
        (due("2026-11-01 01:30"), True),
        (due("2026-11-01 03:00"), False),
        (due("2026-03-08 02:30", offset_hours=-5), False),
        (due("2026-03-08"), False),
    ],
)
def test_only_skipped_and_repeated_times_are_ambiguous(deadline: Deadline, ambiguous: bool) -> None:
    assert bool(lifecycle.ambiguous_readings(deadline)) is ambiguous


@pytest.mark.parametrize(
    ("deadline", "verify_by", "closes_at", "reason"),
    [
        pytest.param(due("2026-06-16"), None, "2026-06-17T00:00:00-04:00", ClosedReason.DEADLINE, id="dated"),
        pytest.param(
            due("2026-06-16"),
            date(2026, 3, 1),
            "2026-06-17T00:00:00-04:00",
            ClosedReason.DEADLINE,
            id="deadline wins",
        ),
        pytest.param(None, None, "2026-03-03T00:00:00-05:00", ClosedReason.UNCONFIRMED, id="undated ages"),
        pytest.param(
            Rolling(NEW_YORK),
            None,
            "2026-03-03T00:00:00-05:00",
            ClosedReason.UNCONFIRMED,
            id="rolling ages too",
        ),
        pytest.param(
            None,
            date(2026, 11, 3),
            "2026-11-04T00:00:00-05:00",
            ClosedReason.UNCONFIRMED,
            id="verify_by lengthens",
        ),
        pytest.param(
            None,
            date(2026, 1, 5),
            "2026-01-06T00:00:00-05:00",
            ClosedReason.UNCONFIRMED,
            id="verify_by shortens",
        ),
    ],
)
def test_dates_decide_when_and_why_a_posting_closes(
    deadline: Deadline | None, verify_by: date | None, closes_at: str, reason: ClosedReason
) -> None:
    closing = lifecycle.closing_of(deadline, date(2026, 1, 1), verify_by, 60, ZoneInfo(NEW_YORK))

    assert closing == (at(closes_at), reason)


@pytest.mark.parametrize(
    ("deadline", "zone"),
    [
        (due("2026-06-16", "Asia/Tokyo"), "Asia/Tokyo"),
        (due("2026-06-16 17:00", "Asia/Tokyo"), "Asia/Tokyo"),
        (due("2026-06-16 23:59", "Asia/Tokyo")._replace(utc_offset=-8 * 3600), "UTC-08:00"),
        (Rolling("Asia/Tokyo"), NEW_YORK),
        (None, NEW_YORK),
    ],
)
def test_the_last_day_counts_where_the_deadline_is_and_without_a_date_where_the_site_is(
    deadline: Deadline | None, zone: str
) -> None:
    assert str(lifecycle.closing_zone(deadline, NEW_YORK)) == zone


@pytest.mark.parametrize(
    ("now", "state", "reason"),
    [
        ("2023-06-09T23:59:59-04:00", State.OPEN, None),
        ("2023-06-10T00:00:00-04:00", State.CLOSING_SOON, None),
        ("2023-06-16T12:00:00-04:00", State.CLOSING_SOON, None),
        ("2023-06-16T23:59:59-04:00", State.CLOSING_SOON, None),
        ("2023-06-17T00:00:00-04:00", State.CLOSED, ClosedReason.DEADLINE),
        ("2023-06-17T04:00:00+00:00", State.CLOSED, ClosedReason.DEADLINE),
    ],
)
def test_a_posting_is_closed_from_the_instant_it_closes_at(
    now: str, state: State, reason: ClosedReason | None
) -> None:
    entry = factory.entry(factory.posting(deadline=due("2023-06-16"), added=date(2023, 6, 1)), at(now))

    assert (entry.state, entry.reason) == (state, reason)


def test_an_undated_posting_is_never_closing_soon() -> None:
    posting = factory.posting(deadline=None, added=date(2026, 1, 1), posted=None, verified=None)

    entry = factory.entry(posting, posting.closes_at - SECOND)

    assert entry.state is State.OPEN


@pytest.mark.parametrize("status", [ClosedReason.FILLED, ClosedReason.WITHDRAWN])
def test_a_status_closes_at_once_on_a_day_that_no_build_moves(status: ClosedReason) -> None:
    posting = factory.posting(deadline=due("2026-06-16"), status=status)

    before = factory.entry(posting, at("2026-01-02T00:00:00+00:00"))
    after = factory.entry(posting, at("2030-01-02T00:00:00+00:00"))

    assert (before.state, before.reason) == (State.CLOSED, status)
    assert before.closed_on == after.closed_on == posting.changed.toordinal()


@pytest.mark.parametrize(
    ("deadline", "statuses", "changes", "closed", "through"),
    [
        pytest.param(
            due("2026-02-16"), {14: ("", "filled")}, {}, "2026-01-14", "2026-01-13", id="filled in time"
        ),
        pytest.param(
            due("2026-02-16"),
            {14: ("", "filled"), 16: ("filled", "withdrawn")},
            {},
            "2026-01-14",
            "2026-01-13",
            id="another reason found out later",
        ),
        pytest.param(
            due("2026-02-16"),
            {13: ("", "filled"), 15: ("filled", ""), 18: ("", "filled")},
            {},
            "2026-01-18",
            "2026-01-17",
            id="taken back and filled again",
        ),
        pytest.param(
            due("2026-01-16"),
            {18: ("", "filled")},
            {},
            "2026-01-16",
            "2026-01-16",
            id="filled after the deadline",
        ),
        pytest.param(
            due("2026-01-16 17:00"),
            {18: ("", "filled")},
            {},
            "2026-01-16",
            "2026-01-15",
            id="filled after a deadline at an hour",
        ),
        pytest.param(
            due("2026-01-16"),
            {16: ("", "filled")},
            {},
            "2026-01-16",
            "2026-01-15",
            id="filled on the last day",
        ),
        pytest.param(
            due("2026-02-16"),
            {},
            {"verified": date(2026, 1, 15)},
            "2026-01-15",
            "2026-01-14",
            id="no history, but confirmed later",
        ),
        pytest.param(
            due("2026-02-16"),
            {12: ("", "filled")},
            {},
            "2026-01-12",
            "2026-01-11",
            id="filled on the day it was added",
        ),
        pytest.param(due("2026-02-16"), {}, {}, None, "2026-01-11", id="nothing dates it"),
    ],
)
def test_a_status_set_after_the_dates_had_closed_a_posting_dates_nothing(
    deadline: Deadline,
    statuses: dict[int, tuple[str, str]],
    changes: dict[str, date],
    closed: str | None,
    through: str,
) -> None:
    moves = tuple(
        factory.move(f"2026-01-{number:02}T12:00Z", "status", *move) for number, move in statuses.items()
    )
    entry = factory.entry(
        factory.posting(deadline=deadline, status=ClosedReason.FILLED, moves=moves, **changes)
    )
    found = lifecycle.closing_day(entry), lifecycle.last_day_through(entry, ZoneInfo(NEW_YORK))

    assert [found_day and f"{date.fromordinal(found_day)}" for found_day in found] == [closed, through]


@pytest.mark.parametrize(
    ("now", "changes", "taken"),
    [
        ("2026-06-16T23:59:59-04:00", {}, True),
        ("2026-06-17T00:00:00-04:00", {}, False),
        ("2026-06-01T00:00:00-04:00", {"draft": True}, False),
        ("2026-06-01T00:00:00-04:00", {"status": ClosedReason.FILLED}, False),
        ("2025-12-01T00:00:00-05:00", {}, True),
    ],
)
def test_only_what_is_open_or_will_be_takes_applications(
    now: str, changes: dict[str, object], taken: bool
) -> None:
    assert (
        lifecycle.takes_applications(factory.posting(deadline=due("2026-06-16"), **changes), at(now)) is taken
    )


def test_a_posting_is_listed_from_the_day_it_was_added_and_a_draft_never() -> None:
    card, draft = (factory.card(factory.posting(draft=is_draft)) for is_draft in (False, True))

    assert [lifecycle.is_listed(card, card.added + days) for days in (-1, 0, 1)] == [False, True, True]
    assert not lifecycle.is_listed(draft, draft.added)


ZONES = st.sampled_from(
    [NEW_YORK, "Europe/London", "Asia/Beirut", "Pacific/Apia", "Australia/Lord_Howe", "UTC"]
)
DAYS = st.dates(date(1990, 1, 1), date(2037, 12, 30))


@given(DAYS, ZONES)
def test_the_last_second_of_a_bare_date_is_still_that_day_and_the_next_is_not(
    written: date, name: str
) -> None:
    zone = ZoneInfo(name)
    instant = lifecycle.instant_of(Deadline(written, None, None, name))

    assert instant is not None
    assert (instant - SECOND).astimezone(zone).date() <= written < instant.astimezone(zone).date()
    assert lifecycle.last_open_day(instant, zone) <= written


@given(DAYS, st.times(), ZONES)
def test_a_wall_clock_deadline_is_never_read_to_the_applicants_harm(
    written: date, clock: time, name: str
) -> None:
    deadline = Deadline(written, clock.replace(microsecond=0), None, name)
    first, second = lifecycle.wall_clock_readings(written, clock.replace(microsecond=0), ZoneInfo(name))

    assert lifecycle.instant_of(deadline) == max(first, second)
    assert bool(lifecycle.ambiguous_readings(deadline)) == (first != second)
