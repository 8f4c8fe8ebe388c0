"""What templates see of the site, a page and a list: plain values, already worded and addressed.

Owns the shapes of views and those that many pages share; refuses to know how a posting or a list is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from hiringhall.context import Context
from hiringhall.facts import mailto
from hiringhall.model import Facet, PlainTerm
from hiringhall.pages.assets import STYLES, AssetError, Assets, no_asset, theme_css
from hiringhall.policies import addresses
from hiringhall.questions import mail

EARLY_SCRIPT = "js/early.js"
SCRIPT = "js/main.js"
ICON = "icons/icon.svg"
TOUCH_ICON = "icons/touch.png"
SOCIAL_IMAGE = "images/social.png"
_FEED = "{feed}"


class Link(NamedTuple):
    """A link; `current` says that it leads to where the reader is.

    `lang` is the language of its words if that is not the site's.
    """

    text: str
    href: str
    current: bool = False
    lang: str | None = None


class FeedLink(NamedTuple):
    """A way to follow a list: `title` tells feeds apart, `label` and `about` explain its kind to a reader.

    `app_href` opens the reader's own app, which then follows it; most browsers only download a calendar.
    """

    type: str
    href: str
    title: str
    label: str
    about: str
    app_href: str | None = None


class SiteView(NamedTuple):
    """What is the same on all pages; addresses of files are under the host's root, `image` is absolute.

    `report_url` can differ, as it can name the page. `asset` returns the address of a file by its name under
    `layouts/assets/`.
    """

    title: str
    description: str
    language: str
    is_rtl: bool
    locale: str | None
    root: str
    styles: tuple[str, ...]
    early_script: str | None
    script: str | None
    icon: str | None
    touch_icon: str | None
    image: str | None
    logo: str | None
    newsletter_url: str | None
    submit_url: str | None
    report_url: str | None
    contact_email: str | None
    pages: tuple[Link, ...]
    feeds: tuple[FeedLink, ...]
    theme: Mapping[str, str]
    asset: Callable[[str], str]


class Page(NamedTuple):
    """What the head of a page says about it; `canonical` is its absolute address.

    `newsletter_url` is where to have its own list sent by email, if there is a place for that.
    """

    title: str
    description: str
    canonical: str | None
    feeds: tuple[FeedLink, ...] = ()
    noindex: bool = False
    kind: str = "website"
    redirect: str | None = None
    newsletter_url: str | None = None


class Frame(NamedTuple):
    """The markup around the content of every page of one section of the site, rendered once."""

    site: SiteView
    head: Markup
    feeds: Markup
    header: Markup
    footer: Markup


def site_of(context: Context, assets: Assets) -> SiteView:
    """Return what all pages of a site share."""
    settings, root = context.settings, context.site.root
    theme = theme_css(settings.theme)
    styles = (*map(assets.path, STYLES), theme.path if theme else None)
    image = assets.path(SOCIAL_IMAGE)

    def published(name: str) -> str | None:
        path = assets.path(name)
        return path and root + path

    return SiteView(
        title=settings.title,
        description=settings.description,
        language=context.wording.language,
        is_rtl=context.wording.is_rtl,
        locale=_locale(settings.language),
        root=root,
        styles=tuple(root + path for path in styles if path),
        early_script=published(EARLY_SCRIPT),
        script=published(SCRIPT),
        icon=published(ICON),
        touch_icon=published(TOUCH_ICON),
        image=image and context.site.absolute(image),
        logo=settings.logo and root + settings.logo,
        newsletter_url=_newsletter_of(root + addresses.RSS_FEED, context),
        submit_url=settings.submit_url or _mail_for_a_job(context),
        report_url=settings.report_url,
        contact_email=settings.contact_email,
        pages=tuple(
            Link(page.title, root + addresses.static_page(page.slug), lang=page.language or None)
            for page in context.pages
        ),
        feeds=feeds_of_all(context),
        theme=settings.theme or {},
        asset=partial(_address_of, assets, root),
    )


def _mail_for_a_job(context: Context) -> str | None:
    """Return the address that opens a mail with the questions of the form, if there is one to write to."""
    address = context.settings.contact_email
    if address is None:
        return None
    subject, body = mail(context.wording)
    return mailto(address, subject=subject, body=body)


def navigation(section: str, context: Context) -> tuple[Link, ...]:
    """Return the main links, with the one to `section` marked, if it is there.

    Types and arrangements have but a few terms each: the list of open jobs and every posting lead to them.
    """
    root, text = context.site.root, context.wording.text
    places = {
        "open": "",
        "closing-soon": addresses.CLOSING_SOON,
        **{facet.value: addresses.facet(facet) for facet in (Facet.ORGANIZATION, Facet.LOCATION, Facet.TAG)},
        "archive": addresses.archive(),
    }
    return tuple(Link(text(f"nav.{name}"), root + path, name == section) for name, path in places.items())


def feeds_of(folder: str, title: str, context: Context, *, calendar: bool = True) -> tuple[FeedLink, ...]:
    """Return the ways to follow the list at `folder`; their titles differ, as readers of feeds need."""
    kinds = (
        ("rss", "application/rss+xml", addresses.RSS_FEED),
        ("json", "application/feed+json", addresses.JSON_FEED),
        *((("calendar", "text/calendar", addresses.CALENDAR),) if calendar else ()),
    )
    text, base = context.wording.text, context.site.root + folder
    host = context.site.origin.partition("://")[2]
    labels = {key: text(f"subscribe.{key}") for key, _, _ in kinds}
    return tuple(
        FeedLink(
            type=media,
            href=base + name,
            title=f"{title} ({labels[key]})",
            label=labels[key],
            about=text(f"subscribe.{key}-about"),
            app_href=f"webcal://{host}{base}{name}" if key == "calendar" else None,
        )
        for key, media, name in kinds
    )


def feeds_of_all(context: Context) -> tuple[FeedLink, ...]:
    """Return the ways to follow all open postings."""
    return feeds_of("", context.settings.title, context)


def term_link(term: PlainTerm, context: Context) -> Link:
    """Return a link to the list of a term."""
    facet, slug, label = term
    return Link(label, context.site.root + addresses.term(Facet(facet), slug))


def head_of_list(
    name: str, description: str, folder: str, feeds: tuple[FeedLink, ...], context: Context
) -> Page:
    """The head of a list at `folder`; the first of its feeds is the one that services send by email."""
    has_own = _FEED in (context.settings.newsletter_url or "")
    newsletter = _newsletter_of(feeds[0].href, context) if has_own else None
    address = context.site.absolute(folder)
    return Page(context.titled(name), description, address, feeds, newsletter_url=newsletter)


def _newsletter_of(feed: str, context: Context) -> str | None:
    """Return where to sign up for a newsletter: that of a feed, given by its path, if each has one."""
    pattern = context.settings.newsletter_url
    return pattern and filled(pattern, _FEED, context.site.origin + feed)


def filled(pattern: str, slot: str, address: str) -> str:
    """Return an address with another one in its slot, as a part of its query."""
    return pattern.replace(slot, quote(address, safe=""))


def edit_address(path: str, context: Context) -> str | None:
    """Return where to propose a change to a file of content, if there is a place for that."""
    pattern = context.settings.edit_url
    if pattern is None:
        return None
    edited = PurePosixPath(context.folder_in_git, path.removeprefix(f"{context.folder}/"))
    # A folder can have any name that a file system accepts.
    return pattern.replace("{path}", quote(edited.as_posix()))


def _address_of(assets: Assets, root: str, name: str) -> str:
    """Return the address of a file by its name under `layouts/assets/`. Raises AssetError."""
    path = assets.path(name)
    if path is None:
        raise AssetError(no_asset(name))
    return root + quote(path)


def _locale(language: str) -> str | None:
    """Return a language in Open Graph's form, which always names a territory, or None if none is named."""
    parts = language.split("-")
    region = parts[-1]
    return f"{parts[0]}_{region.upper()}" if len(parts) > 1 and len(region) == 2 else None  # noqa: PLR2004
