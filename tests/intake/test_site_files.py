"""Settings, register, the walk through the content, and what is made from the table of fields."""

from __future__ import annotations

import json
import os
import pickle
import re
import sys
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from unicodedata import normalize

import jsonschema
import pytest
import yaml

from hiringhall.commands.new.skeleton import skeleton, suggest_slug
from hiringhall.diagnostics import Outcome, Severity
from hiringhall.engine.files import stamp_of
from hiringhall.intake.configuration.organizations import read_register
from hiringhall.intake.configuration.register import Register, alike, doubtful, register_of
from hiringhall.intake.configuration.settings import (
    OPTIONAL_ADDRESSES,
    read_settings,
    settings_so_far,
    site_address,
)
from hiringhall.intake.content import collisions
from hiringhall.intake.content.cards import card_of, twins_of
from hiringhall.intake.content.posting import read_posting
from hiringhall.intake.fields.schema import json_schema
from hiringhall.intake.fields.table import FIELDS
from hiringhall.intake.files.sources import reread, scan, shown
from hiringhall.intake.frontmatter.quoting import plain
from hiringhall.model import Organization, Settings, Source
from tests.intake.reading_helpers import REGISTER, SETTINGS, TAGGED, as_editors_see, read, read_text, text_of
from tests.intake.test_invalid import Plain
from tests.published import CONTENT
from tests.trees import ROOT, link

SITE = (
    "title: Hiring Hall\ndescription: Jobs\nbase_url: https://jobs.example/board\nlanguage: en\n"
    "time_zone: America/New_York\ndefault_country: usa\ndefault_currency: USD\n"
)


Reading = Callable[..., Outcome[Settings]]


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    """Return a function that reads settings from a file with these lines."""

    def reads(text: str = SITE, *base_url: str) -> Outcome[Settings]:
        (tmp_path / "site.yaml").write_text(text, encoding="utf-8")
        return read_settings(tmp_path, *base_url)

    return reads


def test_settings_have_defaults_and_one_form(reading: Reading) -> None:
    assert reading().value == SETTINGS._replace(base_url="https://jobs.example/board/")
    empty = "".join(f"{name}:\n" for name in Settings._fields if f"{name}:" not in SITE)
    assert reading(SITE + empty).diagnostics == ()
    assert reading(SITE + empty) == reading()


def test_every_address_is_among_those_that_are_looked_at_for_examples() -> None:
    addresses = {name for name in Settings._fields if name.endswith(("_url", "_email"))}
    assert addresses == {"base_url", *OPTIONAL_ADDRESSES}


def test_every_setting_is_read_in_its_type(reading: Reading) -> None:
    more = (
        "page_size: 20\nundated_max_age_days: 30\nclosing_soon_days: 3\nedit_url: 'https://example.org/{path}'\n"
        "newsletter_url: https://example.org/join\nsubmit_url: https://example.org/send\n"
        "report_url: https://example.org/new\ncontact_email: hall@example.org\n"
        "tags:\n  organizing: Organizing\n  health care:\n"
        "theme:\n  accent: '#1B5A46'\n  accent-dark: '#abcdef'\n"
        "redirects:\n  /tags/legal/: /tags/law/\n  '/team/': /\n"
    )
    found = reading(SITE + more).value
    assert (found.page_size, found.undated_max_age_days, found.closing_soon_days) == (20, 30, 3)
    assert (found.edit_url, found.report_url) == ("https://example.org/{path}", "https://example.org/new")
    assert found.newsletter_url == "https://example.org/join"
    assert (found.submit_url, found.contact_email) == ("https://example.org/send", "hall@example.org")
    assert found.tags == {"organizing": "Organizing", "health care": "health care"}
    assert found.theme == {"accent": "#1b5a46", "accent-dark": "#abcdef"}
    assert found.redirects == {"tags/legal/": "tags/law/", "team/": ""}
    assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("title: ", "titel: ", [(1, "unknown-field")]),
        ("title: ", "title: @", [(1, "yaml-syntax")]),
        (SITE, SITE.replace("title: ", "Title: Jobs: ").replace("time_zone", "Time_Zones"),
         [(1, "yaml-syntax"), (1, "unknown-field"), (5, "unknown-field")]),
    ],
)  # fmt: skip
def test_a_setting_under_another_name_or_that_cannot_be_read_is_not_missing_too(
    reading: Reading, old: str, new: str, found: list[tuple[int, str]]
) -> None:
    told = reading(SITE.replace(old, new)).diagnostics
    assert [(each.span.line, each.code) for each in told] == found


@pytest.mark.parametrize("written", ["logo.svg", "files/logo.svg", "/files/logo.svg", "../files/logo.svg"])
def test_a_logo_is_named_by_its_file_or_as_texts_name_pictures(reading: Reading, written: str) -> None:
    assert reading(f"{SITE}logo: {written}").value.logo == "files/logo.svg"


def test_tags_may_be_a_list(reading: Reading) -> None:
    tags = reading(f"{SITE}tags: [organizing, training]").value.tags
    assert tags == {"organizing": "organizing", "training": "training"}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ("page_size: 1001", "setting-number"),
        ("page_size: ٣", "setting-number"),
        ("page_size: -1", "setting-number"),
        ("closing_soon_days: 0", "setting-number"),
        ("page_size: [1]", "not-text"),
        ("edit_url: '/edit/{path}'", "url"),
        ("edit_url: [x]", "not-text"),
        ("tags: organizing", "setting-tags"),
        ("tags:\n  law: Law\n  /tags/legal/: /tags/law/", "setting-tags"),
        ("tags: [[x]]", "not-text"),
        ("theme: blue", "setting-color"),
        ("theme: {accent: red}", "setting-color"),
        ("theme: {accent: '#ffffff;}body{display:none'}", "setting-color"),
        ("theme: {'a:b;}': '#ffffff'}", "unknown-field"),
        ("report_url: 'javascript:x'", "url"),
        ("redirects: /tags/legal/", "redirect-form"),
    ],
)
def test_setting_out_of_its_range_is_refused(reading: Reading, more: str, code: str) -> None:
    outcome = reading(SITE + more)
    assert outcome.value is None
    assert [each.code for each in outcome.diagnostics] == [code]


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("https://index.example", None),
        ("https://example.org/index.html", "write https://example.org/"),
        ("https://example.org/board/index.php", "write https://example.org/board/"),
        ("https://example.org/a/%2E%2e/", "write the address as the browser shows it"),
    ],
)
def test_an_address_that_is_no_folder_is_none_of_a_site(written: str, hint: str | None) -> None:
    assert getattr(site_address(written), "hint", None) == hint


@pytest.mark.parametrize(
    ("written", "code"),
    [("en-UK", "en-GB"), ("spa", "es"), ("en_US.UTF-8", "en-US"), ("American English", "en-US")],
)
def test_a_language_in_another_form_is_told_in_the_right_one(
    reading: Reading, written: str, code: str
) -> None:
    (found,) = reading(SITE.replace("language: en", f"language: {written}")).diagnostics
    assert (found.code, found.hint) == ("language", f"did you mean {code}?")


@pytest.mark.parametrize(("lines", "tags"), [("Tags: [law]", None), ("Tags:\n  law: Law", {"law": "Law"})])
def test_tags_under_another_name_are_those_to_go_on_with(
    reading: Reading, tmp_path: Path, lines: str, tags: dict[str, str] | None
) -> None:
    assert [each.code for each in reading(f"{SITE}{lines}\n").diagnostics] == ["unknown-field"]
    assert settings_so_far(tmp_path)[0].tags == tags


def test_a_required_setting_that_is_empty_is_told_at_its_line(reading: Reading) -> None:
    (found,) = reading(SITE.replace("description: Jobs", "description:")).diagnostics
    assert (found.code, found.span.line) == ("missing-setting", 2)


def test_a_title_that_says_nothing_gives_a_warning(reading: Reading) -> None:
    (found,) = reading(SITE.replace("title: Hiring Hall", "title: TBD")).diagnostics
    assert (found.code, found.severity) == ("text-empty", Severity.WARNING)


def test_a_setting_that_is_too_long_is_to_be_shortened(reading: Reading) -> None:
    (found,) = reading(SITE.replace("title: ", f"title: {'x' * 1000}")).diagnostics
    assert (found.code, found.hint) == ("text-length", "shorten it")


THREE_LETTERS = "write its three-letter code, such as"


@pytest.mark.parametrize(
    ("country", "line", "hint"),
    [
        ("MX", "default_currency: $", f"{THREE_LETTERS} MXN for the Mexican Peso"),
        ("Canada", "default_currency: $", f"{THREE_LETTERS} CAD for the Canadian Dollar"),
        ("CA", "default_currency: US$", "did you mean USD?"),
        ("SE", "default_currency: kr", f"{THREE_LETTERS} SEK for the Swedish Krona"),
        ("CN", "default_currency: \u00a5", f"{THREE_LETTERS} CNY for the Chinese Yuan"),
        ("DE", "default_currency: Mark", f"{THREE_LETTERS} EUR for the Euro"),
        ("CA", "", "add a line such as default_currency: CAD"),
        ("DE", "time_zone: CET", "did you mean Europe/Berlin?"),
        ("CA", "time_zone: PST", "did you mean America/Vancouver?"),
        ("US", "default_currency: ", "write a line such as default_currency: USD"),
        ("DE", "time_zone: UTC+1", "write it as Area/City, such as Europe/Berlin"),
        ("GB", "time_zone: home", "write it as Area/City, such as Europe/London"),
    ],
)
def test_hints_for_a_sites_currency_and_time_zone_are_for_its_country(
    reading: Reading, country: str, line: str, hint: str
) -> None:
    settings = SITE.replace("default_country: usa", f"default_country: {country}")
    name = line.partition(":")[0] or "default_currency"
    (found,) = reading(re.sub(f"(?m)^{name}: .*$", lambda _: line, settings)).diagnostics
    assert found.hint == hint


EDIT = "write an address such as https://github.com/OWNER/NAME/edit/main/{path}"
TAG_LINES = "write each on a line of its own, as in law: Law and policy, without a hyphen before it"
SCHEMES = "write a line for each color: accent: is for the light scheme, accent-dark: for the dark one"
HOME = "write the address of a page, as it stands behind that of the site"
LINES = "indent them by two spaces, without hyphens, and put a space after the colon"
LOGO = "put the picture into content/files/ and write"
COPY = "pages alone lead on, and to pages: keep a copy of a file at its former address, too"


@pytest.mark.parametrize(
    ("line", "code", "hint"),
    [
        ("edit_url: https://example.org/{file}", "edit-url", EDIT),
        ("edit_url: https://example.org/<path>", "edit-url", EDIT),
        ("edit_url: https://example.org/%s?x=1", "edit-url", EDIT),
        ("edit_url: https://example.org/", "edit-url", EDIT),
        ("edit_url: hall@example.org", "url", "write the address of a web page"),
        ("report_url: hall@example.org", "url", "write contact_email: hall@example.org"),
        ("newsletter_url: join@example.org", "url", "write the address of a web page"),
        (
            "newsletter_url: https://example.org/{list}",
            "newsletter-url",
            "write {feed} there, or the whole address",
        ),
        ("newsletter_url: '/join?{feed}'", "url", "write the address of a page that people can open"),
        ("newsletter_url: example.org/?l={feed}", "url", "write https://example.org/?l={feed}"),
        ("report_url: https://example.org/{page}", "report-url", "write {url} there, or the whole address"),
        (
            "submit_url: https://example.org/{url}",
            "url",
            "put what it stands for in place of {url}, or leave it out",
        ),
        *(
            (
                f"report_url: https://example.org/{slot}",
                "report-url",
                "write {url} there, or the whole address",
            )
            for slot in ("{{url}}", "{{ url }}", "${url}", "{url", "url}", "{URL}", "{ url }")
        ),
        ("report_url: https://{url}", "report-url", "write {url} there, or the whole address"),
        ("report_url: example.org/?at={url}", "url", "write https://example.org/?at={url}"),
        ("submit_url: hall@example.org", "url", "write contact_email: hall@example.org"),
        ("contact_email: https://example.org/", "email", "write report_url: https://example.org/"),
        ("contact_email: none", "text-empty", "delete the line"),
        ("report_url: n/a", "text-empty", "delete the line"),
        ("edit_url: ~", "text-empty", "delete the line"),
        (r"submit_url: https://example.org\send", "url", "write https://example.org/send"),
        ('submit_url:"https://example.org/"', "yaml-syntax", 'write submit_url: "https://example.org/"'),
        ("form_url: https://example.org/", "unknown-field", "did you mean submit_url?"),
        (
            "site:\n  page_size: 5\n  aggregator: true",
            "unknown-field",
            "delete this line, and start the lines below it at the left edge: page_size, aggregator",
        ),
        ("logo: none", "text-empty", "delete the line"),
        ("logo: /assets/images/our-logo.svg", "setting-logo", f"{LOGO} our-logo.svg"),
        ("logo: https://example.org/logo.png", "setting-logo", f"{LOGO} logo.png"),
        (r"logo: files\logo.png", "setting-logo", f"{LOGO} logo.png"),
        ("logo: Our Logo.PNG", "setting-logo", f"{LOGO} our-logo.png"),
        ("logo: logo.pdf", "setting-logo", f"{LOGO} its name, such as logo.svg or logo.png"),
        ("logo: /", "setting-logo", f"{LOGO} its name, such as logo.svg or logo.png"),
        ("theme: {link: '#1f4e79'}", "unknown-field", "did you mean accent?"),
        ("theme: {dark-band: '#1f4e79'}", "unknown-field", "did you mean band-dark?"),
        ('theme: {on-band:"#1f4e79"}', "unknown-field", 'write on-band: "#1f4e79"'),
        ("theme: {dark: {accent: '#1f4e79'}}", "not-text", SCHEMES),
        ("theme: {accent: {light: '#1f4e79'}}", "not-text", SCHEMES),
        ("tags:\n  - law: Law\n  - data: Data", "setting-tags", TAG_LINES),
        ("tags:\n  law\n  data", "setting-tags", TAG_LINES),
        ("tags: [law: Law, data: Data]", "setting-tags", "put { and } in place of [ and ]"),
        ("synonyms:\n  - RN: nurse", "not-text", "write RN = nurse"),
        ("synonyms:\n  - [RN, nurse]", "not-text", "write RN = nurse"),
        ("synonyms:\n  - RN == nurse", "setting-synonyms", "write them as in RN = registered nurse"),
        (
            "synonyms:\n  - RN = nurse, BA = agent",
            "setting-synonyms",
            "put = between words that mean the same, as in RN = registered nurse",
        ),
        ("/tags/a/: /tags/b/", "unknown-field", "put it below a line redirects:, indented by two spaces"),
        (
            "tags:\norganizing: Organizing",
            "unknown-field",
            "put it below a line tags:, indented by two spaces",
        ),
        ("tags:\nclosing_soon_day: 7", "unknown-field", "did you mean closing_soon_days?"),
        ("theme:\naccent: '#1f4e79'", "unknown-field", "put it below a line theme:, indented by two spaces"),
        ("tags: Law, organizing", "setting-tags", "write tags: [law, organizing]"),
        ("tags: none", "setting-tags", "delete the line"),
        ("tags: (none)", "setting-tags", "delete the line"),
        (
            "theme: none",
            "setting-color",
            f"{LINES}; or, for the usual colors, delete the line",
        ),
        (
            "redirects:\n  - /a/: /b/",
            "redirect-form",
            f"{LINES}; or, if nothing has moved, delete the line",
        ),
        ("redirects: {/a/: /Tags/Legal}", "redirect-form", "write /tags/legal/"),
        ("redirects: {/a/: /Tags/Legal/}", "redirect-form", "write /tags/legal/"),
        ("redirects: {/a/: /tags/legal/page/2/}", "redirect-form", "write /tags/legal/"),
        ("redirects: {/a/: /tags/legal/feed.xml}", "redirect-form", "write /tags/legal/"),
        ("redirects: {/a/: '/tags/legal/?sort=pay#main'}", "redirect-form", "write /tags/legal/"),
        ("redirects: {/a/: /tags/sant%C3%A9/}", "redirect-form", "write /tags/sante/"),
        (
            "redirects: {'/?p=12': /tags/law/}",
            "redirect-form",
            "delete the line: of an address such as /?p=12, hosts see nothing behind the ?",
        ),
        ("redirects: {/a/: /files/handbook}", "redirect-form", "write /files/handbook/"),
        ("redirects: {/a/: /files/charter.pdf}", "redirect-form", COPY),
        ("redirects: {/a/: 'https://x.example/team/'}", "redirect-form", "write /team/"),
        ("redirects: {/a/: team.md}", "redirect-form", "write /team/"),
        ("redirects: {/a/: /team/index.html}", "redirect-form", "write /team/"),
        ("redirects: {/a/: '/team/,'}", "redirect-form", "write /team/"),
        ("redirects: {/a/: ~}", "redirect-form", HOME),
        ("redirects: {/a/: 'hall@example.org'}", "redirect-form", HOME),
        (
            "redirects: {/team.html: /about/}",
            "redirect-form",
            "delete the line: only folders can lead on, and not an address that ends in .html",
        ),
    ],
)
def test_a_setting_of_another_form_is_refused_with_the_right_one(
    reading: Reading, line: str, code: str, hint: str
) -> None:
    (found,) = reading(f"{SITE}{line}\n").diagnostics
    assert (found.code, found.hint) == (code, hint)


@pytest.mark.parametrize(
    ("last", "hint"),
    [("/c/", "write /c/"), ("/a/", "write where the page is now")],
    ids=["on", "in a circle"],
)
def test_an_address_that_leads_on_is_told_where_it_ends(reading: Reading, last: str, hint: str) -> None:
    found = reading(f"{SITE}redirects:\n  /a/: /b/\n  /b/: {last}\n").diagnostics
    assert {each.hint for each in found} == {hint}


@pytest.mark.parametrize(
    "line",
    [
        *(f"{name}:" for name in ("tags", "page_size", "edit_url", "theme", "redirects", "aggregator")),
        *("redirects:\n  # /a/: /b/", "tags: ''", "tags: {}", "tags: []"),
    ],
)
def test_a_setting_that_is_empty_counts_as_left_out(reading: Reading, line: str) -> None:
    assert reading(f"{SITE}{line}\n") == reading(SITE)


@pytest.mark.parametrize("address", ["[a]", "https://example.org/a/../b"])
def test_base_url_of_the_file_must_be_an_address(reading: Reading, address: str) -> None:
    assert reading(SITE.replace("https://jobs.example/board", address)).value is None


def test_base_url_of_the_command_line_counts(reading: Reading) -> None:
    assert reading(SITE, "http://localhost:8000").value.base_url == "http://localhost:8000/"
    (found,) = reading(SITE, "localhost:8000").diagnostics
    assert (found.path, found.code) == ("--base-url", "base-url")


def test_addresses_of_the_site_hold_only_what_an_address_may(reading: Reading) -> None:
    named = "https://höfe.example/büro"
    more = f"edit_url: '{named}/{{path}}?ä[]'\nreport_url: {named}\n"
    text = SITE.replace("https://jobs.example/board", named) + more
    found = reading(text).value
    plain = "https://xn--hfe-sna.example/b%C3%BCro"
    assert (found.base_url, found.report_url) == (f"{plain}/", plain)
    assert found.edit_url == f"{plain}/{{path}}?%C3%A4%5B%5D"
    copied = text.replace("{path}?ä[]", "%7Bpath%7D#ä")
    assert reading(copied).value.edit_url == f"{plain}/{{path}}#%C3%A4"
    sent = reading(text + f"newsletter_url: '{named}?ü={{feed}}&ö'\n").value
    assert sent.newsletter_url == f"{plain}?%C3%BC={{feed}}&%C3%B6"
    assert reading(text, named).value == found


def test_base_url_of_the_command_line_is_enough(reading: Reading) -> None:
    text = SITE.replace("base_url", "# base_url") + "redirects:\n  /tags/legal/: /tags/law/\n"
    assert [each.code for each in reading(text).diagnostics] == ["missing-setting"]
    assert reading(text, "https://jobs.example/").value is not None


def test_missing_or_unreadable_settings_are_errors(tmp_path: Path) -> None:
    assert [each.code for each in read_settings(tmp_path).diagnostics] == ["file-unreadable"]
    if sys.platform != "win32":
        link(tmp_path / "site.yaml", "/dev/zero")
        assert [each.code for each in read_settings(tmp_path).diagnostics] == ["file-unreadable"]
        (tmp_path / "site.yaml").unlink()
    (tmp_path / "site.yaml").write_bytes(b"\xff\xfe")
    assert [each.code for each in read_settings(tmp_path).diagnostics] == ["encoding"]
    (tmp_path / "site.yaml").write_bytes(b"")
    assert {each.code for each in read_settings(tmp_path).diagnostics} == {"missing-setting"}


@pytest.mark.parametrize(
    ("before", "after", "line", "hint"),
    [
        ("---\n", "tags: {a: b\n", 9, "write tags: {a: b}"),
        (
            "# note\n---\n",
            "---\n",
            10,
            (
                "put all of it behind the name above, or start each line with a hyphen and a space, if it is "
                "an item, or with the name of a field and a colon"
            ),
        ),
    ],
)
def test_a_line_that_opens_the_settings_is_no_fault_beside_another(
    reading: Reading, before: str, after: str, line: int, hint: str
) -> None:
    found = reading(before + SITE + after).diagnostics
    assert [(each.span.line, each.code, each.hint) for each in found] == [(line, "yaml-syntax", hint)]


@pytest.mark.parametrize("home", ["jobs", "board", "our/board"])
@pytest.mark.parametrize("host", ["", "https://x.example"])
def test_an_address_with_the_folder_of_the_site_is_refused(reading: Reading, home: str, host: str) -> None:
    site = re.sub("base_url: .*", f"base_url: https://x.example/{home}/", SITE)
    former = f"{host}/{home}/tags/legal/"
    (found,) = reading(f"{site}redirects:\n  {former}: /tags/law/\n").diagnostics
    assert found.hint == "write /tags/legal/"


def test_a_list_may_have_the_name_of_the_folder_of_the_site(reading: Reading) -> None:
    site = re.sub("base_url: .*", "base_url: https://x.example/tags/", SITE)
    assert reading(f"{site}redirects:\n  /tags/legal/: /tags/law/\n").diagnostics == ()


@pytest.mark.parametrize("bare", ["Rent control", "rent-control Rent control", "Law"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_tag_without_a_colon_is_told_at_its_own_line(reading: Reading, bare: str, place: int) -> None:
    tags = ["evictions: Eviction defense", "housing law: Housing law"]
    tags.insert(place, bare)
    lines = "".join(f"  {each}\n" for each in tags)
    [found] = reading(f"{SITE}tags:\n{lines}\n# The colors.\ntheme: {{}}\n").diagnostics
    assert (found.code, found.span.line) == ("yaml-syntax", SITE.count("\n") + 2 + place)
    assert "no colon" in found.message


def test_register_is_read_and_travels(tmp_path: Path) -> None:
    text = (
        "afscme:\n  name: American Federation of State, County and Municipal Employees\n"
        "  short_name: AFSCME\n"
        "council-4:\n  name: AFSCME Council 4\n  parent: afscme\n"
        "  url: https://example.org\n  aliases: C4\n  description: A council.\n"
    )
    (tmp_path / "organizations.yaml").write_text(text, encoding="utf-8")
    register = read_register(tmp_path).value
    assert register is not None
    again: Register = pickle.loads(pickle.dumps(register))
    for name in ("council-4", "c4", "AFSCME COUNCIL 4"):
        assert again.resolve(name).key == "council-4"
    assert again.resolve("council-4").parent == "afscme"
    assert again.near("AFSCME Council 5") is None
    assert again.near("AFSME Council 4") == "AFSCME Council 4"


@pytest.mark.parametrize(
    ("entry", "hint"),
    [
        ("c4:\n  name: C\n  aliases: C4, IV\n", "write aliases: [C4, IV]"),
        ("c4:\n  name: C\n  aliases:\n    C4\n    Council 4\n", "write aliases: [C4, Council 4]"),
        ("c4:\n  name: C\n  short_name: n/a\n", "leave it out; a field is only for what is known"),
        ("c4:\n  name: C\n  aliases: [TBD]\n", "leave it out; a field is only for what is known"),
        ("Council 4:\n  url: https://x.example\n", "add a line such as   name: Council 4"),
    ],
)
def test_hints_of_the_register_are_made_of_what_is_written(tmp_path: Path, entry: str, hint: str) -> None:
    (tmp_path / "organizations.yaml").write_text(entry, encoding="utf-8")
    assert hint in {each.hint for each in read_register(tmp_path).diagnostics}


@pytest.mark.parametrize("parent", ["a:\n\tname: A", "a: A", "a:\n  short_name: A", "a:\n  name: [A"])
def test_a_parent_that_cannot_be_read_is_there(tmp_path: Path, parent: str) -> None:
    (tmp_path / "organizations.yaml").write_text(f"{parent}\nb:\n  name: B\n  parent: a\n", "utf-8")
    codes = [each.code for each in read_register(tmp_path).diagnostics]
    assert codes
    assert "organization-parent" not in codes


def test_site_without_a_register_has_an_empty_one(tmp_path: Path) -> None:
    assert read_register(tmp_path).value == register_of(())
    assert register_of(()).near("Council 4") is None


def test_register_may_be_longer_than_a_posting(tmp_path: Path) -> None:
    entries = [
        f"local-{number}: {{ name: Local {number}, description: {'x' * 250} }}\n" for number in range(1200)
    ]
    (tmp_path / "organizations.yaml").write_text("".join(entries), encoding="utf-8")
    outcome = read_register(tmp_path)
    assert outcome.value is not None
    assert len(outcome.value.organizations) == 1200


def test_register_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "organizations.yaml").mkdir()
    assert [each.code for each in read_register(tmp_path).diagnostics] == ["file-unreadable"]
    (tmp_path / "organizations.yaml").rmdir()
    link(tmp_path / "organizations.yaml", "nowhere")
    assert [each.code for each in read_register(tmp_path).diagnostics] == ["file-unreadable"]
    (tmp_path / "organizations.yaml").unlink()
    (tmp_path / "organizations.yaml").write_bytes(b"\xff")
    assert [each.code for each in read_register(tmp_path).diagnostics] == ["encoding"]
    (tmp_path / "organizations.yaml").write_text("a:\n  name: [x]\n", encoding="utf-8")
    assert [each.code for each in read_register(tmp_path).diagnostics] == ["not-text"]


def test_postings_are_found_in_all_folders_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "b.md",
        "2026/a.md",
        ".hidden/c.md",
        ".d.md",
        "2026/notes.txt",
        "2026/E.MD",
        "image.png",
        "job",
        "job.docx",
        "~$job.docx",
        "b.md~",
        "#b.md#",
        "Thumbs.db",
    ):
        path = tmp_path / "content/postings" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    outcome = scan(Path("content"))
    assert outcome.value is not None
    assert [source.path for source in outcome.value] == [
        "content/postings/2026/a.md",
        "content/postings/b.md",
    ]
    assert [each.path for each in outcome.diagnostics] == [
        "content/postings/2026/E.MD",
        "content/postings/2026/notes.txt",
        "content/postings/job",
        "content/postings/job.docx",
    ]
    assert {each.code for each in outcome.diagnostics} == {"file-ending"}
    hints = 3 * ["rename it so that it ends in .md"]
    hints.append("copy its text into a new file whose name ends in .md")
    assert [each.hint for each in outcome.diagnostics] == hints
    absolute = scan(tmp_path / "content").value
    assert absolute == outcome.value
    assert shown(Path("/elsewhere/content")) == "/elsewhere/content"


@pytest.mark.parametrize(("system", "form"), [("darwin", "NFC"), ("linux", "NFD")])
def test_a_name_is_the_one_that_git_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, form: str
) -> None:
    """Git for macOS composes letters that the file system has taken apart, and addresses have its paths."""
    folder = tmp_path / "content" / "postings" / normalize("NFD", "Übersee")
    folder.mkdir(parents=True)
    (folder / "x.md").touch()
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.chdir(tmp_path)
    found = scan(Path("content")).value or ()
    assert [source.path for source in found] == [f"content/postings/{normalize(form, 'Übersee')}/x.md"]


@pytest.mark.parametrize(("system", "is_one"), [("win32", True), ("linux", False)])
def test_a_file_has_one_stamp_where_lists_of_files_have_no_inodes(
    monkeypatch: pytest.MonkeyPatch, system: str, is_one: bool
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    asked, listed = (SimpleNamespace(st_size=1, st_mtime_ns=2, st_ctime_ns=3, st_ino=ino) for ino in (4, 0))
    assert (stamp_of(cast(os.stat_result, asked)) == stamp_of(cast(os.stat_result, listed))) is is_one


def test_file_with_almost_the_name_of_one_that_is_read_is_warned_about(tmp_path: Path) -> None:
    (tmp_path / "postings").mkdir()
    good = ("site.yaml", "organizations.yaml", "organizations.yaml.bak", "notes.txt", ".site.yml")
    near = ("Settings.yaml", "organisations.yaml", "organizations.yaml.txt", "organizations.yml", "site.yml")
    for name in (*good, *near):
        (tmp_path / name).write_text("x", encoding="utf-8")
    found = scan(tmp_path).diagnostics
    assert {(each.severity, each.code) for each in found} == {(Severity.WARNING, "file-near")}
    assert tuple(Path(each.path).name for each in found) == near
    assert found[1].hint == "rename it to organizations.yaml"
    (tmp_path / "site.yaml").unlink()
    os.link(tmp_path / "site.yml", tmp_path / "site.yaml")
    assert [Path(each.path).name for each in scan(tmp_path).diagnostics] == list(near[:-1])
    (tmp_path / "postings").rmdir()
    assert [each.code for each in scan(tmp_path).diagnostics] == ["postings-missing"] + 4 * ["file-near"]
    assert [each.code for each in scan(tmp_path / "nowhere").diagnostics] == ["postings-missing"]


def test_what_is_beside_the_folders_of_content_is_warned_about(tmp_path: Path) -> None:
    for name in ("postings", "pages", "posting", "notes", "Page", "File"):
        (tmp_path / name).mkdir()
    link(tmp_path / "files", "nowhere")  # which is told where files are read
    for name in ("README.md", "organizer.md", "notes.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [(Path(each.path).name, each.code, each.hint) for each in scan(tmp_path).diagnostics] == [
        ("File", "file-near", "move what is in it to files"),
        ("Page", "file-near", "move what is in it to pages"),
        ("organizer.md", "file-near", "move it to postings if it is a posting, to pages if it is a page"),
        ("posting", "file-near", "move what is in it to postings"),
    ]


def test_missing_folder_and_unreadable_file_are_errors(tmp_path: Path) -> None:
    assert [each.code for each in scan(tmp_path).diagnostics] == ["postings-missing"]
    (tmp_path / "postings").mkdir()
    link(tmp_path / "postings/broken.md", tmp_path / "nowhere")
    assert [each.code for each in scan(tmp_path).diagnostics] == ["file-unreadable"]
    link(tmp_path / "postings/circle.md", "circle.md")
    assert [each.path.rpartition("/")[2] for each in scan(tmp_path).diagnostics] == ["broken.md", "circle.md"]


def test_link_is_read_within_the_content_only_and_what_is_no_file_never(tmp_path: Path) -> None:
    postings = tmp_path / "content/postings"
    postings.mkdir(parents=True)
    (tmp_path / "secret.md").write_text("x", encoding="utf-8")
    (tmp_path / "content/shared.txt").write_text("x", encoding="utf-8")
    link(postings / "beside.md", "../shared.txt")
    link(postings / "leak.md", "../../secret.md")
    assert [Path(each.path).name for each in scan(tmp_path / "content").value or ()] == ["beside.md"]
    if sys.platform != "win32":
        os.mkfifo(postings / "pipe.md")
        link(postings / "zero.md", "/dev/zero")
    found = scan(tmp_path / "content")
    names = ["leak.md", "pipe.md", "zero.md"][: 1 if sys.platform == "win32" else 3]
    assert [(each.code, Path(each.path).name) for each in found.diagnostics] == [
        ("file-unreadable", name) for name in names
    ]


DEEP = 1200


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="their paths cannot be so long")
def test_folders_can_be_as_deep_as_the_system_allows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "postings").mkdir()
    monkeypatch.chdir(tmp_path / "postings")
    for _ in range(DEEP):
        Path("d").mkdir()
        os.chdir("d")
    Path("x.md").write_text("x", encoding="utf-8")
    try:
        found = scan(tmp_path)
    finally:  # what removes the folders of tests goes down into them by calling itself
        Path("x.md").unlink()
        for _ in range(DEEP):
            os.chdir("..")
            Path("d").rmdir()
    assert [each.path.count("/d") for each in found.value or ()] == [DEEP]


def test_of_a_file_that_is_far_too_large_no_more_is_read_than_shows_it(tmp_path: Path) -> None:
    (tmp_path / "postings").mkdir()
    with (tmp_path / "postings/film.md").open("wb") as file:
        file.truncate(64 * 1024 * 1024)
    tracemalloc.start()
    try:
        (source,) = scan(tmp_path).value or ()
        outcome = read_posting(reread(source.path), SETTINGS, REGISTER)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [each.code for each in outcome.diagnostics] == ["file-size"]
    assert most < 8 * 1024 * 1024


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_what_is_no_file_is_not_read_for_a_hint_either() -> None:
    # A pipe or /dev/zero would never end.
    assert reread(os.devnull) == Source(os.devnull, b"", "")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such name")
def test_file_whose_name_is_no_text_is_told_and_passed_over(tmp_path: Path) -> None:
    (tmp_path / "postings").mkdir()
    name = b"caf\xe9.md"
    Path(os.fsdecode(os.fsencode(tmp_path / "postings") + b"/" + name)).write_text("x", "utf-8")
    found = scan(tmp_path)
    assert found.value == ()
    assert [(each.code, each.path.rpartition("/")[2]) for each in found.diagnostics] == [
        ("file-name", r"caf\xe9.md")
    ]


def test_digest_of_a_source_is_that_of_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "postings").mkdir()
    (tmp_path / "postings/a.md").write_bytes(b"x")
    (tmp_path / "postings/b.md").write_bytes(b"x")
    first, second = scan(tmp_path).value or ()
    assert first.digest == second.digest


def test_schema_is_draft_07_and_accepts_the_golden_postings() -> None:
    schema = json_schema(read_settings(CONTENT).value)
    jsonschema.Draft7Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema
    for path in (CONTENT / "postings").rglob("*.md"):
        jsonschema.validate(
            as_editors_see(path.read_text(encoding="utf-8")), schema, jsonschema.Draft7Validator
        )


@pytest.mark.parametrize(
    "fields",
    [
        {"title": None}, {"added": None}, {"location": None}, {"apply": None}, {"titel": "x"},
        {"arrangement": "in person"},
        {"salary": "80,000"}, {"salary": "{minimum: 3}"}, {"salary": "{min: 3}"}, {"salary": "{max: 3}"},
        {"salary": "{period: year}"}, {"deadline": "tomorrow"}, {"added": "1/26/2026"},
        {"apply": "{subject: x}"},
        {"tags": "[unknown]"}, {"status": "unconfirmed"}, {"aliases": "[A_b]"}, {"draft": "maybe"},
        {"source": "{url: ftp://x}"},
    ],
)  # fmt: skip
def test_schema_refuses_what_the_intake_refuses(fields: dict[str, str | None]) -> None:
    text = text_of(**fields)
    assert read_text(text, settings=TAGGED).value is None
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(as_editors_see(text), json_schema(TAGGED), jsonschema.Draft7Validator)


@pytest.mark.parametrize(
    "fields",
    [
        {}, {"added": None, "posted": "2026-01-01"},
        {"location": None, "arrangement": "remote", "remote_from": "[US]"},
        {"salary": "{min: 24.50, max: 30, period: hour}"}, {"salary": "{note: Union scale}"},
        {"salary": "{max: 30, period: hour}"}, {"deadline": "rolling"},
        {"deadline": "2026-01-26T17:00:00-05:00"},
        {"location": "{city: Rocky Hill, region: CT, postal_code: 06067}"},
        {"employment_type": "[full-time]"}, {"draft": "true"},
        {"apply": "{url: https://example.org, documents: CV}"}, {"benefits": "Pension"},
        {"tags": "[organizing]"},
    ],
)  # fmt: skip
def test_schema_accepts_what_the_intake_accepts(fields: dict[str, str | None]) -> None:
    text = text_of(**fields)
    assert read_text(text, settings=TAGGED).value is not None
    jsonschema.validate(as_editors_see(text), json_schema(TAGGED), jsonschema.Draft7Validator)


def test_every_example_of_the_table_is_good() -> None:
    fields = {row.name: row.example for row in FIELDS}
    outcome = read_text(text_of(**fields))
    codes = {each.code for each in outcome.diagnostics if each.severity is not Severity.NOTICE}
    assert outcome.value is not None
    assert codes == {"verify-by-unused", "remote-from"}
    for row in FIELDS:
        if row.parts and row.name != "location":
            members = "".join(f"\n  {part.name}: {part.example}" for part in row.parts)
            assert read_text(text_of(**{row.name: members})).value is not None


def test_schema_without_settings_leaves_tags_open() -> None:
    assert (
        json_schema()["properties"]["tags"]["items"] == json_schema(SETTINGS)["properties"]["tags"]["items"]
    )
    assert json_schema(TAGGED)["properties"]["tags"]["items"] == {"enum": ["organizing", "legislation"]}


@pytest.mark.parametrize("settings", [SETTINGS, TAGGED], ids=["without tags", "with tags"])
def test_skeleton_is_a_valid_posting_once_its_text_is_written(settings: Settings) -> None:
    values = {
        "title": "Organizer: North & South", "organization": "Workers' Center #1", "location": "Hartford, CT",
        "apply": "jobs@example.org",
        "added": "2026-01-05", "deadline": "2026-02-01 17:00", "summary": "",
    }  # fmt: skip
    text = skeleton(values, settings)
    untouched = read_text(text, settings=settings)
    assert untouched.value is not None
    assert [(each.code, each.span.column) for each in untouched.diagnostics] == [
        ("body-placeholder", 1),
        ("body-placeholder", 3),
        ("body-placeholder", 3),
    ]
    for each in untouched.diagnostics:
        text = text.replace(text.split("\n")[each.span.line - 1][each.span.column - 1 :], "Organize.")
    outcome = read_text(text, settings=settings)
    assert outcome.value is not None, outcome.diagnostics
    assert outcome.diagnostics == ()
    assert (outcome.value.title, outcome.value.organization.name) == (
        "Organizer: North & South",
        "Workers' Center #1",
    )


def test_a_skeleton_has_no_fields_that_nobody_gave_and_says_where_they_are() -> None:
    values = {"title": "x", "organization": "y", "apply": "x@example.org", "added": "2026-01-05"}
    values |= {"location": "Hartford, CT"}
    lines = skeleton(values, SETTINGS).split("\n---\n")[0].split("\n")
    *fields, more = lines[1:]
    assert [line.partition(":")[0] for line in fields] == [
        "title",
        "organization",
        "added",
        "location",
        "apply",
    ]
    told = re.match(r"# All fields are in (docs/postings\.md)\.", more)
    assert told
    assert "\n## Fields\n" in (ROOT / told[1]).read_text("utf-8")


def test_the_comment_on_tags_becomes_a_field_by_deleting_the_sign() -> None:
    values = {"title": "x", "organization": "y", "apply": "x@example.org", "added": "2026-01-05"}
    text = skeleton(values | {"location": "Hartford, CT"}, TAGGED)
    uncommented = text.replace("\n# tags: ", "\ntags: ")
    assert "\ntags: [organizing]\n" in uncommented
    found = read_text(uncommented, settings=TAGGED).diagnostics
    assert [each for each in found if each.severity is Severity.ERROR] == []


def test_what_a_skeleton_must_be_told_is_asked_for_at_its_line_and_has_no_example_to_uncomment() -> None:
    text = skeleton({"title": "x", "organization": "y", "added": "2026-01-05"}, SETTINGS)
    found = [each for each in read_text(text).diagnostics if each.severity is Severity.ERROR]
    lines = text.split("\n")
    assert {lines[each.span.line - 1]: each.message for each in found} == {
        "location:": "location is empty",
        "apply:": "apply is empty",
    }
    remote = skeleton(
        {"title": "x", "organization": "y", "added": "2026-01-05", "arrangement": "remote"}, SETTINGS
    )
    assert "location" not in remote


def test_suggested_slug_is_short_and_a_slug() -> None:
    assert suggest_slug("Workers & Families", "Organizer II") == "workers-families-organizer-ii"
    assert suggest_slug("Local 12", " Job posting: NOW HIRING! Organizer") == "local-12-organizer"
    assert suggest_slug("Local 12", "We're hiring:") == "local-12-were-hiring"
    long = suggest_slug("word " * 20, "title")
    assert len(long) <= 80
    assert long.endswith("word")


@pytest.mark.parametrize(
    "text",
    [
        "plain words",
        "with: colon",
        "# not a comment",
        "a #comment",
        "'quoted'",
        'say "x"',
        "- item",
        "[a]",
        "x:",
        "",
        "back\\slash: y",
        "it's: 'x'",
    ],
)
def test_text_written_as_yaml_is_read_back_unchanged(text: str) -> None:
    assert yaml.load(f"a: {plain(text)}", Loader=yaml.BaseLoader) == {"a": text}


def card(path: str, **fields: str | None) -> tuple[Source, Any]:
    source = Source(path, text_of(**fields).encode(), "digest")
    posting = read_posting(source, SETTINGS, REGISTER).value
    assert posting is not None
    return source, card_of(posting, source.digest, SETTINGS, Plain())


def test_card_holds_what_lists_need() -> None:
    _, made = card(
        "content/postings/a.md",
        deadline="2026-02-01",
        tags="[organizing]",
        aliases="[old]",
        status="filled",
        verified="2026-01-07",
    )
    assert (made.slug, made.key, made.organization, made.status) == (
        "a",
        "digest",
        "Connecticut AFL-CIO",
        "filled",
    )
    assert (made.has_deadline, made.closes_because, made.aliases, made.draft) == (
        True,
        "deadline",
        ("old",),
        False,
    )
    assert made.changed - made.added == 2
    assert made.last_day - made.added == 27
    assert made.closes_at == datetime(2026, 2, 2, 5, tzinfo=UTC).timestamp()
    assert ("tags", "organizing", "organizing") in made.terms
    assert all(type(part) is str for term in made.terms for part in term)
    assert pickle.loads(pickle.dumps(made)) == made


def test_last_day_is_that_of_the_zone_in_which_the_posting_closes() -> None:
    _, rolling = card("a.md", deadline="rolling", time_zone="Pacific/Honolulu", verify_by="2026-02-01")
    _, undated = card("a.md", time_zone="Pacific/Honolulu", verify_by="2026-02-01")
    assert rolling.last_day == undated.last_day == rolling.added + 27
    assert (rolling.has_deadline, undated.has_deadline) == (False, False)


def test_twins_ignore_case_punctuation_and_ampersands() -> None:
    one = twins_of(read(title="Political & Coalitions Director", apply="https://example.org/jobs/7/"))
    two = twins_of(read(title="political and coalitions director.", apply="https://example.org/jobs/7"))
    assert one == two
    shared = twins_of(read(title="Organizer", apply="https://example.org/jobs"))
    other = twins_of(read(title="Researcher", apply="https://example.org/jobs"))
    elsewhere = twins_of(read(title="Organizer", location="Norwalk, CT", apply="https://example.org/jobs"))
    assert not set(shared) & {*other, *elsewhere}
    renamed = twins_of(read(title="Organizer", organization="Local 12", apply="https://example.org/jobs"))
    assert set(shared) & set(renamed)
    remote = {"location": None, "arrangement": "remote", "apply": "https://example.org/jobs"}
    ohio, texas = (read(title="Organizer", remote_from=f"[{area}]", **remote) for area in ("Ohio", "Texas"))
    assert not set(twins_of(ohio)) & set(twins_of(texas))


def test_good_postings_are_not_read_again() -> None:
    def read_again(path: str) -> Source:
        raise AssertionError(path)

    cards = [card(f"content/postings/{name}.md", title=name)[1] for name in ("a", "b", "c")]
    assert collisions.compare_postings([each.path for each in cards], cards, REGISTER, read_again) == ()


def test_place_in_a_file_that_has_changed_since_is_its_beginning() -> None:
    first, second = card("a.md")[1], card("b.md", added="2026-01-06")[1]
    (found,) = collisions.compare_postings(
        [], [first, second], REGISTER, lambda path: Source(path, b"gone", "")
    )
    assert (found.code, found.span) == ("twin-job", (1, 1, 1, 1))


def test_a_name_is_taken_by_a_posting_that_is_otherwise_wrong_too() -> None:
    source, right = card("a/x.md", aliases="[y]")
    files = {source.path: source} | {path: Source(path, b"", "") for path in ("b/x.md", "y.md")}
    found = collisions.compare_postings(files, [right], REGISTER, files.__getitem__)
    assert [(each.path, each.code) for each in found] == [
        ("a/x.md", "slug-taken"),
        ("b/x.md", "slug-taken"),
        ("a/x.md", "alias-taken"),
        ("y.md", "alias-taken"),
    ]
    assert {each.hint for each in found[:2]} == {
        "if it is the same job, delete one of them; if not, rename one"
    }


def test_an_alias_that_two_have_is_told_at_both_whatever_else_is_wrong_with_them() -> None:
    names = ("a.md", "b.md", "c.md", "d.md")
    wrong = ("[old, c]", "\n  - old\n  - Not a slug\n  - [old]\n  - c: old", "old", "{old: old}")
    texts = (text_of(aliases=aliases, added="soon") for aliases in wrong)
    files = {name: Source(name, text.encode(), "") for name, text in zip(names, texts, strict=True)}
    found = collisions.compare_postings(files, [], REGISTER, files.__getitem__)
    told = {(each.path, files[each.path].data.decode().split("\n")[each.span.line - 1]) for each in found}
    assert {each.code for each in found} == {"alias-taken"}
    assert told == {
        ("a.md", "aliases: [old, c]"),
        ("b.md", "  - old"),
        ("c.md", "aliases: old"),
        ("c.md", "---"),
    }


def test_twin_by_both_signs_is_reported_once() -> None:
    files = dict(card(f"{name}.md", apply="https://example.org/jobs/7") for name in ("a", "b"))
    sources = {source.path: source for source in files}
    found = collisions.compare_postings(sources, files.values(), REGISTER, sources.__getitem__)
    # Both are of one day, so each may be the new one.
    assert [(each.path, each.code) for each in found] == [("b.md", "twin-job"), ("a.md", "twin-job")]


def test_a_twin_is_told_at_the_newer_one_which_somebody_adds() -> None:
    files = dict(
        card(f"{name}.md", added=f"2026-01-{day}", posted=None, deadline="2026-02-20")
        for name, day in (("a", "09"), ("b", "05"), ("c", "07"))
    )
    sources = {source.path: source for source in files}
    found = collisions.compare_postings(sources, files.values(), REGISTER, sources.__getitem__)
    said = "{} has the same employer, title and place"
    assert [(each.path, each.message) for each in found] == [
        ("c.md", said.format("b.md")),
        ("a.md", said.format("c.md")),
    ]


def test_an_employer_by_almost_the_name_of_another_is_told_which_one_it_may_be() -> None:
    names = {
        "a": "Glenbow Museum", "b": "Glenbow Health Care", "c": "Glenbow Musuem", "d": "Glenbow Museum",
        "e": "Glenbow Healthcare", "g": "CT AFL CIO: East", "h": "CT AFL-CIO: East",
    }  # fmt: skip
    files = dict(card(f"{path}.md", title=path, organization=f'"{name}"') for path, name in names.items())
    sources = {source.path: source for source in files}
    found = collisions.compare_postings(sources, files.values(), REGISTER, sources.__getitem__)
    near = "if it is the same employer, write {}; if not, list both in organizations.yaml"
    assert [(each.path, each.message, each.hint) for each in found] == [
        ("c.md", "'Glenbow Musuem' is almost 'Glenbow Museum', the employer in a.md",
         near.format(names["a"])),
        ("e.md", "'Glenbow Healthcare' is almost 'Glenbow Health Care', the employer in b.md",
         near.format(names["b"])),
        ("h.md", "'CT AFL-CIO: East' is almost 'CT AFL CIO: East', the employer in g.md",
         near.format(f'"{names["g"]}"')),
    ]  # fmt: skip
    both = register_of((Organization("a", "a", names["a"]), Organization("c", "c", names["c"])))
    found = collisions.compare_postings(sources, files.values(), both, sources.__getitem__)
    assert [each.path for each in found] == ["e.md", "h.md"]
    # What is like a name in the register is told where it is.
    last = register_of((Organization("b", "b", names["b"]),))
    found = collisions.compare_postings(sources, files.values(), last, sources.__getitem__)
    assert "e.md" not in [each.path for each in found]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Glenbow Museum", "Glennbow Museum"),  # doubled
        ("Glenbow Museum", "Glenbow Musem"),  # missing
        ("Glenbow Museum", "Glenbow Musuem"),  # swapped
        ("Glenbow Museum", "Glembow Museum"),  # wrong
        ("Glenbow Museum", "Glenbow Museums"),
        ("Labor Council", "Labo Council"),
        ("Glenbow Workforce", "Glenbow Work Force"),
        ("A. P. Glenbow Institute", "AP Glenbow Institute"),
        ("S.E.I.U. Local 73", "SEIU, Local 73"),
    ],
)
def test_a_slip_in_the_name_of_an_employer_is_found(name: str, other: str) -> None:
    (entry,) = organizations = (Organization("a", "a", name),)
    assert alike((name, other)) == ((other, name),)
    assert alike((other, name)) == ((name, other),)
    assert register_of(organizations).near(other) == entry.name


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Eastern Workers Center", "Western Workers Center"),
        ("Milton Teachers", "Wilton Teachers"),
        ("Bakers Local 12", "Makers Local 12"),
        ("Northeast Carpenters", "Northwest Carpenters"),
        ("Southeast Carpenters", "Southwest Carpenters"),
        ("North Shore Labor Council", "South Shore Labor Council"),
        ("Teamsters Local 12", "Teamsters Local 13"),
        ("Workers of Region 9", "Workers of Region 9A"),
        ("Texas AFL-CIO", "Texas AFT"),
        ("J. Smith Institute", "P. Smith Institute"),
        ("Iowa Workers", "Ohio Workers"),
        ("Glenbow Arts Institute", "GlenbowxArts Institute"),
    ],
)
def test_different_names_of_employers_are_not_taken_for_slips(name: str, other: str) -> None:
    assert alike((name, other)) == ()
    assert register_of((Organization("a", "a", name),)).near(other) is None


def test_a_slip_is_found_beside_a_name_that_is_only_somewhat_like_it() -> None:
    names = ("Glenbow Trades", "Glenbow Traeds", "Glenbow Trabds")
    assert alike(names) == ((names[1], names[0]), (names[2], names[1]))


def test_of_names_that_are_all_alike_no_more_is_kept_than_there_are_names() -> None:
    names = (*(f"Glenbow U{chr(sign)}ions" for sign in range(0x4E00, 0x4E00 + 600)), "Elgin Carpenters")
    tracemalloc.start()
    try:
        assert doubtful(names) == {*names[:-1]}
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 2_000_000


def test_place_of_a_field_that_is_a_mapping() -> None:
    fields = {"apply": "{url: https://example.org/jobs/7}"}
    files = dict(
        card(f"{name}.md", title=name, added=f"2026-01-{day}", **fields)
        for name, day in (("first", "05"), ("second", "06"))
    )
    sources = {source.path: source for source in files}
    (found,) = collisions.compare_postings(sources, files.values(), REGISTER, sources.__getitem__)
    assert (found.code, found.span.line, found.span.column) == ("twin-address", 6, 8)
