"""The published tree: staged beside the live one, checked, and exchanged with it in one step.

Owns the folders, the manifests and the exchange; refuses to know what the files say.

Two trees share unchanged files by hard links: the live one, and the one before it, which the next build
brings up to date by the difference of two manifests. A file is never written through a link. A manifest
belongs to one folder, known by its inode, so it is true at every instant, whenever a build is killed.
"""

from __future__ import annotations

import marshal
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from hiringhall.diagnostics import Diagnostic, Outcome, Span, error
from hiringhall.engine.digests import digest
from hiringhall.engine.exchange import exchange, recover
from hiringhall.engine.workers import can_fork, spread
from hiringhall.model import Output

_FORMAT = 1
_BUFFER = 1 << 17  # bytes; nearly every file is written at once


class Record(NamedTuple):
    """What a manifest knows of a published file: the key of its inputs, its size (bytes) and mtime (ns)."""

    key: str
    size: int
    mtime: int


Manifest = dict[str, Record]

# Matches no output, so that the file is made again.
_UNKNOWN = Record("", -1, -1)
_MARK = "build.json"


class NotOurs(Exception):  # noqa: N818 - it names a state of a folder, and reads as such where caught
    """The output folder holds something that no build of this program made."""


class Published(NamedTuple):
    """What a publication did, in files; `pages` are those that are HTML.

    `rebuilt` are the files made: path, the key it had (None for a new one, empty where unknown), its key.
    """

    pages: int
    files: int
    removed: int
    rebuilt: tuple[tuple[str, str | None, str], ...]

    @property
    def written(self) -> int:
        """How many files were made."""
        return len(self.rebuilt)


class Trees(NamedTuple):
    """The three paths of a publication: the live tree, the one before it, and the note of their manifests."""

    live: Path
    spare: Path
    note: Path


def trees_of(output: Path) -> Trees:
    """Return where a site and what belongs to its publication stand."""
    output = output.absolute()
    return Trees(
        output, output.with_name(f".{output.name}.previous"), output.with_name(f".{output.name}.manifest")
    )


def collect(outputs: Iterable[Output]) -> Outcome[dict[str, Output]]:
    """Gather outputs by path; two for one path, also by letter case alone, are errors and all are named."""
    wanted: dict[str, Output] = {}
    taken: dict[str, str] = {}
    found: list[Diagnostic] = []
    for output in outputs:
        twin = taken.setdefault(output.path.casefold(), output.path)
        if output.path in wanted or twin != output.path:
            message = f"two outputs want the same address: {twin} and {output.path}"
            found.append(error(output.path, Span(), "output-collision", message))
        wanted[output.path] = output
    return Outcome(None if found else wanted, tuple(found))


def publish(wanted: Mapping[str, Output], output: Path, *, trusting: bool = True, jobs: int = 1) -> Published:
    """Make the tree at `output` hold exactly `wanted`, whole or not at all, by up to `jobs` processes.

    With `trusting` false no earlier manifest is believed and every file is made anew. Raises OSError
    (disk full, no permission) with the live tree as it was, and NotOurs for a folder of other files.
    """
    trees = trees_of(output)
    recover(trees.live)
    if trees.live.exists() and not _ours(trees.live):
        raise NotOurs(f"{output} holds files that are not a site built by Hiring Hall; choose another folder")
    known = _read_note(trees.note) if trusting else {}
    live = _still_true(trees.live, known.get(_identity(trees.live), {}))
    return _publish(wanted, trees, known, live, jobs)


def refresh(tree: str, changes: Mapping[str, Output], output: Path) -> Published | None:
    """Publish what is live with some files made anew, or return None where that tree is not the live one.

    `tree` is the `tree_key` of what is to be live. Raises what `publish` raises.
    """
    trees = trees_of(output)
    known = _read_note(trees.note)
    live = _still_true(trees.live, known.get(_identity(trees.live), {}))
    if _UNKNOWN in live.values() or tree_key(live, changes) != tree:
        return None
    kept = {path: _copy(trees.live / path, record) for path, record in live.items()}
    return _publish({**kept, **changes}, trees, known, live, 1)


def tree_key(files: Mapping[str, Output | Record], without: Collection[str] = ()) -> str:
    """Return the digest of a tree's paths and keys, some files left out."""
    return digest(*(f"{path} {files[path].key}" for path in sorted(files.keys() - set(without))))


def _copy(file: Path, record: Record) -> Output:
    return Output(file.name, record.key, lambda: (file.read_bytes(),))


def _publish(
    wanted: Mapping[str, Output], trees: Trees, known: Mapping[str, Manifest], live: Manifest, jobs: int
) -> Published:
    pages = sum(1 for path in wanted if path.endswith(".html"))
    if _matches(trees.live, live, wanted):
        return Published(pages, len(wanted), 0, ())
    spare = known.get(_identity(trees.spare), {})
    _write_note(trees.note, {_identity(trees.live): live})
    if not spare:
        _remove(trees.spare)
        trees.spare.mkdir(parents=True)
    staged = _stage(wanted, trees, live, spare, jobs)
    _check(trees.spare, staged)
    _write_note(trees.note, {_identity(trees.live): live, _identity(trees.spare): staged})
    exchange(trees.spare, trees.live)
    return Published(pages, len(staged), len(live.keys() - staged.keys()), tuple(_rebuilt(staged, live)))


def _rebuilt(staged: Manifest, live: Manifest) -> Iterator[tuple[str, str | None, str]]:
    for path, record in staged.items():
        old = live.get(path)
        if old is None or old.key != record.key:
            yield path, old.key if old else None, record.key


def _ours(folder: Path) -> bool:
    """Say whether a folder may be replaced: it is empty or carries the mark of a build."""
    return folder.is_dir() and ((folder / _MARK).is_file() or not any(folder.iterdir()))


def _identity(folder: Path) -> str:
    try:
        found = folder.stat()
    except FileNotFoundError:
        return ""
    return f"{found.st_dev}:{found.st_ino}"


def _read_note(note: Path) -> dict[str, Manifest]:
    """Read the manifests of both trees; anything unreadable counts as nothing known."""
    with suppress(OSError, ValueError, EOFError, TypeError):
        form, manifests = marshal.loads(note.read_bytes())  # noqa: S302 - plain values only, in our own note
        if form == _FORMAT:
            return {
                tree: {path: Record(*record) for path, record in manifest.items()}
                for tree, manifest in manifests.items()
            }
    return {}


def _write_note(note: Path, manifests: Mapping[str, Manifest]) -> None:
    note.parent.mkdir(parents=True, exist_ok=True)
    plain = {
        tree: {path: tuple(record) for path, record in manifest.items()}
        for tree, manifest in manifests.items()
        if tree
    }
    fresh = note.with_name(f"{note.name}.new")
    fresh.write_bytes(marshal.dumps((_FORMAT, plain)))
    fresh.replace(note)


def _walk(folder: str, prefix: str = "") -> Iterable[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as found:
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name, entry


def _still_true(folder: Path, manifest: Manifest) -> Manifest:
    """Return a record for every file there is; one that somebody else wrote or touched is unknown."""
    if not folder.is_dir():
        return {}
    true: Manifest = {}
    for path, entry in _walk(str(folder)):
        record = manifest.get(path, _UNKNOWN)
        found = entry.stat(follow_symlinks=False)
        untouched = (found.st_size, found.st_mtime_ns) == (record.size, record.mtime)
        true[path] = record if untouched else _UNKNOWN
    return true


def _matches(folder: Path, live: Manifest, wanted: Mapping[str, Output]) -> bool:
    if not folder.is_dir() or len(live) != len(wanted):
        return False
    return all(path in live and live[path].key == output.key for path, output in wanted.items())


def _stage(
    wanted: Mapping[str, Output], trees: Trees, live: Manifest, spare: Manifest, jobs: int
) -> Manifest:
    """Bring the spare tree up to date: keep what is right, link what the live tree has, make the rest."""
    staged: Manifest = {}
    missing: list[Output] = []
    folders: set[str] = set()
    root, source = f"{trees.spare}/", f"{trees.live}/"
    for path in spare.keys() - wanted.keys():
        _unlink(root + path)
    for path, output in wanted.items():
        kept, ours = spare.get(path), live.get(path)
        if kept is not None and kept.key == output.key:
            staged[path] = kept
            continue
        if kept is not None:
            _unlink(root + path)
        else:
            _make_folder(root, path, folders)
        if ours is not None and ours.key == output.key and _linked(source + path, root + path):
            staged[path] = ours
        else:
            missing.append(output)
    # The outputs hold functions, which only a forked process can have.
    made = spread(_writer, (root, missing), range(len(missing)), jobs if jobs > 1 and can_fork() else 1)
    staged |= {output.path: record for output, record in zip(missing, made, strict=True)}
    _remove_empty(trees.spare)
    return staged


def _writer(root: str, missing: Sequence[Output]) -> Callable[[int], Record]:
    return lambda place: _written(root + missing[place].path, missing[place])


def _make_folder(root: str, path: str, known: set[str]) -> None:
    folder = path.rpartition("/")[0]
    if folder in known:
        return
    os.makedirs(root + folder, exist_ok=True)
    known.add(folder)


def _linked(source: str, target: str) -> bool:
    """Link a file of the live tree into the spare one; say whether the file system could."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        return False
    return True


def _written(target: str, output: Output) -> Record:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with open(os.open(target, flags, 0o644), "wb", buffering=_BUFFER) as file:
        file.writelines(output.chunks())
        file.flush()
        found = os.fstat(file.fileno())
        return Record(output.key, found.st_size, found.st_mtime_ns)


def _check(folder: Path, staged: Manifest) -> None:
    """Refuse a staged tree that does not hold exactly its manifest's files at their sizes.

    Raises OSError: something else wrote there, or the file system lost a file.
    """
    found = {path: entry.stat(follow_symlinks=False).st_size for path, entry in _walk(str(folder))}
    wrong = [path for path, size in found.items() if path not in staged or staged[path].size != size]
    missing = staged.keys() - found.keys()
    if wrong or missing:
        sample = ", ".join(sorted([*wrong, *missing])[:3])
        raise OSError(
            f"the staged site is not what was written ({len(wrong) + len(missing)} files differ: {sample})"
        )


def _remove_empty(folder: Path) -> None:
    for path, _, files in os.walk(folder, topdown=False):
        if not files and Path(path) != folder and not os.listdir(path):
            os.rmdir(path)


def _unlink(path: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(path)


def _remove(folder: Path) -> None:
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)
