"""The compiled Markdown renderer, for the bodies on which it and the reference are known to agree.

Owns which bodies those are: plain CommonMark of headings, paragraphs, lists, emphasis and simple links. For
all others, or if the optional package is not installed, it gives nothing and the reference does the work.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from hiringhall.engine.patterns import pattern

# No escapes, code, tables, strikethrough, quotes, underscores, brackets or unusual spaces, except links whose
# text and address have nothing that either renderer rewrites, and email addresses in brackets.
_UNMARKED = pattern(
    r"""(?:
        [^\\`|~_<>\[\]\t\0\r\f\v\x1c-\x1f\x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]++
      | \[ [^\[\]<>*\n\\`~|_&!]+ \] \( https?://[a-z0-9.-]+ (?: / [A-Za-z0-9/._~=?-]* )? \)
      | < [A-Za-z0-9.+-]+@[a-z0-9.-]+[a-z0-9] >
    )*+""",
    re.VERBOSE,
)
# Rules, underlined headings, decorated or nested block marks, code by indentation. Each form starts at the
# end of a line, which a search finds at once.
_LINES = pattern(
    r"""\n [ ]*
        (?: [-=+*#][-=+*# ]* (?= \n )
          | (?: [-+*] | \d{1,9}[.)] )
            (?: [ ]* (?= \n ) | [ ]{5} | [ ]+ (?: [-+*#=] | \d{1,9}[.)] ) (?= [ \n] )
              | [ ]+ [-+*= ]+ (?= \n ) )
          | \#+ [^\n]* \# [ ]* (?= \n )
        )
    """,
    re.VERBOSE,
)
# How the address of a link begins: any other is a link of its own to the reference, and text to the other.
_WITH_WORDS = ("](https", "](http")
_INDENT = pattern(r"\n( +)(?! |\n)")
_HEADING = pattern(r"<h([1-6])>")
_HEADINGS = pattern(r"<h([1-6])>(.*)</h[1-6]>")
_ENTITY = pattern(r"&#?\w+;")


def html_of(body: str) -> str | None:
    """Return a body as HTML with headings and links as written, or None if agreement is not known."""
    compiled = _renderer()
    if compiled is None or not _is_plain(body):
        return None
    html = compiled(body)
    return None if "<pre>" in html or "<hr" in html else html


def headings_of(html: str) -> list[int]:
    """Return the levels of all headings, from 1 to 6, in order."""
    return [int(level) for level in _HEADING.findall(html)]


def with_levels(html: str, levels: Iterator[int]) -> str:
    """Return HTML with the levels of its headings replaced, in order; there must be one for each."""
    return _HEADINGS.sub(lambda found: f"<h{(level := next(levels))}>{found[2]}</h{level}>", html)


def with_marked_links(html: str) -> str:
    """Return HTML with links to other sites marked as such; in plain bodies nothing else starts like them."""
    before, *links = html.split('<a href="http')
    marked = (link.replace('">', '" rel="noopener">', 1) for link in links)
    return '<a href="http'.join((before, *marked))


def _is_plain(text: str) -> bool:
    if ("!" in text and "![" in text) or _has_bare_address(text) or _UNMARKED.fullmatch(text) is None:
        return False
    if "  \n" in text or ("&" in text and _ENTITY.search(text)):
        return False
    lines = f"\n{text}\n"
    return (
        _LINES.search(lines) is None
        and _is_evenly_indented(lines)
        and (text.isascii() or _has_plain_emphasis(text))
    )


def _has_bare_address(text: str) -> bool:
    """Say whether an address stands in a text by itself; brackets are known to be those of links."""
    return not all(before.endswith(_WITH_WORDS) for before in text.split("://")[:-1])


def _is_evenly_indented(lines: str) -> bool:
    """Say whether all indented lines have the same indentation, like one level of a list."""
    return len(set(_INDENT.findall(lines))) < 2  # noqa: PLR2004 -- one width


def _has_plain_emphasis(text: str) -> bool:
    """Say whether only ASCII is next to asterisks: otherwise a Unicode table decides what they do."""
    return all(piece[:1].isascii() and piece[-1:].isascii() for piece in text.split("*"))


@cache
def _renderer() -> Callable[[str], str] | None:
    try:
        from comrak import render_markdown
    except ImportError:
        return None
    return render_markdown
