"""The staged tree: the spare one, brought up to date by the difference of two manifests.

Owns which files are kept, linked or made, and that each is there as it should be; refuses to know when the
tree goes live. A file is never written through a link.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from hashlib import sha256
from itertools import chain, groupby
from pathlib import Path
from typing import TypeVar

from hiringhall.diagnostics import Diagnostic, LayoutFault
from hiringhall.engine.digests import digest_bytes, key_of
from hiringhall.engine.files import write_all
from hiringhall.engine.manifests import CHECKSUMS, FileRecord, Manifest, checksums, is_as_recorded
from hiringhall.engine.trees import KnownTrees
from hiringhall.engine.workers import spread_by_forks
from hiringhall.model import File, Output

MARK = "build.json"

_ALONE_BELOW = 8  # folders with files to make; a second process costs as much as these
_BLOCK = 1 << 17  # bytes

Made = TypeVar("Made")


def stage(wanted: Mapping[str, Output], keys: Mapping[str, str], known: KnownTrees, jobs: int) -> Manifest:
    """Bring the spare tree up to date: remove what is gone, then add all files and their checksums.

    What has no key in `keys` is in neither tree. The mark comes first: by it, the next build knows what a
    killed one has left. Raises OSError if a file that was just made or linked is not there as it should be.
    """
    folder, spare = known.paths.spare, known.spare.files
    for path in spare.keys() - wanted.keys() - {CHECKSUMS}:
        _unlink(f"{folder}/{path}")
        _remove_empty(folder, path)
    rest = {path: output for path, output in wanted.items() if path != MARK}
    staged = _add({MARK: wanted[MARK]}, keys, known, jobs) | _add(rest, keys, known, jobs)
    sums = checksums(staged)
    own = File(CHECKSUMS, lambda: key_of(files=digest_bytes(sums)), lambda: (sums,))
    return staged | _add({CHECKSUMS: own}, {CHECKSUMS: own.key()}, known, jobs)


def _add(wanted: Mapping[str, Output], keys: Mapping[str, str], known: KnownTrees, jobs: int) -> Manifest:
    """Put outputs into the spare tree: keep what is right, link what the live tree has, make the rest."""
    staged: Manifest = {}
    missing: list[Output] = []
    folders: set[str] = set()
    paths, live, spare = known.paths, known.live.files, known.spare.files
    root, source = f"{paths.spare}/", f"{paths.live}/"
    for path, output in wanted.items():
        key, kept, ours = keys.get(path), spare.get(path), live.get(path)
        # What was changed in the live tree is made again: tools that copy by time skip an older file.
        if kept is not None and kept[0] == key and (ours is None or ours[0] == key):
            staged[path] = kept
            continue
        if kept is not None:
            _unlink(root + path)
        else:
            _make_folder(root, path, folders)
        if ours is not None and ours[0] == key and _linked(source + path, root + path, ours):
            staged[path] = ours
        else:
            missing.append(output)
    for output, record in _made(missing, partial(_write, root, source, live, keys), jobs):
        staged[output.path] = record
    _check(root, staged, [output.path for output in missing])
    return staged


def rehearse(outputs: Iterable[Output], jobs: int) -> None:
    """Make outputs with up to `jobs` processes, keep none. Raises LayoutFault with everything wrong."""
    for _ in _made(outputs, _read, jobs):
        pass


def _made(
    outputs: Iterable[Output], make: Callable[[Output], Made], jobs: int
) -> Iterator[tuple[Output, Made]]:
    """Yield outputs with what `make` makes of them. Raises LayoutFault at the end with everything wrong."""
    # Files of one folder may be made from the same things, so one process makes them all.
    groups = [tuple(group) for _, group in groupby(outputs, lambda output: output.path.rpartition("/")[0])]
    found = spread_by_forks(partial(_tried, make), groups, jobs, serial_below=_ALONE_BELOW)
    faults: list[Diagnostic] = []
    for output, made in zip(chain.from_iterable(groups), chain.from_iterable(found), strict=True):
        if isinstance(made, LayoutFault):
            faults += made.diagnostics
        else:
            yield output, made
    if faults:
        raise LayoutFault(*faults)


def _tried(make: Callable[[Output], Made], group: Iterable[Output]) -> list[Made | LayoutFault]:
    """Make outputs; a fault in one is its result, so that one run reports them all."""
    results: list[Made | LayoutFault] = []
    for output in group:
        try:
            results.append(make(output))
        except LayoutFault as fault:
            results.append(fault)
    return results


def _read(output: Output) -> None:
    for _ in output.chunks():
        pass


def _write(root: str, source: str, live: Manifest, keys: Mapping[str, str], output: Output) -> FileRecord:
    path, ours = output.path, live.get(output.path)
    made = _written(root + path, keys.get(path) or output.key(), output.chunks())
    return made if ours is None else _same(source + path, root + path, ours, made)


def _same(source: str, target: str, ours: FileRecord, made: FileRecord) -> FileRecord:
    """Reuse the live tree's file if the new one is the same, so that tools that copy by time skip it."""
    key, size, _, hashed = made
    if (size, hashed) != (ours[1], ours[3]) or not is_as_recorded(source, ours):
        return made
    spare = f"{target}.same"
    if not _linked(source, spare, ours):
        return made
    os.replace(spare, target)
    return key, *ours[1:]


def _make_folder(root: str, path: str, known: set[str]) -> None:
    folder = path.rpartition("/")[0]
    if folder not in known:
        try:
            os.mkdir(root + folder)
        except OSError:  # it is there, or the one above it is not
            os.makedirs(root + folder, exist_ok=True)
        known.add(folder)


def _linked(source: str, target: str, record: FileRecord) -> bool:
    """Link a file of the live tree into the spare one; say whether that worked, and it is as recorded."""
    if not is_as_recorded(source, record):
        return False
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        return False
    return True


def _written(target: str, key: str, chunks: Iterable[bytes]) -> FileRecord:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    hashed, file = sha256(), os.open(target, flags, 0o644)
    try:
        for block in _blocks(chunks):
            hashed.update(block)
            write_all(file, block, target)
    finally:
        os.close(file)
    found = os.stat(target, follow_symlinks=False)  # only now: Windows sets the time when a file is closed
    return key, found.st_size, found.st_mtime_ns, hashed.digest()


def _blocks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Join chunks: nearly every file is written at once, and larger ones are not held whole in memory."""
    held: list[bytes] = []
    size = 0
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk)
        if size >= _BLOCK:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def _check(root: str, staged: Manifest, made: Iterable[str]) -> None:
    """Refuse a staged tree in which a file that was just made is missing or has another size.

    Raises OSError: something else wrote there, or the file system lost a file. The time may be another, as
    some file servers set it late: the next build makes that file again.
    """
    wrong = [path for path in made if _size(root + path) != staged[path][1]]
    if wrong:
        sample = ", ".join(sorted(wrong)[:3])
        raise OSError(f"the staged site is not what was written ({len(wrong)} files differ: {sample})")


def _size(path: str) -> int | None:
    """Return the size of a file in bytes, or None if there is no file."""
    with suppress(FileNotFoundError):
        return os.stat(path, follow_symlinks=False).st_size
    return None


def _remove_empty(root: Path, path: str) -> None:
    """Remove the folders above a path that are now empty."""
    with suppress(OSError):
        for folder in (root / path).parents[: path.count("/")]:
            folder.rmdir()


def _unlink(path: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(path)
