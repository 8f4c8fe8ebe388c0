"""Bytes of content as text: UTF-8, plain line ends, and no character that could do harm or vanish.

Owns what characters a file may hold; refuses to know what the text says.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from hiringhall.diagnostics import Diagnostic, Outcome, Span, error
from hiringhall.model import Source

_MOST_BYTES = 1024 * 1024
_PLAIN_BYTES = bytes(range(0x20, 0x7F)) + bytes(range(0x80, 0x100)) + b"\t\n\r"
# C1 controls and U+FFFE, U+FFFF in UTF-8: XML allows neither, so no feed could carry them.
_RARE = (b"\xc2", b"\xef\xbf")
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def read_text(source: Source) -> Outcome[str]:
    r"""Decode a file; a byte order mark and carriage returns, which Windows editors write, are dropped.

    >>> read_text(Source("x", b"\xef\xbb\xbfa\r\nb", "")).value
    'a\nb'
    """
    data = source.data or b""
    if len(data) > _MOST_BYTES:
        message = f"the file has {len(data):,} bytes; a posting may have {_MOST_BYTES:,}"
        return Outcome(None, (error(source.path, Span(), "file-size", message),))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _not_utf8(source, 1, 1)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as fault:
        before = data[: fault.start].decode()
        return _not_utf8(source, before.count("\n") + 1, len(before) - before.rfind("\n"))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if data.translate(None, _PLAIN_BYTES) or any(rare in data for rare in _RARE):
        refused = tuple(_refused_characters(source.path, text))
        return Outcome(None if refused else text, refused)
    return Outcome(text)


def _not_utf8(source: Source, line: int, column: int) -> Outcome[str]:
    span = Span(line, column, line, column + 1)
    message = "the file is not saved as UTF-8: this is the first character that cannot be read"
    hint = "open it in your editor and save it with the encoding UTF-8"
    return Outcome(None, (error(source.path, span, "encoding", message, hint),))


def _refused_characters(path: str, text: str) -> Iterator[Diagnostic]:
    for line, content in enumerate(text.split("\n"), 1):
        found = _REFUSED.search(content)
        if found:
            span = Span(line, found.start() + 1, line, found.start() + 2)
            message = f"an invisible control character, U+{ord(found[0]):04X}, stands here"
            yield error(path, span, "control-character", message, "delete it, or type the line again")
