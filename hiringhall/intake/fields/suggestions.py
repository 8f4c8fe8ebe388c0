"""The known word that somebody probably meant by an unknown one.

Owns how alike two words must be; refuses to know what they stand for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from hiringhall.engine.patterns import pattern

NEAR = 0.65  # how alike two words must be for one to be suggested for the other, from 0 to 1
_SHORT = 3  # letters: 0.5 FTE is no full-time
# What says that a word beside it is not, or not quite, what is meant.
DENIAL = pattern(r"\b(?:no|not|isn.t|without|partly|partial(?:ly)?)\b")


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


def word_within(written: str, values: Iterable[str], others: Mapping[str, str]) -> str | None:
    """Return the value that a text begins with, or the only one in it, where it says more.

    Only where there is none, `others` count, which stand for values. Of two that are joined by a stroke or by
    "or", neither is what is meant, nor is what a text denies.
    """
    if DENIAL.search(written):
        return None
    long = {word: meant for word, meant in others.items() if len(word) > _SHORT}
    for known in ({value: value for value in values}, long):
        found = {word: re.search(rf"\b{any_joint(word)}\b", written) for word in known}
        places = {word: match.span() for word, match in found.items() if match}
        if not places:
            continue
        either = "|".join(map(any_joint, places))
        if re.search(rf"\b(?:{either}) ?(?:/|or\b) ?(?:{either})\b", written):
            return None
        begun = [word for word, (start, _) in places.items() if start == 0]
        meant = {known[word] for word in begun[:1] or places}
        rest = [written[:start] + written[end:] for start, end in places.values()]
        return meant.pop() if len(meant) == 1 and all(re.search(r"\w", each) for each in rest) else None
    return None


def any_joint(word: str) -> str:
    """Return the regular expression of a word however its parts are joined."""
    return word.translate(dict.fromkeys(map(ord, " -"), "[ _-]?"))
