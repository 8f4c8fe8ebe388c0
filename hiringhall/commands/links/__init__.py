"""The command `links`: whether web addresses still work, and which open postings somebody should confirm.

Owns which addresses are tried, and where problems are told; refuses to judge how an address is written.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from html import unescape
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hiringhall.commands.links.answers import Answer, judged
from hiringhall.commands.links.asking import answers, asker, patient
from hiringhall.diagnostics import Diagnostic, Outcome, Severity, Span, failed, notice, ordered, warning
from hiringhall.engine.patterns import pattern
from hiringhall.folders import among
from hiringhall.intake.configuration.organizations import read_register
from hiringhall.intake.configuration.settings import read_settings
from hiringhall.intake.content.posting import read_posting
from hiringhall.intake.content.static_pages import read_pages
from hiringhall.intake.fields.mentions import mentions, place_of
from hiringhall.intake.files.encoding import read_text
from hiringhall.intake.files.sources import reread, scan, with_data
from hiringhall.intake.markdown.links import unescaped
from hiringhall.model import Options, Posting, Source
from hiringhall.policies import lifecycle
from hiringhall.report.progress import progress

_LINK = pattern(r'<a href="(https?://[^"]+)"', re.IGNORECASE)
_LOOK = "check whether the job is still open; if not, add status: filled; if so, write its new address"
_LOOK_ON_PAGE = "write its new address, or delete the link"


class Tried(NamedTuple):
    """How many addresses were tried, of how many open postings and pages."""

    addresses: int
    postings: int
    pages: int


class _Text(NamedTuple):
    """A posting or a page with the addresses in it, and what to do about one that no longer works.

    `of_job` are those of its job, under which it can be found or applied for.
    """

    source: Source
    of_job: Iterable[str]
    linked: Iterable[str]
    way: str


class _Place(NamedTuple):
    """Where an address is written, and what to do there if it no longer works."""

    path: str
    span: Span
    is_of_job: bool
    way: str


def try_links(options: Options, paths: Sequence[Path]) -> Outcome[Tried]:
    """Try each address once in the open postings and pages of the paths, or in all of them.

    A page that is gone, that leads to a list instead, or that says that its job is closed is a warning; one
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
    named = Counter[str]()  # in how many open postings an address is the job's, asked about or not
    verified: set[str] = set()  # addresses of jobs that somebody has just seen open
    zone, is_wanted = ZoneInfo(settings.value.time_zone), among(paths)
    today = options.now.astimezone(zone).date()
    for source in map(with_data, sources.value):
        posting, problems = read_posting(source, settings.value, register.value)
        is_asked = is_wanted(source.path)
        if is_asked:
            found += (each for each in problems if each.severity is Severity.ERROR)
        if posting is None or not lifecycle.takes_applications(posting, options.now):
            continue
        of_job = _of_job(posting)
        named.update(of_job.keys())
        verified |= of_job.keys() if lifecycle.is_just_verified(posting, today) else set()
        if is_asked:
            texts.append(_Text(source, of_job, _linked(posting.body_html), _LOOK))
            found += _due(posting, options.now, zone)
    if failed(found):
        return Outcome(None, ordered(found))
    postings = len(texts)
    wanted = (page for page in pages.value or () if is_wanted(page.path))
    texts += (_Text(reread(page.path), (), _linked(page.html), _LOOK_ON_PAGE) for page in wanted)
    places = _places(texts)
    # What several postings name is a list of jobs, where such words may be about any.
    jobs = {address for address, times in named.items() if times == 1} - verified
    ask = partial(patient, asker(settings.value.base_url, jobs, today))
    with progress(quiet=options.quiet) as step:
        for address, answer in answers(tuple(places), ask, step):
            found += _told(address, answer, places[address])
    return Outcome(Tried(len(places), postings, len(texts) - postings), ordered(found))


def _due(posting: Posting, now: datetime, zone: ZoneInfo) -> Iterator[Diagnostic]:
    """Warn of a posting that will soon close although nobody has said that the job is closed."""
    if not lifecycle.is_confirmation_due(posting, now, zone):
        return
    last_day = lifecycle.last_open_day(posting.closes_at, zone)
    message = f"nobody has confirmed this job since {posting.confirmed}; it will be closed after {last_day}"
    field = "set verify_by to a later day" if posting.verify_by else "set verified to the day you saw that"
    yield warning(posting.path, Span(), "verify-due", message, f"if it is still open, {field}")


def _places(texts: Iterable[_Text]) -> dict[str, list[_Place]]:
    """Return where each address is written."""
    places: dict[str, list[_Place]] = defaultdict(list)
    for source, of_job, linked, way in texts:
        for address in dict.fromkeys(chain(of_job, linked)):
            places[address].append(_Place(source.path, _span(source, address), address in of_job, way))
    return places


def _of_job(posting: Posting) -> dict[str, None]:
    """Return the addresses that a posting gives as those of its job, each once, in order."""
    application = posting.application
    stated = (application.url, posting.source_url)
    words = (
        each for text in (application.instructions, application.contact) for each in mentions(text or "")
    )
    said = (each.href for each in words if not each.href.startswith("mailto:"))
    return _bare(chain(filter(None, stated), said))


def _linked(html: str) -> dict[str, None]:
    return _bare(unescape(address) for address in _LINK.findall(html))


def _bare(addresses: Iterable[str]) -> dict[str, None]:
    """Return addresses without their fragments, each once, in order."""
    return dict.fromkeys(address.partition("#")[0] for address in addresses)


def _span(source: Source, address: str) -> Span:
    """Return where a file has an address, or the whole file if it is written there in another form."""
    text = read_text(source).value or ""
    place = place_of(address, text, unescaped)
    if place is None:
        return Span()
    start, end = place
    line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    return Span(line, column, line, column + end - start)


def _told(address: str, answer: Answer, places: Iterable[_Place]) -> Iterator[Diagnostic]:
    problem = judged(address, answer)
    if problem is None:
        return
    code, message, hint = problem
    make = notice if code == "link-refused" else warning
    for place in places:
        if place.is_of_job or code != "link-closed":
            yield make(place.path, place.span, code, message, hint or place.way)
