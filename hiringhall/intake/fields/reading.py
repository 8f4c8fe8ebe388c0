"""Parsing one document's fields by a table of them, and collecting problems meanwhile.

Owns what happens to a name that no field has; refuses to know which fields there are, and what a value says.
Parsers never raise: they return None after reporting what is wrong, so that one run shows every problem.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from yaml.nodes import MappingNode, Node, ScalarNode

from hiringhall import diagnostics
from hiringhall.diagnostics import Diagnostic, Span
from hiringhall.intake.fields.names import OTHER_PARTS, around, bare_name, lacks_colon, name_and_text
from hiringhall.intake.fields.suggestions import nearest
from hiringhall.intake.frontmatter import quoting
from hiringhall.intake.frontmatter.composing import Member
from hiringhall.intake.frontmatter.documents import Document
from hiringhall.model import Settings
from hiringhall.policies.words import plain

# For what is read before a site's settings are known, or independently of them: in English.
NO_SETTINGS = Settings("", "", "", "en", "", "", "")
_SURE = 0.85  # how alike a broken name must be to mean a field: its error is reported already


class Reading:
    """One document while it is read; `found` are its problems so far.

    `mended` are lines that are read otherwise than they are written, and `renamed` fields that have another
    name there than their own, by that; both have been reported.
    """

    __slots__ = ("document", "found", "mended", "renamed", "settings", "slug")

    def __init__(
        self, document: Document, settings: Settings, slug: str = "", found: Iterable[Diagnostic] = ()
    ) -> None:
        self.document = document
        self.settings = settings
        self.slug = slug
        self.found = [*found]
        self.mended = {*document.mended}
        self.renamed: dict[str, Member] = {}

    def error(self, node: Node, code: str, message: str, hint: str | None = None) -> None:
        """Report an error at a node; in a line that was mended, it takes the place of what was told.

        At a name, it does only if its hint has the whole line.
        """
        span = self.document.span(node)
        if span.line in self.mended and (span.column > 1 or (hint or "").startswith("write ")):
            self.found = [each for each in self.found if not _is_mended(each, span)]
        self.found.append(diagnostics.error(self.document.path, span, code, message, hint))

    def mend(self, node: Node, message: str, hint: str) -> None:
        """Report curly quotes around a text that is read without them."""
        self.error(node, "curly-quotes", message, hint)
        self.mended.add(self.document.span(node).line)

    def warn(self, node: Node, code: str, message: str, hint: str | None = None) -> None:
        """Report a warning at a node."""
        span = self.document.span(node)
        self.found.append(diagnostics.warning(self.document.path, span, code, message, hint))

    def missing(self, code: str, message: str, hint: str | None = None) -> None:
        """Report what the front matter lacks, at its opening fence."""
        opening = self.document.opening
        self.found.append(diagnostics.error(self.document.path, opening, code, message, hint))

    def note(self, code: str, message: str, hint: str | None = None) -> None:
        """Report something worth knowing about the front matter as a whole."""
        self.found.append(diagnostics.notice(self.document.path, self.document.opening, code, message, hint))

    def member_of(self, name: str) -> Member | None:
        """Return the name and value that were read as a field, also where it has another name."""
        return self.document.fields.get(name) or self.renamed.get(name)

    def node_of(self, name: str) -> Node:
        """Return the value that was read as a field. Raises KeyError: rules speak only of what was read."""
        found = self.member_of(name)
        if found is None:
            raise KeyError(name)
        return found.value

    def warn_of(self, name: str, code: str, message: str, hint: str | None = None) -> None:
        """Report a warning at the value that was read as a field."""
        self.warn(self.node_of(name), code, message, hint)

    @property
    def failed(self) -> bool:
        """Whether any error has been reported."""
        return any(problem.severity is diagnostics.Severity.ERROR for problem in self.found)


def _is_mended(found: Diagnostic, span: Span) -> bool:
    """Say whether a problem is how a value was mended that has another at `span`."""
    if found.code == "curly-quotes":
        return found.span == span
    return found.code.startswith("yaml-") and found.span.line == span.line


Value = TypeVar("Value")

Parser = Callable[[str, Node, Reading], Value | None]  # of the field's name and its node
Unknown = Callable[[str, Node, Reading], dict[str, Any] | None]


class Field(NamedTuple):
    """A row of the table of fields: `form` says what may be written, in words, and `schema` in JSON Schema.

    `example` is how the field looks in a file, without its name; `parts` are the members of a mapping. A
    detail is text that is shown as written, and decides nothing.
    """

    name: str
    form: str
    description: str
    parse: Parser[Any]
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
    parsers: Mapping[str, Parser[Any]],
    others: Mapping[str, str] = MappingProxyType({}),
    unknown: Unknown = lambda *_: None,
) -> dict[str, Any]:
    """Parse every value of a document that is there and not empty; one with an error is None.

    So is one that is there under another name, even if it cannot be read. `others` are names that people give
    to fields and that are not similar to theirs, with spaces and without accents. `unknown` reports a name
    that has no parser, if more can be said about it, and returns those that are probably meant with what
    their values would be, or None.
    """
    values: dict[str, Any] = {}
    meant: dict[str, Any] = {}

    def other(name: str) -> str | None:
        return others.get(plain(bare_name(name)).replace("_", " "))

    for name, (key, node) in reading.document.fields.items():
        parse = parsers.get(name)
        if parse is not None:
            if not is_blank(node):
                values[name] = parse(name, node, reading)
        elif (known := unknown(name, key, reading)) is not None:
            meant |= known
        else:
            bare, told = bare_name(name), [*reading.found]
            sure = bare if bare in parsers else other(name) or ""
            if sure in parsers and sure not in reading.document.fields and not is_blank(node):
                reading.renamed[sure] = Member(key, node)
                meant[sure] = parsers[sure](sure, node, reading)
            # Where the value is at fault as well, one hint has the name and the other the value.
            value = node if reading.found == told else None
            there = reading.document.fields.keys() | meant.keys() - {sure}
            meant = unknown_field(key, reading, parsers, "", other(name), value, there) | meant
    for name in reading.document.broken.difference(parsers):
        near = other(name) or nearest(name, parsers, _SURE)
        meant |= {near: None} if near else {}
    return meant | values


def report_missing(names: Iterable[str], rows: Mapping[str, Field], reading: Reading) -> None:
    """Report fields that are required (missing-field): at their names if they are empty, or at the fence."""
    document = reading.document
    for name in names:
        hint = f"a line such as {name}: {rows[name].example}"
        told = None
        if comment := re.search(
            rf"^(?:#+[ \t]*{name}:|{name}:[ \t]+#+)[ \t]+\S", document.yaml, re.MULTILINE
        ):
            line = document.yaml.count("\n", 0, comment.start()) + document.first_line
            told = f"delete the # in line {line}, which makes a comment of what is behind it"
        if name in document.fields:
            key = document.fields[name].key
            reading.error(key, "missing-field", f"{name} is empty", told or f"write {hint}")
        elif name not in document.broken:
            is_below = re.match(rf"\s*(?:[a-z_]+:.*\n\s*)*?{name}:\s", document.body)
            hint = f"move it above the second ---: {name} is in the text" if is_below else f"add {hint}"
            reading.missing("missing-field", f"{name} is missing", told or hint)


def is_blank(node: Node) -> bool:
    """Say whether a value was left empty, which means the same as leaving the field out."""
    value: Any = node.value
    return type(value) is str and (not value or value.isspace())


def members(name: str, node: MappingNode, reading: Reading, rows: Mapping[str, Field]) -> dict[str, Any]:
    """Parse a mapping by its table of rows. A member with an error is None."""
    values: dict[str, Any] = {}
    meant: dict[str, Any] = {}
    for key, value in node.value:
        known = rows.get(key.value) if isinstance(key, ScalarNode) else None
        if known is not None:
            if key.value not in values and not is_blank(value):
                values[key.value] = known.parse(f"{name}.{key.value}", value, reading)
            continue
        pairs = value.value if isinstance(value, MappingNode) else ()
        within = [str(inner.value) for inner, _ in pairs if str(inner.value) in rows]
        if within:
            message = f"there is no field named {key.value!r} in {name}"
            hint = f"delete this name, and put {' and '.join(within)} right below {name}:"
            reading.error(key, "unknown-field", message, hint)
            meant |= dict.fromkeys(within)
            continue
        part = other if (other := _other_part(key)) in rows else None
        there = {str(each.value) for each, _ in node.value} | meant.keys()
        if part and part not in there and not is_blank(value):
            meant[part] = rows[part].parse(f"{name}.{part}", value, reading)
        meant = unknown_field(key, reading, rows, name, part, value, there) | meant
    return meant | values if meant else values


def member(mapping: Node, name: str) -> Node:
    """Return the value of a mapping's member, which must be there, if only under another name."""
    pairs = sorted(mapping.value, key=lambda pair: bool(pair[0].value != name))
    found: Node = next(value for key, value in pairs if name in (key.value, _other_part(key)))
    return found


def _other_part(key: Node) -> str:
    """Return the part that is called otherwise by a member's name."""
    return OTHER_PARTS.get(bare_name(str(key.value)), "")


def unknown_field(
    key: Node,
    reading: Reading,
    known: Iterable[str],
    parent: str = "",
    meant: str | None = None,
    value: Node | None = None,
    there: Collection[str] = (),
) -> dict[str, None]:
    """Report a name that no field has, with `meant` or else the nearest that one has, which may be `there`.

    The field that is probably meant is returned as one with an error, so that it is not also reported as
    missing. Of a name that is right but for marks around it, the line is told as it should be.
    """
    if not isinstance(key, ScalarNode) or key.value == "<<":
        return {}
    name, words = key.value, tuple(known)
    within = f" in {parent}" if parent else ""
    message = f"there is no field named {name.strip()!r}{within}"
    bare, text = name_and_text(name, value, words)
    near = bare if bare in words else meant or nearest(name, words)
    hint = f"did you mean {near}?" if near else _listed(name, words, parent, reading)
    if near and near == meant and near in there:
        hint = f"{near} is there already: write both after it, or delete one"
    if value and bare not in words and lacks_colon(key, value):
        hint = f"inside {{ }} a comma ends a value: put the text that {name.strip()!r} is part of in quotes"
    if bare in words:
        message = around(name, bare) or message
        hint = f"write {bare}: {quoting.plain(quoting.bare(text))}" if text.strip() else hint
    elif (rest := name.lstrip()) != name:
        hint = f"the spaces before {rest} are not ordinary spaces; delete them and type two ordinary ones"
    reading.error(key, "unknown-field", message, hint)
    return {near: None} if near else {}


def _listed(name: str, words: Iterable[str], parent: str, reading: Reading) -> str:
    """Return what may be meant by a name that is like no field's, with the fields that there are."""
    hint = f"the fields{f' in {parent}' if parent else ''} are: {', '.join(words)}"
    if not parent and reading.document.path.endswith(".md"):
        hint = f"put what it says in the text below, or delete it; {hint}"
    if " " not in name.strip():
        return hint
    return f"if it goes on from the line above, put both on one line, in quotes; {hint}"
