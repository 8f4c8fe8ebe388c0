"""The tests find the programs they need, and say what is missing."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import browser
from tests.trees import ROOT


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """A system without any browser: nothing in PATH, nothing of Playwright's."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROME_PATH", raising=False)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "playwright"))
    monkeypatch.setattr(browser, "MACOS_FOLDERS", ())
    monkeypatch.setattr(browser, "WINDOWS_FOLDERS", ())
    browser.find_browser.cache_clear()
    yield tmp_path
    browser.find_browser.cache_clear()


def program(path, status):
    path.write_text(f"#!/bin/sh\nexit {status}\n", "utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.usefixtures("bare")
def test_no_browser_is_reported_as_none_and_explained(capsys):
    assert browser.find_browser() is None
    assert browser.main([]) == 1
    assert "install Chrome, Chromium or Edge" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="Windows runs no shell scripts")
def test_a_browser_in_the_path_is_found_but_a_stub_is_not(bare):
    program(bare / "google-chrome", 1)
    chromium = program(bare / "chromium", 0)
    assert browser.find_browser() == chromium


@pytest.mark.skipif(os.name == "nt", reason="Windows runs no shell scripts")
def test_a_chosen_browser_comes_first(bare, monkeypatch):
    program(bare / "chromium", 0)
    monkeypatch.setenv("CHROME_PATH", str(program(bare / "mine", 0)))
    assert browser.find_browser() == bare / "mine"


@pytest.mark.skipif(os.name == "nt", reason="Windows runs no shell scripts")
def test_each_way_to_install_a_browser_is_tried(bare, monkeypatch):
    program(bare / "apt-get", 0)
    tried = []
    monkeypatch.setattr(browser, "_try", lambda *command: tried.append(command))
    monkeypatch.setattr(browser, "_of_playwright", lambda: bare / "none")  # to ask takes seconds
    assert browser.ensure() is None
    installed = [command for command in tried if "install" in command]
    assert ["playwright" in command for command in installed] == [True, False, False]
    assert [set(browser.APT_BROWSERS) & set(command) for command in installed[1:]] == [
        {"chromium-headless-shell"},
        {"chromium"},
    ]


@pytest.mark.skipif(shutil.which("make") is None, reason="Windows has no make")
@pytest.mark.parametrize("stamp", [".for-site", ".for-tests"])
def test_make_installs_this_project_and_asks_pip_in_words_it_takes(stamp, tmp_path):
    """What comes after `--editable` is what pip installs; an option there makes it refuse the whole line."""
    command = ["make", "--dry-run", f"VENV={tmp_path}", f"{tmp_path}/{stamp}"]
    printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    installs = [line for line in printed.splitlines() if "pip install" in line]
    assert installs
    for line in installs:
        words = shlex.split(line)
        asked = [words[place + 1] for place, word in enumerate(words) if word == "--editable"]
        assert asked
        assert all(project.startswith(".") for project in asked)
        assert asked[0].startswith(".[fast")


@pytest.mark.skipif(shutil.which("make") is None, reason="Windows has no make")
@pytest.mark.parametrize("is_sound", [True, False])
def test_make_makes_an_environment_anew_whose_interpreter_is_gone(tmp_path, is_sound):
    (tmp_path / "bin").mkdir()
    python = tmp_path / "bin" / "python"
    python.write_text(
        f'#!/bin/sh\nexec "{sys.executable if is_sound else tmp_path / "gone"}" "$@"\n', "utf-8"
    )
    python.chmod(0o755)
    for stamp in (".made", ".for-site"):
        (tmp_path / stamp).touch()
    command = ["make", "--dry-run", f"VENV={tmp_path}", f"{tmp_path}/.for-site"]
    printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert ("-m venv --clear" in printed) is not is_sound


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="these files are no checkout")
def test_a_checkout_on_windows_has_the_same_bytes(tmp_path):
    """Git for Windows adds carriage returns; addresses of assets are made from the bytes of files."""
    found = []
    for name, settings in (
        ("here", ("-c", "core.autocrlf=false", "-c", "core.eol=lf")),
        ("there", ("-c", "core.autocrlf=true", "-c", "core.eol=crlf")),
    ):
        command = ["git", *settings, "checkout-index", "--all", f"--prefix={tmp_path / name}/"]
        subprocess.run(command, cwd=ROOT, check=True)
        files = (path for path in (tmp_path / name).rglob("*") if path.is_file())
        found.append({path.relative_to(tmp_path / name): path.read_bytes() for path in files})
    assert Path("build.py") in found[0]
    assert found[0] == found[1]
