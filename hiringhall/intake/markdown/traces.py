"""What is likely wrong with the text of a file, line by line: traces of the page it was copied from.

Owns those traces; refuses to know how the text is rendered. Each check first asks a cheap question of the
whole text, because nearly every text is good.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from types import MappingProxyType

from hiringhall.diagnostics import Diagnostic, Span, error, warning
from hiringhall.engine.patterns import pattern
from hiringhall.intake import masks, words
from hiringhall.intake.fields.forms import NARROW, one_line
from hiringhall.intake.frontmatter.documents import heading_of
from hiringhall.intake.frontmatter.misread import BULLETS
from hiringhall.intake.markdown.leftovers import (
    fenced_text,
    leftovers,
    misread_marks,
    remarks,
    repeated_paragraphs,
    wrapped_addresses,
)
from hiringhall.intake.markdown.links import Finding, faulty_links, matches, unfenced, without_code
from hiringhall.intake.markdown.misplaced import SAID, contradiction, misplaced

NO_FIELDS: Mapping[str, str] = MappingProxyType({})
_SPACE = " \t\u00a0"
# Here, where there is but a warning, also signs that may be others, and those of word processors' own fonts.
_BULLETS = (
    BULLETS
    + "\u00b7\u2043\u2219\u25c6\u25c7\u2192\u2705\u2756\u2794\u27a4\u30fb\uff65\uf0a7\uf0b7\uf0d8\uf0fc"
)
_DASHES = "\u2013\u2014"
_BULLET = pattern(rf"[{_SPACE}]*([{_BULLETS}](?=[{_SPACE}]*\S)|[{_DASHES}](?=[{_SPACE}]+\S))")
_ANY_BULLET = pattern(rf"\n{_BULLET.pattern}")
_LIST_ITEM = pattern(r" *(?:[-*+]|\d{1,9}[.)])(?:\s|$)")
# What only looks like a heading or an item: `##Duties`, `-Organize`; not `#union`, `-5`, `*so*`.
# The letter o is how a word processor's second bullet is pasted. Markdown knows no digits but those of ASCII,
# and takes a no-break space for text.
_FOREIGN = "[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]{1,2}[.)\uff0e\uff09\u3001]"
_SLIP = pattern(
    r"(?P<heading>#{1,6}(?=\u00a0)|#{2,6}(?=[^\W\d_]))"
    r"|#{1,6}[ \t][^\n]*[^\s#](?P<closed>#{2,6})(?=[ \t]*$)"
    r"|(?P<mark>[-+](?=[^\W\d_]|\u00a0)|\*(?=[^\W\d_][^*\n]*$|\u00a0))"
    r"|[ \t]*(?P<letter>o)[ \t]+(?=\S)|(?P<clause>\(?[a-h]\))[ \t]+(?=\S)"
    r"|(?P<number>\d\d?(?:[.)](?=[^\W\d_]|\u00a0)|[.)]?-(?=[ \t]+\S)))[ \t]*"
    rf"|(?P<other>\(\d\d?\)|{_FOREIGN})[ \t\u3000]*(?=\S)",
    re.MULTILINE,
)
# Nearly all lines begin like no slip, or are blank.
_SLIPS = pattern(rf"\n(?![\nA-Z]|- )(?:{_SLIP.pattern})", re.MULTILINE)
# A line too short to have been wrapped, or a label with what it is for, before a line that begins anew. Words
# wrap behind a comma, and sentences can run together; two spaces or a backslash at the end part lines.
_ANEW = pattern(
    r"\n(?=[*_\"\u201c(]*[A-Z\d\u00c0-\u00de\u0410-\u042f])(?:(?<=[^\s\\]\n)|(?<=[^\s\\][ \t]\n))"
)
_ALONE = pattern(r"[^\t]{0,44}[^\s.!?,;*_\"\u201d)][*_\"\u201d)]*[ \t]?$")
_LABEL = pattern(r"[*_]*[A-Z][\w&/'\u2019() -]{0,40}:[*_]*[ \t]+\S")
# A heading without its sign, between two lists.
_HEAD = pattern(r"\n(\*\*[^*\n]+\*\*:?|[A-Z\u00c0-\u00de][^\n]{0,44}:)[ \t]*\n(?=(?:[-*+]|\d{1,9}[.)])[ \t])")
_PARTS = pattern(r"\s*(?:$|#{1,6}\s|[-_*=]{3,}\s*$)")
_SHAPES = (_LIST_ITEM, _BULLET, _SLIP, pattern(r"\s*[<>]|.*\|"))
_COLUMNS = pattern(r"\S[ ]*\t+[ ]*\S")
_TAG = pattern(r"</?([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?>|<!--")
_MARKDOWN = words.meanings("HTML")
_SET_IN = pattern(r"\n[^\S\n]*\n(?: {4}|\t)")
_NOISE = pattern(
    r"skip to (?:main )?content|social share icons?|share (?:this )?(?:job|posting|page)|share on \w+"
    r"|career center home|back to (?:jobs?|results|search|top)(?: results)?|job search"
    r"|(?:print|save|e-?mail) (?:this )?(?:job|page)|apply(?: now| for (?:this )?job| to (?:this )?job)?"
    r"|home\s*[>»/|].*|page \d+ of \d+|breadcrumbs?|main navigation|view all jobs"
    r"|powered by .*|sent from my .*|(?:begin )?forwarded message:?"
    r"|hero|tweet|facebook|twitter|linkedin|e-?mail to a friend|[\d,]+ companies\b.*jobs?"
    rf"|{SAID}"
)
_LONGEST_NOISE = 60
_EDGES = " \t#*_>[]-.!\u00a0"


def check_body(
    path: str, body: str, first_line: int, known: Collection[str], stated: Mapping[str, str] = NO_FIELDS
) -> tuple[Diagnostic, ...]:
    """Report what is likely wrong with a body, which starts on line `first_line` of its file.

    `known` are the names of the fields that can be above it, `stated` the texts of those that are.
    """
    if not body.strip():
        line = max(1, first_line - 1)
        hint = "write it below the second ---"
        message = "there is no text below the fields"
        return (error(path, Span(line, 1, line, 4), "body-empty", message, hint),)
    return tuple(
        [
            warning(path, Span(first_line + line, start + 1, first_line + line, end + 1), code, message, hint)
            for line, start, end, code, message, hint in (
                *_repeated(body, stated.get("title", "")),
                *_findings(body, known, stated),
            )
        ]
    )


def _repeated(body: str, title: str) -> Iterator[Finding]:
    """Find the title at the head of the text, where each page shows it already."""
    heading = heading_of(body)
    if heading and one_line(heading).casefold() == title.casefold():
        line, content = next((at, text) for at, text in enumerate(body.split("\n")) if text.strip())
        message = "this heading repeats the title, which the page shows above the text"
        yield Finding(line, 0, len(content), "body-title", message, "delete it")


def _findings(body: str, known: Collection[str], stated: Mapping[str, str]) -> Iterator[Finding]:
    whole, body = body, unfenced(body)
    if body is not whole:
        yield from fenced_text(whole)
    lines, low = body.split("\n"), masks.lowered(body)
    outside = [*misplaced(lines, known, body)]
    yield from outside
    yield from _noise(lines, known, stated, {found.line for found in outside})
    yield from leftovers(body, low, lines)
    yield from repeated_paragraphs(body)
    yield from remarks(lines if body is whole else whole.split("\n"))
    yield from _misshapen(lines, body)
    if masks.may_be_masked(low):
        yield from matches(lines, masks.find_masked, "body-masked-email", masks.MESSAGE, masks.HINT)
    if "<" in body:
        yield from _tags(lines)
    yield from faulty_links(lines, body)
    yield from wrapped_addresses(body, lines)


def _tags(lines: Sequence[str]) -> Iterator[Finding]:
    """Find each kind of tag in a line, once, and say how Markdown has what it stands for."""
    for number, line in enumerate(lines):
        if "<" not in line:
            continue
        tags = {found[1]: found for found in reversed([*_TAG.finditer(without_code(line))])}
        for name, found in tags.items():
            message = f"{found[0]} will be shown as plain text, because HTML is not supported"
            hint = _MARKDOWN.get(name or "", "delete it")
            yield Finding(number, *found.span(), "body-html", message, hint)


def _misshapen(lines: Sequence[str], body: str) -> Iterator[Finding]:
    """Find what Markdown gives another shape than its author meant."""
    below = f"\n\n{body}"  # an empty line, behind which its first line is like any other
    if not body.isascii() and _ANY_BULLET.search(below):
        message = "{} does not start a list item; lines like this will run together"
        hint = "start the line with a hyphen and a space"
        yield from matches(lines, _BULLET.match, "body-bullet", message, hint)
    if _SLIPS.search(below):
        yield from _slips(lines)
    yield from misread_marks(body, lines)
    yield from _run_on(body, lines)
    yield from _swallowed(body, lines)
    if "\t" in body:
        yield from _columns(lines)
    if _SET_IN.search(below):
        yield from _indented(lines)


def _noise(
    lines: Sequence[str], known: Collection[str], stated: Mapping[str, str], told: Collection[int]
) -> Iterator[Finding]:
    """Find lines that are of the page around the text, or that say what is for the fields to say."""
    message = "this line looks like a leftover from the page the text was copied from"
    for number, line in enumerate(lines):
        if 0 < len(line) <= _LONGEST_NOISE and (found := _NOISE.fullmatch(line.strip(_EDGES).lower())):
            if found.lastgroup is None:
                yield Finding(number, 0, len(line), "body-noise", message, "delete it")
            elif number not in told and (wrong := contradiction(line, found, known, stated)):
                yield Finding(number, 0, len(line), "body-field", *wrong)


def _slips(lines: Sequence[str]) -> Iterator[Finding]:
    """Find headings and list items without what makes them such; one line is no list."""
    texts = [(number, line) for number, line in enumerate(lines) if line.strip()]
    for place, (at, line) in enumerate(texts):
        slip = _SLIP.match(line)
        if slip is None:
            continue
        kind, rest = str(slip.lastgroup), line[slip.end() :].strip()
        sign, span = slip[kind], slip.span(kind)
        is_odd = line.startswith("\u00a0", span[1])
        needs = f"needs {'an ordinary' if is_odd else 'a'} space after it to"
        if kind == "closed":
            message = f"{sign} at the end of a heading is shown, for want of a space before it"
            yield Finding(at, *span, "body-heading", message, "delete it")
            continue
        if kind == "heading":
            message = f"{sign} {needs} make a heading"
            yield Finding(at, *span, "body-heading", message, f"write {sign} {rest}")
            continue
        beside = (*texts[max(0, place - 1) : place], *texts[place + 1 : place + 2])
        if any(_is_item(text, slip, is_next=abs(other - at) == 1) for other, text in beside):
            number = re.search(r"\d+", sign)
            mark = f"{int(number[0])}." if number else sign if kind == "mark" else "-"
            told = needs if kind == "mark" or is_odd else "does not"
            message = f"{sign} {told} start a list item; lines like this will run together"
            yield Finding(at, *span, "body-bullet", message, f"write {mark} {rest}")


def _is_item(line: str, slip: re.Match[str], *, is_next: bool) -> bool:
    """Say whether a line is an item of a slip's list: one that is right only next to it."""
    if is_next and slip["mark"] and line.startswith(f"{slip['mark']} "):
        return True
    # Spanish has a word o, but no tab after it.
    if is_next and slip["letter"] and "\t" in slip[0] and (_LIST_ITEM.match(line) or _BULLET.match(line)):
        return True
    if slip["clause"] and not is_next:  # as contracts number their paragraphs
        return False
    other = _SLIP.match(line)
    return other is not None and all(other[kind] == slip[kind] for kind in ("heading", "mark", "letter"))


def _run_on(body: str, lines: Sequence[str]) -> Iterator[Finding]:
    """Find lines that were to stand alone, as in an address: the first of each paragraph that they make."""
    # Nearly all texts have no such line, and are not looked through by paragraphs.
    before = (body[body.rfind("\n", 0, at.start()) + 1 : at.start()] for at in _ANEW.finditer(body))
    prose = (line for line in before if not _LIST_ITEM.match(line))
    if not any((_ALONE.match(line) or _LABEL.match(line)) and not _has_shape(line) for line in prose):
        return
    for parts, paragraph in groupby(enumerate(lines), lambda row: _PARTS.match(row[1]) is not None):
        rows = [] if parts else [*paragraph]
        width = max([NARROW, *[len(line) for _, line in rows]])
        pairs = enumerate(pairwise(rows))
        at = next((at for at, ((_, line), (_, after)) in pairs if _runs_on(line, after, width)), None)
        if at is None or any(_has_shape(line) for _, line in rows[: at + 2]):
            continue
        number, line = rows[at]
        message = "this line and the next will run together"
        hint = "put a backslash at its end, or an empty line below it; begin items of a list with a hyphen"
        yield Finding(number, 0, len(line), "body-lines", message, hint)


def _swallowed(body: str, lines: Sequence[str]) -> Iterator[Finding]:
    """Find headings that Markdown takes for more text of the list item above them."""
    number = counted = 0
    for head in _HEAD.finditer(body):
        number, counted = number + body.count("\n", counted, head.start(1)), head.start(1)
        if _LIST_ITEM.match(lines[number - 1]):
            message = "this line becomes a part of the list item above it"
            yield Finding(number, 0, len(head[1]), "body-lines", message, "put an empty line above it")


def _has_shape(line: str) -> bool:
    return any(shape.match(line) for shape in _SHAPES)


def _runs_on(line: str, after: str, width: int) -> bool:
    """Say whether two lines look like two, in a paragraph whose longest line has `width` characters."""
    if not _ANEW.match(f"{line[-2:]}\n{after}", len(line[-2:])):
        return False
    is_wrapped = len(line) + 1 + len(after.split(maxsplit=1)[0]) > width
    return bool((_ALONE.match(line) and not is_wrapped) or (_LABEL.match(line) and _LABEL.match(after)))


def _columns(lines: Sequence[str]) -> Iterator[Finding]:
    """Find lines whose columns tabs keep apart: only the first of each table is told."""
    told = -2
    for number, (line, after) in enumerate(pairwise((*lines, ""))):
        column = _COLUMNS.search(line)
        if column is None or any(shape.match(line) for shape in (_LIST_ITEM, _BULLET, _SLIP)):
            continue
        if told != number - 1 and _COLUMNS.search(after):
            message = "tabs do not make columns; lines like this will run together"
            hint = "write | between the columns, and | --- | --- | below the first line; or make it a list"
            yield Finding(number, column.start() + 1, column.end() - 1, "body-table", message, hint)
        told = number


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
            message = "a line indented by four spaces or a tab is shown as program code"
            indent = len(line) - len(line.lstrip())
            yield Finding(number, 0, indent, "body-indented", message, "delete the indent")
        after_blank = False
