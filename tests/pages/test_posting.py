"""A posting's page and row: what a reader sees of it, open and closed, whatever it holds."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from hiringhall.emitters import jsonfeed, rss
from hiringhall.facts import facts_of
from hiringhall.model import Arrangement, ClosedReason, Place
from tests import factory
from tests.pages.support import Page, posting_page_of, row_of

HOSTILE = "\"><script>alert(1)</script>'&amp;{{ 7*7 }}"


def facts(page: Page) -> dict[str, str]:
    """Return the facts of a page by label, the values of one with commas between them."""
    found: dict[str, list[str]] = {}
    for element in page.elements:
        if element.tag == "dt":
            values = found.setdefault(element.text.strip(), [])
        elif element.tag == "dd":
            values.append(" ".join(element.text.split()))
    return {name: ", ".join(values) for name, values in found.items()}


def test_key_facts_stand_before_the_text_and_say_what_is_not_stated() -> None:
    page = Page(
        posting_page_of(factory.posting(salary=None, deadline=None, arrangement=None, employment_types=()))
    )
    found = facts(page)
    assert [found[name] for name in ("Pay", "Arrangement", "Type")] == ["Not stated"] * 3
    assert found["Deadline"].startswith("Not stated ")
    assert len(list(page.all("dd", class_="unstated"))) == 4
    order = [
        element
        for element in page.elements
        if element.tag == "dl" or element.attributes.get("class") == "prose"
    ]
    # The key facts and how to apply; the text; all other facts.
    assert [element.tag for element in order] == ["dl", "dl", "div", "dl"]


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"deadline": None}, "Not stated Last confirmed Jan 12, 2026; leaves this list after Mar 13, 2026"),
        (
            {"deadline": factory.deadline(None), "verified": date(2026, 1, 19)},
            "Until filled Last confirmed Jan 19, 2026; leaves this list after Mar 20, 2026",
        ),
        (
            {"deadline": None, "verify_by": date(2026, 1, 31)},
            "Not stated Last confirmed Jan 12, 2026; leaves this list after Jan 31, 2026",
        ),
    ],
)
def test_without_a_date_the_page_says_since_when_and_how_long_it_counts_as_open(
    changes: dict[str, Any], shown: str
) -> None:
    posting = factory.posting(**changes)
    assert facts(Page(posting_page_of(posting)))["Deadline"] == f"{shown} unless confirmed again."
    closed = posting._replace(status=ClosedReason.FILLED)
    assert facts(Page(posting_page_of(closed)))["Deadline"] in {"Not stated", "Until filled"}


def test_pay_and_arrangement_show_their_notes_apart() -> None:
    posting = factory.posting(
        salary=factory.salary(note="Depends on experience; negotiable"),
        arrangement=Arrangement.HYBRID,
        arrangement_note="Two days at home",
    )
    page = Page(posting_page_of(posting))
    assert [note.text for note in page.all("span", class_="note")] == [
        "Depends on experience; negotiable",
        "Two days at home",
    ]
    assert facts(page)["Pay"] == "$51,640–$79,640 a year Depends on experience; negotiable"


def test_the_place_has_the_postal_code_that_the_markup_states() -> None:
    places = (factory.place(postal_code="06067"), factory.place("Toronto", "ON", "CA", "M5V 2T6"))
    page = Page(posting_page_of(factory.posting(places=places)))
    assert facts(page)["Place"] == "Rocky Hill, CT 06067; Toronto, ON M5V 2T6, Canada"


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (factory.place(None, "QC", "CA", "G1A 0A2"), "Québec G1A 0A2"),
        (factory.place(None, None, "ES", "28001"), "28001, Espagne"),
    ],
)
def test_a_place_without_a_city_has_its_postal_code_in_the_words_of_the_site(
    place: Place, shown: str
) -> None:
    where = factory.context(language="fr-CA", default_country="CA")
    found = facts_of(factory.posting(places=(place,)), factory.entry(factory.posting()), where)
    assert next(fact.text for fact in found if fact.name == "location") == shown


def test_work_from_anywhere_is_said_once_unless_there_is_more_to_say() -> None:
    remote = factory.posting(places=(), arrangement=Arrangement.REMOTE)
    found = facts(Page(posting_page_of(remote)))
    assert found["Place"] == "Remote"
    assert "Arrangement" not in found
    noted = factory.posting(places=(), arrangement=Arrangement.REMOTE, arrangement_note="Two meetings a year")
    assert facts(Page(posting_page_of(noted)))["Arrangement"] == "Remote Two meetings a year"


def test_a_note_without_figures_is_the_pay() -> None:
    page = Page(posting_page_of(factory.posting(salary=factory.salary(None, None, note="By agreement"))))
    assert facts(page)["Pay"] == "By agreement"


def ways_to_apply(page: Page) -> list[str]:
    """Return the addresses of the buttons, but for the one below the text that leads back to them."""
    *ways, back = (button.attributes["href"] or "" for button in page.all("a", class_="button"))
    assert back == "#apply"
    return ways


def test_applying_by_mail_fills_in_the_subject() -> None:
    application = factory.application(
        "jobs@harbor12.example", subject="Organizer & you", documents=("Letter", "Resume")
    )
    page = Page(posting_page_of(factory.posting(application=application)))
    assert ways_to_apply(page) == ["mailto:jobs@harbor12.example?subject=Organizer%20%26%20you"]
    assert facts(page)["Subject line"] == "Organizer & you"
    assert facts(page)["What to send"] == "Letter, Resume"


def test_applying_online_and_by_mail_gives_both_ways() -> None:
    page = Page(
        posting_page_of(factory.posting(application=factory.application(url="https://a.example/apply")))
    )
    assert ways_to_apply(page) == ["https://a.example/apply", "mailto:jobs@harbor12.example"]


def test_addresses_in_words_lead_somewhere() -> None:
    said = "Send your CV to hiring@a.example, or apply at https://a.example/b?c=1&d=2 (not <www.a.example>)."
    application = factory.application(None, instructions=said, contact="Jo Doe, jo@a.example")
    page = Page(posting_page_of(factory.posting(application=application)))
    found = {link.text: link.attributes for link in page.all("a")}
    assert found["hiring@a.example"]["href"] == "mailto:hiring@a.example"
    assert found["https://a.example/b?c=1&d=2"]["href"] == "https://a.example/b?c=1&d=2"
    assert found["https://a.example/b?c=1&d=2"]["rel"] == "noopener"
    assert found["jo@a.example"]["href"] == "mailto:jo@a.example"
    assert (facts(page)["How to apply"], facts(page)["Contact"]) == (said, "Jo Doe, jo@a.example")


def test_instructions_alone_give_no_button() -> None:
    application = factory.application(None, instructions="Come to the hall.")
    page = Page(posting_page_of(factory.posting(application=application)))
    assert ways_to_apply(page) == []
    assert facts(page)["How to apply"] == "Come to the hall."


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"deadline": factory.deadline("2026-01-19")}, "The deadline was Monday, January 19, 2026"),
        ({"status": ClosedReason.FILLED}, "has been filled"),
        ({"status": ClosedReason.WITHDRAWN}, "has withdrawn"),
        (
            {"deadline": None, "added": date(2025, 6, 1), "posted": None},
            "Nobody has confirmed since June 1, 2025 that this job is still open",
        ),
    ],
)
def test_a_closed_posting_says_so_first_and_offers_nothing_to_apply_with(
    changes: dict[str, Any], because: str
) -> None:
    page = Page(posting_page_of(factory.posting(**changes)))
    article = page.one("article")
    banner = page.one("div", class_="banner")
    assert page.elements.index(banner) == page.elements.index(article) + 1
    assert "This job is closed" in banner.text
    assert because in banner.text
    named = page.one("meta", property="og:title").attributes["content"]
    assert named == page.one("title").text == "Closed: Organizer – Harbor Workers Local 12 – Hiring Hall"
    assert page.one("meta", name="robots").attributes["content"] == "noindex"
    assert "data-closes" not in article.attributes
    assert not [link for link in page.all("a") if "mailto:" in link.attributes["href"]]
    assert not list(page.all("section", class_="apply"))
    assert not [
        link
        for link in page.all("a")
        if link.attributes["href"].endswith(".ics") and "/jobs/" in link.attributes["href"]
    ]


def test_an_open_posting_may_be_indexed_and_tells_scripts_when_it_closes() -> None:
    page = Page(posting_page_of(factory.posting()))
    assert not list(page.all("meta", name="robots"))
    assert page.one("article").attributes["data-closes"] == "2026-02-17T05:00:00Z"


@pytest.mark.parametrize(
    ("deadline", "offered"), [(factory.deadline(), 1), (factory.deadline(None), 0), (None, 0)]
)
def test_a_dated_deadline_can_be_put_into_a_calendar(deadline: Any, offered: int) -> None:
    page = Page(posting_page_of(factory.posting(deadline=deadline)))
    links = [link.attributes["href"] for link in page.all("a", type="text/calendar")]
    assert links.count("/board/jobs/harbor-organizer/deadline.ics") == offered


def test_the_employers_date_and_the_lists_date_have_their_own_names() -> None:
    found = facts(Page(posting_page_of(factory.posting())))
    assert found["Posted by the employer"] == "January 9, 2026"
    assert found["Added to this list"] == "January 12, 2026"
    assert "Posted by the employer" not in facts(Page(posting_page_of(factory.posting(posted=None))))
    since = factory.posting(added=date(2026, 1, 9), is_added_stated=False)
    assert "Added to this list" not in facts(Page(posting_page_of(since))), "nobody knows that day"


ABROAD = (factory.place(), *(factory.place(city, "ON", "CA") for city in ("Toronto", "Ottawa", "Guelph")))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "Rocky Hill, CT · $51,640–$79,640 a year · closes Mon, Feb 16, 2026. "),
        (
            {"salary": None, "deadline": factory.deadline(None)},
            "Rocky Hill, CT · Pay not stated · open until filled. ",
        ),
        (
            {"salary": factory.salary(None, None, note="By agreement"), "deadline": None},
            "Rocky Hill, CT · By agreement. ",
        ),
        (
            {"places": ABROAD, "salary": None, "deadline": None},
            "Rocky Hill, CT and 3 more places · Pay not stated. ",
        ),
        (
            {"places": ABROAD[:2], "salary": None, "deadline": factory.deadline("2026-02-16", "17:00")},
            (
                "Rocky Hill, CT; Toronto, ON, Canada · Pay not stated"
                " · closes Mon, Feb 16, 2026, 5:00\u202fPM EST. "
            ),
        ),
        (
            {
                "places": (),
                "arrangement": Arrangement.REMOTE,
                "remote_from": (factory.place(None, "MN"),),
                "status": ClosedReason.FILLED,
            },
            "Closed. Minnesota · Remote · $51,640–$79,640 a year. ",
        ),
    ],
)
def test_whoever_is_sent_the_page_or_its_entry_in_a_feed_first_reads_what_decides(
    changes: dict[str, Any], told: str
) -> None:
    posting = factory.posting(**changes)
    page = Page(posting_page_of(posting))
    expected = f"{told}Organize dock workers."
    assert page.one("meta", name="description").attributes["content"] == expected
    assert page.one("meta", property="og:description").attributes["content"] == expected
    entry, where = factory.entry(posting), factory.context()
    assert f"<description>{expected}<" in rss.ITEM.make(posting, entry, where).decode()
    assert json.loads(jsonfeed.ITEM.make(posting, entry, where))["summary"] == expected


def test_readers_can_correct_and_report() -> None:
    where = factory.context(edit_url="https://example.org/edit/{path}", report_url="https://example.org/new")
    links = [link.attributes["href"] for link in Page(posting_page_of(factory.posting(), where)).all("a")]
    assert "https://example.org/edit/content/postings/harbor-organizer.md" in links
    assert links.count("https://example.org/new") == 2


def test_without_anything_to_lead_to_below_the_text_there_is_no_list_of_links() -> None:
    assert '<ul class="posting-links">' not in posting_page_of(factory.posting(source_url=None))
    assert '<ul class="posting-links">' in posting_page_of(factory.posting(source_url="https://example.org/"))


def test_the_link_to_correct_is_an_address_whatever_the_folder_is_called() -> None:
    where = factory.context(edit_url="https://example.org/edit/{path}")
    posting = factory.posting(path="content/postings/spring 2026/a#b?c=%41\n/x.md")
    links = [link.attributes["href"] for link in Page(posting_page_of(posting, where)).all("a")]
    assert "https://example.org/edit/content/postings/spring%202026/a%23b%3Fc%3D%2541%0A/x.md" in links


def test_the_page_leads_to_its_terms_but_not_to_what_is_not_stated() -> None:
    page = Page(posting_page_of(factory.posting(arrangement=None)))
    links = {link.attributes["href"] for link in page.all("a")}
    assert {
        "/board/organizations/harbor-workers-local-12/",
        "/board/locations/connecticut/",
        "/board/tags/organizing/",
    } <= links
    assert not [link for link in links if "not-stated" in link]


@pytest.mark.parametrize("places", [(), (factory.place(),)])
def test_the_page_leads_to_jobs_that_are_remote_once(places: tuple[Place, ...]) -> None:
    page = Page(posting_page_of(factory.posting(places=places, arrangement=Arrangement.REMOTE)))
    links = [link.attributes["href"] for link in page.all("a") if link.text.strip() == "Remote"]
    assert links == ["/board/locations/remote/"]


def test_another_language_is_marked() -> None:
    page = Page(posting_page_of(factory.posting(language="es", title="Organizadora")))
    assert page.one("html").attributes["lang"] == "en"
    assert page.one("h1").attributes["lang"] == "es"
    assert page.one("div", class_="prose").attributes["lang"] == "es"
    assert 'lang="es"' in row_of(factory.posting(language="es"))
    in_words = row_of(
        factory.posting(language="es", salary=factory.salary(None, None, note="Según convenio"))
    )
    assert '<p class="row-pay in-words" lang="es" dir="auto">Según convenio</p>' in in_words
    assert "lang" not in Page(posting_page_of(factory.posting())).one("h1").attributes


def test_hostile_values_stay_text_everywhere() -> None:
    where = factory.context(
        title=HOSTILE, description=HOSTILE, report_url=f"https://x.example/{HOSTILE}", contact_email=HOSTILE
    )
    posting = factory.posting(
        title=HOSTILE,
        organization=factory.organization(HOSTILE),
        summary=HOSTILE,
        tags=(HOSTILE,),
        benefits=(HOSTILE, HOSTILE),
        places=(factory.place(HOSTILE, HOSTILE),),
        arrangement_note=HOSTILE,
        salary=factory.salary(note=HOSTILE),
        details=(("experience", HOSTILE),),
        source_url=f"https://x.example/{HOSTILE}",
        application=factory.application(
            HOSTILE,
            url=f"https://x.example/{HOSTILE}",
            instructions=HOSTILE,
            subject=HOSTILE,
            contact=HOSTILE,
            documents=(HOSTILE, HOSTILE),
        ),
    )
    for markup in (posting_page_of(posting, where), row_of(posting, where)):
        assert "<script>alert" not in markup
        page = Page(markup)
        assert {element.attributes.get("type", "module") for element in page.all("script")} <= {
            "module",
            "application/ld+json",
        }
        assert not [name for element in page.elements for name in element.attributes if name.startswith("on")]
    page = Page(posting_page_of(posting, where))
    assert page.one("h1").text == HOSTILE
    assert page.one("title").text == f"{HOSTILE} – {HOSTILE} – {HOSTILE}"


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({}, "Closes Mon, Feb 16, 2026 "),
        ({"deadline": factory.deadline("2026-02-16", "17:00")}, "Closes Mon, Feb 16, 2026, 5:00"),
        ({"deadline": factory.deadline(None)}, "Open until filled"),
        ({"deadline": None}, "No deadline stated"),
        ({"salary": factory.salary(None, None, note="By agreement")}, "By agreement"),
        ({"salary": None}, "Pay not stated"),
        ({}, "$51,640–$79,640 a year"),
        ({}, "Rocky Hill, CT · Hybrid · Full-time"),
        ({"places": (), "arrangement": Arrangement.REMOTE}, "Remote · Full-time"),
        (
            {"places": (), "arrangement": Arrangement.REMOTE, "remote_from": (factory.place(None, "MN"),)},
            "Minnesota · Remote · Full-time",
        ),
        ({}, "Added Jan 12, 2026"),
        ({"is_added_stated": False}, "Posted Jan 12, 2026"),
        ({"status": ClosedReason.FILLED}, "$51,640–$79,640 a year Closed Filled"),
        ({"status": ClosedReason.FILLED, "salary": None}, "Pay not stated Closed Filled"),
        ({"status": ClosedReason.FILLED, "verified": date(2026, 1, 15)}, "Closed Jan 15, 2026 Filled"),
        ({"deadline": factory.deadline("2026-01-19")}, "Closed Jan 19, 2026"),
    ],
)
def test_a_row_tells(changes: dict[str, Any], shown: str) -> None:
    text = " ".join(Page(row_of(factory.posting(**changes))).one("li").text.split())
    assert shown in text


def test_a_row_tells_scripts_what_they_need() -> None:
    row = Page(row_of(factory.posting())).one("li").attributes
    assert row["data-slug"] == "harbor-organizer"
    assert row["data-state"] == "open"
    assert row["data-closes"] == "2026-02-17T05:00:00Z"
    assert row["data-added"] == "2026-01-12"
    closed = Page(row_of(factory.posting(status=ClosedReason.FILLED))).one("li").attributes
    assert closed["data-state"] == "closed"
    assert "data-closes" not in closed


def test_closing_soon_is_said_in_words() -> None:
    soon = factory.posting(deadline=factory.deadline("2026-01-25"))
    assert Page(row_of(soon)).one("p", class_="badge").text == "Closing soon"
    assert not list(Page(row_of(factory.posting())).all("p", class_="badge"))
    assert "Deadline Closing soon" in facts(Page(posting_page_of(soon)))
    assert "Deadline" in facts(Page(posting_page_of(factory.posting())))


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "America/New_York", "UTC", "Asia/Tokyo"])
def test_a_row_has_the_same_day_for_people_and_for_scripts(zone: str) -> None:
    for at in ("00:30", "17:00", "23:59"):
        row = Page(row_of(factory.posting(deadline=factory.deadline("2026-02-16", at, time_zone=zone))))
        when = next(iter(row.all("time")))
        assert "Feb 16, 2026" in when.text
        assert when.attributes["datetime"].startswith(f"2026-02-16T{at}:00")


def test_what_the_register_knows_of_the_employer_is_told() -> None:
    known = factory.organization(description="Dockers since 1899.", url="https://harbor12.example/")
    page = Page(posting_page_of(factory.posting(organization=known)))
    assert "Dockers since 1899." in page.one("section", class_="employer").text
    assert "https://harbor12.example/" in [link.attributes["href"] for link in page.all("a")]
    assert not list(Page(posting_page_of(factory.posting())).all("section", class_="employer"))
