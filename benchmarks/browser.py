"""How fast the filter page answers, how much it loads and how much memory it takes, in a real browser.

Owns what a reader does on a made-up site and measuring it; refuses to judge: it prints percentiles.

    python -m benchmarks browser [--sizes 1000 10000 50000] [--slowdown 4] [--keep DIR]

An answer is timed from the event's own time stamp until after the first painted frame in which its own rows
and count can be seen: a list that says that it is waiting is not an answer. `whole` is the last frame in
which any of the answer appeared, including rows below the window and words found in whole texts; `count
changed later` is how often what was painted first was not yet the whole result. Choices made at once in a
panel that was just opened are counted with the others, and also listed separately: they need the most work.
"""

from __future__ import annotations

import argparse
import gzip
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Playwright, sync_playwright

from benchmarks import corpus, process, tables
from benchmarks.build import ours
from tests import browser
from tests.serving import Quiet, serving

PANELS = ("locations", "organizations", "tags", "types", "arrangements", "pay", "closing")

# Set up before the page's own scripts: after them, it would take an answer for that to the event before.
TIMER = """
() => {
  const find = (selector) => document.querySelector(selector);
  const waits = () => find("[data-list]").parentElement.getAttribute("aria-busy") === "true";
  const said = () => find("[data-count]").textContent;
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now());
    channel.port2.postMessage(0);
  }));
  window.answers = [];
  let watcher = null;
  let opened = -Infinity;
  addEventListener("toggle", (event) => { opened = event.timeStamp; }, { capture: true });
  for (const name of ["input", "change", "popstate"]) {
    addEventListener(name, (event) => {
      // Boxes say "input" too, at the same time as "change".
      if (name === "input" && event.target.matches("[type=checkbox], [type=radio], select")) return;
      const answer = { name, start: event.timeStamp, atOnce: event.timeStamp - opened < 300 };
      answers.push(answer);
      watcher?.disconnect();
      const look = (at) => {
        if (waits()) return painted().then(look);
        answer.first = at - answer.start;
        answer.said = answer.count = said();
      };
      painted().then(look);
      watcher = new MutationObserver(() => painted().then((at) => {
        answer.whole = at - answer.start;
        answer.count = said();
      }));
      const all = { childList: true, characterData: true, subtree: true };
      for (const place of ["[data-list]", "[data-count]"]) watcher.observe(find(place), all);
    }, { capture: true });
  }
}
"""


# Only the date is changed. Playwright's clock would also replace frames, timers and `performance`, and what
# these time does not end at a painted frame.
CLOCK = """
(now) => {
  const Real = Date;
  globalThis.Date = class extends Real {
    static now() { return now; }
    constructor(...given) { super(...(given.length > 0 ? given : [now])); }
  };
}
"""


class Served(Quiet, SimpleHTTPRequestHandler):
    """Serves files with gzip, as hosts do, and counts the bytes sent."""

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


@lru_cache(maxsize=4096)
def _zipped(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


def measure(playwright: Playwright, address: str, slowdown: float) -> Iterator[tuple[str, str]]:
    """Load the index, use it as a reader would, and yield what that took, with its name."""
    with playwright.chromium.launch(
        executable_path=browser.find_browser(), args=browser.LAUNCH_ARGS
    ) as chromium:
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        Served.sent = 0
        page.add_init_script(f"({CLOCK})({corpus.NOW.timestamp() * 1000:.0f})")
        page.add_init_script(f"({TIMER})()")
        page.goto(address, wait_until="networkidle")
        page.wait_for_selector("#filter-q")
        yield "sent before any use", _sent()
        session = page.context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
        start = time.perf_counter()
        page.focus("#filter-q")
        page.keyboard.type("z")
        page.wait_for_selector(".filter-chip")
        yield "first letter to a result", f"{(time.perf_counter() - start) * 1000:.0f} ms"
        yield "sent by then", _sent()
        page.evaluate("answers.length = 0")
        _type(page)
        _click(page)
        yield from _told(page.evaluate("answers"))
        session.send("HeapProfiler.collectGarbage")
        heap = session.send("Runtime.getHeapUsage")["usedSize"]
        yield "memory of scripts", f"{heap / 1e6:.1f} MB"
        yield "sent by the end", _sent()


def _told(answers: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for name in ("input", "change", "popstate"):
        own = [answer for answer in answers if answer["name"] == name]
        at_once = [answer for answer in own if answer["atOnce"]] if name == "change" else []
        for title, those, key in (
            (name, own, "first"),
            (f"{name} at once in an opened panel", at_once, "first"),
            (name, own, "whole"),
        ):
            delays = [answer[key] for answer in those if key in answer]
            if len(delays) > 1:
                yield f"{title}, {key}", _spread(delays)
        later = sum(answer.get("said") != answer.get("count") for answer in own)
        yield f"{name}, count changed later", f"{later} of {len(own)}"


def _sent() -> str:
    return f"{Served.sent / 1000:.1f} kB"


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
    # What the first round chooses, the second gives up, so that results are sometimes few and sometimes
    # thousands.
    for _ in range(2):
        for facet in PANELS:
            _choose(page, facet)
    for order in ("pay", "closing"):
        page.select_option("#filter-sort", order)
        page.wait_for_timeout(400)
    for _ in range(40):
        page.go_back()
        page.wait_for_timeout(350)


def _choose(page: Page, facet: str) -> None:
    page.click(f'[data-facet="{facet}"] > summary')
    boxes = page.locator("details[open] input[type=checkbox]")
    for number in range(min(6, boxes.count())):
        boxes.nth(number).click()
        page.wait_for_timeout(350)
    page.keyboard.press("Escape")


def _spread(values: list[float]) -> str:
    cuts = statistics.quantiles(values, n=20, method="inclusive")
    return f"{cuts[9]:.0f} ms median, {cuts[18]:.0f} ms 95 %, {max(values):.0f} ms most, of {len(values)}"


def main(argv: Sequence[str] | None = None) -> None:
    """Measure sites of the sizes asked for, and print a table of each."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks browser",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 50_000])
    parser.add_argument("--slowdown", type=float, default=4)
    parser.add_argument("--keep", type=Path, help="keep the sites here, and use those that are there already")
    options = parser.parse_args(argv)
    print(tables.machine(), flush=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        for size in options.sizes:
            folder = (options.keep or Path(scratch)).resolve() / str(size)
            rows = []
            if not (folder / "site").is_dir():
                corpus.write(folder / "content", size, share_closed=0, share_paid=0.7)
                command = ours(folder / "content", folder / "site", corpus.NOW, cache=False, jobs=None)
                rows.append(("build", f"{process.timed(command).wall:.1f} s"))
            with serving(partial(Served, directory=folder / "site")) as server:
                rows += measure(playwright, f"{server.root}/", options.slowdown)
            head = (f"CPU slowed down {options.slowdown:g} times", f"{size:,} open postings")
            print(tables.table(head, rows), flush=True)


if __name__ == "__main__":
    main()
