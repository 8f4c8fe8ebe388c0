"""The table of a posting's fields: what each is called, takes and means, and how it is read.

Owns the fields' names and forms, from which parsing, the JSON Schema, the skeleton of a new posting and the
table in the documentation all come; refuses to judge fields against each other.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from functools import partial
from typing import Any

from yaml.nodes import Node

from hiringhall.intake import words
from hiringhall.intake.fields import (
    contact,
    dates,
    languages,
    locations,
    pay,
    short_forms,
    time_zones,
    titles,
)
from hiringhall.intake.fields.contact import linked_text
from hiringhall.intake.fields.forms import LONGEST_LIST, list_of, stated, text, texts, words_of
from hiringhall.intake.fields.reading import Field, Parser, Reading, by_name
from hiringhall.intake.fields.short_forms import choice
from hiringhall.intake.fields.suggestions import nearest
from hiringhall.intake.fields.written_arrangements import OTHER_WORDS
from hiringhall.intake.words import LEAVE_OUT, says_nothing
from hiringhall.model import Arrangement, ClosedReason, EmploymentType, PayPeriod

_TEXT: Mapping[str, Any] = {"type": "string", "minLength": 1}
_DATE: Mapping[str, Any] = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_URL: Mapping[str, Any] = {"type": "string", "format": "uri", "pattern": "^https?://"}
_EMAIL: Mapping[str, Any] = {"type": "string", "format": "email"}
_SLUG: Mapping[str, Any] = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
_FIGURE = r"^((\d{1,3}(,\d{3})+|\d+)(\.\d{1,2})?|[Oo]pen)$"
_AMOUNT: Mapping[str, Any] = {
    "anyOf": [{"type": "number", "exclusiveMinimum": 0}, {"type": "string", "pattern": _FIGURE}]
}
# Other words that people use, and what they mean.
_TYPES = words.meanings("employment types")
_CLOSING = (ClosedReason.FILLED, ClosedReason.WITHDRAWN)


def _or_left_out(parse: Parser[Any], way: str = "") -> Parser[Any]:
    """Return a parser that says where it refuses a value such as "N/A" that the field can be left out.

    `way` is the hint that says so; without one, what `parse` says of leaving it out is kept.
    """

    def read(name: str, node: Node, reading: Reading) -> Any:
        value = parse(name, node, reading)
        if value is None and (words := words_of(node)) and all(map(says_nothing, words)):
            last = reading.found[-1]
            is_told = (last.hint or "").startswith(("delete", "leave"))
            reading.found[-1] = last._replace(hint=way or (last.hint if is_told else LEAVE_OUT))
        return value

    return read


def omissible(rows: Iterable[Field], needed: Container[str] = ()) -> Mapping[str, Field]:
    """Return the rows by name, of which all but the needed ones say where they can be left out."""
    return by_name(row if row.name in needed else row._replace(parse=_or_left_out(row.parse)) for row in rows)


def _enum(kind: Iterable[str]) -> Mapping[str, Any]:
    return {"enum": [str(member) for member in kind]}


def _one_or_list(item: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"anyOf": [item, _list(item)]}


def _list(item: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"type": "array", "items": item, "minItems": 1, "maxItems": LONGEST_LIST}


def _line(name: str, description: str, example: str, parse: Parser[str] = stated) -> Field:
    return Field(name, "text", description, parse, _TEXT, example)


def _day(name: str, description: str, example: str) -> Field:
    return Field(name, "date", description, dates.day, _DATE, example)


def _detail(name: str, description: str, example: str) -> Field:
    return _line(name, description, example)._replace(is_detail=True)


def _mapping(parts: Iterable[Field], **rules: Any) -> Mapping[str, Any]:
    properties = {part.name: {**part.schema, "description": part.description} for part in parts}
    return {"type": "object", "properties": properties, "additionalProperties": False, **rules}


def _one_of(*names: str) -> Mapping[str, Any]:
    return {"anyOf": [{"required": [name]} for name in names]}


_PLACE = (
    _line("city", "The city or town.", "Hartford", locations.city),
    _line("region", "The state, province or region, by name or code.", "Connecticut", text),
    Field(
        "postal_code", "text", "The postal code; a ZIP code has five digits.", locations.postal_code,
        {"type": ["string", "integer"]}, '"06067"',
    ),
    Field(
        "country", "text",
        "The country: its ISO 3166 code, or its name in English or the site's language. Default: the site's.",
        locations.country, _TEXT, "US",
    ),
)  # fmt: skip
_SALARY = (
    Field("min", "figure", "The lowest pay; `open` if it is “up to” a figure.", pay.amount, _AMOUNT, "51640"),
    Field(
        "max", "figure", "The highest pay; `open` if it is “from” a figure. One figure alone counts as both.",
        pay.amount, _AMOUNT, "79640",
    ),
    Field(
        "period", "one of: " + ", ".join(PayPeriod),
        "The period that the figures are for; required with any figure.",
        pay.period, _enum(PayPeriod), "year",
    ),
    Field(
        "currency", "ISO 4217 code", "The currency. Default: the site's.", pay.currency,
        {"type": "string", "pattern": "^[A-Z]{3}$"}, "USD",
    ),
    _line(
        "note", "What else the employer says about pay, such as steps, stipends or experience.",
        "Depends on experience.",
    ),
)  # fmt: skip
_APPLY = (
    Field(
        "url", "web address", "The page where people apply.",
        _or_left_out(contact.url, contact.NO_ADDRESS), _URL, "https://example.org/apply",
    ),
    Field(
        "email", "email address", "Where to send the application.",
        _or_left_out(contact.email, contact.NO_ADDRESS), _EMAIL, "jobs@example.org",
    ),
    _line(
        "instructions", "What to do, in words.", "Send everything in one file.",
        partial(linked_text, read=text),
    ),
    _line("subject", "The subject line the employer asks for.", "Organizer application"),
    Field(
        "documents", "text or list", "The documents the employer asks for.", texts, _one_or_list(_TEXT),
        "[Cover letter, Resume]",
    ),
    _line("contact", "The person or office to write to.", "Human Resources", linked_text),
)  # fmt: skip
_SOURCE = (
    Field(
        "url", "web address", "Where the posting was found.", contact.url, _URL, "https://example.org/jobs/1"
    ),
    _day("seen", "When it was seen there.", "2026-01-05"),
)
_PLACE_SCHEMA: Mapping[str, Any] = {"anyOf": [_TEXT, _mapping(_PLACE, minProperties=1)]}
_LEFT_OUT = "leave it out; the page will then say that it is not stated"
_TYPE = _or_left_out(
    choice(EmploymentType, _TYPES, words.meanings("no employment type")), "leave this item out"
)


def _meant_type(word: str) -> str | None:
    return _TYPES.get(word.casefold()) or nearest(word, EmploymentType, 0.8)  # "then" is not "other"


FIELDS: tuple[Field, ...] = (
    Field(
        "title", "text", "The job title alone, without an announcement such as “We’re hiring:”.",
        titles.title, _TEXT, "Legislative and Political Organizer", required=True,
    ),
    Field(
        "organization", "text", "The employer: a key or name from `organizations.yaml`, or any other name.",
        text, _TEXT, "ct-afl-cio", required=True,
    ),
    _day(
        "added", "The day the posting was added to this list; optional if `posted` is given.", "2026-01-05",
    )._replace(required=True),
    Field(
        "location", "place or list of places",
        "`City, Region`, `City, Region, Country`, `Region, Country` or a mapping; required unless remote.",
        partial(locations.location, omissible(_PLACE)), _one_or_list(_PLACE_SCHEMA), "Rocky Hill, CT",
        parts=_PLACE,
    ),
    Field(
        "arrangement", "one of: " + ", ".join(Arrangement),
        "Where the work is done; leave it out if not stated.",
        _or_left_out(choice(Arrangement, OTHER_WORDS, mixed=Arrangement.HYBRID), _LEFT_OUT),
        _enum(Arrangement), "hybrid",
    ),
    _line(
        "arrangement_note", "More about the arrangement, such as changes over time.",
        "Two days a week in the office.",
    ),
    Field(
        "remote_from", "list of countries or regions", "For remote jobs: where people may live.",
        locations.remote_areas, _one_or_list(_TEXT), "[US]",
    ),
    Field(
        "employment_type", "one or a list of: " + ", ".join(EmploymentType), "The kind of employment.",
        _or_left_out(list_of(_TYPE, _meant_type), _LEFT_OUT),
        _one_or_list(_enum(EmploymentType)), "full-time",
    ),
    Field(
        "salary", "mapping", "The employer's own figures; leave it out if none are stated.",
        partial(pay.salary, omissible(_SALARY, {"period"})),
        _mapping(
            _SALARY,
            **_one_of("min", "max", "note"),
            dependencies={"min": ["period"], "max": ["period"]},
        ),
        "{min: 51640, max: 79640, period: year}", parts=_SALARY,
    ),
    Field(
        "benefits", "text or list", "The benefits as stated.", texts, _one_or_list(_TEXT),
        "[Pension, Health insurance]",
    ),
    _day("posted", "The employer's own date for the posting, never a guess.", "2026-01-05"),
    Field(
        "deadline", "date, date and time, or `rolling`",
        "The last day or exact time to apply: `2026-01-26`, `2026-01-26 17:00`, `2026-01-26T17:00-05:00`.",
        _or_left_out(dates.when, dates.NO_DEADLINE),
        {"anyOf": [{"const": "rolling"}, {"type": "string", "pattern": dates.DEADLINE_PATTERN}]},
        '"2026-01-26 17:00"',
    ),
    Field(
        "time_zone", "IANA name", "The time zone of the deadline. Default: the site's.",
        time_zones.zone, _TEXT, "America/New_York",
    ),
    _day("verify_by", "For a posting whose deadline has no date: the last day it stays open.", "2026-03-31"),
    _day("verified", "The last day someone confirmed that the job was still open.", "2026-01-20"),
    Field(
        "status", "`filled` or `withdrawn`", "Closes the posting at once.",
        choice(_CLOSING, words.meanings("statuses"), words.meanings("no status")), _enum(_CLOSING), "filled",
    ),
    Field(
        "apply", "web address, email address or mapping",
        "How to apply. A mapping needs at least one of `url`, `email` and `instructions`.",
        partial(contact.apply, omissible(_APPLY)),
        {"anyOf": [_TEXT, _mapping(_APPLY, **_one_of("url", "email", "instructions"))]},
        "jobs@example.org", required=True, parts=_APPLY,
    ),
    Field(
        "tags", "list", "A few words that help people find the posting.",
        list_of(short_forms.tag), _list(_TEXT), "[organizing]",
    ),
    _detail(
        "schedule", "Hours and shifts, when the job starts and how long it lasts.",
        "35 hours a week, some evenings; through November 7",
    ),
    _detail("bargaining_unit", "The unit or contract that covers the job.", "Staff union"),
    _detail("department", "The department.", "Political Action"),
    _detail("reports_to", "The person or office the job reports to.", "President"),
    _detail("posted_by", "The agency or board that published it, if not the employer.", "Example Recruiting"),
    _detail("experience", "The experience asked for, in years or words.", "2 years of organizing"),
    _detail("languages", "The languages asked for.", "Spanish is desirable"),
    _detail("travel", "Travel, licenses, vehicles.", "Within the state; driver's license required"),
    Field(
        "source", "mapping", "Where the posting was found, and when.",
        partial(contact.source, omissible(_SOURCE)),
        _mapping(_SOURCE, minProperties=1), "{url: https://example.org/jobs/1, seen: 2026-01-05}",
        parts=_SOURCE,
    ),
    Field(
        "aliases", "list of slugs",
        "Former file names of the posting, without .md, oldest first. Their addresses lead here.",
        list_of(short_forms.slug), _one_or_list(_SLUG), "[legislative-organizer]",
    ),
    Field(
        "language", "BCP 47 code", "The language of the posting. Default: the site's.", languages.language,
        {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"}, "es",
    ),
    _line(
        "summary", "One or two sentences for lists. Default: made from the text.",
        "Organize for a state federation.",
    ),
    Field(
        "draft", "true or false", "Keeps the posting off the site.", short_forms.yes_or_no,
        {"type": "boolean"}, "true",
    ),
)  # fmt: skip
BY_NAME = by_name(FIELDS)
# What else is said about a job, in the employer's words: the facts `facts.NAME` of the strings.
DETAILS = tuple(row.name for row in FIELDS if row.is_detail)
