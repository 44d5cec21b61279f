"""A run is taken back only where nobody touched what it wrote."""

from typing import Any

from rules.model import NO_MARKS, UNDONE, Issue, OwnMarks
from rules.plan.changes import (
    AddLabel,
    DeleteComment,
    MoveToBacklog,
    MoveToSprint,
    PutComment,
    RemoveLabel,
)
from rules.plan.comment import CommentBody
from rules.plan.grounds import UNDO, Ground
from rules.plan.marks import after
from rules.plan.undo import Written, plan_undo
from tests.factories import issue

NOTE, EARLIER = CommentBody(headline="Not ready yet"), CommentBody(headline="Ready")
ISSUE = issue()
WHERE: dict[str, Any] = {"issue": ISSUE.id, "key": ISSUE.key, "why": "w"}


def undo(change: object, now: Issue | None, before: OwnMarks = NO_MARKS) -> object:
    """The one change that takes `change` back, or the reason why it stands."""
    issues = {} if now is None else {now.id: now}
    plan = plan_undo("r1", [Written(change, before)], issues, {}, {EARLIER.digest: EARLIER})  # type: ignore[arg-type]
    return plan.changes[0] if plan.changes else plan.left_as_is[0].why


def test_a_label_we_added_is_removed_unless_somebody_did() -> None:
    added = AddLabel(label="readyline-ready", **WHERE)
    assert isinstance(undo(added, issue(labels=frozenset({"readyline-ready"}))), RemoveLabel)
    assert undo(added, issue()) == "a person removed it since"


def test_a_label_we_removed_is_added_unless_somebody_did() -> None:
    removed = RemoveLabel(label="readyline-ready", **WHERE)
    assert isinstance(undo(removed, issue()), AddLabel)
    assert undo(removed, issue(labels=frozenset({"readyline-ready"}))) == "a person added it again since"


def test_an_issue_we_moved_goes_back_unless_somebody_moved_it_on() -> None:
    moved = MoveToSprint(sprint="5", **WHERE)
    assert isinstance(undo(moved, issue(sprint="5")), MoveToBacklog)
    assert undo(moved, issue(sprint="6")) == "a person moved the issue since"


def test_a_comment_we_wrote_is_deleted_and_an_edit_gets_its_earlier_text() -> None:
    put = PutComment(note=NOTE, reason="must", **WHERE)
    said = issue(marks=OwnMarks(comment="9", comment_digest=NOTE.digest))
    assert isinstance(undo(put, said), DeleteComment)
    back = undo(put, said, OwnMarks(comment="9", comment_digest=EARLIER.digest))
    assert isinstance(back, PutComment)
    assert (back.note, back.comment) == (EARLIER, "9")


def test_a_comment_that_says_something_else_since_stays() -> None:
    put = PutComment(note=NOTE, **WHERE)
    assert undo(put, issue(marks=OwnMarks(comment="9", comment_digest="other"))) == "the comment has changed since"
    assert undo(put, issue()) == "a person deleted it since"


def test_an_issue_that_is_gone_is_a_conflict() -> None:
    assert undo(AddLabel(label="x", **WHERE), None) == "the issue no longer exists"


def test_what_a_run_back_takes_away_counts_as_refused() -> None:
    added = AddLabel(label="readyline-ready", reason="r", **WHERE)
    now = issue(labels=frozenset({"readyline-ready"}))
    plan = plan_undo("r1", [Written(added, NO_MARKS)], {now.id: now}, {}, {})
    assert plan.marks[now.id].has_refused("readyline-ready", "r")


def test_eight_are_taken_back_and_two_conflicts_are_listed() -> None:
    issues = [issue(f"S-{n}", id=str(n), labels=frozenset({"readyline-ready"} if n > 1 else ())) for n in range(10)]
    written = [
        Written(AddLabel(issue=one.id, key=one.key, label="readyline-ready", why="w"), NO_MARKS) for one in issues
    ]
    plan = plan_undo("r1", written, {one.id: one for one in issues}, {}, {})
    assert (len(plan.changes), len(plan.left_as_is)) == (8, 2)


def test_nothing_is_put_on_an_issue_that_wants_hands_off_and_everything_comes_off_it() -> None:
    alone = issue(labels=frozenset({"readyline-hands-off", "readyline-ready"}))
    written = [
        Written(AddLabel(label="readyline-ready", **WHERE), NO_MARKS),
        Written(RemoveLabel(label="readyline-not-ready", **WHERE), NO_MARKS),
    ]
    plan = plan_undo("r1", written, {alone.id: alone}, {}, {}, unwanted=lambda one: next(iter(one.labels), ""))
    assert [type(change) for change in plan.changes] == [RemoveLabel]
    assert [one.what for one in plan.left_as_is] == ["readyline-not-ready"]


def test_a_label_is_refused_for_what_it_stood_for_last() -> None:
    added, now = AddLabel(label="readyline-ready", reason="old", **WHERE), issue(labels=frozenset({"readyline-ready"}))
    marks = OwnMarks(labels=frozenset({"readyline-ready"}), reasons=(("readyline-ready", "new"),))
    plan = plan_undo("r1", [Written(added, NO_MARKS)], {now.id: now}, {now.id: marks}, {})
    assert plan.marks[now.id].has_refused("readyline-ready", "new")


def test_an_edit_that_is_taken_back_is_refused_by_what_it_said() -> None:
    put = PutComment(note=NOTE, comment="9", reason="must", **WHERE)
    said = issue(marks=OwnMarks(comment="9", comment_digest=NOTE.digest))
    before = OwnMarks(comment="9", comment_digest=EARLIER.digest)
    plan = plan_undo("r1", [Written(put, before)], {said.id: said}, {}, {EARLIER.digest: EARLIER})
    assert plan.marks[said.id].refused == (("undone:comment", NOTE.digest),)
    (back,) = plan.changes
    assert after(plan.marks[said.id], back).has_refused("comment", NOTE.digest)


def test_a_label_put_back_and_taken_off_again_by_taking_back_twice_stays_refused() -> None:
    refused = OwnMarks(refused=(("readyline-ready", "r"),))
    put_back = AddLabel(label="readyline-ready", **WHERE)
    now = issue(labels=frozenset({"readyline-ready"}))
    plan = plan_undo("r2", [Written(put_back, refused)], {now.id: now}, {now.id: after(refused, put_back)}, {})
    assert plan.marks[now.id].has_refused("readyline-ready", "r")


def test_an_issue_we_took_out_of_a_sprint_goes_back_unless_somebody_moved_it_on() -> None:
    moved = MoveToBacklog(sprint="5", **WHERE)
    assert isinstance(undo(moved, issue()), MoveToSprint)
    assert undo(moved, issue(sprint="6")) == "a person moved the issue since"


def test_a_comment_whose_earlier_text_is_lost_stays() -> None:
    put, before = PutComment(note=NOTE, **WHERE), OwnMarks(comment="9", comment_digest="lost")
    said = issue(marks=OwnMarks(comment="9", comment_digest=NOTE.digest))
    assert undo(put, said, before) == "its earlier text is no longer stored"


def test_a_comment_that_says_nothing_of_ours_is_gone() -> None:
    assert undo(DeleteComment(comment="9", **WHERE), issue()) == "a person deleted it since"


def test_undoing_an_undo_ends_what_it_refused_and_undoing_that_refuses_it_again() -> None:
    """A label's run r1, its undo r2, the undo r3 of that, and r4 which undoes r3: only r2 and r4 refuse."""
    label, refused = "readyline-ready", ((f"{UNDONE}readyline-ready", "r"),)
    other = ((f"{UNDONE}comment", "c"),)
    by_undo = {"grounds": (Ground(rule=UNDO),), **WHERE}
    brought_back = plan_undo(
        "r2",
        [Written(RemoveLabel(label=label, **by_undo), OwnMarks(reasons=((label, "r"),)))],
        {ISSUE.id: ISSUE},
        {ISSUE.id: OwnMarks(refused=(*refused, *other))},
        {},
    )
    labelled = issue(labels=frozenset({label}))
    taken_again = plan_undo(
        "r3",
        [Written(AddLabel(label=label, reason="r", **by_undo), OwnMarks(refused=refused))],
        {labelled.id: labelled},
        {labelled.id: OwnMarks(refused=other)},
        {},
    )
    assert brought_back.marks[ISSUE.id].refused == other
    assert [change.reason for change in brought_back.changes if isinstance(change, AddLabel)] == ["r"]
    assert taken_again.marks[ISSUE.id].refused == (*other, *refused)
