"""What a job's title may say: the job, and no call for attention.

Owns the announcements that titles are copied with; refuses to know the rest of the posting.
"""

from __future__ import annotations

import re

from yaml.nodes import Node

from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.forms import text
from hiringhall.intake.fields.reading import Reading
from hiringhall.intake.frontmatter.quoting import plain
from hiringhall.intake.words import says_nothing

_PREFIX = pattern(
    r"""
    (?: we (?: ['\u2018\u2019\u02bc]?re | \s+are ) \s+ (?: now\s+ )? (?: hiring | recruiting | looking\s+for )
      | now\s+ (?: hiring | recruiting )
    ) (?: \s*[:!\u2013\u2014|-]+ | \s ) \s* (?: an?\s )?
    |
    (?: (?: job | vacancy | position | career ) \s+
        (?: posting | opening | announcement | opportunity | vacancy | listing | alert | ad | notice | title )
      | (?: vacant | open ) \s+ position | position\s+available | help\s+wanted | immediate\s+opening
      | employment\s+opportunity | hiring(?:\s+now)? | vacancy | opening | job | position | title
    ) \s* (?: [:!\u2013\u2014|]+ | \s-+\s ) \s*
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Signs that only call for attention, and pay, which has a field of its own (Google's rules for job titles).
# A star within a word or a row of genders stands for all of them, and "Fight for $15" is no pay.
_CLOSED = r"(?:filled|closed|withdrawn|cancell?ed|expired)"
_AGAIN = r"(?:re-?post(?:ed|ing)?|(?:(?:application\s)?deadline\s|posting\s)?extended|extended\sdeadline)"
_TO = r"(?: \s? [\u2013\u2014-] \s? [$\u00a3\u20ac]? \d [\d,.]* [kK]? )?"
_EACH = r"\s? (?: / | (?i: per | an? ) \b )"


def _beside(words: str) -> str:
    return (
        rf"(?i: [(\[] (?:position\s|job\s|now\s)? {words} [)\]]"
        rf" | ^{words} \s* [:!\u2013\u2014-]+ \s | \s [:\u2013\u2014-]+ \s* {words}$ )"
    )


_EXTRA = pattern(
    rf"""
    (?P<closed> {_beside(_CLOSED)} ) | (?P<again> {_beside(_AGAIN)} ) | {_beside("urgent")}
    | !{{2,}} | [!,;]$
    | [\u2022\u2600-\u27bf\u2b50\u2b55\U0001f300-\U0001faff]+ | (?<![\w/])\*+ | \*+(?![\w)])
    | (?P<pay> [$\u00a3\u20ac] \s? \d (?: [\d,.]* (?: [kK]\b | (?= {_TO} {_EACH} ) ) | [\d,]{{3,}} )
        {_TO} (?: {_EACH} \s? [^\W\d_]+ )? )
    """,
    re.VERBOSE,
)
_USUAL = pattern(r"[A-Za-z0-9\u00c0-\u024f ,./&']+(?<![ ,./&'])")  # which has nothing of that
# Brackets that have nothing left in them, and signs that part nothing any more.
_HOLLOW = pattern(
    r"[(\[]\W*[)\]]|(?<=[(\[])[\s,;/\u2013-]+|[\s,;/\u2013-]+(?=[)\]])|(?<=[|\u2013\u2014-])\s+[|\u2013\u2014-](?=\s)"
)
_CAPITALS = pattern(r"\b(?P<number>I{2,3}|IV|VI{0,3})\b|\w+(?:['\u2019]\w{1,2}\b)?")
NAME = "write the name of the job"
_INSTEAD = {
    "pay": "; put pay in salary",
    "again": "; the new day goes in deadline",
    "closed": "; to close the posting, add status: filled or status: withdrawn",
}
_LONGEST = 150
_FEWEST_CAPITALS = 6


def title(name: str, node: Node, reading: Reading) -> str | None:
    """Parse a job's title; a prefix such as "We're hiring:" is refused, and the title without it offered."""
    written = text(name, node, reading)
    if written is None:
        return None
    if says_nothing(written, "no title"):
        reading.error(
            node, "text-empty", f"{name} is {written!r}, which names no job", "write the job's title"
        )
        return None
    fixed = without_prefix(written)
    if fixed != written:
        offered = in_small_letters(fixed) if is_in_capitals(written) else fixed
        hint = f"write {name}: {plain(offered)}" if fixed else NAME
        reading.error(
            node, "title-prefix", f"{name} starts with an announcement; it should name only the job", hint
        )
        return None
    if len(written) > _LONGEST:
        message = f"{name} has {len(written)} characters; at most {_LONGEST} are allowed"
        reading.error(node, "text-length", message, "name only the job; put the rest in the text below")
        return None
    extra = None if _USUAL.fullmatch(written) else _EXTRA.search(written)
    if extra:
        message = f"{name} has {extra[0]!r} in it; it should name only the job"
        instead = _INSTEAD.get(extra.lastgroup or "", "")
        reading.warn(node, "title-extra", message, f"leave it out{instead}")
    return written


def is_in_capitals(written: str) -> bool:
    """Say whether a title is all in capitals; an abbreviation may be.

    >>> is_in_capitals("FIELD ORGANIZER!!"), is_in_capitals("RN"), is_in_capitals("RN Organizer")
    (True, False, False)
    """
    letters = [*filter(str.isalpha, written)]
    return len(letters) >= _FEWEST_CAPITALS and all(map(str.isupper, letters)) and " " in written


def without_extra(written: str) -> str:
    """Return a title without signs that call for attention, and without pay.

    >>> without_extra("ORGANIZER!! - $50K"), without_extra("ORGANIZER (CLERK, $25-$30 AN HOUR)")
    ('ORGANIZER', 'ORGANIZER (CLERK)')
    """
    bare = _HOLLOW.sub("", _EXTRA.sub("", written))
    return " ".join(bare.split()).strip(" ,:|\u2013\u2014-")


def in_small_letters(written: str) -> str:
    """Return a title that is in capitals with one only where a word begins; abbreviations are not known.

    >>> in_small_letters("WOMEN'S ADVOCATE II (1ST SHIFT)"), in_small_letters("RN")
    ("Women's Advocate II (1st Shift)", 'Rn')
    """
    return _CAPITALS.sub(lambda word: word[0] if word["number"] else word[0].capitalize(), written)


def without_prefix(written: str) -> str:
    """Return a title without the announcements in front of it.

    >>> without_prefix("JOB POSTING: We're hiring: Organizer"), without_prefix("Hiring Hall Dispatcher")
    ('Organizer', 'Hiring Hall Dispatcher')
    """
    while found := _PREFIX.match(written):
        written = written[found.end() :]
    return written
