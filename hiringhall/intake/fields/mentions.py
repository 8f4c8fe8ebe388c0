"""Addresses within a text: where each stands, and where a link there leads.

Owns where an address in a text ends, which is as GitHub has it (GFM, section 6.9); refuses to guess: what has
no http:// or https:// in front of it and is no email address is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import quote

from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.web_addresses import as_uri, email_in, url_problem, without_user

# Between the dashes and the fullwidth forms are signs that no address has, unlike those that join letters.
_NOT_WITHIN = '\\s<>"`\u00ab\u00bb\u2010-\u206f\u3000-\u303f\uff00-\uff0f'
_LONGEST = 2000
_PLAIN = rf"[^\\{_NOT_WITHIN}]*+"
# In Markdown, a backslash before a sign makes it no more than that; elsewhere no address has one.
_RUN = pattern(
    rf"https?://(?=[^\W_])(?=[^{_NOT_WITHIN}]{{1,{_LONGEST}}}+(?:[{_NOT_WITHIN}]|\Z))"
    rf"{_PLAIN}(?:\\[!#-/:;=?@\[-_{{-~]{_PLAIN})*(?=\\?[{_NOT_WITHIN}]|\Z)",
    re.IGNORECASE,
)
_START = pattern(
    r"(?<![A-Za-z])https?://"
    r"|(?<![\w.%+!#$&*/=?^`{|}~-])(?<!\w['\u2019])(?P<email>[A-Za-z0-9][\w.%+-]{0,63}@[A-Za-z0-9][A-Za-z0-9.-]*)",
    re.IGNORECASE | re.ASCII,
)
# Begins with what is searched for fast, which is why the scheme is found by itself.
_WITH_USER = pattern(r"://[^\s/?#<>]*[@&]")
_SCHEME = pattern(r"(?<![A-Za-z])https?\Z", re.IGNORECASE)
_REST = pattern(r"\S*")
_BRACKET = pattern(r"[()\[\]]")
_OPENED = {")": "(", "]": "["}
_ENTITY = pattern(r"&[A-Za-z]{2,31};\Z")


class Mention(NamedTuple):
    """An address in a text: its first character, the one after its last, and what a link from it leads to."""

    start: int
    end: int
    href: str


def mentions(text: str) -> Iterator[Mention]:
    """Yield the web and email addresses in a text.

    >>> [each.href for each in mentions("Write to jobs@example.org, or see (https://example.org/jobs).")]
    ['mailto:jobs@example.org', 'https://example.org/jobs']
    """
    at = 0
    while found := _START.search(text, at):
        start, email = found.start(), found["email"]
        written = email_in(email.rstrip(".-")) if email else web_address_at(text, start)
        # Of what only begins like an address, no part is another.
        at = start + len(written) if written else _REST.match(text, found.end()).end()  # type: ignore[union-attr]
        if written:
            yield Mention(start, at, f"mailto:{quote(written, safe='@+')}" if email else as_uri(written))


def web_address_at(
    text: str, start: int, end: int | None = None, read: Callable[[str], str] = str
) -> str | None:
    """Return the web address that begins at a place in a text, if one does, without what ends a sentence.

    It is returned as it is written, and judged as `read` reads it.

    >>> web_address_at("see https://example.org/a_(b)?c=1).", 4), web_address_at("https://x:y@example.org", 0)
    ('https://example.org/a_(b)?c=1', None)
    """
    address = _written_at(text, start, end)
    return address if address and url_problem(read(address)) is None else None


def _written_at(text: str, start: int, end: int | None = None) -> str | None:
    """Return what begins like a web address at a place in a text, without what ends a sentence."""
    found = _RUN.match(text, start, len(text) if end is None else end)
    return _without_ending(_closed(found[0])) if found else None


def with_user_in(text: str, read: Callable[[str], str] = str) -> Iterator[Mention]:
    """Yield the web addresses in a text that are no links, because a user's name is before their host.

    Each comes with the address as `read` reads it.

    >>> list(with_user_in("See <https://good.example@evil.example/>."))
    [Mention(start=5, end=39, href='https://good.example@evil.example/')]
    """
    for found in _WITH_USER.finditer(text):
        scheme = _SCHEME.search(text, max(0, found.start() - len("https")), found.start())
        written = _written_at(text, scheme.start()) if scheme else None
        if scheme and written and without_user(address := read(written)) != address:
            yield Mention(scheme.start(), scheme.start() + len(written), address)


def place_of(address: str, text: str, read: Callable[[str], str] = str) -> tuple[int, int] | None:
    """Return where an address without a fragment is in a text, start and end, however it is written there.

    What is written may be `read` before it is compared.

    >>> place_of("https://xn--mnchen-3ya.example/h%C3%B6fe", "see https://MÜNCHEN.example/höfe#top.")
    (4, 32)
    """
    for found in _RUN.finditer(text):
        run = _closed(found[0])
        for whole in (run, _without_ending(run.rstrip("}"))):  # which ends a mapping in YAML
            written = whole.partition("#")[0]
            if address in {as_uri(written), as_uri(read(written))}:
                return found.start(), found.start() + len(written)
    return None


def _closed(run: str) -> str:
    """Return what is before the first bracket that closes none in it."""
    opened: list[str] = []
    for found in _BRACKET.finditer(run):
        if found[0] not in _OPENED:
            opened.append(found[0])
        elif not opened or opened.pop() != _OPENED[found[0]]:
            return run[: found.start()]
    return run


def _without_ending(run: str) -> str:
    """Return an address without the signs behind it that belong to the sentence it is in."""
    while True:
        entity = _ENTITY.search(run[-len("&CounterClockwiseContourIntegral;") :])
        bare = run.removesuffix(entity[0]) if entity else run.rstrip("?!.,:*_~'\\").removesuffix(";")
        if bare == run:
            return run
        run = bare
