"""Inputs that people have, with the right value: `tests/cases/*/input.ics` and `.csv` with their `expected.json`.

Compared day by day and person by person; who is not named is not away.
"""

import json
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from rules.model import Absence
from sync.absences.options import AbsenceOptions, WorkingDay
from sync.absences.read import read_absences
from tests.factories import person, product, team

CASES = Path(__file__).parents[2] / "cases"
FILES = sorted(path for suffix in ("ics", "csv") for path in CASES.glob(f"*/input.{suffix}"))


def by_day(name: str, absences: tuple[Absence, ...]) -> dict[tuple[str, date], float]:
    """The absent part of each day of one person."""
    parts: dict[tuple[str, date], float] = {}
    for absence in absences:
        for number in range((absence.last - absence.first).days + 1):
            key = (name, absence.first + timedelta(number))
            parts[key] = max(parts.get(key, 0.0), absence.fraction)
    return parts


def wanted_days(expected: Any) -> dict[tuple[str, date], float]:
    """The absent part of each day as the case says it."""
    parts: dict[tuple[str, date], float] = {}
    for one in expected["absences"]:
        absence = Absence(
            first=date.fromisoformat(one["first"]), last=date.fromisoformat(one["last"]), fraction=one["fraction"]
        )
        parts |= by_day(one["person"], (absence,))
    return parts


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_a_file_gives_the_absences_it_means(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    expected = json.loads((path.parent / "expected.json").read_text("utf-8"))
    people = tuple(person(name, account=f"{name.split()[0].lower()}@example.com") for name in expected["people"])
    begin, end = map(time.fromisoformat, expected.get("working_day", ["09:00", "17:00"]))

    found = read_absences(
        [path],
        product(team(people=people)),
        today=date.fromisoformat(expected.get("today", "2026-11-20")),
        timezone=expected.get("timezone", "UTC"),
        options=AbsenceOptions(working_day=WorkingDay(begin, end)),
    )

    assert {k: v for name, absences in found.by_name.items() for k, v in by_day(name, absences).items()} == wanted_days(
        expected
    )
    match expected.get("reported"):
        case [*names]:
            assert [name for one in found.left_out for name in one.names] == names
        case {"file": file, "left_out": count}:
            assert [(Path(one.file).name, one.count) for one in found.left_out] == [(file, count)]
    assert capfd.readouterr().err == ""
