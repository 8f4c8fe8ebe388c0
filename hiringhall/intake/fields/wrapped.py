"""Addresses that lead through another site to the one that is meant, as in mail and on search pages.

Owns how those sites write the address within; refuses to know where such an address stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qs, unquote, urlsplit

from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.web_addresses import as_uri, url_problem

# Hosts, the start of the path, and which parameter has the address.
_SITES: tuple[tuple[re.Pattern[str], str, Sequence[str]], ...] = (
    (pattern(r"[\w.-]+\.safelinks\.protection\.(?:outlook\.com|office365\.us)"), "/", ("url",)),
    (pattern(r"(?:www\.)?google(?:\.[a-z]{2,3}){1,2}"), "/url", ("q", "url")),
    (pattern(r"lm?\.(?:facebook|instagram)\.com"), "/", ("u",)),
    (pattern(r"(?:www\.)?linkedin\.com"), "/(?:safety/go|redir/)", ("url",)),
    (pattern(r"(?:www\.)?duckduckgo\.com"), "/l/", ("uddg",)),
)
# Proofpoint writes it in two ways: with `-` and `_` for `%` and `/`, or as it is between two pairs of `_`,
# where a `*` stands for a sign that only Proofpoint knows.
_PROOFPOINT = pattern(
    r"https://urldefense\.(?:proofpoint\.)?com/(?:v2/url\?u=(?P<two>[^&\s]+)|v3/__(?P<three>[^\s*]+?)__;)"
)
_SIGNS = (
    "safelinks.",
    "google.",
    "facebook.com/l",
    "instagram.com/?u=",
    "linkedin.com/",
    "duckduckgo.com/l/",
    "urldefense.",
)
_WRITTEN = pattern(r"https?://[^\s<>()\[\]\"]+", re.IGNORECASE)


def wrapped_problem(address: str) -> tuple[str, str] | None:
    """Return what is wrong with an address that leads through another site, and a hint."""
    within = address_within(address)
    if within is None:
        return None
    through = urlsplit(address).hostname
    what = f"this address leads through {through}, which may tell who sent it and can stop working"
    return what, f"write {within}"


def address_within(address: str) -> str | None:
    """Return the address that one leads on to; None where it leads there by itself.

    >>> address_within("https://www.google.com/url?q=https%3A%2F%2Funion.example%2Fjobs&sa=D")
    'https://union.example/jobs'
    """
    if not _may_be_wrapped(address):
        return None
    within = _written_within(address)
    return as_uri(within) if url_problem(within) is None else None


def _may_be_wrapped(text: str) -> bool:
    """Say whether a text has a sign of such an address, which has a query or, from Proofpoint, two of `_`."""
    return ("?" in text or "_" in text) and any(sign in text for sign in _SIGNS)


def _written_within(address: str) -> str:
    if found := _PROOFPOINT.match(address):
        return found["three"] or unquote(found["two"].replace("-", "%").replace("_", "/"))
    try:
        parts = urlsplit(address)
    except ValueError:  # of a text that only begins like an address
        return ""
    given = parse_qs(parts.query)
    for host, path, names in _SITES:
        if host.fullmatch(parts.hostname or "") and re.match(path, parts.path):
            return next((given[name][0] for name in names if name in given), "")
    return ""


def wrapped_in(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield where such an address begins and ends in a line, what is wrong with it, and a hint."""
    if _may_be_wrapped(text):
        for written in _WRITTEN.finditer(text):
            if problem := wrapped_problem(written[0].replace("&amp;", "&")):
                yield *written.span(), *problem
