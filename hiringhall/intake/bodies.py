"""What is likely wrong with a posting's text, line by line: traces of the page it was copied from.

Owns those traces; refuses to know how the text is rendered. Each check first asks a cheap question of the
whole text, because nearly every text is good.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hiringhall.diagnostics import Diagnostic, Span, error, warning
from hiringhall.intake import masks
from hiringhall.intake.fields import BY_NAME
from hiringhall.intake.markup import is_allowed_link

_SPACE = " \t\u00a0"
# Those of typesetting, of word processors, and of their fonts, which only they show.
_BULLETS = (
    "\u2022\u00b7\u25cf\u25aa\u25e6\u2023\u2043\u2219\u25a0\u25cb\u25c6\u25c7\u25ba\u2192\u2713\u2714\u2705\u2756\u2794\u27a2"
    "\u27a4\uf0a7\uf0b7\uf0d8\uf0fc"
)
_DASHES = "\u2013\u2014"
_BULLET = re.compile(rf"[{_SPACE}]*([{_BULLETS}](?=[{_SPACE}]*\S)|[{_DASHES}](?=[{_SPACE}]+\S))")
_ANY_BULLET = re.compile(rf"\n[{_SPACE}]*[{_BULLETS}{_DASHES}]")
_LIST_ITEM = re.compile(r" *(?:[-*+]|\d{1,9}[.)])(?:\s|$)")
# What only looks like a heading or an item: `##Duties`, `-Organize`; not `#union`, `-5`, `*so*`.
_SLIP = re.compile(r"(?:(?P<heading>#{2,6})|(?P<item>-|\+|\*(?=[^*]+$)))(?=[^\W\d_])")
_SPACELESS = re.compile(r"\n(?:[-#+]+[^\W\d_]|\*[^\W\d_][^*\n]*(?:\n|$))")
# The lines that `new` writes for the text.
_PLACEHOLDER = re.compile(r"[-\s]*((?:Describe the job|Name a duty|Name a requirement) here\.)")
_FIELD = re.compile(r"([a-z_]+):(?:\s|$)")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|<!--")
_LINK = re.compile(
    r"(?P<image>!?)\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*<?(?P<inline>(?:[^()\s>]|\([^()\s]*\))*)"
    r"|^ {0,3}\[[^\]]+\]:\s*<?(?P<defined>[^\s>]+)"
)
# A bracket that ends no link as nearly all are, and text set in by four below a blank line.
_OTHER_LINK = re.compile(r"\](?!\(https?://[A-Za-z0-9])")
_SET_IN = re.compile(r"\n[^\S\n]*\n(?: {4}|\t)")
_CODE = re.compile(r"`[^`]*`")
_NOISE = re.compile(
    r"skip to (?:main )?content|social share icons?|share (?:this )?(?:job|posting|page)|share on \w+"
    r"|career center home|back to (?:jobs?|results|search|top)(?: results)?|job search"
    r"|(?:print|save|e-?mail) (?:this )?(?:job|page)|apply(?: now| for (?:this )?job| to (?:this )?job)?"
    r"|home\s*[>»/|].*|breadcrumbs?|main navigation|view all jobs"
    r"|powered by .*|hero|or|tweet|facebook|twitter|linkedin|e-?mail to a friend|[\d,]+ companies\b.*jobs?"
)
_LONGEST_NOISE = 60
# Every line that the pattern matches starts with one of these.
_NOISE_STARTS = (
    "skip", "soci", "shar", "care", "back", "job ", "prin", "save", "e-ma", "emai", "appl", "home", "brea",
    "main",
    "view", "powe", "hero", "or", "twee", "face", "twit", "link", "0", "1", "2", "3", "4", "5", "6", "7", "8",
    "9",
)  # fmt: skip
_EDGES = " \t#*_>[]-.!\u00a0"


class Finding(NamedTuple):
    """A trace: the line counts from 0, columns from 0, the end is exclusive."""

    line: int
    start: int
    end: int
    code: str
    message: str
    hint: str


def check_body(path: str, body: str, first_line: int) -> tuple[Diagnostic, ...]:
    """Report what is likely wrong with a body, which starts on line `first_line` of its file."""
    if not body.strip():
        line = max(1, first_line - 1)
        hint = "describe the job below the second ---"
        return (error(path, Span(line, 1, line, 4), "body-empty", "the posting has no text", hint),)
    return tuple(
        [
            warning(path, Span(first_line + line, start + 1, first_line + line, end + 1), code, message, hint)
            for line, start, end, code, message, hint in _findings(body)
        ]
    )


def _findings(body: str) -> Iterator[Finding]:
    lines = body.split("\n")
    # A single character is found ten times faster than two.
    if ("`" in body and "```" in body) or ("~" in body and "~~~" in body):
        lines = _without_fenced(lines)
        body = "\n".join(lines)
    yield from _noise(lines)
    yield from _placeholders(lines)
    yield from _fields(lines)
    if not body.isascii() and _ANY_BULLET.search(f"\n{body}"):
        yield from _bullets(lines)
    if _SPACELESS.search(f"\n{body}"):
        yield from _spaceless(lines)
    if _SET_IN.search(f"\n\n{body}"):
        yield from _indented(lines)
    if masks.may_be_masked(body):
        yield from _masked(lines)
    if "<" in body:
        yield from _html(lines)
    if ("!" in body and "![" in body) or _OTHER_LINK.search(body):
        yield from _links(lines)


def _without_fenced(lines: Sequence[str]) -> list[str]:
    """Blank the lines of fenced code: nothing in them is a trace of anything."""
    kept, fence = [], None
    for line in lines:
        mark = _FENCE.match(line)
        if mark and fence in {None, mark[1]}:
            fence = None if fence else mark[1]
            kept.append("")
        else:
            kept.append("" if fence else line)
    return kept


def _noise(lines: Sequence[str]) -> Iterator[Finding]:
    message = "this line seems to come from the page the text was copied from"
    for number, line in enumerate(lines):
        if not 0 < len(line) <= _LONGEST_NOISE:
            continue
        words = line.strip(_EDGES).lower()
        if words.startswith(_NOISE_STARTS) and _NOISE.fullmatch(words):
            yield Finding(number, 0, len(line), "body-noise", message, "delete it")


def _bullets(lines: Sequence[str]) -> Iterator[Finding]:
    for number, line in enumerate(lines):
        bullet = _BULLET.match(line)
        if bullet:
            message = f"{bullet[1]} does not make a list: such lines run together"
            hint = "start the line with a hyphen and a space"
            yield Finding(number, bullet.start(1), bullet.end(1), "body-bullet", message, hint)


def _spaceless(lines: Sequence[str]) -> Iterator[Finding]:
    """Find headings and list items without the space that makes them such; one line is no list."""
    texts = [(number, line) for number, line in enumerate(lines) if line.strip()]
    for place, (number, line) in enumerate(texts):
        slip = _SLIP.match(line)
        if slip is None:
            continue
        if slip["heading"]:
            message = f"{slip['heading']} makes a heading only with a space after it"
            hint = f"write {slip['heading']} {line[slip.end() :].strip()}"
            yield Finding(number, *slip.span(), "body-heading", message, hint)
            continue
        beside = (*texts[max(0, place - 1) : place], *texts[place + 1 : place + 2])
        sign = slip["item"]
        if any(_is_item(text, sign, is_next=abs(other - number) == 1) for other, text in beside):
            message = f"{sign} makes a list only with a space after it: such lines run together"
            hint = f"write {sign} {line[1:].strip()}"
            yield Finding(number, 0, 1, "body-bullet", message, hint)


def _is_item(line: str, sign: str, *, is_next: bool) -> bool:
    """Say whether a line is an item of the list of one that lacks its space: a good one only next to it."""
    return (is_next and line.startswith(f"{sign} ")) or (line[0] == sign and _SLIP.match(line) is not None)


def _placeholders(lines: Sequence[str]) -> Iterator[Finding]:
    for number, line in enumerate(lines):
        found = _PLACEHOLDER.match(line) if " here." in line else None
        if found:
            message = "this line only says what to write in its place"
            hint = "write that, or delete the line"
            yield Finding(number, *found.span(1), "body-placeholder", message, hint)


def _fields(lines: Sequence[str]) -> Iterator[Finding]:
    """Find fields at the head of the text: a line of hyphens among them has cut them off."""
    for number, line in enumerate(lines):
        found = _FIELD.match(line)
        if found and found[1] in BY_NAME:
            message = f"{found[1]} stands below the second ---, so that it is text and no field"
            yield Finding(number, *found.span(1), "body-field", message, "move it above the second ---")
        elif line.strip():
            return


def _indented(lines: Sequence[str]) -> Iterator[Finding]:
    """Find text that an indent of four makes a block of code; below a list item it continues the item."""
    after_blank, in_list = True, False
    for number, line in enumerate(lines):
        if not line.strip():
            after_blank = True
            continue
        indented = line.startswith(("    ", "\t"))
        is_item = _LIST_ITEM.match(line) is not None and not (indented and not in_list)
        in_list = is_item or (in_list and (line[0] in " \t" or not after_blank))
        if indented and after_blank and not in_list:
            message = "a line that starts with four spaces is shown as program code"
            yield Finding(number, 0, len(line) - len(line.lstrip()), "body-indented", message, "delete them")
        after_blank = False


def _masked(lines: Sequence[str]) -> Iterator[Finding]:
    for number, line in enumerate(lines):
        masked = masks.find_masked(line)
        if masked:
            yield Finding(number, *masked.span(), "body-masked-email", masks.MESSAGE, masks.HINT)


def _html(lines: Sequence[str]) -> Iterator[Finding]:
    for number, line in enumerate(lines):
        tag = _TAG.search(_without_code(line)) if "<" in line else None
        if tag:
            message = f"{tag[0]} is shown as it stands, because HTML is not read"
            yield Finding(number, *tag.span(), "body-html", message, "use Markdown instead")


def _links(lines: Sequence[str]) -> Iterator[Finding]:
    for number, line in enumerate(lines):
        for link in _LINK.finditer(_without_code(line)) if "](" in line or "]:" in line else ():
            address = link["inline"] or link["defined"] or ""
            if link["image"]:
                message = "images are not shown, only their descriptions"
                yield Finding(number, *link.span(), "body-image", message, "say it in words")
            elif not is_allowed_link(address):
                message = f"a link cannot lead to {address!r}"
                hint = "write the full address, which begins with https://, http://, mailto: or tel:"
                yield Finding(number, *link.span(), "body-link", message, hint)


def _without_code(line: str) -> str:
    return _CODE.sub(lambda code: " " * len(code[0]), line) if "`" in line else line
