"""Where a long list is cut into pages.

Owns the rule, which the scripts repeat; refuses to know what is listed and where its pages are.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32


def page_starts(slugs: Sequence[str], size: int) -> list[int]:
    """Return the places at which the pages of a list of postings begin; there is at least one page.

    The postings themselves decide: a page holds at most `size` of them and, unless it is the last, at least
    three fifths of that; of those that could begin the next page, the one whose slug has the lowest checksum
    does. So a posting that enters or leaves a list changes its own page and seldom many after it, while with
    equal pages everything after it would move.

    >>> slugs = [f"job-{number}" for number in range(150)]
    >>> page_starts(slugs[:50], 50), page_starts(slugs[:51], 50)
    ([0], [0, 35])
    >>> page_starts(slugs, 50), page_starts(["newest", *slugs], 50)
    ([0, 35, 68, 104], [0, 36, 69, 105])
    """
    least, starts = max(1, size * 3 // 5), [0]
    while len(slugs) - starts[-1] > size:
        first = starts[-1] + least
        sums = [crc32(slug.encode()) for slug in slugs[first : starts[-1] + size + 1]]
        starts.append(first + sums.index(min(sums)))
    return starts
