"""Where compiled templates are kept, and a fork that compiles them while this process is still loading.

Owns their folder, and who compiles which; refuses to know what a template is, and loads no Jinja.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

from hiringhall.engine.files import temporary_folder
from hiringhall.engine.workers import in_background


def folder_in(cache: Path) -> Path:
    """Return where compiled templates are kept between builds."""
    return cache / "templates"


@contextmanager
def compiling(layouts: Path, cache: Path | None, jobs: int) -> Iterator[Path]:
    """Give the folder of compiled templates, into which those of `layouts` come meanwhile.

    Without a `cache`, the folder ends with the context. If an earlier build left one, nothing is compiled
    ahead: most of it is still valid.
    """
    with ExitStack() as stack:
        folder = folder_in(cache) if cache else Path(stack.enter_context(temporary_folder()))
        is_kept = cache is not None and folder.is_dir()
        stack.enter_context(in_background(partial(_compile, layouts, folder), 1 if is_kept else jobs))
        yield folder


def _compile(layouts: Path, folder: Path) -> None:
    """Compile all templates from the last to the first, to meet whoever loads them and reports faults."""
    from hiringhall.pages.layouts import read_layouts
    from hiringhall.pages.templates import load

    read = read_layouts(layouts)
    with suppress(OSError):
        load(read._replace(texts=dict([*read.texts.items()][::-1])), folder)
