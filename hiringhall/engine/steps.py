"""Work on several things at once, a step of each before the next step of any.

Owns the order of the steps; refuses to know what they do.

A processor keeps the code and the tables that it used last at hand, and has room for those of a step, not for
those of all steps. So many things are done in two thirds of the time that they take one after another.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import TypeVar

Result = TypeVar("Result")
Steps = Generator[None, None, Result]  # yields after each step but the last, and returns the result

ABREAST = 32  # things; more are no faster, and need more memory


def in_step(works: Iterable[Steps[Result]]) -> list[Result]:
    """Carry out works together, and return their results in order.

    >>> def spell(word):
    ...     for letter in word:
    ...         print(letter, end=" ")
    ...         yield
    ...     return len(word)
    >>> in_step(map(spell, ("abc", "x")))
    a x b c [3, 1]
    """
    going, results = dict(enumerate(works)), dict[int, Result]()
    while going:
        for place, work in [*going.items()]:
            try:
                next(work)
            except StopIteration as end:
                results[place] = end.value
                del going[place]
    return [results[place] for place in sorted(results)]
