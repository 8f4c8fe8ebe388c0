"""The files of `layouts/`: templates as written, and assets.

Owns which files there must be, and reading each once; refuses to know what templates say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from hiringhall.diagnostics import Diagnostic, Span, error
from hiringhall.engine.digests import digest
from hiringhall.intake.files.conflicts import merged
from hiringhall.intake.files.encoding import decoded
from hiringhall.intake.files.names import is_passing
from hiringhall.intake.files.sources import read_source, shown
from hiringhall.pages.assets import FOLDER as ASSETS
from hiringhall.pages.assets import STYLES, Assets, no_asset, read_assets

FOOTER = "partials/footer.html"
NAMES = (
    "404.html",
    "archive.html",
    "changes.html",
    "base.html",
    "facet.html",
    "index.html",
    "list.html",
    "page.html",
    "partials/feed-links.html",
    "partials/feeds.html",
    "partials/filter.html",
    FOOTER,
    "partials/head.html",
    "partials/header.html",
    "partials/neighbours.html",
    "partials/pager.html",
    "partials/row.html",
    "partials/rows-head.html",
    "partials/subscribe.html",
    "partials/terms.html",
    "posting.html",
    "redirect.html",
    "statistics.html",
)


class Layouts(NamedTuple):
    """The files of one `layouts/`; `key` names everything in them that decides a page.

    `texts` are templates as written, by name. `faults` are what is wrong with files, and with the folder as a
    whole.
    """

    folder: Path
    assets: Assets
    texts: Mapping[str, str]
    key: str
    faults: tuple[Diagnostic, ...]

    def for_rendering(self) -> Layouts:
        """Return the same without the bytes of assets, of which pages have only the addresses."""
        files = {name: asset._replace(data=b"") for name, asset in self.assets.files.items()}
        return self._replace(assets=self.assets._replace(files=files))


def read_layouts(folder: Path) -> Layouts:
    """Read all templates and assets of a folder. Files changed later are not seen: read again."""
    assets = read_assets(folder)
    names = tuple(_template_files(folder))
    texts: dict[str, str] = {}
    faults = [*assets.faults, *_missing(folder, names), *_unmet(folder, assets.unmet)]
    for name in names:
        source = read_source(folder / name)
        text = merged(source.value, decoded(source.value)) if source.value else source
        faults += text.diagnostics
        if isinstance(text.value, str):
            texts[name] = text.value
    return Layouts(folder, assets, texts, digest(assets.key, *texts, *texts.values()), tuple(faults))


def whole_line(line: int) -> Span:
    """Return where something is of which only the line is known."""
    return Span(line, 1, line, 1)


def _template_files(layouts: Path) -> Iterator[str]:
    for path in sorted(layouts.rglob("*.html")):
        name = path.relative_to(layouts)
        if name.parts[0] != ASSETS and path.is_file() and not any(map(is_passing, name.parts)):
            yield name.as_posix()


def _missing(layouts: Path, found: tuple[str, ...]) -> Iterator[Diagnostic]:
    for name in sorted(set(NAMES).difference(found)):
        hint = f"a layouts folder must be complete: copy {name} from the one that came with Hiring Hall"
        yield error(shown(layouts / name), Span(), "template-missing", f"there is no template {name}", hint)
    for name in STYLES:
        path = layouts / ASSETS / name
        if not path.is_file():
            message = f"there is no style sheet {name}, which every page links to"
            yield error(shown(path), Span(), "asset-missing", message, "an empty file will do")


def _unmet(layouts: Path, unmet: tuple[tuple[str, int, str], ...]) -> Iterator[Diagnostic]:
    for sheet, line, name in unmet:
        path = shown(layouts / ASSETS / sheet)
        message, hint = no_asset(name), None
        if name.lower().endswith(".css"):
            message = (
                "a style sheet cannot import another, because published names change with their contents"
            )
            hint = f"link to {name} in partials/head.html with site.asset"
        yield error(path, whole_line(line), "asset-missing", message, hint)
