"""Bytes of content as text: UTF-8, plain line ends, and no character that could do harm or vanish.

Owns what characters a file may hold; refuses to know what the text says.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from unicodedata import normalize

from hiringhall.diagnostics import Diagnostic, Outcome, Span, error, warning
from hiringhall.engine.patterns import pattern
from hiringhall.intake.files.sources import MOST_BYTES
from hiringhall.model import Source

_PLAIN_BYTES = bytes(range(0x20, 0x7F)) + bytes(range(0x80, 0x100)) + b"\t\n\r"
# Code points that Unicode keeps free of characters, and so does HTML: each plane's last two, and 32 more.
NO_CHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(last - 1) + chr(last) for last in range(0xFFFF, 0x11_0000, 0x1_0000)
)
# Characters that turn the direction of what follows, so that a figure or an address looks like another.
TURNING = "\u202a-\u202e\u2066-\u2069"
# What C1 controls, which XML does not allow, and these have in UTF-8.
_RARE = (b"\xc2", b"\xef\xb7", b"\xbf\xbe", b"\xbf\xbf")
# How files begin that are text only by name.
_NOT_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", rb"{\rtf", b"%PDF")
# A word of UTF-8 that was read as Windows-1252, or of which something was lost.
_GARBLED = pattern("(?<!\\S)\\S*?(?:\u00e2\u20ac|[\u00c2\u00c3][\u00a0-\u00bf\u2030\u2018]|\ufffd)\\S*")
# What each of these contains in UTF-8, for a first look that is fifty times faster.
_TRACES = (b"\xc3\xa2\xe2\x82\xac", b"\xc3\x82", b"\xc3\x83", b"\xef\xbf\xbd")
_REFUSED = pattern(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{NO_CHARACTERS}]")


def read_text(source: Source, most: int = MOST_BYTES) -> Outcome[str]:
    r"""Decode a file of at most `most` bytes.

    A byte order mark and carriage returns, which Windows editors write, are dropped. So are characters that
    are refused: what else is wrong with the text is told in the same run.

    >>> read_text(Source("x", b"\xef\xbb\xbfa\r\nb\x07c", "")).value
    'a\nbc'
    """
    data = source.data or b""
    if len(data) > most or data.startswith(_NOT_TEXT):
        return Outcome(None, (_no_text(source.path, data, most),))
    read = _not_utf8(source, 1, 1) if b"\0" in data[:2] else decoded(source)  # as UTF-16 begins
    text = read.value
    if text is None:
        return read
    found: list[Diagnostic] = []
    if data.translate(None, _PLAIN_BYTES) or _has_any(_RARE, data):
        found += _refused_characters(source.path, text)
    if _has_any(_TRACES, data):
        found += _garbled(source.path, text)
    return Outcome(_REFUSED.sub("", text) if found else text, tuple(found))


def _has_any(rows: Iterable[bytes], data: bytes) -> bool:
    """Say whether data has any of some rows of bytes, of which none is ASCII."""
    # A single byte is found thirty times faster than a row of them.
    return not data.isascii() and any(row[:1] in data and row in data for row in rows)


def decoded(source: Source) -> Outcome[str]:
    r"""Decode a file, whatever its characters; a byte order mark and carriage returns are dropped.

    Letters and their accents become one character each (NFC), as HTML recommends: what looks alike is alike.
    In text that comes from a Mac or a PDF, they are often two.

    >>> decoded(Source("x", "Cafe\u0301".encode(), "")).value == "Caf\u00e9"
    True
    """
    data = (source.data or b"").removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as fault:
        before = data[: fault.start].decode()
        return _not_utf8(source, before.count("\n") + 1, len(before) - before.rfind("\n"))
    plain = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    return Outcome(normalize("NFC", plain))


def _no_text(path: str, data: bytes, most: int) -> Diagnostic:
    if data.startswith(_NOT_TEXT):
        message = "this is a word processor document or a PDF file, whatever its name says"
        hint = "copy its text into a new file and save that as plain text"
        return error(path, Span(), "file-kind", message, hint)
    message = f"the file has more than {most:,} bytes, the most that are allowed"
    return error(path, Span(), "file-size", message, "shorten it; a long document can be linked to")


def _not_utf8(source: Source, line: int, column: int) -> Outcome[str]:
    span = Span(line, column, line, column + 1)
    message = "the file is not saved as UTF-8: this is the first character that cannot be read"
    hint = "open it in your editor and save it with UTF-8 encoding"
    return Outcome(None, (error(source.path, span, "encoding", message, hint),))


def _refused_characters(path: str, text: str) -> Iterator[Diagnostic]:
    for span, found in _first_in_lines(text, _REFUSED):
        message = f"there is an invisible control character here, U+{ord(found):04X}"
        yield error(path, span, "control-character", message, "delete it, or type the line again")


def _garbled(path: str, text: str) -> Iterator[Diagnostic]:
    for span, found in _first_in_lines(text, _GARBLED):
        message = f"{found} was read in the wrong encoding"
        yield warning(path, span, "text-garbled", message, "copy the text again, or type it")


def _first_in_lines(text: str, form: re.Pattern[str]) -> Iterator[tuple[Span, str]]:
    """Yield where each line of a text first has a form, and what it is."""
    for line, content in enumerate(text.split("\n"), 1):
        if found := form.search(content):
            yield Span(line, found.start() + 1, line, found.end() + 1), found[0]
