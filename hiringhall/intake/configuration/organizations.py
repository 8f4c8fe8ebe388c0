"""The file of the register of employers.

Owns `organizations.yaml`; refuses to know the postings.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from yaml.nodes import MappingNode, Node

from hiringhall.diagnostics import Outcome
from hiringhall.intake.configuration.register import Register, names_of, register_of
from hiringhall.intake.fields import contact
from hiringhall.intake.fields.forms import list_of, stated, text
from hiringhall.intake.fields.reading import NO_SETTINGS, Field, Reading, by_name, members
from hiringhall.intake.fields.suggestions import nearest
from hiringhall.intake.files.sources import REGISTER
from hiringhall.intake.frontmatter.documents import read_yaml
from hiringhall.intake.frontmatter.quoting import plain
from hiringhall.model import Organization
from hiringhall.policies.slugs import file_slug, is_slug, slug_rule


def read_register(content: Path) -> Outcome[Register]:
    """Read `content/organizations.yaml`; a site without that file has an empty register."""
    path = content / REGISTER
    if not os.path.lexists(path):
        return Outcome(register_of(()))
    read = read_yaml(path)
    if read.value is None:
        return Outcome(None, read.diagnostics)
    reading = Reading(read.value, NO_SETTINGS, found=read.diagnostics)
    entries = [(key, _entry(key, node, reading)) for key, node in read.value.fields.values()]
    _check_names(entries, reading)
    _check_parents(entries, reading)
    register = None if reading.failed else register_of(tuple(entry for _, entry in entries if entry))
    return Outcome(register, tuple(reading.found))


def _entry(key: Node, node: Node, reading: Reading) -> Organization | None:
    name: str = key.value
    if not is_slug(name):
        message = f"the key {name!r} may {slug_rule(name)}"
        reading.error(key, "organization-key", message, f"write {file_slug(name)}")
    if not isinstance(node, MappingNode):
        reading.error(
            key, "organization-form", f"{name} needs at least a name: line below it, indented by two spaces"
        )
        return None
    values = members(name, node, reading, _ROWS)
    if "name" not in values:
        example = "Connecticut AFL-CIO" if is_slug(name) else plain(name)
        hint = f"add a line such as   name: {example}"
        reading.error(key, "organization-form", f"{name} has no name", hint)
    if not values.get("name"):
        return None
    return Organization(name, name, **{part: value for part, value in values.items() if value})


def _check_names(entries: list[tuple[Node, Organization | None]], reading: Reading) -> None:
    """Report names that lead to two employers; keys are unique already."""
    owners: dict[str, Organization] = {}
    for key, entry in entries:
        if entry is None:
            continue
        for name in names_of(entry):
            other = owners.setdefault(name.casefold(), entry)
            if other is not entry:
                message = f"{other.key} is also called {name!r}, so nobody could tell which one is meant"
                reading.error(key, "organization-twin", message, "give each a name of its own")


def _check_parents(entries: list[tuple[Node, Organization | None]], reading: Reading) -> None:
    # Also of entries that cannot be read: they are there.
    parents: dict[str | None, str | None] = dict.fromkeys(reading.document.broken)
    parents |= {key.value: entry and entry.parent for key, entry in entries}
    for key, entry in entries:
        if entry is None or entry.parent is None:
            continue
        node = reading.node_of(f"{key.value}.parent")
        if entry.parent not in parents:
            near = nearest(entry.parent, [known for known in parents if known and known != entry.key])
            hint = f"did you mean {near}?" if near else "write the key of an entry in this file"
            reading.error(node, "organization-parent", f"there is no entry named {entry.parent!r}", hint)
        elif _leads_back(entry.key, parents):
            reading.error(
                node, "organization-parent", f"{entry.key} is its own parent, directly or through others"
            )


def _leads_back(key: str | None, parents: Mapping[str | None, str | None]) -> bool:
    seen, at = {key}, parents.get(key)
    while at is not None and at not in seen:
        seen.add(at)
        at = parents.get(at)
    return at == key


_ROWS = by_name(
    (
        Field("name", "text", "The name in full.", text, {}, "Connecticut AFL-CIO", required=True),
        Field("short_name", "text", "What people call it.", stated, {}, "CT AFL-CIO"),
        Field("parent", "key", "The larger body it belongs to.", text, {}, "afl-cio"),
        Field("url", "web address", "Its own website.", contact.url, {}, "https://example.org/"),
        Field(
            "description", "text", "One sentence on what it is.", stated, {}, "A state federation of labor."
        ),
        Field(
            "aliases", "text or list", "Other ways people write the name.", list_of(stated), {}, "[CT AFLCIO]"
        ),
    )
)
