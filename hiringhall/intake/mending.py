"""Faults of YAML explained to someone who has never heard of YAML, with the line as it should be written.

Owns which line is at fault; refuses to know which field is meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from itertools import takewhile
from typing import Any, NamedTuple

import yaml

from hiringhall.intake import masks
from hiringhall.intake.mistakes import (
    CLOSERS,
    COLON_INSIDE,
    GENERAL,
    INNER_COLON,
    NEVER_CLOSED,
    NO_COLON,
    NO_SPACE,
    ODD_SPACE,
    PAIR,
    can_be_read,
    diagnose,
    quote_value,
)
from hiringhall.intake.quoting import plain, quoted, uncurled

_NAMED = re.compile(r"[\"']?[^\s\"':]+[\"']?[ \t]*:(?:[ \t]+(?P<value>(?:.*[^ \t])?)[ \t]*)?$")
_ALMOST_FIELD = re.compile(r"\s*([A-Za-z_]+)\s*[:=]\s*(.*\S)")
_QUOTED = re.compile(r"([\"'])([a-z_]+):[ \t]+(\S.*)\1[ \t]*$")
_HEAD = re.compile(r"([a-z_]+):[ \t]*$")
# Marks of lists that YAML does not know, and a hyphen without its space.
_MARKS = "\u2022\u25cf\u25aa\u25e6\u2023\u25a0\u25cb\u2713\u2714\u27a2\u25ba\u00b7\u2043\u2013\u2014"
_MARKED = re.compile(rf"[ \t]*(?:[{_MARKS}][ \t\u00a0]*|\*[ \t]+|-(?=[^\W\d_]|[\"'\u201c]))(?P<rest>\S.*)")
_ANY_MARKED = re.compile(rf"\n[ \t]*(?:[{_MARKS}]|\*[ \t]|-(?:[^\W\d_]|[\"'\u201c]))")
_BLOCK = re.compile(r":[ \t]+[|>]")
_OPENING = re.compile(r"\s*(?:- )*(?:[\w-]+:[ \t]+)?(?P<sign>[\"'])(?P<rest>.*)")
_ESCAPED = {'"': re.compile(r"\\."), "'": re.compile("''")}
_MEMBER = re.compile(r"\s*(?:- +)*[\w-]+:(?:\s|$)")
_FIRST_WORD = re.compile(r"[(\u2018\u201c]?[^\W_][\w'’-]*(?![\w'’-]*\s*[:=：﹕∶])")
_NEAR = 0.8
_STARS = "**"
_SHORTHAND = {"*": "an alias", "&": "an anchor", "!": "a tag"}


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
    hint = quote_value(content) or "put the value in quotes"
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
        if whole := _QUOTED.match(content):
            message = "the quotes must be around the value only, not around the whole line"
            return Trouble(number, 0, "yaml-syntax", message, f"write {whole[2]}: {plain(whole[3])}")
        named = _NAMED.match(content)
        if named:
            value = named["value"] or ""
            opened = value[:1] in CLOSERS and not (len(value) > 1 and value.endswith(CLOSERS[value[0]]))
        elif not opened and content[0] not in " \t-}]":
            return _going_on(number, lines, known) or Trouble(number, 0, *diagnose(content))
    return None


def _going_on(line: int, lines: Sequence[str], known: Collection[str]) -> Trouble | None:
    """Explain text at the left edge that was to go on from the field above it."""
    rest = tuple(takewhile(partial(_is_text, known=known), map(str.strip, lines[line:]))) if known else ()
    above = _text_above(line, lines)
    head = next((n for n in range(line - 1, -1, -1) if lines[n].strip()), line)
    if rest and (name := _HEAD.match(lines[head])):
        message = f"the text of {name[1]} must begin on the same line"
        hint = f"write {name[1]}: {plain(' '.join(rest))}"
        return Trouble(head, 0, "yaml-syntax", message, hint, line - head + len(rest))
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


def mismarked(lines: Sequence[str]) -> list[Trouble]:
    """Find lines below a name, or beside items of its list, that begin like items of a list and are none.

    YAML reads them as one text. In a text that has lines of its own, they may be anything.
    """
    text = "\n".join(lines)
    if not _ANY_MARKED.search(text) or _BLOCK.search(text):
        return []
    found: list[Trouble] = []
    deepest = -1  # how far such a line may be set in: far below a name, and as far as the items beside it
    for number, content in enumerate(lines):
        marked = _MARKED.match(content)
        if _HEAD.match(content.lstrip()):
            deepest = len(text)
        elif content.lstrip().startswith("- ") and deepest >= 0:
            deepest = _indent(content)
        elif marked and _indent(content) <= deepest:
            message = "a line of a list must start with a hyphen and a space"
            hint = f"write - {plain(uncurled(marked['rest'].strip()))}"
            found.append(Trouble(number, _indent(content), "yaml-syntax", message, hint))
        elif content.strip():
            deepest = -1
    return found


def _with_lines_below(line: int, lines: Sequence[str]) -> str:
    """Return a line with those below it that are set in and go on from it."""
    below = takewhile(lambda text: text.startswith(" ") and not PAIR.match(text), lines[line + 1 :])
    return " ".join((lines[line].rstrip(), *map(str.strip, below)))


def explain(fault: yaml.YAMLError, lines: Sequence[str], known: Collection[str] = ()) -> list[Trouble]:
    """Turn a YAML fault into what is wrong on which line; `lines` are the YAML's own.

    Where it is the space behind a colon, the lines above and below that lack it, too, are told with it.
    """
    mark, opened = _mark_of(fault)
    if mark is None:
        return [Trouble(0, 0, "yaml-syntax", "the fields cannot be read", GENERAL)]
    found = next(_troubles(mark, opened, lines, known))
    indent = _indent(lines[found.line]) if found.line < len(lines) else 0
    if not (indent and NO_SPACE.match(lines[found.line])):
        return [found]
    above = [*takewhile(lambda n: _is_joined(lines[n], indent), range(found.line - 1, -1, -1))][::-1]
    below = [*takewhile(lambda n: _is_joined(lines[n], indent), range(found.line + 1, len(lines)))]
    return [Trouble(n, indent, *diagnose(lines[n])) for n in (*above, found.line, *below)]


def _is_joined(content: str, indent: int) -> bool:
    return _indent(content) == indent and NO_SPACE.match(content) is not None


def _troubles(mark: Any, opened: bool, lines: Sequence[str], known: Collection[str]) -> Iterator[Trouble]:
    """Yield what may be wrong, the likeliest first: in any line, above the line at fault, and in that itself.

    YAML takes a line that lacks its colon for text that goes on, and finds fault with a line below it only.
    """
    yield from (Trouble(n, 0, *diagnose(text)) for n, text in enumerate(lines) if ODD_SPACE.match(text))
    yield from filter(None, (_unclosed(mark.line, lines),))
    yield from (_starred(n, text) for n, text in enumerate(lines) if text.startswith(_STARS))
    if not opened and (astray := unnamed(lines, known)):
        yield astray
    yield from filter(None, (_unlisted(lines[: mark.line + 1]), _without_colon(mark.line, lines)))
    *earlier, line = [n for n, text in enumerate(lines[: mark.line + 1]) if text.strip()] or [0]
    content, column = lines[line], mark.column if line == mark.line else 0
    before = lines[earlier[-1]] if earlier and not opened else ""
    if NO_SPACE.match(before) or (_indent(before) == _indent(content) > 0 and NO_COLON.match(before)):
        yield Trouble(earlier[-1], _indent(before), *diagnose(before))
    pair = PAIR.match(content)
    if pair and pair["value"][0] in _SHORTHAND:
        yield shorthand(line, pair.start("value"), content)
    if content[column : column + 1] in _SHORTHAND:
        yield shorthand(line, column, content)
    above = _text_above(line, lines) if content.startswith(" ") and not pair else None
    if above and INNER_COLON.search(content):
        whole = quoted(f"{above[1]} {_with_lines_below(line, lines).strip()}")
        yield Trouble(line, column, "yaml-syntax", COLON_INSIDE, f"write {above[0]}: {whole}")
    if pair and not pair["lead"] and INNER_COLON.search(pair["value"]):
        content = _with_lines_below(line, lines)
    yield Trouble(line, column, *diagnose(content))


def _unclosed(last: int, lines: Sequence[str]) -> Trouble | None:
    """Find the first line up to `last` whose quotes open and do not close above a line with a name.

    YAML reads on to the quotes that open somewhere below, and finds fault with what is behind those.
    """
    for number, content in enumerate(lines[: last + 1]):
        opening = _OPENING.match(content)
        if opening is None or opening["sign"] in _bare(opening["rest"], opening["sign"]):
            continue
        below = lines[number + 1 : 1 + _closing(opening["sign"], number + 1, lines)]
        if any(map(_MEMBER.match, below)) and not can_be_read("\n".join((content, *below))):
            at, mistake = opening.start("sign"), diagnose(content)
            if not PAIR.match(content):
                hint = f"write {content[:at].strip()} {quoted(opening['rest'].strip())}"
                mistake = "yaml-syntax", NEVER_CLOSED.format(opening["sign"]), hint
            return Trouble(number, at, *mistake)
    return None


def _closing(sign: str, start: int, lines: Sequence[str]) -> int:
    """Return the first line from `start` on with a sign that can close quotes, or else the last."""
    found = (number for number in range(start, len(lines)) if sign in _bare(lines[number], sign))
    return next(found, len(lines) - 1)


def _bare(text: str, sign: str) -> str:
    """Return text without the signs of quotes that are part of it."""
    return _ESCAPED[sign].sub("", text)


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
    return Trouble(numbers[-1], indent, *(diagnose(bare) if NO_COLON.match(bare) else general))


def _indent(content: str) -> int:
    return len(content) - len(content.lstrip(" "))


def _mark_of(fault: yaml.YAMLError) -> tuple[Any, bool]:
    """Return where a fault is; what opens and never closes is at fault where it opens, which is said too."""
    within = getattr(fault, "context", None) or ""
    opened = "quoted scalar" in within or "flow" in within
    return getattr(fault, "context_mark" if opened else "problem_mark", None), opened
