"""Publishing: the whole tree or nothing, only differences written, and nothing that is not ours touched."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import marshal
import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiringhall import publish as publishing
from hiringhall import staging
from hiringhall.diagnostics import LayoutFault, Span, error
from hiringhall.emitters import buildtime
from hiringhall.engine import exchange as exchanging
from hiringhall.engine import trees
from hiringhall.engine.manifests import CHECKSUMS
from hiringhall.engine.trees import Look, look, trees_of
from hiringhall.model import File
from hiringhall.publish import NotOurs, publish, rehearse
from tests.trees import link

Files = Mapping[str, str]
MARK = {"build.json": '{"built": "2026-01-20T17:00:00Z"}\n'}


def outputs(files: Files) -> dict[str, File]:
    return {
        path: File(
            path,
            lambda text=text: text,
            lambda text=text: iter([text.encode()]),
            basis=text if path.startswith("c/") else "",
        )
        for path, text in files.items()
    }


def tree(folder: Path) -> dict[str, str]:
    """Return what is in a folder besides its checksums, which must be right if there are any."""
    found = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }
    sums = found.pop(CHECKSUMS, None)
    if sums is not None:
        assert sums == "".join(
            f"{hashlib.sha256(found[path].encode()).hexdigest()}  {path}\n" for path in sorted(found)
        )
    return found


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.mark.parametrize(
    "sizes", [(), (0,), (1, 0, 2), (1 << 17,), (1 << 17, 1), (70_000,) * 7, (1 << 20, 5)]
)
def test_a_file_is_all_of_its_chunks(site: Path, sizes: tuple[int, ...]) -> None:
    chunks = [f"{number}" * size for number, size in enumerate(sizes)]
    file = File("jobs.csv", lambda: "1", lambda: [chunk.encode() for chunk in chunks])

    publish(outputs(MARK) | {file.path: file}, site)

    assert tree(site) == MARK | {file.path: "".join(chunks)}


def test_the_first_publication_makes_the_tree(site: Path) -> None:
    files = MARK | {"index.html": "one", "jobs/a/index.html": "two"}

    done = publish(outputs(files), site)

    assert tree(site) == files
    assert (done.pages, done.files, done.written) == (2, 4, 4)
    assert {old for _, old, _ in done.rebuilt} == {None}


def test_the_second_writes_only_what_differs_and_removes_what_is_gone(site: Path) -> None:
    publish(outputs(MARK | {"a/index.html": "1", "b/index.html": "2", "c.html": "3"}), site)

    done = publish(outputs(MARK | {"a/index.html": "1", "c.html": "4", "d/e/f.html": "5"}), site)

    assert tree(site) == MARK | {"a/index.html": "1", "c.html": "4", "d/e/f.html": "5"}
    assert (done.pages, done.files, done.written) == (3, 5, 3)
    assert sorted(done.rebuilt)[1:] == [("c.html", "3", "4"), ("d/e/f.html", None, "5")]
    assert not (site / "b").exists()


def test_nothing_changed_touches_nothing(site: Path) -> None:
    publish(outputs(MARK | {"a.html": "1"}), site)
    before = site.stat().st_ino

    done = publish(outputs(MARK | {"a.html": "1"}), site)

    assert (done.pages, done.files, done.written) == (1, 3, 0)
    assert site.stat().st_ino == before


def test_unchanged_files_are_shared_with_the_tree_before(site: Path) -> None:
    publish(outputs(MARK | {"a.html": "1", "b.html": "1"}), site)
    publish(outputs(MARK | {"a.html": "1", "b.html": "2"}), site)

    assert (site / "a.html").samefile(trees_of(site).spare / "a.html")
    assert (trees_of(site).spare / "b.html").read_text(encoding="utf-8") == "1"


def test_a_file_made_anew_with_the_same_bytes_is_still_the_same_file(site: Path) -> None:
    files = MARK | {"a.html": "1", "b.html": "1"}
    publish(outputs(files), site)
    before = {name: (site / name).stat() for name in files}

    made = {
        name: output._replace(key=lambda name=name: f"new {name}") for name, output in outputs(files).items()
    }
    done = publish(made | outputs({"b.html": "2"}), site)

    assert {path for path, _, _ in done.rebuilt} == {*files, CHECKSUMS}
    assert os.path.samestat((site / "a.html").stat(), before["a.html"])
    assert not os.path.samestat((site / "b.html").stat(), before["b.html"])
    assert tree(site) == files | {"b.html": "2"}


def test_a_file_that_somebody_touched_is_made_again(site: Path) -> None:
    publish(outputs(MARK | {"a.html": "1"}), site)
    (site / "a.html").write_text("tampered", encoding="utf-8")
    (site / "stray.html").write_text("stray", encoding="utf-8")

    for _ in range(2):
        publish(outputs(MARK | {"a.html": "1"}), site)

        assert tree(site) == MARK | {"a.html": "1"}


def test_a_site_on_a_disk_that_numbers_its_folders_anew_stays_as_it_is(site: Path, tmp_path: Path) -> None:
    """Network disks and others do so each time they are mounted, or when a folder is renamed."""
    old, new = (outputs(MARK | {"a.html": "1", "b.html": text}) for text in "12")
    publish(old, site)
    publish(new, site)
    mounted = tmp_path / "mounted"
    for each in trees_of(site)[:2]:
        shutil.copytree(each, mounted / each.name)
    shutil.copy(trees_of(site).note, mounted)

    assert publish(new, mounted / "site").written == 0
    done = publish(old, mounted / "site")
    assert {path for path, _, _ in done.rebuilt} == {"b.html", CHECKSUMS}


def test_a_file_that_is_as_it_was_before_is_not_older_than_what_stood_there(site: Path) -> None:
    times = []
    for text in ("1", "2", "1"):
        publish(outputs(MARK | {"a.html": text}), site)
        assert (site / "a.html").read_text(encoding="utf-8") == text
        times.append((site / "a.html").stat().st_mtime_ns)

    assert times == sorted(set(times))


@pytest.mark.parametrize("more", [{}, {"c.html": "2"}])
def test_a_file_that_somebody_touched_counts_among_those_made(site: Path, more: Files) -> None:
    files = MARK | {"a.html": "1", "b.html": "1"}
    publish(outputs(files), site)
    (site / "a.html").write_text("tampered", encoding="utf-8")

    done = publish(outputs(files | more), site)

    told = {path: old for path, old, _ in done.rebuilt if path != CHECKSUMS}
    assert told == {"a.html": "", **dict.fromkeys(more)}


def test_without_trust_every_file_is_made_anew_and_told_to_be_so(site: Path) -> None:
    publish(outputs(MARK | {"a.html": "1"}), site)

    done = publish(outputs(MARK | {"a.html": "1"}), site, trusting=False)

    assert done.written == 3
    assert {old for _, old, _ in done.rebuilt} == {""}
    assert tree(site) == MARK | {"a.html": "1"}


MARKS_OF_OTHERS = ["{}", '{"scripts": 1}', '{"built": 1}', "", "built\n"]
OTHERS = [{"thesis.txt": "years of work"}, {".gitkeep": ""}, {"build.json": "{}"}]


@pytest.mark.parametrize(
    "files", [*OTHERS, *({"build.json": mark, "thesis.txt": "years of work"} for mark in MARKS_OF_OTHERS)]
)
@pytest.mark.parametrize("place", ["live", "spare"])
def test_a_folder_that_no_build_made_is_refused_and_left_alone(site: Path, files: Files, place: str) -> None:
    other = site if place == "live" else trees_of(site).spare
    other.mkdir()
    for name, text in files.items():
        (other / name).write_text(text, encoding="utf-8")

    for _ in range(2):
        with pytest.raises(
            NotOurs, match="choose another folder" if place == "live" else "rename or move it"
        ):
            publish(outputs(MARK), site)

        assert tree(other) == files


def test_a_page_that_is_gone_leaves_the_site_where_nothing_else_changed(site: Path) -> None:
    publish(outputs(MARK | {"a.html": "1", "b.html": "2"}), site)
    publish(outputs(MARK | {"a.html": "1"}), site)

    assert tree(site) == MARK | {"a.html": "1"}


def test_a_folder_whose_last_page_is_gone_is_gone_too(site: Path) -> None:
    for text in ("1", "2"):  # two trees take turns, and both have had the page
        publish(outputs(MARK | {"a.html": text, "b/c/index.html": "1"}), site)
    for text in ("3", "4"):
        publish(outputs(MARK | {"a.html": text}), site)
        assert not (site / "b").exists()


def test_an_empty_folder_that_a_killed_build_left_is_gone_after_the_next(site: Path) -> None:
    for text in ("1", "2"):
        publish(outputs(MARK | {"a.html": text}), site)
    for each in (site, trees_of(site).spare):
        (each / "b" / "c").mkdir(parents=True)
    for text in ("3", "4"):
        publish(outputs(MARK | {"a.html": text}), site)
        assert not (site / "b").exists()


def test_the_mark_is_the_file_that_tells_when_a_site_was_built() -> None:
    made = b"".join(buildtime.output(datetime(2026, 1, 20, 17, tzinfo=UTC)).chunks())

    assert publishing._MARKED.fullmatch(made)
    assert made.decode() == MARK[staging.MARK]


def test_a_site_whose_mark_somebody_changed_and_that_lost_a_file_is_still_ours(site: Path) -> None:
    publish(outputs(MARK | {"a.html": "1", "b.html": "1"}), site)
    (site / "a.html").unlink()
    (site / "build.json").write_text("tampered", encoding="utf-8")

    publish(outputs(MARK | {"a.html": "2"}), site)

    assert tree(site) == MARK | {"a.html": "2"}


def test_a_site_that_is_given_as_a_link_is_published_where_it_leads(site: Path) -> None:
    link(site, "elsewhere/real")
    for number in range(3):
        publish(outputs(MARK | {"a.html": f"{number}"}), site, looked=partial(look, site))

        assert tree(site.parent / "elsewhere" / "real") == MARK | {"a.html": f"{number}"}

    publishing.refresh("", outputs({"a.html": "4"}), site)
    assert site.is_symlink()
    assert tree(site) == MARK | {"a.html": "4"}


def publications(site: Path, text: str, begun: threading.Barrier) -> None:
    files = outputs(MARK | {f"{number}.html": text for number in range(50)})
    begun.wait()
    for _ in range(10):
        publish(files, site, trusting=False)


def test_two_publications_at_one_time_follow_each_other(site: Path) -> None:
    begun = threading.Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(publications, site, text, begun) for text in "12"]:
            done.result()

    assert len(set(tree(site).values()) - set(MARK.values())) == 1
    assert len(tree(site)) == 51


def test_an_empty_folder_is_used(site: Path) -> None:
    site.mkdir()

    publish(outputs(MARK), site)

    assert tree(site) == MARK


def broken(text: str) -> Iterator[bytes]:
    yield text.encode()
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_full_disk_leaves_the_site_as_it_was(site: Path, jobs: int) -> None:
    old = MARK | {"a.html": "1"}
    publish(outputs(old), site)
    new = outputs(MARK | {f"{number}.html": "new" for number in range(300)})

    with pytest.raises(OSError, match="No space"):
        publish(new | {"a.html": File("a.html", lambda: "2", lambda: broken("half"))}, site, jobs=jobs)

    assert tree(site) == old
    publish(outputs(MARK | {"a.html": "3"}), site)
    assert tree(site) == MARK | {"a.html": "3"}


def test_a_disk_that_is_full_from_the_beginning_is_no_obstacle_to_later_builds(site: Path) -> None:
    for _ in range(2):
        with pytest.raises(OSError, match="No space"):
            publish({"build.json": File("build.json", lambda: "1", lambda: broken(""))}, site, trusting=False)
        assert tree(trees_of(site).spare) == {"build.json": ""}

    publish(outputs(MARK | {"a.html": "1"}), site)

    assert tree(site) == MARK | {"a.html": "1"}


def test_what_a_failed_build_of_another_day_leaves_is_no_obstacle_to_later_builds(site: Path) -> None:
    later = {name: text.replace("01-20", "01-21") for name, text in MARK.items()}
    publish(outputs(MARK | {"a.html": "1"}), site)

    with pytest.raises(OSError, match="No space"):
        publish({"a.html": File("a.html", lambda: "2", lambda: broken("half"))} | outputs(later), site)

    publish(outputs(later | {"a.html": "3"}), site)
    assert tree(site) == later | {"a.html": "3"}


class Killed(BaseException):
    """Stands for a process that ends between two steps."""


STEPS = {"write_note": trees, "stage": publishing, "_check": staging, "exchange": publishing}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("after", [False, True])
def test_a_build_killed_at_any_step_leaves_one_whole_site(
    site: Path, step: str, after: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = MARK | {"a.html": "1", "b.html": "1"}, MARK | {"a.html": "2", "c.html": "2"}
    publish(outputs(MARK | {"a.html": "0"}), site)
    publish(outputs(old), site)
    real = getattr(STEPS[step], step)

    def killed(*arguments: object) -> None:
        if after:
            real(*arguments)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(STEPS[step], step, killed)
        with pytest.raises(Killed):
            publish(outputs(new), site)

    assert tree(site) == (new if step == "exchange" and after else old)
    newest = MARK | {"a.html": "3", "b.html": "1"}
    publish(outputs(newest), site)
    assert tree(site) == newest


def test_a_build_killed_while_it_removes_the_tree_before_is_no_obstacle(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It removes it where the note says nothing, as that of an older version."""
    for version in "12":
        publish(outputs(MARK | {"a.html": version, "b/c.html": version}), site)
    trees_of(site).note.unlink()

    def killed(folder: Path | str) -> None:  # files of a folder come in any order
        Path(folder, "build.json").unlink(missing_ok=True)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", killed)
        with pytest.raises(Killed):
            publish(outputs(MARK | {"a.html": "3"}), site)

    publish(outputs(MARK | {"a.html": "3"}), site)
    assert tree(site) == MARK | {"a.html": "3"}


@pytest.mark.skipif(os.utime not in os.supports_fd, reason="this system does so by itself")
def test_the_time_of_a_file_may_be_set_when_it_is_closed(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    close = os.close

    def closing(descriptor: int) -> None:
        os.utime(descriptor, ns=(0, 1_000_000_000))
        close(descriptor)

    monkeypatch.setattr(os, "close", closing)
    publish(outputs(MARK | {"a.html": "1"}), site)

    assert tree(site) == MARK | {"a.html": "1"}
    assert not publish(outputs(MARK | {"a.html": "1"}), site).rebuilt


def test_a_file_system_that_loses_a_file_is_noticed(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(outputs(MARK | {"a.html": "1"}), site)
    real = staging._check

    def losing(root: str, *others: object) -> None:
        Path(root, "a.html").unlink(missing_ok=True)
        real(root, *others)

    monkeypatch.setattr(staging, "_check", losing)

    with pytest.raises(OSError, match=r"not what was written.*a\.html"):
        publish(outputs(MARK | {"a.html": "2"}), site)

    assert tree(site) == MARK | {"a.html": "1"}


def test_a_file_system_may_set_times_late(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As file servers do, some seconds after a file was closed: it is then made again by the next build."""
    real = staging._check

    def late(root: str, *others: Any) -> None:
        with suppress(FileNotFoundError):  # it is not made yet
            os.utime(Path(root, "a.html"), (1_000_000_000, 1_000_000_000))
        real(root, *others)

    with monkeypatch.context() as patch:
        patch.setattr(staging, "_check", late)
        publish(outputs(MARK | {"a.html": "1"}), site)

    assert tree(site) == MARK | {"a.html": "1"}
    done = publish(outputs(MARK | {"a.html": "1"}), site)
    assert {path for path, _, _ in done.rebuilt} == {"a.html"}


def test_a_file_touched_in_the_spare_tree_is_made_again(site: Path) -> None:
    publish(outputs(MARK | {"a.html": "1", "b.html": "1"}), site)
    publish(outputs(MARK | {"a.html": "1", "b.html": "2"}), site)
    (trees_of(site).spare / "b.html").write_text("tampered", encoding="utf-8")
    (trees_of(site).spare / "stray.html").write_text("stray", encoding="utf-8")

    publish(outputs(MARK | {"a.html": "1", "b.html": "1"}), site)

    assert tree(site) == MARK | {"a.html": "1", "b.html": "1"}


@pytest.mark.parametrize("below", [".", "deeper", "deeper/with a file"])
@pytest.mark.parametrize("name", ["a.html", "build.json", CHECKSUMS])
def test_a_folder_that_somebody_made_in_place_of_a_file_is_removed(site: Path, name: str, below: str) -> None:
    publish(outputs(MARK | {"a.html": "1", "b.html": "1"}), site)
    (site / name).unlink()
    (site / name / below).mkdir(parents=True)
    if "file" in below:
        (site / name / below / "file").touch()

    for text in ("2", "3", "4"):
        publish(outputs(MARK | {"a.html": "1", "b.html": text}), site)

        assert tree(site) == MARK | {"a.html": "1", "b.html": text}


def test_a_look_at_the_spare_tree_counts_until_something_is_published(site: Path) -> None:
    one, two = (outputs(MARK | {"a.html": "1", "b.html": text}) for text in "12")
    publish(one, site)
    publish(two, site)
    spare = trees_of(site).spare
    seen = look(site)
    assert seen is not None
    assert seen.differing == {}

    (spare / "b.html").write_text("tampered", encoding="utf-8")
    (spare / "a.html").unlink()
    tampered = look(site)
    assert tampered is not None
    assert tampered.differing.keys() == {"a.html", "b.html"}
    publish(one, site, looked=lambda: tampered)
    assert tree(site) == MARK | {"a.html": "1", "b.html": "1"}

    (spare / "b.html").write_text("tampered", encoding="utf-8")
    publish(two, site, looked=lambda: seen)
    assert tree(site) == MARK | {"a.html": "1", "b.html": "2"}


ENDS: dict[str, type[BaseException] | None] = {"published": None, "failed": OSError, "killed": Killed}


@pytest.mark.parametrize("does", ["publish", "refresh"])
@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("when", ["before", "during"])
def test_what_was_seen_before_others_were_done_there_does_not_count(
    site: Path, does: str, end: str, when: str
) -> None:
    """Another process may stage, and end in any way, between a look and its publication."""
    old = MARK | {"a.html": "2", "b/c.html": "1"}
    for build, version in enumerate("12"):
        publish(outputs(old | {"a.html": version}), site, f"{build}")
    seen = [look(site)]
    fault = ENDS[end]

    def looking() -> Iterator[bytes]:
        if when == "during":
            seen.append(look(site))
        yield b"all"

    def ending() -> Iterator[bytes]:
        yield b"half"
        if fault:
            raise fault

    with pytest.raises(fault) if fault else nullcontext():
        made = {"d.html": looking, "e.html": ending}
        others = {path: File(path, lambda: "of others", chunks) for path, chunks in made.items()}
        publish(outputs(MARK | {"a.html": "2"}) | others, site, "2" if fault else "1")
    if not fault:
        publish(outputs(old), site, "1")

    fresh = {"f.html": "3"}
    if does == "publish":
        publish(outputs(old | fresh), site, looked=seen.pop)
    else:
        publishing.refresh("1", outputs(fresh), site, seen.pop)

    assert tree(site) == old | fresh


def test_a_look_during_staging_counts_for_nothing_where_no_file_is_as_old_as_time_itself(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As sshfs, which leaves a file as it is if both of its times are to be 0."""
    real = os.utime
    monkeypatch.setattr(os, "utime", lambda path, times: None if times == (0, 0) else real(path, times))
    for version in "12":
        publish(outputs(MARK | {"a.html": version}), site)
    seen = []

    def looking() -> Iterator[bytes]:
        seen.append(look(site))
        yield b"3"

    publish(outputs(MARK) | {"a.html": File("a.html", lambda: "3", looking)}, site)

    assert seen == [None]


def test_a_look_at_a_tree_that_then_went_live_does_not_count(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = MARK | {"a.html": "1", "b.html": "1"}
    publish(outputs(files), site)
    edited = site / "b.html"
    edited.unlink()
    edited.write_text("by hand", encoding="utf-8")
    seen: list[Look | None] = []

    def looking(staged: Path, live: Path) -> None:
        seen.append(look(site))
        exchanging.exchange(staged, live)

    with monkeypatch.context() as patch:
        patch.setattr(publishing, "exchange", looking)
        publish(outputs(files | {"a.html": "2"}), site)
    publish(outputs(files | {"a.html": "3"}), site, looked=seen.pop)

    assert tree(site) == files | {"a.html": "3"}


def test_a_tree_that_goes_away_while_it_is_looked_at_is_no_fault(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in "12":
        publish(outputs(MARK | {"a.html": version}), site)
    scandir = os.scandir

    def vanishing(folder: str) -> Iterator[os.DirEntry[str]]:
        Path(folder).rename(site.with_name("gone"))
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", vanishing)

    assert look(site) is None


def test_a_look_before_anything_was_published_finds_nothing(site: Path) -> None:
    seen = look(site)

    publish(outputs(MARK | {"a.html": "1"}), site, looked=lambda: seen)
    publish(outputs(MARK | {"a.html": "2"}), site, looked=lambda: seen)
    publish(outputs(MARK | {"a.html": "1"}), site, looked=lambda: seen)

    assert seen is None
    assert tree(site) == MARK | {"a.html": "1"}


def test_a_refresh_makes_only_what_it_is_told(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = outputs(MARK | {"a.html": "1", "b/c.html": "1"})
    publish(old, site, "one")

    for number, links in enumerate((True, True, False)):
        if not links:
            shutil.rmtree(trees_of(site).spare)
            monkeypatch.setattr(staging, "_linked", lambda *_: False)
        done = publishing.refresh("one", outputs({"build.json": f"{number}"}), site)

        assert done is not None
        assert "build.json" in {path for path, _, _ in done.rebuilt}
        assert tree(site) == {"build.json": f"{number}", "a.html": "1", "b/c.html": "1"}


def test_a_file_on_the_basis_that_the_live_one_has_is_not_asked_for_its_key(site: Path) -> None:
    asked = []

    def wanted(basis: str, more: str = "1") -> dict[str, File]:
        def key() -> str:
            asked.append(basis)
            return basis

        return outputs(MARK | {"b.html": more}) | {"a.html": File("a.html", key, lambda: [b"a"], basis)}

    publish(wanted("1"), site, "one")
    publish(wanted("1"), site, "one")
    publish(wanted("1", more="2"), site, "two")
    publishing.refresh("two", outputs({"build.json": "later"}), site)
    publish(wanted("1", more="3"), site, "three")
    assert asked == ["1"]

    publish(wanted("2"), site, "four")
    publish(wanted("1"), site, "five")
    publish(wanted("1"), site, trusting=False)
    assert asked == ["1", "2", "1", "1"]


def test_a_build_that_makes_the_same_tree_can_be_refreshed_too(site: Path) -> None:
    same = MARK | {"a.html": "1"}
    publish(outputs(same), site, "one")
    publish(outputs(same), site, "two")

    assert publishing.refresh("one", outputs({"build.json": "2"}), site) is None
    assert publishing.refresh("two", outputs({"build.json": "2"}), site) is not None


def test_a_build_beside_a_tree_that_is_the_same_can_be_refreshed_too(site: Path) -> None:
    same = outputs(MARK | {"a.html": "1"})
    for _ in range(2):
        publish(same, site, "one", trusting=False)
    publish(same, site, "two")

    assert publishing.refresh("two", same, site) is not None


@pytest.mark.parametrize("damage", ["another build", "touched", "no note"])
def test_a_refresh_of_another_build_is_none(site: Path, damage: str) -> None:
    publish(outputs(MARK | {"a.html": "1"}), site, "one")
    if damage == "another build":
        publish(outputs(MARK | {"a.html": "2"}), site, "two")
    elif damage == "touched":
        (site / "a.html").write_text("tampered", encoding="utf-8")
    else:
        trees_of(site).note.unlink()

    assert publishing.refresh("one", outputs({"build.json": "2"}), site) is None


def test_a_tree_that_cannot_be_removed_is_named(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its owner may be another user, if somebody built with `sudo`."""
    for version in "12":
        publish(outputs(MARK | {"a/b.html": version}), site)

    def refused(path: str, **_: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", path)

    monkeypatch.setattr(os, "rmdir", refused)
    with pytest.raises(PermissionError) as fault:
        publish(outputs(MARK | {"a/b.html": "3"}), site, trusting=False)

    assert fault.value.filename == str(trees_of(site).spare)


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_any_number_of_processes_makes_the_same_tree(site: Path, jobs: int) -> None:
    files = MARK | {f"jobs/{number}/index.html": f"{number}" * 99 for number in range(300)}

    done = publish(outputs(files), site, jobs=jobs)

    assert tree(site) == files
    assert done.written == len(files) + 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_faults_of_all_outputs_are_told_and_the_site_stays_as_it_was(site: Path, jobs: int) -> None:
    def faulty(path: str) -> Iterator[bytes]:
        raise LayoutFault(error(path, Span(), "template-error", "wrong"))

    old = MARK | {"a/index.html": "1"}
    publish(outputs(old), site)
    paths = [f"{number}/index.html" for number in range(20)]
    wrong = {path: File(path, lambda: "2", partial(faulty, path)) for path in paths}

    with pytest.raises(LayoutFault) as caught:
        publish(outputs(old) | wrong, site, jobs=jobs)

    assert [found.path for found in caught.value.diagnostics] == paths
    assert tree(site) == old
    publish(outputs(old), site)
    assert tree(site) == old


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("trusting", [True, False])
def test_a_rehearsal_makes_what_was_never_published_and_writes_nothing(
    site: Path, tmp_path: Path, jobs: int, trusting: bool
) -> None:
    def faulty(path: str) -> Iterator[bytes]:
        yield b"begun"
        raise LayoutFault(error(path, Span(), "template-error", "wrong"))

    paths = [f"{number}/index.html" for number in range(20)]
    published = {path: File(path, lambda: "2", lambda: iter([b"good"])) for path in paths}
    publish(outputs(MARK) | published, site)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    kept = {path: File(path, lambda: "2", partial(faulty, path)) for path in paths[:3]}
    fresh = {path: File(path, lambda: "3", partial(faulty, path)) for path in paths[3:]}

    with pytest.raises(LayoutFault) as caught:
        rehearse(outputs(MARK) | kept | fresh, site, trusting=trusting, jobs=jobs)

    assert [found.path for found in caught.value.diagnostics] == (paths[3:] if trusting else paths)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before
    rehearse(outputs(MARK | {"a.html": "1"}), tmp_path / "other", trusting=trusting, jobs=jobs)
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    "damaged",
    [
        lambda _note: b"\xff\x00 not a note",
        lambda _note: marshal.dumps((3, {})),
        lambda note: note[:-1],
        lambda note: note.replace(hashlib.sha256(b"1").digest(), bytes(32)),
    ],
    ids=["no note", "of another version", "cut off", "another checksum"],
)
def test_a_note_that_is_damaged_only_costs_time(site: Path, damaged: Callable[[bytes], bytes]) -> None:
    publish(outputs(MARK | {"a.html": "1", "b.html": "1"}), site)
    note = trees_of(site).note
    note.write_bytes(damaged(note.read_bytes()))

    publish(outputs(MARK | {"a.html": "1", "b.html": "2"}), site)

    assert tree(site) == MARK | {"a.html": "1", "b.html": "2"}


def test_a_file_system_without_links_gets_copies(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    publish(outputs(MARK | {"a.html": "1", "b.html": "1"}), site)

    publish(outputs(MARK | {"a.html": "1", "b.html": "2"}), site)

    assert tree(site) == MARK | {"a.html": "1", "b.html": "2"}


@pytest.mark.parametrize("is_link", [False, True])
def test_something_else_in_the_spare_trees_place_is_refused_and_left_alone(site: Path, is_link: bool) -> None:
    other = trees_of(site).spare
    if is_link:
        (site.parent / "other").mkdir()
        link(other, "other")
    else:
        other.write_text("years of work", encoding="utf-8")

    with pytest.raises(NotOurs, match="rename or move it"):
        publish(outputs(MARK), site)

    assert os.path.lexists(other)
    assert not site.exists()


PATHS = st.sampled_from(["a.html", "b.html", "c/index.html", "c/d/index.html", "e/f/g.html"])
SITES = st.dictionaries(PATHS, st.sampled_from(["1", "2", "3"]))


@settings(max_examples=40, deadline=None)
@given(st.lists(SITES, min_size=1, max_size=5))
def test_any_history_ends_in_the_same_tree_as_one_clean_build(
    tmp_path_factory: pytest.TempPathFactory, history: Iterable[dict[str, str]]
) -> None:
    site = tmp_path_factory.mktemp("history") / "site"
    for files in history:
        publish(outputs(MARK | files), site)

        assert tree(site) == MARK | files


@pytest.fixture
def two_folders(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("staged", "live"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "who").write_text(name, encoding="utf-8")
    return tmp_path / "staged", tmp_path / "live"


def test_folders_are_exchanged_without_the_system_call_too(
    two_folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    staged, live = two_folders
    monkeypatch.setattr(exchanging.sys, "platform", "darwin")

    exchanging.exchange(staged, live)

    assert (tree(staged), tree(live)) == ({"who": "live"}, {"who": "staged"})


def test_renames_that_fail_half_way_are_taken_back(
    two_folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    staged, live = two_folders
    rename = os.rename

    def failing(source: Path, target: Path) -> None:
        if source == staged:
            raise OSError(16, "busy")
        rename(source, target)

    monkeypatch.setattr(exchanging.sys, "platform", "darwin")
    monkeypatch.setattr(os, "rename", failing)

    with pytest.raises(OSError, match="busy"):
        exchanging.exchange(staged, live)

    assert tree(live) == {"who": "live"}


def test_a_folder_left_aside_by_a_killed_exchange_comes_back(two_folders: tuple[Path, Path]) -> None:
    staged, live = two_folders
    live.rename(live.with_name(".live.aside"))

    for _ in range(2):
        exchanging.recover(staged, live)

        assert tree(live) == {"who": "live"}
        assert tree(staged) == {"who": "staged"}


def test_what_was_staged_while_a_folder_stood_aside_makes_room_for_it(two_folders: tuple[Path, Path]) -> None:
    staged, live = two_folders
    aside = live.with_name(".live.aside")
    aside.mkdir()
    (aside / "who").write_text("aside", encoding="utf-8")

    exchanging.recover(staged, live)

    assert (tree(staged), tree(live)) == ({"who": "aside"}, {"who": "live"})


@pytest.mark.parametrize("fault", [Killed, PermissionError])
def test_an_exchange_that_ends_with_its_last_rename_undone_is_no_obstacle(
    site: Path, fault: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = os.rename

    def ending(source: Path, target: Path) -> None:
        if source.name == ".site.aside":
            raise fault
        rename(source, target)

    monkeypatch.setattr(exchanging.sys, "platform", "darwin")
    rest = MARK | {"b.html": "b"}
    publish(outputs(rest | {"a.html": "1"}), site)
    with monkeypatch.context() as patch, pytest.raises(Killed) if fault is Killed else nullcontext():
        patch.setattr(os, "rename", ending)
        publish(outputs(rest | {"a.html": "2"}), site)
    assert tree(site) == rest | {"a.html": "2"}
    edited = site.parent / ".site.aside" / "b.html"  # a file that both trees share is not written to
    edited.unlink()
    edited.write_text("by hand", encoding="utf-8")

    for version in ("3", "4"):
        files = rest | {"a.html": version}
        looked = look(site)
        publish(outputs(files), site, looked=lambda looked=looked: looked)
        assert tree(site) == files
    assert sorted(path.name for path in site.parent.iterdir()) == sorted(
        ["site", ".site.lock", ".site.manifest", ".site.previous"]
    )


@pytest.mark.parametrize("refusals", [1, 100])
def test_a_folder_in_use_on_windows_is_waited_for_a_while(
    two_folders: tuple[Path, Path], refusals: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged, live = two_folders
    rename, left = os.rename, iter(range(refusals))

    def refusing(source: Path, target: Path) -> None:
        if next(left, None) is not None:
            raise PermissionError(13, "Access is denied")
        rename(source, target)

    monkeypatch.setattr(exchanging.sys, "platform", "win32")
    monkeypatch.setattr(exchanging.time, "sleep", lambda _: None)
    monkeypatch.setattr(os, "rename", refusing)

    with pytest.raises(PermissionError) if refusals > 1 else nullcontext():
        exchanging.exchange(staged, live)

    assert tree(live) == {"who": "live" if refusals > 1 else "staged"}


class Refusing:
    """A system library whose call does not work."""

    def renameat2(self, *_: object) -> int:
        return -1


@pytest.mark.parametrize(
    ("library", "number", "falls_back"),
    [(object, 0, True), (Refusing, 22, True), (Refusing, 13, False)],
    ids=["without the call", "call not known", "call refused"],
)
def test_only_a_system_that_does_not_know_the_call_falls_back(
    two_folders: tuple[Path, Path],
    library: type,
    number: int,
    falls_back: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    staged, live = two_folders
    monkeypatch.setattr(exchanging.sys, "platform", "linux")
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: library())
    monkeypatch.setattr(ctypes, "get_errno", lambda: number)

    with nullcontext() if falls_back else pytest.raises(PermissionError):
        exchanging.exchange(staged, live)

    assert tree(live) == {"who": "staged" if falls_back else "live"}
