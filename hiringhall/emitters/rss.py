"""RSS 2.0 feeds: feed.xml of every list.

Owns the form of channels and items; refuses to know which lists there are and what an item says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache, partial
from html import escape
from operator import attrgetter

from hiringhall import changes, feeds, syndication
from hiringhall.changes import Event
from hiringhall.context import Context
from hiringhall.engine.escaping import xml_bytes, xml_cdata, xml_text
from hiringhall.facts import in_brief
from hiringhall.feeds import Scope
from hiringhall.model import Entry, Facet, Listing, Output, Parts, Posting
from hiringhall.policies import addresses

# Not fingerprinted: a new style must not make every feed new to its readers.
STYLESHEET = "assets/css/feed.css"

_FOOTER = b"</channel>\n</rss>\n"


def _item(posting: Posting, entry: Entry, context: Context) -> bytes:
    """Return a posting as an item, the same in nearly every feed that holds it."""
    language = entry.card.language  # if it is not the channel's
    spoken = f"<dc:language>{language}</dc:language>\n" if language else ""
    categories = [_category(facet, label, context.site) for facet, label in syndication.labels(entry)]
    return xml_bytes(
        f"<item>\n<title>{xml_text(syndication.title_of(posting, context))}</title>\n"
        f"<link>{xml_text(syndication.page_of(posting, context))}</link>\n"
        # A description is HTML, so its text is escaped once for HTML and once for XML.
        f"<description>{xml_text(escape(in_brief(posting, entry, context), quote=False))}</description>\n"
        f"<content:encoded>{xml_cdata(syndication.body_of(posting, entry, context))}</content:encoded>\n"
        f"<dc:creator>{xml_text(posting.organization.name)}</dc:creator>\n{spoken}"
        f"{''.join(categories)}"
        f'<guid isPermaLink="false">{syndication.id_of(posting)}</guid>\n'
        f"{_dates(syndication.published(entry, context), entry, context)}</item>\n"
    )


def _dates(published: datetime, entry: Entry, context: Context) -> str:
    changed = syndication.changed(entry, context)
    updated = f"<atom:updated>{changed.isoformat()}</atom:updated>\n" if changed > published else ""
    return f"<pubDate>{syndication.rfc822(published)}</pubDate>\n{updated}"


def _of_soon(item: bytes, entry: Entry, context: Context) -> bytes:
    """Return an item as the feed of what closes soon has it: dated by when it entered that list."""
    own, _, _ = item.rpartition(b"<pubDate>")  # which no text can contain
    return own + xml_bytes(f"{_dates(syndication.soon(entry, context), entry, context)}</item>\n")


ITEM = syndication.Maker("rss", _item)


@lru_cache(maxsize=4096)
def _category(facet: str, label: str, site: addresses.SiteAddress) -> str:
    domain = site.absolute(addresses.facet(Facet(facet)))
    return f'<category domain="{xml_text(domain)}">{xml_text(label)}</category>\n'


def outputs(listing: Listing, context: Context, parts: Parts) -> Iterator[Output]:
    """Yield the feed of every list."""
    return feeds.outputs(
        addresses.RSS_FEED, listing, context, parts, _chunks, _changes, attrgetter("standing")
    )


def _chunks(feed: Scope, context: Context, parts: Parts) -> Iterable[bytes]:
    yield _header(feed, feed.newest(context), context)
    items = parts.read(ITEM.kind, feed.entries)
    yield from map(partial(_of_soon, context=context), items, feed.entries) if feed.is_of_soon else items
    yield _FOOTER


def _changes(feed: Scope, events: Iterable[Event], context: Context) -> Iterable[bytes]:
    newest = max((syndication.instant_of(event, context) for event in events), default=None)
    yield _header(feed, newest, context)
    for event in events:
        yield _event(event, context)
    yield _FOOTER


def _event(event: Event, context: Context) -> bytes:
    """Return something that happened as an item; its link is the posting, its guid the event's own."""
    wording, home = context.wording, context.settings.time_zone
    told = escape(changes.told(event, wording, home), quote=False)
    kind, domain = wording.text(f"changes.{event.kind}.kind"), context.site.absolute(addresses.CHANGES)
    return xml_bytes(
        f"<item>\n<title>{xml_text(changes.title_of(event, wording))}</title>\n"
        f"<link>{xml_text(context.site.absolute(addresses.posting(event.slug)))}</link>\n"
        f"<description>{xml_text(told)}</description>\n"
        f"<dc:creator>{xml_text(event.organization)}</dc:creator>\n"
        f'<category domain="{xml_text(domain)}">{xml_text(kind)}</category>\n'
        f'<guid isPermaLink="false">{changes.id_of(event)}</guid>\n'
        f"<pubDate>{syndication.rfc822(syndication.instant_of(event, context))}</pubDate>\n</item>\n"
    )


def _header(feed: Scope, newest: datetime | None, context: Context) -> bytes:
    """Open a channel.

    Browsers show the XHTML paragraph with a style sheet, not with XSLT, which they are removing; feed readers
    skip elements of other namespaces.
    """
    page = xml_text(context.site.absolute(feed.folder))
    built = f"<lastBuildDate>{syndication.rfc822(newest)}</lastBuildDate>\n" if newest else ""
    text, direction = context.wording.text, ' dir="rtl"' if context.wording.is_rtl else ""
    return xml_bytes(
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<?xml-stylesheet type="text/css" href="{xml_text(context.site.root + STYLESHEET)}"?>\n'
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        f"<channel>\n<title>{xml_text(feed.title)}</title>\n<link>{page}</link>\n"
        f"<description>{xml_text(feed.description)}</description>\n"
        f'<atom:link rel="self" type="application/rss+xml" href="{page}{addresses.RSS_FEED}"/>\n'
        f"<language>{xml_text(context.settings.language)}</language>\n{built}"
        f"<xhtml:p{direction}>{xml_text(text('feeds.about'))}"
        f' <xhtml:a href="{page}">{xml_text(text("feeds.page"))}</xhtml:a></xhtml:p>\n'
    )
