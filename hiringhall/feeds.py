"""The lists that can be subscribed to: which have a calendar and feeds, and what decides each feed.

Owns which lists these are and how long a feed is; refuses to know what an item says and in which formats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from heapq import nlargest
from typing import NamedTuple

from hiringhall import changes, syndication
from hiringhall.context import Context
from hiringhall.engine.digests import digest, extended, key_of
from hiringhall.engine.memoize import memoize_last
from hiringhall.model import Entry, File, Listing, Output, Parts
from hiringhall.policies import addresses

FEED_LENGTH = 50
CHANGES_LENGTH = 100
# Who asks once a day gets all of a day, but not of one on which a whole site was filled.
MOST_CHANGES = 1000
CHANGE_DAYS = 30


class Scope(NamedTuple):
    """A list that can be subscribed to: its folder, its words, and its entries in order.

    Those of the list of what closes soon are in other lists as well, which they entered on another day.
    """

    folder: str
    title: str
    description: str
    entries: tuple[Entry, ...]
    is_of_soon: bool = False

    def newest(self, context: Context) -> datetime | None:
        """Return when what its feeds say last changed: equal content, equal dates, whatever the clock."""
        changed = [syndication.changed(entry, context) for entry in self.entries]
        entered = [syndication.soon(entry, context) for entry in self.entries if self.is_of_soon]
        return max((*changed, *entered), default=None)

    def key(self, site: str, postings: str) -> str:
        """Return the key of a file of this list, of that of the site and a digest of what it says of jobs."""
        return extended(extended(site, "list", digest(self.folder, self.title)), "postings", postings)


@memoize_last
def open_scopes(listing: Listing, context: Context) -> tuple[Scope, ...]:
    """Return the lists of open postings that have feeds and a calendar: all of them, then each term's."""
    settings, wording = context.settings, context.wording
    return (
        Scope("", settings.title, settings.description, listing.open),
        *(
            Scope(
                addresses.term(facet, group.term.slug),
                context.titled(wording.labelled(kind, group.term.label)),
                settings.description,
                group.open,
            )
            for facet, groups in listing.groups.items()
            for kind in (wording.text(f"facet.{facet}.kicker"),)
            for group in groups
        ),
    )


@memoize_last  # they are the same in every format
def feeds(listing: Listing, context: Context) -> tuple[Scope, ...]:
    """Return every feed of postings: all open ones, each facet term, what closes soon, what has closed."""
    wording = context.wording
    found = [scope._replace(entries=scope.entries[:FEED_LENGTH]) for scope in open_scopes(listing, context)]
    # Those that entered it last, as in every feed: the page has those first that close first.
    soon = sorted(listing.closing_soon, key=lambda entry: (syndication.soon(entry, context), entry.card.slug))
    of_soon = wording.plural("closing-soon.lede", context.settings.closing_soon_days)
    of_archive = wording.text("archive.lede")
    for folder, name, description, entries, is_of_soon in (
        (addresses.CLOSING_SOON, "closing-soon", of_soon, (*reversed(soon),), True),
        (addresses.archive(), "archive", of_archive, _closed_lately(listing, context), False),
    ):
        title = context.titled(wording.text(f"{name}.title"))
        found.append(Scope(folder, title, description, entries[:FEED_LENGTH], is_of_soon))
    return tuple(found)


def _closed_lately(listing: Listing, context: Context) -> tuple[Entry, ...]:
    """Return what entered the archive last, by when it did.

    Its pages know days only, and not that a posting may be added when its deadline has passed.
    """
    # Days choose, because instants take long to find for every posting that ever closed.
    lately = nlargest(
        FEED_LENGTH, listing.closed, key=lambda entry: max(entry.card.added, entry.closed_on or 0)
    )
    return tuple(sorted(lately, key=lambda entry: syndication.published(entry, context), reverse=True))


def changes_feed(listing: Listing, context: Context) -> tuple[Scope, tuple[changes.Event, ...]]:
    """Return the feed of changes, which holds no postings, and the events of whole days that it holds."""
    text = context.wording.text
    feed = Scope(addresses.CHANGES, context.titled(text("changes.title")), text("changes.lede"), ())
    events = recent_changes(listing, context)[:MOST_CHANGES]
    return feed, tuple(sorted(events, key=lambda event: syndication.instant_of(event, context), reverse=True))


@memoize_last
def recent_changes(listing: Listing, context: Context) -> tuple[changes.Event, ...]:
    """Return what opened, moved and closed lately, newest first; the last of its days is whole."""
    return changes.recent(listing.entries, context.settings.time_zone, CHANGE_DAYS, CHANGES_LENGTH)


def outputs(
    file: str,
    listing: Listing,
    context: Context,
    parts: Parts,
    of_list: Callable[[Scope, Context, Parts], Iterable[bytes]],
    of_changes: Callable[[Scope, tuple[changes.Event, ...], Context], Iterable[bytes]],
    named: Callable[[Entry], str],
) -> Iterator[Output]:
    """Yield the feed of every list, and the feed of changes, as the two functions write them.

    `named` names all that an item says of an entry.
    """
    site = key_of(site=context.key)
    for feed in feeds(listing, context):
        key = partial(_list_key, feed, site, named)
        yield File(f"{feed.folder}{file}", key, partial(of_list, feed, context, parts))
    yield File(
        f"{addresses.CHANGES}{file}",
        partial(_changes_key, listing, context, site),
        lambda: of_changes(*changes_feed(listing, context), context),
    )


def _list_key(feed: Scope, site: str, named: Callable[[Entry], str]) -> str:
    return feed.key(site, digest(*map(named, feed.entries)))


def _changes_key(listing: Listing, context: Context, site: str) -> str:
    feed, events = changes_feed(listing, context)
    return feed.key(site, digest(repr(events)))


@memoize_last
def open_key(listing: Listing, context: Context) -> str:
    """Return the key of a file that holds all open postings."""
    return key_of(site=context.key, postings=digest(*[entry.key for entry in listing.open]))
