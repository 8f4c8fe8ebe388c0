"""What a page says of its job: whether it is closed, in its words or in its structured data.

Owns the words with which employers and job boards say so, in English and Spanish; refuses to request a page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from html import unescape
from itertools import chain
from typing import NamedTuple

from hiringhall.engine.patterns import pattern

_TAG = pattern(r"(<[^<>]*>)")
_NAME = pattern(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
_DATA = pattern(r"type\s*=\s*[\"']?application/ld\+json", re.IGNORECASE)
# What scripts show later, such as a note that a job is closed.
_HIDDEN = pattern(
    r"\s(?:hidden(?=[\s=>/])|style\s*=\s*[\"'][^\"']*display:\s*none"
    r"|class\s*=\s*[\"'](?:[^\"']*\s)?(?:d-none|hidden|hide|invisible|is-hidden)[\s\"'])",
    re.IGNORECASE,
)
_UNREAD = frozenset(("iframe", "noscript", "script", "select", "style", "svg", "template", "textarea"))
_VOID = frozenset(("base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"))
_INLINE = frozenset(
    ("a", "abbr", "b", "em", "font", "i", "mark", "small", "span", "strong", "time", "u", "wbr")
)
_ENDS = pattern(r"(?<=[.!?…])\s+|\s[|·•–—-]\s")
_LONGEST = 300  # characters of a sentence; the words that matter come early
_GRACE = timedelta(days=1)  # a date without a time zone may be of any


def _any(words: str) -> str:
    """Return what matches any of the words, which commas divide."""
    return f"(?:{'|'.join(words.split(', '))})"


_JOB = _any(
    "job, position, post, posting, role, vacancy, opening, opportunity, listing, requisition, advert"
    ", advertisement, internship, fellowship, competition"
)
_ALAS = _any("sorry, oops, unfortunately, attention, note, please note, update")
_SORRY = f"(?:(?:we(?:'re| are) )?(?:very )?{_ALAS}[,:!.]?(?: but)?(?: that)? )?"
# "This position", "The Field Organizer position"; not "The contract of this position".
_NAMED = rf"(?: (?!{_any('for, of, in, with, to, on, at, by, from, that, which, whose')}\b)[\w/&'-]+){{0,5}}?"
_THIS = rf"(?:(?:this|the|that|your){_NAMED} )?(?:{_JOB} )?{_JOB}(?: (?:that |which )?you\b[^,;]{{0,60}}?)?"
_NOW = f"(?: {_any('now, already, currently, officially, since, recently')})?"
_NEW = f"(?:{_any('any, new, further, additional')} )*"
_TAKING = (
    rf"{_any('accepting, taking, receiving')} {_NEW}{_any('applications, applicants, candidates, resumes')}"
)
_OVER = _any(f"available, open, active, posted, listed, advertised, online, published, valid, {_TAKING}")
_SHUT = _any(
    f"closed, filled, expired, removed, withdrawn, cancell?ed, unavailable, taken down, no longer {_OVER}"
)
_IS_SHUT = (
    rf"(?:(?:is|was|has{_NOW} been){_NOW} {_SHUT}|has{_NOW} {_any('closed, expired, ended')}"
    rf"|no longer {_any(f'exists?, accepts applications, {_OVER}')}|(?:was |could |can)?not (?:be )?found)"
)
_APPLICATIONS = f"applications?(?: {_any('deadline, period, process, window')})?"
_FOR_THIS = r"(?: (?:for|to) (?:this|the)\b.{0,60}?)?"
_ARE = f"(?:is|are|has|have){_NOW}(?: been)?{_NOW}"
# After other words a sentence may mean something else, as in "closed on Mondays" or "filled by election".
_END = (
    r"(?=$|[.,;:!)…]| (?:and|or|as|at this time|because|since|due|on .{0,12}\d|for (?:this|the) |on this "
    rf"|(?:to|for) {_NEW}{_any('appl, candid, submi')}))"
)
_ENGLISH = (
    f"{_SORRY}{_THIS} {_IS_SHUT}{_END}",
    f"{_SORRY}(?:we(?:'re| are) )?{_any('no longer, not currently, currently not')} {_TAKING}{_END}",
    f"{_SORRY}(?:the )?{_APPLICATIONS}{_FOR_THIS} {_ARE} {_any('closed, ended, expired, passed')}{_END}",
    f"{_SORRY}the deadline(?: (?:to|for) appl(?:y|ying|ications?))? (?:has|is){_NOW} (?:passed|over){_END}",
    f"(?:{_JOB} )?(?:{_JOB}|applications?) {_any(f'{_SHUT}, not found')}$",
    r"(?:404(?: error)?:? )?(?:the |this )?page (?:was |could |can)?not (?:be )?found\W*$",
)
_OFFER = (
    rf"{_any('oferta, vacante, puesto, empleo, plaza, convocatoria, posici[oó]n, anuncio')}(?: de empleo)?"
)
_FORMS = _any("solicitudes, candidaturas, postulaciones")
_IS_OVER = _any(
    f"no est[aá] {_any('disponible, abiert[ao], activ[ao], vigente')}, no existe, no acepta {_FORMS}"
    ", est[aá] (?:cerrad|cubiert|caducad)[ao], ha caducado, ha expirado, ha finalizado, se ha cubierto"
    ", ha sido (?:cerrad|cubiert|retirad)[ao]"
)
_LO_SENTIMOS = "(?:lo sentimos[,.:]? |lamentablemente,? )?"
_SPANISH = (
    rf"{_LO_SENTIMOS}(?:est[ea]|la|el) {_OFFER}(?: que\b[^,;]{{0,60}}?)? (?:ya )?{_IS_OVER}",
    rf"ya no se {_any('aceptan, reciben, admiten')} (?:m[aá]s )?{_FORMS}",
    rf"el plazo(?: (?:de|para)\b.{{0,40}}?)? (?:ha {_any('finalizado, terminado, vencido')}|est[aá] cerrado)",
)
_CLOSED = tuple(pattern(words, re.IGNORECASE) for words in _ENGLISH + _SPANISH)


class _Page(NamedTuple):
    """What readers see of a page, a block a line, and its structured data (JSON-LD)."""

    text: str
    data: tuple[str, ...]


def closing(html: str, today: date) -> str:
    """Return what a page says, in words or data, that means its job is closed, to follow "it says"; or "".

    Only sentences that begin with the job itself count, so "open until the position is filled" does not.

    >>> closing("<h1>Organizer</h1> <p>This position <b>has been filled</b>. Thanks!", date(2026, 3, 1))
    '“This position has been filled.”'
    >>> closing("<p>This position is open until it has been filled.</p>", date(2026, 3, 1))
    ''
    """
    page = _read(html)
    for sentence in chain.from_iterable(_ENDS.split(line) for line in page.text.split("\n")):
        said = sentence.strip()[:_LONGEST]
        if any(each.match(said.replace("’", "'")) for each in _CLOSED):
            return f"“{said}”"
    ended = _ended(page.data, today)
    return f"in its data that it was valid through {ended}" if ended else ""


def _read(html: str) -> _Page:
    """Return the visible text of a page and its data, in time that only its length decides."""
    first, *others = html.split("<!--")
    said: list[str] = []
    data: list[list[str]] = []
    element, depth, is_data = "", 0, False  # the element whose content is not read, and how deep in it
    for piece in _TAG.split(first + "".join(each.partition("-->")[2] for each in others)):
        tag = _NAME.match(piece)
        name = tag[2].lower() if tag else ""
        if element:
            depth += 0 if name != element else -1 if tag and tag[1] else 1
            element = element if depth else ""
            if is_data and element:
                data[-1].append(piece)
        elif not tag:
            said.append(piece.replace("\n", " "))
        elif not tag[1] and (name in _UNREAD or (name not in _VOID and _HIDDEN.search(piece))):
            element, depth, is_data = name, 1, bool(name == "script" and _DATA.search(piece))
            data += [[]] if is_data else []
        elif name not in _INLINE:
            said.append("\n")
    lines = (" ".join(line.split()) for line in unescape("".join(said)).split("\n"))
    return _Page("\n".join(filter(None, lines)), tuple("".join(each) for each in data))


def _ended(data: tuple[str, ...], today: date) -> str:
    """Return the day through which the only job in a page's data was valid, if that has passed; or "".

    The day is schema.org's `validThrough` of a `JobPosting`.
    """
    jobs = list(chain.from_iterable(map(_jobs, data)))
    if len(jobs) != 1:  # none, or a list of jobs
        return ""
    try:
        last = datetime.fromisoformat(str(jobs[0].get("validThrough", "")).strip()).date()
    except ValueError:
        return ""
    return last.isoformat() if last < today - _GRACE else ""


def _jobs(data: str) -> Iterator[dict[str, object]]:
    """Yield the job postings in JSON-LD, wherever in it they are; none if it is not JSON."""
    try:
        waiting = [json.loads(data)]
    except (ValueError, RecursionError):
        return
    while waiting:
        match waiting.pop():
            case list(items):
                waiting += items
            case dict(item):
                kinds = item.get("@type")
                if "JobPosting" in (kinds if isinstance(kinds, list) else [kinds]):
                    yield item
                waiting += item.values()
