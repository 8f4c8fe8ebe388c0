from __future__ import annotations

import json
from datetime import date, datetime

import jsonschema

from hiringhall.emitters import jsonfeed, opendata
from hiringhall.model import ClosedReason
from hiringhall.policies import addresses
from tests import factory
from tests.emitters import support


def feed_of(*postings, path="feed.json", now=factory.NOW, where=None):
    return json.loads(support.files(jsonfeed, postings, now, where)[path])


def item_of(*postings, **where):
    return feed_of(*postings, **where)["items"][0]


def everything():
    filled = support.with_status(factory.posting("filled"), ClosedReason.FILLED)
    return (*support.all_awkward(), filled, factory.posting_closed_on(date(2026, 1, 5), "passed"))


def all_feeds():
    return {path: json.loads(data) for path, data in support.files(jsonfeed, everything()).items()}


def test_j1_a_feed_names_its_version_title_page_and_address():
    feed = feed_of(factory.posting(), path="tags/organizing/feed.json")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "Tag: organizing – Hiring Hall"
    assert feed["home_page_url"] == "https://jobs.example/board/tags/organizing/"
    assert feed["feed_url"] == "https://jobs.example/board/tags/organizing/feed.json"
    assert feed["language"] == "en"
    assert feed["description"] == "Job openings at unions & their allies."
    assert feed["authors"] == [{"name": "Hiring Hall", "url": "https://jobs.example/board/"}]


def test_j1_a_feed_without_items_has_an_empty_list_and_none_has_a_second_page():
    assert feed_of()["items"] == []
    assert [path for path, feed in all_feeds().items() if "next_url" in feed] == []


def test_j2_an_item_has_an_id_of_the_slug_alone_and_all_its_addresses():
    item = item_of(factory.posting())
    assert item["id"] == addresses.guid("harbor-organizer")
    assert item["url"] == "https://jobs.example/board/jobs/harbor-organizer/"
    assert item["external_url"] == "https://harbor12.example/jobs/organizer"
    assert item["authors"] == [{"name": "Harbor Workers Local 12"}]
    assert item["summary"].endswith("Organize dock workers.")
    assert "Connecticut" in item["tags"]
    assert item["content_html"].index("<strong>Pay:") < item["content_html"].index("Organize")
    assert "content_text" not in item


def test_j2_html_is_in_content_html_only():
    item = item_of(support.awkward(0))
    assert item["title"].startswith("Rock & Roll <b>")
    assert "&lt;b&gt;" in item["content_html"]
    assert "<script" not in item_of(support.awkward(4))["content_html"]


def test_j2_dates_have_the_form_of_rfc_3339_and_do_not_move():
    item = item_of(factory.posting())
    assert item["date_published"] == "2026-01-12T00:00:00-05:00"
    assert "date_modified" not in item
    confirmed = item_of(factory.posting(verified=date(2026, 1, 18)))
    assert confirmed["date_published"] == item["date_published"]
    assert datetime.fromisoformat(confirmed["date_modified"]) == datetime.fromisoformat("2026-01-18T05:00Z")


def test_j2_tags_are_distinct_strings():
    home = factory.posting(places=(), arrangement=factory.Arrangement.REMOTE)
    tags = item_of(home)["tags"]
    assert tags.count("Remote") == 1
    assert all(isinstance(tag, str) for tag in tags)


def test_j3_the_extension_is_explained_once_and_has_no_dots():
    for path, feed in all_feeds().items():
        folder = "https://jobs.example/board/jobs.schema.json"
        name = "change_extension" if path == "changes/feed.json" else "feed_extension"
        assert feed["_hiring_hall"] == {"about": f"{folder}#/definitions/{name}"}, path
        for item in feed["items"]:
            assert "about" not in item["_hiring_hall"]
            assert not [name for name in item["_hiring_hall"] if "." in name]


def test_j3_the_extension_has_the_figures():
    posting = factory.posting(
        salary=factory.salary("18.5", "22", factory.PayPeriod.HOUR, note="Plus stipend"),
        deadline=factory.deadline("2026-02-16", "17:00"),
    )
    assert item_of(posting)["_hiring_hall"] == {
        "state": "open",
        "closed_because": None,
        "closed_on": None,
        "pay": {"min": 18.5, "max": 22, "currency": "USD", "period": "hour", "note": "Plus stipend"},
        "deadline": {
            "rolling": False,
            "date": "2026-02-16",
            "time": "17:00",
            "utc_offset": None,
            "time_zone": "America/New_York",
            "ends": "2026-02-16T22:00:00Z",
        },
        "places": [{"city": "Rocky Hill", "region": "CT", "postal_code": None, "country": "US"}],
        "arrangement": "hybrid",
        "employment_types": ["full-time"],
    }


def test_j3_the_extension_says_why_and_when_a_posting_closed():
    for verified, closed_on in ((date(2026, 1, 15), "2026-01-15"), (None, None)):
        filled = support.with_status(factory.posting(verified=verified), ClosedReason.FILLED)
        extension = item_of(filled, path="archive/feed.json")["_hiring_hall"]
        assert (extension["state"], extension["closed_because"]) == ("closed", "filled")
        assert extension["closed_on"] == closed_on


def test_j3_the_extension_fits_its_published_schema():
    schema = json.loads(support.files(opendata, ())["jobs.schema.json"])
    rule = {"$ref": "#/definitions/feed_extension", "definitions": schema["definitions"]}
    validator = jsonschema.Draft7Validator(rule, format_checker=jsonschema.FormatChecker())
    postings = (feed for path, feed in all_feeds().items() if path != "changes/feed.json")
    items = [item for feed in postings for item in feed["items"]]
    assert {item["_hiring_hall"]["state"] for item in items} == {"open", "closed"}
    for item in items:
        validator.validate(item["_hiring_hall"])
        assert set(item["_hiring_hall"]) == set(schema["definitions"]["feed_extension"]["properties"])


def test_a_site_in_spanish_has_feeds_in_spanish():
    item = item_of(factory.posting(), where=factory.context(language="es"))
    assert "<strong>Pay:" not in item["content_html"]
    assert "16 de febrero de 2026" in item["content_html"]
