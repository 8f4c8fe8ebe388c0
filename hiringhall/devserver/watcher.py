"""Watching folders: when the files that a build reads have new content.

Owns the waiting and the judging of changes; refuses to know what a change leads to.
"""

from __future__ import annotations

import os
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG
from typing import Self

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from hiringhall.engine.digests import digest_file
from hiringhall.engine.files import stamp_of
from hiringhall.engine.trees import identity
from hiringhall.intake.files.names import is_passing

# Editors save in steps (truncate and write, or rename twice); all are done this soon (seconds).
_QUIET = 0.02
# A file that keeps changing, such as a log, must not put off a rebuild forever (seconds).
_LONGEST = 1.0
# On Windows, watchdog gathers events until none has come for this long (seconds).
_GATHERING = 0.005
# Where files are looked at because the system has no more watches, from one look to the next (seconds).
_POLLING = 1.0

# Opening, closing and touching a file are left out: the build itself does the first two.
_EVENTS: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]

# The digest of content not read yet, or not readable: a hundred thousand postings are not read just to watch.
_UNREAD = ""
# What is known of a file: its digest, where it is if it is a link, and the stamp that it had then.
_Known = tuple[str, str, tuple[int, ...]]


class Watcher(FileSystemEventHandler):
    """Watches folders while its `with` block runs.

    `stirred` is called, from another thread, as soon as something may have changed, and counts; `wait` then
    says whether it has, and `looked` up to which count. A file not seen changing before counts as changed at
    its first event. So does one that changed during a build and changed back, as by two checkouts: the build
    may have read it in between.
    """

    def __init__(self, folders: Iterable[Path], stirred: Callable[[], int]) -> None:
        self._folders = tuple(str(folder.resolve()) for folder in folders)
        self._stirred = stirred
        self._lock = threading.Lock()
        self._stir = threading.Event()
        self._touched: set[str] = set()
        self._renamed: set[tuple[str, str]] = set()
        self._missed: set[str] = set()
        self._count = self.looked = 0
        self._known: dict[str, _Known] = {}
        self._observer: BaseObserver | None = None
        self._watched: list[str] = []

    def __enter__(self) -> Self:
        self._observe()
        self._known = {path: (_UNREAD, path, ()) for folder in self._folders for path in _files(folder)}
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def _stop(self) -> None:
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()

    def dispatch(self, event: FileSystemEvent) -> None:
        """Note which paths an event is about; called by the observer's thread."""
        source, target = os.fsdecode(event.src_path), os.fsdecode(event.dest_path)
        wanted = {path for path in (source, target) if path and not self._is_passing(path)}
        if wanted:
            with self._lock:
                self._touched |= wanted
                self._renamed |= {(source, target)} if target else set()
                self._count = self._stirred()
            self._stir.set()

    def wait(self, timeout: float) -> bool:
        """Wait up to `timeout` seconds for an event, let it settle, and say whether any content changed.

        A watch stays with a folder that is moved away, which causes no event; that is seen when time is up.
        """
        if not self._stir.wait(timeout):
            if not self._has_moved():
                return False
            with self._lock:
                self._count = self._stirred()
        end = time.monotonic() + _LONGEST
        while self._stir.is_set() and time.monotonic() < end:
            self._stir.clear()
            self._stir.wait(_QUIET)
        self._stir.clear()
        moved = self._has_moved()
        if moved:
            self._stop()
            self._observe()
        with self._lock:
            touched, self._touched = self._touched, set()
            renamed, self._renamed = self._renamed, set()
            missed, self._missed = self._missed, set()
            self.looked = self._count
        touched.update(self._folders if moved else ())
        for source, target in renamed:
            if Path(source).exists():  # as where case does not count: both names lead to the file
                self._known.pop(target, None)
        # Every path is looked at, so that what is known stays true for all of them.
        changes = [self._differs(path, path in missed) for path in touched | self._files_of(touched)]
        return any(changes)

    def note_build(self) -> None:
        """Take note that a build has ended, which may have read what was touched meanwhile in any state."""
        with self._lock:
            self._missed |= self._touched

    def _has_moved(self) -> bool:
        """Say whether a folder is not the one that is watched, or is gone, or back."""
        return self._watched != list(map(identity, self._folders))

    def _observe(self) -> None:
        self._watched = list(map(identity, self._folders))
        try:
            self._observer = self._start(Observer(timeout=_GATHERING))
        except OSError:
            # The system has no more watches (inotify's limits): looking at every file needs none.
            self._observer = self._start(PollingObserver(timeout=_POLLING))

    def _start(self, observer: BaseObserver) -> BaseObserver:
        # A folder made while watchdog looks for new ones is found twice, which does no harm.
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
        try:
            for folder in filter(os.path.isdir, self._folders):
                observer.schedule(self, folder, recursive=True, event_filter=_EVENTS)
            observer.start()
        except OSError:
            with suppress(RuntimeError):
                observer.stop()
            raise
        return observer

    def _is_passing(self, path: str) -> bool:
        """Say whether a path, or a folder on the way to it, belongs to an editor and not to the content."""
        inside = next((path[len(folder) :] for folder in self._folders if path.startswith(folder)), path)
        return any(map(is_passing, Path(inside).parts))

    def _files_of(self, touched: set[str]) -> set[str]:
        """Return the touched files, and all files that are or were in touched folders."""
        folders = [path for path in touched if path not in self._known and not Path(path).is_file()]
        below = tuple(folder + os.sep for folder in folders)
        found = {path for folder in folders for path in _files(folder)}
        return (touched - set(folders)) | found | {path for path in self._known if path.startswith(below)}

    def _differs(self, path: str, is_missed: bool) -> bool:
        """Compare a file's content, and where it is, with what was known of it, and remember it.

        If it `is_missed`, it also differs if anything was done to it since: the same content may be back.
        """
        stamp = _stamp_of_file(path)
        before = self._known.pop(path, None)
        if not stamp:
            return before is not None or is_missed
        now = self._known[path] = digest_file(path), os.path.realpath(path), stamp
        is_same = before is not None and now[0] != _UNREAD and now[:2] == before[:2]
        return not is_same or (is_missed and now != before)


def _stamp_of_file(path: str) -> tuple[int, ...]:
    """Return the stamp of a file, or nothing if there is no file."""
    with suppress(OSError):
        status = os.stat(path)  # noqa: PTH116 - a Path for each file costs more
        return stamp_of(status) if S_ISREG(status.st_mode) else ()
    return ()


def _files(folder: str) -> Iterator[str]:
    for below, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not is_passing(name)]
        yield from (f"{below}{os.sep}{name}" for name in names if not is_passing(name))
