"""The small words of titles in six languages: dates, joints, and what changes the meaning of a word or a name.

All are without accents, and compared so.
"""

import re

from rules.lazy_regex import regex


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


WEAK = _words("off away out frei weg kur libre livre fuera baja baixa permiso licencia licenca vrij repos ill")
"""Words that mean being away only where they stand alone or after a day: "day off", "Ada off", not "kick off"."""

DAY = (
    r"(?:\w*tag(?:e|en|s)?|days?|d|jours?|journees?|dias?|\w*dag(?:en)?|half|halb\w*|halve|demi|medi[oa]|mei[oa]|time"
    r"|weeks?|wochen?|semaines?|semanas?|week(?:en)?|morning|afternoon|vormittags?|nachmittags?|matin|apres-midi|tarde"
    r"|manha|manana|ochtend|middag|hours?|stunden?|hrs?|one|two|three|ein|eine|einen|zwei|drei|am|pm)"
)
MONTHS = _words(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug "
    "sep sept oct nov dec januar februar marz mai juni juli oktober dezember janvier fevrier mars avril juin juillet "
    "aout septembre octobre decembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre janeiro fevereiro marco maio junho julho setembro outubro novembro dezembro januari februari maart mei "
    "augustus"
)
WEEKDAYS = _words(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun today "
    "tomorrow montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag heute morgen lundi mardi mercredi "
    "jeudi vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo segunda terca quarta quinta "
    "sexta maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
)
_NUMBER = r"\d(?:[\d.:/½-]|,(?=\d))*(?:st|nd|rd|th|h|d|am|pm)?"
DATE = rf"(?:{_NUMBER}(?!\w)|(?:{'|'.join(sorted(MONTHS | WEEKDAYS))})s?\b\.?)"
BE = _words("is are am be has have takes ist sind hat est a esta em on in at im ab op en")
"""Small words that join a name with what is said about the person."""
SMALL = BE | _words(
    "the an of for from until till by since to his her my their our this next all whole entire fully only also "
    "der die das dem den des von vom bis seit fur zum zur ganz ganzer nur le la les de du des au aux pour par jusqu'au "
    "el los las del al por para hasta desde o os as do da dos das ate het een van tot voor door vanaf be been being "
    "summer winter spring autumn christmas xmas easter school public bank national annual yearly paid unpaid special "
    "verano invierno navidad ete hiver noel paques verao inverno natal pascoa zomer kerst sommer ostern weihnachten "
    "medical personal work partial planned extra remaining approved confirmed new year's years"
)
TEAM = _words(
    "team teams company office everybody everyone group department firma betrieb alle equipe empresa equipo bedrijf "
    "iedereen tous todos"
)
MODAL = regex(r"(?:will|may|can|must)(?=\s+(?:not\s+)?(?:be|have|take|need|want)\b)", re.IGNORECASE)
"""Names that are verbs as well, where they are verbs: "will be", "may have"."""
UNTIL = _words("in of until till from to by since for bis ab im seit en de hasta desde ate tot vanaf")
"""Small words before a month."""
JOIN = regex(r",|/|&|\+|;|(?:and|und|et|y|e|en|or|oder|ou|plus|sowie)\b", re.IGNORECASE)
WORD = regex(r"[\w']+(?:-[\w']+)*")
NOT_AFTER = regex(  # "holiday party", "leave policy": the word is a part of something else
    r"\s+(?:season|party|planning|plans?|planner|calendar|schedule|rota|roster|request|approval|policy|policies|cover"
    r"|coverage|handover|hand-over|checklist|review|release|replacement|meeting|sync|call|workshop|training|budget"
    r"|balance|tracker|feature|module|api|service|form|app|entitlement|early|home|days\s+left|planung|vertretung"
    r"|ubergabe|antrag|planen|kalender|plan|planification|remplacement|passation|planificacion|sustitucion|traspaso"
    r"|planejamento|substituicao|overdracht|vervanging|kaart)\b",
    re.IGNORECASE,
)
NOT_BEFORE = regex(  # "no vacation", "back from leave", "vor dem Urlaub"
    r"\b(?:no|not|kein|keine|keinen|nicht|pas(?: de)?|sin|sem|geen|niet|(?:back|returns?|returning|returned|home|zuruck"
    r"|retour|terug)(?: from| aus| vom| von| de| du| van)?|de vuelta de|regreso de|volta de|after|before|nach|vor|avant"
    r"|apres|antes de|despues de|depois de|voor)\s+(?:(?:the|his|her|my|your|dem|den|der|seinem|ihrem|la|las|les|le|el"
    r"|het|de|zijn|haar)\s+)?$",
    re.IGNORECASE,
)
CANCELLED = regex(
    r"\s*[\[(]?(?:cancell?ed|abgesagt|storniert|annule(?:e|s)?|cancelad[oa]s?|anulad[oa]s?|geannuleerd|vervallen"
    r"|rejected|abgelehnt|refuse(?:e)?|rechazad[oa]|rejeitad[oa]|afgewezen)\b[\])]?\s*[:\-\s]",
    re.IGNORECASE,
)
COVER = regex(  # who follows is present
    r"(?:\bcover(?:ed|ing)?(?:\s+by)?|\bback-?up|\bsubstitute|\bdeputy|\breplaced\s+by|\bcontact|\bask|\bcall"
    r"|\b(?:approved|requested|booked|entered)\s+by|\bmanager|\bcc|\bvertretung(?:\s+durch)?|\bvertreter(?:in)?"
    r"|\bvertreten\s+(?:durch|von)|\bi\.?\s?v\.?|\b(?:genehmigt|eingetragen|vertreten)\s+(?:von|durch)"
    r"|\bansprechpartner(?:in)?|\bremplacante?|\bremplacee?\s+par|\bsuppleante?|\bsuplente|\bsustitut[oa]"
    r"|\bsustituid[oa]\s+por|\bsubstitut[oa]|\bsubstituid[oa]\s+por|\bvervang(?:ing|er|en)(?:\s+door)?"
    r"|\bwaarnem(?:er|ing))\s*[:=-]?\s*$",
    re.IGNORECASE,
)
WITH = regex(r"\b(?:with|mit|avec|con|com|met)\s+$", re.IGNORECASE)
COVERS = regex(  # the one who comes before is present, or all of them
    r"\s+(?:covers|is\s+covering|covering|takes\s+over|replaces|back-?up|vertritt|ubernimmt|remplace|substitui"
    r"|sustituye|cubre|cobre|vervangt|neemt\s+waar|(?P<all>cover|are\s+covering|vertreten|remplacent|cubren|cobrem|vervangen))\b",
    re.IGNORECASE,
)
PUBLIC = _words("public bank national school")
"""Words that make a holiday one of everybody: "Bank holiday May"."""
