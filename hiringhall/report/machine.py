"""Diagnostics as one JSON array, for programs.

Owns the names of the array's keys, which are a public interface; refuses to know who reads it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from hiringhall.diagnostics import Diagnostic, ordered


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """Return the array in order, in ASCII so that no terminal or pipe can garble it; `[]` if all is well."""
    return json.dumps([_record(found) for found in ordered(diagnostics)], indent=2) + "\n"


def _record(found: Diagnostic) -> dict[str, str | int | None]:
    return {
        "severity": found.severity.value,
        "code": found.code,
        "message": found.message,
        "path": found.path,
        **found.span._asdict(),
        "hint": found.hint,
    }
