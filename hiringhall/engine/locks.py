"""A lock among processes, which is a file: one of them holds it at a time.

Owns the system call for it; refuses to know what is done meanwhile. A process that ends releases it.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_TAKEN = {errno.EACCES, errno.EAGAIN}
# From one look to the next, and how long to wait without a word (seconds).
_NAP = 0.02
_PATIENCE = 2.0

if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait for whoever holds the lock, and then hold it; a wait that takes long is logged as a warning.

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
            _wait(file, path)
        yield
    finally:
        os.close(file)


def _wait(file: int, path: Path) -> None:
    """Take the lock once it is free. Raises OSError if the file system has no locks."""
    told = time.monotonic() + _PATIENCE
    while True:
        try:
            return _take(file)
        except OSError as refused:
            if refused.errno not in _TAKEN:
                raise
        if time.monotonic() > told:
            import logging

            logging.getLogger(__name__).warning("Waiting for another build to end, which holds %s.", path)
            told = float("inf")
        time.sleep(_NAP)
