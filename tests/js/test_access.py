"""The pages for everyone: by keyboard, narrow, zoomed, in forced colors, without motion, without scripts."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests import factory, tools
from tests.browser import BROKEN_WORDS, COUNT_MOVES, WIDE_FONT, expect
from tests.js.reading import NOW, choose, count, painted, rested, unfold

pytestmark = pytest.mark.browser


def test_everything_by_keyboard(index):
    employers = factory.wording().text("facet.organizations.kicker")
    expect(index.get_by_role("search").locator("#filter-q")).to_be_visible()
    index.focus("#filter-q")
    index.keyboard.type("organizer / 7")
    assert index.input_value("#filter-q") == "organizer / 7"
    index.keyboard.press("Control+A")
    index.keyboard.press("Delete")
    index.keyboard.press("Tab")
    index.keyboard.press("Tab")
    assert index.evaluate("document.activeElement.innerText.trim()") == employers
    index.keyboard.press("Enter")
    index.keyboard.press("Tab")
    index.keyboard.press("Tab")
    index.keyboard.press("Space")
    expect(index.locator(".filter-chip")).to_have_count(1)
    assert index.evaluate("document.activeElement.type") == "checkbox"
    index.keyboard.press("Escape")
    assert index.evaluate("document.activeElement.innerText.trim()") == employers
    assert index.locator("details[open]").count() == 0
    index.keyboard.press("Control+Home")
    index.focus("#filter-q")
    index.keyboard.press("Enter")
    assert index.evaluate("document.activeElement.hasAttribute('data-count')")


def test_no_key_alone_is_a_shortcut(index):
    index.keyboard.press("/")
    assert index.evaluate("document.activeElement === document.body")
    assert index.locator("[aria-keyshortcuts]").count() == 0


def test_an_amount_that_cannot_be_read_is_told(index):
    choose(index, "Type", "Internship")
    index.click('summary:text-is("Pay")')
    field, status = index.locator("#filter-pay"), index.locator("#filter-pay-unread")
    painted(index)
    steps = index.evaluate("history.length")
    for text in ("six figures", "120,000 to 140,000"):
        field.fill(text)
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(status).to_contain_text("one amount in figures")
        assert status.get_attribute("role") == "status"
        count(index, "23 open jobs")
        assert index.evaluate("history.length") == steps
    described = field.evaluate(
        "(field) => field.ariaDescribedByElements.map(({ textContent }) => textContent)"
    )
    assert described[0] == status.inner_text()
    assert described[1].startswith("A job is listed if its pay can reach this amount. Jobs")
    index.get_by_label("No figures for pay").check()
    expect(field).to_have_value("120,000 to 140,000")
    expect(status).not_to_be_empty()
    field.fill("120,000")
    expect(status).to_be_empty()
    assert field.get_attribute("aria-invalid") is None
    index.wait_for_url("**?type=internship&pay=not-stated&min_pay=120000&per=year")
    field.fill("")
    expect(status).to_be_empty()
    field.fill("lots")
    index.keyboard.press("Escape")
    index.get_by_role("button", name="Clear all filters").click()
    expect(field).to_have_value("")
    assert field.get_attribute("aria-invalid") is None


def test_a_panel_over_the_page_closes_when_the_focus_leaves_it(index):
    summary = index.locator("[data-filter] summary", has_text="Type")
    summary.click()
    index.get_by_role("link", name="All types").focus()
    assert index.locator("details[open]").count() == 1
    # A screen reader that is told of both at once does not say what has the focus now.
    index.evaluate("""() => addEventListener("focusin", () => setTimeout(() => {
        document.body.dataset.open = document.querySelectorAll("details[open]").length;
    }), { once: true })""")
    index.keyboard.press("Tab")
    expect(index.locator("details[open]")).to_have_count(0)
    assert index.locator("body").get_attribute("data-open") == "1"
    summary.click()
    index.locator("h1").click()
    assert index.locator("details[open]").count() == 0
    summary.click()
    index.locator('[data-facet="types"] .browse-panel').click(position={"x": 4, "y": 4})
    index.keyboard.press("Escape")
    assert index.locator("details[open]").count() == 0
    expect(summary).to_be_focused()


def test_a_panel_that_covers_nothing_stays_when_something_else_is_clicked(open_page, published):
    page = open_page(published, viewport={"width": 400, "height": 900})
    unfold(page)
    page.locator("[data-facet=locations] > summary").click()
    page.locator("h1").click()
    expect(page.locator("details[data-facet=locations][open]")).to_have_count(1)


def test_foreign_postings_are_marked_as_such(index):
    choose(index, "Place", "Montréal")
    expect(index.locator("[data-list] h3 a")).to_have_attribute("lang", "fr")


def test_forced_colours_show_what_is_chosen(open_page, published):
    page = open_page(f"{published}?type=internship", forced_colors="active")
    count(page, "23 open jobs")
    page.locator(".save").first.click()
    widths = """() => Object.fromEntries(
        [".browse-group[data-active] > summary", ".browse-group:not([data-active]) > summary",
         ".save[aria-pressed=true]", ".save[aria-pressed=false]", ".filter-chip"].map(
            (selector) => [selector, getComputedStyle(document.querySelector(selector)).borderTopWidth]))"""
    assert list(page.evaluate(widths).values()) == ["3px", "1px", "2px", "1px", "1px"]
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_nothing_is_animated_for_readers_who_want_no_motion(open_page, published):
    page = open_page(f"{published}?type=internship", reduced_motion="reduce")
    count(page, "23 open jobs")
    page.locator("summary").nth(1).click()
    lasting = """() => [...document.querySelectorAll("*")].filter((element) => {
        const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
        return /[1-9]/.test(transitionDuration) || animationName !== "none" || scrollBehavior === "smooth";
    }).map((element) => element.outerHTML.slice(0, 80))"""
    assert page.evaluate(lasting) == []


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_nothing_moves_and_nothing_overflows(open_page, published, spanish, french, width):
    zoom = 2 if width == 640 else 1  # as a window of 1280 pixels at 200 %
    page = open_page(
        "about:blank",
        viewport={"width": width, "height": 800 // zoom},
        device_scale_factor=zoom,
        timezone_id="Europe/Madrid",
    )
    page.add_init_script(COUNT_MOVES)
    folders = ("?q=organizer&type=internship&location=reno-nv", "?q=zebra", "archive/", "jobs/timed/", "")
    for target in (spanish, french, *(published + folder for folder in folders)):
        page.goto(target)
        page.wait_for_selector(".posting-tools" if "/jobs/" in target else ".saved")
        rested(page)
        assert page.evaluate("moved") == 0, target
        assert page.evaluate("document.documentElement.scrollWidth") <= width, target
    unfold(page)
    for summary in page.locator("[data-filter] summary").all():
        summary.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, summary.inner_text()
        page.keyboard.press("Escape")


@pytest.mark.parametrize(("width", "beside"), [(600, False), (768, True), (1280, True)])
def test_pay_and_deadlines_stand_beside_titles_where_there_is_room(open_page, published, width, beside):
    page = open_page(published, viewport={"width": width, "height": 800})
    expect(page.locator(".save")).not_to_have_count(0)
    tops = """(rows) => rows.map((row) => {
        const [main, side] = [...row.children].map((part) => part.getBoundingClientRect());
        return side.top === main.top;
    })"""
    assert set(page.locator("[data-list] .row").evaluate_all(tops)) == {beside}


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("language", ["published", "spanish", "french"])
def test_nothing_moves_where_jobs_have_closed_since(request, open_page, language, width):
    home = request.getfixturevalue(language)
    page = open_page("about:blank", now=NOW + timedelta(days=12), viewport={"width": width, "height": 800})
    page.add_init_script(COUNT_MOVES)
    for folder in ("jobs/welder/", "jobs/timed/", "locations/albany-ny/", "locations/hartford-ct/"):
        page.goto(home + folder)
        expect(page.locator("[data-expired], [data-status]:not(:empty)")).to_be_visible()
        rested(page)
        assert page.evaluate("moved") < 0.02, folder


# For each row how many lines the day takes on which it was added, and whether the marks lie over that.
BESIDE_MARKS = """(rows) => rows.map((row) => {
    const added = row.querySelector(".row-added");
    const range = document.createRange();
    range.selectNodeContents(added);
    const { height, right } = range.getBoundingClientRect();
    const { left } = row.querySelector(".row-marks > *").getBoundingClientRect();
    return [Math.round(height / parseFloat(getComputedStyle(added).lineHeight)), right > left];
})"""
ADD_MARK = """(places, word) => {
    for (const place of places) {
        const mark = document.createElement("span");
        mark.className = "mark mark-new";
        place.prepend(mark);
        mark.append(word);
    }
}"""


@pytest.mark.parametrize(
    ("language", "mark", "lines"),
    [("published", "New", 1), ("spanish", "Nuevo", 2), ("french", "Nouvelle", 2)],
)
def test_marks_of_a_row_leave_room_for_a_day_on_the_smallest_phone(request, open_page, language, mark, lines):
    page = open_page(request.getfixturevalue(language), viewport={"width": 320, "height": 800})
    expect(page.locator(".save")).not_to_have_count(0)
    # As wide as the fonts of phones; every system has one of them.
    page.evaluate("document.documentElement.style.setProperty('--sans', 'Liberation Sans, Arial, Helvetica')")
    page.locator(".row-marks").evaluate_all(ADD_MARK, mark)
    found = page.locator("[data-list] .row").evaluate_all(BESIDE_MARKS)
    assert {tuple(row) for row in found} == {(lines, False)}


@pytest.mark.parametrize("language", ["published", "spanish", "french"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_word_of_a_row_is_broken_where_text_alone_is_twice_as_large(request, open_page, language, width):
    page = open_page(request.getfixturevalue(language), viewport={"width": width, "height": 800})
    expect(page.locator(".save")).not_to_have_count(0)
    page.locator("[data-list] h3 a").first.evaluate("(title) => title.textContent = 'Communications'")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.evaluate(WIDE_FONT)
    assert page.evaluate(BROKEN_WORDS, "[data-list]") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


# Screen readers tell of what is written into a status that they know, and of an alert at once.
TOLD_AT_ONCE = """() => new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
        for (const node of addedNodes)
            if (node.role === "status" && node.textContent) window.untold = node.textContent;
}).observe(document, { childList: true, subtree: true })"""


@pytest.mark.parametrize(
    ("address", "missing", "told"),
    [
        ("jobs/timed/", None, ".stale"),
        ("?q=pension", "**/main.js", ".filter-note"),
    ],
)
def test_what_comes_later_is_written_into_a_place_that_is_there(open_page, published, address, missing, told):
    page = open_page("about:blank", now=NOW + timedelta(days=4), missing=missing)
    page.add_init_script(f"({TOLD_AT_ONCE})()")
    page.goto(f"{published}{address}")
    expect(page.locator(told)).to_have_text(re.compile("."))
    expect(page.locator(told)).to_have_role("status")
    assert page.evaluate("window.untold") is None


def test_a_job_that_closes_while_it_is_read_interrupts(open_page, published):
    page = open_page("about:blank")
    page.clock.install(time=NOW)
    page.goto(f"{published}jobs/welder/")
    expect(page.locator("[data-apply]")).to_be_visible()
    page.clock.fast_forward("01:00:30")
    expect(page.get_by_role("alert")).to_contain_text("This job is closed")
    page.reload()
    expect(page.locator("[data-expired]")).to_have_role("note")


def test_what_browsers_do_not_agree_on_is_said(index):
    """For engines that no test runs, and for older ones, which drop a sign that has text beside it."""
    room, form = (index.locator(part).bounding_box() for part in (".filter-slot", ".filter-form"))
    assert index.locator(".filter-form").evaluate("(form) => getComputedStyle(form).marginBlockEnd") == "12px"
    assert room["height"] >= form["height"] + 12
    for field in index.locator("input[type=search]").all():
        assert field.evaluate("(field) => getComputedStyle(field).appearance") == "textfield"
    index.fill("#filter-q", "pension")
    count(index, "2 open jobs")
    expect(index.locator("nav.pager")).to_be_hidden()
    for part, sign in ((".filter-chip", "::after"), (".save", "::before")):
        content = index.locator(part).first.evaluate("(part, at) => getComputedStyle(part, at).content", sign)
        assert content in ('" ×"', '"☆ "')


def test_on_paper_nothing_is_kept_for_buttons_and_no_day_is_told_that_will_be_another(open_page, published):
    page = open_page(f"{published}archive/")
    expect(page.locator(".save")).not_to_have_count(0)
    page.emulate_media(media="print")
    assert (
        page.locator(".row-added").first.evaluate("(line) => getComputedStyle(line).paddingInlineEnd")
        == "0px"
    )
    page.goto(published)
    expect(page.locator("[data-list] .badge").first).to_have_text("today")
    expect(page.locator("[data-list] .badge").filter(visible=True)).to_have_count(0)
    posting = open_page(f"{published}jobs/timed/")
    note = posting.locator("[data-days-left]")
    expect(note).to_be_visible()
    posting.emulate_media(media="print")
    expect(note).to_be_hidden()


def test_on_paper_a_list_says_what_it_is_filtered_by(open_page, published):
    page = open_page(f"{published}?q=organizer&type=internship&min_pay=50000")
    count(page, "23 open jobs")
    page.emulate_media(media="print")
    assert page.locator("[data-filter]").inner_text().split("\n") == [
        "“organizer”",
        "Internship",
        "At least $50,000 a year",
    ]
    sign = page.locator(".filter-chip").first.evaluate("(chip) => getComputedStyle(chip, '::after').content")
    assert sign == "none"
    page.goto(published)
    expect(page.locator(".save")).not_to_have_count(0)
    assert page.locator("[data-filter]").bounding_box()["height"] == 0


def test_on_paper_a_chart_with_a_long_table_begins_where_there_is_room_for_the_chart(open_page, published):
    page = open_page(f"{published}statistics/")
    page.emulate_media(media="print")
    breaks = "(elements) => [...new Set(elements.map((element) => getComputedStyle(element).breakInside))]"
    assert page.eval_on_selector_all("figure:has(details)", breaks) == ["auto"]
    assert page.eval_on_selector_all("figure:has(details) > .chart", breaks) == ["avoid"]


def test_a_panel_is_not_seen_before_its_summary_has_arrived(index):
    height = """(part) => {
        const panel = document.createElement("details");
        if (part) panel.append(document.createElement(part));
        document.querySelector("main").append(panel);
        return panel.getBoundingClientRect().height;
    }"""
    assert index.evaluate(height) == 0
    assert index.evaluate(height, "summary") > 0


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_no_violations(open_page, published, width):
    page = open_page(
        published, viewport={"width": width, "height": 900}, reduced_motion="reduce", bypass_csp=True
    )
    page.wait_for_selector(".saved")
    axe = tools.npm_file("axe-core/axe.min.js").read_text("utf-8")
    page.locator('[data-slug="welder"] .save').click()

    def assert_none(within="html", where=""):
        """All rules; of a second scheme, those about colors are enough."""
        page.evaluate(axe)
        for scheme, rules in (("light", {}), ("dark", {"runOnly": ["color-contrast", "link-in-text-block"]})):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            wanted = {"resultTypes": ["violations"]} | rules
            found = page.evaluate("([within, rules]) => axe.run(within, rules)", [within, wanted])
            told = [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]]
            assert told == [], (where or page.url, scheme)

    assert_none()
    page.fill("#filter-q", "pension")
    count(page, "2 open jobs")
    unfold(page)
    assert_none()
    # Nothing but the panel comes with it.
    for title in ("Place", "Pay", "Open or closed", "Saved"):
        page.locator("[data-filter] summary", has_text=re.compile(f"^{title}")).click()
        assert_none("[data-filter]", title)
    page.goto(f"{published}jobs/timed/")
    page.wait_for_selector(".posting-tools")
    assert_none()


def test_a_phone_has_ways_to_browse_while_the_connection_hangs(open_page, published):
    page = open_page("about:blank", viewport={"width": 390, "height": 844})
    page.route("**/search/**", lambda _: None)
    page.goto(published)
    expect(page.locator("[data-list]")).to_be_visible()
    expect(page.locator(".browse")).to_be_hidden()
    expect(page.locator(".browse")).to_be_visible()
    # Without a filter in the address, this is the list that was asked for.
    expect(page.locator(".filter-note")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 840, 1280])
def test_a_hit_stands_where_its_line_is_not_cut(open_page, published, width):
    page = open_page(f"{published}?q=drydock", viewport={"width": width, "height": 800})
    page.locator(".row-hit").scroll_into_view_if_needed()
    hit = page.locator(".row-hit mark")
    expect(hit).to_have_text("drydock")
    cut = """(hit) => {
        const [line, row] = [".row-hit", ".row"].map((part) => hit.closest(part).getBoundingClientRect());
        const { right, bottom } = hit.getBoundingClientRect();
        return right > line.right || bottom > line.bottom || line.right > row.right;
    }"""
    assert not hit.evaluate(cut)


def test_a_short_list_in_which_a_job_has_closed_is_one_sheet_of_paper(open_page, published):
    """With the warning of an old build, which is below the list."""
    page = open_page(f"{published}locations/hartford-ct/", now=NOW + timedelta(days=4))
    expect(page.locator(".stale")).to_be_visible()
    expect(page.locator('[data-slug="welder"]')).to_be_hidden()
    expect(page.locator('[data-slug="timed"]')).to_be_visible()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1
