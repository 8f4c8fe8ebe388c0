"""One of a closed set of words.

Owns how such a word may be written, and which one is offered for another; refuses to know any of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from yaml.nodes import Node

from hiringhall.intake.fields.forms import folded, text, words_of
from hiringhall.intake.fields.reading import Parser, Reading
from hiringhall.intake.fields.suggestions import DENIAL, NEAR, suggestion, word_within

Choice = TypeVar("Choice", bound=StrEnum)
Within = Callable[[str, Iterable[str], Mapping[str, str]], str | None]


def choice(
    kind: Iterable[Choice],
    words: Mapping[str, str],
    hints: Mapping[str, str] = MappingProxyType({}),
    within: Within = word_within,
    before: re.Pattern[str] | None = None,
) -> Parser[Choice]:
    """Return the parser of a closed set of words, each in any case and however its parts are joined.

    `words` are other words people use, and what they mean; `hints` those that need more said; `within`
    finds the value in a text that says more; `before` is what may stand before a word, in lower case.
    """
    values = {str(value): value for value in kind}
    by_form = {folded(value): value for value in values.values()}
    others = {folded(word): meant for word, meant in words.items()}
    advice = {folded(word): hint for word, hint in hints.items()}

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
            bare = folded(before.sub("", written.casefold()) if before else written)
            meant = others.get(folded(written)) or others.get(bare) or by_form.get(bare)
            hint = f"did you mean {meant}?" if meant else advice.get(folded(written))
            begun = within(written.casefold(), values, words)
            hint = hint or (f"write {begun}; say the rest in the text" if begun else None)
            hint = hint or suggestion(written, values, 1 if DENIAL.search(written.casefold()) else NEAR)
            reading.error(node, "unknown-value", f"{name} cannot be {written!r}", hint)
        return found

    return parse
