"""Short closed forms of a field: yes and no, whole numbers, slugs, tags, languages.

Owns how each is written; refuses to know which field it is for.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from yaml.nodes import Node

from hiringhall.intake.forms import COMMAS, text
from hiringhall.intake.quoting import bracketed, plain
from hiringhall.intake.reading import Parser, Reading, nearest, suggestion
from hiringhall.policies.slugs import LONGEST_SLUG, SLUG_IN_WORDS, file_slug, is_slug

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?")
_LONGEST_TAG = 40
_SEVERAL = re.compile(r"[/,;&]|\s(?:and|y|et|und)\s", re.IGNORECASE)
_NEAR_NAME = 0.8
_NEAR_TAG = 0.8  # one that only sounds alike hides that there is a list of them
_SHORTEST_NAME, _SCRIPT = 4, 4  # letters of a language's name, and of a script such as Latn
_YES, _NO = ("true", "yes"), ("false", "no")


def yes_or_no(name: str, node: Node, reading: Reading) -> bool | None:
    """Parse true or false, or yes or no."""
    written = text(name, node, reading)
    lowered = (written or "").casefold()
    if written is None or lowered in _YES or lowered in _NO:
        return None if written is None else lowered in _YES
    reading.error(node, "unknown-value", f"{name} cannot be {written!r}", "write true or false")
    return None


def whole_number(code: str, least: int, most: int) -> Parser[int]:
    """Return the parser of a whole number from `least` to `most`; others are reported under `code`."""

    def parse(name: str, node: Node, reading: Reading) -> int | None:
        written = text(name, node, reading)
        if written is None:
            return None
        number = int(written) if re.fullmatch(r"\d{1,9}", written, re.ASCII) else None
        if number is None or not least <= number <= most:
            message = f"{name} must be a whole number from {least} to {most}, but is {written!r}"
            reading.error(node, code, message)
            return None
        return number

    return parse


def slug(name: str, node: Node, reading: Reading) -> str | None:
    """Parse an old slug of a posting or a page, which must not be its present one."""
    written = text(name, node, reading)
    if written is None:
        return None
    if len(written) > LONGEST_SLUG:
        message = f"{name} has {len(written)} characters; a file's name has at most {LONGEST_SLUG}"
        reading.error(node, "alias-form", message, "write the name the file had, without .md")
        return None
    if not is_slug(written):
        last = written.rstrip("/").rpartition("/")[2].removesuffix(".md")
        message = f"{written!r} is not a slug; it may have {SLUG_IN_WORDS}"
        reading.error(node, "alias-form", message, f"did you mean {file_slug(last)}?")
        return None
    if written == reading.slug:
        reading.error(node, "alias-taken", f"{written!r} is the file's own name", "delete it")
        return None
    return written


def tag(name: str, node: Node, reading: Reading) -> str | None:
    """Parse a tag: one of the site's own where it names any."""
    written = text(name, node, reading)
    if written is None:
        return None
    known = reading.settings.tags
    if known is not None:
        if written in known:
            return written
        label = next((tag for tag, label in known.items() if label.casefold() == written.casefold()), None)
        hint = f"did you mean {label}?" if label else suggestion(written, known, _NEAR_TAG)
        reading.error(node, "unknown-tag", f"{written!r} is not one of this site's tags", hint)
        return None
    words = [word.strip() for word in COMMAS.split(written) if word.strip()]
    if len(words) > 1:
        hint = f"write {bracketed(words)}"
        reading.error(node, "tag-form", f"{written!r} is more than one tag", hint)
        return None
    if written != written.lower() or len(written) > _LONGEST_TAG:
        hint = (
            f"write {plain(written.lower())}"
            if len(written) <= _LONGEST_TAG
            else f"use at most {_LONGEST_TAG} characters"
        )
        reading.error(node, "tag-form", f"{written!r} is not a tag; a tag is a few words in lower case", hint)
        return None
    return written


# The two-letter codes of ISO 639-1: nearly every tag is one of them, and Babel need not be asked.
_TWO_LETTERS = frozenset(
    (  # noqa: SIM905 - a list of them would fill pages
        "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de "
        "dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia "
        "id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo "
        "lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl "
        "ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti "
        "tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "
    ).split()
)


def language(name: str, node: Node, reading: Reading) -> str | None:
    """Parse the tag of a language by BCP 47, such as en or es-MX."""
    written = text(name, node, reading)
    if written is None or written == reading.settings.language or is_language(written):
        return written
    hint = language_hint(written)
    reading.error(node, "language", f"{name} is {written!r}, which is not a language code", hint)
    return None


@lru_cache(maxsize=256)
def is_language(tag: str) -> bool:
    """Say whether a tag is well-formed and its language is one that CLDR names."""
    if _LANGUAGE.fullmatch(tag) is None:
        return False
    first = tag.partition("-")[0]
    return first in _TWO_LETTERS or first in _language_names()


def language_hint(written: str) -> str:
    """Return how a language is written: by the code of its name, where that is what was written."""
    if _SEVERAL.search(written):
        return "write the one language the text is in; put those that the job asks for in languages"
    code = _code_of_name(written) or _recased(written)
    return f"did you mean {code}?" if code else "write its code, such as en for English or es for Spanish"


def _code_of_name(written: str) -> str | None:
    by_name = {name.casefold(): code for code, name in _language_names().items()}
    folded = written.casefold()
    found = by_name.get(folded) or _own_names().get(folded)
    if found or len(written) < _SHORTEST_NAME:
        return found
    near = nearest(written, by_name, _NEAR_NAME)
    return by_name[near] if near else None


def _recased(written: str) -> str | None:
    """Return "es_mx" as "es-MX", if that is a language."""
    first, *others = written.replace("_", "-").split("-")
    cased = (part.title() if len(part) == _SCRIPT else part.upper() for part in others)
    code = "-".join((first.lower(), *cased))
    return code if is_language(code) else None


@cache
def _language_names() -> dict[str, str]:
    """Return the English names of languages by code."""
    # Babel's tables take longer to load than a posting to read, and few postings name a language.
    from babel import Locale

    return {str(code): str(name) for code, name in Locale("en").languages.items()}


@cache
def _own_names() -> dict[str, str]:
    """Return the codes of languages by their own case-folded names, such as deutsch."""
    from babel import Locale
    from babel.localedata import locale_identifiers

    codes = _TWO_LETTERS.intersection(locale_identifiers())
    return {Locale(code).languages.get(code, code).casefold(): code for code in sorted(codes)}
