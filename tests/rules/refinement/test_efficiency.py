"""What sessions settle in an hour, by sprint, and when that falls."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rules.model import Sprint
from rules.refinement.efficiency import Efficiency, efficiency, is_falling
from rules.refinement.layers import Layer
from rules.refinement.sessions import PlannedItem, Session
from tests.factories import NOW, sprint

DAYS = timedelta(days=14)


def box(number: int) -> Sprint:
    return sprint(str(number), name=f"Sprint {number}", start=NOW + number * DAYS, end=NOW + (number + 1) * DAYS)


def session(number: int, settled: int, minutes: float = 15, issues: int = 4) -> Session:
    begin = NOW + number * DAYS + timedelta(days=7)
    item = PlannedItem(at=begin, layer=Layer.TEAM, team="P", issue="1", key="A-1", base=15, minutes=minutes, points=3)
    done = replace(item, settled=begin + timedelta(hours=1))
    return Session(begin, (*([done] * settled), *([item] * (issues - settled))))


def test_issues_settled_are_compared_with_the_planned_hours_of_each_sprint() -> None:
    sessions = [session(0, 3), session(1, 0), session(0, 1)]
    undated = sprint("9", start=None)

    first, second = efficiency(sessions, [box(1), box(0), box(2), undated])

    assert (first.sprint, first.settled, first.hours) == ("Sprint 0", 4, 2.0)
    assert (first.per_hour, first.minutes_each) == (2.0, 30.0)
    assert (second.per_hour, second.minutes_each) == (0.0, None)


@pytest.mark.parametrize(
    ("settled", "falling"), [([8, 6, 4, 2], True), ([8, 6, 6, 2], False), ([6, 4, 2], False), ([1, 8, 6, 4, 2], True)]
)
def test_three_sprints_in_a_row_with_less_are_falling(settled: list[int], *, falling: bool) -> None:
    assert is_falling([Efficiency(f"Sprint {number}", one, 2.0) for number, one in enumerate(settled)]) is falling
