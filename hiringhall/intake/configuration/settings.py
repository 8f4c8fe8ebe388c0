"""The settings of a site, from `site.yaml`, each checked and in its own type.

Owns the settings' names and forms; refuses to know what they are used for.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from yaml.nodes import MappingNode, Node

from hiringhall.diagnostics import Diagnostic, Outcome, Span, error
from hiringhall.engine.patterns import pattern
from hiringhall.intake.configuration.groups import redirects, synonyms, tags
from hiringhall.intake.fields import contact, locations, pay, time_zones
from hiringhall.intake.fields.countries import country_code
from hiringhall.intake.fields.currency_signs import used_in
from hiringhall.intake.fields.forms import Problem, of_text, text
from hiringhall.intake.fields.languages import language
from hiringhall.intake.fields.reading import (
    NO_SETTINGS,
    Parser,
    Reading,
    is_blank,
    read_values,
    unknown_field,
)
from hiringhall.intake.fields.short_forms import whole_number, yes_or_no
from hiringhall.intake.fields.suggestions import nearest
from hiringhall.intake.files.sources import SETTINGS
from hiringhall.intake.frontmatter.documents import Document, read_yaml
from hiringhall.model import Settings
from hiringhall.wording import locale_of

_TOKENS = (
    "accent", "accent-strong", "on-accent", "band", "on-band", "brass", "closed-ground", "edge", "focus",
    "ink", "line", "muted", "paper", "sheet", "soon", "soon-ground",
)  # fmt: skip
THEME = (*_TOKENS, *(f"{token}-dark" for token in _TOKENS))
_COLOR = pattern(r"#[0-9A-Fa-f]{6}")
_SLOT = pattern(r"\{[^{}/]*\}|<[A-Za-z_]+>|%s")
# The settings that must be there, each with an example.
_REQUIRED = {
    "title": "Hiring Hall", "description": "Job openings at unions", "base_url": "https://example.org/",
    "language": "en", "time_zone": "America/New_York", "default_country": "US", "default_currency": "USD",
}  # fmt: skip

# Addresses that need not be there, and what stands in for a wrong one: pages are not the same without it.
OPTIONAL_ADDRESSES = {
    "edit_url": "https://example.org/{path}", "newsletter_url": "https://example.org/",
    "submit_url": "https://example.org/", "report_url": "https://example.org/",
    "contact_email": "jobs@example.org",
}  # fmt: skip


def read_settings(content: Path, base_url: str | None = None) -> Outcome[Settings]:
    """Read `content/site.yaml`; a `base_url` from the command line takes the place of the file's own."""
    read = settings_document(content)
    if read.value is None:
        return Outcome(None, read.diagnostics)
    reading = Reading(read.value, NO_SETTINGS, found=read.diagnostics)
    values = read_values(reading, _SETTINGS, unknown=_outside)
    if base_url is not None:
        values["base_url"] = _given_base_url(base_url, reading.found)
    for name, example in _examples(values).items():
        if name not in values and name not in read.value.broken:
            reading.missing(
                "missing-setting", f"the setting {name} is missing", f"add a line such as {name}: {example}"
            )
    settings = None if reading.failed else Settings(**values)
    return Outcome(settings, tuple(reading.found))


def settings_so_far(content: Path) -> tuple[Settings, bool]:
    """Return the settings that are right, with examples for the others, to judge all else by meanwhile.

    Also return whether places can be judged: which country is home, and in which language the others are
    named, decides what a place is. Of tags that are not all right, none is wrong.
    """
    document = settings_document(content).value
    values: dict[str, Any] = {**_REQUIRED, **OPTIONAL_ADDRESSES}
    if document is None:
        return Settings(**values), False
    reading = Reading(document, NO_SETTINGS)
    read = read_values(reading, _SETTINGS)
    values |= _examples(read)
    good = {name: value for name, value in read.items() if value is not None}
    if "tags" in good:
        span = document.span(document.fields["tags"].value)
        if any(span.line <= found.span.line <= span.end_line for found in reading.found):
            del good["tags"]
    values = {name: value for name, value in values.items() if name in _REQUIRED or name in read}
    return Settings(**(values | good)), {"default_country", "language"} <= good.keys()


def _examples(read: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the required settings with examples; the currency is that of the site's country."""
    country: str | None = read.get("default_country")
    money = used_in(country) if country and not read.get("default_currency") else ""
    return {**_REQUIRED, "default_currency": money} if money else _REQUIRED


def settings_document(content: Path) -> Outcome[Document]:
    """Read `content/site.yaml` as it is written; its values are not judged."""
    return read_yaml(content / SETTINGS, _SETTINGS)


def span_of(document: Document | None, name: str, member: str | None = None, *, at_key: bool = False) -> Span:
    """Return where the settings have one, or a member of one, for what is found wrong with it later.

    That is where its value is, or, `at_key`, the name of the member.
    """
    if document is None or name not in document.fields:
        return Span()
    node = document.fields[name].value
    within = node.value if member and isinstance(node, MappingNode) else ()
    return document.span(
        next(((key if at_key else value) for key, value in within if key.value == member), node)
    )


def _outside(name: str, key: Node, reading: Reading) -> dict[str, None] | None:
    """Report a line of a group of settings that is not set in: a check has lines for `redirects` to copy."""
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


def _given_base_url(base_url: str, found: list[Diagnostic]) -> str | None:
    problem = base_url_problem(base_url)
    if problem is None:
        return with_final_slash(contact.as_uri(base_url))
    found.append(error("--base-url", Span(), "base-url", f"base_url {problem[0]}", problem[1]))
    return None


@of_text
def _base_url(name: str, written: str, _reading: Reading) -> str | Problem:
    problem = base_url_problem(written)
    if problem is None:
        return with_final_slash(contact.as_uri(written))
    return Problem("base-url", f"{name} {problem[0]}", problem[1])


def base_url_problem(written: str) -> tuple[str, str | None] | None:
    """Return what is wrong with a site's address, as the end of a sentence, and a hint.

    >>> base_url_problem("https://example.org/jobs-board/")
    >>> base_url_problem("https://example.org/index.php?page=1")
    ('has a question mark or # in it', 'write https://example.org/')
    """
    problem = contact.url_problem(written)
    if problem is not None:
        return problem
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


def with_final_slash(address: str) -> str:
    """Return an address of a folder with exactly one slash at its end.

    >>> with_final_slash("https://example.org/jobs")
    'https://example.org/jobs/'
    """
    return address.rstrip("/") + "/"


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


def _address_with(slot: str, place: str, code: str, example: str = "") -> Parser[str]:
    """Return the parser of an address with a slot for `place`, which it must have if `example` has one."""

    @of_text
    def parse(name: str, written: str, _reading: Reading) -> str | Problem:
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
        before, found, after = written.partition(slot)
        return f"{contact.as_uri(before)}{found}{contact.encoded(after)}"

    return parse


def _theme(name: str, node: Node, reading: Reading) -> Mapping[str, str] | None:
    if not isinstance(node, MappingNode):
        hint = "indent them by two spaces; or, for the usual colors, delete the line"
        reading.error(node, "setting-color", f'{name} must be lines of the form accent: "#005a9c"', hint)
        return None
    colors: dict[str, str] = {}
    for key, value in node.value:
        if key.value in THEME:
            colors[key.value] = _color(f"{name}.{key.value}", value, reading) or ""
        else:
            unknown_field(key, reading, THEME, name)
    return colors


@of_text
def _color(name: str, written: str, _reading: Reading) -> str | Problem:
    if _COLOR.fullmatch(written):
        return written.lower()
    message = f"{name} is {written!r}, which is not a color"
    return Problem("setting-color", message, 'write # and six digits, such as "#005a9c"')


_SETTINGS: Mapping[str, Parser[Any]] = {
    "title": text,
    "description": text,
    "base_url": _base_url,
    "language": _language,
    "time_zone": _at_home(time_zones.zone),
    "default_country": locations.country,
    "default_currency": _at_home(pay.currency),
    "page_size": whole_number("setting-number", 1, 1000),
    "undated_max_age_days": whole_number("setting-number", 1, 3650),
    "closing_soon_days": whole_number("setting-number", 0, 365),
    "edit_url": _address_with(
        "{path}", "the file's path", "edit-url", "https://github.com/OWNER/NAME/edit/main/{path}"
    ),
    "newsletter_url": _address_with("{feed}", "the address of a list's feed", "newsletter-url"),
    "submit_url": contact.url,
    "report_url": _address_with("{url}", "the address of the page", "report-url"),
    "contact_email": contact.email,
    "tags": tags,
    "synonyms": synonyms,
    "theme": _theme,
    "aggregator": yes_or_no,
    "pay_required": yes_or_no,
    "redirects": redirects,
}
