"""What can only be seen across files: two postings for one address, one job twice, one employer by two names.

Owns those comparisons; refuses to open a file without errors unless it has something to report about it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TypeVar

from hiringhall.diagnostics import Diagnostic, Severity, Span, error, warning
from hiringhall.intake.configuration.register import Register, alike, doubtful
from hiringhall.intake.content.cards import TEXT
from hiringhall.intake.files.names import slug_of
from hiringhall.intake.frontmatter.quoting import plain
from hiringhall.model import Card, Source, StaticPage
from hiringhall.policies.slugs import is_slug

Read = Callable[[str], Source]
Kept = TypeVar("Kept", Card, StaticPage)


def compare_postings(
    paths: Iterable[str], cards: Iterable[Card], register: Register, read: Read
) -> tuple[Diagnostic, ...]:
    """Compare all postings: those at `paths` by their names, and those that have cards by content.

    A posting with errors has no card. `read` gives a file by its path, to find the places of problems, and
    the aliases of those with errors.
    """
    every, known = sorted(paths), tuple(sorted(cards, key=lambda card: card.path))
    return (
        *_same_slugs(every),
        *colliding_aliases(every, known, read),
        *_twins(known, read),
        *_alike_employers(known, register, read),
    )


def without_errors(read: Iterable[Kept], found: Iterable[Diagnostic]) -> list[Kept]:
    """Return the postings or pages in which no error was found; warnings do not count."""
    wrong = {each.path for each in found if each.severity is Severity.ERROR}
    return [each for each in read if each.path not in wrong]


def _same_slugs(paths: Iterable[str]) -> Iterator[Diagnostic]:
    firsts: dict[str, str] = {}
    for path in paths:
        slug = slug_of(path).casefold()
        first = firsts.setdefault(slug, path)
        if first == path:
            continue
        # Reported at both: either may be the new one, or the one that somebody asks about.
        for one, other in ((first, path), (path, first)):
            message = f"{other} has the same file name, so both would be published at /jobs/{slug}/"
            yield error(
                one,
                Span(),
                "slug-taken",
                message,
                "if it is the same job, delete one of them; if not, rename one",
            )


def colliding_aliases(
    paths: Iterable[str], right: Iterable[Card | StaticPage], read: Read
) -> Iterator[Diagnostic]:
    """Yield an error for each alias that is the name of one at `paths`, or an alias of another.

    The aliases of those that are not `right` are read again: each of two that clash is told, whatever else is
    wrong with it.
    """
    every = (*paths,)
    slugs = {slug_of(path): path for path in every}
    known = {each.path: each.aliases for each in right}
    wrong = {path: _aliases(read(path)) for path in every if path not in known}
    owners: dict[str, str] = {}
    for path, aliases in sorted(each for each in chain(known.items(), wrong.items()) if each[1]):
        for alias in aliases:
            other = slugs.get(alias) or owners.setdefault(alias, path)
            if other != path:
                hint = "delete one of them"
                what = "the name" if alias in slugs else "an alias"
                message = f"the alias {alias!r} is also {what} of {other}"
                yield error(path, _span(path, read, "aliases", alias), "alias-taken", message, hint)
                what = "its name" if alias in slugs else f"its alias {alias!r}"
                place = Span() if alias in slugs else _span(other, read, "aliases", alias)
                yield error(other, place, "alias-taken", f"{what} is also an alias of {path}", hint)


def same_titles(
    pages: Iterable[StaticPage], links: Iterable[tuple[str, str]], read: Read
) -> Iterator[Diagnostic]:
    """Yield a warning for each page whose title is that of another, or the words of one of the site's links.

    `links` are the words of each, and where it leads, for people.
    """
    named = defaultdict(list)
    for title, place in (*links, *((page.title, page.path) for page in pages)):
        named[title.casefold()].append(place)
    for page in pages:
        others = [place for place in named[page.title.casefold()] if place != page.path]
        if others:
            message = f"{others[0]} has the same title: in links, readers cannot tell the two apart"
            yield warning(
                page.path, _span(page.path, read, "title"), "page-title", message, "choose another title"
            )


def _twins(cards: tuple[Card, ...], read: Read) -> Iterator[Diagnostic]:
    current = [card for card in cards if card.status is None and not card.draft]
    counts = Counter(chain.from_iterable([card.twins for card in current]))
    shared = {twin for twin, count in counts.items() if count > 1}
    found_again = [card for card in current if not shared.isdisjoint(card.twins)]
    # Told at the newer one of two, which is the one that somebody adds; of one day, either may be.
    found_again.sort(key=lambda card: (card.added, card.path))
    by_twin = defaultdict(list)
    for card in found_again:
        for twin in card.twins:
            if twin in shared:
                by_twin[twin].append(card)
    reported: set[tuple[str, str]] = set()
    for twin, found in by_twin.items():
        for first, second in _overlapping(found, others_only=twin.startswith(TEXT)):
            if (first.path, second.path) not in reported:
                reported.add((first.path, second.path))
                yield _twin(first, second, read, twin)
                if first.added == second.added:
                    yield _twin(second, first, read, twin)


def _overlapping(cards: list[Card], *, others_only: bool) -> Iterator[tuple[Card, Card]]:
    """Yield each card with the nearest earlier one open at the same time: a job may come back later.

    That may have to be another employer's: one employer describes several jobs in the same words.
    """
    for place, second in enumerate(cards):
        for first in reversed(cards[:place]):
            is_alone = others_only and first.organization == second.organization
            if not is_alone and first.added <= second.last_day and second.added <= first.last_day:
                yield first, second
                break


def _twin(first: Card, second: Card, read: Read, twin: str) -> Diagnostic:
    if twin.startswith(TEXT):
        message = f"{first.path}, of another employer, has the same text"
        hint = "if one is a copy of the other, write its own text"
        return warning(second.path, Span(), "twin-text", message, hint)
    if twin == second.twins[0]:
        message = f"{first.path} has the same employer, title and place"
        hint = "if it is the same job, change that file instead"
        return warning(second.path, _span(second.path, read, "title"), "twin-job", message, hint)
    message = f"{first.path} has the same address to apply at"
    return warning(
        second.path, _span(second.path, read, "apply"), "twin-address", message, "is it the same job?"
    )


def _alike_employers(cards: tuple[Card, ...], register: Register, read: Read) -> Iterator[Diagnostic]:
    """Yield a warning for each name of an employer that may be a slip for one that more postings have.

    It is told at the newest posting with that name. Names in the register are known to differ, and those
    like one in it are told where they are.
    """
    named = defaultdict(list)
    for card in cards:
        if not card.draft:
            named[card.organization].append(card)
    free = tuple([name for name in named if name.casefold() not in register.names])
    unsure = [name for name in doubtful(free) if not register.near(name)]
    ranks = {
        name: (-len(named[name]), min(card.added for card in named[name]), named[name][0].path)
        for name in unsure
    }
    for name, usual in alike(tuple(sorted(ranks, key=ranks.__getitem__))):
        here, there = (max(named[each], key=lambda card: card.added).path for each in (name, usual))
        message = f"{name!r} is almost {usual!r}, the employer in {there}"
        hint = f"if it is the same employer, write {plain(usual)}; if not, list both in organizations.yaml"
        yield warning(here, _span(here, read, "organization"), "organization-near", message, hint)


def _aliases(source: Source) -> tuple[str, ...]:
    """Return the aliases that a file has, as far as they can be read."""
    from hiringhall.intake.frontmatter.documents import texts_in

    return tuple(filter(is_slug, texts_in(source, "aliases")))


def _span(path: str, read: Read, field: str, value: str | None = None) -> Span:
    """Return where a file has a field, or one value within it."""
    from hiringhall.intake.frontmatter.documents import place_in

    return place_in(read(path), field, value)
