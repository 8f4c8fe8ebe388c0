"""The command `new`: a posting's file from a few answers, valid from its first line.

Owns the questions and where the file goes; refuses to know what a valid answer is, which the intake judges.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hiringhall.arguments import UsageError
from hiringhall.diagnostics import Diagnostic, failed
from hiringhall.engine.digests import digest
from hiringhall.intake.organizations import Register, read_register
from hiringhall.intake.posting import read_posting
from hiringhall.intake.settings import read_settings
from hiringhall.intake.skeleton import skeleton, suggest_slug
from hiringhall.model import Options, Settings, Source
from hiringhall.policies.slugs import is_slug

_QUESTIONS = {
    "title": "Position, such as Field Organizer",
    "organization": "Employer",
    "location": "Place, such as Hartford, CT",
    "apply": "Where to apply: a web address or an e-mail address",
    "deadline": "Deadline, such as 2026-01-31 or rolling (Enter if it is not stated)",
}
_REQUIRED = ("title", "organization", "location", "apply")


class Draft(NamedTuple):
    """What came of `new`: without problems that fail it, `path` now holds the posting."""

    path: Path
    diagnostics: tuple[Diagnostic, ...]
    written: bool


def draft(options: Options, arguments: argparse.Namespace) -> Draft:
    """Write `content/postings/<slug>.md` from the options, asking for what they leave open at a terminal.

    Nothing is written over. Raises UsageError where an answer is missing and nobody can be asked, the
    slug is not one or is taken, and EOFError where the asked one leaves.
    """
    settings = read_settings(options.content, options.base_url)
    register = read_register(options.content)
    if settings.value is None or register.value is None:
        return Draft(
            options.content / "site.yaml", settings.diagnostics + register.diagnostics, written=False
        )
    given = {name: text for name in _QUESTIONS if (text := getattr(arguments, name))}
    answers = _complete(given)
    path = _path(options, arguments.slug or suggest_slug(answers["organization"], answers["title"]))
    today = options.now.astimezone(ZoneInfo(settings.value.time_zone)).date()
    text = skeleton({**answers, "added": today.isoformat()}, settings.value)
    found = _judged(path, text, settings.value, register.value)
    if failed(found):
        return Draft(path, found, written=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return Draft(path, found, written=True)


def _complete(given: Mapping[str, str]) -> dict[str, str]:
    missing = [name for name in _REQUIRED if name not in given]
    if not missing:
        return dict(given)
    if not sys.stdin.isatty():
        flags = ", ".join(f"--{name}" for name in missing)
        raise UsageError(f"without a terminal to ask at, new also needs {flags}")
    asked = {name: _ask(name) for name in _QUESTIONS if name not in given}
    return {**given, **{name: text for name, text in asked.items() if text}}


def _ask(name: str) -> str:
    """Ask until there is an answer, or once where none is needed; on standard error, as all that is said."""
    while True:
        sys.stderr.write(f"{_QUESTIONS[name]}: ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        if line.strip() or name not in _REQUIRED:
            return line.strip()


def _path(options: Options, slug: str) -> Path:
    if not is_slug(slug):
        raise UsageError(f"{slug!r} is not a slug: use lower-case letters, digits and single hyphens")
    postings = options.content / "postings"
    taken = next(iter(sorted(postings.rglob(f"{slug}.md"))), None)
    if taken:
        raise UsageError(f"{taken} is already there; choose another name with --slug")
    return postings / f"{slug}.md"


def _judged(path: Path, text: str, settings: Settings, register: Register) -> tuple[Diagnostic, ...]:
    source = Source(path.as_posix(), text.encode(), digest(text))
    return read_posting(source, settings, register).diagnostics
