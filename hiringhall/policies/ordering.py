"""The order of postings in lists and feeds, and of terms in theirs.

Owns the sort keys; refuses to know which lists there are.
"""

from __future__ import annotations

from hiringhall.engine.patterns import pattern
from hiringhall.model import Entry, Term
from hiringhall.policies.words import plain

_NUMBER = pattern(r"(\d+)")
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


def by_label(term: Term) -> tuple[list[str | tuple[int, str]], str]:
    """Order terms as people look up names: ignoring case and accents, numbers by value; then by slug.

    >>> from hiringhall.model import Facet
    >>> terms = [Term(Facet.LOCATION, "", label) for label in ("Local 10", "Zinc", "local 9", "Łuk", "Álava")]
    >>> [term.label for term in sorted(terms, key=by_label)]
    ['Álava', 'local 9', 'Local 10', 'Łuk', 'Zinc']
    """
    # Words and numbers alternate, so that one is never compared with the other.
    pieces = _NUMBER.split(plain(term.label))
    return [_counted(piece) if place % 2 else piece for place, piece in enumerate(pieces)], term.slug


def initial(term: Term) -> str:
    """Return the letter under which people look up a name, or "#" if it begins with none.

    Scripts that begin names with thousands of different signs, such as Chinese and Korean, count as none.

    >>> from hiringhall.model import Facet
    >>> [initial(Term(Facet.TAG, "", label)) for label in ("áfrica", "Łuk", "9to5", "Жук", "عمل", "労働")]
    ['A', 'L', '#', 'Ж', 'ع', '#']
    """
    letter = plain(term.label)[:1].upper()
    return letter if letter.isalpha() and letter < _FIRST_SIGN else "#"


def _counted(digits: str) -> tuple[int, str]:
    """Return what orders digits by value, however many there are."""
    plain = digits.lstrip("0")
    return len(plain), plain
