"""Every file of the site, as outputs still to be made, in one explicit list.

Owns which pages, feeds and data files there are; refuses to know what is in them.
"""

from __future__ import annotations

from collections.abc import Iterator

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
from hiringhall.engine.parts import Parts
from hiringhall.model import Listing, Output
from hiringhall.pages import outputs as pages
from hiringhall.site import Site

# Those with the largest files come first, so that nobody waits for long for the last file to be made.
EMITTERS = (search, opendata, rss, jsonfeed, calendars, sitemap, files)


def outputs_of(listing: Listing, site: Site, parts: Parts) -> Iterator[Output]:
    """Yield every file of the site once; none is made before its bytes are asked for."""
    for emitter in (*EMITTERS, *((aggregator,) if site.context.settings.aggregator else ())):
        yield from emitter.outputs(listing, site.context, parts)
    employers = site.bench.register.organizations
    yield from pages.outputs(listing, site.context, site.templates, parts, employers)
    yield buildtime.output(listing.now)
