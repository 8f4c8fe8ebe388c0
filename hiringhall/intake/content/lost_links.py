"""Links in texts that lead to pages of the site itself: those to pages it does not have.

Owns how they are found and what may be meant; refuses to open a file unless it has something to report of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache, partial
from itertools import chain
from typing import NamedTuple

from hiringhall.diagnostics import Diagnostic, Span, warning
from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.suggestions import nearest
from hiringhall.intake.files.sources import PAGES
from hiringhall.model import Card, Source, StaticPage
from hiringhall.policies import addresses

_FILE = pattern(r"\.\w+$")
_MOST_COMPARED = 1000  # addresses: each lost link is compared with all of them, in a tenth of a second


class Targets(NamedTuple):
    """What links may lead to: all files of the site at `base_url` by their paths, and what `content` has.

    That is also drafts. While the paths are not known, there are none; while they are not whole, some that
    come with postings are missing. `read` gives a file by its path, which begins with `content`; one that is
    not there is empty.
    """

    paths: Collection[str]
    cards: Collection[Card]
    base_url: str
    content: str
    read: Callable[[str], Source]
    is_whole: bool = True

    def has(self, path: str) -> bool:
        """Say whether there is something at a path."""
        return (path if path and not path.endswith("/") else addresses.file_of(path)) in self.paths

    def lacks(self, path: str) -> bool:
        """Say whether there is nothing at a path, whatever the postings will be that are left out."""
        return not self.has(path) and (self.is_whole or not addresses.comes_with_posting(path))

    def hidden(self, name: str) -> str | None:
        """Return the file of a posting or a page of that name, which may be a draft."""
        drafts = (card.path for card in self.cards if card.slug == name)
        page = f"{self.content}/{PAGES}/{name}.md"
        return next(drafts, page if self.read(page).data else None)


def lost_links(targets: Targets, pages: Iterable[StaticPage]) -> Iterator[Diagnostic]:
    """Yield a warning for each link or picture in a posting or a page that the site does not have.

    It is no error: the pages of terms, years and drafts come and go without anybody touching the text.
    """
    if not targets.paths:
        return
    hint = cache(partial(_instead, targets))  # many texts may link to one page that is gone
    linking: Iterator[Card | StaticPage] = chain((card for card in targets.cards if card.links), pages)
    for text in linking:
        lost = {path: hint(path) for path in text.links if targets.lacks(path)}
        if lost:
            yield from _found(text, lost, targets.read(text.path))


def _found(text: Card | StaticPage, lost: Mapping[str, str], source: Source) -> Iterator[Diagnostic]:
    """Yield a warning at each place where a text links to one of the paths that are `lost`, with its hint.

    One that stands there in a way in which it is not found is told at the first line of the text.
    """
    from hiringhall.intake.frontmatter.documents import read_document
    from hiringhall.intake.markdown.links import find_links

    beside = addresses.posting if isinstance(text, Card) else addresses.static_page
    document = read_document(source).value
    if document is None:
        return
    body, above = document.body, document.body_line
    places: dict[str, list[Span]] = {}
    for line, start, end, address in find_links(body):
        path = re.split("[?#]", addresses.in_site(address, beside) or "")[0]
        places.setdefault(path, []).append(Span(above + line, start + 1, above + line, end + 1))
    first = above + body[: len(body) - len(body.lstrip())].count("\n")
    for path, hint in lost.items():
        message = f"the site has no {'file' if _FILE.search(path) else 'page'} /{path}"
        for span in places.get(path, [Span(first, 1, first, 1)]):
            yield warning(text.path, span, "body-link-missing", message, hint)


def _instead(targets: Targets, path: str) -> str:
    """Return a hint on what may be meant by a path that leads nowhere; all pages are in lower case."""
    file = path.strip("/").rpartition("/")[2]
    own = path.rstrip("/") if path.startswith(addresses.FILES) else addresses.FILES + file
    root = addresses.site_at(targets.base_url).root
    inner, path = path.removeprefix(root[1:]).lower(), path.lower()
    name = _FILE.sub("", file.lower())
    likely = (inner, addresses.posting(name), addresses.static_page(name), own)
    found = next(filter(targets.has, likely), None)
    if found:
        return f"did you mean /{found}?"
    hidden = targets.hidden(name)
    if hidden:
        return f"{hidden} is not on the site yet"
    if _FILE.search(path):
        files = (path for path in targets.paths if path.startswith(addresses.FILES))
        near = nearest(file, [path.removeprefix(addresses.FILES) for path in files])
        wanted = f"put the file into content/{own.removesuffix(file)} and write /{own}"
        return f"did you mean /{addresses.FILES}{near}?" if near else wanted
    near = page_like(path, targets.paths, _MOST_COMPARED)
    return f"did you mean /{near}?" if near else "open the page in a browser and copy its address"


def page_like(folder: str, paths: Iterable[str], most: int | None = None) -> str | None:
    """Return the folder of the page beside `folder` that has almost its name.

    `paths` are those of files of the site. Where there are more than `most` pages, none is looked for.
    """
    above, name = _parted(folder)
    pages = (path.removesuffix("index.html") for path in paths if path.endswith("/index.html"))
    names = [own for around, own in map(_parted, pages) if around == above]
    near = nearest(name, names) if most is None or len(names) <= most else None
    return f"{above}{near}/" if near else None


def _parted(folder: str) -> tuple[str, str]:
    """Return the folder that another is in, and its own name."""
    above, slash, name = folder.rstrip("/").rpartition("/")
    return above + slash, name
