"""What a slug is, for a posting's file and for a facet's term.

Owns the form of slugs; refuses to know the addresses made of them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b

from hiringhall.engine.patterns import pattern
from hiringhall.policies.words import plain

_SLUG = pattern(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# File systems allow 255 bytes a name, of which the ending of a posting's file takes three.
LONGEST_SLUG = 252
OF_A_DEVICE = "be no name that Windows keeps for a device"
# Windows opens a device by such a name, in every folder and with any ending (Microsoft, Naming files).
_DEVICE = pattern(r"(?:con|prn|aux|nul|(?:com|lpt)[1-9])(?:\..*)?", re.IGNORECASE)
# What messages ask for if a text is not a slug.
SLUG_IN_WORDS = "only lower-case letters a to z, digits, and hyphens between them"
_LONGEST = 80  # as much of an address as people read
_PLAIN = pattern(r"[a-z0-9 -]+")
# C, C++ and C# are three languages.
_SAID = {"++": " plus plus", "#": " sharp"}
_SIGN = pattern(r"(?<=\w)(?:\+\+|#)(?!\w)")
# Hebrew and Arabic, which leave out vowels, and the scripts of Japan and China: different names can be the
# same in Latin letters, such as those of the cities 福岡 and 富岡.
_ALIKE = pattern(
    "[\u0590-\u07ff\u08a0-\u08ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uff66-\uff9f]"
)


def is_slug(text: str) -> bool:
    """Say whether `text` is lower-case ASCII letters and digits in groups joined by single hyphens.

    It is no longer than a file's name can be, and no device's, because pages are folders of that name.

    >>> is_slug("council-4-organizer"), is_slug("Council_4"), is_slug("../etc"), is_slug("aux")
    (True, False, False, False)
    """
    return len(text) <= LONGEST_SLUG and _SLUG.fullmatch(text) is not None and not is_device(text)


def is_device(name: str) -> bool:
    """Say whether Windows takes the name of a file or a folder for a device.

    >>> is_device("aux"), is_device("Con.pdf"), is_device("aux-organizer")
    (True, True, False)
    """
    return _DEVICE.fullmatch(name) is not None


def slug_rule(text: str) -> str:
    """Return what messages say that a slug may do, which a text does not keep to.

    >>> slug_rule("Council_4")
    'have only lower-case letters a to z, digits, and hyphens between them'
    >>> slug_rule("aux")
    'be no name that Windows keeps for a device'
    """
    return OF_A_DEVICE if is_device(text) else f"have {SLUG_IN_WORDS}"


@lru_cache(maxsize=4096)  # postings share most of their terms
def term_slug(label: str) -> str:
    """Return the slug of a facet term: transliterated, never empty, and cut if it would be too long.

    In a script where that makes different names the same, it ends in what tells them apart.

    >>> term_slug("Rocky Hill, CT"), term_slug("Éducation & Santé"), term_slug("☃")
    ('rocky-hill-ct', 'education-sante', 'term-a3ef28eb')
    >>> term_slug("C++"), term_slug("C#"), term_slug("Local #7")
    ('c-plus-plus', 'c-sharp', 'local-7')
    >>> term_slug("福岡"), term_slug("富岡")
    ('fu-gang-e7383944', 'fu-gang-afe155c5')
    """
    if label.isascii() or not _ALIKE.search(label):
        return file_slug(label)
    return _marked(_latin(label), "".join(filter(str.isalnum, plain(label))))


def file_slug(text: str) -> str:
    """Return a slug for the name of a file; people can see whether there is another of that name.

    >>> file_slug("福岡 Organizer"), file_slug("Aux")
    ('fu-gang-organizer', 'aux-c2cd99b8')
    """
    slug = _latin(text)
    if is_device(slug):
        return _marked(slug, slug)
    return slug if 0 < len(slug) <= _LONGEST else _marked(slug, text)


def _latin(text: str) -> str:
    lowered = text.lower().replace(",", " ").replace(".", "").replace("'", "")
    if _PLAIN.fullmatch(lowered):
        return "-".join(lowered.replace("-", " ").split())
    # Transliteration tables load slowly, and most names are plain ASCII.
    from slugify import slugify

    said = _SIGN.sub(lambda sign: _SAID[sign[0]], text)
    return slugify(said, replacements=[["'", ""], [".", ""]])


def _marked(slug: str, name: str) -> str:
    mark = blake2b(name.encode(), digest_size=4).hexdigest()
    cut = slug if len(slug) <= _LONGEST else slug[:_LONGEST].rpartition("-")[0] or slug[:_LONGEST]
    return f"{cut or 'term'}-{mark}"
