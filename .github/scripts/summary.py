"""Prints, as Markdown, what a pull request does to the postings: `summary.py BASE`, BASE a commit or branch.

Owns the table of a run's summary; refuses to judge postings, which is the work of `build.py check`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from yaml.nodes import Node, ScalarNode, SequenceNode

from hiringhall.intake.files.names import slug_of
from hiringhall.intake.frontmatter.documents import read_document
from hiringhall.model import ClosedReason, Source
from hiringhall.policies.slugs import is_slug
from hiringhall.report import human
from hiringhall.report.markdown import fitting, plain

POSTINGS = "content/postings"
NAMED = ("title", "organization")
JOB = (*NAMED, "added", "posted")  # of which a correction changes one
YES = {"true", "yes"}
KEEP = "`status: filled` or `status: withdrawn` would keep it"
LIMIT = 200  # rows
RECENT = timedelta(days=14)  # what a pull request may wait
LONGEST = 150  # characters of a title or an employer

Fields = Mapping[str, Sequence[str]]


class Change(NamedTuple):
    """One posting: its path in the base, and its path in the pull request; None where it is missing."""

    before: str | None
    after: str | None


def git(*arguments: str) -> str:
    """What Git prints; if it fails, so does this script."""
    done = subprocess.run(["git", *arguments], capture_output=True, check=False)
    if done.returncode:
        said = " ".join(os.fsdecode(done.stderr).split())
        reason = human.plain(said) or "no answer; fetch the whole history of both branches"
        message = f"git {arguments[0]}: {reason}"
        raise SystemExit(message)
    return os.fsdecode(done.stdout)


def changes(base: str) -> list[Change]:
    """The postings that differ from the commit where this branch left `base`, ordered by path.

    One that is gone has been renamed if a new one has its file's name or names it in `aliases`, or is the
    only one with its title and employer.
    """
    shown = ("--name-status", "-z", "--no-renames", "--ignore-submodules=all")
    names = git("diff", *shown, base, "HEAD", "--", POSTINGS).split("\0")
    paths: dict[str, list[str]] = {"A": [], "D": [], "M": [], "T": []}
    for status, path in zip(names[::2], names[1::2], strict=False):
        if path.endswith(".md") and not any(part.startswith(".") for part in path.split("/")):
            paths[status].append(path)
    added = {path: front_matter("HEAD", path) for path in paths["A"]}
    found = [Change(path, path) for path in (*paths["M"], *paths["T"])]
    for before in paths["D"]:
        after = renamed(before, front_matter(base, before), added)
        found.append(Change(before, after))
        added.pop(after or "", None)
    found += (Change(None, path) for path in added)
    return sorted(found, key=lambda change: change.after or change.before or "")


def elsewhere(base: str) -> list[str]:
    """New files that are like postings, and are where none is read."""
    new = ("--name-only", "-z", "--no-renames", "--diff-filter=A")
    paths = git("diff", *new, base, "HEAD", "--", "*.md", f":(exclude){POSTINGS}").split("\0")
    return [path for path in paths if path and all(front_matter("HEAD", path).get(name) for name in NAMED)]


def renamed(before: str, fields: Fields, added: Mapping[str, Fields]) -> str | None:
    """The path, among added postings, of the one that this posting has become."""
    slug = slug_of(before)
    by_name = (
        path for path, other in added.items() if slug_of(path) == slug or slug in other.get("aliases", ())
    )
    alike = [
        path for path, other in added.items() if all(other.get(name) == fields.get(name) for name in NAMED)
    ]
    return next(by_name, alike[0] if len(alike) == 1 else None)


@cache
def front_matter(commit: str, path: str) -> Fields:
    """The texts of each field of a posting, one or those of a list; none if `check` cannot read it."""
    data = os.fsencode(git("show", f"{commit}:{path}"))
    document = read_document(Source(path, data, "")).value
    return {name: list(texts(field.value)) for name, field in document.fields.items()} if document else {}


def texts(node: Node) -> Iterator[str]:
    """A text, or those in a list."""
    for each in node.value if isinstance(node, SequenceNode) else (node,):
        if isinstance(each, ScalarNode):
            yield each.value


def described(change: Change, base: str) -> tuple[str, str]:
    """What happened to the posting, in a word, and what its author should know about it."""
    if change.before is None:
        return "added", late(front_matter("HEAD", change.after or ""))
    if change.after is None:
        return (
            "removed",
            f"its address will be gone; {KEEP}, and so would `aliases` in a posting that replaces it",
        )
    fields, former = front_matter("HEAD", change.after), front_matter(base, change.before)
    note = "; ".join(notes(change.before, former, change.after, fields))
    if is_draft(fields) and not is_draft(former):
        return "withheld", f"its address will be gone while it is a draft; {KEEP}"
    if is_closed(fields) and not is_closed(former):
        return "closed", note
    return "changed" if slug_of(change.before) == slug_of(change.after) else "renamed", note


def notes(before: str, former: Fields, after: str, fields: Fields) -> Iterator[str]:
    """What an author may not have meant: an address that ends, another job in its place, a new `added`."""
    present = (*fields.get("aliases", ()), slug_of(after))
    names = [*filter(is_slug, (*former.get("aliases", ()), slug_of(before)))]
    lost = [name for name in names if name not in present]
    if lost:
        kept = dict.fromkeys((*names[:-1], *filter(is_slug, fields.get("aliases", ())), *names[-1:]))
        aliases = ", ".join(name for name in kept if name != slug_of(after))
        what = "its address changes" if lost[-1] == slug_of(before) else "a former address of it will be gone"
        yield f"{what}; `aliases: [{aliases}]` keeps the old one working"
    elif names and fields and present[0] != names[0]:
        is_own = names[0] == slug_of(after)
        mend = (
            f"delete `{present[0]}` from `aliases`" if is_own else f"put `{names[0]}` first among `aliases`"
        )
        yield f"followers will see it as a new one; {mend}"
    if not (former and fields):
        return
    other = [name for name in JOB if fields.get(name) != former.get(name)]
    if "title" in other and len(other) > 1:
        was = plain(shortened(" ".join(former.get("title", ()))))
        yield f"if it is another job than “{was}”, it needs a file of its own: followers have this address"
    elif "added" in other and former.get("added"):
        yield f"`added` was {plain(' '.join(former['added']))}; it is not the day of a change"


def late(fields: Fields) -> str:
    """What an author may not have meant: an `added` that came with an example or another posting."""
    today = date.fromisoformat(git("show", "--no-patch", "--format=%cs", "HEAD").strip())
    try:
        added = date.fromisoformat(" ".join(fields.get("added", ())))
    except ValueError:  # which the check tells
        return ""
    if today - added <= RECENT:
        return ""
    return f"feeds will show it as one of {added}, or not at all; if it is new to the list, `added: {today}`"


def is_draft(fields: Fields) -> bool:
    """Whether the posting is kept off the site."""
    return any(text.casefold() in YES for text in fields.get("draft", ()))


def is_closed(fields: Fields) -> bool:
    """Whether the posting says that it is closed, whatever its dates."""
    return any(text.casefold() in set(ClosedReason) for text in fields.get("status", ()))


def problems() -> Counter[tuple[str, str]]:
    """How many errors and warnings `check` finds, by path and severity."""
    command = [sys.executable, "build.py", "check", "--format", "json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    if done.returncode not in {0, 1, 2}:
        message = f"the check itself failed with status {done.returncode}"
        raise SystemExit(message)
    return Counter((found["path"], found["severity"]) for found in json.loads(done.stdout))


def shortened(text: str, longest: int = LONGEST) -> str:
    """A text, cut if it is longer than so many characters, by default those `check` allows in a title."""
    return text if len(text) <= longest else f"{text[:longest]}…"


def row(change: Change, base: str, found: Counter[tuple[str, str]]) -> str:
    """One line of the table."""
    word, note = described(change, base)
    commit, path = ("HEAD", change.after) if change.after else (base, change.before or "")
    fields = front_matter(commit, path)
    counts = (f"{found[path, kind]} {kind}(s)" for kind in ("error", "warning") if found[path, kind])
    named = (shortened(" ".join(fields.get(name, ()))) for name in NAMED)
    cells = (word, *map(plain, named), plain(path))
    return f"| {' | '.join(cells)} | {', '.join(counts)} | {note} |"


def summary(branch: str) -> Iterator[str]:
    """The lines of the summary."""
    base = git("merge-base", branch, "HEAD").strip()
    found = problems()
    rows = [row(change, base, found) for change in changes(base)]
    shown = fitting(rows[:LIMIT])
    errors = sum(count for (_, severity), count in found.items() if severity == "error")
    yield "## Postings in this pull request"
    yield ""
    if rows:
        yield "| | title | organization | file | problems | note |"
        yield "| --- | --- | --- | --- | --- | --- |"
        yield from shown
    else:
        yield "This pull request changes no postings."
    if len(rows) > len(shown):
        yield f"\n{len(rows) - len(shown)} more are not shown."
    yield from (f"\n{plain(path)} is not read: it is not in {POSTINGS}." for path in elsewhere(base)[:LIMIT])
    yield ""
    yield f"All content together has {errors} error(s)." if errors else "All content is valid."


if __name__ == "__main__":
    print("\n".join(summary(sys.argv[1])))
