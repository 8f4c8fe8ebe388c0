"""A page that is open while its site is published anew, in a real browser.

Owns what the page then fetches of another build; refuses to know how sites are published.
"""

from __future__ import annotations

import shutil
from functools import partial

import pytest

from build import build
from tests.browser import expect
from tests.js.reading import NOW, count, painted
from tests.serving import FolderHandler, serving
from tests.sites import empty_content, options, write_posting

pytestmark = pytest.mark.browser

MANY = 140  # so many that the words of texts are in shards by the alphabet
FEW = 20


class Handler(FolderHandler):
    """Knows a file from another one of the same second, as hosts do by its `ETag`."""

    def send_head(self):
        del self.headers["If-Modified-Since"]
        return super().send_head()


@pytest.fixture
def publish(tmp_path):
    """Publish a site of these postings, by slug with their texts; one has closed if its slug says so."""
    content = empty_content(tmp_path)

    def published(texts):
        shutil.rmtree(content / "postings")
        (content / "postings").mkdir()
        for slug, text in texts.items():
            fields = {"deadline": "2026-01-10" if "closed" in slug else "2026-03-01", "added": "2026-01-05"}
            write_posting(content, slug, text, title="Organizer", **fields)
        result = build(options(tmp_path, NOW.isoformat(), content=content))
        assert result.published, result.diagnostics

    return published


@pytest.fixture
def served(tmp_path, publish):
    publish({f"job-{number}": f"Visits to wards, number {number}." for number in range(MANY)})
    with serving(partial(Handler, directory=tmp_path / "site")) as server:
        yield f"{server.root}/"


@pytest.mark.parametrize("postings", [MANY, FEW], ids=["other words in a shard", "a shard that is gone"])
def test_a_search_finds_what_the_new_site_has(open_page, served, publish, postings):
    page = open_page(served)
    page.fill("#filter-q", "wards")
    count(page, f"{MANY} open jobs")
    texts = {f"job-{number}": f"Visits to wards, number {number}." for number in range(postings)}
    publish(texts | {"job-0": "Visits to vineyards.", "new": "A walk in vineyards."})
    page.fill("#filter-q", "vineyards")
    count(page, "2 open jobs")
    expect(page.locator(".filter-note")).to_be_hidden()
    expect(page.locator(".row-hit mark")).to_have_text(["vineyards", "vineyards"])
    page.fill("#filter-q", "")
    count(page, f"{postings + 1} open jobs")


def test_what_is_offered_is_of_the_new_site(open_page, served, publish):
    texts = {f"closed-{number}": f"Visits to orchards, number {number}." for number in range(MANY)}
    publish(texts | {"open": "Visits to wards."})
    page = open_page(served)
    page.fill("#filter-q", "orchards")
    offer = page.locator(".filter-note a")
    expect(offer).to_have_text([f"See {MANY} closed jobs that match"])
    publish(texts | {"open": "Visits to wards.", "closed-0": "Visits to vineyards."})
    page.fill("#filter-q", "vineyards")
    expect(offer).to_have_text(["See 1 closed job that matches"])
    offer.click()
    count(page, "1 closed job")
    expect(page.locator(".row-hit mark")).to_have_text(["vineyards"])


def test_a_host_that_has_the_new_site_in_part_is_not_asked_again_and_again(
    open_page, served, publish, tmp_path
):
    """As the copies of a content delivery network may be for some minutes."""
    page = open_page(served)
    page.fill("#filter-q", "wards")
    count(page, f"{MANY} open jobs")
    old = (tmp_path / "site" / "search" / "open.json").read_bytes()
    page.route("**/search/open.json", lambda route: route.fulfill(body=old, content_type="application/json"))
    publish({f"job-{number}": "Visits to vineyards." for number in range(MANY)})
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.fill("#filter-q", "vineyards")
    expect(page.locator(".filter-note")).to_contain_text("could not be searched")
    painted(page)
    page.wait_for_timeout(500)
    assert asked.count("open.json") == 1, asked
    page.unroute("**/search/open.json")
    page.evaluate("dispatchEvent(new Event('online'))")
    count(page, f"{MANY} open jobs")
    expect(page.locator(".filter-note")).to_be_hidden()
