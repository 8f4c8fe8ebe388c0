"""What the list shows of open or closed postings, column by column, with repeated values written once.

Owns the columns and what they mean; refuses to know the words of whole texts.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from hiringhall.context import Context
from hiringhall.emitters.search.segments import Collection
from hiringhall.emitters.search.shards import deltas, line, version
from hiringhall.engine.digests import digest, digest_bytes, key_of
from hiringhall.engine.escaping import json_bytes
from hiringhall.facts import listed_deadline, listed_pay
from hiringhall.model import Card, Entry, Facet, File, Output, Parts, PayPeriod, Posting, Rolling
from hiringhall.policies import addresses, facets, lifecycle
from hiringhall.syndication import Maker

# A year's pay in cents for one unit of a currency in each period, at full-time work: this makes pay by the
# hour and by the year comparable, without a fraction that one side would round up and the other down.
CENTS_A_YEAR = {
    PayPeriod.HOUR: 208_000,
    PayPeriod.DAY: 26_000,
    PayPeriod.WEEK: 5_200,
    PayPeriod.MONTH: 1_200,
    PayPeriod.YEAR: 100,
}

_EPOCH = date(1970, 1, 1).toordinal()


class Row(NamedTuple):
    """What a list shows of a posting besides its card, in words; an empty text means not stated.

    `words` is the digest of the words of its text. `pay` is followed by least and most a year in cents of
    the site's currency (0 where open or not comparable) and whether it is figures. `deadline` is followed by
    its machine form and by whether it is a rolling one.
    """

    words: str
    place: str
    pay: tuple[str, int, int, bool]
    deadline: tuple[str, str, bool]


def _row(posting: Posting, _entry: Entry, context: Context) -> bytes:
    deadline, home = posting.deadline, context.settings.default_country
    row = Row(
        words=digest_bytes(line(posting, context)),
        place=context.wording.places(posting.places or posting.remote_from, home),
        pay=_pay(posting, context),
        deadline=(*listed_deadline(posting, context), isinstance(deadline, Rolling)),
    )
    return json_bytes(row)


ROW = Maker("search-row", _row)


def _pay(posting: Posting, context: Context) -> tuple[str, int, int, bool]:
    salary, (text, _) = posting.salary, listed_pay(posting, context)
    if salary is None or salary.ends is None:
        return text, 0, 0, False
    if salary.currency != context.settings.default_currency:
        return text, 0, 0, True
    low, high = (round((end or 0) * CENTS_A_YEAR[salary.period]) for end in (salary.minimum, salary.maximum))
    return text, low, high, True


def output(collection: Collection, context: Context, parts: Parts) -> Output:
    """Return the columns of a collection."""
    name, entries = collection.name, collection.entries
    return File(
        f"search/{name}.json",
        lambda: key_of(site=context.key, postings=digest(name, *[entry.standing for entry in entries])),
        partial(_columns, collection, context, parts),
    )


def _columns(collection: Collection, context: Context, parts: Parts) -> Iterator[bytes]:
    _, entries, spread, starts = collection
    numbers = spread.numbers()
    # Read as one list, which takes a fifth of the time.
    rows = [Row(*plain) for plain in json.loads(b"[%s]" % b",".join(parts.read(ROW.kind, entries)))]
    words: list[list[str]] = [[] for _ in range(spread.segments)]
    for number, row in zip(numbers, rows, strict=True):
        words[number].append(row.words)
    cards = [entry.card for entry in entries]
    table = {
        "starts": starts,
        "versions": [version(each) for each in words],
        "segments": numbers if spread.segments > 1 else [],
        "periods": CENTS_A_YEAR,
        "slugs": [card.slug for card in cards],
        "titles": _told_once(card.title for card in cards),
        "added": deltas(card.added - _EPOCH for card in cards),
        "posted": [row for row, card in enumerate(cards) if "added" in card.lacks],
        "closing": _told_once(_closing(entry, row) for entry, row in zip(entries, rows, strict=True)),
        "pay": _told_once(tuple(row.pay) for row in rows),
        "language": _told_once(card.language for card in cards),
        "place": _told_once(row.place for row in rows),
        "facets": _facets(cards, context),
        "search": _language(context),
        "synonyms": context.settings.synonyms or (),
    }
    yield json_bytes(table)


def _language(context: Context) -> dict[str, str]:
    """Return the words of the language by which people search: of use only where something is searched."""
    strings = context.wording.strings.items()
    return {key.removeprefix("search."): text for key, text in strings if key.startswith("search.")}


def _closing(entry: Entry, row: Row) -> tuple[str, str, bool, int, bool, str, int]:
    """Return a closing: the deadline's words, machine form, whether rolling; when it closes; what closed it.

    The instant is in POSIX seconds, followed by whether it is a deadline; the day it closed counts from 1970,
    and is 0 if it is unknown.
    """
    card = entry.card
    day = lifecycle.closing_day(entry)
    return *row.deadline, card.closes_at, card.has_deadline, entry.reason or "", day - _EPOCH if day else 0


def _facets(cards: Iterable[Card], context: Context) -> dict[str, Any]:
    """Return each facet's terms, and which of them each posting has.

    `spelled` are the words of postings that write a term of a row in another way than the first one does. A
    row has its places in words of its own.
    """
    parameters = {facet.value: name for name, facet in addresses.PARAMETERS.items()}
    labels: dict[str, dict[str, str]] = {facet: {} for facet in parameters}
    rows: dict[str, list[tuple[str, ...]]] = {facet: [] for facet in parameters}
    spelled: dict[str, dict[int, list[str]]] = {facet: {} for facet in parameters}
    for row, card in enumerate(cards):
        slugs: dict[str, list[str]] = {facet: [] for facet in parameters}
        for facet, slug, label in card.terms:
            slugs[facet].append(slug)
            if labels[facet].setdefault(slug, label) != label and facet != Facet.LOCATION:
                spelled[facet][row] = [term[2] for term in card.terms if term[0] == facet]
        for facet, own in slugs.items():
            # Some facets have no term for a posting that says nothing of them.
            if not own and facets.NOT_STATED not in labels[facet]:
                missing = f"{parameters[facet]}.{facets.NOT_STATED}"
                labels[facet][facets.NOT_STATED] = context.wording.text(missing)
            rows[facet].append(tuple(own) or (facets.NOT_STATED,))
    return {
        name: _terms(labels[facet], rows[facet]) | ({"spelled": spelled[facet]} if spelled[facet] else {})
        for facet, name in parameters.items()
    }


def _terms(labels: Mapping[str, str], rows: Iterable[tuple[str, ...]]) -> dict[str, Any]:
    """Return a facet's terms by their labels, and which of them each row has, by their places."""
    sets, places = _told_once(rows), {slug: place for place, slug in enumerate(labels)}
    sets["values"] = [[places[slug] for slug in slugs] for slugs in sets["values"]]
    return {"slugs": list(labels), "labels": list(labels.values()), "sets": sets}


def _told_once(values: Iterable[Hashable]) -> dict[str, Any]:
    """Return the distinct values in order of appearance, and for each row which of them it has."""
    numbers: dict[Hashable, int] = {}
    rows = [numbers.setdefault(value, len(numbers)) for value in values]
    return {"values": list(numbers), "rows": rows}
