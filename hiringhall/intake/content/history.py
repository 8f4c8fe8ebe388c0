"""What the content's Git history says about each posting: when its closing moved, and if it was published.

Owns reading that history; refuses to know how Git is asked, and what follows from a move.

A posting is known by its slug, wherever its file was. What is not committed yet has no date, and waits.
Without Git, a repository or its whole history, there are no versions, and nothing else changes except for a
notice: a build never fails for lack of a history.
"""

from __future__ import annotations

import pickle
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import accumulate
from operator import attrgetter
from pathlib import Path

from hiringhall.diagnostics import Outcome, Span, notice
from hiringhall.engine.digests import digest, program_key
from hiringhall.engine.files import read_sealed, write_sealed
from hiringhall.engine.git import (
    Blob,
    Repository,
    UnansweredError,
    blobs_below,
    contents_of,
    find_repository,
    head_of,
    is_shallow,
)
from hiringhall.intake.files.names import slug_of
from hiringhall.intake.files.sources import POSTINGS, real_path
from hiringhall.model import Options, Source, Version
from hiringhall.policies import lifecycle, moments

Versions = Mapping[str, tuple[Version, ...]]

_NOTE = "history"
_FIELDS = ("deadline", "time_zone", "verify_by", "status", "draft", *lifecycle.CONFIRMING)


def with_history(sources: Outcome[tuple[Source, ...]], options: Options) -> Outcome[tuple[Source, ...]]:
    """Return sources with the versions committed by now, if something follows from them."""
    postings = real_path(options.content / POSTINGS)
    repository = find_repository(postings)
    if not sources.value or repository is None:
        return sources
    unknown = "so feeds and calendars cannot say when deadlines moved"
    if is_shallow(repository):
        message = f"part of the Git history is missing, {unknown}"
        hint = "fetch the whole history (in GitHub Actions, fetch-depth: 0; in GitLab, GIT_DEPTH: 0)"
        found = notice(sources.value[0].path, Span(), "history-shallow", message, hint)
        return Outcome(sources.value, (*sources.diagnostics, found))
    try:
        versions = versions_of(postings, repository, options.cache)
    except UnansweredError as fault:
        message = f"the Git history cannot be read, {unknown}: {fault}"
        hint = "make sure that git log --patch works in that folder"
        found = notice(sources.value[0].path, Span(), "history-unread", message, hint)
        return Outcome(sources.value, (*sources.diagnostics, found))
    now = int(options.now.timestamp())
    return Outcome(tuple(_dated(source, versions, now) for source in sources.value), sources.diagnostics)


def _dated(source: Source, versions: Versions, now: int) -> Source:
    known = versions.get(slug_of(source.path))
    return source._replace(past=_in_order(known, now)) if known else source


def _in_order(versions: Iterable[Version], now: int) -> tuple[Version, ...]:
    """Return versions committed by `now`; one that claims to be older than the one before gets its date.

    Clocks differ. A commit with a future time waits, and does not hold up those after it.
    """
    found: list[Version] = []
    at = 0
    for version in versions:
        if version.at <= now:
            at = max(at, version.at)
            found.append(version._replace(at=at))
    return tuple(found)


def first_seen(sources: Iterable[Source], options: Options) -> Mapping[str, int]:
    """Return when each posting could first be seen under its slug (POSIX seconds), as far as Git knows.

    What came with the very first commit, as after a squash, may have been listed long before. A draft is not
    seen until it is published.
    """
    postings = real_path(options.content / POSTINGS)
    repository = find_repository(postings)
    found: dict[str, int] = {}
    if repository is None or is_shallow(repository):
        return found
    with suppress(UnansweredError):
        head = head_of(repository)
        if head is not None:
            blobs = [(slug, blob) for slug, blob in _blobs(postings, head) if blob.name]
            past = {slug_of(source.path): source.past for source in sources}
            # Those of files that are there are not read: if one was a draft, it has a past.
            drafts = _drafts_among({blob.name for slug, blob in blobs if slug not in past}, postings)
            for slug, blob in blobs:
                if blob.at <= options.now.timestamp() and blob.name not in drafts:
                    found.setdefault(slug, blob.at)
            found |= {slug: versions[0].at for slug, versions in past.items() if versions}
            return {slug: 0 if at == blobs[0][1].at else at for slug, at in found.items()}
    return found


def _drafts_among(names: Iterable[bytes], postings: Path) -> frozenset[bytes]:
    """Return which blobs are drafts, as far as Git has them: a partial clone knows only when they came."""
    with suppress(UnansweredError):
        said = ((name, said_in(data)) for name, data in contents_of(sorted(names), postings))
        return frozenset(name for name, version in said if version and version.draft)
    return frozenset()


def versions_of(postings: Path, repository: Repository, cache: Path | None) -> Versions:
    """Return the versions of each posting whose closing ever moved, or that is or was a draft, by slug.

    They are oldest first, and are kept in the cache folder as long as the same commit is checked out. Raises
    UnansweredError.
    """
    head = head_of(repository)
    if head is None:
        return {}
    key = digest(program_key(), head, str(postings.relative_to(repository.tree)))
    kept = read_sealed(cache / _NOTE, key) if cache else None
    if kept is not None:
        versions: Versions = pickle.loads(kept)  # noqa: S301 - as a build left it
        return versions
    # Up to this commit, not to whatever is checked out by then: in a rebase, that is another one.
    versions = _read_history(postings, head)
    if cache:
        with suppress(OSError):  # what cannot be kept is found out again
            cache.mkdir(parents=True, exist_ok=True)
            write_sealed(cache / _NOTE, pickle.dumps(versions), key)
    return versions


def _read_history(postings: Path, head: str) -> Versions:
    """Ask Git which versions every file had up to a commit, then what those that changed said."""
    by_slug: dict[str, list[Blob]] = {}
    gone: dict[str, int] = {}
    for slug, blob in _blobs(postings, head):
        if blob.name:
            by_slug.setdefault(slug, []).append(blob)
        else:
            gone[slug] = blob.commit
    _join_renamed(postings, by_slug, gone)
    changed = {slug: found for slug, found in by_slug.items() if len({blob.name for blob in found}) > 1}
    names = sorted({blob.name for found in changed.values() for blob in found})
    said = {name: said_in(data) for name, data in contents_of(names, postings)}
    versions: dict[str, tuple[Version, ...]] = {}
    for slug, found in sorted(changed.items()):
        known = _distinct((blob.at, said.get(blob.name)) for blob in found)
        newest = said.get(found[-1].name)
        came_as_draft = known and known[0].at > found[0].at
        if len(known) > 1 or came_as_draft or (newest and newest.draft):
            versions[slug] = known
    return versions


def _blobs(postings: Path, head: str) -> Iterator[tuple[str, Blob]]:
    """Yield what each posting's file became in each commit up to one, with its slug, oldest first."""
    for blob in blobs_below(postings, head):
        if blob.path.endswith(".md"):
            yield slug_of(blob.path), blob


def _join_renamed(postings: Path, by_slug: dict[str, list[Blob]], gone: Mapping[str, int]) -> None:
    """Give each posting that replaced another, as its `aliases` say, the versions of that one before its own.

    It began with the commit in which the other ended, or earlier, if it was written before that was deleted.
    One that has a former name again began anew.
    """
    from hiringhall.intake.frontmatter.documents import texts_in

    ended = {
        slug: commit for slug, commit in gone.items() if slug in by_slug and by_slug[slug][-1].commit < commit
    }
    began = {
        slug: next((blob.commit for blob in found if blob.commit >= gone.get(slug, 0)), found[0].commit)
        for slug, found in by_slug.items()
    }
    spans = sorted((began[slug], commit) for slug, commit in ended.items())
    ends = [-1, *accumulate((commit for _, commit in spans), max)]
    # Others began when no other that is gone was there, so they need not be read.
    taken_over = {
        found[-1].name: slug
        for slug, found in by_slug.items()
        if began[slug] <= ends[bisect_left(spans, (began[slug],))]
    }
    oldest_first = sorted(taken_over, key=lambda name: began[taken_over[name]])
    for name, data in contents_of(oldest_first, postings):
        slug = taken_over[name]
        before = [
            blob
            for alias in (texts_in(Source("", data, ""), "aliases") if b"aliases" in data else ())
            if alias in ended
            for blob in by_slug[alias]
            if blob.commit < began[slug]
        ]
        by_slug[slug] = sorted((*before, *by_slug[slug]), key=attrgetter("commit"))


def _distinct(versions: Iterable[tuple[int, Version | None]]) -> tuple[Version, ...]:
    """Return versions that differ from the one before; drafts say nothing and are left out."""
    found: list[Version] = []
    for at, version in versions:
        if version is not None and not version.draft and (not found or version[1:] != found[-1][1:]):
            found.append(version._replace(at=at))
    return tuple(found)


def said_in(data: bytes) -> Version | None:
    """Return what a posting's file says about its closing, or None if it cannot be understood."""
    from hiringhall.intake.fields.reading import NO_SETTINGS, Reading, is_blank
    from hiringhall.intake.fields.table import BY_NAME
    from hiringhall.intake.frontmatter.documents import read_document

    read = read_document(Source("", data, ""))
    if read.value is None:
        return None
    reading, fields = Reading(read.value, NO_SETTINGS, found=read.diagnostics), read.value.fields
    nodes = {name: fields[name].value for name in _FIELDS if name in fields}
    values = {
        name: BY_NAME[name].parse(name, node, reading) for name, node in nodes.items() if not is_blank(node)
    }
    if reading.failed:
        return None
    return Version(0, draft=True) if values.get("draft") else _version(values)


def _version(values: Mapping[str, object]) -> Version:
    from hiringhall.intake.fields.dates import When

    when = values.get("deadline")
    deadline = ""
    if isinstance(when, When):
        zone = str(values.get("time_zone") or "")
        deadline = moments.written(when.in_zone(zone))
    verify_by, status = (str(values.get(name) or "") for name in ("verify_by", "status"))
    return Version(0, deadline, verify_by, status, str(lifecycle.last_confirmed(values) or ""))
