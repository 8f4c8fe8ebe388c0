"""Contributed text in Markdown: GitHub looks for names and links in it once the Markdown has been read."""

from __future__ import annotations

import html

import pytest

from hiringhall.report.markdown import plain


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("@all, @local-12/stewards", ["@", "all, @", "local-12/stewards"]),
        ("jobs@example.org", ["jobs@", "example.org"]),
        ("#1 local-12/jobs#2 GH-3 gh-4", ["#", "1 local-12/jobs#", "2 GH", "-3 gh", "-4"]),
        (
            "fd3f0ed 0123456789abcdef0123456789abcdef01234567",
            ["f", "d3f0ed 0", "123456789abcdef0123456789abcdef01234567"],
        ),
        ("local-12/jobs@FD3F0ED", ["local-12/jobs@", "F", "D3F0ED"]),
        ("https://a.example Www.a.example", ["https:", "//a.example Www", ".a.example"]),
        ("C# @ 5 pm, 62000 USD, facade, wwww.a", ["C# @ 5 pm, 62000 USD, facade, wwww.a"]),
    ],
)
def test_contributed_text_names_nobody_and_links_to_nothing(text: str, parts: list[str]) -> None:
    found = plain(text).split("<wbr>")
    assert "".join(map(html.unescape, found)) == text
    assert [html.unescape(part) for part in found] == parts


def test_contributed_text_is_one_line_in_which_nothing_is_markup_or_hidden() -> None:
    text = plain("a | b\n\n<img src=x> [x](y) `c` *d* _e_ ~f~ \\ &amp; \u202eg")
    assert not set("<>[]`*_~\\|\n\u202e") & set(text)
    assert html.unescape(text) == "a | b <img src=x> [x](y) `c` *d* _e_ ~f~ \\ &amp; \\u202eg"
