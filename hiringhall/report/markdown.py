"""Contributed text in Markdown that GitHub shows: comments, and the summaries of runs.

Owns what is neither markup nor a link there, and how much fits; refuses to know where the text is from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from hiringhall.engine.patterns import pattern
from hiringhall.report import human

_MOST = 1_000_000  # bytes; GitHub drops a whole summary of more than one mebibyte

_MARKUP = pattern(r"[^\w\s.,:;=/()'\"-]|_")
# Where GitHub makes a link of plain text, and tells people that they were named. It looks at what Markdown
# has made: neither a backslash nor a character reference hides anything from it.
_LINKING = pattern(
    r"""
      (?<=[@#])(?=\w)                         # @person, @owner/team, name@example.org; #1, owner/repository#1
    | (?<=\bGH)(?=-\d)                        # GH-1
    | (?<=\b[0-9a-f])(?=[0-9a-f]{6,39}\b)     # a commit
    | (?<=:)(?=//) | (?<=\bwww)(?=\.)         # a web address
    """,
    re.IGNORECASE | re.VERBOSE,
)


def plain(text: str) -> str:
    """Return `text` as one line of Markdown or HTML in which nothing is markup, and nothing becomes a link.

    What would be a link is divided where it begins by `<wbr>`, a place where a line may break. People do not
    see it, and do not copy it with the text.

    >>> plain("<b> @all")
    '&#60;b&#62; &#64;<wbr>all'
    """
    parts = _LINKING.split(human.plain(" ".join(text.split())))
    return "<wbr>".join([_MARKUP.sub(lambda mark: f"&#{ord(mark[0])};", part) for part in parts])


def fitting(rows: Sequence[str], most: int = _MOST) -> list[str]:
    """Return the first rows that have `most` bytes together, by default as many as a summary can have.

    >>> fitting(["ab", "cd", "ef"], 6)
    ['ab', 'cd']
    """
    sizes = accumulate(len(row.encode()) + 1 for row in rows)
    return [row for row, size in zip(rows, sizes, strict=True) if size <= most]
