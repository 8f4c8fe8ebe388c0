"""What search engines read: sitemap.xml, in several files above 50,000 addresses, and robots.txt.

Owns which addresses are worth finding; refuses to know what is at them.

`lastmod` is given only where the content has a date for it: for postings. A list also changes when a posting
leaves it, which no date records. robots.txt forbids nothing, because a page that may not be fetched cannot
say `noindex`. Search engines read it only at the top of a host; whoever runs a site in a folder must submit
its sitemap in another way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from hiringhall.context import Context
from hiringhall.engine.digests import digest, key_of
from hiringhall.engine.escaping import xml_bytes, xml_text
from hiringhall.engine.workers import batched
from hiringhall.model import File, Listing, Output, Parts, StaticPage
from hiringhall.policies import addresses

FILE = "sitemap.xml"
MOST = 50_000  # addresses in one file, by sitemaps.org

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


class Address(NamedTuple):
    """A path under the site's root, and the day (ordinal) its content last changed, if a date says so."""

    path: str
    changed: int | None = None


def outputs(listing: Listing, context: Context, parts: Parts) -> Iterator[Output]:  # noqa: ARG001
    """Yield the sitemap, or its index and the files that it names, and robots.txt."""
    found = tuple(addresses_of(listing, context.pages))
    if len(found) <= MOST:
        yield _file(FILE, found, context)
    else:
        files = {f"sitemap-{number}.xml": each for number, each in enumerate(batched(found, MOST), 1)}
        yield from (_file(name, each, context) for name, each in files.items())
        yield _file(FILE, tuple(map(Address, files)), context, ("sitemapindex", "sitemap"))
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {context.site.absolute(FILE)}\n".encode()
    yield File("robots.txt", lambda: key_of(site=context.key), lambda: (robots,))


def addresses_of(listing: Listing, pages: Iterable[StaticPage]) -> Iterator[Address]:
    """Yield what is worth indexing: open postings, newest first, the lists that have some, static pages.

    A closed posting asks not to be indexed, so it is left out, and so is an empty list.
    """
    yield Address("")
    for entry in listing.open:
        yield Address(addresses.posting(entry.card.slug), entry.changed)
    for facet, groups in listing.groups.items():
        filled = [Address(addresses.term(facet, group.term.slug)) for group in groups if group.open]
        yield from (Address(addresses.facet(facet)), *filled) if filled else ()
    if listing.closing_soon:
        yield Address(addresses.CLOSING_SOON)
    if listing.closed:
        yield Address(addresses.archive())
    for year in listing.years:
        yield Address(addresses.archive(year))
    if listing.open or listing.closed:
        yield from map(Address, (addresses.CHANGES, addresses.STATISTICS))
    yield from (Address(addresses.static_page(page.slug)) for page in pages)


def _file(
    path: str, found: Sequence[Address], context: Context, names: tuple[str, str] = ("urlset", "url")
) -> Output:
    return File(path, partial(_key, found, context, names), partial(_chunks, found, context, *names))


def _key(found: Sequence[Address], context: Context, names: tuple[str, str]) -> str:
    told = [f"{address.path} {address.changed}" for address in found]
    return key_of(site=context.key, postings=digest(*names, *told))


def _chunks(found: Sequence[Address], context: Context, root: str, item: str) -> Iterable[bytes]:
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n'.encode()
    for address in found:
        location = xml_text(context.site.absolute(address.path))
        changed = f"<lastmod>{date.fromordinal(address.changed)}</lastmod>" if address.changed else ""
        yield xml_bytes(f"<{item}><loc>{location}</loc>{changed}</{item}>\n")
    yield f"</{root}>\n".encode()
