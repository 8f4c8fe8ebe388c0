"""What earlier builds left that this one need not make again, and what it adds to that.

Owns which posting is read or rendered again, and why; refuses to know how either is done.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hiringhall import production
from hiringhall.diagnostics import Diagnostic, Outcome, flattened, revived
from hiringhall.engine.store import Store
from hiringhall.engine.workers import is_shared, spread
from hiringhall.intake.sources import with_data
from hiringhall.model import Card, Entry, Posting, Source
from hiringhall.production import Bench, Task

if TYPE_CHECKING:
    from concurrent.futures import Executor

_CARDS = "cards"


class Reading(NamedTuple):
    """What reading one source gave: no card where it is wrong. `key` is the source's."""

    key: str
    card: Card | None
    diagnostics: tuple[Diagnostic, ...]


class Crew(NamedTuple):
    """Who does the work: up to `jobs` processes here, or an executor's; `step` is told how far it is."""

    jobs: int
    executor: Executor | None = None
    step: Callable[[str, int, int], None] = lambda _what, _done, _total: None


class Stock:
    """Postings as read and parts as rendered, kept by the digests of what they were made from."""

    def __init__(self, postings: Store, parts: Store, bench: Bench) -> None:
        self._postings = postings
        self._parts = parts
        self._bench = bench
        self._known = self._noted = _readings(postings.note(_CARDS))

    def read(self, kind: str, entry: Entry) -> bytes:
        """Return one part of an entry; a feed part of a closed posting, seldom asked for, is made now."""
        try:
            return self._parts.read(kind, entry.key)
        except KeyError:
            posting = self._postings.read(production.POSTING, entry.card.key)
            return production.part_of(kind, posting, entry, self._bench.context)

    def posting(self, entry: Entry) -> Posting:
        """Return the posting of an entry, as it was read."""
        return production.posting_from(self._postings.read(production.POSTING, entry.card.key))

    def cards_of(self, sources: Sequence[Source], crew: Crew) -> Outcome[tuple[Card, ...]]:
        """Return a card for every source, reading those that changed; without a value when any is wrong."""
        fresh = [source for source in sources if not self._is_known(source)]
        done = {source.path: self._known[source.path] for source in sources if self._is_known(source)}
        # A file is read where the work is done, and so here if that may be another machine.
        tasks = [Task(with_data(source) if crew.executor else source) for source in fresh]
        for source, made in zip(fresh, self._done(tasks, "Reading postings", crew), strict=True):
            done[source.path] = Reading(made.source_key, made.card, made.diagnostics)
            self._keep(made)
        self._known = done
        readings = [done[source.path] for source in sources]
        cards = tuple(reading.card for reading in readings if reading.card is not None)
        found = tuple(diagnostic for reading in readings for diagnostic in reading.diagnostics)
        return Outcome(cards, found)

    def render(self, entries: Iterable[Entry], crew: Crew) -> tuple[Diagnostic, ...]:
        """Make the parts of entries whose state, or whose templates, are not those of an earlier build."""
        stale = [entry.card for entry in entries if entry.key not in self._parts]
        tasks = [Task(None, card, self._postings.read(production.POSTING, card.key)) for card in stale]
        found: list[Diagnostic] = []
        for made in self._done(tasks, "Rendering postings", crew):
            found.extend(made.diagnostics)
            self._keep(made)
        return tuple(found)

    def save(self, entries: Iterable[Entry]) -> None:
        """Keep what this build made for the next one, and drop what no posting needs any more."""
        used = {entry.key for entry in entries}
        cards = {reading.card.key for reading in self._known.values() if reading.card}
        self._parts.forget(self._parts.keys() - used)
        self._postings.forget(self._postings.keys() - cards)
        if self._known != self._noted:
            self._postings.leave_note(_CARDS, _packed(self._known))
        self._parts.save()
        self._postings.save()

    def _done(self, tasks: Sequence[Task], what: str, crew: Crew) -> Iterator[production.Made]:
        total = len(tasks)
        prepare: Callable[..., Callable[[Task], production.Made]] = production.prepare
        bound: tuple[object, ...] = (self._bench,)
        if crew.executor is None and is_shared(total, crew.jobs):
            prepare, bound = production.prepare_packing, (*bound, self._postings.folder, self._parts.folder)
        told = partial(_told, crew.step, what, total)
        return spread(prepare, bound, tasks, crew.jobs, crew.executor, told)

    def _is_known(self, source: Source) -> bool:
        reading = self._known.get(source.path)
        return reading is not None and reading.key == source.key

    def _keep(self, made: production.Made) -> None:
        if made.card is not None and made.posting is not None:
            self._postings.put(made.card.key, made.posting)
        if made.entry is not None and made.parts is not None:
            self._parts.put(made.entry.key, made.parts)


def _told(step: Callable[[str, int, int], None], what: str, total: int, done: int) -> None:
    step(what, done, total)


@contextmanager
def open_stock(folder: Path | None, bench: Bench, render_key: str) -> Iterator[Stock]:
    """Open what earlier builds left in `folder`; with None there is nothing, and nothing is left.

    `render_key` names everything besides a posting that decides its parts.
    """
    with ExitStack() as stack:
        path = folder / "postings" if folder else None
        postings = stack.enter_context(Store(path, (production.POSTING,), bench.intake_key))
        path = folder / "parts" if folder else None
        parts = stack.enter_context(Store(path, production.KINDS, render_key))
        yield Stock(postings, parts, bench)


def _readings(note: bytes | None) -> dict[str, Reading]:
    """Unpack the readings of the last build; a note that cannot be read is as good as none."""
    with suppress(ValueError, EOFError, TypeError):
        return {
            path: Reading(key, Card._make(card) if card else None, tuple(revived(*plain) for plain in found))
            for path, (key, card, found) in marshal.loads(note or b"").items()  # noqa: S302 - plain values
        }
    return {}


def _packed(readings: dict[str, Reading]) -> bytes:
    plain = {
        path: (
            reading.key,
            tuple(reading.card) if reading.card else None,
            [flattened(each) for each in reading.diagnostics],
        )
        for path, reading in readings.items()
    }
    return marshal.dumps(plain)
