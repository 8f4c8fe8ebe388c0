"""The history of postings, in repositories that each test makes: what moved, when, and the pitfalls."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hiringhall.diagnostics import Outcome
from hiringhall.engine import git
from hiringhall.engine.git import find_repository
from hiringhall.intake.content.history import said_in, with_history
from hiringhall.intake.content.posting import read_posting
from hiringhall.intake.files.sources import scan
from hiringhall.model import Move, Options, Source, Version
from hiringhall.policies.moves import moves_of
from tests import factory, repositories
from tests.intake.reading_helpers import REGISTER, SETTINGS, text_of
from tests.sites import file_text
from tests.trees import link

FIRST = datetime(2026, 1, 5, 15, tzinfo=UTC)
NOW = datetime(2026, 12, 1, tzinfo=UTC)
ADDED = date(2026, 1, 1)


def dated_in(folder: Path, now: datetime = NOW, cache: Path | None = None) -> Outcome:
    content = folder / "site" / "content"
    return with_history(scan(content), Options("build", content, content, content, cache, now))


class Repository:
    """A repository with a content folder; `commit` writes postings and commits a day later each time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postings = folder / "site" / "content" / "postings"
        self.postings.mkdir(parents=True)
        self.at = FIRST
        repositories.begin(folder)

    def git(self, *arguments: str) -> str:
        return repositories.git(self.folder, *arguments, at=self.at)

    def commit(self, path: str = "job.md", *, later: timedelta = timedelta(days=1), **fields: str) -> None:
        self.write(path, **fields)
        repositories.commit(self.folder, at=self.at)
        self.at += later

    def write(self, path: str, **fields: str) -> None:
        file = self.postings / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(file_text({"title": "Organizer", **fields}, "Text."), "utf-8")

    def sources(self, now: datetime = NOW, cache: Path | None = None) -> Outcome:
        return dated_in(self.folder, now, cache)

    def past(self, slug: str = "job", now: datetime = NOW, cache: Path | None = None) -> tuple[Version, ...]:
        found = {Path(source.path).stem: source.past for source in self.sources(now, cache).value or ()}
        return found[slug]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


def seconds(days: int) -> int:
    return int((FIRST + timedelta(days=days)).timestamp())


def told(repository: Repository, **changes) -> list[tuple[int, str, str, str]]:
    """Return the moves of the posting `job` as days since the first commit, and what moved."""
    moves = moves_of(repository.past(), ADDED, factory.settings(**changes))
    first = FIRST.astimezone(ZoneInfo(factory.ZONE)).toordinal()
    return [(move.day - first, move.what, move.before, move.after) for move in moves]


def test_a_deadline_that_moves_twice_is_two_moves_on_their_days(repository):
    repository.commit(deadline="2026-02-16")
    repository.commit(deadline="2026-03-02")
    repository.commit(deadline='"2026-03-09 17:00"', time_zone="America/Chicago")

    zone = "[America/New_York]"
    assert told(repository) == [
        (1, "deadline", f"2026-02-16{zone}", f"2026-03-02{zone}"),
        (2, "deadline", f"2026-03-02{zone}", "2026-03-09T17:00[America/Chicago]"),
    ]


def test_what_means_the_same_and_what_else_is_corrected_moves_nothing(repository):
    repository.commit(deadline="2026-02-16 17:00")
    repository.commit(deadline='"2026-02-16T17:00"', title="Organiser")
    repository.commit(deadline="2026-02-16 17:00", time_zone="America/New_York")
    repository.commit(deadline="2026-02-16 17:00 -05:00", posted="2026-01-02")

    assert told(repository) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {"status": "filled"}, ("status", "", "filled")),
        ({"status": "withdrawn"}, {}, ("status", "withdrawn", "")),
        ({"verify_by": "2026-02-01"}, {"verify_by": "2026-03-01"}, ("verify_by", "2026-02-01", "2026-03-01")),
        ({}, {"verify_by": "2026-03-01"}, ("verify_by", "", "2026-03-01")),
        (
            {"added": "2026-01-03"},
            {"added": "2026-01-03", "verified": "2026-01-20"},
            ("verify_by", "2026-03-04", "2026-03-21"),
        ),
        (
            {"added": "2026-01-03", "deadline": "rolling"},
            {"posted": "2026-01-13", "deadline": "rolling"},
            ("verify_by", "2026-03-04", "2026-03-14"),
        ),
        ({"deadline": "rolling"}, {"deadline": "2026-03-01"}, ("deadline", "rolling", "2026-03-01[UTC]")),
        ({}, {"deadline": "2026-03-01"}, ("deadline", "", "2026-03-01[UTC]")),
        (
            {"deadline": "2026-03-01"},
            {"deadline": "2026-03-01", "time_zone": "Asia/Tokyo"},
            ("deadline", "2026-03-01[UTC]", "2026-03-01[Asia/Tokyo]"),
        ),
    ],
)
def test_every_field_of_the_closing_can_move(repository, before, after, expected):
    repository.commit(**before)
    repository.commit(**after)

    assert told(repository, time_zone="UTC") == [(1, *expected)]


def test_a_deadline_that_is_stated_takes_the_place_of_the_last_unconfirmed_day(repository):
    repository.commit(added="2026-01-03")
    repository.commit(added="2026-01-03", deadline="2026-02-16")
    repository.commit(added="2026-01-03", deadline="2026-02-16", verified="2026-01-20")

    assert told(repository, time_zone="UTC") == [
        (1, "deadline", "", "2026-02-16[UTC]"),
        (1, "verify_by", "2026-03-04", ""),
    ]


def test_a_posting_keeps_its_history_when_its_file_is_moved(repository):
    repository.commit(deadline="2026-02-16")
    (repository.postings / "2026").mkdir()
    repository.git("mv", "site/content/postings/job.md", "site/content/postings/2026/job.md")
    repository.commit("2026/job.md", deadline="2026-02-16")
    repository.commit("2026/job.md", deadline="2026-02-20")

    assert [(day, what) for day, what, _, _ in told(repository)] == [(2, "deadline")]


def test_a_posting_that_is_moved_and_changed_at_once_has_moved(repository):
    repository.commit(deadline="2026-02-16")
    repository.git("rm", "--quiet", "site/content/postings/job.md")
    repository.commit("old/job.md", deadline="2026-02-20")

    assert [(day, what) for day, what, _, _ in told(repository)] == [(1, "deadline")]


def test_a_posting_takes_the_history_of_its_former_names_along(repository):
    repository.commit(deadline="2026-02-16")
    repository.commit(deadline="2026-02-17")
    repository.git("mv", "site/content/postings/job.md", "site/content/postings/other.md")
    repository.commit("other.md", deadline="2026-02-17", aliases="[job]")
    repository.commit("unlike.md", deadline="2026-03-01")
    repository.git("mv", "site/content/postings/other.md", "site/content/postings/third.md")
    repository.commit("third.md", deadline="2026-02-18", aliases="[other]")

    assert [(version.at, version.deadline) for version in repository.past("third")] == [
        (seconds(0), "2026-02-16"),
        (seconds(1), "2026-02-17"),
        (seconds(4), "2026-02-18"),
    ]


def test_a_posting_whose_former_file_goes_after_the_new_one_came_takes_its_history_along(repository):
    """As on a website, where a file is written anew, the old one is deleted, and then the alias is missed."""
    repository.commit(deadline="2026-02-16")
    repository.commit(deadline="2026-02-17")
    repository.commit("other.md", deadline="2026-02-17")
    repository.commit(deadline="2026-02-20")
    repository.git("rm", "--quiet", "site/content/postings/job.md")
    repository.commit("unlike.md", deadline="2026-03-01")
    repository.commit("other.md", deadline="2026-02-18", aliases="[job]")

    assert [(version.at, version.deadline) for version in repository.past("other")] == [
        (seconds(0), "2026-02-16"),
        (seconds(1), "2026-02-17"),
        (seconds(5), "2026-02-18"),
    ]


def test_a_posting_that_had_the_alias_before_the_former_file_went_takes_its_history_along(repository):
    """As on a website without pull requests, where each file is a commit of its own."""
    repository.commit(deadline="2026-02-16")
    repository.commit(deadline="2026-02-17")
    repository.commit("other.md", deadline="2026-02-17", aliases="[job]")
    repository.git("rm", "--quiet", "site/content/postings/job.md")
    repository.commit("unlike.md", deadline="2026-03-01")

    assert [(version.at, version.deadline) for version in repository.past("other")] == [
        (seconds(0), "2026-02-16"),
        (seconds(1), "2026-02-17"),
    ]


def test_a_posting_that_gets_a_former_name_again_takes_the_history_under_the_other_along(repository):
    repository.commit(deadline="2026-02-16")
    repository.git("mv", "site/content/postings/job.md", "site/content/postings/other.md")
    repository.commit("other.md", deadline="2026-02-17", aliases="[job]")
    repository.commit("other.md", deadline="2026-02-18", aliases="[job]")
    repository.git("mv", "site/content/postings/other.md", "site/content/postings/job.md")
    repository.commit(deadline="2026-02-18", aliases="[other]")

    assert [(version.at, version.deadline) for version in repository.past("job")] == [
        (seconds(0), "2026-02-16"),
        (seconds(1), "2026-02-17"),
        (seconds(2), "2026-02-18"),
    ]


def test_a_name_that_is_still_there_keeps_its_history_to_itself(repository):
    repository.commit(deadline="2026-02-16")
    repository.commit(deadline="2026-02-17")
    repository.commit("other.md", deadline="2026-02-17", aliases="[job]")
    repository.commit("other.md", deadline="2026-02-18", aliases="[job]")

    assert [version.deadline for version in repository.past("other")] == ["2026-02-17", "2026-02-18"]


def test_another_name_is_another_posting(repository):
    repository.commit(deadline="2026-02-16")
    repository.git("mv", "site/content/postings/job.md", "site/content/postings/other.md")
    repository.commit("other.md", deadline="2026-02-20")

    assert repository.past("other") == ()


def test_a_posting_that_comes_back_goes_on_from_where_it_was(repository):
    repository.commit(deadline="2026-02-16")
    repository.git("rm", "--quiet", "site/content/postings/job.md")
    repository.commit("other.md")
    repository.commit(deadline="2026-02-20")

    assert [(day, what) for day, what, _, _ in told(repository)] == [(2, "deadline")]


def test_an_amended_commit_leaves_only_what_it_became(repository):
    cache = repository.folder.parent / "cache"
    repository.commit(deadline="2026-02-16")
    repository.commit(deadline="2026-02-18")
    assert len(repository.past(cache=cache)) == 2
    repository.write("job.md", deadline="2026-02-16", title="Organiser")
    repository.git("commit", "--quiet", "--all", "--amend", "-m", "y")

    assert repository.past(cache=cache) == ()


def test_a_branch_counts_from_the_day_it_was_merged(repository):
    repository.commit(deadline="2026-02-16")
    repository.git("checkout", "--quiet", "-b", "change")
    repository.commit(deadline="2026-02-17")
    repository.commit(deadline="2026-02-18")
    repository.git("checkout", "--quiet", "main")
    repository.commit("other.md")
    repository.git("merge", "--quiet", "--no-ff", "-m", "merge", "change")

    zone = "[America/New_York]"
    assert told(repository) == [(4, "deadline", f"2026-02-16{zone}", f"2026-02-18{zone}")]


def test_a_clock_that_went_back_does_not_turn_the_order_round(repository):
    repository.commit(deadline="2026-02-16", later=timedelta(days=-3))
    repository.commit(deadline="2026-02-17")

    assert [version.at for version in repository.past()] == [seconds(0), seconds(0)]


def test_a_clock_that_ran_ahead_holds_nothing_up(repository):
    repository.commit(deadline="2026-02-16")
    repository.at += timedelta(days=2000)
    repository.commit(deadline="2026-02-17")
    repository.at -= timedelta(days=2000)
    repository.commit(deadline="2026-02-18")

    assert [(version.at, version.deadline) for version in repository.past()] == [
        (seconds(0), "2026-02-16"),
        (seconds(2), "2026-02-18"),
    ]


def test_drafts_and_what_could_not_be_read_were_never_seen(repository):
    repository.commit(deadline="2026-02-10", draft="true")
    repository.commit(deadline="2026-02-16")
    repository.commit(deadline="next week")
    repository.commit(deadline="2026-02-16", status="gone")
    repository.commit(title="'")
    repository.commit(deadline="2026-02-17")

    assert [(version.at, version.deadline) for version in repository.past()] == [
        (seconds(1), "2026-02-16"),
        (seconds(5), "2026-02-17"),
    ]


def test_a_draft_that_was_published_is_told_from_one_that_was_not(repository):
    repository.commit(draft="true")
    repository.commit(draft="true", tags="organizing")
    assert repository.past() == ()

    repository.commit(deadline="2026-02-16")
    assert [(version.at, version.deadline) for version in repository.past()] == [(seconds(2), "2026-02-16")]

    repository.commit(deadline="2026-02-16", draft="true")
    assert [(version.at, version.deadline) for version in repository.past()] == [(seconds(2), "2026-02-16")]


@pytest.mark.parametrize(
    ("fields", "is_told"),
    [
        ({"draft": "true", "added": "2026-01-05"}, True),
        ({"draft": "true", "added": "2026-01-06"}, False),
        ({"draft": "false", "added": "2026-01-05"}, False),
    ],
)
def test_a_draft_that_was_listed_before_is_warned_of(fields, is_told):
    source = Source("content/postings/job.md", text_of(**fields).encode(), "", past=(Version(seconds(0)),))
    found = read_posting(source, SETTINGS, REGISTER).diagnostics
    assert [each.code for each in found] == ["draft-published"] * is_told

    never = read_posting(source._replace(past=()), SETTINGS, REGISTER).diagnostics
    assert not never


def test_what_is_not_committed_waits(repository):
    repository.commit(deadline="2026-02-16")
    repository.write("job.md", deadline="2026-02-17")
    assert repository.past() == ()

    repository.commit(deadline="2026-02-17")
    assert len(repository.past()) == 2


def test_what_is_committed_after_the_build_s_time_has_not_happened(repository):
    repository.commit(deadline="2026-02-16")
    repository.commit(deadline="2026-02-17")
    repository.commit(deadline="2026-02-18")

    assert [len(repository.past(now=FIRST + timedelta(days=day))) for day in range(3)] == [1, 2, 3]


def test_what_moved_before_a_posting_was_listed_moved_for_nobody():
    past = tuple(Version(seconds(day), f"2026-02-1{day}") for day in range(4))
    added = date(2026, 1, 7)

    assert [move.day for move in moves_of(past, added, factory.settings())] == [
        added.toordinal(),
        added.toordinal() + 1,
    ]


def test_the_day_of_a_move_is_that_of_the_site_s_zone():
    past = (
        Version(0, "2026-02-10"),
        Version(int(datetime(2026, 1, 10, 3, tzinfo=UTC).timestamp()), "2026-02-11"),
    )

    days = {
        zone: moves_of(past, ADDED, factory.settings(time_zone=zone))[0].day
        for zone in (factory.ZONE, "Asia/Tokyo")
    }
    assert days == {
        factory.ZONE: date(2026, 1, 9).toordinal(),
        "Asia/Tokyo": date(2026, 1, 10).toordinal(),
    }


@pytest.mark.parametrize(
    "name",
    ["with space.md", "quote\"'.md", "ünï-☃.md", "-rf.md", "$(touch x).md", "a\\b.md", "line\nbreak.md"],
)
def test_names_of_files_are_only_names(repository, name):
    repository.commit(name, deadline="2026-02-16")
    repository.commit(name, deadline="2026-02-17")
    repository.commit(deadline="2026-02-18")
    repository.commit(deadline="2026-02-19")

    assert len(repository.past()) == 2
    assert len(repository.past(name.removesuffix(".md"))) == 2
    assert not (repository.postings / "x").exists()


def test_links_and_other_files_are_no_versions(repository):
    repository.commit("job.txt", deadline="2026-02-15")
    link(repository.postings / "job.md", "job.txt")
    repository.commit("other.md")
    (repository.postings / "job.md").unlink()
    repository.commit(deadline="2026-02-16")

    assert repository.past() == ()


def test_without_a_repository_sources_stay_as_they_are_at_no_cost(tmp_path, monkeypatch):
    monkeypatch.setattr(git, "_git", lambda *_, **__: pytest.fail("Git was asked"))
    content = tmp_path / "content"
    (content / "postings").mkdir(parents=True)
    (content / "postings" / "job.md").write_text("---\n---\n", "utf-8")
    found = scan(content)
    options = Options("build", content, content, content, None, NOW)

    assert find_repository(content / "postings") is None
    assert with_history(found, options) is found


def test_a_repository_without_a_commit_has_no_history(repository):
    repository.write("job.md")
    assert repository.past() == ()
    assert repository.sources().diagnostics == ()


NO_GIT = {
    "none": (None, "Git is not installed"),
    "one that fails": ("#!/bin/sh\necho nonsense\necho 'fatal: dubious' >&2\nexit 128\n", "fatal: dubious"),
    "one that fails silently": ("#!/bin/sh\nexit 3\n", "Git ended with status 3"),
    "one that hangs": ("#!/bin/sh\nexec sleep 60\n", "Git took longer than 0.2 seconds"),
    "no program": ("neither a program nor a script", "Git cannot be run (Exec format error)"),
}


@pytest.mark.parametrize("what", NO_GIT)
@pytest.mark.parametrize("is_packed", [False, True])
def test_a_git_that_does_not_answer_is_told_and_not_remembered(repository, monkeypatch, what, is_packed):
    program, reason = NO_GIT[what]
    cache = repository.folder.parent / "cache"
    repository.commit(deadline="2026-02-16")
    repository.commit(deadline="2026-02-17")
    if is_packed:
        repository.git("pack-refs", "--all")
    folder = repository.folder.parent / "bin"
    folder.mkdir()
    if program:
        (folder / "git").write_text(program, "utf-8")
        (folder / "git").chmod(0o755)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin" if program else str(folder))
        patch.setattr(git, "_SECONDS", 0.2)
        found = repository.sources(cache=cache)
        assert [source.past for source in found.value] == [()]
        assert [(each.code, each.severity) for each in found.diagnostics] == [("history-unread", "notice")]
        assert found.diagnostics[0].message.endswith(f": {reason}")

    assert repository.sources(cache=cache).diagnostics == ()
    assert len(repository.past(cache=cache)) == 2


def test_a_shallow_clone_tells_nothing_and_says_so(repository, tmp_path):
    repository.commit(deadline="2026-02-16")
    repository.commit(deadline="2026-02-17")
    repository.commit(deadline="2026-02-18")
    repository.git("clone", "--quiet", "--depth=2", repository.folder.as_uri(), str(tmp_path / "clone"))

    found = dated_in(tmp_path / "clone")

    assert [source.past for source in found.value] == [()]
    assert [(each.code, each.severity) for each in found.diagnostics] == [("history-shallow", "notice")]


def test_a_repository_that_lacks_former_files_says_so_until_it_has_them(repository, tmp_path):
    """As a partial clone does: newer versions of Git call such files missing, where older ones fail."""
    repository.commit(deadline="2026-02-16")
    repository.commit(deadline="2026-02-17")
    cache, name = (
        tmp_path / "cache",
        repository.git("rev-parse", "HEAD^:site/content/postings/job.md").strip(),
    )
    file = repository.folder / ".git" / "objects" / name[:2] / name[2:]
    file.rename(tmp_path / "kept")

    found = repository.sources(cache=cache)
    assert [source.past for source in found.value] == [()]
    assert [(each.code, each.severity) for each in found.diagnostics] == [("history-unread", "notice")]

    (tmp_path / "kept").rename(file)
    assert repository.sources(cache=cache).diagnostics == ()
    assert len(repository.past(cache=cache)) == 2


def test_a_whole_clone_and_a_linked_work_tree_tell_the_same(repository, tmp_path):
    repository.commit(deadline="2026-02-16")
    repository.commit(deadline="2026-02-17")
    repository.git("pack-refs", "--all")
    repository.git("clone", "--quiet", repository.folder.as_uri(), str(tmp_path / "clone"))
    repository.git("worktree", "add", "--quiet", str(tmp_path / "linked"))

    for folder in (tmp_path / "clone", tmp_path / "linked"):
        found = dated_in(folder, cache=tmp_path / "cache")
        assert [source.past for source in found.value] == [repository.past()]
    assert len(repository.past()) == 2


def test_the_machine_s_own_git_settings_change_nothing(repository, tmp_path, monkeypatch):
    repository.commit(deadline="2026-02-16")
    repository.commit(deadline="2026-02-17")
    expected = repository.past()
    hook = tmp_path / "hook"
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n", "utf-8")
    hook.chmod(0o755)
    settings = (
        ("core.fsmonitor", str(hook)), ("core.pager", str(hook)), ("diff.external", str(hook)),
        ("diff.renames", "copies"), ("log.follow", "true"), ("log.diffMerges", "off"), ("log.date", "human"),
        ("log.showSignature", "true"), ("gpg.program", str(hook)), ("format.pretty", "oneline"),
        ("log.showRoot", "false"), ("core.quotePath", "true"), ("color.ui", "always"),
        ("log.decorate", "full"),
    )  # fmt: skip
    for name, value in settings:
        repository.git("config", name, value)
    monkeypatch.setenv("GIT_DIR", str(tmp_path))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(hook))

    assert repository.past() == expected
    assert not (tmp_path / "ran").exists()


def test_what_is_noted_for_a_commit_is_its_own_history_whatever_is_checked_out_meanwhile(
    repository, monkeypatch
):
    cache = repository.folder.parent / "cache"
    repository.commit(deadline="2026-02-16")
    repository.commit(deadline="2026-02-17")
    head, real = repository.git("rev-parse", "HEAD").strip(), git._git

    def checking_out(*given, **more):
        """Ask Git while a rebase goes on, which checks out commits one by one."""
        repository.git("checkout", "--quiet", "--detach", f"{head}~1")
        try:
            return real(*given, **more)
        finally:
            repository.git("checkout", "--quiet", "--detach", head)

    with monkeypatch.context() as patch:
        patch.setattr(git, "_git", checking_out)
        assert len(repository.past(cache=cache)) == 2
    assert len(repository.past(cache=cache)) == 2


def test_a_branch_that_stands_for_another_is_followed(repository):
    cache = repository.folder.parent / "cache"
    repository.commit(deadline="2026-02-16")
    repository.git("branch", "--quiet", "trunk")
    repository.git("symbolic-ref", "refs/heads/other", "refs/heads/trunk")
    repository.git("symbolic-ref", "HEAD", "refs/heads/other")
    repository.commit(deadline="2026-02-17")
    assert len(repository.past(cache=cache)) == 2
    repository.commit(deadline="2026-02-18")
    assert len(repository.past(cache=cache)) == 3


def test_a_commit_is_asked_about_once_and_a_new_one_again(repository, monkeypatch):
    cache = repository.folder.parent / "cache"
    asked = []
    real = git._git
    monkeypatch.setattr(git, "_git", lambda *given, **more: asked.append(given[1]) or real(*given, **more))
    repository.commit(deadline="2026-02-16")
    repository.commit(deadline="2026-02-17")

    first, again = repository.past(cache=cache), repository.past(cache=cache)
    assert asked == ["log", "cat-file"]
    repository.commit(deadline="2026-02-18")
    assert first == again == repository.past(cache=cache)[:2]
    assert asked == ["log", "cat-file"] * 2


@pytest.mark.parametrize(
    "damaged",
    [
        lambda _note: b"",
        lambda _note: b'{"key": 1}',
        lambda note: note[:-1],
        lambda note: note.replace(b"2026-02-17", b"2026-02-27"),
    ],
    ids=["empty", "of another version", "cut off", "another day"],
)
def test_a_damaged_note_is_as_good_as_none(repository, damaged):
    cache = repository.folder.parent / "cache"
    repository.commit(deadline="2026-02-16")
    repository.commit(deadline="2026-02-17")
    expected = repository.past(cache=cache)
    kept = cache / "history"
    whole = kept.read_bytes()
    kept.write_bytes(damaged(whole))
    assert kept.read_bytes() != whole

    assert repository.past(cache=cache) == expected
    assert kept.read_bytes() == whole


def test_a_cache_that_cannot_be_written_does_not_matter(repository):
    cache = repository.folder.parent / "cache"
    cache.write_text("a file", "utf-8")
    repository.commit(deadline="2026-02-16")
    repository.commit(deadline="2026-02-17")

    assert len(repository.past(cache=cache)) == 2


def test_only_what_moved_has_another_key(repository):
    repository.commit("other.md", deadline="2026-02-16")
    repository.commit(deadline="2026-02-16")
    before = {source.path: source.key for source in repository.sources().value}
    repository.commit(deadline="2026-02-17")
    after = {source.path: source.key for source in repository.sources().value}

    changed = {Path(path).stem for path in before if before[path] != after[path]}
    assert changed == {"job"}
    source = repository.sources().value[0]
    assert source._replace(past=()).key == source.digest != source.key


def test_what_a_file_says_of_its_closing():
    text = (
        "---\ndeadline: 2026-02-16 17:00\ntime_zone: Asia/Tokyo\nverify_by: 2026-03-01\nstatus: filled\n---\n"
    )
    assert said_in(text.encode()) == Version(0, "2026-02-16T17:00[Asia/Tokyo]", "2026-03-01", "filled")
    assert said_in(b"---\nadded: 2026-01-02\nverified: 2026-01-20\nposted: 2026-01-05\n---\n") == Version(
        0, confirmed="2026-01-20"
    )
    assert said_in(b"---\ntitle: x\n---\n") == Version(0)
    assert said_in(b"no front matter") is None
    assert said_in(b"---\ndeadline: [a]\n---\n") is None
    assert said_in(b"\xff\xfe\x00") is None


@pytest.mark.parametrize(
    "name", ["deadline", "added", "posted", "verified", "verify_by", "time_zone", "status"]
)
@pytest.mark.parametrize(
    "written",
    [
        "March 31, 2026",
        "31. März 2026",
        "3/31/26",
        "2026-02-30",
        "2026-3-1 5pm",
        "soon",
        "EST",
        "Berlin",
        "gone",
        "{a: 1}",
    ],
)
def test_what_an_old_file_says_wrongly_says_nothing(name, written):
    assert said_in(f"---\n{name}: {written}\n---\n".encode()) in {None, Version(0)}


def test_a_posting_changes_with_its_last_move_and_is_confirmed_by_its_own_dates():
    day = date(2026, 1, 16).toordinal()
    posting = factory.posting(moves=(Move(day, 0, "deadline", "", "2026-02-16"),))

    assert (posting.changed, posting.confirmed) == (date(2026, 1, 16), date(2026, 1, 12))
    assert factory.card(posting).changed == day
    assert factory.card(posting).moves == ((day, 0, "deadline", "", "2026-02-16"),)
