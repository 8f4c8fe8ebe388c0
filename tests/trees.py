"""Folders of files: where this repository's own are, and any folder as a value that tests compare.

Owns the one reading of a folder; refuses to know what the files are.
"""

from pathlib import Path
from tempfile import mkdtemp

import pytest

from hiringhall.engine.files import write_whole

_NOT_ALLOWED = 1314  # what Windows says to who is no administrator and has not turned on developer mode

ROOT = Path(__file__).resolve().parent.parent
LAYOUTS = ROOT / "layouts"


def tree(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def leave_unfinished(path: Path) -> None:
    """Leave what a process leaves that is killed while it writes a file."""
    aside = Path(mkdtemp(dir=path.parent))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", lambda fresh, _target: fresh.parent.rename(aside / fresh.parent.name))
        write_whole(path, b"half")
    for left in aside.iterdir():
        left.rename(path.parent / left.name)
    aside.rmdir()


def link(place: Path, target: Path | str) -> None:
    """Make a symbolic link; where the system does not let us, the test is skipped."""
    try:
        place.symlink_to(target, target_is_directory=(place.parent / target).is_dir())
    except OSError as refused:
        if getattr(refused, "winerror", None) != _NOT_ALLOWED:
            raise
        pytest.skip("this system makes links for administrators only")
