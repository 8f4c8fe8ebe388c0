"""YAML composed to nodes, each with its place; what cannot be read is reported, and all else is read.

Owns what YAML may hold, and what it would read otherwise than it was meant; refuses to know what fields mean:
every scalar stays text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple, TypeAlias

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from hiringhall.diagnostics import Span
from hiringhall.engine.patterns import pattern
from hiringhall.intake.frontmatter.misread import Trouble, misread_lines
from hiringhall.intake.frontmatter.single_lines import GENERAL, Loader, Mistake
from hiringhall.intake.frontmatter.unreadable import troubles_in

_MOST_DEPTH = 8
_TOP_LEVEL = pattern(r"[^\s#\-}\]]")
_BLANK = pattern(r"^[ \t]+$", re.MULTILINE)
# After a colon, a word processor's space means what an ordinary one does.
_ODD_SPACES = pattern(r"^( *(?:- +)?\w+(?: \w+){0,2}\??:)([ \u00a0]*\u00a0)", re.MULTILINE)
_NAME = pattern(r"[^\w:=：]*([^\s\"':=：]+(?:(?: [^\W\d_]+){1,2}\??(?=\s*[:=：](?!//)))?)")

Report: TypeAlias = Callable[[Span, str, str, str | None], None]


class Member(NamedTuple):
    """A name and its value, as YAML nodes."""

    key: Node
    value: Node


class Composed(NamedTuple):
    """Fields by name, None where the YAML has none, and the names of those that cannot be read.

    `mended` are the lines, from 0, that are read as what is told to write there.
    """

    fields: dict[str, Member] | None
    broken: set[str]
    mended: set[int]


def compose(front: str, known: Collection[str], report: Report) -> Composed:
    """Compose YAML and check it."""
    if "\t" in front:  # which YAML refuses even in a line that has nothing else
        front = _BLANK.sub("", front)
    if "\u00a0" in front:
        front = _ODD_SPACES.sub(lambda found: found[1] + " " * len(found[2]), front)
    broken, mended = set[str](), set[int]()
    front = _mended(front, misread_lines(front), report, broken, mended)
    root, fault = _composed(front)
    if root is None or isinstance(root, ScalarNode):
        front = _mended(front, troubles_in(front.split("\n"), known), report, broken, mended)
        root, fault = _composed(front)
    if fault:
        if not (broken or mended):
            report(Span(0, 0, 0, 1), *fault)
        broken |= _names_in(front.split("\n"))
    if root is None:
        return Composed({}, broken, mended)
    if isinstance(root, MappingNode):
        return Composed(_members(root, report, 1), broken, mended)
    message = "each field must be a line of the form name: value"
    hint = "delete the hyphens at the start of the lines" if isinstance(root, SequenceNode) else None
    report(_place(root), "yaml-form", message, hint)
    return Composed(None, broken, mended)


def _composed(text: str) -> tuple[Node | None, Mistake | None]:
    """Return the root of what YAML can read, and what is wrong if nothing can be read for its depth."""
    try:
        return yaml.compose(text, Loader=Loader), None
    except yaml.YAMLError:
        return None, ("yaml-syntax", "the fields cannot be read", GENERAL)
    except RecursionError:
        return None, ("yaml-depth", "lists and mappings are nested too deeply", None)


def _mended(
    front: str, troubles: Iterable[Trouble], report: Report, broken: set[str], mended: set[int]
) -> str:
    """Report troubles, once a line; return the YAML with these lines as they should be, as far as that helps.

    Entries that cannot be read even so are left out, and the names in them are added to `broken`.
    """
    found, told = sorted(troubles, key=itemgetter(0, 1)), -1
    if not found:
        return front
    lines, meant, lost = front.split("\n"), dict[int, str](), set[int]()
    for trouble in found:
        if trouble.line > told:
            told = trouble.line + trouble.lines - 1
            report(Span(trouble.line, trouble.column, trouble.line, trouble.column + 1), *trouble[2:5])
            line = _as_meant(lines[trouble.line], trouble)
            if line is None:
                lost.update(at for at in range(trouble.line, told + 1) if lines[at].strip())
            else:
                meant[trouble.line] = line
    settled = [meant.get(at, line) for at, line in enumerate(lines)]
    starts = (at for at, line in enumerate(settled) if at and _TOP_LEVEL.match(line))
    for start, end in pairwise((0, *starts, len(lines))):
        touched = {at for at in range(start, end) if at in meant}
        entry = settled[start:end]
        if not lost.isdisjoint(range(start, end)) or (touched and not _is_entry("\n".join(entry))):
            broken |= _names_in(lines[start:end])
            entry = [""] * len(entry)
        else:
            mended |= touched
        lines[start:end] = entry
    return "\n".join(lines)


def _as_meant(written: str, trouble: Trouble) -> str | None:
    """Return a line at fault as its hint says to write it, or None if the hint says something else."""
    hint = trouble.hint or ""
    if trouble.lines > 1 or not hint.startswith("write "):
        return None
    return written[: len(written) - len(written.lstrip())] + hint.removeprefix("write ")


def _is_entry(text: str) -> bool:
    """Say whether a text is YAML for one or more fields that begin at the left edge."""
    root, _ = _composed(text)
    return isinstance(root, MappingNode) and root.start_mark.column == 0


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
            hint = f'keep one of them; if {name} can have several values, write {name}: ["one", "another"]'
            report(_place(key), "duplicate-field", message, hint)
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
