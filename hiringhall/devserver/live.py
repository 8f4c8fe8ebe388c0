"""The state of a site under development: what the last build said, and whether another is running.

Owns how the one thread that builds meets the many that serve; refuses to know HTTP and files.

A site known to be good is shown before it is published, with each page made on request: most of a rebuild's
time goes into files that nobody looks at.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from hiringhall.diagnostics import Diagnostic
from hiringhall.model import Output, Preview
from hiringhall.report.result import BuildResult

# Waits are cut short so that a laptop that slept through a deadline notices soon after it wakes,
# and because some systems deliver Ctrl-C only between waits (seconds).
_NAP = 1.0
# A build whose next change is in the past must not run again and again.
_REST = timedelta(seconds=1)
# So long, a build rests once it has a preview: beside it, the page that somebody waits for would take twice
# as long to make (seconds).
_HEAD_START = 0.03
_NOTHING: Mapping[str, Output] = MappingProxyType({})


class State(NamedTuple):
    """What came of the last build: `diagnostics` and `fault` say why it was not published, if so.

    `epoch` names it; no two runs of the server share one. `fault` says in one line how it broke down.
    `preview` holds the files about to be published, by path, and nothing once they have been. `root` is the
    path of the site's folder.
    """

    epoch: str
    root: str
    diagnostics: tuple[Diagnostic, ...] = ()
    fault: str | None = None
    preview: Mapping[str, Output] = _NOTHING

    @property
    def is_stale(self) -> bool:
        """Whether the pages shown are older than the content."""
        return bool(self.diagnostics or self.fault)


class Live:
    """The state, under a lock. A request waits for a build that began after all changes before it.

    Changes are counted: those that may have happened, and those that what is served covers. The start is one.
    `root` gives the path of the site's folder, or None while that is unknown.
    """

    def __init__(
        self,
        build: Callable[[Preview], BuildResult],
        clock: Callable[[], datetime],
        root: Callable[[], str | None] = lambda: "/",
    ) -> None:
        self._build = build
        self._clock = clock
        self._root = root
        self._changed = threading.Condition()
        self._making = threading.Lock()  # held while a file of the preview is made
        self._run = secrets.token_hex(4)
        self._builds = 0
        self._state = State(self._run, root() or "/")
        self._next: datetime | None = None
        self._changes, self._covered = 1, 0

    @property
    def state(self) -> State:
        return self._state

    def hold(self) -> int:
        """Make requests wait: something may have changed. Return how often that has happened."""
        with self._changed:
            self._changes += 1
            return self._changes

    def release(self, changes: int) -> None:
        """Let requests continue: what is served covers that many changes."""
        with self._changed:
            self._covered = max(self._covered, changes)
            self._changed.notify_all()

    def rebuild(self) -> None:
        """Build while requests wait, keep what came of it, and wake everyone."""
        before, known = self._state, self.hold()
        diagnostics, fault, following = self._outcome(partial(self._show, known))
        with self._changed:
            self._next = following and max(following, self._clock() + _REST)
        if diagnostics or fault:  # the site is still that of the last build, and so is where it is
            self._enter(before.root, diagnostics, fault)
        elif self._state.epoch == before.epoch:
            self._enter(self._root())
        self.release(known)

    def read(self, state: State, path: str, timeout: float) -> bytes | None:
        """Return a file of a state's preview, or None if the preview is over and files are published.

        If the file cannot be made, wait for the end of the preview, up to `timeout` seconds: the build meets
        the same fault, and says what it is.
        """
        with self._making:
            if self._state.preview is state.preview:
                with suppress(Exception):
                    return b"".join(state.preview[path].chunks())
        with self._changed:
            self._changed.wait_for(lambda: self._state.preview is not state.preview, timeout)
        return None

    def settle(self, timeout: float) -> bool:
        """Wait up to `timeout` seconds until what is served covers all changes so far, and say if it does."""
        with self._changed:
            known = self._changes
            return self._changed.wait_for(lambda: self._covered >= known, timeout)

    def next_epoch(self, known: str, timeout: float) -> str:
        """Wait up to `timeout` seconds for an epoch other than `known`, and return the current one."""
        with self._changed:
            self._changed.wait_for(lambda: self._state.epoch != known, timeout)
            return self._state.epoch

    def patience(self) -> float:
        """Return for how many seconds to wait for a change before looking at the clock."""
        if self._next is None:
            return _NAP
        return min(max((self._next - self._clock()).total_seconds(), 0.0), _NAP)

    def is_due(self) -> bool:
        """Say whether a posting has passed its deadline since the last build."""
        return self._next is not None and self._clock() >= self._next

    def _show(self, known: int, preview: Mapping[str, Output]) -> None:
        """Let requests continue with a preview that covers the `known` changes.

        With no files, wait for the file that is being made, and end the preview.
        """
        if preview:
            self._enter(self._root(), preview=preview)
            self.release(known)
            time.sleep(_HEAD_START)
            return
        with self._making, self._changed:
            self._state = self._state._replace(preview=preview)
            self._changed.notify_all()

    def _enter(
        self,
        root: str | None,
        diagnostics: tuple[Diagnostic, ...] = (),
        fault: str | None = None,
        preview: Mapping[str, Output] = _NOTHING,
    ) -> None:
        """Begin a new epoch."""
        with self._changed:
            self._builds += 1
            epoch = f"{self._run}.{self._builds}"
            self._state = State(epoch, root or self._state.root, diagnostics, fault, preview)
            self._changed.notify_all()

    def _outcome(self, preview: Preview) -> tuple[tuple[Diagnostic, ...], str | None, datetime | None]:
        try:
            result = self._build(preview)
        except Exception as broken:  # noqa: BLE001 - the server outlives a bug, and shows it
            return (), f"{type(broken).__name__}: {broken}", None
        if result.published:
            return (), None, result.next_change
        return (
            result.diagnostics,
            None if result.diagnostics else "the build ended without giving a reason",
            None,
        )
