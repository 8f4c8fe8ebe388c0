"""The one line that closes a run: what was made, or that nothing was.

Owns the wording of numbers; refuses to know where they come from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from hiringhall.diagnostics import Diagnostic, Severity
from hiringhall.report.result import Stats

_MANY = 20  # messages that a person no longer looks through


def published(stats: Stats) -> str:
    """Return the closing line of a build; closed postings are counted by reason.

    >>> shut = {"deadline": 4, "filled": 2}
    >>> made = Stats(open=1200, closed=shut, pages=90, files=120, written=7, seconds=0.84)
    >>> published(made)
    '1,200 open postings, 6 closed (4 deadline, 2 filled); 90 pages; 7 of 120 files written in 0.8 s'
    """
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in stats.closed.items() if count)
    total = sum(stats.closed.values())
    shut = f"{total:,} closed ({reasons})" if reasons else "none closed"
    files = f"{stats.written:,} of {count_of(stats.files, 'file')} written in {stats.seconds:.1f} s"
    return f"{count_of(stats.open, 'open posting')}, {shut}; {count_of(stats.pages, 'page')}; {files}"


def tally(diagnostics: Iterable[Diagnostic]) -> str:
    """Return how many problems there are, by severity, and in how many files; of many, the usual kinds."""
    found = tuple(diagnostics)
    counts = (
        count_of(number, severity.value)
        for severity in Severity
        if (number := sum(each.severity is severity for each in found))
    )
    files = len({each.path for each in found})
    return f"{_listed(tuple(counts))} in {count_of(files, 'file')}{_usual(found)}" if found else "no problems"


def _usual(found: Iterable[Diagnostic]) -> str:
    """Name the most frequent codes among many errors and warnings: it saves most to begin with these."""
    codes = Counter(each.code for each in found if each.severity is not Severity.NOTICE)
    if codes.total() <= _MANY or len(codes) == 1:
        return ""
    named = (f"{count:,} {code}" for code, count in codes.most_common(3))
    return f", most often {_listed(tuple(named))}"


def count_of(number: int, noun: str, plural: str = "s") -> str:
    """Return a number with its noun, in the plural by an ending."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}{plural}"


def _listed(items: tuple[str, ...]) -> str:
    """Join items as prose does.

    >>> _listed(("a",)), _listed(("a", "b")), _listed(("a", "b", "c"))
    ('a', 'a and b', 'a, b and c')
    """
    *others, last = items
    return f"{', '.join(others)} and {last}" if others else last
