"""The frozen values that travel through a build, from a source file to an output.

Owns what the terms of this program mean; refuses to know how values are read, judged, rendered or written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from decimal import Decimal


class Arrangement(StrEnum):
    """Where the work is done; a posting that does not say so has none."""

    ON_SITE = "on-site"
    HYBRID = "hybrid"
    REMOTE = "remote"
    FIELD = "field"


class EmploymentType(StrEnum):
    """The kinds of employment that schema.org's JobPosting distinguishes."""

    FULL_TIME = "full-time"
    PART_TIME = "part-time"
    CONTRACT = "contract"
    TEMPORARY = "temporary"
    INTERNSHIP = "internship"
    VOLUNTEER = "volunteer"
    PER_DIEM = "per-diem"
    OTHER = "other"


class PayPeriod(StrEnum):
    """The span of time that a pay figure is for."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class ClosedReason(StrEnum):
    """Why a posting is, or will be, closed."""

    DEADLINE = "deadline"
    FILLED = "filled"
    WITHDRAWN = "withdrawn"
    UNCONFIRMED = "unconfirmed"


class State(StrEnum):
    """Where a posting stands in its life cycle at one instant."""

    OPEN = "open"
    CLOSING_SOON = "closing-soon"
    CLOSED = "closed"


class Facet(StrEnum):
    """The ways to group postings, in the order in which readers are offered them.

    The value is the folder of its pages.
    """

    ORGANIZATION = "organizations"
    LOCATION = "locations"
    ARRANGEMENT = "arrangements"
    TYPE = "types"
    TAG = "tags"


class Version(NamedTuple):
    """What one committed version of a posting's file says about its closing; empty if it says nothing.

    `at` is when it was committed, in POSIX seconds. `deadline` has the form of `policies.moments`.
    `confirmed` is the newest of its `verified`, `posted` and `added` days. A draft says no more.
    """

    at: int
    deadline: str = ""
    verify_by: str = ""
    status: str = ""
    confirmed: str = ""
    draft: bool = False


class Source(NamedTuple):
    """One file of content as found: `path` is shown to people, `data` are its bytes, `digest` their hash.

    `data` is None if they have not been kept: they are read again when needed. `stamp` is what the file
    system says of it: size, times of change (ns) and inode. A file whose stamp an earlier build has seen is
    not opened again: it has the digest from then. `past` are the versions in the content's history, without
    drafts, each of which said something about the closing that the one before did not, oldest first. It is
    empty if nothing follows from them.
    """

    path: str
    data: bytes | None
    digest: str
    stamp: tuple[int, ...] = ()
    past: tuple[Version, ...] = ()

    @property
    def key(self) -> str:
        """Names what a posting is read from: the file, and what earlier versions of it said."""
        return f"{self.digest} {self.past}" if self.past else self.digest


class Place(NamedTuple):
    """A place of work; `country` is ISO 3166-1 alpha-2, `region` a code such as CT if known, or else text.

    Open data uses the same names for the parts.
    """

    city: str | None
    region: str | None
    postal_code: str | None
    country: str


class Salary(NamedTuple):
    """The employer's own pay figures in units of `currency` (ISO 4217) per `period`.

    An end that the employer leaves open, as in "from $20 an hour", is None; so are both where there is a note
    alone.
    """

    minimum: Decimal | None
    maximum: Decimal | None
    period: PayPeriod
    currency: str
    note: str | None

    @property
    def ends(self) -> tuple[Decimal, Decimal] | None:
        """The lowest and the highest figure that is stated; None where there is no figure."""
        stated = [end for end in (self.minimum, self.maximum) if end is not None]
        return (stated[0], stated[-1]) if stated else None

    @property
    def in_words(self) -> str:
        """What the employer says instead of figures; a note beside figures is not that."""
        return "" if self.ends else self.note or ""


class Deadline(NamedTuple):
    """A deadline as its author wrote it.

    `day` alone is a bare date. `at` is a wall-clock time in `time_zone` (IANA), unless `utc_offset`
    (seconds) was written.
    """

    day: date
    at: time | None
    utc_offset: int | None
    time_zone: str


class Rolling(NamedTuple):
    """What stands in place of a deadline if applications are taken until the job is filled."""

    time_zone: str


class Moved(StrEnum):
    """What can move after a posting was listed; the value is the field of the front matter.

    Without a deadline, `verify_by` moves, stated or not: the last day the posting is open unconfirmed.
    """

    DEADLINE = "deadline"
    VERIFY_BY = "verify_by"
    STATUS = "status"


class Move(NamedTuple):
    """A committed change of when or why a posting closes.

    `day` is its day (ordinal) in the site's zone, `at` its instant in POSIX seconds. `before` and `after` are
    a deadline in the form of `policies.moments`, an ISO date or a status; empty if nothing was stated.
    """

    day: int
    at: int
    what: str
    before: str
    after: str


class Application(NamedTuple):
    """How to apply: at least one of `url`, `email`, `instructions` is there.

    Open data uses the same names for the parts.
    """

    url: str | None = None
    email: str | None = None
    instructions: str | None = None
    subject: str | None = None
    documents: tuple[str, ...] = ()
    contact: str | None = None


class Organization(NamedTuple):
    """An employer; `slug` names its facet term. `parent` is the key of the larger body it belongs to."""

    key: str | None
    slug: str
    name: str
    short_name: str | None = None
    parent: str | None = None
    url: str | None = None
    description: str | None = None
    aliases: tuple[str, ...] = ()


class Term(NamedTuple):
    """One value of a facet: the folder of its page is `/<facet>/<slug>/`."""

    facet: Facet
    slug: str
    label: str


class Posting(NamedTuple):
    """A valid posting. There are no others: the intake makes one or reports why it cannot.

    `confirmed` is the newest day on which someone saw that the job was open. If `added` is not stated, it is
    the day the employer posted the job.
    """

    slug: str
    path: str
    title: str
    organization: Organization
    added: date
    posted: date | None
    verified: date | None
    confirmed: date
    verify_by: date | None
    deadline: Deadline | Rolling | None
    status: ClosedReason | None
    closes_at: datetime
    closes_because: ClosedReason
    places: tuple[Place, ...]
    arrangement: Arrangement | None
    arrangement_note: str | None
    remote_from: tuple[Place, ...]
    employment_types: tuple[EmploymentType, ...]
    salary: Salary | None
    benefits: tuple[str, ...]
    application: Application
    tags: tuple[str, ...]
    details: tuple[tuple[str, str], ...]
    source_url: str | None
    source_seen: date | None
    aliases: tuple[str, ...]
    language: str
    summary: str
    draft: bool
    body_html: str
    body_text: str
    moves: tuple[Move, ...] = ()
    is_added_stated: bool = True

    @property
    def changed(self) -> date:
        """The day its content last changed, by its own dates and its last move; no build ever changes it."""
        return max((self.confirmed, *(date.fromordinal(move.day) for move in self.moves)))


# As cards have them: plain values are cheap to keep.
PlainTerm = tuple[str, str, str]  # facet, slug, label
PlainPlace = tuple[str, str, str]  # country, region, city; empty if there is none
PlainTraits = tuple[str, tuple[str, ...], tuple[str, ...]]  # employer, tags and words, regions
PlainMove = tuple[int, int, str, str, str]  # the fields of `Move`


class Card(NamedTuple):
    """What lists know of a posting: plain values, cheap to keep for a hundred thousand of them.

    `key` is the digest of everything the posting was made from. Days are proleptic ordinals, `closes_at`
    POSIX seconds. `changed` is `Posting.changed`; `last_day` the last local day it was open by its dates.
    `pay` is minimum, maximum (decimal text), period and currency, if the employer states figures; if not,
    `pay_in_words` is what it says instead. `language` is empty if it is the site's; `lacks` names fields that
    followers, job search engines or the site need and the posting does not state; `links` are the paths of
    the site that the text links to. `twins` are digests of what no two open postings should share: employer,
    job and place, then the page to apply on, if there is one. `traits` are what others may have in common
    with it; `outline` is the digest of that and of all that their pages can say of it.
    """

    slug: str
    path: str
    key: str
    title: str
    organization: str
    added: int
    changed: int
    closes_at: int
    closes_because: str
    status: str | None
    has_deadline: bool
    last_day: int
    pay: tuple[str, str, str, str] | None
    terms: tuple[PlainTerm, ...]
    aliases: tuple[str, ...]
    twins: tuple[str, ...]
    draft: bool
    moves: tuple[PlainMove, ...] = ()
    language: str = ""
    lacks: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    places: tuple[PlainPlace, ...] = ()
    traits: PlainTraits = ("", (), ())
    outline: str = ""
    pay_in_words: str = ""


class Entry(NamedTuple):
    """A card with its state at the build's instant; `reason` and `closed_on` (ordinal) only when closed.

    `changed` (ordinal) is the day its content last changed; a stated one that is in the future is not yet it.
    `key` names the posting as rendered: different content or a different state has a different key.
    `standing` does so for what does not show whether it closes soon: as that comes near, it stays.
    """

    card: Card
    state: State
    reason: ClosedReason | None
    closed_on: int | None
    changed: int
    key: str
    standing: str


class Group(NamedTuple):
    """A facet term with its open entries, newest first, and the number of its closed ones."""

    term: Term
    open: tuple[Entry, ...]
    closed: int


class Listing(NamedTuple):
    """All published postings at one instant, split by life cycle and grouped by facet.

    `today` is its day (ordinal) in the site's zone. `open` and each group are newest first; `closing_soon` by
    deadline; `closed` latest closed first. `upcoming` are the cards whose `added` day has not come yet; they
    are in no other list.
    """

    now: datetime
    today: int
    open: tuple[Entry, ...]
    closing_soon: tuple[Entry, ...]
    closed: tuple[Entry, ...]
    groups: Mapping[Facet, tuple[Group, ...]]
    years: Mapping[int, tuple[Entry, ...]]
    upcoming: tuple[Card, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All that have a page: the open ones, then the closed ones."""
        return *self.open, *self.closed


class StaticPage(NamedTuple):
    """A page that is not a posting: the slug is its address, `path` its file.

    `language` is empty if it is the site's; `links` are the paths of the site that its text links to.
    """

    slug: str
    path: str
    title: str
    description: str
    html: str
    links: tuple[str, ...] = ()
    language: str = ""
    aliases: tuple[str, ...] = ()
    order: int | None = None
    draft: bool = False


class Settings(NamedTuple):
    """The site's settings, from `content/site.yaml` with the command line's changes applied.

    `logo` is a path under the root.
    """

    title: str
    description: str
    base_url: str
    language: str
    time_zone: str
    default_country: str
    default_currency: str
    page_size: int = 50
    undated_max_age_days: int = 60
    closing_soon_days: int = 7
    edit_url: str | None = None
    newsletter_url: str | None = None
    submit_url: str | None = None
    report_url: str | None = None
    contact_email: str | None = None
    tags: Mapping[str, str] | None = None
    logo: str | None = None
    theme: Mapping[str, str] | None = None
    aggregator: bool = False
    pay_required: bool = False
    redirects: Mapping[str, str] | None = None
    synonyms: tuple[tuple[str, ...], ...] | None = None


class Options(NamedTuple):
    """One run of the program, as asked for on the command line; `now` is the only input of time."""

    command: str
    content: Path
    layouts: Path
    output: Path
    cache: Path | None
    now: datetime
    base_url: str | None = None
    jobs: int = 1
    strict: bool = False
    format: str = "human"
    quiet: bool = False
    profile: bool = False
    explain: bool = False
    executor: str | None = None


class Output(Protocol):
    """One file of the site: where it goes, what decides its bytes, and how to make them.

    A large site has hundreds of thousands, and most builds make few of them. So an output is as small as can
    be, and works nothing out before it is asked.
    """

    @property
    def path(self) -> str:
        """Where it goes, below the site's root."""

    @property
    def basis(self) -> str:
        """Name all that decides the key, where that takes less work than the key; else nothing."""

    def key(self) -> str:
        """Name all inputs: equal keys mean equal bytes, so an unchanged file is never made again."""

    def chunks(self) -> Iterable[bytes]:
        """Make its bytes."""


class File(NamedTuple):
    """An output of which there are few; functions tell it how to do its work."""

    path: str
    key: Callable[[], str]
    chunks: Callable[[], Iterable[bytes]]
    basis: str = ""


class Rebuilt(NamedTuple):
    """A file that a build made, and why: its key before, None if it is new and empty if unknown, and now."""

    path: str
    before: str | None
    now: str


class Parts(Protocol):
    """What lists, feeds and pages are joined from: bytes made once for each posting, by kind."""

    def read(self, kind: str, entries: Sequence[Entry], /) -> Iterator[bytes]:
        """Yield the part of `kind` made for each entry, in its state."""


# Is given the whole site, by path, once it is known to be good, and nothing when it has been published or
# will not be. Until then, what its files are made of is at hand.
Preview = Callable[[Mapping[str, Output]], None]
