"""What a Product Owner asks of a pass, worked out once for the text, the Markdown and the HTML page.

Will the backlog feed the teams? What keeps the next sprints from being ready, in rank order, and what is the smallest
fix? What was proposed for whom, and where is the cut? What has changed since last time?
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rules.capacity.model import TeamCapacity
from rules.deep.model import Runway, Trend
from rules.model import Issue, Team
from rules.planning.model import LeftOut, Placement
from rules.rule import Finding, Severity
from rules.verdict import Verdict
from sync.reports import format as wording
from sync.reports.base import RunReport

TARGET_SPRINTS = (2.0, 3.0)  # ready work for two to three sprints: less starves the teams, more grows stale
FRESH = "fresh"  # the measure of the letter E that the first line tells
NAMED = 3  # keys told after a sentence that does not name them
LATEST_PASSES = 30  # one a day at most; more points than that no chart can show


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One issue that keeps the next sprints from being ready.

    `fix` is the smallest of its blocking findings, `more` the others. `points` is what its repair unlocks, in points;
    `sprints` the same as runway of its team, `None` where either is unknown.
    """

    rank: int
    issue: Issue
    teams: tuple[str, ...]
    distance: float | None
    fix: Finding
    more: tuple[Finding, ...]
    points: float | None
    sprints: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """How many issues of one stretch of the backlog are ready; `label` tells how far away it is."""

    label: str
    ready: int
    unready: int

    @property
    def total(self) -> int:
        """All issues of the stretch."""
        return self.ready + self.unready


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamProposal:
    """What is proposed for one team's sprint, in rank order; what is there already, and what stays below the line."""

    team: str
    sprint: str
    capacity: TeamCapacity | None
    already: tuple[Issue, ...]
    placements: tuple[Placement, ...]
    below: tuple[LeftOut, ...]

    @property
    def points(self) -> float:
        """The proposed points together."""
        return sum(placed.points for placed in self.placements)


@dataclass(frozen=True, slots=True)
class Gauge:
    """Ready issues among those of the ready horizon."""

    ready: int
    total: int


def gauge(report: RunReport) -> Gauge:
    """How many issues of the ready horizon are ready."""
    near = [verdict for verdict in report.judgement.verdicts if verdict.in_horizon]
    return Gauge(ready=sum(verdict.ready for verdict in near), total=len(near))


def freshness(report: RunReport) -> float | None:
    """The percentage of the horizon that is fresh, as the letter E measured it; `None` where it could not."""
    measures = (measure for letter in report.deep.letters for measure in letter.measures)
    return next((measure.value for measure in measures if measure.name == FRESH), None)


def product_runway(report: RunReport) -> Runway | None:
    """The runway of the whole product."""
    return next((runway for runway in report.deep.runways if not runway.team), None)


def team_runways(report: RunReport) -> tuple[Runway, ...]:
    """The runway of each team, in the order of the configuration."""
    return tuple(runway for runway in report.deep.runways if runway.team)


def first_dry(report: RunReport) -> Runway | None:
    """The team whose ready work ends first."""
    known = [runway for runway in team_runways(report) if runway.sprints is not None]
    return min(known, key=lambda runway: runway.sprints or 0.0, default=None)


def feeding(report: RunReport) -> str:
    """Whether ready work feeds the teams, until when, and who runs dry first, in one or two sentences."""
    product, first = product_runway(report), first_dry(report)
    said = f"{wording.runway(product)}." if product else "How long ready work lasts is unknown."
    return f"{said} {first.team} runs dry first, on {wording.day(first.dry_on)}." if first and first.dry_on else said


def obstacles(report: RunReport) -> tuple[Obstacle, ...]:
    """The issues of the horizon that are not ready, in rank order, each with its smallest fix first."""
    pace = {one.team.name: one.points.p50 for one in report.capacities if one.points and one.points.p50 > 0}
    return tuple(
        _obstacle(rank, verdict, report, pace)
        for rank, verdict in enumerate(report.judgement.verdicts, start=1)
        if verdict.in_horizon and not verdict.ready and verdict.blocking
    )


def _obstacle(rank: int, verdict: Verdict, report: RunReport, pace: dict[str, float]) -> Obstacle:
    teams = tuple(team.name for team in report.snapshot.teams_of(verdict.issue))
    points = verdict.issue.points
    per_sprint = pace.get(teams[0]) if len(teams) == 1 else None
    return Obstacle(
        rank=rank,
        issue=verdict.issue,
        teams=teams,
        distance=verdict.distance,
        fix=verdict.blocking[0],
        more=verdict.blocking[1:],
        points=points,
        sprints=points / per_sprint if points is not None and per_sprint else None,
    )


def unlocked(found: Iterable[Obstacle]) -> float:
    """The points that all these repairs unlock together; issues without an estimate count nothing."""
    return sum(obstacle.points or 0.0 for obstacle in found)


def stretches(verdicts: Sequence[Verdict]) -> tuple[Stretch, ...]:
    """Readiness by distance: the next sprint, the two after it, everything later, and what has no distance."""
    labels = ("next sprint", "in 1 sprint", "in 2 sprints", "later", "no pace known")
    rows = [(labels[_stretch(verdict.distance)], verdict.ready) for verdict in verdicts]
    found = (
        Stretch(label=label, ready=rows.count((label, True)), unready=rows.count((label, False))) for label in labels
    )
    return tuple(stretch for stretch in found if stretch.total)


def _stretch(distance: float | None) -> int:
    return 4 if distance is None else min(math.floor(distance), 3)


def proposals(report: RunReport) -> tuple[TeamProposal, ...]:
    """One proposal a team and sprint, in the order of the configuration; every team is there, even with nothing."""
    return tuple(proposal for team in report.snapshot.product.teams for proposal in _proposals(report, team))


def _proposals(report: RunReport, team: Team) -> Iterator[TeamProposal]:
    capacity = next((one for one in report.capacities if one.team.name == team.name), None)
    mine = [placed for placed in report.proposal.placements if placed.team == team.name]
    below = (left for left in report.proposal.left_out if left.issue.sprint is None and team.recognises(left.issue))
    left = tuple(below)
    planned = capacity.sprint.id if capacity and capacity.sprint else None
    for sprint in dict.fromkeys(placed.sprint for placed in mine) or {planned: None}:
        yield TeamProposal(
            team=team.name,
            sprint=_sprint_name(report, sprint),
            capacity=capacity,
            already=tuple(issue for issue in report.snapshot.issues if sprint and issue.sprint == sprint),
            placements=tuple(placed for placed in mine if placed.sprint == sprint),
            below=left,
        )


def _sprint_name(report: RunReport, sprint: str | None) -> str:
    if sprint is None:
        return "no future sprint yet"
    known = report.snapshot.sprint_by_id.get(sprint)
    return known.name if known else f"sprint {sprint}"


def unclaimed(report: RunReport) -> tuple[Issue, ...]:
    """Issues of the horizon that no team recognises: somebody has to say whose they are."""
    return tuple(v.issue for v in report.judgement.verdicts if v.in_horizon and not report.snapshot.teams_of(v.issue))


def cross_team(report: RunReport) -> tuple[Issue, ...]:
    """Issues of the horizon that more than one team recognises."""
    return tuple(
        v.issue for v in report.judgement.verdicts if v.in_horizon and len(report.snapshot.teams_of(v.issue)) > 1
    )


def waived(report: RunReport) -> tuple[tuple[Issue, Finding], ...]:
    """Findings somebody accepted, in rank order."""
    return tuple((v.issue, finding) for v in report.judgement.verdicts for finding in v.findings if finding.waived)


def severe(verdict: Verdict) -> Severity | None:
    """The weight of the worst finding nobody waived."""
    order = (Severity.MUST, Severity.SHOULD, Severity.INFO)
    found = {finding.severity for finding in verdict.open_findings}
    return next((severity for severity in order if severity in found), None)


def answers(report: RunReport) -> tuple[tuple[str, str], ...]:
    """What this pass answered to commands in comments: the issue's key and the answer."""
    keys = {issue.id: issue.key for issue in report.snapshot.by_key.values()}
    return tuple((keys[answer.issue], answer.text) for answer in report.commands.fresh if answer.issue in keys)


def now(report: RunReport) -> Trend:
    """This pass as a point of the trend."""
    runway = product_runway(report)
    return Trend(
        at=report.started,
        issues=len(report.judgement.verdicts),
        ready=len(report.judgement.ready),
        score=report.deep.score,
        runway=runway.sprints if runway else None,
    )


def trend(report: RunReport) -> tuple[Trend, ...]:
    """The last pass of each earlier day, oldest first, and this one at the end."""
    earlier = sorted((one for one in report.history if one.at < report.started), key=lambda one: one.at)
    daily = {one.at.date(): one for one in earlier if one.at.date() < report.started.date()}
    return (*tuple(daily.values())[-LATEST_PASSES + 1 :], now(report))


def last_time(report: RunReport) -> tuple[Trend, Trend] | None:
    """The pass before this one and this one, `None` if there was none: what a reader wants to know on coming back."""
    earlier = [one for one in report.history if one.at < report.started]
    return (max(earlier, key=lambda one: one.at), now(report)) if earlier else None


def segments(text: str, keys: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """The text cut where it names one of the issues, each piece with whether it is a key.

    So a key in a sentence becomes a link of ours and is not said twice. Of the keys it does not name, the first few
    come last.
    """
    left = list(dict.fromkeys(keys))
    pattern = "|".join(sorted(map(re.escape, left), key=len, reverse=True))
    pieces = re.split(rf"(?<![\w-])({pattern})(?![\w-])", text) if left else [text]
    for place, piece in enumerate(pieces):
        if piece:
            yield piece, place % 2 == 1
    unnamed = [key for key in left if key not in pieces[1::2]]
    for place, key in enumerate(unnamed[:NAMED]):
        yield (", " if place else " "), False
        yield key, True
    if len(unnamed) > NAMED:
        yield f" and {len(unnamed) - NAMED} more", False
