"""The text of a posting: what is made of it, and the traces of other pages that are reported."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiringhall.diagnostics import Diagnostic
from hiringhall.intake.markdown import rendering
from hiringhall.intake.markdown.rendering import Ground, render, shorten
from hiringhall.intake.markdown.traces import check_body
from tests.intake.reading_helpers import read_text, text_of


def check(body: str) -> tuple[Diagnostic, ...]:
    return check_body("x.md", body, 10, {"title", "salary", "status", "verified"})


def found(body: str) -> list[tuple[str, int, int]]:
    return [(each.code, each.span.line, each.span.column) for each in check(body)]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("Hello.\n\n[Note]: bring-your-ID\n", [("body-link", 3)]),
        ('Hello.\n\n[Pay]: 20-an-hour "plus tips"\n', [("body-link", 3)]),
        ("See [a].\n\n[A]: https://x.example/1\n[a]: https://x.example/2\n", [("body-link", 4)]),
        ("[a][] [b][c] ![d][e]\n\n[a]: /x/\n[c]: /y/\n[e]: /files/z.png\n", []),
        ("[Note]: bring your ID\n", []),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |\n| 1 |\n| 1 \\| 2 | 3 |\n", [("body-table", 3)]),
        ("a | b\n--- | ---\n1 | 2 |\n1 | 2 | |\n1 | 2 | 3\n", [("body-table", 5)]),
        ("> | a | b |\n> |---|---|\n> | 1 | 2 |\n> | 1 | 2 | 3 |\n", [("body-table", 4)]),
    ],
)
def test_what_markdown_leaves_out_of_a_text_is_told(body: str, lines: list[tuple[str, int]]) -> None:
    first = text_of("").count("\n") + 1
    for fields in ({}, {"added": "tomorrow"}):  # also where something else is wrong
        found = read_text(text_of(body, **fields)).diagnostics
        told = [(each.code, each.span.line - first + 1) for each in found]
        assert [each for each in told if each[0] in {"body-link", "body-table"}] == lines


@pytest.mark.parametrize("words", ["", " ", "\u00a0", "\u200b", "\u00ad\ufeff"])
def test_a_link_that_nobody_can_see_is_warned_about(words: str) -> None:
    assert found(f"Go [{words}](https://example.org/)\n") == [("body-link-words", 10, 4)]
    assert found(f"Go [{words}here](https://example.org/)\n") == []


def test_a_link_whose_words_are_code_has_words() -> None:
    assert found("See [`build.py`](https://example.org/)\n") == []


@pytest.mark.parametrize(
    ("body", "traces"),
    [
        ("Here is the rewritten job posting:\n\nWe organize.\n", [("body-noise", 10, 1)]),
        ("Sure! Here’s the job ad:\n\nWe organize.\n", [("body-noise", 10, 1)]),
        ("We organize.\n\n*Let me know if you’d like me to add pay!*\n", [("body-noise", 12, 1)]),
        ("The bill [AB5] and [CA12](https://example.org/) count.\n", []),
        ("Work with large language models, as an AI assistant would.\n", []),
        ("- [x](https://example.org/)\n- [See](https://example.org/) it\n", []),
        ("Here is the job: organize.\n\nLet me know if you have questions.\n", []),
        ("Of course, the hours are long.\n\nFeel free to apply in Spanish.\n", []),
        ("Of course, I know what you think.\n\nI hope this helps you to decide.\n", []),
        ("Below is the revised salary scale.\n\nSave the file as a PDF, and send it to us.\n", []),
        ("Here is your chance to work with YAML and people.\n\nIf you’d like, I can call you.\n", []),
        ("As an AI model risk analyst, you audit.\n\nAs an AI assistant trainer, you rate.\n", []),
        ("We pay.\n\nLet me know if you’d like any further information.\n\nI have left my old office.\n", []),
        ("We pay.\n\nWould you like me to call?\n\nPlease note that I kept my promise to members.\n", []),
    ],
)
def test_leftovers_of_programs_are_warned_about(body: str, traces: list[tuple[str, int, int]]) -> None:
    assert found(body) == traces


@pytest.mark.parametrize("bullet", "•·●▪◦‣⁃∙\uf0b7")
def test_bullets_that_are_no_list_are_warned_about(bullet: str) -> None:
    assert found(f"You:\n\n{bullet} organize\n  {bullet}train\n") == [
        ("body-bullet", 12, 1),
        ("body-bullet", 13, 3),
    ]


def test_dash_is_a_bullet_only_with_a_space_after_it() -> None:
    assert found("– organize\n—\u00a0train\n") == [("body-bullet", 10, 1), ("body-bullet", 11, 1)]
    assert found("—he said—\nfrom 3\n– 5 years • or more\n") == [("body-bullet", 12, 1)]


@pytest.mark.parametrize(
    ("body", "slips"),
    [
        ("##Duties\n", [("body-heading", 10, 1)]),
        ("Text\n###Über uns\n", [("body-heading", 11, 1)]),
        ("## Duties ##\n## C#\nNo. ##\n", []),
        ("-Organize\n-Train\n", [("body-bullet", 10, 1), ("body-bullet", 11, 1)]),
        ("*Organize\n\n*Train\n", [("body-bullet", 10, 1), ("body-bullet", 12, 1)]),
        ("- Organize\n-Train\n", [("body-bullet", 11, 1)]),
        ("```\n##Duties\n-Organize\n-Train\n```\n", []),
        ("-Organize\n", []),
        ("- Organize\n\nText\n\n-Jane\n", []),
        ("#organize #train\n#Duties\n", []),
        ("Apply with ##Duties\n", []),
        ("##5\n##_x\n## Duties\n##\n", []),
        ("-5\n-10\n--train\n--lead\n", []),
        ("*Organize*.\n*Train* members.\n**Lead**.\n**Win**\n", []),
        ("    -Organize\n    -Train\n", [("body-indented", 10, 1)]),
        ("You:\n\no\tOrganize\n  o\tTrain\n", [("body-bullet", 12, 1), ("body-bullet", 13, 3)]),
        ("entre martes\no jueves\n", []),
        ("1.One\n\n2)Two\n", [("body-bullet", 10, 1), ("body-bullet", 12, 1)]),
        ("(a) One\n\n(b) Two\n", []),
        ("・一つ\n・二つ\n", [("body-bullet", 10, 1), ("body-bullet", 11, 1)]),
        ("２０２６年、３名を募集。\n", []),
        ("1.\u00a0Mai\n", []),
        ("1. One\n2) Two\n10-12 hours\n10-15 days\n", []),
        ("(2) as agreed\n", []),
        ("Early\tfrom 7\n\nLate\tfrom 3\n", []),
        ("-\tOrganize\tall\n-\tTrain\tall\n", []),
    ],
)
def test_heading_or_list_that_lacks_a_space_is_warned_about(
    body: str, slips: list[tuple[str, int, int]]
) -> None:
    assert found(body) == slips


def test_bullets_of_a_word_processor_are_told_once_though_tabs_follow_them() -> None:
    assert found("•\tAnswer\n•\tKeep books\no\tBank\no\tRent\n") == [
        ("body-bullet", line, 1) for line in (10, 11, 12, 13)
    ]
    assert found("- Keep books\no\tBank\n1)\tOrder\n") == [("body-bullet", 11, 1)]
    assert found("•\tKeep books\no\tBank\n") == [("body-bullet", line, 1) for line in (10, 11)]
    assert found("- Enviar una carta\no llamar al sindicato\n") == []


def test_what_needs_no_space_or_any_space_is_right() -> None:
    assert found("##\u00a0Duties\n\n-\u00a0One\n-\u00a0Two\n\n1.\u00a0One\n2.\u00a0Two\n") == []


LONG = "Members" + " of Local 12 who work in all shops of the region" * 3


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("Local 12\n310 Park Street\nHartford, CT 06103\n", [10]),
        ("Level: 4\nPeriod: 9 months\n\nReports to: Jo\n**Type:** part-time\n", [10, 13]),
        ("## About us\nWhat we do\nWe organize.\n\nAbout \u201cus\u201d all\n_We_ hire.\n", [11, 14]),
        ("Über die Arbeit\nÄmter und Betriebe\n", [10]),
        (f"{LONG}.\nYou visit shops.\n\n**{LONG}:**\nVisit shops\n", [10, 13]),
        (f"{LONG}.  \nYou visit shops.\n\n{LONG}\nUnion visits shops.\n\n{LONG}.\n- One\n", []),
        # Wrapped lines, sentences, hard breaks and other shapes.
        ("We look for somebody who would like to work with\nLocal 12.\n", []),
        (
            "We look for somebody who would like to work\nwith members of Local 12 in the region of\nUtah.\n",
            [],
        ),
        ("**We organize.**\nWe train.\n\u201cWe win.\u201d\n(We strike.)\nYou, too\n", []),
        ("We organize.\nWe train.\nCall us!\nYou, too,\nCan\n", []),
        ("Local 12  \nHartford\\\n06103\n", []),
        ("Local 12\nof our union\n", []),
        ("- Local 12\nHartford\n\n> Local 12\n> Hartford\n", []),
        ("Duties\n- Organize\n\nDuties\n1. Organize\n", []),
        ("| A | B |\n| --- | --- |\n| C | D |\n", []),
        ("```\nLocal 12\nHartford\n```\n", []),
        ("## Local 12\nHartford is the capital.\n", []),
        ("Local 12\n========\nHartford is the capital.\n", []),
    ],
)
def test_lines_that_were_to_stand_alone_are_told_once_a_paragraph(body: str, lines: list[int]) -> None:
    assert found(body) == [("body-lines", line, 1) for line in lines]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("    code\n", [10]),
        ("Text\n\n    code\n    more\n", [12]),
        ("Text\n\n\tcode\n", [12]),
        ("Text\n    goes on\n", []),
        ("- item\n\n    more of it\n\n    and more\n", []),
        ("- item\n    - nested\n\n        deeper\n", []),
        ("1. item\n\n    more\n\nText\n\n    code\n", [16]),
        ("- item\ngoes on\n\n    more\n", []),
        ("    - looks like an item\n", [10]),
        ("```\n    code\n```\n", []),
    ],
)
def test_indented_text_is_warned_about_where_it_becomes_code(body: str, lines: list[int]) -> None:
    assert [line for code, line, _ in found(body) if code == "body-indented"] == lines
    assert ("<pre><code>" in render(body).html) is bool(lines) or "```" in body


@pytest.mark.parametrize(
    "line",
    [
        "Skip to main content", "Social share icons", "Career Center Home", "Home > Jobs > Organizer",
        "Apply now", "**Apply**",
        "### Apply", "Back to jobs", "Share this job", "Print this page", "293 companies 1,013 Jobs",
        "hero", "Apply to this job", "Sent from my iPhone", "---------- Forwarded message ---------",
    ],
)  # fmt: skip
def test_noise_of_a_page_is_warned_about(line: str) -> None:
    assert found(f"Text\n\n{line}\n") == [("body-noise", 12, 1)]


@pytest.mark.parametrize(
    "line",
    [
        "Apply by e-mail.",
        "Home visits are part of the job.",
        "Organizers",
        "3 companies take part.",
        "Shared goals",
    ],
)
def test_ordinary_lines_are_no_noise(line: str) -> None:
    assert found(line) == []


@pytest.mark.parametrize(
    ("body", "column"),
    [
        ("Write to [email protected]", 10),
        ("Write to [[email protected]](/cdn-cgi/l/email-protection)", 11),
        ("Write to jobs [at] example [dot] org", 10),
        ("Write to jobs(at)example.org", 10),
        ("Write to jobs at example dot org", 10),
    ],
)
def test_masked_addresses_are_warned_about(body: str, column: int) -> None:
    assert ("body-masked-email", 10, column) in found(body)


def test_protected_groups_and_places_are_no_masked_addresses() -> None:
    assert (
        found(
            "Legally protected groups. Meet at the office (at noon). Your job is protected by e-mail law.\n"
        )
        == []
    )


@pytest.mark.parametrize("tag", ["<b>", "</em>", "<br/>", '<a href="x">', "<!-- note"])
def test_html_is_warned_about_and_shown_as_text(tag: str) -> None:
    assert found(f"Text {tag} more") == [("body-html", 10, 6)]
    assert tag not in render(f"Text {tag} more").html


def test_each_kind_of_tag_in_a_line_is_told_with_what_markdown_has_for_it() -> None:
    found = check("<p>A <b>b</b>, <b>c</b> <blink>\n<ul><li>D\n")
    told = {(each.span.line - found[0].span.line, each.span.column): each.hint for each in found}
    item = "delete it, and start each line of a list with a hyphen and a space"
    assert told == {
        (0, 1): "delete it; a blank line begins a paragraph",
        (0, 6): "put two stars on each side of the words: **words**",
        (0, 25): "delete it",
        (1, 1): item,
        (1, 5): item,
    }


@pytest.mark.parametrize(
    "text",
    [
        "a < b and c > d",
        "<https://example.org>",
        "<jobs@example.org>",
        "`<b>`",
        "```\n<b>\n```",
        "~~~\n<b>\n```\n~~~",
        "`[gallery]`",
        "[gallery](https://example.org)",
        "[embedded] in a local",
    ],
)
def test_what_is_no_html_is_not_warned_about(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("[a](https://example.org/a_(b)) [b](mailto:a@b.example) [c](tel:+1) [d](HTTP://example.org)", []),
        ("[a](/archive/) [b](archive) [c](../about/#who) [d](about.md) [e](?tag=legal) [f](feed.xml)", []),
        ("[a](//example.org/) [b](/\\example.org) [c](a/../b/)", ["body-link"] * 3),
        ("[a](#top) [b](javascript:alert(1))", ["body-link", "body-link"]),
        ("[a](<javascript:x>)", ["body-link"]),
        ("[a](java&#115;cript:x) [b](javascript&colon;x) [c]\n\n[c]: java\\script\\:x", ["body-link"] * 3),
        ("[a](https&#58;//example.org/a\\_b) [b]\n\n[b]: https\\://example.org/?c&amp;d", []),
        ("[a](https://a.example@b.example) [b](https://a.example&#64;b.example)", ["body-link"] * 2),
        ("[a](https://a.example/@b) [b](https://a.example?c=@)", []),
        ("[a]: data:text/html,x\n", ["body-link"]),
        ("[a][b]\n\n[b]: https://example.org\n", []),
        ("![a](https://example.org/a.png)", ["body-image"]),
        ("`[a](javascript:x)`", []),
        ("[a]()", ["body-link"]),
        ("[a\nb](javascript:x) and [c\n](ftp://example.org)", ["body-link", "body-link"]),
        ("[a\n\nb](javascript:x)", []),
    ],
)
def test_links_lead_to_the_web_the_site_mail_and_telephones_only(body: str, codes: list[str]) -> None:
    assert [code for code, _, _ in found(body)] == codes


FULL = "write the full address, which begins with https://, http://, mailto: or tel:"


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("jobs@example.org", "write mailto:jobs@example.org"),
        ("www.example.org/jobs", "write https://www.example.org/jobs"),
        ("example.org/jobs.html", "write https://example.org/jobs.html"),
        ("#pay", "headings have no addresses; write that of a page, or delete the link"),
        ("ftp://example.org", FULL),
        ("//example.org/jobs", FULL),
        (
            "https://a.example@b.example/jobs",
            "write https://b.example/jobs; before the @ is no website, but a user name or password",
        ),
        ("https:/a.example@b.example", FULL),
    ],
)
def test_a_link_without_its_beginning_is_told_how_to_write_it(address: str, hint: str) -> None:
    (only,) = check(f"Go [here]({address})\n")
    assert (only.message, only.hint) == (f"a link cannot lead to {address!r}", hint)


@pytest.mark.parametrize(
    ("body", "start", "written"),
    [
        ("See https://user@b.example/jobs.", 4, "https://user@b.example/jobs"),
        ("See <HTTPS://user:x@b.example/jobs>.", 5, "HTTPS://user:x@b.example/jobs"),
        ("\u2039https://a.example\\@b.example/@jobs\u203a", 1, "https://a.example\\@b.example/@jobs"),
        ("(https://a.example&#64;b.example)", 1, "https://a.example&#64;b.example"),
        ("[a](/archive/), https://user@b.example", 16, "https://user@b.example"),
    ],
)
def test_an_address_by_itself_with_a_user_is_no_link(body: str, start: int, written: str) -> None:
    (only,) = check(f"Go.\n\n{body}\n")
    assert only.code == "body-link"
    assert (only.span.line, only.span.column, only.span.end_column) == (
        12,
        start + 1,
        start + len(written) + 1,
    )
    assert (only.hint or "").casefold().startswith("write https://b.example")
    assert "a link cannot lead to" in only.message


@pytest.mark.parametrize(
    "body",
    [
        "`https://user@b.example`",
        "https://b.example/@jobs?a@b&c#@",
        "https://b.example a@b.example https://@",
        "[https://user@b.example](https://b.example)",
        "xhttps://user@b.example",
    ],
)
def test_what_only_has_an_at_sign_is_no_address_with_a_user(body: str) -> None:
    assert check(f"{body}\n") == ()


@pytest.mark.parametrize(
    "link",
    [
        "[PDF](/files/Notice of May (final).pdf)",
        '[PDF](/files/the notice.pdf "Our notice")',
        "![Our hall](/files/our hall.jpg)",
        "[these](/tags/rent control/)",
        "[PDF](https://example.org/the notice.pdf)",
        "[our page](https://example.org/a",
    ],
)
def test_what_is_almost_a_link_is_warned_about(link: str) -> None:
    (told,) = check(f"See {link}.\n")
    assert (told.code, told.span.column) == ("body-link", 5)
    assert told.hint == "write [words](address), without spaces in the address"
    assert f"<p>{link.partition('(')[0]}(" in render(link).html
    assert "<img" not in render(link).html


@pytest.mark.parametrize(
    "link",
    [
        "[a](<https://example.org/a b>)", "[a]( https://example.org/a )", "[a](/archive/ (all of it))",
        "[a](/archive/ 'all of it')", '[a](https://example.org/a_(b) "all of it")',
    ],
)  # fmt: skip
def test_a_title_behind_an_address_and_spaces_around_it_are_right(link: str) -> None:
    assert check(f"See {link}.\n") == ()
    assert "<a" in render(link).html


def test_a_link_without_an_address_is_told_to_lead_nowhere() -> None:
    (only,) = check("Go [here]()\n")
    assert (only.message, only.hint) == ("this link leads nowhere", FULL)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![our hall](hall.jpg) x", "our hall x"),
        ("![a ![b](b.png)](a.png 'title') ![c](</c d.png>)", "a b c"),
        ("![a [b](javascript:x)](a.png)", "a b"),
        ("![a](javascript:x) [b](javascript:x)", "a [b](javascript:x)"),
    ],
)
def test_a_picture_is_its_description_wherever_its_file_is(text: str, shown: str) -> None:
    assert render(text).html == f"<p>{shown}</p>\n"


def test_only_the_names_of_fields_are_taken_for_fields() -> None:
    assert [code for code, _, _ in found("location: next to the harbor\n")] == []
    assert [code for code, _, _ in found("salary: 3\n")] == ["body-field"]


def test_a_field_added_at_the_end_of_a_file_is_told() -> None:
    assert found("Work.\n\nstatus: filled\n") == [("body-field", 12, 1)]
    assert found("Work.\nstatus: filled\nverified: 2026-02-01\n\n") == [
        ("body-field", 12, 1),
        ("body-field", 11, 1),
    ]
    assert found("status: filled\n\nverified: 2026-02-01\n") == [("body-field", 10, 1), ("body-field", 12, 1)]
    assert found("Work.\n\n---\nstatus: filled\n") == [("body-field", 13, 1)]
    assert found("Work.\n\nstatus: open to all\n\nMore.\n") == found("Work.\n\nsalary: 3\n") == []


@pytest.mark.parametrize(
    ("line", "is_told"),
    [
        ("status: filled", True),
        ("status: Closed on 2026-02-01", True),
        ("status: open until filled", True),
        ("status:", True),
        ("status: exempt", True),
        ("status: all are welcome here, whatever their immigration status", False),
        ("status: filled positions are listed in the union's newsletter each month.", False),
        ("deadline: 2026-03-01", True),
        ("deadline: rolling", True),
        ("deadline: open until filled", True),
        ("deadline: March 6, 2026, 5 pm", True),
        ("deadline: we read applications as they come in, so write to us early.", False),
        ("deadline: we answer within 14 days of your letter", False),
        ("verified: 2026-02-01", True),
        ("verified: we check the references of everyone.", False),
        ("draft: true", True),
        ("draft: this plan may change before the board meets.", False),
        ("aliases: [organizer-2025]", True),
    ],
)
def test_a_sentence_that_begins_like_a_field_is_told_from_one(line: str, is_told: bool) -> None:
    known = {"status", "deadline", "verified", "draft", "aliases"}
    for text in (f"Work.\n\n{line}\n", f"{line}\n\nWork.\n"):
        told = check_body("x.md", text, 10, known)
        assert [each.code for each in told] == ["body-field"] * is_told


@pytest.mark.parametrize(
    ("text", "code", "place", "hint"),
    [
        ("Write to [insert name here].", "body-placeholder", (10, 10, 28), "write it, or delete this"),
        ("The pay is $XX,XXX a year.", "body-placeholder", (10, 12, 19), "write it, or delete this"),
        (
            "https://google.com/url?sa=D&amp;q=https://a.example/",
            "address-wrapped",
            (10, 1, 53),
            "open it, and write the",
        ),
        ("Work.\n\nPage 1 of 3\n\nMore.", "body-noise", (12, 1, 12), "delete it"),
        ("We organize.\n---\nMore.", "body-heading", (10, 1, 13), "put an empty line below it"),
        ("| Duty | Share |\n| Meet | 50% |\n", "body-table", (10, 1, 17), "put | --- | --- | below it"),
        ("Work.\n\n```\nDuties\n\n- one\n", "body-indented", (12, 1, 4), "delete this line"),
        ("Work\n\n~~~\n```\n~~~\n\n```", "body-indented", (16, 1, 4), "delete this line"),
    ],
)
def test_gaps_and_marks_that_do_too_much_are_told(
    text: str, code: str, place: tuple[int, int, int], hint: str
) -> None:
    (told,) = check_body("x.md", text, 10, ())
    assert (told.code, told.severity) == (code, "warning")
    assert (told.span.line, told.span.column, told.span.end_column) == place
    assert str(told.hint).startswith(hint)


@pytest.mark.parametrize(
    "text",
    [
        "Write to [your local](/about/) or [your local][us].\n\n[us]: /about/\n",
        "`[insert name]` is a gap.",
        "Local XXX, Super Bowl XXX, [sic] and [Your] title.",
        "Duties\n---\n\nWhat you would do:\n---\n",
        "- We organize.\n---\n\nWork.\n\n---\n\nMore.",
        "| Duty | Share |\n| --- | ---: |\n| Meet | 50% |\n| Talk | 50% |\n",
        "|Duty|\n|---|\n|Meet|\n\nEither | or.",
        "```\n- code\n```\n",
    ],
)
def test_what_only_looks_like_a_gap_or_a_slip_is_right(text: str) -> None:
    assert check_body("x.md", text, 10, ()) == ()


FIELDS_OF_POSTING = {"title", "organization", "added", "status", "deadline", "verified", "verify_by", "draft"}
MARCH = {"deadline": "2026-03-31 17:00"}


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        *(
            (each, "add status: filled above")
            for each in ("Status: filled", "STATUS: FILLED", "status:filled")
        ),
        ("**status: filled**", "add status: filled above"),
        ("- **Status:** withdrawn", "add status: withdrawn above"),
        ("> status = filled", "add status: filled above"),
        (" status filled", "add status: filled above"),
        ("This position has been filled.", "add status: filled above"),
        ("**FILLED**", "add status: filled above"),
        ("filled: true", "add status: filled above"),
        ("closed: 2026-03-09", "add status: withdrawn above"),
        ("The job is now closed.", "add status: withdrawn above"),
        ("deadline: 2026-04-15", "write deadline: 2026-04-15 above"),
        ("**Deadline extended to April 15, 2026.**", "write deadline: 2026-04-15 above"),
        ("Application deadline: Wednesday, April 15, 2026", "write deadline: 2026-04-15 above"),
        ("Final Deadline: April 15, 2026", "write deadline: 2026-04-15 above"),
        ("**Closing date:** 15 April 2026", "write deadline: 2026-04-15 above"),
        ("Please apply by April 15, 2026.", "write deadline: 2026-04-15 above"),
        ("Deadline: Apr 15, 2026 at 5 pm", "write deadline: 2026-04-15 above"),
    ],
)
def test_a_line_that_says_what_only_a_field_can_say_is_told_wherever_it_is(line: str, hint: str) -> None:
    (told,) = check_body("x.md", f"Work.\n\n{line}\n\nMore.\n", 10, FIELDS_OF_POSTING, MARCH)
    assert (told.code, told.span.line) == ("body-field", 12)
    assert str(told.hint).startswith(hint)
    assert check_body("x.md", f"Work.\n\n{line}\n", 10, {"title"}) == ()


@pytest.mark.parametrize(
    "line",
    [
        "Deadline: March 31, 2026, 5 pm",
        "Deadline: March 31",
        "Deadline for the first round of letters: April 15, 2026",
        "Deadline: March 1 to April 15, 2026",
        "Apply by 2026-04-01 or 2026-04-15.",
        "Apply by 5/10/2026.",
        "Apply by mail to 12 Main Street.",
        "Apply by noon 15, 2026.",
        "Status: full-time, exempt",
        "Positions are filled by seniority.",
        "The job was closed to the public in 2025 and is open again.",
        "Verified members can vote.",
    ],
)
def test_ordinary_words_and_what_a_field_says_too_are_no_contradiction(line: str) -> None:
    assert check_body("x.md", f"Work.\n\n{line}\n\nMore.\n", 10, FIELDS_OF_POSTING, MARCH) == ()


def test_what_the_text_says_is_compared_with_the_fields() -> None:
    closed = {"status": "Filled", "deadline": "rolling"}
    for line in ("Status: filled", "This job is filled.", "Deadline: April 15, 2026"):
        assert check_body("x.md", f"Work.\n\n{line}\n\nMore.\n", 10, FIELDS_OF_POSTING, closed) == ()
    (told,) = check_body("x.md", "Work.\n\nApply by April 15, 2026.\n\nMore.\n", 10, FIELDS_OF_POSTING)
    assert told.message == "the text says 2026-04-15, but no deadline is stated"


def test_a_field_between_lines_at_the_end_of_a_file_is_told() -> None:
    (told,) = check_body("x.md", "Work.\n\n---\nstatus: filled\n---\n", 10, FIELDS_OF_POSTING)
    assert (told.span.line, told.hint) == (13, "move it above the second ---")


def test_empty_body_is_an_error_at_the_closing_fence() -> None:
    assert found(" \n\n") == [("body-empty", 9, 1)]


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("# A\n\n## B\n", "<h2>A</h2>\n<h3>B</h3>\n"),
        ("## A\n\n### B\n", "<h2>A</h2>\n<h3>B</h3>\n"),
        ("### A\n\n###### B\n", "<h2>A</h2>\n<h3>B</h3>\n"),
        ("## A\n\n#### B\n\n## C\n", "<h2>A</h2>\n<h3>B</h3>\n<h2>C</h2>\n"),
        ("A\n=\n", "<h2>A</h2>\n"),
        (
            "# 1\n## 2\n### 3\n#### 4\n##### 5\n###### 6\n",
            "".join(f"<h{min(n + 1, 6)}>{n}</h{min(n + 1, 6)}>\n" for n in range(1, 7)),
        ),
        ("[a](https://example.org)", '<p><a href="https://example.org" rel="noopener">a</a></p>\n'),
        (
            "<https://example.org>",
            '<p><a href="https://example.org" rel="noopener">https://example.org</a></p>\n',
        ),
        (
            "https://example.org",
            '<p><a href="https://example.org" rel="noopener">https://example.org</a></p>\n',
        ),
        (
            "- (**http://a.example/x_y?a=1&amp;b=\u00fc#c**).",
            (
                '<ul>\n<li>(<strong><a href="http://a.example/x_y?a=1&amp;b=%C3%BC#c" rel="noopener">'
                "http://a.example/x_y?a=1&amp;b=\u00fc#c</a></strong>).</li>\n</ul>\n"
            ),
        ),
        (
            "[https://a.example](https://b.example)",
            '<p><a href="https://b.example" rel="noopener">https://a.example</a></p>\n',
        ),
        (
            "`https://a.example` https\\://a.example",
            "<p><code>https://a.example</code> https://a.example</p>\n",
        ),
        (
            "\\<https://a.example/x\\_y\\> *https://a.example/x\\_\\(y\\)*\\.",
            (
                '<p>&lt;<a href="https://a.example/x_y" rel="noopener">https://a.example/x_y</a>&gt; '
                '<em><a href="https://a.example/x_(y)" rel="noopener">https://a.example/x_(y)</a></em>.</p>\n'
            ),
        ),
        (
            "https://a.example/x\\_.\\\nb https://a.example/x\\\\y",
            (
                '<p><a href="https://a.example/x" rel="noopener">https://a.example/x</a>_.<br>\n'
                "b https://a.example/x\\y</p>\n"
            ),
        ),
        ("ftp://a.example javascript://a.example", "<p>ftp://a.example javascript://a.example</p>\n"),
        ("https://user:word@a.example a@a.example", "<p>https://user:word@a.example a@a.example</p>\n"),
        *(
            (
                f"https://a.example{sign}b.example <https://a.example@b.example>",
                "<p>https://a.example@b.example &lt;https://a.example@b.example&gt;</p>\n",
            )
            for sign in ("&#64;", "&#x40;", "&commat;", "\\@")
        ),
        ("[a](https://a.example&#64;b.example/)", "<p>[a](https://a.example@b.example/)</p>\n"),
        ("[a][]\n\n[a]: https://x@b.example", "<p>[a][]</p>\n<p>[a]: https://x@b.example</p>\n"),
        ("[a](https:///x@b.example)", "<p>[a](https:///x@b.example)</p>\n"),
        (
            "[a](https://a.example/@b?c=@)",
            '<p><a href="https://a.example/@b?c=@" rel="noopener">a</a></p>\n',
        ),
        *(
            (f"[a]({scheme}alert)", "<p>[a](javascript:alert)</p>\n")
            for scheme in ("java&#115;cript:", "javascript&colon;", "javascript\\:", "&#x6a;avascript:")
        ),
        ("[a](mailto:a@b.example)", '<p><a href="mailto:a@b.example">a</a></p>\n'),
        ("<a@b.example>", '<p><a href="mailto:a@b.example">a@b.example</a></p>\n'),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n"),
        ("[*a*]() [b](tel:1)", '<p>[<em>a</em>]() <a href="tel:1">b</a></p>\n'),
        ("![a **b**](https://example.org/x.png) c", "<p>a b c</p>\n"),
        (
            "[![a](https://example.org/x.png)](https://example.org)",
            '<p><a href="https://example.org" rel="noopener">a</a></p>\n',
        ),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("a\u00a0b\u200bc", "<p>a bc</p>\n"),
        ("\u202e000,05&#x202E;$ &#8294;a\u2069", "<p>000,05$ a</p>\n"),
        ("$5 and $6, example.org, (c) 'x'", "<p>$5 and $6, example.org, (c) 'x'</p>\n"),
        (
            "|a|b|\n|:-:|-:|\n",
            (
                '<table>\n<thead>\n<tr>\n<th class="center">a</th>\n'
                '<th class="right">b</th>\n</tr>\n</thead>\n</table>\n'
            ),
        ),
        (
            "|a|\n|:-|\n|b|\n",
            "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>\n",
        ),
    ],
)
def test_body_as_html(body: str, html: str) -> None:
    assert render(body).html == html


def test_body_as_plain_text_has_a_line_for_each_block() -> None:
    body = (
        "# What\n\nOne *two*\nthree `four` [five](https://example.org) ![six](https://example.org/x).\n\n"
        "- seven\n- eight\\\n  nine\n\n```\nten\n```\n"
    )
    assert render(body).text == "What\nOne two three four five six.\nseven\neight nine\nten"


def test_plain_text_has_one_space_where_html_has_white_space() -> None:
    spaces = "".join(each for each in map(chr, range(sys.maxunicode + 1)) if each.isspace())

    assert rendering.text_of(f"<p>{spaces}a{spaces}b</p>") == "a b"


def test_summary_is_the_first_paragraph_cut_at_a_word() -> None:
    assert render("# Head\n\n- item\n\nThe *first* paragraph.\n").summary == "The first paragraph."
    assert render("# Head\n\n- the *first* item\n- another\n").summary == "the first item"
    assert render("## Head\n\nThe *first* paragraph.\n\nMore.").summary == "The first paragraph."
    assert render("# Head\n").summary == ""
    assert render("word " * 100).summary == "word " * 39 + "word…"


@pytest.mark.parametrize(
    ("text", "longest", "expected"),
    [
        ("short", 9, "short"),
        ("one two three", 9, "one two…"),
        ("one two three", 8, "one two…"),
        ("one two three", 7, "one…"),
        ("one, two three", 6, "one…"),
        ("abcdefghijklmnop", 9, "abcdefgh…"),
    ],
)
def test_text_is_cut_after_a_whole_word(text: str, longest: int, expected: str) -> None:
    assert shorten(text, longest) == expected
    assert len(expected) <= longest


HOSTILE = st.sampled_from(
    ["<", ">", "&", '"', "'", "[", "]", "(", ")", "!", "javascript:", "https://a.example", "`", "*", "\n",
     "https://", " http://a.example/",
     "\n\n", "    ", "x", "<img src=x onerror=y>", "- ", "# ", "|", "-|-", "\\", "data:", "&#58;", "&colon;",
     "[x](", "![x](", "[x](https://a.example", "](", ' "', '")', "7. ", "```x\n", "\n\n[x]: ",
     "[x](/", "//", "../", "a.md", "?", "#",
     "<https://", "<javascript:", "mailto:", " [x](https://a.example) ", " <https://a.example> "]
)  # fmt: skip


def test_no_text_gets_a_tag_an_attribute_or_a_script_into_the_page() -> None:
    allowed = r"</?(?:p|h[2-6]|ul|ol|li|em|strong|s|code|pre|blockquote|hr|br|a|table|thead|tbody|tr|th|td)\b"
    names = set()

    @settings(max_examples=400, deadline=None)
    @given(st.lists(HOSTILE, max_size=25).map("".join))
    def holds(body: str) -> None:
        for tag in re.findall(r"<[^>]*>", render(body, Ground("/board/")).html):
            assert re.match(allowed, tag)
            for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag):
                names.add(name)
                assert name in {"href", "rel", "title", "class", "start"}
                allowed_links = r"(?:https?://|mailto:|tel:)|/board/(?![/\\])"
                assert name != "href" or re.match(allowed_links, value, re.IGNORECASE)
        check(body)

    holds()
    assert {"href", "rel"} <= names  # texts without a link would prove nothing
