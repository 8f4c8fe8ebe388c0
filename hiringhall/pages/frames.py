"""The frame of a page: its common head, header and footer, rendered once for each section of the site.

Owns what pages share; refuses to know what any page is about.
"""

from __future__ import annotations

from markupsafe import Markup

from hiringhall.context import Context
from hiringhall.diagnostics import Diagnostic, LayoutFault
from hiringhall.engine.memoize import memoize_last
from hiringhall.pages.templates import BrokenFrame, Templates
from hiringhall.pages.views import Frame, Page, SiteView, navigation, site_of


def values(page: Page, context: Context, templates: Templates, section: str = "") -> dict[str, object]:
    """Return what every page template is given: its frame, its head's view, and the site's words as `t`.

    `section` is a key of the strings `nav`, or nothing. What is wrong with a frame is raised by
    a page's own template.
    """
    site, frame = _frame_of(context, templates, section)
    return {"frame": frame, "site": site, "page": page, "t": context.wording.text}


@memoize_last  # the pages of a section are made one after another
def _frame_of(context: Context, templates: Templates, section: str) -> tuple[SiteView, Frame | BrokenFrame]:
    site = site_of(context, templates.layouts.assets)
    shared = {"site": site, "t": context.wording.text, "nav": navigation(section, context)}
    made: list[Markup] = []
    faults: list[Diagnostic] = []
    for name in ("head", "feed-links", "header", "footer"):
        try:
            made.append(Markup(templates.render(f"partials/{name}.html", "every page", **shared)))  # noqa: S704 -- templates escape
        except LayoutFault as fault:
            faults += fault.diagnostics
    return site, BrokenFrame(*faults) if faults else Frame(site, *made)
