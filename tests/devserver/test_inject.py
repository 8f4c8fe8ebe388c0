"""What the development server adds to pages, and that this can run and can be trusted."""

from datetime import UTC, datetime

import pytest

from hiringhall.devserver import inject
from hiringhall.diagnostics import Span, error, warning

SCRIPT = b'<script src="/__hiringhall/reload.js" data-epoch="e.1"></script>'


def test_the_script_stands_at_the_end_of_the_body():
    assert (
        inject.page(b"<body><p>x</p></body></html>", "e.1") == b"<body><p>x</p>" + SCRIPT + b"</body></html>"
    )


def test_the_last_end_of_a_body_counts_and_a_page_needs_none():
    page = inject.page(b"<pre>&lt;/body></body></pre></BODY ></html>", "e.1")
    assert page == b"<pre>&lt;/body></body></pre>" + SCRIPT + b"</BODY ></html>"
    assert inject.page(b"<p>x", "e.1") == b"<p>x" + SCRIPT


def test_bytes_that_are_not_utf_8_stay_as_they_are():
    assert inject.page(b"<p>\xff</p></body>", "e.1").startswith(b"<p>\xff</p><script")


def test_the_clock_comes_before_every_other_script_and_only_for_another_time():
    page = b"<!doctype html><HEAD lang=en><script src=/early.js></script></head><header></header>"
    clock = b'<script src="/__hiringhall/clock.js" data-now="2026-01-26T17:00:00+00:00"></script>'
    now = datetime(2026, 1, 26, 17, tzinfo=UTC)
    assert b"<HEAD lang=en>" + clock + b"<script src=/early.js>" in inject.page(page, "e.1", now=now)
    assert inject.page(page, "e.1", now=now).count(clock) == 1
    assert b"clock.js" not in inject.page(page, "e.1")


@pytest.mark.parametrize(
    ("policy", "allowed"),
    [
        (
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'",
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'",
        ),
        ("default-src 'none'", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"),
        (
            "default-src a.ex; connect-src 'none'",
            "default-src a.ex; connect-src 'self'; script-src a.ex 'self'; style-src a.ex 'self'",
        ),
        ("img-src 'self'; ; FRAME-SRC 'none'", "img-src 'self'; frame-src 'none'"),
        ("script-src-elem 'none'; script-src 'none'", "script-src-elem 'self'; script-src 'self'"),
        ("script-src 'none'; script-src *", "script-src 'self'"),
        ("", ""),
    ],
)
def test_a_policy_allows_what_is_added_and_nothing_more(policy, allowed):
    split = [sorted(part.split()) for part in inject.allow(policy).split(";")]
    assert sorted(split) == sorted(sorted(part.split()) for part in allowed.split(";"))


@pytest.mark.parametrize(
    "tag",
    [
        b"""<meta http-equiv="Content-Security-Policy" content="default-src 'none'">""",
        b"""<meta content="default-src 'none'" http-equiv=content-security-policy />""",
        b"""<META HTTP-EQUIV='Content-Security-Policy'\n CONTENT="default-src &#39;none&#39;">""",
    ],
)
def test_the_policy_in_a_page_is_changed_however_it_is_written(tag):
    page = inject.page(b"<head>" + tag + b"</head>", "e.1").decode()
    assert "script-src &#x27;self&#x27;" in page
    assert "connect-src &#x27;self&#x27;" in page
    assert "style-src &#x27;self&#x27;" in page


def test_other_meta_elements_are_left_alone():
    page = b"""<meta name="description" content="script-src 'none'"><meta http-equiv=refresh content="0">"""
    assert inject.page(page, "e.1") == page + SCRIPT


def test_the_overlay_names_every_problem_and_is_escaped():
    html = inject.overlay(
        [
            error(
                "content/<b>.md",
                Span(7, 11, 7, 12),
                "some-code",
                "found '<script>alert(1)</script>'",
                'use "&"',
            ),
            warning("content/a.md", Span(), "other-code", "a warning"),
        ]
    )
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "content/&lt;b&gt;.md:7:11" in html
    assert "use &quot;&amp;&quot;" in html
    assert "1 error and 1 warning in 2 files" in html
    assert html.index("content/&lt;b&gt;.md") < html.index("content/a.md:1:1")
    assert "style=" not in html


def test_the_overlay_shows_how_a_build_broke_down():
    html = inject.overlay([], "RuntimeError: <oops>")
    assert "The build failed unexpectedly" in html
    assert "RuntimeError: &lt;oops&gt;" in html


def test_file_names_that_are_not_unicode_can_be_sent():
    assert rb"content/\udcff.md" in inject.page(
        b"</body>", "e", inject.overlay([error("content/\udcff.md", Span(), "c", "m")])
    )
