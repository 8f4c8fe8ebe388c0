"""Files that are written whole or not at all; a failure to write names the file."""

from __future__ import annotations

import errno
import os
from fnmatch import fnmatch
from pathlib import Path
from typing import NoReturn

import pytest

from hiringhall.engine.files import remove_unfinished, write_all, write_whole
from tests.trees import ROOT, leave_unfinished


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


def test_what_cannot_be_tidied_up_does_not_hold_up_a_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "note"

    def failing(*_arguments: object, **_options: object) -> NoReturn:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(os, "rmdir", failing)
        write_whole(path, b"own")
        remove_unfinished(tmp_path)
    assert path.read_bytes() == b"own"
    remove_unfinished(tmp_path)
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize("name", ["", ".tree.manifest"])
def test_what_killed_processes_left_is_removed(tmp_path: Path, name: str) -> None:
    remove_unfinished(tmp_path / "none")
    for each in ("note", ".tree.manifest"):
        write_whole(tmp_path / each, b"own")
    kept = {*tmp_path.iterdir()}
    leave_unfinished(tmp_path / ".tree.manifest")
    leave_unfinished(tmp_path / "note")
    remove_unfinished(tmp_path, name)
    over = {path for path in tmp_path.iterdir() if path not in kept}
    assert len(over) == (1 if name else 0)
    assert all(path.name.startswith(".note.") for path in over)
    assert kept <= {*tmp_path.iterdir()}
