"""The store keeps bytes between builds, and never makes a build fail."""

from __future__ import annotations

import errno
import multiprocessing
import os
import sys
import threading
from functools import partial
from itertools import product
from pathlib import Path
from typing import NoReturn

import pytest

from hiringhall.engine.locks import alone
from hiringhall.engine.packs import DamagedError, Packer
from hiringhall.engine.store import Store

KINDS = ("row", "rss")


def pack(folder: Path) -> None:
    """Keep one record in a store."""
    with Store(folder / "parts", KINDS, "1") as store:
        store.put("a", {"row": b"1"})
        store.save()


def failing(*_arguments: object) -> NoReturn:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def read(store: Store, kind: str, key: str) -> bytes | None:
    (found,) = store.read(kind, (key,))
    return found


@pytest.fixture(params=["here", "windows"])
def removal(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove files as this system does, and as Windows does, which refuses where a file is open."""
    opened, unlink = Path("/proc/self/fd"), Path.unlink
    if request.param == "here":
        return
    if sys.platform != "linux":
        pytest.skip("only Linux tells which files are open")

    def refusing(path: Path, missing_ok: bool = False) -> None:
        if os.fspath(path) in {os.path.realpath(entry) for entry in opened.iterdir()}:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), os.fspath(path))
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refusing)


@pytest.mark.parametrize("named", [True, False], ids=["a folder", "a temporary folder"])
def test_parts_come_back_as_they_were(tmp_path: Path, named: bool) -> None:
    with Store(tmp_path / "deep" / "parts" if named else None, KINDS, "1") as store:
        store.put("a", {"row": b"\x00<li>", "rss": b""})

        assert read(store, "row", "a") == b"\x00<li>"
        assert read(store, "rss", "a") == b""
        assert "a" in store
        assert list(store.keys()) == ["a"]


def test_only_what_was_saved_is_there_later(tmp_path: Path) -> None:
    with Store(tmp_path / "parts", KINDS, "1") as store:
        store.put("kept", {"row": b"1"})
        store.save()
        store.put("lost", {"row": b"2"})

    with Store(tmp_path / "parts", KINDS, "1") as store:
        assert set(store.keys()) == {"kept"}


def test_a_record_that_was_not_made_is_a_key_error(tmp_path: Path) -> None:
    with Store(tmp_path / "parts", KINDS, "1") as store:
        store.put("a", {"row": b"1"})

        with pytest.raises(KeyError):
            read(store, "row", "b")


@pytest.mark.parametrize("parts", list(product([None, b"", b"1", b"22"], repeat=3)))
def test_a_record_need_not_have_all_parts(tmp_path: Path, parts: tuple[bytes | None, ...]) -> None:
    kinds = ("head", "row", "tail")
    made = {kind: part for kind, part in zip(kinds, parts, strict=True) if part is not None}
    with Store(tmp_path / "parts", kinds, "1") as store:
        store.put("before", {"row": b"x"})
        store.put("a", made)
        store.save()

    with Store(tmp_path / "parts", kinds, "1") as store:
        assert tuple(read(store, kind, "a") for kind in kinds) == parts
        assert [*store.read("row", ("a", "before", "a"))] == [parts[1], b"x", parts[1]]


def test_a_record_can_be_replaced_and_forgotten(tmp_path: Path) -> None:
    with Store(tmp_path / "parts", KINDS, "1") as store:
        store.put("a", {"row": b"1"})
        store.put("b", {"row": b"2"})
        store.save()
        store.put("a", {"row": b"3", "rss": b"4"})
        store.forget(["b"])
        store.put("c", {"row": b"5"})

        assert set(store.keys()) == {"a", "c"}
        store.save()

    with Store(tmp_path / "parts", KINDS, "1") as store:
        assert set(store.keys()) == {"a", "c"}
        assert (read(store, "row", "a"), read(store, "rss", "a"), read(store, "row", "c")) == (
            b"3",
            b"4",
            b"5",
        )


def test_what_others_have_packed_is_kept_like_what_was_put(tmp_path: Path) -> None:
    with Store(tmp_path / "parts", KINDS, "1") as store:
        packers = Packer(store.folder, KINDS), Packer(store.folder, KINDS)
        for number in range(4):
            store.put(str(number), packers[number % 2].add({"rss": b"%d" % number}))
        for packer in packers:
            packer.close()
        store.save()

    with Store(tmp_path / "parts", KINDS, "1") as store:
        assert [read(store, "rss", str(number)) for number in range(4)] == [b"0", b"1", b"2", b"3"]


def packs(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.pack"))


def test_packs_that_hold_nothing_any_more_are_removed(tmp_path: Path) -> None:
    with Store(tmp_path / "parts", KINDS, "1") as store:
        packer = Packer(store.folder, KINDS)
        store.put("a", packer.add({"row": b"1"}))
        packer.close()
        store.put("b", {"row": b"2"})
        store.save()
        store.forget(["a"])
        store.save()

        assert packs(store.folder) == ["main.pack"]
        assert read(store, "row", "b") == b"2"


def test_what_a_killed_build_has_packed_is_removed_by_the_next(tmp_path: Path) -> None:
    with Store(tmp_path / "parts", KINDS, "1") as store:
        packer = Packer(store.folder, KINDS)
        store.put("a", packer.add({"row": b"1"}))
        packer.close()

    with Store(tmp_path / "parts", KINDS, "1") as store:
        store.put("b", {"row": b"2"})
        store.save()

    assert packs(tmp_path / "parts") == ["main.pack"]


@pytest.mark.usefixtures("removal")
@pytest.mark.parametrize("before", [True, False], ids=["of another generation", "of none"])
def test_a_build_that_fails_leaves_no_packs_but_those_from_before(tmp_path: Path, before: bool) -> None:
    if before:
        pack(tmp_path)
    for _ in range(3):
        with Store(tmp_path / "parts", KINDS, "2") as store:
            packer = Packer(store.folder, KINDS)
            store.put("b", packer.add({"row": b"2"}))
            store.put("c", {"row": b"3"})
            packer.close()
            assert [*store.read("row", "bc")] == [b"2", b"3"]

    assert packs(tmp_path / "parts") == (["main.pack"] if before else [])
    with Store(tmp_path / "parts", KINDS, "1") as store:
        assert [*store.read("row", store.keys())] == ([b"1"] if before else [])


def test_a_store_in_which_nothing_can_be_taken_back_holds_up_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Packer, "undo", failing)
    with pytest.raises(OSError, match="error") as raised, Store(tmp_path / "parts", KINDS, "1") as store:
        store.put("a", {"row": b"1"})

    assert raised.value.errno == errno.EIO
    assert_nobody_waits(tmp_path / "parts" / "lock")


def test_a_store_that_was_saved_has_nothing_to_take_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(tmp_path / "parts", KINDS, "1") as store:
        store.put("a", {"row": b"1"})
        store.save()
        monkeypatch.setattr(os, "ftruncate", failing)

    with Store(tmp_path / "parts", KINDS, "1") as store:
        assert read(store, "row", "a") == b"1"


@pytest.mark.parametrize("step", ["unlink", "glob"])
def test_a_pack_that_cannot_be_removed_waits_for_the_next_build(
    tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack(tmp_path)
    with monkeypatch.context() as patch, Store(tmp_path / "parts", KINDS, "1") as store:
        Packer(store.folder, KINDS).close()
        store.put("b", {"row": b"2"})
        patch.setattr(Path, step, failing)
        store.save()

    with Store(tmp_path / "parts", KINDS, "1") as store:
        assert packs(tmp_path / "parts") == ["main.pack"]
        assert read(store, "row", "b") == b"2"


@pytest.mark.usefixtures("removal")
def test_the_space_of_forgotten_records_is_won_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hiringhall.engine.store._WORTH_PACKING", 100)
    for build in range(60):
        with Store(tmp_path / "parts", KINDS, "1") as store:
            store.forget(list(store.keys() - {"first"}))
            if not build:
                store.put("first", {"row": b"stays"})
            store.put(str(build), {"row": b"x" * 50})
            store.save()
            if build % 2:
                store.put("unsaved", {"row": b"x" * 10})

            assert sum(path.stat().st_size for path in store.folder.glob("*.pack")) <= 300

    with Store(tmp_path / "parts", KINDS, "1") as store:
        assert set(store.keys()) == {"first", "59"}
        assert (read(store, "row", "first"), read(store, "row", "59")) == (b"stays", b"x" * 50)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.parametrize("named", [True, False], ids=["a folder", "a temporary folder"])
def test_a_forked_process_reads_what_was_saved(tmp_path: Path, named: bool) -> None:
    with Store(tmp_path / "parts" if named else None, KINDS, "1") as store:
        store.put("a", {"row": b"1"})
        store.save()
        there = multiprocessing.get_context("fork").Process(
            target=lambda: sys.exit(read(store, "row", "a") != b"1")
        )
        there.start()
        there.join()

        assert there.exitcode == 0
        assert read(store, "row", "a") == b"1"


def test_another_generation_starts_empty(tmp_path: Path) -> None:
    pack(tmp_path)

    with Store(tmp_path / "parts", KINDS, "2") as store:
        assert list(store.keys()) == []
    with Store(tmp_path / "parts", ("row",), "2") as store:
        assert list(store.keys()) == []


@pytest.mark.parametrize("damage", [b"this is no index, whatever its name says" * 100, b""])
@pytest.mark.usefixtures("removal")
def test_a_damaged_index_is_thrown_away(tmp_path: Path, damage: bytes) -> None:
    with Store(tmp_path / "parts", KINDS, "1") as store:
        store.put("a", {"row": b"1"})
        store.save()
    (tmp_path / "parts" / "index").write_bytes(damage)

    with Store(tmp_path / "parts", KINDS, "1") as store:
        assert not store.keys()
        store.put("a", {"row": b"2"})
        store.save()

        assert read(store, "row", "a") == b"2"


@pytest.mark.parametrize("place", range(3))
def test_a_bit_that_flipped_in_a_pack_is_damage(tmp_path: Path, place: int) -> None:
    with Store(tmp_path / "parts", KINDS, "1") as store:
        store.put("a", {"row": b"12", "rss": b"3"})
        store.save()
    pack = tmp_path / "parts" / "main.pack"
    data = bytearray(pack.read_bytes())
    data[place] ^= 1
    pack.write_bytes(data)

    with Store(tmp_path / "parts", KINDS, "1") as store, pytest.raises(DamagedError):
        assert [*map(partial(read, store, key="a"), KINDS)]


def test_a_pack_that_was_cut_off_is_damage(tmp_path: Path) -> None:
    with Store(tmp_path / "parts", KINDS, "1") as store:
        store.put("a", {"row": b"first"})
        store.put("b", {"row": b"second"})
        store.save()
    os.truncate(tmp_path / "parts" / "main.pack", 8)

    with Store(tmp_path / "parts", KINDS, "1") as store:
        store.put("c", {"row": b"third"})
        assert (read(store, "row", "a"), read(store, "row", "c")) == (b"first", b"third")
        with pytest.raises(DamagedError):
            read(store, "row", "b")


def test_a_part_that_is_gone_while_it_is_needed_is_a_broken_machine(tmp_path: Path) -> None:
    with Store(tmp_path / "parts", KINDS, "1") as store:
        store.put("a", {"row": b"1"})
        os.truncate(store.folder / "main.pack", 0)

        with pytest.raises(OSError, match=r"main\.pack is damaged before byte 1"):
            read(store, "row", "a")


def test_another_waits_until_the_store_is_left(tmp_path: Path) -> None:
    order: list[bytes | None] = []

    def follow() -> None:
        with Store(tmp_path / "parts", KINDS, "1") as second:
            order.extend(second.read("row", ["a"]))

    with Store(tmp_path / "parts", KINDS, "1") as first:
        waiting = threading.Thread(target=follow)
        waiting.start()
        first.put("a", {"row": b"1"})
        first.save()
        waiting.join(0.2)
        order.append(b"left")
    waiting.join()

    assert order == [b"left", b"1"]


def test_a_store_that_could_not_be_opened_holds_up_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack(tmp_path)

    def failing(_folder: Path, _pattern: str) -> NoReturn:
        raise PermissionError

    with monkeypatch.context() as patched:
        patched.setattr(Path, "glob", failing)
        with pytest.raises(PermissionError), Store(tmp_path / "parts", KINDS, "1"):
            pass

    assert_nobody_waits(tmp_path / "parts" / "lock")


def assert_nobody_waits(lock: Path) -> None:
    def follow() -> None:
        with alone(lock):
            pass

    waiting = threading.Thread(target=follow, daemon=True)
    waiting.start()
    waiting.join(5)
    assert not waiting.is_alive()
