"""One file of content made into a posting, or the reasons why it is not one.

Owns the order in which a file is read and judged; refuses to know any other file.
"""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from hiringhall.diagnostics import Outcome
from hiringhall.engine.steps import Steps, in_step
from hiringhall.intake.configuration.register import Register, names_of
from hiringhall.intake.content import clocks, rules
from hiringhall.intake.fields.dates import When
from hiringhall.intake.fields.other_names import read_fields
from hiringhall.intake.fields.reading import Reading
from hiringhall.intake.fields.table import BY_NAME, DETAILS
from hiringhall.intake.fields.titles import check_title
from hiringhall.intake.files.names import check_name, slug_of
from hiringhall.intake.frontmatter.documents import read_document
from hiringhall.intake.markdown.bodies import read_body
from hiringhall.intake.markdown.rendering import Rendered
from hiringhall.model import Deadline, Posting, Settings, Source, Version
from hiringhall.policies import lifecycle
from hiringhall.policies.moves import moves_of


def read_posting(source: Source, settings: Settings, register: Register) -> Outcome[Posting]:
    """Read and judge one posting; there is a value only if no error was found."""
    (found,) = in_step((posting_in_steps(source, settings, register),))
    return found


def posting_in_steps(source: Source, settings: Settings, register: Register) -> Steps[Outcome[Posting]]:
    """Do the same as one of several postings that are read in step."""
    misnamed = check_name(source.path)
    taken_apart = read_document(source, BY_NAME)
    document = taken_apart.value
    if document is None:
        return Outcome(None, (*misnamed, *taken_apart.diagnostics))
    reading = Reading(document, settings, slug_of(source.path), (*misnamed, *taken_apart.diagnostics))
    yield
    values = read_fields(reading)
    yield
    written: When | None = values.get("deadline")
    values["deadline"] = written and written.in_zone(values.get("time_zone") or settings.time_zone)
    _judge(values, source.past, reading)
    if values.get("organization"):
        values["organization"] = register.resolve(values["organization"])
        rules.check_organization(values["organization"], register, reading)
    employer = values.get("organization")
    check_title(values, names_of(employer) if employer else (), reading)
    yield
    rendered = yield from read_body(reading, BY_NAME)
    posting = _posting(source, rendered, values, reading) if rendered else None
    return Outcome(posting, tuple(reading.found))


def _judge(values: dict[str, Any], past: tuple[Version, ...], reading: Reading) -> None:
    rules.check_required(values, reading)
    rules.check_dates(values, reading)
    clocks.check_deadline_time(values["deadline"], reading)
    clocks.check_time_zone(values, reading)
    clocks.check_clock(values, reading)
    rules.check_remote(values, reading)
    rules.check_pay(values, reading)
    rules.check_currency(values, reading)
    rules.check_apply(values, reading)
    rules.check_wrapped(values, reading)
    rules.check_draft(values, past, reading)


def _posting(source: Source, rendered: Rendered, values: dict[str, Any], reading: Reading) -> Posting:
    """Make the posting from values found to be good."""
    get = values.get
    settings = reading.settings
    added = get("added") or values["posted"]
    confirmed = lifecycle.last_confirmed(values) or added
    deadline: Deadline | None = values["deadline"]
    zone = ZoneInfo(settings.time_zone)
    closing = lifecycle.closing_of(deadline, confirmed, get("verify_by"), settings.undated_max_age_days, zone)
    origin: dict[str, Any] = get("source") or {}
    return Posting(
        slug=reading.slug,
        path=source.path,
        title=values["title"],
        organization=values["organization"],
        added=added,
        posted=get("posted"),
        verified=get("verified"),
        confirmed=confirmed,
        verify_by=get("verify_by"),
        deadline=deadline,
        status=get("status"),
        closes_at=closing.at,
        closes_because=closing.reason,
        places=get("location") or (),
        arrangement=get("arrangement"),
        arrangement_note=get("arrangement_note"),
        remote_from=get("remote_from") or (),
        employment_types=get("employment_type") or (),
        salary=get("salary"),
        benefits=get("benefits") or (),
        application=values["apply"],
        tags=get("tags") or (),
        details=tuple((name, values[name]) for name in DETAILS if name in values),
        source_url=origin.get("url"),
        source_seen=origin.get("seen"),
        aliases=get("aliases") or (),
        language=get("language") or settings.language,
        summary=get("summary") or rendered.summary or values["title"],
        draft=bool(get("draft")),
        body_html=rendered.html,
        body_text=rendered.text,
        moves=moves_of(source.past, added, settings),
        is_added_stated=get("added") is not None,
    )
