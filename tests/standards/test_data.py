"""The open data: every open posting with all its fields, by its schema, and as a table safe to open."""

from __future__ import annotations

import csv
import io
import json
import re

import jsonschema

from tests.published import Site, words

# The checker skips these two unless a package for each is installed.
FORMS = {
    "date-time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)",
    "uri": r"https?://([A-Za-z0-9.-]+|\[[0-9a-f:]+\])(:\d+)?"
    r"(/([A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?(#([A-Za-z0-9._~:/?@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?",
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def formats() -> jsonschema.FormatChecker:
    checker = jsonschema.FormatChecker()
    for name, form in FORMS.items():
        checker.checks(name)(
            lambda value, form=form: not isinstance(value, str) or bool(re.fullmatch(form, value))
        )
    return checker


def table(site: Site) -> list[dict[str, str]]:
    return list(
        csv.DictReader(io.StringIO(site.files["jobs.csv"].decode("utf-8-sig"), newline=""), strict=True)
    )


def data(site: Site) -> dict:
    return json.loads(site.text("jobs.json"))


def test_the_schema_is_one_and_the_data_keep_to_it(site):
    schema = json.loads(site.text("jobs.schema.json"))
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.validate(data(site), schema, format_checker=formats())
    assert data(site)["$schema"] == schema["$id"] == f"{site.base}jobs.schema.json"


def test_the_data_are_the_open_postings_in_the_order_of_the_index(site):
    assert [job["slug"] for job in data(site)["jobs"]] == site.open
    assert [row["url"] for row in table(site)] == [f"{site.base}jobs/{slug}/" for slug in site.open]


def test_the_data_say_what_the_pages_say(golden):
    for job in data(golden)["jobs"]:
        page = golden.page(f"jobs/{job['slug']}/")
        assert words(page.all("h1")[0]) == " ".join(job["title"].split())
        assert words(page.with_class("posting-head")[0].find("p")) == job["organization"]["name"]
        shown = words(page.all("main")[0])
        for text in (*job["benefits"], *job["application"]["documents"], *job["details"].values()):
            assert text in shown, (job["slug"], text)
        instructions = job["application"]["instructions"]
        assert not instructions or instructions in shown


def test_a_table_and_the_data_say_the_same(golden):
    for job, row in zip(data(golden)["jobs"], table(golden), strict=True):
        assert (row["id"], row["state"], row["added"]) == (job["id"], job["state"], job["added"])
        assert row["closes"] == job["closes"]
        pay = job["pay"] or {"min": None, "max": None, "currency": ""}
        assert [float(row[f"salary_{end}"] or -1) for end in ("min", "max")] == [
            float(-1 if pay[end] is None else pay[end]) for end in ("min", "max")
        ]
        assert row["apply_url"] == (job["application"]["url"] or "")


def test_no_cell_is_a_formula(golden):
    """Spreadsheets run what starts like a formula; the golden content has hostile text for that."""
    cells = [
        cell
        for row in table(golden)
        for name, cell in row.items()
        if cell and not name.startswith("salary_m")
    ]
    assert any("HYPERLINK" in cell for cell in cells)
    assert any("SUM(A1:A9)" in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(FORMULA)] == []


def test_what_is_not_published_is_nowhere(site):
    for name in (
        b"draft-only",
        b"Not yet public",
        b"caretaker-later" if "jobs.example" in site.base else b"draft-only",
    ):
        assert [path for path, text in site.files.items() if name in text] == []
