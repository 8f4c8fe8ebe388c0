"""The strings of the site's language, read from one file a language beside the templates.

Owns finding the file and proving it complete; refuses to know what the strings are used for.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from hiringhall.diagnostics import Diagnostic, Outcome, Span, error
from hiringhall.wording import Wording, flatten

_REFERENCE = "en"
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_wording(layouts: Path, language: str, settings_path: str) -> Outcome[Wording]:
    """Return the words of `language` (BCP 47): those of `es` serve `es-MX` too.

    A language without a file, a file that is not a mapping of texts and a file that lacks strings which
    English has are errors.
    """
    folder = layouts / "strings"
    known = sorted(path.stem for path in folder.glob("*.yaml"))
    name = next((found for found in (language, language.partition("-")[0]) if found in known), None)
    if name is None:
        others = ", ".join(known) or "none"
        message = f"there are no strings for the language {language}; there are some for {others}"
        hint = f"add {(folder / f'{language}.yaml').as_posix()} beside the others, or choose one of them"
        return Outcome(None, (error(settings_path, Span(), "strings-missing", message, hint),))
    own, found = _read(folder / f"{name}.yaml")
    reference, trouble = _read(folder / f"{_REFERENCE}.yaml") if name != _REFERENCE else (own, ())
    problems = (*found, *trouble, *_gaps(folder / f"{name}.yaml", own, reference))
    return Outcome(None, problems) if problems else Outcome(Wording(language, own))


def _read(path: Path) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    shown = path.as_posix()
    try:
        tree = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - it makes texts only
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        span = Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 1) if mark else Span()
        return {}, (error(shown, span, "strings-syntax", f"this is not YAML: {fault.problem}"),)
    except UnicodeDecodeError:
        return {}, (error(shown, Span(), "strings-syntax", "this file is not UTF-8 text"),)
    if not isinstance(tree, dict):
        return {}, (
            error(shown, Span(), "strings-syntax", "a file of strings is a mapping of names to texts"),
        )
    return flatten(tree), ()


def _gaps(path: Path, own: dict[str, str], reference: dict[str, str]) -> tuple[Diagnostic, ...]:
    missing = sorted(reference.keys() - own.keys())
    return tuple(
        error(
            path.as_posix(),
            Span(),
            "strings-missing",
            f"the string {key} is missing; in English: {reference[key]}",
        )
        for key in missing
    )
