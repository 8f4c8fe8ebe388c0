"""Addresses on the web and for mail in fields, how to apply, and where a posting was found.

Owns what is told where there is no address; refuses to know what makes one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from yaml.nodes import MappingNode, Node, SequenceNode

from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.forms import (
    Problem,
    of_text,
    one_line,
    refuse_list,
    scalar,
    stated,
    text,
    words_of,
)
from hiringhall.intake.fields.mentions import with_user_in
from hiringhall.intake.fields.reading import Field, Parser, Reading, members
from hiringhall.intake.fields.web_addresses import (
    AROUND,
    EMAIL,
    MAILTO,
    address_in,
    as_uri,
    email_in,
    url_problem,
    without_user,
)
from hiringhall.intake.frontmatter.quoting import in_row, parts_in, quoted
from hiringhall.intake.words import LEAVE_OUT, says_nothing
from hiringhall.model import Application

_SCHEME = pattern(r"[A-Za-z][A-Za-z0-9+.-]*:(?=\S)")
_WITHIN = pattern(r"https?://[^\s<>\"']+", re.IGNORECASE)
NO_WAY = "no way to apply"  # the table of words that name none
_OR_WHAT_TO_DO = 'or, if there is none, what people can do, as in apply: {instructions: "Ask the employer."}'
_AROUND_EMAIL = pattern(rf"[\s()\[\]?:;,{AROUND}]+")
NO_ADDRESS = (
    'leave it out; if there is no other way to apply, write instructions: "Ask the employer." instead'
)

# What takes the address of a page where a field is for mail, and the other way round.
_OTHER_KIND = {
    "apply.url": "email",
    "apply.email": "url",
    "submit_url": "contact_email",
    "report_url": "contact_email",
    "contact_email": "report_url",
}


@of_text
def url(name: str, written: str, _reading: Reading) -> str | Problem:
    """Parse the absolute address of a web page: http or https, without a user's name or password."""
    return as_problem(name, written) or as_uri(written)


def as_problem(name: str, written: str) -> Problem | None:
    """Return what is wrong with the address of a web page in a field, with the hint that helps there."""
    problem = url_problem(written)
    if problem is None:
        return None
    what, hint = problem
    found = _addresses_in(written) if name == "apply" else {}
    if name in _OTHER_KIND and (address := email_in(written)):
        hint = f"write {_OTHER_KIND[name]}: {address}"
    elif len(found) > 1:
        hint = _kept(name, written, found)
    elif " " in written:
        hint = "write only the address, with %20 for a space that is part of it"
        example = f'{name}: {{url: https://example.org/apply, instructions: "Ask for Ann."}}'
        hint += f"; if there is more to say, write it as in {example}" if name == "apply" else ""
    return Problem("url", f"{name} {what}", hint)


def _addresses_in(written: str) -> dict[str, str]:
    """Return the only page and the only email address in a text, or in a link in HTML, by part."""
    pages = (each.rstrip(".,;:)]") for each in _WITHIN.findall(written))
    words = (each.strip(".") for each in _AROUND_EMAIL.split(written))
    found = {
        "url": [each for each in pages if url_problem(each) is None],
        "email": [*dict.fromkeys(each for each in words if EMAIL.fullmatch(each))],
    }
    return {part: only[0] for part, only in found.items() if len(only) == 1}


def _kept(name: str, written: str, addresses: Mapping[str, str]) -> str:
    """Return a hint with the addresses in a text, by part; one on how to apply may say more than these."""
    parts = ", ".join(f"{part}: {in_row(address)}" for part, address in addresses.items())
    hint = f"write {name}: {{{parts}}}" if len(addresses) > 1 else f"write {next(iter(addresses.values()))}"
    if name != "apply" or len(written.split()) <= len(addresses) + 1:
        return hint
    return f"{hint}; to keep the rest, write {name}: {{{parts}, instructions: {quoted(written)}}}"


@of_text
def email(name: str, written: str, _reading: Reading) -> str | Problem:
    """Parse an email address: up to 64 characters before the @, 254 in all (RFC 5321, section 4.5.3.1)."""
    if EMAIL.fullmatch(written):
        return written
    found = _addresses_in(written)
    hint = "write one address, such as jobs@example.org"
    if name in _OTHER_KIND and url_problem(written) is None:
        hint = f"write {_OTHER_KIND[name]}: {written}"
    elif "email" in found:
        hint = _kept(name, written, found if name == "apply" else {"email": found["email"]})
    elif name == "apply":
        hint += f", {_OR_WHAT_TO_DO}"
    return Problem("email", f"{name} is {written!r}, which is not an email address", hint)


def linked_text(name: str, node: Node, reading: Reading, read: Parser[str] = stated) -> str | None:
    """Parse text in which addresses become links, as one line; warn of those that do not."""
    written = read(name, node, reading)
    for found in with_user_in(written or ""):
        message = f"{found.href} in {name} is no link: it has a user name or password before the @"
        reading.warn(node, "url", message, f"write the address as {without_user(found.href)}")
    return written


def apply(rows: Mapping[str, Field], name: str, node: Node, reading: Reading) -> Application | None:
    """Parse how to apply: an address of a page or for mail as text, or a mapping."""
    if not isinstance(node, MappingNode):
        hint = _in_words(name, words_of(node)) if isinstance(node, SequenceNode) else None
        is_refused = refuse_list(name, node, reading, rows, hint)
        return None if is_refused else _from_text(rows, name, node, reading)
    values = members(name, node, reading, rows)
    ways = ("url", "email", "instructions")
    if values.keys().isdisjoint(ways):
        hint = "add at least one of url, email and instructions"
        empty = next((key.value for key, _ in node.value if key.value in ways), None)
        hint = f"write what belongs after {empty}:, such as {rows[empty].example}" if empty else hint
        reading.error(node, "apply-empty", f"{name} does not say how to apply", hint)
        return None
    said, has_address = values.get("instructions"), not values.keys().isdisjoint({"url", "email"})
    if said and says_nothing(said, "nothing known" if has_address else NO_WAY):
        report = reading.warn if has_address else reading.error
        hint = LEAVE_OUT if has_address else 'write what people can do, such as "Ask the employer."'
        message = f"{name}.instructions is {said!r}, which does not say how to apply"
        report(reading.node_of(f"{name}.instructions"), "text-empty", message, hint)
    return Application(**values)


def _from_text(rows: Mapping[str, Field], name: str, node: Node, reading: Reading) -> Application | None:
    value = scalar(name, node, reading)
    if value is None:
        return None
    bare = value.strip(AROUND)
    if parts := parts_in(one_line(value), rows):
        message = f"{name} needs its parts on lines of their own"
        reading.error(node, "apply-form", message, f"write {name}: {parts}")
        return None
    if _SCHEME.match(bare) and not MAILTO.match(bare):
        page = url(name, node, reading)
        return Application(url=page) if page else None
    if "@" in value:
        address = email(name, node, reading)
        return Application(email=address) if address else None
    written = text(name, node, reading)
    if written is not None:
        message = f"{name} is neither a web address nor an email address"
        reading.error(node, "apply-form", message, _in_words(name, [written]))
    return None


def _in_words(name: str, said: list[str]) -> str:
    """Return a hint on how to write what a text or the items of a list say about how to apply."""
    if all(says_nothing(each, NO_WAY) for each in said):
        return f"write the address {_OR_WHAT_TO_DO}"
    written = ", ".join(said)
    if found := _addresses_in(written):
        return _kept(name, written, found)
    only = written.strip(f"{AROUND}.,;") if len(said) == 1 else ""
    return f"write {address_in(only) or f'{name}: {{instructions: {quoted(written)}}}'}"


def source(rows: Mapping[str, Field], name: str, node: Node, reading: Reading) -> dict[str, Any]:
    """Parse where a posting was found, and when: the parts of a mapping, by name."""
    if isinstance(node, MappingNode):
        return members(name, node, reading, rows)
    said = ", ".join(words_of(node))
    address = address_in(said)
    parts = f"{{url: {in_row(address)}}}" if address else parts_in(said, rows)
    hint = f"write {name}: {parts}" if parts else None
    if not refuse_list(name, node, reading, rows, hint):
        written = text(name, node, reading)
        if written is not None:
            example = f"{name}: {{url: {rows['url'].example}}}"
            hint = hint or f"write the address, as in {example}, or delete the line"
            reading.error(node, "source-form", f"{name} needs its parts on lines of their own", hint)
    return {}
