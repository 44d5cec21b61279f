from collections.abc import Sequence
from typing import Any

from rules.backlog.index import Backlog
from rules.capacity.model import TeamCapacity, Warning, split_capacity  # noqa: A004 - the core's own word
from rules.capacity.options import CapacityOptions
from rules.model import Issue
from rules.planning.proposal import propose
from tests.factories import product, snapshot
from tests.rules.planning.judged import judged
from tests.rules.planning.world import PAYMENTS, SEARCH, capacity, next_of, story


def told(
    *issues: Issue, unready: Sequence[str] = (), of: TeamCapacity | None = None, **overrides: Any
) -> list[Warning]:
    world = snapshot(*issues, product=product(PAYMENTS, SEARCH), sprints=(next_of(PAYMENTS),))
    plan = propose(Backlog.of(world, (of or capacity(PAYMENTS, **overrides),)), judged(issues, unready))
    return list(plan.capacities[0].warnings)


def test_a_filled_sprint_is_not_warned() -> None:
    assert told(story("A-1", 7)) == []


def test_a_sprint_at_60_percent_with_ready_work_left_is_under_committed() -> None:
    (warning,) = told(story("A-1", 6), story("A-2", 5), story("A-3", 12))

    assert warning.code == "UNDER-COMMITTED"
    assert '"Sprint 120" of Payments is filled to 6 of 10 points (60 %)' in warning.text
    assert "A-2 (does not fit), A-3 (too big for a sprint)" in warning.text


def test_a_sprint_for_which_no_ready_work_is_left_is_starved() -> None:
    (warning,) = told(story("A-1", 3), story("A-2", 5), story("A-3", None), unready=["A-2"])

    assert warning.code == "STARVED"
    assert (
        "No ready issue is left for it. Next in rank: A-2 (not ready), A-3 (no estimate). Refine these first."
        in warning.text
    )


def test_work_people_placed_fills_the_sprint_too() -> None:
    assert told(story("A-1", 7, sprint="120"), load=7.0) == []


def test_other_teams_work_is_no_way_out() -> None:
    (warning,) = told(story("A-1", 3), story("A-2", 5, "search"))

    assert warning.text.endswith("No ready issue is left for it.")


def test_a_kind_of_work_that_comes_off_short_names_the_next_ready_issues() -> None:
    debt = frozenset({"debt"})
    warnings = told(
        story("A-1", 9), story("A-2", 2, labels=debt), story("A-3", 3, labels=debt), of=mixed(10.0), unready=["A-2"]
    )

    assert [w.text for w in warnings if w.code == "WORK-MIX"] == [
        "Bugs: 0 of 2 reserved points planned; no ready bug issue to add.",
        "Tech debt: 0 of 1.5 reserved points planned; next in rank and ready: A-3 (3 points).",
    ]


def test_a_kind_of_work_within_ten_points_of_its_share_is_fine() -> None:
    bug, debt = frozenset({"support"}), frozenset({"debt"})
    warnings = told(story("A-1", 5), story("A-2", 1, labels=debt), story("A-3", 4, labels=bug), of=mixed(10.0))

    assert [w.text[:4] for w in warnings if w.code == "WORK-MIX"] == ["Bugs"]


def test_an_empty_sprint_has_no_mix_to_speak_of() -> None:
    assert [w.code for w in told(story("A-1", None), of=mixed(10.0))] == ["STARVED"]


def test_a_team_without_points_is_left_alone() -> None:
    assert told(story("A-1"), of=capacity(PAYMENTS, None)) == []


def mixed(points: float) -> TeamCapacity:
    return capacity(PAYMENTS, points, split=split_capacity(points, "points", CapacityOptions().work))
