"""The parts that a template asks of a value which has no such part, all at once: `{{ posting.titel }}`.

So are strings and files that it names and that are not there: `{{ t("nav.titel") }}`. Owns what a name stands
for where that is sure: what a page gives, its parts, and the first of what is gone through. Refuses to know
the rest, such as what a template sets. Asked only where a page has failed: what is asked for in vain only in
a case that never comes is no fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from jinja2 import Environment, nodes

from hiringhall.pages.unknown_names import WITHOUT, set_in, tree_of

# For parts, for strings and files, or for another template that may.
_ASKING = (nodes.Getattr, nodes.Call, nodes.Include, nodes.Extends)
_UNSURE = None  # as what is not given: neither has parts


class Lacking(NamedTuple):
    """A part that a value lacks: in which template and line, behind which word, its name, the value."""

    template: str
    line: int
    owner: str
    part: str
    value: object


class Refused(NamedTuple):
    """What a function that pages give refuses: in which template and line, what it was asked for, and why."""

    template: str
    line: int
    asked: str
    raised: Exception


class _Look(NamedTuple):
    """A look through some templates; `seen` are those that have been gone through."""

    texts: Mapping[str, str]
    environment: Environment
    seen: set[str]

    def through(self, name: str, known: Mapping[str, object]) -> Iterator[Lacking | Refused]:
        """Yield what a template, or one that it uses, asks of these values and they lack."""
        if name not in self.texts or name in self.seen:
            return
        self.seen.add(name)
        tree = tree_of(self.environment, self.texts[name])
        yield from self._within(tree, name, {**known, **dict.fromkeys(_set_in(tree), _UNSURE)})

    def _within(
        self, node: nodes.Node, name: str, known: Mapping[str, object]
    ) -> Iterator[Lacking | Refused]:
        if isinstance(node, nodes.Test | nodes.Filter) and node.name in WITHOUT:
            return
        if bound := _bound(node, known):
            known = {**known, **bound}
        if isinstance(node, nodes.Include | nodes.Extends) and isinstance(node.template, nodes.Const):
            yield from self.through(str(node.template.value), known)
        if isinstance(node, nodes.Getattr):
            value = _value(node.node, known)
            parts = parts_of(value)
            if parts and node.attr not in parts:
                owner = node.node
                word = str(owner.attr if isinstance(owner, nodes.Getattr) else getattr(owner, "name", ""))
                yield Lacking(name, node.lineno, word, node.attr, value)
        if isinstance(node, nodes.Call) and (raised := _refusal(node, known)):
            yield Refused(name, node.lineno, str(node.args[0].as_const()), raised)
        for child in _askers(node):
            yield from self._within(child, name, known)


def unknown_parts(
    name: str, texts: Mapping[str, str], environment: Environment, given: Mapping[str, object]
) -> Iterator[Lacking | Refused]:
    """Yield each part that a template, or one that it uses, asks for in vain when given these values.

    `texts` are those of templates that can be compiled.
    """
    return _Look(texts, environment, set()).through(name, given)


@lru_cache(maxsize=64)  # many pages fail for one reason
def _set_in(tree: nodes.Template) -> frozenset[str]:
    """Return the names that a template sets otherwise than by going through something."""
    loops = {each.name for loop in tree.find_all(nodes.For) for each in _names(loop.target)}
    return frozenset(set_in(tree) - loops)


@lru_cache(maxsize=1 << 14)
def _askers(node: nodes.Node) -> tuple[nodes.Node, ...]:
    """Return the children of a node in which something is asked for: many pages fail for one reason."""
    children = node.iter_child_nodes()
    return tuple(each for each in children if isinstance(each, _ASKING) or any(each.find_all(_ASKING)))


def parts_of(value: object) -> tuple[str, ...]:
    """Return the names of the parts of what pages give; those of a value of another type are not known."""
    kind: Any = type(value)
    return _parts_of(kind)


@lru_cache(maxsize=64)
def _parts_of(kind: Any) -> tuple[str, ...]:
    is_ours = kind.__module__.startswith("hiringhall.") and hasattr(kind, "__match_args__")
    return tuple(name for name in vars(kind) if not name.startswith("_")) if is_ours else ()


def _value(node: nodes.Node, known: Mapping[str, object]) -> object:
    """Return what an expression stands for, where it is a name or a part of what one stands for."""
    if isinstance(node, nodes.Name):
        return known.get(node.name, _UNSURE)
    if not isinstance(node, nodes.Getattr):
        return _UNSURE
    value = _value(node.node, known)
    return getattr(value, node.attr) if node.attr in parts_of(value) else _UNSURE


def _refusal(call: nodes.Call, known: Mapping[str, object]) -> Exception | None:
    """Return what a function raises that pages give, asked for what the template itself names, if it does."""
    function = _value(call.node, known)
    is_named = bool(call.args) and all(isinstance(each, nodes.Const) for each in call.args)
    if callable(function) and is_named and not (call.dyn_args or call.dyn_kwargs):
        try:
            function(
                *(each.as_const() for each in call.args), **dict.fromkeys(each.key for each in call.kwargs)
            )
        except Exception as raised:  # noqa: BLE001 - whatever it raises, a page would have failed by it
            return raised
    return None


def _bound(node: nodes.Node, known: Mapping[str, object]) -> dict[str, object]:
    """Return what names stand for within a loop, for the first of what it goes through, or within a macro."""
    if isinstance(node, nodes.Macro):
        return {each.name: _UNSURE for each in node.args}
    if not isinstance(node, nodes.For):
        return {}
    value = _value(node.iter, known)
    first = value[0] if isinstance(value, tuple | list) and value else _UNSURE
    return {each.name: first if node.target is each else _UNSURE for each in _names(node.target)}


def _names(target: nodes.Node) -> list[nodes.Name]:
    return [target] if isinstance(target, nodes.Name) else [*target.find_all(nodes.Name)]
