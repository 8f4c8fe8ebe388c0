"""The body of a posting or a page as HTML and as plain text.

Owns which Markdown is accepted: no raw HTML, and only the site's own pictures; refuses to judge what the text
says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import copy
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.mentions import web_address_at
from hiringhall.intake.files.encoding import TURNING
from hiringhall.intake.markdown import compiled
from hiringhall.intake.markdown.links import is_allowed_link, unescaped
from hiringhall.intake.markdown.rows import cut_rows
from hiringhall.policies import addresses

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_BRACKETS = {"link_open": "[", "link_close": "]()"}
# Unusual spaces become plain ones, and what cannot be seen is removed: both come with pasted text.
_PASTED = (
    ("\u00a0", " "),
    ("\u202f", " "),
    ("\u2028", " "),
    ("\u2029", " "),
    ("\u200b", ""),
    ("\ufeff", ""),
    ("\u00ad", ""),
)
_TURNING = pattern(f"[{TURNING}]")  # which may also come from references such as &#8238;
_SCHEME = pattern(r"(?:\A|[^a-z])(https?)\Z", re.IGNORECASE)
_LONGEST_SCHEME = len("_https")
_LONGEST_SUMMARY = 200
# Each level of quotes and lists (a list takes two) is another pass through the lines in it: what is deeper is
# left out.
_DEEPEST = 20
_HOLDERS = frozenset({"blockquote_open", "list_item_open"})
_LEAST_FROM_REFERENCES = 100_000
_OWN_LINK = pattern(r'<(?:a href|img src)="(/[^"?#]*)')
_SHOWN_PICTURE = pattern(r'<img src="[^"]*" alt="([^"]*)"[^>]*>')
_BLOCK = r"</?(?:p|li|ul|ol|h[1-6]|t[a-z]+|blockquote|pre|hr)(?: [^>]*)?>\s*"
_BLOCKS = pattern(rf"{_BLOCK}(?:{_BLOCK})*")
# All white space but a space.
_SPACES = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000"
)
_TAG = pattern(r"<[^>]*>")
# How a table's columns are aligned is left to the style sheet, and to those who reuse the text on their own
# pages.
_ALIGNED = {"text-align:right": "right", "text-align:center": "center"}
# A picture alone is not a paragraph: what it shows does not sum up the text.
_PARAGRAPH = pattern(r"<p>(?!(?:<a [^>]*>)?<img [^>]*>(?:</a>)?</p>)")
_ITEM = pattern(r"<li>(.*?)(?:</li>|\n<[uo]l)", re.DOTALL)


class _References(dict[str, dict[str, Any]]):
    """Addresses that a body defines once and links to by name, until these add up to `left` characters.

    Otherwise a long address and many short links to it would make a page as large as their product.
    """

    def __init__(self, left: int) -> None:
        super().__init__()
        self._left = left
        self.used = set[str]()

    def get(self, label: str, default: Any = None) -> Any:
        """Return a definition; a link without one is shown as written."""
        found = super().get(label)
        if found is None:
            return default
        self.used.add(label)
        self._left -= len(found["href"]) + len(found["title"])
        return found if self._left >= 0 else default


class Ground(NamedTuple):
    """Where a text is: the folder of its site on the host, and what files named beside its own become."""

    root: str = "/"
    beside: Callable[[str], str] = addresses.posting


_ANYWHERE = Ground()


class Rendered(NamedTuple):
    """A body as HTML, as plain text with a line for each block, and its first paragraph, cut to a summary.

    `left_out` are the lines (from 0) of which something is not shown, each with the code that says why.
    """

    html: str
    text: str
    summary: str
    left_out: tuple[tuple[int, str], ...] = ()


def render(body: str, ground: Ground = _ANYWHERE) -> Rendered:
    r"""Render Markdown; headings start below the page's own, and images elsewhere become descriptions.

    Links to the site's own pages lead below the root of the host; those to other sites are marked as such.

    >>> render("# Duties\n\n[Apply](https://example.org)").html
    '<h2>Duties</h2>\n<p><a href="https://example.org" rel="noopener">Apply</a></p>\n'
    >>> render("[All](archive/)", Ground("/board/")).html
    '<p><a href="/board/archive/">All</a></p>\n'
    """
    for pasted, plain in _PASTED if not body.isascii() else ():
        body = body.replace(pasted, plain)
    fast = _rendered_fast(body)
    html, left_out = (fast, ()) if fast else _rendered(body, ground)
    html = html if html.isascii() else _TURNING.sub("", html)
    return Rendered(html, text_of(html), shorten(first_paragraph_of(html)), left_out)


def links_within(html: str, root: str) -> tuple[str, ...]:
    """Return the paths of the site that HTML rendered here links to or shows, each once, in order.

    >>> links_within('<a href="/board/archive/#main">1</a> <a href="/board/">2</a>', "/board/")
    ('archive/', '')
    """
    if '<a href="/' not in html and "<img" not in html:
        return ()
    return tuple(dict.fromkeys(path.removeprefix(root) for path in _OWN_LINK.findall(html)))


def text_of(html: str) -> str:
    r"""Return the plain text of HTML that was rendered here, a line for each block.

    >>> text_of("<ul>\n<li>Organize\n<em>well</em></li>\n<li>R&amp;D</li>\n</ul>\n")
    'Organize well\nR&D'
    """
    if "<img" in html:
        html = _SHOWN_PICTURE.sub(r"\1", html)
    text = unescape(_TAG.sub("", _BLOCKS.sub("\0", html)))
    for space in _SPACES:
        text = text.replace(space, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return "\n".join(filter(None, map(str.strip, text.split("\0"))))


def first_paragraph_of(html: str) -> str:
    r"""Return the plain text of the first paragraph, or else list item, in HTML that was rendered here.

    >>> first_paragraph_of("<h2>Duties</h2>\n<ul>\n<li>Organize</li>\n</ul>")
    'Organize'
    """
    if begun := _PARAGRAPH.search(html):
        return text_of(html[begun.end() : html.index("</p>", begun.end())])
    found = _ITEM.search(html)
    return text_of(found[1]) if found else ""


def _rendered(body: str, ground: Ground = _ANYWHERE) -> tuple[str, tuple[tuple[int, str], ...]]:
    """Render with the reference; also return the lines of which something is left out, with the code."""
    machine, references = _machine(), _References(max(len(body), _LEAST_FROM_REFERENCES))
    found: dict[str, Any] = {"references": references}
    tokens = machine.parse(body, found)
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    levels = _settled_levels([int(token.tag[1]) for token in headings[::2]])
    for opening, closing, level in zip(headings[::2], headings[1::2], levels, strict=True):
        opening.tag = closing.tag = f"h{level}"
    for token in tokens:
        if aligned := _ALIGNED.get(str(token.attrs.pop("style", ""))):
            token.attrs["class"] = aligned
        _settle_inline(token.children or [], ground)
    deep = (token for token in tokens if token.level >= _DEEPEST - 1 and token.type in _HOLDERS)
    lost = [(token.map[0], "body-depth") for token in deep if token.map][:1]
    unused = [each for label, each in references.items() if label not in references.used]
    unused += found.get("duplicate_refs", ())
    lost += [(each["map"][0], "body-link") for each in unused]
    lost += [(line, "body-table") for line in cut_rows(tokens, body.split("\n"))]
    return str(machine.renderer.render(tokens, machine.options, {})), tuple(sorted(lost))


def _rendered_fast(body: str) -> str | None:
    """Render with the compiled renderer, if both are known to give the same HTML."""
    found = compiled.html_of(body)
    if found is None:
        return None
    html, written = found
    levels = _settled_levels(written)
    if levels != written:
        html = compiled.with_levels(html, iter(levels))
    return compiled.with_marked_links(html)


@cache
def _machine() -> MarkdownIt:
    # Loaded only to render a body: it takes longer than everything else that checks a posting.
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import image

    options = {"html": False, "linkify": False, "typographer": False, "maxNesting": _DEEPEST}
    machine = MarkdownIt("js-default", options)
    machine.disable(["linkify", "replacements", "smartquotes", "html_block", "html_inline"])
    machine.validateLink = is_allowed_link  # type: ignore[assignment, method-assign]
    machine.inline.ruler.after("text", "bare_link", _link_bare)
    # Only the description of a picture is kept, so any address will do, such as that of a file beside the
    # text.
    undemanding = copy(machine)
    undemanding.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005

    def describe(state: StateInline, silent: bool) -> bool:
        outer, state.md = state.md, undemanding
        try:
            return image(state, silent)
        finally:
            state.md = outer

    machine.inline.ruler.at("image", describe)
    return machine


def _link_bare(state: StateInline, silent: bool) -> bool:
    """Make a link of a web address that stands in a text by itself, as GitHub does where a file is read.

    A rule of markdown-it, which asks it at each colon. Its own rule of the kind needs a package that would be
    loaded with every text, and ends addresses in another place.
    """
    scheme = None if silent or state.linkLevel else _SCHEME.search(state.pending[-_LONGEST_SCHEME:])
    if scheme is None or not state.src.startswith("://", state.pos):
        return False
    start = state.pos - len(scheme[1])
    written = web_address_at(state.src, start, state.posMax, unescaped)
    if written is None:
        return False
    state.pending = state.pending[: -len(scheme[1])]
    address = unescaped(written)
    state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(address)}
    state.push("text", "", 0).content = address
    state.push("link_close", "a", -1)
    state.pos = start + len(written)
    return True


def _settled_levels(written: Sequence[int]) -> list[int]:
    """Return headings' levels with the highest one h2, because the page's title is the h1, and none skipped.

    >>> _settled_levels([1, 3, 2])
    [2, 3, 3]
    """
    shift = 2 - min(written, default=2)
    settled: list[int] = []
    last = 1
    for level in written:
        last = min(level + shift, last + 1, 6)
        settled.append(last)
    return settled


def _settle_inline(tokens: Sequence[Token], ground: Ground) -> None:
    """Resolve links, write out those that lead nowhere, and reduce images elsewhere to text."""
    address = ""
    for token in tokens:
        if token.type == "link_open":
            address = str(token.attrs["href"])
            own = addresses.in_site(address, ground.beside)
            if own is not None:
                token.attrs["href"] = ground.root + own
            elif not address.lower().startswith(("mailto:", "tel:")):
                token.attrs["rel"] = "noopener"
        if token.type in _BRACKETS and not address:  # Markdown accepts an empty address
            token.type, token.content = "text", _BRACKETS[token.type]
        elif token.type == "image":
            shown = addresses.picture(str(token.attrs["src"]))
            if shown:
                token.attrs |= {"src": ground.root + shown, "loading": "lazy"}
            else:
                token.type, token.tag, token.content = "text", "", _alternative(token)


def _alternative(image: Token) -> str:
    """Return an image's description as plain text."""
    return "".join(child.content or "" for child in image.children or [])


def shorten(text: str, longest: int = _LONGEST_SUMMARY) -> str:
    """Cut text to at most `longest` characters, after a whole word.

    >>> shorten("Organize and train members", 15)
    'Organize and…'
    """
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    if text[longest - 1] != " ":
        cut = cut.rpartition(" ")[0] or cut
    return cut.rstrip(" ,;:–—-(") + "…"
