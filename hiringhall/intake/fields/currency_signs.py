"""Which currency the sign beside a figure stands for, such as $, NZ$, kr or CAD.

Owns how signs are told apart, with what the Unicode CLDR knows of them; refuses to read the figures. A sign
that many currencies share is the site's own where that has it, and else only a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.countries import currencies
from hiringhall.wording import locale_of

_AS_OF = date(2026, 1, 1)  # countries change their money, and what is read must not depend on the clock
_BARE = r"[$\u00a3\u00a5\uffe5\u20a0-\u20cf]"
_LETTERS = pattern(r"([A-Z]*)\s?(.*)")
_LEAST_LETTERS = 2  # M, S and L are signs, too, and may stand for anything
_OTHER_LETTERS = {"CDN": "CAD", "CAN": "CAD"}  # what people put before $ and the CLDR does not know


class Meant(NamedTuple):
    """The currency that signs stand for, and whether it can be no other."""

    code: str
    is_sure: bool


def sign_form(home: str) -> str:
    """Return the regular expression of a sign or a code; `home` is the site's currency, in ISO 4217."""
    own = _own_sign(home)
    forms = [rf"(?:[A-Z]{{1,3}}\s?)?{_BARE}", r"\b[A-Z]{3}\b"]
    if len(own) >= _LEAST_LETTERS and own.isalpha():
        forms.append(rf"\b(?i:{re.escape(own)})\b\.?")
    return "|".join(forms)


def currency_of(signs: Iterable[str], home: str) -> Meant | None:
    """Return what signs of currencies beside one another stand for, or None if one is unknown or two differ.

    >>> currency_of(["NZ$"], "USD"), currency_of(["$"], "CAD"), currency_of(["C$"], "CAD")
    (Meant(code='NZD', is_sure=True), Meant(code='CAD', is_sure=True), Meant(code='CAD', is_sure=True))
    >>> currency_of(["$"], "EUR"), currency_of(["$", "USD"], "CAD"), currency_of(["C$"], "USD")
    (Meant(code='USD', is_sure=False), Meant(code='USD', is_sure=True), None)
    """
    parted = [_parted(sign, home) for sign in signs]
    named: set[str | None] = {_named(letters, sign, home) for letters, sign in parted if letters}
    bare = {sign for letters, sign in parted if not letters}
    if len(named or bare) != 1:
        return None
    (code,) = named or {_shared(sign, home) for sign in bare}
    if code is None or not all(_bears(code, sign) for sign in bare):
        return None
    return Meant(code, is_sure=bool(named) or code == home)


def used_in(country: str) -> str:
    """Return the currency in which people of a country (alpha-2) are paid, or nothing if none is known.

    >>> used_in("NA"), used_in("DE"), used_in("AQ")
    ('NAD', 'EUR', '')
    """
    used = all_used_in(country)
    # Where two are in use, that of a larger neighbor can come first.
    return min(used, key=lambda code: not code.startswith(country), default="")


def all_used_in(country: str) -> list[str]:
    """Return all currencies in which people of a country (alpha-2) may be paid."""
    from babel.numbers import get_territory_currencies

    return [code for code in get_territory_currencies(country, _AS_OF) if code in currencies()]


def _parted(sign: str, home: str) -> tuple[str, str]:
    """Return the letters of a sign that name a country or a currency, and the rest of it."""
    plain = normalize("NFKC", sign).rstrip(".")
    if plain.casefold() == _own_sign(home).casefold():
        return "", _own_sign(home)
    letters, rest = _LETTERS.fullmatch(plain).groups()  # type: ignore[union-attr]
    return letters, rest


def _named(letters: str, sign: str, home: str) -> str | None:
    """Return the only currency that a sign with letters before it names.

    The first letter of its country names a dollar only at home: C$ is that of Canada, and elsewhere money of
    Nicaragua, too.
    """
    code = _OTHER_LETTERS.get(letters, letters)
    if code in currencies():
        return code if _bears(code, sign) else None
    english = {code for code in currencies() if _english_sign(code) == letters + sign}
    found = english or {code for code in currencies() if code[:-1] == letters and _bears(code, sign)}
    if not found and sign == "$" and home.startswith(letters) and _english_name(home).endswith("dollar"):
        return home
    return found.pop() if len(found) == 1 else None


def _shared(sign: str, home: str) -> str | None:
    """Return the site's currency if a sign is its own, or else the one that English gives it to."""
    own = _own_sign(home)
    if sign == own or (own.endswith(sign) and _is_dollar_or_peso(home)):
        return home
    return next((code for code in currencies() if _english_sign(code) == sign), None)


def _bears(code: str, sign: str) -> bool:
    """Say whether a sign without letters can stand beside the code of a currency."""
    return sign in _own_sign(code) or sign in _english_sign(code)


def _is_dollar_or_peso(code: str) -> bool:
    """Say whether $ alone is a sign of a currency, also where people put letters before it."""
    return _english_name(code).endswith(("dollar", "peso"))


def _english_name(code: str) -> str:
    name: str = locale_of("en").currencies.get(code, "")
    return name.casefold()


def _english_sign(code: str) -> str:
    sign: str = locale_of("en").currency_symbols.get(code, "")
    return sign


@cache
def _own_sign(code: str) -> str:
    """Return a currency's sign as it is written where it is used, which is simply $ in Canada.

    The codes of currencies that belong to one country begin with that country's own (ISO 4217).
    """
    from babel import UnknownLocaleError
    from babel.core import get_global

    for country in (code[:2], *sorted(get_global("territory_currencies"))):
        if code in all_used_in(country):
            with suppress(UnknownLocaleError):  # the European Union is no place with a language
                sign = locale_of(f"und-{country}").currency_symbols.get(code, "")
                return normalize("NFKC", sign).rstrip(".")
    return ""
