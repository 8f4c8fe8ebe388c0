"""What templates ask for and is not there: names, parts of values, strings and files.

Owns how a page that failed is made again, going on without them, to find all; refuses to know what pages
give. What is asked for only in a case that does not come is not found.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from contextlib import suppress
from contextvars import ContextVar
from functools import lru_cache
from itertools import count
from typing import Any, NamedTuple

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from jinja2.runtime import Context
from jinja2.utils import missing

from hiringhall.diagnostics import LayoutFault
from hiringhall.pages.assets import AssetError

NOT_GIVEN = "is not given to this template"


class Found(NamedTuple):
    """What is not there: which template asks for it, on which line, by what word, and what that raises.

    `before` is the regular expression of what is before the word; `owner` lacks it, if it is a part.
    """

    template: str
    line: int
    before: str
    word: str
    owner: object
    raised: Exception


class _Search(NamedTuple):
    """What is found on a page, and how often something was."""

    found: dict[object, Found]
    times: Iterator[int]


_MOST = 10_000  # times that something is found on a page: what is below each other may have no end
_SEARCH: ContextVar[_Search] = ContextVar("_SEARCH")


class Refusing(StrictUndefined):
    """What is not there, and ends the page; if it is of a view, the message names what the view has."""

    @property
    def _undefined_message(self) -> str:
        if self._undefined_obj is missing and not self._undefined_hint:
            return f"{self._undefined_name!r} {NOT_GIVEN}"
        parts = parts_of(self._undefined_obj)
        if not parts:
            return super()._undefined_message
        kind = type(self._undefined_obj).__name__.removesuffix("View").lower()
        return f"this {kind} has no {self._undefined_name!r}; it has {', '.join(parts)}"


class _Passing(Refusing):
    """What is not there, and is found as soon as it is used; from then on it stands for anything."""

    is_found = False

    def use(self, *_: object) -> _Passing:
        if not self.is_found:
            self.is_found = True
            name: object = self._undefined_name
            if isinstance(name, _Passing):  # as in row[column]
                name.use()
            elif not self._undefined_hint:  # as what a template does not export: it may be wrong itself
                before = r"(?<![\w.'\"])" if self._undefined_obj is missing else r"\.\s*"
                raised = self._undefined_exception(self._undefined_message)
                _find(before, str(name), self._undefined_obj, raised)
        return self

    def __getattr__(self, name: str) -> _Passing:
        if name.startswith("__"):  # Python asks what it can do
            raise AttributeError(name)
        return self.use()

    def __str__(self) -> str:  # type: ignore[override]
        self.use()
        return ""

    def __bool__(self) -> bool:  # type: ignore[override]
        self.use()
        return True

    def __iter__(self) -> Iterator[_Passing]:  # type: ignore[override]
        yield self.use()

    def __len__(self) -> int:  # type: ignore[override]
        self.use()
        return 1

    def __int__(self) -> int:  # type: ignore[override]
        self.use()
        return 1

    def __float__(self) -> float:  # type: ignore[override]
        self.use()
        return 1.0

    def __hash__(self) -> int:  # type: ignore[override]
        self.use()
        return id(self)  # no other's: functions that remember what they gave take equal ones for one

    __call__ = __getitem__ = __contains__ = __eq__ = __ne__ = use  # type: ignore[assignment]
    __lt__ = __le__ = __gt__ = __ge__ = __add__ = __radd__ = __sub__ = __rsub__ = use  # type: ignore[assignment]
    __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __mod__ = __rmod__ = use  # type: ignore[assignment]
    __floordiv__ = __rfloordiv__ = __pow__ = __rpow__ = __neg__ = __pos__ = use  # type: ignore[assignment]
    __abs__ = __round__ = use


NOTHING = _Passing()  # stands for what is known to be wrong, too
NOTHING.is_found = True


class _Going(Context):
    """What a template is given, where a string or a file that is not there does not end the page."""

    def call(self, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().call(function, *args, **kwargs)
        except RecursionError:  # what has no end has none where it goes on, either
            raise
        except Exception as raised:
            lacking = [each for each in (*args, *kwargs.values()) if isinstance(each, _Passing)]
            for each in lacking:
                each.use()
            if isinstance(raised, LayoutFault | AssetError) and not isinstance(args[0], _Passing):
                _find("['\"]", str(args[0]), missing, raised)
            elif not lacking:
                raise
            return ""


def parts_of(value: object) -> tuple[str, ...]:
    """Return the names of the parts of what pages give; those of a value of another type are not known."""
    kind: Any = type(value)
    is_ours = kind.__module__.startswith("hiringhall.") and hasattr(kind, "__match_args__")
    return tuple(name for name in vars(kind) if not name.startswith("_")) if is_ours else ()


def all_missing(name: str, environment: Environment, given: Mapping[str, object]) -> list[Found]:
    """Make a page that failed again, only to find all that its templates ask for in vain."""
    search = _Search({}, count())
    token = _SEARCH.set(search)
    with suppress(Exception):  # what else is wrong is told of the page that failed
        _going_on(environment).get_template(name).render(given)
    _SEARCH.reset(token)
    return [*search.found.values()]


@lru_cache(maxsize=1)
def _going_on(environment: Environment) -> Environment:
    load = environment.loader.load_func  # type: ignore[union-attr]
    # What includes a template that is not there, or is wrong, goes on, too.
    loader = FunctionLoader(lambda name: load(name) or ("", name, None))
    going = environment.overlay(undefined=_Passing, loader=loader)
    going.context_class = _Going
    return going


def _find(before: str, word: str, owner: object, raised: Exception) -> None:
    """Note what the template that runs asks for in vain, once for a line of it.

    Raises RecursionError if there is no end to it.
    """
    found, times = _SEARCH.get()
    if next(times) >= _MOST:
        raise RecursionError
    frame: Any = inspect.currentframe()  # which may be within a filter or a function
    while "__jinja_template__" not in frame.f_globals:
        frame = frame.f_back
    template = frame.f_globals["__jinja_template__"]
    line = _line_of(template, frame.f_lineno)
    each = Found(template.name, line, before, word, owner, raised)
    found.setdefault((template.name, line, before, word, type(owner), type(raised)), each)


@lru_cache(maxsize=1 << 10)  # Jinja reads its whole table of lines each time
def _line_of(template: Template, line: int) -> int:
    return template.get_corresponding_lineno(line)
