"""Ready issues that a team does not take, though it takes lower-ranked ones; the team takes ten points."""

from typing import Any

import pytest

from rules.planning.goals import TeamGoal
from rules.planning.model import LeftOutCode
from rules.planning.passed_over import PassedOver, passed_over, swaps
from rules.planning.team_part import Below, Selected, TeamPart
from tests.rules.planning.world import PAYMENTS, capacity, story


def taken(rank: int, points: float, **overrides: Any) -> Selected:
    """An issue that people put into the sprint."""
    values: dict[str, Any] = {"left": 0.0, "proposed": False, "why": ""}
    return Selected(issue=story(f"A-{rank}", points), rank=rank, points=points, **(values | overrides))


def out(rank: int, points: float, code: LeftOutCode = LeftOutCode.CAPACITY_HIGHER) -> Below:
    return Below(issue=story(f"A-{rank}", points), rank=rank, why=f"Because of {code}.", code=code)


def passed(*selected: Selected, below: tuple[Below, ...], points: float | None = 10.0) -> tuple[PassedOver, ...]:
    team = capacity(PAYMENTS, points)
    part = TeamPart(capacity=team, goal=TeamGoal(team="Payments"), selected=selected, below=below)
    return passed_over((part,))


def test_an_issue_that_would_fit_instead_of_what_people_put_into_the_sprint_names_it() -> None:
    [one] = passed(taken(1, 5), taken(7, 3), taken(8, 2), below=(out(2, 3), out(9, 1)))

    assert (one.issue.key, one.rank, one.team, one.lower) == ("A-2", 2, "Payments", ("A-7", "A-8"))
    assert (one.why, one.instead) == ("Because of CAPACITY_HIGHER.", ("A-7",))


def test_nothing_leaves_that_was_proposed_or_is_the_key_issue_or_would_not_do() -> None:
    proposed, key = taken(7, 5, proposed=True), taken(8, 5, is_key=True)

    assert [one.instead for one in passed(proposed, key, below=(out(2, 3),))] == [()]
    assert [one.instead for one in passed(taken(7, 5), taken(8, 5), below=(out(2, 13),))] == [()]
    assert [one.instead for one in passed(taken(7, 5), below=(out(2, 3),), points=None)] == [()]


def test_what_something_else_keeps_out_has_only_its_reason() -> None:
    [one] = passed(taken(7, 10), below=(out(2, 3, LeftOutCode.BLOCKED),))

    assert (one.why, one.instead) == ("Because of BLOCKED.", ())


@pytest.mark.parametrize("code", [LeftOutCode.NOT_READY, LeftOutCode.UNESTIMATED, LeftOutCode.RELEASED])
def test_only_ready_issues_are_passed_over(code: LeftOutCode) -> None:
    assert passed(taken(7, 10), below=(out(2, 3, code),)) == ()


def test_what_would_leave_is_asked_about_once() -> None:
    both = passed(taken(7, 10), below=(out(2, 3), out(3, 5)))

    assert [one.instead for one in both] == [("A-7",), ("A-7",)]
    assert [one.issue.key for one in swaps(both)] == ["A-2"]
