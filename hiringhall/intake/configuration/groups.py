"""The settings that are groups of lines: a site's tags, words that mean the same, and former addresses.

Owns how each line is written; refuses to know which postings have a tag, how words are searched for, and
which pages there are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.forms import COMMAS, SET_IN, Problem, of_text, stated, text
from hiringhall.intake.fields.reading import Reading, is_blank
from hiringhall.intake.frontmatter.quoting import bracketed, plain
from hiringhall.intake.words import says_nothing
from hiringhall.policies.addresses import FILES, OWN_FOLDERS, POSTINGS
from hiringhall.policies.slugs import is_slug, term_slug
from hiringhall.policies.words import words_of

_EXAMPLE = "RN = registered nurse"
_LONGEST = 8  # in a line: a search for one looks all of them up
_HOST = pattern("^https?://[^/]*")
_PAGE = pattern(r"(?<!\bindex)\.(?:md|html?)$")
_BRACES = "put { and } in place of [ and ]"


def tags(name: str, node: Node, reading: Reading) -> Mapping[str, str] | None:
    """Parse the site's own tags: lines of the form `law: Law and policy`, or a list of them without words."""
    pairs: list[tuple[Node, Node]] = node.value
    if not isinstance(node, MappingNode):
        if not isinstance(node, SequenceNode) or any(isinstance(each, MappingNode) for each in node.value):
            _refuse_tags(name, node, reading)
            return None
        pairs = [(each, each) for each in node.value]
    found: dict[str, str] = {}
    slugs: dict[str, str] = {}
    for key, value in pairs:
        tag = text(name, key, reading)
        label = tag if value is key or is_blank(value) else stated(f"{name}.{tag}", value, reading)
        if tag is None or label is None:
            continue
        problem = _tag_problem(tag, slugs)
        if problem:
            reading.error(key, *problem)
        else:
            found[tag] = label
    return found or None  # an empty list is none


def _refuse_tags(name: str, node: Node, reading: Reading) -> None:
    """Report tags as one text, or as a list with words that readers see."""
    words = [word.strip().lower() for word in COMMAS.split(str(node.value)) if word.strip()]
    if all(map(says_nothing, words)):
        hint = "delete the line"
    elif node.end_mark.line > node.start_mark.line:
        hint = "write each on a line of its own, as in law: Law and policy, without a hyphen before it"
    else:
        hint = f"write {name}: {bracketed(words)}" if isinstance(node, ScalarNode) else _BRACES
    reading.error(node, "setting-tags", f"{name} must be lines of the form tag: words readers see", hint)


def _tag_problem(tag: str, slugs: dict[str, str]) -> Problem | None:
    """Return what is wrong with a tag; `slugs` leads from the slugs of those before it to them."""
    other = slugs.setdefault(term_slug(tag), tag)
    if tag.startswith("/"):
        message = f"{tag!r} is an address, not a tag"
        return Problem("setting-tags", message, "put it below a line redirects: that starts at the left edge")
    if tag != tag.lower():
        return Problem("setting-tags", f"the tag {tag!r} must be in lower case", f"write {tag.lower()}")
    if other != tag:
        message = f"the tags {other!r} and {tag!r} would have the same address"
        return Problem("setting-tags", message, "keep one of them")
    return None


def synonyms(name: str, node: Node, reading: Reading) -> tuple[tuple[str, ...], ...] | None:
    """Parse lines of the form `- RN = registered nurse`; return the words of each."""
    if not isinstance(node, SequenceNode):
        message = f"{name} must be lines of words that mean the same"
        hint = f"below {name}:, write lines such as - {_EXAMPLE}, or delete it"
        reading.error(node, "setting-synonyms", message, hint)
        return None
    lines = [_line(f"{name}[{place}]", each, reading) for place, each in enumerate(node.value)]
    return tuple(line for line in lines if line)


def _line(name: str, node: Node, reading: Reading) -> tuple[str, ...] | None:
    """Parse a line; one that is a list or a mapping has its words apart already."""
    if isinstance(node, ScalarNode):
        return _of_text(name, node, reading)
    parts = [part for pair in node.value for part in (pair if isinstance(node, MappingNode) else (pair,))]
    words = [part.value for part in parts if isinstance(part, ScalarNode) and part.value]
    message = "words that mean the same must be one text, with = between them"
    reading.error(node, "not-text", message, f"write {plain(' = '.join(words) if words[1:] else _EXAMPLE)}")
    return None


@of_text
def _of_text(_name: str, written: str, _reading: Reading) -> tuple[str, ...] | Problem:
    if COMMAS.search(written):
        message = f"{written!r} has a comma in it, which parts nothing"
        return Problem(
            "setting-synonyms", message, f"put = between words that mean the same, as in {_EXAMPLE}"
        )
    return same_words(written)


def same_words(written: str) -> tuple[str, ...] | Problem:
    """Return the words of a line, or what is wrong with it.

    >>> same_words("RN = registered nurse")
    ('RN', 'registered nurse')
    """
    same = tuple(map(str.strip, written.split("=")))
    if len(same) == 1:
        message = f"{written!r} has no = between words that mean the same"
        return Problem("setting-synonyms", message, f"write them as in {_EXAMPLE}")
    if "" in same:
        message = f"{written!r} has a = without words on both of its sides"
        return Problem("setting-synonyms", message, f"write them as in {_EXAMPLE}")
    if len(same) > _LONGEST:
        message = (
            f"a line of {len(same)} words that mean the same is too long; at most {_LONGEST} are allowed"
        )
        return Problem("setting-synonyms", message, "keep those that people search for")
    known: dict[tuple[str, ...], str] = {}
    for each in same:
        words = tuple(words_of(each))
        if not words:
            return Problem(
                "setting-synonyms", f"{each!r} in {written!r} has no word of two letters or more", "delete it"
            )
        other = known.setdefault(words, each)
        if other is not each:
            message = f"{other!r} and {each!r} are the same to the search already"
            return Problem("setting-synonyms", message, "keep one of them")
    return same


def redirects(name: str, node: Node, reading: Reading) -> Mapping[str, str] | None:
    """Parse lines of the form `/tags/legal/: /tags/law/`; return folders, present by former."""
    if not isinstance(node, MappingNode):
        message = f"{name} must be lines of the form /tags/legal/: /tags/law/"
        hint = f"{SET_IN}; or, if nothing has moved, delete the line"
        reading.error(node, "redirect-form", message, hint)
        return None
    found: dict[str, tuple[str, Node]] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):  # which has been reported
            continue
        former, present = _folder(name, key, reading), _folder(f"{name}.{key.value}", value, reading)
        if former is not None and former.startswith(POSTINGS) and former != POSTINGS:
            message = f"/{former} is the address of a posting, which itself says what it was called before"
            hint = f"write aliases: [{former.split('/')[1]}] in the posting that took its place"
            reading.error(key, "redirect-form", message, hint)
        elif former is not None and present is not None:
            found[former] = present, value
    folders = {former: present for former, (present, _) in found.items()}
    for present, value in found.values():
        _check_end(present, value, folders, reading)
    return folders


@of_text
def _folder(name: str, written: str, reading: Reading) -> str | Problem:
    """Parse the address of a page, from the slash after the site's own to the one at its end."""
    meant, hint = _meant(written, reading), None
    if written == f"/{meant}":
        return meant
    file = re.split("[?#]", written)[0].rpartition("/")[2]
    if meant.startswith(FILES) and "." in file:
        hint = "pages alone lead on, and to pages: keep a copy of a file at its former address, too"
    if not meant and "?" in written:
        hint = "delete the line: of an address such as /?p=12, hosts see nothing behind the ?"
    if name == "redirects" and _PAGE.search(file) and not file.endswith(".md"):
        hint = "delete the line: only folders can lead on, and not an address that ends in .html"
    if not meant and not _HOST.sub("", written).startswith("/"):
        hint = "write the address of a page, as it stands behind that of the site"
    message = f"{written!r} does not have the form of a page's address, such as /tags/law/"
    return Problem("redirect-form", message, hint or f"write /{meant}")


def _meant(written: str, reading: Reading) -> str:
    """Return the folder of the page that an address means, below that of the site on its host."""
    path = _HOST.sub("", re.split("[?#]", unquote(written))[0])
    names = [name for name in _PAGE.sub("", path).split("/") if "." not in name and re.search(r"\w", name)]
    # A list's second page comes and goes with its postings, and would break a build by going.
    names = names[:-2] if names[-2:-1] == ["page"] else names
    folder = "".join(f"{name if is_slug(name) else term_slug(name)}/" for name in names)
    base_url = reading.document.fields.get("base_url")
    home = _HOST.sub("", str(base_url.value.value)).strip("/") + "/" if base_url else "/"
    return folder if _is_of_site(folder) else folder.removeprefix(home)


def _is_of_site(folder: str) -> bool:
    """Say whether the site has folders like this one, whatever is in them; below a posting there is none."""
    first, _, rest = folder.partition("/")
    return first in OWN_FOLDERS and (f"{first}/" != POSTINGS or rest.count("/") <= 1)


def _check_end(present: str, node: Node, folders: Mapping[str, str], reading: Reading) -> None:
    """Report an address that itself leads on, so that readers arrive in one step, and arrive."""
    end, passed = present, set()
    while end in folders and end not in passed:
        passed.add(end)
        end = folders[end]
    if end in passed:
        reading.error(node, "redirect-form", f"/{present} leads in a circle", "write where the page is now")
    elif passed:
        reading.error(node, "redirect-form", f"/{present} itself leads on to another page", f"write /{end}")
