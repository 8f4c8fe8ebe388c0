"""Diagnostics for a person at a terminal: with the line of source, the place in it, and color.

Owns what a terminal adds to the plain lines; refuses to know what a problem is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from hiringhall.diagnostics import Diagnostic, Severity, shortened
from hiringhall.report.human import heading, hint, plain

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTICE: "cyan"}
_MOST = 1 << 20  # characters
_NARROWEST = 20  # columns for an excerpt, however narrow the terminal


def show(diagnostics: Iterable[Diagnostic], stream: TextIO) -> None:
    """Write diagnostics to the terminal, without color if NO_COLOR or the terminal asks for that."""
    console = Console(file=stream, highlight=False, soft_wrap=True)
    # Each file is read once, however many problems it has.
    lines_of = cache(_lines)
    for found in shortened(diagnostics):
        for line in _block(found, lines_of, console.width):
            console.print(line)


def _block(found: Diagnostic, lines_of: Callable[[str], list[str]], width: int) -> Iterator[Text]:
    color = _COLORS[found.severity]
    line = Text(heading(found))
    line.highlight_words([f" {found.severity}: "], f"bold {color}")
    line.highlight_regex(r"\[[a-z0-9-]+\]$", "dim")
    yield line
    lines = lines_of(found.path)
    if 0 < found.span.line <= len(lines):
        yield from _excerpt(found, lines[found.span.line - 1], color, width)
    if found.hint:
        yield Text(hint(found).rstrip("\n"), "italic")


def _excerpt(found: Diagnostic, source: str, color: str, width: int) -> Iterator[Text]:
    """Yield the source line and the carets under it; a long line is cut to the part around the problem."""
    gutter = f"{found.span.line:>5} | "
    room = max(width - len(gutter), _NARROWEST)
    start = found.span.column - 1
    end = found.span.end_column - 1 if found.span.end_line == found.span.line else len(source)
    before, marked, after = source[:start], source[start : max(end, start + 1)], source[max(end, start + 1) :]
    before, marked, after = (_flat(part) for part in (before, marked, after))
    if cell_len(before) + cell_len(marked) > room:
        before = before[-room // 3 :]
    marked = marked[: max(room - len(before), 1)]
    carets = "^" * max(cell_len(marked), 1)
    yield Text.assemble(
        (gutter, "dim"), before, (marked, color), after[: max(room - len(before + marked), 0)]
    )
    yield Text.assemble(
        (" " * (len(gutter) - 2) + "| ", "dim"), " " * cell_len(before), (carets, f"bold {color}")
    )


def _flat(text: str) -> str:
    return plain(text.replace("\t", "    "))


def _lines(path: str) -> list[str]:
    """Return the lines of a file as editors count them, or none: an excerpt is only a courtesy.

    A pipe or a device may have no end, and no file whose lines have problems is longer than `_MOST`.
    """
    try:
        if not Path(path).is_file():
            return []
        with Path(path).open(encoding="utf-8-sig", errors="replace") as file:
            text = file.read(_MOST)
    except (OSError, ValueError):
        return []
    return text.removesuffix("\n").split("\n") if text else []
