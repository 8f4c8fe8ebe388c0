"""An answer that is kept is given again for the very same arguments, and for no others."""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from hiringhall.engine.memoize import memoize


def test_the_last_answers_are_for_the_very_same_arguments_only():
    calls = []

    @memoize(2)
    def joined(*words):
        calls.append(words)
        return "".join(words)

    one, two, equal = ("".join(word) for word in (("one", "one"), ("two", "two"), ("on", "eone")))
    assert joined(one, two) == joined(one, two) == "oneonetwotwo"
    assert joined(one) == joined(one) == "oneone"
    assert joined(one, two) == "oneonetwotwo"
    assert calls == [(one, two), (one,)]
    assert joined(equal) == joined(one) == "oneone"
    assert len(calls) == 3
    assert joined(one, two) == "oneonetwotwo"
    assert len(calls) == 4
    assert joined() == joined() == ""


def test_threads_may_ask_at_once():
    """As a page that is requested and the build do, where a server shows what is about to be published."""
    double = memoize(1)(lambda number: 2 * number)
    numbers, start = [*range(1000, 1200)], threading.Barrier(4)

    def ask(_):
        start.wait()
        return [double(number) for _ in range(20) for number in numbers]

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            assert [*pool.map(ask, range(4))] == [[2 * number for number in numbers] * 20] * 4
    finally:
        sys.setswitchinterval(interval)
