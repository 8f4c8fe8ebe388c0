"""The compiled renderer makes no difference: wherever it is used, its result is that of the reference."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiringhall.intake.markdown import compiled, rendering
from tests.tools import npm_file

PIECES = st.sampled_from(
    [
        *("word", "two words", "**bold**", "*em*", "***both***", "*", "**", "a*b", "—*x*", "**€5**"),
        *("- ", "* ", "+ ", "1. ", "2) ", "10. ", "\n- ", "\n1. ", "\n   - ", "\n    - ", "x\n- y\n  z"),
        *("\n", "\n\n", "\n\n\n", "\n  ", "\n    ", "\n\n    ", "\n\n     ", "  \n", "\t", " ", "  "),
        *(
            "# ",
            "## ",
            "### ",
            "\n## ",
            "#",
            " #",
            "\n---\n",
            "\n===\n",
            "---",
            "***",
            "> ",
            "| a | b |",
            "\n| - |",
        ),
        *("[link](https://a.example/x?y=1)", "[link](https://a.example/x_y)", "[l](javascript:x)", "[l][r]"),
        *(
            "![link](https://a.example/x)",
            "<a@b.example>",
            "<https://a.example>",
            "<b>",
            *(
                "https://a.example",
                "http://a.example/x_y*z.",
                "HTTPS://a.example",
                "https:",
                "://",
                "https\\",
            ),
            "a@b.c",
        ),
        *(
            "é",
            "“q”",
            "’s",
            "—",
            "&",
            "&amp;",
            "&copy",
            "& ",
            '"',
            "'",
            "<",
            ">",
            "5 < 6",
            "$5",
            "\\*",
            "`c`",
            "~~s~~",
            "_u_",
        ),
        *(
            ":",
            "(",
            ")",
            "!",
            "-",
            "=",
            "+",
            "1",
            "2.",
            ",",
            ".",
            "[",
            "]",
            "[x]: https://a.example\n",
            "\u00a0",
        ),
    ]
)
BODIES = st.lists(PIECES, min_size=1, max_size=18).map("".join)


def agreement(body: str) -> tuple[str, str] | None:
    """Return what both renderers make of a body, or None if the compiled one leaves it alone."""
    fast = rendering._rendered_fast(body)
    return None if fast is None else (fast, rendering._rendered(body)[0])


@settings(max_examples=2500, deadline=None)
@given(BODIES)
def test_both_renderers_make_the_same_of_any_text(body: str) -> None:
    found = agreement(body)

    assert found is None or found[0] == found[1]


@settings(max_examples=500, deadline=None)
@given(st.text())
def test_both_renderers_make_the_same_of_any_characters(body: str) -> None:
    found = agreement(body)

    assert found is None or found[0] == found[1]


def commonmark_examples() -> list[str]:
    """Return the Markdown of every example in the CommonMark specification."""
    text = npm_file("commonmark-spec/spec.txt").read_text(encoding="utf-8")
    found = re.findall(r"^`{32} example\n(.*?)^\.\n", text, re.MULTILINE | re.DOTALL)
    return [example.replace("→", "\t") for example in found]


def test_both_renderers_make_the_same_of_the_examples_of_commonmark() -> None:
    examples = commonmark_examples()
    found = [agreement(example) for example in examples]
    compared = [each for each in found if each is not None]

    assert len(examples) > 600
    assert len(compared) > 50
    assert [each for each in compared if each[0] != each[1]] == []


PLAIN = """
## About us

We organize *well*, in **every** yard; read [our guide](https://example.org/guide?y=1).

- **Lead:** map the yard.
    - Who leads;
    - who is new.
- Win & hold.

1. Cover letter
2. Résumé

Write to <jobs@example.org> – soon.
"""


def test_a_plain_posting_is_rendered_by_the_compiled_one() -> None:
    found = agreement(PLAIN)

    assert found is not None
    assert found[0] == found[1]


@pytest.mark.parametrize(
    "body",
    [
        "a `code` word",
        "a | b\n- | -\n1 | 2",
        "> quoted",
        "~~gone~~",
        "# #",
        "Title\n===",
        "***",
        "![picture](https://example.org/x.png)",
        "&copy; 2026",
        "[a][b]\n\n[b]: https://example.org",
        "<b>bold</b>",
        "[x](javascript:alert)",
        "- \n\n\n- a",
        "**€5**",
        "hard  \nbreak",
        "see https://example.org",
        "[a](https://example.org) http://example.org",
        "[https://example.org](https://example.org)",
    ],
)
def test_all_else_is_left_to_the_reference(body: str) -> None:
    assert rendering._rendered_fast(body) is None


def test_without_the_package_the_reference_does_all_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = rendering.render(PLAIN)
    monkeypatch.setattr(compiled, "_renderer", lambda: None)

    assert rendering._rendered_fast(PLAIN) is None
    assert rendering.render(PLAIN) == fast
