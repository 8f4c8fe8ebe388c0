"""The development server: a site's files over HTTP, rebuilt when its content changes.

Owns requests and the loop of rebuilding; refuses to know how a site is built, which is given as a callable.
"""

from __future__ import annotations

import errno
import gc
import os
import socket
import socketserver
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote, unquote, urlsplit

from hiringhall.devserver import inject
from hiringhall.devserver.files import INDEX, inner_paths, locate, media_type, named
from hiringhall.devserver.live import Live, State
from hiringhall.devserver.watcher import Watcher
from hiringhall.engine.trees import identity
from hiringhall.model import Preview
from hiringhall.report.result import BuildResult

# A rebuild should be short; a request waits no longer than this and then gets the last good site (seconds).
_WAIT = 10.0
# Proxies and browsers give up on connections that stay silent (seconds).
_HEARTBEAT = 15.0
# A preview page is made while a build runs: neither may wait long for the other's turn (seconds).
_TURN = 0.0005

_HTML = media_type(INDEX)


class AddressError(Exception):
    """The server cannot listen where it was told to; the message says why and what to do."""


class Server(ThreadingHTTPServer):
    """Serves the folder `output` at the top, and below the site's path, while its `with` block runs.

    Raises AddressError.
    """

    daemon_threads = True
    block_on_close = False
    # On Windows the option would let two servers share a port.
    allow_reuse_address = os.name != "nt"

    def __init__(
        self,
        host: str,
        port: int,
        output: Path,
        live: Live,
        now: datetime | None = None,
    ) -> None:
        self.host = host
        self.now = now
        self.output = output
        self.live = live
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            super().__init__((host, port), Handler)
        except (OSError, UnicodeError) as refused:
            raise AddressError(_refusal(refused, host, port)) from refused

    def __enter__(self) -> Self:
        serve_forever = partial(self.serve_forever, poll_interval=0.1)
        threading.Thread(target=serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def server_bind(self) -> None:
        """Bind without looking up the host's name, which can take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing about browsers that leave in the middle."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    @property
    def url(self) -> str:
        host = f"[{self.server_name}]" if ":" in self.server_name else self.server_name
        return f"http://{host}:{self.server_port}{self.live.state.root}"


class Handler(BaseHTTPRequestHandler):
    """Answers one connection. Nothing is remembered from one request to the next."""

    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or a body waits 40 ms for the answer to its headers

    def do_GET(self) -> None:
        """Send the server's own files, the stream of epochs, or a file of the site."""
        try:
            path = unquote(urlsplit(self.path).path) or "/"
        except ValueError:
            self.send_error(HTTPStatus.BAD_REQUEST)
            return
        if not _is_own(self.headers.get("Host", ""), self.server.host):
            message = "This server answers to localhost and to addresses in numbers. For a name, use --host."
            self._send(HTTPStatus.FORBIDDEN, "text/plain; charset=utf-8", f"{message}\n".encode())
        elif path.startswith(inject.PREFIX):
            self._own(path.removeprefix(inject.PREFIX))
        else:
            self._site(path)

    def do_HEAD(self) -> None:
        """Send what GET would, without the body."""
        self.do_GET()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        """Keep the terminal for diagnostics."""

    def _own(self, name: str) -> None:
        if name == "events":
            self._events()
        elif name in {"clock.js", "reload.js", "overlay.css"}:
            self._send(HTTPStatus.OK, media_type(name), Path(__file__).with_name(name).read_bytes())
        else:
            self._missing(self.server.live.state)

    def _events(self) -> None:
        """Send the current epoch and each new one as Server-Sent Events, until the browser leaves."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self._common("text/event-stream; charset=utf-8")
        self.send_header("Connection", "close")
        self.end_headers()
        live, told = self.server.live, ""
        with suppress(ConnectionError):
            while self.command == "GET":
                epoch = live.next_epoch(told, _HEARTBEAT)
                self.wfile.write(b": still here\n\n" if epoch == told else f"data: {epoch}\n\n".encode())
                told = epoch

    def _site(self, path: str) -> None:
        settled = self.server.live.settle(_WAIT)
        # Taken before a file is read: a page older than its epoch would never be loaded again.
        state = self.server.live.state
        for inner in inner_paths(path, unquote(state.root)):
            found = self._found(inner, state)
            if found is None:
                continue
            if found[0] == INDEX and not path.endswith(("/", f"/{INDEX}")):
                self._redirect(path)
            else:
                self._file(HTTPStatus.OK, *found, state)
            return
        if state.preview or identity(self.server.output):
            self._missing(state)
        else:
            message = "There is no site yet." if settled else "The site is being built."
            self._html(HTTPStatus.SERVICE_UNAVAILABLE, inject.bare(message), state)

    def _found(self, inner: str, state: State) -> tuple[str, bytes] | None:
        """Return the name and the bytes of the file that a path within the site means, if any."""
        if state.preview:
            path = named(state.preview, inner)
            if path is None:
                return None
            body = self.server.live.read(state, path, _WAIT)
            if body is not None:
                return path.rpartition("/")[2], body
        file = locate(self.server.output, inner)
        try:
            return (file.name, file.read_bytes()) if file else None
        except OSError:  # a swap removed it meanwhile
            return None

    def _file(self, status: HTTPStatus, name: str, body: bytes, state: State) -> None:
        if media_type(name) == _HTML:
            self._html(status, body, state)
        else:
            self._send(status, media_type(name), body)

    def _missing(self, state: State) -> None:
        found = self._found("404.html", state)
        if found:
            self._file(HTTPStatus.NOT_FOUND, *found, state)
        else:
            self._html(HTTPStatus.NOT_FOUND, inject.bare("There is no such page."), state)

    def _html(self, status: HTTPStatus, body: bytes, state: State) -> None:
        overlay = inject.overlay(state.diagnostics, state.fault) if state.is_stale else ""
        self._send(status, _HTML, inject.page(body, state.epoch, overlay, self.server.now))

    def _redirect(self, path: str) -> None:
        # One slash in front: two would name another host.
        where = quote("/" + path.strip("/") + "/")
        query = urlsplit(self.path).query
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", f"{where}?{query}" if query else where)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send(self, status: HTTPStatus, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self._common(content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _common(self, content_type: str) -> None:
        self.send_header("Content-Type", content_type)
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")


def serve(
    build: Callable[[Preview], BuildResult],
    *,
    host: str,
    port: int,
    output: Path,
    watched: Iterable[Path],
    clock: Callable[[], datetime],
    now: datetime | None = None,
    root: Callable[[], str | None] = lambda: "/",
    ready: Callable[[str], None] = lambda _url: None,
) -> None:
    """Build, serve `output`, and build again whenever `watched` folders or the passing of time require it.

    `now` is the present of all builds and pages if it is not the clock's. `root` gives the path of the site's
    folder, or None while that is unknown; `ready` gets the address after the first build. Port 0 takes any
    free one. Returns when interrupted; raises AddressError before anything is built.
    """
    live = Live(build, clock if now is None else lambda: now, root)
    sys.setswitchinterval(_TURN)
    gc.disable()  # a collection goes through a whole site, so not while somebody waits for a page
    with (
        suppress(KeyboardInterrupt),
        Server(host, port, output, live, now) as server,
        Watcher(watched, live.hold) as watcher,
    ):
        live.rebuild()
        watcher.note_build()
        ready(server.url)
        _follow(live, watcher, output)


def _follow(live: Live, watcher: Watcher, output: Path) -> None:
    """Rebuild forever; cycles left by builds and requests are collected while nothing happens."""
    is_littered = True
    while True:
        is_stirred = watcher.wait(live.patience())
        is_gone = not (identity(output) or live.state.is_stale)  # as after `make clean`
        if is_stirred or is_gone or live.is_due():
            live.rebuild()
            watcher.note_build()
            is_littered = True
        else:
            live.release(watcher.looked)
            if is_littered:
                gc.collect()
            is_littered = False


def _refusal(refused: OSError | UnicodeError, host: str, port: int) -> str:
    """Say why the server cannot listen, and whether to change the host or the port."""
    if not isinstance(refused, OSError) or isinstance(refused, socket.gaierror):
        reason, way_out = "there is no such host", "leave out --host, or give it an address of this machine"
    elif refused.errno == errno.EADDRNOTAVAIL:
        reason, way_out = "this machine does not have that address", "leave out --host, or give it one it has"
    else:
        reason = refused.strerror or str(refused)
        way_out = "stop the program that uses it, or choose another port with --port"
    return f"cannot listen on {host}, port {port}: {reason}; {way_out}"


def _is_own(asked: str, host: str) -> bool:
    """Say whether a request's `Host` can be this server, which was told to listen on `host`.

    Any page in the browser may point a name of its own at this machine and read its answers; it cannot do
    that with a numeric address or with localhost.
    """
    try:
        name = urlsplit(f"//{asked}").hostname or ""
        return name in {"", host.lower()} or f".{name}".endswith(".localhost") or bool(ip_address(name))
    except ValueError:
        return False
