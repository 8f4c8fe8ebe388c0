"""One run of a program: how long it took, how busy it kept the machine, how much memory it used.

Owns the clock and the sampling; refuses to know what the program does.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
PROC = Path("/proc")
MEBIBYTE = 1024 * 1024
_PAUSE = 0.03  # between two memory samples, in seconds
# Without it, a Python program keeps its compiled modules, as it does for everyone who has not set it.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
_SESSION = 3  # the place of the session among the fields of /proc/PID/stat that follow the name


@dataclass(frozen=True, slots=True)
class Time:
    """Seconds by the clock, and seconds of all processors together, from start to end of a process."""

    wall: float
    cpu: float


def timed(command: Sequence[str], folder: Path = ROOT) -> Time:
    """Run a program in a folder to its end; its processor time includes that of its descendants."""
    _settle()
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=_ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=errors
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        _demand(process, errors)
    return Time(wall, usage.ru_utime + usage.ru_stime)


def peak(command: Sequence[str]) -> float:
    """Run a program and return the most memory that all its processes used at once, in MiB.

    Shared memory pages count once. Without /proc, it is the size of the largest process.
    """
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=_ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        )
        held = _watched(process) if (PROC / "self/smaps_rollup").exists() else _largest(process)
        _demand(process, errors)
    return held / MEBIBYTE


def _settle() -> None:
    """Write what earlier runs left in memory to disk, so that the next one does not pay for it."""
    os.sync()


def _demand(process: subprocess.Popen[bytes], errors: IO[bytes]) -> None:
    if process.returncode:
        errors.seek(0)
        sys.stderr.buffer.write(errors.read())
        raise SystemExit(f"{process.args!r} ended with status {process.returncode}")


def _watched(process: subprocess.Popen[bytes]) -> int:
    most = 0
    while process.poll() is None:
        most = max(most, sum(_proportional(each) for each in _of_session(process.pid)))
        time.sleep(_PAUSE)
    return most


@contextmanager
def scratch(parent: Path | None) -> Iterator[Path]:
    """Give a new folder below `parent`, which is made if missing, or the system's temporary folder."""
    if parent:
        parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=parent) as folder:
        yield Path(folder).resolve()


def _of_session(session: int) -> Iterator[Path]:
    """Yield the folders of a program and of the processes it started."""
    for folder in PROC.glob("[0-9]*"):
        with suppress(OSError):
            # The name is in parentheses and may contain any character.
            fields = (folder / "stat").read_text("latin-1").rpartition(")")[2].split()
            if int(fields[_SESSION]) == session:
                yield folder


def _proportional(folder: Path) -> int:
    """Return the memory of a process, in bytes; it may have ended meanwhile."""
    with suppress(OSError):
        for line in (folder / "smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _largest(process: subprocess.Popen[bytes]) -> int:
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
