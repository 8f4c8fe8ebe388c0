"""Whether the colors that a site sets can be told apart where they meet.

Owns which tokens are on which, and the contrast they need; refuses to know what a page looks like.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import NamedTuple

from hiringhall.engine.patterns import pattern

TEXT, CONTROL = 4.5, 3.0  # to 1: WCAG 2.2, success criteria 1.4.3 and 1.4.11
_GROUNDS = ("paper", "sheet")
# What is on what, and the contrast it needs.
PAIRS: Mapping[tuple[str, str], float] = {
    **dict.fromkeys(product(("ink", "muted", "accent", "accent-strong", "soon"), _GROUNDS), TEXT),
    ("ink", "closed-ground"): TEXT,
    ("accent", "closed-ground"): TEXT,
    ("soon", "soon-ground"): TEXT,
    ("on-accent", "accent"): TEXT,
    ("on-accent", "accent-strong"): TEXT,
    ("on-band", "band"): TEXT,
    **dict.fromkeys(product(("edge", "focus"), _GROUNDS), CONTROL),
    ("brass", "band"): CONTROL,
}
_TOKEN = pattern(r"--([a-z-]+): (#[0-9a-f]{6});")
_MIDDLE = 0.18  # luminance: above it, black has more contrast with a color than white
_DARK = "-dark"


class Poor(NamedTuple):
    """Colors that are hard to tell apart: `token` is one that the site sets, `other` what it meets.

    `above` is the one of the two that is on the other.
    """

    token: str
    other: str
    above: str
    colors: tuple[str, str]
    ratio: float
    least: float

    @property
    def way(self) -> str:
        """How the one above would have to change: "lighter" or "darker"."""
        ground = self.colors[self.token == self.above]
        return "darker" if luminance(ground) > _MIDDLE else "lighter"


def luminance(color: str) -> float:
    """Return the relative luminance, 0 to 1, of a color such as #1b5a46 (WCAG 2.2)."""
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = map(_linear, channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    is_dark = channel <= 0.04045  # noqa: PLR2004 - where sRGB changes its curve
    return channel / 12.92 if is_dark else ((channel + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors, 1 to 21 (WCAG 2.2).

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def schemes(sheet: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the colors of a style sheet by token, in the light and in the dark scheme."""
    light, _, dark = sheet.partition("@media (prefers-color-scheme: dark)")
    found = dict(_TOKEN.findall(light))
    return found, found | dict(_TOKEN.findall(dark.partition("@media")[0]))


def poor(theme: Mapping[str, str], sheet: str) -> Iterator[Poor]:
    """Yield, for each token of a theme, where it has too little contrast with another, if anywhere."""
    for colors, ending in zip(schemes(sheet), ("", _DARK), strict=True):
        own = {token: theme[token + ending] for token in colors if token + ending in theme}
        shown = colors | own
        worst: dict[str, Poor] = {}
        for (above, below), least in PAIRS.items():
            token, other = (above, below) if above in own else (below, above)
            if token not in own or other not in shown:
                continue
            met = shown[token], shown[other]
            found = Poor(token + ending, other + ending, above + ending, met, contrast(*met), least)
            if found.ratio / least < _share(worst.get(token)):
                worst[token] = found
        yield from worst.values()


def _share(found: Poor | None) -> float:
    return found.ratio / found.least if found else 1.0
