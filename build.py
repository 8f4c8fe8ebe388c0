"""Build a site of job postings. This page is the table of contents: each step is a part of `hiringhall/`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from hiringhall import cli
from hiringhall.diagnostics import Diagnostic, LayoutFault, Outcome, failed, ordered
from hiringhall.engine.cluster import connected
from hiringhall.engine.packs import DamagedError
from hiringhall.engine.stopwatch import Stopwatch
from hiringhall.engine.trees import Looked, look
from hiringhall.engine.workers import beside
from hiringhall.intake.history import dated
from hiringhall.intake.sources import reread, scan
from hiringhall.memory import Inputs, again, inputs_of, name_of, recall, remember
from hiringhall.model import Card, Listing, Options, Output, Preview, Source
from hiringhall.pages.bytecode import compiling
from hiringhall.publish import collect, publish, rehearse
from hiringhall.report.progress import progress
from hiringhall.report.result import BuildResult, stats_of

if TYPE_CHECKING:
    from hiringhall.site import Site
    from hiringhall.stock import Stock


def build(options: Options, preview: Preview = lambda _: None) -> BuildResult:
    """Validate everything, render, and publish the site whole; or report what is wrong and touch nothing."""
    try:
        return begin(options, preview)
    except DamagedError:
        if options.cache is None:
            raise
        from hiringhall.stock import discard_stock

        discard_stock(options.cache)
        return begin(options, preview)


def begin(options: Options, preview: Preview) -> BuildResult:
    """Find out whether anything has changed since the last build, and build if so."""
    watch = Stopwatch()
    # Without a cache, no note on the trees is trusted, and a check does not publish.
    looks = options.cache is not None and options.command != "check"
    with (
        beside(partial(look, options.output), options.jobs if looks else 1) as looked,
        compiling(options.layouts, options.cache, options.jobs) as compiled,
    ):
        memory = recall(options.cache)
        sources = dated(scan(options.content, memory.seen), options)
        inputs = inputs_of(options, sources, memory.seen)
        watch.lap("look")
        return again(memory, inputs.name, options, watch, looked) or make(
            options, sources, inputs, watch, looked, compiled, preview
        )


def make(
    options: Options,
    sources: Outcome[tuple[Source, ...]],
    inputs: Inputs,
    watch: Stopwatch,
    looked: Looked,
    compiled: Callable[[], Path],
    preview: Preview,
) -> BuildResult:
    """Build where something has changed."""
    # Loaded only now: it takes longer than finding out that nothing has changed.
    from hiringhall.intake.checks import across, right
    from hiringhall.listing import announced, build_listing, next_change
    from hiringhall.site import read_site
    from hiringhall.stock import Crew, open_stock

    watch.lap("load")
    site, around = read_site(options, compiled(), inputs.seen)
    around += sources.diagnostics
    found: list[Diagnostic] = []
    settings, files = site.context.settings, sources.value or ()
    watch.lap("site")

    def told(*more: Diagnostic) -> tuple[Diagnostic, ...]:
        return ordered((*around, *site.doubts.told((*found, *more))))

    try:
        with (
            connected(options.executor) as executor,
            progress(quiet=options.quiet) as step,
            open_stock(options.cache, site.bench) as stock,
        ):
            crew = Crew(options.jobs, executor, step)
            cards = stock.cards_of(files, crew)
            found += cards.diagnostics
            found += across([source.path for source in files], cards.value or (), reread)
            watch.lap("read")

            # If a posting is wrong, everything is made from the others, so that one run reports everything.
            known = right(cards.value or (), found)
            listing = build_listing(known, options.now, settings)
            found += announced(listing, settings)
            found += stock.render((*listing.open, *listing.closed), crew)
            watch.lap("render")
            is_whole = len(known) == len(files) and not failed(sources.diagnostics)
            wanted = _planned(known, listing, site, stock, options, is_whole=is_whole)
            found += wanted.diagnostics
            watch.lap("plan")
            if (
                failed((*around, *found), strict=options.strict)
                or wanted.value is None
                or options.command == "check"
            ):
                rehearse(
                    wanted.value or {},
                    options.output,
                    trusting=options.cache is not None,
                    jobs=options.jobs,
                )
                return BuildResult(told(), published=False)

            preview(wanted.value)
            try:
                # What was edited meanwhile may be put back; the same inputs would then name another site.
                name = None
                if inputs.still_are(options):
                    stock.save((*listing.open, *listing.closed))
                    name = name_of(inputs.name, options.now.timestamp()) if stock.is_as_seen else ""
                watch.lap("keep")
                done = publish(
                    wanted.value,
                    options.output,
                    name,
                    trusting=options.cache is not None,
                    jobs=options.jobs,
                    looked=looked,
                )
            finally:
                preview({})
            watch.lap("publish")
    except LayoutFault as fault:
        return BuildResult(told(*fault.diagnostics), published=False)
    stats = stats_of(listing, pages=done.pages, files=done.files, written=done.written, seconds=watch.seconds)
    change = next_change(listing, settings)
    result = BuildResult(told(), True, stats, change, tuple(watch.laps), done.rebuilt)
    if name:
        remember(options, (*files, *site.context.files), inputs.name, result)
    return result


def _planned(
    cards: Sequence[Card], listing: Listing, site: Site, stock: Stock, options: Options, *, is_whole: bool
) -> Outcome[dict[str, Output]]:
    """Return all outputs, by path, and what is wrong between them.

    If the listing is not whole, the postings left out may have addresses that something leads to.
    """
    from hiringhall.assembly import outputs_of
    from hiringhall.intake.lost_links import lost_links
    from hiringhall.redirects import with_redirects

    wanted = collect(outputs_of(listing, site, stock))
    wanted = with_redirects(wanted, listing, site, stock, options.content, is_whole=is_whole)
    context = site.context
    pages, base_url = context.pages, context.settings.base_url
    lost = lost_links(wanted.value or (), cards, pages, base_url, context.folder, reread, is_whole=is_whole)
    return Outcome(wanted.value, (*wanted.diagnostics, *lost))


if __name__ == "__main__":
    sys.exit(cli.main(sys.argv[1:], build))
