"""Values as they are written in YAML: in quotes where they need them, or as a list on one line.

Owns when a text needs quotes, and which; refuses to know which field it is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from hiringhall.engine.patterns import pattern

# A word processor makes them of the straight quotes that YAML knows, and that a value may need.
_CURLY = pattern(
    "[\u201c\u201e\u201f\u00ab]([^\u201c-\u201f\u00ab\u00bb]+)[\u201c\u201d\u201f\u00bb]"
    "|[\u2018\u201a\u201b]([^\u2018-\u201b]+)[\u2018\u2019\u201b]"
)
_IN_ROW = pattern(r"[\[\]{},]")


def quoted(text: str) -> str:
    """Return text in quotes, as YAML reads it back unchanged.

    >>> print(quoted("We're hiring: Organizer"), quoted('5" pipe'))
    "We're hiring: Organizer" '5" pipe'
    """
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def plain(text: str) -> str:
    """Return text as a value can be written in YAML: in quotes only where it needs them.

    >>> plain("Organizer & Trainer"), plain("Organizer: North")
    ('Organizer & Trainer', '"Organizer: North"')
    """
    risky = not text or text[0] in "@`%&*!|>\"'[]{}#,?:-" or ": " in text or " #" in text or text[-1] == ":"
    return quoted(text) if risky else text


def in_row(text: str) -> str:
    """Return text as `plain` does, as a part of a list or of a mapping on one line.

    >>> print(in_row("full-time"), in_row("Hartford, CT"))
    full-time "Hartford, CT"
    """
    return quoted(text) if _IN_ROW.search(text) else plain(text)


def uncurled(text: str) -> str:
    """Return text without the curly quotes around all of it.

    >>> uncurled("\u201cOrganizer: North\u201d"), uncurled("\u201cOrganizer\u201d or \u201cSteward\u201d")
    ('Organizer: North', '\u201cOrganizer\u201d or \u201cSteward\u201d')
    """
    curly = None if text.isascii() else _CURLY.fullmatch(text)
    return (curly[1] or curly[2]).strip() if curly else text


def bracketed(items: Iterable[str]) -> str:
    """Return texts as a list on one line, in quotes where they need them.

    >>> bracketed(["full-time", "Hartford, CT"])
    '[full-time, "Hartford, CT"]'
    """
    return "[" + ", ".join(map(in_row, items)) + "]"


def parts_in(text: str, names: Iterable[str]) -> str | None:
    """Return a text that is a row of names of parts with their values as a mapping on one line, if it is one.

    >>> print(parts_in("min:24.50 max: 30, period:hour", ["min", "max", "period"]))
    {min: 24.50, max: 30, period: hour}
    """
    names = tuple(names)
    if text.partition(":")[0].lstrip(" \t\n,;(").rstrip() not in names:  # as nearly every text
        return None
    name = rf"(?:\A|(?<![\s,;(])[\s,;(]+)({'|'.join(names)})\s*:\s*"
    before, *found = re.split(name, text)
    pairs = zip(found[::2], (value.strip(" ,;)") for value in found[1::2]), strict=True)
    parts = [f"{part}: {in_row(value)}" for part, value in pairs if value]
    return f"{{{', '.join(parts)}}}" if parts and not before else None
