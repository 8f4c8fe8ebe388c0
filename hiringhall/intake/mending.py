"""Faults of YAML explained to someone who has never heard of YAML, with the line as it should be written.

Owns the usual mistakes and their cures; refuses to know which field is meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from itertools import takewhile
from typing import Any, NamedTuple

import yaml

from hiringhall.intake import masks
from hiringhall.intake.quoting import plain, quoted, uncurled

# A value goes on to the last sign of its line: asked for the fewest, it would stop on trial at each space.
PAIR = re.compile(r"(?P<lead>\s*(?:- )*)(?P<name>[\w-]+):[ \t]+(?P<value>\S(?:.*\S)?)\s*$")
_NO_SPACE = re.compile(r"\s*(?P<name>[\w-]+):(?P<value>(?:[^\s:/]|\u00a0).*)$")
_NAMED = re.compile(r"[\"']?[^\s\"':]+[\"']?[ \t]*:(?:[ \t]+(?P<value>(?:.*[^ \t])?)[ \t]*)?$")
_NO_COLON = re.compile(r"\s*(?:- )?(?P<name>[a-z_]+)(?:\s*[=：﹕∶]\s*|[ \t]+|$)(?P<value>[^:\s].*|)$")
_ODD_SPACE = re.compile("[ \t]*[\u00a0\u2007\u202f\u3000]")
_LINK = re.compile(r"\[[^\]]*\]\((?P<address>[^)\s]+)\)$")
_CLOSERS = {'"': '"', "'": "'", "[": "]", "{": "}"}
_ALMOST_FIELD = re.compile(r"\s*([A-Za-z_]+)\s*[:=]\s*(.*\S)")
_INNER_COLON = re.compile(r":(?=\s|$)")
_COMMENT = re.compile(r"(?<!\s)\s+#.*$")
_TAB = re.compile(r" *\t")
_FIRST_WORD = re.compile(r"[(\u2018\u201c]?[^\W_][\w'’-]*(?![\w'’-]*\s*[:=：﹕∶])")
_NEAR = 0.8
_LONGEST_READ = 500
_NOT_SPACES = "delete it, and start the line with two spaces if it belongs to the field above"
_COLON_INSIDE = "a value with a colon and a space in it must be in quotes"
_TOO_FAR = ("this line is indented too far", "line it up with the other fields")
_STARS = "**"
_SPECIAL = "@`%|>"
_SHORTHAND = {"*": "an alias", "&": "an anchor", "!": "a tag"}
_GENERAL = "write each field as name: value, and put text with special characters in quotes"

Mistake = tuple[str, str, str | None]  # code, message and hint


class Trouble(NamedTuple):
    """A fault of YAML: line and column count from 0; `lines` is how many it takes up."""

    line: int
    column: int
    code: str
    message: str
    hint: str | None
    lines: int = 1


def as_field(front: str, known: Collection[str]) -> str | None:
    r"""Return a hint on fields that are written as `name = value`, or without the space after the colon.

    >>> as_field("\ntitle:Organizer\n", ["title"]), as_field("Title = Organizer", ["title"])
    ('write title: Organizer', 'write title: Organizer')
    """
    found = _ALMOST_FIELD.match(front)
    name = found[1].lower() if found else ""
    return f"write {name}: {plain(found[2])}" if found and name in known else None


def shorthand(line: int, column: int, content: str) -> Trouble:
    """Explain an anchor, alias or tag: text that starts with `&`, `*` or `!` and lacks quotes."""
    if content.startswith(_STARS):
        return _starred(line, content)
    sign = content[column]
    kind = _SHORTHAND[sign]
    message = f"YAML reads a value that starts with {sign} as {kind}, not as text"
    hint = _quote_value(content) or "put the value in quotes"
    return Trouble(line, column, f"yaml-{kind.split()[1]}", message, hint)


def _starred(line: int, content: str) -> Trouble:
    message = "a field's name cannot have stars around it"
    return Trouble(line, 0, "yaml-syntax", message, f"write {content.replace(_STARS, '')}")


def unnamed(lines: Sequence[str], known: Collection[str]) -> Trouble | None:
    """Find the first line at the left edge that does not begin with the name of a field and a colon.

    Where it begins with nothing like one of the `known` names, it may go on from the text above.
    """
    texts = [(n, text) for n, text in enumerate(lines) if text.strip() and not text.lstrip().startswith("#")]
    if not any(_NAMED.match(text) for _, text in texts):
        return None
    opened = False
    for place, (number, content) in enumerate(texts):
        if place == 0 and content[0] in " \t-":
            what = "a hyphen" if content[0] == "-" else "a space"
            message = f"there is {what} before the name of this field"
            bare = content.lstrip(" \t-")
            return Trouble(number, 0, "yaml-syntax", message, f"write {bare}")
        named = _NAMED.match(content)
        if named:
            value = named["value"] or ""
            opened = value[:1] in _CLOSERS and not (len(value) > 1 and value.endswith(_CLOSERS[value[0]]))
        elif not opened and content[0] not in " \t-}]":
            return _going_on(number, lines, known) or Trouble(number, 0, *_diagnose(content))
    return None


def _going_on(line: int, lines: Sequence[str], known: Collection[str]) -> Trouble | None:
    """Explain text at the left edge that was to go on from the field above it."""
    above = _text_above(line, lines) if known else None
    rest = tuple(takewhile(partial(_is_text, known=known), map(str.strip, lines[line:])))
    if above is None or not rest:
        return None
    whole = plain(" ".join((above[1], *rest)))
    message = "a field's text cannot continue at the left edge"
    hint = f"write {above[0]}: {whole}; if this is another field, start it with its name and a colon"
    return Trouble(line, 0, "yaml-syntax", message, hint, len(rest))


def _is_text(content: str, known: Collection[str]) -> bool:
    from difflib import get_close_matches  # few files have a fault

    word = _FIRST_WORD.match(content)
    return (
        word is not None
        and _NAMED.match(content) is None
        and not masks.is_masked(content)
        and not get_close_matches(word[0].casefold(), known, 1, _NEAR)
    )


def _text_above(line: int, lines: Sequence[str]) -> tuple[str, str] | None:
    """Return name and text of the field that ends above a line, where the text has no quotes or brackets."""
    parts: list[str] = []
    for content in reversed(lines[:line]):
        pair = PAIR.match(content)
        if pair:
            is_text = not pair["lead"] and pair["value"][0] not in "[{\"'|>#"
            return (pair["name"], " ".join((pair["value"], *reversed(parts)))) if is_text else None
        if content.strip():
            if content[0] != " " or content.lstrip()[0] in "-#":
                return None
            parts.append(content.strip())
    return None


def _unlisted(lines: Sequence[str]) -> Trouble | None:
    """Find the first line that begins where the items of a list do, and is no item and no field."""
    depth = -1
    for number, content in enumerate(lines):
        text, indent = content.strip(), _indent(content)
        if text.startswith("- "):
            depth = indent
        elif text and indent <= depth:
            if indent == depth and not _NAMED.match(text) and (indent or text[0] == "-"):
                message = "a line of a list must start with a hyphen and a space"
                return Trouble(number, indent, "yaml-syntax", message, f"write - {text.lstrip('- ')}")
            depth = -1
    return None


def _with_lines_below(line: int, lines: Sequence[str]) -> str:
    """Return a line with those below it that are set in and go on from it."""
    below = takewhile(lambda text: text.startswith(" ") and not PAIR.match(text), lines[line + 1 :])
    return " ".join((lines[line].rstrip(), *map(str.strip, below)))


def explain(fault: yaml.YAMLError, lines: Sequence[str], known: Collection[str] = ()) -> Trouble:
    """Turn a YAML fault into what is wrong on which line; `lines` are the YAML's own."""
    mark, opened = _mark_of(fault)
    if mark is None:
        return Trouble(0, 0, "yaml-syntax", "the fields cannot be read", _GENERAL)
    return next(_troubles(mark, opened, lines, known))


def _troubles(mark: Any, opened: bool, lines: Sequence[str], known: Collection[str]) -> Iterator[Trouble]:
    """Yield what may be wrong, the likeliest first: in any line, above the line at fault, and in that itself.

    YAML takes a line that lacks its colon for text that goes on, and finds fault with a line below it only.
    """
    yield from (Trouble(n, 0, *_diagnose(text)) for n, text in enumerate(lines) if _ODD_SPACE.match(text))
    yield from (_starred(n, text) for n, text in enumerate(lines) if text.startswith(_STARS))
    if not opened and (astray := unnamed(lines, known)):
        yield astray
    yield from filter(None, (_unlisted(lines[: mark.line + 1]), _without_colon(mark.line, lines)))
    *earlier, line = [n for n, text in enumerate(lines[: mark.line + 1]) if text.strip()] or [0]
    content, column = lines[line], mark.column if line == mark.line else 0
    before = lines[earlier[-1]] if earlier and not opened else ""
    if _NO_SPACE.match(before) or (_indent(before) == _indent(content) > 0 and _NO_COLON.match(before)):
        yield Trouble(earlier[-1], _indent(before), *_diagnose(before))
    pair = PAIR.match(content)
    if pair and pair["value"][0] in _SHORTHAND:
        yield shorthand(line, pair.start("value"), content)
    if content[column : column + 1] in _SHORTHAND:
        yield shorthand(line, column, content)
    above = _text_above(line, lines) if content.startswith(" ") and not pair else None
    if above and _INNER_COLON.search(content):
        whole = quoted(f"{above[1]} {_with_lines_below(line, lines).strip()}")
        yield Trouble(line, column, "yaml-syntax", _COLON_INSIDE, f"write {above[0]}: {whole}")
    if pair and not pair["lead"] and _INNER_COLON.search(pair["value"]):
        content = _with_lines_below(line, lines)
    yield Trouble(line, column, *_diagnose(content))


def _without_colon(line: int, lines: Sequence[str]) -> Trouble | None:
    """Find the line above one at fault that has no colon, among others that have, below one name."""
    numbers = [n for n in range(line) if lines[n].strip() and not lines[n].lstrip().startswith("#")]
    if not numbers or line == len(lines):
        return None
    *earlier, bare = (lines[n] for n in numbers)
    indent = _indent(bare)
    beside = [each for each in (*earlier[-1:], lines[line]) if _indent(each) == indent and ":" in each]
    name = next((each for each in reversed(earlier) if _indent(each) < indent), "")
    if ":" in bare or bare.lstrip().startswith("-") or not beside or not name.rstrip().endswith(":"):
        return None
    general = "yaml-syntax", "there is no colon in this line", "write it as name: value"
    return Trouble(numbers[-1], indent, *(_diagnose(bare) if _NO_COLON.match(bare) else general))


def _indent(content: str) -> int:
    return len(content) - len(content.lstrip(" "))


def _mark_of(fault: yaml.YAMLError) -> tuple[Any, bool]:
    """Return where a fault is; what opens and never closes is at fault where it opens, which is said too."""
    within = getattr(fault, "context", None) or ""
    opened = "quoted scalar" in within or "flow" in within
    return getattr(fault, "context_mark" if opened else "problem_mark", None), opened


def _diagnose(content: str) -> Mistake:
    return next(_mistakes(content))


def _mistakes(content: str) -> Iterator[Mistake]:
    """Yield the usual mistakes that a line may make, the likeliest first."""
    if masks.is_masked(content):
        yield "masked-email", masks.MESSAGE, masks.HINT
    if _TAB.match(content):
        yield "yaml-tab", "this line starts with a tab", _NOT_SPACES
    if _ODD_SPACE.match(content):
        message = "this line starts with a no-break space, which only looks like a space"
        yield "yaml-tab", message, _NOT_SPACES
    if joined := _NO_SPACE.match(content):
        hint = f"write {joined['name']}: {plain(joined['value'].strip())}"
        yield "yaml-syntax", "the space after the colon is missing", hint
    if content.startswith(("---", "...", "%")):
        hint = "only the --- lines above and below the fields may start like this"
        yield "yaml-syntax", "this line has a special meaning in YAML", hint
    if pair := PAIR.match(content):
        yield "yaml-syntax", *_mistake_in_value(pair)
    if bare := _NO_COLON.match(content):
        value = bare["value"].strip()
        hint = f"write {bare['name']}:" + (f" {plain(value)}" if value else "")
        yield "yaml-syntax", f"there is no colon after {bare['name']}", hint
    yield "yaml-syntax", "this line is not of the form name: value", _GENERAL


def _mistake_in_value(pair: re.Match[str]) -> tuple[str, str | None]:
    """Return message and hint of the first of the usual mistakes that a value makes."""
    name, value, in_quotes = pair["name"], pair["value"], _quote_value(pair.string)
    first, closer, link = value[0], _CLOSERS.get(value[0], ""), _LINK.match(value)
    below = f"write {name}: and below it, lines that start with two spaces and a hyphen"
    mistakes = (
        (pair["lead"] and _can_be_read(pair.string.strip()), *_TOO_FAR),
        (first in _SPECIAL, f"a value cannot start with {first} unless it is in quotes", in_quotes),
        (first == closer, "the quotes around this value do not end where the value does", in_quotes),
        (link, "a value cannot be a Markdown link", link and f"write {name}: {link['address']}"),
        (closer and closer in value, f"a value that starts with {first} must end with {closer}", in_quotes),
        (closer, f"the {first} that opens here is never closed", None),
        (value.startswith("- "), "a list must start on a line of its own", below),
        (_INNER_COLON.search(value), _COLON_INSIDE, in_quotes),
        (pair["lead"], *_TOO_FAR),
        (True, "this line cannot be read", _GENERAL),
    )
    return next((message, hint) for applies, message, hint in mistakes if applies)


def _can_be_read(content: str) -> bool:
    """Say whether a line has no fault of its own, so that what is wrong is where it stands.

    No long line is tried: the time for brackets that open grows with the square of their number.
    """
    try:
        return len(content) <= _LONGEST_READ and all(yaml.parse(content, Loader=yaml.BaseLoader))
    except yaml.YAMLError:
        return False


def _quote_value(content: str) -> str | None:
    pair = PAIR.match(content)
    if pair is None:
        return None
    value = _COMMENT.sub("", pair["value"])
    sign = value[0] if value[0] in "\"'" else ""
    if sign and (value.count(sign) == 1 or value.endswith(sign)):
        value = value.removeprefix(sign).removesuffix(sign)
    return f"write {pair['name']}: {quoted(uncurled(value))}"
