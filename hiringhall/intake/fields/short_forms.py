"""Short closed forms of a field: one of some words, yes and no, whole numbers, former slugs, tags.

Owns how each is written; refuses to know which field it is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeVar

from yaml.nodes import MappingNode, Node

from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.forms import COMMAS, Problem, folded, of_text, text, words_of
from hiringhall.intake.fields.reading import Parser, Reading
from hiringhall.intake.fields.suggestions import any_joint, suggestion
from hiringhall.intake.frontmatter.quoting import bracketed, plain
from hiringhall.intake.words import says_nothing
from hiringhall.policies.slugs import file_slug, is_device, is_slug, slug_rule

Choice = TypeVar("Choice", bound=StrEnum)

_LONGEST_TAG = 40
_TAGS = pattern(rf"{COMMAS.pattern}|\s#")
_NEAR = 0.82  # one that only sounds alike hides the list of all, and "no remote" is not remote
_REST = pattern(r"(?s)\s*(?:[(\[,;:]|\s[\u2013\u2014-]\s).*\w.*")  # as in "Hybrid (2 days)"
YES_OR_NO = {"true": True, "yes": True, "false": False, "no": False}


def choice(
    kind: Iterable[Choice],
    words: Mapping[str, str],
    hints: Mapping[str, str] = MappingProxyType({}),
    mixed: Choice | None = None,
) -> Parser[Choice]:
    """Return the parser of a closed set of words, each in any case and however its parts are joined.

    `words` are other words people use, and what they mean; `hints` those that need more said. Where several
    may hold at once, `mixed` is the one that says so: any other is not sure with one more behind it.
    """
    values = {str(value): value for value in kind}
    by_form = {folded(value): value for value in values.values()}
    others = {folded(word): meant for word, meant in words.items()}
    advice = {folded(word): hint for word, hint in hints.items()}
    any_word = pattern(rf"\b(?:{'|'.join(map(any_joint, (*values, *words)))})\b", re.IGNORECASE)

    def meaning(word: str) -> str | None:
        return by_form.get(folded(word)) or others.get(folded(word))

    def begun(written: str) -> str | None:
        """Return the value that a text begins with before it says more, unless that speaks for another."""
        rest = _REST.search(written)
        value = meaning(written[: rest.start()]) if rest else None
        is_sure = mixed is None or value == mixed
        return value if is_sure or all(meaning(each) == value for each in any_word.findall(written)) else None

    def parse(name: str, node: Node, reading: Reading) -> Choice | None:
        value: Any = node.value
        found = values.get(value) if type(value) is str else None
        if found is not None:
            return found
        if len(words_of(node)) > 1:
            message = f"{name} must be one word, but this is a list"
            reading.error(node, "not-text", message, f"write one of: {', '.join(values)}")
            return None
        written = text(name, node, reading)
        found = by_form.get(folded(written)) if written is not None else None
        if written is not None and found is None:
            meant = meaning(written)
            hint = f"did you mean {meant}?" if meant else advice.get(folded(written))
            first = None if hint else begun(written)
            hint = hint or (f"write {first}; say the rest in the text" if first else None)
            hint = hint or suggestion(written, values, _NEAR)
            reading.error(node, "unknown-value", f"{name} cannot be {written!r}", hint)
        return found

    return parse


@of_text
def yes_or_no(name: str, written: str, _reading: Reading) -> bool | Problem:
    """Parse true or false, or yes or no, in any case."""
    found = YES_OR_NO.get(written.casefold())
    if found is None:
        return Problem("unknown-value", f"{name} cannot be {written!r}", "write true or false")
    return found


def whole_number(code: str, least: int, most: int) -> Parser[int]:
    """Return the parser of a whole number from `least` to `most`; others are reported under `code`."""

    @of_text
    def parse(name: str, written: str, _reading: Reading) -> int | Problem:
        number = int(written) if re.fullmatch(r"\d{1,9}", written, re.ASCII) else -1
        if least <= number <= most:
            return number
        return Problem(code, f"{name} must be a whole number from {least} to {most}, but is {written!r}")

    return parse


def slug(name: str, node: Node, reading: Reading) -> str | None:
    """Parse an old slug of a posting or a page, which must not be its present one."""
    if not isinstance(node, MappingNode):
        return _slug(name, node, reading)
    message = f"{name} must be former names alone, but this is a group of fields"
    reading.error(node, "not-text", message, f"write only the former name, as in {name}: [old-name]")
    return None


@of_text
def _slug(_name: str, written: str, reading: Reading) -> str | Problem:
    if says_nothing(written):
        return Problem("alias-form", f"{written!r} is no former name", "leave it out")
    if not is_slug(written):
        last = written.rstrip("/").rpartition("/")[2].removesuffix(".md")
        message = f"{written!r} is not a slug; it may {slug_rule(written)}"
        lost = "leave it out: the folder that would lead on cannot be made there, so this address is lost"
        return Problem("alias-form", message, lost if is_device(last) else f"did you mean {file_slug(last)}?")
    if written == reading.slug:
        return Problem("alias-taken", f"{written!r} is the file's own name", "delete it")
    return written


def _tag_of(written: str, known: Mapping[str, str]) -> str | Problem:
    """Find a tag of the site that is not written as its key: in another case, or by the words readers see."""
    meant = _by_name(tuple(known.items())).get(folded(written), ())
    if len(meant) == 1:
        return meant[0]
    hint = "leave it out" if says_nothing(written) else suggestion(written, known, _NEAR)
    hint = f"write {' or '.join(meant)}" if meant else hint
    return Problem("unknown-tag", f"{written!r} is not one of this site's tags", hint)


@lru_cache(maxsize=8)
def _by_name(known: tuple[tuple[str, str], ...]) -> Mapping[str, tuple[str, ...]]:
    """Return the tags by their folded keys and words; several can have the same words."""
    found: dict[str, tuple[str, ...]] = {}
    for tag, words in known:
        for name in {folded(tag), folded(words)}:
            found[name] = (*found.get(name, ()), tag)
    return found


@of_text
def tag(_name: str, written: str, reading: Reading) -> str | Problem:
    """Parse a tag: one of the site's own, by key or words, or else at most 40 characters in lower case."""
    known = reading.settings.tags
    if known is not None:
        return written if written in known else _tag_of(written, known)
    words = [bare for word in _TAGS.split(written) if (bare := word.lstrip("# ").rstrip())]
    if says_nothing(written) or not words:
        return Problem("tag-form", f"{written!r} is a tag that helps nobody find the posting", "leave it out")
    if len(words) > 1 or written != words[0].lower() or len(written) > _LONGEST_TAG:
        meant = [word.lower() for word in words]
        hint = f"write {bracketed(meant) if len(meant) > 1 else plain(meant[0])}"
        hint = f"use at most {_LONGEST_TAG} characters" if max(map(len, meant)) > _LONGEST_TAG else hint
        return Problem("tag-form", f"{written!r} is not a tag; a tag is a few words in lower case", hint)
    return written
