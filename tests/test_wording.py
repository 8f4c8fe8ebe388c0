"""The site's language: values as its readers write them, and strings that are all there."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from hiringhall.diagnostics import LayoutFault, Outcome, Severity
from hiringhall.intake.configuration.strings import read_wording
from hiringhall.intake.files import sources
from hiringhall.intake.files.sources import shown
from hiringhall.model import Deadline, PayPeriod, Place, Rolling, Salary
from hiringhall.wording import Wording
from tests import factory
from tests.factory import due
from tests.factory import wording as words
from tests.sites import empty_content
from tests.trees import LAYOUTS, link

NEW_YORK = "America/New_York"
BEHIND = "UTC\N{MINUS SIGN}05:00"


@pytest.fixture(autouse=True)
def _nothing_shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no strings have come with the program, until a test writes some."""
    monkeypatch.setattr(sources, "SHIPPED", tmp_path / "shipped")


@pytest.mark.parametrize(
    ("language", "deadline", "expected"),
    [
        ("en", due("2026-01-26 17:00"), "Monday, January 26, 2026, 5:00 PM EST"),
        ("en", due("2026-03-08 02:30"), "Sunday, March 8, 2026, 3:30 AM EDT"),
        (
            "en",
            due("2027-03-27 23:30", "America/Nuuk"),  # where the clocks skip the last hour of that day
            "Sunday, March 28, 2027, 12:30 AM Greenland Time",
        ),
        ("en", due("2026-11-01 01:30"), "Sunday, November 1, 2026, 1:30 AM EST"),
        ("en", due("2026-07-27 17:00"), "Monday, July 27, 2026, 5:00 PM EDT"),
        (
            "en",
            due("2026-07-27 17:00", "Europe/Madrid"),
            "Monday, July 27, 2026, 5:00 PM Central European Time",
        ),
        ("en", due("2026-07-27 17:00", offset_hours=-5), f"Monday, July 27, 2026, 5:00 PM {BEHIND}"),
        ("en", due("2026-01-26 17:00", offset_hours=-5), "Monday, January 26, 2026, 5:00 PM EST"),
        ("es", due("2026-01-26 17:00", offset_hours=-5), "lunes, 26 de enero de 2026, 17:00 (hora oriental)"),
        ("en", due("2023-06-16"), "Friday, June 16, 2023, end of day (Eastern Time)"),
        (  # named as Denver is, where it is an hour later in summer
            "en",
            due("2026-07-06", "America/Phoenix"),
            "Monday, July 6, 2026, end of day (Mountain Standard Time)",
        ),
        ("en", due("2026-01-26", "America/Phoenix"), "Monday, January 26, 2026, end of day (Mountain Time)"),
        ("en", due("2026-07-27 17:00", "America/Phoenix"), "Monday, July 27, 2026, 5:00 PM MST"),
        (  # an hour ahead of Santiago in winter, and of Lisbon
            "en",
            due("2026-07-06", "America/Punta_Arenas"),
            "Monday, July 6, 2026, end of day (Chile (Punta Arenas) Time)",
        ),
        (
            "en",
            due("2026-01-26 17:00", "Africa/Casablanca"),
            "Monday, January 26, 2026, 5:00 PM Morocco Time",
        ),
        (
            "es",
            due("2026-01-26 17:00", "Africa/Casablanca"),
            "lunes, 26 de enero de 2026, 17:00 (hora de Marruecos)",
        ),
        (
            "es-US",
            due("2026-01-26 17:00", "America/Caracas"),
            "lunes, 26 de enero de 2026, 5:00 p.m. (hora de Venezuela)",
        ),
        ("fr-CA", due("2026-03-02", "Africa/Casablanca"), "lundi 2 mars 2026 inclus (heure : Maroc)"),
        ("fr", due("2026-03-02", "Africa/Casablanca"), "lundi 2 mars 2026 inclus (heure : Maroc)"),
        ("en-IE", due("2026-01-26 17:00", "Europe/Dublin"), "Monday 26 January 2026, 17:00 GMT"),
        ("en-IE", due("2026-07-27 17:00", "Europe/Dublin"), "Monday 27 July 2026, 17:00 IST"),
        ("en", due("2026-06-16", "UTC"), "Tuesday, June 16, 2026, end of day (UTC)"),
        ("en", due("2026-07-27 17:00", "Etc/GMT+5"), f"Monday, July 27, 2026, 5:00 PM {BEHIND}"),
        ("en", Rolling(NEW_YORK), "Until filled"),
        ("es", due("2026-07-27 17:00", "Europe/Madrid"), "lunes, 27 de julio de 2026, 17:00 (CEST)"),
        ("es", due("2026-07-27 17:00"), "lunes, 27 de julio de 2026, 17:00 (hora oriental)"),
        ("es-US", due("2026-07-27 17:00"), "lunes, 27 de julio de 2026, 5:00 p.m. (EDT)"),
        (
            "fr",
            due("2026-07-27 17:00", "Europe/Paris"),
            "lundi 27 juillet 2026 à 17:00 (heure d’Europe centrale)",
        ),
        ("fr-CA", due("2026-07-27 17:00"), "lundi 27 juillet 2026 à 17\xa0h\xa000 (HAE)"),
        ("fr-CA", due("2026-04-01 01:01"), "mercredi 1er avril 2026 à 01\xa0h\xa001 (HAE)"),
        ("fr-CA", due("2023-06-16"), "vendredi 16 juin 2023 inclus (heure de l’Est)"),
    ],
)
def test_a_deadline_names_its_weekday_and_its_zone(language: str, deadline: Deadline, expected: str) -> None:
    assert words(language).deadline(deadline).replace("\u202f", " ") == expected


@pytest.mark.parametrize(
    ("language", "deadline", "expected"),
    [
        ("en", due("2023-06-16"), "Fri, Jun 16, 2023"),
        ("en", due("2023-06-16", "America/Toronto"), "Fri, Jun 16, 2023"),
        (  # over at 7 PM on the site's own clocks
            "en",
            due("2023-06-16", "Europe/Lisbon"),
            "Fri, Jun 16, 2023, end of day (Western European Time)",
        ),
        (
            "es",
            due("2023-06-16", "America/Los_Angeles"),
            "vie, 16 jun 2023, al final del día (hora del Pacífico)",
        ),
        ("en", due("2026-01-26 17:00"), "Mon, Jan 26, 2026, 5:00 PM EST"),
        ("en", due("2027-03-27 23:30", "America/Nuuk"), "Sun, Mar 28, 2027, 12:30 AM Greenland Time"),
        ("es", due("2026-07-27 17:00", "Europe/Madrid"), "lun, 27 jul 2026, 17:00 (CEST)"),
        ("fr-CA", due("2026-07-27 17:00"), "lun. 27 juill. 2026 à 17\xa0h\xa000 (HAE)"),
        ("fr", due("2026-02-01"), "dim. 1er févr. 2026"),
        ("fr", due("2026-02-11"), "mer. 11 févr. 2026"),
    ],
)
def test_a_list_tells_a_deadline_in_short(language: str, deadline: Deadline, expected: str) -> None:
    assert words(language).listed_deadline(deadline, NEW_YORK).replace("\u202f", " ") == expected


@pytest.mark.parametrize(
    ("language", "low", "high", "period", "currency", "expected"),
    [
        ("en", "44000", None, PayPeriod.YEAR, "USD", "From $44,000 a year"),
        ("en", None, "30", PayPeriod.HOUR, "USD", "Up to $30 an hour"),
        ("es", "1500", None, PayPeriod.MONTH, "EUR", "Desde 1.500 € al mes"),
        ("es", None, "1500", PayPeriod.MONTH, "EUR", "Hasta 1.500 € al mes"),
        ("en", "51640", "79640", PayPeriod.YEAR, "USD", "$51,640–$79,640 a year"),
        ("en", "80000", "80000", PayPeriod.YEAR, "USD", "$80,000 a year"),
        ("en", "17.50", "22.75", PayPeriod.HOUR, "USD", "$17.50–$22.75 an hour"),
        ("en", "40000", "50000", PayPeriod.YEAR, "CAD", "CA$40,000–CA$50,000 a year"),
        ("en", "300000", "400000", PayPeriod.MONTH, "JPY", "¥300,000–¥400,000 a month"),
        ("en", "1500.5", "1500.5", PayPeriod.HOUR, "JPY", "¥1,500.5 an hour"),
        ("en", "17.5", "17.125", PayPeriod.HOUR, "USD", "$17.50–$17.125 an hour"),
        ("es", "1500", "1500", PayPeriod.MONTH, "EUR", "1.500 € al mes"),
        ("en", "4000", "4000", PayPeriod.MONTH, "CHF", "CHF 4,000 a month"),
        ("es-MX", "51640", "51640", PayPeriod.YEAR, "USD", "USD 51,640 al año"),
        ("es-US", "51640", "79640", PayPeriod.YEAR, "USD", "$51,640–$79,640 al año"),
        ("fr-CA", "45000", "52000", PayPeriod.YEAR, "CAD", "45 000 $ à 52 000 $ par an"),
        ("fr-CA", "28.50", "28.50", PayPeriod.HOUR, "CAD", "28,50 $ de l’heure"),
        ("fr", "1500", None, PayPeriod.MONTH, "EUR", "À partir de 1\u202f500 € par mois"),
        ("fr", None, "60000", PayPeriod.YEAR, "EUR", "Jusqu’à 60\u202f000 € par an"),
    ],
)
def test_pay_is_written_as_readers_write_it(
    language: str, low: str | None, high: str | None, period: PayPeriod, currency: str, expected: str
) -> None:
    salary = factory.salary(low, high, period, currency)

    assert words(language).pay(salary).replace("\xa0", " ") == expected


def test_pay_without_figures_is_none() -> None:
    assert words("en").pay(Salary(None, None, PayPeriod.YEAR, "USD", "By scale")) is None
    assert words("en").pay(None) is None


def test_figures_dates_and_countries_follow_the_language() -> None:
    english, spanish = words("en"), words("es")

    assert (english.number(12345), spanish.number(12345)) == ("12,345", "12.345")
    assert english.date(date(2023, 6, 16)) == "June 16, 2023"
    assert english.short_date(date(2023, 6, 16)) == "Jun 16, 2023"
    assert (english.country("DE"), spanish.country("DE")) == ("Germany", "Alemania")
    assert english.country("QQ") == "QQ"
    assert english.places([Place("Bonn", None, None, "DE")], "US") == "Bonn, Germany"
    assert english.plural("list.count", 1) == "1 open job"
    assert english.plural("list.count", 1200) == "1,200 open jobs"


@pytest.mark.parametrize(
    ("language", "name", "expected"),
    [
        ("en", "Welders Inc.", "Welders Inc."),
        ("en", "Łódź 3.", "Łódź 3."),
        ("en", "نقابة (3)", "\u2068نقابة (3)\u2069"),
        ("en", "Local הסתדרות.", "\u2068Local הסתדרות.\u2069"),
        ("ar", "نقابة (3)", "نقابة (3)"),
        ("ar", "Welders Inc.", "\u2068Welders Inc.\u2069"),
    ],
)
def test_a_name_that_runs_against_the_language_is_isolated(language: str, name: str, expected: str) -> None:
    assert Wording(language, {}, "", {}).isolated(name) == expected


@pytest.mark.parametrize(
    ("count", "expected"), [(0, "0 offre en cours"), (1, "1 offre en cours"), (2, "2 offres en cours")]
)
def test_french_counts_none_as_it_does_one(count: int, expected: str) -> None:
    assert words("fr").plural("list.count", count) == expected


def test_french_has_its_own_first_day_of_a_month() -> None:
    day, french = date(2026, 3, 1), words("fr")
    told = (french.date(day), french.short_date(day), french.weekday_date(day))
    assert told == ("1er mars 2026", "1er mars 2026", "dimanche 1er mars 2026")


def test_signs_that_french_sets_apart_stay_in_the_line_of_their_words() -> None:
    apart = {
        key: text for key, text in words("fr").strings.items() if re.search(r" [:;!?»%]|« |\w[;!?»%']", text)
    }
    assert apart == {}


def test_a_region_of_a_language_uses_its_strings() -> None:
    assert words("es-MX").text("facts.pay") == words("es").text("facts.pay")


@pytest.mark.parametrize("language", sorted({path.stem for path in (LAYOUTS / "strings").iterdir()} - {"en"}))
def test_the_shipped_languages_have_the_same_strings_with_the_same_places_to_fill(language: str) -> None:
    assert read_wording(LAYOUTS, language, Path("content")).diagnostics == ()


def test_a_language_without_strings_is_an_error_that_says_what_there_is(tmp_path: Path) -> None:
    content = empty_content(tmp_path)
    outcome = read_wording(LAYOUTS, "tlh", content)

    assert outcome.value is None
    (found,) = outcome.diagnostics
    assert (found.path, found.code) == (shown(content / "site.yaml"), "strings-missing")
    assert {"en", "es", "fr"} <= set(found.message.rpartition(": ")[2].split(", "))
    assert "en.yaml to" in (hint := found.hint or "")
    assert "tlh.yaml and translate" in hint
    settings = (content / "site.yaml").read_text("utf-8").split("\n")
    assert settings[found.span.line - 1] == "language: en"


def test_a_string_whose_place_is_not_filled_is_an_error() -> None:
    with pytest.raises(LayoutFault) as caught:
        words("en").text("posting.seen")
    (found,) = caught.value.diagnostics
    assert found.code == "strings-placeholder"
    assert (
        found.message == "the string posting.seen has {day}, which cannot be filled in; what can be: nothing"
    )


def test_english_cannot_be_copied_where_it_is_not(tmp_path: Path) -> None:
    (found,) = read_wording(tmp_path, "en", Path("content")).diagnostics
    assert "copy" in (found.hint or "")
    assert "translate" not in (found.hint or "")


ENGLISH = """\
list:
  count:
    one: "{count} open job"
    other: "{count} open jobs"
pay: "{low} to {high}"
title: Jobs
"""
GERMAN = """\
list: {count: {one: "Eine Stelle", other: "{count} Stellen"}}
pay: "{low} bis {high}"
title: Stellen
"""


def read_german(folder: Path, german: str, english: str = ENGLISH) -> Outcome[Wording]:
    return read_translation(folder, "de", german, english)


def read_translation(folder: Path, language: str, text: str, english: str = ENGLISH) -> Outcome[Wording]:
    (folder / "strings").mkdir()
    (folder / "strings" / "en.yaml").write_text(english, encoding="utf-8")
    (folder / "strings" / f"{language}.yaml").write_text(text, encoding="utf-8")
    return read_wording(folder, language, Path("content"))


@pytest.mark.parametrize("more", ["", 'own: {mine: "{anything}"}', 'own: ""'])
def test_a_translation_may_say_one_without_its_number_and_have_strings_of_its_own(
    tmp_path: Path, more: str
) -> None:
    outcome = read_german(tmp_path, GERMAN + more)

    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert outcome.value.strings["list.count.one"] == "Eine Stelle"


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "code", "said"),
    [
        ("{low} bis {high}", "ab {low}", 2, 6, "strings-placeholder", "the string pay leaves out {high}"),
        ("{count} Stellen", "Stellen", 1, 43, "strings-placeholder", "list.count.other leaves out {count}"),
        ("{count}", "{{count}}", 1, 43, "strings-placeholder", "list.count.other leaves out {count}"),
        ("count:", "cuont: x, count:", 1, 15, "strings-unknown", "list.cuont"),
        ("one:", "noe: x, one:", 1, 21, "strings-unknown", "list.count.noe"),
    ],
)
def test_what_a_translation_drops_or_adds_is_warned_about(
    tmp_path: Path, old: str, new: str, line: int, column: int, code: str, said: str
) -> None:
    outcome = read_german(tmp_path, GERMAN.replace(old, new))

    assert outcome.value is not None
    (found,) = outcome.diagnostics
    assert (found.severity, found.code) == (Severity.WARNING, code)
    assert (found.span.line, found.span.column) == (line, column)
    assert said in found.message


@pytest.mark.parametrize(
    ("language", "lacking"),
    [
        ("de", {}),
        ("pl", {"few": 2, "many": 5}),
        ("ar", {"two": 2, "few": 3, "many": 11}),
    ],
)
def test_a_form_of_the_plural_that_the_language_has_and_its_file_lacks_is_warned_about(
    tmp_path: Path, language: str, lacking: dict[str, int]
) -> None:
    outcome = read_translation(tmp_path, language, GERMAN)

    assert outcome.value is not None
    told = {
        f"the string list.count.{form} is missing, so list.count.other goes with numbers such as {number}"
        for form, number in lacking.items()
    }
    assert {found.message for found in outcome.diagnostics} == told
    assert {(found.severity, found.code, found.span.column) for found in outcome.diagnostics} <= {
        (Severity.WARNING, "strings-missing", 43)
    }


def test_a_language_without_plurals_needs_one_form_alone(tmp_path: Path) -> None:
    outcome = read_translation(tmp_path, "ja", GERMAN.replace('one: "Eine Stelle", ', ""))

    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert outcome.value.plural("list.count", 1) == "1 Stellen"


def test_one_text_where_english_has_a_plural_is_an_error(tmp_path: Path) -> None:
    german = GERMAN.replace(
        '{count: {one: "Eine Stelle", other: "{count} Stellen"}}', '{count: "{count} Stellen"}'
    )
    found = [(each.severity, each.code) for each in read_german(tmp_path, german).diagnostics]
    assert (Severity.ERROR, "strings-missing") in found


def test_a_string_under_another_name_is_offered_for_the_one_that_is_missing(tmp_path: Path) -> None:
    (found,) = read_german(tmp_path, GERMAN.replace("title:", "titel:")).diagnostics

    assert (found.code, found.span.line) == ("strings-missing", 3)
    assert found.hint == "rename titel, if that is the same string"


def read_files(folder: Path, language: str, **files: str) -> Outcome[Wording]:
    """Read the words of a language from files named `of_en` in the layouts or `shipped_en` in the program."""
    for name, text in files.items():
        kind, _, stem = name.partition("_")
        path = folder / ("shipped" if kind == "shipped" else "strings") / f"{stem.replace('_', '-')}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return read_wording(folder, language, Path("content"))


@pytest.mark.parametrize(
    ("language", "files", "lacking", "said"),
    [
        ("en", {"of_en": "title: X"}, "en", "shipped/en.yaml: list.count.one, list.count.other, pay"),
        ("en-CA", {"of_en": "title: X", "of_en_CA": "pay: X{low}{high}"}, "en-CA", "shipped/en.yaml: list."),
        ("de", {"of_en": "title: X", "of_de": "title: X"}, "de", "shipped/de.yaml: list.count.one"),
    ],
)
def test_strings_that_the_layouts_lack_are_taken_from_those_that_came_with_the_program(
    tmp_path: Path, language: str, files: dict[str, str], lacking: str, said: str
) -> None:
    """So a copy of the layouts goes on with a newer version of the program, which has more of them."""
    outcome = read_files(tmp_path, language, **files, shipped_en=ENGLISH, shipped_de=GERMAN)

    assert outcome.value is not None
    assert outcome.value.strings.keys() == {"list.count.one", "list.count.other", "pay", "title"}
    (found,) = outcome.diagnostics
    assert (found.severity, found.code) == (Severity.NOTICE, "strings-missing")
    assert found.path.endswith(f"strings/{lacking}.yaml")
    assert said in found.message


def test_the_file_of_a_region_needs_only_what_differs(tmp_path: Path) -> None:
    files = {"of_en": ENGLISH, "of_de_AT": "title: Posten", "of_de": GERMAN}
    outcome = read_files(tmp_path, "de-AT", **files)

    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert [outcome.value.text(key) for key in ("title", "list.count.one")] == ["Posten", "Eine Stelle"]


@pytest.mark.parametrize(
    ("files", "one"),
    [
        ({"of_es": "jobs: {one: uno, other: varios}", "shipped_es": "jobs: {one: lejos, other: x}"}, "uno"),
        ({"of_es": "jobs: {other: varios}", "shipped_es": "jobs: {one: lejos, other: x}"}, "lejos"),
    ],
)
def test_a_form_that_the_file_of_a_region_lacks_is_that_of_the_language_and_never_english(
    tmp_path: Path, files: dict[str, str], one: str
) -> None:
    english = "jobs: {one: one, other: many}"
    region = "jobs: {other: unos cuantos}"
    outcome = read_files(tmp_path, "es-MX", of_en=english, shipped_en=english, of_es_MX=region, **files)
    assert outcome.value is not None
    assert [outcome.value.plural("jobs", count) for count in (1, 2)] == [one, "unos cuantos"]


def test_a_word_of_a_region_under_a_wrong_name_is_told_the_right_one(tmp_path: Path) -> None:
    files = {"of_en": ENGLISH, "of_en_CA": "list: {count: {othre: '{count} openings'}}"}
    (found,) = read_files(tmp_path, "en-CA", **files).diagnostics

    assert (found.code, found.span.line) == ("strings-unknown", 1)
    assert (found.hint or "").startswith("did you mean list.count.other? If not, add it to en.yaml")


def test_words_of_a_file_are_kept_where_another_has_them_too(tmp_path: Path) -> None:
    english = ENGLISH.replace("Jobs", "Openings").replace("{low} to {high}", "by scale")
    outcome = read_files(tmp_path, "en", of_en=english + 'own: "{day}"\n', shipped_en=ENGLISH)

    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert [outcome.value.text(key) for key in ("title", "pay")] == ["Openings", "by scale"]
    assert outcome.value.text("own", day="today") == "today"


def test_a_string_that_only_english_has_must_be_translated(tmp_path: Path) -> None:
    files = {"of_en": "list: {count: {one: A, other: B}}", "of_de": GERMAN.replace("title: Stellen\n", "")}
    outcome = read_files(tmp_path, "de", **files, shipped_en=ENGLISH.replace("{", "").replace("}", ""))

    assert outcome.value is None
    assert "the string title is missing; in English: Jobs" in {found.message for found in outcome.diagnostics}


def test_what_is_wrong_with_a_string_is_told_at_the_file_that_it_is_taken_from(tmp_path: Path) -> None:
    files = {"of_en": ENGLISH, "of_de_AT": "title: Stellen", "of_de": GERMAN.replace("{low}", "{lwo}")}
    outcome = read_files(tmp_path, "de-AT", **files)

    (found,) = (each for each in outcome.diagnostics if each.severity is Severity.ERROR)
    assert (Path(found.path).name, found.span.line, found.code) == ("de.yaml", 2, "strings-placeholder")


@pytest.mark.parametrize("line", ["title: Stellen: alle", "title: *alle", "title: A\ntitle: B"])
def test_what_is_wrong_with_strings_is_told_beside_a_line_that_cannot_be_read(
    tmp_path: Path, line: str
) -> None:
    german = GERMAN.replace("title: Stellen", line).replace("{low}", "{lwo}") + "own: [a]\nmore: '{'\n"
    outcome = read_german(tmp_path, german)

    assert outcome.value is None
    codes = [found.code for found in outcome.diagnostics]
    assert codes[0] in {"yaml-syntax", "yaml-alias", "duplicate-field"}
    assert codes[1:] == ["strings-form", "strings-placeholder", "strings-placeholder"]


def test_a_file_that_lacks_very_many_strings_names_the_first(tmp_path: Path) -> None:
    many = "".join(f"s{number}: x\n" for number in range(100, 161))
    (found,) = read_files(tmp_path, "en", of_en=ENGLISH, shipped_en=ENGLISH + many).diagnostics

    assert found.message.endswith(", s148, s149 and 11 more")


@pytest.mark.parametrize("form", ["zero", "two", "few", "many"])
def test_every_form_of_a_plural_may_name_what_english_does(tmp_path: Path, form: str) -> None:
    german = GERMAN.replace('one: "Eine Stelle"', f'one: "{{count}} Stelle", {form}: "{{count}} Stellen"')
    assert read_german(tmp_path, german).diagnostics == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "column", "code"),
    [
        ("title: Stellen", "", 1, 1, "strings-missing"),
        ("title: Stellen", "title:", 3, 7, "strings-form"),
        ("title: Stellen", "title: [Stellen]", 3, 8, "strings-form"),
        ("title: Stellen", "title: Stellen\n[a]: b", 4, 1, "yaml-key"),
        ("title: Stellen", "title: Stellen\nsearch: {synonyms: Anwalt}", 4, 20, "strings-form"),
        ("{low} bis {high}", "{high} ab {low", 2, 6, "strings-placeholder"),
        ("{low} bis {high}", "{high} ab low}", 2, 6, "strings-placeholder"),
        ("{low} bis {high}", "{high} ab {}", 2, 6, "strings-placeholder"),
        ("{low} bis {high}", "{high} ab {0}", 2, 6, "strings-placeholder"),
        ("{low} bis {high}", "{high} ab {low.real}", 2, 6, "strings-placeholder"),
        ("{low} bis {high}", "{high} ab {low[0]}", 2, 6, "strings-placeholder"),
        ("{low} bis {high}", "{high} ab {low:>{high}}", 2, 6, "strings-placeholder"),
        ("{low} bis {high}", "{high} ab {low!r}", 2, 6, "strings-placeholder"),
        ("{low} bis {high}", "{high} ab {lwo}", 2, 6, "strings-placeholder"),
        ("Eine Stelle", "{cuont} Stelle", 1, 21, "strings-placeholder"),
        ("title: Stellen", "title: '{count}'", 3, 8, "strings-placeholder"),
        ("title: Stellen", "title: 'Stellen", 3, 8, "yaml-syntax"),
        ("title: Stellen", "title: &a Stellen", 3, 8, "yaml-anchor"),
        ("title: Stellen", "title: Stel\x01len", 3, 12, "control-character"),
    ],
)
def test_a_bad_string_is_an_error_at_its_place(
    tmp_path: Path, old: str, new: str, line: int, column: int, code: str
) -> None:
    outcome = read_german(tmp_path, GERMAN.replace(old, new))

    assert outcome.value is None
    (found,) = outcome.diagnostics
    assert (Path(found.path).name, found.code) == ("de.yaml", code)
    assert (found.span.line, found.span.column) == (line, column)


def test_all_bad_strings_of_a_language_and_of_english_are_told_at_once(tmp_path: Path) -> None:
    outcome = read_german(
        tmp_path, GERMAN.replace("{low}", "{"), ENGLISH.replace("{low}", "{0}").replace("Jobs", "[]")
    )

    found = [(Path(each.path).name, each.span.line) for each in outcome.diagnostics]
    assert sorted(found) == [("de.yaml", 2), ("en.yaml", 5), ("en.yaml", 6)]


@pytest.mark.parametrize(
    ("ask", "code", "line", "said"),
    [
        (lambda word: word.text("list.cuont"), "strings-missing", 1, "list.cuont"),
        (lambda word: word.plural("title", 2), "strings-missing", 1, "title.other"),
        (lambda word: word.text("pay", low=1), "strings-placeholder", 5, "{high}"),
    ],
)
def test_a_string_that_cannot_be_had_is_a_fault_of_the_file(
    tmp_path: Path, ask: Callable[[Wording], str], code: str, line: int, said: str
) -> None:
    read_german(tmp_path, GERMAN)
    word = read_wording(tmp_path, "en", Path("content")).value
    assert word is not None

    with pytest.raises(LayoutFault) as caught:
        ask(word)

    (found,) = caught.value.diagnostics
    assert (Path(found.path).name, found.span.line, found.code) == ("en.yaml", line, code)
    assert said in found.message


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"list: [", "yaml-syntax"),
        (b"just text", "yaml-form"),
        (b"a: \xff", "encoding"),
        (b"a: Offen", "strings-missing"),
        (None, "file-unreadable"),
    ],
)
def test_a_bad_file_of_strings_is_an_error(tmp_path: Path, data: bytes | None, code: str) -> None:
    (tmp_path / "strings").mkdir()
    (tmp_path / "strings" / "en.yaml").write_text("a: Open\nb: Closed\n", encoding="utf-8")
    if data is None:
        link(tmp_path / "strings" / "de.yaml", "nowhere")
    else:
        (tmp_path / "strings" / "de.yaml").write_bytes(data)

    outcome = read_wording(tmp_path, "de", Path("content"))

    assert outcome.value is None
    assert code in {found.code for found in outcome.diagnostics}
