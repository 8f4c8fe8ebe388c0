"""JobPosting markup, rule by rule (design notes JP1 to JP17: schema.org and Google's job search)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hiringhall.model import Arrangement, ClosedReason, EmploymentType, PayPeriod, Posting
from hiringhall.pages import jsonld
from tests import factory

ABROAD = factory.place(None, None, "CA")


def record(posting: Posting) -> dict[str, Any] | None:
    """Return what a posting's markup says, or None if it has none."""
    text = jsonld.job_posting(posting, factory.entry(posting), factory.context())
    return None if text is None else json.loads(text)


def made(**changes: Any) -> dict[str, Any]:
    found = record(factory.posting(**changes))
    assert found is not None
    return found


def test_links_within_the_site_are_whole_in_the_description() -> None:
    told = made(body_html='<p>See <a href="/board/about/">us</a>.</p>')["description"]
    assert told == '<p>See <a href="https://jobs.example/board/about/">us</a>.</p>'


def test_a_whole_posting() -> None:
    assert made() == {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "Organizer",
        "description": '<p>Organize <a href="https://harbor12.example/">the harbor</a>.</p>\n',
        "datePosted": "2026-01-09",
        "validThrough": "2026-02-16T23:59:59-05:00",
        "employmentType": ["FULL_TIME"],
        "hiringOrganization": {"@type": "Organization", "name": "Harbor Workers Local 12"},
        "identifier": {
            "@type": "PropertyValue",
            "name": "Harbor Workers Local 12",
            "value": "harbor-organizer",
        },
        "jobLocation": [
            {
                "@type": "Place",
                "address": {
                    "@type": "PostalAddress",
                    "addressLocality": "Rocky Hill",
                    "addressRegion": "CT",
                    "addressCountry": "US",
                },
            }
        ],
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "USD",
            "value": {"@type": "QuantitativeValue", "minValue": 51640, "maxValue": 79640, "unitText": "YEAR"},
        },
        "directApply": True,
        "url": "https://jobs.example/board/jobs/harbor-organizer/",
    }


def test_the_identifier_stays_when_a_posting_is_renamed() -> None:
    found = made(slug="harbor-organizer-ii", aliases=("harbor-organizer", "harbor-lead"))
    assert (found["identifier"]["value"], found["url"][-21:]) == ("harbor-organizer", "/harbor-organizer-ii/")


@pytest.mark.parametrize(
    ("reason", "changes"),
    [
        ("the employer's date is unknown", {"posted": None}),
        ("there is no way to apply", {"application": factory.application(None)}),
        (
            "nobody can apply by asking around",
            {"application": factory.application(None, instructions="Ask us.")},
        ),
        ("no place, and not remote", {"places": (), "arrangement": None}),
        ("remote, but from where is unknown", {"places": (), "arrangement": Arrangement.REMOTE}),
        ("remote with an office, but from where is unknown", {"arrangement": Arrangement.REMOTE}),
        ("no text", {"body_html": "", "body_text": " \n"}),
        ("the text is the title", {"body_text": "Organizer"}),
        ("filled", {"status": ClosedReason.FILLED}),
        ("withdrawn", {"status": ClosedReason.WITHDRAWN}),
        ("the deadline has passed", {"deadline": factory.deadline("2026-01-19")}),
        (
            "not confirmed",
            {
                "deadline": None,
                "posted": factory.NOW.date().replace(year=2024),
                "added": factory.NOW.date().replace(year=2024),
            },
        ),
    ],
)
def test_there_is_no_markup_where(reason: str, changes: dict[str, Any]) -> None:
    assert record(factory.posting(**changes)) is None, reason


@pytest.mark.parametrize(
    ("deadline", "expected"),
    [
        (factory.deadline("2026-02-16"), "2026-02-16T23:59:59-05:00"),
        (factory.deadline("2026-07-01"), "2026-07-01T23:59:59-04:00"),
        (factory.deadline("2026-02-16", "17:00"), "2026-02-16T16:59:59-05:00"),
        (factory.deadline("2026-02-16", "17:00", utc_offset=3600), "2026-02-16T16:59:59+01:00"),
        (factory.deadline("2026-02-16", time_zone="America/Los_Angeles"), "2026-02-16T23:59:59-08:00"),
        (factory.deadline(None), None),
        (None, None),
    ],
)
def test_valid_through_is_the_last_open_second_with_its_offset(deadline: Any, expected: str | None) -> None:
    assert made(deadline=deadline).get("validThrough") == expected


@pytest.mark.parametrize("arrangement", [None, Arrangement.ON_SITE, Arrangement.HYBRID, Arrangement.FIELD])
def test_only_remote_work_is_called_telecommuting(arrangement: Arrangement | None) -> None:
    found = made(arrangement=arrangement, remote_from=(ABROAD,))
    assert "jobLocationType" not in found
    assert "applicantLocationRequirements" not in found


def test_remote_work_names_where_applicants_may_live_and_says_so_in_words() -> None:
    found = made(arrangement=Arrangement.REMOTE, places=(), remote_from=(ABROAD, factory.place(None, "CT")))
    assert found["jobLocationType"] == "TELECOMMUTE"
    assert found["applicantLocationRequirements"] == [
        {"@type": "Country", "name": "CA"},
        {"@type": "State", "name": "Connecticut, US"},
    ]
    assert found["description"].startswith("<p>This job is fully remote.</p>")
    assert "jobLocation" not in found


def test_several_places_are_several_locations() -> None:
    places = (factory.place(), factory.place("Boston", "MA", postal_code="02108"), ABROAD)
    addresses = [location["address"] for location in made(places=places)["jobLocation"]]
    assert [address.get("postalCode") for address in addresses] == [None, "02108", None]
    assert [address["addressCountry"] for address in addresses] == ["US", "US", "CA"]


def test_every_employment_type_has_its_word() -> None:
    found = made(employment_types=tuple(EmploymentType))["employmentType"]
    assert found == [
        "FULL_TIME",
        "PART_TIME",
        "CONTRACTOR",
        "TEMPORARY",
        "INTERN",
        "VOLUNTEER",
        "PER_DIEM",
        "OTHER",
    ]


@pytest.mark.parametrize(
    ("salary", "expected"),
    [
        (factory.salary("28.50", "28.50", PayPeriod.HOUR), {"value": 28.5, "unitText": "HOUR"}),
        (
            factory.salary("100", "120.25", PayPeriod.DAY),
            {"minValue": 100, "maxValue": 120.25, "unitText": "DAY"},
        ),
    ],
)
def test_pay_is_numbers(salary: Any, expected: dict[str, Any]) -> None:
    assert made(salary=salary)["baseSalary"]["value"] == {"@type": "QuantitativeValue", **expected}


@pytest.mark.parametrize("ends", [("28.50", None), (None, "28.50")])
def test_pay_with_an_open_end_is_left_out_as_search_engines_take_both_or_one_figure(ends: Any) -> None:
    assert "baseSalary" not in made(salary=factory.salary(*ends))


@pytest.mark.parametrize("field", ["salary", "employment_types"])
def test_what_is_not_stated_is_left_out(field: str) -> None:
    found = made(**{field: factory.salary(None, None, note="By experience") if field == "salary" else ()})
    assert {"salary": "baseSalary", "employment_types": "employmentType"}[field] not in found


def test_a_link_is_not_called_direct_and_a_website_names_the_same_employer() -> None:
    organization = factory.organization(url="https://harbor12.example/")
    found = made(application=factory.application(None, url="https://a.example/"), organization=organization)
    assert "directApply" not in found
    assert found["hiringOrganization"]["sameAs"] == "https://harbor12.example/"


def test_headings_become_paragraphs() -> None:
    found = made(body_html='<h2 id="x">Duties</h2>\n<ul><li>Organize</li></ul>')
    assert found["description"] == "<p>Duties</p>\n<ul><li>Organize</li></ul>"


def test_nothing_can_end_the_data_block() -> None:
    evil = "</script><!--<script>&\u2028"
    posting = factory.posting(title=evil, body_html=f"<p>{evil}</p>", body_text="x")
    text = jsonld.job_posting(posting, factory.entry(posting), factory.context())
    assert text is not None
    assert not set("<>&").intersection(text)
    assert json.loads(text)["title"] == evil
