"""How long builds take and how much memory they use, next to Hugo if it is found.

    python -m benchmarks build [--sizes 1000 10000] [--runs 5] [--jobs N] [--scratch DIR]

Owns the cases and their order; refuses to judge: it prints medians. Both programs read the same files and
take turns.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks import corpus, peer, process, tables
from benchmarks.options import parser_of

OURS, HUGO = "Hiring Hall", "Hugo"
COLD = "cold, no cache"
TOMORROW = corpus.NOW + timedelta(days=1)

Command = tuple[str, ...]
Commands = Callable[[int], dict[str, Command]]


@dataclass(frozen=True, slots=True)
class Case:
    """What is measured: by the number of the run, what happens before it and what is then run."""

    name: str
    before: Callable[[int], None]
    commands: Commands


@dataclass(slots=True)
class Figures:
    """What one program needed in one case: a time for each run, and MiB in a run that was not timed."""

    times: list[process.Time] = field(default_factory=list)
    memory: float = 0.0

    @property
    def walls(self) -> list[float]:
        return [each.wall for each in self.times]

    @property
    def wall(self) -> float:
        return statistics.median(self.walls)


@dataclass(frozen=True, slots=True)
class Result:
    """The figures of a case at a size, by program."""

    size: int
    case: str
    figures: dict[str, Figures]


@dataclass(frozen=True, slots=True)
class Bench:
    """A made-up site on disk, and the programs that build it."""

    folder: Path
    hugo: str | None
    jobs: int | None

    @property
    def content(self) -> Path:
        return self.folder / "content"

    def prepare(self, size: int) -> None:
        """Write the postings, and a Hugo site that reads them."""
        corpus.write(self.content, size)
        peer.write(self.folder / "peer", self.content)

    def output(self, program: str, name: str) -> Path:
        """Return a folder for one program only, because it may put files next to its site."""
        return self.folder / program.replace(" ", "") / name / "site"

    def commands(self, name: str, now: datetime, *, cache: bool) -> dict[str, Command]:
        """Return each program's command for a build into the folder of that name."""
        output = self.output(OURS, name)
        output.parent.mkdir(parents=True, exist_ok=True)
        found = {OURS: ours(self.content, output, now, cache=cache, jobs=self.jobs)}
        if self.hugo:
            found[HUGO] = peer.build(self.hugo, self.folder / "peer", self.output(HUGO, name), now)
        return found


def ours(content: Path, output: Path, now: datetime, *, cache: bool, jobs: int | None) -> Command:
    """Return the command that builds our site; its cache is next to it."""
    memory = ("--cache", str(output.with_name("cache"))) if cache else ("--no-cache",)
    number = ("--jobs", str(jobs)) if jobs else ()
    return (
        *(sys.executable, "build.py", "build", "--quiet", "--now", now.isoformat()),
        *("--content", str(content), "--output", str(output), *memory, *number),
    )


def cases(bench: Bench) -> Iterator[Case]:
    """Yield the cases in an order in which each finds what it needs: later ones need a site and its cache."""
    yield Case(COLD, _nothing, lambda run: bench.commands(f"cold-{run}", corpus.NOW, cache=False))

    def today(_: int) -> dict[str, Command]:
        return bench.commands("warm", corpus.NOW, cache=True)

    for command in today(0).values():
        process.timed(command)
    posting = corpus.some_open(bench.content)
    original = posting.read_text("utf-8")
    yield Case("text edited", lambda run: corpus.edit_text(posting, original, f"text {run}"), today)
    yield Case("title edited", lambda run: corpus.edit_title(posting, original, f"Title {run}"), today)
    yield Case("nothing changed", _nothing, today)

    def yesterday(run: int) -> None:
        # Two trees take turns: after only one build, the next would find the tree of an earlier run's
        # tomorrow.
        for number in (1, 2):
            corpus.edit_text(posting, original, f"day {run}.{number}")
            process.timed(today(0)[OURS])

    def tomorrow(_: int) -> dict[str, Command]:
        return bench.commands("warm", TOMORROW, cache=True)

    yield Case("next day", yesterday, tomorrow)


def _nothing(_: int) -> None:
    pass


def measure(case: Case, runs: int) -> dict[str, Figures]:
    """Run each program in turn; the first round warms up and is watched for memory, the others are timed."""
    found: dict[str, Figures] = {}
    for run in range(runs + 1):
        case.before(run)
        for program, command in case.commands(run).items():
            figures = found.setdefault(program, Figures())
            if run:
                figures.times.append(process.timed(command))
            else:
                figures.memory = process.peak(command)
    return found


def published(bench: Bench, program: str) -> tuple[int, int, int]:
    """Return the postings, files and bytes of a program's first cold build."""
    site = bench.output(program, "cold-0")
    sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
    return len(list(site.glob("jobs/*/index.html"))), len(sizes), sum(sizes)


def report(results: Sequence[Result]) -> str:
    """Return the table of all cases."""
    head = ["postings", "case", "program", "wall, s", "CPU, s", "memory, MiB", "ratio to Hugo"]
    rows = []
    for result in results:
        for program, figures in result.figures.items():
            cpu = statistics.median(each.cpu for each in figures.times)
            cells = [f"{result.size:,}", result.case, program, tables.middle(figures.walls), f"{cpu:.2f}"]
            rows.append([*cells, f"{figures.memory:.0f}", ratio(result.figures, program)])
    return tables.table(head, rows)


def ratio(figures: dict[str, Figures], program: str) -> str:
    """Return the median of the ratios of our runs to the Hugo run after each."""
    if program != OURS or HUGO not in figures:
        return ""
    pairs = zip(figures[OURS].walls, figures[HUGO].walls, strict=True)
    return tables.middle([one / other for one, other in pairs])


def growth(results: Sequence[Result]) -> str:
    """Return the table of what a posting costs at each size."""
    cold = [result for result in results if result.case == COLD]
    head = ["ms a posting, cold", *(f"{result.size:,}" for result in cold), "last to first"]
    rows = []
    for program in cold[0].figures:
        costs = [result.figures[program].wall * 1000 / result.size for result in cold]
        rows.append([program, *(f"{cost:.2f}" for cost in costs), f"{costs[-1] / costs[0]:.2f}"])
    return tables.table(head, rows)


def start(folder: Path, runs: int, jobs: int | None) -> Result:
    """Measure a cold build of the postings in the repository itself."""
    content = process.ROOT / "content"

    def commands(run: int) -> dict[str, Command]:
        output = folder / f"own-{run}" / "site"
        output.parent.mkdir(parents=True)
        return {OURS: ours(content, output, corpus.NOW, cache=False, jobs=jobs)}

    case = Case(f"{COLD}, the repository's own", _nothing, commands)
    return Result(len(list((content / "postings").rglob("*.md"))), case.name, measure(case, runs))


def main(argv: Sequence[str] | None = None) -> None:
    """Measure builds of the sizes asked for, and print the tables."""
    options = _parser().parse_args(argv)
    hugo = peer.find()
    print(tables.machine(peer.version(hugo)), flush=True)
    with process.scratch(options.scratch) as folder:
        results = [start(folder, options.runs, options.jobs)]
        sites = []
        for size in sorted(options.sizes):
            bench = Bench(folder / str(size), hugo, options.jobs)
            bench.prepare(size)
            for case in cases(bench):
                print(f"{size} postings: {case.name}", file=sys.stderr, flush=True)
                results.append(Result(size, case.name, measure(case, options.runs)))
            sites += [(size, program, *published(bench, program)) for program in results[-1].figures]
        print(report(results))
        print(growth(results))
        head = ("postings", "program", "pages of postings", "files", "MB")
        print(
            tables.table(
                head,
                (
                    (f"{size:,}", program, f"{pages:,}", f"{files:,}", f"{written / 1e6:,.1f}")
                    for size, program, pages, files, written in sites
                ),
            )
        )


def _parser() -> argparse.ArgumentParser:
    parser = parser_of("build", __doc__, "timed runs of a case")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000], metavar="POSTINGS")
    parser.add_argument("--jobs", type=int, metavar="N", help="as of build.py")
    return parser


if __name__ == "__main__":
    main()
