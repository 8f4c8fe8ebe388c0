"""The site's language: its strings, and dates, money and countries as its readers write them.

Owns every conversion of a value to words; refuses to know where on a page the words go.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import bidirectional
from zoneinfo import ZoneInfo

from hiringhall import zone_names
from hiringhall.diagnostics import Diagnostic, LayoutFault, Span, error
from hiringhall.engine.memoize import memoize_abreast
from hiringhall.engine.patterns import pattern
from hiringhall.model import Deadline, Place, Rolling, Salary
from hiringhall.policies import lifecycle, places
from hiringhall.policies.places import Naming

if TYPE_CHECKING:
    from babel import Locale
    from babel.numbers import NumberPattern


# The directions of letters (UAX #9).
_FROM_LEFT, _FROM_RIGHT = frozenset({"L"}), frozenset({"R", "AL"})
_FIRST_DAY = pattern(r"(?<!\d)1(?!\d)")
_CODE_AT_FIGURE = pattern(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")


class Wording(NamedTuple):
    """The words of one language (BCP 47), by dotted key, and CLDR's forms of dates and figures.

    For messages, `path` is their file, and `where` says in which one, and where there, each string is.
    """

    language: str
    strings: Mapping[str, str]
    path: str
    where: Mapping[str, tuple[str, Span]]

    @property
    def is_rtl(self) -> bool:
        """Whether the language is written from right to left."""
        return _is_rtl(self.language)

    def text(self, key: str, **values: object) -> str:
        """Return a string with `{name}` filled in. Raises LayoutFault for an unknown key or name."""
        try:
            return self.strings[key].format(**values)
        except KeyError as unknown:
            raise LayoutFault(self._unknown(key, unknown.args[0], values)) from None

    def plural(self, key: str, count: int, **values: object) -> str:
        """Return the form of a string that goes with `count`: `key.one`, `key.other` or another of CLDR."""
        form = f"{key}.{_plural_form(count, self.language)}"
        chosen = form if form in self.strings else f"{key}.other"
        return self.text(chosen, count=self.number(count), **values)

    def _unknown(self, key: str, name: str, values: Mapping[str, object]) -> Diagnostic:
        if key not in self.strings:
            return error(self.path, Span(), "strings-missing", f"the string {key} is missing")
        known = ", ".join(f"{{{each}}}" for each in values) or "nothing"
        message = f"the string {key} has {{{name}}}, which cannot be filled in; what can be: {known}"
        return error(*self.where[key], "strings-placeholder", message)

    def labelled(self, label: str, text: str) -> str:
        """Return a name and what it says as in "Pay: $20"."""
        return f"{label}{self.text('marks.colon')}{text}"

    def isolated(self, name: str) -> str:
        """Return a name between Unicode's isolates if some of it runs against the language (UAX #9).

        Among words of the language, signs at its end would otherwise stand before it.
        """
        if name.isascii() and not self.is_rtl:  # as nearly all are
            return name
        against = _FROM_LEFT if self.is_rtl else _FROM_RIGHT
        is_mixed = any(bidirectional(char) in against for char in name)
        return f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}" if is_mixed else name

    def listed(self, parts: Iterable[str]) -> str:
        """Return parts of one name, or a few words, as in "Full-time, temporary"."""
        return self.text("marks.comma").join(parts)

    def apart(self, texts: Iterable[str]) -> str:
        """Return texts that may have commas in them as in "Hartford, CT; Boston, MA"."""
        return self.text("marks.semicolon").join(texts)

    def number(self, value: int | Decimal) -> str:
        """Return a figure with the language's separators."""
        return _number(value, self.language)

    def date(self, day: dt.date) -> str:
        """Return a day as in "June 16, 2023"."""
        return self._of_day(day, _date(day, "long", self.language))

    def weekday_date(self, day: dt.date) -> str:
        """Return a day as in "Friday, June 16, 2023"."""
        return self._of_day(day, _date(day, "full", self.language))

    def short_date(self, day: dt.date) -> str:
        """Return a day as in "Jun 16, 2023"."""
        return self._of_day(day, _date(day, "medium", self.language))

    def listed_day(self, day: dt.date) -> str:
        """Return a day as in "Fri, Jun 16, 2023"."""
        return self._of_day(day, _skeleton(day, "yMMMEd", self.language))

    def _of_day(self, day: dt.date, text: str) -> str:
        """Return a date with the first of a month as the language writes it, of which CLDR has no form."""
        return _FIRST_DAY.sub(self.text("marks.first"), text, count=1) if day.day == 1 else text

    def month(self, day: dt.date) -> str:
        """Return the month of a day as in "Jun 2023"."""
        return _skeleton(day, "yMMM", self.language)

    @memoize_abreast
    def deadline(self, deadline: Deadline | Rolling) -> str:
        """Return a deadline with its weekday, and its time and zone if it has them."""
        if isinstance(deadline, Rolling):
            return self.text("deadline.rolling")
        return self._deadline(deadline, self.weekday_date)

    def listed_deadline(self, deadline: Deadline, home: str) -> str:
        """Return a deadline as in "Fri, Jun 16, 2023"; with its zone unless a day ends there as at `home`."""
        if deadline.at is None:
            there = deadline._replace(time_zone=home)
            if there == deadline or lifecycle.instant_of(there) == lifecycle.instant_of(deadline):
                return self.listed_day(deadline.day)
        return self._deadline(deadline, self.listed_day)

    def _deadline(self, deadline: Deadline, told: Callable[[dt.date], str]) -> str:
        if deadline.at is None:
            zone = _zone_name(deadline.time_zone, lifecycle.instant_of(deadline), self.language)
            return self.text("deadline.day", day=told(deadline.day), zone=zone)
        day, time, zone = _clock(deadline, self.language)
        return self.text("deadline.time", day=told(day), time=time, zone=zone)

    @memoize_abreast
    def pay(self, salary: Salary | None) -> str | None:
        """Return pay as in "$51,640–$79,640 a year", or None if no figures are stated."""
        if salary is None or salary.ends is None:
            return None
        low, high = (_money(value, salary.currency, self.language) for value in salary.ends)
        if salary.minimum is None:
            amount = self.text("pay.up-to", high=high)
        elif salary.maximum is None:
            amount = self.text("pay.from", low=low)
        else:
            amount = low if low == high else self.text("pay.range", low=low, high=high)
        return self.text(f"pay.{salary.period}", amount=amount)

    def money(self, value: Decimal, currency: str) -> str:
        """Return an amount as in "$51,640", with decimals only if they are not zero."""
        return _money(value, currency, self.language)

    def country(self, code: str) -> str:
        """Return the name of a country given by its ISO 3166-1 alpha-2 code."""
        return _country(code, self.language)

    def places(self, places: Iterable[Place], home: str) -> str:
        """Return places as people write them in one line, with the country only if it is not `home`.

        Offices that differ only in their postal codes, which are left out, are one place.
        """
        return self.apart(dict.fromkeys([self.place(place, home) for place in places]))

    def place(self, place: Place, home: str) -> str:
        """Return a place as people write it, with the country only if it is not `home`."""
        return _place(place, home, self.language, self.text("marks.comma"))

    @property
    def naming(self) -> Naming:
        """How the language names places."""
        return Naming(self.country, self.language, self.text("marks.comma"))


@lru_cache(maxsize=8)
def locale_of(language: str) -> Locale:
    """Return what CLDR knows about a language (BCP 47).

    Raises babel.UnknownLocaleError if that is nothing, and ValueError for what is not a language tag.
    """
    from babel import Locale

    return Locale.parse(language, sep="-")


@lru_cache(maxsize=8)
def _is_rtl(language: str) -> bool:
    return bool(locale_of(language).text_direction == "rtl")


@lru_cache(maxsize=4096)
def _plural_form(count: int, language: str) -> str:
    return str(locale_of(language).plural_form(count))


def plural_forms(language: str) -> dict[str, int]:
    """Return CLDR's plural forms of the language, each with a number that it goes with.

    The forms for zero, which few strings use, and for millions are left out.

    >>> plural_forms("en"), plural_forms("pl"), plural_forms("ja")
    ({'one': 1, 'other': 2}, {'one': 1, 'few': 2, 'many': 5}, {'other': 1})
    """
    forms: dict[str, int] = {}
    for number in range(1, 201):
        forms.setdefault(_plural_form(number, language), number)
    return forms


@lru_cache(maxsize=1024)
def _country(code: str, language: str) -> str:
    return str(locale_of(language).territories.get(code, code))


@lru_cache(maxsize=8192)
def _place(place: Place, home: str, language: str, comma: str) -> str:
    naming = Naming(lambda code: _country(code, language), language, comma)
    return places.label_of(place, home, naming)


@lru_cache(maxsize=4096)
def _number(value: int | Decimal, language: str) -> str:
    from babel.numbers import format_decimal

    return format_decimal(value, locale=locale_of(language))


@lru_cache(maxsize=8192)
def _date(day: dt.date, width: str, language: str) -> str:
    from babel.dates import format_date

    return format_date(day, width, locale=locale_of(language))


@lru_cache(maxsize=8192)
def _skeleton(day: dt.date, skeleton: str, language: str) -> str:
    from babel.dates import format_skeleton

    return format_skeleton(skeleton, day, locale=locale_of(language))


@lru_cache(maxsize=8192)
def _money(value: Decimal, currency: str, language: str) -> str:
    """Format an amount with all its decimals, or none if it is whole, as job advertisements write it."""
    from babel.numbers import format_currency, get_currency_symbol

    locale = locale_of(language)
    if value == value.to_integral_value():
        # As Babel would do, but that it first looks for the currency's name, which is not used.
        amount = _whole_amounts(language).apply(value, locale, decimal_quantization=False)
        text = amount.replace("\N{CURRENCY SIGN}", get_currency_symbol(currency, locale))
    else:
        text = format_currency(value, currency, locale=locale, decimal_quantization=False)
    # CLDR's currencySpacing separates a letter code from the figure; Babel has no such rule.
    return _CODE_AT_FIGURE.sub("\N{NO-BREAK SPACE}", text)


@lru_cache(maxsize=8)
def _whole_amounts(language: str) -> NumberPattern:
    from babel.numbers import parse_pattern

    return parse_pattern(locale_of(language).currency_formats["standard"].pattern.replace("0.00", "0"))


@lru_cache(maxsize=8192)
def _zone_name(zone: str, at: dt.datetime, language: str) -> str:
    return zone_names.name_at(at, ZoneInfo(zone), locale_of(language))


@lru_cache(maxsize=8192)
def _clock(deadline: Deadline, language: str) -> tuple[dt.date, str, str]:
    """Return the day and the time of a timed deadline and the name of its zone then, as in EST.

    If the language has no abbreviation for a zone, its name is used: few people count hours from UTC.
    """
    from babel.dates import format_time

    at = lifecycle.instant_of(deadline)
    local = at.astimezone(lifecycle.zone_of(deadline))
    zone, locale = ZoneInfo(deadline.time_zone), locale_of(language)
    if at.astimezone(zone).utcoffset() != local.utcoffset():  # the deadline's own offset is not the zone's
        name = zone_names.offset_of(local)
    else:
        name = zone_names.abbreviation_at(at, zone, locale) or zone_names.name_at(at, zone, locale)
    # A time that the clocks skip is shown as they show it: 2:30 becomes 3:30, and that may be a day later.
    time = format_time(local.replace(tzinfo=None), "short", locale=locale)
    return local.date(), time.replace(" ", "\N{NO-BREAK SPACE}"), name  # as in "17 h 00"
