"""What can only be seen across files: two postings for one address, one job twice, aliases that collide.

Owns those comparisons; refuses to open a file unless it has something to report about it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from yaml.nodes import MappingNode, Node, SequenceNode

from hiringhall.diagnostics import Diagnostic, Span, error, warning
from hiringhall.intake.frontmatter import Document, read_document
from hiringhall.model import Card, Source, StaticPage

Key = TypeVar("Key", bound=Hashable)
Read = Callable[[str], Source]
Aliased = TypeVar("Aliased", Card, StaticPage)


def across(cards: Iterable[Card], read: Read) -> tuple[Diagnostic, ...]:
    """Compare all postings; `read` gives a file by the path of its card, for the places of what is found."""
    known = tuple(sorted(cards, key=lambda card: card.path))
    return (*_same_slugs(known), *colliding_aliases(known, read), *_twins(known, read))


def _grouped(pairs: Iterable[tuple[Key, Card]]) -> Iterator[tuple[Key, Card, Card]]:
    """Yield each card after the first of its key, with that first one."""
    first: dict[Key, Card] = {}
    for key, card in pairs:
        if first.setdefault(key, card) is not card:
            yield key, first[key], card


def _same_slugs(cards: tuple[Card, ...]) -> Iterator[Diagnostic]:
    for slug, first, second in _grouped((card.slug.casefold(), card) for card in cards):
        # Said at both: either may be the one that is new, or the one that somebody asks about.
        for card, other in ((first, second), (second, first)):
            message = f"{other.path} has the same file name, so both would be published at /jobs/{slug}/"
            yield error(card.path, Span(), "slug-taken", message, "rename one of them")


def colliding_aliases(cards: Sequence[Aliased], read: Read) -> Iterator[Diagnostic]:
    """Yield an error for each alias of a posting, or of a page, that is a name or an alias of another."""
    slugs = {card.slug: card for card in cards}
    owners: dict[str, Aliased] = {}
    for card in cards:
        for alias in card.aliases:
            other = slugs.get(alias) or owners.setdefault(alias, card)
            if other is not card:
                hint = "delete one of them"
                what = "the name" if alias in slugs else "an alias"
                message = f"the alias {alias!r} is also {what} of {other.path}"
                yield error(card.path, _span(card, read, "aliases", alias), "alias-taken", message, hint)
                what = "its name" if alias in slugs else f"its alias {alias!r}"
                place = Span() if alias in slugs else _span(other, read, "aliases", alias)
                yield error(other.path, place, "alias-taken", f"{what} is also an alias of {card.path}", hint)


def _twins(cards: tuple[Card, ...], read: Read) -> Iterator[Diagnostic]:
    current = [card for card in cards if card.status is None and not card.draft]
    by_twin = defaultdict(list)
    for card in current:
        for twin in card.twins:
            by_twin[twin].append(card)
    reported: set[tuple[str, str]] = set()
    for twin, found in by_twin.items():
        if len(found) == 1:
            continue
        for first, second in _overlapping(found):
            if (first.path, second.path) not in reported:
                reported.add((first.path, second.path))
                yield _twin(first, second, read, is_job=twin == second.twins[0])


def _overlapping(cards: list[Card]) -> Iterator[tuple[Card, Card]]:
    """Yield each card with the nearest earlier one open at the same time: a job may come back later."""
    for place, second in enumerate(cards):
        for first in reversed(cards[:place]):
            if first.added <= second.last_day and second.added <= first.last_day:
                yield first, second
                break


def _twin(first: Card, second: Card, read: Read, *, is_job: bool) -> Diagnostic:
    if is_job:
        message = f"{first.path} has the same employer, title and place"
        hint = "if it is the same job, delete one"
        return warning(second.path, _span(second, read, "title"), "twin-job", message, hint)
    message = f"{first.path} has the same address to apply at"
    return warning(second.path, _span(second, read, "apply"), "twin-address", message, "is it the same job?")


def _span(card: Aliased, read: Read, field: str, value: str | None = None) -> Span:
    """Return where a card's file has a field, or one value within it."""
    document: Document | None = read_document(read(card.path)).value
    if document is None or field not in document.fields:
        return Span()
    node = document.fields[field].value
    return document.span(next((each for each in _scalars(node) if each.value == value), node))


def _scalars(node: Node) -> Iterator[Node]:
    if isinstance(node, SequenceNode):
        yield from node.value
    elif not isinstance(node, MappingNode):
        yield node
