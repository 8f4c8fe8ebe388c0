"""Postings as read and parts as rendered by earlier builds, and what this one adds to them.

Owns which posting is read or rendered again, and why; refuses to know how either is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hiringhall import pipeline
from hiringhall.diagnostics import Diagnostic, PlainDiagnostic, flattened, revived
from hiringhall.engine.checkpoints import Checkpointed
from hiringhall.engine.store import Store, forget_all
from hiringhall.engine.workers import is_shared, spread
from hiringhall.intake.files.sources import with_data
from hiringhall.model import Card, Entry, Posting, Source
from hiringhall.pipeline import Known, Setup, Task

if TYPE_CHECKING:
    from concurrent.futures import Executor

_POSTINGS, _PARTS = "postings", "parts"  # folders
_READINGS = "readings"

# What reading one source gave: its key, its card if it is right, and the diagnostics.
_Reading = tuple[str, Card | None, tuple[PlainDiagnostic, ...]]
_GONE: _Reading = ("", None, ())  # of no source


class Workers(NamedTuple):
    """Who does the work: up to `jobs` processes here, or an executor's; `step` hears how far it is."""

    jobs: int
    executor: Executor | None = None
    step: Callable[[str, int, int], None] = lambda _what, _done, _total: None


class Cache:
    """Postings as read and parts as rendered, kept by the digests of what they were made from.

    `is_as_seen` says whether every file was still as found when it was read.
    """

    def __init__(self, postings: Store, parts: Store, setup: Setup, workers: Workers) -> None:
        self._postings = postings
        self._parts = parts
        self._setup = setup
        self._workers = workers
        self._kept = Checkpointed(postings.folder / _READINGS, setup.intake_key, _plain, _reading)
        self._readings = self._kept.load()
        self.is_as_seen = True

    def read(self, kind: str, entries: Sequence[Entry]) -> Iterator[bytes]:
        """Yield one part of each entry; the feed parts of closed postings, seldom needed, are made now."""
        context, found = self._setup.context, self._parts.read(kind, [entry.key for entry in entries])
        for entry, part in zip(entries, found, strict=True):
            yield pipeline.part_of(kind, self._posting(entry.card), entry, context) if part is None else part

    def posting(self, entry: Entry) -> Posting:
        """Return the posting of an entry, as it was read."""
        return pipeline.posting_from(self._posting(entry.card))

    def _posting(self, card: Card) -> bytes:
        (found,) = self._postings.read(pipeline.POSTING, (card.key,))
        if found is None:
            raise KeyError(f"{card.key} has no posting")
        return found

    def cards_of(self, sources: Sequence[Source]) -> tuple[tuple[Card, ...], tuple[Diagnostic, ...]]:
        """Return the cards of all sources that are right, reading those that changed, and what is wrong."""
        fresh: list[Source] = []
        done: dict[str, _Reading] = {}
        for source in sources:
            known = self._readings.get(source.path, _GONE)
            # A pack or an index that was damaged takes postings with it whose readings are still noted.
            if known[0] == source.key and (known[1] is None or known[1].key in self._postings):
                done[source.path] = known
            else:
                fresh.append(source)
        # A file is read where the work is done, but here if that may be another machine.
        tasks = [with_data(source) if self._workers.executor else source for source in fresh]
        for source, made in zip(fresh, self._done(tasks, "Reading postings"), strict=True):
            self.is_as_seen &= made.source_key == source.key
            done[source.path] = made.source_key, made.card, tuple(map(flattened, made.diagnostics))
            self._keep(made)
        self._readings = done
        readings = [done[source.path] for source in sources]
        cards = tuple([card for _, card, _ in readings if card])
        return cards, tuple([revived(*plain) for _, _, found in readings for plain in found])

    def render(self, entries: Iterable[Entry]) -> tuple[Diagnostic, ...]:
        """Make the parts of entries whose state or templates differ from those of earlier builds."""
        stale = [entry.card for entry in entries if entry.key not in self._parts]
        tasks = [Known(card, self._posting(card)) for card in stale]
        found: list[Diagnostic] = []
        for made in self._done(tasks, "Rendering postings"):
            found.extend(made.diagnostics)
            self._keep(made)
        return tuple(found)

    def save(self, entries: Iterable[Entry]) -> None:
        """Keep what this build made for the next one, and drop what no posting needs anymore."""
        if not self._postings.is_lasting:
            return
        used = {entry.key for entry in entries}
        cards = {card.key for _, card, _ in self._readings.values() if card}
        self._parts.forget(self._parts.keys() - used)
        self._postings.forget(self._postings.keys() - cards)
        self._kept.save(self._readings)
        self._parts.save()
        self._postings.save()

    def _done(self, tasks: Sequence[Task], what: str) -> Iterator[pipeline.Made]:
        workers, total = self._workers, len(tasks)
        prepare = partial(pipeline.prepare, self._setup)
        if workers.executor is not None:
            elsewhere = self._setup._replace(bytecode=None)  # which is a folder of this machine
            prepare = partial(pipeline.prepare, elsewhere)
        elif is_shared(total, workers.jobs):
            folders = self._postings.folder, self._parts.folder
            prepare = partial(pipeline.prepare_packing, self._setup, *folders)
        return spread(
            prepare, tasks, workers.jobs, workers.executor, lambda done: workers.step(what, done, total)
        )

    def _keep(self, made: pipeline.Made) -> None:
        if made.card is not None and made.posting is not None:
            self._postings.put(made.card.key, made.posting)
        if made.entry is not None and made.parts is not None:
            self._parts.put(made.entry.key, made.parts)


def discard_cache(folder: Path) -> None:
    """Discard what earlier builds left in `folder`, so that the next one makes everything again."""
    for name in (_POSTINGS, _PARTS):
        forget_all(folder / name)


@contextmanager
def open_cache(folder: Path | None, setup: Setup, workers: Workers) -> Iterator[Cache]:
    """Open what earlier builds left in `folder`; with None, there is nothing, and nothing is kept."""
    with (
        Store(folder and folder / _POSTINGS, (pipeline.POSTING,), setup.intake_key) as postings,
        Store(folder and folder / _PARTS, pipeline.KINDS, setup.render_key) as parts,
    ):
        yield Cache(postings, parts, setup, workers)


def _plain(reading: _Reading) -> Any:
    key, card, found = reading
    return key, card and tuple(card), found


def _reading(plain: Any) -> _Reading:
    key, card, found = plain
    return key, card and Card._make(card), found
