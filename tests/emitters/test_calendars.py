from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringhall.emitters import calendars
from hiringhall.facts import in_brief, place_line
from hiringhall.model import ClosedReason, State
from tests import factory
from tests.emitters import support


def files(*postings, now=factory.NOW, where=None):
    return support.files(calendars, postings, now, where)


def calendar_of(*postings, path="deadlines.ics", now=factory.NOW, where=None):
    return icalendar.Calendar.from_ical(files(*postings, now=now, where=where)[path])


def event_of(*postings, **where):
    return calendar_of(*postings, **where).walk("VEVENT")[0]


def lines_of(data):
    assert data.endswith(b"\r\n")
    return data.removesuffix(b"\r\n").split(b"\r\n")


def test_i2_special_characters_are_escaped():
    raw = b"".join(lines_of(files(support.awkward(3))["deadlines.ics"])).replace(b" ", b"").decode()
    assert r'=HYPERLINK("http://evil.example"\,"x")\;--\\ncomma\,semi\;back\\slash' in raw


@pytest.mark.parametrize("index", range(len(support.AWKWARD)))
def test_i2_awkward_text_survives(index):
    posting = support.awkward(index)
    event = event_of(posting)
    assert event["SUMMARY"] == f"Deadline: {posting.title}, {posting.organization.name}"
    assert f"{posting.title} City" in event["LOCATION"]
    assert posting.application.instructions in event["DESCRIPTION"]
    assert "How to apply: " in event["DESCRIPTION"]
    assert event["DESCRIPTION"].splitlines()[-1] == event["URL"]
    own = calendar_of(posting, path=f"jobs/{posting.slug}/deadline.ics")
    assert own["NAME"] == own["X-WR-CALNAME"] == calendars.escaped(posting.title)


def test_i2_control_characters_cannot_start_a_line():
    posting = factory.posting(title="One\r\nBEGIN:VALARM\rTwo\x00\x0bThree\x7f")
    event = event_of(posting)
    assert event.subcomponents == []
    assert event["SUMMARY"] == "Deadline: One\nBEGIN:VALARM\nTwoThree, Harbor Workers Local 12"


def rise_of(event):
    """Return by how much an event's sequence is above that of a posting nobody has changed."""
    return event["SEQUENCE"] - event_of(factory.posting())["SEQUENCE"]


def test_i4_the_sequence_rises_when_a_change_is_dated():
    assert rise_of(event_of(factory.posting(verified=date(2026, 1, 15)))) == 3
    assert rise_of(event_of(factory.posting(posted=date(2025, 1, 1)))) == 0


def test_i4_the_sequence_does_not_fall_when_the_day_it_was_added_is_stated_late():
    told = {"posted": date(2026, 1, 2), "verified": date(2026, 1, 15)}
    before = factory.posting(added=date(2026, 1, 2), is_added_stated=False, **told)
    after = factory.posting(added=date(2026, 1, 12), **told)
    assert rise_of(event_of(before)) == rise_of(event_of(after)) == 3


@pytest.mark.parametrize("status", [ClosedReason.FILLED, ClosedReason.WITHDRAWN])
def test_i4_a_posting_called_off_leaves_the_lists_and_its_own_file_says_cancelled(status):
    posting = support.with_status(factory.posting(), status)
    made = files(posting)
    assert b"VEVENT" not in made["deadlines.ics"]
    assert b"VEVENT" not in made["tags/organizing/deadlines.ics"]
    event = event_of(posting, path="jobs/harbor-organizer/deadline.ics")
    assert event["STATUS"] == "CANCELLED"
    assert rise_of(event) == 1
    after = files(posting, now=factory.NOW + timedelta(days=60))
    assert b"STATUS:CANCELLED" in after["jobs/harbor-organizer/deadline.ics"]


def test_i4_the_sequence_rises_when_a_job_that_was_filled_from_the_first_is_open_again():
    path = "jobs/harbor-organizer/deadline.ics"
    filled = support.with_status(factory.posting(), ClosedReason.FILLED)
    again = factory.posting(moves=(factory.move("2026-01-15T18:00Z", "status", "filled", ""),))
    assert rise_of(event_of(again, path=path)) > rise_of(event_of(filled, path=path))


@pytest.mark.parametrize("after", ["", "rolling"])
def test_i4_a_deadline_taken_back_leaves_the_lists_and_its_own_file_says_cancelled(after):
    move = factory.move("2026-01-15T18:00Z", "deadline", "2026-02-16T17:00[Asia/Tokyo]", after)
    now_none = factory.deadline(None) if after else None
    posting = factory.posting(deadline=now_none, aliases=("dock-organizer",), moves=(move,))
    made = files(posting)
    own = made.pop("jobs/harbor-organizer/deadline.ics")
    assert made.pop("jobs/dock-organizer/deadline.ics") == own
    assert b"VEVENT" not in b"".join(made.values())
    event = icalendar.Calendar.from_ical(own).walk("VEVENT")[0]
    assert (event["STATUS"], rise_of(event)) == ("CANCELLED", 1)
    assert event["DTSTART"].dt == datetime(2026, 2, 16, 8, tzinfo=UTC)
    assert event["UID"] == event_of(factory.posting("dock-organizer"))["UID"]


def test_i4_of_several_deadlines_the_last_is_the_one_that_is_cancelled():
    stated = ["2026-02-16", "rolling", "2026-02-20", ""]
    moves = tuple(
        factory.move(f"2026-01-{day}T18:00Z", "deadline", *stated)
        for day, stated in zip((13, 14, 15), pairwise(stated), strict=True)
    )
    posting = factory.posting(deadline=None, moves=moves)
    own = icalendar.Calendar.from_ical(files(posting)["jobs/harbor-organizer/deadline.ics"])
    event = own.walk("VEVENT")[0]
    assert (event["STATUS"], event["DTSTART"].dt) == ("CANCELLED", date(2026, 2, 20))


@pytest.mark.parametrize("moved", [("deadline", "rolling", ""), ("verify_by", "2026-02-16", "2026-03-16")])
def test_i4_a_deadline_that_was_never_stated_has_no_file(moved):
    move = factory.move("2026-01-15T18:00Z", *moved)
    assert "jobs/harbor-organizer/deadline.ics" not in files(factory.posting(deadline=None, moves=(move,)))


def test_i4_a_passed_deadline_leaves_the_lists_and_its_own_file_stays():
    posting = factory.posting(deadline=factory.deadline("2026-01-16"))
    made = files(posting)
    own = made.pop("jobs/harbor-organizer/deadline.ics")
    assert b"VEVENT" not in b"".join(made.values())
    assert b"STATUS" not in own
    assert b"DTSTART;VALUE=DATE:20260116" in own


def test_i4_a_former_address_still_has_the_event_and_says_where_it_is_now():
    posting = factory.posting(aliases=("dock-organizer",))
    made = files(posting)
    assert made["jobs/dock-organizer/deadline.ics"] == made["jobs/harbor-organizer/deadline.ics"]
    assert b"/jobs/harbor-organizer/deadline.ics" in made["jobs/dock-organizer/deadline.ics"].replace(
        b"\r\n ", b""
    )


def test_i5_a_calendar_has_a_name_an_address_and_an_interval():
    calendar = calendar_of(factory.posting(), path="tags/organizing/deadlines.ics")
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "Deadlines: Tag: organizing – Hiring Hall"
    assert calendar["SOURCE"] == "https://jobs.example/board/tags/organizing/deadlines.ics"
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=12)
    assert calendar["X-PUBLISHED-TTL"] == "PT12H"


def test_a_list_has_every_open_dated_deadline_and_no_other():
    dated = [factory.posting(f"p{n}", deadline=factory.deadline("2026-02-16")) for n in range(70)]
    rolling = factory.posting("rolling", deadline=factory.deadline(None))
    calendar = calendar_of(*dated, rolling, factory.posting("silent", deadline=None))
    assert len(calendar.walk("VEVENT")) == 70


def test_work_from_anywhere_has_no_location():
    assert "LOCATION" not in event_of(factory.posting(places=()))


def test_a_key_changes_with_its_events_and_not_with_other_postings():
    first, second = factory.posting("a"), factory.posting("b", deadline=None)
    before = support.keys(calendars, [first, second])
    assert support.keys(calendars, [first, second._replace(summary="Other.")]) == before
    assert support.keys(calendars, [first._replace(summary="Other."), second]) != before


def test_a_deadline_that_is_soon_changes_no_calendar_and_one_that_has_passed_does():
    posting, path = factory.posting("a", deadline=factory.deadline("2026-02-16")), "jobs/a/deadline.ics"
    ahead, soon, past = (datetime(2026, 2, day, 12, tzinfo=UTC) for day in (2, 14, 18))
    assert factory.entry(posting, soon).state is State.CLOSING_SOON
    keys = [support.keys(calendars, [posting], now) for now in (ahead, soon, past)]
    made = [files(posting, now=now) for now in (ahead, soon, past)]
    assert keys[0] == keys[1] != keys[2]
    assert made[0] == made[1]
    assert keys[1][path] != keys[2][path]
    assert made[1][path] != made[2][path]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_folding_and_escaping(text):
    data = calendars.fold(f"SUMMARY:{calendars.escaped(text)}")
    assert all(len(line) <= 75 for line in lines_of(data))
    for line in lines_of(data):
        line.decode("utf-8")
    value = data.removesuffix(b"\r\n").replace(b"\r\n ", b"").decode().removeprefix("SUMMARY:")
    plain = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], value)
    assert plain == re.sub("[\0-\x08\x0b-\x1f\x7f]", "", re.sub("\r\n?", "\n", text))


@given(st.text(st.sampled_from("aé👩漢 ,;\\"), min_size=60, max_size=400))
def test_lines_are_filled_as_far_as_characters_allow(text):
    lines = lines_of(calendars.fold(f"X:{text}"))
    assert all(len(line) > 71 for line in lines[:-1])


def test_offices_in_one_city_are_one_place_where_postal_codes_are_left_out():
    offices = [factory.place(postal_code=code) for code in ("06067", "06068", "06069", None)]
    posting = factory.posting(places=(*offices,))
    entry, where = factory.entry(posting), factory.context()
    assert b"\r\nLOCATION:Rocky Hill\\, CT\r\n" in calendars.EVENT.make(posting, entry, where)
    assert place_line(posting, where).split(" · ")[0] == "Rocky Hill, CT"
    assert in_brief(posting, entry, where).split(" · ")[0] == "Rocky Hill, CT"
    two = factory.posting(places=(*offices, factory.place("Hartford")))
    assert in_brief(two, entry, where).split(" · ")[0] == "Rocky Hill, CT; Hartford, CT"
