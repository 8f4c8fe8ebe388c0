"""Work gives the same results in the same order wherever it is done."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from hiringhall.engine import workers
from tests.trees import ROOT

Work = Callable[[Sequence[int]], list[int]]


def prepare(factor: int, refused: int) -> Work:
    def work(items: Sequence[int]) -> list[int]:
        if refused in items:
            raise ValueError(f"cannot do {refused}")
        return [item * factor for item in items]

    return work


@pytest.mark.usefixtures("forks")
@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, workers.SERIAL_BELOW - 1, workers.SERIAL_BELOW, 1000])
def test_results_come_in_order_from_any_number_of_processes(jobs: int, count: int) -> None:
    assert list(workers.spread(partial(prepare, 3, -1), range(count), jobs)) == [
        item * 3 for item in range(count)
    ]


@pytest.mark.parametrize("count", [workers.SERIAL_BELOW, 100_000])
def test_results_come_in_order_where_forking_is_not_possible(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "can_fork", lambda: False)

    assert list(workers.spread(partial(prepare, 3, -1), range(count), 2)) == [
        item * 3 for item in range(count)
    ]


def test_a_program_with_threads_is_not_forked() -> None:
    with ThreadPoolExecutor(1) as executor:
        executor.submit(int).result()

        assert not workers.can_fork()


@pytest.mark.parametrize(("jobs", "count", "processes"), [(1, 200, 0), (3, 2, 0), (3, 200, 2)])
def test_forks_share_work_that_could_not_be_sent_to_them(
    forks: list[int], jobs: int, count: int, processes: int
) -> None:
    items = [lambda number=number: number for number in range(count)]

    found = workers.spread_by_forks(lambda item: item(), items, jobs, serial_below=3)

    assert list(found) == list(range(count))
    assert len(forks) == processes


def test_work_that_cannot_be_sent_is_done_here_where_forking_is_not_possible(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "can_fork", lambda: False)

    found = workers.spread_by_forks(lambda _: os.getpid(), range(9), 2, serial_below=3)

    assert set(found) == {os.getpid()}


def prepare_slow() -> Work:
    def work(items: Sequence[int]) -> list[int]:
        time.sleep(0.01)  # so that no process does everything before the others have begun
        return [*items]

    return work


def test_no_number_of_jobs_floods_the_machine(forks: list[int]) -> None:
    items = range(workers.SERIAL_BELOW)

    assert list(workers.spread(partial(prepare, 3, -1), items, 200)) == [item * 3 for item in items]
    assert len(forks) < workers.MOST_PROCESSES


def test_whoever_asks_is_told_how_far_the_work_has_come() -> None:
    for jobs in (1, 2):
        told: list[int] = []

        list(workers.spread(prepare_slow, range(200), jobs, told=told.append))

        assert told == sorted(told)
        assert told
        assert max(told) <= 200


def test_an_executor_of_the_callers_is_used() -> None:
    with ThreadPoolExecutor(2) as executor:
        assert list(workers.spread(partial(prepare, 2, -1), range(500), 1, executor)) == [
            item * 2 for item in range(500)
        ]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_in_the_work_reaches_the_caller(jobs: int) -> None:
    with pytest.raises(ValueError, match="cannot do 150"):
        list(workers.spread(partial(prepare, 1, 150), range(300), jobs))


def prepare_fatal(parent: int) -> Work:
    def work(items: Sequence[int]) -> list[int]:
        if os.getpid() != parent:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        time.sleep(0.01)
        return [*items]

    return work


@pytest.fixture
def forks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Fork whatever threads other tests have left in this process: the work here takes no lock of theirs."""
    if not hasattr(os, "fork"):
        pytest.skip("this system cannot fork")
    fork, made = os.fork, list[int]()

    def noted() -> int:
        made.append(fork())
        return made[-1]

    monkeypatch.setattr(workers, "can_fork", lambda: True)
    monkeypatch.setattr(os, "fork", noted)
    return made


def all_are_gone(processes: list[int]) -> bool:
    for process in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
    return bool(processes)


def test_a_worker_that_is_killed_is_a_fault_and_leaves_no_process_behind(forks: list[int]) -> None:
    with pytest.raises(workers.WorkerError, match="a worker process was killed"):
        list(workers.spread(partial(prepare_fatal, os.getpid()), range(300), 2))
    assert all_are_gone(forks)


def test_a_worker_of_a_pool_that_is_killed_is_the_same_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "can_fork", lambda: False)
    with pytest.raises(workers.WorkerError, match="a worker process was killed"):
        list(workers.spread(partial(prepare_fatal, os.getpid()), range(300), 2))


def test_a_worker_that_is_killed_while_it_tells_its_result_is_a_fault(forks: list[int]) -> None:
    with workers.in_background(lambda: bytes(1 << 22), 2) as result:
        time.sleep(0.2)  # more is told than a pipe takes at once
        os.kill(forks[0], signal.SIGKILL)
        with pytest.raises(workers.WorkerError, match="a worker process was killed"):
            result()
    assert all_are_gone(forks)


def test_where_a_process_is_one_too_many_those_before_it_end(
    forks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    fork = os.fork

    def limited() -> int:
        if forks:
            raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        return fork()

    monkeypatch.setattr(os, "fork", limited)
    with pytest.raises(workers.WorkerError, match="the system allows no more processes"):
        list(workers.spread_by_forks(time.sleep, [60] * 3, 3, serial_below=1))
    assert all_are_gone(forks)


def prepare_interrupted(parent: int) -> Work:
    def work(items: Sequence[int]) -> list[int]:
        if os.getpid() == parent:
            raise KeyboardInterrupt
        time.sleep(60)
        return [*items]

    return work


def test_an_interruption_ends_the_workers_at_once(forks: list[int]) -> None:
    start = time.monotonic()

    with pytest.raises(KeyboardInterrupt):
        list(workers.spread(partial(prepare_interrupted, os.getpid()), range(300), 2))

    assert time.monotonic() - start < 30
    assert all_are_gone(forks)


def test_what_is_done_beside_other_work_gives_its_result_or_its_fault(forks: list[int]) -> None:
    with workers.in_background(os.getpid, 2) as result:
        assert (result(), result()) == (forks[0], None)

    with workers.in_background(lambda: int("x"), 2) as result, pytest.raises(ValueError, match="x"):
        result()

    assert all_are_gone(forks)


def test_nothing_is_done_beside_other_work_by_one_process(forks: list[int]) -> None:
    with workers.in_background(os.getpid, 1) as result:
        assert result() is None

    assert forks == []


def test_nothing_is_done_beside_other_work_where_forking_is_not_possible(
    forks: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "can_fork", lambda: False)

    with workers.in_background(os.getpid, 2) as result:
        assert result() is None

    assert forks == []


def test_what_is_done_beside_other_work_and_not_wanted_ends_with_it(forks: list[int]) -> None:
    with pytest.raises(KeyboardInterrupt), workers.in_background(lambda: time.sleep(60), 2):
        raise KeyboardInterrupt

    assert all_are_gone(forks)


PARENT = """
import os, sys, threading, time
from functools import partial
from hiringhall.engine import workers
from tests.engine.test_workers import prepare_noting

if sys.argv[2] == "pool":  # a program with threads is not forked
    threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
list(workers.spread(partial(prepare_noting, os.getpid(), sys.argv[1]), range(600), 2))
"""


def prepare_noting(parent: int, note: str) -> Work:
    def work(items: Sequence[int]) -> list[int]:
        if os.getpid() != parent:
            with Path(note).open("a", encoding="utf-8") as file:
                file.write(f"{os.getpid()}\n")
        time.sleep(0.5)
        return [*items]

    return work


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.parametrize("kind", ["forks", "pool"])
def test_a_worker_ends_when_its_parent_is_killed(tmp_path: Path, kind: str) -> None:
    note = tmp_path / "worker"
    command, quiet = [sys.executable, "-c", PARENT, note, kind], subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, stderr=quiet) as parent:
        for _ in range(1000):
            if note.exists() and note.read_text():
                break
            time.sleep(0.01)
        parent.kill()
    worker = int(note.read_text().split()[0])

    for _ in range(1000):
        if not is_alive(worker):
            break
        time.sleep(0.01)

    assert not is_alive(worker)


def is_alive(process: int) -> bool:
    """Say whether a process that is not our child runs; one that has ended may wait to be noticed."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{process}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
