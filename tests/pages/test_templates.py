"""Templates: all faults are found before anything is rendered, and each names its file, line and posting."""

from __future__ import annotations

import re
import shutil
import sys
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from urllib.parse import quote

import pytest

from build import build
from hiringhall.diagnostics import LayoutFault
from hiringhall.intake.files.sources import shown
from hiringhall.pages.layouts import NAMES, read_layouts
from hiringhall.pages.templates import _compiled
from tests import factory
from tests.pages.support import loaded, parts_of
from tests.sites import append, copied_layouts, empty_content, options, replace, write_posting
from tests.trees import LAYOUTS, link


@pytest.fixture
def layouts(tmp_path: Path) -> Path:
    """A copy of the layouts that a test may break."""
    return copied_layouts(tmp_path)


def render(layouts: Path, bytecode: Path | None = None) -> dict[str, bytes]:
    where, posting = factory.context(), factory.posting()
    return parts_of(posting, factory.entry(posting), where, loaded(layouts, bytecode))


def fault_of(layouts: Path) -> LayoutFault:
    """Return what is wrong with the templates themselves, or else what is found while rendering."""
    found = loaded(layouts).faults
    if found:
        return LayoutFault(*found)
    with pytest.raises(LayoutFault) as caught:
        render(layouts)
    return caught.value


def test_syntax_errors_of_all_templates_are_found_at_once(layouts: Path) -> None:
    first = replace(layouts / "404.html", "{% block main %}", "{% block main %}{% if %}")
    second = replace(layouts / "partials/row.html", "{{ row.title }}", "{{ row.title | nonsense }}")
    found = {(Path(fault.path).name, fault.span.line, fault.code) for fault in fault_of(layouts).diagnostics}
    assert found == {("404.html", first, "template-syntax"), ("row.html", second, "template-syntax")}


@pytest.mark.parametrize(
    "wrong",
    [
        "{{ t('nav.archive', day=1, day=2) }}",
        "{% macro own(a, a) %}{% endmacro %}",
        "{% for a in 'a' %}" * 25 + "{% endfor %}" * 25,
    ],
)
def test_what_only_python_refuses_is_reported_with_its_line(layouts: Path, wrong: str) -> None:
    text = "{% block own %}\n" + wrong + "{% endblock %}\n\n{% block after %}{{ t(1) }}{% endblock %}"
    line = replace(layouts / "404.html", "{% block main %}", "{% block main %}" + text) + 1
    (found,) = fault_of(layouts).diagnostics
    assert (Path(found.path).name, found.span.line, found.code) == ("404.html", line, "template-syntax")


@pytest.mark.parametrize(
    ("written", "column"),
    [
        ("{{ titel }}", 4),
        ("titel: {{ site.titel }}{{ t('titel') if titel }}", 41),
        ("{% if site %}{% for x in titel %}{% endfor %}{% endif %}", 26),
        ("{{ t(\n  'nav.jobs', titel) }}", 15),
        ("{% if site %}\n{% if titel\n  |length > 3 %}{% endif %}{% endif %}", 7),
    ],
)
def test_an_unknown_name_is_reported_where_it_is_in_its_line(
    layouts: Path, written: str, column: int
) -> None:
    line = replace(layouts / "partials/header.html", "{{ site.title }}", f"{{{{ site.title }}}}\n{written}")
    (found,) = (each for each in fault_of(layouts).diagnostics if each.message.startswith("'titel'"))
    assert (found.span.line - line - 1, found.span.column) == (
        written[: written.rindex("titel")].count("\n"),
        column,
    )


FOUND = "found while rendering content/postings/harbor-organizer.md"
GIVEN = "there it is given frame, if_related, neighbours, page, posting, site, t"


@pytest.mark.parametrize(
    ("name", "added", "code"),
    [
        ("partials/header.html", '{% include "partials/header.html" %}', "template-error"),
        ("base.html", '{% include "base.html" %}', "template-error"),
        ("base.html", '{% extends "index.html" %}', "template-syntax"),
    ],
)
def test_a_template_within_itself_is_told_at_once(tmp_path: Path, name: str, added: str, code: str) -> None:
    """Python ends it when a thousand are within each other, of which each passes on all those within."""
    wanted = options(tmp_path, layouts=copied_layouts(tmp_path))
    path = wanted.layouts / name
    append(path, added)
    began = perf_counter()
    (fault,) = (each for each in build(wanted).diagnostics if each.severity == "error")
    assert perf_counter() - began < 10
    assert (fault.path, fault.code) == (shown(path), code)
    assert fault.span.line == len(path.read_text("utf-8").splitlines())


@pytest.mark.parametrize(
    ("asked", "said", "hint"),
    [
        ("{{ filed_under }}", "'filed_under' is not given to this template", f"{FOUND}; {GIVEN}"),
        ("{% for x in old %}{% endfor %}", "'old' is not given to this template", f"{FOUND}; {GIVEN}"),
        ("{{ site.link('x') }}", "this site has no 'link'; it has ", FOUND),
        ("{{ posting.key_facts.old }}", "'tuple object' has no attribute 'old'", FOUND),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "the template includes or calls itself", FOUND),
        ("{{ '\\ud800' }}", "it has '\\ud800', which is no character that a page can have", FOUND),
        (
            "{% import 'own.html' as own %}{{ own.box() }}",
            "'site' is not given to this template",
            f'add "with context" to the import; {FOUND}',
        ),
    ],
)
def test_what_a_template_of_an_older_version_asks_for_is_answered_with_what_there_is(
    layouts: Path, asked: str, said: str, hint: str
) -> None:
    (layouts / "own.html").write_text("{% macro box() %}{{ site.title }}{% endmacro %}", "utf-8")
    replace(layouts / "posting.html", "{% block main %}", "{% block main %}" + asked)
    (found,) = fault_of(layouts).diagnostics
    assert found.code == "template-error"
    assert found.message.startswith(said)
    assert found.hint == hint


def names_found(layouts: Path) -> list[tuple[str, int, str]]:
    """Return the names that one run tells of: template, line, name."""
    content = empty_content(layouts.parent)
    write_posting(content, "organizer")
    result = build(options(layouts.parent, command="check", content=content, layouts=layouts))
    found = [each for each in result.diagnostics if each.severity == "error"]
    assert {each.code for each in found} == {"template-error"}
    prefix, apart = f"{layouts.as_posix()}/", " is not given to this template"
    return [
        (each.path.removeprefix(prefix), each.span.line, each.message.removesuffix(apart)) for each in found
    ]


def test_all_names_that_templates_ask_for_in_vain_are_told_in_one_run(layouts: Path) -> None:
    asked = {
        "posting.html": ("{% block main %}", "{{ posing }}\n{% if old %}{{ older }}{% endif %}"),
        "partials/header.html": ("{{ site.title }}", "{{ titel }}"),
        "partials/footer.html": ("{{ site.description }}", "{{ sitee.x }}"),
        "partials/row.html": ("{{ row.title }}", "{{ rwo }}"),
        "facet.html": ("{{ lede }}", "{{ leed }}\n{% for x in xs %}{{ x }}{{ y }}{% endfor %}"),
        "base.html": ("{{ frame.head }}", "{{ fram.head }}"),
    }
    expected = []
    for name, (before, more) in asked.items():
        first = replace(layouts / name, before, before + more)
        for line, text in enumerate(more.split("\n"), first):
            names = re.findall(r"posing|older|old|titel|sitee|rwo|leed|xs|(?<=\{ )y|fram", text)
            expected += [(name, line, repr(each)) for each in names]
    assert names_found(layouts) == sorted(expected)


def test_a_page_goes_on_whatever_is_done_with_what_it_asks_for_in_vain(layouts: Path) -> None:
    asked = [
        "{{ a + 1 }}{{ 2 * b }}{% if c > 3 and d == 'x' %}{{ e|length }}{% endif %}{% if 'x' in f %}",
        "{{ g.h.i(1)[2] }}{{ {j: 1} }}{{ site.asset(k) }}{{ t('nav.none', day=l, to=site.m) }}{% endif %}",
        "{% include 'partials/gone.html' %}{{ n|join(', ') }}{{ o|upper }}{{ o }}",
        "{{ p // 2 + 2 ** q }}{{ -r }}{{ s|int + u|float }}{{ v|round }}{{ w|abs }}{{ [0][x] }}",
    ]
    line = replace(
        layouts / "partials/footer.html",
        "{{ site.description }}",
        "{{ site.description }}\n" + "\n".join(asked),
    )
    told = [each.span for each in fault_of(layouts).diagnostics]
    assert "".join(asked[span.line - line - 1][span.column - 1] for span in told) == "abcdefgjklmnnopqrsuvwx"


@pytest.mark.parametrize(
    "asked",
    [
        "{% macro a(x) %}{{ a(x.b) }}{{ a(x.c) }}{% endmacro %}{{ a(vain) }}",
        "{% for x in vain recursive %}{% if x.a %}{{ loop(x.a) }}{{ loop(x.a) }}{% endif %}{% endfor %}",
        "{% for x in range(1000) %}{% for y in range(1000) %}{{ vain }}{% endfor %}{% endfor %}",
    ],
)
def test_a_name_that_is_asked_for_in_vain_without_end_is_told_at_once(layouts: Path, asked: str) -> None:
    replace(layouts / "posting.html", "{% block main %}", "{% block main %}" + asked)
    began = perf_counter()
    (found,) = fault_of(layouts).diagnostics
    assert perf_counter() - began < 10
    assert found.message == "'vain' is not given to this template"


def test_a_template_that_is_wrong_is_not_blamed_for_what_it_does_not_export(layouts: Path) -> None:
    (layouts / "own.html").write_text("{% macro box() %}{% if %}{% endmacro %}", "utf-8")
    asked = "{{ vain }}{% from 'own.html' import box %}{{ box() }}"
    replace(layouts / "posting.html", "{% block main %}", "{% block main %}" + asked)
    with pytest.raises(LayoutFault) as caught:
        render(layouts)
    assert [each.message for each in caught.value.diagnostics] == ["'vain' is not given to this template"]


def test_a_string_and_a_file_of_one_name_in_one_line_are_both_told(layouts: Path) -> None:
    asked = "{{ t('own') }}{{ site.asset('own') }}"
    replace(layouts / "posting.html", "{% block main %}", "{% block main %}" + asked)
    assert [each.code for each in fault_of(layouts).diagnostics] == ["strings-missing", "asset-missing"]


def test_what_is_remembered_of_a_page_that_failed_is_of_no_other_page(layouts: Path) -> None:
    replace(layouts / "posting.html", "{% block main %}", "{% block main %}{{ told(0, vain) }}")
    told = lru_cache(lambda *given: " ".join(map(str, given)))
    templates = loaded(layouts)
    given = {"site": factory.context().site, "told": told}
    with pytest.raises(LayoutFault):
        templates.render("posting.html", "subject", **given)
    assert told(0, 0) == "0 0"


def test_all_parts_that_templates_ask_for_in_vain_are_told_in_one_run(layouts: Path) -> None:
    asked = {
        "posting.html": (
            "{% block main %}",
            "{{ posting.titel }} {{ posting.sumary }} {{ site.titel }}",
            {"titel": "title"},
        ),
        "partials/row.html": ("{{ row.title }}", "{% if row.titel %}{{ row.dedline }}{% endif %}", {}),
        "partials/header.html": ("{{ site.title }}", "{{ site.tilte }}", {}),
        "partials/footer.html": (
            "{{ site.description }}",
            "{% for x in site.feeds %}{{ x.lable }}{% endfor %}",
            {},
        ),
    }
    expected = []
    for name, (before, more, _) in asked.items():
        line = replace(layouts / name, before, before + more)
        text = (layouts / name).read_text("utf-8").split("\n")[line - 1]
        expected += [
            (name, line, found.start(1) + 1, found[1])
            for found in re.finditer(r"\.(titel|sumary|dedline|tilte|lable)\b", text)
        ]
    content = empty_content(layouts.parent)
    write_posting(content, "organizer")
    result = build(options(layouts.parent, command="check", content=content, layouts=layouts))
    found = [each for each in result.diagnostics if each.severity == "error"]
    told = [(each.path, each.span.line, each.span.column, each.message.split("'")[1]) for each in found]
    assert [(path.removeprefix(f"{layouts.as_posix()}/"), *rest) for path, *rest in told] == sorted(expected)
    meant = {each.message.split("'")[1]: (each.hint or "").rpartition("; ")[2] for each in found}
    assert meant["titel"] == "did you mean title?"
    assert meant["lable"] == "did you mean label?"


def test_all_strings_and_files_that_templates_ask_for_in_vain_are_told_in_one_run(layouts: Path) -> None:
    asked = (
        "{{ t('no.such') }}{{ t('nav.archive') }}{% set key = 'nothing' %}",
        '{{ t("none", day=site.title) }} {{ t(key) }}',
        "{{ site.asset('gone.svg') }}{{ site.asset('css/site.css') }}",
        "{% if site.title %}{{ site.asset('js/gone.js') }}{% endif %}",
    )
    line = replace(
        layouts / "partials/footer.html",
        "{{ site.description }}",
        "{{ site.description }}\n" + "\n".join(asked),
    )
    found = [
        (each.span.line - line, each.span.column, each.code, each.message)
        for each in fault_of(layouts).diagnostics
    ]
    assert found == [
        (1, 7, "strings-missing", "the string no.such is missing"),
        (2, 7, "strings-missing", "the string none is missing"),
        (2, 1, "strings-missing", "the string nothing is missing"),
        (3, 16, "asset-missing", "there is no file assets/gone.svg"),
        (4, 35, "asset-missing", "there is no file assets/js/gone.js"),
    ]


def test_what_is_outside_the_blocks_of_a_template_is_not_told_because_nobody_sees_it(layouts: Path) -> None:
    text = (layouts / "posting.html").read_text("utf-8")
    unseen = "{{ unseen }}{{ posting.unseen }}{{ t('unseen') }}"
    replace(layouts / "posting.html", text, f"{{{{ seen }}}}{text}{unseen}")
    assert names_found(layouts) == [("posting.html", 1, "'seen'")]


def test_a_part_of_what_a_template_sets_or_can_do_without_is_not_told(layouts: Path) -> None:
    asked = (
        "{% set row = posting %}{{ row.vain|default('') }}{% if posting.vain is defined %}{% endif %}"
        "{% macro box(site) %}{{ site.vain }}{% endmacro %}{% for posting in [site] %}{{ posting.feeds }}"
        "{% endfor %}{{ posting.first_vain }}"
    )
    replace(layouts / "posting.html", "{% block main %}", "{% block main %}" + asked)
    told = [name for path, _, name in names_found(layouts) if path == "posting.html"]
    assert len(told) == 1, told


@pytest.mark.parametrize(
    "own",
    [
        "{% macro t(key) %}{{ key }}{% endmacro %}",
        "{% import 'own.html' as t %}",
        "{% from 'own.html' import box as t %}",
    ],
)
def test_a_string_is_not_missing_where_a_template_means_something_else_by_the_name(
    layouts: Path, own: str
) -> None:
    (layouts / "own.html").write_text("{% macro box(key) %}{{ key }}{% endmacro %}", "utf-8")
    replace(
        layouts / "posting.html", "{% block main %}", "{% block main %}" + own + "{{ vain }}{{ t('own') }}"
    )
    assert [name for path, _, name in names_found(layouts) if path == "posting.html"] == ["'vain'"]


def test_a_name_that_a_template_gives_itself_or_can_do_without_is_not_told(layouts: Path) -> None:
    (layouts / "own.html").write_text(
        "{{ told }}{{ loop.index }}{{ own }}{{ maybe|default('') }}"
        "{% macro box(inner) %}{{ inner }}{{ kwargs }}{% endmacro %}",
        "utf-8",
    )
    asked = (
        "{{ first_vain }}{% set told = 1 %}{% from 'own.html' import box as it, box %}{{ it(1) }}{{ box(2) }}"
        "{% import 'own.html' as whole %}{{ whole.box(3) }}{{ range(3)|list }}{% if later is defined %}"
        "{{ later }}{% endif %}{% for own in [1] %}{% include 'own.html' %}"
        "{% include 'gone.html' ignore missing %}{% include ['own.html', which] %}"
        "{% endfor %}{{ vain }}{{ super() }}"
    )
    line = replace(layouts / "posting.html", "{% block main %}", "{% block main %}" + asked)
    assert [each for each in names_found(layouts) if each[0] == "posting.html"] == [
        ("posting.html", line, "'first_vain'"),
        ("posting.html", line, "'vain'"),
    ]


def test_an_unknown_string_is_reported_at_the_template_that_asks_for_it(layouts: Path) -> None:
    line = replace(layouts / "posting.html", 't("posting.edit")', 't("posting.edti")')
    where, posting = factory.context(edit_url="https://example.org/{path}"), factory.posting()
    with pytest.raises(LayoutFault) as caught:
        parts_of(posting, factory.entry(posting), where, loaded(layouts))
    (found,) = caught.value.diagnostics
    assert (Path(found.path).name, found.span.line, found.code) == ("posting.html", line, "strings-missing")
    assert "posting.edti" in found.message
    assert re.match(r"add it to \S+/strings/en\.yaml, or correct its name here; ", found.hint or "")


@pytest.mark.parametrize(
    ("name", "before"), [("posting.html", "{% block main %}"), ("base.html", "{{ frame.head }}")]
)
def test_an_included_template_that_is_missing_is_reported_where_it_is_included(
    layouts: Path, name: str, before: str
) -> None:
    line = replace(layouts / name, before, before + '{% include "partials/gone.html" %}')
    (found,) = fault_of(layouts).diagnostics
    assert (Path(found.path).name, found.span.line, found.code) == (name, line, "template-missing")
    assert "partials/gone.html" in found.message


def test_a_folder_of_layouts_needs_every_template_that_comes_with_the_program() -> None:
    shipped = {path.relative_to(LAYOUTS).as_posix() for path in LAYOUTS.rglob("*.html")}
    assert set(NAMES) == shipped - {"partials/filter-scripts.html"}  # by which the filter only comes sooner


@pytest.mark.parametrize("name", NAMES)
def test_a_template_that_pages_need_must_be_there(layouts: Path, name: str) -> None:
    (layouts / name).unlink()
    (found,) = loaded(layouts).faults
    assert (found.path, found.code) == (f"{layouts.as_posix()}/{name}", "template-missing")
    copied = f"copy {name} from the one that came with Hiring Hall"
    assert found.hint == f"a layouts folder must be complete: {copied}"


def test_the_style_of_every_page_must_be_there(layouts: Path) -> None:
    shutil.rmtree(layouts / "assets")
    (layouts / "404.html").unlink()
    found = [(Path(fault.path).name, fault.code) for fault in fault_of(layouts).diagnostics]
    assert found == [
        ("404.html", "template-missing"),
        ("site.css", "asset-missing"),
        ("filter.css", "asset-missing"),
    ]


def test_a_template_addresses_a_file_of_its_own(layouts: Path) -> None:
    (layouts / "assets/images/our logo").write_text("<svg/>", "utf-8")
    asked = """<img src="{{ site.asset('images/our logo') }}" alt="">"""
    replace(layouts / "posting.html", "{% block main %}", "{% block main %}" + asked)
    path = factory.context().site.root + quote(read_layouts(layouts).assets.path("images/our logo") or "")
    assert f'<img src="{path}" alt="">'.encode() in b"".join(render(layouts).values())


def test_what_a_style_sheet_asks_for_in_vain_is_reported(layouts: Path) -> None:
    text = '@import "own.css";\n\na { background: url(gone.png) }\n'
    (layouts / "assets/css/site.css").write_text(text, "utf-8")
    first, second = fault_of(layouts).diagnostics
    assert [(first.code, first.span.line), (second.code, second.span.line)] == [
        ("asset-missing", 1),
        ("asset-missing", 3),
    ]
    assert "partials/head.html" in (first.hint or "")
    assert second.message == "there is no file assets/css/gone.png"


@pytest.mark.parametrize("name", ["partials/header.html", "assets/css/site.css", "assets/js/main.js"])
def test_what_git_could_not_merge_is_not_published(layouts: Path, name: str) -> None:
    text = (layouts / name).read_text("utf-8")
    marked = f"{text.rstrip()}\n<<<<<<< HEAD\n=======\n>>>>>>> main\n"
    (layouts / name).write_text(marked, "utf-8")
    found = [(each.path, each.span.line, each.code) for each in fault_of(layouts).diagnostics]
    path, line = (layouts / name).as_posix(), marked.count("\n")
    assert found == [(path, line - 2, "merge-conflict"), (path, line, "merge-conflict")]


@pytest.mark.parametrize("instead", ["", "{{ neighbours }}{{ neighbours }}"])
def test_a_page_needs_one_place_for_what_is_filled_in_later(layouts: Path, instead: str) -> None:
    replace(layouts / "posting.html", "{{ neighbours }}", instead)
    (found,) = fault_of(layouts).diagnostics
    assert found.code == "template-slot"


@pytest.mark.parametrize("within", ["{{ neighbours }}", "{% call if_related() %}x{% endcall %}"])
def test_what_is_filled_in_later_cannot_be_within_what_is_shown_or_not(layouts: Path, within: str) -> None:
    call = f"{{% call if_related() %}}{within}{{% endcall %}}"
    line = replace(layouts / "posting.html", "{{ neighbours }}", call)
    (found,) = fault_of(layouts).diagnostics
    assert (Path(found.path).name, found.span.line, found.code) == ("posting.html", line, "template-error")
    assert "must not stand within this call" in found.message


def test_a_template_that_is_not_utf_8_is_reported(layouts: Path) -> None:
    (layouts / "list.html").write_bytes(b"{% block main %}\n<p>\xe9</p>")
    (found,) = fault_of(layouts).diagnostics
    assert (Path(found.path).name, found.span[:2], found.code) == ("list.html", (2, 4), "encoding")


def test_a_mark_that_windows_editors_put_at_the_start_of_a_file_is_not_published(layouts: Path) -> None:
    before = render(layouts)
    text = (layouts / "base.html").read_bytes()
    (layouts / "base.html").write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    assert render(layouts) == before


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody has such a file")
def test_files_that_cannot_be_read_are_told_beside_all_else(layouts: Path) -> None:
    for name in ("list.html", "assets/images/logo.png"):
        (layouts / name).unlink(missing_ok=True)
        link(layouts / name, "/proc/self/mem")
    replace(layouts / "posting.html", "{% block main %}", "{% blok main %}")
    found = {(Path(each.path).name, each.code) for each in loaded(layouts).faults}
    assert found == {
        ("list.html", "file-unreadable"),
        ("logo.png", "file-unreadable"),
        ("posting.html", "template-syntax"),
    }


def test_what_needs_a_template_that_is_wrong_tells_of_that_one_alone(layouts: Path) -> None:
    replace(layouts / "base.html", "{{ frame.head }}", "{% nonsense %}{{ frame.head }}")
    with pytest.raises(LayoutFault) as caught:
        render(layouts)
    assert set(caught.value.diagnostics) == set(loaded(layouts).faults)
    assert [found.code for found in loaded(layouts).faults] == ["template-syntax"]


def test_compiled_templates_are_kept_and_change_nothing(layouts: Path, tmp_path: Path) -> None:
    kept = tmp_path / "bytecode"
    without, first = render(layouts), render(layouts, kept)
    assert any(kept.iterdir())
    _compiled.cache_clear()
    assert without == first == render(layouts, kept)


@pytest.mark.parametrize("at", [0, 40, 60, -1])
@pytest.mark.parametrize("is_cut", [False, True])
def test_a_damaged_compiled_template_is_compiled_again(
    layouts: Path, tmp_path: Path, at: int, is_cut: bool
) -> None:
    kept = tmp_path / "bytecode"
    loaded(layouts, kept)
    before = {path: path.read_bytes() for path in kept.iterdir()}
    for path, data in before.items():
        flipped = bytearray(data)
        flipped[at] ^= 0xFF
        path.write_bytes(data[:at] if is_cut else flipped)
    _compiled.cache_clear()

    render(layouts, kept)

    assert {path: path.read_bytes() for path in kept.iterdir()} == before


def test_compiled_templates_that_cannot_be_kept_do_not_matter(layouts: Path, tmp_path: Path) -> None:
    kept = tmp_path / "bytecode"
    loaded(layouts, kept)
    for path in kept.iterdir():
        path.unlink()
        path.mkdir()
    _compiled.cache_clear()

    assert render(layouts, kept) == render(layouts)


def test_a_folder_with_a_template_s_name_is_no_template(layouts: Path) -> None:
    before = render(layouts)
    (layouts / "x.html").mkdir()
    assert render(layouts) == before

    (layouts / "404.html").unlink()
    (layouts / "404.html").mkdir()
    assert [found.code for found in fault_of(layouts).diagnostics] == ["template-missing"]


def test_the_key_follows_templates_and_assets(layouts: Path) -> None:
    keys = {read_layouts(layouts).key}
    replace(layouts / "404.html", "404", "Not found")
    keys.add(read_layouts(layouts).key)
    (layouts / "assets/css/site.css").write_text("a{}", "utf-8")
    keys.add(read_layouts(layouts).key)
    assert len(keys) == 3
