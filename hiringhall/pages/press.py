"""The press that makes pages: from a template, what it is given, and rows that were made before.

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

# The head of a page, and what else its template is given.
Words = tuple[Page, Mapping[str, object]]


class Press(NamedTuple):
    """What every page is made with. `key` names what they all depend on."""

    context: Context
    templates: Templates
    parts: Parts
    key: str


def press_of(context: Context, templates: Templates, parts: Parts) -> Press:
    """Return what every page is made with."""
    return Press(context, templates, parts, key_of(site=context.key, layouts=templates.key))


class Printed(NamedTuple):
    """One page from a template; `rows` are the postings in its slot, if it has one.

    `words` are called with the context when the page is made. What else they need is bound to them: plain
    values, which decide the page. `subject` is what the message about a template that cannot be rendered
    names: a source, if the page has one.
    """

    path: str
    template: str
    words: partial[Words]
    press: Press
    section: str = ""
    rows: tuple[Entry, ...] | None = None
    subject: str = ""

    def key(self) -> str:
        """Name all inputs."""
        own = digest(self.template, self.section, repr(self.words.args))
        postings = digest(*[entry.key for entry in self.rows or ()])
        return extended(extended(self.press.key, "page", own), "postings", postings)

    def chunks(self) -> Iterator[bytes]:
        """Yield the page in the template's words, with rows that were made before."""
        press, template, subject = self.press, self.template, self.subject or self.path
        page, views = self.words(press.context)
        given = {**values(page, press.context, press.templates, self.section), **views}
        if self.rows is None:
            yield press.templates.render(template, subject, **given).encode()
            return
        head, tail = press.templates.split(template, subject, rows=SLOT, **given)
        yield head
        yield from press.parts.read(ROW, self.rows)
        yield tail
