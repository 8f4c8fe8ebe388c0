"""Work shared among processes in batches, or done here if there is too little of it.

Owns forks, pools, batching and back-pressure; refuses to know what the work is.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice, pairwise
from typing import IO, TYPE_CHECKING, Any, Generic, NoReturn, TypeVar

from hiringhall.engine.steps import ABREAST

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Item = TypeVar("Item")
Result = TypeVar("Result")

SERIAL_BELOW = 96  # items; sharing the work costs about ten milliseconds
MOST_PROCESSES = 61  # a pool on Windows can have no more, and a build does not gain from more

_SMALLEST_SHARE = 4  # items that a process takes at once
_CLAIM = 4  # bytes that stand for an item in the file from which items are claimed
_LOST = "a worker process was killed, perhaps for lack of memory; use --jobs 1"

Told = Callable[[int], None]  # hears how far the work is, in items
Work = Callable[[Item], Result]
Prepare = Callable[[], Work[Item, Result]]  # makes the function that does the work, once in each process
Several = Callable[[], Work[Sequence[Item], Sequence[Result]]]  # the same for work on several items together

# Set in each process of a pool by `_install`: the function that does the work.
_work: Work[Sequence[Any], Sequence[Any]] | None = None


class WorkerError(RuntimeError):
    """A worker process could not begin, or was killed; the message says what to do."""


def _silent(_done: int) -> None:
    """Report nothing."""


def spread(
    prepare: Several[Item, Result],
    items: Sequence[Item],
    jobs: int,
    executor: Executor | None = None,
    told: Told = _silent,
) -> Iterator[Result]:
    """Yield what `prepare()` makes of each item, in order, from up to `jobs` processes.

    That works on a few items at once. `prepare` is called once in each process; it, the items and the results
    can be pickled. `executor`, when given, is used instead of processes of our own. `told` is called with
    the number of items begun or done. Each item is assumed to take a millisecond.
    """
    if executor is not None:
        yield from _counted(_drained(executor, partial(_run_prepared, prepare), items, window=64), told)
    elif not is_shared(len(items), jobs):
        yield from _counted(chain.from_iterable(map(prepare(), batched(items, ABREAST))), told)
    elif can_fork():
        ends = [*_ends(len(items), jobs)]
        shares = [items[start:end] for start, end in pairwise((0, *ends))]
        made = _forked(prepare, shares, jobs, lambda place: told(ends[place]))
        yield from chain.from_iterable(made)
    else:
        with _pool(jobs, prepare) as pool:
            yield from _counted(_drained(pool, _run, items, window=jobs * 4), told)


def spread_by_forks(
    work: Work[Item, Result], items: Sequence[Item], jobs: int, *, serial_below: int
) -> Iterator[Result]:
    """Yield `work(item)` for each item, in order, from up to `jobs` forks of this process, or from it alone.

    Forks have everything that is here, so work and items can be anything; only results are pickled. Fewer
    items than `serial_below` are not shared.
    """
    if jobs > 1 and len(items) >= serial_below and can_fork():
        return _forked(lambda: work, items, jobs, _silent)
    return map(work, items)


def batched(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """Yield runs of `size` items; the last may be shorter."""
    return (items[start : start + size] for start in range(0, len(items), size))


def is_shared(count: int, jobs: int) -> bool:
    """Say whether this many items are worth several processes."""
    return jobs > 1 and count >= SERIAL_BELOW


def can_fork() -> bool:
    """Say whether this process may be forked: a fork has everything that is here, including functions.

    Not every system can, and a program with threads must not: in the fork, a lock that one of them held would
    never be released.
    """
    return hasattr(os, "fork") and threading.active_count() == 1


@contextmanager
def in_background(function: Callable[[], Result], jobs: int) -> Iterator[Callable[[], Result | None]]:
    """Let a fork of this process run a function meanwhile, and give a function that waits for its result.

    The result is given once: asking again gives None, because it may be out of date. If there can be no fork,
    or `jobs` is one process, nothing is run, and the result is None.
    """
    if jobs < 2 or not can_fork():  # noqa: PLR2004 - one process besides this one
        yield lambda: None
        return
    fork = _Fork(lambda _told: function())
    try:
        yield lambda: None if fork.is_done else fork.result()
    finally:
        fork.end()


def _ends(count: int, jobs: int) -> Iterator[int]:
    """Yield where shares of the items end: the last are small, so that all processes are done at once.

    >>> [*_ends(100, 2)]
    [25, 43, 57, 67, 75, 81, 85, 89, 93, 97, 100]
    """
    end = 0
    while end < count:
        end = min(count, end + max(_SMALLEST_SHARE, min(ABREAST, (count - end) // (2 * jobs))))
        yield end


def _counted(results: Iterator[Result], told: Told) -> Iterator[Result]:
    for number, result in enumerate(results, 1):
        told(number)
        yield result


def _forked(prepare: Prepare[Item, Result], items: Sequence[Item], jobs: int, told: Told) -> Iterator[Result]:
    """Share the items with `jobs` - 1 forks of this process: whichever is free claims the next one.

    Nothing is sent to a fork, which has all that is here; its results come back when all work is done.
    """
    gc.freeze()  # otherwise a collection in a fork would copy all that is here
    with _claims(len(items)) as claims:
        share = partial(_share, prepare, items, claims.fileno())
        forks: list[_Fork[dict[int, Result]]] = []
        try:
            # If one cannot begin, those before it are in the list, and end.
            forks.extend(_Fork(share) for _ in range(min(jobs, MOST_PROCESSES, len(items)) - 1))
            done = share(told)
            for fork in forks:
                done.update(fork.result())
        finally:
            for fork in forks:
                fork.end()
            gc.unfreeze()
    for place in range(len(items)):
        yield done.pop(place)


def _claims(count: int) -> IO[bytes]:
    """Return a file whose readers, forks included, each get a different number below `count`, in order.

    They share its position; a read moves it and takes what is there in one step (POSIX, read).
    """
    from tempfile import TemporaryFile

    claims = TemporaryFile()  # noqa: SIM115 - closed by the caller
    claims.write(b"".join(number.to_bytes(_CLAIM, "big") for number in range(count)))
    claims.seek(0)
    return claims


def _share(
    prepare: Prepare[Item, Result], items: Sequence[Item], claims: int, told: Told
) -> dict[int, Result]:
    """Work on items until none is left, and return the results of those claimed here, by their places."""
    work, done = prepare(), dict[int, Result]()
    while claim := os.read(claims, _CLAIM):
        place = int.from_bytes(claim, "big")
        told(place)
        done[place] = work(items[place])
    return done


class _Fork(Generic[Result]):
    """A fork of this process that does some work, and calls a given function from time to time meanwhile."""

    def __init__(self, work: Callable[[Told], Result]) -> None:
        reading, writing = os.pipe()
        parent = os.getpid()
        try:
            self._process = os.fork()
        except BlockingIOError:
            message = "the system allows no more processes: end others, or use --jobs 1"
            raise WorkerError(message) from None
        if not self._process:
            os.close(reading)  # or the fork would wait for itself to read what it writes
            _work_and_exit(work, writing, parent)
        os.close(writing)
        self._pipe = open(reading, "rb")  # noqa: SIM115 - closed by `end`
        self.is_done = False

    def result(self) -> Result:
        """Return the result, once, or raise what the work raised."""
        try:
            outcome: tuple[Result, Exception | None] = pickle.load(self._pipe)  # noqa: S301 - from our own fork
        except (EOFError, pickle.UnpicklingError):  # nothing came, or a part
            raise WorkerError(_LOST) from None
        self.is_done = True
        result, fault = outcome
        if fault is not None:
            raise fault
        return result

    def end(self) -> None:
        """End the process; it is stopped if nobody waits for its work anymore."""
        self._pipe.close()
        if not self.is_done:
            os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)


def _work_and_exit(work: Callable[[Told], object], writing: int, parent: int) -> NoReturn:
    """Run in the fork, which must not end anything that the parent began."""

    def go_on(_place: int) -> None:
        if os.getppid() != parent:  # it was killed, and another build may be using the same files
            os._exit(1)

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C, too, and ends its forks
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.disable()
    try:
        message = _outcome(work, go_on)
        with open(writing, "wb") as pipe:
            pipe.write(message)
    finally:
        os._exit(0)


def _outcome(work: Callable[[Told], object], told: Told) -> bytes:
    try:
        return pickle.dumps((work(told), None), 5)
    except Exception as fault:  # noqa: BLE001 - whatever it is, the parent raises it
        return pickle.dumps((None, fault), 5)


@contextmanager
def _pool(jobs: int, prepare: Several[Any, Any]) -> Iterator[Executor]:
    # Loaded only if there is enough work to share: that takes as long as a small build.
    import multiprocessing
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

    afresh = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    method = multiprocessing.get_context(afresh)
    pool = ProcessPoolExecutor(min(jobs, MOST_PROCESSES), method, _install, (prepare,))
    try:
        yield pool
    except BrokenProcessPool as fault:
        raise WorkerError(_LOST) from fault
    finally:
        pool.shutdown(cancel_futures=True)


def _drained(
    executor: Executor, run: Work[Sequence[Item], Sequence[Result]], items: Sequence[Item], window: int
) -> Iterator[Result]:
    """Submit batches while keeping at most `window` of them under way, and yield their results in order."""
    batches = batched(items, ABREAST)
    under_way: deque[Future[Sequence[Result]]] = deque(
        executor.submit(run, batch) for batch in islice(batches, window)
    )
    while under_way:
        yield from under_way.popleft().result()
        for batch in islice(batches, 1):
            under_way.append(executor.submit(run, batch))


def _install(prepare: Several[Any, Any]) -> None:
    global _work  # noqa: PLW0603 - the only place where a pool's initializer can leave something
    # Workers live for one build and make few cycles: collecting would waste a tenth of their time.
    gc.disable()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _work = prepare()


def _end_with_parent() -> None:
    """End this process when its parent has: one that was killed could not tell its pool to end."""
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        os._exit(1)


def _run(batch: Sequence[Any]) -> Sequence[Any]:
    if _work is None:
        raise RuntimeError("a worker was used before it was prepared")
    return _work(batch)


def _run_prepared(prepare: Several[Item, Result], batch: Sequence[Item]) -> Sequence[Result]:
    """Do a batch on an executor whose processes we cannot prepare."""
    return prepare()(batch)
