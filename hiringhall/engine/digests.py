"""Digests that name inputs: equal digests mean equal inputs.

Owns the hash and how values are joined for it; refuses to know what the values are.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path

from hiringhall.engine import zone_table

SIZE = 16  # bytes
_SHORT = 8  # bytes for each input in a key: two inputs of one path collide by accident once in 2**64
_PACKAGE = Path(__file__).parent.parent
# What makes bytes of the site, as the metadata folders of installed libraries write their names.
_LIBRARIES = frozenset(
    (
        *("babel", "comrak", "jinja2", "markdown_it_py", "markupsafe", "mdurl"),
        *("python_slugify", "pyyaml", "text_unidecode", "tzdata"),
    )
)
_INSTALLED = (".dist-info", ".egg-info")


def digest(*values: str) -> str:
    """Return 32 hex digits that name these strings in this order; file names need not be UTF-8.

    >>> digest("a", "b") == digest("ab"), len(digest())
    (False, 32)
    """
    joined = "\0".join((str(len(values)), *values)).encode("utf-8", "surrogatepass")
    return blake2b(joined, digest_size=SIZE).hexdigest()


def key_of(**inputs: str) -> str:
    """Return a key that names each of an output's inputs, so that two keys show which of them differ.

    >>> key_of(settings="a", posting="b")
    'settings=40f89e395b66422f posting=8472c2e34d854f75'
    """
    return " ".join([f"{name}={_short(value)}" for name, value in inputs.items()])


def extended(key: str, name: str, value: str) -> str:
    """Return a key that names one more input than another: by a digest, which is not hashed again.

    >>> extended(key_of(settings="a"), "posting", "8472c2e3")
    'settings=40f89e395b66422f posting=8472c2e3'
    """
    return f"{key} {name}={value}"


@lru_cache(maxsize=64)  # an output shares most inputs with the one before it
def _short(value: str) -> str:
    return blake2b(value.encode(), digest_size=_SHORT).hexdigest()


def changed_inputs(old: str, new: str) -> tuple[str, ...]:
    """Return the names of the inputs in which two keys differ, including those in only one key.

    >>> changed_inputs(key_of(settings="a", posting="b"), key_of(settings="a", posting="c"))
    ('posting',)
    """
    before, after = (dict(part.partition("=")[::2] for part in key.split()) for key in (old, new))
    return tuple(name for name in {**after, **before} if before.get(name) != after.get(name))


def digest_bytes(data: bytes) -> str:
    """Return 32 hex digits that name these bytes."""
    return blake2b(data, digest_size=SIZE).hexdigest()


def digest_files(folder: Path, *endings: str) -> str:
    """Return 32 hex digits that name the files below `folder` with one of the endings: paths and bytes.

    Without endings, that is every file.
    """
    walked = (f"{at}/{name}" for at, _, names in os.walk(folder) for name in names)
    paths = sorted(path for path in walked if path.endswith(endings or "") and os.path.isfile(path))
    start = len(f"{folder}/")
    return digest(*(f"{path[start:].replace(os.sep, '/')} {digest_file(path)}" for path in paths))


def digest_file(path: Path | str) -> str:
    """Return a file's digest, or nothing if it cannot be read, which is reported when it is needed."""
    try:
        with open(path, "rb", buffering=0) as whole:
            return digest_bytes(whole.read())
    except OSError:
        return ""


@cache
def program_key() -> str:
    """Return the digest of this program's code and what runs it: another version makes everything again."""
    python = (sys.implementation.name, *map(str, sys.version_info))
    return digest(digest_files(_PACKAGE, ".py", ".json"), *python, *libraries(), zone_table.version())


def libraries() -> list[str]:
    """Return the names and versions of the installed libraries that make bytes of the site.

    They are read from folder names: importlib.metadata takes a tenth of a build with nothing to do.
    """
    found = set[str]()
    for folder in sys.path:
        with suppress(OSError):
            found.update(name for name in os.listdir(folder or ".") if name.endswith(_INSTALLED))
    return sorted(name for name in found if _library(name) in _LIBRARIES)


def _library(name: str) -> str:
    return name.partition("-")[0].lower().replace(".", "_")
