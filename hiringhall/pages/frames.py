"""The frame of a page: its common head, header and footer, rendered once for each section of the site.

Owns what pages share; refuses to know what any page is about.
"""

from __future__ import annotations

from markupsafe import Markup, escape

from hiringhall.context import Context
from hiringhall.diagnostics import Diagnostic, LayoutFault
from hiringhall.engine.memoize import memoize_last
from hiringhall.pages.templates import BrokenFrame, Templates
from hiringhall.pages.views import Frame, Page, SiteView, filled, navigation, site_of

_PAGE = "{url}"  # in `report_url`, the address of the page that it is on


def values(page: Page, context: Context, templates: Templates, section: str = "") -> dict[str, object]:
    """Return what every page template is given: its frame, its head's view, and the site's words as `t`.

    `section` is a key of the strings `nav`, or nothing. What is wrong with a frame is raised by
    a page's own template. Where problems are reported can name the page, or the site if it has no address.
    """
    site, frame = _frame_of(context, templates, section)
    pattern = context.settings.report_url
    if pattern and _PAGE in pattern:
        report = filled(pattern, _PAGE, page.canonical or context.site.absolute(""))
        site = site._replace(report_url=report)
        if isinstance(frame, Frame):
            parts = frame.head, frame.feeds, frame.header, frame.footer
            frame = Frame(site, *(part.replace(escape(pattern), escape(report)) for part in parts))
    return {"frame": frame, "site": site, "page": page, "t": context.wording.text}


@memoize_last  # the pages of a section are made one after another
def _frame_of(context: Context, templates: Templates, section: str) -> tuple[SiteView, Frame | BrokenFrame]:
    site = site_of(context, templates.layouts.assets)
    shared = {"site": site, "t": context.wording.text, "nav": navigation(section, context)}
    made: list[Markup] = []
    faults: list[Diagnostic] = []
    for name in ("head", "feed-links", "header", "footer"):
        try:
            part = templates.render(f"partials/{name}.html", "every page", **shared)
            made.append(Markup(part.decode()))  # noqa: S704 -- templates escape
        except LayoutFault as fault:
            faults += fault.diagnostics
    return site, BrokenFrame(*faults) if faults else Frame(site, *made)
