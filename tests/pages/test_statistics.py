"""The page of statistics: what it says, and that its pictures and its tables say the same."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest

from hiringhall.model import ClosedReason, Facet, Posting
from hiringhall.pages import charts
from tests import factory
from tests.pages.support import Page, outputs_of, site, text_of

PATH = "statistics/index.html"
EVIL = "<script>alert(1)</script> & \"x\" 'y' </svg>"

FACETS = tuple(factory.wording().text(f"facet.{facet}.title") for facet in Facet)


def page_of(*postings: Posting, language: str = "en") -> str:
    return text_of(outputs_of(postings, factory.context(language=language))[PATH])


def cells(markup: str, caption: str) -> list[list[str]]:
    """Return the rows of the table of that caption, as texts."""
    (table,) = (
        found for found in re.findall(r"<table.*?</table>", markup, re.DOTALL) if f">{caption}<" in found
    )
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    return [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows]


def pictures(markup: str, kind: str = "chart|bar") -> list[ET.Element]:
    """Return every picture of a kind, read as XML."""
    starts = [found.start() for found in re.finditer(f'<svg class="(?:{kind})"', markup)]
    return [ET.fromstring(_picture(markup[start:])) for start in starts]


def _picture(text: str) -> str:
    depth = 0
    for tag in re.finditer(r"<(/?)svg\b[^>]*>", text):
        depth += -1 if tag[1] else 1
        if not depth:
            return text[: tag.end()]
    raise AssertionError("a picture never ends")


@pytest.fixture(scope="module")
def busy() -> str:
    return page_of(
        *(
            factory.posting(f"job-{n}", salary=factory.salary(40_000 + 1000 * n, 60_000 + 1000 * n))
            for n in range(4)
        ),
        factory.posting("silent", salary=None, tags=("training",)),
        factory.posting_closed_on(date(2025, 12, 31), "old", added=date(2025, 12, 1)),
        factory.posting("gone", status=ClosedReason.WITHDRAWN),
    )


def test_it_is_linked_from_every_page() -> None:
    pages = site([factory.posting()])
    for path, text in pages.items():
        assert any(Page(text).all("a", href="/board/statistics/")), path


def test_first_figures(busy: str) -> None:
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", busy)
    assert [(name, re.sub(r"<[^>]+>", "", value)) for name, value in found] == [
        ("Open jobs", "5"),
        ("Open jobs that do not state their pay in figures", "1 of 5 (20%)"),
        ("Closed jobs", "2"),
    ]


def test_a_median_is_told_of_three_postings_at_least() -> None:
    closed = [
        factory.posting_closed_on(date(2025, 12, 31), f"old-{n}", added=date(2025, 12, 10 * n))
        for n in (1, 2, 3)
    ]
    two, three = page_of(*closed[:2]), page_of(*closed)
    assert "From added to deadline, median" not in two
    assert "<dt>From added to deadline, median</dt><dd>11 days</dd>" in three
    assert [cells(page, "By reason")[1][2:] for page in (two, three)] == [
        ["11", "–", "21"],
        ["1", "11", "21"],
    ]


def test_tables(busy: str) -> None:
    assert cells(busy, "Open jobs over time")[1:] == [
        ["Dec 1, 2025", "1"],
        ["Jan 1, 2026", "0"],
        ["Jan 12, 2026", "5"],
    ]
    assert cells(busy, "How many give no figures")[1:] == [
        ["Open jobs", "5", "1", "", "20%"],
        ["Open and closed jobs", "7", "1", "", "14%"],
    ]
    assert cells(busy, "Pay of open jobs, as a table")[1:] == [
        ["Yearly pay, USD"],
        ["Full-time", "4", "$40,000", "$51,500", "$63,000"],
    ]
    assert cells(busy, "Tags")[1:] == [["organizing", "", "4"], ["training", "", "1"]]
    assert cells(busy, "From added to deadline")[3] == ["15–30", "", "1"]
    assert cells(busy, "By reason")[1:] == [
        ["Deadline passed", "1", "30", "–", "30"],
        ["Filled or withdrawn, date unknown", "1", "–", "–", "–"],
    ]


def test_a_list_of_one_day_has_no_course_over_time() -> None:
    assert "Open jobs over time" not in page_of(factory.posting(), factory.posting("other"))


def test_pictures_are_named_and_hold_no_script_or_style(busy: str) -> None:
    page = Page(busy)
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    drawn = list(page.all("svg", class_="chart"))
    assert len(drawn) == 2
    for picture in drawn:
        assert picture.attributes["role"] == "img"
        assert {picture.attributes["aria-labelledby"], picture.attributes["aria-describedby"]} <= set(ids)
    # Some screen readers read what is in a picture, too.
    assert [[part.get("aria-hidden") for part in picture] for picture in pictures(busy, "chart")] == [
        ["true"]
    ] * 2
    assert all(bar.attributes["aria-hidden"] == "true" for bar in page.all("svg", class_="bar"))
    assert not any("style" in element.attributes for element in page.elements)
    assert not re.search(r"\son\w+=", busy)


def test_pictures_are_well_formed(busy: str) -> None:
    assert len(pictures(busy, "chart")) == 2
    assert len(pictures(busy, "bar")) == 2 + 6 + sum(len(cells(busy, name)) - 1 for name in FACETS)


def test_places_have_units_that_every_browser_takes_in_svg(busy: str) -> None:
    """Safari reads a rem as 0 outside of CSS properties, as in `y1` of a line and `y` of a text."""
    drawn = [element for picture in pictures(busy, "chart") for element in picture.iter()]
    lengths = [element.get(name, "0") for element in drawn for name in ("x", "y", "x1", "x2", "y1", "y2")]
    assert {re.sub(r"[-\d.]+", "", length) for length in lengths} == {"", "em", "%"}


def test_charts_measure_all_in_one_em() -> None:
    """An em is that of the element: a text of another size than the picture sets it inside."""
    sheet = (factory.LAYOUTS / "assets" / "css" / "statistics.css").read_text(encoding="utf-8")
    sized = re.findall(r"([^{};]+)\{[^{}]*font(?:-size)?:", sheet)
    assert not [
        rule for rule in sized if re.search(r"\.chart(-\w+| text)$", rule.strip()) and "tspan" not in rule
    ]


def test_the_line_says_what_its_table_says(busy: str) -> None:
    rows = cells(busy, "Open jobs over time")[1:]
    line = next(
        element.get("d", "")
        for element in pictures(busy, "chart")[0].iter("path")
        if element.get("class") == "chart-line"
    )
    heights = [float(y) for y in re.findall(r"(?:^M\S+ |V)([\d.]+)", line)]
    most = max(int(count) for _, count in rows)
    top = min(heights)
    assert [round((250 - y) / (250 - top) * most, 1) for y in heights] == [int(count) for _, count in rows]


def test_bars_are_as_long_as_their_figures(busy: str) -> None:
    table = re.search(r"<table(?:(?!</table>).)*>Tags<.*?</table>", busy, re.DOTALL)
    assert table
    assert re.findall(r'bar-fill" width="([\d.]+)%', table[0]) == ["100", "25"]


def test_ranges_stand_where_their_figures_are(busy: str) -> None:
    (span,) = (
        element for element in pictures(busy, "chart")[1].iter("line") if element.get("class") == "chart-span"
    )
    (mark,) = (
        element for element in pictures(busy, "chart")[1].iter("line") if element.get("class") == "chart-mark"
    )
    low, high, middle = (
        float((value or "").rstrip("%")) for value in (span.get("x1"), span.get("x2"), mark.get("x1"))
    )
    assert low < middle < high
    assert (middle - low) / (high - low) == pytest.approx((51_500 - 40_000) / 23_000, abs=0.01)


def test_few_figures_have_no_median_and_no_picture() -> None:
    markup = page_of(factory.posting("a"), factory.posting("b"))
    assert "chart-mark" not in markup
    assert cells(markup, "Pay of open jobs, as a table")[2] == ["Full-time", "2", "$51,640", "–", "$79,640"]


def test_hostile_labels_stay_text() -> None:
    markup = page_of(
        factory.posting(
            "a", organization=factory.organization(EVIL), tags=(EVIL,), places=(factory.place(EVIL),)
        )
    )
    Page(markup)
    assert "<script>alert" not in markup
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;x&#34;" in markup
    assert pictures(markup)


def test_charts_escape_what_they_are_given() -> None:
    tick = charts.Tick(0.5, EVIL)
    for drawn in (
        charts.line_chart(charts.Ids(EVIL, EVIL), [(0.0, 0.5)], EVIL, (tick,), (tick,)),
        charts.range_chart(charts.Ids(EVIL, EVIL), (charts.RangeRow(EVIL, EVIL, 0.1, 0.2, 0.3),), (tick,)),
    ):
        found = ET.fromstring(drawn)
        assert found.get("aria-labelledby") == EVIL
        assert {text.text for text in found.iter("tspan")} == {EVIL}


def test_an_empty_site_says_so() -> None:
    markup = page_of()
    assert "There is nothing to count yet." in markup
    assert 'class="chart"' not in markup


def test_a_job_that_no_day_ended_with_is_counted_all_the_same() -> None:
    markup = page_of(factory.posting("filled", status=ClosedReason.FILLED, verified=None))
    assert "There is nothing to count yet." not in markup
    assert re.search(r"<dt>Closed jobs</dt><dd>1</dd>", markup)
    assert 'class="chart"' not in markup


def test_nothing_open_and_no_pay_are_said() -> None:
    markup = page_of(factory.posting_closed_on(date(2025, 6, 1), salary=None))
    assert "No job on this list has stated figures." in markup
    assert "No job is open right now" in markup
    assert cells(markup, "How many give no figures")[1] == ["Open jobs", "0", "0", "", "0%"]


def test_pay_of_closed_jobs_alone_stands_open() -> None:
    markup = page_of(factory.posting("silent", salary=None), factory.posting_closed_on(date(2025, 6, 1)))
    assert "No open job states its pay" in markup
    assert re.search(r"<details[^>]* open>\s*<summary id=\"all-pay\">", markup)


def test_nothing_closed_is_said() -> None:
    assert "No job has closed yet." in page_of(factory.posting())


def test_in_spanish() -> None:
    markup = page_of(factory.posting(salary=None), language="es")
    assert "Empleos abiertos que no indican el salario en cifras" in markup
    assert "1 de 1 (100 %)" in re.sub(r"<[^>]+>", "", markup).replace("\xa0", " ")


def test_what_is_not_on_the_page_does_not_change_its_key() -> None:
    def key(now=factory.NOW, **changes) -> str:
        return outputs_of([factory.posting(**changes)], now=now)[PATH].key()

    assert key() == key(title="Another", body_html="<p>New.</p>")
    assert key() == key(now=factory.NOW + timedelta(days=2))
    assert key() != key(salary=None)
    assert key() != key(tags=("training",))


@pytest.mark.parametrize(
    ("first", "last", "marks"),
    [
        (date(2026, 1, 5), date(2026, 1, 5), ["2026-01-05"]),
        (date(2026, 1, 5), date(2026, 1, 9), ["2026-01-05", "2026-01-09"]),
        (date(2026, 1, 1), date(2026, 2, 1), ["2026-01-01", "2026-02-01"]),
        (date(2023, 6, 16), date(2026, 1, 1), ["2024-01-01", "2025-01-01", "2026-01-01"]),
    ],
)
def test_marks_of_time(first: date, last: date, marks: list[str]) -> None:
    assert [str(day) for day, _ in charts.date_marks(first, last)] == marks


def test_marks_of_time_have_room() -> None:
    for days in range(0, 4000, 13):
        found = charts.date_marks(date(2020, 2, 29), date(2020, 2, 29) + timedelta(days=days))
        assert 1 <= len(found) <= 5
    assert len(charts.date_marks(date.min, date.max)) <= 5


@pytest.mark.parametrize(("low", "high"), [(0, 1), (0, 9_999), (3, 3), (0, 0), (15.5, 52), (1e12, 3e12)])
def test_levels_hold_what_they_are_for(low: float, high: float) -> None:
    found = charts.levels(low, high)
    assert found[0] <= low
    assert found[-1] >= high
    assert 2 <= len(found) <= 7
