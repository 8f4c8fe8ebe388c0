"""The command line from end to end, with a build that only records what it was asked."""

import errno
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest

from hiringhall import cli
from hiringhall.arguments import options_of, parse
from hiringhall.diagnostics import Span, error, notice, warning
from hiringhall.engine.cluster import ClusterError
from hiringhall.engine.workers import WorkerError
from hiringhall.publish import NotOurs
from hiringhall.report.result import BuildResult, Stats
from tests.sites import empty_content, replace
from tests.trees import LAYOUTS, ROOT, link

NOON = datetime(2026, 1, 26, 12, tzinfo=UTC)
GOOD = BuildResult((), True, Stats(open=2, closed={"filled": 1}, pages=4, files=9, written=9, seconds=0.5))


class Recorder:
    """A build that keeps the options it was given and has one outcome, which may be an exception."""

    def __init__(self, outcome=GOOD):
        self.outcome = outcome
        self.asked = []

    def __call__(self, options):
        self.asked.append(options)
        if isinstance(self.outcome, BaseException):
            raise self.outcome
        return self.outcome


def stopped(*found):
    return BuildResult(found, published=False)


WRONG = error("content/postings/x.md", Span(7, 11, 7, 16), "salary-range", "min is larger than max")
DOUBTFUL = warning("content/postings/2026/y.md", Span(), "date-past", "this day is over")
SETTING = error("content/site.yaml", Span(2, 1, 2, 5), "unknown-key", "there is no setting nmae")


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    """A project folder, made the current one, and an environment without settings, but with the program."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "SOURCE_DATE_EPOCH", "HIRINGHALL_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    content = empty_content(tmp_path)
    for folder in ("content/postings/2026", "layouts"):
        (tmp_path / folder).mkdir()
    for name in ("x.md", "2026/y.md"):
        (content / "postings" / name).write_text("---\n---\n")
    return tmp_path


def run(*argv, build=None):
    return cli.main(argv, build or Recorder(), lambda: NOON)


def options(*argv):
    return options_of(parse(argv), lambda: NOON)


@pytest.mark.parametrize(
    ("argv", "command"),
    [
        ([], "build"),
        (["build"], "build"),
        (["--strict"], "build"),
        (["--jobs", "2", "--quiet"], "build"),
        (["check"], "check"),
        (["check", "content/postings/x.md", "--strict"], "check"),
    ],
)
def test_the_command_is_build_unless_another_is_named(argv, command):
    build = Recorder()
    assert run(*argv, build=build) == 0
    assert [asked.command for asked in build.asked] == [command]


@pytest.mark.parametrize(
    ("argv", "field", "value"),
    [
        ([], "content", Path("content")),
        ([], "layouts", Path("layouts")),
        ([], "output", Path("site")),
        ([], "cache", Path(".cache/hiringhall")),
        ([], "base_url", None),
        ([], "strict", False),
        ([], "quiet", False),
        ([], "format", "human"),
        ([], "now", NOON),
        (["--content", "a"], "content", Path("a")),
        (["--layouts", "a"], "layouts", Path("a")),
        (["--output", "a/b"], "output", Path("a/b")),
        (["--cache", "a"], "cache", Path("a")),
        (["--no-cache"], "cache", None),
        (["--cache", "a", "--no-cache"], "cache", None),
        (["--base-url", "https://example.org/a/"], "base_url", "https://example.org/a/"),
        (["--jobs", "3"], "jobs", 3),
        (["--strict"], "strict", True),
        (["--quiet"], "quiet", True),
        (["--format", "json"], "format", "json"),
        (["--now", "2026-01-26T17:00:00Z"], "now", datetime(2026, 1, 26, 17, tzinfo=UTC)),
        (["--now", "2026-01-26T17:00:00-05:00"], "now", datetime(2026, 1, 26, 22, tzinfo=UTC)),
        (["--now", "2026-01-26T17:00:00.75"], "now", datetime(2026, 1, 26, 17, tzinfo=UTC)),
        (["--now", "2026-01-26"], "now", datetime(2026, 1, 26, tzinfo=UTC)),
    ],
)
def test_options_have_these_defaults_and_values(argv, field, value):
    assert getattr(options("build", *argv), field) == value


@pytest.mark.parametrize("command", ["build", "check", "serve", "new", "schema"])
def test_every_command_takes_the_common_options(command):
    asked = options(
        command, "--content", "c", "--now", "2026-01-01", "--jobs", "1", "--format", "json", "--quiet"
    )
    assert (asked.command, asked.content, asked.jobs, asked.format) == (command, Path("c"), 1, "json")


def test_as_many_processes_as_processors():
    assert (
        options().jobs == len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    )


def test_time_comes_from_the_option_then_the_environment_then_the_clock(monkeypatch):
    assert options().now == NOON
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769432400")
    assert options().now == datetime(2026, 1, 26, 13, tzinfo=UTC)
    assert options("--now", "2026-02-01T00:00Z").now == datetime(2026, 2, 1, tzinfo=UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert options().now == NOON


@pytest.mark.parametrize("text", ["yesterday", "-1", "1.5", "1_000", "٣", "9" * 40, "0", "4102444800"])
def test_a_source_date_epoch_that_is_none_is_wrong_usage(monkeypatch, capsys, text):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", text)
    build = Recorder()
    assert run(build=build) == 2
    assert "SOURCE_DATE_EPOCH" in capsys.readouterr().err
    assert build.asked == []
    assert run("--now", "2026-01-01", build=build) == 0


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["biuld"], "biuld"),
        (["build", "extra"], "extra"),
        (["build", "--unknown"], "--unknown"),
        (["build", "--out", "x"], "--out"),
        (["build", "--jobs", "0"], "less than 1"),
        (["build", "--jobs", "many"], "whole number"),
        (["build", "--now", "tomorrow"], "ISO 8601"),
        (["build", "--now", "2026-02-30T00:00:00Z"], "ISO 8601"),
        (["build", "--now", "0001-01-01T00:00:00+14:00"], "ISO 8601"),
        (["build", "--now", "0001-01-01"], "in the years 1990 to 2099"),
        (["check", "--now", "1989-12-31T23:59:59Z"], "in the years 1990 to 2099"),
        (["build", "--now", "2099-12-31T23:59:59-01:00"], "in the years 1990 to 2099"),
        (["build", "--now", "9999-12-31"], "in the years 1990 to 2099"),
        (["build", "--format", "xml"], "xml"),
        (["build", "--host", "x"], "--host"),
        (["serve", "--port", "70000"], "port"),
        (["serve", "--port", "http"], "whole number"),
        (["build", "--content", "nowhere"], "nowhere"),
        (["build", "--layouts", "nowhere"], "nowhere"),
        (["check", "content/postings/gone.md"], "gone.md"),
        (["check", "layouts"], "not in content"),
        (["build", "--output", "."], "overlap"),
        (["build", "--output", ".."], "overlap"),
        (["build", "--output", "content"], "overlap"),
        (["build", "--output", "layouts/x"], "overlap"),
        (["build", "--cache", "content/cache"], "overlap"),
        (["build", "--cache", "site/cache"], "overlap"),
        *(
            (["digest", "--to", folder], "--to")
            for folder in ("site", "site/a", "content/postings", "layouts")
        ),
        (["digest", "--cache", "kept", "--to", "kept/letters"], "--cache kept"),
        (["digest", "--to", "a/../content"], "--content content"),
        *(
            (argv, "site.yaml is a file")
            for path in ("content/site.yaml", "content/site.yaml/x/y")
            for argv in (
                ["build", "--content", "layouts", "--cache", path],
                ["check", "--content", "layouts", "--output", path],
                ["digest", "--content", "layouts", "--to", path],
            )
        ),
        *(
            ([command, option], option)
            for command in ("check", "new", "digest", "schema")
            for option in ("--profile", "--explain")
        ),
        (["new", "--title", "T"], "--organization, --location, --apply"),
        (["new"], "--title, --organization, --location, --apply"),
    ],
)
def test_wrong_usage_has_status_2_says_why_to_people_and_programs_and_builds_nothing(
    capsys, monkeypatch, argv, said
):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    build = Recorder()
    assert run(*argv, build=build) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""

    assert run(*argv, "--format", "json", build=build) == 2
    captured = capsys.readouterr()
    (found,) = json.loads(captured.out)
    assert (found["severity"], found["code"], found["path"]) == ("error", "usage", "build.py")
    assert found["message"] in captured.err
    assert build.asked == []


def test_wrong_usage_is_told_to_github_too(capsys, monkeypatch):
    for argv, environment in ((["--format", "github"], "false"), ([], "true")):
        monkeypatch.setenv("GITHUB_ACTIONS", environment)
        assert run("check", "--jobs", "0", *argv) == 2
        *_, annotation, reason = capsys.readouterr().err.splitlines()
        assert annotation.startswith("::error file=build.py,")
        assert reason.startswith("error: ")
        assert reason.removeprefix("error: ") in annotation


def test_an_output_that_holds_the_current_folder_is_refused(tmp_path, monkeypatch, capsys):
    (tmp_path / "out" / "inner").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "out" / "inner")
    folders = ["--content", "../../content", "--layouts", "../../layouts", "--no-cache"]
    assert run("build", *folders, "--output", "..") == 2
    assert "which a build would replace" in capsys.readouterr().err


@pytest.mark.parametrize("argv", [["--help"], ["-h"], ["build", "--help"], ["serve", "-h"]])
def test_help_is_printed(capsys, argv):
    assert run(*argv) == 0
    assert "usage: build.py" in capsys.readouterr().out


def test_a_good_build_closes_with_what_it_made(capsys):
    assert run() == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert (
        captured.err
        == "2 open postings, 1 closed (1 filled); 4 pages; 9 of 9 files written in 0.5 s; no problems.\n"
    )


def test_quiet_prints_problems_and_nothing_else(capsys):
    assert run("--quiet") == 0
    assert run("--quiet", build=Recorder(stopped(WRONG))) == 1
    assert (
        capsys.readouterr().err
        == "content/postings/x.md:7:11: error: min is larger than max [salary-range]\n"
    )


def test_quiet_leaves_out_what_comes_with_each_build_and_programs_are_told_it_still(capsys):
    remark = notice("content/postings/x.md", Span(), "posted-missing", "posted is missing")
    good = run()
    capsys.readouterr()
    build = Recorder(BuildResult((remark, DOUBTFUL), published=True))
    assert run("--quiet", build=build) == good
    assert [line.split(": ")[1] for line in capsys.readouterr().err.splitlines()] == ["warning"]
    assert run("--quiet", "--format", "json", build=build) == good
    assert [each["code"] for each in json.loads(capsys.readouterr().out)] == ["date-past", "posted-missing"]


@pytest.mark.parametrize(
    ("argv", "outcome", "status", "closing"),
    [
        ([], stopped(WRONG), 1, "1 error in 1 file. Nothing was published: site is unchanged."),
        (
            [],
            stopped(WRONG, DOUBTFUL),
            1,
            "1 error and 1 warning in 2 files. Nothing was published: site is unchanged.",
        ),
        ([], stopped(SETTING), 2, "1 error in 1 file. Nothing was published: site is unchanged."),
        ([], stopped(SETTING, WRONG), 2, "2 errors in 2 files. Nothing was published: site is unchanged."),
        (
            ["--strict"],
            stopped(DOUBTFUL),
            1,
            "1 warning in 1 file, and --strict allows none. Nothing was published: site is unchanged.",
        ),
        (["check"], stopped(), 0, "Checked: no problems."),
        (["check"], stopped(DOUBTFUL), 0, "Checked: 1 warning in 1 file."),
        (["check", "--strict"], stopped(DOUBTFUL), 1, "Checked: 1 warning in 1 file."),
        (["check"], stopped(WRONG), 1, "Checked: 1 error in 1 file."),
        (["check"], stopped(SETTING), 2, "Checked: 1 error in 1 file."),
    ],
)
def test_the_status_and_the_closing_line_tell_what_was_wrong(capsys, argv, outcome, status, closing):
    assert run(*argv, build=Recorder(outcome)) == status
    assert capsys.readouterr().err.splitlines()[-1] == closing


def test_warnings_and_notices_do_not_keep_a_site_from_being_published(capsys):
    remark = notice("content/postings/x.md", Span(), "no-salary", "no pay is stated")
    assert run(build=Recorder(BuildResult((DOUBTFUL, remark), True, GOOD.stats))) == 0
    assert capsys.readouterr().err.endswith("; 1 warning and 1 notice in 2 files.\n")


@pytest.mark.parametrize(
    ("paths", "codes", "status"),
    [
        ([], ["date-past", "salary-range"], 1),
        (["content/postings/x.md"], ["salary-range"], 1),
        (["content/postings/2026"], ["date-past"], 0),
        (["content/postings/2026/y.md", "content/postings/x.md"], ["date-past", "salary-range"], 1),
        (["content"], ["date-past", "salary-range"], 1),
        (["."], ["date-past", "salary-range"], 1),
        (["/"], ["date-past", "salary-range"], 1),
        (["content/site.yaml"], [], 0),
    ],
)
def test_check_reports_on_the_paths_it_is_given(capsys, paths, codes, status):
    build = Recorder(stopped(WRONG, DOUBTFUL))
    assert run("check", "--format", "json", *paths, build=build) == status
    assert [found["code"] for found in json.loads(capsys.readouterr().out)] == codes
    assert [asked.cache for asked in build.asked] == [None]


def test_check_always_reports_what_keeps_every_posting_from_being_judged(capsys):
    assert run("check", "--format", "json", "content/postings/x.md", build=Recorder(stopped(SETTING))) == 2
    assert len(json.loads(capsys.readouterr().out)) == 1


def test_check_finds_its_paths_however_they_are_written(capsys, tmp_path):
    postings = tmp_path / "content" / "postings"
    # A second name of one file, as `X.MD` is for `x.md` where case does not count.
    (postings / "other.md").hardlink_to(postings / "x.md")
    for path in (postings / ".." / "postings" / "x.md", postings / "other.md"):
        assert run("check", "--quiet", str(path), build=Recorder(stopped(WRONG))) == 1
        assert "salary-range" in capsys.readouterr().err


def refused_by_windows(number, reason, path="site"):
    fault = OSError(13, reason, path)
    fault.winerror = number
    return fault


@pytest.mark.parametrize("flag", ["--content", "--layouts"])
def test_a_folder_that_is_a_link_to_itself_is_no_folder(capsys, project, flag):
    link(project / "loop", "loop")
    assert run("check", flag, "loop") == 2
    assert capsys.readouterr().err == "error: there is no folder loop; is this the top folder of a site?\n"


# The superuser may read everything, unless that right is given up.
AS_USER = (
    ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
    if hasattr(os, "geteuid") and os.geteuid() == 0
    else []
)


@pytest.mark.skipif(
    os.name == "nt" or bool(AS_USER and not shutil.which(AS_USER[0])), reason="every user may read everything"
)
@pytest.mark.parametrize("mode", [0o000, 0o444])
@pytest.mark.parametrize(
    "name", ["content", "content/postings", "content/postings/2026", "layouts", "layouts/strings"]
)
def test_a_folder_that_may_not_be_read_is_told_by_its_path(project, name, mode):
    shutil.copytree(LAYOUTS, project / "layouts", dirs_exist_ok=True)
    (project / "site").mkdir()
    (project / "site" / "index.html").touch()
    folder = project / name
    folder.chmod(mode)
    command = [*AS_USER, sys.executable, f"{ROOT}/build.py", "build"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    folder.chmod(0o755)
    told = f"error: the folder {name} cannot be read: give this user the right to read and enter it\n"
    assert (done.returncode, done.stderr) == (2, told)
    assert [path.name for path in (project / "site").iterdir()] == ["index.html"]


def test_no_posting_is_written_where_a_file_is_in_place_of_the_folder(capsys, project):
    shutil.rmtree(project / "content" / "postings")
    (project / "content" / "postings").touch()
    assert new() == 2
    said = "content/postings must be a folder in which this user may read and write"
    assert capsys.readouterr().err.replace("\\", "/") == f"error: {said}\n"


ENDINGS = pytest.mark.parametrize(
    ("fault", "status", "said"),
    [
        (KeyboardInterrupt(), 130, "stopped"),
        (
            OSError(28, "No space left on device", "site.new/index.html"),
            3,
            "site.new/index.html: No space left",
        ),
        (PermissionError(13, "Permission denied", "site"), 3, "error: site: Permission denied"),
        (
            refused_by_windows(5, "Access is denied"),
            3,
            "site: Access is denied; on Windows, a folder cannot be replaced while",
        ),
        (
            refused_by_windows(3, "The system cannot find the path specified", "x" * 250),
            3,
            "x: The system cannot find the path specified; this path is too long for Windows: use a",
        ),
        (OSError("pool broken"), 3, "error: pool broken"),
        (OSError(errno.EBUSY, "busy", "site"), 3, "error: site: busy; a mount point cannot be replaced"),
        (
            OSError(errno.EDQUOT, "Disk quota exceeded", "site"),
            3,
            "error: site: Disk quota exceeded; make room and run",
        ),
        (
            OSError(errno.EXDEV, "Invalid cross-device link", "site"),
            3,
            "error: site: Invalid cross-device link; a folder of a container's image cannot be replaced",
        ),
        (MemoryError(), 3, "not enough memory"),
        # As a pipe says that takes no more at once, which has nothing to do with processes.
        (OSError(errno.EAGAIN, "write could not complete"), 3, "error: write could not complete\n"),
        (WorkerError("a worker process was killed"), 3, "error: a worker process was killed\n"),
        (
            ModuleNotFoundError("No module named 'markupsafe'", name="markupsafe"),
            3,
            "the library markupsafe is not installed here; run `make site`, or run this command with",
        ),
        (
            ValueError("oops"),
            3,
            "this is a bug; please report it with what HIRINGHALL_DEBUG=1 shows: ValueError: oops",
        ),
        (NotOurs("site holds files that no build made"), 2, "error: site holds files that no build made"),
        (ClusterError("no scheduler answers at dask://x:1"), 2, "error: no scheduler answers at dask://x:1"),
    ],
)


@ENDINGS
def test_what_ends_a_run_is_told_in_one_line(capsys, fault, status, said):
    assert run(build=Recorder(fault)) == status
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""


@ENDINGS
@pytest.mark.parametrize("command", ["build", "check"])
def test_programs_are_told_in_an_array_whatever_ends_a_run(capsys, fault, status, said, command):
    assert run(command, "--format", "json", build=Recorder(fault)) == status
    captured = capsys.readouterr()
    (found,) = json.loads(captured.out)
    code = {2: "usage", 3: "failure", 130: "stopped"}[status]
    assert (found["severity"], found["code"], found["path"]) == ("error", code, "build.py")
    assert said.removeprefix("error: ").rstrip() in found["message"]
    assert captured.err.count("\n") == 1


def test_a_failure_is_an_annotation_on_github(capsys, monkeypatch):
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert run(build=Recorder(OSError(28, "No space left on device", "site"))) == 3
    annotation, line = capsys.readouterr().err.splitlines()
    assert annotation.startswith("::error file=build.py,")
    assert annotation.endswith(line.removeprefix("error: "))


def test_the_traceback_is_shown_to_those_who_ask(capsys, monkeypatch):
    monkeypatch.setenv("HIRINGHALL_DEBUG", "1")
    assert run(build=Recorder(ValueError("oops"))) == 3
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_a_build_that_publishes_nothing_without_a_reason_is_a_bug(capsys):
    assert run(build=Recorder(stopped())) == 3
    assert "a bug" in capsys.readouterr().err


def test_a_taken_port_is_wrong_usage_and_told_before_anything_is_built(capsys):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        build, port = Recorder(), taken.getsockname()[1]
        assert run("serve", "--port", f"{port}", build=build) == 2
    assert re.search(rf"port {port}: .*--port", capsys.readouterr().err)
    assert build.asked == []


ANSWERS = {
    "--title": "Field Organizer",
    "--organization": "Example Union",
    "--location": "Hartford, CT",
    "--apply": "jobs@example.org",
}


def new(*more, without=()):
    given = [part for name, text in ANSWERS.items() if name not in without for part in (name, text)]
    return run("new", *given, *more)


def errors_in(path):
    """Return the codes of what is wrong with a posting."""
    from hiringhall.intake.configuration.organizations import read_register
    from hiringhall.intake.configuration.settings import read_settings
    from hiringhall.intake.content.posting import read_posting
    from hiringhall.model import Source

    settings, register = read_settings(Path("content"), None).value, read_register(Path("content")).value
    found = read_posting(Source(path.as_posix(), path.read_bytes(), ""), settings, register).diagnostics
    return [each.code for each in found if each.severity == "error"]


def written(folder):
    return sorted(path.name for path in (folder / "content/postings").iterdir() if path.is_file())


def test_new_writes_a_posting_that_passes_the_check(project, capsys):
    (project / "content/postings/x.md").unlink()
    assert new("--deadline", "2026-03-01") == 0
    (name,) = written(project)
    path = Path("content/postings") / name
    assert f"python build.py check {path}" in capsys.readouterr().err
    assert "added: 2026-01-26" in path.read_text(encoding="utf-8")
    assert errors_in(path) == []


@pytest.mark.parametrize(
    ("option", "said", "lines"),
    [
        ("--salary", "$30 an hour", ["salary:", "  min: 30", "  max: 30", "  period: hour"]),
        ("--salary", "by step", ["salary:", "  note: by step"]),
        ("--apply", "Call the hall, 860 555 0100", ["apply:", "  instructions: Call the hall, 860 555 0100"]),
        ("--apply", " https://example.org/jobs ", ["apply: https://example.org/jobs"]),
        ("--location", "Hartford, CT; Reno, NV;", ["location:", "  - Hartford, CT", "  - Reno, NV"]),
        ("--location", " Hartford, CT ", ["location: Hartford, CT"]),
    ],
)
def test_new_reads_answers_as_the_form_does(option, said, lines):
    assert new(option, said, "--slug", "z", without={option}) == 0
    path = Path("content/postings/z.md")
    assert "\n".join(["", *lines, ""]) in path.read_text(encoding="utf-8")
    assert errors_in(path) == []


@pytest.mark.parametrize("word", ["remote", "Remote", " remote "])
def test_new_makes_a_remote_job_where_that_is_its_place(word):
    assert new("--location", word, "--slug", "z", without={"--location"}) == 0
    path = Path("content/postings/z.md")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert "arrangement: remote" in lines
    assert [line for line in lines if line.startswith("location:")] == []
    assert errors_in(path) == []


def test_new_never_writes_over_a_posting_wherever_it_stands(project, capsys):
    before = (project / "content/postings/2026/y.md").read_bytes()
    assert new("--slug", "y") == 2
    assert "2026" in capsys.readouterr().err
    assert (project / "content/postings/2026/y.md").read_bytes() == before
    assert written(project) == ["x.md"]


@pytest.mark.parametrize("slug", ["Not A Slug", "../x", "a/b", "-a", "é"])
def test_new_refuses_a_name_that_is_no_slug(project, capsys, slug):
    assert new(f"--slug={slug}") == 2
    assert "slug" in capsys.readouterr().err
    assert written(project) == ["x.md"]


def test_new_writes_nothing_when_an_answer_is_wrong(project, capsys):
    assert new("--slug", "z", "--deadline", "soon") == 1
    captured = capsys.readouterr()
    assert "\nthe answers:1:1: error: deadline is 'soon'" in f"\n{captured.err}"
    assert ".md:" not in captured.err
    assert "Nothing was written." in captured.err
    assert written(project) == ["x.md"]


def test_new_writes_nothing_while_the_settings_are_wrong(project, capsys):
    replace(project / "content/site.yaml", "USD", "no money")
    assert new("--slug", "z") == 2
    assert "site.yaml" in capsys.readouterr().err
    assert written(project) == ["x.md"]


class Terminal:
    """A terminal at which someone gives these answers and then leaves."""

    def __init__(self, *answers):
        self.answers = list(answers)

    def isatty(self):
        return True

    def readline(self):
        return f"{self.answers.pop(0)}\n" if self.answers else ""


def test_new_asks_for_what_the_options_leave_open(project, capsys, monkeypatch):
    monkeypatch.setattr(
        sys, "stdin", Terminal("", "Field Organizer", "Hartford, CT", "jobs@example.org", "", "")
    )
    assert run("new", "--organization", "Example Union", "--slug", "z") == 0
    asked = capsys.readouterr().err
    assert asked.count("Job title, such as") == 2
    assert "Employer" not in asked
    assert "Field Organizer" in (project / "content/postings/z.md").read_text(encoding="utf-8")


def test_new_asks_again_at_once_where_an_answer_is_wrong(project, capsys, monkeypatch):
    answers = [
        "WE'RE HIRING: Organizer",
        "Organizer",
        "Example Union",
        "Nowhere",
        "remote",
        "jobs",
        "jobs@example.org",
    ]
    monkeypatch.setattr(
        sys, "stdin", Terminal(*answers, "TBD", "62000-70000 a year", "soon", "2026-13-01", "2026-03-01")
    )
    assert run("new", "--slug", "z") == 0
    asked = capsys.readouterr().err
    counts = [
        asked.count(question)
        for question in ("Job title", "Employer:", "Place", "Where to", "Pay,", "Deadline,")
    ]
    assert counts == [2, 1, 2, 2, 2, 3]
    assert "title starts with an announcement" in asked
    assert "hint: " in asked
    text = (project / "content/postings/z.md").read_text(encoding="utf-8")
    assert "\narrangement: remote\n" in text
    assert "\nsalary:\n  min: 62000\n  max: 70000\n  period: year\n" in text
    assert "\ndeadline: 2026-03-01\n" in text
    assert errors_in(Path("content/postings/z.md")) == []


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="the system has no terminals of this kind")
def test_new_asks_again_for_what_is_not_utf8(project, capsys, monkeypatch):
    ours, theirs = os.openpty()
    answers = (
        b"Caf\xe9 Organizer",
        "Caf\u00e9 Organizer".encode(),
        b"Local 12",
        b"remote",
        b"a@b.example",
        b"",
        b"",
    )
    with os.fdopen(ours, "wb", 0) as typed, os.fdopen(theirs, encoding="utf-8") as terminal:
        typed.write(b"".join(b"%b\n" % each for each in answers))
        monkeypatch.setattr(sys, "stdin", terminal)
        assert run("new", "--slug", "z") == 0
    assert capsys.readouterr().err.count("that is not text in UTF-8") == 1
    assert "title: Caf\u00e9 Organizer" in (project / "content/postings/z.md").read_text(encoding="utf-8")


def test_new_refuses_an_option_that_is_not_utf8(project, capsys):
    assert new("--title", "Caf\udce9 Organizer", without={"--title"}) == 2
    assert "--title is not text in UTF-8" in capsys.readouterr().err
    assert written(project) == ["x.md"]


@pytest.mark.parametrize("title", ["x", "職員"])
def test_new_asks_for_another_name_where_a_suggested_one_cannot_be(project, capsys, monkeypatch, title):
    monkeypatch.setattr("hiringhall.commands.new.draft.suggest_slug", lambda *_: "x" if title == "x" else "")
    monkeypatch.setattr(
        sys, "stdin", Terminal(title, "Example Union", "remote", "jobs@example.org", "", "", "y", "Z", "z")
    )
    assert run("new") == 0
    assert capsys.readouterr().err.count("Name of the file") == 3
    assert written(project) == ["x.md", "z.md"]


@pytest.mark.parametrize(
    ("argv", "status", "said"),
    [
        (["--slug", "x"], 2, "x.md"),
        (["--deadline", "soon"], 1, "[deadline-form]"),
        (["--location", "?"], 1, "[location]"),
    ],
)
def test_new_asks_nothing_where_what_is_given_is_wrong(capsys, monkeypatch, argv, status, said):
    monkeypatch.setattr(sys, "stdin", Terminal())
    assert run("new", *argv) == status
    asked = capsys.readouterr().err
    assert said in asked
    assert ".md:" not in asked
    assert "Position" not in asked


def test_new_ends_when_the_one_asked_leaves(project, monkeypatch):
    monkeypatch.setattr(sys, "stdin", Terminal("Field Organizer"))
    assert run("new") == 130
    assert written(project) == ["x.md"]


FORM = """\
### Job title

Field Organizer

### Employer

Example Union

### Place of work

Remote

### Pay

$30 an hour

### Deadline

March 1, 2026

### How to apply

jobs@example.org

### The work, in your own words

Organize {}.
"""


def from_form(monkeypatch, text, *more):
    """Run `new` with the text of an issue at standard input."""
    data = text.encode(errors="surrogateescape")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))
    return run("new", "--from", "-", *more)


def test_new_copies_the_answers_in_an_issue_and_says_what_to_mend(capsys, monkeypatch):
    text = FORM.format("caf\u00e9s").replace("\n", "\r\n")
    assert from_form(monkeypatch, text) == 1
    path = Path("content/postings/example-union-field-organizer.md")
    told = capsys.readouterr().err
    assert f"{path.as_posix()}:" in told
    assert "write 2026-03-01" in told
    assert f"Wrote {path}. 1 error in 1 file: change these lines, then run:" in told
    lines = path.read_text(encoding="utf-8").splitlines()
    assert {"arrangement: remote", "deadline: March 1, 2026", "  min: 30", "Organize caf\u00e9s."} <= {*lines}
    assert errors_in(path) == ["deadline-form"]
    assert from_form(monkeypatch, text) == 2
    assert "already exists" in capsys.readouterr().err


def test_an_option_of_new_takes_the_place_of_an_answer(project, capsys):
    (project / "issue.txt").write_text(FORM.format("all"), encoding="utf-8")
    assert run("new", "--from", "issue.txt", "--deadline", "2026-03-01", "--slug", "z") == 0
    assert "Compare it with the employer's notice" in capsys.readouterr().err
    assert errors_in(Path("content/postings/z.md")) == []


@pytest.mark.parametrize(
    ("text", "more", "status", "said"),
    [
        (
            "An issue that someone wrote.",
            [],
            2,
            "add --title, or the answer below '### Job title' in an issue, or behind 'Job title:' in a mail",
        ),
        ("### Job title\n\nOrganizer", [], 2, "add --organization"),
        (FORM, ["--slug", "x"], 2, "x.md already exists"),
        ("### Job title\n\n\x07", [], 1, "standard input:3:1: error"),
        ("### Job title\n\nCaf\udce9", [], 1, "standard input:3:4: error: the file is not saved as UTF-8"),
    ],
)
def test_new_writes_nothing_of_a_text_that_is_no_form(project, capsys, monkeypatch, text, more, status, said):
    assert from_form(monkeypatch, text, *more) == status
    assert said in capsys.readouterr().err
    assert written(project) == ["x.md"]


def test_new_names_the_questions_of_a_mail_in_the_words_of_the_site(project, capsys, monkeypatch):
    settings = project / "content" / "site.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("language: en", "language: es"))
    assert from_form(monkeypatch, "Hola", "--layouts", str(LAYOUTS)) == 2
    assert "or behind 'Puesto:' in a mail" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="the system does not name what is open")
def test_new_copies_what_another_program_writes(capsys):
    read, write = os.pipe()
    os.write(write, FORM.format("all").encode())
    os.close(write)
    assert run("new", "--from", f"/dev/fd/{read}", "--deadline", "2026-03-01") == 0
    assert "Compare it" in capsys.readouterr().err


def test_new_needs_the_file_that_it_is_told_to_copy(capsys):
    assert run("new", "--from", "content") == 2
    assert "there is no file content" in capsys.readouterr().err


@pytest.mark.parametrize(("command", "used"), [("new", {"--now", "--layouts"}), ("schema", {"--content"})])
def test_help_names_only_the_options_that_the_command_uses(capsys, command, used):
    assert run(command, "--help") == 0
    told = capsys.readouterr().out
    options = {"--executor", "--jobs", "--output", "--strict", "--cache", "--no-cache", "--layouts"}
    assert {each for each in options | used if each in told} == used


def test_a_command_that_nothing_carries_out_does_not_pass_for_another():
    arguments = parse(["schema"])
    arguments.command = "unheard-of"
    with pytest.raises(NotImplementedError, match="unheard-of"):
        cli._obey(arguments, lambda _: None, lambda: datetime.now(UTC))


@pytest.mark.parametrize("argv", [["schema"], ["schema", "--content", "nowhere"]])
def test_schema_prints_json_with_or_without_settings(capsys, argv):
    assert run(*argv) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert "title" in schema["properties"]


ENTRY = """
import sys
from hiringhall import cli
from hiringhall.diagnostics import Span, error
from hiringhall.report.result import BuildResult
found = tuple(error("content/x.md", Span(n), "c", "m" * 200) for n in range(5000))
sys.exit(cli.main(sys.argv[1:], lambda options: BuildResult(found, False)))
"""


@pytest.mark.skipif(os.name == "nt", reason="pipes break otherwise there")
@pytest.mark.parametrize("argv", [["--format", "json"], ["--format", "human"]])
def test_a_reader_who_leaves_ends_the_run_quietly(argv):
    command = [sys.executable, "-c", ENTRY, *argv]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        read, other = (process.stdout, process.stderr) if "json" in argv else (process.stderr, process.stdout)
        read.read(10)
        read.close()
        rest = other.read()
    assert b"Traceback" not in rest
    assert b"BrokenPipe" not in rest
    # Whether the broken pipe is noticed depends on how much the system's buffers took.
    assert process.returncode in {1, 141}


OUTPUTS = [(form, *streams) for form in ("json", "human") for streams in ((0, 1), (1, 0), (1, 1))]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize(("form", "out_is_full", "err_is_full"), OUTPUTS)
def test_an_output_that_is_full_is_a_failure_where_something_is_lost(form, out_is_full, err_is_full):
    with Path("/dev/full").open("wb") as full:
        streams = (full if is_full else subprocess.PIPE for is_full in (out_is_full, err_is_full))
        command = [sys.executable, "-c", ENTRY, "--format", form]
        with subprocess.Popen(command, stdout=(first := next(streams)), stderr=next(streams)) as process:
            out, err = process.communicate()
    is_lost = out_is_full if form == "json" else err_is_full
    assert process.returncode == (3 if is_lost else 1)
    if form == "json" and first is not full:
        assert len(json.loads(out)) == 5000
    if err:
        assert b"Traceback" not in err
        assert (b"No space left on device; make room" in err) is bool(is_lost)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_help_that_cannot_be_shown_is_a_failure():
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-c", ENTRY, "--help"]
        done = subprocess.run(command, check=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 3
    assert done.stderr == b"error: No space left on device; make room and run this again\n"


@pytest.mark.skipif(os.name == "nt", reason="there is no such way to close an output there")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_an_output_that_is_closed_is_not_written_to(closed):
    command = ["sh", "-c", f'exec "$0" -c "$1" --format json {closed}', sys.executable]
    done = subprocess.run([*command, ENTRY], check=False, capture_output=True)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


WAIT = """
import sys, time
from hiringhall import cli
def build(options):
    print("begun", file=sys.stderr, flush=True)
    for _ in range(1200):  # a signal just before a long sleep would be heard only after it
        time.sleep(0.05)
sys.exit(cli.main(sys.argv[1:], build))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no signals to one process")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_asked_to_end_says_so_in_any_form(number, status):
    command = [sys.executable, "-c", WAIT, "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr.readline() == "begun\n"
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (status, "stopped\n")
    assert [found["code"] for found in json.loads(out)] == ["stopped"]


SERVE = """
import sys
from hiringhall import cli
from hiringhall.report.result import BuildResult
def build(options, preview):
    if "bug" in (options.content / "postings" / "x.md").read_text():
        raise RuntimeError("oops")
    options.output.mkdir(exist_ok=True)
    (options.output / "index.html").write_text(f"<p>{options.now:%Y}</p>")
    return BuildResult((), True)
sys.exit(cli.main(sys.argv[1:], build))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
def test_serve_serves_in_the_folder_of_the_site_tells_of_bugs_and_ends_with_a_browser_listening(project):
    given = ["serve", "--port", "0", "--base-url", "https://example.org/jobs-board/", "--now", "2031-01-01"]
    command = [sys.executable, "-c", SERVE, *given]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        address = process.stderr.readline().split()[3]
        assert address.endswith("/jobs-board/")
        with urlopen(address) as answer:
            assert b"<p>2031</p>" in answer.read()
        (project / "content/postings/x.md").write_text("bug")
        assert "RuntimeError: oops" in process.stderr.readline()
        with urlopen(urljoin(address, "/__hiringhall/events")) as listening:
            assert listening.readline()
            process.send_signal(signal.SIGINT)
            assert process.communicate(timeout=10)[1] == ""
    assert process.returncode == 0


TOLD = """
import sys
from hiringhall import cli
from hiringhall.diagnostics import Diagnostic, Severity, Span
from hiringhall.report.result import BuildResult, Stats
def build(options, preview):
    kinds = (options.content / "postings" / "x.md").read_text().split()
    found = [Diagnostic("x.md", Span(), Severity(kind.strip("!")), "code", kind) for kind in kinds]
    good = "error" not in kinds
    return BuildResult(tuple(found), good, Stats(1, {}, 1, 1, 1, 0.5) if good else None)
sys.exit(cli.main(sys.argv[1:], build))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one process")
def test_serve_repeats_errors_and_warnings_but_no_notice_that_stands(project):
    posting, draft = project / "content/postings/x.md", project / "x.md"

    def told(counts):
        """What the build with these counts printed; they include what it did not print."""
        lines = []
        while f"{counts} in 1 file." not in (line := process.stderr.readline()):
            lines = [] if " file." in line else [*lines, line.split()[2]]
        return lines

    posting.write_text("notice warning")
    command = [sys.executable, "-c", TOLD, "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert told("1 warning and 1 notice") == ["notice", "warning"]
            assert process.stderr.readline().startswith("Serving ")
            for content, counts, lines in (
                ("notice notice! warning", "1 warning and 2 notices", ["notice!", "warning"]),
                ("error", "1 error", ["error"]),
                ("notice notice! error", "1 error and 2 notices", ["error"]),
                ("notice! warning", "1 warning and 1 notice", ["warning"]),
                ("notice notice!", "2 notices", ["notice"]),
            ):
                draft.write_text(content)
                draft.replace(posting)
                assert told(counts) == lines
        finally:  # or a failed test would wait for it for ever
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=10)


def test_neither_starting_nor_finding_that_nothing_changed_loads_what_only_some_builds_use():
    names = "rich watchdog http.server babel yaml jinja2 markdown_it multiprocessing slugify json"
    done = subprocess.run([sys.executable, "-c", LOADED, *names.split()], capture_output=True, check=True)
    assert done.stdout.strip() == b""


LOADED = """
import sys
before = {*sys.modules}
import build, hiringhall.report.progress
print(*{*sys.modules} - before & {*sys.argv[1:]})
"""
