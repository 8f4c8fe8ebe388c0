"""The answers that people give in the issue form `posting.yml`, or in a mail, as the fields of a posting.

Owns which answer a text has to each question; refuses to judge an answer or to make one of what only looks
like it: what is not in the form of its field stays as it was written, for the checks to explain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from hiringhall.commands.new.skeleton import Value
from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.forms import COMMAS, one_line
from hiringhall.intake.fields.web_addresses import address_in, email_in, url_problem
from hiringhall.intake.fields.written_pay import as_parts
from hiringhall.model import Arrangement, Settings
from hiringhall.questions import FORM, TEXT, Asked

_HEADING = "### "
_ZONE = "time_zone:"  # what messages say to write beside a deadline, and no form asks for by itself
_NO_ANSWER = "_No response_"  # what GitHub writes for it
_BULLET = pattern(r"^[-*+] ")
# How a line of a mail begins that asks something: with its label, and perhaps what explains it, in which mail
# programs may have wrapped it.
_ASKED = pattern(r"\s*([^\s(:\uff1a](?:[^(:\uff1a]*[^\s(:\uff1a])?)\s*(?:\([^)]*\)\s*)?[:\uff1a](.*)")
_WRAPPED = pattern(r"^([^(:\uff1a\n]+)\([^()\n]*(?:\n[^()\n]+){1,3}\)(?=\s*[:\uff1a])", re.MULTILINE)


class Answers(NamedTuple):
    """What a filled-in form says: the posting's fields by name, its text, and answers that have no field."""

    fields: Mapping[str, Value]
    body: str = ""
    others: Mapping[str, str] = MappingProxyType({})


def read_form(text: str, settings: Settings, asked: Asked = FORM) -> Answers:
    """Return what a text says: what GitHub makes of the filled-in form, or a mail with the same questions."""
    found = _blocks(text, asked.labels)
    said = {label: answer for label, answer in found.items() if answer not in {"", _NO_ANSWER}}
    answers = {name: said.pop(label) for label, name in asked.labels.items() if label in said}
    answers.pop("assurance", None)
    body = answers.pop(TEXT, "")
    if _ZONE in answers.get("deadline", ""):
        answers["deadline"], _, answers["time_zone"] = answers["deadline"].partition(_ZONE)
    fields = {name: _value(name, answer, settings, asked) for name, answer in answers.items()}
    return Answers({name: value for name, value in fields.items() if value}, body, said)


def _blocks(text: str, labels: Mapping[str, str]) -> dict[str, str]:
    """Return what is said to each question; a posting's own text can have lines that look like one, too."""
    blocks: dict[str, list[str]] = {}
    label = None
    text = _WRAPPED.sub(lambda found: one_line(found[0]) if one_line(found[1]) in labels else found[0], text)
    lines = text.splitlines()
    begins = (line for line in lines if _heading(line) in labels or _begun(line, labels)[0])
    is_form = next(begins, "").startswith(_HEADING)
    for line in lines:
        question, answer = (_heading(line), "") if is_form else _begun(line, labels)
        is_text = label is not None and labels.get(label) == TEXT and question not in labels
        asks_again = labels.get(question, question) in {labels.get(each, each) for each in blocks}
        if question and not asks_again and not is_text:
            label = question
            blocks[label] = [answer]
        elif label is not None:
            blocks[label].append(line)
    return {label: "\n".join(lines).strip() for label, lines in blocks.items()}


def _heading(line: str) -> str:
    return line.removeprefix(_HEADING).strip() if line.startswith(_HEADING) else ""


def _begun(line: str, labels: Mapping[str, str]) -> tuple[str, str]:
    """Return the question that a line of a mail begins with, and the answer behind it."""
    found = _ASKED.match(line)
    label = one_line(found[1]) if found else ""
    return (label, found[2]) if found and label in labels else ("", "")


def _value(name: str, answer: str, settings: Settings, asked: Asked) -> Value:
    lines = [line for each in answer.splitlines() if (line := _BULLET.sub("", each.strip(), count=1))]
    if name == "apply":
        return way_to_apply(lines)
    if name == "location":
        remote = Arrangement.REMOTE.value
        is_remote = [asked.choices["arrangement"].get(each.casefold()) for each in lines] == [remote]
        return remote if is_remote else one_or_all(lines)
    line = one_line(answer)
    if choices := asked.choices.get(name):
        words = map(str.strip, COMMAS.split(line))
        chosen = (choices.get(word.casefold(), word) for word in words)
        return one_or_all([*filter(None, chosen)])
    if name == "salary":
        return as_parts(line, settings.default_currency)
    return {"url": line} if name == "source" and address_in(line) else line


def one_or_all(items: Sequence[str | Mapping[str, str]]) -> Value:
    """Return the value of a field that can have one item or a list of them."""
    return items[0] if len(items) == 1 else items


def way_to_apply(lines: Sequence[str]) -> Value:
    """Return how to apply: a line that is an address and nothing else is one, the others are instructions."""
    if len(lines) == 1 and " " not in lines[0]:
        return lines[0]
    parts: dict[str, str] = {}
    instructions: list[str] = []
    for line in lines:
        kind = "email" if email_in(line) else None if url_problem(line) else "url"
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
