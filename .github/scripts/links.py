"""Keeps one issue on what somebody should look at: `links.py FILE`, the JSON that `build.py links` prints.

Owns the issue; refuses to judge an address. Notices are left out: there is nothing to do about them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

TITLE = "Postings and pages to look at"
LABEL = "links"
LEDE = """\
Look at each of these. If the job is closed, add `status: filled` or `status: withdrawn` to its posting.
If its address does not work, write the new one. In a page, you can also delete the link.
If its page only seems to say that it is closed, or nobody has confirmed that it is open, ask the employer.
If it is open, set `verified` to that day.
The list is updated every week, and the issue closes when the list is empty.
"""
MOST = 60_000  # characters; an issue holds 65,536


def gh(*arguments: str, text: str | None = None) -> str:
    """What GitHub's program prints; if it fails, so does this script."""
    done = subprocess.run(["gh", *arguments], input=text, capture_output=True, text=True, check=False)
    if done.returncode:
        message = f"gh {arguments[0]} {arguments[1]}: {done.stderr.strip()}"
        raise SystemExit(message)
    return done.stdout


def body(found: list[dict[str, str]]) -> str:
    """The text of the issue. In a code block, whatever a posting says is only text."""
    lines = [f"{each['path']}:{each['line']}: {each['message']}" for each in found]
    kept = "\n".join(lines).replace("~~~", "~ ~ ~")[:MOST]
    return f"{LEDE}\n~~~text\n{kept}\n~~~\n"


def main(file: str) -> None:
    """Open the issue, rewrite it, or close it."""
    found = [each for each in json.loads(Path(file).read_text("utf-8")) if each["severity"] != "notice"]
    listed = gh("issue", "list", "--label", LABEL, "--state", "open", "--limit", "1", "--json", "number")
    issue = next((str(each["number"]) for each in json.loads(listed)), None)
    if not found:
        if issue:
            gh("issue", "close", issue, "--comment", "There is nothing left to look at.")
    elif issue:
        gh("issue", "edit", issue, "--body-file", "-", text=body(found))
    else:
        gh("label", "create", LABEL, "--force", "--description", TITLE)
        gh("issue", "create", "--title", TITLE, "--label", LABEL, "--body-file", "-", text=body(found))


if __name__ == "__main__":
    main(sys.argv[1])
