"""A real server on loopback, over a folder that a build of a few lines publishes."""

import errno
import http.client
import os
import re
import shutil
import socket
import threading
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from hiringhall.devserver import server as module
from hiringhall.devserver.live import Live
from hiringhall.devserver.server import AddressError, Server, serve
from hiringhall.devserver.watcher import Watcher
from hiringhall.diagnostics import Span, error
from hiringhall.model import File
from hiringhall.report.result import BuildResult
from tests.trees import link

CSP = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self'">"""


class Site:
    """A site whose only page shows the text of its only posting; one that says `bad` stops the build."""

    def __init__(self, folder):
        self.content = folder / "content"
        self.output = folder / "site"
        self.source = self.content / "x.md"
        self.content.mkdir()
        self.source.write_text("first")
        self.now = datetime(2026, 1, 26, 12, tzinfo=UTC)
        self.next_change = None
        self.builds = 0
        self.pause = 0.0
        self.shown = None
        self.root = "/"

    def build(self, preview=None):
        self.builds += 1
        text = self.source.read_text()
        time.sleep(self.pause)
        if text == "bad":
            found = error(
                "content/x.md", Span(3, 4, 3, 7), "some-code", "found <i>bad</i>", "say something else"
            )
            return BuildResult((found,), published=False)
        if self.shown:
            self.shown(preview)
        else:
            self.publish(text)
        return BuildResult((), published=True, next_change=self.next_change)

    def publish(self, text):
        """Put a whole new folder in the place of the old one, as a build does."""
        staged, old = self.output.with_name("staged"), self.output.with_name("old")
        files = {
            "index.html": f"<html><head>{CSP}</head><body><p>{text}</p></body></html>",
            "404.html": f"<html><head>{CSP}</head><body><p>not here</p></body></html>",
            "jobs/x/index.html": "<body><p>a posting</p></body>",
            "jobs/x/deadline.ics": "BEGIN:VCALENDAR\r\n",
            "feed.xml": "<rss/>",
            "feed.json": "{}",
            "jobs.json": "[]",
            "jobs.csv": "a\r\n",
            "sitemap.xml": "<urlset/>",
            "robots.txt": "",
            "assets/site.css": "p{}",
            "assets/site.js": "1",
            "assets/icon.svg": "<svg/>",
            "assets/odd.bin": "x",
            "empty/file.txt": "x",
        }
        for name, body in files.items():
            (staged / name).parent.mkdir(parents=True, exist_ok=True)
            (staged / name).write_text(body, newline="")
        if self.output.exists():
            self.output.rename(old)
        staged.rename(self.output)
        shutil.rmtree(old, ignore_errors=True)


class Client:
    """Speaks HTTP to a server, sending paths exactly as they are given."""

    def __init__(self, address):
        self.address = address

    def request(self, path, method="GET", host=None):
        with closing(http.client.HTTPConnection(*self.address, timeout=20)) as connection:
            connection.putrequest(method, path, skip_host=host is not None, skip_accept_encoding=True)
            if host:
                connection.putheader("Host", host)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()

    def text(self, path="/"):
        return self.request(path)[2].decode()

    @contextmanager
    def events(self):
        with closing(http.client.HTTPConnection(*self.address, timeout=20)) as connection:
            connection.request("GET", "/__hiringhall/events")
            yield connection.getresponse()


def next_event(answer):
    """Return the data of the next event of a stream."""
    while True:
        line = answer.readline().decode()
        if line.startswith("data: "):
            return line.removeprefix("data: ").strip()


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path)


@pytest.fixture
def live(site):
    return Live(site.build, lambda: site.now, lambda: site.root)


@pytest.fixture
def client(site, live):
    """A served site, built once, whose builds the test asks for."""
    with Server("127.0.0.1", 0, site.output, live) as server:
        live.rebuild()
        yield Client(server.server_address)


@pytest.fixture
def followed(site, live):
    """A served site that is built whenever its content changes, as `serve` does it."""
    over = threading.Event()

    class Ending(Watcher):
        def wait(self, timeout):
            if over.is_set():
                raise KeyboardInterrupt
            return super().wait(min(timeout, 0.2))

    def follow(watcher):
        with pytest.raises(KeyboardInterrupt):
            module._follow(live, watcher, site.output)

    with (
        Server("127.0.0.1", 0, site.output, live) as server,
        Ending([site.content], live.hold) as watcher,
    ):
        live.rebuild()
        thread = threading.Thread(target=follow, args=(watcher,))
        thread.start()
        yield Client(server.server_address)
        over.set()
        thread.join()


TYPES = {
    "/": "text/html; charset=utf-8",
    "/index.html": "text/html; charset=utf-8",
    "/jobs/x/": "text/html; charset=utf-8",
    "/jobs/x/deadline.ics": "text/calendar; charset=utf-8",
    "/feed.xml": "application/rss+xml; charset=utf-8",
    "/feed.json": "application/feed+json; charset=utf-8",
    "/jobs.json": "application/json; charset=utf-8",
    "/jobs.csv": "text/csv; charset=utf-8",
    "/sitemap.xml": "application/xml; charset=utf-8",
    "/robots.txt": "text/plain; charset=utf-8",
    "/assets/site.css?v=1": "text/css; charset=utf-8",
    "/assets/site.js": "text/javascript; charset=utf-8",
    "/assets/icon.svg": "image/svg+xml",
    "/assets/odd.bin": "application/octet-stream",
    "/__hiringhall/clock.js": "text/javascript; charset=utf-8",
    "/__hiringhall/reload.js": "text/javascript; charset=utf-8",
    "/__hiringhall/overlay.css": "text/css; charset=utf-8",
}


def test_files_are_served_with_their_types_and_never_cached(client):
    for path, content_type in TYPES.items():
        status, headers, _ = client.request(path)
        told = (status, headers["Content-Type"], headers["Cache-Control"])
        assert told == (200, content_type, "no-store"), path


def test_files_other_than_pages_are_served_as_they_are(client, site):
    for name in ("feed.json", "jobs/x/deadline.ics", "assets/site.css"):
        assert client.request(f"/{name}")[2] == (site.output / name).read_bytes()


def test_pages_get_the_script_and_a_policy_that_lets_it_run_and_files_do_not(client, site, live):
    page = client.text()
    assert f'<script src="/__hiringhall/reload.js" data-epoch="{live.state.epoch}"></script></body>' in page
    assert "script-src 'self'" in unescape(page)
    assert "connect-src 'self'" in unescape(page)
    assert "img-src 'self'" in unescape(page)
    for file in site.output.rglob("*.html"):
        assert "__hiringhall" not in file.read_text()


def test_head_answers_as_get_without_the_body(client):
    status, headers, body = client.request("/", "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) == len(client.request("/")[2])


def test_other_methods_are_refused(client):
    assert client.request("/", "POST")[0] == 501


@pytest.mark.parametrize(("target", "status"), [("http://[", 400), ("?a=b", 200)])
def test_what_is_no_address_of_the_site_is_answered(client, target, status):
    with socket.create_connection(client.address, 10) as connection:
        connection.sendall(f"GET {target} HTTP/1.1\r\nConnection: close\r\n\r\n".encode())
        assert connection.makefile().readline().split()[1] == str(status)


@pytest.mark.parametrize(
    "path", ["/nowhere/", "/jobs/y/", "/feed.xml/", "/empty/", "/__hiringhall/nothing", "/jobs/"]
)
def test_what_is_not_there_is_the_sites_own_page_with_status_404(client, path):
    status, headers, body = client.request(path)
    assert (status, headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert b"not here" in body
    assert b"reload.js" in body


def test_without_a_page_for_it_404_is_plain(client, site):
    (site.output / "404.html").unlink()
    status, _, body = client.request("/nowhere")
    assert status == 404
    assert b"There is no such page." in body


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.html",
        "/jobs/../../secret.html",
        "/%2e%2e/secret.html",
        "/..%2fsecret.html",
        "/jobs/..%5c..%5csecret.html",
        "//../secret.html",
        "/./../secret.html",
        "/%00",
        "/C:/secret.html",
        "/jobs/x/%2e%2e/%2e%2e/%2e%2e/secret.html",
        "../secret.html",
        "/out/secret.html",
        "/link.html",
        "/" + "a" * 5000,
    ],
)
def test_nothing_outside_the_site_is_ever_served(client, site, path):
    (site.output.parent / "secret.html").write_text("secret")
    link(site.output / "link.html", site.output.parent / "secret.html")
    link(site.output / "out", site.output.parent)
    status, _, body = client.request(path)
    assert status == 404
    assert b"secret" not in body


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("/jobs/x", "/jobs/x/"),
        ("/jobs/x?a=b&c", "/jobs/x/?a=b&c"),
        ("/jobs//x", "/jobs//x/"),
        ("/%2F%2Fexample.org/%2e%2e", None),
        ("///jobs/x", "/jobs/x/"),
    ],
)
def test_a_folder_without_its_slash_is_sent_there_and_nowhere_else(client, path, where):
    status, headers, _ = client.request(path)
    assert (status, headers.get("Location")) == ((302, where) if where else (404, None))


def test_a_site_in_a_folder_is_served_there_and_at_the_top(client, site, live):
    site.root = "/jobs/"
    live.rebuild()
    assert "first" in client.text("/jobs/")
    assert "first" in client.text("/")
    assert "a posting" in client.text("/jobs/jobs/x/")
    assert "a posting" in client.text("/jobs/x/")
    assert client.request("/jobs/feed.json")[0] == 200
    assert client.request("/jobs/../feed.json")[0] == 404
    assert client.request("/jobs")[1]["Location"] == "/jobs/"


@pytest.mark.parametrize("elsewhere", [None, "/jobs/"])
def test_the_last_good_site_stays_where_it_is_while_something_is_wrong(client, site, live, elsewhere):
    site.root = "/board/"
    live.rebuild()
    assert "a posting" in client.text("/board/jobs/x/")
    site.source.write_text("bad")
    site.root = elsewhere
    live.rebuild()
    shown = client.text("/board/jobs/x/")
    assert "a posting" in shown
    assert "hiringhall-problems" in shown


def test_a_site_in_a_folder_with_any_name_is_served_there(client, site, live):
    site.root = "/b%C3%BCro/"
    live.rebuild()
    assert client.request("/b%C3%BCro/feed.json")[0] == 200


def test_a_site_that_is_swapped_is_served_anew(client, site):
    site.publish("second")
    assert "second" in client.text()


def test_a_change_is_served_at_once_and_told_to_the_browser(followed, site):
    with followed.events() as answer:
        assert answer.getheader("Content-Type").startswith("text/event-stream")
        first = next_event(answer)
        assert f'data-epoch="{first}"' in followed.text()
        site.source.write_text("second")
        second = next_event(answer)
        assert second != first
        page = followed.text()
        assert "second" in page
        assert f'data-epoch="{second}"' in page


def test_a_failed_build_keeps_the_last_good_site_under_its_problems_until_it_is_mended(followed, site):
    with followed.events() as answer:
        next_event(answer)
        site.source.write_text("bad")
        next_event(answer)
        page = followed.text()
        assert "<p>first</p>" in page
        assert "content/x.md:3:4" in page
        assert "found &lt;i&gt;bad&lt;/i&gt;" in page
        assert "say something else" in page
        assert "style-src 'self'" in unescape(page)
        assert "content/x.md:3:4" in followed.text("/nowhere")
        site.source.write_text("mended")
        next_event(answer)
        page = followed.text()
        assert "<p>mended</p>" in page
        assert "hiringhall-problems" not in page


def page(path, text):
    return File(path, lambda: text, lambda: (b"<head></head><body>", text.encode(), b"</body>"))


@pytest.fixture
def shown(site, live):
    """A served site that is shown before it is published; the test says when it is."""
    go = threading.Event()

    def show(preview):
        outputs = (page("index.html", "new"), page("jobs/y/index.html", "a posting"), broken(go))
        preview({output.path: output for output in outputs})
        go.wait(5)
        site.publish("published")
        preview({})

    site.publish("old")
    site.shown = show
    with Server("127.0.0.1", 0, site.output, live) as server:
        known, building = live.state.epoch, threading.Thread(target=live.rebuild)
        building.start()
        live.next_epoch(known, 5)
        client = Client(server.server_address)
        client.go = go.set
        yield client
        go.set()
        building.join()


def broken(go):
    """A page that cannot be made; the build finds that out a moment later."""

    def chunks():
        threading.Timer(0.1, go.set).start()
        raise RuntimeError("a template cannot render it")

    return File("broken/index.html", lambda: "k", chunks)


def test_what_is_about_to_be_published_is_served_as_it_will_be(shown, site, live):
    assert "new" in shown.text()
    assert f'data-epoch="{live.state.epoch}"' in shown.text("/index.html")
    assert shown.request("/jobs/y")[1]["Location"] == "/jobs/y/"
    assert "a posting" in shown.text("/jobs/y/")
    assert shown.request("/feed.xml")[0] == shown.request("/jobs/x/")[0] == shown.request("/../x")[0] == 404
    assert "old" in (site.output / "index.html").read_text()
    shown.go()


def test_a_page_of_the_preview_that_cannot_be_made_waits_for_the_end_of_the_build(shown):
    assert shown.request("/broken/")[0] == 404
    assert "<p>published</p>" in shown.text()


def test_requests_wait_for_the_build_of_what_was_saved(followed, site):
    site.pause = 0.3
    for text in ("second", "third"):
        site.source.write_text(text)
        # What has not reached the server cannot make it wait; the system reports a change within moments.
        time.sleep(0.15)
        assert f"<p>{text}</p>" in followed.text()


def test_what_a_build_saw_of_two_changes_that_undo_each_other_is_built_again(followed, site):
    def build_between(_preview):
        site.shown = None
        site.source.write_text("other branch")
        site.publish(site.source.read_text())
        site.source.write_text("this branch")
        time.sleep(0.2)  # for the system to report it

    with followed.events() as answer:
        next_event(answer)
        site.source.write_text("this branch")
        next_event(answer)
        site.shown = build_between
        (site.content / "y.md").write_text("one")
        next_event(answer)
        time.sleep(0.5)
        assert "<p>this branch</p>" in followed.text()


def test_serving_does_not_set_off_builds(followed, site):
    for _ in range(3):
        followed.text()
    site.source.read_text()
    time.sleep(0.5)
    assert site.builds == 1


def test_a_site_that_somebody_deletes_is_built_again(followed, site):
    with followed.events() as answer:
        next_event(answer)
        shutil.rmtree(site.output)
        next_event(answer)
        assert "<p>first</p>" in followed.text()


def test_a_folder_that_cannot_be_looked_at_is_no_site_and_does_not_end_the_server(
    followed, site, monkeypatch
):
    look = os.stat

    def refusing(path, **options):
        if str(path).startswith(str(site.output)):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return look(path, **options)

    with followed.events() as answer:
        next_event(answer)
        with monkeypatch.context() as patch:
            patch.setattr(os, "stat", refusing)
            next_event(answer)
            assert followed.request("/")[0] == 503
        site.source.write_text("mended")
        next_event(answer)
        assert "<p>mended</p>" in followed.text()


def test_a_passing_deadline_sets_off_a_build(followed, site):
    with followed.events() as answer:
        next_event(answer)
        site.next_change = site.now + timedelta(hours=1)
        site.source.write_text("with a deadline")
        next_event(answer)
        before = site.builds
        site.next_change = None
        site.now += timedelta(hours=2)
        next_event(answer)
        assert site.builds == before + 1


def test_without_a_site_the_page_says_what_keeps_it_from_being_built(site, live):
    site.source.write_text("bad")
    with Server("127.0.0.1", 0, site.output, live) as server:
        live.rebuild()
        status, _, body = Client(server.server_address).request("/")
        assert status == 503
        assert b"There is no site yet." in body
        assert b"content/x.md:3:4" in body
        assert b"reload.js" in body


def test_a_very_long_first_build_says_so(site, live, monkeypatch):
    monkeypatch.setattr(module, "_WAIT", 0.05)
    with Server("127.0.0.1", 0, site.output, live) as server:
        status, _, body = Client(server.server_address).request("/")
    assert status == 503
    assert b"The site is being built." in body


def test_a_stream_without_news_stays_alive(client, monkeypatch):
    monkeypatch.setattr(module, "_HEARTBEAT", 0.05)
    with client.events() as answer:
        next_event(answer)
        answer.readline()
        assert answer.readline().startswith(b":")


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "nowhere.invalid", "a..b", "::x"])
def test_a_host_that_is_not_here_is_told_and_the_port_is_not_blamed(site, host):
    with pytest.raises(AddressError, match=rf"{re.escape(host)}.*; leave out --host") as told:
        run_serve(site, host=host, port=0)
    assert "--port" not in str(told.value)


HERE = ["localhost:8000", "LOCALHOST", "board.localhost:8000", "127.0.0.1:8000", "[::1]:8000", "192.168.1.7"]


@pytest.mark.parametrize("host", [*HERE, "laptop.example:8000", ""])
def test_a_request_to_this_machine_is_answered(site, live, host):
    live.rebuild()
    with Server("127.0.0.1", 0, site.output, live) as server:
        server.host = "Laptop.example"
        assert Client(server.server_address).request("/", host=host)[0] == 200


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "localhost.elsewhere.example:8000", "[x", "notlocalhost"]
)
@pytest.mark.parametrize("path", ["/", "/jobs.json", "/__hiringhall/events", "/__hiringhall/reload.js"])
def test_no_site_elsewhere_can_read_a_draft_through_a_name_that_it_leads_here(client, host, path):
    status, _, body = client.request(path, host=host)
    assert (status, b"localhost" in body, b"first" in body) == (403, True, False)


def run_serve(site, **address):
    serve(site.build, output=site.output, watched=[site.content], clock=lambda: site.now, **address)


@pytest.mark.parametrize(
    ("host", "shown"), [("127.0.0.1", "127.0.0.1"), ("::1", "[::1]"), ("localhost", "127.0.0.1")]
)
def test_the_address_can_be_typed_into_a_browser(site, host, shown):
    try:
        server = Server(host, 0, site.output, Live(site.build, lambda: site.now, lambda: "/folder/"))
    except OSError:
        pytest.skip(f"{host} is not on this machine")
    with closing(server.socket):
        assert server.url == f"http://{shown}:{server.server_address[1]}/folder/"
