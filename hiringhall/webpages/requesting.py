"""The request for one page, as a browser makes it.

Owns who is said to ask, how long that may take and how much is read; refuses to judge what a reply means.
"""

from __future__ import annotations

import socket
import ssl
import time
from contextlib import suppress
from http.client import HTTPException, HTTPResponse
from http.cookiejar import CookieJar
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import HTTPCookieProcessor, Request, build_opener

from hiringhall.webpages.reading import text_of, visible

_PATIENCE = 20.0  # seconds for each step of a reply
_MOST_READ = 1 << 20  # bytes of a page
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
    # Some pages redirect in a circle until the cookie that they set comes back.
    opener = build_opener(HTTPCookieProcessor(CookieJar()))
    try:
        with opener.open(Request(address, headers=headers), timeout=_PATIENCE) as page:  # noqa: S310 - http alone
            return Reply(page.status, page.url, html=_text(page) if is_read else "")
    except HTTPError as refused:
        with refused:
            return Reply(refused.code, refused.url, str(refused.reason))
    except (OSError, HTTPException, ValueError) as fault:
        return Reply(None, "", _reason(fault))


def _text(page: HTTPResponse) -> str:
    """Return the beginning of a page, as much of it as comes in time; "" if it is no HTML."""
    if page.headers.get_content_type() not in _HTML:
        return ""
    pieces, missing, end = [], _MOST_READ, time.monotonic() + _PATIENCE
    with suppress(OSError, HTTPException):  # it has replied, so what came of it is enough
        while missing and time.monotonic() < end and (piece := page.read1(missing)):
            pieces.append(piece)
            missing -= len(piece)
    return text_of(b"".join(pieces))


def _reason(fault: Exception) -> str:
    cause = fault.reason if isinstance(fault, URLError) and isinstance(fault.reason, Exception) else fault
    match cause:
        case socket.gaierror():
            return "its host name was not found"
        case TimeoutError():
            return f"it took longer than {_PATIENCE:.0f} seconds"
        case ssl.SSLError():
            return f"its certificate is not valid: {cause.reason or cause}"
        case OSError():
            return cause.strerror or str(cause) or type(cause).__name__
        case _:
            return visible(str(cause)) or type(cause).__name__  # it may have the words of a server
