"""Each form goes to its own stream or file."""

import json
import sys

import pytest

from hiringhall.diagnostics import Span, error, notice
from hiringhall.report import delivery
from tests.report.screen import Screen

FOUND = (error("x.md", Span(2, 3, 2, 4), "some-code", "a problem", "a way out"),)


@pytest.mark.parametrize(
    ("asked", "environ", "form"),
    [
        (None, {}, "human"),
        (None, {"GITHUB_ACTIONS": "true"}, "github"),
        (None, {"GITHUB_ACTIONS": "false"}, "human"),
        (None, {"GITHUB_ACTIONS": "true", "GITEA_ACTIONS": "true"}, "human"),
        ("human", {"GITHUB_ACTIONS": "true"}, "human"),
        ("json", {}, "json"),
    ],
)
def test_the_form_is_the_one_asked_for_or_that_of_the_place(asked, environ, form):
    assert delivery.chosen(asked, environ) == form


def test_people_are_told_on_standard_error(capsys):
    delivery.deliver(FOUND, "human", {})
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "x.md:2:3: error: a problem [some-code]\n  hint: a way out\n"


def test_programs_are_told_on_standard_output(capsys):
    delivery.deliver(FOUND, "json", {})
    captured = capsys.readouterr()
    assert captured.err == ""
    assert [found["code"] for found in json.loads(captured.out)] == ["some-code"]


def test_programs_get_an_array_even_when_all_is_well(capsys):
    delivery.deliver((), "json", {})
    assert capsys.readouterr().out == "[]\n"


REMARKS = tuple(notice(f"{name}.md", Span(), "some-code", "a remark") for name in "abcdefgh")


def test_people_get_the_first_of_many_notices_alike_and_their_number(capsys):
    delivery.deliver((*REMARKS, *FOUND), "human", {})
    assert capsys.readouterr().err.splitlines() == [
        *(f"{name}.md:1:1: notice: a remark [some-code]" for name in "abc"),
        "x.md:2:3: error: a problem [some-code]",
        "  hint: a way out",
        "5 more notices [some-code] in 5 files; --format json lists all",
    ]
    delivery.deliver(REMARKS, "human", {}, whole=True)
    assert capsys.readouterr().err.count("a remark") == len(REMARKS)


def test_programs_and_github_get_every_notice(capsys):
    delivery.deliver(REMARKS, "json", {})
    delivery.deliver(REMARKS, "github", {})
    captured = capsys.readouterr()
    assert len(json.loads(captured.out)) == captured.err.count("::notice ") == len(REMARKS)


def test_a_terminal_gets_the_source_too_and_the_number_of_notices_left_out(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.md").write_text("---\nabcdef\n")
    monkeypatch.setattr(sys, "stderr", Screen())
    delivery.deliver((*REMARKS, *FOUND), "human", {})
    assert "    2 | " in sys.stderr.getvalue()
    assert sys.stderr.getvalue().endswith(
        "\n5 more notices [some-code] in 5 files; --format json lists all\n"
    )
