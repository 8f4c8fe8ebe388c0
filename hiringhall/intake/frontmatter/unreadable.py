"""What YAML refuses: which lines of the fields it cannot read, so that each is told and the others are read.

Owns how lines belong together, of which YAML names only the first at fault; refuses to know which field is
meant, and what is wrong within a line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, takewhile

from hiringhall.engine.patterns import pattern
from hiringhall.intake import masks
from hiringhall.intake.frontmatter.misread import SHORTHAND, Trouble, indent_of, misread, shorthand
from hiringhall.intake.frontmatter.single_lines import (
    COLON_INSIDE,
    IN_QUOTES,
    INNER_COLON,
    NOT_IN_LINE,
    PAIR,
    TOO_FAR,
    diagnose,
    fault_of,
)

_WORDS = r"[^\W\d_]+(?: [^\W\d_]+){1,2}"  # such as "Employment type", for YAML a name like any other
_NAMED = pattern(rf" *(?!\*\*|[\[{{])(?P<quote>[\"']?)(?:[^\s\"':]+|{_WORDS})(?P=quote)[ \t]*:(?:[ \t]|$)")
_ALMOST_NAMED = pattern(r"(?:\*\*)?([A-Za-z_]+)(?:\*\*)?\s*[:=]")
_OF_ABOVE = pattern(r"\s*(?:-(?:\s|$)|[}\]])")
_EMPTY = pattern(r"[a-z_]+:[ \t]*$")
_DEEPEST = 32  # spaces: what is set in further is not gone into


def troubles_in(lines: Sequence[str], known: Collection[str]) -> Iterator[Trouble]:
    """Yield what YAML cannot read in fields, or would read otherwise than it was meant.

    `known` are the names of fields, by which a line that lacks its colon is told from text.
    """
    numbers = [n for n, text in enumerate(lines) if text.strip() and not text.lstrip().startswith("#")]
    if numbers and lines[numbers[0]].rstrip() == "---":  # opens a file of YAML
        del numbers[0]
    rows = _rows(lines, numbers, min((indent_of(lines[n]) for n in numbers), default=0))
    heads = [lines[row[0]] for row in rows]
    almost = {name[1].lower() for head in heads if (name := _ALMOST_NAMED.match(head))}
    if any(map(_is_named, heads)) or almost & {*known} or (numbers and _fault_in(lines, numbers)):
        yield from _faults_at_edge(lines, rows, known)


def _rows(
    lines: Sequence[str], numbers: Iterable[int], edge: int, *, of_items: bool = False
) -> list[list[int]]:
    """Part numbers of lines before each that is set in by at most `edge`, and belongs to none above."""
    rows: list[list[int]] = []
    for n in numbers:
        if not rows or (indent_of(lines[n]) <= edge and (of_items or not _OF_ABOVE.match(lines[n]))):
            rows.append([n])
        else:
            rows[-1].append(n)
    return rows


def _faults_at_edge(
    lines: Sequence[str], rows: Sequence[Sequence[int]], known: Collection[str]
) -> Iterator[Trouble]:
    """Yield what is at fault in the rows of all fields."""
    done = -1
    for place, row in enumerate(rows):
        head, content = row[0], lines[row[0]]
        if head <= done:
            continue
        if place == 0 and content[0] in " -":
            what = "a hyphen" if content[0] == "-" else "a space"
            message = f"there is {what} before the name of this field"
            yield Trouble(head, 0, "yaml-syntax", message, f"write {content.lstrip(' -')}")
        elif not _is_named(content):
            trouble = _going_on(head, lines, known) if place and known else None
            trouble = trouble or Trouble(head, 0, *diagnose(content))
            done = trouble.line + trouble.lines - 1
            yield trouble
        elif found := [*misread(_joined(lines, row), head)]:
            yield from found
        elif _fault_in(lines, row):
            # Quotes and brackets may close in text at the same edge.
            texts = takewhile(lambda other: not _is_named(lines[other[0]]), rows[place + 1 :])
            whole = [*row, *chain.from_iterable(texts)]
            if len(whole) > len(row) and not _fault_in(lines, whole):
                done = whole[-1]
            else:
                yield from _faults_in_row(lines, row)


def _faults_in_row(lines: Sequence[str], row: Sequence[int]) -> Iterator[Trouble]:
    """Yield what is at fault in a line with those below it: there, if the line alone can be read."""
    head, content = row[0], lines[row[0]]
    found: list[Trouble] = []
    if len(row) > 1 and indent_of(content) < _DEEPEST and fault_of(content) is None:
        inner = content.replace("- ", "  ", 1)
        if _is_item(content) and (_is_member(inner) or _is_item(inner)):
            found = [*_faults_below([*lines[:head], inner, *lines[head + 1 :]], row)]
        elif content.rstrip().endswith(":"):
            found = [*_faults_below(lines, row[1:])]
    yield from found or [_explained(lines, row)]


def _faults_below(lines: Sequence[str], numbers: Sequence[int]) -> Iterator[Trouble]:
    """Yield what is at fault in the items of a list or the members of a mapping."""
    depths = [indent_of(lines[n]) for n in numbers]
    edge = Counter(depth for depth in depths if depth <= depths[0]).most_common(1)[0][0]
    fits = _is_item if _is_item(lines[numbers[0]]) else _is_member
    if not any(fits(lines[n]) for n in numbers):
        return
    for row in _rows(lines, numbers, edge, of_items=fits is _is_item):
        head, content, indent = row[0], lines[row[0]], indent_of(lines[row[0]])
        if content[indent].isspace():
            yield Trouble(head, 0, *diagnose(content))
        elif indent != edge:
            yield Trouble(head, indent, "yaml-syntax", *NOT_IN_LINE)
        elif fits(content):
            yield from _faults_in_row(lines, row) if _fault_in(lines, row) else ()
        elif fits is _is_member:
            yield Trouble(head, indent, *diagnose(content))
        elif _is_member(content):
            yield Trouble(head, indent, "yaml-syntax", *TOO_FAR)
        else:
            message = "a line of a list must start with a hyphen and a space"
            yield Trouble(head, indent, "yaml-syntax", message, f"write - {content.strip().lstrip('- ')}")


def _fault_in(lines: Sequence[str], row: Sequence[int]) -> tuple[int, int] | None:
    """Return where YAML finds fault with lines by themselves, from the first of them on."""
    return fault_of(_joined(lines, row))


def _joined(lines: Sequence[str], row: Sequence[int]) -> str:
    return "\n".join(lines[row[0] : row[-1] + 1])


def _explained(lines: Sequence[str], row: Sequence[int]) -> Trouble:
    """Explain the fault in a line with those below it where YAML finds it, or else where it begins."""
    at, column = _fault_in(lines, row) or (0, 0)
    line = max(n for n in row if n <= row[0] + at)
    column = column if line == row[0] + at else 0
    content = lines[line]
    pair = PAIR.match(content)
    if pair and pair["value"][0] in SHORTHAND:
        return shorthand(line, pair.start("value"), content)
    if content[column : column + 1] in SHORTHAND:
        return shorthand(line, column, content)
    if line > row[0] and INNER_COLON.search(content) and not _is_item(content):
        is_field = (pair or _EMPTY.match(content.strip())) and fault_of(content.strip()) is None
        told = NOT_IN_LINE if indent_of(lines[row[0]]) else TOO_FAR
        return Trouble(line, column, "yaml-syntax", *(told if is_field else (COLON_INSIDE, IN_QUOTES)))
    code, message, hint = diagnose(content)
    if message == COLON_INSIDE and len(row) > 1:
        hint = IN_QUOTES  # of the lines below, too
    return Trouble(line, column, code, message, hint)


def _going_on(line: int, lines: Sequence[str], known: Collection[str]) -> Trouble | None:
    """Explain text at the left edge, which was to go on from the field above it."""
    texts = [*takewhile(partial(_is_text, known=known), map(str.strip, lines[line:]))]
    if not texts:
        return None
    above = next(n for n in range(line - 1, -1, -1) if lines[n].strip())
    first = above if _EMPTY.match(lines[above]) else line
    message = "the text of a field cannot start or go on at the left edge"
    hint = (
        "put all of it behind the name above, or start each line with a hyphen and a space, if it is "
        "an item, or with the name of a field and a colon"
    )
    return Trouble(first, 0, "yaml-syntax", message, hint, line - first + len(texts))


def _is_item(content: str) -> bool:
    return content.lstrip().startswith("- ")


def _is_named(content: str) -> bool:
    return _NAMED.match(content) is not None


def _is_member(content: str) -> bool:
    """Say whether a line below a name is a member of a mapping: some have names of several words."""
    return _is_named(content) or (INNER_COLON.search(content) is not None and fault_of(content) is None)


def _is_text(content: str, known: Collection[str]) -> bool:
    """Say whether a line is no field, not even one that lacks its colon."""
    word = content.partition(" ")[0].casefold()
    is_field = word in known or ":" in content.replace("://", "") or "=" in content
    return bool(word) and not is_field and not masks.is_masked(content)
