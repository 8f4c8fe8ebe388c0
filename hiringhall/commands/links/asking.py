"""Requests for pages: several hosts at once, each host as a reader would ask.

Owns how pages are requested and how much of them is read; refuses to judge what an answer means.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import suppress
from datetime import date
from http.client import HTTPException, HTTPResponse
from http.cookiejar import CookieJar
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

from hiringhall.commands.links.answers import SERVER_ERRORS, Answer
from hiringhall.commands.links.closed import closing

_AT_ONCE = 8  # hosts; one address of each at a time, as a reader would ask
_PATIENCE = 20.0  # seconds for each step of an answer
_PAUSE = 3.0  # seconds until an address that did not answer is tried once more
_SILENCE = 180.0  # seconds without any answer, then none is waited for: some servers send a byte now and then
_MOST_WRONG = 3  # hosts: if more than these all fail, this machine is probably offline
_MOST_READ = 1 << 20  # bytes of a page
_HTML = frozenset(("text/html", "application/xhtml+xml"))

Ask = Callable[[str], Answer]
_Answered = tuple[str, Answer] | Exception


def answers(
    addresses: Sequence[str], ask: Ask, step: Callable[[str, int, int], None]
) -> Iterator[tuple[str, Answer]]:
    """Yield each address with its answer. Raises OSError if many hosts were asked and none answered."""
    by_host = defaultdict(list)
    for address in addresses:
        by_host[urlsplit(address).hostname].append(address)
    waiting: SimpleQueue[list[str]] = SimpleQueue()
    answered: SimpleQueue[_Answered] = SimpleQueue()
    for asked in by_host.values():
        waiting.put(asked)

    # Stopping the program must not wait for answers; threads of a pool would be waited for.
    for _ in range(min(_AT_ONCE, len(by_host))):
        Thread(target=_work, args=(waiting, answered, ask), daemon=True).start()
    told: dict[str, Answer] = {}
    while len(told) < len(addresses):
        try:
            found = answered.get(timeout=_SILENCE)
        except Empty:
            late = Answer(None, "", f"nothing came for {_SILENCE:.0f} seconds")
            told = dict.fromkeys(addresses, late) | told
            break
        if isinstance(found, Exception):
            raise found
        told.update([found])
        step("Trying addresses", len(told), len(addresses))
    if len(by_host) > _MOST_WRONG and all(answer.status is None for answer in told.values()):
        raise OSError(f"none of {len(by_host)} hosts answered; is this machine online?")
    yield from told.items()


def _work(waiting: SimpleQueue[list[str]], answered: SimpleQueue[_Answered], ask: Ask) -> None:
    """Try the addresses of one host after another, until none is waiting."""
    with suppress(Empty):
        while True:
            for address in waiting.get_nowait():
                try:
                    answered.put((address, ask(address)))
                except Exception as fault:  # noqa: BLE001 - raised where the answer is awaited
                    answered.put(fault)


def patient(ask: Ask, address: str) -> Answer:
    """Try once more, a little later, if there was no answer or the server had a fault."""
    answer = ask(address)
    if answer.status is None or answer.status in SERVER_ERRORS:
        time.sleep(_PAUSE)
        answer = ask(address)
    return answer


def asker(site: str, jobs: Container[str], today: date) -> Ask:
    """Return what requests a page as a browser does, and says who asks; only pages of jobs are read."""
    headers = {
        "User-Agent": f"Mozilla/5.0 (compatible; HiringHall; +{site})",
        "Accept": "text/html, */*;q=0.8",
    }

    def ask(address: str) -> Answer:
        # Some pages redirect in a circle until the cookie that they set comes back.
        opener = build_opener(HTTPCookieProcessor(CookieJar()))
        try:
            with opener.open(Request(address, headers=headers), timeout=_PATIENCE) as page:  # noqa: S310 - http alone
                text = _text(page) if address in jobs else ""
                return Answer(page.status, page.url, closing=closing(text, today))
        except HTTPError as refused:
            with refused:
                return Answer(refused.code, refused.url, str(refused.reason))
        except (OSError, HTTPException, ValueError) as fault:
            return Answer(None, "", _reason(fault))

    return ask


def _text(page: HTTPResponse) -> str:
    """Return the beginning of a page, as much of it as comes in time; "" if it is no HTML."""
    if page.headers.get_content_type() not in _HTML:
        return ""
    pieces, missing, end = [], _MOST_READ, time.monotonic() + _PATIENCE
    with suppress(OSError, HTTPException):  # it has answered, so what came of it is enough
        while missing and time.monotonic() < end and (piece := page.read1(missing)):
            pieces.append(piece)
            missing -= len(piece)
    data = b"".join(pieces)
    # Names of encodings are not to be trusted; in all that are used, English has the bytes of both of these.
    try:
        return data.decode()
    except ValueError:
        return data.decode("cp1252", "replace")


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
            return str(cause) or type(cause).__name__
