"""Pages that are not postings: what their files may contain, and which addresses are free for them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hiringhall.diagnostics import ordered
from hiringhall.intake.content.static_pages import read_pages
from hiringhall.policies.addresses import OWN_FOLDERS
from tests.intake.reading_helpers import SETTINGS
from tests.intake.test_invalid import INVALID, expectations, seen
from tests.trees import ROOT, link

Pages = Callable[..., Path]


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    """Return a function that writes pages into a folder of content: their texts by name."""

    def write(**texts: str) -> Path:
        for name, text in texts.items():
            path = tmp_path / "pages" / f"{name}.md"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        return tmp_path

    return write


@pytest.mark.parametrize("path", sorted((INVALID / "pages").rglob("*.md")), ids=lambda path: path.stem)
def test_an_invalid_page_gives_exactly_what_it_expects(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.relative_to(INVALID)
    copy.parent.mkdir(parents=True)
    shutil.copy(path, copy)
    outcome = read_pages(tmp_path)
    assert outcome.value == ()
    assert seen(outcome.diagnostics) == expectations(path.read_bytes())


def test_all_that_is_wrong_with_all_pages_is_told_in_one_run(tmp_path: Path) -> None:
    shutil.copytree(INVALID / "pages", tmp_path / "pages")
    found = {each.path.rpartition("/pages/")[2] for each in read_pages(tmp_path).diagnostics}
    assert found == {"Empty.md", "archive.md", "page-order.md", "team/people.md", "unnamed.md"}


def test_there_need_be_no_pages(tmp_path: Path) -> None:
    assert read_pages(tmp_path) == ((), ())


def test_a_page_is_described_by_its_author_or_by_its_first_paragraph(pages: Pages) -> None:
    content = pages(
        a="---\ntitle: A\ndescription: Told.\n---\nText.\n",
        b="---\ntitle: B\n---\n\n# Text\n\nFirst.\n\nNext.\n",
    )
    found = read_pages(content).value
    assert found is not None
    assert [(page.slug, page.title, page.description) for page in found] == [
        ("a", "A", "Told."),
        ("b", "B", "First."),
    ]
    assert found[1].html == "<h2>Text</h2>\n<p>First.</p>\n<p>Next.</p>\n"


def test_what_is_no_field_of_a_page_is_no_field_in_its_text(pages: Pages) -> None:
    content = pages(a="---\ntitle: A\n---\nlocation: by the harbor\n", b="---\ntitle: B\n---\ntitle: C\n")
    assert [(found.path[-4:], found.code) for found in read_pages(content).diagnostics] == [
        ("b.md", "body-field")
    ]


def test_a_posting_among_the_pages_is_led_to_the_postings(pages: Pages) -> None:
    content = pages(a="---\ntitle: A\norganization: B\n---\nText.\n")
    (found,) = read_pages(content).diagnostics
    hint = "delete it; or, if this is a posting, move its file to content/postings/"
    assert (found.code, found.hint) == ("unknown-field", hint)


def test_a_field_that_cannot_be_read_under_another_name_is_not_told_to_be_missing_too(pages: Pages) -> None:
    content = pages(a="---\nTitle: About: us\n---\nText.\n")
    assert [(found.code, found.hint) for found in read_pages(content).diagnostics] == [
        ("yaml-syntax", 'write Title: "About: us"'),
        ("unknown-field", "did you mean title?"),
    ]


def test_pages_stand_in_their_order_and_then_by_their_names(pages: Pages) -> None:
    orders = {"a": "", "b": "order: 20", "c": "order: 3", "d": "order:", "e": "order: 3"}
    content = pages(**{name: f"---\ntitle: {name}\n{order}\n---\nText.\n" for name, order in orders.items()})
    assert "".join(page.slug for page in read_pages(content).value or ()) == "cebad"


def test_a_draft_is_read_and_left_out(pages: Pages) -> None:
    draft = "---\ntitle: A\ndraft: true\n---\n"
    assert read_pages(pages(a=f"{draft}Text.\n")) == ((), ())
    assert [found.code for found in read_pages(pages(a=draft)).diagnostics] == ["body-empty"]


@pytest.mark.parametrize(("written", "told"), [("es", "es"), ("en", ""), ("en-GB", "en-GB"), ("", "")])
def test_a_language_is_told_where_it_is_not_the_site_s(pages: Pages, written: str, told: str) -> None:
    (page,) = read_pages(pages(a=f"---\ntitle: A\nlanguage: {written}\n---\nText.\n"), SETTINGS).value or ()
    assert page.language == told


def test_names_that_two_pages_claim_are_told_at_both(pages: Pages) -> None:
    content = pages(
        a="---\ntitle: A\naliases: [old, b]\n---\nText.\n",
        b="---\ntitle: B\n---\nText.\n",
        c="---\ntitle: C\naliases: old\n---\nText.\n",
        d="---\ntitle: D\naliases: [older, oldest]\n---\nText.\n",
    )
    outcome = read_pages(content)
    assert [page.slug for page in outcome.value or ()] == ["d"]
    found = [(each.path[-4:], *each.span[:2], each.code) for each in ordered(outcome.diagnostics)]
    assert found == [
        ("a.md", 3, 11, "alias-taken"),
        ("a.md", 3, 16, "alias-taken"),
        ("b.md", 1, 1, "alias-taken"),
        ("c.md", 3, 10, "alias-taken"),
    ]


def test_names_that_two_pages_claim_are_told_beside_all_else_that_is_wrong(pages: Pages) -> None:
    content = pages(
        a="---\ntitle: A\norder: first\naliases: [old, b]\n---\nText.\n",
        b="---\ntitle: B\n---\nText.\n",
        c="---\ntitle: C\nwho: me\naliases: old\n---\nText.\n",
    )
    found = [(each.path[-4:], *each.span[:2], each.code) for each in ordered(read_pages(content).diagnostics)]
    assert found == [
        ("a.md", 3, 8, "page-order"),
        ("a.md", 4, 11, "alias-taken"),
        ("a.md", 4, 16, "alias-taken"),
        ("b.md", 1, 1, "alias-taken"),
        ("c.md", 3, 1, "unknown-field"),
        ("c.md", 4, 10, "alias-taken"),
    ]


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("weight: 3", "did you mean order?"),
        ("redirect_from: x", "did you mean aliases?"),
        ("lang: es", "did you mean language?"),
        ("summary: Who we are.", "did you mean description?"),
    ],
)
def test_what_other_programs_call_a_field_is_known(pages: Pages, written: str, hint: str) -> None:
    (found,) = read_pages(pages(a=f"---\ntitle: A\n{written}\n---\nText.\n")).diagnostics
    assert (found.code, found.hint) == ("unknown-field", hint)


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        (
            "# Who: we are\n\nText.\n",
            "front-matter-missing",
            'write ---, then the fields, such as title: "Who: we are", then --- again, above the text',
        ),
        ("", "front-matter-missing", "write ---, then the fields, then --- again, above the text"),
        ("---\n---\n\n## Who we are\n\nText.\n", "missing-field", "add a line such as title: Who we are"),
        ("---\n---\nText.\n", "missing-field", "add a line such as title: About this list"),
        (
            "---\ntitle: A\nslug: b\n---\nText.\n",
            "unknown-field",
            "delete it: pages have no such field, and their address is the file's name",
        ),
    ],
)
def test_what_newcomers_do_is_told_with_what_to_write(pages: Pages, text: str, code: str, hint: str) -> None:
    (found,) = read_pages(pages(a=text)).diagnostics
    assert (found.code, found.hint) == (code, hint)


def test_a_file_beside_the_pages_is_told_not_to_be_read(pages: Pages) -> None:
    content = pages(a="---\ntitle: A\n---\nText.\n")
    (content / "pages/notes.txt").write_text("Later.", "utf-8")
    outcome = read_pages(content)
    assert outcome.value is not None
    assert [(found.path[-9:], found.code) for found in outcome.diagnostics] == [("notes.txt", "file-ending")]


def test_a_page_cannot_be_a_link_out_of_the_content(
    pages: Pages, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("home") / "secret.md"
    secret.write_text("---\ntitle: Secret\n---\nText.\n", "utf-8")
    content = pages()
    (content / "pages").mkdir()
    link(content / "pages/a.md", secret)
    outcome = read_pages(content)
    assert [found.code for found in outcome.diagnostics] == ["file-unreadable"]
    assert not outcome.value


@pytest.mark.parametrize("name", ["index", "404"])
def test_no_page_can_have_the_name_of_a_file_that_hosts_serve_without_its_ending(
    pages: Pages, name: str
) -> None:
    (found,) = read_pages(pages(**{name: "---\ntitle: Home\n---\nText.\n"})).diagnostics
    assert (found.code, found.hint) == ("page-name", "rename the file")


def test_no_page_can_take_the_place_of_any_folder_of_the_site() -> None:
    published = (ROOT / "tests/golden/digests.txt").read_text("utf-8").splitlines()
    found = read_pages(ROOT / "tests/golden/content").value or ()
    pages = {name for page in found for name in (page.slug, *page.aliases)}
    folders = {line.split(" ")[1].partition("/")[0] for line in published if "/" in line}
    assert pages <= folders
    assert (folders - pages) | {"assets"} == OWN_FOLDERS
