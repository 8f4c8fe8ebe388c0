"""The files that pages load: style, scripts, icons, pictures, each at an address that changes with its bytes.

Owns fingerprints and the theme's small style sheet; refuses to know which page uses what.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from hiringhall.engine.digests import digest, digest_bytes, key_of
from hiringhall.model import File, Output

FOLDER = "assets"
STYLES = ("css/site.css", "css/filter.css")  # of every page
_SCRIPTS = "js/"
# Feeds link to it: at another address with every change, it would make every feed new to those who fetch it.
_LASTING = frozenset({"css/feed.css"})
_SHOWN = 12  # hex digits of a digest in an address: 48 bits, ample for a few files
_DARK = "-dark"


class Asset(NamedTuple):
    """One file: its name under `layouts/assets/`, its path under the site's root, its bytes."""

    name: str
    path: str
    data: bytes


class Assets(NamedTuple):
    """All files of `layouts/assets/`, by name; `key` names their addresses."""

    files: Mapping[str, Asset]
    key: str

    def path(self, name: str) -> str | None:
        """Return where the file of that name is published, or None where there is no such file."""
        found = self.files.get(name)
        return None if found is None else found.path


def read_assets(layouts: Path) -> Assets:
    """Read `layouts/assets/`; hidden files are left out. Raises OSError where a file cannot be read."""
    folder = layouts / FOLDER
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not _is_hidden(path, folder))
    return fingerprinted({path.relative_to(folder).as_posix(): path.read_bytes() for path in files})


def fingerprinted(contents: Mapping[str, bytes]) -> Assets:
    """Give each file its address.

    Scripts import each other by relative names, so they keep their names inside one folder that is named
    after all of them; any other file carries the digest of its own bytes, but for the style of feeds.

    >>> found = fingerprinted({"css/site.css": b"a{}", "js/main.js": b"import './x.js'", "js/x.js": b""})
    >>> [asset.path for asset in found.files.values()]  # doctest: +NORMALIZE_WHITESPACE
    ['assets/css/site.c026b76f54fa.css', 'assets/fd17b5681264/main.js', 'assets/fd17b5681264/x.js']
    """
    scripts = {name: digest_bytes(data) for name, data in contents.items() if _is_script(name)}
    together = digest(*scripts, *scripts.values())[:_SHOWN]
    files = {name: Asset(name, _address(name, data, together), data) for name, data in contents.items()}
    return Assets(files, digest(*(asset.path for asset in files.values())))


def theme_css(theme: Mapping[str, str] | None) -> Asset | None:
    """Return the style sheet that sets a site's own colours, or None where it has none.

    A token such as `accent` holds for the light scheme and `accent-dark` for the dark one: a colour that
    can be read on one ground seldom can on the other.
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
    return Asset("css/theme.css", _address("css/theme.css", data, ""), data)


def outputs(assets: Iterable[Asset]) -> Iterator[Output]:
    """Yield the files to publish."""
    for asset in assets:
        yield File(asset.path, partial(_key, asset), partial(_whole, asset))


def _key(asset: Asset) -> str:
    return key_of(layouts=digest_bytes(asset.data))


def _whole(asset: Asset) -> tuple[bytes]:
    return (asset.data,)


def _tokens(colors: Mapping[str, str]) -> str:
    return ";".join(f"--{token}:{color}" for token, color in colors.items())


def _address(name: str, data: bytes, together: str) -> str:
    if name in _LASTING:
        return f"{FOLDER}/{name}"
    if _is_script(name):
        return f"{FOLDER}/{together}/{name.removeprefix(_SCRIPTS)}"
    stem, dot, suffix = name.rpartition(".")
    mark = digest_bytes(data)[:_SHOWN]
    return f"{FOLDER}/{stem}.{mark}.{suffix}" if dot else f"{FOLDER}/{name}.{mark}"


def _is_script(name: str) -> bool:
    return name.startswith(_SCRIPTS)


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)
