"""Writing files so that nobody takes a part of one, or a damaged one, for what was written.

Owns that all bytes are written; refuses to know what they are.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from hiringhall.engine.digests import SIZE, digest, digest_bytes

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

_SEAL = 2 * SIZE  # characters
_UNFINISHED = ".unfinished"


def write_all(descriptor: int, data: bytes, path: str) -> None:
    """Write all bytes by a descriptor: one call may write fewer. Raises OSError with the path of the file."""
    rest = memoryview(data)
    try:
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    except OSError as fault:
        fault.filename = path
        raise


def write_whole(path: Path, data: bytes) -> None:
    """Put a file in place once all of it is written; until then, what was there stays. Raises OSError.

    Several processes may write the same one at once: it is that of the last. What a killed one leaves begins
    with a dot and the file's name, so that Git ignores it if it ignores a hidden file and what belongs to it;
    `remove_unfinished` takes it away.
    """
    from tempfile import TemporaryDirectory  # loaded late: it takes a twentieth of a build with nothing to do

    with TemporaryDirectory(
        _UNFINISHED, _hidden(path.name), path.parent, ignore_cleanup_errors=True
    ) as folder:
        fresh = Path(folder, path.name)
        with fresh.open("wb") as file:
            write_all(file.fileno(), data, str(path))
        fresh.replace(path)


def remove_unfinished(folder: Path, name: str = "") -> None:
    """Remove what killed processes left of a file that they were writing in a folder; by default, of all.

    A process that is writing such a file meanwhile fails to, with OSError.
    """
    begin = _hidden(name) if name else "."
    with suppress(OSError):  # there is no such folder yet
        for left in os.listdir(folder):
            if left.startswith(begin) and left.endswith(_UNFINISHED):
                import shutil

                shutil.rmtree(folder / left, ignore_errors=True)


def remove_tree(folder: Path, last: str = "") -> None:
    """Remove a folder with all that is in it; if `last` names an entry, that only after all others.

    Raises OSError with the folder's path, as for a link to a folder: shutil gives only names in it.
    """
    import shutil

    try:
        if last and not folder.is_symlink():
            for each in folder.iterdir():
                if each.is_dir() and not each.is_symlink():
                    shutil.rmtree(each)
                elif each.name != last:
                    each.unlink()
        shutil.rmtree(folder)
    except OSError as fault:
        fault.filename = str(folder)
        raise


def _hidden(name: str) -> str:
    return f".{name.lstrip('.')}."


def temporary_folder() -> TemporaryDirectory[str]:
    """Return a folder that ends with a `with` block; what of it cannot be removed then stays."""
    from tempfile import TemporaryDirectory

    return TemporaryDirectory(prefix="hiring-hall-", ignore_cleanup_errors=True)


def stamp_of(status: os.stat_result) -> tuple[int, int, int, int]:
    """Return what tells that a file has changed: its size, times of change (ns) and inode."""
    inode = 0 if sys.platform == "win32" else status.st_ino  # which Windows does not tell of files in a list
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, inode


def write_sealed(path: Path, data: bytes, name: str = "") -> None:
    """Put a file in place as `write_whole` does, for `read_sealed`; `name` says what the data are of."""
    write_whole(path, _seal(data, name) + data)


def read_sealed(path: Path, name: str = "") -> bytes | None:
    """Return the data of a sealed file, or None if they are damaged, of another name or not there."""
    try:
        kept = path.read_bytes()
    except OSError:
        return None
    data = kept[_SEAL:]
    return data if kept.startswith(_seal(data, name)) else None


def seal_of(path: Path) -> str:
    """Return what tells a sealed file from any other, or nothing if there is no file."""
    try:
        with path.open("rb") as file:
            return file.read(_SEAL).hex()
    except OSError:
        return ""


def _seal(data: bytes, name: str) -> bytes:
    return digest(name, digest_bytes(data)).encode()
