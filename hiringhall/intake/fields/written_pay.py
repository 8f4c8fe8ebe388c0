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

# Groups of three with points between them are figures only where something else says so, as in 80.000,00.
# No pay has more digits than these, and a text of a million digits takes minutes to calculate with.
_FIGURE = (
    r"(?:\d{1,3}(?:[,'\u2019 ]\d{3}){1,5}(?:\.\d{1,2})?"
    r"|\d{1,3}(?:[.'\u2019 ]\d{3}){1,5},\d{2}|\d{1,3}(?:\.\d{3}){2,5}"
    r"|\d{1,18}(?:[.,]\d{1,2})?)"
)
# Cents, as in 12,50, or thousands of which a digit is missing, as in 70,00.
UNSURE = pattern(r"\d{1,3},\d{1,2}")
_STATED = (
    r"(?:[Dd]e\s(?=.*\sà\s))?(?:(?P<s1>{sign})\s?)?(?P<low>{figure})\s?(?P<low_k>[kK](?![A-Za-z]))?\s?(?P<s2>{sign})?"
    r"(?:\s?(?:[-–—]|to|[aà])\s?(?P<s3>{sign})?\s?(?P<high>{figure})\s?(?P<high_k>[kK](?![A-Za-z]))?)?"
    r"\s?(?P<s4>{sign})?\s?(?P<period>(?:[^\W\d_]|[/. '\u2019])*)"
)
MOST_TIMES = 10  # how far the two figures of a range are apart
# For these periods, figures are so small that they often have cents.
_WITH_CENTS = frozenset({PayPeriod.HOUR, PayPeriod.DAY})
OTHER_WORDS = words.meanings("periods")
# What stands behind figures and goes into the note, and what says that there are none.
_REMARK = pattern(
    r"\s*[,;(]*\s*"
    r"(?P<note>DOE|D\.O\.E\.|depending on (?:experience|qualifications)|commensurate with experience"
    r"|negotiable|(?:plus|and|with|\+)\s*(?:full |excellent )?benefits"
    r"|selon (?:l['\u2019])?expérience|selon la convention(?: collective)?|négociable"
    r"|(?:plus|et|avec|\+)\s*(?:les )?avantages(?: sociaux)?)?\s*\)?\.?$",
    re.IGNORECASE,
)
# An end that is left open: the top of "$20+", "from $20" and "$20 and up", the bottom of "up to $20".
_FROM = pattern(
    r"^(?:(?:starting|starts) (?:at|from)|from|at least|minimum(?: of| de)?|desde|a partir de"
    r"|à partir de|au moins|dès)\s+(?=\W?\d)",
    re.IGNORECASE,
)
_UP_TO = pattern(r"^(?:up to|maximum(?: of| de)?|hasta|jusqu['\u2019]à|au plus)\s+(?=\W?\d)", re.IGNORECASE)
_AND_UP = pattern(r"(?<=[\dkK])\s?\+|\s(?:and|&) up\b|\sor more\b|\s(?:et|ou) plus\b", re.IGNORECASE)
# What begins a line, or is one, before the figures. "Pay" alone may be a verb.
_SIGNS = "$\u00a3\u20ac"
_RANGE = r"(?:\W+(?:range|rate|scale|level|band|annuel|horaire|mensuel|hebdomadaire))?"
_MARKS = rf"[^\w{_SIGNS}]"
_LABELLED = pattern(
    r"^[^\w\n]*(?:(?:starting|base|annual|yearly|hourly|weekly|monthly|gross|minimum|expected|target|current"
    rf"|estimated|total){_MARKS}+){{0,2}}(?:"
    rf"(?:salary|wages?|compensation|hourly rate|rate of pay|remuneration|salario|sueldo"
    rf"|salaire|rémunération){_RANGE}{_MARKS}+"
    rf"|(?:pay|paga){_RANGE}(?={_MARKS}*[:\n]){_MARKS}+)(?:(?:salary|pay|is){_MARKS}+){{0,2}}"
    rf"(?P<pay>(?:(?:starting|starts|at|from|between|up to|de|à partir de|jusqu['\u2019]à){_MARKS}+){{0,2}}"
    rf"(?:(?:[A-Z]{{2,3}})?[{_SIGNS}] ?\d|\d[\d.,' ]*[{_SIGNS}])[^\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
_BEHIND = pattern(
    r"\s*(?:[;(<*_|`\\]|,(?=\s*[^\W\d])|\.(?=\s|$)|\s(?:depending|based|commensurate|plus|with|and|selon|DOE)\b|$)",
    re.IGNORECASE,
)

EACH = pattern(r"\A(?:(?:per|an?(?: la)?|each|por|al|cada|par|à la)\b|(?:(?:de|à) )?l['\u2019]|/)\s*")


def canonical(value: Decimal) -> Decimal:
    """Return a figure in its one form: with two decimals if it has cents, else with none."""
    return Decimal(int(value)) if value == int(value) else value.quantize(Decimal("0.01"))


class Stated(NamedTuple):
    """What a text says of pay and nothing else; the period is blank where it says none.

    `open_end` is the end that it leaves open, min or max; then there is one figure.
    """

    low: Decimal
    high: Decimal | None
    period: str
    currency: Meant | None
    open_end: str = ""


def stated_in(written: str, home: str) -> Stated | None:
    """Read a text that is a figure or two with a currency and a period, and no word more.

    A text that says anything else is not guessed at: what its figures are for only its author knows. `home`
    is the site's currency.
    """
    found = _stated_form(home).fullmatch(written)
    if found is None:
        return None
    said = EACH.sub("", found["period"].replace(".", "").strip().casefold())
    meant = "" if not said else said if said in set(PayPeriod) else OTHER_WORDS.get(said)
    signs = [sign for sign in found.group("s1", "s2", "s3", "s4") if sign]
    money = currency_of(signs, home)
    has_cents = meant in _WITH_CENTS or found["low_k"] or found["high_k"]
    unsure = not has_cents and any(UNSURE.fullmatch(each or "") for each in found.group("low", "high"))
    if meant is None or (signs and money is None) or unsure:
        return None
    low = figure_of(found["low"])
    high = figure_of(found["high"]) if found["high"] else None
    thousand = Decimal(1000)
    if found["low_k"] or (found["high_k"] and low < thousand):
        low = canonical(low * thousand)
    if high is not None and found["high_k"]:
        high = canonical(high * thousand)
    if high is not None and not low <= high <= low * MOST_TIMES:
        return None  # as in 60-70,000
    return Stated(low, high, meant, money)


@lru_cache(maxsize=8)
def _stated_form(home: str) -> re.Pattern[str]:
    return pattern(_STATED.format(sign=sign_form(home), figure=_FIGURE))


def figure_of(written: str) -> Decimal:
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
    stated, note = stated_and_note(written, home)
    if stated is None or not stated.low:
        return written if stated or says_nothing(written, "no pay") else {"note": written}
    is_sure = stated.period and (stated.currency is None or stated.currency.is_sure)
    named = stated_and_note(written, "")[0]  # whatever the site's currency
    if not (named and named.currency and named.currency.is_sure):
        stated = stated._replace(currency=None)
    return parts_of(stated, note) if is_sure else {"note": written}


class Labelled(NamedTuple):
    """Where a text of several lines states pay behind a word for it, how, and the period that it may say."""

    start: int
    written: str
    period: str


def labelled_in(text: str) -> Labelled | None:
    r"""Return the first pay that a text of several lines states behind a word for it.

    >>> labelled_in("We organize.\n\n**Monthly salary:** $6,000 to $7,000, depending on experience")
    Labelled(start=34, written='$6,000 to $7,000', period='month')
    >>> labelled_in("Dues pay $5 of it.")
    """
    found = _LABELLED.search(text) if any(sign in text for sign in _SIGNS) else None
    if found is None:
        return None
    said = re.findall("[a-z]+", text[found.start() : found.start("pay")].casefold())
    period = next((OTHER_WORDS[word] for word in said if word in OTHER_WORDS), "")
    return Labelled(found.start("pay"), _BEHIND.split(found["pay"], maxsplit=1)[0], period)


def stated_and_note(written: str, home: str) -> tuple[Stated | None, str]:
    """Return what a text states of pay, if it states no more than that, and a usual remark behind it."""
    figures, note, _ = _REMARK.split(written, maxsplit=1)
    for end, says in (("max", _FROM), ("min", _UP_TO), ("max", _AND_UP)):
        bare, times = says.subn("", figures)
        stated = stated_in(bare, home) if times == 1 else None
        if stated and stated.low and stated.high is None:
            return stated._replace(open_end=end), note or ""
    return stated_in(figures, home), note or ""


def parts_of(stated: Stated, note: str) -> dict[str, str]:
    """Return the parts of a salary that a text states, without any that it leaves open."""
    parts = {
        "min": str(stated.low),
        "max": str(stated.high or stated.low),
        **({stated.open_end: "open"} if stated.open_end else {}),
        "period": stated.period,
        "currency": stated.currency.code if stated.currency else "",
        "note": note,
    }
    return {name: part for name, part in parts.items() if part}
