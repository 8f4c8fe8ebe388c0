"""The card of a posting: the little that lists and checks across files need to know about it.

Owns what makes two postings twins; refuses to know what is done with a card.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TypeVar

from hiringhall.engine.digests import digest
from hiringhall.intake.configuration.register import normal_name
from hiringhall.intake.markdown.rendering import links_within
from hiringhall.model import Arrangement, Card, Deadline, EmploymentType, Posting, Salary, Settings
from hiringhall.policies import facets, lifecycle
from hiringhall.policies.addresses import site_at
from hiringhall.policies.related import traits_of

TEXT = "text "  # before what the texts of two employers should not share
_OWN_TEXT = 200  # characters
_DIGITS = 16  # 64 bits: among a hundred thousand postings, two collide by accident once in 2**31

Strings = TypeVar("Strings", bound=tuple[str, ...])


def card_of(posting: Posting, key: str, settings: Settings, words: facets.Words) -> Card:
    """Make a posting's card; `words` name the terms it belongs to in the site's language."""
    zone = lifecycle.closing_zone(posting.deadline, settings.time_zone)
    terms = tuple([_shared(term) for term in facets.terms_of(posting, settings, words)])
    where = facets.places_of(posting, settings.default_country)
    places = tuple([_shared((at.country, at.region or "", at.city or "")) for at in where])
    card = Card(
        slug=posting.slug,
        path=posting.path,
        key=key,
        title=posting.title,
        organization=posting.organization.name,
        added=posting.added.toordinal(),
        changed=posting.changed.toordinal(),
        closes_at=int(posting.closes_at.timestamp()),
        closes_because=posting.closes_because.value,
        status=None if posting.status is None else posting.status.value,
        has_deadline=isinstance(posting.deadline, Deadline),
        last_day=lifecycle.last_open_day(posting.closes_at, zone).toordinal(),
        pay=_pay(posting.salary),
        terms=terms,
        aliases=posting.aliases,
        twins=twins_of(posting),
        draft=posting.draft,
        moves=tuple((*move,) for move in posting.moves),
        language="" if posting.language == settings.language else posting.language,
        lacks=(*_lacking(posting, settings),),
        links=links_within(posting.body_html, site_at(settings.base_url).root),
        places=places,
        traits=traits_of(posting.title, terms, places),
        pay_in_words=posting.salary.in_words if posting.salary else "",
    )
    return card._replace(outline=_outline(card))


def _outline(card: Card) -> str:
    """Name all that pages of other postings can depend on, whatever they make of it."""
    named = card.slug, card.title, card.language, card.organization, card.terms, card.places
    told = card.pay, card.pay_in_words, card.has_deadline, card.last_day, card.closes_at
    return digest(repr((*named, *told)))[:_DIGITS]


def _lacking(posting: Posting, settings: Settings) -> Iterator[str]:
    if not posting.is_added_stated:
        yield "added"
    if posting.posted is None:
        yield "posted"
    if posting.arrangement is Arrangement.REMOTE and not posting.remote_from:
        yield "remote_from"
    if (
        settings.pay_required
        and (posting.salary is None or posting.salary.ends is None)
        and EmploymentType.VOLUNTEER not in posting.employment_types
    ):
        yield "pay"


@lru_cache(maxsize=1 << 16)
def _shared(value: Strings) -> Strings:
    """Return an equal value that other cards already hold: postings have much in common."""
    return value


def _pay(salary: Salary | None) -> tuple[str, str, str, str] | None:
    if salary is None or salary.ends is None:
        return None
    low, high = ("" if end is None else str(end) for end in (salary.minimum, salary.maximum))
    stated = low, high, salary.period.value, salary.currency
    pay: tuple[str, str, str, str] = _shared(stated)
    return pay


def twins_of(posting: Posting) -> tuple[str, ...]:
    """Name what no other open posting should share: employer, job and place, then a page to apply on, a text.

    "&" is "and", and case and punctuation do not count. An employer's jobs share its mailbox, which says
    nothing, and often a page for all of them: an address without a figure counts only with the title and
    the places. Some texts say nothing of a job, and are short.
    """
    where = posting.places or posting.remote_from
    places = sorted(f"{place.city} {place.region} {place.country}" for place in where)
    text = (TEXT + _short("text", posting.body_text),) if len(posting.body_text) >= _OWN_TEXT else ()
    work = " | ".join(map(normal_name, (posting.title, *places)))
    job = f"{normal_name(posting.organization.name)} | {work}"
    url = posting.application.url
    if url is None:
        return (_short("job", job), *text)
    is_own = any(sign.isdigit() for sign in url.partition("//")[2].partition("/")[2])
    page = url.rstrip("/") if is_own else f"{url.rstrip('/')} {work}"
    return _short("job", job), _short("url", page), *text


def _short(kind: str, text: str) -> str:
    return digest(kind, text)[:_DIGITS]
