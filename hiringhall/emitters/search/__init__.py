"""The search data of the filter page: the open and the closed postings in columns, and their words in shards.

Owns the files under `search/` and how scripts find them; refuses to know how results are ranked or shown.

`open.json` and `closed.json` hold one collection each, column by column and in the order of its list, with
repeated values written once. The words of the whole texts are beside them. Postings are spread over segments,
and the words of a segment over shards by the alphabet: a word needs one small file of each segment, and an
edited posting rewrites one segment, as do those that close on one day. The columns say where shards begin and
name the version of each segment: a shard is asked for, and checked, by that which the columns belong to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hiringhall.context import Context
from hiringhall.emitters.search import columns, shards
from hiringhall.emitters.search.segments import Collection, by_age, by_closing
from hiringhall.engine.digests import digest, key_of
from hiringhall.engine.escaping import json_bytes
from hiringhall.model import File, Listing, Output, Parts
from hiringhall.policies import addresses

# The strings that scripts use.
_SPOKEN = (
    "script.",
    "list.",
    "pages.",
    "marks.",
    "closed.",
    "archive.closed.",
    "term.empty",
    "empty.archive",
)


def outputs(listing: Listing, context: Context, parts: Parts) -> Iterator[Output]:
    """Yield what scripts know about the site, and the columns and shards of open and closed postings."""
    renamed, moved = _renamed(context.settings.redirects or {}, listing), _moved(listing)
    yield File(
        "search/site.json",
        lambda: key_of(site=context.key, former=digest(repr(renamed), repr(moved))),
        lambda: _site(context, renamed, moved),
    )
    for name, entries, spread in (
        ("open", listing.open, by_closing(listing.open)),
        ("closed", listing.closed, by_age(listing.closed)),
    ):
        starts = shards.starts_of(len(entries), context.settings.language)
        collection = Collection(name, entries, spread, starts)
        yield columns.output(collection, context, parts)
        yield from shards.outputs(collection, context, parts)


def _renamed(redirects: Mapping[str, str], listing: Listing) -> dict[str, str]:
    """Return the present slugs of renamed terms, by the names that addresses of filters had for them.

    A name that postings have again is nobody's former one.
    """
    terms = {name.value: parameter for parameter, name in addresses.PARAMETERS.items()}
    groups = (group.term for groups in listing.groups.values() for group in groups) if redirects else ()
    lists = {addresses.term(term.facet, term.slug) for term in groups}
    found = {}
    for former, present in redirects.items():
        (facet, _, was), (now, _, slug) = former.partition("/"), present.partition("/")
        if facet == now and facet in terms and was and slug and former not in lists:
            found[f"{terms[facet]}={was.rstrip('/')}"] = slug.rstrip("/")
    return found


def _moved(listing: Listing) -> dict[str, str]:
    """Return the slugs of postings by their former ones, which readers' browsers remember."""
    cards = [entry.card for entry in listing.entries if entry.card.aliases]
    return dict(sorted((alias, card.slug) for card in cards for alias in card.aliases))


def _site(context: Context, renamed: Mapping[str, str], moved: Mapping[str, str]) -> Iterator[bytes]:
    settings, strings = context.settings, context.wording.strings
    site = {
        "title": settings.title,
        "language": context.wording.language,
        "currency": settings.default_currency,
        "pageSize": settings.page_size,
        "soonDays": settings.closing_soon_days,
        "renamed": renamed,
        "moved": moved,
        "strings": {key: text for key, text in strings.items() if key.startswith(_SPOKEN)},
    }
    yield json_bytes(site)
