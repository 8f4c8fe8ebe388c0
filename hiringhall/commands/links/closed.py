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
_RAW = frozenset(("iframe", "noscript", "script", "style", "textarea"))  # what is in them is no element
_UNREAD = _RAW | {"dialog", "select", "svg", "template"}
_VOID = frozenset(("base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"))
_INLINE = frozenset(
    ("a", "abbr", "b", "em", "font", "i", "mark", "small", "span", "strong", "svg", "time", "u", "wbr")
)
_MAIN = frozenset(("title", "h1"))
_LONG_NUMBER = pattern(r"&#\d{8,}")
_ENDS = pattern(r"(?<=[.!?…])\s+|\s[|·•–—-]\s")
_LONGEST = 300  # characters of a sentence; the words that matter come early
_GRACE = timedelta(days=1)  # a date without a time zone may be of any
_NO_DATE = date(1970, 1, 1)  # which programs give, or one before it, where they have none


def _any(words: str) -> str:
    """Return what matches any of the words, which commas divide."""
    return f"(?:{'|'.join(words.split(', '))})"


_JOB = _any(
    "job, position, post, posting, role, vacancy, opening, opportunity, listing, requisition, ad, advert"
    ", advertisement, announcement, internship, fellowship, competition, recruitment, form"
)
_ALAS = _any("sorry, oops, oh no, unfortunately, attention, note, please note, update")
_ON = r"(?: \(?[\d/.-]+\)?)?"  # the day of an update
_THANKS = r"thank(?:s| you)\b[^.,;!]{0,80},? but "
_SORRY = rf"[\W_]*(?:{_THANKS})?(?:(?:we(?:'re| are) )?(?:very )?{_ALAS}{_ON}[,:!.]?(?: but)?(?: that)? )?"
_NOUNS = rf"(?:{_JOB} )?{_JOB}(?: of (?!{_any('this, the, that, a, an')}\b)[\w/&' -]{{1,40}}?)?"
# "This position", "The Field Organizer position"; not "The contract of this position".
_NAMED = rf"(?: (?!{_any('for, of, in, with, to, on, at, by, from, that, which, whose')}\b)[\w/&'-]+){{0,5}}?"
_THIS = rf"(?:(?:this|the|that|your|our){_NAMED} )?{_NOUNS}(?: (?:that |which )?you\b[^,;]{{0,60}}?)?"
_ALL = rf"(?:all|both|these)(?: of)?(?: the| our| these)?{_NAMED} {_JOB}s"
_NOW = f"(?: {_any('now, already, currently, officially, since, recently')})?"
_NEW = f"(?:{_any('any, new, further, additional')} )*"
_SENT = _any("applications, applicants, candidates, resumes, responses, submissions")
_TAKING = f"{_any('accepting, taking, receiving')} {_NEW}{_SENT}"
_NOT_TAKING = _any("no longer, not, not currently, currently not")
_OVER = _any(f"available, open, active, posted, listed, advertised, online, published, valid, {_TAKING}")
_SHUT = _any(
    "closed, filled, expired, removed, withdrawn, archived, deactivated, cancell?ed, inactive, unavailable"
    f", taken down, no longer {_OVER}, {_NOT_TAKING} {_TAKING}"
)
_IS_SHUT = (
    rf"(?:(?:is|was|are|were|(?:has|have|may have){_NOW} been){_NOW} {_SHUT}"
    rf"|(?:has|have){_NOW} {_any('closed, expired, ended')}|{_any('closed, expired')}(?= on .{{0,12}}\d)"
    rf"|(?:isn't|is{_NOW} not{_NOW}) {_any('available, active')}|isn't {_any(f'open, {_TAKING}')}"
    rf"|no longer {_any(f'exists?, accepts applications, {_OVER}')}|(?:was |could |can)?not (?:be )?found)"
)
_APPLICATIONS = f"(?:applications?|recruitment)(?: {_any('deadline, period, process, window')})?"
_FOR_THIS = r"(?: (?:for|to) (?:this|the)\b.{0,60}?)?"
_ARE = f"(?:is|are|has|have){_NOW}(?: been)?{_NOW}"
_ENDED = _any("closed, ended, expired, passed")
# After other words a sentence may mean something else, as in "closed on Mondays" or "filled by election".
_AND = _any("and, or, as of, anymore, any longer, at this time, because, since, due, on this")
_END = (
    rf"(?=[\s*_]*$|[.;:!)…]|,(?! {_any('but, though, yet')}\b)| {_AND}\b"
    rf"|(?<!is closed)(?<!are closed) on .{{0,12}}\d| for this\b"
    rf"| (?:to|for) {_NEW}{_any('appl, candid, submi')})"
)
_END_OF_TAKING = rf"(?:{_END}|(?= for the ))"
_THE_JOB = f"(?:this|the){_NAMED} {_JOB}"
_TO_APPLY = f"(?:appl(?:y|ying|ications?)|{_THE_JOB})"
_NO_PAGE = _any("(?:was |could |can)?not (?:be )?found, no longer exists, does(?:n't| not) exist")
_ENGLISH = (
    f"{_SORRY}(?:{_THIS}|{_ALL}) {_IS_SHUT}{_END}",
    f"{_SORRY}we(?:'ve| have){_NOW} {_any('filled, closed')} (?:applications for )?{_THE_JOB}{_END}",
    f"{_SORRY}(?:we(?:'re| are) )?{_NOT_TAKING} {_TAKING}{_END_OF_TAKING}",
    f"{_SORRY}(?:we(?:'re| are) )?no longer {_any('hiring, recruiting')}{_END_OF_TAKING}",
    f"{_SORRY}(?:the )?{_APPLICATIONS}{_FOR_THIS} (?:{_ARE} {_ENDED}|closed(?= on .{{0,12}}\\d)){_END}",
    f"{_SORRY}applications (?:are )?(?:no longer|not)(?: currently)?(?: being)? accepted{_END}",
    f"{_SORRY}the deadline(?: (?:to|for) {_TO_APPLY})? (?:has|is){_NOW} (?:passed|over){_END}",
    f"{_SORRY}(?:{_JOB} )?(?:{_JOB}|applications?) {_any(f'{_SHUT}, not found')}[\\s*_.!]*$",
    rf"{_SORRY}(?:404(?: error)?:? )?(?:the |this )?page (?:(?:that )?you\b.{{0,40}}? )?{_NO_PAGE}\W*$",
)
_OFFER = (
    rf"{_any('oferta, vacante, puesto, empleo, plaza, convocatoria, posici[oó]n, anuncio, proceso')}"
    rf"(?: de {_any('empleo, trabajo, selecci[oó]n')})?"
)
_FORMS = _any("solicitudes, candidaturas, postulaciones, inscripciones")
_CERRADO = "(?:cerrad|cubiert|caducad|expirad|finalizad)[ao]"
_IS_OVER = _any(
    f"no (?:est[aá]|se encuentra) {_any('disponible, abiert[ao], activ[ao], vigente')}, no existe"
    f", no acepta {_FORMS}, est[aá] {_CERRADO}, ha {_any('caducado, cerrado, concluido, expirado')}"
    ", ha finalizado, (?:ha sido|fue) (?:cerrad|cubiert|retirad)[ao], se ha cubierto"
)
_LO_SENTIMOS = r"[\W_]*(?:lo sentimos[,.:]? |lamentablemente,? )?"
_FIN = r"(?=[\s*_]*$|[.,;:!)…]| (?:y|o|en este momento|actualmente|desde|el \d)\b)"
_PLAZO = _any("inscripci, solicit, presenta, postula, candidat, aplica, env, recep, admisi")
_ACEPTAN = _any("aceptan, reciben, admiten, aceptamos, recibimos, admitimos")
_HA_TERMINADO = "(?:ha (?:concluido|finalizado|terminado|vencido)|est[aá] cerrado)"
_SPANISH = (
    rf"{_LO_SENTIMOS}(?:est[ea]|la|el) {_OFFER}(?: que\b[^,;]{{0,60}}?)? (?:ya )?{_IS_OVER}{_FIN}",
    rf"{_LO_SENTIMOS}ya no (?:se )?{_ACEPTAN} (?:m[aá]s )?{_FORMS}{_FIN}",
    rf"{_LO_SENTIMOS}el plazo(?: (?:de|para) (?:la |el )?{_PLAZO}.{{0,40}}?)? {_HA_TERMINADO}{_FIN}",
    rf"{_LO_SENTIMOS}(?:(?:{_OFFER}|plazo) {_CERRADO}|{_FORMS} cerradas|p[aá]gina no encontrada)[\s*_.!]*$",
)
_CLOSED = tuple(pattern(words, re.IGNORECASE) for words in _ENGLISH + _SPANISH)
_HEADING = "# "  # what lines of the page's title and main heading begin with
# "CLOSED: Organizer", "Organizer (filled)"; not "Closed-loop recycler".
_MARKED = pattern(
    rf"{_HEADING}(?:.*(?:[(\[|:–—]|\s-)|\W*)\s*(?:{_JOB} )?(?:closed|filled|expired|cerrad[ao]|cubiert[ao])"
    r"(?:\s?[:\])!|–—]|\s-|[\s*]*$)",
    re.IGNORECASE,
)


class _Page(NamedTuple):
    """What readers see of a page, a block a line, and its structured data (JSON-LD).

    Lines of its title and main heading begin with `_HEADING`.
    """

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
    for line in page.text.split("\n"):
        if _MARKED.match(line[:_LONGEST]):
            return f"“{line[:_LONGEST].removeprefix(_HEADING)}”"
        for sentence in _ENDS.split(line.removeprefix(_HEADING)):
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
            if tag and name == element:
                depth += -1 if tag[1] else int(name not in _RAW)
            element = element if depth else ""
            if is_data and element:
                data[-1].append(piece)
        elif not tag:
            said.append(piece.replace("\n", " "))
        elif not tag[1] and _is_unread(name, piece):
            element, depth, is_data = name, 1, bool(name == "script" and _DATA.search(piece))
            data += [[]] if is_data else []
        elif name not in _INLINE:
            said.append("\n" if tag[1] or name not in _MAIN else f"\n{_HEADING}")
    # Python refuses to read a number of thousands of digits.
    text = unescape(_LONG_NUMBER.sub("", "".join(said)))
    # Marks that nobody sees could part words, turn what is quoted around, or control a terminal.
    lines = ("".join(filter(str.isprintable, " ".join(line.split()))) for line in text.split("\n"))
    return _Page("\n".join(filter(None, lines)), tuple("".join(each) for each in data))


def _is_unread(name: str, tag: str) -> bool:
    """Say whether nobody sees what follows a tag, until its end tag."""
    if name in _UNREAD:
        return name != "svg" or not tag.endswith("/>")
    return name not in _VOID and _HIDDEN.search(tag) is not None


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
    return last.isoformat() if _NO_DATE < last < today - _GRACE else ""


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
