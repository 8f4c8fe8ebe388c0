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
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from hiringhall.commands.new.issue_form import Answers, one_or_all
from hiringhall.commands.new.skeleton import Value
from hiringhall.diagnostics import UsageError
from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.countries import country_code
from hiringhall.intake.fields.forms import COMMAS, one_line
from hiringhall.intake.fields.web_addresses import address_in, as_uri
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
# Without its semicolon, what looks like one can be a part of an address, as in &region=CT.
_REFERENCE = pattern(r"&#?\w+;")
# Not "50.000" and "30,50", whose signs may be between thousands or before cents: who reads the draft decides.
_FIGURE = pattern(r"(?!\d{1,3}\.\d{3}\Z)(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.\d{1,9})?", re.ASCII)
# Properties whose value can be of a shape of which no field is made.
_OF_MANY_SHAPES = {"location": "jobLocation", "salary": "baseSalary"}
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
    address = address_in(source["url"]) or source["url"]
    page = read_page(page_at(address, settings), address, settings)
    fields = {**page.fields, **form.fields, "source": {"url": address}}
    return form._replace(fields=fields, others={**page.others, **form.others})


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
    areas = _texts(job.get("applicantLocationRequirements"))
    ends, is_counted = job.get("validThrough"), _is_counted(job)
    addresses = map(_each, map(_address, _each(job.get("jobLocation"))))
    places = (_place(each, settings) for each in chain.from_iterable(addresses))
    pays = (_pay(each, job.get("salaryCurrency"), settings) for each in _each(job.get("baseSalary")))
    fields: dict[str, Value] = {
        "title": _text(job.get("title")),
        "organization": _text(job.get("hiringOrganization")),
        "location": one_or_all([place for place in places if place]),
        "arrangement": Arrangement.REMOTE.value if is_remote else "",
        "remote_from": areas if is_remote else "",
        "employment_type": one_or_all([*_types(job.get("employmentType"))]),
        "salary": one_or_all([pay for pay in pays if pay]),
        "posted": _day(job.get("datePosted"), settings),
        "deadline": "" if is_counted else _deadline(ends, settings),
        "schedule": _text(job.get("workHours")),
        "apply": address,
        "source": {"url": address} if address else "",
    }
    others = {"applicantLocationRequirements": ", ".join(areas)} if areas and not is_remote else {}
    others |= {"validThrough": _text(ends)} if is_counted else {}
    unread = {name: _whole(job.get(name)) for field, name in _OF_MANY_SHAPES.items() if not fields[field]}
    others |= {name: text for name, text in unread.items() if text}
    return Answers({field: value for field, value in fields.items() if value}, others=others)


def _each(said: Any) -> list[Any]:
    """Return what is in a value that may be a list, but for what is empty."""
    return [each for each in (said if isinstance(said, list) else [said]) if each]


def _texts(said: Any) -> list[str]:
    """Return the texts in a value of the data, each once; that of a thing is its name."""
    texts = []
    for each in _each(said):
        text = each.get("name") if isinstance(each, dict) else each
        if isinstance(text, str | float) or type(text) is int:
            # Half a sign, as is left where a text was cut off, cannot be written to a file.
            whole = str(text).encode(errors="ignore").decode()
            texts.append(one_line(_REFERENCE.sub(lambda found: unescaped(found[0]), whole)))
    return [*dict.fromkeys(filter(None, texts))]


def _text(said: Any) -> str:
    """Return a value of the data as text; nobody but who reads the draft can choose among several."""
    return ", ".join(_texts(said))


def _whole(said: Any) -> str:
    """Return all texts within a value of the data, however deep, but for the names of its parts."""
    texts, rest = [], [said]
    while rest:
        each = rest.pop()
        if isinstance(each, dict):
            rest += [each[name] for name in reversed(each) if not name.startswith("@")]
        elif isinstance(each, list):
            rest += reversed(each)
        else:
            texts.append(_text(each))
    return ", ".join(filter(None, texts))


def _address(place: Any) -> Any:
    return place.get("address") or place.get("name") if isinstance(place, dict) else place


def _place(address: Any, settings: Settings) -> str | Mapping[str, str]:
    """Return a place as people write it if it is in the site's country, else its parts."""
    if not isinstance(address, dict):
        return _text(address)
    country = _text(address.get("addressCountry"))
    parts = {
        part: text
        for part, name in _PARTS.items()
        if (text := _text(address.get(name))) and not says_nothing(text)
    }
    if country and (country_code(country, settings.language) or country) != settings.default_country:
        parts["country"] = country
    region = parts.get("region", "")
    city = parts.get("city", "").removesuffix(f", {region}")
    if parts.keys() <= {"city"} or NO_PLACE.match(city):
        # Perhaps the whole place in the property for a part of it, or no place at all.
        return ", ".join(filter(None, (city, region, parts.get("country"))))
    parts |= {"city": city} if city else {}
    return f"{city}, {region}" if parts.keys() == {"city", "region"} and "," not in city else parts


def _types(said: Any) -> Iterator[str]:
    """Yield kinds of employment, which schema.org calls FULL_TIME and people call full-time."""
    for kind in COMMAS.split(",".join(_texts(said))):
        name = kind.strip().casefold().replace("_", "-")
        if name:
            yield _TYPES.get(name, name)


def _pay(amount: Any, currency: Any, settings: Settings) -> str | Mapping[str, str]:
    """Return the pay that a MonetaryAmount or a text is. Portals that know none give zero."""
    if not isinstance(amount, dict):
        code, written = _text(currency).upper(), _text(amount)
        pay = as_parts(written, code or settings.default_currency) if written else ""
        return pay if isinstance(pay, str) or not code else {"currency": code, **pay}
    value = amount.get("value")
    stated = amount | (value if isinstance(value, dict) else {})
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
    moments = [_moment(job.get(name)) for name in ("datePosted", "validThrough")]
    begun, ends = (each and each.time().replace(microsecond=0) for each in moments)
    return begun is not None and begun == ends and begun.second not in {0, 59}


def _deadline(said: Any, settings: Settings) -> str:
    found = _when(said, settings)
    if isinstance(found, datetime):
        return found.isoformat(timespec="seconds" if found.second else "minutes")
    return found.isoformat() if found else _text(said)


def _when(said: Any, settings: Settings) -> date | datetime | None:
    """Return a day, or a time in the site's zone if it has one; None if it is neither.

    Programs that know only the day add its first or last moment, mostly in UTC: that is the day. The last one
    in another zone than the site's keeps its offset, without which a day in Berlin would end in New York.
    """
    moment = _moment(said)
    if moment and moment.tzinfo:
        try:
            here = moment.astimezone(ZoneInfo(settings.time_zone))
        except OverflowError:
            return None
        if not _is_end_of_day(moment):
            moment = here
        elif moment.hour and moment.utcoffset() not in (timedelta(), here.utcoffset()):
            return moment
    return moment.date() if moment and _is_end_of_day(moment) else moment


def _moment(said: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(_text(said))
    except ValueError:
        return None


def _is_end_of_day(moment: datetime) -> bool:
    return moment.time().replace(microsecond=0) in _ENDS_OF_DAYS
