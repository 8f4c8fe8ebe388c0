"""Memoizing a pure function by its last calls, for callers that soon ask the same again.

Owns a few answers per function; refuses to know how long they stay true: it compares objects by identity.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, TypeVarTuple

from hiringhall.engine.steps import ABREAST

Arguments = TypeVarTuple("Arguments")
Result = TypeVar("Result")


def memoize(calls: int) -> Callable[[Callable[[*Arguments], Result]], Callable[[*Arguments], Result]]:
    """Return what gives a function a memory of its last `calls`: their arguments, by identity, and answers.

    >>> from itertools import count
    >>> numbered = memoize(1)(lambda thing, numbers=count(): next(numbers))
    >>> a, b = [], []
    >>> numbered(a), numbered(a), numbered(b), numbered(a)
    (0, 0, 1, 2)
    """

    def with_memory(function: Callable[[*Arguments], Result]) -> Callable[[*Arguments], Result]:
        # No other object gets the identity of one that is held.
        held: dict[tuple[int, ...], tuple[tuple[*Arguments], Result]] = {}

        @wraps(function)
        def remembering(*arguments: *Arguments) -> Result:
            key = tuple(map(id, arguments))
            if known := held.get(key):
                return known[1]
            result = function(*arguments)
            if len(held) >= calls:
                try:  # noqa: SIM105 - `suppress` takes longer than the rest
                    del held[next(iter(held))]
                except (KeyError, RuntimeError, StopIteration):  # another thread is making room
                    pass
            held[key] = arguments, result
            return result

        return remembering

    return with_memory


# For who asks the same again at once, and for the steps that each ask it, or two things, of all in step.
memoize_last, memoize_abreast = memoize(1), memoize(2 * ABREAST)
