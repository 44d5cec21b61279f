"""When an epic or a few issues are done: with what is ranked above them, by the team that is last."""

from dataclasses import replace
from typing import Any

import pytest

from rules.backlog.index import Backlog
from rules.model import Category, Kind, SprintState
from rules.planning.when_done import WhenDone, when_done
from tests.factories import backlog, finished, issue, product, snapshot, sprint, team


def shop(*issues: Any, **overrides: Any) -> Backlog:
    """A team that finishes 21 points a sprint."""
    sprints, done = finished(8)
    values = {"sprints": (*sprints, sprint("99", name="Sprint 99")), "history": tuple(done), **overrides}
    return backlog(snapshot(*issues, **values))


def asked(facts: Backlog, *keys: str) -> WhenDone:
    return when_done(facts, keys)


def test_what_is_ranked_above_the_last_issue_counts_too() -> None:
    facts = shop(issue("A-1", points=5), issue("A-2", points=8), issue("A-3", points=3), issue("A-4", points=13))
    (work,) = asked(facts, "A-1", "A-3").work

    assert (work.asked, work.above, work.total) == (8, 8, 16)


def test_an_epic_stands_for_its_issues() -> None:
    epic = issue("A-1", kind=Kind.EPIC, points=None)
    children = [issue(f"A-{n}", points=5, parent="A-1") for n in (2, 3)]
    when = asked(shop(epic, *children, issue("A-4", points=40)), "A-1")

    assert when.ahead == ("A-2", "A-3")
    assert when.work[0].total == 10


def test_finished_issues_of_an_epic_are_done() -> None:
    epic, rest = issue("A-1", kind=Kind.EPIC, points=None), issue("A-2", points=5, parent="A-1")
    facts = shop(epic, rest)
    done = issue("A-9", points=5, parent="A-1", category=Category.DONE)
    facts = Backlog.of(replace(facts.snapshot, history=(*facts.snapshot.history, done)), facts.capacities)

    assert asked(facts, "A-1").done == ("A-9",)


def test_more_work_above_is_never_earlier() -> None:
    facts = shop(*(issue(f"A-{n}", points=8) for n in range(1, 20)))
    days = [asked(facts, key).finish for key in ("A-2", "A-10", "A-19")]
    ends = [one.days[0.5] for one in days if one is not None]

    assert len(ends) == 3
    assert all(day is not None for day in ends)
    assert ends == sorted(ends, key=str)


def test_the_team_that_ends_last_decides() -> None:
    mine, theirs = team("Payments"), team("Search", board=13)
    small = issue("A-1", points=3, components=("payments",))
    big = issue("A-2", points=60, components=("search",))
    ours, our_work = finished(8)
    other, their_work = finished(8, points=(2, 2), board=13)
    other = [replace(box, id=f"7{box.id}", board=13) for box in other]
    their_work = [
        replace(one, id=f"T{n}", key=f"T-{n}", sprints=(f"7{one.sprints[0]}",)) for n, one in enumerate(their_work)
    ]
    facts = shop(small, big, product=product(mine, theirs), sprints=(*ours, *other), history=(*our_work, *their_work))
    when = asked(facts, "A-1", "A-2")

    assert {one.team: one.total for one in when.work} == {"Payments": 3, "Search": 60}
    assert when.finish is not None
    assert when.finish.days == when.finish.by_team["Search"]


def test_a_running_issue_counts_with_the_carry_over_only() -> None:
    running = sprint("50", SprintState.ACTIVE)
    facts = shop(issue("A-1", points=8, sprint="50", sprints=("50",)), issue("A-2", points=40), sprints=(running,))
    when = asked(facts, "A-1")

    assert (when.ahead, when.running) == ((), ("A-1",))
    assert [(one.asked, one.above) for one in when.work] == [(0, 0)]


def test_an_issue_without_an_estimate_counts_as_usual_and_is_named() -> None:
    when = asked(shop(issue("A-1", points=None), issue("A-2", points=3)), "A-1")

    assert when.imputed == ("A-1",)
    assert when.work[0].asked > 0


def test_an_issue_without_a_team_is_named_and_not_counted() -> None:
    facts = shop(issue("A-1", components=("nobody",)), product=product(team("Payments"), team("Search", board=13)))
    when = asked(facts, "A-1")

    assert (when.no_team, when.work, when.finish) == (("A-1",), (), None)


def test_without_a_closed_sprint_there_is_no_day() -> None:
    when = asked(backlog(snapshot(issue("A-1", points=5))), "A-1")

    assert (when.no_pace, when.finish) == (("Payments",), None)


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        asked(shop(issue("A-1")), "A-77")
