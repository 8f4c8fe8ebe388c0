"""What a build counts."""

from datetime import UTC, datetime

from hiringhall.model import Card, ClosedReason, Entry, Listing, State
from hiringhall.report.result import Stats, stats_of

CARD = Card("x", "x.md", "k", "T", "O", 1, 1, 1, "deadline", None, True, 1, None, (), (), (), False)


def closed(reason):
    return Entry(CARD, State.CLOSED, reason, 1, 1, "k", "k")


def test_postings_are_counted_by_state_and_reason():
    shut = (closed(ClosedReason.FILLED), closed(ClosedReason.DEADLINE), closed(ClosedReason.FILLED))
    open_ = (Entry(CARD, State.OPEN, None, None, 1, "k", "k"),) * 4
    listing = Listing(datetime(2026, 1, 1, tzinfo=UTC), 0, open_, (), shut, {}, {})
    assert stats_of(listing, pages=3, files=9, written=2, seconds=0.5) == Stats(
        open=4, closed={"deadline": 1, "filled": 2}, pages=3, files=9, written=2, seconds=0.5
    )
