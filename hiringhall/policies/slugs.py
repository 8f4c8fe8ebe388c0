"""What a slug is, for a posting's file and for a facet's term.

Owns the form of slugs; refuses to know the addresses made of them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# File systems stop at 255 bytes a name, of which a posting's file has three for its ending.
LONGEST_SLUG = 252
# What messages ask for where a text is not a slug.
SLUG_IN_WORDS = "only lower-case letters a to z, digits, and hyphens between them"
_LONGEST = 80  # where readers of addresses stop
_PLAIN = re.compile(r"[a-z0-9 -]+")


def is_slug(text: str) -> bool:
    """Say whether `text` is lower-case ASCII letters and digits in groups joined by single hyphens.

    It is no longer than the name of a file can be, because pages are folders of that name.

    >>> is_slug("council-4-organizer"), is_slug("Council_4"), is_slug("../etc")
    (True, False, False)
    """
    return len(text) <= LONGEST_SLUG and _SLUG.fullmatch(text) is not None


@lru_cache(maxsize=4096)  # postings have most of their terms in common
def term_slug(label: str) -> str:
    """Return the slug of a facet term: transliterated, never empty, and cut where it would be too long.

    >>> term_slug("Rocky Hill, CT"), term_slug("Éducation & Santé"), term_slug("☃")
    ('rocky-hill-ct', 'education-sante', 'term-a3ef28eb')
    """
    lowered = label.lower().replace(",", " ").replace(".", "").replace("'", "")
    if _PLAIN.fullmatch(lowered):
        slug = "-".join(lowered.replace("-", " ").split())
    else:
        # Transliteration tables load slowly and most names are plain ASCII.
        from slugify import slugify

        slug = slugify(label, replacements=[["'", ""], [".", ""]])
    if 0 < len(slug) <= _LONGEST:
        return slug
    mark = blake2b(label.encode(), digest_size=4).hexdigest()
    return f"{slug[:_LONGEST].rpartition('-')[0] or slug[:_LONGEST]}-{mark}" if slug else f"term-{mark}"
