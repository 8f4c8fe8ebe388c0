"""A file by which processes keep each other out of what only one of them may do at a time.

Owns the system's call for it; refuses to know what is done meanwhile. A process that ends lets go of it.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _take(file: int, *, wait: bool) -> None:
        while True:
            try:
                msvcrt.locking(file, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            except OSError as fault:
                if fault.errno != errno.EDEADLOCK:  # which tells of ten seconds without success
                    raise
            else:
                return

else:
    import fcntl

    def _take(file: int, *, wait: bool) -> None:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Wait for whoever holds the lock, hold it, and give whether there was somebody to wait for.

    The file is made, and stays. Where it cannot be made, or the file system knows no locks, nobody waits.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:
        yield False
        return
    try:
        yield _waited(file)
    finally:
        os.close(file)


def _waited(file: int) -> bool:
    try:
        _take(file, wait=False)
    except (BlockingIOError, PermissionError):
        with suppress(OSError):
            _take(file, wait=True)
        return True
    except OSError:
        pass
    return False
