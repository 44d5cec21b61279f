"""The label of a released issue: set once, reversible by everybody, and never a close."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from rules.commands.answers import Answer, Commands
from rules.model import NO_MARKS, Category, EditField, Issue, OwnMarks, Snapshot
from rules.plan.changes import AddLabel, ChangePlan, PutComment, RemoveLabel, kind_of
from rules.plan.comment import released_comment
from rules.plan.compare import plan_changes
from rules.plan.marks import after
from rules.plan.policy import CommentZone, Policy
from rules.plan.release_label import releases
from rules.plan.undo import Written, plan_undo
from rules.planning.model import SprintProposal
from rules.release import Stay
from rules.verdict import Judgement, Verdict
from tests.factories import NOW, edit, facts, issue, snapshot, sprint

POLICY = Policy()
LABEL = "readyline-released"
RELEASED = Stay(at=NOW - timedelta(days=1), until=(NOW + timedelta(days=90)).date(), because="the market is gone")
KEPT = Stay(at=NOW, until=(NOW + timedelta(days=90)).date())
OURS = OwnMarks(labels=frozenset({LABEL}), reasons=((LABEL, RELEASED.reason),))


def said(*stays: Stay, of: str = "1") -> Commands:
    text = "Ana released this issue: the market is gone."
    return Commands(answers=tuple(Answer(comment=f"{n}", issue=of, text=text, stay=s) for n, s in enumerate(stays)))


def plan(
    of: Issue,
    *stays: Stay,
    marks: OwnMarks = NO_MARKS,
    policy: Policy = POLICY,
    near: bool = False,
    **world: Any,
) -> tuple[ChangePlan, Snapshot]:
    """The plan for one issue, which is outside of the ready horizon unless it is near."""
    verdict = Verdict(issue=of, score=100, findings=(), passed=(), facts=facts(), distance=9.0, in_horizon=near)
    taken, memory = snapshot(of, **world), {of.id: marks}
    commands = said(*stays)
    commands = replace(commands, released=releases(taken, commands, memory, policy))
    return plan_changes(taken, Judgement(verdicts=(verdict,)), SprintProposal(), policy, memory, commands), taken


def changes(of: Issue, *stays: Stay, **values: Any) -> list[tuple[str, str]]:
    planned, _ = plan(of, *stays, **values)
    return [(kind_of(one), getattr(one, "label", "")) for one in planned.changes]


def labelled(**values: Any) -> Issue:
    return issue(labels=frozenset({LABEL}), **values)


def test_a_release_sets_the_label_and_says_why_in_our_one_comment() -> None:
    planned, _ = plan(issue(), RELEASED)
    label, comment = planned.changes
    assert isinstance(label, AddLabel)
    assert (label.label, label.why) == (LABEL, "the Product Owner released it: the market is gone")
    assert [ground.rule for ground in label.grounds] == ["release"]
    assert isinstance(comment, PutComment)
    assert comment.note.headline == "Released by the Product Owner: nothing needs to be prepared here."
    assert comment.note.answers == ("Ana released this issue: the market is gone.",)


def test_a_released_issue_in_the_ready_horizon_has_no_label_that_shows_a_verdict() -> None:
    """Our comment says that nothing needs to be prepared, and a verdict would say the opposite."""
    ours = OwnMarks(labels=frozenset({POLICY.ready}))
    planned, _ = plan(issue(labels=ours.labels), RELEASED, marks=ours, near=True)
    removed, added, _ = planned.changes
    assert isinstance(removed, RemoveLabel)
    assert (removed.label, removed.why) == (POLICY.ready, "the Product Owner released it")
    assert isinstance(added, AddLabel)
    assert added.label == LABEL


def test_once_both_are_there_nothing_is_written_any_more() -> None:
    note = released_comment(("Ana released this issue: the market is gone.",))
    marks = replace(OURS, comment="c1", comment_digest=note.digest)
    assert changes(labelled(), RELEASED, marks=marks) == []


def test_the_label_has_the_configured_name_and_a_former_one_goes() -> None:
    policy = replace(POLICY, released_name="archive", comments=CommentZone.OFF)
    assert changes(issue(), RELEASED, policy=policy) == [("add-label", "readyline-archive")]
    assert changes(labelled(), RELEASED, marks=OURS, policy=policy) == [
        ("remove-label", LABEL),
        ("add-label", "readyline-archive"),
    ]


def test_without_labels_only_the_comment_is_written() -> None:
    assert changes(issue(), RELEASED, policy=replace(POLICY, labels=False)) == [("put-comment", "")]


def test_keeping_a_released_issue_takes_the_label_away_and_renews_the_comment() -> None:
    marks = replace(OURS, comment="c1", comment_digest="before")
    planned, _ = plan(labelled(), RELEASED, KEPT, marks=marks)
    label, comment = planned.changes
    assert isinstance(label, RemoveLabel)
    assert label.why == "the Product Owner keeps it"
    assert isinstance(comment, PutComment)
    assert comment.note.headline.startswith("Ready")


@pytest.mark.parametrize("values", [{"sprint": "5"}, {}])
def test_a_release_ends_with_a_sprint_or_another_status(values: dict[str, Any]) -> None:
    past = {} if values else {"1": (edit(EditField.STATUS, days_ago=0.5),)}
    found = changes(labelled(**values), RELEASED, marks=OURS, sprints=(sprint("5"),), edits=past)
    assert ("remove-label", LABEL) in found


def test_a_person_who_removes_the_label_takes_the_release_back() -> None:
    note = released_comment(("Ana released this issue: the market is gone.",))
    marks = replace(OURS, comment="c1", comment_digest=note.digest)
    planned, _ = plan(issue(), RELEASED, marks=marks)
    assert [kind_of(one) for one in planned.changes] == ["put-comment"]  # ours no longer says that it is released
    (one,) = planned.left_as_is
    assert (one.what, one.why) == (LABEL, "a person removed it, so the issue is no longer released")
    again, _ = plan(issue(), RELEASED, marks=replace(planned.marks["1"], comment_digest="x"))
    assert again.changes == ()
    anew = replace(RELEASED, at=NOW)
    assert ("add-label", LABEL) in changes(issue(), RELEASED, anew, marks=planned.marks["1"])


def test_a_label_that_a_person_set_stays() -> None:
    assert changes(labelled()) == []
    assert changes(labelled(), KEPT) == []


def test_an_undo_takes_the_label_away_and_it_does_not_come_back() -> None:
    planned, _ = plan(issue(), RELEASED)
    label = planned.changes[0]
    marks = after(planned.marks.get("1", NO_MARKS), label)
    undone = plan_undo("first", [Written(label, NO_MARKS)], {"1": labelled(marks=marks)}, {"1": marks}, {})
    assert [(kind_of(one), getattr(one, "label", "")) for one in undone.changes] == [("remove-label", LABEL)]
    after_undo = after(undone.marks["1"], undone.changes[0])
    later, _ = plan(issue(), RELEASED, marks=after_undo)
    assert [one.label for one in later.changes if isinstance(one, AddLabel)] == []
    assert "`readyline resume` ends that" in later.left_as_is[0].why


def test_hands_off_takes_the_label_away() -> None:
    stops = issue(labels=frozenset({LABEL, "readyline-hands-off"}))
    assert changes(stops, RELEASED, marks=OURS) == [("remove-label", LABEL)]


def test_the_label_stays_on_an_issue_that_is_closed_or_leaves_the_query() -> None:
    """It says why the issue was closed, and a query may leave released issues out."""
    both = OwnMarks(labels=frozenset({LABEL, POLICY.ready}))
    gone = issue("SHOP-2", labels=both.labels, category=Category.DONE)
    left = issue("SHOP-3", labels=both.labels)
    world = snapshot(issue(), history=(gone,), left=(left,))
    memory = {"2": both, "3": both}
    planned = plan_changes(world, Judgement(), SprintProposal(), POLICY, memory, said(RELEASED, of="3"))
    assert [(one.key, getattr(one, "label", "")) for one in planned.changes] == [
        ("SHOP-2", POLICY.ready),
        ("SHOP-3", POLICY.ready),
    ]
