"""Two teams that plan on one board: each has its own issues of a sprint, and nothing counts in both."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from rules.backlog.index import Backlog
from rules.capacity.compute import capacities
from rules.capacity.model import TeamCapacity
from rules.capacity.options import CapacityOptions
from rules.deep.runway import runways
from rules.deep.scorecard import build_view
from rules.model import Category, Issue, Snapshot, SprintState
from rules.planning.goals import goals_of
from rules.planning.options import PlanningOptions
from rules.planning.proposal import propose
from rules.planning.running import running_sprints, scopes_at_start
from rules.planning.take_out import with_take_out
from tests.factories import NOW, issue, person, product, snapshot, sprint, team
from tests.rules.deep.backlog import judge_by, judged

NEXT = sprint("95", start=NOW + timedelta(days=1), end=NOW + timedelta(days=15))
RUNNING = sprint("94", SprintState.ACTIVE, start=NOW - timedelta(days=13), end=NOW + timedelta(days=1))
PAYMENTS = team("Payments", people=(person("Bo", account="bo"),), person_load=True)
SEARCH = team("Search", people=(person("Bo", account="bo"), person("Di")), person_load=True)


def closed() -> dict[str, Any]:
    """Three closed sprints: Payments finished 6 of 12 points in each, Search all of its 4."""
    boxes, done = [], []
    for back in range(1, 4):
        start = NOW - timedelta(days=13 + 14 * back)
        box = sprint(str(90 - back), SprintState.CLOSED, start=start, end=start + timedelta(days=14))
        boxes.append(box)
        for number, (size, whose, later) in enumerate(((6, "payments", 0), (6, "payments", 15), (4, "search", 0))):
            values: dict[str, Any] = {
                "status": "Done",
                "category": Category.DONE,
                "resolved": start + timedelta(days=3 + later),
            }
            key = f"D-{back}{number}"
            done.append(issue(key, points=float(size), components=(whose,), sprints=(box.id,), **values))
    return {"sprints": (*boxes, RUNNING, NEXT), "history": tuple(done)}


def story(key: str, points: float, whose: str, box: str | None = "95") -> Issue:
    return issue(key, points=points, components=(whose,), sprint=box, sprints=(box,) if box else (), assignee="bo")


ISSUES = (story("A-1", 3, "payments"), story("A-2", 8, "search"), story("A-3", 10, "payments", "94"))


def world(*issues: Issue, **overrides: Any) -> Snapshot:
    return snapshot(*(issues or ISSUES), product=product(PAYMENTS, SEARCH), **(closed() | overrides))


def each(of: Snapshot) -> tuple[TeamCapacity, ...]:
    return capacities(of, CapacityOptions())


def test_load_and_carry_over_are_those_of_the_teams_own_issues() -> None:
    """Of the open 10 points of Payments half will be carried over; Search has none and finishes what it plans."""
    payments, search = each(world())

    assert (payments.carry_over, payments.load) == (5, 3 + 5)
    assert (search.carry_over, search.load) == (0, 8)


def test_what_waits_for_a_person_of_both_teams_counts_in_one_of_them() -> None:
    payments, search = each(world())

    assert [one.assigned for one in payments.people] == [3]
    assert [one.assigned for one in search.people] == [8]


def test_a_team_to_which_people_gave_an_issue_has_it_in_the_sprint() -> None:
    payments, search = each(world(takers={"2": "Payments"}))

    assert (payments.load, search.load) == (3 + 8 + 5, 0)


def test_what_is_not_ready_takes_room_from_its_own_team_only() -> None:
    """Search finishes 4 points a sprint. An issue of Payments that is not ready moves no day of Search."""
    ready, unready = story("B-1", 4, "search", None), story("B-2", 4, "payments")
    days = []
    for issues in ((ready, unready), (ready, replace(unready, sprint=None))):
        backlog = Backlog.of(world(*issues), each(world(*issues)))
        missing = {"B-2": ("ready.acceptance",)}
        *_, search = runways(build_view(backlog, judged(issues, missing), judge_by(missing), ()))
        days.append(search.usual_on)

    assert days[0] == days[1] is not None


def test_the_plan_of_a_team_has_the_teams_own_issues() -> None:
    """Search finishes 4 points: its 8 are too many, and only they are to be taken out."""
    of = world()
    backlog = Backlog.of(of, each(of))
    proposal = propose(backlog, judged(of.issues))
    goals = goals_of(backlog, judged(of.issues), proposal, PlanningOptions())
    payments, search = with_take_out(proposal.capacities, goals, backlog)

    assert [goal.planned for goal in goals] == [("A-1",), ("A-2",)]
    assert (payments.take_out, search.take_out) == ((), (("A-2", 8),))


def test_the_running_sprint_of_a_team_has_the_teams_own_issues() -> None:
    of = world()
    backlog = Backlog.of(of, each(of))
    starts = scopes_at_start(backlog, {}, backlog.capacities)
    payments, search = running_sprints(backlog, starts, backlog.capacities, PlanningOptions())

    assert [one.issue.key for one in payments.open] == ["A-3"]
    assert [one.key for one in payments.start.issues] == ["A-3"]
    assert not search.open
    assert not search.start.issues


def test_no_team_is_said_to_plan_an_issue_that_is_in_a_sprint_of_both() -> None:
    both = replace(story("A-1", 3, "payments"), components=("payments", "search"))

    assert world(both).planner_of(both) == ""
    assert replace(world(both), product=product(PAYMENTS)).planner_of(both) == "Payments"
