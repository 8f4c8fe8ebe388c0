"""The folders that a run reads and writes: which it refuses, before it could do any harm.

Owns what is wrong with their paths, and which paths are below them; refuses to look into them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from hiringhall.diagnostics import UsageError
from hiringhall.engine.trees import identity
from hiringhall.intake.files.sources import need_right, real_path
from hiringhall.model import Options


def need_folders(content: Path, layouts: Path | None = None) -> None:
    """Refuse to begin where a folder that is read is missing, or may not be read. Raises UsageError."""
    for folder in filter(None, (content, layouts)):
        if not folder.is_dir():
            raise UsageError(f"there is no folder {folder}; is this the top folder of a site?")
        need_right(folder)
    for place, folders, _ in os.walk(layouts) if layouts else ():  # the content's are judged as they are read
        for each in folders:
            need_right(Path(place, each))


def need_content(paths: Iterable[Path], content: Path) -> None:
    """Refuse paths of postings that are not there, or not in the content. Raises UsageError."""
    for path in paths:
        if not path.exists():
            raise UsageError(f"there is no file or folder {path}")
        if not among([content])(str(path)) and not among([path])(str(content)):
            raise UsageError(f"{path} is not in {content}, where the postings are")


def among(places: Sequence[Path]) -> Callable[[str], bool]:
    """Return what says whether a file is one of some places or below one; where none is named, every file is.

    They are known by their identity: where case does not count, a name can be written in many ways.
    """
    known = {*map(identity, places)}

    def is_among(path: str) -> bool:
        if not known:
            return True
        place = real_path(path)
        return not known.isdisjoint(map(identity, (place, *place.parents)))

    return is_among


def keep_apart(options: Options, to: Path | None = None) -> None:
    """Refuse folders in each other: a build replaces the whole output folder. `to` is that of a digest.

    Raises UsageError.
    """
    read = {"--content": options.content, "--layouts": options.layouts}
    written = {"--output": options.output} | ({"--cache": options.cache} if options.cache else {})
    pairs = [
        (name, folder, other, place) for name, folder in written.items() for other, place in read.items()
    ]
    if options.cache:
        pairs.append(("--cache", options.cache, "--output", options.output))
    for name, folder, other, place in pairs:
        if _overlap(real_path(folder), real_path(place)):
            raise UsageError(f"{name} {folder} and {other} {place} overlap; choose separate folders")
    if Path.cwd().is_relative_to(real_path(options.output)):
        raise UsageError(
            f"--output {options.output} contains the folder you are in, which a build would replace"
        )
    if to:
        _keep_out(to, options)
    for name, target in (("--output", options.output), ("--cache", options.cache), ("--to", to)):
        if target:
            _need_no_file(name, target)


def _keep_out(folder: Path, options: Options) -> None:
    """Refuse a place for a digest inside a folder that a build reads, publishes to or caches in."""
    for name in ("content", "layouts", "output", "cache"):
        other: Path | None = getattr(options, name)
        if other and real_path(folder).is_relative_to(real_path(other)):
            raise UsageError(f"--to {folder} is inside --{name} {other}; choose a separate folder")


def _need_no_file(name: str, folder: Path) -> None:
    """Refuse an output folder if there is a file at its path or above it."""
    nearest = next((place for place in (folder, *folder.parents) if place.exists()), None)
    if nearest and not nearest.is_dir():
        raise UsageError(f"{name} {folder} cannot be a folder: {nearest} is a file")


def _overlap(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)
