"""What is generated from the table of fields: the JSON Schema for editors, and the documentation's table.

Owns the shape of both; refuses to know individual fields, except for what the contract requires of several.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hiringhall.intake.fields.reading import Field
from hiringhall.intake.fields.table import FIELDS
from hiringhall.model import Settings


def json_schema(settings: Settings | None = None) -> dict[str, Any]:
    """Return the front matter's JSON Schema (draft-07), for editors, with the site's own tags if any."""
    properties = {row.name: {"description": row.description, **row.schema} for row in FIELDS}
    if settings is not None and settings.tags is not None:
        properties["tags"] = {**properties["tags"], "items": {"enum": list(settings.tags)}}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Front matter of a posting",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "required": [row.name for row in FIELDS if row.required and row.name != "added"],
        "allOf": [
            {"anyOf": [{"required": ["added"]}, {"required": ["posted"]}]},
            {
                "anyOf": [
                    {"required": ["location"]},
                    {"properties": {"arrangement": {"const": "remote"}}, "required": ["arrangement"]},
                ]
            },
        ],
    }


def markdown_table(fields: Iterable[Field] = FIELDS) -> str:
    """Return a table of fields for the documentation, in Markdown: those of a posting, or others."""
    rows = ["| field | form | note |", "| --- | --- | --- |"]
    for row in fields:
        rows.append(_table_row(f"`{row.name}`{' *' if row.required else ''}", row))
        rows += (_table_row(f"`{row.name}.{part.name}`", part) for part in row.parts)
    return "\n".join(rows) + "\n"


def _table_row(name: str, row: Field) -> str:
    return f"| {name} | {row.form} | {row.description} |"
