"""What is in `content/` is valid, whoever wrote it; no other test reads it.

Checks more of the postings that the repository began with, as long as they are there.
"""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import jsonschema
import pytest

from build import build
from hiringhall.diagnostics import Severity
from hiringhall.intake.configuration.organizations import read_register
from hiringhall.intake.configuration.settings import read_settings
from hiringhall.intake.content.posting import read_posting
from hiringhall.intake.fields.schema import json_schema
from hiringhall.intake.files.sources import scan, with_data
from tests.intake.reading_helpers import as_editors_see
from tests.sites import empty_content, options
from tests.test_build import assert_open
from tests.trees import ROOT

CONTENT = ROOT / "content"
COUNCIL_4 = "afscme-council-4-legislative-political-coordinator"
CT_AFL_CIO = "ct-afl-cio-legislative-political-organizer"
FIRST = (
    COUNCIL_4,
    "afscme-political-action-representative-i",
    CT_AFL_CIO,
    "markey-campaign-political-coalitions-director",
    "seiu-local-99-political-coordinator",
)


def files() -> list[Path]:
    """Return the files of postings, found independently."""
    found = (CONTENT / "postings").rglob("*.md")
    return [path for path in found if not any(part.startswith(".") for part in path.relative_to(ROOT).parts)]


def test_the_content_is_valid(tmp_path: Path) -> None:
    settings, register, sources = (
        read_settings(CONTENT).value,
        read_register(CONTENT).value,
        scan(CONTENT).value,
    )
    assert settings is not None
    assert register is not None
    outcomes = [read_posting(with_data(source), settings, register) for source in sources or ()]
    found = [each for outcome in outcomes for each in outcome.diagnostics]
    assert [each for each in found if each.severity is Severity.ERROR] == []
    postings = tuple(outcome.value for outcome in outcomes if outcome.value)
    assert len(postings) == len(files())
    assert pickle.loads(pickle.dumps(postings)) == postings

    result = build(options(tmp_path, content=CONTENT))
    assert [each for each in result.diagnostics if each.severity is Severity.ERROR] == []
    assert result.published


def first_content(folder: Path, *slugs: str) -> Path:
    """Return content with those of the first postings that are there, under settings that do not change."""
    found = [path for path in files() if path.stem in slugs]
    if not found:
        pytest.skip("the postings that the repository began with are gone")
    content = empty_content(folder)
    for path in found:
        shutil.copy(path, content / "postings")
    if (CONTENT / "organizations.yaml").is_file():
        shutil.copy(CONTENT / "organizations.yaml", content)
    return content


def test_the_first_postings_have_no_warning_and_fit_the_schema() -> None:
    settings, register = read_settings(CONTENT).value, read_register(CONTENT).value
    assert settings is not None
    assert register is not None
    sources = [source for source in scan(CONTENT).value or () if Path(source.path).stem in FIRST]
    found = [
        each for source in sources for each in read_posting(with_data(source), settings, register).diagnostics
    ]
    assert [each for each in found if each.severity is not Severity.NOTICE] == []
    for path in files():
        if path.stem in FIRST:
            seen = as_editors_see(path.read_text(encoding="utf-8"))
            jsonschema.validate(seen, json_schema(settings), jsonschema.Draft7Validator)


def test_every_first_posting_has_a_page_and_today_all_are_closed(tmp_path: Path) -> None:
    content = first_content(tmp_path, *FIRST)
    result = build(options(tmp_path, content=content))

    site, slugs = tmp_path / "site", [path.stem for path in content.glob("postings/*.md")]
    assert result.published
    assert [found for found in result.diagnostics if found.severity == "error"] == []
    assert [slug for slug in slugs if not (site / "jobs" / slug / "index.html").is_file()] == []
    assert result.stats is not None
    assert (result.stats.open, sum(result.stats.closed.values())) == (0, len(slugs))
    index = (site / "index.html").read_text("utf-8")
    assert "No jobs are open right now" in index
    assert all(f"/jobs/{slug}/" in index for slug in slugs)
    assert "feed.xml" in index


@pytest.mark.parametrize(
    ("now", "slug", "is_open"),
    [
        ("2023-06-16T12:00:00-04:00", CT_AFL_CIO, True),
        ("2023-06-16T23:59:59-04:00", CT_AFL_CIO, True),
        ("2023-06-17T00:00:00-04:00", CT_AFL_CIO, False),
        ("2026-01-26T16:59:59-05:00", COUNCIL_4, True),
        ("2026-01-26T17:00:00-05:00", COUNCIL_4, False),
        ("2026-01-26T17:00:01-05:00", COUNCIL_4, False),
    ],
)
def test_the_real_deadlines_close_at_their_instants(
    tmp_path: Path, now: str, slug: str, is_open: bool
) -> None:
    build(options(tmp_path, now, content=first_content(tmp_path, slug)))

    assert_open(tmp_path / "site", slug, is_open=is_open)
