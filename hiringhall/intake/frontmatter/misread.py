"""What YAML accepts and reads otherwise than it was meant: comments, aliases, texts that were to be a list.

Owns how such lines look, and how they should; refuses to know what YAML cannot read at all.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import yaml

from hiringhall.engine.patterns import pattern
from hiringhall.intake.frontmatter.quoting import plain, quoted, uncurled
from hiringhall.intake.frontmatter.single_lines import PAIR, Loader, diagnose, quote_value

SHORTHAND = {"*": "an alias", "&": "an anchor", "!": "a tag"}
# Signs that can be nothing but bullets, those that may be, and a hyphen without its space.
BULLETS = "\u2022\u25cf\u25aa\u25e6\u2023\u25a0\u25cb\u2713\u2714\u27a2\u25ba"
_MARKS = BULLETS + "\u00b7\u2043\u2013\u2014"
_MARKED = pattern(rf"[ \t]*(?:[{_MARKS}][ \t\u00a0]*|\*[ \t]+|-(?=[^\W\d_]|[\"'\u201c]))(?P<rest>\S.*)")
_ANY_MARKED = pattern(rf"\n{_MARKED.pattern}")
_ANYWHERE = 10**6
_BLOCK = pattern(r":[ \t]+[|>]")
_LIST_NAME = pattern(r"[ \t]*[a-z_]+:[ \t]*$")
_PACKED = pattern(
    r"[\w-]+:[ \t]*\{(?:[^\"']|\"[^\"]*\"|(?<=\w)'|(?<!\w)'[^']*')*?"
    r":[ \t]*(?P<figure>[^\s\"',{}:]{0,3}\d{1,3}(?:,\d{1,3})+)[ \t]*[,}]"
)
_IN_FIGURE = pattern(r",(?<=\d,)(?=\d)")
_THOUSANDS = pattern(r"(?<=\d),(?=\d{3}\b)")
_SHORTHAND = pattern(r"(?:^|[\s,\[{:-])(?:[&*]\S|!)")
# Behind a word, a figure is what is counted.
_CUT = pattern(r"#(?<=[ \t\[{,]#)(?=[^\s#])|#(?<=[^\W\d_][ ]#)(?= \d+[ \t]*$)", re.MULTILINE)
# A line that begins like an item of a list, below text that it goes on.
_GOING_ON = pattern(
    r"\n( *)(?:- +(?!\w+:(?:\s|$))|(?P<name>[a-z_]+):[ \t]+)(?![|>\[{\"'#&*!])[^\n#]*[^\s:#](?=\n\1 +- +\S)",
    re.MULTILINE,
)
_HALF_QUOTED = pattern(
    r"^(?P<start>[ ]*(?:- +|[a-z_]+:[ \t]+))(?![\"'|>\[{#])(?P<text>[^\"\n]*(?:[^\W\d_]|[.?!)]))\"[ \t]*$",
    re.MULTILINE,
)
_ITEM = pattern(r"\s*- +([^\s\"'\[{](?:.*\S)?)\s*$")


class Trouble(NamedTuple):
    """A fault of YAML: line and column count from 0; `lines` is how many it takes up."""

    line: int
    column: int
    code: str
    message: str
    hint: str | None
    lines: int = 1


def misread_lines(text: str) -> Iterator[Trouble]:
    """Yield what is misread in the lines of the fields, of which others may be at fault."""
    if not _BLOCK.search(text):
        if _ANY_MARKED.search(text):
            yield from _mismarked(text.split("\n"))
        if "\n  " in text:
            yield from _going_on(text)
        if text.count('"') % 2:
            yield from _half_quoted(text)
    for number, content in enumerate(text.split("\n")) if "{" in text and _IN_FIGURE.search(text) else ():
        found = _PACKED.match(content)
        if found:
            message = f"inside {{ }} a comma ends the value, so {found['figure']} would be cut off"
            meant = _THOUSANDS.sub("", content)
            hint = f"write {meant}"
            if _PACKED.match(meant):
                hint = "use figures without commas, such as 51640 or 24.50"
            yield Trouble(number, found.start("figure"), "yaml-syntax", message, hint)
    yield from misread(text)


def _mismarked(lines: Sequence[str]) -> Iterator[Trouble]:
    """Yield lines below a name, or beside items of its list, that begin like items of a list and are none.

    YAML reads them as one text. In a text that has lines of its own, they may be anything.
    """
    deepest = -1  # how far such a line may be set in: far below a name, and as far as the items beside it
    for number, content in enumerate(lines):
        marked, indent = _MARKED.match(content), indent_of(content)
        if _LIST_NAME.match(content):
            deepest = _ANYWHERE
        elif content.lstrip().startswith("- ") and deepest >= 0:
            deepest = indent
        elif marked and indent <= deepest:
            message = "a line of a list must start with a hyphen and a space"
            hint = f"write - {plain(uncurled(marked['rest'].strip()))}"
            yield Trouble(number, indent, "yaml-syntax", message, hint)
        elif content.strip():
            deepest = -1


def _going_on(text: str) -> Iterator[Trouble]:
    """Yield the first of the lines that are to be items of a list, and are read as text of the one above."""
    text = f"\n{text}"
    for found in _GOING_ON.finditer(text):
        line = text.count("\n", 0, found.end())
        message = "this line is read as more text of the line above, not as an item of a list"
        hint = "put as many spaces before its hyphen as before the one above"
        if found["name"]:
            hint = f"put {found['name']}: on a line of its own, and start what is behind it like this line"
        yield Trouble(line, 0, "yaml-syntax", message, hint)


def _half_quoted(text: str) -> Iterator[Trouble]:
    """Yield values that end with a quotation mark which nothing opens; behind a figure, it means inches."""
    for found in _HALF_QUOTED.finditer(text):
        line = text.count("\n", 0, found.start())
        message = "there is a quotation mark at the end of this value, but none at its start"
        hint = f"write {found['start'].strip()} {plain(found['text'])}"
        yield Trouble(line, len(found[0].rstrip()) - 1, "yaml-syntax", message, hint)


def misread(text: str, first: int = 0) -> Iterator[Trouble]:
    """Yield the shorthand and the comments in a text, from line `first` on, if YAML can read it by itself."""
    with suppress(yaml.YAMLError):
        if ("&" in text or "*" in text or "!" in text) and _SHORTHAND.search(text):
            lines = text.split("\n")
            for event in [*yaml.parse(text, Loader=Loader)]:
                if getattr(event, "anchor", None) or getattr(event, "tag", None):
                    mark: Any = event.start_mark
                    yield shorthand(first + mark.line, mark.column, lines[mark.line])
        if "#" in text and _CUT.search(text):
            yield from _cut(text, first)


def shorthand(line: int, column: int, content: str) -> Trouble:
    """Explain an anchor, alias or tag: in a posting they are always text that lacks quotes."""
    if column == indent_of(content) and ":" in content:  # before a name
        return Trouble(line, indent_of(content), *diagnose(content))
    sign = content[column]
    kind = SHORTHAND[sign]
    message = f"YAML reads a value that starts with {sign} as {kind}, not as text"
    hint = quote_value(content) or "put the value in quotes"
    return Trouble(line, column, f"yaml-{kind.split()[1]}", message, hint)


def _cut(text: str, first: int) -> Iterator[Trouble]:
    """Yield where YAML drops text as a comment, once a line, as in `IBEW Local #3`.

    What somebody means as a comment has a space after its `#`, or a line of its own; any further `#` in it is
    nothing but text.
    """
    lines = text.split("\n")
    scalars = [token for token in yaml.scan(text, Loader=Loader) if isinstance(token, yaml.ScalarToken)]
    starts = [token.start_mark.index for token in scalars]
    told = -1
    for sign in _CUT.finditer(text):
        at = sign.start()
        number, column = text.count("\n", 0, at), at - text.rfind("\n", 0, at) - 1
        before = bisect(starts, at)
        end = scalars[before - 1].end_mark.index if before else 0
        is_meant = at < end or "#" in text[max(end, at - column) : at]
        if number > told and lines[number][:column].strip() and not is_meant:
            told = number
            message = "YAML reads everything from this # on as a comment, and ignores it"
            yield Trouble(first + number, column, "yaml-comment", message, _with_sign(lines[number]))


def _with_sign(content: str) -> str:
    """Return how a line is written whose # is to be read."""
    pair, item = PAIR.match(content), _ITEM.match(content)
    if pair and pair["value"][0] not in "[{\"'":
        return f"write {pair['name']}: {quoted(uncurled(pair['value']))}"
    if item and pair is None:
        return f"write - {quoted(item[1])}"
    return "put the text in quotes; a comment needs a space after its #"


def indent_of(content: str) -> int:
    """Return how many spaces a line is set in."""
    return len(content) - len(content.lstrip(" "))
