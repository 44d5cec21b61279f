"""Work is counted once, whatever counts it: of a story and its child stories these, of released issues none."""

from dataclasses import replace
from datetime import timedelta

from rules.capacity.options import CapacityOptions
from rules.deep.runway import runways
from rules.model import Category, Issue, Kind, Snapshot, SprintState
from rules.plan.compare import plan_changes
from rules.plan.left_alone import why_left_alone
from rules.plan.policy import Policy
from rules.planning.model import LeftOutCode
from rules.planning.proposal import propose
from rules.verdict import Ruleset
from tests.factories import NOW, backlog, finished, issue, judge, snapshot, sprint
from tests.rules.deep.backlog import view

WHOLE = issue("SHOP-1", points=8.0, parent=None)
"""Split into the two below it."""
PARTS = (issue("SHOP-2", points=5.0, parent="SHOP-1"), issue("SHOP-3", points=3.0, parent="SHOP-1"))
ALONE = issue("SHOP-4", points=2.0, parent=None)


def counted(*issues: Issue, **overrides: object) -> list[str]:
    return [one.key for one in snapshot(*issues, **overrides).issues if one.is_counted]


def test_child_stories_count_and_the_story_above_them_does_not() -> None:
    assert counted(WHOLE, *PARTS, ALONE) == ["SHOP-2", "SHOP-3", "SHOP-4"]


def test_so_do_children_that_are_done() -> None:
    done = (replace(one, category=Category.DONE) for one in PARTS)
    assert counted(WHOLE, ALONE, history=tuple(done)) == ["SHOP-4"]


def test_children_without_an_estimate_count_unless_they_are_tasks_of_an_estimated_issue() -> None:
    stories = tuple(replace(one, points=None) for one in PARTS)
    tasks = tuple(replace(one, kind=Kind.TASK) for one in stories)
    assert counted(WHOLE, *stories) == ["SHOP-2", "SHOP-3"]
    assert counted(WHOLE, *tasks) == ["SHOP-1"]
    assert counted(replace(WHOLE, points=None), *tasks) == ["SHOP-2", "SHOP-3"]
    assert counted(WHOLE, tasks[0], PARTS[1]) == ["SHOP-2", "SHOP-3"]


def test_of_three_levels_the_lowest_counts() -> None:
    deepest = issue("SHOP-5", parent="SHOP-2", points=5.0)
    assert counted(WHOLE, *PARTS, deepest) == ["SHOP-3", "SHOP-5"]


def test_sub_tasks_and_the_stories_of_an_epic_change_nothing() -> None:
    subtask = issue("SHOP-5", kind=Kind.SUBTASK, parent="SHOP-4", points=None)
    epic = issue("SHOP-6", kind=Kind.EPIC, parent=None)
    assert counted(ALONE, subtask, epic, issue("SHOP-7", parent="SHOP-6")) == ["SHOP-4", "SHOP-7"]


def test_it_counts_again_when_its_children_went_elsewhere() -> None:
    whole = snapshot(WHOLE, *PARTS)
    assert replace(whole, issues=whole.issues[:1]).issues[0].is_counted
    moved = (
        backlog(whole)
        .with_issue(replace(whole.issues[1], parent=None))
        .with_issue(replace(whole.issues[2], parent=None))
    )
    assert [one.key for one in moved.counted] == ["SHOP-1", "SHOP-2", "SHOP-3"]


def test_below_an_epic_are_the_parts_of_its_stories() -> None:
    epic = issue("SHOP-9", kind=Kind.EPIC, parent=None)
    whole = snapshot(epic, replace(WHOLE, parent="SHOP-9"), *PARTS)
    assert {one.key for one in backlog(whole).counted_below("SHOP-9")} == {"SHOP-2", "SHOP-3"}


def test_issues_below_one_another_do_not_end_in_a_circle() -> None:
    one, other = issue("SHOP-1", parent="SHOP-2"), issue("SHOP-2", parent="SHOP-1")
    assert backlog(snapshot(one, other)).counted_below("SHOP-1") == ()


def test_distance_and_ready_work_have_its_points_once() -> None:
    whole = view((WHOLE, *PARTS, ALONE), pace=10)
    (product, *_) = runways(whole)
    assert whole.away["SHOP-4"] == 0.8
    assert (product.ready_points, product.sprints) == (10.0, 1.0)


def test_a_share_of_ready_issues_has_it_once() -> None:
    assert [one.issue.key for one in judge(snapshot(WHOLE, *PARTS, ALONE), Ruleset()).ready] == [
        "SHOP-2",
        "SHOP-3",
        "SHOP-4",
    ]


def test_velocity_has_its_points_once() -> None:
    sprints, done = finished(6, points=(5, 5))
    ended = NOW - timedelta(days=15)
    family = (replace(one, category=Category.DONE, resolved=ended, sprints=("901",)) for one in (WHOLE, *PARTS))
    with_family = snapshot(ALONE, sprints=(*sprints, sprint()), history=(*done, *family))
    (capacity,) = backlog(with_family).capacities
    assert max(one.points for one in capacity.closed.used) == 18.0


def test_the_load_of_a_sprint_has_its_points_once() -> None:
    def load(of: Snapshot) -> float:
        return backlog(of, CapacityOptions(points_per_day=1)).capacities[0].load

    inside = [replace(one, sprint="1", sprints=("1",)) for one in (WHOLE, *PARTS)]
    assert load(snapshot(*inside, sprints=(sprint("1"),))) == 8.0


def test_the_plan_labels_and_proposes_its_parts_only() -> None:
    whole = snapshot(WHOLE, *PARTS, sprints=(sprint("1", SprintState.FUTURE),))
    known = backlog(whole, CapacityOptions(points_per_day=1))
    judgement = judge(whole, Ruleset())
    proposal = propose(known, judgement)
    plan = plan_changes(whole, judgement, proposal, Policy(), {})
    (left,) = (one for one in proposal.left_out if one.issue.key == "SHOP-1")
    assert {placed.issue.key for placed in proposal.placements} == {"SHOP-2", "SHOP-3"}
    assert (left.code, left.why) == (LeftOutCode.EPIC, "Not planned itself; the issues below it are.")
    assert {change.key for change in plan.changes} == {"SHOP-2", "SHOP-3"}
    why = why_left_alone(judgement.by_key["SHOP-1"], whole, Policy(), frozenset(), None)
    assert why == "counted with its parent or with the issues below it: no label"


def test_what_the_product_owner_released_counts_nowhere() -> None:
    whole = snapshot(ALONE, PARTS[0], PARTS[1], released=frozenset({"2"}))
    seen = view(whole.issues, pace=10, released=whole.released)
    (product, *_) = runways(seen)
    why = why_left_alone(judge(whole, Ruleset()).by_key["SHOP-2"], whole, Policy(), frozenset(), None)
    assert (product.ready_points, seen.backlog.distances["SHOP-3"]) == (5.0, 0.2)
    assert [one.issue.key for one in judge(whole, Ruleset()).ready] == ["SHOP-4", "SHOP-3"]
    assert why == "the Product Owner released it: no label of a verdict"
