"""Patterns: each can be compiled, although most runs never do."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import pytest

import hiringhall
from hiringhall.engine.patterns import pattern

MODULES = [module.name for module in pkgutil.walk_packages(hiringhall.__path__, "hiringhall.")]


# A group that is repeated without giving back, or an atomic one.
_POSSESSIVE = re.compile(r"(?<!\\)\)(?:[*+?]|\{\d*,?\d*\})\+|\(\?>")
_CLASS = re.compile(r"\[(?:\\.|[^\\\]])*\]")


def every_pattern() -> list[re.Pattern[Any]]:
    return [found for name in MODULES for found in patterns_in(list(vars(import_module(name)).values()))]


def patterns_in(value: object) -> Iterator[re.Pattern[Any]]:
    if type(value) is type(pattern("")):
        yield value
    elif isinstance(value, Mapping):
        yield from patterns_in([*value, *value.values()])
    elif isinstance(value, tuple | list | set | frozenset):
        yield from (found for each in value for found in patterns_in(each))


def test_every_pattern_can_be_compiled() -> None:
    found = every_pattern()
    assert len(found) > 200
    assert {type(each.pattern) for each in found} == {str, bytes}
    assert all(each.groups >= 0 for each in found)


def test_no_pattern_depends_on_the_version_of_python() -> None:
    """Until 3.11.5 (Debian 12 has 3.11.2), possessive groups match something else (CPython issue 106052)."""
    assert [is_possessive(each) for each in ("(?:a|b)*+", "(a){,3}+", "(?>a)", "[)*+]a*+")] == [True] * 3 + [
        False
    ]
    found = every_pattern()
    assert len(found) > 200
    assert [each.pattern for each in found if is_possessive(each.pattern)] == []


def is_possessive(source: str | bytes) -> bool:
    text = source if isinstance(source, str) else source.decode("latin-1")
    return _POSSESSIVE.search(_CLASS.sub("[]", text)) is not None


def test_a_pattern_is_compiled_at_its_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(re, "compile", lambda *given, real=re.compile: asked.append(given) or real(*given))
    digits = pattern(r"\d+", re.ASCII)
    assert digits.pattern == r"\d+"
    assert not asked
    assert [digits.search("a1")[0], digits.search("b22")[0], digits.flags] == ["1", "22", re.ASCII]
    assert set(asked) == {(r"\d+", re.ASCII)}
