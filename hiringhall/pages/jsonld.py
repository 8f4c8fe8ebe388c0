"""The JobPosting of an open posting, by schema.org's vocabulary and Google's rules for job search.

Owns when there is markup and what it says; refuses to guess: what the employer did not state is left out.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from markupsafe import Markup, escape

from hiringhall.context import Context
from hiringhall.engine.escaping import json_bytes
from hiringhall.engine.patterns import pattern
from hiringhall.model import Arrangement, Deadline, EmploymentType, Entry, Place, Posting, Salary, State
from hiringhall.policies import lifecycle, places
from hiringhall.syndication import name_of, number, page_of, text_of

# The kinds that schema.org calls otherwise than this program.
_OTHER_NAMES = {EmploymentType.CONTRACT: "CONTRACTOR", EmploymentType.INTERNSHIP: "INTERN"}
_HEADING = pattern(r"<(/?)h[1-6](?: [^>]*)?>")


def job_posting(posting: Posting, entry: Entry, context: Context) -> Markup | None:
    """Return the text of the posting's data block, or None where the rules allow none.

    There is markup only for an open posting whose employer's date is known, that names a way to apply, and
    whose place can be given in the required form.
    """
    if not is_eligible(posting, entry):
        return None
    return Markup(_harmless(json_bytes(record(posting, context)).decode()))  # noqa: S704 -- escaped just here


def _harmless(text: str) -> str:
    """Escape what could end the script element, or start a comment or another script inside it."""
    # Three passes in C are faster than one through a table.
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def is_eligible(posting: Posting, entry: Entry) -> bool:
    """Say whether a posting may have markup: if it is open, dated by its employer, and can be applied for."""
    application = posting.application
    if entry.state is State.CLOSED or posting.posted is None or not (application.url or application.email):
        return False
    located = posting.remote_from if posting.arrangement is Arrangement.REMOTE else posting.places
    return bool(located) and bool(posting.body_text.strip()) and posting.body_text.strip() != posting.title


def record(posting: Posting, context: Context) -> dict[str, Any]:
    """Return the JobPosting of an eligible posting; each figure is one that its page shows."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": posting.title,
        "description": _description(posting, context),
        "datePosted": posting.posted.isoformat() if posting.posted else None,
        "validThrough": _valid_through(posting),
        "employmentType": [_OTHER_NAMES.get(kind, kind.name) for kind in posting.employment_types] or None,
        "hiringOrganization": _organization(posting),
        "identifier": {
            "@type": "PropertyValue",
            "name": posting.organization.name,
            "value": name_of(posting),
        },
        "jobLocation": [_location(place) for place in posting.places] or None,
        "baseSalary": _salary(posting.salary),
        # An email address is a direct way to apply; only the employer knows where a link leads.
        "directApply": True if posting.application.email else None,
        "url": page_of(posting, context),
    }
    if posting.arrangement is Arrangement.REMOTE:
        found["jobLocationType"] = "TELECOMMUTE"
        found["applicantLocationRequirements"] = [_area(place) for place in posting.remote_from]
    return {name: value for name, value in found.items() if value is not None}


def _description(posting: Posting, context: Context) -> str:
    """Return the body with headings as paragraphs, as job search requires, and remote work in words."""
    body = _HEADING.sub(r"<\1p>", text_of(posting, context))
    if posting.arrangement is not Arrangement.REMOTE:
        return body
    return f"<p>{escape(context.wording.text('posting.fully-remote'))}</p>\n{body}"


def _valid_through(posting: Posting) -> str | None:
    """Return the last second before the deadline with its offset from UTC; nothing without a dated one."""
    deadline = posting.deadline
    if not isinstance(deadline, Deadline):
        return None
    last = lifecycle.instant_of(deadline) - timedelta(seconds=1)
    return last.astimezone(lifecycle.zone_of(deadline)).isoformat()


def _organization(posting: Posting) -> dict[str, Any]:
    named = {"@type": "Organization", "name": posting.organization.name}
    return named | {"sameAs": posting.organization.url} if posting.organization.url else named


def _location(place: Place) -> dict[str, Any]:
    parts = {
        "addressLocality": place.city,
        "addressRegion": place.region,
        "postalCode": place.postal_code,
        "addressCountry": place.country,
    }
    stated = {name: value for name, value in parts.items() if value}
    return {"@type": "Place", "address": {"@type": "PostalAddress", **stated}}


def _area(place: Place) -> dict[str, Any]:
    """Return where applicants may live: a country, or a region named together with its country."""
    if place.region is None and place.city is None:
        return {"@type": "Country", "name": place.country}
    region = places.region_name(place.region, place.country)
    named = ", ".join(part for part in (place.city, region, place.country) if part)
    return {"@type": "City" if place.city else "State", "name": named}


def _salary(salary: Salary | None) -> dict[str, Any] | None:
    # Search engines take one figure or both ends.
    if salary is None or salary.minimum is None or salary.maximum is None:
        return None
    low, high = number(salary.minimum), number(salary.maximum)
    figures = {"value": low} if low == high else {"minValue": low, "maxValue": high}
    value = {"@type": "QuantitativeValue", **figures, "unitText": salary.period.value.upper()}
    return {"@type": "MonetaryAmount", "currency": salary.currency, "value": value}
