"""The time to read a file grows only with its length, whatever strangers write into it."""

from __future__ import annotations

import time

import pytest

from hiringhall.intake.markdown.links import faulty_links
from hiringhall.intake.markdown.rendering import render
from tests.intake.reading_helpers import read_text

# Seconds: it takes hundredths of one, and took minutes when a pattern backtracked in a text.
HANGING = 30.0
FIELDS = (
    "title: Organizer\norganization: X\nadded: 2026-03-02\nlocation: New Haven, CT\napply: a@example.org\n"
)
GAP = " " * 60_000

pytestmark = pytest.mark.no_cover


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
        (FIELDS, "[a\n" * 20_000),
        (FIELDS, "[ " + "[x][x] " * 9_000),
        (FIELDS, "[a]: /b/\n\n" + "![x][a] " * 30_000),
        (FIELDS, f"[] [https://example.org{GAP}{GAP}"),
        (FIELDS, "https://" * 30_000),
        (FIELDS, "https://a.b@" * 5_000),
        (FIELDS, ("https://a.b/" + ")" * 1_900 + " ") * 100),
        (f'tags:\n- "x{GAP}y\nbenefits: "z"', "Text."),
        (f"title: **x{GAP}y", "Text."),
        (f"apply: (x{GAP}) y", "Text."),
        (f'benefits: "• x{GAP}y"', "Text."),
        (FIELDS, "Here is the " + "file " * 40_000),
        (FIELDS, "x" + "\n" * 250_000 + "- y"),
        (FIELDS, '[x](/a "' * 30_000),
        (FIELDS, "• x\n" * 60_000),
        (FIELDS, "We organize" + "." * 200_000 + "\nx\n---\n"),
        (FIELDS, "Ab\n- x\n" * 35_000),
        (FIELDS, "#" * 100_000 + "x"),
    ],
)
def test_no_text_takes_longer_than_its_length_asks_for(fields: str, body: str) -> None:
    start = time.process_time()
    read_text(f"---\n{fields}\n---\n\n{body}\n")
    assert time.process_time() - start < HANGING


def test_the_rest_of_a_line_is_not_gone_through_once_for_each_bracket_in_it() -> None:
    line = "[x](/a " * 60_000
    start = time.process_time()
    assert len([*faulty_links(line)]) >= 60_000
    assert time.process_time() - start < HANGING


def test_deep_quotes_are_not_gone_through_once_for_each_level() -> None:
    page = render("> " * 100 + "a\n" + "a\n" * 100).html
    assert 10 <= page.count("<blockquote>") <= 20


def test_many_links_to_one_long_address_make_no_page_larger_than_both_together() -> None:
    definition = f"[a]: https://example.org/{'b' * 30_000} '{'c' * 10_000}'\n\n"
    page = render(definition + "[a] " * 10_000).html
    assert page.count("<a ") == 2
    assert len(page) < 4 * 100_000
    assert page.endswith(" [a] [a]</p>\n")
    usual = render("[a]: https://example.org/jobs\n\n" + "[a] " * 1_000).html
    assert usual.count("<a ") == 1_000
