"""The time that the stages of a run take.

Owns the laps; refuses to know the stages.
"""

from __future__ import annotations

import time


class Stopwatch:
    """Starts when it is created; `laps` are the names of finished stages with their seconds."""

    def __init__(self) -> None:
        self._began = self._last = time.perf_counter()
        self.laps: list[tuple[str, float]] = []

    def lap(self, name: str) -> None:
        """End the stage that began with the last lap."""
        now = time.perf_counter()
        self.laps.append((name, now - self._last))
        self._last = now

    @property
    def seconds(self) -> float:
        """The seconds since the start."""
        return time.perf_counter() - self._began
