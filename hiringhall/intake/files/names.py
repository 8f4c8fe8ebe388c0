"""What files of content may be called, and which names are no content's.

Owns the names; refuses to know which files there are, and what they say.
"""

from __future__ import annotations

import os
import re
from pathlib import PurePosixPath

from hiringhall.diagnostics import Diagnostic, Span, error, warning
from hiringhall.engine.patterns import pattern
from hiringhall.policies.slugs import OF_A_DEVICE, SLUG_IN_WORDS, file_slug, is_device, is_slug, slug_rule

# Endings that a posting can have got by mistake; a picture beside the postings is nobody's posting.
_OF_TEXTS = (".md", ".markdown", ".mdown", ".mkd", ".txt", ".text", ".yaml", ".yml")
_OF_DOCUMENTS = (".html", ".htm", ".rtf", ".doc", ".docx", ".odt", ".pages")
# Names that stand in an address as they are, and are files on every system.
_LASTING_NAME = pattern(r"(?:[\w-](?:[\w.-]*[\w-])?/)*[\w-](?:[\w.-]*[\w-])?", re.ASCII)
# What Windows keeps about a folder, hidden only there; other systems' such files begin with a dot.
_OF_SYSTEMS = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini"})


def is_passing(name: str) -> bool:
    """Say whether a name is that of a program's own file or folder, which is no content.

    Such are hidden ones, an editor's backups, swap files and locks, and what systems keep about a folder.

    >>> [is_passing(name) for name in (".x.md.swp", "x.md~", "#x.md#", "~$x.docx", "x.md___jb_tmp___")]
    [True, True, True, True, True]
    >>> [is_passing(name) for name in ("Thumbs.db", "x.tmp", "x.md", "#3-hall.jpg")]
    [True, True, False, False]
    """
    return (
        name.startswith((".", "~$"))
        or name.endswith(("~", ".swp", ".swx", ".tmp", "___"))
        or (name[0] == name[-1] == "#")
        or name.casefold() in _OF_SYSTEMS
    )


def slug_of(path: str) -> str:
    """Return the slug that a posting's file names: its stem.

    >>> slug_of("content/postings/2026/organizer.md")
    'organizer'
    """
    return path.rpartition("/")[2].removesuffix(".md")


def check_name(path: str) -> tuple[Diagnostic, ...]:
    """Report a file whose name is not a slug, as an error at its first line (file-name)."""
    slug = slug_of(path)
    if is_slug(slug):
        return ()
    message = f"the file's name, {slug}.md, may {slug_rule(slug)}"
    meant = file_slug(slug.removesuffix(".md").replace("_", " ").replace(".", " "))
    return (error(path, Span(), "file-name", message, f"rename it to {meant}.md"),)


def ending_problem(name: str, path: str) -> Diagnostic | None:
    """Warn of a file that seems to be meant as a posting, but is not read for its ending (file-ending)."""
    if name.endswith(".md"):
        return None
    is_document = name.casefold().endswith(_OF_DOCUMENTS)
    is_text = "." not in name.rpartition("/")[2] or name.casefold().endswith(_OF_TEXTS)
    if not (is_document or is_text):
        return None
    message = "this file is not read: its name does not end in .md"
    copied = "copy its text into a new file whose name ends in .md"
    return warning(
        path, Span(), "file-ending", message, copied if is_document else "rename it so that it ends in .md"
    )


def published_name_problem(taken: dict[str, str], name: str, path: str) -> Diagnostic | None:
    """Report a name that cannot stand in an address, or that some systems take for another (file-name).

    `taken` are the names before it and those of their folders, by what systems may take them for.
    """
    if not _is_lasting(name):
        rule = "have letters A–Z and a–z, digits, dots, hyphens and _"
        rule = rule if not _LASTING_NAME.fullmatch(name) else OF_A_DEVICE
        hint = f"rename it to {'/'.join(map(lasting_name, name.split('/')))}"
        return error(path, Span(), "file-name", f"the name of a file that is published may {rule}", hint)
    for place in (name, *map(str, PurePosixPath(name).parents)):
        twin = taken.setdefault(place.casefold(), place)
        if twin != place:
            what = f"only capital letters tell {place} from {twin}"
            message = f"{what}: many systems take the two for one file"
            return error(path, Span(), "file-name", message, "rename one of them")
    return None


def lasting_name(name: str) -> str:
    """Return the name of a file or a folder that can stand in an address, like one that cannot.

    >>> lasting_name("Stellenausschreibung Müller (neu).PDF"), lasting_name("hall.jpg")
    ('stellenausschreibung-muller-neu.pdf', 'hall.jpg')
    """
    if _is_lasting(name):
        return name
    stem, dot, ending = name.rstrip(" .").rpartition(".")
    return f"{file_slug(stem)}.{file_slug(ending)}" if dot else file_slug(ending)


def _is_lasting(name: str) -> bool:
    return _LASTING_NAME.fullmatch(name) is not None and not any(map(is_device, name.split("/")))


def encoding_problem(name: str, path: str) -> Diagnostic | None:
    """Report a name that is not text: bytes that are none stand in it as halves of characters (file-name)."""
    try:
        name.encode()
    except UnicodeEncodeError:
        readable = os.fsencode(path).decode("utf-8", "backslashreplace")
        message = "the file's name is not UTF-8 text"
        return error(readable, Span(), "file-name", message, f"rename it; use {SLUG_IN_WORDS}")
    return None
