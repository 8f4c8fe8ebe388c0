from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from build import build
from hiringhall import changes, facts, feeds, syndication
from hiringhall.emitters import aggregator, calendars, jsonfeed, opendata, rss
from hiringhall.model import ClosedReason
from tests import factory
from tests.emitters import support
from tests.sites import assert_as_clean, empty_content, options, write_posting

PAGE = "https://jobs.example/board/jobs/x/"


def test_every_list_of_open_postings_is_a_scope():
    where = factory.context()
    listing = factory.listing([factory.posting("one"), factory.posting("two", tags=("legal",))], where=where)

    scopes = {scope.folder: scope for scope in feeds.open_scopes(listing, where)}

    assert (scopes[""].title, scopes[""].entries) == ("Hiring Hall", listing.open)
    assert [entry.card.slug for entry in scopes["tags/legal/"].entries] == ["two"]
    assert len(scopes) == 1 + sum(len(groups) for groups in listing.groups.values())


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("#pay", f"{PAGE}#pay"),
        ("../y/", "https://jobs.example/board/jobs/y/"),
        ("/board/?a=1&amp;b=2", "https://jobs.example/board/?a=1&amp;b=2"),
        ("//other.example/a", "https://other.example/a"),
        ("", PAGE),
        ("HTTPS://other.example/", "HTTPS://other.example/"),
        ("mailto:a@b.example?subject=x", "mailto:a@b.example?subject=x"),
        ("tel:+18605550100", "tel:+18605550100"),
    ],
)
def test_links_are_made_absolute_and_others_left_alone(written, expected):
    html = f'<p><a rel="nofollow" href="{written}">x</a></p>'
    assert syndication.absolute_links(html, PAGE) == f'<p><a rel="nofollow" href="{expected}">x</a></p>'


def test_addresses_in_how_to_apply_are_links():
    posting = factory.posting(
        application=factory.application(None, instructions="Write to a@b.example & see https://b.example/x.")
    )
    body = syndication.body_of(posting, factory.entry(posting), factory.context())
    assert (
        '</strong> Write to <a href="mailto:a@b.example">a@b.example</a> &amp; see '
        '<a href="https://b.example/x">https://b.example/x</a>.</li>'
    ) in body


@pytest.mark.parametrize(
    ("deadline", "filled", "published"),
    [
        pytest.param(
            factory.deadline("2026-01-12", "17:00"),
            "2026-01-12T18:00-05:00",
            "2026-01-12T17:00-05:00",
            id="later on the day of the deadline",
        ),
        pytest.param(
            factory.deadline("2026-01-12", time_zone="Pacific/Honolulu"),
            "2026-01-13T01:00-05:00",
            "2026-01-12T00:00-05:00",
            id="on the next day here, when it is still the day of the deadline there",
        ),
        pytest.param(
            factory.deadline("2026-01-13", "08:00", time_zone="Pacific/Kiritimati"),
            "2026-01-12T15:00-05:00",
            "2026-01-12T13:00-05:00",
            id="on the day before here, when it is the day of the deadline there",
        ),
    ],
)
def test_a_status_changes_when_a_posting_closed_only_before_its_deadline(deadline, filled, published):
    now, status = datetime.fromisoformat(filled), ClosedReason.FILLED
    before = factory.posting(deadline=deadline)
    after = before._replace(status=status, moves=(factory.move(filled, "status", "", "filled"),))
    where = factory.context()
    entries = [factory.entry(posting, now) for posting in (before, after)]

    closed = [entry for entry in entries if entry.reason]
    assert {syndication.published(entry, where) for entry in closed} == {datetime.fromisoformat(published)}
    assert syndication.published(closed[-1], where) <= now, "which the future never is"
    assert len({entry.closed_on for entry in closed}) == 1


def test_text_that_looks_like_a_link_is_left_alone():
    html = "<p><code> href=&quot;/x&quot;</code> href=/x</p>"
    assert syndication.absolute_links(html, PAGE) == html


def test_a_day_begins_when_the_sites_clocks_say_so():
    beirut = factory.context(time_zone="Asia/Beirut")
    entry = factory.entry(factory.posting(added=date(2026, 3, 29), posted=None))
    assert syndication.published(entry, beirut).isoformat() == "2026-03-29T01:00:00+03:00"


def test_a_posting_closed_by_its_deadline_changed_at_that_instant():
    posting = factory.posting(deadline=factory.deadline("2026-01-16", "17:00"))
    entry, where = factory.entry(posting), factory.context()
    assert syndication.changed(entry, where).isoformat() == "2026-01-16T17:00:00-05:00"


def test_a_posting_confirmed_after_it_had_closed_changed_on_that_day():
    posting = factory.posting(deadline=factory.deadline("2026-01-16"), verified=date(2026, 1, 18))
    entry, where = factory.entry(posting), factory.context()
    assert syndication.changed(entry, where).isoformat() == "2026-01-18T00:00:00-05:00"


def moved(day, before, after):
    return factory.move(f"2026-01-{day}T12:00Z", "status", before, after)


@pytest.mark.parametrize(
    ("status", "moves", "because"),
    [
        (
            ClosedReason.FILLED,
            (moved(15, "", "filled"),),
            "It left the list of open jobs on January 15, 2026.",
        ),
        (ClosedReason.FILLED, (), "It was last known to be open on January 12, 2026."),
        (
            None,
            (moved(13, "", "withdrawn"), moved(14, "withdrawn", "")),
            "The deadline was Friday, January 16, 2026",
        ),
    ],
)
def test_why_a_posting_is_closed_is_told_with_the_day_that_is_known(status, moves, because):
    posting = factory.posting(deadline=factory.deadline("2026-01-16"), status=status, moves=moves)
    assert because in facts.closed_because(posting, factory.entry(posting), factory.context())


def test_a_posting_closed_by_its_employer_changed_on_the_newest_day_it_states():
    filled = support.with_status(factory.posting(verified=date(2026, 1, 14)), ClosedReason.FILLED)
    entry, where = factory.entry(filled), factory.context()
    assert syndication.changed(entry, where).isoformat() == "2026-01-14T00:00:00-05:00"


def test_no_feed_dates_anything_after_the_build():
    where, now = factory.context(), factory.NOW
    days = [date(2026, 1, 20) - timedelta(days=n) for n in range(0, 90, 7)]
    postings = [factory.posting_closed_on(day, f"p{day}", added=day) for day in days]
    ahead = {"verified": date(2026, 1, 21)}
    postings += [factory.posting("open", **ahead)]
    postings += [support.with_status(factory.posting("filled", **ahead), ClosedReason.FILLED)]
    listing = factory.listing(postings, now)
    for feed in feeds.feeds(listing, where):
        newest = feed.newest(where)
        assert newest is None or newest <= now
    assert max(syndication.published(entry, where) for entry in listing.entries) <= now
    assert (
        max(date.fromordinal(each.day) for each in changes.since(listing.entries, 0, factory.ZONE))
        <= now.date()
    )


def test_a_day_to_come_counts_from_that_day_on(tmp_path: Path):
    content = empty_content(tmp_path)
    write_posting(content, "open", verified="2026-11-23")
    write_posting(content, "filled", verified="2026-11-23", status="filled")
    wanted = options(tmp_path, content=content)
    told = {}
    for day in ("2026-11-22", "2026-11-23"):
        at = wanted._replace(now=datetime.fromisoformat(f"{day}T12:00:00+00:00"))
        assert build(at).published
        assert_as_clean(at, day)
        files = (
            "archive/feed.xml",
            "archive/feed.json",
            "feed.json",
            "sitemap.xml",
            "jobs.json",
            "jobs/open/deadline.ics",
        )
        told[day] = {
            name
            for name in files
            if re.search(r"2026-?11-?23|23 Nov 2026", (at.output / name).read_text("utf-8"))
        }
    assert told == {"2026-11-22": {"jobs.json"}, "2026-11-23": {*files}}, (
        "the fact itself is told as it is stated"
    )


UUID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def ids_in_lists(posting) -> dict[str, set[bytes]]:
    """Return by what programs know a posting again, by the file of a list."""
    made = (support.files(each, [posting]) for each in (rss, jsonfeed, opendata, calendars, aggregator))
    files = {path: data for found in made for path, data in found.items()}
    return {path: set(UUID.findall(data)) for path, data in files.items() if not path.startswith("jobs/")}


def test_a_posting_that_is_renamed_is_the_same_to_every_program():
    names = (("dock", ()), ("harbor", ("dock",)), ("port", ("dock", "harbor")))
    first, *later = (ids_in_lists(factory.posting(slug, aliases=aliases)) for slug, aliases in names)
    assert later == [first, first]
    lists = {
        "feed.xml",
        "feed.json",
        "deadlines.ics",
        "jobs.json",
        "jobs.csv",
        "jobs.xml",
        "changes/feed.xml",
    }
    assert lists <= {path for path, ids in first.items() if ids}
    assert first["feed.xml"] == first["feed.json"] == first["jobs.json"] == first["jobs.csv"]


@pytest.mark.parametrize(
    ("seconds", "expected"), [(None, None), (0, "+00:00"), (-12600, "-03:30"), (20700, "+05:45")]
)
def test_offsets_are_written_as_people_write_them(seconds, expected):
    deadline = factory.deadline("2026-02-01", "09:30", utc_offset=seconds)
    assert syndication.deadline_record(deadline)["utc_offset"] == expected


@pytest.mark.parametrize(
    ("amount", "expected"), [("51640", 51640), ("18.50", 18.5), ("1E+5", 100_000), ("0.1", 0.1)]
)
def test_pay_is_a_number(amount, expected):
    record = syndication.pay_record(factory.salary(amount, amount))
    assert (record["min"], type(record["min"])) == (expected, type(expected))


def test_one_instant_is_told_in_the_zone_it_is_given_in():
    east = datetime.fromisoformat("2026-01-15T00:00:00+09:00")
    west = datetime.fromisoformat("2026-01-14T10:00:00-05:00")
    assert east == west
    assert syndication.rfc822(east) == "Thu, 15 Jan 2026 00:00:00 +0900"
    assert syndication.rfc822(west) == "Wed, 14 Jan 2026 10:00:00 -0500"


def test_the_time_of_a_deadline_is_whole() -> None:
    deadline = factory.deadline("2026-02-01", "23:59:59", utc_offset=0)
    record = syndication.deadline_record(deadline)
    assert (record["time"], record["ends"]) == ("23:59:59", "2026-02-01T23:59:59Z")
