"""The site without JavaScript: everything is found, read and applied for."""

from __future__ import annotations

import json

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def plain(tab):
    """A tab that runs no scripts, and the way to open addresses in it."""
    return tab(java_script_enabled=False)


def heading(page):
    return page.locator("h1").inner_text()


def test_the_index_leads_to_every_posting(plain, golden):
    page = plain.open()
    found = []
    while True:
        found += page.locator("[data-list] h3 a").evaluate_all(
            "(links) => links.map((link) => link.pathname)"
        )
        older = page.locator("nav.pager a[rel=next]")
        if not older.count():
            break
        older.click()
        page.wait_for_load_state()
    assert found == [f"/board/jobs/{slug}/" for slug in golden.open]
    assert plain.complaints == []


@pytest.mark.parametrize("panel", ["details[data-facet=tags]", "details.subscribe"])
def test_no_open_panel_lies_over_what_follows(plain, panel):
    page = plain.open()
    page.locator(f"{panel} > summary").click()
    below = page.locator(f"{panel} > :not(summary)").bounding_box()
    row = page.locator("[data-list] h3 a").first.bounding_box()
    assert below["y"] + below["height"] <= row["y"]


@pytest.mark.parametrize(("width", "scripts"), [(1280, False), (760, False), (320, False), (760, True)])
def test_what_opens_a_panel_stays_where_it_was_pressed(tab, width, scripts):
    page = tab(java_script_enabled=scripts, viewport={"width": width, "height": 900}).open()
    for panel in ("details[data-facet=types]", "details.subscribe"):
        summary = page.locator(f"{panel} > summary")
        before = summary.bounding_box()
        summary.click()
        page.locator(f"{panel} a").first.wait_for()
        assert summary.bounding_box() == before, panel
        summary.click()


def test_facets_are_browsed_by_links_and_nothing_dead_is_shown(plain):
    page = plain.open("?type=internship")
    assert page.locator("[data-list] h3").first.is_visible()
    note = page.locator(".filter noscript p")
    assert note.is_visible()
    assert note.inner_text().startswith("Search and filters need JavaScript, so this list is not filtered.")
    assert page.locator("input, select, button").count() == 0
    group = page.locator("details[data-facet=tags]")
    assert not group.locator("a").first.is_visible()
    group.locator("summary").click()
    group.get_by_role("link", name="Law & policy").click()
    assert heading(page) == "Law & policy"
    assert page.locator("[data-list] li").count() == 1
    page.get_by_role("link", name="Next").click()
    assert heading(page) == "Law & policy"
    page.locator("p.kicker a").click()
    assert page.url.endswith("/board/tags/")
    page.locator("main").get_by_role("link", name="Organizing").click()
    page.locator("[data-list] h3 a").click()
    assert heading(page) == 'Lead Organizer, "Tug & Ferry" <Sound>'


def test_a_posting_shows_its_facts_and_how_to_apply(plain, golden):
    for job in json.loads(golden.text("jobs.json"))["jobs"]:
        page = plain.open(f"jobs/{job['slug']}/")
        # The place says it where there is none.
        arrangement = ("arrangement",) if job["places"] or job["arrangement_note"] else ()
        for fact in ("pay", "deadline", "location", *arrangement, "type"):
            assert page.locator(f".fact-{fact} dd").is_visible()
        way, application = page.locator("[data-apply]"), job["application"]
        if application["url"]:
            button = way.locator("a.button").first
            assert button.is_visible()
            assert button.get_attribute("href") == application["url"]
        if application["email"]:
            address = way.get_by_role("link", name=application["email"], exact=True)
            assert address.is_visible()
            assert address.get_attribute("href").startswith("mailto:")
        if application["instructions"]:
            assert way.get_by_text(application["instructions"]).is_visible()
        assert page.locator(".prose").is_visible()
        page.locator(".prose ~ footer").get_by_role("link", name="How to apply").click()
        assert way.evaluate("(way) => Math.abs(way.getBoundingClientRect().top) < innerHeight")


def test_a_closed_posting_is_found_in_the_archive_and_says_so_first(plain):
    page = plain.open()
    page.locator("nav.nav").get_by_role("link", name="Archive").click()
    page.locator("nav.years").get_by_role("link", name="2025").click()
    page.get_by_role("link", name="Steward").click()
    assert page.locator("article > :first-child").inner_text().startswith("This job is closed")
    assert page.locator("[data-apply], [href='#apply'], a.button").count() == 0
    page.get_by_role("link", name="See the open jobs").click()
    assert page.url == plain.home


def test_a_former_address_sends_on(plain):
    page = plain.page
    page.goto(f"{plain.home}jobs/tug-and-ferry-organizer/")
    page.wait_for_url("**/jobs/harbor-lead-organizer/")
    assert heading(page).startswith("Lead Organizer")


def test_a_wrong_address_leads_on(plain):
    page = plain.open("jobs/no-such-job/")
    assert page.locator("h1").is_visible()
    page.locator("main").get_by_role("link", name="All open jobs").click()
    assert page.url == plain.home


def test_a_feed_is_readable_in_a_browser(plain):
    page = plain.page
    page.goto(f"{plain.home}feed.xml")
    assert "To subscribe" in page.content()
    assert "Data Fellow" in page.content()
    assert page.evaluate("document.styleSheets.length") >= 1
