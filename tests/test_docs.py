"""What README and `docs/` say is so: their tables are complete, and the program accepts their examples."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import textwrap
import tomllib
from argparse import _SubParsersAction
from datetime import date

import pytest
import yaml

from build import build
from hiringhall import arguments, cli, codes
from hiringhall.intake.configuration.organizations import read_register
from hiringhall.intake.configuration.settings import read_settings
from hiringhall.intake.configuration.theme import THEME
from hiringhall.intake.content import static_pages
from hiringhall.intake.fields.schema import markdown_table
from hiringhall.intake.fields.table import FIELDS
from hiringhall.model import Arrangement, Settings
from hiringhall.pages import jsonld
from hiringhall.policies.addresses import OWN_FOLDERS
from tests import factory, repositories
from tests.serving import serving_folder
from tests.sites import copied_content
from tests.trees import LAYOUTS, ROOT

README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / ".github" / "CONTRIBUTING.md").read_text("utf-8")
DOCS = {path.stem: path.read_text("utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}
SETTINGS = DOCS["settings"].partition("\n### ")[0]
PAGES = "".join((README, CONTRIBUTING, *DOCS.values()))
LINKING = [
    path.relative_to(ROOT)
    for folder in (".", ".github", "docs", "layouts", "benchmarks")
    for path in sorted((ROOT / folder).glob("*.md"))
]
DEFAULTS = Settings._field_defaults
POSTING = "content/postings/transport-workers-12-field-organizer.md"
MOST_LINES = 200  # of the README: what is longer belongs to a page in docs/
LARGEST_PICTURE = 250_000  # bytes
FORMATS = 7  # RSS, JSON Feed twice, iCalendar, jobs.json, jobs.csv, jobs.xml


def blocks(page, language):
    found = re.findall(r"^( *)```(\w*)\n(.*?)^\1```$", page, re.MULTILINE | re.DOTALL)
    return [textwrap.dedent(text) for _, name, text in found if name == language]


def without_blocks(page):
    return re.sub(r"^( *)```.*?^\1```$", "", page, flags=re.MULTILINE | re.DOTALL)


def rows(page):
    """Return the first cells of the tables of a page, each with its row."""
    found = re.findall(r"^\| (`.*?) \|(.*)$", page, re.MULTILINE)
    return {name: rest for cell, rest in found for name in re.findall(r"`([^`]+)`", cell)}


def parsers():
    parser = arguments._parser()
    (commands,) = (action for action in parser._actions if isinstance(action, _SubParsersAction))
    return commands.choices


@pytest.fixture
def site(tmp_path, monkeypatch):
    """The golden content, in a folder where an example can be added to it."""
    copied_content(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return tmp_path


def run(*command):
    return cli.main([*command, "--layouts", str(LAYOUTS), "--format", "human", "--quiet"], build)


def check(site, text, capsys):
    (site / POSTING).write_text(text, "utf-8")
    status = run("check", POSTING, "--now", "2026-03-10T12:00:00Z")
    return status, capsys.readouterr().err


@pytest.mark.parametrize(
    ("page", "name", "table"),
    [("postings", "fields", FIELDS), ("settings", "page fields", static_pages.FIELDS)],
)
def test_the_tables_of_fields_are_the_generated_ones(page, name, table):
    between = re.search(rf"<!-- {name}: .*? -->\n\n(.*?\n)\n<!-- end of {name} -->", DOCS[page], re.DOTALL)
    assert between is not None
    assert between[1] == markdown_table(table)


def test_the_fields_most_used_are_rows_of_the_generated_table_with_all_required_ones():
    all_fields = markdown_table().splitlines()
    shown = [line for line in README.splitlines() if re.match(r"\| `", line)]
    assert shown == [line for line in all_fields if line in shown]
    assert {line for line in all_fields if re.match(r"\| `\w+` \* \|", line)} <= set(shown)


def test_the_readme_has_the_days_of_an_undated_posting():
    assert f"closes after {DEFAULTS['undated_max_age_days']} days" in README


def found_in(told):
    return re.findall(r": (error|warning): .* \[([a-z-]+)\]$", told, re.MULTILINE)


def test_the_first_posting_is_accepted_and_its_text_told_to_be_an_example(site, capsys):
    (good,) = blocks(README, "markdown")
    assert POSTING.rpartition("/")[2] in README
    status, told = check(site, good, capsys)
    assert (status, found_in(told)) == (0, [("warning", "body-placeholder")] * 2)


@pytest.mark.parametrize("guide", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_an_example_left_as_it_is_is_told_on_a_site_that_is_none(site, capsys, guide):
    (example,) = blocks(guide, "markdown")
    settings = site / "content" / "site.yaml"
    real = settings.read_text("utf-8").replace("https://jobs.example/", "https://jobs.local12.org/")
    settings.write_text(real, "utf-8")
    status, told = check(site, example, capsys)
    warned = ["apply-example", "body-placeholder", "body-placeholder"]
    assert (status, found_in(told)) == (0, [("warning", code) for code in warned])


def test_a_mistake_in_the_first_posting_gives_the_message_that_is_shown(site, capsys):
    (good,), (shown,) = blocks(README, "markdown"), blocks(README, "text")
    (wrong,) = re.findall(r"`(deadline: .*?)` gives:", README)
    good = re.sub(r"One (?:paragraph|line).*", "Meet the drivers.", good)
    assert check(site, good.replace("deadline: 2026-03-31", wrong), capsys) == (1, shown)


def test_the_mistaken_posting_gives_the_messages_that_are_shown(site, capsys):
    (mistaken,), (shown,) = blocks(DOCS["postings"], "markdown"), blocks(DOCS["postings"], "text")
    assert check(site, mistaken, capsys) == (1, shown)


def test_the_examples_of_settings_and_of_employers_are_accepted(site):
    settings, employers = blocks(DOCS["settings"], "yaml")
    written = (site / "content" / "site.yaml").read_text("utf-8")
    kept = yaml.load(written, yaml.BaseLoader)
    for name in yaml.load(settings, yaml.BaseLoader):
        kept.pop(name, None)
    (site / "content" / "site.yaml").write_text(yaml.safe_dump(kept) + settings, "utf-8")
    (site / "content" / "organizations.yaml").write_text(employers, "utf-8")
    for read in (read_settings(site / "content"), read_register(site / "content")):
        assert read.value is not None
        assert read.diagnostics == ()


def test_the_links_to_repositories_of_each_host_are_accepted(site):
    settings = site / "content" / "site.yaml"
    others = re.sub(r"^(edit|report)_url:.*\n", "", settings.read_text("utf-8"), flags=re.MULTILINE)
    links = re.findall(r"^\| .* \| `(https:\S+\{path\})` \| `(\S+)` \|$", DOCS["settings"], re.MULTILINE)
    assert len(links) == 4
    for edit, report in links:
        settings.write_text(f"{others}edit_url: {edit}\nreport_url: {report}\n", "utf-8")
        read = read_settings(site / "content")
        assert read.value is not None
        assert (read.value.edit_url, read.value.report_url, read.diagnostics) == (edit, report, ())


def test_the_example_of_a_page_is_accepted(site):
    (about,) = blocks(DOCS["settings"], "markdown")
    (site / "own" / "pages").mkdir(parents=True)
    (site / "own" / "pages" / "about.md").write_text(about, "utf-8")
    (page,), found = static_pages.read_pages(site / "own")
    assert (page.slug, found) == ("about", ())


def test_every_setting_is_named_with_its_default():
    table = rows(SETTINGS)
    assert set(table) >= set(Settings._fields)
    for name in Settings._fields:
        default = table[name].split("|")[1].strip()
        if isinstance(DEFAULTS.get(name), int):
            assert default == str(DEFAULTS[name]).lower(), name
        else:
            assert default in ({"none", "any tag", "colors", ""} if name in DEFAULTS else {""}), name


def test_required_settings_are_marked_and_no_others():
    marked = set(re.findall(r"^\| `(\w+)` \* \|", SETTINGS, re.MULTILINE))
    assert marked == set(Settings._fields) - set(DEFAULTS)


def test_every_language_that_is_included_is_named():
    included = {path.stem for path in (LAYOUTS / "strings").iterdir()}
    assert included <= set(re.findall(r"`([\w-]+)`", rows(SETTINGS)["language"]))


def test_every_address_is_named():
    table = DOCS["feeds"].partition("## Addresses")[2].partition("\n## ")[0]
    told = re.findall("`(.*?)`", table)
    of_scripts = ("assets/", "search/")
    folders = {f"/{name}/" for name in OWN_FOLDERS if not f"{name}/".startswith(of_scripts)}
    assert {name for name in folders if not any(each.startswith(name) for each in told)} == set()
    published = (ROOT / "tests/golden/digests.txt").read_text("utf-8").split()[1::2]
    files = {path.rpartition("/")[2] for path in published if not path.startswith((*of_scripts, "files/"))}
    assert {name for name in files - {"index.html"} if not any(each.endswith(name) for each in told)} == set()


def test_everything_in_the_extension_of_json_feeds_is_named():
    schema = json.loads((ROOT / "hiringhall/emitters/jobs.schema.json").read_text("utf-8"))["definitions"]
    (told,) = re.findall(r"^- \*\*JSON Feed extension\.\*\*(?:.+\n)+?(?=- |\n)", DOCS["feeds"], re.MULTILINE)
    fields = {*schema["feed_extension"]["properties"], *schema["change_extension"]["properties"]}
    assert fields <= set(re.findall(r"`(\w+)`", told))


@pytest.mark.parametrize(
    ("names", "lacking"),
    [
        (("posted",), {"posted": None}),
        (("apply.url", "apply.email"), {"application": factory.application(None, instructions="Ask us.")}),
        (("location",), {"places": ()}),
        (("remote_from",), {"arrangement": Arrangement.REMOTE}),
    ],
)
def test_what_job_search_engines_need_is_named(names, lacking):
    posting = factory.posting(**lacking)
    assert not jsonld.is_eligible(posting, factory.entry(posting))
    told = DOCS["feeds"].partition("- **Job search engines.**")[2].partition("\n- ")[0]
    assert [name for name in names if f"`{name}`" not in told] == []


def test_every_color_is_named():
    named = set(re.findall(r"`([a-z-]+)`", DOCS["settings"]))
    assert {token.removesuffix("-dark") for token in THEME} <= named


@pytest.mark.parametrize("command", parsers())
def test_every_command_and_every_option_is_named(command):
    text = DOCS["commands"]
    assert re.search(rf"`{command}\b", text)
    for action in parsers()[command]._actions:
        for option in set(action.option_strings) - {"-h", "--help"}:
            assert re.search(rf"`{option}\b", text), option


def test_no_option_is_named_that_does_not_exist():
    known = {
        option
        for parser in parsers().values()
        for action in parser._actions
        for option in action.option_strings
    }
    assert set(re.findall(r"`(--[a-z-]+)", DOCS["commands"])) <= known


def test_every_command_line_is_understood():
    lines = re.findall(r"python build\.py((?: [^\n#`|]*)?)", PAGES)
    assert len(lines) > 10
    for line in lines:
        if "COMMAND" not in line:
            arguments.parse(shlex.split(line))


def test_every_make_target_exists():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    told = re.findall(r"(?:`|^)make ([a-z-]+)(?: ARGS='([^']*)')?", PAGES, re.MULTILINE)
    assert told
    for target, options in told:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
        if "-" in options:
            arguments.parse([target.replace("site", "build"), *shlex.split(options)])


def test_every_dependency_is_in_the_table():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(name for names in project["optional-dependencies"].values() for name in names),
    ]
    assert set(rows(DOCS["design"].partition("## Dependencies")[2])) == {
        re.split(r"[<>=]", each)[0] for each in wanted
    }


def test_every_part_of_the_code_is_named_where_its_organization_is_told():
    told = CONTRIBUTING.partition("### How the code is organized")[2].partition("\n### ")[0]
    folders = ROOT / "hiringhall", ROOT / "hiringhall" / "intake"
    assert set(rows(told)) == {path.stem for folder in folders for path in folder.glob("[!_]*")}


def test_codes_in_the_messages_are_codes_of_the_program():
    shown = set(re.findall(r"\[([a-z-]+)\]$", "".join(blocks(PAGES, "text")), re.MULTILINE))
    assert shown
    assert shown <= set(codes.CODES)


def test_the_policy_for_servers_begins_with_that_of_the_pages():
    head = (ROOT / "layouts" / "partials" / "head.html").read_text("utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', head)
    assert policy is not None
    assert f'add_header Content-Security-Policy "{policy[1]}; frame-ancestors' in DOCS["publishing"]


def anchors(page):
    """The anchors that GitHub gives to the headings of a page."""
    found = []
    for heading in re.findall(r"^#+ (.*)$", without_blocks(page), re.MULTILINE):
        name = re.sub(r"[^\w -]", "", re.sub(r"\]\(.*?\)", "", heading)).lower().replace(" ", "-")
        found.append(f"{name}-{found.count(name)}" if name in found else name)
    return found


def links(page):
    """The targets of the links of a page, without those that are shown as code."""
    return re.findall(r"\]\(([^)]+)\)", re.sub(r"`[^`\n]+`", "", without_blocks(page)))


@pytest.mark.parametrize("path", LINKING, ids=str)
def test_links_lead_to_files_and_headings_that_exist(path):
    page = (ROOT / path).read_text("utf-8")
    for target in links(page):
        name, _, anchor = target.partition("#")
        if "://" in name:
            continue
        found = (ROOT / path.parent / name).resolve() if name else ROOT / path
        assert found.is_relative_to(ROOT), target
        assert found.exists(), target
        assert not anchor or anchor in anchors(found.read_text("utf-8")), target


def test_the_readme_leads_to_every_page():
    told = {target.partition("#")[0] for target in links(README.partition("## Where to look")[2])}
    templates = {".github/pull_request_template.md"}
    assert {path.as_posix() for path in LINKING} - told - templates == {"README.md", "benchmarks/RESULTS.md"}


def test_paths_that_are_named_exist():
    named = set(re.findall(r"`((?:hiringhall|tests|layouts|benchmarks|docs|\.github)/[^` ]*)`", PAGES))
    assert len(named) > 20
    assert {path for path in named if not any(ROOT.glob(path.rstrip("/")))} == set()


def test_the_newest_release_in_the_changelog_is_this_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    headings = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    version, _, day = headings[1].partition(" - ")
    assert version == project["version"]
    assert date.fromisoformat(day)


@pytest.mark.skipif(os.name == "nt", reason="the command is for a shell")
def test_a_copy_of_the_layouts_takes_over_what_a_new_version_changes(tmp_path):
    (command,) = [
        each for each in blocks((LAYOUTS / "README.md").read_text("utf-8"), "sh") if "apply" in each
    ]
    files = [tmp_path / name / "partials" / "row.html" for name in ("layouts", "my")]

    def commit(*texts):
        for file, text in zip(files, texts, strict=False):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        repositories.commit(tmp_path)

    repositories.begin(tmp_path)
    commit("1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\n5\nown\n")
    repositories.git(tmp_path, "switch", "--quiet", "--create", "new")
    commit("new\n2\n3\n4\n5\n6\n")
    repositories.git(tmp_path, "switch", "--quiet", "main")
    repositories.git(tmp_path, "fetch", ".", "new")
    subprocess.run(command, shell=True, cwd=tmp_path, check=True)
    assert files[1].read_text("utf-8") == "new\n2\n3\n4\n5\nown\n"


@pytest.fixture
def served(site):
    """The site as it was when a posting with a deadline was open, with every output, on a server."""
    settings = site / "content" / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "aggregator: true\n", "utf-8")
    assert run("build", "--now", "2026-01-20T12:00:00Z", "--no-cache", "--jobs", "1") == 0
    with serving_folder(site / "site") as server:
        yield f"{server.root}/"


def test_the_clients_read_every_format(served, capsys):
    (clients,) = blocks(DOCS["feeds"], "python")
    assert clients.count('SITE + "') == FORMATS
    exec(clients.replace("https://example.org/", served), {})
    assert capsys.readouterr().out.count("Traductora técnica") == FORMATS


def test_the_readme_is_short_and_its_picture_small():
    assert len(README.splitlines()) <= MOST_LINES
    assert 0 < (ROOT / "docs" / "index.png").stat().st_size < LARGEST_PICTURE
