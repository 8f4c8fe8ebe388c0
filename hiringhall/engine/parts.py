"""What lists need to know of the bytes made for each of their members.

Owns the shape of that need; refuses to know where the bytes are kept or when they are made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol


class Parts(Protocol):
    """Bytes made once for each subject, by kind; the subject's `key` names its content."""

    def read(self, kind: str, subjects: Sequence[Any], /) -> Iterator[bytes]:
        """Yield the part of `kind` made for each subject."""
