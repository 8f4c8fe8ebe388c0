"""Files that are published unchanged, such as a PDF or a picture.

Owns their addresses; refuses to know what is in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from hiringhall.context import Context
from hiringhall.diagnostics import LayoutFault, Span, error
from hiringhall.engine.digests import key_of
from hiringhall.intake.files.sources import ANY_BYTES, reread
from hiringhall.model import File, Listing, Output, Parts, Source
from hiringhall.policies import addresses


def outputs(listing: Listing, context: Context, parts: Parts) -> Iterator[Output]:  # noqa: ARG001
    """Yield every file of the content that is published unchanged."""
    folder = f"{context.folder}/{addresses.FILES}"
    for source in context.files:
        path = addresses.FILES + source.path.removeprefix(folder)
        yield File(path, partial(key_of, file=source.digest), partial(_whole, source))


def _whole(source: Source) -> tuple[bytes]:
    """Return a file's bytes. Raises LayoutFault if they are not those that were found."""
    found = reread(source.path, ANY_BYTES)
    if found.digest != source.digest or found.data is None:
        message = "the file was changed or deleted while the site was built"
        raise LayoutFault(error(source.path, Span(), "file-unreadable", message, "build again"))
    return (found.data,)
