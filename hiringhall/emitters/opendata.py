"""Open data: every open posting with all its fields, as jobs.json with a published schema, and as jobs.csv.

Owns the form of both files; refuses to know when a posting is open.

jobs.csv is for spreadsheets, jobs.json for programs. The CSV starts with a byte order mark, without which
Excel takes UTF-8 for a legacy encoding; programs read it as `utf-8-sig`. A cell that a spreadsheet would run
as a formula starts with an apostrophe, which is not part of the text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

from hiringhall import feeds, syndication
from hiringhall.context import Context
from hiringhall.engine.digests import key_of
from hiringhall.engine.escaping import json_bytes, json_list
from hiringhall.engine.memoize import memoize_abreast
from hiringhall.model import Entry, File, Listing, Move, Output, Parts, Place, Posting
from hiringhall.policies import moments
from hiringhall.policies.places import with_postal_code

VERSION = "1.1"
SCHEMA = "jobs.schema.json"

# What a spreadsheet may take for a formula, also in full width and after characters that it skips.
_FORMULA = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
_PASSED_OVER = "".join(map(chr, range(0x21))) + "\x7f\x85\xa0\u200b\u2028\u2029\u3000\ufeff"
_MOVES = frozenset("\t\r\n")
_CONTROLS = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0D})
_DROPPED = _CONTROLS.decode()
_OF_EMPLOYERS = ("key", "name", "short_name", "parent", "url")
# The columns of jobs.csv, new ones last: the fields of jobs.json by name, and those of the objects in it.
_PREFIXES = {"pay": "salary", "application": "apply"}
_COLUMNS = (
    *("url", "title", "organization", "organization_key"),
    *("added", "posted", "verified", "verify_by", "state"),
    *("deadline", "deadline_time", "deadline_utc_offset", "deadline_time_zone", "deadline_ends", "closes"),
    *("places", "arrangement", "arrangement_note", "remote_from", "employment_types"),
    *("salary_min", "salary_max", "salary_currency", "salary_period", "salary_note", "benefits"),
    *("apply_url", "apply_email", "apply_instructions", "apply_subject", "apply_documents", "apply_contact"),
    *("tags", "bargaining_unit", "department", "reports_to", "posted_by", "experience", "languages"),
    *("travel", "source_url", "source_seen", "language", "summary", "text"),
    *("id", "aliases", "added_stated", "schedule"),
)


@memoize_abreast  # the CSV has the same
def _job(posting: Posting, entry: Entry, context: Context) -> dict[str, Any]:
    """Return a posting as an object of jobs.json; None stands for what is not stated."""
    return {
        "id": syndication.id_of(posting),
        "slug": posting.slug,
        "url": syndication.page_of(posting, context),
        "title": posting.title,
        "organization": {name: getattr(posting.organization, name) for name in _OF_EMPLOYERS},
        "added": posting.added.isoformat(),
        "added_stated": posting.is_added_stated,
        "posted": _day(posting.posted),
        "verified": _day(posting.verified),
        "verify_by": _day(posting.verify_by),
        "state": entry.state.value,
        "deadline": syndication.deadline_record(posting.deadline),
        "closes": moments.utc(posting.closes_at),
        "places": [place._asdict() for place in posting.places],
        "arrangement": posting.arrangement,
        "arrangement_note": posting.arrangement_note,
        "remote_from": [place._asdict() for place in posting.remote_from],
        "employment_types": posting.employment_types,
        "pay": syndication.pay_record(posting.salary),
        "benefits": posting.benefits,
        "application": posting.application._asdict(),
        "tags": posting.tags,
        "details": dict(posting.details),
        "source": {"url": posting.source_url, "seen": _day(posting.source_seen)},
        "aliases": posting.aliases,
        "language": posting.language,
        "summary": posting.summary,
        "content_html": syndication.text_of(posting, context),
        "changed": date.fromordinal(entry.changed).isoformat(),
        "moves": list(map(_move, posting.moves)),
    }


def _move(move: Move) -> dict[str, str | None]:
    return {
        "day": date.fromordinal(move.day).isoformat(),
        "field": move.what,
        "before": move.before or None,
        "after": move.after or None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _row(posting: Posting, entry: Entry, context: Context) -> bytes:
    """Return a posting as a line of CSV in the order of the columns; an empty cell is what is not stated."""
    job = _job(posting, entry, context)
    deadline = job["deadline"] or {}
    cells = {
        **job["details"],
        **job,
        **{
            f"{_PREFIXES.get(name, name)}_{part}": value
            for name, record in job.items()
            if isinstance(record, dict)
            for part, value in record.items()
        },
        "organization": posting.organization.name,
        "deadline": "rolling" if deadline.get("rolling") else deadline.get("date"),
        "places": _places(posting.places, context),
        "remote_from": _places(posting.remote_from, context),
        "text": posting.body_text,
        "added_stated": str(posting.is_added_stated).lower(),
    }
    return csv_line(*map(cells.get, _COLUMNS))


def _places(places: Iterable[Place], context: Context) -> str:
    wording, home = context.wording, context.settings.default_country
    return "; ".join(wording.place(with_postal_code(place, wording.language), home) for place in places)


JSON = syndication.Maker("data", lambda *given: json_bytes(_job(*given)))
CSV = syndication.Maker("csv", _row)


def csv_line(*cells: object) -> bytes:
    """Return a line of CSV (RFC 4180) in UTF-8, every cell quoted and none of them a formula.

    >>> print(csv_line('a "b" c', None, "=1+1", 5).decode().rstrip())
    "a ""b"" c","","'=1+1","5"
    """
    line = '"' + '","'.join(map(_cell, cells)) + '"\r\n'
    return line.encode("utf-8", "replace").translate(None, _CONTROLS)


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = "; ".join(value) if isinstance(value, tuple) else str(value)
    if text.lstrip(_DROPPED)[:1] in _MOVES or text.lstrip(_PASSED_OVER)[:1] in _FORMULA:
        text = f"'{text}"
    return text.replace('"', '""')


def outputs(listing: Listing, context: Context, parts: Parts) -> Iterator[Output]:
    """Yield jobs.json, its schema, and jobs.csv."""
    key, schema = partial(feeds.open_key, listing, context), _schema(context.site.absolute(SCHEMA))
    yield File("jobs.json", key, partial(_json, listing, context, parts))
    yield File(SCHEMA, lambda: key_of(site=schema), lambda: (schema.encode(),))
    yield File("jobs.csv", key, partial(_csv, listing, parts))


def _json(listing: Listing, context: Context, parts: Parts) -> Iterable[bytes]:
    head = {
        "$schema": context.site.absolute(SCHEMA),
        "version": VERSION,
        "title": context.settings.title,
        "url": context.site.absolute(""),
        "language": context.settings.language,
        "time_zone": context.settings.time_zone,
    }
    return json_list(head, "jobs", parts.read(JSON.kind, listing.open))


def _csv(listing: Listing, parts: Parts) -> Iterable[bytes]:
    yield "\ufeff".encode() + csv_line(*_COLUMNS)
    yield from parts.read(CSV.kind, listing.open)


@cache
def _schema(address: str) -> str:
    """Return the schema as published: the file beside this module, with its address."""
    schema = json.loads(Path(__file__).with_name(SCHEMA).read_text(encoding="utf-8"))
    schema["$id"] = address
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
