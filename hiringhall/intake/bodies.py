"""What is likely wrong with a posting's text, line by line: traces of the page it was copied from.

Owns those traces; refuses to know how the text is rendered. Each check first asks a cheap question of the
whole text, because nearly every text is good.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import quote

from hiringhall.diagnostics import Diagnostic, Span, error, warning
from hiringhall.intake import masks
from hiringhall.intake.contact import address_in, email_in
from hiringhall.intake.forms import BULLETS, one_line
from hiringhall.intake.frontmatter import heading_of
from hiringhall.intake.markup import is_allowed_link
from hiringhall.intake.skeleton import PLACEHOLDERS
from hiringhall.intake.sources import lasting_name
from hiringhall.policies.addresses import FILES, in_site, picture

_SPACE = " \t\u00a0"
# Here, where there is but a warning, also signs that may be others, and those of word processors' own fonts.
_BULLETS = (
    BULLETS
    + "\u00b7\u2043\u2219\u25c6\u25c7\u2192\u2705\u2756\u2794\u27a4\u30fb\uff65\uf0a7\uf0b7\uf0d8\uf0fc"
)
_DASHES = "\u2013\u2014"
_BULLET = re.compile(rf"[{_SPACE}]*([{_BULLETS}](?=[{_SPACE}]*\S)|[{_DASHES}](?=[{_SPACE}]+\S))")
_ANY_BULLET = re.compile(rf"\n[{_SPACE}]*[{_BULLETS}{_DASHES}]")
_LIST_ITEM = re.compile(r" *(?:[-*+]|\d{1,9}[.)])(?:\s|$)")
# What only looks like a heading or an item: `##Duties`, `-Organize`; not `#union`, `-5`, `*so*`.
# The letter o is how a word processor's second bullet is pasted. Markdown knows no digits but those of ASCII.
_FOREIGN = "[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]{1,2}[.)\uff0e\uff09\u3001]"
_SLIP = re.compile(
    r"(?P<heading>#{2,6})(?=[^\W\d_])"
    r"|(?P<item>-(?=[^\W\d_])|\+(?=[^\W\d_])|\*(?=[^\W\d_][^*]*$))"
    r"|[ \t]*(?P<letter>o)[ \t]+(?=\S)"
    r"|(?P<number>\d\d?)(?:[.)](?=[^\W\d_])|[.)]?-[ \t]+(?=\S))"
    r"|\((?P<bracketed>\d\d?)\)[ \t]*(?=\S)"
    rf"|(?P<foreign>{_FOREIGN})[ \t\u3000]*(?=\S)"
)
_SLIPS = re.compile(
    r"\n(?:[-#+]+[^\W\d_]|\*[^\W\d_][^*\n]*(?:\n|$)|[ \t]*o[ \t]|\d\d?(?:[.)]?-|[.)][^\W\d_])|\(\d\d?\)"
    rf"|{_FOREIGN})"
)
_COLUMNS = re.compile(r"\S[ ]*\t+[ ]*\S")
_PLACEHOLDER = re.compile(rf"[-\s]*({'|'.join(map(re.escape, PLACEHOLDERS))})")
_FIELD = re.compile(r"([a-z_]+):(?:\s|$)")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|<!--")
# Within a look ahead, so that a picture in the words of a link is found, too.
_LINK = re.compile(
    r"(?=(?P<whole>(?:(?P<image>!)|(?<!!))"
    r"\[(?P<words>(?:[^\[\]\n]|\n(?!\s*\n)|\[[^\[\]]*\])*)\]\(\s*<?(?P<inline>(?:[^()\s>]|\([^()\s]*\))*)"
    r"|^[ >]*\[[^\[\]]+\]:\s*<?(?P<defined>[^\s>]+)))",
    re.MULTILINE,
)
_DROPPED = r"\s\u200b\ufeff\u00ad"  # of which pages show nothing
_SEEN = re.compile(rf"[^{_DROPPED}]")
_PICTURE = re.compile(r"!\[([^\[\]]*)\]\([^()]*\)")
# A bracket that ends no link as nearly all are, and text set in by four below a blank line.
_OTHER_LINK = re.compile(rf"\](?!\(https?://[A-Za-z0-9][^()\s]*\))|\[[{_DROPPED}]*\]")
# How an address goes on behind a space, where no title in quotes or brackets follows.
_SPACED = re.compile(
    r"(?:[ \t]+(?![\"'<]|\([^()\n]*\)[ \t]*\))(?:[^()\s]|\([^()\n]*\))+)+(?=[ \t]*(?:[\"'][^\n]*)?\))"
)
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


def check_body(
    path: str, body: str, first_line: int, known: Collection[str], title: str = ""
) -> tuple[Diagnostic, ...]:
    """Report what is likely wrong with a body, which starts on line `first_line` of its file.

    `known` are the names of the fields that can be above it, `title` is what stands there as the title.
    """
    if not body.strip():
        line = max(1, first_line - 1)
        hint = "write it below the second ---"
        message = "there is no text below the fields"
        return (error(path, Span(line, 1, line, 4), "body-empty", message, hint),)
    return tuple(
        [
            warning(path, Span(first_line + line, start + 1, first_line + line, end + 1), code, message, hint)
            for line, start, end, code, message, hint in (*_repeated(body, title), *_findings(body, known))
        ]
    )


def _repeated(body: str, title: str) -> Iterator[Finding]:
    """Find the title at the head of the text, where each page shows it already."""
    heading = heading_of(body)
    if heading and one_line(heading).casefold() == title.casefold():
        line, content = next((at, text) for at, text in enumerate(body.split("\n")) if text.strip())
        message = "this heading repeats the title, which the page shows above the text"
        yield Finding(line, 0, len(content), "body-title", message, "delete it")


def find_links(body: str) -> Iterator[tuple[int, int, int, str]]:
    """Yield each link and shown picture: line, start and end as those of a finding, and the address."""
    for number, start, end, link in _each_link(_unfenced(body).split("\n")):
        address = link["inline"] or link["defined"] or ""
        if not link["image"] or picture(address):
            yield number, start, end, address


def _findings(body: str, known: Collection[str]) -> Iterator[Finding]:
    body = _unfenced(body)
    lines = body.split("\n")
    yield from _noise(lines)
    yield from _placeholders(lines)
    yield from _fields(lines, known, body)
    yield from _misshapen(lines, body)
    if masks.may_be_masked(body):
        yield from _masked(lines)
    if "<" in body:
        yield from _html(lines)
    if ("!" in body and "![" in body) or _OTHER_LINK.search(body):
        yield from _links(lines)


def _misshapen(lines: Sequence[str], body: str) -> Iterator[Finding]:
    """Find what Markdown gives another shape than its author meant."""
    if not body.isascii() and _ANY_BULLET.search(f"\n{body}"):
        yield from _bullets(lines)
    if _SLIPS.search(f"\n{body}"):
        yield from _slips(lines)
    if "\t" in body:
        yield from _columns(lines)
    if _SET_IN.search(f"\n\n{body}"):
        yield from _indented(lines)


def _unfenced(body: str) -> str:
    """Blank the lines of fenced code: nothing in them is a trace of anything."""
    # A single character is found ten times faster than two.
    if not (("`" in body and "```" in body) or ("~" in body and "~~~" in body)):
        return body
    kept, fence = [], None
    for line in body.split("\n"):
        mark = _FENCE.match(line)
        if mark and fence in {None, mark[1]}:
            fence = None if fence else mark[1]
            kept.append("")
        else:
            kept.append("" if fence else line)
    return "\n".join(kept)


def _noise(lines: Sequence[str]) -> Iterator[Finding]:
    message = "this line looks like a leftover from the page the text was copied from"
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
            message = f"{bullet[1]} does not start a list item; lines like this will run together"
            hint = "start the line with a hyphen and a space"
            yield Finding(number, bullet.start(1), bullet.end(1), "body-bullet", message, hint)


def _slips(lines: Sequence[str]) -> Iterator[Finding]:
    """Find headings and list items without what makes them such; one line is no list."""
    texts = [(number, line) for number, line in enumerate(lines) if line.strip()]
    for place, (at, line) in enumerate(texts):
        slip = _SLIP.match(line)
        if slip is None:
            continue
        rest = line[slip.end() :].strip()
        if slip["heading"]:
            message = f"{slip['heading']} needs a space after it to make a heading"
            hint = f"write {slip['heading']} {rest}"
            yield Finding(at, *slip.span(), "body-heading", message, hint)
            continue
        beside = (*texts[max(0, place - 1) : place], *texts[place + 1 : place + 2])
        if any(_is_item(text, slip, is_next=abs(other - at) == 1) for other, text in beside):
            sign, number = slip[0].strip(), slip["number"] or slip["bracketed"]
            if slip["foreign"]:
                number = str(int(slip["foreign"][:-1]))
            told = (
                "needs a space after it to start a list item"
                if slip["item"]
                else "does not start a list item"
            )
            mark = slip["item"] or (f"{number}." if number else "-")
            message = f"{sign} {told}; lines like this will run together"
            start = line.index(sign)
            yield Finding(at, start, start + len(sign), "body-bullet", message, f"write {mark} {rest}")


def _is_item(line: str, slip: re.Match[str], *, is_next: bool) -> bool:
    """Say whether a line is an item of a slip's list: one that is right only next to it."""
    if is_next and slip["item"] and line.startswith(f"{slip['item']} "):
        return True
    # Spanish has a word o, but no tab after it.
    if is_next and slip["letter"] and "\t" in slip[0] and _LIST_ITEM.match(line):
        return True
    other = _SLIP.match(line)
    return other is not None and all(other[kind] == slip[kind] for kind in ("heading", "item", "letter"))


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


def _placeholders(lines: Sequence[str]) -> Iterator[Finding]:
    for number, line in enumerate(lines):
        found = _PLACEHOLDER.match(line) if " here." in line else None
        if found:
            message = "this line is only a placeholder"
            hint = "replace it with your own text, or delete the line"
            yield Finding(number, *found.span(1), "body-placeholder", message, hint)


def _fields(lines: Sequence[str], known: Collection[str], body: str) -> Iterator[Finding]:
    """Find fields at the head of the text: a line of hyphens among them has cut them off."""
    for number, line in enumerate(lines):
        found = _FIELD.match(line)
        if found and found[1] in known:
            message = f"{found[1]} is below the second ---, so it is read as text, not as a field"
            yield Finding(number, *found.span(1), "body-field", message, "move it above the second ---")
        elif line.strip():
            break
    # Two files pasted into one: the second would be published as text of the first.
    for number, (line, after) in enumerate(pairwise(lines), 1) if "\n---" in body else ():
        found = _FIELD.match(after) if line.rstrip() == "---" else None
        if found and found[1] in known:
            message = "another posting or page seems to begin here, but it is read as text of this one"
            yield Finding(number, *found.span(1), "body-field", message, "move it to a file of its own")


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
            yield Finding(
                number, 0, len(line) - len(line.lstrip()), "body-indented", message, "delete the indent"
            )
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
            message = f"{tag[0]} will be shown as plain text, because HTML is not supported"
            yield Finding(number, *tag.span(), "body-html", message, "use Markdown instead")


def _each_link(lines: Sequence[str]) -> Iterator[tuple[int, int, int, re.Match[str]]]:
    """Yield each link: its line, its start and its end there, as its words may go on in the next line."""
    text = "\n".join(map(_without_code, lines))
    number = before = 0
    for link in _LINK.finditer(text):
        number += text.count("\n", before, link.start())
        before = link.start()
        start = before - (text.rfind("\n", 0, before) + 1)
        yield number, start, min(start + len(link["whole"]), len(lines[number])), link


def _links(lines: Sequence[str]) -> Iterator[Finding]:
    for number, start, end, link in _each_link(lines):
        address = link["inline"] or link["defined"] or ""
        spaced = _SPACED.match(link.string, link.end("whole")) if link["inline"] else None
        if spaced and "<" not in link["whole"][-len(address) - 1 :]:
            message = "an address with a space in it is no link, so all of this is shown as it is written"
            hint = f"write ({_without_spaces(address + spaced[0])})"
            yield Finding(number, start, end + len(spaced[0]) + 1, "body-link", message, hint)
        elif link["image"]:
            message, hint = _of_picture(address, link["words"])
            if message:
                yield Finding(number, start, end, "body-image", message, hint)
        elif not is_allowed_link(address):
            message = f"a link cannot lead to {address!r}" if address else "this link leads nowhere"
            yield Finding(number, start, end, "body-link", message, _full(address))
        elif link["inline"] and not _SEEN.search(_PICTURE.sub(r"\1", link["words"])):
            message = f"the link to {address} has no text, so nobody can see or hear it"
            yield Finding(number, start, end, "body-link-words", message, f"write [text]({address})")


def _without_spaces(address: str) -> str:
    """Return an address as it is where its spaces are gone: the site itself has names without any."""
    if not address.startswith("/"):
        return quote(address, safe="%/:?#[]@!$&'*+,;=~-._")
    return "/".join(part and lasting_name(part) for part in address.split("/"))


def _of_picture(address: str, words: str) -> tuple[str, str]:
    """Return what is wrong with a picture, and what to do; both are empty where all is right."""
    if not picture(address):
        file = re.split("[?#]", address)[0].rpartition("/")[2]
        if file and not picture(FILES + file) and (in_site(address) or "").startswith(FILES):
            return f"only pictures are shown, and {file} is none", f"write [text]({address})"
        own = f"/{FILES}{file if picture(FILES + file) else 'NAME.jpg'}"
        hint = f"describe it in words, or put the file into content/{FILES} and write ![description]({own})"
        return "pictures from elsewhere are not shown, only their descriptions", hint
    if not _SEEN.search(words):
        return (
            "the picture has no description for those who cannot see it",
            f"write ![description]({address})",
        )
    return "", ""


def _full(address: str) -> str:
    """Return how the address of a link is written that lacks its beginning, where it tells which."""
    email, page = email_in(address), address_in(address)
    if email:
        return f"write mailto:{email}"
    if page:
        return f"write {page}"
    if address.startswith("#"):
        return "headings have no addresses; write that of a page, or delete the link"
    return "write the full address, which begins with https://, http://, mailto: or tel:"


def _without_code(line: str) -> str:
    return _CODE.sub(lambda code: " " * len(code[0]), line) if "`" in line else line
