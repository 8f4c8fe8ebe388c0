"""A posting's file taken apart: front matter as YAML nodes, each with its place in the file, and the body.

Owns fences and YAML; refuses to know what the fields mean: every scalar stays text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode

from hiringhall.diagnostics import Diagnostic, Outcome, Span, error
from hiringhall.intake import encoding, mending
from hiringhall.model import Source

# The C loader is ten times faster; some systems build PyYAML without it.
BASE_LOADER: type[yaml.CBaseLoader | yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# Bytes: what a reader reads. Of a mebibyte of tables, a process needed 700 MB and several seconds.
_MOST_MARKDOWN = 256 * 1024
_MOST_YAML = 64 * 1024
_MOST_DEPTH = 8
_MOST_REPAIRS = 25
_FIRST_LINE = 2
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_SHORTHAND = re.compile(r"(?:^|[\s,\[{:-])[&*!]\S")
_TOP_LEVEL = re.compile(r"[^\s#\-}\]]")
_NAME = re.compile(r"\s*(?:- )?[\"']?\**([^\s\"':=：]+)")
_FIELD = re.compile(r"^[a-z_]+:(?:\s|$)", re.MULTILINE)
_FIRST_HEADING = re.compile(r"(?:[ \t]*\n)* {0,3}#{1,6}[ \t]+([^\n]*)")
_FALSE_FENCE = re.compile(r"^[ \t]*(?:[-–—_]{2,}|\.\.\.)[ \t]*$", re.MULTILINE)
_CUT = re.compile(r"#(?<=[ \t\[{,]#)(?=[^\s#])")

Report: TypeAlias = Callable[[Span, str, str, str | None], None]


class _Loader(BASE_LOADER):  # type: ignore[misc, valid-type]
    """Composes nodes without tags: nobody asks for one, and to look for it costs as much as to parse."""

    def resolve(self, *_: object) -> str:
        return ""


class Member(NamedTuple):
    """A name and its value, as YAML nodes."""

    key: Node
    value: Node


@dataclass(frozen=True, slots=True)
class Document:
    """A file of content taken apart.

    `broken` are the fields whose YAML could not be read, which has been reported. `body_line` is the line of
    the file on which `body` starts. `first_line` is the line of the file that is the YAML's first.
    """

    path: str
    fields: Mapping[str, Member]
    broken: frozenset[str]
    yaml: str
    first_line: int
    body: str
    body_line: int

    def span(self, node: Node) -> Span:
        """Return where a node stands in the file; a block of text ends with its last line that has any."""
        start, end = node.start_mark, node.end_mark
        line, column = end.line, end.column
        if line > start.line and column == 0:
            lines = self.yaml.split("\n")[start.line : line]
            while len(lines) > 1 and not lines[-1].strip():
                lines.pop()
            line, column = start.line + len(lines) - 1, len(lines[-1].rstrip())
        first = self.first_line
        return Span(start.line + first, start.column + 1, line + first, column + 1)

    @property
    def opening(self) -> Span:
        """Where the front matter opens: the place of what is missing from it."""
        return Span(1, 1, 1, 4 if self.first_line == _FIRST_LINE else 1)


def read_document(source: Source, known: Collection[str] = ()) -> Outcome[Document]:
    """Take a posting's file apart; a value comes even with errors as long as there is front matter.

    `known` are the names of fields, by which a line that lacks its colon is told from text.
    """
    decoded = encoding.read_text(source, _MOST_MARKDOWN)
    if decoded.value is None:
        return Outcome(None, decoded.diagnostics)
    text = decoded.value
    opening = _FENCE.match(text)
    closing = _FENCE.search(text, opening.end() + 1) if opening else None
    if opening is None or closing is None:
        return Outcome(None, (_without_fences(source.path, text, opening),))
    front = text[opening.end() + 1 : closing.start()]
    body = text[closing.end() + 1 :]
    body_line = text.count("\n", 0, closing.end()) + 2
    if len(front) > _MOST_YAML:
        message = "the fields are longer than 64 KiB"
        too_long = error(
            source.path, Span(1, 1, 1, 4), "front-matter-size", message, "move long text below the second ---"
        )
        return Outcome(None, (too_long,))
    return _document(source.path, front, _FIRST_LINE, body, body_line, known, decoded.diagnostics)


def read_yaml(source: Source, known: Collection[str] = ()) -> Outcome[Document]:
    """Read a file that is YAML from its first line to its last, as the settings are; `known` as above."""
    decoded = encoding.read_text(source)
    if decoded.value is None:
        return Outcome(None, decoded.diagnostics)
    return _document(source.path, decoded.value, 1, "", 1, known, decoded.diagnostics)


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


def _without_fences(path: str, text: str, opening: re.Match[str] | None) -> Diagnostic:
    if opening:
        false = _FALSE_FENCE.search(text, opening.end() + 1)
        line = text.count("\n", 0, false.start()) + 1 if false else 1
        message = (
            "the line that closes the front matter must be three hyphens and nothing else"
            if false
            else "the front matter that opens here is never closed"
        )
        hint = "write --- alone on the line after the last field"
        return error(path, Span(line, 1, line, 4), "front-matter-open", message, hint)
    closing = _FENCE.search(text)
    if _FALSE_FENCE.match(text) or (closing and _FIELD.search(text, 0, closing.start())):
        hint = "write --- on the first line"
    elif closing:
        hint = "delete everything before the first ---"
    else:
        heading = heading_of(text)
        example = f", such as title: {mending.plain(heading)}," if heading else ","
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
    front = front.lstrip("\ufeff")  # nobody sees it, and YAML counts columns from behind it
    root, broken = _compose(front, known, report)
    if root is not None and not isinstance(root, MappingNode):
        message = "each field must be a line of the form name: value"
        report(_place(root), "yaml-form", message, mending.as_field(front, known))
        return Outcome(None, tuple(found))
    fields = {} if root is None else _members(root, report, 1)
    document = Document(path, fields, frozenset(broken), front, first_line, body, body_line)
    return Outcome(document, tuple(found))


def _compose(front: str, known: Collection[str], report: Report) -> tuple[Node | None, set[str]]:
    """Compose the YAML; where a field cannot be read, report it, blank it out and read the others."""
    lines = front.split("\n")
    broken: set[str] = set()
    for _ in range(_MOST_REPAIRS):
        root, troubles = _attempt(lines, known)
        if not troubles:
            return root, broken
        before = lines[:]
        for trouble in troubles:
            report(Span(trouble.line, trouble.column, trouble.line, trouble.column + 1), *trouble[2:5])
            for at in range(trouble.line, trouble.line + trouble.lines):
                if lines[at].strip():
                    broken |= _blank_entry(lines, at)
        if lines == before:
            break
    return None, broken | _names_in(lines)


def _attempt(lines: list[str], known: Collection[str]) -> tuple[Node | None, list[mending.Trouble]]:
    """Compose the YAML; where it cannot be read, or would be read otherwise than meant, say what is wrong."""
    try:
        first = mending.packed(lines) or _shorthand(lines)
        troubles = [first] if first else _cut(lines)
        root = None if troubles else yaml.compose("\n".join(lines), Loader=_Loader)
    except yaml.YAMLError as fault:
        return None, [mending.explain(fault, lines, known)]
    except RecursionError:
        return None, [mending.Trouble(0, 0, "yaml-depth", "lists and mappings are nested too deeply", None)]
    astray = None if root is None or isinstance(root, MappingNode) else mending.unnamed(lines, known)
    return root, [astray] if astray else troubles


def _blank_entry(lines: list[str], at: int) -> set[str]:
    """Blank the top-level entry that holds line `at`; return the names that were in it."""
    start = next((i for i in range(min(at, len(lines) - 1), 0, -1) if _TOP_LEVEL.match(lines[i])), 0)
    end = next((i for i in range(start + 1, len(lines)) if _TOP_LEVEL.match(lines[i])), len(lines))
    names = _names_in(lines[start:end])
    lines[start:end] = [""] * (end - start)
    return names


def _names_in(lines: list[str]) -> set[str]:
    return {named[1] for line in lines if (named := _NAME.match(line))}


def _shorthand(lines: list[str]) -> mending.Trouble | None:
    """Find the first anchor, alias or tag: in a posting they are always text that lacks quotes."""
    text = "\n".join(lines)
    if not (("&" in text or "*" in text or "!" in text) and _SHORTHAND.search(text)):
        return None
    for event in yaml.parse(text, Loader=_Loader):
        if (
            isinstance(event, yaml.AliasEvent)
            or getattr(event, "anchor", None)
            or getattr(event, "tag", None)
        ):
            mark: Any = event.start_mark
            return mending.shorthand(mark.line, mark.column, lines[mark.line])
    return None


def _cut(lines: list[str]) -> list[mending.Trouble]:
    """Find all that YAML drops as a comment though it reads like text, as in `IBEW Local #3`.

    What somebody means as a comment has a space after its `#`, or a line of its own.
    """
    text = "\n".join(lines)
    if "#" not in text or not _CUT.search(text):
        return []
    covered: dict[int, list[tuple[int, float]]] = {}
    for token in yaml.scan(text, Loader=_Loader):
        if isinstance(token, yaml.ScalarToken):
            start: Any = token.start_mark
            end: Any = token.end_mark
            for number in range(start.line, end.line + 1):
                first = start.column if number == start.line else 0
                last = end.column if number == end.line else float("inf")
                covered.setdefault(number, []).append((first, last))
    found = []
    for number, content in enumerate(lines):
        for sign in _CUT.finditer(content):
            at = sign.start()
            is_text = content[:at].strip() and not any(
                first <= at < last for first, last in covered.get(number, ())
            )
            if is_text:
                found.append(mending.cut(number, at, content))
                break
    return found


def _members(mapping: MappingNode, report: Report, depth: int) -> dict[str, Member]:
    """Return a mapping's members by name, the first of each name, and check all that is below them."""
    members: dict[str, Member] = {}
    for key, value in mapping.value:
        name = key.value
        if not isinstance(key, ScalarNode):
            report(_place(key), "yaml-key", "a field's name must be one word", None)
        elif name == "<<":
            report(_place(key), "yaml-merge", "the merge key << is not accepted", "write the fields out")
        elif name in members:
            first = members[name].key.start_mark.line
            apart = key.start_mark.line - first
            where = f"{apart} line{'s' * (apart != 1)} above" if apart else "on the same line"
            message = f"{name} appears here a second time; the first is {where}"
            report(_place(key), "duplicate-field", message, "keep one of them")
        else:
            members[name] = Member(key, value)
        if not isinstance(value, ScalarNode):
            _check_below(value, report, depth + 1)
    return members


def _check_below(node: Node, report: Report, depth: int) -> None:
    if depth > _MOST_DEPTH:
        report(
            _place(node), "yaml-depth", f"lists and mappings are nested more than {_MOST_DEPTH} deep", None
        )
    elif isinstance(node, MappingNode):
        _members(node, report, depth)
    else:
        for item in node.value:
            if not isinstance(item, ScalarNode):
                _check_below(item, report, depth + 1)


def _place(node: Node) -> Span:
    """Return a node's place as the YAML counts it, from 0 and from the YAML's own first line."""
    start, end = node.start_mark, node.end_mark
    return Span(start.line, start.column, end.line, end.column)
