"""Names of fields as people write them: with marks around them, in other words, or with text behind them.

Owns what is taken for a name; refuses to know which fields there are.
"""

from __future__ import annotations

from collections.abc import Collection

from yaml.nodes import Node, ScalarNode

from hiringhall.engine.patterns import pattern
from hiringhall.intake import words
from hiringhall.intake.frontmatter.quoting import unquoted

OTHER_PARTS = words.meanings("parts of fields")
# Quotes, bullets, numbers and invisible characters before and behind a name.
_AROUND_NAME = pattern(r"^(?:[\W_]|\d+[.)])+|[\W_]+$")
# A name that goes on to a colon in the text behind it, as of `note:Hybrid: two days`.
_JOINED = pattern(r"\s*([\w-]+)\s*[:=：﹕∶]\s*(.*\S)\s*")


def bare_name(name: str) -> str:
    """Return what is written as a field's name as such a name: without marks around it, in lower case.

    >>> bare_name("\u201cTitle\u00a0\u201d"), bare_name("2. Employment type"), bare_name("\u2022 apply")
    ('title', 'employment_type', 'apply')
    """
    return "_".join(_AROUND_NAME.sub("", name).casefold().split())


def lacks_colon(key: Node, value: Node) -> bool:
    """Say whether a name is only text behind a comma, as the end of `{note: $60,000 a year}`."""
    is_blank = isinstance(value, ScalarNode) and not value.value.strip()
    return is_blank and bool(value.start_mark.index == key.end_mark.index)


def around(name: str, bare: str) -> str | None:
    """Return what is wrong around a name that is right."""
    if not name.isprintable():
        return f"beside the name {bare} is a character that cannot be seen, or only looks like a space"
    if bare_name(name) != bare:
        return f"behind the name {bare} must be a colon and a space"
    is_longer = len(name.strip()) > len(bare)
    return f"the name {bare} must have nothing around it, but here is {name.strip()}" if is_longer else None


def name_and_text(name: str, value: Node | None, known: Collection[str]) -> tuple[str, str]:
    """Return a name without what is around it, and its text, whose beginning may be part of the name."""
    text: str = value.value if isinstance(value, ScalarNode) else ""
    joined = _JOINED.fullmatch(name)
    if joined and joined[1].casefold() in known:
        return joined[1].casefold(), unquoted(": ".join(filter(None, (joined[2], text))))
    return bare_name(name), text
