"""Where a link in a text may lead: the web, the site itself, email and telephone.

Owns that rule, and how Markdown reads an address; refuses to know where links are in a text.
"""

from __future__ import annotations

import re

from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.contact import without_user
from hiringhall.policies import addresses

_ALLOWED = pattern(r"(?:https?://|mailto:|tel:)[^\s]", re.IGNORECASE)


def is_allowed_link(address: str) -> bool:
    """Say whether a link may lead there.

    >>> is_allowed_link("https://example.org"), is_allowed_link("javascript:alert(1)"), is_allowed_link("/x")
    (True, False, True)
    >>> is_allowed_link("https://good.example@evil.example")
    False
    """
    is_elsewhere = _ALLOWED.match(address) is not None and without_user(address) == address
    return is_elsewhere or addresses.in_site(address) is not None


def unescaped(written: str) -> str:
    r"""Return an address as Markdown reads it: an entity, or a sign behind a backslash, is the sign itself.

    >>> unescaped(r"https://example.org/a\_b?c&amp;d"), unescaped("java&#115;cript:x")
    ('https://example.org/a_b?c&d', 'javascript:x')
    """
    if "&" not in written and "\\" not in written:
        return written
    from markdown_it.common.utils import unescapeAll

    return unescapeAll(written)
