"""Every request made on Jira Cloud is one that Cloud's own description allows."""

from collections.abc import Iterator
from typing import Any

import pytest

from rules.plan.changes import AddLabel, DeleteComment, MoveToBacklog, MoveToSprint, PutComment, RemoveLabel
from rules.plan.comment import CommentBody, Fix
from sync.fake_jira import faults
from sync.fake_jira.server import FakeJira
from sync.store.mirror import Mirror
from sync.trackers import open_tracker
from sync.trackers.jira import issue_ids as sweeping
from sync.trackers.jira.settings import CloudSettings
from tests.contract.openapi import complaints, skip_unless_here
from tests.contract.tracker_fixtures import NOW, SCOPE, small_site

pytestmark = pytest.mark.journey

NOTE = CommentBody(
    headline="Not ready yet", fixes=(Fix("no <criteria>", "add [~two]", must=True),), passed=("described",)
)


@pytest.fixture
def cloud() -> Iterator[FakeJira]:
    """A small Jira Cloud."""
    skip_unless_here()
    with FakeJira("cloud", small_site, now=NOW) as found:
        yield found


def everything_a_tracker_does(jira: FakeJira) -> None:
    """Two pulls with a change between them, and each kind of change, twice."""
    mirror = Mirror.empty()
    tracker = open_tracker(CloudSettings(url=jira.url, email=jira.email), jira.token, mirror)
    issue = tracker.pull(SCOPE).by_key["T-1"]
    who: dict[str, Any] = {"issue": issue.id, "key": issue.key}
    for _ in range(2):
        tracker.apply([AddLabel(**who, label="readyline-ready", why=""), RemoveLabel(**who, label="x", why="")], {})
        comment = tracker.apply([PutComment(**who, note=NOTE, why="")], {})[0].comment
        tracker.apply([PutComment(**who, note=CommentBody(headline="Ready."), why="", comment=comment)], {})
        tracker.apply([MoveToSprint(**who, sprint="3", why="")], {})
        tracker.apply([MoveToBacklog(**who, sprint="3", why="")], {})
        tracker.read(issue.id)
        assert comment is not None
        tracker.apply([DeleteComment(**who, comment=comment, why="")], {})
    jira.state.transition("T-2", "Done", by="ana")
    jira.state.edit("T-5", summary="Comes first, still", by="ana")
    tracker.pull(SCOPE)
    mirror.close()


@pytest.mark.parametrize("long", [3, 0], ids=["short-list", "long-list"])
def test_every_request_on_cloud_is_allowed_by_its_description(
    cloud: FakeJira, monkeypatch: pytest.MonkeyPatch, long: int
) -> None:
    monkeypatch.setattr(sweeping, "LONG", long)
    everything_a_tracker_does(cloud)
    wrong = [why for each in cloud.requests for why in complaints(each.method, each.path, each.query, each.body)]
    assert wrong == []
    assert len({(each.method, each.path.rstrip("0123456789")) for each in cloud.requests}) > 12


def test_a_second_look_after_a_lost_answer_is_allowed_too(cloud: FakeJira) -> None:
    cloud.faults.on(faults.reset_after(), method="PUT")
    cloud.faults.on(faults.too_many(retry_after=0.01), path="/bulkfetch")
    everything_a_tracker_does(cloud)
    wrong = [why for each in cloud.requests for why in complaints(each.method, each.path, each.query, each.body)]
    assert wrong == []


@pytest.mark.parametrize(
    ("method", "path", "query", "body"),
    [
        ("GET", "/rest/api/3/search", {"nonsense": ["1"]}, None),
        ("GET", "/rest/api/3/no/such/thing", {}, None),
        ("POST", "/rest/api/3/search/jql", {}, {"jql": 7}),
        ("POST", "/rest/api/3/issue/bulkfetch", {}, {"issueIds": ["1"]}),
        ("PUT", "/rest/api/3/issue/1", {"notifyUsers": ["maybe"]}, {}),
        ("PUT", "/rest/api/3/issue/1", {}, {"update": {"labels": {"add": "x"}}}),
    ],
)
def test_the_check_itself_sees_what_is_wrong(method: str, path: str, query: dict[str, list[str]], body: object) -> None:
    skip_unless_here()
    assert complaints(method, path, query, body)
