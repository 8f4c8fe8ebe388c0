"""The two trees of a publication, and what is known of them.

Owns where they are and when a note on one may be trusted; refuses to know what is to be published.

A manifest belongs to one tree, known by its checksums: many file systems number folders anew when they are
mounted, some when a folder is renamed. Of the note on the spare tree, only what files confirm is trusted, so
a build may be killed at any instant. A look at these files needs no lock. While something is staged, or after
that ended early, the note is from long ago: a look from before or from then does not count.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, TypeAlias

from hiringhall.engine.exchange import recover
from hiringhall.engine.files import remove_unfinished
from hiringhall.engine.locks import alone
from hiringhall.engine.manifests import (
    Differences,
    Tree,
    corrected,
    differences,
    name_of,
    read_note,
    write_note,
)

_LONG_AGO = 400_000_000_000_000_000  # ns since 1970: in 1982
NOTHING = Tree("", {}, {})  # is known of a tree without a note


class TreePaths(NamedTuple):
    """The paths of a publication: the live tree, the one before it, the note on their manifests, the lock."""

    live: Path
    spare: Path
    note: Path
    lock: Path


class KnownTrees(NamedTuple):
    """What is known of the live tree and of the spare one, in which the next is staged."""

    paths: TreePaths
    live: Tree
    spare: Tree

    def note(self) -> None:
        """Keep it for the next publication."""
        paths, live, spare = self
        write_note(paths.note, (spare, live))


class Look(NamedTuple):
    """The files in which the spare tree differs from its note; `stamp` is that of the trees then."""

    stamp: tuple[int | str, ...]
    differing: Differences


Looked: TypeAlias = Callable[[], Look | None]


def trees_of(output: Path) -> TreePaths:
    """Return where a site and what belongs to its publication are: where a link leads, not beside it."""
    live = Path(os.path.realpath(output))
    return TreePaths(
        live, *(live.with_name(f".{live.name}.{kind}") for kind in ("previous", "manifest", "lock"))
    )


@contextmanager
def held(paths: TreePaths, *, trusting: bool = True) -> Iterator[KnownTrees]:
    """Keep other publications out, undo what a killed one left half done, and give what was noted.

    With `trusting` false, that is nothing.
    """
    with alone(paths.lock):
        recover(paths.spare, paths.live)
        remove_unfinished(paths.note.parent, paths.note.name)
        yield _noted(paths) if trusting else KnownTrees(paths, NOTHING, NOTHING)


def look(output: Path) -> Look | None:
    """Look at every file of the spare tree; `publish` need not if it is given the result.

    None if that would not count, or if the tree went away meanwhile because somebody publishes there.
    """
    paths = trees_of(output)
    stamp = _stamp(paths)
    with suppress(OSError):
        return Look(stamp, differences(paths.spare, _noted(paths).spare.files)) if stamp else None
    return None


def claimed(known: KnownTrees, looked: Looked) -> KnownTrees:
    """Claim the spare tree for staging, and return what is known of it: as much of its note as is true.

    The tree is looked at, unless `looked` is newer than anything staged there.
    """
    paths, noted = known.paths, known.spare.files
    seen = looked() if noted else None
    if seen is None or seen.stamp != _stamp(paths):
        seen = Look((), differences(paths.spare, noted))
    with suppress(OSError):
        os.utime(paths.note, (1, 1))  # some file systems make it 1980; sshfs would ignore 0
    return known._replace(spare=Tree("", corrected(noted, seen.differing), {}))


def identity(folder: Path | str) -> str:
    """Return what tells a folder from all others, wherever it is moved; nothing if none can be found."""
    try:
        found = os.stat(folder)
    except OSError:
        return ""
    return f"{found.st_dev}:{found.st_ino}"


def _noted(paths: TreePaths) -> KnownTrees:
    noted = read_note(paths.note)
    return KnownTrees(paths, *(noted.get(name_of(folder), NOTHING) for folder in (paths.live, paths.spare)))


def _stamp(paths: TreePaths) -> tuple[int | str, ...]:
    """Return what changes once something is staged; nothing during staging, or after that ended early."""
    try:
        note = paths.note.stat()
    except FileNotFoundError:
        return ()
    stamp = note.st_ino, note.st_size, note.st_mtime_ns, identity(paths.spare)
    return stamp if note.st_mtime_ns > _LONG_AGO else ()
