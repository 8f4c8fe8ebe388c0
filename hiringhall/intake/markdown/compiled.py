"""The compiled Markdown renderer, for the bodies on which it and the reference are known to agree.

Owns which bodies those are: plain CommonMark of headings, paragraphs, lists, emphasis and simple links. For
all others, or if the optional package is not installed, it gives nothing and the reference does the work.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from hiringhall.engine.patterns import pattern

# No escapes, code, tables, strikethrough, quotes, underscores, brackets, bare addresses or unusual spaces,
# except links whose text and address have nothing that either renderer rewrites, and email addresses in
# brackets.
_MARKS = (
    "\\`|~_<>[]\t\0\r\f\v\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
)
_LINK = pattern(
    r"\[(?<!!\[)(?![^\[\]]*://)[^\[\]<>*\n\\`~|_&!]+\]\(https?://[a-z0-9.-]+(?:/[A-Za-z0-9/._~=?-]*)?\)"
)
_EMAIL = pattern(r"<[A-Za-z0-9.+-]+@[a-z0-9.-]+[a-z0-9]>")
# Rules, underlined headings, decorated or nested block marks, code by indentation. Each form starts at the
# end of a line, which a search finds at once.
_LINES = pattern(
    r"""\n [ ]* (?= [-=+*#\d] ) (?! - [ ] [A-Za-z] )
        (?: [-=+*#][-=+*# ]* (?= \n )
          | (?: [-+*] | \d{1,9}[.)] )
            (?: [ ]* (?= \n ) | [ ]{5} | [ ]+ (?: [-+*#=] | \d{1,9}[.)] ) (?= [ \n] )
              | [ ]+ [-+*= ]+ (?= \n ) )
          | \# [^\n]* \# [ ]* (?= \n )
        )
    """,
    re.VERBOSE,
)
_INDENT = pattern(r"\n( +)(?! |\n)")
# The starts of headings, of rules and of code.
_MARKED = pattern(r"<(?:h([1-6])>|hr|pre>)")
_HEADINGS = pattern(r"<h([1-6])>(.*)</h[1-6]>")
_ENTITY = pattern(r"&#?\w+;")


def html_of(body: str) -> tuple[str, list[int]] | None:
    """Return a body as HTML with headings and links as written, or None if agreement is not known.

    With it come the levels of all headings, from 1 to 6, in order.
    """
    compiled = _renderer()
    if compiled is None or not _is_plain(body):
        return None
    html = compiled(body)
    levels = _MARKED.findall(html)
    return (html, [*map(int, levels)]) if all(levels) else None


def with_levels(html: str, levels: Iterator[int]) -> str:
    """Return HTML with the levels of its headings replaced, in order; there must be one for each."""
    return _HEADINGS.sub(lambda found: f"<h{(level := next(levels))}>{found[2]}</h{level}>", html)


def with_marked_links(html: str) -> str:
    """Return HTML with links to other sites marked as such; in plain bodies nothing else starts like them."""
    before, *links = html.split('<a href="http')
    marked = (link.replace('">', '" rel="noopener">', 1) for link in links)
    return '<a href="http'.join((before, *marked))


def _is_plain(text: str) -> bool:
    bare = _EMAIL.sub(" ", _LINK.sub(" ", text))
    if "://" in bare or any(map(bare.__contains__, _MARKS)):
        return False
    if "  \n" in text or ("&" in text and _ENTITY.search(text)):
        return False
    lines = f"\n{text}\n"
    return (
        _LINES.search(lines) is None
        and _is_evenly_indented(lines)
        and (text.isascii() or _has_plain_emphasis(text))
    )


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
