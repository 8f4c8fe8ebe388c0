"""The order of postings in lists and feeds, and of terms in theirs.

Owns the sort keys; refuses to know which lists there are.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

from hiringhall.engine.patterns import pattern
from hiringhall.model import Entry, Term
from hiringhall.policies.words import plain

_NUMBER = pattern(r"(\d+)")
_BEHIND_ALL = 0xF0000  # the private use area, where no letter is
_FIRST_SIGN = "\u0e00"  # the alphabets stand before it


def newest_first(entry: Entry) -> tuple[int, str]:
    """Order by the day a posting entered the listing, latest first, then by slug."""
    return -entry.card.added, entry.card.slug


def closing_first(entry: Entry) -> tuple[int, str]:
    """Order by the instant a posting closes, earliest first, then by slug."""
    return entry.card.closes_at, entry.card.slug


def closed_last_first(entry: Entry) -> tuple[int, str]:
    """Order closed postings by the day they closed, latest first, then by slug."""
    return -(entry.closed_on or 0), entry.card.slug


def by_label(term: Term, alphabet: str) -> tuple[list[str | tuple[int, str]], str]:
    """Order terms by `by_name`; then by slug."""
    return by_name(term.label, alphabet), term.slug


def by_name(name: str, alphabet: str) -> list[str | tuple[int, str]]:
    """Order names as people look them up: ignoring case and accents, numbers by value.

    Letters with accents that are in the language's alphabet are letters of their own there.

    >>> names = ["Local 10", "Zinc", "local 9", "Łuk", "Lz", "Álava"]
    >>> sorted(names, key=lambda name: by_name(name, "abcdefghijklmnopqrstuvwxyz"))
    ['Álava', 'local 9', 'Local 10', 'Łuk', 'Lz', 'Zinc']
    >>> sorted(names, key=lambda name: by_name(name, "aąbcćdeęfghijklłmnńoóprsśtuwyzźż"))
    ['Álava', 'local 9', 'Local 10', 'Lz', 'Łuk', 'Zinc']
    """
    own = _letters(alphabet)
    # Words and numbers alternate, so that one is never compared with the other.
    pieces = _NUMBER.split(plain(_composed(name).translate(own) if own else name))
    return [_counted(piece) if place % 2 else piece for place, piece in enumerate(pieces)]


def initial(term: Term, alphabet: str) -> str:
    """Return the letter under which people look up a name, or "#" if it begins with none.

    Scripts that begin names with thousands of different signs, such as Chinese and Korean, count as none.

    >>> from hiringhall.model import Facet
    >>> terms = [Term(Facet.TAG, "", label) for label in ("áfrica", "Łuk", "9to5", "Жук", "عمل", "労働")]
    >>> [initial(term, "abc") for term in terms], [initial(term, "klł") for term in terms][1]
    (['A', 'L', '#', 'Ж', 'ع', '#'], 'Ł')
    """
    first = _composed(term.label)[:1]
    letter = (first if ord(first) in _letters(alphabet) else plain(term.label)[:1]).upper()
    return letter if letter.isalpha() and letter < _FIRST_SIGN else "#"


@lru_cache(maxsize=8)
def _letters(alphabet: str) -> dict[int, str]:
    """Return what puts each letter of an alphabet behind the one before it, in the order of code points.

    That is not needed of ASCII, nor of the first letter of another script.
    """
    found: dict[int, str] = {}
    before, since = "", 0
    for letter in "".join(_composed(alphabet).split()):
        if letter.isascii() or not before:
            before, since = letter, 0
        else:
            since += 1
            found[ord(letter)] = before + chr(_BEHIND_ALL + since)
    return found


def _composed(text: str) -> str:
    return normalize("NFC", text).lower()


def _counted(digits: str) -> tuple[int, str]:
    """Return what orders digits by value, however many there are."""
    plain = digits.lstrip("0")
    return len(plain), plain
