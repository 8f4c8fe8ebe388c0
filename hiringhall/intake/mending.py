"""Faults of YAML explained to someone who has never heard of YAML, with the line as it should be written.

Owns the usual mistakes and their cures; refuses to know which field is meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import yaml

from hiringhall.intake import masks

_PAIR = re.compile(r"(?P<lead>\s*(?:- )*)(?P<name>[\w-]+):[ \t]+(?P<value>\S.*?)\s*$")
_NO_SPACE = re.compile(r"\s*(?P<name>[\w-]+):(?P<value>[^\s:/].*)$")
_INNER_COLON = re.compile(r":(?=\s|$)")
_COMMENT = re.compile(r"\s+#.*$")
_TAB = re.compile(r" *\t")
_SPECIAL = "@`%|>"
_SHORTHAND = {"*": "an alias", "&": "an anchor", "!": "a tag"}
_GENERAL = "each field is a line name: value; text with special characters goes in quotes"


class Trouble(NamedTuple):
    """A fault of YAML: line and column count from 0."""

    line: int
    column: int
    code: str
    message: str
    hint: str | None


def quoted(text: str) -> str:
    """Return text in quotes, as YAML reads it back unchanged.

    >>> print(quoted("We're hiring: Organizer"), quoted('5" pipe'))
    "We're hiring: Organizer" '5" pipe'
    """
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def plain(text: str) -> str:
    """Return text as a value can be written in YAML: in quotes only where it needs them.

    >>> plain("Organizer & Trainer"), plain("Organizer: North")
    ('Organizer & Trainer', '"Organizer: North"')
    """
    risky = not text or text[0] in "@`%&*!|>\"'[]{}#,?:-" or ": " in text or " #" in text or text[-1] == ":"
    return quoted(text) if risky else text


def shorthand(line: int, column: int, content: str) -> Trouble:
    """Explain an anchor, alias or tag: text that starts with `&`, `*` or `!` and lacks quotes."""
    sign = content[column]
    kind = _SHORTHAND[sign]
    message = f"a value that starts with {sign} means something else to YAML, {kind}"
    hint = _quote_value(content) or "put the value in quotes"
    return Trouble(line, column, f"yaml-{kind.split()[1]}", message, hint)


def explain(fault: yaml.YAMLError, lines: Sequence[str]) -> Trouble:
    """Turn a YAML fault into what is wrong on which line; `lines` are the YAML's own."""
    mark, opened = _mark_of(fault)
    if mark is None:
        return Trouble(0, 0, "yaml-syntax", "the fields cannot be read", _GENERAL)
    with_text = [number for number, text in enumerate(lines[: mark.line + 1]) if text.strip()] or [0]
    if not opened and len(with_text) > 1 and _NO_SPACE.match(lines[with_text[-2]]):
        # YAML takes `title:Organizer` for text that goes on, and finds fault with the line below it only.
        return Trouble(with_text[-2], 0, *_diagnose(lines[with_text[-2]]))
    line = with_text[-1]
    content = lines[line]
    column = mark.column if line == mark.line else 0
    if column < len(content) and content[column] in _SHORTHAND:
        return shorthand(line, column, content)
    return Trouble(line, column, *_diagnose(content))


def _mark_of(fault: yaml.YAMLError) -> tuple[Any, bool]:
    """Return where a fault is; what opens and never closes is at fault where it opens, which is said too."""
    within = getattr(fault, "context", None) or ""
    opened = "quoted scalar" in within or "flow" in within
    return getattr(fault, "context_mark" if opened else "problem_mark", None), opened


def _diagnose(content: str) -> tuple[str, str, str | None]:
    """Name the usual mistake that a line makes, as code, message and hint."""
    if masks.is_masked(content):
        return "masked-email", masks.MESSAGE, masks.HINT
    if _TAB.match(content):
        return "yaml-tab", "a tab stands at the start of this line", "use spaces instead"
    return "yaml-syntax", *_diagnose_syntax(content)


def _diagnose_syntax(content: str) -> tuple[str, str | None]:
    space_missing, pair = _NO_SPACE.match(content), _PAIR.match(content)
    if space_missing:
        hint = f"{space_missing['name']}: {plain(space_missing['value'].strip())}"
        return "the space after the colon is missing", hint
    if content.startswith(("---", "...", "%")):
        hint = "only the lines --- above and below the fields may start so"
        return "this line means something else to YAML", hint
    if pair is None:
        return "this line is not of the form name: value", _GENERAL
    return _diagnose_value(pair)


def _diagnose_value(pair: re.Match[str]) -> tuple[str, str | None]:
    value, hint = pair["value"], _quote_value(pair.string)
    if value[0] in _SPECIAL:
        return f"a value cannot start with {value[0]} unless it is in quotes", hint
    if value[0] in "\"'":
        return "the quotes around this value do not end where the value does", hint
    if value[0] in "[{":
        return f"what opens here with {value[0]} is not closed", None
    if value.startswith("- "):
        hint = f"{pair['name']}: and then, below it, lines that start with two spaces and -"
        return "a list starts on a line of its own", hint
    if _INNER_COLON.search(value):
        return "a value with a colon and a space in it must be in quotes", hint
    if pair["lead"]:
        return "this line starts further right than the field above allows", "line it up with the others"
    return "this line cannot be read", _GENERAL


def _quote_value(content: str) -> str | None:
    pair = _PAIR.match(content)
    if pair is None:
        return None
    value = _COMMENT.sub("", pair["value"])
    bare = value.strip("\"'") if value[0] in "\"'" else value
    return f"{pair['name']}: {quoted(bare)}"
