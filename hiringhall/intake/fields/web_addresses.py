"""Addresses on the web and for mail: what can be one, and what all that read it take it for.

Owns which addresses can be published safely; refuses to fetch or try any of them, and to know of fields.
"""

from __future__ import annotations

import re
from unicodedata import normalize
from urllib.parse import SplitResult, quote, urlsplit

from hiringhall.engine.patterns import pattern

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
EMAIL = pattern(
    rf"(?!.{{255}})(?=[^@]{{1,64}}@)[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~-]+)*"
    rf"@(?:{_LABEL}\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]"
)
_USUAL = pattern(r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?:/[A-Za-z0-9/_~=&?.-]*)?(?<![.])")
_BARE_HOST = pattern(rf"(?![^/]*\.(?:pdf|docx?)\Z)(?:{_LABEL}\.)+[A-Za-z]{{2,}}(?:[/?#]\S*)?")
_NOT_IN_URL = pattern(r'[\s<>"\\^`{|}\x00-\x1f\x7f]')
_UNWISE = pattern(r"[\^`{|}]")
_TO_FILL_IN = pattern(r"\{\w+\}")
MAILTO = pattern(r"^mailto:", re.IGNORECASE)
_BROKEN_SCHEME = pattern(r"^(https?)(?:[:;] ?/{0,3}|/{1,2}|[:;]?\\{1,2})(?=[^\s/:])", re.IGNORECASE)
# How a sentence ends that an address was copied with; some addresses end in a word and a full stop.
_FULL_STOP = pattern(r"(?:\d|/|\.(?:html?|pdf|php|aspx))\.$")
_TWICE = pattern(r"https?:/*(?=https?://)", re.IGNORECASE)
_USER = pattern(r"(https?:/*)[^/?#]*@", re.IGNORECASE)
_PARTS = pattern(r"(https?://)([^/?#]*)([^#]*)(#?)(.*)", re.IGNORECASE)
# What a part of an address may not hold as it is: RFC 3986, section 2.
_TO_ENCODE = pattern(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9._~:/?@!$&'()*+,;=%-]+")
# Addresses that lead through another site to the one that is meant: of mail programs and search pages.
WRAPPED = pattern(
    r"(https?://(?P<host>[\w.-]+\.safelinks\.protection\.(?:outlook\.com|office365\.us)(?=/)"
    r"|(?:www\.)?google(?:\.[a-z]{2,3}){1,2}(?=/url\?)|lm?\.(?:facebook|instagram)\.com(?=/)"
    r"|(?:www\.)?linkedin\.com(?=/(?:safety/go|redir/))|duckduckgo\.com(?=/l/)"
    r"|urldefense\.(?:proofpoint\.)?com(?=/))[^\s<>()\[\]\"]*)"
)
# What mail programs and word processors put around an address.
AROUND = '<>"\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb'


def as_uri(address: str) -> str:
    """Return an address without a problem as all that read it take it: browsers guess, other programs refuse.

    Letters of any script are written as RFC 3987, section 3.1, says, and what else has no place there too.

    >>> as_uri("https://münchen.example/höfe?orte[]=1&satz=100%#ü")
    'https://xn--mnchen-3ya.example/h%C3%B6fe?orte%5B%5D=1&satz=100%25#%C3%BC'
    """
    parts = _PARTS.fullmatch(address)
    if parts is None:
        return address
    scheme, host, path, mark, fragment = parts.groups()
    return f"{scheme}{_ascii_host(host)}{encoded(path)}{mark}{encoded(fragment)}"


def encoded(part: str) -> str:
    """Return a part of an address other than its host with only what may stand there."""
    return _TO_ENCODE.sub(lambda found: quote(found[0], safe="", errors="replace"), part)


def _ascii_host(host: str) -> str:
    """Return a host, with its port, as name servers know it (RFC 5890, A-labels)."""
    if host.isascii():
        return host
    labels = normalize("NFKC", host.partition(":")[0]).lower().split(".")
    known = (each if each.isascii() else f"xn--{each.encode('punycode').decode()}" for each in labels)
    return ".".join(known) + "".join(host.partition(":")[1:])


def url_problem(written: str) -> tuple[str, str | None] | None:
    """Return what is wrong with an address, as the end of a sentence, and a hint.

    >>> url_problem("https://example.org/jobs"), url_problem("example.org/jobs")
    (None, ('is not a full address', 'write https://example.org/jobs'))
    """
    if _USUAL.fullmatch(written):  # as nearly every address
        return None
    if _BARE_HOST.fullmatch(written):
        return "is not a full address", f"write https://{written}"
    bare = _TWICE.sub("", written.strip(AROUND).rstrip(",;"))
    if _FULL_STOP.search(bare):
        bare = bare[:-1]
    if bare != written and (meant := address_in(bare)):
        what = "has signs around it that are not part of the address, such as quotes, a comma or another https://"
        return what, f"write {meant}"
    copy = "copy the address from the browser's address bar"
    refused = _NOT_IN_URL.search(written)
    if refused:
        sign = "a space" if refused[0].isspace() else refused[0]
        # Browsers show these as they are, and take a backslash for a slash.
        meant = _UNWISE.sub(lambda found: quote(found[0]), written.replace("\\", "/"))
        hint = f"write {meant}" if meant != written and url_problem(meant) is None else copy
        blank = _TO_FILL_IN.search(written)
        hint = f"put what it stands for in place of {blank[0]}, or leave it out" if blank else hint
        return f"has {sign} in it, which a web address cannot have", hint
    try:
        return _parts_problem(urlsplit(written), written)
    except ValueError:
        return f"is {written!r}, which is not a web address", copy


def address_in(written: str) -> str | None:
    """Return the address that a text is, but for its scheme or signs around it; None where it is none.

    >>> address_in("<example.org/jobs>"), address_in("Facebook")
    ('https://example.org/jobs', None)
    """
    bare = _BROKEN_SCHEME.sub(r"\1://", written.strip(AROUND))
    if _BARE_HOST.fullmatch(bare):
        return f"https://{bare.rstrip('.')}"
    return bare if url_problem(bare) is None else None


def email_in(written: str) -> str | None:
    """Return the email address that a text is, as it is or as a link; None where it is none.

    >>> email_in("mailto:jobs@example.org"), email_in("example.org")
    ('jobs@example.org', None)
    """
    bare = MAILTO.sub("", written)
    return bare if EMAIL.fullmatch(bare) else None


def _parts_problem(parts: SplitResult, written: str) -> tuple[str, str | None] | None:
    if email_in(written):
        return f"is {written!r}, which is an email address", "write the address of a web page"
    if parts.scheme not in {"http", "https"}:
        what = f"is {written!r}; a web address starts with https:// or http://"
        return what, "write the address of a page that people can open"
    if not parts.hostname or ".." in parts.hostname or parts.port == 0:
        meant = _BROKEN_SCHEME.sub(r"\1://", written)
        hint = f"write {meant}" if meant != written and url_problem(meant) is None else None
        return f"is {written!r}, which does not name a website", hint
    clean = without_user(written)
    return None if clean == written else ("has a user name or password in it", f"write {clean}")


def without_user(address: str) -> str:
    """Return the address of a page without a user's name or password, which may pass for its host.

    >>> without_user("https://good.example@evil.example/jobs@12"), without_user("https://example.org/@jobs")
    ('https://evil.example/jobs@12', 'https://example.org/@jobs')
    """
    return _USER.sub(r"\1", address, count=1)


def wrapped(address: re.Match[str]) -> tuple[str, str]:
    """Return what is wrong with an address that leads through another site, and a hint."""
    what = f"this address leads through {address['host']}, which may tell who sent it and can stop working"
    return what, "open it, and write the address of the page that it leads to"
