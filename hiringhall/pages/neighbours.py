"""The block of a posting's page about other postings: related ones, the previous and the next.

Owns what is said about each; refuses to know the posting itself, whose parts need not be made again.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import NamedTuple

from hiringhall.context import Context
from hiringhall.model import Card, Entry, Facet, PayPeriod, Salary
from hiringhall.pages.views import Link
from hiringhall.policies import addresses, moments
from hiringhall.wording import Wording

TEMPLATE = "partials/neighbours.html"
_LOCATION = Facet.LOCATION.value


class NeighbourView(NamedTuple):
    """Another posting in one line; `lang` is as on cards, `note` names its employer and its first place.

    `pay` is figures or, if `pay_in_words`, the posting's own words; empty if it is not stated. `deadline`,
    with its machine form, is set if it has a day. `closes_at` is when it closes by its dates.
    """

    title: str
    lang: str
    href: str
    note: str
    pay: str
    pay_in_words: bool
    deadline: str | None
    deadline_machine: str | None
    closes_at: str


class NeighboursView(NamedTuple):
    """The postings around one: related open ones, and those before and after it in its own list.

    `filed_under` are those of its terms that have open postings.
    """

    related: tuple[NeighbourView, ...]
    filed_under: tuple[Link, ...]
    newer: NeighbourView | None
    older: NeighbourView | None


def neighbour_view(entry: Entry, context: Context) -> NeighbourView:
    """Return an entry as the pages of others name it: its card's outline stands for all of that."""
    card, wording = entry.card, context.wording
    day = date.fromordinal(card.last_day) if card.has_deadline else None
    return NeighbourView(
        title=card.title,
        lang=card.language,
        href=context.site.root + addresses.posting(card.slug),
        note=_note(entry, wording),
        pay=wording.pay(_salary(card)) or card.pay_in_words,
        pay_in_words=card.pay is None,
        deadline=wording.listed_day(day) if day else None,
        deadline_machine=day.isoformat() if day else None,
        closes_at=moments.utc(datetime.fromtimestamp(card.closes_at, UTC)),
    )


def _salary(card: Card) -> Salary | None:
    if card.pay is None:
        return None
    low, high, period, currency = card.pay
    lowest, highest = (Decimal(end) if end else None for end in (low, high))
    return Salary(lowest, highest, PayPeriod(period), currency, None)


def _note(entry: Entry, wording: Wording) -> str:
    places = [label for facet, _, label in entry.card.terms if facet == _LOCATION]
    return " · ".join(map(wording.isolated, (entry.card.organization, *places[:1])))
