"""Pay as employers state it: two figures, a period, a currency and a note.

Owns the accepted form of figures and the way from the usual others to it; refuses to estimate anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode

from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.countries import currencies
from hiringhall.intake.fields.currency_signs import Meant, called, currency_of, sign_form
from hiringhall.intake.fields.forms import UNSTATED, Problem, choice, of_text, refuse_list, text
from hiringhall.intake.fields.reading import Field, Reading, member, members
from hiringhall.intake.frontmatter.quoting import plain, quoted
from hiringhall.model import PayPeriod, Salary

_PLAIN = pattern(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?")
# Groups of three with points between them are figures only where something else says so, as in 80.000,00.
_FIGURE = (
    r"(?:\d{1,3}(?:[,'\u2019 ]\d{3})+(?:\.\d{1,2})?"
    r"|\d{1,3}(?:[.'\u2019 ]\d{3})+,\d{2}|\d{1,3}(?:\.\d{3}){2,}"
    r"|\d+(?:[.,]\d{1,2})?)"
)
_POINTED = pattern(r"[1-9]\d{0,2}\.\d{3}")
_STATED = (
    r"(?:(?P<s1>{sign})\s?)?(?P<low>{figure})\s?(?P<low_k>[kK](?![A-Za-z]))?\s?(?P<s2>{sign})?"
    r"(?:\s?(?:[-–—]|to)\s?(?P<s3>{sign})?\s?(?P<high>{figure})\s?(?P<high_k>[kK](?![A-Za-z]))?)?"
    r"\s?(?P<s4>{sign})?\s?(?P<period>[a-zA-Z/. ]*)"
)
_MOST = Decimal(1_000_000_000)
# Figures outside of these, in the currencies where they hold, were most likely given for another period.
_LEAST_A_YEAR, _MOST_AN_HOUR, _MOST_TIMES = Decimal(1000), Decimal(1000), 10
_USUAL_SIZE = frozenset({"USD", "CAD", "EUR", "GBP", "AUD", "NZD", "CHF"})
_OTHER_WORDS = {
    **dict.fromkeys(("hourly", "hr", "hrs", "hours", "ph", "hourly rate"), "hour"),
    **dict.fromkeys(("daily", "days", "pd"), "day"),
    **dict.fromkeys(("weekly", "weeks", "pw", "wk"), "week"),
    **dict.fromkeys(("monthly", "months", "pm", "mo"), "month"),
    **dict.fromkeys(("annual", "annually", "yearly", "annum", "yr", "years", "pa", "per annum"), "year"),
    **{f"per {each}": str(each) for each in PayPeriod},
}
_OTHER_PERIODS = {
    **dict.fromkeys(
        ("biweekly", "bi-weekly", "fortnight", "fortnightly"), "halve the figures and write week"
    ),
    **dict.fromkeys(("semimonthly", "semi-monthly"), "double the figures and write month"),
}

# What stands behind figures and goes into the note, and what says that there are none.
_REMARK = pattern(
    r"\s*[,;(]*\s*"
    r"(?P<note>DOE|D\.O\.E\.|depending on (?:experience|qualifications)|commensurate with experience"
    r"|negotiable|(?:plus|and|with|\+)\s*(?:full |excellent )?benefits)?\s*\)?\.?$",
    re.IGNORECASE,
)
_UNSTATED = UNSTATED | {"competitive", "competitive salary", "competitive pay"}

_EACH = pattern(r"\A(?:(?:per|an?|each)\b|/)\s*")

period = choice(PayPeriod, _OTHER_WORDS, _OTHER_PERIODS)


@of_text
def amount(name: str, written: str, reading: Reading) -> Decimal | Problem:
    """Parse a figure: digits, with commas between thousands and a point before cents if there are any."""
    if _PLAIN.fullmatch(written) is None:
        message = f"{name} is {written!r}, which is not a plain number"
        return Problem("salary-amount", message, _amount_hint(written, reading.settings.default_currency))
    value = Decimal(written.replace(",", ""))
    if not 0 < value < _MOST:
        message = f"{name} is {written}; pay must be more than 0 and less than a billion"
        hint = None if value else "leave salary out if the posting states no pay"
        return Problem("salary-amount", message, hint)
    return _canonical(value)


def _canonical(value: Decimal) -> Decimal:
    """Return a figure in its one form: with two decimals if it has cents, else with none."""
    return Decimal(int(value)) if value == int(value) else value.quantize(Decimal("0.01"))


class _Stated(NamedTuple):
    """What a text says of pay and nothing else; the period is blank where it says none."""

    low: Decimal
    high: Decimal | None
    period: str
    currency: Meant | None


def _stated_in(written: str, home: str) -> _Stated | None:
    """Read a text that is a figure or two with a currency and a period, and no word more.

    A text that says anything else is not guessed at: what its figures are for only its author knows. `home`
    is the site's currency.
    """
    found = _stated_form(home).fullmatch(written)
    if found is None:
        return None
    said = _EACH.sub("", found["period"].replace(".", "").strip().casefold())
    meant = "" if not said else said if said in set(PayPeriod) else _OTHER_WORDS.get(said)
    signs = [sign for sign in found.group("s1", "s2", "s3", "s4") if sign]
    money = currency_of(signs, home)
    if meant is None or (signs and money is None):
        return None
    low = _figure(found["low"])
    high = _figure(found["high"]) if found["high"] else None
    thousand = Decimal(1000)
    if found["low_k"] or (found["high_k"] and low < thousand):
        low = _canonical(low * thousand)
    if high is not None and found["high_k"]:
        high = _canonical(high * thousand)
    if high is not None and not low <= high <= low * _MOST_TIMES:
        return None  # as in 60-70,000
    return _Stated(low, high, meant, money)


@lru_cache(maxsize=8)
def _stated_form(home: str) -> re.Pattern[str]:
    return pattern(_STATED.format(sign=sign_form(home), figure=_FIGURE))


def _figure(written: str) -> Decimal:
    whole, sign, cents = re.fullmatch(r"(.*?)(?:([.,])(\d{1,2}))?", written).groups()  # type: ignore[union-attr]
    return _canonical(Decimal(re.sub(r"\D", "", whole) + (f".{cents}" if sign else "")))


def _amount_hint(written: str, home: str) -> str:
    stated = _stated_in(written, home)
    grouped = _POINTED.fullmatch(written)
    if grouped:
        hint = f"a decimal point comes before cents, so this would be {Decimal(written).normalize():f}; "
        hint += f"if you mean thousands, write {written.replace('.', '')}"
    elif written.casefold() in UNSTATED:
        hint = "delete the line"
    elif stated is None:
        hint = "write only digits, such as 51640 or 24.50; put words in note"
        hint += ", and the currency in currency, as its code" if _has_other_sign(written, home) else ""
    elif stated.high is not None:
        hint = f"write min: {stated.low} and, on a line of its own, max: {stated.high}"
    else:
        hint = f"write {stated.low}"
        hint += f"; put the currency in currency: {stated.currency.code}" if stated.currency else ""
        hint += f"; put the period in period: {stated.period}" if stated.period else ""
    return hint


@of_text
def currency(_name: str, written: str, reading: Reading) -> str | Problem:
    """Parse the ISO 4217 code of a currency in which people are paid, in any letter case."""
    if (code := written.upper()) in currencies():
        return code
    home = reading.settings.default_currency
    signs = currency_of(re.findall(sign_form(home), written.upper()), home)
    meant = signs.code if signs else called(written, home, reading.settings.language)
    hint = f"did you mean {meant}?" if meant else f"write its three-letter code, such as {home or 'USD'}"
    return Problem("currency", f"{written!r} is not a currency code", hint)


def salary(rows: Mapping[str, Field], name: str, node: Node, reading: Reading) -> Salary | None:
    """Parse a salary in units of its currency, by default the site's; one figure stands for both ends."""
    if not isinstance(node, MappingNode):
        if not refuse_list(name, node, reading, rows):
            _explain_text(name, node, reading)
        return None
    values = members(name, node, reading, rows)
    is_known = all(isinstance(key, ScalarNode) and key.value in rows for key, _ in node.value)
    return _salary(name, values, node, reading) if is_known and None not in values.values() else None


def _salary(name: str, values: Mapping[str, Any], node: Node, reading: Reading) -> Salary | None:
    problems = tuple(_problems(name, values, node))
    for problem in problems:
        reading.error(*problem)
    if problems:
        return None
    _check_ends(name, values, node, reading)
    low, high = values.get("min", values.get("max")), values.get("max", values.get("min"))
    period_or_year = values.get("period") or PayPeriod.YEAR
    money = values.get("currency") or reading.settings.default_currency
    found = Salary(low, high, period_or_year, money, values.get("note"))
    _check_size(found, node, reading)
    return found


def _problems(name: str, values: Mapping[str, Any], node: Node) -> Iterator[tuple[Node, str, str, str]]:
    """Yield what makes a salary's parts no salary: node, code, message, hint."""
    low, high = values.get("min"), values.get("max")
    if low is None and high is None and "note" not in values:
        hint = "leave it out if the posting states no pay"
        yield node, "salary-empty", f"{name} has neither a figure nor a note", hint
    if low is not None and high is not None and low > high:
        hint = f"write min: {high} and max: {low}"
        yield member(node, "min"), "salary-range", f"{name}.min is larger than {name}.max", hint
    if (low or high) and "period" not in values:
        hint = f"add period: {_likely_period(low or high)}"
        yield node, "salary-period", f"{name} does not say which period the figures are for", hint


def _check_ends(name: str, values: Mapping[str, Any], node: Node, reading: Reading) -> None:
    if ("min" in values) == ("max" in values):
        return
    one, other = ("min", "max") if "min" in values else ("max", "min")
    message = f"{name} has only {one}, which will be shown as the exact pay"
    hint = f"add {other}, or write the same figure for both"
    reading.warn(member(node, one), "salary-one-end", message, hint)


def _likely_period(figure: Any) -> PayPeriod:
    return PayPeriod.HOUR if figure < _MOST_AN_HOUR else PayPeriod.YEAR


def _check_size(salary: Salary, node: Node, reading: Reading) -> None:
    if salary.minimum is None or salary.maximum is None or salary.currency not in _USUAL_SIZE:
        return
    small = salary.period is PayPeriod.YEAR and salary.maximum < _LEAST_A_YEAR
    large = salary.period is PayPeriod.HOUR and salary.minimum > _MOST_AN_HOUR
    if salary.maximum > _MOST_TIMES * salary.minimum:
        message = f"{salary.maximum:,} is more than ten times {salary.minimum:,}"
        reading.warn(
            node, "salary-size", message, "give both figures for the same period, with all their digits"
        )
    elif small or large:
        message = f"{salary.minimum:,} {salary.currency} per {salary.period} is unusual"
        hint = f"did you mean period: {PayPeriod.HOUR if small else PayPeriod.YEAR}?"
        reading.warn(member(node, "period"), "salary-size", message, hint)


def as_parts(written: str, home: str) -> Mapping[str, str] | str:
    """Return pay that was written as one text as the parts of a salary; `home` is the site's currency.

    Figures are taken only if nothing about them is left open, else the text is the note. What says that no
    pay is stated has no parts.

    >>> as_parts("62,000 to 70,000 USD a year", "USD")
    {'min': '62000', 'max': '70000', 'period': 'year', 'currency': 'USD'}
    >>> as_parts("$62,000 a year", "CAD")
    {'min': '62000', 'max': '62000', 'period': 'year', 'currency': 'CAD'}
    >>> as_parts("$30", "USD"), as_parts("$62,000 a year", "EUR"), as_parts("n/a", "USD")
    ({'note': '$30'}, {'note': '$62,000 a year'}, 'n/a')
    """
    stated, note = _stated_and_note(written, home)
    if stated is None or not stated.low:
        return written if stated or written.casefold() in _UNSTATED else {"note": written}
    is_sure = stated.period and (stated.currency is None or stated.currency.is_sure)
    return _parts(stated, note) if is_sure else {"note": written}


def _stated_and_note(written: str, home: str) -> tuple[_Stated | None, str]:
    """Return what a text states of pay, if it states no more than that, and a usual remark behind it."""
    figures, note, _ = _REMARK.split(written, maxsplit=1)
    return _stated_in(figures, home), note or ""


def _parts(stated: _Stated, note: str) -> dict[str, str]:
    """Return the parts of a salary that a text states, without any that it leaves open."""
    parts = {
        "min": str(stated.low),
        "max": str(stated.high or stated.low),
        "period": stated.period,
        "currency": stated.currency.code if stated.currency else "",
        "note": note,
    }
    return {name: part for name, part in parts.items() if part}


def _has_other_sign(written: str, home: str) -> bool:
    """Say whether a text has a sign or a code of money that is not simply the site's own."""
    found = re.findall(sign_form(home), written)
    signs = (sign for sign in found if sign in currencies() or not sign.isalpha())
    return any(currency_of([sign], home) != Meant(home, is_sure=True) for sign in signs)


def _explain_text(name: str, node: Node, reading: Reading) -> None:
    """Say how pay written as one text is written as a mapping, with its figures where they are sure."""
    written = text(name, node, reading)
    if written is None:
        return
    home = reading.settings.default_currency
    stated, note = _stated_and_note(written, home)
    if stated and stated.low:
        figures = _parts(stated._replace(period=stated.period or _likely_period(stated.low)), note)
        hint = f"write {name}: {{{', '.join(f'{part}: {value}' for part, value in figures.items())}}}"
    elif stated or written.casefold() in _UNSTATED:
        hint = "delete the line; the page will then say that no pay is stated"
    else:
        hint = f"write {name}: {{note: {quoted(written)}}}"
        parts = "min, max, period and currency" if _has_other_sign(written, home) else "min, max and period"
        hint += f", or its figures as {parts}" if re.search(r"\d", written) else ""
    reading.error(
        node, "salary-form", f"{name} is plain text, {plain(written)}; it needs a line for each part", hint
    )
