"""How compiled templates write values and call functions: to the same effect as in Jinja, in less time.

Owns what makes them cheap; refuses to know any template.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from jinja2 import Template
from jinja2.runtime import Context
from markupsafe import Markup, escape

# Pages share most of what they show: words, names, places, dates, and what they say of each other.
_escaped = lru_cache(maxsize=1 << 12)(escape)


class DirectContext(Context):
    """What a template is given, that calls functions with nothing but what the template gives them.

    Jinja would look at each function for marks by which it asks for more: those that templates have here
    ask for nothing.
    """

    def call(
        self,
        function: Callable[..., Any],
        /,
        *args: Any,
        _loop_vars: object = None,
        _block_vars: object = None,
        **kwargs: Any,
    ) -> Any:
        """Call a function; what Jinja passes besides is for those that ask for it."""
        return function(*args, **kwargs)


def write_quickly(template: Template) -> None:
    """Let a compiled template join plain text, escaped once for all pages that share it."""
    template.root_render_func.__globals__["escape"] = _written


def _written(value: object) -> str:
    kind = type(value)
    if kind is str:
        return _escaped(value)
    return value if kind is Markup else escape(value)  # type: ignore[return-value]
