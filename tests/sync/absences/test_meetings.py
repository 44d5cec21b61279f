"""Refinement and Sprint Planning are found in calendars by words of their titles; titles are not kept."""

from pathlib import Path

import pytest

from rules.model import Meeting, MeetingKind, Product
from sync.absences.meetings import read_meetings
from sync.absences.options import EventWords
from sync.errors import ConfigError
from tests.factories import person, product, team
from tests.sync.absences.test_calendars import AT, TO, TODAY, calendar, event

SHOP = product(
    team(people=(person("Ada Test", account="ada@example.com"),)), team("Search", board=13, people=(person("Bo"),))
)


def read(folder: Path, *events: str, shop: Product = SHOP, words: EventWords | None = None) -> dict[str, list[Meeting]]:
    path = folder / "meetings.ics"
    path.write_bytes(calendar(*events).encode())
    found = read_meetings([path], shop, today=TODAY, timezone="Europe/Berlin", words=words)
    return {name: list(several) for name, several in found.items()}


def one_hour(title: str, *lines: str) -> str:
    return event(AT.format("10T1400"), TO.format("10T1500"), f"SUMMARY:{title}", *lines)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Backlog Refinement", MeetingKind.REFINEMENT),
        ("Refinement / Search + Payments", MeetingKind.REFINEMENT),
        ("Sprint-Planung", MeetingKind.PLANNING),
        ("SPRINT PLANNING part 2", MeetingKind.PLANNING),
        ("Planificación del sprint", MeetingKind.PLANNING),
        ("Sprint planning and refinement", MeetingKind.PLANNING),
        ("Vacation planning", None),
        ("Refinements of the palette", None),
        ("Daily", None),
    ],
)
def test_the_title_says_what_a_meeting_is(tmp_path: Path, title: str, kind: MeetingKind | None) -> None:
    found = read(tmp_path, one_hour(title), shop=product(team(people=())))["Payments"]

    assert [one.kind for one in found] == ([] if kind is None else [kind])


def test_a_meeting_is_of_the_team_in_its_title_else_of_the_invited_people_else_of_all(tmp_path: Path) -> None:
    guest = 'ATTENDEE;CN="Ada Test":mailto:ada@example.com'
    found = read(tmp_path, one_hour("Search refinement"), one_hour("Refinement", guest), one_hour("Sprint planning"))

    assert [(one.kind, one.people) for one in found["Search"]] == [
        (MeetingKind.PLANNING, frozenset()),
        (MeetingKind.REFINEMENT, frozenset()),
    ]
    assert {(one.kind, one.people) for one in found["Payments"]} == {
        (MeetingKind.REFINEMENT, frozenset({"Ada Test"})),
        (MeetingKind.PLANNING, frozenset()),
    }


def test_a_series_is_one_meeting_each_time_on_the_clock_of_the_calendar(tmp_path: Path) -> None:
    found = read(tmp_path, one_hour("Refinement", "RRULE:FREQ=WEEKLY;COUNT=4"))["Search"]

    assert [(one.begin.day, one.begin.hour, one.begin.tzinfo) for one in found] == [
        (day, 14, None) for day in (10, 17, 24, 31)
    ]
    assert {one.hours for one in found} == {1.0}


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(("DTSTART;VALUE=DATE:20260310", "SUMMARY:Refinement"), id="a whole day"),
        pytest.param(
            (AT.format("10T1400"), TO.format("10T1500"), "SUMMARY:Refinement", "STATUS:CANCELLED"), id="cancelled"
        ),
        pytest.param((AT.format("10T1400"), "SUMMARY:Refinement"), id="no length"),
        pytest.param((AT.format("10T1400"), TO.format("12T1400"), "SUMMARY:Refinement"), id="two days"),
    ],
)
def test_what_has_no_hours_or_does_not_take_place_does_not_count(tmp_path: Path, lines: tuple[str, ...]) -> None:
    assert read(tmp_path, event(*lines)) == {"Payments": [], "Search": []}


def test_one_occurrence_of_a_series_may_be_cancelled_or_moved(tmp_path: Path) -> None:
    series = event(AT.format("10T1400"), TO.format("10T1500"), "SUMMARY:Refinement", "RRULE:FREQ=WEEKLY;COUNT=3")
    off = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20260317T140000", AT.format("17T1400"), TO.format("17T1500"),
        "SUMMARY:Refinement", "STATUS:CANCELLED",
    )  # fmt: skip
    moved = event(
        "RECURRENCE-ID;TZID=Europe/Berlin:20260324T140000", AT.format("25T1000"), TO.format("25T1130"),
        "SUMMARY:Refinement",
    )  # fmt: skip

    found = read(tmp_path, series, off, moved)["Search"]

    assert [(one.begin.day, one.begin.hour, one.hours) for one in found] == [(10, 14, 1), (25, 10, 1.5)]


def test_own_words_replace_the_usual_ones(tmp_path: Path) -> None:
    words = EventWords(refinement=("Pflege",))

    assert [one.kind for one in read(tmp_path, one_hour("Pflege"), words=words)["Search"]] == [MeetingKind.REFINEMENT]
    assert read(tmp_path, one_hour("Refinement"), words=words)["Search"] == []


def test_the_same_meeting_in_two_calendars_counts_once(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.ics", "b.ics")]
    for path in paths:
        path.write_bytes(calendar(one_hour("Refinement")).encode())

    assert len(read_meetings(paths, SHOP, today=TODAY)["Search"]) == 1


def test_without_files_no_team_has_a_calendar() -> None:
    assert read_meetings([], SHOP, today=TODAY) == {}


@pytest.mark.parametrize(
    ("name", "text", "wrong"),
    [
        ("meetings.csv", "", "meetings are read from .ics files, not from '.csv'"),
        ("meetings.ics", "BEGIN:VEVENT", "the calendar cannot be read"),
        ("missing.ics", None, "cannot be read (No such file or directory); check [capacity] events"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, name: str, text: str | None, wrong: str) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text)

    with pytest.raises(ConfigError) as raised:
        read_meetings([path], SHOP, today=TODAY)

    assert raised.value.faults[0].startswith(f"{path}: ")
    assert wrong in raised.value.faults[0]


def test_a_file_that_is_far_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.absences.file_text.MOST_BYTES", 10)

    with pytest.raises(ConfigError, match="larger than 0 MB; export a shorter period"):
        read(tmp_path, one_hour("Refinement"))


def test_a_calendar_that_the_parser_cannot_read_is_named_without_lines_of_it(tmp_path: Path) -> None:
    path = tmp_path / "meetings.ics"
    path.write_text(calendar(event("DTSTART:yesterday", "SUMMARY:Refinement")), encoding="utf-8")

    with pytest.raises(ConfigError) as raised:
        read_meetings([path], SHOP, today=TODAY)

    assert "yesterday" not in str(raised.value.faults)
