"""Which currency the sign beside a figure stands for, such as $, NZ$, kr or CAD.

Owns how signs are told apart, with what the Unicode CLDR knows of them; refuses to read the figures. A sign
that many currencies share is the site's own where that has it, and else only a guess.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from hiringhall.engine.patterns import pattern
from hiringhall.wording import locale_of

_AS_OF = date(2026, 12, 1)  # countries change their money, and what is read must not depend on the clock
_SIGN = r"(?:[A-Z]{1,3}\s?)?[$\u00a3\u00a5\u20a0-\u20cf]|\b[A-Z]{3}\b"
_ALSO_PAID = {"SVC", "VED", "XAD"}  # which the CLDR has not as legal tender
_ALSO = {"CDN": "CAD"}  # which the CLDR does not know
_PARTS = pattern(r"([A-Z]*)\s?(.*)")


class Meant(NamedTuple):
    """The currency that signs stand for, and whether they name it: a sign alone may be another's abroad."""

    code: str
    is_named: bool

    def said_at(self, home: str) -> str:
        """Return the code, or nothing for a sign alone that is only taken for the site's currency, `home`."""
        return self.code if self.is_named or self.code != home else ""


def sign_form(home: str) -> str:
    """Return the regular expression of a sign or a code; `home` is the site's currency, in ISO 4217."""
    own = _own_sign(home)
    return rf"{_SIGN}|\b{own}\b\.?" if len(own) > 1 and own.isalpha() else _SIGN


def currency_of(signs: Iterable[str], home: str) -> Meant | None:
    """Return what signs of currencies beside one another stand for, or None if one is unknown or two differ.

    >>> currency_of(["NZ$"], "USD"), currency_of(["$"], "CAD"), currency_of(["C$"], "CAD")
    (Meant(code='NZD', is_named=True), Meant(code='CAD', is_named=False), Meant(code='CAD', is_named=False))
    >>> currency_of(["$"], "EUR"), currency_of(["$", "USD"], "CAD"), currency_of(["C$"], "USD")
    (Meant(code='USD', is_named=False), Meant(code='USD', is_named=True), None)
    """
    named: dict[str | None, bool] = {}
    bare: dict[str, str | None] = {}
    own = _own_sign(home).casefold()
    for sign in signs:
        letters, mark = _PARTS.fullmatch(sign.rstrip(".")).groups()  # type: ignore[union-attr]
        is_own = letters + mark != home and (letters + mark).casefold() == own
        if letters and not is_own:
            code = _named(_ALSO.get(letters, letters), mark)
            is_short = mark == "$" and home.startswith(letters) and _is_called(home, "dollar")
            named[home if code is None and is_short else code] = code is not None
        elif is_own or (mark == "$" and _is_called(home, "dollar", "peso")):
            bare[mark] = home
        else:
            bare[mark] = next((code for code in currencies() if _english_sign(code) == mark), None)
    found = [*(named or dict.fromkeys(bare.values()))]
    if len(found) != 1 or found[0] is None or not all(_bears(found[0], mark) for mark in bare):
        return None
    return Meant(found[0], any(named.values()))


def _is_called(code: str, *names: str) -> bool:
    """Say whether a currency is called so in English: $ is a dollar or a peso, and C$ a dollar in Canada."""
    name: str = locale_of("en").currencies.get(code, "")
    return name.casefold().endswith(names)


def _named(letters: str, mark: str) -> str | None:
    """Return the only currency that a sign with letters before it names."""
    found = {code for code in currencies() if _english_sign(code) == letters + mark} or {
        code for code in currencies() if letters in {code, mark and code[:-1]} and _bears(code, mark)
    }
    return found.pop() if len(found) == 1 else None


def _bears(code: str, mark: str) -> bool:
    """Say whether a sign without letters can stand beside the code of a currency."""
    return mark in _own_sign(code) or mark in _english_sign(code)


def _english_sign(code: str) -> str:
    sign: str = locale_of("en").currency_symbols.get(code, "")
    return sign


@cache
def _own_sign(code: str) -> str:
    """Return a currency's sign in the country whose code its own begins with, which is simply $ in Canada."""
    from babel import UnknownLocaleError

    try:
        signs = locale_of(f"und-{code[:2]}").currency_symbols if code in currencies() else {}
    except UnknownLocaleError:  # the European Union is no place with a language
        return ""
    return str(signs.get(code, "")).rstrip(".")


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

    used: list[str] = get_territory_currencies(country, _AS_OF)
    return used


@cache
def currencies() -> tuple[str, ...]:
    """Return the codes of the currencies in which people are paid, in alphabetical order.

    >>> "USD" in currencies(), "XAU" in currencies()
    (True, False)
    """
    from babel.core import get_global

    used = {code for country in get_global("territory_currencies") for code in all_used_in(country)}
    return tuple(sorted(used | _ALSO_PAID))
