"""The listing: which posting is in which list, in which order, and when that changes next."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringhall.diagnostics import Severity, Span, error, notice, warning
from hiringhall.listing import next_change, remarks, weighed
from hiringhall.model import Arrangement, ClosedReason, EmploymentType, Facet, PayPeriod, Salary, Source
from hiringhall.pages import jsonld
from tests import factory


def slugs(entries: object) -> list[str]:
    return [entry.card.slug for entry in entries]  # type: ignore[attr-defined]


POSTINGS = (
    factory.posting("old", added=date(2026, 1, 2), deadline=factory.deadline("2026-03-01")),
    factory.posting("new", added=date(2026, 1, 19), deadline=factory.deadline("2026-01-25")),
    factory.posting("also-new", added=date(2026, 1, 19), deadline=factory.deadline("2026-01-22")),
    factory.posting_closed_on(date(2026, 1, 19), "just-closed"),
    factory.posting_closed_on(date(2025, 12, 31), "closed-last-year"),
    factory.posting("filled", added=date(2026, 1, 5), status=ClosedReason.FILLED),
    factory.posting("draft", draft=True),
)


def test_postings_are_split_by_life_cycle_and_ordered() -> None:
    listing = factory.listing(POSTINGS)

    assert slugs(listing.open) == ["also-new", "new", "old"]
    assert slugs(listing.closing_soon) == ["also-new", "new"]
    assert slugs(listing.closed) == ["just-closed", "filled", "closed-last-year"]
    assert [(year, slugs(found)) for year, found in listing.years.items()] == [
        (2026, ["just-closed", "filled"]),
        (2025, ["closed-last-year"]),
    ]


def test_a_term_whose_postings_have_all_closed_keeps_its_place() -> None:
    gone = factory.posting_closed_on(date(2026, 1, 2), "gone", tags=("legal",))

    groups = factory.listing([*POSTINGS, gone]).groups[Facet.TAG]

    assert [(group.term.slug, len(group.open), group.closed) for group in groups] == [
        ("legal", 0, 1),
        ("organizing", 3, 3),
    ]


def test_a_term_with_two_labels_is_one_group_named_as_the_newest_posting_names_it() -> None:
    places = [factory.place(city=city) for city in ("Saint-Denis", "Saint Denis", "Saint-Denis")]
    listing = factory.listing(
        [
            factory.posting(f"p{day}", places=(place,), added=date(2026, 1, day))
            for day, place in enumerate(places, 1)
        ]
    )

    (group,) = [group for group in listing.groups[Facet.LOCATION] if "saint" in group.term.slug]
    assert group.term.label.startswith("Saint-Denis")
    assert slugs(group.open) == ["p3", "p2", "p1"]


def test_terms_stand_where_people_look_for_them() -> None:
    names = (
        "Local 10", "Local 11 Unit 10", "Local 11 Unit 9", "local 9", "Local 010", "Local 9A",
        "Avocado Growers", "Ávila Tenants", "Zinc Workers", "9to5",
    )  # fmt: skip
    postings = [
        factory.posting(f"p{number}", organization=factory.organization(name))
        for number, name in enumerate(names)
    ]
    groups = factory.listing(postings).groups[Facet.ORGANIZATION]
    assert [group.term.label for group in groups] == [
        "9to5", "Ávila Tenants", "Avocado Growers", "local 9", "Local 9A", "Local 010", "Local 10",
        "Local 11 Unit 9", "Local 11 Unit 10", "Zinc Workers",
    ]  # fmt: skip


def read(path: str) -> Source:
    """Return the file of a posting that was added or verified later."""
    return Source(path, b"---\nadded: 2026-01-21\nposted: 2026-01-20\nverified: 2026-01-22\n---\n", "")


def test_a_draft_is_in_no_list() -> None:
    listing = factory.listing(POSTINGS)

    assert "draft" not in slugs((*listing.open, *listing.closed))
    assert all("draft" not in slugs(group.open) for groups in listing.groups.values() for group in groups)


def test_a_posting_is_held_back_until_the_day_it_is_added_and_that_is_said() -> None:
    later = factory.posting("later", added=date(2026, 1, 21), posted=None)

    listing = factory.listing([*POSTINGS, later])

    assert "later" not in slugs((*listing.open, *listing.closed))
    told = list(remarks(listing, read))
    assert [(found.code, found.severity, found.span) for found in told] == [
        ("added-later", "notice", (2, 8, 2, 18))
    ]
    assert next_change(listing, factory.settings()) == datetime(2026, 1, 21, 5, tzinfo=UTC)
    assert "later" in slugs(factory.listing([later], datetime(2026, 1, 21, 5, tzinfo=UTC)).open)


def test_an_open_posting_that_search_engines_are_not_told_of_is_told() -> None:
    posted, remote = date(2026, 1, 2), Arrangement.REMOTE
    minnesota = (factory.place(None, "MN"),)
    postings = [
        factory.posting("undated", posted=None),
        factory.posting("dated", posted=posted),
        factory.posting("anywhere", posted=posted, arrangement=remote),
        factory.posting("remote", posted=posted, arrangement=remote, remote_from=minnesota),
        factory.posting_closed_on(date(2026, 1, 10), "gone", added=posted, posted=None, arrangement=remote),
    ]
    listing = factory.listing(postings)
    told = list(remarks(listing, read))
    assert {(found.path, found.code, found.severity) for found in told} == {
        (postings[0].path, "posted-missing", "notice"),
        (postings[2].path, "remote-from-missing", "notice"),
    }
    context = factory.context()
    silent = {
        each.slug for each in postings if jsonld.job_posting(each, factory.entry(each), context) is None
    }
    assert silent == {"undated", "anywhere", "gone"}


def test_a_list_can_refuse_jobs_without_pay_in_figures_but_no_closed_ones_and_no_volunteers() -> None:
    note = Salary(None, None, PayPeriod.YEAR, "USD", "By agreement")
    unpaid, volunteer = {"salary": None}, (EmploymentType.VOLUNTEER,)
    postings = [
        factory.posting("figures"),
        factory.posting("nothing", **unpaid),
        factory.posting("words", salary=note),
        factory.posting("later", added=date(2026, 2, 1), posted=None, **unpaid),
        factory.posting("volunteer", employment_types=volunteer, **unpaid),
        factory.posting("draft", draft=True, **unpaid),
        factory.posting("filled", status=ClosedReason.FILLED, **unpaid),
        factory.posting("gone", added=date(2026, 2, 1), status=ClosedReason.WITHDRAWN, posted=None, **unpaid),
    ]
    where = factory.context(pay_required=True)
    listing = factory.listing(postings, where=where)
    refused = [found.path for found in remarks(listing, read) if found.severity == "error"]
    assert sorted(refused) == sorted(postings[number].path for number in (1, 2, 3))
    assert not [found for found in remarks(factory.listing(postings), read) if found.severity == "error"]


def test_a_posting_that_followers_may_miss_is_told_while_it_is_open_with_the_day_to_write() -> None:
    dates = {"posted": date(2026, 1, 2), "added": date(2026, 1, 2), "is_added_stated": False}
    old = factory.posting("old", **dates)
    gone = factory.posting("gone", **dates, status=ClosedReason.FILLED)
    listing = factory.listing([old, gone])

    (told,) = remarks(listing, read)

    assert (told.path, told.code, told.severity) == (old.path, "added-missing", "notice")
    assert told.hint is not None
    assert "added: 2026-01-20" in told.hint
    tomorrow = next_change(listing, factory.settings())
    assert tomorrow == datetime(2026, 1, 21, 5, tzinfo=UTC), "the hint is another one then"
    (told,) = remarks(factory.listing([old], tomorrow), read)
    assert "added: 2026-01-21" in (told.hint or "")


@pytest.mark.parametrize(("verified", "codes"), [(21, []), (22, ["date-ahead"])])
def test_a_day_to_come_is_no_day_on_which_a_job_was_seen(verified: int, codes: list[str]) -> None:
    """Tomorrow may have begun elsewhere; the build after that day has no such message."""
    seen = factory.posting("seen", deadline=None, verified=date(2026, 1, verified))

    listing = factory.listing([seen])

    told = list(remarks(listing, read))
    assert [found.code for found in told] == codes
    assert all(found.span == (4, 11, 4, 21) for found in told)
    assert next_change(listing, factory.settings()) == datetime(2026, 1, 21, 5, tzinfo=UTC)
    later = factory.listing([seen], datetime(2026, 1, 21, 5, tzinfo=UTC))
    assert list(remarks(later, read)) == []
    assert next_change(later, factory.settings()) == datetime(2026, 1, verified, 5, tzinfo=UTC) or not codes


@pytest.mark.parametrize(
    ("closed", "changed", "severities"),
    [
        (date(2025, 1, 20), date(2025, 1, 1), ["error", "warning", "notice"]),
        (date(2025, 1, 19), date(2025, 1, 1), ["error", "notice"]),
        (date(2016, 3, 1), date(2025, 1, 20), ["error", "warning", "notice"]),
        (date(2016, 3, 1), date(2016, 1, 4), ["error", "notice"]),
    ],
)
def test_what_is_said_of_a_posting_that_closed_long_ago_weighs_less(
    closed: date, changed: date, severities: list[str]
) -> None:
    """A posting added lately with a deadline long ago may have a wrong year."""
    gone = factory.posting_closed_on(closed, "gone", added=changed, posted=changed)
    new = factory.posting("new", deadline=factory.deadline("2026-03-01"))
    listing, settings = factory.listing([gone, new]), factory.settings()
    found = [make(each.path, Span(), "c", "m") for each in (gone, new) for make in (error, warning, notice)]

    told = weighed(found, listing)

    assert [each.severity for each in told if each.path == gone.path] == severities
    assert [each.severity for each in told if each.path == new.path] == [*Severity]
    change = next_change(listing, settings, told)
    assert change is not None
    if "warning" in severities:
        assert change == datetime(2026, 1, 21, 5, tzinfo=UTC)
    else:
        assert change == next_change(listing, settings)
    later = weighed(found, factory.listing([gone, new], change))
    assert [each.severity for each in later if each.path == gone.path] == ["error", "notice"]


def test_the_next_change_is_the_first_posting_to_close_or_to_be_closing_soon() -> None:
    where = factory.context()

    found = next_change(factory.listing(POSTINGS), where.settings)

    assert found == datetime(2026, 1, 23, 5, tzinfo=UTC)
    assert next_change(factory.listing([POSTINGS[0]]), where.settings) == datetime(2026, 2, 23, 5, tzinfo=UTC)
    assert next_change(factory.listing([]), where.settings) is None


@given(st.integers(0, 60 * 86_400))
def test_nothing_changes_before_the_next_change(seconds: int) -> None:
    where = factory.context()
    now = factory.NOW + timedelta(seconds=seconds)
    listing = factory.listing(POSTINGS, now)
    change = next_change(listing, where.settings)
    if change is None:
        return

    def states(at: datetime) -> dict[str, str]:
        found = factory.listing(POSTINGS, at)
        return {entry.card.slug: entry.state for entry in (*found.open, *found.closed)}

    assert states(change - timedelta(seconds=1)) == states(now)
    assert states(change) != states(now)
