"""Filtering in place, in a real browser: by each facet and by text, by hand and by shared link."""

from __future__ import annotations

import re

import pytest

from tests.browser import expect
from tests.js.reading import NOW, active, address, choose, count, feeds, markup, painted, rested, rows, titles

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("facet", "value", "parameter", "expected"),
    [
        ("locations", "Hartford, CT", "?location=hartford-ct", 2),
        ("arrangements", "Remote", "?arrangement=remote", 1),
        ("types", "Internship", "?type=internship", 23),
        ("organizations", "Harbor Local 12", "?organization=harbor-local-12", 2),
        ("tags", "training", "?tag=training", 1),
        ("pay", "No figures for pay", "?pay=not-stated", 47),
        ("closing", "Within 7 days", "?closing=7", 2),
    ],
)
def test_each_facet_filters_and_is_in_the_address(index, facet, value, parameter, expected):
    group = index.locator(f"[data-filter] details[data-facet={facet}]")
    group.locator("summary").click()
    expect(group.locator("li .count").first).not_to_be_empty()
    # A value beyond the first ten is found with the box that appears with all of them.
    found = group.locator("li", has_text=value).or_(group.locator("input[type=search]"))
    expect(found.first).to_be_visible()
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
    index.select_option("#filter-sort", "pay")
    index.get_by_role("button", name="Clear all filters").click()
    count(index, "50 open jobs")
    assert address(index) == "?sort=pay"  # an order leaves nothing out


def test_pay_keeps_what_states_none_unless_the_reader_says_otherwise(index):
    index.click('summary:text-is("Pay")')
    index.fill("#filter-pay", "75k")
    count(index, "49 open jobs")
    assert address(index) == "?min_pay=75000&per=year"
    choose(index, "Pay", "Pay in figures")
    count(index, "2 open jobs")
    assert titles(index, 2) == ["Éducatrice", "Researcher"]
    index.click('summary:text-is("Pay")')
    index.select_option("#filter-per", "hour")
    count(index, "1 open job")


@pytest.mark.parametrize(
    ("written", "sought"), [('"pension"', "pension"), ("drydock", "drydock"), ("-pension", "-pension")]
)
def test_what_is_typed_is_a_step_of_its_own_also_if_it_begins_with_a_space_or_a_sign(index, written, sought):
    field = index.locator("#filter-q")
    for start, back in (("", ""), ("organizer ", "?q=organizer")):
        field.fill(start.strip())
        field.blur()
        painted(index)
        field.press("End")
        index.keyboard.type(f" {written}")
        index.wait_for_url(f"**?q={f'{start}{sought}'.replace(' ', '+')}")
        index.go_back()
        index.wait_for_url(f"**/board/{back}")


def test_closed_jobs_are_sorted_by_the_day_they_closed_and_the_field_says_so(open_page, published):
    page = open_page(f"{published}archive/")
    orders = page.locator("#filter-sort option")
    expect(orders).to_have_text(["Recently closed", "Earliest deadline", "Highest pay"])
    choose(page, "Open or closed", "Open jobs")
    expect(orders).to_have_text(["Newest", "Closing soonest", "Highest pay"])


def test_a_shared_link_survives_reload_back_and_forward(open_page, published):
    page = open_page(f"{published}?q=organizer&type=internship&sort=closing")
    count(page, "23 open jobs")
    first = titles(page)
    assert page.input_value("#filter-q") == "organizer"
    assert page.input_value("#filter-sort") == "closing"
    assert page.is_checked("#filter-type-internship")
    page.reload()
    count(page, "23 open jobs")
    assert titles(page, len(first)) == first
    expect(page.locator("#filter-sort option").first).to_have_text("Best match")
    page.fill("#filter-q", "")
    count(page, "23 open jobs")
    expect(page.locator("#filter-sort option")).to_have_count(3)
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


def test_a_page_of_the_list_that_is_gone_back_to_after_a_reload_is_that_page(open_page, published):
    page = open_page(f"{published}page/2/")
    page.wait_for_selector("#filter-q")
    second = titles(page)
    choose(page, "Type", "Internship")
    count(page, "23 open jobs")
    page.reload()
    count(page, "23 open jobs")
    page.go_back()
    count(page, "50 open jobs")
    assert address(page) == "page/2/"
    assert titles(page, len(second)) == second


def test_what_phones_share_of_a_list_has_its_filter(open_page, published):
    """They share a page's canonical address, if it has one, in place of the address in force."""
    page = open_page(f"{published}?utm_source=elsewhere")
    canonical = page.locator('link[rel="canonical"]')
    count(page, "50 open jobs")
    expect(canonical).to_have_count(1)
    choose(page, "Place", "Reno, NV")
    expect(canonical).to_have_count(0)
    page.reload()
    expect(canonical).to_have_count(0)
    page.go_back()
    expect(canonical).to_have_attribute("href", "https://jobs.example/board/")
    page.locator("#filter-q").press_sequentially("research")
    expect(canonical).to_have_count(0)


def test_the_whole_list_is_asked_for_as_it_is_now_when_a_reader_is_about_to_filter(index):
    """Parts that are fetched later belong to this very list: a copy that a browser has kept may be older."""
    with index.expect_request("**/search/open.json") as asked:
        index.hover("[data-facet=types] > summary")
    assert asked.value.all_headers()["cache-control"] == "max-age=0"


def test_what_is_typed_in_one_go_is_one_step_back(index):
    index.locator("#filter-q").press_sequentially("research", delay=20)
    count(index, "1 open job")
    index.wait_for_url("**/board/?q=research")
    for text in ("", "pension"):  # what is typed after a step back is a step of its own, too
        index.fill("#filter-q", text or "research")
        index.wait_for_url(f"**/board/?q={text or 'research'}")
        index.go_back()
        count(index, "50 open jobs")
        assert address(index) == ""


def test_what_is_typed_is_whole_in_the_history_however_soon_the_reader_goes_on(index):
    index.locator("#filter-q").press_sequentially("research")
    index.click('[data-slug="timed"] h3 a')
    index.wait_for_selector(".posting-tools")
    index.go_back()
    count(index, "1 open job")
    assert address(index) == "?q=research"
    index.locator("#filter-q").fill("")
    index.locator("#filter-q").press_sequentially("organizer")
    index.select_option("#filter-sort", "pay")
    count(index, "46 open jobs")
    assert address(index) == "?q=organizer&sort=pay"
    index.go_back()
    index.wait_for_url("**/board/?q=organizer")
    assert index.input_value("#filter-q") == "organizer"


def test_what_is_typed_is_in_the_address_by_the_time_a_hand_is_at_another_key(index):
    field = index.locator("#filter-q")
    field.press_sequentially("research", delay=20)
    index.wait_for_timeout(400)
    assert address(index) == "?q=research"
    index.reload()
    expect(field).to_have_value("research")
    field.press("End")
    field.press_sequentially("er", delay=20)
    index.wait_for_timeout(400)
    index.go_back()
    expect(field).to_have_value("research")
    index.go_forward()
    expect(field).to_have_value("researcher")
    count(index, "1 open job")


@pytest.mark.parametrize(
    ("filters", "chip"),
    [("type=contract", "Contract"), ("tag=renamed-long-ago", "renamed-long-ago")],
)
def test_a_filter_that_no_job_fits_shows_none_and_can_be_taken_away(open_page, published, filters, chip):
    page = open_page(f"{published}?{filters}")
    count(page, "0 open jobs")
    expect(page.locator(".filter-chip")).to_have_text([chip])
    assert address(page) == f"?{filters}"
    page.get_by_role("button", name=f"Remove the filter: {chip}").click()
    count(page, "50 open jobs")
    assert address(page) == ""


@pytest.mark.parametrize("filters", ["closing=week", "closing=9", "pay=maybe"])
def test_a_value_that_a_filter_never_had_is_ignored_and_said_to_be(open_page, published, filters):
    """Values of terms come and go, so an unknown one may be an old one. Others are fixed."""
    page = open_page(f"{published}?{filters}")
    count(page, "50 open jobs")
    expect(page.locator(".filter-chip")).to_have_count(0)
    expect(page.locator(".filter-note")).to_contain_text("had a filter that is not recognized")


def test_a_link_with_the_former_name_of_a_term_shows_what_has_it_now(open_page, published):
    page = open_page(f"{published}?tag=crafts&q=welder#main")
    count(page, "1 open job")
    expect(page.locator(".filter-chip")).to_contain_text(["trades"])
    assert address(page) == "?tag=trades&q=welder#main"


def test_a_value_that_no_job_has_takes_nothing_from_the_others_of_its_kind(open_page, published):
    page = open_page(f"{published}?location=boston-ma&location=nosuch")
    count(page, "1 open job")
    expect(page.locator(".filter-chip")).to_have_text(["Boston, MA", "nosuch"])
    page.click(".subscribe > summary")
    expect(page.locator("[data-subscribe] strong")).to_have_text(["Boston, MA"])


def test_a_filter_stays_when_the_reader_turns_to_open_or_closed_jobs(open_page, published):
    page = open_page(f"{published}?type=contract&state=closed")
    count(page, "1 closed job")
    page.click('summary:text-is("Open or closed")')
    expect(page.locator("[data-facet=state] .count")).to_have_text(["0", "1"])
    page.get_by_label("Open jobs").check()
    count(page, "0 open jobs")
    expect(page.locator(".filter-chip")).to_have_text(["Contract"])
    assert address(page) == "?type=contract"
    page.get_by_label("Closed jobs").check()
    count(page, "1 closed job")


@pytest.mark.parametrize(("others", "expected"), [("", 50), ("&type=internship", 23)])
def test_a_filter_that_cannot_be_read_is_ignored_and_it_is_said(open_page, published, others, expected):
    page = open_page(f"{published}?utm_source=x&location=%3Cscript%3E{others}")
    count(page, f"{expected} open jobs")
    expect(page.locator(".filter-note")).to_contain_text("It was ignored")
    assert active(page) == (["Type"] if others else [])
    page.fill("#filter-q", "organizer")
    expect(page.locator(".filter-note")).to_be_hidden()


def test_a_value_that_is_not_found_is_said_to_be_missing(index):
    group = index.locator('[data-facet="organizations"]')
    group.locator("summary").click()
    group.locator("input[type=search]").fill("local")
    expect(group.locator("li")).to_have_count(14)
    beyond = group.get_by_label("Local 12", exact=True)
    beyond.check()
    group.locator("input[type=search]").fill("")
    expect(group.locator("li")).to_have_count(11)
    beyond.click()
    expect(group.locator("li")).to_have_count(10)
    group.get_by_role("button", name="Show all 16").click()
    expect(group.locator("li")).to_have_count(16)
    expect(group.locator("li input").nth(10)).to_be_focused()
    expect(group.get_by_role("button")).to_have_count(0)
    group.locator("input[type=search]").fill("nobody of that name")
    status = group.get_by_role("status")
    expect(group.locator("li")).to_have_text(["Nothing here has that name."])
    expect(status).to_have_text("Nothing here has that name.")
    group.locator("input[type=search]").fill("local 1")
    expect(status).to_have_text("5 names")
    expect(group.locator("li")).to_have_count(5)
    group.locator("input[type=search]").fill("")
    expect(status).to_be_empty()
    assert group.locator("li").count() > 5


def test_a_button_that_shows_all_values_is_there_where_the_jobs_at_hand_have_more(index):
    group = index.locator('[data-facet="organizations"]')
    group.locator("summary").click()
    more = group.get_by_role("button", name="Show all")
    expect(more).to_have_count(1)
    group.locator("input[type=search]").fill("quay")
    for state, there in (("Closed jobs", 0), ("Open jobs", 1)):
        index.click('summary:text-is("Open or closed")')
        index.get_by_label(state).check()
        count(index, f"{'50' if there else '2'} {state.lower()}")
        group.locator("summary").click()
        expect(group.locator("li label")).to_have_text(["Quay Federation"])
        expect(more).to_have_count(there)


def test_a_choice_is_told_with_its_count(index):
    index.click('summary:text-is("Type")')
    described = "(box) => box.ariaDescribedByElements.map(({ textContent }) => textContent)"
    assert index.get_by_label("Internship").evaluate(described) == ["23"]
    index.click('summary:text-is("Open or closed")')
    expect(index.locator("#count-state-closed")).to_have_text("2")
    assert index.get_by_label("Closed jobs").evaluate(described) == ["2"]


def test_facets_that_narrow_the_list_are_marked(open_page, published):
    assert active(open_page(f"{published}?min_pay=20&per=hour&location=boston-ma")) == ["Place", "Pay"]
    assert active(open_page(f"{published}?state=closed")) == ["Open or closed"]
    assert active(open_page(f"{published}archive/?q=clerk")) == []


def test_whole_texts_are_searched_and_the_hit_is_shown(index):
    index.fill("#filter-q", "DRYDOC")
    count(index, "1 open job")
    expect(index.locator(".row-hit mark")).to_have_text("drydock")
    index.fill("#filter-q", "dockers")
    count(index, "1 open job")
    # What the posting says next is a fact of its own.
    expect(index.locator(".row-hit")).to_have_text("Research on the pension of dockers.")
    index.fill("#filter-q", "experience eleves")
    count(index, "1 open job")
    assert titles(index, 1) == ["Éducatrice"]
    index.fill("#filter-q", "local 12 pension")
    count(index, "1 open job")
    index.fill("#filter-q", "nothing of the kind")
    count(index, "0 open jobs")
    told = "No job on this list contains all of these words. Check their spelling, or use fewer."
    expect(index.locator(".filter-note")).to_have_text(told)
    expect(index.locator("[data-status]")).to_contain_text(told)
    expect(index.locator("[data-list]")).to_be_hidden()
    expect(index.locator(".list-head > .muted:not([data-status])")).to_be_empty()
    index.fill("#filter-q", "zebra")
    expect(index.locator(".filter-note")).to_contain_text("Check its spelling")
    choose(index, "Type", "Internship")
    expect(index.locator(".filter-note")).to_contain_text("Remove a filter")


def test_a_board_in_spanish_knows_the_forms_of_spanish_words(open_page, spanish):
    page = open_page(spanish)
    page.fill("#filter-q", "pensiones")
    expect(page.locator(".row-hit mark")).to_have_text(["pension", "pension"])


def test_a_slip_of_the_hand_is_answered_with_a_search_that_finds_something(index):
    index.fill("#filter-q", "Orgnizer reno")
    instead = index.get_by_role("link", name="Search for “organizer reno” instead")
    expect(instead).to_have_attribute("href", re.compile(r"\?q=organizer\+reno$"))
    expect(index.locator(".filter-note")).to_contain_text("No job on this list matches. Search for")
    expect(index.locator("[data-status]")).to_contain_text("Search for “organizer reno” instead")
    instead.focus()
    index.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    rested(index)
    expect(instead).to_be_focused()
    instead.click()
    count(index, "15 open jobs")
    assert address(index) == "?q=organizer+reno"
    assert index.input_value("#filter-q") == "organizer reno"
    assert index.evaluate("document.activeElement.hasAttribute('data-count')")
    expect(index.locator(".filter-note")).to_be_hidden()
    index.go_back()
    expect(instead).to_be_visible()


def test_what_is_offered_begins_with_its_first_page(open_page, published):
    page = open_page(f"{published}?q=orgnizer&page=2")
    offered = page.get_by_role("link", name="Search for “organizer” instead")
    expect(offered).to_have_attribute("href", re.compile(r"\?q=organizer$"))


def test_what_no_open_job_has_is_offered_where_a_closed_one_does(index):
    index.fill("#filter-q", "clerk")
    offered = index.get_by_role("link", name="See 1 closed job that matches")
    expect(index.locator("[data-status]")).to_contain_text("See 1 closed job that matches")
    offered.click()
    count(index, "1 closed job")
    assert titles(index, 1) == ["Clerk"]
    assert address(index) == "?q=clerk&state=closed"
    index.fill("#filter-q", "welder")
    index.get_by_role("link", name="See 1 open job that matches").click()
    assert titles(index, 1) == ["Welder & Rigger"]


def test_words_are_taken_as_they_are_written_before_another_spelling(index):
    index.fill("#filter-q", "weldar")
    expect(index.locator(".filter-note")).to_have_text(
        "No job on this list matches. See 1 closed job that matches · Search for “welder” instead"
    )
    index.get_by_role("link", name="Search for “welder” instead").click()
    assert titles(index, 1) == ["Welder & Rigger"]
    index.go_back()
    index.get_by_role("link", name="See 1 closed job that matches").click()
    assert titles(index, 1) == ["Clerk"]


def test_what_the_board_calls_by_two_names_is_found_by_either(index):
    index.fill("#filter-q", "solicitor")
    count(index, "1 open job")
    assert titles(index, 1) == ["Counsel"]
    expect(index.locator(".row-hit")).to_have_count(0)
    index.fill("#filter-q", "longshoremen")
    expect(index.locator(".row-hit mark")).to_have_text("dockers")


@pytest.mark.parametrize(
    ("change", "asked"),
    [
        (lambda page: page.fill("#filter-q", "local"), "?pay=not-stated&q=local"),
        (lambda page: page.select_option("#filter-sort", "pay"), "?pay=not-stated&sort=pay"),
        (lambda page: page.fill("#filter-pay", "20"), "?pay=not-stated&min_pay=20&per=year"),
        (lambda page: choose(page, "Open or closed", "Closed jobs"), "?pay=not-stated&state=closed"),
    ],
    ids=["text", "order", "pay", "state"],
)
def test_what_is_asked_for_anew_begins_with_its_first_page(open_page, published, change, asked):
    page = open_page(f"{published}?pay=not-stated&page=2")
    expect(page.locator(".list-head")).to_contain_text("Page 2 of 3")
    page.click('summary:text-is("Pay")')
    change(page)
    page.wait_for_url(lambda url: sorted(url.partition("?")[2].split("&")) == sorted(asked[1:].split("&")))


def test_long_results_come_in_pages_that_have_addresses(index):
    choose(index, "Pay", "No figures for pay")
    pages = [titles(index)]
    index.get_by_role("link", name="Next").click()
    expect(index.locator(".list-head")).to_contain_text("Page 2 of 3")
    painted(index)
    assert address(index) == "?pay=not-stated&page=2"
    assert index.evaluate("document.activeElement.hasAttribute('data-count')")
    pages.append(titles(index))
    for key in ("ControlOrMeta", "Shift"):
        with index.context.expect_page() as other:
            index.get_by_role("link", name="Next").click(modifiers=[key])
        expect(other.value.locator(".list-head")).to_contain_text("Page 3 of 3")
    assert address(index) == "?pay=not-stated&page=2"
    index.get_by_role("navigation", name="Pages").get_by_role("link", name="3", exact=True).click()
    painted(index)
    assert address(index) == "?pay=not-stated&page=3"
    expect(index.locator(".pager [aria-current=page]")).to_have_text("3")
    pages.append(titles(index))
    assert all(12 <= len(page) <= 20 for page in pages[:-1])
    assert len({title for page in pages for title in page}) == 47


def test_looking_again_moves_nothing_under_the_reader(chromium, published):
    with chromium.new_context(viewport={"width": 1280, "height": 500}) as context:
        page = context.new_page()
        page.clock.install(time=NOW)
        page.goto(f"{published}?type=internship")
        count(page, "23 open jobs")
        rested(page)
        last = page.locator("[data-list] > li").last
        last.scroll_into_view_if_needed()
        kept, before = last.element_handle(), page.evaluate("scrollY")
        page.clock.run_for(61_000)
        assert page.evaluate("scrollY") == before > 0
        assert kept.evaluate("(row) => row.isConnected")


def test_what_has_the_focus_does_not_become_another_posting(index):
    choose(index, "Type", "Internship")
    count(index, "23 open jobs")
    choose(index, "Place", "Reno, NV")
    count(index, "7 open jobs")
    index.locator("[data-list] .save").first.focus()
    index.go_back()
    count(index, "23 open jobs")
    assert index.evaluate("document.activeElement.hasAttribute('data-count')")
    index.locator("[data-list] .save").nth(1).click()
    title = index.locator("[data-list] h3").nth(1).inner_text()
    saved = index.locator("[data-list] .save[aria-pressed=true]")
    assert saved.get_attribute("aria-label").startswith(f"Saved {title}, Local ")


def test_closed_postings_can_be_asked_for_from_the_index(index):
    choose(index, "Open or closed", "Closed jobs")
    count(index, "2 closed jobs")
    assert address(index) == "?state=closed"
    choose(index, "Tag", "trades")
    count(index, "1 closed job")
    expect(index.locator(".filter-chip")).to_have_text(["trades", "Closed jobs"])
    index.get_by_role("button", name="Remove the filter: Closed jobs").click()
    count(index, "1 open job")
    index.go_back()
    count(index, "1 closed job")
    index.get_by_role("button", name="Clear all filters").click()
    count(index, "50 open jobs")
    assert address(index) == ""


@pytest.mark.parametrize(
    ("folder", "own", "other", "title"),
    [("", "Open jobs", "Closed jobs", "Closed jobs"), ("archive/", "Archive", "Open jobs", "Open jobs")],
)
def test_the_page_is_called_what_it_shows(open_page, published, folder, own, other, title):
    page = open_page(f"{published}{folder}")
    heading, here = page.locator("h1"), page.locator(".nav [aria-current]")
    expect(heading).to_have_text(own)
    expect(here).to_have_text(own)
    choose(page, "Open or closed", other)
    expect(heading).to_have_text(title)
    expect(here).to_have_count(0)
    page.get_by_role("button", name="Clear all filters").click()
    expect(heading).to_have_text(own)
    expect(here).to_have_text(own)


def test_open_and_closed_are_counted_by_the_other_filters(index):
    counts = index.locator("[data-facet=state] .count")
    for text, numbers in {"": ["50", "2"], "harbor": ["2", "0"], "soup": ["0", "1"]}.items():
        index.fill("#filter-q", text)
        index.click('summary:text-is("Open or closed")')
        expect(counts).to_have_text(numbers)
    index.fill("#filter-q", "")
    choose(index, "Tag", "trades")
    index.click('summary:text-is("Open or closed")')
    expect(counts).to_have_text(["1", "1"])
    index.get_by_label("Closed jobs").check()
    count(index, "1 closed job")
    expect(counts).to_have_text(["1", "1"])


@pytest.mark.parametrize("status", [200, 404])
def test_jobs_that_come_when_others_are_asked_for_again_change_nothing(index, status):
    held = []

    def hold(route):
        held.append(route)

    index.route("**/search/closed.json", hold)
    index.click('summary:text-is("Open or closed")')
    index.get_by_label("Closed jobs").check()
    index.get_by_label("Open jobs").check()
    count(index, "50 open jobs")
    with index.expect_response("**/search/closed.json"):
        held[0].continue_() if status == 200 else held[0].fulfill(status=status)
    expect(index.locator("#count-state-closed")).to_have_text("2" if status == 200 else "")
    painted(index)
    expect(index.locator(".filter-note")).to_be_hidden()
    index.click('summary:text-is("Type")')
    values = ["Full-time24", "Internship23", "Part-time1", "Temporary1", "Type not stated2"]
    expect(index.locator("[data-facet=types] .filter-value")).to_have_text(values)


def test_texts_that_cannot_be_fetched_are_not_passed_over_in_silence(open_page, published):
    page = open_page(published)
    page.wait_for_selector("#filter-q")
    page.route("**/search/open/*", lambda route: route.fulfill(status=404))
    page.fill("#filter-q", "pension")
    count(page, "0 open jobs")
    expect(page.locator(".filter-note")).to_contain_text("could not be searched, and no title")
    # Whether a job has the word is not known.
    expect(page.locator(".filter-note")).not_to_contain_text("No job")
    page.fill("#filter-q", "counsel")
    count(page, "1 open job")
    expect(page.locator(".filter-note")).to_contain_text("These jobs have your words")


def test_a_list_that_was_fetched_serves_when_the_network_is_gone(open_page, published):
    page = open_page(f"{published}?state=closed")
    count(page, "2 closed jobs")
    choose(page, "Open or closed", "Open jobs")
    count(page, "50 open jobs")
    page.route("**/search/**", lambda route: route.fulfill(status=404))
    page.fill("#filter-q", "counsel")
    count(page, "1 open job")
    expect(page.locator(".filter-note")).to_contain_text("These jobs have your words")
    choose(page, "Open or closed", "Closed jobs")
    count(page, "0 closed jobs")
    choose(page, "Open or closed", "Open jobs")
    count(page, "1 open job")


@pytest.mark.parametrize("missing", ["**/search/**", "**/marks.js", "**/filterpage.js", "**/chips.js"])
def test_a_filter_that_cannot_be_applied_is_not_passed_over_in_silence(open_page, published, missing):
    page = open_page(f"{published}?q=pension", missing=missing)
    expect(page.locator(".filter-note")).to_contain_text("this list is not filtered")
    expect(page.locator("[data-list]")).to_be_visible()
    expect(page.locator(".filter-slot")).to_have_count(0)
    plain = open_page(published, missing=missing)
    expect(plain.locator(".filter-slot")).to_have_count(0)
    expect(plain.locator(".filter-note")).to_have_count(0)


def test_a_list_that_cannot_be_fetched_is_not_passed_over_in_silence(open_page, published):
    page = open_page(f"{published}?q=pension", missing="**/search/open.json")
    expect(page.locator(".filter-note")).to_contain_text("this list is not filtered")
    expect(page.locator("[data-status]")).to_contain_text("this list is not filtered")
    expect(page.locator("[data-list]")).to_be_visible()
    page.fill("#filter-q", "")
    expect(page.locator(".filter-note")).to_be_hidden()
    page.unroute("**/search/open.json")
    page.fill("#filter-q", "counsel")
    count(page, "1 open job")
    expect(page.locator(".filter-note")).to_be_hidden()


def test_texts_of_other_jobs_that_could_not_be_fetched_are_no_fault_of_these(index):
    held = []

    def hold(route):
        held.append(route)

    for path in ("search/closed/**", "answers.js"):
        index.route(f"**/{path}", hold)
    index.click('summary:text-is("Open or closed")')
    index.get_by_label("Closed jobs").check()
    count(index, "2 closed jobs")
    with index.expect_request("**/search/closed/*"):
        index.fill("#filter-q", "weldar")
    with index.expect_request("**/answers*"):
        index.locator("#filter-state-open").evaluate("(radio) => radio.click()")
    count(index, "0 open jobs")
    text, answers = held
    index.route("**/search/closed**", lambda route: route.fulfill(status=404))
    with index.expect_response("**/search/closed.json"):
        text.fulfill(status=404)
    answers.continue_()
    expect(index.locator(".filter-note")).to_have_text(
        "No job on this list matches. Search for “welder” instead"
    )


def test_a_list_that_takes_long_is_not_passed_off_as_filtered(open_page, published):
    held = []

    def hold(route):
        held.append(route)

    page = open_page("about:blank")
    page.route("**/search/open.json", hold)
    page.goto(f"{published}?q=pension")
    note = page.locator(".filter-note[data-late]")
    expect(note).to_contain_text("this list is not filtered")
    expect(page.locator("[data-list]")).to_be_visible()
    held[0].continue_()
    count(page, "2 open jobs")
    expect(note).to_have_count(0)


def test_a_list_that_does_not_come_after_all_is_said_once_not_to_be_filtered(open_page, published):
    held = []

    def hold(route):
        held.append(route)

    page = open_page("about:blank")
    page.clock.install(time=NOW)
    page.route("**/main.js", hold)
    page.goto(f"{published}?q=pension", wait_until="commit")
    expect(page.locator("nav.pager")).to_have_count(1)
    page.clock.fast_forward(4_000)
    expect(page.locator(".filter-note[data-late]")).to_contain_text("this list is not filtered")
    held[0].fulfill(status=404)
    expect(page.locator(".filter-note:not([data-late])")).to_contain_text("this list is not filtered")
    expect(page.locator(".filter-note")).to_have_count(1)


@pytest.mark.parametrize("path", ["", "page/2/"])
@pytest.mark.parametrize("facet", ["locations", "organizations"])
def test_values_stay_where_they_are_when_the_list_has_come(open_page, published, path, facet):
    page = open_page(f"{published}{path}")
    page.wait_for_selector("#filter-q")
    page.evaluate("""() => {
        const fetched = window.fetch;
        const wanted = new Promise((done) => { window.letThrough = done; });
        window.fetch = async (...given) => { await wanted; return fetched(...given); };
    }""")
    group = page.locator(f'[data-facet="{facet}"]')
    group.locator("summary").click()
    expect(group.get_by_role("checkbox")).to_have_count(10)
    where = """(group) => [...group.querySelectorAll("label")].map((label) =>
        [label.textContent, label.getBoundingClientRect().top])"""
    before = group.evaluate(where)
    page.evaluate("letThrough()")
    expect(group.get_by_role("button", name="Show all")).to_be_visible()
    assert group.evaluate(where) == before


@pytest.mark.parametrize(
    ("address", "found", "missing", "told"),
    [
        ("?q=pension", "2 open jobs", "**/search/open.json", "this list is not filtered"),
        ("?q=pension", "2 open jobs", "**/volume.js", "this list is not filtered"),
        ("?q=pension&state=closed", "0 closed jobs", "**/search/closed.json", "this list is not filtered"),
        ("?q=pension", "2 open jobs", "**/search/open/*", "could not be searched, and no title"),
    ],
)
def test_what_could_not_be_fetched_is_asked_for_again_when_the_connection_is_back(
    open_page, published, address, found, missing, told
):
    page = open_page(f"{published}{address}", missing=missing)
    expect(page.locator(".filter-note")).to_contain_text(told)
    page.unroute(missing)
    page.evaluate("dispatchEvent(new Event('online'))")
    count(page, found)
    expect(page.locator(".filter-note")).not_to_contain_text(told)


def test_an_open_panel_gets_its_counts_when_the_connection_is_back(open_page, published):
    page = open_page(published, missing="**/search/open.json")
    with page.expect_response("**/search/open.json"):
        page.click('summary:text-is("Pay")')
    stated = page.locator("#count-pay-stated")
    expect(page.locator("[data-facet=pay] .filter-value")).to_have_text(
        ["Pay in figures", "No figures for pay"]
    )
    page.unroute("**/search/open.json")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(stated).to_have_text("3")
    expect(page.locator("[data-count]")).to_have_text("50 open jobs")


def test_an_offer_for_which_something_could_not_be_fetched_takes_no_other_with_it(index):
    index.route("**/search/closed.json", lambda route: route.fulfill(status=404))
    index.fill("#filter-q", "weldar")
    offers = index.locator(".filter-note a")
    expect(offers).to_have_text(["Search for “welder” instead"])
    index.unroute("**/search/closed.json")
    index.evaluate("dispatchEvent(new Event('online'))")
    expect(offers).to_have_text(["See 1 closed job that matches", "Search for “welder” instead"])


def test_the_archive_shows_its_own_most_frequent_values_first(open_page, published):
    page = open_page(f"{published}archive/")
    group = page.locator('[data-facet="locations"]')
    group.locator("summary").click()
    values = ["Boston, MA2", "Massachusetts2", "Albany, NY1", "New York1"]
    expect(group.locator(".filter-value")).to_have_text(values)
    early = open_page(f"{published}archive/", missing="**/search/closed.json")
    early.locator('[data-facet="locations"] summary').click()
    shown = early.locator('[data-facet="locations"] .filter-value')
    expect(shown).to_have_text([value[:-1] for value in values])


@pytest.mark.parametrize(
    ("facet", "values"),
    [
        ("pay", ["Pay in figures", "No figures for pay"]),
        ("closing", ["Within 7 days", "Within 30 days", "No fixed date"]),
    ],
)
def test_values_that_every_list_has_do_not_wait_for_it(open_page, published, facet, values):
    page = open_page(published, missing="**/search/open.json")
    group = page.locator(f'[data-facet="{facet}"]')
    group.locator("summary").click()
    expect(group.locator(".filter-value label")).to_have_text(values)


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("?state=closed", "2 closed jobs"),
        ("?page=99", "50 open jobs, Page 3 of 3"),
        ("?type=internship", "23 open jobs: Internship, Page 1 of 2"),
        ("?type=internship&page=2", "23 open jobs: Internship, Page 2 of 2"),
        ("?state=closed&q=soup", "1 closed job: “soup”"),
        ("archive/?state=open", "50 open jobs, Page 1 of 3"),
    ],
)
def test_the_title_of_the_window_says_what_is_shown(open_page, published, address, title):
    page = open_page(published + address.partition("?")[0])
    own = page.title()
    page.goto(published + address)
    expect(page).to_have_title(f"{title} – Board")
    if not address.startswith("?page"):  # which filters nothing
        page.locator(".filter-clear").click()
        expect(page).to_have_title(own)


def test_an_open_panel_says_how_many_there_are_and_leads_to_them(index):
    index.click(".saved > summary")
    expect(index.locator(".saved .filter-show")).to_have_count(0)
    index.click('summary:text-is("Type")')
    shown = index.locator(".filter-show")
    expect(shown).to_be_hidden()
    index.get_by_label("Internship").check()
    expect(shown).to_have_text("Show 23 open jobs")
    index.click('summary:text-is("Place")')
    index.get_by_label("Reno, NV").check()
    expect(shown).to_have_text("Show 7 open jobs")
    shown.click()
    assert index.evaluate("document.activeElement.hasAttribute('data-count')")
    assert index.locator("[data-filter] details[open]").count() == 0


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
    page.fill("#filter-q", "cl" if folder else "org")
    rested(page)
    assert rows(page) != expected
    page.fill("#filter-q", "")
    rested(page)
    assert rows(page) == expected
    pagers = [markup(shown.locator("nav.pager")) for shown in (built, page)]
    addresses = re.compile(r' href="[^"]*"')
    assert addresses.sub("", pagers[0]) == addresses.sub("", pagers[1])


def test_the_filter_in_force_offers_the_nearest_feeds(index):
    index.click(".subscribe > summary")
    expect(index.locator("[data-subscribe]")).to_be_hidden()
    index.keyboard.press("Escape")
    expect(index.locator(".subscribe-panel")).to_be_hidden()
    choose(index, "Place", "Albany, NY")
    choose(index, "Type", "Internship")
    choose(index, "Deadline", "Within 7 days")
    index.click(".subscribe > summary")
    panel = index.locator("[data-subscribe]")
    expect(panel.locator("strong")).to_have_text(["Albany, NY", "Internship", "Within 7 days"])
    expect(panel).to_contain_text("Each feed follows one term")
    terms = [
        address
        for folder in ("/board/locations/albany-ny/", "/board/types/internship/")
        for address in (
            *(f"{folder}{name}" for name in ("feed.xml", "feed.json", "deadlines.ics")),
            f"webcal://jobs.example{folder}deadlines.ics",
        )
    ]
    found = feeds(index)
    assert found == [*terms, "/board/closing-soon/feed.xml", "/board/closing-soon/feed.json"]
    here = [f"{index.url.split('/board/')[0]}{path}" for path in found if path.startswith("/")]
    assert {index.request.get(address).status for address in here} == {200}
    feed = panel.get_by_role("link", name="RSS feed Internship")
    feed.focus()
    index.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    rested(index)
    expect(feed).to_be_focused()
    index.goto(f"{index.url.split('?')[0]}?q=pension")
    index.click(".subscribe > summary")
    expect(panel).to_contain_text("The feeds of the whole list include everything")
    expect(panel).not_to_contain_text("The feeds closest to your filters")
    assert feeds(index) == []


def test_a_term_leads_into_the_filter(open_page, published):
    page = open_page(f"{published}types/internship/")
    page.get_by_role("link", name="Search and filter these jobs").click()
    count(page, "23 open jobs")
    expect(page.locator(".filter-chip")).to_have_text("Internship")
    plain = open_page(f"{published}types/internship/", java_script_enabled=False)
    assert not plain.get_by_text("Search and filter these jobs").is_visible()
