"""What people write where there is nothing to say, instead of leaving the field out.

Owns those words; refuses to know which fields can be left out.
"""

from __future__ import annotations

from hiringhall.intake import words

_UNSTATED = frozenset(words.table("nothing known"))
LEAVE_OUT = "leave it out; a field is only for what is known"
_LONGEST = max(map(len, _UNSTATED)) + 2
# What stands around such words.
_AROUND = " .?()<>*_"


def says_nothing(written: object) -> bool:
    """Say whether a value as it is written, which may be a list, says only that nothing is known.

    >>> says_nothing("TBD."), says_nothing("(not specified)"), says_nothing("No degree needed")
    (True, True, False)
    """
    if type(written) is not str or not 0 < len(written) <= _LONGEST:
        return False
    return written.strip().strip(_AROUND).casefold() in _UNSTATED
