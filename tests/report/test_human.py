"""The lines that people and editors read."""

import pytest

from hiringhall.diagnostics import Span, error, notice, shortened, warning
from hiringhall.report import human

RANGE = error(
    "content/postings/x.md", Span(7, 11, 7, 16), "salary-range", "salary.min is larger than salary.max"
)
DATE = warning("content/postings/x.md", Span(3, 1, 3, 6), "date-past", "this day is over", "check the year")
OTHER = notice("content/postings/a.md", Span(), "no-salary", "no pay is stated")


def test_one_line_for_each_problem_and_one_for_its_hint_sorted_by_place():
    assert human.render([RANGE, DATE, OTHER]) == (
        "content/postings/a.md:1:1: notice: no pay is stated [no-salary]\n"
        "content/postings/x.md:3:1: warning: this day is over [date-past]\n"
        "  hint: check the year\n"
        "content/postings/x.md:7:11: error: salary.min is larger than salary.max [salary-range]\n"
    )


def test_lines_and_columns_are_sorted_as_numbers():
    places = [(10, 1), (9, 10), (9, 9), (1, 1)]
    found = [error("x.md", Span(line, column, line, column), "c", "m") for line, column in places]
    assert [line.split(": ")[0] for line in human.render(found).splitlines()] == [
        "x.md:1:1",
        "x.md:9:9",
        "x.md:9:10",
        "x.md:10:1",
    ]


def test_what_is_found_twice_is_shown_once():
    assert human.render([RANGE, RANGE]).count("\n") == 1


@pytest.mark.parametrize(
    ("count", "lines", "last"),
    [
        (20, 20, "x.md:20:1: warning: m [c]"),
        (21, 21, "x.md:21:1: warning: m [c]"),
        (22, 21, "x.md:21:1: warning: there are 2 more like this in this file [c]"),
        (37433, 21, "x.md:21:1: warning: there are 37,413 more like this in this file [c]"),
    ],
)
def test_many_alike_in_one_file_are_told_up_to_a_number(count, lines, last):
    alike = [warning("x.md", Span(line, 1, line, 2), "c", "m", "h") for line in range(1, count + 1)]
    others = [
        warning("x.md", Span(), "d", "m"),
        error("x.md", Span(), "c", "m"),
        warning("y.md", Span(), "c", "m"),
    ]
    shown = [line for line in human.render([*alike, *others]).splitlines() if "hint" not in line]
    assert len(shown) == lines + 3
    assert shown[-2] == last
    told = shortened([*alike, *others])
    assert shortened(told) == told


def remarks(count, code="pay-missing", name="n{:03}.md"):
    return [notice(name.format(number), Span(), code, "m") for number in range(count)]


def test_many_notices_alike_in_several_files_do_not_hide_an_error_among_them():
    wrong = error("n600.md", Span(2, 1), "c", "m")
    told, counted = human.brief([*remarks(1200), wrong])
    assert [found.path for found in told] == ["n000.md", "n001.md", "n002.md", "n600.md"]
    assert told[-1] == wrong
    assert counted == ("1,197 more notices [pay-missing] in 1,197 files; --format json lists all",)


def test_what_few_notices_or_one_file_or_other_severities_say_is_shown():
    several = [warning(f"n{number}.md", Span(), "c", "m") for number in range(50)]
    one_file = [notice("o.md", Span(line), "d", "m") for line in range(1, 10)]
    every = (*several, *remarks(5, name="p{}.md"), *one_file)
    assert human.brief(every[::-1]) == (human.brief(every)[0], ())
    assert sorted(human.brief(every)[0]) == sorted(every)


def test_notices_left_out_are_counted_by_code_and_their_files_once():
    two_files = [notice(f"{name}.md", Span(line), "z-code", "m") for name in "ab" for line in (1, 2, 3)]
    assert human.brief([*remarks(6, "a-code"), *two_files])[1] == (
        "3 more notices [a-code] in 3 files; --format json lists all",
        "3 more notices [z-code] in 1 file; --format json lists all",
    )


def test_nothing_found_prints_nothing():
    assert human.render([]) == ""


def test_a_value_cannot_steer_the_terminal_or_add_a_line():
    found = error("content/\x1b]0;x\x07.md", Span(), "c", "found '\x1b[2J\r\n::error::x\u202e'", "not \x00")
    assert human.render([found]).splitlines() == [
        r"content/\x1b]0;x\x07.md:1:1: error: found '\x1b[2J\r\n::error::x\u202e' [c]",
        r"  hint: not \x00",
    ]


def test_file_names_that_are_not_unicode_can_be_printed():
    shown = human.render([error("content/\udcff.md", Span(), "c", "m")])
    assert shown.encode() == rb"content/\udcff.md:1:1: error: m [c]" + b"\n"
