"""What is known of the files of a tree: a record of each, kept between builds, and whether it still holds.

Owns the form of manifests and of the note they are kept in; refuses to know what the files are for.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Iterable
from contextlib import suppress
from hashlib import file_digest
from pathlib import Path
from typing import NamedTuple

from hiringhall.engine.files import read_sealed, write_sealed

_FORMAT = "6"
# In each tree, the checksums of all its other files: with them, a copy elsewhere is checked or brought up to
# date.
CHECKSUMS = "SHA256SUMS"

# What a manifest knows of a published file: the key of its inputs, its size (bytes), its mtime (ns) and the
# SHA-256 of its bytes. Plain tuples, because a large site has a hundred thousand of them and most builds only
# pass them on.
FileRecord = tuple[str, int, int, bytes]
Manifest = dict[str, FileRecord]

# What differs from a manifest: files that somebody else wrote or touched, which are unknown, and files that
# are gone, which have no record.
Differences = dict[str, FileRecord | None]

# Stands for what should have been removed with the last file of a folder; no build makes a file of that name.
_OF_EMPTY = ".empty"
# Matches no output, so the file is made again.
UNKNOWN: FileRecord = ("", -1, -1, b"")


class Tree(NamedTuple):
    """What is known of a tree: the name of the build that made it, and its manifest.

    `bases` are what keys were found from, by path, where that is known.
    """

    build: str
    files: Manifest
    bases: dict[str, str]


def read_note(note: Path) -> dict[bytes, Tree]:
    """Read what is known of trees, by the SHA-256 of their checksums; what is damaged is unknown."""
    kept = read_sealed(note, _FORMAT)
    trees = marshal.loads(kept) if kept else ()  # noqa: S302 - as a build left it
    return {tree[1][CHECKSUMS][3]: Tree(*tree) for tree in trees}


def write_note(note: Path, trees: Iterable[Tree]) -> None:
    """Keep what is known of trees; of two with the same checksums, the last."""
    note.parent.mkdir(parents=True, exist_ok=True)
    write_sealed(note, marshal.dumps([tuple(tree) for tree in trees if CHECKSUMS in tree.files]), _FORMAT)


def name_of(folder: Path) -> bytes:
    """Return what tells a tree from others wherever it is: the SHA-256 of its checksums, or nothing."""
    with suppress(OSError), (folder / CHECKSUMS).open("rb") as sums:  # of a large site, 40 MB
        return file_digest(sums, "sha256").digest()
    return b""


def differences(folder: Path, manifest: Manifest) -> Differences:
    """Return which files of a folder differ from its manifest; without one, nothing is looked at.

    An empty folder counts as an unknown file: a build was killed before it removed that folder.
    """
    found: Differences = {}
    missing = set(manifest)
    root, below = f"{folder}/", [""] if manifest and folder.is_dir() else []
    for prefix in below:  # grows on the way
        is_empty = bool(prefix)
        with os.scandir(root + prefix) as entries:
            for entry in entries:
                is_empty = False
                path = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    below.append(f"{path}/")
                    continue
                missing.discard(path)
                record, stat = manifest.get(path, UNKNOWN), entry.stat(follow_symlinks=False)
                if stat.st_mtime_ns != record[2] or stat.st_size != record[1]:
                    found[path] = UNKNOWN
        if is_empty:
            found[prefix + _OF_EMPTY] = UNKNOWN
    found.update(dict.fromkeys(missing))
    return found


def corrected(manifest: Manifest, differing: Differences) -> Manifest:
    """Return a manifest corrected by the differences found."""
    if not differing:
        return manifest
    return {path: record for path, record in {**manifest, **differing}.items() if record is not None}


def is_as_recorded(path: str, record: FileRecord) -> bool:
    """Say whether a file has the size and time of change in its record."""
    try:
        found = os.stat(path, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return (found.st_size, found.st_mtime_ns) == record[1:3]


def checksums(manifest: Manifest) -> bytes:
    r"""Return the checksums of all files in the form that `sha256sum --check` reads, ordered by path.

    >>> checksums({"a/b.html": ("", 0, 0, bytes(32))})[58:]
    b'000000  a/b.html\n'
    """
    return "".join(f"{manifest[path][3].hex()}  {path}\n" for path in sorted(manifest)).encode()
