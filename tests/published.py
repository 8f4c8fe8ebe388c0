"""Published sites for tests that look at one as its readers do: built once, then read as pages and addresses.

Owns the build at a fixed instant and the reading of HTML; refuses to know what a good page is.
"""

from __future__ import annotations

import re
import shutil
from contextlib import chdir
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin
from xml.etree.ElementTree import Element, TreeBuilder

from build import build
from hiringhall.model import Options
from tests import repositories
from tests.trees import LAYOUTS, ROOT, tree

CONTENT = ROOT / "tests" / "golden" / "content"
NOW = datetime.fromisoformat("2026-01-20T12:00:00-05:00")
MOVED, MOVE = "harbor-lead-organizer", ("deadline: 2026-01-26 17:00", "deadline: 2026-01-19")
LATER = datetime.fromisoformat("2027-06-01T12:00:00-04:00")

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)


class _Reader(HTMLParser):
    """Makes a tree of HTML. A tag that closes what is not open, or none does, is an AssertionError."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tree = TreeBuilder()
        self.depth = 0

    def handle_starttag(self, tag, attrs):
        found = {name: value or "" for name, value in attrs}
        assert len(found) == len(attrs), f"an attribute twice in <{tag}>"
        self.tree.start(tag, found)
        self.depth += 1
        if tag in _VOID:
            self.handle_endtag(tag, void=True)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag, *, void=False):
        if void or tag not in _VOID:
            assert self.tree.end(tag).tag == tag
            self.depth -= 1

    def handle_data(self, data):
        if self.depth:
            self.tree.data(data)


def read_html(text: str) -> Element:
    """Return the root element of a document, or of the one element that a fragment is."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert not reader.depth, "not all is closed"
    return reader.tree.close()


def words(element: Element | None) -> str:
    """Return an element's text with single spaces."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


class Page:
    """One page: where it is, its source and its elements."""

    def __init__(self, path: str, text: str):
        self.path = path
        self.text = text
        self.root = read_html(text)

    def __repr__(self):
        return f"<page {self.path}>"

    @cached_property
    def address(self) -> str:
        """Its path as visitors see it, under the root of the site."""
        return self.path.removesuffix("index.html")

    @cached_property
    def folder(self) -> str:
        """The address of the list that it is a page of."""
        return re.sub(r"page/\d+/$", "", self.address)

    def all(self, path: str) -> list[Element]:
        return self.root.findall(f".//{path}")

    def meta(self, name: str) -> list[str]:
        """The contents of its meta elements of that name, property or http-equiv."""
        found = self.all("meta")
        kinds = ("name", "property", "http-equiv")
        return [meta.get("content", "") for meta in found if name in (meta.get(kind) for kind in kinds)]

    def links(self, relation: str) -> list[Element]:
        return [link for link in self.all("link") if relation in link.get("rel", "").split()]

    def with_class(self, name: str) -> list[Element]:
        return [element for element in self.root.iter() if name in element.get("class", "").split()]

    @property
    def rows(self) -> list[str]:
        """The slugs of the postings that it lists, in order."""
        return [row.get("data-slug", "") for row in self.all("li[@data-slug]")]


@dataclass(frozen=True)
class Site:
    """A published tree and the absolute address of its root, which ends with a slash."""

    folder: Path
    base: str

    @cached_property
    def files(self) -> dict[str, bytes]:
        return dict(sorted(tree(self.folder).items()))

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Every HTML page by its path."""
        found = {path: data.decode() for path, data in self.files.items() if path.endswith(".html")}
        return {path: Page(path, text) for path, text in found.items()}

    def page(self, address: str) -> Page:
        return self.pages[f"{address}index.html"]

    def text(self, path: str) -> str:
        return self.files[path].decode()

    def file_at(self, address: str) -> str | None:
        """The file at an absolute address, None for an address of another site. Raises KeyError."""
        place = urldefrag(address).url
        host = urljoin(self.base, "/")
        if not place.startswith(host):
            return None
        if not place.startswith(self.base):
            raise KeyError(f"{place} is not under {self.base}")
        path = unquote(place.removeprefix(self.base).partition("?")[0])
        path = f"{path}index.html" if path.endswith("/") or not path else path
        if path not in self.files:
            raise KeyError(path)
        return path

    def list_at(self, folder: str) -> list[Page]:
        """The pages of a list, which is long enough to have several."""
        form = re.compile(re.escape(folder) + r"page/(\d+)/index\.html")
        numbers = sorted(int(found[1]) for path in self.pages if (found := form.fullmatch(path)))
        return [self.page(folder), *(self.page(f"{folder}page/{number}/") for number in numbers)]

    def rows(self, folder: str) -> list[str]:
        """The slugs of the postings that all pages of a list show, in order."""
        return [slug for page in self.list_at(folder) for slug in page.rows]

    @cached_property
    def open(self) -> list[str]:
        """The slugs of open postings as the index lists them, newest first."""
        return [slug for page in self.list_at("") for slug in page.rows if is_open(page, slug)]

    @cached_property
    def closed(self) -> list[str]:
        """The slugs of closed postings as the years of the archive list them, latest first."""
        years = sorted(
            (path for path in self.pages if re.fullmatch(r"archive/\d+/index\.html", path)), reverse=True
        )
        return [slug for path in years for slug in self.rows(path.removesuffix("index.html"))]

    @cached_property
    def redirects(self) -> dict[str, Page]:
        """The pages that only send readers on, by address."""
        return {page.address: page for page in self.pages.values() if page.meta("refresh")}


def is_open(page: Page, slug: str) -> bool:
    """Whether a list shows that posting as open."""
    return any(row.get("data-state") == "open" for row in page.all(f"li[@data-slug='{slug}']"))


def _with_history(folder: Path) -> None:
    """Make the content's folder a repository in which one deadline has moved."""
    posting = folder / "content" / "postings" / f"{MOVED}.md"
    today = posting.read_text("utf-8")
    before = today.replace(*MOVE)
    assert before != today
    posting.write_bytes(before.encode())
    repositories.begin(folder)
    repositories.commit(folder, "Add the postings", datetime(2026, 1, 12, 12, tzinfo=UTC))
    posting.write_bytes(today.encode())
    repositories.commit(folder, "Move a deadline", datetime(2026, 1, 15, 12, tzinfo=UTC))


def _published(folder: Path, now: datetime, base: str) -> Site:
    with chdir(folder):  # a posting's edit address has its path below the working folder
        result = build(Options("build", Path("content"), LAYOUTS, Path("site"), None, now))
    assert result.published, result.diagnostics
    return Site(folder / "site", base)


def golden(folder: Path) -> Site:
    """Build the golden site below `folder`, in a repository of its own: this one's history is not seen."""
    shutil.copytree(CONTENT, folder / "content")
    _with_history(folder)
    return _published(folder, NOW, "https://jobs.example/board/")


def bare(folder: Path) -> Site:
    """Build the golden content as a Spanish site at the top of a host, when nothing in it is open."""
    shutil.copytree(CONTENT, folder / "content")
    settings = folder / "content" / "site.yaml"
    text = settings.read_text("utf-8")
    changes = {
        "language: en": "language: es",
        "https://jobs.example/board/": "https://empleos.example",
        '  accent-dark: "#f3a9c0"\n': "",  # one color is enough to test
    }
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    settings.write_text(text, "utf-8")
    return _published(folder, LATER, "https://empleos.example/")
