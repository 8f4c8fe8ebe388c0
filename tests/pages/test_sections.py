"""All terms of a facet: cities below their regions, long lists by letter, what has nothing open last."""

from __future__ import annotations

from datetime import date

from hiringhall.model import Arrangement, Facet, Place
from hiringhall.pages.browsing import TermView
from hiringhall.pages.sections import LONG, SectionView
from tests import factory
from tests.pages.support import Page, outputs_of, site


def sections_of(facet: Facet, *postings, language: str = "en") -> tuple[SectionView, ...]:
    where = factory.context(language=language)
    _, given = outputs_of(postings, where)[f"{facet}/index.html"].variables(where)
    return given["sections"]


def located(*places: Place, language: str = "en") -> list[tuple[str, list[str]]]:
    """Return each section's heading, and its terms with what is within."""
    postings = [factory.posting(f"p{number}", places=(place,)) for number, place in enumerate(places)]
    remote = factory.posting("remote", places=(), arrangement=Arrangement.REMOTE)
    found = sections_of(Facet.LOCATION, *postings, remote, language=language)
    return [(section.heading, [*map(told, section.terms)]) for section in found]


def told(term: TermView) -> str:
    within = ", ".join(f"{each.label} {each.count}" for each in term.within)
    return f"{term.label} {term.open}" + (f": {within}" if within else "")


def place(city: str | None, region: str | None, country: str = "US") -> Place:
    return Place(city, region, None, country)


HOME = (place("Hartford", "CT"), place("Akron", "OH"), place("Ames", "IA"), place("New Haven", "CT"))


def test_cities_stand_below_their_region_and_what_is_in_none_comes_first() -> None:
    assert located(*HOME, place(None, "OH"), place(None, None)) == [
        ("", [
            "Remote 1", "United States 1", "Connecticut 2: Hartford 1, New Haven 1", "Iowa 1: Ames 1",
            "Ohio 2: Akron 1",
        ]),
    ]  # fmt: skip


def test_the_site_s_own_country_comes_before_others_and_each_has_its_own_names() -> None:
    abroad = (
        *(place("Toronto", "ON", "CA"), place("Cork", None, "IE"), place(None, None, "IE")),
        *(place("Berlin", "Berlin", "DE"), place("Potsdam", "Brandenburg", "DE")),
    )
    assert located(HOME[0], *abroad) == [
        ("", ["Remote 1"]),
        ("United States", ["Connecticut 1: Hartford 1"]),
        ("Canada", ["Ontario 1: Toronto 1"]),
        ("Germany", ["Berlin 1", "Brandenburg 1: Potsdam 1"]),
        ("Ireland", ["Ireland 1", "Cork 1"]),
    ]
    assert [heading for heading, _ in located(HOME[0], *abroad, language="es")] == [
        "", "Estados Unidos", "Alemania", "Canadá", "Irlanda",
    ]  # fmt: skip


def test_a_city_that_is_written_in_two_ways_has_the_name_that_heads_its_own_page() -> None:
    for newer, older in (("San José", "SAN JOSE"), ("SAN JOSE", "San José")):
        placed = (place(newer, "CA"), place(older, "CA"), place("Cork", None, "IE"))
        assert located(*placed)[1] == ("United States", [f"California 2: {newer} 2"])
        postings = [factory.posting(f"p{number}", places=(each,)) for number, each in enumerate(placed)]
        assert Page(site(postings)["locations/san-jose-ca/index.html"]).one("h1").text == f"{newer}, CA"


def test_a_region_with_the_name_of_a_country_keeps_its_place() -> None:
    assert located(place(None, "GA"), place(None, "AL"), place("Tbilisi", None, "GE")) == [
        ("", ["Remote 1"]), ("United States", ["Alabama 1", "Georgia 1"]), ("Georgia", ["Tbilisi 1"]),
    ]  # fmt: skip


def test_no_place_is_lost_or_shown_twice() -> None:
    odd = (
        # "York" is a city in the region "New", and a region around "New York City".
        *(place("York", "New", "NZ"), place("City", "York New", "NZ"), place("New York", "NY")),
        *(place("Georgia", None, "US"), place("Atlanta", "GA"), place(None, "Georgia", "GE")),
    )
    postings = [factory.posting(f"p{number}", places=(each,)) for number, each in enumerate(odd)]
    markup = site(postings)["locations/index.html"]
    links = [link.attributes["href"] for link in Page(markup).all("a")]
    shown = sorted(link for link in links if link.count("/") == 4 and "/locations/" in link)
    made = {f"/board/{path.removesuffix('index.html')}" for path in outputs_of(postings)}
    assert shown == sorted(
        path for path in made if path.startswith("/board/locations/") and path.count("/") == 4
    )


def employers(names: list[str], closed: int = 0) -> list:
    """Return one posting for each employer; those of the last ones have closed."""
    open_until = len(names) - closed
    return [
        factory.posting(f"p{number}", organization=factory.organization(name))
        if number < open_until
        else factory.posting_closed_on(
            date(2026, 1, 5), f"p{number}", organization=factory.organization(name)
        )
        for number, name in enumerate(names)
    ]


NAMES = [f"{name} {number}" for name in ("Bridge", "Arch", "Álamo") for number in range(LONG // 3 + 1)]


def test_a_long_list_goes_by_letter_and_what_has_nothing_open_comes_last() -> None:
    found = sections_of(Facet.ORGANIZATION, *employers([*NAMES, "9to5", "Zinc", "Abc"], closed=2))
    assert [(each.id, each.heading, len(each.terms)) for each in found] == [
        ("a", "A", 28), ("b", "B", 14), ("signs", "#", 1), ("closed", "None open now", 2),
    ]  # fmt: skip
    assert [(each.label, each.count) for each in found[-1].terms] == [("Abc", ""), ("Zinc", "")]


def test_a_letter_of_the_language_s_own_alphabet_has_its_place_and_its_heading() -> None:
    names = [*NAMES, "Ñandú", "Nube", "Náyade", "Oasis"]
    for language, expected in (
        ("en", {"N": ["Ñandú", "Náyade", "Nube"], "O": ["Oasis"]}),
        ("es", {"N": ["Náyade", "Nube"], "Ñ": ["Ñandú"], "O": ["Oasis"]}),
    ):
        found = sections_of(Facet.ORGANIZATION, *employers(names), language=language)
        told = {each.heading: [term.label for term in each.terms] for each in found}
        assert told == {"A": told["A"], "B": told["B"], **expected}


def test_jump_links_lead_to_every_heading() -> None:
    page = Page(site(employers([*NAMES, "Zinc"], closed=1))["organizations/index.html"])
    links = [link.attributes["href"] for link in page.all("a") if link.attributes["href"].startswith("#")]
    assert links == ["#main", *(f"#{each.attributes['id']}" for each in page.all("h2", class_="terms-head"))]
    assert links[1:] == ["#a", "#b", "#closed"]


def test_a_short_list_has_no_headings_and_neither_has_one_without_anything_open() -> None:
    page = Page(site(employers(["Zinc", "Abc"], closed=1))["organizations/index.html"])
    assert not [*page.all("h2", class_="terms-head")]
    assert "none open now" in page.one("main").text

    found = sections_of(Facet.ORGANIZATION, *employers(NAMES, closed=len(NAMES)))
    assert [each.heading for each in found] == ["A", "B"]
    assert found[0].terms[0].count == "none open now"
