"""The setting `theme`: the colors of the site, by the names that its style sheet has for them.

Owns those names and how a color is written; refuses to know where each is seen.
"""

from __future__ import annotations

from collections.abc import Mapping

from yaml.nodes import MappingNode, Node

from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.forms import SET_IN, Problem, of_text
from hiringhall.intake.fields.reading import Reading, unknown_field
from hiringhall.intake.frontmatter.composing import Member

_TOKENS = (
    "accent", "accent-strong", "on-accent", "band", "on-band", "brass", "closed-ground", "edge", "focus",
    "ink", "line", "muted", "paper", "sheet", "soon", "soon-ground",
)  # fmt: skip
THEME = (*_TOKENS, *(f"{token}-dark" for token in _TOKENS))
# What is written for a token, where the spelling tells another or none.
_OTHER_NAMES = {
    "link": "accent", "primary": "accent", "text": "ink", "background": "paper", "header": "band",
    **{f"dark-{token}": f"{token}-dark" for token in _TOKENS},
}  # fmt: skip
_COLOR = pattern(r"#[0-9A-Fa-f]{6}")
_A_LINE_EACH = "write a line for each color: accent: is for the light scheme, accent-dark: for the dark one"


def theme(name: str, node: Node, reading: Reading) -> Mapping[str, str] | None:
    """Parse lines of the form `accent: "#005a9c"`; return colors by token."""
    if not isinstance(node, MappingNode):
        hint = f"{SET_IN}; or, for the usual colors, delete the line"
        message = f'{name} must be lines of the form accent: "#005a9c"'
        reading.error(node, "setting-color", message, hint)
        return None
    colors: dict[str, str] = {}
    for key, value in node.value:
        if isinstance(value, MappingNode) and key.value != "<<":
            message = f"{name}.{key.value} must be a color, but this is a group of fields"
            reading.error(key, "not-text", message, _A_LINE_EACH)
        elif key.value in THEME:
            colors[key.value] = _color(f"{name}.{key.value}", value, reading) or ""
        else:
            unknown_field(Member(key, value), reading, THEME, name, _OTHER_NAMES)
    return colors


@of_text
def _color(name: str, written: str, _reading: Reading) -> str | Problem:
    if _COLOR.fullmatch(written):
        return written.lower()
    message = f"{name} is {written!r}, which is not a color"
    return Problem("setting-color", message, 'write # and six digits, such as "#005a9c"')
