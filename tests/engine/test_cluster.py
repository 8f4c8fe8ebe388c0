"""Work on a cluster: the same bytes as on this machine, and a clear message if there is none."""

from __future__ import annotations

import os
import pickle
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from build import build
from hiringhall.engine import workers
from hiringhall.engine.cluster import ClusterError, _compare_workers, connected
from hiringhall.intake.files.sources import scan, with_data
from hiringhall.pages.templates import _compiled
from hiringhall.pipeline import prepare
from hiringhall.site import read_files, read_site
from tests.sites import copied_layouts, options
from tests.trees import tree


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster:
        yield cluster.scheduler_address.replace("tcp://", "dask://")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_of_two_makes_the_same_bytes(
    tmp_path: Path, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "SERIAL_BELOW", 2)
    here, there = (
        options(tmp_path / name, "2026-01-26T17:00:00+00:00", cache=None, executor=executor)
        for name, executor in (("here", None), ("there", scheduler))
    )

    assert build(here).published
    assert build(there).published
    assert tree(here.output) == tree(there.output)


def test_its_machines_need_neither_content_nor_layouts(tmp_path: Path) -> None:
    here = options(tmp_path, "2026-01-26T17:00:00+00:00", cache=None, layouts=copied_layouts(tmp_path))
    site, _ = read_site(here, read_files(here), None)
    source = (scan(here.content).value or ())[0]
    sent = pickle.dumps((site.setup, with_data(source)))
    shutil.rmtree(here.layouts)
    _compiled.cache_clear()

    setup, source = pickle.loads(sent)
    (made,) = prepare(setup)([source._replace(path="elsewhere/organizer.md")])

    assert made.parts
    assert made.diagnostics == ()


def test_an_address_of_no_known_kind_is_refused() -> None:
    with pytest.raises(ClusterError, match="dask://"), connected("http://127.0.0.1:1"):
        pass


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_scheduler_that_does_not_answer_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hiringhall.engine.cluster._PATIENCE", 1)

    with pytest.raises(ClusterError, match="no scheduler answers"), connected("dask://127.0.0.1:9"):
        pass


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_workers_with_another_version_are_refused(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hiringhall.engine.cluster.program_key", os.getpid)

    with pytest.raises(ClusterError, match="2 of 2 workers"), connected(scheduler):
        pass


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_without_workers_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr("hiringhall.engine.cluster._PATIENCE", 2)

    with (
        LocalCluster(n_workers=0, dashboard_address=None, host="127.0.0.1") as cluster,
        pytest.raises(ClusterError, match="no workers"),
        connected(cluster.scheduler_address.replace("tcp://", "dask://")),
    ):
        pass


class TwoWorkers:
    """A client of two workers, of which one has no program and can be sent only what has a name."""

    def wait_for_workers(self, *_: object, **__: object) -> None:
        pass

    def run(self, function: Callable[[], str], on_error: str = "raise") -> dict[str, object]:
        lacking = ModuleNotFoundError(pickle.dumps(function))
        if on_error == "raise":
            raise lacking
        return {"tcp://one": function(), "tcp://two": lacking}


def test_a_worker_that_cannot_answer_is_refused() -> None:
    with pytest.raises(ClusterError, match=r"1 of 2 workers at dask://x .*: tcp://two$"):
        _compare_workers(TwoWorkers(), "dask://x")


def test_without_the_extra_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(ClusterError, match=r"\.\[cluster\]"), connected("dask://127.0.0.1:8786"):
        pass


def test_no_address_is_no_executor() -> None:
    with connected(None) as executor:
        assert executor is None
