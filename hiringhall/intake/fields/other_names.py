"""A posting's fields as they are read, with what names mean that no field has.

Owns what people call a field, where its spelling does not show it; refuses to know how a value is written.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from yaml.nodes import Node, ScalarNode

from hiringhall.intake import words
from hiringhall.intake.fields.reading import Reading, bare_name, is_blank, other_name, read_values
from hiringhall.intake.fields.table import FIELDS, omissible

# What people call a field, if the spelling does not show it, and what other boards have and is no field here.
_OTHER_NAMES = words.meanings("fields of a posting")
_NO_FIELD = words.meanings("no field of a posting")
_NEEDED = {"location", *(row.name for row in FIELDS if row.required)}
_PARSERS = {name: row.parse for name, row in omissible(FIELDS, _NEEDED).items()}


def _homes() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return parts and the fields that have them, by their names, also with such a field's: `salary_min`."""
    homes: dict[str, tuple[str, tuple[str, ...]]] = {}
    for field in FIELDS:
        for part in field.parts:
            there = tuple(row.name for row in FIELDS if any(each.name == part.name for each in row.parts))
            called = (part.name, *words.table("parts of fields").get(part.name, ()))
            alone = called if field.name == "location" else called[:1]
            homes |= dict.fromkeys(alone, (part.name, there))
            for home in (field.name, *words.table("fields with parts").get(field.name, ())):
                both = (name for each in called for name in (f"{home} {each}", f"{each} {home}"))
                homes |= dict.fromkeys(both, (part.name, (field.name,)))
    return homes


_HOMES = _homes()


def read_fields(reading: Reading) -> dict[str, Any]:
    """Return the values of a posting's fields by name, each in its type, as `read_values` does."""
    return read_values(reading, _PARSERS, _OTHER_NAMES, _unknown)


def _unknown(name: str, key: Node, reading: Reading) -> Collection[str] | None:
    """Report a name of what belongs elsewhere; return the fields with a part that is called so."""
    bare = bare_name(name)
    if not name.isprintable() or other_name(name, _OTHER_NAMES):
        return None
    part, homes = _HOMES.get(bare.replace("_", " ").replace(".", " "), ("", ()))
    hint = _NO_FIELD.get(bare)
    if homes:
        hint = f"put it below {' or '.join(f'{home}:' for home in homes)}, indented by two spaces"
        hint += "" if part == bare else f", as {part}"
        there = reading.document.fields.get("apply") if homes == ("apply",) else None
        if there and isinstance(there.value, ScalarNode) and not is_blank(there.value):
            hint += ", and what is after apply: as well, as url, email or instructions"
    if hint:
        reading.error(key, "unknown-field", f"there is no field named {name!r}", hint)
    return homes if hint else None
