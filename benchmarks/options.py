"""The options of benchmarks that write sites and time what is done with them.

Owns those that they have in common; refuses to know what is timed.
"""

from __future__ import annotations

import argparse
from pathlib import Path


def parser_of(name: str, about: str | None, runs: str) -> argparse.ArgumentParser:
    """Return the parser of the benchmark of that name; `runs` says what is done `--runs` times."""
    parser = argparse.ArgumentParser(
        prog=f"python -m benchmarks {name}",
        description=about,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--runs", type=int, default=5, metavar="N", help=f"{runs} (%(default)s)")
    parser.add_argument("--scratch", type=Path, metavar="DIR", help="where the sites are written for a while")
    return parser
