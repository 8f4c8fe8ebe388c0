"""Where compiled templates are kept, and a fork that compiles them while this process is still loading.

Owns their folder, and that nobody waits needlessly; refuses to know what a template is, and loads no Jinja.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

from hiringhall.engine.workers import in_background


def folder_in(cache: Path) -> Path:
    """Return where compiled templates are kept between builds."""
    return cache / "templates"


@contextmanager
def compiling(layouts: Path, cache: Path | None, jobs: int) -> Iterator[Callable[[], Path]]:
    """Give a function that returns the folder of compiled templates once those of `layouts` are there.

    Without a `cache`, the folder ends with the context. If an earlier build left one, nothing is compiled
    ahead: most of it is still valid.
    """
    with ExitStack() as stack:
        if cache is None:
            from tempfile import TemporaryDirectory

            folder = Path(stack.enter_context(TemporaryDirectory(prefix="hiring-hall-")))
        else:
            folder = folder_in(cache)
        is_kept = cache is not None and folder.is_dir()
        done = stack.enter_context(in_background(partial(_compile, layouts, folder), 1 if is_kept else jobs))

        def compiled() -> Path:
            done()
            return folder

        yield compiled


def _compile(layouts: Path, folder: Path) -> None:
    """Compile all templates; whoever loads them reports what is wrong with them."""
    from hiringhall.pages.layouts import read_layouts
    from hiringhall.pages.templates import load

    with suppress(OSError):
        load(read_layouts(layouts), folder)
