"""Words that mean the same to whoever searches: the setting `synonyms`, and the string of a language.

Owns how such words are written; refuses to know how they are searched for.
"""

from __future__ import annotations

from yaml.nodes import Node, SequenceNode

from hiringhall.intake.fields.forms import Problem, of_text
from hiringhall.intake.fields.reading import Reading
from hiringhall.policies.words import words_of

_EXAMPLE = "RN = registered nurse"
_MOST = 8  # in a line: a search for one looks all of them up


def synonyms(name: str, node: Node, reading: Reading) -> tuple[tuple[str, ...], ...] | None:
    """Parse lines of the form `- RN = registered nurse`; return the words of each."""
    if not isinstance(node, SequenceNode):
        message = f"{name} must be lines of words that mean the same"
        reading.error(node, "setting-synonyms", message, f"below {name}:, write lines such as - {_EXAMPLE}")
        return None
    lines = [_line(f"{name}[{place}]", each, reading) for place, each in enumerate(node.value)]
    return tuple(line for line in lines if line)


@of_text
def _line(_name: str, written: str, _reading: Reading) -> tuple[str, ...] | Problem:
    return same_words(written)


def same_words(written: str) -> tuple[str, ...] | Problem:
    """Return the words of a line, or what is wrong with it.

    >>> same_words("RN = registered nurse")
    ('RN', 'registered nurse')
    """
    same = tuple(map(str.strip, written.split("=")))
    if len(same) == 1:
        message = f"{written!r} has no = between words that mean the same"
        return Problem("setting-synonyms", message, f"write them as in {_EXAMPLE}")
    if len(same) > _MOST:
        message = f"a line of {len(same)} words that mean the same is too long; at most {_MOST} are allowed"
        return Problem("setting-synonyms", message, "keep those that people search for")
    known: dict[tuple[str, ...], str] = {}
    for each in same:
        words = tuple(words_of(each))
        if not words:
            return Problem(
                "setting-synonyms", f"{each!r} in {written!r} has no word of two letters or more", "delete it"
            )
        other = known.setdefault(words, each)
        if other is not each:
            message = f"{other!r} and {each!r} are the same to the search already"
            return Problem("setting-synonyms", message, "keep one of them")
    return same
