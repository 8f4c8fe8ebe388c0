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
    We're sorry, but this position is no longer available.
    Sorry, this job is closed.
    Sorry, this role has now been filled.
    Unfortunately, this vacancy has been withdrawn.
    This position is now closed to new applicants.
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
    Applications closed on March 1.
    Applications closed on Sunday, March 1st, 2026.
    Applications for this position closed on 1 March.
    The application period has closed.
    The application window is now closed.
    The application deadline has passed.
    The deadline to apply has passed.
    This job is not available.
    This job announcement has closed.
    Applications are no longer being accepted.
    This form is no longer accepting responses.
    *** This position has been filled ***
    Thank you for your interest in this job, but the position has been filled.
    The page you requested no longer exists.
    The page you are looking for doesn’t exist.
    The job you are trying to apply for has been filled.
    Job is no longer available
    Sorry, the job you are trying to view is no longer available.
    The job you requested is currently not available.
    This requisition is closed.
    This vacancy has now closed.
    Applications for this job are closed.
    Page not found
    404: Page not found
    Esta oferta ya no está disponible.
    El puesto ha sido cubierto.
    La convocatoria está cerrada.
    El plazo ha finalizado.
    El plazo de presentación de solicitudes ha terminado.
    Ya no se aceptan solicitudes.
    Ya no aceptamos candidaturas.
    Esta vacante ya no se encuentra disponible.
    El proceso de selección ha finalizado.
    El puesto ya fue cubierto.
    Convocatoria cerrada
    Página no encontrada
    Esta vacante ya no esta disponible.
    El proceso de seleccion ha finalizado.
    Pagina no encontrada
    Cette offre n’est plus disponible.
    Désolé, cette offre d'emploi a expiré.
    Malheureusement, ce poste n'est plus vacant.
    Ce poste a été pourvu.
    Le poste est désormais pourvu !
    L'offre que vous cherchez n'existe plus.
    Cette annonce n'est plus en ligne.
    Cet affichage a été retiré.
    Les candidatures sont closes.
    Les candidatures ne sont plus acceptées.
    La date limite est dépassée.
    La date limite pour postuler est passée.
    Poste pourvu
    Offre expirée
    Page introuvable
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
    Applications are reviewed as they come in.
    This posting is removed as soon as it is filled.
    This position is filled as needed.
    This posting is closed on March 31, 2026.
    The application deadline has passed, but we take applications until the job is filled.
    This position is not available for remote work.
    The previous posting has expired.
    This page has expired.
    The posting has been closed and reopened.
    Job closed? Tell us.
    The deadline is March 31.
    Applications close on March 31.
    Applications closed on March 1 are kept for a year.
    Applications closed on Mondays.
    The application period for the course has closed.
    Help people whose job has been removed.
    Posting: Organizer
    Closed captions are available.
    Esta oferta está disponible hasta que se cubra.
    El plazo termina el 31 de marzo.
    El plazo para apelar ha vencido.
    El puesto está cubierto por el convenio colectivo.
    El puesto ha sido cubierto de forma interina.
    Cette offre est disponible jusqu'à ce que le poste soit pourvu.
    Ce poste est pourvu par concours.
    Nous n'acceptons plus de candidatures par télécopieur.
    La date limite est le 31 mars.
    Le bureau est fermé le lundi.
    C'est un poste ferme.
    Offre ferme
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
        (r"<script>write('<script><\/script>')</script><p>This job is closed.", True),
        ("<svg class='icon'/><p>This job is closed.</p>", True),
        ("<svg><title>Closed</title></svg><p>Apply", False),
        ("<dialog><p>This job is closed.</p></dialog><p>Apply", False),
        ("<p ng-if='job.closed'>This job is closed.</p><p>Apply", False),
        ("<div *ngIf='job.closed'><p>This job is closed.</p></div><p>Apply", False),
        ("<p v-if='open'>Apply</p><p v-else>This job is closed.</p>", False),
        ("<p class='note' x-show='closed'>This job is closed.</p>", False),
        ("<p data-bind='text: note, visible: isClosed'>This job is closed.</p>", False),
        ("<p data-bind='text: note'>This job is closed.</p>", True),
        ("<div class='modal' role='dialog'><p>This job is closed.</p></div><p>Apply", False),
        ("<p v-ifs='1' data-role='alert'>This job is closed.</p>", True),
        ("<title>CLOSED: Organizer | Local 12</title>", True),
        ("<h1><b>[Filled]</b> Organizer</h1>", True),
        ("<h1>Organizer (filled)</h1>", True),
        ("<h1>Organizer – Closed</h1>", True),
        ("<h1>Conseillère syndicale (pourvu)</h1>", True),
        ("<h1>Ouvrière agricole (ferme)</h1>", False),
        ("<h1>Closed-loop recycler</h1>", False),
        ("<h1>Director, Closed Shop Campaign</h1>", False),
        ("<h2>CLOSED: Organizer</h2>", False),  # one of several
        ("<p>This\u200b job is clo\u00adsed.", True),
        (f"&#{'9' * 5000}; <p>This job is closed.", True),
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
        (data(job("0001-01-01T00:00:00")), None),  # .NET has no other word for no date
        (data(job("1970-01-01T00:00:00Z")), None),
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


def test_what_a_page_says_can_be_quoted_anywhere():
    assert closing("<h1>Closed: \u202e\x1b[2J\0 see below.", TODAY) == "“Closed: [2J see below.”"


@given(st.text("<>!-/ apscriptemhidden='\"&;jobisclosed.\n", max_size=400))
def test_any_text_can_be_read(page):
    assert isinstance(closing(page, TODAY), str)


@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<p ", "<script>", "[", "the job you ", "&amp", "this ", "<a b='"]
)
def test_a_hostile_page_is_read_in_a_moment(piece):
    assert closing(piece * (400_000 // len(piece)), TODAY) == ""
