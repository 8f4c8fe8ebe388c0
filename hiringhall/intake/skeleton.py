"""The text of a new posting: what is known filled in, the rest as comments that say what could stand there.

Owns that text; refuses to ask anyone anything or to write a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hiringhall.intake.fields import FIELDS
from hiringhall.intake.forms import one_line
from hiringhall.intake.quoting import plain
from hiringhall.intake.reading import Field
from hiringhall.model import Settings
from hiringhall.policies.slugs import file_slug

# What is to be replaced: `check` warns where it was not.
PLACEHOLDERS = ("Describe the job here.", "Name a duty here.", "Name a requirement here.")
_BODY = """{}

## What you would do

- {}

## What you would bring

- {}
""".format(*PLACEHOLDERS)
_LONGEST = 80  # characters of a name that is suggested


def skeleton(values: Mapping[str, str], settings: Settings) -> str:
    """Return a posting with the given fields, as text by name, and every other field as a comment."""
    lines = ["---"]
    for row in FIELDS:
        value = one_line(values.get(row.name, ""))
        if value:
            lines.append(f"{row.name}: {plain(value)}")
        else:
            lines += _comment(row, settings)
    return "\n".join([*lines, "---", "", _BODY])


def _comment(row: Field, settings: Settings) -> Iterator[str]:
    example = row.example
    if row.name == "tags" and settings.tags:
        example = f"[{next(iter(settings.tags))}]"
        yield f"# {row.description} The site's tags: {', '.join(settings.tags)}."
    else:
        yield f"# {row.description}"
    yield f"# {row.name}: {example}"


def suggest_slug(organization: str, title: str) -> str:
    """Return a name for the file of a new posting, without its ending, from its employer and title.

    >>> suggest_slug("ct-afl-cio", "Legislative & Political Organizer")
    'ct-afl-cio-legislative-political-organizer'
    """
    slug = file_slug(f"{organization} {title}".replace("&", " "))
    short = slug[:_LONGEST]
    return slug if slug == short else short.rpartition("-")[0] or short
