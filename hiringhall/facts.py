"""The facts of a posting in words, in the order a reader asks for them: for its page, lists and every feed.

Owns which facts there are and how "not stated" is worded; refuses to know how they are laid out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from urllib.parse import quote

from hiringhall.context import Context
from hiringhall.engine.memoize import memoize_abreast
from hiringhall.intake.fields.mentions import mentions
from hiringhall.model import Arrangement, ClosedReason, Deadline, Entry, Posting, State
from hiringhall.policies import facets, lifecycle, places

_FEW = 3  # places that are named where there is little room


class Part(NamedTuple):
    """A stretch of a fact's text, and the address that it leads to, if it is one."""

    text: str
    href: str | None = None


class Fact(NamedTuple):
    """One row of the facts table: `lead` says it, `note` adds to it, and `text` is all of it as one line.

    `items` are its parts if it has several. A text with addresses in it has `parts`, which together are that
    text. `remark` says what follows from it.

    `href` is absolute, `datetime` the machine form of a date. Notes and `verbatim` facts are in the posting's
    language; remarks and other facts are in the site's.
    """

    name: str
    label: str
    lead: str
    text: str
    note: str | None = None
    items: tuple[str, ...] = ()
    verbatim: bool = False
    href: str | None = None
    stated: bool = True
    datetime: str | None = None
    parts: tuple[Part, ...] = ()
    remark: str | None = None


@memoize_abreast
def facts_of(posting: Posting, entry: Entry, context: Context) -> tuple[Fact, ...]:
    """Return the facts of a posting; a closed one does not say how to apply."""
    applying = () if entry.state is State.CLOSED else tuple(_applying(posting, context))
    return (
        *_terms_of_work(posting, entry, context),
        *applying,
        *_conditions(posting, context),
        *_dates(posting, context),
    )


@memoize_abreast
def in_brief(posting: Posting, entry: Entry, context: Context) -> str:
    """Return a posting in a few words for people who have not opened it: what they ask first, its summary.

    They ask where it is, what it pays and how long they can apply. Of a closed one, they learn first that it
    is.
    """
    wording, is_closed = context.wording, entry.state is State.CLOSED
    until = None if is_closed else _closes(posting, context)
    pay = listed_pay(posting, context)[0] or wording.text("list.pay-not-stated")
    told = " · ".join(filter(None, (_where(posting, context), pay, until)))
    return wording.text("preview.closed" if is_closed else "preview.open", told=told, summary=posting.summary)


def _where(posting: Posting, context: Context) -> str:
    wording, home = context.wording, context.settings.default_country
    every = dict.fromkeys(wording.place(place, home) for place in posting.places or posting.remote_from)
    where = wording.apart(every)
    if len(every) > _FEW:
        where = wording.plural("preview.places", len(every) - 1, place=next(iter(every)))
    remote = wording.text("arrangement.remote") if posting.arrangement is Arrangement.REMOTE else ""
    return " · ".join(filter(None, (where, remote)))


def _closes(posting: Posting, context: Context) -> str | None:
    if posting.deadline is None:
        return None
    day, _ = listed_deadline(posting, context)
    return context.wording.text("preview.closes" if day else "preview.rolling", day=day)


def closed_because(posting: Posting, entry: Entry, context: Context) -> str:
    """Return the sentence that says why a posting is closed, and since when as far as that is known."""
    wording, reason = context.wording, entry.reason or ClosedReason.UNCONFIRMED
    is_told = posting.status is not None and lifecycle.called_off(posting.moves) is not None
    return wording.text(
        f"closed.because.{reason}-on" if is_told else f"closed.because.{reason}",
        deadline=wording.deadline(posting.deadline) if posting.deadline else "",
        confirmed=wording.date(posting.confirmed),
        day=wording.date(date.fromordinal(entry.closed_on)) if entry.closed_on is not None else "",
    )


def place_line(posting: Posting, context: Context) -> str:
    """Return where, how and of what kind the work is, as in "Reno, NV · Hybrid · Full-time"."""
    wording = context.wording
    where = wording.places(posting.places or posting.remote_from, context.settings.default_country)
    arrangement = wording.text(f"arrangement.{posting.arrangement}") if posting.arrangement else None
    types = wording.listed(wording.text(f"type.{value}") for value in posting.employment_types)
    return " · ".join(filter(None, (where, arrangement, types)))


def listed_deadline(posting: Posting, context: Context) -> tuple[str, str]:
    """Return a deadline for lists, in words and in ISO 8601; both are empty if no day is stated.

    Both have the same day: scripts compare it with the day that the reader's calendar has then.
    """
    deadline = posting.deadline
    if not isinstance(deadline, Deadline):
        return "", ""
    return context.wording.listed_deadline(deadline, context.settings.time_zone), _machine(deadline)


def listed_pay(posting: Posting, context: Context) -> tuple[str, bool]:
    """Return pay for lists and whether it is figures; else it is the employer's words, if there are any."""
    figures = context.wording.pay(posting.salary)
    if figures:
        return figures, True
    return posting.salary.in_words if posting.salary else "", False


def mailto(email: str, **headers: str | None) -> str:
    """Return the address that opens a mail, with its `subject` and `body` filled in (RFC 6068)."""
    given = {name: quote(text.replace("\n", "\r\n")) for name, text in headers.items() if text}
    query = "&".join(f"{name}={text}" for name, text in given.items())
    return f"mailto:{quote(email, safe='@+')}" + (f"?{query}" if query else "")


def _terms_of_work(posting: Posting, entry: Entry, context: Context) -> Iterator[Fact]:
    wording, home = context.wording, context.settings.default_country
    yield _pay(posting, context)
    yield _deadline(posting, entry, context)
    shown = (places.with_postal_code(place, wording.language) for place in posting.places)
    where = wording.places(shown, home)
    yield _fact(context, "location", where or wording.text("arrangement.remote"))
    arrangement = wording.text(f"arrangement.{posting.arrangement}") if posting.arrangement else None
    if where or posting.arrangement_note:  # else the place says it
        yield _noted(context, "arrangement", arrangement, posting.arrangement_note)
    types = wording.listed(wording.text(f"type.{value}") for value in posting.employment_types)
    yield _fact(context, "type", types)


def _conditions(posting: Posting, context: Context) -> Iterator[Fact]:
    wording, home = context.wording, context.settings.default_country
    if posting.remote_from:
        yield _fact(context, "remote-from", wording.places(posting.remote_from, home))
    if posting.benefits:
        yield _listed(context, "benefits", posting.benefits)
    for name, text in posting.details:
        yield _verbatim(context, name.replace("_", "-"), text)


def _pay(posting: Posting, context: Context) -> Fact:
    salary = posting.salary
    return _noted(context, "pay", context.wording.pay(salary), salary.note if salary else None)


def _deadline(posting: Posting, entry: Entry, context: Context) -> Fact:
    deadline = posting.deadline
    fact = _fact(context, "deadline", context.wording.deadline(deadline) if deadline else None)
    if isinstance(deadline, Deadline):
        return fact._replace(datetime=_machine(deadline))
    if entry.state is State.CLOSED:
        return fact
    remark = _until(posting, entry, context)
    return fact._replace(remark=remark, text=f"{fact.text}. {remark}")


def _machine(deadline: Deadline) -> str:
    """Return a deadline in ISO 8601; a time is that of its own zone, with the offset."""
    at = lifecycle.instant_of(deadline)
    return at.astimezone(lifecycle.zone_of(deadline)).isoformat() if deadline.at else deadline.day.isoformat()


def _until(posting: Posting, entry: Entry, context: Context) -> str:
    """Return since when nobody has confirmed an open posting without a date, and how long it stays so."""
    wording, last = context.wording, date.fromordinal(entry.card.last_day)
    confirmed = wording.short_date(posting.confirmed)
    return wording.text("facts.unconfirmed", confirmed=confirmed, last=wording.short_date(last))


def _applying(posting: Posting, context: Context) -> Iterator[Fact]:
    application = posting.application
    if application.url:
        yield _fact(context, "apply-url", application.url)._replace(href=application.url)
    if application.email:
        yield _fact(context, "apply-email", application.email)._replace(
            href=mailto(application.email, subject=application.subject)
        )
    if application.instructions:
        yield _with_links(_verbatim(context, "apply", application.instructions))
    if application.subject:
        yield _verbatim(context, "subject", application.subject)
    if application.documents:
        yield _listed(context, "documents", application.documents)
    if application.contact:
        yield _with_links(_verbatim(context, "contact", application.contact))


def _dates(posting: Posting, context: Context) -> Iterator[Fact]:
    added = posting.added if posting.is_added_stated else None  # the day it was posted stands in for it
    stated = (("posted", posting.posted), ("added", added), ("verified", posting.verified))
    for name, day in stated:
        if day is not None:
            yield _fact(context, name, context.wording.date(day))._replace(datetime=day.isoformat())


def _fact(context: Context, name: str, text: str | None) -> Fact:
    label = context.wording.text(f"facts.{name}")
    if text:
        return Fact(name, label, text, text)
    missing = context.wording.text(f"facts.{facets.NOT_STATED}")
    return Fact(name, label, missing, missing, stated=False)


def _verbatim(context: Context, name: str, text: str) -> Fact:
    return _fact(context, name, text)._replace(verbatim=True)


def _with_links(fact: Fact) -> Fact:
    """Return a fact with its text parted into the addresses in it and what is between them, if it has any."""
    parts: list[Part] = []
    at = 0
    for start, end, href in mentions(fact.text):
        parts += (Part(fact.text[at:start]), Part(fact.text[start:end], href))
        at = end
    parts.append(Part(fact.text[at:]))
    return fact._replace(parts=tuple(part for part in parts if part.text)) if at else fact


def _noted(context: Context, name: str, lead: str | None, note: str | None) -> Fact:
    """Return a fact with a note, or with the note alone if that is all there is."""
    if not lead:
        return _verbatim(context, name, note) if note else _fact(context, name, None)
    fact = _fact(context, name, lead)
    return fact._replace(note=note, text=context.wording.apart([lead, note])) if note else fact


def _listed(context: Context, name: str, items: tuple[str, ...]) -> Fact:
    return _verbatim(context, name, context.wording.apart(items))._replace(
        items=items if len(items) > 1 else ()
    )
