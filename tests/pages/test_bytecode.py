"""Templates compiled ahead by a fork: where they are kept, when nothing is compiled, who reports faults."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from hiringhall.engine import workers
from hiringhall.pages.bytecode import compiling, folder_in
from hiringhall.pages.templates import _compiled
from tests.pages.support import loaded
from tests.sites import copied_layouts
from tests.trees import LAYOUTS


@pytest.fixture(autouse=True)
def _forking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fork whatever threads other tests have left in this process: compiling takes no lock of theirs."""
    if not hasattr(os, "fork"):
        pytest.skip("this system cannot fork")
    monkeypatch.setattr(workers, "can_fork", lambda: True)


def test_templates_compiled_ahead_are_those_that_are_compiled_here(tmp_path: Path) -> None:
    loaded(LAYOUTS, tmp_path)
    with compiling(LAYOUTS, None, 2) as folder:
        assert when_as_many(folder, tmp_path) == bytes_in(tmp_path)


def test_whoever_loads_them_meanwhile_waits_for_none_and_lacks_none(tmp_path: Path) -> None:
    loaded(LAYOUTS, tmp_path)
    _compiled.cache_clear()
    with compiling(LAYOUTS, None, 2) as folder:
        loaded(LAYOUTS, folder)
        assert when_as_many(folder, tmp_path) == bytes_in(tmp_path)


def test_without_a_cache_their_folder_ends_with_the_build() -> None:
    with compiling(LAYOUTS, None, 2) as folder:
        assert folder.is_dir()
    assert not folder.exists()


def test_in_a_new_cache_they_are_kept(tmp_path: Path) -> None:
    with compiling(LAYOUTS, tmp_path, 2) as folder:
        assert folder == folder_in(tmp_path)
        loaded(LAYOUTS, folder)
    assert bytes_in(folder_in(tmp_path))


@pytest.mark.parametrize(("is_kept", "jobs"), [(True, 2), (False, 1)])
def test_nothing_is_compiled_ahead_where_it_was_before_or_by_one_process(
    tmp_path: Path, is_kept: bool, jobs: int
) -> None:
    if is_kept:
        folder_in(tmp_path).mkdir()
    with compiling(LAYOUTS, tmp_path, jobs) as folder:
        time.sleep(0.5)
        assert not bytes_in(folder)


def test_what_is_wrong_with_templates_is_told_by_who_loads_them(tmp_path: Path) -> None:
    layouts = copied_layouts(tmp_path)
    (layouts / "404.html").write_text("{% if %}", "utf-8")
    with compiling(layouts, None, 2) as folder:
        faults = loaded(layouts, folder).faults
    assert [(Path(found.path).name, found.code) for found in faults] == [("404.html", "template-syntax")]


def when_as_many(folder: Path, other: Path) -> dict[str, bytes]:
    """Wait, not forever, until a folder has as many files as another, and return its files."""
    end = time.monotonic() + 20
    while len(bytes_in(folder)) < len(bytes_in(other)) and time.monotonic() < end:
        time.sleep(0.02)
    return bytes_in(folder)


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("[!.]*")}
