"""The listing at one instant: cards split by life cycle and grouped by facet, and when that changes next.

Owns what belongs to which list, and the messages that come and go with the day of the build; refuses to know
how a list is rendered.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from itertools import chain
from zoneinfo import ZoneInfo

from hiringhall.diagnostics import Diagnostic, Severity, Span, error, notice, warning
from hiringhall.model import Card, Entry, Facet, Group, Listing, PlainTerm, Settings, Source, State, Term
from hiringhall.policies import lifecycle, ordering

_UNTOLD = "so search engines are not told that this page is a job"
# Days after a posting closed or was last confirmed; until then, a wrong date may be why it is closed.
_PAST_AFTER = 365
# What a notice of a missing field is called, what follows from it, and its hint, which can name the day.
_ASKING = {
    "added": (
        "added-missing",
        "so the day it was posted stands in for it, and people who follow the list may miss this posting",
        "add added: {today}, or the day it entered this list",
    ),
    "posted": ("posted-missing", _UNTOLD, "add posted if the employer's page gives a date"),
    "remote_from": (
        "remote-from-missing",
        _UNTOLD,
        "add remote_from if the employer says where people may live",
    ),
}
_FIGURES = "ask the employer for the figures; write them as salary: {min: 52000, max: 60000, period: year}"


def build_listing(cards: Iterable[Card], now: datetime, settings: Settings, alphabet: str) -> Listing:
    """Judge every card at `now` and sort it into its lists; drafts are left out.

    Terms are in the order of `alphabet`, that of the site's language.
    """
    today, known = now.astimezone(ZoneInfo(settings.time_zone)).toordinal(), tuple(cards)
    listed = [card for card in known if lifecycle.is_listed(card, today)]
    moment, days = now.timestamp(), settings.closing_soon_days
    entries = [lifecycle.entry_at(card, moment, today, days) for card in listed]
    opened = sorted((e for e in entries if e.state is not State.CLOSED), key=ordering.newest_first)
    closed = sorted((e for e in entries if e.state is State.CLOSED), key=ordering.closed_last_first)
    soon = sorted((e for e in opened if e.state is State.CLOSING_SOON), key=ordering.closing_first)
    years: dict[int, list[Entry]] = defaultdict(list)
    for entry in closed:
        years[date.fromordinal(entry.closed_on or 1).year].append(entry)
    return Listing(
        now=now,
        today=today,
        open=tuple(opened),
        closing_soon=tuple(soon),
        closed=tuple(closed),
        groups=_groups(opened, closed, alphabet),
        years={year: tuple(found) for year, found in sorted(years.items(), reverse=True)},
        upcoming=tuple(card for card in known if not (card.draft or lifecycle.is_listed(card, today))),
    )


def _groups(opened: list[Entry], closed: list[Entry], alphabet: str) -> dict[Facet, tuple[Group, ...]]:
    """Group open entries by term. A term whose postings have all closed stays, so that its address works."""
    members: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    spelled: dict[PlainTerm, list[Entry]] = {}  # a term that has two labels is one group
    for entry in opened:
        for term in entry.card.terms:
            found = spelled.get(term)
            if found is None:
                found = spelled[term] = members[term[:2]]
            found.append(entry)
    gone: Counter[tuple[str, str]] = Counter()
    counted = Counter(chain.from_iterable([entry.card.terms for entry in closed]))
    for term, number in counted.items():
        gone[term[:2]] += number
    labels: dict[tuple[str, str], str] = {}
    for facet, slug, label in chain(spelled, counted):
        labels.setdefault((facet, slug), label)
    groups: dict[Facet, list[Group]] = {facet: [] for facet in Facet}
    terms = [Term(Facet(facet), slug, label) for (facet, slug), label in labels.items()]
    for named in sorted(terms, key=partial(ordering.by_label, alphabet=alphabet)):
        key = named.facet.value, named.slug
        groups[named.facet].append(Group(named, tuple(members[key]), gone[key]))
    return {facet: tuple(found) for facet, found in groups.items()}


def next_change(listing: Listing, settings: Settings, found: Iterable[Diagnostic] = ()) -> datetime | None:
    """Return the next instant at which the same postings make a different listing or messages, or None.

    `found` are the messages that there are now, as weighed.
    """
    days_before = settings.closing_soon_days
    moments = [
        lifecycle.soon_from(entry.card, days_before) if entry.state is State.OPEN else entry.card.closes_at
        for entry in listing.open
    ]
    zone, today = ZoneInfo(settings.time_zone), listing.today
    days = (
        *(card.added for card in listing.upcoming),
        *(entry.card.changed - 1 for entry in _ahead(listing)),
        *(entry.card.changed for entry in listing.entries if entry.card.changed > today),
        *(day for day in _past_from(listing, found).values() if day > today),
        # The message about such a posting names the day of the build.
        *((today + 1,) if any("added" in e.card.lacks for e in listing.open) else ()),
    )
    coming = (lifecycle.start_of_day(date.fromordinal(day), zone) for day in days)
    first = (datetime.fromtimestamp(min(moments), UTC),) if moments else ()
    return min((*first, *coming), default=None)


def _ahead(listing: Listing) -> list[Entry]:
    """Return the entries dated after tomorrow; tomorrow may have begun somewhere on earth."""
    return [entry for entry in listing.entries if entry.card.changed > listing.today + 1]


def remarks(listing: Listing, read: Callable[[str], Source]) -> Iterator[Diagnostic]:
    """Yield what follows from the days and the pay that open and upcoming postings state, or do not state.

    `read` gives a file by its path, to find the places of days.
    """
    for entry in _ahead(listing):
        day = date.fromordinal(entry.card.changed)
        message = f"posted or verified is {day}, which is in the future"
        hint = "write the day the job was posted, or last seen open"
        span = _place_of(day, ("posted", "verified"), read(entry.card.path))
        yield warning(entry.card.path, span, "date-ahead", message, hint)
    today = date.fromordinal(listing.today)
    for entry in listing.open:
        for field in filter(_ASKING.__contains__, entry.card.lacks):
            code, consequence, hint = _ASKING[field]
            message = f"{field} is missing, {consequence}"
            yield notice(entry.card.path, Span(), code, message, hint.format(today=today))
    # What is to be listed is judged now: the build of that day, which nobody watches, must not fail.
    for card in (*(entry.card for entry in listing.open), *listing.upcoming):
        if "pay" in card.lacks and card.status is None:
            message = "no pay is stated in figures, which this list requires"
            yield error(card.path, Span(), "pay-missing", message, _FIGURES)
    for card in listing.upcoming:
        field = "posted" if "added" in card.lacks else "added"
        day = date.fromordinal(card.added)
        message = f"{field} is in the future: this posting will be listed from {day} on"
        span = _place_of(day, (field,), read(card.path))
        yield notice(card.path, span, "added-later", message)


def _place_of(day: date, fields: Iterable[str], source: Source) -> Span:
    """Return where a file has a day, in one of some fields; its first line where there is none."""
    from hiringhall.intake.frontmatter.documents import place_stated

    return place_stated(source, str(day), fields)


def weighed(found: Iterable[Diagnostic], listing: Listing) -> tuple[Diagnostic, ...]:
    """Return messages with the weight that they have now.

    About a posting that closed long ago, there is nothing left to ask and little to gain: a warning becomes a
    notice, and there are no notices. Else those of many years would hide what concerns open postings.
    """
    told = tuple(found)
    past = {path for path, day in _past_from(listing, told).items() if day <= listing.today}
    return tuple(
        each._replace(severity=Severity.NOTICE)
        if each.path in past and each.severity is Severity.WARNING
        else each
        for each in told
        if each.path not in past or each.severity is not Severity.NOTICE
    )


def _past_from(listing: Listing, found: Iterable[Diagnostic]) -> dict[str, int]:
    """Return from which day (ordinal) on closed postings that messages are about are past, by path."""
    paths = {each.path for each in found}
    entries = [entry for entry in listing.closed if entry.card.path in paths]
    return {
        entry.card.path: max(entry.closed_on or 0, entry.card.changed) + _PAST_AFTER + 1 for entry in entries
    }
