"""The store keeps bytes between builds, and is never the reason that a build fails."""

from __future__ import annotations

import multiprocessing
import os
import sys
from pathlib import Path

import pytest

from hiringhall.engine.store import Store

KINDS = ("row", "rss")


@pytest.mark.parametrize("named", [True, False], ids=["a file", "a temporary file"])
def test_parts_come_back_as_they_were(tmp_path: Path, named: bool) -> None:
    with Store(tmp_path / "deep" / "parts.db" if named else None, KINDS, "1") as store:
        store.put("a", {"row": b"\x00<li>", "rss": b""})

        assert store.read("row", "a") == b"\x00<li>"
        assert store.read("rss", "a") == b""
        assert "a" in store
        assert list(store.keys()) == ["a"]


def test_only_what_was_saved_is_there_later(tmp_path: Path) -> None:
    with Store(tmp_path / "parts.db", KINDS, "1") as store:
        store.put("kept", {"row": b"1"})
        store.leave_note("cards", b"first")
        store.leave_note("cards", b"second")
        store.save()
        store.put("lost", {"row": b"2"})

    with Store(tmp_path / "parts.db", KINDS, "1") as store:
        assert set(store.keys()) == {"kept"}
        assert store.note("cards") == b"second"
        assert store.note("nothing") is None


def test_a_part_that_was_not_made_is_a_key_error(tmp_path: Path) -> None:
    with Store(tmp_path / "parts.db", KINDS, "1") as store:
        store.put("a", {"row": b"1"})

        with pytest.raises(KeyError):
            store.read("rss", "a")
        with pytest.raises(KeyError):
            store.read("row", "b")


def test_a_part_can_be_added_to_a_record_and_a_record_forgotten(tmp_path: Path) -> None:
    with Store(tmp_path / "parts.db", KINDS, "1") as store:
        store.put("a", {"row": b"1"})
        store.put("a", {"rss": b"2"})
        store.put("b", {"row": b"3"})

        assert (store.read("row", "a"), store.read("rss", "a")) == (b"1", b"2")

        store.forget(["a"])

        assert set(store.keys()) == {"b"}
        store.put("c", {"row": b"4"})
        assert (store.read("row", "b"), store.read("row", "c")) == (b"3", b"4")


def test_a_part_added_to_a_record_already_written_is_there_at_once(tmp_path: Path) -> None:
    with Store(tmp_path / "parts.db", KINDS, "1") as store:
        store.put("a", {"row": b"1"})
        store.save()
        store.put("a", {"rss": b"2"})

        assert store.read("rss", "a") == b"2"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.parametrize("named", [True, False], ids=["a file", "a temporary file"])
def test_a_forked_process_reads_what_was_saved(tmp_path: Path, named: bool) -> None:
    with Store(tmp_path / "parts.db" if named else None, KINDS, "1") as store:
        store.put("a", {"row": b"1"})
        store.save()
        there = multiprocessing.get_context("fork").Process(
            target=lambda: sys.exit(store.read("row", "a") != b"1")
        )
        there.start()
        there.join()

        assert there.exitcode == 0
        assert store.read("row", "a") == b"1"


def test_another_generation_starts_empty(tmp_path: Path) -> None:
    with Store(tmp_path / "parts.db", KINDS, "1") as store:
        store.put("a", {"row": b"1"})
        store.save()

    with Store(tmp_path / "parts.db", KINDS, "2") as store:
        assert list(store.keys()) == []
    with Store(tmp_path / "parts.db", ("row",), "2") as store:
        assert list(store.keys()) == []


def test_a_damaged_file_is_thrown_away(tmp_path: Path) -> None:
    (tmp_path / "parts.db").write_bytes(b"this is not a database, whatever its name says" * 100)

    with Store(tmp_path / "parts.db", KINDS, "1") as store:
        store.put("a", {"row": b"1"})

        assert store.read("row", "a") == b"1"
