"""Build a site of job postings. This page is the table of contents: each step is a room of `hiringhall/`."""

from __future__ import annotations

import sys
import time

from hiringhall import cli
from hiringhall.assembly import outputs_of
from hiringhall.diagnostics import failed, ordered
from hiringhall.intake.checks import across
from hiringhall.intake.sources import scan
from hiringhall.listing import announced, build_listing, next_change
from hiringhall.model import Options
from hiringhall.pages.templates import TemplateFault
from hiringhall.publish import collect, publish
from hiringhall.report.result import BuildResult, stats_of
from hiringhall.site import read_site
from hiringhall.stock import open_stock


def build(options: Options) -> BuildResult:
    """Validate everything, render, and publish the site whole; or report all that is wrong and touch nothing."""
    started = time.perf_counter()
    site = read_site(options)
    sources = scan(options.content)
    found = [*site.diagnostics, *sources.diagnostics]
    if site.value is None or sources.value is None:
        return BuildResult(ordered(found), published=False)

    with open_stock(options.cache, site.value.bench, site.value.render_key) as stock:
        cards = stock.cards_of(sources.value, options.jobs)
        found += cards.diagnostics
        found += across(cards.value or (), {each.path: each for each in sources.value}.__getitem__)
        if failed(found, strict=options.strict):
            return BuildResult(ordered(found), published=False)

        listing = build_listing(cards.value or (), options.now, site.value.context.settings)
        found += announced(listing)
        entries = (*listing.open, *listing.closed)
        found += stock.render(entries, options.jobs)
        wanted = collect(outputs_of(listing, site.value, stock))
        found += wanted.diagnostics
        if failed(found, strict=options.strict) or wanted.value is None or options.command == "check":
            return BuildResult(ordered(found), published=False)

        try:
            done = publish(wanted.value, options.output, trusting=options.cache is not None)
        except TemplateFault as fault:
            return BuildResult(ordered((*found, *fault.diagnostics)), published=False)
        stock.save(entries)
    change = next_change(listing, site.value.context.settings)
    return BuildResult(ordered(found), True, stats_of(listing, done, time.perf_counter() - started), change)


if __name__ == "__main__":
    sys.exit(cli.main(sys.argv[1:], build))
