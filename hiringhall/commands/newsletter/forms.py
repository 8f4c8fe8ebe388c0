"""The newsletter as Markdown, as plain text, and as HTML that email programs show.

Owns the three forms and what each must escape; refuses to know what the letter says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape
from pathlib import Path
from textwrap import fill

from hiringhall.commands.newsletter.letter import Item, Letter, Section
from hiringhall.engine.patterns import pattern

_WIDTH = 72  # columns, so that a quoted letter still fits into 80
_MARKS = pattern(r"([\\`*_\[\]<>#~]|&(?=[#\w]+;))")
# Email programs drop style sheets, so every element has its own style.
_STYLES = {
    "body": "margin:0;padding:16px;background-color:#ffffff;color:#1c1c1c;font-size:16px;line-height:1.5;"
    "font-family:Helvetica,Arial,sans-serif",
    "div": "max-width:600px;margin:0 auto",
    "h1": "font-size:22px;line-height:1.3;margin:0 0 8px",
    "h2": "font-size:18px;line-height:1.3;margin:28px 0 8px;border-bottom:1px solid #767676",
    "p": "margin:0 0 12px",
    "strong": "font-size:16px",
    "a": "color:#0b57a4",
}


def markdown(letter: Letter) -> str:
    """Return the letter as CommonMark."""
    parts = [f"# {_marked(letter.title)}", _marked(letter.lede)]
    for section in letter.sections:
        parts.append(f"## {_headed(section, _marked)}")
        items = (_markdown_item(item, letter.comma) for item in section.items)
        parts.append("\n".join(items) or _marked(section.empty))
    parts.append(" · ".join(f"[{_marked(text)}](<{href}>)" for text, href in letter.links))
    return "\n\n".join(parts) + "\n"


def _markdown_item(item: Item, comma: str) -> str:
    lines = (f"- **[{_marked(item.title)}](<{item.href}>)**{comma}{_marked(item.organization)}",)
    return "\\\n  ".join((*lines, *map(_marked, item.notes)))


def _marked(text: str) -> str:
    """Return text as Markdown that means only that text, on one line."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def text(letter: Letter) -> str:
    """Return the letter as plain text, wrapped except for addresses."""
    parts = [f"{_wrapped(letter.title)}\n{'=' * min(len(letter.title), _WIDTH)}", _wrapped(letter.lede)]
    for section in letter.sections:
        heading = _headed(section, str)
        parts.append(f"{heading}\n{'-' * len(heading)}")
        parts += [_text_item(item, letter.comma) for item in section.items] or [section.empty]
    parts.append("\n".join(f"{text}{letter.colon}{href}" for text, href in letter.links))
    return "\n\n".join(parts) + "\n"


def _text_item(item: Item, comma: str) -> str:
    name = _wrapped(f"* {item.title}{comma}{item.organization}", "", "  ")
    return "\n".join((name, *(_wrapped(note, "  ") for note in item.notes), f"  {item.href}"))


def _wrapped(text: str, first: str = "", later: str | None = None) -> str:
    return fill(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=first if later is None else later,
        break_long_words=False,
        break_on_hyphens=False,
    )


def html(letter: Letter) -> str:
    """Return the letter as a page that loads nothing and needs no style sheet."""
    direction = ' dir="rtl"' if letter.is_rtl else ""
    head = (
        f'<!doctype html>\n<html lang="{escape(letter.language)}"{direction}>\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(letter.title)}</title>\n</head>\n"
    )
    links = " · ".join(_link(text, href) for text, href in letter.links)
    body = "\n".join((*_html_parts(letter), _element("p", links)))
    return f"{head}{_element('body', _element('div', body))}\n</html>\n"


def _html_parts(letter: Letter) -> Iterator[str]:
    yield _element("h1", escape(letter.title))
    yield _element("p", escape(letter.lede))
    for section in letter.sections:
        yield _element("h2", _headed(section, escape))
        yield from (_html_item(item, letter.comma) for item in section.items)
        if not section.items:
            yield _element("p", escape(section.empty))


def _html_item(item: Item, comma: str) -> str:
    title = _element("strong", _link(item.title, item.href))
    name = f"{title}{escape(comma)}{escape(item.organization)}"
    return _element("p", "<br>".join((name, *map(escape, item.notes))))


def _link(text: str, href: str) -> str:
    return f'<a href="{escape(href)}" style="{_STYLES["a"]}">{escape(text)}</a>'


def _element(name: str, inner: str) -> str:
    return f'<{name} style="{_STYLES[name]}">{inner}</{name}>'


def _headed(section: Section, written: Callable[[str], str]) -> str:
    count = f" ({len(section.items)})" if section.items else ""
    return f"{written(section.heading)}{count}"


FORMS: Mapping[str, Callable[[Letter], str]] = {"markdown": markdown, "text": text, "html": html}
_FILES = {"markdown": "digest.md", "text": "digest.txt", "html": "digest.html"}


def save(letter: Letter, folder: Path) -> tuple[str, ...]:
    """Write every form to a folder, made if necessary, and return the names of the files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, form in FORMS.items():
        (folder / _FILES[name]).write_text(form(letter), encoding="utf-8", newline="\n")
    return tuple(_FILES.values())
