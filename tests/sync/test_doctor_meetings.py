"""The doctor on the calendars of meetings: how many meetings each team has, and what is wrong with a file."""

from datetime import date
from pathlib import Path

from sync.doctor.check import Check, State
from sync.doctor.local_checks import meetings
from tests.sync.absences.test_calendars import AT, TO, calendar, event
from tests.sync.config.files import settings

TODAY = date(2026, 3, 2)


def look(folder: Path, *titles: str) -> list[Check]:
    lines = [event(AT.format("10T1400"), TO.format("10T1500"), f"SUMMARY:{title}") for title in titles]
    folder.joinpath("meetings.ics").write_bytes(calendar(*lines).encode())
    return list(meetings(settings(folder, '[capacity]\nevents = ["meetings.ics"]'), TODAY))


def test_each_team_is_named_with_its_meetings(tmp_path: Path) -> None:
    payments, search = look(tmp_path, "Payments refinement", "Payments sprint planning")

    assert (payments.state, search.state) == (State.OK, State.WARNING)
    assert payments.sentence.startswith("Payments: 2 meetings in ")
    assert "[capacity.event_words]" in search.todo


def test_a_file_that_cannot_be_read_is_a_failure(tmp_path: Path) -> None:
    tmp_path.joinpath("meetings.ics").write_text("BEGIN:VEVENT", encoding="utf-8")
    (check,) = meetings(settings(tmp_path, '[capacity]\nevents = ["meetings.ics"]'), TODAY)

    assert check.state is State.FAILED
    assert "meetings.ics" in check.sentence


def test_without_calendars_nothing_is_said(tmp_path: Path) -> None:
    assert list(meetings(settings(tmp_path), TODAY)) == []
