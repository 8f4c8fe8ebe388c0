"""What people write where there is nothing to say, instead of leaving the field out.

Owns how such words are found; refuses to know which fields can be left out.
"""

from __future__ import annotations

from hiringhall.intake import words

LEAVE_OUT = "leave it out; a field is only for what is known"
_LONGEST = 30  # characters, with what stands around such words
_AROUND = " .?!:()[]<>{}*_#"


def says_nothing(written: object, also: str = "nothing known") -> bool:
    """Say whether a value as it is written, which may be a list, says only that nothing is known.

    `also` is a table of words that say nothing where it stands.

    >>> says_nothing("TBD."), says_nothing("(not specified)"), says_nothing("No degree needed")
    (True, True, False)
    >>> says_nothing("Competitive!", "no pay")
    True
    """
    if type(written) is not str or not 0 < len(written) <= _LONGEST:
        return False
    bare = written.strip().strip(_AROUND).casefold()
    return bare in words.listed("nothing known") or bare in words.listed(also)
