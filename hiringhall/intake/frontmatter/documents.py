"""A file of content taken apart: front matter as YAML nodes, each with its place in the file, and the body.

Owns fences, and the places of nodes; refuses to know what the fields mean.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from hiringhall.diagnostics import Diagnostic, Outcome, Span, error
from hiringhall.engine.patterns import pattern
from hiringhall.intake.files import encoding
from hiringhall.intake.files.conflicts import merged
from hiringhall.intake.files.sources import read_source, shown
from hiringhall.intake.frontmatter.composing import Member, compose
from hiringhall.intake.frontmatter.quoting import plain
from hiringhall.model import Source

# Bytes: what a reader reads. Of a mebibyte of tables, a process needed 700 MB and several seconds.
_MOST_MARKDOWN = 256 * 1024
_MOST_YAML = 64 * 1024
_FIRST_LINE = 2
_FENCE = pattern(r"^---[^\S\n]*$", re.MULTILINE)
_FIELD = pattern(r"^[a-z_]+:(?:\s|$)", re.MULTILINE)
_OPENING = pattern(rf"{_FENCE.pattern}(?=\n[a-z_]+:(?:\s|$))", re.MULTILINE)
_FIRST_HEADING = pattern(r"(?:[ \t]*\n)* {0,3}#{1,6}[ \t]+([^\n]*)")
# What a word processor, an email program or another site's editor makes of a line of hyphens.
_FALSE_FENCE = pattern(
    r"^(?:[>\\]|[^\S\n])*(?:[-–—_=*+]{2,}|[–—]|\.\.\.)[^\S\n]*$|^---[^\S\n]+[a-z_]+:[^\n]*$",
    re.MULTILINE,
)


class Document(NamedTuple):
    """A file of content taken apart.

    `broken` are the fields whose YAML could not be read, which has been reported. `mended` are the lines that
    are read as what is told to write there. `body_line` is the line of the file on which `body` starts.
    `first_line` is the line of the file that is the YAML's first.
    """

    path: str
    fields: Mapping[str, Member]
    broken: frozenset[str]
    mended: frozenset[int]
    yaml: str
    first_line: int
    body: str
    body_line: int

    def span(self, node: Node) -> Span:
        """Return where a node stands in the file; a block of text ends with its last line that has any.

        One that was mended can be longer than what is there.
        """
        start, end, first = node.start_mark, node.end_mark, self.first_line
        line, column, begin = end.line, end.column, start.column
        if line > start.line and column == 0:
            lines = self.yaml.split("\n")[start.line : line]
            while len(lines) > 1 and not lines[-1].strip():
                lines.pop()
            line, column = start.line + len(lines) - 1, len(lines[-1].rstrip())
        if self.mended.intersection((start.line + first, line + first)):
            lines = self.yaml.split("\n")
            begin, column = min(begin, len(lines[start.line])), min(column, len(lines[line]))
        return Span(start.line + first, begin + 1, line + first, column + 1)

    def place_of(self, field: str, part: str | None = None, *, at_key: bool = False) -> Span:
        """Return where a field is, or the item of its list or the member of its mapping that `part` names.

        Of a member, that is its value or, `at_key`, its name. What is not there is at the first line.
        """
        if field not in self.fields:
            return Span()
        node = self.fields[field].value
        items = node.value if isinstance(node, SequenceNode) else ()
        pairs = node.value if isinstance(node, MappingNode) else zip(items, items, strict=True)
        return self.span(next((key if at_key else value for key, value in pairs if key.value == part), node))

    def texts_of(self, field: str) -> tuple[str, ...]:
        """Return the text of a field, or those of its list; none where there are none."""
        if field not in self.fields:
            return ()
        node = self.fields[field].value
        nodes = node.value if isinstance(node, SequenceNode) else (node,)
        return tuple(each.value.strip() for each in nodes if isinstance(each, ScalarNode))

    def lines_of(self, node: Node) -> list[str]:
        """Return the lines of a text without quotes that has several, which YAML joins; else none."""
        start, end = node.start_mark, node.end_mark
        if not isinstance(node, ScalarNode) or node.style or end.line == start.line:
            return []
        rows = self.yaml.split("\n")[start.line : end.line + 1]
        return [row.strip() for row in (rows[0][start.column :], *rows[1:]) if row.strip()]

    @property
    def opening(self) -> Span:
        """Where the front matter opens: the place of what is missing from it."""
        return Span(1, 1, 1, 4 if self.first_line == _FIRST_LINE else 1)


def read_document(source: Source, known: Collection[str] = ()) -> Outcome[Document]:
    """Take a file of content apart; a value comes even with errors as long as there is front matter.

    `known` are the names of fields, by which a line that lacks its colon is told from text.
    """
    decoded = merged(source, encoding.read_text(source, _MOST_MARKDOWN))
    if decoded.value is None:
        return Outcome(None, decoded.diagnostics)
    text = decoded.value
    found = decoded.diagnostics
    opening = _FENCE.match(text)
    if opening is None:
        opening = _fence_below(text)
        found = (*found, _not_opened(source.path, text, opening))
        if opening is None:
            return Outcome(None, found)
    closing = _FENCE.search(text, opening.end() + 1)
    if closing is None:
        return Outcome(None, (*found, _not_closed(source.path, text, opening.end() + 1)))
    front = text[opening.end() + 1 : closing.start()]
    first_line = text.count("\n", 0, opening.end()) + 2
    body = text[closing.end() + 1 :]
    body_line = text.count("\n", 0, closing.end()) + 2
    if len(front) > _MOST_YAML:
        message = "the fields are longer than 64 KiB"
        too_long = error(
            source.path, Span(1, 1, 1, 4), "front-matter-size", message, "move long text below the second ---"
        )
        return Outcome(None, (*found, too_long))
    return _document(source.path, front, first_line, body, body_line, known, found)


def place_in(source: Source, field: str, part: str | None = None) -> Span:
    """Return where a file has a field or a part of it, as `place_of` does."""
    document = read_document(source).value
    return document.place_of(field, part) if document else Span()


def place_stated(source: Source, value: str, fields: Iterable[str]) -> Span:
    """Return where a file has the first of some fields that state a value; its first line where none does."""
    document = read_document(source).value
    if document is None:
        return Span()
    stating = (field for field in fields if value in document.texts_of(field))
    return next(map(document.place_of, stating), Span())


def texts_in(source: Source, field: str) -> tuple[str, ...]:
    """Return the texts that a file has in a field; none where there are none, or it cannot be read."""
    document = read_document(source).value
    return document.texts_of(field) if document else ()


def read_yaml(path: Path, known: Collection[str] = ()) -> Outcome[Document]:
    """Read a file that is YAML from its first line to its last, as the settings are; `known` as above."""
    source = read_source(path)
    if source.value is None:
        return Outcome(None, source.diagnostics)
    decoded = merged(source.value, encoding.read_text(source.value))
    if decoded.value is None:
        return Outcome(None, decoded.diagnostics)
    return _document(shown(path), decoded.value, 1, "", 1, known, decoded.diagnostics)


def heading_of(body: str) -> str | None:
    r"""Return the words of the heading that a body begins with, if it does, without its marks.

    >>> heading_of("\n# About C# ##\nText"), heading_of("Text\n# About C#\n")
    ('About C#', None)
    """
    found = _FIRST_HEADING.match(body)
    if found is None:
        return None
    words = found[1].strip()
    bare = words.rstrip("#")
    return bare.strip() if bare.endswith((" ", "\t")) else words


def _fence_below(text: str) -> re.Match[str] | None:
    """Return the line of hyphens that opens the fields below what does not belong into the file."""
    fence = _OPENING.search(text)
    if fence is None or _FIELD.search(text, 0, fence.start()):
        return None
    return fence if _FENCE.search(text, fence.end() + 1) else None


def _not_closed(path: str, text: str, start: int) -> Diagnostic:
    line, message = 1, "the front matter that opens here is never closed"
    if false := _FALSE_FENCE.search(text, start):
        line = text.count("\n", 0, false.start()) + 1
        message = "the line that closes the front matter must be three hyphens and nothing else"
    hint = "write --- alone on the line after the last field"
    return error(path, Span(line, 1, line, 4), "front-matter-open", message, hint)


def _not_opened(path: str, text: str, below: re.Match[str] | None) -> Diagnostic:
    closing, false = _FENCE.search(text), _FALSE_FENCE.match(text)
    if false:
        last = None if closing else _FALSE_FENCE.search(text, false.end() + 1)
        also = f" and on line {text.count(chr(10), 0, last.start()) + 1}" if last else ""
        hint = f"write --- on the first line{also}: three hyphens and nothing else"
    elif closing and _FIELD.search(text, 0, closing.start()):
        hint = "write --- on the first line"
    elif closing:
        line = text.count("\n", 0, (below or closing).start()) + 1
        hint = f"delete everything before the --- on line {line}"
    else:
        heading = heading_of(text)
        example = f", such as title: {plain(heading)}," if heading else ","
        hint = f"write ---, then the fields{example} then --- again, above the text"
    message = "the file does not begin with ---, the line that opens the front matter"
    return error(path, Span(), "front-matter-missing", message, hint)


def _document(
    path: str,
    front: str,
    first_line: int,
    body: str,
    body_line: int,
    known: Collection[str],
    before: tuple[Diagnostic, ...],
) -> Outcome[Document]:
    found = list(before)

    def report(span: Span, code: str, message: str, hint: str | None) -> None:
        moved = Span(span.line + first_line, span.column + 1, span.end_line + first_line, span.end_column + 1)
        found.append(error(path, moved, code, message, hint))

    # YAML breaks lines at these two, but no editor does, so that every place below them would be wrong.
    front = front.replace("\u2028", " ").replace("\u2029", " ")
    # Nobody sees a byte order mark, and YAML counts columns from behind one; below, it takes none.
    front = front.lstrip("\ufeff").replace("\ufeff", "\u200b")
    fields, broken, mended = compose(front, known, report)
    if fields is None:
        return Outcome(None, tuple(found))
    lines = frozenset(line + first_line for line in mended)
    document = Document(path, fields, frozenset(broken), lines, front, first_line, body, body_line)
    return Outcome(document, tuple(found))
