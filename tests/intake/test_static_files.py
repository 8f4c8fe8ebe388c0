"""Files that are published unchanged: which are, what names they may have, and pictures in texts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hiringhall.diagnostics import Outcome, Span
from hiringhall.intake.content.static_pages import read_pages
from hiringhall.intake.files.sources import files_of_site, scan_files
from hiringhall.intake.markdown.rendering import Ground, links_within, render
from hiringhall.intake.markdown.traces import check_body
from tests.sites import write_file
from tests.trees import ROOT, link


def written(folder: Path, *names: str) -> Path:
    for name in names:
        write_file(folder, name)
    return folder


def test_there_need_be_no_files(tmp_path: Path) -> None:
    assert scan_files(tmp_path) == ((), ())


def test_files_of_any_kind_are_found_in_order_and_those_of_programs_are_not(tmp_path: Path) -> None:
    names = ("a.pdf", "CHARTER", "b/c.tar.gz", "b/_d-1.md", ".DS_Store", ".git/config")
    left = ("a.pdf~", "b/#c.md#", ".a.pdf.swp", "~$a.docx", "Thumbs.db", "b/desktop.ini", "b~/a.pdf", "a.tmp")
    found = scan_files(written(tmp_path, *names, *left))
    assert [source.path.rpartition("/files/")[2] for source in found.value or ()] == [
        *("CHARTER", "a.pdf", "b/_d-1.md", "b/c.tar.gz")
    ]
    assert not found.diagnostics


NOT_ON_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="no file has such a name there")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Job Description (final).PDF", "job-description-final.pdf"),
        ("Ausschreibung Müller.pdf", "ausschreibung-muller.pdf"),
        ("Union Hall/hall.jpg", "union-hall/hall.jpg"),
        ("my charter", "my-charter"),
        ("50%.pdf", "50.pdf"),
        ("#3-hall.jpg", "3-hall.jpg"),
        pytest.param("notes.", "notes", marks=NOT_ON_WINDOWS),
        pytest.param("Con.pdf", "con-d1d8ab24.pdf", marks=NOT_ON_WINDOWS),
        pytest.param("nul/hall.jpg", "nul-5bc585ee/hall.jpg", marks=NOT_ON_WINDOWS),
    ],
)
def test_a_name_that_no_address_can_have_is_an_error_with_one_that_can(
    tmp_path: Path, name: str, meant: str
) -> None:
    (found,) = scan_files(written(tmp_path, name, "good.pdf")).diagnostics
    assert found.path.endswith(f"files/{name}")
    assert (found.code, found.severity, found.hint) == ("file-name", "error", f"rename it to {meant}")
    (again,) = [
        each for each in (scan_files(written(tmp_path, meant)).value or ()) if each.path.endswith(meant)
    ]
    assert again.path.endswith(f"files/{meant}")


def test_two_names_that_only_capital_letters_tell_apart_are_an_error(tmp_path: Path) -> None:
    folder = written(tmp_path, "a/Hall.jpg", "a/hall.jpg", "b/hall.jpg")
    if len(list((folder / "files/a").iterdir())) < 2:
        pytest.skip("here, the two are one file")
    found = scan_files(folder)
    assert [source.path.rpartition("/files/")[2] for source in found.value or ()] == [
        *("a/Hall.jpg", "b/hall.jpg")
    ]
    (told,) = found.diagnostics
    assert told.path.endswith("files/a/hall.jpg")
    assert (told.code, told.severity, told.hint) == ("file-name", "error", "rename one of them")
    assert "a/Hall.jpg" in told.message


def test_folders_that_only_capital_letters_tell_apart_are_an_error(tmp_path: Path) -> None:
    folder = written(tmp_path, "Halls/a.jpg", "b/c.pdf", "halls/b.jpg")
    (folder / "files/B").mkdir(exist_ok=True)
    if len(list((folder / "files").iterdir())) < 4:
        pytest.skip("here, the two are one folder")
    (folder / "files/B").rmdir()
    written(tmp_path, "B")
    assert [
        (each.path.rpartition("/files/")[2], each.message) for each in scan_files(folder).diagnostics
    ] == [
        (name, f"only capital letters tell {one} from {other}: many systems take the two for one file")
        for name, one, other in (("b/c.pdf", "b", "B"), ("halls/b.jpg", "halls", "Halls"))
    ]


def test_a_file_is_read_again_only_where_its_stamp_is_not_as_it_was(tmp_path: Path) -> None:
    folder = written(tmp_path, "a.pdf", "b.pdf")
    a, b = scan_files(folder).value or ()
    seen = {a.path: (a.stamp, "as before"), b.path: ((0, *b.stamp[1:]), "as before")}
    assert [source.digest for source in scan_files(folder, seen).value or ()] == ["as before", b.digest]


POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:%b\nsize 12345\n" % (b"4d" * 32)


@pytest.mark.parametrize(
    ("data", "severity", "code", "hint"),
    [
        (b"", "warning", "file-empty", "put the file here again, or delete it and the links to it"),
        (
            POINTER, "error", "file-pointer",
            "run git lfs pull; in workflows, put lfs: true below the with: of actions/checkout",
        ),
    ],
)  # fmt: skip
def test_a_file_of_which_only_the_place_is_there_is_told_in_each_build(
    tmp_path: Path, data: bytes, severity: str, code: str, hint: str
) -> None:
    write_file(tmp_path, "hall.jpg", data)
    write_file(tmp_path, "about-lfs.txt", b"A pointer begins with " + POINTER)
    first = scan_files(tmp_path)
    again = scan_files(tmp_path, {each.path: (each.stamp, each.digest) for each in first.value or ()})
    for found in (first, again):
        (told,) = found.diagnostics
        assert told.path.endswith("files/hall.jpg")
        assert (told.severity, told.code, told.hint) == (severity, code, hint)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_link_that_leads_out_of_the_content_is_not_published(tmp_path: Path) -> None:
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(b"x")
    content = written(tmp_path / "content", "a.pdf")
    link(content / "files/leak.pdf", secret)
    os.mkfifo(content / "files/pipe")
    found = scan_files(content)
    assert [source.path.rpartition("/")[2] for source in found.value or ()] == ["a.pdf"]
    assert [(each.code, each.path.rpartition("/")[2]) for each in found.diagnostics] == [
        ("file-unreadable", "leak.pdf"),
        ("file-unreadable", "pipe"),
    ]


def test_a_folder_that_is_a_link_out_of_the_content_is_not_published(tmp_path: Path) -> None:
    content = written(tmp_path / "content", "a.pdf")
    (content / "files").rename(content / "shared")
    link(content / "files", "shared")
    assert [source.path.rpartition("/")[2] for source in scan_files(content).value or ()] == ["a.pdf"]
    (content / "files").unlink()
    (content / "shared").rename(tmp_path / "shared")
    link(content / "files", tmp_path / "shared")
    found = scan_files(content)
    assert not found.value
    assert [(each.code, each.path.rpartition("/")[2]) for each in found.diagnostics] == [
        ("file-unreadable", "files")
    ]
    assert files_of_site(content)[2:] == (content / "files",)


@pytest.mark.parametrize(("name", "scanned"), [("files", scan_files), ("pages", read_pages)])
def test_what_is_in_the_place_of_a_folder_is_told_and_decides_the_build(
    tmp_path: Path, name: str, scanned: Callable[[Path], Outcome[tuple[object, ...]]]
) -> None:
    place = tmp_path / name
    assert files_of_site(tmp_path)[2:] == ()
    for make in (lambda: link(place, name), lambda: link(place, "nowhere"), place.touch):
        make()
        found = scanned(tmp_path).diagnostics
        assert [(each.code, each.path.rpartition("/")[2]) for each in found] == [("file-unreadable", name)]
        assert files_of_site(tmp_path)[2:] == (place,)
        place.unlink()


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("![Hall](/files/hall.jpg)", '<img src="/board/files/hall.jpg" alt="Hall" loading="lazy">'),
        ("![A & *B*](../files/b.SVG)", '<img src="/board/files/b.SVG" alt="A &amp; B" loading="lazy">'),
        (
            "[![Hall](files/hall.jpg)](/about/)",
            '<a href="/board/about/"><img src="/board/files/hall.jpg" alt="Hall" loading="lazy"></a>',
        ),
        ("![Charter](/files/charter.pdf)", "Charter"),
        ("![Hall](/hall.jpg)", "Hall"),
        ("![Hall](https://example.org/files/hall.jpg)", "Hall"),
        ("![x](javascript:/files/hall.jpg) ![y](//files/hall.jpg) ![z](/files/../hall.jpg)", "x y z"),
    ],
)
def test_a_picture_among_the_files_is_shown_and_any_other_described(body: str, html: str) -> None:
    assert render(body, Ground("/board/")).html == f"<p>{html}</p>\n"


def test_the_text_of_a_picture_is_its_description() -> None:
    rendered = render('![The hall, "1920"](/files/hall.jpg) at night', Ground("/board/"))
    assert rendered.text == rendered.summary == 'The hall, "1920" at night'
    assert links_within(rendered.html, "/board/") == ("files/hall.jpg",)


def test_a_picture_alone_does_not_sum_up_the_text_below_it() -> None:
    for picture in ("![The hall](/files/hall.jpg)", "[![The hall](/files/hall.jpg 'Hall')](/about/)"):
        assert render(f"{picture}\n\nWe organize.").summary == "We organize."
        assert render(picture).summary == ""


@pytest.mark.parametrize(
    ("body", "message", "hint"),
    [
        (
            "![Hall](hall.jpg)",
            "pictures from elsewhere are not shown, only their descriptions",
            (
                "describe it in words, or put the file into content/files/ and write "
                "![description](/files/hall.jpg)"
            ),
        ),
        (
            "![Hall](https://example.org/image?id=5)",
            "pictures from elsewhere are not shown, only their descriptions",
            (
                "describe it in words, or put the file into content/files/ and write "
                "![description](/files/NAME.jpg)"
            ),
        ),
        (
            "![Hall](/files/hall.jpg?raw=true)",
            "pictures from elsewhere are not shown, only their descriptions",
            (
                "describe it in words, or put the file into content/files/ and write "
                "![description](/files/hall.jpg)"
            ),
        ),
        (
            "![Charter](../files/charter.pdf)",
            "only pictures are shown, and charter.pdf is none",
            "write [text](../files/charter.pdf)",
        ),
        (
            "![ ](/files/hall.jpg)",
            "the picture has no description for those who cannot see it",
            "write ![description](/files/hall.jpg)",
        ),
    ],
)
def test_a_picture_that_is_not_shown_or_not_described_says_what_to_write(
    body: str, message: str, hint: str
) -> None:
    (found,) = check_body("a.md", body, 1, ())
    assert (found.code, found.message, found.hint) == ("body-image", message, hint)


def test_a_picture_in_the_words_of_a_link_is_judged_like_any_other() -> None:
    found = check_body("a.md", "See\n[our ![hall](https://example.org/hall.jpg)](/about/)", 1, ())
    assert [(each.code, each.span) for each in found] == [("body-image", Span(2, 6, 2, 42))]


@pytest.mark.parametrize("picture", ["![our  Hall][]", "![our hall]", "![the door][Our hall]"])
def test_a_picture_whose_address_is_below_the_text_is_judged_where_it_stands(picture: str) -> None:
    body = f"The\n[office {picture}][us] of [us]\n\n[our hall]: https://example.org/hall.jpg\n[us]: /about/\n"
    (found,) = check_body("a.md", body, 1, ())
    assert (found.code, found.span) == ("body-image", Span(2, 9, 2, 9 + len(picture)))
    assert (found.hint or "").endswith("and write ![description](/files/hall.jpg)")
    # The address is that of no link, which would be told to begin with https://.
    (found,) = check_body("a.md", body.replace("https://example.org/", ""), 1, ())
    assert (found.code, found.span.line) == ("body-image", 2)
    assert check_body("a.md", body.replace("https://example.org/", "/files/"), 1, ()) == ()


def test_a_picture_or_a_link_without_words_is_told_wherever_its_address_is() -> None:
    body = "![][h] [ ][h] [![ ][h]][h] [![the hall][h]][h] [x] [][x]\n\n[h]: /files/hall.jpg\n"
    assert [(each.code, each.span.column) for each in check_body("a.md", body, 1, ())] == [
        *[("body-image", 1), ("body-link-words", 8), ("body-link-words", 15), ("body-image", 16)]
    ]


def test_an_address_that_no_link_may_have_is_told_once() -> None:
    found = check_body("a.md", "[a][h] and [b][h]\n\n[h]: ftp://example.org\n", 1, ())
    assert [(each.code, each.span.line) for each in found] == [("body-link", 3)]


def test_a_picture_with_a_description_is_not_mentioned() -> None:
    assert check_body("a.md", "![The hall](../files/hall.jpg)", 1, ()) == ()


def test_git_changes_no_line_end_in_a_file_that_is_published() -> None:
    ask = ["git", "check-attr", "text", "content/files/2026/notice.pdf"]
    told = subprocess.run(ask, cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout == "content/files/2026/notice.pdf: text: unset\n"
