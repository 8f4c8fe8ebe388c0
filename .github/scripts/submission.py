"""Answers an issue if it was sent with one of the forms for jobs, in a workflow that the issue started.

Owns which issue that is, and the comment, which has the posting's file and a link that opens it in GitHub's
editor; refuses to judge an answer, which is the work of the program.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from links import gh
from summary import NAMED, POSTINGS, shortened

from hiringhall.arguments import options_of, parse
from hiringhall.commands.new.draft import desk_of, suggested, taken_by, written
from hiringhall.commands.new.issue_form import Answers
from hiringhall.diagnostics import UsageError, failed
from hiringhall.intake.configuration.examples import is_example
from hiringhall.intake.files.encoding import read_text
from hiringhall.model import Source
from hiringhall.policies.addresses import posting, site_at
from hiringhall.questions import QUESTIONS, TEXT
from hiringhall.report import machine
from hiringhall.report.markdown import fitting, plain

MOST = 65_000  # characters of a comment; GitHub takes 65,536
LONGEST = 7_500  # characters of an address; GitHub answers 414 to one of more than 8,192
SHOWN = 20  # problems
SHOWN_BYTES = 20_000  # of all problems
TOLD = 400  # characters of a message, and of its hint
LABELS = {name: label for label, name in QUESTIONS.items()}
FIRST = {"title", "source"}  # what the forms for jobs ask for first


class Draft(NamedTuple):
    """What was made of an issue: the posting's path and text, if it made any, and what is wrong with it.

    `address` is where its page will be, if the site has an address of its own.
    """

    path: str
    text: str
    problems: list[str]
    address: str = ""


def draft(body: str, number: int) -> Draft | None:
    """Have the file written, and take it away again: it belongs into a pull request.

    Return None if the issue is not about a job: none of its headings is the first question of a form.
    Raises SystemExit if what is wrong is not in the issue: its sender could do nothing about that.
    """
    desk, found = desk_of(options_of(parse(["new"]), partial(datetime.now, UTC)))
    if desk is None:
        raise SystemExit(machine.render(found))
    headings = {line.removeprefix("### ").strip() for line in body.splitlines() if line.startswith("### ")}
    asked = {name: label for label, name in desk.asked.labels.items() if label in headings}
    if not FIRST & asked.keys():
        return None
    labels = LABELS | asked
    text, faults = read_text(Source("the issue", body.encode(), ""))
    if text is None or failed(faults):
        return Draft("", "", [f"line {each.span.line}: {plain(each.message)}" for each in faults])
    try:
        answers = desk.said(text)
    except UsageError as fault:
        form = f"{repository()}/issues/new?template=posting.yml"
        # What else the message says is for people at a terminal.
        said = plain(str(fault).partition("; ")[0])
        return Draft("", "", [f"{said}. Please [send the facts with the other form]({form})."])
    missing = [labels[name] for name in NAMED if name not in answers.fields]
    if missing:
        message = "there is no answer below a line '### {}'; write both into the issue"
        return Draft("", "", [plain(message.format(label)) for label in missing])
    slug, problems = name_of(answers, number)
    path = desk.path(slug)
    written(path, {}, desk._replace(form=answers))
    text = path.read_text("utf-8")
    # Only a check of everything finds that the job is on the list already.
    told = [each for each in check(path) if each["path"] == path.as_posix()]
    path.unlink()
    problems += [problem(each, text, labels) for each in told if each["severity"] != "notice"]
    base = desk.settings.base_url
    address = "" if is_example(base) else site_at(base).absolute(posting(slug))
    return Draft(path.as_posix(), text, problems, address)


def check(path: Path) -> list[dict[str, Any]]:
    """What a check of everything tells of a file. Raises SystemExit if it fails."""
    arguments = [sys.executable, "build.py", "check", str(path), "--format", "json"]
    done = subprocess.run(arguments, capture_output=True, check=False)
    if done.returncode not in {0, 1}:
        raise SystemExit((done.stdout + done.stderr).decode())
    told: list[dict[str, Any]] = json.loads(done.stdout)
    return told


def name_of(answers: Answers, number: int) -> tuple[str, list[str]]:
    """The name of the posting's file, and a remark if another posting has the one that it would have."""
    slug = suggested(answers.fields)
    there = taken_by(Path(POSTINGS), slug)
    if there is None:
        return slug, []
    taken = f"{plain(there.as_posix())} has the name that this file would have"
    return f"{slug}-{number}", [f"{taken}. If it is the same job, change that file instead."]


def problem(found: dict[str, Any], text: str, labels: dict[str, str]) -> str:
    """One message with its hint, and the question whose answer it is about."""
    name = field_at(text, found["line"]) or found["message"].partition(" ")[0]  # as in "apply is missing"
    label = labels.get(name)
    place = f"**{plain(label)}**, line {found['line']}" if label else f"line {found['line']}"
    said = f"{place}: {plain(shortened(found['message'], TOLD))}"
    return f"{said} – {plain(shortened(found['hint'], TOLD))}" if found["hint"] else said


def field_at(text: str, line: int) -> str:
    """The field of a posting that a line belongs to, or that of the form for what is below the fields."""
    before = "\n".join(text.split("\n")[:line])
    if before.count("\n---\n"):
        return TEXT
    return next(iter(re.findall(r"^(\w+):", before, re.MULTILINE)[::-1]), "")


def repository() -> str:
    """The address of the repository."""
    return f"{os.environ['GITHUB_SERVER_URL']}/{os.environ['GITHUB_REPOSITORY']}"


def editor(made: Draft, event: dict[str, Any]) -> str:
    """The address that opens a new file in GitHub's editor, filled in if the text is short enough."""
    page = f"{repository()}/new/{event['repository']['default_branch']}?"
    whole = page + urlencode({"filename": made.path, "value": made.text})
    return whole if len(whole) <= LONGEST else page + urlencode({"filename": made.path})


def answer(made: Draft, event: dict[str, Any]) -> str:
    """The text of the comment; a file with which it would be too long is left out."""
    whole = "\n".join(comment(made, event))
    if len(whole) <= MOST:
        return whole
    make = f"`gh issue view {event['issue']['number']} --json body -q .body | python build.py new --from -`"
    told = f"The text is too long for a comment. Shorten it; or make the file on your own machine: {make}"
    return "\n".join(comment(Draft("", "", [told, *made.problems]), event))


def comment(made: Draft, event: dict[str, Any]) -> Iterator[str]:
    """The lines of the comment, for the one who sent the job first, and then for those who add it."""
    if made.path:
        page = f" Once a maintainer has added it, its page is <{made.address}>." if made.address else ""
        yield f"Thank you. This is the file of the job, made from your answers.{page}"
    else:
        yield "Thank you. No file can be shown here."
    if made.problems:
        shown = fitting([f"- {each}" for each in made.problems[:SHOWN]], SHOWN_BYTES)
        yield ""
        too = " Or mend it in the file." if made.path else ""
        yield f"**To mend.** Edit the answers above, and this comment follows.{too}"
        yield ""
        yield from shown
        if len(made.problems) > len(shown):
            yield f"- and {len(made.problems) - len(shown)} more"
    if not made.path:
        return
    yield ""
    address = editor(made, event)
    paste = "" if "&value=" in address else ", and paste the text below"
    yield "**For maintainers.** Compare it with the employer's notice. Then:"
    yield ""
    yield f"1. [Open it as a new file]({address}){paste}."
    yield "2. Choose **Commit changes**, then **Propose changes**, then **Create pull request**."
    yield f"3. Write `Closes #{event['issue']['number']}` in its description. Merging it closes the issue."
    yield ""
    yield from block(made)


def block(made: Draft) -> Iterator[str]:
    """The file as code, in a fence that nothing in it can end."""
    fence = "~" * max(3, *(len(run) + 1 for run in ["", *re.findall("~+", made.text)]))
    yield f"`{made.path}`"
    yield ""
    yield f"{fence}markdown"
    yield made.text.removesuffix("\n")
    yield fence


def main() -> None:
    """Write the comment, or write it anew if the issue was edited; none if it is not about a job."""
    event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_bytes())
    number = event["issue"]["number"]
    made = draft(event["issue"]["body"] or "", number)
    if made is None:
        print("This issue has none of the questions with which a form for jobs begins.")
        return
    text = answer(made, event)
    gh("issue", "comment", f"{number}", "--edit-last", "--create-if-none", "--body-file", "-", text=text)


if __name__ == "__main__":
    main()
