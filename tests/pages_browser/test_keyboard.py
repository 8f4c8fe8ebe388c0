"""Pages by keyboard alone: the way past the header, the same order as the page, and a visible focus."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# What a focused element looks like, and whether something covers it.
FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  const [x, y] = [box.left + Math.min(box.width / 2, 8), box.top + box.height / 2];
  const top = document.elementFromPoint(x, y);
  const all = [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")];
  return {
    name: `${element.tagName} ${element.textContent.trim().slice(0, 40)}`,
    index: all.indexOf(element),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== "none",
    inside: box.top >= 0 && box.bottom <= innerHeight + 1 && box.width > 0,
    covered: !(top && (element.contains(top) || top.contains(element))),
  };
}"""
REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }))
  .filter((element) => !element.disabled && element.tabIndex >= 0).length"""
MOST = 150


@pytest.mark.parametrize("address", ["", "jobs/harbor-lead-organizer/", "archive/", "statistics/"])
def test_the_first_stop_leads_past_the_header(tab, address):
    page = tab().open(address)
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    assert skip.evaluate("(link) => link === document.activeElement")
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["", "jobs/harbor-lead-organizer/"])
def test_every_stop_is_reached_in_order_and_seen(tab, address, scheme):
    page = tab(color_scheme=scheme).open(address)
    wanted = page.evaluate(REACHABLE)
    stops = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None or (stops and stop["index"] <= stops[0]["index"]):
            break
        stops.append(stop)
    assert 20 < len(stops) < MOST
    assert len(stops) >= wanted, (wanted, [stop["name"] for stop in stops])
    order = [stop["index"] for stop in stops]
    assert order == sorted(order)
    assert [stop["name"] for stop in stops if not stop["ring"]] == []
    assert [stop["name"] for stop in stops if not stop["inside"] or stop["covered"]] == []


def test_panels_open_and_close_by_keyboard(tab):
    page = tab().open()
    panel = page.locator("details.subscribe")
    panel.locator("summary").focus()
    page.keyboard.press("Enter")
    assert panel.get_attribute("open") is not None
    page.keyboard.press("Tab")
    assert panel.locator("a").first.evaluate("(link) => link === document.activeElement")
    panel.locator("summary").focus()
    page.keyboard.press("Enter")
    assert panel.get_attribute("open") is None
