"""The golden site, byte by byte: whatever changes in what is published shows up in a review.

The digest of every file is stored, so that nothing changes unseen, and of each kind of file and state one is
kept to be read. What frames a page, such as its footer, is kept with the index only. What pages load is
compared by name only, and the fingerprints in its addresses are masked: a change of style is not a change of
two hundred pages. `--update-golden` writes all of it anew, as for a fork's own layouts, too.
"""

from __future__ import annotations

import difflib
import re
import shutil
from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

import pytest

from hiringhall.engine.manifests import CHECKSUMS
from tests.trees import ROOT, tree

SITE = ROOT / "tests" / "golden" / "site"
DIGESTS = ROOT / "tests" / "golden" / "digests.txt"
ASSETS = ROOT / "tests" / "golden" / "assets.txt"
UPDATE = """\
Of files without lines above, only a digest is stored. If this is meant, as after a change of layouts, write
it anew, and read what differs before you commit it:
  .venv/bin/python -m pytest tests/test_golden.py --update-golden"""

INDEX = "index.html"
KEPT = (
    INDEX, "page/2/index.html", "closing-soon/index.html", "404.html",
    "archive/index.html", "archive/2026/index.html", "changes/index.html", "statistics/index.html",
    "about/index.html", "about/team/index.html", "ayuda/index.html",
    "locations/index.html", "locations/new-london-ct/index.html", "organizations/dockers/index.html",
    "organizations/harbor-12/index.html", "tags/data/page/2/index.html",
    *(
        f"jobs/{slug}/index.html"
        for slug in (
            "harbor-lead-organizer", "hostile-marks", "volunteer-rtl", "clerk-minimal", "cook-verified",
            "data-fellow", "hvla-abogada", "remota-madrid", "analyst-filled", "archivist-unconfirmed",
            "counsel-withdrawn", "editor-closed-2024", "traductora",
        )
    ),
    "feed.json", "feed.xml", "changes/feed.json", "changes/feed.xml",
    "types/volunteer/feed.json", "types/volunteer/feed.xml", "organizations/dockers/feed.xml",
    "deadlines.ics", "types/internship/deadlines.ics", "types/volunteer/deadlines.ics",
    "jobs/analyst-filled/deadline.ics", "jobs/volunteer-rtl/deadline.ics",
    "jobs.csv", "jobs.json", "jobs.schema.json", "build.json", "robots.txt", "sitemap.xml",
    "search/closed.json", "search/closed/0-0.json", "search/open.json", "search/open/0-0.json",
    "search/site.json",
)  # fmt: skip

FINGERPRINT = re.compile(rb"(\bassets/(?:[a-z]+/)*)([a-z0-9-]+\.)?[0-9a-f]{12}(?=[./])")
# The versions of search data also name the program, which changes without a change in what is published.
VERSION = re.compile(rb'([{,]"versions?":)(?:"[0-9a-f]{12}"|\[[0-9a-f",]*\])')
MAIN = re.compile(rb"(<main\b.*</main>\n?)", re.DOTALL)
SHOWN_FILES, SHOWN_LINES, SHOWN_WIDTH = 8, 12, 200


class Golden(NamedTuple):
    """What is compared: the digests of all files, and what is kept of some to be read."""

    digests: Mapping[str, str]
    kept: Mapping[str, bytes]


def masked(data: bytes) -> bytes:
    return VERSION.sub(rb'\1"*"', FINGERPRINT.sub(rb"\1\2*", data))


def compared(files: Mapping[str, bytes]) -> Golden:
    """Return what is compared of a site; checksums only follow from it and from what is masked."""
    left_out = ("assets/", CHECKSUMS)
    data = {path: masked(data) for path, data in files.items() if not path.startswith(left_out)}
    before, _, after = parts(data[INDEX])
    frame = frozenset((before + after).splitlines(keepends=True))
    return Golden(
        {path: sha256(each).hexdigest()[:16] for path, each in data.items()},
        {
            path: unframed(data[path], frame) if path.endswith(".html") and path != INDEX else data[path]
            for path in KEPT
            if path in data
        },
    )


def parts(page: bytes) -> tuple[bytes, bytes, bytes]:
    """Return the main part of a page between what stands around it; another's layouts may have none."""
    before, main, after, *_ = (*MAIN.split(page), b"", b"")
    return before, main, after


def unframed(page: bytes, frame: frozenset[bytes]) -> bytes:
    """Return the main part of a page, and of what is around it only the lines that the frame lacks."""
    before, main, after = parts(page)
    own = [
        b"".join(line for line in part.splitlines(keepends=True) if line not in frame)
        for part in (before, after)
    ]
    return main.join(own)


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


def report(old: Golden, new: Golden) -> str:
    """Return what differs between two sites in words, or nothing at all."""
    told = [f"no longer published: {path}" for path in sorted(old.digests.keys() - new.digests.keys())]
    told += [f"newly published: {path}" for path in sorted(new.digests.keys() - old.digests.keys())]
    both = sorted(old.digests.keys() & new.digests.keys())
    told += [f"changed: {path}" for path in both if old.digests[path] != new.digests[path]]
    kept = {path: (old.kept.get(path, b""), new.kept.get(path, b"")) for path in (*new.kept, *old.kept)}
    shown = [difference(path, *each) for path, each in kept.items() if each[0] != each[1]]
    return "\n".join([*told, *shown[:SHOWN_FILES], UPDATE]) if told or shown else ""


def stored() -> Golden:
    rows = (line.split(" ") for line in DIGESTS.read_text("utf-8").splitlines())
    return Golden({path: digest for digest, path in rows}, tree(SITE))


def write(files: Mapping[str, bytes]) -> None:
    golden = compared(files)
    shutil.rmtree(SITE, ignore_errors=True)
    for path, data in golden.kept.items():
        (SITE / path).parent.mkdir(parents=True, exist_ok=True)
        (SITE / path).write_bytes(data)
    DIGESTS.write_text(
        "".join(f"{golden.digests[path]} {path}\n" for path in sorted(golden.digests)), "utf-8"
    )
    ASSETS.write_text("".join(f"{path}\n" for path in assets(files)), "utf-8")


@pytest.fixture
def files(golden, request):
    if request.config.getoption("--update-golden"):
        write(golden.files)
    return golden.files


def test_the_golden_site_is_what_it_was(files):
    told = report(stored(), compared(files))
    assert not told, told


def test_pages_load_the_files_they_did(files):
    told = "\n".join(difflib.ndiff(ASSETS.read_text("utf-8").splitlines(), assets(files)))
    assert assets(files) == ASSETS.read_text("utf-8").splitlines(), f"{told}\n{UPDATE}"


def test_the_golden_site_stays_small_enough_to_review():
    assert sum(map(len, tree(SITE).values())) < 300_000


def test_every_kind_of_line_is_in_a_page_that_is_kept(golden):
    """Whatever a change of templates does, a reader of the difference sees it on at least one page."""

    def kinds(path: str) -> set[str]:
        """The elements and classes of the lines of its main part, whatever they say and lead to."""
        lines = parts(golden.files[path])[1].decode().splitlines()
        named = (re.sub(r' (?!class)([a-z-]+)="[^"]*"', r" \1", line) for line in lines)
        return {re.sub(r">[^<]+", ">", line) for line in named if line.startswith("<")}

    shown = set[str]().union(*(kinds(path) for path in KEPT if path in golden.pages))
    assert {path: kinds(path) - shown for path in golden.pages if not kinds(path) <= shown} == {}


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
    old = Golden({"a.html": "1", "b.html": "2", "c.html": "3"}, {"a.html": b"one\ntwo\n", "d.png": b"\xff1"})
    new = Golden({"a.html": "4", "b.html": "2", "e.html": "5"}, {"a.html": b"one\n3\n", "d.png": b"\xff2"})
    told = report(old, new).splitlines()
    assert told[:3] == ["no longer published: c.html", "newly published: e.html", "changed: a.html"]
    assert {"-two", "+3", "d.png: bytes differ"} <= set(told)
    assert "b.html" not in "\n".join(told)
    assert "--update-golden" in told[-1]
    assert report(old, old) == ""
    lost = Golden(old.digests, {"a.html": old.kept["a.html"]})
    assert "d.png: bytes differ" in report(old, lost)
    assert "d.png: bytes differ" in report(lost, old)


@pytest.mark.parametrize(
    "path", ["page/2/index.html", "page/3/index.html", "tags/legal/feed.json", "files/hall.png"]
)
def test_a_change_of_any_file_is_told(golden, path):
    changed = golden.files | {path: golden.files[path] + b"\n1"}
    told = report(compared(golden.files), compared(changed)).splitlines()
    assert [line for line in told if line.startswith("changed: ")] == [f"changed: {path}"]
    assert ("+1" in told) is (path in KEPT)


def test_a_change_of_the_frame_of_all_pages_is_shown_once(golden):
    changed = {path: data.replace(b"</body>", b"<hr>\n</body>") for path, data in golden.files.items()}
    told = report(compared(golden.files), compared(changed)).splitlines()
    assert {f"changed: {path}" for path in golden.pages} <= set(told)
    assert [line for line in told if line.startswith("+")] == [f"+++ built/{INDEX}", "+<hr>"]


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
