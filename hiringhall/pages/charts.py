"""Charts as SVG that is part of a page: no script, no inline style, colors from the style sheet's classes.

Owns geometry and axes; refuses to know what is charted. Widths are in percent of the available room, and
heights in em: so a chart fits a phone and a wide screen, and its text keeps the reader's size on both. An em
is the same for everything drawn, because text has its size from a `tspan`. Safari has no rem in SVG.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from math import ceil, floor, log10
from typing import NamedTuple

from markupsafe import Markup

_TOP, _PLOT, _AXIS = 1.5, 12.5, 1.75  # em: room for the topmost label, the plot, the labels below it
_ROW, _TEXT, _BAR = 3.25, 1.25, 2.0  # em: a row of a range chart, its text's baseline, its bar's middle
_WIDTH, _HEIGHT = 1000, 250  # units of the plot, which is stretched to fit
_EDGE = 0.15  # a label this close to an end is aligned with it: on a phone, half a date is as wide
_LEAST = 0.006  # of the room: the least width of a bar that is not zero
_YEAR = 12
_MONTHS = (1, 2, 3, 6, *(_YEAR * years for years in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)))
_MOST_MARKS = 5  # dates that have room below a chart


class Ids(NamedTuple):
    """The elements of the page that name a picture and that describe it."""

    name: str
    about: str


class Tick(NamedTuple):
    """A mark on an axis: its position, from 0 to 1, and what it says."""

    at: float
    label: str


class RangeRow(NamedTuple):
    """A row of a range chart: from `low` to `high`, each from 0 to 1, with a mark if it has a `middle`."""

    label: str
    note: str
    low: float
    middle: float | None
    high: float


def line_chart(
    ids: Ids, points: Sequence[tuple[float, float]], last: str, along: Sequence[Tick], up: Sequence[Tick]
) -> Markup:
    """Draw a count that is valid until the next point; both coordinates of a point go from 0 to 1.

    `last` is written behind the last point, where no line is, `along` and `up` at the axes.
    """
    (first, start), *rest = ((_n(x * _WIDTH), _n((1 - y) * _HEIGHT)) for x, y in points)
    path = f"M{first} {start}" + "".join(f"H{x}V{y}" for x, y in rest)
    plot = Markup(
        '<svg y="{top}em" width="100%" height="{plot}em" viewBox="0 0 {width} {height}" '
        'preserveAspectRatio="none" overflow="visible">'
        '<path class="chart-area" fill-opacity="0.16" d="{path}V{height}H{first}Z"/>'
        '<path class="chart-line" fill="none" stroke-width="2.5" vector-effect="non-scaling-stroke" '
        'd="{path}"/>'
        "</svg>"
    ).format(top=_TOP, plot=_PLOT, width=_WIDTH, height=_HEIGHT, path=path, first=first)
    end_x, end_y = points[-1]
    end = Markup(
        '<circle class="chart-dot" cx="{x}%" cy="{y}em" r="4.5"/>'
        '<text class="chart-value" x="{x}%" dx="0.6em" y="{base}em"><tspan>{last}</tspan></text>'
    ).format(x=_n(end_x * 100), y=_down(end_y), base=_n(float(_down(end_y)) + 0.35), last=last)
    grid = (
        Markup('<line class="chart-grid" x2="100%" y1="{y}em" y2="{y}em"/>').format(y=_down(level.at))
        for level in up
    )
    return _chart(
        ids, _TOP + _PLOT + _AXIS, (*grid, plot, *map(_level, up), _along(along, _TOP + _PLOT), end)
    )


def range_chart(ids: Ids, rows: Sequence[RangeRow], ticks: Sequence[Tick]) -> Markup:
    """Draw a bar from low to high for each row, over one axis; a row that is one figure is a dot."""
    foot = _ROW * len(rows)
    grid = (
        Markup('<line class="chart-grid" x1="{x}%" x2="{x}%" y2="{foot}em"/>').format(
            x=_n(tick.at * 100), foot=foot
        )
        for tick in ticks
    )
    drawn = (_span(row, _ROW * place) for place, row in enumerate(rows))
    return _chart(ids, foot + _AXIS, (*grid, *drawn, _along(ticks, foot)))


def bar(share: float) -> Markup:
    """Draw a bar for a table's cell, as long as `share` (0 to 1) of it; the figure is in the next cell.

    >>> print(bar(0.5)[-56:])
    <rect class="bar-fill" width="50%" height="100%"/></svg>
    """
    width = max(share, _LEAST) if share else 0
    return Markup(
        '<svg class="bar" width="100%" height="0.75rem" aria-hidden="true" focusable="false">'
        '<rect class="bar-track" width="100%" height="100%"/>'
        '<rect class="bar-fill" width="{}%" height="100%"/></svg>'
    ).format(_n(width * 100))


def levels(low: float, high: float, most: int = 5) -> tuple[float, ...]:
    """Return at most about `most` round numbers that span from `low` to `high`: an axis.

    >>> levels(0, 7), levels(44_000, 119_000), levels(3, 3)
    ((0.0, 2.0, 4.0, 6.0, 8.0), (40000.0, 60000.0, 80000.0, 100000.0, 120000.0), (2.0, 3.0, 4.0))
    """
    rough = (high - low) / (most - 1) or max(abs(high) / 5, 1)
    power = 10.0 ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * (1 - 1e-9))
    if high == low:
        low, high = low - step, high + step
    return tuple(step * number for number in range(floor(low / step), ceil(high / step) + 1))


def date_marks(first: date, last: date) -> tuple[tuple[date, bool], ...]:
    """Return the days to mark on a time axis: starts of months, or of years (then True), or else its ends.

    >>> [str(day) for day, _ in date_marks(date(2025, 11, 3), date(2026, 9, 20))]
    ['2026-01-01', '2026-03-01', '2026-05-01', '2026-07-01', '2026-09-01']
    """
    months = range(_month(first) + (first.day > 1), _month(last) + 1)
    every = next(step for step in _MONTHS if len(months) <= step * _MOST_MARKS)
    marks = tuple(
        (date(month // 12, month % 12 + 1, 1), every >= _YEAR) for month in months if month % every == 0
    )
    return marks if len(marks) > 1 else tuple((day, False) for day in sorted({first, last}))


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _chart(ids: Ids, height: float, inside: Iterable[Markup]) -> Markup:
    return Markup(
        '<svg class="chart" role="img" aria-labelledby="{}" aria-describedby="{}" width="100%" '
        'height="{}em" paint-order="stroke"><g aria-hidden="true">{}</g></svg>'
    ).format(*ids, _n(height), Markup("").join(inside))


def _level(tick: Tick) -> Markup:
    above = _n(float(_down(tick.at)) - 0.3)
    return Markup('<text class="chart-label" y="{}em"><tspan>{}</tspan></text>').format(above, tick.label)


def _along(ticks: Sequence[Tick], foot: float) -> Markup:
    """Labels below the plot; every second one is left out if there is little room."""
    return Markup("").join(
        Markup(
            '<text class="chart-label{wide}" x="{x}%" y="{y}em" text-anchor="{anchor}">'
            "<tspan>{label}</tspan></text>"
        ).format(
            wide=" chart-wide" if place % 2 else "",
            x=_n(tick.at * 100),
            y=_n(foot + 1.25),
            anchor="start" if tick.at < _EDGE else "end" if tick.at > 1 - _EDGE else "middle",
            label=tick.label,
        )
        for place, tick in enumerate(ticks)
    )


def _span(row: RangeRow, top: float) -> Markup:
    middle = "" if row.middle is None else _mark(row.middle, top)
    return Markup(
        '<text class="chart-name" y="{text}em"><tspan>{label}</tspan></text>'
        '<text class="chart-label chart-wide" x="100%" y="{text}em" text-anchor="end">'
        "<tspan>{note}</tspan></text>"
        '<line class="chart-span" x1="{low}%" x2="{high}%" y1="{y}em" y2="{y}em" stroke-width="10" '
        'stroke-linecap="round"/>{middle}'
    ).format(
        text=_n(top + _TEXT),
        y=_n(top + _BAR),
        label=row.label,
        note=row.note,
        low=_n(row.low * 100),
        high=_n(row.high * 100),
        middle=middle,
    )


def _mark(at: float, top: float) -> Markup:
    return Markup(
        '<line class="chart-mark" x1="{x}%" x2="{x}%" y1="{above}em" y2="{below}em" stroke-width="3"/>'
    ).format(x=_n(at * 100), above=_n(top + _BAR - 0.6), below=_n(top + _BAR + 0.6))


def _down(share: float) -> str:
    return _n(_TOP + _PLOT * (1 - share))


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def elapsed(day: date, first: date, last: date) -> float:
    """Return the position of a day between two, from 0 to 1; if these are the same day, at the end.

    >>> elapsed(date(2026, 1, 2), date(2026, 1, 1), date(2026, 1, 5))
    0.25
    """
    return (day - first) / (last - first) if last - first > timedelta() else 1.0
