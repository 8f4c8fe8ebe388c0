"""Each form goes to its own stream or file."""

import json
import sys

import pytest

from hiringhall.diagnostics import Span, error
from hiringhall.report import delivery
from tests.report.screen import Screen

FOUND = (error("x.md", Span(2, 3, 2, 4), "some-code", "a problem", "a way out"),)


@pytest.mark.parametrize(
    ("asked", "environ", "form"),
    [
        (None, {}, "human"),
        (None, {"GITHUB_ACTIONS": "true"}, "github"),
        (None, {"GITHUB_ACTIONS": "false"}, "human"),
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


def test_a_terminal_gets_the_source_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.md").write_text("---\nabcdef\n")
    monkeypatch.setattr(sys, "stderr", Screen())
    delivery.deliver(FOUND, "human", {})
    assert "    2 | " in sys.stderr.getvalue()
