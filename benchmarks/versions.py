"""How the time of a cold build has changed from one version of this repository to the next.

    python -m benchmarks versions VERSION... [--size 1000] [--runs 5] [--jobs N] [--scratch DIR]

Many small additions can make a build slow, and none of them shows next to the version before it. So versions
that are far apart build the same postings by turns. The least processor time says most: what else the machine
does can only add to it. Owns the turns; refuses to judge what a version added.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks import corpus, process, tables
from benchmarks.build import ours
from benchmarks.options import parser_of

_TOLD = "--format=%h %cd %s"


def main(argv: Sequence[str] | None = None) -> None:
    """Time the versions asked for, and print the table."""
    options = _parser().parse_args(argv)
    print(tables.machine(), flush=True)
    with process.scratch(options.scratch) as folder:
        corpus.write(folder / "content", options.size)
        times: dict[str, list[process.Time]] = {version: [] for version in options.versions}
        with _checked_out(options.versions, folder) as trees:
            for run in range(options.runs + 1):
                for number, (version, tree) in enumerate(trees.items()):
                    output = folder / f"{number}-{run}" / "site"
                    output.parent.mkdir()
                    command = ours(folder / "content", output, corpus.NOW, cache=False, jobs=options.jobs)
                    found = process.timed(command, tree)
                    times[version] += [found] if run else []  # the first run compiles modules
        head = (f"a cold build of {options.size:,}", "CPU, s, at least", "wall, s, at least")
        print(tables.table(head, (_row(version, found) for version, found in times.items())))


def _row(version: str, times: Sequence[process.Time]) -> tuple[str, str, str]:
    cpu, wall = min(each.cpu for each in times), min(each.wall for each in times)
    return _git("log", "-1", "--date=format:%Y-%m-%d", _TOLD, version), f"{cpu:.2f}", f"{wall:.2f}"


@contextmanager
def _checked_out(versions: Sequence[str], folder: Path) -> Iterator[dict[str, Path]]:
    """Give a folder with the files of each version, for a while."""
    trees = {version: folder / f"tree-{number}" for number, version in enumerate(versions)}
    try:
        for version, tree in trees.items():
            _git("worktree", "add", "--quiet", "--detach", str(tree), version)
        yield trees
    finally:
        for tree in filter(Path.exists, trees.values()):
            _git("worktree", "remove", "--force", str(tree))


def _git(*arguments: str) -> str:
    command = ("git", "-C", str(process.ROOT), *arguments)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr.strip())
    return done.stdout.strip()


def _parser() -> argparse.ArgumentParser:
    parser = parser_of("versions", __doc__, "timed runs of each")
    parser.add_argument("versions", nargs="+", metavar="VERSION", help="what Git calls them: a commit, a tag")
    parser.add_argument("--size", type=int, default=1000, metavar="POSTINGS")
    parser.add_argument("--jobs", type=int, metavar="N", help="as of build.py")
    return parser


if __name__ == "__main__":
    main()
