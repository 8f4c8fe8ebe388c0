"""Whether a file that is published as it is begins as its name says.

Owns how kinds of files begin; refuses to know which files there are, and to read more than their first bytes.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from hiringhall.diagnostics import Diagnostic, Span, warning
from hiringhall.engine.patterns import pattern

_HEAD = 1024  # bytes; readers of PDF look for its signature in that many


class _Kind(NamedTuple):
    """A kind of file, in words and by the endings of names; `is_certain` if all such files begin so.

    The hint is for one that is named as another, whose ending takes the place of {}.
    """

    words: str
    endings: tuple[str, ...]
    begins: re.Pattern[bytes]
    hint: str = ""
    is_certain: bool = True


_POINTER = _Kind(
    "a pointer of Git LFS, in place of the file itself",
    (),
    pattern(rb"version https://git-lfs\.github\.com/"),
    "put the file itself here, without Git LFS",
)
_KINDS = (
    _POINTER,
    _Kind(
        "a web page",
        ("html", "htm"),
        pattern(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)\b", re.IGNORECASE),
        "download the {} file again, and open it before you put it here",
        is_certain=False,
    ),
    _Kind(
        "a document of Word or of another office program, or an archive",
        ("docx", "doc", "xlsx", "xls", "pptx", "ppt", "odt", "ods", "odp", "rtf", "zip", "epub"),
        pattern(rb"PK[\x03\x05]|\xd0\xcf\x11\xe0|\{\\rtf"),
        "open it in its program, export it as {}, and put that here in its place",
        is_certain=False,
    ),
    _Kind(
        "a picture as iPhones store it, which most browsers cannot show",
        ("heic", "heif"),
        pattern(rb"....ftyp(?:hei[cx]|mif1)", re.DOTALL),
        "open it, export it as {}, and put that here in its place",
    ),
    _Kind("a PDF file", ("pdf",), pattern(rb".{0,1020}%PDF", re.DOTALL)),
    _Kind("a JPEG picture", ("jpg", "jpeg"), pattern(rb"\xff\xd8")),
    _Kind("a PNG picture", ("png",), pattern(rb"\x89PNG")),
    _Kind("a GIF picture", ("gif",), pattern(rb"GIF8")),
    _Kind("a WebP picture", ("webp",), pattern(rb"RIFF....WEBP", re.DOTALL)),
    _Kind("text", ("csv", "svg", "txt"), pattern(rb"(?!)"), is_certain=False),
)


def contents_problem(path: str, size: int) -> Diagnostic | None:
    """Warn of a file of `size` bytes that is empty (file-empty), or is not what its name says (file-kind).

    Nothing is said of kinds that are not known. One that cannot be read any more is not judged.
    """
    if not size:
        hint = "put the file here again, or delete it and the links to it"
        return warning(path, Span(), "file-empty", "the file is empty: readers find nothing in it", hint)
    try:
        with Path(path).open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return None
    stem, _, ending = path.rpartition("/")[2].rpartition(".")
    named = next((kind for kind in _KINDS if ending.casefold() in kind.endings), None)
    found = next((kind for kind in _KINDS if kind.begins.match(head)), None)
    is_told = found is _POINTER or (named and found is not named and (found or named.is_certain))
    if not is_told:
        return None
    if found is None:
        message = f"this is no {ending.upper()} file, whatever its name says"
        hint = f"open it to see what it is, and put a {ending.upper()} file here in its place"
    else:
        message = f"this is {found.words}, whatever its name says"
        renamed = f"rename it to {stem}.{''.join(found.endings[:1])}, also in the links to it"
        hint = found.hint.format(ending.upper()) or renamed
    return warning(path, Span(), "file-kind", message, hint)
