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
from hiringhall.intake.frontmatter.misread import BULLETS, SHORTHAND, Trouble, indent_of, misread, shorthand
from hiringhall.intake.frontmatter.quoting import bracketed, plain, quoted
from hiringhall.intake.frontmatter.single_lines import (
    COLON_INSIDE,
    INNER_COLON,
    NOT_IN_LINE,
    PAIR,
    TOO_FAR,
    diagnose,
    fault_of,
    json_mistake,
)

_WORDS = r"[^\W\d_]+(?: [^\W\d_]+){1,2}"  # such as "Employment type", for YAML a name like any other
_NAMED = pattern(rf" *(?!\*\*|[\[{{])(?P<quote>[\"']?)(?:[^\s\"':]+|{_WORDS})(?P=quote)[ \t]*:(?:[ \t]|$)")
_ALMOST_NAMED = pattern(r"(?:\*\*)?([A-Za-z_]+)(?:\*\*)?\s*[:=]")
_OF_ABOVE = pattern(r"\s*(?:-(?:\s|$)|[}\]])")
_HEAD = pattern(r"([a-z_]+):[ \t]*$")
_FIRST_WORD = pattern(r"[(\u2018\u201c]?[^\W_][\w'’-]*(?![\w'’-]*\s*[:=：﹕∶](?!//))")
_NEAR = 0.8
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
            trouble = (known and _going_on(head, lines, known)) or Trouble(head, 0, *diagnose(content))
            done = trouble.line + trouble.lines - 1
            yield trouble
        elif found := [*_misread(lines, row)]:
            yield from found
        elif _fault_in(lines, row):
            # Quotes and brackets may close in text at the same edge.
            texts = takewhile(lambda other: not _is_named(lines[other[0]]), rows[place + 1 :])
            whole = [*row, *chain.from_iterable(texts)]
            if len(whole) > len(row) and not _fault_in(lines, whole):
                done = whole[-1]
            else:
                yield from _faults_in_row(lines, row)


def _misread(lines: Sequence[str], row: Sequence[int]) -> Iterator[Trouble]:
    """Yield what YAML may read, but otherwise than it was meant: it takes a comma at the end for text."""
    mistake = json_mistake(lines[row[0]]) if len(row) == 1 else None
    if mistake:
        yield Trouble(row[0], lines[row[0]].rindex(","), *mistake)
    else:
        yield from misread(_joined(lines, row), row[0])


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
    if content.startswith(" ") and _HEAD.match(content.lstrip()):
        return Trouble(line, column, "yaml-syntax", *TOO_FAR)
    above = _text_above(line, lines) if content.startswith(" ") else None
    if above and pair and not _is_item(content) and fault_of(content.strip()) is None:
        message = f"there is text behind {above[0]}:, so no line can be below it"
        hint = f"if {pair['name']} is a field by itself, line it up with the others; if it is a part of "
        hint += f"{above[0]}, put that text on a line of its own, too, behind the name of its part"
        return Trouble(line, column, "yaml-syntax", message, hint)
    if above and not pair and INNER_COLON.search(content):
        whole = quoted(f"{above[1]} {_with_lines_below(line, lines).strip()}")
        return Trouble(line, column, "yaml-syntax", COLON_INSIDE, f"write {above[0]}: {whole}")
    if pair and not pair["lead"] and INNER_COLON.search(pair["value"]):
        content = _with_lines_below(line, lines)
    code, *told = diagnose(content)
    is_below = line > row[0] and indent_of(lines[row[0]]) > 0
    return Trouble(line, column, code, *(NOT_IN_LINE if is_below and (*told,) == TOO_FAR else told))


def _going_on(line: int, lines: Sequence[str], known: Collection[str]) -> Trouble | None:
    """Explain text at the left edge that was to go on from the field above it."""
    head = next((n for n in range(line - 1, -1, -1) if lines[n].strip()), line)
    name, above = _HEAD.match(lines[head]), _text_above(line, lines)
    if not (name or above):
        return None
    if above and above[1][0] in BULLETS and lines[line][0] in BULLETS:
        marked = takewhile(lambda text: text[:1] in {*BULLETS}, lines[line:])
        each = [item.strip(f" \t\u00a0{BULLETS}") for item in (above[1], *marked)]
        message = f"{above[1][0]} does not start a list item"
        hint = f"write {above[0]}: {bracketed(each)}; it takes the place of {len(each)} lines"
        return Trouble(head, 0, "yaml-syntax", message, hint, line - head + len(each) - 1)
    is_text = partial(_is_text, known=known, likeness=1 if name else _NEAR)
    rest = tuple(takewhile(is_text, map(str.strip, lines[line:])))
    whole = plain(" ".join((*above[1:], *rest) if above else rest))
    if rest and name:
        message = f"the text of {name[1]} must begin on the same line"
        items = "; if it is a list, start each line with two spaces, a hyphen and a space"
        hint = f"write {name[1]}: {whole}{items if len(rest) > 1 else ''}"
        return Trouble(head, 0, "yaml-syntax", message, hint, line - head + len(rest))
    if rest and above:
        message = "a field's text cannot continue at the left edge"
        hint = f"write {above[0]}: {whole}; if this is another field, start it with its name and a colon"
        return Trouble(line, 0, "yaml-syntax", message, hint, len(rest))
    return None


def _is_item(content: str) -> bool:
    return content.lstrip().startswith("- ")


def _is_named(content: str) -> bool:
    return _NAMED.match(content) is not None


def _is_member(content: str) -> bool:
    """Say whether a line below a name is a member of a mapping: some have names of several words."""
    return _is_named(content) or (INNER_COLON.search(content) is not None and fault_of(content) is None)


def _is_text(content: str, known: Collection[str], likeness: float) -> bool:
    from difflib import get_close_matches  # few files have a fault

    word = _FIRST_WORD.match(content)
    return (
        word is not None
        and not _is_named(content)
        and not masks.is_masked(content)
        and not get_close_matches(word[0].casefold(), known, 1, likeness)
    )


def _text_above(line: int, lines: Sequence[str]) -> tuple[str, str] | None:
    """Return name and text of the field that ends above a line, where the text has no quotes or brackets."""
    parts: list[str] = []
    for content in reversed(lines[:line]):
        pair = PAIR.match(content)
        if pair:
            is_text = not pair["lead"] and pair["value"][0] not in "[{\"'|>#"
            return (pair["name"], " ".join((pair["value"], *reversed(parts)))) if is_text else None
        if content.strip():
            if content[0] != " " or content.lstrip()[0] in "-#":
                return None
            parts.append(content.strip())
    return None


def _with_lines_below(line: int, lines: Sequence[str]) -> str:
    """Return a line with those below it that are set in and go on from it."""
    below = takewhile(lambda text: text.startswith(" ") and not PAIR.match(text), lines[line + 1 :])
    return " ".join((lines[line].rstrip(), *map(str.strip, below)))
