"""Postings as text for the tests of the intake, and what reading them gives."""

from __future__ import annotations

from typing import Any

import yaml

from hiringhall.diagnostics import Diagnostic, Outcome
from hiringhall.intake.configuration.register import Register, register_of
from hiringhall.intake.content.posting import read_posting
from hiringhall.model import Organization, Posting, Settings, Source
from tests import factory

SETTINGS = factory.settings(description="Jobs", base_url="https://jobs.example/")
TAGGED = SETTINGS._replace(tags={"organizing": "Organizing", "legislation": "Legislation"})
REGISTER: Register = register_of(
    (Organization("ct-afl-cio", "ct-afl-cio", "Connecticut AFL-CIO", "CT AFL-CIO", aliases=("State Fed",)),)
)
FIELDS = {
    "title": "Field Organizer",
    "organization": "ct-afl-cio",
    "added": "2026-01-05",
    "location": "Hartford, CT",
    "apply": "jobs@example.org",
}
BODY = "Organize members across the state.\n"


def text_of(body: str = BODY, /, **fields: str | None) -> str:
    """Return a posting with the given fields; None leaves one out."""
    lines = "".join(f"{name}: {value}\n" for name, value in (FIELDS | fields).items() if value is not None)
    return f"---\n{lines}---\n\n{body}"


def read_text(
    text: str, path: str = "content/postings/field-organizer.md", settings: Settings = SETTINGS
) -> Outcome[Posting]:
    return read_posting(Source(path, text.encode(), "digest"), settings, REGISTER)


def read(body: str = BODY, /, **fields: str | None) -> Posting:
    """Return a posting with these fields, which must be good."""
    outcome = read_text(text_of(body, **fields))
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value


def problems(body: str = BODY, /, **fields: str | None) -> tuple[Diagnostic, ...]:
    """Return what is wrong with these fields, notices aside."""
    found = read_text(text_of(body, **fields)).diagnostics
    return tuple(problem for problem in found if problem.severity != "notice")


def only_problem(body: str = BODY, /, **fields: str | None) -> Diagnostic:
    """Return the one thing that is wrong with these fields."""
    found = problems(body, **fields)
    assert len(found) == 1, found
    return found[0]


def codes(body: str = BODY, /, **fields: str | None) -> list[str]:
    return sorted(problem.code for problem in problems(body, **fields))


def core_values(node: yaml.Node) -> Any:
    """Return a node's value by the core schema of YAML 1.2, as editors do."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: core_values(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [core_values(item) for item in node.value]
    text = str(node.value)
    if isinstance(node, yaml.ScalarNode) and node.style is None:
        if text in {"true", "false"}:
            return text == "true"
        if text.replace(".", "", 1).isdigit():
            return float(text)
    return text


def as_editors_see(text: str) -> Any:
    node = yaml.compose(text.split("---\n")[1], Loader=yaml.BaseLoader)
    assert node is not None
    return core_values(node)
