"""How a file is taken apart: encoding, fences, YAML, and where everything is."""

from __future__ import annotations

from time import process_time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from hiringhall.diagnostics import Diagnostic, Outcome, Span
from hiringhall.intake.content.posting import read_posting
from hiringhall.intake.fields.table import FIELDS
from hiringhall.intake.frontmatter import composing, misread, single_lines
from hiringhall.intake.frontmatter.documents import Document, read_document
from hiringhall.model import Posting, Source
from tests.intake.reading_helpers import (
    REGISTER,
    SETTINGS,
    codes,
    core_values,
    only_problem,
    read_text,
    text_of,
)

GOOD = text_of()
_MOMENTS = 5  # seconds of a slow machine; a second pass over the lines at each of them takes minutes


def outcome(data: bytes | str) -> Outcome[Document]:
    return read_document(Source("x.md", data.encode() if isinstance(data, str) else data, ""))


def document(data: bytes | str) -> Document:
    found = outcome(data)
    assert found.value is not None
    assert found.diagnostics == ()
    return found.value


def only(data: bytes | str) -> Diagnostic:
    (found,) = outcome(data).diagnostics
    return found


def test_front_matter_and_body_are_told_apart() -> None:
    parts = document("---\na: 1\nb:\n  c: x\n---\n\n# Text\n---\nmore\n")
    assert list(parts.fields) == ["a", "b"]
    assert (parts.body, parts.body_line) == ("\n# Text\n---\nmore\n", 6)


@pytest.mark.parametrize(
    "value", ["17:00", "no", "06067", "2026-01-26", "0x1F", "null", "~", "1_000", "1e3", ".inf"]
)
def test_every_scalar_stays_text(value: str) -> None:
    assert document(f"---\na: {value}\n---\nx").fields["a"].value.value == value


def test_byte_order_mark_and_carriage_returns_are_accepted_quietly() -> None:
    plain = document("---\na: x\n---\n\ntext\n")
    windows = document(b"\xef\xbb\xbf---\r\na: x\r\n---\r\n\r\ntext\r\n")
    assert (windows.yaml, windows.body, windows.body_line) == (plain.yaml, plain.body, plain.body_line)
    old = document(b"---\ra: x\r---\r\rtext\r")
    assert (old.yaml, old.body) == (plain.yaml, plain.body)


def test_spaces_after_a_fence_do_not_matter() -> None:
    assert document("--- \t\na: x\n---  \ntext").body == "text"
    assert document("---\u00a0\na: x\n--- \u00a0\ntext").body == "text"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("---\na: word\n---\n", Span(2, 4, 2, 8)),
        ("---\n# é ☃ 😀\nb: 1\na: 'é☃😀 x'   # comment\n---\n", Span(4, 4, 4, 11)),
        ("---\na: >-\n  one\n  two\n\nb: 1\n---\n", Span(2, 4, 4, 6)),
        ("---\na:\n  - one\n  - two\n\n# comment\nb: 1\n---\n", Span(3, 3, 6, 10)),
        ("---\na:\nb: 1\n---\n", Span(2, 3, 2, 3)),
        ("---\r\nb: 1\r\na: word\r\n---\r\n", Span(3, 4, 3, 8)),
    ],
)
def test_places_are_those_of_the_file_in_code_points(text: str, span: Span) -> None:
    parts = document(text)
    assert parts.span(parts.fields["a"].value) == span


@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (b"", "front-matter-missing", 1, 1),
        (b"text", "front-matter-missing", 1, 1),
        (b"\n---\na: x\n", "front-matter-missing", 1, 1),
        (b"----\na: x\n----\n", "front-matter-missing", 1, 1),
        (b"---\na: x\n", "front-matter-open", 1, 1),
        (b"---", "front-matter-open", 1, 1),
        (b"---\na: x\n ---\ntext", "front-matter-open", 3, 1),
        (b"---\na: x\n-----\ntext", "front-matter-open", 3, 1),
        (b"----\na: x\n----\ntext", "front-matter-missing", 1, 1),
        (b"---\na: x\n--- b: y\ntext", "front-matter-open", 3, 1),
        (b"---\na: x\n<<<<<<< HEAD\nb: y\n---\n", "merge-conflict", 3, 1),
        (b"---\na: x\n---\n\ntext\n>>>>>>> main\n", "merge-conflict", 6, 1),
        ("---\na: x\n---\n\nR\u00e9sum\u00e9".encode("latin-1"), "encoding", 5, 2),
        ("---\na: x\n---\n".encode("utf-16"), "encoding", 1, 1),
        (b"PK\x03\x04\x14\x00\x06\x00", "file-kind", 1, 1),
        (b"%PDF-1.7\n%\xe2\xe3", "file-kind", 1, 1),
        ("---\na: x\n---\n".encode("utf-16-le"), "encoding", 1, 1),
        (b"---\na: x\n---\n" + b"x" * 256 * 1024, "file-size", 1, 1),
        (b"---\na: " + b"x" * 65 * 1024 + b"\n---\n", "front-matter-size", 1, 1),
    ],
)
def test_file_that_cannot_be_taken_apart(data: bytes, code: str, line: int, column: int) -> None:
    found = only(data)
    assert (found.code, found.span.line, found.span.column) == (code, line, column)
    assert outcome(data).value is None


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("---\na: \x00\n---\n", 2, 4),
        ("---\na: x\n---\n\n\x1b[31m", 5, 1),
        ("---\na: x\n---\n\u0085", 4, 1),
        *((f"---\na: x\n---\nx{free}", 4, 2) for free in "\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffff"),
    ],
)
def test_a_character_that_no_text_can_have_is_told_and_the_rest_is_read(
    text: str, line: int, column: int
) -> None:
    found = only(text.encode())
    assert (found.severity, found.code) == ("error", "control-character")
    assert (found.span.line, found.span.column) == (line, column)
    read = outcome(text).value
    assert read is not None
    assert f"{read.yaml}{read.body}".isascii()
    codes = [each.code for each in outcome(text.replace("a: ", "a: @")).diagnostics]
    assert codes == ["control-character", "yaml-syntax"]


def test_what_was_garbled_is_told_beside_a_front_matter_without_an_end() -> None:
    codes = [each.code for each in outcome("---\na: \u00c3\u00a9\n").diagnostics]
    assert codes == ["text-garbled", "front-matter-open"]


@pytest.mark.parametrize("before", ["\n", "Here is the file:\n\n```markdown\n", "Here it is:\n\n---\n\n"])
def test_what_is_below_a_late_front_matter_is_read_on(before: str) -> None:
    read = outcome(f"{before}---\na: x\n---\n\ntext\n")
    first = before.count("\n") + 2
    assert [each.code for each in read.diagnostics] == ["front-matter-missing"]
    assert read.value is not None
    assert (read.value.first_line, read.value.body_line) == (first, first + 2)
    assert read.value.opening.line == 1
    assert read.diagnostics[0].hint == f"delete everything before the --- on line {first - 1}"


def test_hint_names_what_stands_before_the_front_matter() -> None:
    assert only(b"a: x\n---\nb: y\n---\n").hint == "write --- on the first line"
    assert only(b"\n---\na: x\n---\n").hint == "delete everything before the --- on line 2"
    assert only(b"Hello\n---\na: x\n---\n").hint == "delete everything before the --- on line 2"


@pytest.mark.parametrize("first", ["", "----\n", "\u2014\u2014\u2014\n", "\n"])
def test_fields_without_a_first_fence_are_not_advised_away(first: str) -> None:
    hint = only(f"{first}title: Organizer\nlocation: Hartford, CT\n---\n\nText\n").hint
    exactly = ": three hyphens and nothing else" if first.strip() else ""
    assert hint == f"write --- on the first line{exactly}"


@pytest.mark.parametrize("fence", ["—", "–-", "----", "***", "===", "___"])
def test_what_programs_make_of_both_fences_is_told_at_once(fence: str) -> None:
    hint = only(f"{fence}\ntitle: Organizer\nlocation: Hartford, CT\n{fence}\n\nText\n").hint
    assert hint == "write --- on the first line and on line 4: three hyphens and nothing else"


def test_fields_as_hugo_has_them_are_told_at_once_with_their_values_as_they_are() -> None:
    assert only('---\na: x\ntitle = "Organizer "\n---\n\nText\n').hint == 'write title: "Organizer "'
    assert only('---\na: x\ntags = ["a", "b"]\n---\n\nText\n').hint == 'write tags: ["a", "b"]'


@pytest.mark.parametrize(
    "written",
    [
        '"Local #3"',
        "Local # a comment",
        ">\n  Local #3\n  and #4",
        "[x,\n  # y\n  z]",
        "x#3",
        "x\n#b: y",
        "'#3'  # as is",
        "x\n# Local #3",
        "x  # Local #3",
    ],
)
def test_comments_and_number_signs_within_a_value_are_no_fault(written: str) -> None:
    assert list(document(f"---\na: {written}\nc: x\n---\n").fields) == ["a", "c"]


@pytest.mark.parametrize(
    "line",
    [
        "a:\u00a0x",
        "a: \u00a0x",
        "a:\u00a0",
        "a b?:\u00a0\u00a0x",
        'a: {b: "1: $55,123, 2: x"}',
        "a: {b: it's 1, c: '2: 3,000, 4'}",
    ],
)
def test_what_only_looks_like_a_fault_is_none(line: str) -> None:
    assert outcome(f"---\n{line}\nc: y\n---\n".encode()).diagnostics == ()


def test_characters_of_every_language_are_accepted() -> None:
    assert document("---\na: ŁÓDŹ 東京 😀\u00a0x\n---\n").fields["a"].value.value == "ŁÓDŹ 東京 😀\u00a0x"


def test_line_separators_do_not_move_what_stands_below() -> None:
    parts = document("---\na: x\u2028y\nb: z\n---\n")
    assert parts.fields["a"].value.value == "x y"
    assert parts.span(parts.fields["b"].value).line == 3


def test_empty_front_matter_has_no_fields() -> None:
    assert document("---\n---\ntext").fields == {}
    assert document("---\n# nothing\n---\ntext").fields == {}


TOO_FAR = "if it is a part of the field above, give the text there a name, too; if not, delete the spaces"
BELOW = "put it on the lines below, with two spaces before each hyphen"
GENERAL = "start each field as name: value, and put text with special characters in double quotes"
IN_QUOTES = "put all the text behind the name and its colon in double quotes"
NO_COMMENT = "put the text in quotes; a comment needs a space after its #"
GOING_ON = (
    "put all of it behind the name above, or start each line with a hyphen and a space, if it is an item, "
    "or with the name of a field and a colon"
)
EACH = "put each text in it in quotes, and a comma between two of them"
NOT_SPACES = "delete it, and start the line with two spaces if it belongs to the field above"
ONE_OR_LIST = 'keep one of them; if b can have several values, write b: ["one", "another"]'


@pytest.mark.parametrize(
    ("lines", "code", "line", "column", "hint"),
    [
        (["a: b: c"], "yaml-syntax", 2, 5, 'write a: "b: c"'),
        (["a: ends:"], "yaml-syntax", 2, 8, 'write a: "ends:"'),
        (["a: @x"], "yaml-syntax", 2, 4, 'write a: "@x"'),
        (["a: `x`"], "yaml-syntax", 2, 4, 'write a: "x"'),
        (["a: %x"], "yaml-syntax", 2, 4, 'write a: "%x"'),
        (["a: |x"], "yaml-syntax", 2, 5, 'write a: "|x"'),
        (['a: @"x" # comment'], "yaml-syntax", 2, 4, "write a: '@\"x\"'"),
        (["\ta: x"], "yaml-tab", 2, 1, NOT_SPACES),
        (["a:", "\t- x"], "yaml-tab", 3, 1, NOT_SPACES),
        (["a: 'it's'"], "yaml-syntax", 2, 8, 'write a: "it\'s"'),
        (['a: "x'], "yaml-syntax", 2, 4, 'write a: "x"'),
        (["a: 'x", "b: y"], "yaml-syntax", 2, 4, "write a: 'x'"),
        (['a: "x" y'], "yaml-syntax", 2, 8, "write a: '\"x\" y'"),
        (["a: [x", "b: y"], "yaml-syntax", 2, 4, None),
        (["a: [", "b: y"], "yaml-syntax", 2, 1, GENERAL),
        (["a: - x"], "yaml-syntax", 2, 4, BELOW),
        (["a: - x: y"], "yaml-syntax", 2, 4, BELOW),
        (["a:x", "b: y"], "yaml-syntax", 2, 1, "write a: x"),
        (["b: y", "a:x"], "yaml-syntax", 3, 1, "write a: x"),
        (["a: x", "  b: y"], "yaml-syntax", 3, 4, TOO_FAR),
        (["a:", "  - x", "  y, z", "b: c", "d: e"], "yaml-syntax", 4, 3, "write - y, z"),
        (["a:", "- x", "-y", "b: c"], "yaml-syntax", 4, 1, "write - y"),
        (["a:", "  - x", "  -y", "b: c"], "yaml-syntax", 4, 3, "write - y"),
        (["a: x", "  b: [y]"], "yaml-syntax", 3, 4, TOO_FAR),
        (["a: x", '  b: "y"'], "yaml-syntax", 3, 4, TOO_FAR),
        (["a:", "  b: [y] z"], "yaml-syntax", 3, 10, 'write b: "[y] z"'),
        (["a: x", "  b: y: z"], "yaml-syntax", 3, 4, IN_QUOTES),
        (["a x y", "b: y", "c: z"], "yaml-syntax", 2, 1, "write a: x y"),
        (["b: y", "a = x"], "yaml-syntax", 3, 1, "write a: x"),
        (["a b: x: y", "b: y"], "yaml-syntax", 2, 7, 'write a b: "x: y"'),
        ([" a: x", "b: y"], "yaml-syntax", 2, 1, "write a: x"),
        (["- a: x", "b: y"], "yaml-syntax", 2, 1, "write a: x"),
        (["b: y", "a", "  c: z"], "yaml-syntax", 3, 1, "write a:"),
        (["a:", "  b x", "  c: y"], "yaml-syntax", 3, 3, "write b: x"),
        (["a:", "\u00a0\u00a0b: x", "  c: y"], "yaml-tab", 3, 1, NOT_SPACES),
        (["a:", "\u200b  - x", "  - y"], "yaml-tab", 3, 1, NOT_SPACES),
        (["a: x", "\ufeff# c", "b: y"], "yaml-tab", 3, 1, NOT_SPACES),
        (["a:", "  b: x", "    c: y"], "yaml-syntax", 4, 6, "put as many spaces before it as before them"),
        (["**A:** x", "b: y"], "yaml-syntax", 2, 1, "write a: x"),
        (["**a**: x: y", "b: y"], "yaml-syntax", 2, 1, 'write a: "x: y"'),
        (["b: y", "* a: x"], "yaml-syntax", 3, 1, "write a: x"),
        (["b: y", "**Job title**: x"], "yaml-syntax", 3, 1, "write job title: x"),
        (["a: *x*"], "yaml-alias", 2, 4, 'write a: "x"'),
        (["a: x", "  b:", "    - y", "c: z"], "yaml-syntax", 3, 4, TOO_FAR),
        (['a: "Local #3",'], "yaml-syntax", 2, 14, 'write a: "Local #3"'),
        (['"a": "x",', '"b": y'], "yaml-syntax", 2, 9, 'write "a": "x"'),
        (["'a' : 'x' ,  ", "b: [y] "], "yaml-syntax", 2, 11, "write 'a' : 'x'"),
        (["a:x,", "b: y"], "yaml-syntax", 2, 1, "write a: x,"),
        (["a: [x, y],"], "yaml-syntax", 2, 10, "write a: [x, y]"),
        (['"a": {', '  "b": "x"', "},", '"c": y'], "yaml-syntax", 4, 2, GENERAL),
        (['a: "x", "y",'], "yaml-syntax", 2, 7, "write a: '\"x\", \"y\",'"),
        (["a: {b: 62,000, c: 70,000}"], "yaml-syntax", 2, 8, "write a: {b: 62000, c: 70000}"),
        (["url: [x](https://example.org)"], "yaml-syntax", 2, 9, 'write url: "[x](https://example.org)"'),
        (["a: [x, y", "b: z"], "yaml-syntax", 2, 4, "write a: [x, y]"),
        (["a: ? x"], "yaml-syntax", 2, 4, 'write a: "? x"'),
        (["a: **x y**"], "yaml-alias", 2, 4, 'write a: "x y"'),
        (['"a: x"', "b: y"], "yaml-syntax", 2, 1, GENERAL),
        (["- a: x", "- b: y"], "yaml-form", 2, 1, "delete the hyphens at the start of the lines"),
        (["a: [x] y"], "yaml-syntax", 2, 8, 'write a: "[x] y"'),
        (["a: & x"], "yaml-anchor", 2, 4, 'write a: "& x"'),
        (["a: Local # 3"], "yaml-comment", 2, 10, 'write a: "Local # 3"'),
        (['a: x"'], "yaml-syntax", 2, 5, "write a: x"),
        (["a:", '  - x y"'], "yaml-syntax", 3, 8, "write - x y"),
        (
            ["a:", "  - x", "    - y"],
            "yaml-syntax", 4, 1,
            "put as many spaces before its hyphen as before the one above",
        ),
        (
            ["a: x", "  - y"],
            "yaml-syntax", 3, 1,
            "put a: on a line of its own, and start what is behind it like this line",
        ),
        (["a: Local #3"], "yaml-comment", 2, 10, 'write a: "Local #3"'),
        (["a: #3"], "yaml-comment", 2, 4, 'write a: "#3"'),
        (["a: [x, Local #3]"], "yaml-comment", 2, 14, NO_COMMENT),
        (["a: [#x]", "b: y"], "yaml-comment", 2, 5, NO_COMMENT),
        (["a: #x y"], "yaml-comment", 2, 4, 'write a: "#x y"'),
        (["a:", "  - Local #3"], "yaml-comment", 3, 11, 'write - "Local #3"'),
        (['a: "x" #y'], "yaml-comment", 2, 8, "put the text in quotes; a comment needs a space after its #"),
        (["a: x", "  y z: y", "  z"], "yaml-syntax", 3, 6, IN_QUOTES),
        (["a:", "- x", "  y z: y"], "yaml-syntax", 4, 6, None),
        (["b: y", "just text"], "yaml-syntax", 3, 1, None),
        (["a: {b: 1; c: 2}"], "yaml-syntax", 2, 4, EACH),
        (["b: y", "- a: x"], "yaml-syntax", 3, 1, "delete it if a is a field by itself"),
        (["b: y", "a – x"], "yaml-syntax", 3, 1, "write a: x"),
        (["a: x", "... # end", "b: y"], "yaml-syntax", 3, 1, GENERAL),
        (["a: x", "--- # next", "b: y"], "yaml-syntax", 3, 1, GENERAL),
        (["a: [email protected] now"], "masked-email", 2, 22, None),
        (["a: x", "\tb: y [at] example.org"], "masked-email", 3, 1, None),
        (["a: *x"], "yaml-alias", 2, 4, 'write a: "*x"'),
        (["a: &x y"], "yaml-anchor", 2, 4, 'write a: "&x y"'),
        (['a: "x" &y'], "yaml-anchor", 2, 8, "write a: '\"x\" &y'"),
        (["a: !x y"], "yaml-tag", 2, 4, 'write a: "!x y"'),
        (["a: ! 3"], "yaml-tag", 2, 4, 'write a: "! 3"'),
        (["a: !!int 3"], "yaml-tag", 2, 4, 'write a: "!!int 3"'),
        (["a: [&x y, *x]"], "yaml-anchor", 2, 5, 'write a: "[&x y, *x]"'),
        (["a: {<<: {b: c}}"], "yaml-merge", 2, 5, "write the fields out"),
        (["a: {b: 1, b: 2}"], "duplicate-field", 2, 11, ONE_OR_LIST),
        (["a: [[[[[[[[[x]]]]]]]]]"], "yaml-depth", 2, 11, None),
        (["a:", "  - b: 1", "    b: 2"], "duplicate-field", 4, 5, ONE_OR_LIST),
        (["a: x", "b\uff1a y"], "yaml-syntax", 3, 1, "write b: y"),
    ],
)  # fmt: skip
def test_faults_of_yaml_are_explained_where_they_are(
    lines: list[str], code: str, line: int, column: int, hint: str | None
) -> None:
    text = "\n".join(["---", *lines, "---", "text"])
    found = only(text)
    assert (found.code, found.span.line, found.span.column) == (code, line, column)
    assert hint is None or found.hint == hint


@pytest.mark.parametrize("line", ['a: "C:\\x"', 'a: "x\\ud800"'])
def test_a_backslash_is_told_of_and_not_the_quotes_around_it(line: str) -> None:
    found = only(f"---\n{line}\n---\ntext")
    assert found.message == "between double quotes, a \\ and what is behind it are not read as text"
    assert found.hint == "write " + line.replace('"', "'")


@pytest.mark.parametrize(
    ("lines", "line", "hint"),
    [
        (["a: x", "y z", "y", "b: y"], 3, GOING_ON),
        (["a: x", "  y", "z", "  y"], 4, GOING_ON),
        (["a:", "https://example.org/"], 2, GOING_ON),
        (["a: • x", "• y", "b: z"], 3, GOING_ON),
        (["a: [x]", "y z"], 3, GOING_ON),
        (["a: x", "y #z: y"], 3, None),
        (["a: x", "title y"], 3, "write title: y"),
        (["a: x", "y = z"], 3, "write y: z"),
        (["y z", "a: x"], 2, "write y: z"),
    ],
)
def test_text_at_the_left_edge_is_told_once_and_not_taken_for_a_field(
    lines: list[str], line: int, hint: str | None
) -> None:
    text = "\n".join(["---", *lines, "---", "text"])
    (found,) = read_document(Source("x.md", text.encode(), ""), ("title", "added")).diagnostics
    assert (found.code, found.span.line) == ("yaml-syntax", line)
    assert hint is None or found.hint == hint


def test_hint_is_yaml_that_can_be_read() -> None:
    for value in ("We're hiring: x", 'a "b": c', "C:\\ x: y", "it's: a 'b'"):
        hint = only(f"---\na: {value}\n---\n").hint
        assert hint is not None
        assert yaml.safe_load(hint.removeprefix("write ")) == {"a": value}


def test_fault_without_a_place_is_explained_all_the_same() -> None:
    assert single_lines.fault_of("a: \x00") == (0, 0)


def test_field_that_cannot_be_read_hides_no_other() -> None:
    found = outcome("---\na: b: c\n  a\nd: x\ne: @y\n  e\nf: z\n---\n")
    assert found.value is not None
    assert (list(found.value.fields), found.value.broken) == (["d", "f"], {"a", "e"})
    assert [each.span.line for each in found.diagnostics] == [2, 5]


def test_a_line_is_read_as_what_is_told_to_write_there() -> None:
    lines = (
        "a: b: c\nd = x\ne: @y #3\ng: 'open\nh:\n  i: j: k\nl: {m: 1,000, n: o}\np:\n\u2022 q\n\u2022 r: s\n"
    )
    found = outcome(f"---\n{lines}---\n")
    assert found.value is not None
    values = {name: core_values(member.value) for name, member in found.value.fields.items()}
    mended = {
        "a": "b: c",
        "d": "x",
        "e": "@y #3",
        "g": "open",
        "h": {"i": "j: k"},
        "l": {"m": "1000", "n": "o"},
        "p": ["q", "r: s"],
    }
    assert (values, found.value.broken) == (mended, set())


def test_what_is_wrong_with_a_mended_value_is_told_in_place_of_how_it_is_mended() -> None:
    found = only_problem(deadline="Apply by: March 20, 2026")
    assert (found.code, found.hint, found.span) == ("deadline-form", "write 2026-03-20", (7, 11, 7, 35))
    assert only_problem(department="North: East").hint == 'write department: "North: East"'
    assert codes(titel="North: East", title=None) == ["unknown-field", "yaml-syntax"]


@pytest.mark.parametrize(
    ("lines", "place", "hint"),
    [
        (['title: "Organizer', "a: x", 'b: "y"', 'c: "z"'], (2, 8), 'write title: "Organizer"'),
        (["title: 'Organizer", "a: 'it''s'", "b: 'y'"], (2, 8), "write title: 'Organizer'"),
        (["tags:", '- "law', "- pay", 'b: "We & *you*: now"'], (3, 3), 'write - "law"'),
        (["apply:", '  subject: "Job', "  email: a@b.example", "c: 'z'"], (3, 12), 'write subject: "Job"'),
        (['title: "Organizer', '  Note: now"', "a: b: c"], (4, 5), 'write a: "b: c"'),
    ],
)
def test_quotes_that_do_not_close_are_told_where_they_open_and_once(
    lines: list[str], place: tuple[int, int], hint: str
) -> None:
    found = only("\n".join(["---", *lines, "---", "text"]))
    assert (found.code, (found.span.line, found.span.column), found.hint) == ("yaml-syntax", place, hint)


def test_spaces_that_lines_side_by_side_lack_are_told_at_once() -> None:
    found = outcome("---\nsalary:\n  min:62000\n  max:70000\n  period: year\n---\ntext\n").diagnostics
    assert [(each.span.line, each.hint) for each in found] == [
        (3, "write min: 62000"),
        (4, "write max: 70000"),
    ]


@pytest.mark.parametrize(
    ("lines", "places"),
    [
        (["a:", "   b: x", "  c: y", "  d: z"], [(3, 4)]),
        (["a:", "  b: x", "  c: y", "   d: z", " e: f"], [(5, 5), (6, 2)]),
        (["a:", "    - x", "  - y", "  - z"], [(3, 5)]),
        (["a:", "  - x", "  b: y", "c: d"], [(4, 3)]),
        (["a:", "  b x", "  **c:** y", "  d: z"], [(3, 3), (4, 3)]),
        (["title:x", "added = y"], [(2, 1), (3, 1)]),
        (['a: "x', 'y"', "b: c: d"], [(4, 5)]),
        (["a:", "  - b: c", "    d: e: f", "    g: h: i", "  - b: j"], [(4, 9), (5, 9)]),
        (["a: x", "\t", "b: y"], []),
        (["a: b: c", "How to apply: x"], [(2, 5)]),
        (["a:", "x y", "b: c: d"], [(2, 1), (4, 5)]),
        (['"a": "x",', '"b": true,', '"c": {"d": 1},', '"e": "y"'], [(2, 9), (4, 14)]),
        (["{", '"a": "x",', '"b": true,', "}"], []),
        (["a:", *(" " * n + "b:" for n in range(1, 300)), " " * 300 + "c: d: e"], [(302, 305)]),
    ],
)
def test_each_line_at_fault_is_told_and_no_other(lines: list[str], places: list[tuple[int, int]]) -> None:
    text = "\n".join(["---", *lines, "---", "text"])
    found = read_document(Source("x.md", text.encode(), ""), ("title", "added")).diagnostics
    assert [(each.span.line, each.span.column) for each in found if each.code == "yaml-syntax"] == places


def test_faults_are_all_told_at_once() -> None:
    found = outcome("---\n" + "".join(f"a{n}: b: c\n  a0\n" for n in range(100)) + "---\n")
    assert found.value is not None
    assert len(found.diagnostics) == 100
    assert len(found.value.broken) == 100


@pytest.mark.parametrize(
    "lines", ['a: "b\n' + "some words here\n" * 3900, "a: [b\n" * 3000 + "word\n" * 8000]
)
def test_faults_in_thousands_of_lines_are_found_in_moments(lines: str) -> None:
    start = process_time()
    assert read_text(f"---\n{lines}---\n").diagnostics
    assert process_time() - start < _MOMENTS


def test_deep_nesting_is_an_error_and_no_crash() -> None:
    for opening, closing in (("[", "]"), ("{a: ", "}"), ("- ", "")):
        found = outcome("---\na:\n  " + opening * 5000 + "x" + closing * 5000 + "\n---\n")
        assert found.diagnostics


def test_loader_in_python_gives_the_same_places(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "---\na: é☃ x\nb: [1, {c: d}]\ne: >\n  f\n\ng: h: i\nj: *k\n---\n"
    fast = outcome(text)
    for module in (composing, misread, single_lines):
        monkeypatch.setattr(module, "Loader", yaml.BaseLoader)
    slow = outcome(text)
    assert fast.value is not None
    assert slow.value is not None
    assert fast.diagnostics == slow.diagnostics
    for name in ("a", "b", "e"):
        assert fast.value.span(fast.value.fields[name].value) == slow.value.span(
            slow.value.fields[name].value
        )
    deep = outcome(f"---\na: {'[' * 600}{']' * 600}\n---\n")
    assert [each.code for each in deep.diagnostics] == ["yaml-depth"]


@pytest.mark.parametrize("line", ["&a: x", "*a", "!a x", "a: &b c"])
def test_a_byte_order_mark_below_the_fence_hides_nothing(line: str) -> None:
    found, plain = only(f"---\n\ufeff{line}\n---\n"), only(f"---\n{line}\n---\n")
    assert found == plain


PIECES = st.sampled_from(
    ["---\n", "title: ",
     "salary:", "\n", "  min: 3", " ", "- ", "[", "]", "{", "}", "&a", "*a", "!", "'", '"',
     ": ", "#", "|", ">",
     "\t", "apply: ", "location: ", "Hartford, CT", "deadline: ", "2026-01-26", "17:00", "tags", "\u2028",
     "\ufeff", "é", "😀", "x",
     "[email protected]", "<<: ", "? ", "\r\n", "`", "```\n", "![a](b)", "](", "\\", "%", "@"]
)  # fmt: skip


def assert_spans_inside(text: str, found: Outcome[Posting]) -> None:
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for each in found.diagnostics:
        span = each.span
        assert 1 <= span.line <= span.end_line <= len(lines)
        assert (span.line, span.column) <= (span.end_line, span.end_column)
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1
        assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 2


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_without_a_crash(data: bytes) -> None:
    read_posting(Source("a.md", data, ""), SETTINGS, REGISTER)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_front_matter_is_read_without_a_crash_and_places_lie_in_the_file(front: str) -> None:
    text = f"---\n{front}\n---\n\nText\n"
    found = read_text(text)
    assert (found.value is None) is any(each.severity == "error" for each in found.diagnostics)
    assert_spans_inside(text, found)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([row.name for row in FIELDS]), st.text(max_size=40))
def test_any_text_in_any_field_is_read_without_a_crash(name: str, value: str) -> None:
    quoted = "'" + value.replace("'", "''") + "'"
    text = text_of(**{name: quoted})
    assert_spans_inside(text, read_text(text))


def test_name_of_the_file_is_the_slug() -> None:
    posting = read_text(GOOD, "content/postings/2026/a-1.md").value
    assert posting is not None
    assert posting.slug == "a-1"
    for name, suggested in (
        ("Field Organizer.md", "field-organizer.md"),
        ("a--b.md", "a-b.md"),
        ("a.md.md", "a.md"),
        ("feed.xml.md", "feed-xml.md"),
        ("aux.md", "aux-c2cd99b8.md"),  # of a device on Windows
        ("É.md", "e.md"),
        (".md", None),
    ):
        (found,) = read_text(GOOD, f"content/postings/{name}").diagnostics
        assert found.code == "file-name"
        assert suggested is None or found.hint == f"rename it to {suggested}"
