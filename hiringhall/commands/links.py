"""The command `links`: whether web addresses still work, and which open postings somebody should confirm.

Owns requesting pages, and what their answers mean for a job; refuses to judge how an address is written.
"""

from __future__ import annotations

import re
import socket
import ssl
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from html import unescape
from http.client import HTTPException, responses
from http.cookiejar import CookieJar
from itertools import chain
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qsl, unquote, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener
from zoneinfo import ZoneInfo

from hiringhall.diagnostics import Diagnostic, Outcome, Severity, Span, failed, notice, ordered, warning
from hiringhall.engine.patterns import pattern
from hiringhall.intake.configuration.organizations import read_register
from hiringhall.intake.configuration.settings import read_settings
from hiringhall.intake.content.posting import read_posting
from hiringhall.intake.content.static_pages import read_pages
from hiringhall.intake.fields.mentions import mentions, place_of
from hiringhall.intake.files.encoding import read_text
from hiringhall.intake.files.sources import among, reread, scan, with_data
from hiringhall.model import Options, Posting, Source
from hiringhall.policies import lifecycle
from hiringhall.report.progress import progress

_AT_ONCE = 8  # hosts; one address of each at a time, as a reader would ask
_PATIENCE = 20.0  # seconds for each step of an answer
_PAUSE = 3.0  # seconds until an address that did not answer is tried once more
_MOST_WRONG = 3  # hosts: if more than these all fail, this machine is probably offline
_CLOSED_FORM = "/closedform"  # where Google forms lead once they are closed
_LINK = pattern(r'<a href="(https?://[^"]+)"', re.IGNORECASE)
# Path endings that do not matter: the page is the same with or without them.
_INDEX = pattern(r"/(?:index|default)\.\w+$")
_ENDING = pattern(r"\.(?:html?|php|aspx?|jsp)$")
_DIGIT = pattern(r"\d")
_NOT_FOUND, _GONE = 404, 410
_SERVER_ERRORS = range(500, 600)  # LinkedIn says 999 to programs
_LOOK = "check whether the job is still open; if not, add status: filled; if so, write its new address"
_LOOK_ON_PAGE = "write its new address, or delete the link"
_TRY = "open it in a browser; if it does not load, ask the employer"


class Answer(NamedTuple):
    """How an address answered: HTTP status (None for no answer), where redirects led, what went wrong."""

    status: int | None
    place: str = ""
    reason: str = ""


class Tried(NamedTuple):
    """How many addresses were tried, of how many open postings and pages."""

    addresses: int
    postings: int
    pages: int


class _Text(NamedTuple):
    """A posting or a page with the addresses in it, and what to do about one that no longer works."""

    source: Source
    addresses: Iterable[str]
    way: str


class _Place(NamedTuple):
    """Where an address is written, and what to do there if it no longer works."""

    path: str
    span: Span
    way: str


Ask = Callable[[str], Answer]
_Answered = list[tuple[str, Answer]] | Exception  # of the addresses of one host


def try_links(options: Options, paths: Sequence[Path], ask: Ask | None = None) -> Outcome[Tried]:
    """Try each address once in the open postings and pages of the paths, or in all of them.

    A page that is gone, or that leads to a list instead, is a warning, because the job may be closed; one
    that refuses programs is a notice. A posting that will soon close because nobody confirms it is a warning,
    too. There is no value if content cannot be read. Raises OSError if none of many hosts answered: then this
    machine is probably offline.
    """
    settings, register = read_settings(options.content, options.base_url), read_register(options.content)
    sources = scan(options.content)
    if settings.value is None or register.value is None or sources.value is None:
        return Outcome(None, (*settings.diagnostics, *register.diagnostics, *sources.diagnostics))
    pages = read_pages(options.content, settings.value)
    files = (*sources.diagnostics, *pages.diagnostics)
    found = [each for each in files if each.severity is Severity.ERROR]
    texts: list[_Text] = []
    zone, is_wanted = ZoneInfo(settings.value.time_zone), among(paths)
    for source in (with_data(each) for each in sources.value if is_wanted(each.path)):
        posting, problems = read_posting(source, settings.value, register.value)
        found += (each for each in problems if each.severity is Severity.ERROR)
        if posting and lifecycle.takes_applications(posting, options.now):
            texts.append(_Text(source, _addresses(posting), _LOOK))
            if lifecycle.is_confirmation_due(posting, options.now, zone):
                found.append(_due(posting, zone))
    if failed(found):
        return Outcome(None, ordered(found))
    postings = len(texts)
    wanted = (page for page in pages.value or () if is_wanted(page.path))
    texts += (_Text(reread(page.path), _linked(page.html), _LOOK_ON_PAGE) for page in wanted)
    places = _places(texts)
    with progress(quiet=options.quiet) as step:
        answers = _answers(tuple(places), ask or partial(_patient, _asker(settings.value.base_url)), step)
        for address, answer in answers:
            found += _told(address, answer, places[address])
    return Outcome(Tried(len(places), postings, len(texts) - postings), ordered(found))


def _due(posting: Posting, zone: ZoneInfo) -> Diagnostic:
    """Return the warning of a posting that will close although nobody has said that the job is closed."""
    last_day = lifecycle.last_open_day(posting.closes_at, zone)
    message = f"nobody has confirmed this job since {posting.confirmed}; it will be closed after {last_day}"
    field = "set verify_by to a later day" if posting.verify_by else "set verified to the day you saw that"
    return warning(posting.path, Span(), "verify-due", message, f"if it is still open, {field}")


def _places(texts: Iterable[_Text]) -> dict[str, list[_Place]]:
    """Return where each address is written."""
    places: dict[str, list[_Place]] = defaultdict(list)
    for source, addresses, way in texts:
        for address in addresses:
            places[address].append(_Place(source.path, _span(source, address), way))
    return places


def _addresses(posting: Posting) -> dict[str, None]:
    """Return the addresses of web pages in a posting, each once, in order."""
    application = posting.application
    stated = (application.url, posting.source_url)
    words = (
        each for text in (application.instructions, application.contact) for each in mentions(text or "")
    )
    said = (each.href for each in words if not each.href.startswith("mailto:"))
    return _bare(chain(filter(None, stated), said)) | _linked(posting.body_html)


def _linked(html: str) -> dict[str, None]:
    return _bare(unescape(address) for address in _LINK.findall(html))


def _bare(addresses: Iterable[str]) -> dict[str, None]:
    """Return addresses without their fragments, each once, in order."""
    return dict.fromkeys(address.partition("#")[0] for address in addresses)


def _span(source: Source, address: str) -> Span:
    """Return where a file has an address, or the whole file if it is written there in another form."""
    text = read_text(source).value or ""
    place = place_of(address, text)
    if place is None:
        return Span()
    start, end = place
    line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    return Span(line, column, line, column + end - start)


def _answers(
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
    told: list[tuple[str, Answer]] = []
    for _ in by_host:
        found = answered.get()
        if isinstance(found, Exception):
            raise found
        told += found
        step("Trying addresses", len(told), len(addresses))
    if len(by_host) > _MOST_WRONG and all(answer.status is None for _, answer in told):
        raise OSError(f"none of {len(by_host)} hosts answered; is this machine online?")
    yield from told


def _work(waiting: SimpleQueue[list[str]], answered: SimpleQueue[_Answered], ask: Ask) -> None:
    """Try the addresses of one host after another, until none is waiting."""
    with suppress(Empty):
        while True:
            asked = waiting.get_nowait()
            try:
                answered.put([(address, ask(address)) for address in asked])
            except Exception as fault:  # noqa: BLE001 - raised where the answer is awaited
                answered.put(fault)


def _patient(ask: Ask, address: str) -> Answer:
    """Try once more, a little later, if there was no answer or the server had a fault."""
    answer = ask(address)
    if answer.status is None or answer.status in _SERVER_ERRORS:
        time.sleep(_PAUSE)
        answer = ask(address)
    return answer


def _asker(site: str) -> Ask:
    """Return what requests a page as a browser does, and says who asks; nothing of the page is read."""
    headers = {
        "User-Agent": f"Mozilla/5.0 (compatible; HiringHall; +{site})",
        "Accept": "text/html, */*;q=0.8",
    }

    def ask(address: str) -> Answer:
        # Some pages redirect in a circle until the cookie that they set comes back.
        opener = build_opener(HTTPCookieProcessor(CookieJar()))
        try:
            with opener.open(Request(address, headers=headers), timeout=_PATIENCE) as page:  # noqa: S310 - http alone
                return Answer(page.status, page.url)
        except HTTPError as refused:
            with refused:
                return Answer(refused.code, refused.url, str(refused.reason))
        except (OSError, HTTPException, ValueError) as fault:
            return Answer(None, "", _reason(fault))

    return ask


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


def _told(address: str, answer: Answer, places: Iterable[_Place]) -> Iterator[Diagnostic]:
    problem = judged(address, answer)
    if problem is None:
        return
    code, message, hint = problem
    make = notice if code == "link-refused" else warning
    for place in places:
        yield make(place.path, place.span, code, message, hint or place.way)


def judged(address: str, answer: Answer) -> tuple[str, str, str | None] | None:
    """Return code, message and hint for what an answer says about a page, or None if all is well.

    There is no hint if what to do depends on what links to the page.

    >>> judged("https://example.org/jobs/12", Answer(200, "https://www.example.org/careers"))[0]
    'link-elsewhere'
    """
    status = answer.status
    if status in {_NOT_FOUND, _GONE}:
        return "link-gone", f"{address} is gone ({status} {responses[status]})", None
    if status is None or status in _SERVER_ERRORS:
        reason = answer.reason or responses.get(status or 0, "")
        said = reason if status is None else f"{status} {reason}"
        return "link-unanswered", f"{address} did not answer: {said}", _TRY
    if status >= 300:  # noqa: PLR2004 - RFC 9110, section 15: neither an answer nor one that redirects
        said = f"{status} {responses.get(status, answer.reason)}"
        return "link-refused", f"{address} does not answer programs ({said})", "open it in a browser"
    if _is_elsewhere(address, answer.place):
        message = f"{address} now leads to {answer.place}, as pages of closed jobs often do"
        return "link-elsewhere", message, None
    return None


def _is_elsewhere(address: str, place: str) -> bool:
    """Say whether a page leads to one above it that no longer names it, as closed jobs lead to a list."""
    before, after = urlsplit(address), urlsplit(place)
    if after.path.endswith(_CLOSED_FORM):
        return True
    parts, left = (_INDEX.sub("", _folded(found.path)).strip("/").split("/") for found in (before, after))
    named = [part for part in parts if part != "apply"] or parts
    name = _ENDING.sub("", named[-1])
    names = [name] if _DIGIT.search(name) else [name, *_numbers(before.query)]
    is_named = name in (after.hostname or "").split(".") or any(
        each in part for each in names for part in (*left, _folded(after.query))
    )
    return len(list(filter(None, left))) < len(list(filter(None, parts))) and not is_named


def _numbers(query: str) -> list[str]:
    """Return what may be the number of a job in a query such as `id=12`."""
    return [value for _, value in parse_qsl(_folded(query)) if _DIGIT.search(value)]


def _folded(written: str) -> str:
    return unquote(written).casefold()
