"""What came into a plan after its preparation began: two working days before the sprint, from Thursday 5 March on."""

from datetime import UTC, datetime, timedelta
from typing import Any

from rules.backlog.index import Backlog
from rules.model import Edit, EditField, Issue
from rules.planning.goals import TeamGoal
from rules.planning.late_additions import LateAddition, late_additions, late_decisions
from rules.planning.lead_time import PlanningLeadTime
from rules.planning.model import SprintProposal
from rules.planning.team_part import team_part
from tests.factories import edit, product, snapshot
from tests.rules.planning.judged import judged
from tests.rules.planning.world import PAYMENTS, START, capacity, next_of, story

BEGUN = datetime(2026, 3, 5, tzinfo=UTC)
BEFORE = BEGUN - timedelta(seconds=1)
OLD: dict[str, Any] = {"sprint": "120", "sprints": ("120",), "created": BEFORE}


def late(
    *issues: Issue, edits: tuple[Edit, ...] = (), unready: tuple[str, ...] = (), **values: Any
) -> tuple[LateAddition, ...]:
    """The late additions of a team with these issues in its next sprint; `edits` are of the first one."""
    world = snapshot(*issues, product=product(PAYMENTS), sprints=(next_of(PAYMENTS),), edits={issues[0].id: edits})
    backlog, team = Backlog.of(world), values.pop("team", capacity(PAYMENTS))
    goal = TeamGoal(team="Payments", planned=tuple(issue.key for issue in issues))
    part = team_part(team, goal, backlog, SprintProposal())
    return late_additions((part,), backlog, judged(issues, unready), values.pop("accepted", set()), PlanningLeadTime())


def changed(what: EditField, at: datetime = BEGUN, *, by_person: bool = True) -> Edit:
    return Edit(issue="1", at=at, account="ana", name="Ana", field=what, by_person=by_person)


def test_an_issue_created_after_the_preparation_began_is_late() -> None:
    [one] = late(story("A-1", **OLD | {"created": BEGUN}), story("A-2", **OLD))

    assert (one.issue.key, one.team, one.how, one.at, one.state) == ("A-1", "Payments", ("created",), BEGUN, "ready")


def test_a_person_who_gives_an_issue_another_place_adds_it_late() -> None:
    moves = tuple(
        changed(what, BEGUN + timedelta(hours=number))
        for number, what in enumerate((EditField.SPRINT, EditField.RANK, EditField.PRIORITY, EditField.RANK))
    )
    [one] = late(story("A-1", **OLD), edits=moves)

    assert one.how == ("put into a sprint", "moved in the order", "new priority")
    assert one.at == BEGUN + timedelta(hours=3)


def test_earlier_moves_those_of_apps_and_changes_of_the_text_are_not_late_additions() -> None:
    others = (
        changed(EditField.RANK, BEFORE),
        changed(EditField.RANK, by_person=False),
        changed(EditField.DESCRIPTION),
        edit(EditField.ESTIMATE),
    )

    assert late(story("A-1", **OLD), edits=others) == ()


def test_one_that_is_not_ready_is_decided_unless_a_team_accepted_it() -> None:
    new = story("A-1", **OLD | {"created": BEGUN})
    [one], [taken] = late(new, unready=("A-1",)), late(new, unready=("A-1",), accepted={new.id})

    assert one.is_open
    assert one.state == f"not ready: {', '.join(one.missing)}; make it ready, or accept it (/ready accept)"
    assert [decision.text for decision in late_decisions([one])] == [
        "A-1: added late and not ready, does it stay in the plan?"
    ]
    assert (taken.is_open, taken.state) == (False, f"not ready: {', '.join(one.missing)}; accepted")
    assert late_decisions([taken]) == ()


def test_several_are_one_decision() -> None:
    new = (story("A-1", **OLD | {"created": BEGUN}), story("A-2", **OLD | {"created": START}))
    [decision] = late_decisions(late(*new, unready=("A-1", "A-2")))

    assert decision.text == "A-1, A-2: added late and not ready, do they stay in the plan?"
    assert decision.answers == ("yes", "no")


def test_without_a_start_of_the_next_sprint_nothing_is_late() -> None:
    assert late(story("A-1", **OLD | {"created": BEGUN}), team=capacity(PAYMENTS, sprint=None)) == ()
