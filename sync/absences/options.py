"""The options of absence files: words for being away in six languages, and what half a working day is."""

from dataclasses import dataclass, field
from datetime import time
from typing import Annotated

from pydantic import Field

from rules.options import Options
from rules.workdays import Holidays

Words = tuple[Annotated[str, Field(min_length=1, pattern=r"\w")], ...]


class AbsenceWords(Options):
    """Words and phrases for being away. They are compared as whole words, without case and accents."""

    en: Words = (
        "pto", "ooo", "oof", "out of office", "out of the office", "out of town", "out", "off", "away", "leave",
        "on leave", "vacation", "vacations", "vac", "holiday", "holidays", "sick", "sickness", "ill", "illness",
        "unwell", "absent", "absence", "unavailable", "not available", "not working", "maternity", "paternity",
        "parental", "bereavement", "jury service", "jury duty", "sabbatical", "toil", "time off in lieu",
        "day in lieu", "lieu day", "comp time", "comp day", "flex day", "furlough",
    )  # fmt: skip
    """English; "*" stands for any letters."""
    de: Words = (
        "*urlaub", "urlaubstag*", "*ferien", "ferientag*", "abwesend", "abwesenheit", "krank", "krankheit",
        "krankmeldung", "krankgemeldet", "krankgeschrieben", "krankschreibung", "arbeitsunfähig*", "elternzeit",
        "mutterschutz", "pflegezeit", "zeitausgleich", "freizeitausgleich", "überstundenabbau",
        "überstundenausgleich", "gleittag*", "gleitzeittag*", "brückentag*", "frei", "freier tag", "freie tage",
        "dienstfrei", "arbeitsfrei", "nicht da", "nicht im büro", "nicht verfügbar", "außer haus", "kur", "reha",
        "weg",
    )  # fmt: skip
    """German."""
    fr: Words = (
        "congé", "congés", "vacances", "absent", "absente", "absence", "absences", "maladie", "arrêt maladie",
        "en arrêt", "malade", "rtt", "repos", "maternité", "paternité", "récup", "récupération", "indisponible",
        "hors bureau",
    )  # fmt: skip
    """French."""
    es: Words = (
        "vacaciones", "ausente", "ausencia", "baja", "baja médica", "enfermo", "enferma", "enfermedad", "permiso",
        "licencia", "excedencia", "maternidad", "paternidad", "día libre", "libre", "asuntos propios", "fuera",
        "fuera de la oficina",
    )  # fmt: skip
    """Spanish."""
    pt: Words = (
        "férias", "ausente", "ausência", "licença", "folga", "folgas", "doente", "doença", "baixa", "baixa médica",
        "atestado", "afastado", "afastada", "afastamento", "licença maternidade", "licença paternidade",
        "fora do escritório", "dia livre", "livre",
    )  # fmt: skip
    """Portuguese."""
    nl: Words = (
        "*vakantie", "*verlof", "verlofdag*", "vakantiedag*", "ziek", "ziekte", "ziekgemeld", "afwezig",
        "afwezigheid", "vrij", "vrije dag", "vrije dagen", "snipperdag*", "roostervrij", "vrijaf", "niet aanwezig",
        "buiten kantoor",
    )  # fmt: skip
    """Dutch."""
    other: Words = ()
    """Further words, of any language."""

    @property
    def all(self) -> tuple[str, ...]:
        """The words of all languages."""
        return (*self.en, *self.de, *self.fr, *self.es, *self.pt, *self.nl, *self.other)


class EventWords(Options):
    """Words in the titles of calendar events that mean a refinement or a Sprint Planning; without case and accents."""

    refinement: Words = (
        "refinement", "grooming", "backlog refinement", "pbr", "verfeinerung", "backlogpflege", "affinage", "raffinage",
        "refinamiento", "refinamento", "verfijning",
    )  # fmt: skip
    """Refinement of the Product Backlog."""
    planning: Words = (
        "sprint planning", "sprintplanning", "iteration planning", "sprintplanung", "sprint planung",
        "planification du sprint", "planification de sprint", "planificacion del sprint", "planificacion de sprint",
        "planejamento da sprint", "planejamento do sprint",
    )  # fmt: skip
    """Sprint Planning, part one and part two."""


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """The hours of a usual working day; the first half ends in its middle."""

    begin: time = time(9)
    end: time = time(17)

    def __str__(self) -> str:
        """The span as the configuration has it."""
        return f"{self.begin:%H:%M}-{self.end:%H:%M}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceOptions:
    """How absence files are read.

    An absence of at least `half_day_hours` in a half of the working day is half a day, one of twice as many hours is a
    whole day. `holidays` are the changes of public holidays: on these, nobody is absent.
    """

    words: AbsenceWords = field(default_factory=AbsenceWords)
    working_day: WorkingDay = field(default_factory=WorkingDay)
    half_day_hours: float = 3.0
    holidays: Holidays = field(default_factory=dict)
