"""What an employer's page says of its job in its structured data, as the fields of a posting.

Owns which property of schema.org's JobPosting is which field; refuses to judge a value, and to take the text:
a list says in its own words what the work is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from http.client import responses
from typing import Any
from zoneinfo import ZoneInfo

from hiringhall.commands.new.issue_form import Answers, one_or_all
from hiringhall.commands.new.skeleton import Value
from hiringhall.diagnostics import UsageError
from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.countries import country_code
from hiringhall.intake.fields.forms import COMMAS, one_line
from hiringhall.intake.fields.web_addresses import as_uri
from hiringhall.intake.fields.written_arrangements import NO_PLACE
from hiringhall.intake.fields.written_pay import OTHER_WORDS, as_parts, canonical
from hiringhall.intake.words import says_nothing
from hiringhall.model import Arrangement, EmploymentType, Settings
from hiringhall.webpages.reading import read, unescaped
from hiringhall.webpages.requesting import request

_HTML = pattern(r"(?:<\?xml[^<>]*>|<!--[^<>]*-->|\s)*<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_ADDRESS = pattern(r"https?://", re.IGNORECASE)
_TYPES = {"contractor": EmploymentType.CONTRACT, "intern": EmploymentType.INTERNSHIP}
_ENDS_OF_DAYS = (time(0), time(23, 59), time(23, 59, 59))
# Not "50.000" and "30,50", whose signs may be between thousands or before cents: who reads the draft decides.
_FIGURE = pattern(r"(?!\d{1,3}\.\d{3}\Z)(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.\d{1,9})?", re.ASCII)
_PARTS = {"city": "addressLocality", "region": "addressRegion", "postal_code": "postalCode"}


def is_address(text: str) -> bool:
    """Say whether a text is the address of a page on the web."""
    return _ADDRESS.match(text) is not None


def is_html(text: str) -> bool:
    """Say whether a text is a page that a browser has saved."""
    return _HTML.match(text) is not None


def completed(form: Answers, settings: Settings) -> Answers:
    """Return a form's answers, with what the page that they name says besides if they do not name the job.

    Raises UsageError, with what to do instead, if that page is needed and cannot be had or has no facts.
    """
    source = form.fields.get("source")
    if {"title", "organization"} <= form.fields.keys() or not source:
        return form
    if not isinstance(source, Mapping):
        raise UsageError(f"{source!r} is not the address of a page that says the title and the employer")
    address = source["url"] if is_address(source["url"]) else f"https://{source['url']}"
    page = read_page(page_at(address, settings), address, settings)
    return form._replace(fields={**page.fields, **form.fields, "source": {"url": address}})


def page_at(address: str, settings: Settings) -> str:
    """Return the HTML of a page. Raises UsageError, with what to do instead, if it cannot be had."""
    reply = request(as_uri(address), settings.base_url, is_read=True)
    if reply.status is None:
        raise UsageError(f"{address} did not answer: {reply.reason}")
    if not reply.html:
        said = f"{reply.status} {responses.get(reply.status, '')}".strip()
        way = "save the page in a browser, and give the name of that file"
        raise UsageError(f"{address} gives programs no page ({said}); {way}")
    return reply.html


def read_page(html: str, name: str, settings: Settings) -> Answers:
    """Return what the data of a page says of its one job.

    `name` is the address at which people see the page, or the name of a file; then its data says the address.
    Raises UsageError if it is the page of no job, or of several.
    """
    jobs = read(html).jobs()
    if not jobs:
        where = "in a form that programs can read, schema.org's JobPosting"
        raise UsageError(f"{name} does not say the facts of a job {where}; run new without --from")
    if len(jobs) > 1:
        raise UsageError(f"{name} is about {len(jobs)} jobs; give the address of the page of one")
    job = jobs[0]
    address = name if is_address(name) else _text(job.get("url"))
    is_remote = "telecommute" in _text(job.get("jobLocationType")).casefold()
    places = (_place(each, settings) for each in _addresses(job.get("jobLocation")))
    fields: dict[str, Value] = {
        "title": _text(job.get("title")),
        "organization": _text(job.get("hiringOrganization")),
        "location": one_or_all([place for place in places if place]),
        "arrangement": Arrangement.REMOTE.value if is_remote else "",
        "remote_from": _texts(job.get("applicantLocationRequirements")) if is_remote else "",
        "employment_type": one_or_all([*_types(job.get("employmentType"))]),
        "salary": _pay(_first(job.get("baseSalary")), job.get("salaryCurrency"), settings),
        "posted": _day(job.get("datePosted"), settings),
        "deadline": "" if _is_counted(job) else _deadline(job.get("validThrough"), settings),
        "schedule": _text(job.get("workHours")),
        "apply": address,
        "source": {"url": address} if address else "",
    }
    return Answers({field: value for field, value in fields.items() if value})


def _each(said: Any) -> list[Any]:
    return said if isinstance(said, list) else [said] if said else []


def _first(said: Any) -> Any:
    while isinstance(said, list):
        said = next(iter(said), None)
    return said


def _text(said: Any) -> str:
    """Return a value of the data as text: that of a thing is its name, that of a list its first."""
    while isinstance(said, list | dict):
        said = said.get("name", said.get("@value")) if isinstance(said, dict) else _first(said)
    if said is None or isinstance(said, bool):
        return ""
    # Half a sign, as is left where a text was cut off, cannot be written to a file.
    return one_line(unescaped(str(said).encode(errors="ignore").decode()))


def _texts(said: Any) -> list[str]:
    return [*filter(None, map(_text, _each(said)))]


def _addresses(places: Any) -> Iterator[Any]:
    """Yield each place, and one that has several addresses once for each."""
    for place in _each(places):
        several = place.get("address") if isinstance(place, dict) else None
        yield from ({"address": each} for each in several) if isinstance(several, list) else (place,)


def _place(said: Any, settings: Settings) -> str | Mapping[str, str]:
    """Return a place as people write it if it is in the site's country, else its parts."""
    address = said.get("address") if isinstance(said, dict) else said
    if not isinstance(address, dict):
        return _text(address) or _text(said)
    country = _text(address.get("addressCountry"))
    parts = {
        part: text
        for part, name in _PARTS.items()
        if (text := _text(address.get(name))) and not says_nothing(text)
    }
    if country and (country_code(country, settings.language) or country) != settings.default_country:
        parts["country"] = country
    city = parts.get("city", "").removesuffix(f", {parts.get('region', '')}")
    parts |= {"city": city} if city else {}
    if "," in city or parts.keys() <= {"city"} or NO_PLACE.match(city):
        # Perhaps the whole place in the property for a part of it, with its region, or no place at all.
        region = None if "," in city else parts.get("region")
        return ", ".join(filter(None, (city, region, parts.get("country"))))
    return f"{city}, {parts['region']}" if parts.keys() == {"city", "region"} else parts


def _types(said: Any) -> Iterator[str]:
    """Yield kinds of employment, which schema.org calls FULL_TIME and people call full-time."""
    for kind in COMMAS.split(",".join(_texts(said))):
        name = kind.strip().casefold().replace("_", "-")
        if name:
            yield _TYPES.get(name, name)


def _pay(amount: Any, currency: Any, settings: Settings) -> Value:
    """Return the pay of a MonetaryAmount. Portals that know of none give zero."""
    if not isinstance(amount, dict):
        text = _text(amount)
        return as_parts(text, settings.default_currency) if text else ""
    value = _first(amount.get("value"))
    stated = amount | value if isinstance(value, dict) else amount
    one, low, high = (_figure(stated.get(name)) for name in ("value", "minValue", "maxValue"))
    if not (low or high or one):
        return ""
    period = _text(stated.get("unitText")).casefold().replace("_", " ")
    parts = {
        "min": low or ("open" if high else one),
        "max": high or ("open" if low else one),
        "period": OTHER_WORDS.get(period, period),
        "currency": _text(stated.get("currency") or currency).upper(),
    }
    return {part: text for part, text in parts.items() if text}


def _figure(said: Any) -> str:
    text = _text(said)
    if not _FIGURE.fullmatch(text):
        return text
    figure = Decimal(text.replace(",", ""))
    return str(canonical(figure)) if figure else ""


def _day(said: Any, settings: Settings) -> str:
    found = _when(said, settings)
    return found.isoformat()[:10] if found else _text(said)


def _is_counted(job: Mapping[str, Any]) -> bool:
    """Say whether a program made up the deadline: it then has the time, to the second, of the posting."""
    begun, ends = (_text(job.get(name))[11:19] for name in ("datePosted", "validThrough"))
    return bool(begun) and begun == ends and not begun.endswith((":00", ":59"))


def _deadline(said: Any, settings: Settings) -> str:
    found = _when(said, settings)
    if isinstance(found, datetime):
        return found.isoformat(timespec="minutes")
    return found.isoformat() if found else _text(said)


def _when(said: Any, settings: Settings) -> date | datetime | None:
    """Return a day, or a time in the site's zone if it has one; None if it is neither.

    Programs that know only the day add its first or last moment, mostly in UTC: that is the day. The last one
    in another zone than the site's keeps its offset, without which a day in Berlin would end in New York.
    """
    try:
        moment = datetime.fromisoformat(_text(said))
        if moment.tzinfo:
            here = moment.astimezone(ZoneInfo(settings.time_zone))
            if not _is_end_of_day(moment):
                moment = here
            elif moment.hour and moment.utcoffset() not in (timedelta(), here.utcoffset()):
                return moment
    except (ValueError, OverflowError):
        return None
    return moment.date() if _is_end_of_day(moment) else moment


def _is_end_of_day(moment: datetime) -> bool:
    return moment.time().replace(microsecond=0) in _ENDS_OF_DAYS
