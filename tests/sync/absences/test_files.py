from datetime import date
from pathlib import Path

import pytest

from rules.capacity.days import Window, team_days
from rules.model import Absence, Product
from sync.absences.csv_list import write_template
from sync.absences.model import Reason
from sync.absences.read import read_absences
from sync.errors import ConfigError
from tests.factories import person, product, team

TODAY = date(2026, 3, 2)


@pytest.fixture
def shop() -> Product:
    return product(team(people=(person("Bo"), person("Ana Alvarez", account="ana@example.com"))))


def written(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def event(*lines: str, uid: str = "1") -> str:
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z", *lines, "END:VEVENT"))


def calendar(folder: Path, *events: str) -> Path:
    return written(folder, "team.ics", "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", *events, "END:VCALENDAR")


def away(*events: str, folder: Path, shop: Product) -> dict[str, tuple[Absence, ...]]:
    found = read_absences([calendar(folder, *events)], shop, today=TODAY, timezone="Europe/Berlin")
    return dict(found.by_name)


def days(first: int, last: int, fraction: float = 1.0) -> Absence:
    """An absence in March 2026."""
    return Absence(first=date(2026, 3, first), last=date(2026, 3, last), fraction=fraction)


def test_a_csv_line_is_an_absence_of_a_person(tmp_path: Path, shop: Product) -> None:
    path = written(
        tmp_path,
        "absences.csv",
        "name,from,to,fraction,kind",
        "Bo,2026-03-09,2026-03-11,,vacation",
        "ana  alvarez,2026-03-12,,0.5,",
    )

    assert read_absences([path], shop, today=TODAY).by_name == {
        "Ana Alvarez": (days(12, 12, 0.5),),
        "Bo": (days(9, 11),),
    }


def test_a_csv_from_a_spreadsheet_with_semicolons_and_a_byte_order_mark_is_read(tmp_path: Path, shop: Product) -> None:
    path = written(tmp_path, "absences.csv", "\ufeffName;From;To", "Bo;2026-03-09;2026-03-09")

    assert read_absences([path], shop, today=TODAY).by_name == {"Bo": (days(9, 9),)}


def test_a_name_in_a_list_is_found_in_any_writing(tmp_path: Path) -> None:
    people = product(
        team(people=(person("Ana Alvarez", account="ana@example.com"), person("Zoé Zed"), person("Lee, Bo")))
    )
    rows = (
        '"Alvarez, Ana",2026-03-09,',
        "ALVAREZ Ana,2026-03-10,",
        "ana@example.com,2026-03-11,",
        "Zoe\u0301 Zed,2026-03-09,",
    )
    path = written(tmp_path, "absences.csv", "name,from,to", *rows, "Bo Lee,2026-03-09,")

    found = read_absences([path], people, today=TODAY)

    assert {name: len(days) for name, days in found.by_name.items()} == {"Ana Alvarez": 3, "Zoé Zed": 1, "Lee, Bo": 1}
    assert found.left_out == ()


def test_a_reversed_name_that_another_person_has_is_that_other_person(tmp_path: Path) -> None:
    people = product(team(people=(person("Paul Martin"), person("Martin Paul"))))
    path = written(tmp_path, "absences.csv", "name;from;to", "Martin Paul;2026-03-09;", "Martin, Paul;2026-03-10;")

    assert read_absences([path], people, today=TODAY).by_name == {
        "Martin Paul": (days(9, 9),),
        "Paul Martin": (days(10, 10),),
    }


def test_parts_of_one_day_in_a_list_are_added_up_and_a_repeated_line_counts_once(tmp_path: Path, shop: Product) -> None:
    lines = (
        "Bo,2026-03-09,,0.5,doctor",
        "Bo,2026-03-09,,0.5,doctor",
        "Bo,2026-03-09,,0.25,school",
        "Bo,2026-03-10,,1,",
    )
    path = written(tmp_path, "absences.csv", "name,from,to,fraction,kind", *lines)

    assert read_absences([path], shop, today=TODAY).by_name == {"Bo": (days(9, 9, 0.75), days(10, 10))}


def test_the_same_absence_in_two_files_is_one(tmp_path: Path, shop: Product) -> None:
    sheet = written(tmp_path, "absences.csv", "name,from,to", "Bo,2026-03-09,2026-03-11")
    ics = calendar(tmp_path, event("DTSTART;VALUE=DATE:20260309", "DTEND;VALUE=DATE:20260312", "SUMMARY:Bo - PTO"))

    assert read_absences([sheet, ics], shop, today=TODAY).by_name == {"Bo": (days(9, 11),)}


def test_a_name_that_no_person_has_is_named_with_the_number_of_its_absences(tmp_path: Path, shop: Product) -> None:
    path = written(tmp_path, "absences.csv", "name,from,to", "Ana Alvares,2026-03-09,", "Ana Alvares,2026-03-11,")

    found = read_absences([path], shop, today=TODAY)

    assert found.by_name == {}
    assert [(one.reason, one.names, one.count) for one in found.left_out] == [
        (Reason.UNKNOWN_NAME, ("Ana Alvares",), 2)
    ]
    assert found.left_out[0].text == (
        f'{path}: 2 absences have a name not in [[teams]] people: "Ana Alvares". Did you mean "Ana Alvarez"?'
    )


def test_every_fault_of_every_file_is_reported_with_file_line_and_value(tmp_path: Path, shop: Product) -> None:
    bad = written(
        tmp_path,
        "bad.csv",
        "name,from,to,fraction",
        "Bo,09.03.2026,2026-03-09,",
        "Bo,2026-03-10,2026-03-09,",
        "Bo,2026-03-09,2026-03-09,half",
        "Bo,2026-03-09,2026-03-09,1.5",
        ",2026-03-09,2026-03-09,",
        "Bo,2026-03-09,2026-03-09,1,2,3",
    )
    columns = written(tmp_path, "columns.csv", "who,from,to", "Bo,2026-03-09,2026-03-09")
    missing, sheet = tmp_path / "missing.csv", tmp_path / "absences.xlsx"

    with pytest.raises(ConfigError) as caught:
        read_absences([bad, columns, missing, sheet], shop, today=TODAY)

    assert caught.value.faults == (
        f"{bad}, line 2: from '09.03.2026' is not a date; write it like 2026-03-09",
        f"{bad}, line 3: to 2026-03-09 is before from 2026-03-10; swap them",
        f"{bad}, line 4: fraction 'half' must be above 0 and at most 1; half a day is 0.5",
        f"{bad}, line 5: fraction '1.5' must be above 0 and at most 1; half a day is 0.5",
        f"{bad}, line 6: the name is missing",
        f"{bad}, line 7: more values than columns; put values with a separator into quotes",
        (
            f"{columns}, line 1: column 'name' is missing; "
            "the columns are name, from, to and optionally fraction and kind"
        ),
        f"{missing}: cannot be read (No such file or directory); check [capacity] absences",
        f"{sheet}: absences are read from .csv and .ics files, not from '.xlsx'",
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"name,from,to\nBj\xf6rn,2026-03-09,2026-03-09\n", "not UTF-8", id="latin-1"),
        pytest.param(b"", "line 1: column 'name' is missing", id="empty"),
        pytest.param(b'name,from,to\n"Bo"x,2026-03-09,2026-03-09\n', "not CSV", id="quotes"),
        pytest.param(b"name,from,to,shoe size\n", "column 'shoe size' is unknown", id="further-column"),
    ],
)
def test_a_csv_that_is_none_is_refused_in_one_sentence(
    tmp_path: Path, shop: Product, content: bytes, said: str
) -> None:
    path = tmp_path / "absences.csv"
    path.write_bytes(content)

    with pytest.raises(ConfigError, match=said):
        read_absences([path], shop, today=TODAY)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            ("DTSTART;VALUE=DATE:20260309", "DTEND;VALUE=DATE:20260312"), [days(9, 11)], id="end-is-exclusive"
        ),
        pytest.param(("DTSTART;VALUE=DATE:20260309",), [days(9, 9)], id="no-end-is-one-day"),
        pytest.param(("DTSTART;VALUE=DATE:20260309", "DURATION:P2D"), [days(9, 10)], id="duration"),
        pytest.param(
            ("DTSTART;TZID=Europe/Berlin:20260309T120000", "DTEND;TZID=Europe/Berlin:20260309T170000"),
            [days(9, 9, 0.5)],
            id="five-hours-are-half-a-day",
        ),
        pytest.param(
            ("DTSTART;TZID=Europe/Berlin:20260309T090000", "DTEND;TZID=Europe/Berlin:20260309T150000"),
            [days(9, 9)],
            id="six-hours-are-a-day",
        ),
        pytest.param(
            ("DTSTART;TZID=Europe/Berlin:20260309T080000", "DTEND;TZID=Europe/Berlin:20260309T120000"),
            [days(9, 9, 0.5)],
            id="three-working-hours-of-a-morning-are-half-a-day",
        ),
        pytest.param(
            ("DTSTART:20260309T110000Z", "DTEND:20260310T160000Z"),
            [days(9, 9, 0.5), days(10, 10)],
            id="utc-is-read-in-the-teams-zone",
        ),
        pytest.param(
            ("DTSTART;TZID=America/New_York:20260309T090000", "DTEND;TZID=America/New_York:20260309T170000"),
            [days(9, 9)],
            id="other-zones-keep-their-own-clock",
        ),
        pytest.param(
            (
                "DTSTART;VALUE=DATE:20260306",
                "DTEND;VALUE=DATE:20260307",
                "RRULE:FREQ=WEEKLY;COUNT=4",
                "EXDATE;VALUE=DATE:20260313",
            ),
            [days(6, 6), days(20, 20), days(27, 27)],
            id="recurring-but-one",
        ),
        pytest.param(("DTSTART;VALUE=DATE:20260309", "STATUS:CANCELLED"), [], id="cancelled"),
        pytest.param(("DTSTART;VALUE=DATE:20260309", "TRANSP:TRANSPARENT"), [days(9, 9)], id="a-day-shown-as-free"),
        pytest.param(
            ("DTSTART:20260309T080000Z", "DTEND:20260309T170000Z", "TRANSP:TRANSPARENT"), [], id="hours-shown-as-free"
        ),
        pytest.param(("DTSTART;VALUE=DATE:20240309",), [], id="long-ago"),
    ],
)
def test_days_away_in_a_calendar(
    tmp_path: Path, shop: Product, lines: tuple[str, ...], expected: list[Absence]
) -> None:
    found = away(event(*lines, "SUMMARY:Bo - PTO"), folder=tmp_path, shop=shop)

    assert list(found.get("Bo", ())) == expected
    assert set(found) <= {"Bo"}


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        pytest.param(("SUMMARY:Urlaub Bo",), {"Bo"}, id="other-language-other-order"),
        pytest.param(("SUMMARY:Bo and Ana Alvarez off",), {"Bo", "Ana Alvarez"}, id="two-people"),
        pytest.param(("SUMMARY:Vacation", "ATTENDEE;CN=A.:mailto:Ana@example.com"), {"Ana Alvarez"}, id="by-mail"),
        pytest.param(("SUMMARY:Vacation", "ORGANIZER;CN=bo:mailto:b@example.com"), {"Bo"}, id="by-organiser"),
        pytest.param(("SUMMARY:Bo", "X-MICROSOFT-CDO-BUSYSTATUS:OOF"), {"Bo"}, id="marked-out-of-office"),
        pytest.param(("SUMMARY:Bo - birthday",), set(), id="no-absence"),
        pytest.param(("SUMMARY:Kick-off with Bo",), set(), id="a-kick-off-is-work"),
        pytest.param(("SUMMARY:Bob - PTO",), set(), id="somebody-else"),
        pytest.param(("SUMMARY:Offsite", "ATTENDEE;CN=Bo:mailto:bo@example.com"), set(), id="a-meeting"),
    ],
)
def test_whose_absence_it_is(tmp_path: Path, shop: Product, lines: tuple[str, ...], names: set[str]) -> None:
    assert set(away(event("DTSTART;VALUE=DATE:20260309", *lines), folder=tmp_path, shop=shop)) == names


def test_half_a_day_may_be_written_in_the_title(tmp_path: Path, shop: Product) -> None:
    found = away(event("DTSTART;VALUE=DATE:20260309", "SUMMARY:Bo PTO (half day)"), folder=tmp_path, shop=shop)

    assert found == {"Bo": (days(9, 9, 0.5),)}


def test_a_morning_and_an_afternoon_off_are_a_day(tmp_path: Path, shop: Product) -> None:
    zone = ";TZID=Europe/Berlin:20260309T"
    morning = event(f"DTSTART{zone}090000", f"DTEND{zone}130000", "SUMMARY:Bo off")
    afternoon = event(f"DTSTART{zone}130000", f"DTEND{zone}170000", "SUMMARY:Bo away", uid="2")

    assert away(morning, afternoon, folder=tmp_path, shop=shop) == {"Bo": (days(9, 9),)}


def test_meetings_that_recur_for_ever_cost_nothing(tmp_path: Path, shop: Product) -> None:
    meeting = event("DTSTART:20260101T090000Z", "DTEND:20260101T093000Z", "SUMMARY:Daily", "RRULE:FREQ=SECONDLY")

    assert away(meeting, folder=tmp_path, shop=shop) == {}


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        pytest.param("RRULE:FREQ=SECONDLY", "recurs more than once a day", id="every-second"),
        pytest.param("RRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5,6", "at most 1000", id="too-many"),
    ],
)
def test_an_absence_that_recurs_without_bounds_is_refused(tmp_path: Path, shop: Product, rule: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        away(event("DTSTART:20260101T090000Z", "SUMMARY:Bo off", rule), folder=tmp_path, shop=shop)


@pytest.mark.parametrize(
    "content", ["", "hello", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Bo off\nDTSTART:x\nEND:VEVENT"]
)
def test_a_calendar_that_is_none_is_refused_in_one_sentence(tmp_path: Path, shop: Product, content: str) -> None:
    path = written(tmp_path, "team.ics", content)

    with pytest.raises(ConfigError, match=r"team\.ics: the calendar cannot be read"):
        read_absences([path], shop, today=TODAY)


def test_csv_and_calendar_give_the_same_person_days(tmp_path: Path, shop: Product) -> None:
    sheet = written(tmp_path, "absences.csv", "name,from,to", "Bo,2026-03-19,2026-03-24")
    ics = calendar(tmp_path, event("DTSTART;VALUE=DATE:20260319", "DTEND;VALUE=DATE:20260325", "SUMMARY:Bo - PTO"))
    first, second = Window(date(2026, 3, 9), date(2026, 3, 22)), Window(date(2026, 3, 23), date(2026, 4, 5))

    for path in (sheet, ics):
        bo = person(absences=read_absences([path], shop, today=TODAY).by_name["Bo"])
        assert [team_days(team(people=(bo,)), window, {}).net for window in (first, second)] == [8, 8]


def test_the_template_of_a_list_has_every_column_and_replaces_no_file(tmp_path: Path) -> None:
    path = tmp_path / "absences.csv"

    assert write_template(path) == path
    assert read_absences([path], product(), today=date(2026, 3, 2)).by_name == {}
    path.write_text("mine", encoding="utf-8")
    assert write_template(path) is None
    assert path.read_text(encoding="utf-8") == "mine"
