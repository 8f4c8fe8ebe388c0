"""Git repositories that tests make: by whom and when things are committed, on any machine alike.

Owns the one way to run Git; refuses to know what is committed.
"""

from __future__ import annotations

import os
import subprocess
from datetime import datetime
from pathlib import Path


def git(folder: Path, *arguments: str, at: datetime | None = None) -> str:
    """Run Git in a folder, at a moment or now, without this machine's own settings; return what it prints."""
    named = {f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    moment = {f"GIT_{who}_DATE": f"{int(at.timestamp())} +0000" for who in ("AUTHOR", "COMMITTER") if at}
    alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    settings = ("-c", "core.autocrlf=false", "-c", "protocol.file.allow=always")
    done = subprocess.run(
        ("git", *settings, *arguments),
        cwd=folder,
        env=environment | named | moment | alone,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def begin(folder: Path) -> None:
    """Make a folder a repository whose first branch is `main`."""
    git(folder, "init", "--quiet", "--initial-branch=main")


def commit(folder: Path, message: str = "x", at: datetime | None = None) -> None:
    """Commit all that is in a folder, or that nothing has changed."""
    git(folder, "add", "--all", at=at)
    git(folder, "commit", "--quiet", "--allow-empty", "-m", message, at=at)
