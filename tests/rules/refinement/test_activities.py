"""The four activities of refinement for the near issues, and what is new of each since a moment a week ago."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from rules.deep.measures.fresh import Fresh
from rules.model import Edit, EditField, Issue
from rules.refinement.activities import ActivityKind, activities, is_detailed
from rules.verdict import Judgement
from tests.factories import NOW, edit, facts, issue
from tests.rules.planning.judged import judged
from tests.rules.refinement.world import backlog

SINCE = NOW - timedelta(days=7)
EMPTY = issue("A-1", "").document
OLD: dict[str, Any] = {"created": NOW - timedelta(days=90), "updated": NOW - timedelta(days=60)}
Counts = tuple[int, int, int]


def far(*issues: Issue) -> Judgement:
    verdicts = judged(issues)
    return replace(verdicts, verdicts=tuple(replace(one, in_horizon=False) for one in verdicts.verdicts))


def counted(one: Issue, *edits: Edit, team: str = "", **values: Any) -> dict[ActivityKind, Counts]:
    known = backlog(one, edits={one.id: edits}, **values)
    return {a.kind: (a.issues, a.done, a.newly) for a in activities(known, judged([one]), team, SINCE)}


@pytest.mark.parametrize(
    ("days", "counts"), [(60, (1, 0, 0)), (45, (1, 1, 0)), (7, (1, 1, 0)), (6, (1, 1, 1))], ids=str
)
def test_reviewed_is_what_a_person_changed_in_45_days(days: int, counts: Counts) -> None:
    one = issue("A-1", **OLD | {"updated": NOW - timedelta(days=days)})

    assert counted(one)[ActivityKind.REVIEWED] == counts


def test_the_measure_of_fresh_issues_says_how_lately_a_reviewed_one_was_changed() -> None:
    one = issue("A-1", **OLD)
    [reviewed] = activities(backlog(one), judged([one]), "", SINCE, Fresh(days=60))

    assert (reviewed.issues, reviewed.done) == (1, 1)


@pytest.mark.parametrize(
    ("edits", "values", "counts"),
    [
        ((), {}, (1, 0, 0)),
        ((edit(EditField.RANK, days_ago=30),), {}, (1, 1, 0)),
        ((edit(EditField.RANK, days_ago=3),), {}, (1, 1, 1)),
        ((edit(EditField.RANK, days_ago=3, by_person=False),), {}, (1, 0, 0)),
        ((edit(EditField.RANK, days_ago=30), edit(EditField.RANK, days_ago=3)), {}, (1, 1, 0)),
        ((), {"sprints": ("120",)}, (1, 1, 0)),
        ((), {"sprints": ("120",), "created": NOW - timedelta(days=1)}, (1, 1, 1)),
    ],
)
def test_ordered_is_what_a_person_gave_a_place(edits: tuple[Edit, ...], values: dict[str, Any], counts: Counts) -> None:
    assert counted(issue("A-1", **OLD | values), *edits)[ActivityKind.ORDERED] == counts


@pytest.mark.parametrize(
    ("edits", "points", "counts"),
    [
        ((), None, (1, 0, 0)),
        ((), 3.0, (1, 1, 0)),
        ((edit(EditField.ESTIMATE, after="3"),), 3.0, (1, 1, 1)),
        ((edit(EditField.ESTIMATE, before="8", after="3"),), 3.0, (1, 1, 0)),
        ((edit(EditField.ESTIMATE, after="3"), edit(EditField.ESTIMATE, before="3")), None, (1, 0, 0)),
    ],
)
def test_estimated_is_what_has_an_estimate(edits: tuple[Edit, ...], points: float | None, counts: Counts) -> None:
    assert counted(issue("A-1", **OLD | {"points": points}), *edits)[ActivityKind.ESTIMATED] == counts


def test_detailed_newly_is_what_had_no_criteria_then() -> None:
    without = edit(EditField.DESCRIPTION, former=EMPTY)
    unknown = edit(EditField.DESCRIPTION, former=None)
    ready = issue("A-1", **OLD)

    assert counted(ready)[ActivityKind.DETAILED] == (1, 1, 0)
    assert counted(ready, without)[ActivityKind.DETAILED] == (1, 1, 1)
    assert counted(ready, unknown)[ActivityKind.DETAILED] == (1, 1, 0)
    assert counted(issue("A-1", "", **OLD))[ActivityKind.DETAILED] == (1, 0, 0)
    assert counted(replace(ready, created=NOW - timedelta(days=1)))[ActivityKind.DETAILED] == (1, 1, 1)


def test_the_report_of_a_defect_is_detailed_with_steps_and_both_results() -> None:
    defect = facts(acceptance="na", steps="yes", expected="yes", actual="yes")

    assert is_detailed(defect)
    assert not is_detailed(replace(defect, actual="no"))
    assert is_detailed(facts())
    assert not is_detailed(facts(acceptance="empty"))


def test_without_past_changes_or_estimates_those_counters_are_missing() -> None:
    one = issue("A-1", **OLD)
    [only] = activities(backlog(one), judged([one]), "", SINCE)

    assert only.kind is ActivityKind.REVIEWED
    assert ActivityKind.ESTIMATED not in counted(one, unavailable=frozenset({"points"}))


def test_a_team_counts_its_own_issues_and_no_team_far_ones() -> None:
    one = issue("A-1")
    known = backlog(one, edits={one.id: ()})

    assert counted(one, team="Payments")[ActivityKind.REVIEWED][0] == 1
    assert not counted(one, team="Search")
    assert activities(known, far(one), "", SINCE) == ()
