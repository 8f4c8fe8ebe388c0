"""One posting as pages show it: its row in lists, and its own page around the block of neighbours.

Owns what is shown of a posting; refuses to know other postings, which lists there are, and the markup.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from hiringhall.context import Context
from hiringhall.facts import (
    Fact,
    closed_because,
    facts_of,
    in_brief,
    listed_deadline,
    listed_pay,
    mailto,
    place_line,
)
from hiringhall.model import Entry, Facet, Posting, Rolling, State
from hiringhall.pages import jsonld
from hiringhall.pages.frames import values
from hiringhall.pages.templates import SLOT, Templates, optional
from hiringhall.pages.views import Page, edit_address
from hiringhall.policies import addresses, lifecycle, moments

HEAD = "page_head"
TAIL = "page_tail"
ROW = "row"
KINDS = (HEAD, TAIL, ROW)

_KEY_FACTS = frozenset({"pay", "deadline", "location", "arrangement", "type", "remote-from"})
_APPLYING = frozenset({"apply-url", "apply-email", "apply", "documents", "subject", "contact"})
_ELSEWHERE = _KEY_FACTS | _APPLYING


class RowView(NamedTuple):
    """A posting in a list: `place_line` says where, how and what kind; times are ISO 8601.

    Pay without figures is in the posting's words, and so in its language. If `added` is not stated, it is the
    day the employer posted it.
    """

    slug: str
    url: str
    title: str
    lang: str | None
    organization: str
    place_line: str
    tags: tuple[str, ...]
    pay: str | None
    pay_in_words: bool
    rolling: bool
    deadline: str | None
    deadline_machine: str | None
    closing_soon: bool
    closes_at: str
    added: str
    added_machine: str
    is_added_stated: bool
    closed: str | None
    closed_machine: str | None
    reason: str | None


class PostingView(NamedTuple):
    """A posting's own page; a closed one has `closed_because`, and no way to apply."""

    slug: str
    url: str
    title: str
    lang: str | None
    organization: str
    organization_href: str
    employer_about: str | None
    employer_url: str | None
    key_facts: tuple[Fact, ...]
    applying: tuple[Fact, ...]
    more_facts: tuple[Fact, ...]
    apply_url: str | None
    apply_mail: str | None
    calendar: str | None
    closing_soon: bool
    closes_at: str
    closed_because: str | None
    body: Markup
    source_url: str | None
    source_seen: str | None
    edit_url: str | None
    json_ld: Markup | None


def page(posting: Posting, entry: Entry, context: Context, templates: Templates) -> dict[str, bytes]:
    """Return the posting's page before and after its neighbours. Raises LayoutFault."""
    view = posting_view(posting, entry, context)
    shared = values(page_view(posting, entry, context), context, templates)
    given = {"posting": view, "if_related": optional, "neighbours": SLOT}
    head, tail = templates.split("posting.html", posting.path, **given, **shared)
    return {HEAD: head, TAIL: tail}


def row(posting: Posting, entry: Entry, context: Context, templates: Templates) -> dict[str, bytes]:
    """Return the posting's row in lists. Raises LayoutFault."""
    listed = row_view(posting, entry, context)
    made = templates.render("partials/row.html", posting.path, row=listed, t=context.wording.text)
    return {ROW: made}


MAKERS = (page, row)  # each gives its parts by kind: a page has two, around what it tells of others


def page_view(posting: Posting, entry: Entry, context: Context) -> Page:
    """Return what the head of a posting's page says; some previews of links show nothing but the title."""
    wording, is_closed = context.wording, entry.state is State.CLOSED
    name = f"{posting.title} – {posting.organization.name}"
    if is_closed:
        name = wording.text("changes.item", kind=wording.text("changes.closed.kind"), item=name)
    return Page(
        title=context.titled(name),
        description=in_brief(posting, entry, context),
        canonical=context.site.absolute(addresses.posting(posting.slug)),
        noindex=is_closed,
        kind="article",
    )


def posting_view(posting: Posting, entry: Entry, context: Context) -> PostingView:
    """Return what a posting's page shows."""
    is_open = entry.state is not State.CLOSED
    root, application = context.site.root, posting.application
    facts = facts_of(posting, entry, context)
    dated = entry.card.has_deadline
    return PostingView(
        slug=posting.slug,
        url=root + addresses.posting(posting.slug),
        title=posting.title,
        lang=entry.card.language or None,
        organization=posting.organization.name,
        organization_href=root + addresses.term(Facet.ORGANIZATION, posting.organization.slug),
        employer_about=posting.organization.description,
        employer_url=posting.organization.url,
        key_facts=tuple(fact for fact in facts if fact.name in _KEY_FACTS),
        applying=tuple(fact for fact in facts if fact.name in _APPLYING),
        more_facts=tuple(fact for fact in facts if fact.name not in _ELSEWHERE),
        apply_url=application.url if is_open else None,
        apply_mail=mailto(application.email, subject=application.subject)
        if is_open and application.email
        else None,
        calendar=root + addresses.deadline_calendar(posting.slug) if is_open and dated else None,
        closing_soon=entry.state is State.CLOSING_SOON,
        closes_at=moments.utc(posting.closes_at),
        closed_because=None if is_open else closed_because(posting, entry, context),
        body=Markup(posting.body_html),  # noqa: S704 -- the intake renders it with raw HTML off
        source_url=posting.source_url,
        source_seen=context.wording.date(posting.source_seen) if posting.source_seen else None,
        edit_url=edit_address(posting.path, context),
        json_ld=jsonld.job_posting(posting, entry, context),
    )


def row_view(posting: Posting, entry: Entry, context: Context) -> RowView:
    """Return what a list shows of a posting."""
    wording, deadline = context.wording, posting.deadline
    pay, is_figures = listed_pay(posting, context)
    shown, machine = listed_deadline(posting, context)
    day = lifecycle.closing_day(entry)
    closed = date.fromordinal(day) if day is not None else None
    return RowView(
        slug=posting.slug,
        url=context.site.root + addresses.posting(posting.slug),
        title=posting.title,
        lang=entry.card.language or None,
        organization=posting.organization.name,
        place_line=place_line(posting, context),
        tags=tuple(label for facet, _, label in entry.card.terms if facet == Facet.TAG),
        pay=pay or None,
        pay_in_words=not is_figures,
        rolling=isinstance(deadline, Rolling),
        deadline=shown or None,
        deadline_machine=machine or None,
        closing_soon=entry.state is State.CLOSING_SOON,
        closes_at=moments.utc(posting.closes_at),
        added=wording.short_date(posting.added),
        added_machine=posting.added.isoformat(),
        is_added_stated=posting.is_added_stated,
        closed=wording.short_date(closed) if closed else None,
        closed_machine=closed.isoformat() if closed else None,
        reason=wording.text(f"closed.{entry.reason}") if entry.reason else None,
    )
