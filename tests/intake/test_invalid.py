"""Every file below tests/invalid names the diagnostics it must give, each with its line and column."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

import pytest

import hiringhall
from hiringhall.codes import CODES
from hiringhall.diagnostics import Diagnostic, Severity
from hiringhall.intake.configuration.organizations import read_register
from hiringhall.intake.configuration.settings import read_settings
from hiringhall.intake.content import collisions
from hiringhall.intake.content.cards import card_of
from hiringhall.intake.content.posting import read_posting
from hiringhall.model import Source
from hiringhall.policies.places import Naming
from tests.intake.reading_helpers import REGISTER, TAGGED
from tests.trees import ROOT

INVALID = ROOT / "tests" / "invalid"
PACKAGE = Path(hiringhall.__file__).parent
EXPECTED = re.compile(rb"# expect: (\d+):(\d+) (\w+) ([a-z-]+)")
POSTINGS = sorted((INVALID / "postings").glob("*.md"))
# What no small file can show has its own test; so do the strings of a language.
SHOWN_ELSEWHERE = {
    "body-link-missing",
    "draft-published", "file-empty", "file-ending",
    "file-near", "file-pointer", "file-size", "file-unreadable", "front-matter-size", "page-title",
    "history-shallow", "history-unread", "link-closed", "link-elsewhere", "link-gone", "link-refused",
    "link-unanswered", "verify-due", "posted-missing", "postings-missing", "remote-from-missing", "tag-form",
    "pay-missing", "strings-missing",
    "strings-unknown", "strings-form", "strings-placeholder", "asset-missing", "usage", "added-later",
    "added-missing", "apply-example", "date-ahead", "setting-example", "posting-gone",
    "output-collision", "redirect-gone", "redirect-taken", "template-pages", "failure", "stopped",
    "template-error", "template-missing", "template-slot", "template-syntax", "theme-contrast",
}  # fmt: skip

Expectation = tuple[int, int, str, str]


class Plain:
    """Words that are their own keys."""

    def text(self, key: str) -> str:
        return key

    @property
    def naming(self) -> Naming:
        return Naming(str)


def expectations(data: bytes) -> list[Expectation]:
    found = EXPECTED.findall(data)
    return sorted(
        (int(line), int(column), severity.decode(), code.decode()) for line, column, severity, code in found
    )


def seen(diagnostics: Iterable[Diagnostic]) -> list[Expectation]:
    return sorted(
        (found.span.line, found.span.column, str(found.severity), found.code) for found in diagnostics
    )


@pytest.mark.parametrize("path", POSTINGS, ids=lambda path: path.stem)
def test_invalid_posting_gives_exactly_what_it_expects(path: Path) -> None:
    data = path.read_bytes()
    outcome = read_posting(Source(path.name, data, "digest"), TAGGED, REGISTER)
    assert expectations(data)
    assert seen(outcome.diagnostics) == expectations(data)
    assert (outcome.value is None) is any(found.severity is Severity.ERROR for found in outcome.diagnostics)


@pytest.mark.parametrize("path", sorted((INVALID / "settings").iterdir()), ids=lambda path: path.stem)
def test_invalid_settings_give_exactly_what_they_expect(path: Path, tmp_path: Path) -> None:
    shutil.copy(path, tmp_path / "site.yaml")
    outcome = read_settings(tmp_path)
    assert outcome.value is None
    assert seen(outcome.diagnostics) == expectations(path.read_bytes())


@pytest.mark.parametrize("path", sorted((INVALID / "register").iterdir()), ids=lambda path: path.stem)
def test_invalid_register_gives_exactly_what_it_expects(path: Path, tmp_path: Path) -> None:
    shutil.copy(path, tmp_path / "organizations.yaml")
    outcome = read_register(tmp_path)
    assert outcome.value is None
    assert seen(outcome.diagnostics) == expectations(path.read_bytes())


@pytest.mark.parametrize("folder", sorted((INVALID / "across").iterdir()), ids=lambda path: path.name)
def test_postings_that_collide_give_exactly_what_they_expect(folder: Path) -> None:
    paths = {path.as_posix(): path for path in sorted(folder.rglob("*.md"))}
    files = {name: Source(name, path.read_bytes(), "digest") for name, path in paths.items()}
    cards = []
    for source in files.values():
        posting = read_posting(source, TAGGED, REGISTER).value
        assert posting is not None
        cards.append(card_of(posting, source.digest, TAGGED, Plain()))
    found = collisions.compare_postings(reversed(files), reversed(cards), REGISTER, files.__getitem__)
    for path, source in files.items():
        assert seen(each for each in found if each.path == path) == expectations(source.data)


def test_every_code_has_a_file_that_shows_it() -> None:
    files = (path for path in INVALID.rglob("*") if path.is_file())
    shown = {code for path in files for _, _, _, code in expectations(path.read_bytes())}
    assert shown | SHOWN_ELSEWHERE == set(CODES)


def literals(path: Path) -> set[object]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def takers(modules: Iterable[Path]) -> dict[str, set[int]]:
    """Return where, among its arguments, each function or class takes a code, by its name."""
    found: dict[str, set[int]] = {}
    for node in chain.from_iterable(ast.walk(ast.parse(path.read_text("utf-8"))) for path in modules):
        if isinstance(node, ast.FunctionDef):
            names = [each.arg for each in node.args.args if each.arg != "self"]
        elif isinstance(node, ast.ClassDef):
            fields = (each.target for each in node.body if isinstance(each, ast.AnnAssign))
            names = [each.id for each in fields if isinstance(each, ast.Name)]
        else:
            continue
        if "code" in names:
            found.setdefault(node.name, set()).add(names.index("code"))
    return found


def codes_given(path: Path, places: Mapping[str, set[int]]) -> set[str]:
    """Return the literal codes that a module gives to what takes one."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            given = [node.args[place] for place in places.get(name, ()) if place < len(node.args)]
            given += [each.value for each in node.keywords if each.arg == "code"]
            texts = {each.value for each in given if isinstance(each, ast.Constant)}
            found |= {text for text in texts if re.fullmatch("[a-z]+(-[a-z]+)*", str(text))}
    return found


def test_every_code_given_is_documented_and_every_documented_code_is_given() -> None:
    modules = [path for path in PACKAGE.rglob("*.py") if path.name != "codes.py"]
    places = takers(modules)
    given = set().union(*(codes_given(path, places) for path in modules))
    assert set() < given <= set(CODES)
    written = set().union(*(literals(path) for path in modules))
    shorthand = {"yaml-alias", "yaml-anchor", "yaml-tag"}
    assert set(CODES) - shorthand <= written


def test_every_message_and_hint_is_one_line_without_a_final_point() -> None:
    for path in POSTINGS:
        for found in read_posting(Source(path.name, path.read_bytes(), ""), TAGGED, REGISTER).diagnostics:
            for text in filter(None, (found.message, found.hint)):
                assert text == " ".join(text.split())
                assert not text.endswith(".") or text.endswith("...")
