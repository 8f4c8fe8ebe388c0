"""What a listing adds up to: counts over time, pay, and how long postings stay."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hiringhall.changes import open_spans
from hiringhall.model import ClosedReason, Deadline, EmploymentType, Listing, PayPeriod, Posting
from hiringhall.policies.statistics import (
    ALL_TYPES,
    Bucket,
    Pay,
    PayGroup,
    Stated,
    Statistics,
    Stay,
    open_series,
    pay_of,
    percent,
    sample_days,
    statistics_of,
)
from tests import factory

MONDAY = date(2026, 1, 5)
NEW_YEAR = date(2025, 1, 1)


def counted(*postings: Posting, now: datetime = factory.NOW) -> Statistics:
    return counted_in(factory.listing(postings, now))


def counted_in(listing: Listing) -> Statistics:
    return statistics_of(listing, open_spans(listing.entries, factory.ZONE))


def paid(slug: str, low: int | str | None, high: int | str | None, **changes) -> Posting:
    period = changes.pop("period", PayPeriod.YEAR)
    currency = changes.pop("currency", "USD")
    return factory.posting(slug, salary=factory.salary(low, high, period, currency), **changes)


def test_nothing_adds_up_to_nothing() -> None:
    assert counted() == Statistics((), Stated(0, 0), Stated(0, 0), (), (), (), 0, ())


def test_a_posting_is_open_from_the_day_it_was_added_through_the_day_it_closed() -> None:
    found = counted(factory.posting_closed_on(date(2026, 1, 10), added=MONDAY))
    assert found.series == ((MONDAY, 1), (date(2026, 1, 11), 0))


@pytest.mark.parametrize(
    ("deadline", "through"),
    [
        (factory.deadline("2026-01-14"), "2026-01-14"),
        (factory.deadline("2026-01-14", "17:00"), "2026-01-13"),
        (factory.deadline("2026-01-14", time_zone="Asia/Tokyo"), "2026-01-13"),
        (factory.deadline("2026-01-14", time_zone="Pacific/Honolulu"), "2026-01-14"),
        (factory.deadline("2026-01-14", "01:00", time_zone="Asia/Tokyo"), "2026-01-12"),
        (factory.deadline("2026-01-14", "23:00", time_zone="Pacific/Honolulu"), "2026-01-14"),
    ],
)
def test_a_posting_counts_at_the_end_of_each_day_of_the_site_on_which_it_is_open_then(
    deadline: Deadline, through: str
) -> None:
    found = counted(factory.posting(added=MONDAY, posted=None, deadline=deadline))
    assert found.series == ((MONDAY, 1), (date.fromisoformat(through) + timedelta(days=1), 0))


@given(
    st.lists(
        st.tuples(
            st.integers(-9, 9),
            st.none() | st.sampled_from(["00:00", "01:30", "17:00", "23:59:59"]),
            st.sampled_from([factory.ZONE, "Pacific/Honolulu", "Asia/Tokyo", "Pacific/Auckland"]),
            st.sampled_from([None, *ClosedReason]),
        ),
        max_size=9,
    ),
    st.integers(0, 24 * 60),
)
def test_the_series_tells_of_no_day_to_come(
    chosen: list[tuple[int, str | None, str, str]], minute: int
) -> None:
    now = factory.NOW.replace(hour=5, minute=0) + timedelta(minutes=minute)
    postings = [
        factory.posting(
            f"job-{number}",
            added=(factory.NOW - timedelta(days=abs(shift))).date(),
            posted=None,
            deadline=factory.deadline((factory.NOW + timedelta(days=shift)).date(), at, time_zone=zone),
            status=status if status in {ClosedReason.FILLED, ClosedReason.WITHDRAWN} else None,
        )
        for number, (shift, at, zone, status) in enumerate(chosen)
    ]
    listing = factory.listing(postings, now)
    for point in counted_in(listing).series[-1:]:
        assert point.day <= now.astimezone(ZoneInfo(factory.ZONE)).date()
        assert point.open == len(listing.open)


def test_a_posting_counts_not_while_it_was_closed_until_it_opened_again() -> None:
    moves = (
        factory.move("2026-01-07T15:00Z", "status", "", "filled"),
        factory.move("2026-01-10T15:00Z", "status", "filled", ""),
        factory.move(
            "2026-01-13T15:00Z", "deadline", f"2026-01-11[{factory.ZONE}]", f"2026-02-16[{factory.ZONE}]"
        ),
    )
    found = counted(factory.posting(added=MONDAY, posted=None, moves=moves))
    days = (5, 1), (7, 0), (10, 1), (12, 0), (13, 1)
    assert found.series == tuple((date(2026, 1, day), number) for day, number in days)


def test_a_posting_that_had_closed_when_it_was_added_was_never_open() -> None:
    late = factory.posting_closed_on(MONDAY, added=date(2026, 1, 8))
    assert counted(late).series == ()
    assert counted(late).stays == (Stay(ClosedReason.DEADLINE, 1, 0, None, 0),)


def test_the_same_states_give_the_same_statistics() -> None:
    postings = [factory.posting(), factory.posting_closed_on(date(2025, 6, 1), "old")]
    assert counted(*postings) == counted(*postings, now=factory.NOW + timedelta(days=3))


@given(
    st.lists(
        st.tuples(st.integers(738_000, 740_000), st.none() | st.integers(738_000, 740_000)),
        min_size=1,
        max_size=90,
    )
)
@example([(739_000, 739_000)])
def test_the_series_ends_with_what_is_open_now(spans: list[tuple[int, int | None]]) -> None:
    series = open_series(spans)
    assert (series[-1].open if series else 0) == sum(closed_on is None for _, closed_on in spans)
    for day, count in series:
        at = day.toordinal()
        assert count == sum(added <= at and (end is None or at <= end) for added, end in spans)
    days = [point.day for point in series]
    assert days == sorted(set(days))


@pytest.mark.parametrize(
    ("span", "second", "points"),
    [
        (timedelta(days=700), date(2026, 1, 11), 102),
        (timedelta(days=3650), date(2026, 1, 31), 121),
        (timedelta(days=36_500), date(2026, 12, 31), 101),
    ],
)
def test_a_longer_span_has_wider_steps(span: timedelta, second: date, points: int) -> None:
    days = list(sample_days(MONDAY, MONDAY + span))
    assert (days[0], days[1], days[-1]) == (MONDAY, second, MONDAY + span)
    assert abs(len(days) - points) <= 2


def test_more_than_sixty_changes_are_told_by_the_week() -> None:
    days = [MONDAY + timedelta(days=number) for number in range(61)]

    assert [day for day, _ in open_series((day.toordinal(), None) for day in days[:60])] == days[:60]
    assert [day for day, _ in open_series((day.toordinal(), None) for day in days)] == [
        MONDAY,
        *days[6:60:7],
        days[-1],
    ]


def test_the_calendar_has_a_first_and_a_last_day() -> None:
    series = open_series([(1, date.max.toordinal()), (2, None)] + [(day, None) for day in range(3, 80)])
    assert (series[0].day, series[-1]) == (date.min, (date.max, 78))
    assert list(sample_days(date(9999, 12, 25), date.max))[-1] == date.max


def test_pay_without_figures_is_not_stated() -> None:
    found = counted(
        factory.posting("none", salary=None),
        factory.posting("note", salary=factory.salary(None, None, note="Competitive")),
        factory.posting("figures"),
        factory.posting_closed_on(date(2025, 6, 1), "closed", salary=None),
    )
    assert (found.open, found.closed) == (Stated(1, 2), Stated(0, 1))
    assert [group.types[0][1].postings for group in found.all_pay] == [1]


def test_of_pay_with_an_open_end_the_figure_that_is_stated_counts() -> None:
    found = counted(paid("from", 50_000, None), paid("up-to", None, 60_000), paid("exact", 40_000, 40_000))
    (group,) = found.open_pay
    assert dict(group.types)["full-time"] == Pay(3, Decimal(40_000), Decimal(50_000), Decimal(60_000))


def test_pay_is_kept_apart_by_currency_period_and_type_the_most_frequent_first() -> None:
    both = (EmploymentType.CONTRACT, EmploymentType.FULL_TIME)
    found = counted(
        paid("a", "20.50", 25, period=PayPeriod.HOUR, employment_types=()),
        paid("b", 50_000, 50_000, currency="CAD"),
        paid("c", 70_001, 90_000, employment_types=both),
        paid("d", 50_000, 60_000),
        paid("e", 40_000, 44_000),
        paid("f", 4000, 4100, period=PayPeriod.MONTH, employment_types=()),
    )
    full = Pay(3, Decimal(40_000), Decimal(55_000), Decimal(90_000))
    assert found.open_pay == (
        PayGroup(
            "USD",
            "year",
            (
                (ALL_TYPES, full),
                ("full-time", full),
                ("contract", Pay(1, Decimal(70_001), None, Decimal(90_000))),
            ),
        ),
        PayGroup("CAD", "year", (("full-time", Pay(1, Decimal(50_000), None, Decimal(50_000))),)),
        PayGroup("USD", "month", (("not-stated", Pay(1, Decimal(4000), None, Decimal(4100))),)),
        PayGroup("USD", "hour", (("not-stated", Pay(1, Decimal("20.50"), None, Decimal(25))),)),
    )


def test_closed_postings_count_only_in_the_pay_of_all() -> None:
    found = counted(factory.posting_closed_on(date(2025, 6, 1), salary=factory.salary(10, 12)))
    assert found.open_pay == ()
    assert found.all_pay[0].types[0][1].high == 12


@pytest.mark.parametrize(
    ("ranges", "median"),
    [
        ([(1, 1), (2, 2)], None),
        ([(1, 3), (3, 3), (9, 9)], Decimal("3.00")),
        ([(1, 1), (2, 2), (3, 4), (8, 8)], Decimal("2.75")),
        ([(1, 1), (2, 2), (3, 3), (8, 8), (9, 9)], Decimal("3.00")),
        ([(999, 1002), (1000, 1003), (1, 1)], Decimal(1000)),
    ],
)
def test_median_pay(ranges: list[tuple[int, int]], median: Decimal | None) -> None:
    found = pay_of(ranges).median
    assert found == median
    assert str(found) == str(median)


def test_stays_are_told_by_reason() -> None:
    found = counted(
        factory.posting_closed_on(date(2025, 6, 1), "a", added=date(2025, 5, 31)),
        factory.posting_closed_on(date(2025, 6, 1), "b", added=date(2025, 5, 2)),
        factory.posting_closed_on(date(2025, 6, 1), "b-too", added=date(2025, 5, 1)),
        factory.posting_closed_on(date(2025, 6, 1), "c", added=date(2025, 2, 1)),
        *(
            factory.posting(f"d-{day}", added=NEW_YEAR, posted=None, deadline=None, verified=day)
            for day in (NEW_YEAR, date(2025, 1, 11), date(2025, 1, 31))
        ),
    )
    assert found.stays == (
        Stay(ClosedReason.DEADLINE, 4, 1, 30, 120),
        Stay(ClosedReason.UNCONFIRMED, 3, 60, 70, 90),
    )
    assert [bucket.postings for bucket in found.to_deadline] == [1, 0, 1, 1, 0, 1]
    assert (found.to_deadline[0], found.to_deadline[-1]) == (Bucket(0, 7, 1), Bucket(91, None, 1))


def test_a_status_without_a_history_has_no_stay() -> None:
    found = counted(factory.posting("x", status=ClosedReason.FILLED))
    assert (found.stays, found.undated, found.to_deadline) == ((), 1, ())


def test_a_status_with_a_history_has_one() -> None:
    card = factory.card(factory.posting("x", status=ClosedReason.FILLED, added=date(2026, 1, 12)))
    day = date(2026, 1, 17).toordinal()
    card = card._replace(moves=((day, 0, "status", "", "filled"),))
    listing = factory.build_listing([card], datetime(2026, 1, 20, 17, tzinfo=UTC), factory.settings(), "")
    found = counted_in(listing)
    assert (found.stays, found.undated) == ((Stay(ClosedReason.FILLED, 1, 5, None, 5),), 0)


@given(st.integers(0, 400), st.integers(1, 400))
def test_only_none_is_zero_per_cent_and_only_all_is_a_hundred(part: int, rest: int) -> None:
    whole = part + rest
    assert 0 <= percent(part, whole) < 100
    assert (percent(part, whole) == 0) == (part == 0)
    assert percent(whole, whole) == 100
