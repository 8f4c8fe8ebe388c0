"""Calendars of deadlines, read by icalendar and line by line."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta

import icalendar

from tests.published import Site


def calendars(site: Site) -> dict[str, bytes]:
    found = {path: data for path, data in site.files.items() if path.endswith(".ics")}
    assert len(found) > 30
    return found


def jobs(site: Site) -> dict[str, dict]:
    return {job["slug"]: job for job in json.loads(site.text("jobs.json"))["jobs"]}


def read(data: bytes) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(data)


def slug_of(event: icalendar.Event) -> str:
    return event["URL"].rstrip("/").rpartition("/")[2]


def test_lines_keep_to_their_form(site):
    for path, data in calendars(site).items():
        assert data.endswith(b"END:VCALENDAR\r\n"), path
        assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n"), path
        for line in data.split(b"\r\n"):
            assert len(line) <= 75, (path, line)
            line.decode()  # a fold never splits a character


def test_icalendar_reads_every_calendar(site):
    for path, data in calendars(site).items():
        calendar = read(data)
        assert calendar["VERSION"] == "2.0"
        assert calendar["PRODID"] == "-//Hiring Hall//Deadlines//EN"
        assert "METHOD" not in calendar
        assert not calendar.errors, path
        for event in calendar.events:
            assert not event.errors, path
            assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "URL", "LAST-MODIFIED", "SEQUENCE"} <= set(
                event
            ), path
            assert event["TRANSP"] == "TRANSPARENT"
            assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt
        zones = {component["TZID"] for component in calendar.walk("VTIMEZONE")}
        assert set(re.findall(rb";TZID=([^:;]+)", data)) <= {str(zone).encode() for zone in zones}
        assert calendar.subcomponents, path  # a calendar must hold something


def test_a_calendar_holds_the_dated_postings_of_its_list(site):
    dated = {slug for slug, job in jobs(site).items() if job["deadline"] and job["deadline"]["date"]}
    for path, data in calendars(site).items():
        folder = path.removesuffix("deadlines.ics")
        if not path.startswith("jobs/") and folder not in site.redirects:
            rows = set(site.rows(folder)) if folder else set(site.open)
            found = [slug_of(event) for event in read(data).events]
            assert len(found) == len(set(found))
            live = {slug_of(event) for event in read(data).events if event.get("STATUS") != "CANCELLED"}
            assert live == rows & dated, path


def test_events_fall_on_the_deadline(golden):
    known = jobs(golden)
    events = read(golden.files["deadlines.ics"]).events
    assert len(events) >= 5
    for event in events:
        deadline = known[slug_of(event)]["deadline"]
        starts = event["DTSTART"].dt
        if deadline["time"] is None:
            assert starts == date.fromisoformat(deadline["date"])
            assert not isinstance(starts, datetime)
            assert event.get("DTEND") is None or event["DTEND"].dt == starts + timedelta(days=1)
        else:
            assert starts == datetime.fromisoformat(deadline["ends"])
            assert starts.tzinfo == UTC or starts.utcoffset() == timedelta(0)


def test_every_open_dated_posting_has_a_calendar_of_its_own_that_says_the_same(golden):
    shared = {slug_of(event): event.to_ical() for event in read(golden.files["deadlines.ics"]).events}
    assert shared
    for slug, event in shared.items():
        own = read(golden.files[f"jobs/{slug}/deadline.ics"]).events
        assert [each.to_ical() for each in own] == [event]
        page = golden.page(f"jobs/{slug}/")
        assert f"/board/jobs/{slug}/deadline.ics" in [link.get("href") for link in page.all("a")]


def test_ids_and_words_survive(golden):
    known = jobs(golden)
    for event in read(golden.files["deadlines.ics"]).events:
        job = known[slug_of(event)]
        assert job["id"].endswith(event["UID"])
        assert event["SUMMARY"].startswith("Deadline: ")
        assert job["title"] in event["SUMMARY"]
        assert job["organization"]["name"] in event["SUMMARY"]


def test_a_cancelled_job_says_so_to_those_who_have_its_deadline(golden):
    own = {
        path.split("/")[1]: read(data) for path, data in calendars(golden).items() if path.startswith("jobs/")
    }
    called_off = {
        slug: [event.get("STATUS") for event in own[slug].events] for slug in set(own) & set(golden.closed)
    }
    assert {slug for slug, status in called_off.items() if status == ["CANCELLED"]} == {"analyst-filled"}
    assert {event.get("STATUS") for slug in golden.open if slug in own for event in own[slug].events} == {
        None
    }
