"""Email addresses that a website has hidden from programs, and so from everyone who copies its text.

Owns how such an address looks; refuses to know where it is.
"""

from __future__ import annotations

import re

from hiringhall.engine.patterns import pattern

MESSAGE = "this email address is masked: the page it was copied from hides it from programs"
HINT = "open that page in a browser, copy the address itself, and write it as name@example.org"

# A name is tried only from its start, and whole: otherwise each of its letters would be another start.
_NAME = r"(?<![\w.+-])[.+-]*\w[\w.+-]*+"
_MASK = pattern(
    r"\[?\be-?mail\s*protected\b\]?"
    rf"|{_NAME}\s*(?:[\[(]\s*(?:at|@)\s*[\])])\s*[\w-]+"
    rf"|{_NAME}\s+at\s+[\w-]+\s+dot\s+[a-z]{{2,}}",
    re.IGNORECASE,
)


def lowered(text: str) -> str:
    """Return a text with the letters of ASCII in lower case; it takes ten times as long to look at others."""
    return text.lower() if text.isascii() else text.encode("utf-8", "replace").lower().decode()


def may_be_masked(low: str) -> bool:
    """Say whether to look for a masked address in a text in lower case, which takes much longer."""
    if " dot " in low or "protected" in low:
        return True
    return ("]" in low or ")" in low) and any(
        before.endswith(("at", "@", " ")) for before in low.replace("]", ")").split(")")[:-1]
    )


def find_masked(text: str) -> re.Match[str] | None:
    """Find the first masked address in a text.

    >>> bool(find_masked("[email protected]")), bool(find_masked("jobs [at] example.org"))
    (True, True)
    >>> bool(find_masked("Work at home protected by a union"))
    False
    """
    # No letter outside ASCII is the upper case of one looked for.
    return _MASK.search(text) if may_be_masked(lowered(text)) else None


def is_masked(text: str) -> bool:
    """Say whether a text contains a masked address."""
    return find_masked(text) is not None
