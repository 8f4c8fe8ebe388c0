"""Addresses that only examples have, and settings that still have one.

Owns which addresses no site on the internet has; refuses to know whether any other is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from hiringhall.diagnostics import Diagnostic, notice
from hiringhall.engine.patterns import pattern
from hiringhall.intake.configuration.settings import OPTIONAL_ADDRESSES, places_in
from hiringhall.intake.files.sources import SETTINGS, shown
from hiringhall.model import Settings

# RFC 2606, sections 2 and 3: nobody can have these domains. A local site may well be at `localhost`.
_RESERVED = pattern(r"(?:.*\.)?(?:example(?:\.(?:com|net|org))?|invalid|test)", re.IGNORECASE)
_ADDRESSES = ("base_url", *OPTIONAL_ADDRESSES)


def examples_left(settings: Settings, content: Path, base_url: str | None) -> Iterator[Diagnostic]:
    """Yield a notice at the first of the settings that have such an address; it names them all.

    It is said once and stops nothing: a new site is looked at before it has any of its own. A `base_url`
    from the command line is not in the file.
    """
    addresses = settings._asdict()
    left = [
        name for name in _ADDRESSES if is_example(addresses[name]) and not (name == "base_url" and base_url)
    ]
    if left:
        span = min(map(places_in(content), left))
        message = f"these addresses are only examples: {', '.join(left)}"
        hint = "before you publish the site, write your own"
        yield notice(shown(content / SETTINGS), span, "setting-example", message, hint)


def is_example(address: str | None) -> bool:
    """Say whether a web or email address has a domain that is reserved for examples.

    >>> is_example("https://example.org/apply"), is_example("jobs@local.example"), is_example("https://union.org")
    (True, True, False)
    """
    host = address and (urlsplit(address).hostname or address.rpartition("@")[2])
    return bool(host and _RESERVED.fullmatch(host))
