"""The page of changes as its template sees it: days, and what happened on each.

Owns the grouping by day; refuses to know which events there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import NamedTuple

from hiringhall.changes import Event, Kind, told
from hiringhall.context import Context
from hiringhall.pages.rendering import Variables
from hiringhall.pages.views import feeds_of, head_of_list, titled
from hiringhall.policies import addresses

_MORE = {Kind.MOVED, Kind.CLOSED}


class ChangeView(NamedTuple):
    """Something that happened to a posting; `kind` names it, `told` says more if there is more."""

    href: str
    title: str
    lang: str
    organization: str
    kind: str
    told: str | None
    closed: bool


class DayView(NamedTuple):
    """A day on which something happened; `machine` is its ISO date."""

    text: str
    machine: str
    changes: tuple[ChangeView, ...]


def variables(events: tuple[Event, ...], context: Context) -> Variables:
    """The page of what opened, moved and closed lately."""
    title, lede = context.wording.text("changes.title"), context.wording.text("changes.lede")
    feeds = feeds_of(addresses.CHANGES, titled(title, context), context, calendar=False)
    page = head_of_list(title, lede, addresses.CHANGES, feeds, context)
    return page, {"days": _days_of(events, context)}


def _days_of(events: Iterable[Event], context: Context) -> tuple[DayView, ...]:
    """Return events, which come newest first, by day."""
    days = ((date.fromordinal(number), found) for number, found in groupby(events, lambda event: event.day))
    return tuple(
        DayView(
            context.wording.weekday_date(day),
            day.isoformat(),
            tuple(_change(event, context) for event in found),
        )
        for day, found in days
    )


def _change(event: Event, context: Context) -> ChangeView:
    return ChangeView(
        href=context.site.root + addresses.posting(event.slug),
        title=event.title,
        lang=event.language,
        organization=event.organization,
        kind=context.wording.text(f"changes.{event.kind}.kind"),
        told=told(event, context.wording, context.settings.time_zone) if event.kind in _MORE else None,
        closed=event.kind is Kind.CLOSED,
    )
