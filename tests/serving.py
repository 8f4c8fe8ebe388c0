"""Servers on loopback for tests: of a folder, or with answers of their own.

Owns how they start, end and keep quiet; refuses to know what they answer.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer


class Quiet:
    """What the handlers of tests share."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or a body waits 40 ms for the answer to its headers

    def log_message(self, *_):
        """Say nothing of what is asked."""

    def end_headers(self):
        """Let browsers keep what has its fingerprint in its address, as hosts do."""
        if "/assets/" in self.path:
            self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()


class FolderHandler(Quiet, SimpleHTTPRequestHandler):
    """Serves the files of a folder."""


class Server(ThreadingHTTPServer):
    """Answers each connection in a thread."""

    def handle_error(self, request, client_address):
        """Say nothing of browsers that close a page before it has come."""


@contextmanager
def serving(handler):
    """Serve on a free port of this machine until the end of the block."""
    with Server(("127.0.0.1", 0), handler) as server:
        server.root = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server
        finally:  # or it would ask a closed socket again and again, while other tests run
            server.shutdown()
            thread.join()


def serving_folder(folder):
    """Serve the files of a folder."""
    return serving(partial(FolderHandler, directory=folder))


def without_proxies(monkeypatch):
    """Let requests reach a server on this machine, whatever its settings are."""
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
