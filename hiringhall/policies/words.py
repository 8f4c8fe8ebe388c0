"""Which words a text is found by.

Owns the cutting and folding of words, which the scripts repeat; refuses to know what is searched.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from hiringhall.engine.patterns import pattern

_LONGEST = 24
# Marks on and between letters that many people leave out, or that cannot be seen: accents, Hebrew points, the
# short vowels of Arabic and its long strokes, soft hyphens, the points of "chargé·e" and "col·lecció". Those
# of India and South-East Asia, and the two of Japanese, make different letters, and stay.
_UNWRITTEN = (
    "\u00ad\u00b7\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u200d\u20d0-\u20ff\ufe00-\ufe0f"
    "\ufe20-\ufe2f\U000e0100-\U000e01ef"
)
_SIGNS = pattern(f"[{_UNWRITTEN}]")
# Letters that Unicode does not take apart into a letter and a mark, and what people type for them.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | {"ς": "σ", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه"}
)
# Scripts without spaces between words: those of Thailand, Laos, Burma and Cambodia, of Japan and China.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUN = pattern(f"(?P<unspaced>[{_UNSPACED}]+)|[^{_UNSPACED}]+")
# Nearly all text is ASCII, and splitting bytes is several times faster than finding words by a pattern.
_CUT = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() or chr(code) in "_-" else ord(" ") for code in range(128)
) + bytes(range(128, 256))
# Words that are written with a hyphen by some and without one by others.
_JOINED = {
    b"co-op": b"coop",
    b"non-profit": b"nonprofit",
    b"bi-lingual": b"bilingual",
    b"multi-lingual": b"multilingual",
}
# The figure before a name, as in "1199SEIU": others write it apart, or behind the name. Few texts have one:
# that shows in a fifth of the time once all digits are the same, and all letters.
_FIGURE = pattern(rb"\b\d\d+(?=[a-z]{3})")
_SHAPES = bytes.maketrans(b"123456789bcdefghijklmnopqrstuvwxyz", 9 * b"0" + 25 * b"a")
# The dots of "D.C." and "R.N.", which others leave out.
_INITIALS = pattern(rb"\.(?<=\b[A-Za-z]\.)(?=[A-Za-z]\b)")
_SINGLES = [bytes([code]) for code in b"_abcdefghijklmnopqrstuvwxyz"]


def words_of(text: str) -> list[str]:
    """Return the words a text is found by: once each, in lower case, without accents, cut to 24 letters.

    Single letters are left out: they find nothing useful, as the figure of "grade 7" does. "co-op",
    "non-profit" and "bi-lingual" are one word each, and so are initials with dots. A figure and the name
    behind it are two.
    If a script has no spaces between words, each pair of consecutive signs counts as a word, and so does a
    single sign.

    >>> words_of("Résumé, CV & résumé of a Straße–worker’s")
    ['cv', 'of', 'resume', 'strasse', 'worker']
    >>> words_of("Co-operatives, non-profits and co-workers")
    ['cooperatives', 'nonprofits', 'and', 'co', 'workers']
    >>> words_of("An R.N. in Washington, D.C., e.g.")
    ['an', 'rn', 'in', 'washington', 'dc', 'eg']
    >>> words_of("bi-lingual, 1199Workers, 32BJ, 21st, a 9–5 job")
    ['bilingual', '1199', 'workers', '32bj', '21st', 'job', '9', '5']
    >>> words_of("Łódź, عُمّال, 労働組合 · Chargé·e")
    ['lodz', 'عمال', '労働', '働組', '組合', 'chargee']
    """
    return line_of_words(text).decode().split()


def line_of_words(text: str) -> bytes:
    """Return the words of `words_of` in UTF-8 with spaces between them, as they are kept."""
    cut = _INITIALS.sub(b"", text.encode()).translate(_CUT)
    if b"00aaa" in cut.translate(_SHAPES):
        cut = _FIGURE.sub(rb"\g<0> ", cut)
    for apart, joined in _JOINED.items():
        cut = cut.replace(apart, joined)
    words = dict.fromkeys(cut.replace(b"-", b" ").split())
    for piece in [piece for piece in words if len(piece) > _LONGEST or not piece.isascii()]:
        del words[piece]
        words.update(dict.fromkeys(_folded(piece)))
    for letter in _SINGLES:
        words.pop(letter, None)
    return b" ".join(words)


@lru_cache(maxsize=4096)  # postings share their dashes and most of their words with accents
def _folded(piece: bytes) -> tuple[bytes, ...]:
    return tuple(_plain_words(piece.decode()))


def plain(text: str) -> str:
    """Return a text in lower case and without accents, as people may type it.

    >>> plain("Łódź"), plain("إدارة"), plain("ｶﾞｲﾄﾞ")
    ('lodz', 'اداره', 'ガイド')
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text).lower()
    return unicodedata.normalize("NFC", _SIGNS.sub("", decomposed).translate(_LETTERS))


def _plain_words(piece: str) -> Iterator[bytes]:
    spaced = "".join([char if _is_of_word(char) else " " for char in plain(piece)])
    for word in spaced.split():
        for letters, is_unspaced in _runs(word):
            if is_unspaced:
                yield from (letters[at : at + 2].encode() for at in range(max(1, len(letters) - 1)))
            elif len(letters) > 1 or letters.isnumeric():
                yield letters[:_LONGEST].encode()


def _runs(word: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a word in scripts with and without spaces between words."""
    if word.isascii():  # this pattern takes milliseconds to compile
        yield word, False
        return
    for run in _RUN.finditer(word):
        yield run[0], run["unspaced"] is not None


def _is_of_word(char: str) -> bool:
    return char.isalnum() or char == "_" or unicodedata.category(char).startswith("M")
