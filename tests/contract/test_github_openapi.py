"""Every REST request to GitHub, and every answer of its simulator, is one that GitHub's own description allows."""

from typing import Any

import pytest

from rules.plan.changes import AddLabel, Change, DeleteComment, MoveToBacklog, MoveToSprint, PutComment, RemoveLabel
from rules.plan.comment import CommentBody
from sync.fake_github.server import FakeGithub, Logged
from sync.fake_github.state import node_id
from tests.contract.github_openapi import complaints, skip_unless_here
from tests.contract.github_place import NOW, SHOP, tracker_for
from tests.sync.trackers.test_github import BY_MILESTONE, REPOSITORIES, with_milestones

REST = "/api/v3"


def everything_a_tracker_does(github: FakeGithub) -> None:
    """A pull and each kind of change, also on what is hidden, archived or missing."""
    tracker = tracker_for(github, **REPOSITORIES)
    issue = tracker.pull(BY_MILESTONE).by_key[f"{SHOP}#1"]
    who: dict[str, Any] = {"issue": issue.id, "key": issue.key, "why": ""}
    sprint = node_id("MI", f"{SHOP}/3")
    labels: list[Change] = [AddLabel(**who, label="ready"), RemoveLabel(**who, label="Web")]
    tracker.apply(labels, {})
    comment = tracker.apply([PutComment(**who, note=CommentBody(headline="Not ready."))], {})[0].comment
    assert comment is not None
    tracker.apply([PutComment(**who, note=CommentBody(headline="Ready."), comment=comment)], {})
    moves: tuple[Change, ...] = (MoveToSprint(**who, sprint=sprint), MoveToBacklog(**who, sprint=sprint))
    for change in moves:
        tracker.apply([change], {})
    tracker.apply([DeleteComment(**who, comment=comment)], {})
    tracker.api.scopes()
    github.state.homes[SHOP].permission = "READ"
    tracker.apply([PutComment(**who, note=CommentBody(headline="Not ready."))], {})


def wrong_in(one: Logged) -> list[str]:
    answer = one.answer if one.status < 300 else None
    return complaints(one.method, one.path.removeprefix(REST), one.query, one.body, one.status, answer)


def test_every_rest_request_and_answer_is_allowed_by_the_description() -> None:
    skip_unless_here()
    with FakeGithub(with_milestones, now=NOW, clock=lambda: NOW) as github:
        everything_a_tracker_does(github)
        asked = [one for one in github.requests if not one.operation]
    wrong = [why for one in asked for why in wrong_in(one)]
    assert wrong == []
    assert {(one.method, one.path.rpartition("/")[2].strip("0123456789")) for one in asked} == {
        ("GET", "labels"),
        ("POST", "labels"),
        ("GET", "milestones"),
        ("POST", "comments"),
        ("PATCH", ""),
        ("DELETE", ""),
        ("GET", "rate_limit"),
    }


@pytest.mark.parametrize(
    ("method", "path", "query", "body", "answer"),
    [
        ("GET", "/repos/a/b/nothing", {}, None, None),
        ("GET", "/repos/a/b/labels", {"labelz": "x"}, None, None),
        ("POST", "/repos/a/b/issues/1/comments", {}, {"text": "x"}, None),
        ("PATCH", "/repos/a/b/issues/1", {}, {"milestone": True}, None),
        ("GET", "/repos/a/b/labels", {}, None, [{"name": "x"}]),
    ],
)
def test_the_check_itself_sees_what_is_wrong(
    method: str, path: str, query: dict[str, str], body: object, answer: object
) -> None:
    skip_unless_here()
    assert complaints(method, path, query, body, 201 if method == "POST" else 200, answer)
