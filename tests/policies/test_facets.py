"""Facets and places: where a posting can be found, one name for one place."""

from __future__ import annotations

import pytest

from hiringhall.model import Arrangement, EmploymentType, Facet, Place
from hiringhall.policies import addresses, facets, places
from tests import factory


def terms(facet: Facet, **changes: object) -> dict[str, str]:
    where = factory.context(tags={"organizing": "Organizing & power"})
    found = facets.terms_of(factory.posting(**changes), where.settings, where.wording)
    return {slug: label for name, slug, label in found if name == facet}


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (
            Place("Rocky Hill", "CT", "06067", "US"),
            {"rocky-hill-ct": "Rocky Hill, CT", "connecticut": "Connecticut"},
        ),
        (Place(None, "CT", None, "US"), {"connecticut": "Connecticut"}),
        (Place(None, None, None, "US"), {"us": "United States"}),
        (
            Place("Toronto", "ON", None, "CA"),
            {"toronto-on-canada": "Toronto, ON, Canada", "ontario-canada": "Ontario, Canada"},
        ),
        (
            Place("Ontario", "CA", None, "US"),
            {"ontario-ca": "Ontario, CA", "california": "California"},
        ),
        (Place(None, "ON", None, "CA"), {"ontario-canada": "Ontario, Canada"}),
        (Place("Berlin", "Berlin", None, "DE"), {"berlin-germany": "Berlin, Germany"}),
        (Place("Bonn", None, None, "DE"), {"bonn-germany": "Bonn, Germany"}),
        (Place(None, None, None, "DE"), {"de": "Germany"}),
        (
            Place("München", "Bayern", None, "DE"),
            {"munchen-bayern-germany": "München, Bayern, Germany", "bayern-germany": "Bayern, Germany"},
        ),
    ],
)
def test_a_place_is_found_under_its_city_and_what_lies_around_it(
    place: Place, expected: dict[str, str]
) -> None:
    assert terms(Facet.LOCATION, places=(place,)) == expected


def test_a_region_may_be_written_by_its_code_in_small_letters() -> None:
    assert places.region_code("ct", "US") == "CT"


def test_a_region_has_its_name_in_the_language_where_that_is_the_country_s_own() -> None:
    at, found = Place("Halifax", "NS", None, "CA"), {}
    for language in ("fr-CA", "es", "en"):
        naming = places.Naming(str, language)
        found[language] = list(places.terms_of(at, "CA", naming))[1][:2]
        assert (
            places.whereabouts([("CA", "NS", "Halifax")], "CA", naming)["halifax-ns"].around
            == found[language][0]
        )
    english = ("nova-scotia", "Nova Scotia")
    assert found == {"fr-CA": ("nouvelle-ecosse", "Nouvelle-Écosse"), "es": english, "en": english}


@pytest.mark.parametrize(
    ("place", "label"),
    [
        (Place("Rocky Hill", "CT", "06067", "US"), "Rocky Hill, CT 06067"),
        (Place("Rocky Hill", "CT", None, "US"), "Rocky Hill, CT"),
        (Place(None, "CT", "06067", "US"), "Connecticut 06067"),
        (Place(None, "CT", None, "US"), "Connecticut"),
        (Place("Berlin", "Berlin", "10115", "DE"), "10115 Berlin, DE"),
        (Place("Bonn", None, "53111", "DE"), "53111 Bonn, DE"),
        (Place("Bonn", None, None, "DE"), "Bonn, DE"),
        (Place(None, None, "53111", "DE"), "53111, DE"),
        (Place(None, None, None, "DE"), "DE"),
    ],
)
def test_a_postal_code_stands_where_people_look_for_it(place: Place, label: str) -> None:
    assert places.label_of(places.with_postal_code(place, "en"), "US", places.Naming(str)) == label


def test_a_postal_code_by_itself_has_its_country_at_home_too() -> None:
    place = places.with_postal_code(Place(None, None, "53111", "DE"), "en")
    assert places.label_of(place, "DE", places.Naming(str)) == "53111, DE"


def test_two_cities_of_one_region_name_the_region_once() -> None:
    two = (Place("Hartford", "CT", None, "US"), Place("Rocky Hill", "CT", None, "US"))

    assert list(terms(Facet.LOCATION, places=two)) == ["hartford-ct", "connecticut", "rocky-hill-ct"]


def test_a_term_that_one_posting_writes_in_two_ways_has_the_first() -> None:
    two = (Place("San José", "CA", None, "US"), Place("San Jose", "CA", None, "US"))

    assert terms(Facet.LOCATION, places=two)["san-jose-ca"] == "San José, CA"


def test_a_remote_job_without_a_place_is_found_as_remote() -> None:
    assert terms(Facet.LOCATION, places=(), arrangement=Arrangement.REMOTE) == {"remote": "Remote"}


def test_a_remote_job_is_found_as_remote_and_where_people_may_live() -> None:
    work = {"arrangement": Arrangement.REMOTE, "places": ()}
    home, canada, ohio = (
        Place(None, None, None, "US"),
        Place(None, None, None, "CA"),
        Place(None, "OH", None, "US"),
    )

    # A page of all of the country at home would repeat what is found as remote.
    assert list(terms(Facet.LOCATION, **work, remote_from=(home,))) == ["remote"]
    assert list(terms(Facet.LOCATION, **work, remote_from=(home, ohio))) == ["remote", "ohio"]
    assert list(terms(Facet.LOCATION, **work, remote_from=(canada,))) == ["remote", "ca"]
    assert list(terms(Facet.LOCATION, places=(ohio,), remote_from=(canada,))) == ["ohio"]


def test_an_office_does_not_hide_that_a_job_is_remote() -> None:
    office = (Place("Hartford", "CT", None, "US"),)
    found = terms(Facet.LOCATION, arrangement=Arrangement.REMOTE, places=office)
    assert list(found) == ["remote", "hartford-ct", "connecticut"]


def test_what_is_not_stated_can_be_looked_for() -> None:
    assert list(terms(Facet.TYPE, employment_types=())) == ["not-stated"]
    assert list(terms(Facet.ARRANGEMENT, arrangement=None)) == ["not-stated"]


def test_stated_values_are_terms_in_the_words_of_the_site() -> None:
    kinds = (EmploymentType.FULL_TIME, EmploymentType.PER_DIEM)

    assert list(terms(Facet.TYPE, employment_types=kinds)) == ["full-time", "per-diem"]
    assert terms(Facet.TAG, tags=("organizing", "Health care")) == {
        "organizing": "Organizing & power",
        "health-care": "Health care",
    }
    assert list(terms(Facet.ORGANIZATION)) == ["harbor-workers-local-12"]


@pytest.mark.parametrize(("number", "shown"), [(12, 13), (13, 1)])
def test_a_page_leads_on_to_no_dozens_of_places_where_a_remote_job_may_be_done(
    number: int, shown: int
) -> None:
    areas = tuple(Place(None, f"Area {at}", None, "DE") for at in range(number))
    posting = factory.posting(places=(), arrangement=Arrangement.REMOTE, remote_from=areas)
    found = facets.leading_on(facets.terms_of(posting, factory.settings(), factory.wording()))
    assert [name for name, _, _ in found].count(Facet.LOCATION) == shown
    assert facets.ANYWHERE in [term[:2] for term in found]
    on_site = factory.posting(places=areas)
    found = facets.leading_on(facets.terms_of(on_site, factory.settings(), factory.wording()))
    assert [name for name, _, _ in found].count(Facet.LOCATION) == number


def test_every_facet_has_a_parameter_in_the_addresses_of_filters() -> None:
    assert sorted(addresses.PARAMETERS.values()) == sorted(Facet)
