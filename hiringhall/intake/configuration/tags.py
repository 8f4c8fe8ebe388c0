"""The setting `tags`: the only tags that postings can have, each with the words that readers see.

Owns how they are written; refuses to know which postings have them.
"""

from __future__ import annotations

from collections.abc import Mapping

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from hiringhall.intake.fields.forms import COMMAS, Problem, stated, text
from hiringhall.intake.fields.reading import Reading, is_blank
from hiringhall.intake.fields.unstated import says_nothing
from hiringhall.intake.frontmatter.quoting import bracketed
from hiringhall.policies.slugs import term_slug

_BRACES = "put { and } in place of [ and ]"


def tags(name: str, node: Node, reading: Reading) -> Mapping[str, str] | None:
    """Parse the site's own tags: lines of the form `law: Law and policy`, or a list of them without words."""
    pairs: list[tuple[Node, Node]] = node.value
    if not isinstance(node, MappingNode):
        if not isinstance(node, SequenceNode) or any(isinstance(each, MappingNode) for each in node.value):
            _refuse(name, node, reading)
            return None
        pairs = [(each, each) for each in node.value]
    found: dict[str, str] = {}
    slugs: dict[str, str] = {}
    for key, value in pairs:
        tag = text(name, key, reading)
        label = tag if value is key or is_blank(value) else stated(f"{name}.{tag}", value, reading)
        if tag is None or label is None:
            continue
        problem = _tag_problem(tag, slugs)
        if problem:
            reading.error(key, *problem)
        else:
            found[tag] = label
    return found or None  # an empty list is none


def _refuse(name: str, node: Node, reading: Reading) -> None:
    """Report tags as one text, or as a list with words that readers see."""
    words = [word.strip().lower() for word in COMMAS.split(str(node.value)) if word.strip()]
    if all(map(says_nothing, words)):
        hint = "delete the line"
    elif node.end_mark.line > node.start_mark.line:
        hint = "write each on a line of its own, as in law: Law and policy, without a hyphen before it"
    else:
        hint = f"write {name}: {bracketed(words)}" if isinstance(node, ScalarNode) else _BRACES
    reading.error(node, "setting-tags", f"{name} must be lines of the form tag: words readers see", hint)


def _tag_problem(tag: str, slugs: dict[str, str]) -> Problem | None:
    """Return what is wrong with a tag; `slugs` leads from the slugs of those before it to them."""
    other = slugs.setdefault(term_slug(tag), tag)
    if tag.startswith("/"):
        message = f"{tag!r} is an address, not a tag"
        return Problem("setting-tags", message, "put it below a line redirects: that starts at the left edge")
    if tag != tag.lower():
        return Problem("setting-tags", f"the tag {tag!r} must be in lower case", f"write {tag.lower()}")
    if other != tag:
        message = f"the tags {other!r} and {tag!r} would have the same address"
        return Problem("setting-tags", message, "keep one of them")
    return None
