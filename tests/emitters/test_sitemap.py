from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date

from hiringhall.emitters import sitemap
from hiringhall.model import ClosedReason, StaticPage
from tests import factory
from tests.emitters import support

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def files(*postings, where=None):
    return support.files(sitemap, postings, where=where)


def paths(*postings, where=None):
    found = addresses_in(files(*postings, where=where)["sitemap.xml"])
    return {address.removeprefix("https://jobs.example/board/") for address in found}


def addresses_in(data):
    return {url.findtext(f"{SPACE}loc"): url.findtext(f"{SPACE}lastmod") for url in ET.fromstring(data)}


def test_s1_addresses_are_absolute_of_one_host_and_escaped():
    context = factory.context(base_url="https://jobs.example/a&b")
    data = files(factory.posting(), where=context)["sitemap.xml"]
    assert data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    assert "https://jobs.example/a&b/jobs/harbor-organizer/" in addresses_in(data)
    assert all(address.startswith("https://jobs.example/a&b/") for address in addresses_in(data))
    assert b"a&b" not in data


def test_s1_above_the_limit_there_is_an_index(monkeypatch):
    monkeypatch.setattr(sitemap, "MOST", 10)
    postings = [factory.posting(f"p{n}") for n in range(25)]
    made = files(*postings)
    index = ET.fromstring(made["sitemap.xml"])
    assert index.tag == f"{SPACE}sitemapindex"
    named = [path.removeprefix("https://jobs.example/board/") for path in addresses_in(made["sitemap.xml"])]
    assert sorted(named) == sorted(path for path in made if path.startswith("sitemap-"))
    found = [address for path in named for address in addresses_in(made[path])]
    assert max(len(addresses_in(made[path])) for path in named) == 10
    assert len(found) == len(set(found))
    assert sum("/jobs/" in address for address in found) == 25


def test_s3_closed_postings_aliases_and_empty_lists_are_left_out():
    opened = factory.posting("opened", aliases=("old-name",))
    filled = support.with_status(factory.posting("filled", tags=("politics",)), ClosedReason.FILLED)
    page = StaticPage("about", "about.md", "About", "Who makes it.", "<p>People.</p>\n", aliases=("team",))
    assert paths(opened, filled, where=factory.context()._replace(pages=(page,))) == {
        "",
        "jobs/opened/",
        "organizations/",
        "organizations/harbor-workers-local-12/",
        "locations/",
        "locations/rocky-hill-ct/",
        "locations/connecticut/",
        "tags/",
        "tags/organizing/",
        "types/",
        "types/full-time/",
        "arrangements/",
        "arrangements/hybrid/",
        "archive/",
        "archive/2026/",
        "changes/",
        "statistics/",
        "about/",
    }
    for posting in (opened, filled):
        assert {"changes/", "statistics/"} <= paths(posting)


def test_s3_an_empty_site_has_its_root():
    assert paths() == {""}


def test_a_key_changes_with_addresses_and_dates_only():
    before = support.keys(sitemap, [factory.posting()])
    assert support.keys(sitemap, [factory.posting(summary="Changed.")]) == before
    moves = (factory.move("2026-01-17T09:00-05:00", "deadline", "2026-02-16", "2026-03-02"),)
    for change in ({"verified": date(2026, 1, 17)}, {"moves": moves}):
        after = support.keys(sitemap, [factory.posting(**change)])
        assert {path for path in before if before[path] != after[path]} == {"sitemap.xml"}
