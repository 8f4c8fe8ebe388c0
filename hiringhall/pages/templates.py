"""The Jinja environment of `layouts/`, and what is wrong with a template as a diagnostic.

Owns compiling, checking and rendering of templates; refuses to know what is on a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, NoReturn

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FunctionLoader,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.bccache import Bucket
from jinja2.compiler import generate
from markupsafe import Markup

from hiringhall.diagnostics import Diagnostic, LayoutFault, Span, error
from hiringhall.engine.files import read_sealed, write_sealed
from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.suggestions import nearest
from hiringhall.intake.files.sources import shown
from hiringhall.pages.assets import AssetError
from hiringhall.pages.layouts import Layouts, whole_line
from hiringhall.pages.missing import NOT_GIVEN, NOTHING, Found, Refusing, all_missing, parts_of
from hiringhall.pages.nesting import EndingTemplate, need_end
from hiringhall.pages.writing import DirectContext, write_quickly

# Marks in a rendered page where bytes made elsewhere go: rows of a list, the neighbors of a posting. No
# template, setting or posting can contain it: YAML, Markdown and HTML all refuse U+0000.
SLOT = Markup("\0;")
# In the same way, both ends of what is shown or not depending on something that is known only then.
_EDGE = Markup("\0?")

_TAG = pattern(r"(?s)\{[{%].*?[%}]\}")
_LINES = pattern(r"(\d+)=(\d+)")


class _FrameFault(LayoutFault):
    """What is wrong with the frame of all pages, raised by a page that asks for a part of it."""


class BrokenFrame:
    """Stands for a frame that cannot be made, so that what else is wrong with a page is found, too."""

    def __init__(self, *faults: Diagnostic) -> None:
        self._faults = faults

    def __getattr__(self, _part: str) -> NoReturn:
        raise _FrameFault(*self._faults)


class _Bytecode(FileSystemBytecodeCache):
    """Compiled templates in sealed files: a damaged one counts as missing."""

    def load_bytecode(self, bucket: Bucket) -> None:
        code = read_sealed(Path(self._get_cache_filename(bucket)))
        if code is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):  # what cannot be kept is compiled again
            write_sealed(Path(self._get_cache_filename(bucket)), bucket.bytecode_to_string())


class Templates(NamedTuple):
    """The compiled templates of some layouts.

    `faults` are what is wrong with those that cannot be compiled and with the layouts themselves: pages not
    affected can still be rendered, to find what is wrong with them.
    """

    layouts: Layouts
    environment: Environment
    faults: tuple[Diagnostic, ...]

    def render(self, name: str, subject: str, /, **values: object) -> bytes:
        """Render a template; `subject` names what it shows, for people. Raises LayoutFault."""
        try:
            return self.environment.get_template(name).render(values).encode()
        except Exception as raised:
            raise LayoutFault(*self._faults(raised, name, subject, values)) from raised

    def split(self, name: str, subject: str, /, **values: object) -> tuple[bytes, bytes]:
        """Render a template that holds one SLOT, and return what comes before and after it."""
        pieces = self.render(name, subject, **values).split(SLOT.encode())
        if len(pieces) != 2:  # noqa: PLR2004 -- before and after
            slot = next(each for each, value in values.items() if value is SLOT)
            message = f"the page must use {slot} exactly once, and uses it {len(pieces) - 1} times"
            fault = error(
                self._shown(name), Span(), "template-slot", message, f"found while rendering {subject}"
            )
            raise LayoutFault(fault)
        return pieces[0], pieces[1]

    def _shown(self, name: str) -> str:
        return shown(self.layouts.folder / name)

    def _faults(
        self, raised: Exception, name: str, subject: str, given: Mapping[str, object]
    ) -> tuple[Diagnostic, ...]:
        """Return what is known to be wrong with a template that cannot be used, or word the exception.

        Also return all names that it asks for in vain: the exception has only the first.
        """
        where = f"found while rendering {subject}"
        sound = {key: NOTHING if isinstance(each, BrokenFrame) else each for key, each in given.items()}
        # What has no end has none the second time.
        found = [] if isinstance(raised, RecursionError) else all_missing(name, self.environment, sound)
        lacking = [self._lacking(each, where, given) for each in found]
        path = self._shown(str(raised.name)) if isinstance(raised, TemplateNotFound) else None
        known = tuple(fault for fault in self.faults if fault.path == path)
        if isinstance(raised, _FrameFault):
            known = raised.diagnostics
        known = known or (self._fault(raised, name, where, given),)
        told = {(each.path, each.message) for each in lacking}
        return (*(each for each in known if (each.path, each.message) not in told), *lacking)

    def _lacking(self, found: Found, where: str, given: Mapping[str, object]) -> Diagnostic:
        """Word what a template asks for in vain, with what was probably meant."""
        code, message, hint = _worded(found.raised, where, given)
        if near := nearest(found.word, parts_of(found.owner)):
            hint = f"{hint}; did you mean {near}?"
        owner = next((rf"\b{name}\s*" for name, value in given.items() if value is found.owner), "")
        word = rf"{owner}{found.before}({re.escape(found.word)})\b"
        span = _place(self.layouts.texts[found.template], found.line, word)
        return error(self._shown(found.template), span, code, message, hint)

    def _fault(self, raised: Exception, name: str, where: str, given: Iterable[str]) -> Diagnostic:
        """Word an exception for the person who edits the template, at the line that raised it."""
        import traceback

        code, message, hint = _worded(raised, where, given)
        for frame in reversed(traceback.extract_tb(raised.__traceback__)):
            path = Path(frame.filename)
            if path.is_relative_to(self.layouts.folder):
                return error(shown(path), whole_line(frame.lineno or 1), code, message, hint)
        return error(self._shown(name), Span(), code, message, hint)


@lru_cache(maxsize=1 << 10)  # many pages fail for one reason
def _place(text: str, line: int, word: str) -> Span:
    """Return where a tag on a line of a template first has a word, the group of a pattern; else the line."""
    for tag in _TAG.finditer(text):
        first = text.count("\n", 0, tag.start()) + 1
        is_there = first <= line <= first + tag[0].count("\n")
        if is_there and (found := re.search(word, tag[0])):
            start = tag.start() + found.start(1)
            line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
            return Span(line, column, line, column + len(found[1]))
    return whole_line(line)


def optional(caller: Callable[[], str]) -> Markup:
    """Mark what a template says within a `call` as something to be shown or not, which is decided later.

    Raises ValueError if something in it is itself decided or filled in later: the marks of one would end the
    other.
    """
    said = caller()
    if "\0" in said:
        raise ValueError("what is filled in later, or another call, must not stand within this call")
    return Markup(f"{_EDGE}{said}{_EDGE}")  # noqa: S704 -- the template escapes


def settled(part: bytes, *, is_shown: bool) -> bytes:
    """Return a part of a page with all that was marked as optional, or without it.

    >>> part = f"a{optional(lambda: 'b')}c".encode()
    >>> settled(part, is_shown=True), settled(part, is_shown=False)
    (b'abc', b'ac')
    """
    first, *rest = part.split(_EDGE[0].encode())  # by one byte, which takes a third of the time
    pieces = [first, *[piece[1:] for piece in rest]]
    return b"".join(pieces if is_shown else pieces[::2])


def load(layouts: Layouts, bytecode: Path | None = None) -> Templates:
    """Compile all templates; the folder `bytecode` keeps the compiled ones between builds."""
    environment, wrong = _compiled(layouts.folder, bytecode, tuple(layouts.texts.items()))
    return Templates(layouts, environment, (*layouts.faults, *wrong))


@lru_cache(maxsize=1)
def _compiled(
    layouts: Path, bytecode: Path | None, texts: tuple[tuple[str, str], ...]
) -> tuple[Environment, tuple[Diagnostic, ...]]:
    """Compile templates, and return what is wrong with those that cannot be.

    The same ones are not compiled twice in one process or its forks.
    """
    if bytecode is not None:
        bytecode.mkdir(parents=True, exist_ok=True)
    right = dict(texts)
    environment = Environment(
        loader=FunctionLoader(
            lambda name: (right[name], str(layouts / name), None) if name in right else None
        ),
        autoescape=True,
        undefined=Refusing,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=None if bytecode is None else _Bytecode(str(bytecode)),
    )
    environment.template_class, environment.context_class = EndingTemplate, DirectContext
    faults: list[Diagnostic] = []
    for name, text in texts:
        try:
            need_end(name, right, environment)
            template = environment.get_template(name)
        except Exception as raised:  # noqa: BLE001 -- of Jinja, or of Python, which compiles what Jinja makes
            line, message = _unreadable(raised, environment, text)
            faults.append(error(shown(layouts / name), whole_line(line), "template-syntax", message))
            del right[name]  # otherwise every page that needs it would compile it again
        else:
            # Jinja copies the globals for each page: five times faster from a flat mapping.
            template.globals = dict(template.globals)
            write_quickly(template)
    return environment, tuple(faults)


def _unreadable(raised: Exception, environment: Environment, text: str) -> tuple[int, str]:
    """Return the line of what cannot be compiled, the first if it is not known, and what is wrong with it.

    What Python refuses is a line of the text that Jinja makes for it, which ends in a table of lines.
    """
    if isinstance(raised, TemplateSyntaxError):
        return raised.lineno, raised.message or "the template cannot be read"
    if not isinstance(raised, SyntaxError):
        return 1, _said(raised)
    python = generate(environment.parse(text), environment, None, None) or ""
    table = _LINES.findall(python.rpartition("debug_info")[2])
    lines = (int(line) for line, made in reversed(table) if int(made) <= (raised.lineno or 0))
    return next(lines, 1), f"the template cannot be read: {raised.msg}"


def _names(given: Iterable[str]) -> str:
    return f"there it is given {', '.join(sorted(given))}"


def _worded(raised: Exception, hint: str, given: Iterable[str]) -> tuple[str, str, str]:
    """Return code, message and hint for what went wrong in a template that was given these names."""
    if isinstance(raised, LayoutFault):  # of a string that the template asked for
        found = raised.diagnostics[0]
        way = f"see {found.path}:{found.span.line}"
        if found.code == "strings-missing":
            way = f"add it to {found.path}, or correct its name here"
        return found.code, found.message, f"{way}; {hint}"
    if isinstance(raised, AssetError):
        return "asset-missing", str(raised), hint
    if isinstance(raised, TemplateNotFound):
        return "template-missing", f"there is no template {raised.name}", hint
    if isinstance(raised, UndefinedError):
        asked, is_not_given, _ = str(raised).partition(f" {NOT_GIVEN}")
        if is_not_given and asked in map(repr, given):  # a macro sees only what is imported with it
            return "template-error", str(raised), f'add "with context" to the import; {hint}'
        # In the hint, because pages that share a template are given different names: it is one fault.
        return "template-error", str(raised), f"{hint}; {_names(given)}" if is_not_given else hint
    return "template-error", _said(raised), hint


def _said(raised: Exception) -> str:
    """Return what an exception says, in words for the person who edits the template if they are known."""
    if isinstance(raised, RecursionError):
        return "the template includes or calls itself, or has too much within each other"
    if isinstance(raised, UnicodeEncodeError):
        return f"it has {raised.object[raised.start]!r}, which is no character that a page can have"
    name = type(raised).__name__
    return f"{name}: {raised}" if str(raised) else name
