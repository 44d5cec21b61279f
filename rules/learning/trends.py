"""Trends by sprint: what was known of a team when each of its sprints began, and what came of the sprint.

What was known is what the last run before the sprint saw. A sprint before which no run was near is left out there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

from rules.backlog.index import Backlog
from rules.capacity.model import Range, TeamCapacity
from rules.deep.model import Deep
from rules.learning.estimates import TeamEstimates
from rules.learning.late_debate import TeamDebate
from rules.learning.sprints import begun
from rules.model import Snapshot, SprintState, Team
from rules.verdict import Judgement

LEAST = 6
"""With fewer sprints nothing is called a trend."""
NEAR = timedelta(days=7)
"""A run that was longer before the start of a sprint does not say what was known at its start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SprintStart:
    """What a run knew of a team before one of its sprints (its id) began.

    `near` is how many of the team's issues were in the ready horizon, `ready` how many of these were ready. `runway` is
    in sprints. `accepted` counts findings that people accepted.
    """

    team: str
    sprint: str
    at: datetime
    near: int
    ready: int
    runway: float | None
    accepted: int


class SeriesKind(StrEnum):
    """What a series shows; the values are part of the JSON output."""

    READY = "ready"
    RUNWAY = "runway"
    FINISHED = "finished"
    LATE = "late-changes"
    ACCEPTED = "accepted-findings"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPoint:
    """The value of one sprint (its id). `low` and `high` are the range of the forecast, where there was one."""

    sprint: str
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One figure of a team by sprint, the oldest first. Shares are 0 to 100."""

    kind: SeriesKind
    points: tuple[SeriesPoint, ...]

    @property
    def is_enough(self) -> bool:
        """Whether there are enough sprints for a trend."""
        return len(self.points) >= LEAST

    @property
    def spread(self) -> tuple[float, float, float] | None:
        """The lowest value, the median and the highest; `None` without sprints."""
        values = [point.value for point in self.points]
        return (min(values), median(values), max(values)) if values else None

    @property
    def forecasts(self) -> int:
        """How many sprints had a forecast."""
        return sum(point.low is not None for point in self.points)

    @property
    def kept(self) -> int:
        """How many sprints ended within the range of their forecast."""
        ranges = ((point.low, point.value, point.high) for point in self.points)
        return sum(low is not None and high is not None and low <= value <= high for low, value, high in ranges)


@dataclass(frozen=True, slots=True)
class TeamTrend:
    """Every series of one team, in the order of `SeriesKind`."""

    team: str
    series: tuple[Series, ...]


def sprint_starts(
    snapshot: Snapshot, judgement: Judgement, deep: Deep, capacities: Iterable[TeamCapacity]
) -> tuple[SprintStart, ...]:
    """What is known of each team before its next sprint; teams without a planned one are left out."""
    runways = {runway.team: runway.sprints for runway in deep.runways}

    def of(capacity: TeamCapacity) -> SprintStart | None:
        team, sprint = capacity.team, capacity.sprint
        if sprint is None or sprint.state is not SprintState.FUTURE:
            return None
        mine = [verdict for verdict in judgement.counted if team in snapshot.teams_of(verdict.issue)]
        near = [verdict for verdict in mine if verdict.in_horizon]
        return SprintStart(
            team=team.name,
            sprint=sprint.id,
            at=snapshot.taken_at,
            near=len(near),
            ready=sum(verdict.ready for verdict in near),
            runway=runways.get(team.name, runways.get("") if len(snapshot.product.teams) == 1 else None),
            accepted=sum(bool(finding.waived) for verdict in mine for finding in verdict.findings),
        )

    return tuple(filter(None, map(of, capacities)))


def trends(
    backlog: Backlog,
    starts: Iterable[SprintStart],
    estimates: Iterable[TeamEstimates],
    debates: Iterable[TeamDebate],
) -> tuple[TeamTrend, ...]:
    """The series of each team, in the order of the configuration; `starts` are those that runs kept."""
    snapshot, known = backlog.snapshot, {(start.team, start.sprint): start for start in starts}
    finished = {one.team: {sprint.sprint: sprint.done for sprint in one.sprints} for one in estimates}
    late = {one.team: {box.sprint: box.total for box in (*one.before, one.latest)} for one in debates}
    forecasts = {
        (one.team, one.sprint): one.expected
        for capacity in backlog.capacities
        for one in capacity.record
        if one.unit is snapshot.unit
    }

    def of(team: Team) -> TeamTrend:
        at_start = _at_start(snapshot, team, known)
        return TeamTrend(
            team.name,
            (
                Series(SeriesKind.READY, tuple(_ready(at_start))),
                Series(SeriesKind.RUNWAY, _points((one.sprint, one.runway) for one in at_start)),
                Series(SeriesKind.FINISHED, tuple(_finished(team.name, finished.get(team.name, {}), forecasts))),
                Series(SeriesKind.LATE, _points(late.get(team.name, {}).items())),
                Series(SeriesKind.ACCEPTED, _points((one.sprint, one.accepted) for one in at_start)),
            ),
        )

    return tuple(map(of, snapshot.product.teams))


def _at_start(snapshot: Snapshot, team: Team, known: Mapping[tuple[str, str], SprintStart]) -> tuple[SprintStart, ...]:
    """What was known shortly before the team's sprints that began, the oldest first."""
    pairs = ((sprint, known.get((team.name, sprint.id))) for sprint in begun(snapshot, team))
    return tuple(
        start
        for sprint, start in pairs
        if start is not None and sprint.start is not None and sprint.start - start.at <= NEAR
    )


def _ready(starts: Sequence[SprintStart]) -> Iterator[SeriesPoint]:
    for one in starts:
        if one.near:
            yield SeriesPoint(sprint=one.sprint, value=100 * one.ready / one.near)


def _finished(
    team: str, done: Mapping[str, float], forecasts: Mapping[tuple[str, str], Range]
) -> Iterator[SeriesPoint]:
    for sprint, value in done.items():
        forecast = forecasts.get((team, sprint))
        low, high = (None, None) if forecast is None else (forecast.p15, forecast.p85)
        yield SeriesPoint(sprint=sprint, value=value, low=low, high=high)


def _points(values: Iterable[tuple[str, float | None]]) -> tuple[SeriesPoint, ...]:
    return tuple(SeriesPoint(sprint=sprint, value=value) for sprint, value in values if value is not None)
