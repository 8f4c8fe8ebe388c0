"""Bytes kept between builds: records of named parts, found again by key.

Owns the index of records and who may use it; refuses to know what the bytes mean. The parts are in pack
files, which several processes can write at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, KeysView, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from hiringhall.engine.checkpoints import Checkpointed
from hiringhall.engine.files import remove_unfinished, temporary_folder
from hiringhall.engine.locks import alone
from hiringhall.engine.packs import Packer, Packs, Record, Slot, size_of

_FORMAT = "7"
_INDEX = "index"
_LOCK = "lock"
_MAIN = "main.pack"  # the pack that the store's own process adds to; others begin packs of their own
_WORTH_PACKING = 1 << 24  # bytes; less than that may be wasted by dropped records


def forget_all(folder: Path) -> None:
    """Empty a store that nobody has open."""
    (folder / _INDEX).unlink(missing_ok=True)


class Store:
    """Records by key, each with parts of some kinds, in one folder that may be deleted at any time.

    What a build added without saving is gone, and what was there before is whole. A second build on the same
    folder waits for the first. A damaged index counts as none. With `folder` None, the store is temporary.
    """

    def __init__(self, folder: Path | None, kinds: Sequence[str], generation: str) -> None:
        self._places = {kind: place for place, kind in enumerate(kinds)}
        self._generation = f"{_FORMAT} {' '.join(kinds)} {generation}"
        self._folder = folder
        self._packer: Packer | None = None
        self._index: Checkpointed[Slot] | None = None
        self._slots: dict[str, Slot] = {}
        self._lasting: set[str] = set()  # names of packs

    def __enter__(self) -> Self:
        with ExitStack() as left:
            if self._folder is None:
                self.folder = Path(left.enter_context(temporary_folder()))
            else:
                self.folder = self._folder
                left.enter_context(alone(self.folder / _LOCK))
                remove_unfinished(self.folder)
                self._index = Checkpointed(self.folder / _INDEX, self._generation, _itself, _itself)
                self._slots = self._index.load()
            self._packs = Packs(self.folder)
            self._lasting = self._packs.old
            left.callback(lambda: self._packs.keep_only(self._lasting))
            left.callback(self._packs.close)
            if self._slots:  # or all are of another generation, which stays if this build fails
                self._packs.keep_only(self._used())
            self._left = left.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._left:
            if self._packer is not None:
                self._packer.undo()
                self._packer.close()

    def __contains__(self, key: str) -> bool:
        return key in self._slots

    @property
    def is_lasting(self) -> bool:
        """Say whether a later build will find what is kept here."""
        return self._index is not None

    def keys(self) -> KeysView[str]:
        """Return the keys of all records."""
        return self._slots.keys()

    def put(self, key: str, record: Record) -> None:
        """Keep a record: its parts by kind, or the slot where a packer in this folder put them."""
        self._slots[key] = record if isinstance(record, tuple) else self._own_packer().add(record)

    def read(self, kind: str, keys: Iterable[str]) -> Iterator[bytes | None]:
        """Yield one part of each record, or None if it has none of that kind; forks may read, too.

        Raises KeyError if there is no such record, and DamagedError.
        """
        return self._packs.read(map(self._slots.__getitem__, keys), self._places[kind])

    def forget(self, keys: Iterable[str]) -> None:
        """Drop records; their space is reclaimed when much of it is wasted."""
        for key in list(keys):
            del self._slots[key]

    def save(self) -> None:
        """Make everything since the store was opened lasting. Raises OSError."""
        if self._index is None:
            return
        if self._is_mostly_lost():
            self._pack_anew()
        if self._packer is not None:
            self._packer.keep()
        self._index.save(self._slots)
        self._lasting = self._used()
        self._packs.keep_only(self._lasting)

    def _used(self) -> set[str]:
        """Return the names of the packs in which there are records, or soon will be."""
        return {pack for pack, _, _ in self._slots.values()} | (
            {self._packer.name} if self._packer else set()
        )

    def _own_packer(self) -> Packer:
        if self._packer is None:
            self._packer = Packer(self.folder, tuple(self._places), _MAIN)
        return self._packer

    def _is_mostly_lost(self) -> bool:
        """Say whether most bytes of the packs belong to no record."""
        kept = sum(map(size_of, self._slots.values()))
        return sum(map(self._packs.size, self._used())) - kept > max(kept, _WORTH_PACKING)

    def _pack_anew(self) -> None:
        """Copy all records to a new pack, which this process then adds to."""
        old, self._packer = self._packer, Packer(self.folder, tuple(self._places))
        for key, slot in self._slots.items():
            parts = {kind: next(self._packs.read((slot,), place)) for kind, place in self._places.items()}
            self._slots[key] = self._packer.add(
                {kind: part for kind, part in parts.items() if part is not None}
            )
        if old is not None:
            old.close()


def _itself(slot: Slot) -> Slot:
    return slot
