"""The newsletter as Markdown, as plain text, and as HTML that email programs show.

Owns the three forms and what each must escape; refuses to know what the letter says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape
from pathlib import Path
from textwrap import fill

from hiringhall.commands.newsletter.letter import Item, Letter
from hiringhall.engine.patterns import pattern

_WIDTH = 72  # columns, so that a quoted letter still fits into 80
# Where a backslash keeps what follows from being markup; what a text begins with may be the mark of a list.
_MARKS = pattern(r"(^\d*(?=[-+.)])|(?=[\\`*_\[\]<>#~]|&[#\w]+;))")
# Email programs drop style sheets, and many the body or its style, so each element inside has its own. They
# bring their own colors, for light and for dark: with any given here, some would show neither well. Word
# processors may take the first figure of `margin` for all four sides, so that is 0.
_STYLES = {
    "div": "max-width:600px;margin:0 auto;word-break:break-word;"
    "font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5",
    "h1": "font-size:22px;line-height:1.3;margin:0 0 8px",
    "h2": "font-size:18px;line-height:1.3;margin:0 0 8px;margin-top:28px;border-bottom:1px solid #767676",
    "h3": "font-size:16px;margin:0",
    "p": "margin:0 0 16px",
}


def markdown(letter: Letter) -> str:
    """Return the letter as Markdown, without what some programs do not know, such as breaks between lines."""
    parts = [f"# {_marked(letter.title)}", _marked(letter.lede)]
    for section in letter.sections:
        parts.append(f"## {_marked(section.heading)}")
        parts += map(_markdown_item, section.items)
    parts.append(" · ".join(f"[{_marked(text)}](<{href}>)" for text, href in letter.links))
    return "\n\n".join(parts) + "\n"


def _markdown_item(item: Item) -> str:
    notes = "\n".join(f"- {_marked(note)}" for note in item.notes)
    return f"### [{_marked(item.title)}](<{item.href}>)\n\n{notes}"


def _marked(text: str) -> str:
    """Return text as Markdown that means only that text, on one line."""
    return _MARKS.sub(r"\1\\", " ".join(text.split()))


def text(letter: Letter) -> str:
    """Return the letter as plain text, wrapped except for addresses."""
    parts = [f"{_wrapped(letter.title)}\n{'=' * min(len(letter.title), _WIDTH)}", _wrapped(letter.lede)]
    for section in letter.sections:
        parts.append(f"{section.heading}\n{'-' * len(section.heading)}")
        parts += map(_text_item, section.items)
    parts.append("\n".join(f"{text}{letter.colon}{href}" for text, href in letter.links))
    return "\n\n".join(parts) + "\n"


def _text_item(item: Item) -> str:
    # A word longer than a line would leave the bullet alone on its own.
    name = f"* {_wrapped(item.title, '  ').lstrip()}"
    return "\n".join((name, *(_wrapped(note, "  ") for note in item.notes), f"  {item.href}"))


def _wrapped(text: str, indent: str = "") -> str:
    return fill(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def html(letter: Letter) -> str:
    """Return the letter as a page that loads nothing and needs no style sheet.

    Its language and direction are also inside the body, which some email programs take away.
    """
    tongue = f' lang="{escape(letter.language)}"' + (' dir="rtl"' if letter.is_rtl else "")
    head = (
        f"<!doctype html>\n<html{tongue}>\n<head>\n"
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(letter.title)}</title>\n</head>\n"
    )
    links = " · ".join(_link(text, href) for text, href in letter.links)
    body = "\n".join((*_html_parts(letter), _element("p", links)))
    return f"{head}<body>\n{_element('div', body, tongue)}\n</body>\n</html>\n"


def _html_parts(letter: Letter) -> Iterator[str]:
    yield _element("h1", escape(letter.title))
    yield _element("p", escape(letter.lede))
    for section in letter.sections:
        yield _element("h2", escape(section.heading))
        for item in section.items:
            lang = f' lang="{escape(item.lang)}"' if item.lang else ""
            yield _element("h3", _link(item.title, item.href), lang)
            yield _element("p", "<br>".join(map(escape, item.notes)))


def _link(text: str, href: str) -> str:
    return f'<a href="{escape(href)}">{escape(text)}</a>'


def _element(name: str, inner: str, attributes: str = "") -> str:
    return f'<{name}{attributes} style="{_STYLES[name]}">{inner}</{name}>'


FORMS: Mapping[str, Callable[[Letter], str]] = {"markdown": markdown, "text": text, "html": html}
_FILES = {"markdown": "digest.md", "text": "digest.txt", "html": "digest.html"}


def save(letter: Letter, folder: Path) -> tuple[str, ...]:
    """Write every form to a folder, made if necessary, and return the names of the files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, form in FORMS.items():
        (folder / _FILES[name]).write_text(form(letter), encoding="utf-8", newline="\n")
    return tuple(_FILES.values())
