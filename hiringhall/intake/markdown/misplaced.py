"""What a text says that only a field can say: fields below the fields, and a status or a deadline in words.

Owns which lines those are; refuses to know how a text is gone through, and what fields may hold.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.written_dates import found_in
from hiringhall.intake.markdown.links import Finding

_FIELD = pattern(r"([a-z_]+):(?:\s|$)")
# Fields that come into a file long after its text: people add them at the end.
_LATER = frozenset(("status", "deadline", "verified", "verify_by", "draft", "aliases", "order"))
# How many words make a sentence of what could be the value of one of those; only a day takes as many.
_SENTENCE = 5
_STATUS = pattern(
    r"\W*(?:filled|withdrawn|closed|cancell?ed|expired|(?:in)?active|open|hired)\b", re.IGNORECASE
)
# A line in lower case, without the marks around it, that may say what a field should.
SAID = (
    r"(?P<name>status|verified|verify_by|draft)\W+(?P<value>filled|withdrawn|true|yes|\d{4}-\d\d-\d\d)"
    r"|(?:(?:this |the )?(?:job|position|posting|role|vacancy) (?:(?:has (?:now )?been|is now|is|was) )?)?"
    r"(?P<state>filled|closed|withdrawn|cancell?ed)(?:\W+(?:true|yes|\d{4}-\d\d-\d\d))?"
    r"|(?:(?:the |new |final |application )*(?:deadline|closing date)"
    r"(?:\W+(?:(?:has been|is|was) )?(?:extended|moved)(?: to| until| through)?)?"
    r"|(?:please )?apply by)\W+(?P<day>(?=\D{0,17}\d).+)"
)
_BELOW = "is below the second ---, so it is read as text, not as a field"
_MOVE = "move it above the second ---"
_PASTED = (
    "another posting or page seems to begin here, but it is read as text of this one",
    "move it to a file of its own",
)


def contradiction(
    line: str, said: re.Match[str], known: Collection[str], stated: Mapping[str, str]
) -> tuple[str, str] | None:
    """Return message and hint on a line that says what no field does: `said` is how `SAID` matches it.

    `known` are the names of the fields that the file can have, `stated` the texts of those that it has.
    """
    name = said["name"] or ("status" if said["state"] else "deadline")
    field = stated.get(name, "").casefold()
    if name not in known or (field and said["state"]) or (said["value"] and said["value"] == field):
        return None
    if said["name"]:
        return f"{name} {_BELOW}", f"write {name}: {said['value']} above the second ---, and delete this line"
    if said["state"]:
        status = "filled" if said["state"] == "filled" else "withdrawn"
        message = f"the text says that this job is {said['state']}, but no field does"
        return message, f"add status: {status} above the second ---"
    day = found_in(line, "en")
    is_one = day and not (day.is_one_of_several or any(map(str.isdigit, day.before)))
    is_clear = day and is_one and day.is_sure and day.has_year and not day.is_after
    if not day or not is_clear or day.iso in field or (field and not field[0].isdigit()):
        return None
    other = f"the deadline is {field}" if field else "no deadline is stated"
    hint = f"write deadline: {day.iso} above the second ---, or mend the text"
    return f"the text says {day.iso}, but {other}", hint


def misplaced(lines: Sequence[str], known: Collection[str], body: str) -> Iterator[Finding]:
    """Find fields at the head of a text, which a line of hyphens has cut off, or added at its foot."""
    numbers, later = range(len(lines)), _LATER.intersection(known)
    foot = _first_fields(lines, numbers[::-1], later)
    outside = dict((*_first_fields(lines, numbers, known), *foot))
    for number, field in outside.items():
        yield Finding(number, *field.span(1), "body-field", f"{field[1]} {_BELOW}", _MOVE)
    # Two files pasted into one: the second would be published as text of the first.
    for number, line in enumerate(lines) if "\n---" in body else ():
        if line.rstrip() != "---":
            continue
        for at in (number + 1, _first_above(lines, number, known)):
            second = _FIELD.match(lines[at]) if at < len(lines) else None
            if second and second[1] in known and at not in outside:
                told = (f"{second[1]} {_BELOW}", _MOVE) if second[1] in later else _PASTED
                yield Finding(at, *second.span(1), "body-field", *told)


def _is_prose(name: str, words: Sequence[str]) -> bool:
    """Say whether words behind the name of a field that comes later are none of its values, as `exempt`."""
    if name not in _LATER or not words:
        return False
    said = " ".join(words)
    if name == "status" and not _STATUS.match(said):
        return True
    return len(words) >= _SENTENCE and not found_in(said, "en")


def _first_above(lines: Sequence[str], fence: int, known: Collection[str]) -> int:
    """Return the first line of the fields that a line of hyphens closes, if none opens them.

    What is below a single line is a heading.
    """
    first = fence
    while first and (lines[first - 1].startswith((" ", "- ")) or _FIELD.match(lines[first - 1])):
        first -= 1
    fields = [found for line in lines[first:fence] if (found := _FIELD.match(line)) and found[1] in known]
    return first if len(fields) > 1 and lines[first - 1].rstrip() != "---" else len(lines)


def _first_fields(
    lines: Sequence[str], numbers: Iterable[int], known: Collection[str]
) -> Iterator[tuple[int, re.Match[str]]]:
    """Find the fields before the first line that is none, in the order of `numbers`, each with its own."""
    for number in numbers:
        found = _FIELD.match(lines[number])
        if found and found[1] in known and not _is_prose(found[1], lines[number][found.end() :].split()):
            yield number, found
        elif lines[number].strip():
            return
