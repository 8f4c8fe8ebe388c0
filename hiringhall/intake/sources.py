"""The files of content: which there are, and their bytes.

Owns the walk through the content folder; refuses to know what the files say.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from operator import itemgetter
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from hiringhall.diagnostics import Diagnostic, Outcome, Span, error, warning
from hiringhall.engine.digests import digest_bytes
from hiringhall.model import Source
from hiringhall.policies.addresses import FILES
from hiringhall.policies.slugs import SLUG_IN_WORDS, file_slug, is_slug

PAGES = "pages"  # the folder of pages that are no postings

SETTINGS, REGISTER = "site.yaml", "organizations.yaml"
MOST_BYTES = 1024 * 1024  # of a text; one with more is refused, so the rest of it is not read
ANY_BYTES = sys.maxsize

Seen = Mapping[str, tuple[tuple[int, ...], str]]
# Endings that a posting can have got by mistake; a picture beside the postings is nobody's posting.
_WRITTEN = (
    *(".md", ".markdown", ".mdown", ".mkd", ".txt", ".text", ".html", ".htm", ".yaml", ".yml"),
    *(".rtf", ".doc", ".docx", ".odt", ".pages"),
)
_MEANT = {
    **dict.fromkeys(("site", "sites", "settings"), SETTINGS),
    **dict.fromkeys(
        ("organizations", "organization", "organisations", "organisation", "employers"), REGISTER
    ),
}
# Names that stand in an address as they are, and are files on every system.
_LASTING_NAME = re.compile(r"(?:[\w-](?:[\w.-]*[\w-])?/)*[\w-](?:[\w.-]*[\w-])?", re.ASCII)
# What Windows keeps about a folder, hidden only there; other systems' such files begin with a dot.
_OF_SYSTEMS = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini"})
_ALMOST_YAML = frozenset({"yaml", "yml", "yaml.txt", "yml.txt", "txt"})


def scan(content: Path, seen: Seen = MappingProxyType({})) -> Outcome[tuple[Source, ...]]:
    """Find every posting below `content`, in order of path, without keeping their bytes.

    `seen` gives the stamp and the digest of files as an earlier build found them; others are read for it.
    """
    root = content / "postings"
    if not root.is_dir():
        hint = "create it, or name another folder with --content"
        missing = error(shown(root), Span(), "postings-missing", "there is no folder of postings", hint)
        return Outcome((), (missing, *_misnamed(content)))
    found = scan_folder(root, content, seen)
    return Outcome(found.value, (*_misnamed(content), *found.diagnostics))


def scan_folder(root: Path, content: Path, seen: Seen = MappingProxyType({})) -> Outcome[tuple[Source, ...]]:
    """Find every Markdown file below `root`, a folder of `content` that need not be there, as `scan` does."""
    homes = real_path(root), real_path(content)
    return _scanned(root, homes, ".md", _ending_problem, seen, MOST_BYTES)


def scan_files(content: Path, seen: Seen = MappingProxyType({})) -> Outcome[tuple[Source, ...]]:
    """Find every file of content that is published as it is, in order of path, as `scan` does."""
    root, home = content / FILES, real_path(content)
    if not real_path(root).is_relative_to(home):  # whatever is there would become public
        return Outcome((), (_unreadable(shown(root), _leading_out()),))
    return _scanned(root, (home,), "", partial(_published_name_problem, {}), seen, ANY_BYTES)


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
        problem = problem_of(name, path) if _is_text(name) else _unnamable(path)
        if problem:
            diagnostics.append(problem)
        elif name.endswith(ending):
            try:
                found.append(_found(path, entry, seen.get(path), homes, most))
            except OSError as fault:
                diagnostics.append(_unreadable(path, fault))
    return Outcome(tuple(found), tuple(diagnostics))


def _ending_problem(name: str, path: str) -> Diagnostic | None:
    if name.endswith(".md") or ("." in name.rpartition("/")[2] and not name.casefold().endswith(_WRITTEN)):
        return None
    message = "this file is not read: its name does not end in .md"
    return warning(path, Span(), "file-ending", message, "rename it so that it ends in .md")


def _published_name_problem(taken: dict[str, str], name: str, path: str) -> Diagnostic | None:
    """Return what is wrong with a name.

    `taken` are the names before it and those of their folders, by what systems may take them for.
    """
    if not _LASTING_NAME.fullmatch(name):
        message = "the name of a file that is published may have letters a–z, digits, dots, hyphens and _"
        hint = f"rename it to {'/'.join(map(lasting_name, name.split('/')))}"
        return error(path, Span(), "file-name", message, hint)
    for place in (name, *map(str, PurePosixPath(name).parents)):
        twin = taken.setdefault(place.casefold(), place)
        if twin != place:
            what = f"only capital letters tell {place} from {twin}"
            message = f"{what}: many systems take the two for one file"
            return error(path, Span(), "file-name", message, "rename one of them")
    return None


def lasting_name(name: str) -> str:
    """Return the name of a file or a folder that can stand in an address, like one that cannot.

    >>> lasting_name("Stellenausschreibung Müller (neu).PDF"), lasting_name("hall.jpg")
    ('stellenausschreibung-muller-neu.pdf', 'hall.jpg')
    """
    if _LASTING_NAME.fullmatch(name):
        return name
    stem, dot, ending = name.rstrip(" .").rpartition(".")
    return f"{file_slug(stem)}.{file_slug(ending)}" if dot else file_slug(ending)


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
    """Yield a warning for each file beside the postings that has almost the name of one that is read."""
    try:
        names = os.listdir(content)  # noqa: PTH208 - a Path for each file costs more
    except OSError:
        return
    for name in sorted(names):
        stem, _, ending = name.casefold().partition(".")
        meant = _MEANT.get(stem) if ending in _ALMOST_YAML else None
        if meant and name != meant and not _is_same(content / name, content / meant):
            message = f"this file is not read: its name is not {meant}"
            yield warning(shown(content / name), Span(), "file-near", message, f"rename it to {meant}")


def _is_same(path: Path, other: Path) -> bool:
    """Say whether two names lead to one file, as they do where case does not count."""
    return other.exists() and path.samefile(other)


def _unnamable(path: str) -> Diagnostic:
    readable = os.fsencode(path).decode("utf-8", "backslashreplace")
    message = "the file's name is not UTF-8 text"
    return error(readable, Span(), "file-name", message, f"rename it; use {SLUG_IN_WORDS}")


def _is_text(name: str) -> bool:
    """Say whether a name is text: bytes that are none stand in it as halves of characters."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _sorted_files(root: Path) -> list[tuple[str, os.DirEntry[str]]]:
    return sorted(_files(root), key=itemgetter(0)) if root.is_dir() else []


def _files(root: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield all files below a folder by name; those of programs, and links to folders, are left out."""
    folders = [(str(root), "")]
    while folders:
        folder, prefix = folders.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if is_passing(entry.name):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append((entry.path, f"{prefix}{entry.name}/"))
                elif not _leads_to_folder(entry):
                    yield prefix + entry.name, entry


def is_passing(name: str) -> bool:
    """Say whether a name is that of a program's own file or folder, which is no content.

    Such are hidden ones, an editor's backups, swap files and locks, and what systems keep about a folder.

    >>> [is_passing(name) for name in (".x.md.swp", "x.md~", "#x.md#", "~$x.docx", "x.md___jb_tmp___")]
    [True, True, True, True, True]
    >>> [is_passing(name) for name in ("Thumbs.db", "x.tmp", "x.md", "#3-hall.jpg")]
    [True, True, False, False]
    """
    return (
        name.startswith((".", "~$"))
        or name.endswith(("~", ".swp", ".swx", ".tmp", "___"))
        or (name[0] == name[-1] == "#")
        or name.casefold() in _OF_SYSTEMS
    )


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
    stamp = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    if seen and seen[0] == stamp:
        return Source(path, None, seen[1], stamp)
    return Source(path, None, digest_bytes(_bytes_of(entry.path, status, most)), stamp)


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


def is_among(path: str, places: Sequence[Path]) -> bool:
    """Say whether a file is one of some places, or below one; where none is named, every file is."""
    if not places:
        return True
    place = Path(path).resolve()
    return any(place.is_relative_to(each.resolve()) for each in places)


def slug_of(path: str) -> str:
    """Return the slug that a posting's file names: its stem.

    >>> slug_of("content/postings/2026/organizer.md")
    'organizer'
    """
    return path.rpartition("/")[2].removesuffix(".md")


def check_name(path: str) -> tuple[Diagnostic, ...]:
    """Report a file whose name is not a slug, as an error at its first line (file-name)."""
    slug = slug_of(path)
    if is_slug(slug):
        return ()
    message = f"the file's name, {slug}.md, may have {SLUG_IN_WORDS}"
    meant = file_slug(slug.replace("_", " ").replace(".", " "))
    return (error(path, Span(), "file-name", message, f"rename it to {meant}.md"),)
