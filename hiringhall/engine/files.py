"""Writing files so that nobody takes a part of one for all of it.

Owns that all bytes are written; refuses to know what they are.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory


def write_all(descriptor: int, data: bytes, path: str) -> None:
    """Write all bytes by a descriptor: one call may write fewer. Raises OSError with the path of the file."""
    rest = memoryview(data)
    try:
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    except OSError as fault:
        fault.filename = path
        raise


def write_whole(path: Path, data: bytes) -> None:
    """Put a file in place once all of it is written; until then, what was there stays. Raises OSError.

    Several processes may write the same one at once: it is that of the last.
    """
    with TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
        fresh = Path(folder, path.name)
        fresh.write_bytes(data)
        fresh.replace(path)
