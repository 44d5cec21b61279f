"""Epics with the issues below them by readiness, and the increment: objectives, features, stories, capacity."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from rules.backlog.index import Backlog
from rules.capacity.model import Range, SprintOutlook
from rules.model import Category, Issue, SprintState
from rules.review.epics import ChildState, EpicCode, Increment, increment
from rules.review.options import IncrementOptions, ObjectiveOptions
from rules.verdict import Judgement
from tests.factories import product, snapshot, sprint
from tests.rules.planning.judged import judged
from tests.rules.planning.world import PAYMENTS, SEARCH, START, capacity, next_of, story
from tests.rules.refinement.world import epic

NEXT, RUNNING = next_of(PAYMENTS), sprint("110", SprintState.ACTIVE)
EPIC = epic("E-1", labels=frozenset({"pi-1"}))
CHILDREN = (
    story("A-1", 5, parent="E-1"),
    story("A-2", 3, parent="E-1"),
    story("A-3", 2, parent="E-1", sprint="120", sprints=("120",)),
    story("A-4", 1, parent="E-1", sprint="110", sprints=("110",)),
)
DONE = story("A-5", 8, parent="E-1", category=Category.DONE, sprint="110")
OBJECTIVE = ObjectiveOptions(name="Guests pay", labels=frozenset({"pi-1"}))


def outlook(number: int) -> SprintOutlook:
    first = START.date() + timedelta(days=14 * number)
    return SprintOutlook(
        sprint=NEXT if number == 0 else None, first=first, last=first + timedelta(days=13), net_days=10.0,
        points=Range(5.0, 10.0 + number, 20.0),
    )  # fmt: skip


def of(
    *issues: Issue,
    options: IncrementOptions = IncrementOptions(),  # noqa: B008 - frozen
    keys: tuple[str, ...] = (),
    **values: Any,
) -> Increment:
    issues = issues or (EPIC, *CHILDREN)
    boxes = (
        replace(capacity(PAYMENTS), outlook=(outlook(0), outlook(1)), usual=Range(5.0, 10.0, 20.0)),
        capacity(SEARCH),
    )
    known = snapshot(*issues, product=product(PAYMENTS, SEARCH), history=(DONE,), sprints=(NEXT, RUNNING), **values)
    return increment(Backlog.of(known, boxes), judged(issues, ["A-2"]), options, keys)


def codes(whole: Increment) -> list[tuple[EpicCode, str]]:
    return [(one.code, one.issue) for one in whole.findings]


def test_an_epic_has_its_issues_by_readiness_done_ones_first() -> None:
    (one,) = of().epics
    assert [(child.issue.key, child.state, child.sprint) for child in one.children] == [
        ("A-5", ChildState.DONE, ""),
        ("A-1", ChildState.READY, ""),
        ("A-2", ChildState.NOT_READY, ""),
        ("A-3", ChildState.PLANNED, "Sprint 120"),
        ("A-4", ChildState.RUNNING, "Sprint 110"),
    ]
    assert (one.points(), one.points(ChildState.READY, ChildState.DONE), one.open_points) == (19.0, 13.0, 11.0)
    assert one.count(ChildState.DONE) == 1
    assert one.planned_until == date(2026, 3, 22)


def test_only_open_epics_are_listed_and_keys_choose_among_them() -> None:
    issues = (EPIC, epic("E-2"), replace(epic("E-3"), category=Category.DONE))
    assert [one.issue.key for one in of(*issues).epics] == ["E-1", "E-2"]
    assert [one.issue.key for one in of(*issues, keys=("E-2",)).epics] == ["E-2"]


def test_the_chain_leads_from_the_objective_to_the_feature_to_the_story() -> None:
    named = ObjectiveOptions(name="Search is fast", features=("E-2",))
    whole = of(EPIC, epic("E-2"), epic("E-4"), *CHILDREN, options=IncrementOptions(objectives=(OBJECTIVE, named)))
    assert whole.objectives == ("Guests pay", "Search is fast")
    assert [one.issue.key for one in whole.of("Guests pay")] == ["E-1"]
    assert [one.issue.key for one in whole.of("")] == ["E-4"]
    assert whole.open_points == 11.0


def test_the_capacity_of_an_increment_is_the_sum_of_the_teams_sprints_in_it() -> None:
    first, last = START.date(), START.date() + timedelta(days=14 * 4 - 1)
    payments, search = of(options=IncrementOptions(first=first, last=last)).teams
    assert [(one.name, one.points) for one in payments.sprints] == [
        ("Sprint 120", 10.0), ("", 11.0), ("", 10.0), ("", 10.0)
    ]  # fmt: skip
    assert (payments.points, search.points) == (41.0, 0.0)
    later = IncrementOptions(first=first + timedelta(days=1), last=last)
    assert [one.points for one in of(options=later).teams[0].sprints] == [11.0, 10.0, 10.0]
    assert len(of().teams[0].sprints) == 5
    assert of().capacity == 51.0


def test_what_does_not_fit_together_is_a_finding() -> None:
    due = replace(EPIC, due=date(2026, 3, 20))
    assert codes(of(due, *CHILDREN)) == [(EpicCode.LATE, "E-1")]
    assert codes(of(epic("E-2"))) == [(EpicCode.NO_STORIES, "E-2")]
    other = IncrementOptions(objectives=(ObjectiveOptions(name="Other"),))
    assert codes(of(options=other)) == [(EpicCode.NO_OBJECTIVE, "E-1"), (EpicCode.NO_FEATURE, "")]
    assert codes(of(options=other, keys=("E-1",))) == [(EpicCode.NO_OBJECTIVE, "E-1")]
    big = story("A-9", 80, parent="E-1")
    assert codes(of(EPIC, *CHILDREN, big)) == [(EpicCode.TOO_MUCH, "")]


@pytest.mark.parametrize(
    "values", [{"first": "2026-03-02"}, {"last": "2026-03-02"}, {"first": "2026-03-03", "last": "2026-03-02"}]
)
def test_an_increment_has_both_days_in_order_or_none(values: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        IncrementOptions.model_validate(values)


def test_an_epic_whose_parts_are_cut_by_layer_is_named_with_the_layers() -> None:
    layers = (story("A-1", title="Voucher API", parent="E-1"), story("A-2", title="Vouchers: frontend", parent="E-1"))
    known = Backlog.of(snapshot(EPIC, *layers, product=product(PAYMENTS)))
    whole = increment(known, Judgement(verdicts=()), IncrementOptions())
    assert codes(whole) == [(EpicCode.BY_LAYER, "E-1")]
    assert "one layer (API, frontend), so none is usable alone" in whole.findings[0].text
