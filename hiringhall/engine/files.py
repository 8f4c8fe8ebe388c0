"""Writing by a file's descriptor, for when a file object costs more than the work.

Owns that all bytes are written; refuses to know what they are.
"""

from __future__ import annotations

import os


def write_all(descriptor: int, data: bytes, path: str) -> None:
    """Write all bytes: one call may write fewer. Raises OSError with the path of the file."""
    rest = memoryview(data)
    try:
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    except OSError as fault:
        fault.filename = path
        raise
