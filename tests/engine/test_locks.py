"""Only one process at a time: the others wait, and a lock that is unavailable is no reason to fail."""

from __future__ import annotations

import errno
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hiringhall.engine import locks


def test_whoever_comes_second_waits(tmp_path: Path) -> None:
    order: list[str] = []

    def second() -> None:
        with locks.alone(tmp_path / "deep" / "lock"):
            order.append("second")

    with ThreadPoolExecutor(1) as pool:
        with locks.alone(tmp_path / "deep" / "lock"):
            later = pool.submit(second)
            time.sleep(0.1)
            order.append("first")
        later.result()
    assert order == ["first", "second"]


def test_only_a_long_wait_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def second() -> None:
        with locks.alone(tmp_path / "lock"):
            pass

    told = []
    for patience in (0.0, 60.0):
        monkeypatch.setattr(locks, "_PATIENCE", patience)
        with ThreadPoolExecutor(1) as pool:
            with locks.alone(tmp_path / "lock"):
                later = pool.submit(second)
                time.sleep(0.2)
            later.result()
        told.append(caplog.messages.copy())
        caplog.clear()
    assert told == [[f"Waiting for another build to end, which holds {tmp_path / 'lock'}."], []]


def test_where_no_lock_can_be_made_nobody_waits(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with locks.alone(tmp_path / "file" / "lock"), locks.alone(tmp_path / "file" / "lock"):
        pass


def test_a_file_system_without_locks_keeps_nobody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(locks, "_take", refused)

    with locks.alone(tmp_path / "lock"), locks.alone(tmp_path / "lock"):
        pass
