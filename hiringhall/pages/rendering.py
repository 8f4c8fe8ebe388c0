"""Pages rendered from a template, its variables, and rows that were made before.

Owns how a page's key follows from its inputs; refuses to know which pages there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

from hiringhall.context import Context
from hiringhall.engine.digests import digest, extended, key_of
from hiringhall.model import Entry, Parts
from hiringhall.pages.frames import values
from hiringhall.pages.posting import ROW
from hiringhall.pages.templates import SLOT, Templates
from hiringhall.pages.views import Page

# The head of a page, and what else its template is given, by name.
Variables = tuple[Page, Mapping[str, object]]


class Renderer(NamedTuple):
    """What every page is made with. `key` names what they all depend on."""

    context: Context
    templates: Templates
    parts: Parts
    key: str


def renderer_of(context: Context, templates: Templates, parts: Parts) -> Renderer:
    """Return what every page is made with."""
    return Renderer(context, templates, parts, key_of(site=context.key, layouts=templates.layouts.key))


class RenderedPage(NamedTuple):
    """One page from a template; `rows` are the postings in its slot, if it has one.

    `variables` is called with the context when the page is made. What else it needs is bound to it: plain
    values, which decide the page. `subject` is what the message about a template that cannot be rendered
    names: a source, if the page has one.
    """

    path: str
    template: str
    variables: partial[Variables]
    renderer: Renderer
    section: str = ""
    rows: tuple[Entry, ...] | None = None
    subject: str = ""
    basis: str = ""

    def key(self) -> str:
        """Name all inputs."""
        own = digest(self.template, self.section, repr((self.variables.args, self.variables.keywords)))
        postings = digest(*[entry.key for entry in self.rows or ()])
        return extended(extended(self.renderer.key, "page", own), "postings", postings)

    def chunks(self) -> Iterator[bytes]:
        """Yield the page in the template's words, with rows that were made before."""
        renderer, template, subject = self.renderer, self.template, self.subject or self.path
        page, views = self.variables(renderer.context)
        given = {**values(page, renderer.context, renderer.templates, self.section), **views}
        if self.rows is None:
            yield renderer.templates.render(template, subject, **given)
            return
        head, tail = renderer.templates.split(template, subject, rows=SLOT, **given)
        yield head
        yield from renderer.parts.read(ROW, self.rows)
        yield tail
