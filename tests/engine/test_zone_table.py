"""The table of time zones: an old one on a machine does not close a posting at the wrong hour."""

from __future__ import annotations

import subprocess
import sys
import zoneinfo
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest

from hiringhall.engine import zone_table

_PACKAGE = import_module("tzdata")
_VERSION = _PACKAGE.IANA_VERSION


@pytest.fixture
def system(tmp_path, monkeypatch):
    """A folder that zoneinfo reads as the system's."""
    monkeypatch.delenv("PYTHONTZPATH", raising=False)
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath((str(tmp_path),))
    yield tmp_path
    zoneinfo.reset_tzpath(before)
    zoneinfo.ZoneInfo.clear_cache()


@pytest.mark.parametrize(
    ("version", "is_used"), [("2019c", False), ("2999a", True), (_VERSION, True), (None, False)]
)
def test_the_newer_table_counts(system: Path, version: str | None, is_used: bool) -> None:
    if version:
        (system / "tzdata.zi").write_text(
            f"# version {version}\n# This zic input file is in the public domain.\n"
        )
    zone_table.use_newest()
    (used,) = zoneinfo.TZPATH
    assert Path(used) == (system if is_used else Path(_PACKAGE.__path__[0], "zoneinfo"))
    assert zone_table.version() == (version if is_used else _VERSION)


def test_the_table_that_somebody_names_counts(system: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONTZPATH", str(system))
    zone_table.use_newest()
    (used,) = zoneinfo.TZPATH
    assert Path(used) == system


def test_clocks_are_those_of_a_law_that_is_younger_than_many_systems() -> None:
    asked = (
        "import hiringhall, datetime as d, zoneinfo; "
        "print(d.datetime(2026, 12, 1, tzinfo=zoneinfo.ZoneInfo('America/Vancouver')).utcoffset())"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, text=True).stdout
    assert told.strip() == str(timedelta(hours=-7))
    assert datetime(2026, 12, 1, tzinfo=UTC).astimezone(zoneinfo.ZoneInfo("America/Vancouver")).hour == 17
