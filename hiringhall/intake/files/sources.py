"""The files of content: which there are, and their bytes.

Owns the walk through the content folder, and whether a file is there itself; refuses to know what the files
say.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType

from hiringhall.diagnostics import Diagnostic, Outcome, Span, UsageError, error, warning
from hiringhall.engine.digests import digest_bytes
from hiringhall.engine.files import stamp_of
from hiringhall.intake import words
from hiringhall.intake.files.names import (
    encoding_problem,
    ending_problem,
    is_passing,
    published_name_problem,
)
from hiringhall.model import Source
from hiringhall.policies.addresses import FILES

POSTINGS = "postings"
PAGES = "pages"  # the folder of pages that are no postings
SETTINGS, REGISTER = "site.yaml", "organizations.yaml"
_OWN = frozenset((SETTINGS, REGISTER, POSTINGS, PAGES, FILES.rstrip("/")))
# The strings that came with the program. A copy of the layouts may be from an older version, which had fewer.
SHIPPED = Path(__file__).parents[3] / "layouts" / "strings"
MOST_BYTES = 1024 * 1024  # of a text; one with more is refused, so the rest of it is not read
ANY_BYTES = sys.maxsize
_POINTER, _MOST_OF_POINTER = b"version https://git-lfs.github.com/spec/", 1023  # bytes, by the same document

Seen = Mapping[str, tuple[tuple[int, ...], str]]
_OF_PROJECTS = ("readme", "license", "changelog", "contributing", "notes", "todo")
_ALMOST_YAML = frozenset({"yaml", "yml", "yaml.txt", "yml.txt", "txt"})


def scan(content: Path, seen: Seen = MappingProxyType({})) -> Outcome[tuple[Source, ...]]:
    """Find every posting below `content`, in order of path, without keeping their bytes.

    `seen` gives the stamp and the digest of files as an earlier build found them; others are read for it.
    """
    root = content / POSTINGS
    if not root.is_dir():
        hint = "create it, or name another folder with --content"
        missing = error(shown(root), Span(), "postings-missing", "there is no folder of postings", hint)
        return Outcome((), (missing, *_misnamed(content)))
    found = scan_folder(root, content, seen)
    return Outcome(found.value, (*_misnamed(content), *found.diagnostics))


def scan_folder(root: Path, content: Path, seen: Seen = MappingProxyType({})) -> Outcome[tuple[Source, ...]]:
    """Find every Markdown file below `root`, a folder of `content` that need not be there, as `scan` does."""
    homes = real_path(root), real_path(content)
    return _scanned(root, homes, ".md", ending_problem, seen, MOST_BYTES)


def scan_files(content: Path, seen: Seen = MappingProxyType({})) -> Outcome[tuple[Source, ...]]:
    """Find every file of content that is published as it is, in order of path, as `scan` does."""
    root, home = content / FILES, real_path(content)
    if not real_path(root).is_relative_to(home):  # whatever is there would become public
        return Outcome((), (_unreadable(shown(root), _leading_out()),))
    found = _scanned(root, (home,), "", partial(published_name_problem, {}), seen, ANY_BYTES)
    told = (_absent(source) for source in found.value or () if source.stamp[0] <= _MOST_OF_POINTER)
    return Outcome(found.value, (*found.diagnostics, *filter(None, told)))


def _absent(small: Source) -> Diagnostic | None:
    """Say so if a file that is to be published has not come into its place."""
    if not small.stamp[0]:
        message = "the file is empty: readers find nothing in it"
        hint = "put the file here again, or delete it and the links to it"
        return warning(small.path, Span(), "file-empty", message, hint)
    if (reread(small.path).data or b"").startswith(_POINTER):
        message = "the file is not here: this is only what Git LFS keeps in its place"
        hint = "run git lfs pull; in workflows, put lfs: true below the with: of actions/checkout"
        return error(small.path, Span(), "file-pointer", message, hint)
    return None


def _scanned(
    root: Path,
    homes: tuple[Path, ...],
    ending: str,
    problem_of: Callable[[str, str], Diagnostic | None],
    seen: Seen,
    most: int,
) -> Outcome[tuple[Source, ...]]:
    """Find every file below `root` whose name has an ending; `problem_of` judges names, and their paths.

    A file that is a link must lead into one of the `homes`. Of one that has more than `most` bytes, no more
    are read than show it.
    """
    if os.path.lexists(root) and not root.is_dir():
        return Outcome((), (_unreadable(shown(root), OSError(errno.ENOTDIR, "it should be a folder")),))
    found: list[Source] = []
    diagnostics: list[Diagnostic] = []
    prefix = shown(root)
    for name, entry in _sorted_files(root):
        path = f"{prefix}/{name}"
        problem = encoding_problem(name, path) or problem_of(name, path)
        if problem:
            diagnostics.append(problem)
        elif name.endswith(ending):
            try:
                found.append(_found(path, entry, seen.get(path), homes, most))
            except OSError as fault:
                diagnostics.append(_unreadable(path, fault))
    return Outcome(tuple(found), tuple(diagnostics))


def files_of_site(content: Path) -> tuple[Path, ...]:
    """Return the files of content besides postings that decide a build; some may not be there.

    A folder of files that leads out of the content is named itself: what it leads to may be the whole disk.
    """
    pages, files = content / PAGES, content / FILES
    is_out = not real_path(files).is_relative_to(real_path(content))
    below = (*_named(pages), *((files,) if is_out else _named(files)))
    return content / SETTINGS, content / REGISTER, *below


def _named(folder: Path) -> Iterator[Path]:
    """Yield all files below a folder, or what is in its place."""
    if os.path.lexists(folder) and not folder.is_dir():
        yield folder
    yield from (folder / name for name, _ in _sorted_files(folder))


def _misnamed(content: Path) -> Iterator[Diagnostic]:
    """Yield a warning for each file or folder beside the postings that only seems to be one that is read."""
    try:
        names = os.listdir(content)  # noqa: PTH208 - a Path for each file costs more
    except OSError:
        return
    for name in sorted({*names} - _OWN):
        stem, _, ending = name.casefold().partition(".")
        kind, meant, mend = "folder", words.meanings("folders of content").get(stem), "move what is in it to"
        if ending:
            kind, mend = "file", "rename it to"
            meant = words.meanings("files of content").get(stem) if ending in _ALMOST_YAML else None
        if meant and not _is_same(content / name, content / meant):
            message = f"this {kind} is not read: its name is not {meant}"
            yield warning(shown(content / name), Span(), "file-near", message, f"{mend} {meant}")
        elif ending == "md" and not stem.startswith(_OF_PROJECTS):
            message = "this file is not read: it is in none of the folders of content"
            hint = f"move it to {POSTINGS} if it is a posting, to {PAGES} if it is a page"
            yield warning(shown(content / name), Span(), "file-near", message, hint)


def _is_same(path: Path, other: Path) -> bool:
    """Say whether two names lead to one file, as they do where case does not count."""
    return other.exists() and path.samefile(other)


def _sorted_files(root: Path) -> list[tuple[str, os.DirEntry[str]]]:
    return sorted(_files(root), key=itemgetter(0)) if root.is_dir() else []


def _files(root: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield all files below a folder by name; those of programs, and links to folders, are left out.

    Raises UsageError for one that may not be read.
    """
    folders = [(str(root), "")]
    while folders:
        folder, prefix = folders.pop()
        need_right(folder)
        with os.scandir(folder) as entries:
            for entry in entries:
                name = _composed(entry.name)
                if is_passing(name):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append((entry.path, f"{prefix}{name}/"))
                elif not _leads_to_folder(entry):
                    yield prefix + name, entry


def need_right(folder: Path | str) -> None:
    """Refuse a folder that this user may not list, or whose files may not be read. Raises UsageError."""
    if not os.access(folder, os.R_OK | os.X_OK):
        raise UsageError(f"the folder {folder} cannot be read: give this user the right to read and enter it")


def _composed(name: str) -> str:
    """Return the name of a file as Git has it: macOS may take letters apart, and takes both forms for one."""
    if sys.platform == "darwin" and not name.isascii():
        from unicodedata import normalize

        return normalize("NFC", name)
    return name


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle, which is told where it is read
        return False


def _found(
    path: str,
    entry: os.DirEntry[str],
    seen: tuple[tuple[int, ...], str] | None,
    homes: tuple[Path, ...],
    most: int,
) -> Source:
    status = entry.stat()
    _need_regular(status)
    if entry.is_symlink() and not any(map(real_path(entry.path).is_relative_to, homes)):
        raise _leading_out()
    stamp = stamp_of(status)
    if seen and seen[0] == stamp:
        return Source(path, None, seen[1], stamp)
    return Source(path, None, digest_bytes(_bytes_of(entry.path, status, most)), stamp)


def string_folders(layouts: Path) -> list[Path]:
    """Return where strings are: in the layouts, and what they lack in those that came with the program."""
    own = layouts / "strings"
    is_other = SHIPPED.is_dir() and real_path(own) != real_path(SHIPPED)
    return [own, SHIPPED] if is_other else [own]


def real_path(path: Path | str) -> Path:
    """Return a path without links; unlike Path.resolve, it does not fail on links in a circle."""
    return Path(os.path.realpath(path))


def _leading_out() -> OSError:
    return OSError(errno.EPERM, "it is a link that leads out of the content folder")


def _need_regular(status: os.stat_result) -> None:
    """Refuse what is no file of bytes: a device may have no end, a pipe no beginning. Raises OSError."""
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is not a regular file")


def read_source(path: Path) -> Outcome[Source]:
    """Read one file; one that cannot be read is an error at its first line (file-unreadable)."""
    try:
        _need_regular(path.stat())
        data = path.read_bytes()
    except OSError as fault:
        return Outcome(None, (_unreadable(shown(path), fault),))
    return Outcome(Source(shown(path), data, digest_bytes(data)))


def with_data(source: Source) -> Source:
    """Return a source with its bytes: those it has, or as they are now."""
    return source if source.data is not None else reread(source.path)._replace(past=source.past)


def reread(path: str, most: int = MOST_BYTES) -> Source:
    """Return a file by the path that `scan` gave it, with its bytes, at most one more than `most`.

    One that is gone by now is empty.
    """
    try:
        status = os.stat(path)  # noqa: PTH116 - a Path for each file costs more
        _need_regular(status)
        data = _bytes_of(path, status, most)
    except OSError:
        return Source(path, b"", "")
    return Source(path, data, digest_bytes(data))


def _bytes_of(path: str, status: os.stat_result, most: int) -> bytes:
    if status.st_size > most:
        with Path(path).open("rb") as file:
            return file.read(most + 1)
    with open(path, "rb", buffering=0) as whole:  # noqa: PTH123 - a Path for each file costs more
        return whole.read()


def _unreadable(path: str, fault: OSError) -> Diagnostic:
    return error(path, Span(), "file-unreadable", f"the file cannot be read: {fault.strerror or fault}")


def shown(path: Path) -> str:
    """Return a path as people know it: from the working folder if it is below it, with forward slashes."""
    absolute, working = path.absolute(), Path.cwd()
    return (absolute.relative_to(working) if absolute.is_relative_to(working) else path).as_posix()
