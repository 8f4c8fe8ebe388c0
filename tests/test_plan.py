"""Every file of the site has an address of its own."""

from __future__ import annotations

import pytest

from hiringhall.model import File
from hiringhall.plan import collect


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
