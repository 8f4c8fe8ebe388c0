"""What a page of another site says: to those who see it, and to programs in its structured data.

Owns which of its text can be seen; refuses to know what is looked for in it.
"""

from __future__ import annotations

import json
import re
from codecs import getincrementaldecoder
from collections.abc import Iterator, Mapping
from contextlib import suppress
from html import unescape
from itertools import chain
from typing import Any, NamedTuple

from hiringhall.engine.patterns import pattern

# What is in these is no element, and what looks like one of them in another is its text.
_RAW = pattern(
    r"<!--(?:-?>|.*?(?:-->|\Z))"
    r"|<(?P<name>iframe|noscript|script|style|textarea)\b(?P<said>[^<>]*)>(?P<text>.*?)(?:</(?P=name)\b[^<>]*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_TAG = pattern(r"(<[^<>]*>)")
_NAME = pattern(r"<(/?)([a-z][a-z0-9]*)", re.IGNORECASE)
_DATA = pattern(r"type\s*=\s*[\"']?application/ld\+json", re.IGNORECASE)
# What hides data from browsers that do not know scripts, or from XML.
_BEFORE_DATA = pattern(r"\A[\s/*]*(?:<!--|<!\[CDATA\[)?[\s/*]*")
# Not all that Python knows: some of those take very long. By iso-8859-1, browsers mean windows-1252.
_ENCODING = pattern(
    r"charset\s*=[\s\"']*((?:windows-|iso-8859-(?!1\b)|koi8-|shift_jis|euc-|gb|big5)[\w-]{0,9})",
    re.ASCII | re.IGNORECASE,
)
_HEAD = 1024  # bytes in which browsers look for it
# What scripts show later, such as a note that a job is closed.
_HIDDEN = pattern(
    r"\s(?:hidden(?=[\s=>/])|style\s*=\s*[\"'][^\"']*display:\s*none"
    r"|class\s*=\s*[\"'](?:[^\"']*\s)?(?:d-none|hidden|hide|invisible|is-hidden)[\s\"']"
    r"|role\s*=\s*[\"']?(?:alert)?dialog\b"
    # Angular, Vue, Alpine and Knockout: a script decides whether these are shown.
    r"|(?:(?:data-)?(?:ng|v|x)-(?:if|else|else-if|show|hide|switch-when)|\*ngif)(?=[\s=>/])"
    r"|data-bind\s*=\s*[\"'][^\"']*\b(?:if|ifnot|visible|hidden)\s*:)",
    re.IGNORECASE,
)
_UNREAD = frozenset(("dialog", "select", "svg", "template"))
_VOID = frozenset(("base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"))
_INLINE = frozenset(
    ("a", "abbr", "b", "em", "font", "i", "mark", "small", "span", "strong", "svg", "time", "u", "wbr")
)
_MAIN = frozenset(("title", "h1"))
_LONG_NUMBER = pattern(r"&#\d{8,}")
_JSON = json.JSONDecoder(strict=False)
HEADING = "# "  # what lines of the page's title and main heading begin with


class Page(NamedTuple):
    """What readers see of a page, a block a line, and its structured data (JSON-LD).

    Lines of its title and main heading begin with `HEADING`.
    """

    text: str
    data: tuple[str, ...]

    def jobs(self) -> list[dict[str, Any]]:
        """Return each JobPosting of schema.org in the data, wherever in it, by its properties."""
        # Some pages have the same data twice.
        things = chain.from_iterable(map(_things_in, dict.fromkeys(self.data)))
        return [each for each in things if _is_job(each)]


def text_of(data: bytes, content_type: str = "") -> str:
    """Return the HTML of a page, whose end may be missing; `content_type` is the header of that name.

    Names of encodings are not to be trusted if it is UTF-8. English has the same bytes in all that are used.
    """
    with suppress(ValueError):
        return getincrementaldecoder("utf-8-sig")().decode(data)
    named = _ENCODING.search(content_type + data[:_HEAD].decode("latin-1"))
    with suppress(LookupError):
        return data.decode(named[1] if named else "cp1252", "replace")
    return data.decode("cp1252", "replace")


def unescaped(text: str) -> str:
    """Return text with what its references stand for; Python reads no number of thousands of digits."""
    return unescape(_LONG_NUMBER.sub("", text))


def visible(text: str) -> str:
    """Return text as one line without marks that nobody sees.

    They could part words, turn what is quoted around, or control a terminal.
    """
    return "".join(filter(str.isprintable, " ".join(text.split())))


def read(html: str) -> Page:
    """Return the visible text of a page and its data, in time that only its length decides."""
    elements, data = _without_raw(html)
    said: list[str] = []
    element, depth = "", 0  # the element whose content is not read, and how deep in it
    for piece in _TAG.split(elements):
        tag = _NAME.match(piece)
        name = tag[2].lower() if tag else ""
        if element:
            if tag and name == element:
                depth += -1 if tag[1] else 1
            element = element if depth else ""
        elif not tag:
            said.append(piece.replace("\n", " "))
        elif not tag[1] and _is_unread(name, piece):
            element, depth = name, 1
        elif name not in _INLINE:
            said.append("\n" if tag[1] or name not in _MAIN else f"\n{HEADING}")
    lines = map(visible, unescaped("".join(said)).split("\n"))
    return Page("\n".join(filter(None, lines)), data)


def _without_raw(html: str) -> tuple[str, tuple[str, ...]]:
    """Return a page without comments and elements that have no others in them, and the data in these."""
    data: list[str] = []

    def taken(raw: re.Match[str]) -> str:
        if (raw["name"] or "").lower() == "script" and _DATA.search(unescaped(raw["said"])):
            data.append(raw["text"])
        return ""

    return _RAW.sub(taken, html), tuple(data)


def _is_unread(name: str, tag: str) -> bool:
    """Say whether nobody sees what follows a tag, until its end tag."""
    if name in _UNREAD:
        return name != "svg" or not tag.endswith("/>")
    return name not in _VOID and _HIDDEN.search(tag) is not None


def _things_in(data: str) -> Iterator[dict[str, Any]]:
    """Yield what JSON-LD says of each thing, but for the parts of a job; none if it is not JSON.

    It may have line ends in its texts.
    """
    try:
        waiting = [_JSON.raw_decode(_BEFORE_DATA.sub("", data))[0]]
    except (ValueError, RecursionError):
        return
    while waiting:
        match waiting.pop():
            case list(items):
                waiting += items
            case dict(item):
                yield item
                waiting += [] if _is_job(item) else item.values()


def _is_job(thing: Mapping[str, Any]) -> bool:
    """Say whether a thing is a job: that type can have its whole name, or a prefix for most of it."""
    kinds = thing.get("@type")
    every = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and re.split("[/:]", kind)[-1] == "JobPosting" for kind in every)
