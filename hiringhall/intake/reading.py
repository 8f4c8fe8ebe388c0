"""The typing of one document's fields: where problems are collected, and the parsers of the simplest forms.

Owns texts, choices, lists and mappings; refuses to know which fields there are. Parsers never raise: they
return None after reporting what is wrong, so that one run shows every problem.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from hiringhall import diagnostics
from hiringhall.diagnostics import Diagnostic
from hiringhall.intake import masks, mending
from hiringhall.intake.frontmatter import Document
from hiringhall.model import Settings

Choice = TypeVar("Choice", bound=StrEnum)
Item = TypeVar("Item")

LONGEST_LINE = 1000
# Each place and tag of a posting has a page and feeds of its own, which list all of them again.
LONGEST_LIST = 100
# What is read before a site's settings are known, or whichever they are: its words are English.
NO_SETTINGS = Settings("", "", "", "en", "", "", "")
# Signs that can be nothing but bullets: a field that starts with one is an error.
BULLETS = "\u2022\u25cf\u25aa\u25e6\u2023\u25a0\u25cb\u2713\u2714\u27a2\u25ba"
# What people write where there is nothing to say, instead of leaving the field out.
UNSTATED = frozenset({"n/a", "na", "none", "tbd", "tba", "tbc", "unknown", "not stated", "not listed", "-"})
_BULLET = re.compile(rf"\s*[{BULLETS}]\s*")
_OTHER_PARTS = {
    "state": "region", "province": "region", "town": "city", "zip": "postal_code", "zip_code": "postal_code",
    "zipcode": "postal_code", "minimum": "min", "maximum": "max", "per": "period",
}  # fmt: skip
_SURE = 0.85  # how alike a name is that cannot be told again: its field has an error already
COMMAS = re.compile("[,;،؛、，；]")
_BETWEEN = re.compile(r"[,;/|&]|\s(?:or|and)\s")
_DROPPED = dict.fromkeys(map(ord, "\u200b\ufeff\u00ad"))
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")

# What takes up no ink: Unicode's default ignorable characters, and the blank of Braille.
_UNSEEN = re.compile(
    r"[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800"
    r"\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]*"
)


class Reading:
    """One document while it is read; `found` are its problems so far."""

    __slots__ = ("document", "found", "settings", "slug")

    def __init__(
        self, document: Document, settings: Settings, slug: str = "", found: Iterable[Diagnostic] = ()
    ) -> None:
        self.document = document
        self.settings = settings
        self.slug = slug
        self.found = [*found]

    def error(self, node: Node, code: str, message: str, hint: str | None = None) -> None:
        """Report an error at a node."""
        span = self.document.span(node)
        self.found.append(diagnostics.error(self.document.path, span, code, message, hint))

    def warn(self, node: Node, code: str, message: str, hint: str | None = None) -> None:
        """Report a warning at a node."""
        span = self.document.span(node)
        self.found.append(diagnostics.warning(self.document.path, span, code, message, hint))

    def missing(self, code: str, message: str, hint: str | None = None) -> None:
        """Report what the front matter lacks: at its opening fence."""
        opening = self.document.opening
        self.found.append(diagnostics.error(self.document.path, opening, code, message, hint))

    def note(self, code: str, message: str, hint: str | None = None) -> None:
        """Report something worth knowing of the front matter as a whole."""
        self.found.append(diagnostics.notice(self.document.path, self.document.opening, code, message, hint))

    @property
    def failed(self) -> bool:
        """Whether any error has been reported."""
        return any(problem.severity is diagnostics.Severity.ERROR for problem in self.found)


Parser = Callable[[str, Node, Reading], Any]
Unknown = Callable[[str, Node, Reading], dict[str, None]]


class Field(NamedTuple):
    """A row of the table of fields: `form` says in words what may be written, `schema` in JSON Schema.

    `example` is how the field looks in a file, without its name; `parts` are the members of a mapping.
    A detail is text that is told as it stands, and decides nothing.
    """

    name: str
    form: str
    description: str
    parse: Parser
    schema: Mapping[str, Any]
    example: str
    required: bool = False
    parts: tuple[Field, ...] = ()
    is_detail: bool = False


def by_name(fields: Iterable[Field]) -> Mapping[str, Field]:
    """Index a table of fields by name, read-only."""
    return MappingProxyType({row.name: row for row in fields})


def read_values(
    reading: Reading,
    parsers: Mapping[str, Parser],
    others: Mapping[str, str] = MappingProxyType({}),
    unknown: Unknown | None = None,
) -> dict[str, Any]:
    """Type every value of a document that is there and not empty; one with an error is None.

    So is one that stands there under another name, even where it cannot be read. `others` are names that
    people give to fields and that are not near theirs, in lower case. `unknown` reports a name that has no
    parser, where more can be said of it than that, and returns those that are likely meant.
    """
    values: dict[str, Any] = {}
    meant: dict[str, Any] = {}
    for name, (key, node) in reading.document.fields.items():
        parse = parsers.get(name)
        if parse is not None:
            if not is_blank(node):
                values[name] = parse(name, node, reading)
        elif unknown is not None:
            meant |= unknown(name, key, reading)
        else:
            meant |= unknown_field(key, reading, parsers, meant=others.get(name.casefold()))
    for name in reading.document.broken.difference(parsers):
        near = others.get(name.casefold()) or nearest(name, parsers, _SURE)
        meant |= {near: None} if near else {}
    return meant | values


def report_missing(names: Iterable[str], rows: Mapping[str, Field], reading: Reading) -> None:
    """Report fields of a table that must be there and are not, or are empty."""
    for name in names:
        hint = f"a line such as {name}: {rows[name].example}"
        if name in reading.document.fields:
            key = reading.document.fields[name].key
            reading.error(key, "missing-field", f"{name} is empty", f"write {hint}")
        elif name not in reading.document.broken:
            reading.missing("missing-field", f"{name} is missing", f"add {hint}")


def nearest(text: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """Return the known word that `text` most likely was meant to be; `likeness` is from 0 to 1, for the same.

    >>> nearest("Full time", ["full-time", "part-time"]), nearest("xyz", ["full-time"])
    ('full-time', None)
    """
    from difflib import get_close_matches

    words = {word.casefold(): word for word in known}
    meant = text.casefold().strip().replace(" ", "-")
    close = [
        m
        for t in (text.casefold(), meant, meant.replace("-", "_"))
        for m in get_close_matches(t, words, 1, likeness)
    ]
    return words[close[0]] if close else None


def suggestion(text: str, known: Iterable[str]) -> str:
    """Return a hint for an unknown word: the nearest known one, else all of them."""
    words = tuple(known)
    near = nearest(text, words)
    return f"did you mean {near}?" if near else f"write one of: {', '.join(words)}"


def one_line(text: str) -> str:
    r"""Return text with each stretch of white space as one space, and without invisible characters.

    >>> one_line(" Political\u00a0& \n Coalitions ")
    'Political & Coalitions'
    """
    if not text.isprintable():
        text = text.translate(_DROPPED)
    return " ".join(text.split())


def text(name: str, node: Node, reading: Reading) -> str | None:
    """Parse text as one line."""
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
            node,
            "text-empty",
            f"{name} contains nothing visible",
            "write something, or delete the line",
        )
        return None
    if len(line) > LONGEST_LINE:
        message = f"{name} has {len(line):,} characters; at most {LONGEST_LINE:,} are allowed"
        reading.error(node, "text-length", message, "move the long part below the second ---")
        return None
    if masks.is_masked(line):
        reading.error(node, "masked-email", masks.MESSAGE, masks.HINT)
        return None
    return line


def scalar(name: str, node: Node, reading: Reading) -> str | None:
    """Return a node's text, or report that it is a list or a mapping."""
    value: Any = node.value
    if type(value) is str:
        return value
    if _is_masked_list(node):
        reading.error(node, "masked-email", masks.MESSAGE, masks.HINT)
    else:
        kind = "a list" if isinstance(node, SequenceNode) else "a group of fields"
        hint = f"if you mean it as text, put it in quotes after {name.rpartition('.')[2]}:"
        reading.error(node, "not-text", f"{name} must be text, but this is {kind}", hint)
    return None


def _is_masked_list(node: Node) -> bool:
    """Say whether a node is `[email protected]`, which YAML takes for a list of one text."""
    if not isinstance(node, SequenceNode) or len(node.value) != 1:
        return False
    only: Any = node.value[0].value
    return type(only) is str and masks.is_masked(only)


def is_blank(node: Node) -> bool:
    """Say whether a value was left empty, which means the same as leaving the field out."""
    value: Any = node.value
    return type(value) is str and (not value or value.isspace())


def choice(
    kind: Iterable[Choice], words: Mapping[str, str], hints: Mapping[str, str] = MappingProxyType({})
) -> Callable[[str, Node, Reading], Choice | None]:
    """Return the parser of a closed set of words.

    `words` are other words people use, and what they mean; `hints` those that need more said.
    """
    values = {str(value): value for value in kind}

    def parse(name: str, node: Node, reading: Reading) -> Choice | None:
        value: Any = node.value
        found = values.get(value) if type(value) is str else None
        if found is not None:
            return found
        written = text(name, node, reading)
        if written is not None:
            meant = words.get(written.casefold())
            hint = f"did you mean {meant}?" if meant else hints.get(written.casefold())
            hint = hint or suggestion(written, values)
            reading.error(node, "unknown-value", f"{name} cannot be {written!r}", hint)
        return None

    return parse


def listed(
    item: Callable[[str, Node, Reading], Item | None],
) -> Callable[[str, Node, Reading], tuple[Item, ...] | None]:
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


_texts = listed(text)


def texts(name: str, node: Node, reading: Reading) -> tuple[str, ...] | None:
    """Parse a text or a list of them; lines with typographic bullets are a list that is none yet."""
    value: Any = node.value
    if type(value) is not str or not _BULLET.match(value):
        return _texts(name, node, reading)
    items = [item for item in map(str.strip, _BULLET.split(value)) if item]
    message = f"{value.strip()[0]} does not start a list item; {name} would be read as plain text"
    reading.error(node, "list-form", message, f"write {name}: {mending.bracketed(items)}")
    return None


def refuse_row(
    name: str, node: Node, reading: Reading, meant: Callable[[str], str | None] | None = None
) -> bool:
    """Report one text that is a row of items with commas, where a list is wanted; say whether it is one.

    With `meant`, which gives the item that a word stands for, other signs and words may part items, too.
    """
    value: Any = node.value
    between = COMMAS if meant is None else _BETWEEN
    if type(value) is not str or not between.search(value):
        return False
    words = [word.strip() for word in between.split(value) if word.strip()]
    items = [meant(word) if meant else word for word in words]
    if None in items and "," not in value:
        return False
    good = [item for item in items if item]
    hint = f"write {name}: {mending.bracketed(good or words)}"
    if good and None in items:
        others = ", ".join(word for item, word in zip(items, words, strict=True) if not item)
        hint += f"; {others} is not an accepted word"
    reading.error(node, "list-form", f"{name} must be a list, but this is plain text", hint)
    return True


def members(name: str, node: Node, reading: Reading, rows: Mapping[str, Field]) -> dict[str, Any] | None:
    """Parse a mapping by its table of rows; None where it is no mapping. A member with an error is None."""
    if not isinstance(node, MappingNode):
        return None
    values: dict[str, Any] = {}
    meant: dict[str, Any] = {}
    for key, value in node.value:
        known = rows.get(key.value) if isinstance(key, ScalarNode) else None
        if known is None:
            part = _OTHER_PARTS.get(str(key.value).casefold())
            meant |= unknown_field(key, reading, rows, name, part if part in rows else None)
        elif key.value not in values and not is_blank(value):
            values[key.value] = known.parse(f"{name}.{key.value}", value, reading)
    return meant | values if meant else values


def refuse_list(name: str, node: Node, reading: Reading, rows: Mapping[str, Field]) -> bool:
    """Report a list where a mapping of `rows` is wanted; say whether it is one."""
    if not isinstance(node, SequenceNode) or _is_masked_list(node):
        return False
    of_parts = any(isinstance(item, MappingNode) for item in node.value)
    parts = ", ".join(rows)
    below = f"write {name}: and below it, indented by two spaces, {next(iter(rows))}: and its value"
    hint = "delete the hyphens" if of_parts else below
    reading.error(node, "not-a-list", f"{name} is not a list; its parts are {parts}", hint)
    return True


def member(mapping: Node, name: str) -> Node:
    """Return the value of a mapping's member, which must be there."""
    found: Node = next(value for key, value in mapping.value if key.value == name)
    return found


def unknown_field(
    key: Node, reading: Reading, known: Iterable[str], parent: str = "", meant: str | None = None
) -> dict[str, None]:
    """Report a name that no field has, with `meant` or else the nearest that one has.

    The field that is likely meant comes back as one with an error, so that it is not told to be missing, too.
    """
    if not isinstance(key, ScalarNode) or key.value == "<<":
        return {}
    within = f" in {parent}" if parent else ""
    words = tuple(known)
    near = meant or nearest(key.value, words)
    hint = f"did you mean {near}?" if near else f"the fields{within} are: {', '.join(words)}"
    bare = key.value.lstrip()
    if bare != key.value:
        near = bare if bare in words else near
        hint = f"the spaces before {bare} are not ordinary spaces; delete them and type two ordinary ones"
    reading.error(key, "unknown-field", f"there is no field named {key.value!r}{within}", hint)
    return {near: None} if near else {}
