"""Pay that is written as one text, such as `$62,000 to $70,000 a year`: its figures, if nothing else is said.

Owns how people write pay; refuses to know which field the text is of, and to guess what it leaves open.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from hiringhall.engine.patterns import pattern
from hiringhall.intake import words
from hiringhall.intake.fields.currency_signs import Meant, currency_of, sign_form
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

EACH = pattern(r"\A(?:(?:per|an?(?: la)?|each|por|al|cada|par|à la)\b|(?:(?:de|à) )?l['\u2019]|/)\s*")


def canonical(value: Decimal) -> Decimal:
    """Return a figure in its one form: with two decimals if it has cents, else with none."""
    return Decimal(int(value)) if value == int(value) else value.quantize(Decimal("0.01"))


class Stated(NamedTuple):
    """What a text says of pay and nothing else: an open end is None, a part that it leaves out is blank."""

    low: Decimal | None
    high: Decimal | None
    period: str
    currency: Meant | None
    note: str

    @property
    def is_any(self) -> bool:
        """Whether it says that there is any pay."""
        return bool(self.low or self.high)


def stated_in(written: str, home: str) -> Stated | None:
    """Read a text that is a figure or two with a currency and a period, and perhaps a remark behind them.

    A text that says anything else is not guessed at: what its figures are for only its author knows. `home`
    is the site's currency.
    """
    figures, note, _ = (*_REMARK.split(written, maxsplit=1), "", "")[:3]
    found = _stated_form(home).fullmatch(figures)
    if found is None:
        return None
    said = EACH.sub("", found["period"].replace(".", "").strip().casefold())
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
    high = _figure(found["high"]) if found["high"] else None
    if found["low_k"] or (found["high_k"] and low < thousand):
        low = canonical(low * thousand)
    if high is not None and found["high_k"]:
        high = canonical(high * thousand)
    high = low if high is None else high
    if not low <= high <= low * MOST_TIMES:
        return None  # as in 60-70,000
    return Stated(
        None if found["up"] else low, None if is_open and not found["up"] else high, period, money, note
    )


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
    pay is stated has no parts. The currency is one only where it is named: a sign alone, read as the site's
    own, may be another's abroad, which is asked about where no currency is written.

    >>> as_parts("62,000 to 70,000 USD a year", "USD")
    {'min': '62000', 'max': '70000', 'period': 'year', 'currency': 'USD'}
    >>> as_parts("$62,000 a year", "CAD")
    {'min': '62000', 'max': '62000', 'period': 'year'}
    >>> as_parts("from $62,000 a year", "USD"), as_parts("$25+ per hour", "USD")
    ({'min': '62000', 'max': 'open', 'period': 'year'}, {'min': '25', 'max': 'open', 'period': 'hour'})
    >>> as_parts("$30", "USD"), as_parts("$62,000 a year", "EUR"), as_parts("n/a", "USD")
    ({'note': '$30'}, {'note': '$62,000 a year'}, 'n/a')
    """
    stated = stated_in(written, home)
    if (stated and not stated.is_any) or says_nothing(written, "no pay"):
        return written
    money = stated.currency if stated else None
    if stated is None or not stated.period or (money and not money.is_named and money.code != home):
        return {"note": written}
    return parts_of(stated if money and money.is_named else stated._replace(currency=None))


def pay_in(text: str) -> re.Match[str] | None:
    r"""Return where a text of several lines states pay behind a word for it; the group `pay` is a figure.

    >>> pay_in("We organize.\n\n**Salary:** $6,000 to $7,000")["pay"], pay_in("Dues pay $5 of it.")
    ('$6,000', None)
    """
    return _IN_TEXT.search(text) if any(sign in text for sign in _SIGN) else None


def parts_of(stated: Stated) -> dict[str, str]:
    """Return the parts of a salary that a text states, without any that it leaves out."""
    parts = {
        "min": str(stated.low or "open"),
        "max": str(stated.high or "open"),
        "period": stated.period,
        "currency": stated.currency.code if stated.currency else "",
        "note": stated.note,
    }
    return {name: part for name, part in parts.items() if part}
