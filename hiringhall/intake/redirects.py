"""The setting `redirects`: which addresses pages of the site had before, and which they have now.

Owns how such addresses are written; refuses to know which pages there are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from yaml.nodes import MappingNode, Node

from hiringhall.intake.forms import text
from hiringhall.intake.reading import Reading
from hiringhall.policies.addresses import FILES, OWN_FOLDERS, posting
from hiringhall.policies.slugs import LONGEST_SLUG, is_slug, term_slug

_POSTINGS = posting("x").removesuffix("x/")
_HOST = re.compile("^https?://[^/]*")


def redirects(name: str, node: Node, reading: Reading) -> Mapping[str, str] | None:
    """Parse lines of the form `/tags/legal/: /tags/law/`; return folders, present by former."""
    if not isinstance(node, MappingNode):
        message = f"{name} must be lines of the form /tags/legal/: /tags/law/"
        reading.error(node, "redirect-form", message)
        return None
    found: dict[str, tuple[str, Node]] = {}
    for key, value in node.value:
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


def _folder(name: str, node: Node, reading: Reading) -> str | None:
    """Parse the address of a page, from the slash after the site's own to the one at its end."""
    written = text(name, node, reading)
    if written is None:
        return None
    path = _HOST.sub("", re.split("[?#]", unquote(written))[0])
    parts = [part for part in path.split("/") if part]
    folder = "".join(f"{part}/" for part in parts)
    # A list's second page comes and goes with its postings, and would break a build by going.
    is_part = parts[-2:-1] == ["page"]
    rest = _without_home(folder, reading)
    is_right = written == f"/{folder}" and all(map(is_slug, parts)) and not is_part and folder == rest
    if is_right and len(folder) <= LONGEST_SLUG:
        return folder
    hint = f"write only what follows the address of the site, such as /{rest or 'tags/law/'}"
    if folder == rest and "://" not in written and len(folder) <= LONGEST_SLUG:
        names = parts[:-2] if is_part else [part for part in parts if "." not in part]
        hint = f"write /{''.join(f'{term_slug(part)}/' for part in names)}"
        if folder.startswith(FILES) and "." in parts[-1]:
            hint = "pages alone lead on, and to pages: keep a copy of a file at its former address, too"
    message = f"{written!r} does not have the form of a page's address, such as /tags/law/"
    reading.error(node, "redirect-form", message, hint)
    return None


def _without_home(folder: str, reading: Reading) -> str:
    """Return a folder without that of the site on its host, unless the site itself has such folders."""
    base_url = reading.document.fields.get("base_url")
    home = _HOST.sub("", str(base_url.value.value)).strip("/") + "/" if base_url else "/"
    begins = home != folder and folder.startswith(home)
    return folder[len(home) :] if begins and not _is_of_site(folder) else folder


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
