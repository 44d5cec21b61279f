"""Small backlogs with known judgements: what the DEEP tests are made of."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from rules.backlog.index import Backlog
from rules.capacity.model import CapacitySplit, Range, TeamCapacity
from rules.deep.model import BacklogState, Letter, Measure
from rules.deep.scorecard import build_view
from rules.deep.view import Judge, View
from rules.model import Issue, Snapshot, Sprint, Team
from rules.rule import Finding, Severity
from rules.text import Facts
from rules.verdict import Judgement, Verdict
from tests import factories as make

FULL = make.facts()
THIN = make.facts(story_form="no", story_benefit="no", acceptance="absent")


def stories(*points: float | None, **overrides: Any) -> list[Issue]:
    """Stories SHOP-1, SHOP-2, ... of these sizes, in rank order."""
    return [make.issue(f"SHOP-{n}", points=size, title=f"Story {n}", **overrides) for n, size in enumerate(points, 1)]


def verdict(issue: Issue, *blocked_by: str, facts: Facts = FULL) -> Verdict:
    """Ready, unless rules are named that keep it from being so."""
    findings = tuple(
        Finding(
            rule=rule,
            severity=Severity.MUST,
            subject=issue.key,
            message="Missing.",
            hint="Add it.",
            phrase=f"no {rule.rpartition('.')[2].replace('_', ' ')}",
        )
        for rule in blocked_by
    )
    return Verdict(issue=issue, score=50, findings=findings, passed=(), facts=facts)


def judged(issues: Sequence[Issue], unready: Mapping[str, tuple[str, ...]] | None = None) -> Judgement:
    """All ready, but those whose blocking rules are named by key."""
    unready = unready or {}
    return Judgement(verdicts=tuple(verdict(issue, *unready.get(issue.key, ())) for issue in issues))


def judge_by(unready: Mapping[str, tuple[str, ...]] | None = None) -> Judge:
    """What `judged` says, but that an issue with points does not lack an estimate."""

    def judge(_: Backlog, issue: Issue) -> Verdict:
        rules = (unready or {}).get(issue.key, ())
        return verdict(issue, *(rule for rule in rules if rule != "ready.estimated" or issue.points is None))

    return judge


def capacity(
    points: float | None = 12.0, team: Team | None = None, sprint: Sprint | None = None, **overrides: Any
) -> TeamCapacity:
    """A team that finishes so many points, three quarters of them at the low end."""
    values: dict[str, Any] = {
        "team": team or make.team(),
        "sprint": sprint,
        "gross_days": 20.0,
        "net_days": 20.0,
        "hours": 120.0,
        "points": None if points is None else Range(0.75 * points, points, 1.25 * points),
        "velocity": points,
        "usual": None if points is None else Range(0.75 * points, points, 1.25 * points),
        "split": CapacitySplit("points", points or 0.0, ()),
        "used_sprints": 6,
        "confidence": "good",
        "timebox": 4.0,
    }
    return TeamCapacity(**(values | overrides))


def view(
    issues: Sequence[Issue],
    unready: Mapping[str, tuple[str, ...]] | None = None,
    *,
    pace: float | None = 12.0,
    earlier: Sequence[BacklogState] = (),
    **overrides: Any,
) -> View:
    """The view of one team's backlog."""
    backlog = Backlog.of(make.snapshot(*issues, **overrides), (capacity(pace),))
    return build_view(backlog, judged(issues, unready), judge_by(unready), earlier)


def state(issues: Sequence[Issue], days_ago: float) -> BacklogState:
    """These issues in this order, as a run some days ago saw them."""
    items = tuple((issue.key, issue.points, place) for place, issue in enumerate(issues))
    return BacklogState(make.NOW - timedelta(days=days_ago), items)


def measure(letter: Letter, name: str) -> Measure:
    """The letter's measure of that name."""
    return next(found for found in letter.measures if found.name == name)


def with_history(issues: Sequence[Issue], **overrides: Any) -> Snapshot:
    """A snapshot with six closed sprints of 21 points each."""
    sprints, done = make.finished(6)
    return make.snapshot(*issues, sprints=tuple(sprints), history=tuple(done), **overrides)
