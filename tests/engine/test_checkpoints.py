"""A mapping kept between builds comes back as it was saved last, whatever changed in between."""

from __future__ import annotations

import os
import random
from functools import partial
from pathlib import Path
from typing import TypeAlias

import pytest

from hiringhall.engine.checkpoints import Checkpointed

Value: TypeAlias = tuple[int, str]

at = partial(Checkpointed[Value], flattened=list, revived=tuple)


def test_what_was_saved_last_comes_back_after_any_changes(tmp_path: Path) -> None:
    path, rng = tmp_path / "index", random.Random(5)
    expected: dict[str, Value] = {}
    for step in range(200):
        kept = at(path, "1")
        entries = kept.load()
        assert entries == expected
        for _ in range(rng.choice([1, 1, 2])):  # a server saves several times
            for key in rng.sample(range(60), rng.choice([0, 1, 2, 50])):
                if rng.random() < 0.3:
                    entries.pop(str(key), None)
                else:
                    entries[str(key)] = step, "text"
            kept.save(entries)
        expected = dict(entries)


def test_a_change_is_written_without_all_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "index"
    at(path, "1").save({str(number): (number, f"{number}" * 50) for number in range(100)})
    whole = path.read_bytes()

    kept = at(path, "1")
    kept.save({**kept.load(), "7": (-7, "")})

    assert path.read_bytes() == whole
    assert (tmp_path / "index.since").stat().st_size < len(whole) / 50
    assert at(path, "1").load()["7"] == (-7, "")


def test_a_server_need_not_read_what_it_has_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "index"
    at(path, "1").save({"a": (1, "")})
    read: list[Path] = []
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda file: read.append(file) or read_bytes(file))

    assert [at(path, "1").load() for _ in range(2)] == [{"a": (1, "")}] * 2
    assert len(read) == len({*read})


def test_what_something_else_wrote_counts_as_none(tmp_path: Path) -> None:
    at(tmp_path / "index", "1").save({"a": (1, "")})

    assert not at(tmp_path / "index", "2").load()


@pytest.mark.parametrize("name", ["index", "index.since"])
def test_a_damaged_file_counts_as_none(tmp_path: Path, name: str) -> None:
    path = tmp_path / "index"
    first: dict[str, Value] = {str(number): (number, "") for number in range(100)}
    at(path, "1").save(first)
    kept = at(path, "1")
    kept.save({**kept.load(), "7": (-7, "")})
    os.truncate(tmp_path / name, 40)

    assert at(path, "1").load() == ({} if name == "index" else first)


def test_changes_since_another_checkpoint_count_as_none(tmp_path: Path) -> None:
    """A build can be killed after it wrote the one file, and before it wrote the other."""
    path = tmp_path / "index"
    at(path, "1").save({str(number): (number, "") for number in range(100)})
    kept = at(path, "1")
    kept.save({**kept.load(), "7": (-7, "")})
    changes = (tmp_path / "index.since").read_bytes()
    last: dict[str, Value] = {str(number): (-number, "") for number in range(100)}
    at(path, "1").save(last)
    (tmp_path / "index.since").write_bytes(changes)

    assert at(path, "1").load() == last


def test_changes_belong_to_the_checkpoint_that_was_loaded(tmp_path: Path) -> None:
    """Where a file system has no locks, two builds may save one after the other."""
    path = tmp_path / "index"
    at(path, "1").save({str(number): (number, "") for number in range(100)})
    slow = at(path, "1")
    quick: dict[str, Value] = {str(number): (-number, "") for number in range(100)}
    at(path, "1").save(quick)
    slow.save({**slow.load(), "7": (7, "slow")})

    assert at(path, "1").load() == quick


def test_nothing_is_kept_as_well_as_something(tmp_path: Path) -> None:
    at(tmp_path / "index", "1").save({"a": (1, "")})
    at(tmp_path / "index", "2").save({})

    assert not at(tmp_path / "index", "1").load()
