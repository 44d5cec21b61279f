"""A product of two teams with sprints and one without: weeks take the place of its sprints, and nothing is moved."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.app_harness import Office, office

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("flow"), "cloud") as place:
        place.jira.state.boards[13].kind = "kanban"
        place.write_config("board = 13", "board = 13\nsprints = false")
        yield place


def team(place: Office) -> Any:
    teams = place.run("capacity", "--format", "json").document["teams"]
    return next(one for one in teams if one["name"] == "Search")


def test_the_throughput_of_each_week_is_read_by_the_filter_of_the_board(shop: Office) -> None:
    found = team(shop)

    assert found["sprint"].startswith("Week")
    assert 10 <= len(found["weekly"]) <= 13  # by the weekday on which the shop is made
    assert found["weekly"][0] > 0
    assert found["a_week"]["p15"] <= found["a_week"]["p50"] <= found["a_week"]["p85"]
    assert sum(found["weekly"]) == sum(one["points"] for one in found["past"]) > 0


def test_a_run_moves_nothing_into_a_period_and_comes_to_rest(shop: Office) -> None:
    first, second = (shop.run("run", "--format", "json") for _ in range(2))

    moved = [one["change"] for one in first.document["outcomes"] if one["change"]["kind"] == "move-to-sprint"]
    assert (first.code, second.code) == (0, 0)
    assert moved
    assert not [one for one in moved if "/" in one["value"]]
    assert second.document["changes"] == []
