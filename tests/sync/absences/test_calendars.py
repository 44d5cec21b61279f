"""Calendar files in the shapes that programs write, and what is counted of those that are left out."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from rules.model import Absence, Product
from sync.absences.model import Absences, Reason
from sync.absences.options import AbsenceOptions, WorkingDay
from sync.absences.read import read_absences
from sync.errors import ConfigError
from tests.factories import person, product, team

TODAY = date(2026, 3, 2)
SHOP = product(team(people=(person("Ada Test", account="ada@example.com"), person("Ben Test"), person("Zoé Zed"))))


def event(*lines: str, uid: str | None = "1") -> str:
    own = () if uid is None else (f"UID:{uid}",)
    return "\r\n".join(("BEGIN:VEVENT", *own, "DTSTAMP:20260101T000000Z", *lines, "END:VEVENT"))


def calendar(*events: str, head: tuple[str, ...] = ()) -> str:
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", *head, *events, "END:VCALENDAR")
    return "\r\n".join(lines) + "\r\n"


def read(text: str, folder: Path, shop: Product = SHOP, zone: str = "Europe/Berlin", **options: Any) -> Absences:
    path = folder / "team.ics"
    path.write_bytes(text.encode())
    return read_absences([path], shop, today=TODAY, timezone=zone, options=AbsenceOptions(**options))


def days(first: int, last: int | None = None, fraction: float = 1.0) -> Absence:
    """An absence in March 2026."""
    return Absence(first=date(2026, 3, first), last=date(2026, 3, last or first), fraction=fraction)


def of_ada(text: str, folder: Path, **options: Any) -> list[Absence]:
    return list(read(text, folder, **options).by_name.get("Ada Test", ()))


def counts(text: str, folder: Path) -> dict[Reason, int]:
    return {one.reason: one.count for one in read(text, folder).left_out}


AT = "DTSTART;TZID=Europe/Berlin:202603{}00"
TO = "DTEND;TZID=Europe/Berlin:202603{}00"
DAY = "DTSTART;VALUE=DATE:202603{}"


@pytest.mark.parametrize(
    ("spans", "part"),
    [
        ((("0800", "1200"),), 0.5),
        ((("0900", "1200"),), 0.5),
        ((("0930", "1200"),), 0.0),
        ((("0001", "1200"),), 0.5),
        ((("1300", "2359"),), 0.5),
        ((("1400", "1700"),), 0.5),
        ((("1430", "1730"),), 0.0),
        ((("0900", "1500"),), 1.0),
        ((("1000", "1600"),), 1.0),
        ((("1100", "1600"),), 0.5),
        ((("1100", "1300"),), 0.0),
        ((("0900", "1100"), ("1100", "1300")), 0.5),
        ((("0900", "1200"), ("1000", "1200")), 0.5),
        ((("0900", "1300"), ("1300", "1700")), 1.0),
        ((("1800", "2200"),), 0.0),
    ],
)
def test_hours_count_for_each_half_of_the_working_day(
    tmp_path: Path, spans: tuple[tuple[str, str], ...], part: float
) -> None:
    events = [
        event(AT.format(f"10T{begin}"), TO.format(f"10T{end}"), "SUMMARY:Ada Test off", uid=str(number))
        for number, (begin, end) in enumerate(spans)
    ]

    assert of_ada(calendar(*events), tmp_path) == ([days(10, fraction=part)] if part else [])


@pytest.mark.parametrize(
    ("options", "span", "part"),
    [
        ({"working_day": WorkingDay(time(7), time(15))}, ("0700", "1000"), 0.5),
        ({"working_day": WorkingDay(time(7), time(15))}, ("1300", "1700"), 0.0),
        ({"working_day": WorkingDay(time(9), time(13))}, ("0900", "1100"), 0.5),
        ({"working_day": WorkingDay(time(9), time(13))}, ("0900", "1300"), 1.0),
        ({"half_day_hours": 2.0}, ("0900", "1100"), 0.5),
        ({"half_day_hours": 4.0}, ("0900", "1200"), 0.0),
        ({"half_day_hours": 4.0}, ("0900", "1500"), 0.5),
    ],
)
def test_the_working_day_and_the_hours_of_a_half_are_options(
    tmp_path: Path, options: dict[str, Any], span: tuple[str, str], part: float
) -> None:
    one = event(AT.format(f"10T{span[0]}"), TO.format(f"10T{span[1]}"), "SUMMARY:Ada Test off")

    assert of_ada(calendar(one), tmp_path, **options) == ([days(10, fraction=part)] if part else [])


@pytest.mark.parametrize(
    "title",
    [
        "half day leave", "half-day PTO", "vacation, half a day", "PTO ½ day", "PTO ½", "PTO 1/2 day", "PTO 0.5 day",
        "PTO 0,5 d", "PTO (0.5 days)", "halber Tag Urlaub", "halben Tag frei", "halber Urlaubstag", "halbtags frei",
        "demi-journée congé", "congé 1/2 journée", "medio día de vacaciones", "vacaciones media jornada",
        "meio dia de férias", "folga meio período", "halve dag vrij", "halve dag verlof", "1 half day off",
    ],
)  # fmt: skip
def test_a_half_day_in_the_title_halves_it_in_six_languages(tmp_path: Path, title: str) -> None:
    assert of_ada(calendar(event(DAY.format(10), f"SUMMARY:Ada Test {title}")), tmp_path) == [days(10, fraction=0.5)]


@pytest.mark.parametrize(
    "title",
    [
        "vacation (half-term)", "leave half term", "PTO - first half of the month", "vacation, second half",
        "PTO v10.5",
        "Urlaub Halbjahr 1", "vacation half marathon", "congé mi-temps", "Urlaub 1. Halbzeit", "vacaciones medio plazo",
        "PTO 10.5 days", "vacation 1/2 of the team",
    ],
)  # fmt: skip
def test_another_half_halves_nothing(tmp_path: Path, title: str) -> None:
    assert of_ada(calendar(event(DAY.format(10), f"SUMMARY:Ada Test {title}")), tmp_path) == [days(10)]


@pytest.mark.parametrize(
    ("title", "last", "expected"),
    [
        ("2.5 days", 12, [days(10, 11), days(12, fraction=0.5)]),
        ("2,5 Tage", 12, [days(10, 11), days(12, fraction=0.5)]),
        ("2½ days", 12, [days(10, 11), days(12, fraction=0.5)]),
        ("2 1/2 days", 12, [days(10, 11), days(12, fraction=0.5)]),
        ("2 and a half days", 12, [days(10, 11), days(12, fraction=0.5)]),
        ("2.5d", 12, [days(10, 11), days(12, fraction=0.5)]),
        ("2.5 vacation days", 12, [days(10, 11), days(12, fraction=0.5)]),
        ("2,5 Urlaubstage", 12, [days(10, 11), days(12, fraction=0.5)]),
        ("2,5 jours", 12, [days(10, 11), days(12, fraction=0.5)]),
        ("2,5 días", 12, [days(10, 11), days(12, fraction=0.5)]),
        ("2,5 dagen", 12, [days(10, 11), days(12, fraction=0.5)]),
        ("1.5 days", 11, [days(10), days(11, fraction=0.5)]),
        ("3 days", 12, [days(10, 12)]),
        ("2 days", 12, [days(10, 12)]),
        ("1.5 days", 12, [days(10, 12)]),
        ("3.5 days", 12, [days(10, 12)]),
        ("2.5 hours", 12, [days(10, 12)]),
        ("release 2.5", 12, [days(10, 12)]),
        ("3.5 days", 16, [days(10, 16)]),
        ("4.5 days", 16, [days(10, 15), days(16, fraction=0.5)]),  # Tuesday to Monday are five working days
    ],
)
def test_a_number_of_days_in_the_title_that_ends_within_the_last_day_shortens_it(
    tmp_path: Path, title: str, last: int, expected: list[Absence]
) -> None:
    one = event(DAY.format(10), f"DTEND;VALUE=DATE:202603{last + 1}", f"SUMMARY:Ada Test (Vacation - {title})")

    assert of_ada(calendar(one), tmp_path) == expected


@pytest.mark.parametrize(
    "lines",
    [
        (DAY.format(10), "DTEND;VALUE=DATE:20260309"),
        (DAY.format(10), "DTEND;VALUE=DATE:20260310"),
        (DAY.format(10), "DTEND;VALUE=DATE:20250101"),
        (DAY.format(10), "DURATION:PT0S"),
        (DAY.format(10), "DURATION:-P1D"),
        (AT.format("10T0000"), TO.format("10T0000"), "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"),
        (AT.format("10T0000"), TO.format("10T0000"), "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT:TRUE"),
        (AT.format("10T0000"), "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"),
        (AT.format("10T0000"), TO.format("09T0000"), "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"),
        (AT.format("10T0000"), TO.format("11T0000"), "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"),
        (AT.format("10T0000"), TO.format("11T0000")),
        ("DTSTART:20260309T230000Z", "DTEND:20260309T230000Z", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"),
        ("DTSTART:20260310T000000Z", "DTEND:20260310T000000Z", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"),
        ("DTSTART:20260310T000000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"),
        (DAY.format(10), "DTEND:20260311T000000"),
        (AT.format("10T0000"), "DTEND;VALUE=DATE:20260311"),
    ],
)
def test_one_day_is_one_day_however_its_end_is_written(tmp_path: Path, lines: tuple[str, ...]) -> None:
    assert of_ada(calendar(event(*lines, "SUMMARY:Ada Test PTO")), tmp_path) == [days(10)]


@pytest.mark.parametrize(
    ("lines", "last"),
    [
        ((DAY.format("06"), "RRULE:FREQ=WEEKLY;UNTIL=20260319T230000Z"), 20),
        ((DAY.format("06"), "RRULE:FREQ=WEEKLY;UNTIL=20260320T000000Z"), 20),
        ((DAY.format("06"), "RRULE:FREQ=WEEKLY;UNTIL=20260320"), 20),
        ((DAY.format("06"), "RRULE:FREQ=WEEKLY;UNTIL=20260319"), 13),
        ((DAY.format("06"), "RRULE:FREQ=WEEKLY;UNTIL=20260319T225959Z"), 13),
        ((AT.format("06T0900"), TO.format("06T1700"), "RRULE:FREQ=WEEKLY;UNTIL=20260320"), 20),
        ((AT.format("06T0900"), TO.format("06T1700"), "RRULE:FREQ=WEEKLY;UNTIL=20260319T230000Z"), 20),
        ((AT.format("06T0900"), TO.format("06T1700"), "RRULE:FREQ=WEEKLY;UNTIL=20260320T080000Z"), 20),
        ((AT.format("06T0900"), TO.format("06T1700"), "RRULE:FREQ=WEEKLY;UNTIL=20260319T225959Z"), 13),
        (("DTSTART:20260306T090000", "DTEND:20260306T170000", "RRULE:FREQ=WEEKLY;UNTIL=20260320"), 20),
        (("DTSTART:20260306T080000Z", "DTEND:20260306T160000Z", "RRULE:FREQ=WEEKLY;UNTIL=20260320"), 20),
        (("DTSTART:20260306T080000Z", "DTEND:20260306T160000Z", "RRULE:FREQ=WEEKLY;UNTIL=20260320T070000Z"), 13),
    ],
)
def test_the_last_day_of_a_series_is_in_it(tmp_path: Path, lines: tuple[str, ...], last: int) -> None:
    expected = [days(day) for day in range(6, last + 1, 7)]

    assert of_ada(calendar(event(*lines, "SUMMARY:Ada Test day off")), tmp_path) == expected


def test_the_last_day_of_a_series_follows_the_zone_the_calendar_names(tmp_path: Path) -> None:
    series = event(DAY.format("06"), "RRULE:FREQ=WEEKLY;UNTIL=20260319T150000Z", "SUMMARY:Ada Test off")

    assert of_ada(calendar(series, head=("X-WR-TIMEZONE:Asia/Tokyo",)), tmp_path)[-1] == days(20)
    assert of_ada(calendar(series, head=("X-WR-TIMEZONE:Nowhere",)), tmp_path)[-1] == days(13)


def test_an_exception_written_as_a_time_takes_its_day_out_of_a_series_of_days(tmp_path: Path) -> None:
    series = event(
        DAY.format("06"), "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20260312T230000Z", "SUMMARY:Ada Test off", uid="x"
    )

    assert of_ada(calendar(series), tmp_path) == [days(6), days(20)]


@pytest.mark.parametrize("uid", ["", "same", None])
def test_each_event_counts_although_others_have_its_uid_or_none_has_one(tmp_path: Path, uid: str | None) -> None:
    text = calendar(
        event(DAY.format("10"), "SUMMARY:Ada Test vacation", uid=uid),
        event(DAY.format("12"), "SUMMARY:Ada Test vacation", uid=uid),
        event(DAY.format("13"), "SUMMARY:Ben Test vacation", uid=uid),
        event(DAY.format("17"), "SUMMARY:Planning", uid=uid),
    )

    found = read(text, tmp_path).by_name

    assert found == {"Ada Test": (days(10), days(12)), "Ben Test": (days(13),)}


def test_a_changed_occurrence_replaces_that_of_its_series_although_another_event_has_the_uid(tmp_path: Path) -> None:
    text = calendar(
        event(DAY.format("25"), "SUMMARY:Ben Test vacation"),
        event(DAY.format("06"), "RRULE:FREQ=WEEKLY;COUNT=3", "SUMMARY:Ada Test off"),
        event(DAY.format("12"), "RECURRENCE-ID;VALUE=DATE:20260313", "SUMMARY:Ada Test off"),
    )

    assert read(text, tmp_path).by_name == {"Ada Test": (days(6), days(12), days(20)), "Ben Test": (days(25),)}


def test_a_changed_occurrence_that_is_work_is_no_absence(tmp_path: Path) -> None:
    text = calendar(
        event(DAY.format("06"), "RRULE:FREQ=WEEKLY;COUNT=3", "SUMMARY:Ada Test off"),
        event(DAY.format("13"), "RECURRENCE-ID;VALUE=DATE:20260313", "SUMMARY:Ada Test works"),
    )

    assert of_ada(text, tmp_path) == [days(6), days(20)]


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        (("SUMMARY:Out of office", "ATTENDEE;CN=Ada Test;PARTSTAT=ACCEPTED:mailto:x@example.com"), {"Ada Test"}),
        (("SUMMARY:Out of office", 'ATTENDEE;CN="Test, Ada":mailto:x@example.com'), {"Ada Test"}),
        (("SUMMARY:Out of office", "ATTENDEE;CN=Zoe\u0301 Zed:mailto:x@example.com"), {"Zoé Zed"}),
        (("SUMMARY:Urlaub", "ATTENDEE;PARTSTAT=NEEDS-ACTION:MAILTO:ADA@example.com"), {"Ada Test"}),
        (("SUMMARY:Urlaub", "ATTENDEE;EMAIL=ada@example.com:urn:uuid:1"), {"Ada Test"}),
        (("SUMMARY:Urlaub", "ATTENDEE;PARTSTAT=DECLINED:mailto:ada@example.com"), set()),
        (("SUMMARY:Urlaub", "ATTENDEE;ROLE=NON-PARTICIPANT:mailto:ada@example.com"), set()),
        (
            ("SUMMARY:Team vacation", "ORGANIZER:mailto:ada@example.com", "ATTENDEE;CN=Ben Test:mailto:b@example.com"),
            {"Ada Test", "Ben Test"},
        ),
        (("SUMMARY:Holiday season release planning", "ATTENDEE:mailto:ada@example.com"), set()),
        (("SUMMARY:Kick off", "ATTENDEE:mailto:ada@example.com", "X-MICROSOFT-CDO-BUSYSTATUS:OOF"), set()),
        (("SUMMARY:Urlaub Ben Test", "ATTENDEE:mailto:ada@example.com"), {"Ben Test"}),
        (("SUMMARY:Ben Test", "CATEGORIES:Privat,Urlaub"), {"Ben Test"}),
        (("SUMMARY:Ben Test", "CATEGORIES:Red", "CATEGORIES:out of office"), {"Ben Test"}),
        (("SUMMARY:Ben Test", "CATEGORIES:Holiday planning"), set()),
        (("SUMMARY:Ben Test", "X-MICROSOFT-CDO-INTENDEDSTATUS:OOF"), {"Ben Test"}),
    ],
)
def test_who_is_away_by_invitation_category_and_status(
    tmp_path: Path, lines: tuple[str, ...], people: set[str]
) -> None:
    assert set(read(calendar(event(DAY.format("10"), *lines)), tmp_path).by_name) == people


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("SUMMARY:Ada Test wedding",), Reason.NO_WORD),
        (("SUMMARY:1:1 with Ada Test",), Reason.NO_WORD),
        (("SUMMARY:Lunch with Ada Test before vacation",), Reason.NO_WORD),
        (("SUMMARY:Ada Test vacation planning",), Reason.NO_WORD),
        (("SUMMARY:Vacation with Ada Test",), Reason.UNCLEAR),
        (("SUMMARY:Vacation in Spain", "ATTENDEE:mailto:ada@example.com"), Reason.INVITED),
        (("SUMMARY:Zoe Unknown - PTO",), Reason.NO_PERSON),
        (("SUMMARY:Ada Test PTO", "STATUS:CANCELLED"), Reason.CANCELLED),
        (("SUMMARY:Canceled: Ada Test PTO",), Reason.CANCELLED),
        (("SUMMARY:Urlaub", "ATTENDEE;PARTSTAT=DECLINED:mailto:ada@example.com"), Reason.DECLINED),
        (("SUMMARY:Urlaub", "TRANSP:TRANSPARENT", "ATTENDEE:mailto:ada@example.com"), Reason.FREE),
    ],
)
def test_an_event_that_is_left_out_is_counted_with_its_reason(
    tmp_path: Path, lines: tuple[str, ...], reason: Reason
) -> None:
    assert counts(calendar(event(DAY.format("10"), *lines)), tmp_path) == {reason: 1}


def test_hours_that_are_free_or_too_short_are_counted(tmp_path: Path) -> None:
    hours = (AT.format("10T1100"), TO.format("10T1300"))
    short = event(*hours, "SUMMARY:Ada Test away", uid="1")
    free = event(*hours, "SUMMARY:Ada Test away", "TRANSP:TRANSPARENT", uid="2")

    assert counts(calendar(short, free), tmp_path) == {Reason.SHORT: 1, Reason.FREE: 1}


@pytest.mark.parametrize(
    "lines",
    [
        ("SUMMARY:Planning", "ATTENDEE:mailto:ada@example.com"),
        ("SUMMARY:Kick off Phoenix", "ATTENDEE;CN=Ada Test:mailto:ada@example.com"),
        ("SUMMARY:Retro",),
        ("SUMMARY:Ada Test PTO",),
        ("SUMMARY:Vacation planning", "STATUS:CANCELLED"),
    ],
)
def test_a_meeting_and_an_absence_are_not_counted_as_left_out(tmp_path: Path, lines: tuple[str, ...]) -> None:
    assert counts(calendar(event(DAY.format("10"), *lines)), tmp_path) == {}


def test_events_long_ago_are_not_counted_and_series_are(tmp_path: Path) -> None:
    old = event("DTSTART;VALUE=DATE:20200310", "SUMMARY:Ada Test wedding", uid="1")
    far = event("DTSTART;VALUE=DATE:20300310", "SUMMARY:Ada Test wedding", uid="2")
    series = event("DTSTART;VALUE=DATE:20200310", "RRULE:FREQ=WEEKLY", "SUMMARY:Ada Test choir", uid="3")

    assert counts(calendar(old, far, series), tmp_path) == {Reason.NO_WORD: 1}


def test_what_is_left_out_names_the_file_and_the_number_and_never_a_title(tmp_path: Path) -> None:
    text = calendar(
        *(event(DAY.format("10"), f"SUMMARY:Ada Test secret {number}", uid=str(number)) for number in range(3))
    )

    (one,) = read(text, tmp_path).left_out

    assert one.text == (
        f"{tmp_path / 'team.ics'}: 3 events name a person but have no word for being away. "
        "For an absence, correct the title or add its word to [capacity.absence_words]."
    )


def test_all_calendars_of_a_file_are_read_and_the_same_absence_in_two_counts_once(tmp_path: Path) -> None:
    half = event(DAY.format("10"), "SUMMARY:Ada Test half day off", uid="x")
    text = calendar(half) + calendar(half, event(DAY.format("11"), "SUMMARY:Ben Test off"))

    assert read(text, tmp_path).by_name == {"Ada Test": (days(10, fraction=0.5),), "Ben Test": (days(11),)}


def test_a_morning_in_one_calendar_and_an_afternoon_in_another_are_a_day(tmp_path: Path) -> None:
    files = []
    for name, begin, end in (("a.ics", "10T0900", "10T1300"), ("b.ics", "10T1300", "10T1700")):
        files.append(tmp_path / name)
        files[-1].write_text(calendar(event(AT.format(begin), TO.format(end), "SUMMARY:Ada Test off")), "utf-8")

    found = read_absences(files, SHOP, today=TODAY, timezone="Europe/Berlin").by_name["Ada Test"]

    assert max(absence.fraction for absence in found) == 1


@pytest.mark.parametrize(
    "zone",
    [
        "/freeassociation.sourceforge.net/Europe/Berlin",
        "/mozilla.org/20050126_1/Europe/Berlin",
        "W. Europe Standard Time",
        "Nowhere/Land",
    ],
)
def test_a_zone_of_any_program_keeps_its_clock_without_a_warning(
    tmp_path: Path, zone: str, capfd: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    one = event(f"DTSTART;TZID={zone}:20260310T090000", f"DTEND;TZID={zone}:20260310T170000", "SUMMARY:Ada Test PTO")

    assert of_ada(calendar(one), tmp_path) == [days(10)]
    assert not recwarn.list
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    "text",
    [
        "secret line\n",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:secret line\nDTSTART:x\nEND:VEVENT\nEND:VCALENDAR\n",
        calendar(event(DAY.format("10"), "SUMMARY:Ada Test off")) + "secret line\n",
        calendar(event(DAY.format("10"), "SUMMARY:Ada Test off"))
        + "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:secret line",
    ],
)
def test_a_broken_calendar_is_refused_in_one_sentence_without_its_lines(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=r"team\.ics: the calendar cannot be read") as caught:
        read(text, tmp_path)

    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_absence_of_a_thousand_years_ends_at_the_bounds_of_what_is_read(tmp_path: Path) -> None:
    one = event("DTSTART;VALUE=DATE:19000101", "DTEND;VALUE=DATE:29000101", "SUMMARY:Ada Test sabbatical")

    (found,) = of_ada(calendar(one), tmp_path)

    assert (found.last - found.first).days == 500


def test_a_title_of_a_million_characters_costs_nothing(tmp_path: Path) -> None:
    title = "Ada Test and Will half day 2.5 " * 30_000

    assert set(read(calendar(event(DAY.format("10"), f"SUMMARY:{title}")), tmp_path).by_name) == set()
