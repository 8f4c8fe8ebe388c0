"""jobs.xml for job aggregators, in the form that Indeed documents and others read; an optional output.

Owns one job per place with a reference number of its own; refuses to know which aggregators a site feeds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from hiringhall import feeds, syndication
from hiringhall.context import Context
from hiringhall.engine.escaping import xml_bytes, xml_cdata
from hiringhall.model import Arrangement, Deadline, Entry, File, Listing, Output, Parts, Place, Posting, State
from hiringhall.policies import addresses, lifecycle, places

FILE = "jobs.xml"

# Their words for work that can be done elsewhere; work on site or in the field has none.
_REMOTE = {Arrangement.REMOTE: "Fully remote", Arrangement.HYBRID: "Hybrid remote"}


def _jobs(posting: Posting, entry: Entry, context: Context) -> bytes:
    """Return a job for each place of an open posting; for work from anywhere, one in a country.

    Offices in one city are one place, because their jobs would have the same number.
    """
    if entry.state is State.CLOSED:
        return b""
    home = Place(None, None, None, context.settings.default_country)
    shared = tuple(_shared(posting, entry, context))
    found: dict[str, Place] = {}
    for place in posting.places or posting.remote_from[:1] or (home,):
        found.setdefault("/".join((place.country, place.region or "", place.city or "")), place)
    return xml_bytes("".join(_job(posting, spot, place, shared) for spot, place in found.items()))


JOBS = syndication.Maker("aggregator", _jobs)


def _shared(posting: Posting, entry: Entry, context: Context) -> Iterator[tuple[str, str | None]]:
    """Yield what the jobs of a posting have in common; the date is the one the page shows first."""
    day = posting.posted or posting.added
    yield "title", posting.title
    yield "date", syndication.rfc822(syndication.start_of(day.toordinal(), context))
    yield "requisitionid", syndication.name_of(posting)
    yield "url", syndication.page_of(posting, context)
    yield "company", posting.organization.name
    yield "email", posting.application.email
    yield "description", syndication.body_of(posting, entry, context)
    yield "salary", context.wording.pay(posting.salary)
    yield "jobtype", ", ".join(kind.replace("-", "") for kind in posting.employment_types)
    yield "category", ", ".join((context.settings.tags or {}).get(tag, tag) for tag in posting.tags)
    yield "remotetype", _REMOTE.get(posting.arrangement) if posting.arrangement else None
    if isinstance(posting.deadline, Deadline):
        last = lifecycle.last_open_day(posting.closes_at, lifecycle.zone_of(posting.deadline))
        yield "expirationdate", last.isoformat()


def _job(posting: Posting, spot: str, place: Place, shared: tuple[tuple[str, str | None], ...]) -> str:
    """Return one job; its number follows only from name and place: neither order nor wording changes it."""
    number = addresses.guid(f"{syndication.name_of(posting)}/{spot}").removeprefix("urn:uuid:")
    region = places.region_name(place.region, place.country)
    own = (
        ("referencenumber", number),
        ("city", place.city),
        ("state", region),
        ("country", place.country),
        ("postalcode", place.postal_code),
    )
    fields = "".join(f"<{name}>{xml_cdata(value)}</{name}>\n" for name, value in (*own, *shared) if value)
    return f"<job>\n{fields}</job>\n"


def outputs(listing: Listing, context: Context, parts: Parts) -> Iterator[Output]:
    """Yield the file with every open job."""
    key = partial(feeds.open_key, listing, context)
    yield File(FILE, key, partial(_chunks, listing, context, parts))


def _chunks(listing: Listing, context: Context, parts: Parts) -> Iterable[bytes]:
    of_all, *_ = feeds.open_scopes(listing, context)
    newest = of_all.newest(context)
    built = f"<lastBuildDate>{syndication.rfc822(newest)}</lastBuildDate>\n" if newest else ""
    yield xml_bytes(
        '<?xml version="1.0" encoding="utf-8"?>\n<source>\n'
        f"<publisher>{xml_cdata(context.settings.title)}</publisher>\n"
        f"<publisherurl>{xml_cdata(context.site.absolute(''))}</publisherurl>\n{built}"
    )
    yield from parts.read(JOBS.kind, listing.open)
    yield b"</source>\n"
