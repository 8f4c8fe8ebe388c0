"""What lists need of the bytes that were made for each of their members.

Owns the shape of that need; refuses to know where the bytes are kept or when they are made.
"""

from __future__ import annotations

from typing import Any, Protocol


class Parts(Protocol):
    """Bytes made once for each subject, by kind; the subject's `key` names its content."""

    def read(self, kind: str, subject: Any, /) -> bytes:
        """Return the part of `kind` made for `subject`."""
