"""The rules that judge a posting's fields against each other, once each has been read.

Owns what is required and what contradicts itself; refuses to know how a field is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from yaml.nodes import MappingNode, Node

from hiringhall.diagnostics import Span, warning
from hiringhall.intake.configuration.examples import is_example
from hiringhall.intake.configuration.register import Register
from hiringhall.intake.fields.countries import country_name
from hiringhall.intake.fields.currency_signs import all_used_in, used_in
from hiringhall.intake.fields.reading import Reading, report_missing
from hiringhall.intake.fields.table import BY_NAME
from hiringhall.intake.fields.web_addresses import WRAPPED, wrapped
from hiringhall.intake.fields.written_pay import pay_in
from hiringhall.intake.frontmatter.quoting import plain
from hiringhall.intake.words import says_nothing
from hiringhall.model import (
    Application,
    Arrangement,
    Deadline,
    EmploymentType,
    Organization,
    Rolling,
    Salary,
    Version,
)
from hiringhall.policies.paylaw import law_for
from hiringhall.policies.slugs import is_slug

_FAR = timedelta(days=3 * 366)
Values = Mapping[str, Any]


def check_required(values: Values, reading: Reading) -> None:
    """Report the required fields that are missing, as errors (missing-field)."""
    missing = [name for name, row in BY_NAME.items() if row.required and name not in values]
    if values.get("location", ()) == () and values.get("arrangement", "") not in {Arrangement.REMOTE, None}:
        missing.append("location")
    if "posted" in values and "added" in missing:
        missing.remove("added")
    report_missing(missing, BY_NAME, reading)


def check_dates(values: Values, reading: Reading) -> None:
    """Report dates that contradict each other; equal days never do.

    A deadline before `posted` is an error (date-order); others are warnings: date-late, date-far,
    verify-by-unused.
    """
    added: date | None = values.get("added")
    posted: date | None = values.get("posted")
    verify_by: date | None = values.get("verify_by")
    deadline: Deadline | Rolling | None = values.get("deadline")
    closing = deadline.day if isinstance(deadline, Deadline) else None
    start = added or posted
    if closing and posted and closing < posted:
        message = f"the deadline, {closing}, is before the day the job was posted, {posted}"
        hint = "correct one of the two; check the years"
        reading.error(reading.node_of("deadline"), "date-order", message, hint)
    elif closing and added and closing < added:
        message = f"the deadline, {closing}, is before the day the posting was added, {added}"
        hint = "write as added the day when it was first listed anywhere, or correct the deadline"
        reading.warn_of("deadline", "date-late", f"{message}, so it was never open", hint)
    if added and posted and posted > added:
        hint = "correct one of the two; if the job was posted again, leave posted at its first day"
        reading.warn_of("posted", "date-late", f"posted, {posted}, is after added, {added}", hint)
    _check_verified(values, closing, reading)
    if closing and verify_by:
        message = "verify_by has no effect if the deadline has a date"
        reading.warn_of("verify_by", "verify-by-unused", message, "delete one of them")
    elif verify_by:
        _check_verify_by(verify_by, start, values, reading)
    counting = {
        "deadline": closing,
        "verified": values.get("verified"),
        "verify_by": None if closing else verify_by,
    }
    for name, day in counting.items():
        if start and day and day - start > _FAR:
            subject = "the deadline" if name == "deadline" else name
            message = f"{subject}, {day}, is more than three years after {start}"
            reading.warn_of(name, "date-far", message, "check the year")


def _check_verified(values: Values, closing: date | None, reading: Reading) -> None:
    verified: date | None = values.get("verified")
    posted: date | None = values.get("posted") or values.get("added")
    if verified and posted and verified < posted:
        message = f"verified, {verified}, is before the day the job was posted, {posted}, so it has no effect"
        hint = "write the day somebody last saw that the job is open"
        reading.warn_of("verified", "date-late", message, hint)
    elif verified and closing and verified > closing and not values.get("status"):
        message = (
            f"verified, {verified}, is after the deadline, {closing}, which closes the posting all the same"
        )
        reading.warn_of("verified", "date-late", message, "write the new deadline, or delete verified")


def _check_verify_by(verify_by: date, start: date | None, values: Values, reading: Reading) -> None:
    verified: date | None = values.get("verified")
    if start and verify_by < start:
        message = f"verify_by, {verify_by}, is before {start}, so the posting was never open"
        reading.warn_of("verify_by", "date-late", message)
    elif verified and verify_by < verified and not values.get("status"):
        message = f"verify_by, {verify_by}, is before verified, {verified}, and still closes the posting"
        reading.warn_of("verify_by", "date-late", message, "move verify_by, or delete it")


def check_remote(values: Values, reading: Reading) -> None:
    """Warn of `remote_from` where the job is not remote (remote-from)."""
    arrangement = values.get("arrangement", "")
    if values.get("remote_from") and arrangement not in {Arrangement.REMOTE, None}:
        message = "remote_from has no effect unless arrangement is remote"
        hint = f"{'write' if arrangement else 'add'} arrangement: remote, or delete it"
        reading.warn_of("remote_from", "remote-from", message, hint)


def check_currency(values: Values, reading: Reading) -> None:
    """Warn of figures without a currency for a job in another country that has another (currency-assumed)."""
    salary: Salary | None = values.get("salary")
    countries = {place.country for place in values.get("location") or values.get("remote_from") or ()}
    abroad = countries - {reading.settings.default_country}
    if salary is None or salary.ends is None or len(countries) != 1 or not abroad:
        return
    (country,), assumed = abroad, reading.settings.default_currency
    is_stated = any(key.value == "currency" for key, _ in reading.node_of("salary").value)
    usual = used_in(country)
    if usual and not is_stated and assumed not in all_used_in(country):
        name = country_name(country)
        message = f"the pay has no currency, so it is read as {assumed}, but {usual} is usual in {name}"
        hint = f"add currency: {usual} to salary, or currency: {assumed} if that is right"
        reading.warn_of("salary", "currency-assumed", message, hint)


def check_apply(values: Values, reading: Reading) -> None:
    """Warn of an address to apply at that only examples have (apply-example), if the site's own is none."""
    apply: Application | None = values.get("apply")
    if apply is None or is_example(reading.settings.base_url):
        return
    for part, address in (("url", apply.url), ("email", apply.email)):
        if address and is_example(address):
            message = f"{address} is only an example: nobody can apply there"
            hint = "write the employer's own address, or, if this is only a try, add draft: true"
            reading.warn(_part("apply", part, reading), "apply-example", message, hint)


def check_wrapped(values: Values, reading: Reading) -> None:
    """Warn of an address that leads through another site (address-wrapped): to apply at, or of the source."""
    apply: Application | None = values.get("apply")
    source: Values = values.get("source") or {}
    for name, address in (("apply", apply and apply.url), ("source", source.get("url"))):
        if address and (found := WRAPPED.match(address)):
            reading.warn(_part(name, "url", reading), "address-wrapped", *wrapped(found))


def check_draft(values: Values, past: Sequence[Version], reading: Reading) -> None:
    """Warn of a draft that was published (draft-published): its address leads nowhere now."""
    start: date | None = values.get("added") or values.get("posted")
    if values.get("draft") and start and past and start <= datetime.fromtimestamp(past[-1].at, UTC).date():
        message = "this posting was published before, and its page is gone while it is a draft"
        hint = "use status: filled or status: withdrawn to close it and keep its address"
        reading.warn_of("draft", "draft-published", message, hint)


def check_organization(employer: Organization, register: Register, reading: Reading) -> None:
    """Warn of a free name that is all but equal to a registered one (organization-near), or is like a key.

    Somebody may have changed the name that postings have, of which its key was made, or a key that they have
    (organization-unknown).
    """
    written = employer.name
    code = "organization-near"
    if says_nothing(written, "no employer"):
        code, message = "text-empty", f"organization is {written!r}, which names no employer"
        hint = "write the employer's name, or what kind of employer it is"
    elif employer.key is not None:
        return
    elif near := register.near(written):
        message = f"{written!r} is not in organizations.yaml, but {near!r} is"
        hint = f"if it is the same employer, write {plain(near)}; if not, add it to organizations.yaml"
    elif there := register.at(employer.slug):
        message = f"{written!r} is not in organizations.yaml, but shares the page of {there.name!r}, which is"
        hint = (
            f"if it is the same employer, put this name under aliases of {there.key}; if not, change that key"
        )
    elif "-" in written and is_slug(written):
        code = "organization-unknown"
        message = f"organizations.yaml has no entry {written!r}, so readers see this as the employer's name"
        hint = "write the employer's name, or the key of an entry"
    else:
        return
    reading.warn_of("organization", code, message, hint)


def check_pay(values: Values, reading: Reading) -> None:
    """Warn of pay that only the text states (body-field); note a law that asks for it (pay-transparency)."""
    salary = values.get("salary")
    day: date | None = values.get("posted") or values.get("added")
    known = salary is not None and (salary.ends is not None or any(map(str.isdigit, salary.note or "")))
    tried = salary is None and any(
        "salary" in names for names in (values, reading.document.fields, reading.document.broken)
    )
    if known or tried or day is None:
        return
    document = reading.document
    in_text = pay_in(document.body) if salary is None else None
    if in_text:
        start = in_text.start("pay")
        line = document.body_line + document.body.count("\n", 0, start)
        column = start - document.body.rfind("\n", 0, start)
        span = Span(line, column, line, column + len(in_text["pay"]))
        message = (
            f"the text states pay, {in_text['pay']}, but no field does, so the page says that none is stated"
        )
        hint = f"add it above the second ---, as in salary: {BY_NAME['salary'].example}"
        reading.found.append(warning(document.path, span, "body-field", message, hint))
        return
    if EmploymentType.VOLUNTEER in (values.get("employment_type") or ()):
        return
    missing, it = ("no figures for pay are", "them") if salary else ("no pay is", "it")
    areas = values.get("remote_from") if values.get("arrangement") is Arrangement.REMOTE else ()
    for place in (*(values.get("location") or ()), *(areas or ())):
        law = law_for(place, day)
        if law:
            message = (
                f"{missing} stated; since {law.since}, a law of {law.name} asks most employers to state {it}"
            )
            reading.note("pay-transparency", message, "ask the employer for the figures")
            return


def _part(name: str, part: str, reading: Reading) -> Node:
    """Return where a part of a field is: its own value, or that of the whole field, written as one text."""
    node = reading.node_of(name)
    return reading.node_of(f"{name}.{part}") if isinstance(node, MappingNode) else node
