"""Workflow commands: their form, their escaping and the way around their limits."""

import re

import pytest

from hiringhall.diagnostics import Severity, Span, error, notice, warning
from hiringhall.report import delivery, github
from tests.repositories import begin, commit, git


def many(make, count, path="content/postings/x.md"):
    return [
        make(path, Span(line, 1, line, 2), "some-code", f"problem {line}") for line in range(1, count + 1)
    ]


def commands(text):
    return [line for line in text.splitlines() if line.startswith("::")]


def test_a_problem_is_a_command_with_its_place_and_code():
    found = error("content/postings/x.md", Span(7, 11, 7, 16), "salary-range", "min is larger than max")
    assert github.render(github.split([found])) == (
        "::error file=content/postings/x.md,line=7,col=11,endLine=7,endColumn=16,title=salary-range"
        "::min is larger than max\n"
    )


def test_a_hint_is_a_second_line_of_the_message():
    found = warning("x.md", Span(), "c", "one", "two")
    assert github.render(github.split([found])).endswith("::one%0Ahint: two\n")
    assert github.render(github.split([found])).startswith("::warning ")


def test_data_and_properties_are_escaped():
    found = notice("a,b:c%d\r\ne.md", Span(), "c", "100%: a, b\r\n::error::x")
    assert github.render(github.split([found])) == (
        "::notice file=a%2Cb%3Ac%25d%0D%0Ae.md,line=1,col=1,endLine=1,endColumn=1,title=c"
        "::100%25: a, b%0D%0A::error::x\n"
    )


def test_errors_come_first_and_then_by_place():
    found = [warning("a", Span(), "w", "m"), error("z", Span(), "e", "m"), error("b", Span(), "e", "m")]
    assert [line.split(",")[0] for line in commands(github.render(github.split(found)))] == [
        "::error file=b",
        "::error file=z",
        "::warning file=a",
    ]


@pytest.mark.parametrize(("errors", "warnings"), [(10, 10), (11, 10), (11, 3), (20, 21), (0, 11)])
def test_at_most_ten_of_a_kind_are_annotated_and_the_rest_is_kept(errors, warnings):
    found = many(warning, warnings) + many(error, errors)
    shown, rest, _ = github.split(found)
    for severity, total in ((Severity.ERROR, errors), (Severity.WARNING, warnings)):
        assert sum(each.severity is severity for each in shown) == min(total, 10)
    assert sorted(shown + rest) == sorted(found)
    assert len(commands(github.render(github.split(found)))) == len(shown)


def test_the_first_ten_in_order_are_the_ones_annotated():
    shown, rest, _ = github.split(reversed(many(error, 12)))
    assert [each.span.line for each in shown] == list(range(1, 11))
    assert [each.span.line for each in rest] == [11, 12]


def test_the_count_of_what_is_left_out_is_said():
    assert "2 more problems" in github.render(github.split(many(error, 12)))
    assert "1 more problem beyond" in github.render(github.split(many(error, 11)))
    assert "more" not in github.render(github.split(many(error, 10)))


def test_the_rest_is_a_table():
    found = [*many(error, 10), error("y.md", Span(3, 4, 3, 5), "some-code", "last", "help")]
    assert github.table(github.split(found)) == (
        "\n### 1 more problem\n\n| | Place | Problem | Code |\n| --- | --- | --- | --- |\n"
        "| error | y.md:3:4 | last (help) | some-code |\n"
    )


def test_there_is_no_table_when_all_are_annotated():
    assert github.table(github.split(many(error, 10))) == ""


def test_nothing_in_the_table_is_markup():
    evil = error("y.md", Span(), "c", "a | b\n<img src=x> [x](http://e) `c` *d* @someone")
    last = github.table(github.split([*many(error, 10), evil])).splitlines()[-1]
    assert last.count("|") == 5
    assert not set("<>[]`*@") & set(last.replace("<wbr>", ""))


def test_a_very_long_table_is_cut_and_says_so():
    table = github.table(
        github.split([each for number in range(1017) for each in many(error, 1, f"{number}.md")])
    )
    assert table.count("\n| error |") == 1000
    assert "And 7 more" in table
    assert table.startswith("\n### 1,007 more problems\n")


def test_a_table_is_never_larger_than_github_takes():
    bombs = [error(f"{number}.md", Span(), "c", "\U0001f4a3" * 900) for number in range(1010)]
    table = github.table(github.split(bombs))
    assert len(table.encode()) < 1024 * 1024
    assert re.search(r"\nAnd \d{3} more; run ", table)


def test_many_alike_in_one_file_leave_room_in_the_table_and_are_all_counted():
    found = [*many(error, 5000, "content/a.md"), *many(error, 1, "content/z.md")]
    assert "\n4,991 more problems beyond" in github.render(github.split(found))
    table = github.table(github.split(found)).splitlines()
    assert table[1] == "### 4,991 more problems"
    assert table[-2:] == [
        "| error | content/a.md:21:1 | there are 4,980 more like this in this file | some-code |",
        "| error | content/z.md:1:1 | problem 1 | some-code |",
    ]


def test_the_summary_file_is_added_to(tmp_path, capsys):
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    delivery.deliver(tuple(many(error, 12)), "github", {"GITHUB_STEP_SUMMARY": str(summary)})
    text = summary.read_text()
    assert text.startswith("before\n")
    assert text.count("\n| error |") == 2
    captured = capsys.readouterr()
    assert len(commands(captured.err)) == 10
    assert captured.out == ""


def test_what_a_pull_request_changes_comes_first(tmp_path, monkeypatch, capsys):
    site = tmp_path / "sites" / "jobs"
    site.mkdir(parents=True)
    monkeypatch.chdir(site)
    found = (*many(warning, 12, "a.md"), *many(error, 12, "b.md"), *many(warning, 1, "zu\u0308rich.md"))
    begin(tmp_path)
    for name in ("a.md", "b.md"):
        (site / name).write_text("old")
    commit(site)
    delivery.deliver(found, "github", {})
    assert "::warning file=z" not in capsys.readouterr().err

    git(site, "switch", "--quiet", "--create=proposed")
    (site / "zu\u0308rich.md").write_text("new")
    commit(site)
    git(site, "switch", "--quiet", "main")
    (site / "a.md").write_text("newer")
    commit(site)
    git(site, "merge", "--no-ff", "--message=merge", "proposed")
    delivery.deliver(found, "github", {"GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")})

    told = capsys.readouterr().err
    assert [line.partition(",")[0] for line in commands(told)] == [
        *["::error file=b.md"] * 10,
        "::warning file=zu\u0308rich.md",
        *["::warning file=a.md"] * 9,
    ]
    assert told.endswith("\nThey are in the summary of this run.\n")
    assert (tmp_path / "summary.md").read_text().count("| warning | a.md:") == 3


def test_a_summary_file_that_cannot_be_written_leaves_the_rest_in_the_log(tmp_path, capsys):
    delivery.deliver(tuple(many(error, 11)), "github", {"GITHUB_STEP_SUMMARY": str(tmp_path / "gone" / "x")})
    assert capsys.readouterr().err.endswith("error: problem 11 [some-code]\n")


def test_without_a_summary_file_the_rest_stays_in_the_log(capsys):
    delivery.deliver(tuple(many(error, 11)), "github", {})
    assert (
        capsys.readouterr().err.splitlines()[-1]
        == "content/postings/x.md:11:1: error: problem 11 [some-code]"
    )
