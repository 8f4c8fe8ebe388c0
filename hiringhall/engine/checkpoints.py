"""A mapping kept between builds in two files: all of it at a checkpoint, and what has changed since.

Owns when all of it is written again; refuses to know what the values mean.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from hiringhall.engine.files import read_sealed, seal_of, stamp_of, write_sealed

Value = TypeVar("Value")

FEW = 16  # one entry in this many may change before all are written again


class Checkpointed(Generic[Value]):
    """The mapping kept at `path`, and at the same path with `.since` behind it.

    `name` says what wrote it: a file with another name counts as none, as does a damaged one. `flattened`
    makes of a value, which is never None, what marshal can write, and `revived` the value again.
    """

    def __init__(
        self, path: Path, name: str, flattened: Callable[[Value], Any], revived: Callable[[Any], Value]
    ) -> None:
        self._path, self._since = path, path.with_name(f"{path.name}.since")
        self._name, self._flattened = name, flattened
        self._checkpoint, self._seal = _loaded(path, name, _stamp(path), revived), seal_of(path)
        since = self._since
        self._changes = _loaded(since, self._seal, _stamp(since), revived) if self._checkpoint else {}

    def load(self) -> dict[str, Value]:
        """Return what was saved last."""
        entries = {**self._checkpoint, **self._changes}
        return {key: value for key, value in entries.items() if value is not None}

    def save(self, entries: Mapping[str, Value]) -> None:
        """Keep entries, of which those that were loaded are known by identity. Raises OSError."""
        before = self._checkpoint
        changes: dict[str, Value | None] = {
            key: value for key, value in entries.items() if before.get(key) is not value
        }
        changes.update(dict.fromkeys(before.keys() - entries.keys()))
        if len(changes) * FEW >= len(before):
            write_sealed(self._path, self._packed(entries), self._name)
            self._checkpoint, self._seal, changes = {**entries}, seal_of(self._path), {}
        write_sealed(self._since, self._packed(changes), self._seal)

    def _packed(self, entries: Mapping[str, Value | None]) -> bytes:
        flattened = self._flattened
        return marshal.dumps(
            {key: None if value is None else flattened(value) for key, value in entries.items()}
        )


def _stamp(path: Path) -> tuple[int, ...]:
    """Return what tells a file from any that is put in its place, as sealed files are."""
    with suppress(OSError):
        return stamp_of(path.stat())
    return ()


@lru_cache(maxsize=8)  # a server's builds find the same checkpoints
def _loaded(
    path: Path, name: str, _stamp: tuple[int, ...], revived: Callable[[Any], Value]
) -> Mapping[str, Value | None]:
    kept = read_sealed(path, name)
    entries = marshal.loads(kept) if kept else {}  # noqa: S302 - as a build left it
    return {key: None if value is None else revived(value) for key, value in entries.items()}
