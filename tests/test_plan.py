"""Every file of the site has an address of its own, and every emitter has a part in it."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import pytest

from hiringhall import emitters
from hiringhall.emitters import aggregator
from hiringhall.model import File
from hiringhall.pipeline import KINDS
from hiringhall.plan import EMITTERS, collect
from hiringhall.syndication import Maker


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        (["a.html", "b.html", "a.html"], ["a.html and a.html"]),
        (["jobs/x/index.html", "jobs/X/index.html"], ["jobs/x/index.html and jobs/X/index.html"]),
        (["straße", "STRASSE", "strasse"], ["straße and STRASSE", "straße and strasse"]),
        (["a\nb", "a"], []),
        ([], []),
    ],
)
def test_two_outputs_for_one_address_are_an_error(paths: list[str], told: list[str]) -> None:
    outcome = collect(File(path, lambda: "", lambda: iter(())) for path in paths)

    assert [found.message for found in outcome.diagnostics] == [
        f"two outputs have the same address: {pair}" for pair in told
    ]
    assert (None if outcome.value is None else [*outcome.value]) == (None if told else paths)


def test_every_emitter_is_asked_and_has_the_parts_of_postings_that_it_joins() -> None:
    within = pkgutil.walk_packages(emitters.__path__, f"{emitters.__name__}.")
    modules = {name: import_module(name) for _, name, _ in within}
    top = {module for name, module in modules.items() if name.count(".") == 2 and hasattr(module, "outputs")}
    assert top == {*EMITTERS, aggregator}
    kinds = {
        each.kind for module in modules.values() for each in vars(module).values() if type(each) is Maker
    }
    assert kinds - {*KINDS} == set()
