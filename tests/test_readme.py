"""What the README says is so: its tables are complete, and the program accepts its examples."""

from __future__ import annotations

import re
import shlex
import tomllib
from argparse import _SubParsersAction

import pytest
import yaml

from build import build
from hiringhall import arguments, cli, codes
from hiringhall.intake.configuration.organizations import read_register
from hiringhall.intake.configuration.settings import THEME, read_settings
from hiringhall.intake.content import static_pages
from hiringhall.intake.fields.schema import markdown_table
from hiringhall.intake.fields.table import FIELDS
from hiringhall.model import Settings
from tests.serving import serving_folder
from tests.sites import copied_content
from tests.trees import LAYOUTS, ROOT

README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
DEFAULTS = Settings._field_defaults
POSTING = "content/postings/transport-workers-12-field-organizer.md"
LARGEST_PICTURE = 250_000  # bytes
FORMATS = 7  # RSS, JSON Feed twice, iCalendar, jobs.json, jobs.csv, jobs.xml


def blocks(language):
    return [text for found, text in BLOCKS if found == language]


def section(title):
    return re.split(r"^## ", README.split(f"\n## {title}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def rows(title):
    """Return the first cells of the tables of a section, each with its row."""
    found = re.findall(r"^\| (`.*?) \|(.*)$", section(title), re.MULTILINE)
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


@pytest.mark.parametrize(("name", "table"), [("fields", FIELDS), ("page fields", static_pages.FIELDS)])
def test_the_tables_of_fields_are_the_generated_ones(name, table):
    between = re.search(rf"<!-- {name}: .*? -->\n\n(.*?\n)\n<!-- end of {name} -->", README, re.DOTALL)
    assert between is not None
    assert between[1] == markdown_table(table)


def test_the_first_posting_is_accepted_without_a_word(site, capsys):
    good, _, _ = blocks("markdown")
    assert POSTING.rpartition("/")[2] in section("A first posting")
    assert check(site, good, capsys) == (0, "")


def test_the_mistaken_posting_gives_the_messages_that_are_shown(site, capsys):
    _, mistaken, _ = blocks("markdown")
    (shown,) = (text for text in blocks("text") if text.startswith(POSTING))
    assert check(site, mistaken, capsys) == (1, shown)


def test_the_examples_of_settings_and_of_employers_are_accepted(site):
    settings, employers = blocks("yaml")
    written = (site / "content" / "site.yaml").read_text("utf-8")
    kept = yaml.load(written, yaml.BaseLoader)
    for name in yaml.load(settings, yaml.BaseLoader):
        kept.pop(name, None)
    (site / "content" / "site.yaml").write_text(yaml.safe_dump(kept) + settings, "utf-8")
    (site / "content" / "organizations.yaml").write_text(employers, "utf-8")
    for read in (read_settings(site / "content"), read_register(site / "content")):
        assert read.value is not None
        assert read.diagnostics == ()


def test_the_example_of_a_page_is_accepted(site):
    *_, about = blocks("markdown")
    (site / "own" / "pages").mkdir(parents=True)
    (site / "own" / "pages" / "about.md").write_text(about, "utf-8")
    (page,), found = static_pages.read_pages(site / "own")
    assert (page.slug, found) == ("about", ())


def test_every_setting_is_named_with_its_default():
    table = rows("Settings")
    assert set(table) >= set(Settings._fields)
    for name in Settings._fields:
        default = table[name].split("|")[1].strip()
        if isinstance(DEFAULTS.get(name), int):
            assert default == str(DEFAULTS[name]).lower(), name
        else:
            assert default in ({"none", "any tag", "colors", ""} if name in DEFAULTS else {""}), name


def test_required_settings_are_marked_and_no_others():
    marked = set(re.findall(r"^\| `(\w+)` \* \|", section("Settings"), re.MULTILINE))
    assert marked == set(Settings._fields) - set(DEFAULTS)


def test_every_color_is_named():
    named = set(re.findall(r"`([a-z-]+)`", section("Settings")))
    assert {token.removesuffix("-dark") for token in THEME} <= named


@pytest.mark.parametrize("command", parsers())
def test_every_command_and_every_option_is_named(command):
    text = section("Commands")
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
    assert set(re.findall(r"`(--[a-z-]+)", section("Commands"))) <= known


def test_every_command_line_is_understood():
    lines = re.findall(r"python build\.py((?: [^\n#`|]*)?)", README)
    assert len(lines) > 4
    for line in lines:
        if "COMMAND" not in line:
            arguments.parse(shlex.split(line))


def test_every_make_target_exists():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    told = re.findall(r"(?:`|^)make ([a-z-]+)(?: ARGS='([^']*)')?", README, re.MULTILINE)
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
    assert set(rows("Dependencies")) == {re.split(r"[<>=]", each)[0] for each in wanted}


def test_codes_in_the_messages_are_codes_of_the_program():
    shown = set(re.findall(r"\[([a-z-]+)\]$", "".join(blocks("text")), re.MULTILINE))
    assert shown
    assert shown <= set(codes.CODES)


def test_the_policy_for_servers_begins_with_that_of_the_pages():
    head = (ROOT / "layouts" / "partials" / "head.html").read_text("utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', head)
    assert policy is not None
    assert f'add_header Content-Security-Policy "{policy[1]}; frame-ancestors' in README


def test_links_lead_to_files_and_headings_that_exist():
    headings = {
        re.sub(r"[^\w -]", "", line).lower().replace(" ", "-")
        for line in re.findall(r"^#+ (.*)$", README, re.MULTILINE)
    }
    prose = re.sub(r"^```.*?^```$", "", README, flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)]+)\)", prose):
        path, _, anchor = target.partition("#")
        if not path:
            assert anchor in headings, target
        elif "://" not in path:
            assert (ROOT / path).is_file(), target


@pytest.fixture
def served(site):
    """The site as it was when a posting with a deadline was open, with every output, on a server."""
    settings = site / "content" / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "aggregator: true\n", "utf-8")
    assert run("build", "--now", "2026-01-20T12:00:00Z", "--no-cache", "--jobs", "1") == 0
    with serving_folder(site / "site") as server:
        yield f"{server.root}/"


def test_the_clients_read_every_format(served, capsys):
    (clients,) = blocks("python")
    assert clients.count('SITE + "') == FORMATS
    exec(clients.replace("https://example.org/", served), {})
    assert capsys.readouterr().out.count("Traductora técnica") == FORMATS


def test_the_picture_is_small():
    assert 0 < (ROOT / "docs" / "index.png").stat().st_size < LARGEST_PICTURE
