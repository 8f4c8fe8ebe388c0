"""The page of statistics: what its templates see, in words and charts.

Owns which figures are beside which chart; refuses to know how anything is counted or drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from markupsafe import Markup

from hiringhall.changes import open_spans
from hiringhall.context import Context
from hiringhall.engine.digests import digest, extended
from hiringhall.model import ClosedReason, File, Listing, Output
from hiringhall.pages import browsing, charts
from hiringhall.pages.frames import values
from hiringhall.pages.rendering import Renderer
from hiringhall.pages.views import Page
from hiringhall.policies import addresses
from hiringhall.policies.statistics import (
    ALL_TYPES,
    Pay,
    PayGroup,
    Point,
    Stated,
    Statistics,
    percent,
    statistics_of,
)
from hiringhall.wording import Wording

TEMPLATE = "statistics.html"
STYLE = "css/statistics.css"


class Figure(NamedTuple):
    """A figure to be seen first: its name, the figure, and what puts it in proportion."""

    name: str
    value: str
    note: str = ""


class Bar(NamedTuple):
    """A row of a table that is its own chart; `link` leads to what was counted."""

    name: str
    link: str | None
    bar: Markup
    value: str


class Bars(NamedTuple):
    """A table of bars; that of a facet has its name, a key of the strings `facet`, and a link to all."""

    title: str
    rows: tuple[Bar, ...]
    name: str = ""
    more: str | None = None


class Day(NamedTuple):
    """A row of the table of open postings over time."""

    machine: str
    day: str
    open: str


class PayRow(NamedTuple):
    """A row of a table of pay, in words."""

    type: str
    jobs: str
    low: str
    median: str
    high: str


class PayTable(NamedTuple):
    """Pay in one currency for one period, with a chart if there is one."""

    title: str
    rows: tuple[PayRow, ...]
    chart: Markup | None


class StayRow(NamedTuple):
    """How long postings stayed that closed for one reason, in words; dashes for what is not known."""

    reason: str
    jobs: str
    shortest: str = "–"
    median: str = "–"
    longest: str = "–"


class View(NamedTuple):
    """Everything on the page, worded and drawn.

    `span` names the first and the last day of `series`, a chart whose figures are `days`. A row of `unstated`
    is which jobs, how many, how many of them do not state pay, a bar, and the share. `open_pay` and `all_pay`
    have a table for each currency and period.
    """

    span: str
    figures: tuple[Figure, ...]
    series: Markup
    days: tuple[Day, ...]
    unstated: tuple[tuple[str, str, str, Markup, str], ...]
    open_pay: tuple[PayTable, ...]
    all_pay: tuple[PayTable, ...]
    facets: tuple[Bars, ...]
    to_deadline: Bars
    stays: tuple[StayRow, ...]


def output(listing: Listing, renderer: Renderer) -> Output:
    """Return the page, which is made again only when a figure on it changes."""
    context, templates, folder = renderer.context, renderer.templates, addresses.STATISTICS

    @cache
    def counted() -> tuple[Statistics, tuple[browsing.FacetView, ...]]:
        spans = open_spans(listing.entries, context.settings.time_zone)
        return statistics_of(listing, spans), browsing.browse(listing, context)

    def key() -> str:
        return extended(renderer.key, "postings", digest(repr(counted())))

    def chunks() -> Iterator[bytes]:
        found, facets = counted()
        page = Page(
            title=context.titled(context.wording.text("statistics.title")),
            description=context.wording.text("statistics.lede"),
            canonical=context.site.absolute(folder),
        )
        style = templates.layouts.assets.path(STYLE)
        given = values(page, context, templates) | {
            "style": context.site.root + style if style else None,
            "view": view_of(found, facets, context) if any((*found.open, *found.closed)) else None,
        }
        yield templates.render(TEMPLATE, folder, **given)

    return File(addresses.file_of(folder), key, chunks)


def view_of(found: Statistics, facets: Sequence[browsing.FacetView], context: Context) -> View:
    """Word and draw the statistics of a listing that has had a posting."""
    wording, text = context.wording, context.wording.text
    both = Stated(*map(sum, zip(found.open, found.closed, strict=True)))
    return View(
        span=_span(found.series, context),
        figures=tuple(_figures(found, context)),
        series=_series(found.series, context) if found.series else Markup(),
        days=tuple(
            Day(point.day.isoformat(), wording.short_date(point.day), wording.number(point.open))
            for point in found.series
        ),
        unstated=tuple(
            _unstated(text(f"statistics.{name}"), counts, context)
            for name, counts in (("open-jobs", found.open), ("all-jobs", both))
        ),
        open_pay=tuple(_pay_table(group, context, number) for number, group in enumerate(found.open_pay)),
        all_pay=tuple(_pay_table(group, context) for group in found.all_pay),
        facets=tuple(_facet(facet, context) for facet in facets),
        to_deadline=_to_deadline(found, context),
        stays=tuple(_stays(found, context)),
    )


def _figures(found: Statistics, context: Context) -> Iterator[Figure]:
    wording, text = context.wording, context.wording.text
    number, total = wording.number, found.open.total
    yield Figure(text("statistics.open-jobs"), number(total))
    if total:
        share = _share(found.open.unstated, total, context)
        note = text("statistics.of", total=number(total), share=share)
        yield Figure(text("statistics.unstated"), number(found.open.unstated), note)
    yield Figure(text("statistics.closed-jobs"), number(found.closed.total))
    for stay in found.stays:
        if stay.reason is ClosedReason.DEADLINE and stay.median is not None:
            yield Figure(text("statistics.to-deadline"), wording.plural("statistics.days", stay.median))


def _span(series: Sequence[Point], context: Context) -> str:
    days = [context.wording.date(point.day) for point in (*series[:1], *series[-1:])]
    return context.wording.text("statistics.span", first=days[0], last=days[1]) if days else ""


def _series(series: Sequence[Point], context: Context) -> Markup:
    first, last, wording = series[0].day, series[-1].day, context.wording
    most = max(1, *(point.open for point in series))
    scale = charts.levels(0, most, min(5, most + 1))  # so few that all of them are whole
    marks = (
        charts.Tick(charts.elapsed(day, first, last), _mark(day, wording, is_year=is_year))
        for day, is_year in charts.date_marks(first, last)
    )
    return charts.line_chart(
        charts.Ids("over-time", "over-time-span"),
        [(charts.elapsed(point.day, first, last), point.open / scale[-1]) for point in series],
        wording.number(series[-1].open),
        tuple(marks),
        tuple(charts.Tick(level / scale[-1], wording.number(int(level))) for level in scale),
    )


def _mark(day: date, wording: Wording, *, is_year: bool) -> str:
    """Name a day on an axis as briefly as possible: the first of a month by the month."""
    if is_year:
        return str(day.year)
    return wording.month(day) if day.day == 1 else wording.short_date(day)


def _unstated(name: str, counts: Stated, context: Context) -> tuple[str, str, str, Markup, str]:
    number, total, unstated = context.wording.number, counts.total, counts.unstated
    bar = charts.bar(unstated / total if total else 0)
    return name, number(total), number(unstated), bar, _share(unstated, total, context)


def _pay_table(group: PayGroup, context: Context, place: int | None = None) -> PayTable:
    """Word a group; it has a chart if it has a place on the page, and enough postings for a median."""
    text, money = context.wording.text, context.wording.money
    title = text(f"statistics.pay.{group.period}", currency=group.currency)
    rows = tuple(
        PayRow(
            type=text("statistics.pay.all-types" if slug == ALL_TYPES else f"type.{slug}"),
            jobs=context.wording.number(pay.postings),
            low=money(pay.low, group.currency),
            median="–" if pay.median is None else money(pay.median, group.currency),
            high=money(pay.high, group.currency),
        )
        for slug, pay in group.types
    )
    if place is None or all(pay.median is None for _, pay in group.types):
        return PayTable(title, rows, None)
    return PayTable(title, rows, _pay_chart(group, rows, place, context))


def _pay_chart(group: PayGroup, rows: Sequence[PayRow], place: int, context: Context) -> Markup:
    pays = [pay for _, pay in group.types]
    # Amounts are long: they have fewer marks than counts.
    scale = charts.levels(float(min(pay.low for pay in pays)), float(max(pay.high for pay in pays)), 4)

    def at(amount: Decimal | float) -> float:
        return (float(amount) - scale[0]) / (scale[-1] - scale[0])

    def span(pay: Pay, row: PayRow) -> charts.RangeRow:
        label = f"{row.type} ({row.jobs})"
        note = (
            row.low if pay.low == pay.high else context.wording.text("pay.range", low=row.low, high=row.high)
        )
        return charts.RangeRow(
            label, note, at(pay.low), None if pay.median is None else at(pay.median), at(pay.high)
        )

    ticks = (
        charts.Tick(at(level), context.wording.money(Decimal(str(level)), group.currency)) for level in scale
    )
    return charts.range_chart(
        charts.Ids(f"pay-{place}", "pay-method"), tuple(map(span, pays, rows)), tuple(ticks)
    )


def _facet(facet: browsing.FacetView, context: Context) -> Bars:
    counts = [(term.label, term.href, term.open) for term in facet.terms]
    return Bars(facet.title, _bars(counts, context), facet.name, facet.href)


def _to_deadline(found: Statistics, context: Context) -> Bars:
    text, number = context.wording.text, context.wording.number
    counts = [
        (
            text("statistics.stay.over", days=number(first - 1))
            if last is None
            else text("statistics.stay.between", first=number(first), last=number(last)),
            None,
            postings,
        )
        for first, last, postings in found.to_deadline
    ]
    return Bars(text("statistics.stay.days"), _bars(counts, context))


def _bars(counts: Sequence[tuple[str, str | None, int]], context: Context) -> tuple[Bar, ...]:
    most = max((count for *_, count in counts), default=0)
    number = context.wording.number
    return tuple(Bar(name, link, charts.bar(count / most), number(count)) for name, link, count in counts)


def _stays(found: Statistics, context: Context) -> Iterator[StayRow]:
    text, number = context.wording.text, context.wording.number
    for reason, *counts in found.stays:
        figures = ("–" if count is None else number(count) for count in counts)
        yield StayRow(text(f"closed.{reason}"), *figures)
    if found.undated:
        yield StayRow(text("statistics.stay.undated"), number(found.undated))


def _share(part: int, whole: int, context: Context) -> str:
    return context.wording.text("statistics.share", percent=context.wording.number(percent(part, whole)))
