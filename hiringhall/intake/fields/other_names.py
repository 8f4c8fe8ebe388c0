"""A posting's fields as they are read, with what names mean that no field has.

Owns what people call a field, where its spelling does not show it; refuses to know how a value is written.
"""

from __future__ import annotations

from typing import Any

from yaml.nodes import Node, ScalarNode

from hiringhall.engine.patterns import pattern
from hiringhall.intake import words
from hiringhall.intake.fields import short_forms
from hiringhall.intake.fields.contact import NO_WAY
from hiringhall.intake.fields.forms import folded, one_line
from hiringhall.intake.fields.names import OTHER_PARTS, bare_name
from hiringhall.intake.fields.reading import Reading, is_blank, read_values
from hiringhall.intake.fields.table import FIELDS, omissible
from hiringhall.intake.fields.written_arrangements import OTHER_WORDS
from hiringhall.intake.frontmatter.quoting import plain
from hiringhall.intake.words import says_nothing
from hiringhall.model import Arrangement

# What people call a field, if the spelling does not show it, and what other boards have and is no field here.
_OTHER_NAMES = words.meanings("fields of a posting")
_NO_FIELD = words.meanings("no field of a posting")
# What stands for the name of a field that has parts, in front of a part: `application_url`.
_OTHER_HOMES = words.meanings("fields with parts")
_ARRANGEMENT_NAMES = {folded(word): Arrangement(meant) for word, meant in OTHER_WORDS.items()}
_ARRANGEMENT_NAMES |= {folded(each): each for each in Arrangement}
# What is around it in a name such as `is_remote`, once that is folded.
_AROUND_ARRANGEMENT = pattern(
    "^(?:is|allows?)|(?:ok|allowed|possible|available|eligible|friendly|option|optional|job|position)$"
)
_NEEDED = {"location", *(row.name for row in FIELDS if row.required)}
_HOMES = {
    part.name: tuple(row.name for row in FIELDS if any(other.name == part.name for other in row.parts))
    for field in FIELDS
    for part in field.parts
}
_PARSERS = {name: row.parse for name, row in omissible(FIELDS, _NEEDED).items()}


def read_fields(reading: Reading) -> dict[str, Any]:
    """Return the values of a posting's fields by name, each in its type, as `read_values` does."""
    return read_values(reading, _PARSERS, _OTHER_NAMES, _unknown)


def _unknown(name: str, key: Node, reading: Reading) -> dict[str, Any] | None:
    is_other = bare_name(name).replace("_", " ") in _OTHER_NAMES
    homes, part = (None, "") if is_other else _home_of(name)
    hint = _NO_FIELD.get(bare_name(name))
    if homes is None and hint:
        reading.error(key, "unknown-field", f"there is no field named {name!r}", hint)
        return {}
    if homes is None:
        return _arrangement_named(name, key, reading)
    hint = f"put it below {' or '.join(f'{home}:' for home in homes)}, indented by two spaces"
    hint += "" if part == name.casefold() else f", as {part}"
    there = reading.document.fields.get("apply") if homes == ("apply",) else None
    if there and says_nothing(there.value.value, NO_WAY):
        hint += ", and delete what is after apply:"
    elif there and isinstance(there.value, ScalarNode) and not is_blank(there.value):
        said = one_line(there.value.value)
        kind = "instructions" if " " in said else "email" if "@" in said else "url"
        hint += f", and what is after apply: as well, as {kind}: {plain(said)}"
        if kind == part == "instructions":
            hint = "put what both say below apply:, indented by two spaces, as instructions"
        elif kind == part:
            hint = f"delete the line, or write this {kind} after apply: instead of {there.value.value}"
    value = reading.document.fields[name].value
    if homes == ("location",) and isinstance(value, ScalarNode) and "," in value.value:
        hint = f"write location: {plain(one_line(value.value))}"  # its city alone has no comma
    reading.error(key, "unknown-field", f"there is no field named {name!r}", hint)
    return dict.fromkeys(homes)


def _home_of(name: str) -> tuple[tuple[str, ...] | None, str]:
    """Return the fields with a part that is called so, also with the field's name beside it, and the part.

    >>> _home_of("contact"), _home_of("state"), _home_of("salary_min"), _home_of("salary.min")
    ((('apply',), 'contact'), (('location',), 'region'), (('salary',), 'min'), (('salary',), 'min'))
    """
    pieces = name.casefold().replace("_", " ").replace(".", " ").split(" ")
    pieces = [_OTHER_HOMES.get(word, word) for word in pieces] if len(pieces) > 1 else pieces
    for home in (each for each in FIELDS if each.parts and each.name in pieces and len(pieces) > 1):
        part = "_".join(word for word in pieces if word != home.name)
        part = OTHER_PARTS.get(part, part)
        if any(part == each.name for each in home.parts):
            return (home.name,), part
    part = "_".join(pieces)
    other = OTHER_PARTS.get(part, "")
    part = other if _HOMES.get(other) == ("location",) else part
    return _HOMES.get(part), part


def _arrangement_named(name: str, key: Node, reading: Reading) -> dict[str, Any] | None:
    """Report an arrangement that is a field of its own with yes or no, as in `is_remote: yes`."""
    arrangement = _ARRANGEMENT_NAMES.get(_AROUND_ARRANGEMENT.sub("", folded(bare_name(name))))
    value: Any = reading.document.fields[name].value.value
    is_so = (
        short_forms.YES_OR_NO.get(value.strip().casefold()) if arrangement and type(value) is str else None
    )
    if is_so is None:
        return None
    hint = (
        f"write arrangement: {arrangement}"
        if is_so and "arrangement" not in reading.document.fields
        else "delete the line; arrangement says where the work is done"
    )
    reading.error(key, "unknown-field", f"there is no field named {name!r}", hint)
    return {"arrangement": arrangement if is_so else None}
