"""The script in the docs that sends a site to an object store, with a folder in the store's place."""

import os
import shutil
import subprocess
from hashlib import sha256

import pytest

from tests.test_docs import DOCS, blocks
from tests.trees import tree

BASH = shutil.which("bash")
pytestmark = pytest.mark.skipif(os.name == "nt" or BASH is None, reason="there is no bash")
# Does of rclone what the script asks for; a file that is not there is status 4.
RCLONE = """\
#!/bin/sh
while [ $# -gt 0 ]; do case $1 in
    --header-upload) shift 2 ;;
    --files-from) from=$2 && shift 2 ;;
    *) first=$second second=$third third=$1 && shift ;;
esac; done
each() { if [ "$from" = - ]; then cat; else cat "$from"; fi; }
case $first$second in
    cat*) cat "remote/${third#*bucket/}" 2> /dev/null || exit "${MISSING:-4}" ;;
    delete*) each | while read -r name; do rm "remote/$name" && echo "- $name" >> log; done ;;
    *) if [ -z "$from" ]; then cp "$second" remote/; else each | while read -r name; do
        cmp -s "site/$name" "remote/$name" && continue
        mkdir -p "remote/$(dirname "$name")" && cp "site/$name" "remote/$name" && echo "+ $name" >> log
    done; fi ;;
esac
"""


@pytest.fixture
def send(tmp_path):
    """Send files, by name, and return the status and what was sent and deleted, in this order."""
    (script,) = [each for each in blocks(DOCS["publishing"], "sh") if "rclone" in each]
    (tmp_path / "remote").mkdir()
    (tmp_path / "rclone").write_text(RCLONE)
    (tmp_path / "rclone").chmod(0o755)

    def sent(files, **environ):
        site = tmp_path / "site"
        shutil.rmtree(site, ignore_errors=True)
        (tmp_path / "log").write_text("")
        for name, text in files.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text)
        sums = "".join(f"{sha256(files[name].encode()).hexdigest()}  {name}\n" for name in sorted(files))
        (site / "SHA256SUMS").write_text(sums)
        environ = os.environ | {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"} | environ
        # As GitLab does, and the steps of a workflow that name bash.
        command = [BASH, "-e", "-o", "pipefail", "-c", script]
        done = subprocess.run(command, cwd=tmp_path, env=environ, check=False)
        return done.returncode, (tmp_path / "log").read_text().splitlines()

    return sent


def test_what_changed_is_sent_assets_first_and_what_is_gone_is_deleted_last(send, tmp_path):
    files = {"a.html": "1", "old/index.html": "1", "assets/css/feed.css": "1", "assets/js/main.js": "1"}
    names = ["assets/js/main.js", "a.html", "assets/css/feed.css", "old/index.html"]
    assert send(files) == (0, [f"+ {name}" for name in names])
    assert send(files) == (0, [])
    del files["old/index.html"]
    assert send(files | {"a.html": "2"}) == (0, ["+ a.html", "- old/index.html"])
    assert tree(tmp_path / "remote") == tree(tmp_path / "site")


def test_nothing_is_sent_while_the_store_does_not_say_what_it_has(send):
    assert send({"a.html": "1"}, MISSING="5") == (1, [])
