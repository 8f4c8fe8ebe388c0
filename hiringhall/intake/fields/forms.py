"""The simplest forms of a value: texts and lists.

Owns their parsers; refuses to know which field a value is of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import wraps
from html import unescape
from typing import Any, NamedTuple, TypeVar

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from hiringhall.engine.patterns import pattern
from hiringhall.intake import masks
from hiringhall.intake.fields.reading import Field, Parser, Reading, is_blank
from hiringhall.intake.files.encoding import NO_CHARACTERS, TURNING
from hiringhall.intake.frontmatter.misread import BULLETS
from hiringhall.intake.frontmatter.quoting import bracketed, plain, uncurled
from hiringhall.intake.words import LEAVE_OUT, says_nothing

Item = TypeVar("Item")
Meant = Callable[[str], str | None]
Value = TypeVar("Value")

LONGEST_LINE = 1000
# Each place and tag of a posting has a page and feeds of its own, which list all of them again.
LONGEST_LIST = 100
_BULLET = pattern(rf"[{BULLETS}]|(?:^|\n)[ \t]*[-*][ \t]+")
COMMAS = pattern("[,;،؛、，；]")
_MARKUP = pattern(
    r"</?(?:p|br|div|span|font|[uo]l|li|b|strong|i|em|u|h[1-6])\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>",
    re.IGNORECASE,
)
_BETWEEN = pattern(rf"{COMMAS.pattern}|[/|&]|\s(?:or|and)\s")
_ENTITY = pattern(r"&(?:#\w+|[A-Za-z]\w+);")
_DROPPED = dict.fromkeys(map(ord, "\u200b\ufeff\u00ad"))
_JOINTS = dict.fromkeys(map(ord, " _-\u2010\u2011\u2012\u2013\u2212"))
_REFUSED = pattern(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{TURNING}{NO_CHARACTERS}]")

# What takes up no ink: Unicode's default ignorable characters, and the blank of Braille.
_UNSEEN = pattern(
    r"[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800"
    r"\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]*"
)


def one_line(text: str) -> str:
    r"""Return text with each stretch of white space as one space, and without invisible characters.

    >>> one_line(" Political\u00a0& \n Coalitions ")
    'Political & Coalitions'
    """
    if not text.isprintable():
        text = text.translate(_DROPPED)
    return " ".join(text.split())


def folded(words: str) -> str:
    r"""Return words as they are looked up in a closed list: in any letter case, and however they are joined.

    >>> folded("Full time"), folded("per_diem"), folded("on\u2011site")
    ('fulltime', 'perdiem', 'onsite')
    """
    return words.casefold().translate(_JOINTS)


def text(name: str, node: Node, reading: Reading) -> str | None:
    """Parse text as one line of at most `LONGEST_LINE` characters, without those that cannot be seen."""
    value = scalar(name, node, reading)
    if value is None:
        return None
    refused = None if value.isprintable() else _REFUSED.search(value)
    if refused:
        message = f"{name} contains an invisible character, U+{ord(refused[0]):04X}"
        reading.error(node, "control-character", message, "type the text again instead of pasting it")
        return None
    line = one_line(value)
    if not line or (not line.isascii() and _UNSEEN.fullmatch(line)):
        reading.error(
            node, "text-empty", f"{name} contains nothing visible", "write something, or delete the line"
        )
        return None
    if (bare := uncurled(line)) != line:
        reading.mend(
            node, f"the curly quotes around {name} would be read as part of it", f"write {plain(bare)}"
        )
        line = bare
    if len(line) > LONGEST_LINE:
        message = f"{name} has {len(line):,} characters; at most {LONGEST_LINE:,} are allowed"
        has_text = reading.document.path.endswith(".md")
        hint = "move the long part below the second ---" if has_text else "shorten it"
        reading.error(node, "text-length", message, hint)
        return None
    if masks.is_masked(line):
        reading.error(node, "masked-email", masks.MESSAGE, masks.HINT)
        return None
    bare = _MARKUP.sub(" ", line) if "<" in line and reading.document.path.endswith(".md") else line
    if (bare != line or ("&" in line and _ENTITY.search(line))) and (
        meant := one_line(unescape(bare))
    ) != line:
        message = f"{name} has signs written as in HTML, which would be shown as they are"
        reading.warn(node, "text-garbled", message, f"write {plain(meant)}")
    return line


def stated(name: str, node: Node, reading: Reading) -> str | None:
    """Parse text as `text` does, and warn of one that only says that nothing is known; "none" is a fact."""
    line = text(name, node, reading)
    if line and says_nothing(line) and line.rstrip(".").casefold() != "none":
        reading.warn(node, "text-empty", f"{name} is {line!r}, which tells readers nothing", LEAVE_OUT)
    return line


# How lines below a name are written.
SET_IN = "indent them by two spaces, without hyphens, and put a space after the colon"


class Problem(NamedTuple):
    """What makes a text no value of its field."""

    code: str
    message: str
    hint: str | None = None


def of_text(read: Callable[[str, str, Reading], Value | Problem], line: Parser[str] = text) -> Parser[Value]:
    """Return the parser of a value that is one line; `read` makes it of the field's name and that line."""

    @wraps(read)
    def parse(name: str, node: Node, reading: Reading) -> Value | None:
        if isinstance(node, SequenceNode) and len(words_of(node)) > 1:
            message = f"{name} must be one text, but this is a list"
            reading.error(node, "not-text", message, "write only one of them")
            return None
        written = line(name, node, reading)
        found = None if written is None else read(name, written, reading)
        if isinstance(found, Problem):
            reading.error(node, *found)
            return None
        return found

    return parse


def scalar(name: str, node: Node, reading: Reading) -> str | None:
    """Return a node's text as it is written, or report that it is a list or a mapping (not-text)."""
    value: Any = node.value
    if type(value) is str:
        return value
    if _is_masked_list(node):
        reading.error(node, "masked-email", masks.MESSAGE, masks.HINT)
    else:
        kind = "a list" if isinstance(node, SequenceNode) else "a group of fields"
        reading.error(
            node, "not-text", f"{name} must be text, but this is {kind}", _as_text(name, node, reading)
        )
    return None


def _as_text(name: str, node: Node, reading: Reading) -> str:
    """Return how a list or a mapping that should be text is written, by itself or as an item of a list."""
    pairs = node.value if isinstance(node, MappingNode) else [(each,) for each in node.value]
    parts = [each for pair in pairs for each in pair]
    if not parts or not all(isinstance(each, ScalarNode) for each in parts):
        return "if you mean it as text, put all of it in quotes"
    written = plain(", ".join(": ".join(each.value for each in pair) for pair in pairs))
    field = reading.fields.get(name)
    return (
        f"write {name.rpartition('.')[2]}: {written}" if field and field.value is node else f"write {written}"
    )


def _is_masked_list(node: Node) -> bool:
    """Say whether a node is `[email protected]`, which YAML takes for a list of one text."""
    if not isinstance(node, SequenceNode) or len(node.value) != 1:
        return False
    only: Any = node.value[0].value
    return type(only) is str and masks.is_masked(only)


def listed(item: Parser[Item]) -> Parser[tuple[Item, ...]]:
    """Return the parser of one value or a list of them; empty items are dropped, repeats too."""

    def parse(name: str, node: Node, reading: Reading) -> tuple[Item, ...] | None:
        nodes = node.value if isinstance(node, SequenceNode) and not _is_masked_list(node) else [node]
        if len(nodes) > LONGEST_LIST:
            message = f"{name} has {len(nodes):,} items; at most {LONGEST_LIST} are allowed"
            reading.error(
                nodes[LONGEST_LIST], "list-length", message, "keep those that matter most to readers"
            )
            return None
        values = [item(name, each, reading) for each in nodes if not is_blank(each)]
        good = dict.fromkeys(value for value in values if value is not None)
        return None if None in values else tuple(good)

    return parse


_texts = listed(stated)
NARROW = 40  # characters: nobody wraps lines at fewer


def texts(name: str, node: Node, reading: Reading) -> tuple[str, ...] | None:
    """Parse a text or a list of them; lines with typographic bullets are a list that is none yet.

    So may be lines that all begin with a capital letter, where one is shorter than those of a wrapped text.
    """
    value: Any = node.value
    if type(value) is not str or not _BULLET.match(value.lstrip()):
        lines = reading.document.lines_of(node)
        has_short = any(len(line) < NARROW for line in lines[:-1])
        if has_short and all(line[0].isupper() and line[-1] not in ",;" for line in lines):
            hint = f"if each is an item, write {name.rpartition('.')[2]}: {bracketed(lines)}"
            reading.warn(node, "list-form", f"the lines of {name} will run together", hint)
        return _texts(name, node, reading)
    items = [item for item in map(str.strip, _BULLET.split(value)) if item]
    message = f"{value.strip()[0]} does not start a list item; {name} would be read as plain text"
    hint = f"write {name.rpartition('.')[2]}: {bracketed(items)}"
    reading.error(node, "list-form", message, hint)
    return None


def list_of(item: Parser[Item], meant: Meant | None = None) -> Parser[tuple[Item, ...]]:
    """Return the parser of one word or a list of them, that refuses a text which is a row of words.

    `meant` gives the item that a word stands for: with it, a row has more than commas between its words.
    """
    parse_each = listed(item)

    def parse(name: str, node: Node, reading: Reading) -> tuple[Item, ...] | None:
        row, rest = _row(node, reading, meant)
        if not row:
            return parse_each(name, node, reading)
        hint = f"write {name.rpartition('.')[2]}: {bracketed(row)}{rest}"
        reading.error(node, "list-form", f"{name} must be a list, but this is plain text", hint)
        return None

    return parse


def _row(node: Node, reading: Reading, meant: Meant | None) -> tuple[list[str], str]:
    """Return the words of a text where a list is wanted, one on each line or parted by commas.

    Of words that mean an item and others, only the items are for the list; what to do with the rest follows.
    """
    value: Any = node.value
    lines = reading.document.lines_of(node)
    if type(value) is not str or not (lines or (_BETWEEN if meant else COMMAS).search(value)):
        return [], ""
    items: list[str | None] = [None]
    if meant and len(value) <= LONGEST_LINE:
        items = [meant(word.strip()) for word in lines or _BETWEEN.split(value)]
    known = [*dict.fromkeys(item for item in items if item)]
    if None in items and not (lines or COMMAS.search(value)):
        return [], ""
    words = (word.strip() for word in lines or COMMAS.split(uncurled(value.strip())))
    return known or [*filter(None, words)], "; say the rest in the text" if known and None in items else ""


def words_of(node: Node) -> list[str]:
    """Return a text, or the items of a list that has only texts, each on one line; none is blank."""
    items = [each for each in node.value if not is_blank(each)] if isinstance(node, SequenceNode) else [node]
    words = [one_line(each.value) for each in items if isinstance(each, ScalarNode)]
    return words if len(words) == len(items) else []


def refuse_list(
    name: str, node: Node, reading: Reading, rows: Mapping[str, Field], hint: str | None = None
) -> bool:
    """Report a list where a mapping of `rows` is wanted (not-a-list); say whether it is one.

    `hint` is for one that has only texts in it.
    """
    if not isinstance(node, SequenceNode) or _is_masked_list(node):
        return False
    of_parts = [item for item in node.value if isinstance(item, MappingNode)]
    keys = [key.value for item in of_parts for key, _ in item.value if isinstance(key, ScalarNode)]
    parts = ", ".join(rows)
    below = f"write {name}: and below it, indented by two spaces, {next(iter(rows))}: and its value"
    braces = "put { and } in place of [ and ]"
    hint = (braces if node.flow_style else "delete the hyphens") if of_parts else hint or below
    if len({*keys}) < len(keys):
        hint = "keep one of them, and say the rest in the text below"
    reading.error(node, "not-a-list", f"{name} is not a list; its parts are {parts}", hint)
    return True
