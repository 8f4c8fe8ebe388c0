from __future__ import annotations

import xml.etree.ElementTree as ET
from email.utils import parsedate_to_datetime

import pytest

from build import build
from hiringhall.emitters import aggregator
from hiringhall.model import Arrangement, ClosedReason
from tests import factory
from tests.emitters import support
from tests.sites import empty_content, options, write_posting


def source_of(*postings, where=None):
    return ET.fromstring(support.files(aggregator, postings, where=where)["jobs.xml"])


def jobs_of(*postings, **where):
    return source_of(*postings, **where).findall("job")


def test_x1_one_job_per_place_each_with_its_own_number():
    here, there = factory.place("Portland", "ME"), factory.place("Portland", "OR")
    jobs = jobs_of(factory.posting(places=(here, there)))
    assert [job.findtext("state") for job in jobs] == ["Maine", "Oregon"]
    assert len({job.findtext("referencenumber") for job in jobs}) == 2
    assert {job.findtext("requisitionid") for job in jobs} == {"harbor-organizer"}


def test_x1_offices_in_one_city_are_one_job():
    offices = [factory.place(postal_code=code) for code in ("06067", "06068")]
    (job,) = jobs_of(factory.posting(places=(*offices,)))
    assert job.findtext("postalcode") == "06067"


def test_x1_a_number_stays_when_places_are_reordered_and_texts_change():
    here, there = factory.place(), factory.place("Toronto", "ON", "CA")

    def number(city, posting):
        return next(j.findtext("referencenumber") for j in jobs_of(posting) if j.findtext("city") == city)

    one = number("Rocky Hill", factory.posting(places=(here,)))
    assert one == number("Rocky Hill", factory.posting(places=(there, here), title="Other"))
    assert one != number("Rocky Hill", factory.posting("other", places=(here,)))


def test_x2_a_job_has_every_field():
    posting = factory.posting(places=(factory.place(postal_code="06067"),))
    (job,) = jobs_of(posting, where=factory.context(tags={"organizing": "Organizing"}))
    found = {child.tag: child.text for child in job}
    assert found["title"] == "Organizer"
    assert parsedate_to_datetime(found["date"]).date() == posting.posted
    assert found["url"] == "https://jobs.example/board/jobs/harbor-organizer/"
    assert found["company"] == "Harbor Workers Local 12"
    assert (found["city"], found["state"], found["country"], found["postalcode"]) == (
        "Rocky Hill", "Connecticut", "US", "06067",
    )  # fmt: skip
    assert found["email"] == "jobs@harbor12.example"
    assert found["salary"] == "$51,640–$79,640 a year"
    assert found["jobtype"] == "fulltime"
    assert found["category"] == "Organizing"
    assert found["remotetype"] == "Hybrid remote"
    assert found["expirationdate"] == "2026-02-16"


@pytest.mark.parametrize(
    ("at", "zone", "last"),
    [
        (None, "Pacific/Kiritimati", "2026-02-16"),
        ("17:00", "America/Los_Angeles", "2026-02-16"),
        ("00:00", "America/Los_Angeles", "2026-02-15"),
    ],
)
def test_x2_a_job_expires_on_the_last_day_that_it_is_open_in_its_zone(at, zone, last):
    (job,) = jobs_of(factory.posting(deadline=factory.deadline("2026-02-16", at, time_zone=zone)))
    assert job.findtext("expirationdate") == last


def test_x2_nothing_is_there_that_is_not_stated():
    posting = factory.posting(salary=None, deadline=None, arrangement=None, employment_types=(), tags=())
    tags = {child.tag for child in jobs_of(posting)[0]}
    assert not tags & {"salary", "expirationdate", "remotetype", "jobtype", "category", "postalcode"}


def test_x2_work_from_anywhere_is_one_job_in_a_country():
    (job,) = jobs_of(factory.posting(places=(), arrangement=Arrangement.REMOTE))
    assert (job.findtext("country"), job.findtext("city"), job.findtext("remotetype")) == (
        "US",
        None,
        "Fully remote",
    )
    canada = factory.place(None, None, "CA")
    (job,) = jobs_of(factory.posting(places=(), arrangement=Arrangement.REMOTE, remote_from=(canada,)))
    assert job.findtext("country") == "CA"


@pytest.mark.parametrize("index", range(len(support.AWKWARD)))
def test_x3_values_are_cdata_that_nothing_escapes(index):
    posting = support.awkward(index)
    raw = support.files(aggregator, [posting])["jobs.xml"].decode()
    assert "<title><![CDATA[" in raw
    for job in jobs_of(posting):
        assert job.findtext("title") == posting.title
        assert "Pay:" in job.findtext("description")


def test_x3_all_open_postings_are_there_and_no_closed_one():
    filled = support.with_status(factory.posting("filled"), ClosedReason.FILLED)
    source = source_of(*(factory.posting(f"p{n}") for n in range(60)), filled)
    assert len(source.findall("job")) == 60
    assert source.findtext("publisher") == "Hiring Hall"
    assert aggregator.JOBS.make(filled, factory.entry(filled), factory.context()) == b""


def test_x4_numbers_are_short_enough_for_all_readers():
    jobs = jobs_of(factory.posting("a-very-long-slug-" * 10 + "x"))
    assert all(len(job.findtext("referencenumber")) <= 40 for job in jobs)


@pytest.mark.parametrize(
    ("line", "is_there"), [("", False), ("aggregator: false\n", False), ("aggregator: true\n", True)]
)
def test_a_site_has_the_file_where_its_settings_ask_for_it(tmp_path, line, is_there):
    content = empty_content(tmp_path, line)
    write_posting(content, "harbor", added="2026-01-12")
    assert build(options(tmp_path, "2026-01-20T12:00:00-05:00", content=content)).published
    file = tmp_path / "site" / "jobs.xml"
    assert file.is_file() is is_there
    if is_there:
        (job,) = ET.parse(file).getroot().findall("job")
        assert job.findtext("company") == "Local of har"
