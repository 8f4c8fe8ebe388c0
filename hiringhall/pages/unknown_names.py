"""The names that a template and those that it uses ask for, and that nobody gives them, all at once.

Owns what in a template gives a name; refuses to know what pages give. Asked only where a page has failed: a
name that is asked for in vain only in a case that never comes is no fault.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from jinja2 import Environment, meta, nodes

# What Jinja gives within loops, blocks and macros, also to what they include.
_OF_JINJA = frozenset({"loop", "self", "super", "caller", "varargs", "kwargs"})

# The tests and filters of what there need not be.
WITHOUT = frozenset({"defined", "undefined", "default", "d"})


class _Asked(NamedTuple):
    """What one template asks for, with the line of each time, what it gives or can do without, and uses."""

    lines: tuple[tuple[str, int], ...]
    given: frozenset[str]
    used: tuple[str, ...]


def unknown_names(
    name: str, texts: Mapping[str, str], environment: Environment, given: Collection[str]
) -> Iterator[tuple[str, int, str]]:
    """Yield each name that a template lacks when it is given these: in which one, on which line, the name.

    `texts` are those of templates that can be compiled.
    """
    used: dict[str, _Asked] = {}
    waiting = [name]
    while waiting:
        each = waiting.pop()
        if each in texts and each not in used:
            used[each] = _asked(environment, texts[each])
            waiting += used[each].used
    known = _OF_JINJA.union(given, environment.globals, *(asked.given for asked in used.values()))
    for template, asked in used.items():
        yield from ((template, line, word) for word, line in asked.lines if word not in known)


@lru_cache(maxsize=64)  # many pages fail for one reason
def tree_of(environment: Environment, text: str) -> nodes.Template:
    """Parse a template that can be compiled, without text that nobody sees: outside its blocks."""
    tree = environment.parse(text)
    below = next((at for at, node in enumerate(tree.body) if isinstance(node, nodes.Extends)), len(tree.body))
    shown = (node for node in tree.body[below:] if not isinstance(node, nodes.Output))
    tree.body[below:] = [*shown]
    return tree


def set_in(tree: nodes.Template) -> set[str]:
    """Return the names that a template gives something to: values, macros and what it imports."""
    given = {each.name for each in tree.find_all(nodes.Name) if each.ctx != "load"}
    given |= {each.name for each in tree.find_all(nodes.Macro)}
    given |= {each.target for each in tree.find_all(nodes.Import)}
    for imported in tree.find_all(nodes.FromImport):
        given |= {each if isinstance(each, str) else each[1] for each in imported.names}
    return given


@lru_cache(maxsize=64)
def _asked(environment: Environment, text: str) -> _Asked:
    tree = tree_of(environment, text)
    lacking = meta.find_undeclared_variables(tree)
    names = [*tree.find_all(nodes.Name)]
    lines = dict.fromkeys((each.name, each.lineno) for each in names if each.name in lacking)
    given = set_in(tree)
    for asked in tree.find_all((nodes.Test, nodes.Filter)):
        if asked.name in WITHOUT and isinstance(asked.node, nodes.Name):
            given.add(asked.node.name)
    used = (each for each in meta.find_referenced_templates(tree) if each)
    return _Asked((*lines,), frozenset(given), (*used,))
