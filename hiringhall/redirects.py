"""Redirects from former addresses of lists and pages, which the settings name.

Owns which addresses can be redirected, and what is there then; refuses to know what is at the present ones.

A feed or a calendar goes on at its former address with the same bytes as at the present one, which it names
as its own: programs that follow it need not read HTML, and those that move find items with the same ids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache, partial
from itertools import chain, count
from pathlib import Path, PurePosixPath

from hiringhall.context import Context
from hiringhall.diagnostics import Diagnostic, Outcome, Span, error, warning
from hiringhall.feeds import feeds
from hiringhall.intake.content.lost_links import page_like
from hiringhall.intake.files.sources import SETTINGS, shown
from hiringhall.model import Card, Facet, File, Listing, Output
from hiringhall.pages.outputs import redirect, renamed
from hiringhall.pages.rendering import Renderer
from hiringhall.pages.views import FeedLink, feeds_of
from hiringhall.policies import addresses

Outputs = Mapping[str, Output]

# What can come to be in the folder of a former address: its list may have a second page another day.
_LEADING_ON = (addresses.file_of(""), "page", *addresses.FOLLOWED)


def with_redirects(
    wanted: Outcome[dict[str, Output]],
    listing: Listing,
    renderer: Renderer,
    content: Path,
    *,
    is_whole: bool,
) -> Outcome[dict[str, Output]]:
    """Add to all outputs what leads on to some; what cannot lead on is reported at its line of the settings.

    If the listing is not whole, nothing that comes with a posting is reported as gone.
    """
    redirects = renderer.context.settings.redirects
    if wanted.value is None or not redirects:
        return wanted
    found = (*wanted.diagnostics, *_faults(redirects, wanted.value, listing, content, is_whole=is_whole))
    titles = _titles(listing, renderer.context)
    ends = {former: present for former, present, _ in renamed(listing, renderer.context)}
    added: dict[str, Output] = {}
    for former, written in redirects.items():
        if addresses.file_of(former) in wanted.value:
            continue
        present = ends.get(written, written)
        added.update(_pages(former, present, titles.get(present), wanted.value, renderer))
        for file in addresses.FOLLOWED:
            if f"{present}{file}" in wanted.value:
                again = wanted.value[f"{present}{file}"]
                added[f"{former}{file}"] = File(f"{former}{file}", again.key, again.chunks)
    return Outcome(wanted.value | added, found)


def _titles(listing: Listing, context: Context) -> Mapping[str, str]:
    """Return the titles of lists with feeds and of static pages, by address."""
    lists = {feed.folder: feed.title for feed in feeds(listing, context)}
    return lists | {addresses.static_page(page.slug): context.titled(page.title) for page in context.pages}


def _pages(
    former: str, present: str, title: str | None, wanted: Outputs, renderer: Renderer
) -> Iterator[tuple[str, Output]]:
    """Yield what leads on from a former address and, if it leads to a list, from its further pages.

    The list of all jobs is not the one that was at another address, so only its first page is led to.
    """
    for number in count(1) if present else (1,):
        there = addresses.page(number, present)
        if addresses.file_of(there) not in wanted:
            return
        page = _page(addresses.page(number, former), there, title, wanted, renderer)
        yield page.path, page


def _page(former: str, present: str, title: str | None, wanted: Outputs, renderer: Renderer) -> Output:
    """Return the page at a former address, which offers the feeds of the list that has moved."""
    context = renderer.context
    followed: tuple[FeedLink, ...] = ()
    if title and f"{present}{addresses.RSS_FEED}" in wanted:
        followed = feeds_of(present, title, context, calendar=f"{present}{addresses.CALENDAR}" in wanted)
    moved = context.titled(context.wording.text("redirect.title"))
    name = title or context.site.absolute(present)
    return redirect(former, present, title or moved, name, renderer, feeds=followed)


def _faults(
    redirects: Mapping[str, str], wanted: Outputs, listing: Listing, content: Path, *, is_whole: bool
) -> Iterator[Diagnostic]:
    """Yield what is wrong with each address that is not former, and with each that is not present."""
    path, coming = shown(content / SETTINGS), frozenset(_coming(listing))
    places = cache(partial(_places_in, content))  # they are read only where something is wrong
    for former, present in redirects.items():
        is_there = addresses.file_of(former) in wanted
        file = None if is_there else _file_in_the_way(former, wanted)
        if is_there or file or former in coming:
            span = places()(f"/{former}", at_key=True)
            yield _taken(path, span, former, present, file, listing, is_there=is_there)
        is_there = addresses.file_of(present) in wanted or present in coming
        if not is_there and (is_whole or not addresses.comes_with_posting(present)):
            message = f"there is no page at /{present}"
            near = page_like(present, wanted)
            hint = f"did you mean /{near}?" if near else "write the address of a page of the site"
            span = places()(f"/{former}")
            yield error(path, span, "redirect-gone", message, hint)


def _places_in(content: Path) -> Callable[..., Span]:
    """Return what gives the place of a redirect in the settings."""
    from hiringhall.intake.configuration.settings import places_in

    return partial(places_in(content), "redirects")


def _taken(
    path: str, span: Span, former: str, present: str, file: str | None, listing: Listing, *, is_there: bool
) -> Diagnostic:
    """Return what to say of an address that a page or a list has, or will have, or that a file is in.

    A list that has come back, as that of a city with one job a year, is no error: whoever adds the job knows
    nothing of the line, and the list serves readers best. Other pages and files are there to stay.
    """
    if file or not addresses.comes_with_posting(former):
        what = f"file at /{file}" if file else f"page at /{former}"
        message = f"there is a {what}, so that this address cannot lead to another"
        return error(path, span, "redirect-taken", message, "delete this line")
    be = "is" if is_there else "will be"
    message = f"there {be} a list at /{former} again, which is shown instead of /{present}"
    holder = _listed_at(former, listing)
    hint = f"delete this line, unless {holder} is there by mistake" if holder else "delete this line"
    return warning(path, span, "redirect-taken", message, hint)


def _file_in_the_way(folder: str, wanted: Outputs) -> str | None:
    """Return the file that stands where a folder, one above it, or what leads on in it would be.

    Only names of the site's own files have capitals, which not all systems tell from small letters.
    """
    above = {str(each) for each in PurePosixPath(addresses.file_of(folder)).parents}
    if not folder.startswith(addresses.FILES):
        return next((path for path in sorted(above) if path in wanted), None)
    inside = tuple(f"{folder}{name}/" for name in _LEADING_ON)
    found = (path for path in wanted if path.lower() in above or f"{path.lower()}/".startswith(inside))
    return next(found, None)


def _coming(listing: Listing) -> Iterator[str]:
    """Yield the pages that a later day brings, judged as if they were there: no day may break a build."""
    for card in listing.upcoming:
        yield addresses.posting(card.slug)
        yield from _folders(card)
    for card in (*listing.upcoming, *(entry.card for entry in listing.open)):
        yield addresses.archive(date.fromordinal(card.last_day).year)


def _folders(card: Card) -> Iterator[str]:
    return (addresses.term(Facet(facet), slug) for facet, slug, _ in card.terms)


def _listed_at(folder: str, listing: Listing) -> str | None:
    """Return the file of a posting because of which there is a list at an address."""
    cards = chain((entry.card for entry in listing.entries), listing.upcoming)
    return next((card.path for card in cards if folder in _folders(card)), None)
