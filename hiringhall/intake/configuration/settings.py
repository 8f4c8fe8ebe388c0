"""The settings of a site, from `site.yaml`, each checked and in its own type.

Owns the settings' names and forms; refuses to know what they are used for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from yaml.nodes import MappingNode, Node

from hiringhall.diagnostics import Outcome, Span, error
from hiringhall.engine.patterns import pattern
from hiringhall.intake.configuration.groups import redirects, synonyms, tags
from hiringhall.intake.configuration.logo import logo
from hiringhall.intake.configuration.theme import THEME, theme
from hiringhall.intake.fields import contact, locations, pay, time_zones
from hiringhall.intake.fields.countries import country_code
from hiringhall.intake.fields.currency_signs import used_in
from hiringhall.intake.fields.forms import Problem, of_text, stated
from hiringhall.intake.fields.languages import language
from hiringhall.intake.fields.reading import (
    NO_SETTINGS,
    Parser,
    Reading,
    is_blank,
    read_values,
)
from hiringhall.intake.fields.short_forms import whole_number, yes_or_no
from hiringhall.intake.fields.suggestions import nearest
from hiringhall.intake.fields.web_addresses import as_uri, url_problem
from hiringhall.intake.files.sources import SETTINGS
from hiringhall.intake.frontmatter.documents import Document, read_yaml
from hiringhall.intake.words import says_nothing
from hiringhall.model import Settings
from hiringhall.policies.words import plain
from hiringhall.wording import locale_of

# Braces however they are written: as in templates and scripts, or with one of them lost.
_SLOT = pattern(r"[$\\]?\{+[^{}/]*\}*|\}+|<[A-Za-z_]+>|%s")
_ENCODED_SLOT = pattern(r"%7B([a-z]+)%7D", re.IGNORECASE)  # as a browser's address bar copies it
# The settings that must be there, each with an example.
_REQUIRED = {
    "title": "Hiring Hall", "description": "Job openings at unions", "base_url": "https://example.org/",
    "language": "en", "time_zone": "America/New_York", "default_country": "US", "default_currency": "USD",
}  # fmt: skip

# What other programs call a setting, where the spelling does not tell.
_OTHER_NAMES = {
    "name": "title", "site name": "title", "site title": "title", "subtitle": "description",
    "tagline": "description", "url": "base_url", "site url": "base_url", "homepage": "base_url",
    "locale": "language", "tz": "time_zone", "country": "default_country", "per page": "page_size",
    "paginate": "page_size", "email": "contact_email", "form url": "submit_url", "issues url": "report_url",
    "colors": "theme", "colours": "theme",
}  # fmt: skip

# Addresses that need not be there, and what stands in for a wrong one: pages are not the same without it.
OPTIONAL_ADDRESSES = {
    "edit_url": "https://example.org/{path}", "newsletter_url": "https://example.org/",
    "submit_url": "https://example.org/", "report_url": "https://example.org/",
    "contact_email": "jobs@example.org",
}  # fmt: skip


def read_settings(content: Path, base_url: str | None = None) -> Outcome[Settings]:
    """Read `content/site.yaml`; a `base_url` from the command line takes the place of the file's own."""
    read = _settings_document(content)
    if read.value is None:
        return Outcome(None, read.diagnostics)
    reading = Reading(read.value, NO_SETTINGS, found=read.diagnostics)
    values = read_values(reading, _SETTINGS, _OTHER_NAMES, _misplaced)
    if base_url is not None:
        values["base_url"] = given = site_address(base_url)
        if isinstance(given, Problem):
            reading.found.append(error("--base-url", Span(), *given))
    for name, example in _examples(values).items():
        line = f"a line such as {name}: {example}"
        if name in read.value.fields and name not in values:
            key = read.value.fields[name].key
            reading.error(key, "missing-setting", f"the setting {name} is empty", f"write {line}")
        elif name not in values and name not in read.value.broken:
            reading.missing("missing-setting", f"the setting {name} is missing", f"add {line}")
    settings = None if reading.failed else Settings(**values)
    return Outcome(settings, tuple(reading.found))


def settings_so_far(content: Path) -> tuple[Settings, bool]:
    """Return the settings that are right, with examples for the others, to judge all else by meanwhile.

    Also return whether places can be judged: which country is home, and in which language the others are
    named, decides what a place is. Of tags that are not all right, none is wrong.
    """
    document = _settings_document(content).value
    values: dict[str, Any] = {**_REQUIRED, **OPTIONAL_ADDRESSES}
    if document is None:
        return Settings(**values), False
    reading = Reading(document, NO_SETTINGS)
    read = read_values(reading, _SETTINGS)
    values |= _examples(read)
    good = {name: value for name, value in read.items() if value is not None}
    if "tags" in good:
        span = document.span(reading.node_of("tags"))
        if any(span.line <= found.span.line <= span.end_line for found in reading.found):
            del good["tags"]
    values = {name: value for name, value in values.items() if name in _REQUIRED or name in read}
    return Settings(**(values | good)), {"default_country", "language"} <= good.keys()


def _examples(read: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the required settings with examples; the currency is that of the site's country."""
    country: str | None = read.get("default_country")
    money = used_in(country) if country and not read.get("default_currency") else ""
    return {**_REQUIRED, "default_currency": money} if money else _REQUIRED


def _settings_document(content: Path) -> Outcome[Document]:
    return read_yaml(content / SETTINGS, _SETTINGS)


def places_in(content: Path) -> Callable[..., Span]:
    """Return what gives the places of settings as `place_of` does, for what is found wrong later."""
    document = _settings_document(content).value
    return document.place_of if document else lambda *_, **__: Span()


def _misplaced(name: str, key: Node, reading: Reading) -> dict[str, None] | None:
    """Report a line of a group of settings that is not set in: a check has lines for `redirects` to copy.

    Or one above settings that are, as other programs have it.
    """
    node = reading.document.fields[name].value
    pairs = node.value if isinstance(node, MappingNode) else ()
    within = [str(inner.value) for inner, _ in pairs if str(inner.value) in _SETTINGS]
    if within and plain(name) not in _OTHER_NAMES:
        hint = f"delete this line, and start the lines below it at the left edge: {', '.join(within)}"
        reading.error(key, "unknown-field", f"there is no field named {name!r}", hint)
        return dict.fromkeys(within)
    names = [*reading.document.fields]
    above = [each for each in names[: names.index(name)] if each in _SETTINGS][-1:]
    emptied = [each for each in above if is_blank(reading.document.fields[each].value)]
    if name.startswith("/"):
        group = "redirects"
    elif name in THEME:
        group = "theme"
    elif "tags" in emptied and not nearest(name, _SETTINGS):
        group = "tags"
    else:
        return None
    hint = f"put it below a line {group}:, indented by two spaces"
    reading.error(key, "unknown-field", f"there is no field named {name!r}", hint)
    return {}


@of_text
def _base_url(_name: str, written: str, _reading: Reading) -> str | Problem:
    return site_address(written)


def site_address(written: str) -> str | Problem:
    """Return a site's address, which is that of a folder and ends with one slash, or what is wrong with it.

    >>> site_address("https://example.org/jobs-board")
    'https://example.org/jobs-board/'
    >>> site_address("https://example.org/index.php?page=1").hint
    'write https://example.org/'
    """
    problem = url_problem(written) or _folder_problem(written)
    if problem is not None:
        return Problem("base-url", f"base_url {problem[0]}", problem[1])
    return as_uri(written).rstrip("/") + "/"


def _folder_problem(written: str) -> tuple[str, str] | None:
    plain = written.partition("?")[0].partition("#")[0]
    name = urlsplit(plain).path.rpartition("/")[2]
    folder = plain.removesuffix(name) if name.startswith("index.") else plain
    if plain != written:
        return "has a question mark or # in it", f"write {folder}"
    if folder != plain:
        return f"ends with {name}, which is a page and no folder", f"write {folder}"
    if {".", ".."} & set(unquote(written).split("/")):
        return "has a folder named . or .. in it", "write the address as the browser shows it"
    return None


def _language(name: str, node: Node, reading: Reading) -> str | None:
    written = language(name, node, reading)
    if written is None:
        return None
    from babel import UnknownLocaleError

    try:
        locale_of(written)
    except (UnknownLocaleError, ValueError):
        message = f"there are no date and money formats for {written}"
        reading.error(node, "language", message, "choose a language in the Unicode CLDR, such as en")
        return None
    return written


def _at_home(parse: Parser[str]) -> Parser[str]:
    """Return a parser whose hints are for the site's country: whose dollars $ are, and where EST is."""

    def parse_there(name: str, node: Node, reading: Reading) -> str | None:
        member = reading.document.fields.get("default_country")
        country = (country_code(str(member.value.value), "en") if member else None) or ""
        home = reading.settings._replace(default_country=country, default_currency=used_in(country))
        there = Reading(reading.document, home)
        found = parse(name, node, there)
        reading.found += there.found
        return found

    return parse_there


def _or_none(parse: Parser[str]) -> Parser[str]:
    """Return a parser of a setting that need not be there: "none" is no value of it, but no line."""

    def parse_stated(name: str, node: Node, reading: Reading) -> str | None:
        if not says_nothing(node.value):
            return parse(name, node, reading)
        reading.error(node, "text-empty", f"{name} is {node.value!r}, which says nothing", "delete the line")
        return None

    return parse_stated


def _address_with(slot: str, place: str, code: str, example: str = "") -> Parser[str]:
    """Return the parser of an address with a slot for `place`, which it must have if `example` has one."""

    @of_text
    def parse(name: str, given: str, _reading: Reading) -> str | Problem:
        written = _ENCODED_SLOT.sub(r"{\1}", given)
        problem = contact.as_problem(name, _SLOT.sub(lambda found: quote(found[0]), written))
        if problem is not None:
            encoded, hint = quote(slot), problem.hint
            message = problem.message.replace(encoded, slot)
            return Problem(problem.code, message, hint and hint.replace(encoded, slot))
        slots = _SLOT.findall(written)
        if (slots != [slot] and (slots or example)) or slot in urlsplit(written).netloc:
            must = "must" if example else "can"
            where = f"behind the name of the host, where {place} goes"
            message = f"{name} {must} contain {slot} once, {where}, and no other braces"
            hint = f"an address such as {example}" if example else f"{slot} there, or the whole address"
            return Problem(code, message, f"write {hint}")
        return as_uri(written.replace(slot, quote(slot))).replace(quote(slot), slot)

    return parse


_SETTINGS: Mapping[str, Parser[Any]] = {
    "title": stated,
    "description": stated,
    "base_url": _base_url,
    "language": _language,
    "time_zone": _at_home(time_zones.zone),
    "default_country": locations.country,
    "default_currency": _at_home(pay.currency),
    "page_size": whole_number("setting-number", 1, 1000),
    "undated_max_age_days": whole_number("setting-number", 1, 3650),
    "closing_soon_days": whole_number("setting-number", 1, 365),
    "edit_url": _or_none(
        _address_with(
            "{path}", "the file's path", "edit-url", "https://github.com/OWNER/NAME/edit/main/{path}"
        )
    ),
    "newsletter_url": _or_none(_address_with("{feed}", "the address of a list's feed", "newsletter-url")),
    "submit_url": _or_none(contact.url),
    "report_url": _or_none(_address_with("{url}", "the address of the page", "report-url")),
    "contact_email": _or_none(contact.email),
    "tags": tags,
    "synonyms": synonyms,
    "logo": _or_none(logo),
    "theme": theme,
    "aggregator": yes_or_no,
    "pay_required": yes_or_no,
    "redirects": redirects,
}
