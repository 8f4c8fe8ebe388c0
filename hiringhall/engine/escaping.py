"""How text becomes XML and JSON that no content can break out of.

Owns what must be escaped and what cannot be written at all; refuses to know what the text means.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

# XML 1.0 has no way to write these, not even as references; no other character has these octets in UTF-8.
_CONTROLS = bytes({*range(0x20)} - {0x09, 0x0A, 0x0D})

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def xml_text(text: str) -> str:
    """Return text for an XML element or a double-quoted attribute.

    The references are hexadecimal: feed readers that decode twice leave them alone (RSS Best Practices
    Profile). A bare carriage return would be read as a line feed.

    >>> xml_text('Fish & "chips" ]]> <b>')
    'Fish &#x26; &#x22;chips&#x22; ]]&#x3E; &#x3C;b&#x3E;'
    """
    escaped = text.replace("&", "&#x26;").replace("<", "&#x3C;").replace(">", "&#x3E;").replace('"', "&#x22;")
    return escaped.replace("\r", "&#xD;") if "\r" in escaped else escaped


def xml_cdata(text: str) -> str:
    """Return text as CDATA that starts over after each closing bracket.

    So its end cannot occur in it, not even if characters between two brackets are dropped.

    >>> xml_cdata("x[0]> y")
    '<![CDATA[x[0]]]><![CDATA[> y]]>'
    """
    return f"<![CDATA[{text.replace(']', ']]]><![CDATA[')}]]>"


def xml_bytes(markup: str) -> bytes:
    r"""Return markup in UTF-8 without the characters that XML 1.0 forbids (section 2.2).

    >>> xml_bytes("<title>a\x00b\x1b</title>")
    b'<title>ab</title>'
    """
    spoken = markup.replace("\ufffe", "").replace("\uffff", "")
    return spoken.encode("utf-8", "replace").translate(None, _CONTROLS)


def json_bytes(value: object) -> bytes:
    r"""Return a value as compact JSON in UTF-8, keys in the order they were given.

    >>> json_bytes({"b": ["ö", None], "a": 1.5})
    b'{"b":["\xc3\xb6",null],"a":1.5}'
    """
    return _encode(value).encode("utf-8", "replace")


def json_list(head: dict[str, Any], name: str, items: Iterable[bytes]) -> Iterator[bytes]:
    r"""Yield a JSON object: what `head` has, at least one thing, and as `name` a list of JSON items.

    >>> b"".join(json_list({"version": 1}, "items", [b"2", b"3"]))
    b'{"version":1,"items":[\n2,\n3\n]}\n'
    """
    yield json_bytes(head).removesuffix(b"}") + f',"{name}":[\n'.encode()
    lead = b""
    for item in items:
        yield lead + item
        lead = b",\n"
    yield b"\n]}\n"
