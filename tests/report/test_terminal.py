"""What a terminal adds: the line of source, carets, color."""

import os
import re

import pytest

from hiringhall.diagnostics import Span, error, warning
from hiringhall.report import terminal
from tests.report.screen import Screen

ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def source(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "60")

    def write(text):
        (tmp_path / "x.md").write_text(text, encoding="utf-8")

    return write


def shown(*found):
    screen = Screen()
    terminal.show(found, screen)
    return screen.getvalue()


def test_the_line_of_source_stands_under_the_problem_with_carets(source):
    source("---\nsalary: {min: 90, max: 80}\n")
    text = ANSI.sub("", shown(error("x.md", Span(2, 15, 2, 17), "salary-range", "min > max", "swap them")))
    assert text == (
        "x.md:2:15: error: min > max [salary-range]\n"
        "    2 | salary: {min: 90, max: 80}\n"
        "      |               ^^\n"
        "  hint: swap them\n"
    )


def test_carets_stand_right_under_wide_letters_and_tabs(source):
    source("\ttitle: 求人 x\n")
    text = ANSI.sub("", shown(error("x.md", Span(1, 12, 1, 13), "c", "m")))
    assert text.splitlines()[1:] == ["    1 |     title: 求人 x", "      | " + " " * 16 + "^"]


def test_a_problem_of_several_lines_is_marked_to_the_end_of_its_first(source):
    source("abc\ndef\n")
    assert ANSI.sub("", shown(error("x.md", Span(1, 2, 2, 3), "c", "m"))).splitlines()[2] == "      |  ^^"


def test_an_empty_span_at_the_end_of_a_line_still_has_a_caret(source):
    source("abc\n")
    assert ANSI.sub("", shown(error("x.md", Span(1, 4, 1, 4), "c", "m"))).splitlines()[2] == "      |    ^"


def test_a_long_line_is_cut_to_the_part_around_the_problem(source):
    source("a" * 500 + "X" + "b" * 500)
    lines = ANSI.sub("", shown(error("x.md", Span(1, 501, 1, 502), "c", "m"))).splitlines()
    assert all(len(line) <= 60 for line in lines)
    assert lines[1].index("X") == lines[2].index("^")


@pytest.mark.parametrize("place", [("gone.md", 1), ("x.md", 9), ("x.md", 0), ("bad\0name", 1)])
def test_without_a_source_line_the_problem_is_shown_all_the_same(source, place):
    source("abc\n")
    path, line = place
    assert len(ANSI.sub("", shown(error(path, Span(line, 1, line, 2), "c", "m"))).splitlines()) == 1


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\u0085", "\f", "\x1c"])
def test_lines_are_counted_as_editors_count_them(source, mark):
    source(f"a{mark}b\nc\n")
    assert ANSI.sub("", shown(error("x.md", Span(2, 1, 2, 2), "c", "m"))).splitlines()[1] == "    2 | c"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
@pytest.mark.usefixtures("source")
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "x.md")
    assert len(shown(error("x.md", Span(1, 1, 1, 2), "file-unreadable", "m")).splitlines()) == 1


def test_source_cannot_steer_the_terminal_and_markup_is_not_read(source):
    source("a\x1b[2Jb [red]c[/red]\n")
    text = shown(error("x.md", Span(1, 1, 1, 2), "c", "[bold]m[/bold]"))
    assert "\x1b[2J" not in text
    plain = ANSI.sub("", text)
    assert r"a\x1b[2Jb [red]c[/red]" in plain
    assert "[bold]m[/bold]" in plain


def test_severities_differ_in_colour(source):
    source("abc\n")
    assert "\x1b[1;31m error: " in shown(error("x.md", Span(), "c", "m"))
    assert "\x1b[1;33m warning: " in shown(warning("x.md", Span(), "c", "m"))


def test_no_color_is_honoured(source, monkeypatch):
    source("abc\n")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", shown(error("x.md", Span(), "c", "m")))


def test_a_terminal_that_can_do_nothing_gets_plain_text(source, monkeypatch):
    source("abc\n")
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in shown(error("x.md", Span(), "c", "m"))
