"""The languages of postings and pages, by the codes of BCP 47.

Owns which codes are languages and what people write in their stead; refuses to know what is written in them.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.forms import Problem, of_text
from hiringhall.intake.fields.reading import Reading

_LANGUAGE = pattern(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?")
_SEVERAL = pattern(r"[/,;&]|\s(?:and|y|et|und)\s", re.IGNORECASE)
_SCRIPT, _CODE = 4, 2  # letters of a script such as Latn, and of nearly all languages' codes


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
    """Say whether a tag is well-formed and its language is one that CLDR names."""
    if _LANGUAGE.fullmatch(tag) is None:
        return False
    return tag.partition("-")[0] in _language_names()


def language_hint(written: str) -> str:
    """Return how a language is written: by the code of its name, where that is what was written."""
    if _SEVERAL.search(written):
        return "write the one language the text is in; put those that the job asks for in languages"
    code = _codes_by_name().get(written.casefold())
    return f"did you mean {code}?" if code else "write its code, such as en for English or es for Spanish"


def _recased(written: str) -> str:
    """Return "es_mx" as "es-MX"."""
    first, *others = written.replace("_", "-").split("-")
    cased = (part.title() if len(part) == _SCRIPT else part.upper() for part in others)
    return "-".join((first.lower(), *cased))


@cache
def _language_names() -> dict[str, str]:
    """Return the English names of languages by code."""
    # Babel's tables take longer to load than a posting to read, and few postings name a language.
    from babel import Locale

    return {str(code): str(name) for code, name in Locale("en").languages.items()}


@cache
def _codes_by_name() -> dict[str, str]:
    """Return the codes of languages by their case-folded names: the English ones, and their own."""
    from babel import Locale
    from babel.localedata import locale_identifiers

    codes = sorted(code for code in locale_identifiers() if len(code) == _CODE)
    own = {Locale(code).languages.get(code, code).casefold(): code for code in codes}
    return own | {name.casefold(): code for code, name in _language_names().items()}
