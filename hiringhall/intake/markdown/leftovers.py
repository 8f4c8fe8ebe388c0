"""What a text has in it that its author meant to replace, or that a program left, and marks that do too much.

Owns how such leftovers look; refuses to know what else can be wrong with a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.wrapped import wrapped_in
from hiringhall.intake.markdown.links import FENCE, Finding, matches, without_code

# What a new posting says where its own text is to be.
PLACEHOLDERS = ("Describe the job here.", "Name a duty here.", "Name a requirement here.")
# What the examples in the README and in CONTRIBUTING say there.
_OF_EXAMPLES = (
    "One paragraph that says what the person will do",
    "One line for each duty",
    "One line for each thing the employer asks for",
)
_PLACEHOLDER = pattern(rf"[-\s]*({'|'.join(map(re.escape, (*PLACEHOLDERS, *_OF_EXAMPLES)))})")
# Gaps of a form letter, and what designers and word processors put in the place of text, each with
# a sign of it in lower case: nearly all texts have none but the first.
_GAPS = {
    "[": pattern(
        r"\[(?:(?:insert|enter|name of|your) [^\[\]]{1,60}|insert|employer|company|organization|date|amount)"
        r"\](?![(\[:])",
        re.IGNORECASE,
    ),
    "xx": pattern(r"\$?\bX{1,3},XXX\b|\$XX+\b", re.IGNORECASE),
    "lorem ipsum": pattern(r"\bLorem ipsum\b", re.IGNORECASE),
    "error! ": pattern(r"\bError! (?:Hyperlink|Bookmark|Reference)\b[^.]*\.?", re.IGNORECASE),
    "hyperlink ": pattern(r"\bHYPERLINK \"[^\"]*\"", re.IGNORECASE),
}
_DEFINED = pattern(r"^ {0,3}(\[[^\[\]]+\]):", re.MULTILINE)
_ROW = pattern(r" {0,3}\|.*\|\s*$")
_OF_RULE = frozenset("|:- ")
# Other than a heading: it ends like a sentence, or has as many words.
_SENTENCE = pattern(r"(?![>|#]|[-*+] |\d+[.)] )(?:.*[.!?;,]|(?:\S+\s+){7,}\S+)\s*$")


def leftovers(body: str, lines: Sequence[str]) -> Iterator[Finding]:
    """Find what was to be replaced, or was left, in a text without its code, and in its lines."""
    if " here." in body or "One " in body:
        message, hint = "this line is only a placeholder", "replace it with your own text, or delete the line"
        yield from matches(lines, _PLACEHOLDER.match, "body-placeholder", message, hint)
    for number, gap in _gaps(body, lines):
        if gap[0] not in _DEFINED.findall(body):  # the words of a link
            message = f"{gap[0]} stands for something that is missing here"
            yield Finding(number, *gap.span(), "body-placeholder", message, "write it, or delete this")


def wrapped_addresses(body: str, lines: Sequence[str]) -> Iterator[Finding]:
    """Find addresses that mail programs and search pages put around those that are meant."""
    if any(wrapped_in(body)):
        for number, line in enumerate(lines):
            for start, end, message, hint in wrapped_in(without_code(line)):
                yield Finding(number, start, end, "address-wrapped", message, hint)


def _gaps(body: str, lines: Sequence[str]) -> Iterator[tuple[int, re.Match[str]]]:
    folded = body.lower()
    for sign, form in _GAPS.items():
        if sign in folded and form.search(body):
            for number, line in enumerate(lines):
                yield from ((number, gap) for gap in form.finditer(without_code(line)))


def misread_marks(body: str, lines: Sequence[str]) -> Iterator[Finding]:
    """Find rows that are no table, and sentences that a line of hyphens makes a heading."""
    if "\n---" in body:
        for number, (line, below) in enumerate(pairwise(lines)):
            if below.rstrip() == "---" and _SENTENCE.match(line):
                message = "the line of hyphens below makes this sentence a heading"
                yield Finding(number, 0, len(line), "body-heading", message, "put an empty line below it")
    if "|" in body:
        around = zip(("", *lines), lines, (*lines[1:], ""), strict=False)
        for number, (before, line, below) in enumerate(around):
            is_first = _ROW.match(line) and not before.lstrip().startswith("|")
            if is_first and _ROW.match(below) and not _OF_RULE.issuperset(below.strip()):
                rule = "| --- " * (line.strip().count("|") - 1) + "|"
                message = "these rows are no table without a line of hyphens below the first"
                yield Finding(number, 0, len(line), "body-table", message, f"put below it: {rule}")


def fenced_text(body: str) -> Iterator[Finding]:
    """Find the start of code that never ends, or is called text, as by programs that write it for people."""
    opened: tuple[int, re.Match[str]] | None = None
    for number, line in enumerate(body.split("\n")):
        mark = FENCE.match(line)
        if mark is None or (opened and mark[1] != opened[1][1]):
            continue
        if opened is None:
            opened = number, mark
            word = line.strip().lstrip("`~").strip().casefold()
            if word in {"markdown", "md", "text", "txt"}:
                yield _fenced(number, line, "delete this line, and the line of the same signs below the text")
                return
        else:
            opened = None
    if opened:
        number, _ = opened
        yield _fenced(number, body.split("\n")[number], "delete this line")


def _fenced(number: int, line: str, hint: str) -> Finding:
    message = "from this line on, the text is shown as program code"
    return Finding(number, 0, len(line), "body-indented", message, hint)
