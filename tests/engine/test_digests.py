"""What names the program: its own code, and every library and interpreter that makes bytes of the site."""

from __future__ import annotations

import sys
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from hiringhall.engine import digests
from tests.trees import ROOT

# Those dependencies of the program that only talk to people and watch folders.
OF_NO_BYTES = {"rich", "watchdog"}


def names(requirements: list[str]) -> set[str]:
    """Return the names of requirements that apply here without an extra."""
    wanted = [each for each in map(Requirement, requirements) if not each.marker or each.marker.evaluate()]
    return {canonicalize_name(each.name).replace("-", "_") for each in wanted}


def test_every_library_that_makes_bytes_of_the_site_is_named() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    direct = names(project["dependencies"]) - OF_NO_BYTES
    indirect = set().union(*(names(requires(name) or []) for name in direct))

    wanted = direct | indirect | names(project["optional-dependencies"]["fast"])
    assert wanted <= digests._LIBRARIES
    assert {digests._library(name) for name in digests.libraries()} >= direct | indirect


def test_another_version_of_a_library_is_another_program_and_others_are_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = []
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(tmp_path / "gone.zip")])
    for folder in ("Jinja2-3.1.5.dist-info", "pytest-9.dist-info", "PyYAML-6.0.egg-info", "jinja2"):
        (tmp_path / folder).mkdir()
        keys.append(digests.program_key.__wrapped__())

    assert digests.libraries() == ["Jinja2-3.1.5.dist-info", "PyYAML-6.0.egg-info"]
    assert keys[0] == keys[1] != keys[2] == keys[3]


def test_another_interpreter_is_another_program(monkeypatch: pytest.MonkeyPatch) -> None:
    before = digests.program_key.__wrapped__()
    monkeypatch.setattr(sys, "version_info", (3, 99, 0, "final", 0))

    assert digests.program_key.__wrapped__() != before
