"""People outrank us: what the three-way comparison makes of what is there, what we wrote, and what should be."""

from dataclasses import replace

import pytest

from rules.commands.answers import Answer, Commands
from rules.model import NO_MARKS, Category, Issue, Kind, OwnMarks, SprintState
from rules.plan.changes import (
    AddLabel,
    ChangePlan,
    MoveToBacklog,
    MoveToSprint,
    PutComment,
    RemoveLabel,
    batches,
    kind_of,
)
from rules.plan.comment import comment_for, resolved_comment
from rules.plan.compare import plan_changes
from rules.plan.guard import Limits, UnsafePlan, guard
from rules.plan.left_alone import held_by_baseline
from rules.plan.marks import after, completed, reason_of, refused
from rules.plan.policy import CommentLanguage, CommentZone, Policy, SprintMode
from rules.planning.model import Placement, SprintProposal
from rules.rule import Finding, Severity
from rules.verdict import Due, Judgement, Verdict
from tests.factories import facts, issue, snapshot, sprint
from tests.rules.text.test_main_language import TEXTS

POLICY = Policy()
NOT_READY = "Not ready: no acceptance criteria."
FACTS = facts(acceptance="absent")


def finding(subject: str = "SHOP-1", print_: str = "aaa") -> Finding:
    return Finding(
        rule="ready.acceptance",
        severity=Severity.MUST,
        subject=subject,
        message="no acceptance criteria",
        hint="Add two criteria.",
        phrase="no acceptance criteria",
        fingerprint=print_,
    )


def not_ready(of: Issue, *, print_: str = "aaa", near: bool = True) -> Verdict:
    found = (finding(of.key, print_),)
    return Verdict(issue=of, score=40, findings=found, passed=(), facts=FACTS, distance=0.0, in_horizon=near)


def ready(of: Issue, *, near: bool = True) -> Verdict:
    return Verdict(issue=of, score=100, findings=(), passed=(), facts=FACTS, distance=0.0, in_horizon=near)


def plan(
    verdict: Verdict,
    marks: OwnMarks = NO_MARKS,
    policy: Policy = POLICY,
    proposal: SprintProposal = SprintProposal(),  # noqa: B008 - frozen
    **around: object,
) -> ChangePlan:
    taken = snapshot(verdict.issue, **around)
    memory = {verdict.issue.id: marks} if marks != NO_MARKS else {}
    return plan_changes(taken, Judgement(verdicts=(verdict,)), proposal, policy, memory)


def kinds(made: ChangePlan) -> list[str]:
    return [kind_of(change) for change in made.changes]


def written(verdict: Verdict) -> OwnMarks:
    """What is ours after a run wrote everything this verdict asks for."""
    marks = NO_MARKS
    for change in plan(verdict).changes:
        marks = after(marks, change, "c1")
    return marks


def test_an_issue_that_is_not_ready_gets_one_label_and_one_comment() -> None:
    made = plan(not_ready(issue()))
    assert kinds(made) == ["add-label", "put-comment"]


def test_the_second_run_plans_nothing() -> None:
    verdict = not_ready(issue())
    labelled = replace(verdict.issue, labels=frozenset({POLICY.not_ready}))
    assert plan(replace(verdict, issue=labelled), written(verdict)).changes == ()


def test_a_healed_issue_changes_its_label_and_folds_its_comment() -> None:
    bad = not_ready(issue())
    labelled = replace(bad.issue, labels=frozenset({POLICY.not_ready, "theirs"}))
    made = plan(ready(labelled), written(bad))
    assert [type(change) for change in made.changes] == [AddLabel, RemoveLabel, PutComment]
    folded = made.changes[2]
    assert isinstance(folded, PutComment)
    assert folded.note == resolved_comment(ready(labelled))
    assert folded.comment == "c1"


def test_a_label_that_a_person_took_away_stays_away_while_the_same_findings_stand() -> None:
    verdict = not_ready(issue())
    made = plan(verdict, written(verdict))
    assert made.changes == ()
    assert [one.what for one in made.left_as_is] == [POLICY.not_ready]
    again = plan(verdict, made.marks[verdict.issue.id])
    assert again.changes == ()


def test_a_label_that_a_person_took_away_returns_when_the_evidence_changes() -> None:
    verdict = not_ready(issue())
    learnt = plan(verdict, written(verdict)).marks[verdict.issue.id]
    made = plan(not_ready(verdict.issue, print_="bbb"), learnt)
    assert "add-label" in kinds(made)


def test_a_label_that_a_person_put_there_is_left_alone() -> None:
    mine = issue(labels=frozenset({POLICY.ready}))
    made = plan(not_ready(mine))
    assert "remove-label" not in kinds(made)
    assert [one.why for one in made.left_as_is] == ["a person added it"]


def test_labels_of_others_are_never_touched() -> None:
    other = issue(labels=frozenset({"readyline", "ready", "Readyline-ready", "x"}))
    touched = {change.label for change in plan(not_ready(other)).changes if isinstance(change, AddLabel | RemoveLabel)}
    assert touched <= set(POLICY.verdict_labels)


def test_a_comment_that_a_person_deleted_is_not_written_again() -> None:
    verdict = not_ready(issue())
    marks = refused(written(verdict), plan(verdict).changes[1])
    labelled = replace(verdict.issue, labels=frozenset({POLICY.not_ready}))
    assert plan(not_ready(labelled), marks).changes == ()


def test_a_deleted_comment_may_return_once_the_issue_was_ready_in_between() -> None:
    verdict = not_ready(issue())
    marks = refused(written(verdict), plan(verdict).changes[1])
    resolved = plan(ready(verdict.issue), marks).marks[verdict.issue.id]
    assert "put-comment" in kinds(plan(verdict, resolved))


def test_a_comment_is_edited_only_when_what_it_says_changes() -> None:
    verdict = not_ready(issue())
    labelled = replace(verdict.issue, labels=frozenset({POLICY.not_ready}))
    richer = replace(not_ready(labelled), passed=("ready.described",), score=60)
    assert plan(richer, written(verdict)).changes == ()


def test_only_labels_with_the_configured_prefix_are_ever_changed() -> None:
    policy = Policy(prefix="team-")
    seen = not_ready(issue(labels=frozenset({"readyline-ready", "readyline-hands-off", "team-other", "ready"})))
    changed = {
        change.label
        for verdict in (seen, ready(seen.issue))
        for change in plan(verdict, policy=policy).changes
        if isinstance(change, AddLabel | RemoveLabel)
    }
    assert changed == {"team-not-ready", "team-ready"}


@pytest.mark.parametrize(("zone", "expected"), [("off", False), ("near", False), ("all", True)])
def test_comments_go_only_where_the_zone_allows(zone: str, expected: bool) -> None:  # noqa: FBT001 - a table row
    made = plan(not_ready(issue(), near=False), policy=Policy(comments=CommentZone(zone)))
    assert ("put-comment" in kinds(made)) is expected


def test_an_issue_beyond_the_horizon_has_no_label() -> None:
    assert plan(not_ready(issue(), near=False)).changes == ()


def test_hands_off_takes_our_marks_away_and_stops_everything_else() -> None:
    verdict = not_ready(issue())
    left = issue(labels=frozenset({POLICY.not_ready, POLICY.hands_off}))
    made = plan(not_ready(left), written(verdict))
    assert kinds(made) == ["remove-label", "delete-comment"]
    assert plan(not_ready(issue(labels=frozenset({POLICY.hands_off})))).changes == ()


def test_an_issue_in_an_active_sprint_keeps_what_it_has() -> None:
    running = sprint("7", SprintState.ACTIVE)
    made = plan(not_ready(issue(sprint="7")), sprints=(running,))
    assert made.changes == ()


def test_a_done_issue_loses_our_labels_and_keeps_its_comment() -> None:
    verdict = not_ready(issue("SHOP-2"))
    done = issue("SHOP-2", category=Category.DONE, labels=frozenset({POLICY.not_ready}))
    taken = snapshot(issue("SHOP-1"), history=(done,))
    made = plan_changes(taken, Judgement(), SprintProposal(), POLICY, {done.id: written(verdict)})
    assert [type(change) for change in made.changes] == [RemoveLabel]


def proposed(of: Issue, sprint_id: str = "5") -> SprintProposal:
    return SprintProposal(placements=(Placement(issue=of, team="Payments", sprint=sprint_id, points=3, why="fits"),))


ASSIGN = Policy(sprints=SprintMode.ASSIGN, labels=False, comments=CommentZone.OFF)


@pytest.mark.parametrize("mode", SprintMode)
def test_a_proposal_becomes_moves_only_where_the_policy_says_assign(mode: SprintMode) -> None:
    one = issue()
    made = plan(ready(one), policy=replace(ASSIGN, sprints=mode), proposal=proposed(one), sprints=(sprint("5"),))
    assert [type(change) for change in made.changes] == ([MoveToSprint] if mode is SprintMode.ASSIGN else [])


def test_without_comments_none_is_written_near_either() -> None:
    assert kinds(plan(not_ready(issue()), policy=Policy(comments=CommentZone.OFF))) == ["add-label"]


@pytest.mark.parametrize("state", [SprintState.ACTIVE, SprintState.CLOSED])
def test_nothing_is_moved_into_a_sprint_that_has_begun(state: SprintState) -> None:
    one = issue()
    assert plan(ready(one), policy=ASSIGN, proposal=proposed(one), sprints=(sprint("5", state),)).changes == ()


def test_an_issue_that_somebody_placed_is_not_moved() -> None:
    one = issue(sprint="6")
    around = (sprint("5"), sprint("6"))
    assert plan(ready(one), policy=ASSIGN, proposal=proposed(one), sprints=around).changes == ()


def test_an_issue_that_a_person_took_out_of_a_sprint_is_not_moved_back() -> None:
    one = issue()
    made = plan(ready(one), OwnMarks(sprint="5"), policy=ASSIGN, proposal=proposed(one), sprints=(sprint("5"),))
    assert made.changes == ()
    assert made.left_as_is[0].what == "sprint"
    again = plan(ready(one), made.marks[one.id], policy=ASSIGN, proposal=proposed(one), sprints=(sprint("5"),))
    assert again.changes == ()


def test_equal_plans_have_equal_digests_and_a_changed_one_another() -> None:
    verdict = not_ready(issue())
    assert plan(verdict).digest == plan(verdict).digest
    assert plan(verdict).digest != plan(ready(verdict.issue)).digest


def labels(count: int) -> ChangePlan:
    changes = tuple(AddLabel(issue=str(n), key=f"SHOP-{n}", label="readyline-ready", why="") for n in range(count))
    return ChangePlan(changes=changes, in_scope=1000)


def test_a_plan_that_meets_a_limit_exactly_passes() -> None:
    guard(labels(50), Limits(changes=50, share=0.05))


def test_fifty_one_changes_are_refused_with_the_number_the_limit_and_the_option() -> None:
    with pytest.raises(UnsafePlan, match=r"51 changes.*max_changes allows 50"):
        guard(labels(51), Limits(changes=50))


def test_eleven_percent_of_the_issues_are_refused() -> None:
    with pytest.raises(UnsafePlan, match=r"11 of 100 issues \(11 %\).*max_share allows 10 %"):
        guard(replace(labels(11), in_scope=100), Limits(changes=50, share=0.10))


def test_all_labels_of_one_issue_go_in_one_request_and_moves_fifty_at_a_time() -> None:
    add, remove = (
        AddLabel(issue="1", key="S-1", label="a", why=""),
        RemoveLabel(issue="1", key="S-1", label="b", why=""),
    )
    moves = tuple(MoveToSprint(issue=str(n), key=f"S-{n}", sprint="5", why="") for n in range(120))
    sizes = [len(batch) for batch in batches(ChangePlan(changes=(add, remove, *moves)))]
    assert sizes == [2, 50, 50, 20]


def test_the_note_puts_the_smallest_fix_first_and_names_the_way_out() -> None:
    note = comment_for(not_ready(issue()), hands_off=POLICY.hands_off)
    assert note.summary == "Smallest fix: Add two criteria."
    assert POLICY.hands_off in note.footer


def test_a_labels_reason_is_the_set_of_findings_that_block() -> None:
    assert reason_of(not_ready(issue(), print_="a")) != reason_of(not_ready(issue(), print_="b"))
    assert reason_of(ready(issue())) == "ready"


def waiting(of: Issue, text: str = "Checked again for Ana.", *, accepts: bool = False) -> Commands:
    answer = Answer(comment="77", issue=of.id, text=text, accepts=accepts)
    return Commands(answers=(answer,), fresh=(answer,))


def heard_plan(verdict: Verdict, commands: Commands, marks: OwnMarks = NO_MARKS, policy: Policy = POLICY) -> ChangePlan:
    memory = {verdict.issue.id: marks} if marks != NO_MARKS else {}
    taken = snapshot(verdict.issue, sprints=(sprint("5"),))
    return plan_changes(taken, Judgement(verdicts=(verdict,)), proposed(verdict.issue), policy, memory, commands)


def test_who_waits_for_an_answer_gets_it_even_on_a_ready_issue_far_away() -> None:
    verdict = ready(issue(), near=False)
    (put,) = heard_plan(verdict, waiting(verdict.issue)).changes
    assert isinstance(put, PutComment)
    assert put.note.answers == ("Checked again for Ana.",)


def test_an_answer_that_was_given_is_not_given_again() -> None:
    verdict = ready(issue())
    commands = waiting(verdict.issue)
    marks = after(NO_MARKS, heard_plan(verdict, commands).changes[-1], "c1")
    later = Commands(answers=commands.answers)
    labelled = replace(verdict, issue=replace(verdict.issue, labels=frozenset({POLICY.ready})))
    assert heard_plan(labelled, later, replace(marks, labels=frozenset({POLICY.ready}))).changes == ()


def test_an_accepted_proposal_is_moved_and_no_other() -> None:
    policy = Policy(sprints=SprintMode.ACCEPTED, labels=False, comments=CommentZone.OFF)
    verdict = ready(issue())
    assert heard_plan(verdict, Commands(), policy=policy).changes == ()
    (move,) = heard_plan(verdict, waiting(verdict.issue, accepts=True), policy=policy).changes
    assert isinstance(move, MoveToSprint)


def test_what_is_asked_for_only_later_earns_no_label_and_no_comment() -> None:
    quiet = replace(ready(issue()), due=(Due(finding=finding(), within=2.0),))
    assert plan(quiet).changes == ()


def test_a_label_taken_away_is_refused_for_what_it_stood_for_last_and_not_for_what_it_was_written_for() -> None:
    labelled = issue(labels=frozenset({POLICY.not_ready}))
    first = written(not_ready(issue(), print_="aaa"))
    later = plan(not_ready(labelled, print_="bbb"), first).marks[labelled.id]
    made = plan(not_ready(issue(), print_="bbb"), later)
    assert "add-label" not in kinds(made)


def test_a_label_that_a_person_put_and_took_away_again_is_not_put_back() -> None:
    theirs = ready(issue(labels=frozenset({POLICY.ready})))
    seen = plan(theirs).marks[theirs.issue.id]
    assert plan(ready(issue()), seen).changes == ()


@pytest.mark.parametrize("state", [SprintState.ACTIVE, SprintState.FUTURE])
def test_a_label_that_a_person_took_away_and_put_back_is_theirs_wherever_the_issue_was(state: SprintState) -> None:
    bad, around = not_ready(issue(sprint="7")), (sprint("7", state),)
    learnt = plan(bad, written(bad), sprints=around).marks[bad.issue.id]
    resolved = ready(issue(labels=frozenset({POLICY.not_ready})))
    assert "remove-label" not in kinds(plan(resolved, learnt))


def test_a_label_put_back_while_hands_are_off_is_theirs() -> None:
    alone = not_ready(issue(labels=frozenset({POLICY.hands_off})))
    learnt = plan(alone, written(not_ready(issue()))).marks[alone.issue.id]
    again = issue(labels=frozenset({POLICY.hands_off, POLICY.not_ready}))
    assert "remove-label" not in kinds(plan(not_ready(again), learnt))


def test_a_done_issue_keeps_a_label_that_a_person_put_back() -> None:
    verdict, gone = not_ready(issue("SHOP-2")), issue("SHOP-2", category=Category.DONE)
    taken = snapshot(issue("SHOP-1"), history=(gone,))
    first = plan_changes(taken, Judgement(), SprintProposal(), POLICY, {gone.id: written(verdict)})
    back = replace(gone, labels=frozenset({POLICY.not_ready}))
    taken = snapshot(issue("SHOP-1"), history=(back,))
    assert plan_changes(taken, Judgement(), SprintProposal(), POLICY, first.marks).changes == ()


def assigned(one: Issue, marks: OwnMarks = NO_MARKS) -> ChangePlan:
    around = (sprint("5"), sprint("6"))
    return plan(ready(one), marks, policy=ASSIGN, proposal=proposed(replace(one, sprint=None)), sprints=around)


def test_an_issue_that_a_person_put_into_a_sprint_and_took_out_is_not_put_back_there() -> None:
    seen = assigned(issue(sprint="5")).marks["1"]
    made = assigned(issue(), seen)
    assert made.changes == ()
    assert made.left_as_is[0].what == "sprint"


def test_an_issue_that_a_person_moved_on_to_another_sprint_is_not_put_back_into_the_first() -> None:
    moved = assigned(issue(sprint="6"), OwnMarks(sprint="5")).marks["1"]
    assert moved.sprint is None
    assert assigned(issue(), moved).changes == ()


def test_an_issue_that_a_person_put_back_into_its_sprint_may_be_moved_again_only_by_them() -> None:
    back = assigned(issue(sprint="5"), OwnMarks(refused=(("sprint", "5"),))).marks["1"]
    assert not back.has_refused("sprint", "5")
    assert assigned(issue(), back).changes == ()


def test_leaving_a_sprint_because_it_ended_is_not_a_persons_choice() -> None:
    one, over = issue(), (sprint("5", SprintState.CLOSED), sprint("6"))
    made = plan(ready(one), OwnMarks(sprint="5"), policy=ASSIGN, proposal=proposed(one, "6"), sprints=over)
    assert [type(change) for change in made.changes] == [MoveToSprint]


def test_an_issue_that_is_no_longer_ready_is_not_moved_by_an_older_proposal() -> None:
    one = issue()
    made = plan(not_ready(one), policy=ASSIGN, proposal=proposed(one), sprints=(sprint("5"),))
    assert made.changes == ()


def test_who_asks_after_deleting_our_comment_is_answered_in_the_same_run() -> None:
    verdict = not_ready(issue())
    (put,) = heard_plan(verdict, waiting(verdict.issue), replace(written(verdict), labels=frozenset())).changes[-1:]
    assert isinstance(put, PutComment)
    assert put.comment is None


def test_what_the_tracker_keeps_counts_where_we_know_only_what_people_did() -> None:
    kept = OwnMarks(
        labels=frozenset({POLICY.not_ready}), comment="9", comment_digest="d", reasons=((POLICY.not_ready, "r"),)
    )
    seen = OwnMarks(refused=(("sprint", "5"),), reasons=(("sprint", "6"),))
    both = completed(seen, kept)
    assert (both.labels, both.comment) == (kept.labels, "9")
    assert both.has_refused("sprint", "5")
    assert set(both.reasons) == {(POLICY.not_ready, "r"), ("sprint", "6")}
    assert completed(OwnMarks(comment="8"), kept) == OwnMarks(comment="8")


def test_an_issue_of_which_nothing_is_known_any_more_is_forgotten() -> None:
    one = issue()
    made = plan(ready(one, near=False), OwnMarks(sprint="5"), sprints=(sprint("5", SprintState.CLOSED),))
    assert made.marks == {one.id: NO_MARKS}


def test_what_a_person_took_back_is_not_wanted_again_and_their_label_is_theirs() -> None:
    bad, good = not_ready(issue()), ready(issue(labels=frozenset({POLICY.not_ready})))
    note = resolved_comment(good)
    marks = replace(written(bad), refused=((POLICY.ready, "ready"), ("comment", note.digest)))
    put_back = AddLabel(issue="1", key="SHOP-1", label=POLICY.not_ready, why="taken back")
    earlier = PutComment(issue="1", key="SHOP-1", note=comment_for(bad, hands_off=POLICY.hands_off), why="taken back")
    for change in (put_back, earlier):
        marks = after(replace(marks, labels=frozenset()), change, "c1")
    assert plan(good, marks).changes == ()


def test_done_issues_that_are_tidied_count_among_those_the_share_is_of() -> None:
    """So that one open issue and two that were finished do not come to 200 %."""
    done = [issue(f"SHOP-{n}", category=Category.DONE, labels=frozenset({POLICY.ready})) for n in (2, 3)]
    marks = {one.id: OwnMarks(labels=frozenset({POLICY.ready})) for one in done}
    taken = snapshot(issue("SHOP-1"), history=tuple(done))
    made = plan_changes(taken, Judgement(), SprintProposal(), POLICY, marks)
    assert (len(made.touched), made.in_scope) == (2, 3)
    guard(made, Limits(share=1.0))


def accepted(of: Issue) -> Verdict:
    """Not ready, and what is missing was accepted."""
    verdict = not_ready(of)
    return replace(verdict, findings=tuple(replace(one, waived="baseline") for one in verdict.findings))


def test_where_everything_missing_was_accepted_no_label_and_no_comment_is_written() -> None:
    assert plan(accepted(issue())).changes == ()


def test_what_is_accepted_later_takes_the_label_away_and_never_says_ready() -> None:
    labelled = issue(labels=frozenset({POLICY.not_ready}))
    changes = plan(accepted(labelled), written(not_ready(issue()))).changes

    assert [kind for kind in map(kind_of, changes) if kind != "put-comment"] == ["remove-label"]
    assert POLICY.ready not in {change.label for change in changes if isinstance(change, AddLabel)}
    (note,) = (change.note for change in changes if isinstance(change, PutComment))
    assert "Ready" not in note.headline.split(",")[0].removeprefix("Not ready")


@pytest.mark.parametrize("kind", [Kind.EPIC, Kind.SUBTASK])
def test_epics_and_sub_tasks_carry_no_label(kind: Kind) -> None:
    assert "add-label" not in kinds(plan(ready(issue(kind=kind))))
    assert "add-label" not in kinds(plan(not_ready(issue(kind=kind))))


def test_without_labels_a_done_issue_keeps_ours() -> None:
    done = issue("SHOP-2", category=Category.DONE, labels=frozenset({POLICY.ready}))
    marks = {done.id: OwnMarks(labels=frozenset({POLICY.ready}))}
    taken = snapshot(issue("SHOP-1"), history=(done,))
    assert plan_changes(taken, Judgement(), SprintProposal(), Policy(labels=False), marks).changes == ()


def test_an_issue_that_leaves_the_horizon_loses_its_label_for_that_reason() -> None:
    bad = not_ready(issue(labels=frozenset({POLICY.not_ready})), near=False)
    (gone,) = plan(bad, OwnMarks(labels=frozenset({POLICY.not_ready}))).changes
    assert (kind_of(gone), gone.why) == ("remove-label", "no longer in the ready horizon")


def test_moves_back_out_of_one_sprint_go_together() -> None:
    moves = tuple(MoveToBacklog(issue=str(n), key=f"SHOP-{n}", sprint="5", why="w") for n in range(3))
    assert list(batches(ChangePlan(changes=moves))) == [moves]


def test_an_issue_that_was_moved_back_is_in_no_sprint_of_ours() -> None:
    moved = MoveToBacklog(issue="1", key="SHOP-1", sprint="5", why="w")
    assert after(OwnMarks(sprint="5"), moved) == NO_MARKS


def test_a_label_that_could_not_be_written_is_not_refused() -> None:
    added = AddLabel(issue="1", key="SHOP-1", label=POLICY.ready, why="w")
    assert refused(NO_MARKS, added) == NO_MARKS


def test_an_issue_that_is_as_it_was_at_the_baseline_gets_no_label_and_is_not_moved() -> None:
    one, target = ready(issue()), sprint("5", state=SprintState.FUTURE)
    proposal = SprintProposal(placements=(Placement(issue=one.issue, team="a", sprint="5", points=3.0, why="w"),))
    judgement = Judgement(verdicts=(one,))
    held = held_by_baseline(judgement, proposal)
    policy = Policy(sprints=SprintMode.ASSIGN)
    taken = snapshot(one.issue, sprints=(target,))

    assert plan_changes(taken, judgement, proposal, policy, {}, baseline=held).changes == ()
    later = Judgement(verdicts=(not_ready(one.issue),))
    assert "add-label" in kinds(plan_changes(taken, later, proposal, policy, {}, baseline=held))


@pytest.mark.parametrize(
    ("verdict", "state", "why"),
    [
        (ready(issue(sprint="5")), SprintState.ACTIVE, "in the running sprint: left alone"),
        (ready(issue(labels=frozenset({POLICY.hands_off}))), SprintState.FUTURE, "left alone"),
        (ready(issue(kind=Kind.EPIC)), SprintState.FUTURE, "an epic gets no label"),
        (accepted(issue()), SprintState.FUTURE, "everything missing is accepted"),
        (ready(issue(sprint="5"), near=False), SprintState.ACTIVE, ""),
        (ready(issue()), SprintState.FUTURE, ""),
    ],
)
def test_a_plan_says_why_an_issue_in_the_horizon_gets_no_label(verdict: Verdict, state: SprintState, why: str) -> None:
    made = plan(verdict, sprints=(sprint("5", state=state),))
    assert why in made.left_alone.get(verdict.issue.key, "")
    assert bool(why) is (verdict.issue.key in made.left_alone)


def comment_in(language: CommentLanguage, of: Issue) -> PutComment:
    (change,) = plan(not_ready(of), policy=replace(POLICY, labels=False, language=language)).changes
    assert isinstance(change, PutComment)
    return change


def test_a_comment_is_planned_in_the_configured_language_with_an_english_reason() -> None:
    change = comment_in(CommentLanguage.FR, issue())
    assert (change.note.headline, change.why) == ("Pas prêt : pas de critères d'acceptation.", NOT_READY)
    assert change.note.language == "fr"


@pytest.mark.parametrize(
    ("text", "language"), [(TEXTS["es"], "es"), (TEXTS["en"], "en"), (TEXTS["it"], "en"), ("Kurz und deutsch.", "en")]
)
def test_auto_is_the_language_of_the_issue_or_english(text: str, language: str) -> None:
    assert comment_in(CommentLanguage.AUTO, issue(body=text)).note.language == language


def test_another_language_alone_plans_nothing() -> None:
    verdict = not_ready(issue())
    labelled = replace(verdict, issue=replace(verdict.issue, labels=frozenset({POLICY.not_ready})))
    for language in CommentLanguage:
        assert plan(labelled, written(verdict), replace(POLICY, language=language)).changes == ()
