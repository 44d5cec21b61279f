"""Writing to a Jira of each kind: one request where one will do, and never two of what should be there once."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from structlog.testing import capture_logs

from rules.model import NO_MARKS, Issue, OwnMarks
from rules.plan.changes import AddLabel, Change, DeleteComment, MoveToBacklog, MoveToSprint, PutComment, RemoveLabel
from rules.plan.comment import CommentBody
from rules.plan.outcome import GONE, Outcome, Result
from sync.errors import LoggedOut, Unreachable
from sync.fake_jira import faults
from sync.fake_jira.records import Account
from sync.trackers.jira.payloads import marks_from_json
from sync.trackers.jira.tracker import JiraTracker
from tests.contract.tracker_fixtures import SCOPE
from tests.sync.trackers.conftest import NOTE, Jira

pytestmark = pytest.mark.journey

Put = Callable[..., PutComment]


@pytest.fixture
def tracker(jira: Jira) -> JiraTracker:
    return jira.open()


@pytest.fixture
def issue(tracker: JiraTracker) -> Issue:
    return tracker.pull(SCOPE).by_key["T-1"]


def label(issue: Issue, name: str = "readyline-ready") -> AddLabel:
    return AddLabel(issue=issue.id, key=issue.key, label=name, why="")


def ours(jira: Jira, key: str = "T-1") -> list[Any]:
    return [each for each in jira.state.issue(key).remarks if each.author.id == jira.state.me.id]


def one(outcomes: tuple[Outcome, ...]) -> Outcome:
    [outcome] = outcomes
    return outcome


def test_all_labels_of_an_issue_go_in_one_request_with_our_property(
    jira: Jira, tracker: JiraTracker, issue: Issue
) -> None:
    drop = RemoveLabel(issue=issue.id, key="T-1", label="readyline-not-ready", why="")
    marks = OwnMarks(labels=frozenset({"readyline-ready"}))
    tracker.apply([label(issue), drop], {issue.id: marks})
    [write] = jira.jira.writes
    assert (write.method, write.path.rpartition("/")[2]) == ("PUT", issue.id)
    assert write.query["notifyUsers"] == ["false"]
    assert write.body["update"] == {"labels": [{"add": "readyline-ready"}, {"remove": "readyline-not-ready"}]}
    assert [each["key"] for each in write.body["properties"]] == ["readyline"]
    assert "fields" not in write.body


def test_without_silent_jira_is_not_asked_to_send_no_mail(jira: Jira, issue: Issue) -> None:
    tracker = jira.open(silent=False)
    assert one(tracker.apply([label(issue)], {})).result is Result.DONE
    assert "notifyUsers" not in jira.jira.writes[-1].query
    assert tracker.audience([issue]).silent == frozenset()


def test_without_the_right_to_be_silent_labels_are_written_all_the_same(
    jira: Jira, tracker: JiraTracker, issue: Issue
) -> None:
    jira.state.rights -= {"ADMINISTER", "ADMINISTER_PROJECTS"}
    for name in ("readyline-ready", "readyline-other"):
        assert one(tracker.apply([label(issue, name)], {})).result is Result.DONE
    assert {"readyline-ready", "readyline-other"} <= set(jira.state.issue("T-1").labels)
    last = jira.jira.writes[-1]
    assert "notifyUsers" not in last.query or jira.is_cloud


def test_an_account_that_may_not_edit_gets_a_failed_outcome(jira: Jira, tracker: JiraTracker, issue: Issue) -> None:
    jira.state.rights -= {"EDIT_ISSUES"}
    outcome = one(tracker.apply([label(issue)], {}))
    assert outcome.result is Result.FAILED
    assert "readyline doctor" in outcome.reason or "refused" in outcome.reason


def test_an_edit_that_meets_another_one_is_sent_once_more(jira: Jira, tracker: JiraTracker, issue: Issue) -> None:
    jira.jira.faults.on(faults.refused(409, "conflicting update"), method="PUT")
    assert one(tracker.apply([label(issue)], {})).result is Result.DONE
    assert "readyline-ready" in jira.state.issue("T-1").labels


def test_a_comment_carries_our_mark_from_its_first_moment(
    jira: Jira, tracker: JiraTracker, issue: Issue, put: Put
) -> None:
    outcome = one(tracker.apply([put(issue)], {}))
    assert [(each.id, each.properties) for each in ours(jira)] == [
        (outcome.comment, {"readyline": {"said": NOTE.digest}})
    ]


@pytest.mark.parametrize("fault", [faults.broken(500), faults.unavailable(3)], ids=["500", "503"])
def test_an_error_of_the_site_never_makes_two_comments(
    jira: Jira, tracker: JiraTracker, issue: Issue, put: Put, fault: faults.Fault
) -> None:
    jira.jira.faults.on(fault, method="POST", path="/comment")
    outcome = one(tracker.apply([put(issue)], {}))
    assert [each.id for each in ours(jira)] == [outcome.comment]
    assert outcome.result in {Result.DONE, Result.ALREADY_SO}


def test_answers_that_are_always_lost_end_the_run_with_at_most_one_comment(
    jira: Jira, tracker: JiraTracker, issue: Issue, put: Put
) -> None:
    jira.jira.faults.on(faults.broken(500), method="POST", path="/comment$", times=None)
    with pytest.raises(Unreachable, match="T-1"):
        tracker.apply([put(issue)], {})
    assert ours(jira) == []


@pytest.mark.parametrize("reason", ["jira-burst-based", "jira-per-issue-on-write", "jira-quota-global-based"])
def test_a_limit_on_comments_is_waited_out(
    jira: Jira, tracker: JiraTracker, issue: Issue, put: Put, reason: str
) -> None:
    jira.jira.faults.on(faults.too_many(reason, retry_after=77), method="POST", path="/comment$")
    assert one(tracker.apply([put(issue)], {})).result is Result.DONE
    assert sum(jira.clock.slept) >= 77
    assert len(ours(jira)) == 1


def test_doubles_of_ours_become_one(jira: Jira, tracker: JiraTracker, issue: Issue, put: Put) -> None:
    first = one(tracker.apply([put(issue)], {})).comment
    jira.state.comment("T-1", "a double", properties={"readyline": {"said": "x"}})
    outcome = one(tracker.apply([put(issue, CommentBody(headline="Ready."))], {}))
    assert outcome.comment == first
    assert [each.id for each in ours(jira)] == [first]


def test_a_comment_of_our_account_without_our_mark_is_left_alone(
    jira: Jira, tracker: JiraTracker, issue: Issue, put: Put
) -> None:
    mine = jira.state.comment("T-1", "Not ready yet: one thing is missing.")
    one(tracker.apply([put(issue)], {}))
    assert mine in {each.id for each in ours(jira)}
    assert len(ours(jira)) == 2


def test_somebody_elses_comment_that_has_our_mark_is_not_ours(
    jira: Jira, tracker: JiraTracker, issue: Issue, put: Put
) -> None:
    jira.state.comment("T-1", "mine", by="ana", properties={"readyline": {"said": NOTE.digest}})
    assert one(tracker.apply([put(issue)], {})).result is Result.DONE
    assert len(ours(jira)) == 1


def test_our_property_of_the_issue_is_not_worth_a_failure(
    jira: Jira, tracker: JiraTracker, issue: Issue, put: Put
) -> None:
    jira.jira.faults.on(faults.refused(403, "no"), method="PUT", path="/properties/")
    assert one(tracker.apply([put(issue)], {})).result is Result.DONE


def test_a_property_that_somebody_spoilt_is_no_marks(jira: Jira, tracker: JiraTracker, issue: Issue) -> None:
    for value in ("text", 7, [1], {"labels": "x", "refused": [1]}, {"labels": [{"a": 1}]}):
        jira.state.issue("T-1").properties["readyline"] = value
        fresh = tracker.read(issue.id)
        assert fresh is not None
        assert fresh.marks == NO_MARKS


def test_a_token_that_is_revoked_stops_the_run(jira: Jira, tracker: JiraTracker, issue: Issue, put: Put) -> None:
    jira.jira.faults.on(faults.logged_out(), times=None)
    with pytest.raises(LoggedOut):
        tracker.apply([put(issue)], {})
    assert ours(jira) == []


def test_fifty_issues_move_in_one_request(jira: Jira, tracker: JiraTracker) -> None:
    for index in range(50):
        jira.state.create("T", "Story", f"Story {index}")
    free = [each for each in tracker.pull(SCOPE).issues if each.sprint is None][:50]
    moves = [MoveToSprint(issue=each.id, key=each.key, sprint="4", why="") for each in free]
    outcomes = tracker.apply(moves, {})
    assert {outcome.result for outcome in outcomes} == {Result.DONE}
    assert len(jira.jira.writes) == 1


def test_one_issue_that_may_not_move_holds_up_no_other(jira: Jira, tracker: JiraTracker, issue: Issue) -> None:
    gone = MoveToSprint(issue="999999", key="T-999", sprint="3", why="")
    moves = [MoveToSprint(issue=issue.id, key="T-1", sprint="3", why=""), gone]
    outcomes = tracker.apply(moves, {})
    assert [outcome.result for outcome in outcomes] == [Result.DONE, Result.SKIPPED]
    assert [outcome.status for outcome in outcomes] == [204, 404]


def test_an_outcome_has_the_status_that_the_site_answered_with(
    jira: Jira, tracker: JiraTracker, issue: Issue, put: Put
) -> None:
    marks = {issue.id: OwnMarks(comment_digest=NOTE.digest)}
    written = one(tracker.apply([put(issue)], marks))
    assert written.comment is not None
    delete = DeleteComment(issue=issue.id, key="T-1", comment=written.comment, why="")
    changes: list[Change] = [label(issue), put(issue, comment=written.comment), delete, delete]
    outcomes = [written, *(one(tracker.apply([change], marks)) for change in changes)]
    assert [outcome.status for outcome in outcomes] == [201, 204, 200, 204, 404]
    jira.jira.faults.on(faults.refused(400, "labels: not on the screen"), method="PUT")
    assert one(tracker.apply([label(issue)], marks)).status == 400


def test_a_sprint_that_started_meanwhile_is_left_alone(jira: Jira, tracker: JiraTracker, issue: Issue) -> None:
    jira.state.close_sprint(2)
    jira.state.start_sprint(3)
    outcome = one(tracker.apply([MoveToSprint(issue=issue.id, key="T-1", sprint="3", why="")], {}))
    assert (outcome.result, outcome.reason) == (Result.SKIPPED, "the sprint is active by now")
    assert jira.jira.writes == []


def test_what_a_person_moved_elsewhere_is_not_taken_out(jira: Jira, tracker: JiraTracker, issue: Issue) -> None:
    jira.state.move_to_sprint("T-1", 4, by="ana")
    outcome = one(tracker.apply([MoveToBacklog(issue=issue.id, key="T-1", sprint="3", why="")], {}))
    assert outcome.result is Result.ALREADY_SO
    assert jira.jira.writes == []


def test_a_sprint_that_is_gone_is_a_failed_outcome(jira: Jira, tracker: JiraTracker, issue: Issue) -> None:
    outcome = one(tracker.apply([MoveToSprint(issue=issue.id, key="T-1", sprint="77", why="")], {}))
    assert outcome.result is Result.FAILED


def test_deleting_a_comment_removes_it_from_the_property(
    jira: Jira, tracker: JiraTracker, issue: Issue, put: Put
) -> None:
    comment = one(tracker.apply([put(issue)], {issue.id: OwnMarks(comment_digest=NOTE.digest)})).comment
    assert comment is not None
    assert jira.state.issue("T-1").properties["readyline"]["comment"] == comment
    tracker.apply([DeleteComment(issue=issue.id, key="T-1", comment=comment, why="")], {issue.id: NO_MARKS})
    assert jira.state.issue("T-1").properties["readyline"]["comment"] is None


def test_nothing_to_do_asks_for_nothing(jira: Jira, tracker: JiraTracker) -> None:
    assert tracker.apply([], {}) == ()
    assert jira.jira.writes == []


def test_a_sprint_that_starts_between_look_and_move_is_found_and_reported(
    jira: Jira, tracker: JiraTracker, issue: Issue
) -> None:
    """The issue stays where it is: a started sprint is never touched."""

    def start(asked: faults.Asked) -> None:
        if asked.method == "POST" and asked.path.endswith("/sprint/3/issue"):
            jira.state.sprints[3].state = "active"

    jira.jira.faults.hook = start
    move = MoveToSprint(issue=issue.id, key="T-1", sprint="3", why="")
    outcome = one(tracker.apply([move], {}))
    assert (outcome.result, outcome.reason) == (Result.FAILED, "the sprint started meanwhile; T-1 is in it")
    assert 3 in jira.state.issue("T-1").sprints
    assert one(tracker.apply([move], {})).result is Result.SKIPPED
    assert len([write for write in jira.jira.writes if write.path.endswith("/issue")]) == 1


@pytest.mark.parametrize("kind", ["label", "comment", "known comment", "delete", "move"])
def test_a_deleted_issue_is_skipped_and_not_failed(
    jira: Jira, tracker: JiraTracker, issue: Issue, put: Put, kind: str
) -> None:
    changes: dict[str, Change] = {
        "label": label(issue),
        "comment": put(issue),
        "known comment": PutComment(issue=issue.id, key="T-1", why="", note=NOTE, comment="77"),
        "delete": DeleteComment(issue=issue.id, key="T-1", why="", comment="77"),
        "move": MoveToSprint(issue=issue.id, key="T-1", sprint="3", why=""),
    }
    jira.state.delete("T-1")
    outcome = one(tracker.apply([changes[kind]], {}))
    assert (outcome.result, outcome.reason) in {
        (Result.SKIPPED, GONE),
        (Result.ALREADY_SO, "the comment is already deleted"),
    }


def test_a_read_only_account_is_found_once_and_no_write_is_refused(
    jira: Jira, tracker: JiraTracker, issue: Issue, put: Put
) -> None:
    jira.state.rights = {"BROWSE_PROJECTS"}
    move = MoveToSprint(issue=issue.id, key="T-1", sprint="3", why="")
    with capture_logs() as logs:
        outcomes = [one(tracker.apply([change], {})) for change in (label(issue), put(issue), move)]
    assert {outcome.result for outcome in outcomes} == {Result.FAILED}
    assert outcomes[0].reason.startswith("this account has no permission Edit Issues in T:")
    assert jira.jira.writes == []
    assert len(jira.asked("GET", "/mypermissions")) == 1
    assert [line["event"] for line in logs if line["log_level"] == "warning"] == ["tracker.rights_missing"]


@pytest.mark.parametrize("deletes", [True, False])
def test_after_a_change_of_account_the_old_comment_is_left_and_said_once(
    jira: Jira, tracker: JiraTracker, issue: Issue, put: Put, *, deletes: bool
) -> None:
    comment = one(tracker.apply([put(issue)], {})).comment
    assert comment is not None
    before = [(remark.id, remark.author.id) for remark in jira.state.issue("T-1").remarks]
    jira.state.log_in_as(Account(id="712020:bot2", name="bot2", display="Bot 2", email="bot@x.example"))
    other = NOTE if deletes else CommentBody(headline="Another one.")
    change = (
        DeleteComment(issue=issue.id, key="T-1", why="", comment=comment)
        if deletes
        else PutComment(issue=issue.id, key="T-1", why="", note=other, comment=comment)
    )
    later = jira.open()
    fresh = later.read(issue.id)
    assert fresh is not None
    outcome = one(later.apply([change], {}))
    assert (outcome.result, outcome.reason) == (
        Result.SKIPPED,
        "another account wrote this comment; it is left as it is",
    )
    assert [(remark.id, remark.author.id) for remark in jira.state.issue("T-1").remarks] == before
    stored = marks_from_json(jira.state.issue("T-1").properties["readyline"])
    assert (stored.comment, [mark for mark, _ in stored.refused]) == (None, ["comment"])


def test_properties_are_sent_as_objects_and_the_first_of_each_kind_is_read_back(
    jira: Jira, tracker: JiraTracker, issue: Issue, put: Put
) -> None:
    marks = {issue.id: OwnMarks(labels=frozenset({"readyline-ready"}))}
    with capture_logs() as logs:
        for change in (label(issue), put(issue), label(issue, "readyline-other")):
            tracker.apply([change], marks)
    sent = [value for write in jira.jira.writes for value in _properties(write)]
    assert sent
    assert all(isinstance(value, dict) for value in sent)
    assert [line for line in logs if line["log_level"] == "warning"] == []


def _properties(write: Any) -> list[Any]:
    if write.path.endswith("/properties/readyline"):
        return [write.body]
    return [entry["value"] for entry in write.body.get("properties", [])]


def test_a_site_that_keeps_no_properties_is_reported_once(
    jira: Jira, tracker: JiraTracker, issue: Issue, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("comments", "edits"):
        monkeypatch.setattr(f"sync.fake_jira.{module}.read_properties", lambda _: {})
    with capture_logs() as logs:
        for change in (label(issue), label(issue, "readyline-other"), put(issue)):
            assert one(tracker.apply([change], {})).result is Result.DONE
    warnings = [(line["event"], line["kind"]) for line in logs if line["log_level"] == "warning"]
    assert warnings == [("tracker.property_not_found", "issue"), ("tracker.property_not_found", "comment")]


def test_properties_that_come_as_text_are_read_like_objects(
    jira: Jira, tracker: JiraTracker, issue: Issue, put: Put
) -> None:
    marks = OwnMarks(labels=frozenset({"readyline-ready"}), comment="1")
    comment = one(tracker.apply([put(issue)], {issue.id: marks})).comment
    record = jira.state.issue("T-1")
    for kept in (record.properties, ours(jira)[0].properties):
        kept["readyline"] = json.dumps(kept["readyline"])
    fresh = jira.open().read(issue.id)
    assert fresh is not None
    assert (fresh.marks.labels, fresh.marks.comment, fresh.marks.comment_digest) == (marks.labels, comment, NOTE.digest)
