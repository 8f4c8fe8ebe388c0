"""A year of a list, built every Monday with one cache: what subscribers receive, from the first to the last.

Forty postings go through the ten lives a posting can have. They are in a repository, as usual.
"""

from __future__ import annotations

import json
import shutil
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import icalendar
import pytest

from build import build
from hiringhall.policies import addresses
from tests import repositories
from tests.sites import empty_content, options, posting_text

pytestmark = pytest.mark.slow

WEEKS = 52
START = datetime(2026, 1, 5, 17, tzinfo=UTC)  # a Monday, noon in New York
FEEDS = ("feed.xml", "feed.json", "deadlines.ics")
Fields = dict[str, str]


def monday(week: int) -> datetime:
    return START + timedelta(weeks=week)


def day(week: int, plus: int = 0) -> str:
    return (monday(week) + timedelta(days=plus)).date().isoformat()


@dataclass
class Life:
    """A posting's life: what its file says from which week on, and how often it closes and opens again."""

    slug: str
    added: int
    chapters: dict[int, Fields]
    closings: int = 1
    reopenings: int = 0
    moves: int = 0
    folder: dict[int, str] = field(default_factory=dict)


def life(number: int) -> Life:  # noqa: C901, PLR0911 -- a table of ten
    added, slug = number * 7 // 8, f"job-{number:02}"

    def until(weeks: int, **more: str) -> Fields:
        return {"deadline": day(added + weeks, 2), **more}

    undated = {"deadline": "rolling"}
    match number % 10:
        case 0:
            return Life(slug, added, {0: until(5)})
        case 1:
            return Life(slug, added, {0: until(3), 2: until(6)}, moves=1)
        case 2:
            return Life(slug, added, {0: until(4), 2: until(4, status="filled")})
        case 3:
            chapters = {0: until(6), 1: until(6, status="withdrawn"), 3: until(6)}
            return Life(slug, added, chapters, closings=2, reopenings=1)
        case 4:
            return Life(slug, added, {0: {}})
        case 5:
            return Life(slug, added, {0: undated, 6: {**undated, "verified": day(added + 6)}})
        case 6:
            return Life(slug, added, {0: until(3), 5: until(8)}, closings=2, reopenings=1)
        case 7:
            chapters = {
                0: until(4),
                1: until(4, title="A title without its slip"),
                2: until(4, title="The same"),
            }
            return Life(slug, added, chapters, folder={2: "moved"})
        case 8:
            return Life(slug, added, {0: until(3), 5: until(3, status="filled")})
        case _:
            return Life(
                slug,
                added,
                {0: {"deadline": '"2027-03-01 17:00"', "time_zone": "America/Chicago"}},
                closings=0,
            )


LIVES = [life(number) for number in range(40)]


@dataclass
class Week:
    """What a week's build published: ids by feed, states of the open ones, and the bytes of every feed."""

    edited: bool
    open: dict[str, ET.Element]
    archive: dict[str, ET.Element]
    changes: dict[str, ET.Element]
    modified: dict[str, str]
    states: dict[str, str]
    sequences: dict[str, int]
    data: dict[str, bytes]


def items(data: bytes) -> dict[str, ET.Element]:
    found = list(ET.fromstring(data).iterfind("channel/item"))
    ids = [item.findtext("guid", "") for item in found]
    assert len(set(ids)) == len(ids), "an id stands twice in one feed"
    return dict(zip(ids, found, strict=True))


def write(folder: Path, one: Life, week: int) -> bool:
    """Bring a posting's file to the state of a week; say whether that changed anything."""
    age = week - one.added
    if age not in one.chapters:
        return False
    for old in folder.rglob(f"{one.slug}.md"):
        old.unlink()
    place = folder / one.folder.get(age, "")
    place.mkdir(exist_ok=True)
    fields = {"added": day(one.added), "deadline": None} | one.chapters[age]
    (place / f"{one.slug}.md").write_text(posting_text(one.slug, **fields), "utf-8")
    return True


def year(folder: Path) -> Iterator[Week]:
    content = empty_content(folder)
    repositories.begin(content)
    for week in range(WEEKS):
        edited = bool([one for one in LIVES if write(content / "postings", one, week)])
        if edited:
            repositories.commit(content, at=monday(week) - timedelta(hours=1))
        result = build(options(folder, monday(week).isoformat(), content=content))
        assert result.published, result.diagnostics
        yield read(folder / "site", edited=edited)


def read(site: Path, *, edited: bool) -> Week:
    feeds = [path for name in FEEDS for path in site.rglob(name)]
    data = {path.relative_to(site).as_posix(): path.read_bytes() for path in feeds}
    data |= {name: (site / name).read_bytes() for name in ("jobs.json", "jobs.csv")}
    listed = json.loads(data["feed.json"])["items"]
    events = icalendar.Calendar.from_ical(data["deadlines.ics"]).walk("VEVENT")
    return Week(
        edited=edited,
        open=items(data["feed.xml"]),
        archive=items(data["archive/feed.xml"]),
        changes=items(data["changes/feed.xml"]),
        modified={item["id"]: item.get("date_modified", item["date_published"]) for item in listed},
        states={job["id"]: job["state"] for job in json.loads(data["jobs.json"])["jobs"]},
        sequences={f"urn:uuid:{event['UID']}": int(event["SEQUENCE"]) for event in events},
        data=data,
    )


@cache
def weeks() -> list[Week]:
    """Called by tests, which coverage leaves out, and not a fixture, which it would measure."""
    if shutil.which("git") is None:
        pytest.skip("Git is not installed")
    with TemporaryDirectory() as folder:
        return list(year(Path(folder)))


def test_no_id_changes_and_none_is_of_two_postings():
    links = defaultdict(set)
    for week in weeks():
        for guid, item in (*week.open.items(), *week.archive.items()):
            links[guid].add(item.findtext("link"))
    expected = {addresses.guid(one.slug): {f"https://jobs.example/jobs/{one.slug}/"} for one in LIVES}
    assert links == expected


def test_an_open_posting_is_in_the_open_feed_and_a_closed_one_in_the_archive():
    for number, week in enumerate(weeks()):
        added = {addresses.guid(one.slug) for one in LIVES if one.added <= number}
        assert week.open.keys() == week.states.keys() == week.modified.keys()
        assert week.open.keys() | week.archive.keys() == added
        assert not week.open.keys() & week.archive.keys()
    stays = {addresses.guid(one.slug) for one in LIVES if not one.closings}
    assert weeks()[-1].open.keys() == stays


def test_every_opening_and_closing_is_told_exactly_once():
    told = {}
    for week in weeks():
        for guid, item in week.changes.items():
            what = (item.findtext("link"), item.findtext("category"), item.findtext("pubDate"))
            assert told.setdefault(guid, what) == what, "a change was told in two ways"
    found = Counter((link.split("/")[-2], kind) for link, kind, _ in told.values())
    expected = Counter()
    for one in LIVES:
        expected[one.slug, "New"] = 1
        expected[one.slug, "Closed"] = one.closings
        expected[one.slug, "Open again"] = one.reopenings
        expected[one.slug, "Deadline moved"] = one.moves
    assert found == +expected


def test_a_change_is_told_in_the_week_it_shows():
    """What is new in the feed of changes is what left one feed and entered another since the week before."""
    for before, week in pairwise(weeks()):
        fresh = [item for guid, item in week.changes.items() if guid not in before.changes]
        closed = {item.findtext("link") for item in fresh if item.findtext("category") == "Closed"}
        opened = {
            item.findtext("link") for item in fresh if item.findtext("category") in {"New", "Open again"}
        }
        assert closed == {
            item.findtext("link") for guid, item in week.archive.items() if guid not in before.archive
        }
        assert opened == {
            item.findtext("link") for guid, item in week.open.items() if guid not in before.open
        }


def test_no_published_date_in_a_feed_moves_and_no_changed_date_goes_back():
    modified = {}
    for before, week in pairwise(weeks()):
        for earlier, later in ((before.open, week.open), (before.archive, week.archive)):
            for guid in earlier.keys() & later.keys():
                assert earlier[guid].findtext("pubDate") == later[guid].findtext("pubDate")
        for guid, moment in week.modified.items():
            assert datetime.fromisoformat(moment) >= datetime.fromisoformat(modified.get(guid, moment))
            modified[guid] = moment


def test_what_is_new_in_a_feed_has_the_date_of_the_week_in_which_it_came():
    """Feed readers put an entry where its date is, and leave out those from long ago."""
    for number, (before, week) in enumerate(pairwise(weeks()), 1):
        soon = [items(each.data["closing-soon/feed.xml"]) for each in (before, week)]
        for earlier, later in ((before.open, week.open), (before.archive, week.archive), soon):
            for guid in later.keys() - earlier.keys():
                if later is week.open and guid in before.archive:
                    continue  # it is the old entry, which is open again
                published = parsedate_to_datetime(later[guid].findtext("pubDate"))
                assert monday(number - 1) - timedelta(days=1) < published <= monday(number), guid


def test_only_a_moved_deadline_raises_the_sequence_and_dates_the_entry():
    for one in LIVES:
        guid = addresses.guid(one.slug)
        seen = [week.sequences[guid] for week in weeks() if guid in week.sequences]
        assert seen == sorted(seen)
        changes = [chapter for age, chapter in one.chapters.items() if age and "title" not in chapter]
        ended_open = one.slug[-1] in "136"
        if seen:
            assert seen[-1] - seen[0] == (len(changes) if ended_open else 0), one.slug
        if one.slug.endswith("7"):
            assert len({week.modified[guid] for week in weeks() if guid in week.modified}) == 1


def test_a_week_in_which_nothing_happens_leaves_every_byte_as_it_was():
    quiet = [
        (before, week)
        for before, week in pairwise(weeks())
        if not week.edited and before.states == week.states
    ]
    assert len(quiet) >= 3
    for before, week in quiet:
        assert before.data == week.data


def test_a_feed_that_does_not_hold_a_changed_posting_keeps_its_bytes():
    for before, week in pairwise(weeks()):
        changed = {name for name in before.data if before.data[name] != week.data.get(name)}
        for number in range(len(LIVES)):
            feed, guid = f"organizations/local-{number:02}/feed.xml", addresses.guid(f"job-{number:02}")
            if feed in changed:
                assert week.edited or before.states.get(guid) != week.states.get(guid)
