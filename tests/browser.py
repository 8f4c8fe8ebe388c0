"""Where the tests find a browser, and how they start it.

Owns the search, the installation that `python -m tests.browser --ensure` tries, and how long tests wait for
what they expect; refuses to know any test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from time import monotonic
from typing import Any

COMMANDS = (
    "chromium-headless-shell",  # the same engine without windows: the tests take half as long
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
MACOS_FOLDERS = (Path("/Applications"), Path.home() / "Applications")
MACOS_PROGRAMS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
WINDOWS_PROGRAMS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
APT_BROWSERS = ("chromium-headless-shell", "chromium")
APT_PACKAGES = ("chromium-sandbox", "fonts-liberation")
HELP = (
    "The tests need a browser and found none: install Chrome, Chromium or Edge, "
    "or set CHROME_PATH to the program of one that is installed."
)


def is_root() -> bool:
    """Whether this process may install system packages, and cannot use a browser's sandbox."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


LAUNCH_ARGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",  # /dev/shm is too small in containers
    "--disable-sync",
    "--no-first-run",
    *(("--no-sandbox",) if is_root() else ()),
)

# Adds up how far what is shown moves (CLS), from the first frame of the whole page on. Before that, a busy
# machine may show a page half read, whose foot then grows.
COUNT_MOVES = """window.moved = 0;
addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => setTimeout(() => {
    new PerformanceObserver((list) => {
        for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.moved += value;
    }).observe({ type: "layout-shift" });
})));"""


# The words within what a selector selects that are broken between two lines.
BROKEN_WORDS = """(selector) => {
    const found = [];
    for (const text of document.querySelectorAll(selector)) {
        const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            for (const word of walker.currentNode.data.matchAll(/[^\\s\\p{Pd}]+/gu)) {
                const range = document.createRange();
                range.setStart(walker.currentNode, word.index);
                range.setEnd(walker.currentNode, word.index + word[0].length);
                const tops = [...range.getClientRects()].map(({ top }) => Math.round(top));
                if (new Set(tops).size > 1) found.push(word[0]);
            }
        }
    }
    return found;
}"""

# Sets a page in a font that every system has, with letters as wide as in the wide fonts that readers have:
# the fonts of the machine at hand make no difference then.
WIDE_FONT = """() => {
    for (const font of ["--serif", "--sans"]) document.documentElement.style.setProperty(font, "monospace");
}"""


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser that is started for the tests of a block, which fail where there is none."""
    from playwright.sync_api import sync_playwright

    program = find_browser()
    assert program, HELP
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(LAUNCH_ARGS))
        yield started
        started.close()


def expect(shown: Any) -> Any:
    """Return Playwright's assertions about a page or what is on it, which wait for up to ten seconds.

    By themselves they look at it every half a second only; with a limit below 2.5 seconds, more often.
    """
    from playwright.sync_api import expect as once

    return _Patient(once(shown))


class _Patient:
    def __init__(self, assertions: Any) -> None:
        self._assertions = assertions

    def __getattr__(self, name: str) -> Callable[..., None]:
        def asserted(*given: Any, **options: Any) -> None:
            end = monotonic() + 10
            while True:
                try:
                    return getattr(self._assertions, name)(*given, timeout=2_400, **options)
                except AssertionError:
                    if monotonic() > end:
                        raise

        return asserted


@cache
def find_browser() -> Path | None:
    """The program of an installed browser, CHROME_PATH first and Playwright's own last; None if none runs."""
    return next((path for path in _candidates() if _runs(path)), None)


def _candidates() -> Iterator[Path]:
    if chosen := os.environ.get("CHROME_PATH"):
        yield Path(chosen)
    for command in COMMANDS:
        if found := shutil.which(command):
            yield Path(found)
    if sys.platform == "darwin":
        yield from (folder / program for folder in MACOS_FOLDERS for program in MACOS_PROGRAMS)
    if sys.platform == "win32":
        folders = [Path(os.environ[name]) for name in WINDOWS_FOLDERS if name in os.environ]
        yield from (folder / program for folder in folders for program in WINDOWS_PROGRAMS)
    yield _of_playwright()


def _of_playwright() -> Path:
    # Asked in a separate process, so that a test that already drives Playwright can ask, too.
    program = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return Path(answer.stdout.strip())


def _runs(path: Path) -> bool:
    """Whether the program is there and starts: some systems put a stub where the browser would be."""
    if not path.is_file():
        return False
    if sys.platform == "win32":  # on Windows, --version opens a window
        return True
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def ensure() -> Path | None:
    """Find a browser, or install one by the first way that works; None if none does."""
    by_apt = (partial(install_by_apt, name) for name in APT_BROWSERS)
    for install in (lambda: None, _install_by_playwright, *by_apt):
        install()
        find_browser.cache_clear()
        if browser := find_browser():
            return browser
    return None


def _install_by_playwright() -> None:
    _try(sys.executable, "-m", "playwright", "install", "chromium")


def install_by_apt(name: str) -> None:
    """Install a browser's Debian package, and what it needs to run, where that can be done."""
    if not shutil.which("apt-get"):
        return
    apt_get = (*(() if is_root() else ("sudo", "-n")), "env", "DEBIAN_FRONTEND=noninteractive", "apt-get")
    _try(*apt_get, "update", "-qq")
    _try(*apt_get, "install", "-qq", "-y", "--no-install-recommends", name, *APT_PACKAGES)


def _try(*command: str) -> None:
    print("+", *command, file=sys.stderr, flush=True)
    try:
        subprocess.run(command, stdout=sys.stderr, check=False)
    except OSError as problem:
        print(problem, file=sys.stderr)


def main(arguments: list[str]) -> int:
    """Print where the browser is; with --ensure, install one first if there is none."""
    if arguments not in ([], ["--ensure"]):
        print("usage: python -m tests.browser [--ensure]", file=sys.stderr)
        return 2
    browser = ensure() if arguments else find_browser()
    print(browser or HELP, file=sys.stdout if browser else sys.stderr)
    return 0 if browser else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
