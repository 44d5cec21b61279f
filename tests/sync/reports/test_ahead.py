"""The page of `readyline forecast`: every figure with its unit, and nothing that cannot be added up again."""

import json
from dataclasses import replace
from datetime import timedelta
from functools import cache

from rules.capacity.model import Range, StoredForecast
from rules.model import Unit
from sync.reports.ahead import as_json, as_markdown, as_text
from sync.reports.ahead.page import AheadPage, ahead_page
from sync.reports.as_text import plain
from sync.reports.json_models import dump
from tests.sync.reports.sample import STARTED, sample

FIRST = "SHOP-114"


@cache
def page(*keys: str) -> AheadPage:
    """The page of the invented shop, in which one team has a record of three sprints."""
    report = sample()
    record = tuple(
        StoredForecast(
            team=report.capacities[0].team.name,
            sprint=str(number),
            name=f"Payments {number}",
            made=STARTED - timedelta(days=60 - number),
            unit=Unit.POINTS,
            expected=Range(19.0, 33.0, 58.0),
            came=came,
            ended=STARTED - timedelta(days=40 - number),
        )
        for number, came in ((39, 31.0), (40, 12.0), (41, 60.0))
    )
    first = replace(report.capacities[0], record=record)
    return ahead_page(replace(report, capacities=(first, *report.capacities[1:])), keys)


@cache
def text(*keys: str) -> str:
    return " ".join(plain(as_text.ahead(page(*keys))).split())


def test_each_team_has_one_two_three_and_six_sprints_with_their_last_days() -> None:
    document = json.loads(dump(as_json.ahead(page())))

    assert document["schema"] == "readyline/forecast/1"
    assert document["unit"] == "points"
    for team in document["teams"]:
        assert [one["sprints"] for one in team["stretches"]] == [1, 2, 3, 6]
        days = [one["until"] for one in team["stretches"]]
        assert days == sorted(days)
    assert document["when"] is None


def test_one_sprint_ahead_is_the_capacity_of_the_next_sprint() -> None:
    shown = page()

    assert [one.stretches[0].points for one in shown.teams] == [one.capacity.points for one in shown.teams]
    assert [one.stretches[0].until for one in shown.teams] == [one.capacity.last for one in shown.teams]


def test_what_was_expected_is_shown_with_what_came_and_how_often_it_held() -> None:
    shown = text()

    assert "Payments 40 33 (19 to 58) it was 12" in shown
    assert "Of 3 sprints, 2 reached the low end (85 % are meant), 1 the high end (15 % are meant)." in shown


def test_an_issue_is_done_by_three_days_with_the_sum_that_leads_there() -> None:
    document = json.loads(dump(as_json.ahead(page(FIRST))))
    (team,) = document["when"]["teams"]
    days = document["when"]["days"]

    assert days["p50"] <= days["p85"] <= days["p95"]
    total = round(team["asked"] + team["above"] + team["carried_over"], 1)
    asked, above = f"{team['asked']:g} points of these issues", f"{team['above']:g} ranked above them"
    assert f"{asked} + {above} = {total:g}, at usually {team['velocity']:g} points a sprint" in text(FIRST)


def test_text_and_markdown_say_the_same_days() -> None:
    markdown = as_markdown.ahead(page(FIRST))

    for chance in ("50 %", "85 %", "95 %"):
        assert f"| {chance} | " in markdown
        assert f"{chance} by " in text(FIRST)
    assert markdown.startswith(f"# {FIRST}: 1 open issue")


def test_markdown_has_a_table_for_each_team() -> None:
    markdown = as_markdown.ahead(page())

    assert markdown.count("| Sprints | Until | If slow | Usual | If fast |") == 3
    assert "| Payments 39 | 33 (19 to 58) | 31 |" in markdown
