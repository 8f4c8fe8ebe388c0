"""JSON Feed 1.1: feed.json of every list.

Owns the form of feeds, items and the extension with their figures; refuses to know which lists there are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import partial
from operator import attrgetter
from typing import Any

from hiringhall import changes, feeds, syndication
from hiringhall.changes import Event
from hiringhall.context import Context
from hiringhall.engine.escaping import json_bytes, json_list
from hiringhall.facts import in_brief
from hiringhall.feeds import Scope
from hiringhall.model import Entry, Listing, Output, Parts, Posting
from hiringhall.policies import addresses, lifecycle

EXTENSION = "_hiring_hall"

_VERSION = "https://jsonfeed.org/version/1.1"


def _item(posting: Posting, entry: Entry, context: Context) -> bytes:
    """Return a posting as an item, the same in nearly every feed that holds it."""
    organization = posting.organization
    item: dict[str, Any] = {
        "id": syndication.id_of(posting),
        "url": syndication.page_of(posting, context),
        "external_url": posting.source_url,
        "title": syndication.title_of(posting, context),
        "summary": in_brief(posting, entry, context),
        "content_html": syndication.body_of(posting, entry, context),
        **_dates(syndication.published(entry, context), entry, context),
        "authors": [_stated({"name": organization.name, "url": organization.url})],
        "tags": list(dict.fromkeys(label for _, label in syndication.labels(entry))),
        "language": posting.language,
        EXTENSION: _extension(posting, entry),
    }
    return json_bytes(_stated(item))


ITEM = syndication.Maker("jsonfeed", _item)


def _dates(published: datetime, entry: Entry, context: Context) -> dict[str, str | None]:
    changed = syndication.changed(entry, context)
    return {
        "date_published": published.isoformat(),
        "date_modified": changed.isoformat() if changed > published else None,
    }


def _of_soon(item: bytes, entry: Entry, context: Context) -> bytes:
    """Return an item as the feed of what closes soon has it: dated by when it entered that list."""
    return json_bytes(_stated(json.loads(item) | _dates(syndication.soon(entry, context), entry, context)))


def _stated(item: dict[str, Any]) -> dict[str, Any]:
    """Leave out what has no value: the format knows no null."""
    return {name: value for name, value in item.items() if value is not None}


def _extension(posting: Posting, entry: Entry) -> dict[str, Any]:
    day = lifecycle.closing_day(entry)
    return {
        "state": entry.state.value,
        "closed_because": entry.reason.value if entry.reason else None,
        "closed_on": date.fromordinal(day).isoformat() if day is not None else None,
        "pay": syndication.pay_record(posting.salary),
        "deadline": syndication.deadline_record(posting.deadline),
        "places": [place._asdict() for place in posting.places],
        "arrangement": posting.arrangement.value if posting.arrangement else None,
        "employment_types": [kind.value for kind in posting.employment_types],
    }


def outputs(listing: Listing, context: Context, parts: Parts) -> Iterator[Output]:
    """Yield the feed of every list."""
    return feeds.outputs(addresses.JSON_FEED, listing, context, parts, _chunks, _changes, attrgetter("key"))


def _chunks(feed: Scope, context: Context, parts: Parts) -> Iterable[bytes]:
    items = parts.read(ITEM.kind, feed.entries)
    if feed.is_of_soon:
        items = map(partial(_of_soon, context=context), items, feed.entries)
    return json_list(_header(feed, "feed_extension", context), "items", items)


def _changes(feed: Scope, events: Iterable[Event], context: Context) -> Iterable[bytes]:
    items = (json_bytes(_event(event, context)) for event in events)
    return json_list(_header(feed, "change_extension", context), "items", items)


def _event(event: Event, context: Context) -> dict[str, Any]:
    """Return something that happened as an item of its own."""
    wording = context.wording
    return {
        "id": changes.id_of(event),
        "url": context.site.absolute(addresses.posting(event.slug)),
        "title": changes.title_of(event, wording),
        "content_text": changes.told(event, wording, context.settings.time_zone),
        "date_published": syndication.instant_of(event, context).isoformat(),
        "authors": [{"name": event.organization}],
        "tags": [wording.text(f"changes.{event.kind}.kind")],
        EXTENSION: {
            "change": event.kind.value,
            "posting": addresses.guid(event.first_name),
            "day": date.fromordinal(event.day).isoformat(),
            "closed_because": event.reason or None,
            "before": event.before or None,
            "after": event.after or None,
        },
    }


def _header(feed: Scope, definition: str, context: Context) -> dict[str, Any]:
    settings, site = context.settings, context.site
    return {
        "version": _VERSION,
        "title": feed.title,
        "description": feed.description,
        "user_comment": context.wording.text("feeds.about"),
        "home_page_url": site.absolute(feed.folder),
        "feed_url": site.absolute(feed.folder + addresses.JSON_FEED),
        "language": settings.language,
        "authors": [{"name": settings.title, "url": site.absolute("")}],
        EXTENSION: {"about": f"{site.absolute('jobs.schema.json')}#/definitions/{definition}"},
    }
