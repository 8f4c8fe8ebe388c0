"""Executors beyond this machine, by address.

Owns the connection to a running cluster; refuses to know what is computed there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from hiringhall.engine.digests import program_key

if TYPE_CHECKING:
    from concurrent.futures import Executor

_DASK = "dask://"
_PATIENCE = 10  # seconds, for a scheduler to answer, and for a first worker to come


class ClusterError(Exception):
    """The executor asked for is not available; the message says why."""


@contextmanager
def connected(address: str | None) -> Iterator[Executor | None]:
    """Give the executor at an address such as `dask://scheduler:8786`, or None if none is asked for.

    The machines of the cluster need this version of the program, its libraries and Python: what they make is
    kept in the cache as made here. Raises ClusterError.
    """
    if address is None:
        yield None
        return
    if not address.startswith(_DASK):
        raise ClusterError(f"{address!r} is not the address of an executor, which begins with {_DASK}")
    try:
        import distributed
    except ImportError:
        raise ClusterError('an executor needs an extra: run pip install --editable ".[cluster]"') from None
    try:
        dask: Any = distributed
        client = dask.Client(f"tcp://{address.removeprefix(_DASK)}", timeout=_PATIENCE)
    except (OSError, ValueError) as fault:
        raise ClusterError(f"no scheduler answers at {address}: {fault}") from None
    with client:
        _compare_workers(client, address)
        yield client.get_executor()


def _compare_workers(client: Any, address: str) -> None:
    """Raise ClusterError if there are no workers, or some that would make other bytes, or none at all.

    What they are asked goes to them by its name: code can only be sent to the same Python. If a worker has no
    such function, what it raises stands in place of its answer.
    """
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError:
        raise ClusterError(f"the cluster at {address} has no workers") from None
    found = client.run(program_key, on_error="return")
    others = sorted(worker for worker, theirs in found.items() if theirs != program_key())
    if others:
        raise ClusterError(
            f"{len(others)} of {len(found)} workers at {address} do not have this version of the program "
            f"with the same libraries and Python: {others[0]}{' and others' if others[1:] else ''}"
        )
