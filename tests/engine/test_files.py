"""Files by their descriptors: a failure to write names the file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from hiringhall.engine.files import write_all


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
