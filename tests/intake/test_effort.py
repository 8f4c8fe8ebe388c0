"""Reading takes a time that grows with the length of a file, whatever strangers write into it."""

from __future__ import annotations

import time

import pytest

from tests.intake.reading_helpers import read_text

# Seconds: each of these took more than a minute where a pattern went back and forth in it.
LONGEST = 3.0
FIELDS = (
    "title: Organizer\norganization: X\nadded: 2026-03-02\nlocation: New Haven, CT\napply: a@example.org\n"
)
GAP = " " * 60_000


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        (f"title: x{GAP}y: z", "Text."),
        (f'title: "x{GAP}y', "Text."),
        (f"title: x{GAP}y #3", "Text."),
        (f"tags:\n- x{GAP}y #3", "Text."),
        ("title: x\nprotected " + "a." * 30_000, "Text."),
        (f'location: [a, "b{GAP}c"]', "Text."),
        (FIELDS, "It is protected. " + "a." * 60_000),
        (FIELDS, "RÃ©sumÃ©\n\n" + "a" * 120_000),
    ],
)
def test_no_text_takes_longer_than_its_length_asks_for(fields: str, body: str) -> None:
    start = time.process_time()
    read_text(f"---\n{fields}\n---\n\n{body}\n")
    assert time.process_time() - start < LONGEST
