"""Made-up postings for measuring: the same number gives the same files.

Owns their words, form and dates; refuses to know which program reads them.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SHARE_CLOSED = 0.4
SHARE_UNDATED = 0.2
EXPIRING = 5  # postings that close between NOW and the same time on the next day
EMPLOYERS = 0.3  # of a posting

SETTINGS = """\
title: A made-up site
description: Postings that nobody wrote, for measuring.
base_url: https://jobs.example/
language: en
time_zone: America/New_York
default_country: US
default_currency: USD
"""
SYLLABLES = tuple(first + second for first in "bcdflmnprstv" for second in "aeio")
VOCABULARY = 12_000
LEVELS = ("", "Senior ", "Lead ", "Assistant ", "Regional ", "Deputy ")
FIELDS = (
    *("Research", "Policy", "Field", "Communications", "Legal"),
    *("Data", "Training", "Finance", "Education", "Campaign"),
)
ROLES = (
    *("Organizer", "Director", "Coordinator", "Analyst"),
    *("Representative", "Counsel", "Specialist", "Manager"),
)
KINDS = ("Union", "Council", "Federation", "Alliance", "Campaign", "Association")
PLACES = tuple(
    f"{city}, {state}"
    for state, cities in {
        "AK": ("Anchorage", "Juneau"),
        "AL": ("Birmingham", "Mobile"),
        "AZ": ("Flagstaff", "Mesa", "Phoenix"),
        "CA": ("Bakersfield", "Fresno", "Oakland", "San Jose"),
        "CO": ("Denver", "Pueblo"),
        "CT": ("Bridgeport", "Hartford", "New Haven", "Stamford"),
        "FL": ("Jacksonville", "Miami", "Tallahassee"),
        "IA": ("Ames", "Des Moines"),
        "IL": ("Chicago", "Peoria", "Rockford"),
        "MA": ("Boston", "Lowell", "Worcester"),
        "ME": ("Augusta", "Bangor"),
        "MI": ("Detroit", "Flint", "Lansing"),
        "MN": ("Duluth", "Rochester"),
        "NJ": ("Camden", "Newark", "Trenton"),
        "NM": ("Albuquerque", "Santa Fe"),
        "NV": ("Henderson", "Reno"),
        "NY": ("Albany", "Buffalo", "Syracuse", "Yonkers"),
        "OH": ("Akron", "Dayton", "Toledo"),
        "OR": ("Eugene", "Portland"),
        "PA": ("Erie", "Reading", "Scranton"),
        "TX": ("Austin", "El Paso", "Laredo", "Waco"),
        "WA": ("Seattle", "Tacoma"),
    }.items()
    for city in cities
)
ARRANGEMENTS = ("on-site", "on-site", "hybrid", "hybrid", "remote", "field")
TYPES = ("full-time", "full-time", "full-time", "part-time", "temporary", "internship")
TAGS = tuple(
    f"{name} {kind}"
    for name in ("public", "private", "local", "national", "rural")
    for kind in ("health", "schools", "transit", "housing", "energy")
)
BENEFITS = ("health insurance", "a pension", "paid leave", "tuition", "a transit pass", "union membership")
DOCUMENTS = ("A resume", "A letter of interest", "Two references", "A writing sample", "The form on our site")


@dataclass(frozen=True, slots=True)
class Dates:
    """When a posting appeared and how long people can apply, as its front matter writes it."""

    posted: date
    deadline: str | None


def write(folder: Path, count: int, share_closed: float = SHARE_CLOSED, share_paid: float = 1) -> None:
    """Write settings and `count` postings as the content of a site.

    The arguments give the shares that are closed at NOW and that state pay; without pay, many laws cause
    notices.
    """
    rng = random.Random(count)
    (folder / "postings").mkdir(parents=True)
    (folder / "site.yaml").write_text(SETTINGS, "utf-8")
    (folder / "organizations.yaml").write_text("", "utf-8")
    speech = Speech(rng)
    employers = _employers(speech, count)
    for number, dates in enumerate(_dates(rng, count, share_closed)):
        paid = rng.random() < share_paid
        slug, text = _posting(speech, employers[number], dates, number, paid=paid)
        (folder / "postings" / f"{slug}.md").write_text(text, "utf-8")


def postings_of(folder: Path) -> tuple[Path, ...]:
    """Return the files of the postings, in the order of their names."""
    return tuple(sorted((folder / "postings").glob("*.md")))


def some_open(folder: Path) -> Path:
    """Return a posting from the middle of the folder that is open for every program."""
    found = postings_of(folder)
    late = re.compile(rf"^deadline: {NOW.year + 1}-", re.MULTILINE)
    middle = len(found) // 2
    return next(path for path in (*found[middle:], *found) if late.search(path.read_text("utf-8")))


def edit_text(path: Path, original: str, mark: str) -> None:
    """Save the posting with one more sentence at its end."""
    path.write_text(f"{original}\nThis sentence is new: {mark}.\n", "utf-8")


def edit_title(path: Path, original: str, mark: str) -> None:
    """Save the posting with one more word in its title."""
    path.write_text(re.sub(r"(?m)^(title: .*)$", rf"\1 {mark}", original, count=1), "utf-8")


class Speech:
    """Words that follow Zipf's law, and sentences made of them."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        # Sorted, because the order of a set differs between runs of Python.
        words = sorted({"".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(VOCABULARY)})
        rng.shuffle(words)
        self.words = words
        self.weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(words))))

    def some(self, fewest: int, most: int) -> list[str]:
        """Return words, mostly common ones."""
        return self.rng.choices(self.words, cum_weights=self.weights, k=self.rng.randint(fewest, most))

    def name(self) -> str:
        """Return any word with a capital letter, rare ones as likely as common ones."""
        return self.rng.choice(self.words).capitalize()

    def sentence(self) -> str:
        """Return a sentence; some have an emphasis or a link."""
        words, chance = self.some(7, 18), self.rng.randrange(20)
        if chance == 0:
            words[2:4] = [f"[{words[2]} {words[3]}](https://guides.example.org/{words[2]})"]
        elif chance == 1:
            words[2:4] = [f"*{words[2]} {words[3]}*"]
        words[0] = words[0].capitalize()
        return " ".join(words) + "."

    def paragraph(self, fewest: int, most: int) -> str:
        """Return that many sentences."""
        return " ".join(self.sentence() for _ in range(self.rng.randint(fewest, most)))


def _employers(speech: Speech, count: int) -> list[str]:
    """Name the employer of each posting: each has one or more, a few have many."""
    rng, names = speech.rng, dict[str, None]()
    wanted = max(1, round(count * EMPLOYERS))
    while len(names) < wanted:
        names[f"{speech.name()} {speech.name()} {rng.choice(KINDS)}"] = None
    weights = [1 / (rank + 3) for rank in range(wanted)]
    found = [*names, *rng.choices(tuple(names), weights, k=count - wanted)]
    rng.shuffle(found)
    return found


def _dates(rng: random.Random, count: int, share_closed: float) -> list[Dates]:
    closed, undated = round(count * share_closed), round(count * SHARE_UNDATED)
    expiring = min(EXPIRING, count - closed - undated)
    found = [_closed(rng) for _ in range(closed)]
    found += [_open(rng, None) for _ in range(undated)]
    # Five in the afternoon in New York, with its offset: the same instant in every site's time zone.
    found += [_open(rng, f"{NOW.date()}T17:00:00-05:00") for _ in range(expiring)]
    found += [_open(rng, str(_day(rng.randrange(3, 100)))) for _ in range(count - len(found))]
    rng.shuffle(found)
    return found


def _closed(rng: random.Random) -> Dates:
    ago = 3 + int(rng.random() ** 2 * 700)
    return Dates(_day(-ago - rng.randrange(15, 75)), str(_day(-ago)))


def _open(rng: random.Random, deadline: str | None) -> Dates:
    return Dates(_day(-rng.randrange(1, 45)), deadline)


def _day(after: int) -> date:
    return NOW.date() + timedelta(days=after)


def _posting(speech: Speech, employer: str, dates: Dates, number: int, *, paid: bool) -> tuple[str, str]:
    """Return a posting's name and text."""
    rng = speech.rng
    title = f"{rng.choice(LEVELS)}{rng.choice(FIELDS)} {rng.choice(ROLES)}, {speech.name()}"
    place, host = rng.choice(PLACES), f"{_slug(employer)}.example.org"
    fields = {
        "title": title,
        "organization": employer,
        "location": place,
        "arrangement": rng.choice(ARRANGEMENTS),
        "employment_type": rng.choice(TYPES),
        "salary": _pay(rng) if paid else None,
        "posted": dates.posted,
        "added": dates.posted,  # else each would cause a notice
        "deadline": dates.deadline,
        "tags": f"[{', '.join(rng.sample(TAGS, rng.randint(1, 4)))}]",
        "apply": rng.choice((f"jobs@{host}", f"https://{host}/careers/{number}")),
    }
    head = "".join(f"{name}: {value}\n" for name, value in fields.items() if value is not None)
    body = "\n\n".join(_blocks(speech, employer, f"The **{title}** works in {place}.", host))
    return f"{_slug(employer)}-{_slug(title)}-{number}", f"---\n{head}---\n\n{body}\n"


def _pay(rng: random.Random) -> str:
    low = rng.randrange(40, 120)
    return f"{{ min: {low}000, max: {low + rng.randrange(2, 30)}000, currency: USD, period: year }}"


def _blocks(speech: Speech, employer: str, opening: str, host: str) -> Iterator[str]:
    rng = speech.rng
    yield f"## About {employer}"
    yield speech.paragraph(3, 6)
    yield "## The position"
    yield f"{opening} {speech.paragraph(2, 4)}"
    yield "## What you would do"
    yield _duties(speech)
    if rng.randrange(3) == 0:
        yield "### Whom you would work with"
        yield speech.paragraph(1, 3)
    yield "## What you bring"
    yield "\n".join(f"- {speech.sentence()}" for _ in range(rng.randint(6, 10)))
    yield "## Pay and benefits"
    yield f"{speech.sentence()} We offer {_series(rng.sample(BENEFITS, rng.randint(2, 5)))}."
    yield "## How to apply"
    documents = rng.sample(DOCUMENTS, rng.randint(2, 4))
    yield "\n".join(f"{place}. {document}" for place, document in enumerate(documents, 1))
    mail = rng.choice(("<jobs@{}>", "jobs@{}")).format(host)
    yield f"Write to {mail}, or see [all our openings](https://{host}/careers/). {speech.paragraph(1, 2)}"


def _duties(speech: Speech) -> str:
    """Return a list; in two of five each line has a bold lead, and some lines have a list of their own."""
    rng = speech.rng
    led = rng.randrange(5) < 2  # noqa: PLR2004 - of five
    lines = []
    for _ in range(rng.randint(9, 16)):
        lead = f"**{' '.join(speech.some(1, 3)).capitalize()}:** " if led else ""
        lines.append(f"- {lead}{speech.sentence()}")
        if rng.randrange(7) == 0:
            lines += [f"  - {speech.sentence()}" for _ in range(rng.randint(2, 4))]
    return "\n".join(lines)


def _series(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _slug(text: str) -> str:
    return re.sub("[^a-z0-9]+", "-", text.lower()).strip("-")
