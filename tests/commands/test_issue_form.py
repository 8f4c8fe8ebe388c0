"""What people answer in the issue form, as fields of a posting: nothing lost, nothing guessed."""

from __future__ import annotations

import re
import time

import pytest
import yaml

from hiringhall.commands.new.issue_form import Answers, read_form
from hiringhall.commands.new.skeleton import Value, skeleton
from hiringhall.diagnostics import Diagnostic, Severity
from hiringhall.questions import QUESTIONS, asked_in, mail
from tests import factory
from tests.intake.reading_helpers import SETTINGS, read_text


def form(**answers: str) -> str:
    """Return what GitHub makes of a form with these answers by field, the others left open."""
    said = ((label, answers.get(name, "_No response_")) for label, name in QUESTIONS.items())
    return "\n\n".join(f"### {label}\n\n{answer}" for label, answer in said)


def read(**answers: str) -> Answers:
    return read_form(form(**answers), SETTINGS)


# What the answers about one job are read as, save how to apply.
SAID_OF_IT = {
    "title": "Field Organizer",
    "organization": "Local 12",
    "source": {"url": "https://local12.example/1"},
    "location": ["New Haven, CT", "Hartford, CT"],
    "arrangement": "hybrid",
    "employment_type": ["full-time", "temporary"],
    "salary": {"min": "62000", "max": "70000", "period": "year", "currency": "USD"},
    "schedule": "20 hours a week",
    "posted": "2026-03-01",
    "deadline": "2026-03-31",
}


def test_every_answer_becomes_its_field() -> None:
    found = read(
        title="Field Organizer", organization="Local 12", source="https://local12.example/1",
        location="New Haven, CT\n- Hartford, CT", arrangement="hybrid",
        employment_type="full-time, temporary",
        salary="62,000 to 70,000 USD a year", schedule="20 hours a week",
        posted="2026-03-01", deadline="2026-03-31",
        apply="jobs@example.org", body="Organize.\n\n### Deadline\n\nSoon.",
        assurance="- [X] The job is real.",
    )  # fmt: skip
    assert found == Answers(
        {**SAID_OF_IT, "apply": "jobs@example.org"},
        "Organize.\n\n### Deadline\n\nSoon.",
    )
    posting = read_text(skeleton({**found.fields, "added": "2026-03-02"}, SETTINGS, found.body))
    assert posting.value is not None, posting.diagnostics
    assert posting.diagnostics == ()


def errors_of(found: Answers) -> list[Diagnostic]:
    text = skeleton({**found.fields, "added": "2026-03-02"}, SETTINGS, found.body or "Organize.")
    return [each for each in read_text(text).diagnostics if each.severity is Severity.ERROR]


def test_what_is_above_the_form_is_no_answer() -> None:
    assert read_form(f"Seen on a poster.\n\n{form(title='Cook')}", SETTINGS) == read(title="Cook")


def test_what_is_left_open_is_left_out() -> None:
    assert read(arrangement="None", location="") == Answers({})
    assert read_form("An issue that was not made with the form.", SETTINGS) == Answers({})


@pytest.mark.parametrize(
    ("name", "answer", "value"),
    [
        ("salary", "$30 an hour", {"min": "30", "max": "30", "period": "hour"}),
        ("salary", "62k-70k a year, DOE", {"min": "62000", "max": "70000", "period": "year", "note": "DOE"}),
        ("salary", "$30 - $40", {"note": "$30 - $40"}),
        ("salary", "\u00a330,000 a year", {"note": "\u00a330,000 a year"}),
        ("salary", "By the contract: step 3 of 9", {"note": "By the contract: step 3 of 9"}),
        ("salary", "n/a", "n/a"),
        ("salary", "Not stated.", "Not stated."),
        ("deadline", "End of March, 5 pm", "End of March, 5 pm"),
        ("source", "seen on a poster", "seen on a poster"),
        ("source", "local12.example/1", {"url": "local12.example/1"}),
        ("apply", "local12.example/apply", "local12.example/apply"),
        ("apply", "Call 9 - 5", {"instructions": "Call 9 - 5"}),
        ("location", "- New Haven - Downtown, CT", "New Haven - Downtown, CT"),
        ("apply", "Write to jobs@example.org", {"instructions": "Write to jobs@example.org"}),
        (
            "apply",
            "https://local12.example/apply\n\nAlso send:\n- Resume\n- Letter\nhttps://local12.example/more",
            {
                "url": "https://local12.example/apply",
                "instructions": "Also send: Resume; Letter; https://local12.example/more",
            },
        ),
        (
            "apply",
            "jobs@example.org\nhttps://local12.example/apply",
            {"email": "jobs@example.org", "url": "https://local12.example/apply"},
        ),
    ],
)
def test_an_answer_in_words_stays_as_it_was_written(name: str, answer: str, value: object) -> None:
    assert read(**{name: answer}).fields == {name: value}


@pytest.mark.parametrize("between", ["\n", " ", "\n\n"])
def test_what_the_message_on_a_deadlines_zone_says_can_be_written_into_the_answer(between: str) -> None:
    facts = {"title": "Organizer", "organization": "Local 12", "apply": "jobs@example.org"}
    told = read(deadline="2026-03-31 5 pm Central Time", location="New Haven, CT", **facts)
    (found,) = errors_of(told)
    assert found.hint == "write 2026-03-31 17:00 and, on a line of its own, time_zone: America/Chicago"
    mended = read(
        deadline=f"2026-03-31 17:00{between}time_zone: America/Chicago", location="New Haven, CT", **facts
    )
    assert errors_of(mended) == []
    assert mended.fields["time_zone"] == "America/Chicago"


@pytest.mark.parametrize(
    ("home", "answer", "currency"),
    [
        ("USD", "NZ$30 an hour", "NZD"),
        ("CAD", "US$30 an hour", "USD"),
        ("CAD", "$30 CAD an hour", "CAD"),
        ("CAD", "C$30 an hour", None),
        ("NOK", "kr 30 an hour", None),
    ],
)
def test_a_currency_is_written_where_it_is_named_and_is_else_the_sites(
    home: str, answer: str, currency: str | None
) -> None:
    found = read_form(form(salary=answer), SETTINGS._replace(default_currency=home))
    named = {"currency": currency} if currency else {}
    assert found.fields["salary"] == {"min": "30", "max": "30", "period": "hour"} | named


def test_questions_that_a_site_added_are_kept_as_comments() -> None:
    added = "2026-03-31\n\n### Union?\n\nLocal 12: yes # all\nof us\n\n### Also\n\n_No response_"
    body = "Organize.\n\n### Duties\n\n- Talk (by\n  phone): daily"
    found = read(deadline=added, body=body)
    assert (found.fields, found.others) == (
        {"deadline": "2026-03-31"},
        {"Union?": "Local 12: yes # all\nof us"},
    )
    assert found.body == body
    assert "\n# Union?: Local 12: yes # all of us\n---\n" in skeleton({}, SETTINGS, "", found.others)


@pytest.mark.parametrize(
    "text",
    ["a: b", "- a", "# a", "[a", "'a", '"a: \\b', "---", "a #b", "{{ a }}", "!a", "*a", "&a", "a:", "| a"],
)
def test_no_answer_is_read_as_anything_but_its_words(text: str) -> None:
    found = read(
        title=text, location=f"Here\n{text}", apply=f"Call:\n{text}", body=f"---\nstatus: filled\n{text}"
    )
    written = skeleton(found.fields, SETTINGS, found.body, {text: f"a\nstatus: filled\n{text}"})
    front, _, body = written.removeprefix("---\n").partition("\n---\n")
    assert yaml.load(front, yaml.BaseLoader) == {
        "title": text,
        "location": ["Here", text.removeprefix("- ")],
        "apply": {"instructions": f"Call: {text.removeprefix('- ')}"},
    }
    assert body == f"\n{found.body}\n"


CHOSEN = {
    "en": {"arrangement": "Hybrid", "employment_type": "full-time, Temporary"},
    "fr": {"arrangement": "hybride", "employment_type": "Temps plein, temporaire"},
    "es": {"arrangement": "H\u00edbrido", "employment_type": "tiempo completo\u060c temporal"},
}
SAID = {
    "title": "Field Organizer",
    "organization": "Local 12",
    "source": "https://local12.example/1",
    "location": "New Haven, CT\nHartford, CT",
    "salary": "62000-70000 USD a year",
    "schedule": "20 hours a week",
    "posted": "2026-03-01",
    "deadline": "2026-03-31",
    "apply": "\njobs@example.org\nSend: a letter.",
    "body": "Organize.\n\n### Deadline\n\nPay: by step.\nWhen: soon",
    "assurance": "yes\n\n-- \nAnn, +1 203 555 0100",
}


def answered(language: str) -> str:
    """Return the mail of a site, answered, with what a mail program has above it."""
    words = factory.wording(language)
    subject, text = mail(words)
    names, said = asked_in(words).labels, SAID | CHOSEN[language]
    lines = [f"From: Ann <ann@example.org>\nSubject: {subject}\n"]
    for line in text.split("\n"):
        label = line.partition("(")[0].partition(":")[0].strip()
        lines.append(line + said[names[label]] if label in names else line)
    return "\r\n".join(lines)


@pytest.mark.parametrize("width", [1000, 72])
@pytest.mark.parametrize("language", CHOSEN)
def test_a_mail_with_the_questions_answered_is_read(language: str, width: int) -> None:
    wrapped = re.sub(f"^(?=.{{{width}}})(.{{1,{width}}}) ", r"\1\n", answered(language), flags=re.MULTILINE)
    found = read_form(wrapped, SETTINGS, asked_in(factory.wording(language)))
    assert found == Answers(
        {**SAID_OF_IT, "apply": {"email": "jobs@example.org", "instructions": "Send: a letter."}},
        "Organize.\n\n### Deadline\n\nPay: by step.\nWhen: soon",
    )
    posting = read_text(skeleton({**found.fields, "added": "2026-03-02"}, SETTINGS, found.body))
    assert posting.value is not None, posting.diagnostics


@pytest.mark.parametrize(
    ("language", "place", "read"),
    [
        ("es", "A distancia", "remote"),
        ("fr", "\u00c0 distance", "remote"),
        ("en", "remote", "remote"),
        ("es", "H\u00edbrido", "H\u00edbrido"),
        ("en", "Remote\nHartford, CT", ["Remote", "Hartford, CT"]),
    ],
)
def test_a_place_in_the_sites_words_for_remote_work_is_remote(language: str, place: str, read: Value) -> None:
    asked = asked_in(factory.wording(language))
    label = {name: label for label, name in asked.labels.items()}["location"]
    assert read_form(f"{label}: {place}", SETTINGS, asked).fields == {"location": read}


@pytest.mark.parametrize("language", CHOSEN)
def test_a_mail_that_nobody_answered_says_nothing(language: str) -> None:
    words = factory.wording(language)
    assert read_form(mail(words)[1], SETTINGS, asked_in(words)) == Answers({})


@pytest.mark.no_cover
@pytest.mark.parametrize("text", [" ", "\t", "x" + " " * 999, "x ", "x(", "x:\n"])
def test_no_text_takes_longer_than_its_length_asks_for(text: str) -> None:
    """An issue has up to 65,536 characters, and anybody can send one: this took a minute."""
    start = time.process_time()
    read_form(text * (65_536 // len(text)), SETTINGS)
    assert time.process_time() - start < 10
