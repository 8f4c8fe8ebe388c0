"""How fast the filter page answers, how much it loads, and how much memory it takes, in a real browser.

Owns a made-up site of open postings and the measuring of it; refuses to judge: it prints percentiles.

    python -m benchmarks.browser [--sizes 1000 10000 50000] [--slowdown 4] [--keep DIR]

An answer is timed from the event's own time stamp until after the frame that shows its rows has been painted;
`whole` is the last frame that anything of the answer came in, words found in whole texts included.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import itertools
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Playwright, sync_playwright

from tests import browser

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SETTINGS = """\
title: A made-up site
description: Postings that nobody wrote, for measuring.
base_url: https://jobs.example/
language: en
time_zone: America/New_York
default_country: US
default_currency: USD
"""
SYLLABLES = tuple(first + second for first in "bcdflmnprstv" for second in "aeio")
LEVELS = ("", "Senior ", "Lead ", "Assistant ", "Regional ", "Deputy ")
FIELDS = (
    "Research",
    "Policy",
    "Field",
    "Communications",
    "Legal",
    "Data",
    "Training",
    "Finance",
    "Education",
    "Campaign",
)
ROLES = (
    "Organizer",
    "Director",
    "Coordinator",
    "Analyst",
    "Representative",
    "Counsel",
    "Specialist",
    "Manager",
)
PLACES = (
    "Hartford, CT",
    "Boston, MA",
    "Albany, NY",
    "Chicago, IL",
    "Detroit, MI",
    "Oakland, CA",
    "Denver, CO",
    "Austin, TX",
    "Seattle, WA",
    "Newark, NJ",
    "Miami, FL",
    "Reno, NV",
)
TYPES = ("full-time", "full-time", "full-time", "part-time", "temporary", "internship")
SHARE_WITH_PAY = 7  # of ten
SHARE_WITH_DEADLINE = 8  # of ten
ARRANGEMENTS = ("on-site", "hybrid", "remote", "field")
TAGS = tuple(
    f"{name} {kind}"
    for name in ("public", "private", "local", "national", "rural")
    for kind in ("health", "schools", "transit", "housing", "energy")
)

TIMER = """
() => {
  const list = document.querySelector("[data-list]");
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now());
    channel.port2.postMessage(0);
  }));
  window.answers = [];
  let watcher = null;
  for (const name of ["input", "change", "popstate"]) {
    addEventListener(name, (event) => {
      const answer = { name, start: event.timeStamp };
      answers.push(answer);
      watcher?.disconnect();
      painted().then((at) => { answer.first = at - answer.start; });
      watcher = new MutationObserver(() => painted().then((at) => { answer.whole = at - answer.start; }));
      watcher.observe(list, { childList: true });
    }, { capture: true });
  }
}
"""


def write_site(folder: Path, count: int) -> None:
    """Write settings and `count` postings, the same ones every time."""
    rng = random.Random(count)
    (folder / "postings").mkdir(parents=True)
    (folder / "site.yaml").write_text(SETTINGS, "utf-8")
    (folder / "organizations.yaml").write_text("", "utf-8")
    words = sorted({"".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(12_000)})
    rng.shuffle(words)
    weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))
    employers = [
        f"{rng.choice(words).title()} {rng.choice(words).title()} Union" for _ in range(count // 3 + 3)
    ]
    for number in range(count):
        (folder / "postings" / f"job-{number}.md").write_text(
            _posting(rng, words, weights, employers), "utf-8"
        )


def _posting(rng: random.Random, words: list[str], weights: list[float], employers: list[str]) -> str:
    added = NOW.date() - timedelta(days=rng.randrange(50))
    low = rng.randrange(40, 120)
    pay = (
        f"salary:\n  min: {low}000\n  max: {low + rng.randrange(30)}000\n  period: year\n"
        if rng.randrange(10) < SHARE_WITH_PAY
        else ""
    )
    deadline = (
        f"deadline: {NOW.date() + timedelta(days=rng.randrange(2, 90))}\n"
        if rng.randrange(10) < SHARE_WITH_DEADLINE
        else ""
    )
    text = rng.choices(words, cum_weights=weights, k=450)
    paragraphs = (" ".join(text[start : start + 45]).capitalize() + "." for start in range(0, len(text), 45))
    return (
        f"---\ntitle: {rng.choice(LEVELS)}{rng.choice(FIELDS)} {rng.choice(ROLES)}\n"
        f"organization: {rng.choice(employers)}\nlocation: {rng.choice(PLACES)}\nadded: {added}\n"
        f"arrangement: {rng.choice(ARRANGEMENTS)}\nemployment_type: {rng.choice(TYPES)}\n"
        f"tags: [{', '.join(rng.sample(TAGS, rng.randint(1, 4)))}]\n{pay}{deadline}"
        f"apply: https://jobs.example/{rng.getrandbits(48)}\n---\n\n" + "\n\n".join(paragraphs) + "\n"
    )


def build(content: Path, site: Path) -> float:
    """Build the site and return the seconds it took."""
    command = (
        "build.py",
        "build",
        "--content",
        content,
        "--output",
        site,
        "--no-cache",
        "--quiet",
        "--now",
        NOW.isoformat(),
    )
    start = time.perf_counter()
    subprocess.run([sys.executable, *map(str, command)], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - start


class Served(http.server.SimpleHTTPRequestHandler):
    """Serves files with gzip, as hosts do, and counts the bytes sent."""

    protocol_version = "HTTP/1.1"
    sent = 0

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = _zipped(path)
        Served.sent += len(data)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name is the base class's
        """Say nothing."""


@functools.lru_cache(maxsize=4096)
def _zipped(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


@contextmanager
def serving(site: Path) -> Iterator[str]:
    """Serve a folder on this machine and give its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Served, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def measure(playwright: Playwright, address: str, slowdown: float) -> None:
    """Load the index, use it as a reader would, and print what that took."""
    with playwright.chromium.launch(
        executable_path=browser.find_browser(), args=browser.LAUNCH_ARGS
    ) as chromium:
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        page.clock.set_fixed_time(NOW)
        Served.sent = 0
        page.goto(address, wait_until="networkidle")
        page.wait_for_selector("#filter-q")
        print(f"  before any interaction   {Served.sent / 1000:8.1f} kB")
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
        start = time.perf_counter()
        page.focus("#filter-q")
        page.keyboard.type("z")
        page.wait_for_selector(".filter-chip")
        print(
            f"  first letter to a result {(time.perf_counter() - start) * 1000:8.0f} ms; "
            f"{Served.sent / 1000:.1f} kB over the wire by then"
        )
        page.evaluate(TIMER)
        _type(page)
        _click(page)
        answers: list[dict[str, Any]] = page.evaluate("answers")
        for name in ("input", "change", "popstate"):
            for key in ("first", "whole"):
                _print(
                    f"{name}, {key}",
                    [answer[key] for answer in answers if answer["name"] == name and key in answer],
                )
        session.send("HeapProfiler.collectGarbage")
        heap = session.send("Runtime.getHeapUsage")["usedSize"]
        print(
            f"  scripts' memory          {heap / 1e6:8.1f} MB; "
            f"{Served.sent / 1000:.1f} kB over the wire by then"
        )


def _type(page: Page) -> None:
    for text in (
        "research dir",
        "organizer boston",
        "senior legal counsel",
        "coba trare",
        "lodi",
        "hartford policy",
    ):
        page.fill("#filter-q", "")
        page.wait_for_timeout(300)
        for letter in text:
            page.keyboard.type(letter)
            page.wait_for_timeout(350)


def _click(page: Page) -> None:
    page.fill("#filter-q", "")
    for title in ("Place", "Type", "Arrangement", "Tag", "Pay"):
        page.click(f'summary:text-is("{title}")')
        boxes = page.locator("details[open] input[type=checkbox]")
        for number in range(min(4, boxes.count())):
            boxes.nth(number).click()
            page.wait_for_timeout(350)
        page.keyboard.press("Escape")
    page.select_option("#filter-sort", "pay")
    page.wait_for_timeout(400)
    page.select_option("#filter-sort", "closing")
    page.wait_for_timeout(400)
    for _ in range(12):
        page.go_back()
        page.wait_for_timeout(350)


def _print(name: str, values: list[float]) -> None:
    if len(values) > 1:
        cuts = statistics.quantiles(values, n=20, method="inclusive")
        print(
            f"  {name:24} {cuts[9]:8.1f} ms median, {cuts[18]:.1f} ms 95 %, "
            f"{max(values):.1f} ms most, of {len(values)}"
        )


def main() -> None:
    """Measure sites of the sizes asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 50_000])
    parser.add_argument("--slowdown", type=float, default=4)
    parser.add_argument("--keep", type=Path, help="keep the sites here, and use those that are there already")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        for size in options.sizes:
            folder = (options.keep or Path(scratch)) / str(size)
            print(f"{size} open postings, CPU slowed down {options.slowdown:g} times")
            if not (folder / "site").is_dir():
                write_site(folder / "content", size)
                print(f"  built in                 {build(folder / 'content', folder / 'site'):8.1f} s")
            with serving(folder / "site") as address:
                measure(playwright, address, options.slowdown)


if __name__ == "__main__":
    main()
