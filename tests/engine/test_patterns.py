"""Patterns: each can be compiled, although most runs never do."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module

import pytest

import hiringhall
from hiringhall.engine.patterns import pattern

MODULES = [module.name for module in pkgutil.walk_packages(hiringhall.__path__, "hiringhall.")]


def test_every_pattern_can_be_compiled() -> None:
    kind = type(pattern(""))
    found = [value for name in MODULES for value in vars(import_module(name)).values() if type(value) is kind]
    assert len(found) > 100
    assert {type(each.pattern) for each in found} == {str, bytes}
    assert all(each.groups >= 0 for each in found)


def test_a_pattern_is_compiled_at_its_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(re, "compile", lambda *given, real=re.compile: asked.append(given) or real(*given))
    digits = pattern(r"\d+", re.ASCII)
    assert digits.pattern == r"\d+"
    assert not asked
    assert [digits.search("a1")[0], digits.search("b22")[0], digits.flags] == ["1", "22", re.ASCII]
    assert set(asked) == {(r"\d+", re.ASCII)}
