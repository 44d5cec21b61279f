"""What a site says about itself is asked for once an hour, and at once where something shows that it is another."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from sync.errors import NotFound
from sync.store.mirror import Mirror
from sync.trackers.jira import cloud as jira_cloud
from sync.trackers.jira import issue_ids
from sync.trackers.jira.boards import BoardReader
from sync.trackers.jira.pull import learn
from sync.trackers.jira.site_answers import ASK_EVERY, SiteAnswers
from tests.contract.tracker_fixtures import SCOPE
from tests.sync.trackers.conftest import Jira

pytestmark = pytest.mark.journey


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    found = Mirror.open(tmp_path / "mirror.db")
    yield found
    found.close()


def seen(jira: Jira, mirror: Mirror) -> str:
    """What a run knows of the site and its sprints."""
    api = jira.open().api
    answers = SiteAnswers(api, mirror)
    boards = BoardReader(answers, SCOPE.product.teams)
    known = repr((learn(api, jira.settings(), answers, boards), boards.sprints(8)))
    answers.keep()
    return known


def pass_time(jira: Jira, span: timedelta) -> None:
    later = jira.state.clock() + span
    jira.state.clock = lambda: later


def rename_closed(jira: Jira) -> None:
    next(one for one in jira.state.sprints.values() if one.state == "closed").name = "Another name"


RARE: dict[str, Callable[[Jira], object]] = {
    "fields": lambda jira: setattr(jira.state, "acceptance_field", True),
    "priorities": lambda jira: jira.state.priorities.popitem(),
    "a board's estimation field": lambda jira: setattr(jira.state.boards[1], "points", "team_points"),
    "a closed sprint's name": rename_closed,
}
COMMON: dict[str, Callable[[Jira], object]] = {
    "a sprint starts": lambda jira: jira.state.start_sprint(3),
    "a sprint is closed": lambda jira: jira.state.close_sprint(2),
}


@pytest.mark.parametrize("what", RARE)
def test_what_rarely_changes_is_noticed_an_hour_later(cloud: Jira, mirror: Mirror, what: str) -> None:
    pass_time(cloud, timedelta())
    before = seen(cloud, mirror)
    RARE[what](cloud)
    pass_time(cloud, ASK_EVERY - timedelta(seconds=5))
    assert seen(cloud, mirror) == before
    pass_time(cloud, timedelta(seconds=10))
    assert seen(cloud, mirror) != before


@pytest.mark.parametrize("what", COMMON)
def test_sprints_that_start_and_end_are_noticed_at_once(cloud: Jira, mirror: Mirror, what: str) -> None:
    before = seen(cloud, mirror)
    COMMON[what](cloud)
    assert seen(cloud, mirror) != before
    assert seen(cloud, mirror) == seen(cloud, Mirror.empty())


def test_another_field_in_the_configuration_is_looked_up_at_once(cloud: Jira, mirror: Mirror) -> None:
    answers = SiteAnswers(cloud.open().api, mirror)
    answers.fields([""])
    answers.keep()
    cloud.state.acceptance_field = True
    again = SiteAnswers(cloud.open().api, mirror)
    known = len(again.fields([""]))
    assert len(again.fields(["Acceptance Criteria"])) > known


def test_a_board_that_cannot_be_read_is_asked_for_again_by_the_next_run(cloud: Jira, mirror: Mirror) -> None:
    board = cloud.state.boards.pop(1)
    with pytest.raises(NotFound):
        SiteAnswers(cloud.open().api, mirror).board(1)
    cloud.state.boards[1] = board
    assert SiteAnswers(cloud.open().api, mirror).board(1)["id"] == 1


@pytest.mark.parametrize("page", [5000, 3], ids=["short list", "long list"])
def test_a_quiet_run_asks_five_times_and_each_board_for_its_sprints(
    cloud: Jira, mirror: Mirror, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    monkeypatch.setattr(jira_cloud, "PAGE_OF_IDS", page)
    monkeypatch.setattr(issue_ids, "LONG", 1)
    for record in cloud.state.issues.values():
        record.updated -= timedelta(days=2)
    cloud.open(mirror).pull(SCOPE)
    since = len(cloud.jira.requests)
    cloud.open(mirror).look(SCOPE)
    asked = [f"{each.method} {each.path} {each.body}" for each in cloud.jira.requests[since:]]
    assert len(asked) <= 5 + len(SCOPE.product.teams), asked
