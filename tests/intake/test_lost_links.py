"""Links to the site's own pages: how they are written, where they lead, and what is said about others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from hiringhall.diagnostics import ordered
from hiringhall.intake.content.cards import card_of
from hiringhall.intake.content.lost_links import Targets, lost_links
from hiringhall.intake.content.posting import read_posting
from hiringhall.intake.content.static_pages import read_pages
from hiringhall.intake.markdown.rendering import Ground, render
from hiringhall.model import Source, StaticPage
from hiringhall.policies import addresses
from tests.intake.reading_helpers import REGISTER, SETTINGS, text_of
from tests.intake.test_invalid import Plain

SITE = SETTINGS._replace(base_url="https://hall.example/board/")
PATHS = (
    *("index.html", "404.html", "feed.xml", "archive/index.html", "archive/2026/index.html"),
    *(
        "files/charter.pdf",
        "about/index.html",
        "tags/legal/index.html",
        "jobs/organizer/index.html",
        "jobs/clerk/index.html",
    ),
)


@pytest.mark.parametrize(
    ("written", "in_page", "in_posting"),
    [
        ("/archive/", "/board/archive/", "/board/archive/"),
        ("/archive", "/board/archive/", "/board/archive/"),
        ("archive/", "/board/archive/", "/board/archive/"),
        ("../archive/", "/board/archive/", "/board/archive/"),
        ("../../archive/index.html", "/board/archive/", "/board/archive/"),
        ("/pay-index.html", "/board/pay-index.html", "/board/pay-index.html"),
        ("/", "/board/", "/board/"),
        ("/?tag=legal&type=contract", "/board/?tag=legal&amp;type=contract", None),
        ("?tag=legal#main", "/board/?tag=legal#main", None),
        ("feed.xml", "/board/feed.xml", "/board/feed.xml"),
        ("/jobs/clerk/", "/board/jobs/clerk/", "/board/jobs/clerk/"),
        ("about.md", "/board/about/", "/board/jobs/about/"),
        ("./about.md#who", "/board/about/#who", "/board/jobs/about/#who"),
        ("../pages/about.md", "/board/about/", "/board/about/"),
        ("../postings/2026/clerk.md", "/board/jobs/clerk/", "/board/jobs/clerk/"),
        ("/content/pages/about.md", "/board/about/", "/board/about/"),
        ("2025/clerk.md", "/board/clerk/", "/board/jobs/clerk/"),
        ("../files/notes.md", "/board/files/notes.md", None),
        ("/files/LICENSE#4", "/board/files/LICENSE#4", None),
    ],
)
def test_a_link_within_the_site_counts_from_its_top(
    written: str, in_page: str, in_posting: str | None
) -> None:
    for beside, expected in ((addresses.static_page, in_page), (addresses.posting, in_posting or in_page)):
        for body in (f"[x]({written})", f"[x][y]\n\n[y]: {written}"):
            html = render(body, Ground("/board/", beside)).html
            assert html == f'<p><a href="{expected}">x</a></p>\n'


def told(
    tmp_path: Path, text: str, *, others: Sequence[Source] = (), draft: Source | None = None
) -> list[tuple[int, int, str, str | None]]:
    """Return what is said about the links in a posting and a page with the same text, which must agree."""
    (tmp_path / "pages").mkdir(parents=True)
    page = tmp_path / "pages/about.md"
    page.write_text(f"---\ntitle: About\n---\n{text}", "utf-8")
    posting = Source("content/postings/organizer.md", text_of(text).encode(), "digest")
    sources = {source.path: source for source in (posting, *others, *filter(None, (draft,)))}
    (read,), _ = read_pages(tmp_path, SITE)
    sources[read.path] = Source(read.path, page.read_bytes(), "")
    cards = []
    for source in (posting, *others):
        found = read_posting(source, SITE, REGISTER).value
        assert found is not None
        cards.append(card_of(found, source.digest, SITE, Plain()))

    def read_one(path: str) -> Source:
        return sources.get(path, Source(path, b"", ""))

    problems = ordered(lost_links(Targets(PATHS, cards, SITE.base_url, "content", read_one), (read,)))
    assert {(each.code, str(each.severity)) for each in problems} <= {("body-link-missing", "warning")}
    of_posting, of_page = (
        [
            (each.span.line - first, each.span.column, each.message, each.hint)
            for each in problems
            if each.path == path
        ]
        for path, first in ((posting.path, 9), (read.path, 4))
    )
    assert of_posting == of_page
    return of_posting


def test_links_to_pages_that_are_there_are_not_mentioned(tmp_path: Path) -> None:
    text = (
        "[a](/) [b](archive/2026) [c](/?tag=x) [d](feed.xml) [e](/pages/about.md) [f](/jobs/organizer/#x)\n"
    )
    assert told(tmp_path, text) == []


@pytest.mark.parametrize(
    ("written", "message", "hint"),
    [
        ("/archiv/", "the site has no page /archiv/", "did you mean /archive/?"),
        ("archive/2025/", "the site has no page /archive/2025/", "did you mean /archive/2026/?"),
        ("/board/archive/", "the site has no page /board/archive/", "did you mean /archive/?"),
        ("/clerk", "the site has no page /clerk/", "did you mean /jobs/clerk/?"),
        ("/jobs/about/", "the site has no page /jobs/about/", "did you mean /about/?"),
        ("/jobs/clerks/", "the site has no page /jobs/clerks/", "did you mean /jobs/clerk/?"),
        ("/about.html", "the site has no file /about.html", "did you mean /about/?"),
        ("/pages/About.md", "the site has no page /About/", "did you mean /about/?"),
        ("/Tags/Legal/", "the site has no page /Tags/Legal/", "did you mean /tags/legal/?"),
        ("/Tags/Legl/", "the site has no page /Tags/Legl/", "did you mean /tags/legal/?"),
        ("/jobs/About/", "the site has no page /jobs/About/", "did you mean /about/?"),
        (
            "/board/Archive/2026/",
            "the site has no page /board/Archive/2026/",
            "did you mean /archive/2026/?",
        ),
        (
            "/feeds.xml",
            "the site has no file /feeds.xml",
            "put the file into content/files/ and write /files/feeds.xml",
        ),
        (
            "form.pdf",
            "the site has no file /form.pdf",
            "put the file into content/files/ and write /files/form.pdf",
        ),
        (
            "../files/2026/form.pdf",
            "the site has no file /files/2026/form.pdf",
            "put the file into content/files/2026/ and write /files/2026/form.pdf",
        ),
        (
            "/files/charter.pdf/",
            "the site has no page /files/charter.pdf/",
            "did you mean /files/charter.pdf?",
        ),
        ("/xyzzy/#a", "the site has no page /xyzzy/", "open the page in a browser and copy its address"),
    ],
)
def test_a_link_to_a_page_that_is_not_there_says_where_it_stands_and_what_may_be_meant(
    tmp_path: Path, written: str, message: str, hint: str
) -> None:
    text = (
        f"See [all](/archive/).\n\n```\n[x]({written})\n```\n\nAnd *[more]({written})*, `[x]({written})`.\n"
    )
    assert told(tmp_path, text) == [(6, 6, message, hint)]


def test_no_link_is_lost_while_it_is_not_known_which_pages_there_are() -> None:
    page = StaticPage("about", "content/pages/about.md", "About", "", "", links=("x/",))
    source = Source(page.path, b"---\ntitle: About\n---\n[x](/x/)\n", "")
    found = [
        list(lost_links(Targets(paths, (), SITE.base_url, "content", lambda _: source), (page,)))
        for paths in ((), PATHS)
    ]
    assert [len(each) for each in found] == [0, 1]


def test_a_link_is_told_each_time_it_stands_there(tmp_path: Path) -> None:
    text = "[a](/x/) ![e](/x/)\n[b](x) [c][d]\n\n[d]: ../x/?a=b\n\nSee [words that\ngo on](/x) [out](https://y.example/).\n"
    assert [at[:2] for at in told(tmp_path, text)] == [(0, 1), (1, 1), (3, 1), (5, 5)]


def test_a_link_is_told_whose_address_stands_in_a_quote_or_an_item(tmp_path: Path) -> None:
    text = "> [a][] and *so on*\n>\n> [a]: /x/\n\n1. [b]\n   - [c]\n\n     [c]: /y/\n\n   [b]: /z/\n"
    assert [at[:2] for at in told(tmp_path, text)] == [(2, 1), (7, 1), (9, 1)]


def test_a_picture_is_told_that_stands_in_the_words_of_a_link(tmp_path: Path) -> None:
    text = "[![a](/files/a.png)](/about/) [*b* ![c](/files/c.png 'C')\n![d](/files/d.png)](/x/)\n"
    assert [at[:2] for at in told(tmp_path, text)] == [(0, 2), (0, 31), (0, 36), (1, 1)]


def test_a_link_that_is_not_found_where_it_stands_is_told_at_the_top_of_the_text(tmp_path: Path) -> None:
    text = "Text.\n\nAs in [the law \\]1](/law/), [this](/archive/) and [that](/x/).\n"
    assert [at[:3] for at in told(tmp_path, text)] == [
        (0, 1, "the site has no page /law/"),
        (2, 51, "the site has no page /x/"),
    ]


def test_a_link_to_a_draft_is_told_to_be_too_early(tmp_path: Path) -> None:
    draft = Source("content/postings/2027/cook.md", text_of(draft="true").encode(), "")
    ((_, _, message, hint),) = told(tmp_path, "[next](/jobs/cook/)\n", others=(draft,))
    assert message == "the site has no page /jobs/cook/"
    assert hint == "content/postings/2027/cook.md is not on the site yet"


def test_a_link_to_a_page_that_is_a_draft_is_told_to_be_too_early(tmp_path: Path) -> None:
    draft = Source("content/pages/team.md", b"---\ntitle: Team\ndraft: true\n---\nText.\n", "")
    for written in ("/team/", "../pages/team.md"):
        ((_, _, message, hint),) = told(tmp_path / written.strip("./"), f"[us]({written})\n", draft=draft)
        assert message == "the site has no page /team/"
        assert hint == "content/pages/team.md is not on the site yet"
