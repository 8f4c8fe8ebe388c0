"""What the last build saw and made, so that the next one knows at once whether anything changed.

Owns the note that one build leaves for the next; refuses to know how a site is made.
"""

from __future__ import annotations

import marshal
import os
import pickle
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from itertools import chain, starmap
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from hiringhall.diagnostics import Diagnostic, Outcome, failed, flattened, revived
from hiringhall.emitters import buildtime
from hiringhall.engine.digests import digest, digest_file, digest_files, program_key
from hiringhall.engine.files import read_sealed, stamp_of, write_sealed
from hiringhall.engine.git import path_from_top
from hiringhall.engine.stopwatch import Stopwatch
from hiringhall.engine.trees import Looked
from hiringhall.intake.files.sources import Seen, files_of_site, shown, string_folders
from hiringhall.model import Options, Source
from hiringhall.policies.addresses import FILES
from hiringhall.publish import refresh
from hiringhall.report.result import BuildResult, Stats

if TYPE_CHECKING:
    from hiringhall.site import SiteFiles

# By path of a file: size, times of change (ns) and inode.
Stamps = dict[str, tuple[int, int, int, int]]

_NAME = "last-build"
_SITE = "site-files"
# A file that changed this shortly before its stamp was taken could change again with the same stamp: some
# file systems count in such steps.
_SETTLED = 2_000_000_000  # ns


class Inputs(NamedTuple):
    """What decides a build besides the instant: the digest of it, and stamps of files from just before.

    `site` is the digest of it without postings and files that are published as they are. `seen` are stamps
    and digests of the files of the content besides postings, which need not be read again.
    """

    name: str
    site: str
    stamps: Stamps
    seen: Seen

    def still_are(self, options: Options) -> bool:
        """Say whether no file besides postings has changed since, so that the digest names what was read."""
        return stamps_of(options) == self.stamps


class LastBuild(NamedTuple):
    """What is known of the last build; empty when there is none.

    `seen` are the stamps and digests of its sources. The rest, what it reported and counted, is valid for the
    same `inputs`, from `since` until `until` (POSIX seconds).
    """

    seen: Mapping[str, tuple[tuple[int, ...], str]] = MappingProxyType({})
    inputs: str = ""
    since: float = 0.0
    until: float | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    stats: Stats | None = None

    def holds(self, inputs: str, options: Options) -> bool:
        """Say whether a build of these inputs, with these options, would make what the last one made."""
        moment = options.now.timestamp()
        due = self.since <= moment and (self.until is None or moment < self.until)
        return due and self.inputs == inputs and not failed(self.diagnostics, strict=options.strict)


def recall(cache: Path | None) -> LastBuild:
    """Return what the last build by this program left in a cache folder; a damaged note counts as none."""
    if cache is None:
        return LastBuild()
    path = cache / _NAME
    with suppress(FileNotFoundError):
        noted = path.stat().st_mtime_ns - _SETTLED
        kept = read_sealed(path, program_key())
        if kept is not None:
            seen, inputs, since, until, found, stats = marshal.loads(kept)  # noqa: S302 - as a build left it
            # Stamps are taken from the beginning of a build on, and noted at its end.
            begun = noted - int(stats["seconds"] * 1_000_000_000)
            settled = {name: (stamp, key) for name, (stamp, key) in seen.items() if max(stamp[1:3]) < begun}
            return LastBuild(settled, inputs, since, until, tuple(starmap(revived, found)), Stats(**stats))
    return LastBuild()


def republish(
    last: LastBuild, inputs: str, options: Options, watch: Stopwatch, looked: Looked
) -> BuildResult | None:
    """Publish what the last build published, with the time of this one, if nothing else would differ.

    `looked` gives what is known of the tree before the live one. Return None if something would differ, or
    the live tree is not from the last build.
    """
    if options.command == "check" or last.stats is None or not last.holds(inputs, options):
        return None
    stamp = buildtime.output(options.now)
    done = refresh(name_of(inputs, last.since), {stamp.path: stamp}, options.output, looked)
    if done is None:
        return None
    watch.lap("publish")
    stats = last.stats._replace(written=done.written, seconds=watch.seconds)
    until = None if last.until is None else datetime.fromtimestamp(last.until, UTC)
    return BuildResult(last.diagnostics, True, stats, until, tuple(watch.laps), done.rebuilt)


def recall_site(cache: Path | None, inputs: Inputs) -> SiteFiles | None:
    """Return what an earlier build read from the same files besides postings, if that was kept."""
    kept = read_sealed(cache / _SITE, inputs.site) if cache else None
    site: SiteFiles | None = pickle.loads(kept) if kept else None  # noqa: S301 - as a build left it
    return site


def remember(
    options: Options,
    sources: tuple[Source, ...],
    inputs: Inputs,
    site: SiteFiles | None,
    result: BuildResult,
) -> None:
    """Leave the next build a note on this one, which has published, and `site` unless it was kept before."""
    if options.cache is None or result.stats is None:
        return
    until = None if result.next_change is None else result.next_change.timestamp()
    seen = {source.path: (source.stamp, source.digest) for source in sources if source.stamp}
    diagnostics = [flattened(found) for found in result.diagnostics]
    since = options.now.timestamp()
    note = marshal.dumps((seen, inputs.name, since, until, diagnostics, result.stats._asdict()))
    with suppress(OSError):  # what cannot be kept is found out again
        write_sealed(options.cache / _NAME, note, program_key())
        if site is not None:
            write_sealed(options.cache / _SITE, pickle.dumps(site), inputs.site)


def name_of(inputs: str, now: float) -> str:
    """Return the name of the build of some inputs at an instant (POSIX seconds): it makes only one tree."""
    return digest(inputs, repr(now))


def inputs_of(options: Options, sources: Outcome[tuple[Source, ...]], seen: Seen) -> Inputs:
    """Return everything that decides a build besides the instant: files, options, the program.

    `seen` gives the stamp and digest of files as an earlier build found them; others are read for it.
    Problems found while looking for files count too: a file that is not a posting can cause a warning. So
    does where links lead: a file may come to be outside with the bytes that it had.
    """
    stamps = stamps_of(options)
    paths = {shown(path): path for path in files_of_site(options.content)}
    keys = {name: _digest(name, path, stamps, seen) for name, path in paths.items()}
    files = f"{shown(options.content / FILES)}/"
    site = digest(
        program_key(),
        str(Path.cwd()),
        str(options.layouts),
        str(options.base_url),
        *(f"{name} {key}" for name, key in keys.items() if not name.startswith(files)),
        *(f"{name} {os.path.realpath(path)}" for name, path in paths.items() if path.is_symlink()),
        *map(digest_files, _layout_folders(options.layouts)),
        *(digest_files(folder, ".yaml") for folder in string_folders(options.layouts)[1:]),
    )
    name = digest(
        site,
        str(options.output.absolute()),
        path_from_top(options.content),
        *(f"{name} {key}" for name, key in keys.items() if name.startswith(files)),
        *(f"{source.path} {source.key}" for source in sources.value or ()),
        *map(repr, sources.diagnostics),
    )
    found = {name: (stamps.get(str(paths[name]), ()), key) for name, key in keys.items() if key}
    return Inputs(name, site, stamps, found)


def _layout_folders(layouts: Path) -> list[Path]:
    """Return the folder of the layouts and those in it that are read through links, which no walk follows."""
    inner = (layouts / name for name in ("assets", "strings"))
    return [layouts, *(folder for folder in inner if folder.is_symlink())]


def _digest(name: str, path: Path, stamps: Stamps, seen: Seen) -> str:
    """Return the digest of a file's bytes, or nothing if there is no file that can be read."""
    stamp, key = seen.get(name, ((), ""))
    if stamp and stamp == stamps.get(str(path)):
        return key
    return digest_file(path) if path.is_file() else ""


def stamps_of(options: Options) -> Stamps:
    """Return the stamps of all files besides postings that decide a build."""
    walks = chain.from_iterable(map(os.walk, _layout_folders(options.layouts)))
    walked = (f"{folder}/{name}" for folder, _, names in walks for name in names)
    found: Stamps = {}
    for path in chain(walked, map(str, files_of_site(options.content))):
        with suppress(OSError):
            found[path] = stamp_of(os.stat(path))  # noqa: PTH116 - a Path for each file costs more
    return found
