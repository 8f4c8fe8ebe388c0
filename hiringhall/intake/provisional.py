"""What is wrong with postings while settings, register or layouts are wrong too, so that one run tells all.

Owns what stands in for what is wrong there; refuses to tell what might be well once that is mended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from hiringhall.diagnostics import Diagnostic, LayoutFault, Severity
from hiringhall.engine.workers import spread
from hiringhall.intake.cards import card_of
from hiringhall.intake.checks import across
from hiringhall.intake.organizations import Register, read_register, register_of
from hiringhall.intake.posting import read_posting
from hiringhall.intake.settings import settings_so_far
from hiringhall.intake.sources import reread, with_data
from hiringhall.intake.strings import read_wording
from hiringhall.model import Card, Options, Settings, Source
from hiringhall.wording import Wording

_OF_PLACES = frozenset({"location", "country", "postal-code", "language"})


class _Grounds(NamedTuple):
    """What postings are judged by. Without `wording` there are no cards, and nothing is seen across files."""

    settings: Settings
    register: Register
    wording: Wording | None


def errors_in(sources: Sequence[Source], options: Options) -> Iterator[Diagnostic]:
    """Yield the errors in postings that are errors whatever the rest of the site will say.

    Warnings wait until it is right, as does what is said of places while it is not known how to read them.
    """
    settings, with_places = settings_so_far(options.content)
    doubtful = frozenset() if with_places else _OF_PLACES
    register = read_register(options.content).value
    wording = read_wording(options.layouts, settings.language, options.content).value
    grounds = _Grounds(settings, register or register_of(()), wording)
    cards: list[Card] = []
    for found, card in spread(_prepare, (grounds,), sources, options.jobs):
        yield from (each for each in _errors(found) if each.code not in doubtful)
        if card:
            cards.append(card)
    yield from _errors(across([source.path for source in sources], cards, reread))


def _errors(found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    return (each for each in found if each.severity is Severity.ERROR)


def _prepare(grounds: _Grounds) -> Callable[[Source], tuple[tuple[Diagnostic, ...], Card | None]]:
    settings, register, wording = grounds

    def judge(source: Source) -> tuple[tuple[Diagnostic, ...], Card | None]:
        posting, found = read_posting(with_data(source), settings, register)
        try:
            return found, card_of(posting, settings, wording) if posting and wording else None
        except LayoutFault:  # of a string, which the layouts' own report tells
            return found, None

    return judge
