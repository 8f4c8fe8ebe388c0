"""The style sheets keep the contrast that WCAG 2.2 asks for, in both schemes, and suit both directions."""

from __future__ import annotations

import re

import pytest

from hiringhall.intake.configuration.theme import THEME
from hiringhall.pages.contrast import PAIRS, TEXT, contrast, poor, schemes
from tests.trees import LAYOUTS

CSS = (LAYOUTS / "assets/css/site.css").read_text("utf-8")
SCHEMES = dict(zip(("light", "dark"), schemes(CSS), strict=True))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("pair", "least"), PAIRS.items(), ids=str)
def test_contrast(scheme: str, pair: tuple[str, str], least: float) -> None:
    assert contrast(*map(SCHEMES[scheme].__getitem__, pair)) >= least


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_is_text_on_a_ground_needs_the_contrast_of_text(scheme: str) -> None:
    texts = {above for (above, _), least in PAIRS.items() if least == TEXT}
    assert texts == {"ink", "muted", "accent", "accent-strong", "soon", "on-accent", "on-band"}
    assert SCHEMES[scheme].keys() >= set(THEME) - {name for name in THEME if name.endswith("-dark")}


@pytest.mark.parametrize(
    ("theme", "found"),
    [
        ({}, []),
        ({"band": "#17382e", "accent": "#1b5a46"}, []),
        ({"band": "#ffd100"}, [("band", "on-band", "darker")]),
        ({"band": "#ffd100", "on-band": "#000000", "brass": "#5a3c00"}, []),
        ({"band-dark": "#ffd100"}, [("band-dark", "on-band-dark", "darker")]),
        ({"accent-dark": "#1b5a46"}, [("accent-dark", "closed-ground-dark", "lighter")]),
        ({"line": "#f6f3ea"}, []),
        ({"brass": "#2b4a40"}, [("brass", "band", "lighter")]),
        ({"band": "#808080", "brass": "#000000", "on-band": "#777777"}, [("on-band", "band", "darker")]),
        ({"band": "#737373", "brass": "#000000", "on-band": "#777777"}, [("on-band", "band", "lighter")]),
        ({"ink": "#bbbbbb", "paper": "#ffffff"}, [("ink", "closed-ground", "darker")]),
    ],
)
def test_a_color_of_the_theme_is_told_where_it_is_lost(theme, found) -> None:
    assert [(each.token, each.other, each.way) for each in poor(theme, CSS)] == found


def test_what_is_printed_has_no_part_in_the_dark_scheme() -> None:
    sheet = (
        "--ink: #000000;@media (prefers-color-scheme: dark) {--ink: #ffffff;}@media print {--ink: #111111;}"
    )
    assert schemes(sheet) == ({"ink": "#000000"}, {"ink": "#ffffff"})


def test_no_side_is_left_or_right_where_it_would_be_wrong_from_right_to_left() -> None:
    """All other sides are those where a line begins and ends."""
    sided = re.compile(
        r"(?:padding|margin|border|inset)-(?:left|right)\b|[^-](?:left|right|float):"
        r"|(?<!-)(?:padding|margin|border-width|border-radius|inset): (\S+) (\S+) (\S+) (?!\2)[^\s;]+;"
    )
    found = [
        each[0]
        for sheet in (LAYOUTS / "assets/css").glob("*.css")
        for each in sided.finditer(sheet.read_text("utf-8"))
    ]
    assert found == ["border-width: 0 2px 2px 0;"]  # half of a square on its corner
