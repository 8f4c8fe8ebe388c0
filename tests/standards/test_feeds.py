"""Feeds as programs read them: RSS by feedparser and an XML parser, JSON Feed by a schema of its standard."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from html import escape
from pathlib import Path
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import feedparser
import jsonschema
import pytest

from tests.published import MOVED, NOW, Site, read_html, words

JSON_FEED = json.loads((Path(__file__).parent / "jsonfeed.schema.json").read_text("utf-8"))
RFC_822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) "
                     r"\d{4} \d\d:\d\d:\d\d ([+-]\d{4}|GMT)")  # fmt: skip
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
ATOM = "{http://www.w3.org/2005/Atom}"
FORBIDDEN = {"script", "object", "embed", "meta", "noscript", "style", "iframe", "form"}
MOST = 50
CHANGES = "changes/"


def folders(site: Site) -> list[str]:
    """The folders that have feeds of their own: former addresses repeat those of the present ones."""
    found = [path.removesuffix("feed.xml") for path in site.files if path.endswith("feed.xml")]
    found = [folder for folder in found if folder not in site.redirects]
    assert len(found) > 30
    return found


def lists(site: Site) -> list[str]:
    """The folders whose feeds are lists of postings."""
    return [folder for folder in folders(site) if folder != CHANGES]


def content(item: dict) -> str:
    """The content of an item as HTML."""
    return item["content_html"] if "content_html" in item else f"<p>{escape(item['content_text'])}</p>"


def listed(site: Site, folder: str) -> list[str]:
    """The slugs that the pages of a folder list, in the order of its feeds."""
    if folder == "":
        return site.open
    if folder == "archive/":
        return site.closed
    if folder == "closing-soon/":  # its page is in the order of deadlines
        return site.rows(folder)[::-1]
    return site.rows(folder)


def slug_of(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def json_feed(site: Site, folder: str) -> dict:
    return json.loads(site.text(f"{folder}feed.json"))


def test_every_list_has_both_feeds_and_every_term_a_calendar(site):
    for folder in folders(site):
        assert f"{folder}feed.json" in site.files
        assert (f"{folder}deadlines.ics" in site.files) == (
            folder not in {"archive/", "closing-soon/", CHANGES}
        )


@pytest.mark.filterwarnings("default::DeprecationWarning")
def test_feedparser_reads_every_feed_without_complaint(site):
    for folder in folders(site):
        feed = feedparser.parse(site.files[f"{folder}feed.xml"])
        assert (feed.bozo, feed.version, feed.encoding) == (0, "rss20", "utf-8"), (
            folder,
            feed.get("bozo_exception"),
        )
        assert (
            folder == CHANGES or [slug_of(each.link) for each in feed.entries] == listed(site, folder)[:MOST]
        )
        assert all(entry.id.startswith("urn:uuid:") and not entry.guidislink for entry in feed.entries)


def test_channels_and_items_have_what_the_specification_asks(site):
    titles = set()
    for folder in folders(site):
        channel = ET.fromstring(site.files[f"{folder}feed.xml"]).find("channel")
        assert channel.findtext("link") == site.base + folder
        assert channel.findtext("description")
        assert channel.findtext("language") == site.page("").root.get("lang")
        own = channel.find(f"{ATOM}link").attrib
        assert own == {"rel": "self", "type": "application/rss+xml", "href": f"{site.base}{folder}feed.xml"}
        titles.add(channel.findtext("title"))
        for item in channel.iter("item"):
            order = [child.tag for child in item]
            assert {"title", "link", "description", "guid", "pubDate", "category"} <= set(order)
            assert order.index("description") < [*order, CONTENT].index(CONTENT)
            assert item.find("guid").attrib == {"isPermaLink": "false"}
            assert not item.findall("author")
    assert len(titles) == len(folders(site))


def test_dates_are_in_the_form_and_the_past(golden):
    for folder in folders(golden):
        channel = ET.fromstring(golden.files[f"{folder}feed.xml"]).find("channel")
        stamps = [element.text for element in channel.iter() if element.tag in {"pubDate", "lastBuildDate"}]
        for stamp in stamps:
            assert RFC_822.fullmatch(stamp)
            assert parsedate_to_datetime(stamp).strftime("%a") == stamp[:3]
            assert parsedate_to_datetime(stamp) <= NOW
        dates = [parsedate_to_datetime(item.findtext("pubDate")) for item in channel.iter("item")]
        dates += [datetime.fromisoformat(each.text) for each in channel.iter(f"{ATOM}updated")]
        built = channel.findtext("lastBuildDate")
        assert (parsedate_to_datetime(built) if built else None) == max(dates, default=None), folder


def test_items_are_dated_by_the_day_they_were_added(golden):
    jobs = {job["slug"]: job for job in json.loads(golden.text("jobs.json"))["jobs"]}
    items = json_feed(golden, "")["items"]
    assert len(items) == len(jobs)
    for item in items:
        day = date.fromisoformat(jobs[slug_of(item["url"])]["added"])
        start = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("America/New_York"))
        assert datetime.fromisoformat(item["date_published"]) == start


def test_the_schema_of_json_feed_holds_for_every_feed(site):
    jsonschema.Draft7Validator.check_schema(JSON_FEED)
    schema = jsonschema.Draft7Validator(JSON_FEED)
    for folder in folders(site):
        feed = json_feed(site, folder)
        schema.validate(feed)
        assert feed["home_page_url"] == site.base + folder
        assert feed["feed_url"] == f"{site.base}{folder}feed.json"
        found = [slug_of(item["url"]) for item in feed["items"]]
        assert folder == CHANGES or found == listed(site, folder)[:MOST], folder
        assert len(site.files[f"{folder}feed.json"]) < 250_000


@pytest.mark.parametrize(
    "change",
    [
        {"version": "https://jsonfeed.org/version/1"},
        {"items": [{"id": 1}]},
        {"author": {"name": "x"}},
        {"_a.b": {}},
    ],
)
def test_the_schema_of_json_feed_refuses_what_is_wrong(golden, change):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(json_feed(golden, "") | change, JSON_FEED)


def test_both_feeds_of_a_list_say_the_same(site):
    for folder in folders(site):
        items = list(ET.fromstring(site.files[f"{folder}feed.xml"]).iter("item"))
        found = json_feed(site, folder)["items"]
        assert [(item["id"], item["title"], item["url"]) for item in found] == [
            tuple(each.findtext(name) for name in ("guid", "title", "link")) for each in items
        ]
        assert [item.get("content_html") for item in found] == [each.findtext(CONTENT) for each in items], (
            folder
        )


def test_an_id_is_one_postings_alone_and_the_same_everywhere(golden, bare):
    ids = {}
    for site in (golden, bare):
        for folder in lists(site):
            for item in json_feed(site, folder)["items"]:
                assert ids.setdefault(slug_of(item["url"]), item["id"]) == item["id"]
    assert len(set(ids.values())) == len(ids) == 14
    jobs = json.loads(golden.text("jobs.json"))["jobs"]
    assert {job["slug"]: job["id"] for job in jobs} == {slug: ids[slug] for slug in golden.open}
    # The name space of ids must never change: every subscriber would see every posting again.
    assert ids["clerk-minimal"] == "urn:uuid:993c1aa7-5989-5e90-9ba6-5c32ad58279a"
    assert ids["harbor-lead-organizer"] == "urn:uuid:c7808e64-4d45-5769-950e-382f43056ef0", "its first name's"


def test_content_has_absolute_addresses_and_nothing_that_runs(site):
    for folder in folders(site):
        for item in json_feed(site, folder)["items"]:
            tree = read_html(f"<div>{content(item)}</div>")
            for element in tree.iter():
                assert element.tag not in FORBIDDEN
                assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
                for name in ("href", "src"):
                    assert re.match(r"https?://|mailto:|tel:", element.get(name, "https://")), element.attrib
            assert "<" not in re.sub(
                r"<(all|Sound|/title|em|script|/script|img|!--)[^>]*", "", item.get("summary", "")
            )


def test_a_description_is_the_summary_as_html(golden):
    items = list(ET.fromstring(golden.files["feed.xml"]).iter("item"))
    summaries = [" ".join(item["summary"].split()) for item in json_feed(golden, "")["items"]]
    assert [words(read_html(f"<p>{item.findtext('description')}</p>")) for item in items] == summaries
    hostile = "Write </title> & \"mark\" 'up' <all> day ]]> \\, ; long."
    assert len([summary for summary in summaries if summary.endswith(f". {hostile}")]) == 1


def test_closed_postings_are_in_the_feed_of_the_archive_alone(site):
    for folder in lists(site):
        found = {slug_of(item["url"]) for item in json_feed(site, folder)["items"]}
        assert not found & set(site.open if folder == "archive/" else site.closed), folder
    closed = json_feed(site, "archive/")["items"]
    assert {item["_hiring_hall"]["state"] for item in closed} == {"closed"}


def test_the_feed_of_changes_tells_what_its_page_tells(site):
    """Newest first, each once, from openings to closings; what moved says from when to when."""
    items = json_feed(site, CHANGES)["items"]
    assert 10 < len(items) <= MOST
    assert len({item["id"] for item in items}) == len(items)
    shown = [
        link.get("href", "") for each in site.page(CHANGES).with_class("changes") for link in each.iter("a")
    ]
    assert [slug_of(href) for href in shown] == [slug_of(item["url"]) for item in items]
    days = [item["date_published"] for item in items]
    assert days == sorted(days, reverse=True)
    postings = {item["id"] for folder in lists(site) for item in json_feed(site, folder)["items"]}
    told = [item["_hiring_hall"] for item in items]
    assert {change["posting"] for change in told} <= postings
    schema = json.loads(site.text("jobs.schema.json"))
    wanted = {"$ref": "#/definitions/change_extension", "definitions": schema["definitions"]}
    form = jsonschema.Draft7Validator(wanted)  # checks the schema once only, unlike `validate`
    for change in told:
        form.validate(change)


def test_a_deadline_that_moved_is_a_change(golden):
    moved = [item for item in json_feed(golden, CHANGES)["items"] if item["_hiring_hall"]["before"]]
    assert [(slug_of(item["url"]), item["date_published"][:10]) for item in moved] == [(MOVED, "2026-01-15")]
