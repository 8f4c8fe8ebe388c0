"""What an employer's page says in its structured data, as fields of a posting."""

from __future__ import annotations

import json

import pytest

import build
from hiringhall import cli
from hiringhall.commands.new.job_page import read_page
from hiringhall.commands.new.skeleton import skeleton
from hiringhall.diagnostics import UsageError
from hiringhall.model import Arrangement, EmploymentType
from hiringhall.pages.jsonld import record
from hiringhall.policies import lifecycle
from hiringhall.webpages.reading import text_of
from tests import factory
from tests.intake.reading_helpers import SETTINGS, read_text
from tests.portals import JOB, NEW_HAVEN, Portal, page, place
from tests.serving import serving, without_proxies
from tests.sites import empty_content

SLUG = "local-12-field-organizer"
ADDRESS = "https://jobs.example.org/12"


def fields(**properties):
    return read_page(page(JOB | properties), ADDRESS, SETTINGS).fields


def pay(currency="USD", **value):
    return {"@type": "MonetaryAmount", "currency": currency, "value": {"@type": "QuantitativeValue"} | value}


HARTFORD = place(addressLocality="Hartford", addressRegion="Connecticut", addressCountry={"name": "USA"})
NEW_YORK = place(addressLocality="New York, NY", addressRegion="")
BOTH = {"@type": "Place", "address": [NEW_YORK["address"], HARTFORD["address"]]}
BERLIN = place(addressLocality="Berlin", addressRegion=None, postalCode=10115, addressCountry="DE")


@pytest.mark.parametrize(
    ("name", "said", "field", "value"),
    [
        ("title", "Political &amp;\n Coalitions", "title", "Political & Coalitions"),
        ("title", f"Driver &#{'9' * 5000}; \ud83d", "title", "Driver ;"),
        ("hiringOrganization", "Local 12", "organization", "Local 12"),
        ("jobLocation", NEW_HAVEN, "location", "New Haven, CT"),
        ("jobLocation", [NEW_HAVEN, HARTFORD], "location", ["New Haven, CT", "Hartford, Connecticut"]),
        ("jobLocation", BERLIN, "location", {"city": "Berlin", "postal_code": "10115", "country": "DE"}),
        ("jobLocation", NEW_YORK, "location", "New York, NY"),
        ("jobLocation", place(addressLocality="Gary, IN", addressRegion="IN"), "location", "Gary, IN"),
        (  # by itself, it would be a region of India
            "jobLocation",
            place(addressLocality="Gary, Ind", addressRegion="IN"),
            "location",
            {"city": "Gary, Ind", "region": "IN"},
        ),
        (
            "jobLocation",
            place(addressLocality="St. Louis, Downtown", addressRegion="MO", postalCode="63101"),
            "location",
            {"city": "St. Louis, Downtown", "region": "MO", "postal_code": "63101"},
        ),
        (
            "jobLocation",
            place(addressLocality="Toronto, ON, Canada", postalCode="M5V 1A1"),
            "location",
            {"city": "Toronto, ON, Canada", "postal_code": "M5V 1A1"},
        ),
        ("jobLocation", place(addressLocality=["Gary", "Hammond"]), "location", "Gary, Hammond"),
        ("jobLocation", place(addressCountry="BR") | {"name": "Office"}, "location", {"country": "BR"}),
        ("jobLocation", place(addressLocality="Connecticut"), "location", "Connecticut"),
        ("jobLocation", place(addressRegion="CT"), "location", {"region": "CT"}),
        ("jobLocation", BOTH, "location", ["New York, NY", "Hartford, Connecticut"]),
        ("jobLocation", {"@type": "Place", "address": "Hartford, CT"}, "location", "Hartford, CT"),
        ("jobLocation", {"@type": "Place", "name": "Hartford, CT"}, "location", "Hartford, CT"),
        ("jobLocation", place(addressCountry="US"), "location", None),
        ("jobLocation", place(addressLocality="Remote - US", addressCountry=None), "location", "Remote - US"),
        (
            "jobLocation",
            place(addressLocality="Gary", addressRegion="IN", postalCode="UNAVAILABLE"),
            "location",
            "Gary, IN",
        ),
        ("jobLocationType", "TELECOMMUTE", "arrangement", "remote"),
        ("jobLocationType", ["ON_SITE", "TELECOMMUTE"], "arrangement", "remote"),
        ("jobLocationType", None, "arrangement", None),
        ("employmentType", "FULL_TIME", "employment_type", "full-time"),
        ("employmentType", ["CONTRACTOR", "PER_DIEM"], "employment_type", ["contract", "per-diem"]),
        ("employmentType", "INTERN, PART_TIME", "employment_type", ["internship", "part-time"]),
        ("employmentType", ["FULL_TIME,", None], "employment_type", "full-time"),
        (
            "baseSalary",
            pay(minValue=62000.0, maxValue="70,000", unitText="YEAR"),
            "salary",
            {"min": "62000", "max": "70000", "period": "year", "currency": "USD"},
        ),
        (
            "baseSalary",
            pay("cad", value=31.5, unitText="Hourly"),
            "salary",
            {"min": "31.50", "max": "31.50", "period": "hour", "currency": "CAD"},
        ),
        (
            "baseSalary",
            pay(minValue=62000, maxValue=0, unitText="YEAR"),
            "salary",
            {"min": "62000", "max": "open", "period": "year", "currency": "USD"},
        ),
        (
            "baseSalary",
            [{"maxValue": 30, "unitText": "per hour"}],
            "salary",
            {"min": "open", "max": "30", "period": "hour"},
        ),
        (
            "baseSalary",
            {"value": {"minValue": "50.000", "maxValue": "60,50", "unitText": "PER_DAY"}},
            "salary",
            {"min": "50.000", "max": "60,50", "period": "day"},
        ),
        ("baseSalary", pay(minValue=0, maxValue=0, unitText="YEAR"), "salary", None),
        ("baseSalary", {"value": "DOE"}, "salary", {"min": "DOE", "max": "DOE"}),
        ("baseSalary", f"{'9' * 19} USD a year", "salary", {"note": f"{'9' * 19} USD a year"}),
        (
            "baseSalary",
            [pay(value=30, unitText="HOUR"), pay("CAD", value=25)],
            "salary",
            [
                {"min": "30", "max": "30", "period": "hour", "currency": "USD"},
                {"min": "25", "max": "25", "currency": "CAD"},
            ],
        ),
        ("baseSalary", "$30 an hour", "salary", {"min": "30", "max": "30", "period": "hour"}),
        ("workHours", "20 hours a week", "schedule", "20 hours a week"),
        ("workHours", ["Monday 9-5", "Friday 9-1"], "schedule", "Monday 9-5, Friday 9-1"),
        ("hiringOrganization", [{"name": "Local 1"}, "Local 2"], "organization", "Local 1, Local 2"),
        ("datePosted", "2026-03-01", "posted", "2026-03-01"),
        ("datePosted", "2026-03-01T00:00:00Z", "posted", "2026-03-01"),
        ("datePosted", "2026-03-02T02:30:00Z", "posted", "2026-03-01"),
        ("datePosted", "March 1, 2026", "posted", "March 1, 2026"),
        ("validThrough", "2026-03-31", "deadline", "2026-03-31"),
        ("validThrough", "2026-03-31T00:00", "deadline", "2026-03-31"),
        ("validThrough", "2026-03-31T23:59:59.999-04:00", "deadline", "2026-03-31"),
        ("validThrough", "2026-03-31T23:59:59Z", "deadline", "2026-03-31"),
        ("validThrough", "2026-03-31T00:00+02:00", "deadline", "2026-03-31"),
        ("validThrough", "2026-03-31T23:59:59.999+02:00", "deadline", "2026-03-31T23:59:59+02:00"),
        ("validThrough", "2026-03-31T23:59:59.999-07:00", "deadline", "2026-03-31T23:59:59-07:00"),
        ("datePosted", "2026-03-31T23:59:59-07:00", "posted", "2026-03-31"),
        ("validThrough", "2026-04-01T03:59:59Z", "deadline", "2026-03-31"),
        ("validThrough", "2026-03-31T17:00:00", "deadline", "2026-03-31T17:00"),
        ("validThrough", "2026-03-31T16:59:59", "deadline", "2026-03-31T16:59:59"),
        ("validThrough", "2026-03-31T21:00:00Z", "deadline", "2026-03-31T17:00-04:00"),
        ("validThrough", "0001-01-01T01:00:00Z", "deadline", "0001-01-01T01:00:00Z"),
        ("validThrough", None, "deadline", None),
        (
            "jobLocation",
            place(addressLocality="Toronto, ON", addressRegion="Ontario", addressCountry="CA"),
            "location",
            {"city": "Toronto, ON", "region": "Ontario", "country": "CA"},
        ),
        ("jobLocation", place(addressLocality="Remote", addressCountry="BR"), "location", "Remote, BR"),
    ],
)  # fmt: skip
def test_a_property_becomes_its_field(name, said, field, value):
    assert fields(**{name: said}).get(field) == value


def test_people_may_live_where_the_data_says():
    areas = [{"@type": "State", "name": "Ohio"}, {"@type": "Country", "name": "Canada"}]
    assert "remote_from" not in fields(applicantLocationRequirements=areas)
    found = fields(applicantLocationRequirements=[*areas, {"name": None}], jobLocationType="TELECOMMUTE")
    assert found["remote_from"] == ["Ohio", "Canada"]


def test_what_no_field_takes_is_kept_as_a_comment():
    said = {
        "applicantLocationRequirements": {"@type": "Country", "name": "Canada"},
        "datePosted": "2026-03-01T01:58:05Z",
        "validThrough": "2026-04-30T01:58:05Z",
        "jobLocation": place(streetAddress="12 Elm\nStreet, Gary", addressCountry={"name": "US"}),
        "baseSalary": [{"@type": "PriceSpecification", "price": 25, "priceCurrency": "USD", "@id": "#pay"}],
    }
    found = read_page(page(JOB | said), ADDRESS, SETTINGS)
    assert not {"remote_from", "deadline", "location", "salary"} & found.fields.keys()
    written = skeleton(found.fields, SETTINGS, found.body, found.others)
    comments = (
        *("applicantLocationRequirements: Canada", "validThrough: 2026-04-30T01:58:05Z"),
        *("jobLocation: 12 Elm Street, Gary, US", "baseSalary: 25, USD"),
    )
    assert "".join(f"\n# {each}" for each in comments) + "\n---\n" in written


def test_the_currency_of_a_job_is_that_of_its_pay():
    amount = {"value": {"value": 62000, "unitText": "YEAR"}}
    assert fields(baseSalary=amount, salaryCurrency="CAD")["salary"]["currency"] == "CAD"


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("$62,000 a year", {"min": "62000", "max": "62000", "period": "year", "currency": "CAD"}),
        ("USD 62,000 a year", {"min": "62000", "max": "62000", "period": "year", "currency": "USD"}),
        (62000, {"note": "62000", "currency": "CAD"}),
        ("Competitive", "Competitive"),
        (True, None),
    ],
)
def test_pay_in_words_is_in_the_currency_of_the_job(said, read):
    assert fields(baseSalary=said, salaryCurrency="CAD").get("salary") == read


def test_of_several_pays_none_is_chosen():
    found = read_page(page(JOB | {"baseSalary": [pay(value=30), pay(value=40)]}), ADDRESS, SETTINGS)
    told = read_text(skeleton({**found.fields, "added": "2026-03-02"}, SETTINGS, "Organize.")).diagnostics
    assert "keep one of them, and say the rest in the text below" in [each.hint for each in told]


@pytest.mark.parametrize(
    ("posted", "ends", "deadline"),
    [
        ("2026-03-01T01:58:05.000Z", "2026-04-30T01:58:05+00:00", None),
        ("2026-03-01T01:58:05Z", "2026-04-30T02:58:05Z", "2026-04-29T22:58:05-04:00"),
        ("Mar 1, 2026 10:00 AM", "Mar 8, 2026 10:00 AM", "Mar 8, 2026 10:00 AM"),
        ("2026-03-01T10:30", "2026-03-31T10:30", "2026-03-31T10:30"),
        ("2026-03-01T12:00:00Z", "2026-04-30T12:00:00Z", "2026-04-30T08:00-04:00"),
        ("2026-03-01T23:59:59Z", "2026-04-30T23:59:59Z", "2026-04-30"),
    ],
)
def test_a_deadline_that_a_program_counted_is_none(posted, ends, deadline):
    assert fields(datePosted=posted, validThrough=ends).get("deadline") == deadline


def test_an_address_in_the_data_of_a_saved_page_stays_as_it_is():
    address = f"{ADDRESS}?id=5&region=CT&section=3"
    for written in (address, address.replace("&", "&amp;")):
        assert read_page(page(JOB | {"url": written}), "job.html", SETTINGS).fields["apply"] == address


def test_people_apply_at_the_page_where_the_job_was_found():
    assert fields()["apply"] == ADDRESS
    assert fields()["source"] == {"url": ADDRESS}


@pytest.mark.parametrize(
    ("html", "said"),
    [
        (page(), "does not say the facts of a job in a form that programs can read"),
        (page(data="{"), "does not say the facts of a job"),
        (page(data="[" * 100_000), "does not say the facts of a job"),
        (page(JOB, JOB | {"title": "Driver"}), f"{ADDRESS} is about 2 jobs"),
    ],
)
def test_a_page_that_is_not_of_one_job_says_so(html, said):
    with pytest.raises(UsageError, match=said):
        read_page(html, ADDRESS, SETTINGS)


SAID = json.dumps(JOB)


@pytest.mark.parametrize(
    "html",
    [
        page(JOB) + page(JOB),  # some portals say it twice
        page(JOB | {"@type": "http://schema.org/JobPosting"}),
        page(JOB | {"@type": ["schema:JobPosting"]}),
        page(data=f"\n//<![CDATA[\n{SAID}\n//]]>"),
        page(data=f"<!--\n{SAID}\n-->"),
        page(JOB | {"description": "<p>Line <!-- of"}),
        page(JOB).replace("ld+json", "ld&#x2B;json"),
        page(JOB).replace("<script", "<p hidden>Closed<script"),
        page(JOB).replace("<script", "<!--><script>'<!--'</script><script"),
        page(JOB | {"description": "<p>Line</p>"}),
        page(data=json.dumps([JOB]).replace("Field ", "Field\n")),
    ],
)
def test_data_is_read_as_portals_write_it(html):
    found = read_page(html, ADDRESS, SETTINGS).fields
    assert (found["title"], found.get("organization")) == ("Field Organizer", "Local 12")


@pytest.mark.parametrize("depth", [1, 900])
def test_data_of_no_sense_is_none(depth):
    nested = [JOB]
    for _ in range(depth):
        nested = [nested]
    names = ("title", "jobLocation", "employmentType", "baseSalary", "validThrough")
    assert not fields(**dict.fromkeys(names, nested)).keys() & {*names, "location", "salary", "deadline"}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"deadline": factory.deadline(at=None), "employment_types": (EmploymentType.INTERNSHIP,)},
        {"arrangement": Arrangement.REMOTE, "places": (), "remote_from": (factory.place(city=None),)},
        {"places": (factory.place(), factory.place("Berlin", None, "DE", "10115"))},
    ],
)
def test_what_our_own_pages_say_is_read_as_it_was_written(changes):
    posting = factory.posting(**{"arrangement": None} | changes)  # the data has a word for remote work alone
    html = page(record(posting, factory.context()))
    found = read_page(html, ADDRESS, SETTINGS)
    again = read_text(skeleton({**found.fields, "added": "2026-03-02"}, SETTINGS)).value
    for name in ("title", "places", "arrangement", "remote_from", "employment_types", "salary", "posted"):
        assert getattr(again, name) == getattr(posting, name), name
    assert lifecycle.instant_of(again.deadline) == lifecycle.instant_of(posting.deadline)


@pytest.fixture
def drafted(tmp_path, capsys, monkeypatch):
    """Return what runs `new --from` and returns its status, what it says, and the posting's text."""
    without_proxies(monkeypatch)
    content = empty_content(tmp_path)
    path = content / "postings" / f"{SLUG}.md"

    def run(where, *more):
        arguments = ["--content", str(content), "--now", "2026-03-02T12:00:00Z", "--from", str(where), *more]
        status = cli.main(["new", *arguments], build)
        return status, capsys.readouterr().err, path.read_text(encoding="utf-8") if path.exists() else ""

    return run


@pytest.mark.parametrize("path", ["/12", "/12?año"])
def test_new_drafts_a_posting_from_the_address_of_a_page(drafted, path):
    with serving(Portal) as server:
        where = f"http://127.0.0.1:{server.server_port}{path}"
        status, told, text = drafted(where)
        assert (status, "Compare it with the employer's notice" in told) == (0, True)
        assert "location: New Haven, CT\n" in text
        assert f"apply: {where}\n" in text
        assert "posted: 2026-03-01\n" in text
        assert "## What you would do" in text  # for words of the list's own


@pytest.mark.parametrize(
    ("answers", "title"),
    [
        (
            "### Where the employer published it\n\n{}\n\n### The work, in your own words\n\nOrganize.",
            "Field Organizer",
        ),
        (
            "Where the employer published it: <{}>\nJob title: Cook\nThe work, in your own words: Organize.",
            "Cook",
        ),
    ],
)
def test_a_page_says_what_the_form_that_names_it_leaves_open(drafted, tmp_path, answers, title):
    with serving(Portal) as server:
        where = f"http://127.0.0.1:{server.server_port}/12"
        (tmp_path / "issue.txt").write_text(answers.format(where))
        status, _, text = drafted(tmp_path / "issue.txt", "--slug", SLUG)
    assert status == 0
    assert f"title: {title}\norganization: Local 12\n" in text
    assert text.endswith("\n---\n\nOrganize.\n")


@pytest.mark.parametrize(
    "before",
    [
        b"\n",
        b"<!-- saved from url=(0027)https://jobs.example.org/12 -->\n",
        b'<?xml version="1.0"?>\n',
        b"<!doctype html><p>\xa0\v" + b"x" * (1 << 20),  # neither in UTF-8 nor short
    ],
)
def test_new_drafts_a_posting_from_a_page_that_a_browser_saved(drafted, tmp_path, before):
    data = page(JOB | {"url": ADDRESS, "jobLocation": BERLIN}).encode()
    (tmp_path / "job.html").write_bytes(before + data)
    status, _, text = drafted(tmp_path / "job.html")
    assert status == 0
    assert f"apply: {ADDRESS}\n" in text
    assert "location:\n  city: Berlin\n  postal_code: 10115\n  country: DE\n" in text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/refused", "gives programs no page (403 Forbidden); save the page"),
        ("/gone", "(404 Not Found)"),
        ("/odd", "/odd did not answer: [2J"),
    ],
)
def test_new_says_what_to_do_about_a_page_that_cannot_be_had(drafted, path, said):
    with serving(Portal) as server:
        status, told, text = drafted(f"http://127.0.0.1:{server.server_port}{path}")
    assert (status, text) == (2, "")
    assert said in told


def test_new_says_why_there_is_no_answer(drafted):
    with serving(Portal) as server:
        where = f"http://127.0.0.1:{server.server_port}/12"
    status, told, _ = drafted(where)
    assert status == 2
    assert f"{where} did not answer: Connection refused" in told


def test_the_end_of_a_page_may_be_missing():
    assert text_of("Añil – añil".encode()[:-3]) == "Añil – a"


@pytest.mark.parametrize(
    ("encoding", "name", "title"),
    [
        ("windows-1251", "windows-1251", "\u041f\u043e\u0432\u0430\u0440"),
        ("iso-8859-2", "ISO-8859-2", "Zwi\u0105zek"),
        ("iso-8859-1", "iso-8859-1", "Caf\u00e9"),
        ("cp1252", "utf-8", "Caf\u00e9"),
        ("iso-8859-9", "ISO-8859-9", "\u0130\u015f\u00e7i"),
        ("cp1252", "windows-874", "Caf\u00e9"),  # which Python does not know by this name
        ("cp1252", "us-ascii", "\u201cCaf\u00e9\u201d"),
        ("cp1252", "iso-8859-1", "\u201cCaf\u00e9\u201d"),
        ("shift_jis", "Shift_JIS", "\u6599\u7406\u4eba"),
        ("gbk", "gbk", "\u6731"),
        ("utf-8", "windows-1251", "Caf\u00e9"),
    ],
)
def test_letters_are_read_in_the_encoding_that_the_reply_or_the_page_names(encoding, name, title):
    data = page(data=json.dumps(JOB | {"title": title}, ensure_ascii=False))
    assert title in text_of(data.encode(encoding), f"text/html; charset={name}")
    assert title in text_of(f'<meta charset="{name}">{data}'.encode(encoding))


def test_an_address_that_is_no_text_is_refused(drafted):
    with serving(Portal) as server:
        status, told, text = drafted(f"http://127.0.0.1:{server.server_port}/12?\udcff")
    assert (status, text) == (2, "")
    assert "--from is not text in UTF-8" in told


def test_new_says_how_an_address_begins(drafted):
    status, told, _ = drafted("jobs.example.org/12")
    assert (status, "an address begins with https://" in told) == (2, True)
