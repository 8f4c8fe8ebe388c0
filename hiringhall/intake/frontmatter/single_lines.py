"""One line that YAML cannot read: what is wrong within it, and how it should be written.

Owns the usual mistakes and their cures; refuses to know the lines around it, and which field is meant.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from hiringhall.engine.patterns import pattern
from hiringhall.intake import masks
from hiringhall.intake.frontmatter.quoting import plain, quoted, uncurled

# A value goes on to the last sign of its line: asked for the fewest, it would stop on trial at each space.
# A name at the edge may have several words, such as "Job title", for YAML a name like any other.
PAIR = pattern(
    r"(?P<lead>\s*(?:- )*)(?P<name>[\w-]+|(?<!\s)[^\W\d_]+(?: [^\W\d_]+){1,2}\??)"
    r":[ \t]+(?P<value>\S(?:.*\S)?)\s*$"
)
INNER_COLON = pattern(r":(?=[ \t]|$)")
COLON_INSIDE = "a value with a colon and a space in it must be in quotes"
GENERAL = "start each field as name: value, and put text with special characters in double quotes"
IN_QUOTES = "put all the text behind the name and its colon in double quotes"
NOT_IN_LINE = (
    "this line does not start where the lines beside it do",
    "put as many spaces before it as before them",
)
TOO_FAR = (
    "this line is indented too far",
    "if it is a part of the field above, give the text there a name, too; if not, delete the spaces",
)
_EACH_IN_QUOTES = "put each text in it in quotes, and a comma between two of them"
# A name in bold, or behind a bullet, as chatbots and word processors write a list of fields.
_IN_MARKS = pattern(r"[^\w\"'(\[{#]+(?P<name>[\w-]+(?: \w+){0,2})[*\s]*:\**(?:\s+(?P<value>.*))?$")
_NO_SPACE = pattern(r"\s*(?P<name>[\w-]+)(?::|\uff1a\s*)(?P<value>[^\s:/].*)$")
_NO_COLON = pattern(
    r"\s*(?:- )?(?P<name>[a-z_]+(?=[ \t]|$)|[A-Za-z_]+(?=[ \t]*=))[ \t]*[=–—-]?[ \t]*(?P<value>[^:\s].*|)$"
)
_ALMOST_FIELDS = (
    (_NO_SPACE, "the space after the colon is missing"),
    (_IN_MARKS, "there are signs around the name {}"),
    (_NO_COLON, "there is no colon after {}"),
)
_NO_ORDINARY_SPACE = pattern("[ \t]*[\t\u00a0\u2007\u202f\u3000\u200b]")
_ITEM = pattern(r"\s*(?:- )+[\"']?(?P<rest>.*)")
_CLOSERS = {'"': '"', "'": "'", "[": "]", "{": "}"}
_COMMENT = pattern(r"(?<!\s)\s+#(?:\s.*)?$")
_SPECIAL = "@`%|>?"

Mistake = tuple[str, str, str | None]  # code, message and hint


# The C loader is ten times faster; some systems build PyYAML without it.
class Loader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """Composes nodes without tags: nobody asks for one, and to look for it costs as much as to parse."""

    def resolve(self, *_: object) -> str:
        return ""

    def descend_resolver(self, *_: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


def fault_of(content: str) -> tuple[int, int] | None:
    """Return the line and column, from 0, where YAML finds fault with a text, if it does.

    What opens and never closes is at fault where it opens.
    """
    try:
        all(yaml.parse(content, Loader=Loader))
    except yaml.YAMLError as fault:
        within = getattr(fault, "context", None) or ""
        opened = "quoted scalar" in within or "flow" in within
        mark: Any = getattr(fault, "context_mark" if opened else "problem_mark", None)
        return (mark.line, mark.column) if mark else (0, 0)
    return None


def diagnose(content: str) -> Mistake:
    """Return the code, message and hint of the likeliest mistake of a line at fault."""
    if masks.is_masked(content):
        return "masked-email", masks.MESSAGE, masks.HINT
    if _NO_ORDINARY_SPACE.match(content):
        message = "this line starts with a tab, or with a character that only looks like a space"
        return (
            "yaml-tab",
            message,
            "delete it, and start the line with two spaces if it belongs to the field above",
        )
    bare = content.strip().rstrip(", ")
    if content.rstrip().endswith(",") and INNER_COLON.search(bare) and fault_of(bare) is None:
        return "yaml-syntax", "no comma can be at the end of a field", f"write {bare}"
    if pair := PAIR.match(content):
        return "yaml-syntax", *_mistake_in_value(pair)
    for form, message in _ALMOST_FIELDS:
        if found := form.match(content):
            hint = as_field(found["name"].lower(), (found["value"] or "").rstrip("* "))
            return "yaml-syntax", message.format(found["name"]), hint
    if (item := _ITEM.match(content)) and fault_of(content):
        message = "an item that starts like this must be in quotes, and end with them"
        return "yaml-syntax", message, f"write - {quoted(item['rest'].strip())}"
    what = "is not of the form name: value" if ":" in content else "has no colon in it"
    return "yaml-syntax", f"this line {what}", GENERAL


def as_field(name: str, written: str) -> str:
    """Return a hint with a field, whose value may have its quotes or brackets already."""
    value = written.strip()
    is_ready = not value or (value[0] in _CLOSERS and fault_of(value) is None)
    return f"write {name}: {value if is_ready else plain(value)}".rstrip()


def _mistake_in_value(pair: re.Match[str]) -> tuple[str, str | None]:
    """Return message and hint of the likeliest mistake that a line with a name and a value makes."""
    name, value, in_quotes = pair["name"], pair["value"], quote_value(pair.string)
    first, closer = value[0], _CLOSERS.get(value[0])
    if "-" in pair["lead"] and fault_of(pair.string.strip()) is None:
        return f"there is a hyphen before {name}", f"delete it if {name} is a field by itself"
    if first == '"' and "\\" in value:
        return "between double quotes, a \\ and what is behind it are not read as text", in_quotes
    if closer and closer not in value[1:]:
        hint = f"write {name}: {value}{closer}" if value[1:] else GENERAL
        return f"the {first} that opens here is never closed", hint
    if closer and first != closer and value.endswith(closer):
        return f"what is between {first} and {closer} cannot be read", _EACH_IN_QUOTES
    if closer:
        return f"a value that starts with {first} must end with the {closer} that belongs to it", in_quotes
    if first in _SPECIAL:
        return f"a value cannot start with {first} unless it is in quotes", in_quotes
    if value.startswith("- "):
        return (
            "a list must start on a line of its own",
            "put it on the lines below, with two spaces before each hyphen",
        )
    return (COLON_INSIDE, in_quotes) if INNER_COLON.search(value) else ("this line cannot be read", GENERAL)


def quote_value(content: str) -> str | None:
    """Return a hint with the value of a line in quotes, if it has one."""
    pair = PAIR.match(content)
    if pair is None:
        return None
    value = _COMMENT.sub("", pair["value"])
    if value[0] == value[-1] == "*":
        value = value.strip("*") or value
    sign = value[0] if value[0] in "\"'`" else ""
    if sign and (value.count(sign) == 1 or value.endswith(sign)):
        value = value.removeprefix(sign).removesuffix(sign)
    return f"write {pair['name']}: {quoted(uncurled(value))}"
