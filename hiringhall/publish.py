"""The published tree: staged beside the live one, and exchanged with it in one step.

Owns when a tree is staged anew and when it goes live; refuses to know what the files say.

Two trees share unchanged files by hard links: the live one, and the one before it, where the next is staged.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from hiringhall import staging
from hiringhall.engine.exchange import exchange
from hiringhall.engine.files import remove_tree
from hiringhall.engine.manifests import (
    CHECKSUMS,
    FileRecord,
    Manifest,
    Tree,
    differences,
    is_as_recorded,
    read_note,
)
from hiringhall.engine.patterns import pattern
from hiringhall.engine.trees import NOTHING, KnownTrees, Looked, TreePaths, claimed, held, trees_of
from hiringhall.engine.workers import batched, spread_by_forks
from hiringhall.model import Output, Rebuilt
from hiringhall.staging import MARK, stage

_BATCH = 512  # outputs whose keys are found together
_NAMED_ALONE_BELOW = 16  # batches; with fewer, what both processes must find out first takes just as long
_MARKED = pattern(rb'\{"built": "[-0-9]+T[:0-9]+Z"\}\n')


class NotOurs(Exception):  # noqa: N818 - it names a state of a folder, and reads as such where caught
    """The output folder contains something that no build of this program made."""


class Published(NamedTuple):
    """What a publication did, in files; `pages` are those that are HTML, `rebuilt` those that were made.

    `gone` are the paths of those that were there before, as far as that is known.
    """

    pages: int
    files: int
    rebuilt: tuple[Rebuilt, ...]
    gone: frozenset[str] = frozenset()

    @property
    def written(self) -> int:
        """How many files were made."""
        return len(self.rebuilt)


def rehearse(wanted: Mapping[str, Output], output: Path, *, trusting: bool, jobs: int) -> None:
    """Make, with up to `jobs` processes, all of `wanted` that was never published at `output`; write nothing.

    With `trusting` false, that is every file. Raises LayoutFault with everything that is wrong with outputs.
    """
    noted = read_note(trees_of(output).note) if trusting else {}
    known = dict(chain.from_iterable(tree.files.items() for tree in noted.values()))
    keys, published = _keys(wanted, {}, NOTHING, known, jobs), {record[0] for record in known.values()}
    staging.rehearse([each for path, each in wanted.items() if keys.get(path) not in published], jobs)


def publish(
    wanted: Mapping[str, Output],
    output: Path,
    build: str = "",
    *,
    certain: bool = True,
    trusting: bool = True,
    jobs: int = 1,
    looked: Looked = lambda: None,
) -> Published:
    """Make the tree at `output` hold exactly `wanted`, whole or not at all, with up to `jobs` processes.

    `build` names everything that decides the tree, for a later `refresh`, unless it is empty. With `certain`
    false, not even the keys do that, and the tree will not be trusted. With `trusting` false, no earlier
    manifest is trusted and every file is made again. `looked` gives what `look` found, if it was called.
    Waits for another process that publishes there. Raises OSError (disk full, no permission) or LayoutFault
    with everything that is wrong with outputs, both with the live tree as it was, and NotOurs for a folder of
    other files.
    """
    paths = trees_of(output)
    if os.path.lexists(paths.live) and not _is_ours(paths.live, paths.note):
        raise NotOurs(f"{output} contains files that Hiring Hall did not build; choose another folder")
    with held(paths, trusting=trusting) as known:
        return _published(wanted, build, known, jobs, looked, certain=certain)


def _published(
    wanted: Mapping[str, Output],
    build: str,
    known: KnownTrees,
    jobs: int,
    looked: Looked,
    *,
    certain: bool = True,
) -> Published:
    paths, (former, live, _), _ = known
    pages = sum(1 for path in wanted if path.endswith(".html"))
    bases = {path: basis for path, output in wanted.items() if (basis := output.basis)}
    keys = _keys(wanted, bases, known.live, known.spare.files, jobs)
    if _holds(live, wanted, keys) and not differences(paths.live, live):
        if build != former:
            known._replace(live=Tree(build, live, bases)).note()
        return Published(pages, len(live), ())
    known = claimed(known, looked)
    if not known.spare.files:
        _clear(paths)
    staged = stage(wanted, keys, known, jobs)
    made = Tree(build, staged, bases) if certain else NOTHING
    KnownTrees(paths, live=made, spare=known.live._replace(bases={})).note()  # as they will be
    unknown = "" if not live and (paths.live / MARK).is_file() else None
    rebuilt = tuple(_rebuilt(staged, live, unknown, f"{paths.live}/"))
    exchange(paths.spare, paths.live)
    return Published(pages, len(staged), rebuilt, frozenset(live.keys() - staged.keys()))


def refresh(
    build: str, changes: Mapping[str, Output], output: Path, looked: Looked = lambda: None
) -> Published | None:
    """Publish what is live with some files made again, or return None if it is not from the build named.

    `looked` is as for `publish`. Raises what `publish` raises.
    """
    with held(trees_of(output)) as known:
        paths, (former, live, bases), _ = known
        if former != build:
            return None
        root = f"{paths.live}/"
        kept = {
            path: _Kept(path, record, root, bases.get(path, ""))
            for path, record in live.items()
            if path != CHECKSUMS
        }
        try:
            return _published({**kept, **changes}, build, known, 1, looked)
        except _TouchedError:
            return None


class _TouchedError(Exception):
    """A file of the live tree is not as it was published."""


class _Kept(NamedTuple):
    """A file of the live tree as it is."""

    path: str
    record: FileRecord
    root: str
    basis: str

    def key(self) -> str:
        return self.record[0]

    def chunks(self) -> tuple[bytes]:
        """Return its bytes: they are needed only if a link is not possible. Raises _TouchedError."""
        file = self.root + self.path
        if not is_as_recorded(file, self.record):
            raise _TouchedError(file)
        return (Path(file).read_bytes(),)


def _keys(
    wanted: Mapping[str, Output], bases: Mapping[str, str], live: Tree, spare: Manifest, jobs: int
) -> dict[str, str]:
    """Ask outputs for their keys: each takes microseconds, but there may be hundreds of thousands.

    What the live tree has on the same basis has the same key. What neither tree has is asked when it is made.
    """
    files = live.files
    same = {path: files[path][0] for path, basis in bases.items() if live.bases.get(path) == basis}
    rest = {
        path: output
        for path, output in wanted.items()
        if path not in same and (path in files or path in spare)
    }
    batches = tuple(batched(tuple(rest.values()), _BATCH))
    found = spread_by_forks(_named, batches, jobs, serial_below=_NAMED_ALONE_BELOW)
    return same | dict(zip(rest, chain.from_iterable(found), strict=True))


def _named(batch: Iterable[Output]) -> list[str]:
    return [output.key() for output in batch]


def _rebuilt(staged: Manifest, live: Manifest, unknown: str | None, source: str) -> Iterator[Rebuilt]:
    """Yield each file made; without a record, its key before is `unknown`.

    It is empty for a file that would have stayed, had not somebody changed it in the folder `source`.
    """
    for path, record in staged.items():
        old = live.get(path)
        if old is None or old[0] != record[0]:
            yield Rebuilt(path, old[0] if old else unknown, record[0])
        elif old != record and not is_as_recorded(source + path, old):
            yield Rebuilt(path, "", record[0])


def _is_ours(folder: Path, note: Path) -> bool:
    """Say whether a folder may be replaced: it is empty, has the mark of a build, or is a noted one.

    If somebody changed the mark, a tree is known by any file that is as the note says, to the nanosecond. If
    the disk was full, an empty mark may be all there is.
    """
    if folder.is_symlink() or not folder.is_dir():
        return False
    with suppress(OSError):
        if _MARKED.fullmatch((folder / MARK).read_bytes()):
            return True
    records = chain.from_iterable(tree.files.items() for tree in read_note(note).values())
    noted = any(is_as_recorded(f"{folder}/{path}", record) for path, record in records)
    return noted or all(path.name == MARK and _is_empty(path.lstat()) for path in folder.iterdir())


def _is_empty(found: os.stat_result) -> bool:
    return S_ISREG(found.st_mode) and not found.st_size


def _clear(paths: TreePaths) -> None:
    """Put an empty folder in the spare tree's place. Raises NotOurs if something else is there."""
    if os.path.lexists(paths.spare):
        if not _is_ours(paths.spare, paths.note):
            raise NotOurs(
                f"{paths.spare} was not made by Hiring Hall, which needs that name; rename or move it"
            )
        remove_tree(paths.spare, last=MARK)  # by it, the next build knows what a killed one has left
    paths.spare.mkdir(parents=True)


def _holds(live: Manifest, wanted: Collection[str], keys: Mapping[str, str]) -> bool:
    if len(live) != len(wanted) + 1 or CHECKSUMS not in live:
        return False
    return all(path in live and live[path][0] == keys[path] for path in wanted)
