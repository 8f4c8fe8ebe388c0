"""YAML composed to nodes, each with its place; what cannot be read is reported, and all else is read.

Owns what YAML may hold, and what it would read otherwise than it was meant; refuses to know what fields mean:
every scalar stays text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from operator import itemgetter
from typing import NamedTuple, TypeAlias

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from hiringhall.diagnostics import Span
from hiringhall.intake.frontmatter.misread import Trouble, misread_lines
from hiringhall.intake.frontmatter.single_lines import GENERAL, Loader, Mistake
from hiringhall.intake.frontmatter.unreadable import troubles_in

_MOST_DEPTH = 8
_TOP_LEVEL = re.compile(r"[^\s#\-}\]]")
_BLANK = re.compile(r"^[ \t]+$", re.MULTILINE)
_NAME = re.compile(r"\s*(?:- )?[\"']?\**([^\s\"':=：]+)")

Report: TypeAlias = Callable[[Span, str, str, str | None], None]


class Member(NamedTuple):
    """A name and its value, as YAML nodes."""

    key: Node
    value: Node


def compose(front: str, known: Collection[str], report: Report) -> tuple[dict[str, Member] | None, set[str]]:
    """Return fields by name, None where the YAML has none, and the names of those that cannot be read."""
    if "\t" in front:  # which YAML refuses even in a line that has nothing else
        front = _BLANK.sub("", front)
    front, broken = _blanked(front, misread_lines(front), report)
    root, fault = _composed(front)
    if root is None or isinstance(root, ScalarNode):
        front, others = _blanked(front, troubles_in(front.split("\n"), known), report)
        broken |= others
        root, fault = _composed(front)
    if fault:
        if not broken:
            report(Span(0, 0, 0, 1), *fault)
        broken |= _names_in(front.split("\n"))
    if root is None:
        return {}, broken
    if isinstance(root, MappingNode):
        return _members(root, report, 1), broken
    message = "each field must be a line of the form name: value"
    hint = "delete the hyphens at the start of the lines" if isinstance(root, SequenceNode) else None
    report(_place(root), "yaml-form", message, hint)
    return None, broken


def _composed(text: str) -> tuple[Node | None, Mistake | None]:
    """Return the root of what YAML can read, and what is wrong if nothing can be read for its depth."""
    try:
        return yaml.compose(text, Loader=Loader), None
    except yaml.YAMLError:
        return None, ("yaml-syntax", "the fields cannot be read", GENERAL)
    except RecursionError:
        return None, ("yaml-depth", "lists and mappings are nested too deeply", None)


def _blanked(front: str, troubles: Iterable[Trouble], report: Report) -> tuple[str, set[str]]:
    """Report troubles, once a line; return the YAML without the entries they are in, and the names there."""
    found, broken, told = sorted(troubles, key=itemgetter(0, 1)), set[str](), -1
    lines = front.split("\n") if found else [front]
    for trouble in found:
        if trouble.line > told:
            told = trouble.line + trouble.lines - 1
            report(Span(trouble.line, trouble.column, trouble.line, trouble.column + 1), *trouble[2:5])
            for at in filter(lambda at: lines[at].strip(), range(trouble.line, told + 1)):
                broken |= _blank_entry(lines, at)
    return "\n".join(lines), broken


def _blank_entry(lines: list[str], at: int) -> set[str]:
    """Blank the top-level entry that holds line `at`; return the names that were in it."""
    start = next((i for i in range(min(at, len(lines) - 1), 0, -1) if _TOP_LEVEL.match(lines[i])), 0)
    end = next((i for i in range(start + 1, len(lines)) if _TOP_LEVEL.match(lines[i])), len(lines))
    names = _names_in(lines[start:end])
    lines[start:end] = [""] * (end - start)
    return names


def _names_in(lines: list[str]) -> set[str]:
    return {named[1] for line in lines if (named := _NAME.match(line))}


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
