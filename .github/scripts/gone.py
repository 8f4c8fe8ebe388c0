"""Prints as Markdown which pages, lists and files a change removes: `gone.py BASE`, BASE a commit or branch.

Owns comparing `site/`, as just built, with what the content of BASE makes; refuses to judge it, and to guess
where an address should lead: only a posting that was moved to another list says so, or a renamed page.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from readings import CONTENT, SITE, content_of, options_for
from summary import LIMIT, changes, git

from hiringhall.cache import Workers, open_cache
from hiringhall.intake.files.names import slug_of
from hiringhall.intake.files.sources import scan
from hiringhall.model import Facet
from hiringhall.policies.addresses import FILES, static_page, term
from hiringhall.site import read_files, read_site

PAGE = "index.html"
# Postings are in the table of changes, and the second page of a list comes and goes with them.
LEFT_OUT = re.compile(r"jobs/.*|(.*/)?page/\d+/")


def addresses(site: Path) -> set[str]:
    """The addresses of a site's pages, lists and other files, under its root; pages end in a slash."""
    found = (path.parent.relative_to(site).as_posix() + "/" for path in site.rglob(PAGE))
    files = (path for path in (site / FILES).rglob("*") if path.is_file() and path.name != PAGE)
    pages = {folder for folder in found if not LEFT_OUT.fullmatch(folder)}
    return pages | {path.relative_to(site).as_posix() for path in files}


def addresses_of(content: Path) -> set[str]:
    """Those that the program beside some content makes of it, at the time of `site/`: none if it cannot.

    It may be another version than this one, which gives lists other addresses.
    """
    with TemporaryDirectory() as folder:
        command = [sys.executable, "build.py", "--content", content.name, "--output", f"{folder}/site"]
        options = ["--no-cache", "--format", "human", "--now", options_for(content).now.isoformat()]
        done = subprocess.run([*command, *options], cwd=content.parent, capture_output=True, check=False)
        return addresses(Path(folder, "site")) if done.returncode == 0 else set()


def lists_of(content: Path) -> dict[str, list[set[str]]]:
    """The lists that each posting is in, by its name: those of one kind together."""
    options = options_for(content)
    site, _ = read_site(options, read_files(options), None)
    with open_cache(None, site.setup, Workers(os.cpu_count() or 1)) as cache:
        cards, _ = cache.cards_of(scan(content).value or ())
    return {
        card.slug: [{term(kind, slug) for name, slug, _ in card.terms if name == kind} for kind in Facet]
        for card in cards
    }


def moved(base: str, content: Path) -> dict[str, str]:
    """Where lists are now: the one for which every posting left them that says so, by the former address.

    A posting that left two lists of a kind, or came to two, does not say which became which.
    """
    before, after = lists_of(content), lists_of(CONTENT)
    names = {slug: slug for slug in before}
    names |= {slug_of(old): slug_of(new) for old, new in changes(base) if old and new}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for old, new in names.items():
        for was, now in zip(before.get(old, ()), after.get(new, ()), strict=False):
            if len(was - now) == len(now - was) == 1:
                found[next(iter(was - now))] |= now - was
    return {former: next(iter(present)) for former, present in found.items() if len(present) == 1}


def renamed(base: str) -> dict[str, str]:
    """Where pages are now whose files have another name, by the former address."""
    told = git("diff", "--name-status", "-z", "--find-renames", base, "HEAD", "--", f"{CONTENT}/pages")
    pairs = re.findall(r"R\d+\0([^\0]+)\0([^\0]+)\0", told)
    return {static_page(slug_of(old)): static_page(slug_of(new)) for old, new in pairs}


def row(page: str, present: Mapping[str, str], after: set[str]) -> str:
    """One line of the table, with the redirect from an address that is gone if there is one."""
    target = present.get(page)
    return f"| /{page} | `/{page}: /{target}` |" if target in after else f"| /{page} | |"


def summary(branch: str) -> Iterator[str]:
    """The lines of the summary, or none if every address stays."""
    base = git("merge-base", branch, "HEAD").strip()
    with content_of(base) as content:
        after = addresses(SITE)
        gone = sorted(addresses_of(content) - after)
        pages = [address for address in gone if address.endswith("/")]
        files = [address for address in gone if not address.endswith("/")]
        present = moved(base, content) | renamed(base) if pages else {}
    if pages:
        yield "## Addresses that would be gone\n"
        yield "Links to these pages would break, and their feeds would end.\n"
        yield "- If a list or a page has only got another name, keep its address: add the line beside it to"
        yield "  `content/site.yaml`, below a line `redirects:`, indented by two spaces."
        yield "- A list without a line has become empty. There is nothing to do: it comes back with its next"
        yield "  posting. With a new version of Hiring Hall, it may have another address: see its changelog."
        yield "- For a page of your own without a line, write one that leads to what took its place.\n"
        yield "| address | line |"
        yield "| --- | --- |"
        yield from shortened(pages, lambda page: row(page, present, after))
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
