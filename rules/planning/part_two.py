"""Sprint Planning part two: the sprint of one team, down to its tasks. Nothing of another team is part of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from rules.backlog.handshakes import Handshake
from rules.backlog.index import Backlog
from rules.capacity.days import Window
from rules.capacity.model import TeamCapacity
from rules.model import Unit
from rules.planning.approach import approach_of
from rules.planning.goals import TeamGoal
from rules.planning.model import SprintProposal
from rules.planning.options import PlanningOptions
from rules.planning.questions import Question, questions_of
from rules.planning.since import Reestimated, estimates_since
from rules.planning.tasks import IssueTasks, TaskCode, TaskFinding, TeamTasks, tasks_of
from rules.planning.team_part import Selected, TeamPart, team_part
from rules.verdict import Judgement
from rules.wording import many


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One issue of the sprint with its tasks.

    `approach` is the beginning of its approach note, "" for none; `needs_approach` is whether a large issue has none.
    """

    selected: Selected
    tasks: IssueTasks
    approach: str = ""
    needs_approach: bool = False
    estimate: Reestimated | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartTwo:
    """Everything of part two for one team.

    `since` is the moment of part one, `None` where that or the past is not known. `findings` are about tasks and about
    large issues without an approach note. `needed` is what the sprint needs from other teams, `provided` what other
    teams need from this one and is not agreed on.
    """

    part: TeamPart
    tasks: TeamTasks
    issues: tuple[Planned, ...]
    findings: tuple[TaskFinding, ...]
    questions: tuple[Question, ...] = ()
    since: datetime | None = None
    needed: tuple[Handshake, ...] = ()
    provided: tuple[Handshake, ...] = ()

    @property
    def estimates(self) -> tuple[Reestimated, ...]:
        """The estimates that changed since part one."""
        return tuple(one.estimate for one in self.issues if one.estimate is not None)


def part_two(  # noqa: PLR0913 - everything of a run that a team plans with
    capacity: TeamCapacity,
    goal: TeamGoal,
    backlog: Backlog,
    judgement: Judgement,
    proposal: SprintProposal,
    options: PlanningOptions,
    *,
    since: datetime | None,
) -> PartTwo:
    """Part two of the team that this capacity and goal belong to."""
    part = team_part(capacity, goal, backlog, proposal)
    tasks = tasks_of(capacity, goal.planned, backlog)
    known = since if "changelog" not in backlog.snapshot.unavailable else None
    issues = tuple(
        _planned(selected, one, capacity, backlog, options, known)
        for selected, one in zip(part.selected, tasks.issues, strict=True)
    )
    return PartTwo(
        part=part,
        tasks=tasks,
        issues=issues,
        findings=(*tasks.findings, *_without_approach(issues, capacity.unit)),
        questions=tuple(questions_of(part.name, (one.issue for one in part.selected), backlog, judgement)),
        since=known,
        needed=tuple(needed_by(part, backlog)),
        provided=tuple(unanswered_by(part.name, backlog)),
    )


def needed_by(part: TeamPart, backlog: Backlog) -> Iterator[Handshake]:
    """What the issues of a sprint need from other teams, also those that are only proposed for it."""
    first, last = part.capacity.first, part.capacity.last
    for one in part.selected:
        for needed in backlog.handshakes.get(one.issue.key, ()):
            yield needed.needed_from(Window(first, last)) if first is not None and last is not None else needed


def unanswered_by(team: str, backlog: Backlog) -> Iterator[Handshake]:
    """What other teams need from a team and is not agreed on, in the rank order of the issues that need it."""
    for dependencies in backlog.handshakes.values():
        yield from (one for one in dependencies if one.provider == team and not one.is_agreed)


def _planned(
    selected: Selected,
    tasks: IssueTasks,
    capacity: TeamCapacity,
    backlog: Backlog,
    options: PlanningOptions,
    since: datetime | None,
) -> Planned:
    issue = selected.issue
    approach = "" if issue.restricted else approach_of(backlog.readings.get(issue.key))
    usual, size = capacity.velocity, selected.points or 0.0
    is_large = bool(options.approach_share and usual and size > options.approach_share * usual)
    return Planned(
        selected=selected,
        tasks=tasks,
        approach=approach,
        needs_approach=is_large and not approach and not issue.restricted,
        estimate=estimates_since(issue, backlog, since) if since is not None else None,
    )


def _without_approach(issues: tuple[Planned, ...], unit: Unit) -> Iterator[TaskFinding]:
    for one in issues:
        if one.needs_approach:
            key, size = one.selected.issue.key, many(one.selected.points or 0.0, unit.one)
            text = f"{key} is large ({size}) and has no approach note. Write how it is built."
            yield TaskFinding(TaskCode.NO_APPROACH, key, text)
