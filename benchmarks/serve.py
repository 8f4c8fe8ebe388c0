"""How long a saved file takes to be served: by our own live server, and by Hugo's if it is found.

    python -m benchmarks serve [--sizes 1000 10000] [--runs 5] [--scratch DIR]

Owns the edits and the waiting; refuses to judge: it prints medians.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import corpus, peer, process, tables
from benchmarks.build import HUGO, OURS
from benchmarks.options import parser_of

_PAUSE = 0.005  # between two requests, in seconds
_REST = 1.5  # after an edit, for the server to finish, in seconds
_LIMIT = 180.0  # before giving up on a server, in seconds
_PLACE = 5  # on the front page: which posting is edited

Save = Callable[[Path, str, str], None]


@dataclass(slots=True)
class Delays:
    """Seconds from start to the first page, and from each save to each page that shows it."""

    ready: float = 0.0
    text: list[float] = field(default_factory=list)
    title: list[float] = field(default_factory=list)
    index: list[float] = field(default_factory=list)


@contextmanager
def running(command: Sequence[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server while the block lasts."""
    with log.open("wb") as said:
        server = subprocess.Popen(command, cwd=process.ROOT, stdout=said, stderr=said, start_new_session=True)
        try:
            yield server
        except TimeoutError as late:
            raise SystemExit(f"{late}\n{log.read_text('utf-8', 'replace')}") from None
        finally:
            # The group is the server's own: it has only the processes that it started.
            with suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGTERM)
            server.wait()


def get(port: int, path: str) -> str:
    """Return a page, or nothing if there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_LIMIT)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.read().decode() if answer.status == http.HTTPStatus.OK else ""
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        connection.close()


def wait(port: int, marks: dict[str, str], server: subprocess.Popen[bytes]) -> dict[str, float]:
    """Return after how many seconds each path's page has its mark; they are requested in turn."""
    start, found = time.perf_counter(), dict[str, float]()
    while len(found) < len(marks):
        for path, mark in marks.items():
            if path not in found and mark in get(port, path):
                found[path] = time.perf_counter() - start
        if server.poll() is not None or time.perf_counter() - start > _LIMIT:
            raise TimeoutError(f"{server.args!r} does not serve {', '.join(marks.keys() - found.keys())}")
        time.sleep(_PAUSE)
    return found


def measure(command: Sequence[str], port: int, content: Path, runs: int) -> Delays:
    """Start a server, edit a posting on the front page again and again, and wait for what it serves."""
    delays = Delays()
    with running(command, content.with_name(f"{port}.log")) as server:
        delays.ready = wait(port, {"/": "/jobs/"}, server)["/"]
        slug = list(dict.fromkeys(re.findall(r"/jobs/([a-z0-9-]+)/", get(port, "/"))))[_PLACE - 1]
        path, page = content / "postings" / f"{slug}.md", f"/jobs/{slug}/"
        original = path.read_text("utf-8")

        def after(save: Save, mark: str, *pages: str) -> dict[str, float]:
            time.sleep(_REST)
            save(path, original, mark)
            return wait(port, dict.fromkeys(pages, mark), server)

        # The first edit of each kind warms up.
        for run in range(runs + 1):
            found = after(corpus.edit_text, f"Text {run} of {port}", page)
            delays.text += [found[page]] if run else []
        for run in range(runs + 1):
            found = after(corpus.edit_title, f"Title {run} of {port}", page, "/")
            delays.title += [found[page]] if run else []
            delays.index += [found["/"]] if run else []
        path.write_text(original, "utf-8")
    return delays


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def ours(folder: Path, port: int) -> tuple[str, ...]:
    """Return the command of our own server."""
    site = folder / "ours" / "site"
    site.parent.mkdir()
    return (
        *(sys.executable, "build.py", "serve", "--quiet", "--now", corpus.NOW.isoformat()),
        *(
            "--content",
            str(folder / "content"),
            "--output",
            str(site),
            "--cache",
            str(site.with_name("cache")),
        ),
        *("--port", str(port)),
    )


def rows(size: int, folder: Path, hugo: str | None, runs: int) -> Iterator[tuple[str, ...]]:
    """Measure each program's server on the same postings and yield its row."""
    content = folder / "content"
    corpus.write(content, size)
    peer.write(folder / "peer", content)
    for program in (OURS, HUGO) if hugo else (OURS,):
        print(f"{size} postings: {program}", file=sys.stderr, flush=True)
        port = free_port()
        command = (
            peer.serve(hugo, folder / "peer", port, corpus.NOW)
            if hugo and program == HUGO
            else ours(folder, port)
        )
        found = measure(command, port, content, runs)
        delays = (found.text, found.title, found.index)
        yield f"{size:,}", program, f"{found.ready:.2f}", *map(tables.middle, delays)


def main(argv: Sequence[str] | None = None) -> None:
    """Measure servers of sites of the sizes asked for, and print the table."""
    options = _parser().parse_args(argv)
    hugo = peer.find()
    print(tables.machine(peer.version(hugo)), flush=True)
    head = (
        "postings",
        "program",
        "start to first page, s",
        "text to page, s",
        "title to page, s",
        "title to index, s",
    )
    with process.scratch(options.scratch) as folder:
        found = [
            row
            for size in sorted(options.sizes)
            for row in rows(size, folder / str(size), hugo, options.runs)
        ]
        print(tables.table(head, found))


def _parser() -> argparse.ArgumentParser:
    parser = parser_of("serve", __doc__, "edits of each kind")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000], metavar="POSTINGS")
    return parser


if __name__ == "__main__":
    main()
