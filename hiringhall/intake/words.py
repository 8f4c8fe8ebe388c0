"""Words that people write in the place of those that are meant.

Owns how `words.json` has them; refuses to know where they are written. A table of it leads from what is
meant, or from what to write, to such words, in lower case; or it is a list of words that say nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

LEAVE_OUT = "leave it out; a field is only for what is known"
_LONGEST = 30  # characters, with what stands around such words
_AROUND = " .?!:()[]<>{}*_#"


@cache
def table(name: str) -> Any:
    """Return a table as it is in the file: lists of words, by what they mean if they mean anything."""
    return _tables()[name]


@cache
def listed(name: str) -> frozenset[str]:
    """Return the words of a table that is a list."""
    return frozenset(table(name))


@cache
def meanings(name: str) -> Mapping[str, str]:
    """Return what each word of a table means.

    >>> meanings("periods")["annually"], meanings("arrangements")["wfh"]
    ('year', 'remote')
    """
    return {word: meant for meant, words in table(name).items() for word in words}


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
    return bare in listed("nothing known") or bare in listed(also)


@cache
def _tables() -> Mapping[str, Any]:
    import json  # a build with nothing to do needs no table

    tables: Mapping[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return tables
