"""The running sprint: between what is usual and what is usually finished of a plan."""

from dataclasses import replace
from datetime import timedelta
from math import sqrt
from typing import Any

import pytest

from rules.capacity.compute import capacities
from rules.capacity.forecast import spread
from rules.capacity.model import TeamCapacity
from rules.capacity.options import CapacityOptions
from rules.model import Category, Snapshot, SprintState
from tests.factories import NOW, finished, issue, snapshot, sprint

RUNNING = sprint(
    "50", SprintState.ACTIVE, name="Sprint 50", start=NOW - timedelta(days=3), end=NOW + timedelta(days=11)
)


def world(*, planned: tuple[float, ...] = (8, 8), **overrides: Any) -> Snapshot:
    """Four closed sprints in which 12 of 16 points were finished, and a running one with these issues in it."""
    sprints, done = finished(4, points=(5, 4, 3))
    missed = [
        issue(f"M-{box.id}", id=f"M{box.id}", points=4.0, category=Category.TODO, sprints=(box.id,)) for box in sprints
    ]
    inside = [
        issue(f"R-{n}", id=f"R{n}", points=points, sprint="50", sprints=("50",)) for n, points in enumerate(planned)
    ]
    history = (*done, *missed)
    values = {
        "sprints": (*sprints, RUNNING, sprint("99", name="Sprint 99")),
        "history": history,
        "edits": {one.id: () for one in (*history, *inside)},
        **overrides,
    }
    return snapshot(*inside, **values)


def of(there: Snapshot) -> TeamCapacity:
    return capacities(there, CapacityOptions())[0]


def test_it_is_the_root_of_the_usual_the_plan_and_the_part_of_plans_that_is_kept() -> None:
    capacity = of(world(planned=(8, 8, 4)))
    assert capacity.committed is not None

    assert (capacity.committed.usual, capacity.committed.planned, capacity.committed.kept) == (12, 20, 0.75)
    assert capacity.committed.expected.p50 == round(sqrt(12 * 20 * 0.75), 1)


def test_a_usual_plan_changes_nothing() -> None:
    capacity = of(world())
    assert capacity.committed is not None

    assert capacity.committed.expected == capacity.points


def test_its_range_is_as_wide_as_that_of_the_next_sprint() -> None:
    capacity = of(world(planned=(20, 20)))
    assert capacity.committed is not None
    assert capacity.points is not None
    wide, usual = (one.p85 / one.p50 for one in (capacity.committed.expected, capacity.points))

    assert wide == pytest.approx(usual, rel=0.01)
    assert spread(capacity.closed) > 0


def test_the_explanation_has_every_number_that_is_used() -> None:
    assert (
        'The running sprint "Sprint 50" began with 20 points; usually 75 % of a plan is finished. Its person-days '
        "usually finish 12. The middle of both (geometric mean) is 13.4: 85 of 100"
    ) in " ".join(of(world(planned=(8, 8, 4))).explanation)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"edits": {}}, id="no past"),
        pytest.param({"sprints": (*finished(4)[0], sprint("99", name="Sprint 99"))}, id="none is running"),
        pytest.param({"history": ()}, id="no closed sprint"),
    ],
)
def test_without_a_plan_there_is_no_such_forecast(changed: dict[str, Any]) -> None:
    assert of(world(**changed)).committed is None


def test_an_empty_plan_says_nothing() -> None:
    there = world()
    empty = replace(there, issues=())

    assert of(empty).committed is None
