"""What a text says that only a field can say: fields below the fields, and a status or a deadline in words.

Owns which lines those are; refuses to know how a text is gone through, and what fields may hold.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from hiringhall.engine.patterns import pattern
from hiringhall.intake.markdown.links import ABOVE, Finding, placed

_FIELD = pattern(r"([a-z_]+):(?:\s|$)")
# Fields that come into a file long after its text: people add them at the end. A sentence can begin like one.
_LATER = frozenset(("status", "deadline", "verified", "verify_by", "draft", "aliases", "order"))
_MOST_WORDS = 5  # with the name
# What can be around the words of a line.
MARK = r"[ \t#*_>\[\]\-.!\u00a0]"
# A line in lower case that says what a field should.
_SAID = pattern(
    rf"\n({MARK}*+(?:"
    r"(?:status[^\w\n]+|(?:this |the )?(?:job|position|posting|role|vacancy)"
    r"(?: has(?: now)? been| is(?: now)?| was)? )?"
    r"(?P<state>filled|closed|withdrawn|cancell?ed)(?:[^\w\n]+(?:true|yes|\d{4}-\d\d-\d\d))?"
    r"|(?:(?:(?:the |new |final |application )*(?:deadline|closing date)"
    r"(?:[^\w\n]+(?:(?:has been|is|was) )?(?:extended|moved)(?: to| until| through)?)?|(?:please )?apply by)"
    r"[^\w\n]+(?:[a-z]+day,? )?(?P<day>\d{4}-\d\d-\d\d|(?:[a-z]+ \d\d?|\d\d? [a-z]+),? \d{4})"
    rf"(?:,? (?:at )?\d[^\n]*)?)){MARK}*)(?=\n)"
)
# What each such line has, and few texts.
_SIGNS = ("filled", "closed", "withdrawn", "cancel", "deadline", "closing date", "apply by")
_FORMS = ("%Y-%m-%d", "%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y")


def misplaced(
    lines: Sequence[str], low: str, known: Collection[str], stated: Mapping[str, str]
) -> Iterator[Finding]:
    """Find fields at the head or the foot of a text, and lines that say what no field does.

    `known` are the names of the fields that the file can have, `stated` the texts of those that it has.
    """
    numbers, later = range(len(lines)), _LATER.intersection(known)
    outside = dict((*_first_fields(lines, numbers, known), *_first_fields(lines, numbers[::-1], later)))
    for number, field in outside.items():
        message = f"{field[1]} is below the second ---, so it is read as text, not as a field"
        yield Finding(number, *field.span(1), "body-field", message, "move it above the second ---")
    is_said = any(map(low.__contains__, _SIGNS))
    for number, start, end, said in placed(low, _SAID, len(ABOVE)) if is_said else ():
        wrong = number not in outside and _contradiction(said, known, stated)
        if wrong:
            yield Finding(number, start, end, "body-field", *wrong)


def _first_fields(
    lines: Sequence[str], numbers: Iterable[int], known: Collection[str]
) -> Iterator[tuple[int, re.Match[str]]]:
    """Find the fields before the first line that is none, in the order of `numbers`, each with its own."""
    for number in numbers:
        found = _FIELD.match(lines[number])
        if (
            found
            and found[1] in known
            and (found[1] not in _LATER or len(lines[number].split()) <= _MOST_WORDS)
        ):
            yield number, found
        elif lines[number].strip("- \t"):
            return


def _contradiction(
    said: re.Match[str], known: Collection[str], stated: Mapping[str, str]
) -> tuple[str, str] | None:
    """Return message and hint on a line that says what no field does."""
    if said["state"]:
        if "status" not in known or "status" in stated:
            return None
        status = "filled" if said["state"] == "filled" else "withdrawn"
        message = f"the text says that this job is {said['state']}, but no field does"
        return message, f"add status: {status} above the second ---"
    day, field = _iso(said["day"]), stated.get("deadline", "")
    if "deadline" not in known or not day or day in field or (field and not field[0].isdigit()):
        return None
    other = f"the deadline is {field}" if field else "no deadline is stated"
    hint = f"write deadline: {day} above the second ---, or mend the text"
    return f"the text says {day}, but {other}", hint


def _iso(written: str) -> str | None:
    """Return the day that is written in figures, or in English, as a deadline is; None if there is none."""
    for form in _FORMS:
        with suppress(ValueError):
            return datetime.strptime(written.replace(",", ""), form).date().isoformat()  # noqa: DTZ007
    return None
