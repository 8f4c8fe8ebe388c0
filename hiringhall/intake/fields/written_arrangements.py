"""Where work is done as people write it, also beside a place or in its stead.

Owns those words; refuses to know which places there are.
"""

from __future__ import annotations

import re

from hiringhall.engine.patterns import pattern
from hiringhall.intake import words
from hiringhall.intake.fields.suggestions import any_joint

# Other words that people use for an arrangement, and what they mean.
OTHER_WORDS = words.meanings("arrangements")
_ANY_WORD = {
    meant: "|".join(sorted(map(any_joint, said), key=len, reverse=True))
    for meant, said in words.table("arrangements").items()
}
_ARRANGEMENT = (
    rf"(?:(?P<hybrid>h[yií]brid[eo]?|{_ANY_WORD['hybrid']})"
    rf"|(?P<remote>(?:(?:fully|completely|100 ?%)[ -])?remot[eo]|anywhere|{_ANY_WORD['remote']})"
    rf"|(?P<field>{_ANY_WORD['field']})"
    rf"|(?P<on_site>(?:on-?site|{_ANY_WORD['on-site']})(?! of\b)))\b"
)
# What people write before a place, or in its stead, and what it goes into.
NO_PLACE = pattern(
    rf"{_ARRANGEMENT}|(?:(?P<wide>(?:state|nation|country)wide|\w+-wide)"
    r"|(?P<unstated>tb[acd]|n/a|unknown|not (?:stated|listed)|non précisé|à déterminer)"
    r"|(?P<several>(?:multiple|various|several)(?: (?:locations|places|cities|sites))?"
    r"|plusieurs (?:lieux|villes)))\b",
    re.IGNORECASE,
)
# What to do about each of them as a place.
ADVICE = {
    "remote": "leave it out, and put remote in arrangement; remote_from is for where people may live",
    "hybrid": "write the place alone, and put hybrid in arrangement",
    "field": "write the place alone, and put field in arrangement",
    "on_site": "write the place alone, and put on-site in arrangement",
    "unstated": "write at least the region or the country",
    "several": 'write them as a list, such as ["Hartford, CT", "New Haven, CT"], or the region alone',
    "wide": "write the region or country alone",
}
# What to do where more is said behind one that is therefore not sure.
BESIDE = "write the place alone, if there is one, and put {} or hybrid in arrangement"
ANY = pattern(rf"\b{_ARRANGEMENT}", re.IGNORECASE)
_JOINT = r"[\s():;,/|+&\u00b7\u2010-\u2015\u2022-]"
# What stands around the place behind such a word, and such a word behind a place.
BEHIND = pattern(
    rf"\A{_JOINT}+(?:(?:in|within|from|en|à)\s+)?(?:the\s+)?|(?:\s+only)?[\s)]*\Z", re.IGNORECASE
)
AT_END = pattern(rf"(?P<place>.*?(?!{_JOINT}).){_JOINT}+(?:(?:or|and)\s+)?{_ARRANGEMENT}.*", re.IGNORECASE)
