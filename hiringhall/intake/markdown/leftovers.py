"""What a text has in it that its author meant to replace, or that a program left, and marks that do too much.

Owns how such leftovers look; refuses to know what else can be wrong with a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.wrapped import wrapped_in
from hiringhall.intake.markdown.links import Finding, fenced, without_code

# What a new posting says where its own text is to be.
PLACEHOLDERS = ("Describe the job here.", "Name a duty here.", "Name a requirement here.")
# What the examples in the README and in CONTRIBUTING say there.
_OF_EXAMPLES = (
    "One paragraph that says what the person will do",
    "One line for each duty",
    "One line for each thing the employer asks for",
)


class _Kind(NamedTuple):
    """A kind of leftover: signs of it in lower case, its forms, and what is told of it.

    Nearly all texts have none of these: a bracket counts only where it is not merely that of a link. The
    message takes up what was found as {}.
    """

    signs: tuple[str, ...]
    form: re.Pattern[str]
    code: str
    message: str
    hint: str


_MISSING = ("body-placeholder", "{} stands for something that is missing here", "write it, or delete this")
_LEFT = ("body-noise", "{} looks like a leftover of the program that the text comes from", "delete it")
_SHOWN = "{} will be shown as plain text, because "
# A bracket that is of no link, or begins what is a leftover even with an address behind it.
_BRACKET = pattern(r"\[(?:\^|oaicite:|(?<=Commented \[)|(?![^\[\]\n]*\]\())")
_KINDS = (
    _Kind(
        tuple(map(str.lower, (*PLACEHOLDERS, *_OF_EXAMPLES))),
        pattern(rf"^[-\s]*({'|'.join(map(re.escape, (*PLACEHOLDERS, *_OF_EXAMPLES)))})", re.MULTILINE),
        "body-placeholder",
        "this line is only a placeholder",
        "replace it with your own text, or delete the line",
    ),
    # Gaps of a form letter, and what designers and word processors put in the place of text.
    _Kind(
        ("xx", "lorem ipsum", "error!", "hyperlink"),
        pattern(
            r"\$?\bX{1,3},XXX\b|\$XX+\b|\bLorem ipsum\b|\bError! (?:Hyperlink|Bookmark|Reference)\b[^.]*\.?"
            r"|\bHYPERLINK \"[^\"]*\"",
            re.IGNORECASE,
        ),
        *_MISSING,
    ),
    _Kind(
        ("[",),
        pattern(
            r"\[(?:(?:insert|enter|name of|your) [^\[\]]{1,60}|insert|employer|company|organization|date"
            r"|amount|(?:job|position) title|(?:company|employer|organization|union|contact|manager)(?:'s)?"
            r" (?:name|e-?mail|phone|address|website)|e-?mail(?: address)?|phone(?: number)?|city, state"
            r"|salary(?: range)?|start date|deadline|link|url)\](?![(\[:])",
            re.IGNORECASE,
        ),
        *_MISSING,
    ),
    # Marks of a word processor's comments: they stand right behind the words that they are about.
    _Kind(
        ("[",),
        pattern(
            r"\[(?:(?<=\S\[)[A-Z]{2,3}\d{1,2}|Comment(?: by)?\b[^\[\]:]{0,60}:[^\[\]]{0,300})\](?![(\[:])"
        ),
        *_LEFT,
    ),
    # Its marks of changes, and what chatbots put behind a fact, for the place where they have it from.
    _Kind(
        ("[", "formatted:", "\u2020", "\ue200"),
        pattern(
            r"\bFormatted: (?:Font|Normal|Indent|List|Space|Line|Left|Right|Centered|Justified|Highlight"
            r"|Bullet|Numbered|Heading|Default|English|No )\b.*|Commented \[[A-Z]{1,4}\d{1,3}(?:R\d+)?\]:?"
            r"|:?contentReference\[oaicite:\d+\](?:\{index=\d+\})?|\[oaicite:\d+\](?:\{index=\d+\})?"
            r"|\u3010[^\u2020\u3010\u3011]*\u2020[^\u3010\u3011]*\u3011|\ue200[^\ue200\ue201]{1,200}\ue201"
        ),
        *_LEFT,
    ),
    # Marks of Markdown as others have it, and of WordPress.
    _Kind(
        ("[",),
        pattern(r"\[\^[\w-]{1,20}\]:?"),
        "body-html",
        _SHOWN + "footnotes are not supported",
        "put the note where its mark is, in brackets",
    ),
    _Kind(
        ("[",),
        pattern(r"^[ \t]*[-*+][ \t]+(\[[ xX]\])(?=[ \t])", re.MULTILINE),
        "body-html",
        _SHOWN + "boxes to tick are not supported",
        "delete the brackets",
    ),
    _Kind(
        ("[",),
        pattern(
            r"\[/?(?:caption|gallery|embed|audio|video|playlist|gravityform|contact-form-7"
            r"|(?:vc|et_pb|su)_\w+)(?:\s[^\[\]]*)?\](?!\()"
        ),
        "body-html",
        _SHOWN + "it is a command of WordPress",
        "delete it",
    ),
)
_SIGNS = frozenset(sign for kind in _KINDS for sign in kind.signs) - {"["}
# The first and the last lines of what such a program says when it is asked to write a posting. People say the
# like of their file, and of themselves: what is told is about the text, or how it is written.
_SAID_BEFORE = pattern(
    r"as an ai(?: language)?(?: model| assistant)?, i\b"
    r"|(?:sure|certainly|of course|absolutely)\b[^.!,:]{0,30}[.!,:]\s*"
    r"(?:here(?:['\u2019]s| is)\b|below is\b|i(?:['\u2019](?:ve|ll)| have| can help)\b)"
    r"|(?:here(?:['\u2019]s| is)|below is) (?:the|your|a|an) [^.!?]{0,100}\b(?:rewritten|reformatted"
    r"|formatted|converted|revised|polished|cleaned|markdown|yaml|front matter|hiring hall"
    r"|you (?:requested|asked))\b[^.!?]{0,100}:\W*\Z",
)
_EDIT = (
    r"(?:add|adjust|change|convert|edit|format|modify|reformat|refine|revise|rewrite|shorten|tailor|tweak)\b"
)
_SAID_BEHIND = pattern(
    r"i hope this helps\W*\Z"
    r"|let me know if you(?:['\u2019]d| would) (?:like|prefer) (?:any (?:changes|edits|revisions)\b"
    rf"|(?:me )?to {_EDIT})"
    rf"|(?:would you like|do you want) me to {_EDIT}"
    rf"|if you(?:['\u2019]d| would) like, i can (?:also )?{_EDIT}"
    r"|(?:please )?feel free to (?:adjust|modify|edit|customi[sz]e|tweak|revise) (?:it|this|these|any|as"
    r"|the (?:content|dates?|description|details|fields?|file|listing|posting|tags|text|wording))\b"
    r"|(?:(?:please )?note(?: that)?:? )?i(?:['\u2019]ve| have)? (?:left|omitted|formatted|converted"
    r"|structured|rewritten|assumed|kept|removed|added|did not add)\b[^.!?]{0,100}\b(?:blank|deadline|fields?"
    r"|file|front matter|location|markdown|original|pay|placeholders?|posting|salary|sections?|tags)\b"
    r"|(?:this|the) file (?:follows|uses)\b.*\bhiring hall\b|save (?:this|it|the file) as\b.*\.md\b",
)
_ENDS = 3  # lines
_FEWEST_WORDS, _SHORTEST = 10, 40  # words and characters of a paragraph that nobody writes twice
_AROUND_LINE = ' \t*_>-#"\u201c\u2022'
_PROSE = pattern(r"(?![-*+|>#]|\d+[.)])")
_HEADING = pattern(r"#{1,6}\s[^\n]*|\*\*[^*\n]+\*\*:?(?=\n|\Z)")
_DEFINED = pattern(r"^ {0,3}(\[[^\[\]]+\]):", re.MULTILINE)
_ROW = pattern(r" {0,3}\|.*\|\s*$")
_OF_TEXT = frozenset({"markdown", "md", "text", "txt"})  # what is no code, whatever is around it
_OF_RULE = frozenset("|:- ")
# Other than a heading: it ends like a sentence, or has as many words.
_SENTENCE = pattern(r"(?![>|#]|[-*+] |\d+[.)] )(?:.*[.!?;,]|(?:\S+\s+){7,}\S+)\s*$")


def leftovers(body: str, low: str, lines: Sequence[str]) -> Iterator[Finding]:
    """Find what was to be replaced, or was left, in a text without its code, in lower case, and in lines."""
    signs = [sign for sign in _SIGNS if sign in low]
    if _BRACKET.search(body):
        signs.append("[")
    for kind in _KINDS if signs else ():
        if any(sign in signs for sign in kind.signs) and kind.form.search(body):
            yield from _left(kind, body, lines)


def _left(kind: _Kind, body: str, lines: Sequence[str]) -> Iterator[Finding]:
    defined = {*_DEFINED.findall(body)}  # the words of links, and marks of notes
    for number, line in enumerate(lines):
        for found in kind.form.finditer(without_code(line)):
            what = found[found.lastindex or 0]
            if what not in defined or what.startswith("[^"):
                span = found.span(found.lastindex or 0)
                yield Finding(number, *span, kind.code, kind.message.format(what), kind.hint)


def remarks(lines: Sequence[str]) -> Iterator[Finding]:
    """Find what a program said to whoever asked it for a text, also if it is behind what is shown as code."""
    first = islice((number for number, line in enumerate(lines) if line), 1)
    last = islice((number for number in reversed(range(len(lines))) if lines[number]), _ENDS)
    for form, ends in ((_SAID_BEFORE, first), (_SAID_BEHIND, last)):
        for number in ends:
            if form.match(lines[number].lstrip(_AROUND_LINE).lower()):
                message = "this line looks like a remark of the program that wrote the text"
                yield Finding(number, 0, len(lines[number]), "body-noise", message, "delete it")


def repeated_paragraphs(body: str) -> Iterator[Finding]:
    """Find the first of the paragraphs that stand in a text twice: it, or a part of it, was pasted again.

    Under two headings, such as those of two grades, the same may be meant.
    """
    paragraphs = body.rstrip().split("\n\n")
    long = [each for each in paragraphs if len(each) > _SHORTEST]
    if len({*map(len, long)}) == len(long) or len({*long}) == len(long):
        return
    line, heading, seen = 0, "", dict[str, str]()
    again = list[tuple[int, int]]()
    for whole in paragraphs:
        paragraph, start = whole.strip(), line + len(whole) - len(whole.lstrip("\n"))
        heading = found[0] if (found := _HEADING.match(paragraph)) else heading
        if seen.get(paragraph) in {"", heading}:
            again.append((start, len(paragraph.partition("\n")[0])))
        elif _PROSE.match(paragraph) and len(paragraph.split()) >= _FEWEST_WORDS:
            seen.setdefault(paragraph, heading)
        line += whole.count("\n") + 2
    if again:
        (start, end), *others = again
        more = f", and do so with {len(others)} more below that repeat others" if others else ""
        message = "this paragraph stands in the text twice"
        yield Finding(start, 0, end, "body-repeated", message, f"delete it here, or above{more}")


def wrapped_addresses(body: str, lines: Sequence[str]) -> Iterator[Finding]:
    """Find addresses that mail programs and search pages put around those that are meant."""
    if any(wrapped_in(body)):
        for number, line in enumerate(lines):
            for start, end, message, hint in wrapped_in(without_code(line)):
                yield Finding(number, start, end, "address-wrapped", message, hint)


def misread_marks(body: str, lines: Sequence[str]) -> Iterator[Finding]:
    """Find rows that are no table, and sentences that a line of hyphens makes a heading."""
    if "\n---" in body:
        for number, (line, below) in enumerate(pairwise(lines)):
            if below.rstrip() == "---" and _SENTENCE.match(line):
                message = "the line of hyphens below makes this sentence a heading"
                yield Finding(number, 0, len(line), "body-heading", message, "put an empty line below it")
    if "|" in body:
        around = zip(("", *lines), lines, (*lines[1:], ""), strict=False)
        for number, (before, line, below) in enumerate(around):
            is_first = _ROW.match(line) and not before.lstrip().startswith("|")
            if is_first and _ROW.match(below) and not _OF_RULE.issuperset(below.strip()):
                rule = "| --- " * (line.strip().count("|") - 1) + "|"
                message = "these rows are no table without a line of hyphens below the first"
                yield Finding(number, 0, len(line), "body-table", message, f"put below it: {rule}")


def fenced_text(body: str) -> Iterator[Finding]:
    """Find the start of code that never ends, or is called text, as by programs that write it for people."""
    opened: tuple[int, str] | None = None
    for number, (line, fence) in enumerate(fenced(body)):
        opened = (number, line) if fence == "opens" else None if fence == "closes" else opened
        if fence == "opens" and line.strip().lstrip("`~").strip().casefold() in _OF_TEXT:
            hint = "delete this line, and the line of the same signs below the text"
            break
    else:
        hint = "delete this line"
    if opened:
        message = "from this line on, the text is shown as program code"
        yield Finding(opened[0], 0, len(opened[1]), "body-indented", message, hint)
