"""Templates within each other: how deep they may be.

Owns that no page is made without end; refuses to know what a page is made of. Python would end it too, but
after seconds for each page: every level passes on what all those within it have written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, Template, TemplateSyntaxError, nodes
from jinja2.runtime import Context

from hiringhall.engine.patterns import pattern

_DEPTH = "\0depth"  # a name that no template can ask for
_DEEPEST = 50
_EXTENDS = pattern(r"\bextends\s+[\"']([^\"']+)")


class EndingTemplate(Template):
    """A template that counts how many it is used within. Raises RecursionError where there are too many."""

    def new_context(
        self,
        vars: dict[str, Any] | None = None,  # noqa: A002 - Jinja's name
        shared: bool = False,
        locals: Mapping[str, Any] | None = None,  # noqa: A002 - Jinja's name
    ) -> Context:
        """Return what the template is given, with one more level."""
        depth = (vars or {}).get(_DEPTH, 0) + 1
        if depth > _DEEPEST:
            raise RecursionError
        return super().new_context({**(vars or {}), _DEPTH: depth}, shared, locals)


def need_end(name: str, texts: Mapping[str, str], environment: Environment) -> None:
    """Refuse a template that extends itself, if only through others. Raises TemplateSyntaxError."""
    last = name
    for _ in texts:
        found = _EXTENDS.search(texts.get(last, ""))
        if found is None:
            return
        last = found[1]
        if last == name and (extends := environment.parse(texts[name]).find(nodes.Extends)):
            raise TemplateSyntaxError("the template extends itself", extends.lineno)
