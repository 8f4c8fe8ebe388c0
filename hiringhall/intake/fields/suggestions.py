"""The known word that somebody probably meant by an unknown one.

Owns how alike two words must be; refuses to know what they stand for.
"""

from __future__ import annotations

from collections.abc import Iterable

NEAR = 0.65  # how alike two words must be for one to be suggested for the other, from 0 to 1


def nearest(text: str, known: Iterable[str], likeness: float = NEAR) -> str | None:
    """Return the known word that `text` was probably meant to be; `likeness` is from 0 to 1 (equal).

    >>> nearest("Full time", ["full-time", "part-time"]), nearest("xyz", ["full-time"])
    ('full-time', None)
    """
    from difflib import get_close_matches

    words = {word.casefold(): word for word in known}
    meant = text.casefold().strip().replace(" ", "-")
    close = [
        m
        for t in (text.casefold(), meant, meant.replace("-", "_"))
        for m in get_close_matches(t, words, 1, likeness)
    ]
    return words[close[0]] if close else None


def suggestion(text: str, known: Iterable[str], likeness: float = NEAR) -> str:
    """Return a hint for an unknown word: the nearest known one, or else all of them."""
    words = tuple(known)
    near = nearest(text, words, likeness)
    return f"did you mean {near}?" if near else f"write one of: {', '.join(words)}"


def any_joint(word: str) -> str:
    """Return the regular expression of a word however its parts are joined."""
    return word.translate(dict.fromkeys(map(ord, " -"), "[ _-]?"))
