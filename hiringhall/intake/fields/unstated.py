"""What people write where there is nothing to say, instead of leaving the field out.

Owns those words; refuses to know which fields can be left out.
"""

from __future__ import annotations

_UNSTATED = frozenset(
    {
        *("n/a", "na", "n.a", "none", "tbd", "tba", "tbc", "unknown", "null", "-", "--", "\u2013", "\u2014"),
        *("to be determined", "to be announced", "to be confirmed", "not applicable", "not available"),
        *("not stated", "not listed", "not specified", "unspecified", "not provided", "not mentioned"),
        *("", "~", "not disclosed", "unavailable", "see above"),
        *("no especificado", "no aplica", "por determinar", "por definir"),
        *("non précisé", "non précisée", "non spécifié", "non spécifiée", "non indiqué", "non indiquée"),
        *("non mentionné", "non mentionnée", "non communiqué", "non disponible", "inconnu", "inconnue"),
        *("à déterminer", "à préciser", "à confirmer", "à venir", "sans objet", "s.o", "s/o"),
        *("aucun", "aucune", "néant"),
    }
)
LEAVE_OUT = "leave it out; a field is only for what is known"
_LONGEST = max(map(len, _UNSTATED)) + 2
# What stands around such words.
_AROUND = " .?()<>*_"


def says_nothing(written: object) -> bool:
    """Say whether a value as it is written, which may be a list, says only that nothing is known.

    >>> says_nothing("TBD."), says_nothing("(not specified)"), says_nothing("No degree needed")
    (True, True, False)
    """
    if type(written) is not str or not 0 < len(written) <= _LONGEST:
        return False
    return written.strip().strip(_AROUND).casefold() in _UNSTATED
