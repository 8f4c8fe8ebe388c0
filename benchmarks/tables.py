"""How figures are printed: Markdown tables, and what they were measured on.

Owns their form; refuses to know what they mean.
"""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of

PACKAGES = ("jinja2", "markdown-it-py", "pyyaml", "watchdog", "comrak")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table; all columns but the first are aligned to the right."""
    rule = ("---", *("---:" for _ in head[1:]))
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (head, rule, *rows))


def machine(*others: str) -> str:
    """Say when and where this is measured, and the versions of what takes part."""
    affinity = getattr(os, "sched_getaffinity", None)
    processors = len(affinity(0)) if affinity else os.cpu_count()
    versions = [f"Python {platform.python_version()}", *map(_version, PACKAGES)]
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; {platform.platform()}; {processors} processors; "
        f"{', '.join((*versions, *others))}\n"
    )


def _version(package: str) -> str:
    try:
        return f"{package} {version_of(package)}"
    except PackageNotFoundError:
        return f"no {package}"


def middle(values: Sequence[float], digits: int = 2) -> str:
    """Return the median, with the least and the most if there are several.

    >>> middle((0.5, 0.25, 1.0)), middle((2.0,))
    ('0.50 (0.25–1.00)', '2.00')
    """
    if len(values) == 1:
        return f"{values[0]:.{digits}f}"
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"
