"""Every kind of page in a real browser: accessible, no wider than its window, quiet, asking no other host."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.browser import BROKEN_WORDS, COUNT_MOVES, WIDE_FONT, expect
from tests.pages_browser.conftest import NARROW, WIDE
from tests.published import LATER, NOW

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KINDS = {
    "index": "",
    "second page": "page/2/",
    "posting with every fact": "jobs/harbor-lead-organizer/",
    "posting with hostile text": "jobs/hostile-marks/",
    "posting from right to left": "jobs/volunteer-rtl/",
    "posting with hardly a fact": "jobs/clerk-minimal/",
    "closed posting": "jobs/analyst-filled/",
    "closing soon": "closing-soon/",
    "archive": "archive/",
    "year of the archive": "archive/2026/",
    "facet": "locations/",
    "term": "tags/data/",
    "term without open postings": "organizations/dockers/",
    "changes": "changes/",
    "statistics": "statistics/",
    "about": "about/",
    "missing page": "404.html",
}
EMPTY_KINDS = {
    "nothing open": "",
    "nothing open, with a filter": "?type=full-time",
    "statistics of nothing open": "statistics/",
    "archive in Spanish": "archive/",
}
# All rules, or only those about colors, which are enough for a second scheme.
AXE = """async (colorsOnly) => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const colors = ["color-contrast", "link-in-text-block"];
  const options = colorsOnly
    ? { runOnly: { type: "rule", values: colors }, resultTypes: ["violations"] }
    : { runOnly: tags, rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] };
  const { violations } = await axe.run(document, options);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.slice(0, 3).map(({ target, any }) => `${id}: ${help}: ${target} ${any[0]?.message ?? ""}`));
}"""
SPACING = """() => {
  for (const element of document.querySelectorAll("body *"))
    Object.assign(element.style, { lineHeight: "1.5", letterSpacing: "0.12em", wordSpacing: "0.16em" });
  for (const element of document.querySelectorAll("p")) element.style.marginBottom = "2em";
}"""
ONE_LONG_WORD = """() => {
  document.querySelector(".brand a").append("Werkbauunterbeamten".repeat(4));
  const links = "a:not(.button, .feeds a, .newsletter a, .pager a, .posting-links a)";
  const texts = ".row-org, .row-place, .employer p, .filter-value label, .neighbours span";
  const names = `main :is(h1, dd, ${links}, ${texts}), .foot-about a`;
  for (const element of document.querySelectorAll(names))
    if (element.childElementCount === 0) element.textContent = "Werkbauunterbeamten".repeat(4);
}"""
OPEN_ALL = """() => {
  for (const details of document.querySelectorAll("details")) {
    details.removeAttribute("name");
    details.open = true;
  }
}"""


def judged(tab, axe):
    """Return what is wrong with the page of a tab in both schemes and both widths, panels open or not."""
    page, found = tab.page, []
    page.evaluate(axe)
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found += [f"{size['width']} {scheme}: {each}" for each in page.evaluate(AXE, scheme == "dark")]
        if wide := tab.overflow():
            found.append(f"{size['width']}: {wide} pixels too wide")
    page.evaluate(OPEN_ALL)
    if wide := tab.overflow():
        found.append(f"open panels: {wide} pixels too wide")
    return found


def assert_good(tab, axe):
    found = judged(tab, axe)
    assert found == [], "\n".join(found)
    assert tab.complaints == []
    assert tab.foreign == []
    assert len(tab.asked) > 2


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_accessible_fits_and_is_quiet(tab, axe, kind):
    made = tab()
    made.open(KINDS[kind])
    assert_good(made, axe)


def test_text_twice_as_large_on_a_narrow_screen_breaks_no_word(tab):
    made = tab(viewport=NARROW)
    jobs = ("harbor-lead-organizer", "remota-madrid", "analyst-filled")
    lists = ("organizations/", "arrangements/", "closing-soon/", "statistics/")
    for address in (*lists, *(f"jobs/{slug}/" for slug in jobs)):
        page = made.open(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.evaluate(WIDE_FONT)
        words = "main :is(h1, h2, h3, .key dd, .button, .row p)"
        assert page.evaluate(BROKEN_WORDS, words) == [], address
        assert made.overflow() == 0, address


@pytest.mark.parametrize("kind", EMPTY_KINDS)
def test_a_page_of_a_site_without_open_postings_is_as_good(tab, axe, bare_home, kind):
    made = tab(bare_home, LATER)
    made.open(EMPTY_KINDS[kind])
    assert [address for address in made.asked if address.endswith("search/open.json")] == []
    assert_good(made, axe)


def test_a_filter_in_a_link_is_that_of_the_archive_where_nothing_is_open(tab, bare_home, bare):
    plain = tab(bare_home, LATER)
    assert not plain.open().locator(".filter").is_visible()
    assert not [address for address in plain.asked if "filterpage" in address]
    page = tab(bare_home, LATER).open("?state=closed&organization=dockers")
    page.locator(".filter-chip").wait_for()
    slugs = [row.get_attribute("data-slug") for row in page.locator("[data-list] > .row").all()]
    assert slugs
    assert set(slugs) < set(bare.closed)
    assert page.locator("[data-count]").inner_text().startswith(str(len(slugs)))
    page.locator(".filter-clear").click()
    page.wait_for_url(f"{bare_home}archive/")
    assert page.locator("[data-count]").inner_text().startswith(str(len(bare.closed)))


def test_where_nothing_is_open_nothing_is_saved_that_could_not_be_seen(tab, bare_home):
    page = tab(bare_home, LATER).open()
    page.locator("[data-list] .save").first.wait_for(state="attached")
    assert not page.locator("[data-list] .save").first.is_visible()
    assert not page.locator(".saved").is_visible()
    page = tab(bare_home, LATER).open("archive/")
    page.locator("[data-list] .save").first.click()
    assert page.locator(".saved .count").inner_text() == "1"
    assert "hiring-hall.saved" in page.evaluate("Object.keys(localStorage)")
    page.locator("[data-list] h3 a").first.click()
    page.locator(".saved-link").click()
    page.locator(".saved-list a").wait_for()
    assert page.url == f"{bare_home}#saved"


def test_a_filter_that_cannot_be_had_is_said_so_where_nothing_is_open(tab, bare_home):
    made = tab(bare_home, LATER)
    made.page.route("**/filterpage.js", lambda route: route.abort())
    page = made.open("?organization=dockers")
    assert page.locator(".filter-note").is_visible()
    assert page.locator("[data-list]").is_visible()


@pytest.mark.parametrize("address", ["", "jobs/harbor-lead-organizer/"])
def test_a_page_whose_build_is_old_warns_and_is_as_good(tab, axe, address):
    """Deadlines have passed since, and the build is older than three days."""
    made = tab(now=NOW + timedelta(days=9))
    page = made.open(address)
    if address:
        assert page.locator("article .banner").is_visible()
        assert not page.locator("[data-apply]").is_visible()
    else:
        expect(page.locator("body > .banner").filter(has_text="out of date")).to_be_visible()
    assert_good(made, axe)


TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.mark.parametrize("address", ["", "jobs/harbor-lead-organizer/"])
def test_the_warning_of_an_old_build_moves_nothing(tab, address):
    made = tab(now=NOW + timedelta(days=4))
    made.page.add_init_script(COUNT_MOVES)
    page = made.open(address)
    page.locator(".stale").wait_for()
    page.evaluate(TWO_FRAMES)
    assert page.evaluate("moved") == 0


def test_panels_are_accessible_when_they_are_open(tab, axe):
    made = tab(viewport=NARROW)
    page = made.open()
    page.evaluate(OPEN_ALL)
    page.evaluate(axe)
    assert page.evaluate(AXE, False) == []


@pytest.mark.parametrize("address", ["", "jobs/harbor-lead-organizer/", "jobs/hostile-marks/", "statistics/"])
def test_text_may_be_twice_as_large(tab, address):
    """WCAG 1.4.4 and 1.4.12: zoomed to 200%, only letters at 200%, and with more space between them."""
    zoomed = tab(viewport={"width": 640, "height": 450}, device_scale_factor=2)
    zoomed.open(address)
    assert zoomed.overflow() == 0
    made = tab()
    page = made.open(address)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert made.overflow() == 0
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.evaluate(SPACING)
    assert made.overflow() == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_a_name_may_be_one_long_word(tab, scripts):
    made = tab(viewport=NARROW, java_script_enabled=scripts)
    for address in ("", "jobs/harbor-lead-organizer/", "organizations/", "statistics/"):
        page = made.open(address)
        page.evaluate(OPEN_ALL)
        page.evaluate(ONE_LONG_WORD)
        assert made.overflow() == 0, address


def test_a_name_in_a_list_of_names_has_room_for_a_finger_where_there_is_one(tab):
    page = tab().open("organizations/")
    for window, least, most in ((NARROW, 40, 44), (WIDE, 32, 36)):
        page.set_viewport_size(window)
        heights = page.locator(".terms > li").evaluate_all(
            "(names) => names.map((name) => name.offsetHeight)"
        )
        assert least <= min(heights) <= most, window


WITH_LOGO = """address => {
    const logo = new Image();
    document.querySelector(".brand a > :first-child").replaceWith(logo);
    logo.src = address;
    return logo.decode().then(() => logo.getBoundingClientRect().height);
}"""


def test_a_logo_of_any_size_leaves_room_for_the_name_of_the_site(tab, golden):
    """A drawing may say nothing of its size, and a picture may be larger than the page."""
    made = tab()
    page = made.open()
    page.evaluate(WIDE_FONT)
    for window in (NARROW, WIDE):
        page.set_viewport_size(window)
        for image in ("assets/icons/icon.", "assets/images/social."):
            file = next(path for path in golden.files if path.startswith(image))
            assert page.evaluate(WITH_LOGO, made.home + file) <= 32, (window, image)
            assert page.evaluate(BROKEN_WORDS, ".brand a") == [], (window, image)
            assert made.overflow() == 0, (window, image)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("jobs/harbor-lead-organizer/", ".fact-pay dd, .prose, [data-apply] dd"),
        ("jobs/analyst-filled/", ".fact-pay dd, .prose"),
        ("?tag=data", ".row h3, .row-when"),
        ("archive/", ".row h3, .row-when"),
        ("statistics/", ".figures th, .figures .amount"),
    ],
)
def test_a_page_prints_as_a_document(tab, address, shown):
    """What can only be clicked stays off the paper; what is read does not, including a closed table.

    The address is on it, unless that would be of more than the filter shows.
    """
    page = tab(color_scheme="dark").open(address)
    page.emulate_media(media="print", color_scheme="dark")
    clicked = (
        ".skip, nav, .browse, button:not(.filter-chip), select, input, summary.button, .posting-tools"
        ", .neighbours, .row-marks"
    )
    assert [each.inner_text() for each in page.locator(clicked).all() if each.is_visible()] == []
    read = page.locator(f"h1, {shown}")
    assert read.count() > len(shown.split(","))
    assert [each.inner_text() for each in read.all() if not each.is_visible()] == []
    colors = page.locator(f"body, h1, {shown}").evaluate_all(
        "(all) => all.map((each) => getComputedStyle(each))"
        ".map(({ backgroundColor, color }) => [backgroundColor, color])"
    )
    assert {background for background, _ in colors} <= {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}
    assert max(sum(map(int, color[4:-1].split(","))) for _, color in colors) < 300
    named = page.locator('link[rel="canonical"]').evaluate_all(
        "(all) => all.map((each) => each.offsetHeight > 0)"
    )
    assert named == ([] if "?" in address else [True])
    assert page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize("address", ["about/", "jobs/harbor-lead-organizer/", "statistics/"])
def test_nothing_on_paper_has_to_be_scrolled(tab, address):
    page = tab().open(address)
    tables = page.locator("table").count()
    page.emulate_media(media="print")
    cut = "(all) => all.filter((each) => /auto|scroll/.test(getComputedStyle(each).overflow)).length"
    assert (tables > 0, page.locator("main *").evaluate_all(cut)) == (True, 0)


def test_related_jobs_have_their_facts_at_the_same_places(tab):
    page = tab(viewport=WIDE).open("jobs/data-fellow/")
    places = page.locator(".related > li").evaluate_all("""(items) => items.map((item) => {
      const [title, who, pay] = [...item.children].map((part) => part.getBoundingClientRect());
      return [who.left - title.left, pay.left - title.left, who.top >= title.bottom, pay.top >= who.bottom];
    })""")
    assert len(places) > 1
    assert {tuple(each) for each in places} == {(0, 0, True, True)}


def test_what_is_saved_is_led_to_at_the_edge_of_a_posting(tab):
    page = tab(viewport=WIDE).open("jobs/data-fellow/")
    page.locator(".save").click()
    link, edge = page.locator(".saved-link").bounding_box(), page.locator(".apply").bounding_box()
    assert link["x"] + link["width"] == pytest.approx(edge["x"] + edge["width"])


def test_a_deadline_that_is_near_looks_so_in_its_posting_as_in_lists(tab):
    opened = tab(viewport=WIDE)
    color = "(element) => getComputedStyle(element).color"
    listed = opened.open("closing-soon/").locator(".row-when").first.evaluate(color)
    page = opened.open("jobs/harbor-lead-organizer/")
    assert page.locator(".fact-deadline dd").evaluate(color) == listed
    assert page.locator(".fact-pay dd").evaluate(color) != listed


def test_a_title_from_right_to_left_stands_below_its_employer(tab):
    page = tab().open("jobs/volunteer-rtl/")
    found = page.evaluate(
        """() => {
          const title = document.querySelector("h1");
          const range = document.createRange();
          range.selectNodeContents(title);
          const { left } = range.getBoundingClientRect();
          return [getComputedStyle(title).direction, left - title.getBoundingClientRect().left];
        }"""
    )
    assert found == ["rtl", 0]


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("", ".row-pay"),
        ("?tag=data", ".row-pay"),
        ("jobs/volunteer-rtl/", ".fact-pay dd"),
    ],
)
def test_pay_in_words_from_right_to_left_begins_where_the_page_does(tab, address, place):
    page = tab(viewport=NARROW).open(address)
    gap = page.locator(place).first.evaluate(
        """(pay) => {
          if (pay.matches(".row-pay")) pay.classList.add("in-words");
          Object.assign(pay, { lang: "ar", dir: "auto", textContent: "حسب الاتفاق" });
          const range = document.createRange();
          range.selectNodeContents(pay);
          const [words, box] = [range, pay].map((each) => each.getBoundingClientRect().left);
          return [getComputedStyle(pay).direction, words - box];
        }"""
    )
    assert gap == ["rtl", 0]


FROM_RIGHT_TO_LEFT = """() => {
  document.documentElement.dir = "rtl";
  document.body.offsetWidth;
}"""


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("jobs/harbor-lead-organizer/", ".facts a"),
        ("jobs/harbor-lead-organizer/", ".prose a"),
        ("?tag=legal", ".filter-chip"),
    ],
)
def test_names_and_addresses_on_a_page_from_right_to_left_keep_their_order(tab, path, place):
    page = tab().open(path)
    page.wait_for_selector(place)
    page.evaluate(FROM_RIGHT_TO_LEFT)
    first, last = page.evaluate(
        """(place) => {
          const link = document.querySelector(place);
          link.textContent = "https://union.example/";
          link.after(" نقابة");
          const left = (at) => {
            const range = document.createRange();
            range.setStart(link.firstChild, at);
            range.setEnd(link.firstChild, at + 1);
            return range.getBoundingClientRect().left;
          };
          return [left(0), left(link.textContent.length - 1)];
        }""",
        place,
    )
    assert first < last


@pytest.mark.parametrize("window", [NARROW, WIDE], ids=["narrow", "wide"])
def test_the_figure_at_the_end_of_a_line_has_room_behind_it(tab, window):
    page = tab(viewport=window).open("statistics/")
    line, figure, sheet = page.evaluate(
        """() => {
          const figure = document.querySelector(".chart-value");
          figure.querySelector("tspan").textContent = "9,999";
          const sheet = figure.closest(".chart-sheet");
          const { right: line } = sheet.querySelector(".chart-line").getBoundingClientRect();
          const { left, right } = figure.getBoundingClientRect();
          return [line, [left, right], sheet.getBoundingClientRect().right];
        }"""
    )
    assert line < figure[0] < figure[1] < sheet


@pytest.mark.parametrize("window", [NARROW, WIDE], ids=["narrow", "wide"])
def test_charts_of_a_site_from_right_to_left_begin_at_the_right_and_hold_their_texts(tab, window):
    page = tab(viewport=window).open("statistics/")
    page.evaluate(FROM_RIGHT_TO_LEFT)
    outside, gaps = page.evaluate(
        """() => {
          const box = (element) => element.getBoundingClientRect();
          const texts = [...document.querySelectorAll(".chart text")].filter((text) => box(text).width > 0);
          const isOut = (text) => {
            const sheet = box(text.closest(".chart-sheet"));
            return box(text).left < sheet.left || box(text).right > sheet.right;
          };
          const toRight = (inner, outer) => Math.round(box(outer).right - box(inner).right);
          return [
            texts.filter(isOut).map((text) => text.textContent),
            [...document.querySelectorAll(".chart-name, .bar-fill")]
              .map((each) => toRight(each, each.ownerSVGElement)),
          ];
        }"""
    )
    assert outside == []
    assert {round(gap, -1) for gap in gaps} == {0}


def test_a_name_keeps_its_direction_and_the_arrows_turn_in_a_site_from_right_to_left(tab):
    page = tab().open("jobs/harbor-lead-organizer/")
    page.evaluate(FROM_RIGHT_TO_LEFT)
    point, name, arrows = page.evaluate(
        """() => {
          const link = document.querySelector(".kicker a");
          link.textContent = "Invented Welders Inc.";
          const range = document.createRange();
          range.setStart(link.firstChild, 20);
          range.setEnd(link.firstChild, 21);
          const arrow = (name, part) =>
            getComputedStyle(document.querySelector(`.around-${name} .around-label`), part).content;
          return [
            range.getBoundingClientRect().right,
            link.getBoundingClientRect().right,
            [arrow("newer", "::before"), arrow("older", "::after")],
          ];
        }"""
    )
    assert abs(point - name) < 1
    assert arrows == ['"→ " / ""', '" ←" / ""']


def read_out(page):
    """Return what screen readers are told of: the nodes by id, and the role of each."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return {node["nodeId"]: node for node in tree}, {node["nodeId"]: node["role"]["value"] for node in tree}


def test_an_arrow_is_no_part_of_the_name_of_a_link(tab):
    nodes, roles = read_out(tab().open("jobs/harbor-lead-organizer/"))
    names = [node["name"]["value"] for key, node in nodes.items() if roles[key] == "link"]
    assert any(name.startswith("Older ") for name in names)
    assert not [name for name in names if "←" in name or "→" in name]


def first_told(nodes, key):
    """Return the first node within another, past those that nobody is told of."""
    first = next(iter(nodes[key]["childIds"]), key)
    return first_told(nodes, first) if first != key and nodes[first]["ignored"] else first


def test_a_fact_begins_with_text_or_a_link(tab):
    """Orca 43 leaves out any other element that a `dd` begins with, such as a `time` or a list."""
    for slug in ("harbor-lead-organizer", "remota-madrid", "analyst-filled"):
        nodes, roles = read_out(tab().open(f"jobs/{slug}/"))
        begins = [roles[first_told(nodes, key)] for key in nodes if roles[key] == "definition"]
        assert len(begins) > 5
        assert set(begins) <= {"StaticText", "link", "ListMarker"}


def test_the_foot_of_a_page_is_one_landmark_with_ways_on_in_it(tab):
    nodes, roles = read_out(tab().open("about/"))
    (foot,) = (key for key in nodes if roles[key] == "contentinfo")

    def within(key):
        return [key, *(each for child in nodes[key]["childIds"] for each in within(child))]

    landmarks = [
        roles[key] for key in within(foot) if roles[key] in {"region", "navigation", "complementary"}
    ]
    assert landmarks == ["navigation"] * 2


def test_names_of_the_other_direction_begin_where_a_site_from_right_to_left_does(tab):
    page = tab(viewport=NARROW).open("organizations/")
    page.evaluate(FROM_RIGHT_TO_LEFT)
    gaps = page.locator(".terms a").evaluate_all(
        """(names) => names.map((name) => {
          const range = document.createRange();
          range.selectNodeContents(name);
          return name.getBoundingClientRect().right - range.getBoundingClientRect().right;
        })"""
    )
    assert gaps
    assert max(gaps) < 1


def test_a_hit_in_a_text_of_the_other_direction_reads_in_its_own(tab):
    page = tab().open("?q=undated")
    page.locator(".row-hit mark").wait_for()
    page.evaluate(FROM_RIGHT_TO_LEFT)
    first, last = page.locator(".row-hit").evaluate(
        """(hit) => [[hit.firstChild, 1], [hit.lastChild, hit.lastChild.length - 1]].map(([text, at]) => {
          const range = document.createRange();
          range.setStart(text, at);
          range.setEnd(text, at + 1);
          return range.getBoundingClientRect().left;
        })"""
    )
    assert first < last
