"""What comes next for a team: three sprints, filled in rank order, and how much of each is ready."""

from dataclasses import replace
from datetime import timedelta

from rules.capacity.model import Range, SprintOutlook
from rules.refinement.look_ahead import SprintAhead, look_ahead
from tests.factories import sprint
from tests.rules.planning.judged import judged
from tests.rules.planning.world import PAYMENTS, START, capacity, next_of, story
from tests.rules.refinement.world import backlog

NEXT = next_of(PAYMENTS)
AFTER = sprint("121", board=12, start=START + timedelta(days=14))


def ahead(*unready: str, planned: int = 2, points: float | None = 10) -> tuple[SprintAhead, ...]:
    issues = (
        story("A-1", 6, sprint="120", sprints=("120",)),
        story("A-2", 3),
        story("A-3", 8),
        story("A-4", 2),
        story("A-5", 4, "payments", "search"),
        story("A-6", 1, sprint="121", sprints=("121",)),
    )
    known = backlog(*issues, sprints=(NEXT, AFTER))
    boxes = tuple(
        SprintOutlook(
            sprint=one,
            first=(START + timedelta(days=14 * number)).date(),
            last=(START + timedelta(days=14 * number + 13)).date(),
            net_days=10.0,
            points=None if points is None else Range(points / 2, points, points * 2),
        )
        for number, one in enumerate((NEXT, AFTER)[:planned])
    )
    return look_ahead(replace(capacity(PAYMENTS), outlook=boxes), known, judged(issues, unready))


def test_a_sprint_has_what_people_planned_and_then_the_next_in_rank() -> None:
    first, second, third = ahead("A-3")
    assert (first.name, first.ready, first.unready) == ("Sprint 120", ("A-1", "A-2"), ())
    assert (second.ready, second.unready, second.ready_points, second.all_points) == (("A-6",), ("A-3",), 1.0, 9.0)
    assert (third.name, third.ready, third.first) == ("", ("A-4",), (START + timedelta(days=28)).date())


def test_without_planned_sprints_the_usual_points_fill_them() -> None:
    sprints = ahead(planned=0)
    assert [(one.first, one.points) for one in sprints] == [(None, 10.0)] * 3
    assert [one.ready for one in sprints] == [("A-2",), ("A-3", "A-4"), ()]


def test_where_the_points_are_unknown_only_what_people_planned_is_there() -> None:
    assert [one.ready for one in ahead(points=None)][:2] == [("A-1",), ("A-6",)]
