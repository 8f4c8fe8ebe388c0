"""Pages of a browser that tests use one after another: to open one takes as long as to load it.

Owns what is set for each test, and that nothing is left that a test did; refuses to know what tests look at.
"""

from __future__ import annotations

from collections import defaultdict
from urllib.parse import urljoin


class Pages:
    """Pages with contexts of their own, each kept for the next test that asks for the same options."""

    def __init__(self, browser):
        self.browser = browser
        self.idle = defaultdict(list)
        self.taken = []

    def take(self, listeners, *, now, viewport, media=None, own=False, **options):
        """Return a page at an instant that has nothing of any site, with listeners by the names of events.

        `media` are options of `emulate_media`, the others those of a context. A test that adds what nothing
        takes away again, such as a script that runs first, asks for a page of its `own`.
        """
        kind = "own" if own else repr(sorted(options.items()))
        page = self.idle[kind].pop() if self.idle[kind] else self.browser.new_context(**options).new_page()
        self.taken.append((kind, page, listeners))
        page.set_default_timeout(10_000)
        page.set_viewport_size(viewport)
        usual = {"color_scheme": "light", "reduced_motion": "no-preference", "forced_colors": "none"}
        page.emulate_media(**(usual | {"media": "null"} | (media or {})))
        if page.evaluate("Date.now()") != now.timestamp() * 1000:
            page.clock.set_fixed_time(now)
        for event, heard in listeners.items():
            page.on(event, heard)
        if not own:
            page.add_init_script = _refuse
        return page

    def give_back(self):
        """Take from the pages what a test did, or close them."""
        while self.taken:
            kind, page, listeners = self.taken.pop()
            if kind == "own" or not page.url.startswith("http"):
                page.context.close()
                continue
            for other in page.context.pages:
                if other != page:
                    other.close()
            # Where nothing of the site runs, but what it stored can be reached.
            page.route("**", lambda route: route.fulfill(body="", content_type="text/html"))
            page.goto(urljoin(page.url, "/"))
            page.evaluate("localStorage.clear(); sessionStorage.clear()")
            page.unroute_all(behavior="ignoreErrors")
            for event, heard in listeners.items():
                page.remove_listener(event, heard)
            self.idle[kind].append(page)

    def close(self):
        """Close all pages."""
        for pages in self.idle.values():
            for page in pages:
                page.context.close()


def _refuse(*_, **__):
    raise TypeError("a script that runs first stays in a page: ask for one of its own")
