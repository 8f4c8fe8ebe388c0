"""The watcher on real files: what makes it say that content changed, and what does not."""

import errno
import os
import shutil
import threading
import time
from itertools import count

import pytest
from watchdog.events import FileModifiedEvent, FileMovedEvent
from watchdog.observers.polling import PollingObserver

from hiringhall.devserver import watcher as module
from hiringhall.devserver.watcher import Watcher
from tests.trees import link

# Longer than any event takes to arrive, but short enough to wait for one that must not arrive (seconds).
SOON = 5.0
NEVER = 0.7


@pytest.fixture
def content(tmp_path):
    folder = tmp_path / "content"
    (folder / "postings" / "2026").mkdir(parents=True)
    (folder / "site.yaml").write_text("title: T\n")
    (folder / "postings" / "x.md").write_text("one\n")
    (folder / "postings" / "2026" / "y.md").write_text("one\n")
    return folder


@pytest.fixture
def watcher(content):
    with Watcher([content], lambda: 0) as watching:
        yield watching


def changed(watching, timeout=SOON):
    """Say whether a change is reported before the time is over, after events that changed nothing."""
    end = time.monotonic() + timeout
    while (left := end - time.monotonic()) > 0:
        if watching.wait(min(left, 0.5)):
            return True
    return False


def save_in_place(file, text):
    file.write_text(text)


def save_by_rename(file, text):
    other = file.with_name(".goutputstream-X1")
    other.write_text(text)
    other.replace(file)


def save_by_visible_temporary(file, text):
    other = file.with_name(file.name + "___jb_tmp___")
    other.write_text(text)
    other.replace(file)


def save_as_vim(file, text):
    probe = file.with_name("4913")
    probe.touch()
    probe.unlink()
    file.rename(file.with_name(file.name + "~"))
    file.write_text(text)
    file.with_name(file.name + "~").unlink()


@pytest.mark.parametrize("save", [save_in_place, save_by_rename, save_by_visible_temporary, save_as_vim])
def test_every_way_to_save_is_one_change(content, watcher, save):
    save(content / "postings" / "x.md", "two\n")
    assert changed(watcher)
    assert not changed(watcher, NEVER)


def test_a_watched_folder_may_be_moved_away_and_made_again(content, watcher):
    away = content.with_name("away")
    content.rename(away)
    assert changed(watcher)
    assert not changed(watcher, NEVER)
    shutil.copytree(away, content)
    assert changed(watcher)
    (content / "postings" / "x.md").write_text("three\n")
    assert changed(watcher)
    assert not changed(watcher, NEVER)


def test_a_folder_replaced_at_once_is_watched_from_then_on(content, watcher):
    content.rename(content.with_name("away"))
    shutil.copytree(content.with_name("away"), content)
    assert changed(watcher)
    (content / "postings" / "2026" / "y.md").write_text("three\n")
    assert changed(watcher)


def test_a_change_is_told_within_moments(content, watcher):
    started = time.monotonic()
    (content / "postings" / "x.md").write_text("two\n")
    assert changed(watcher)
    assert time.monotonic() - started < 1.0


def test_files_that_come_and_go_are_changes(content, watcher):
    new = content / "postings" / "new.md"
    new.write_text("new\n")
    assert changed(watcher)
    new.unlink()
    assert changed(watcher)


def test_a_file_in_a_new_folder_is_a_change_and_so_is_the_next_one(content, watcher):
    folder = content / "postings" / "2027" / "spring"
    folder.mkdir(parents=True)
    (folder / "z.md").write_text("one\n")
    assert changed(watcher)
    (folder / "z.md").write_text("two\n")
    assert changed(watcher)


def test_folders_that_are_renamed_or_removed_are_changes(content, watcher):
    folder = content / "postings" / "2026"
    folder.rename(content / "postings" / "2025")
    assert changed(watcher)
    (content / "postings" / "2025").rename(content.parent / "elsewhere")
    assert changed(watcher)


def test_a_name_that_differs_only_in_case_is_a_change_each_time_where_case_does_not_count(content, watcher):
    """There, both names lead to the file; here, links do."""
    lower, upper = content / "postings" / "x.md", content / "postings" / "X.md"
    upper.hardlink_to(lower)
    lower.touch()
    assert changed(watcher)

    for old, new in ((lower, upper), (upper, lower)) * 2:
        watcher.dispatch(FileMovedEvent(str(old), str(new)))
        assert changed(watcher)
    assert not changed(watcher, NEVER)


def test_reading_and_touching_and_saving_the_same_are_no_changes(content, watcher):
    file = content / "postings" / "x.md"
    file.write_text("two\n")
    assert changed(watcher)
    file.read_text()
    list(content.rglob("*"))
    os.utime(file)
    file.chmod(0o600)
    file.write_text("two\n")
    save_by_rename(file, "two\n")
    assert not changed(watcher, NEVER)


def build_ends(watching):
    """Let a build end that began before what was done, once that has been heard of."""
    assert watching._stir.wait(SOON)
    time.sleep(0.1)
    watching.note_build()


def save_and_save_back(file):
    file.write_text("other\n")
    file.write_text("two\n")


def add_and_remove(file):
    file.with_name("z.md").write_text("new\n")
    file.with_name("z.md").unlink()


def move_away_and_back(file):
    away = file.parent.rename(file.parent.with_name("away"))
    away.rename(file.parent)


@pytest.mark.parametrize("do", [save_and_save_back, add_and_remove, move_away_and_back])
def test_what_changed_and_changed_back_during_a_build_is_a_change(content, watcher, do):
    file = content / "postings" / "2026" / "y.md"
    file.write_text("two\n")
    assert changed(watcher)
    do(file)
    build_ends(watcher)
    assert changed(watcher)
    assert not changed(watcher, NEVER)


def test_what_is_heard_of_late_is_no_change(content, watcher):
    file = content / "postings" / "x.md"
    file.write_text("two\n")
    assert changed(watcher)
    watcher.dispatch(FileModifiedEvent(str(file)))
    build_ends(watcher)
    assert not changed(watcher, NEVER)


def test_a_file_that_becomes_a_link_with_the_same_content_is_a_change(content, watcher):
    file, outside = content / "postings" / "x.md", content.with_name("outside.md")
    file.write_text("two\n")
    assert changed(watcher)
    file.rename(outside)
    link(file, outside)
    assert changed(watcher)


def test_files_of_editors_are_no_changes(content, watcher):
    for name in (".x.md.swp", "x.md~", "#x.md#", "4913.tmp", ".hidden"):
        (content / "postings" / name).write_text("noise")
    (content / ".obsidian").mkdir()
    (content / ".obsidian" / "workspace.json").write_text("{}")
    link(content / "postings" / ".#x.md", "someone@somewhere.1")
    assert not changed(watcher, NEVER)


def test_a_file_made_and_removed_at_once_is_no_change(content, watcher):
    (content / "postings" / "4913").touch()
    (content / "postings" / "4913").unlink()
    assert not changed(watcher, NEVER)


def test_many_saves_in_a_row_are_one_change(content, watcher, monkeypatch):
    # A busy machine reports them with gaps between.
    monkeypatch.setattr(module, "_QUIET", 0.5)
    monkeypatch.setattr(module, "_LONGEST", 60.0)

    def save() -> None:
        for number in range(50):
            (content / "postings" / f"n{number}.md").write_text("x")
            time.sleep(0.01)

    saving = threading.Thread(target=save)
    saving.start()
    assert changed(watcher)
    assert not saving.is_alive()
    assert not changed(watcher, NEVER)


def test_a_file_that_never_rests_does_not_put_a_change_off_for_ever(content, watcher):
    over = threading.Event()

    def scribble():
        number = 0
        while not over.is_set():
            number += 1
            (content / "postings" / "log.md").write_text(str(number))
            time.sleep(0.01)

    thread = threading.Thread(target=scribble)
    thread.start()
    try:
        assert watcher.wait(SOON)
    finally:
        over.set()
        thread.join()


def test_the_first_stir_is_told_at_once(content):
    stirred = threading.Event()
    with Watcher([content], lambda: stirred.set() or 0):
        (content / "site.yaml").write_text("title: U\n")
        assert stirred.wait(SOON)


def test_a_stir_that_comes_when_waiting_is_over_has_not_been_looked_at(content):
    counts = count(1)
    with Watcher([content], lambda: next(counts)) as watching:
        assert not watching.wait(0)
        watching.dispatch(FileModifiedEvent(str(content / "postings" / "x.md")))
        assert watching.looked == 0
        assert watching.wait(SOON)
        assert watching.looked >= 1


def test_waiting_ends_in_time_when_nothing_happens(watcher):
    started = time.monotonic()
    assert not watcher.wait(0.05)
    assert time.monotonic() - started < 1.0


class Full:
    def __init__(self, **_options):
        pass

    def schedule(self, *_args, **_options):
        raise OSError(errno.ENOSPC, "inotify watch limit reached")

    def stop(self):
        raise RuntimeError("it was never started")


def none_left(**_options):
    raise OSError(errno.EMFILE, "inotify instance limit reached")


@pytest.mark.parametrize("observer", [Full, none_left])
def test_without_watches_of_the_system_files_are_looked_at_instead(content, monkeypatch, observer):
    monkeypatch.setattr(module, "Observer", observer)
    monkeypatch.setattr(module, "_POLLING", 0.05)
    with Watcher([content], lambda: 0) as watching:
        assert isinstance(watching._observer, PollingObserver)
        time.sleep(0.2)
        (content / "postings" / "x.md").write_text("two, and longer\n")
        assert changed(watching)
