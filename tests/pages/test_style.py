"""The style sheet keeps the contrast that WCAG 2.2 asks for, in both schemes."""

from __future__ import annotations

import re

import pytest

from tests.pages.support import LAYOUTS

CSS = (LAYOUTS / "assets/css/site.css").read_text("utf-8")
TOKEN = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
_light, _dark = CSS.split("@media (prefers-color-scheme: dark)")[:2]
LIGHT = dict(TOKEN.findall(_light))
DARK = LIGHT | dict(TOKEN.findall(_dark))

TEXT = [
    *(
        (ink, ground)
        for ink in ("ink", "muted", "accent", "accent-strong", "soon")
        for ground in ("paper", "sheet")
    ),
    ("ink", "closed-ground"),
    ("accent", "closed-ground"),
    ("soon", "soon-ground"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-band", "band"),
]
CONTROLS = [
    *((line, ground) for line in ("edge", "accent", "focus") for ground in ("paper", "sheet")),
    ("brass", "band"),
]


def luminance(color: str) -> float:
    """Return the relative luminance of a color (WCAG 2.2)."""
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("pair", "least"), [*((pair, 4.5) for pair in TEXT), *((pair, 3.0) for pair in CONTROLS)], ids=str
)
def test_contrast(scheme: dict[str, str], pair: tuple[str, str], least: float) -> None:
    assert contrast(scheme[pair[0]], scheme[pair[1]]) >= least


def test_nothing_is_loaded_from_elsewhere() -> None:
    assert "url(" not in CSS
    assert "@import" not in CSS
