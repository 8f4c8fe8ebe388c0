"""Every file of the site has an address of its own."""

from __future__ import annotations

import pytest

from hiringhall.model import File
from hiringhall.plan import collect


@pytest.mark.parametrize("paths", [["a.html", "a.html"], ["jobs/x/index.html", "jobs/X/index.html"]])
def test_two_outputs_for_one_address_are_an_error(paths: list[str]) -> None:
    outcome = collect(File(path, lambda: "", lambda: iter(())) for path in paths)

    assert outcome.value is None
    assert [found.code for found in outcome.diagnostics] == ["output-collision"]
