"""The tests find the programs they need, and say what is missing."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests import browser, tools
from tests.serving import serving_folder
from tests.trees import ROOT, link


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


def test_wrong_usage_is_told(capsys):
    assert browser.main(["--help-me"]) == 2
    assert "usage" in capsys.readouterr().err


def test_only_root_gives_up_the_sandbox():
    assert ("--no-sandbox" in browser.LAUNCH_ARGS) == browser.is_root()


@pytest.mark.browser
def test_the_browser_found_starts():
    with browser.chromium() as started:
        page = started.new_page()
        page.set_content("<title>found</title>")
        assert page.title() == "found"


def test_node_and_java_run():
    for command in ([tools.node(), "--version"], [tools.java(), "-version"]):
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_missing_tool_says_how_to_get_it():
    with pytest.raises(FileNotFoundError, match="make test"):
        tools.npm_file("nothing/here.js")


def test_zizmor_is_beside_this_python():
    assert tools.installed("zizmor").parent == Path(sys.executable).parent


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


def test_a_server_ends_with_its_block_also_where_a_test_fails(tmp_path):
    before = threading.active_count()
    with pytest.raises(AssertionError), serving_folder(tmp_path):
        raise AssertionError
    assert threading.active_count() == before


@pytest.mark.parametrize(("number", "raised"), [(1314, pytest.skip.Exception), (5, OSError)])
def test_only_where_the_system_lets_nobody_make_links_is_a_test_of_them_skipped(
    tmp_path, monkeypatch, number, raised
):
    def refuse(*_, **__):
        fault = OSError(13, "refused")
        fault.winerror = number
        raise fault

    monkeypatch.setattr(Path, "symlink_to", refuse)
    with pytest.raises(raised):
        link(tmp_path / "a", "b")
