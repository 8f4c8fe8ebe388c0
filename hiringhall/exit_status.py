"""How a run ends: its exit status, and one line on what stopped it.

Owns the statuses and what to do when a system refuses something; refuses to know what a command does.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from hiringhall.diagnostics import Diagnostic, Severity, Span, UsageError, error, failed
from hiringhall.engine.cluster import ClusterError
from hiringhall.engine.workers import WorkerError
from hiringhall.intake.files.sources import SETTINGS
from hiringhall.publish import NotOurs
from hiringhall.report import delivery

# The contract's exit statuses; the last three are those that shells give to programs ended by a signal.
GOOD, CONTENT, USAGE, BROKEN = 0, 1, 2, 3
INTERRUPTED, PIPE_CLOSED, TERMINATED = 130, 141, 143

DEBUG = "HIRINGHALL_DEBUG"

# Windows' own numbers: access is denied, and a file is in use; a path is not found, and a name is too long.
_IN_USE, _TOO_LONG = {5, 32}, {3, 206}
_LONGEST = 247  # characters of a folder's path there, unless the machine is set to allow more
# The settings, and options judged with them: an error there counts as wrong usage.
_SETTINGS = frozenset({SETTINGS, "--base-url", "--since"})

# What the system refuses most often, and what to do then.
_WAYS = {
    errno.EBUSY: "a mount point cannot be replaced: mount the folder above it instead",
    errno.EXDEV: "a folder of a container's image cannot be replaced: remove it, or choose another",
    errno.ENOSPC: "make room and run this again",
    errno.EDQUOT: "make room and run this again",
    errno.EACCES: "give this user the right to read and write there, or choose another folder",
    errno.EROFS: "choose another folder",
}


class TerminatedError(KeyboardInterrupt):
    """Another program asks this one to end, like Ctrl-C."""


def status_of(diagnostics: Sequence[Diagnostic], *, strict: bool) -> int:
    """Return the status for what was found: by the contract, wrong settings are wrong usage."""
    if not failed(diagnostics, strict=strict):
        return GOOD
    errors = (found for found in diagnostics if found.severity is Severity.ERROR)
    return USAGE if any(Path(found.path).name in _SETTINGS for found in errors) else CONTENT


def explain(fault: BaseException, form: str) -> int:
    """Say in one line why the run ended, with the traceback if that is asked for, and return the status.

    Programs get it in the form that they asked for, like any message.
    """
    if os.environ.get(DEBUG):
        import traceback

        traceback.print_exception(fault)
    if isinstance(fault, KeyboardInterrupt | EOFError):
        code, reason, line = "stopped", "the run was stopped before its end", "stopped"
        status = TERMINATED if isinstance(fault, TerminatedError) else INTERRUPTED
    elif isinstance(fault, UsageError | NotOurs | ClusterError):
        code, reason, line, status = "usage", str(fault), f"error: {fault}", USAGE
    else:
        reason = _reason(fault)
        code, line, status = "failure", f"error: {reason}", BROKEN
    with suppress(OSError):  # an output may be what failed before
        if form != "human":  # people read it in the last line
            delivery.deliver((error("build.py", Span(), code, reason),), form, os.environ)
        sys.stdout.flush()
    with suppress(OSError):
        print(line, file=sys.stderr)
    return status


def _reason(fault: BaseException) -> str:
    """Say what a system or a bug did, and what to do if that is known."""
    match fault:
        case MemoryError():
            return "there is not enough memory"
        case OSError():
            return _refusal(fault)
        case WorkerError():
            return str(fault)
        case ModuleNotFoundError() if fault.name and not fault.name.startswith("hiringhall"):
            way = "run `make site`, or run this command with the Python in .venv"
            return f"the library {fault.name} is not installed here; {way}"
        case _:
            found = f"{type(fault).__name__}: {fault}"
            return f"this is a bug; please report it with what {DEBUG}=1 shows: {found}"


def _refusal(fault: OSError) -> str:
    reason = fault.strerror or str(fault) or type(fault).__name__
    way = _WAYS.get(fault.errno or 0)
    of_windows = getattr(fault, "winerror", None)
    if of_windows in _IN_USE:
        way = "on Windows, a folder cannot be replaced while it or a file in it is open: close what uses it"
    elif of_windows in _TOO_LONG and len(str(Path(fault.filename or "").absolute())) > _LONGEST:
        way = "this path is too long for Windows: use a folder with a shorter one, or allow long paths"
    told = f"{reason}; {way}" if way else reason
    return f"{fault.filename}: {told}" if fault.filename else told


def settle(*streams: TextIO) -> None:
    """Discard what streams will not take: the interpreter would try again, and end with its own status."""
    for stream in streams:
        try:
            stream.flush()
        except OSError:
            with Path(os.devnull).open("wb") as nowhere:
                os.dup2(nowhere.fileno(), stream.fileno())
