"""How the thread that builds meets those that serve."""

import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from hiringhall.devserver.live import Live
from hiringhall.diagnostics import Span, error
from hiringhall.model import File
from hiringhall.report.result import BuildResult

NOON = datetime(2026, 1, 26, 12, tzinfo=UTC)
GOOD = BuildResult((), published=True)
BAD = BuildResult((error("x.md", Span(), "c", "m"),), published=False)


class Clock:
    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now


def live_of(*results, clock=None):
    """Return a Live whose builds have these outcomes, one after another; an exception is raised."""
    outcomes = iter(results)

    def build(_preview):
        outcome = next(outcomes)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return Live(build, clock or Clock())


def test_every_build_is_another_epoch_and_no_two_servers_share_one():
    one, other = live_of(GOOD, GOOD), live_of(GOOD)
    epochs = [one.state.epoch]
    for live in (one, one, other):
        live.rebuild()
        epochs.append(live.state.epoch)
    assert len(set(epochs)) == 4


def test_what_stopped_a_build_is_kept_until_one_is_published():
    live = live_of(GOOD, BAD, GOOD)
    seen = []
    for _ in range(3):
        live.rebuild()
        seen.append((live.state.is_stale, live.state.diagnostics))
    assert seen == [(False, ()), (True, BAD.diagnostics), (False, ())]


def test_warnings_of_a_published_build_are_not_in_the_way():
    live = live_of(BuildResult(BAD.diagnostics, published=True))
    live.rebuild()
    assert not live.state.is_stale


def test_a_build_that_breaks_down_is_shown_and_the_next_one_runs():
    live = live_of(RuntimeError("oops"), GOOD)
    live.rebuild()
    assert live.state.fault == "RuntimeError: oops"
    live.rebuild()
    assert not live.state.is_stale


def test_a_build_that_publishes_nothing_without_a_reason_is_no_success():
    live = live_of(BuildResult((), published=False))
    live.rebuild()
    assert live.state.is_stale


PREVIEW = {"index.html": File("index.html", lambda: "k", lambda: (b"a ", b"page"))}


def previewing(go, result=GOOD):
    """Return a Live whose build shows a preview, and publishes when told to."""

    def build(preview):
        preview(PREVIEW)
        go.wait(5)
        preview({})
        return result

    return Live(build, Clock())


@contextmanager
def rebuilding(live, go):
    """Rebuild in another thread up to the preview; the build ends when the block does."""
    known, thread = live.state.epoch, threading.Thread(target=live.rebuild)
    thread.start()
    assert live.next_epoch(known, 5) != known
    yield
    go.set()
    thread.join()


def test_a_site_is_shown_before_it_is_published():
    go = threading.Event()
    live = previewing(go)
    with rebuilding(live, go):
        assert live.settle(0.02)
        state = live.state
        assert live.read(state, "index.html", 5) == b"a page"
    assert live.state.epoch == state.epoch
    assert not live.state.preview
    assert live.read(state, "index.html", 5) is None


def test_a_preview_that_could_not_be_published_is_followed_by_what_stopped_it():
    go = threading.Event()
    live = previewing(go, BAD)
    with rebuilding(live, go):
        shown = live.state
        assert not shown.is_stale
    assert live.state.epoch != shown.epoch
    assert live.state.is_stale


def test_a_preview_ends_only_after_the_file_that_is_being_made():
    begun, go_on = threading.Event(), threading.Event()

    def slow():
        begun.set()
        go_on.wait(5)
        return (b"slow",)

    def build(preview):
        preview({"x": File("x", lambda: "k", slow)})
        begun.wait(5)
        preview({})
        return GOOD

    live, made = Live(build, Clock()), []
    known, thread = live.state.epoch, threading.Thread(target=live.rebuild)
    thread.start()
    assert live.next_epoch(known, 5) != known
    reading = threading.Thread(target=lambda: made.append(live.read(live.state, "x", 5)))
    reading.start()
    begun.wait(5)
    thread.join(0.1)
    assert thread.is_alive()
    go_on.set()
    thread.join()
    reading.join()
    assert made == [b"slow"]


def test_requests_wait_for_a_build_under_way():
    go = threading.Event()
    live = Live(lambda _: (go.wait(5), GOOD)[1], Clock())
    thread = threading.Thread(target=live.rebuild)
    thread.start()
    assert not live.settle(0.05)
    go.set()
    assert live.settle(5)
    thread.join()


def test_requests_wait_from_the_first_sign_of_a_change_until_it_was_none():
    live = live_of(GOOD)
    live.rebuild()
    count = live.hold()
    assert not live.settle(0.02)
    live.hold()
    live.release(count)
    assert not live.settle(0.02)
    live.release(count + 1)
    assert live.settle(0.02)


def test_a_change_during_a_build_waits_for_the_next_one():
    begun, go = threading.Event(), threading.Event()

    def build(_preview):
        begun.set()
        go.wait(5)
        return GOOD

    live = Live(build, Clock())
    thread = threading.Thread(target=live.rebuild)
    thread.start()
    begun.wait(5)
    live.hold()
    go.set()
    thread.join()
    assert not live.settle(0.02)
    live.rebuild()
    assert live.settle(0.02)


def test_a_new_epoch_wakes_those_who_wait_for_it():
    live = live_of(GOOD, GOOD)
    live.rebuild()
    known = live.state.epoch
    assert live.next_epoch(known, 0.02) == known
    threading.Timer(0.05, live.rebuild).start()
    assert live.next_epoch(known, 5) != known


@pytest.mark.parametrize(("ahead", "due"), [(30, False), (2, True)])
def test_a_deadline_makes_a_build_due_when_it_has_passed(ahead, due):
    clock = Clock()
    live = live_of(BuildResult((), published=True, next_change=NOON + timedelta(seconds=ahead)), clock=clock)
    live.rebuild()
    assert not live.is_due()
    clock.now += timedelta(seconds=2)
    assert live.is_due() is due


def test_waits_are_short_and_shorter_before_a_deadline():
    clock = Clock()
    live = live_of(GOOD, BuildResult((), published=True, next_change=NOON + timedelta(hours=1)), clock=clock)
    assert live.patience() == 1.0
    live.rebuild()
    live.rebuild()
    assert live.patience() == 1.0
    clock.now += timedelta(minutes=59, seconds=59, milliseconds=750)
    assert live.patience() == 0.25
    clock.now += timedelta(hours=1)
    assert live.patience() == 0.0


def test_a_build_that_names_an_instant_of_the_past_does_not_run_without_rest():
    live = live_of(BuildResult((), published=True, next_change=NOON - timedelta(days=1)))
    live.rebuild()
    assert not live.is_due()
    assert live.patience() == 1.0
