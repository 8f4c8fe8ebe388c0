"""Trying addresses: which ones, how, and what their answers mean."""

from __future__ import annotations

import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from build import build
from hiringhall import cli
from hiringhall.commands import links
from hiringhall.commands.links import asking
from hiringhall.commands.links.answers import Answer, judged
from hiringhall.webpages import requesting
from tests.serving import Quiet, serving, without_proxies
from tests.sites import empty_content, write_page, write_posting
from tests.trees import ROOT, link

NOW = "2026-03-10T12:00:00Z"
LONG_AGO = {"added": "2026-01-22", "posted": None}  # 60 days before March 23

FILLED = "<h1>Organizer</h1><p>This position has been filled.</p>"
PAGES = {
    "/closed": (FILLED.encode(), "text/html; charset=utf-8"),
    "/closed-es": ("<p>La convocatoria está cerrada.".encode("latin-1"), "text/html; charset=iso-8859-1"),
    "/closed-late": (b"<p>" + b"x " * (1 << 19) + FILLED.encode(), "text/html"),
    "/closed-odd": (FILLED.encode(), "text/html; charset=none-such"),
    # Python reads this encoding in time that grows with the square of the length.
    "/closed-slow": ((FILLED + "-" + "9a" * (1 << 18)).encode(), "text/html; charset=punycode"),
    "/closed-es-untold": ("<p>La convocatoria está cerrada.".encode("latin-1"), "text/html"),
    "/closed-coded": (FILLED.encode(), "text/html"),
    "/closed-coded-unasked": (gzip.compress(FILLED.encode()), "text/html"),
    "/closed.txt": (FILLED.encode(), "text/plain"),
    "/open": (b"<h1>Organizer</h1><p>Open until the position has been filled.</p>", "text/html"),
}


CODINGS = {"/closed-coded": "identity", "/closed-coded-unasked": "gzip"}


class Board(Quiet, BaseHTTPRequestHandler):
    """Answers as employers' servers do, and records what it was asked."""

    def do_GET(self):
        self.server.asked.append((self.path, self.headers["User-Agent"]))
        status, place = 200, None
        body, kind = PAGES.get(self.path, (b"", "text/html"))
        match self.path.split("/"):
            case ["", "status", number]:
                status = int(number)
            case ["", "jobs", "filled-12"]:
                status, place = 302, "/jobs?from=12"
            case ["", "jobs", "moved-12"]:
                status, place = 301, "/careers/2026/moved-12"
            case ["", "jobs", "cookie"] if "seen" not in self.headers.get("Cookie", ""):
                status, place = 302, "/jobs/cookie"
            case ["", "once", number] if len(self.server.asked) == 1:
                status = int(number)
            case ["", "drop", times] if len(self.server.asked) <= int(times):
                self.close_connection = True
                return
        self.send_response(status)
        self.send_header("Set-Cookie", "seen=1")
        if place:
            self.send_header("Location", place)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self):
        if self.path in CODINGS:
            self.send_header("Content-Encoding", CODINGS[self.path])
        super().end_headers()


@pytest.fixture
def board(monkeypatch):
    monkeypatch.setattr(asking, "_PAUSE", 0)
    without_proxies(monkeypatch)
    with serving(Board) as server:
        server.asked = []
        yield server


@pytest.fixture
def content(tmp_path):
    return empty_content(tmp_path)


def add(content: Path, slug: str, apply: str, text: str = "Work.", **fields: str) -> Path:
    dates = {"added": "2026-03-01", "posted": "2026-03-01", "deadline": None, "tags": None}
    return write_posting(content, slug, f"\n{text}", **(dates | {"apply": apply} | fields))


def tried(capsys, content, *arguments):
    """Return the exit status and, of each diagnostic, its file, line, column, severity and code."""
    status = cli.main(
        ["links", "--content", str(content), "--now", NOW, "--format", "json", *map(str, arguments)], build
    )
    said = capsys.readouterr()
    found = [
        (Path(each["path"]).stem, each["line"], each["column"], each["severity"], each["code"])
        for each in json.loads(said.out or "[]")
    ]
    return status, found, said.err


@pytest.mark.parametrize(
    ("path", "severity", "code"),
    [
        ("/fine", None, None),
        ("/jobs/moved-12", None, None),
        ("/jobs/cookie", None, None),
        ("/once/503", None, None),
        ("/once/429", None, None),
        ("/drop/1", None, None),
        ("/status/404", "warning", "link-gone"),
        ("/status/410", "warning", "link-gone"),
        ("/jobs/filled-12", "warning", "link-elsewhere"),
        ("/status/500", "warning", "link-unanswered"),
        ("/drop/9", "warning", "link-unanswered"),
        ("/status/403", "notice", "link-refused"),
        ("/status/429", "notice", "link-refused"),
        ("/status/999", "notice", "link-refused"),
    ],
)
def test_an_answer_is_told_at_the_address(capsys, board, content, path, severity, code):
    add(content, "one", board.root + path)
    expected = [("one", 6, 8, severity, code)] if code else []
    assert tried(capsys, content)[:2] == (0, expected)
    assert tried(capsys, content, "--strict")[0] == (1 if severity == "warning" else 0)


@pytest.mark.parametrize(
    ("path", "codes"),
    [
        ("/closed", ["link-closed"]),
        ("/closed-es", ["link-closed"]),
        ("/closed-late", []),  # only the first mebibyte is read
        ("/closed-odd", ["link-closed"]),
        ("/closed-slow", ["link-closed"]),
        ("/closed-es-untold", ["link-closed"]),
        ("/closed-coded", ["link-closed"]),
        ("/closed-coded-unasked", []),
        ("/closed.txt", []),
        ("/open", []),
    ],
)
def test_a_page_that_says_that_its_job_is_closed_is_told(capsys, board, content, path, codes):
    add(content, "one", board.root + path)
    assert [found[-1] for found in tried(capsys, content)[1]] == codes


def test_what_a_page_says_is_told_in_its_words(capsys, board, content):
    add(content, "one", f"{board.root}/closed")
    cli.main(["links", "--content", str(content), "--now", NOW], build)
    told = capsys.readouterr().err
    assert f"warning: {board.root}/closed says “This position has been filled.” [link-closed]" in told
    assert "hint: read the page; if the job is closed, add status: filled" in told
    assert "if it is still open, set verified to the day" in told


@pytest.mark.parametrize(
    ("verified", "codes"),
    [
        ("2026-03-10", []),
        ("2026-02-24", []),  # two weeks before
        ("2026-02-23", ["link-closed"]),
        ("2027-03-10", ["link-closed"]),  # a wrong year silences nothing
    ],
)
def test_a_page_is_not_believed_against_who_has_just_seen_that_the_job_is_open(
    capsys, board, content, verified, codes
):
    add(content, "one", f"{board.root}/closed", posted="2026-02-01", added="2026-02-01", verified=verified)
    assert [found[-1] for found in tried(capsys, content)[1]] == codes


def test_only_the_page_of_one_job_says_that_it_is_closed(capsys, board, content):
    closed = f"{board.root}/closed"
    add(content, "one", f"{board.root}/open", text=f"See [another job]({closed}).")
    assert tried(capsys, content)[1] == []
    add(content, "two", closed)
    assert [found[::4] for found in tried(capsys, content)[1]] == [("two", "link-closed")]
    add(content, "three", f"{{instructions: 'Apply at {closed}'}}")
    assert tried(capsys, content)[1] == []  # a list of jobs
    assert tried(capsys, content, str(content / "postings" / "two.md"))[1] == []


def test_every_address_of_open_postings_is_asked_for_once_and_no_other(capsys, board, content):
    root = board.root
    text = f"See [the notice]({root}/notice?a=1&b=2#top) and <{root}/shared>, not [mail](mailto:a@b.example),"
    text += f" but [this]({root.upper()}/capitals) and {root}/bare."
    told = f"Apply at {root}/inside, or write to a@b.example"
    add(content, "one", f"{root}/shared", text, source=f"{{url: '{root}/source', seen: 2026-03-01}}")
    add(content, "two", f"{root}/shared#form")
    add(content, "undated", f"{root}/undated", verify_by="2026-04-20")
    add(content, "told", f"{{instructions: '{told}', contact: 'Jo, {root}/contact'}}")
    add(content, "past", f"{root}/past", deadline="2026-03-05")
    add(content, "filled", f"{root}/filled", status="filled")
    add(content, "draft", f"{root}/draft", draft="true")
    status, found, said = tried(capsys, content)
    assert (status, found) == (0, [])
    assert sorted(path for path, _ in board.asked) == [
        "/bare",
        "/capitals",
        "/contact",
        "/inside",
        "/notice?a=1&b=2",
        "/shared",
        "/source",
        "/undated",
    ]
    assert all("HiringHall" in program for _, program in board.asked)
    assert "Tried 8 addresses in 4 open postings and 0 pages: no problems." in said


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"verify_by": "2026-03-23", **LONG_AGO}, ["verify-due"]),
        ({"verify_by": "2026-03-24", **LONG_AGO}, []),
        ({"verify_by": "2026-03-23", "deadline": "rolling", **LONG_AGO}, ["verify-due"]),
        ({"verify_by": "2026-03-18"}, ["verify-due"]),  # half of the time since March 1 has passed
        ({"verify_by": "2026-03-19"}, []),
        ({"verify_by": "2026-03-18", "verified": "2026-03-10"}, []),
        ({"deadline": "2026-03-11"}, []),
        (LONG_AGO, ["verify-due"]),
        ({**LONG_AGO, "verified": "2026-03-01"}, []),
        ({"verify_by": "2026-03-09"}, []),
    ],
)
def test_a_posting_that_closes_soon_for_want_of_a_word_is_told(capsys, board, content, fields, told):
    add(content, "one", f"{board.root}/fine", **fields)
    assert [found[-1] for found in tried(capsys, content)[1]] == told


def test_whoever_confirms_a_posting_is_told_until_when_and_in_which_field(capsys, board, content):
    add(content, "one", f"{board.root}/fine", added="2026-01-20", posted=None)
    add(content, "two", f"{board.root}/fine", verify_by="2026-03-18")
    cli.main(["links", "--content", str(content), "--now", NOW], build)
    told = capsys.readouterr().err
    assert "confirmed this job since 2026-01-20; it will be closed after 2026-03-21" in told
    assert "set verified to the day" in told
    assert "it will be closed after 2026-03-18" in told
    assert "set verify_by to a later day" in told


def test_an_address_is_told_wherever_it_stands(capsys, board, content):
    gone = f"{board.root}/status/404"
    add(content, "one", gone)
    add(content, "two", f"{board.root}/fine", text=f"First.\n\nSee [this]({gone}) and {gone}/x.")
    add(content, "three", f"{{instructions: 'See {gone}.'}}", text=f"See {gone}/x.\n\nOr {gone}.")
    places = [("one", 6, 8), ("three", 6, 28), ("two", 12, 12)]
    assert [place[:3] for place in tried(capsys, content)[1]] == places


@pytest.mark.parametrize(
    "written",
    [
        "/status/410?höfe", "/status/410?h%c3%b6fe", "/status/410?a\\_b&amp;c",
        "/status/410?[a]=100%&b='ü'", "/status/410?%ff%80",
    ],
)  # fmt: skip
def test_the_place_of_an_address_is_found_however_it_is_written(capsys, board, content, written):
    add(content, "one", f"{board.root}/fine", text=f"See [this](<{board.root}{written}>).")
    (place, *others) = [found[:3] for found in tried(capsys, content)[1]]
    assert (place, others) == (("one", 10, 13), [])


def test_paths_choose_the_postings(capsys, board, content):
    add(content, "one", f"{board.root}/status/404")
    two = add(content, "two", f"{board.root}/status/410")
    assert [found[0] for found in tried(capsys, content, two)[1]] == ["two"]
    assert [path for path, _ in board.asked] == ["/status/410"]
    assert tried(capsys, content, content.parent / "elsewhere.md")[0] == 2


def test_people_are_told_of_every_address_to_look_at_themselves(capsys, board, content):
    for number in range(8):
        add(content, f"n{number}", f"{board.root}/status/403")
    cli.main(["links", "--content", str(content), "--now", NOW], build)
    assert capsys.readouterr().err.count("[link-refused]") == 8


def test_links_in_pages_are_tried_and_told_with_what_to_do_about_a_page(capsys, board, content):
    links = f"[History]({board.root}/status/404#x),\n[more]({board.root}/jobs/filled-12), [jobs](/archive/)"
    about = write_page(content, "about", f"\n{links}")
    write_page(content, "draft", f"<{board.root}/draft>", draft="true")
    one = add(content, "one", f"{board.root}/fine")
    status, found, said = tried(capsys, content)
    expected = [("about", 5, 11, "warning", "link-gone"), ("about", 6, 8, "warning", "link-elsewhere")]
    assert (status, found) == (0, expected)
    assert "Tried 3 addresses in 1 open posting and 1 page" in said
    assert len(board.asked) == 4
    assert tried(capsys, content, one)[1] == []
    assert tried(capsys, content, about)[1] == expected
    cli.main(["links", "--content", str(content), "--now", NOW, str(about)], build)
    assert capsys.readouterr().err.count("hint: write its new address, or delete the link") == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
def test_ctrl_c_waits_for_no_answer(content):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        add(content, "one", f"http://127.0.0.1:{silent.getsockname()[1]}/")
        command = [sys.executable, "build.py", "links", "--content", str(content), "--now", NOW]
        with (
            subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process,
            silent.accept()[0],
        ):
            begun = time.monotonic()
            process.send_signal(signal.SIGINT)
            said = process.communicate(timeout=30)[1]
    assert (process.returncode, said) == (130, "stopped\n")
    assert time.monotonic() - begun < 5


def test_a_bug_while_asking_is_raised(capsys, content, monkeypatch):
    add(content, "one", "https://one.invalid/")
    monkeypatch.setattr(links, "asker", lambda *_: lambda _: int("a bug"))
    status, _, said = tried(capsys, content)
    assert status == 3
    assert "ValueError" in said


def test_nothing_is_asked_for_while_a_posting_cannot_be_opened(capsys, board, content):
    add(content, "one", f"{board.root}/fine")
    link(content / "postings" / "two.md", "nowhere")
    status, found, _ = tried(capsys, content)
    assert (status, [each[0::4] for each in found]) == (1, [("two", "file-unreadable")])
    assert not board.asked


def test_nothing_is_asked_for_while_content_cannot_be_read(capsys, board, content):
    add(content, "one", f"{board.root}/fine")
    add(content, "two", f"{board.root}/fine", deadline="soon")
    status, found, said = tried(capsys, content)
    assert (status, [each[0::4] for each in found]) == (1, [("two", "deadline-form")])
    assert "No addresses were tried" in said
    assert not board.asked
    (content / "postings" / "two.md").unlink()
    write_page(content, "about", title=None, order="2000")
    assert [each[0::4] for each in tried(capsys, content)[1]] == [
        ("about", "missing-field"),
        ("about", "page-order"),
    ]
    assert not board.asked
    (content / "site.yaml").write_text("title: Jobs\n", "utf-8")
    assert tried(capsys, content)[0] == 2


@pytest.mark.parametrize(
    ("status", "place"),
    [(None, ""), (520, ""), (999, ""), (200, f"https://one.example/\x1b[2J{'y' * 60_000}?expired")],
)
def test_what_a_server_says_leaves_room_for_all_else(status, place):
    answer = Answer(status, place or "https://one.example/a", "x\x1b[2J\u202e" + "y" * 60_000)
    message = judged("https://one.example/a", answer)[1]
    assert "[2Jyyy" in message
    assert message.isprintable()
    assert len(message) < 500


def test_a_server_that_keeps_nobody_but_itself_waiting_is_told(capsys, board, content, monkeypatch):
    """Some send a byte now and then, which no time limit of a connection ends."""
    slow = threading.Event()
    monkeypatch.setattr(asking, "_SILENCE", 2)
    add(content, "one", "https://slow.invalid/1", text="And <https://slow.invalid/2>.")
    add(content, "two", f"{board.root}/status/404")
    asker = links.asker

    def asks(*given):
        ask = asker(*given)
        return lambda address: (slow.wait() and Answer(200)) if "slow" in address else ask(address)

    monkeypatch.setattr(links, "asker", asks)
    status, found, _ = tried(capsys, content)
    slow.set()
    assert (status, [(name, code) for name, *_, code in found]) == (
        0,
        [("one", "link-unanswered"), ("one", "link-unanswered"), ("two", "link-gone")],
    )


@pytest.mark.parametrize(("answering", "is_given_up"), [((), True), (range(1, 20, 2), False)])
def test_a_host_that_stays_silent_is_asked_for_a_while(capsys, content, monkeypatch, answering, is_given_up):
    """A firewall that drops what comes from a program makes each address wait for the longest time."""
    monkeypatch.setattr(asking, "_PAUSE", 0)
    monkeypatch.setattr(asking, "_SILENCE", 1)
    for number in range(20):
        add(content, f"n{number:02}", f"https://silent.invalid/{number}")
    asked = []

    def ask(address):
        asked.append(address)
        number = int(address.rpartition("/")[2])
        if number in answering:
            return Answer(200, address)
        time.sleep(0.1)
        return Answer(None, "", "it took longer than 20 seconds")

    monkeypatch.setattr(links, "asker", lambda *_: ask)
    status, found, _ = tried(capsys, content)
    assert (status, {each[4] for each in found}) == (0, {"link-unanswered"})
    assert len(found) == 20 - len(answering)
    assert (len({*asked}) < 10) is is_given_up


def test_a_page_that_comes_a_byte_now_and_then_is_read_for_a_while(capsys, content, monkeypatch):
    class Endless(Quiet, BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(FILLED.encode())
            with suppress(OSError):
                for _ in range(10_000):
                    time.sleep(0.001)
                    self.wfile.write(b" ")

    monkeypatch.setattr(requesting, "_PATIENCE", 1)
    without_proxies(monkeypatch)
    with serving(Endless) as server:
        add(content, "one", server.root)
        begun = time.monotonic()
        assert [each[4] for each in tried(capsys, content)[1]] == ["link-closed"]
    assert time.monotonic() - begun < 8


@pytest.mark.parametrize(
    ("hosts", "answering", "is_told"), [(1, (), True), (3, (), True), (4, (), False), (4, ("there",), True)]
)
def test_a_machine_without_a_connection_accuses_no_posting(
    capsys, content, monkeypatch, hosts, answering, is_told
):
    monkeypatch.setattr(asking, "_PAUSE", 0)
    for host in (*range(hosts), *answering):
        add(content, f"job-{host}", f"https://{host}.invalid/jobs/1")

    def ask(address):
        return Answer(200, address) if "there" in address else Answer(None, "", "unreachable")

    monkeypatch.setattr(links, "asker", lambda *_: ask)
    status, found, said = tried(capsys, content)
    codes = [each[4] for each in found]
    assert (status, codes) == ((0, ["link-unanswered"] * hosts) if is_told else (3, ["failure"]))
    assert ("is this machine online?" in said) is not is_told


@pytest.mark.parametrize(
    ("address", "place", "is_elsewhere"),
    [
        ("https://example.org/jobs/12", "https://example.org/jobs/12/", False),
        ("http://example.org/jobs/12", "https://www.example.org/jobs/12", False),
        ("https://example.org/2026/organizer", "https://example.org/organizer", False),
        ("https://example.org/jobs/12", "https://example.org/login?next=/jobs/12", False),
        ("https://short.example/x", "https://example.org/jobs/organizer", False),
        ("https://example.org/", "https://www.example.org/home", False),
        ("https://example.org/jobs/12/index.html", "https://example.org/jobs/12/", False),
        ("https://example.org/index.html", "https://example.org/", False),
        ("https://example.org/jobs/12/apply", "https://example.org/jobs/12", False),
        ("https://example.org/jobs/Organizer.html", "https://example.org/organizer", False),
        ("https://example.org/empleos/organizaci%C3%B3n", "https://example.org/organizaci%c3%b3n", False),
        ("https://example.org/careers", "https://careers.example.org/", False),
        ("https://local-12.example/jobs/12", "https://local-12.example/", True),
        ("https://example.org/jobs/12/apply", "https://example.org/jobs", True),
        ("https://example.org/jobs/12", "https://example.org/jobs#/12", False),
        ("https://example.org/jobs/12", "https://example.org/jobs#all", True),
        ("https://example.org/jobs/12/organizer/job", "https://example.org/jobs/intro", True),
        ("https://example.org/jobs/12/organizer/job", "https://example.org/jobs/12/login", False),
        ("https://example.org/jobs/12/job", "https://example.org/jobs/search", True),
        ("https://example.org/jobs/12/job", "https://example.org/jobs/12", False),
        ("https://example.org/jobs/12", "https://example.org/jobs", True),
        ("https://example.org/jobs/12", "https://example.org/", True),
        ("https://example.org/acme/jobs/4012", "https://boards.example/acme?error=true", True),
        ("https://example.org/jobs/12", "https://example.org/jobs/Index.php", True),
        ("https://example.org/apply", "https://example.org", True),
        ("https://example.org/careers/view?id=J-12", "https://example.org/jobs?id=j-12", False),
        ("https://example.org/careers/view.php?id=12&lang=en", "https://example.org/12", False),
        ("https://example.org/careers/view?id=12&lang=en", "https://example.org/jobs?lang=en", True),
        ("https://example.org/jobs/12?from=2026", "https://example.org/jobs?from=2026", True),
        ("https://docs.example/forms/d/e/x/viewform", "https://docs.example/forms/d/e/x/closedform", True),
        ("https://jobs.example/view/12", "https://jobs.example/jobs/organizer?from=expired_job", True),
        ("https://jobs.example/view/12", "https://jobs.example/view/12?session=expired", False),
        ("https://jobs.example/view/12", "https://jobs.example/login?expired=1&next=/view/12", False),
        ("https://jobs.example/view/12?is_expired=no", "https://jobs.example/view/12?is_expired=no", False),
    ],
)
def test_a_page_that_leads_above_itself_may_be_of_a_closed_job(address, place, is_elsewhere):
    found = judged(address, Answer(200, place))
    assert (found is not None) is is_elsewhere
    if found:
        assert found[0] == "link-elsewhere"
        assert place in found[1]
