"""Every file of the site, as outputs still to be made, in one explicit list.

Owns which pages, feeds and data files there are; refuses to know what is in them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from hiringhall.emitters import calendars, jsonfeed, opendata, rss, search, sitemap
from hiringhall.engine.digests import digest
from hiringhall.engine.parts import Parts
from hiringhall.model import Listing, Output
from hiringhall.pages import outputs as pages
from hiringhall.site import Site

EMITTERS = (rss, jsonfeed, calendars, opendata, sitemap, search)


def outputs_of(listing: Listing, site: Site, parts: Parts) -> Iterator[Output]:
    """Yield every file of the site once; none is made before its bytes are asked for."""
    yield from pages.outputs(listing, site.context, site.templates, parts)
    for emitter in EMITTERS:
        yield from emitter.outputs(listing, site.context, parts)
    yield built_at(listing.now)


def built_at(now: datetime) -> Output:
    """Return `build.json`, the only file that time alone changes: pages ask it how old the build is."""
    data = json.dumps({"built": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}).encode()
    return Output("build.json", digest("build", data.decode()), lambda: (data,))
