"""What absence files hold that is not counted: `config check`, `doctor` and `capacity` show it on the command line."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.journeys.app_harness import Office, office

pytestmark = pytest.mark.journey

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A small shop whose list has an unknown name, and whose calendar has an event without a word for being away."""
    folder = tmp_path_factory.mktemp("shop")
    with office(folder, "cloud") as place:
        place.write_config('absences = ["absences.csv"]', 'absences = ["absences.csv", "more.csv", "team.ics"]')
        (folder / "more.csv").write_text(f"name,from,to\nJonas Webber,{NOW:%Y-%m-%d},\n", encoding="utf-8")
        day = f"{NOW:%Y%m%d}"
        (folder / "team.ics").write_text(
            "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\n"
            f"SUMMARY:Jonas Weber secret wedding\nDTSTART;VALUE=DATE:{day}\nEND:VEVENT\nEND:VCALENDAR\n",
            encoding="utf-8",
        )
        yield place


def sentences(folder: Path) -> tuple[str, str]:
    return (
        (
            f'{folder / "more.csv"}: 1 absence has a name not in [[teams]] people: "Jonas Webber". '
            'Did you mean "Jonas Weber"?'
        ),
        (
            f"{folder / 'team.ics'}: 1 event names a person but has no word for being away. "
            "For an absence, correct the title or add its word to [capacity.absence_words]."
        ),
    )


@pytest.mark.parametrize("words", [("config", "check"), ("doctor",), ("capacity",)], ids=" ".join)
def test_a_command_names_each_file_with_the_number_and_never_a_title(shop: Office, words: tuple[str, ...]) -> None:
    ended = shop.run(*words)

    shown = " ".join(ended.out.replace("│", " ").split())
    assert "Jonas Webber" in shown
    assert "1 event names a person" in shown
    assert "team.ics" in ended.out
    assert ended.code == 0
    assert "secret" not in ended.out + ended.err
    assert not ended.err


def test_documents_have_the_numbers_and_the_sentences(shop: Office) -> None:
    for words in (("config", "check"), ("capacity",)):
        found = shop.run(*words, "--format", "json").document["absences_left_out"]

        assert [(one["reason"], one["count"], one["names"]) for one in found] == [
            ("unknown-name", 1, ["Jonas Webber"]),
            ("no-absence-word", 1, []),
        ]
        assert tuple(one["text"] for one in found) == sentences(shop.folder)


def test_the_doctor_warns_of_each_and_says_what_to_do(shop: Office) -> None:
    checks = [one for one in shop.run("doctor", "--format", "json").document["checks"] if one["name"] == "absences"]

    assert [one["state"] for one in checks] == ["ok", "warning", "warning"]
    assert checks[1]["todo"] == 'Did you mean "Jonas Weber"?'


def test_an_absence_file_that_cannot_be_read_is_an_error_of_the_configuration(shop: Office) -> None:
    calendar = shop.folder / "team.ics"
    whole = calendar.read_text(encoding="utf-8")
    try:
        calendar.write_text("secret line", encoding="utf-8")
        checked, examined = shop.run("config", "check"), shop.run("doctor", "--format", "json")
    finally:
        calendar.write_text(whole, encoding="utf-8")

    assert checked.code == examined.code == 2
    assert checked.err == f"{calendar}: the calendar cannot be read; export it again as iCalendar (.ics)\n"
    failed = [one for one in examined.document["checks"] if one["state"] == "failed"]
    assert [(one["name"], one["sentence"]) for one in failed] == [("absences", checked.err.strip())]


def test_config_check_names_holidays_that_hold_only_in_part_of_a_region(shop: Office) -> None:
    days = shop.run("config", "check", "--format", "json").document["partial_holidays"]
    coming = NOW.date().replace(month=8, day=15)
    coming = coming if coming >= NOW.date() else coming.replace(year=coming.year + 1)

    assert len(days) == 1
    assert days[0].startswith(f"15 August {coming.year} (Assumption Day) is a public holiday only in parts of DE-BY")
    assert days[0] in " ".join(shop.run("config", "check").out.split())


def test_a_holiday_of_a_part_that_is_added_or_removed_is_decided(shop: Office) -> None:
    config = shop.config.read_text(encoding="utf-8")
    days = [f"{NOW.year + n}-08-15" for n in (0, 1)]
    try:
        shop.config.write_text(f'{config}\n[capacity.holidays."DE-BY"]\nremove = [{", ".join(days)}]\n', "utf-8")
        decided = shop.run("config", "check", "--format", "json").document
    finally:
        shop.config.write_text(config, encoding="utf-8")

    assert decided["partial_holidays"] == []


def test_a_what_if_is_compared_with_what_is_now(shop: Office) -> None:
    begin, end = NOW.date(), NOW.date() + timedelta(days=60)
    words = ("capacity", "--team", "Payments", "--off", f"Jonas Weber:{begin}..{end}")
    (now,) = shop.run("capacity", "--team", "Payments", "--format", "json").document["teams"]
    (team,) = shop.run(*words, "--format", "json").document["teams"]

    compared = team["what_if"]
    assert now["what_if"] is None
    assert compared["before"]["net_days"] == now["net_days"]
    assert compared["after"]["net_days"] == team["net_days"] < now["net_days"]
    for unit, difference in compared["difference"].items():
        assert difference == pytest.approx(compared["after"][unit] - compared["before"][unit], abs=2e-4)
    assert round(compared["before"]["points"], 1) == now["points"]["p50"]
    shown = " ".join(shop.run(*words).out.split())
    assert f"What if {round(compared['after']['points'], 1):g} points instead of" in shown


def test_a_what_if_outside_of_the_sprint_changes_nothing(shop: Office) -> None:
    shown = shop.run("capacity", "--off", "Jonas Weber:2030-01-01").out

    assert "changes nothing in this sprint" in shown


def test_every_entry_of_the_files_is_listed_with_the_reason(shop: Office) -> None:
    found = shop.run("absences", "check", "--format", "json").document["entries"]
    shown = shop.run("absences", "check")

    assert {Path(one["file"]).name for one in found} == {"absences.csv", "more.csv", "team.ics"}
    assert [one["reason"] for one in found if "team.ics" in one["file"]] == ["no-absence-word"]
    assert [one["written"] for one in found if "more.csv" in one["file"]] == ["Jonas Webber"]
    assert "no word for being away" in shown.out
    assert "| no word for being away |" in shop.run("absences", "check", "--format", "markdown").out
    assert "secret" not in shown.out
