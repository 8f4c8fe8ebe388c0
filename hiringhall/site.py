"""Everything of a site except its postings: settings, register, static pages, words, templates, assets.

Owns reading them together, so that one run reports everything wrong; refuses to know any posting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from math import floor
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hiringhall.context import Context
from hiringhall.diagnostics import Diagnostic, Outcome, Severity, Span, error, failed, warning
from hiringhall.engine.digests import digest, program_key
from hiringhall.engine.git import path_from_top
from hiringhall.engine.patterns import pattern
from hiringhall.intake.configuration.register import Register, register_of
from hiringhall.intake.content.collisions import same_titles
from hiringhall.intake.files.sources import SETTINGS, Seen, reread, scan_files, shown
from hiringhall.model import Options, Settings, Source, StaticPage
from hiringhall.pages.assets import STYLES
from hiringhall.pages.layouts import FOOTER, Layouts, read_layouts
from hiringhall.pages.templates import Templates, load
from hiringhall.pages.views import navigation
from hiringhall.pipeline import Setup
from hiringhall.policies.addresses import CHANGES, FILES, STATISTICS, picture, site_at
from hiringhall.wording import Wording

_LINKS_TO_PAGES = pattern(r"\bsite(?:\.|\[['\"])pages\b")
# Depends on which country is home, and in which language others are named.
_OF_PLACES = frozenset({"location", "country", "postal-code", "language"})
# Depends on which addresses there are.
_OF_ADDRESSES = frozenset({"body-link-missing", "output-collision", "redirect-gone", "redirect-taken"})


class Doubts(NamedTuple):
    """What cannot be known while something of the site is wrong: what has one of these codes.

    With `lesser`, neither can anything that is less than an error.
    """

    codes: frozenset[str]
    lesser: bool

    def told(self, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield what stays wrong however the faults of the site are mended."""
        for each in found:
            if each.code not in self.codes and (each.severity is Severity.ERROR or not self.lesser):
                yield each


class Site(NamedTuple):
    """What a build works with: what all pages share, the layouts, and what every posting is made with.

    If any of it is wrong, something stands in for that, so that one run reports what else is wrong. Then
    `doubts` decides what can be reported, and nothing may be published.
    """

    context: Context
    templates: Templates
    setup: Setup
    doubts: Doubts


class SiteFiles(NamedTuple):
    """What the files besides postings say, each kind by itself, and what is wrong with them.

    `knows_places` says whether places can be judged by the settings.
    """

    settings: Outcome[Settings]
    settings_so_far: Settings
    knows_places: bool
    register: Outcome[Register]
    pages: Outcome[tuple[StaticPage, ...]]
    layouts: Layouts
    wording: Outcome[Wording]
    found: tuple[Diagnostic, ...]


def read_files(options: Options) -> SiteFiles:
    """Read everything besides postings and files that are published as they are."""
    # Loaded only where some of it has changed.
    from hiringhall.intake.configuration.examples import examples_left
    from hiringhall.intake.configuration.organizations import read_register
    from hiringhall.intake.configuration.settings import read_settings, settings_so_far
    from hiringhall.intake.configuration.strings import read_wording
    from hiringhall.intake.content.static_pages import read_pages

    read = read_settings(options.content, options.base_url)
    settings, knows_places = (read.value, True) if read.value else settings_so_far(options.content)
    register = read_register(options.content)
    pages = read_pages(options.content, settings)
    layouts = read_layouts(options.layouts)
    wording = read_wording(options.layouts, settings.language, options.content)
    found = [each for part in (read, register, pages, wording) for each in part.diagnostics]
    if read.value:
        found += examples_left(settings, options.content, options.base_url)
    if read.value and settings.theme and STYLES[0] in layouts.assets.files and not layouts.assets.faults:
        found += _hard_to_read(settings.theme, layouts, options.content)
    return SiteFiles(read, settings, knows_places, register, pages, layouts, wording, tuple(found))


def read_site(
    options: Options, read: SiteFiles, bytecode: Path | None, seen: Seen = MappingProxyType({})
) -> tuple[Site, tuple[Diagnostic, ...]]:
    """Return everything besides postings, and what is wrong with it.

    `read` is from the same files, in this build or an earlier one; `bytecode` is the folder of compiled
    templates, if there is one; `seen` is as for `scan_files`.
    """
    settings, pages, layouts = read.settings_so_far, read.pages, read.layouts
    files = scan_files(options.content, seen)
    templates = load(layouts, bytecode)
    words = read.wording.value or _no_words(settings.language)
    found = [*read.found, *files.diagnostics, *templates.faults]
    if settings.logo and not failed(files.diagnostics):
        found += _lost_logo(settings.logo, files.value or (), options.content)
    if not failed(templates.faults):
        found += _unlinked(pages.value or (), layouts)
    in_git, strings = path_from_top(options.content), sorted(words.strings.items())
    linked = [(page.slug, page.title, page.language) for page in pages.value or ()]
    # Former addresses decide only the pages that are there.
    decisive = settings._replace(redirects=None)
    key = digest(program_key(), in_git, repr(decisive), repr(strings), repr(linked))
    folder = shown(options.content)
    context = Context(
        settings, site_at(settings.base_url), words, key, folder, in_git, pages.value or (), files.value or ()
    )
    found += same_titles(context.pages, _named_links(context), reread)
    employers = read.register.value or register_of(())
    intake_key = digest(key, repr(employers.organizations))
    render_key = digest(key, layouts.key)
    rendering = layouts.for_rendering()
    now = options.now.astimezone(ZoneInfo(context.settings.time_zone))
    setup = Setup(context, employers, intake_key, render_key, rendering, bytecode, now)
    unsure = read.settings.value is None or read.register.value is None
    codes = _OF_ADDRESSES if unsure or failed((*pages.diagnostics, *files.diagnostics)) else frozenset[str]()
    doubts = Doubts(codes if read.knows_places else codes | _OF_PLACES, lesser=unsure)
    return Site(context, templates, setup, doubts), tuple(found)


class _Keys(dict[str, str]):
    """Strings that are not known: each is its own key."""

    def __missing__(self, key: str) -> str:
        return key


def _no_words(language: str) -> Wording:
    """Return words to go on with where those of a language are wrong: pages made with them are for nobody."""
    return Wording(language, _Keys(), "", {})


def _named_links(context: Context) -> Iterator[tuple[str, str]]:
    """Yield the words of each link that is on every page, and where it leads, as settings and addresses."""
    settings, text, root = context.settings, context.wording.text, context.site.root
    for link in navigation("", context):
        yield link.text, f"the list at /{link.href.removeprefix(root)}"
    for key, folder in (("changes.title", CHANGES), ("statistics.title", STATISTICS)):
        yield text(key), f"the page at /{folder}"
    for key, setting in (
        ("footer.submit", "submit_url" if settings.submit_url else "contact_email"),
        ("footer.contact", "contact_email"),
        ("posting.report", "report_url"),
    ):
        if getattr(settings, setting):
            yield text(key), f"the link to {setting}"


def _unlinked(pages: Sequence[StaticPage], layouts: Layouts) -> Iterator[Diagnostic]:
    """Yield a warning if no template links to static pages, as in layouts from before there were any."""
    texts = tuple(layouts.texts.values())
    if any(_LINKS_TO_PAGES.search(text) for text in texts):
        return
    lost = [f"/{page.slug}/" for page in pages if not any(f"{page.slug}/" in text for text in texts)]
    if lost:
        message = f"no template links to {', '.join(lost)}, or uses site.pages"
        hint = f"copy the loop over site.pages from the {FOOTER} that came with Hiring Hall"
        yield warning(shown(layouts.folder / FOOTER), Span(), "template-pages", message, hint)


def _hard_to_read(theme: Mapping[str, str], layouts: Layouts, content: Path) -> Iterator[Diagnostic]:
    """Yield a warning for each color of the theme that is hard to see on another."""
    from hiringhall.intake.configuration.settings import places_in
    from hiringhall.pages.contrast import poor

    places = cache(places_in)  # the file is read again only if there is something to tell
    sheet = layouts.assets.files[STYLES[0]].data.decode("utf-8", "replace")
    for found in poor(theme, sheet):
        (token, other), (own, met) = (found.token, found.other), found.colors
        message = (
            f"the contrast of theme.{token} ({own}) with {other} ({met}) is {_down(found.ratio):g} to 1; "
            f"it should be at least {found.least:g}"
        )
        hint = f"choose a {found.way} color"
        if found.above != token:
            hint = f"choose another color, or a {found.way} one for {other}"
        span = places(content)("theme", token)
        yield warning(shown(content / SETTINGS), span, "theme-contrast", message, hint)


def _lost_logo(logo: str, files: Iterable[Source], content: Path) -> Iterator[Diagnostic]:
    """Yield an error if the logo, a path under the root, is not among the files that are published."""
    paths = [source.path.removeprefix(f"{shown(content)}/") for source in files]
    if logo in paths:
        return
    from hiringhall.intake.configuration.logo import where_to_put
    from hiringhall.intake.configuration.settings import places_in

    span = places_in(content)("logo")
    hint = where_to_put(logo, [path.removeprefix(FILES) for path in paths if picture(path)])
    yield error(
        shown(content / SETTINGS), span, "setting-logo", f"there is no file {shown(content)}/{logo}", hint
    )


def _down(ratio: float) -> float:
    """Return a ratio rounded down: one below 4.5 is not called 4.5."""
    return floor(ratio * 10) / 10
