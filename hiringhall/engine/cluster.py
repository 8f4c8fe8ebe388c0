"""Executors beyond this machine, by address.

Owns the connection to a running cluster; refuses to know what is computed there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concurrent.futures import Executor

_DASK = "dask://"
_PATIENCE = "10s"  # for a scheduler to answer, in Dask's form


class ClusterError(Exception):
    """The executor asked for is not available; the message says why."""


@contextmanager
def connected(address: str | None) -> Iterator[Executor | None]:
    """Give the executor at an address such as `dask://scheduler:8786`, or None if none is asked for.

    The machines of the cluster need this version of the program. Raises ClusterError.
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
        yield client.get_executor()
