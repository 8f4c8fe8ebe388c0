"""Work spread over processes in batches, or done here when there is too little of it.

Owns pools, batching and back-pressure; refuses to know what the work is.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Item = TypeVar("Item")
Result = TypeVar("Result")

BATCH = 32
SERIAL_BELOW = 96  # items; a pool costs about 40 ms to start and to stop

Work = Callable[[Item], Result]

# Set in each worker process by `_install`: the function that does the work, bound to its surroundings.
_work: Callable[[Any], Any] | None = None


def spread(
    prepare: Callable[..., Work[Item, Result]],
    surroundings: tuple[Any, ...],
    items: Sequence[Item],
    jobs: int,
    executor: Executor | None = None,
) -> Iterator[Result]:
    """Yield `prepare(*surroundings)(item)` for each item, in order, from up to `jobs` processes.

    `prepare` is a module-level function that is called once in each process; it, the surroundings, the
    items and the results can be pickled. `executor`, when given, is used instead of a pool of our own.
    """
    if executor is not None:
        yield from _drained(executor, _run_bound, (prepare, surroundings), items, window=64)
    elif jobs <= 1 or len(items) < SERIAL_BELOW:
        yield from map(prepare(*surroundings), items)
    else:
        with _pool(jobs, prepare, surroundings) as pool:
            yield from _drained(pool, _run, (), items, window=jobs * 4)


def can_fork() -> bool:
    """Say whether a worker may be forked: it then starts with everything that is here, functions too.

    Not every system can, and a program that has threads must not; that says so by choosing a start method.
    """
    import multiprocessing

    return (
        "fork" in multiprocessing.get_all_start_methods() and multiprocessing.get_start_method(True) is None
    )


@contextmanager
def _pool(jobs: int, prepare: Callable[..., Any], surroundings: tuple[Any, ...]) -> Iterator[Executor]:
    # Loaded only where there is enough work to share: it takes as long as a small build.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    method = multiprocessing.get_context("fork" if can_fork() else None)
    gc.freeze()
    pool = ProcessPoolExecutor(jobs, method, _install, (prepare, surroundings))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
        gc.unfreeze()


def _drained(
    executor: Executor,
    run: Callable[..., list[Any]],
    bound: tuple[Any, ...],
    items: Sequence[Any],
    window: int,
) -> Iterator[Any]:
    """Submit batches while keeping at most `window` of them under way, and yield their results in order."""
    batches = (items[start : start + BATCH] for start in range(0, len(items), BATCH))
    under_way: deque[Future[list[Any]]] = deque(
        executor.submit(run, *bound, batch) for batch in islice(batches, window)
    )
    while under_way:
        yield from under_way.popleft().result()
        for batch in islice(batches, 1):
            under_way.append(executor.submit(run, *bound, batch))


def _install(prepare: Callable[..., Any], surroundings: tuple[Any, ...]) -> None:
    global _work  # noqa: PLW0603 - the only place where a pool's initializer can leave something
    # Workers live for one build and make few cycles: collecting costs a tenth of their time for nothing.
    gc.disable()
    _work = prepare(*surroundings)


def _run(batch: Sequence[Any]) -> list[Any]:
    if _work is None:
        raise RuntimeError("a worker was used before it was prepared")
    return [_work(item) for item in batch]


def _run_bound(prepare: Callable[..., Any], surroundings: tuple[Any, ...], batch: Sequence[Any]) -> list[Any]:
    """Do a batch on an executor whose processes are not ours to prepare."""
    work = prepare(*surroundings)
    return [work(item) for item in batch]
