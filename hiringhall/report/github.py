"""Diagnostics as GitHub's workflow commands, which become notes at the lines of a pull request.

Owns the escaping of commands and the way around their limits; refuses to know what a workflow does next.
The forms are those of GitHub's toolkit; a step may make ten annotations of a kind and a summary of 1 MiB.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import NamedTuple

from hiringhall.diagnostics import Diagnostic, Severity, ordered, shortened
from hiringhall.report.markdown import fitting, plain
from hiringhall.report.summary import count_of

_LIMIT = 10  # annotations of a kind
_ROWS = 1000  # of the table in the summary
_LONGEST = 500  # characters of a problem


class Split(NamedTuple):
    """Diagnostics, worst first: `shown` fit within GitHub's limit of annotations, `rest` do not.

    Within a severity, those in files just changed come first: their author reads this. `more` is how many are
    not shown, including those that `rest` combines in one.
    """

    shown: tuple[Diagnostic, ...]
    rest: tuple[Diagnostic, ...]
    more: int


def split(diagnostics: Iterable[Diagnostic], changed: Container[str] = ()) -> Split:
    """Split diagnostics into those that GitHub will show and the rest; `changed` are paths."""
    every = ordered(diagnostics)
    found = sorted(shortened(every), key=lambda each: each.path not in changed)
    kinds = [[each for each in found if each.severity is severity] for severity in Severity]
    shown = tuple(each for kind in kinds for each in kind[:_LIMIT])
    rest = tuple(each for kind in kinds for each in kind[_LIMIT:])
    return Split(shown, rest, len(every) - len(shown))


def render(parted: Split) -> str:
    """Return a workflow command for each diagnostic that fits, worst first, and how many do not."""
    more = count_of(parted.more, "more problem")
    left_out = f"{more} beyond the {_LIMIT} of each kind that GitHub shows.\n" if parted.more else ""
    return "".join(f"{_command(found)}\n" for found in parted.shown) + left_out


def table(parted: Split) -> str:
    """Return what `render` leaves out, as Markdown for the step's summary; empty if that is nothing."""
    rest, more = parted.rest, count_of(parted.more, "more problem")
    if not rest:
        return ""
    lines = ["", f"### {more}", "", "| | Place | Problem | Code |", "| --- | --- | --- | --- |"]
    shown = fitting([*map(_row, rest[:_ROWS])])
    lines += shown
    if len(rest) > len(shown):
        lines += ["", f"And {len(rest) - len(shown)} more; run `python build.py check` to see them."]
    return "\n".join(lines) + "\n"


def _command(found: Diagnostic) -> str:
    span = found.span
    places = {
        "file": found.path,
        "line": span.line,
        "col": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
        "title": found.code,
    }
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in places.items())
    text = f"{found.message}\nhint: {found.hint}" if found.hint else found.message
    return f"::{found.severity} {properties}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _row(found: Diagnostic) -> str:
    place = f"{found.path}:{found.span.line}:{found.span.column}"
    text = f"{found.message} ({found.hint})" if found.hint else found.message
    return f"| {found.severity} | {plain(place)} | {plain(text[:_LONGEST])} | {found.code} |"
