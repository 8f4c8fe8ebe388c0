"""Prints as Markdown what readers will see of changed postings: `readings.py BASE`, BASE a commit or branch.

Each fact that is another than before says what it was: an edit that changes nothing, or too much, shows so.

Owns what a reviewer compares with the employer's notice; refuses to judge it. The words are the pages' own.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from zoneinfo import ZoneInfo

from summary import changes, described, git, shortened

from hiringhall.cache import Workers, open_cache
from hiringhall.context import Context
from hiringhall.diagnostics import failed
from hiringhall.facts import closed_because, facts_of
from hiringhall.intake.content.history import with_history
from hiringhall.intake.files.sources import REGISTER, SETTINGS, scan, shown
from hiringhall.model import Card, Deadline, Entry, Facet, Options, Posting, State
from hiringhall.policies.lifecycle import closing_zone, entry_at, is_listed, last_open_day
from hiringhall.report.markdown import fitting, plain
from hiringhall.site import read_files, read_site

CONTENT = Path("content")
SITE = Path("site")
BUILT = SITE / "build.json"
MOST = 50  # postings
LONGEST = 500  # characters of a fact
LEFT = ", which is not in organizations.yaml"


class Reading(NamedTuple):
    """What readers see of a posting: each fact by its label, and its text."""

    card: Card
    lines: Mapping[str, str]
    text: str
    is_registered: bool  # whether the employer is in the register

    def employer_after(self, former: Reading) -> str:
        """The employer's name, and whether it has left the register: somebody may have renamed it there."""
        is_lost = former.is_registered and not self.is_registered
        return self.card.organization + (LEFT if is_lost else "")


def options_for(content: Path) -> Options:
    """How to read some content as it is at the time of `site/`, as just built."""
    now = datetime.fromisoformat(json.loads(BUILT.read_bytes())["built"])
    return Options("check", content, Path("layouts"), SITE, None, now)


@contextmanager
def content_of(base: str) -> Iterator[Path]:
    """The content of a commit, where Git knows it: only its history has the year a posting was filled in."""
    with TemporaryDirectory() as folder:
        git("worktree", "add", "--quiet", "--detach", f"{folder}/base", base)
        try:
            yield Path(folder, "base", CONTENT)
        finally:
            git("worktree", "remove", "--force", f"{folder}/base")


def readings(content: Path, wanted: Collection[str] | None) -> dict[str, Reading]:
    """How postings are at the time of `site/`: those at the wanted paths below `content`, or all."""
    options = options_for(content)
    now, (site, around) = options.now, read_site(options, read_files(options), None)
    if failed(around):
        return {}
    context, prefix = site.context, f"{shown(content)}/"
    today = now.astimezone(ZoneInfo(context.settings.time_zone)).toordinal()
    paths = None if wanted is None else {prefix + path for path in wanted}
    sources = with_history(scan(options.content), options).value or ()
    found = {}
    with open_cache(None, site.setup, Workers(1)) as cache:
        cards, _ = cache.cards_of([source for source in sources if paths is None or source.path in paths])
        for card in cards:
            entry = entry_at(card, now.timestamp(), today, context.settings.closing_soon_days)
            posting = cache.posting(entry)
            lines = dict(told(posting, entry, context, today))
            found[card.path.removeprefix(prefix)] = Reading(
                card, lines, posting.body_html, posting.organization.key is not None
            )
    return found


def compared(path: str, word: str, former: Reading | None, present: Reading, *, is_open: bool) -> str:
    """A posting's title, which shows or hides its lines; those of the only one are shown.

    Of one that was there before, they say what is different.
    """
    card, lines = present.card, {**present.lines}
    title = plain(f"{word}: {shortened(card.title)} – {shortened(card.organization)} ({CONTENT}/{path})")
    if former:
        heads = {
            "Title": (former.card.title, card.title),
            "Employer": (former.card.organization, present.employer_after(former)),
        }
        before = {**former.lines, **{label: old for label, (old, new) in heads.items() if old != new}}
        lines |= {label: new for label, (old, new) in heads.items() if old != new}
        lines |= {label: "not shown any more" for label in before if label not in lines}
        changed = [label for label in lines if lines[label] != before.get(label)]
        text = ["the text"] if former.text != present.text else []
        lines = {"Changes": ", ".join((*changed, *text)) or "none that readers see"} | {
            label: f"{line} (before: {before.get(label, 'not shown')})" if label in changed else line
            for label, line in lines.items()
        }
    listed = "\n".join(
        f"- **{plain(label)}:** {plain(shortened(line, LONGEST))}" for label, line in lines.items()
    )
    return f"<details{' open' if is_open else ''}><summary>{title}</summary>\n\n{listed}\n\n</details>"


def told(posting: Posting, entry: Entry, context: Context, today: int) -> Iterator[tuple[str, str]]:
    """Each fact that readers see, with its label; first, whether they can apply and until when."""
    yield "State", state(posting, entry, context, today)
    for fact in facts_of(posting, entry, context):
        yield fact.label, fact.text
    yield "Tags", ", ".join(label for facet, _, label in entry.card.terms if facet == Facet.TAG) or "none"
    yield "In lists", posting.summary


def state(posting: Posting, entry: Entry, context: Context, today: int) -> str:
    """Whether the posting is open, and its last day or the time at which that ends, in its time zone.

    `today` is the day (ordinal) in the site's zone.
    """
    if posting.draft:
        return "a draft, which is not on the site"
    if entry.state is State.CLOSED:
        return f"closed. {closed_because(posting, entry, context)}"
    zone = closing_zone(posting.deadline, context.settings.time_zone)
    ends = posting.closes_at.astimezone(zone)
    # A day can end at 01:00 of the next, whose clocks skip midnight.
    is_timed = isinstance(posting.deadline, Deadline) and posting.deadline.at and ends.time() != time(0)
    last = f"until {ends:%Y-%m-%d %H:%M}" if is_timed else f"through {last_open_day(posting.closes_at, zone)}"
    until = f"open {last} ({zone})"
    if not is_listed(entry.card, today):
        return f"held back until {posting.added}, then {until}"
    return until if entry.card.has_deadline else f"{until}, because it has no deadline with a date"


def differences(base: str) -> Iterator[tuple[str, str, Reading | None, Reading]]:
    """Each posting whose file is new or changed, or of which readers see something else, as settings changed.

    It comes with its path below the content, a word on it, and how it was before.
    """
    edited = {
        name(change.after): (described(change, base)[0], name(change.before or ""))
        for change in changes(base)
        if change.after
    }
    around = git("diff", "--name-only", base, "HEAD", "--", f"{CONTENT}/{SETTINGS}", f"{CONTENT}/{REGISTER}")
    if not (edited or around):
        return
    with content_of(base) as content:
        before = readings(content, None if around else {former for _, former in edited.values()})
    after = readings(CONTENT, None if around else edited)
    for path in (*edited, *(path for path in after if path not in edited)):
        word, former = edited.get(path, ("by a change of settings", path))
        present, was = after.get(path), before.get(former)
        if present and (path in edited or (was and is_other(was, present))):
            yield path, word, was, present


def is_other(was: Reading, present: Reading) -> bool:
    """Whether readers see something else of a posting whose file is the same."""
    return was.lines != present.lines or was.card.organization != present.employer_after(was)


def name(path: str) -> str:
    """A posting's path below the content."""
    return path.removeprefix(f"{CONTENT}/")


def summary(branch: str) -> Iterator[str]:
    """The lines of the summary, or none if no posting was added or changed, or the site was not built."""
    if not BUILT.is_file():
        return
    found = [*differences(git("merge-base", branch, "HEAD").strip())]
    fit = fitting([compared(*each, is_open=len(found) == 1) for each in found[:MOST]])
    if found:
        yield "## What readers will see"
        yield ""
        yield "Compare this with the employer's own notice: the check cannot know a wrong date or figure."
        yield ""
        yield from fit
    if len(found) > len(fit):
        yield f"\n{len(found) - len(fit)} more are not shown."


if __name__ == "__main__":
    print("\n".join(summary(sys.argv[1])))
