"""What each field accepts, what it makes of it, and what it says about anything else."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from unicodedata import normalize

import pytest

from hiringhall.diagnostics import Diagnostic, Outcome, Severity
from hiringhall.intake.configuration.register import register_of
from hiringhall.intake.content.posting import read_posting
from hiringhall.intake.fields.countries import country_code, country_names
from hiringhall.intake.fields.currency_signs import currencies
from hiringhall.intake.fields.reading import Field
from hiringhall.intake.fields.table import FIELDS
from hiringhall.intake.fields.time_zones import zones_in
from hiringhall.intake.fields.web_addresses import WRAPPED
from hiringhall.model import (
    Application,
    Arrangement,
    ClosedReason,
    Deadline,
    EmploymentType,
    Organization,
    PayPeriod,
    Place,
    Posting,
    Rolling,
    Salary,
    Settings,
    Source,
)
from tests.intake.reading_helpers import (
    SETTINGS,
    TAGGED,
    codes,
    only_problem,
    problems,
    read,
    read_text,
    text_of,
)

ZONE = "America/New_York"

NO_DEADLINE = "delete the line; the page will then say that no deadline is stated"
NO_PAY = "delete the line; the page will then say that no pay is stated"
NOT_STATED = "leave it out; the page will then say that it is not stated"
SOME_WAY = (
    "write the address or, if there is none, what people can do, as in "
    'apply: {instructions: "Ask the employer."}'
)
SEVERAL_PLACES = 'write them as a list, such as ["Hartford, CT", "New Haven, CT"], or the region alone'
DATE_FORMS = "write a date as 2026-01-26, a date and time as 2026-01-26 17:00, or rolling"
EASTERN = " and, on a line of its own, time_zone: America/New_York"
TIME_AFTER = ", with the time after it, such as 17:00"
PACIFIC = " and, on a line of its own, time_zone: America/Los_Angeles"


@pytest.mark.parametrize(
    "escaped", [r"\a", r"\N", r"\u202e", r"\ufdd0", r"\uffff", r"\U0001fffe", r"\U0010ffff"]
)
def test_an_escape_brings_in_no_character_that_a_file_may_not_hold(escaped: str) -> None:
    assert codes(department=f'"Organizing {escaped}"') == ["control-character"]


@pytest.mark.parametrize(
    ("written", "extra"),
    [
        ("Organizer!", "!"),
        ("★ Organizer", "★"),
        ("Organizer 🔥", "🔥"),
        ("Organizer *", "*"),
        ("Organizer, $65,000", "$65,000"),
        ("Organizer, €52k", "€52k"),
        ("Organizer, $25/hr", "$25/hr"),
        ("Organizer, $25-$30 AN HOUR", "$25-$30 AN HOUR"),
    ],
)
def test_a_title_with_more_than_the_job_is_warned_of(written: str, extra: str) -> None:
    found = only_problem(title=f'"{written}"', salary="{min: 65000, max: 65000, period: year}")
    assert (found.code, found.severity, found.hint) == ("title-extra", "warning", "write title: Organizer")
    assert repr(extra) in found.message


@pytest.mark.parametrize(
    "written",
    [
        "Organizer II (K–12)",
        "Director, R&D / A.I.",
        "Ouvrier·ère",
        "Referent*in",
        "Organizer (m/w/*)",
        "Fight for $15 Campaign Organizer",
        "Yahoo! Newsroom Organizer",
        "Organizer – Dockers' Local #12",
        "Closed-Captioning Editor",
        "Closed Shop Researcher",
        "Editor: Withdrawn Books",
        "C++ developer",
        "職員",
        "NPO 職員 募集担当",  # letters that have no capitals are not all in capitals
        "IT مستشار قانوني",
    ],
)
def test_a_title_may_have_any_sign_that_names_a_job(written: str) -> None:
    assert problems(title=f'"{written}"') == ()


@pytest.mark.parametrize(
    ("written", "fixed"),
    [
        ('"We\'re hiring: Organizer"', "Organizer"),
        ('"WE’RE HIRING: Organizer"', "Organizer"),
        ('"We are now hiring: Organizer"', "Organizer"),
        ("We‘re hiring an Organizer", "Organizer"),
        ('"JOB POSTING: Legislative & Political Organizer"', "Legislative & Political Organizer"),
        ('"Job Opening – Organizer"', "Organizer"),
        ('"Now Hiring! Organizer"', "Organizer"),
        ('"hiring: Organizer: North"', '"Organizer: North"'),
        ('"Position Available: We\'re hiring: Organizer"', "Organizer"),
    ],
)
def test_announcement_in_a_title_is_refused_with_the_title_that_is_left(written: str, fixed: str) -> None:
    found = only_problem(title=written)
    assert (found.code, found.hint) == ("title-prefix", f"write title: {fixed}")


@pytest.mark.parametrize(
    "title",
    [
        "Hiring Hall Dispatcher",
        "Hiring Manager",
        "Job Developer",
        "Opening Manager",
        "RN",
        "Political & Coalitions Director",
    ],
)
def test_title_that_only_looks_like_an_announcement_is_kept(title: str) -> None:
    assert read(title=title).title == title


def test_text_is_one_line_with_plain_spaces() -> None:
    assert read(title='"Field\u00a0 \\n Organizer\u200b"').title == "Field Organizer"


@pytest.mark.parametrize("written", ["2026-01-05", "'2026-01-05'", '"2026-01-05"'])
def test_date_is_read_with_and_without_quotes(written: str) -> None:
    assert read(added=written).added == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("01/26/2026", "write 2026-01-26"),
        ("26.1.2026", "write 2026-01-26"),
        ("2026/1/26", "write 2026-01-26"),
        ("2026-1-6", "write 2026-01-06"),
        ("Jan 26, 2026", "write 2026-01-26"),
        ("January 26th 2026", "write 2026-01-26"),
        ("26 January 2026", "write 2026-01-26"),
        ("3/3/2026", "write 2026-03-03"),
        ("Friday, March 20, 2026", "write 2026-03-20"),
        ("4/5/2026", "write the year first: 2026-04-05 or 2026-05-04"),
        ("4/5", "add the year: write YYYY-04-05 or YYYY-05-04"),
        ("4/5 staff", "write it as YYYY-MM-DD, such as 2026-01-26"),
        ("50/50", "write it as YYYY-MM-DD, such as 2026-01-26"),
        ("13/13/2026", "write it as YYYY-MM-DD, such as 2026-01-26"),
        ("soon", "write it as YYYY-MM-DD, such as 2026-01-26"),
        ("99999", "write it as YYYY-MM-DD, such as 2026-01-26"),
        ("Jan 15,2027", "write 2027-01-15"),
        ("Mud 26, 2026", "write it as YYYY-MM-DD, such as 2026-01-26"),
        ("Feb 30, 2026", "write it as YYYY-MM-DD, such as 2026-01-26"),
    ],
)
def test_date_of_another_form_is_refused_with_the_right_one(written: str, hint: str) -> None:
    found = only_problem(verified=f'"{written}"')
    assert (found.code, found.hint) == ("date-form", hint)


@pytest.mark.parametrize("written", ["2026-02-30", "2026-01-32", "2026-13-01", "2026-00-10", "0000-02-30"])
def test_date_that_no_calendar_has_is_refused(written: str) -> None:
    assert only_problem(verified=written).code == "no-such-date"


@pytest.mark.parametrize("written", ["1926-01-26", "2206-01-26", "9999-12-31"])
def test_date_of_another_century_is_refused(written: str) -> None:
    assert only_problem(deadline=written).code == "date-range"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-01-26", Deadline(date(2026, 1, 26), None, None, ZONE)),
        ('"2026-01-26 17:00"', Deadline(date(2026, 1, 26), time(17), None, ZONE)),
        ("2026-01-26 17:00:30", Deadline(date(2026, 1, 26), time(17, 0, 30), None, ZONE)),
        ("2026-01-26T17:00", Deadline(date(2026, 1, 26), time(17), None, ZONE)),
        ("2026-01-26T17:00Z", Deadline(date(2026, 1, 26), time(17), 0, ZONE)),
        ("2026-01-26T17:00:00-05:00", Deadline(date(2026, 1, 26), time(17), -18000, ZONE)),
        ("2026-01-26 17:00 +05:30", Deadline(date(2026, 1, 26), time(17), 19800, ZONE)),
        ("2026-01-26 17:00+14:00", Deadline(date(2026, 1, 26), time(17), 50400, ZONE)),
        ("2026-01-26 17:00-03:59", Deadline(date(2026, 1, 26), time(17), -14340, ZONE)),
        ("rolling", Rolling(ZONE)),
        ("Rolling", Rolling(ZONE)),
    ],
)
def test_deadline_of_each_form(written: str, expected: Deadline) -> None:
    assert read(deadline=written).deadline == expected


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("2026-01-26 5:00 PM", "write 2026-01-26 17:00"),
        ("2026-01-26 5pm", "write 2026-01-26 17:00"),
        ("2026-01-26 12:30 a.m.", "write 2026-01-26 00:30"),
        ("January 26, 2026 at 5:00 PM", "write 2026-01-26 17:00"),
        ("1/26/2026, 9:00", "write 2026-01-26 09:00 or, if it is after noon, 2026-01-26 21:00"),
        ("1/26/2026, 5.30 EST", f"write 2026-01-26 05:30 or, if it is after noon, 2026-01-26 17:30{EASTERN}"),
        ("1/26/2026, 09:00", "write 2026-01-26 09:00"),
        ("Jan 26, 2026T17:00", DATE_FORMS),
        (
            "2026-01-26 17:00 EST",
            "write 2026-01-26 17:00 and, on a line of its own, time_zone: America/New_York",
        ),
        ("Monday, January 26, 2026, 11:59 PM", "write 2026-01-26 23:59"),
        ("1/26/26", "write 2026-01-26"),
        ("26-Jan-2026", "write 2026-01-26"),
        (
            "2026-01-26 or until filled",
            "write 2026-01-26 if that is the last day; if not, write rolling, and put the date in the text",
        ),
        ("2026-01-26;", "write 2026-01-26"),
        ("1/2/26", "write the year first: 2026-01-02 or 2026-02-01"),
        ("January 26th.", "add the year: write YYYY-01-26"),
        ("2026-01-26 17:00 CEST", "write 2026-01-26 17:00 and name the zone in time_zone"),
        ("2026-01-26 17:00 UTC+1:00", "write 2026-01-26 17:00+01:00"),
        ("2026-01-26 17:00 -0500", "write 2026-01-26 17:00-05:00"),
        ("Jan 26, 2026 at 47:00", DATE_FORMS),
        ("Jan 26, 2026 at 24:00", DATE_FORMS),
        ("Jan 26, 2026 at 17:60", DATE_FORMS),
        ("January 26, 2026, 11:59 PM", "write 2026-01-26 23:59"),
        ("Jan 26, 2026, close of business", DATE_FORMS),
        ("2026-01-26 17:00 UTC-05", "write 2026-01-26 17:00-05:00"),
        ("2026-01-26 17:00 +5", "write 2026-01-26 17:00+05:00"),
        ("2026-01-26T17:00-5:00", "write 2026-01-26 17:00-05:00"),
        ("2026-01-26 17:00 UTC", "write 2026-01-26 17:00 and, on a line of its own, time_zone: UTC"),
        (
            "2026-01-26 17:00 America/Chicago",
            "write 2026-01-26 17:00 and, on a line of its own, time_zone: America/Chicago",
        ),
        ("Jan 26, 2026 at noon", "write 2026-01-26 12:00"),
        ("Open until filled", "write rolling"),
        ("4/5/2026.", "write the year first: 2026-04-05 or 2026-05-04"),
        (
            "4/5/2026 5pm",
            f"write the year first: 2026-04-05 or 2026-05-04{TIME_AFTER}",
        ),
        ("None", "delete the line; the page will then say that no deadline is stated"),
        ("soon", DATE_FORMS),
        (
            "Open until filled, apply by March 15, 2026",
            "write 2026-03-15 if that is the last day; if not, write rolling, and put the date in the text",
        ),
        (
            "2026-03-15 12am",
            "write 2026-03-15 if it lasts to the end of that day; 2026-03-15 00:00 is the start of that day",
        ),
        ("Friday, March 20, 2026", "write 2026-03-20"),
        ("Fri 20 Mar 2026", "write 2026-03-20"),
        ("2026-03-20 (Friday) 5pm", "write 2026-03-20 17:00"),
        ("Closing: March 20, 2026", "write 2026-03-20"),
        ("Apply by: March 20, 2026", "write 2026-03-20"),
        ("no later than March 20", "add the year: write YYYY-03-20"),
        ("before March 1, 2026", DATE_FORMS),
        ("Due 3/20", "add the year: write YYYY-03-20"),
        ("4/5", "add the year: write YYYY-04-05 or YYYY-05-04"),
        ("4/5 and 4/15", DATE_FORMS),
        ("by 4/5 staff", DATE_FORMS),
        ("4/5 for 3 staff", DATE_FORMS),
        ("24/7 hotline", DATE_FORMS),
        ("9/10 of staff, by March 20", DATE_FORMS),
        ("20/3/26", "write 2026-03-20"),
        ("5:00 PM (EST), March 20, 2026", f"write 2026-03-20 17:00{EASTERN}"),
        ("March 20, 2026 at 5 p.m. Pacific Time", f"write 2026-03-20 17:00{PACIFIC}"),
        ("2026-03-20 17:00 EST/EDT", f"write 2026-03-20 17:00{EASTERN}"),
        ("2026-03-20 17:00 local time", "write 2026-03-20 17:00 and name the zone in time_zone"),
        ("2026-03-20 17:00 at the union hall", DATE_FORMS),
        ("2026-03-20 at 5", DATE_FORMS),
        (
            "Midnight, March 20, 2026",
            "write 2026-03-20 if it lasts to the end of that day; 2026-03-20 00:00 is the start of that day",
        ),
        ("end of day March 20, 2026", "write 2026-03-20"),
        ("Posted March 1, 2026; closes March 20, 2026", DATE_FORMS),
        ("Priority given to those who apply by March 20, 2026", DATE_FORMS),
        ("Until the position is filled", "write rolling"),
        ("ASAP", "write rolling"),
        ("No deadline", "delete the line; the page will then say that no deadline is stated"),
        ("Friday, December 12", "add the year: write YYYY-12-12"),
        ("December 4th at 11:59 pm", "add the year: write YYYY-12-04 23:59"),
        ("Closes Thurs., Dec. 4th by 5 PM", "add the year: write YYYY-12-04 17:00"),
        ("4 December, noon", "add the year: write YYYY-12-04 12:00"),
        (
            "Dec 4 or until filled",
            "write YYYY-12-04 if that is the last day; if not, write rolling, and put the date in the text",
        ),
        ("December 12-15", DATE_FORMS),
        ("March 1 to 15", DATE_FORMS),
        ("2026-03-01 - 15", DATE_FORMS),
        ("2026-03-01/2026-03-15", DATE_FORMS),
        ("March 1 to 15, 2026", DATE_FORMS),
        ("1 May-15 June", DATE_FORMS),
        ("Feb 29, 2027", DATE_FORMS),
        ("2026 March 13", DATE_FORMS),
        ("2026-03-20 8am-5pm", DATE_FORMS),
        ("2026-03-20 1700", DATE_FORMS),
        ("2026-03-20 17h", "write 2026-03-20 17:00"),
        ("20.3.2026, 17 Uhr", "write 2026-03-20 17:00"),
        ("2026-03-31T23:59:59.000Z", "write 2026-03-31 23:59 and, on a line of its own, time_zone: UTC"),
        ("mardi 31 mars 2026", "write 2026-03-31"),
        ("APR\u0130L 5, 2026", DATE_FORMS),
        ("2026-03-20, 17:00 hrs", "write 2026-03-20 17:00"),
        ("10 marketing staff hired", DATE_FORMS),
        ("Friday at 5 pm", DATE_FORMS),
        ("Closed", "write the day that was the last to apply, or delete the line and add status: filled"),
        (
            "Thu Jan 14 2027 00:00:00 GMT-0600 (Central Standard Time)",
            "write 2027-01-14 if it lasts to the end of that day; 2027-01-14 00:00 is the start of that day",
        ),
        # A row of slashes is no time zone.
        (f"2026-01-26 5pm A{'/a' * 400}", "write 2026-01-26 17:00 and name the zone in time_zone"),
    ],
)
def test_deadline_of_another_form_is_refused_with_the_right_one(written: str, hint: str) -> None:
    found = only_problem(deadline=f'"{written}"')
    assert (found.code, found.hint) == ("deadline-form", hint)


@pytest.mark.parametrize(
    "written",
    [
        "2026-01-26 24:00",
        "2026-01-26 47:00",
        "2026-01-26 17:60",
        "2026-01-26 17:00+14:01",
        "2026-01-26 17:00-05:60",
        "2026-01-26 17:00-05:99",
    ],
)
def test_time_that_no_clock_has_is_refused(written: str) -> None:
    assert only_problem(deadline=f'"{written}"').code == "no-such-time"


@pytest.mark.parametrize(
    ("deadline", "zone", "found"),
    [
        ("2026-01-26T17:00-05:00", "America/Chicago", ["time-zone-unused"]),
        ("2026-07-26T17:00-05:00", "America/New_York", ["time-zone-unused"]),
        ("2026-01-26T17:00-05:00", "America/New_York", []),
        ("2026-01-26", "America/Chicago", []),
        ("rolling", "America/Chicago", ["time-zone-unused"]),
    ],
)
def test_time_zone_that_counts_for_nothing_is_warned_about(
    deadline: str, zone: str, found: list[str]
) -> None:
    assert codes(deadline=deadline, time_zone=zone) == found


@pytest.mark.parametrize(
    ("location", "deadline", "more", "found"),
    [
        ("Dallas, TX", "2026-01-26 17:00", {}, ["time-zone-assumed"]),
        ("Texas", "2026-01-26 17:00", {}, ["time-zone-assumed"]),
        ("Boise, ID", "2026-01-26 17:00", {}, ["time-zone-assumed"]),
        ("San Juan, PR", "2026-01-26 17:00", {}, ["time-zone-assumed"]),
        ("San Juan, PR", "2026-07-06 17:00", {}, []),  # whose clocks New York has in summer
        ("Halifax, NS, Canada", "2026-01-26 17:00", {}, ["time-zone-assumed"]),
        ("Toronto, ON, Canada", "2026-01-26 17:00", {}, []),
        ("Cork, Ireland", "2026-01-26 17:00", {}, ["time-zone-assumed"]),
        ("Lima, Peru", "2026-01-26 17:00", {}, []),
        ("Gary, IN", "2026-01-26 17:00", {}, []),  # a state with both
        ('["Dallas, TX", "Hartford, CT"]', "2026-01-26 17:00", {}, []),
        ("Dallas, TX", "2026-01-26", {}, []),
        ("Dallas, TX", "rolling", {}, []),
        ("Dallas, TX", "2026-01-26 00:00", {}, ["deadline-midnight"]),
        ("Dallas, TX", "2026-01-26 17:00-06:00", {}, []),
        ("Dallas, TX", "2026-01-26 17:00", {"time_zone": "America/Chicago"}, []),
        ("Dallas, TX", "2026-01-26 17:00", {"time_zone": "America/New_York"}, []),
    ],
)
def test_a_time_that_is_taken_by_other_clocks_than_those_of_the_job_is_warned_about(
    location: str, deadline: str, more: dict[str, str], found: list[str]
) -> None:
    pay = "{min: 60000, max: 70000, currency: USD, period: year}"
    assert codes(location=location, deadline=deadline, salary=pay, **more) == found


@pytest.mark.parametrize(
    ("country", "region", "first"),
    [
        ("US", "AZ", "America/Phoenix"),
        ("US", "ID", "America/Boise"),
        ("US", "OR", "America/Los_Angeles"),
        ("CA", "QC", "America/Toronto"),
        ("CA", "BC", "America/Vancouver"),
    ],
)
def test_of_the_clocks_of_a_region_those_of_most_people_are_named_first(
    country: str, region: str, first: str
) -> None:
    assert zones_in(Place(None, region, None, country))[0] == first


@pytest.mark.parametrize(
    ("location", "home"),
    [("Canada", "America/Vancouver"), ("Vladivostok, Primorye, Russia", "Asia/Vladivostok")],
)
def test_the_site_may_have_any_of_the_clocks_of_a_large_country(location: str, home: str) -> None:
    settings = SETTINGS._replace(time_zone=home)
    assert not read_text(
        text_of(location=location, deadline="2026-01-26 17:00"), settings=settings
    ).diagnostics


@pytest.mark.parametrize(
    ("location", "message", "hint"),
    [
        (
            "Logan, UT",
            "17:00 is taken by the clocks of America/New_York; those in Utah differ",
            "add time_zone: America/Denver, or time_zone: America/New_York if the employer means that",
        ),
        (
            "Cork, Ireland",
            "17:00 is taken by the clocks of America/New_York; those in Cork, Ireland differ",
            "add time_zone: Europe/Dublin, or time_zone: America/New_York if the employer means that",
        ),
    ],
)
def test_the_message_about_clocks_names_the_zones_of_the_place(
    location: str, message: str, hint: str
) -> None:
    problem = only_problem(location=location, deadline="2026-01-26 17:00")
    assert (problem.message, problem.hint) == (message, hint)


def test_posting_seen_open_after_its_last_day_is_warned_about() -> None:
    assert codes(verify_by="2026-02-01", verified="2026-02-02") == ["date-late"]
    assert codes(verify_by="2026-02-01", verified="2026-02-01") == []
    assert codes(verify_by="2026-02-01", verified="2026-02-02", status="filled") == []
    assert codes(deadline="2026-02-01", verified="2026-02-02") == ["date-late"]
    assert codes(deadline="2026-02-01", verified="2026-02-02", status="filled") == []
    assert codes(deadline="2026-02-01", verified="2026-02-01") == []


def test_posting_seen_open_before_it_was_posted_is_warned_about() -> None:
    assert codes(posted="2026-01-05", verified="2025-01-06") == ["date-late"]
    assert codes(posted=None, added="2026-01-05", verified="2025-01-06") == ["date-late"]
    assert codes(posted="2026-01-02", added="2026-01-05", verified="2026-01-02") == []


def test_an_address_may_end_in_a_word_and_a_full_stop() -> None:
    assert codes(apply="https://example.org/Acme_Inc.") == []


def test_an_employer_written_like_a_key_that_is_not_in_the_register_is_warned_about() -> None:
    assert codes(organization="old-key-of-12") == ["organization-unknown"]
    assert codes(organization="e-flux Journal") == codes(organization="350.org") == []


def test_time_zone_of_the_posting_decides_when_its_deadline_is() -> None:
    posting = read(deadline='"2026-01-26 17:00"', time_zone="America/Los_Angeles")
    assert posting.closes_at == datetime(2026, 1, 27, 1, tzinfo=UTC)
    assert posting.closes_because is ClosedReason.DEADLINE


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("EST", "America/New_York"),
        ("Pacific Time", "America/Los_Angeles"),
        ("America/Chicgo", "America/Chicago"),
        ("Berlin", "Europe/Berlin"),
        ("Mexico City", "America/Mexico_City"),
        ("America/S\u00e3o Paulo", "America/Sao_Paulo"),
        ("Tokyo time", "Asia/Tokyo"),
        ("Calcutta", "Asia/Calcutta"),
        ("Eastern Standard Time", "America/New_York"),
        ("pacific daylight time", "America/Los_Angeles"),
        ("CST/CDT", "America/Chicago"),
        ("Pacific Standard", "America/Los_Angeles"),
        ("Alaska Time", "America/Anchorage"),
        ("Hawaii-Aleutian Standard Time", "Pacific/Honolulu"),
    ],
)
def test_time_zone_that_is_none_is_refused_with_the_likely_one(written: str, known: str) -> None:
    found = only_problem(time_zone=written)
    assert (found.code, found.hint) == ("time-zone", f"did you mean {known}?")


def found_at(country: str, zone: str, **fields: str) -> Diagnostic:
    """Return what is wrong with a posting on the site of another country."""
    site = SETTINGS._replace(
        default_country=country, time_zone=zone, language={"MX": "es"}.get(country, "en")
    )
    (found,) = read_text(text_of(location="Hartford, CT, USA", **fields), settings=site).diagnostics
    return found


@pytest.mark.parametrize(
    ("country", "zone", "written", "hint"),
    [
        ("DE", "Europe/Berlin", "CET", "did you mean Europe/Berlin?"),
        ("GB", "Europe/London", "BST", "did you mean Europe/London?"),
        ("CA", "America/Toronto", "Eastern Time", "did you mean America/Toronto?"),
        ("CA", "America/Toronto", "Eastern Daylight Time", "did you mean America/Toronto?"),
        ("CA", "America/Toronto", "PST", "did you mean America/Vancouver?"),
        ("CA", "America/Toronto", "CST", "did you mean America/Winnipeg or America/Regina?"),
        ("MX", "America/Mexico_City", "CST", "did you mean America/Mexico_City?"),
        ("US", "America/Chicago", "AST", "did you mean America/Puerto_Rico?"),
        ("US", "America/Chicago", "Atlantic Time", "did you mean America/Puerto_Rico?"),
        ("CA", "America/Toronto", "AST", "did you mean America/Halifax or America/Blanc-Sablon?"),
        ("AU", "Australia/Perth", "AEST", "did you mean Australia/Hobart or Australia/Brisbane?"),
        ("DE", "Europe/Berlin", "local", "write it as Area/City, such as Europe/Berlin"),
        ("CA", "America/Toronto", "local", "write it as Area/City, such as America/Toronto"),
    ],
)
def test_an_abbreviation_is_a_zone_of_the_sites_country_first(
    country: str, zone: str, written: str, hint: str
) -> None:
    found = found_at(country, zone, deadline='"2026-02-01 17:00"', time_zone=written)
    assert (found.code, found.hint) == ("time-zone", hint)


@pytest.mark.parametrize(
    ("written", "zone"),
    [
        ("CET", " and, on a line of its own, time_zone: Europe/Berlin"),
        ("EST", " and, on a line of its own, time_zone: America/New_York"),
        ("BST", " and name the zone in time_zone"),
    ],
)
def test_a_zone_beside_a_deadline_is_that_of_the_sites_country_first(written: str, zone: str) -> None:
    found = found_at("DE", "Europe/Berlin", deadline=f"26.1.2026 17:00 {written}")
    assert found.hint == f"write 2026-01-26 17:00{zone}"


@pytest.mark.parametrize("written", ["../../etc/passwd", "America", "localtime", "Jamaica", "qqqqqq"])
def test_time_zone_cannot_be_a_path_or_half_a_name(written: str) -> None:
    found = only_problem(time_zone=written)
    assert found.code == "time-zone"
    assert f"did you mean {written}?" != found.hint


def test_undated_posting_closes_by_the_newest_day_it_states() -> None:
    posting = read(added="2026-01-05", posted="2026-01-01", verified="2026-01-10")
    assert posting.closes_at == datetime(2026, 3, 12, 4, tzinfo=UTC)
    assert posting.closes_because is ClosedReason.UNCONFIRMED


def test_added_may_be_left_out_where_posted_stands() -> None:
    posting = read(added=None, posted="2026-01-01")
    assert (posting.added, posting.is_added_stated) == (date(2026, 1, 1), False)
    assert read(posted="2026-01-01").is_added_stated
    assert codes(added=None) == ["missing-field"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "{min: 51640, max: 79640, period: year}",
            Salary(Decimal(51640), Decimal(79640), PayPeriod.YEAR, "USD", None),
        ),
        (
            '{min: "51,640", max: "79,640.00", period: year, currency: CAD}',
            Salary(Decimal(51640), Decimal(79640), PayPeriod.YEAR, "CAD", None),
        ),
        (
            "{min: 24.5, max: 24.50, period: hour}",
            Salary(Decimal("24.50"), Decimal("24.50"), PayPeriod.HOUR, "USD", None),
        ),
        ("{note: By experience}", Salary(None, None, PayPeriod.YEAR, "USD", "By experience")),
        ("{min: , max: , note: By experience}", Salary(None, None, PayPeriod.YEAR, "USD", "By experience")),
    ],
)
def test_salary_of_each_form(written: str, expected: Salary) -> None:
    salary = read(salary=written).salary
    assert salary == expected
    assert salary is not None
    assert str(salary.minimum) == str(expected.minimum)


@pytest.mark.parametrize(("end", "other"), [("min", "max"), ("max", "min")])
def test_one_figure_stands_for_both_ends_and_is_warned_about(end: str, other: str) -> None:
    found = only_problem(salary=f"{{{end}: 25, period: hour}}")
    assert (found.severity, found.code) == (Severity.WARNING, "salary-one-end")
    assert found.hint is not None
    assert other in found.hint
    assert read(salary=f"{{{end}: 25, period: hour}}").salary == Salary(
        Decimal(25), Decimal(25), PayPeriod.HOUR, "USD", None
    )


THERE = "{} is there already: write both after it, or delete one"
CLOCKS = (
    "hours go from 00 to 23, minutes from 00 to 59, and offsets from UTC from -14:00 to +14:00; "
    "for the end of a day, write the date alone"
)
IN_QUOTES = "if you mean it as text, put all of it in quotes"
LEAVE_OUT = "leave it out; a field is only for what is known"
BELOW_APPLY = "put it below apply:, indented by two spaces"
BOTH_BELOW = f"{BELOW_APPLY}, and what is after apply: as well, as url, email or instructions"
ARRANGEMENTS = "write one of: on-site, hybrid, remote, field"
NO_ADDRESS = (
    'leave it out; if there is no other way to apply, write instructions: "Ask the employer." instead'
)
ONE_EMAIL = f"write one address, such as jobs@example.org, {SOME_WAY.removeprefix('write the address ')}"
ONLY = "write only the address, with %20 for a space that is part of it"
OR_MORE = (
    f"{ONLY}; if there is more to say, write it as in "
    'apply: {url: https://example.org/apply, instructions: "Ask for Ann."}'
)
FORMER_NAME = "write only the former name, as in aliases: [old-name]"
OFFSET = "write it as Area/City, such as America/New_York, or put the offset after the deadline's time"
THREE_LETTERS = "write its three-letter code, such as USD for the US Dollar"
COUNTRY_FORMS = "write its two-letter code, such as US, or its English name"
PLACE_FORMS = "write it as City, Region, such as Hartford, CT; City, Region, Country; or Region, Country"
ONE_OR_SEVERAL = (
    "write one place as City, Region, without a street, "
    'and several as a list, such as ["Hartford, CT", "New Haven, CT"]'
)
AS_REMOTE = "leave it out, and put remote in arrangement; remote_from is for where people may live"
FROM = "leave it out, put remote in arrangement, and write remote_from:"
BESIDE = "put remote, hybrid, on-site or field in arrangement"
IF_ANY = "write the place alone, if there is one, and put remote or hybrid in arrangement"
AS_HYBRID_PLACE = "write the place alone, and put hybrid in arrangement"
ALONE = "write the place alone"
PLACE_PARTS = "write its parts, such as {city: Hartford, region: CT, postal_code: 06106}"
SEEN = "delete it; if the line belongs to the field above, start it with two ordinary spaces"
DIGITS = "write only digits, such as 51640 or 24.50; put words in note, and a currency in currency"


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("$80,000", "write 80000"),
        ("80k", "write 80000"),
        ("80.5K", "write 80500"),
        ("80000.00 USD", "write 80000; put the currency in currency: USD"),
        ("€24.50", "write 24.50; put the currency in currency: EUR"),
        ("80.000", DIGITS),
        ("80.000,00", "write 80000"),
        ("2 350,50", "write 2350.50"),
        ("70,00", DIGITS),
        ("7,5000", DIGITS),
        ("70'000", "write 70000"),
        ("70k-90", DIGITS),
        ("$70-90k", "write min: 70000 and, on a line of its own, max: 90000"),
        ("1.2M", DIGITS),
        ("80,000-90k", "write min: 80000 and, on a line of its own, max: 90000"),
        ("50-60k", "write min: 50000 and, on a line of its own, max: 60000"),
        ("$25/hr", "write 25; put the period in period: hour"),
        ("1e5", DIGITS),
        ("62_000", DIGITS),
        ("80 000", "write 80000"),
        ("80,000-90,000", "write min: 80000 and, on a line of its own, max: 90000"),
        ("-5", DIGITS),
        ("DOE", DIGITS),
        ("TBD", LEAVE_OUT),
        ("C$60,000", DIGITS),
        ("0", "write open if only the other end is stated, or leave salary out if none is"),
        ("99999999999", None),
    ],
)
def test_figure_of_another_form_is_refused_with_the_right_one(written: str, hint: str | None) -> None:
    found = only_problem(salary=f'{{min: "{written}", period: year}}')
    assert (found.code, found.hint) == ("salary-amount", hint)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("80,000-90,000", "write salary: {min: 80000, max: 90000, period: year}"),
        (
            "$80,000.00 - $90,000.00 per year",
            "write salary: {min: 80000, max: 90000, period: year}",
        ),
        ("$25/hr", "write salary: {min: 25, max: 25, period: hour}"),
        ("CAD 4,000 a month", "write salary: {min: 4000, max: 4000, period: month, currency: CAD}"),
        ("$50-60k", "write salary: {min: 50000, max: 60000, period: year}"),
        ("£12.21ph", "write salary: {min: 12.21, max: 12.21, period: hour, currency: GBP}"),
        ("USD 80k to 90k per annum", "write salary: {min: 80000, max: 90000, period: year, currency: USD}"),
        ("€4.000,50 a month", "write salary: {min: 4000.50, max: 4000.50, period: month, currency: EUR}"),
        ("€12,50 an hour", "write salary: {min: 12.50, max: 12.50, period: hour, currency: EUR}"),
        ("€2350,50 a month", "write salary: {min: 2350.50, max: 2350.50, period: month, currency: EUR}"),
        ("$62,5k a year", "write salary: {min: 62500, max: 62500, period: year}"),
        ("60000 Per Year", "write salary: {min: 60000, max: 60000, period: year}"),
        ("£30,000 pa", "write salary: {min: 30000, max: 30000, period: year, currency: GBP}"),
        ("£30,000 p.a.", "write salary: {min: 30000, max: 30000, period: year, currency: GBP}"),
        ("50k and up", "write salary: {min: 50000, max: open, period: year}"),
        (
            "de 45 000 à 52 000 $ par an",
            "write salary: {min: 45000, max: 52000, period: year}",
        ),
        ("up to 70000", "write salary: {min: open, max: 70000, period: year}"),
        ("From $60,000", "write salary: {min: 60000, max: open, period: year}"),
        ("$50,000+", "write salary: {min: 50000, max: open, period: year}"),
        ("$20+/hr, DOE", "write salary: {min: 20, max: open, period: hour, note: DOE}"),
        ("hasta $200 por hora", "write salary: {min: open, max: 200, period: hour}"),
        ("15,000 a 20,000 al mes", "write salary: {min: 15000, max: 20000, period: month}"),
        ("$900 a la semana", "write salary: {min: 900, max: 900, period: week}"),
        ("$52,000 anuales", "write salary: {min: 52000, max: 52000, period: year}"),
        ("52,000 al año", "write salary: {min: 52000, max: 52000, period: year}"),
        (
            "45 000 $ à 52 000 $ par année",
            "write salary: {min: 45000, max: 52000, period: year}",
        ),
        ("28,50 $ de l’heure", "write salary: {min: 28.50, max: 28.50, period: hour}"),
        ("28,50 $/h", "write salary: {min: 28.50, max: 28.50, period: hour}"),
        ("À partir de 25 $ l'heure", "write salary: {min: 25, max: open, period: hour}"),
        ("jusqu’à 60 000 €", "write salary: {min: open, max: 60000, period: year, currency: EUR}"),
        (
            "800 € par semaine, selon l’expérience",
            "write salary: {min: 800, max: 800, period: week, currency: EUR, note: selon l’expérience}",
        ),
        ("Salaire concurrentiel", "delete the line; the page will then say that no pay is stated"),
        ("non précisé", "delete the line; the page will then say that no pay is stated"),
        ("Desde 1.500,00 € a month", "write salary: {min: 1500, max: open, period: month, currency: EUR}"),
        ("By agreement", 'write salary: {note: "By agreement"}'),
        ("Competitive", "delete the line; the page will then say that no pay is stated"),
        ("N/A", "delete the line; the page will then say that no pay is stated"),
        ("$0", "delete the line; the page will then say that no pay is stated"),
        (
            "$8.50",
            "write salary: {min: 8.50, max: 8.50, period: hour}",
        ),
        (
            "850",
            "write salary: {min: 850, max: 850, period: hour or day or week or month}",
        ),
        (
            "3200 €",
            "write salary: {min: 3200, max: 3200, period: year or day or week or month, currency: EUR}",
        ),
        ("50000 DOE", "write salary: {min: 50000, max: 50000, period: year, note: DOE}"),
        (
            "$60,000–70,000 DOE.",
            "write salary: {min: 60000, max: 70000, period: year, note: DOE}",
        ),
        (
            "$60,000 - $70,000 a year, plus benefits",
            "write salary: {min: 60000, max: 70000, period: year, note: plus benefits}",
        ),
    ],
)
def test_salary_as_one_text_is_refused_with_the_mapping_filled_in(written: str, hint: str) -> None:
    found = only_problem(salary=f'"{written}"')
    assert (found.code, found.hint) == ("salary-form", hint)


@pytest.mark.parametrize(
    ("written", "ends"),
    [
        ("{min: 44000, max: open, period: year}", ("44000", None)),
        ("{min: Open, max: 70000, period: year}", (None, "70000")),
        ("{max: open, note: By the contract}", (None, None)),
    ],
)
def test_an_end_that_the_employer_leaves_open_is_no_figure(
    written: str, ends: tuple[str | None, ...]
) -> None:
    read = read_text(text_of(salary=written))
    assert read.value is not None
    assert read.diagnostics == ()
    assert read.value.salary is not None
    found = read.value.salary.minimum, read.value.salary.maximum
    assert found == tuple(end and Decimal(end) for end in ends)


@pytest.mark.parametrize("written", ["{max: open, period: year}", "{min: open, max: open, period: year}"])
def test_pay_that_is_open_at_both_ends_is_none(written: str) -> None:
    assert only_problem(salary=written).code == "salary-empty"


@pytest.mark.parametrize(
    ("home", "written", "currency"),
    [
        ("CAD", "$62,450 - $78,060 per annum", "CAD"), ("CAD", "US$62,450 per annum", "USD"),
        ("CAD", "$62,450 USD per annum", "USD"), ("MXN", "$15,000 a month", "MXN"),
        ("HKD", "$15,000 a month", "HKD"), ("XCD", "$15,000 a month", "XCD"), ("EUR", "$30/hour", "USD"),
        ("USD", "NZ$30/hour", "NZD"), ("USD", "CA $62,000 a year", "CAD"), ("USD", "R$5,000 a month", "BRL"),
        ("SEK", "35 000 kr per month", "SEK"), ("DKK", "kr. 35.000,00 per month", "DKK"),
        ("CNY", "\u00a58,000 a month", "CNY"), ("USD", "\u00a58,000 a month", "JPY"),
        ("GIP", "\u00a330,000 a year", "GIP"), ("NIO", "C$9,000 a month", "NIO"),
        ("CAD", "C$62,000 - C$70,000 a year", "CAD"), ("SGD", "S$5,000 a month", "SGD"),
        ("USD", "CDN$30/hour", "CAD"),
    ],
)  # fmt: skip
def test_a_sign_of_many_currencies_is_the_sites_own_if_that_has_it(
    home: str, written: str, currency: str
) -> None:
    settings = SETTINGS._replace(default_currency=home)
    (found,) = read_text(text_of(salary=f'"{written}"'), settings=settings).diagnostics
    assert "{min: " in str(found.hint)
    assert re.findall("currency: (...)", str(found.hint)) == ([] if currency == home else [currency])


@pytest.mark.parametrize(
    "written",
    [
        "35 000 kr per month", "$60,000 plus 401(k)", "40 hours a week at $20", "35 hours, 60000 to 70000",
        "$1,500/month for 3 months",
        "1,000 a quincena", "de 45 000 $ par an", "de 45 000 $ a 52 000 $ par an", "2 500 $ brut par mois",
        "2 x 500 per week", "from $60,000 to $70,000+", "up to $60,000 or more",
        "up to $60,000+", "from 60 to 70,000",
        "70,00 a year", "$70,00 - $90,00", "70.000 a year", "1.2M", "70k-90",
        "70000-60000", "$5,000 stipend", "1.5k-2m", "$60-70,000 a year",
        "XYZ 4,000 a month",
    ],
)  # fmt: skip
def test_words_about_pay_are_kept_and_their_figures_not_guessed_at(written: str) -> None:
    kept = f'write salary: {{note: "{written}"}}, or its figures as min, max, period and currency'
    assert only_problem(salary=f'"{written}"').hint == kept


@pytest.mark.parametrize(
    ("home", "written"),
    [
        ("USD", "C$62,000 a year"), ("COP", "C$62,000 a year"), ("EUR", "C$62,000 a year"),
        ("CAD", "C$30 - US$40 an hour"),
        ("USD", "Z$30/hour"), ("USD", "COL$9,000,000 a month"), ("USD", "\u20ac50,000 USD"),
        ("USD", "US$30 - CA$40 an hour"), ("USD", "$30 - \u00a340 an hour"), ("USD", "USD$30 CAD"),
        ("USD", "\u00a330,000 pro rata"), ("USD", "$30/hour EUR"),
    ],
)  # fmt: skip
def test_a_sign_that_may_be_of_another_currency_is_not_guessed_at(home: str, written: str) -> None:
    settings = SETTINGS._replace(default_currency=home)
    (found,) = read_text(text_of(salary=f'"{written}"'), settings=settings).diagnostics
    kept = f'write salary: {{note: "{written}"}}, or its figures as min, max, period and currency'
    assert found.hint == kept


@pytest.mark.parametrize(
    ("field", "written", "hints"),
    [
        (
            "salary", '{range: "$25 - $30", unit: hourly}',
            {
                "did you mean min?", "write min: 25 and, on a line of its own, max: 30",
                "did you mean period?", "did you mean hour?",
            },
        ),
        ("salary", "{amount: 60000, frequency: year}", {"did you mean min?", "did you mean period?"}),
        ("apply", "{email: jobs@example.org, fax: 555-0100}", {"did you mean instructions?"}),
        ("apply", "{url: https://example.org/a, phone: 555-0100}", {"did you mean instructions?"}),
        ("apply", "{link: https://example.org/a, name: Jo}", {"did you mean url?", "did you mean contact?"}),
        ("location", '{town: Hartford, state: CT, zip: "061"}', {
            "did you mean city?", "did you mean region?", "did you mean postal_code?", 'write "00061"',
        }),
    ],
)  # fmt: skip
def test_a_part_under_another_name_is_read_all_the_same(field: str, written: str, hints: set[str]) -> None:
    assert {each.hint for each in problems(**{field: written})} == hints


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ('{min: "$25+/hr"}', "write min: 25 and, on a line of its own, max: open"),
        ("{max: up to 60k, period: year}", "write min: open and, on a line of its own, max: 60000"),
        (
            "{min: from 60000 to 70000, period: year}",
            DIGITS,
        ),
    ],
)
def test_a_figure_with_words_for_an_open_end_is_parted(written: str, hint: str) -> None:
    assert only_problem(salary=written).hint == hint


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("{min: 25, max: 30, period: hourly}", "did you mean hour?"),
        ("{min: 1900, max: 2100, period: biweekly}", "halve the figures and write week"),
        ("{min: 1900, max: 2100, period: Bi weekly}", "halve the figures and write week"),
        ("{min: 1900, max: 2100, period: Semi-monthly}", "double the figures and write month"),
        ("{min: 25, max: 30}", "add period: hour or day"),
        ("{max: 25}", "add period: hour or day"),
        ("{min: 5200, max: 6100}", "add period: year or day or week or month"),
        ("{min: 25, max: 30, period: per hour}", "did you mean hour?"),
        ("{min: 25, max: 30, period: TBD}", "write one of: hour, day, week, month, year"),
        ("{bonus: 25-30, period: hour}", "the fields in salary are: min, max, period, currency, note"),
        ("{from: 25, max: 30, period: hour}", "did you mean min?"),
        ("{min: 800, max: 900, period: a week}", "write one of: hour, day, week, month, year"),
        ("{min: 80000, max: 90000, period: an}", "did you mean year?"),
    ],
)
def test_period_is_needed_and_closed(written: str, hint: str) -> None:
    assert only_problem(salary=written).hint == hint


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("usd $", "did you mean USD?"), ("$", THREE_LETTERS), ("€", "did you mean EUR?"),
        ("XAU", THREE_LETTERS),
        ("xyz", THREE_LETTERS), ("money", THREE_LETTERS),
        ("CDN", "did you mean CAD?"), ("C$", THREE_LETTERS),
    ],
)  # fmt: skip
def test_currency_is_one_that_people_are_paid_in(written: str, hint: str) -> None:
    found = only_problem(salary=f"{{min: 25, max: 30, period: hour, currency: {written}}}")
    assert (found.code, found.hint) == ("currency", hint)


FIGURES = "min: 51640, max: 79640, period: year"


@pytest.mark.parametrize(
    ("fields", "usual"),
    [
        ({"location": "Toronto, ON"}, "CAD"),
        ({"location": '["Toronto, ON", "Montreal, Quebec, Canada"]'}, "CAD"),
        ({"location": "Lyon, France", "salary": "{max: 51640, min: 51640, period: year, note: x}"}, "EUR"),
        ({"location": None, "arrangement": "remote", "remote_from": "[MX]"}, "MXN"),
    ],
)
def test_pay_abroad_without_its_currency_is_warned_about(fields: dict[str, str | None], usual: str) -> None:
    found = only_problem(**{"salary": f"{{{FIGURES}}}"} | fields)
    assert (found.code, found.severity) == ("currency-assumed", "warning")
    assert found.hint == f"add currency: {usual} to salary, or currency: USD if that is right"


@pytest.mark.parametrize(
    "fields",
    [
        {"salary": f"{{{FIGURES}, currency: USD}}"},
        {"salary": f"{{{FIGURES}, currency: CAD}}"},
        {"salary": "{note: By scale}"},
        {"location": '["Toronto, ON", "Hartford, CT"]'},
        {"location": "Panama City, Panama"},
        {"location": "Puerto Rico"},
        {"location": "Antarctica"},
    ],
)
def test_pay_abroad_is_not_warned_about_where_its_currency_is_known(fields: dict[str, str | None]) -> None:
    assert codes(**{"salary": f"{{{FIGURES}}}", "location": "Toronto, ON"} | fields) == []


def test_pay_at_home_is_in_the_currency_of_the_site_whichever_that_is() -> None:
    text = text_of(salary=f"{{{FIGURES}}}")
    assert read_text(text, settings=SETTINGS._replace(default_currency="EUR")).diagnostics == ()


def test_all_that_is_wrong_with_a_salary_is_said_at_once() -> None:
    assert codes(salary="{min: 90000, max: 80000}") == ["salary-period", "salary-range"]


def test_figures_that_cannot_be_for_one_period_are_not_put_the_other_way_round() -> None:
    hint = "give both figures for the same period, with all their digits"
    assert only_problem(salary="{min: 50000, max: 60, period: year}").hint == hint


@pytest.mark.parametrize(
    ("figure", "hint"),
    [
        ("70,000", "write salary: {min: 70000, max: 90000, period: year}"),
        ("70,00", "use figures without commas, such as 51640 or 24.50"),
    ],
)
def test_a_comma_in_a_figure_in_braces_is_told_once(figure: str, hint: str) -> None:
    found = only_problem(salary=f"{{min: {figure}, max: 90000, period: year}}")
    assert (found.code, found.span.column, found.hint) == ("yaml-syntax", 15, hint)


@pytest.mark.parametrize(
    ("low", "high", "period", "hint"),
    [
        *[
            (70000, 90000, period, "did you mean period: year?")
            for period in ("hour", "day", "week", "month")
        ],
        *[(25, 30, period, "did you mean period: hour?") for period in ("week", "month", "year")],
        ("7.50", 9, "day", "did you mean period: hour?"),
        ("0.25", "0.30", "hour", "check the figures"),
        (70_000_000, 90_000_000, "year", "check the figures"),
    ],
)
def test_pay_of_an_unusual_size_is_warned_about(low: object, high: object, period: str, hint: str) -> None:
    found = only_problem(salary=f"{{min: {low}, max: {high}, period: {period}}}")
    assert (found.severity, found.code, found.hint) == ("warning", "salary-size", hint)


@pytest.mark.parametrize(
    "usual", ["100, max: 900, period: day", "400, max: 3000, period: week", "100, max: 800, period: month"]
)
def test_pay_of_a_usual_size_is_not(usual: str) -> None:
    assert codes(salary=f"{{min: {usual}}}") == []
    assert codes(salary="{min: 80000, max: 90000, period: hour, currency: JPY}") == []


CT = Place(None, "CT", None, "US")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Hartford, CT", Place("Hartford", "CT", None, "US")),
        ("hartford, connecticut", Place("hartford", "CT", None, "US")),
        ("Connecticut", CT),
        ("CT", CT),
        ("Connecticut, US", CT),
        ("CT, United States of America", CT),
        ("Connecticut, U.S.A.", CT),
        ("Washington, DC, US", Place("Washington", "DC", None, "US")),
        ("Washington, D.C.", Place("Washington", "DC", None, "US")),
        ("Toronto, Ontario, Canada", Place("Toronto", "ON", None, "CA")),
        ("Toronto, ON", Place("Toronto", "ON", None, "CA")),
        ("Ontario", Place(None, "ON", None, "CA")),
        ("Ontario, CAN", Place(None, "ON", None, "CA")),
        ("United States", Place(None, None, None, "US")),
        ("USA", Place(None, None, None, "US")),
        ("Georgia", Place(None, "GA", None, "US")),
        ("Truth or Consequences, NM", Place("Truth or Consequences", "NM", None, "US")),
        ("Brighton & Hove, England, UK", Place("Brighton & Hove", "England", None, "GB")),
        ("Bavaria, Germany", Place(None, "Bavaria", None, "DE")),
        ("Munich, Bavaria, Germany", Place("Munich", "Bavaria", None, "DE")),
        (
            "{city: Rocky Hill, region: Connecticut, postal_code: 06067}",
            Place("Rocky Hill", "CT", "06067", "US"),
        ),
        (
            "{city: Toronto, region: ontario, postal_code: M5V 2T6, country: Canada}",
            Place("Toronto", "ON", "M5V 2T6", "CA"),
        ),
        ("{country: us}", Place(None, None, None, "US")),
        ("{region: CT}", CT),
        ("{city: Berlin, region: Berlin, country: DEU}", Place("Berlin", "Berlin", None, "DE")),
    ],
)
def test_place_of_each_form(written: str, expected: Place) -> None:
    assert read(location=written).places == (expected,)


def test_places_may_be_a_list_and_each_counts_once() -> None:
    assert read(location='["Hartford, CT", Connecticut, "Hartford, Connecticut", ""]').places == (
        Place("Hartford", "CT", None, "US"),
        CT,
    )


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("Hartford", PLACE_FORMS),
        ("Rocky Hill", PLACE_FORMS),
        ("Hartford (HQ)", PLACE_FORMS),
        ("Conecticut", "did you mean Connecticut?"),
        ("Hartford, Conecticut", "did you mean Hartford, Connecticut?"),
        ("Hartford, Qqqq", PLACE_FORMS),
        ("Hartford, CT, Untied States", "did you mean Hartford, CT, United States?"),
        ("Hartford, CT, Qqqq", PLACE_FORMS),
        ("Toronto, Canada", "if it is a city, write Toronto, Region, Canada"),
        ("Ontaro, Canada", "did you mean Ontario?"),
        (
            "St. John's, NL",
            "write St. John's, Newfoundland and Labrador, Canada, or City, Region, Netherlands",
        ),
        ("Washington DC", "write Washington, DC"),
        ("Hartford CT", "write Hartford, CT"),
        ("Hartford CT, USA", "write Hartford, CT, USA"),
        ("Vancouver BC, Canada", "write Vancouver, BC, Canada"),
        ("Remote", AS_REMOTE),
        ("Remoto", AS_REMOTE),
        ("A distancia", AS_REMOTE),
        ("Telework", AS_REMOTE),
        ("Online", AS_REMOTE),
        ("Télétravail", AS_REMOTE),
        ("Travail à distance", AS_REMOTE),
        ("Télétravail partiel", "write the place alone, and put hybrid in arrangement"),
        ("Teletrabajo", AS_REMOTE),
        ("H\u00edbrido", "write the place alone, and put hybrid in arrangement"),
        ("Presencial en Hartford", "write the place alone, and put on-site in arrangement"),
        ("Presencial en Hartford, CT", "write Hartford, CT, and put on-site in arrangement"),
        ("Anywhere in the Midwest", IF_ANY),
        ("Remote, two days in the office", IF_ANY),
        ("On-site, some remote", IF_ANY.replace("remote", "on-site")),
        ("Remote, US", "leave it out, put remote in arrangement, and write remote_from: US"),
        ("Remote (US only)", "leave it out, put remote in arrangement, and write remote_from: US"),
        ("TBD", "write at least the region or the country"),
        ("In person in Gary, IN", "write Gary, IN, and put on-site in arrangement"),
        ("Various, IL", SEVERAL_PLACES),
        ("Gary, IN – hybrid", f"write Gary, IN; {BESIDE}"),
        ("Gary, IN & travel", ONE_OR_SEVERAL),
        ("Gary, IN (HQ) or remote", f"{PLACE_FORMS}; {BESIDE}"),
        ("Northwest Indiana", PLACE_FORMS),
        ("Flint, Michigan • Gary, Indiana", 'write a list: ["Flint, Michigan", "Gary, Indiana"]'),
        ("Flint, MI\tGary, IN", ONE_OR_SEVERAL),
        ("Flint, Michigan, Gary, Indiana", ONE_OR_SEVERAL),
        (
            "Hartford, Connecticut 06106, United States",
            "write {city: Hartford, region: CT, postal_code: 06106, country: US}",
        ),
        ("Hartford,, CT", "write Hartford, CT"),
        ("NYC / remote", f"write New York, NY; {BESIDE}"),
        ("Derby & Hartford, CT", 'write a list: ["Derby, CT", "Hartford, CT"]'),
        ("Derby, Ansonia, and Hartford, CT", ONE_OR_SEVERAL),
        ("5th & Main, Hartford, CT", ONE_OR_SEVERAL),
        ("CT, MA", "write a list: [CT, MA], or the city's full name"),
        ("LA, CA", "write a list: [LA, CA], or the city's full name"),
        ("CT, MA, RI", "write a list: [CT, MA, RI]"),
        ("Maryland, DC & Virginia", "write a list: [Maryland, DC, Virginia]"),
        ("Connecticut, Massachusetts, Ohio", "write a list: [Connecticut, Massachusetts, Ohio]"),
        ("Hartford, Connecticut (Hybrid - 3 days onsite)", f"write Hartford, Connecticut; {BESIDE}"),
        ("Toronto & Guelph, ON, Canada", 'write a list: ["Toronto, ON, Canada", "Guelph, ON, Canada"]'),
        ("hybrid or Hartford, CT", AS_HYBRID_PLACE),
        ("Hartford, CT; Derby, CT; remote", f'write a list: ["Hartford, CT", "Derby, CT"]; {BESIDE}'),
        ("1 Main Street, Hartford, CT, US", ONE_OR_SEVERAL),
        ("Hartford, CT + Derby, CT", ONE_OR_SEVERAL),
        ("Ohio or Gary, IN", 'write a list: [Ohio, "Gary, IN"]'),
        ("50% remote, CT", f"{PLACE_FORMS}; {BESIDE}"),
        ("/ Hartford, CT", ONE_OR_SEVERAL),
        (
            "Hartford, CT 06106",
            "write {city: Hartford, region: CT, postal_code: 06106, country: US}",
        ),
        (
            "Hartford, CTX 06106",
            PLACE_PARTS,
        ),
        ("75010 Paris, France", "write {city: Paris, postal_code: 75010, country: FR}"),
        ("London SE1 7JN, UK", "write {city: London, postal_code: SE1 7JN, country: GB}"),
        ("12000 Main St, Hartford, CT", "write Hartford, CT, and put a street or building in the text below"),
    ],
)
def test_place_that_is_unclear_is_refused_with_a_way_out(written: str, hint: str) -> None:
    found = only_problem(location=f'"{written}"')
    assert (found.code, found.hint) == ("location", hint)


def test_place_of_a_home_without_known_regions() -> None:
    home = TAGGED._replace(tags=None, default_country="DE", time_zone="Europe/Berlin")

    def place(written: str) -> Place:
        outcome = read_text(text_of(location=written), settings=home)
        assert outcome.value is not None
        return outcome.value.places[0]

    assert place("Munich, Bavaria") == Place("Munich", "Bavaria", None, "DE")
    assert place("Toronto, ON") == Place("Toronto", "ON", None, "CA")
    assert place("Berlin, DE") == Place(None, "Berlin", None, "DE")

    def hints(**fields: str) -> list[str | None]:
        return [each.hint for each in read_text(text_of(**fields), settings=home).diagnostics]

    either = "write {city: Berlin, country: DE} for a city, or {region: Berlin, country: DE} for a region"
    assert hints(location="Berlin") == [either]
    assert hints(location="Frankfurt (Main)") == [PLACE_FORMS]
    assert hints(location="Berlin oder Hamburg") == hints(location="Lyon ou Paris") == [ONE_OR_SEVERAL]
    assert hints(location="Paris 10e") == hints(location="10117 Berlin") == [PLACE_PARTS]
    assert hints(location="Field-based") == [f"{ALONE}, and put field in arrangement"]
    assert hints(location="EU-wide") == ["write the region or country alone"]
    assert hints(location="Ontario, CA") == [
        "write Ontario, California, United States, or City, Region, Canada"
    ]
    assert hints(location="Toronto, CA") == [
        "write Toronto, California, United States, or City, Region, Canada"
    ]
    assert hints(location="Batumi, Georgia") == [
        "write Batumi, Georgia, United States, or City, Region, Georgia"
    ]
    assert hints(location="Batumi, Adjara, Georgia") == hints(location="Batumi, GE") == []
    for written, hint in (
        ("Bavaria", "if it is a region, write Bavaria, Germany"),
        ("Bavaria only", "if it is a region, write Bavaria, Germany"),
        ("US only", "write US"),
        ("USA (all states)", AREAS),
        ("must live in Bavaria", AREAS),
    ):
        assert hints(arrangement="remote", remote_from=written) == [hint]


@pytest.mark.parametrize(
    ("salary", "noted"),
    [
        (None, True),
        ('{note: "Pay depends on experience."}', True),
        ('{note: "$62,000 to $70,000 a year"}', False),
        ("{min: 62000, period: year}", False),
        ("{min: $62k, period: year}", False),
        ("competitive", False),
    ],
)
def test_a_law_on_pay_is_told_of_only_where_none_is_stated(salary: str | None, noted: bool) -> None:
    found = read_text(text_of(location="Boston, MA", salary=salary)).diagnostics
    assert ("pay-transparency" in {each.code for each in found}) is noted


def test_of_pay_in_words_a_law_asks_for_figures() -> None:
    words, none = (
        [each.message for each in read_text(text_of(location="Boston, MA", salary=salary)).diagnostics]
        for salary in ("{note: By agreement}", None)
    )
    assert any(message.startswith("no figures for pay are stated; since 2025-10-29") for message in words)
    assert any(message.startswith("no pay is stated; since 2025-10-29") for message in none)


@pytest.mark.parametrize(("kinds", "noted"), [("[internship, part-time]", True), ("volunteer", False)])
def test_no_law_asks_for_the_pay_of_volunteers(kinds: str, noted: bool) -> None:
    found = read_text(text_of(location="Boston, MA", employment_type=kinds, salary=None)).diagnostics
    assert ("pay-transparency" in {each.code for each in found}) is noted


@pytest.mark.parametrize(
    ("fields", "noted"),
    [
        ({"arrangement": "remote", "remote_from": "[Ohio, Massachusetts]"}, True),
        ({"arrangement": "remote", "remote_from": "US"}, False),
        ({"arrangement": "remote"}, False),
        ({"location": "Gary, IN", "arrangement": "hybrid", "remote_from": "Massachusetts"}, False),
    ],
)
def test_a_law_on_pay_counts_where_people_in_a_remote_job_may_live(
    fields: dict[str, str | None], noted: bool
) -> None:
    found = read_text(text_of(**{"location": None, **fields})).diagnostics
    assert ("pay-transparency" in {each.code for each in found}) is noted


@pytest.mark.parametrize(
    ("body", "column", "pay"),
    [
        ("**Salary:** $60,000 a year", 13, "$60,000"),
        ("### Compensation\n\n$24.50-$26 per hour, with benefits.", 1, "$24.50"),
        ("STARTING SALARY: $75,611, as agreed", 18, "$75,611,"),
        ("PAY: $38 \u2013 $42 DOE", 6, "$38"),
        ("- Hourly rate: CA$30", 16, "CA$30"),
        ("**Monthly salary**: $5,000\\", 21, "$5,000"),
        ("| Annual salary | $60,000 |", 19, "$60,000"),
        ("Salary: starting at $23", 21, "$23"),
        ("Salaire : 45 000 $", 11, "45 000 $"),
        ("Pay $5 for the bus.\n\nSick pay: $200\n\nSalary: see above\n\nOur salary fund has $5,000", 0, ""),
    ],
)
def test_pay_that_only_the_text_states_is_told(body: str, column: int, pay: str) -> None:
    found = read_text(text_of(f"Organize.\n\n{body}\n", location="Boston, MA")).diagnostics
    told = [each for each in found if each.code in {"body-field", "pay-transparency"}]
    assert [each.code for each in told] == ["body-field" if pay else "pay-transparency"]
    if pay:
        assert (told[0].span.column, told[0].span.end_column) == (column, column + len(pay))
        assert (
            told[0].hint
            == "add it above the second ---, as in salary: {min: 51640, max: 79640, period: year}"
        )
    for salary in ("{min: 62000, max: 70000, period: year}", "{note: By agreement}"):
        assert problems(f"{body}\n", salary=salary) == ()


@pytest.mark.parametrize(
    ("place", "last_free", "name"),
    [
        ("Vancouver, BC", "2023-10-31", "British Columbia"),
        ("Charlottetown, PE, Canada", "2022-05-31", "Prince Edward Island"),
        ("Richmond, VA", "2026-06-30", "Virginia"),
        ("Bangor, ME", "2026-07-28", "Maine"),
    ],
)
def test_a_law_on_pay_counts_from_its_first_day(place: str, last_free: str, name: str) -> None:
    first = date.fromisoformat(last_free) + timedelta(days=1)
    assert read_text(text_of(location=place, posted=last_free, added=last_free)).diagnostics == ()
    (told,) = read_text(text_of(location=place, posted=str(first), added=str(first))).diagnostics
    assert told.message == (
        f"no pay is stated; since {first}, a law of {name} asks most employers to state it"
    )


SPANISH = SETTINGS._replace(language="es", default_country="ES")


def found_in_spanish(**fields: str) -> Outcome[Posting]:
    return read_text(text_of(**fields), settings=SPANISH)


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("AE", "UAE, United Arab Emirates"),
        ("BA", "BIH, Bosnia and Herzegovina, Bosnia & Herzegovina"),
        ("CD", "COD, DR Congo"),
        ("CI", "CIV, Ivory Coast, Côte d'Ivoire, Côte d’Ivoire, Cote d'Ivoire"),
        ("CZ", "CZE, Czechia, Czech Republic"),
        ("DE", "deu, germany"),
        ("GB", "GBR, UK, Great Britain, United Kingdom"),
        ("HK", "HKG, Hong Kong"),
        ("KR", "KOR, South Korea, Korea"),
        ("AT", "AUT, Austria, Österreich"),
        ("CH", "CHE, Switzerland, Schweiz, Suisse, Svizzera"),
        ("NL", "NLD, Netherlands, The Netherlands, Holland, Nederland"),
        ("SH", "SHN, St. Helena"),
        ("TR", "TUR, Türkiye, Turkey"),
        ("TT", "TTO, Trinidad and Tobago"),
        ("US", "USA, United States, United States of America, U.S., U.S.A."),
        ("VN", "VNM, Vietnam, Viet Nam"),
    ],
)
def test_a_country_is_read_by_its_codes_and_by_the_names_that_people_write(code: str, names: str) -> None:
    assert {country_code(each, "en") for each in (code, *names.split(", "))} == {code}


def test_the_countries_and_currencies_are_those_of_today() -> None:
    assert len(country_names()) == len({country_code(each, "en") for each in country_names()}) == 249
    assert {country_code(each, "en") for each in ("EU", "XK", "DDR", "ZAR", "840", "England")} == {None}
    assert {"USD", "CAD", "EUR", "MXN", "SLE", "SVC", "VED", "VES", "XAF", "XCG"} <= set(currencies())
    assert not {"DEM", "FRF", "HRK", "VEF", "XAU", "XTS", "ZWL"} & set(currencies())


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("Barcelona, España", Place(None, "Barcelona", None, "ES")),
        ("Berlin, Alemania", Place(None, "Berlin", None, "DE")),
        ("Berlin, Germany", Place(None, "Berlin", None, "DE")),
        ("Alemania", Place(None, None, None, "DE")),
        ("Oviedo, Asturias, España", Place("Oviedo", "Asturias", None, "ES")),
        ("{city: Ginebra, country: Suiza}", Place("Ginebra", None, None, "CH")),
        ("Barcelona, Cataluña", Place("Barcelona", "Cataluña", None, "ES")),
    ],
)
def test_a_country_may_be_named_in_the_language_of_the_site(written: str, place: Place) -> None:
    posting = found_in_spanish(location=written).value
    assert posting is not None
    assert posting.places == (place,)


def test_a_country_is_not_named_in_a_language_of_another_site() -> None:
    assert only_problem(location="{city: Ginebra, country: Suiza}").code == "country"


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("15 de diciembre de 2026", "write 2026-12-15"),
        ("15 dic 2026", "write 2026-12-15"),
        ("3 sept. 2026", "write 2026-09-03"),
        ("5 de ENERO de 2026", "write 2026-01-05"),
        ("December 15, 2026", "write 2026-12-15"),
        (
            "15 de diembre de 2026",
            "write a date as 2026-01-26, a date and time as 2026-01-26 17:00, or rolling",
        ),
    ],
)
def test_a_month_is_understood_in_the_language_of_the_site(written: str, hint: str) -> None:
    (found,) = found_in_spanish(deadline=written).diagnostics
    assert (found.code, found.hint) == ("deadline-form", hint)


IN_CANADA = SETTINGS._replace(language="fr-CA", default_country="CA", time_zone="America/Toronto")


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("31 mars 2026", "write 2026-03-31"),
        ("le 1er août 2026", "write 2026-08-01"),
        ("mardi 31 mars 2026 à 17 h", "write 2026-03-31 17:00"),
        ("31 mars 2026, 17h30", "write 2026-03-31 17:30"),
        (
            "lun. 27 juill. 2026 à 17 h 00 (HAE)",
            "write 2026-07-27 17:00 and, on a line of its own, time_zone: America/Toronto",
        ),
        ("jusqu’au 27 juill. 2026, midi", "write 2026-07-27 12:00"),
        ("avant le 31 mars 2026", DATE_FORMS),
        ("du 1er mars 2026 au 31 mars 2026", DATE_FORMS),
        ("Jusqu’à ce que le poste soit pourvu", "write rolling"),
        ("non précisé", "delete the line; the page will then say that no deadline is stated"),
    ],
)
def test_a_deadline_is_understood_in_french(written: str, hint: str) -> None:
    (found,) = read_text(text_of(deadline=f'"{written}"'), settings=IN_CANADA).diagnostics
    assert (found.code, found.hint) == ("deadline-form", hint)


@pytest.mark.parametrize(
    ("written", "code", "hint"),
    [
        ("{postal_code: 06067}", "location", "give at least one of city, region and country"),
        ("{city: Hartford, region: Conecticut}", "location", "did you mean Connecticut?"),
        ("{city: Hartford, country: Qqqq}", "country", COUNTRY_FORMS),
        ("{city: Toronto, region: ON, country: Canda}", "country", "did you mean Canada?"),
        ("{city: Hartford, region: CT, postal_code: '?!'}", "postal-code", LEAVE_OUT),
        ("{city: Hartford, region: CT, postal_code: 6103}", "postal-code", 'write "06103"'),
        ("{city: Hartford, region: CT, postal_code: ABCDE}", "postal-code", "write five digits"),
        ("{town: Hartford, region: CT}", "unknown-field", "did you mean city?"),
        ("[[Hartford, CT]]", "not-text", "write Hartford, CT"),
    ],
)
def test_mapping_of_a_place_is_checked_part_by_part(written: str, code: str, hint: str | None) -> None:
    found = only_problem(location=written)
    assert (found.code, found.hint) == (code, hint)


def test_ontario_is_in_california_until_canada_is_named() -> None:
    assert codes(location='"Ontario, CA"') == ["location-ambiguous"]
    assert codes(location="Maryland, Virginia") == ["location-ambiguous"]
    assert codes(location="Indiana, PA") == codes(location="Washington, District of Columbia") == []
    assert codes(location="Indiana, Pennsylvania, US") == codes(location="New York, New York") == []
    assert codes(location='"Ontario, California"') == []
    assert read(location='"Ontario, Canada"').places == (Place(None, "ON", None, "CA"),)


def test_a_region_that_is_called_like_a_city_is_asked_about() -> None:
    hint = "if that is right, write Louisiana, United States; if not, write Los Angeles, CA"
    assert only_problem(location="LA").hint == hint
    assert codes(location="New York") == codes(location="Washington") == ["location-ambiguous"]
    assert codes(location="Louisiana, United States") == codes(location="Louisiana") == []
    assert codes(location="LA, US") == codes(location="Lafayette, LA") == []


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("[CA, DE]", ["California; if not, write Canada", "Delaware; if not, write Germany"]),
        ("[US, GA]", ['"Georgia, United States"; if not, write Gabon']),
        ("Georgia", ["Georgia, United States; if not, write GE"]),
        ("[CA, CT]", []),
        ("[CA, New York, '']", []),
        ('[California, "Georgia, US", Canada]', []),
    ],
)
def test_code_of_a_region_and_a_country_is_warned_about_where_nothing_tells(
    written: str, read_as: list[str]
) -> None:
    found = problems(remote_from=written, arrangement="remote")
    assert {each.code for each in found} <= {"location-ambiguous"}
    assert [each.hint for each in found] == [f"if that is right, write {words}" for words in read_as]


AREAS = 'write countries and regions, such as remote_from: [US, "Ontario, Canada"]'


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("Hartford", AREAS),
        ("Anywhere", "leave remote_from out if people may live anywhere"),
        ("Anywhere in the US", "write US"),
        ("Conecticut", "did you mean Connecticut?"),
        ("Hartford, CT", "write Connecticut"),
        ("Toronto, Ontario, Canada", "write Ontario, Canada"),
        ("Ontario, CA", "write Ontario, Canada"),
        ("US, CA", "write a list: [US, CA]"),
        ("Connecticut or New York", "write a list: [Connecticut, New York]"),
        ("Washington, D.C.", "write District of Columbia"),
        ("New York, NY", "write New York"),
        ("California, Nevada", "write a list: [California, Nevada]"),
        ("CA, NY", "write a list: [CA, NY]"),
        ("US only", "write US"),
        ("US, Canada", "write a list: [US, Canada]"),
    ],
)
def test_remote_from_takes_countries_and_regions(written: str, hint: str) -> None:
    found = only_problem(remote_from=f'"{written}"', arrangement="remote", location=None)
    assert (found.code, found.hint) == ("location", hint)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("[Ontario, Canada]", "Ontario, Canada"),
        ("[New York, US]", "New York, US"),
        ("[Bavaria, Germany]", "Bavaria, Germany"),
        ("[Ontario, Canada, Ohio]", '["Ontario, Canada", Ohio]'),
        ("[US, Ohio, Ontario, Canada]", '[US, Ohio, "Ontario, Canada"]'),
    ],
)
def test_region_and_its_country_in_brackets_are_told_from_two_areas(written: str, meant: str) -> None:
    found = only_problem(remote_from=written, arrangement="remote", location=None)
    assert (found.code, found.hint) == ("location", f"write remote_from: {meant}")


@pytest.mark.parametrize(
    "written",
    [
        "[US, Canada]",
        "[Canada, US]",
        "[Oregon, Washington, DC]",
        "[New York, Canada]",
        '["Ontario, Canada", US]',
    ],
)
def test_areas_in_brackets_are_each_one_where_they_are_no_region_and_its_country(written: str) -> None:
    assert problems(remote_from=written, arrangement="remote", location=None) == ()


def test_location_is_needed_unless_the_job_is_remote() -> None:
    assert codes(location=None) == codes(location="[]") == codes(location="") == ["missing-field"]
    remote = read(location=None, arrangement="remote", remote_from='[US, "Ontario, Canada", Connecticut]')
    assert remote.places == ()
    assert remote.remote_from == (Place(None, None, None, "US"), Place(None, "ON", None, "CA"), CT)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "https://example.org/jobs?id=1#apply",
            Application("https://example.org/jobs?id=1#apply"),
        ),
        ("jobs+nc@mail.example.org", Application(email="jobs+nc@mail.example.org")),
        (
            "{instructions: Ask., email: a@b.example, subject: Hi, documents: [CV, CV, Letter], contact: HR}",
            Application(None, "a@b.example", "Ask.", "Hi", ("CV", "Letter"), "HR"),
        ),
        (
            "{url: https://example.org, documents: CV}",
            Application("https://example.org", None, None, None, ("CV",), None),
        ),
    ],
)
def test_application_of_each_form(written: str, expected: Application) -> None:
    assert read(apply=written).application == expected


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("[email protected]", "masked-email"),
        ('"[email protected]"', "masked-email"),
        ("jobs [at] example.org", "masked-email"),
        ("jobs(at)example.org", "masked-email"),
        ("jobs at example dot org", "masked-email"),
        ("{email: [email protected]}", "masked-email"),
        ("email protected", "masked-email"),
        ("example.org/jobs", "apply-form"),
        ("www.example.org", "apply-form"),
        ("ask us", "apply-form"),
        ("{}", "apply-empty"),
        ("{subject: Organizer}", "apply-empty"),
        ("[a, b]", "not-a-list"),
        ("http://", "url"),
        ("ftp://example.org/", "url"),
        ("javascript:alert(1)", "url"),
        ("data:text/html,x", "url"),
        ("https://me:secret@example.org/", "url"),
        ("https://me@example.org/", "url"),
        ("https://example.org/a b", "url"),
        ("https://[::1", "url"),
        ("https://example.org:99999/", "url"),
        ("https://example.org:0/", "url"),
        ("<https://example.org/>", "url"),
        ('https://example.org/"', "url"),
        ("jobs@example", "email"),
        ("jobs..x@example.org", "email"),
        ("a@b@example.org", "email"),
        ("jobs@example.org, hr@example.org", "email"),
        ("jobs@-example.org", "email"),
        ("döbs@example.org", "email"),
    ],
)
def test_application_that_nobody_could_use_is_refused(written: str, code: str) -> None:
    assert only_problem(apply=written).code == code


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://example.org/%c3%a9?a=b;c#d", "https://example.org/%c3%a9?a=b;c#d"),
        ("https://example.org/?", "https://example.org/?"),
        ("https://example.org/é?é=é#é", "https://example.org/%C3%A9?%C3%A9=%C3%A9#%C3%A9"),
        ("https://example.org/[1]?b[]=2#a#b", "https://example.org/%5B1%5D?b%5B%5D=2#a%23b"),
        ("https://example.org/50%?c=%zz", "https://example.org/50%25?c=%25zz"),
        ("https://Größe.example:8080/", "https://xn--gre-6ka8i.example:8080/"),
        ("https://[2001:db8::1]:8080/a", "https://[2001:db8::1]:8080/a"),
    ],
)
def test_addresses_hold_only_what_an_address_may(written: str, expected: str) -> None:
    """RFC 3986, section 2; letters by RFC 3987, section 3.1."""
    assert read(apply=f"'{written}'").application.url == expected


@pytest.mark.parametrize(
    ("name", "written", "attribute", "expected"),
    [
        ("arrangement", "field", "arrangement", Arrangement.FIELD),
        ("employment_type", "full-time", "employment_types", (EmploymentType.FULL_TIME,)),
        (
            "employment_type",
            "[part-time, temporary, part-time]",
            "employment_types",
            (EmploymentType.PART_TIME, EmploymentType.TEMPORARY),
        ),
        ("status", "withdrawn", "status", ClosedReason.WITHDRAWN),
        ("benefits", "Pension", "benefits", ("Pension",)),
        ("benefits", "[Pension, 401(k)]", "benefits", ("Pension", "401(k)")),
        ("draft", "true", "draft", True),
        ("draft", "Yes", "draft", True),
        ("draft", "no", "draft", False),
        ("language", "es-MX", "language", "es-MX"),
        ("language", "zh-Hant-TW", "language", "zh-Hant-TW"),
        ("language", "ht", "language", "ht"),
        ("aliases", "[old-name, older-name]", "aliases", ("old-name", "older-name")),
        ("aliases", "old-name", "aliases", ("old-name",)),
        ("tags", "[health care, organizing]", "tags", ("health care", "organizing")),
        ("summary", "Organize.", "summary", "Organize."),
        ("arrangement_note", "17:00", "arrangement_note", "17:00"),
        ("department", "no", "details", (("department", "no"),)),
        ("verify_by", "2026-02-01", "verify_by", date(2026, 2, 1)),
        ("source", "{url: https://example.org/1, seen: 2026-01-05}", "source_seen", date(2026, 1, 5)),
        ("summary", "", "summary", "Organize members across the state."),
        ("deadline", '"  "', "deadline", None),
    ],
)
def test_other_fields(name: str, written: str, attribute: str, expected: object) -> None:
    assert getattr(read(**{name: written}), attribute) == expected


@pytest.mark.parametrize(
    ("name", "written", "same"),
    [
        ("arrangement", "Hybrid", "hybrid"),
        *(("arrangement", written, "on-site") for written in ("On site", "on_site", "ON‑SITE", "onsite")),
        ("employment_type", "[Full–Time, Per diem, Other]", "[full-time, per-diem, other]"),
        ("employment_type", '" Part  time\u200b"', "part-time"),
        ("salary", "{min: 5, period: Hour, currency: usd}", "{min: 5, period: hour, currency: USD}"),
        ("status", "Filled", "filled"),
        ("draft", "TRUE", "true"),
        ("language", "EN", "en"),
        ("language", "ZH_hant_tw", "zh-Hant-TW"),
        ("remote_from", "[us, CONNECTICUT]", "[US, Connecticut]"),
    ],
)
def test_what_is_one_of_a_list_is_read_in_any_letter_case(name: str, written: str, same: str) -> None:
    assert read(**{name: written}) == read(**{name: same})


@pytest.mark.parametrize("zone", ["america/los_angeles", "AMERICA/LOS ANGELES"])
def test_a_time_zone_is_read_in_any_letter_case(zone: str) -> None:
    deadline = read(deadline="2026-01-26", time_zone=zone).deadline
    assert deadline is not None
    assert deadline.time_zone == "America/Los_Angeles"


@pytest.mark.parametrize(
    ("name", "written", "code", "hint"),
    [
        ("arrangement", "In person", "unknown-value", "did you mean on-site?"),
        ("employment_type", "full tme", "unknown-value", "did you mean full-time?"),
        ("employment_type", "intern", "unknown-value", "did you mean internship?"),
        ("status", "deadline", "unknown-value", None),
        ("draft", "1", "unknown-value", "write true or false"),
        ("language", "Spanish", "language", "did you mean es?"),
        ("language", "deutsch", "language", "did you mean de?"),
        ("language", "Español", "language", "did you mean es?"),
        ("language", "dutch", "language", "did you mean nl?"),
        ("language", "Klingonese", "language", None),
        ("language", "xx", "language", None),
        ("title", '"We\'re hiring:"', "title-prefix", "write the name of the job"),
        ("deadline", "2030-01-05", "date-far", None),
        ("verify_by", "2030-01-05", "date-far", None),
        ("verified", "2030-01-05", "date-far", None),
        ("aliases", "https://example.org/jobs/Old_Name/", "alias-form", "did you mean old-name?"),
        (
            "aliases", "con", "alias-form",
            "leave it out: the folder that would lead on cannot be made there, so this address is lost",
        ),
        (
            "aliases", "https://example.org/jobs/con/", "alias-form",
            "leave it out: the folder that would lead on cannot be made there, so this address is lost",
        ),
        ("title", "\u2060\u3164 \u200d", "text-empty", "write something, or delete the line"),
        ("aliases", "x" * 253, "alias-form", None),
        ("aliases", "{Old Name: [a]}", "not-text", FORMER_NAME),
        ("aliases", "[old-name: field-organizer]", "not-text", FORMER_NAME),
        ("language", "per-diem", "language", "write its code, such as en for English or es for Spanish"),
        ("location", "Portland & Gary / remote in MO", "location", f"{ONE_OR_SEVERAL}; {BESIDE}"),
        ("location", "Remote (must live in Ohio or Iowa)", "location", IF_ANY),
        ("location", "Remote, Live Oak, FL", "location", "write Live Oak, FL, and put remote in arrangement"),
        ("location", "Office of the Clerk, Albany, NY", "location", ONE_OR_SEVERAL),
        ("employment_type", "Tiempo completo", "unknown-value", "did you mean full-time?"),
        ("apply", "Message us @local12", "email", ONE_EMAIL),
        ("tags", "Organizing", "tag-form", "write organizing"),
        ("tags", "[" + "x" * 41 + "]", "tag-form", "use at most 40 characters"),
        ("tags", "a, b", "list-form", "write tags: [a, b]"),
        ("tags", "a; b", "list-form", "write tags: [a, b]"),
        ("aliases", "old-name, older-name", "list-form", "write aliases: [old-name, older-name]"),
        ("employment_type", "a, b", "list-form", "write employment_type: [a, b]"),
        ("employment_type", "full time/temp", "list-form", "write employment_type: [full-time, temporary]"),
        ("employment_type", "full-time or more", "unknown-value", None),
        ("salary", "\n  min:9\n  max:9.5", "salary-form", "write salary: {min: 9, max: 9.5}"),
        ("apply", "url:https://x.example/1", "apply-form", "write apply: {url: https://x.example/1}"),
        ("source", "\n  seen:2026-01-05", "source-form", "write source: {seen: 2026-01-05}"),
        ("location", "\n  city:Gary\n  region:IN", "location", "write {city: Gary, region: IN}"),
        ("salary", "{max:9}", "unknown-field", "write max: 9"),
        ("salary", "[min: 9, max: 9]", "not-a-list", "put { and } in place of [ and ]"),
        (
            "apply", "{email: jobs@example.org, documents: resume, letter}", "unknown-field",
            "inside { } a comma ends a value: put the text that 'letter' is part of in quotes",
        ),
        ("benefits", "\n  - Pension\n  - Health: dental", "not-text", 'write "Health: dental"'),
        ("benefits", "\n  - [Gas, Car]", "not-text", "write Gas, Car"),
        ("organization", "\n  UNITE HERE: Local 5", "not-text", 'write organization: "UNITE HERE: Local 5"'),
        ("apply", "\nhttps://x.example/1", "yaml-syntax", None),
        ("reports_to:East", "Jo", "unknown-field", 'write reports_to: "East: Jo"'),
        ("apply", "https: //x.example/1", "apply-form", "write https://x.example/1"),
        ("reports_to", "~", "text-empty", None),
        ("City", "Gary", "unknown-field", "put it below location:, indented by two spaces"),
        ("salary.min", "9", "unknown-field", "put it below salary:, indented by two spaces, as min"),
        ("employment_type", "other\n  part time", "list-form", "write employment_type: [other, part-time]"),
        ("employment_type", "full-time/pt", "list-form", "write employment_type: [full-time, part-time]"),
        (
            "employment_type", "Full-time, permanent", "list-form",
            "write employment_type: [full-time]; say the rest in the text",
        ),
        ("language", "[en, es]", "not-text", "write only one of them"),
        ("deadline", "[2026-03-31, 2026-04-15]", "not-text", "write only one of them"),
        ("arrangement", "H\u00edbrido", "unknown-value", "did you mean hybrid?"),
        (
            "source", "Facebook", "source-form",
            "write the address, as in source: {url: https://example.org/jobs/1}, or delete the line",
        ),
        ("apply", '<a href="https://x.example/1">here</a>', "apply-form", "write https://x.example/1"),
        (
            "apply", "See https://x.example or https://y.example", "apply-form",
            'write apply: {instructions: "See https://x.example or https://y.example"}',
        ),
        ("apply", "mailto:jobs@example.org", "email", "write jobs@example.org"),
        ("apply", "<jobs@example.org>", "email", "write jobs@example.org"),
        ("apply", "Jobs <jobs@example.org>", "email", "write jobs@example.org"),
        ("apply", "<Jobs> call us", "apply-form", 'write apply: {instructions: "<Jobs> call us"}'),
        (
            "apply", '{instructions: "See https://a.example@b.example/x."}', "url",
            "write the address as https://b.example/x",
        ),
        (
            "apply", "{email: a@b.example, contact: Jo <https://jo@b.example>}", "url",
            "write the address as https://b.example",
        ),
        ("tags", "{a: b, c: d}", "not-text", 'write tags: "a: b, c: d"'),
        ("source", "{seen: soon}", "date-form", None),
        ("source", "{url: jobs@example.org}", "url", "write the address of a web page"),
        ("source", "[a, b]", "not-a-list", None),
        ("salary", "[1, 2]", "not-a-list", None),
        ("salary", "x" * 1001, "text-length", None),
        ("summary", "x" * 1001, "text-length", None),
        ("contact", "Jo", "unknown-field", BOTH_BELOW),
        ("arrangement", "none", "unknown-value", NOT_STATED),
        ("employment_type", "[N/A]", "unknown-value", NOT_STATED),
        ("titel", "Organizer", "unknown-field", "did you mean title?"),
        ("name", "Organizer", "unknown-field", THERE.format("title")),
        ("salary", "{min: 9, max: 9, period: hour, type: hour}", "unknown-field", THERE.format("period")),
        ("education", "BA", "unknown-field", "write it below the second ---"),
        ("location_type", "remote", "unknown-field", "did you mean arrangement?"),
        ("manager", "President", "unknown-field", "did you mean reports_to?"),
        ("valid_through", "2026-01-26", "unknown-field", "did you mean deadline?"),
        ("application_url", "x", "unknown-field", BOTH_BELOW.replace("spaces,", "spaces, as url,")),
        ("contact_email", "x", "unknown-field", BOTH_BELOW.replace("spaces,", "spaces, as email,")),
        ("tags", '["#union"]', "tag-form", "write union"),
        ("tags", '["#"]', "tag-form", "leave it out"),
        ("tags", '"#Union #labor"', "tag-form", "write [union, labor]"),
        ("benefits", "|\n  * Pension\n  * Health\n", "list-form", "write benefits: [Pension, Health]"),
        (
            "benefits", "{dental: no, leave: 15 days}", "not-text",
            'write benefits: "dental: no, leave: 15 days"',
        ),
        ("benefits", "|\n  - Pension\n  - Health\n", "list-form", "write benefits: [Pension, Health]"),
        ("experience", "{years: 2}", "not-text", 'write experience: "years: 2"'),
        ("apply", "[https://example.org/a]", "not-a-list", "write https://example.org/a"),
        ("closing_date", "2026-01-26", "unknown-field", "did you mean deadline?"),
        ("Job Type", "full-time", "unknown-field", "did you mean employment_type?"),
        ("fecha_limite", "2026-01-26", "unknown-field", "did you mean deadline?"),
        ("Date limite", "2026-01-26", "unknown-field", "did you mean deadline?"),
        ("type d’emploi", "full-time", "unknown-field", "did you mean employment_type?"),
        ("salaire", "{min: 9, max: 9, period: hour}", "unknown-field", "did you mean salary?"),
        ("min", "51640", "unknown-field", "put it below salary:, indented by two spaces"),
        ("url", "x", "unknown-field", "put it below apply: or source:, indented by two spaces"),
        ("employment_type", "lost time", "unknown-value", "did you mean temporary?"),
        (
            "employment_type",
            "Apprenticeship",
            "unknown-value",
            "write full-time or part-time, and say in the text that it is an apprenticeship",
        ),
        ("status", "open", "unknown-value", "delete the line: a posting is open until its deadline"),
        ("status", "Extended", "unknown-value", "delete the line, and write the new last day as deadline"),
        ("status", "on hold", "unknown-value", "write withdrawn; delete the line when the job is open again"),
        ("employment_type", "permanent", "unknown-value", "write full-time or part-time"),
        ("remote", "hybrid", "unknown-field", "did you mean arrangement?"),
        ("Phone", "555-0100", "unknown-field", None),
        ("Contact", "Jo", "unknown-field", BOTH_BELOW),
        ("arrangement", "in-office", "unknown-value", "did you mean on-site?"),
        ("arrangement", "remote or hybrid", "unknown-value", ARRANGEMENTS),
        ("arrangement", "[remote, on-site]", "not-text", ARRANGEMENTS),
        ("employment_type", "[full-time, TBD]", "unknown-value", "leave this item out"),
        ("employment_type", "TBD", "unknown-value", NOT_STATED),
        ("apply", "{email: TBD}", "email", NO_ADDRESS),
        ("apply", "{url: TBD, contact: Jo}", "url", NO_ADDRESS),
        ("arrangement", "Hybrid/remote", "unknown-value", ARRANGEMENTS),
        ("arrangement", "Remote, two days in the office", "unknown-value", ARRANGEMENTS),
        ("arrangement", "On-site (some remote)", "unknown-value", ARRANGEMENTS),
        ("arrangement", "Hybrid, 2 days remote", "unknown-value", "write hybrid; say the rest in the text"),
        ("arrangement", "In-person / some remote", "unknown-value", ARRANGEMENTS),
        ("arrangement", "Remote, 25% travel", "unknown-value", "write remote; say the rest in the text"),
        ("apply", '"Fax: 212-555-0100"', "apply-form", 'write apply: {instructions: "Fax: 212-555-0100"}'),
        ("apply", "https://example.org/jobs apply here", "url", OR_MORE),
        ("location", "[New Haven, CT]", "location", "write location: New Haven, CT"),
        ("location", "Gary (Indiana)", "location", PLACE_FORMS),
        ("location", "Gary IN & Flint MI", "location", ONE_OR_SEVERAL),
        ("location", "\U0001f4cd New Haven, CT", "location", ONE_OR_SEVERAL),
        ("location", "\U0001f4cd New Haven", "location", PLACE_FORMS),
        ("title", "[Organizer, Trainer]", "not-text", "write title: Organizer, Trainer"),
        ("location", "[New York, NY]", "location", "write location: New York, NY"),
        ("location", "[New York, New York]", "location", "write location: New York, New York"),
        ("location", "[Ontario, Canada]", "location", "write location: Ontario, Canada"),
        ("location", "[CT, US]", "location", "write location: CT, US"),
        ("location", "[Ohio, Ontario, Canada]", "location", 'write location: [Ohio, "Ontario, Canada"]'),
        (
            "location", "[New York, New York, Boston, MA]", "location",
            'write location: ["New York, New York", "Boston, MA"]',
        ),
        ("location", "[Boston, Massachusetts]", "location", "write location: Boston, Massachusetts"),
        ("location", "[Washington, D.C.]", "location", "write location: Washington, D.C."),
        ("location", "[Derby, CT, Reno, NV]", "location", 'write location: ["Derby, CT", "Reno, NV"]'),
        ("location", '[Derby, CT, "Reno, NV"]', "location", 'write location: ["Derby, CT", "Reno, NV"]'),
        ("location", "[Lyon, France, Ohio]", "location", 'write location: ["Lyon, France", Ohio]'),
        ("location", "[New York, NY, USA]", "location", "write location: New York, NY, USA"),
        (
            "location", "[CT, New York, NY, Washington, DC]", "location",
            'write location: [CT, "New York, NY", "Washington, DC"]',
        ),
        (
            "location", "[New York, NY, US, Toronto, Ontario, Canada]", "location",
            'write location: ["New York, NY, US", "Toronto, Ontario, Canada"]',
        ),
        (
            "location", "[Connecticut, New York, Boston, MA]", "location",
            'write location: [Connecticut, New York, "Boston, MA"]',
        ),
        ("location", "Hartford, CT or Reno, NV", "location", 'write a list: ["Hartford, CT", "Reno, NV"]'),
        ("location", "Derby or Avon, CT, US", "location", 'write a list: ["Derby, CT, US", "Avon, CT, US"]'),
        ("location", '"Derby; Avon, CT"', "location", 'write a list: ["Derby, CT", "Avon, CT"]'),
        ("location", "Hartford, England", "location", PLACE_FORMS),
        ("time_zone", "UTC-5", "time-zone", OFFSET),
        ("zzz", "Organizer", "unknown-field", None),
    ],
)  # fmt: skip
def test_other_fields_refuse_what_they_do_not_take(
    name: str, written: str, code: str, hint: str | None
) -> None:
    found = only_problem(**{name: written})
    assert found.code == code
    assert hint is None or found.hint == hint


@pytest.mark.parametrize(
    "written",
    [
        "[Connecticut, NY]", "[Maryland, DC]", "[NY, NJ]", "[Ohio, Iowa]", "[US, Canada]", "[Ohio, Ontario]",
        "[Canada, Ontario]",
    ],
)  # fmt: skip
def test_a_list_of_regions_is_one(written: str) -> None:
    assert [place.city for place in read(location=written).places] == [None, None]


def test_a_field_that_is_in_the_text_is_told_there_and_is_missing() -> None:
    (missing, below) = problems("\ntravel: Yes\n\napply: jobs@example.org\n\nWork.\n", apply=None)[:2]
    assert (missing.code, missing.hint) == ("missing-field", "add a line such as apply: jobs@example.org")
    assert below.code == "body-field"


@pytest.mark.parametrize("name", ["remote", "Remote?", "is_remote", "remote work", "hybrid"])
def test_an_arrangement_that_is_a_field_of_its_own_is_told_with_the_words_to_write(name: str) -> None:
    hints = {each.hint for each in problems(**{name: "yes"})}
    assert hints == {"did you mean arrangement?", ARRANGEMENTS}


def test_a_list_of_words_that_are_no_places_is_told_word_by_word() -> None:
    assert codes(location="[Derby, CT, Reno]") == ["location", "location"]
    settings = SETTINGS._replace(default_country="DE")
    found = read_text(text_of(location="[Köln, Bonn, Paris, France]"), settings=settings).diagnostics
    assert [each.hint for each in found] == [
        f"write {{city: {city}, country: DE}} for a city, or {{region: {city}, country: DE}} for a region"
        for city in ("Köln", "Bonn", "Paris")
    ]


def test_a_field_that_cannot_be_read_under_another_name_is_not_told_to_be_missing_too() -> None:
    assert codes(organization=None, Organisation="Local #5") == ["unknown-field", "yaml-comment"]
    assert codes(title=None, job_title="Organizer: North") == ["unknown-field", "yaml-syntax"]
    text = text_of(apply=None).replace("location", "apply https://x.example\nlocation")
    assert [each.hint for each in read_text(text).diagnostics] == ["write apply: https://x.example"]
    assert codes(title=None, notes="Organizer: North") == ["missing-field", "unknown-field", "yaml-syntax"]


@pytest.mark.parametrize(
    "fields",
    [
        {"organization": None, "company": "Example Union"},
        {"organization": None, "organisation": "Example Union"},
        {"added": None, "date": "2026-01-05"},
        {"location": None, "city": "Hartford"},
        {"apply": None, "email": "jobs@example.org"},
        {"apply": "{adress: https://example.org, url: https://example.org}"},
        {"apply": "{link: https://example.org, mail: jobs@example.org}"},
        {"salary": "{minimum: 51640}"},
    ],
)
def test_field_under_another_name_is_not_missing_too(fields: dict[str, str | None]) -> None:
    assert set(codes(**fields)) == {"unknown-field"}


def test_a_value_under_a_name_like_that_of_its_field_is_judged_in_the_same_run() -> None:
    found = problems(dedline="March 31, 2026", salry="{min: 9, max: 8, period: hour}")
    assert {each.hint for each in found} == {
        "did you mean deadline?", "write 2026-03-31", "did you mean salary?", "write min: 8 and max: 9",
    }  # fmt: skip
    text = text_of(title=None).replace("---\n", "---\ntitle:Organizer: North\n", 1)
    assert [each.hint for each in read_text(text).diagnostics] == ['write title: "Organizer: North"']


def test_a_field_whose_name_is_in_bold_is_judged_in_the_same_run() -> None:
    rows = "**Deadline:** March 31, 2026\n* salary:\n  min: 9\n  max: 8\n  period: hour\n"
    found = read_text(text_of().replace("---\n", f"---\n{rows}", 1)).diagnostics
    assert {(each.span.line, each.hint) for each in found} == {
        (2, "write 2026-03-31"), (3, "write salary:"), (4, "write min: 8 and max: 9"),
    }  # fmt: skip


def test_pay_under_another_name_is_pay_stated() -> None:
    found = read_text(text_of(location="Boston, MA", wage="$25 an hour")).diagnostics
    assert {each.code for each in found} == {"unknown-field", "salary-form"}


def test_a_value_in_curly_quotes_is_judged_without_them() -> None:
    found = only_problem(deadline="“March 20, 2026 by 5 p.m.”")
    assert (found.code, found.hint) == ("deadline-form", "write 2026-03-20 17:00")
    assert only_problem(title="“We’re hiring: Organizer”").hint == "write title: Organizer"
    both = problems(tags="[“pay”, “law”]")
    assert [(each.code, each.span.column) for each in both] == [("curly-quotes", 8), ("curly-quotes", 15)]


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("Organizing", ("organizing",)),
        ("[ORGANIZING, organizing]", ("organizing",)),
        ("[Legislation and Lobbying, Health care]", ("law", "health-care")),
        ("[Law, health_care, HEALTH CARE]", ("law", "health-care")),
        ('"Pay, hours"', None),
        ('["Pay, hours"]', ("wages",)),
    ],
)
def test_a_tag_of_the_site_is_read_by_its_key_or_its_words_in_any_case(
    written: str, tags: tuple[str, ...] | None
) -> None:
    words = {
        "organizing": "Organizing", "law": "Legislation and lobbying", "health-care": "Health",
        "wages": "Pay, hours",
    }  # fmt: skip
    found = read_text(text_of(tags=written), settings=SETTINGS._replace(tags=words))
    assert (found.value.tags if found.value else None) == tags


def test_words_that_two_tags_share_are_no_tag() -> None:
    settings = SETTINGS._replace(tags={"law": "Law", "acts": "law", "pay": "Acts"})
    found = read_text(text_of(tags="[Law, Acts, pay]"), settings=settings).diagnostics
    assert [(each.code, each.hint) for each in found] == [
        ("unknown-tag", "write law or acts"),
        ("unknown-tag", "write acts or pay"),
    ]


@pytest.mark.parametrize(
    ("tag", "hint"),
    [
        ("organising", "did you mean organizing?"),
        ("training", "write one of: organizing, legislation"),
        ("communications", "write one of: organizing, legislation"),
    ],
)
def test_an_unknown_tag_is_told_the_tags_unless_it_is_all_but_one_of_them(tag: str, hint: str) -> None:
    [found] = read_text(text_of(tags=f"[{tag}]"), settings=TAGGED).diagnostics
    assert (found.code, found.hint) == ("unknown-tag", hint)


def test_details_stand_in_the_order_of_the_table() -> None:
    details = read(travel="Yes", bargaining_unit="Staff union", experience="2 years").details
    assert [name for name, _ in details] == ["bargaining_unit", "experience", "travel"]


def test_organization_is_found_by_key_name_short_name_and_alias_in_any_case() -> None:
    names = ("ct-afl-cio", "Connecticut AFL-CIO", "ct afl-cio", "STATE FED")
    assert {read(organization=name).organization.key for name in names} == {"ct-afl-cio"}


def test_free_organization_has_a_slug_of_its_own() -> None:
    employer = read(organization="Workers & Families, Inc.").organization
    assert (employer.key, employer.slug, employer.name) == (
        None,
        "workers-families-inc",
        "Workers & Families, Inc.",
    )


@pytest.mark.parametrize(
    "name", ["Conecticut AFL-CIO", "The Connecticut AFL CIO", "Connecticut AFL‑CIO, Inc."]
)
def test_free_name_near_a_registered_one_is_warned_about(name: str) -> None:
    found = only_problem(organization=name)
    assert (found.severity, found.code) == (Severity.WARNING, "organization-near")
    assert "Connecticut AFL-CIO" in found.message


def test_a_free_name_of_which_a_registered_key_was_made_is_warned_about() -> None:
    """Somebody gave that employer another name, and its postings still have the former one."""
    register = register_of((Organization("carpenters-12", "carpenters-12", "Carpenters Local 1200"),))
    source = Source("a.md", text_of(organization="Carpenters 12").encode(), "digest")
    [found] = read_posting(source, SETTINGS, register).diagnostics
    assert (found.severity, found.code) == (Severity.WARNING, "organization-near")
    assert "'Carpenters Local 1200'" in found.message
    assert found.hint is not None
    assert "aliases of carpenters-12" in found.hint


def test_the_day_of_a_repost_after_added_is_told_where_the_first_day_stays() -> None:
    found = only_problem(posted="2026-02-10", deadline="2026-03-10")
    assert (found.code, found.hint) == (
        "date-late",
        "correct one of the two; if the job was posted again, leave posted at its first day",
    )


def test_dates_may_be_equal() -> None:
    assert problems(posted="2026-01-05", deadline="2026-01-05", verified="2026-01-05") == ()


def test_closed_status_is_kept_beside_the_dates() -> None:
    posting = read(status="filled", deadline="2026-02-01")
    assert (posting.status, posting.closes_because) == (ClosedReason.FILLED, ClosedReason.DEADLINE)


@pytest.mark.parametrize(
    ("written", "zone", "offsets"),
    [
        ("2026-03-08 02:30", None, "-04:00 or -05:00"),
        ("2026-11-01 01:30", None, "-04:00 or -05:00"),
        ("2026-10-25 01:30", "Europe/London", "+01:00 or +00:00"),
    ],
)
def test_time_the_clocks_skip_or_repeat_is_warned_about(written: str, zone: str | None, offsets: str) -> None:
    found = only_problem(deadline=f'"{written}"', time_zone=zone)
    assert found.code == "deadline-ambiguous"
    assert (found.hint or "").endswith(offsets)


def test_law_on_pay_is_noted_by_the_day_it_took_effect() -> None:
    def noted(**fields: str | None) -> list[str]:
        found = read_text(text_of(**fields)).diagnostics
        return [each.message for each in found if each.severity is Severity.NOTICE]

    assert noted(added="2026-09-30") == []
    assert len(noted(added="2026-10-01")) == 1
    assert noted(added="2026-10-01", posted="2026-09-30") == []
    assert noted(added="2026-10-01", salary="{min: 25, max: 30, period: hour}") == []
    assert len(noted(added="2026-10-01", salary="{note: By experience}")) == 1
    assert len(noted(added="2026-10-01", location='["Boise, ID", "Toronto, ON", "Hartford, CT"]')) == 1


NO_TEXTS = {
    "location", "employment_type", "salary", "benefits", "remote_from", "apply", "tags", "source", "aliases",
}  # fmt: skip
TEXTS = sorted({row.name for row in FIELDS} - NO_TEXTS)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("written", ["[a, b]", "{a: b}"])
def test_list_or_mapping_in_the_place_of_a_text_is_refused(name: str, written: str) -> None:
    assert only_problem(**{name: written}).code == "not-text"


@pytest.mark.parametrize(
    "fields",
    [
        {"salary": "{min: [1], period: year}"},
        {"salary": "{min: 1000, max: 2000, period: [year]}"},
        {"salary": "{min: 1000, max: 2000, period: year, currency: [USD]}"},
        {"apply": "{url: [a]}"},
        {"apply": "{email: {a: b}}"},
        {"location": "{country: [US]}"},
        {"location": "{postal_code: [1], city: Hartford}"},
        {"tags": "[[a]]"},
        {"aliases": "[[a]]"},
        {"benefits": "[{a: b}]"},
        {"remote_from": "[[US]]", "arrangement": "remote"},
    ],
)
def test_list_or_mapping_within_a_field_is_refused(fields: dict[str, str | None]) -> None:
    assert only_problem(**fields).code == "not-text"


def test_name_of_a_member_that_is_a_list_is_reported_once() -> None:
    assert codes(salary="{? [a, b] : c, min: 1000, max: 2000, period: year}") == ["yaml-key"]
    assert codes(salary="{? << : {a: b}, min: 1000, max: 2000, period: year}") == ["yaml-merge"]
    assert codes(apply="{? [a, b] : c, email: }") == ["apply-empty", "yaml-key"]


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("123 Main St, Boston, MA", "write Boston, MA, and put a street or building in the text below"),
        ("Hartford, CT or Boston, MA", 'write a list: ["Hartford, CT", "Boston, MA"]'),
        ("New York, NY / Philadelphia, PA", 'write a list: ["New York, NY", "Philadelphia, PA"]'),
        ("Albany/Buffalo, NY", 'write a list: ["Albany, NY", "Buffalo, NY"]'),
        ("Springfield, Mass.", PLACE_FORMS),
        ("Remote within California", f"{FROM} California"),
        ("Remote, Ontario, Canada", f"{FROM} Ontario, Canada"),
        ("Remote in the United States", f"{FROM} United States"),
        ("Remote (CA, OR, WA)", IF_ANY),
        ("Statewide, Ohio and Indiana", "write the region or country alone"),
        ("Nationwide", "write the region or country alone"),
        ("Remote or Ohio", IF_ANY),
        ("Hartford, CT, or Boston, MA", 'write a list: ["Hartford, CT", "Boston, MA"]'),
        ("Remote - Boston, MA", "write Boston, MA, and put remote in arrangement"),
        ("Hybrid - Boston, MA", "write Boston, MA, and put hybrid in arrangement"),
        ("Field-based, Boston, MA", "write Boston, MA, and put field in arrangement"),
        ("Home-based, Ohio", f"{FROM} Ohio"),
        ("Hybrid (Boston)", AS_HYBRID_PLACE),
        ("Hybrid in Hartford or Derby, CT", AS_HYBRID_PLACE),
        ("Hybrid 3 days/week in Boston, MA", AS_HYBRID_PLACE),
        ("Remote with 2 days a week in Boston, MA", IF_ANY),
        ("Remote, two days in the office", IF_ANY),
        ("Mostly remote", f"{PLACE_FORMS}; {BESIDE}"),
        ("100% remote", AS_REMOTE),
        ("Fully remote", AS_REMOTE),
        ("100 % remote", AS_REMOTE),
        ("Fully-remote", AS_REMOTE),
        ("Boston, MA (hybrid)", f"write Boston, MA; {BESIDE}"),
        ("Boston, MA • on-site", f"write Boston, MA; {BESIDE}"),
        ("NYC", "write New York, NY"),
        ("the Chicago, IL Area", PLACE_FORMS),
        ("Delaware, Ohio or Gary, IN", 'write a list: ["Delaware, Ohio", "Gary, IN"]'),
        ("New York, New York and Ohio", 'write a list: ["New York, New York", Ohio]'),
        ("Ohio or Indiana, PA", 'write a list: [Ohio, "Indiana, PA"]'),
        ("Must be based in Arizona", PLACE_FORMS),
        (
            "Remote, Washington, District of Columbia",
            "write Washington, District of Columbia, and put remote in arrangement",
        ),
    ],
)
def test_what_is_more_than_a_place_is_refused_with_the_place_in_it(written: str, hint: str) -> None:
    found = only_problem(location=f'"{written}"')
    assert (found.code, found.hint) == ("location", hint)


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("Toronto, ON, CA", Place("Toronto", "ON", None, "CA")),
        ("Montréal, Québec, Canada", Place("Montréal", "QC", None, "CA")),
        ("Halifax, Nouvelle-Écosse, Canada", Place("Halifax", "NS", None, "CA")),
        ("Ile-du-Prince-Edouard, Canada", Place(None, "PE", None, "CA")),
        ("Casablanca, Grand Casablanca, Morocco", Place("Casablanca", "Grand Casablanca", None, "MA")),
        ("Sarajevo, Bosnia and Herzegovina", Place("Sarajevo", None, None, "BA")),
    ],
)
def test_places_abroad_are_read_as_they_are_written(written: str, place: Place) -> None:
    assert [each._replace(region=each.region or None) for each in read(location=f'"{written}"').places] in (
        [place],
        [place._replace(city=None, region=place.city)],
    )


def test_a_city_alone_is_not_taken_for_a_country() -> None:
    assert "Poland" not in (only_problem(location="Portland").hint or "")


@pytest.mark.parametrize("city", ["San_Francisco", "Seattle", "Boston", "Houston", "Miami", "Washington"])
def test_a_city_without_a_zone_is_not_given_that_of_another_far_away(city: str) -> None:
    hint = only_problem(deadline="2026-02-16 17:00", time_zone=f"America/{city}").hint or ""
    assert hint == "write it as Area/City, such as America/New_York"


@pytest.mark.parametrize(
    "written", ["{min: 25, max: 60000, period: year}", "{min: 6000, max: 70000, period: year}"]
)
def test_pay_that_spans_ten_times_itself_is_warned_about(written: str) -> None:
    found = only_problem(salary=written)
    assert (found.code, found.severity) == ("salary-size", "warning")


@pytest.mark.parametrize(
    ("apply", "base_url", "columns"),
    [
        ("https://example.org/apply", "https://jobs.local12.org/", [8]),
        ("jobs@local.example", "https://jobs.local12.org/", [8]),
        ("{url: https://apply.test/, email: a@union.org}", "https://jobs.local12.org/", [14]),
        ("{url: https://example.com/, email: a@example.net}", "http://localhost:8000/", [14, 43]),
        ("{instructions: See example.org}", "https://jobs.local12.org/", []),
        ("https://contest.org/example.org", "https://jobs.local12.org/", []),
        ("https://example.org/apply", "https://jobs.example/", []),
    ],
)
def test_an_address_of_an_example_is_told_unless_the_site_is_one(
    apply: str, base_url: str, columns: list[int]
) -> None:
    settings = SETTINGS._replace(base_url=base_url)
    found = read_text(text_of(apply=apply), settings=settings).diagnostics
    assert [each.span.column for each in found if each.code == "apply-example"] == columns
    assert {each.severity for each in found if each.code == "apply-example"} <= {"warning"}


@pytest.mark.parametrize(
    ("written", "through"),
    [
        (
            "https://eur01.safelinks.protection.outlook.com/ap/w-59?url=https%3A%2F%2Fa.org%2F%3Fb%3D1&data=x",
            "eur01.safelinks.protection.outlook.com",
        ),
        ("https://www.google.co.uk/url?q=https://a.org/&sa=D", "www.google.co.uk"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.org%2F&h=AT", "l.facebook.com"),
        ("https://www.linkedin.com/safety/go?url=https%3A%2F%2Fa.org", "www.linkedin.com"),
        ("https://duckduckgo.com/l/?uddg=https%3A%2F%2Fa.org&rut=1", "duckduckgo.com"),
        (
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__a.org_b-2Dc&d=Dw",
            "urldefense.proofpoint.com",
        ),
        ("https://urldefense.com/v3/__https://a.org/*b__;Iw!!Abc$", "urldefense.com"),
        ("https://www.google.com/search?q=https://a.org", None),
        ("https://docs.google.com/forms/d/e/1FA/viewform?url=https://a.org", None),
        ("https://www.google.com\u2100/url?q=https://a.org", None),
        ("https://a.org/?next=https://www.google.com/url?q=https://b.org", None),
        ("https://www.linkedin.com/jobs/view/1?url=https://a.org", None),
    ],
)
def test_an_address_that_leads_through_another_site_is_known(written: str, through: str | None) -> None:
    found = WRAPPED.match(written)
    assert (found["host"] if found else None) == through


@pytest.mark.parametrize("written", ["n/a", "TBD", "Not specified.", "-"])
@pytest.mark.parametrize("field", ["organization", "experience", "summary", "benefits", "arrangement_note"])
def test_a_text_that_says_that_nothing_is_known_is_told(field: str, written: str) -> None:
    found = only_problem(**{field: f'"{written}"'})
    assert (found.severity, found.code, found.span.column) == ("warning", "text-empty", len(field) + 3)


@pytest.mark.parametrize("name", ["Company", "[Your Organization]"])
def test_what_stands_for_an_employer_is_told(name: str) -> None:
    assert codes(organization=f'"{name}"') == ["text-empty"]


def test_that_nothing_is_asked_for_is_a_fact() -> None:
    assert codes(experience="None", travel="none", benefits="None.") == []


@pytest.mark.parametrize(
    ("apply", "severity"),
    [
        ("{instructions: TBD}", "error"),
        ("{instructions: see above}", "error"),
        ("{instructions: Apply now!, contact: Jane Doe}", "error"),
        ("{instructions: N/A, url: https://example.org/apply}", "warning"),
        ("{contact: TBC, email: jobs@example.org}", "warning"),
    ],
)
def test_how_to_apply_is_not_left_open(apply: str, severity: str) -> None:
    found = only_problem(apply=apply)
    assert (found.severity, found.code) == (severity, "text-empty")


def test_to_apply_online_is_said_beside_an_address_only() -> None:
    assert codes(apply="{instructions: Apply online, url: https://example.org/apply}") == []
    assert codes(apply="{instructions: Apply online}") == ["text-empty"]


@pytest.mark.parametrize("settings", [SETTINGS, TAGGED], ids=["free", "tagged"])
@pytest.mark.parametrize(
    "name",
    [
        *("arrangement", "employment_type", "remote_from", "tags", "aliases", "posted", "verified"),
        *("deadline", "time_zone", "status", "salary", "language", "draft", "verify_by"),
    ],
)
def test_an_optional_field_that_says_nothing_is_to_be_left_out(name: str, settings: Settings) -> None:
    found = read_text(text_of(**{name: "N/A"}), settings=settings).diagnostics
    (hint,) = [each.hint or "" for each in found if each.severity == "error"]
    assert hint.startswith(("leave it out", "delete the line"))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("apply", "{url: N/A, email: jobs@example.org}"),
        ("source", "{url: https://example.org/1, seen: TBD}"),
        ("salary", "{min: 9, max: 9, period: hour, currency: N/A}"),
        ("location", "{city: Hartford, region: CT, country: unknown}"),
    ],
)
def test_a_part_that_says_nothing_is_to_be_left_out(name: str, written: str) -> None:
    assert (only_problem(**{name: written}).hint or "").startswith("leave it out")


def test_a_word_for_nothing_is_no_tag_and_no_former_name() -> None:
    assert codes(tags="none") == ["tag-form"]
    assert codes(tags="[organizing, n/a]") == ["tag-form"]
    assert codes(aliases="none") == ["alias-form"]


def test_codes_that_look_like_words_for_nothing_are_read() -> None:
    assert codes(arrangement="remote", remote_from="NA", location=None) == []


@pytest.mark.parametrize(
    ("fields", "hint"),
    [
        (
            {"salary": "{min: 25, max: 30, period: hour, note: up to $60,000 a year}"},
            "inside { } a comma ends a value: put the text that '000 a year' is part of in quotes",
        ),
    ],
)
def test_what_yaml_cuts_in_the_middle_is_told_with_quotes_around_it(
    fields: dict[str, str], hint: str
) -> None:
    assert only_problem(**fields).hint == hint


@pytest.mark.parametrize("written", ["Español/English", "es, en", "English and Spanish"])
def test_several_languages_are_not_taken_for_one(written: str) -> None:
    hint = only_problem(language=f'"{written}"').hint or ""
    assert "in languages" in hint


def test_spaces_of_another_kind_before_a_field_are_told() -> None:
    text = text_of(salary="").replace("salary: ", "salary:\n  min: 3\n\u00a0\u00a0max: 4")
    [found] = [each for each in read_text(text).diagnostics if each.code == "unknown-field"]
    assert found.message.endswith("a character that cannot be seen, or only looks like a space")
    assert found.hint == SEEN


@pytest.mark.parametrize(
    ("line", "hints"),
    [
        ("“title”: Organizer", ["did you mean title?"]),
        ("“title: Organizer”", ["did you mean title?"]),
        ("title\u00a0: Organizer", [SEEN]),
        ("\u200btitle: Organizer", [SEEN]),
        ("2. Title: “Organizer”", ["did you mean title?", "write Organizer"]),
        ("• title: Now hiring – Organizer", ["did you mean title?", "write title: Organizer"]),
    ],
)
def test_a_name_with_marks_around_it_is_told_and_its_value_is_read(line: str, hints: list[str]) -> None:
    found = read_text(text_of(title=None).replace("---\n", f"---\n{line}\n", 1)).diagnostics
    assert [each.hint for each in found] == hints
    assert all("\\" not in each.message for each in found)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"Deadline": "2026-01-26 17:00-05:00", "Time Zone": "Asia/Tokyo"}, "time-zone-unused"),
        ({"Deadline": "2025-12-26"}, "date-late"),
        ({"Deadline": "2026-01-26", "time_zone": "Asia/Tokyo"}, None),
        ({"closing date": "2026-01-26 17:00-05:00", "timezone": "Asia/Tokyo"}, "time-zone-unused"),
        ({"closing date": "2025-12-26"}, "date-late"),
        ({"organization": None, "employer": "CT-AFL-CIO Inc."}, "organization-near"),
    ],
)
def test_fields_under_other_names_are_judged_against_each_other(
    fields: dict[str, str | None], code: str | None
) -> None:
    assert [each for each in codes(**fields) if each != "unknown-field"] == [*filter(None, [code])]


@pytest.mark.parametrize("mark", ["–", "—", "•", "*", "·\t", "-"])
@pytest.mark.parametrize("indent", ["", "  "])
def test_lines_with_other_marks_than_a_hyphen_are_a_list_that_is_none_yet(mark: str, indent: str) -> None:
    space = "" if mark == "-" else " "
    lines = f"\n{indent}{mark}{space}law\n{indent}- pay\n{indent}{mark}{space}“union hall”"
    found = read_text(text_of(benefits=lines)).diagnostics
    assert [(each.code, each.hint) for each in found] == [
        ("yaml-syntax", "write - law"),
        ("yaml-syntax", "write - union hall"),
    ]


def test_lines_that_may_be_items_of_a_list_are_warned_of() -> None:
    found = only_problem(apply="\n  email: jobs@example.org\n  documents:\n    Resume\n    Cover letter")
    assert (found.severity, found.code) == (Severity.WARNING, "list-form")
    assert found.hint == "if each is an item, write documents: [Resume, Cover letter]"
    assert read_text(text_of(benefits="Health plan,\n  Pension\n  as stated")).diagnostics == ()
    wrapped = "Medical, dental and vision insurance through the\n  Harbor Workers Health Fund"
    assert read_text(text_of(benefits=wrapped)).diagnostics == ()


@pytest.mark.parametrize(
    "benefits", ["\n  - Health plan\n    – with dental", "|\n  Plans:\n  – health", "Health\n  – dental"]
)
def test_a_dash_within_a_text_is_part_of_it(benefits: str) -> None:
    assert read_text(text_of(benefits=benefits)).diagnostics == ()


@pytest.mark.parametrize(
    ("fields", "code", "hint"),
    [
        ({"title": "Field &amp; Digital&nbsp;Organizer"}, "text-garbled", "write Field & Digital Organizer"),
        ({"title": "“Organizer: Field Team”"}, "yaml-syntax", 'write title: "Organizer: Field Team"'),
        (
            {"organization": "“Quad County Tenants #4”"},
            "yaml-comment",
            'write organization: "Quad County Tenants #4"',
        ),
        ({"title": "“Office Manager”"}, "curly-quotes", "write Office Manager"),
        ({"location": "Multiple locations"}, "location", SEVERAL_PLACES),
        ({"apply": "https//example.org/apply"}, "apply-form", "write https://example.org/apply"),
        ({"apply": "https://https://example.org/a"}, "url", "write https://example.org/a"),
        ({"apply": "https://example.org/apply/12."}, "url", "write https://example.org/apply/12"),
        (
            {"apply": "TBD"},
            "apply-form",
            SOME_WAY,
        ),
        ({"apply": "<email>"}, "apply-form", SOME_WAY),
        ({"apply": "website"}, "apply-form", SOME_WAY),
        ({"apply": "[email]"}, "not-a-list", SOME_WAY),
        ({"apply": "[URL, Email address]"}, "not-a-list", SOME_WAY),
        ({"apply": "[jobs@example.org]"}, "not-a-list", "write jobs@example.org"),
        ({"apply": "[example.org/jobs]"}, "not-a-list", "write https://example.org/jobs"),
        (
            {"apply": "[https://example.org/a, jobs@example.org]"},
            "not-a-list",
            "write apply: {url: https://example.org/a, email: jobs@example.org}",
        ),
        (
            {"apply": "\n  - Send a resume\n  - to the hall"},
            "not-a-list",
            'write apply: {instructions: "Send a resume, to the hall"}',
        ),
        ({"apply": '[""]'}, "not-a-list", SOME_WAY),
        ({"apply": '"{email}"'}, "apply-form", SOME_WAY),
        ({"apply": "[<jobs@example.org>]"}, "not-a-list", "write jobs@example.org"),
        ({"apply": "MAILTO:jobs@example.org"}, "email", "write jobs@example.org"),
        (
            {"apply": '"[jobs@example.org](mailto:jobs@example.org)"'},
            "email",
            "write jobs@example.org",
        ),
        (
            {"apply": "https://example.org/a,b or jobs@example.org"},
            "url",
            'write apply: {url: "https://example.org/a,b", email: jobs@example.org}',
        ),
        ({"apply": "{email}"}, "apply-empty", "write what belongs after email:, such as jobs@example.org"),
        (
            {"apply": "jobs@example.org or https://example.org/a"},
            "email",
            "write apply: {url: https://example.org/a, email: jobs@example.org}",
        ),
        ({"source": "[example.org/a]"}, "not-a-list", "write source: {url: https://example.org/a}"),
        ({"source": "example.org/a,b"}, "source-form", 'write source: {url: "https://example.org/a,b"}'),
        (
            {"source": "[https://example.org/a, https://example.org/b]"},
            "not-a-list",
            "write source: and below it, indented by two spaces, url: and its value",
        ),
        ({"deadline": "No deadline."}, "deadline-form", NO_DEADLINE),
        ({"title": "TBD"}, "text-empty", "write the job's title"),
        ({"title": "Job Title"}, "text-empty", "write the job's title"),
        ({"title": "<Position>"}, "text-empty", "write the job's title"),
        ({"title": "Untitled"}, "text-empty", "write the job's title"),
        ({"apply": "https:/example.org/apply"}, "url", "write https://example.org/apply"),
        ({"apply": "www.example.org/apply."}, "apply-form", "write https://www.example.org/apply"),
        ({"arrangement": "Fully remote"}, "unknown-value", "did you mean remote?"),
        ({"arrangement": "hybrid,"}, "unknown-value", "did you mean hybrid?"),
        ({"description": "We organize."}, "unknown-field", "write it below the second ---"),
        ({"location": "{city: Hartford, state: CT}"}, "unknown-field", "did you mean region?"),
        (
            {"location": '{city: Hartford, region: CT, zip: "06103"}'},
            "unknown-field",
            "did you mean postal_code?",
        ),
        ({"closing date": "2026-02-01"}, "unknown-field", "did you mean deadline?"),
        ({"apply": None, "how to apply": "jobs@x.example"}, "unknown-field", "did you mean apply?"),
        ({"apply": None, "postuler": "jobs@x.example"}, "unknown-field", "did you mean apply?"),
        ({"title": None, "Título": "Organizador"}, "unknown-field", "did you mean title?"),
        ({"apply": "application.pdf"}, "apply-form", 'write apply: {instructions: "application.pdf"}'),
        ({"location": "Working from home"}, "location", AS_REMOTE),
        ({"location": '"Location: Derby, CT"'}, "location", ONE_OR_SEVERAL),
        ({"location": "Derby - CT"}, "location", "write Derby, CT"),
        ({"start": "May 1"}, "unknown-field", "did you mean schedule?"),
        ({"tags": None, "Mots-clés": "[law]"}, "unknown-field", "did you mean tags?"),
        ({"arrangement": "Flexible", "location": None}, "unknown-value", ARRANGEMENTS),
        ({"tags": "“law, pay”"}, "list-form", "write tags: [law, pay]"),
        ({"title": "<b>Field</b> Organizer<br>"}, "text-garbled", "write Field Organizer"),
        (
            {"deadline": "2026-01-26 00:00:00"},
            "deadline-midnight",
            "write 2026-01-26 if they can, else 2026-01-25",
        ),
        (
            {"deadline": "2026-01-26T00:00Z"},
            "deadline-midnight",
            "write 2026-01-26 if they can, else 2026-01-25 23:59+00:00",
        ),
        ({"deadline": "2026-01-26T24:00Z"}, "no-such-time", CLOCKS),
        ({"deadline": "2026-01-26T17:00+15:00"}, "no-such-time", CLOCKS),
        ({"deadline": "2026-01-26 24:00"}, "no-such-time", CLOCKS),
        ({"arrangement": "No remote work"}, "unknown-value", ARRANGEMENTS),
        (
            {"arrangement": "hybrid", "remote_from": "US"},
            "remote-from",
            "write arrangement: remote, or delete it",
        ),
        ({"employment_type": "Perm"}, "unknown-value", "write full-time or part-time"),
        ({"posted": "2026-15-01"}, "no-such-date", "did you mean 2026-01-15?"),
        (
            {"tags": "[law, , pay]"},
            "yaml-syntax",
            "put each text in it in quotes, and a comma between two of them",
        ),
        (
            {"salary": "{note: DOE: $60k}"},
            "yaml-syntax",
            "put each text in it in quotes, and a comma between two of them",
        ),
        ({"apply": "https://example..org/"}, "url", None),
        ({"Remote?": "Hybrid"}, "unknown-field", "did you mean arrangement?"),
        ({"is_remote": "yes", "arrangement": "hybrid"}, "unknown-field", THERE.format("arrangement")),
        ({"benefit": "yes"}, "unknown-field", "did you mean benefits?"),
        ({"jobLocationType": "remote"}, "unknown-field", "did you mean arrangement?"),
        ({"location": None, "address": "Hartford, CT"}, "unknown-field", "did you mean location?"),
        ({"street_address": "12 Main St"}, "unknown-field", "write it below the second ---"),
        ({"location": None, "Office": "Hartford, CT"}, "unknown-field", "did you mean location?"),
        ({"guid": "https://example.org/?p=1"}, "unknown-field", "delete the line"),
        ({"thumbnail": "logo.png"}, "unknown-field", "delete the line"),
        (
            {"org_url": "https://example.org/"},
            "unknown-field",
            "delete the line: an employer's website is its url in organizations.yaml",
        ),
        (
            {"added": None, "posted": None, "created_at": "2026-01-26"},
            "unknown-field",
            "did you mean posted?",
        ),
        ({"status": "searching"}, "unknown-value", "delete the line: a posting is open until its deadline"),
        ({"salary_min": "50000"}, "unknown-field", "put it below salary:, indented by two spaces, as min"),
        ({"state": "CT"}, "unknown-field", "put it below location:, indented by two spaces, as region"),
        ({"categories": "pay"}, "unknown-field", "did you mean tags?"),
        ({"hours_per_week": "20"}, "unknown-field", "did you mean schedule?"),
        ({"status": "publish"}, "unknown-value", "delete the line: a posting is open until its deadline"),
        ({"Location": "Hartford, CT", "location": None}, "unknown-field", "did you mean location?"),
        (
            {"apply": "https://example.org/a b.pdf"},
            "url",
            OR_MORE,
        ),
        ({"apply": "https://example.org/?a=1|2"}, "url", "write https://example.org/?a=1%7C2"),
        ({"apply": "a@example.org; b@example.org"}, "email", ONE_EMAIL),
        ({"deadline": "TBD."}, "deadline-form", NO_DEADLINE),
        ({"deadline": "(not specified)"}, "deadline-form", NO_DEADLINE),
        ({"arrangement": "TBD."}, "unknown-value", NOT_STATED),
        ({"employment_type": "[(unknown)]"}, "unknown-value", NOT_STATED),
        ({"salary": "(not stated)"}, "salary-form", NO_PAY),
        ({"salary": "Competitive!"}, "salary-form", NO_PAY),
        (
            {"added": "2026-01-26", "deadline": "2019-01-26"},
            "date-late",
            "write as added the day when it was first listed anywhere, or correct the deadline",
        ),
        ({"apply": "https://example.org/apply,"}, "url", "write https://example.org/apply"),
        (
            {"apply": "https://example.org/apply or jobs@example.org"},
            "url",
            "write apply: {url: https://example.org/apply, email: jobs@example.org}",
        ),
    ],
)
def test_what_people_paste_and_call_a_field_is_told_with_what_to_write(
    fields: dict[str, str | None], code: str, hint: str | None
) -> None:
    found = only_problem(**fields)
    assert (found.code, found.hint) == (code, hint)


@pytest.mark.parametrize("name", ["title", "organization", "salary", "apply", "department", "tags"])
@pytest.mark.parametrize("written", ["TBD!", "(TBD)", "[N/A]", "*not stated*"])
def test_what_says_nothing_does_so_in_every_field_whatever_stands_around_it(name: str, written: str) -> None:
    found = only_problem(**{name: f'"{written}"'})
    told = found.hint or ""
    assert told.startswith(("write", "delete the line", "leave it out"))
    assert written not in told


def test_a_title_in_capitals_is_offered_without_what_calls_for_attention() -> None:
    found = read_text(text_of(title="FIELD ORGANIZER!!!")).diagnostics
    assert [each.hint for each in found] == ["write title: Field Organizer"] * 2


@pytest.mark.parametrize("name", ["benefits", "apply.documents"])
def test_typographic_bullets_in_a_field_are_a_list_that_is_none_yet(name: str) -> None:
    lines = " • Health insurance\n    • Pension, or 401(k)"
    fields = (
        {"benefits": lines}
        if name == "benefits"
        else {"apply": f"\n  email: a@b.example\n  documents:{lines}"}
    )
    found = only_problem(**fields)
    assert (found.code, found.hint) == (
        "list-form",
        f'write {name.removeprefix("apply.")}: [Health insurance, "Pension, or 401(k)"]',
    )


def test_curly_quotes_within_a_value_are_kept() -> None:
    assert read(title="“Steward” or “Organizer”").title == "“Steward” or “Organizer”"


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Apply at https://x.example/1, today", "url: https://x.example/1"),
        ("jobs@x.example and call us", "email: jobs@x.example"),
    ],
)
def test_what_stands_beside_an_address_to_apply_at_can_be_kept(written: str, parts: str) -> None:
    found = only_problem(apply=written)
    kept = f'{{{parts}, instructions: "{written}"}}'
    assert found.hint == f"write {parts.partition(' ')[2]}; to keep the rest, write apply: {kept}"
    assert codes(apply=kept) == []


def test_what_stands_beside_two_addresses_to_apply_at_can_be_kept() -> None:
    written = "https://x.example/1 or a letter to jobs@x.example"
    parts = "url: https://x.example/1, email: jobs@x.example"
    kept = f'apply: {{{parts}, instructions: "{written}"}}'
    assert only_problem(apply=written).hint == f"write apply: {{{parts}}}; to keep the rest, write {kept}"
    assert only_problem(apply="https://x.example/1 or https://x.example/2").hint == OR_MORE
    assert only_problem(apply="{url: https://x.example/1 by next Friday}").hint == ONLY


def test_a_city_is_no_more_than_its_name() -> None:
    found = only_problem(location='{city: "Gary, Indiana"}')
    hint = "write only its name; region and country are parts of their own"
    assert (found.code, found.hint) == ("location", hint)
    assert codes(location='{city: "TBD"}') == ["text-empty"]


@pytest.mark.parametrize("between", [" & ", " and ", " / ", "; "])
def test_of_cities_in_a_row_none_is_left_out_where_regions_are_not_known(between: str) -> None:
    settings = SETTINGS._replace(default_country="FR")
    found = read_text(text_of(location=f"Lyon{between}Paris"), settings=settings)
    assert [each.hint for each in found.diagnostics] == [ONE_OR_SEVERAL]


@pytest.mark.parametrize(
    "written",
    ["Email jobs@x.example", "jobs@x.example.", "mailto:jobs@x.example?subject=Job", "jobs@x.example (Ann)"],
)
def test_the_one_address_in_a_sentence_is_proposed(written: str) -> None:
    assert only_problem(apply=f'{{email: "{written}"}}').hint == "write jobs@x.example"


@pytest.mark.parametrize("deadline", [None, "rolling"])
def test_days_without_a_deadline_are_the_site_s(deadline: str | None) -> None:
    posting = read(deadline=deadline, time_zone="Pacific/Honolulu", verify_by="2026-02-01")
    assert posting.closes_at.isoformat() == "2026-02-02T05:00:00+00:00"


@pytest.mark.parametrize("row", FIELDS, ids=lambda row: row.name)
def test_no_field_is_read_and_dropped(row: Field) -> None:
    fields = {"deadline": "2026-02-16 17:00", "posted": "2026-01-02"}
    if row.name == "verify_by":
        fields["deadline"] = "rolling"
    others = {
        "title": "Lead Organizer",
        "organization": "Local 12",
        "location": "Boston, MA",
        "apply": "a@b.org",
        "time_zone": "Asia/Tokyo",
    }
    without = {**fields, row.name: others.get(row.name)}
    assert read(**without) != read(**{**fields, row.name: row.example})


@pytest.mark.parametrize("sign", ["،", "、", "，"])
def test_commas_of_other_scripts_part_places_and_tags(sign: str) -> None:
    assert read(location=f"Hartford{sign}CT").places == read(location="Hartford, CT").places
    tags = only_problem(tags=f"[law{sign}pay]")
    assert (tags.code, tags.hint) == ("tag-form", "write [law, pay]")
    assert only_problem(tags=f"law{sign}pay").hint == "write tags: [law, pay]"


@pytest.mark.parametrize("day", ["٢٠٢٦-٠٣-٠١", "2026–03–01", "2026‑3‑1"])
def test_a_date_in_another_script_is_offered_in_the_accepted_form(day: str) -> None:
    added, deadline = only_problem(added=day), only_problem(deadline=day)
    assert (added.code, added.hint) == ("date-form", "write 2026-03-01")
    assert (deadline.code, deadline.hint) == ("deadline-form", "write 2026-03-01")


def test_letters_with_their_accents_apart_are_read_as_one() -> None:
    """As programs on a Mac and PDF files have them: nobody sees a difference, so there is none."""
    settings = SETTINGS._replace(tags={"santé": "Santé"})
    written = text_of(
        "Équipe.\n", organization="Fédération", location="Montréal, Québec, Canada", tags="[santé]"
    )
    composed, apart = (read_text(normalize(form, written), settings=settings) for form in ("NFC", "NFD"))
    assert composed.value is not None
    assert apart == composed
