"""Which facet terms a posting belongs to.

Owns the mapping from a posting's fields to terms; refuses to know how terms are counted or shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from hiringhall.model import Arrangement, Facet, Place, PlainTerm, Posting, Settings
from hiringhall.policies import places
from hiringhall.policies.slugs import term_slug

NOT_STATED = "not-stated"
REMOTE = "remote"
ANYWHERE, _REMOTELY = (Facet.LOCATION, REMOTE), (Facet.ARRANGEMENT.value, REMOTE)
_MOST_PLACES = 12  # that a page of a remote job leads on to


class Words(Protocol):
    """What this module needs of the site's language."""

    def text(self, key: str) -> str:
        """Return the word for a key such as `type.full-time`."""

    @property
    def naming(self) -> places.Naming:
        """How it names places."""


def terms_of(posting: Posting, settings: Settings, words: Words) -> tuple[PlainTerm, ...]:
    """Return the terms of a posting, each once; a type or arrangement not stated is a term of its own.

    A term that is written in two ways, as San José and San Jose, has the label that comes first.
    """
    found = (
        (Facet.ORGANIZATION.value, posting.organization.slug, posting.organization.name),
        *_locations(posting, settings, words),
        *_tags(posting, settings),
        *_values(Facet.TYPE, "type", posting.employment_types, words),
        *_values(Facet.ARRANGEMENT, "arrangement", filter(None, [posting.arrangement]), words),
    )
    firsts: dict[tuple[str, str], PlainTerm] = {}
    for term in found:
        firsts.setdefault(term[:2], term)
    return tuple(firsts.values())


def leading_on(terms: Sequence[PlainTerm]) -> list[PlainTerm]:
    """Return the terms through which a reader finds jobs like one with these: what is stated, once each.

    >>> remote, work = ("locations", "remote", "Remote"), ("arrangements", "remote", "Remote")
    >>> leading_on([remote, ("types", "not-stated", "Type not stated"), work])
    [('locations', 'remote', 'Remote')]
    """
    # Remote jobs are a place, too, which is the same list; people in many places may have such a job.
    found = [term for term in terms if term[1] != NOT_STATED and term[:2] != _REMOTELY]
    around = [term for term in found if term[0] == Facet.LOCATION and term[:2] != ANYWHERE]
    is_far = len(around) > _MOST_PLACES and any(term[:2] == ANYWHERE for term in found)
    return [term for term in found if term not in around] if is_far else found


def places_of(posting: Posting, home: str) -> tuple[Place, ...]:
    """Return where people look for a posting: its places, and for remote work, where they may live.

    All of the country `home` is no such place: its remote jobs are those that are found as remote.
    """
    areas = posting.remote_from if posting.arrangement is Arrangement.REMOTE else ()
    return tuple(
        dict.fromkeys((*posting.places, *(area for area in areas if area.region or area.country != home)))
    )


def _locations(posting: Posting, settings: Settings, words: Words) -> Iterator[PlainTerm]:
    if posting.arrangement is Arrangement.REMOTE:
        yield Facet.LOCATION.value, REMOTE, words.text("arrangement.remote")
    for place in places_of(posting, settings.default_country):
        for slug, label, _ in places.terms_of(place, settings.default_country, words.naming):
            yield Facet.LOCATION.value, slug, label


def _tags(posting: Posting, settings: Settings) -> Iterator[PlainTerm]:
    labels = settings.tags or {}
    for tag in posting.tags:
        yield Facet.TAG.value, term_slug(tag), labels.get(tag, tag)


def _values(facet: Facet, prefix: str, stated: Iterable[str], words: Words) -> Iterator[PlainTerm]:
    for value in tuple(stated) or (NOT_STATED,):
        yield facet.value, str(value), words.text(f"{prefix}.{value}")
