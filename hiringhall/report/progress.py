"""How far a long run has come, on a terminal and nowhere else.

Owns when it is worth showing; refuses to know what the work is.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TextIO

# Most builds end before anyone would look for a bar; those do not pay for loading one.
_PATIENCE = 0.7

Step = Callable[[str, int, int], None]


@contextmanager
def progress(*, quiet: bool = False, stream: TextIO | None = None) -> Iterator[Step]:
    """Give a function to call with (what is done, how many are done, of how many) as the work goes on.

    It does nothing when `quiet`, when `stream` (standard error) is no terminal, and in the first moments.
    The bar is gone from the screen when the block ends.
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
    began = time.monotonic()
    show: Step | None = None

    def step(what: str, done: int, total: int) -> None:
        nonlocal show
        if show is None and time.monotonic() - began > _PATIENCE:
            show = _rich_bar(target, stack)
        if show is not None:
            show(what, done, total)

    return step


def _rich_bar(target: TextIO, stack: ExitStack) -> Step:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    bar = stack.enter_context(Progress(*columns, console=Console(file=target), transient=True))
    task = bar.add_task("", total=None)
    return lambda what, done, total: bar.update(task, description=what, completed=done, total=total)
