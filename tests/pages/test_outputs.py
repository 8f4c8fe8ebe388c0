"""The set of pages: which there are, what decides their bytes, and rules that hold for every one of them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from hiringhall.feeds import feeds
from hiringhall.model import Arrangement, ClosedReason, Facet, Posting
from hiringhall.pages.rendering import RenderedPage, renderer_of
from hiringhall.policies.pagination import page_starts
from hiringhall.questions import mail
from tests import factory
from tests.pages.support import Page, outputs_of, site, templates, text_of


def many(number: int) -> list[Posting]:
    return [
        factory.posting(
            f"job-{n}", title=f"Job {n}", added=date(2026, 1, 15) - timedelta(days=n), posted=None
        )
        for n in range(number)
    ]


def mixed() -> list[Posting]:
    return [
        *many(3),
        factory.posting("soon", deadline=factory.deadline("2026-01-22"), aliases=("soon-once",)),
        factory.posting("filled", status=ClosedReason.FILLED, tags=("training",)),
        factory.posting_closed_on(date(2023, 6, 16), "old"),
    ]


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return {path: Page(text) for path, text in site(mixed()).items()}


def slugs(page: Page) -> list[str]:
    return [row.attributes["data-slug"] for row in page.all("li") if "data-slug" in row.attributes]


@pytest.mark.parametrize(("days", "told"), [(1, "24 hours"), (7, "7 days")])
@pytest.mark.parametrize("postings", [[], [factory.posting(deadline=factory.deadline("2026-01-20"))]])
def test_what_closes_soon_is_told_in_days_or_in_hours(days: int, told: str, postings: list[Posting]) -> None:
    where = factory.context(closing_soon_days=days)
    page = Page(site(postings, where)["closing-soon/index.html"])
    lede, empty = next(page.all("p", class_="lede")), [] if postings else [next(page.all("h2"))]
    assert all(told in element.text for element in (lede, *empty))
    assert not any("next" in element.text for element in (lede, *empty)), "whenever the page is read"
    assert all("when this page was made" in element.text for element in empty)
    feed = next(feed for feed in feeds(factory.listing(postings, where=where), where) if feed.is_of_soon)
    assert told in feed.description
    assert "first" not in feed.description, "which is in another order"


def test_each_section_of_an_empty_site_has_a_heading_or_a_name() -> None:
    for path, text in site([]).items():
        for opening, content in re.findall(r"(<section\b[^>]*>)(.*?)</section>", text, re.DOTALL):
            assert "aria-label" in opening or re.search("<h[2-6]", content), (path, opening)


def test_every_address_of_the_contract_has_its_page(pages: dict[str, Page]) -> None:
    assert set(pages) == {
        "index.html",
        "404.html",
        "changes/index.html",
        "statistics/index.html",
        "closing-soon/index.html",
        "archive/index.html",
        "archive/2026/index.html",
        "archive/2023/index.html",
        *(
            f"jobs/{slug}/index.html"
            for slug in ("job-0", "job-1", "job-2", "soon", "soon-once", "filled", "old")
        ),
        "organizations/index.html",
        "organizations/harbor-workers-local-12/index.html",
        "locations/index.html",
        "locations/rocky-hill-ct/index.html",
        "locations/connecticut/index.html",
        "tags/index.html",
        "tags/organizing/index.html",
        "tags/training/index.html",
        "types/index.html",
        "types/full-time/index.html",
        "arrangements/index.html",
        "arrangements/hybrid/index.html",
    }


def test_lists_hold_what_they_say(pages: dict[str, Page]) -> None:
    assert slugs(pages["index.html"]) == ["job-0", "job-1", "job-2", "soon"]
    assert slugs(pages["closing-soon/index.html"]) == ["soon"]
    assert slugs(pages["archive/index.html"]) == ["filled", "old"]
    assert slugs(pages["archive/2023/index.html"]) == ["old"]
    assert slugs(pages["tags/organizing/index.html"]) == ["job-0", "job-1", "job-2", "soon"]
    assert slugs(pages["tags/training/index.html"]) == []


def test_titles_and_descriptions_tell_pages_apart(pages: dict[str, Page]) -> None:
    titles = [page.one("title").text for path, page in pages.items() if not path.startswith("jobs/")]
    assert len(titles) == len(set(titles))
    assert pages["index.html"].one("title").text == "4 open jobs – Hiring Hall"
    assert (
        pages["tags/organizing/index.html"].one("title").text == "Tag: organizing, 4 open jobs – Hiring Hall"
    )


@pytest.mark.parametrize(
    "path", ["index.html", "tags/organizing/index.html", "archive/index.html", "closing-soon/index.html"]
)
def test_lists_with_feeds_can_be_subscribed_to_by_reading(pages: dict[str, Page], path: str) -> None:
    assert "RSS feed" in pages[path].one("details", class_="subscribe").text


@pytest.mark.parametrize(
    ("path", "calendar"),
    [
        ("index.html", "deadlines.ics"),
        ("tags/organizing/index.html", "tags/organizing/deadlines.ics"),
        ("closing-soon/index.html", "deadlines.ics"),
        ("archive/index.html", None),
    ],
)
def test_a_calendar_can_be_opened_in_an_app_or_copied(
    pages: dict[str, Page], path: str, calendar: str | None
) -> None:
    panel = pages[path].markup.partition('<ul class="feeds">')[2].partition("</ul>")[0]
    links = [link.attributes["href"] for link in Page(f"<ul>{panel}</ul>").all("a")]
    both = [f"/board/{calendar}", f"webcal://jobs.example/board/{calendar}"]
    assert links[2:] == (both if calendar else [])


def test_a_term_without_open_jobs_says_so_and_leads_on(pages: dict[str, Page]) -> None:
    page = pages["tags/training/index.html"]
    assert "No open jobs here right now." in page.one("main").text
    assert "1 job here has closed" in page.one("main").text
    links = {link.attributes["href"] for link in page.all("a")}
    assert {"/board/", "/board/tags/", "/board/archive/"} <= links


@pytest.mark.parametrize(
    ("others", "way"),
    [
        ([], ("See everything that has closed", "/board/archive/")),
        ([factory.posting("open", deadline=None, tags=())], ("All open jobs", "/board/")),
    ],
)
@pytest.mark.parametrize("path", ["closing-soon/index.html", "tags/training/index.html"])
def test_an_empty_list_leads_to_open_jobs_only_where_one_is(
    path: str, others: list[Posting], way: tuple[str, str]
) -> None:
    closed = factory.posting("filled", status=ClosedReason.FILLED, tags=("training",))
    first, *_ = site([closed, *others])[path].partition('<ul class="ways">')[2].split("</li>")
    link = Page(f"<ul>{first}</li></ul>").one("a")
    assert (link.text, link.attributes["href"]) == way


def test_an_employer_s_page_says_what_the_register_does() -> None:
    union = factory.organization("Dockers", key="dockers", slug="dockers")
    local = factory.organization(
        "Local 12",
        key="l12",
        slug="l12",
        parent="dockers",
        url="https://l12.example/",
        description="Ferries.",
    )
    other = factory.organization("Local 13", key="l13", slug="l13", parent="dockers")
    lone = factory.organization("Local 14", key="l14", slug="l14", parent="seafarers")
    never = factory.organization("Seafarers", key="seafarers", slug="seafarers")
    register = (union, local, other, lone, never)
    postings = [factory.posting(each.slug, organization=each) for each in (union, local, lone)]
    made = outputs_of(postings, register=register)
    of_union, of_local, of_lone = (
        Page(text_of(made[f"organizations/{slug}/index.html"])) for slug in ("dockers", "l12", "l14")
    )

    assert [(a.attributes["href"], a.text) for a in of_union.all("a") if "l1" in a.attributes["href"]][
        -1
    ] == (
        "/board/organizations/l12/",
        "Local 12",
    )
    assert "Local 13" not in of_union.one("nav", class_="parts").text, "it has had no job here"
    about = of_local.one("ul", class_="about")
    assert about.text.split("\n") == ["", "Part of Dockers", "The employer’s website", ""]
    links = [a.attributes["href"] for a in of_local.all("a")]
    assert {"/board/organizations/dockers/", "https://l12.example/"} <= set(links)
    assert of_local.one("p", class_="lede").text == "Ferries."
    assert of_local.one("meta", name="description").attributes["content"] == "Ferries."
    assert of_lone.one("ul", class_="about").text.strip() == "Part of Seafarers"
    assert "/board/organizations/seafarers/" not in [a.attributes["href"] for a in of_lone.all("a")]


def test_facets_show_counts(pages: dict[str, Page]) -> None:
    text = " ".join(pages["tags/index.html"].one("ul", class_="terms").text.split())
    assert text == "organizing 4 open training none open now"


def test_browsing_shows_the_busiest_terms(pages: dict[str, Page]) -> None:
    groups = list(pages["index.html"].all("details", class_="browse-group"))
    assert [group.attributes["data-facet"] for group in groups] == [
        "organizations",
        "locations",
        "arrangements",
        "types",
        "tags",
    ]
    assert " ".join(groups[-1].text.split()) == "Tag organizing 4 All tags"


@pytest.mark.parametrize(("language", "figure"), [("en", "1,000"), ("fr", "1\u202f000")])
def test_browsing_writes_figures_as_the_language_does(language: str, figure: str) -> None:
    made = outputs_of(many(1000), factory.context(language=language))
    tags = list(Page(text_of(made["index.html"])).all("details", class_="browse-group"))[-1]
    assert figure in tags.text


def test_neighbours_are_around_and_alike() -> None:
    made = site(
        [*many(3), factory.posting("away", organization=factory.organization("Else"), tags=("none",))]
    )
    page = Page(made["jobs/job-1/index.html"])
    around = page.one("ul", class_="around").text
    assert around.index("Job 0") < around.index("Job 2")
    related = page.one("ul", class_="related").text
    told = "Harbor Workers Local 12 · Rocky Hill, CT $51,640–$79,640 a year Closes Mon, Feb 16, 2026"
    assert related.strip().split("\n") == [f"Job 0 {told}", f"Job 2 {told}"]
    assert "Organizer" not in related


def test_a_neighbour_s_pay_is_told_in_words_or_is_said_not_to_be_stated() -> None:
    words = factory.salary(None, None, note="Barème <syndical>")
    made = site(
        [
            factory.posting("one"),
            factory.posting("none", salary=None, deadline=None),
            factory.posting("words", salary=words, deadline=None, language="fr"),
        ]
    )
    related = made["jobs/one/index.html"].partition('class="related"')[2].partition("</ul>")[0]
    assert '<span class="unstated">Pay not stated</span></li>' in related
    assert '<span lang="fr" dir="auto">Barème &lt;syndical&gt;</span></li>' in related


def test_a_neighbour_s_employer_keeps_its_direction() -> None:
    one = factory.posting("one", organization=factory.organization("نقابة (3)"))
    made = site([one, factory.posting("two")])
    assert "\u2068نقابة (3)\u2069 · Rocky Hill, CT" in made["jobs/two/index.html"]


def test_a_closed_posting_leads_to_related_ones_from_its_first_lines_if_there_are_any() -> None:
    other = factory.organization("Else")
    alone = factory.posting(
        "alone", title="Steward", organization=other, tags=("none",), status=ClosedReason.FILLED
    )
    made = site([*mixed(), alone])

    def leads(slug: str) -> list[str]:
        banner = made[f"jobs/{slug}/index.html"].partition('<div class="banner"')[2].partition("</div>")[0]
        return [link.attributes["href"] for link in Page(f"<div{banner}</div>").all("a")]

    assert leads("filled") == ["/board/", "#related"]
    assert Page(made["jobs/filled/index.html"]).one("h2", id="related").text == "Related open jobs"
    assert leads("alone") == ["/board/"]
    # A script says the same of a posting that closes before the next build.
    told = {
        slug: Page(made[f"jobs/{slug}/index.html"]).one("article").attributes for slug in ("job-0", "soon")
    }
    assert [each["data-related"] for each in told.values()] == ["See related open jobs"] * 2
    lone = Page(site(many(1))["jobs/job-0/index.html"]).one("article").attributes
    assert "data-related" not in lone
    assert not [path for path, text in made.items() if "\0" in text]


def test_a_posting_leads_to_those_of_its_terms_that_have_open_jobs() -> None:
    gone = factory.posting("gone", tags=("organizing", "training"), status=ClosedReason.FILLED)
    path = "jobs/gone/index.html"

    def terms(page: str) -> list[str]:
        chips = page.partition('<ul class="chips">')[2].partition("</ul>")[0]
        return [link.text for link in Page(f"<ul>{chips}</ul>").all("a")]

    before, after = outputs_of([*many(1), gone]), outputs_of([gone])
    assert terms(text_of(before[path])) == [
        "Harbor Workers Local 12",
        "Rocky Hill, CT",
        "Connecticut",
        "organizing",
        "Full-time",
        "Hybrid",
    ]
    assert terms(text_of(after[path])) == []
    assert before[path].key() != after[path].key()
    remote = factory.posting("remote", tags=("training",), places=(), arrangement=Arrangement.REMOTE)
    both = outputs_of([remote, gone])
    assert terms(text_of(both[path])) == ["Harbor Workers Local 12", "training", "Full-time"]


def test_an_empty_list_helps_instead_of_just_being_empty() -> None:
    made = site(
        [
            factory.posting("filled", status=ClosedReason.FILLED),
            factory.posting_closed_on(date(2023, 6, 16), "old"),
        ]
    )
    page = Page(made["index.html"])
    main = page.one("main").text
    assert factory.wording().text("empty.title") in main
    assert slugs(page) == ["filled", "old"]
    links = {link.attributes["href"] for link in page.all("a")}
    assert {
        "/board/feed.xml",
        "/board/deadlines.ics",
        "/board/archive/",
        "/board/organizations/harbor-workers-local-12/",
    } <= links
    assert factory.wording().text("facet.none") not in main


def test_a_list_that_never_had_a_job_tells_of_none_that_closed() -> None:
    page = Page(site([])["index.html"])
    main = page.one("main").text
    assert "No job has been on this list yet." in main
    assert "closed" not in main.casefold()
    assert "employer" not in main.casefold()
    assert not list(page.all("ol"))


def test_who_knows_of_a_job_finds_where_to_send_it() -> None:
    form = "https://forms.example/new?a=1&b=2"
    for postings, times in (([], 3), ([factory.posting()], 2)):
        for where, expected in ((factory.context(submit_url=form), times), (factory.context(), 0)):
            page = Page(site(postings, where)["index.html"])
            sends = [link for link in page.all("a") if link.text == factory.wording().text("footer.submit")]
            assert [link.attributes["href"] for link in sends] == [form] * expected


@pytest.mark.parametrize("language", ["en", "es"])
def test_without_a_form_a_job_is_sent_in_a_mail_that_asks_its_questions(language: str) -> None:
    address = "jobs+board@local-12.example"
    wording = factory.wording(language)
    where = factory.context(contact_email=address, language=language)
    page = Page(site([], where)["index.html"])
    sends = {link.attributes["href"] for link in page.all("a") if link.text == wording.text("footer.submit")}
    (href,) = sends
    assert len(href) < 1800
    parts = urlsplit(href)
    assert (parts.scheme, parts.path) == ("mailto", address)
    subject, body = mail(wording)
    assert dict(parse_qsl(parts.query, strict_parsing=True)) == {
        "subject": subject,
        "body": body.replace("\n", "\r\n"),
    }
    form = "https://forms.example/new"
    both = site([], where._replace(settings=where.settings._replace(submit_url=form)))["index.html"]
    assert href not in {link.attributes["href"] for link in Page(both).all("a")}


def test_who_wants_email_finds_the_newsletter_first_wherever_feeds_are_offered() -> None:
    form = "https://letters.example/join?list=jobs&lang=en"
    postings = [factory.posting(), factory.posting_closed_on(date(2023, 6, 16), "old")]
    where = factory.context(newsletter_url=form)
    whole, empty = site(postings, where), site([], where)
    lists = ["index.html", "tags/organizing/index.html", "closing-soon/index.html", "archive/index.html"]
    for page in (*(Page(whole[path]) for path in lists), Page(empty["index.html"])):
        assert "You need no account and no email address" not in page.one("main").text
        links = [link.attributes for link in page.all("a")]
        before = [links[n - 1] for n, link in enumerate(links) if link["href"].endswith("feed.xml")]
        assert [(link["href"], link["rel"]) for link in before] == [(form, "noopener")] * 2
    without = site(postings)
    assert "newsletter" not in "".join(without.values()).lower()
    assert all("You need no account and no email address" in without[path] for path in lists)


def test_a_newsletter_can_be_that_of_the_list_at_hand() -> None:
    where = factory.context(newsletter_url="https://letters.example/?url={feed}&lang=en")
    postings = [*many(60), factory.posting_closed_on(date(2023, 6, 16), "old")]
    made = {path: Page(text) for path, text in site(postings, where).items()}

    def offered(path: str) -> list[str]:
        links = [link.attributes["href"] for link in made[path].all("a")]
        form = "https://letters.example/?url=https%3A%2F%2Fjobs.example%2Fboard%2F"
        return [link.removeprefix(form) for link in links if "letters.example" in link]

    whole = "feed.xml&lang=en"
    assert offered("index.html") == offered("page/2/index.html") == [whole, whole]
    assert offered("tags/organizing/page/2/index.html") == [f"tags%2Forganizing%2F{whole}", whole]
    for folder in ("closing-soon", "archive", "changes"):
        assert offered(f"{folder}/index.html") == [f"{folder}%2F{whole}", whole]
    assert offered("jobs/old/index.html") == offered("404.html") == [whole]
    assert "newsletter of the whole list" not in made["tags/organizing/index.html"].one("main").text


def test_a_site_without_any_posting_still_has_its_pages() -> None:
    made = site([])
    assert set(made) == {
        "index.html",
        "404.html",
        "changes/index.html",
        "statistics/index.html",
        "archive/index.html",
        "closing-soon/index.html",
        *(f"{facet}/index.html" for facet in Facet),
    }
    assert "There is nothing here yet." in made["tags/index.html"]


def test_pages_of_the_index_hold_every_posting_once() -> None:
    where = factory.context(page_size=4)
    made = site(many(10), where)
    found = [Page(made[path]) for path in ("index.html", "page/2/index.html", "page/3/index.html")]
    assert [slug for page in found for slug in slugs(page)] == [f"job-{n}" for n in range(10)]
    assert "page/4/index.html" not in made
    middle = found[1].one("nav", class_="pager")
    assert middle.text.split() == ["Previous", "1", "2", "3", "Next"]
    assert found[1].one("a", rel="prev").attributes["href"] == "/board/"
    assert found[1].one("a", rel="next").attributes["href"] == "/board/page/3/"
    assert "page 2 of 3" in found[1].one("title").text.lower()


def test_the_archive_begins_with_the_page_that_a_filter_of_it_begins_with() -> None:
    closed = [factory.posting_closed_on(date(2023, 6, 16), f"old-{number}") for number in range(10)]
    page = Page(site(closed, factory.context(page_size=4))["archive/index.html"])

    every = sorted(posting.slug for posting in closed)
    assert slugs(page) == every[: page_starts(every, 4)[1]]


@pytest.mark.parametrize("gone", [None, 5, 150, 290])
def test_a_posting_that_comes_or_goes_leaves_most_pages_of_a_long_list_as_they_were(gone: int | None) -> None:
    where, postings = factory.context(page_size=20), many(300)
    newest = factory.posting("newest", title="Newest", added=date(2026, 1, 15))
    before = outputs_of(postings, where)
    after = outputs_of(
        [newest, *postings] if gone is None else [*postings[:gone], *postings[gone + 1 :]], where
    )
    pages = [path for path in before if path.startswith(("page/", "tags/organizing/page/"))]
    changed = [path for path in pages if path not in after or after[path].key() != before[path].key()]
    assert len(pages) > 30
    assert len(changed) <= 8


def test_only_the_first_page_of_a_list_tells_how_many_there_are() -> None:
    made = site(many(10), factory.context(page_size=4))
    for folder in ("", "tags/organizing/"):
        first, second = Page(made[f"{folder}index.html"]), Page(made[f"{folder}page/2/index.html"])
        assert next(first.all("h2")).text == "10 open jobs"
        assert next(second.all("h2")).text == "Page 2 of 3"
        assert "10" not in second.one("title").text
        assert not list(second.all("span", class_="count"))


def test_whatever_is_bound_to_the_variables_of_a_page_decides_its_key() -> None:
    where = factory.context()
    renderer = renderer_of(where, templates(), factory.parts((), where))
    bound = (partial(vars), partial(vars, 1), partial(vars, years=1), partial(vars, years=2))
    assert len({RenderedPage("x.html", "page.html", each, renderer).key() for each in bound}) == len(bound)


def test_equal_keys_are_equal_bytes_and_other_bytes_have_another_key() -> None:
    before, after = outputs_of(mixed()), outputs_of([*mixed(), factory.posting("another", title="Another")])
    for path in before.keys() & after.keys():
        same_key = before[path].key() == after[path].key()
        assert (
            same_key == (text_of(before[path]) == text_of(after[path]))
            if path.endswith(".html")
            else same_key
        ), path


CHANGES: dict[str, Any] = {
    "body_html": "<p>Other.</p>",
    "title": "Trainer",
    "language": "es",
    "salary": factory.salary(1, 2),
    "organization": factory.organization("Other"),
    "places": (factory.place("Stamford"),),
    "tags": ("training",),
    "added": date(2025, 12, 30),
    "status": ClosedReason.FILLED,
    "deadline": None,
}


def test_equal_bases_are_equal_keys_whatever_changes_in_one_posting() -> None:
    first, *others = mixed()
    sites = [
        [first, *others],
        others,
        *([first._replace(**{name: value}), *others] for name, value in CHANGES.items()),
    ]
    keys: dict[tuple[str, str], set[str]] = {}
    for postings in sites:
        for path, output in outputs_of(postings).items():
            if output.basis:
                keys.setdefault((path, output.basis), set()).add(output.key())

    assert {path for path, _ in keys} == {f"jobs/{each.slug}/index.html" for each in (first, *others)}
    assert [found for found in keys.values() if len(found) > 1] == []


def test_another_text_leaves_the_bases_of_other_postings() -> None:
    first, *others = mixed()
    before, after = (
        outputs_of([first, *others]),
        outputs_of([first._replace(body_html="<p>Other.</p>"), *others]),
    )
    changed = [path for path in before if before[path].basis != after[path].basis]
    assert changed == [f"jobs/{first.slug}/index.html"]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Renamed"},
        {"language": "es"},
        {"salary": factory.salary(1, 2)},
        {"organization": factory.organization("Other")},
        {"places": (factory.place("Stamford"),)},
        {"deadline": None},
        {"closes_at": many(1)[0].closes_at - timedelta(hours=7)},
    ],
)
def test_a_posting_that_changes_leaves_strangers_alone(change: dict[str, Any]) -> None:
    stranger = factory.posting(
        "stranger", organization=factory.organization("Else"), tags=("none",), added=date(2025, 12, 1)
    )
    first = [*many(3), stranger]
    changed = [first[0]._replace(**change), *first[1:]]
    before, after = outputs_of(first), outputs_of(changed)
    assert before["jobs/stranger/index.html"].key() == after["jobs/stranger/index.html"].key()
    assert before["jobs/job-1/index.html"].key() != after["jobs/job-1/index.html"].key()


def test_a_closed_posting_without_a_day_has_no_words_that_wait_for_one() -> None:
    closed = [
        factory.posting("filled", status=ClosedReason.FILLED),
        factory.posting_closed_on(date(2023, 6, 16), "old"),
    ]
    page = Page(site(closed, factory.context(language="es"))["index.html"])
    assert [when.text for when in page.all("p", class_="row-when")] == ["Cerrado", "Cerrado el 16 jun 2023"]


def test_a_browser_s_own_bar_has_the_color_of_the_page_s_band() -> None:
    own = text_of(outputs_of(mixed(), factory.context(theme={"band": "#123456"}))["index.html"])
    assert re.findall('name="theme-color".* content="(.*)"', own) == ["#123456", "#0e241c"]
    css = (factory.LAYOUTS / "assets/css/site.css").read_text(encoding="utf-8")
    plain = text_of(outputs_of(mixed())["index.html"])
    assert re.findall('name="theme-color".* content="(.*)"', plain) == re.findall("--band: (#.*);", css)


def test_a_theme_is_a_style_sheet_of_its_own() -> None:
    made = outputs_of(mixed(), factory.context(theme={"accent": "#7a1f4b"}))
    (path,) = (path for path in made if "theme" in path)
    sheets = [
        link.attributes["href"] for link in Page(text_of(made["index.html"])).all("link", rel="stylesheet")
    ]
    assert sheets.index(f"/board/{path}") > 0


@pytest.mark.parametrize(
    ("language", "direction"), [("ar", "rtl"), ("he-IL", "rtl"), ("en", None), ("es", None)]
)
def test_a_site_is_read_in_the_direction_of_its_language(language: str, direction: str | None) -> None:
    """HTML takes it only from `dir`, never from `lang`."""
    home = factory.context()
    where = home._replace(wording=home.wording._replace(language=language), key=language)
    for path, text in site(mixed(), where).items():
        root = Page(text).one("html").attributes
        assert (root["lang"], root.get("dir")) == (language, direction), path


@pytest.mark.parametrize(("status", "expected"), [(None, 1), (ClosedReason.FILLED, 0)])
def test_lists_of_places_lead_to_remote_jobs_where_there_are_any(
    status: ClosedReason | None, expected: int
) -> None:
    remote = factory.posting("remote", arrangement=Arrangement.REMOTE, status=status)
    made = site([factory.posting("near", arrangement=Arrangement.ON_SITE), remote])
    for place, number in {"connecticut": expected, "remote": 0}.items():
        links = Page(made[f"locations/{place}/index.html"]).all("a")
        assert [link.text for link in links].count("All remote jobs") == number


@pytest.mark.parametrize(
    ("status", "expected"), [(None, ["All jobs in Connecticut"]), (ClosedReason.FILLED, [])]
)
def test_the_list_of_a_city_leads_to_its_region_while_jobs_are_open_there(
    status: ClosedReason | None, expected: list[str]
) -> None:
    gone = factory.posting("gone", places=(factory.place("Hartford"),), status=ClosedReason.FILLED)
    abroad = factory.posting("abroad", places=(factory.place("Cork", None, "IE"),))
    made = site([gone, abroad, factory.posting("near", status=status)])
    found = {"hartford-ct": expected, "rocky-hill-ct": expected, "connecticut": [], "cork-ie": []}
    for slug, texts in found.items():
        links = Page(made[f"locations/{slug}/index.html"]).all("a")
        there = [link.text for link in links if link.attributes["href"] == "/board/locations/connecticut/"]
        assert there == texts, slug


def test_who_reports_a_problem_need_not_say_on_which_page() -> None:
    where = factory.context(report_url="https://code.example/new?form=problem&where={url}&lang=en")
    made = site([*many(60), factory.posting_closed_on(date(2023, 6, 16), "old")], where)

    def named(path: str) -> list[str]:
        links = [link.attributes["href"] for link in Page(made[path]).all("a")]
        reports = [urlsplit(link) for link in links if "code.example" in link]
        assert {each.hostname for each in reports} == {"code.example"}
        return [dict(parse_qsl(each.query))["where"] for each in reports]

    root = "https://jobs.example/board/"
    assert named("jobs/old/index.html") == [f"{root}jobs/old/"] * 2
    for path in ("", "page/2/", "tags/organizing/", "archive/", "changes/", "statistics/"):
        assert named(f"{path}index.html") == [root + path]
    assert named("404.html") == [root]
