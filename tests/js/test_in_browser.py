"""The pages in a real browser, as readers use them: by hand, by keyboard, by shared link, after deadlines."""

from __future__ import annotations

import functools
import http.server
import json
import re
import shutil
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from build import build
from hiringhall.model import Options
from tests import browser, tools

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 1, 20, 17, tzinfo=UTC)
SETTINGS = """\
title: Board
description: Jobs.
base_url: https://jobs.example/board/
language: {language}
time_zone: America/New_York
default_country: US
default_currency: USD
page_size: 20
"""
APPLY = "apply: jobs@harbor.example\n"

SPECIAL = {
    "welder": """\
title: Welder & Rigger
organization: Harbor Local 12
location: Hartford, CT
added: 2026-01-19
deadline: 2026-01-20T18:00:00Z
salary: {min: 30, max: 35, period: hour}
employment_type: full-time
arrangement: on-site
tags: [trades]
body: Welding of keels. You have seen a drydock before.
""",
    "educatrice": """\
title: Éducatrice
organization: École du Port
location: Montréal, QC, Canada
added: 2026-01-18
language: fr
deadline: 2026-02-16
salary: {min: 52000, max: 52000, period: year, currency: CAD}
employment_type: [part-time, temporary]
arrangement: hybrid
tags: [teaching, training]
body: Une expérience avec les élèves.
""",
    "remote-counsel": """\
title: Counsel
organization: Harbor Local 12
added: 2026-01-17
arrangement: remote
deadline: rolling
body: Bargaining and a pension plan.
""",
    "timed": """\
title: Researcher
organization: Quay Federation
location: [{city: Boston, region: MA}, {city: Hartford, region: CT}]
added: 2026-01-16
deadline: "2026-01-26 17:00"
salary: {min: 80000, max: 95000.50, period: year}
body: Research on the pension of dockers.
""",
    "closed-clerk": """\
title: Clerk
organization: Quay Federation
location: Boston, MA
added: 2025-12-01
deadline: 2025-12-31
body: Files.
""",
    "filled-cook": """\
title: Cook
organization: Quay Federation
location: Boston, MA
added: 2026-01-02
status: filled
tags: [trades]
body: Soup.
""",
}


def write_content(folder: Path, language: str) -> Path:
    postings = folder / "content" / "postings"
    postings.mkdir(parents=True)
    (folder / "content" / "site.yaml").write_text(SETTINGS.format(language=language), "utf-8")
    (folder / "content" / "organizations.yaml").write_text("", "utf-8")
    for slug, text in SPECIAL.items():
        head, _, body = text.partition("body: ")
        (postings / f"{slug}.md").write_text(f"---\n{head}{APPLY}---\n\n{body}", "utf-8")
    for number in range(46):
        place = ("Albany, NY", "Newark, NJ", "Reno, NV")[number % 3]
        text = (
            f"---\ntitle: Organizer {number}\norganization: Local {number % 13}\nlocation: {place}\n"
            f"added: {(NOW - timedelta(days=10 + number % 20)).date()}\n"
            f"deadline: {(NOW + timedelta(days=9 + number)).date()}\n"
            f"employment_type: {('full-time', 'internship')[number % 2]}\n"
            f"apply: https://local.example/{number}\n---\n\nVisits to members, number {number}.\n"
        )
        (postings / f"organizer-{number}.md").write_text(text, "utf-8")
    return folder / "content"


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    yield from served(tmp_path_factory.mktemp("board"), "en")


@pytest.fixture(scope="module")
def spanish(tmp_path_factory):
    yield from served(tmp_path_factory.mktemp("tablero"), "es")


def served(folder: Path, language: str):
    """Build a site, give it a folder of its host, and serve it."""
    content = write_content(folder, language)
    result = build(
        Options(
            command="build", content=content, layouts=ROOT / "layouts", output=folder / "www" / "board",
            cache=None, now=NOW, quiet=True,
        )
    )  # fmt: skip
    assert not [found for found in result.diagnostics if found.severity == "error"]

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=folder / "www")
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/board/"
    server.shutdown()
    server.server_close()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser.find_browser(), args=browser.LAUNCH_ARGS)
        yield started
        started.close()


@pytest.fixture
def open_page(chromium):
    """Open pages at the instant of the build; a fault in a script or a missing file fails the test."""
    contexts, faults = [], []

    def opened(address, now=NOW, **options):
        context = chromium.new_context(
            **({"viewport": {"width": 1280, "height": 900}, "timezone_id": "America/New_York"} | options)
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on(
            "request",
            lambda asked: (
                faults.append(asked.url) if not asked.url.startswith(("http://127.0.0.1", "blob:")) else None
            ),
        )
        page.set_default_timeout(10_000)
        page.clock.set_fixed_time(now)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [fault for fault in faults if "build.json" not in fault and "404" not in fault] == []


@pytest.fixture
def index(open_page, published):
    page = open_page(published)
    page.wait_for_selector("#filter-q")
    return page


def count(page, text):
    expect(page.locator("[data-count]")).to_have_text(text)


def titles(page):
    return page.locator("[data-list] h3").all_text_contents()


def choose(page, facet, value):
    group = page.locator("[data-filter] details", has=page.locator(f'summary:text-is("{facet}")'))
    if group.get_attribute("open") is None:
        group.locator("summary").click()
        expect(group.locator("label").first).to_be_visible()
        page.wait_for_timeout(100)
    if group.locator("input[type=search]").count():
        group.locator("input[type=search]").fill(value)
    group.locator("li label, p label", has_text=value).last.click()
    page.keyboard.press("Escape")


def address(page):
    return page.url.partition("/board/")[2]


@pytest.mark.parametrize(
    ("facet", "value", "parameter", "expected"),
    [
        ("Place", "Hartford, CT", "?location=hartford-ct", 2),
        ("Arrangement", "Remote", "?arrangement=remote", 1),
        ("Type", "Internship", "?type=internship", 23),
        ("Organization", "Harbor Local 12", "?organization=harbor-local-12", 2),
        ("Tag", "training", "?tag=training", 1),
        ("Pay", "Pay not stated", "?pay=not-stated", 47),
        ("Deadline", "Within 7 days", "?closing=7", 2),
    ],
)
def test_each_facet_filters_and_is_in_the_address(index, facet, value, parameter, expected):
    group = index.locator("[data-filter] details", has=index.locator(f'summary:text-is("{facet}")'))
    group.locator("summary").click()
    expect(group.locator("li .count").first).not_to_be_empty()
    if group.locator("input[type=search]").count():
        group.locator("input[type=search]").fill(value)
    shown = group.locator("li", has_text=value).locator(".count").inner_text()
    group.locator("label", has_text=value).last.click()
    count(index, f"{expected} open job{'s' if expected > 1 else ''}")
    assert shown == str(expected)
    assert address(index) == parameter


def test_filters_combine_and_chips_take_them_away(index):
    choose(index, "Type", "Internship")
    choose(index, "Place", "Albany, NY")
    choose(index, "Place", "Reno, NV")
    count(index, "15 open jobs")
    assert address(index) == "?location=albany-ny&location=reno-nv&type=internship"
    index.get_by_role("button", name="Remove the filter: Internship").click()
    count(index, "31 open jobs")
    assert index.evaluate("document.activeElement.className") == "filter-chip"
    index.get_by_role("button", name="Clear all filters").click()
    count(index, "50 open jobs")
    assert address(index) == ""


def test_pay_keeps_what_states_none_unless_the_reader_says_otherwise(index):
    index.click('summary:text-is("Pay")')
    index.fill("#filter-pay", "75k")
    count(index, "49 open jobs")
    assert address(index) == "?min_pay=75000&per=year"
    choose(index, "Pay", "Pay stated")
    count(index, "2 open jobs")
    assert titles(index) == ["Éducatrice", "Researcher"]
    index.click('summary:text-is("Pay")')
    index.select_option("#filter-per", "hour")
    count(index, "1 open job")


def test_a_shared_link_survives_reload_back_and_forward(open_page, published):
    page = open_page(f"{published}?q=organizer&type=internship&sort=closing")
    count(page, "23 open jobs")
    first = titles(page)
    assert page.input_value("#filter-q") == "organizer"
    assert page.input_value("#filter-sort") == "closing"
    assert page.is_checked("#filter-type-internship")
    page.reload()
    count(page, "23 open jobs")
    assert titles(page) == first
    page.fill("#filter-q", "")
    count(page, "23 open jobs")
    choose(page, "Place", "Reno, NV")
    count(page, "7 open jobs")
    page.go_back()
    count(page, "23 open jobs")
    page.go_back()
    expect(page.locator("#filter-q")).to_have_value("organizer")
    page.go_forward()
    page.go_forward()
    count(page, "7 open jobs")
    assert page.is_checked("#filter-location-reno-nv")


def test_what_is_typed_in_one_go_is_one_step_back(index):
    index.locator("#filter-q").press_sequentially("research", delay=20)
    count(index, "1 open job")
    index.wait_for_timeout(400)
    assert address(index) == "?q=research"
    index.go_back()
    count(index, "50 open jobs")
    assert address(index) == ""


def test_unknown_values_are_ignored_and_it_is_said(open_page, published):
    page = open_page(f"{published}?tag=renamed-long-ago&type=internship&utm_source=x&location=%3Cscript%3E")
    count(page, "23 open jobs")
    expect(page.locator(".filter-note")).to_contain_text("left out")


def test_a_link_from_elsewhere_shows_only_its_results(open_page, published):
    page = open_page(f"{published}?q=pension")
    seen = page.evaluate("performance.getEntriesByType('layout-shift').length")
    count(page, "2 open jobs")
    assert titles(page) == ["Counsel", "Researcher"]
    assert seen == 0
    assert page.locator("html[data-filtering]").count() == 0


def test_whole_texts_are_searched_and_the_hit_is_shown(index):
    index.fill("#filter-q", "DRYDOC")
    count(index, "1 open job")
    expect(index.locator(".row-hit mark")).to_have_text("drydock")
    index.fill("#filter-q", "experience eleves")
    count(index, "1 open job")
    assert titles(index) == ["Éducatrice"]
    index.fill("#filter-q", "local 12 pension")
    count(index, "1 open job")
    index.fill("#filter-q", "nothing of the kind")
    count(index, "0 open jobs")
    expect(index.locator(".filter-note")).to_contain_text("No job on this list fits")
    expect(index.locator("[data-status]")).to_contain_text("No job on this list fits")


def test_long_results_come_in_pages_that_have_addresses(index):
    choose(index, "Pay", "Pay not stated")
    expect(index.locator("[data-list] > li")).to_have_count(20)
    first = titles(index)
    index.get_by_role("link", name="Next").click()
    expect(index.locator(".pager")).to_contain_text("Page 2 of 3")
    assert address(index) == "?pay=not-stated&page=2"
    assert index.evaluate("document.activeElement.hasAttribute('data-count')")
    expect(index.locator("[data-list] > li")).to_have_count(20)
    assert not set(first) & set(titles(index))


def test_closed_postings_can_be_asked_for_from_the_index(index):
    choose(index, "Open or closed", "Closed jobs")
    count(index, "2 closed jobs")
    assert address(index) == "?state=closed"
    choose(index, "Tag", "trades")
    count(index, "1 closed job")


def test_the_archive_is_filtered_in_place(open_page, published):
    page = open_page(f"{published}archive/")
    page.fill("#filter-q", "clerk")
    count(page, "1 closed job")
    assert address(page) == "archive/?q=clerk"


def rows(page):
    """The rows of a list as text, without what scripts add and without the room between tags."""
    return page.evaluate("""() => [...document.querySelectorAll("[data-list] > li")].map((row) => {
        const copy = row.cloneNode(true);
        for (const added of copy.querySelectorAll("[data-marks], [data-hit]")) added.remove();
        return copy.outerHTML.replace(/>\\s+/g, ">").replace(/\\s+</g, "<").replace(/\\s+/g, " ");
    })""")


@pytest.mark.parametrize("folder", ["", "archive/"])
@pytest.mark.parametrize("language", ["english", "spanish"])
def test_rows_made_in_the_browser_are_those_of_the_build(request, open_page, published, folder, language):
    site = published if language == "english" else request.getfixturevalue("spanish")
    built = open_page(f"{site}{folder}")
    built.wait_for_selector("#filter-q")
    expected = rows(built)
    page = open_page(f"{site}{folder}?pay=stated&pay=not-stated")
    expect(page.locator("html[data-filtering]")).to_have_count(0)
    expect(page.locator("[data-list] > li")).to_have_count(len(expected))
    assert rows(page) == expected


def test_a_deadline_that_passes_hides_the_posting(open_page, published):
    later = NOW + timedelta(hours=2)
    page = open_page(published, now=later)
    expect(page.locator('[data-slug="welder"]')).to_be_hidden()
    expect(page.locator("[data-status]")).to_contain_text("1 job is no longer shown")
    page.fill("#filter-q", "welder")
    count(page, "0 open jobs")
    posting = open_page(f"{published}jobs/welder/", now=later)
    expect(posting.locator("[data-expired]")).to_be_visible()
    expect(posting.locator("[data-apply]")).to_be_hidden()


def test_a_deadline_that_passes_while_the_page_is_open(open_page, published):
    page = open_page(published)
    expect(page.locator('[data-slug="welder"]')).to_be_visible()
    page.clock.set_fixed_time(NOW + timedelta(hours=1))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator('[data-slug="welder"]')).to_be_hidden()


def test_an_old_build_says_so(open_page, published):
    page = open_page(published, now=NOW + timedelta(days=2))
    page.wait_for_selector("#filter-q")
    assert page.get_by_role("note").filter(has_text="out of date").count() == 0
    page = open_page(published, now=NOW + timedelta(days=4))
    expect(page.get_by_role("note").filter(has_text="Jan 20, 2026")).to_be_visible()


def test_everything_by_keyboard(index):
    index.keyboard.press("/")
    assert index.evaluate("document.activeElement.id") == "filter-q"
    index.keyboard.type("organizer / 7")
    assert index.input_value("#filter-q") == "organizer / 7"
    index.keyboard.press("Control+A")
    index.keyboard.press("Delete")
    index.keyboard.press("Tab")
    index.keyboard.press("Tab")
    assert index.evaluate("document.activeElement.innerText.trim()") == "Organization"
    index.keyboard.press("Enter")
    index.keyboard.press("Tab")
    index.keyboard.press("Tab")
    index.keyboard.press("Space")
    expect(index.locator(".filter-chip")).to_have_count(1)
    assert index.evaluate("document.activeElement.type") == "checkbox"
    index.keyboard.press("Escape")
    assert index.evaluate("document.activeElement.innerText.trim()") == "Organization"
    assert index.locator("details[open]").count() == 0
    index.keyboard.press("Control+Home")
    index.focus("#filter-q")
    index.keyboard.press("Enter")
    assert index.evaluate("document.activeElement.hasAttribute('data-count')")


def test_saving_stays_in_the_browser_and_can_be_taken_along(index):
    index.locator('[data-slug="welder"] .save').click()
    index.locator('[data-slug="timed"] .save').click()
    index.locator('[data-slug="remote-counsel"] .save').click()
    assert index.get_attribute('[data-slug="timed"] .save', "aria-pressed") == "true"
    assert index.context.cookies() == []
    index.reload()
    index.locator(".saved > summary").click()
    assert index.locator(".saved-list a").all_inner_texts() == ["Counsel", "Researcher", "Welder & Rigger"]
    with index.expect_download() as download:
        index.get_by_role("button", name="Export list").click()
    lines = Path(download.value.path()).read_text("utf-8-sig").splitlines()
    assert lines[0] == "Title,Organization,Deadline,Address"
    assert lines[3].startswith("Welder & Rigger,Harbor Local 12,")
    assert lines[3].endswith("/board/jobs/welder/")
    with index.expect_download() as download:
        index.get_by_role("button", name="Export deadlines").click()
    calendar = Path(download.value.path()).read_text("utf-8")
    assert calendar.count("BEGIN:VEVENT") == 2
    assert calendar.count("BEGIN:VCALENDAR") == 1
    index.get_by_role("button", name="Remove: Counsel").click()
    assert index.locator(".saved-list a").count() == 2
    assert index.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_new_and_seen_are_marked(open_page, published):
    page = open_page(published)
    page.wait_for_selector(".save")
    assert page.locator(".mark-new").count() == 0
    page.click('[data-slug="timed"] h3 a')
    page.wait_for_selector(".posting-tools")
    page.go_back()
    expect(page.locator('[data-slug="timed"] .mark-seen')).to_be_visible()
    page.evaluate("""() => {
        const mark = { day: "2026-01-17", slugs: ["remote-counsel"] };
        localStorage.setItem("hiring-hall.visit:/board/", JSON.stringify(mark));
        sessionStorage.clear();
    }""")
    page.reload()
    page.wait_for_selector(".save")
    marked = page.locator("[data-slug]", has=page.locator(".mark-new"))
    assert marked.evaluate_all("rows => rows.map((row) => row.dataset.slug)") == ["welder", "educatrice"]


def test_a_posting_offers_its_link_and_the_readers_own_time(open_page, published):
    page = open_page(
        f"{published}jobs/timed/",
        timezone_id="Europe/Madrid",
        permissions=["clipboard-read", "clipboard-write"],
    )
    expect(page.locator("[data-local-time]")).to_contain_text("January 26, 2026 at 11:00 PM")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".tools-said")).to_have_text("The link has been copied.")
    assert page.evaluate("navigator.clipboard.readText()") == "https://jobs.example/board/jobs/timed/"
    page.get_by_role("button", name="Save").click()
    assert page.get_attribute(".save", "aria-pressed") == "true"
    at_home = open_page(f"{published}jobs/timed/")
    at_home.wait_for_selector(".posting-tools")
    assert at_home.locator("[data-local-time]").count() == 0


def test_without_scripts_facets_are_links_and_nothing_dead_is_shown(open_page, published):
    page = open_page(f"{published}?type=internship", java_script_enabled=False)
    assert page.locator("[data-list] > li").count() == 20
    assert page.locator("input, select, button").count() == 0
    page.click('summary:text-is("Type")')
    page.click('a:text-is("Internship")')
    assert address(page) == "types/internship/"


def test_foreign_postings_are_marked_as_such(index):
    choose(index, "Place", "Montréal")
    expect(index.locator("[data-list] h3 a")).to_have_attribute("lang", "fr")


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_nothing_moves_and_nothing_overflows(open_page, published, width):
    page = open_page("about:blank", viewport={"width": width, "height": 800})
    page.add_init_script("""window.moved = 0; new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value;
    }).observe({ type: "layout-shift", buffered: true });""")
    for folder in ("", "?q=organizer&type=internship&location=reno-nv", "archive/"):
        page.goto(published + folder)
        page.wait_for_selector(".saved")
        page.wait_for_timeout(300)
        assert page.evaluate("moved") == 0, folder
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(published)
    for summary in page.locator("[data-filter] summary").all():
        summary.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, summary.inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_no_violations(open_page, published, scheme, width):
    page = open_page(
        published,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        reduced_motion="reduce",
        bypass_csp=True,
    )
    page.wait_for_selector(".saved")
    axe = tools.npm_file("axe-core/axe.min.js").read_text("utf-8")
    page.locator('[data-slug="welder"] .save').click()

    def violations():
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
        return json.dumps([(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found])

    assert violations() == "[]"
    page.fill("#filter-q", "pension")
    count(page, "2 open jobs")
    for title in ("Place", "Pay", "Open or closed", "Saved"):
        page.locator("[data-filter] summary", has_text=re.compile(f"^{title}")).click()
        assert violations() == "[]", title
    page.goto(f"{published}jobs/timed/")
    page.wait_for_selector(".posting-tools")
    assert violations() == "[]"
