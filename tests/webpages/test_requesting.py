"""Requests to servers that mean harm: each has an end, and takes no more than a page may."""

from __future__ import annotations

import ssl
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from urllib.error import URLError

import pytest

from hiringhall.webpages import requesting
from tests.serving import Quiet, serving, without_proxies

MORE = b"x" * 65_536
SLOWLY = 0.2  # seconds


def redirect_without_end():
    yield b"HTTP/1.1 302 Found\r\nLocation: /page\r\n\r\n"
    while True:
        yield MORE


def redirect_that_announces_a_terabyte():
    yield b"HTTP/1.1 302 Found\r\nLocation: /page\r\nContent-Length: 1000000000000\r\n\r\n"


def redirect_in_a_piece_of_a_terabyte():
    yield b"HTTP/1.1 302 Found\r\nLocation: /page\r\nTransfer-Encoding: chunked\r\n\r\nE8D4A51000\r\nx"


def announcements_without_end():
    while True:
        yield b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000


def headers_a_byte_now_and_then():
    yield b"HTTP/1.1 200 OK\r\nX: "
    while True:
        time.sleep(SLOWLY)
        yield b"x"


def length_of_a_piece_a_byte_now_and_then():
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n1;"
    while True:
        time.sleep(SLOWLY)
        yield b"x"


def page_without_end():
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    while True:
        yield MORE


def redirect_to_files_by_ftp():
    yield b"HTTP/1.1 302 Found\r\nLocation: ftp://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"


def redirect_to_a_file():
    yield b"HTTP/1.1 302 Found\r\nLocation: file:///etc/hosts\r\nContent-Length: 0\r\n\r\n"


def asked(monkeypatch, answer):
    """Return the reply of a server that answers so, but with a page under `/page`."""

    class Hostile(Quiet, BaseHTTPRequestHandler):
        def do_GET(self):
            self.close_connection = True
            with suppress(OSError):
                if self.path == "/page":
                    self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Work.")
                    return
                for part in answer():
                    self.wfile.write(part)

    without_proxies(monkeypatch)
    monkeypatch.setattr(requesting, "_PATIENCE", 1)
    with serving(Hostile) as server:
        return requesting.request(f"{server.root}/", "https://example.org/", is_read=True)


@pytest.mark.parametrize(
    "answer",
    [redirect_without_end, redirect_that_announces_a_terabyte, redirect_in_a_piece_of_a_terabyte],
    ids=lambda answer: answer.__name__,
)
def test_what_comes_with_a_redirect_is_not_read(monkeypatch, answer):
    assert asked(monkeypatch, answer).html == "<p>Work."


@pytest.mark.parametrize(
    ("answer", "status", "reason"),
    [
        (announcements_without_end, None, ""),
        (headers_a_byte_now_and_then, None, "took longer than"),
        (length_of_a_piece_a_byte_now_and_then, 200, ""),
        (page_without_end, 200, ""),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_an_answer_without_end_is_given_up(monkeypatch, answer, status, reason):
    begun = time.monotonic()
    reply = asked(monkeypatch, answer)
    assert time.monotonic() - begun < 10
    assert (reply.status, len(reply.html) <= 1 << 20) == (status, True)
    assert reason in reply.reason


def test_a_connection_that_is_not_secure_says_nothing_of_a_certificate(monkeypatch):
    without_proxies(monkeypatch)
    with serving(BaseHTTPRequestHandler) as server:
        reply = requesting.request(f"https{server.root[4:]}/", "https://example.org/", is_read=True)
    assert reply.status is None
    assert reply.reason.startswith("no secure connection came about: ")


def test_what_is_wrong_with_a_certificate_is_told():
    fault = ssl.SSLCertVerificationError(1, "certificate verify failed")
    fault.verify_message = "certificate has expired"
    reason = requesting._reason(URLError(fault))
    assert reason == "its certificate is not valid: certificate has expired"


@pytest.mark.parametrize("answer", [redirect_to_files_by_ftp, redirect_to_a_file])
def test_no_redirect_leads_off_the_web(monkeypatch, answer):
    reply = asked(monkeypatch, answer)
    assert reply.html == ""
    assert reply.reason == "unknown url type: ftp" or "is not allowed" in reply.reason
