"""A build from end to end: what is published, when, and that nothing else decides its bytes."""

from __future__ import annotations

import errno
import os
import random
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NoReturn

import pytest

from build import build
from hiringhall import pipeline
from hiringhall.engine import checkpoints, workers
from hiringhall.engine.manifests import CHECKSUMS
from hiringhall.intake.configuration.settings import OPTIONAL_ADDRESSES
from hiringhall.intake.files import sources
from hiringhall.model import Output
from tests import repositories
from tests.sites import (
    SITE,
    TODAY,
    append,
    assert_as_clean,
    copied_content,
    copied_layouts,
    empty_content,
    options,
    posting_text,
    replace,
    write_file,
    write_page,
    write_posting,
)
from tests.trees import ROOT, leave_unfinished, tree

_TEXTS = (".csv", ".html", ".ics", ".json", ".xml")

pytestmark = pytest.mark.no_cover


def assert_open(site: Path, slug: str, *, is_open: bool) -> None:
    """Require the same answer from every file that says whether a posting is open."""
    page = (site / "jobs" / slug / "index.html").read_text("utf-8")
    assert (f"/jobs/{slug}/" in (site / "feed.xml").read_text("utf-8")) is is_open
    assert (f"/jobs/{slug}/" in (site / "archive/index.html").read_text("utf-8")) is not is_open
    assert (">This job is closed<" in page) is not is_open
    assert ("noindex" in page) is not is_open
    assert (slug in (site / "sitemap.xml").read_text("utf-8")) is is_open


@pytest.mark.parametrize(
    ("now", "deadline", "is_open"),
    [
        ("2023-06-16T23:59:59-04:00", "2023-06-16", True),
        ("2023-06-17T00:00:00-04:00", "2023-06-16", False),
        ("2026-01-26T16:59:59-05:00", "2026-01-26 17:00", True),
        ("2026-01-26T17:00:00-05:00", "2026-01-26 17:00", False),
    ],
)
def test_a_deadline_closes_at_its_instant(tmp_path: Path, now: str, deadline: str, is_open: bool) -> None:
    content = empty_content(tmp_path)
    write_posting(content, "organizer", added=deadline[:10], deadline=deadline)
    build(options(tmp_path, now, content=content))

    assert_open(tmp_path / "site", "organizer", is_open=is_open)


def test_building_again_changes_nothing_but_the_time_of_the_build(tmp_path: Path) -> None:
    build(options(tmp_path))
    before = tree(tmp_path / "site")

    again = build(options(tmp_path))
    later = build(options(tmp_path, "2026-11-22T15:00:00+00:00"))

    assert again.stats is not None
    assert later.stats is not None
    assert (again.stats.written, later.stats.written) == (0, 2)
    after = tree(tmp_path / "site")
    assert {path for path in before if before[path] != after[path]} == {"build.json", "SHA256SUMS"}


def test_the_cache_the_jobs_and_the_order_of_files_do_not_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "SERIAL_BELOW", 2)
    content = copied_content(tmp_path)
    made = {
        name: build(options(tmp_path, content=content, output=tmp_path / name, cache=cache, jobs=jobs))
        for name, cache, jobs in (
            ("cold", tmp_path / "cache", 1),
            ("two", None, 2),
            ("warm", tmp_path / "cache", 2),
            ("none", None, 1),
        )
    }

    assert all(result.published for result in made.values())
    assert (
        tree(tmp_path / "cold")
        == tree(tmp_path / "two")
        == tree(tmp_path / "warm")
        == tree(tmp_path / "none")
    )


def test_the_folder_of_the_content_does_not_show(tmp_path: Path) -> None:
    for name in ("here", "somewhere/else"):
        folder = tmp_path / name
        folder.mkdir(parents=True)
        build(options(folder, content=copied_content(folder)))

    one, other = tree(tmp_path / "here/site"), tree(tmp_path / "somewhere/else/site")
    assert one == other
    page = one["jobs/harbor-lead-organizer/index.html"].decode()
    assert re.search(r'"https://code.example/edit/main/content/postings/[^"]*harbor-lead-organizer.md"', page)


def test_what_closed_lately_is_ready_for_the_feed_of_the_archive_and_anything_else_comes_when_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = empty_content(tmp_path)
    for slug, day in (("lately", "2026-11-10"), ("before", "2026-09-01")):
        write_posting(content, slug, added="2026-08-01", deadline=day)
    late = []
    real = pipeline.part_of
    monkeypatch.setattr(
        pipeline,
        "part_of",
        lambda kind, posting, entry, context: (
            late.append((entry.card.slug, kind)) or real(kind, posting, entry, context)
        ),
    )
    for name, now in (("soon", TODAY), ("later", "2027-11-22T12:00:00+00:00")):
        assert build(options(tmp_path / name, now, content=content)).published
    assert sorted(late[:2]) == [("before", "jsonfeed"), ("before", "rss")]
    assert sorted(late[2:]) == [(slug, kind) for slug in ("before", "lately") for kind in ("jsonfeed", "rss")]
    soon, later = (tmp_path / name / "site/archive" for name in ("soon", "later"))
    for file in ("feed.xml", "feed.json"):
        assert (soon / file).read_bytes() == (later / file).read_bytes()


@pytest.mark.parametrize("is_edited", [True, False])
def test_nothing_that_a_killed_build_was_writing_stays(tmp_path: Path, is_edited: bool) -> None:
    content = empty_content(tmp_path)
    write_posting(content, "a")
    build(options(tmp_path, content=content))
    build(options(tmp_path, "2026-11-20T13:00:00-05:00", content=content))
    before = {*tmp_path.rglob("*")}
    cache = tmp_path / "cache"
    template = next((cache / "templates").iterdir())
    stores = [cache / "postings" / "readings", cache / "parts" / "index.since"] if is_edited else []
    for path in (tmp_path / ".site.manifest", cache / "last-build", template, *stores):
        leave_unfinished(path)
    assert len({*tmp_path.rglob("*")} - before) == 2 * (3 + len(stores))
    if is_edited:
        write_posting(content, "a", "Changed.")

    build(options(tmp_path, "2026-11-20T14:00:00-05:00", content=content))

    assert {*tmp_path.rglob("*")} <= before


def test_a_folder_for_the_build_alone_that_cannot_be_removed_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(path: str, **_options: object) -> NoReturn:
        raise OSError(errno.EIO, os.strerror(errno.EIO), path)

    content = empty_content(tmp_path)
    write_posting(content, "a")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(os, "rmdir", failing)
    assert build(options(tmp_path, content=content, cache=None)).published


@pytest.mark.parametrize("store", ["postings", "parts"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_damaged_pack_is_as_good_as_none(tmp_path: Path, store: str, jobs: int) -> None:
    content = empty_content(tmp_path)
    for slug in ("a", "b", "c"):
        write_posting(content, slug)
    build(options(tmp_path, content=content))
    shutil.rmtree(tmp_path / "site")
    pack = tmp_path / "cache" / store / "main.pack"
    pack.write_bytes(bytes(pack.stat().st_size))
    append(content / "site.yaml", "aggregator: true\n" if store == "postings" else "")

    wanted = options(tmp_path, content=content, jobs=jobs)
    for _ in range(2):
        assert build(wanted).published

    assert_as_clean(wanted)


@pytest.mark.parametrize(
    ("top", "path"),
    [
        ("board", "content/postings/a.md"),
        ("board/content", "postings/a.md"),
    ],
)
def test_an_edit_link_counts_from_the_top_of_the_repository(tmp_path: Path, top: str, path: str) -> None:
    content = empty_content(tmp_path / "board", "edit_url: https://code.example/edit/{path}\n")
    write_posting(content, "a")
    repositories.begin(tmp_path / top)

    assert build(options(tmp_path, content=content)).published

    assert f'"https://code.example/edit/{path}"' in (tmp_path / "site/jobs/a/index.html").read_text("utf-8")


def test_an_address_that_is_gone_is_told_once_and_one_that_leads_on_is_not(tmp_path: Path) -> None:
    content = empty_content(tmp_path)

    def told() -> list[tuple[str, str | None]]:
        result = build(options(tmp_path, content=content))
        assert result.published
        return [(each.path, each.hint) for each in result.diagnostics if each.code == "posting-gone"]

    for slug in ("cook", "driver", "editor", "nurse"):
        write_posting(content, slug)
    assert told() == []
    (content / "postings/nurse.md").unlink()
    (content / "postings/cook.md").rename(content / "postings/chef.md")
    (content / "postings/driver.md").unlink()
    write_posting(content, "pilot", aliases="[driver]")
    write_posting(content, "editor", draft="true")
    ((cook, hint), (nurse, _)) = told()
    assert [Path(path).name for path in (cook, nurse)] == ["cook.md", "nurse.md"]
    assert "`aliases: [cook]`" in (hint or "")
    assert told() == []
    pilot = write_posting(content, "pilot", aliases="[driver]", draft="true").as_posix()
    ((driver, hint),) = told()
    assert Path(driver).name == "driver.md"
    assert hint == f"it comes back with {pilot}, which is not on the site yet"
    write_posting(content, "another")
    assert told() == []


def test_an_edit_link_follows_content_that_comes_into_a_repository(tmp_path: Path) -> None:
    content = empty_content(tmp_path / "board", "edit_url: https://code.example/edit/{path}\n")
    write_posting(content, "a")
    for path in ("content/postings/a.md", "board/content/postings/a.md"):
        assert build(options(tmp_path, content=content)).published
        page = (tmp_path / "site/jobs/a/index.html").read_text("utf-8")
        assert f'"https://code.example/edit/{path}"' in page
        repositories.begin(tmp_path)


def test_ten_mistakes_in_one_posting_are_ten_diagnostics_and_the_site_stays(tmp_path: Path) -> None:
    content = copied_content(tmp_path)
    build(options(tmp_path, content=content))
    before = tree(tmp_path / "site")
    shutil.copy(ROOT / "tests/invalid/postings/ten-mistakes.md", content / "postings")

    result = build(options(tmp_path, content=content))

    found = [each for each in result.diagnostics if each.path.endswith("ten-mistakes.md")]
    assert not result.published
    assert len(found) == 10
    assert len({(each.span.line, each.code) for each in found}) == 10
    assert [each for each in result.diagnostics if each.severity == "error" and each not in found] == []
    assert tree(tmp_path / "site") == before


@pytest.mark.parametrize(
    ("old", "new", "code", "lines"),
    [
        ("time_zone: America/New_York", "time_zone: America/NewYork", "time-zone", [4, 6]),
        ("default_country: US", "default_country: USofA", "country", [6]),
        ("language: en", "language: xx-nowhere", "language", [6]),
        ("organizing: Organizing", "organizing: [a]", "not-text", [4, 6]),
    ],
)
def test_a_setting_that_is_wrong_hides_no_error_in_postings_and_invents_none(
    tmp_path: Path, old: str, new: str, code: str, lines: list[int]
) -> None:
    content = copied_content(tmp_path)
    write_posting(content, "bad", deadline="2026-13-45", location="[Toronto, Ontario, Canada]")
    replace(content / "site.yaml", old, new)

    result = build(options(tmp_path, content=content))

    assert not result.published
    wrong = [found for found in result.diagnostics if found.severity == "error"]
    around = {found.code for found in wrong if not found.path.endswith(".md")}
    within = [(Path(found.path).name, found.span.line) for found in wrong if found.path.endswith(".md")]
    assert code in around
    assert within == [("bad.md", line) for line in lines]


def test_a_check_finds_the_same_and_writes_nothing(tmp_path: Path) -> None:
    good = build(options(tmp_path, command="check", cache=None))

    assert not good.published
    assert [found for found in good.diagnostics if found.severity == "error"] == []
    assert list(tmp_path.iterdir()) == []


def test_a_color_that_cannot_be_read_is_told_where_it_is_set(tmp_path: Path) -> None:
    content = empty_content(tmp_path, 'theme:\n  accent: "#1f4e79"\n  band: "#ffd100"\n')
    result = build(options(tmp_path, content=content))
    assert result.published
    (found,) = (each for each in result.diagnostics if each.code == "theme-contrast")
    lines = (content / "site.yaml").read_text("utf-8").splitlines()
    assert lines[found.span.line - 1][found.span.column - 1 :] == '"#ffd100"'
    assert "with on-band (#f4f0e3) is 1.2 to 1" in found.message
    assert found.hint == "choose another color, or a darker one for on-band"


def test_a_logo_is_on_every_page_and_changes_with_its_setting(tmp_path: Path) -> None:
    content = empty_content(tmp_path)
    write_file(content, "hall.svg", b"<svg/>")
    write_file(content, "2026/logo.png", b"\x89PNG")
    write_posting(content, "a")
    wanted = options(tmp_path, content=content, base_url="https://x.example/board/")
    assert build(wanted).published
    pages = {path for path, data in tree(tmp_path / "site").items() if b'<svg class="brand-mark"' in data}
    assert {"index.html", "404.html", "jobs/a/index.html"} <= pages

    for name in ("2026/logo.png", "hall.svg"):
        (content / "site.yaml").write_text(f"{SITE}logo: {name}\n", "utf-8")
        assert build(wanted).published
        image = f'<img class="brand-mark" src="/board/files/{name}" width="32" height="32" alt="">'.encode()
        assert {path for path, data in tree(tmp_path / "site").items() if image in data} == pages
    (content / "files/hall.svg").write_bytes(b"<svg />")
    result = build(wanted)
    assert {path for path, _, _ in result.rebuilt} - {"build.json", CHECKSUMS} == {"files/hall.svg"}


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("hall.png", "did you mean hall.svg?"),
        ("content/files/hall.svg", "did you mean hall.svg?"),
        ("/files/Logo.svg", "put the picture into content/files/ and write Logo.svg"),
        ("charters.png", "put the picture into content/files/ and write charters.png"),
    ],
)
def test_a_logo_without_its_file_is_an_error_where_it_is_named(
    tmp_path: Path, written: str, hint: str
) -> None:
    content = empty_content(tmp_path, f"logo: {written}\n")
    write_file(content, "hall.svg", b"<svg/>")
    write_file(content, "charters.pdf", b"%PDF")
    result = build(options(tmp_path, content=content))
    (found,) = (each for each in result.diagnostics if each.severity == "error")
    assert not result.published
    assert (found.code, found.hint) == ("setting-logo", hint)
    lines = (content / "site.yaml").read_text("utf-8").splitlines()
    assert lines[found.span.line - 1][found.span.column - 1 :] == written


def test_too_little_contrast_is_never_called_enough(tmp_path: Path) -> None:
    more = 'theme: { sheet: "#ffffff", paper: "#ffffff", muted: "#777777" }\n'
    content = empty_content(tmp_path, more)
    told = [each for each in build(options(tmp_path, content=content)).diagnostics if "muted" in each.message]
    assert told
    assert all(" is 4.4 to 1" in each.message for each in told)
    assert {each.hint for each in told} == {"choose a darker color"}


def test_a_page_changes_itself_alone_and_its_title_all_that_lead_to_it(tmp_path: Path) -> None:
    content = empty_content(tmp_path)
    write_posting(content, "a")
    told = []
    for title, text in (("About", "First."), ("About", "Second."), ("About us", "Second.")):
        write_page(content, "about", text, title=title)
        result = build(options(tmp_path, content=content))
        assert result.published, result.diagnostics
        told.append({path for path, _, _ in result.rebuilt if path.endswith(".html")})
        site = tmp_path / "site"
        assert f"<p>{text}</p>" in (site / "about/index.html").read_text("utf-8")
        assert f'<a href="/about/">{title}</a>' in (site / "jobs/a/index.html").read_text("utf-8")
        assert "<loc>https://jobs.example/about/</loc>" in (site / "sitemap.xml").read_text("utf-8")
    assert told[0] == told[2] > told[1] == {"about/index.html"}


def test_a_deadline_that_comes_near_changes_only_what_says_so(tmp_path: Path) -> None:
    content = empty_content(tmp_path)
    write_posting(content, "a", deadline="2026-12-15")
    build(options(tmp_path, "2026-12-08T12:00:00Z", content=content))
    wanted = options(tmp_path, "2026-12-09T12:00:00Z", content=content)

    made = {path for path, _, _ in build(wanted).rebuilt}

    assert {"index.html", "feed.json", "jobs.json", "jobs/a/index.html", "closing-soon/feed.xml"} <= made
    assert made.isdisjoint({"feed.xml", "deadlines.ics", "jobs/a/deadline.ics", "search/open.json"})
    assert_as_clean(wanted)


def test_another_title_leaves_the_words_of_texts_as_they_are(tmp_path: Path) -> None:
    content = empty_content(tmp_path)
    path, wanted = write_posting(content, "a", "First."), options(tmp_path, content=content)
    build(wanted)
    told = []
    for old, new in (("Organizer a", "Researcher"), ("First.", "Second.")):
        replace(path, old, new)
        told.append({path for path, _, _ in build(wanted).rebuilt})
        assert_as_clean(wanted)
    assert all({"search/open.json", "jobs/a/index.html"} <= made for made in told)
    assert [made & {"search/open/0-0.json", "search/closed/0-0.json"} for made in told] == [
        set(),
        {"search/open/0-0.json"},
    ]


def test_a_link_to_a_page_that_is_not_there_is_a_warning_until_it_is_there(tmp_path: Path) -> None:
    content = empty_content(tmp_path)
    write_page(content, "about", "[Who](who.md)")
    replace(write_posting(content, "a"), "*well*", "[well](../pages/who.md)")
    wanted = options(tmp_path, content=content, base_url="https://x.example/jobs/")
    for _ in range(2):  # the second remembers what the first said
        result = build(wanted)
        warned = [found for found in result.diagnostics if found.severity != "notice"]
        told = [(found.path[-16:], found.span.line, found.span.column) for found in warned]
        assert {found.code for found in warned} == {"body-link-missing"}
        assert told == [("t/pages/about.md", 4, 1), ("nt/postings/a.md", 13, 13)]
        assert result.published
    assert not build(wanted._replace(strict=True)).published
    write_page(content, "who")
    result = build(wanted)
    assert result.published
    assert {found.severity for found in result.diagnostics} == {"notice"}
    for page in ("about", "jobs/a"):
        assert '<a href="/jobs/who/">' in (tmp_path / f"site/{page}/index.html").read_text("utf-8")
    assert 'href="https://x.example/jobs/who/"' in (tmp_path / "site/feed.xml").read_text("utf-8")


def test_a_file_is_published_as_it_is_and_pages_and_feeds_lead_to_it(tmp_path: Path) -> None:
    content = empty_content(tmp_path)
    write_file(content, "2026/Job_Description.PDF", b"%PDF\0\r\n")
    write_file(content, "hall.jpg", b"\xff\xd8")
    write_file(content, ".DS_Store")
    text = (
        "[PDF](../files/2026/Job_Description.PDF)\n\n![The *hall*](/files/hall.jpg) ![Gone](files/gone.png)"
    )
    replace(write_posting(content, "a"), "*well*", text)
    wanted = options(tmp_path, content=content, base_url="https://x.example/board/")
    result = build(wanted)
    site = tmp_path / "site"
    assert result.published, result.diagnostics
    assert tree(site / "files") == {"2026/Job_Description.PDF": b"%PDF\0\r\n", "hall.jpg": b"\xff\xd8"}
    warned = [found for found in result.diagnostics if found.severity != "notice"]
    assert [(found.code, found.message, found.hint) for found in warned] == [
        (
            "body-link-missing",
            "the site has no file /files/gone.png",
            "put the file into content/files/ and write /files/gone.png",
        )
    ]
    page, feed = ((site / name).read_text("utf-8") for name in ("jobs/a/index.html", "feed.json"))
    assert '<a href="/board/files/2026/Job_Description.PDF">PDF</a>' in page
    assert '<img src="/board/files/hall.jpg" alt="The hall" loading="lazy">' in page
    assert 'src=\\"https://x.example/board/files/hall.jpg\\"' in feed
    assert "files/2026/Job_Description.PDF" in (site / CHECKSUMS).read_text("utf-8")

    (content / "files/hall.jpg").write_bytes(b"\xff\xd9")
    result = build(wanted)
    assert {path for path, _, _ in result.rebuilt} - {"build.json", CHECKSUMS} == {"files/hall.jpg"}
    assert (site / "files/hall.jpg").read_bytes() == b"\xff\xd9"


def test_addresses_that_only_examples_have_are_told_once_and_stop_nothing(tmp_path: Path) -> None:
    lines = (
        "edit_url: https://code.Example.com/{path}",
        "submit_url: https://jobs.test/new",
        "report_url: https://example.local-12.org/test?at=jobs.example",
        "contact_email: jobs@local-12.invalid",
    )
    content = empty_content(tmp_path, "".join(f"{line}\n" for line in lines))

    def told(**changes: object) -> list[tuple[str, int, str, str]]:
        wanted = options(tmp_path, content=content, strict=True, **changes)
        found = build(wanted).diagnostics
        return [(each.path, each.span.line, each.code, each.message) for each in found]

    path, first = (content / "site.yaml").as_posix(), SITE.count("\n") + 1
    named = "these addresses are only examples: {}edit_url, submit_url, contact_email"
    assert told() == [(path, 3, "setting-example", named.format("base_url, "))]
    assert told(command="check", base_url="https://jobs.example/") == [
        (path, first, "setting-example", named.format(""))
    ]
    (content / "site.yaml").write_text(SITE.replace("jobs.example", "jobs.local-12.org"), "utf-8")
    assert told() == []


def test_a_file_that_changes_during_the_build_is_an_error_and_the_site_stays(tmp_path: Path) -> None:
    content = empty_content(tmp_path)
    file = write_file(content, "charter.pdf")
    wanted = options(tmp_path, content=content, base_url="https://jobs.example/")
    assert build(wanted).published
    before = tree(tmp_path / "site")
    file.write_bytes(b"%PDF 2")
    result = build(wanted, lambda outputs: file.write_bytes(b"%PDF 3") if outputs else None)
    assert not result.published
    assert [(found.code, found.path[-17:]) for found in result.diagnostics] == [
        ("file-unreadable", "files/charter.pdf")
    ]
    assert tree(tmp_path / "site") == before
    assert build(wanted).published
    assert (tmp_path / "site/files/charter.pdf").read_bytes() == b"%PDF 3"


def test_templates_that_link_to_no_page_are_warned_about(tmp_path: Path) -> None:
    layouts, content = copied_layouts(tmp_path), empty_content(tmp_path)
    footer = layouts / "partials/footer.html"
    older = re.sub(
        r"{% for page in site\.pages %}.*?{% endfor %}\n", "", footer.read_text("utf-8"), flags=re.DOTALL
    )
    older = older.replace("site.pages or ", "")
    own = '<a href="{{ site.root }}about/">About</a>'

    def told(text: str, *names: str) -> list[tuple[str, str]]:
        footer.write_text(text, "utf-8")
        for name in names:
            write_page(content, name)
        wanted = options(tmp_path, content=content, layouts=layouts, base_url="https://jobs.example/")
        found = build(wanted).diagnostics
        assert {each.path for each in found} <= {str(footer)}
        return [(each.code, each.message) for each in found]

    assert told(older) == []
    assert told(older, "about", "faq") == [
        ("template-pages", "no template links to /about/, /faq/, or uses site.pages")
    ]
    assert told(own + older) == [("template-pages", "no template links to /faq/, or uses site.pages")]
    assert told(older + "{% for page in site.pages[:1] %}{{ page.text }}{% endfor %}") == []


def test_a_page_that_links_cannot_tell_from_another_is_warned_about(tmp_path: Path) -> None:
    content = empty_content(tmp_path, "contact_email: hall@jobs.example\n")
    titles = {
        "a": "Our charter", "b": "our Charter", "c": "Archive", "d": "Contact", "e": "Report a problem",
        "f": "Statistics", "g": "Open jobs", "h": "Our own page", "j": "Send us a job",
    }  # fmt: skip
    for slug, title in titles.items():
        write_page(content, slug, order="1", title=title)
    write_page(content, "i", title="Our charter", draft="true")
    result = build(options(tmp_path, content=content, base_url="https://jobs.example/board/"))
    assert result.published
    found = [each for each in result.diagnostics if each.code == "page-title"]
    assert {(each.span[:2], each.severity, each.hint) for each in found} == {
        ((2, 8), "warning", "choose another title")
    }
    told = [(each.path[-4:], each.message.partition(" has the same title: ")[0]) for each in found]
    assert [(page, other.replace(f"{content.as_posix()}/", "")) for page, other in told] == [
        ("a.md", "pages/b.md"),
        ("b.md", "pages/a.md"),
        ("c.md", "the list at /archive/"),
        ("d.md", "the link to contact_email"),
        ("f.md", "the page at /statistics/"),
        ("g.md", "the list at /"),
        ("j.md", "the link to contact_email"),
    ]


def test_a_wrong_page_hides_nothing_that_is_wrong_elsewhere(tmp_path: Path) -> None:
    content, layouts = empty_content(tmp_path), copied_layouts(tmp_path)
    write_page(content, "rules", title="Rules")
    write_page(content, "team", title="Rules")
    replace(layouts / "page.html", "{% block main %}", "{% block main %}{{ t('no.such') }}")
    (content / "pages/wrong.md").write_text("---\ntitle: Wrong\norder: last\n---\nText.\n", "utf-8")
    told = build(options(tmp_path, content=content, layouts=layouts)).diagnostics
    assert [(Path(each.path).name, each.code) for each in told if each.severity != "notice"] == [
        ("rules.md", "page-title"),
        ("team.md", "page-title"),
        ("wrong.md", "page-order"),
        ("page.html", "strings-missing"),
    ]


def test_a_preview_is_the_site_to_the_byte_and_ends_with_it(tmp_path: Path) -> None:
    shown: list[dict[str, bytes]] = []

    def preview(outputs: Mapping[str, Output]) -> None:
        assert (tmp_path / "site").exists() is not bool(outputs)
        shown.append({path: b"".join(output.chunks()) for path, output in outputs.items()})

    build(options(tmp_path), preview)

    published = tree(tmp_path / "site")
    del published[CHECKSUMS]
    assert shown == [published, {}]


def test_a_preview_ends_when_nothing_can_be_published(tmp_path: Path) -> None:
    layouts = copied_layouts(tmp_path)
    (layouts / "changes.html").write_text("{{ nonsense }}", encoding="utf-8")
    shown: list[bool] = []

    result = build(options(tmp_path, layouts=layouts), lambda outputs: shown.append(bool(outputs)))

    assert not result.published
    assert shown == [True, False]


def test_any_sequence_of_edits_ends_in_the_bytes_of_a_clean_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Additions, edits, deletions, renames, moves, new days and states: the cache makes no difference."""
    monkeypatch.setattr(workers, "SERIAL_BELOW", 4)
    monkeypatch.setattr(checkpoints, "FEW", 3)
    content = empty_content(tmp_path)
    postings = content / "postings"
    page, file = write_page(content, "about"), write_file(content, "charter.pdf")
    rng = random.Random(7)
    days = ["2026-11-22", "2026-11-23", "2026-12-10", "2026-12-16", "2027-01-20"]

    def rewrite(path: Path, **fields: str) -> None:
        path.write_text(posting_text(path.stem, **fields), encoding="utf-8")

    def move(step: int, chosen: Path) -> None:
        (postings / f"older-{step}").mkdir()
        chosen.rename(postings / f"older-{step}" / chosen.name)

    actions: dict[str, Callable[[int, Path], object]] = {
        "nothing": lambda _step, _chosen: None,
        "add": lambda step, _chosen: write_posting(content, f"new-{step}"),
        "edit": lambda step, chosen: append(chosen, f"\nMore {step}.\n"),
        "title": lambda step, chosen: rewrite(chosen, title=f"Renamed {step}"),
        "fill": lambda _step, chosen: rewrite(chosen, status="filled"),
        "delete": lambda _step, chosen: chosen.unlink(),
        "rename": lambda step, chosen: chosen.rename(postings / f"renamed-{step}.md"),
        "move": move,
        "undo": lambda _step, _chosen: begin(),
        "page": lambda step, _chosen: write_page(content, "about", f"More {step}."),
        "page title": lambda step, _chosen: write_page(content, "about", title=f"{step}"),
        "no page": lambda _step, _chosen: page.unlink(missing_ok=True),
        "file": lambda step, _chosen: file.write_bytes(b"\0%d" % step),
        "no file": lambda _step, _chosen: file.unlink(missing_ok=True),
    }

    def begin() -> None:
        for number in range(12):
            write_posting(content, f"job-{number}", deadline=f"2026-12-{10 + number}")

    begin()
    now = days[0]
    for step in range(24):
        files = sorted(postings.rglob("*.md"))
        action = rng.choice([*actions, "day"])
        now = rng.choice(days) if action == "day" else now
        actions.get(action, lambda *_: None)(step, rng.choice(files))
        moment = f"{now}T12:00:00+00:00"
        wanted = options(tmp_path, moment, content=content, jobs=1 + step % 2)
        warm = build(wanted)

        assert warm.published, warm.diagnostics
        assert_as_clean(wanted, action)


FAULTS = {
    "partials/row.html": "{{ row.nonsense }}",
    "posting.html": "{% block main %}{{ nonsense }}{% endblock %}",
    "partials/neighbours.html": "{{ t('no.such.string') }}",
    "index.html": "{% include 'partials/gone.html' %}",
    "facet.html": "{{ site.asset('images/gone.svg') }}",
    "list.html": "No place for rows.",
    "statistics.html": "{{ 1 / 0 }}",
    "404.html": "{{ nonsense }}",
    "redirect.html": "{{ nonsense }}",
    "changes.html": "{{ 1 | nonsense }}",
    "archive.html": "{{ t('nav.archive', day=1, day=2) }}",
    "page.html": "{{ " + "-" * 3000 + "1 }}",
}


@pytest.mark.parametrize(
    ("names", "jobs"), [(["partials/row.html"], 1), (["404.html"], 1), (list(FAULTS), 1), (list(FAULTS), 3)]
)
def test_any_kind_of_run_tells_all_that_is_wrong_with_layouts_and_postings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], jobs: int
) -> None:
    monkeypatch.setattr(workers, "SERIAL_BELOW", 4)
    content, layouts = empty_content(tmp_path), copied_layouts(tmp_path)
    for number in range(8):
        write_posting(content, f"p{number}", aliases=f"[former-{number}]")
    usual = options(tmp_path, content=content, layouts=layouts, jobs=jobs)
    assert build(usual).published
    before = tree(tmp_path / "site")

    for name in names:
        (layouts / name).write_text(FAULTS[name], "utf-8")
    (content / "postings/x").mkdir()
    for path in ("p0.md", "x/p0.md"):
        (content / "postings" / path).write_text(posting_text("p0", deadline="2026-13-45"), "utf-8")

    warm, check = (build(each).diagnostics for each in (usual, usual._replace(cache=None, command="check")))
    assert warm == check
    if len(names) > 1:  # whatever is remembered, for all of them at once
        cold, alone = (build(usual._replace(cache=each)).diagnostics for each in (tmp_path / "other", None))
        assert warm == cold == alone
    wrong = [found for found in warm if found.severity == "error"]
    assert {Path(each.path).name for each in wrong if "layouts" in each.path} == {
        Path(name).name for name in names
    }
    assert len([each for each in wrong if "layouts" in each.path]) == len(names)
    codes = sorted(each.code for each in wrong if "layouts" not in each.path)
    assert codes == ["no-such-date", "no-such-date", "slug-taken", "slug-taken"]
    assert tree(tmp_path / "site") == before


# Each is one kind of fault: the file, what is replaced in it by what, and how that is reported.
EVERYWHERE = (
    ("content/site.yaml", "America/New_York", "America/NewYork", "time-zone"),
    ("content/site.yaml", "", "redirects:\n  /tags/law/: tags\n", "redirect-form"),
    ("content/organizations.yaml", "", "local-9:\n  nam: Local 9\n  name: Local 9\n", "unknown-field"),
    ("content/organizations.yaml", "", "local-10:\n  name: Local 10\n  parent: x\n", "organization-parent"),
    ("content/pages/about.md", "", "---\ntitle: About\norder: 2000\n---\n\nText.\n", "page-order"),
    ("content/pages/more.md", "", "---\ntitle: [\n---\n\nText.\n", "yaml-syntax"),
    ("content/postings/field.md", "", posting_text("field", posted="2026-13-45"), "no-such-date"),
    ("content/postings/yaml.md", "", posting_text("yaml", tags="[a"), "yaml-syntax"),
    ("content/postings/x/good.md", "", posting_text("good"), "slug-taken"),
    ("layouts/strings/en.yaml", "remote: Remote", "remote: 'Remote {'", "strings-placeholder"),
    ("layouts/list.html", "{% block main %}", "{% blok main %}", "template-syntax"),
    ("layouts/partials/pager.html", "{%", "{%%", "template-syntax"),
    ("layouts/partials/row.html", "", "{{ row.nonsense }}", "template-error"),
    ("layouts/404.html", "{% block main %}", "{% block main %}{{ nonsense }}", "template-error"),
    ("layouts/redirect.html", "<h1>", "<h1>{{ site.asset('x.png') }}", "asset-missing"),
    ("layouts/assets/css/site.css", "", "a { background: url(gone.png) }", "asset-missing"),
    ("layouts/changes.html", "{% block main %}", "\udce9", "encoding"),
    ("layouts/archive.html", "{% block main %}", None, "template-missing"),
)


@pytest.mark.parametrize("name", sorted(OPTIONAL_ADDRESSES.keys() - {"edit_url"}))  # which no template has
def test_what_a_template_does_with_a_setting_is_told_while_the_setting_is_wrong(
    tmp_path: Path, name: str
) -> None:
    content, layouts = empty_content(tmp_path, f"{name}: nowhere\n"), copied_layouts(tmp_path)
    append(layouts / "partials/footer.html", f"{{% if site.{name} %}}{{{{ nonsense }}}}{{% endif %}}")
    codes = [each.code for each in build(options(tmp_path, content=content, layouts=layouts)).diagnostics]
    assert "template-error" in codes


@pytest.mark.parametrize(("command", "jobs"), [("build", 1), ("check", 3)])
def test_one_run_tells_what_is_wrong_everywhere_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, jobs: int
) -> None:
    monkeypatch.setattr(workers, "SERIAL_BELOW", 2)
    content, layouts = empty_content(tmp_path), copied_layouts(tmp_path)
    write_posting(content, "good")
    write_posting(content, "other", aliases="[former]")
    usual = options(tmp_path, content=content, layouts=layouts, jobs=jobs, command=command)
    assert build(usual._replace(command="build")).published
    before = tree(tmp_path / "site")

    for name, old, new, _ in EVERYWHERE:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        text = path.read_text("utf-8") if path.exists() else ""
        assert old in text
        if new is None:
            path.unlink()
        else:
            changed = text.replace(old, new, 1) if old else text + new
            path.write_bytes(changed.encode("utf-8", "surrogateescape"))

    found = build(usual).diagnostics

    expected = [(name, code) for name, _, _, code in EVERYWHERE]
    expected.append(("content/postings/good.md", "slug-taken"))
    wrong = [each for each in found if each.severity == "error"]
    told = [(Path(each.path).relative_to(tmp_path).as_posix(), each.code) for each in wrong]
    assert sorted(told) == sorted(expected)
    assert found == build(usual._replace(cache=None, jobs=1)).diagnostics
    assert tree(tmp_path / "site") == before


@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize(
    ("name", "before", "blamed"),
    [("base.html", "</body>", "p000.md"), ("facet.html", "</header>", "arrangements/index.html")],
)
def test_a_fault_of_a_template_is_told_once_by_any_number_of_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, before: str, blamed: str, jobs: int
) -> None:
    monkeypatch.setattr(workers, "SERIAL_BELOW", 4)
    content, layouts = empty_content(tmp_path), copied_layouts(tmp_path)
    for number in range(8):
        write_posting(content, f"p{number:03}")
    replace(layouts / name, before, "{{ nothere }}" + before)
    result = build(options(tmp_path, content=content, layouts=layouts, jobs=jobs))

    (found,) = (each for each in result.diagnostics if each.severity == "error")
    assert (Path(found.path).name, found.code) == (name, "template-error")
    assert f"{blamed}; there it is given " in (found.hint or "")


@pytest.mark.parametrize(("command", "jobs"), [("build", 3), ("check", 1)])
@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('  year: "{amount} a year"', "", "strings-missing"),
        ('name: "Deadlines: {list}"', "", "strings-missing"),
        ('event: "Deadline: {title}', 'event: "Deadline: {titel}', "strings-placeholder"),
        ("\nclosing-soon:\n", "\nclosing:\n", "strings-missing"),
    ],
)
def test_a_bad_string_is_told_of_and_nothing_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, code: str, command: str, jobs: int
) -> None:
    monkeypatch.setattr(workers, "SERIAL_BELOW", 4)
    content, layouts = empty_content(tmp_path), copied_layouts(tmp_path)
    monkeypatch.setattr(sources, "SHIPPED", layouts / "strings")
    pay = "{min: 50000, max: 60000, period: year}"
    for number in range(8):
        write_posting(content, f"p{number:03}", salary=pay, location=None, arrangement="remote")
    replace(layouts / "strings/en.yaml", old, new)
    result = build(options(tmp_path, content=content, layouts=layouts, command=command, jobs=jobs))

    assert not result.published
    assert {each.code for each in result.diagnostics if each.severity == "error"} == {code}


def test_names_and_what_they_say_are_parted_as_the_language_writes_them(tmp_path: Path) -> None:
    """French has a space before colons and semicolons, Arabic and Chinese have commas of their own."""
    content, layouts = empty_content(tmp_path), copied_layouts(tmp_path)
    replace(content / "site.yaml", "language: en", "language: en-CA")
    (layouts / "strings/en-CA.yaml").write_text(
        'marks: { colon: " : ", comma: "、", semicolon: " ; " }\n', "utf-8"
    )
    write_posting(
        content,
        "one",
        location="[{city: Hartford, region: CT}, {city: Cork, country: IE}]",
        employment_type="[full-time, temporary]",
        salary="{min: 20, max: 20, period: hour, note: by scale}",
        organization="Harbor Local",
        source="{url: https://jobs.example/source, seen: 2026-11-01}",
    )
    build(options(tmp_path, content=content, layouts=layouts))

    told = {path: data.decode() for path, data in tree(tmp_path / "site").items() if path.endswith(_TEXTS)}
    expected = {
        "index.html": "Hartford、CT ; Cork、Ireland · Full-time、Temporary<",
        "jobs/one/index.html": "</a>、seen",
        "changes/index.html": "</a>、<bdi>Harbor Local",
        "locations/hartford-ct/index.html": "<title>Place : Hartford、CT、1 open job – ",
        "locations/hartford-ct/feed.xml": "<title>Place : Hartford、CT – ",
        "feed.xml": "<strong>Pay :</strong> US$20 an hour ; by scale<",
        "deadlines.ics": "Pay : US$20 an hour \\; by scale\\n",
        "jobs.csv": "Hartford、CT; Cork、Ireland",
        "search/open.json": '"Hartford、CT ; Cork、Ireland"',
        "search/site.json": '"marks.comma":"、"',
    }
    assert {
        path: text in told[path].replace("\r\n ", "") for path, text in expected.items()
    } == dict.fromkeys(expected, True)
