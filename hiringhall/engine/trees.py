"""The two trees of a publication, and what is known of them.

Owns where they stand and when what was noted of one may be believed; refuses to know what is to be published.

A manifest belongs to one folder, known by its inode, and of the spare tree only what its files bear out is
believed, so that a build may be killed at any instant.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from hiringhall.engine.manifests import Differences, Manifest, Tree, corrected, differences, read_note

NOTHING = Tree("", {})  # is known of a tree that no note tells of


class Trees(NamedTuple):
    """The paths of a publication: the live tree, the one before it, the note of their manifests, the lock."""

    live: Path
    spare: Path
    note: Path
    lock: Path


class Look(NamedTuple):
    """In which files the spare tree differs from what was noted of it; `note` is the stamp of that note."""

    note: tuple[int, ...]
    differing: Differences


def trees_of(output: Path) -> Trees:
    """Return where a site and what belongs to its publication stand: where a link leads, not beside it."""
    live = Path(os.path.realpath(output))
    return Trees(live, *(live.with_name(f".{live.name}.{kind}") for kind in ("previous", "manifest", "lock")))


def look(output: Path) -> Look:
    """Look at every file of the spare tree: `publish` need not, if it is given what was found."""
    trees = trees_of(output)
    note = _stamp(trees.note)
    spare = read_note(trees.note).get(identity(trees.spare), NOTHING)
    return Look(note, differences(trees.spare, spare.files))


def spare_of(trees: Trees, noted: Manifest, looked: Callable[[], Look | None] | None) -> Manifest:
    """Return what the spare tree holds of what was noted of it, looking there unless `looked` just did."""
    found = looked() if noted and looked else None
    if found and found.note == _stamp(trees.note):
        return corrected(noted, found.differing)
    return corrected(noted, differences(trees.spare, noted))


def identity(folder: Path) -> str:
    """Return what tells a folder from all others, wherever it is moved; nothing where there is none."""
    try:
        found = folder.stat()
    except FileNotFoundError:
        return ""
    return f"{found.st_dev}:{found.st_ino}"


def _stamp(note: Path) -> tuple[int, ...]:
    """Return what tells a note from the one before it; nothing where there is none."""
    try:
        found = note.stat()
    except FileNotFoundError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns
