"""What to take out of a sprint that holds too much: by the goal first, then by rank."""

from collections.abc import Mapping
from dataclasses import replace

from rules.capacity.model import Level, Range, TeamCapacity, WarningCode
from rules.capacity.model import Warning as Caution
from rules.model import Issue
from rules.planning.goals import TeamGoal
from rules.planning.take_out import with_take_out
from tests.factories import backlog, finished, issue, snapshot, sprint

NEXT = sprint("99", name="Sprint 99")
OVER = Caution(WarningCode.OVER_COMMITTED, Level.RED, "Too much.")


def relieved(
    sizes: Mapping[str, float | None], *, serving: tuple[str, ...] = (), key: str = "", usual: float = 12.0
) -> TeamCapacity:
    """A sprint with these issues, in rank order, of a team that usually finishes so many points."""
    sprints, done = finished(3)
    issues: list[Issue] = [issue(name, points=points, sprint="99") for name, points in sizes.items()]
    facts = backlog(snapshot(*issues, sprints=(*sprints, NEXT), history=tuple(done)))
    (capacity,) = facts.capacities
    load = sum(points or 0.0 for points in sizes.values())
    over = replace(capacity, points=Range(8.0, usual, 20.0), load=load, warnings=(OVER,))
    goal = TeamGoal(team="Payments", sprint=NEXT, text="Pay", links=dict.fromkeys(serving, "goal"), key=key)
    return with_take_out([over], [goal], facts)[0]


def test_what_serves_the_goal_leaves_last_and_the_key_issue_after_that() -> None:
    capacity = relieved({"A-1": 2, "A-2": 5, "A-3": 5, "A-4": 8, "A-5": 3}, serving=("A-2", "A-4"), key="A-1")

    assert capacity.take_out == (("A-5", 3), ("A-3", 5), ("A-4", 8))


def test_the_list_ends_when_the_rest_fits() -> None:
    assert relieved({"A-1": 8, "A-2": 5, "A-3": 3}).take_out == (("A-3", 3), ("A-2", 5))
    assert relieved({"A-1": 9, "A-2": 3, "A-3": 3}).take_out == (("A-3", 3),)


def test_the_warning_names_the_issues_and_what_is_left() -> None:
    (warning,) = relieved({"A-1": 8, "A-2": 5, "A-3": 3}).warnings

    assert warning.text == (
        "Too much. First to take out, by goal and rank: A-3 (3 points), A-2 (5 points). Then 8 points are left in it."
    )


def test_an_issue_without_an_estimate_relieves_nothing() -> None:
    assert relieved({"A-1": 13, "A-2": None}).take_out == (("A-1", 13),)


def test_a_sprint_that_is_not_over_committed_stays_as_it_is() -> None:
    sprints, done = finished(3)
    facts = backlog(snapshot(issue("A-1", points=3, sprint="99"), sprints=(*sprints, NEXT), history=tuple(done)))

    assert with_take_out(facts.capacities, (), facts) == facts.capacities
