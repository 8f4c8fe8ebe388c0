"""One line that YAML cannot read: what is wrong within it, and how it should be written.

Owns the usual mistakes and their cures; refuses to know the lines around it, and which field is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from hiringhall.engine.patterns import pattern
from hiringhall.intake import masks
from hiringhall.intake.frontmatter.quoting import bare, plain, quoted, uncurled, unquoted

# A value goes on to the last sign of its line: asked for the fewest, it would stop on trial at each space.
# A name at the edge may have several words, such as "Job title", for YAML a name like any other.
PAIR = pattern(
    r"(?P<lead>\s*(?:- )*)(?P<name>[\w-]+|(?<!\s)[^\W\d_]+(?: [^\W\d_]+){1,2}\??)"
    r":[ \t]+(?P<value>\S(?:.*\S)?)\s*$"
)
INNER_COLON = pattern(r":(?=[ \t]|$)")
COLON_INSIDE = "a value with a colon and a space in it must be in quotes"
GENERAL = "write each field as name: value, and put text with special characters in quotes"
NOT_IN_LINE = (
    "this line does not start where the lines beside it do",
    "put as many spaces before it as before them",
)
TOO_FAR = ("this line is indented too far", "line it up with the other fields")
_NO_SPACE = pattern(r"\s*(?P<name>[\w-]+):(?P<value>[^\s:/].*)$")
_NO_COLON = pattern(
    r"\s*(?:- )?(?P<name>[a-z_]+(?=[ \t]|$)|[A-Za-z_]+(?=\s*[=：﹕∶]))"
    r"(?:\s*[=：﹕∶]\s*|[ \t]+(?:[-–—][ \t]+)?|$)(?P<value>[^:\s].*|)$"
)
_ODD_SPACE = pattern("[ \t]*[\u00a0\u2007\u202f\u3000\u200b]")
_MARKED_NAME = pattern(
    r"(?P<marked>\s*[^\w\s\"'\[{(#&!-]+[ \t]*(?P<name>[a-zA-Z_]+)[^\w\s:]*):\**(?:[ \t](?P<value>.*)|$)"
)
_IN_QUOTES = pattern(r"([\"'])([a-z_]+):[ \t]+(\S.*)\1[ \t]*$")
_ITEM = pattern(r"\s*(?:- )+(?P<sign>[\"']?)(?P<rest>.*)")
_CLOSERS = {'"': '"', "'": "'", "[": "]", "{": "}"}
_NEVER_CLOSED = "the {} that opens here is never closed"
_ESCAPED = pattern(r'"[^"\\]*\\[^"]*"')
_BACKSLASH = "between double quotes, a \\ and what is behind it are not read as text"
_LINKS = pattern(r"\[([^\]]*)\]\([^)\s]*\)")
_LINK = pattern(r"\[(?P<words>[^\]]*)\]\((?P<address>[^)\s]+)\)$")
# Commas with nothing between them, and where one is missing before a name.
_COMMA = pattern(r",(?:\s*,)+|(?<=[^\s,{:;]);?(?=\s+\w+:[ \t])")
_COMMENT = pattern(r"(?<!\s)\s+#(?:\s.*)?$")
_EMPHASIS = pattern(r"^(\*{1,3})([^*\s](?:[^*]*[^*\s])?)\1$")
_TAB = pattern(r" *\t")
_NOT_SPACES = "delete it, and start the line with two spaces if it belongs to the field above"
# A field, or the end of one, with the comma that JSON has behind it.
_JSON = pattern(
    r"(?:(?P<quote>[\"'])(?P<name>\w+)(?P=quote)|(?P<bare>\w+)(?=:[ \t]*[\"'\[{]))"
    r"[ \t]*:[ \t]*(?P<value>\S.*),\Z"
)
_JSON_END = pattern(r"[ \t]*[\]}][ \t]*,\Z")
_SPECIAL = "@`%|>?"
_OF_ADDRESSES = frozenset({"apply", "url", "email", "website"})

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
    return next(_mistakes(content))


def _mistakes(content: str) -> Iterator[Mistake]:
    """Yield the usual mistakes that a line may make, the likeliest first."""
    if masks.is_masked(content):
        yield "masked-email", masks.MESSAGE, masks.HINT
    if mistake := json_mistake(content):
        yield mistake
    yield from _starts(content)
    if joined := _NO_SPACE.match(content):
        hint = f"write {joined['name']}: {plain(unquoted(joined['value'].strip()))}"
        yield "yaml-syntax", "the space after the colon is missing", hint
    if pair := PAIR.match(content):
        yield "yaml-syntax", *_mistake_in_value(pair)
    if apart := _NO_COLON.match(content):
        hint = _as_field(apart["name"].lower(), apart["value"].strip())
        yield "yaml-syntax", f"there is no colon after {apart['name']}", hint
    if (item := _ITEM.match(content)) and fault_of(content):
        sign, said = item["sign"], _LINKS.sub(r"\1", item["rest"]).strip()
        message = _NEVER_CLOSED.format(sign) if sign else "an item that starts like this must be in quotes"
        yield "yaml-syntax", message, f"write - {quoted(said)}"
    what = "is not of the form name: value" if ":" in content else "has no colon in it"
    yield "yaml-syntax", f"this line {what}", GENERAL


def _as_field(name: str, value: str) -> str:
    """Return a hint with a field, whose value may have its quotes or brackets already."""
    return f"write {name}: {value if not value or value[0] in _CLOSERS else plain(value)}".rstrip()


def json_mistake(content: str) -> Mistake | None:
    """Explain a line at the left edge that is written as in JSON, if it is one."""
    line = content.rstrip()
    field = _JSON.match(line)
    if field is None:
        is_end = _JSON_END.match(line) is not None
        return ("yaml-syntax", "no comma can be at the end of a field", "delete it") if is_end else None
    meant = f"{field['name'] or field['bare']}: {field['value'].rstrip()}"
    message = "a field has no comma at its end, and needs no quotes around its name"
    return ("yaml-syntax", message, f"write {meant}") if fault_of(meant) is None else None


def _starts(content: str) -> Iterator[Mistake]:
    """Yield what no line may start with."""
    if _TAB.match(content):
        yield "yaml-tab", "this line starts with a tab", _NOT_SPACES
    if _ODD_SPACE.match(content):
        message = "this line starts with a character that cannot be seen, or only looks like a space"
        yield "yaml-tab", message, _NOT_SPACES
    if marked := _MARKED_NAME.match(content):
        name = marked["name"].lower()
        message = f"the name {name} must have nothing around it, but here is {marked['marked'].strip()}"
        yield "yaml-syntax", message, _as_field(name, bare(marked["value"] or ""))
    if whole := _IN_QUOTES.match(content):
        message = "the quotes must be around the value only, not around the whole line"
        yield "yaml-syntax", message, f"write {whole[2]}: {plain(whole[3])}"
    if content.startswith(("---", "...", "%")):
        hint = "delete it: no line of the fields may start like this"
        yield "yaml-syntax", "this line has a special meaning in YAML", hint


def _mistake_in_value(pair: re.Match[str]) -> tuple[str, str | None]:
    """Return message and hint of the first of the usual mistakes that a value makes."""
    name, value, in_quotes = pair["name"], pair["value"], quote_value(pair.string)
    first, closer, link = value[0], _CLOSERS.get(value[0], ""), _LINK.match(value)
    below = f"delete the hyphen; or, for a list, put {name}: on a line of its own, and below it lines that "
    below += "start with two spaces and a hyphen"
    hyphen = f"there is a hyphen before {name}", f"delete it if {name} is a field by itself"
    mistakes = (
        (pair["lead"][:1] == "-" and fault_of(pair.string) is None, *hyphen),
        (pair["lead"] and fault_of(pair.string.strip()) is None, *TOO_FAR),
        (first in _SPECIAL, f"a value cannot start with {first} unless it is in quotes", in_quotes),
        (_ESCAPED.fullmatch(value), _BACKSLASH, in_quotes),
        (first == closer, "the quotes around this value do not end where the value does", in_quotes),
        (link, "a value cannot be a Markdown link", link and f"write {name}: {_of_link(name, link)}"),
        (first in "[{" and value.endswith(closer) and value.count(first) == 1, *_between(name, value)),
        (closer and closer in value, f"a value that starts with {first} must end with {closer}", in_quotes),
        (closer, _NEVER_CLOSED.format(first), f"write {name}: {value}{closer}" if value[1:] else None),
        (value.startswith("- "), "a list must start on a line of its own", below),
        (INNER_COLON.search(value), COLON_INSIDE, in_quotes),
        (pair["lead"], *TOO_FAR),
        (True, "this line cannot be read", GENERAL),
    )
    return next((message, hint) for applies, message, hint in mistakes if applies)


def _between(name: str, value: str) -> tuple[str, str]:
    """Return message and hint on a list or a mapping on one line that cannot be read."""
    meant = _COMMA.sub(",", value)
    hint = f"write {name}: {meant}" if fault_of(meant) is None else "put each text in it in quotes"
    return f"what is between {value[0]} and {value[-1]} cannot be read", hint


def _of_link(name: str, link: re.Match[str]) -> str:
    """Return what a field takes of a link."""
    return link["address"] if name in _OF_ADDRESSES or not link["words"] else plain(link["words"])


def quote_value(content: str) -> str | None:
    """Return a hint with the value of a line in quotes, if it has one."""
    pair = PAIR.match(content)
    if pair is None:
        return None
    value = _COMMENT.sub("", pair["value"])
    value = _EMPHASIS.sub(r"\2", value)
    sign = value[0] if value[0] in "\"'`" else ""
    if sign and (value.count(sign) == 1 or value.endswith(sign)):
        value = value.removeprefix(sign).removesuffix(sign)
    return f"write {pair['name']}: {quoted(uncurled(value))}"
