"""One backlog, part one, the distribution, part two in each team: the story of a Sprint Planning over HTTP."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from sync.demo.people import CREWS, OWNER
from tests.journeys.app_harness import Office, office

pytestmark = pytest.mark.journey

MIDDLE = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""Half of the running sprint is over."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("planning"), "cloud", clock=lambda: MIDDLE) as shop:
        yield shop


def shown(place: Office, *words: str) -> Any:
    return place.run(*words, "--format", "json").document


def test_what_part_one_distributes_is_what_each_team_plans_in_part_two(place: Office) -> None:
    whole = shown(place, "planning")
    first = next(one for team in whole["teams"] for one in team["selected"] if one["proposed"])
    assert place.run("accept", first["issue"], "--by", OWNER.name).code == 0
    again = shown(place, "planning")

    assert again["points"] == sum(team["points"] for team in again["teams"]) + again["undistributed_points"]
    keys = [one["issue"] for team in again["teams"] for one in team["selected"]]
    assert len(keys) == len(set(keys))
    for team in again["teams"]:
        page = shown(place, "planning", "--team", team["team"])
        assert [one["issue"] for one in page["issues"]] == [one["issue"] for one in team["selected"]]
        assert page["points"] == team["points"]
        assert page["goal"] == team["goal"]
        assert all(one["team"] == team["team"] for one in page["sprints_after"])
    committed = next(one for one in again["checks"] if one["question"] == "Committed")
    assert committed["why"].startswith("1 of ")


def test_a_team_that_is_behind_in_the_middle_of_its_sprint_sees_what_to_renegotiate_and_not_the_key_issue(
    place: Office,
) -> None:
    state, team = place.jira.state, CREWS[0].name
    box = next(one for one in state.sprints.values() if one.state == "active" and one.name.startswith(team))
    inside = [one for one in state.issues.values() if box.id in one.sprints and one.type.level == 0]
    first, second, *_ = sorted((one for one in inside if one.status.category != "done"), key=lambda one: one.rank)
    state.edit(first.key, labels=["key-issue"], by=OWNER.name)
    state.edit(second.key, points=60.0, by=OWNER.name)
    (one,) = shown(place, "sprint", "--team", team)["sprints"]

    assert one["half_over"]
    assert one["behind"]
    assert one["remaining"] > one["left"]["p50"]
    leaving = [entry["issue"] for entry in one["renegotiate"]]
    assert second.key in leaving
    assert first.key not in leaving
