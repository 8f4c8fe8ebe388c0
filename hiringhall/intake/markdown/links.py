"""Links and pictures as they are written in Markdown, where they may lead, and what is wrong with them.

Owns finding them, and how each would be written; refuses to know which pages the site has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.mentions import with_user_in
from hiringhall.intake.fields.web_addresses import address_in, email_in, without_user
from hiringhall.policies.addresses import FILES, in_site, picture

# Where links may lead besides the site itself.
_ALLOWED = pattern(r"(?:https?://|mailto:|tel:)[^\s]", re.IGNORECASE)
FENCE = pattern(r" {0,3}(```|~~~)")
_WORDS = r"\[(?P<words>(?:[^\[\]\n]|\n(?!\s*\n)|\[[^\[\]]*\])*)\]"
# Within a look ahead, so that a picture in the words of a link is found, too.
_LINK = pattern(
    r"(?=(?P<whole>(?:(?P<image>!)|(?<!!))"
    rf"{_WORDS}\(\s*<?(?P<inline>(?:[^()\s>]|\([^()\s]*\))*)"
    r"|^[ >]*\[(?P<name>[^\[\]]+)\]:\s*<?(?P<defined>[^\s>]+)))",
    re.MULTILINE,
)
# A link or a picture whose address is defined elsewhere: [words][name], [name][] or [name].
_REFERENCE = pattern(
    r"(?=(?P<whole>(?:(?P<image>!)|(?<![!\]]))"
    rf"{_WORDS}(?:\[(?P<name>[^\[\]]*)\])?)(?![\[(:]))"
)
_DROPPED = r"\s\u200b\ufeff\u00ad"  # of which pages show nothing
_SEEN = pattern(rf"[^{_DROPPED}]")
_PICTURE = pattern(r"!\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])?")
# What follows the words of nearly all links.
_USUAL = pattern(r"\(https?://[A-Za-z0-9][^()\s@&\\]*\)")
# What ends a link behind its address: a bracket, perhaps with a title before it.
_END = pattern(r"(?:[^<>()\n]*>)?\s*(?:\"[^\"]*\"|'[^']*'|\([^()]*\))?\s*\)")
_CODE = pattern(r"`[^`\n]*`")
# Empty lines, so that what is below them is like any other line.
ABOVE = "\n\n"


class Finding(NamedTuple):
    """A trace: the line counts from 0, columns from 0, the end is exclusive."""

    line: int
    start: int
    end: int
    code: str
    message: str
    hint: str


def is_allowed_link(address: str) -> bool:
    """Say whether a link may lead there.

    >>> is_allowed_link("https://example.org"), is_allowed_link("javascript:alert(1)"), is_allowed_link("/x")
    (True, False, True)
    >>> is_allowed_link("https://good.example@evil.example")
    False
    """
    is_elsewhere = _ALLOWED.match(address) is not None and without_user(address) == address
    return is_elsewhere or in_site(address) is not None


def unescaped(written: str) -> str:
    r"""Return an address as Markdown reads it: an entity, or a sign behind a backslash, is the sign itself.

    >>> unescaped(r"https://example.org/a\_b?c&amp;d"), unescaped("java&#115;cript:x")
    ('https://example.org/a_b?c&d', 'javascript:x')
    """
    if "&" not in written and "\\" not in written:
        return written
    from markdown_it.common.utils import unescapeAll

    return unescapeAll(written)


def find_links(body: str) -> Iterator[tuple[int, int, int, str]]:
    """Yield each link and shown picture: line, start and end as those of a finding, and the address."""
    for number, start, end, link in placed(without_code(unfenced(body)), _LINK):
        address = link["inline"] or link["defined"] or ""
        if not link["image"] or picture(address):
            yield number, start, end, address


def placed(
    text: str, form: re.Pattern[str], skipped: int = 0
) -> Iterator[tuple[int, int, int, re.Match[str]]]:
    """Yield what a form finds in a text below `skipped` lines, with the place of its outermost group.

    That is the line from 0, the start and the end in it; what goes on in the next line ends with the first.
    """
    number, line_start, counted = -skipped, 0, 0
    for found in form.finditer(text):
        start, end = found.span(found.lastindex or 0)
        number += text.count("\n", counted, start)
        line_start = max(line_start, text.rfind("\n", counted, start) + 1)
        counted = start
        line_end = text.find("\n", start, end)
        yield number, start - line_start, (end if line_end < 0 else line_end) - line_start, found


def faulty_links(text: str) -> Iterator[Finding]:
    """Find links and pictures, in a text without code, that are not shown, or lead to nothing they may."""
    has_user = any(with_user_in(text, unescaped))
    if not (has_user or ("!" in text and "![" in text) or _has_unusual_link(text)):
        return
    links = [*placed(text, _LINK)]
    # Of two definitions of one name, Markdown takes the first.
    defined = {_label(link): link["defined"] for *_, link in reversed(links) if link["name"]}
    referring = [*placed(text, _REFERENCE)] if defined else []
    linked = {_label(link) for *_, link in referring if not link["image"]}
    pictured = {_label(link) for *_, link in referring if link["image"]} - linked
    for number, start, end, link in links:
        if not link["name"]:
            yield from _inline(number, start, end, link)
        elif _label(link) not in pictured and not is_allowed_link(address := unescaped(link["defined"])):
            yield _forbidden(number, start, end, address)
    yield from _bare_with_user(text, links) if has_user else ()
    for number, start, end, link in referring:
        address = unescaped(defined.get(_label(link), ""))
        if is_allowed_link(address) or (address and link["image"]):
            yield from _judged(number, start, end, link, address)


def _has_unusual_link(body: str) -> bool:
    """Say whether a bracket may end anything but a link as nearly all are; most bodies have no other."""
    pieces = body.split("]")
    are_usual = body.count("[") == len(pieces) - 1 and all(map(_USUAL.match, pieces[1:]))
    return not (are_usual and all(_SEEN.search(piece.rpartition("[")[2]) for piece in pieces[:-1]))


def _bare_with_user(text: str, links: Iterable[tuple[int, int, int, re.Match[str]]]) -> Iterator[Finding]:
    """Find addresses by themselves that are no links, because a user's name is before their host."""
    spans = [(link.start(), link.start() + len(link["whole"])) for *_, link in links]
    for address in with_user_in(text, unescaped):
        if not any(start < address.start < end for start, end in spans):
            column = address.start - (text.rfind("\n", 0, address.start) + 1)
            end = column + address.end - address.start
            yield _forbidden(text.count("\n", 0, address.start), column, end, address.href)


def _inline(number: int, start: int, end: int, link: re.Match[str]) -> Iterator[Finding]:
    """Yield what is wrong with a link or a picture that has its address beside it."""
    if _END.match(link.string, link.end("whole")):
        yield from _judged(number, start, end, link, unescaped(link["inline"]))
    else:
        message = "this is not how a link is written, so the words do not lead anywhere"
        hint = "write [words](address), without spaces in the address"
        yield Finding(number, start, end, "body-link", message, hint)


def _label(link: re.Match[str]) -> str:
    """Return the name of a definition, or of one that is referred to, as Markdown compares it."""
    return " ".join((link["name"] or link["words"]).split()).casefold()


def _judged(number: int, start: int, end: int, link: re.Match[str], address: str) -> Iterator[Finding]:
    """Yield what is wrong with the address or the words of a link or a picture."""
    if link["image"]:
        message, hint = _of_picture(address, link["words"])
        if message:
            yield Finding(number, start, end, "body-image", message, hint)
    elif not is_allowed_link(address):
        yield _forbidden(number, start, end, address)
    elif address and not _SEEN.search(_PICTURE.sub(r"\1", link["words"])):
        message = f"the link to {address} has no text, so nobody can see or hear it"
        yield Finding(number, start, end, "body-link-words", message, f"write [text]({address})")


def _forbidden(number: int, start: int, end: int, address: str) -> Finding:
    message = f"a link cannot lead to {address!r}" if address else "this link leads nowhere"
    return Finding(number, start, end, "body-link", message, _full(address))


def _of_picture(address: str, words: str) -> tuple[str, str]:
    """Return what is wrong with a picture, and what to do; both are empty where all is right."""
    if not picture(address):
        file = re.split("[?#]", address)[0].rpartition("/")[2]
        if file and not picture(FILES + file) and (in_site(address) or "").startswith(FILES):
            return f"only pictures are shown, and {file} is none", f"write [text]({address})"
        own = f"/{FILES}{file if picture(FILES + file) else 'NAME.jpg'}"
        hint = f"describe it in words, or put the file into content/{FILES} and write ![description]({own})"
        return "pictures from elsewhere are not shown, only their descriptions", hint
    if not _SEEN.search(words):
        return (
            "the picture has no description for those who cannot see it",
            f"write ![description]({address})",
        )
    return "", ""


def _full(address: str) -> str:
    """Return how the address of a link is written that lacks its beginning, where it tells which."""
    email, page = email_in(address), address_in(address)
    if email:
        return f"write mailto:{email}"
    if page:
        return f"write {page}"
    if (bare := without_user(address)) != address and is_allowed_link(bare):
        return f"write {bare}; before the @ is no website, but a user name or password"
    if address.startswith("#"):
        return "headings have no addresses; write that of a page, or delete the link"
    return "write the full address, which begins with https://, http://, mailto: or tel:"


def unfenced(body: str) -> str:
    """Blank the lines of fenced code, in which nothing is a trace of anything; others keep their places."""
    # A single character is found ten times faster than two.
    if not (("`" in body and "```" in body) or ("~" in body and "~~~" in body)):
        return body
    return "\n".join("" if fence else line for line, fence in fenced(body))


def fenced(body: str) -> Iterator[tuple[str, str]]:
    """Yield each line of a text, and whether it opens, is in, or closes fenced code; or nothing of these."""
    mark = ""
    for line in body.split("\n"):
        found = FENCE.match(line)
        is_mark = found is not None and mark in {"", found[1]}
        yield line, ("closes" if mark else "opens") if is_mark else "is in" if mark else ""
        if found and is_mark:
            mark = "" if mark else found[1]


def without_code(text: str) -> str:
    """Cover the code in the lines of a text, which stay as long as they are."""
    return _CODE.sub(lambda code: "`" * len(code[0]), text) if "`" in text else text
