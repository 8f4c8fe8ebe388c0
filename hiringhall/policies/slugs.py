"""What a slug is, for a posting's file and for a facet's term.

Owns the form of slugs; refuses to know the addresses made of them.
"""

from __future__ import annotations

import re
from hashlib import blake2b

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PLAIN = re.compile(r"[a-z0-9 -]+")


def is_slug(text: str) -> bool:
    """Say whether `text` is lower-case ASCII letters and digits in groups joined by single hyphens.

    >>> is_slug("council-4-organizer"), is_slug("Council_4"), is_slug("../etc")
    (True, False, False)
    """
    return _SLUG.fullmatch(text) is not None


def term_slug(label: str) -> str:
    """Return the slug of a facet term: transliterated, and never empty.

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
    return slug or f"term-{blake2b(label.encode(), digest_size=4).hexdigest()}"
