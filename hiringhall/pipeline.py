"""The pipeline of one posting, from its source file to the parts from which pages and feeds are joined.

Owns the unit of work that is cached and spread over processes; refuses to know other postings.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from hiringhall.context import Context
from hiringhall.diagnostics import Diagnostic, LayoutFault
from hiringhall.emitters import aggregator, calendars, jsonfeed, opendata, rss
from hiringhall.emitters.search import columns, shards
from hiringhall.engine.digests import digest
from hiringhall.engine.packs import Packer, Record
from hiringhall.engine.steps import Steps, in_step
from hiringhall.intake.configuration.register import Register
from hiringhall.intake.files.sources import with_data
from hiringhall.model import Card, Entry, Posting, Source, State
from hiringhall.pages import posting as posting_page
from hiringhall.pages.layouts import Layouts
from hiringhall.pages.templates import Templates, load
from hiringhall.policies import lifecycle
from hiringhall.syndication import Maker

POSTING = "posting"

# What is made of every posting, of those in feeds, and of open ones. Postings that closed long ago are seldom
# in a feed: their feed parts are made when needed.
_ALWAYS = (columns.ROW, shards.WORDS, calendars.EVENT)
_IN_FEEDS = (rss.ITEM, jsonfeed.ITEM)
_WHILE_OPEN = (opendata.JSON, opendata.CSV)
_MAKERS = {maker.kind: maker.make for maker in (*_ALWAYS, *_IN_FEEDS, *_WHILE_OPEN, aggregator.JOBS)}
_IN_FEEDS_FOR = 30  # days after a posting closed
KINDS = (*posting_page.KINDS, *_MAKERS)


class Setup(NamedTuple):
    """What every posting is made with.

    `intake_key` names what a posting depends on besides its source, `render_key` what parts do besides it.
    `now` is in the site's zone.
    """

    context: Context
    register: Register
    intake_key: str
    render_key: str
    layouts: Layouts
    bytecode: Path | None
    now: datetime


class Known(NamedTuple):
    """A posting that was read before, pickled, and its card."""

    card: Card
    posting: bytes


# A source to read, and to make the parts of; or a posting whose parts alone are to be made.
Task = Source | Known


class Made(NamedTuple):
    """What came of a task; if there is no card, the diagnostics say why.

    `source_key` is the key of the source as read, if it was; only then there is a `posting`. With an `entry`
    there are `parts`: their bytes by kind, or where those are packed. Parts that could not be made because of
    the layouts are missing, and the diagnostics say why.
    """

    source_key: str
    card: Card | None
    diagnostics: tuple[Diagnostic, ...] = ()
    posting: Record | None = None
    entry: Entry | None = None
    parts: Record | None = None


def prepare(setup: Setup) -> Callable[[Sequence[Task]], list[Made]]:
    """Return the function that carries out tasks with this setup, whose templates are loaded once."""
    templates = load(setup.layouts, setup.bytecode)

    def work_on(task: Task) -> Steps[Made]:
        if isinstance(task, Source):
            return _from_source(task, setup, templates)
        return _made(posting_from(task.posting), task.card, setup, templates)

    return lambda tasks: in_step(map(work_on, tasks))


def prepare_packing(setup: Setup, postings: Path, parts: Path) -> Callable[[Sequence[Task]], list[Made]]:
    """Return the same for a process of its own, which puts what it makes into packs in two folders."""
    carry_out = prepare(setup)
    packers = Packer(postings, (POSTING,)), Packer(parts, KINDS)

    def packed(made: Made) -> Made:
        posting, parts = (
            record if record is None or isinstance(record, tuple) else packer.add(record)
            for packer, record in zip(packers, (made.posting, made.parts), strict=True)
        )
        return made._replace(posting=posting, parts=parts)

    return lambda tasks: list(map(packed, carry_out(tasks)))


def parts_of(
    posting: Posting, entry: Entry, setup: Setup, templates: Templates
) -> Steps[tuple[dict[str, bytes], tuple[Diagnostic, ...]]]:
    """Make every part of a posting in its state, and report why there are none if layouts are at fault."""
    context, makers = setup.context, [*_ALWAYS]
    is_open = entry.state is not State.CLOSED
    if is_open or setup.now.toordinal() - (entry.closed_on or 0) <= _IN_FEEDS_FOR:
        makers += _IN_FEEDS
    if is_open:
        makers += _WHILE_OPEN
        makers += (aggregator.JOBS,) if context.settings.aggregator else ()
    pages = (partial(make, posting, entry, context, templates) for make in posting_page.MAKERS)
    feeds = (partial(_feed_part, maker, posting, entry, context) for maker in makers)
    parts: dict[str, bytes] = {}
    faults: list[Diagnostic] = []
    for make in (*pages, *feeds):
        try:
            parts |= make()
        except LayoutFault as fault:
            faults += fault.diagnostics
        yield
    return parts, tuple(faults)


def _feed_part(maker: Maker, posting: Posting, entry: Entry, context: Context) -> dict[str, bytes]:
    return {maker.kind: maker.make(posting, entry, context)}


def part_of(kind: str, posting: bytes, entry: Entry, context: Context) -> bytes:
    """Make one feed part of a pickled posting, for the few for which it is needed late.

    A part of its page is missing only if a template is at fault, which is reported: it is empty.
    """
    if kind in posting_page.KINDS:
        return b""
    return _MAKERS[kind](posting_from(posting), entry, context)


def posting_from(posting: bytes) -> Posting:
    """Return a posting that was pickled here."""
    found: Posting = pickle.loads(posting)  # noqa: S301 - from our own cache, as trusted as our code
    return found


def _from_source(source: Source, setup: Setup, templates: Templates) -> Steps[Made]:
    # Loaded only where there is something to read: from one day to the next, there is not.
    from hiringhall.intake.content.cards import card_of
    from hiringhall.intake.content.posting import posting_in_steps

    source = with_data(source)
    yield
    outcome = yield from posting_in_steps(source, setup.context.settings, setup.register)
    posting = outcome.value
    if posting is None:
        return Made(source.key, None, outcome.diagnostics)
    key = digest(source.path, source.key, setup.intake_key)
    try:
        card = card_of(posting, key, setup.context.settings, setup.context.wording)
    except LayoutFault as fault:
        return Made(source.key, None, (*outcome.diagnostics, *fault.diagnostics))
    yield
    made = yield from _made(posting, card, setup, templates)
    if made.diagnostics:  # reported when the parts are made, whether the posting was read now or before
        made = Made("", card)
    return made._replace(
        source_key=source.key, diagnostics=outcome.diagnostics, posting={POSTING: pickle.dumps(posting, 5)}
    )


def _made(posting: Posting, card: Card, setup: Setup, templates: Templates) -> Steps[Made]:
    now, soon = setup.now, setup.context.settings.closing_soon_days
    entry = lifecycle.entry_at(card, now.timestamp(), now.toordinal(), soon)
    if card.draft:
        return Made("", card, entry=entry, parts={})
    parts, faults = yield from parts_of(posting, entry, setup, templates)
    return Made("", card, faults, entry=entry, parts=parts)
