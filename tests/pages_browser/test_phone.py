"""The site on a phone: the first job in the first screen, and what makes room for it within reach."""

from __future__ import annotations

import pytest

from tests.pages_browser.conftest import NARROW, WIDE
from tests.pages_browser.test_pages import AXE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"width": 390, "height": 844}
FILTERED = "?tag=data&arrangement=remote"
# Where the visible parts of an element begin, in the order of the document.
TOPS = """(element) => [...element.children]
  .filter((part) => part.checkVisibility() && part.getBoundingClientRect().height > 1)
  .map((part) => Math.round(part.getBoundingClientRect().top))"""


@pytest.fixture(params=[PHONE, NARROW], ids=["390", "320"])
def phone(request, tab):
    return tab(viewport=request.param, has_touch=True)


def facets(page):
    return [each for each in page.locator(".browse > [data-facet] > summary").all() if each.is_visible()]


@pytest.mark.parametrize("scripts", [True, False])
def test_the_first_job_is_in_the_first_screen(tab, scripts):
    page = tab(viewport=PHONE, java_script_enabled=scripts).open()
    row = page.locator("[data-list] > .row").first.bounding_box()
    assert row["y"] + row["height"] <= PHONE["height"]
    assert row["y"] < 475


def test_the_first_job_is_named_in_the_first_screen_of_the_smallest_phone(tab):
    page = tab(viewport=NARROW).open()
    title = page.locator("[data-list] > .row h3").first.bounding_box()
    assert title["y"] + title["height"] <= NARROW["height"]


def test_how_to_apply_is_in_the_first_screen_of_a_posting(tab):
    page = tab(viewport=PHONE).open("jobs/data-fellow/")
    page.locator(".posting-tools").wait_for()
    facts = page.locator(".key .fact:not(.fact-pay, .fact-deadline)")
    for fact in facts.all():
        name, value = (fact.locator(part).bounding_box() for part in ("dt", "dd"))
        assert name["x"] + name["width"] < value["x"]
    button = page.locator(".apply-buttons .button").first.bounding_box()
    assert button["y"] + button["height"] <= PHONE["height"]
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    boxes = [facts.first.locator(part).bounding_box() for part in ("dt", "dd")]
    assert boxes[0]["x"] == boxes[1]["x"]


def test_a_mark_on_a_row_moves_nothing(phone):
    page = phone.open()
    heights = "[...document.querySelectorAll('[data-list] > .row')].map((row) => row.offsetHeight)"
    before = page.evaluate(heights)
    page.evaluate("""() => {
      for (const marks of document.querySelectorAll(".row-marks")) {
        const mark = document.createElement("span");
        mark.className = "mark mark-new";
        mark.textContent = "New";
        marks.prepend(mark);
      }
    }""")
    assert page.locator(".mark-new").count() > 0
    assert page.evaluate(heights) == before


def test_what_is_saved_opens_and_closes_at_one_place(phone):
    page = phone.open()
    button = page.locator(".saved > summary")
    before = button.bounding_box()
    button.click()
    assert page.locator(".saved-list, .saved .browse-panel").first.is_visible()
    assert button.bounding_box() == before
    button.click()
    assert page.locator(".saved[open]").count() == 0


def test_what_is_saved_stays_within_its_panel_where_text_is_twice_as_large(tab):
    page = tab(viewport=NARROW).open()
    page.locator(".row .save").first.click()
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.locator(".saved > summary").click()
    panel = page.locator(".saved .browse-panel").bounding_box()
    assert panel["x"] + panel["width"] <= NARROW["width"]
    page.locator(".saved-list a").first.wait_for()
    # At once: the list is drawn anew when it is known what of it has closed.
    edges = page.locator(".saved-list :is(a, button)").evaluate_all(
        "parts => parts.map((part) => part.getBoundingClientRect().right)"
    )
    assert max(edges) <= panel["x"] + panel["width"]


def test_a_tap_on_what_a_row_says_opens_the_job_but_not_one_beside_its_button(phone):
    page = phone.open()
    row = page.locator("[data-list] > .row").first
    save = row.locator(".save")
    save.tap()
    assert save.get_attribute("aria-pressed") == "true"
    beside = """(button) => {
      const { left, top, height } = button.getBoundingClientRect();
      return document.elementFromPoint(left - 5, top + height / 2).closest("a, button") === null;
    }"""
    assert save.evaluate(beside)
    slug = row.get_attribute("data-slug")
    pay = row.locator(".row-pay").bounding_box()
    page.touchscreen.tap(pay["x"] + pay["width"] / 2, pay["y"] + pay["height"] / 2)
    page.wait_for_url(f"**/jobs/{slug}/")


def test_the_way_to_subscribe_is_one_line_beside_the_title(phone):
    page = phone.open()
    way, title = (page.locator(part).bounding_box() for part in (".subscribe", "h1"))
    assert way["height"] <= 32
    assert title["y"] < way["y"] + way["height"] / 2 < title["y"] + title["height"]
    page.locator(".subscribe > summary").click()
    assert page.locator(".subscribe-panel a").first.is_visible()


# How high each link is for a finger: what is pressed within its box opens it.
HEIGHTS = "(links) => links.map((link) => link.getBoundingClientRect().height)"


@pytest.mark.parametrize(
    ("address", "links", "least"),
    [
        ("", ".nav a", 34),
        ("", ".subscribe > summary", 34),
        ("404.html", ".ways a", 32),
        ("jobs/harbor-lead-organizer/", ".apply-calendar a", 40),
        ("statistics/", ".chart-sheet > p > a", 28),
    ],
)
def test_what_is_pressed_by_itself_has_room_for_a_finger(phone, address, links, least):
    heights = phone.open(address).locator(links).evaluate_all(HEIGHTS)
    assert heights
    assert min(heights) >= least


def test_what_leads_on_where_nothing_is_open_has_room_for_a_finger(tab, bare_home):
    links = tab(bare_home, viewport=PHONE).open().locator(".list-head a")
    assert min(links.evaluate_all(HEIGHTS)) >= 24


def test_filters_unfold_by_keyboard_in_the_order_in_which_they_are_seen(phone):
    page = phone.open()
    button = page.get_by_role("button", name="Filters", exact=True)
    assert facets(page) == []
    assert not page.locator("#filter-sort").is_visible()
    page.locator("#filter-q").focus()
    page.keyboard.press("Tab")
    assert button.evaluate("(button) => button === document.activeElement")
    assert button.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    seen = []
    for _ in range(10):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.id || document.activeElement.innerText.trim()"))
    assert seen[0].startswith("Saved")
    assert seen[1] == "filter-sort"
    assert seen[2:] == [summary.inner_text().strip() for summary in facets(page)]
    tops = [each.bounding_box()["y"] for each in [button, page.locator("#filter-sort"), *facets(page)]]
    assert tops == sorted(tops)
    button.focus()
    page.keyboard.press("Space")
    assert button.get_attribute("aria-expanded") == "false"
    assert facets(page) == []


def test_the_button_counts_the_filters_and_chips_take_them_away(phone):
    page = phone.open(FILTERED)
    button = page.locator(".filter-toggle")
    page.locator(".filter-chip").first.wait_for()
    assert button.inner_text() == "Filters (2)"
    page.fill("#filter-q", "zzz")
    page.locator(".filter-chip").nth(2).wait_for()
    assert button.inner_text() == "Filters (2)"
    page.locator(".filter-chip").last.click()
    assert button.inner_text() == "Filters (1)"
    page.locator(".filter-clear").click()
    assert button.inner_text() == "Filters"


def test_what_the_filters_give_is_led_to_and_they_fold(phone):
    page = phone.open()
    page.locator(".filter-toggle").click()
    page.locator("[data-facet=tags] > summary").click()
    page.locator("[data-facet=tags] input[type=checkbox]").first.check()
    page.locator(".filter-show").click()
    assert facets(page) == []
    assert page.evaluate("document.activeElement.hasAttribute('data-count')")


def test_folded_and_unfolded_are_accessible(phone, axe):
    page = phone.open(FILTERED)
    page.evaluate(axe)
    for panel in (None, "[data-facet=tags] > summary"):
        if panel:
            page.locator(".filter-toggle").click()
            page.locator(panel).click()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert page.evaluate(AXE, scheme == "dark") == [], (panel, scheme)
        assert phone.overflow() == 0, panel


def test_a_wide_window_shows_all_facets_and_the_order_without_a_button(tab):
    page = tab(viewport=WIDE).open()
    assert not page.locator(".filter-toggle").is_visible()
    assert page.locator("#filter-sort").is_visible()
    shown = page.locator(".browse > .browse-group > summary")
    assert shown.count() == 9
    assert all(each.is_visible() for each in shown.all())
    assert shown.last.inner_text().startswith("Saved")


@pytest.mark.parametrize("missing", ["**/filterpage.js", "**/fold.js"])
def test_facets_are_browsed_by_links_where_what_folds_them_does_not_come(tab, missing):
    made = tab(viewport=PHONE)
    made.page.route(missing, lambda route: route.abort())
    page = made.open()
    assert len(facets(page)) == 5


@pytest.mark.parametrize("address", ["jobs/harbor-lead-organizer/", "jobs/analyst-filled/"])
def test_a_posting_is_read_in_the_order_in_which_it_is_seen(tab, address):
    page = tab(viewport=PHONE).open(address)
    article = page.locator("article.posting")
    tops = article.evaluate(TOPS)
    assert tops == sorted(tops)
    order = article.evaluate("(article) => [...article.children].map(({ className }) => className)")
    assert [name for name in order if name in {"key", "apply", "prose", "rest", "posting-foot"}] == [
        name for name in ("key", "apply", "prose", "rest", "posting-foot") if name in order
    ]
    rest = page.locator(".rest > *").evaluate_all("(parts) => parts.map(({ className }) => className)")
    assert rest == sorted(rest)
    page.set_viewport_size(WIDE)
    key, beside = (
        page.locator(part).bounding_box() for part in (".key", ".apply" if "apply" in order else ".rest")
    )
    assert key["y"] == beside["y"]
    assert key["x"] + key["width"] < beside["x"]


@pytest.mark.parametrize("address", ["", "statistics/"])
def test_a_phone_with_large_text_shows_whole_words_and_nothing_beside_the_screen(tab, address):
    page = tab(viewport=PHONE).open(address)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    broken = """[...document.querySelectorAll("[data-list] .row-added")].filter((line) => {
      const range = document.createRange();
      range.selectNodeContents(line);
      return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 3;
    }).length"""
    assert page.evaluate(broken) == 0
