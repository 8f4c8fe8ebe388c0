"""The laws that require employers to state pay in postings, by region and the day each took effect.

Owns that table, which is a reminder, not legal advice; refuses to know the size of an employer.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from hiringhall.model import Place
from hiringhall.policies import places


class Law(NamedTuple):
    """A region's law, and the day since when it has applied."""

    name: str
    since: date


# Laws of whole states and provinces as of November 2026; cities have more. Most exempt small employers; the
# smallest size ranges from 1 to 50.
_SINCE = {
    ("US", "CO"): date(2021, 1, 1),
    ("CA", "PE"): date(2022, 6, 1),
    ("US", "CA"): date(2023, 1, 1),
    ("US", "WA"): date(2023, 1, 1),
    ("US", "NY"): date(2023, 9, 17),
    ("CA", "BC"): date(2023, 11, 1),
    ("US", "HI"): date(2024, 1, 1),
    ("US", "DC"): date(2024, 6, 30),
    ("US", "MD"): date(2024, 10, 1),
    ("US", "IL"): date(2025, 1, 1),
    ("US", "MN"): date(2025, 1, 1),
    ("US", "NJ"): date(2025, 6, 1),
    ("US", "VT"): date(2025, 7, 1),
    ("US", "MA"): date(2025, 10, 29),
    ("CA", "ON"): date(2026, 1, 1),
    ("US", "VA"): date(2026, 7, 1),
    ("US", "ME"): date(2026, 7, 29),
    ("US", "CT"): date(2026, 10, 1),
    ("US", "DE"): date(2027, 9, 26),
}


def law_for(place: Place, day: date) -> Law | None:
    """Return the law that applied to a posting of that day for a job at that place.

    >>> place = Place("Hartford", "CT", None, "US")
    >>> law_for(place, date(2026, 1, 26)), law_for(place, date(2026, 10, 1)).name
    (None, 'Connecticut')
    """
    since = _SINCE.get((place.country, place.region or ""))
    if since is None or day < since:
        return None
    return Law(places.region_name(place.region, place.country), since)
