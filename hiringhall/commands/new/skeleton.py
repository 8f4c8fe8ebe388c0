"""The text of a new posting: what is known filled in, what is needed left empty, and where the rest is told.

Owns that text; refuses to ask anyone anything or to write a file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from types import MappingProxyType

from hiringhall.intake.fields.forms import one_line
from hiringhall.intake.fields.reading import Field
from hiringhall.intake.fields.table import FIELDS
from hiringhall.intake.fields.titles import without_prefix
from hiringhall.intake.frontmatter.quoting import plain
from hiringhall.intake.markdown.traces import PLACEHOLDERS
from hiringhall.model import Arrangement, Settings
from hiringhall.policies.slugs import file_slug

# A field's text, those of its parts by name, or a list of either.
Value = str | Mapping[str, str] | Sequence[str | Mapping[str, str]]

_BODY = """{}

## What you would do

- {}

## What you would bring

- {}
""".format(*PLACEHOLDERS)
_MORE = "# All fields are in docs/postings.md. Leave out what the employer does not say."
_REMOTE = Arrangement.REMOTE.value
_LONGEST = 80  # characters of a name that is suggested


def skeleton(
    values: Mapping[str, Value],
    settings: Settings,
    body: str = "",
    others: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return a posting with the given fields by name, and the text.

    Without a `body`, there are placeholders for it, a comment tells of more fields, and one that must be
    there is left empty: an example could go online as a fact. With one, somebody has said what there is to
    say. If the site has a list of tags, which maintainers choose, they are a comment. `others` are answers to
    questions that are no field, as comments too.
    """
    lines = ["---"]
    for row in FIELDS:
        is_needed = row.required or (row.name == "location" and values.get("arrangement") != _REMOTE)
        lines += _written(row.name, values.get(row.name, "")) or _unsaid(
            row, settings, needed=is_needed and not body
        )
    lines += [] if body else [_MORE]
    lines += [f"# {one_line(f'{question}: {answer}')}" for question, answer in others.items()]
    return "\n".join([*lines, "---", "", f"{body}\n" if body else _BODY])


def _written(name: str, value: Value) -> list[str]:
    """Return the lines of a field, or none if there is nothing to write."""
    if isinstance(value, Mapping):
        return [f"{name}:", *(f"  {line}" for line in _parts(value))]
    if not isinstance(value, str):
        return [f"{name}:", *chain.from_iterable(map(_item, value))]
    line = one_line(value)
    return [f"{name}: {plain(line)}"] if line else []


def _item(value: str | Mapping[str, str]) -> list[str]:
    first, *others = _parts(value) if isinstance(value, Mapping) else [plain(one_line(value))]
    return [f"  - {first}", *(f"    {line}" for line in others)]


def _parts(value: Mapping[str, str]) -> list[str]:
    return [f"{part}: {plain(one_line(text))}" for part, text in value.items()]


def _unsaid(row: Field, settings: Settings, *, needed: bool) -> list[str]:
    if row.name == "tags" and settings.tags:
        tags = [*settings.tags]
        return [f"# {row.description} The site's tags: {', '.join(tags)}.", f"# tags: [{tags[0]}]"]
    return [f"# {row.description}", f"{row.name}:"] if needed else []


def suggest_slug(organization: str, title: str) -> str:
    """Return a name for the file of a new posting, without its ending, from its employer and title.

    It stays when the title is mended, so it has no announcement that a title may not begin with.

    >>> suggest_slug("ct-afl-cio", "We're hiring: Legislative & Political Organizer")
    'ct-afl-cio-legislative-political-organizer'
    """
    slug = file_slug(f"{organization} {without_prefix(one_line(title)) or title}".replace("&", " "))
    short = slug[:_LONGEST]
    return slug if slug == short else short.rpartition("-")[0] or short
