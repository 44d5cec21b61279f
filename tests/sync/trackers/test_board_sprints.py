"""Whose sprints a board lists, and in which order: a board made again lists the sprints of the old one."""

import json
from pathlib import Path
from typing import Any, cast

from rules.capacity.days import next_sprint
from rules.model import Sprint, SprintState, Team
from sync.trackers.jira.api import JiraApi
from sync.trackers.jira.boards import BoardReader
from sync.trackers.jira.site_answers import SiteAnswers
from tests.factories import product, snapshot, team

CASE = Path(__file__).parents[2] / "cases" / "04-recreated-board-origin"
INPUT = json.loads((CASE / "input.json").read_text(encoding="utf-8"))["values"]
EXPECTED = json.loads((CASE / "expected.json").read_text(encoding="utf-8"))


class Boards:
    """An API that lists the same sprints for board 12, and none for other boards."""

    def __init__(self, listed: list[dict[str, Any]]) -> None:
        self.listed = listed

    def sprints(self, board: int, states: str) -> list[dict[str, Any]]:
        """The sprints of a board in these states, in the board's order."""
        return [one for one in self.listed if board == 12 and one["state"] in states.split(",")]


def found(listed: list[dict[str, Any]], *boards: int) -> list[Sprint]:
    """What is read for teams on these boards."""
    teams = tuple(team(f"Team {board}", board=board) for board in boards)
    return BoardReader(SiteAnswers(cast("JiraApi", Boards(listed))), teams).sprints(8)


def test_a_board_that_was_made_again_has_the_sprints_it_lists() -> None:
    world = snapshot(sprints=tuple(found(INPUT, 12)), product=product(team(board=12)))
    mine = world.product.teams[0]

    coming = next_sprint(world, mine)
    assert coming is not None
    assert coming.name == EXPECTED["next_sprint"]
    assert [one.name for one in world.sprints_of(mine, SprintState.ACTIVE)] == [EXPECTED["running"]]
    assert len(world.sprints_of(mine, SprintState.CLOSED)) == EXPECTED["closed_counted"]


def test_where_the_old_board_is_another_teams_the_sprints_are_that_teams() -> None:
    world = snapshot(sprints=tuple(found(INPUT, 12, 99)), product=product(team(board=12), team("Old", board=99)))
    mine = world.product.teams[0]
    right = EXPECTED["same_where_another_team_has_board_99"]

    assert next_sprint(world, mine) is right["next_sprint"]
    assert len(world.sprints_of(mine, SprintState.CLOSED)) == right["closed_counted"]


def test_future_sprints_keep_the_boards_order() -> None:
    """Ids and dates do not say which one is planned first."""
    listed = [{"id": number, "state": "future", "name": f"S {number}", "originBoardId": 12} for number in (9, 7, 8)]

    assert [one.id for one in found(listed, 12)] == ["9", "7", "8"]


class Kanban(Boards):
    """Boards with a filter each, as Jira describes them; board 14 shows none."""

    def board(self, number: int) -> dict[str, Any]:
        """The configuration of a board."""
        return {} if number == 14 else {"filter": {"id": str(10_000 + number)}}


def query(*teams: Team, closed: int = 8) -> str:
    """The query for what teams without sprints finished."""
    reader = BoardReader(SiteAnswers(cast("JiraApi", Kanban([]))), teams)
    reader.estimates()
    return reader.finished_query(closed)


def test_what_teams_without_sprints_finished_is_asked_for_by_the_filters_of_their_boards() -> None:
    """Eight closed periods of three weeks and the running one are 189 days."""
    flow = [team(f"Flow {number}", board=number, has_sprints=False, sprint_days=15) for number in (13, 15, 13)]

    assert query(team(), *flow) == "filter in (10013, 10015) AND statusCategory = Done AND resolved >= -189d"


def test_without_such_a_team_or_without_a_filter_nothing_more_is_asked() -> None:
    assert query(team()) == ""
    assert query(team("Flow", board=14, has_sprints=False)) == ""
