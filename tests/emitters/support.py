"""What the tests of all emitters share: content that breaks careless writers, and every file made of it.

Owns the awkward postings; refuses to know what each format does with them.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from datetime import date, datetime
from types import ModuleType
from typing import Any

from hiringhall.context import Context
from hiringhall.model import Application, ClosedReason, EmploymentType, Output, Posting
from hiringhall.syndication import Maker
from tests import factory

AWKWARD = (
    "Rock & Roll <b>Organizer</b> ]]> \"quoted\" 'single'",
    "مُنظِّم نقابي \u202bעברית\u202c in Dearborn",
    "Organizer 👩🏽‍🏭 – naïve façade ﬁ Ⅷ",
    '=HYPERLINK("http://evil.example","x"); -- \\n comma, semi; back\\slash',
    "</title></item><script>alert(1)</script> &amp; &lt; &#0; %00",
    "A very long title " * 40,
)


def awkward(index: int) -> Posting:
    """Return a posting most of whose texts are the `index`th awkward one."""
    text = AWKWARD[index]
    return factory.posting(
        f"awkward-{index}",
        title=text,
        organization=factory.organization(f"{text} Local"),
        added=date(2026, 1, 10 + index),
        deadline=factory.deadline("2026-02-16", "17:00" if index % 2 else None),
        places=(factory.place(f"{text} City"), factory.place("Toronto", "ON", "CA", "M5V 2T6")),
        benefits=(text, "Pension"),
        tags=("organizing", text),
        summary=f"{text}\nSecond line.",
        arrangement_note=text,
        salary=factory.salary("18.50", "22.75", note=text),
        employment_types=(EmploymentType.FULL_TIME, EmploymentType.TEMPORARY),
        application=Application(
            "https://apply.example/?a=1&b=2", "jobs@harbor12.example", text, text, (text, "Resume"), text
        ),
        details=(("experience", text),),
        body_html='<p>See <a href="#pay">pay</a>, <a href="../other/">that</a>, <a href="/board/">us</a>,'
        ' <a href="mailto:a@b.example">mail</a>: x &lt; y &amp;&amp; ]]&gt; 👩🏽‍🏭</p>\n',
        body_text=f'{text}\nA second line, with a "quote".',
    )


def all_awkward() -> tuple[Posting, ...]:
    """Return one posting for each awkward text."""
    return tuple(map(awkward, range(len(AWKWARD))))


def with_status(posting: Posting, status: ClosedReason) -> Posting:
    """Return a posting that its employer has closed."""
    return posting._replace(status=status)


def channel_of(data: bytes) -> ET.Element:
    """Return the channel of an RSS feed."""
    found = ET.fromstring(data).find("channel")
    assert found is not None
    return found


def outputs(
    emitter: ModuleType,
    postings: Iterable[Posting],
    now: datetime = factory.NOW,
    where: Context | None = None,
) -> tuple[Output, ...]:
    """Return what `emitter` makes of some postings."""
    where = where or factory.context()
    postings = tuple(postings)
    makers = [value for value in vars(emitter).values() if isinstance(value, Maker)]
    parts = factory.parts(postings, where, *makers)
    return tuple(emitter.outputs(factory.listing(postings, now, where), where, parts))


def files(emitter: ModuleType, *of: Any, **where: Any) -> dict[str, bytes]:
    """Return every file that `emitter` makes, by path; no two have one path."""
    made = outputs(emitter, *of, **where)
    found = {output.path: b"".join(output.chunks()) for output in made}
    assert len(found) == len(made)
    return found


def keys(emitter: ModuleType, *of: Any, **where: Any) -> dict[str, str]:
    """Return the key of every file that `emitter` makes, by path."""
    return {output.path: output.key() for output in outputs(emitter, *of, **where)}
