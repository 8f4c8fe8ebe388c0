"""Events: which there are, when, and that each is reported once, everywhere in the same words."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from functools import partial
from zoneinfo import ZoneInfo

import icalendar
import jsonschema
import pytest

from build import build
from hiringhall import changes, pipeline
from hiringhall.changes import Event, Kind
from hiringhall.emitters import calendars, jsonfeed, opendata, rss
from hiringhall.model import ClosedReason, Move
from hiringhall.policies import addresses
from tests import factory, repositories
from tests.emitters import support
from tests.pages.support import Page, site
from tests.sites import empty_content, options, write_posting

PATH = "changes/feed.xml"
HOME = factory.ZONE


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def moved(when: str, before: str, after: str) -> Move:
    return factory.move(when, "deadline", f"{before}[{HOME}]", f"{after}[{HOME}]")


def lapse(when: str, before: str, after: str) -> Move:
    return factory.move(when, "verify_by", before, after)


def events(*postings, now: datetime = factory.NOW) -> tuple[Event, ...]:
    listing = factory.listing(postings, now)
    return changes.since((*listing.open, *listing.closed), 0, HOME)


def told(*postings, now: datetime = factory.NOW) -> list[tuple[str, str, str]]:
    """Return events oldest first, as ISO day, kind and reason."""
    return [
        (f"{date.fromordinal(e.day)}", e.kind.value, e.reason) for e in reversed(events(*postings, now=now))
    ]


ADDED = ("2026-01-12", "opened", "")


def test_an_open_posting_has_opened_and_one_past_its_deadline_has_closed_too():
    posting = factory.posting(deadline=factory.deadline("2026-01-16"))

    assert told(posting, now=at("2026-01-17T04:59:59+00:00")) == [ADDED]
    assert told(posting, now=at("2026-01-17T05:00:00+00:00")) == [ADDED, ("2026-01-16", "closed", "deadline")]


def test_a_posting_that_had_closed_before_it_was_listed_is_not_told_as_new():
    former = factory.posting("former", added=date(2026, 1, 12), deadline=factory.deadline("2019-04-25"))
    entries = factory.listing([former, factory.posting("other", added=date(2026, 1, 10))]).closed
    assert told(former) == [("2019-04-25", "closed", "deadline")]
    assert [event.slug for event in changes.recent(entries, HOME, days=30, enough=1)] == ["former"]
    status = {
        "status": ClosedReason.FILLED,
        "moves": (factory.move("2026-01-14T15:00Z", "status", "", "filled"),),
    }
    assert told(former._replace(**status)) == [("2019-04-25", "closed", "filled")]
    corrected = (moved("2026-01-14T15:00Z", "2019-04-24", "2019-04-25"),)
    assert told(former._replace(moves=corrected)) == [("2019-04-25", "closed", "deadline")]


@pytest.mark.parametrize(
    ("deadline", "opened"),
    [
        pytest.param(factory.deadline("2026-01-12", "04:59", time_zone="UTC"), False, id="midnight to come"),
        pytest.param(factory.deadline("2026-01-12", "05:01", time_zone="UTC"), True, id="midnight past"),
        pytest.param(
            factory.deadline("2026-01-11", time_zone="Pacific/Honolulu"), True, id="still the day before"
        ),
    ],
)
def test_what_was_open_for_an_hour_is_told_as_new_whatever_day_it_is_in_the_zone_of_its_deadline(
    deadline, opened
):
    assert (ADDED in told(factory.posting(posted=None, deadline=deadline))) is opened


NOVEMBER = {"added": date(2025, 11, 1), "posted": None}
OPENED_THEN = [("2025-11-01", "opened", ""), ("2025-12-31", "closed", "unconfirmed")]
WHEN = "2026-01-15T15:00Z"
STATED = factory.move(WHEN, "deadline", "", f"2026-02-16[{HOME}]")
STATED_LATE = factory.move(WHEN, "deadline", "", f"2026-01-13[{HOME}]")


@pytest.mark.parametrize(
    ("fields", "moves", "expected"),
    [
        pytest.param(
            {},
            (moved("2026-01-14T15:00Z", "2026-02-16", "2026-03-02"),
             moved("2026-01-14T18:00Z", "2026-03-02", "2026-02-16")),
            [ADDED],
            id="a deadline moved to and fro on one day has not moved",
        ),
        pytest.param(
            {"deadline": factory.deadline("2026-01-14")},
            (moved("2026-01-16T15:00Z", "2026-02-16", "2026-01-14"),),
            [ADDED, ("2026-01-14", "closed", "deadline")],
            id="a deadline moved into the past has closed",
        ),
        pytest.param(
            {"deadline": factory.deadline("2025-01-14")},
            (moved("2026-01-16T15:00Z", "2026-02-16", "2025-01-14"),),
            [ADDED, ("2026-01-16", "closed", "deadline")],
            id="a deadline moved to before a posting was added closes it on the day of the move",
        ),
        pytest.param(
            {"deadline": factory.deadline("2025-01-14")},
            (moved("2026-01-13T15:00Z", "2026-02-16", "2026-02-20"),),
            [ADDED, ("2026-01-13", "closed", "deadline"), ("2026-01-13", "moved", "")],
            id="a deadline that is not committed closes nothing before what is",
        ),
        pytest.param(
            {"deadline": factory.deadline("2026-01-13")},
            (factory.move("2026-01-13T15:00Z", "status", "", "withdrawn"),
             factory.move("2026-01-15T15:00Z", "status", "withdrawn", ""),
             moved("2026-01-17T15:00Z", "2026-02-16", "2026-01-13")),
            [ADDED, ("2026-01-13", "closed", "withdrawn"), ("2026-01-15", "reopened", ""),
             ("2026-01-17", "closed", "deadline")],
            id="a deadline moved to before it opened again closes it on the day of the move",
        ),
        pytest.param(
            {},
            (factory.move("2026-01-13T15:00Z", "status", "", "withdrawn"),
             factory.move("2026-01-15T15:00Z", "status", "withdrawn", "")),
            [ADDED, ("2026-01-13", "closed", "withdrawn"), ("2026-01-15", "reopened", "")],
            id="a status taken back opens again",
        ),
        pytest.param(
            {"deadline": factory.deadline("2026-01-16"), "status": ClosedReason.WITHDRAWN},
            (factory.move("2026-01-13T15:00Z", "status", "", "filled"),
             factory.move("2026-01-19T15:00Z", "status", "filled", "withdrawn")),
            [ADDED, ("2026-01-13", "closed", "filled")],
            id="a deadline that passes while a job is filled closes nothing a second time",
        ),
        pytest.param(
            {"deadline": None, **NOVEMBER}, (), OPENED_THEN,
            id="a posting that nobody confirmed has closed for that",
        ),
        pytest.param(
            {"deadline": None},
            (lapse("2026-01-13T15:00Z", "2025-03-13", "2026-03-13"),),
            [ADDED],
            id="a slip that closed a posting before it was listed is no event",
        ),
        pytest.param(
            {},
            (moved("2026-01-13T15:00Z", "2025-02-16", "2026-02-16"),),
            [ADDED, ("2026-01-13", "moved", "")],
            id="nor is a deadline that was a slip then",
        ),
        pytest.param(
            {"deadline": None, "verified": date(2026, 1, 15)},
            (lapse(WHEN, "2026-03-13", "2026-03-16"),),
            [ADDED],
            id="a posting confirmed in time has no event of it",
        ),
        pytest.param(
            {}, (STATED, lapse(WHEN, "2026-03-13", "")), [ADDED, ("2026-01-15", "moved", "")],
            id="a deadline found out later decides alone",
        ),
        pytest.param(
            {"deadline": factory.deadline("2026-01-13")},
            (STATED_LATE, lapse(WHEN, "2026-03-13", "")),
            [ADDED, ("2026-01-13", "closed", "deadline")],
            id="a deadline found out when it had passed decides alone",
        ),
        pytest.param(
            NOVEMBER,
            (STATED, lapse(WHEN, "2025-12-31", "")),
            [*OPENED_THEN, ("2026-01-15", "reopened", "")],
            id="a lapsed posting that turns out to have a deadline opens again",
        ),
    ],
)  # fmt: skip
def test_what_moves_in_a_posting_is_told_as_events(fields, moves, expected):
    assert told(factory.posting(moves=moves, **fields)) == expected


def test_a_deadline_moved_in_time_is_one_event_from_its_first_to_its_last_value():
    posting = factory.posting(
        deadline=factory.deadline("2026-03-09"),
        moves=(
            moved("2026-01-14T15:00:00+00:00", "2026-02-16", "2026-03-02"),
            moved("2026-01-14T18:00:00+00:00", "2026-03-02", "2026-03-09"),
        ),
    )
    found = events(posting)

    assert [event.kind for event in found] == [Kind.MOVED, Kind.OPENED]
    assert (found[0].before, found[0].after) == (f"2026-02-16[{HOME}]", f"2026-03-09[{HOME}]")


@pytest.mark.parametrize("before", ["2026-01-16", "2026-01-16T23:59-08:00"])
def test_a_deadline_moved_after_it_had_passed_has_closed_and_opened_again(before: str):
    posting = factory.posting(
        deadline=factory.deadline("2026-02-16"),
        moves=(moved("2026-01-18T15:00:00+00:00", before, "2026-02-16"),),
    )
    expected = [ADDED, ("2026-01-16", "closed", "deadline"), ("2026-01-18", "reopened", "")]

    assert told(posting) == expected
    assert told(posting, now=at("2026-03-01T00:00:00+00:00")) == [
        *expected,
        ("2026-02-16", "closed", "deadline"),
    ]


def test_a_deadline_further_west_that_was_moved_there_after_midnight_closes_at_its_own_hour():
    west = "America/Los_Angeles"
    moves = (factory.move("2026-01-15T06:00Z", "deadline", f"2026-01-14[{HOME}]", f"2026-01-14[{west}]"),)
    posting = factory.posting(deadline=factory.deadline("2026-01-14", time_zone=west), moves=moves)
    closed = [(str(date.fromordinal(e.day)), e.at) for e in events(posting) if e.kind is Kind.CLOSED]
    first, last = (at(f"2026-01-15T0{hour}:00:00+00:00").timestamp() for hour in (5, 8))
    assert closed == [("2026-01-15", last), ("2026-01-14", first)]


def test_a_deadline_that_passed_on_the_day_a_posting_was_listed_had_closed_it():
    posting = factory.posting(moves=(moved("2026-01-14T15:00:00+00:00", "2026-01-12", "2026-02-16"),))
    assert set(told(posting)) == {
        ADDED, ("2026-01-12", "closed", "deadline"), ("2026-01-14", "reopened", "")
    }  # fmt: skip


def test_a_confirmation_on_the_day_of_a_move_is_no_part_of_it():
    posting = factory.posting(
        deadline=factory.deadline(None),
        moves=(
            factory.move("2026-01-14T15:00:00+00:00", "deadline", f"2026-02-16[{HOME}]", "rolling"),
            lapse("2026-01-14T15:00:00+00:00", "", "2026-03-13"),
            lapse("2026-01-14T18:00:00+00:00", "2026-03-13", "2026-03-15"),
        ),
    )
    assert (events(posting)[0].before, events(posting)[0].after) == (f"2026-02-16[{HOME}]", "rolling")


@pytest.mark.parametrize("status", [ClosedReason.FILLED, ClosedReason.WITHDRAWN])
def test_a_status_closes_on_the_day_it_was_set(status):
    set_then = factory.move("2026-01-15T15:00:00+00:00", "status", "", status.value)
    posting = factory.posting(status=status, moves=(set_then,))

    assert told(posting) == [ADDED, ("2026-01-15", "closed", status.value)]
    assert events(posting)[0].at == set_then.at
    assert factory.entry(posting).closed_on == date(2026, 1, 15).toordinal()
    later = at("2027-01-01T00:00:00+00:00")
    assert told(posting, now=later) == told(posting)


def test_a_status_that_nothing_dates_closes_on_no_day():
    posting = factory.posting(status=ClosedReason.FILLED)
    assert told(posting) == [ADDED]
    confirmed = factory.posting(status=ClosedReason.FILLED, verified=date(2026, 1, 15))
    assert told(confirmed) == [ADDED, ("2026-01-15", "closed", "filled")]
    assert events(confirmed)[0].at is None


def test_a_status_keeps_its_day_whatever_moves_later():
    moves = (
        factory.move("2026-01-15T15:00:00+00:00", "status", "", "filled"),
        moved("2026-01-18T15:00:00+00:00", "2026-02-16", "2026-03-02"),
    )
    posting = factory.posting(
        status=ClosedReason.FILLED, moves=moves, deadline=factory.deadline("2026-03-02")
    )

    assert told(posting) == [ADDED, ("2026-01-15", "closed", "filled")]
    assert factory.entry(posting).closed_on == date(2026, 1, 15).toordinal()


def test_a_status_set_after_the_deadline_closes_nothing_a_second_time():
    before = factory.posting(deadline=factory.deadline("2026-01-16"))
    set_then = factory.move("2026-01-19T15:00:00+00:00", "status", "", "filled")
    after = factory.posting(deadline=before.deadline, status=ClosedReason.FILLED, moves=(set_then,))
    dated = factory.posting(deadline=before.deadline, status=ClosedReason.FILLED, verified=date(2026, 1, 19))

    ids = [[changes.id_of(event) for event in events(posting)] for posting in (before, after, dated)]
    assert ids[0] == ids[1] == ids[2]
    assert [factory.entry(posting).closed_on for posting in (before, after, dated)] == [
        date(2026, 1, 16).toordinal()
    ] * 3
    instants = {events(posting)[0].at for posting in (before, after, dated)}
    assert len(instants) == 1
    assert told(after) == [ADDED, ("2026-01-16", "closed", "deadline")]


def test_a_posting_confirmed_after_it_had_lapsed_has_closed_and_opened_again():
    posting = factory.posting(
        deadline=None,
        verified=date(2026, 1, 15),
        moves=(lapse(WHEN, "2025-12-31", "2026-03-16"),),
        **NOVEMBER,
    )
    expected = [*OPENED_THEN, ("2026-01-15", "reopened", "")]

    assert told(posting) == expected
    assert told(posting, now=at("2026-04-01T00:00:00+00:00")) == [
        *expected,
        ("2026-03-16", "closed", "unconfirmed"),
    ]


def test_what_is_not_listed_yet_has_no_events():
    assert told(factory.posting(added=date(2026, 1, 21)), factory.posting("draft", draft=True)) == []


def test_a_first_day_is_told_of_itself_and_the_day_before_is_not():
    opened = factory.posting("opened", added=date(2026, 1, 12))
    closed = factory.posting_closed_on(date(2026, 1, 12), "closed", added=date(2025, 12, 1))
    listing = factory.listing([opened, closed])
    entries = (*listing.open, *listing.closed)

    def slugs(first):
        return [event.slug for event in changes.since(entries, first.toordinal(), HOME)]

    assert slugs(date(2026, 1, 12)) == ["opened", "closed"]
    assert slugs(date(2026, 1, 13)) == []


def test_a_posting_listed_as_withdrawn_has_not_moved_before_that_is_taken_back():
    moves = (
        moved("2026-01-13T15:00:00+00:00", "2026-02-10", "2026-02-16"),
        factory.move("2026-01-15T15:00:00+00:00", "status", "withdrawn", ""),
    )
    assert ("2026-01-13", "moved", "") not in told(factory.posting(moves=moves))


def test_a_posting_listed_as_withdrawn_opens_again_when_that_is_taken_back_and_at_no_other_time():
    deadlines = moved("2026-01-13T15:00Z", "2026-01-12", "2026-02-16")
    listed = factory.posting(status=ClosedReason.WITHDRAWN, moves=(deadlines,))
    assert told(listed) == [ADDED]

    taken_back = factory.move("2026-01-15T15:00Z", "status", "withdrawn", "")
    assert told(listed._replace(status=None, moves=(deadlines, taken_back))) == [
        ADDED,
        ("2026-01-15", "reopened", ""),
    ]


def test_only_the_last_days_with_changes_are_recent():
    postings = [factory.posting(f"p{n}", added=date(2025, 10, 1) + timedelta(days=2 * n)) for n in range(50)]
    listing = factory.listing(postings)

    found = changes.recent(listing.open, HOME, days=30, enough=300)
    assert len(found) == 30
    assert [e.day for e in found] == sorted((e.day for e in found), reverse=True)
    assert changes.recent(listing.open, HOME, days=30, enough=7) == found[:7]
    assert changes.recent((), HOME, days=30, enough=7) == ()


def test_a_day_on_which_a_deadline_moved_is_a_day_with_changes():
    moves = (moved("2026-01-14T15:00:00+00:00", "2026-02-16", "2026-03-02"),)
    listing = factory.listing([factory.posting(deadline=factory.deadline("2026-03-02"), moves=moves)])

    assert [e.kind for e in changes.recent(listing.open, HOME, days=1, enough=9)] == [Kind.MOVED]
    assert [e.kind for e in changes.recent(listing.open, HOME, days=2, enough=9)] == [Kind.MOVED, Kind.OPENED]


def test_a_day_on_which_postings_were_only_confirmed_is_no_day_with_changes():
    moves = (lapse("2026-01-14T15:00Z", "2026-03-13", "2026-03-14"),)
    posting = factory.posting(deadline=None, verified=date(2026, 1, 13), moves=moves)
    former = factory.posting("former", added=date(2026, 1, 10))
    entries = factory.listing([posting, former]).entries

    assert [e.slug for e in changes.recent(entries, HOME, days=2, enough=9)] == [posting.slug, "former"]
    assert [e.slug for e in changes.recent(entries, HOME, days=1, enough=9)] == [posting.slug]


def test_the_newest_are_those_of_whole_days_however_many_are_asked_for():
    postings = [
        factory.posting_closed_on(date(2025, 10, 1) + timedelta(days=3 * n), f"p{n}", added=added)
        for n in range(20)
        for added in (date(2025, 9, 1) + timedelta(days=2 * n),)
    ]
    listing = factory.listing([*postings, *(factory.posting(f"q{n}") for n in range(4))])
    entries = (*listing.open, *listing.closed)

    found = changes.recent(entries, HOME, days=30, enough=300)
    assert {event.kind for event in found} == {Kind.OPENED, Kind.CLOSED}
    for enough in range(1, len(found)):
        last = found[enough - 1].day
        expected = tuple(event for event in found if event.day >= last)
        assert changes.recent(entries, HOME, days=30, enough=enough) == expected


@pytest.mark.parametrize(
    ("instant", "known", "day"),
    [
        pytest.param(None, None, "2026-01-16", id="only the day is known"),
        pytest.param("2026-01-17T05:00:00+00:00", None, "2026-01-16", id="midnight ends the day before"),
        pytest.param("2026-01-17T05:00:01+00:00", None, "2026-01-17", id="a second later does not"),
        pytest.param(
            "2026-01-17T05:00:00+00:00", "2026-01-19T15:00:00+00:00", "2026-01-19", id="known later"
        ),
        pytest.param(
            "2026-01-17T15:00:00+00:00", "2026-01-14T15:00:00+00:00", "2026-01-17", id="known before"
        ),
    ],
)
def test_an_event_is_told_on_the_day_on_which_it_could_be(instant, known, day):
    (event,) = events(factory.posting())
    seconds = [text and int(at(text).timestamp()) for text in (instant, known)]
    event = event._replace(day=date(2026, 1, 16).toordinal(), at=seconds[0], known=seconds[1])

    assert f"{date.fromordinal(changes.told_on(event, ZoneInfo(HOME)))}" == day


def test_an_id_names_slug_kind_and_day_and_nothing_else():
    base = Event(1, None, Kind.CLOSED, "a", "Title", "", "Local")
    others = (
        base._replace(slug="b"),
        base._replace(day=2),
        base._replace(kind=Kind.MOVED),
        base._replace(kind=Kind.REOPENED),
    )
    assert len({changes.id_of(event) for event in (base, *others)}) == 5
    same = (
        base._replace(title="Other"),
        base._replace(organization="x"),
        base._replace(at=5, reason="filled"),
    )
    assert {changes.id_of(event) for event in same} == {changes.id_of(base)}
    opened = base._replace(kind=Kind.OPENED)
    assert changes.id_of(opened) == changes.id_of(opened._replace(day=9)) != addresses.guid("a")


def test_a_posting_that_is_renamed_tells_no_event_anew():
    moves = (
        moved("2026-01-13T15:00:00+00:00", "2026-02-16", "2026-01-14"),
        moved("2026-01-16T15:00:00+00:00", "2026-01-14", "2026-02-16"),
        moved("2026-01-18T15:00:00+00:00", "2026-02-16", "2026-02-17"),
        factory.move("2026-01-19T15:00:00+00:00", "status", "", "filled"),
    )

    def of(slug, *aliases):
        return events(factory.posting(slug, aliases=aliases, moves=moves, status=ClosedReason.FILLED))

    first = [changes.id_of(event) for event in of("dock")]
    assert {event.kind for event in of("dock")} == set(Kind)
    for names in (("harbor", "dock"), ("port", "dock", "harbor")):
        assert {event.slug for event in of(*names)} == {names[0]}
        assert [changes.id_of(event) for event in of(*names)] == first
    assert not set(first) & {changes.id_of(event) for event in of("harbor")}


# The feed, by the rules of RSS and JSON Feed.


def many():
    moves = (moved("2026-01-14T15:00:00+00:00", "2026-02-16", "2026-03-02"),)
    return (
        *support.all_awkward(),
        factory.posting("moved", deadline=factory.deadline("2026-03-02"), moves=moves),
        factory.posting_closed_on(date(2026, 1, 5), "passed"),
        factory.posting("filled", status=ClosedReason.FILLED),
    )


def channel(*postings, now=factory.NOW, where=None) -> ET.Element:
    return support.channel_of(support.files(rss, postings, now, where)[PATH])


def test_r3_guids_are_unique_and_depend_on_no_host_language_or_title():
    ids = [guid.text for guid in channel(*many()).iterfind("item/guid")]
    elsewhere = factory.context(base_url="http://other.example", title="Other", language="es")
    assert len(set(ids)) == len(ids)
    assert [guid.text for guid in channel(*many(), where=elsewhere).iterfind("item/guid")] == ids
    assert not set(ids) & {addresses.guid(posting.slug) for posting in many()}
    assert all(guid.get("isPermaLink") == "false" for guid in channel(*many()).iterfind("item/guid"))


def test_r8_the_same_content_is_the_same_bytes_at_any_hour_of_a_day():
    made = [support.files(rss, many(), factory.NOW + timedelta(hours=hours))[PATH] for hours in (0, 4)]
    assert made[0] == made[1]
    newest = channel(*many()).findtext("lastBuildDate")
    assert newest == max(
        (item.findtext("pubDate") for item in channel(*many()).iterfind("item")), key=parsedate_to_datetime
    )
    assert channel().find("lastBuildDate") is None


def test_r10_a_moved_deadline_is_told_with_both_dates():
    found = {item.findtext("category"): item for item in channel(*many()).iterfind("item")}
    item = found["Deadline moved"]
    assert item.findtext("link") == "https://jobs.example/board/jobs/moved/"
    assert "Now: Monday, March 2, 2026" in item.findtext("description")
    assert "Before: Monday, February 16, 2026" in item.findtext("description")
    assert item.findtext("pubDate") == "Wed, 14 Jan 2026 10:00:00 -0500"


def test_the_json_feed_tells_the_same_and_follows_its_schema():
    feed = json.loads(support.files(jsonfeed, many())["changes/feed.json"])
    schema = json.loads(support.files(opendata, many())["jobs.schema.json"])
    extension = schema["definitions"]["change_extension"] | {"definitions": schema["definitions"]}

    assert feed["_hiring_hall"]["about"].endswith("jobs.schema.json#/definitions/change_extension")
    assert [item["id"] for item in feed["items"]] == [
        guid.text for guid in channel(*many()).iterfind("item/guid")
    ]
    for item in feed["items"]:
        jsonschema.Draft7Validator(extension).validate(item["_hiring_hall"])
        assert None not in item.values()
        assert len(item["tags"]) == 1
        assert datetime.fromisoformat(item["date_published"]) <= factory.NOW
    by_kind = {item["_hiring_hall"]["change"]: item["_hiring_hall"] for item in feed["items"]}
    assert by_kind["moved"] == {
        "change": "moved",
        "posting": addresses.guid("moved"),
        "day": "2026-01-14",
        "closed_because": None,
        "before": f"2026-02-16[{HOME}]",
        "after": f"2026-03-02[{HOME}]",
    }


def test_a_feed_without_changes_is_a_feed():
    assert json.loads(support.files(jsonfeed, ())["changes/feed.json"])["items"] == []
    assert channel().find("item") is None


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("today", "before", "told"),
    [(120, 5, 120), (99, 30, 129), (100, 30, 100), (5, 120, 125), (1010, 1, 1000)],
)
def test_the_feed_holds_whole_days_of_a_hundred_changes_or_more(today: int, before: int, told: int):
    days = [date(2026, 1, 12)] * today + [date(2026, 1, 11)] * before + [date(2026, 1, 10)]
    postings = [factory.posting(f"p{n:04}", added=added) for n, added in enumerate(days)]
    assert len(channel(*postings).findall("item")) == told


def test_every_kind_and_reason_is_worded_in_every_language():
    for language in ("en", "es"):
        wording = factory.wording(language)
        for kind in Kind:
            for reason in ("", *ClosedReason):
                event = Event(1, None, kind, "a", "Title", "", "Local", reason, "", f"2026-01-02[{HOME}]")
                assert "{" not in changes.told(event, wording, HOME) + changes.title_of(event, wording)


# The dates that a moved deadline changes elsewhere, and those it does not.


def test_a_move_updates_the_entry_and_keeps_its_id_and_date():
    day = at("2026-01-16T15:00:00+00:00")
    before = factory.posting()
    after = factory.posting(
        deadline=factory.deadline("2026-03-02"), moves=(moved(day.isoformat(), "2026-02-16", "2026-03-02"),)
    )
    first, second = (
        json.loads(support.files(jsonfeed, [each])["feed.json"])["items"][0] for each in (before, after)
    )

    assert (first["id"], first["date_published"]) == (second["id"], second["date_published"])
    assert "date_modified" not in first
    assert second["date_modified"] == "2026-01-16T10:00:00-05:00"
    item = ET.fromstring(support.files(rss, [after])["feed.xml"]).find("channel/item")
    assert item.findtext("pubDate") == "Mon, 12 Jan 2026 00:00:00 -0500"
    assert item.findtext("{http://www.w3.org/2005/Atom}updated") == "2026-01-16T10:00:00-05:00"


@pytest.mark.parametrize(
    ("posting", "sequence"),
    [
        (factory.posting(), 0),
        (factory.posting(moves=(moved("2026-01-14T15:00:00+00:00", "2026-02-16", "2026-03-02"),)), 1),
        (factory.posting(status=ClosedReason.WITHDRAWN), 1),
        (
            factory.posting(
                status=ClosedReason.WITHDRAWN,
                moves=(factory.move("2026-01-14T15:00:00+00:00", "status", "", "withdrawn"),),
            ),
            1,
        ),
        (
            factory.posting(
                status=ClosedReason.FILLED,
                moves=(
                    factory.move("2026-01-14T15:00:00+00:00", "status", "", "withdrawn"),
                    factory.move("2026-01-15T15:00:00+00:00", "status", "withdrawn", ""),
                ),
            ),
            3,
        ),
    ],
)
def test_an_event_in_a_calendar_counts_its_moves_and_is_stamped_by_the_last(posting, sequence):
    data = support.files(calendars, [posting])["jobs/harbor-organizer/deadline.ics"]
    event = icalendar.Calendar.from_ical(data).walk("VEVENT")[0]
    stated = datetime.combine(posting.confirmed, time(5), UTC)
    last = max([stated, *(datetime.fromtimestamp(each.at, UTC) for each in posting.moves)])

    assert event["SEQUENCE"] == (posting.confirmed - date(1990, 1, 1)).days + sequence
    assert event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt == last
    assert event["UID"] == addresses.guid("harbor-organizer").removeprefix("urn:uuid:")
    assert ("STATUS" in event) is (posting.status is not None)


def test_a_deadline_that_moves_twice_on_one_day_has_two_stamps():
    """A calendar on a phone may leave an event as it is whose stamp is not later than before."""
    moves = (
        moved("2026-01-14T15:00:00+00:00", "2026-02-16", "2026-03-20"),
        moved("2026-01-14T16:30:00+00:00", "2026-03-20", "2026-03-02"),
    )
    stamps = []
    for number, day in enumerate(("2026-02-16", "2026-03-20", "2026-03-02")):
        posting = factory.posting(
            added=date(2026, 1, 14), deadline=factory.deadline(day), moves=moves[:number]
        )
        made = support.files(calendars, [posting]) | support.files(jsonfeed, [posting])
        [event] = icalendar.Calendar.from_ical(made["deadlines.ics"]).walk("VEVENT")
        [item] = json.loads(made["feed.json"])["items"]
        stamps.append(event["LAST-MODIFIED"].dt)
        told = datetime.fromisoformat(item.get("date_modified", item["date_published"]))
        assert told == event["LAST-MODIFIED"].dt == event["DTSTAMP"].dt
    assert stamps == [at("2026-01-14T05:00Z"), at("2026-01-14T15:00Z"), at("2026-01-14T16:30Z")]


def test_a_commit_that_moves_a_deadline_renders_that_posting_anew_and_no_other(tmp_path, monkeypatch):
    content = empty_content(tmp_path)
    repositories.begin(content)
    days = iter(datetime(2026, 1, day, 15, tzinfo=UTC) for day in range(5, 8))
    write = partial(write_posting, content, added="2026-01-02")

    def run():
        made = build(options(tmp_path, "2026-01-20T12:00:00+00:00", content=content))
        assert made.published, made.diagnostics
        feed = json.loads((tmp_path / "site" / "feed.json").read_bytes())
        return {item["url"].split("/")[-2]: item.get("date_modified") for item in feed["items"]}

    rendered = []
    real = pipeline.parts_of
    monkeypatch.setattr(
        pipeline, "parts_of", lambda posting, *given: rendered.append(posting.slug) or real(posting, *given)
    )
    for slug in ("one", "two"):
        write(slug, deadline="2026-02-10")
    repositories.commit(content, at=next(days))
    assert run() == {"one": None, "two": None}
    write("one", deadline="2026-02-20")
    assert run() == {"one": None, "two": None}
    rendered.clear()
    repositories.commit(content, at=next(days))
    assert run() == {"one": "2026-01-06T10:00:00-05:00", "two": None}
    assert rendered == ["one"]
    rendered.clear()
    write("one", deadline="2026-02-20", title="A corrected title")
    repositories.commit(content, at=next(days))
    assert run() == {"one": "2026-01-06T10:00:00-05:00", "two": None}
    assert rendered == ["one"]


def page_of(*postings, language: str = "en") -> Page:
    return Page(site(postings, factory.context(language=language))["changes/index.html"])


def test_a_page_tells_how_many_there_are_of_a_kind_on_a_day_and_why():
    moves = (moved("2026-01-12T15:00:00+00:00", "2026-02-16", "2026-03-02"),)
    postings = (
        factory.posting("new"),
        factory.posting("moved", deadline=factory.deadline("2026-03-02"), moves=moves),
        factory.posting_closed_on(date(2026, 1, 12), "passed", added=date(2026, 1, 2)),
    )
    page, lead = page_of(*postings), "Organizer, Harbor Workers Local 12"

    assert [each.text for each in page.all("h3")] == [
        "New (2)", "Deadline moved (1)", "Closed (1)", "New (1)",
    ]  # fmt: skip
    items = [each.text for each in page.all("li") if each.text.startswith(lead)]
    assert [items[0], items[1], items[4]] == [lead] * 3
    assert items[2].startswith(f"{lead} Now: Monday, March 2, 2026")
    assert items[3] == f"{lead} Deadline passed."
    assert [each.text for each in page_of(*postings, language="es").all("h3")] == [
        "Nuevos (2)", "Con nueva fecha límite (1)", "Cerrado (1)", "Nuevo (1)",
    ]  # fmt: skip


@pytest.mark.no_cover
def test_a_page_lists_the_latest_hundred_changes_and_counts_the_rest():
    def lists(number: int) -> tuple[list[str], int, bool]:
        page = page_of(*(factory.posting(f"p{n:03}", added=date(2026, 1, 12)) for n in range(number)))
        listed = sum("/jobs/" in link.attributes["href"] for link in page.all("a"))
        return [each.text for each in page.all("h3")], listed, "Only the latest 100" in page.one("main").text

    assert lists(120) == (["New (120)"], 100, True)
    assert lists(100) == (["New (100)"], 100, False)
