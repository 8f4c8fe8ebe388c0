"""The setting `logo`: a picture of the site's own, by the name of its file.

Owns how it is named; refuses to know where it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from hiringhall.intake.fields.forms import Problem, of_text
from hiringhall.intake.fields.reading import Reading
from hiringhall.intake.fields.suggestions import nearest
from hiringhall.intake.files.names import lasting_name
from hiringhall.policies.addresses import FILES, picture


@of_text
def logo(name: str, written: str, _reading: Reading) -> str | Problem:
    """Parse the name of a picture in `content/files/`, or its address; return its path under the root."""
    path = picture(written) or picture(FILES + written)
    message = f"{name} is {written!r}, which is not the name of a picture"
    return path or Problem("setting-logo", message, where_to_put(written))


def where_to_put(written: str, pictures: Iterable[str] = ()) -> str:
    """Return a hint on a logo that is not among the `pictures` in `content/files/`, by what is written."""
    file = lasting_name(re.split(r"[/\\]", written)[-1])
    near = nearest(file, pictures)
    if near:
        return f"did you mean {near}?"
    known = file if picture(FILES + file) else "its name, such as logo.svg or logo.png"
    return f"put the picture into content/{FILES} and write {known}"
