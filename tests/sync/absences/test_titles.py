"""Who is away by the title of an event: wording, languages and shapes, and titles that are about something else."""

import unicodedata

import pytest

from sync.absences.names import People
from sync.absences.options import AbsenceWords
from sync.absences.titles import Title, Titles
from tests.factories import person, product, team

NAMES = (
    "Ada Test", "Ben Test", "Will", "May", "Jo", "Jo Anders", "José Ejemplo", "Siân O'Neil", "Anna-Lena Groß",
    "Maria da Silva", "Bo",
)  # fmt: skip
TITLES = Titles(People.of(product(team(people=tuple(map(person, NAMES))))), AbsenceWords())


def read(text: str) -> Title:
    return TITLES.read(text)


def away(text: str) -> set[str]:
    title = read(text)
    return set(title.people) if title.is_away and not title.is_cancelled else set()


@pytest.mark.parametrize(
    "phrase",
    [
        "PTO", "OOO", "out of office", "Vacation", "vacations", "Holiday", "Annual leave", "sick", "Sick leave", "ill",
        "Day off", "day off", "Off", "off", "time off", "Friday off", "2 days off", "half day off", "afternoon off",
        "away", "Absence", "Maternity leave", "Paternity", "Parental leave", "Bereavement", "Jury duty", "Sabbatical",
        "TOIL", "comp time", "unavailable", "is off", "is on vacation", "will be out of office", "out sick", "on leave",
        "off until Monday", "off on 4 May", "vacation until 4 May", "PTO (cover: Zoe)", "PTO in May",
        "Urlaub", "Sonderurlaub", "Resturlaub", "Bildungsurlaub", "Urlaubstage", "Ferien", "Herbstferien", "krank",
        "Krankheit", "krankgeschrieben", "Kind krank", "Abwesenheit", "abwesend", "Elternzeit", "Mutterschutz", "frei",
        "hat frei", "Freitag frei", "Zeitausgleich", "Überstundenabbau", "Gleittag", "nicht da", "im Urlaub",
        "Congés", "conges payés", "en congé", "vacances", "RTT", "arrêt maladie", "absent", "congé maternité", "repos",
        "vacaciones", "de vacaciones", "baja", "baja médica", "ausente", "enfermo", "día libre", "asuntos propios",
        "férias", "ferias", "de férias", "licença", "licença maternidade", "folga", "doente", "ausência",
        "vakantie", "Zomervakantie", "verlof", "ouderschapsverlof", "ziek", "afwezig", "vrij", "vrije dag",
        "met verlof",
    ],
)  # fmt: skip
@pytest.mark.parametrize("shape", ["{} - {}", "{} {}", "{}: {}", "[{}] {}", "{} ({})", "{}, {}", "{} | {}"])
def test_a_name_and_a_word_for_being_away_are_an_absence_in_six_languages(shape: str, phrase: str) -> None:
    assert away(shape.format("Ada Test", phrase)) == {"Ada Test"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # Names in other writings.
        ("Test, Ada - Vacation", {"Ada Test"}),
        ("Test Ada: PTO", {"Ada Test"}),
        ("TEST,Ada (Urlaub)", {"Ada Test"}),
        ("Vacation - Test, Ada", {"Ada Test"}),
        ("ada test vacation", {"Ada Test"}),
        ("Ada\u00a0Test vacation", {"Ada Test"}),
        ("Ada Test's vacation", {"Ada Test"}),
        ("Ada Tests Urlaub", {"Ada Test"}),
        ("Ada Test-Urlaub", {"Ada Test"}),
        (unicodedata.normalize("NFD", "José Ejemplo vacaciones"), {"José Ejemplo"}),
        (unicodedata.normalize("NFD", "Ejemplo, José - baja"), {"José Ejemplo"}),
        ("Siân O’Neil PTO", {"Siân O'Neil"}),
        ("O'Neil, Siân: off", {"Siân O'Neil"}),
        ("Groß, Anna-Lena – Urlaub", {"Anna-Lena Groß"}),
        ("da Silva, Maria - férias", {"Maria da Silva"}),
        ("Silva, Maria da - férias", {"Maria da Silva"}),
        # Several people.
        ("Ada Test + Ben Test vacation", {"Ada Test", "Ben Test"}),
        ("Ada Test, Ben Test: Urlaub", {"Ada Test", "Ben Test"}),
        ("Ada Test & Will PTO", {"Ada Test", "Will"}),
        ("Jo, Will and May off", {"Jo", "Will", "May"}),
        ("Vacation: Ada Test / Jo Anders", {"Ada Test", "Jo Anders"}),
        ("Bo PTO, Will PTO", {"Bo", "Will"}),
        # A name that is a word.
        ("Ada Test will be out of office", {"Ada Test"}),
        ("Ada Test may be off on Monday", {"Ada Test"}),
        ("Will be out of office", set()),
        ("Will will be out of office", {"Will"}),
        ("Will is off", {"Will"}),
        ("Will off", {"Will"}),
        ("Will's vacation", {"Will"}),
        ("Will - PTO", {"Will"}),
        ("PTO: Will", {"Will"}),
        ("PTO (Will)", {"Will"}),
        ("Out of office - Will", {"Will"}),
        ("Urlaub Will", {"Will"}),
        ("Ada Test vacation until 4 May", {"Ada Test"}),
        ("Ada Test vacation, May 4", {"Ada Test"}),
        ("Ada Test vacation 4-8 May", {"Ada Test"}),
        ("Ada Test vacation in May", {"Ada Test"}),
        ("Ada Test vacation (May)", {"Ada Test"}),
        ("Ada Test vacation May", {"Ada Test"}),
        ("Vacation until May", set()),
        ("May Day holiday", set()),
        ("May vacation", {"May"}),
        ("May on vacation", {"May"}),
        ("May: half day off", {"May"}),
        ("May 2 days off", {"May"}),
        ("May day off", {"May"}),
        ("Jo Anders vacation", {"Jo Anders"}),
        ("Anders, Jo - vacation", {"Jo Anders"}),
        ("Jo vacation", {"Jo"}),
        ("Jo Smith vacation", set()),
        ("Jo-Ann vacation", set()),
        ("Mary-Jo off", set()),
        ("Ada Test-Miller vacation", set()),
        ("Bank holiday May", set()),
        ("Ada_Test_Urlaub", {"Ada Test"}),
        # Words with hyphens.
        ("Ada Test day-off", {"Ada Test"}),
        ("Ada Test sick-leave", {"Ada Test"}),
        ("Ada Test sick-day", {"Ada Test"}),
        ("Ada Test out-of-office", {"Ada Test"}),
        ("Ada Test vacation-day", {"Ada Test"}),
        ("Ada Test off work", {"Ada Test"}),
        ("Ada Test out of scope", set()),
        # Who covers is present.
        ("PTO: Ada Test / Ben Test backup", {"Ada Test"}),
        ("Ben Test and Jo cover Ada Test (PTO)", {"Ada Test"}),
        ("Ada Test vacation (cover: Ben Test)", {"Ada Test"}),
        ("Ada Test PTO, covered by Ben Test", {"Ada Test"}),
        ("Ada Test Urlaub, Vertretung: Ben Test", {"Ada Test"}),
        ("Ada Test en congé, remplacée par Ben Test", {"Ada Test"}),
        ("Ben Test covers for Ada Test (vacation)", {"Ada Test"}),
        # About something else.
        ("Ada Test birthday", set()),
        ("Ada Test Hochzeit", set()),
        ("Ada Test: kick off Phoenix", set()),
        ("Kick off - Ada Test", set()),
        ("Ada Test sign off", set()),
        ("Ada Test off site", set()),
        ("Ada Test off-boarding", set()),
        ("Ada Test: drop off the parcels", set()),
        ("Ada Test - cut off date", set()),
        ("Ada Test check out review", set()),
        ("Ada Test away day", set()),
        ("Ada Test back from vacation", set()),
        ("Ada Test - return from parental leave", set()),
        ("Ada Test: zurück aus dem Urlaub", set()),
        ("Handover before Ada Test vacation", {"Ada Test"}),
        ("Lunch with Ada Test before vacation", set()),
        ("Ada Test: holiday party", set()),
        ("Ada Test: vacation planning", set()),
        ("Ada Test Urlaubsplanung", set()),
        ("Ada Test: leave policy review", set()),
        ("Ada Test - no vacation", set()),
        ("Ada Test Freigabe 2.0", set()),
        ("Ada Test WFH", set()),
        ("Cancelled: Ada Test vacation", set()),
        ("Abgesagt: Ada Test Urlaub", set()),
    ],
)
def test_who_is_away(text: str, names: set[str]) -> None:
    assert away(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Out of office", "OOO", "Urlaub", "Team vacation", "Vacation", "Annual leave", "Day off", "Off",
        "Company day off",
        "Betriebsferien", "Summer vacation", "Out of office until Monday", "Vacation 24-31 Dec", "Team off",
        "🌴 Vacation",
        "Congés", "Vacaciones de verano", "Férias", "Vakantie", "Half day off", "Bank holiday", "Krank", "Ferien!",
    ],
)  # fmt: skip
def test_a_whole_phrase_for_being_away_says_nothing_else(text: str) -> None:
    assert read(text).is_only_away


@pytest.mark.parametrize(
    "text",
    [
        "Holiday season release planning", "Kick off Phoenix", "Off site strategy day", "Kick-off", "Sign off release",
        "Holiday party", "Leave policy review", "Vacation planning", "Sick building report", "Team away day",
        "Out of scope review", "Roll out", "Code freeze before vacation", "Day-off policy", "Rollout off peak",
        "Urlaubsplanung", "Planning", "Retro", "Freiraum", "Take off Phoenix", "Drop off parcels", "Cut off date",
        "Off-boarding Zoe", "Feature off switch", "Holiday calendar API", "Cost of leave module",
        "Licencia de software",
    ],
)  # fmt: skip
def test_a_phrase_inside_something_else_is_not_whole(text: str) -> None:
    assert not read(text).is_only_away


def test_the_words_are_an_option_with_a_star_for_any_letters() -> None:
    words = AbsenceWords(en=("gone fishing",), de=("*pause",), fr=(), es=(), pt=(), nl=())
    titles = Titles(TITLES.persons, words)

    assert titles.read("Ada Test gone  fishing").is_away
    assert titles.read("Ada Test Familienpause").is_away
    assert not titles.read("Ada Test vacation").is_away
    assert (
        not Titles(TITLES.persons, AbsenceWords(en=(), de=(), fr=(), es=(), pt=(), nl=())).read("Ada Test off").is_away
    )
