"""What all tests share: the option that rewrites the golden site, and sites that are built once for a run.

Owns when they are built; refuses to know what tests ask of them.
"""

from __future__ import annotations

import os
import signal
from functools import lru_cache
from pathlib import Path
from types import CodeType

import pytest
import yaml
from hypothesis import settings
from jinja2 import Environment

from hiringhall.intake.configuration import strings
from tests import published

# How long an example takes depends on the machine and its load: no test is about that.
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")

# Programs that tests start keep their output back until it is worth writing, as those of users do.
os.environ.pop("PYTHONUNBUFFERED", None)

# What a shell starts in the background ignores Ctrl-C, and so would the programs that tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Most of a small build is to compile templates and to read strings, and nearly all builds have the same ones.
yaml.compose = lru_cache(maxsize=100)(yaml.compose)
_compiled = Environment.compile
_known: dict[tuple[str, str], CodeType] = {}


def _compile(environment, source, name, filename):
    if (source, name) not in _known:
        _known[source, name] = _compiled(environment, source, name, filename)
    return _of_file(_known[source, name], filename)


def _of_file(code, filename):
    within = (_of_file(each, filename) if isinstance(each, CodeType) else each for each in code.co_consts)
    return code.replace(co_consts=tuple(within), co_filename=filename)


Environment.compile = _compile

_read = strings._read


@lru_cache(maxsize=100)
def _read_once(path, _folder, _data):
    """Read the strings of a file; what is wrong with them is told by its path as seen from a folder."""
    return _read(path)


def _read_strings(path):
    try:
        found, diagnostics = _read_once(path, Path.cwd(), path.read_bytes())
    except OSError:
        return _read(path)
    return strings._Strings(found.path, *map(dict, found[1:3]), found.is_whole), diagnostics


strings._read = _read_strings


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write tests/golden anew from tests/golden/content; review the changes before a commit",
    )


@pytest.hookimpl(trylast=True)  # Hypothesis marks its own
def pytest_collection_modifyitems(items):
    """Leave out of coverage what runs the same lines again and again: tracing more than doubles its time."""
    for item in items:
        if {"browser", "hypothesis", "slow"} & {mark.name for mark in item.iter_markers()}:
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(autouse=True)
def _unmeasured(request, monkeypatch):
    """Leave out the programs, too, that such a test starts."""
    if request.node.get_closest_marker("no_cover"):
        monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)


@pytest.fixture(scope="session")
def golden(tmp_path_factory):
    """The site of tests/golden/content, at a fixed instant, in a folder of its host."""
    return published.golden(tmp_path_factory.mktemp("golden"))


@pytest.fixture(scope="session")
def bare(tmp_path_factory):
    """The same content in Spanish, at the top of its host, long after everything in it has closed."""
    return published.bare(tmp_path_factory.mktemp("bare"))
