"""The request for one page, as a browser makes it.

Owns who is said to ask, how long that may take and how much is read; refuses to judge what a reply means.
"""

from __future__ import annotations

import socket
import ssl
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse
from io import BufferedReader, RawIOBase
from typing import Any, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import (
    HTTPCookieProcessor,
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from hiringhall.webpages.reading import text_of, visible

_PATIENCE = 20.0  # seconds for a connection, and for each reply: there are several if there are redirects
_MOST_READ = 1 << 20  # bytes of a reply
_HTML = frozenset(("text/html", "application/xhtml+xml"))


class Reply(NamedTuple):
    """How an address replied: HTTP status (None for no reply), where redirects led, what went wrong.

    `html` is the beginning of its page, if that was to be read and is HTML; else "".
    """

    status: int | None
    place: str = ""
    reason: str = ""
    html: str = ""


def request(address: str, site: str, *, is_read: bool) -> Reply:
    """Request a page of the web, and say which site asks. Nothing is raised: whatever fails is the reply."""
    headers = {
        "User-Agent": f"Mozilla/5.0 (compatible; HiringHall; +{site})",
        "Accept": "text/html, */*;q=0.8",
    }
    try:
        with _opener().open(Request(address, headers=headers), timeout=_PATIENCE) as page:  # noqa: S310 - http alone
            return Reply(page.status, page.url, html=_text(page) if is_read else "")
    except HTTPError as refused:
        with refused:
            return Reply(refused.code, refused.url, str(refused.reason))
    except (OSError, HTTPException, ValueError) as fault:
        return Reply(None, "", _reason(fault))


def _opener() -> OpenerDirector:
    """Return what follows redirects, but only to other pages of the web."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler,
        UnknownHandler,
        _Handler,
        HTTPDefaultErrorHandler,
        HTTPRedirectHandler,
        HTTPErrorProcessor,
        HTTPCookieProcessor,  # some pages redirect in a circle until the cookie that they set comes back
    ):
        opener.add_handler(handler())
    return opener


class _Bounded(RawIOBase):
    """The bytes of a reply: they end after the most that is read, and fail if they come too slowly.

    A server may send a byte now and then, or headers, or the announcement of a reply, without end.
    """

    def __init__(self, source: RawIOBase) -> None:
        self._source = source
        self._missing, self._end = _MOST_READ, time.monotonic() + _PATIENCE

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if time.monotonic() > self._end:
            raise TimeoutError
        count: int = self._source.readinto(memoryview(buffer)[: self._missing])
        self._missing -= count
        return count

    def close(self) -> None:
        self._source.close()
        super().close()


class _Response(HTTPResponse):
    """A reply that has a bound."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fp = BufferedReader(_Bounded(self.fp.detach()))

    def read(self, amt: int | None = None) -> bytes:  # noqa: ARG002 - the base class names it so
        """Leave out the body of a redirect, which is all that is asked for here: it may be of any length."""
        return b""


class _Handler(HTTPHandler, HTTPSHandler):
    """Requests by either protocol, whose replies have a bound."""

    def do_open(self, http_class: Any, req: Request, **named: Any) -> HTTPResponse:
        def connection(*given: Any, **named: Any) -> HTTPConnection:
            made: HTTPConnection = http_class(*given, **named)
            made.response_class = _Response
            return made

        return super().do_open(connection, req, **named)


def _text(page: HTTPResponse) -> str:
    """Return the beginning of a page, as much of it as comes in time; "" if it is no HTML."""
    if page.headers.get_content_type() not in _HTML:
        return ""
    pieces = []
    with suppress(OSError, HTTPException):  # it has replied, so what came of it is enough
        while piece := page.read1(_MOST_READ):
            pieces.append(piece)
    return text_of(b"".join(pieces), page.headers.get("Content-Type", ""))


def _reason(fault: Exception) -> str:
    cause = fault.reason if isinstance(fault, URLError) else fault
    match cause:
        case socket.gaierror():
            return "its host name was not found"
        case TimeoutError():
            return f"it took longer than {_PATIENCE:.0f} seconds"
        case ssl.SSLCertVerificationError():
            return f"its certificate is not valid: {cause.verify_message}"
        case ssl.SSLError():  # such as servers that end a connection at once
            return f"no secure connection came about: {cause.reason or cause}"
        case OSError():
            return cause.strerror or str(cause) or type(cause).__name__
        case _:
            return visible(str(cause)) or type(cause).__name__  # it may have the words of a server
