"""Former addresses: what is at them, what cannot be, and that neither cache nor day matters."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path

import pytest

from build import build
from hiringhall.diagnostics import Diagnostic
from tests.sites import (
    SITE,
    TODAY,
    assert_as_clean,
    empty_content,
    options,
    write_file,
    write_page,
    write_posting,
)
from tests.trees import link, tree

# The line of the first redirect in the settings.
FIRST = SITE.count("\n") + 2


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = empty_content(tmp_path)
    write_posting(folder, "first", tags="[legal]")
    write_posting(folder, "second", tags="[legal, organizing]", status="filled")
    return folder


def redirect(content: Path, **lines: str) -> None:
    """Write the settings with redirects; each line's name is only for the reader."""
    more = "".join(f"  {line}\n" for line in lines.values())
    (content / "site.yaml").write_text(f"{SITE}redirects:\n{more}" if more else SITE, "utf-8")


def rename_tag(content: Path) -> None:
    write_posting(content, "first", tags="[law]")
    write_posting(content, "second", tags="[law, organizing]", status="filled")


def found(diagnostics: Iterable[Diagnostic]) -> list[tuple[int, int, str, str | None]]:
    wrong = (each for each in diagnostics if each.code.startswith("redirect-"))
    return [(each.span.line, each.span.column, each.code, each.hint) for each in wrong]


def test_a_subscriber_of_a_renamed_tag_goes_on_without_an_item_twice_or_missing(tmp_path, content):
    assert build(options(tmp_path, content=content)).published
    before = tree(tmp_path / "site")

    rename_tag(content)
    redirect(content, tag="/tags/legal/: /tags/law/")
    assert build(options(tmp_path, content=content)).published
    after = tree(tmp_path / "site")

    files = {name for name in before if name.startswith("tags/legal/")}
    assert files == {
        f"tags/legal/{name}" for name in ("index.html", "feed.xml", "feed.json", "deadlines.ics")
    }
    assert files <= after.keys()
    for sites in (before, after):
        rss = ET.fromstring(sites["tags/legal/feed.xml"])
        assert [guid.text for guid in rss.iter("guid")] == [
            item["id"] for item in json.loads(before["tags/legal/feed.json"])["items"]
        ]
    assert json.loads(after["tags/legal/feed.json"])["feed_url"] == "https://jobs.example/tags/law/feed.json"
    assert (
        b"SOURCE;VALUE=URI:https://jobs.example/tags/law/deadlines.ics\r\n"
        in after["tags/legal/deadlines.ics"]
    )
    assert b"/tags/legal/" not in after["sitemap.xml"]
    assert b"<title>Tag: law " in after["tags/legal/index.html"]
    assert b'href="/tags/law/feed.xml"' in after["tags/legal/index.html"]


def test_the_further_pages_of_a_renamed_list_lead_to_those_it_has_now(tmp_path, content):
    for number in range(120):
        write_posting(content, f"more-{number}", tags="[law]")
    redirect(content, tag="/tags/legal/: /tags/law/", home="/tags/gone/: /")
    rename_tag(content)
    assert build(options(tmp_path, content=content)).published
    site = tree(tmp_path / "site")
    pages = {path.removeprefix("tags/law/") for path in site if path.startswith("tags/law/page/")}
    assert {path.removeprefix("tags/legal/") for path in site if path.startswith("tags/legal/page/")} == pages
    assert len(pages) > 1
    assert b'href="/tags/law/page/2/"' in site["tags/legal/page/2/index.html"]
    assert "page/2/index.html" in site
    assert "tags/gone/page/2/index.html" not in site


def test_the_scripts_are_told_what_terms_and_postings_were_called_before(tmp_path, content):
    def told() -> tuple[object, object]:
        assert build(options(tmp_path, content=content)).published
        site = json.loads((tmp_path / "site/search/site.json").read_bytes())
        return site["renamed"], site["moved"]

    assert told() == ({}, {})
    rename_tag(content)
    redirect(content, tag="/tags/legal/: /tags/law/", other="/team/: /archive/", home="/tags/gone/: /")
    assert told() == ({"tag=legal": "law"}, {})
    write_posting(content, "first", tags="[law]", aliases="[before, first-of-all]")
    assert told() == ({"tag=legal": "law"}, {"before": "first", "first-of-all": "first"})


def test_an_address_leads_to_any_page_and_has_the_feeds_that_are_there(tmp_path, content):
    write_page(content, "about")
    redirect(
        content,
        page="/team/: /about/",
        home="/tags/gone/: /",
        deep="/blog/category/jobs/: /tags/",
        closing="/soon/: /closing-soon/",
        posting="/best-job/: /jobs/first/",
    )
    result = build(options(tmp_path, content=content))
    assert result.published, result.diagnostics
    site = tree(tmp_path / "site")

    def at(folder: str) -> set[str]:
        return {path.removeprefix(folder) for path in site if path.startswith(folder)}

    assert at("team/") == at("blog/category/jobs/") == at("best-job/") == {"index.html"}
    assert at("tags/gone/") == {"index.html", "feed.xml", "feed.json", "deadlines.ics"}
    assert at("soon/") == {"index.html", "feed.xml", "feed.json"}
    assert b"https://jobs.example/tags/</a>" in site["blog/category/jobs/index.html"]
    assert b"<title>About " in site["team/index.html"]
    assert b"/about/feed.xml" not in site["team/index.html"]


def test_an_address_leads_in_one_step_to_what_was_renamed_since(tmp_path, content):
    redirect(content, page="/team/: /about/", posting="/best-job/: /jobs/first/")
    (content / "postings/first.md").unlink()
    write_posting(content, "newer", aliases="[first]")
    write_page(content, "us", aliases="[about]")
    result = build(options(tmp_path, content=content))
    assert result.published, result.diagnostics
    site = tree(tmp_path / "site")
    for former, present in (("team", "us/"), ("best-job", "jobs/newer/")):
        page = site[f"{former}/index.html"].decode()
        assert f'content="0; url=/{present}"' in page
        assert f'rel="canonical" href="https://jobs.example/{present}"' in page
    assert b"<title>Us " in site["team/index.html"]


def test_an_address_that_cannot_lead_on_is_an_error_at_its_place_and_the_site_stays(tmp_path, content):
    assert build(options(tmp_path, content=content)).published
    before = tree(tmp_path / "site")
    redirect(
        content,
        gone="/tags/labor/: /tags/leagl/",
        far="/labor/: /unions/of/the/sound/",
        home="/: /tags/legal/",
        page="/archive/: /tags/legal/",
    )
    result = build(options(tmp_path, content=content))

    assert found(result.diagnostics) == [
        (FIRST, 17, "redirect-gone", "did you mean /tags/legal/?"),
        (FIRST + 1, 12, "redirect-gone", "write the address of a page of the site"),
        (FIRST + 2, 3, "redirect-taken", "delete this line"),
        (FIRST + 3, 3, "redirect-taken", "delete this line"),
    ]
    assert not result.published
    assert tree(tmp_path / "site") == before
    checked = build(options(tmp_path, content=content, command="check"))
    assert checked.diagnostics == result.diagnostics


def test_a_list_that_comes_back_is_shown_and_its_line_is_to_be_deleted(tmp_path, content):
    """Whoever adds a job in Ottawa need not know that Ottawa leads elsewhere, and stops no build."""
    write_posting(content, "edmonton", location="Red Deer, AB, Canada")
    redirect(content, place="/locations/ottawa-on-canada/: /locations/red-deer-ab-canada/")

    def site() -> dict[str, bytes]:
        result = build(options(tmp_path, content=content))
        assert result.published
        taken.append(found(result.diagnostics))
        return tree(tmp_path / "site")

    taken: list[object] = []
    folder = "locations/ottawa-on-canada/"
    former = site()
    path = write_posting(content, "ottawa", location="Ottawa, ON, Canada")
    came_back = site()
    redirect(content)
    without = site()
    hint = f"delete this line, unless {path.as_posix()} is there by mistake"
    assert taken == [[], [(FIRST, 3, "redirect-taken", hint)], []]
    assert former[f"{folder}feed.xml"] == former["locations/red-deer-ab-canada/feed.xml"]
    assert came_back == without


def test_however_many_addresses_are_wrong_the_settings_are_read_as_often(tmp_path, content, monkeypatch):
    read: list[Path] = []
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: (read.append(path), read_bytes(path))[1])

    def times(wrong: int) -> int:
        redirect(content, **{str(number): f"/a/{number}/: /b/{number}/" for number in range(wrong)})
        read.clear()
        assert len(found(build(options(tmp_path, content=content)).diagnostics)) == wrong
        return sum(path.name == "site.yaml" for path in read)

    assert times(1) == times(20)


def test_what_a_wrong_posting_would_bring_is_not_said_to_be_gone(tmp_path, content):
    write_posting(content, "later", tags="[ferries]", posted="soon")
    redirect(content, tag="/tags/boats/: /tags/ferries/")
    write_page(content, "about", "[Ferries](/tags/ferries/)")

    def gone() -> set[str]:
        diagnostics = build(options(tmp_path, content=content)).diagnostics
        return {each.code for each in diagnostics} & {"redirect-gone", "body-link-missing"}

    assert not gone()
    (content / "postings" / "later.md").unlink()
    link(content / "postings" / "later.md", "/dev/null")
    assert not gone()
    (content / "postings" / "later.md").unlink()
    write_posting(content, "later", tags="[boating]")
    assert gone() == {"redirect-gone", "body-link-missing"}


def test_what_no_posting_brings_is_said_to_be_gone_or_taken_while_one_is_wrong(tmp_path, content):
    write_posting(content, "later", tags="[ferries]", posted="soon")
    redirect(content, near="/labor/: /archiv/", page="/tags/: /tags/ferries/")
    write_page(content, "about", "[Team](team.md), [guide](/guide.pdf), [job](/jobs/x/)")
    diagnostics = build(options(tmp_path, content=content)).diagnostics
    assert found(diagnostics) == [
        (FIRST, 12, "redirect-gone", "did you mean /archive/?"),
        (FIRST + 1, 3, "redirect-taken", "delete this line"),
    ]
    assert [each.message for each in diagnostics if each.code == "body-link-missing"] == [
        "the site has no page /team/",
        "the site has no file /guide.pdf",
    ]


def test_a_list_that_comes_with_a_day_breaks_no_build_on_that_day(tmp_path, content):
    """What is wrong from some day on is wrong at once, and what is right then is right before."""
    write_posting(content, "later", tags="[later]", added="2026-12-01", location="Bristol, CT")
    redirect(content, tag="/tags/later-on/: /tags/later/")
    for number, now in enumerate((TODAY, "2026-12-02T12:00:00+00:00")):
        assert build(options(tmp_path, now, content=content)).published
        assert (tmp_path / "site/tags/later-on/index.html").exists() is bool(number)

    redirect(content, tag="/tags/later/: /tags/legal/")
    holder = f"delete this line, unless {content.as_posix()}/postings/later.md is there by mistake"
    for now in (TODAY, "2026-12-02T12:00:00+00:00"):
        result = build(options(tmp_path, now, content=content))
        assert result.published
        assert found(result.diagnostics) == [(FIRST, 3, "redirect-taken", holder)]


def test_a_year_of_the_archive_that_comes_breaks_no_build_on_that_day(tmp_path, content):
    redirect(content, old="/archive/2026/: /archive/", older="/years/: /archive/2027/")
    write_posting(content, "second", deadline="2027-01-15", status="")
    days = (TODAY, "2026-12-20T12:00:00+00:00")
    results = [build(options(tmp_path, now, content=content)).diagnostics for now in days]
    assert [found(each) for each in results] == [[(FIRST, 3, "redirect-taken", "delete this line")]] * 2
    messages = [each.message for result in results for each in result if each.code == "redirect-taken"]
    assert [message.partition(" a list")[0] for message in messages] == ["there will be", "there is"]

    redirect(content, older="/years/: /archive/2027/", posting="/best/: /jobs/later/")
    write_posting(content, "later", added="2026-12-01")
    for number, now in enumerate((TODAY, "2027-01-20T12:00:00+00:00")):
        assert build(options(tmp_path, now, content=content)).published
        assert (tmp_path / "site/years/index.html").exists() is bool(number)
        assert (tmp_path / "site/best/index.html").exists() is bool(number)


@pytest.mark.no_cover
def test_redirects_that_come_change_and_go_leave_what_a_clean_build_makes(tmp_path, content):
    steps = (
        {},
        {"tag": "/tags/labor/: /tags/legal/"},
        {"tag": "/tags/labor/: /tags/legal/", "place": "/locations/hartfort-ct/: /locations/hartford-ct/"},
        {"tag": "/tags/labor/: /tags/organizing/"},
        {"tag": "/tags/labor/: /"},
        {},
    )
    for step, lines in enumerate(steps):
        redirect(content, **lines)
        for edit in range(2):
            write_posting(content, "first", tags="[legal]", title=f"Organizer {step} {edit}")
            wanted = options(tmp_path, content=content, jobs=1 + step % 2)
            warm = build(wanted)
            assert warm.published, warm.diagnostics
            assert_as_clean(wanted, (step, edit))
    assert not (tmp_path / "site" / "tags" / "labor").exists()


def test_a_redirect_makes_no_other_page_anew(tmp_path, content):
    assert build(options(tmp_path, content=content)).published
    redirect(content, tag="/tags/labor/: /tags/legal/")
    made = {path for path, _, _ in build(options(tmp_path, content=content)).rebuilt}
    names = ("index.html", "feed.xml", "feed.json", "deadlines.ics")
    assert made - {"build.json", "SHA256SUMS"} == {"search/site.json"} | {
        f"tags/labor/{name}" for name in names
    }


@pytest.mark.parametrize("former", ["/files/charter/", "/files/charter/2025/"])
def test_no_page_can_be_in_the_place_of_a_file(tmp_path, content, former):
    write_file(content, "charter")
    redirect(content, file=f"{former}: /about/", home="/files/charters/: /")
    write_page(content, "about")
    result = build(options(tmp_path, content=content))
    assert not result.published
    assert found(result.diagnostics) == [(FIRST, 3, "redirect-taken", "delete this line")]


@pytest.mark.parametrize(
    "name", ["feed.xml", "feed.xml/notes.txt", "index.html/notes.txt", "page", "page/2/index.html"]
)
def test_nothing_that_leads_on_takes_the_place_of_a_file(tmp_path, content, name):
    write_file(content, f"old/{name}")
    redirect(
        content, home="/: /tags/", file="/files/old/: /tags/legal/", folder="/files/older/: /tags/legal/"
    )
    result = build(options(tmp_path, content=content))
    assert not result.published
    assert [each.message.partition(",")[0] for each in result.diagnostics if each.severity == "error"] == [
        "there is a page at /",
        f"there is a file at /files/old/{name}",
    ]


@pytest.mark.parametrize("name", ["Old", "Old/index.html", "old/Feed.xml"])
def test_nothing_leads_on_where_a_file_is_whose_name_differs_in_capitals_alone(tmp_path, content, name):
    """On some systems, they are one file."""
    write_file(content, name)
    redirect(content, file="/files/old/: /tags/legal/")
    result = build(options(tmp_path, content=content))
    assert found(result.diagnostics) == [(FIRST, 3, "redirect-taken", "delete this line")]
    assert not result.published


def test_other_files_of_a_former_folder_stay(tmp_path, content):
    write_file(content, "old/pages/charter.txt")
    redirect(content, file="/files/old/: /tags/legal/")
    assert build(options(tmp_path, content=content)).published
    after = tree(tmp_path / "site")
    assert {"files/old/index.html", "files/old/feed.xml", "files/old/pages/charter.txt"} <= after.keys()
