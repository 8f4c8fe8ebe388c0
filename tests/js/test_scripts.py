"""The scripts of the pages: their types hold, their tests pass, and they cut as the build does."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import unicodedata
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiringhall.emitters import search
from hiringhall.emitters.opendata import csv_line
from hiringhall.model import ClosedReason, PayPeriod
from hiringhall.policies import addresses
from hiringhall.policies.pagination import page_starts
from hiringhall.policies.words import words_of
from hiringhall.wording import Wording
from tests import factory, tools

HERE = Path(__file__).parent
SCRIPTS = HERE.parents[1] / "layouts" / "assets" / "js"


def node(*arguments, **options):
    return subprocess.run(
        [tools.node(), "--no-warnings", *arguments],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        **options,
    )


def test_types_hold():
    checked = node(tools.npm_file("typescript/bin/tsc"), "--project", HERE / "tsconfig.json")
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(
    "path", sorted(HERE.glob("*.test.js")), ids=lambda path: path.name.removesuffix(".test.js")
)
def test_logic(path):
    ran = node("--test", path)
    assert ran.returncode == 0, ran.stdout


def imported(names):
    """Return scripts with all that they import before they run."""
    found = set(names)
    for name in names:
        asked = re.findall(
            r'^import [^"]+ from "\./(\w+)\.js";$', (SCRIPTS / f"{name}.js").read_text("utf-8"), re.MULTILINE
        )
        found |= imported(asked)
    return found


def test_what_the_filter_begins_with_is_asked_for_at_once():
    (begun,) = re.findall(r"Promise\.all\(\[(import.*?)\]\)", (SCRIPTS / "main.js").read_text("utf-8"))
    begin = imported(["main", *re.findall(r'"\./(\w+)\.js"', begun)]) - {"main"}
    partial = (SCRIPTS.parents[1] / "partials" / "filter-scripts.html").read_text("utf-8")
    assert re.findall(r'"(\w+)"', partial.partition("%}")[0]) == sorted(begin)


def test_what_a_filtered_address_needs_besides_is_asked_for_at_once():
    (begun,) = re.findall(r"for \(const name of \[(.*?)\]\)", (SCRIPTS / "early.js").read_text("utf-8"))
    (partial,) = re.findall(
        r"\((.*?)\)", (SCRIPTS.parents[1] / "partials" / "filter-scripts.html").read_text("utf-8"), re.DOTALL
    )[:1]
    needed = imported(["volume"]) - set(re.findall(r'"(\w+)"', partial))
    assert re.findall(r'"(\w+)"', begun) == sorted(needed)


def test_no_markup_is_made_of_text():
    for path in SCRIPTS.glob("*.js"):
        text = path.read_text("utf-8")
        for danger in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", ".style."):
            assert danger not in text, f"{path.name} uses {danger}"


STATES = ("open", "closed")
# What scripts fill into the gaps of a key.
FILLED = {
    "closed.${reason}": ClosedReason,
    "script.${state}": ("new", "seen"),
    "script.${this.name}.${slug}": [
        *("pay.stated", "pay.not-stated", "closing.7", "closing.30", "closing.not-stated")
    ],
    "script.chip.pay.${query.per}": PayPeriod,
    "script.facet.${facet}": (*addresses.PARAMETERS, "pay", "closing"),
    "script.facet.${name}": (*addresses.PARAMETERS, "pay", "closing", "state"),
    "script.instead.${state}": STATES,
    "script.order.${collection.name}.${sortOf(query)}": [
        f"{state}.{sort}" for state in STATES for sort in ("best", "newest", "closing", "pay")
    ],
    "script.per.${period}": PayPeriod,
    "script.saved.columns.${name}": ("title", "organization", "place", "pay", "deadline", "address"),
    "script.sort.${sort}": ("newest", "closing", "pay"),
    "script.sort.${option.value}": ("newest", "closing"),
    "script.sort.closed.${option.value}": ("newest", "closing"),
    "script.state.${query.state}": STATES,
    "script.state.${state}": STATES,
}


def filled(key):
    return [re.sub(r"\$\{.*\}", value, key) for value in FILLED[key]] if "${" in key else [key]


def test_scripts_ask_for_the_strings_there_are_and_for_all_that_are_theirs():
    known = {re.sub(r"\.(?:one|other)$", "", key) for key in factory.wording().strings}
    sections = "|".join({prefix.partition(".")[0] for prefix in search._SPOKEN})
    quoted = re.compile(rf"""(["`])((?:{sections})\.[^"`\s]+)\1""")
    scripts = "".join(path.read_text("utf-8") for path in SCRIPTS.glob("*.js"))
    asked = {each for _, key in quoted.findall(scripts) for each in filled(key)}
    assert asked - known == set()
    assert {key for key in known if key.startswith("script.")} - asked == set()
    assert [key for key in asked if not f"{key}.".startswith(search._SPOKEN)] == []


TEXTS = [
    "Résumé, CV & résumé of a Straße–worker’s “plan”",
    "C++ and 401(k), under_score, 3½ years; naïve ﬁne İstanbul ŁÓDŹ",
    "The CO-OP, a “Co-operative” of Có-op and eco-op; non-profits, non-Profit – co- op",
    "Co-workers at non-union shops",
    "Bi-lingual or multi-lingual; 1199SEIU, 32BJ and 617Media, the 21st, 2nd2none, 12_abc, é12abc, 12été",
    "Washington, D.C.: an R.N. or a J.D; U.S. law, e.g. the N.L.R.A.",
    "A.F.L.-C.I.O., c.o-op, é.a.b., x.1.y, _a.b",
    "decomposed: re\u0301sume\u0301 Zoe\u0308",
    "a b cd ef" + "g" * 40,
    "труд и зарплата 工会 العمل",
    "عُمّال النَّقَابَة، إدارة الأجـــور ٢٠٢٦ کارگری",
    "労働組合の組織化、ｶﾞｲﾄﾞとIT担当2名。税 々 𠮷野家",
    "Chargé·e d’études · les délégué·e·s; col·lecció, L·L",
    "Gewerk\u00adschaft Øst Æble ΕΡΓΆΤΗΣ ℡ हिन्दी की किताब สหภาพแรงงาน 노동조합 בֵּית־סֵפֶר",
]


def of_scripts(script, names, expression, given):
    """Return what an expression over functions of a script makes of each of the `given`."""
    program = f"""
        import {{ {names} }} from {json.dumps((SCRIPTS / script).as_uri())};
        let text = "";
        for await (const chunk of process.stdin) text += chunk;
        console.log(JSON.stringify(JSON.parse(text).map({expression})));
    """
    ran = node("--input-type=module", "--eval", program, input=json.dumps(given))
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def words_of_scripts(texts):
    cut = "(text) => [...new Set(wordsOf(text))].filter(isSought).sort()"
    return of_scripts("words.js", "isSought, wordsOf", cut, texts)


def sorted_words(text):
    return sorted(words_of(text), key=lambda word: word.encode("utf-16-be"))


def test_words_are_cut_alike_by_scripts_and_by_the_build():
    assert words_of_scripts(TEXTS) == [sorted_words(text) for text in TEXTS]


def test_every_letter_and_sign_is_cut_alike_by_scripts_and_by_the_build():
    each = [chr(code) for code in (*range(0x80, 0x4E10), *range(0xA000, 0xAC10), *range(0xD7A4, 0x10000))]
    each += map(chr, (*range(0x1D400, 0x1D480), 0x1FFFD, 0x20000, 0x2A6D6, 0xE00FF, 0xE0100, 0xE01EF))
    texts = [
        f"ab{sign}cd {sign}{sign}" for sign in each if unicodedata.category(sign) not in {"Cn", "Co", "Cs"}
    ]
    assert words_of_scripts(texts) == [sorted_words(text) for text in texts]


# Node knows letters of newer versions of Unicode than Python does.
LETTERS = st.one_of(
    st.characters(max_codepoint=0x24F, exclude_categories=["Cc", "Cs"]),
    st.characters(max_codepoint=0x30FF, exclude_categories=["Cc", "Cn", "Cs"]),
)


@settings(max_examples=5, deadline=None)
@given(st.lists(st.text(LETTERS, max_size=60), min_size=20, max_size=40))
def test_words_are_always_cut_alike(texts):
    assert words_of_scripts(texts) == [sorted_words(text) for text in texts]


def test_figures_and_days_are_written_alike_by_scripts_and_by_the_build():
    languages = [
        "en",
        "en-GB",
        "es",
        "es-US",
        "de",
        "pl",
        "ar-EG",
        "ar-SA",
        "he",
        "fa",
        "hi",
        "th",
        "ja",
        "ko",
    ]
    told = """(language) => {
        const words = new Words(language, {});
        return [words.day(20_464), words.number(12_345), words.money(52_000, "USD"), words.money(90, "JPY")];
    }"""
    wordings = (Wording(language, {}, "", {}) for language in languages)
    assert of_scripts("site.js", "Words", told, languages) == [
        [
            wording.short_date(date(2026, 1, 11)),
            wording.number(12_345),
            wording.money(Decimal(52_000), "USD"),
            wording.money(Decimal(90), "JPY"),
        ]
        for wording in wordings
    ]


@settings(max_examples=5, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 90), st.integers(1, 20)), max_size=40))
def test_lists_are_cut_into_pages_alike_by_scripts_and_by_the_build(shapes):
    lists = [
        ([f"{seed}-organizer-{number}" for number in range(count)], size) for seed, count, size in shapes
    ]
    cut = """([slugs, size]) =>
        pageStarts([...slugs.keys()], Uint32Array.from(slugs, (slug) => checksum(slug)), size)"""
    expected = [page_starts(slugs, size) for slugs, size in lists]
    assert of_scripts("pagination.js", "checksum, pageStarts", cut, lists) == expected


def test_facets_have_the_parameters_that_links_of_the_build_have():
    (found,) = of_scripts("query.js", "PARAMETERS", "() => Object.entries(PARAMETERS)", [None])
    assert found == [[facet.value, name] for name, facet in addresses.PARAMETERS.items()]


def test_every_filter_in_an_address_keeps_the_unfiltered_list_out_of_sight():
    (known,) = re.findall(r"filtered = /(.+)/\.test", (SCRIPTS / "early.js").read_text("utf-8"))
    each = """(part) => formatQuery({ ...emptyQuery("open"), ...part }, "open")"""
    given = [{"text": "union"}, {"minPay": 9}, {"state": "closed"}, {"sort": "pay"}, {"page": 2}]
    (facets,) = of_scripts("query.js", "FACETS", "() => FACETS", [None])
    given += [{"chosen": {facet: ["legal"]}} for facet in facets]
    for address in of_scripts("query.js", "emptyQuery, formatQuery", each, given):
        assert re.search(known, address), address


# Signs that matter to a spreadsheet or that it skips, and two that mean nothing to it.
CELLS = st.text(
    st.sampled_from("=+-@＝＋－＠\t\r\n \x85\xa0\u200b\u2028\u2029\u3000\ufeff'a1\","), max_size=4
)


@settings(max_examples=5, deadline=None)
@given(st.lists(CELLS, min_size=200, max_size=400))
def test_cells_are_kept_from_acting_as_formulas_alike_by_scripts_and_by_the_build(cells):
    made = of_scripts("exports.js", "csv", "(cell) => csv([[cell, '']])", cells)
    read = [next(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))) for text in made]
    assert read == [next(csv.reader(io.StringIO(csv_line(cell, "").decode(), newline=""))) for cell in cells]
