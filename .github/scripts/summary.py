"""Prints, as Markdown, what a pull request does to the postings: `summary.py BASE`, BASE a commit or branch.

Owns the table of a run's summary; refuses to judge postings, which is the work of `build.py check`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

import yaml

POSTINGS = "content/postings"
CLOSED = {"filled", "withdrawn"}
FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
LIMIT = 200  # rows; a summary may hold one mebibyte


class Change(NamedTuple):
    """One posting as the pull request leaves it; `before` is its path in the base, `path` its path now."""

    kind: str
    before: str
    path: str


def git(*arguments: str) -> str:
    """What git prints; a failure of git is a failure of this script."""
    done = subprocess.run(["git", *arguments], capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


def changes(base: str) -> Iterator[Change]:
    """The postings that differ from the commit where this branch left `base`, in git's order of paths."""
    names = git("diff", "--name-status", "-z", "--find-renames=75%", base, "HEAD", "--", POSTINGS)
    fields = iter(names.split("\0"))
    for status in fields:
        if not status:
            return
        before = next(fields)
        path = next(fields) if status[0] in "RC" else before
        if path.endswith(".md"):
            yield Change(status[0], before, path)


def front_matter(commit: str, path: str) -> dict[str, list[str]]:
    """The texts of each field of a posting, one or those of a list; none where `check` finds it unreadable.

    Nodes, unlike what is made of them, are no larger than the file: an alias stands for nothing but itself.
    """
    found = FRONT_MATTER.match(git("show", f"{commit}:{path}"))
    try:
        tree = yaml.compose(found[1], yaml.BaseLoader) if found else None
    except (yaml.YAMLError, RecursionError):
        return {}
    fields = tree.value if isinstance(tree, yaml.MappingNode) else ()
    return {name.value: list(texts(value)) for name, value in fields if isinstance(name, yaml.ScalarNode)}


def texts(node: yaml.Node) -> Iterator[str]:
    """A text, or those in a list."""
    for each in node.value if isinstance(node, yaml.SequenceNode) else (node,):
        if isinstance(each, yaml.ScalarNode):
            yield each.value


def described(change: Change, base: str) -> tuple[str, str]:
    """What happened to the posting, in a word, and what its author should know of it."""
    old, new = PurePosixPath(change.before).stem, PurePosixPath(change.path).stem
    if change.kind == "D":
        return "removed", "its address will be gone; `status: filled` or `status: withdrawn` would keep it"
    if change.kind in "AC":
        return "added", ""
    is_kept = old == new or old in front_matter("HEAD", change.path).get("aliases", ())
    note = "" if is_kept else f"its address changes; `aliases: [{plain(old)}]` keeps the old one working"
    if is_closed("HEAD", change.path) and not is_closed(base, change.before):
        return "closed", note
    return "changed" if change.before == change.path or old == new else "renamed", note


def is_closed(commit: str, path: str) -> bool:
    """Whether the posting says that it is closed, whatever its dates."""
    return not CLOSED.isdisjoint(front_matter(commit, path).get("status", ()))


def problems() -> Counter[tuple[str, str]]:
    """How many errors and warnings `check` finds, by path and severity."""
    command = [sys.executable, "build.py", "check", "--format", "json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if done.returncode not in {0, 1, 2}:
        message = f"the check itself failed with status {done.returncode}"
        raise SystemExit(message)
    return Counter((found["path"], found["severity"]) for found in json.loads(done.stdout))


def plain(text: str) -> str:
    """Contributed text as one line of Markdown in which nothing is markup."""
    line = " ".join(text.split())
    return re.sub(r"[^\w\s.,:()/-]|_", lambda mark: f"&#{ord(mark[0])};", line)


def row(change: Change, base: str, found: Counter[tuple[str, str]]) -> str:
    """One line of the table."""
    word, note = described(change, base)
    commit, path = (base, change.before) if word == "removed" else ("HEAD", change.path)
    fields = front_matter(commit, path)
    counts = (f"{found[path, kind]} {kind}(s)" for kind in ("error", "warning") if found[path, kind])
    named = (" ".join(fields.get(name, ())) for name in ("title", "organization"))
    cells = (word, *map(plain, named), plain(path))
    return f"| {' | '.join(cells)} | {', '.join(counts)} | {note} |"


def summary(branch: str) -> Iterator[str]:
    """The lines of the summary."""
    base = git("merge-base", branch, "HEAD").strip()
    found = problems()
    rows = [row(change, base, found) for change in changes(base)]
    errors = sum(count for (_, severity), count in found.items() if severity == "error")
    yield "## Postings in this pull request"
    yield ""
    if rows:
        yield "| | title | organization | file | problems | note |"
        yield "| --- | --- | --- | --- | --- | --- |"
        yield from rows[:LIMIT]
    else:
        yield "It changes no posting."
    if len(rows) > LIMIT:
        yield f"\n{len(rows) - LIMIT} more are not shown."
    yield ""
    yield f"All content together has {errors} error(s)." if errors else "All content is valid."


if __name__ == "__main__":
    print("\n".join(summary(sys.argv[1])))
