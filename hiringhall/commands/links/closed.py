"""What a page says of its job: whether it is closed, in its words or in its structured data.

Owns the phrases with which employers and job boards say so, in English, Spanish and French; refuses to take
another sentence for one of them, and to request a page.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from hiringhall.engine.patterns import pattern
from hiringhall.webpages.reading import HEADING, Page, read

_GRACE = timedelta(days=1)  # a date without a time zone may be of any
_NO_DATE = date(1970, 1, 1)  # which programs give, or one before it, where they have none
_LONGEST = 300  # characters of what is quoted

# A sentence says that a job is closed if it is one of `_JOB` and one of `_IS_CLOSED`, one of `_ALONE`, or one
# of `_SINCE` and a day. It may begin with one of `_BEFORE`, or with anything up to a comma and "but".
_JOB = (
    "this job, this position, this role, this vacancy, this opportunity, this opening, this posting"
    ", this job posting, this listing, this job listing, this job announcement, this internship, the job"
    ", the position, the role, the vacancy, the posting, the job you are looking for"
    ", the job you're looking for, the position you are looking for, the job posting you're looking for"
    ", the job you are trying to apply for, the job you are trying to view, the job you requested"
    ", this requisition, the application period, the application window, job"
    ", esta oferta, esta vacante, esta convocatoria, esta plaza, este puesto, este empleo, la oferta"
    ", la vacante, la convocatoria, la plaza, el puesto, el proceso de selección"
    ", cette offre, cette offre d'emploi, cette annonce, ce poste, cet emploi, ce concours, cet affichage"
    ", l'offre, l'annonce, le poste, le concours, l'offre que vous cherchez"
)
_IS_CLOSED = (
    "is closed, is now closed, has closed, has been closed, was closed, is filled, has been filled"
    ", has now been filled, has already been filled, has expired, has been removed, has been withdrawn"
    ", has now closed, has now expired, has been canceled, has been cancelled, is no longer available"
    ", is no longer open, is no longer active, is no longer accepting applications"
    ", is not accepting applications, is not available, is not available at this time, no longer exists"
    ", is currently not available"
    ", has been filled and is no longer available, is now closed to new applicants, could not be found"
    ", ya no está disponible, ya no se encuentra disponible, ya no está activa, ya no está activo"
    ", ya no existe, está cerrada, está cerrado, ha sido cubierta, ha sido cubierto, ya ha sido cubierta"
    ", ya ha sido cubierto, ya fue cubierta, ya fue cubierto, ha caducado, ha expirado, ha finalizado"
    ", n'est plus disponible, n'est plus en ligne, n'est plus vacant, n'est plus à pourvoir, n'existe plus"
    ", est fermée, est fermé, est close, est clos, est pourvue, est pourvu, est désormais pourvu, est terminé"
    ", est expirée, a expiré, a été pourvue, a été pourvu, a été comblé, a été retirée, a été retiré"
)
_ALONE = (
    "position filled, position closed, vacancy closed, job closed, job not found, page not found"
    ", this page no longer exists, the page you requested no longer exists, applications closed"
    ", the page you are looking for doesn't exist"
    ", applications are closed, applications are now closed, applications have closed"
    ", applications for this position are closed, applications for this position are now closed"
    ", applications for this job are closed"
    ", applications are no longer being accepted, no longer accepting applications"
    ", not accepting applications, not currently accepting applications"
    ", we are no longer accepting applications, we are no longer accepting applications for this position"
    ", we are not accepting applications at this time, this form is no longer accepting responses"
    ", the application deadline has passed, the deadline to apply has passed"
    ", ya no se aceptan solicitudes, ya no se aceptan candidaturas, ya no aceptamos solicitudes"
    ", ya no aceptamos candidaturas, el plazo ha finalizado, el plazo ha terminado, convocatoria cerrada"
    ", el plazo de presentación de solicitudes ha finalizado, vacante cubierta, puesto cubierto"
    ", el plazo de presentación de solicitudes ha terminado, página no encontrada"
    ", nous n'acceptons plus de candidatures, les candidatures sont closes, la date limite est dépassée"
    ", les candidatures ne sont plus acceptées, la date limite est passée, poste pourvu, offre expirée"
    ", la date limite pour postuler est dépassée, la date limite pour postuler est passée, page introuvable"
)
_SINCE = (
    "applications closed, applications for this position closed, applications for this job closed"
    ", the application period closed, the application window closed"
)
_BEFORE = "sorry, we're sorry, unfortunately, update, note, 404, lo sentimos, désolé, malheureusement"
# Parts of a heading.
_MARKS = (
    "closed, filled, expired, cerrada, cerrado, cubierta, cubierto, pourvue, pourvu, expirée, expiré, fermée"
)
# Letters that only Spanish has here, and many leave out. French ones without an accent mean something else.
_OR_PLAIN = str.maketrans({"á": "[áa]", "í": "[íi]", "ó": "[óo]"})
_DAY = r"(?:[a-z]+day,? )?(?:[a-z]+\.? \d\d?(?:st|nd|rd|th)?|\d\d? [a-z]+\.?)(?:,? \d{4})?"


def _any(phrases: str) -> str:
    return f"(?:{phrases.replace(', ', '|').translate(_OR_PLAIN)})"


_BEGINS = rf"(?:{_any(_BEFORE)}[,.:!]? |.*, (?:but|pero|mais) )"
_CLOSED = pattern(
    rf"{_BEGINS}?(?:{_any(_JOB)} {_any(_IS_CLOSED)}|{_any(_ALONE)}|{_any(_SINCE)} on {_DAY})", re.IGNORECASE
)
_CLOSED_PART = pattern(f"{_CLOSED.pattern}|{_any(_MARKS)}", re.IGNORECASE)
_SENTENCES = pattern(r"(?<=[.!?…;])\s+|\s[|·•–—-]\s")
_PARTS = pattern(rf"{_SENTENCES.pattern}|[()\[\]|:!–—]")
_AROUND = " *_.!…;"


def closing(html: str, today: date) -> str:
    """Return what a page says, in words or data, that means its job is closed, to follow "it says"; or "".

    Only whole sentences and parts of headings count, so "open until the position is filled" does not. A
    sentence may name the job as the heading does.

    >>> closing("<h1>Organizer</h1> <p>This position <b>has been filled</b>. Thanks!", date(2026, 3, 1))
    '“This position has been filled.”'
    >>> closing("<h1>Cook</h1> <p>The Cook position has been filled.", date(2026, 3, 1))
    '“The Cook position has been filled.”'
    >>> closing("<p>This position is open until it has been filled.</p>", date(2026, 3, 1))
    ''
    """
    page = read(html)
    lines = page.text.split("\n")
    job = ([""] + [line.removeprefix(HEADING) for line in lines if line.startswith(HEADING)])[-1]
    for line in lines:
        said = line.removeprefix(HEADING)
        is_heading = said != line
        closed = _CLOSED_PART if is_heading else _CLOSED
        for part in (_PARTS if is_heading else _SENTENCES).split(said):
            bare = part.strip(_AROUND).replace(f" {job} ", " ").replace("’", "'")
            if len(bare) <= _LONGEST and closed.fullmatch(bare):
                return f"“{(said if is_heading else part).strip()[:_LONGEST]}”"
    ended = _ended(page, today)
    return f"in its data that it was valid through {ended}" if ended else ""


def _ended(page: Page, today: date) -> str:
    """Return the day through which the only job in a page's data was valid, if that has passed; or "".

    The day is schema.org's `validThrough` of a `JobPosting`.
    """
    jobs = page.jobs()
    if len(jobs) != 1:  # none, or a list of jobs
        return ""
    try:
        last = datetime.fromisoformat(str(jobs[0].get("validThrough", "")).strip()).date()
    except ValueError:
        return ""
    return last.isoformat() if _NO_DATE < last < today - _GRACE else ""
