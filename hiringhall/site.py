"""Everything of a site but its postings: settings, register, static pages, words, templates and assets.

Owns reading them together, so that all that is wrong is reported in one run; refuses to know any posting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from math import floor
from pathlib import Path
from typing import NamedTuple

from hiringhall.context import Context
from hiringhall.diagnostics import Diagnostic, LayoutFault, Outcome, Span, warning
from hiringhall.engine.digests import digest, program_key
from hiringhall.engine.git import path_from_top
from hiringhall.intake.organizations import read_register
from hiringhall.intake.reading import NO_SETTINGS
from hiringhall.intake.settings import read_settings, span_of
from hiringhall.intake.sources import SETTINGS, scan_files, shown
from hiringhall.intake.static_pages import read_pages
from hiringhall.intake.strings import read_wording
from hiringhall.model import Options, StaticPage
from hiringhall.pages.assets import STYLES
from hiringhall.pages.contrast import poor
from hiringhall.pages.templates import FOOTER, Templates, load
from hiringhall.policies.addresses import site_at
from hiringhall.production import Bench

_LINKS_TO_PAGES = re.compile(r"\bsite(?:\.|\[['\"])pages\b")


class Site(NamedTuple):
    """What a build works with: what all of it shares, its layouts, what every posting is made with."""

    context: Context
    templates: Templates
    bench: Bench


def read_site(options: Options, bytecode: Path | None) -> Outcome[Site]:
    """Read everything besides postings; without a value when any of it is wrong.

    `bytecode` is the folder of compiled templates, if there is one.
    """
    settings = read_settings(options.content, options.base_url)
    register = read_register(options.content)
    pages = read_pages(options.content, settings.value or NO_SETTINGS)
    files = scan_files(options.content)
    found = [
        *(*settings.diagnostics, *register.diagnostics),
        *(*pages.diagnostics, *files.diagnostics),
    ]
    templates = None
    try:
        templates = load(options.layouts, bytecode)
    except LayoutFault as fault:
        found.extend(fault.diagnostics)
    if settings.value is None:
        return Outcome(None, tuple(found))
    wording = read_wording(options.layouts, settings.value.language, options.content)
    found.extend(wording.diagnostics)
    if templates and settings.value.theme:
        found.extend(_hard_to_read(settings.value.theme, templates, options.content))
    if templates and pages.value:
        found.extend(_unlinked(pages.value, templates))
    if register.value is None or pages.value is None or templates is None or wording.value is None:
        return Outcome(None, tuple(found))
    edited, strings = path_from_top(options.content), sorted(wording.value.strings.items())
    linked = [(page.slug, page.title, page.language) for page in pages.value]
    # Former addresses decide no page but those that stand there.
    decisive = settings.value._replace(redirects=None)
    key = digest(program_key(), edited, repr(decisive), repr(strings), repr(linked))
    site = site_at(settings.value.base_url)
    folder = shown(options.content)
    context = Context(
        settings.value, site, wording.value, key, folder, edited, pages.value, files.value or ()
    )
    intake_key = digest(key, repr(register.value.organizations))
    render_key = digest(key, templates.key)
    bench = Bench(context, register.value, intake_key, render_key, options.layouts, bytecode, options.now)
    return Outcome(Site(context, templates, bench), tuple(found))


def _unlinked(pages: Sequence[StaticPage], templates: Templates) -> Iterator[Diagnostic]:
    """Yield a warning where templates from before there were pages leave it to nobody to link to them."""
    texts = tuple(templates.texts())
    if any(_LINKS_TO_PAGES.search(text) for text in texts):
        return
    lost = [f"/{page.slug}/" for page in pages if not any(f"{page.slug}/" in text for text in texts)]
    if lost:
        message = f"no template links to {', '.join(lost)}, or uses site.pages"
        hint = f"copy the loop over site.pages from the {FOOTER} that came with Hiring Hall"
        yield warning(shown(templates.folder / FOOTER), Span(), "template-pages", message, hint)


def _hard_to_read(theme: Mapping[str, str], templates: Templates, content: Path) -> Iterator[Diagnostic]:
    """Yield a warning for each color of the theme that is lost where it meets another."""
    sheet = templates.assets.files[STYLES[0]].data.decode("utf-8", "replace")
    for found in poor(theme, sheet):
        (token, other), (own, met) = (found.token, found.other), found.colors
        message = (
            f"the contrast of theme.{token} ({own}) with {other} ({met}) is {_down(found.ratio):g} to 1; "
            f"it should be at least {found.least:g}"
        )
        hint = f"choose a {found.way} color"
        if found.above != token:
            hint = f"choose another color, or a {found.way} one for {other}"
        span = span_of(content, "theme", token)
        yield warning(shown(content / SETTINGS), span, "theme-contrast", message, hint)


def _down(ratio: float) -> float:
    """Return a ratio of which no more is told than there is: one below 4.5 is not called 4.5."""
    return floor(ratio * 10) / 10
