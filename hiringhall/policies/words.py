"""Which words a text is found by.

Owns the cutting and folding of words, which the scripts repeat; refuses to know what is searched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_LONGEST = 24
_WORD = re.compile(r"\w+")
# Nearly all of a text is ASCII, and bytes are cut several times faster than a pattern finds words.
_CUT = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() or chr(code) == "_" else ord(" ") for code in range(128)
) + bytes(range(128, 256))
_SINGLES = [bytes([code]) for code in b"0123456789_abcdefghijklmnopqrstuvwxyz"]


def words_of(text: str) -> list[str]:
    """Return the words a text is searched by: once each, lower case, without accents, cut to 24 letters.

    A single letter finds nothing worth finding, so there is none.

    >>> words_of("Résumé, CV & résumé of a Straße–worker’s")
    ['cv', 'of', 'resume', 'strasse', 'worker']
    """
    return line_of_words(text).decode().split()


def line_of_words(text: str) -> bytes:
    """Return the words of `words_of` in UTF-8 with spaces between them, as they are kept."""
    words = dict.fromkeys(text.encode().translate(_CUT).split())
    for piece in [piece for piece in words if len(piece) > _LONGEST or not piece.isascii()]:
        del words[piece]
        words.update(dict.fromkeys(_folded(piece)))
    for letter in _SINGLES:
        words.pop(letter, None)
    return b" ".join(words)


@lru_cache(maxsize=4096)  # postings have their dashes, and most of their words with accents, in common
def _folded(piece: bytes) -> tuple[bytes, ...]:
    return tuple(_plain_words(piece.decode()))


def _plain_words(piece: str) -> Iterator[bytes]:
    for word in _WORD.findall(unicodedata.normalize("NFC", piece)):
        decomposed = unicodedata.normalize("NFKD", word.lower())
        kept = "".join(char for char in decomposed if not unicodedata.category(char).startswith("M"))
        plain = kept.replace("ß", "ss")[:_LONGEST]
        if len(plain) > 1:
            yield plain.encode()
