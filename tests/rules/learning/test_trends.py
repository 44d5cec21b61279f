"""Trends by sprint: what was known when a sprint began, what came of it, and when the data are too few."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rules.backlog.index import Backlog
from rules.capacity.model import Range, StoredForecast
from rules.deep.model import Deep, Runway
from rules.learning.estimates import PlannedDone, TeamEstimates
from rules.learning.late_debate import DebateKind, SprintDebate, TeamDebate
from rules.learning.trends import LEAST, Series, SeriesKind, SeriesPoint, SprintStart, sprint_starts, trends
from rules.model import Snapshot, SprintState, Unit
from rules.ready.estimated import Estimated
from rules.rule import Severity
from rules.verdict import Ruleset, Waiver
from tests.factories import NOW, backlog, issue, judge, product, snapshot, sprint, team

RULES = (Estimated(severity=Severity.MUST),)
DEEP = Deep(
    letters=(),
    score=None,
    grade="",
    confidence="good",
    runways=(Runway(team="Payments", ready_points=3, sprints=1.5), Runway(team="", ready_points=3, sprints=1.5)),
    actions=(),
)
BOXES = tuple(
    sprint(str(n), SprintState.CLOSED, start=NOW - timedelta(days=14 * (5 - n)), completed=NOW - timedelta(days=1))
    for n in (1, 2, 3)
)


def start(number: int, *, days: float = 1, **values: Any) -> SprintStart:
    """What a run so many days before the sprint knew: half of four issues ready."""
    begins = BOXES[number - 1].start
    assert begins is not None
    defaults: dict[str, Any] = {"near": 4, "ready": 2, "runway": 1.5, "accepted": 1}
    defaults |= {"team": "Payments", "sprint": str(number), "at": begins - timedelta(days=days)}
    return SprintStart(**(defaults | values))


def debate(number: int, changes: int) -> SprintDebate:
    return SprintDebate(
        sprint=str(number), begins=NOW, ends=NOW, counts={DebateKind.TEXT: changes}, changed=1, issues=3
    )


def values(of: Snapshot, *starts: SprintStart) -> dict[SeriesKind, list[tuple[str, float]]]:
    """Three sprints with 12, 7 and 9 points finished, and 4 and 0 late changes in the last two."""
    done = [PlannedDone(sprint=str(n), planned=10, done=points) for n, points in ((1, 12.0), (2, 7.0), (3, 9.0))]
    sizes = TeamEstimates(team="Payments", sprints=tuple(done), sizes=())
    late = TeamDebate(team="Payments", latest=debate(3, 0), before=(debate(2, 4),))
    [one] = trends(Backlog.of(of), starts, [sizes], [late])
    return {series.kind: [(point.sprint, point.value) for point in series.points] for series in one.series}


def test_each_series_has_the_figures_of_its_sprints() -> None:
    shown = values(snapshot(sprints=BOXES), start(1), start(2, ready=3, runway=2.0), start(3, ready=4, accepted=0))
    assert shown == {
        SeriesKind.READY: [("1", 50.0), ("2", 75.0), ("3", 100.0)],
        SeriesKind.RUNWAY: [("1", 1.5), ("2", 2.0), ("3", 1.5)],
        SeriesKind.FINISHED: [("1", 12.0), ("2", 7.0), ("3", 9.0)],
        SeriesKind.LATE: [("2", 4), ("3", 0)],
        SeriesKind.ACCEPTED: [("1", 1), ("2", 1), ("3", 0)],
    }


def test_a_sprint_without_a_run_near_its_start_is_left_out_there() -> None:
    shown = values(snapshot(sprints=BOXES), start(1, days=8), start(2, near=0, ready=0, runway=None))
    assert (shown[SeriesKind.READY], shown[SeriesKind.RUNWAY]) == ([], [])
    assert (shown[SeriesKind.ACCEPTED], len(shown[SeriesKind.FINISHED])) == ([("2", 1)], 3)


def said(number: int, unit: Unit = Unit.POINTS) -> StoredForecast:
    """8 to 13 points, said before the sprint."""
    name, expected = f"Sprint {number}", Range(8.0, 10.0, 13.0)
    return StoredForecast(
        team="Payments", sprint=str(number), name=name, made=NOW, unit=unit, expected=expected, came=9.0, ended=NOW
    )


def test_a_forecast_is_compared_with_its_outcome_in_the_same_unit_only() -> None:
    """8 to 13 points were forecast; 12 and 9 were within, 7 was below; sprint 3 was forecast in issues."""
    done = [PlannedDone(sprint=str(n), planned=10, done=points) for n, points in ((1, 12.0), (2, 7.0), (3, 9.0))]
    sizes = TeamEstimates(team="Payments", sprints=tuple(done), sizes=())
    of = snapshot(sprints=BOXES)
    record = (said(1), said(2), said(3, Unit.ISSUES))
    capacity = replace(backlog(of).capacities[0], record=record)
    [one] = trends(Backlog.of(of, [capacity]), [], [sizes], [])
    finished = next(series for series in one.series if series.kind is SeriesKind.FINISHED)
    assert [(point.low, point.high) for point in finished.points] == [(8.0, 13.0), (8.0, 13.0), (None, None)]
    assert (finished.kept, finished.forecasts, finished.spread) == (1, 2, (7.0, 9.0, 12.0))


def test_a_run_before_a_sprint_knows_each_team_by_its_own_issues() -> None:
    """Payments has two near issues, one of them ready and one with an accepted finding; Search has none."""
    teams = (team(), team("Search", board=13))
    boxes = (sprint("1"), sprint("2", board=13))
    bare = issue("SHOP-2", points=None)
    waiver = Waiver(rule="ready.estimated", issue="SHOP-2", reason="a spike", owner="Ana")
    of = snapshot(issue(), bare, product=product(*teams), sprints=boxes)
    one = backlog(of)
    judgement = judge(of, Ruleset(product=RULES, waivers=(waiver,)))
    payments, search = sprint_starts(of, judgement, DEEP, one.capacities)
    assert (payments.sprint, payments.near, payments.ready, payments.accepted) == ("1", 2, 1, 1)
    assert (search.sprint, search.near, search.ready) == ("2", 0, 0)
    assert (payments.runway, search.runway) == (1.5, None)


def test_a_running_sprint_is_not_known_any_more() -> None:
    of = snapshot(sprints=(sprint("1", SprintState.ACTIVE),))
    assert sprint_starts(of, judge(of, Ruleset(product=RULES)), DEEP, backlog(of).capacities) == ()


@given(st.integers(0, 12))
def test_fewer_than_six_sprints_are_too_few(number: int) -> None:
    points = tuple(SeriesPoint(sprint=str(n), value=float(n)) for n in range(number))
    assert Series(SeriesKind.READY, points).is_enough is (number >= LEAST)
