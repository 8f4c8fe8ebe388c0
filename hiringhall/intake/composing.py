"""YAML composed to nodes, each with its place; what cannot be read is reported, and all else is read.

Owns what YAML may hold, and what it would read otherwise than it was meant; refuses to know what fields mean:
every scalar stays text.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Collection
from typing import Any, NamedTuple, TypeAlias

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from hiringhall.diagnostics import Span
from hiringhall.intake.mending import Trouble, as_field, explain, mismarked, shorthand, unnamed
from hiringhall.intake.mistakes import PAIR
from hiringhall.intake.quoting import bracketed, quoted, uncurled

_MOST_DEPTH = 8
_MOST_REPAIRS = 25
_SHORTHAND = re.compile(r"(?:^|[\s,\[{:-])[&*!]\S")
_TOP_LEVEL = re.compile(r"[^\s#\-}\]]")
_NAME = re.compile(r"\s*(?:- )?[\"']?\**([^\s\"':=：]+)")
_CUT = re.compile(r"#(?<=[ \t\[{,]#)(?=[^\s#])")
_PACKED = re.compile(r"[\w-]+:[ \t]*\{.*?:[ \t]*(?P<figure>[^\s\"',{}:]{0,3}\d{1,3}(?:,\d{3})+)[ \t]*[,}]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_ROW = re.compile(r"\[([^\[\]{}\"']*)\]")
_HASHTAG = re.compile(r"^#(?=[^\W\d]\w*$)")
_HASHTAGS = re.compile(r"#[^\W\d]\w*(?:[ ,]+#[^\W\d]\w*)*")
_ITEM = re.compile(r"\s*- +([^\s\"'\[{](?:.*\S)?)\s*$")

Report: TypeAlias = Callable[[Span, str, str, str | None], None]


# The C loader is ten times faster; some systems build PyYAML without it.
class _Loader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """Composes nodes without tags: nobody asks for one, and to look for it costs as much as to parse."""

    def resolve(self, *_: object) -> str:
        return ""


class Member(NamedTuple):
    """A name and its value, as YAML nodes."""

    key: Node
    value: Node


def compose(front: str, known: Collection[str], report: Report) -> tuple[dict[str, Member] | None, set[str]]:
    """Return fields by name, None where the YAML has none, and the names of those that cannot be read."""
    root, broken = _compose(front, known, report)
    if root is None:
        return {}, broken
    if isinstance(root, MappingNode):
        return _members(root, report, 1), broken
    message = "each field must be a line of the form name: value"
    hint = as_field(front, known)
    if isinstance(root, SequenceNode):
        hint = "delete the hyphens at the start of the lines"
    report(_place(root), "yaml-form", message, hint)
    return None, broken


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


def _attempt(lines: list[str], known: Collection[str]) -> tuple[Node | None, list[Trouble]]:
    """Compose the YAML; where it cannot be read, or would be read otherwise than meant, say what is wrong."""
    try:
        troubles = mismarked(lines)
        first = None if troubles else _packed(lines) or _shorthand(lines)
        troubles = troubles or ([first] if first else _cut(lines))
        root = None if troubles else yaml.compose("\n".join(lines), Loader=_Loader)
    except yaml.YAMLError as fault:
        return None, explain(fault, lines, known)
    except RecursionError:
        return None, [Trouble(0, 0, "yaml-depth", "lists and mappings are nested too deeply", None)]
    astray = None if root is None or isinstance(root, MappingNode) else unnamed(lines, known)
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


def _packed(lines: list[str]) -> Trouble | None:
    """Find a figure with commas inside braces, as in `{min: 62,000}`: there a comma ends the value."""
    for number, content in enumerate(lines):
        found = _PACKED.match(content) if "{" in content else None
        if found:
            message = f"inside {{ }} a comma ends the value, so {found['figure']} would be cut off"
            hint = f"write {_THOUSANDS.sub('', content)}"
            return Trouble(number, found.start("figure"), "yaml-syntax", message, hint)
    return None


def _shorthand(lines: list[str]) -> Trouble | None:
    """Find the first anchor, alias or tag: in a posting they are always text that lacks quotes."""
    text = "\n".join(lines)
    if not (("&" in text or "*" in text or "!" in text) and _SHORTHAND.search(text)):
        return None
    for event in yaml.parse(text, Loader=_Loader):
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            mark: Any = event.start_mark
            return shorthand(mark.line, mark.column, lines[mark.line])
    return None


def _cut(lines: list[str]) -> list[Trouble]:
    """Find all that YAML drops as a comment though it reads like text, as in `IBEW Local #3`.

    What somebody means as a comment has a space after its `#`, or a line of its own.
    """
    text = "\n".join(lines)
    if "#" not in text or not _CUT.search(text):
        return []
    scalars = [token for token in yaml.scan(text, Loader=_Loader) if isinstance(token, yaml.ScalarToken)]
    starts = [token.start_mark.index for token in scalars]
    found: dict[int, Trouble] = {}
    for sign in _CUT.finditer(text):
        at = sign.start()
        number, column = text.count("\n", 0, at), at - text.rfind("\n", 0, at) - 1
        before = bisect(starts, at)
        is_within = before > 0 and at < scalars[before - 1].end_mark.index
        if number not in found and lines[number][:column].strip() and not is_within:
            found[number] = _explain_cut(number, column, lines[number])
    return [*found.values()]


def _explain_cut(line: int, column: int, content: str) -> Trouble:
    """Explain text that YAML takes for a comment."""
    pair, item = PAIR.match(content), _ITEM.match(content)
    if pair and _HASHTAGS.fullmatch(pair["value"]):
        words = re.findall(r"\w+", pair["value"])
        hint = f"write {pair['name']}: {words[0] if len(words) == 1 else bracketed(words)}"
    elif pair and pair["value"][0] not in "[{\"'":
        hint = f"write {pair['name']}: {quoted(uncurled(pair['value']))}"
    elif pair and (row := _ROW.fullmatch(pair["value"])):
        hint = (
            f"write {pair['name']}: {bracketed(_HASHTAG.sub('', each.strip()) for each in row[1].split(','))}"
        )
    elif item and pair is None:
        hint = f"write - {quoted(item[1])}"
    else:
        hint = "put the text in quotes; a comment needs a space after its #"
    message = "YAML reads everything from this # on as a comment, and ignores it"
    return Trouble(line, column, "yaml-comment", message, hint)


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
