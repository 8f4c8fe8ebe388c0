"""What a reader sees and does on the filter page, for the tests that drive a browser.

Owns finding things on a page; refuses to judge them.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from tests.browser import expect

NOW = datetime(2026, 1, 20, 17, tzinfo=UTC)


def count(page, text):
    """Expect a count, and wait for what follows when it has been painted."""
    expect(page.locator("[data-count]")).to_have_text(text)
    painted(page)


def painted(page):
    """Wait until a page has painted what it shows: only then is the address set."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")


def titles(page, number=None):
    """The titles in the list, once all that a page of it shows are there."""
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    if number is not None:
        expect(page.locator("[data-list] > li")).to_have_count(number)
    return page.locator("[data-list] h3").all_text_contents()


def rested(page):
    """Wait until what was asked for is shown, and enough frames for whatever may still move."""
    expect(page.locator("html[data-filtering], [aria-busy=true]")).to_have_count(0)
    page.evaluate("""async () => {
        for (let frame = 0; frame < 10; frame += 1) await new Promise(requestAnimationFrame);
    }""")


def choose(page, facet, value):
    group = page.locator("[data-filter] details", has=page.locator(f'summary:text-is("{facet}")'))
    if group.get_attribute("open") is None:
        group.locator("summary").click()
    label, find = group.locator("label", has_text=value).last, group.locator("input[type=search]")
    expect(label.or_(find).first).to_be_visible()
    if not label.is_visible():
        find.fill(value)
    label.click()
    page.keyboard.press("Escape")


def unfold(page):
    """Show the facets if the window has no room for them above the list."""
    page.wait_for_selector("#filter-q")
    if page.locator(".filter-toggle").is_visible():
        page.locator(".filter-toggle").click()


def active(page):
    """The facets that are marked as narrowing the list."""
    rested(page)
    return [title.strip() for title in page.locator("[data-active] > summary").all_text_contents()]


def address(page):
    return page.url.partition("/board/")[2]


def markup(locator):
    """The markup of elements without the space between tags."""
    return re.sub(r">\s+|\s+(?=<)", lambda room: room[0].strip(), "".join(locator.evaluate_all(
        "(found) => found.map((element) => element.innerHTML)"
    )))  # fmt: skip


def rows(page):
    """The rows of a list as text, without what scripts add and without the space between tags."""
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    return page.evaluate("""() => [...document.querySelectorAll("[data-list] > li")].map((row) => {
        const copy = row.cloneNode(true);
        for (const added of copy.querySelectorAll("[data-marks], [data-hit]")) added.remove();
        return copy.outerHTML.replace(/>\\s+/g, ">").replace(/\\s+</g, "<").replace(/\\s+/g, " ");
    })""")


def feeds(page):
    """The addresses that the filter offers to subscribe to, without the host of those on this one."""
    return page.locator("[data-subscribe] a").evaluate_all(
        "(links) => links.map((a) => a.getAttribute('href'))"
    )
