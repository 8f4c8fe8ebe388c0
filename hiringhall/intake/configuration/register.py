"""The register of employers as known, and how a posting's `organization` finds its entry there.

Owns when two names mean one employer; refuses to know where the entries are from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from hiringhall.engine.patterns import pattern
from hiringhall.model import Organization
from hiringhall.policies.slugs import term_slug

_NOISE = pattern(r"[^\w]+")
_INITIALS = pattern(r"\b(?:[^\W\d_]\. ?)+[^\W\d_]\.")
_LONG = pattern(r"[^\W\d_]{4,}")  # also without a letter
_MISTAKABLE = pattern(r"[^\W\d_]{5,}|(?<=[^\W\d_]) (?=[^\W\d_])")
_FORMS = frozenset({"inc", "incorporated", "corp", "llc", "ltd", "plc", "ev", "gmbh", "ggmbh"})
_IGNORED = frozenset({"and", "the", "of"}) | _FORMS


class Register(NamedTuple):
    """The registered employers; `names` leads from case-folded keys, names and aliases to an entry's place.

    `neighbors` leads from normalised names, and from all that lack one letter of one, to the name as written.
    """

    organizations: tuple[Organization, ...]
    names: Mapping[str, int]
    neighbors: Mapping[str, str]

    def resolve(self, text: str) -> Organization:
        """Return the employer that a key, name or alias stands for, else a free one of that name."""
        place = self.names.get(text.casefold())
        return _free(text) if place is None else self.organizations[place]

    def at(self, key: str) -> Organization | None:
        """Return the registered employer that has a key, which is also the slug of its page."""
        place = self.names.get(key)
        found = None if place is None else self.organizations[place]
        return found if found and found.key == key else None

    def near(self, text: str) -> str | None:
        """Return the registered name that a free one is all but equal to: a letter, "&", "the", "Inc."."""
        if not self.neighbors:
            return None
        normal = normal_name(text)
        known = filter(None, map(self.neighbors.get, _lacking_one(normal)))
        return next((name for name in known if _is_slip(normal, normal_name(name))), None)


@lru_cache(maxsize=4096)  # postings have their employers and places in common
def normal_name(text: str) -> str:
    """Return a name as it is compared: without case, punctuation, "&", "and", "the", "of", "Inc.", "e. V.".

    >>> normal_name("S.E.I.U. Local 73") == normal_name("SEIU, Local 73")
    True
    >>> normal_name("The Nurses & Allied Workers, Inc.") == normal_name("Nurses and Allied Workers")
    True
    >>> normal_name("Offene Werkstatt e. V."), normal_name("J. B. Local 4")
    ('offene werkstatt', 'jb local 4')
    """
    initials = _INITIALS.sub(lambda found: found[0].replace(".", "").replace(" ", ""), text.casefold())
    words = _NOISE.sub(" ", initials.replace("'", "").replace("’", "")).split()
    return " ".join(word for word in words if word not in _IGNORED) or " ".join(words)


@lru_cache(maxsize=4096)
def _free(name: str) -> Organization:
    return Organization(key=None, slug=term_slug(name), name=name)


@lru_cache(maxsize=1)  # the builds of a server ask of the same names
def alike(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return each name that is all but equal to one before it, and that one: the first, if there are several.

    >>> alike(("Glenbow Museum", "AFT Local 4", "AFA Local 4", "The Glenbow Musuem, Inc."))
    (('The Glenbow Musuem, Inc.', 'Glenbow Museum'),)
    """
    firsts = ((name, next(before, None)) for name, before in _slips(names))
    return tuple([(name, first) for name, first in firsts if first is not None])


@lru_cache(maxsize=1)
def doubtful(names: tuple[str, ...]) -> frozenset[str]:
    """Return the names that are all but equal to another."""
    found: set[str] = set()
    for name, before in _slips(names):
        others = {*before}
        found |= {name, *others} if others else others
    return frozenset(found)


def _slips(names: tuple[str, ...]) -> Iterator[tuple[str, Iterator[str]]]:
    """Yield names, each with those before it to which it is all but equal, in their order.

    The pairs are not kept: there may be many more than names.
    """
    normals = [*map(normal_name, names)]
    rests = [*map(_lacking_a_word, normals)]
    shared = Counter(chain.from_iterable(rests))
    known = defaultdict[str, list[int]](list)  # by a form of names, the places of those that have it
    for place, (normal, rest) in enumerate(zip(normals, rests, strict=True)):
        if any(shared[each] > 1 for each in rest):
            forms = set(_lacking_one(normal))
            before = {at for form in forms for at in known[form]}
            yield names[place], (names[at] for at in sorted(before) if _is_slip(normal, normals[at]))
            for form in forms:
                known[form].append(place)


def _lacking_a_word(normal: str) -> set[str]:
    """Return a name without each of its words that can be mistaken, save its initial, and without its spaces.

    Names that share none of these differ by more than a letter. Few names share one, and there are far fewer
    words than letters.
    """
    words = [found.span() for found in _LONG.finditer(normal)]
    return {normal.replace(" ", ""), *[f"{normal[: start + 1]}\0{normal[end:]}" for start, end in words]}


def _lacking_one(normal: str) -> list[str]:
    """Return a name and each form of it that lacks a letter of a long word, or the space between two words.

    Figures, short words and first letters must be equal: AFT and AFA are different unions, and so are those
    of Milton and Wilton.
    """
    spans = [found.span() for found in _MISTAKABLE.finditer(normal)]
    places = [at for start, end in spans for at in range(start + (end - start > 1), end)]
    return [normal, *[normal[:at] + normal[at + 1 :] for at in places]]


def _is_slip(one: str, other: str) -> bool:
    """Say whether two names that are equal without a letter of each differ by one slip.

    A letter is missing, wrong, or in the place of the next, or a space is missing or in another place.
    Northeast and Northwest become equal, too.
    """
    if len(one) != len(other):
        return True
    unequal = {frozenset(pair) for pair in zip(one, other, strict=True) if pair[0] != pair[1]}
    return len(unequal) <= 1 and one.count(" ") == other.count(" ")


def register_of(organizations: tuple[Organization, ...]) -> Register:
    """Index the entries; of names that two entries share, the first counts."""
    names: dict[str, int] = {}
    neighbors: dict[str, str] = {}
    for place, entry in enumerate(organizations):
        for name in names_of(entry):
            names.setdefault(name.casefold(), place)
        for name in names_of(entry)[1:]:
            for form in _lacking_one(normal_name(name)):
                neighbors.setdefault(form, name)
    return Register(organizations, names, neighbors)


def names_of(entry: Organization) -> tuple[str, ...]:
    """Return all that an entry can be called by: key, name, short name, aliases."""
    return tuple(filter(None, (entry.key, entry.name, entry.short_name, *entry.aliases)))
