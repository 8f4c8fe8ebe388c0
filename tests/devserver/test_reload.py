"""The page in a real browser: it reloads itself, and shows what keeps the site from being built."""

from urllib.parse import urlsplit

import pytest

from hiringhall.devserver.live import Live
from hiringhall.devserver.server import Server
from hiringhall.diagnostics import Span, error
from hiringhall.report.result import BuildResult
from tests.browser import chromium, expect
from tests.published import NOW

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en"><head><title>t</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'none'; style-src 'none'">
</head><body><h1>{text}</h1></body></html>"""
PROBLEM = error("content/x.md", Span(3, 4, 3, 5), "some-code", "<img src=x onerror=alert(1)>", "a way out")


@pytest.fixture
def browser():
    with chromium() as started:
        yield started


def test_a_page_follows_the_builds(tmp_path, browser):
    text = "first"

    def build(_preview):
        if text == "bad":
            return BuildResult((PROBLEM,), published=False)
        (tmp_path / "index.html").write_text(PAGE.format(text=text))
        return BuildResult((), published=True)

    live = Live(build, lambda: None)
    live.rebuild()
    with Server("127.0.0.1", 0, tmp_path, live) as server:
        page = browser.new_page()
        complaints = []
        page.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        page.goto(server.url)
        heading, panel = page.locator("h1"), page.locator("#hiringhall-problems")
        expect(heading).to_have_text("first")
        expect(panel).to_have_count(0)

        text = "bad"
        live.rebuild()
        expect(panel).to_be_visible()
        expect(panel).to_contain_text("content/x.md:3:4")
        expect(panel).to_contain_text("<img src=x onerror=alert(1)>")
        expect(panel).to_have_css("position", "fixed")
        expect(heading).to_have_text("first")
        panel.locator("summary").click()
        expect(panel.locator("ol")).not_to_be_visible()

        text = "second"
        live.rebuild()
        expect(heading).to_have_text("second")
        expect(panel).to_have_count(0)
        page.close()
    # The browser asks for an icon by itself, and this site has none.
    assert [each for each in complaints if "404" not in each] == []


def test_a_site_built_for_another_time_is_seen_as_it_was_then(golden, browser):
    build, root = lambda _preview: BuildResult((), published=True), urlsplit(golden.base).path
    live = Live(build, lambda: NOW, lambda: root)
    live.rebuild()
    with Server("127.0.0.1", 0, golden.folder, live, NOW) as server:
        page = browser.new_page()
        with page.expect_response("**/build.json") as told:  # last of all: how old the site is
            page.goto(server.url)
        told.value.finished()
        expect(page.locator("[data-list] .row:not([hidden])")).to_have_count(len(golden.page("").rows))
        assert page.evaluate("[Date.now(), +new Date(), +new Date(0)]") == [
            *(NOW.timestamp() * 1000,) * 2,
            0,
        ]
        assert (
            page.evaluate(
                "new Promise((done) => setTimeout(() => done(document.querySelector('.stale')), 100))"
            )
            is None
        )
        page.close()
