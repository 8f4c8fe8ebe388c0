"""Makes valid postings, entries, listings and contexts for tests: a test names only what it cares about.

Owns plausible defaults; refuses to know how content is read: every value is built by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hiringhall.context import Context
from hiringhall.engine.digests import digest
from hiringhall.intake.configuration.strings import read_wording
from hiringhall.intake.content.cards import card_of
from hiringhall.listing import build_listing
from hiringhall.model import (
    Application,
    Arrangement,
    Card,
    Deadline,
    EmploymentType,
    Entry,
    Listing,
    Move,
    Organization,
    PayPeriod,
    Place,
    Posting,
    Rolling,
    Salary,
    Settings,
)
from hiringhall.policies import lifecycle
from hiringhall.policies.addresses import site_at
from hiringhall.policies.slugs import term_slug
from hiringhall.syndication import Maker
from hiringhall.wording import Wording
from tests.trees import LAYOUTS

ZONE = "America/New_York"
NOW = datetime(2026, 1, 20, 17, tzinfo=UTC)

_SETTINGS = Settings(
    title="Hiring Hall",
    description="Job openings at unions & their allies.",
    base_url="https://jobs.example/board",
    language="en",
    time_zone=ZONE,
    default_country="US",
    default_currency="USD",
)


def settings(**changes: Any) -> Settings:
    """Return the settings of a site in New York, at `https://jobs.example/board/`, with `changes`."""
    return _SETTINGS._replace(**changes)


def context(**changes: Any) -> Context:
    """Return the context of a site whose settings have `changes`."""
    chosen = settings(**changes)
    key = digest(repr(chosen))
    return Context(chosen, site_at(chosen.base_url), wording(chosen.language), key)


@cache
def wording(language: str = "en") -> Wording:
    """Return the words of a language that is shipped."""
    found = read_wording(LAYOUTS, language, Path("content"))
    if found.value is None:
        raise ValueError("; ".join(each.message for each in found.diagnostics))
    return found.value


def organization(name: str = "Harbor Workers Local 12", **changes: Any) -> Organization:
    """Return an employer that is not in the register, unless `changes` give it a key."""
    return Organization(None, term_slug(name), name)._replace(**changes)


def place(
    city: str | None = "Rocky Hill",
    region: str | None = "CT",
    country: str = "US",
    postal_code: str | None = None,
) -> Place:
    """Return a place of work."""
    return Place(city, region, postal_code, country)


def deadline(
    day: date | str | None = "2026-02-16",
    at: str | None = None,
    *,
    utc_offset: int | None = None,
    time_zone: str = ZONE,
) -> Deadline | Rolling:
    """Return a deadline: a bare date, or with a time such as `17:00`; no day at all is a rolling one."""
    if day is None:
        return Rolling(time_zone)
    found = date.fromisoformat(day) if isinstance(day, str) else day
    return Deadline(found, time.fromisoformat(at) if at else None, utc_offset, time_zone)


def due(text: str, zone: str = ZONE, offset_hours: float | None = None) -> Deadline:
    """Return a deadline from a day, or from a day and a time such as `2026-02-16 17:00`."""
    day, *at = text.split()
    offset = None if offset_hours is None else int(offset_hours * 3600)
    return Deadline(date.fromisoformat(day), time.fromisoformat(at[0]) if at else None, offset, zone)


def salary(
    minimum: int | str | None = "51640",
    maximum: int | str | None = "79640",
    period: PayPeriod = PayPeriod.YEAR,
    currency: str = "USD",
    note: str | None = None,
) -> Salary:
    """Return pay figures; None for both ends leaves only the note."""
    low, high = (None if end is None else Decimal(end) for end in (minimum, maximum))
    return Salary(low, high, period, currency, note)


def application(email: str | None = "jobs@harbor12.example", **changes: Any) -> Application:
    """Return a way to apply, by email unless `changes` say otherwise."""
    return Application(email=email)._replace(**changes)


_POSTING = Posting(
    slug="harbor-organizer",
    path="content/postings/harbor-organizer.md",
    title="Organizer",
    organization=organization(),
    added=date(2026, 1, 12),
    posted=date(2026, 1, 9),
    verified=None,
    confirmed=date(2026, 1, 12),
    verify_by=None,
    deadline=deadline(),
    status=None,
    closes_at=datetime.max.replace(tzinfo=UTC),
    closes_because=lifecycle.ClosedReason.DEADLINE,
    places=(place(),),
    arrangement=Arrangement.HYBRID,
    arrangement_note=None,
    remote_from=(),
    employment_types=(EmploymentType.FULL_TIME,),
    salary=salary(),
    benefits=("Pension", "Health insurance"),
    application=application(),
    tags=("organizing",),
    details=(("experience", "2 years"),),
    source_url="https://harbor12.example/jobs/organizer",
    source_seen=date(2026, 1, 12),
    aliases=(),
    language="en",
    summary="Organize dock workers.",
    draft=False,
    body_html='<p>Organize <a href="https://harbor12.example/">the harbor</a>.</p>\n',
    body_text="Organize the harbor.",
)


def posting(slug: str = _POSTING.slug, **changes: Any) -> Posting:
    """Return a valid posting with `changes`; the instant it closes follows from its dates unless given."""
    made = _POSTING._replace(slug=slug, path=f"content/postings/{slug}.md")
    made = made._replace(**changes)
    made = made._replace(confirmed=lifecycle.last_confirmed(made._asdict()) or made.added)
    closing = lifecycle.closing_of(
        made.deadline, made.confirmed, made.verify_by, _SETTINGS.undated_max_age_days, ZoneInfo(ZONE)
    )
    derived = {"closes_at": closing.at, "closes_because": closing.reason}
    return made._replace(**{name: value for name, value in derived.items() if name not in changes})


def posting_closed_on(day: date, slug: str = _POSTING.slug, **changes: Any) -> Posting:
    """Return a posting whose deadline is the end of `day`, added two weeks before it."""
    dates = {"added": day - timedelta(days=14), "posted": None, "deadline": deadline(day)}
    return posting(slug, **(dates | changes))


def move(when: str, what: str, before: str, after: str) -> Move:
    """Return what moved in a posting, at a moment such as `2026-01-14T12:00Z`."""
    moment = datetime.fromisoformat(when)
    return Move(moment.astimezone(ZoneInfo(ZONE)).toordinal(), int(moment.timestamp()), what, before, after)


def card(posting: Posting, where: Context | None = None) -> Card:
    """Return what lists know about a posting."""
    where = where or context()
    return card_of(posting, digest(repr(posting)), where.settings, where.wording)


def entry(posting: Posting, now: datetime = NOW, where: Context | None = None) -> Entry:
    """Return a posting's card with its state at `now`."""
    where = where or context()
    today = now.astimezone(ZoneInfo(where.settings.time_zone)).toordinal()
    return lifecycle.entry_at(card(posting, where), now.timestamp(), today, where.settings.closing_soon_days)


def listing(postings: Iterable[Posting], now: datetime = NOW, where: Context | None = None) -> Listing:
    """Return the listing of some postings at `now`."""
    where = where or context()
    cards = [card(posting, where) for posting in postings]
    return build_listing(cards, now, where.settings, where.wording.text("alphabet"))


@dataclass(frozen=True)
class MemoryParts:
    """Renders parts when they are read, from the postings it was given; no cache, no files."""

    postings: Mapping[str, Posting]
    where: Context
    makers: Mapping[str, Callable[[Posting, Entry, Context], bytes]]

    def read(self, kind: str, entries: Iterable[Entry]) -> Iterator[bytes]:
        """Yield the part named `kind` of each entry's posting."""
        return (self.makers[kind](self.postings[entry.card.slug], entry, self.where) for entry in entries)


def parts(postings: Iterable[Posting], where: Context, *makers: Maker) -> MemoryParts:
    """Return parts made by `makers`."""
    return MemoryParts(
        {posting.slug: posting for posting in postings}, where, {maker.kind: maker.make for maker in makers}
    )
