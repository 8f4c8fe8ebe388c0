"""Parsing one document's fields by a table of them, and collecting problems meanwhile.

Owns what happens to a name that no field has; refuses to know which fields there are, and what a value says.
Parsers never raise: they return None after reporting what is wrong, so that one run shows every problem.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from yaml.nodes import MappingNode, Node, ScalarNode

from hiringhall import diagnostics
from hiringhall.diagnostics import Diagnostic, Span
from hiringhall.engine.patterns import pattern
from hiringhall.intake import words
from hiringhall.intake.fields.suggestions import nearest
from hiringhall.intake.frontmatter.composing import Member
from hiringhall.intake.frontmatter.documents import Document
from hiringhall.intake.frontmatter.single_lines import as_field
from hiringhall.model import Settings
from hiringhall.policies.words import plain

# For what is read before a site's settings are known, or independently of them: in English.
NO_SETTINGS = Settings("", "", "", "en", "", "", "")
_SURE = 0.85  # how alike a broken name must be to mean a field: its error is reported already
# What people call the parts of fields, with spaces and without accents.
OTHER_PARTS = words.meanings("parts of fields")
# Quotes, bullets, numbers and invisible characters before and behind a name.
_AROUND_NAME = pattern(r"^(?:[\W_]|\d+[.)])+|[\W_]+$")


class Reading:
    """One document while it is read; `found` are its problems so far.

    `fields` are the names and values that were read, by the names they should have, those of parts with the
    field before them, as in `salary.min`. `mended` are lines that are read otherwise than they are written.
    Both have been reported.
    """

    __slots__ = ("document", "fields", "found", "mended", "settings", "slug")

    def __init__(
        self, document: Document, settings: Settings, slug: str = "", found: Iterable[Diagnostic] = ()
    ) -> None:
        self.document = document
        self.settings = settings
        self.slug = slug
        self.found = [*found]
        self.fields: dict[str, Member] = {}
        self.mended = {*document.mended}

    def error(self, node: Node, code: str, message: str, hint: str | None = None) -> None:
        """Report an error at a node; of a value that was mended, it takes the place of how it was."""
        span = self.document.span(node)
        if span.line in self.mended and code != "unknown-field":
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
        return self.fields.get(name)

    def node_of(self, name: str) -> Node:
        """Return the value that was read as a field. Raises KeyError: rules speak only of what was read."""
        return self.fields[name].value

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
Unknown = Callable[[str, Node, Reading], Iterable[str] | None]


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


def bare_name(name: str) -> str:
    """Return what is written as a field's name as such a name: without marks around it, in lower case.

    >>> bare_name("\u201cTitle\u00a0\u201d"), bare_name("2. Employment type"), bare_name("\u2022 apply")
    ('title', 'employment_type', 'apply')
    """
    return "_".join(_AROUND_NAME.sub("", name).casefold().split())


def other_name(name: str, others: Mapping[str, str]) -> str:
    """Return what a name stands for by a table of other names, which have spaces and no accents."""
    return others.get(plain(bare_name(name)).replace("_", " "), "")


def read_values(
    reading: Reading,
    parsers: Mapping[str, Parser[Any]],
    others: Mapping[str, str] = MappingProxyType({}),
    unknown: Unknown = lambda *_: None,
) -> dict[str, Any]:
    """Parse every value of a document that is there and not empty; one with an error is None.

    So is one that cannot be read. `others` are names that people give to fields and that are not similar to
    theirs. `unknown` reports a name that has no parser, if more can be said about it, and returns those that
    are probably meant, or None.
    """
    values = _read(reading.document.fields.values(), reading, parsers, "", others, unknown)
    for name in reading.document.broken.difference(parsers):
        near = other_name(name, others) or nearest(name, parsers, _SURE)
        if near:
            values.setdefault(near, None)
    return values


def members(name: str, node: MappingNode, reading: Reading, rows: Mapping[str, Field]) -> dict[str, Any]:
    """Parse a mapping by its table of rows. A member with an error is None."""
    parsers = {part: row.parse for part, row in rows.items()}
    return _read((Member(*pair) for pair in node.value), reading, parsers, name, OTHER_PARTS)


def _read(
    pairs: Iterable[Member],
    reading: Reading,
    parsers: Mapping[str, Parser[Any]],
    parent: str,
    others: Mapping[str, str],
    unknown: Unknown = lambda *_: None,
) -> dict[str, Any]:
    """Parse the values of names, also those meant by others; `parent` is the field they are of."""
    named = [pair for pair in pairs if isinstance(pair.key, ScalarNode)]
    found = {pair.key.value: pair for pair in reversed(named) if pair.key.value in parsers}
    values: dict[str, Any] = {}
    for pair in (each for each in named if each.key.value not in parsers):
        meant = unknown(pair.key.value, pair.key, reading)
        if meant is None and (near := unknown_field(pair, reading, parsers, parent, others, found)):
            meant = (near,)
            if ":" not in pair.key.value:  # otherwise the name has a part of the value
                found.setdefault(near, pair)
        values |= dict.fromkeys(meant or ())
    for name, pair in found.items():
        path = f"{parent}.{name}" if parent else name
        reading.fields[path] = pair
        if not is_blank(pair.value):
            values[name] = parsers[name](path, pair.value, reading)
    return values


def report_missing(names: Iterable[str], rows: Mapping[str, Field], reading: Reading) -> None:
    """Report fields that are required (missing-field): at their names if they are empty, or at the fence."""
    document = reading.document
    for name in names:
        hint = f"a line such as {name}: {rows[name].example}"
        if name in document.fields:
            key = document.fields[name].key
            reading.error(key, "missing-field", f"{name} is empty", f"write {hint}")
        elif name not in document.broken:
            reading.missing("missing-field", f"{name} is missing", f"add {hint}")


def is_blank(node: Node) -> bool:
    """Say whether a value was left empty, which means the same as leaving the field out."""
    value: Any = node.value
    return type(value) is str and (not value or value.isspace())


def unknown_field(
    pair: Member,
    reading: Reading,
    known: Collection[str],
    parent: str = "",
    others: Mapping[str, str] = MappingProxyType({}),
    there: Collection[str] = (),
) -> str | None:
    """Report a name that no field has; return the one that is meant.

    That is by its spelling, by `others`, or as the nearest of those known; it may be `there` already.
    """
    key, value = pair
    if not isinstance(key, ScalarNode) or key.value == "<<":
        return None
    name: str = key.value
    bare, start = bare_name(name), bare_name(name.partition(":")[0])
    meant = next((each for each in (bare, other_name(name, others)) if each in known), None)
    near = meant or nearest(name, known)
    message = f"there is no field named {name!r}{f' in {parent}' if parent else ''}"
    hint = f"did you mean {near}?" if near else _listed(name, known, parent, reading)
    if meant in there:
        hint = f"{near} is there already: write both after it, or delete one"
    elif not name.isprintable():
        message = f"beside the name {bare} is a character that cannot be seen, or only looks like a space"
        hint = "delete it; if the line belongs to the field above, start it with two ordinary spaces"
    elif start in known and ":" in name:
        text = (name.partition(":")[2], value.value if isinstance(value, ScalarNode) else "")
        near, hint = start, as_field(start, ": ".join(filter(None, text)))
    elif is_blank(value) and value.start_mark.index == key.end_mark.index and not near:
        hint = f"inside {{ }} a comma ends a value: put the text that {name.strip()!r} is part of in quotes"
    reading.error(key, "unknown-field", message, hint)
    return near


def _listed(name: str, words: Iterable[str], parent: str, reading: Reading) -> str:
    """Return what may be meant by a name that is like no field's, with the fields that there are."""
    hint = f"the fields{f' in {parent}' if parent else ''} are: {', '.join(words)}"
    if not parent and reading.document.path.endswith(".md"):
        hint = f"put what it says in the text below, or delete it; {hint}"
    if " " not in name.strip():
        return hint
    return f"if it goes on from the line above, put both on one line, in quotes; {hint}"
