"""Where work is done as people write it, also beside a place or in its stead.

Owns those words; refuses to know which places there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from hiringhall.engine.patterns import pattern
from hiringhall.intake import words
from hiringhall.intake.fields.suggestions import any_joint, word_within

# Other words that people use for an arrangement, and what they mean.
OTHER_WORDS = words.meanings("arrangements")
# How much of the work is elsewhere: "3 days a week", "50%"; not "4-day week" or "travel up to 40%".
_DAYS = r"(?:(?:\d ?- ?)?\d|one|two|three|four) days?(?:(?: ?/ ?| an? | per )w(?:ee)?k| weekly)?"
_SHARE = r"(?<!\d)(?!100)\d{1,3} ?%"
_ANY_WORD = {
    meant: "|".join(sorted(map(any_joint, said), key=len, reverse=True))
    for meant, said in words.table("arrangements").items()
}
# What people write before a place, or in its stead, and what it goes into.
NO_PLACE = pattern(
    rf"(?:(?P<hybrid>h[yií]brid[eo]?|{_ANY_WORD['hybrid']}"
    rf"|remote\b(?=(?:(?!\btravel).)*(?:\b{_DAYS}\b|{_SHARE})(?! (?:of )?travel)"
    r"|.*(?:\bhybrid\b|(?<!home )(?<!remote )\boffice\b))"
    rf"|(?:part(?:ly|ially)?|mostly|{_DAYS}|{_SHARE})[ -]remote)"
    rf"|(?P<remote>(?:(?:fully|completely|100 ?%)[ -])?remot[eo]|anywhere|nationwide|{_ANY_WORD['remote']})"
    rf"|statewide|(?P<on_site>(?:on-?site|{_ANY_WORD['on-site']})(?! of\b))"
    r"|(?P<unstated>tb[acd]|n/a|unknown|not (?:stated|listed)|non précisé|à déterminer)"
    r"|(?P<several>(?:multiple|various|several)(?: (?:locations|places|cities|sites))?"
    r"|plusieurs (?:lieux|villes)))\b",
    re.IGNORECASE,
)
# What to do about each of them as a place.
ADVICE = {
    "remote": "leave it out, and put remote in arrangement; remote_from is for where people may live",
    "hybrid": "write the place alone, and put hybrid in arrangement",
    "on_site": "write the place alone, and put on-site in arrangement",
    "unstated": "write at least the region or the country",
    "several": 'write them as a list, such as ["Hartford, CT", "New Haven, CT"], or the region alone',
    None: "write the place alone",
}
# What stands between the word for an arrangement and a place, and around the latter.
BESIDE = pattern(
    rf"\A(?:[\s():,/+\u2010-\u2015-]|(?:in|en|à|within|from|the|only|anywhere|with|based|office|remote|hybrid"
    rf"|must live|must reside|{_DAYS}|{_SHARE})(?!\w))+"
    r"|(?:[\s)]|\bonly\b)+\Z",
    re.IGNORECASE,
)


def arrangement_within(written: str, values: Iterable[str], others: Mapping[str, str]) -> str | None:
    """Return the arrangement that a text says more than, as `word_within` does; partly remote is hybrid."""
    found, aside = word_within(written, values, others), NO_PLACE.match(written)
    is_hybrid = aside is not None and aside.lastgroup == "hybrid"
    # In "remote or hybrid" and "in person, some remote", no word alone is what is meant.
    if aside and aside.lastgroup == "on_site" and found not in {None, "on-site"}:
        return None
    return "hybrid" if aside and is_hybrid and (found or aside[0] not in values) else found
