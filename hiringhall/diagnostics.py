"""What is wrong with content, where, and what to do about it, as plain values in one fixed order.

Owns severities, spans and outcomes; refuses to know who finds problems and how they are shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

# How many messages with one code about one file people are shown before the rest is only counted.
MOST_TOLD = 20

Value_co = TypeVar("Value_co", covariant=True)


class Severity(StrEnum):
    """An error stops the build; a warning does so only with `--strict`; a notice never does."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Span(NamedTuple):
    """A stretch of text: lines and columns count from 1, columns in code points, the end is exclusive."""

    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


class Diagnostic(NamedTuple):
    """One problem, worded for the person who edits `path`; `code` is stable and documented."""

    path: str
    span: Span
    severity: Severity
    code: str
    message: str
    hint: str | None = None


# A diagnostic in values that can be kept: the fields of `Diagnostic`.
PlainDiagnostic = tuple[str, tuple[int, int, int, int], str, str, str, str | None]


class Outcome(NamedTuple, Generic[Value_co]):
    """What a stage made, and its messages about that; `value` is None if nothing good came of it."""

    value: Value_co | None
    diagnostics: tuple[Diagnostic, ...] = ()


class UsageError(Exception):
    """The program was asked for something impossible; the message says what to do instead."""


class LayoutFault(Exception):  # noqa: N818 - it carries diagnostics; it is not one error
    """Something in `layouts/` is wrong; `args` are the diagnostics, so that it can be pickled."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong, at least one."""
        return self.args


def error(path: str, span: Span, code: str, message: str, hint: str | None = None) -> Diagnostic:
    """Make an error: the content is wrong and nothing may be published."""
    return Diagnostic(path, span, Severity.ERROR, code, message, hint)


def warning(path: str, span: Span, code: str, message: str, hint: str | None = None) -> Diagnostic:
    """Make a warning: probably a mistake, but a site can be published with it."""
    return Diagnostic(path, span, Severity.WARNING, code, message, hint)


def notice(path: str, span: Span, code: str, message: str, hint: str | None = None) -> Diagnostic:
    """Make a notice: worth knowing, never a failure."""
    return Diagnostic(path, span, Severity.NOTICE, code, message, hint)


def ordered(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by path, line and column, and keep each problem once, with the first of its hints."""
    once: dict[Diagnostic, Diagnostic] = {}
    for found in sorted(diagnostics, key=lambda each: each.hint or ""):
        once.setdefault(found._replace(hint=None), found)
    return tuple(sorted(once.values(), key=lambda found: (found.path, found.span, found.code, found.message)))


def shortened(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Order diagnostics for people: of many alike in one file, the last says how many are left out."""
    every = ordered(diagnostics)
    totals = Counter(map(_kind, every))
    counts: Counter[tuple[str, Severity, str]] = Counter()
    told: list[Diagnostic] = []
    for found in every:
        kind = _kind(found)
        counts[kind] += 1
        more = totals[kind] - MOST_TOLD
        if counts[kind] <= MOST_TOLD or more == 1:  # saying that there is one more takes as much room
            told.append(found)
        elif counts[kind] == MOST_TOLD + 1:
            told.append(found._replace(message=f"there are {more:,} more like this in this file", hint=None))
    return tuple(told)


def _kind(found: Diagnostic) -> tuple[str, Severity, str]:
    return found.path, found.severity, found.code


def failed(diagnostics: Iterable[Diagnostic], *, strict: bool = False) -> bool:
    """Say whether these stop a build: any error does, and with `strict` any warning."""
    stopping = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return any(found.severity in stopping for found in diagnostics)


def flattened(found: Diagnostic) -> PlainDiagnostic:
    """Return a diagnostic as plain values, to be kept."""
    return found.path, (*found.span,), found.severity.value, found.code, found.message, found.hint


def revived(
    path: str, span: tuple[int, int, int, int], severity: str, code: str, message: str, hint: str | None
) -> Diagnostic:
    """Return the diagnostic that was flattened to these values."""
    return Diagnostic(path, Span(*span), Severity(severity), code, message, hint)
