"""What is the reader's own: what passes by the clock, what is saved and seen, the tools of a posting."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.browser import expect
from tests.js.reading import NOW, count

pytestmark = pytest.mark.browser

OF_ONE_PAGE = {'(?s)<nav class="pager.*?</nav>': ""}
OF_ONE_DAY = {'data-added="[^"]*"': 'data-added="2026-01-19"'}


def replaced(texts):
    """Answer with a page in which other texts stand in place of what patterns find."""

    def answered(route):
        answer = route.fetch()
        body = answer.text()
        for pattern, text in texts.items():
            body = re.sub(pattern, text, body)
        route.fulfill(response=answer, body=body)

    return answered


def test_a_deadline_that_passes_hides_the_posting(open_page, published):
    later = NOW + timedelta(hours=2)
    page = open_page(published, now=later)
    expect(page.locator('[data-slug="welder"]')).to_be_hidden()
    status = page.locator("[data-status]")
    expect(status).to_contain_text("1 job is no longer shown")
    assert status.bounding_box()["width"] > 100  # also for people who see
    page.fill("#filter-q", "welder")
    count(page, "0 open jobs")
    assert status.bounding_box()["width"] <= 1
    posting = open_page(f"{published}jobs/welder/", now=later)
    expect(posting.locator("[data-expired]")).to_be_visible()
    for gone in ("[data-apply]", ".apply-again", ".badge"):
        expect(posting.locator(gone)).to_be_hidden()
    posting.get_by_role("link", name="See related open jobs").click()
    expect(posting.get_by_role("heading", name="Related open jobs")).to_be_in_viewport()
    posting.get_by_role("link", name="See the open jobs").click()
    posting.wait_for_url(published)


def test_a_browser_that_forbids_storage_shows_and_filters_the_list_and_offers_to_save_nothing(
    open_page, published
):
    page = open_page("about:blank")
    page.add_init_script("""for (const name of ["localStorage", "sessionStorage"])
        Object.defineProperty(window, name, { get() { throw new DOMException("", "SecurityError"); } });""")
    page.goto(f"{published}?q=pension")
    count(page, "2 open jobs")
    expect(page.locator(".filter-chip")).to_have_count(1)
    expect(page.locator(".save, .saved, .row-marks")).to_have_count(0)
    page.locator("[data-list] h3 a").first.click()
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    expect(page.locator(".save")).to_have_count(0)


FULL = "void (Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); })"


def test_a_browser_with_no_room_left_says_that_it_saves_nothing(index):
    index.evaluate(FULL)
    row = index.locator('[data-slug="welder"]')
    row.get_by_role("button", name="Save").click()
    told = "This could not be saved: your browser’s storage is full or turned off."
    expect(row.get_by_role("alert")).to_have_text(told)
    expect(row.locator(".save")).to_have_attribute("aria-pressed", "false")
    other = index.locator('[data-slug="timed"]')
    other.locator(".save").click()
    expect(index.get_by_role("alert")).to_have_count(1)
    expect(other.get_by_role("alert")).to_have_text(told)
    index.fill("#filter-q", "rigger")
    count(index, "1 open job")
    expect(index.get_by_role("alert")).to_have_count(0)
    index.locator("[data-list] h3 a").click()
    index.evaluate(FULL)
    index.get_by_role("button", name="Save").click()
    expect(index.get_by_role("alert")).to_have_text(told)


def test_a_posting_without_a_deadline_closes_because_nobody_confirmed_it(open_page, published):
    posting = open_page(f"{published}jobs/remote-counsel/", now=NOW + timedelta(days=90))
    expect(posting.locator("[data-expired]")).to_contain_text("Nobody has recently confirmed")
    expect(posting.locator("[data-expired]")).not_to_contain_text("deadline")
    expect(posting.locator("[data-apply]")).to_be_hidden()


def test_a_deadline_passes_without_anything_fetched(open_page, published):
    later = NOW + timedelta(hours=2)
    posting = open_page(f"{published}jobs/welder/", now=later, missing="**/search/**")
    expect(posting.locator("[data-expired]")).to_contain_text("deadline has passed")
    expect(posting.locator("[data-apply]")).to_be_hidden()
    page = open_page(published, now=later, missing="**/search/**")
    expect(page.locator('[data-slug="welder"]')).to_be_hidden()


SCRIPTS = "**/main.js"
WORDS = "**/search/site.json"


@pytest.mark.parametrize("missing", [SCRIPTS, WORDS])
@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("", "50 open jobs when this page was made"),
        ("page/2/", "Page 2 of 3"),
        ("locations/hartford-ct/", "2 open jobs when this page was made"),
    ],
)
def test_a_count_is_true_where_there_are_no_words_for_how_many_are_left(
    open_page, published, place, told, missing
):
    page = open_page(f"{published}{place}", missing=missing)
    expect(page.locator("[data-list] > [hidden]")).to_have_count(0)
    expect(page.locator("[data-count]")).to_have_text(told.removesuffix(" when this page was made"))
    page.clock.set_fixed_time(NOW + timedelta(days=30))
    page.reload()
    expect(page.locator("[data-list] > [hidden]")).not_to_have_count(0)
    expect(page.locator("[data-count]")).to_have_text(told)
    assert page.locator("[data-status]").bounding_box()["height"] <= 1


@pytest.mark.parametrize(
    ("place", "asked"),
    [
        ("jobs/welder/", ["site"]),
        ("", ["site"]),
        ("?tag=trades", ["open", "site"]),
        ("?tag=trades&state=closed", ["closed", "site"]),
        ("archive/", ["site"]),
        ("archive/?tag=trades", ["closed", "site"]),
        ("archive/?tag=trades&state=open", ["open", "site"]),
    ],
)
def test_what_is_asked_for_before_scripts_have_come_is_what_they_ask_for(open_page, published, place, asked):
    for missing in (SCRIPTS, None):
        page = open_page("about:blank", missing=missing)
        found = []
        page.on("request", lambda request, found=found: found.append(request.url))
        page.goto(f"{published}{place}", wait_until="networkidle")
        names = (re.search(r"/search/(\w+)\.json$", url) for url in found)
        assert sorted(name[1] for name in names if name) == asked
        expect(page.locator("[data-filtering]")).to_have_count(0)


COUNT_FORMATTERS = """window.made = 0;
for (const name of ["NumberFormat", "RelativeTimeFormat"]) {
    Intl[name] = new Proxy(Intl[name], { construct: (...all) => (made += 1, Reflect.construct(...all)) });
}"""


def test_a_mark_of_a_closing_job_is_worded_once_for_all_rows(open_page, published):
    page = open_page(f"{published}closing-soon/", missing=SCRIPTS)
    rows = re.compile(r"(?<=<ol class=\"rows\" data-list=\"open\">).*?(?=</ol>)", re.DOTALL)
    whole, many = rows.subn(lambda found: found[0] * 20, page.request.get(page.url).text())
    page.route(page.url, lambda route: route.fulfill(body=whole, content_type="text/html"))
    page.add_init_script(COUNT_FORMATTERS)
    page.reload()
    marks = page.locator("[data-list] .badge")
    expect(marks).to_have_text(["today", "6 days"] * 20)
    assert (many, page.evaluate("made")) == (1, 2)
    page.unroute(SCRIPTS)
    page.reload()
    expect(page.locator(".save")).to_have_count(40)
    page.clock.set_fixed_time(NOW + timedelta(days=1))
    before = page.evaluate("made")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(marks).to_have_text(["yesterday", "5 days"] * 20)
    assert page.evaluate("made") - before == 2


@pytest.mark.parametrize("missing", [None, SCRIPTS, WORDS])
def test_related_jobs_that_have_closed_are_hidden_as_are_the_ways_to_them_if_none_is_left(
    open_page, published, missing
):
    page = open_page(f"{published}jobs/filled-cook/", missing=missing)
    shown = page.locator(".related > li a").filter(visible=True)
    ways = page.locator("#related, .to-related").filter(visible=True)
    for hours, left in ((0, ["Researcher", "Welder & Rigger"]), (2, ["Researcher"]), (999, [])):
        page.clock.set_fixed_time(NOW + timedelta(hours=hours))
        page.reload()
        expect(shown).to_have_text(left)
        expect(ways).to_have_count(2 if left else 0)
    closed = open_page(f"{published}jobs/welder/", now=NOW + timedelta(hours=2), missing=missing)
    expect(closed.locator("[data-expired] .to-related")).to_be_visible()
    closed.clock.set_fixed_time(NOW + timedelta(days=99))
    closed.reload()
    expect(closed.locator("[data-expired]")).to_be_visible()
    expect(closed.locator(".to-related")).to_be_hidden()


def test_a_related_job_closes_while_the_page_is_open(open_page, published):
    page = open_page(f"{published}jobs/remote-counsel/")
    expect(page.locator(".posting-tools .save")).to_be_visible()
    page.clock.set_fixed_time(NOW + timedelta(hours=2))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".related > li").filter(has_text="Welder")).to_be_hidden()


def test_a_deadline_passes_on_a_page_whose_layout_has_another_article(open_page, published):
    """A theme may tell its news in an article above the posting, which scripts find by its attributes."""
    page = open_page("about:blank", now=NOW + timedelta(hours=2))
    page.route("**/jobs/welder/", replaced({"(<body[^>]*>)": r"\1<article>News</article>"}))
    page.goto(f"{published}jobs/welder/")
    expect(page.locator("[data-slug] > [data-expired]")).to_be_visible()
    expect(page.locator("[data-apply]")).to_be_hidden()


def test_the_count_stays_true_when_postings_are_hidden(open_page, published):
    later = NOW + timedelta(hours=2)
    page = open_page(published, now=later)
    # How many have passed on the other pages of the list is not known.
    count(page, "50 open jobs when this page was made")
    page.fill("#filter-q", "pension")
    count(page, "2 open jobs")
    page.fill("#filter-q", "")
    count(page, "49 open jobs")
    whole = open_page(f"{published}locations/hartford-ct/")
    count(whole, "2 open jobs")
    for moment, left in ((later, "1 open job"), (NOW + timedelta(days=7), "0 open jobs")):
        whole.clock.set_fixed_time(moment)
        whole.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        count(whole, left)
    expect(whole.locator("[data-status]")).to_contain_text("1 job is no longer shown")
    expect(whole.locator("[data-list]")).to_be_hidden()


def test_a_list_with_nothing_left_in_it_leads_on(open_page, published):
    page = open_page(f"{published}locations/hartford-ct/", now=NOW + timedelta(days=7))
    expect(page.locator("[data-ways]")).to_contain_text("Subscribe to this list")
    links = page.locator("[data-ways] a")
    expect(links).to_have_text(["See the open jobs", "See everything that has closed"])
    assert [link.get_attribute("href") for link in links.all()] == ["/board/", "/board/archive/"]


def test_an_index_of_one_page_with_nothing_left_in_it_leads_on_until_it_is_filtered(open_page, published):
    page = open_page("about:blank", now=NOW + timedelta(days=99))
    page.route(published, replaced(OF_ONE_PAGE))
    page.goto(published)
    count(page, "0 open jobs")
    expect(page.locator("[data-ways] a")).to_have_text(["See everything that has closed"])
    page.fill("#filter-q", "pension")
    expect(page.locator(".filter-note")).to_contain_text("No job on this list contains this word")
    expect(page.locator("[data-ways]")).to_have_count(0)


def test_an_index_with_nothing_left_in_it_does_not_speak_of_filters(open_page, published):
    page = open_page(published, now=NOW + timedelta(days=99))
    page.fill("#filter-q", "pension")
    expect(page.locator(".filter-note")).to_contain_text("No job on this list contains this word")
    page.fill("#filter-q", "")
    expect(page.locator(".filter-note")).to_contain_text("No open jobs here right now. See 2 closed jobs")


def test_a_later_page_of_a_list_goes_on_saying_which_it_is_when_postings_are_hidden(open_page, published):
    page = open_page(f"{published}page/2/", now=NOW + timedelta(days=30))
    expect(page.locator("[data-status]")).to_contain_text("jobs are no longer shown")
    expect(page.locator("[data-count]")).to_have_text("Page 2 of 3")


def test_a_deadline_that_passes_behind_a_filter_is_hidden_when_it_is_cleared(open_page, published):
    page = open_page(published)
    page.fill("#filter-q", "pension")
    count(page, "2 open jobs")
    page.clock.set_fixed_time(NOW + timedelta(hours=2))
    page.get_by_role("button", name="Clear all filters").click()
    count(page, "49 open jobs")
    expect(page.locator('[data-slug="welder"]')).to_be_hidden()


def test_a_deadline_passes_by_the_clock_alone(chromium, published):
    with chromium.new_context(timezone_id="America/New_York") as context:
        page = context.new_page()
        page.clock.install(time=NOW)
        for address in ("?location=hartford-ct", "locations/hartford-ct/"):
            page.clock.set_system_time(NOW)
            page.goto(f"{published}{address}")
            expect(page.locator('[data-slug="welder"]')).to_be_visible()
            page.clock.fast_forward("01:00:30")
            count(page, "1 open job")
            expect(page.locator('[data-slug="welder"]')).to_be_hidden()
        posting = context.new_page()
        posting.clock.install(time=NOW)
        posting.goto(f"{published}jobs/welder/")
        expect(posting.locator("[data-local-time]")).to_have_text("Your time: Tue, Jan 20, 1:00 PM EST.")
        assert " Your time" in posting.locator(".fact-deadline dd").text_content()
        expect(posting.locator("[data-apply]")).to_be_visible()
        posting.clock.fast_forward("01:00:30")
        expect(posting.locator("[data-expired]")).to_be_visible()


def test_a_row_says_how_near_its_deadline_is_by_the_readers_calendar(open_page, published):
    page = open_page(published)
    marks = page.locator("[data-list] .badge")
    expect(marks).to_have_text(["today", "6 days"])
    page.fill("#filter-q", "pension")
    count(page, "2 open jobs")
    expect(marks).to_have_text(["6 days"])
    # The same page a day and two days later
    page.clock.set_fixed_time(NOW + timedelta(days=1))
    page.goto(published)
    expect(marks.last).to_have_text("5 days")
    expect(page.locator(".save")).not_to_have_count(0)
    page.clock.set_fixed_time(NOW + timedelta(days=2))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(marks.last).to_have_text("4 days")


def test_where_the_calendar_has_another_day_than_is_written_a_row_says_but_that_it_closes_soon(
    open_page, published
):
    page = open_page(published, timezone_id="Asia/Tokyo")
    marks = page.locator("[data-list] .badge")
    expect(marks).to_have_text(["Closing soon", "Closing soon"])
    page.fill("#filter-q", "pension")
    count(page, "2 open jobs")
    expect(marks).to_have_text(["Closing soon"])


def test_an_old_build_says_so(open_page, published):
    page = open_page(published, now=NOW + timedelta(days=2))
    page.wait_for_selector("#filter-q")
    assert page.locator("[data-stale]").count() == 0
    page = open_page(published, now=NOW + timedelta(days=4))
    expect(page.get_by_role("status").filter(has_text="Jan 20, 2026")).to_be_visible()
    # At noon in New York, the next day has begun on the other side of the world.
    page = open_page(published, now=NOW + timedelta(days=4), timezone_id="Pacific/Auckland")
    expect(page.get_by_role("status").filter(has_text="Jan 21, 2026")).to_be_visible()


def test_saving_stays_in_the_browser_and_can_be_taken_along(index):
    index.locator('[data-slug="welder"] .save').click()
    index.locator('[data-slug="timed"] .save').click()
    index.locator('[data-slug="remote-counsel"] .save').click()
    assert index.get_attribute('[data-slug="timed"] .save', "aria-pressed") == "true"
    assert index.context.cookies() == []
    index.reload()
    index.locator(".saved > summary").click()
    left = ["Welder & Rigger", "Researcher", "Counsel"]
    assert index.locator(".saved-list a").all_inner_texts() == left
    with index.expect_download() as download:
        index.get_by_role("button", name="Export list").click()
    lines = Path(download.value.path()).read_text("utf-8-sig").splitlines()
    assert lines[0] == "Title,Organization,Place,Pay,Deadline,Address"
    where, pay = '"Hartford, CT · On site · Full-time"', "$30–$35 an hour"
    assert lines[1].startswith(f"Welder & Rigger,Harbor Local 12,{where},{pay},")
    assert lines[1].endswith("/board/jobs/welder/")
    with index.expect_download() as download:
        index.get_by_role("button", name="Export deadlines").click()
    calendar = Path(download.value.path()).read_text("utf-8")
    assert calendar.count("BEGIN:VEVENT") == 2
    assert calendar.count("BEGIN:VCALENDAR") == 1
    expect(
        index.get_by_role("button", name="Remove: Researcher, Quay Federation", exact=True)
    ).to_be_visible()
    for title, following in (("Researcher", "Counsel"), ("Counsel", "Welder & Rigger")):
        index.get_by_role("button", name=f"Remove: {title}").click()
        left.remove(title)
        assert index.locator(".saved-list a").all_inner_texts() == left
        expect(index.get_by_role("button", name=f"Remove: {following}")).to_be_focused()
    index.get_by_role("button", name="Remove: Welder").click()
    expect(index.locator(".saved > summary")).to_be_focused()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("published", ("Save", "Saved")),
        ("spanish", ("Guardar", "Guardado")),
        ("french", ("Garder", "Gardée")),
    ],
)
@pytest.mark.parametrize("place", ["", "jobs/welder/"])
def test_what_is_saved_says_so_and_its_button_stays_as_it_is(request, open_page, language, words, place):
    page = open_page(request.getfixturevalue(language) + place)
    button = page.locator("[data-slug=welder] .save")
    before = button.bounding_box()
    for word, pressed in ((words[0], "false"), (words[1], "true"), (words[0], "false")):
        expect(button).to_have_text(word)
        expect(button).to_have_accessible_name(f"{word} Welder & Rigger, Harbor Local 12")
        expect(button).to_have_attribute("aria-pressed", pressed)
        assert button.bounding_box() == pytest.approx(
            before, abs=0.5
        )  # fonts are measured in 64ths of a pixel
        button.click()


@pytest.mark.parametrize(("width", "columns"), [(320, 1), (760, 3), (1280, 5)])
def test_what_is_saved_can_be_compared(open_page, published, width, columns):
    page = open_page(published, viewport={"width": width, "height": 900})
    for slug in ("welder", "remote-counsel", "educatrice", "timed"):
        page.locator(f'[data-slug="{slug}"] .save').click()
    page.clock.set_fixed_time(NOW + timedelta(hours=2))
    page.reload()
    page.click(".saved > summary")
    items = page.locator(".saved-list li")
    researcher = ["Quay Federation", "Boston, MA; Hartford, CT", "$80,000–$95,000.50 a year"]
    teacher = ["École du Port", "Montréal, QC, Canada · Hybrid · Part-time, Temporary", "CA$52,000 a year"]
    counsel = ["Harbor Local 12", "Minnesota · Remote", "Selon accord"]
    welder = ["Harbor Local 12", "Hartford, CT · On site · Full-time", "$30–$35 an hour"]
    expect(items.locator("p")).to_have_text(
        [
            *(*researcher, "Closes Mon, Jan 26, 2026, 5:00\u202fPM EST"),
            *(*teacher, "Closes Mon, Feb 16, 2026"),
            *(*counsel, "Open until filled"),
            *(*welder, "Deadline passed"),
        ]
    )
    lefts = items.evaluate_all("""(items) => items.map((item) =>
        [...item.querySelectorAll("a, p, button")].map((part) => part.getBoundingClientRect().left))""")
    assert len({tuple(each) for each in lefts}) == 1
    assert len(set(lefts[0])) == columns


def test_what_is_not_stated_looks_so_where_it_is_saved(index):
    row = index.locator("[data-list] .row", has=index.locator(".row-pay.unstated")).first
    row.locator(".save").click()
    index.click(".saved > summary")
    pay = index.locator(".saved-list p", has_text="Pay not stated")
    expect(pay).to_have_css("font-style", "italic")
    expect(pay).to_have_css("font-weight", "400")


def test_the_link_is_copied_without_moving_what_is_below(open_page, published):
    page = open_page(f"{published}jobs/welder/", viewport={"width": 390, "height": 844})
    page.context.grant_permissions(["clipboard-write"])
    page.locator(".posting-tools").wait_for()
    before = page.locator(".key").bounding_box()["y"]
    page.locator(".copy").click()
    expect(page.locator(".tools-said")).to_have_text("The link has been copied.")
    assert page.locator(".key").bounding_box()["y"] == before


def test_what_was_saved_stays_so_when_its_posting_is_renamed(index):
    index.locator('[data-slug="welder"] .save').click()
    index.evaluate("""for (const [key, value] of Object.entries({...localStorage}))
        localStorage.setItem(key, value.replaceAll('"welder"', '"rigger"'))""")
    index.reload()
    expect(index.locator('[data-slug="welder"] .save')).to_have_attribute("aria-pressed", "true")
    index.locator(".saved > summary").click()
    expect(index.locator(".saved-list a")).to_have_attribute("href", "/board/jobs/welder/")


@pytest.mark.parametrize("place", ["tags/trades/", "jobs/welder/", "closing-soon/"])
def test_pages_without_the_panel_lead_to_what_is_saved(open_page, published, place):
    page = open_page(f"{published}{place}", viewport={"width": 390, "height": 844})
    expect(page.locator(".save")).not_to_have_count(0)
    expect(page.locator(".saved-link")).to_be_hidden()
    button = page.locator(".save").first
    height = button.bounding_box()["y"]
    button.click()
    expect(page.locator(".saved-link")).to_have_text("Saved (1)")
    assert button.bounding_box()["y"] == height
    page.locator(".saved-link").click()
    expect(page.locator(".saved-list a")).to_be_visible()
    expect(page.locator(".saved > summary")).to_be_focused()
    expect(page.locator(".saved-link")).to_have_count(0)


@pytest.mark.parametrize("place", ["tags/trades/", "jobs/welder/"])
@pytest.mark.parametrize("language", ["published", "spanish", "french"])
def test_the_link_to_what_is_saved_moves_nothing_on_the_smallest_phone(request, open_page, language, place):
    home = request.getfixturevalue(language)
    page = open_page(f"{home}{place}", viewport={"width": 320, "height": 640})
    below = page.locator("[data-list], .key")
    expect(page.locator(".save")).not_to_have_count(0)
    before = below.bounding_box()["y"]
    page.evaluate("document.querySelector('.save').click()")
    expect(page.locator(".saved-link")).to_be_visible()
    assert below.bounding_box()["y"] == before


def test_what_cannot_be_exported_is_told_once_and_no_longer_than_it_holds(index):
    index.locator('[data-slug="remote-counsel"] .save').click()
    index.locator(".saved > summary").click()
    export, status = (
        index.get_by_role("button", name="Export deadlines"),
        index.locator(".saved [role=status]"),
    )
    expect(status).to_be_empty()
    index.route("**/exports.js", lambda route: route.fulfill(status=404))
    for name in ("Export list", "Export deadlines"):
        index.get_by_role("button", name=name).click()
        expect(status).to_contain_text("could be loaded")
    index.unroute("**/exports.js")
    index.reload()
    index.locator(".saved > summary").click()
    export.click()
    expect(status).to_have_text("None of these jobs has an upcoming deadline.")
    index.keyboard.press("Escape")
    index.locator('[data-slug="timed"] .save').click()
    expect(status).to_be_empty()
    index.locator(".saved > summary").click()
    index.route("**/deadline.ics", lambda route: route.fulfill(status=404))
    export.click()
    expect(status).to_contain_text("could be loaded")
    index.unroute("**/deadline.ics")
    with index.expect_download():
        export.click()
    expect(status).to_be_empty()


def test_what_is_saved_says_what_has_passed_and_offers_only_what_can_be_done(open_page, published):
    page = open_page(published)
    panel = page.locator(".saved .browse-panel")
    page.click(".saved > summary")
    expect(panel).to_contain_text("You have no saved jobs")
    expect(panel.get_by_role("button")).to_have_count(0)
    page.keyboard.press("Escape")
    page.locator('[data-slug="welder"] .save').click()
    page.clock.set_fixed_time(NOW + timedelta(hours=2))
    page.goto(f"{published}archive/")
    page.locator('[data-slug="closed-clerk"] .save').click()
    page.click(".saved > summary")
    whens = panel.locator("li p:last-of-type")
    expect(whens).to_have_text(["Deadline passed"] * 2)
    page.goto(f"{published}jobs/closed-clerk/")
    for _ in ("no longer", "again"):
        page.locator(".posting-tools .save").click()
    page.goto(published)
    page.locator('[data-slug="remote-counsel"] .save').click()
    page.clock.set_fixed_time(NOW + timedelta(days=90))
    page.reload()
    page.click(".saved > summary")
    expect(whens).to_have_text(["Not confirmed in time", "Deadline passed", "Deadline passed"])
    expect(panel.get_by_text("You have no saved jobs")).to_be_hidden()
    page.get_by_role("button", name="Remove: Welder").click()
    page.get_by_role("button", name="Export deadlines").click()
    expect(panel.get_by_role("status")).to_have_text("None of these jobs has an upcoming deadline.")


def test_what_is_saved_says_what_holds_now(open_page, published):
    page = open_page(published)
    page.wait_for_selector(".save")
    for slug in ("timed", "filled-cook"):  # as they were when they were saved
        saved = {
            "slug": slug,
            "title": slug,
            "organization": "Quay",
            "deadline": "Fri, Jan 2",
            "closes": 1,
            "dated": True,
        }
        page.evaluate(
            """(saved) => {
                const key = "hiring-hall.saved:/board/";
                const before = JSON.parse(localStorage.getItem(key) ?? "[]");
                localStorage.setItem(key, JSON.stringify([...before, saved]));
            }""",
            saved,
        )
    page.reload()
    page.click(".saved > summary")
    items = page.locator(".saved-list li p:nth-of-type(2), .saved-list li p:last-of-type")
    now = [
        "Boston, MA; Hartford, CT",
        "Closes Mon, Jan 26, 2026, 5:00\u202fPM EST",
        "Boston, MA · Contract",
        "Filled",
    ]
    expect(items).to_have_text(now)
    page.reload()
    expect(items).to_have_text(now)


def test_another_tab_takes_no_focus_from_what_is_saved(index):
    index.locator('[data-slug="welder"] .save').click()
    index.locator('[data-slug="timed"] .save').click()
    index.locator(".saved > summary").click()
    remove = index.get_by_role("button", name="Remove: Welder")
    remove.focus()
    other = index.context.new_page()
    other.goto(index.url)
    other.click('[data-slug="educatrice"] h3 a')
    other.wait_for_selector(".posting-tools")
    expect(index.locator('[data-slug="educatrice"] .mark-seen')).to_have_count(1)
    expect(remove).to_be_focused()
    other.get_by_role("button", name="Save").click()
    expect(index.locator(".saved-list li")).to_have_count(3)
    expect(remove).to_be_focused()


def test_what_was_saved_while_the_reader_was_elsewhere_is_shown_on_the_way_back(index):
    """A step back may lead to the page as it was, with all its scripts."""
    index.locator('[data-slug="welder"] .save').click()
    index.evaluate("""() => {
        const key = "hiring-hall.saved:/board/";
        localStorage.setItem(key, localStorage.getItem(key).replaceAll('"welder"', '"timed"'));
        dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    }""")
    for slug, pressed in (("welder", "false"), ("timed", "true")):
        expect(index.locator(f'[data-slug="{slug}"] .save')).to_have_attribute("aria-pressed", pressed)


def test_a_postings_page_knows_what_another_tab_saves(index, published):
    posting = index.context.new_page()
    posting.goto(f"{published}jobs/welder/")
    button = posting.locator(".save")
    for row, word in (("false", "Save"), ("true", "Saved"), ("false", "Save")):
        expect(index.locator('[data-slug="welder"] .save')).to_have_attribute("aria-pressed", row)
        expect(button).to_have_text(word)
        index.locator('[data-slug="welder"] .save').click()
    button.click()
    expect(button).to_have_text("Save")


def test_what_is_saved_says_what_has_passed_where_the_list_cannot_be_fetched(index):
    index.locator('[data-slug="welder"] .save').click()
    index.route("**/search/*.json", lambda route: route.fulfill(status=404))
    index.clock.set_fixed_time(NOW + timedelta(hours=2))
    index.locator(".saved > summary").click()
    expect(index.locator(".saved-list")).to_contain_text("Deadline passed")


def test_what_is_saved_says_what_passes_while_it_is_shown(chromium, published):
    with chromium.new_context(timezone_id="America/New_York") as context:
        page = context.new_page()
        page.clock.install(time=NOW)
        page.goto(published)
        page.locator('[data-slug="welder"] .save').click()
        page.locator(".saved > summary").click()
        expect(page.locator(".saved-list")).to_contain_text("Closes Tue, Jan 20")
        page.clock.fast_forward("01:00:30")
        expect(page.locator(".saved-list")).to_contain_text("Deadline passed")


def test_a_window_that_narrows_or_widens_keeps_what_is_saved_and_its_focus(index):
    index.locator('[data-slug="welder"] .save').click()
    index.locator(".saved > summary").click()
    remove = index.get_by_role("button", name="Remove: Welder")
    remove.focus()
    for width in (390, 1280):
        index.set_viewport_size({"width": width, "height": 800})
        expect(index.locator(f"{'.filter-bar' if width == 390 else '.browse'} > .saved")).to_have_count(1)
        expect(index.locator(".saved")).to_have_count(1)
        expect(remove).to_be_focused()


def test_new_and_seen_are_marked(open_page, published):
    page = open_page(f"{published}locations/albany-ny/")
    page.wait_for_selector(".save")
    # A list of a few says nothing about what is new on the whole.
    assert page.evaluate("localStorage.getItem('hiring-hall.visit:/board/')") is None
    page.goto(published)
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


def test_nothing_is_new_to_a_first_visit_where_one_day_fills_more_than_a_page(open_page, published):
    page = open_page(f"{published}tags/trades/")
    page.route(re.compile("/board/(page/2/)?$"), replaced(OF_ONE_DAY))
    for place in ("", "page/2/"):
        page.goto(f"{published}{place}")
        page.wait_for_selector(".save")
        assert page.locator(".mark-new").count() == 0


def test_what_comes_on_the_day_of_the_last_visit_is_new_to_a_list_of_one_page(open_page, published):
    page = open_page("about:blank")
    page.route(published, replaced(OF_ONE_PAGE | OF_ONE_DAY))
    page.goto(published)
    page.wait_for_selector(".save")
    page.evaluate("""() => {
        sessionStorage.clear();
        const key = "hiring-hall.visit:/board/", visit = JSON.parse(localStorage.getItem(key));
        localStorage.setItem(key, JSON.stringify({ ...visit, slugs: visit.slugs.slice(1) }));
    }""")
    page.reload()
    expect(page.locator("[data-slug]", has=page.locator(".mark-new"))).to_have_attribute(
        "data-slug", "welder"
    )


def test_a_posting_offers_its_link_and_the_readers_own_time(open_page, published):
    page = open_page(
        f"{published}jobs/timed/",
        timezone_id="Europe/Madrid",
        permissions=["clipboard-read", "clipboard-write"],
    )
    expect(page.locator("[data-local-time]")).to_have_text("Your time: Mon, Jan 26, 11:00 PM GMT+1.")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".tools-said")).to_have_text("The link has been copied.")
    assert page.evaluate("navigator.clipboard.readText()") == "https://jobs.example/board/jobs/timed/"
    page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject(new Error()))")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".tools-said")).to_contain_text("https://jobs.example/board/jobs/timed/")
    page.get_by_role("button", name="Save").click()
    assert page.get_attribute(".save", "aria-pressed") == "true"


@pytest.mark.parametrize(
    ("slug", "zone", "note"),
    [
        ("timed", "America/New_York", "in 6 days"),
        ("timed", "America/Toronto", "in 6 days"),
        ("timed", "America/Chicago", "Your time: Mon, Jan 26, 4:00 PM CST."),
        ("welder", "UTC", "today"),
        ("educatrice", "America/New_York", "in 27 days"),
        ("educatrice", "Asia/Tokyo", "Your time: Tue, Feb 17, 2:00 PM GMT+9."),
    ],
)
def test_a_deadline_is_told_in_the_readers_time_where_its_clocks_show_another(
    open_page, published, slug, zone, note
):
    page = open_page(f"{published}jobs/{slug}/", timezone_id=zone)
    expect(page.locator(".fact-deadline .note")).to_have_text(note)


def test_how_far_off_a_deadline_is_stays_true_on_a_page_that_stays_open(chromium, published):
    with chromium.new_context(timezone_id="America/New_York") as context:
        page = context.new_page()
        page.clock.install(time=NOW)
        page.goto(f"{published}jobs/timed/")
        note = page.locator("[data-days-left]")
        expect(note).to_have_text("in 6 days")
        page.clock.fast_forward("24:00:00")
        expect(note).to_have_text("in 5 days")
        page.clock.set_system_time(NOW + timedelta(days=5))  # as a device that slept
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(note).to_have_text("tomorrow")


@pytest.mark.parametrize("width", [320, 1280])
def test_a_posting_is_shared_by_the_device_and_printed(open_page, published, width):
    page = open_page("about:blank", viewport={"width": width, "height": 800})
    page.add_init_script("""window.shared = []; window.printed = 0;
        navigator.share = async (given) => void shared.push(given);
        window.print = () => void (printed += 1);""")
    page.goto(f"{published}jobs/timed/")
    page.get_by_role("button", name="Share").click()
    assert page.evaluate("shared") == [
        {"title": "Researcher, Quay Federation", "url": "https://jobs.example/board/jobs/timed/"}
    ]
    assert page.get_by_role("button", name="Copy link").is_visible() == (
        width == 1280
    )  # a phone's sheet copies
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("printed") == 1


def test_what_is_copied_from_a_posting_is_the_job_without_the_buttons(open_page, published):
    page = open_page(f"{published}jobs/timed/")
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    page.locator("article").evaluate("(article) => getSelection().selectAllChildren(article)")
    copied = page.evaluate("getSelection().toString().split(/\\s*\\n\\s*/)")
    assert copied[:3] == ["Quay Federation", "Researcher", "Pay"]


@pytest.mark.parametrize("language", ["published", "spanish", "french"])
@pytest.mark.parametrize("shares", [True, False])
def test_the_tools_of_a_posting_are_one_line_on_the_smallest_phone(request, open_page, language, shares):
    page = open_page("about:blank", viewport={"width": 320, "height": 640})
    if shares:
        page.add_init_script("navigator.share = async () => {}")
    page.goto(f"{request.getfixturevalue(language)}jobs/timed/")
    page.locator(".posting-tools .save").click()
    seen = page.locator(".posting-tools button:visible")
    expect(seen).to_have_count(3 if shares else 2)
    assert len({button.bounding_box()["y"] for button in seen.all()}) == 1
    assert page.locator(".posting-tools").bounding_box()["height"] < 40
