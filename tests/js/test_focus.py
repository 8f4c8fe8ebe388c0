"""Where the focus is after the page has changed, and what a screen reader says: each result, once."""

from __future__ import annotations

import re

import pytest

from tests.browser import expect
from tests.js.reading import address, choose, count, rested

pytestmark = pytest.mark.browser

ON_HEADING = "document.activeElement.hasAttribute('data-count')"
LOOK_AGAIN = "document.dispatchEvent(new Event('visibilitychange'))"
# Live regions are read out when they change: what each one says, one after another.
LISTEN = """() => {
    window.heard = [];
    const listen = new MutationObserver((changes) => {
        for (const { target } of changes) if (target.textContent) window.heard.push(target.textContent);
    });
    for (const status of document.querySelectorAll("[role=status]")) {
        listen.observe(status, { childList: true });
    }
}"""
QUIET = 700


def heard(page):
    """What was read out since the last time; waits long enough for it."""
    page.wait_for_timeout(QUIET)
    return page.evaluate("heard.splice(0)")


@pytest.fixture
def heeded(index):
    index.evaluate(LISTEN)
    return index


def test_the_pager_keeps_the_focus_when_the_page_looks_again(open_page, published):
    page = open_page(f"{published}?pay=not-stated")
    count(page, "47 open jobs")
    rested(page)
    following = page.get_by_role("link", name="Next")
    following.focus()
    page.evaluate(LOOK_AGAIN)
    rested(page)
    expect(following).to_be_focused()


def test_what_is_gone_leaves_the_focus_to_the_heading(index):
    choose(index, "Pay", "No figures for pay")
    count(index, "47 open jobs")
    choose(index, "Type", "Internship")
    count(index, "23 open jobs")
    for place in ("[data-list] h3 a", "nav.pager [rel=next]"):
        rested(index)
        index.locator(place).last.focus()
        index.go_back()
        rested(index)
        assert index.evaluate(ON_HEADING), place
        index.go_forward()


@pytest.mark.parametrize("name", ["Remove the filter: Internship", "Clear all filters"])
def test_a_filter_that_a_step_back_takes_away_leaves_the_focus_to_the_heading(index, name):
    choose(index, "Type", "Internship")
    count(index, "23 open jobs")
    index.get_by_role("button", name=name).focus()
    index.go_back()
    rested(index)
    assert index.evaluate(ON_HEADING)


def test_the_button_that_clears_keeps_the_focus_while_there_is_a_filter(index):
    choose(index, "Pay", "No figures for pay")
    choose(index, "Type", "Internship")
    count(index, "23 open jobs")
    clear = index.get_by_role("button", name="Clear all filters")
    clear.focus()
    index.go_back()
    rested(index)
    expect(clear).to_be_focused()


@pytest.mark.parametrize("control", ["#filter-sort", "#filter-type-internship"])
def test_a_window_that_narrows_as_by_zooming_keeps_the_focus_in_the_filters(index, control):
    index.click('summary:text-is("Type")')
    index.locator(control).focus()
    index.set_viewport_size({"width": 390, "height": 800})
    expect(index.locator(".filter-toggle")).to_have_attribute("aria-expanded", "true")
    expect(index.locator(control)).to_be_focused()


def test_a_value_that_leaves_the_panel_leaves_the_focus_to_the_one_in_its_place(index):
    choose(index, "Organization", "École du Port")
    count(index, "1 open job")
    index.locator("details[data-facet=organizations] summary").click()
    find = index.locator("#find-organization")
    find.fill("")
    chosen = index.locator("#filter-organization-ecole-du-port")
    expect(chosen).to_be_checked()
    chosen.press("Space")
    expect(chosen).to_have_count(0)
    expect(index.locator("details[data-facet=organizations] li input").last).to_be_focused()
    find.fill("port")
    chosen.check()
    find.evaluate("(find) => { find.value = 'nobody'; find.dispatchEvent(new Event('input')); }")
    chosen.press("Space")
    expect(find).to_be_focused()


def test_values_that_come_late_leave_the_focus_where_it_is(open_page, published):
    page, held = open_page("about:blank"), []

    def hold(route):
        held.append(route)

    page.route("**/search/open.json", hold)
    page.goto(f"{published}?organization=ecole-du-port")
    page.click('summary:text-is("Organization")')
    focused = page.locator("details[data-facet=organizations] li input").nth(2)
    focused.focus()
    for route in held:
        route.continue_()
    expect(page.locator("#filter-organization-ecole-du-port")).to_be_checked()
    expect(focused).to_be_focused()


def test_a_step_back_changes_the_field_that_has_the_focus(index):
    for text in ("pension", "drydock"):
        index.fill("#filter-q", text)
        index.wait_for_url(f"**?q={text}")
        index.evaluate("document.activeElement.dispatchEvent(new Event('change', { bubbles: true }))")
    count(index, "1 open job")
    index.go_back()
    expect(index.locator("#filter-q")).to_be_focused()
    expect(index.locator("#filter-q")).to_have_value("pension")
    count(index, "2 open jobs")


def test_a_step_back_leads_to_where_the_reader_was(index):
    choose(index, "Pay", "No figures for pay")
    rested(index)
    following = index.get_by_role("link", name="Next")
    following.scroll_into_view_if_needed()
    before = index.evaluate("scrollY")
    following.click()
    rested(index)
    assert index.evaluate("scrollY") < before
    assert address(index) == "?pay=not-stated&page=2"
    index.go_back()
    rested(index)
    assert index.evaluate("scrollY") == pytest.approx(before, abs=200)
    expect(following).to_be_in_viewport()


def test_another_filter_with_the_same_count_is_told_and_the_same_result_is_not(heeded):
    choose(heeded, "Type", "Internship")
    assert heard(heeded) == ["23 open jobs. Page 1 of 2"]
    heeded.evaluate(LOOK_AGAIN)
    assert heard(heeded) == []
    choose(heeded, "Pay", "No figures for pay")
    count(heeded, "23 open jobs")
    assert heard(heeded) == ["23 open jobs. Page 1 of 2"]
    heeded.evaluate(LOOK_AGAIN)
    assert heard(heeded) == []


def test_the_status_does_not_repeat_the_heading_that_gets_the_focus(heeded):
    choose(heeded, "Type", "Internship")
    assert heard(heeded) == ["23 open jobs. Page 1 of 2"]
    heeded.get_by_role("link", name="Next").click()
    assert heard(heeded) == ["Page 2 of 2"]
    assert heeded.evaluate(ON_HEADING)
    heeded.keyboard.press("Tab")
    heeded.evaluate(LOOK_AGAIN)
    assert heard(heeded) == []
    heeded.get_by_role("button", name="Clear all filters").click()
    assert heard(heeded) == ["Page 1 of 3"]
    choose(heeded, "Place", "Hartford, CT")
    assert heard(heeded) == ["2 open jobs"]
    heeded.get_by_role("button", name="Remove the filter: Hartford, CT").click()
    assert heard(heeded) == ["Page 1 of 3"]


HOLD = """() => {
    const frame = window.requestAnimationFrame, held = [];
    window.requestAnimationFrame = (act) => held.push(act);
    window.release = () => { window.requestAnimationFrame = frame; held.forEach((act) => frame(act)); };
}"""
KEPT = "[...document.querySelectorAll('[data-list] > li')].map((row) => row.wasThere === true)"


def test_nothing_is_said_before_the_last_row_is_in_its_place(heeded):
    heeded.evaluate(HOLD)
    choose(heeded, "Type", "Internship")
    expect(heeded.locator("[data-count]")).to_have_text("23 open jobs")
    assert heard(heeded) == []
    heeded.evaluate("release()")
    rested(heeded)
    assert heard(heeded) == ["23 open jobs. Page 1 of 2"]


def test_a_screen_reader_is_not_told_of_every_line_of_every_row(index):
    index.evaluate("for (const row of document.querySelectorAll('[data-list] > li')) row.wasThere = true")
    choose(index, "Type", "Internship")
    count(index, "23 open jobs")
    rested(index)
    kept = index.evaluate(KEPT)
    assert kept[0]
    assert not kept[-1]


def test_a_tab_that_is_not_in_sight_gets_its_title(open_page, published):
    page = open_page(published)
    page.add_init_script(
        """Object.defineProperty(document, "hidden", { value: true });
        window.requestAnimationFrame = () => 0;"""
    )
    page.goto(f"{published}?type=internship")
    expect(page).to_have_title(re.compile("23 open jobs: Internship"))
