"""Two folders change places: in one step if the system can, else by two renames with a way back.

Owns the system call; refuses to know what is in the folders.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from hiringhall.engine.files import remove_tree

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_UNSUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}
_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)  # seconds


def exchange(staged: Path, live: Path) -> None:
    """Put `staged` where `live` is and `live` where `staged` was; if there is no `live` yet, just move.

    Raises OSError with both folders where they were.
    """
    if not live.exists():
        _rename(staged, live)
    elif not _exchanged_at_once(staged, live):
        _exchange_by_renames(staged, live)


def _exchanged_at_once(staged: Path, live: Path) -> bool:
    """Exchange with Linux's renameat2(2); say whether the system and the file system support it."""
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


def recover(staged: Path, live: Path) -> None:
    """Put a folder that an exchange by renames left aside where it belongs.

    It is the live folder if the exchange ended between its first two steps, or else what `staged` is: what a
    later build staged there, which could not go live, is made again.
    """
    aside = _aside(live)
    if not aside.exists():
        return
    if live.exists() and staged.exists():
        remove_tree(staged)
    _rename(aside, staged if live.exists() else live)


def _aside(live: Path) -> Path:
    return live.with_name(f".{live.name}.aside")


def _exchange_by_renames(staged: Path, live: Path) -> None:
    aside = _aside(live)
    _rename(live, aside)
    try:
        _rename(staged, live)
    except OSError:
        _rename(aside, live)
        raise
    with suppress(OSError):  # the exchange is done: what is still aside is left to `recover`
        _rename(aside, staged)


def _rename(source: Path, target: Path) -> None:
    """Rename a folder; retry for a second and a half if Windows refuses because it is in use.

    Virus scanners and search indexers seldom take longer over new files.
    """
    for pause in _PAUSES if sys.platform == "win32" else ():
        try:
            os.rename(source, target)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    os.rename(source, target)
