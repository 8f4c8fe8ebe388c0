"""What a page says of its job: whether it is closed, in its words or in its structured data.

Owns the words with which employers and job boards say so, in English, Spanish and French; refuses
to request a page.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from hiringhall.engine.patterns import pattern
from hiringhall.webpages.reading import HEADING, Page, read

_ENDS = pattern(r"(?<=[.!?…])\s+|\s[|·•–—-]\s")
_LONGEST = 300  # characters of a sentence; the words that matter come early
_GRACE = timedelta(days=1)  # a date without a time zone may be of any
_NO_DATE = date(1970, 1, 1)  # which programs give, or one before it, where they have none


def _any(words: str) -> str:
    """Return what matches any of the words, which commas divide."""
    return f"(?:{'|'.join(words.split(', '))})"


_JOB = _any(
    "job, position, post, posting, role, vacancy, opening, opportunity, listing, requisition, ad, advert"
    ", advertisement, announcement, internship, fellowship, competition, recruitment, form"
)
_ALAS = _any("sorry, oops, oh no, unfortunately, attention, note, please note, update")
_ON = r"(?: \(?[\d/.-]+\)?)?"  # the day of an update
_THANKS = r"thank(?:s| you)\b[^.,;!]{0,80},? but "
_SORRY = rf"[\W_]*(?:{_THANKS})?(?:(?:we(?:'re| are) )?(?:very )?{_ALAS}{_ON}[,:!.]?(?: but)?(?: that)? )?"
_NOUNS = rf"(?:{_JOB} )?{_JOB}(?: of (?!{_any('this, the, that, a, an')}\b)[\w/&' -]{{1,40}}?)?"
# "This position", "The Field Organizer position"; not "The contract of this position", "The other position".
_NOT_IN_NAME = _any(
    "for, of, in, with, to, on, at, by, from, that, which, whose"
    ", previous, prior, former, earlier, original, other, another"
)
_NAMED = rf"(?: (?!{_NOT_IN_NAME}\b)[\w/&'-]+){{0,5}}?"
_THIS = rf"(?:(?:this|the|that|your|our){_NAMED} )?{_NOUNS}(?: (?:that |which )?you\b[^,;]{{0,60}}?)?"
_ALL = rf"(?:all|both|these)(?: of)?(?: the| our| these)?{_NAMED} {_JOB}s"
_NOW = f"(?: {_any('now, already, currently, officially, since, recently')})?"
_NEW = f"(?:{_any('any, new, further, additional')} )*"
_SENT = _any("applications, applicants, candidates, resumes, responses, submissions")
_TAKING = f"{_any('accepting, taking, receiving')} {_NEW}{_SENT}"
_NOT_TAKING = _any("no longer, not, not currently, currently not")
_OVER = _any(f"available, open, active, posted, listed, advertised, online, published, valid, {_TAKING}")
_SHUT = _any(
    "closed, filled, expired, removed, withdrawn, archived, deactivated, cancell?ed, inactive, unavailable"
    f", taken down, no longer {_OVER}, {_NOT_TAKING} {_TAKING}"
)
_IS_SHUT = (
    rf"(?:(?:is|was|are|were|(?:has|have|may have){_NOW} been){_NOW} {_SHUT}"
    rf"|(?:has|have){_NOW} {_any('closed, expired, ended')}|{_any('closed, expired')}(?= on .{{0,12}}\d)"
    rf"|(?:isn't|is{_NOW} not{_NOW}) {_any('available, active')}|isn't {_any(f'open, {_TAKING}')}"
    rf"|no longer {_any(f'exists?, accepts applications, {_OVER}')}|(?:was |could |can)?not (?:be )?found)"
)
_APPLICATIONS = f"(?:applications?|recruitment)(?: {_any('deadline, period, process, window')})?"
_FOR_THIS = r"(?: (?:for|to) (?:this|the)\b.{0,60}?)?"
_ARE = f"(?:is|are|has|have){_NOW}(?: been)?{_NOW}"
_ENDED = _any("closed, ended, expired, passed")
# After other words a sentence may mean something else, as in "closed on Mondays", "filled by election" or
# "closed and reopened".
_NEVER = _any("no, not, never, won't")
_AGAIN = rf"and (?:(?!{_NEVER}\b)[a-z']+ ){{0,3}}re-?(?:open|post|issu|list|advertis)"
_AND = _any("and, or, as of, anymore, any longer, at this time, because, since, due, on this")
_END = (
    rf"(?=[\s*_]*$|[.;:!)…]|,(?! {_any('but, though, yet')}\b)| (?!{_AGAIN}){_AND}\b"
    rf"|(?<!is closed)(?<!are closed) on .{{0,12}}\d| for this\b"
    rf"| (?:to|for) {_NEW}{_any('appl, candid, submi')})"
)
_END_OF_TAKING = rf"(?:{_END}|(?= for the ))"
_THE_JOB = f"(?:this|the){_NAMED} {_JOB}"
_TO_APPLY = f"(?:appl(?:y|ying|ications?)|{_THE_JOB})"
_NO_PAGE = _any("(?:was |could |can)?not (?:be )?found, no longer exists, does(?:n't| not) exist")
_ENGLISH = (
    f"{_SORRY}(?:{_THIS}|{_ALL}) {_IS_SHUT}{_END}",
    f"{_SORRY}we(?:'ve| have){_NOW} {_any('filled, closed')} (?:applications for )?{_THE_JOB}{_END}",
    f"{_SORRY}(?:we(?:'re| are) )?{_NOT_TAKING} {_TAKING}{_END_OF_TAKING}",
    f"{_SORRY}(?:we(?:'re| are) )?no longer {_any('hiring, recruiting')}{_END_OF_TAKING}",
    f"{_SORRY}(?:the )?{_APPLICATIONS}{_FOR_THIS} (?:{_ARE} {_ENDED}|closed(?= on .{{0,12}}\\d)){_END}",
    f"{_SORRY}applications (?:are )?(?:no longer|not)(?: currently)?(?: being)? accepted{_END}",
    f"{_SORRY}the deadline(?: (?:to|for) {_TO_APPLY})? (?:has|is){_NOW} (?:passed|over){_END}",
    f"{_SORRY}(?:{_JOB} )?(?:{_JOB}|applications?) {_any(f'{_SHUT}, not found')}[\\s*_.!]*$",
    rf"{_SORRY}(?:404(?: error)?:? )?(?:the |this )?page (?:(?:that )?you\b.{{0,40}}? )?{_NO_PAGE}\W*$",
)
_OFFER = (
    rf"{_any('oferta, vacante, puesto, empleo, plaza, convocatoria, posici[oó]n, anuncio, proceso')}"
    rf"(?: de {_any('empleo, trabajo, selecci[oó]n')})?"
)
_FORMS = _any("solicitudes, candidaturas, postulaciones, inscripciones")
_CERRADO = "(?:cerrad|cubiert|caducad|expirad|finalizad)[ao]"
_IS_OVER = _any(
    f"no (?:est[aá]|se encuentra) {_any('disponible, abiert[ao], activ[ao], vigente')}, no existe"
    f", no acepta {_FORMS}, est[aá] {_CERRADO}, ha {_any('caducado, cerrado, concluido, expirado')}"
    ", ha finalizado, (?:ha sido|fue) (?:cerrad|cubiert|retirad)[ao], se ha cubierto"
)
_LO_SENTIMOS = r"[\W_]*(?:lo sentimos[,.:]? |lamentablemente,? )?"
_FIN = r"(?=[\s*_]*$|[.,;:!)…]| (?:y|o|en este momento|actualmente|desde|el \d)\b)"
_PLAZO = _any("inscripci, solicit, presenta, postula, candidat, aplica, env, recep, admisi")
_ACEPTAN = _any("aceptan, reciben, admiten, aceptamos, recibimos, admitimos")
_HA_TERMINADO = "(?:ha (?:concluido|finalizado|terminado|vencido)|est[aá] cerrado)"
_SPANISH = (
    rf"{_LO_SENTIMOS}(?:est[ea]|la|el) {_OFFER}(?: que\b[^,;]{{0,60}}?)? (?:ya )?{_IS_OVER}{_FIN}",
    rf"{_LO_SENTIMOS}ya no (?:se )?{_ACEPTAN} (?:m[aá]s )?{_FORMS}{_FIN}",
    rf"{_LO_SENTIMOS}el plazo(?: (?:de|para) (?:la |el )?{_PLAZO}.{{0,40}}?)? {_HA_TERMINADO}{_FIN}",
    rf"{_LO_SENTIMOS}(?:(?:{_OFFER}|plazo) {_CERRADO}|{_FORMS} cerradas|p[aá]gina no encontrada)[\s*_.!]*$",
)
_ANNONCE = (
    rf"{_any('offre, poste, emploi, annonce, affichage, concours, stage, appel de candidatures')}"
    r"(?: d'emploi)?"
)
_DOSSIERS = _any("candidatures, inscriptions, demandes d'emploi")
# Without their accents, some of these words mean something else.
_CLOS = "(?:clos|close|(?:archivé|clôturé|comblé|désactivé|expiré|fermé|pourvu|retiré|supprimé|terminé)e?)"
_DESORMAIS = f"(?: {_any('désormais, maintenant, déjà, actuellement')})?"
_EST_FINI = _any(
    f"n'est plus {_any('disponible, ouverte?, active, actif, en ligne, valide, vacant, à pourvoir')}"
    f", n'existe plus, n'accepte plus (?:de |les ){_DOSSIERS}, est{_DESORMAIS} {_CLOS}"
    f", a{_DESORMAIS} été {_CLOS}, a expiré, a pris fin"
)
_DESOLE = r"[\W_]*(?:(?:nous sommes )?désolée?s?[,.:]? (?:mais )?|malheureusement,? )?"
_FIN_FR = r"(?=[\s*_]*$|\s?[.,;:!)…]| (?:et|ou|en ce moment|pour le moment|actuellement|depuis|le \d)\b)"
_DEPOT = _any(
    "candidature, dépôt, envoi, inscription, mise en candidature, postuler, présentation, réception"
)
_POUR = rf"(?: (?:pour |de |d'|de la ){_DEPOT}.{{0,40}}?)?"
_EST_PASSE = f"(?:est{_DESORMAIS} (?:dépassé|échu|expiré|passé|terminé)e?|a expiré|a pris fin)"
_FRENCH = (
    rf"{_DESOLE}(?:l'|(?:cette|cet|ce|la|le) ){_ANNONCE}(?: que\b[^,;]{{0,60}}?)? {_EST_FINI}{_FIN_FR}",
    rf"{_DESOLE}(?:nous|on) n'accept(?:ons|e) plus (?:de |les ){_DOSSIERS}{_FIN_FR}",
    rf"{_DESOLE}(?:les )?{_DOSSIERS} (?:ne sont plus acceptées|sont{_DESORMAIS} {_CLOS}s){_FIN_FR}",
    rf"{_DESOLE}(?:la (?:date limite|période)|le délai){_POUR} {_EST_PASSE}{_FIN_FR}",
    rf"{_DESOLE}(?:{_ANNONCE} {_CLOS}|{_DOSSIERS} {_CLOS}s|page (?:introuvable|non trouvée))[\s*_.!]*$",
)
_CLOSED = tuple(pattern(words, re.IGNORECASE) for words in _ENGLISH + _SPANISH + _FRENCH)
# "CLOSED: Organizer", "Organizer (filled)"; not "Closed-loop recycler".
_MARKED = pattern(
    rf"{HEADING}(?:.*(?:[(\[|:–—]|\s-)|\W*)\s*(?:{_JOB} )?"
    r"(?:closed|filled|expired|cerrad[ao]|cubiert[ao]|pourvu|expirée?|fermée?)"
    r"(?:\s?[:\])!|–—]|\s-|[\s*]*$)",
    re.IGNORECASE,
)


def closing(html: str, today: date) -> str:
    """Return what a page says, in words or data, that means its job is closed, to follow "it says"; or "".

    Only sentences that begin with the job itself count, so "open until the position is filled" does not.

    >>> closing("<h1>Organizer</h1> <p>This position <b>has been filled</b>. Thanks!", date(2026, 3, 1))
    '“This position has been filled.”'
    >>> closing("<p>This position is open until it has been filled.</p>", date(2026, 3, 1))
    ''
    """
    page = read(html)
    for line in page.text.split("\n"):
        if _MARKED.match(line[:_LONGEST]):
            return f"“{line[:_LONGEST].removeprefix(HEADING)}”"
        for sentence in _ENDS.split(line.removeprefix(HEADING)):
            said = sentence.strip()[:_LONGEST]
            if any(each.match(said.replace("’", "'")) for each in _CLOSED):
                return f"“{said}”"
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
