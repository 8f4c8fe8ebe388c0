"""Titles that say what other fields are for, and those that only look so."""

from __future__ import annotations

import pytest

from tests.intake.reading_helpers import codes, only_problem, problems

PLACES = '["Hartford, CT", "New York, NY"]'
LOCAL = {"organization": "Transport Workers Local 12"}


@pytest.mark.parametrize(
    ("title", "fields"),
    [
        ("Organizer at Transport Workers Local 12", LOCAL),
        ("Organizer, transport workers local 12", LOCAL),
        ("Transport Workers Local 12 - Organizer", LOCAL),
        ("Transport Workers Local 12: Organizer", LOCAL),
        ("Organizer | Connecticut AFL-CIO", {}),
        ("Organizer with the CT AFL-CIO", {}),
        ("Organizer (ct-afl-cio)", {}),
        ("Organizer @ State Fed", {}),
        ("Organizer (Hartford, CT)", {}),
        ("Organizer – Hartford", {}),
        ("Organizer - Hartford CT", {}),
        ("Organizer in Hartford, Connecticut", {}),
        ("[Hartford] Organizer", {}),
        ("Organizer (London)", {"location": "{city: London, country: GB}"}),
        ("Organizer (Part time)", {"employment_type": "part-time"}),
        ("Organizer - Full-time", {"employment_type": "[full-time, temporary]"}),
        ("Organizer (Remote, US)", {"arrangement": "remote"}),
        ("Organizer - Hybrid, 3 days a week", {"arrangement": "hybrid"}),
        ("Organizer (Remote or on-site)", {"arrangement": "remote"}),
        ("Organizer (Remote within Texas)", {"arrangement": "remote"}),
        ("Hybrid: Organizer", {"arrangement": "hybrid"}),
        ("Organizer (deadline March 3)", {"deadline": "2026-03-03"}),
        ("Organizer - open until filled", {"deadline": "rolling"}),
        ("Organizer based in Hartford, CT", {}),
        ("Organizer - REQ12345", {}),
        ("Organizer (Job ID: 12345)", {}),
        ("#100234 - Organizer", {}),
        ("Organizer - Hartford, CT (On-site) - Req. 2024-11", {"arrangement": "on-site"}),
    ],
)
def test_a_title_that_says_what_fields_say_is_offered_without_it(title: str, fields: dict[str, str]) -> None:
    found = only_problem(title=f'"{title}"', **fields)
    assert (found.code, found.severity, found.hint) == ("title-extra", "warning", "write title: Organizer")


@pytest.mark.parametrize(
    "title",
    [
        "FIELD ORGANIZER - HARTFORD, CT", "FIELD ORGANIZER IN HARTFORD, CT", "FIELD ORGANIZER (REMOTE)",
        "CT AFL-CIO: FIELD ORGANIZER", "FIELD ORGANIZER - HARTFORD, CT - $50K!!",
        "FIELD ORGANIZER - $25/HR - HARTFORD, CT", "FIELD ORGANIZER ($25 AN HOUR, REMOTE)",
    ],
)  # fmt: skip
def test_all_that_is_said_of_a_title_in_capitals_leads_to_the_same(title: str) -> None:
    found = problems(title=f'"{title}"', arrangement="remote")
    offered = {each.hint for each in found if not (each.hint or "").startswith("leave it out")}
    assert {each.code for each in found} == {"title-capitals", "title-extra"}
    assert offered == {"write title: Field Organizer"}


@pytest.mark.parametrize(
    ("title", "job"),
    [
        ("FIELD ORGANIZER ($50,000 A YEAR)", "Field Organizer"),
        ("FIELD ORGANIZER, $50,000-$60,000 PER YEAR", "Field Organizer"),
        ("FIELD ORGANIZER: $50K", "Field Organizer"),
        ("FIELD ORGANIZER (BILINGUAL, $50K)", "Field Organizer (Bilingual)"),
        ("WOMEN'S ADVOCATE II", "Women's Advocate II"),
        ("NOW HIRING: ORGANIZERS", "Organizers"),
    ],
)
def test_what_is_offered_for_a_title_in_capitals_can_stay(title: str, job: str) -> None:
    assert f"write title: {job}" in [each.hint for each in problems(title=f'"{title}"')]
    assert codes(title=job) == []


def test_a_title_that_names_no_job_is_not_offered_empty() -> None:
    assert "write the name of the job" in [each.hint for each in problems(title='"(POSITION CLOSED)"')]


@pytest.mark.parametrize(
    ("title", "hint"),
    [
        ("Organizer - Remote", "write title: Organizer; put the rest in arrangement"),
        (
            "Organizer (Hybrid), apply by 3/3",
            "write title: Organizer; put the rest in deadline and arrangement",
        ),
    ],
)
def test_what_no_field_says_yet_is_to_go_there(title: str, hint: str) -> None:
    assert only_problem(title=title).hint == hint


@pytest.mark.parametrize(
    "title",
    [
        "Organizer, Chicago Teachers Union", "Remote Sensing Analyst", "Analyst - Remote Sensing",
        "New York Campaign Director", "Registered Nurse (Remote Area)", "Hybrid Cloud Engineer",
        "State Director, Connecticut", "State Director - Connecticut", "Hartford Field Organizer",
        "Director of Organizing in Hartford", "Part-time Organizer", "Remote Organizer", "Judge, Position 3",
        "Organizer (Spanish-speaking)", "Organizer-in-Training", "Business Agent (Local #1245)",
        "Due Process Representative, K-12", "Mechanic, Rolling Stock", "Organizer (2 positions)",
        "Editor - Deadline Detroit", "Field Representative - Northeast", "Coordinator, AFL-CIO Labor School",
        "Intern (Summer 2026)", "Technician (Hybrid/Electric Vehicles)", "Remote, Rural and Tribal Organizer",
        "State Director - New York", "Researcher - Remote Work", "Specialist for Hybrid",
        "Director, CT AFL-CIO Training Fund", "Connecticut AFL-CIO", "(Remote)",
    ],
)  # fmt: skip
def test_a_title_that_only_looks_so_is_kept(title: str) -> None:
    fields = {"arrangement": "remote", "employment_type": "part-time", "deadline": "2026-03-03"}
    assert codes(title=f'"{title}"', location=PLACES, **fields) == []


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ("[part-time, temporary]", "'Part-time' and 'temporary'"),
        ("[temporary, part-time]", "'temporary' and 'Part-time'"),
    ],
)
def test_what_several_kinds_of_work_repeat_is_told_in_their_order(kinds: str, said: str) -> None:
    found = only_problem(title='"Part-time: Organizer - temporary"', employment_type=kinds)
    assert found.message == f"title has {said} in it; it should name only the job"


@pytest.mark.parametrize("kind", ["internship", "volunteer"])
def test_a_kind_of_work_that_names_the_job_is_kept(kind: str) -> None:
    assert codes(title=f"Communications - {kind.title()}", employment_type=kind) == []
