"""Where people want nothing to be written, nothing is: by a label, a comment, or the configuration."""

from dataclasses import replace
from functools import partial

import pytest

from rules.commands.answers import Answer, Commands
from rules.model import NO_MARKS, Category, Issue, OwnMarks
from rules.plan.changes import ChangePlan, kind_of
from rules.plan.compare import plan_changes
from rules.plan.left_alone import Wish, wish_of
from rules.plan.marks import HANDS_OFF, after, completed
from rules.plan.policy import OptOut, Policy
from rules.planning.model import SprintProposal
from rules.verdict import Judgement, Verdict
from tests.factories import facts, finding, issue, snapshot

POLICY = Policy(opt_out=OptOut(projects=frozenset({"OPS"}), people=frozenset({"acc-bo"})))
OURS = OwnMarks(labels=frozenset({POLICY.not_ready}), comment="c1", comment_digest="x")
labelled = partial(issue, labels=frozenset({POLICY.not_ready}))


def said(*, off: bool, number: str = "1") -> Answer:
    return Answer(comment=f"7{off}", issue=number, text="", hands_off=off)


def verdict(of: Issue, *, near: bool = True) -> Verdict:
    bad = finding(subject=of.key)
    return Verdict(issue=of, score=40, findings=(bad,), passed=(), facts=facts(), distance=0.0, in_horizon=near)


def plan(of: Issue, *answers: Answer, marks: OwnMarks = OURS, near: bool = True) -> ChangePlan:
    memory = {of.id: marks} if marks != NO_MARKS else {}
    judgement = Judgement(verdicts=(verdict(of, near=near),))
    return plan_changes(snapshot(of), judgement, SprintProposal(), POLICY, memory, Commands(answers=answers))


def left_by(made: ChangePlan) -> OwnMarks:
    """What is ours on the issue once the plan is written."""
    marks = made.marks["1"]
    for change in made.changes:
        marks = after(marks, change)
    return marks


def kinds(made: ChangePlan) -> list[str]:
    return [kind_of(change) for change in made.changes]


@pytest.mark.parametrize(
    ("of", "wish"),
    [
        (issue(), None),
        (issue(labels=frozenset({POLICY.hands_off})), Wish(f"it has the label {POLICY.hands_off}", on_issue=True)),
        (issue("OPS-1"), Wish("the project OPS is in [opt_out] projects")),
        (
            issue(assignee="acc-bo", assignee_name="Bo Berg"),
            Wish("it is assigned to Bo Berg, who is in [opt_out] people"),
        ),
        (issue(reporter="acc-bo"), Wish("it is reported by acc-bo, who is in [opt_out] people")),
        (issue(assignee="acc-cy", reporter="acc-di"), None),
        (issue("OPSX-1"), None),
    ],
)
def test_a_wish_is_known_with_its_reason(of: Issue, wish: Wish | None) -> None:
    assert wish_of(of, POLICY, {}, NO_MARKS) == wish


@pytest.mark.parametrize("of", [labelled("OPS-1"), labelled(assignee="acc-bo"), labelled(reporter="acc-bo")])
def test_an_opt_out_removes_our_marks_and_stops_every_write(of: Issue) -> None:
    made = plan(of)
    assert kinds(made) == ["remove-label", "delete-comment"]
    assert plan(replace(of, labels=frozenset()), marks=NO_MARKS).changes == ()


@pytest.mark.parametrize("near", [True, False])
def test_the_plan_says_why_an_issue_is_left_alone_wherever_it_is(*, near: bool) -> None:
    made = plan(issue("OPS-1"), marks=NO_MARKS, near=near)
    why = "the project OPS is in [opt_out] projects"
    assert (made.unwanted, made.left_alone) == ({"OPS-1": why}, {"OPS-1": f"{why}: left alone"})
    assert made.released == frozenset()


def test_hands_off_in_a_comment_removes_our_marks_and_stops_every_write() -> None:
    made = plan(labelled(), said(off=True))
    assert kinds(made) == ["remove-label", "delete-comment"]
    assert {change.why for change in made.changes} == {"a person commented /ready hands-off"}
    assert made.released == {"1"}
    assert plan(issue(), said(off=True), marks=left_by(made)).changes == ()


def test_hands_on_lets_everything_be_written_again() -> None:
    alone = plan(issue(), said(off=True), marks=NO_MARKS).marks["1"]
    made = plan(issue(), said(off=True), said(off=False), marks=alone)
    assert kinds(made) == ["add-label", "put-comment"]
    assert not made.marks["1"].has_refused(HANDS_OFF, "/ready")


def test_without_the_store_the_mark_on_the_issue_remembers_hands_off() -> None:
    of = issue(marks=left_by(plan(labelled(), said(off=True))))
    assert plan(of, marks=NO_MARKS).changes == ()
    assert completed(NO_MARKS, of.marks) == of.marks
    assert kinds(plan(of, said(off=False), marks=NO_MARKS)) == ["add-label", "put-comment"]


def test_the_label_keeps_readyline_away_whatever_comments_say() -> None:
    of = issue(labels=frozenset({POLICY.hands_off}))
    assert plan(of, said(off=False), marks=NO_MARKS).changes == ()


def test_hands_off_takes_our_comment_from_an_issue_that_is_done() -> None:
    done = labelled(category=Category.DONE)
    taken = snapshot(issue("SHOP-9"), history=(done,))
    made = plan_changes(taken, Judgement(), SprintProposal(), POLICY, {"1": OURS}, Commands(answers=(said(off=True),)))
    assert kinds(made) == ["remove-label", "delete-comment"]


def test_a_persons_words_in_our_comment_stay() -> None:
    of = labelled(changed_by={"c1": "Ana Alvarez answered it"})
    made = plan(of, said(off=True))
    assert kinds(made) == ["remove-label"]
    assert "Ana Alvarez answered it" in made.left_as_is[0].why
