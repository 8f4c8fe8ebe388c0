"""Related postings: those that have most in common in employer, place, tags and title, newest first."""

from __future__ import annotations

from datetime import date

from hiringhall.model import Arrangement, ClosedReason, Listing, Posting
from hiringhall.policies.related import index_of, related
from tests import factory


def posting(
    slug: str, employer: str = "A", tags: tuple[str, ...] = (), day: int = 1, **changes: object
) -> Posting:
    given = {"title": "Job", "organization": factory.organization(employer)}
    return factory.posting(slug, tags=tags, added=date(2026, 1, day), posted=None, **(given | changes))


IOWA = (factory.place("Ames", "IA"),)


def related_to(slug: str, listing: Listing, limit: int = 5) -> list[str]:
    entry = next(entry for entry in (*listing.open, *listing.closed) if entry.card.slug == slug)
    found = related(entry, index_of(listing), limit)
    assert related(entry, index_of(listing, entry), limit) == found
    return [each.card.slug for each in found]


def test_the_same_employer_counts_as_much_as_three_tags() -> None:
    listing = factory.listing(
        [
            posting("me", tags=("x", "y", "z")),
            posting("colleague", day=5),
            posting("twin", "B", ("x", "y"), day=9),
            posting("new-triplet", "C", ("x", "y", "z"), day=6),
            posting("old-triplet", "C", ("x", "y", "z"), day=4),
        ]
    )
    assert related_to("me", listing) == ["new-triplet", "colleague", "old-triplet", "twin"]


def test_a_job_that_one_can_get_to_comes_before_one_that_is_more_alike_elsewhere() -> None:
    away = posting("away", "B", ("x", "y"), day=9, places=IOWA)
    here = posting("here", "C", ("x",), day=2, places=(factory.place("Stamford"),))
    assert related_to("me", factory.listing([posting("me", tags=("x", "y")), away, here])) == ["here", "away"]


def test_a_remote_job_leads_to_remote_ones_first() -> None:
    remote = {"arrangement": Arrangement.REMOTE, "places": ()}
    listing = factory.listing(
        [
            posting("me", tags=("x",), **remote),
            posting("place", "B", ("x",), day=9),
            posting("remote", "C", ("x",), **remote),
            posting("both", "D", ("x",), day=3, arrangement=Arrangement.REMOTE),
        ]
    )
    assert related_to("me", listing) == ["both", "remote", "place"]


def test_a_tag_counts_once_in_however_many_regions_two_jobs_share_it() -> None:
    both = (factory.place("Stamford"), *IOWA)
    listing = factory.listing(
        [
            posting("me", tags=("x", "y"), places=both),
            posting("once", "B", ("x",), day=9, places=both),
            posting("twice", "C", ("x", "y"), day=2, places=IOWA),
        ]
    )
    assert related_to("me", listing) == ["twice", "once"]


def test_titles_are_alike_by_the_words_that_say_what_a_job_is() -> None:
    listing = factory.listing(
        [
            posting("me", title="Organizer of the East and the North"),
            posting("lead", "B", title="Lead organizer", places=IOWA),
            posting("clerk", "C", title="Clerk of the Dock and the Fund"),
            posting("tagged", "D", ("organizer",), title="Steward", day=2, places=IOWA),
        ]
    )
    assert related_to("me", listing) == ["tagged", "lead"]


def test_places_alone_make_no_jobs_alike_and_too_few_of_them_do_not_end_the_search() -> None:
    others = [posting(f"far-{n}", f"F{n}", ("x",), day=n, places=IOWA) for n in range(1, 8)]
    near = [posting(f"near-{n}", f"N{n}", ("x",), day=9) for n in range(3)]
    listing = factory.listing([posting("me", tags=("x",)), posting("here", "B", day=9), *others, *near])
    assert related_to("me", listing) == ["near-0", "near-1", "near-2", "far-7", "far-6"]


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


def test_a_job_with_the_same_title_comes_first_among_however_many_newer_ones_of_an_employer() -> None:
    newer = [posting(f"newer-{n}", title="Grievance Clerk", day=9, places=IOWA) for n in range(9)]
    twin = posting("twin", title="Worksite Organizer", places=IOWA)
    listing = factory.listing([posting("me", title="Worksite Organizer"), twin, *newer])
    assert related_to("me", listing, 2) == ["twin", "newer-0"]


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


def test_jobs_elsewhere_are_looked_at_only_if_those_that_one_can_get_to_are_too_few() -> None:
    about = ("v", "w", "x", "y", "z")
    near = [posting(f"near-{tag}", tag.upper(), (tag,)) for tag in about]
    away = posting("away", "B", about[:4], places=IOWA)
    for own in ({}, {"status": ClosedReason.FILLED}):
        me = posting("me", tags=about, **own)
        assert "away" not in related_to("me", factory.listing([me, away, *near]))
        assert "away" in related_to("me", factory.listing([me, away, *near[1:]]))


def test_only_the_newest_of_a_tag_are_looked_at() -> None:
    crowd = [posting(f"p{n:02}", f"Employer {n}", ("x",), day=n + 1) for n in range(20)]
    rare = posting("rare", "R", ("y",), day=2, places=IOWA)
    listing = factory.listing([posting("me", tags=("x", "y")), rare, *crowd])
    assert related_to("me", listing, 5) == [f"p{n}" for n in range(19, 14, -1)]
    assert related_to("me", listing, 99) == [*(f"p{n:02}" for n in range(19, 3, -1)), "rare"]
