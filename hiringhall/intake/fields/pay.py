"""Pay as employers state it: two figures, a period, a currency and a note.

Owns the accepted form of figures and the way from the usual others to it; refuses to estimate anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from yaml.nodes import MappingNode, Node

from hiringhall.intake.fields.countries import currencies
from hiringhall.intake.fields.forms import UNSTATED, Problem, choice, of_text, refuse_list, text
from hiringhall.intake.fields.reading import Field, Reading, member, members
from hiringhall.intake.frontmatter.quoting import plain, quoted
from hiringhall.model import PayPeriod, Salary

_PLAIN = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?")
# Groups of three with points between them are figures only where something else says so, as in 80.000,00.
_FIGURE = (
    r"(?:\d{1,3}(?:[,'\u2019 ]\d{3})+(?:\.\d{1,2})?"
    r"|\d{1,3}(?:\.\d{3})+,\d{2}|\d{1,3}(?:\.\d{3}){2,}"
    r"|\d+(?:[.,]\d{1,2})?)"
)
_POINTED = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_CODE = re.compile(r"\b[A-Z]{3}\b")
_SIGN = r"(?:[A-Z]{2,3}\s?)?[$€£¥₹]|[A-Z]{3}"
_STATED = re.compile(
    rf"(?:(?P<before>{_SIGN})\s?)?(?P<low>{_FIGURE})\s?(?P<low_k>[kK](?![A-Za-z]))?\s?(?:{_SIGN})?"
    rf"(?:\s?(?:[-–—]|to)\s?(?:{_SIGN})?\s?(?P<high>{_FIGURE})\s?(?P<high_k>[kK](?![A-Za-z]))?)?"
    rf"\s?(?:{_SIGN})?\s?(?P<period>[a-zA-Z/. ]*)"
)
_MOST = Decimal(1_000_000_000)
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
# Figures outside of these, in the currencies where they hold, were most likely given for another period.
_LEAST_A_YEAR, _MOST_AN_HOUR, _MOST_TIMES = Decimal(1000), Decimal(1000), 10
_USUAL_SIZE = frozenset({"USD", "CAD", "EUR", "GBP", "AUD", "NZD", "CHF"})
_OTHER_WORDS = {
    **dict.fromkeys(("hourly", "hr", "hrs", "hours", "ph", "hourly rate"), "hour"),
    **dict.fromkeys(("daily", "days", "pd"), "day"),
    **dict.fromkeys(("weekly", "weeks", "pw", "wk"), "week"),
    **dict.fromkeys(("monthly", "months", "pm", "mo"), "month"),
    **dict.fromkeys(("annual", "annually", "yearly", "annum", "yr", "years", "pa"), "year"),
}
_OTHER_PERIODS = {
    **dict.fromkeys(
        ("biweekly", "bi-weekly", "fortnight", "fortnightly"), "halve the figures and write week"
    ),
    **dict.fromkeys(("semimonthly", "semi-monthly"), "double the figures and write month"),
}

# What stands behind figures and goes into the note, and what says that there are none.
_REMARK = re.compile(
    r"\s*[,;(]*\s*"
    r"(?P<note>DOE|D\.O\.E\.|depending on (?:experience|qualifications)|commensurate with experience"
    r"|negotiable|(?:plus|and|with|\+)\s*(?:full |excellent )?benefits)?\s*\)?$",
    re.IGNORECASE,
)
_UNSTATED = UNSTATED | {"competitive", "competitive salary", "competitive pay"}

_EACH = re.compile(r"\A(?:(?:per|an?|each)\b|/)\s*")

period = choice(PayPeriod, _OTHER_WORDS, _OTHER_PERIODS)


@of_text
def amount(name: str, written: str, _reading: Reading) -> Decimal | Problem:
    """Parse a figure: digits, with commas between thousands and a point before cents if there are any."""
    if _PLAIN.fullmatch(written) is None:
        message = f"{name} is {written!r}, which is not a plain number"
        return Problem("salary-amount", message, _amount_hint(written))
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
    currency: str | None


def _stated_in(written: str) -> _Stated | None:
    """Read a text that is a figure or two with a currency and a period, and no word more.

    A text that says anything else is not guessed at: what its figures are for only its author knows.
    """
    found = _STATED.fullmatch(written)
    said = found and _EACH.sub("", found["period"].replace(".", "").strip().casefold())
    meant = "" if not said else said if said in set(PayPeriod) else _OTHER_WORDS.get(said)
    if found is None or meant is None or not set(_CODE.findall(written)).issubset(currencies()):
        return None
    low = _figure(found["low"])
    high = _figure(found["high"]) if found["high"] else None
    thousand = Decimal(1000)
    if found["low_k"] or (found["high_k"] and low < thousand):
        low = _canonical(low * thousand)
    if high is not None and found["high_k"]:
        high = _canonical(high * thousand)
    if high is not None and high < low:
        return None
    return _Stated(low, high, meant, _currency_in(written))


def _figure(written: str) -> Decimal:
    whole, sign, cents = re.fullmatch(r"(.*?)(?:([.,])(\d{1,2}))?", written).groups()  # type: ignore[union-attr]
    return _canonical(Decimal(re.sub(r"\D", "", whole) + (f".{cents}" if sign else "")))


def _currency_in(written: str) -> str | None:
    sign = next((code for sign, code in _SIGNS.items() if sign in written), None)
    return next((word for word in _CODE.findall(written) if word in currencies()), sign)


def _amount_hint(written: str) -> str:
    stated = _stated_in(written)
    grouped = _POINTED.fullmatch(written)
    if grouped:
        hint = f"a decimal point comes before cents, so this would be {Decimal(written).normalize():f}; "
        hint += f"if you mean thousands, write {written.replace('.', '')}"
    elif stated is None:
        hint = "write only digits, such as 51640 or 24.50; put words in note"
    elif stated.high is not None:
        hint = f"write min: {stated.low} and, on a line of its own, max: {stated.high}"
    else:
        hint = f"write {stated.low}"
        hint += f"; put the currency in currency: {stated.currency}" if stated.currency else ""
        hint += f"; put the period in period: {stated.period}" if stated.period else ""
    return hint


@of_text
def currency(_name: str, written: str, _reading: Reading) -> str | Problem:
    """Parse the ISO 4217 code of a currency in which people are paid, in any letter case."""
    if (code := written.upper()) in currencies():
        return code
    meant = _currency_in(written.upper())
    hint = f"did you mean {meant}?" if meant else "write its three-letter code, such as USD"
    return Problem("currency", f"{written!r} is not a currency code", hint)


def salary(rows: Mapping[str, Field], name: str, node: Node, reading: Reading) -> Salary | None:
    """Parse a salary in units of its currency, by default the site's; one figure stands for both ends."""
    if not isinstance(node, MappingNode):
        if not refuse_list(name, node, reading, rows):
            _explain_text(name, node, reading)
        return None
    values = members(name, node, reading, rows)
    return None if None in values.values() else _salary(name, values, node, reading)


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
    >>> as_parts("$30", "USD"), as_parts("$62,000 a year", "CAD"), as_parts("n/a", "USD")
    ({'note': '$30'}, {'note': '$62,000 a year'}, 'n/a')
    """
    parts = _parts_in(written)
    if parts is None:
        return written if _is_unstated(written) else {"note": written}
    money = parts.get("currency", home)
    is_sure = "period" in parts and (money == home or money in _CODE.findall(written))
    return parts if is_sure else {"note": written}


def _is_unstated(written: str) -> bool:
    """Say whether a text says that there is no pay to state, or that it is nothing."""
    return written.casefold() in _UNSTATED or _stated_in(_REMARK.split(written, maxsplit=1)[0]) is not None


def _parts_in(written: str) -> dict[str, str] | None:
    """Return the parts of a salary that a text states, without any that it leaves open."""
    figures, note, _ = _REMARK.split(written, maxsplit=1)
    stated = _stated_in(figures)
    if stated is None or not stated.low:
        return None
    parts = {
        "min": str(stated.low),
        "max": str(stated.high or stated.low),
        "period": stated.period,
        "currency": stated.currency,
        "note": note,
    }
    return {name: part for name, part in parts.items() if part}


def _explain_text(name: str, node: Node, reading: Reading) -> None:
    """Say how pay written as one text is written as a mapping, with its figures where they are sure."""
    written = text(name, node, reading)
    if written is None:
        return
    parts = _parts_in(written)
    if parts:
        likely = {"min": parts["min"], "max": parts["max"], "period": _likely_period(Decimal(parts["min"]))}
        listed = ", ".join(f"{part}: {value}" for part, value in {**likely, **parts}.items())
        hint = f"write {name}: {{{listed}}}"
    elif _is_unstated(written):
        hint = "delete the line; the page will then say that no pay is stated"
    else:
        hint = f"write {name}: {{note: {quoted(written)}}}"
        hint += ", or its figures as min, max and period" if re.search(r"\d", written) else ""
    reading.error(
        node, "salary-form", f"{name} is plain text, {plain(written)}; it needs a line for each part", hint
    )
