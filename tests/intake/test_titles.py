"""Titles that say what other fields are for or are in capitals, and those that only look so."""

from __future__ import annotations

import pytest

from tests.intake.reading_helpers import codes, only_problem, problems

PLACES = '["Hartford, CT", "New York, NY"]'
PAY = "{min: 50000, max: 50000, period: year}"
LOCAL = {"organization": "Transport Workers Local 12"}


@pytest.mark.parametrize(
    ("title", "fields"),
    [
        ("Organizer at Transport Workers Local 12", LOCAL),
        ("Organizer, transport workers local 12", LOCAL),
        ("Transport Workers Local 12 - Organizer", LOCAL),
        ("Transport Workers Local 12: Organizer", LOCAL),
        ("Organizer | Connecticut AFL-CIO", {}),
        ("Organizer (ct-afl-cio)", {}),
        ("Organizer @ State Fed", {}),
        ("Organizer (Remote, US)", {"arrangement": "remote"}),
        ("Organizer - Hybrid, 3 days a week", {"arrangement": "hybrid"}),
        ("Organizer (Remote or on-site)", {"arrangement": "remote"}),
        ("Organizer (Remote within Texas)", {"arrangement": "remote"}),
        ("Hybrid: Organizer", {"arrangement": "hybrid"}),
        ("Organizer at the CT AFL-CIO", {}),
        ("[Remote] Organizer", {"arrangement": "remote"}),
        ("CT AFL-CIO – Organizer (Remote) – $50k!!", {"arrangement": "remote", "salary": PAY}),
        ("Organizer • CT AFL-CIO", {}),
        ("Organizer - Hartford, CT", {}),
        ("Organizer (Hartford, Connecticut)", {}),
        ("Organizer – Hartford", {}),
        ("Organizer, Hartford - Remote", {"arrangement": "remote"}),
        ("Organizer (London)", {"location": "{city: London, country: GB}"}),
        ("❗\ufe0f Organizer ❗\ufe0f", {}),
    ],
)
def test_a_title_that_says_what_fields_say_is_offered_without_it(title: str, fields: dict[str, str]) -> None:
    found = only_problem(title=f'"{title}"', **{"location": PLACES, **fields})
    assert (found.code, found.severity, found.hint) == ("title-extra", "warning", "write title: Organizer")


@pytest.mark.parametrize(
    "title",
    [
        "FIELD ORGANIZER (REMOTE)", "CT AFL-CIO: FIELD ORGANIZER", "FIELD ORGANIZER, CT AFL-CIO - $50K!!",
        "FIELD ORGANIZER - HARTFORD, CT",
        "FIELD ORGANIZER - $25/HR - REMOTE", "FIELD ORGANIZER ($50,000 A YEAR)",
        "FIELD ORGANIZER, $50,000-$60,000 PER YEAR", "FIELD ORGANIZER: $50K", "FIELD ORGANIZER!!",
    ],
)  # fmt: skip
def test_all_that_is_said_of_a_title_in_capitals_leads_to_the_same(title: str) -> None:
    found = problems(title=f'"{title}"', location=PLACES, arrangement="remote", salary=PAY)
    assert {each.code for each in found} == {"title-capitals", "title-extra"}
    assert {each.hint for each in found} == {"write title: Field Organizer"}


@pytest.mark.parametrize(
    ("title", "job"),
    [
        ("WOMEN'S ADVOCATE II", "Women's Advocate II"),
        ("FIELD ORGANIZER (BILINGUAL)", "Field Organizer (Bilingual)"),
        ("NOW HIRING: ORGANIZERS", "Organizers"),
    ],
)
def test_what_is_offered_for_a_title_in_capitals_can_stay(title: str, job: str) -> None:
    assert [each.hint for each in problems(title=f'"{title}"')] == [f"write title: {job}"]
    assert codes(title=job) == []


@pytest.mark.parametrize(
    ("title", "hint"),
    [
        ("Organizer - Remote", "write title: Organizer; arrangement has its own field"),
        ("Organizer (FILLED)", "write title: Organizer; status has its own field"),
        ("Position closed - Organizer", "write title: Organizer; status has its own field"),
        ("Organizer, $50k", "write title: Organizer; salary has its own field"),
        (
            "Organizer (Hybrid) - $25/hr",
            "write title: Organizer; arrangement has its own field; salary has its own field",
        ),
        # What is left would be no title.
        ("Remote (US) - Organizer", "name only the job; arrangement has its own field"),
        ("Organizer up to $50,000", "name only the job; salary has its own field"),
        ("Organizer (bilingual, $50k)", "name only the job; salary has its own field"),
        ("Organizer (Remote - flexible)", "name only the job; arrangement has its own field"),
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
        "Communications - Internship", "Organizer, Fight for $15", "Mechanic (Hybrid/EV)",
        "Organizer, Closed Shops", "Director of Withdrawn Cases",
    ],
)  # fmt: skip
def test_a_title_that_only_looks_so_is_kept(title: str) -> None:
    fields = {"arrangement": "remote", "employment_type": "part-time", "deadline": "2026-03-03"}
    assert codes(title=f'"{title}"', location=PLACES, **fields) == []
