"""Two folders change places: in one step where the system can, by two renames with a way back elsewhere.

Owns the system call; refuses to know what is in the folders.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_UNSUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


def exchange(staged: Path, live: Path) -> None:
    """Put `staged` where `live` is and `live` where `staged` was; with no `live` yet, just move.

    Raises OSError with both folders where they were.
    """
    if not live.exists():
        os.rename(staged, live)
    elif not _exchanged_at_once(staged, live):
        _exchange_by_renames(staged, live)


def _exchanged_at_once(staged: Path, live: Path) -> bool:
    """Exchange by Linux's renameat2(2); say whether the system and the file system know it."""
    if sys.platform != "linux":
        return False
    import ctypes

    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(staged), _AT_FDCWD, os.fsencode(live), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNSUPPORTED:
        return False
    raise OSError(number, os.strerror(number), str(live))


def recover(live: Path) -> None:
    """Put back a folder that an exchange by renames, killed between its steps, has left aside."""
    aside = _aside(live)
    if aside.exists() and not live.exists():
        os.rename(aside, live)


def _aside(live: Path) -> Path:
    return live.with_name(f".{live.name}.aside")


def _exchange_by_renames(staged: Path, live: Path) -> None:
    aside = _aside(live)
    os.rename(live, aside)
    try:
        os.rename(staged, live)
    except OSError:
        os.rename(aside, live)
        raise
    os.rename(aside, staged)
