"""Pay as employers state it: two figures, a period, a currency and a note.

Owns the accepted form of figures and the way from the usual others to it; refuses to estimate anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode

from hiringhall.engine.patterns import pattern
from hiringhall.intake import words
from hiringhall.intake.fields.currency_signs import currencies, currency_of
from hiringhall.intake.fields.forms import Problem, of_text, refuse_list, text
from hiringhall.intake.fields.reading import Field, Reading, members
from hiringhall.intake.fields.short_forms import choice
from hiringhall.intake.fields.written_pay import (
    MOST_TIMES,
    OTHER_WORDS,
    canonical,
    stated_in,
)
from hiringhall.intake.frontmatter.quoting import parts_in, plain, quoted
from hiringhall.intake.words import says_nothing
from hiringhall.model import PayPeriod, Salary
from hiringhall.wording import locale_of

_PLAIN = pattern(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?")
_MOST = Decimal(1_000_000_000)
OPEN = Decimal(0)  # an end that the employer does not state, which is written as "open"
# Figures outside of these, in the currencies where they hold, were most likely given for another period.
_USUAL = {
    PayPeriod.HOUR: (Decimal(1), Decimal(1000)),
    PayPeriod.DAY: (Decimal(10), Decimal(10_000)),
    PayPeriod.WEEK: (Decimal(50), Decimal(20_000)),
    PayPeriod.MONTH: (Decimal(100), Decimal(50_000)),
    PayPeriod.YEAR: (Decimal(1000), Decimal(10_000_000)),
}
_SAME_PERIOD = "give both figures for the same period, with all their digits"
_USUAL_SIZE = frozenset({"USD", "CAD", "EUR", "GBP", "AUD", "NZD", "CHF"})

period = choice(PayPeriod, OTHER_WORDS, words.meanings("no period"))


@of_text
def amount(name: str, written: str, reading: Reading) -> Decimal | Problem:
    """Parse a figure: digits, with commas between thousands and a point before cents; or `OPEN`."""
    if written.casefold() == "open":
        return OPEN
    if _PLAIN.fullmatch(written) is None:
        message = f"{name} is {written!r}, which is not a plain number"
        return Problem("salary-amount", message, _amount_hint(written, reading.settings.default_currency))
    value = Decimal(written.replace(",", ""))
    if not 0 < value < _MOST:
        message = f"{name} is {written}; pay must be more than 0 and less than a billion"
        hint = None if value else "write open if only the other end is stated, or leave salary out if none is"
        return Problem("salary-amount", message, hint)
    return canonical(value)


def _amount_hint(written: str, home: str) -> str:
    parts = stated_in(written, home)
    if not parts:
        return "write only digits, such as 51640 or 24.50; put words in note, and a currency in currency"
    if parts["min"] != parts["max"]:
        return f"write min: {parts['min']} and, on a line of its own, max: {parts['max']}"
    others = (
        f"; put the {part} in {part}: {parts[part]}" for part in ("currency", "period") if part in parts
    )
    return f"write {parts['min']}{''.join(others)}"


@of_text
def currency(_name: str, written: str, reading: Reading) -> str | Problem:
    """Parse the ISO 4217 code of a currency in which people are paid, in any letter case."""
    if (code := written.upper()) in currencies():
        return code
    home = reading.settings.default_currency
    signs = currency_of(written.upper().split(), home)
    example = f"{home or 'USD'} for the {locale_of('en').currencies[home or 'USD']}"
    meant = signs.said_at(home) if signs else ""
    hint = f"did you mean {meant}?" if meant else f"write its three-letter code, such as {example}"
    return Problem("currency", f"{written!r} is not a currency code", hint)


def salary(rows: Mapping[str, Field], name: str, node: Node, reading: Reading) -> Salary | None:
    """Parse a salary in units of its currency, by default the site's.

    One figure stands for both ends, unless the other is said to be open.
    """
    if not isinstance(node, MappingNode):
        if not refuse_list(name, node, reading, rows):
            _explain_text(rows, name, node, reading)
        return None
    values = members(name, node, reading, rows)
    is_known = all(isinstance(key, ScalarNode) and key.value in rows for key, _ in node.value)
    return _salary(name, values, node, reading) if is_known and None not in values.values() else None


def _salary(name: str, values: Mapping[str, Any], node: Node, reading: Reading) -> Salary | None:
    problems = tuple(_problems(name, values, node, reading))
    for problem in problems:
        reading.error(*problem)
    if problems:
        return None
    _check_ends(name, values, reading)
    low, high = values.get("min", values.get("max")), values.get("max", values.get("min"))
    period_or_year = values.get("period") or PayPeriod.YEAR
    money = values.get("currency") or reading.settings.default_currency
    found = Salary(low or None, high or None, period_or_year, money, values.get("note"))
    _check_size(found, node, reading)
    return found


def _problems(
    name: str, values: Mapping[str, Any], node: Node, reading: Reading
) -> Iterator[tuple[Node, str, str, str]]:
    """Yield what makes a salary's parts no salary: node, code, message, hint."""
    low, high = values.get("min"), values.get("max")
    if not (low or high) and "note" not in values:
        hint = "leave it out if the posting states no pay"
        yield node, "salary-empty", f"{name} has neither a figure nor a note", hint
    if low and high and low > high:
        hint = f"write min: {high} and max: {low}" if low <= high * MOST_TIMES else _SAME_PERIOD
        yield reading.node_of(f"{name}.min"), "salary-range", f"{name}.min is larger than {name}.max", hint
    if (low or high) and "period" not in values:
        hint = f"add period: {' or '.join(_periods(low or high, high or low))}"
        yield node, "salary-period", f"{name} does not say which period the figures are for", hint


def _check_ends(name: str, values: Mapping[str, Any], reading: Reading) -> None:
    if ("min" in values) == ("max" in values) or OPEN in values.values():
        return
    one, other = ("min", "max") if "min" in values else ("max", "min")
    message = f"{name} has only {one}, which will be shown as the exact pay"
    says = "from" if one == "min" else "up to"
    hint = f"add {other}: the same figure if the pay is exact, or open if the employer says only “{says}”"
    reading.warn(reading.node_of(f"{name}.{one}"), "salary-one-end", message, hint)


def _periods(low: Any, high: Any) -> list[PayPeriod]:
    """Return the periods that figures may be for; the likeliest is first."""
    likely = _likely_period(low)
    usual = (each for each, (least, most) in _USUAL.items() if least <= low and high < most)
    return [likely, *(each for each in usual if each is not likely)]


def _likely_period(figure: Any) -> PayPeriod:
    return PayPeriod.HOUR if figure < _USUAL[PayPeriod.YEAR][0] else PayPeriod.YEAR


def _check_size(salary: Salary, node: Node, reading: Reading) -> None:
    if salary.ends is None or salary.currency not in _USUAL_SIZE:
        return
    (low, high), (least, most) = salary.ends, _USUAL[salary.period]
    if high > MOST_TIMES * low:
        message = f"{high:,} is more than ten times {low:,}"
        reading.warn(node, "salary-size", message, _SAME_PERIOD)
    elif high < least or low > most:
        message = f"{low:,} {salary.currency} per {salary.period} is unusual"
        likely = _likely_period(low)
        hint = "check the figures" if likely is salary.period else f"did you mean period: {likely}?"
        reading.warn(reading.node_of("salary.period"), "salary-size", message, hint)


def _in_one_line(parts: Mapping[str, str]) -> str:
    """Return the parts of pay on one line; where no period is stated, all those that it may be for."""
    stated = [Decimal(parts[end]) for end in ("min", "max") if parts[end] != "open"]
    period = parts.get("period") or " or ".join(_periods(stated[0], stated[-1]))
    said = {"min": parts["min"], "max": parts["max"], "period": period, **parts}
    return f"{{{', '.join(f'{part}: {value}' for part, value in said.items())}}}"


def _explain_text(rows: Mapping[str, Field], name: str, node: Node, reading: Reading) -> None:
    """Say how pay written as one text is written as a mapping, with its figures where they are sure."""
    written = text(name, node, reading)
    if written is None:
        return
    stated = stated_in(written, reading.settings.default_currency)
    if parts := parts_in(written, rows):
        hint = f"write {name}: {parts}"
    elif stated:
        hint = f"write {name}: {_in_one_line(stated)}"
    elif stated is not None or says_nothing(written, "no pay"):
        hint = "delete the line; the page will then say that no pay is stated"
    else:
        hint = f"write {name}: {{note: {quoted(written)}}}"
        hint += ", or its figures as min, max, period and currency" if re.search(r"\d", written) else ""
    reading.error(
        node, "salary-form", f"{name} is plain text, {plain(written)}; it needs a line for each part", hint
    )
