"""Work gives the same results in the same order wherever it is done."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from hiringhall.engine import workers


def prepare(factor: int, refused: int) -> Callable[[int], int]:
    def work(item: int) -> int:
        if item == refused:
            raise ValueError(f"cannot do {item}")
        return item * factor

    return work


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, workers.SERIAL_BELOW - 1, workers.SERIAL_BELOW, 1000])
def test_results_come_in_order_from_any_number_of_processes(jobs: int, count: int) -> None:
    assert list(workers.spread(prepare, (3, -1), range(count), jobs)) == [item * 3 for item in range(count)]


def test_an_executor_of_the_callers_is_used() -> None:
    with ThreadPoolExecutor(2) as executor:
        assert list(workers.spread(prepare, (2, -1), range(500), 1, executor)) == [
            item * 2 for item in range(500)
        ]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_in_the_work_reaches_the_caller(jobs: int) -> None:
    with pytest.raises(ValueError, match="cannot do 150"):
        list(workers.spread(prepare, (1, 150), range(300), jobs))
