"""The golden site, byte by byte: whatever changes in what is published shows up in a review.

What pages load is compared by name only, and the fingerprints in its addresses are masked: a change of style
is not a change of two hundred pages. `--update-golden` rewrites the tree, as for a fork's own layouts, too.
"""

from __future__ import annotations

import difflib
import re
import shutil
from collections.abc import Mapping

import pytest

from hiringhall.staging import CHECKSUMS
from tests.trees import ROOT, tree

SITE = ROOT / "tests" / "golden" / "site"
ASSETS = ROOT / "tests" / "golden" / "assets.txt"
UPDATE = """\
If this is meant, as after a change of layouts, write it anew, and read what differs before you commit it:
  .venv/bin/python -m pytest tests/test_golden.py --update-golden"""

FINGERPRINT = re.compile(rb"(\bassets/(?:[a-z]+/)*)([a-z0-9-]+\.)?[0-9a-f]{12}(?=[./])")
# The versions of search data also name the program, which changes without a change in what is published.
VERSION = re.compile(rb'([{,]"versions?":)(?:"[0-9a-f]{12}"|\[[0-9a-f",]*\])')
SHOWN_FILES, SHOWN_LINES, SHOWN_WIDTH = 8, 12, 200


def masked(data: bytes) -> bytes:
    return VERSION.sub(rb'\1"*"', FINGERPRINT.sub(rb"\1\2*", data))


def pages_and_data(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return what is compared byte by byte; checksums only follow from it and from what is masked."""
    left_out = ("assets/", CHECKSUMS)
    return {path: masked(data) for path, data in files.items() if not path.startswith(left_out)}


def assets(files: Mapping[str, bytes]) -> list[str]:
    return sorted(masked(path.encode()).decode() for path in files if path.startswith("assets/"))


def difference(path: str, old: bytes, new: bytes) -> str:
    """Return the first lines that differ, so that a reader knows whether the change was meant."""
    try:
        lines = [data.decode().split("\n") for data in (old, new)]
    except UnicodeDecodeError:
        return f"{path}: bytes differ"
    changes = list(difflib.unified_diff(*lines, f"stored/{path}", f"built/{path}", n=0, lineterm=""))
    more = [f"... and {len(changes) - SHOWN_LINES} more lines"] if len(changes) > SHOWN_LINES else []
    return "\n".join([*(line[:SHOWN_WIDTH] for line in changes[:SHOWN_LINES]), *more])


def report(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> str:
    """Return what differs between two trees in words, or nothing at all."""
    gone, come = sorted(old.keys() - new.keys()), sorted(new.keys() - old.keys())
    changed = sorted(path for path in old.keys() & new.keys() if old[path] != new[path])
    if not (gone or come or changed):
        return ""
    told = [f"no longer published: {path}" for path in gone]
    told += [f"newly published: {path}" for path in come]
    told += [f"changed: {path}" for path in changed]
    shown = [difference(path, old[path], new[path]) for path in changed[:SHOWN_FILES]]
    return "\n".join([*told, *shown, UPDATE])


def write(files: Mapping[str, bytes]) -> None:
    shutil.rmtree(SITE, ignore_errors=True)
    for path, data in pages_and_data(files).items():
        (SITE / path).parent.mkdir(parents=True, exist_ok=True)
        (SITE / path).write_bytes(data)
    ASSETS.write_text("".join(f"{path}\n" for path in assets(files)), "utf-8")


@pytest.fixture
def files(golden, request):
    if request.config.getoption("--update-golden"):
        write(golden.files)
    return golden.files


def test_the_golden_site_is_what_it_was(files):
    told = report(tree(SITE), pages_and_data(files))
    assert not told, told


def test_pages_load_the_files_they_did(files):
    told = "\n".join(difflib.ndiff(ASSETS.read_text("utf-8").splitlines(), assets(files)))
    assert assets(files) == ASSETS.read_text("utf-8").splitlines(), f"{told}\n{UPDATE}"


def test_the_golden_site_stays_small_enough_to_review():
    assert sum(map(len, tree(SITE).values())) < 1_500_000


def test_every_kind_of_page_and_state_is_in_the_golden_site(golden):
    kinds = (
        "", "page/2/", "closing-soon/", "archive/", "archive/2024/", "archive/2026/", "tags/", "tags/data/",
        "organizations/dockers/", "locations/remote/", "arrangements/hybrid/", "types/volunteer/",
    )  # fmt: skip
    assert [kind for kind in kinds if f"{kind}index.html" not in golden.pages] == []
    former = {"jobs/traductora/", "jobs/traductor/", "jobs/old-archivist/", "tags/lawyers/", "about/team/"}
    assert former <= golden.redirects.keys()
    told = "".join(golden.page(f"jobs/{slug}/").text for slug in golden.closed)
    reasons = ("The deadline was", "has been filled", "has withdrawn", "Nobody has confirmed")
    assert [reason for reason in reasons if reason not in told] == []
    assert not {"draft-only", "caretaker-later"} & {*golden.open, *golden.closed}


def test_a_difference_is_told_by_file_and_line():
    old = {"a.html": b"one\ntwo\n", "b.html": b"same", "c.html": b"", "d.png": b"\xff1"}
    new = {"a.html": b"one\nthree\n", "b.html": b"same", "e.html": b"", "d.png": b"\xff2"}
    told = report(old, new).splitlines()
    assert told[:4] == [
        "no longer published: c.html",
        "newly published: e.html",
        "changed: a.html",
        "changed: d.png",
    ]
    assert {"-two", "+three", "d.png: bytes differ"} <= set(told)
    assert "b.html" not in "\n".join(told)
    assert report(old, old) == ""


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/board/assets/css/site.b0eba0dd60a8.css", "/board/assets/css/site.*.css"),
        ("/board/assets/07e34896fe14/main.js", "/board/assets/*/main.js"),
        ("assets/css/feed.css", "assets/css/feed.css"),
        ("urn:uuid:ad5ce13a-ae3b-5867-8951-df82e6265eb7", "urn:uuid:ad5ce13a-ae3b-5867-8951-df82e6265eb7"),
        ("/jobs/assets-07e34896fe14/", "/jobs/assets-07e34896fe14/"),
        ('{"version":"46e0ccb8ca92","words":""}', '{"version":"*","words":""}'),
        ('{"starts":[],"versions":["46e0ccb8ca92","99e7166d4f7b"],', '{"starts":[],"versions":"*",'),
        ('{"version":"https://jsonfeed.org/version/1.1"}', '{"version":"https://jsonfeed.org/version/1.1"}'),
    ],
)
def test_only_fingerprints_are_masked(address, shown):
    assert masked(address.encode()).decode() == shown
