"""The page in a real browser: it reloads itself, and shows what keeps the site from being built."""

import pytest
from playwright.sync_api import expect

from hiringhall.devserver.live import Live
from hiringhall.devserver.server import Server
from hiringhall.diagnostics import Span, error
from hiringhall.report.result import BuildResult
from tests.browser import chromium

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en"><head><title>t</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'none'; style-src 'none'">
</head><body><h1>{text}</h1></body></html>"""
PROBLEM = error("content/x.md", Span(3, 4, 3, 5), "some-code", "<img src=x onerror=alert(1)>", "a way out")


def test_a_page_follows_the_builds(tmp_path):
    text = "first"

    def build(_preview):
        if text == "bad":
            return BuildResult((PROBLEM,), published=False)
        (tmp_path / "index.html").write_text(PAGE.format(text=text))
        return BuildResult((), published=True)

    live = Live(build, lambda: None)
    live.rebuild()
    with chromium() as browser, Server("127.0.0.1", 0, tmp_path, live, lambda: "/") as server:
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
