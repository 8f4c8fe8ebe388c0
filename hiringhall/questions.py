"""What people who send in a job are asked: in the issue form `posting.yml`, or in a mail if there is none.

Owns the questions, and the field that each answer is; refuses to know how an answer is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from hiringhall.model import Arrangement, EmploymentType
from hiringhall.wording import Wording

TEXT = "body"
# The field that each question of the form asks for, by its label, in the order of the form.
QUESTIONS = MappingProxyType(
    {
        "Job title": "title",
        "Employer": "organization",
        "Where the employer published it": "source",
        "Place of work": "location",
        "Where the work is done": "arrangement",
        "Kind of employment": "employment_type",
        "Pay": "salary",
        "Schedule": "schedule",
        "Date of the employer's notice": "posted",
        "Deadline": "deadline",
        "How to apply": "apply",
        "The work, in your own words": TEXT,
        "Before you send it": "assurance",
    }
)
# What readers see of the fields that can only be one of a few words.
_CHOICES = {"arrangement": ("arrangement", Arrangement), "employment_type": ("type", EmploymentType)}


class Asked(NamedTuple):
    """The field of each question by its label, and for some fields, the values of words in lower case."""

    labels: Mapping[str, str]
    choices: Mapping[str, dict[str, str]]


# Of a choice that was taken back, GitHub writes None.
FORM = Asked(QUESTIONS, {name: {"none": ""} for name in _CHOICES})


def asked_in(wording: Wording) -> Asked:
    """Return the questions of the form, and those of a mail in the site's language."""
    own = {wording.text(_key(name)).partition("(")[0].strip(): name for name in QUESTIONS.values()}
    choices = {
        name: none | {word.casefold(): value for value, word in _words(name, wording).items()}
        for name, none in FORM.choices.items()
    }
    return Asked(QUESTIONS | own, choices)


def mail(wording: Wording) -> tuple[str, str]:
    """Return the subject and the text of a mail in which the questions can be answered, each in its line.

    The last question is one whose answer is no part of the posting, so that a signature below is none either.
    """
    lines = [wording.text("send.lede"), ""]
    for name in QUESTIONS.values():
        label, words = wording.text(_key(name)), wording.listed(_words(name, wording).values())
        lines.append(wording.labelled(f"{label} ({words})" if words else label, ""))
    return wording.text("send.subject"), "\n".join(lines)


def _words(name: str, wording: Wording) -> dict[str, str]:
    """Return the words for each value that a field can have, if it can have only a few."""
    group, values = _CHOICES.get(name, ("", ()))
    return {str(value): wording.text(f"{group}.{value}") for value in values}


def _key(name: str) -> str:
    return f"send.{name.replace('_', '-')}"
