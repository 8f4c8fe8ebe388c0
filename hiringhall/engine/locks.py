"""A lock among processes, which is a file: one of them holds it at a time.

Owns the system call for it; refuses to know what is done meanwhile. A process that ends releases it.
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

    def _take(file: int) -> None:
        while True:
            try:
                msvcrt.locking(file, msvcrt.LK_LOCK, 1)
            except OSError as fault:
                if fault.errno != errno.EDEADLOCK:  # which says that ten seconds passed without success
                    raise
            else:
                return

else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait for whoever holds the lock, and then hold it.

    The file is made, and stays. If it cannot be made, or the file system has no locks, nobody waits.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:
        yield
        return
    try:
        with suppress(OSError):
            _take(file)
        yield
    finally:
        os.close(file)
