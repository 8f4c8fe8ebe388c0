"""The search data has every posting of its collection, and an edit rewrites little of it."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

import pytest

from hiringhall.emitters import search
from hiringhall.emitters.search import columns, segments, shards
from hiringhall.model import Application, Arrangement, EmploymentType, PayPeriod
from tests import factory

CONTEXT = factory.context()


def published(postings, context=CONTEXT, now=factory.NOW):
    listing = factory.listing(postings, now, context)
    return list(search.outputs(listing, context, factory.parts(postings, context, columns.ROW, shards.WORDS)))


def tables(postings, **options):
    return {output.path: json.loads(b"".join(output.chunks())) for output in published(postings, **options)}


def told(column):
    return [column["values"][row] for row in column["rows"]]


def terms(table, name):
    facet = table["facets"][name]
    return [[facet["slugs"][value] for value in values] for values in told(facet["sets"])]


def found(files, collection, word):
    """The slugs of the postings with a word, looked up as the scripts do."""
    table = files[f"search/{collection}.json"]
    shard = sum(start <= word for start in table["starts"])
    slugs = []
    for segment, version in enumerate(table["versions"]):
        members = [
            slug
            for row, slug in enumerate(table["slugs"])
            if not table["segments"] or table["segments"][row] == segment
        ]
        held = files[f"search/{collection}/{segment}-{shard}.json"]
        assert held["version"] == version
        words = held["words"].split()
        assert words == sorted(words)
        if word in words:
            slugs += [members[place] for place in accumulate(held["places"][words.index(word)])]
    return sorted(slugs)


def many(count):
    return [
        factory.posting(
            f"job-{number}",
            title=f"Job {number}",
            added=date(2026, 1, 1 + number % 19),
            body_text=f"Zeal number{number} {'even' if number % 2 == 0 else 'odd'}.",
        )
        for number in range(count)
    ]


def test_columns_hold_open_postings_newest_first_and_closed_ones_apart():
    postings = [
        factory.posting("old", added=date(2026, 1, 2), is_added_stated=False),
        factory.posting("new", added=date(2026, 1, 19)),
        factory.posting_closed_on(date(2025, 12, 31), "gone"),
    ]
    files = tables(postings)
    assert files["search/open.json"]["slugs"] == ["new", "old"]
    assert files["search/closed.json"]["slugs"] == ["gone"]
    added = list(accumulate(files["search/open.json"]["added"]))
    assert [date.fromordinal(day + date(1970, 1, 1).toordinal()) for day in added] == [
        date(2026, 1, 19),
        date(2026, 1, 2),
    ]
    assert files["search/open.json"]["posted"] == [1]
    [closing] = told(files["search/closed.json"]["closing"])
    assert closing[1:] == [
        "2025-12-31",
        False,
        1767243600,
        True,
        "deadline",
        (date(2025, 12, 31) - date(1970, 1, 1)).days,
    ]


def test_not_stated_is_a_value_of_every_facet():
    bare = [factory.posting(slug, arrangement=None, employment_types=(), tags=()) for slug in "ab"]
    table = tables([*bare, factory.posting("c")])["search/open.json"]
    for name in ("arrangement", "type", "tag"):
        assert terms(table, name)[:2] == [["not-stated"]] * 2
        assert table["facets"][name]["slugs"][0] == "not-stated"
    assert table["facets"]["tag"]["labels"] == ["No tags", "organizing"]


def test_terms_are_those_of_the_facet_pages():
    posting = factory.posting(
        tags=("organizing", "data"),
        arrangement=Arrangement.FIELD,
        employment_types=(EmploymentType.CONTRACT, EmploymentType.INTERNSHIP),
    )
    table = tables([posting])["search/open.json"]
    assert terms(table, "tag") == [["organizing", "data"]]
    assert terms(table, "arrangement") == [["field"]]
    assert terms(table, "type") == [["contract", "internship"]]
    assert terms(table, "location") == [["rocky-hill-ct", "connecticut"]]
    assert terms(table, "organization") == [["harbor-workers-local-12"]]


@pytest.mark.parametrize(
    ("salary", "pay"),
    [
        (None, ["", 0, 0, False]),
        (factory.salary(None, None, note="By the agreement."), ["By the agreement.", 0, 0, False]),
        (factory.salary(20, "25.50", PayPeriod.HOUR), ["$20–$25.50 an hour", 4_160_000, 5_304_000, True]),
        (factory.salary(20, None, PayPeriod.HOUR), ["From $20 an hour", 4_160_000, 0, True]),
        (factory.salary(None, 30, PayPeriod.HOUR), ["Up to $30 an hour", 0, 6_240_000, True]),
        (factory.salary(200, 200, PayPeriod.DAY), ["$200 a day", 5_200_000, 5_200_000, True]),
        (factory.salary(1000, 1000, PayPeriod.WEEK), ["$1,000 a week", 5_200_000, 5_200_000, True]),
        (factory.salary(4000, 4000, PayPeriod.MONTH), ["$4,000 a month", 4_800_000, 4_800_000, True]),
        (
            factory.salary("50000.50", "50000.51"),
            ["$50,000.50–$50,000.51 a year", 5_000_050, 5_000_051, True],
        ),
        (factory.salary(60000, 60000, currency="EUR"), ["€60,000 a year", 0, 0, True]),
    ],
)
def test_pay_compares_by_the_year_and_only_in_the_currency_of_the_site(salary, pay):
    table = tables([factory.posting(salary=salary)])["search/open.json"]
    assert told(table["pay"]) == [pay]


@pytest.mark.parametrize(
    ("deadline", "closing"),
    [
        (factory.deadline("2026-02-16"), ["Mon, Feb 16, 2026", "2026-02-16", False]),
        (
            factory.deadline("2026-02-16", time_zone="Europe/Lisbon"),
            ["Mon, Feb 16, 2026, end of day (Western European Time)", "2026-02-16", False],
        ),
        (factory.deadline("2026-02-16", "17:00"), [None, "2026-02-16T17:00:00-05:00", False]),
        (factory.deadline("2026-02-16", "22:00"), [None, "2026-02-16T22:00:00-05:00", False]),
        (factory.deadline(None), ["", "", True]),
        (None, ["", "", False]),
    ],
)
def test_deadlines_are_told_as_in_the_list(deadline, closing):
    [told_as] = told(tables([factory.posting(deadline=deadline)])["search/open.json"]["closing"])
    assert told_as[1:3] == closing[1:]
    assert told_as[0] == (
        closing[0] if closing[0] is not None else CONTEXT.wording.listed_deadline(deadline, factory.ZONE)
    )


def test_words_of_the_whole_text_are_found_without_accents_and_case():
    files = tables(
        [factory.posting("a", body_text="Un CAFÉ à Genève"), factory.posting("b", body_text="The cafe")]
    )
    assert found(files, "open", "cafe") == ["a", "b"]
    assert found(files, "open", "geneve") == ["a"]
    anywhere = {"places": (), "arrangement": Arrangement.REMOTE, "remote_from": (factory.place(None, "MN"),)}
    assert found(tables([factory.posting("c", **anywhere)]), "open", "minnesota") == ["c"]
    assert found(files, "closed", "cafe") == []


def test_figures_of_the_whole_text_are_found():
    files = tables([factory.posting("a", body_text="Grade 7, 24/7"), factory.posting("b", body_text="9–5")])
    assert [found(files, "open", figure) for figure in ("7", "24", "5")] == [["a"], ["a"], ["b"]]


def test_whatever_the_page_of_a_posting_says_in_words_is_searched():
    posting = factory.posting(
        organization=factory.organization("Harbor", short_name="Alpha", aliases=("Bravo",)),
        summary="Charlie",
        body_text="Delta",
        arrangement_note="Echo",
        salary=factory.salary(20, 25, note="Foxtrot"),
        benefits=("Golf", "Hotel"),
        application=Application(instructions="India", documents=("Juliett", "Kilo")),
        details=(("travel", "Lima"),),
    )
    files = tables([posting])
    spelled = "alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima"
    assert [word for word in spelled.split() if not found(files, "open", word)] == []


def test_every_word_of_many_postings_is_found_in_its_shard(monkeypatch):
    monkeypatch.setattr(segments, "_SEGMENT_SIZE", 100)
    postings = many(300)
    files = tables(postings)
    table = files["search/open.json"]
    assert len(table["versions"]) == 4
    assert len(table["starts"]) > 20
    assert set(table["segments"]) == {0, 1, 2, 3}
    assert found(files, "open", "zeal") == sorted(posting.slug for posting in postings)
    assert found(files, "open", "even") == sorted(posting.slug for posting in postings[::2])
    assert all(found(files, "open", f"number{number}") == [f"job-{number}"] for number in range(0, 300, 37))


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("ja", "労働組合の組織化とデータ分析。給与や福利厚生", "組織"),
        ("zh-TW", "勞動局徵求專員", "專員"),
        ("ko", "노동조합 조직가 모집", "조직가"),
        ("th", "สหภาพแรงงาน", "แร"),
        ("ru", "Организатор профсоюза ищет работу", "работу"),
        ("ar-EG", "نبحث عن مُنظّم نقابي", "منظم"),
    ],
)
def test_words_of_other_scripts_are_spread_over_shards_too(language, text, word):
    home = CONTEXT._replace(settings=CONTEXT.settings._replace(language=language))
    postings = [posting._replace(body_text=f"{text} IT") for posting in many(130)]
    files = tables(postings, context=home)
    starts = files["search/open.json"]["starts"]
    assert starts == sorted(set(starts))
    assert 20 < len(starts) < 60
    assert len(found(files, "open", word)) == len(found(files, "open", "it")) == 130
    held = [table for path, table in files.items() if path.startswith("search/open/0-") and table["words"]]
    assert len(held) > 2


def test_an_edit_rewrites_the_columns_and_one_segment(monkeypatch):
    monkeypatch.setattr(segments, "_SEGMENT_SIZE", 100)
    before = many(300)
    after = [before[0]._replace(body_text="Other words."), *before[1:]]
    old, new = ({output.path: output.key() for output in published(postings)} for postings in (before, after))
    changed = {path for path, key in new.items() if old[path] != key}
    columns = tables(before)["search/open.json"]
    segment = columns["segments"][columns["slugs"].index("job-0")]
    assert changed == {
        "search/open.json",
        *(path for path in new if path.startswith(f"search/open/{segment}-")),
    }


def test_what_closes_within_a_week_leaves_one_segment_of_open_ones(monkeypatch):
    monkeypatch.setattr(segments, "_SEGMENT_SIZE", 100)
    days = [date(2026, 1, 15) + timedelta(days=number % 56) for number in range(300)]
    postings = [
        factory.posting_closed_on(day, f"job-{number}", added=date(2026, 1, 2), body_text=f"Of {day:%b}.")
        for number, day in enumerate(days)
    ]
    # What closes from a Thursday on, through the end of the next Tuesday.
    today, later = (
        {
            output.path: output.key()
            for output in published(postings, now=datetime(2026, 1, day, 12, tzinfo=UTC))
        }
        for day in (15, 21)
    )
    changed = {path for path, key in today.items() if later[path] != key and path.startswith("search/open/")}
    assert len({path.partition("-")[0] for path in changed}) == 1
    files = tables(postings, now=datetime(2026, 1, 15, 12, tzinfo=UTC))
    assert set(files["search/open.json"]["segments"]) == {0, 1, 2, 3}
    assert found(files, "open", "mar") == sorted(
        f"job-{number}" for number, day in enumerate(days) if day.month == 3
    )


def test_what_closes_changes_no_words_of_earlier_closed_ones(monkeypatch):
    monkeypatch.setattr(segments, "_SEGMENT_SIZE", 100)
    days = [date(2025, 1, 1) + timedelta(days=day) for day in range(240)]
    gone = [factory.posting_closed_on(day, f"gone-{day}", body_text=f"Of {day:%b}") for day in days]
    old, new = (
        {output.path: output.key() for output in published(postings)} for postings in (gone[:-5], gone)
    )
    assert old.keys() == new.keys()
    changed = {path for path, key in new.items() if old[path] != key}
    assert changed == {"search/closed.json", *(path for path in new if path.startswith("search/closed/2-"))}
    files = tables(gone)
    assert found(files, "closed", "aug") == sorted(f"gone-{day}" for day in days if day.month == 8)


def test_a_large_collection_has_larger_segments_not_more(monkeypatch):
    monkeypatch.setattr(segments, "_SEGMENT_SIZE", 2)
    entries = [None] * 100
    assert Counter(segments.by_age(entries).numbers()) == {**dict.fromkeys(range(12), 8), 12: 4}
    assert segments.by_age([]).numbers() == []
    assert segments.by_age([]).segments == 1


def test_equal_input_gives_equal_bytes_whatever_the_order():
    postings = many(150)
    assert tables(postings) == tables(postings[::-1])


def test_bytes_follow_from_what_is_said_not_from_the_program_that_says_it():
    """Another version of a library, or the same content in another folder, publishes the same."""
    elsewhere = [posting._replace(path=f"else/{posting.slug}.md") for posting in many(9)]
    other = CONTEXT._replace(key="of another program")
    assert tables(elsewhere, context=other) == tables(many(9))


def test_shards_can_be_made_in_any_order():
    outputs = published([*many(150), factory.posting_closed_on(date(2025, 12, 1), "gone")])
    forth = {output.path: b"".join(output.chunks()) for output in outputs}
    back = {output.path: b"".join(output.chunks()) for output in reversed(outputs)}
    assert forth == back


def test_a_site_without_postings_has_empty_collections():
    files = tables([])
    assert files["search/open.json"]["slugs"] == []
    assert files["search/open/0-0.json"]["words"] == ""


def test_scripts_are_told_their_words_in_the_language_of_the_site():
    [site] = [
        found
        for path, found in tables([], context=factory.context(language="es")).items()
        if path == "search/site.json"
    ]
    assert (site["language"], site["currency"]) == ("es", "USD")
    assert site["strings"]["script.save"] == "Guardar"
    assert {"list.closes", "pages.next", "closed.deadline", "archive.closed.other"} <= site["strings"].keys()


def test_a_state_that_changes_nothing_in_sight_leaves_the_words_alone():
    postings = many(3)
    later = factory.NOW.replace(month=2, day=12)
    old, new = (
        {output.path: output.key() for output in published(postings, now=now)} for now in (factory.NOW, later)
    )
    assert old["search/open/0-0.json"] == new["search/open/0-0.json"]
