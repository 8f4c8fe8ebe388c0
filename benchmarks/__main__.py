"""The benchmarks by name: `python -m benchmarks [build|serve|browser|versions] [OPTIONS]`.

Owns the names, of which `build` may be left out; refuses to know what each measures.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

NAMES = ("build", "serve", "browser", "versions")


def main(argv: Sequence[str]) -> None:
    """Run the benchmark named first, with the options that follow."""
    bare = not argv or argv[0].startswith("-")
    name, *options = ("build", *argv) if bare else argv
    if name not in NAMES:
        raise SystemExit(f"there is no benchmark {name!r}; there are {', '.join(NAMES)}")
    # Loaded by name: only the browser benchmark needs a browser's driver.
    import_module(f"benchmarks.{name}").main(options)


if __name__ == "__main__":
    main(sys.argv[1:])
