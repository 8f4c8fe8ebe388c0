"""What is in `content/` is valid, whoever wrote it; no other test reads it.

Checks more of the postings that the repository began with, as long as they are there.
"""

from __future__ import annotations

import pickle
from pathlib import Path

import jsonschema

from build import build
from hiringhall.diagnostics import Severity
from hiringhall.intake.configuration.organizations import read_register
from hiringhall.intake.configuration.settings import read_settings
from hiringhall.intake.content.posting import read_posting
from hiringhall.intake.fields.schema import json_schema
from hiringhall.intake.files.sources import scan, with_data
from tests.intake.reading_helpers import as_editors_see
from tests.sites import options
from tests.trees import ROOT

CONTENT = ROOT / "content"
FIRST = (
    "afscme-council-4-legislative-political-coordinator",
    "afscme-political-action-representative-i",
    "ct-afl-cio-legislative-political-organizer",
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
