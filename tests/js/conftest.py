"""Two small sites on loopback and a browser, for the tests of the scripts of the pages.

Owns the postings on these sites, whose figures the tests name; refuses to know what is done with them.
"""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from build import build
from tests import browser
from tests.js.reading import NOW
from tests.serving import serving_folder
from tests.sites import empty_content, options, replace, write_posting

SETTINGS = {
    "title: Hiring Hall": "title: Board",
    "description: Job openings at unions.": "description: Jobs.",
    "https://jobs.example/": "https://jobs.example/board/",
}
MORE = """\
page_size: 20
redirects: {/tags/crafts/: /tags/trades/}
synonyms: [solicitor = counsel, docker = longshoreman]
"""
APPLY = "apply: jobs@harbor.example\n"
SPECIAL = {
    "welder": """\
title: Welder & Rigger
organization: Harbor Local 12
location: Hartford, CT
added: 2026-01-19
deadline: 2026-01-20T18:00:00Z
salary: {min: 30, max: 35, period: hour}
employment_type: full-time
arrangement: on-site
tags: [trades]
aliases: [rigger]
body: Welding of keels, for ships that come from far away and go there again. You have seen a drydock before.
""",
    "educatrice": """\
title: Éducatrice
organization: École du Port
location: Montréal, QC, Canada
added: 2026-01-18
language: fr
deadline: 2026-02-16
salary: {min: 52000, max: 52000, period: year, currency: CAD}
employment_type: [part-time, temporary]
arrangement: hybrid
tags: [teaching, training]
body: Une expérience avec les élèves.
""",
    "remote-counsel": """\
title: Counsel
organization: Harbor Local 12
added: 2026-01-17
arrangement: remote
remote_from: [Minnesota]
salary: {note: Selon accord}
language: fr
deadline: rolling
body: Bargaining and a pension plan.
""",
    "timed": """\
title: Researcher
organization: Quay Federation
location: [{city: Boston, region: MA}, {city: Hartford, region: CT}]
posted: 2026-01-16
deadline: "2026-01-26 17:00"
salary: {min: 80000, max: 95000.50, period: year}
body: Research on the pension of dockers.
""",
    "closed-clerk": """\
title: Clerk
organization: Quay Federation
location: [{city: Boston, region: MA}, {city: Albany, region: NY}]
added: 2025-12-01
deadline: 2025-12-31
body: Files for a weldar.
""",
    "filled-cook": """\
title: Cook
organization: Quay Federation
location: Boston, MA
added: 2026-01-02
status: filled
employment_type: contract
tags: [trades]
body: Soup.
""",
}


def write_content(folder: Path, language: str) -> Path:
    content = empty_content(folder, MORE)
    for old, new in (SETTINGS | {"language: en": f"language: {language}"}).items():
        replace(content / "site.yaml", old, new)
    for slug, text in SPECIAL.items():
        head, _, body = text.partition("body: ")
        (content / "postings" / f"{slug}.md").write_text(f"---\n{head}{APPLY}---\n\n{body}", "utf-8")
    for number in range(46):
        write_posting(
            content,
            f"organizer-{number}",
            f"\nVisits to members, number {number}.",
            title=f"Organizer {number}",
            organization=f"Local {number % 13}",
            location=("Albany, NY", "Newark, NJ", "Reno, NV")[number % 3],
            added=f"{(NOW - timedelta(days=10 + number % 20)).date()}",
            deadline=f"{(NOW + timedelta(days=9 + number)).date()}",
            employment_type=("full-time", "internship")[number % 2],
            apply=f"https://local.example/{number}",
            tags=None,
        )
    return content


@pytest.fixture(scope="package")
def published(tmp_path_factory):
    yield from served(tmp_path_factory.mktemp("board"), "en")


@pytest.fixture(scope="package")
def spanish(tmp_path_factory):
    yield from served(tmp_path_factory.mktemp("tablero"), "es")


@pytest.fixture(scope="package")
def french(tmp_path_factory):
    yield from served(tmp_path_factory.mktemp("affichage"), "fr-CA")


def served(folder: Path, language: str):
    """Build a site, give it a folder of its host, and serve it."""
    content = write_content(folder, language)
    result = build(
        options(folder, NOW.isoformat(), content=content, output=folder / "www" / "board", cache=None)
    )
    assert not [found for found in result.diagnostics if found.severity == "error"]

    with serving_folder(folder / "www") as server:
        yield f"{server.root}/board/"
    shutil.rmtree(folder)


@pytest.fixture(scope="package")
def chromium():
    with browser.chromium() as started:
        yield started


@pytest.fixture
def open_page(chromium):
    """Open pages at the instant of the build; a fault in a script or a missing file fails the test."""
    contexts, faults = [], []

    def opened(address, now=NOW, missing=None, **options):
        context = chromium.new_context(
            **({"viewport": {"width": 1280, "height": 900}, "timezone_id": "America/New_York"} | options)
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on(
            "request",
            lambda asked: (
                faults.append(asked.url) if not asked.url.startswith(("http://127.0.0.1", "blob:")) else None
            ),
        )
        page.set_default_timeout(10_000)
        page.clock.set_fixed_time(now)
        if missing:
            page.route(missing, lambda route: route.fulfill(status=404))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [fault for fault in faults if "build.json" not in fault and "404" not in fault] == []


@pytest.fixture
def index(open_page, published):
    page = open_page(published)
    page.wait_for_selector("#filter-q")
    return page
