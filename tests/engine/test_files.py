"""Files that are written whole or not at all; a failure to write names the file."""

from __future__ import annotations

import os
from fnmatch import fnmatch
from pathlib import Path

import pytest

from hiringhall.engine.files import write_all, write_whole
from tests.trees import ROOT


def test_a_write_that_fails_names_its_file(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.touch()
    file = os.open(path, os.O_RDONLY)
    try:
        with pytest.raises(OSError, match="Bad file descriptor") as raised:
            write_all(file, b"x", str(path))
    finally:
        os.close(file)
    assert raised.value.filename == str(path)


def test_two_that_write_one_file_at_once_do_not_meet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, replace = tmp_path / "note", Path.replace

    def late(fresh: Path, target: Path) -> Path:
        monkeypatch.setattr(Path, "replace", replace)
        write_whole(path, b"other")
        return replace(fresh, target)

    monkeypatch.setattr(Path, "replace", late)
    write_whole(path, b"own")
    assert path.read_bytes() == b"own"
    assert [*tmp_path.iterdir()] == [path]


def test_git_ignores_what_a_killed_build_leaves_beside_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[Path] = []
    monkeypatch.setattr(Path, "replace", lambda _fresh, _target: left.extend(tmp_path.iterdir()))
    write_whole(tmp_path / ".site.manifest", b"own")
    ignored = (ROOT / ".gitignore").read_text("utf-8").split()
    assert any(fnmatch(f"/{path.name}", pattern) for path in left for pattern in ignored)


def test_what_cannot_be_put_in_place_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "note"
    path.mkdir()
    with pytest.raises(OSError, match="note"):
        write_whole(path, b"own")
    assert [*tmp_path.iterdir()] == [path]
    assert [*path.iterdir()] == []
