"""What may be wrong with one line of YAML by itself, and the line as it should be written.

Owns the usual mistakes and their cures; refuses to know the lines around it, and which field is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from hiringhall.intake import masks
from hiringhall.intake.quoting import plain, quoted, uncurled

# A value goes on to the last sign of its line: asked for the fewest, it would stop on trial at each space.
PAIR = re.compile(r"(?P<lead>\s*(?:- )*)(?P<name>[\w-]+):[ \t]+(?P<value>\S(?:.*\S)?)\s*$")
NO_SPACE = re.compile(r"\s*(?P<name>[\w-]+):(?P<value>(?:[^\s:/]|\u00a0).*)$")
NO_COLON = re.compile(r"\s*(?:- )?(?P<name>[a-z_]+)(?:\s*[=：﹕∶]\s*|[ \t]+|$)(?P<value>[^:\s].*|)$")
ODD_SPACE = re.compile("[ \t]*[\u00a0\u2007\u202f\u3000]")
CLOSERS = {'"': '"', "'": "'", "[": "]", "{": "}"}
INNER_COLON = re.compile(r":(?=\s|$)")
COLON_INSIDE = "a value with a colon and a space in it must be in quotes"
NEVER_CLOSED = "the {} that opens here is never closed"
GENERAL = "write each field as name: value, and put text with special characters in quotes"
_LINK = re.compile(r"\[(?P<words>[^\]]*)\]\((?P<address>[^)\s]+)\)$")
_COMMENT = re.compile(r"(?<!\s)\s+#.*$")
_EMPHASIS = re.compile(r"^(\*{1,3})([^*\s](?:[^*]*[^*\s])?)\1$")
_TAB = re.compile(r" *\t")
_LONGEST_READ = 500
_NOT_SPACES = "delete it, and start the line with two spaces if it belongs to the field above"
_TOO_FAR = ("this line is indented too far", "line it up with the other fields")
_SPECIAL = "@`%|>?"
_OF_ADDRESSES = frozenset({"apply", "url", "email", "website"})

Mistake = tuple[str, str, str | None]  # code, message and hint


def diagnose(content: str) -> Mistake:
    """Return the likeliest mistake of a line at fault."""
    return next(_mistakes(content))


def _mistakes(content: str) -> Iterator[Mistake]:
    """Yield the usual mistakes that a line may make, the likeliest first."""
    if masks.is_masked(content):
        yield "masked-email", masks.MESSAGE, masks.HINT
    if _TAB.match(content):
        yield "yaml-tab", "this line starts with a tab", _NOT_SPACES
    if ODD_SPACE.match(content):
        message = "this line starts with a no-break space, which only looks like a space"
        yield "yaml-tab", message, _NOT_SPACES
    if joined := NO_SPACE.match(content):
        hint = f"write {joined['name']}: {plain(joined['value'].strip())}"
        yield "yaml-syntax", "the space after the colon is missing", hint
    if content.startswith(("---", "...", "%")):
        hint = "only the --- lines above and below the fields may start like this"
        yield "yaml-syntax", "this line has a special meaning in YAML", hint
    if pair := PAIR.match(content):
        yield "yaml-syntax", *_mistake_in_value(pair)
    if bare := NO_COLON.match(content):
        value = bare["value"].strip()
        hint = f"write {bare['name']}:" + (f" {plain(value)}" if value else "")
        yield "yaml-syntax", f"there is no colon after {bare['name']}", hint
    yield "yaml-syntax", "this line is not of the form name: value", GENERAL


def _mistake_in_value(pair: re.Match[str]) -> tuple[str, str | None]:
    """Return message and hint of the first of the usual mistakes that a value makes."""
    name, value, in_quotes = pair["name"], pair["value"], quote_value(pair.string)
    first, closer, link = value[0], CLOSERS.get(value[0], ""), _LINK.match(value)
    below = f"write {name}: and below it, lines that start with two spaces and a hyphen"
    mistakes = (
        (pair["lead"] and can_be_read(pair.string.strip()), *_TOO_FAR),
        (first in _SPECIAL, f"a value cannot start with {first} unless it is in quotes", in_quotes),
        (first == closer, "the quotes around this value do not end where the value does", in_quotes),
        (link, "a value cannot be a Markdown link", link and f"write {name}: {_of_link(name, link)}"),
        (closer and closer in value, f"a value that starts with {first} must end with {closer}", in_quotes),
        (closer, NEVER_CLOSED.format(first), f"write {name}: {value}{closer}" if value[1:] else None),
        (value.startswith("- "), "a list must start on a line of its own", below),
        (INNER_COLON.search(value), COLON_INSIDE, in_quotes),
        (pair["lead"], *_TOO_FAR),
        (True, "this line cannot be read", GENERAL),
    )
    return next((message, hint) for applies, message, hint in mistakes if applies)


def _of_link(name: str, link: re.Match[str]) -> str:
    """Return what a field takes of a link."""
    return link["address"] if name in _OF_ADDRESSES or not link["words"] else plain(link["words"])


def can_be_read(content: str) -> bool:
    """Say whether a line has no fault of its own, so that what is wrong is where it stands.

    No long line is tried: the time for brackets that open grows with the square of their number.
    """
    try:
        return len(content) <= _LONGEST_READ and all(yaml.parse(content, Loader=yaml.BaseLoader))
    except yaml.YAMLError:
        return False


def quote_value(content: str) -> str | None:
    """Return a hint with the value of a line in quotes, if it has one."""
    pair = PAIR.match(content)
    if pair is None:
        return None
    value = _COMMENT.sub("", pair["value"])
    value = _EMPHASIS.sub(r"\2", value)
    sign = value[0] if value[0] in "\"'`" else ""
    if sign and (value.count(sign) == 1 or value.endswith(sign)):
        value = value.removeprefix(sign).removesuffix(sign)
    return f"write {pair['name']}: {quoted(uncurled(value))}"
