"""Every file of the site, still to be made: which there are, and what is wrong between them.

Owns which pages, feeds and data files there are; refuses to know what is in them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from hiringhall.diagnostics import Diagnostic, Outcome, Span, error, notice
from hiringhall.emitters import (
    aggregator,
    buildtime,
    calendars,
    files,
    jsonfeed,
    opendata,
    rss,
    search,
    sitemap,
)
from hiringhall.intake.content.lost_links import Targets, lost_links
from hiringhall.intake.files.sources import POSTINGS, reread, shown
from hiringhall.model import Card, Listing, Organization, Output, Parts
from hiringhall.pages import outputs as pages
from hiringhall.pages.rendering import Renderer, renderer_of
from hiringhall.policies import addresses
from hiringhall.redirects import with_redirects
from hiringhall.site import Site

# Those with the largest files come first, so that no process waits long for the last file.
EMITTERS = (search, opendata, rss, jsonfeed, calendars, sitemap, files)


def plan(
    listing: Listing, cards: Collection[Card], site: Site, parts: Parts, content: Path, *, is_whole: bool
) -> Outcome[dict[str, Output]]:
    """Return every file of the site, by path, or no value if two have one; and what leads to none of them.

    `cards` are all there are, listed or not. If they are not whole, the postings left out may have addresses
    that something leads to.
    """
    context = site.context
    renderer = renderer_of(context, site.templates, parts)
    every = collect(outputs_of(listing, renderer, site.setup.register.organizations))
    wanted = with_redirects(every, listing, renderer, content, is_whole=is_whole)
    base_url = context.settings.base_url
    targets = Targets(wanted.value or (), cards, base_url, context.folder, reread, is_whole)
    return Outcome(wanted.value, (*wanted.diagnostics, *lost_links(targets, context.pages)))


def gone(paths: Iterable[str], cards: Collection[Card], content: Path) -> Iterator[Diagnostic]:
    """Yield a notice for each page of a posting among `paths` that were published before and are not now.

    A posting that is kept back has its file, so somebody has decided that, but maybe not of its former names.
    """
    lost = sorted(filter(None, map(addresses.slug_at, paths)))
    if not lost:
        return
    kept = {card.slug for card in cards}
    holders = {alias: card.path for card in cards for alias in card.aliases}
    for slug in lost:
        if slug not in kept:
            address = f"/{addresses.posting(slug)}"
            message = f"the last site had a page {address}, and this one does not, so links to it are broken"
            hint = (
                f"if the file has another name now, add `aliases: [{slug}]` to it; if it was deleted because "
                "the job has closed, put it back: it keeps its page, which says so"
            )
            if slug in holders:
                hint = f"it comes back with {holders[slug]}, which is not on the site yet"
            yield notice(shown(content / POSTINGS / f"{slug}.md"), Span(), "posting-gone", message, hint)


def collect(outputs: Iterable[Output]) -> Outcome[dict[str, Output]]:
    """Gather outputs by path; it is an error if two have one path, even in different letter case."""
    every = tuple(outputs)
    paths = [output.path for output in every]
    # No path has a zero, so all of them are folded at once: that is many times faster than each by itself.
    together = "\0".join(paths).casefold().split("\0") if paths else ()
    if len({*together}) == len(paths):
        return Outcome(dict(zip(paths, every, strict=True)))
    taken: dict[str, str] = {}
    found: list[Diagnostic] = []
    for path in paths:
        folded = path.casefold()
        if folded in taken:
            message = f"two outputs have the same address: {taken[folded]} and {path}"
            found.append(error(path, Span(), "output-collision", message))
        taken.setdefault(folded, path)
    return Outcome(None, tuple(found))


def outputs_of(listing: Listing, renderer: Renderer, employers: Iterable[Organization]) -> Iterator[Output]:
    """Yield every file of the site once; none is made until its bytes are needed."""
    context = renderer.context
    for emitter in (*EMITTERS, *((aggregator,) if context.settings.aggregator else ())):
        yield from emitter.outputs(listing, context, renderer.parts)
    yield from pages.outputs(listing, renderer, employers)
    yield buildtime.output(listing.now)
