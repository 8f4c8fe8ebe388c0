"""Pay that is written as one text, such as `$62,000 to $70,000 a year`: its figures, if nothing else is said.

Owns how people write pay; refuses to know which field the text is of, and to guess what it leaves open.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from hiringhall.engine.patterns import pattern
from hiringhall.intake import words
from hiringhall.intake.fields.currency_signs import currency_of, sign_form
from hiringhall.intake.words import says_nothing
from hiringhall.model import PayPeriod

# Groups of three with points between them are figures only where cents show it, as in 80.000,00.
# No pay has more digits than these, and a text of a million digits takes minutes to calculate with.
_FIGURE = (
    r"(?:\d{1,3}(?:[,'\u2019 ]\d{3}){1,5}(?:\.\d{1,2})?|\d{1,3}(?:[.'\u2019 ]\d{3}){1,5},\d{2}"
    r"|\d{1,18}(?:[.,]\d{1,2})?)"
)
# Cents, as in 12,50, or thousands of which a digit is missing, as in 70,00.
_UNSURE = pattern(r"\d{1,3},\d{1,2}")
_STATED = (
    r"(?:(?P<up>(?i:up to|hasta|jusqu['\u2019]à))\s+|(?P<from>(?i:from|starting at|desde|à partir de))\s+"
    r"|[Dd]e\s(?=.*\sà\s))?"
    r"(?:(?P<s1>{sign})\s?)?(?P<low>{figure})\s?(?P<low_k>[kK](?![A-Za-z]))?\s?(?P<s2>{sign})?"
    r"(?:\s?(?:[-–—]|to|[aà])\s?(?P<s3>{sign})?\s?(?P<high>{figure})\s?(?P<high_k>[kK](?![A-Za-z]))?)?"
    r"\s?(?P<s4>{sign})?(?P<more>\s?(?:\+|and up\b))?\s?(?P<period>(?:[^\W\d_]|[/. '\u2019])*)"
)
MOST_TIMES = 10  # how far the two figures of a range are apart
# For these periods, figures are so small that they often have cents.
_WITH_CENTS = frozenset({PayPeriod.HOUR, PayPeriod.DAY})
OTHER_WORDS = words.meanings("periods")
# What goes into the note.
_REMARK = pattern(
    r"(?<![\s,;(])[\s,;(]+((?:DOE|depending on|commensurate|negotiable|plus|with|selon)\b[^\d()]*?)\)?\.?$",
    re.IGNORECASE,
)
# A line that states pay behind a word for it.
_SIGN = "$\u00a3\u20ac"
_IN_TEXT = pattern(
    r"^[^\w\n]*(?:(?:starting|base|annual|monthly) )?"
    r"(?:salary|wages?|pay|compensation|hourly rate|salario|salaire|rémunération)(?: range)?"
    rf"[^\w{_SIGN}:|\n]*+[:|\n][^\w{_SIGN}]*+(?:[a-z]+ ){{0,2}}"
    rf"(?P<pay>(?:[A-Z]{{2}})?[{_SIGN}] ?\d[\d,.]*|\d[\d,. ]*[{_SIGN}])",
    re.IGNORECASE | re.MULTILINE,
)

_EACH = pattern(r"\A(?:(?:per|an?(?: la)?|each|por|al|cada|par|à la)\b|(?:(?:de|à) )?l['\u2019]|/)\s*")


def canonical(value: Decimal) -> Decimal:
    """Return a figure in its one form: with two decimals if it has cents, else with none."""
    return Decimal(int(value)) if value == int(value) else value.quantize(Decimal("0.01"))


def stated_in(written: str, home: str, *, as_draft: bool = False) -> dict[str, str] | None:
    """Return the parts of a salary that a text states: a figure or two, and what usually stands beside them.

    What it leaves out has no part; where it says that there is no pay, there is none. A text that says
    anything else is not guessed at: what its figures are for only its author knows. `home` is the site's
    currency, for which a sign alone is taken, and not written: it may be another's abroad, which is asked
    about where no currency is written. In a draft, a sign alone stands for no other.
    """
    figures, note, _ = (*_REMARK.split(written, maxsplit=1), "", "")[:3]
    found = _stated_form(home).fullmatch(figures)
    if found is None:
        return None
    said = _EACH.sub("", found["period"].replace(".", "").strip().casefold())
    period = "" if not said else said if said in set(PayPeriod) else OTHER_WORDS.get(said)
    signs = [sign for sign in found.group("s1", "s2", "s3", "s4") if sign]
    money = currency_of(signs, home)
    has_cents = period in _WITH_CENTS or found["low_k"] or found["high_k"]
    unsure = not has_cents and any(_UNSURE.fullmatch(each or "") for each in found.group("low", "high"))
    is_open = [*filter(None, found.group("up", "from", "more"))]
    if period is None or (signs and money is None) or unsure or len(is_open) > (0 if found["high"] else 1):
        return None
    thousand = Decimal(1000)
    low = _figure(found["low"])
    if found["low_k"] or (found["high_k"] and low < thousand):
        low = canonical(low * thousand)
    high = _figure(found["high"]) if found["high"] else low
    if found["high_k"]:
        high = canonical(high * thousand)
    if not low <= high <= low * MOST_TIMES:
        return None  # as in 60-70,000
    if not high:
        return {}
    currency = money.said_at(home) if money else ""
    if as_draft and currency and money and not money.is_named:
        return None
    parts = {
        "min": "open" if found["up"] else str(low),
        "max": "open" if is_open and not found["up"] else str(high),
        "period": period,
        "currency": currency,
        "note": note,
    }
    return {name: part for name, part in parts.items() if part}


@lru_cache(maxsize=8)
def _stated_form(home: str) -> re.Pattern[str]:
    return pattern(_STATED.format(sign=sign_form(home), figure=_FIGURE))


def _figure(written: str) -> Decimal:
    """Return the figure that a text is, with any sign between thousands and either before cents."""
    whole, sign, cents = re.fullmatch(r"(.*?)(?:([.,])(\d{1,2}))?", written).groups()  # type: ignore[union-attr]
    return canonical(Decimal(re.sub(r"\D", "", whole) + (f".{cents}" if sign else "")))


def as_parts(written: str, home: str) -> Mapping[str, str] | str:
    """Return pay that was written as one text as the parts of a salary; `home` is the site's currency.

    Figures are taken only if nothing about them is left open, else the text is the note. What says that no
    pay is stated has no parts.

    >>> as_parts("62,000 to 70,000 USD a year", "USD")
    {'min': '62000', 'max': '70000', 'period': 'year', 'currency': 'USD'}
    >>> as_parts("$62,000 a year", "CAD")
    {'min': '62000', 'max': '62000', 'period': 'year'}
    >>> as_parts("from $62,000 a year", "USD"), as_parts("$25+ per hour", "USD")
    ({'min': '62000', 'max': 'open', 'period': 'year'}, {'min': '25', 'max': 'open', 'period': 'hour'})
    >>> as_parts("$30", "USD"), as_parts("$62,000 a year", "EUR"), as_parts("n/a", "USD")
    ({'note': '$30'}, {'note': '$62,000 a year'}, 'n/a')
    >>> as_parts("$0", "EUR")
    '$0'
    """
    stated = stated_in(written, home, as_draft=True)
    if stated == {} or says_nothing(written, "no pay"):
        return written
    return stated if stated and "period" in stated else {"note": written}


def pay_in(text: str) -> re.Match[str] | None:
    r"""Return where a text of several lines states pay behind a word for it; the group `pay` is a figure.

    >>> pay_in("We organize.\n\n**Salary:** $6,000 to $7,000")["pay"], pay_in("Dues pay $5 of it.")
    ('$6,000', None)
    """
    return _IN_TEXT.search(text) if any(sign in text for sign in _SIGN) else None
