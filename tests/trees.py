"""Folders of files: where this repository's own are, and any folder as a value that tests compare.

Owns the one reading of a folder; refuses to know what the files are.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LAYOUTS = ROOT / "layouts"


def tree(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
