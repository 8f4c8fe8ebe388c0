from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringhall.emitters import opendata
from hiringhall.intake.fields.table import DETAILS, FIELDS
from hiringhall.model import (
    Application,
    Arrangement,
    ClosedReason,
    EmploymentType,
    Organization,
    PayPeriod,
    Place,
    Posting,
    Salary,
    State,
)
from hiringhall.policies import addresses, moments
from hiringhall.syndication import pay_record
from tests import factory
from tests.emitters import support

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def files(*postings, **where):
    return support.files(opendata, postings, **where)


def job_of(posting, **where):
    return json.loads(files(posting, **where)["jobs.json"])["jobs"][0]


def rows_of(*postings, **where):
    text = files(*postings, **where)["jobs.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def everything():
    bare = factory.posting(
        "bare",
        organization=factory.organization(
            key="harbor", short_name="H12", parent="harbor-workers", url="https://h.example/"
        ),
        posted=None,
        deadline=None,
        arrangement=None,
        employment_types=(),
        salary=None,
        benefits=(),
        application=Application(instructions="Ask us."),
        tags=(),
        details=(),
        source_url=None,
        source_seen=None,
        places=(),
        aliases=("old-name",),
    )
    rolling = factory.posting(
        "rolling", deadline=factory.deadline(None), salary=factory.salary(None, None, note="Scale")
    )
    moves = (factory.move("2026-01-14T12:00Z", "deadline", "2026-02-16", ""),)
    offset = factory.posting("offset", deadline=factory.deadline("2026-02-01", "09:30", utc_offset=-12600))
    return (
        *support.all_awkward(),
        bare,
        rolling,
        offset,
        factory.posting("moved", deadline=None, moves=moves),
        factory.posting("soon", deadline=factory.deadline("2026-01-21")),
    )


def test_jobs_json_fits_its_published_schema():
    made = files(*everything())
    schema, data = json.loads(made["jobs.schema.json"]), json.loads(made["jobs.json"])
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).validate(data)
    assert data["$schema"] == schema["$id"] == "https://jobs.example/board/jobs.schema.json"
    assert data["version"] == "1.1"


def test_the_schema_refuses_what_is_wrong():
    made = files(factory.posting())
    validator = jsonschema.Draft7Validator(json.loads(made["jobs.schema.json"]))
    for change in ({"state": "closed"}, {"id": "harbor-organizer"}, {"pay": {"min": "1"}}, {"added": None}):
        data = json.loads(made["jobs.json"])
        data["jobs"][0] |= change
        assert not validator.is_valid(data), change


@pytest.mark.parametrize(
    "written",
    [
        factory.deadline("2026-01-26"),
        factory.deadline("2026-01-26", "17:00"),
        factory.deadline("2026-01-26", "23:59:59", time_zone="Etc/GMT+5"),
        factory.deadline("2026-01-26", "17:00", utc_offset=-18_000),
        factory.deadline(None),
    ],
)
def test_the_schema_tells_how_moments_are_written(written):
    """Not as in RFC 9557, section 4.1, which requires seconds and an offset from UTC."""
    schema = json.loads(files()["jobs.schema.json"])
    validator = jsonschema.Draft7Validator(schema["definitions"]["moment"])
    validator.validate(moments.written(written))
    for wrong in ("2026-01-26 17:00", "26 January 2026", "2026-01-26T17:00Z", "17:00[America/New_York]", ""):
        assert not validator.is_valid(wrong)


def objects(schema, value, definitions, path="jobs.json"):
    """Yield each object of `value` with the properties its schema describes."""
    while "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    if isinstance(value, dict) and "properties" in schema:
        yield path, set(value), set(schema["properties"]), set(schema["required"])
        for name, member in value.items():
            yield from objects(schema["properties"][name], member, definitions, f"{path}.{name}")
    elif isinstance(value, list):
        for member in value:
            yield from objects(schema["items"], member, definitions, f"{path}[]")


def test_the_schema_describes_every_field_and_no_other():
    made = files(*everything())
    schema = json.loads(made["jobs.schema.json"])
    seen = list(objects(schema, json.loads(made["jobs.json"]), schema["definitions"]))
    assert {path for path, *_ in seen} >= {"jobs.json.jobs[].pay", "jobs.json.jobs[].places[]"}
    for path, found, described, required in seen:
        assert found == described == required, path


def test_the_schema_has_the_enumerations_of_the_model():
    definitions = json.loads(files()["jobs.schema.json"])["definitions"]
    assert definitions["employment_types"]["items"]["enum"] == [*EmploymentType]
    assert definitions["arrangement"]["enum"] == [*Arrangement, None]
    assert definitions["pay"]["properties"]["period"]["enum"] == [*PayPeriod, None]
    assert definitions["feed_extension"]["properties"]["state"]["enum"] == [*State]
    assert definitions["feed_extension"]["properties"]["closed_because"]["enum"] == [*ClosedReason, None]


@pytest.mark.parametrize("index", range(len(support.AWKWARD)))
def test_jobs_json_has_every_field_of_the_model(index):
    posting = support.awkward(index)
    job = job_of(posting)
    assert (job["id"], job["slug"], job["title"]) == (
        addresses.guid(posting.slug),
        posting.slug,
        posting.title,
    )
    assert Organization(slug=posting.organization.slug, **job["organization"]) == posting.organization
    assert tuple(Place(**place) for place in job["places"]) == posting.places
    pay = job["pay"]
    low, high = Decimal(str(pay["min"])), Decimal(str(pay["max"]))
    assert Salary(low, high, PayPeriod(pay["period"]), pay["currency"], pay["note"]) == posting.salary
    application = job["application"] | {"documents": tuple(job["application"]["documents"])}
    assert Application(**application) == posting.application
    assert tuple(map(EmploymentType, job["employment_types"])) == posting.employment_types
    assert job["arrangement"] == posting.arrangement
    assert job["arrangement_note"] == posting.arrangement_note
    assert (date.fromisoformat(job["added"]), job["verified"]) == (posting.added, None)
    assert (job["tags"], job["benefits"]) == (list(posting.tags), list(posting.benefits))
    assert job["details"] == dict(posting.details)
    assert job["source"] == {"url": posting.source_url, "seen": posting.source_seen.isoformat()}
    assert (job["summary"], job["language"]) == (posting.summary, "en")
    assert f'href="https://jobs.example/board/jobs/{posting.slug}/#pay"' in job["content_html"]


def test_nothing_of_a_posting_but_its_fields_is_forgotten():
    """Fields by the names that they have in files are in `tests/test_told.py`."""
    told = {
        *("slug", "closes_at", "places", "employment_types", "application", "details", "source_url"),
        *("source_seen", "body_html", "body_text", "moves", "is_added_stated"),
    }
    not_of_open_data = {"path", "confirmed", "closes_because"}
    assert set(Posting._fields) - {row.name for row in FIELDS} == told | not_of_open_data


def test_jobs_csv_has_no_column_that_is_always_empty():
    rows = [row for posting in (*support.all_awkward(), *everything()) for row in rows_of(posting)]
    details = dict.fromkeys(DETAILS, "Text")
    rows += rows_of(factory.posting(details=tuple(details.items()), verified=date(2026, 1, 17)))
    rows += rows_of(factory.posting(deadline=None, verify_by=date(2026, 2, 16), aliases=("former",)))
    rows += rows_of(
        factory.posting(remote_from=(factory.place(),), deadline=factory.deadline(at="17:00", utc_offset=0))
    )
    assert [name for name in rows[0] if not any(row.get(name) for row in rows)] == []


def test_jobs_csv_has_a_column_for_every_fact_that_is_only_shown():
    (row,) = rows_of(factory.posting(details=tuple((name, f"About {name}") for name in DETAILS)))
    assert {name: row.get(name) for name in DETAILS} == {name: f"About {name}" for name in DETAILS}


@pytest.mark.parametrize("is_stated", [True, False])
def test_open_data_says_whether_the_day_it_was_added_is_stated(is_stated):
    posting = factory.posting(is_added_stated=is_stated)
    (row,) = rows_of(posting)
    assert job_of(posting)["added_stated"] is is_stated
    assert (row["added"], row["added_stated"]) == ("2026-01-12", str(is_stated).lower())


def test_only_open_postings_are_open_data_and_all_of_them():
    many = [factory.posting(f"p{n}") for n in range(120)]
    closed = factory.posting_closed_on(date(2026, 1, 5), "closed")
    assert len(json.loads(files(*many, closed)["jobs.json"])["jobs"]) == len(rows_of(*many, closed)) == 120


def test_moves_say_when_what_moved_from_where_to_where():
    moves = (
        factory.move("2026-01-14T12:00Z", "deadline", "", "2026-02-10"),
        factory.move("2026-01-15T12:00Z", "deadline", "2026-02-10", "2026-02-16"),
    )
    assert job_of(factory.posting(moves=moves))["moves"] == [
        {"day": "2026-01-14", "field": "deadline", "before": None, "after": "2026-02-10"},
        {"day": "2026-01-15", "field": "deadline", "before": "2026-02-10", "after": "2026-02-16"},
    ]


def test_a_note_on_pay_states_no_currency_and_no_period():
    noted = factory.posting(salary=factory.salary(None, None, note="$30 per hour"))
    assert pay_record(noted.salary) == {
        "min": None, "max": None, "currency": None, "period": None, "note": "$30 per hour"
    }  # fmt: skip


def test_an_end_of_pay_that_is_left_open_is_null_beside_the_other():
    assert pay_record(factory.salary(20, None, PayPeriod.HOUR)) == {
        "min": 20, "max": None, "currency": "USD", "period": "hour", "note": None
    }  # fmt: skip


def test_no_open_postings_are_an_empty_list():
    assert json.loads(files()["jobs.json"])["jobs"] == []
    assert rows_of() == []


def test_jobs_csv_opens_in_excel_and_follows_rfc_4180():
    data = files(factory.posting())["jobs.csv"]
    assert data.startswith(b'\xef\xbb\xbf"url","title",')
    assert data.endswith(b'"\r\n')
    assert data.count(b"\r\n") == 2


@pytest.mark.parametrize("index", range(len(support.AWKWARD)))
def test_jobs_csv_reads_back(index):
    posting = support.awkward(index)
    (row,) = rows_of(posting)
    assert row["title"].removeprefix("'") == posting.title
    assert row["organization"].removeprefix("'") == posting.organization.name
    assert row["url"] == f"https://jobs.example/board/jobs/{posting.slug}/"
    assert row["summary"].removeprefix("'") == posting.summary
    assert row["text"].removeprefix("'") == posting.body_text
    assert (row["salary_min"], row["salary_max"], row["salary_period"]) == ("18.5", "22.75", "year")
    assert row["employment_types"] == "full-time; temporary"
    assert row["places"].endswith("; Toronto, ON M5V 2T6, Canada")
    assert row["experience"].removeprefix("'") == dict(posting.details)["experience"]
    assert row["deadline"] == "2026-02-16"
    assert row["deadline_time"] == ("17:00" if index % 2 else "")
    assert row["id"] == addresses.guid(posting.slug)
    assert None not in row


def test_jobs_csv_has_postal_codes_with_the_zeros_they_begin_with():
    places = factory.place(postal_code="06067"), factory.place("Toronto", "ON", "CA", "M5V 2T6")
    (row,) = rows_of(factory.posting(places=places))
    assert row["places"] == "Rocky Hill, CT 06067; Toronto, ON M5V 2T6, Canada"
    region = factory.place(None, "QC", "CA", "G1A 0A2")
    (row,) = rows_of(factory.posting(places=(region,)), where=factory.context(language="fr"))
    assert row["places"] == "Québec G1A 0A2, Canada"


def test_jobs_csv_leaves_empty_what_is_not_stated():
    bare = next(posting for posting in everything() if posting.slug == "bare")
    (row,) = rows_of(bare)
    assert row["salary_min"] == row["deadline"] == row["arrangement"] == row["source_url"] == ""
    (row,) = rows_of(factory.posting(deadline=factory.deadline(None)))
    assert (row["deadline"], row["deadline_time"]) == ("rolling", "")


@pytest.mark.parametrize("start", [*FORMULA, " =", "\x00=", "\xa0+", "\ufeff@", "\x1f-", "\x08\r"])
def test_no_cell_starts_a_formula(start):
    (row,) = rows_of(factory.posting(title=f"{start}cmd|'/c calc'!A0"))
    assert row["title"].startswith("'")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5))
def test_any_cells_read_back_and_none_is_a_formula(cells):
    text = opendata.csv_line(*cells).decode()
    (row,) = csv.reader(io.StringIO(text, newline=""))
    assert len(row) == len(cells)
    for cell, found in zip(cells, row, strict=True):
        kept = "".join(c for c in cell if c in "\t\r\n" or (c >= " " and c != "\x7f"))
        assert found in (kept, f"'{kept}")
        assert not found.startswith(FORMULA)
