"""The tasks of a team's sprint: hours per story and in total against the plannable hours, and what is missing.

For the planning pages only: nothing here changes a verdict, a score, a label or a comment.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from math import fsum

from rules.backlog.index import Backlog
from rules.capacity.model import TeamCapacity
from rules.model import Issue, Kind, SprintState, TaskMode, Team

LONG_TASK = 16.0
"""Hours from which a task is too long: more than two working days."""
LOOKED_AT = 3
"""So many closed sprints show whether a team uses sub-tasks."""


class TaskCode(StrEnum):
    """What a finding about tasks is about; the values are part of the JSON outputs."""

    NO_TASKS = "STORY-WITHOUT-TASKS"
    NO_HOURS = "TASK-WITHOUT-HOURS"
    LONG = "TASK-TOO-LONG"
    NO_APPROACH = "LARGE-WITHOUT-APPROACH"
    TOO_MANY = "HOURS-OVER-CAPACITY"


@dataclass(frozen=True, slots=True)
class TaskFinding:
    """One thing to do in Sprint Planning about the tasks of a team; `issue` is a key, "" for the whole sprint."""

    code: TaskCode
    issue: str
    text: str


@dataclass(frozen=True, slots=True)
class Task:
    """A sub-task and the hours that are still to do, `None` where it has no estimate."""

    issue: Issue
    hours: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueTasks:
    """The tasks of one planned issue. `unread` are the keys of sub-tasks that were not read.

    `unread_hours` is what they have left according to their parent's total, `None` where it has none.
    """

    issue: Issue
    tasks: tuple[Task, ...] = ()
    unread: tuple[str, ...] = ()
    unread_hours: float | None = None

    @property
    def hours(self) -> float:
        """The hours that are still to do."""
        return fsum(task.hours or 0.0 for task in self.tasks) + (self.unread_hours or 0.0)

    @property
    def known_hours(self) -> float | None:
        """The hours that are still to do, `None` where no task has an estimate."""
        estimated = self.unread_hours is not None or any(task.hours is not None for task in self.tasks)
        return self.hours if estimated else None

    @property
    def count(self) -> int:
        """How many tasks there are, those that were not read among them."""
        return len(self.tasks) + len(self.unread)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamTasks:
    """The tasks of a team's next sprint, against its plannable hours.

    `asked` says whether the team is asked for tasks; where it is not, there are no findings.
    """

    team: str
    plannable: float
    asked: bool
    issues: tuple[IssueTasks, ...] = ()
    findings: tuple[TaskFinding, ...] = ()

    @property
    def hours(self) -> float:
        """The hours of all tasks that are still to do."""
        return fsum(one.hours for one in self.issues)


def tasks_of(capacity: TeamCapacity, planned: tuple[str, ...], backlog: Backlog) -> TeamTasks:
    """The tasks of the issues planned for a team's next sprint (their keys), in the given order."""
    known = backlog.snapshot.by_key
    issues = tuple(_tasks(known[key], backlog) for key in planned if key in known)
    asked = is_asked(capacity.team, backlog)
    tasks = TeamTasks(team=capacity.team.name, plannable=capacity.hours, asked=asked, issues=issues)
    if not asked:
        return tasks
    return replace(tasks, findings=tuple(_findings(tasks)))


def is_asked(team: Team, backlog: Backlog) -> bool:
    """Whether a team is asked for tasks. With "auto": whether one of its issues in its last three sprints had some."""
    if team.tasks is not TaskMode.AUTO:
        return team.tasks is TaskMode.ON
    closed = backlog.snapshot.sprints_of(team, SprintState.CLOSED)[-LOOKED_AT:]
    last = {sprint.id for sprint in closed}
    inside = (issue for issue in backlog.snapshot.by_key.values() if last.intersection(issue.sprints))
    its_own = backlog.snapshot.on_board_of(team, inside)
    return any(issue.subtasks or issue.kind is Kind.SUBTASK for issue in its_own)


def _tasks(issue: Issue, backlog: Backlog) -> IssueTasks:
    children = [one for one in backlog.children.get(issue.key, ()) if one.kind is Kind.SUBTASK]
    last = len(backlog.rank)
    children.sort(key=lambda child: (backlog.rank.get(child.key, last), child.key))
    tasks = tuple(Task(child, _left(child)) for child in children)
    unread = tuple(key for key in issue.subtasks if key not in backlog.snapshot.by_key)
    return IssueTasks(issue=issue, tasks=tasks, unread=unread, unread_hours=_unread(issue, tasks) if unread else None)


def _left(task: Issue) -> float | None:
    """The hours a task still takes: none for a done one; what remains, else what was estimated."""
    if not task.is_open:
        return 0.0
    return task.hours.left


def _unread(issue: Issue, tasks: tuple[Task, ...]) -> float | None:
    """What the total of an issue has beyond the issue itself and the tasks that were read."""
    total = issue.hours.total_remaining
    if total is None:
        return None
    return max(0.0, total - (issue.hours.remaining or 0.0) - fsum(task.issue.hours.remaining or 0.0 for task in tasks))


def _findings(tasks: TeamTasks) -> Iterator[TaskFinding]:
    for one in tasks.issues:
        yield from _about(one)
    if tasks.hours > tasks.plannable:
        text = (
            f"The tasks take {tasks.hours:g} h and {tasks.plannable:g} h are plannable. "
            f"Take out {tasks.hours - tasks.plannable:g} h."
        )
        yield TaskFinding(TaskCode.TOO_MANY, "", text)


def _about(one: IssueTasks) -> Iterator[TaskFinding]:
    key = one.issue.key
    if one.issue.kind is Kind.STORY and not one.tasks and not one.unread:
        yield TaskFinding(TaskCode.NO_TASKS, key, f"{key} has no tasks. Break it down.")
    for task in one.tasks:
        if task.hours is None:
            yield TaskFinding(TaskCode.NO_HOURS, task.issue.key, f"Task {task.issue.key} has no hours. Estimate it.")
        elif task.hours > LONG_TASK:
            text = f"Task {task.issue.key} takes {task.hours:g} h, more than {LONG_TASK:g} h. Split it."
            yield TaskFinding(TaskCode.LONG, task.issue.key, text)
