"""Every address of the site: paths under its root, absolute addresses, and permanent ids.

Owns the contract's addresses; refuses to know what is at them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from hiringhall.engine.patterns import pattern
from hiringhall.model import Facet

# The name space of posting ids: it must never change, or every subscriber sees every posting again.
_IDS = UUID("6b1b8a4e-6f0e-5e0c-9a55-7d2c2f1f5f52")


# The parameter of the filter's address for each facet, in the order in which the filter shows them.
PARAMETERS = {
    "location": Facet.LOCATION,
    "arrangement": Facet.ARRANGEMENT,
    "type": Facet.TYPE,
    "organization": Facet.ORGANIZATION,
    "tag": Facet.TAG,
}

POSTINGS = "jobs/"
CLOSING_SOON = "closing-soon/"
CHANGES = "changes/"
STATISTICS = "statistics/"
FILES = "files/"  # what is published unchanged
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg")

# What a text can write for an address of the site. If it begins with a name that has a dot, that is a host
# without its https://, unless it ends like a file.
_IN_SITE = pattern(
    r"(?=.)(?:/|(?:\.\.?/)+|(?=[^./?#]*(?:[/?#]|$))|(?=[^/]+\.(?:md|html?|xml|json|csv|ics|txt|pdf|docx?|odt|rtf"
    r"|xlsx?|ods|pptx?|png|jpe?g|gif|webp|avif|svg|zip)(?:[?#]|$)))"
    r"(?P<path>(?:[\w-][\w.-]*/)*(?:[\w-][\w.-]*)?)(?P<rest>(?:\?[^#]*)?(?:#.*)?)",
    re.ASCII | re.IGNORECASE,
)

# Folders of the root that the site uses, so that nothing else can be at these addresses.
OWN_FOLDERS = frozenset(
    {
        *("page", "archive", "assets", "search"),
        *(path.rstrip("/") for path in (POSTINGS, CLOSING_SOON, CHANGES, STATISTICS, FILES)),
        *(facet.value for facet in Facet),
    }
)
# Files of the root that many hosts also serve by name without the ending.
OWN_PAGES = frozenset({"index", "404"})

# What every list with subscribers has in its folder.
RSS_FEED = "feed.xml"
JSON_FEED = "feed.json"
CALENDAR = "deadlines.ics"
FOLLOWED = (RSS_FEED, JSON_FEED, CALENDAR)


class SiteAddress(NamedTuple):
    """Where a site is: `origin` without a final slash, `root` the folder's path with both slashes."""

    origin: str
    root: str

    def absolute(self, path: str) -> str:
        """Return the absolute address of a path under the root, such as `jobs/x/`."""
        return f"{self.origin}{self.root}{path}"


def site_at(base_url: str) -> SiteAddress:
    """Split a site's base address.

    >>> site_at("https://example.org/jobs-board")
    SiteAddress(origin='https://example.org', root='/jobs-board/')
    """
    parts = urlsplit(base_url)
    folder = parts.path.strip("/")
    return SiteAddress(f"{parts.scheme}://{parts.netloc}", f"/{folder}/" if folder else "/")


def posting(slug: str) -> str:
    """Return the folder of a posting, open or closed, forever."""
    return f"{POSTINGS}{slug}/"


def slug_at(path: str) -> str | None:
    """Return the slug of the posting whose page is at a path in the site, if it is one.

    >>> slug_at("jobs/organizer/index.html"), slug_at("jobs/organizer/deadline.ics"), slug_at("index.html")
    ('organizer', None, None)
    """
    parts = path.split("/")
    return parts[1] if len(parts) > 1 and path == file_of(posting(parts[1])) else None


def static_page(slug: str) -> str:
    """Return the folder of a page that is not a posting."""
    return f"{slug}/"


def in_site(address: str, beside: Callable[[str], str] = posting) -> str | None:
    """Return the path under the root that an address in a text means, or None if it is not of the site.

    Every path counts from the root, however it begins: its writer sees neither the folder of the page nor
    that of the site. A Markdown file means its page: `beside` gives the folder of one that is named without
    `pages` or `postings`. A file that is published unchanged keeps its name.

    >>> in_site("/archive"), in_site("../tags/legal/#main"), in_site("../pages/about.md")
    ('archive/', 'tags/legal/#main', 'about/')
    >>> in_site("example.org"), in_site("//example.org/"), in_site("#pay"), in_site("mailto:a@b.example")
    (None, None, None, None)
    >>> in_site("/files/LICENSE"), in_site("../files/notes.md")
    ('files/LICENSE', 'files/notes.md')
    """
    found = _IN_SITE.fullmatch(address)
    if found is None or address.startswith("#"):
        return None
    *folders, name = found["path"].split("/")
    if found["path"].startswith(FILES):
        path = found["path"]
    elif name.endswith(".md"):
        home = next((_HOMES[folder] for folder in reversed(folders) if folder in _HOMES), beside)
        path = home(name.removesuffix(".md"))
    else:
        path = "/".join((*folders, "" if name == "index.html" else name))
        path += "/" if name and "." not in name else ""
    return path + found["rest"]


def picture(address: str) -> str | None:
    """Return the path under the root of the site's own picture that an address in a text means, or None.

    >>> picture("../files/hall.JPG"), picture("/files/charter.pdf"), picture("https://example.org/hall.jpg")
    ('files/hall.JPG', None, None)
    """
    path = in_site(address)
    return path if path and path.startswith(FILES) and path.lower().endswith(_PICTURES) else None


# Where the pages of the files in a folder of content are.
_HOMES = {"pages": static_page, "postings": posting}


def deadline_calendar(slug: str) -> str:
    """Return the path of a posting's own calendar file."""
    return f"{posting(slug)}deadline.ics"


def page(number: int, folder: str = "") -> str:
    """Return the folder of a page of the list at `folder`; page 1 is the list's own.

    >>> page(1), page(2), page(2, "tags/legal/")
    ('', 'page/2/', 'tags/legal/page/2/')
    """
    return folder if number == 1 else f"{folder}page/{number}/"


def archive(year: int | None = None) -> str:
    """Return the folder of the archive, whole or of one year."""
    return "archive/" if year is None else f"archive/{year}/"


def comes_with_posting(path: str) -> bool:
    """Say whether a posting may bring something to a path, which is always in a folder.

    >>> comes_with_posting("tags/legal/"), comes_with_posting("jobs/organizer/deadline.ics")
    (True, True)
    >>> comes_with_posting("tags/"), comes_with_posting("about/"), comes_with_posting("files/guide.pdf")
    (False, False, False)
    """
    return "/" in path.removesuffix("/") and not path.startswith(FILES)


def facet(name: Facet) -> str:
    """Return the folder of a facet's list of terms."""
    return f"{name.value}/"


def term(name: Facet, slug: str) -> str:
    """Return the folder of a facet term."""
    return f"{name.value}/{slug}/"


def filtered(name: Facet, slug: str) -> str:
    """Return the address of the index with only the postings of a facet term shown, if scripts run.

    >>> filtered(Facet.TAG, "legal")
    '?tag=legal'
    """
    parameter = next(key for key, facet in PARAMETERS.items() if facet is name)
    return f"?{parameter}={slug}"


def file_of(folder: str) -> str:
    """Return the file that is served for a folder's address."""
    return f"{folder}index.html"


def first_name(slug: str, aliases: Sequence[str]) -> str:
    """Return the slug that a posting first had, from which its ids are made: a new name makes none new.

    No other posting has that slug or is said to have had it.

    >>> first_name("rigger-iii", ("rigger", "rigger-ii")), first_name("welder", ())
    ('rigger', 'welder')
    """
    return aliases[0] if aliases else slug


def guid(name: str) -> str:
    """Return the permanent id of a posting, made from its first name alone; ids of events have longer names.

    >>> guid("organizer")
    'urn:uuid:6a852343-a26f-507c-bab7-fe27a2408b6b'
    """
    return uuid5(_IDS, name).urn
