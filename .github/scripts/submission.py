"""Answers an issue that was sent with the form for jobs, in a workflow that the issue started.

Owns the comment, which has the posting's file and a link that opens it in GitHub's editor; refuses to judge
an answer, which is the work of `build.py new`.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from links import gh
from summary import POSTINGS

from hiringhall.commands.new import taken_by
from hiringhall.intake.configuration.settings import read_settings
from hiringhall.intake.content.issue_form import read_form
from hiringhall.intake.content.skeleton import suggest_slug
from hiringhall.report.markdown import plain

MOST = 60_000  # characters of a file; a comment holds 65,536
LONGEST = 7_500  # characters of an address; GitHub refuses one of more than about 8,000
SHOWN = 20  # problems


class Draft(NamedTuple):
    """What `new` made of an issue: the posting's path and text, if it made any, and what is wrong with it."""

    path: str
    text: str
    problems: list[str]


def draft(body: str, number: int) -> Draft:
    """Have the file written, and take it away again: it belongs into a pull request."""
    slug, problems = name_of(body, number)
    command = [sys.executable, "build.py", "new", "--from", "-", "--slug", slug, "--format", "json"]
    done = subprocess.run(command, input=body.encode(), capture_output=True, check=False)
    path = Path(POSTINGS, f"{slug}.md")
    if done.returncode not in {0, 1}:
        return Draft("", "", [plain(done.stderr.decode())])
    found = [problem(each) for each in json.loads(done.stdout) if each["severity"] != "notice"]
    if not path.exists():
        return Draft("", "", found)
    text = path.read_text("utf-8")
    path.unlink()
    if len(text) > MOST:
        return Draft("", "", ["The text is too long for a comment. `build.py new --from` makes the file."])
    return Draft(path.as_posix(), text, problems + found)


def name_of(body: str, number: int) -> tuple[str, list[str]]:
    """The name of the posting's file, and a remark if another posting has the one that it would have."""
    settings = read_settings(Path("content"), None).value
    fields = read_form(body, settings).fields if settings else {}
    slug = suggest_slug(*(str(fields.get(name, "")) for name in ("organization", "title")))
    there = taken_by(Path(POSTINGS), slug)
    if there is None:
        return slug, []
    taken = f"{plain(there.as_posix())} has the name that this file would have"
    return f"{slug}-{number}", [f"{taken}. If it is the same job, change that file instead."]


def problem(found: dict[str, Any]) -> str:
    """One message with its hint, in which nothing is markup."""
    said = plain(f"line {found['line']}: {found['message']}")
    return f"{said} – {plain(found['hint'])}" if found["hint"] else said


def editor(made: Draft, event: dict[str, Any]) -> str:
    """The address that opens a new file in GitHub's editor, filled in if the text is short enough."""
    repository, branch = os.environ["GITHUB_REPOSITORY"], event["repository"]["default_branch"]
    page = f"{os.environ['GITHUB_SERVER_URL']}/{repository}/new/{branch}?"
    whole = page + urlencode({"filename": made.path, "value": made.text})
    return whole if len(whole) <= LONGEST else page + urlencode({"filename": made.path})


def comment(made: Draft, event: dict[str, Any]) -> Iterator[str]:
    """The lines of the comment, for the one who sent the job first, and then for those who add it."""
    made_of = (
        "This is the file of the job, made from your answers." if made.path else "No file can be shown here."
    )
    yield f"Thank you. {made_of}"
    if made.problems:
        yield ""
        yield "**To mend.** Edit the answers above, and this comment follows. Or mend it in the file."
        yield ""
        yield from (f"- {each}" for each in made.problems[:SHOWN])
        if len(made.problems) > SHOWN:
            yield f"- and {len(made.problems) - SHOWN} more"
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
    """Write the comment, or write it anew if the issue was edited."""
    event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_bytes())
    number = event["issue"]["number"]
    text = "\n".join(comment(draft(event["issue"]["body"], number), event))
    gh("issue", "comment", f"{number}", "--edit-last", "--create-if-none", "--body-file", "-", text=text)


if __name__ == "__main__":
    main()
