"""The markup for job search: where the rules want it, in their form, and always as the page shows."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import jsonschema
import pytest

from tests import factory
from tests.published import Page, read_html, words

SCHEMA = json.loads((Path(__file__).parent / "jobposting.schema.json").read_text("utf-8"))
ENGLISH = factory.wording("en")
TYPES = {
    "FULL_TIME": "full-time",
    "PART_TIME": "part-time",
    "CONTRACTOR": "contract",
    "TEMPORARY": "temporary",
    "INTERN": "internship",
    "VOLUNTEER": "volunteer",
    "PER_DIEM": "per-diem",
    "OTHER": "other",
}
SIGNS = {"$": "USD", "€": "EUR", "CA$": "CAD", "£": "GBP"}
# With the employer's date and an address to apply at, as the content says; the others lack one of these.
ELIGIBLE = ("data-fellow", "harbor-lead-organizer", "hostile-marks", "remota-madrid", "volunteer-rtl")


def marked(page: Page) -> list[dict]:
    return [json.loads("".join(each.itertext())) for each in page.all("script[@type='application/ld+json']")]


def facts(page: Page) -> dict[str, tuple[str, str | None]]:
    """What the page shows: by label, the text and the machine form of a date in it."""
    found = {}
    for row in page.with_class("fact"):
        value, time = row.find("dd"), row.find("dd/time")
        label = (row.find("dt").text or "").strip()  # before what is said of how soon it is
        found[label] = (words(value), time.get("datetime") if time is not None else None)
    return found


def fact(page: Page, name: str) -> tuple[str, str | None]:
    return facts(page).get(ENGLISH.text(f"facts.{name}"), ("", None))


@pytest.fixture(params=ELIGIBLE)
def page(golden, request) -> Page:
    return golden.page(f"jobs/{request.param}/")


@pytest.fixture
def job(page) -> dict:
    found = marked(page)
    assert len(found) == 1
    return found[0]


def test_markup_is_on_the_page_of_an_open_dated_posting_and_nowhere_else(golden, bare):
    with_markup = {path: marked(page) for path, page in golden.pages.items() if "ld+json" in page.text}
    assert sorted(with_markup) == [f"jobs/{slug}/index.html" for slug in ELIGIBLE]
    assert [path for path, page in bare.pages.items() if "ld+json" in page.text] == []
    stated = {slug for slug in golden.open if fact(golden.page(f"jobs/{slug}/"), "posted")[1]}
    assert stated == set(ELIGIBLE)


def test_markup_has_the_required_form(job):
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    jsonschema.validate(job, SCHEMA)


@pytest.mark.parametrize(
    "change",
    [
        {"jobLocationType": "HYBRID"},
        {"validThrough": "2026-01-26"},
        {"employmentType": ["full-time"]},
        {"experienceRequirements": "2 years"},
        {"baseSalary": {"@type": "MonetaryAmount", "currency": "$", "value": 3}},
    ],
)
def test_the_schema_refuses_what_the_rules_forbid(golden, change):
    good = marked(golden.page("jobs/harbor-lead-organizer/"))[0]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(good | change, SCHEMA)


def test_title_employer_and_address_are_those_of_the_page(golden, page, job):
    assert " ".join(job["title"].split()) == words(page.all("h1")[0])
    assert job["description"] != job["title"]
    assert job["hiringOrganization"]["name"] == words(page.with_class("posting-head")[0].find("p"))
    assert job["identifier"]["name"] == job["hiringOrganization"]["name"]
    # A posting that has had other names keeps the first, which leads to its page.
    first = golden.page(f"jobs/{job['identifier']['value']}/")
    assert [job["url"]] == [link.get("href") for link in first.links("canonical")]
    assert [job["url"]] == [link.get("href") for link in page.links("canonical")]


def test_the_date_is_the_employers_own(page, job):
    assert job["datePosted"] == fact(page, "posted")[1]


def test_the_description_is_the_text_of_the_page(page, job):
    tree = read_html(f"<div>{job['description']}</div>")
    shown = words(page.with_class("prose")[0])
    told = words(tree)
    remote = ENGLISH.text("posting.fully-remote")
    assert told == (f"{remote} {shown}" if "jobLocationType" in job else shown)
    assert not {element.tag for element in tree.iter()} & {"h1", "h2", "h3", "h4", "script", "style"}


def test_the_end_is_the_last_second_of_the_deadline(page, job):
    text, machine = fact(page, "deadline")
    if machine is None:
        assert "validThrough" not in job
        return
    ends = datetime.fromisoformat(job["validThrough"])
    if "T" in machine:
        assert ends + timedelta(seconds=1) == datetime.fromisoformat(machine)
    else:
        assert (ends.date().isoformat(), ends.time().isoformat()) == (machine, "23:59:59")
        assert ends.utcoffset() == ends.astimezone(ZoneInfo("America/New_York")).utcoffset()
    assert str(ends.year) in text


def test_pay_is_what_the_page_shows(page, job):
    text, _ = fact(page, "pay")
    shown = re.match(r"(?P<figures>.+?) an? (?P<period>hour|day|week|month|year)\b", text)
    if shown is None:
        assert "baseSalary" not in job
        return
    value = job["baseSalary"]["value"]
    figures = [float(figure.replace(",", "")) for figure in re.findall(r"[\d,]+(?:\.\d+)?", shown["figures"])]
    assert figures == ([value["value"]] if "value" in value else [value["minValue"], value["maxValue"]])
    assert value["unitText"] == shown["period"].upper()
    assert {SIGNS[sign] for sign in re.findall(r"[^\d.,–]+", shown["figures"])} == {
        job["baseSalary"]["currency"]
    }


def test_places_are_those_of_the_page(page, job):
    shown = fact(page, "location")[0]
    for place in job.get("jobLocation", ()):
        address = place["address"]
        assert address.get("addressLocality", "") in shown
        assert address.get("addressRegion", "") in shown
        assert address["addressCountry"] == "US" or ENGLISH.country(address["addressCountry"]) in shown
    assert len(job.get("jobLocation", ())) == (0 if shown == "Remote" else len(shown.split("; ")))


def test_only_remote_work_is_marked_as_remote(page, job):
    said = {fact(page, name)[0] for name in ("location", "arrangement")}
    remote = ENGLISH.text("arrangement.remote") in said
    assert ("jobLocationType" in job) == ("applicantLocationRequirements" in job) == remote
    if remote:
        shown = fact(page, "remote-from")[0]
        areas = [area["name"] for area in job["applicantLocationRequirements"]]
        assert [ENGLISH.country(area) for area in areas] == shown.split("; ")


def test_types_are_those_of_the_page(page, job):
    told = ", ".join(ENGLISH.text(f"type.{TYPES[name]}") for name in job.get("employmentType", ()))
    assert (told or ENGLISH.text("facts.not-stated")) == fact(page, "type")[0]


def test_an_address_to_write_to_is_a_direct_way(page, job):
    (way,) = page.all("section[@data-apply]")
    assert job.get("directApply", False) == any(map(is_for_mail, way.iter("a")))


def is_for_mail(link):
    """Say whether a link is the button that opens an email; how to apply can have addresses in words, too."""
    return "button" in link.get("class", "") and link.get("href").startswith("mailto:")


def test_open_postings_offer_the_way_to_apply_that_they_have(golden):
    for job in json.loads(golden.text("jobs.json"))["jobs"]:
        page = golden.page(f"jobs/{job['slug']}/")
        way = page.all("section[@data-apply]")[0]
        links = [link.get("href", "") for link in way.iter("a")]
        application = job["application"]
        assert not application["url"] or application["url"] in links
        assert any(map(is_for_mail, way.iter("a"))) == bool(application["email"])
        assert page.all("article")[0].get("data-closes") == job["closes"]
        assert not page.meta("robots")
