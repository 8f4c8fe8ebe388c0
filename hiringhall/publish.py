"""The published tree: staged beside the live one, checked, and exchanged with it in one step.

Owns the staging and the exchange; refuses to know what the files say.

Two trees share unchanged files by hard links: the live one, and the one before it, which the next build
brings up to date by the difference of two manifests. A file is never written through a link.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from itertools import chain, groupby
from pathlib import Path
from typing import NamedTuple

from hiringhall.diagnostics import Diagnostic, LayoutFault, Outcome, Span, error
from hiringhall.engine.digests import digest_bytes, key_of
from hiringhall.engine.exchange import exchange, recover
from hiringhall.engine.files import write_all
from hiringhall.engine.locks import alone
from hiringhall.engine.manifests import (
    Manifest,
    Record,
    Tree,
    checksums,
    differences,
    is_as_recorded,
    read_note,
    write_note,
)
from hiringhall.engine.trees import NOTHING, Look, Trees, identity, spare_of, trees_of
from hiringhall.engine.workers import batched, can_fork, spread
from hiringhall.model import File, Output

_ALONE_BELOW = 8  # folders with files to make; a second process costs as much as that
_BATCH = 512  # outputs whose keys are found together
_NAMED_ALONE_BELOW = 16  # batches; with fewer, what both processes must find out first takes as long
_BLOCK = 1 << 17  # bytes

_MARK = "build.json"
_MARKED = re.compile(rb'\{"built": "[-0-9]+T[:0-9]+Z"\}\n')
# Of all other files of the site: by them a copy elsewhere is checked or brought up to date.
CHECKSUMS = "SHA256SUMS"

# What is known of a file that was just written: its record without its key.
Written = tuple[int, int, bytes]


class _Base(NamedTuple):
    """What a tree is staged from: what is known of the live and of the spare one, by `jobs` processes."""

    trees: Trees
    live: Manifest
    spare: Manifest
    jobs: int


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


def collect(outputs: Iterable[Output]) -> Outcome[dict[str, Output]]:
    """Gather outputs by path; two for one path, also by letter case alone, are errors and all are named."""
    wanted: dict[str, Output] = {}
    taken: dict[str, str] = {}
    found: list[Diagnostic] = []
    for output in outputs:
        folded = output.path.casefold()
        # Nearly all paths are their own lower case, and need not be kept twice.
        twin = taken.setdefault(output.path if folded == output.path else folded, output.path)
        if output.path in wanted or twin != output.path:
            message = f"two outputs want the same address: {twin} and {output.path}"
            found.append(error(output.path, Span(), "output-collision", message))
        wanted[output.path] = output
    return Outcome(None if found else wanted, tuple(found))


def publish(
    wanted: Mapping[str, Output],
    output: Path,
    build: str | None = "",
    *,
    trusting: bool = True,
    jobs: int = 1,
    looked: Callable[[], Look | None] | None = None,
) -> Published:
    """Make the tree at `output` hold exactly `wanted`, whole or not at all, by up to `jobs` processes.

    `build` names all that decides the tree, for a later `refresh`; with None not even the keys do that, and
    the tree will not be believed. With `trusting` false no earlier manifest is believed and every file is
    made anew. `looked` gives what `look` found since the last publication, or None once something was staged
    after that. Another process that publishes there is waited for. Raises OSError (disk full, no permission)
    and LayoutFault with all that is wrong with outputs, both with the live tree as it was, and NotOurs for a
    folder of other files.
    """
    trees = trees_of(output)
    if os.path.lexists(trees.live) and not _is_ours(trees.live, trees.note):
        raise NotOurs(f"{output} holds files that are not a site built by Hiring Hall; choose another folder")
    with alone(trees.lock) as waited:
        recover(trees.live)
        known = read_note(trees.note) if trusting else {}
        return _published(wanted, build, trees, known, jobs, None if waited else looked)


def _published(
    wanted: Mapping[str, Output],
    build: str | None,
    trees: Trees,
    known: Mapping[str, Tree],
    jobs: int,
    looked: Callable[[], Look | None] | None = None,
) -> Published:
    former, live = known.get(identity(trees.live), NOTHING)
    pages = sum(1 for path in wanted if path.endswith(".html"))
    keys = _keys(wanted, jobs)
    if _holds(live, keys) and not differences(trees.live, live):
        if build != former:
            write_note(trees.note, {**known, identity(trees.live): Tree(build or "", live)})
        return Published(pages, len(live), 0, ())
    spare = spare_of(trees, known.get(identity(trees.spare), NOTHING).files, looked)
    if not spare:
        _clear(trees)
    staged = _stage(wanted, keys, _Base(trees, live, spare, jobs))
    made = NOTHING if build is None else Tree(build, staged)
    noted = {identity(trees.live): Tree(former, live), identity(trees.spare): made}
    write_note(trees.note, noted)
    unknown = "" if not live and (trees.live / _MARK).is_file() else None
    rebuilt = tuple(_rebuilt(staged, live, unknown, f"{trees.live}/"))
    exchange(trees.spare, trees.live)
    return Published(pages, len(staged), len(live.keys() - staged.keys()), rebuilt)


def refresh(
    build: str, changes: Mapping[str, Output], output: Path, looked: Callable[[], Look | None] | None = None
) -> Published | None:
    """Publish what is live with some files made anew, or return None where it is not of the build named.

    `looked` is as for `publish`. Raises what `publish` raises.
    """
    trees = trees_of(output)
    with alone(trees.lock) as waited:
        recover(trees.live)
        known = read_note(trees.note)
        former, live = known.get(identity(trees.live), NOTHING)
        if former != build:
            return None
        root = f"{trees.live}/"
        kept = {path: _Kept(path, record, root) for path, record in live.items() if path != CHECKSUMS}
        try:
            return _published({**kept, **changes}, build, trees, known, 1, None if waited else looked)
        except _TouchedError:
            return None


class _TouchedError(Exception):
    """A file of the live tree is not as it was published."""


class _Kept(NamedTuple):
    """A file of the live tree as it is."""

    path: str
    record: Record
    root: str

    def key(self) -> str:
        return self.record[0]

    def chunks(self) -> tuple[bytes]:
        """Return its bytes: they are only asked for where a link cannot do. Raises _TouchedError."""
        file = self.root + self.path
        if not is_as_recorded(file, self.record):
            raise _TouchedError(file)
        return (Path(file).read_bytes(),)


def _keys(wanted: Mapping[str, Output], jobs: int) -> dict[str, str]:
    """Ask each output for its key: it takes some microseconds, and there may be hundreds of thousands."""
    batches = tuple(batched(tuple(wanted.values()), _BATCH))
    found = spread(_namer, (), batches, _workers(jobs), serial_below=_NAMED_ALONE_BELOW)
    return dict(zip(wanted, chain.from_iterable(found), strict=True))


def _namer() -> Callable[[Iterable[Output]], list[str]]:
    return lambda batch: [output.key() for output in batch]


def _workers(jobs: int) -> int:
    """Return how many processes can work on outputs: these hold functions, which only a fork can have."""
    return jobs if can_fork() else 1


def _rebuilt(
    staged: Manifest, live: Manifest, unknown: str | None, source: str
) -> Iterator[tuple[str, str | None, str]]:
    """Yield each file made, with its key before and now; that of one without a record is `unknown`.

    So is that of a file in the folder `source` that was to stay as it is, and was changed by somebody.
    """
    for path, record in staged.items():
        old = live.get(path)
        if old is None or old[0] != record[0]:
            yield path, old[0] if old else unknown, record[0]
        elif old != record and not is_as_recorded(source + path, old):
            yield path, "", record[0]


def _is_ours(folder: Path, note: Path) -> bool:
    """Say whether a folder may be replaced: it is empty, or carries the mark of a build, or is a noted one.

    Where somebody changed the mark, a tree is known by any file that is as the note says, to the nanosecond.
    """
    if folder.is_symlink() or not folder.is_dir():
        return False
    with suppress(OSError):
        if _MARKED.fullmatch((folder / _MARK).read_bytes()):
            return True
    files = read_note(note).get(identity(folder), NOTHING).files
    noted = any(is_as_recorded(f"{folder}/{path}", record) for path, record in files.items())
    return noted or not any(folder.iterdir())


def _clear(trees: Trees) -> None:
    """Let an empty folder be in the spare tree's place. Raises NotOurs where something else stands there."""
    if os.path.lexists(trees.spare):
        if not _is_ours(trees.spare, trees.note):
            raise NotOurs(f"{trees.spare} was not made by Hiring Hall, which needs that place; move it away")
        import shutil

        shutil.rmtree(trees.spare)
    trees.spare.mkdir(parents=True)


def _holds(live: Manifest, keys: Mapping[str, str]) -> bool:
    if len(live) != len(keys) + 1 or CHECKSUMS not in live:
        return False
    return all(path in live and live[path][0] == key for path, key in keys.items())


def _stage(wanted: Mapping[str, Output], keys: Mapping[str, str], base: _Base) -> Manifest:
    """Bring the spare tree up to date: remove what is gone, then add all there is to be, and its checksums.

    The mark comes first: by it the next build knows what a killed one has left. Raises OSError where a file
    that was just made or linked is not there as it should be.
    """
    for path in base.spare.keys() - wanted.keys() - {CHECKSUMS}:
        _unlink(f"{base.trees.spare}/{path}")
        _remove_empty(base.trees.spare, path)
    marked = _add({_MARK: wanted[_MARK]}, keys, base)
    staged = _add(wanted, keys, base._replace(spare={**base.spare, **marked}))
    sums = checksums(staged)
    own = File(CHECKSUMS, lambda: key_of(files=digest_bytes(sums)), lambda: (sums,))
    return staged | _add({CHECKSUMS: own}, {CHECKSUMS: own.key()}, base)


def _add(wanted: Mapping[str, Output], keys: Mapping[str, str], base: _Base) -> Manifest:
    """Let the spare tree hold outputs: keep what is right, link what the live tree has, make the rest."""
    staged: Manifest = {}
    missing: list[Output] = []
    folders: set[str] = set()
    trees, live, spare, jobs = base
    root, source = f"{trees.spare}/", f"{trees.live}/"
    for path, output in wanted.items():
        key, kept, ours = keys[path], spare.get(path), live.get(path)
        # What is otherwise in the live tree is made again: tools that copy by time pass over an older file.
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
    # Files of one folder may be made of the same things, so one process makes them all.
    groups = [tuple(group) for _, group in groupby(missing, lambda output: output.path.rpartition("/")[0])]
    made = spread(_writer, (root, source, live), groups, _workers(jobs), serial_below=_ALONE_BELOW)
    faults: list[Diagnostic] = []
    for output, written in zip(chain.from_iterable(groups), chain.from_iterable(made), strict=True):
        if isinstance(written, LayoutFault):
            faults += written.diagnostics
        else:
            staged[output.path] = keys[output.path], *written
    if faults:
        raise LayoutFault(*faults)
    _check(root, staged, [output.path for output in missing])
    return staged


def _writer(
    root: str, source: str, live: Manifest
) -> Callable[[Iterable[Output]], list[Written | LayoutFault]]:
    """Return what writes outputs; a fault in one is its result, so that all are told in one run."""

    def write(output: Output) -> Written | LayoutFault:
        path, ours = output.path, live.get(output.path)
        try:
            made = _written(root + path, output)
        except LayoutFault as fault:
            return fault
        return made if ours is None else _same(source + path, root + path, ours, made)

    return lambda group: [write(output) for output in group]


def _same(source: str, target: str, ours: Record, made: Written) -> Written:
    """Let a file that came out as it is in the live tree be that file: what copies by its time need not."""
    if (made[0], made[2]) != (ours[1], ours[3]) or not is_as_recorded(source, ours):
        return made
    spare = f"{target}.same"
    if not _linked(source, spare, ours):
        return made
    os.replace(spare, target)
    return ours[1:]


def _make_folder(root: str, path: str, known: set[str]) -> None:
    folder = path.rpartition("/")[0]
    if folder in known:
        return
    os.makedirs(root + folder, exist_ok=True)
    known.add(folder)


def _linked(source: str, target: str, record: Record) -> bool:
    """Link a file of the live tree into the spare one; say whether that could be, and it is as recorded."""
    if not is_as_recorded(source, record):
        return False
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        return False
    return True


def _written(target: str, output: Output) -> Written:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    hashed, file = sha256(), os.open(target, flags, 0o644)
    try:
        for block in _blocks(output.chunks()):
            hashed.update(block)
            write_all(file, block, target)
        found = os.fstat(file)
    finally:
        os.close(file)
    return found.st_size, found.st_mtime_ns, hashed.digest()


def _blocks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Join chunks: nearly every file is written at once, and the others are not held as a whole."""
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
    """Refuse a staged tree in which a file that was just made is not there at its size.

    Raises OSError: something else wrote there, or the file system lost a file.
    """
    wrong = [path for path in made if not is_as_recorded(root + path, staged[path])]
    if wrong:
        sample = ", ".join(sorted(wrong)[:3])
        raise OSError(f"the staged site is not what was written ({len(wrong)} files differ: {sample})")


def _remove_empty(root: Path, path: str) -> None:
    """Remove the folders above a path that hold nothing now."""
    folder = (root / path).parent
    while folder != root:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _unlink(path: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(path)
