"""What a build returns to its caller.

Owns the outcome as a value; refuses to know how it came about and how it is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from hiringhall.diagnostics import Diagnostic
from hiringhall.model import Listing, Rebuilt


class Stats(NamedTuple):
    """What a build made: postings and files by number, `closed` by reason, its time in seconds."""

    open: int
    closed: Mapping[str, int]
    pages: int
    files: int
    written: int
    seconds: float


class BuildResult(NamedTuple):
    """The outcome of one run of `build` or `check`.

    `published` says whether the output folder now has the content as it is. `stats` is None if nothing was
    counted. `next_change` is the next instant (aware) at which the same content makes a different site.
    `laps` are the stages with their seconds; `rebuilt` are the files made.
    """

    diagnostics: tuple[Diagnostic, ...]
    published: bool
    stats: Stats | None = None
    next_change: datetime | None = None
    laps: tuple[tuple[str, float], ...] = ()
    rebuilt: tuple[Rebuilt, ...] = ()


def stats_of(listing: Listing, *, pages: int, files: int, written: int, seconds: float) -> Stats:
    """Count what a build made, beside what publishing has counted."""
    reasons = Counter(str(entry.reason) for entry in listing.closed)
    return Stats(
        open=len(listing.open),
        closed=dict(sorted(reasons.items())),
        pages=pages,
        files=files,
        written=written,
        seconds=seconds,
    )
