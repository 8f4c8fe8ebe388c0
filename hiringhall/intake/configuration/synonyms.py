"""Words that mean the same to whoever searches: the setting `synonyms`, and the string of a language.

Owns how such words are written; refuses to know how they are searched for.
"""

from __future__ import annotations

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from hiringhall.intake.fields.forms import COMMAS, Problem, of_text
from hiringhall.intake.fields.reading import Reading
from hiringhall.intake.frontmatter.quoting import plain
from hiringhall.policies.words import words_of

_EXAMPLE = "RN = registered nurse"
_MOST = 8  # in a line: a search for one looks all of them up


def synonyms(name: str, node: Node, reading: Reading) -> tuple[tuple[str, ...], ...] | None:
    """Parse lines of the form `- RN = registered nurse`; return the words of each."""
    if not isinstance(node, SequenceNode):
        message = f"{name} must be lines of words that mean the same"
        hint = f"below {name}:, write lines such as - {_EXAMPLE}, or delete it"
        reading.error(node, "setting-synonyms", message, hint)
        return None
    lines = [_line(f"{name}[{place}]", each, reading) for place, each in enumerate(node.value)]
    return tuple(line for line in lines if line)


def _line(name: str, node: Node, reading: Reading) -> tuple[str, ...] | None:
    """Parse a line; one that is a list or a mapping has its words apart already."""
    if isinstance(node, ScalarNode):
        return _of_text(name, node, reading)
    parts = [part for pair in node.value for part in (pair if isinstance(node, MappingNode) else (pair,))]
    words = [part.value for part in parts if isinstance(part, ScalarNode) and part.value]
    message = "words that mean the same must be one text, with = between them"
    reading.error(node, "not-text", message, f"write {plain(' = '.join(words) if words[1:] else _EXAMPLE)}")
    return None


@of_text
def _of_text(_name: str, written: str, _reading: Reading) -> tuple[str, ...] | Problem:
    if COMMAS.search(written):
        message = f"{written!r} has a comma in it, which parts nothing"
        return Problem(
            "setting-synonyms", message, f"put = between words that mean the same, as in {_EXAMPLE}"
        )
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
    if "" in same:
        message = f"{written!r} has a = without words on both of its sides"
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
