"""Bytes kept between builds: records of named parts, found again by key.

Owns the index of records and what happens when it is damaged; refuses to know what the bytes mean. The parts
are in pack files, which several processes can write at once; the index is one small SQLite file.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, KeysView, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

from hiringhall.engine.files import sealed, unsealed
from hiringhall.engine.packs import DamagedError, Packer, Packs, Record, Slot, bounds_of, size_of

_LOCK_SECONDS = 600.0
_SCHEMA = 6
_INDEX = "index.db"
_MAIN = "main.pack"  # the pack that the store's own process adds to; others begin packs of their own
_WORTH_PACKING = 1 << 24  # bytes; less than that may be wasted by dropped records


def forget_all(folder: Path) -> None:
    """Empty a store that nobody has open."""
    (folder / _INDEX).unlink(missing_ok=True)


class Store:
    """Records by key, each with parts of some kinds, in one folder that may be deleted at any time.

    A build is one transaction: what it added without saving is gone, and what was there before is whole. A
    second build on the same folder waits for the first. With `folder` None, the store is temporary. Raises
    sqlite3.OperationalError if it cannot get the lock within ten minutes, and DamagedError when it is left
    because of a damaged index.
    """

    def __init__(self, folder: Path | None, kinds: Sequence[str], generation: str) -> None:
        self._places = {kind: place for place, kind in enumerate(kinds)}
        self._generation = f"{_SCHEMA} {' '.join(kinds)} {generation}"
        self._temporary = None if folder else tempfile.TemporaryDirectory(prefix="hiring-hall-")
        self.folder = folder or Path(self._temporary.name if self._temporary else "")
        self._packs = Packs(self.folder)
        self._packer: Packer | None = None
        self._db: sqlite3.Connection | None = None
        self._slots: dict[str, Slot] = {}
        if folder:
            self._open()
        self._fresh: set[str] = set()
        self._gone: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._packer is not None:
            self._packer.undo()
            self._packer.close()
        self._packs.close()
        if self._db is not None:
            self._db.rollback()
            self._db.close()
        if self._temporary is not None:
            self._temporary.cleanup()
        if _is_damage(raised):
            raise DamagedError(f"{self.folder / _INDEX} is damaged: {raised}") from raised

    def __contains__(self, key: str) -> bool:
        return key in self._slots

    @property
    def is_lasting(self) -> bool:
        """Say whether a later build will find what is kept here."""
        return self._db is not None

    def keys(self) -> KeysView[str]:
        """Return the keys of all records."""
        return self._slots.keys()

    def put(self, key: str, record: Record) -> None:
        """Keep a record: its parts by kind, or the slot where a packer in this folder put them."""
        self._slots[key] = record if isinstance(record, tuple) else self._own_packer().add(record)
        self._fresh.add(key)

    def read(self, kind: str, keys: Iterable[str]) -> Iterator[bytes | None]:
        """Yield one part of each record, or None if it has none of that kind; forks may read, too.

        Raises KeyError if there is no such record, and DamagedError.
        """
        return self._packs.read(map(self._slots.__getitem__, keys), self._places[kind])

    def forget(self, keys: Iterable[str]) -> None:
        """Drop records; their space is reclaimed when much of it is wasted."""
        for key in list(keys):
            del self._slots[key]
            self._fresh.discard(key)
            self._gone.add(key)

    def note(self, name: str) -> bytes | None:
        """Return a named note left by an earlier build, or None if it is damaged."""
        if self._db is None:
            return None
        row = self._db.execute("SELECT value FROM note WHERE name = ?", (name,)).fetchone()
        return None if row is None else unsealed(bytes(row[0]), name)

    def leave_note(self, name: str, value: bytes) -> None:
        """Leave a named note for later builds."""
        if self._db is not None:
            self._db.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, sealed(value, name)))

    def save(self) -> None:
        """Make everything since the store was opened lasting."""
        if self._db is None:
            return
        self._index(self._db)
        used = dict(self._db.execute("SELECT pack, SUM(size) FROM record GROUP BY pack"))
        if self._is_mostly_lost(used):
            self._pack_anew()
            self._index(self._db)
            used = {}  # everything is in this process's own pack now
        if self._packer is not None:
            self._packer.keep()
        self._db.commit()
        self._db.execute("BEGIN IMMEDIATE")
        self._packs.keep_only({*used, *([self._packer.name] if self._packer else ())})

    def _index(self, db: sqlite3.Connection) -> None:
        """Bring the index up to date with what was put and forgotten."""
        db.executemany("DELETE FROM record WHERE key = ?", ((key,) for key in self._gone))
        slots = ((key, self._slots[key]) for key in self._fresh)
        rows = ((key, slot[0], slot[1], size_of(slot), slot[2]) for key, slot in slots)
        db.executemany("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?, ?)", rows)
        self._fresh, self._gone = set(), set()

    def _own_packer(self) -> Packer:
        if self._packer is None:
            self._packer = Packer(self.folder, tuple(self._places), _MAIN)
        return self._packer

    def _is_mostly_lost(self, used: Mapping[str, int]) -> bool:
        """Say whether most bytes of the packs belong to no record; `used` are those that do, by pack."""
        kept = sum(used.values())
        return sum(map(self._packs.size, used)) - kept > max(kept, _WORTH_PACKING)

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
        self._fresh = set(self._slots)

    def _open(self) -> None:
        """Open the index; one that is damaged is thrown away."""
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            self._db, self._slots = self._opened()
        except (sqlite3.DatabaseError, ValueError, TypeError) as fault:
            if isinstance(fault, sqlite3.Error) and not _is_damage(fault):
                raise
            forget_all(self.folder)
            self._db, self._slots = self._opened()

    def _opened(self) -> tuple[sqlite3.Connection, dict[str, Slot]]:
        db = sqlite3.connect(self.folder / _INDEX, timeout=_LOCK_SECONDS, isolation_level=None)
        try:
            self._prepare(db)
            return db, self._indexed(db)
        except BaseException:
            db.close()
            raise

    def _prepare(self, db: sqlite3.Connection) -> None:
        """Begin the build's transaction; a store of another generation is emptied."""
        db.execute("PRAGMA synchronous = OFF")
        # Whoever waits must hold nothing: a read lock that is kept would let nobody commit.
        db.execute("BEGIN IMMEDIATE")
        db.execute("PRAGMA locking_mode = EXCLUSIVE")  # or others could begin between two transactions
        db.execute("CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID")
        found = db.execute("SELECT value FROM note WHERE name = 'generation'").fetchone()
        if found is None or bytes(found[0]).decode() != self._generation:
            db.execute("DROP TABLE IF EXISTS record")
            db.execute(
                "CREATE TABLE record "
                "(key TEXT PRIMARY KEY, pack TEXT, offset INTEGER, size INTEGER, bounds BLOB) WITHOUT ROWID"
            )
            db.execute("DELETE FROM note")
            db.execute("INSERT INTO note VALUES ('generation', ?)", (self._generation.encode(),))

    def _indexed(self, db: sqlite3.Connection) -> dict[str, Slot]:
        """Drop records that are damaged or beyond the end of a pack, and return the slots of the others."""
        size = bounds_of(tuple(self._places)).size
        db.execute(
            "DELETE FROM record WHERE typeof(bounds) <> 'blob' OR length(bounds) <> ? "
            "OR typeof(offset) <> 'integer' OR offset < 0",
            (size,),
        )
        packs = [pack for (pack,) in db.execute("SELECT DISTINCT pack FROM record").fetchall()]
        for pack in packs:
            size = self._packs.size(pack)
            db.execute("DELETE FROM record WHERE pack = ? AND offset + size > ?", (pack, size))
        if packs:  # or all are of another generation, which stays if this build fails
            self._packs.keep_only(packs)
        # Closed even where a key is damaged: Windows lets nobody remove an index that is being read.
        with closing(db.execute("SELECT key, pack, offset, bounds FROM record")) as rows:
            return {key: (pack, offset, bounds) for key, pack, offset, bounds in rows}


def _is_damage(fault: BaseException | None) -> bool:
    """Say whether SQLite found its file damaged; what the system refuses has a number of its own."""
    if isinstance(fault, sqlite3.OperationalError):
        return getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_ERROR) == sqlite3.SQLITE_ERROR
    return isinstance(fault, sqlite3.DatabaseError)
