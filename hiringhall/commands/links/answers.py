"""What an answer says about a page: gone, elsewhere, closed, not for programs, or nothing.

Owns which answers are told, with which code and words; refuses to request a page.
"""

from __future__ import annotations

from http.client import responses
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from hiringhall.engine.patterns import pattern

# Where Google forms lead once they are closed; LinkedIn has "expired" in the query.
_CLOSED_FORM = "/closedform"
# Path endings that do not matter: the page is the same with or without them.
_INDEX = pattern(r"/(?:index|default)\.\w+$")
_ENDING = pattern(r"\.(?:html?|php|aspx?|jsp)$")
# What addresses of portals end in behind the name or the number of a job.
_OF_ANY_JOB = frozenset(("apply", "job"))
_DIGIT = pattern(r"\d")
_NOT_FOUND, _GONE = 404, 410
SERVER_ERRORS = range(500, 600)  # LinkedIn says 999 to programs
_MOST_SAID = 300  # characters
_READ = (
    "read the page; if the job is closed, add status: filled, or status: withdrawn if nobody was hired;"
    " if it is still open, set verified to the day you saw that"
)
_TRY = "open it in a browser; if it does not load, ask the employer"


class Answer(NamedTuple):
    """How an address answered: HTTP status (None for no answer), where redirects led, what went wrong.

    `closing` is what the page says if it says that its job is closed, as the end of "it says"; or "".
    """

    status: int | None
    place: str = ""
    reason: str = ""
    closing: str = ""


def judged(address: str, answer: Answer) -> tuple[str, str, str | None] | None:
    """Return code, message and hint for what an answer says about a page, or None if all is well.

    There is no hint if what to do depends on what links to the page.

    >>> judged("https://example.org/jobs/12", Answer(200, "https://www.example.org/careers"))[0]
    'link-elsewhere'
    """
    status = answer.status
    if status in {_NOT_FOUND, _GONE}:
        return "link-gone", f"{address} is gone ({status} {responses[status]})", None
    if status is None or status in SERVER_ERRORS:
        reason = responses.get(status or 0) or _brief(answer.reason)
        said = reason if status is None else f"{status} {reason}".rstrip()
        return "link-unanswered", f"{address} did not answer: {said}", _TRY
    if status >= 300:  # noqa: PLR2004 - RFC 9110, section 15: neither an answer nor one that redirects
        said = f"{status} {responses.get(status) or _brief(answer.reason)}".rstrip()
        return "link-refused", f"{address} does not answer programs ({said})", "open it in a browser"
    if _is_elsewhere(address, answer.place):
        message = f"{address} now leads to {_brief(answer.place)}, as pages of closed jobs often do"
        return "link-elsewhere", message, None
    if answer.closing:
        return "link-closed", f"{address} says {answer.closing}", _READ
    return None


def _brief(said: str) -> str:
    """Return what a server says, in marks that can be seen: it can be so much that it hides all else told."""
    return "".join(filter(str.isprintable, said))[:_MOST_SAID]


def _is_elsewhere(address: str, place: str) -> bool:
    """Say whether a page leads to one above it that no longer names it, as closed jobs lead to a list."""
    before, after = urlsplit(address), urlsplit(place)
    if after.path.endswith(_CLOSED_FORM):
        return True
    parts, left = (_INDEX.sub("", _folded(found.path)).strip("/").split("/") for found in (before, after))
    named = [part for part in parts if part not in _OF_ANY_JOB] or parts
    name = _ENDING.sub("", named[-1])
    numbers = [*filter(str.isdecimal, named[-2:-1]), *_numbers(before.query)]
    names = [name] if _DIGIT.search(name) else [name, *numbers]
    is_named = name in (after.hostname or "").split(".") or any(
        each in part for each in names for part in (*left, _folded(after.query), _folded(after.fragment))
    )
    is_above = len(list(filter(None, left))) < len(list(filter(None, parts)))
    has_expired = "expired" in after.query and "expired" not in before.query
    return (is_above or has_expired) and not is_named


def _numbers(query: str) -> list[str]:
    """Return what may be the number of a job in a query such as `id=12`."""
    return [value for _, value in parse_qsl(_folded(query)) if _DIGIT.search(value)]


def _folded(written: str) -> str:
    return unquote(written).casefold()
