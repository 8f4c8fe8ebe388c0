"""The text below the fields of a file, judged and rendered.

Owns that nothing comes of a file with an error; refuses to know what can be wrong with a text, and what kind
of file has it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from hiringhall.diagnostics import Span, warning
from hiringhall.engine.steps import Steps
from hiringhall.intake.fields.forms import one_line
from hiringhall.intake.fields.reading import Reading
from hiringhall.intake.markdown.rendering import Ground, Rendered, render
from hiringhall.intake.markdown.traces import check_body
from hiringhall.policies import addresses

# What a text may say, too.
_COMPARED = ("title", "status", "deadline")

_LEFT_OUT = {
    "body-depth": (
        "text is left out from here on: quotes and lists are nested too deeply",
        "indent it less",
    ),
    "body-link": (
        "this line is not shown: Markdown takes it for the address of a link that the text does not have",
        "put a backslash before its [ to show it as it is, or delete it",
    ),
    "body-table": (
        "the end of this row is left out: it has more columns than the first row of the table",
        "give all rows as many columns",
    ),
}


def read_body(
    reading: Reading, known: Collection[str], beside: Callable[[str], str] = addresses.posting
) -> Steps[Rendered | None]:
    """Judge the text below the fields, and render it, in two steps; return nothing if the file has an error.

    `known` are the names of the fields that the file can have; `beside` gives the page of a file like it.
    """
    document = reading.document
    fields = document.fields
    stated = {name: one_line(str(fields[name].value.value)) for name in _COMPARED if name in fields}
    reading.found += check_body(document.path, document.body, document.body_line, known, stated)
    yield
    root = addresses.site_at(reading.settings.base_url).root
    rendered = render(document.body, Ground(root, beside))
    for number, code in rendered.left_out:
        line = document.body_line + number
        reading.found.append(warning(document.path, Span(line, 1, line, 2), code, *_LEFT_OUT[code]))
    return None if reading.failed else rendered
