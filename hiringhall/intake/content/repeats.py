"""What stands in a title beside the job and is for other fields: employer, place, arrangement, deadline.

Owns how it is told from the job, and the title that is offered: what is beside the job is at an end of it,
behind a sign that parts the two. Refuses to guess.
A region alone may be part of the job, as with the State Director of Ohio or New York.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from hiringhall.engine.patterns import pattern
from hiringhall.intake.configuration.register import names_of
from hiringhall.intake.fields.reading import Reading
from hiringhall.intake.fields.titles import NAME, in_small_letters, is_in_capitals, without_extra
from hiringhall.intake.frontmatter.quoting import plain
from hiringhall.model import EmploymentType, Organization, Place
from hiringhall.policies.places import region_name

_JOBS = {EmploymentType.INTERNSHIP, EmploymentType.VOLUNTEER}  # without which a title may name no job
_JOINING = (" at ", " with ", " for ", " in ")
_FIRM = r"(?:\s+--?\s+|\s*[\u2013\u2014|\u2022]\s*|\s*[(\[]\s*)"
_MARK = rf"(?:{_FIRM}|\s*[,:@]\s*)"
_LOOSE = rf"(?:{_MARK}|\s+(?:(?:based|located)\s+)?(?:at|with|for|in)\s+(?:the\s+)?)"
_BEFORE_FIRM = pattern(rf"{_FIRM}\Z")
_BEFORE_LOOSE = pattern(rf"{_LOOSE}\Z", re.IGNORECASE)
_AFTER = pattern(r"\s*[)\]][\s:,\u2013\u2014-]*|\s+--?\s+|\s*[:|\u2013\u2014\u2022]\s*")
_ARRANGEMENTS = (
    r"remot[eo]|hybrid|h[i\u00ed]brido|presencial|on-?site|in[- ]person|work\s+from\s+home|wfh|telework"
)
_WHERE = (
    rf"(?:(?:fully\s+|100%\s+|us[\s-]+)?(?:{_ARRANGEMENTS})"
    r"(?:\s+(?:position|job|role|only|optional|eligible|possible|us|usa))?)"
)
# "Remote, US" and "Hybrid - 3 days", but not "Hybrid/Electric Vehicles".
_OR = r"(?:\s*(?:[,/&\u2013-]|\bor\b)\s*)"
_WHERE_AND_MORE = (
    rf"{_WHERE}(?:{_OR}{_WHERE})*"
    rf"(?:{_OR}(?:u\.?s\.?a?\b|united\s+states|[a-z]{{2}}\b|\d[^()\[\]]*)|\s+(?:in|from|within)\s[^()\[\]]*)?"
)
_WITHOUT_DAY = r"open\s+until\s+filled|rolling\s+deadline"
_DEADLINE = (
    r"(?:(?:application\s+)?deadline|apply\s+by|applications?\s+due|due\s+(?:date|by)|closes|closing\s+(?:date|on))"
    rf"\b[^()\[\]]*\d[^()\[\]]*|{_WITHOUT_DAY}"
)
_NUMBER = (
    r"(?:req(?:uisition)?\.?(?:\s*(?:id|no\.?|number))?[\s:#-]*|jr-?"
    r"|(?:job|position|posting|vacancy|ref(?:erence)?)\.?\s*(?:id|no\.?|number|code|#)[\s:#]*)[a-z]{0,4}-?\d[\w-]*"
    r"|\#\s?\d{5,}"
)
# What has none of these, as nearly all titles, says none of the above.
_TELLING = pattern(rf"\d|{_ARRANGEMENTS}|{_WITHOUT_DAY}", re.IGNORECASE)
_AT_END = pattern(
    rf"(?=[\s\u2013\u2014|\u2022(\[,:@]){_MARK}"
    rf"(?:(?P<arrangement>{_WHERE_AND_MORE})|(?P<deadline>{_DEADLINE})|(?P<other>{_NUMBER}))\s*[)\]]?\.?\Z",
    re.IGNORECASE,
)
_AT_START = pattern(
    rf"[(\[]?\s*(?:(?P<arrangement>{_WHERE})|(?P<other>{_NUMBER}))(?:{_AFTER.pattern})(?=\S)", re.IGNORECASE
)


def check_title(values: Mapping[str, Any], reading: Reading) -> None:
    """Warn of a title that says what other fields are for, or is in capitals, and offer the job alone.

    The codes are title-extra and title-capitals.
    """
    title: str | None = values.get("title")
    member = reading.member_of("title")
    if not title or member is None:
        return
    is_loud = is_in_capitals(title)
    if not is_loud and title.replace(" ", "").isalpha() and not any(word in title for word in _JOINING):
        return  # as nearly all titles: nothing could part the job from what else they say
    job, others = without_extra(title) if is_loud else title, []
    while found := _cut(job, values):
        job, said, field = found
        others.append((said, field))
    hint = f"write title: {plain(in_small_letters(job) if is_loud else job)}" if job else NAME
    if is_loud:
        reading.warn(member.value, "title-capitals", "title is all in capitals", hint)
    if others:
        parts = " and ".join(repr(said) for said, _ in others)
        unsaid = " and ".join(dict.fromkeys(field for _, field in others if field and not values.get(field)))
        message = f"title has {parts} in it; it should name only the job"
        hint += f"; put the rest in {unsaid}" if unsaid else ""
        reading.warn(member.value, "title-extra", message, hint)


def _cut(title: str, values: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """Return a title without what is beside the job at one of its ends, that, and the field for it."""
    if _TELLING.search(title):
        found = _AT_END.search(title)
        if found and found.start():
            return title[: found.start()], *_told(found)
        if found := _AT_START.match(title):
            return title[found.end() :], *_told(found)
    return _repeated(title, values)


def _repeated(title: str, values: Mapping[str, Any]) -> tuple[str, str, str] | None:
    lowered = title.lower() if len(title.lower()) == len(title) else title
    end, start = len(title.rstrip(")]. ")), len(title) - len(title.lstrip("([ "))
    for field, words, before in _said(values):
        said = words.lower()
        if lowered.endswith(said, 0, end):
            joint = before.search(title, 0, end - len(said))
            if joint and joint.start():
                return title[: joint.start()], title[end - len(said) : end], field
        if lowered.startswith(said, start):
            joint = _AFTER.match(title, start + len(said))
            if joint and joint.end() < len(title):
                return title[joint.end() :], title[start : start + len(said)], field
    return None


def _told(found: re.Match[str]) -> tuple[str, str]:
    """Return what was found beside a job, and the field for it; a number has none."""
    kind = str(found.lastgroup)
    return found[kind].rstrip(), "" if kind == "other" else kind


def _said(values: Mapping[str, Any]) -> Iterator[tuple[str, str, re.Pattern[str]]]:
    """Yield what fields say, in the forms in which titles repeat it, with what must stand before it there."""
    employer: Organization | None = values.get("organization")
    for name in names_of(employer) if employer else ():
        yield "organization", name, _BEFORE_LOOSE
    places: tuple[Place, ...] = values.get("location") or ()
    for place in places:
        if place.city and place.region:
            for region in (place.region, region_name(place.region, place.country)):
                yield "location", f"{place.city}, {region}", _BEFORE_LOOSE
            yield "location", f"{place.city} {place.region}", _BEFORE_FIRM
        if place.city and not (place.region and place.city == region_name(place.region, place.country)):
            yield "location", place.city, _BEFORE_FIRM
    kinds: tuple[EmploymentType, ...] = values.get("employment_type") or ()
    for kind in kinds:
        if kind not in _JOBS:
            yield "employment_type", kind, _BEFORE_FIRM
            yield "employment_type", kind.replace("-", " "), _BEFORE_FIRM
