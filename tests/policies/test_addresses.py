"""Addresses: where everything is, under any base address, forever."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringhall.policies import addresses
from hiringhall.policies.slugs import is_slug, term_slug


@pytest.mark.parametrize(
    ("base_url", "absolute"),
    [
        ("https://jobs.example", "https://jobs.example/jobs/x/"),
        ("https://jobs.example/", "https://jobs.example/jobs/x/"),
        ("https://jobs.example/board", "https://jobs.example/board/jobs/x/"),
        ("https://jobs.example:8443/a/b/", "https://jobs.example:8443/a/b/jobs/x/"),
    ],
)
def test_every_address_works_under_a_folder(base_url: str, absolute: str) -> None:
    assert addresses.site_at(base_url).absolute(addresses.posting("x")) == absolute


def test_an_id_once_given_never_changes() -> None:
    # Recorded from the first release: a difference here floods every subscriber.
    assert addresses.guid("ct-afl-cio-legislative-political-organizer") == (
        "urn:uuid:3d78b000-2152-56ae-af6c-7ddcbdc51eaf"
    )


@given(st.text(min_size=1))
def test_every_label_has_a_slug(label: str) -> None:
    assert is_slug(term_slug(label))


@pytest.mark.parametrize(
    ("one", "other"), [("福岡", "富岡"), ("ビル", "ビール"), ("عمل", "مال"), ("שלום", "שלם")]
)
def test_names_that_only_transliteration_makes_alike_have_addresses_of_their_own(
    one: str, other: str
) -> None:
    assert term_slug(one) != term_slug(other)
    assert {is_slug(term_slug(name)) for name in (one, other)} == {True}


@pytest.mark.parametrize(("one", "other"), [("إدارة", "ادارة"), ("ﾋﾞﾙ", "ビル"), ("Québec", "Quebec")])
def test_ways_to_write_one_name_have_one_address(one: str, other: str) -> None:
    assert term_slug(one) == term_slug(other)


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("St. Paul, MN", "st-paul-mn"),
        ("Boston,MA", "boston-ma"),
        ("U.S. Workers' Center", "us-workers-center"),
        ("Sta. Fé", "sta-fe"),
        ("Cité de l'Île", "cite-de-lile"),
        ("C", "c"),
        ("C++", "c-plus-plus"),
        ("F# developer", "f-sharp-developer"),
        ("Local #7", "local-7"),
        ("CON", "con-d1d8ab24"),  # on Windows, no folder can be called con
        ("x" * 80, "x" * 80),
        ("x" * 81, "x" * 80 + "-8b9174e7"),
        ("ab " * 40, "ab-" * 26 + "b1e957c7"),
    ],
)
def test_a_slug_is_the_label_without_what_addresses_do_not_hold(label: str, slug: str) -> None:
    assert term_slug(label) == slug


def test_a_long_label_has_a_slug_that_a_file_system_takes_and_no_other_label_has() -> None:
    one, other = (term_slug("Workers of the harbor and the hills " * 9 + end) for end in ("one", "other"))

    assert len(one) < 100
    assert is_slug(one)
    assert one != other
    assert is_slug(term_slug("x" * 300))


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("organizer", True),
        ("local-99-organizer", True),
        ("Organizer", False),
        ("a--b", False),
        ("-a", False),
        ("a/b", False),
        ("..", False),
        ("a.b", False),
        ("é", False),
        ("a\n", False),
        ("lpt1", False),
        ("lpt1-a", True),
        ("", False),
        ("a" * 252, True),
        ("a" * 253, False),
    ],
)
def test_only_safe_names_are_slugs(text: str, good: bool) -> None:
    assert is_slug(text) is good
