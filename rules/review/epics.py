"""Epics with the issues below them by readiness, and the increment that they belong to.

The chain is objective, feature, story. An epic is a feature here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from math import fsum

from rules.backlog.index import Backlog
from rules.capacity.days import window_of
from rules.capacity.model import TeamCapacity
from rules.capacity.outlook import coming_sprints
from rules.model import Issue, Kind, SprintState, Unit
from rules.review.options import IncrementOptions
from rules.review.slices import layers_of
from rules.verdict import Judgement
from rules.wording import many

SPRINTS = 5
"""The sprints of an increment without dates."""
MOST = 60
"""Sprints of a team that are looked at."""


class ChildState(StrEnum):
    """How far an issue below an epic is; the values are part of the JSON outputs."""

    DONE = "done"
    RUNNING = "in a running sprint"
    PLANNED = "planned"
    READY = "ready"
    NOT_READY = "not ready"


class EpicCode(StrEnum):
    """What a finding about epics is about; the values are part of the JSON outputs."""

    NO_STORIES = "FEATURE-WITHOUT-STORIES"
    LATE = "FEATURE-AFTER-ITS-DATE"
    BY_LAYER = "FEATURE-CUT-BY-LAYER"
    NO_OBJECTIVE = "FEATURE-WITHOUT-OBJECTIVE"
    NO_FEATURE = "OBJECTIVE-WITHOUT-FEATURE"
    TOO_MUCH = "INCREMENT-OVER-CAPACITY"


@dataclass(frozen=True, slots=True)
class EpicFinding:
    """One fact about an epic (its key) or the whole increment (""), and what to do."""

    code: EpicCode
    issue: str
    text: str


@dataclass(frozen=True, slots=True)
class Child:
    """An issue below an epic: how far it is, the name of its open sprint ("" for none), and its size.

    `assumed` is whether it has no estimate, so that its size is assumed.
    """

    issue: Issue
    state: ChildState
    sprint: str
    points: float
    assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EpicProgress:
    """One epic with the issues below it in rank order, done ones first. `objective` is "" for none.

    `planned_until` is the last day of the latest sprint that an issue below it is in, `None` for none.
    """

    issue: Issue
    objective: str
    children: tuple[Child, ...]
    planned_until: date | None = None

    def points(self, *states: ChildState) -> float:
        """The size of the issues in these states, of all without any."""
        return fsum(child.points for child in self.children if not states or child.state in states)

    def count(self, state: ChildState) -> int:
        """How many issues are in this state."""
        return sum(child.state is state for child in self.children)

    @property
    def open_points(self) -> float:
        """The size of what is not done."""
        return self.points() - self.points(ChildState.DONE)


@dataclass(frozen=True, slots=True)
class SprintOfIncrement:
    """One sprint of a team in the increment: its name ("" where it is not in the tracker yet), last day and points."""

    name: str
    last: date
    points: float


@dataclass(frozen=True, slots=True)
class TeamIncrement:
    """The sprints of one team that are still to come in the increment; none where its points are unknown."""

    team: str
    sprints: tuple[SprintOfIncrement, ...]

    @property
    def points(self) -> float:
        """The sum of its sprints."""
        return fsum(sprint.points for sprint in self.sprints)


@dataclass(frozen=True, slots=True, kw_only=True)
class Increment:
    """The increment: objectives by name, epics in rank order, the capacity of the teams until its end."""

    name: str
    first: date | None
    last: date | None
    objectives: tuple[str, ...]
    epics: tuple[EpicProgress, ...]
    teams: tuple[TeamIncrement, ...]
    findings: tuple[EpicFinding, ...] = ()

    @property
    def capacity(self) -> float:
        """The points of all teams: the sum of their sprints."""
        return fsum(team.points for team in self.teams)

    @property
    def open_points(self) -> float:
        """What is left to do: of the features of objectives, where there are objectives, else of all."""
        counted = [epic for epic in self.epics if epic.objective or not self.objectives]
        return fsum(epic.open_points for epic in counted)

    def of(self, objective: str) -> tuple[EpicProgress, ...]:
        """The epics that serve an objective, "" for those that serve none."""
        return tuple(epic for epic in self.epics if epic.objective == objective)


def increment(backlog: Backlog, judgement: Judgement, options: IncrementOptions, keys: Sequence[str] = ()) -> Increment:
    """The open epics of the backlog, with `keys` only these. One that the backlog query does not give is missing."""
    whole = Increment(
        name=options.name,
        first=options.first,
        last=options.last,
        objectives=tuple(one.name for one in options.objectives),
        epics=tuple(
            _epic(issue, backlog, judgement, options)
            for issue in backlog.snapshot.issues
            if issue.kind is Kind.EPIC and issue.is_open and (not keys or issue.key in keys)
        ),
        teams=tuple(TeamIncrement(one.team.name, tuple(_sprints(one, options))) for one in backlog.capacities),
    )
    about = (*_about_epics(whole, judgement), *(() if keys else _about_all(whole, backlog.snapshot.unit)))
    return replace(whole, findings=about)


def _epic(issue: Issue, backlog: Backlog, judgement: Judgement, options: IncrementOptions) -> EpicProgress:
    below = list(backlog.counted_below(issue.key))
    last = len(backlog.rank)
    below.sort(key=lambda child: (child.is_open, backlog.rank.get(child.key, last), child.key))
    open_sprints = (backlog.snapshot.sprint_by_id.get(child.sprint or "") for child in below if child.is_open)
    windows = (window_of(sprint) for sprint in open_sprints if sprint is not None)
    return EpicProgress(
        issue=issue,
        objective=_objective(issue, options),
        children=tuple(_child(child, backlog, judgement) for child in below),
        planned_until=max((window.last for window in windows if window is not None), default=None),
    )


def _objective(issue: Issue, options: IncrementOptions) -> str:
    serving = (one.name for one in options.objectives if issue.key in one.features or one.labels & issue.labels)
    return next(serving, "")


def _child(issue: Issue, backlog: Backlog, judgement: Judgement) -> Child:
    sprint = backlog.snapshot.sprint_by_id.get(issue.sprint or "")
    verdict = judgement.by_key.get(issue.key)
    if not issue.is_open:
        state = ChildState.DONE
    elif sprint is not None and sprint.state is SprintState.ACTIVE:
        state = ChildState.RUNNING
    elif sprint is not None:
        state = ChildState.PLANNED
    else:
        state = ChildState.READY if verdict is not None and verdict.ready else ChildState.NOT_READY
    name = sprint.name if sprint is not None and issue.is_open else ""
    size = backlog.sizes[issue.key]
    return Child(issue, state, name, size.points, size.imputed)


def _sprints(capacity: TeamCapacity, options: IncrementOptions) -> Iterator[SprintOfIncrement]:
    """The coming sprints of a team that lie in the increment; after the planned ones, those of its usual rhythm."""
    for one in coming_sprints(capacity, SPRINTS if options.last is None else MOST):
        if options.last is not None and one.last > options.last:
            return
        if one.points is not None and (options.first is None or one.first >= options.first):
            yield SprintOfIncrement(one.sprint.name if one.sprint else "", one.last, one.points.p50)


def _about_epics(whole: Increment, judgement: Judgement) -> Iterator[EpicFinding]:
    for epic in whole.epics:
        key, verdict = epic.issue.key, judgement.by_key.get(epic.issue.key)
        if not epic.children and verdict is not None and verdict.in_horizon:
            text = f"{key} is in the ready horizon and has no stories. Write the first ones."
            yield EpicFinding(EpicCode.NO_STORIES, key, text)
        if epic.issue.due is not None and epic.planned_until is not None and epic.planned_until > epic.issue.due:
            due, until = (f"{day.day} {day:%B}" for day in (epic.issue.due, epic.planned_until))
            text = f"{key} is due on {due}, and is planned until {until}. Move what can wait out of it, or the date."
            yield EpicFinding(EpicCode.LATE, key, text)
        if layers := layers_of([child.issue for child in epic.children], judgement):
            text = f"Each part of {key} is about one layer ({', '.join(layers)}), so none is usable alone."
            yield EpicFinding(EpicCode.BY_LAYER, key, f"{text} Cut a first part that goes through all of them.")
        if whole.objectives and not epic.objective and epic.points(ChildState.RUNNING, ChildState.PLANNED):
            text = f"{key} is planned and serves no objective of the increment."
            yield EpicFinding(EpicCode.NO_OBJECTIVE, key, text)


def _about_all(whole: Increment, unit: Unit) -> Iterator[EpicFinding]:
    for name in whole.objectives:
        if not whole.of(name):
            text = f'No open feature serves the objective "{name}".'
            yield EpicFinding(EpicCode.NO_FEATURE, "", text)
    if whole.capacity and whole.open_points > whole.capacity:
        needs, takes = many(round(whole.open_points, 1), unit.one), round(whole.capacity, 1)
        text = f"The features still need {needs}, and the teams usually finish {takes:g} in the increment."
        yield EpicFinding(EpicCode.TOO_MUCH, "", text)
