"""The note of the last build is trusted only while everything that decides a site is unchanged."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from pkgutil import resolve_name

import pytest

from build import build
from hiringhall import last_build
from hiringhall.intake.files import sources
from hiringhall.intake.files.sources import scan, scan_files
from hiringhall.last_build import Inputs
from hiringhall.model import Options, Source
from tests import sites
from tests.factory import NOW
from tests.sites import (
    append,
    assert_as_clean,
    copied_layouts,
    empty_content,
    replace,
    write_file,
    write_page,
)
from tests.trees import ROOT, link, tree

# The file that says when the site was built, and the checksums, which include it.
WITH_THE_TIME = {"build.json", "SHA256SUMS"}


def write_posting(content: Path, slug: str = "organizer") -> Path:
    """Write a posting that is open now."""
    return sites.write_posting(content, slug, added="2026-01-02", deadline="2026-01-31")


@pytest.fixture
def options(tmp_path: Path) -> Options:
    content = empty_content(tmp_path)
    path = write_posting(content)
    hour_ago = path.stat().st_mtime - 3600
    os.utime(path, (hour_ago, hour_ago))
    write_file(content, "charter.pdf")
    return sites.options(tmp_path, NOW.isoformat(), content=content, layouts=copied_layouts(tmp_path))


@pytest.fixture
def _rested(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust stamps at once: tests change files faster than people do."""
    monkeypatch.setattr(last_build, "_SETTLED", -(10**12))


def stages(options: Options) -> list[str]:
    """Build, and return the stages it went through: a remembered site is not planned."""
    result = build(options)
    assert result.published, result.diagnostics
    return [name for name, _ in result.laps]


@pytest.mark.usefixtures("_rested")
def test_nothing_is_planned_where_nothing_changed(options: Options) -> None:
    assert "plan" in stages(options)
    before = tree(options.output)

    again = build(options._replace(now=NOW + timedelta(hours=5)))

    assert [name for name, _ in again.laps] == ["look", "publish"]
    assert {path for path, _, _ in again.rebuilt} == WITH_THE_TIME
    assert {path for path, data in tree(options.output).items() if data != before[path]} == WITH_THE_TIME


@pytest.mark.parametrize(("seconds", "is_trusted"), [(1.0, True), (30.0, False)])
def test_a_stamp_counts_once_its_file_had_rested_when_the_build_began(
    options: Options, seconds: float, is_trusted: bool
) -> None:
    """Or it could have changed once more while the build went on, with the same time of change."""
    result = build(options)
    assert result.stats is not None
    changed = time.time_ns() - 10 * 10**9
    source = Source("x.md", None, "key", (1, changed, changed, 1))
    lasting = result._replace(stats=result.stats._replace(seconds=seconds))

    last_build.remember(options, (source,), Inputs("", "", {}, {}), None, lasting)

    assert ("x.md" in last_build.recall(options.cache).seen) == is_trusted


@pytest.mark.usefixtures("_rested")
def test_what_the_last_build_said_is_said_again(options: Options) -> None:
    shutil.copy(options.content / "postings" / "organizer.md", options.content / "postings" / "twin.md")
    first = build(options)

    again = build(options)

    assert len(first.diagnostics) > 0
    assert again.diagnostics == first.diagnostics
    assert again.next_change == first.next_change
    assert again.stats is not None
    assert first.stats is not None
    assert again.stats.open == first.stats.open == 2
    assert again.stats.seconds != first.stats.seconds


@pytest.mark.usefixtures("_rested")
def test_nothing_else_is_said_where_the_note_of_the_last_build_was_damaged(options: Options) -> None:
    shutil.copy(options.content / "postings" / "organizer.md", options.content / "postings" / "twin.md")
    first = build(options)
    assert options.cache is not None
    note = options.cache / "last-build"
    note.write_bytes(note.read_bytes().replace(b"twin-job", b"twin-jab"))

    assert build(options).diagnostics == first.diagnostics


@pytest.mark.usefixtures("_rested")
def test_no_strict_build_is_stopped_by_what_was_said_of_a_posting_that_closed_long_ago(
    options: Options,
) -> None:
    shutil.copy(options.content / "postings" / "organizer.md", options.content / "postings" / "twin.md")
    strict = options._replace(strict=True)
    assert not build(strict).published

    past = build(strict._replace(now=NOW + timedelta(days=800)))

    assert past.published
    assert ("twin-job", "notice") in {(each.code, each.severity) for each in past.diagnostics}


@pytest.mark.usefixtures("_rested")
def test_a_site_is_planned_anew_at_the_very_instant_from_which_it_differs(options: Options) -> None:
    due = build(options).next_change
    assert due is not None

    assert "plan" not in stages(options._replace(now=due - timedelta(seconds=1)))
    assert "plan" in stages(options._replace(now=due))


@pytest.mark.usefixtures("_rested")
def test_nothing_is_planned_where_nothing_will_change(options: Options) -> None:
    (options.content / "postings" / "organizer.md").unlink()
    assert build(options).next_change is None

    assert "plan" not in stages(options._replace(now=NOW + timedelta(days=400)))


CHANGES: dict[str, Callable[[Options], object]] = {
    "a posting is edited": lambda o: append(o.content / "postings" / "organizer.md", "\nMore.\n"),
    "a posting is gone": lambda o: (o.content / "postings" / "organizer.md").unlink(),
    "a setting": lambda o: append(o.content / "site.yaml", "report_url: https://report.example/\n"),
    "the register": lambda o: append(o.content / "organizations.yaml", "l12:\n  name: Local 12\n"),
    "a page": lambda o: write_page(o.content, "about"),
    "a published file": lambda o: write_file(o.content, "charter.pdf", b"2"),
    "a published file is gone": lambda o: (o.content / "files" / "charter.pdf").unlink(),
    "another published file": lambda o: write_file(o.content, "rules.txt"),
    "a template": lambda o: append(o.layouts / "404.html", "<!-- changed -->"),
    "an asset": lambda o: append(o.layouts / "assets" / "css" / "site.css", "/* changed */"),
    "a file that is no posting": lambda o: append(o.content / "postings" / "notes.txt", "Not a posting."),
}
WISHES = {
    "another address": {"base_url": "https://other.example/"},
    "later": {"now": NOW + timedelta(days=30)},
    "earlier": {"now": NOW - timedelta(minutes=1)},
}


@pytest.mark.no_cover
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.usefixtures("_rested")
def test_a_site_that_somebody_touched_is_made_whole_again(options: Options, jobs: int) -> None:
    options = options._replace(jobs=jobs)
    stages(options)
    write_posting(options.content, "second")
    stages(options)
    before = tree(options.output)
    append(options.output / "index.html", "tampered")

    assert "plan" in stages(options)
    assert tree(options.output) == before
    assert "plan" not in stages(options)


@pytest.mark.no_cover
@pytest.mark.parametrize("what", [*CHANGES, *WISHES])
@pytest.mark.usefixtures("_rested")
def test_anything_that_decides_the_site_is_noticed(options: Options, what: str) -> None:
    stages(options)
    wanted = options._replace(**WISHES.get(what, {}))
    CHANGES.get(what, lambda _: None)(options)

    assert "plan" in stages(wanted)
    assert_as_clean(wanted)


@pytest.mark.parametrize("what", ["a posting is edited", "a published file", "later"])
@pytest.mark.usefixtures("_rested")
def test_other_files_are_not_read_again_for_a_posting_or_another_day(
    options: Options, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stages(options)
    CHANGES.get(what, lambda _: None)(options)
    with monkeypatch.context() as patch:
        patch.setattr("hiringhall.site.read_files", None)
        stages(options._replace(**WISHES.get(what, {})))

    assert_as_clean(options._replace(**WISHES.get(what, {})))


@pytest.mark.no_cover
def test_on_another_day_nothing_is_loaded_that_reads_files(options: Options) -> None:
    command = [sys.executable, "-c", LOADED.format(root=str(ROOT))]
    given = [f"--{name}={getattr(options, name)}" for name in ("content", "layouts", "output", "cache")]
    printed = [
        subprocess.run([*command, *given, "--now", now], capture_output=True, text=True, check=True).stdout
        for now in ("2026-01-26", "2026-01-27")
    ]
    assert printed == ["yaml comrak\n", "\n"]


LOADED = """
import sys
sys.path.insert(0, {root!r})
from build import build, cli
cli.main(["build", "--quiet", *sys.argv[1:]], build)
print(*[name for name in ("yaml", "comrak") if name in sys.modules])
"""


@pytest.mark.usefixtures("_rested")
def test_words_that_only_the_program_has_are_noticed(
    options: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(options.layouts / "strings", tmp_path / "shipped")
    monkeypatch.setattr(sources, "SHIPPED", tmp_path / "shipped")
    replace(options.layouts / "strings/en.yaml", "  made-with: Made with Hiring Hall\n", "")
    assert "plan" in stages(options)

    replace(tmp_path / "shipped/en.yaml", "Made with Hiring Hall", "Made by hand")

    assert "plan" in stages(options)
    assert "Made by hand" in (options.output / "index.html").read_text("utf-8")


@pytest.mark.usefixtures("_rested")
def test_a_build_that_put_another_site_there_is_noticed(options: Options) -> None:
    stages(options)
    before = tree(options.output)
    stages(options._replace(base_url="https://other.example/", cache=None))

    assert "plan" in stages(options)
    assert tree(options.output) == before


def test_a_file_that_changed_just_before_it_was_seen_is_read_again(
    options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(last_build, "_SETTLED", 10**12)  # a busy machine may need seconds for a build
    write_posting(options.content)
    stages(options)

    assert last_build.recall(options.cache).seen == {}


def test_what_was_read_to_tell_whether_anything_changed_is_not_read_again(options: Options) -> None:
    inputs = last_build.inputs_of(options, scan(options.content), {})
    (source,) = scan_files(options.content).value or ()
    assert inputs.seen[source.path] == (source.stamp, source.digest)

    write_file(options.content, "charter.pdf", b"another")
    (changed,) = scan_files(options.content, inputs.seen).value or ()
    assert changed.digest not in {source.digest, ""}


@pytest.mark.usefixtures("_rested")
def test_a_warning_comes_and_goes_with_its_cause_and_stops_a_strict_build(options: Options) -> None:
    usual = build(options).diagnostics
    stray = options.content / "postings" / "notes.txt"

    append(stray, "Not a posting.")
    found = build(options).diagnostics
    assert [each.code for each in found if each not in usual] == ["file-ending"]
    strict = build(options._replace(strict=True))
    assert (strict.published, strict.diagnostics) == (False, found)

    stray.unlink()
    assert build(options).diagnostics == usual


@pytest.mark.no_cover
@pytest.mark.parametrize("name", ["last-build", "site-files"])
@pytest.mark.parametrize("damage", [b"", b"\x00\xff not a note", None])
def test_a_note_that_cannot_be_read_only_costs_time(
    options: Options, name: str, damage: bytes | None
) -> None:
    stages(options)
    assert options.cache is not None
    note = options.cache / name
    note.unlink() if damage is None else note.write_bytes(damage)
    append(options.content / "postings" / "organizer.md", "More.\n")

    assert "plan" in stages(options)
    assert_as_clean(options)


@pytest.mark.no_cover
@pytest.mark.parametrize("pack", ["postings", "parts"])
@pytest.mark.parametrize("size", [None, 0, 300])
def test_a_pack_that_was_cut_off_or_lost_only_costs_time(
    options: Options, pack: str, size: int | None
) -> None:
    for name in ("second", "third"):
        write_posting(options.content, name)
    stages(options)
    assert options.cache is not None
    main = options.cache / pack / "main.pack"
    main.unlink() if size is None else os.truncate(main, main.stat().st_size - size if size else 0)
    append(options.layouts / "posting.html", "<!-- changed -->")

    stages(options)

    assert_as_clean(options)


@pytest.mark.parametrize("name", ["postings/index", "postings/readings", "parts/index"])
@pytest.mark.parametrize("size", [0, 40, None])
def test_an_index_that_was_damaged_only_costs_time(options: Options, name: str, size: int | None) -> None:
    write_posting(options.content, "second")
    stages(options)
    assert options.cache is not None
    index = options.cache / name
    index.unlink() if size is None else os.truncate(index, size)
    append(options.layouts / "posting.html", "<!-- changed -->")

    stages(options)

    assert_as_clean(options)


def test_a_posting_that_went_and_comes_back_is_read_again(options: Options) -> None:
    for number in range(20):
        write_posting(options.content, f"organizer-{number}")
    stages(options)
    before = tree(options.output)
    (options.content / "postings" / "organizer.md").unlink()
    stages(options)
    write_posting(options.content)

    stages(options)
    assert tree(options.output) == before


def test_a_note_that_cannot_be_kept_does_not_matter(options: Options) -> None:
    stages(options)
    append(options.content / "postings" / "organizer.md", "More.\n")
    assert options.cache is not None
    (options.cache / "last-build").unlink()
    (options.cache / "last-build").mkdir()

    assert "plan" in stages(options)
    assert "plan" in stages(options)


PUT_BACK = {
    "a posting": ("content/postings/organizer.md", "hiringhall.cache.Cache.cards_of"),
    "a setting": ("content/site.yaml", "hiringhall.site.read_site"),
    "the words": ("layouts/strings/en.yaml", "hiringhall.site.read_site"),
    "a template": ("layouts/404.html", "hiringhall.site.read_site"),
    "a template while it renders": ("layouts/partials/row.html", "hiringhall.pipeline.prepare"),
    "an asset": ("layouts/assets/css/site.css", "hiringhall.site.read_site"),
}


@pytest.mark.no_cover
@pytest.mark.parametrize("what", PUT_BACK)
@pytest.mark.parametrize("when", ["at once", "after the build"])
@pytest.mark.usefixtures("_rested")
def test_what_is_edited_during_a_build_and_put_back_is_not_taken_for_what_was_built(
    options: Options, what: str, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, reader = PUT_BACK[what]
    path = options.content.parent / name
    before = path.read_text("utf-8")
    real = resolve_name(reader)

    def reading(*arguments: object) -> object:
        edited = before.replace("well", "badly") if "postings" in name else f"{before}\n "
        path.write_text(edited, "utf-8")
        try:
            return real(*arguments)
        finally:
            if when == "at once":
                path.write_text(before, "utf-8")

    with monkeypatch.context() as patch:
        patch.setattr(reader, reading)
        stages(options)
    path.write_text(before, "utf-8")

    assert "plan" in stages(options)
    assert_as_clean(options)


@pytest.mark.parametrize("name", ["files/charter.pdf", "pages/about.md"])
def test_a_file_that_became_a_link_out_of_the_content_is_refused_though_it_has_the_same_bytes(
    options: Options, tmp_path: Path, name: str
) -> None:
    write_page(options.content, "about")
    assert build(options).published
    (options.content / name).rename(tmp_path / "secret")
    link(options.content / name, tmp_path / "secret")
    result = build(options)
    assert not result.published
    assert [found.code for found in result.diagnostics if found.severity == "error"] == ["file-unreadable"]


@pytest.mark.parametrize("name", ["strings/en.yaml", "assets/css/site.css"])
@pytest.mark.usefixtures("_rested")
def test_what_changed_in_a_folder_to_which_the_layouts_link_is_noticed(
    options: Options, tmp_path: Path, name: str
) -> None:
    folder = name.partition("/")[0]
    (options.layouts / folder).rename(tmp_path / folder)
    link(options.layouts / folder, tmp_path / folder)
    stages(options)

    append(options.layouts / name, "\n/* */" if folder == "assets" else "\n# A note")

    assert "plan" in stages(options)
    assert_as_clean(options)


@pytest.mark.usefixtures("_rested")
def test_nothing_is_looked_at_in_other_folders_to_which_the_layouts_link(
    options: Options, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    link(options.layouts / "mine", tmp_path / "mine")
    stages(options)

    append(tmp_path / "mine" / "note.txt", "nothing of the site")

    assert "plan" not in stages(options)
