"""Renders small sites in memory for the tests of pages, and reads their markup.

Owns the rendering and finding elements; refuses to know what any page should contain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from hiringhall.context import Context
from hiringhall.model import Entry, Organization, Output, Posting
from hiringhall.pages import posting as posting_page
from hiringhall.pages.layouts import read_layouts
from hiringhall.pages.outputs import outputs
from hiringhall.pages.rendering import renderer_of
from hiringhall.pages.templates import Templates, load
from tests import factory
from tests.published import read_html
from tests.trees import LAYOUTS


@cache
def templates() -> Templates:
    """Return the templates of `layouts/`."""
    return loaded(LAYOUTS)


def loaded(folder: Path, bytecode: Path | None = None) -> Templates:
    """Return the templates of a folder as it is now."""
    return load(read_layouts(folder), bytecode)


@dataclass(frozen=True)
class Rendered:
    """The parts of some postings, rendered on demand as the pipeline would have."""

    postings: dict[str, Posting]
    where: Context

    def read(self, kind: str, entries: Iterable[Entry]) -> Iterator[bytes]:
        for entry in entries:
            yield parts_of(self.postings[entry.card.slug], entry, self.where, templates())[kind]


def parts_of(posting: Posting, entry: Entry, where: Context, layouts: Templates) -> dict[str, bytes]:
    """Return the parts of a posting's page, and its row."""
    return {
        kind: part
        for make in posting_page.MAKERS
        for kind, part in make(posting, entry, where, layouts).items()
    }


def outputs_of(
    postings: Iterable[Posting],
    where: Context | None = None,
    now: datetime = factory.NOW,
    register: Iterable[Organization] = (),
) -> dict[str, Output]:
    """Return every output of a site, by path."""
    where = where or factory.context()
    found = {posting.slug: posting for posting in postings}
    listing = factory.listing(found.values(), now, where)
    made = outputs(listing, renderer_of(where, templates(), Rendered(found, where)), register)
    return {output.path: output for output in made}


def text_of(output: Output) -> str:
    """Return the whole text of an output."""
    return b"".join(output.chunks()).decode()


def site(
    postings: Iterable[Posting], where: Context | None = None, now: datetime = factory.NOW
) -> dict[str, str]:
    """Return the pages of a site, by path, without the files that pages load."""
    made = outputs_of(postings, where, now)
    return {path: text_of(output) for path, output in made.items() if path.endswith(".html")}


def posting_page_of(posting: Posting, where: Context | None = None, now: datetime = factory.NOW) -> str:
    """Return the page of the only posting of a site."""
    return site([posting], where, now)[f"jobs/{posting.slug}/index.html"]


def row_of(posting: Posting, where: Context | None = None, now: datetime = factory.NOW) -> str:
    """Return a posting's row in lists."""
    where = where or factory.context()
    entry = factory.entry(posting, now, where)
    return posting_page.row(posting, entry, where, templates())[posting_page.ROW].decode()


@dataclass
class Element:
    """An element in a page: its name, its attributes, and all text inside it."""

    tag: str
    attributes: dict[str, str]
    text: str


class Page:
    """A page's elements in order."""

    def __init__(self, markup: str) -> None:
        self.markup = markup
        every = read_html(markup).iter()
        self.elements = [Element(each.tag, each.attrib, "".join(each.itertext())) for each in every]

    def all(self, tag: str, **wanted: str) -> Iterator[Element]:
        """Yield the elements of a kind that have these attributes; `class_` means one of its classes."""
        for element in self.elements:
            if element.tag == tag and all(_has(element, name, value) for name, value in wanted.items()):
                yield element

    def one(self, tag: str, **wanted: str) -> Element:
        """Return the only such element."""
        (found,) = self.all(tag, **wanted)
        return found


def _has(element: Element, name: str, value: str) -> bool:
    if name == "class_":
        return value in element.attributes.get("class", "").split()
    return element.attributes.get(name.replace("_", "-")) == value
