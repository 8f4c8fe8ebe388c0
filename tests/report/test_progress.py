"""Progress is shown on a terminal, in a long run, and nowhere else."""

import io

from hiringhall.report import progress
from tests.report.screen import Screen


def run(stream, *, quiet=False):
    with progress.progress(quiet=quiet, stream=stream) as step:
        for done in range(5):
            step("Reading", done, 4)
    return stream.getvalue()


def test_a_long_run_is_shown_on_a_terminal_and_gone_at_the_end(monkeypatch):
    monkeypatch.setattr(progress, "_PATIENCE", -1.0)
    monkeypatch.setenv("TERM", "xterm")
    shown = run(Screen())
    assert "Reading" in shown
    assert "4/4" in shown
    assert shown.rstrip("\x1b[?25h").endswith("\x1b[2K")


def test_a_short_run_shows_nothing():
    assert run(Screen()) == ""


def test_nothing_is_shown_where_nobody_looks(monkeypatch):
    monkeypatch.setattr(progress, "_PATIENCE", -1.0)
    assert run(io.StringIO()) == ""
    assert run(Screen(), quiet=True) == ""
