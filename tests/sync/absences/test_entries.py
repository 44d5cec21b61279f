"""Every entry of the files is listed once, with whose days it takes and why it counts or not, and never its title."""

from datetime import date
from pathlib import Path

import pytest

from rules.model import Product
from sync.absences.model import Entry, Reason
from sync.absences.read import read_absences
from sync.reports import absence_list
from sync.reports.as_text import plain
from tests.factories import person, product, team
from tests.sync.absences.test_calendars import AT, DAY, SHOP, TO, TODAY, calendar, event, read


def entries(folder: Path, *events: str) -> list[Entry]:
    return list(read(calendar(*events), folder).entries)


def listed(folder: Path, *rows: str, shop: Product = SHOP) -> list[Entry]:
    path = folder / "absences.csv"
    path.write_text("\n".join(("name,from,to,fraction", *rows)) + "\n", encoding="utf-8")
    return list(read_absences([path], shop, today=TODAY).entries)


def test_an_all_day_event_takes_the_working_days_between_its_ends(tmp_path: Path) -> None:
    """Friday 6 March to Tuesday 10 March: three working days."""
    (one,) = entries(tmp_path, event(DAY.format("06"), "DTEND;VALUE=DATE:20260311", "SUMMARY:Ada Test vacation"))

    assert (one.first.day, one.last.day, one.days, one.why) == (6, 10, {"Ada Test": 3.0}, "counted")


def test_a_weekend_takes_no_working_day(tmp_path: Path) -> None:
    (one,) = listed(tmp_path, "Ada Test,2026-03-07,2026-03-08,")

    assert (one.days, one.counts, one.why) == ({"Ada Test": 0}, False, "no working day")


def test_public_holidays_and_days_off_of_the_team_are_no_working_days(tmp_path: Path) -> None:
    """30 March to 10 April in Bavaria: Good Friday and Easter Monday are free, and the team is off on the 9th."""
    shop = product(
        team(people=(person("Ada Test", country="DE", region="BY"),), days_off=frozenset({date(2026, 4, 9)}))
    )
    (one,) = listed(tmp_path, "Ada Test,2026-03-30,2026-04-10,", shop=shop)
    text = calendar(event("DTSTART;VALUE=DATE:20260330", "DTEND;VALUE=DATE:20260411", "SUMMARY:Ada Test off"))

    assert one.days == {"Ada Test": 7}
    assert [other.days for other in read(text, tmp_path, shop).entries] == [{"Ada Test": 7}]


def test_half_a_day_counts_half(tmp_path: Path) -> None:
    (one,) = entries(tmp_path, event(AT.format("10T0900"), TO.format("10T1200"), "SUMMARY:Ada Test off"))

    assert one.days == {"Ada Test": 0.5}


def test_times_count_on_the_clock_of_the_person(tmp_path: Path) -> None:
    afternoon = ("DTSTART;TZID=Europe/Berlin:20260310T150000", "DTEND;TZID=Europe/Berlin:20260310T190000")
    text = calendar(event(*afternoon, "SUMMARY:Ada Test off"))  # 10:00 to 14:00 in New York
    there = product(team(people=(person("Ada Test", timezone="America/New_York"),)))

    assert [one.days for one in read(text, tmp_path).entries] == [{"Ada Test": 0}]
    assert [one.days for one in read(text, tmp_path, there).entries] == [{"Ada Test": 0.5}]


def test_whoever_is_in_two_teams_is_away_on_the_days_of_both(tmp_path: Path) -> None:
    early = team(people=(person("Ada Test", weeks=(frozenset({0, 1, 2}),)),))
    late = team("Search", board=13, people=(person("Ada Test", weeks=(frozenset({3, 4}),)),))
    week = calendar(event(DAY.format("09"), "DTEND;VALUE=DATE:20260314", "SUMMARY:Ada Test off"))

    assert [one.days for one in read(week, tmp_path, product(early, late)).entries] == [{"Ada Test": 5}]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        pytest.param((DAY.format("10"), "SUMMARY:Ada Test planning"), Reason.NO_WORD, id="no word"),
        pytest.param((DAY.format("10"), "SUMMARY:Ada Test off", "STATUS:CANCELLED"), Reason.CANCELLED, id="cancelled"),
        pytest.param(
            (AT.format("10T1100"), TO.format("10T1200"), "SUMMARY:Ada Test off"), Reason.SHORT, id="too short"
        ),
        pytest.param((DAY.format("10"), "SUMMARY:Release 4"), None, id="about something else"),
    ],
)
def test_an_event_that_does_not_count_says_why(tmp_path: Path, lines: tuple[str, ...], reason: Reason | None) -> None:
    (one,) = entries(tmp_path, event(*lines))

    assert (one.counts, one.reason) == (False, reason)
    assert one.why != "counted"


def test_each_occurrence_of_a_series_is_an_entry(tmp_path: Path) -> None:
    series = event(DAY.format("06"), "RRULE:FREQ=WEEKLY;COUNT=3", "SUMMARY:Ben Test off")

    assert [one.first.day for one in entries(tmp_path, series)] == [6, 13, 20]


def test_a_row_has_its_line_and_the_days_of_the_persons_own_pattern(tmp_path: Path) -> None:
    part_time = product(team(people=(person("Ada Test", weeks=(frozenset({0, 1, 2}),)),)))
    one, other = listed(tmp_path, "Ada Test,2026-03-02,2026-03-06,", "Adda,2026-03-09,,", shop=part_time)

    assert (one.line, one.days, one.counts) == (2, {"Ada Test": 3.0}, True)
    assert (other.line, other.written, other.reason) == (3, "Adda", Reason.UNKNOWN_NAME)


def test_the_entries_of_a_file_add_up_to_what_is_left_out_and_what_is_not(tmp_path: Path) -> None:
    found = read(
        calendar(
            event(DAY.format("06"), "SUMMARY:Ada Test vacation"),
            event(DAY.format("09"), "SUMMARY:Ben Test kick-off", uid="2"),
            event(DAY.format("10"), "SUMMARY:Release 4", uid="3"),
        ),
        tmp_path,
    )
    reasons = [one.reason for one in found.entries if one.reason]

    assert len(reasons) == sum(one.count for one in found.left_out) == 1
    assert [one.counts for one in found.entries] == [True, False, False]


def test_text_markdown_and_json_show_no_title(tmp_path: Path) -> None:
    listing = {"team.ics": entries(tmp_path, event(DAY.format("06"), "SUMMARY:Ada Test vacation on Mallorca"))}
    shown = plain(absence_list.as_text(listing))
    markdown = absence_list.as_markdown(listing)
    document = absence_list.document(listing).model_dump_json()

    assert "team.ics  1 entry, 1 of them counted" in shown
    assert "2026-03-06  2026-03-06  Ada Test      1             counted" in shown
    assert markdown.count("Ada Test") == 1
    assert '"counts":true' in document
    assert "Mallorca" not in shown + markdown + document
