"""Assets: addresses change with bytes, scripts stay together, a theme is a style sheet of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from hiringhall.engine.digests import digest_files
from hiringhall.pages import assets

FILES = {
    "css/site.css": b"a{}",
    "icons/icon.svg": b"<svg/>",
    "js/lib/x.js": b"",
    "js/main.js": b"import './lib/x.js'",
}


def paths(contents: dict[str, bytes]) -> dict[str, str]:
    return {name: asset.path for name, asset in assets.fingerprinted(contents).files.items()}


def test_a_file_moves_only_when_its_own_bytes_change() -> None:
    before, after = paths(FILES), paths(FILES | {"css/site.css": b"b{}"})
    assert {name for name in FILES if before[name] != after[name]} == {"css/site.css"}


def test_scripts_share_one_folder_that_any_of_them_moves() -> None:
    before, after = paths(FILES), paths(FILES | {"js/lib/x.js": b"1"})
    folder = before["js/main.js"].removesuffix("main.js")
    assert before["js/lib/x.js"] == f"{folder}lib/x.js"
    assert after["js/main.js"] != before["js/main.js"]
    assert after["css/site.css"] == before["css/site.css"]


def test_a_renamed_script_moves_the_folder() -> None:
    before = paths({"js/main.js": b"", "js/a.js": b"1"})
    after = paths({"js/main.js": b"", "js/b.js": b"1"})
    assert before["js/main.js"] != after["js/main.js"]


def test_the_key_follows_the_addresses() -> None:
    assert assets.fingerprinted(FILES).key == assets.fingerprinted(dict(FILES)).key
    assert assets.fingerprinted(FILES) == assets.fingerprinted(dict(reversed(FILES.items())))
    assert assets.fingerprinted(FILES).key != assets.fingerprinted(FILES | {"css/site.css": b""}).key


def test_files_of_programs_are_not_published(tmp_path: Path) -> None:
    for name in (".DS_Store", "css/site.css", "css/site.css~", "#x.js#", "images/Thumbs.db", ".git/config"):
        path = tmp_path / "assets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    assert list(assets.read_assets(tmp_path).files) == ["css/site.css"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no file has such a name")
@pytest.mark.parametrize(("name", "told"), [(b"m\xfcller.png", "m\\xfcller.png"), (b"a\nb.png", "a\nb.png")])
def test_a_name_that_no_list_of_files_can_hold_is_an_error(tmp_path: Path, name: bytes, told: str) -> None:
    folder = tmp_path / "assets"
    folder.mkdir()
    (folder / os.fsdecode(name)).write_bytes(b"x")
    (found,) = assets.read_assets(tmp_path).faults
    assert (found.code, found.path) == ("file-name", f"{folder.as_posix()}/{told}")
    assert digest_files(tmp_path)  # by which a build knows whether anything changed


def test_a_name_that_is_not_there_has_no_path() -> None:
    assert assets.fingerprinted(FILES).path("js/gone.js") is None


def sheet(text: str) -> tuple[str, tuple[tuple[str, int, str], ...]]:
    """Return a style sheet as published beside a font, and the missing files it asks for."""
    found = assets.fingerprinted({"css/own.css": text.encode(), "fonts/a b.woff2": b"font"})
    return found.files["css/own.css"].data.decode(), found.unmet


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("url(../fonts/a%20b.woff2)", "url(../fonts/a%20b.{}.woff2)"),
        ("url( '../fonts/./a%20b.woff2' )", "url( '../fonts/a%20b.{}.woff2' )"),
        ('url("../fonts/a%20b.woff2#iefix")', 'url("../fonts/a%20b.{}.woff2#iefix")'),
        ('URL("../fonts/a b.woff2")', 'URL("../fonts/a%20b.{}.woff2")'),
    ],
)
def test_a_style_sheet_finds_the_files_beside_it(written: str, published: str) -> None:
    mark = assets.digest_bytes(b"font")[:12]
    assert sheet(f"a {{ src: {written}; }}") == (f"a {{ src: {published.format(mark)}; }}", ())


@pytest.mark.parametrize(
    "written",
    [
        *("url(#a)", "url(data:font/woff2;base64,x)", "url('/a.png')", "/* url(x.png) */", "url()"),
        """url("data:image/svg+xml,<svg><path fill='url(%23a)'/></svg>")""",
        r'url("data:image/svg+xml,<path fill=\"url(%23a)\"/>")',
        *("content: 'write url(x.png)'", "--own-url(x)"),
    ],
)
def test_what_a_style_sheet_does_not_ask_of_the_files_beside_it_stays(written: str) -> None:
    assert sheet(written) == (written, ())


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("url(gone.png)", "css/gone.png"),
        ("url(../../x.png)", "../x.png"),
        ('@import "own.css";', "css/own.css"),
        ("@import url(own.css);", "css/own.css"),
        ("@IMPORT'own.css';", "css/own.css"),
        ('url("it\'s (gone).png")', "css/it's (gone).png"),
    ],
)
def test_what_a_style_sheet_asks_for_in_vain_is_told(written: str, asked: str) -> None:
    assert sheet(f"a {{}}\n{written}") == (f"a {{}}\n{written}", (("css/own.css", 2, asked),))


@pytest.mark.parametrize("name", ["css/site.css", "css/Own.CSS", "js/widget.css"])
def test_a_style_sheet_moves_with_what_it_asks_for(name: str) -> None:
    asking = FILES | {name: b"a { background: url(../icons/icon.svg) }"}
    assert paths(asking)[name] != paths(asking | {"icons/icon.svg": b"<g/>"})[name]


def test_outputs_are_the_bytes_of_each_file() -> None:
    found = assets.fingerprinted(FILES)
    made = {output.path: b"".join(output.chunks()) for output in map(assets.output, found.files.values())}
    assert made == {asset.path: asset.data for asset in found.files.values()}


def test_a_theme_sets_tokens_for_both_schemes() -> None:
    sheet = assets.theme_css({"accent": "#7a1f4b", "accent-dark": "#f0a6c4", "paper": "#fff"})
    assert sheet is not None
    light, dark = sheet.data.decode().splitlines()
    assert light == "@media screen and (prefers-color-scheme: light){:root{--accent:#7a1f4b;--paper:#fff}}"
    assert dark == "@media screen and (prefers-color-scheme: dark){:root{--accent:#f0a6c4}}"


def test_a_color_for_one_scheme_leaves_the_other_as_it_is() -> None:
    sheet = assets.theme_css({"accent": "#7a1f4b"})
    assert sheet is not None
    assert sheet.data == b"@media screen and (prefers-color-scheme: light){:root{--accent:#7a1f4b}}\n"


@pytest.mark.parametrize("theme", [None, {}])
def test_without_colors_there_is_no_style_sheet(theme: dict[str, str] | None) -> None:
    assert assets.theme_css(theme) is None
