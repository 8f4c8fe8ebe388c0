"""What every feed says about a posting: its text, its dates, its labels, its machine-readable figures.

Owns what an item holds; refuses to know the formats it is written in, and which feeds there are.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from html import escape, unescape
from itertools import starmap
from typing import Any, NamedTuple
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from hiringhall import changes
from hiringhall.context import Context
from hiringhall.engine.memoize import memoize_abreast
from hiringhall.engine.patterns import pattern
from hiringhall.facts import Fact, closed_because, facts_of
from hiringhall.model import Deadline, Entry, Posting, Rolling, Salary, State
from hiringhall.policies import addresses, facets, lifecycle, moments

# Postings share most of their labels, dates and places.
_escaped = lru_cache(maxsize=4096)(escape)

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# A posting's HTML escapes every quote in its text, so this is always an attribute.
_LOCAL_LINK = pattern(r'="(?:(?<= href=")|(?<= src="))(?!(?i:https?|mailto|tel):)([^"]*)')


class Maker(NamedTuple):
    """How one kind of part is made from a posting."""

    kind: str
    make: Callable[[Posting, Entry, Context], bytes]


def instant_of(event: changes.Event, context: Context) -> datetime:
    """Return when something happened; if only the day is known, that is its start."""
    if event.at is None:
        return start_of(event.day, context)
    return _local(event.at, context)


def published(entry: Entry, context: Context) -> datetime:
    """Return when a posting entered the lists that it is in: the day it was added began, or it closed.

    In none of them does that ever change. Feed readers put an entry where its date is: one from long ago is
    hardly ever seen.
    """
    added = start_of(entry.card.added, context)
    if entry.state is not State.CLOSED or entry.closed_on is None:
        return added
    if lifecycle.is_closed_by_dates(entry):
        return max(added, _local(entry.card.closes_at, context))
    return max(added, start_of(entry.closed_on, context))


def soon(entry: Entry, context: Context) -> datetime:
    """Return when a posting entered the list of those that close soon."""
    settings = context.settings
    at = lifecycle.soon_since(entry.card, settings.closing_soon_days, settings.time_zone)
    return max(published(entry, context), _local(at, context))


def _local(at: int, context: Context) -> datetime:
    return datetime.fromtimestamp(at, ZoneInfo(context.settings.time_zone))


def stated(entry: Entry, context: Context) -> datetime:
    """Return when a posting last changed: at an instant in its history, or as a day began that it states.

    A day alone would not do for both: some calendars skip a change whose stamp is not later than the last.
    """
    start, moves = start_of(entry.changed, context), entry.card.moves
    return max(start, _local(moves[-1][1], context)) if moves else start


def changed(entry: Entry, context: Context) -> datetime:
    """Return when what feeds say about a posting last changed: its content did, or its dates closed it."""
    if entry.state is not State.CLOSED or entry.card.status is not None:
        return stated(entry, context)
    return max(stated(entry, context), _local(entry.card.closes_at, context))


def start_of(day: int, context: Context) -> datetime:
    """Return the first instant of a day (ordinal) in the site's zone."""
    return _midnight(day, context.settings.time_zone)


@lru_cache(maxsize=8192)
def _midnight(ordinal: int, zone: str) -> datetime:
    place = ZoneInfo(zone)
    return lifecycle.start_of_day(date.fromordinal(ordinal), place).astimezone(place)


def rfc822(at: datetime) -> str:
    """Return an instant in the form of RSS, with a four-digit year and a numeric offset.

    >>> rfc822(datetime.fromisoformat("2026-01-05T09:30-05:00"))
    'Mon, 05 Jan 2026 09:30:00 -0500'
    """
    day = f"{_WEEKDAYS[at.weekday()]}, {at.day:02} {_MONTHS[at.month - 1]} {at.year:04}"
    return f"{day} {at:%H:%M:%S %z}"


def name_of(posting: Posting) -> str:
    """Return the name that stands for a posting wherever programs must know it again."""
    return addresses.first_name(posting.slug, posting.aliases)


@memoize_abreast
def id_of(posting: Posting) -> str:
    """Return the permanent id of a posting, the same in every feed."""
    return addresses.guid(name_of(posting))


def page_of(posting: Posting, context: Context) -> str:
    """Return the absolute address of a posting's page."""
    return context.site.absolute(addresses.posting(posting.slug))


def title_of(posting: Posting, context: Context) -> str:
    """Return the title of an item: the job and who offers it."""
    return context.wording.text("feeds.item", title=posting.title, organization=posting.organization.name)


def labels(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Return the facet terms a posting states, as facet and label."""
    return tuple((facet, label) for facet, slug, label in entry.card.terms if slug != facets.NOT_STATED)


@memoize_abreast
def body_of(posting: Posting, entry: Entry, context: Context) -> str:
    """Return a posting as HTML that works anywhere: what closed it, its facts, its text.

    All addresses in it are absolute (RSS Best Practices Profile). A text in another language than the site's
    is marked with it and with its direction; text from right to left is marked for feed readers.
    """
    colon = context.wording.text("marks.colon")
    # On lines of their own, because feed readers take the tags out of what they show in lists.
    rows = "\n".join(_row(fact, colon) for fact in facts_of(posting, entry, context))
    text, language = text_of(posting, context), entry.card.language
    if language:
        text = f'<div lang="{language}" dir="auto">\n{text}</div>\n'
    body = f"{_closing_note(posting, entry, context)}<ul>\n{rows}\n</ul>\n{text}"
    return f'<div dir="rtl">\n{body}</div>\n' if context.wording.is_rtl else body


def _closing_note(posting: Posting, entry: Entry, context: Context) -> str:
    """Return the paragraph that says why and when a posting closed, or nothing for an open one."""
    if entry.reason is None:
        return ""
    because = escape(closed_because(posting, entry, context))
    return f"<p><strong>{escape(context.wording.text('closed.title'))}.</strong> {because}</p>\n"


def _row(fact: Fact, colon: str) -> str:
    text = "".join(starmap(_linked, fact.parts or [(fact.text, fact.href)]))
    mark = colon.rstrip()
    return f"<li><strong>{_escaped(fact.label + mark)}</strong>{colon[len(mark) :]}{text}</li>"


def _linked(text: str, href: str | None) -> str:
    return f'<a href="{_escaped(href)}">{_escaped(text)}</a>' if href else _escaped(text)


@memoize_abreast
def text_of(posting: Posting, context: Context) -> str:
    """Return a posting's own text as HTML whose links work wherever it is shown."""
    return absolute_links(posting.body_html, page_of(posting, context))


def absolute_links(html: str, page: str) -> str:
    """Return a posting's HTML with its relative links resolved against its page.

    >>> absolute_links('<a href="#pay">Pay</a> <a href="mailto:a@b.example">us</a>', "https://x.example/jobs/y/")
    '<a href="https://x.example/jobs/y/#pay">Pay</a> <a href="mailto:a@b.example">us</a>'
    """
    return _LOCAL_LINK.sub(lambda found: f'="{escape(urljoin(page, unescape(found[1])))}', html)


@memoize_abreast
def pay_record(salary: Salary | None) -> dict[str, Any] | None:
    """Return pay for programs: numbers, in units of `currency` per `period`; None if it is not stated.

    With only a note, nobody has said which currency and period its figures are in.
    """
    if salary is None:
        return None
    has_figures = salary.ends is not None
    return {
        "min": None if salary.minimum is None else number(salary.minimum),
        "max": None if salary.maximum is None else number(salary.maximum),
        "currency": salary.currency if has_figures else None,
        "period": salary.period.value if has_figures else None,
        "note": salary.note,
    }


def number(amount: Decimal) -> int | float:
    """Return an amount as a JSON number, an integer if it is whole."""
    return int(amount) if amount == amount.to_integral_value() else float(amount)


@memoize_abreast
def deadline_record(deadline: Deadline | Rolling | None) -> dict[str, Any] | None:
    """Return a deadline for programs: as it was written, and the instant it ends, in UTC."""
    if deadline is None:
        return None
    if isinstance(deadline, Rolling):
        unstated = dict.fromkeys(("date", "time", "utc_offset"))
        return {"rolling": True, **unstated, "time_zone": deadline.time_zone, "ends": None}
    return {
        "rolling": False,
        "date": deadline.day.isoformat(),
        "time": moments.clock(deadline.at) if deadline.at else None,
        "utc_offset": moments.offset(deadline.utc_offset) or None,
        "time_zone": deadline.time_zone,
        "ends": moments.utc(lifecycle.instant_of(deadline)),
    }
