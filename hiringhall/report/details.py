"""Details of a run, for those who ask: the time of each stage, and why each file was made again.

Owns the words and the columns; refuses to know how either was found out.
"""

from __future__ import annotations

from collections.abc import Iterable

from hiringhall.engine.digests import changed_inputs
from hiringhall.model import Rebuilt

_INPUTS = {
    "site": "the settings, the strings or the program changed",
    "layouts": "a template or an asset changed",
    "posting": "its posting, the posting's state or the employer's entry changed",
    "neighbours": "the postings it links to changed",
    "postings": "the postings in it, or their employers' entries, changed",
    "page": "the text around its list changed",
    "list": "the name of its list changed",
    "former": "the former addresses that it names changed",
    "file": "the file that it copies changed",
    "files": "another file of the site changed",
    "time": "it states the time of the build",
}


def profile(laps: Iterable[tuple[str, float]]) -> str:
    """Return a line for each stage with its milliseconds and its share, and one for the sum.

    >>> print(profile([("read", 0.03), ("publish", 0.01)]), end="")
    read                30.0 ms   75 %
    publish             10.0 ms   25 %
    total               40.0 ms  100 %
    """
    stages = list(laps)
    total = sum(seconds for _, seconds in stages) or 1.0
    rows = (*stages, ("total", total))
    return "".join(
        f"{name:<14}{seconds * 1000:>10.1f} ms {seconds / total * 100:>4.0f} %\n" for name, seconds in rows
    )


def explain(rebuilt: Iterable[Rebuilt]) -> str:
    """Return a line for each file made, with the reason."""
    return "".join(f"{file.path}: {_reason(file)}\n" for file in sorted(rebuilt))


def _reason(file: Rebuilt) -> str:
    if file.before is None:
        return "it is new"
    if not file.before:
        return "the file there was changed by hand, or is not trusted"
    names = changed_inputs(file.before, file.now)
    if "site" in names:  # which is also in the keys of postings and lists: these need not have changed
        names = tuple(name for name in names if name not in {"posting", "postings"})
    return "; ".join(_INPUTS.get(name, f"{name} changed") for name in names)
