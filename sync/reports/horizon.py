"""The ready horizon as reports show it: which issues are not ready, what each lacks, and how far away issues are.

The text, the Markdown and the HTML report print these values, and prepare none themselves.
"""

import math
from collections import Counter
from dataclasses import dataclass

from rules.causes import Cause, causes_of
from rules.model import Issue
from rules.rule import Finding
from rules.verdict import State, Verdict
from sync.reports import format as wording
from sync.reports.base import RunReport

LATER = 3  # sprints after the next one, from which on issues are counted together
RUNNING = LATER + 2  # the place of what is in a running sprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One issue of the ready horizon that is not ready.

    `place` is the sprint it is in, by name, or how far away it is. `fix` is the smallest of its blocking findings with
    those of the same cause, `more` are the others; where everything missing is accepted, these are the accepted
    findings. `points` is its estimate, `sprints` that estimate over the typical velocity of its team; `None` where
    either is unknown.
    """

    rank: int
    issue: Issue
    teams: tuple[str, ...]
    place: str
    fix: Cause
    more: tuple[Cause, ...]
    points: float | None
    sprints: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DistanceGroup:
    """How many issues at one distance are ready, not ready and not due yet; `label` names the distance."""

    label: str
    ready: int
    unready: int
    not_due: int

    @property
    def total(self) -> int:
        """All issues at this distance."""
        return self.ready + self.unready + self.not_due


@dataclass(frozen=True, slots=True)
class Gauge:
    """Ready issues among those of the ready horizon."""

    ready: int
    total: int


def gauge(report: RunReport) -> Gauge:
    """How many issues of the ready horizon are ready."""
    near = report.judgement.near
    return Gauge(ready=sum(verdict.ready for verdict in near), total=len(near))


def obstacles(report: RunReport) -> tuple[Obstacle, ...]:
    """The counted issues of the horizon that are not ready, in rank order, each with its smallest fix first."""
    ranks = {verdict.issue.key: rank for rank, verdict in enumerate(report.judgement.verdicts, start=1)}
    unready = (verdict for verdict in report.judgement.near if verdict.state is State.NOT_READY)
    return tuple(_obstacle(ranks[verdict.issue.key], verdict, report) for verdict in unready)


def _obstacle(rank: int, verdict: Verdict, report: RunReport) -> Obstacle:
    teams = tuple(team.name for team in report.snapshot.teams_of(verdict.issue))
    points = verdict.issue.points
    per_sprint = report.backlog.velocities.get(teams[0]) if len(teams) == 1 else None
    missing = verdict.blocking or verdict.missing
    findings = verdict.open_findings if verdict.blocking else verdict.findings
    fix, *more = (cause for cause in causes_of(findings) if cause.finding in missing)
    return Obstacle(
        rank=rank,
        issue=verdict.issue,
        teams=teams,
        place=place(report, verdict),
        fix=fix,
        more=tuple(more),
        points=points,
        sprints=points / per_sprint if points is not None and per_sprint else None,
    )


def place(report: RunReport, verdict: Verdict) -> str:
    """The sprint that an issue is in, by name; else how far away it is by rank.

    A sprint so far away has a name, too. But what the team could take then is in the plan of the later sprints.
    """
    sprint = report.snapshot.sprint_by_id.get(verdict.issue.sprint or "")
    return sprint.name if sprint else wording.place(verdict.distance, report.backlog.boxes)


def no_obstacles(report: RunReport) -> str:
    """What a report says where there are no obstacles."""
    if not report.judgement.near:
        return "Nothing: no issue is in the ready horizon."
    if all(verdict.ready for verdict in report.judgement.near):
        return "Nothing: every issue in the ready horizon is ready."
    return "Nothing: all that is due in the ready horizon is there."


def not_due(report: RunReport) -> tuple[Verdict, ...]:
    """The counted issues of the horizon of which only something fails that is not due yet, in rank order."""
    return tuple(verdict for verdict in report.judgement.near if verdict.state is State.NOT_DUE)


def later(report: RunReport) -> tuple[Verdict, ...]:
    """The same outside of the horizon."""
    return tuple(one for one in report.judgement.counted if one.state is State.NOT_DUE and not one.in_horizon)


def of_all(count: int, report: RunReport) -> str:
    """`14 of 49 issues`: a part of the ready horizon."""
    return f"{count} of {wording.many(len(report.judgement.near), 'issue')}"


def unlocked(report: RunReport) -> float:
    """How many points are ready once the obstacles are gone: not of issues that lack more, which is due later.

    Issues without an estimate count nothing.
    """
    unready = (verdict for verdict in report.judgement.near if verdict.state is State.NOT_READY)
    return sum(verdict.issue.points or 0.0 for verdict in unready if not verdict.due)


def by_distance(report: RunReport) -> tuple[DistanceGroup, ...]:
    """Counted issues by state and distance: the running sprint, the next three, all later ones, and what has none."""
    box = report.backlog.boxes.box
    labels = (f"next {box}", f"second {box}", f"third {box}", "later", "velocity unknown", f"running {box}")
    rows = Counter((labels[_group(verdict, report)], verdict.state) for verdict in report.judgement.counted)
    groups = [
        DistanceGroup(
            label=label,
            ready=rows[label, State.READY],
            unready=rows[label, State.NOT_READY],
            not_due=rows[label, State.NOT_DUE],
        )
        for label in labels
    ]
    return tuple(group for group in (groups[RUNNING], *groups[:RUNNING]) if group.total)


def _group(verdict: Verdict, report: RunReport) -> int:
    if report.snapshot.is_running(verdict.issue):
        return RUNNING
    return LATER + 1 if verdict.distance is None else min(math.floor(verdict.distance), LATER)


def unclaimed(report: RunReport) -> tuple[Issue, ...]:
    """Issues of the horizon without a team; epics and sub-tasks have that of their issues, or of their parent."""
    return tuple(v.issue for v in report.judgement.near if not report.snapshot.teams_of(v.issue))


def cross_team(report: RunReport) -> tuple[Issue, ...]:
    """Issues of the horizon that more than one team claims; what any of several teams may take is not among them."""
    teams = report.snapshot.product.teams
    near = (verdict.issue for verdict in report.judgement.near)
    return tuple(issue for issue in near if sum(team.recognises(issue) for team in teams) > 1)


def waived(report: RunReport) -> tuple[tuple[Issue, Finding], ...]:
    """Accepted findings, in rank order."""
    return tuple((v.issue, finding) for v in report.judgement.verdicts for finding in v.findings if finding.waived)
