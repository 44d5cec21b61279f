"""New issues: their age, and how long they waited for a first rank and a first estimate, with the days counted."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from rules.backlog.index import Backlog
from rules.inventory.new_issues import NewIssue, NewIssues, new_issues
from rules.inventory.options import ChannelOptions, NewIssuesOptions
from rules.model import Category, Edit, EditField, Issue, Kind, Snapshot, Unit
from tests.factories import NOW, edit, issue, snapshot

ESTIMATE, RANK, SPRINT = EditField.ESTIMATE, EditField.RANK, EditField.SPRINT


def new(key: str = "SHOP-1", days: float = 10, **values: Any) -> Issue:
    """An issue that was created so many days ago."""
    return issue(key, **({"created": NOW - timedelta(days=days)} | values))


def found(
    *issues: Issue,
    edits: Mapping[str, tuple[Edit, ...]] | None = None,
    run: float = 1,
    planning: float = 14,
    options: NewIssuesOptions | None = None,
    **world: Any,
) -> NewIssues:
    """What is new, where the last run was `run` days ago and the last planning `planning`; each past is known."""
    past = {one.id: () for one in issues} | dict(edits or {})
    backlog = Backlog.of(snapshot(*issues, edits=past, **world))
    since_run, since_planning = (NOW - timedelta(days=days) for days in (run, planning))
    chosen, channels = options or NewIssuesOptions(), ChannelOptions()
    return new_issues(backlog, chosen, channels, since_run=since_run, since_planning=since_planning)


def only(*edits: Edit, **values: Any) -> NewIssue:
    (one,) = found(new(**values), edits={"1": edits}).planning
    return one


def test_an_issue_is_new_since_the_run_and_the_planning_that_came_before_it() -> None:
    issues = [new("SHOP-1", 20), new("SHOP-2", 10), new("SHOP-3", 0.5), new("SHOP-4", 3, kind=Kind.EPIC)]
    late = found(*issues)
    assert [one.issue.key for one in late.run] == ["SHOP-3"]
    assert [(one.issue.key, one.age) for one in late.planning] == [("SHOP-2", 10), ("SHOP-3", 1)]


def test_an_age_is_the_same_all_day() -> None:
    """So that two looks at one backlog say the same."""
    one = new("SHOP-1", 3)
    ages = {
        only_age(replace(Backlog.of(snapshot(one)).snapshot, taken_at=NOW.replace(hour=hour))) for hour in (0, 9, 23)
    }
    assert ages == {3}


def only_age(taken: Snapshot) -> int:
    (one,) = new_issues(
        Backlog.of(taken), NewIssuesOptions(), ChannelOptions(), since_run=NOW - timedelta(days=9), since_planning=None
    ).run
    return one.age


def test_without_an_earlier_run_or_planning_nothing_is_new_since_then() -> None:
    nothing = new_issues(
        Backlog.of(snapshot(new())), NewIssuesOptions(), ChannelOptions(), since_run=None, since_planning=None
    )
    assert (nothing.run, nothing.planning) == ((), ())


@pytest.mark.parametrize(
    ("edits", "days"),
    [
        ((), None),
        ((edit(RANK, days_ago=7), edit(RANK, days_ago=2)), 3),
        ((edit(SPRINT, days_ago=6), edit(RANK, days_ago=2)), 4),
        ((edit(RANK, days_ago=7, by_person=False),), None),
        ((edit(EditField.PRIORITY, days_ago=7),), None),
    ],
)
def test_the_first_rank_is_the_first_move_by_a_person(edits: tuple[Edit, ...], days: float | None) -> None:
    """Created 10 days ago: a move 7 days ago came after 3 days, a sprint 6 days ago after 4."""
    assert only(*edits).ranked_after == days


@pytest.mark.parametrize(
    ("edits", "points", "days"),
    [
        ((), None, None),
        ((), 3.0, 0),
        ((edit(ESTIMATE, days_ago=4, after="3"),), 3.0, 6),
        ((edit(ESTIMATE, days_ago=4, before="2", after="3"),), 3.0, 0),
        ((edit(ESTIMATE, days_ago=4, after="3"), edit(ESTIMATE, days_ago=1, before="3")), None, 6),
    ],
)
def test_the_first_estimate_is_the_first_that_was_there(
    edits: tuple[Edit, ...], points: float | None, days: float | None
) -> None:
    """Created 10 days ago: an estimate of 4 days ago came after 6 days."""
    assert only(*edits, points=points).estimated_after == days


def test_an_unknown_past_says_nothing() -> None:
    backlog = Backlog.of(snapshot(new(), edits={}))
    since = NOW - timedelta(days=14)
    late = new_issues(backlog, NewIssuesOptions(), ChannelOptions(), since_run=None, since_planning=since)
    (one,) = late.planning
    assert (one.known, one.ranked_after, one.estimated_after) == (False, None, None)
    assert (late.ranked.issues, late.unranked) == (0, ())


def test_the_usual_wait_is_the_median_of_those_that_got_it() -> None:
    """Ranked after 1, 2, 4, 8 and 16 days, two not yet: 5 of 7, half of them within 4 days. Finished ones count."""
    waits = (1, 2, 4, 8, 16)
    issues = [new(f"SHOP-{n}", days=20) for n in range(1, 7)]
    done = new("SHOP-7", days=20, category=Category.DONE)
    edits = {str(n): (edit(RANK, days_ago=20 - wait),) for n, wait in enumerate(waits, start=1)}
    late = found(*issues, edits=edits | {"7": ()}, history=(done,))
    assert (late.ranked.issues, late.ranked.got, late.ranked.median_days) == (7, 5, 4)
    few = found(*issues, edits=dict(list(edits.items())[:4]))
    assert (few.ranked.issues, few.ranked.got, few.ranked.median_days) == (6, 4, None)


def test_waits_are_those_of_recent_issues_and_of_estimates_in_points() -> None:
    issues = [new("SHOP-1", days=89), new("SHOP-2", days=91)]
    assert found(*issues).ranked.issues == 1
    assert found(*issues, options=NewIssuesOptions(days=100)).ranked.issues == 2
    assert found(*issues, unit=Unit.ISSUES).estimated is None


def test_an_issue_that_nobody_ranked_for_long_is_named_unless_it_was_in_a_sprint() -> None:
    issues = [
        new("SHOP-1", days=15),
        new("SHOP-2", days=13),
        new("SHOP-3", days=15, sprints=("4",)),
        new("SHOP-4", days=15),
    ]
    late = found(*issues, edits={"4": (edit(RANK, days_ago=1),)})
    assert [one.issue.key for one in late.unranked] == ["SHOP-1"]
    assert found(*issues, options=NewIssuesOptions(unranked_days=20)).unranked == ()


def test_feedback_has_its_own_wait_for_a_rank_and_its_time_until_done() -> None:
    """Four requests of 40 days ago were done after 10, 12, 20 and 30 days, one of 200 days ago after 190.

    So 5 are done in the last 90 days, half of these within 20 days. One of the 3 open ones was ranked, after 4 days.
    """
    took = {10: 40, 12: 40, 20: 40, 30: 40, 190: 200}
    done = [feedback(f"SHOP-{n}", ago, finished=ago - days) for n, (days, ago) in enumerate(took.items(), start=1)]
    opened = [feedback(f"SHOP-{n}", 20) for n in (6, 7, 8)]
    others = [new("SHOP-9", 20), feedback("SHOP-10", 300, finished=91)]
    late = found(*opened, *others[:1], history=(*done, others[1]), edits={"6": (edit(RANK, days_ago=16),)}).feedback
    assert (late.done, late.median_days) == (5, 20)
    assert (late.ranked.issues, late.ranked.got, late.ranked.median_days) == (3, 1, None)


def feedback(key: str, days: float, finished: float | None = None) -> Issue:
    """An issue of a stakeholder that was created so many days ago, and done `finished` days ago."""
    done = {} if finished is None else {"category": Category.DONE, "resolved": NOW - timedelta(days=finished)}
    return new(key, days, labels=frozenset({"customer"}), **done)
