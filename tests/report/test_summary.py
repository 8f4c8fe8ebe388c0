"""The closing line of a run."""

import pytest

from hiringhall.diagnostics import Span, error, notice, warning
from hiringhall.report import summary
from hiringhall.report.result import Stats


def test_the_closing_line_counts_closed_postings_by_reason():
    stats = Stats(
        open=1200,
        closed={"deadline": 1004, "filled": 0, "unconfirmed": 2},
        pages=8,
        files=9,
        written=3,
        seconds=1.25,
    )
    assert summary.published(stats) == (
        "1,200 open postings, 1,006 closed (1,004 deadline, 2 unconfirmed); 8 pages; "
        "3 of 9 files written in 1.2 s"
    )


def test_a_site_of_one_posting_is_counted_in_the_singular():
    stats = Stats(open=1, closed={}, pages=1, files=1, written=0, seconds=0.04)
    assert summary.published(stats) == "1 open posting, none closed; 1 page; 0 of 1 file written in 0.0 s"


@pytest.mark.parametrize(
    ("found", "line"),
    [
        ([], "no problems"),
        ([error("a", Span(), "c", "m")], "1 error in 1 file"),
        ([error("a", Span(), "c", "m"), error("b", Span(), "c", "m")], "2 errors in 2 files"),
        (
            [error("a", Span(), "c", "m"), warning("a", Span(), "c", "m"), notice("a", Span(), "c", "m")],
            "1 error, 1 warning and 1 notice in 1 file",
        ),
        ([error("a", Span(), code, "m") for code in "ab" * 10], "20 errors in 1 file"),
        ([error("a", Span(), "c", "m")] * 21, "21 errors in 1 file"),
        (
            [error("a", Span(), code, "m") for code in "abbb" * 5 + "cc"]
            + [warning("a", Span(), "d", "m")] * 7
            + [notice("a", Span(), "e", "m")] * 90,
            "22 errors, 7 warnings and 90 notices in 1 file, most often 15 b, 7 d and 5 a",
        ),
    ],
)
def test_problems_are_counted_by_severity(found, line):
    assert summary.tally(found) == line
