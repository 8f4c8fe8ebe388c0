"""Diagnostics as lines of plain text, one per problem, for people and for editors that read them.

Owns the form `path:line:column: severity: message [code]`; refuses to know terminals and their colors.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from hiringhall.diagnostics import Diagnostic, Severity, ordered, shortened
from hiringhall.engine.patterns import pattern
from hiringhall.report.summary import count_of

# Of more notices than this with one code, in several files, the first few are shown and the others counted.
_MOST_NOTICES = 5
_FIRST_NOTICES = 3

_COMMAND = pattern(r"(##\w*)\[")


def plain(text: str) -> str:
    r"""Return `text` with every character that could control a terminal or hide in one written as an escape.

    Values quoted in messages come from strangers: control characters, line ends and marks that turn the
    direction of writing must not reach the reader's screen. Nor may `##[`, with which the runners of GitHub
    and Azure recognize a command in the middle of a log line.

    >>> print(plain("a\x1b[2Jb\u202ec\nd é ##[stop-commands]e"))
    a\x1b[2Jb\u202ec\nd é ##\x5bstop-commands]e
    """
    text = _COMMAND.sub(r"\1\\x5b", text) if "##" in text else text
    if text.isprintable():
        return text
    return "".join(mark if mark.isprintable() else repr(mark)[1:-1] for mark in text)


def heading(found: Diagnostic) -> str:
    """Return the line that names the place, the problem and its code."""
    place = f"{plain(found.path)}:{found.span.line}:{found.span.column}"
    return f"{place}: {found.severity}: {plain(found.message)} [{found.code}]"


def hint(found: Diagnostic) -> str:
    """Return the line with the hint, with its line end, or nothing."""
    return f"  hint: {plain(found.hint)}\n" if found.hint else ""


def brief(diagnostics: Iterable[Diagnostic]) -> tuple[tuple[Diagnostic, ...], tuple[str, ...]]:
    """Return what to show a person, in order, and lines that count the notices left out, one for each code.

    Hundreds of notices, which ask for nothing at once, would hide the few errors among them.
    """
    every = ordered(diagnostics)
    notices: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for found in every:
        if found.severity is Severity.NOTICE:
            notices[found.code].append(found)
    left_out = {
        code: alike[_FIRST_NOTICES:]
        for code, alike in notices.items()
        if len(alike) > _MOST_NOTICES and alike[0].path != alike[-1].path
    }
    hidden = {found for alike in left_out.values() for found in alike}
    told = tuple(found for found in every if found not in hidden)
    return told, tuple(_counted(code, alike) for code, alike in sorted(left_out.items()))


def _counted(code: str, alike: list[Diagnostic]) -> str:
    files = count_of(len({found.path for found in alike}), "file")
    return f"{count_of(len(alike), 'more notice')} [{code}] in {files}; --format json lists all"


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """Return diagnostics for people, a line for each and a line for each hint."""
    return "".join(f"{heading(found)}\n{hint(found)}" for found in shortened(diagnostics))
