"""The files that pages load: style, scripts, icons, pictures, each at an address that changes with its bytes.

Owns fingerprints, what style sheets ask for, and the theme's small style sheet; refuses to know which page
uses what.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

from hiringhall.diagnostics import Diagnostic, Span, error
from hiringhall.engine.digests import digest, digest_bytes, key_of
from hiringhall.engine.patterns import pattern
from hiringhall.intake.files.conflicts import merged
from hiringhall.intake.files.encoding import decoded
from hiringhall.intake.files.names import is_passing
from hiringhall.intake.files.sources import read_source, shown
from hiringhall.model import File, Output

FOLDER = "assets"
STYLES = ("css/site.css", "css/filter.css")  # of every page
_SCRIPTS = "js/"
_SHEET = ".css"
_WRITTEN = (".css", ".js", ".svg")  # what Git merges line by line
# A comment, a text, or what a style sheet asks for: its address up to a question mark or #.
_REFERENCE = pattern(
    rb"""
    /\*.*?\*/
    | (?:(?P<asks>@import|(?<![\w-])url\()\s*)? (?P<mark>["'])
      (?P<text>(?:\\.|(?!(?P=mark))[^?#\n])*) (?:\\.|(?!(?P=mark))[^\n])* (?P=mark)
    | (?<![\w-])url\(\s* (?P<bare>[^"'()\s?#]+)
    """,
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
# Control characters, and bytes that are not UTF-8: names have them after some archives are unpacked.
_UNFIT = pattern(r"[\x00-\x1f\x7f\ud800-\udfff]")
_ELSEWHERE = pattern(rb"/|[A-Za-z][A-Za-z0-9+.-]*:")
# Feeds link to it: if each change gave it a new address, every feed would be new to its readers.
_LASTING = frozenset({"css/feed.css"})
_SHOWN = 12  # hex digits of a digest in an address: 48 bits, ample for a few files
_DARK = "-dark"


class AssetError(LookupError):
    """A template asks for a file that is not there."""


class Asset(NamedTuple):
    """One file: its path under the site's root, and its bytes."""

    path: str
    data: bytes


class Assets(NamedTuple):
    """All files of `layouts/assets/`, by name; `key` names their addresses.

    `unmet` are files that style sheets ask for and that are missing: the sheet's name, the line, the file's
    name. `faults` are files that cannot be published; an unreadable one is among the files, and empty.
    """

    files: Mapping[str, Asset]
    key: str
    unmet: tuple[tuple[str, int, str], ...] = ()
    faults: tuple[Diagnostic, ...] = ()

    def path(self, name: str) -> str | None:
        """Return where the file of that name is published, or None if there is no such file."""
        found = self.files.get(name)
        return None if found is None else found.path


def no_asset(name: str) -> str:
    """Return the message about a file that is asked for and missing."""
    return f"there is no file {FOLDER}/{name}"


def read_assets(layouts: Path) -> Assets:
    """Read `layouts/assets/`, without programs' own files and those whose names are not text on one line."""
    folder = layouts / FOLDER
    found = ((path.relative_to(folder), path) for path in folder.rglob("*") if path.is_file())
    files = {name.as_posix(): path for name, path in found if not any(map(is_passing, name.parts))}
    faults = [_misnamed(files.pop(name)) for name in sorted(files) if _UNFIT.search(name)]
    contents: dict[str, bytes] = {}
    for name, path in files.items():
        source = read_source(path)
        faults += source.diagnostics
        if source.value and name.endswith(_WRITTEN):
            faults += merged(source.value, decoded(source.value)).diagnostics
        contents[name] = (source.value.data if source.value else None) or b""
    return fingerprinted(contents)._replace(faults=tuple(faults))


def _misnamed(path: Path) -> Diagnostic:
    readable = os.fsencode(shown(path)).decode("utf-8", "backslashreplace")
    message = "the file's name is not UTF-8 text of one line"
    return error(readable, Span(), "file-name", message, "rename it")


def fingerprinted(contents: Mapping[str, bytes]) -> Assets:
    """Give each file its address, ordered by name as text: each system orders paths in its own way.

    Scripts import each other by relative names, so they keep their names inside one folder that is named
    after all of them; any other file except the style of feeds has the digest of its own bytes in its name.
    What a style sheet asks for by a relative name, such as a font, gets its published address; other style
    sheets do not.

    >>> found = fingerprinted({"css/site.css": b"a{}", "js/main.js": b"import './x.js'", "js/x.js": b""})
    >>> [asset.path for asset in found.files.values()]  # doctest: +NORMALIZE_WHITESPACE
    ['assets/css/site.c026b76f54fa.css', 'assets/fd17b5681264/main.js', 'assets/fd17b5681264/x.js']
    """
    named = sorted(contents.items())
    scripts = {name: digest_bytes(data) for name, data in named if _is_script(name)}
    together = digest(*scripts, *scripts.values())[:_SHOWN]
    sheets = {name: data for name, data in named if _is_sheet(name)}
    paths = {name: _address(name, data, together) for name, data in named if name not in sheets}
    led = {name: _led(name, data, paths) if name in sheets else data for name, data in named}
    files = {name: Asset(_address(name, data, together), data) for name, data in led.items()}
    unmet = (
        (name, data.count(b"\n", 0, start) + 1, asked)
        for name, data in sheets.items()
        for start, _, asked in _references(name, data)
        if asked not in paths
    )
    return Assets(files, digest(*(asset.path for asset in files.values())), tuple(unmet))


def theme_css(theme: Mapping[str, str] | None) -> Asset | None:
    """Return the style sheet that sets a site's own colors, or None if it has none.

    A token such as `accent` is for the light scheme, and `accent-dark` for the dark one: a color that is
    readable on one background seldom is on the other.
    """
    colors = sorted((theme or {}).items())
    if not colors:
        return None
    light = {token: color for token, color in colors if not token.endswith(_DARK)}
    dark = {token.removesuffix(_DARK): color for token, color in colors if token.endswith(_DARK)}
    rules = (
        f"@media screen and (prefers-color-scheme: {scheme}){{:root{{{_tokens(found)}}}}}\n"
        for scheme, found in (("light", light), ("dark", dark))
        if found
    )
    data = "".join(rules).encode()
    return Asset(_address("css/theme.css", data, ""), data)


def output(asset: Asset) -> Output:
    """Return the file to publish."""
    return File(asset.path, lambda: key_of(layouts=digest_bytes(asset.data)), lambda: (asset.data,))


def _tokens(colors: Mapping[str, str]) -> str:
    return ";".join(f"--{token}:{color}" for token, color in colors.items())


def _references(sheet: str, data: bytes) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and file name of each relative address in a style sheet."""
    small = data.lower()
    asks = b"url(" in small or b"@import" in small  # few do, and looking for comments and texts takes longer
    for found in _REFERENCE.finditer(data) if asks else ():
        group = "text" if found["asks"] else "bare"
        address = found[group]
        if address and not _ELSEWHERE.match(address):
            written = unquote(address.decode("utf-8", "replace"))
            yield *found.span(group), posixpath.normpath(posixpath.join(posixpath.dirname(sheet), written))


def _led(sheet: str, data: bytes, paths: Mapping[str, str]) -> bytes:
    """Return a style sheet whose relative addresses are those where the files are published."""
    folder = posixpath.dirname(f"{FOLDER}/{sheet}")
    pieces, done = [], 0
    for start, end, name in _references(sheet, data):
        if name in paths:
            pieces += [data[done:start], quote(posixpath.relpath(paths[name], folder)).encode()]
            done = end
    return b"".join((*pieces, data[done:]))


def _address(name: str, data: bytes, together: str) -> str:
    if name in _LASTING:
        return f"{FOLDER}/{name}"
    if _is_script(name):
        return f"{FOLDER}/{together}/{name.removeprefix(_SCRIPTS)}"
    stem, dot, suffix = name.rpartition(".")
    mark = digest_bytes(data)[:_SHOWN]
    return f"{FOLDER}/{stem}.{mark}.{suffix}" if dot else f"{FOLDER}/{name}.{mark}"


def _is_script(name: str) -> bool:
    return name.startswith(_SCRIPTS) and not _is_sheet(name)


def _is_sheet(name: str) -> bool:
    return name.lower().endswith(_SHEET)
