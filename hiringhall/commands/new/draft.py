"""The command `new`: a posting's file from a few answers, or from what a form, a mail or a page says.

Owns the questions and where the file goes; refuses to know what a valid answer is: the intake decides.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hiringhall.commands.new.issue_form import Answers, one_or_all, read_form, way_to_apply
from hiringhall.commands.new.job_page import completed, is_address, is_html, page_at, read_page
from hiringhall.commands.new.skeleton import Value, skeleton, suggest_slug
from hiringhall.diagnostics import Diagnostic, Outcome, Severity, Span, UsageError, failed
from hiringhall.engine.digests import digest
from hiringhall.engine.patterns import pattern
from hiringhall.intake.configuration.organizations import read_register
from hiringhall.intake.configuration.register import Register
from hiringhall.intake.configuration.settings import read_settings
from hiringhall.intake.configuration.strings import read_wording
from hiringhall.intake.content.posting import read_posting
from hiringhall.intake.fields.forms import one_line
from hiringhall.intake.fields.table import FIELDS
from hiringhall.intake.fields.written_pay import as_parts
from hiringhall.intake.files.encoding import read_text
from hiringhall.intake.files.sources import POSTINGS
from hiringhall.model import Arrangement, Options, Settings, Source
from hiringhall.policies.slugs import is_slug, slug_rule
from hiringhall.questions import FORM, QUESTIONS, Asked, asked_in
from hiringhall.report import human
from hiringhall.webpages.reading import text_of

_QUESTIONS = {
    "title": "Job title, such as Field Organizer",
    "organization": "Employer",
    "location": "Place, such as Hartford, CT, or remote (put ; between two places)",
    "apply": "Where to apply: a web address, an email address, or what to do in words",
    "salary": "Pay, such as 62000-70000 a year (press Enter if none is stated)",
    "deadline": "Deadline, such as 2026-01-31 or rolling (press Enter if none is stated)",
    "slug": "Name of the file, such as local-12-field-organizer",
}
_REQUIRED = ("title", "organization", "location", "apply")
_OPTIONAL = ("salary", "deadline")
_ANY_USE = os.R_OK | os.W_OK | os.X_OK
_NAMING = ("organization", "title")
# What Python has in place of a byte that is no text.
_LOST = pattern("[\ud800-\udfff]")
_NOT_TEXT = "not text in UTF-8; write it with plain letters, and correct it in the file"
# Stand-ins for questions not answered yet, so that an answer can be judged by itself.
_EXAMPLES = {row.name: row.example for row in FIELDS if row.name in _REQUIRED}

# Says what is wrong with an answer, and nothing if it is good.
_Judge = Callable[[str], str]


def draft(options: Options, arguments: argparse.Namespace) -> Outcome[Path]:
    """Write `content/postings/<slug>.md` from the options, asking at a terminal for what they leave open.

    From a form, a mail or a page it is written even if some answers are wrong: nobody is there to be asked
    again, and what the employer said must not be lost. The errors say what to mend in the file.

    Return its path, if it was written. Nothing is overwritten. Raises UsageError if an answer is missing and
    nobody can be asked, or the slug is malformed or taken, and EOFError if the person leaves.
    """
    postings = options.content / POSTINGS
    if os.path.lexists(postings) and not (postings.is_dir() and os.access(postings, _ANY_USE)):
        raise UsageError(f"{postings} must be a folder in which this user may read and write")
    desk, found = desk_of(options)
    if desk is None:
        return Outcome(None, found)
    given = _given(arguments)
    if arguments.form:
        form, found = _said(arguments.form, desk)
        return _from_form(form, given, arguments, desk) if form else Outcome(None, found)
    if all(name in given for name in _REQUIRED):
        return written(desk.path(arguments.slug or suggested(given)), given, desk)
    _need_terminal(given)
    if arguments.slug:
        desk.path(arguments.slug)
    found = desk.judged(desk.sketch, {**_EXAMPLES, **given})
    if failed(found):
        return _refused(found)
    answers = _complete(given, desk)
    slug = arguments.slug or suggested(answers)
    if refusal := desk.refusal(slug):
        sys.stderr.write(refusal)
        slug = _ask("slug", desk.refusal)
    return written(desk.path(slug), answers, desk)


def _given(arguments: argparse.Namespace) -> dict[str, str]:
    """Return the answers on the command line by name. Raises UsageError if one is no text."""
    given = {name: text for name in (*_REQUIRED, *_OPTIONAL) if (text := getattr(arguments, name))}
    for name, text in given.items():
        if _LOST.search(text):
            raise UsageError(f"--{name} is {_NOT_TEXT}")
    return given


def desk_of(options: Options) -> Outcome[Desk]:
    """Return where the postings of a folder are drafted, if its settings and register are sound."""
    settings = read_settings(options.content, options.base_url)
    register = read_register(options.content)
    if settings.value is None or register.value is None:
        return Outcome(None, settings.diagnostics + register.diagnostics)
    return Outcome(Desk(options, settings.value, register.value))


class Desk(NamedTuple):
    """Where postings are drafted: what judges them, the folder they go to, and the form that is copied."""

    options: Options
    settings: Settings
    register: Register
    form: Answers | None = None

    @property
    def asked(self) -> Asked:
        """The questions of the form and, in the site's words, of a mail."""
        words = read_wording(self.options.layouts, self.settings.language, self.options.content).value
        return asked_in(words) if words else FORM

    def said(self, text: str) -> Answers:
        """Return what a form or a mail says, completed by the page that it may name.

        Raises UsageError if that page is needed, and is not there or not that of one job.
        """
        return completed(read_form(text, self.settings, self.asked), self.settings)

    @property
    def sketch(self) -> Path:
        """The path of a posting that has no name yet."""
        return self.options.content / POSTINGS / "new.md"

    def text(self, answers: Mapping[str, str]) -> str:
        """Return the posting's text; a job that can be done from anywhere has an arrangement and no place.

        Pay and how to apply, in words, are read as in the form. Places have semicolons between them.
        """
        today = self.options.now.astimezone(ZoneInfo(self.settings.time_zone)).date()
        form = self.form or Answers({})
        fields: dict[str, Value] = {**form.fields, **answers, "added": today.isoformat()}
        pay = fields.get("salary")
        if isinstance(pay, str):
            fields["salary"] = as_parts(one_line(pay), self.settings.default_currency)
        place, remote = fields.get("location"), Arrangement.REMOTE.value
        if isinstance(place, str) and place.strip().casefold() == remote == fields.get("arrangement", remote):
            del fields["location"]
            fields["arrangement"] = remote
        elif "location" in answers:
            places = map(one_line, answers["location"].split(";"))
            fields["location"] = one_or_all([*filter(None, places)])
        if "apply" in answers:
            fields["apply"] = way_to_apply([one_line(answers["apply"])])
        return skeleton(fields, self.settings, form.body, form.others)

    def judged(self, path: Path, answers: Mapping[str, str]) -> tuple[Diagnostic, ...]:
        """Return what the intake says about the posting, except about its text, which comes later."""
        text = self.text(answers)
        source = Source(path.as_posix(), text.encode(), digest(text))
        found = read_posting(source, self.settings, self.register).diagnostics
        return tuple(each for each in found if each.code != "body-placeholder")

    def path(self, slug: str) -> Path:
        """Return where a posting of that name goes. Raises UsageError if it cannot."""
        if not is_slug(slug):
            raise UsageError(f"{slug!r} is not a slug; it may {slug_rule(slug)}")
        postings = self.options.content / POSTINGS
        taken = taken_by(postings, slug)
        if taken:
            raise UsageError(f"{taken} already exists; choose another name with --slug")
        return postings / f"{slug}.md"

    def refusal(self, slug: str) -> str:
        """Return in one line why a posting cannot have that name, or nothing."""
        try:
            self.path(slug)
        except UsageError as refused:
            return f"{refused}\n"
        return ""


def _said(place: str, desk: Desk) -> Outcome[Answers]:
    """Return what is said about a job: by the page at an address, or in a file, in whichever form it is.

    Raises UsageError if there is no such page or file, or the page is not that of one job.
    """
    if is_address(place):
        if _LOST.search(place):
            raise UsageError(f"--from is {_NOT_TEXT}")
        return Outcome(read_page(page_at(place, desk.settings), place, desk.settings), ())
    source = _source(place)
    page = text_of(source.data or b"")
    if is_html(page):  # nobody wrote it here, so it may be in any encoding, and as long as pages are
        return Outcome(read_page(page, source.path, desk.settings), ())
    text, found = read_text(source)
    return Outcome(None, found) if text is None or failed(found) else Outcome(desk.said(text))


def _source(file: str) -> Source:
    """Read a file, or standard input if its name is `-`."""
    if file == "-":
        return Source("standard input", sys.stdin.buffer.read(), "")
    if not Path(file).exists() or Path(file).is_dir():
        raise UsageError(
            f"there is no file {file} with an issue, a mail or a page; an address begins with https://"
        )
    return Source(file, Path(file).read_bytes(), "")


def _from_form(
    form: Answers, given: Mapping[str, str], arguments: argparse.Namespace, desk: Desk
) -> Outcome[Path]:
    """Write what a form says; what is given on the command line as well takes the place of its answers."""
    answers = {**form.fields, **given}
    for label, name in QUESTIONS.items():
        if name in _NAMING and name not in answers:
            own = {field: words for words, field in desk.asked.labels.items()}
            places = f"below '### {label}' in an issue, or behind '{own[name]}:' in a mail"
            raise UsageError(
                f"{arguments.form} does not say the {name}; add --{name}, or the answer {places}"
            )
    return written(desk.path(arguments.slug or suggested(answers)), given, desk._replace(form=form))


def taken_by(postings: Path, slug: str) -> Path | None:
    """Return the posting that has a name already, in whichever folder it is."""
    return next(iter(sorted(postings.rglob(f"{slug}.md"))), None)


def suggested(answers: Mapping[str, Value]) -> str:
    """Return the name that a posting with these answers should have."""
    return suggest_slug(*(str(answers[name]) for name in _NAMING))


def written(path: Path, answers: Mapping[str, str], desk: Desk) -> Outcome[Path]:
    """Write a posting; with errors only if there is a form, from which it is written in any case."""
    found = desk.judged(path, answers)
    if failed(found) and desk.form is None:
        return _refused(found)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(desk.text(answers))
    return Outcome(path, found)


def _refused(found: tuple[Diagnostic, ...]) -> Outcome[Path]:
    """Return what is wrong with answers; of the file that was not written, no line can be told."""
    return Outcome(None, tuple(each._replace(path="the answers", span=Span()) for each in found))


def _need_terminal(given: Mapping[str, str]) -> None:
    if not sys.stdin.isatty():
        flags = ", ".join(f"--{name}" for name in _REQUIRED if name not in given)
        raise UsageError(f"new cannot ask questions without a terminal; add {flags}")
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")  # so that an answer can be asked for again


def _complete(given: Mapping[str, str], desk: Desk) -> dict[str, str]:
    """Ask for what is not given; each answer is judged together with those before it."""
    answers = dict(given)
    for name in (*_REQUIRED, *_OPTIONAL):
        if name not in given:
            answers[name] = _ask(name, partial(_objection, name, answers, desk))
    return {name: text for name, text in answers.items() if text}


def _objection(name: str, answers: Mapping[str, str], desk: Desk, answer: str) -> str:
    found = desk.judged(desk.sketch, {**_EXAMPLES, **answers, name: answer})
    wrong = (each for each in found if each.severity is Severity.ERROR)
    return "".join(f"{human.plain(each.message)}\n{human.hint(each)}" for each in wrong)


def _ask(name: str, judge: _Judge) -> str:
    """Ask on standard error until an answer is good, or left out if it may be."""
    while True:
        sys.stderr.write(f"{_QUESTIONS[name]}: ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        answer = line.strip()
        if _LOST.search(answer):
            sys.stderr.write(f"that is {_NOT_TEXT}\n")
            continue
        objection = judge(answer) if answer else ""
        if not objection and (answer or name in _OPTIONAL):
            return answer
        sys.stderr.write(objection)
