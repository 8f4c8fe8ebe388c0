"""The digest: what it chooses, and that each of its forms says so and nothing else."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from build import build
from hiringhall import cli
from hiringhall.commands.newsletter import forms
from hiringhall.commands.newsletter.letter import Letter, letter_of
from hiringhall.model import Arrangement, ClosedReason, Move
from hiringhall.policies import moments
from tests import factory
from tests.emitters import support
from tests.intake.test_history import Repository
from tests.sites import SITE, copied_content, copied_layouts, replace
from tests.trees import LAYOUTS, ROOT, tree

FIRST, LAST = date(2026, 1, 13), date(2026, 1, 20)


def letter(*postings, language: str = "en", merged=MappingProxyType({}), now=factory.NOW) -> Letter:
    where = factory.context(language=language)
    listing = factory.listing(postings, now, where)
    known = {posting.slug: posting for posting in postings}
    return letter_of(listing, FIRST, LAST, lambda entry: known[entry.card.slug], where, merged)


def told_of(section) -> list[str]:
    return [item.href.split("/")[-2] for item in section.items]


def chosen(*postings) -> dict[str, list[str]]:
    """Return the slugs in each section, by the first word of its heading."""
    return {section.heading.split()[0]: told_of(section) for section in letter(*postings).sections}


def moved(day: date, before: str = "2026-02-16", after: str = "2026-03-02") -> tuple[Move, ...]:
    zone = f"[{factory.ZONE}]"
    return (factory.move(f"{day}T12:00Z", "deadline", before + zone, after + zone),)


def some():
    return (
        factory.posting("old"),
        factory.posting("new", added=FIRST),
        factory.posting("newest", added=LAST),
        factory.posting("soon", deadline=factory.deadline("2026-01-26")),
        factory.posting("sooner", deadline=factory.deadline("2026-01-21", "09:00")),
        factory.posting("not-soon", deadline=factory.deadline("2026-01-27")),
        factory.posting("moved", deadline=factory.deadline("2026-03-02"), moves=moved(date(2026, 1, 15))),
        factory.posting(
            "moved-before", deadline=factory.deadline("2026-03-02"), moves=moved(date(2026, 1, 12))
        ),
        factory.posting_closed_on(date(2026, 1, 14), "passed"),
        factory.posting_closed_on(date(2026, 1, 11), "passed-before"),
        factory.posting("come-and-gone", added=FIRST, deadline=factory.deadline("2026-01-15")),
        factory.posting("filled", status=ClosedReason.FILLED, verified=date(2026, 1, 16)),
    )


def test_the_sections_hold_what_they_say_in_an_order_of_use():
    assert list(chosen(*some()).items()) == [
        ("New", ["newest", "new"]),
        ("Closing", ["sooner", "soon"]),
        ("Deadlines", ["moved"]),
        ("Closed", ["filled", "come-and-gone", "passed"]),
    ]


@pytest.mark.parametrize(
    ("added", "came", "is_new"),
    [
        (FIRST, None, True),
        (LAST, None, True),
        (LAST + timedelta(days=1), None, False),
        (FIRST - timedelta(days=1), None, False),
        (FIRST - timedelta(days=9), FIRST, True),
        (FIRST, LAST + timedelta(days=1), False),
        (LAST, FIRST - timedelta(days=1), True),
        (FIRST - timedelta(days=9), FIRST - timedelta(days=1), False),
    ],
)
def test_a_posting_is_new_on_the_day_it_could_first_be_seen(added, came, is_new):
    merged = {} if came is None else {"job": came}
    found = letter(factory.posting("job", added=added), merged=merged, now=factory.NOW + timedelta(days=2))
    assert ("New (1)" in found.lede) is is_new


def test_a_posting_under_another_name_is_not_new():
    merged = {"job": FIRST, "old": FIRST - timedelta(days=5)}
    posting = factory.posting("job", added=FIRST - timedelta(days=9), aliases=("old",))
    assert letter(posting, merged=merged).sections == ()


@pytest.fixture
def repository(tmp_path):
    made = Repository(tmp_path)
    (made.postings.parent / "site.yaml").write_text(SITE, "utf-8")
    return made


def told_by(repository, capsys, now: str) -> list[str]:
    """Return the slugs of what the digest of a repository tells as new."""
    content = str(repository.postings.parent)
    assert (
        cli.main(["digest", "--content", content, "--no-cache", "--form", "text", "--now", now], build) == 0
    )
    return re.findall(r"/jobs/([a-z0-9-]+)/", capsys.readouterr().out.split("Closing in")[0])


LISTED = {"organization": "Local 12", "location": "Hartford, CT", "apply": "a@b.example"}


@pytest.mark.no_cover
def test_letters_week_by_week_name_each_posting_once(repository, capsys):
    told = Counter()
    repository.at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    repository.commit("before.md", added="2026-02-01", **LISTED)
    for day in range(2, 31):
        repository.at = datetime(2026, 3, day, 8 + day % 12, tzinfo=UTC)
        for late in (0, 2, 9) if day < 25 else ():
            added = (date(2026, 3, day) - timedelta(days=late)).isoformat()
            repository.write(f"job-{day}-{late}.md", added=added, **LISTED)
        if day < 15:
            repository.write(f"job-{day}-draft.md", added=f"2026-03-{day:02}", draft="true", **LISTED)
        elif day < 24:
            repository.write(f"job-{day - 9}-draft.md", added=f"2026-03-{day - 9:02}", **LISTED)
        repository.commit("note.txt")
        if date(2026, 3, day).weekday() == 0:
            now = max(repository.at - timedelta(days=1), datetime(2026, 3, day, 13, tzinfo=UTC))
            told.update(told_by(repository, capsys, now.isoformat()))
    expected = {f"job-{day}-{late}": 1 for day in range(2, 25) for late in (0, 2, 9)}
    assert told == expected | {f"job-{day}-draft": 1 for day in range(6, 15)}


def test_a_draft_that_is_renamed_as_it_is_published_is_new(repository, capsys):
    repository.at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    repository.commit("before.md", added="2026-02-01", **LISTED)
    repository.commit("draft.md", added="2026-03-02", draft="true", **LISTED)
    repository.at = datetime(2026, 3, 10, 12, tzinfo=UTC)
    (repository.postings / "draft.md").unlink()
    repository.commit("job.md", added="2026-03-02", aliases="[draft]", **LISTED)

    assert told_by(repository, capsys, "2026-03-16T13:00Z") == ["job"]


def test_what_is_new_is_told_where_files_of_earlier_commits_are_missing(repository, capsys):
    """As in a partial clone: when files came, and under which names, is there."""
    repository.at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    repository.commit("gone.md", added="2026-02-01", **LISTED)
    name = repository.git("rev-parse", "HEAD:site/content/postings/gone.md").strip()
    repository.at = datetime(2026, 3, 10, 12, tzinfo=UTC)
    (repository.postings / "gone.md").unlink()
    repository.commit("job.md", added="2026-03-02", **LISTED)
    (repository.folder / ".git" / "objects" / name[:2] / name[2:]).rename(repository.folder / "missing")

    assert told_by(repository, capsys, "2026-03-16T13:00Z") == ["job"]


def test_a_history_that_was_squashed_makes_nothing_new(repository, capsys):
    repository.commit("old.md", added="2026-01-05", **LISTED)
    repository.commit("moved.md", added="2026-01-05", deadline="2026-02-28", **LISTED)
    repository.commit("moved.md", added="2026-01-05", deadline="2026-03-01", **LISTED)
    repository.at = datetime(2026, 2, 11, tzinfo=UTC)
    repository.git("checkout", "--quiet", "--orphan", "squashed")
    repository.commit("fresh.md", added="2026-02-10", **LISTED)
    repository.commit("late.md", added="2026-02-01", **LISTED)

    assert told_by(repository, capsys, "2026-02-16T13:00Z") == ["late", "fresh"]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 20),
            st.none() | st.sampled_from(["00:00", "01:30", "17:00", "23:59:59"]),
            st.sampled_from([factory.ZONE, "America/Los_Angeles", "Pacific/Honolulu", "Asia/Tokyo"]),
            st.none() | st.integers(0, 20 * 24),
        ),
        max_size=9,
    ),
    st.lists(st.integers(0, 23 * 60), min_size=5, max_size=5),
)
def test_letters_week_by_week_tell_of_each_closing_once(chosen, minutes):
    """By whatever clock and at whatever hour a deadline passes, including one moved to a past day."""
    start = datetime(2026, 1, 19, 5, tzinfo=UTC)  # Monday in New York
    postings = []
    for number, (days, at, zone, hours) in enumerate(chosen):
        deadline = factory.deadline((start + timedelta(days=days)).date(), at, time_zone=zone)
        posting = factory.posting(f"job-{number}", posted=None, deadline=deadline)
        if hours is not None:
            when = start + timedelta(hours=hours)
            move = factory.move(when.isoformat(), "deadline", "2026-06-01", moments.written(deadline))
            posting = posting._replace(moves=(move,))
        postings.append(posting)

    told = Counter()
    for week, minute in enumerate(minutes):
        now = start + timedelta(weeks=week, minutes=minute)
        committed = [
            posting
            if not posting.moves or posting.moves[0].at <= now.timestamp()
            else factory.posting(posting.slug, posted=None, deadline=factory.deadline("2026-06-01"))
            for posting in postings
        ]
        known = {posting.slug: posting for posting in committed}
        listing, today = factory.listing(committed, now), (start + timedelta(weeks=week)).date()
        days = today - timedelta(days=7), today - timedelta(days=1)
        found = letter_of(listing, *days, lambda entry: known[entry.card.slug], factory.context())  # noqa: B023
        told.update(slug for part in found.sections if "Closed" in part.heading for slug in told_of(part))
    assert told == {posting.slug: 1 for posting in postings}


def test_a_new_posting_that_closes_soon_is_told_once_in_full():
    both = factory.posting("job", added=FIRST, deadline=factory.deadline("2026-01-26"))
    (new,), (closing,) = (section.items for section in letter(both).sections)
    assert closing.href == new.href
    organization, _, _, deadline = new.notes
    assert closing.notes == (organization, deadline)


def test_a_posting_that_opened_again_is_new():
    posting = factory.posting(moves=moved(date(2026, 1, 17), before="2026-01-14", after="2026-02-16"))
    assert chosen(posting) == {"New": ["harbor-organizer"]}


def test_a_posting_that_opened_again_by_mistake_has_not_closed_again():
    zone = f"[{factory.ZONE}]"
    there_and_back = (("2026-01-09", "2026-02-20"), ("2026-02-20", "2026-01-09"))
    moves = tuple(
        factory.move(f"2026-01-15T17:00:0{later}Z", "deadline", before + zone, after + zone)
        for later, (before, after) in enumerate(there_and_back)
    )
    posting = factory.posting_closed_on(date(2026, 1, 9))._replace(moves=moves)
    assert chosen(posting) == {}


def test_the_letter_begins_with_what_is_in_it_and_has_no_empty_part():
    made = letter(factory.posting("new", added=FIRST), factory.posting("old"))
    for form in forms.FORMS.values():
        assert [form(made).count(each) for each in ("New (1)", "Closing", "All open jobs (2)")] == [2, 0, 1]


def test_an_empty_week_says_so_once():
    made = letter()
    assert made.sections == ()
    assert [form(made).count("No job opened") for form in forms.FORMS.values()] == [1, 1, 1]


def test_an_entry_says_what_decides_whether_to_look_at_the_job():
    new = factory.posting(
        title="منظّم (C++)",
        language="ar",
        added=FIRST,
        places=(),
        remote_from=(factory.place(None, None, country="CA"),),
        arrangement=Arrangement.REMOTE,
        employment_types=(),
        salary=None,
        deadline=None,
    )
    soon = factory.posting("soon", deadline=factory.deadline("2026-01-26"))
    (told,), (closing,) = (section.items for section in letter(new, soon).sections)
    assert told == (
        "\N{FIRST STRONG ISOLATE}منظّم (C++)\N{POP DIRECTIONAL ISOLATE}",
        "ar",
        "https://jobs.example/board/jobs/harbor-organizer/",
        ("Harbor Workers Local 12", "Canada · Remote", "Pay: Not stated", "Deadline: Not stated"),
    )
    assert closing.notes == (
        "Harbor Workers Local 12",
        "Rocky Hill, CT · Hybrid · Full-time",
        "Pay: $51,640–$79,640 a year",
        "Deadline: Monday, January 26, 2026, end of day (Eastern Time)",
    )


class Text(HTMLParser):
    """Collects the text, the links and the names and attributes of a document."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.links, self.names = "", [], set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.names |= {tag, *(name for name, _ in attrs)}
        self.links += [value for name, value in attrs if name == "href"]
        self.text += " "

    def handle_data(self, data):
        self.text += data


def plain(text: str) -> str:
    return " ".join(text.split())


def awkward() -> Letter:
    closed = support.with_status(support.awkward(2), ClosedReason.WITHDRAWN)
    return letter(*(support.awkward(n) for n in (0, 1, 3, 4, 5)), closed)


def test_the_html_form_is_safe_for_mail_and_says_everything():
    made = awkward()
    html = forms.html(made)
    read = Text(html)
    assert html.startswith('<!doctype html>\n<html lang="en">')
    assert read.names <= {
        *("html", "head", "meta", "title", "body", "div", "h1", "h2", "h3", "p", "a", "br"),
        *("lang", "charset", "name", "content", "style", "href"),
    }
    assert all(link.startswith("https://jobs.example/board/") for link in read.links)
    for section in made.sections:
        for item in section.items:
            for text in (item.title, *item.notes):
                assert plain(text) in plain(read.text)
    assert not re.search(r"url\(|@import|class=|<style", html)
    # LibreOffice takes the first figure for every side, and would set headings in.
    assert set(re.findall(r"margin:(\S+?)[ ;\"]", html)) == {"0"}


def test_the_html_form_leaves_colors_to_mail_programs_light_or_dark():
    html = forms.html(letter(*some()))
    assert not re.search(r"[^-]color:|background", html)
    assert '<meta name="color-scheme" content="light dark">' in html


def test_a_letter_of_a_busy_week_is_not_cut_off_by_gmail():
    """It shows the first 102 kB, of which half are left to what a mailing service adds."""
    many = [factory.posting(f"a-job-with-a-rather-long-name-{n}", added=FIRST) for n in range(120)]
    assert len(forms.html(letter(*many)).encode()) < 51_000


def test_the_markdown_form_means_the_same_text_and_no_markup_of_its_content():
    made = awkward()
    read = Text(MarkdownIt("commonmark", {"html": False}).render(forms.markdown(made)))
    shown = plain(read.text)
    assert read.names <= {"h1", "h2", "h3", "p", "ul", "li", "a", "href"}
    for section in made.sections:
        for item in section.items:
            assert item.href in read.links
            for text in (item.title, *item.notes):
                assert plain(text).replace(" ", "") in shown.replace(" ", "")


@pytest.mark.parametrize(
    "name", ["12. FC Union", "1) One", "- Dash", "+Plus", "* Star", "# One", "a. b", "1199"]
)
def test_a_name_is_no_mark_of_a_list(name):
    made = forms.markdown(letter(factory.posting(added=FIRST, organization=factory.organization(name))))
    assert f"<li>{name}</li>" in MarkdownIt("commonmark").render(made)


def test_no_form_needs_what_some_markdown_does_not_know():
    """Python-Markdown shows a backslash at the end of a line, and needs four spaces to go on with an item."""
    assert not re.search(r"\\$|^ |  $", forms.markdown(awkward()), re.MULTILINE)


def test_the_text_form_is_wrapped_but_for_addresses_and_says_everything():
    made = awkward()
    text = forms.text(made)
    longest = [line for line in text.splitlines() if len(line) > 72]
    assert all(" " not in line.strip() or line.lstrip().startswith("http") for line in longest)
    for section in made.sections:
        for item in section.items:
            assert item.href in text
            for words in (item.title, *item.notes):
                assert plain(words) in plain(text)
    assert "&amp;" not in text.replace("&amp; &lt;", "")


def test_a_long_word_stays_beside_its_bullet():
    assert f"\n* {'x' * 90}\n" in forms.text(letter(factory.posting(title="x" * 90, added=FIRST)))


def test_the_words_are_the_site_s():
    spanish = forms.text(letter(*some(), language="es"))
    assert "Con nueva fecha límite (1)" in spanish
    assert "20 ene 2026" in spanish
    assert "Deadline" not in spanish


def test_links_and_what_they_say_are_parted_as_in_the_language():
    assert "All open jobs (0) : https" in forms.text(letter()._replace(colon=" : "))


def test_the_html_form_is_read_in_the_direction_of_the_language():
    """Also inside the body: some mail programs show only what is in it."""
    for tongue, made in (
        ('lang="en"', letter(*some())),
        ('lang="ar" dir="rtl"', letter(*some())._replace(language="ar", is_rtl=True)),
    ):
        assert [f"<{name} {tongue}" in forms.html(made) for name in ("html", "div")] == [True, True]


@pytest.fixture
def folders(tmp_path):
    content = copied_content(tmp_path)
    return ["--content", str(content), "--layouts", str(LAYOUTS), "--output", str(tmp_path / "site"),
            "--cache", str(tmp_path / "cache"), "--now", "2026-01-20T12:00:00-05:00"]  # fmt: skip


@pytest.mark.parametrize("form", ["markdown", "text", "html"])
def test_the_command_prints_a_form(folders, form, capsys):
    assert cli.main(["digest", *folders, "--form", form, "--since", "2025-12-20"], build) == 0
    printed = capsys.readouterr()
    assert "Data Fellow" in printed.out
    assert "Jan 20, 2026" in printed.out
    assert ("<h1" in printed.out) is (form == "html")


def test_the_command_writes_all_forms_and_tells_of_seven_days(folders, tmp_path, capsys):
    assert cli.main(["digest", *folders, "--to", str(tmp_path / "mail" / "week")], build) == 0
    written = {path.name: path.read_text("utf-8") for path in (tmp_path / "mail" / "week").iterdir()}
    assert set(written) == {"digest.md", "digest.txt", "digest.html"}
    assert all("Jan 13, 2026 to Jan 19, 2026" in text for text in written.values())
    assert capsys.readouterr().out == ""
    assert not (tmp_path / "site").exists()


def test_a_terminal_without_a_letter_gets_its_number(folders):
    command = [sys.executable, str(ROOT / "build.py"), "digest", *folders, "--form", "text"]
    done = subprocess.run(
        command, env=os.environ | {"PYTHONIOENCODING": "ascii"}, capture_output=True, check=True
    )
    assert b"Traductora t\\xe9cnica" in done.stdout


def test_files_and_programs_get_utf_8_whatever_the_system_s_own_encoding_is(folders):
    command = [sys.executable, str(ROOT / "build.py"), "digest", *folders, "--form", "html"]
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONIOENCODING"}
    plain = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = subprocess.run(command, env=environ | plain, capture_output=True, check=True)
    assert "Traductora técnica" in done.stdout.decode()


def test_the_digest_says_the_same_where_the_cache_is_damaged(folders, tmp_path, capsys):
    cli.main(["build", *folders], build)
    capsys.readouterr()
    cli.main(["digest", *folders], build)
    first = capsys.readouterr().out
    pack = tmp_path / "cache" / "postings" / "main.pack"
    pack.write_bytes(bytes(pack.stat().st_size))

    assert cli.main(["digest", *folders], build) == 0
    assert capsys.readouterr().out == first


def test_the_digest_says_the_same_with_a_cache_and_keeps_nothing(folders, tmp_path, capsys):
    cli.main(["digest", *folders, "--no-cache"], build)
    first = capsys.readouterr().out
    cli.main(["build", *folders], build)
    before = tree(tmp_path / "cache" / "parts")
    capsys.readouterr()
    assert cli.main(["digest", *folders], build) == 0
    assert capsys.readouterr().out == first
    assert tree(tmp_path / "cache" / "parts") == before


def test_wrong_content_is_reported_and_no_digest_is_written(folders, tmp_path, capsys):
    (tmp_path / "content" / "postings" / "bad.md").write_text("no front matter", "utf-8")
    assert cli.main(["digest", *folders, "--to", str(tmp_path / "mail")], build) == 1
    assert "bad.md:1:1: error" in capsys.readouterr().err
    assert not (tmp_path / "mail").exists()


@pytest.mark.parametrize(("now", "status"), [("2026-01-20T12:00Z", 1), ("2029-01-20T12:00Z", 0)])
def test_a_strict_digest_is_stopped_by_what_stops_a_strict_build(folders, tmp_path, now, status):
    postings = tmp_path / "content" / "postings"
    shutil.copy(postings / "hvla-abogada.md", postings / "twin.md")
    strict = [*folders, "--strict", "--now", now]
    assert cli.main(["digest", *strict], build) == cli.main(["check", *strict], build) == status


def test_no_digest_is_written_of_a_site_that_could_not_be_published(folders, tmp_path, capsys):
    replace(tmp_path / "content" / "site.yaml", "/tags/lawyers/: /tags/legal/", "/tags/lawyers/: /tags/law/")
    assert cli.main(["digest", *folders], build) == 2
    told = capsys.readouterr()
    assert "site.yaml:24:19: error: there is no page at /tags/law/" in told.err
    assert told.out == ""


def test_a_bad_string_is_reported_and_no_digest_is_written(folders, tmp_path, capsys):
    layouts = copied_layouts(tmp_path)
    line = replace(layouts / "strings" / "en.yaml", ": {first} to", ": {frist} to")
    assert cli.main(["digest", *folders, "--layouts", str(layouts)], build) == 1
    told = capsys.readouterr()
    assert f"en.yaml:{line}:10: error: " in told.err
    assert told.out == ""


@pytest.mark.parametrize(
    "wrong",
    [["--since", "yesterday"], ["--form", "pdf"], ["--form", "text", "--to", "x"], ["--format", "json"]],
)
def test_wrong_usage_is_refused(folders, wrong):
    assert cli.main(["digest", *folders, *wrong], build) == 2


def test_a_first_day_after_today_is_refused(folders, capsys):
    """Today is the site's, in whose zone it is still the 20th when the 21st has begun in UTC."""
    late = [*folders, "--now", "2026-01-20T22:00:00-05:00", "--since"]
    assert cli.main(["digest", *late, "2026-01-21"], build) == 2
    told = capsys.readouterr()
    assert told.err.startswith("--since:1:1: error: 2026-01-21 is after 2026-01-20, ")
    assert told.out == ""
    assert cli.main(["digest", *late, "2026-01-20"], build) == 0
