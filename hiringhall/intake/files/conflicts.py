"""The marks that Git leaves in a file where it cannot merge two changes: no right file has them.

Owns how they look; refuses to know what the file is.
"""

from __future__ import annotations

import re

from hiringhall.diagnostics import Diagnostic, Outcome, Span, error
from hiringhall.engine.patterns import pattern
from hiringhall.model import Source

_CONFLICT = pattern(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)


def merged(source: Source, decoded: Outcome[str]) -> Outcome[str]:
    """Refuse the text of a file in which Git has left both sides of a merge."""
    text = decoded.value
    # A single character is found thirty times faster than a row of them.
    if text is None or not (("<" in text and "<<<<<<< " in text) or (">" in text and ">>>>>>> " in text)):
        return decoded
    found: list[Diagnostic] = []
    for mark in _CONFLICT.finditer(text):
        line = text.count("\n", 0, mark.start()) + 1
        message = "Git could not merge two changes, and has left both of them here, with marks around them"
        hint = "keep the lines that are right, and delete the others and the lines of <, = and >"
        span = Span(line, 1, line, len(mark[0]) + 1)
        found.append(error(source.path, span, "merge-conflict", message, hint))
    return Outcome(None, (*decoded.diagnostics, *found)) if found else decoded
