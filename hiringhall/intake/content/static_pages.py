"""Pages that are no postings, such as one on who makes the site and what it takes in.

Owns what the file of such a page holds, and which addresses are free for one; refuses to know where it is
shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from yaml.nodes import Node

from hiringhall.diagnostics import Diagnostic, Outcome, Span, error
from hiringhall.engine.steps import Steps, in_step
from hiringhall.intake import words
from hiringhall.intake.content.collisions import colliding_aliases, without_errors
from hiringhall.intake.fields import languages, short_forms
from hiringhall.intake.fields.forms import list_of, stated, text
from hiringhall.intake.fields.reading import NO_SETTINGS, Field, Reading, by_name, read_values, report_missing
from hiringhall.intake.fields.table import BY_NAME
from hiringhall.intake.files.names import check_name, slug_of
from hiringhall.intake.files.sources import PAGES, POSTINGS, reread, scan_folder, shown, with_data
from hiringhall.intake.frontmatter.documents import heading_of, read_document
from hiringhall.intake.frontmatter.quoting import plain
from hiringhall.intake.markdown.bodies import read_body
from hiringhall.intake.markdown.rendering import Rendered, links_within
from hiringhall.model import Settings, Source, StaticPage
from hiringhall.policies import addresses

_TAKEN = addresses.OWN_FOLDERS | addresses.OWN_PAGES
# What other programs call a field, where the spelling does not tell.
_OTHER_NAMES = words.meanings("fields of a page")
# What other programs have a field for, and these pages have not.
_NEEDLESS = words.listed("no field of a page")


def _unknown(name: str, key: Node, reading: Reading) -> dict[str, None] | None:
    if name in BY_NAME and name not in _OTHER_NAMES:
        message = f"a page has no field {name!r}, which is one of postings"
        hint = f"delete it; or, if this is a posting, move its file to content/{POSTINGS}/"
    elif name in _NEEDLESS:
        message = f"there is no field named {name!r}"
        hint = "delete it: pages have no such field, and their address is the file's name"
    else:
        return None
    reading.error(key, "unknown-field", message, hint)
    return {}


def _alias(name: str, node: Node, reading: Reading) -> str | None:
    written = short_forms.slug(name, node, reading)
    if written in _TAKEN:
        message = f"a page cannot have been at /{written}/: the site itself uses that address"
        reading.error(node, "alias-taken", message, "delete it")
        return None
    return written


FIELDS = (
    Field("title", "text", "The name of the page.", text, {}, "About this list", required=True),
    Field(
        "description", "text", "One sentence for search engines. Default: made from the text.", stated, {},
        "Who makes this list.",
    ),
    Field(
        "order", "1–1000",
        "Where the page stands among the links: low numbers first, then pages without a number.",
        short_forms.whole_number("page-order", 1, 1000), {}, "1",
    ),
    Field(
        "aliases", "list of slugs", "Former file names of the page, without .md. Their addresses lead here.",
        list_of(_alias), {}, "[about]",
    ),
    Field(
        "language", "BCP 47 code", "The language of the page. Default: the site's.", languages.language, {},
        "es",
    ),
    Field("draft", "true or false", "Keeps the page off the site.", short_forms.yes_or_no, {}, "true"),
)  # fmt: skip
_ROWS = by_name(FIELDS)
_PARSERS = {name: row.parse for name, row in _ROWS.items()}


def read_pages(content: Path, settings: Settings = NO_SETTINGS) -> Outcome[tuple[StaticPage, ...]]:
    """Read every page and return those that are right and no drafts, in their order."""
    root = content / PAGES
    sources = scan_folder(root, content)
    found = list(sources.diagnostics)
    pages: list[StaticPage] = []
    prefix = shown(root)
    for outcome in in_step(_read(with_data(source), prefix, settings) for source in sources.value or ()):
        found.extend(outcome.diagnostics)
        pages.extend((outcome.value,) if outcome.value else ())
    found += colliding_aliases((source.path for source in sources.value or ()), pages, reread)
    right = without_errors(pages, found)
    ordered = sorted(right, key=lambda page: (page.order is None, page.order or 0, page.slug))
    return Outcome(tuple(page for page in ordered if not page.draft), tuple(found))


def _read(source: Source, root: str, settings: Settings) -> Steps[Outcome[StaticPage]]:
    slug = slug_of(source.path)
    misplaced = (*check_name(source.path), *_check_address(source.path, slug, root))
    taken_apart = read_document(source, _ROWS)
    document = taken_apart.value
    if document is None:
        return Outcome(None, (*misplaced, *taken_apart.diagnostics))
    reading = Reading(document, settings, slug, (*misplaced, *taken_apart.diagnostics))
    values = read_values(reading, _PARSERS, _OTHER_NAMES, _unknown)
    if "title" not in values:
        heading = heading_of(document.body)
        row = _ROWS["title"]._replace(example=plain(heading)) if heading else _ROWS["title"]
        report_missing(["title"], {"title": row}, reading)
    rendered = yield from read_body(reading, _ROWS, addresses.static_page)
    page = _page(source, rendered, values, reading) if rendered else None
    return Outcome(page, tuple(reading.found))


def _page(source: Source, rendered: Rendered, values: Mapping[str, Any], reading: Reading) -> StaticPage:
    """Make the page from values that have been found good."""
    settings, language = reading.settings, values.get("language")
    return StaticPage(
        slug=reading.slug,
        path=source.path,
        title=values["title"],
        description=values.get("description") or rendered.summary or values["title"],
        html=rendered.html,
        links=links_within(rendered.html, addresses.site_at(settings.base_url).root),
        language="" if language in {None, settings.language} else language,
        aliases=values.get("aliases") or (),
        order=values.get("order"),
        draft=bool(values.get("draft")),
    )


def _check_address(path: str, slug: str, root: str) -> tuple[Diagnostic, ...]:
    """Report a page whose address belongs to the site itself, or one that does not stand where pages do."""
    if path != f"{root}/{slug}.md":
        message = f"a page must be directly in {root}, not in a folder below it"
        return (error(path, Span(), "page-folder", message, f"move it to {root}/{slug}.md"),)
    if slug in _TAKEN:
        message = f"a page cannot be named {slug}: the site already uses that address"
        return (error(path, Span(), "page-name", message, "rename the file"),)
    return ()
