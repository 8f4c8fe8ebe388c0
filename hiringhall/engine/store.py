"""Bytes kept between builds: records of named parts, found again by key.

Owns the database file and what happens when it is damaged; refuses to know what the bytes mean.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterable, KeysView, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

_LOCK_SECONDS = 600.0
_SCHEMA = 1
_BATCH = 64  # records written at a time


class Store:
    """Records by key, each with one blob per kind, in one SQLite file that may be deleted at any time.

    A build is one transaction: what a killed build had added is gone, what was there before is whole. A
    second build on the same file waits for the first. With `path` None the file is a temporary one.
    Raises sqlite3.OperationalError when the lock cannot be had within ten minutes.
    """

    def __init__(self, path: Path | None, kinds: Sequence[str], generation: str) -> None:
        self._kinds = tuple(kinds)
        self._generation = f"{_SCHEMA} {' '.join(kinds)} {generation}"
        self._temporary = None if path else tempfile.TemporaryDirectory(prefix="hiring-hall-")
        self._path = path or Path(self._temporary.name if self._temporary else "") / "store.db"
        self._process = os.getpid()
        self._db = self._opened()
        self._ids: dict[str, int] = dict(self._db.execute("SELECT key, id FROM record"))
        self._next = max(self._ids.values(), default=0) + 1
        self._waiting: dict[str, list[tuple[int, object]]] = {
            table: [] for table in ("record", *self._parts())
        }
        self._is_behind = False
        self._readers = {
            kind: f"SELECT value FROM part_{kind} WHERE id = ?"  # noqa: S608 - kinds are names in our code
            for kind in kinds
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.rollback()
        self._db.close()
        if self._temporary is not None:
            self._temporary.cleanup()

    def __contains__(self, key: str) -> bool:
        return key in self._ids

    def keys(self) -> KeysView[str]:
        """Return the keys of all records."""
        return self._ids.keys()

    def put(self, key: str, parts: Mapping[str, bytes]) -> None:
        """Keep parts of a record; their kinds must be among the store's."""
        self._is_behind = True
        record = self._ids.get(key)
        if record is None:
            record = self._ids[key] = self._next
            self._next += 1
            self._waiting["record"].append((record, key))
        for kind, value in parts.items():
            self._waiting[f"part_{kind}"].append((record, value))
        if len(self._waiting["record"]) >= _BATCH:
            self._write()

    def read(self, kind: str, key: str) -> bytes:
        """Return one part of a record; KeyError when there is none.

        A process forked from the one that made the store reads what that had saved.
        """
        if self._process != os.getpid():
            self._reopen()
        if self._is_behind:
            self._write()
        row = self._db.execute(self._readers[kind], (self._ids[key],)).fetchone()
        if row is None:
            raise KeyError(f"{key} has no {kind}")
        return bytes(row[0])

    def forget(self, keys: Iterable[str]) -> None:
        """Drop records; their space is used again by later ones."""
        self._write()
        gone = [(self._ids.pop(key),) for key in list(keys)]
        for table in self._waiting:
            self._db.executemany(f"DELETE FROM {table} WHERE id = ?", gone)  # noqa: S608

    def note(self, name: str) -> bytes | None:
        """Return a named note left by an earlier build."""
        row = self._db.execute("SELECT value FROM note WHERE name = ?", (name,)).fetchone()
        return None if row is None else bytes(row[0])

    def leave_note(self, name: str, value: bytes) -> None:
        """Leave a named note for later builds."""
        self._db.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, value))

    def save(self) -> None:
        """Make everything since the store was opened lasting."""
        self._write()
        self._db.commit()
        self._db.execute("BEGIN IMMEDIATE")

    def _parts(self) -> list[str]:
        return [f"part_{kind}" for kind in self._kinds]

    def _write(self) -> None:
        self._is_behind = False
        for table, rows in self._waiting.items():
            if rows:
                self._db.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?)", rows)  # noqa: S608
                rows.clear()

    def _reopen(self) -> None:
        """Read by a connection of this process's own: SQLite's cannot be carried across a fork."""
        self._process = os.getpid()
        self._parents = self._db  # kept, so that nothing of it is closed here
        self._db = sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True)

    def _opened(self) -> sqlite3.Connection:
        """Open the file; one that is damaged or of another generation is thrown away."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(sqlite3.DatabaseError):
            return self._prepared(str(self._path))
        self._path.unlink(missing_ok=True)
        return self._prepared(str(self._path))

    def _prepared(self, target: str) -> sqlite3.Connection:
        db = sqlite3.connect(target, timeout=_LOCK_SECONDS, isolation_level=None)
        try:
            for pragma in ("page_size = 16384", "synchronous = OFF", "cache_size = -16384"):
                db.execute(f"PRAGMA {pragma}")
            db.execute("BEGIN IMMEDIATE")
            db.execute("CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID")
            found = db.execute("SELECT value FROM note WHERE name = 'generation'").fetchone()
            if found is None or bytes(found[0]).decode() != self._generation:
                self._made_anew(db)
        except BaseException:
            db.close()
            raise
        return db

    def _made_anew(self, db: sqlite3.Connection) -> None:
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            db.execute(f"DROP TABLE {table}")
        db.execute("CREATE TABLE note (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID")
        db.execute("CREATE TABLE record (id INTEGER PRIMARY KEY, key TEXT UNIQUE)")
        for table in self._parts():
            db.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, value BLOB)")
        db.execute("INSERT INTO note VALUES ('generation', ?)", (self._generation.encode(),))
