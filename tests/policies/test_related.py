"""Related postings: the same employer's first, then those that share most tags, newest first."""

from __future__ import annotations

from datetime import date

from hiringhall.model import ClosedReason, Listing, Posting
from hiringhall.policies.related import index_of, related
from tests import factory


def posting(
    slug: str, employer: str = "A", tags: tuple[str, ...] = (), day: int = 1, **changes: object
) -> Posting:
    organization = factory.organization(employer)
    return factory.posting(
        slug, organization=organization, tags=tags, added=date(2026, 1, day), posted=None, **changes
    )


def related_to(slug: str, listing: Listing, limit: int = 5) -> list[str]:
    entry = next(entry for entry in (*listing.open, *listing.closed) if entry.card.slug == slug)
    return [found.card.slug for found in related(entry, index_of(listing), limit)]


def test_the_same_employer_comes_before_any_number_of_tags() -> None:
    listing = factory.listing(
        [posting("me", tags=("x", "y")), posting("colleague"), posting("twin", "B", ("x", "y"), day=9)]
    )
    assert related_to("me", listing) == ["colleague", "twin"]


def test_more_shared_tags_come_first_and_then_the_newer() -> None:
    listing = factory.listing(
        [
            posting("me", tags=("x", "y")),
            posting("one-new", "B", ("x",), day=9),
            posting("both-old", "C", ("x", "y"), day=2),
            posting("both-new", "D", ("y", "x"), day=3),
            posting("none", "E", ("z",)),
        ]
    )
    assert related_to("me", listing) == ["both-new", "both-old", "one-new"]


def test_a_tag_is_not_the_place_or_the_employer_of_that_name() -> None:
    listing = factory.listing(
        [
            posting("me", "Harbor"),
            posting("place", "B", ("connecticut",)),
            posting("employer", "C", ("harbor",)),
        ]
    )
    assert related_to("me", listing) == []


def test_nothing_comes_twice_and_never_the_posting_itself() -> None:
    listing = factory.listing([posting("me", tags=("x",)), posting("colleague", tags=("x",))])
    assert related_to("me", listing) == ["colleague"]


def test_there_are_at_most_as_many_as_asked_for() -> None:
    listing = factory.listing([posting(f"p{n}", day=n + 1) for n in range(9)])
    assert related_to("p0", listing) == ["p8", "p7", "p6", "p5", "p4"]
    assert related_to("p0", listing, 2) == ["p8", "p7"]


def test_closed_postings_are_never_related_but_have_related_ones() -> None:
    listing = factory.listing(
        [posting("gone", status=ClosedReason.FILLED), posting("here"), posting("too", day=2)]
    )
    assert related_to("gone", listing) == ["too", "here"]
    assert related_to("here", listing) == ["too"]


def test_only_the_newest_of_a_tag_are_looked_at() -> None:
    crowd = [posting(f"p{n:02}", f"Employer {n}", ("x",), day=n + 1) for n in range(20)]
    listing = factory.listing([posting("me", tags=("x", "y")), posting("rare", "R", ("x", "y")), *crowd])
    assert related_to("me", listing, 99) == [*(f"p{n:02}" for n in range(19, 3, -1)), "rare"]
