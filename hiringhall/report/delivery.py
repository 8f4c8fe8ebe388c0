"""Where a report goes: which form, which stream, which file.

Owns the choice between the forms; refuses to know how a form looks.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from hiringhall.diagnostics import Diagnostic
from hiringhall.report import human

FORMS = ("human", "github", "json")


def chosen(asked: str | None, environ: Mapping[str, str]) -> str:
    """Return the form asked for, or else the one that suits where the program runs.

    The runners of Gitea and Forgejo claim to be GitHub's, but make no notes of its commands.

    >>> chosen(None, {}), chosen(None, {"GITHUB_ACTIONS": "true"}), chosen("json", {"GITHUB_ACTIONS": "true"})
    ('human', 'github', 'json')
    """
    on_github = environ.get("GITHUB_ACTIONS") == "true" and "GITEA_ACTIONS" not in environ
    return asked or ("github" if on_github else "human")


def deliver(
    diagnostics: tuple[Diagnostic, ...], form: str, environ: Mapping[str, str], *, whole: bool = False
) -> None:
    """Write diagnostics: JSON to standard output, everything else to standard error.

    Of many notices alike, people get the first ones and a count, unless they are to get the `whole` list.
    What GitHub would not show goes to the file that GITHUB_STEP_SUMMARY names, or stays in the log if that
    file is missing or cannot be written.
    """
    if form == "json":
        from hiringhall.report import machine

        sys.stdout.write(machine.render(diagnostics))
    elif form == "github":
        _deliver_to_github(diagnostics, environ.get("GITHUB_STEP_SUMMARY"))
    else:
        told, counted = (diagnostics, ()) if whole else human.brief(diagnostics)
        if told and sys.stderr.isatty():
            from hiringhall.report import terminal

            terminal.show(told, sys.stderr)
        else:
            sys.stderr.write(human.render(told))
        sys.stderr.writelines(f"{line}\n" for line in counted)


def _deliver_to_github(diagnostics: tuple[Diagnostic, ...], summary: str | None) -> None:
    from hiringhall.report import github

    parted = github.split(diagnostics)
    if parted.rest:
        parted = github.split(diagnostics, _changed())
    sys.stderr.write(github.render(parted))
    if not (summary and _added(github.table(parted), Path(summary))):
        sys.stderr.write(human.render(parted.rest))
    elif parted.rest:
        sys.stderr.write("They are in the summary of this run.\n")


def _changed() -> frozenset[str]:
    """Return the paths of the files that the checked-out commit changed, if Git knows."""
    from hiringhall.engine.git import UnansweredError, changed_at_head

    try:
        return changed_at_head(Path.cwd())
    except UnansweredError:
        return frozenset()


def _added(text: str, path: Path) -> bool:
    """Append to a file, and say whether that worked."""
    try:
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError:
        return False
    return True
