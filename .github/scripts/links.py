"""Keeps one issue on what somebody should look at: `links.py FILE`, the JSON that `build.py links` prints.

Owns the issue; refuses to judge an address. Notices are left out: there is nothing to do about them.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from hiringhall.report.markdown import fitting

TITLE = "Postings and pages to look at"
LABEL = "links"
LEDE = """\
Look at each of these. If the job is closed, add `status: filled` or `status: withdrawn` to its posting.
If its address does not work, write the new one. In a page, you can also delete the link.
If what did not answer opens in your browser, there is nothing to do: some sites keep programs out.
If its page only seems to say that it is closed, or nobody has confirmed that it is open, ask the employer.
If it is open, set `verified` to that day, and `verify_by`, if it has one, to a later day.
The list is updated every week, a comment tells what is new, and the issue closes when the list is empty.
"""
MOST = 60_000  # bytes; an issue and a comment hold 65,536 characters
LONGEST = 1_000  # characters of a line
# Lines of a file move as it is edited.
_LINE = re.compile(r":\d+: ")


def gh(*arguments: str, text: str | None = None) -> str:
    """What GitHub's program prints; if it fails, so does this script."""
    done = subprocess.run(["gh", *arguments], input=text, capture_output=True, text=True, check=False)
    if done.returncode:
        message = f"gh {arguments[0]} {arguments[1]}: {done.stderr.strip()}"
        raise SystemExit(message)
    return done.stdout


def lines_of(found: list[dict[str, str]]) -> tuple[list[str], int]:
    """What to look at, each in a line, as many as an issue takes, and how many are left out."""
    lines = [f"{each['path']}:{each['line']}: {each['message']}".replace("~~~", "~ ~ ~") for each in found]
    kept = fitting([line[:LONGEST] for line in lines], MOST)
    return kept, len(lines) - len(kept)


def code(lines: list[str]) -> str:
    """Lines in a code block, in which whatever a posting says is only text."""
    return "~~~text\n{}\n~~~\n".format("\n".join(lines))


def new_in(lines: list[str], before: str) -> list[str]:
    """The lines that the text of an issue did not have, wherever in their files."""
    known = {_LINE.sub(": ", line, count=1) for line in before.splitlines()}
    return [line for line in lines if _LINE.sub(": ", line, count=1) not in known]


def main(file: str) -> None:
    """Open the issue, rewrite it, or close it. Only a comment notifies people of what is new in it."""
    found = [each for each in json.loads(Path(file).read_text("utf-8")) if each["severity"] != "notice"]
    # An issue that somebody wrote may have the label, too.
    own = ("--label", LABEL, "--app", "github-actions", "--state", "open", "--limit", "1")
    listed = json.loads(gh("issue", "list", *own, "--json", "number,body"))
    issue = str(listed[0]["number"]) if listed else None
    lines, left = lines_of(found)
    body = f"{LEDE}\n{code([*lines, f'and {left} more'] if left else lines)}"
    if not found:
        if issue:
            gh("issue", "close", issue, "--comment", "There is nothing left to look at.")
    elif issue:
        if new := new_in(lines, listed[0]["body"]):
            gh("issue", "comment", issue, "--body-file", "-", text=f"New in the list:\n\n{code(new)}")
        gh("issue", "edit", issue, "--body-file", "-", text=body)
    else:
        gh("label", "create", LABEL, "--force", "--description", TITLE)
        gh("issue", "create", "--title", TITLE, "--label", LABEL, "--body-file", "-", text=body)


if __name__ == "__main__":
    main(sys.argv[1])
