"""The languages of postings and pages, by the codes of BCP 47.

Owns which codes are languages and what people write in their stead; refuses to know what is written in them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from hiringhall.engine.patterns import pattern
from hiringhall.intake import words
from hiringhall.intake.fields.forms import Problem, of_text
from hiringhall.intake.fields.reading import Reading
from hiringhall.wording import locale_of

_LANGUAGE = pattern(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[A-Z][a-z]{3}))?(?:-(?P<region>[A-Z]{2}|\d{3}))?"
)
_SEVERAL = pattern(r"[/,;&]|\s(?:and|y|et|und)\s", re.IGNORECASE)
_SCRIPT = 4  # letters of a script such as Latn


@of_text
def language(name: str, written: str, reading: Reading) -> str | Problem:
    """Parse the tag of a language by BCP 47, such as en or es-MX, in any letter case, to its usual one."""
    if written == reading.settings.language or is_language(written):
        return written
    if is_language(code := _recased(written)):
        return code
    message = f"{name} is {written!r}, which is not a language code"
    return Problem("language", message, language_hint(written))


@lru_cache(maxsize=256)
def is_language(tag: str) -> bool:
    """Say whether a tag is well-formed, and its language, script and region are among those that CLDR names.

    >>> is_language("en-GB"), is_language("es-419"), is_language("en-UK")
    (True, True, False)
    """
    found = _LANGUAGE.fullmatch(tag)
    if found is None:
        return False
    others = {found["script"], found["region"]} - {None}
    return found["language"] in _language_names() and others <= _scripts_and_regions()


def language_hint(written: str) -> str:
    """Return how a language is written: by the code of its name, where that is what was written."""
    if _SEVERAL.search(written):
        return "write the one language of the text; in a posting, those that the job asks for go in languages"
    if is_language(usual := _usual(written)):
        return f"did you mean {usual}?"
    code = _codes_by_name().get(written.casefold())
    return f"did you mean {code}?" if code else "write its code, such as en for English or es for Spanish"


def _recased(written: str) -> str:
    """Return "es_mx" as "es-MX"."""
    first, *others = written.replace("_", "-").split("-")
    cased = (part.title() if len(part) == _SCRIPT else part.upper() for part in others)
    return "-".join((first.lower(), *cased))


def _usual(written: str) -> str:
    """Return "en-UK" as "en-GB", "spa" as "es" and "en_US.UTF-8" as "en-US"."""
    from babel.core import get_global

    first, *others = _recased(written.partition(".")[0]).split("-")
    languages, regions = get_global("language_aliases"), get_global("territory_aliases")
    return "-".join((languages.get(first, first), *(regions.get(part, [part])[0] for part in others)))


@cache
def _scripts_and_regions() -> frozenset[str | None]:
    """Return the codes of scripts, of countries and of larger regions."""
    return frozenset((*locale_of("en").scripts, *locale_of("en").territories))


@cache
def _language_names() -> dict[str, str]:
    """Return the English names of languages by code."""
    return {str(code): str(name) for code, name in locale_of("en").languages.items()}


@cache
def _codes_by_name() -> dict[str, str]:
    """Return the codes of languages by their case-folded names: the English ones, and their own of some."""
    english = {name.casefold(): code.replace("_", "-") for code, name in _language_names().items()}
    return {**words.meanings("languages"), **english}
