"""What the newsletter says: what is new, what closes within a week, which deadlines moved, what closed.

Owns the choice and the order; refuses to know the forms it is written in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from itertools import starmap
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hiringhall import changes
from hiringhall.cache import Workers, open_cache
from hiringhall.changes import Event, Kind
from hiringhall.context import Context
from hiringhall.diagnostics import LayoutFault, Outcome, Span, error, failed, ordered
from hiringhall.engine.packs import DamagedError
from hiringhall.facts import facts_of, place_line
from hiringhall.intake.content.collisions import compare_postings, without_errors
from hiringhall.intake.content.history import first_seen, with_history
from hiringhall.intake.files.sources import reread, scan
from hiringhall.listing import build_listing, weighed
from hiringhall.model import Entry, Listing, Options, Posting, State
from hiringhall.pages.bytecode import folder_in
from hiringhall.plan import plan
from hiringhall.policies import addresses, ordering
from hiringhall.site import read_files, read_site

SINCE = "--since"
WEEK = timedelta(days=7)


class Item(NamedTuple):
    """A posting in the letter: `href` is its absolute address, and each of `notes` is a line about it.

    `lang` is the language of its title (BCP 47) if that is not the letter's.
    """

    title: str
    lang: str
    href: str
    notes: tuple[str, ...]


class Section(NamedTuple):
    """A part of the letter, which has items."""

    heading: str
    items: tuple[Item, ...]


class Letter(NamedTuple):
    """The newsletter in the site's language (BCP 47), with its mark between a name and what it says.

    `lede` is its contents in one line, which mail programs show beside the subject. `links` are texts and
    addresses that lead on.
    """

    title: str
    lede: str
    language: str
    is_rtl: bool
    colon: str
    sections: tuple[Section, ...]
    links: tuple[tuple[str, str], ...]


def write_letter(options: Options, first: date | None) -> Outcome[Letter]:
    """Read the content and write the letter from the day `first` on; no value if content is wrong.

    Without a day, it covers the seven whole days before today, so that a weekly letter covers each day once.
    A future day is refused. The cache is used unless it is damaged, but nothing is added to it.
    """
    try:
        return _written(options, first)
    except DamagedError:
        return _written(options._replace(cache=None), first)


def _written(options: Options, first: date | None) -> Outcome[Letter]:
    bytecode = folder_in(options.cache) if options.cache else None
    site, around = read_site(options, read_files(options), bytecode)
    sources = with_history(scan(options.content), options)
    files, context = sources.value or (), site.context
    found = [*around, *sources.diagnostics]
    zone = ZoneInfo(context.settings.time_zone)
    today = options.now.astimezone(zone).date()
    if first and first > today:
        message = f"{first} is after {today}, the last day that a digest can cover"
        found.append(error(SINCE, Span(), "usage", message))
    with open_cache(options.cache, site.setup, Workers(options.jobs)) as cache:
        cards, wrong = cache.cards_of(files)
        paths = [source.path for source in files]
        found += site.doubts.told((*wrong, *compare_postings(paths, cards, site.setup.register, reread)))
        alphabet = context.wording.text("alphabet")
        listing = build_listing(without_errors(cards, found), options.now, context.settings, alphabet)
        found = [*weighed(found, listing)]
        if failed(found, strict=options.strict):
            return Outcome(None, ordered(found))
        # A letter tells of a site: where that could not be published, its links would lead to the one before.
        wanted = plan(listing, cards, site, cache, options.content, is_whole=True)
        if failed(wanted.diagnostics):
            return Outcome(None, ordered((*found, *wanted.diagnostics)))
        days = (first, today) if first else (today - WEEK, today - timedelta(days=1))
        seen = first_seen(files, options)
        merged = {slug: datetime.fromtimestamp(at, zone).date() for slug, at in seen.items()}
        try:
            return Outcome(letter_of(listing, *days, cache.posting, context, merged))
        except LayoutFault as fault:
            return Outcome(None, ordered((*found, *fault.diagnostics)))


def letter_of(
    listing: Listing,
    first: date,
    last: date,
    posting_of: Callable[[Entry], Posting],
    context: Context,
    merged: Mapping[str, date] = MappingProxyType({}),
) -> Letter:
    """Return the letter on the days from `first` to `last`, from a listing after them.

    `merged` has, by slug, the day on which the file came; before that, nobody could see its posting.
    """
    wording, site = context.wording, context.site
    found = _found(listing, first, last, context.settings.time_zone, merged)

    def item(entry: Entry, *notes: str) -> Item:
        title, organization = map(wording.isolated, (entry.card.title, entry.card.organization))
        href = site.absolute(addresses.posting(entry.card.slug))
        return Item(title, entry.card.language, href, (organization, *notes))

    def stating(entry: Entry, *, is_told: bool = False) -> Item:
        posting = posting_of(entry)
        stated = {fact.name: fact for fact in facts_of(posting, entry, context)}
        pay, deadline = stated["pay"], stated["deadline"]
        when = wording.labelled(deadline.label, deadline.lead)
        if is_told:
            return item(entry, when)
        return item(entry, place_line(posting, context), wording.labelled(pay.label, pay.text), when)

    def telling(entry: Entry, event: Event) -> Item:
        return item(entry, changes.told(event, wording, context.settings.time_zone))

    new = {*found.new}
    sections = tuple(
        Section(_counted(wording.text(f"digest.{name}"), len(items)), items)
        for name, items in (
            ("new", tuple(map(stating, found.new))),
            ("closing", tuple(stating(entry, is_told=entry in new) for entry in _closing(listing))),
            ("moved", tuple(starmap(telling, found.moved))),
            ("closed", tuple(starmap(telling, found.closed))),
        )
        if items
    )
    return Letter(
        title=wording.text(
            "digest.title",
            title=context.settings.title,
            first=wording.short_date(first),
            last=wording.short_date(last),
        ),
        lede=" · ".join(section.heading for section in sections) or wording.text("digest.empty"),
        language=context.settings.language,
        is_rtl=wording.is_rtl,
        colon=wording.text("marks.colon"),
        sections=sections,
        links=(
            (_counted(wording.text("digest.more"), len(listing.open)), site.absolute("")),
            (wording.text("changes.title"), site.absolute(addresses.CHANGES)),
        ),
    )


def _counted(name: str, number: int) -> str:
    return f"{name} ({number})"


class _Found(NamedTuple):
    """What happened on some days: the open postings that are new, and those that moved or closed, and how."""

    new: list[Entry]
    moved: list[tuple[Entry, Event]]
    closed: list[tuple[Entry, Event]]


def _found(listing: Listing, first: date, last: date, home: str, merged: Mapping[str, date]) -> _Found:
    """Choose what to report: if the same thing happened twice to a posting, the later time."""
    zone, days = ZoneInfo(home), range(first.toordinal(), last.toordinal() + 1)
    entries = {entry.card.slug: entry for entry in listing.entries}
    known = changes.since(entries.values(), 0, home)
    events = [
        event for event in known if event.kind is not Kind.OPENED and changes.told_on(event, zone) in days
    ]

    def told(kind: Kind, *, closed: bool = False) -> list[tuple[Entry, Event]]:
        latest: dict[str, Event] = {}
        for event in events:
            if event.kind is kind and (entries[event.slug].state is State.CLOSED) is closed:
                latest.setdefault(event.slug, event)
        return [(entries[slug], event) for slug, event in latest.items()]

    came = {entry: _opening(entry, merged) for entry in listing.open}
    new = {entry: day for entry, day in came.items() if first <= day <= last}
    new |= {entry: date.fromordinal(event.day) for entry, event in told(Kind.REOPENED)}
    newest = sorted(new, key=lambda entry: (-new[entry].toordinal(), entry.card.slug))
    return _Found(newest, told(Kind.MOVED), told(Kind.CLOSED, closed=True))


def _opening(entry: Entry, merged: Mapping[str, date]) -> date:
    """Return the day on which readers could first see a posting, under its present or a former name."""
    card = entry.card
    came = [merged[slug] for slug in (card.slug, *card.aliases) if slug in merged]
    return max(date.fromordinal(card.added), min(came, default=date.min))


def _closing(listing: Listing) -> list[Entry]:
    """Return what closes within a week, whatever the site calls soon, earliest deadline first."""
    latest = (listing.now + WEEK).timestamp()
    found = (entry for entry in listing.open if entry.card.has_deadline and entry.card.closes_at <= latest)
    return sorted(found, key=ordering.closing_first)
