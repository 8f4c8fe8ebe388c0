"""Where lists are cut into pages, and what stays the same when postings come and go."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringhall.policies.pagination import page_starts

SLUGS = st.lists(st.from_regex(r"[a-z0-9]{1,6}", fullmatch=True), unique=True, max_size=80)


def pages(slugs: list[str], size: int) -> list[tuple[str, ...]]:
    starts = page_starts(slugs, size)
    return [tuple(slugs[begin:end]) for begin, end in pairwise((*starts, len(slugs)))]


@given(SLUGS, st.integers(1, 12))
def test_pages_hold_every_posting_once_in_its_order(slugs: list[str], size: int) -> None:
    assert [slug for page in pages(slugs, size) for slug in page] == slugs


@given(SLUGS, st.integers(1, 12))
def test_no_page_is_far_from_the_size_that_is_set(slugs: list[str], size: int) -> None:
    *full, last = [len(page) for page in pages(slugs, size)]
    assert last <= size
    assert all(size * 3 // 5 <= count <= size for count in full)


@pytest.mark.parametrize(
    ("count", "size", "expected"),
    [(0, 50, 1), (1, 50, 1), (50, 50, 1), (51, 50, 2), (80, 50, 2), (7, 1, 7), (7, 2, 5), (1000, 1000, 1)],
)
def test_how_many_pages_a_list_has(count: int, size: int, expected: int) -> None:
    assert len(pages([f"job-{number}" for number in range(count)], size)) == expected


def test_what_comes_or_goes_changes_its_page_and_seldom_many_others() -> None:
    slugs = [f"organizer-{number * 7919 % 10_007}" for number in range(3000)]
    before = set(pages(slugs, 50))
    fresh = [
        sum(page not in before for page in pages([*slugs[:place], *slugs[place + 1 :]], 50))
        for place in range(0, 3000, 13)
    ]
    assert sum(fresh) / len(fresh) < 2
    assert sum(count <= 2 for count in fresh) / len(fresh) > 0.8
