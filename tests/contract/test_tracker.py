"""What every tracker must do: pull what is there, write what is asked, and twice is once."""

from dataclasses import replace

import pytest

from rules.model import NO_MARKS, Category, Issue, LinkKind, OwnMarks, SprintState
from rules.plan.changes import AddLabel, Change, DeleteComment, MoveToBacklog, MoveToSprint, PutComment, RemoveLabel
from rules.plan.comment import CommentBody, Fix
from rules.plan.marks import after
from rules.plan.outcome import GONE, Outcome, Result
from sync.trackers.signed_comments import OTHERS
from tests.contract.tracker_fixtures import Place

NOTE = CommentBody(headline="Not ready yet: one thing is missing.", fixes=(Fix("no criteria", "add two", must=True),))
OTHER = CommentBody(headline="Ready: nothing is missing any more.")
SO = {Result.DONE, Result.ALREADY_SO}


def issue_of(place: Place, key: str) -> Issue:
    return next(issue for issue in place.tracker.pull(place.scope).issues if issue.key == place.key(key))


def put(issue: Issue, note: CommentBody = NOTE, comment: str | None = None) -> PutComment:
    return PutComment(issue=issue.id, key=issue.key, note=note, why="it is not ready", comment=comment)


def apply_one(place: Place, change: PutComment | DeleteComment, marks: OwnMarks = NO_MARKS) -> Outcome:
    [outcome] = place.tracker.apply([change], {change.issue: marks})
    return outcome


def test_a_pull_maps_what_is_there(place: Place) -> None:
    snapshot = place.tracker.pull(place.scope)
    by_key = {key: snapshot.by_key[place.key(key)] for key in ("T-1", "T-2", "T-3", "T-4")}
    pay = by_key["T-1"]
    assert pay.points == 3.0
    assert pay.labels == place.theirs
    assert pay.category is Category.TODO
    assert [(link.kind, link.key, link.category) for link in pay.links] == [
        (LinkKind.BLOCKED_BY, place.key("T-5"), Category.TODO)
    ]
    assert by_key["T-2"].flagged
    assert by_key["T-3"].sprint == "2"
    assert by_key["T-4"].category is Category.DONE
    assert place.key("T-4") not in {issue.key for issue in snapshot.issues}
    assert {sprint.id: sprint.state for sprint in snapshot.sprints}["3"] is SprintState.FUTURE
    assert snapshot.taken_at.tzinfo is not None


def test_two_pulls_of_an_unchanged_product_are_equal(place: Place) -> None:
    first, second = place.tracker.pull(place.scope), place.tracker.pull(place.scope)
    assert replace(first, taken_at=second.taken_at) == second


def test_an_issue_read_afresh_is_the_issue_that_was_pulled(place: Place) -> None:
    pulled = issue_of(place, "T-1")
    assert place.tracker.read(pulled.id) == pulled


def test_an_issue_that_is_gone_reads_as_none(place: Place) -> None:
    issue = issue_of(place, "T-2")
    place.person_deletes("T-2")
    assert place.tracker.read(issue.id) is None


def test_labels_are_added_and_removed_and_other_peoples_stay(place: Place) -> None:
    issue = issue_of(place, "T-1")
    place.person_labels("T-1", "readyline-not-ready")
    place.person_labels("T-1", "urgent")
    changes: list[Change] = [
        RemoveLabel(issue=issue.id, key="T-1", label="readyline-not-ready", why=""),
        AddLabel(issue=issue.id, key="T-1", label="readyline-ready", why=""),
    ]
    for _ in range(2):
        outcomes = place.tracker.apply(changes, {})
        assert [outcome.change for outcome in outcomes] == changes
        assert {outcome.result for outcome in outcomes} <= SO
        assert place.labels("T-1") == place.theirs | {"urgent", "readyline-ready"}


def test_a_comment_put_twice_is_there_once(place: Place) -> None:
    issue = issue_of(place, "T-1")
    first, second = apply_one(place, put(issue)), apply_one(place, put(issue))
    assert first.result is Result.DONE
    assert first.comment is not None
    assert (second.result, second.comment) == (Result.ALREADY_SO, first.comment)
    assert len(place.comments("T-1")) == 1


def test_a_known_comment_is_changed_in_its_place(place: Place) -> None:
    issue = issue_of(place, "T-1")
    first = apply_one(place, put(issue))
    before = place.comments("T-1")
    second = apply_one(place, put(issue, OTHER, first.comment))
    assert (second.result, second.comment) == (Result.DONE, first.comment)
    assert len(place.comments("T-1")) == 1
    assert place.comments("T-1") != before


def test_a_comment_whose_id_was_forgotten_is_found_by_its_mark(place: Place) -> None:
    issue = issue_of(place, "T-1")
    first = apply_one(place, put(issue))
    second = apply_one(place, put(issue, OTHER))
    assert (second.result, second.comment) == (Result.DONE, first.comment)
    assert len(place.comments("T-1")) == 1


def test_a_comment_that_a_person_deleted_is_not_written_again(place: Place) -> None:
    issue = issue_of(place, "T-1")
    first = apply_one(place, put(issue))
    place.person_deletes_our_comment("T-1")
    outcome = apply_one(place, put(issue, OTHER, first.comment))
    assert outcome.result is Result.SKIPPED
    assert "deleted" in outcome.reason
    assert place.comments("T-1") == []


def test_a_comment_that_a_person_emptied_is_not_filled_again(place_with_people: Place) -> None:
    """It is read as a person's, and a run then plans nothing; or its write is skipped."""
    place = place_with_people
    issue = issue_of(place, "T-1")
    comment = apply_one(place, put(issue)).comment
    place.person_empties_our_comment("T-1")
    fresh = place.tracker.read(issue.id)
    assert fresh is not None
    assert comment in fresh.changed_by or apply_one(place, put(issue, OTHER, comment)).result is Result.SKIPPED


def test_a_comment_of_a_person_with_our_stored_id_is_never_touched(place_with_people: Place) -> None:
    """As in a run, the issue is read right before the write."""
    place = place_with_people
    issue = issue_of(place, "T-1")
    (theirs, *_) = issue.comments
    deletion = DeleteComment(issue=issue.id, key="T-1", comment=theirs.id, why="")
    for change in (put(issue, OTHER, theirs.id), deletion):
        assert place.tracker.read(issue.id) is not None
        outcome = apply_one(place, change)
        assert (outcome.result, outcome.reason) == (Result.SKIPPED, OTHERS)
    assert issue_of(place, "T-1").comments == issue.comments
    assert place.comments("T-1") == []


def test_a_comment_taken_away_twice_is_gone_once(place: Place) -> None:
    issue = issue_of(place, "T-1")
    comment = apply_one(place, put(issue)).comment
    assert comment is not None
    change = DeleteComment(issue=issue.id, key="T-1", comment=comment, why="")
    assert apply_one(place, change).result is Result.DONE
    assert apply_one(place, change).result is Result.ALREADY_SO
    assert place.comments("T-1") == []


def test_a_reading_shows_what_has_our_mark(place: Place) -> None:
    issue = issue_of(place, "T-1")
    outcome = apply_one(place, put(issue), after(NO_MARKS, put(issue)))
    fresh = place.tracker.read(issue.id)
    assert fresh is not None
    assert (fresh.marks.comment, fresh.marks.comment_digest) == (outcome.comment, NOTE.digest)
    assert all(comment.id != outcome.comment for comment in fresh.comments)


def test_what_is_ours_is_remembered_in_the_property(place_with_property: Place) -> None:
    place = place_with_property
    issue = issue_of(place, "T-1")
    marks = OwnMarks(labels=frozenset({"readyline-ready"}), refused=(("comment", "must"),), reasons=(("x", "y"),))
    place.tracker.apply([AddLabel(issue=issue.id, key="T-1", label="readyline-ready", why="")], {issue.id: marks})
    fresh = place.tracker.read(issue.id)
    assert fresh is not None
    assert fresh.marks == marks


def test_issues_move_into_a_future_sprint_and_back(place: Place) -> None:
    one, two = issue_of(place, "T-1"), issue_of(place, "T-2")
    moves = [MoveToSprint(issue=each.id, key=each.key, sprint="3", why="") for each in (one, two)]
    for _ in range(2):
        assert {outcome.result for outcome in place.tracker.apply(moves, {})} <= SO
        assert issue_of(place, "T-1").sprint == issue_of(place, "T-2").sprint == "3"
    back = [MoveToBacklog(issue=one.id, key="T-1", sprint="3", why="")]
    for _ in range(2):
        assert {outcome.result for outcome in place.tracker.apply(back, {})} <= SO
        assert issue_of(place, "T-1").sprint is None


@pytest.mark.parametrize("sprint", ["1", "2"], ids=["closed", "active"])
def test_nothing_moves_into_a_sprint_that_is_not_in_the_future(place: Place, sprint: str) -> None:
    issue = issue_of(place, "T-1")
    [outcome] = place.tracker.apply([MoveToSprint(issue=issue.id, key="T-1", sprint=sprint, why="")], {})
    assert outcome.result is Result.SKIPPED
    assert issue_of(place, "T-1").sprint is None


def test_a_change_to_an_issue_that_is_gone_is_one_skipped_outcome(place: Place) -> None:
    issue = issue_of(place, "T-2")
    place.person_deletes("T-2")
    [outcome] = place.tracker.apply([AddLabel(issue=issue.id, key="T-2", label="readyline-ready", why="")], {})
    assert (outcome.result, outcome.reason) == (Result.SKIPPED, GONE)


def test_every_call_is_counted(place: Place) -> None:
    before = place.tracker.requests
    place.tracker.pull(place.scope)
    assert place.tracker.requests > before
