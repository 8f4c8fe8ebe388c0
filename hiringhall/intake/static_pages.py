"""Pages that are no postings, such as one on who makes the site and what it takes in.

Owns what the file of such a page holds, and which addresses are free for one; refuses to know where it is
shown.
"""

from __future__ import annotations

from pathlib import Path

from hiringhall.diagnostics import Diagnostic, Outcome, Span, error
from hiringhall.intake.frontmatter import read_document
from hiringhall.intake.markup import links_within
from hiringhall.intake.posting import read_body
from hiringhall.intake.reading import NO_SETTINGS, Field, Reading, by_name, read_values, report_missing, text
from hiringhall.intake.sources import PAGES, check_name, scan_folder, shown, slug_of, with_data
from hiringhall.model import Settings, Source, StaticPage
from hiringhall.policies.addresses import OWN_FOLDERS, OWN_PAGES, site_at, static_page

_ROWS = by_name(
    (
        Field("title", "text", "The name of the page.", text, {}, "About this list", required=True),
        Field("description", "text", "One sentence for search engines.", text, {}, "Who makes this list."),
    )
)
_PARSERS = {name: row.parse for name, row in _ROWS.items()}


def read_pages(content: Path, settings: Settings = NO_SETTINGS) -> Outcome[tuple[StaticPage, ...]]:
    """Read every page in the order of their names; without a value when any is wrong."""
    root = content / PAGES
    sources = scan_folder(root, content)
    found = list(sources.diagnostics)
    pages: list[StaticPage] = []
    prefix = shown(root)
    for source in sources.value or ():
        outcome = _read(with_data(source), prefix, settings)
        found.extend(outcome.diagnostics)
        pages.extend((outcome.value,) if outcome.value else ())
    is_whole = len(pages) == len(sources.value or ())
    return Outcome(tuple(pages) if is_whole else None, tuple(found))


def _read(source: Source, root: str, settings: Settings) -> Outcome[StaticPage]:
    slug = slug_of(source.path)
    misplaced = (*check_name(source.path), *_check_address(source.path, slug, root))
    taken_apart = read_document(source, _ROWS)
    document = taken_apart.value
    if document is None:
        return Outcome(None, (*misplaced, *taken_apart.diagnostics))
    reading = Reading(document, settings, slug, (*misplaced, *taken_apart.diagnostics))
    values = read_values(reading, _PARSERS)
    report_missing(
        [name for name, row in _ROWS.items() if row.required and name not in values], _ROWS, reading
    )
    rendered = read_body(reading, _ROWS, static_page)
    page = None
    if rendered:
        description = values.get("description") or rendered.summary or values["title"]
        links = links_within(rendered.html, site_at(settings.base_url).root)
        page = StaticPage(slug, source.path, values["title"], description, rendered.html, links)
    return Outcome(page, tuple(reading.found))


def _check_address(path: str, slug: str, root: str) -> tuple[Diagnostic, ...]:
    """Report a page whose address belongs to the site itself, or one that does not stand where pages do."""
    if path != f"{root}/{slug}.md":
        message = f"a page must be directly in {root}, not in a folder below it"
        return (error(path, Span(), "page-folder", message, f"move it to {root}/{slug}.md"),)
    if slug in OWN_FOLDERS | OWN_PAGES:
        message = f"a page cannot be named {slug}: the site already uses that address"
        return (error(path, Span(), "page-name", message, "rename the file"),)
    return ()
