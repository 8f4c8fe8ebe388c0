"""The strings of the site's language, read from one file a language beside the templates.

Owns finding the file, taking what it lacks from the next, and proving them complete and each string fit to be
filled in; refuses to know what the strings are used for.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from functools import cache, reduce
from pathlib import Path
from string import Formatter
from typing import NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode

from hiringhall.diagnostics import Diagnostic, Outcome, Span, error, failed, notice, warning
from hiringhall.intake.configuration.groups import same_words
from hiringhall.intake.configuration.settings import places_in
from hiringhall.intake.fields.forms import Problem
from hiringhall.intake.fields.suggestions import nearest
from hiringhall.intake.files.sources import SETTINGS, shown, string_folders
from hiringhall.intake.frontmatter.documents import Document, read_yaml
from hiringhall.wording import Wording, plural_forms

_REFERENCE = "en"
_NEAR = 0.8
_MOST = 50  # strings that one message names
_SYNONYMS = "search.synonyms"
# Which of these a string has depends on the language (CLDR); all are filled in alike.
_PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})


class _Strings(NamedTuple):
    """A file's strings by dotted key: their texts, and where they stand.

    `is_whole` says whether all of the file could be read.
    """

    path: str
    texts: dict[str, str]
    where: dict[str, tuple[str, Span]]
    is_whole: bool

    def completed(self, other: _Strings) -> _Strings:
        """Return these strings with those of another file that are not among them."""
        texts, where = other.texts | self.texts, other.where | self.where
        return _Strings(self.path, texts, where, self.is_whole and other.is_whole)


def read_wording(layouts: Path, language: str, content: Path) -> Outcome[Wording]:
    """Return the words of `language` (BCP 47), which the settings in `content` name: `es` serves `es-MX` too.

    The file of a region needs only what differs from that of the language. What both lack is taken from the
    program's own, which a notice says. A language without a file, a file that is not a mapping of texts, a
    text that cannot be filled in, or that fills in what English does not, and a string that of all these only
    English has, are errors. A text that leaves out what English fills in, a string that nothing asks for, and
    one that lacks a form of the plural which the language has, are warnings.
    """
    folder = layouts / "strings"
    paths = _files(layouts, language, language.partition("-")[0])
    if not paths or paths[0].parent != folder:
        known = sorted(path.stem for path in folder.glob("*.yaml"))
        others = ", ".join(known) or "none"
        message = f"there are no strings for the language {language}; languages that have them: {others}"
        copied, made = (shown(folder / f"{each}.yaml") for each in (_REFERENCE, language))
        hint = f"copy {copied} to {made} and translate it, or choose one of those languages"
        if _REFERENCE not in known:
            hint = f"a layouts folder must be complete: copy {copied} from the one that came with Hiring Hall"
        span = places_in(content)("language")
        return Outcome(None, (error(shown(content / SETTINGS), span, "strings-missing", message, hint),))
    english = _files(layouts, _REFERENCE) or [folder / f"{_REFERENCE}.yaml"]
    read = {path: _read(path) for path in dict.fromkeys((*paths, *english))}
    problems = [found for _, diagnostics in read.values() for found in diagnostics]
    files = {path: strings for path, (strings, _) in read.items()}
    own, reference = (reduce(_Strings.completed, map(files.__getitem__, each)) for each in (paths, english))
    if own.is_whole and reference.is_whole:
        problems += _borrowed(own, [shown(path) for path in paths if path.parent == folder])
    if paths[0].stem != _REFERENCE and reference.is_whole:
        problems += _misfilled(own, reference)
        # Of a file that cannot all be read, nobody knows what it lacks.
        problems += _differences(own, reference, language) if own.is_whole else ()
    words = None if failed(problems) else Wording(language, own.texts, own.path, own.where)
    return Outcome(words, tuple(problems))


def _files(layouts: Path, *names: str) -> list[Path]:
    """Return the files of strings that have these names, each once, in the order in which they are chosen."""
    paths = (folder / f"{name}.yaml" for folder in string_folders(layouts) for name in dict.fromkeys(names))
    return [path for path in paths if os.path.lexists(path)]


def _borrowed(own: _Strings, at_home: Collection[str]) -> Iterator[Diagnostic]:
    """Yield a notice that names the strings which are in none of the files `at_home`, if there are any."""
    lacking = sorted(key for key, (path, _) in own.where.items() if path not in at_home)
    if lacking:
        more = f" and {len(lacking) - _MOST} more" if len(lacking) > _MOST else ""
        source, _ = own.where[lacking[0]]
        message = f"strings that are missing here are taken from {source}: {', '.join(lacking[:_MOST])}{more}"
        yield notice(own.path, Span(), "strings-missing", message, "copy those that you want in other words")


def _read(path: Path) -> tuple[_Strings, tuple[Diagnostic, ...]]:
    """Return the strings of a file that can be read, which may be none, and what is wrong with it."""
    read = read_yaml(path)
    strings = _Strings(shown(path), {}, {}, not failed(read.diagnostics))
    filled = _filled(strings, read.value) if read.value else ()
    return strings, (*read.diagnostics, *filled, *_bad_synonyms(strings))


def _bad_synonyms(strings: _Strings) -> Iterator[Diagnostic]:
    """Yield what is wrong with the words that mean the same in a language."""
    text = strings.texts.get(_SYNONYMS)
    for found in map(same_words, text.split(",")) if text else ():
        if isinstance(found, Problem):
            message = f"in the string {_SYNONYMS}, {found.message}"
            yield error(*strings.where[_SYNONYMS], "strings-form", message, found.hint)


def _filled(strings: _Strings, document: Document) -> Iterator[Diagnostic]:
    """Take in strings, and yield what is wrong with each by itself."""
    for key, node in _leaves(document.fields.values()):
        place = strings.path, document.span(node)
        strings.where[key] = place
        text = strings.texts[key] = node.value if isinstance(node, ScalarNode) else ""
        if not isinstance(node, ScalarNode):
            message, hint = f"the string {key} is a list, not text", "write text in quotes"
            yield error(*place, "strings-form", message, hint)
        elif not text and not node.style:
            hint = 'write text, in quotes if it has braces, or "" for none'
            yield error(*place, "strings-form", f"the string {key} has no text", hint)
        elif _names(text) is None:
            message = f"the string {key} has braces that are not around a name: {text}"
            hint = "write the name of what is filled in, such as {day}"
            yield error(*place, "strings-placeholder", message, hint)


def _leaves(members: Iterable[tuple[Node, Node]], prefix: str = "") -> Iterator[tuple[str, Node]]:
    """Yield what is no mapping, with its dotted key."""
    for key, value in members:
        if isinstance(value, MappingNode):
            yield from _leaves(value.value, f"{prefix}{key.value}.")
        else:
            yield f"{prefix}{key.value}", value


@cache
def _names(text: str) -> frozenset[str] | None:
    """Return the names in a text's braces, or None where something else is there."""
    if "{" not in text and "}" not in text:
        return frozenset()
    try:
        fields = [field for field in Formatter().parse(text) if field[1] is not None]
    except ValueError:
        return None
    plain = all(name and name.isidentifier() and not form and not cast for _, name, form, cast in fields)
    return frozenset(name for _, name, _, _ in fields if name) if plain else None


def _differences(own: _Strings, reference: _Strings, language: str) -> Iterator[Diagnostic]:
    counted = {key.removesuffix(".one") for key in reference.texts if key.endswith(".one")}
    yield from _lacking_forms(own, counted, language)
    extra = own.texts.keys() - reference.texts.keys()
    renamed = set()
    for key in reference.texts.keys() - own.texts.keys() - {f"{key}.one" for key in counted}:
        near = nearest(key, extra, _NEAR)
        renamed.add(near)
        message = f"the string {key} is missing; in English: {reference.texts[key]}"
        hint = f"rename {near}, if that is the same string" if near else None
        place = own.where[near] if near else (own.path, Span())
        yield error(*place, "strings-missing", message, hint)
    for key in own.texts:
        if (
            not _meant(key, reference)
            and key not in renamed
            and any(other.startswith(f"{key.partition('.')[0]}.") for other in reference.texts)
        ):
            message = f"there is no English string {key}"
            near = nearest(key, reference.texts, _NEAR)
            hint = f"add it to {_REFERENCE}.yaml if your layouts use it; if not, delete it"
            hint = f"did you mean {near}? If not, {hint}" if near else hint
            yield warning(*own.where[key], "strings-unknown", message, hint)


def _misfilled(own: _Strings, reference: _Strings) -> Iterator[Diagnostic]:
    """Yield what is wrong with the braces of strings that are there in English, too."""
    for key in own.texts:
        if known := _meant(key, reference):
            yield from _placeholders(key, known, own, reference)


def _meant(key: str, reference: _Strings) -> set[str]:
    """Return the English strings that one stands for: that of its name, and of a plural the form `other`."""
    family, _, form = key.rpartition(".")
    keys = {key, f"{family}.other"} if form in _PLURALS else {key}
    return keys & reference.texts.keys()


def _lacking_forms(own: _Strings, counted: set[str], language: str) -> Iterator[Diagnostic]:
    """Yield which strings that go with a number lack one of the language's forms: `other` serves for it."""
    for key in counted & {key.removesuffix(".other") for key in own.texts if key.endswith(".other")}:
        for form, number in plural_forms(language).items():
            if form != "other" and f"{key}.{form}" not in own.texts:
                what = f"{key}.other goes with numbers such as {number}"
                message = f"the string {key}.{form} is missing, so {what}"
                hint = f"add {form}: and the text for {number} beside other:"
                yield warning(*own.where[f"{key}.other"], "strings-missing", message, hint)


def _placeholders(key: str, known: set[str], own: _Strings, reference: _Strings) -> Iterator[Diagnostic]:
    """Yield the names that nothing is filled in for, or else those of English that are not used.

    One thing, or none, is often said without its number, by whichever form of the plural.
    """
    filled = frozenset[str]().union(*(_names(reference.texts[each]) or () for each in known))
    used = _names(own.texts[key])
    if used is None:  # which has been reported
        return
    english = " / ".join(sorted(reference.texts[each] for each in known))
    for name in sorted(used - filled):
        message = f"the string {key} has {{{name}}}, which cannot be filled in; in English: {english}"
        yield error(*own.where[key], "strings-placeholder", message)
    is_free = key.rpartition(".")[2] in _PLURALS - {"other"} or not own.texts[key]
    for name in () if is_free or used - filled else sorted(filled - used):
        message = f"the string {key} leaves out {{{name}}}; in English: {english}"
        hint = f"write {{{name}}} where it should appear"
        yield warning(*own.where[key], "strings-placeholder", message, hint)
