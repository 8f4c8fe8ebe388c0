"""Which words a text is found by.

Owns the cutting and folding of words, which the scripts repeat; refuses to know what is searched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_LONGEST = 24
_WORD = re.compile(r"\w+")
# Nearly all of a text is ASCII, and bytes are cut several times faster than a pattern finds words.
_CUT = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() or chr(code) == "_" else ord(" ") for code in range(128)
) + bytes(range(128, 256))


def words_of(text: str) -> list[str]:
    """Return the words a text is searched by: once each, lower case, without accents, cut to 24 letters.

    A single letter finds nothing worth finding, so there is none.

    >>> words_of("Résumé, CV & résumé of a Straße–worker’s")
    ['cv', 'of', 'resume', 'strasse', 'worker']
    """
    pieces = dict.fromkeys(text.encode().translate(_CUT).split())
    simple = [piece[:_LONGEST] for piece in pieces if piece.isascii() and len(piece) > 1]
    if len(simple) < len(pieces):
        others = (word for piece in pieces if not piece.isascii() for word in _folded(piece.decode()))
        simple += (word.encode() for word in others)
        simple = list(dict.fromkeys(simple))
    return b" ".join(simple).decode().split()


def _folded(piece: str) -> Iterator[str]:
    for word in _WORD.findall(unicodedata.normalize("NFC", piece)):
        decomposed = unicodedata.normalize("NFKD", word.lower())
        kept = "".join(char for char in decomposed if not unicodedata.category(char).startswith("M"))
        plain = kept.replace("ß", "ss")[:_LONGEST]
        if len(plain) > 1:
            yield plain
