"""The block of a posting's page about other postings: related ones, the previous and the next.

Owns what is said about each; refuses to know the posting itself, whose parts need not be made again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from hiringhall.context import Context
from hiringhall.model import Entry, Facet, PlainTerm
from hiringhall.pages.templates import Templates
from hiringhall.pages.views import Link, term_links
from hiringhall.policies import addresses

TEMPLATE = "partials/neighbours.html"
_LOCATION = Facet.LOCATION.value


class NeighbourView(NamedTuple):
    """Another posting in one line; `lang` is as on cards, `note` names its employer and its first place."""

    title: str
    lang: str
    href: str
    note: str


class NeighboursView(NamedTuple):
    """The postings around one: related open ones, and those before and after it in its own list.

    `filed_under` are those of its terms that have open postings.
    """

    related: tuple[NeighbourView, ...]
    filed_under: tuple[Link, ...]
    newer: NeighbourView | None
    older: NeighbourView | None


def neighbours_view(
    related: Iterable[Entry],
    terms: Iterable[PlainTerm],
    newer: Entry | None,
    older: Entry | None,
    context: Context,
) -> NeighboursView:
    """Return the view of a posting's neighbours."""
    root = context.site.root
    return NeighboursView(
        related=tuple(neighbour_view(entry, root) for entry in related),
        filed_under=term_links(terms, context),
        newer=neighbour_view(newer, root) if newer else None,
        older=neighbour_view(older, root) if older else None,
    )


def rendered(view: NeighboursView, subject: str, context: Context, templates: Templates) -> bytes:
    """Return the block. Raises LayoutFault."""
    return templates.render(TEMPLATE, subject, neighbours=view, t=context.wording.text).encode()


def neighbour_view(entry: Entry, root: str) -> NeighbourView:
    """Return an entry as the pages of others name it."""
    card = entry.card
    return NeighbourView(card.title, card.language, root + addresses.posting(card.slug), _note(entry))


def shown(entry: Entry) -> str:
    """Return all that a neighbor's page says about an entry: the rest may change without effect there."""
    return f"{entry.card.slug}\0{entry.card.title}\0{entry.card.language}\0{_note(entry)}"


def _note(entry: Entry) -> str:
    card = entry.card
    for facet, _, place in card.terms:
        if facet == _LOCATION:
            return f"{card.organization} · {place}"
    return card.organization
