"""The orders in which postings stand in lists and feeds.

Owns the sort keys; refuses to know which lists there are.
"""

from __future__ import annotations

from hiringhall.model import Entry


def newest_first(entry: Entry) -> tuple[int, str]:
    """Order by the day a posting entered the listing, latest first, then by slug."""
    return -entry.card.added, entry.card.slug


def closing_first(entry: Entry) -> tuple[int, str]:
    """Order by the instant a posting closes, earliest first, then by slug."""
    return entry.card.closes_at, entry.card.slug


def closed_last_first(entry: Entry) -> tuple[int, str]:
    """Order closed postings by the day they closed, latest first, then by slug."""
    return -(entry.closed_on or 0), entry.card.slug
