"""Whatever a posting's file says, readers and programs are told: no field is read and then forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from hiringhall.emitters import opendata
from hiringhall.intake.fields.table import FIELDS
from hiringhall.model import Posting
from hiringhall.pages.posting import page_view, posting_view, row_view
from hiringhall.policies.addresses import PARAMETERS
from tests import factory
from tests.intake.reading_helpers import read
from tests.trees import ROOT

Written = dict[str, str | None]

# What stands beside a field, with and without it.
BESIDE: dict[str, Written] = {
    "added": {"posted": "2026-01-04"},
    "remote_from": {"arrangement": "remote", "location": None},
    "time_zone": {"deadline": "2026-01-26 17:00"},
}
# What is said of a field in place of its example, which is the default.
OTHERS = {"language": "fr", "time_zone": "America/Denver", "salary.currency": "CAD"}
# There is no posting without these, or without these parts.
ALWAYS = {"title", "organization", "apply", "location", "salary.period"}
# A draft is not on the site at all, and the address of an alias leads on.
UNTOLD = {"draft": {"pages", "jobs.json", "jobs.csv"}, "aliases": {"pages"}}


def told(posting: Posting) -> dict[str, object]:
    """Return all that is said of a posting, by where that is."""
    where, entry = factory.context(), factory.entry(posting)
    return {
        "pages": [view(posting, entry, where) for view in (posting_view, page_view, row_view)],
        "jobs.json": opendata.JSON.make(posting, entry, where),
        "jobs.csv": opendata.CSV.make(posting, entry, where),
    }


def fields() -> Iterator[tuple[str, Written, Written]]:
    """Yield each field, and each part of pay, of how to apply and of the source, without it and with it."""
    for row in FIELDS:
        beside = BESIDE.get(row.name, {})
        yield row.name, {**beside, row.name: None}, {**beside, row.name: OTHERS.get(row.name, row.example)}
        for part in row.parts if row.name != "location" else ():
            name = f"{row.name}.{part.name}"
            lines = {each.name: f"\n  {each.name}: {each.example}" for each in row.parts}
            lines[part.name] = f"\n  {part.name}: {OTHERS.get(name, part.example)}"
            whole = "".join(lines.values())
            yield name, {row.name: whole.replace(lines[part.name], "")}, {row.name: whole}


@pytest.mark.parametrize(
    ("name", "without", "given"),
    [pytest.param(*each, id=each[0]) for each in fields() if each[0] not in ALWAYS],
)
def test_every_field_is_told_to_readers_and_to_programs(name: str, without: Written, given: Written) -> None:
    before, after = told(read(**without)), told(read(**given))
    assert {where for where in after if before[where] == after[where]} == UNTOLD.get(name, set())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (row.name, value)
        for row in FIELDS
        for form in (row.schema, *row.schema.get("anyOf", ()))
        for value in form.get("enum", ())
    ],
)
def test_every_word_of_a_closed_list_is_told_in_words(name: str, value: str) -> None:
    assert told(read(**{name: value}))  # LayoutFault names a string that is missing


def test_every_parameter_of_a_filtered_list_is_documented() -> None:
    read_alone = re.findall(r'parameters\.get\("(\w+)"\)', (ROOT / "layouts/assets/js/query.js").read_text())
    table = (ROOT / "docs/feeds.md").read_text(encoding="utf-8").partition("## Links to a filtered list")[2]
    for name in (*PARAMETERS, "pay", "closing", *read_alone):
        assert f"`{name}`" in table.partition("\n## ")[0], name
