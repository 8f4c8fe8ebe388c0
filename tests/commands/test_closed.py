"""What a page says of its job: the words of employers and job boards, and dates in data."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiringhall.commands.links.closed import closing

TODAY = date(2026, 3, 10)

CLOSED = """
    This position has been filled.
    This position has been filled
    The position has been filled and is no longer available.
    This job is no longer available.
    This job posting is no longer active.
    This job listing has expired
    The job you are looking for is no longer open.
    The job posting that you requested has been removed.
    The job you're trying to apply for is no longer accepting applications.
    We're sorry, but this position is no longer available.
    Sorry, this job is closed.
    Sorry, this role has now been filled.
    Unfortunately, this vacancy has been withdrawn.
    The Field Organizer position has been filled.
    This internship is now closed to applications.
    This position is now closed to new applicants.
    This job was closed on March 3, 2026.
    Position filled
    Vacancy closed
    Job not found
    Applications closed
    This job could not be found.
    No longer accepting applications
    We are no longer accepting applications for this position.
    Not currently accepting applications.
    Applications are closed.
    Applications for this position are now closed.
    Applications have closed
    The application deadline has passed.
    The deadline to apply has passed.
    The application period for this role is closed.
    Page not found
    404: Page not found
    Esta oferta ya no está disponible.
    Lo sentimos, esta vacante ya no esta disponible
    El puesto ha sido cubierto.
    La convocatoria está cerrada.
    El plazo ha finalizado.
    El plazo de presentación de solicitudes ha terminado.
    Ya no se aceptan solicitudes.
"""

OPEN = """
    This position is open until it has been filled.
    This position will remain open until the position is filled.
    Open until filled.
    When this position is filled, the notice will be removed.
    If this job is no longer available, see our other openings.
    Once the position has been filled, we tell all who applied.
    The contract of this position has expired twice.
    This position supports members whose contract has expired.
    The office is closed on Mondays.
    This position is filled by election.
    This job is closed-loop recycling at its best.
    This role was filled with meaning by those who had it before.
    The position reports to a director who was removed from office.
    Applications are reviewed as they come in.
    Applications for this position are closed in June.
    We are not accepting paper applications.
    We are no longer accepting applications by fax.
    The deadline is March 31.
    The deadline for grant reports has passed to another team.
    Help people whose job has been removed.
    Posting: Organizer
    Closed captions are available.
    Esta oferta está disponible hasta que se cubra.
    El plazo termina el 31 de marzo.
"""


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


@pytest.mark.parametrize("said", lines(CLOSED))
def test_a_page_that_says_so_is_of_a_closed_job(said):
    page = (
        f"<title>Organizer | Local 12</title><h1>Organizer</h1>\n<div class='note'>\n  {said}\n</div><p>Apply"
    )
    assert closing(page, TODAY) == f"“{said}”"


@pytest.mark.parametrize("said", lines(OPEN))
def test_other_words_about_closing_are_no_sign(said):
    assert closing(f"<h1>Organizer</h1><p>{said}</p>", TODAY) == ""


@pytest.mark.parametrize(
    ("page", "is_closed"),
    [
        ("<p>We are hiring. This position <em>has been</em>\n filled.", True),
        ("<p>We’re sorry, this&nbsp;job is closed.</p>", True),
        ("<title>Page not found – Local 12</title>", True),
        ("<script>say('<p>This job is closed.</p>')</script>", False),
        ("<style>/* <p>This job is closed. */</style><p>Apply", False),
        ("<!-- <p>This job is closed.</p> --><p>Apply", False),
        ("<template><p>This job is closed.</p></template>", False),
        ("<div hidden><div>x</div><p>This job is closed.</p></div>", False),
        ("<div hidden><div>x</div></div><p>This job is closed.</p>", True),
        ("<p style='color: red; display:none'>This job is closed.</p>", False),
        ("<p class='note d-none'>This job is closed.</p>", False),
        ("<p class='hidden-gem'>This job is closed.</p>", True),
        ("<input type='text' hidden><p>This job is closed.</p>", True),
        ("<p>This job", False),
        ("", False),
    ],
)
def test_only_what_readers_see_counts(page, is_closed):
    assert bool(closing(page, TODAY)) is is_closed


def data(*jobs: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(job)}</script>' for job in jobs)


def job(last: object, kind: object = "JobPosting") -> dict[str, object]:
    return {"@context": "https://schema.org", "@type": kind, "validThrough": last, "description": "<p>Work"}


@pytest.mark.parametrize(
    ("page", "last"),
    [
        (data(job("2026-03-01")), "2026-03-01"),
        (data(job("2026-03-01T17:00:00-05:00")), "2026-03-01"),
        (data(job("2026-03-01T17:00:00.000Z", ["JobPosting", "Thing"])), "2026-03-01"),
        (data({"@graph": [{"@type": "WebSite"}, job("2026-03-08")]}), "2026-03-08"),
        (data(job("2026-03-09")), None),  # still that day somewhere
        (data(job("2026-12-31")), None),
        (data(job("soon")), None),
        (data(job(None)), None),
        (data(job("2026-03-01"), job("2026-03-02")), None),  # a list
        (data({"@type": "Event", "validThrough": "2026-03-01"}), None),
        ("<script type=application/ld+json>{</script>", None),
        ("<script>" + json.dumps(job("2026-03-01")) + "</script>", None),
    ],
)
def test_the_date_in_the_data_of_the_only_job_counts(page, last):
    expected = f"in its data that it was valid through {last}" if last else ""
    assert closing(page, TODAY) == expected


@given(st.text("<>!-/ apscriptemhidden='\"&;jobisclosed.\n", max_size=400))
def test_any_text_can_be_read(page):
    assert isinstance(closing(page, TODAY), str)


@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<p ", "<script>", "[", "the job you ", "&amp", "this ", "<a b='"]
)
def test_a_hostile_page_is_read_in_a_moment(piece):
    assert closing(piece * (400_000 // len(piece)), TODAY) == ""
