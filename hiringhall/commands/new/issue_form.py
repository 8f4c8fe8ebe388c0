"""The answers that people give in the issue form `posting.yml`, as the fields of a posting.

Owns the form's questions and which field each answer is; refuses to judge an answer or to make one of what
only looks like it: what is not in the form of its field stays as it was written, for the checks to explain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from hiringhall.commands.new.skeleton import Value
from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields import contact
from hiringhall.intake.fields.forms import one_line
from hiringhall.intake.fields.written_pay import as_parts
from hiringhall.model import Settings

TEXT = "body"
# The field that each question of the form asks for, by its label, in the order of the form.
QUESTIONS: Mapping[str, str] = MappingProxyType(
    {
        "Job title": "title",
        "Employer": "organization",
        "Where the employer published it": "source",
        "Place of work": "location",
        "Where the work is done": "arrangement",
        "Kind of employment": "employment_type",
        "Pay": "salary",
        "Date of the employer's notice": "posted",
        "Deadline": "deadline",
        "How to apply": "apply",
        "The work, in your own words": TEXT,
        "Before you send it": "assurance",
    }
)
_HEADING = "### "
_NO_ANSWER = "_No response_"  # what GitHub writes for it
_BULLET = pattern(r"[-*+] ")
_CHOICES = frozenset({"arrangement", "employment_type"})


class Answers(NamedTuple):
    """What a filled-in form says: the posting's fields by name, its text, and answers that have no field."""

    fields: Mapping[str, Value]
    body: str = ""
    others: Mapping[str, str] = MappingProxyType({})


def read_form(text: str, settings: Settings) -> Answers:
    """Return what the text says that GitHub makes of the filled-in form: a heading for each question."""
    said = {label: answer for label, answer in _blocks(text).items() if answer not in {"", _NO_ANSWER}}
    answers = {name: said.pop(label) for label, name in QUESTIONS.items() if label in said}
    answers.pop("assurance", None)
    body = answers.pop(TEXT, "")
    fields = {name: _value(name, answer, settings) for name, answer in answers.items()}
    return Answers({name: value for name, value in fields.items() if value}, body, said)


def _blocks(text: str) -> dict[str, str]:
    """Return what is below each question's heading; a posting's own text can have such headings too."""
    blocks: dict[str, list[str]] = {}
    label = None
    for line in text.splitlines():
        heading = line.removeprefix(_HEADING).strip() if line.startswith(_HEADING) else None
        is_text = label is not None and QUESTIONS.get(label) == TEXT and heading not in QUESTIONS
        if heading and heading not in blocks and not is_text:
            label = heading
            blocks[label] = []
        elif label is not None:
            blocks[label].append(line)
    return {label: "\n".join(lines).strip() for label, lines in blocks.items()}


def _value(name: str, answer: str, settings: Settings) -> Value:
    lines = [line for each in answer.splitlines() if (line := _BULLET.sub("", each.strip(), count=1))]
    if name == "apply":
        return _apply(lines)
    if name == "location":
        return _one_or_all(lines)
    line = one_line(answer)
    if name in _CHOICES:  # of an answer that was taken back, GitHub writes None
        return "" if line == "None" else _one_or_all(line.split(", "))
    if name == "salary":
        return as_parts(line, settings.default_currency)
    return {"url": line} if name == "source" and contact.address_in(line) else line


def _one_or_all(items: Sequence[str]) -> Value:
    return items[0] if len(items) == 1 else items


def _apply(lines: Sequence[str]) -> Value:
    """Return how to apply: a line that is an address and nothing else is one, the others are instructions."""
    if len(lines) == 1 and " " not in lines[0]:
        return lines[0]
    parts: dict[str, str] = {}
    instructions: list[str] = []
    for line in lines:
        kind = "email" if contact.email_in(line) else None if contact.url_problem(line) else "url"
        if kind and kind not in parts:
            parts[kind] = line
        else:
            instructions.append(line)
    if instructions:
        parts["instructions"] = _joined(instructions)
    return parts


def _joined(lines: Sequence[str]) -> str:
    """Return lines as one, with a sign between those that end without any."""
    *before, last = lines
    return " ".join([*(line if line[-1] in ".,;:!?" else f"{line};" for line in before), last])
