"""A hint that says literally what to write is right: after that edit, the fault is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from hiringhall.diagnostics import Diagnostic
from hiringhall.intake.fields.table import BY_NAME
from tests.intake.reading_helpers import TAGGED, read_text, text_of
from tests.intake.test_invalid import POSTINGS

SAID = re.compile(r"(?:(?:write|add|did you mean) (?:a line such as )?)?(?P<what>.+?)\??(?:(?:;|, or ).*)?")
LINE = re.compile(rf"(?P<name>{'|'.join(BY_NAME)}): \S.*")
# Hints in words, or about several lines or another place than the message's own.
IN_WORDS = re.compile(
    r".*(?: or | the | out\b|[,:] and |, on | and max|as in|such as|one of).*|---.*|m[ai][xn]\b.*"
)


def proposal(found: Diagnostic) -> str | None:
    """Return what a hint says to write, if it says so literally."""
    said = SAID.fullmatch(found.hint or "")
    what = said["what"] if said else ""
    if IN_WORDS.fullmatch(re.sub(r"\".*\"|\{.*\}|\[.*\]", "", what)):
        return None
    if LINE.fullmatch(what):
        return what
    is_value = (found.hint or "").startswith(("write", "did you mean")) and ": " not in what
    return what if is_value else None


def followed(text: str, found: Diagnostic, what: str) -> str:
    """Return the text of somebody who writes that: in place of a field's own line, or of what is marked."""
    lines = text.split("\n")
    line = LINE.fullmatch(what)
    at, end = found.span.line - 1, found.span.line
    if line is None:
        row = lines[at]
        lines[at] = row[: found.span.column - 1] + what + row[found.span.end_column - 1 :]
    elif (found.hint or "").startswith("add"):
        lines.insert(1, what)
    else:
        while at > 1 and not lines[at].startswith(line["name"]):
            at -= 1
        while not re.match(r"---|#|[a-z_]+:", lines[end]):
            end += 1
        lines[at:end] = [what]
    return "\n".join(lines)


def found_in(text: str, name: str) -> tuple[Diagnostic, ...]:
    return read_text(text, name, TAGGED).diagnostics


def mended(
    text: str, name: str = "field-organizer.md"
) -> Iterator[tuple[Diagnostic, tuple[Diagnostic, ...]]]:
    """Follow each literal hint by itself: yield what it is about, and what is found afterward."""
    for each in found_in(text, name):
        what = proposal(each)
        if what is not None:
            yield each, found_in(followed(text, each, what), name)


def test_hints_of_the_invalid_postings_mend_them() -> None:
    tried = 0
    for path in POSTINGS:
        for found, after in mended(path.read_text("utf-8", "replace"), path.name):
            assert (found.message, found.span.line) not in {(each.message, each.span.line) for each in after}
            tried += 1
    assert tried > 50


@pytest.mark.parametrize(
    "fields",
    [
        {"apply": "<https://example.org/jobs>"},
        {"apply": "“https://example.org/jobs”"},
        {"apply": "‘example.org/jobs’"},
        {"apply": "“example.org/jobs”"},
        {"title": "‘Organizer’"},
        {"apply": "“jobs@example.org”"},
        {"apply": "{url: <https://example.org/jobs>}"},
        {"employment_type": "full-time, part-time"},
        {"employment_type": "Full time or contractor"},
        {"source": "www.example.org"},
    ],
)  # fmt: skip
def test_hint_on_a_field_mends_it(fields: dict[str, str | None]) -> None:
    ((_, after),) = mended(text_of(**fields))
    assert after == ()
