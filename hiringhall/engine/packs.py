"""Pack files: the parts of many records, one after another, written by any number of processes.

Owns the files and where a record is in them; refuses to know which record is whose.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from struct import Struct
from zlib import crc32

from hiringhall.engine.files import write_all

_ENDING = ".pack"
_reading = threading.Lock()

# Where a record is: the name of its pack, its offset there (bytes), and the packed bounds of its parts. Plain
# tuples, because a large store has a hundred thousand of them and most builds look at few.
Slot = tuple[str, int, bytes]

Record = Mapping[str, bytes] | Slot

# Two consecutive bounds are those of a part, whose checksum comes after the second.
_PART = Struct("<iIiI")
_BOUND = _PART.size // 2


class DamagedError(OSError):
    """What was packed is damaged or gone: a disk failed, or a machine lost power."""


def bounds_of(kinds: Sequence[str]) -> Struct:
    """Return the form of the bounds of a record's parts, in the order of their kinds.

    It is 0, then where each part ends, in bytes from the start of the record; for a missing part, it is the
    complement of that (`~`), which is below 0. After each comes the CRC-32 of its part.
    """
    return Struct("<" + "iI" * (len(kinds) + 1))


def size_of(slot: Slot) -> int:
    """Return the bytes of all parts of a record."""
    bounds = slot[2]
    end: int = _PART.unpack_from(bounds, len(bounds) - _PART.size)[2]
    return ~end if end < 0 else end


class Packer:
    """Adds records to one pack of `folder`: the one called `name`, or else a new one of its own.

    Only one packer may write to a pack at a time. What it adds can be read at once, by any process.
    """

    _file: int | None = None

    def __init__(self, folder: Path, kinds: Sequence[str], name: str | None = None) -> None:
        self._kinds = tuple(kinds)
        self._bounds = bounds_of(kinds)
        if name is None:
            from tempfile import mkstemp

            file, path = mkstemp(_ENDING, dir=folder)
        else:
            path = str(folder / name)
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
            file = os.open(path, flags, 0o600)
        self._file = file
        self.name, self._path = os.path.basename(path), path
        self._kept = self._end = os.fstat(file).st_size

    def add(self, record: Mapping[str, bytes]) -> Slot:
        """Write a record's parts, some of which may be missing. Raises ValueError when closed."""
        file = self._file
        if file is None:
            raise ValueError("the pack has been closed")
        parts, end, bounds = [record.get(kind) for kind in self._kinds], 0, [0, 0]
        for part in parts:
            end += len(part or b"")
            bounds += (~end if part is None else end, crc32(part or b""))
        data = b"".join(part for part in parts if part)
        slot = (self.name, self._end, self._bounds.pack(*bounds))
        self._end += len(data)
        write_all(file, data, self._path)
        return slot

    def keep(self) -> None:
        """Let what was added so far stay, whatever happens."""
        self._kept = self._end

    def undo(self) -> None:
        """Take back what was added since it was last kept."""
        if self._file is not None and self._end != self._kept:
            os.ftruncate(self._file, self._kept)
            self._end = self._kept

    def close(self) -> None:
        """End the writing; losing the last reference to the packer does, too."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    __del__ = close


class Packs:
    """The packs of a folder, to read from; forks and threads of the process that made it may also read.

    What earlier builds wrote, in the `old` ones, is checked when it is read: a disk may have failed since.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, int] = {}
        self.old = self.names()

    def read(self, slots: Iterable[Slot], place: int) -> Iterator[bytes | None]:
        """Yield the part of each record by its place among the kinds, or None if it has none.

        Raises DamagedError.
        """
        at, unpacked, opened, old = place * _BOUND, _PART.unpack_from, self._open, self.old
        for pack, start, bounds in slots:
            begin, _, end, checksum = unpacked(bounds, at)
            begin = max(begin, ~begin)
            if begin == ~end:
                yield None
                continue
            size, offset = end - begin, start + begin
            try:
                found = _read(opened.get(pack) or self._descriptor(pack), size, offset)
            except OSError as fault:
                raise DamagedError(*fault.args, str(self._folder / pack)) from fault
            if len(found) != size or (pack in old and crc32(found) != checksum):
                raise DamagedError(f"{self._folder / pack} is damaged before byte {offset + size}")
            yield found

    def size(self, name: str) -> int:
        """Return the size of a pack in bytes, 0 if there is no such pack."""
        with suppress(FileNotFoundError):
            return (self._folder / name).stat().st_size
        return 0

    def names(self) -> set[str]:
        """Return the names of all packs."""
        return {path.name for path in self._folder.glob(f"*{_ENDING}")}

    def keep_only(self, names: Iterable[str]) -> None:
        """Remove all packs except those of these names. One that is open here can be read until `close`.

        What cannot be removed, such as an open file on Windows, stays until this is called again.
        """
        with suppress(OSError):
            for name in self.names().difference(names):
                with suppress(OSError):
                    (self._folder / name).unlink()

    def close(self) -> None:
        """Close all files."""
        for descriptor in self._open.values():
            os.close(descriptor)
        self._open.clear()

    def _descriptor(self, name: str) -> int:
        found = self._open.get(name)
        if found is None:
            flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
            opened = os.open(self._folder / name, flags)
            found = self._open.setdefault(name, opened)
            if found != opened:  # another thread was first
                os.close(opened)
        return found


def _read_alone(descriptor: int, size: int, offset: int) -> bytes:
    with _reading:
        os.lseek(descriptor, offset, os.SEEK_SET)
        return os.read(descriptor, size)


# Forks share a file's position, so it must not be moved if there are forks.
_read = getattr(os, "pread", _read_alone)
