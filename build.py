"""Build a site of job postings. This page is the table of contents: each step is a part of `hiringhall/`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from hiringhall import cli
from hiringhall.diagnostics import Diagnostic, LayoutFault, Outcome, failed, ordered
from hiringhall.engine.cluster import connected
from hiringhall.engine.files import remove_unfinished
from hiringhall.engine.packs import DamagedError
from hiringhall.engine.stopwatch import Stopwatch
from hiringhall.engine.trees import Looked, look
from hiringhall.engine.workers import in_background
from hiringhall.intake.content.history import with_history
from hiringhall.intake.files.sources import reread, scan
from hiringhall.last_build import Inputs, inputs_of, name_of, recall, recall_site, remember, republish
from hiringhall.model import Options, Preview, Source
from hiringhall.pages.bytecode import compiling, folder_in
from hiringhall.publish import publish, rehearse
from hiringhall.report.progress import progress
from hiringhall.report.result import BuildResult, stats_of


def build(options: Options, preview: Preview = lambda _: None) -> BuildResult:
    """Validate everything, render, and publish the site whole; or report what is wrong and touch nothing."""
    try:
        return begin(options, preview)
    except DamagedError:
        if options.cache is None:
            raise
        from hiringhall.cache import discard_cache

        discard_cache(options.cache)
        return begin(options, preview)


def begin(options: Options, preview: Preview) -> BuildResult:
    """Find out whether anything has changed since the last build, and build if so."""
    watch = Stopwatch()
    # Without a cache, no note on the trees is trusted, and a check does not publish.
    looks = options.cache is not None and options.command != "check"
    for folder in (options.cache, folder_in(options.cache)) if options.cache else ():
        remove_unfinished(folder)  # of another build at this time, only what it need not keep
    with (
        in_background(partial(look, options.output), options.jobs if looks else 1) as looked,
        compiling(options.layouts, options.cache, options.jobs) as bytecode,
    ):
        last = recall(options.cache)
        sources = with_history(scan(options.content, last.seen), options)
        inputs = inputs_of(options, sources, last.seen)
        watch.lap("look")
        return republish(last, inputs.name, options, watch, looked) or make(
            options, sources, inputs, watch, looked, bytecode, preview
        )


def make(
    options: Options,
    sources: Outcome[tuple[Source, ...]],
    inputs: Inputs,
    watch: Stopwatch,
    looked: Looked,
    bytecode: Path,
    preview: Preview,
) -> BuildResult:
    """Build where something has changed."""
    # Loaded only now: it takes longer than finding out that nothing has changed.
    from hiringhall.cache import Workers, open_cache
    from hiringhall.intake.content.collisions import compare_postings, without_errors
    from hiringhall.listing import build_listing, next_change, remarks, weighed
    from hiringhall.plan import gone, plan
    from hiringhall.site import read_files, read_site

    watch.lap("load")
    kept = recall_site(options.cache, inputs)
    read = kept or read_files(options)
    site, around = read_site(options, read, bytecode, inputs.seen)
    around += sources.diagnostics
    found: list[Diagnostic] = []
    context, settings, files = site.context, site.context.settings, sources.value or ()
    watch.lap("site")

    def diagnostics(*more: Diagnostic) -> tuple[Diagnostic, ...]:
        return ordered((*around, *site.doubts.told((*found, *more))))

    try:
        with (
            connected(options.executor) as executor,
            progress(quiet=options.quiet) as step,
            open_cache(options.cache, site.setup, Workers(options.jobs, executor, step)) as cache,
        ):
            # Here `pipeline` reads what has changed, and makes the parts of it: in processes, if it is much.
            cards, wrong = cache.cards_of(files)
            found += wrong
            found += compare_postings([source.path for source in files], cards, site.setup.register, reread)
            watch.lap("read")

            # If a posting is wrong, everything is made from the others, so that one run reports everything.
            known = without_errors(cards, found)
            listing = build_listing(known, options.now, settings, site.context.wording.text("alphabet"))
            found += remarks(listing, reread)
            found += cache.render(listing.entries)  # the rest: what is in another state or layout than before
            watch.lap("render")
            is_whole = len(known) == len(files) and not failed(sources.diagnostics)
            wanted = plan(listing, known, site, cache, options.content, is_whole=is_whole)
            found = [*weighed((*found, *wanted.diagnostics), listing)]
            watch.lap("plan")
            if (
                failed((*around, *found), strict=options.strict)
                or wanted.value is None
                or options.command == "check"
            ):
                # What templates get wrong shows only as each file is made.
                rehearse(
                    wanted.value or {},
                    options.output,
                    trusting=options.cache is not None,
                    jobs=options.jobs,
                )
                return BuildResult(diagnostics(), published=False)

            preview(wanted.value)
            try:
                # What was edited meanwhile may be put back; the same inputs would then name another site.
                is_certain = inputs.still_are(options)
                name = (
                    name_of(inputs.name, options.now.timestamp()) if is_certain and cache.is_as_seen else ""
                )
                if is_certain:
                    cache.save(listing.entries)
                watch.lap("keep")
                done = publish(
                    wanted.value,
                    options.output,
                    name,
                    certain=is_certain,
                    trusting=options.cache is not None,
                    jobs=options.jobs,
                    looked=looked,
                )
            finally:
                preview({})
            watch.lap("publish")
    except LayoutFault as fault:
        return BuildResult(diagnostics(*fault.diagnostics), published=False)
    stats = stats_of(listing, pages=done.pages, files=done.files, written=done.written, seconds=watch.seconds)
    result = BuildResult(
        diagnostics(), True, stats, next_change(listing, settings, found), tuple(watch.laps), done.rebuilt
    )
    if name:
        remember(options, (*files, *context.files), inputs, None if kept else read, result)
    # Told once: the next build does not know of that site anymore.
    lost = tuple(gone(done.gone, cards, options.content))
    return result._replace(diagnostics=diagnostics(*lost)) if lost else result


if __name__ == "__main__":
    sys.exit(cli.main(sys.argv[1:], build))
