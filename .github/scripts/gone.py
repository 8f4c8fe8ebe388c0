"""Prints as Markdown which pages, lists and files a change removes: `gone.py BASE`, BASE a commit or branch.

Owns comparing `site/`, as just built, with what the content of BASE makes; refuses to judge it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from summary import LIMIT, git

from hiringhall.intake.fields.suggestions import nearest
from hiringhall.policies.addresses import FILES

SITE = Path("site")
PAGE = "index.html"
# Postings are in the table of changes, and the second page of a list comes and goes with them.
LEFT_OUT = re.compile(r"jobs/.*|(.*/)?page/\d+/")
LIKENESS = 0.9  # for a whole address, whose beginning is always the same


def addresses(site: Path) -> set[str]:
    """The addresses of a site's pages, lists and other files, under its root; pages end in a slash."""
    found = (path.parent.relative_to(site).as_posix() + "/" for path in site.rglob(PAGE))
    files = (path for path in (site / FILES).rglob("*") if path.is_file() and path.name != PAGE)
    pages = {folder for folder in found if not LEFT_OUT.fullmatch(folder)}
    return pages | {path.relative_to(site).as_posix() for path in files}


def addresses_of(base: str) -> set[str]:
    """Those that a commit's content makes, at the time of `site/`: none if it is missing or wrong.

    It is built where Git knows it: only its history has the year in which a posting was filled.
    """
    now = json.loads((SITE / "build.json").read_bytes())["built"]
    with TemporaryDirectory() as folder:
        tree, site = f"{folder}/base", f"{folder}/site"
        git("worktree", "add", "--quiet", "--detach", tree, base)
        try:
            command = [sys.executable, "build.py", "--content", f"{tree}/content", "--output", site]
            options = ["--no-cache", "--format", "human", "--now", now]
            done = subprocess.run([*command, *options], capture_output=True, check=False)
        finally:
            git("worktree", "remove", "--force", tree)
        return addresses(Path(site)) if done.returncode == 0 else set()


def line_for(address: str, before: set[str], after: set[str]) -> str:
    """The redirect from an address that is gone: to the only new one beside it, or else to a similar one."""
    beside = [each for each in after if each.endswith("/") and parent(each) == parent(address)]
    come = [each for each in beside if each not in before]
    present = come[0] if len(come) == 1 else nearest(address, beside, LIKENESS)
    return f"/{address}: /{present or ''}"


def parent(address: str) -> str:
    """The folder that an address is in."""
    return address.rstrip("/").rpartition("/")[0]


def summary(branch: str) -> Iterator[str]:
    """The lines of the summary, or none if every address stays."""
    before, after = addresses_of(git("merge-base", branch, "HEAD").strip()), addresses(SITE)
    gone = sorted(before - after)
    pages = [address for address in gone if address.endswith("/")]
    files = [address for address in gone if not address.endswith("/")]
    if pages:
        yield "## Addresses that would be gone\n"
        yield "Links to these pages would break, and their feeds would end. To keep an address, add the line"
        yield "beside it to `redirects` in `content/site.yaml`, and check where it leads.\n"
        yield "| address | line |"
        yield "| --- | --- |"
        yield from shortened(pages, lambda page: f"| /{page} | `{line_for(page, before, after)}` |")
    if files:
        yield "## Files that would be gone\n"
        yield "Links to these files would break. Keep a copy of each that somebody may have linked to.\n"
        yield from shortened(files, lambda file: f"- `/{file}`")


def shortened(gone: Sequence[str], line: Callable[[str], str]) -> Iterator[str]:
    """The lines of the first of some addresses, and how many more there are."""
    yield from map(line, gone[:LIMIT])
    more = f"{len(gone) - LIMIT} more are not shown.\n" if len(gone) > LIMIT else ""
    yield f"\n{more}"


if __name__ == "__main__":
    print("\n".join(summary(sys.argv[1])))
