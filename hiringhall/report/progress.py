"""How far a long run has come, on a terminal and nowhere else.

Owns when it is worth showing; refuses to know what the work is.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TextIO

# Most builds end before anyone would look for a bar (seconds); those need not load one.
_PATIENCE = 0.7
_REFRESH = 0.1  # seconds between two updates of the bar

Step = Callable[[str, int, int], None]


@contextmanager
def progress(*, quiet: bool = False, stream: TextIO | None = None) -> Iterator[Step]:
    """Give a function to call with (what is done, how many are done, of how many) as the work goes on.

    It does nothing when `quiet`, when `stream` (standard error) is no terminal, and in the first moments. The
    bar disappears when the block ends.
    """
    target = stream or sys.stderr
    if quiet or not target.isatty():
        yield _ignore
        return
    with ExitStack() as stack:
        yield _bar(target, stack)


def _ignore(_what: str, _done: int, _total: int) -> None:
    pass


def _bar(target: TextIO, stack: ExitStack) -> Step:
    due = time.monotonic() + _PATIENCE
    show: Step | None = None

    def step(what: str, done: int, total: int) -> None:
        nonlocal show, due
        if time.monotonic() < due and (show is None or done < total):
            return
        show = show or _rich_bar(target, stack)
        show(what, done, total)
        due = time.monotonic() + _REFRESH

    return step


def _rich_bar(target: TextIO, stack: ExitStack) -> Step:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    # A bar that refreshes itself uses a thread, and a program with threads cannot be forked.
    bar = Progress(*columns, console=Console(file=target), transient=True, auto_refresh=False)
    stack.enter_context(bar)
    task = bar.add_task("", total=None)
    return lambda what, done, total: bar.update(
        task, description=what, completed=done, total=total, refresh=True
    )
