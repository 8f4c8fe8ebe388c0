"""What the development server adds to a page on its way to the browser: scripts of its own and the overlay.

Owns those additions and the policy that lets them run; refuses to touch files, so no site ever has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from html import escape, unescape

from hiringhall.diagnostics import Diagnostic, ordered, shortened
from hiringhall.engine.patterns import pattern
from hiringhall.report.human import brief
from hiringhall.report.summary import tally

PREFIX = "/__hiringhall/"
_META = pattern(rb"<meta\b[^>]*\bhttp-equiv\s*=\s*[\"']?content-security-policy\b[^>]*>", re.IGNORECASE)
_CONTENT = pattern(r"\bcontent\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_HEAD = pattern(rb"<head\b[^>]*>", re.IGNORECASE)
_BODY_END = pattern(rb"</body\s*>", re.IGNORECASE)
_DIRECTIVES = ("script-src", "style-src", "connect-src")


def page(html: bytes, epoch: str, overlay: str = "", now: datetime | None = None) -> bytes:
    """Return the page with `overlay` and the reload script in its body, and a policy that allows both.

    `now` is what its scripts take for the present, by default the browser's clock: a page built for another
    time would hide what has closed since.
    """
    html = _META.sub(lambda found: _allow_in_meta(found[0]), html)
    if now:
        clock = f'<script src="{PREFIX}clock.js" data-now="{escape(now.isoformat())}"></script>'.encode()
        html = _HEAD.sub(lambda found: found[0] + clock, html, count=1)
    addition = (overlay + f'<script src="{PREFIX}reload.js" data-epoch="{escape(epoch)}"></script>').encode()
    ends = list(_BODY_END.finditer(html))
    at = ends[-1].start() if ends else len(html)
    return html[:at] + addition + html[at:]


def overlay(diagnostics: Iterable[Diagnostic], fault: str | None = None) -> str:
    """Return the panel that names what keeps the site from being built."""
    found = ordered(diagnostics)
    title = "The build failed unexpectedly" if fault else tally(found)
    told, counted = brief(found)
    lines = (*counted, fault) if fault else counted
    items = "".join((*map(_item, shortened(told)), *(f"<li><p>{_text(line)}</p></li>" for line in lines)))
    return (
        f'<link rel="stylesheet" href="{PREFIX}overlay.css">'
        '<section id="hiringhall-problems" role="alert" lang="en" dir="ltr"><details open>'
        f"<summary>{escape(title)}; the site is unchanged</summary><ol>{items}</ol></details></section>"
    )


def bare(message: str) -> bytes:
    """Return a page of one sentence, for when the site has none to show."""
    head = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Hiring Hall</title></head>'
    return f"{head}<body><p>{escape(message)}</p></body></html>".encode()


def allow(policy: str) -> str:
    """Return a Content Security Policy that also allows scripts, styles and connections of the same origin.

    >>> allow("default-src 'none'; img-src 'self'; script-src 'sha256-x'")
    "default-src 'none'; img-src 'self'; script-src 'sha256-x' 'self'; style-src 'self'; connect-src 'self'"
    """
    directives: dict[str, list[str]] = {}
    for part in policy.split(";"):
        name, *sources = part.split() or [""]
        if name:
            # By the standard, the first of several equal directives counts; later ones are ignored.
            directives.setdefault(name.lower(), sources)
    for name in _needed(directives):
        sources = directives.get(name, directives.get("default-src", []))
        others = [source for source in sources if source.lower() not in {"'none'", "'self'"}]
        directives[name] = [*others, "'self'"]
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def _needed(directives: dict[str, list[str]]) -> list[str]:
    """Return the directives that govern what is added, stated or inherited from default-src."""
    finer = [name for name in ("script-src-elem", "style-src-elem") if name in directives]
    return finer + [name for name in _DIRECTIVES if name in directives or "default-src" in directives]


def _allow_in_meta(tag: bytes) -> bytes:
    def changed(found: re.Match[str]) -> str:
        policy = unescape(found[1] if found[1] is not None else found[2])
        return f'content="{escape(allow(policy))}"'

    return _CONTENT.sub(changed, tag.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _item(found: Diagnostic) -> str:
    place = f"{found.path}:{found.span.line}:{found.span.column}"
    hint = f'<p class="hint">hint: {_text(found.hint)}</p>' if found.hint else ""
    return (
        f"<li><code>{_text(place)}</code>"
        f"<p>{found.severity}: {_text(found.message)} <code>[{_text(found.code)}]</code></p>{hint}</li>"
    )


def _text(text: str) -> str:
    """Return text for HTML; what UTF-8 cannot encode, as in odd file names, becomes an escape."""
    return escape(text.encode("utf-8", "backslashreplace").decode())
