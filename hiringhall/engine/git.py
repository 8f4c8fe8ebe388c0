"""Git repositories: where one is, what is checked out, and what its files ever were.

Owns how Git is asked, without any setting, hook or network of this machine; refuses to know what the files
are for. A version counts from the commit by which it reached the branch that is checked out: first parents
are followed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from hiringhall.engine.patterns import pattern

_SECONDS = 120  # Git's own time to answer; a history of 100,000 commits takes it ten
_ANSWERS = (0, 1)  # exit statuses; the second says no, as `rev-parse` does if there is no commit
_FILES = (b"100644", b"100755")
_MARK = b"\x01"  # starts a commit in the log, as nothing else there does
_ID = pattern("[0-9a-f]{40,64}")  # of a commit
_LARGEST = 1024 * 1024  # bytes
# Whatever this machine's settings are, this is what is run; nothing outside can change it.
_GIT = (
    *("--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"),
    *("-c", "log.follow=false", "-c", "log.diffMerges=first-parent", "-c", "log.showRoot=true"),
    *("-c", "protocol.allow=never"),
)
_LOG = (
    *("log", "--reverse", "--first-parent", "-m", "-z", "--raw", "--no-abbrev", "--no-renames"),
    *("--no-show-signature", "--no-notes", "--format=%x01%ct"),
)


class UnansweredError(Exception):
    """Git is missing or did not answer; the text says why, and must not be cached."""


class Repository(NamedTuple):
    """A Git repository around a folder: its work tree, and where it keeps this tree's refs and all refs."""

    tree: Path
    own: Path
    shared: Path


class Blob(NamedTuple):
    """What a file became in a commit: one without a name is gone.

    `at` is when that was committed (POSIX seconds). Commits are numbered, oldest first.
    """

    at: int
    path: str
    name: bytes
    commit: int


def find_repository(folder: Path) -> Repository | None:
    """Return the repository whose work tree holds a folder, without asking Git."""
    for tree in (folder, *folder.parents):
        found = tree / ".git"
        with suppress(OSError, UnicodeDecodeError):
            if found.is_file():  # of a linked work tree, or of a submodule
                found = tree / found.read_text("utf-8").removeprefix("gitdir:").strip()
            if (found / "HEAD").is_file():
                common = found / "commondir"
                shared = found / common.read_text("utf-8").strip() if common.is_file() else found
                return Repository(tree, found, shared)
    return None


def path_from_top(folder: Path) -> str:
    """Return the path of a folder from the top of its work tree.

    Without a work tree, it is relative to the working folder, or only its name: nothing about this machine.
    """
    whole = folder.resolve()
    repository = find_repository(whole)
    top = repository.tree if repository else Path.cwd()
    return whole.relative_to(top).as_posix() if whole.is_relative_to(top) else whole.name


def is_shallow(repository: Repository) -> bool:
    """Say whether a repository lacks part of its history."""
    with suppress(OSError):
        return (repository.shared / "shallow").stat().st_size > 0
    return False


def head_of(repository: Repository) -> str | None:
    """Return what is checked out: a commit's id, or None if there is no commit yet.

    Most repositories have it in a file or two, which are read faster than Git answers. Raises
    UnansweredError.
    """
    head = _noted_head(repository)
    if _ID.fullmatch(head):
        return head
    answer = _git(repository.tree, "rev-parse", "--verify", "--quiet", "HEAD")
    return answer.decode("ascii", "replace").strip() or None


def _noted_head(repository: Repository) -> str:
    """Return what the files of a repository say is checked out, or nothing if they do not say it simply."""
    with suppress(OSError, UnicodeDecodeError):
        head = (repository.own / "HEAD").read_text("utf-8").strip()
        if not head.startswith("ref: "):
            return head
        name = head.removeprefix("ref: ")
        for folder in (repository.own, repository.shared):
            with suppress(OSError):
                return (folder / name).read_text("utf-8").strip()
        for line in (repository.shared / "packed-refs").read_text("utf-8").splitlines():
            if line.endswith(f" {name}"):
                return line.partition(" ")[0]
    return ""


def blobs_below(folder: Path, head: str) -> Iterator[Blob]:
    """Yield what each file below a folder became in each commit up to `head`, an id, oldest first.

    Raises UnansweredError.
    """
    pieces = iter(_git(folder, *_LOG, head, "--", ".").split(b"\0"))
    at, commit = 0, 0
    for piece in pieces:
        if piece.startswith(_MARK):
            at, commit = int(piece[1:]), commit + 1
        elif piece.lstrip(b"\n").startswith(b":"):
            _, mode, _, name, _ = piece.split(b" ")
            path = next(pieces).decode("utf-8", "replace")
            yield Blob(at, path, name if mode in _FILES else b"", commit)


def contents_of(names: Iterable[bytes], folder: Path) -> Iterator[tuple[bytes, bytes]]:
    """Yield the bytes of blobs by name, except those that are larger than one mebibyte.

    `git cat-file --batch` writes a line about each, its bytes and a line end. Raises UnansweredError, also if
    a blob is missing, as in partial clones: it may be there the next time.
    """
    given = b"".join([name + b"\n" for name in names])
    answer = _git(folder, "cat-file", "--batch", given=given) if given else b""
    at = 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        name, kind, *size = answer[at:end].split(b" ")
        at = end + 1
        if not size:
            raise UnansweredError("files of earlier commits are missing")
        length = int(size[0])
        if kind == b"blob" and length <= _LARGEST:
            yield name, answer[at : at + length]
        at += length + 1


def changed_at_head(folder: Path) -> frozenset[str]:
    """Return the paths, relative to a folder, of the files below it that the checked-out commit changed.

    It is compared with its first parent: GitHub checks out a pull request as a merge into its base. Raises
    UnansweredError, also if the commit has no parent here.
    """
    answer = _git(folder, "diff", "--name-only", "-z", "--relative", "--no-renames", "HEAD^1", "HEAD", "--")
    return frozenset(os.fsdecode(answer).split("\0")) - {""}


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Return what Git answers in a folder. Raises UnansweredError if it is not installed or refuses."""
    import shutil
    import subprocess

    program = shutil.which("git")
    if program is None:
        raise UnansweredError("Git is not installed")
    # If a Git hook builds the site, variables are set that point Git elsewhere than this folder.
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    safe = own | {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}
    try:
        done = subprocess.run(  # noqa: S603 -- the program is Git, the arguments are constants of this module
            (program, *_GIT, *arguments),
            cwd=folder,
            env=safe,
            input=given,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnansweredError(f"Git took longer than {_SECONDS} seconds") from None
    except OSError as fault:
        raise UnansweredError(f"Git cannot be run ({fault.strerror})") from fault
    if done.returncode not in _ANSWERS:
        said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise UnansweredError(said or f"Git ended with status {done.returncode}")
    return done.stdout
