"""Boards, sprints, moves and ranks over HTTP."""

from typing import Any

import pytest

from sync.fake_jira.records import Board, Sprint
from tests.sync.fake_jira.conftest import Browser


def sprint_of(web: Browser, issue: str) -> list[int]:
    return web.jira.state.issue(issue).sprints


def order(web: Browser) -> list[str]:
    return web.keys("project = T ORDER BY Rank ASC")


def test_boards_come_fifty_a_page_whatever_is_asked(web: Browser) -> None:
    for number in range(2, 61):
        web.jira.state.add_board(Board(id=number, name=f"Board {number}", project="T", kind="kanban"))

    first = web.get("agile/1.0/board", maxResults=1000)
    second = web.get("agile/1.0/board", startAt=50)

    assert (first["maxResults"], first["total"], first["isLast"], len(first["values"])) == (50, 60, False, 50)
    assert (len(second["values"]), second["isLast"]) == (10, True)
    assert [each["id"] for each in web.get("agile/1.0/board", type="scrum")["values"]] == [1]
    assert [each["id"] for each in web.get("agile/1.0/board", name="test")["values"]] == [1]


def test_a_board_shows_its_estimation_rank_and_columns(web: Browser) -> None:
    told = web.get("agile/1.0/board/1/configuration")
    fields = {each["id"]: each["name"] for each in web.get("api/field")}

    assert fields[told["estimation"]["field"]["fieldId"]] == "Story Points"
    assert fields[f"customfield_{told['ranking']['rankCustomFieldId']}"] == "Rank"
    assert [column["name"] for column in told["columnConfig"]["columns"]] == ["To Do", "In Progress", "Done"]


def test_a_board_that_is_not_there_is_404(web: Browser) -> None:
    for path in ("agile/1.0/board/77", "agile/1.0/board/77/configuration", "agile/1.0/board/77/sprint"):
        assert web.ask("GET", path).status_code == 404


def test_a_kanban_board_has_no_sprints(web: Browser) -> None:
    web.jira.state.add_board(Board(id=2, name="Kanban", project="T", kind="kanban"))

    assert web.ask("GET", "agile/1.0/board/2/sprint").status_code == 400


def test_sprints_come_closed_active_future_and_can_be_chosen_by_state(web: Browser) -> None:
    states = [each["state"] for each in web.get("agile/1.0/board/1/sprint")["values"]]
    chosen = [each["id"] for each in web.get("agile/1.0/board/1/sprint", state="active,future")["values"]]

    assert states == ["closed", "active", "future"]
    assert chosen == [2, 3]
    assert web.ask("GET", "agile/1.0/board/1/sprint", params={"state": "open"}).status_code == 400


def test_the_newest_closed_sprint_is_on_the_last_page(web: Browser) -> None:
    for number in range(100, 160):
        web.jira.state.add_sprint(Sprint(id=number, board=1, name=f"Old {number}", state="closed"))

    page = web.get("agile/1.0/board/1/sprint", state="closed", maxResults=100)

    assert (len(page["values"]), page["isLast"], page["total"]) == (50, False, 61)


@pytest.mark.parametrize(("sprint", "status"), [(3, 204), (2, 204), (1, 400), (99, 404)])
def test_issues_move_into_open_sprints_only(web: Browser, sprint: int, status: int) -> None:
    answer = web.post(f"agile/1.0/sprint/{sprint}/issue", {"issues": ["T-1", "T-2"]})

    assert answer.status_code == status
    assert sprint_of(web, "T-1") == ([sprint] if status == 204 else [])


def test_an_issue_is_in_one_open_sprint_and_keeps_its_closed_ones(web: Browser) -> None:
    web.jira.state.edit("T-1", sprints=[1, 2])

    web.post("agile/1.0/sprint/3/issue", {"issues": ["T-1"]})

    assert sprint_of(web, "T-1") == [1, 3]


BAD_MOVES: list[tuple[Any, int]] = [
    ({"issues": [f"T-{number}" for number in range(51)]}, 400),
    ({"issues": []}, 400),
    ({}, 400),
    ({"issues": ["T-1", "T-99"]}, 404),
]


@pytest.mark.parametrize(("body", "status"), BAD_MOVES)
def test_a_bad_move_moves_nothing(web: Browser, body: Any, status: int) -> None:
    assert web.post("agile/1.0/sprint/3/issue", body).status_code == status
    assert sprint_of(web, "T-1") == []


def test_moving_needs_the_right(web: Browser) -> None:
    web.jira.state.rights.discard("SCHEDULE_ISSUES")

    assert web.post("agile/1.0/sprint/3/issue", {"issues": ["T-1"]}).status_code == 403


def test_the_backlog_takes_issues_out_of_open_sprints(web: Browser) -> None:
    web.jira.state.edit("T-1", sprints=[1, 3])

    assert web.post("agile/1.0/backlog/issue", {"issues": ["T-1"]}).status_code == 204
    assert sprint_of(web, "T-1") == [1]


def test_ranks_change_the_order_and_read_as_strings_that_sort_alike(web: Browser) -> None:
    assert web.put("agile/1.0/issue/rank", {"issues": ["T-3"], "rankBeforeIssue": "T-1"}).status_code == 204
    assert web.put("agile/1.0/issue/rank", {"issues": ["T-1"], "rankAfterIssue": "T-2"}).status_code == 204

    field = next(each["id"] for each in web.get("api/field") if each["name"] == "Rank")
    ranks = {each["key"]: each["fields"][field] for each in web.find("project = T", fields=[field])}

    assert order(web) == ["T-3", "T-2", "T-1"] == sorted(ranks, key=lambda key: ranks[key])


def test_ranking_goes_on_when_there_is_no_room_left(web: Browser) -> None:
    for _ in range(40):
        web.jira.state.rank(["T-3"], before="T-2")
        web.jira.state.rank(["T-2"], before="T-3")

    assert order(web) == ["T-1", "T-2", "T-3"]


def test_ranking_next_to_nothing_is_refused(web: Browser) -> None:
    assert web.put("agile/1.0/issue/rank", {"issues": ["T-3"]}).status_code == 400
    assert web.put("agile/1.0/issue/rank", {"issues": ["T-3"], "rankAfterIssue": "T-3"}).status_code == 400
    assert web.put("agile/1.0/issue/rank", {"issues": ["T-3"], "rankAfterIssue": "T-9"}).status_code == 404


def test_a_sprint_starts_and_closes_and_then_keeps_its_dates(web: Browser) -> None:
    web.jira.state.edit("T-1", sprints=[2])

    closed = web.post("agile/1.0/sprint/2", {"state": "closed"})
    started = web.post("agile/1.0/sprint/3", {"state": "active"})
    late = web.post("agile/1.0/sprint/2", {"endDate": "2026-12-01T00:00:00.000Z"})

    assert (closed.status_code, started.status_code, late.status_code) == (200, 200, 400)
    assert (closed.json()["state"], "completeDate" in closed.json()) == ("closed", True)
    assert sprint_of(web, "T-1") == [2]
    assert web.keys("sprint is EMPTY ORDER BY key") == ["T-2", "T-3"]


def test_a_sprint_without_dates_cannot_start(web: Browser) -> None:
    web.jira.state.add_sprint(Sprint(id=9, board=1, name="Someday"))

    assert web.post("agile/1.0/sprint/9", {"state": "active"}).status_code == 400


def test_sprint_and_backlog_listings_show_agile_fields(web: Browser) -> None:
    web.jira.state.edit("T-1", sprints=[1, 3])

    (issue,) = web.get("agile/1.0/sprint/3/issue")["issues"]
    backlog = [each["key"] for each in web.get("agile/1.0/board/1/backlog")["issues"]]

    assert (issue["fields"]["sprint"]["id"], [each["id"] for each in issue["fields"]["closedSprints"]]) == (3, [1])
    assert backlog == ["T-2", "T-3"]


def test_cloud_lists_a_sprint_by_token(cloud: Browser) -> None:
    for key in ("T-1", "T-2", "T-3"):
        cloud.jira.state.move_to_sprint(key, 3)

    first = cloud.get("software/1.0/sprint/3/issue", fields="summary", maxResults=2)
    last = cloud.get("software/1.0/sprint/3/issue", fields="summary", nextPageToken=first["nextPageToken"])

    assert [len(page["issues"]) for page in (first, last)] == [2, 1]
    assert last["isLast"] is True
    assert cloud.get("software/1.0/board/1/issue/approximate-count") == {"count": 3}


def test_data_center_has_no_software_api(datacenter: Browser) -> None:
    assert datacenter.ask("GET", "software/1.0/sprint/3/issue").status_code == 404
