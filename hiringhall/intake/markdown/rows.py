"""The rows of tables in a text, as Markdown cuts them.

Owns which of them lose cells; refuses to know what a table says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from hiringhall.engine.patterns import pattern

if TYPE_CHECKING:
    from markdown_it.token import Token

_BETWEEN = pattern(r"(?<!\\)\|")


def cut_rows(tokens: Iterable[Token], lines: Sequence[str]) -> Iterator[int]:
    """Yield the lines (from 0) of rows that say more than fits below the first row of their table."""
    width = 0
    for token in tokens:
        if token.type == "table_open":
            width = 0
        elif token.type == "th_open":
            width += 1
        elif token.type == "tr_open" and token.map and width:
            row = lines[token.map[0]].strip("> \t").removeprefix("|")
            if any(map(str.strip, _BETWEEN.split(row)[width:])):
                yield token.map[0]
