"""Sites that a test writes into a folder of its own, changes and builds: it names only what it cares about.

Owns plausible content and the options of a build; refuses to know what comes of them.
"""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from build import build
from hiringhall.model import Options
from tests.published import CONTENT
from tests.trees import LAYOUTS, tree

TODAY = "2026-11-22T12:00:00+00:00"
SITE = """\
title: Hiring Hall
description: Job openings at unions.
base_url: https://jobs.example/
language: en
time_zone: America/New_York
default_country: US
default_currency: USD
"""
# How a file of a kind begins.
_BEGINS = {".pdf": b"%PDF", ".jpg": b"\xff\xd8"}


def options(folder: Path, now: str = TODAY, **changes: object) -> Options:
    """Return the options of a build of the golden content in one process, into a folder, with `changes`."""
    wanted = {
        "command": "build",
        "content": CONTENT,
        "layouts": LAYOUTS,
        "output": folder / "site",
        "cache": folder / "cache",
        "now": datetime.fromisoformat(now),
        "jobs": 1,
    }
    return Options(**(wanted | changes))  # type: ignore[arg-type]


def assert_as_clean(wanted: Options, case: object = "a change") -> None:
    """Require that what stands in the output is what a build makes that remembers nothing."""
    with TemporaryDirectory() as folder:
        clean = wanted._replace(output=Path(folder) / "site", cache=None, jobs=1)
        result = build(clean)
        assert result.published, result.diagnostics
        found, expected = tree(wanted.output), tree(clean.output)
        stale = [path for path in {**found, **expected} if found.get(path) != expected.get(path)]
        assert stale == [], f"after {case}, stale, as their keys do not name all inputs: {stale}"


def copied_content(folder: Path) -> Path:
    """Return a copy of the golden content that a test may change."""
    return shutil.copytree(CONTENT, folder / "content")


def copied_layouts(folder: Path) -> Path:
    """Return a copy of the layouts that a test may change."""
    return shutil.copytree(LAYOUTS, folder / "layouts")


def empty_content(folder: Path, more: str = "") -> Path:
    """Return content without postings; its settings end in `more`."""
    content = folder / "content"
    (content / "postings").mkdir(parents=True)
    (content / "site.yaml").write_text(SITE + more, "utf-8")
    return content


def posting_text(slug: str, body: str = "", **fields: str | None) -> str:
    """Return a posting that is open until the middle of December, with these fields; None leaves one out."""
    wanted = {
        "title": f"Organizer {slug}",
        "organization": f"Local of {slug[:3]}",
        "location": "Hartford, CT",
        "added": "2026-11-01",
        "deadline": "2026-12-15",
        "apply": f"https://jobs.example/{slug}",
        "tags": "[organizing]",
    } | fields
    return file_text(wanted, body or f"\n## The work\n\nOrganize {slug}, *well*.")


def file_text(fields: dict[str, str | None], body: str) -> str:
    """Return a file with front matter; a field that is None is left out."""
    front = "".join(f"{name}: {value}\n" for name, value in fields.items() if value is not None)
    return f"---\n{front}---\n{body}\n"


def write_posting(content: Path, slug: str, body: str = "", **fields: str | None) -> Path:
    """Write a posting as `posting_text` has it, and return its path."""
    path = content / "postings" / f"{slug}.md"
    path.write_text(posting_text(slug, body, **fields), "utf-8")
    return path


def write_page(content: Path, slug: str, body: str = "Text.", **fields: str | None) -> Path:
    """Write a page, whose title is its slug's unless another is given, and return its path."""
    path = content / "pages" / f"{slug}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(file_text({"title": slug.capitalize(), **fields}, body), "utf-8")
    return path


def write_file(content: Path, name: str, data: bytes | None = None) -> Path:
    """Write a file that is published as it is, by default of its name's kind, and return its path."""
    path = content / "files" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_BEGINS.get(path.suffix.casefold(), b"x") if data is None else data)
    return path


def append(path: Path, text: str) -> None:
    """Write `text` behind what a file holds; one that is not there is made."""
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def replace(path: Path, old: str, new: str) -> int:
    """Put `new` in place of the first `old`, which must be there, and return the line it is on."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1
