"""Prints as Markdown what readers will see of changed postings: `readings.py BASE`, BASE a commit or branch.

Owns what a reviewer compares with the employer's notice; refuses to judge it. The words are the pages' own.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from summary import changes, described, git, shortened

from hiringhall.cache import Workers, open_cache
from hiringhall.context import Context
from hiringhall.facts import closed_because, facts_of
from hiringhall.intake.content.history import with_history
from hiringhall.intake.files.sources import scan
from hiringhall.model import Card, Entry, Facet, Options, Posting, State
from hiringhall.policies.lifecycle import entry_at, is_listed
from hiringhall.report.markdown import fitting, plain
from hiringhall.site import read_files, read_site

SITE = Path("site")
BUILT = SITE / "build.json"
MOST = 50  # postings
LONGEST = 500  # characters of a fact


def options_for(content: Path) -> Options:
    """How to read some content as it is at the time of `site/`, as just built."""
    now = datetime.fromisoformat(json.loads(BUILT.read_bytes())["built"])
    return Options("check", content, Path("layouts"), SITE, None, now)


def readings(paths: dict[str, str]) -> Iterator[str]:
    """How each of these postings is at the time of `site/`; `paths` have a word on each."""
    options = options_for(Path("content"))
    now, (site, _) = options.now, read_site(options, read_files(options), None)
    context, sources = site.context, with_history(scan(options.content), options).value or ()
    with open_cache(None, site.setup, Workers(1)) as cache:
        cards, _ = cache.cards_of([source for source in sources if source.path in paths])
        for card in cards:
            entry = entry_at(card, now, context.settings.closing_soon_days)
            lines = told(cache.posting(entry), entry, context, now)
            yield details(card, paths[card.path], lines, is_open=len(paths) == 1)


def details(card: Card, word: str, lines: Iterator[tuple[str, str]], *, is_open: bool) -> str:
    """A posting's title, which shows or hides its lines; those of the only one are shown."""
    title = plain(f"{word}: {shortened(card.title)} – {shortened(card.organization)} ({card.path})")
    listed = "\n".join(f"- **{plain(label)}:** {plain(shortened(text, LONGEST))}" for label, text in lines)
    return f"<details{' open' if is_open else ''}><summary>{title}</summary>\n\n{listed}\n\n</details>"


def told(posting: Posting, entry: Entry, context: Context, now: datetime) -> Iterator[tuple[str, str]]:
    """Each fact that readers see, with its label; first, whether they can apply and until when."""
    yield "State", state(posting, entry, context, now)
    for fact in facts_of(posting, entry, context):
        yield fact.label, fact.text
    yield "Tags", ", ".join(label for facet, _, label in entry.card.terms if facet == Facet.TAG) or "none"
    yield "In lists", posting.summary


def state(posting: Posting, entry: Entry, context: Context, now: datetime) -> str:
    """Whether the posting is open, and the instant at which that ends."""
    if posting.draft:
        return "a draft, which is not on the site"
    if entry.state is State.CLOSED:
        return f"closed. {closed_because(posting, entry, context)}"
    until = f"open until {posting.closes_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    if not is_listed(entry.card, now.astimezone(ZoneInfo(context.settings.time_zone)).toordinal()):
        return f"held back until {posting.added}, then {until}"
    is_dated = posting.deadline and posting.deadline.day
    return until if is_dated else f"{until}, because it has no deadline with a date"


def summary(branch: str) -> Iterator[str]:
    """The lines of the summary, or none if no posting was added or changed, or the site was not built."""
    if not BUILT.is_file():
        return
    base = git("merge-base", branch, "HEAD").strip()
    paths = {change.after: described(change, base)[0] for change in changes(base) if change.after}
    shown = fitting(list(readings(dict(list(paths.items())[:MOST]))))
    if paths:
        yield "## What readers will see"
        yield ""
        yield "Compare this with the employer's own notice: the check cannot know a wrong date or figure."
        yield ""
        yield from shown
    if len(paths) > len(shown):
        yield f"\n{len(paths) - len(shown)} more are not shown."


if __name__ == "__main__":
    print("\n".join(summary(sys.argv[1])))
