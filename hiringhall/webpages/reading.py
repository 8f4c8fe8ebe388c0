"""What a page of another site says: to those who see it, and to programs in its structured data.

Owns which of its text can be seen; refuses to know what is looked for in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from itertools import chain
from typing import Any, NamedTuple

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
        return list(chain.from_iterable(map(_jobs_in, dict.fromkeys(self.data))))


def read(html: str) -> Page:
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
            said.append("\n" if tag[1] or name not in _MAIN else f"\n{HEADING}")
    # Python refuses to read a number of thousands of digits.
    text = unescape(_LONG_NUMBER.sub("", "".join(said)))
    # Marks that nobody sees could part words, turn what is quoted around, or control a terminal.
    lines = ("".join(filter(str.isprintable, " ".join(line.split()))) for line in text.split("\n"))
    return Page("\n".join(filter(None, lines)), tuple("".join(each) for each in data))


def _is_unread(name: str, tag: str) -> bool:
    """Say whether nobody sees what follows a tag, until its end tag."""
    if name in _UNREAD:
        return name != "svg" or not tag.endswith("/>")
    return name not in _VOID and _HIDDEN.search(tag) is not None


def _jobs_in(data: str) -> Iterator[dict[str, Any]]:
    """Yield the job postings in JSON-LD; none if it is not JSON, save for line ends in its texts."""
    try:
        waiting = [json.loads(data, strict=False)]
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
                else:
                    waiting += item.values()
