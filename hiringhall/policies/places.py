"""How places are named and compared: the regions of the United States and Canada, labels, facet terms.

Owns one form of each region, so that "CT" and "Connecticut" are one place; refuses to know countries' names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple
from unicodedata import normalize

from hiringhall.model import Place, PlainPlace
from hiringhall.policies.slugs import term_slug

# The languages in which regions have their names here: the official ones of each country.
_LANGUAGES = {"US": ("en",), "CA": ("en", "fr")}
# A code, then a name in each language; one name alone is the same in all.
_REGIONS = {
    "US": (
        "AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|"
        "DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|"
        "KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|"
        "MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|"
        "NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|"
        "PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|"
        "VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming|AS American Samoa|"
        "GU Guam|MP Northern Mariana Islands|PR Puerto Rico|VI U.S. Virgin Islands"
    ),
    "CA": (
        "AB Alberta|BC British Columbia/Colombie-Britannique|MB Manitoba|NB New Brunswick/Nouveau-Brunswick|"
        "NL Newfoundland and Labrador/Terre-Neuve-et-Labrador|NS Nova Scotia/Nouvelle-Écosse|"
        "NT Northwest Territories/Territoires du Nord-Ouest|NU Nunavut|ON Ontario|"
        "PE Prince Edward Island/Île-du-Prince-Édouard|QC Quebec/Québec|SK Saskatchewan|YT Yukon"
    ),
}


def _plain(text: str) -> str:
    """Return a name in the form used for comparing: "Québec" without its accent."""
    folded = text.casefold()
    return folded if folded.isascii() else "".join(filter(str.isascii, normalize("NFKD", folded)))


_NAMES = {
    country: {row[:2]: row[3:].split("/") for row in rows.split("|")} for country, rows in _REGIONS.items()
}
_CODES = {
    country: {_plain(name): code for code, names in regions.items() for name in names}
    for country, regions in _NAMES.items()
}


class Naming(NamedTuple):
    """How a language (BCP 47) names places: countries by code, and what stands between parts of a name."""

    country: Callable[[str], str]
    language: str = "en"
    comma: str = ", "


def region_code(text: str, country: str) -> str | None:
    """Return the code of a region named or coded in `text`, or None if `country` has none of that name.

    >>> region_code("connecticut", "US"), region_code("CT", "US"), region_code("Bavaria", "DE")
    ('CT', 'CT', None)
    >>> region_code("Québec", "CA"), region_code("Nouvelle-Ecosse", "CA")
    ('QC', 'NS')
    """
    if text.upper() in _NAMES.get(country, {}):
        return text.upper()
    return _CODES.get(country, {}).get(_plain(text))


def has_known_regions(country: str) -> bool:
    """Say whether the table holds all regions of `country`."""
    return country in _NAMES


def region_name(region: str | None, country: str, language: str = "en") -> str:
    """Return a region's name, or its own text if it is not in the table; nothing for none.

    It is in the language (BCP 47) if that is one of the country's own, and else in English.

    >>> region_name("CT", "US"), region_name("Bavaria", "DE")
    ('Connecticut', 'Bavaria')
    >>> region_name("NB", "CA", "es"), region_name("NB", "CA", "fr-CA"), region_name("ON", "CA", "fr")
    ('New Brunswick', 'Nouveau-Brunswick', 'Ontario')
    """
    region = region or ""
    names = dict(zip(_LANGUAGES.get(country, ()), _NAMES.get(country, {}).get(region, ()), strict=False))
    return names.get(language.partition("-")[0], names.get("en", region))


def label_of(place: Place, home: str, naming: Naming) -> str:
    """Return a place as people write it, with the country if that is not `home` or is all there is by name.

    >>> label_of(Place("Rocky Hill", "CT", None, "US"), "US", Naming(str))
    'Rocky Hill, CT'
    >>> label_of(Place(None, "CT", None, "US"), "US", Naming(str))
    'Connecticut'
    >>> label_of(Place("Berlin", "Berlin", None, "DE"), "DE", Naming(str))
    'Berlin'
    """
    region = place.region if place.city else region_name(place.region, place.country, naming.language)
    named = [part for part in (None if is_city_state(place) else place.city, region) if part]
    if place.country != home or named in ([], [place.postal_code]):
        named.append(naming.country(place.country))
    return naming.comma.join(named)


def is_city_state(place: Place) -> bool:
    """Say whether a place's city and region have one name, which is then written once.

    >>> is_city_state(Place("Berlin", "Berlin", None, "DE"))
    True
    """
    return place.city is not None and place.city == place.region


def with_postal_code(place: Place, language: str) -> Place:
    """Return a place whose label has its postal code: after the region, or before a city without one.

    A region without a city is named in the language (BCP 47).

    >>> label_of(with_postal_code(Place("Rocky Hill", "CT", "06067", "US"), "en"), "US", Naming(str))
    'Rocky Hill, CT 06067'
    >>> label_of(with_postal_code(Place("Berlin", "Berlin", "10115", "DE"), "en"), "DE", Naming(str))
    '10115 Berlin'
    >>> label_of(with_postal_code(Place(None, "CT", "06067", "US"), "en"), "US", Naming(str))
    'Connecticut 06067'
    """
    code = place.postal_code
    if code and place.region and not is_city_state(place):
        region = place.region if place.city else region_name(place.region, place.country, language)
        return place._replace(region=f"{region} {code}")
    if code:
        return place._replace(city=f"{code} {place.city}" if place.city else code, region=None)
    return place


def terms_of(place: Place, home: str, naming: Naming) -> Iterator[tuple[str, str, str]]:
    """Yield slug, label and name of the places a posting can be found under: its city, what is around it.

    Abroad, slugs end in the country's code, or in its name if the code is also that of a region at home: a
    city in Germany (DE) would have the address of its namesake in Delaware (DE).

    >>> english = Naming({"CA": "Canada", "IE": "Ireland"}.__getitem__)
    >>> [slug for slug, _, _ in terms_of(Place("Toronto", "ON", None, "CA"), "US", english)]
    ['toronto-on-canada', 'ontario-canada']
    >>> list(terms_of(Place("Cork", None, None, "IE"), "US", english))
    [('cork-ie', 'Cork, Ireland', 'Cork')]
    """
    away = ""
    if place.country != home:
        away = f" {naming.country(place.country) if region_code(place.country, home) else place.country}"
    region = region_name(place.region, place.country, naming.language)
    if place.city and not is_city_state(place):
        state = f"{place.region or ''}{away}"
        yield term_slug(f"{place.city} {state}"), label_of(place, home, naming), place.city
    if region or not place.city:
        slug = term_slug(f"{region}{away}" if region else place.country)
        around = label_of(Place(None, place.region, None, place.country), home, naming)
        yield slug, around, region or naming.country(place.country)


class Whereabouts(NamedTuple):
    """Where the place of a term is: its country, its name there, and the slug of the region around it."""

    country: str
    name: str
    around: str


def whereabouts(places: Iterable[PlainPlace], home: str, naming: Naming) -> dict[str, Whereabouts]:
    """Return where the terms of places are, by slug. A region is in no other, whatever shares its slug.

    Of places that share a slug, the first names the term.

    >>> english = Naming({"IE": "Ireland"}.__getitem__)
    >>> found = whereabouts([("US", "CT", "Rocky Hill"), ("IE", "", "Cork")], "US", english)
    >>> {slug: where.around for slug, where in found.items()}
    {'rocky-hill-ct': 'connecticut', 'connecticut': '', 'cork-ie': ''}
    >>> found["cork-ie"]
    Whereabouts(country='IE', name='Cork', around='')
    >>> found = whereabouts([("IE", "Cork", "North"), ("IE", "North Cork", "Mallow")], "IE", english)
    >>> found["north-cork"].around, found["mallow-north-cork"].around
    ('', 'north-cork')
    """
    found: dict[str, Whereabouts] = {}
    for country, region, city in places:
        place = Place(city or None, region or None, None, country)
        slugs, _, names = zip(*terms_of(place, home, naming), strict=True)
        for slug, name, around in zip(slugs, names, (*slugs[1:], ""), strict=True):
            found.setdefault(slug, Whereabouts(country, name, around))
    regions = {where.around for where in found.values()}
    return {slug: where._replace(around="") if slug in regions else where for slug, where in found.items()}


@cache
def region_names(country: str) -> tuple[str, ...]:
    """Return all names of all regions of a country, where they are known."""
    return tuple(chain.from_iterable(_NAMES.get(country, {}).values()))
