"""A browser and the golden site on loopback, for tests that look at pages as readers do.

Owns one browser for a whole run, the server, and a record of everything a page requested or complained about;
refuses to know what a page should look like.
"""

from __future__ import annotations

import mimetypes
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlsplit

import pytest

from tests import browser, tools
from tests.published import NOW
from tests.serving import Quiet, serving

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
QUIET, PAUSE = 3, 50  # how often in a row nothing is being fetched, and milliseconds in between
TYPES = {".js": "text/javascript", ".ics": "text/calendar", ".xml": "application/xml"}


class Handler(Quiet, BaseHTTPRequestHandler):
    """Serves a site below the folder of its host, and its own page for missing addresses."""

    def __init__(self, site, *arguments):
        self.site = site
        super().__init__(*arguments)

    def do_GET(self):
        path = urlsplit(self.path).path
        try:
            self.answer(
                HTTPStatus.OK, self.site.file_at(urlsplit(self.site.base)._replace(path=path).geturl())
            )
        except KeyError:
            self.answer(HTTPStatus.NOT_FOUND, "404.html")

    def answer(self, status, file):
        data = self.site.files[file]
        suffix = file[file.rindex(".") :]
        self.send_response(status)
        self.send_header("Content-Type", f"{TYPES.get(suffix) or mimetypes.types_map[suffix]}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@dataclass
class Tab:
    """One page in a browser, with its requests to hosts and the browser's complaints."""

    page: object
    home: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    pending: int = 0

    def listen(self):
        """Record from now on."""
        self.page.on("request", self._started)
        self.page.on("requestfinished", self._ended)
        self.page.on("requestfailed", self._ended)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._told)

    def _started(self, request):
        self.asked.append(request.url)
        self.pending += 1

    def _ended(self, _):
        self.pending -= 1

    def _told(self, message):
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def open(self, address=""):
        """Go to an address below the site's root and wait until its scripts have nothing more to fetch."""
        self.page.goto(self.home + address)
        quiet = 0
        while quiet < QUIET:  # as Playwright's "networkidle", which waits half a second
            quiet = quiet + 1 if self.pending == 0 else 0
            self.page.wait_for_timeout(PAUSE)
        return self.page

    @property
    def foreign(self):
        """The requested addresses that are not of this site."""
        return [url for url in self.asked if not url.startswith((self.home, "data:", "blob:", "about:"))]

    def overflow(self):
        """How many pixels the page is wider than its window."""
        return self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )


@contextmanager
def served(site):
    """Serve a site on a free port of this machine and yield the address of its root."""
    with serving(partial(Handler, site)) as server:
        yield server.root + urlsplit(site.base).path


@pytest.fixture(scope="package")
def chromium():
    with browser.chromium() as started:
        yield started


@pytest.fixture(scope="package")
def golden_home(golden):
    with served(golden) as home:
        yield home


@pytest.fixture(scope="package")
def bare_home(bare):
    with served(bare) as home:
        yield home


@pytest.fixture(scope="session")
def axe():
    return tools.npm_file("axe-core/axe.min.js").read_text("utf-8")


@pytest.fixture
def tab(chromium, golden_home):
    """Make tabs at the instant of the build, unless `now` or another option of a context says otherwise."""
    contexts = []

    def new(home=golden_home, now=NOW, **options):
        context = chromium.new_context(**({"viewport": WIDE, "reduced_motion": "reduce"} | options))
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.clock.set_fixed_time(now)
        made = Tab(context.new_page(), home)
        made.listen()
        return made

    yield new
    for context in contexts:
        context.close()
