"""The array that programs read."""

import json

from hiringhall.diagnostics import Span, error, warning
from hiringhall.report import machine

KEYS = ["severity", "code", "message", "path", "line", "column", "end_line", "end_column", "hint"]


def test_each_problem_has_exactly_the_keys_of_the_contract():
    found = error("content/postings/é.md", Span(7, 11, 8, 2), "salary-range", 'min "ü" > max')
    assert json.loads(machine.render([found])) == [
        {
            "severity": "error",
            "code": "salary-range",
            "message": 'min "ü" > max',
            "path": "content/postings/é.md",
            "line": 7,
            "column": 11,
            "end_line": 8,
            "end_column": 2,
            "hint": None,
        }
    ]
    assert list(json.loads(machine.render([found]))[0]) == KEYS


def test_programs_are_told_everything():
    found = [warning("x.md", Span(line, 1, line, 2), "c", "m") for line in range(1, 101)]
    assert len(json.loads(machine.render(found))) == 100


def test_the_text_is_ascii():
    assert machine.render([error("é\udcff", Span(), "c", "☃")]).isascii()
