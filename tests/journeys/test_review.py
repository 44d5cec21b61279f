"""The Sprint Review and the epics over HTTP, on the terminal and as files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.app_harness import Office, office

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("review"), "cloud") as shop:
        yield shop


def test_the_review_has_what_the_teams_finished_in_their_last_sprints(place: Office, tmp_path: Path) -> None:
    document = place.run("review", "--format", "json").document
    done = [one["issue"] for outcome in document["outcomes"] for one in outcome["done"]]
    state = place.jira.state
    records = {record.key: record for record in state.issues.values()}
    closed = {sprint.name: sprint.id for sprint in state.sprints.values() if sprint.state == "closed"}

    assert len(document["teams"]) == 3
    assert document["points"] > 0
    assert len(done) == len(set(done))
    for team in document["teams"]:
        for one in team["carried_over"]:
            assert closed[team["sprint"]] in records[one["issue"]].sprints

    assert place.run("review", "--out", str(tmp_path)).code == 0
    assert {path.name for path in tmp_path.iterdir()} == {f"review.{one}" for one in ("html", "md", "json", "txt")}


def test_an_epic_has_its_issues_and_a_key_of_none_is_a_wrong_usage(place: Office) -> None:
    document = place.run("epics", "--format", "json").document
    (epic,) = [one for one in document["epics"] if one["children"]]
    records = {record.key: record for record in place.jira.state.issues.values()}

    assert {records[child["issue"]].parent for child in epic["children"]} == {records[epic["issue"]].id}
    one = place.run("epics", epic["issue"].lower(), "--format", "json").document
    assert [each["issue"] for each in one["epics"]] == [epic["issue"]]
    assert place.run("epics", epic["children"][0]["issue"]).code == 2
