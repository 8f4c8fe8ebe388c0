"""What a job's title may say: the job, and neither what other fields are for nor a call for attention.

Owns what titles are copied with, and how it is told from the job; refuses to guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from yaml.nodes import Node

from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.forms import text
from hiringhall.intake.fields.reading import Reading
from hiringhall.intake.frontmatter.quoting import plain
from hiringhall.intake.words import says_nothing
from hiringhall.model import Place
from hiringhall.policies.places import region_name

_PREFIX = pattern(
    r"""
    \A (?:
    (?: we (?: ['\u2018\u2019\u02bc]?re | \s+are ) \s+ (?: now\s+ )? (?: hiring | recruiting | looking\s+for )
      | now\s+ (?: hiring | recruiting )
    ) (?: \s*[:!\u2013\u2014|-]+ | \s ) \s* (?: an?\s )?
    |
    (?: (?: job | vacancy | position | career ) \s+
        (?: posting | opening | announcement | opportunity | vacancy | listing | alert | ad | notice | title )
      | (?: vacant | open ) \s+ position | position\s+available | help\s+wanted | immediate\s+opening
      | employment\s+opportunity | hiring(?:\s+now)? | vacancy | opening | job | position | title
    ) \s* (?: [:!\u2013\u2014|]+ | \s-+\s ) \s*
    )+
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SIGNS = pattern(
    r"!{2,}|!$|(?:[\u2600-\u27bf\u2b50\u2b55\U0001f300-\U0001faff][\ufe0f\u200d]?)+"
    r"|(?<![\w/])\*+|\*+(?![\w)])"  # a star within a word or a row of genders stands for all of them
)
# "Fight for $15" is no pay.
_PAY = (
    r"[$\u00a3\u20ac]\s?\d[\d\s,.k$\u00a3\u20ac\u2013-]*"
    r"(?:(?<=\dk)\b|(?<=[\d,.]{4})|(?:/|per\b|an?\b)\s?\w+)"
)
_WHERE = r"(?:remot[eo]|hybrid|h[i\u00ed]brido|presencial|on-?site|in-person)"
# "Remote in Texas" and "Hybrid - 3 days", but not "Remote Area" and "Hybrid/Electric Vehicles".
_ARRANGEMENT = (
    rf"(?:(?:fully|100%)\s)?{_WHERE}(?:(?:\s?[,/\u2013-]\s?|\sor\s){_WHERE})*"
    r"(?:\s(?:us|only|eligible|optional|possible|position)"
    r"|(?:\s(?:in|within)\s|\s?[,\u2013-]\s?(?=[a-z]{2}\b|\d))[^()\[\]]*?)?"
)
_CLOSED = r"(?:(?:job|position)\s)?(?:filled|closed|withdrawn|cancell?ed|expired)"
# What parts a job from what is said beside it. A comma behind that may go on with it.
_BEFORE = r"(?:\s+--?\s+|\s*[\u2013\u2014|\u2022,:@(\[]\s*|\s+at\s+(?:the\s+)?)"
_BEHIND = r"(?:\s+[\u2013\u2014-]|\s*[|\u2022:(\[])"
_CAPITALS = pattern(r"\b(?![IVX]+\b)\w[\w'\u2019]*")
_LONGEST = 150
_FEWEST_CAPITALS = 6


def title(name: str, node: Node, reading: Reading) -> str | None:
    """Parse a job's title; a prefix such as "We're hiring:" is refused, and the title without it offered."""
    written = text(name, node, reading)
    if written is None:
        return None
    fixed = without_prefix(written)
    if says_nothing(written, "no title"):
        message = f"{name} is {written!r}, which names no job"
        reading.error(node, "text-empty", message, "write the job's title")
    elif fixed != written:
        message = f"{name} starts with an announcement; it should name only the job"
        hint = f"write {name}: {plain(_calmed(fixed, written))}" if fixed else "write the name of the job"
        reading.error(node, "title-prefix", message, hint)
    elif len(written) > _LONGEST:
        message = f"{name} has {len(written)} characters; at most {_LONGEST} are allowed"
        reading.error(node, "text-length", message, "name only the job; put the rest in the text below")
    else:
        return written
    return None


def check_title(values: Mapping[str, Any], employer: Iterable[str], reading: Reading) -> None:
    """Warn of a title that says more than the job, such as one of its employer's names, or is in capitals."""
    written: str = values.get("title") or ""
    is_loud = _calmed(written, written) != written
    if not is_loud and written.replace(" ", "").isalpha() and " at " not in written:
        return  # as nearly all titles: nothing could part the job from what else they say
    job, others = _parted(written, employer, _cities(values.get("location") or ()))
    if pay := re.search(_PAY, job, re.IGNORECASE):
        others[pay[0]] = "salary"
    is_clean = job[:1].isalnum() and not pay and job.count("(") == job.count(")")
    hint = f"write title: {plain(_calmed(job, written))}" if is_clean else "name only the job"
    fields = dict.fromkeys(field for field in others.values() if field and not values.get(field))
    hint += "".join(f"; {field} has its own field" for field in fields)
    if is_loud:
        reading.warn_of("title", "title-capitals", "title is all in capitals", hint)
    if others and job:
        message = f"title has {' and '.join(map(repr, others))} in it; it should name only the job"
        reading.warn_of("title", "title-extra", message, hint)


def _cities(places: Iterable[Place]) -> Iterator[str]:
    """Yield the cities as titles name them; one that is called like its region may be part of the job."""
    for city, region, _, country in places:
        regions = (region, region_name(region, country)) if city and region else ()
        yield from (f"{city}, {each}" for each in regions)
        if city and city not in regions:
            yield city


def _parted(written: str, employer: Iterable[str], cities: Iterable[str]) -> tuple[str, dict[str, str]]:
    """Return the job that a title names, and the field for each text that it has beside that, or ""."""
    others: dict[str, str] = {}

    def cut(found: re.Match[str]) -> str:
        field = found.lastgroup or ""
        others[found[field or 0].strip()] = field
        return ""

    def among(names: Iterable[str]) -> str:
        return "|".join(re.escape(name) for name in names if name.lower() in lowered) or "(?!)"

    lowered = written.lower()
    said = (
        rf"(?P<organization>{among(employer)})|(?P<location>{among(cities)})|(?P<status>{_CLOSED})"
        rf"|(?P<arrangement>{_ARRANGEMENT})|(?P<salary>{_PAY})"
    )
    beside = rf"(?:^|{_BEFORE})(?:{said})(?:[)\]]|(?=$|{_BEHIND}))"
    job = re.sub(beside, cut, _SIGNS.sub(cut, written).strip(), flags=re.IGNORECASE)
    return " ".join(job.split()).strip(" ,:|\u2022\u2013\u2014-"), others


def _calmed(job: str, written: str) -> str:
    """Return a job with capitals only where words begin, if all that was written is in them.

    >>> _calmed("WOMEN'S ADVOCATE II (1ST SHIFT)", "WOMEN'S ADVOCATE II (1ST SHIFT)!!"), _calmed("RN", "RN")
    ("Women's Advocate II (1st Shift)", 'RN')
    """
    letters = [*filter(str.isalpha, written)]
    is_loud = len(letters) >= _FEWEST_CAPITALS and all(map(str.isupper, letters)) and " " in written
    return _CAPITALS.sub(lambda word: word[0].capitalize(), job) if is_loud else job


def without_prefix(written: str) -> str:
    """Return a title without the announcements in front of it.

    >>> without_prefix("JOB POSTING: We're hiring: Organizer"), without_prefix("Hiring Hall Dispatcher")
    ('Organizer', 'Hiring Hall Dispatcher')
    """
    return _PREFIX.sub("", written)
