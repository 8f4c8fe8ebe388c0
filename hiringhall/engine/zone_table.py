"""Which table of time zones counts: the newer of the system's and that of the package tzdata.

Governments move clocks at short notice, and either table may be years old: the system's where nobody updates
it, the package's where it was installed once.
"""

from __future__ import annotations

import os
import zoneinfo
from contextlib import suppress
from importlib import import_module
from pathlib import Path


def use_newest() -> None:
    """Have zoneinfo read the newer table, unless PYTHONTZPATH names another."""
    own = f"{import_module('tzdata').__path__[0]}/zoneinfo"
    if "PYTHONTZPATH" not in os.environ and _version(own) > version():
        zoneinfo.reset_tzpath((own,))
        zoneinfo.ZoneInfo.clear_cache()


def version() -> str:
    """Return the version of the table that zoneinfo reads, such as 2026f; nothing if it does not say so.

    A system without a table has none, and zoneinfo then reads that of the package.
    """
    return next(filter(None, map(_version, zoneinfo.TZPATH)), "")


def _version(folder: str) -> str:
    with suppress(OSError), Path(folder, "tzdata.zi").open("rb") as table:
        return table.readline().decode("ascii", "replace").rpartition(" ")[2].strip()
    return ""
