"""Short closed forms of a field: yes and no, whole numbers, slugs, tags, languages.

Owns how each is written; refuses to know which field it is for.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from hiringhall.intake.forms import COMMAS, Problem, of_text
from hiringhall.intake.quoting import bracketed, plain
from hiringhall.intake.reading import Parser, Reading, nearest, suggestion
from hiringhall.policies.slugs import LONGEST_SLUG, SLUG_IN_WORDS, file_slug, is_slug

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?")
_LONGEST_TAG = 40
_SEVERAL_TAGS = re.compile(rf"{COMMAS.pattern}|[/&|\s]|\b(?:and|or)\b")
_SEVERAL = re.compile(r"[/,;&]|\s(?:and|y|et|und)\s", re.IGNORECASE)
_NEAR_NAME = 0.8
_NEAR_TAG = 0.8  # one that only sounds alike hides that there is a list of them
_SHORTEST_NAME, _SCRIPT = 4, 4  # letters of a language's name, and of a script such as Latn
_YES_OR_NO = {"true": True, "yes": True, "false": False, "no": False}


@of_text
def yes_or_no(name: str, written: str, _reading: Reading) -> bool | Problem:
    """Parse true or false, or yes or no."""
    found = _YES_OR_NO.get(written.casefold())
    if found is None:
        return Problem("unknown-value", f"{name} cannot be {written!r}", "write true or false")
    return found


def whole_number(code: str, least: int, most: int) -> Parser[int]:
    """Return the parser of a whole number from `least` to `most`; others are reported under `code`."""

    @of_text
    def parse(name: str, written: str, _reading: Reading) -> int | Problem:
        number = int(written) if re.fullmatch(r"\d{1,9}", written, re.ASCII) else -1
        if least <= number <= most:
            return number
        return Problem(code, f"{name} must be a whole number from {least} to {most}, but is {written!r}")

    return parse


@of_text
def slug(name: str, written: str, reading: Reading) -> str | Problem:
    """Parse an old slug of a posting or a page, which must not be its present one."""
    if len(written) > LONGEST_SLUG:
        message = f"{name} has {len(written)} characters; a file's name has at most {LONGEST_SLUG}"
        return Problem("alias-form", message, "write the name the file had, without .md")
    if not is_slug(written):
        last = written.rstrip("/").rpartition("/")[2].removesuffix(".md")
        message = f"{written!r} is not a slug; it may have {SLUG_IN_WORDS}"
        return Problem("alias-form", message, f"did you mean {file_slug(last)}?")
    if written == reading.slug:
        return Problem("alias-taken", f"{written!r} is the file's own name", "delete it")
    return written


@of_text
def tag(_name: str, written: str, reading: Reading) -> str | Problem:
    """Parse a tag: one of the site's own where it names any."""
    known = reading.settings.tags
    if known is not None:
        if written in known:
            return written
        label = next((tag for tag, label in known.items() if label.casefold() == written.casefold()), None)
        words = [word for word in _SEVERAL_TAGS.split(written) if word]
        if label is None and len(words) > 1 and known.keys() >= {*words}:
            return Problem("tag-form", f"{written!r} is more than one tag", f"write {bracketed(words)}")
        hint = f"did you mean {label}?" if label else suggestion(written, known, _NEAR_TAG)
        return Problem("unknown-tag", f"{written!r} is not one of this site's tags", hint)
    words = [word.strip() for word in COMMAS.split(written) if word.strip()]
    if len(words) > 1:
        return Problem("tag-form", f"{written!r} is more than one tag", f"write {bracketed(words)}")
    if written != written.lower() or len(written) > _LONGEST_TAG:
        hint = (
            f"write {plain(written.lower())}"
            if len(written) <= _LONGEST_TAG
            else f"use at most {_LONGEST_TAG} characters"
        )
        return Problem("tag-form", f"{written!r} is not a tag; a tag is a few words in lower case", hint)
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


@of_text
def language(name: str, written: str, reading: Reading) -> str | Problem:
    """Parse the tag of a language by BCP 47, such as en or es-MX."""
    if written == reading.settings.language or is_language(written):
        return written
    message = f"{name} is {written!r}, which is not a language code"
    return Problem("language", message, language_hint(written))


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
    code = _recased(written)
    if not is_language(code):
        names = _codes_by_name()
        code = names.get(written.casefold(), "")
        if not code and len(written) >= _SHORTEST_NAME and (near := nearest(written, names, _NEAR_NAME)):
            code = names[near]
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

    codes = sorted(_TWO_LETTERS.intersection(locale_identifiers()))
    own = {Locale(code).languages.get(code, code).casefold(): code for code in codes}
    return own | {name.casefold(): code for code, name in _language_names().items()}
