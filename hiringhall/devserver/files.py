"""Which file a request means, and what it is sent as.

Owns the way from an address to a file; refuses to know how an answer is sent.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path, PurePosixPath

from hiringhall.policies import addresses

# Machines know different types; these are the types of every file in a site.
_TYPES = {
    addresses.JSON_FEED: "application/feed+json; charset=utf-8",
    addresses.RSS_FEED: "application/rss+xml; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/vnd.microsoft.icon",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
}
INDEX = "index.html"


def media_type(name: str) -> str:
    """Return what a file of this name is sent as."""
    return _TYPES.get(name) or _TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")


def inner_paths(path: str, root: str) -> Iterator[str]:
    """Yield what a path may mean within the site: below its folder, as published, or from the top."""
    if path.startswith(root):
        yield path[len(root) :]
    elif path + "/" == root:
        yield ""
    if root != "/":
        yield path.lstrip("/")


def named(paths: Container[str], inner: str) -> str | None:
    """Return the site's path that a path within it means, in the same way as `locate`."""
    parts = [part for part in inner.split("/") if part]
    names = ("/".join(parts), "/".join((*parts, INDEX)))
    return next((name for name in names[inner.endswith("/") :] if name in paths), None)


def locate(output: Path, inner: str) -> Path | None:
    """Return the file for a path within the site, or None; nothing outside `output` is ever found."""
    parts = [part for part in inner.split("/") if part]
    if any(part in {".", ".."} or set(part) & {"\\", ":", "\0"} for part in parts):
        return None
    try:
        # Resolved each time: a publication puts another folder in its place.
        home = output.resolve(strict=True)
        file = home.joinpath(*parts).resolve(strict=True)
        if inner.endswith("/") or file.is_dir():
            file = (file / INDEX).resolve(strict=True)
    except (OSError, ValueError):
        return None
    return file if file.is_relative_to(home) and file.is_file() else None
