"""Every file of the site, in one explicit list of outputs still to be made.

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
from hiringhall.model import Listing, Output, Parts
from hiringhall.pages import outputs as pages
from hiringhall.site import Site

# Those with the largest files come first, so that no process waits long for the last file.
EMITTERS = (search, opendata, rss, jsonfeed, calendars, sitemap, files)


def outputs_of(listing: Listing, site: Site, parts: Parts) -> Iterator[Output]:
    """Yield every file of the site once; none is made until its bytes are needed."""
    for emitter in (*EMITTERS, *((aggregator,) if site.context.settings.aggregator else ())):
        yield from emitter.outputs(listing, site.context, parts)
    employers = site.bench.register.organizations
    yield from pages.outputs(listing, site.context, site.templates, parts, employers)
    yield buildtime.output(listing.now)
