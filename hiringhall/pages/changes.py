"""The page of changes as its template sees it: days, and on each what opened, moved and closed.

Owns the grouping by day and kind; refuses to know which events there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from hiringhall.changes import Event, Kind, told
from hiringhall.context import Context
from hiringhall.pages.rendering import Variables
from hiringhall.pages.views import feeds_of, head_of_list
from hiringhall.policies import addresses

_MORE = {Kind.MOVED, Kind.CLOSED}
_group_of = attrgetter("day", "kind")


class ChangeView(NamedTuple):
    """Something that happened to a posting; `told` says more if there is more."""

    href: str
    title: str
    lang: str
    organization: str
    told: str | None


class KindView(NamedTuple):
    """What happened on a day of one kind, which `name` names for programs and `heading` with its number."""

    name: str
    heading: str
    changes: tuple[ChangeView, ...]


class DayView(NamedTuple):
    """A day on which something happened; `machine` is its ISO date."""

    text: str
    machine: str
    kinds: tuple[KindView, ...]


def sizes_of(events: Iterable[Event]) -> dict[tuple[int, Kind], int]:
    """Return how many events are of each day and kind."""
    return dict(Counter(map(_group_of, events)))


def variables(
    events: tuple[Event, ...], sizes: Mapping[tuple[int, Kind], int], context: Context
) -> Variables:
    """The page of what opened, moved and closed lately; `sizes` also count events too many to be listed."""
    wording = context.wording
    title, lede = wording.text("changes.title"), wording.text("changes.lede")
    feeds = feeds_of(addresses.CHANGES, context.titled(title), context, calendar=False)
    page = head_of_list(title, lede, addresses.CHANGES, feeds, context)
    listed = wording.number(len(events))
    note = wording.text("changes.latest", count=listed) if sum(sizes.values()) > len(events) else None
    return page, {"days": tuple(_days_of(events, sizes, context)), "note": note}


def _days_of(
    events: Iterable[Event], sizes: Mapping[tuple[int, Kind], int], context: Context
) -> Iterator[DayView]:
    for ordinal, of_day in groupby(events, attrgetter("day")):
        day = date.fromordinal(ordinal)
        kinds = (
            _changes(kind, sizes[ordinal, kind], found, context)
            for kind, found in groupby(of_day, attrgetter("kind"))
        )
        yield DayView(context.wording.weekday_date(day), day.isoformat(), tuple(kinds))


def _changes(kind: Kind, size: int, events: Iterable[Event], context: Context) -> KindView:
    heading = context.wording.plural(f"changes.{kind}.heading", size)
    return KindView(kind.value, heading, tuple(_change(event, context) for event in events))


def _change(event: Event, context: Context) -> ChangeView:
    return ChangeView(
        href=context.site.root + addresses.posting(event.slug),
        title=event.title,
        lang=event.language,
        organization=event.organization,
        told=told(event, context.wording, context.settings.time_zone) if event.kind in _MORE else None,
    )
