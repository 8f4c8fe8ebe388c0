"""Regular expressions that are compiled when they are first used: any one run needs few of them.

Owns when they are compiled; refuses to know what they find.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, Generic, cast


class _Uncompiled(Generic[AnyStr]):
    """Stands for a compiled pattern, and has all that one has; `pattern` is known before, to build others."""

    def __init__(self, source: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self.pattern, self._flags), name)  # noqa: TID251
        setattr(self, name, found)  # so that it is not asked for again
        return found


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    r"""Return the pattern that `re.compile` returns, which raises `re.error` only when it is used.

    >>> pattern(r"\d+").findall("1 of 20")
    ['1', '20']
    """
    return cast("re.Pattern[AnyStr]", _Uncompiled(source, flags))
