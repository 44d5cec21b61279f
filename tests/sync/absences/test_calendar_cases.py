"""From the files of a team to its person-days: every case of `calendar_cases.toml`, worked out by hand."""

import json
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from math import fsum
from pathlib import Path
from typing import Any

import pytest

from rules.capacity.calendar import by_day, calendar_of
from rules.capacity.days import team_days, window_of
from sync.config import load
from sync.config.to_domain import absences_of, product_of
from tests.factories import sprint
from tests.sync.absences.test_calendars import calendar, event

CASES = tomllib.loads(Path(__file__).with_name("calendar_cases.toml").read_text(encoding="utf-8"))["case"]
MARCH = (datetime.fromisoformat("2026-03-09T09:00:00+01:00"), datetime.fromisoformat("2026-03-23T09:00:00+01:00"))


def as_toml(value: object) -> str:
    """A value as a TOML file writes it in one line."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{json.dumps(key)} = {as_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return f"[{', '.join(map(as_toml, value))}]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value)


def configuration(case: Mapping[str, Any], folder: Path) -> Path:
    """The configuration of a case, with its absence files beside it."""
    folder.joinpath("absences.csv").write_text("\n".join(("name,from,to,fraction", *case.get("csv", ()))) + "\n")
    lines = [event(*one.split("|")) for one in case.get("events", ())]
    folder.joinpath("team.ics").write_bytes(calendar(*lines).encode())
    path = folder / "config.toml"
    path.write_text(
        f"""
        [tracker]
        kind = "jira-cloud"
        url = "https://example.atlassian.net"
        email = "bot@example.com"
        [product]
        name = "Shop"
        owner = "Ana Alvarez"
        backlog = "project = SHOP"
        [[teams]]
        name = "One"
        board = 12
        days_off = {as_toml(case.get("days_off", []))}
        people = {as_toml(case["people"])}
        [[teams]]
        name = "Two"
        board = 13
        people = {as_toml(case.get("other", []))}
        [capacity]
        absences = ["absences.csv", "team.ics"]
        holidays = {as_toml(case.get("holidays", {}))}
        [schedule]
        timezone = {as_toml(case.get("zone", "Europe/Berlin"))}
        """
    )
    return path


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_person_days_are_those_worked_out_by_hand(case: Mapping[str, Any], tmp_path: Path) -> None:
    settings = load(configuration(case, tmp_path), {})
    begin, end = case.get("sprint", MARCH)
    product = product_of(settings, absences_of(settings, begin.date()).by_name)
    window = window_of(sprint(start=begin, end=end), settings.schedule.timezone)
    assert window is not None
    days = [team_days(team, window, settings.capacity.holidays) for team in product.teams]

    assert fsum(one.net for one in days) == pytest.approx(case["net"], abs=1e-9), case["because"]
    for team, one in zip(product.teams, days, strict=True):
        people = calendar_of(team, window, settings.capacity.holidays)
        assert fsum(by_day(people)) == pytest.approx(one.net, abs=1e-9)


def test_there_are_sixty_cases_at_least_and_each_says_why() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES) >= 60
    assert all(case["because"] for case in CASES)
