"""What is likely wrong with the text of a file: traces of the page or the program that it was copied from.

Owns those traces; refuses to know how the text is rendered. Each check first asks a cheap question of the
whole text, because nearly every text is good.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from hiringhall.diagnostics import Diagnostic, Span, error, warning
from hiringhall.engine.patterns import pattern
from hiringhall.intake import masks, words
from hiringhall.intake.fields.forms import one_line
from hiringhall.intake.fields.web_addresses import WRAPPED, wrapped
from hiringhall.intake.frontmatter.documents import heading_of
from hiringhall.intake.frontmatter.misread import BULLETS
from hiringhall.intake.markdown.links import (
    ABOVE,
    Finding,
    faulty_links,
    fenced,
    placed,
    unfenced,
    without_code,
)
from hiringhall.intake.markdown.misplaced import MARK, misplaced

NO_FIELDS: Mapping[str, str] = MappingProxyType({})
# What a new posting says where its own text is to be.
PLACEHOLDERS = ("Describe the job here.", "Name a duty here.", "Name a requirement here.")
# What the examples in the README and in CONTRIBUTING say there.
_OF_EXAMPLES = (
    "One paragraph that says what the person will do",
    "One line for each duty",
    "One line for each thing the employer asks for",
)
_TO_REPLACE = "|".join(re.escape(each.lower()) for each in (*PLACEHOLDERS, *_OF_EXAMPLES))
_SPACE = r"[ \t\u00a0]"
# Here, where there is but a warning, also signs that may be others, and those of word processors' own fonts.
_BULLETS = (
    BULLETS
    + "\u00b7\u2043\u2219\u25c6\u25c7\u2192\u2705\u2756\u2794\u27a4\u30fb\uff65\uf0a7\uf0b7\uf0d8\uf0fc"
)
_NOISE = (
    r"skip to (?:main )?content|social share icons?|share (?:this )?(?:job|posting|page)|share on \w+"
    r"|career center home|back to (?:jobs?|results|search|top)(?: results)?|job search"
    r"|(?:print|save|e-?mail) (?:this )?(?:job|page)|apply(?: now| for (?:this )?job| to (?:this )?job)?"
    r"|home[ \t]*[>»/|][^\n]{0,50}|page \d+ of \d+|breadcrumbs?|main navigation|view all jobs"
    r"|powered by [^\n]{0,40}|sent from my [^\n]{0,40}|(?:begin )?forwarded message:?"
    r"|hero|tweet|facebook|twitter|linkedin|e-?mail to a friend|[\d,]+ companies\b[^\n]{0,30}jobs?"
)
# What a chatbot says before and behind the text that it was asked for.
_REMARK = (
    r"(?:\w+(?: course)?[!,.] )?here(?:['\u2019]s| is) (?:the|your) [^.!?:\n]*"
    r"\b(?:ad|file|listing|markdown|posting|version)\b[^.!?:\n]*:|i hope this helps"
    r"|let me know if you(?:['\u2019]d| would) like (?:me to|any (?:changes|edits))\b[^\n]*"
)
_MISSING = ("body-placeholder", "{} stands for something that is missing here", "write it, or delete this")
_LONGEST = 80  # characters of such a line


class _Trace(NamedTuple):
    """A kind of trace: a sign that each text with it has, if any, its form, and what is told of it.

    The form is in lower case; what begins a line is behind the end of the one above it. What is in its group
    is marked, and takes the place of {} in the message.
    """

    sign: str
    form: re.Pattern[str]
    code: str
    message: str
    hint: str


_TRACES = (
    _Trace(
        "",
        pattern(rf"\n{_SPACE}*([{_BULLETS}](?={_SPACE}*\S)|[\u2013\u2014](?={_SPACE}+\S)|o(?=\t))"),
        "body-bullet",
        "{} does not start a list item; lines like this will run together",
        "start the line with a hyphen and a space",
    ),
    _Trace(
        "",
        pattern(r"\n(##+)(?=[^\W\d_])"),
        "body-heading",
        "{} needs a space after it to make a heading",
        "put a space after it",
    ),
    _Trace(
        "\n---",
        pattern(r"\n(?![-*+>|#\d\s])([^\n]*[.!?])[ \t]*(?=\n---[ \t]*\n)"),
        "body-heading",
        "the line of hyphens below makes this sentence a heading",
        "put an empty line below it",
    ),
    _Trace(
        "|",
        pattern(r"\n(?! *\|)[^\n]*\n {0,3}(\|[^\n]*\|)[ \t]*(?=\n {0,3}\|(?![-:| \t]*\n)[^\n]*\|[ \t]*\n)"),
        "body-table",
        "these rows are no table without a line of hyphens below the first",
        "put | --- | --- | below it, with a --- for each column",
    ),
    _Trace(
        "",
        pattern(rf"\n[- \t]*+({_TO_REPLACE})"),
        "body-placeholder",
        "this line is only a placeholder",
        "replace it with your own text, or delete the line",
    ),
    _Trace(
        "[",
        pattern(
            r"(\[(?:(?:insert|enter|name of|your) [^\[\]\n]{1,60}|(?:company|employer|organization|union)"
            r"(?: name)?|(?:job|position) title|salary(?: range)?|date|amount|e-?mail(?: address)?)\])"
            r"(?![\[(:])"
        ),
        *_MISSING,
    ),
    _Trace("$", pattern(r"(\$x{1,3}(?:,xxx)?)(?!\w)"), *_MISSING),
    _Trace(
        "",
        pattern(rf"\n(?=[^\n]{{1,{_LONGEST}}}\n)({MARK}*+(?:{_NOISE}|{_REMARK}){MARK}*)(?=\n)"),
        "body-noise",
        "this line looks like a leftover of the page or the program that the text is from",
        "delete it",
    ),
)
# An item without its space: `-Organize`, `1.Organize`; not `-5`, `*so*`.
_SLIP = pattern(r"\n([-+]|\*(?![^\n]*\*)|\d\d?[.)])(?=[^\W\d_])")
# Nearly all texts have none of those, which one look tells.
_ANY = pattern("|".join((_SLIP.pattern, *(trace.form.pattern for trace in _TRACES if not trace.sign))))
# The first line of a paragraph that is too short to have been wrapped, or too long, before one that begins
# anew. Two spaces or a backslash at the end part lines.
_RUN_ON = pattern(
    r"(?:\n\n|\n#[^\n]*\n)([*_\u201c(]*[^\W\d_]"
    r"(?:[^\t\n|]{0,43}[^\s.!?,;\\\u201d)*_]|[^\n|]{140,}[.!?:][\u201d)*_]*))[ \t]?"
    r"\n(?=[*_\u201c(]*(?:[A-Z\u00c0-\u00de\u0410-\u042f]|\d+\b(?![.)])))"
)
_LIST_ITEM = pattern(r" *(?:[-*+]|\d{1,9}[.)])(?:\s|$)")
_SET_IN = pattern(r"\n[^\S\n]*\n(?: {4}|\t)")
_TAG = pattern(r"</?([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?>|<!--")
_MARKDOWN = words.meanings("HTML")


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
            for line, start, end, code, message, hint in _findings(body, known, stated)
        ]
    )


def _findings(body: str, known: Collection[str], stated: Mapping[str, str]) -> Iterator[Finding]:
    yield from _repeated(body, stated.get("title", ""))
    outside_fences = unfenced(body)
    if outside_fences is not body:
        yield from _endless_code(body)
    text = without_code(outside_fences)
    lines, low = text.split("\n"), f"{ABOVE}{masks.lowered(text)}\n"
    yield from misplaced(lines, low, known, stated)
    yield from _traces(lines, low)
    yield from _run_on(text)
    if _SET_IN.search(low):
        yield from _indented(lines)
    if "`" in body or masks.may_be_masked(low):
        yield from _masked(outside_fences.split("\n"))
    if "<" in text:
        yield from _tags(lines)
    yield from faulty_links(text)
    yield from _wrapped(text)


def _repeated(body: str, title: str) -> Iterator[Finding]:
    """Find the title at the head of the text, where each page shows it already."""
    heading = heading_of(body)
    if heading and one_line(heading).casefold() == title.casefold():
        line, content = next((at, text) for at, text in enumerate(body.split("\n")) if text.strip())
        message = "this heading repeats the title, which the page shows above the text"
        yield Finding(line, 0, len(content), "body-title", message, "delete it")


def _endless_code(body: str) -> Iterator[Finding]:
    """Find the start of code that never ends."""
    opened: tuple[int, str] | None = None
    for number, (line, fence) in enumerate(fenced(body)):
        opened = (number, line) if fence == "opens" else None if fence == "closes" else opened
    if opened:
        message = "from this line on, the text is shown as program code"
        yield Finding(opened[0], 0, len(opened[1]), "body-indented", message, "delete this line")


def _traces(lines: Sequence[str], low: str) -> Iterator[Finding]:
    has_any = _ANY.search(low) is not None
    for sign, form, code, message, hint in _TRACES:
        if sign in low if sign else has_any:
            for number, start, end, _ in placed(low, form, len(ABOVE)):
                yield Finding(number, start, end, code, message.format(lines[number][start:end]), hint)
    yield from _slips(lines, low) if has_any else ()


def _slips(lines: Sequence[str], low: str) -> Iterator[Finding]:
    """Find list items that lack a space; one line by itself is no list."""
    slips = [*placed(low, _SLIP, len(ABOVE))]
    for number, start, end, slip in slips:
        if len(slips) > 1 or (number and _LIST_ITEM.match(lines[number - 1])):
            message = (
                f"{slip[1]} needs a space after it to start a list item; lines like this will run together"
            )
            yield Finding(number, start, end, "body-bullet", message, "put a space after it")


def _run_on(text: str) -> Iterator[Finding]:
    """Find lines that were to stand alone: the first of each paragraph that they make."""
    for number, start, end, _ in placed(f"{ABOVE}{text}", _RUN_ON, len(ABOVE)):
        message = "this line and the next will run together"
        hint = "put a backslash at its end, or an empty line below it; begin items of a list with a hyphen"
        yield Finding(number, start, end, "body-lines", message, hint)


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


def _masked(lines: Sequence[str]) -> Iterator[Finding]:
    """Find the first masked address in each line."""
    for number, line in enumerate(lines):
        if found := masks.find_masked(line):
            yield Finding(number, *found.span(), "body-masked-email", masks.MESSAGE, masks.HINT)


def _tags(lines: Sequence[str]) -> Iterator[Finding]:
    """Find each kind of tag in a line, once, and say how Markdown has what it stands for."""
    for number, line in enumerate(lines):
        if "<" not in line:
            continue
        tags = {found[1]: found for found in reversed([*_TAG.finditer(line)])}
        for name, found in tags.items():
            message = f"{found[0]} will be shown as plain text, because HTML is not supported"
            hint = _MARKDOWN.get(name or "", "delete it")
            yield Finding(number, *found.span(), "body-html", message, hint)


def _wrapped(text: str) -> Iterator[Finding]:
    for number, start, end, found in placed(text, WRAPPED):
        yield Finding(number, start, end, "address-wrapped", *wrapped(found))
