"""The setting `redirects`: which addresses pages of the site had before, and which they have now.

Owns how such addresses are written; refuses to know which pages there are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from yaml.nodes import MappingNode, Node, ScalarNode

from hiringhall.engine.patterns import pattern
from hiringhall.intake.fields.forms import Problem, of_text
from hiringhall.intake.fields.reading import Reading
from hiringhall.policies.addresses import FILES, OWN_FOLDERS, posting
from hiringhall.policies.slugs import is_slug, term_slug

_POSTINGS = posting("x").removesuffix("x/")
_HOST = pattern("^https?://[^/]*")
_PAGE = pattern(r"(?<!\bindex)\.(?:md|html?)$")


def redirects(name: str, node: Node, reading: Reading) -> Mapping[str, str] | None:
    """Parse lines of the form `/tags/legal/: /tags/law/`; return folders, present by former."""
    if not isinstance(node, MappingNode):
        message = f"{name} must be lines of the form /tags/legal/: /tags/law/"
        hint = (
            "indent them by two spaces, without hyphens, and put a space after the colon; or, if nothing has "
        )
        hint += "moved, delete the line"
        reading.error(node, "redirect-form", message, hint)
        return None
    found: dict[str, tuple[str, Node]] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):  # which has been reported
            continue
        former, present = _folder(name, key, reading), _folder(f"{name}.{key.value}", value, reading)
        if former is not None and former.startswith(_POSTINGS) and former != _POSTINGS:
            message = f"/{former} is the address of a posting, which itself says what it was called before"
            hint = f"write aliases: [{former.split('/')[1]}] in the posting that took its place"
            reading.error(key, "redirect-form", message, hint)
        elif former is not None and present is not None:
            found[former] = present, value
    folders = {former: present for former, (present, _) in found.items()}
    for present, value in found.values():
        _check_end(present, value, folders, reading)
    return folders


@of_text
def _folder(name: str, written: str, reading: Reading) -> str | Problem:
    """Parse the address of a page, from the slash after the site's own to the one at its end."""
    meant, hint = _meant(written, reading), None
    if written == f"/{meant}":
        return meant
    file = re.split("[?#]", written)[0].rpartition("/")[2]
    if meant.startswith(FILES) and "." in file:
        hint = "pages alone lead on, and to pages: keep a copy of a file at its former address, too"
    if not meant and "?" in written:
        hint = "delete the line: of an address such as /?p=12, hosts see nothing behind the ?"
    if name == "redirects" and _PAGE.search(file) and not file.endswith(".md"):
        hint = "delete the line: only folders can lead on, and not an address that ends in .html"
    if not meant and not _HOST.sub("", written).startswith("/"):
        hint = "write the address of a page, as it stands behind that of the site"
    message = f"{written!r} does not have the form of a page's address, such as /tags/law/"
    return Problem("redirect-form", message, hint or f"write /{meant}")


def _meant(written: str, reading: Reading) -> str:
    """Return the folder of the page that an address means, below that of the site on its host."""
    path = _HOST.sub("", re.split("[?#]", unquote(written))[0])
    names = [name for name in _PAGE.sub("", path).split("/") if "." not in name and re.search(r"\w", name)]
    # A list's second page comes and goes with its postings, and would break a build by going.
    names = names[:-2] if names[-2:-1] == ["page"] else names
    folder = "".join(f"{name if is_slug(name) else term_slug(name)}/" for name in names)
    base_url = reading.document.fields.get("base_url")
    home = _HOST.sub("", str(base_url.value.value)).strip("/") + "/" if base_url else "/"
    return folder if _is_of_site(folder) else folder.removeprefix(home)


def _is_of_site(folder: str) -> bool:
    """Say whether the site has folders like this one, whatever is in them; below a posting there is none."""
    first, _, rest = folder.partition("/")
    return first in OWN_FOLDERS and (f"{first}/" != _POSTINGS or rest.count("/") <= 1)


def _check_end(present: str, node: Node, folders: Mapping[str, str], reading: Reading) -> None:
    """Report an address that itself leads on, so that readers arrive in one step, and arrive."""
    end, passed = present, set()
    while end in folders and end not in passed:
        passed.add(end)
        end = folders[end]
    if end in passed:
        reading.error(node, "redirect-form", f"/{present} leads in a circle", "write where the page is now")
    elif passed:
        reading.error(node, "redirect-form", f"/{present} itself leads on to another page", f"write /{end}")
