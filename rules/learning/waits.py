"""How long issues wait before work on them begins, and which waited longest: where refinement has its bottleneck."""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from rules.history.states import in_status_since, status_categories, work_began
from rules.learning.sprints import issues_of
from rules.model import Category, Issue, Snapshot, SprintState

LEAST = 5
"""With fewer issues no usual value is named."""
MOST = 3
"""The issues that are named for each status."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """The issues that wait in one status before work begins, outside of running sprints.

    `usual` is the median of the calendar days since they came into it, `None` where the issues are too few. `longest`
    are the keys of those that waited longest, with their days.
    """

    status: str
    issues: int
    usual: float | None
    longest: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamWait:
    """How many calendar days a team's finished issues waited from their creation until work began, as a median."""

    team: str
    issues: int
    usual: float | None


def waits(snapshot: Snapshot) -> tuple[Wait, ...]:
    """The statuses in which issues wait, the one with most waiting days first. Issues of unknown past are left out."""
    days: dict[str, list[tuple[str, float]]] = {}
    for issue in snapshot.issues:
        if (
            issue.category is Category.TODO
            and issue.is_counted
            and not snapshot.is_running(issue)
            and issue.id in snapshot.edits
        ):
            since = in_status_since(issue, snapshot.edits[issue.id])
            days.setdefault(issue.status, []).append((issue.key, (snapshot.taken_at - since) / DAY))
    made = [_wait(status, waiting) for status, waiting in days.items()]
    totals = {status: sum(waited for _, waited in waiting) for status, waiting in days.items()}
    return tuple(sorted(made, key=lambda wait: (-totals[wait.status], wait.status)))


def _wait(status: str, waiting: list[tuple[str, float]]) -> Wait:
    usual = median(days for _, days in waiting) if len(waiting) >= LEAST else None
    longest = sorted(waiting, key=lambda one: (-one[1], one[0]))[:MOST]
    return Wait(status=status, issues=len(waiting), usual=usual, longest=tuple(longest))


def waits_before_work(snapshot: Snapshot) -> tuple[TeamWait, ...]:
    """The teams whose finished issues show it, in the order of the configuration."""
    categories = status_categories(snapshot)

    def days_of(issue: Issue) -> float | None:
        began = work_began(snapshot.edits.get(issue.id, ()), categories)
        return None if began is None else (began - issue.created) / DAY

    made = []
    for team in snapshot.product.teams:
        closed = {sprint.id for sprint in snapshot.sprints_of(team, SprintState.CLOSED)}
        mine = (issue for issue in snapshot.history if not issue.is_open and closed.intersection(issue.sprints))
        days = [waited for waited in map(days_of, issues_of(snapshot, team, mine)) if waited is not None]
        if days:
            usual = median(days) if len(days) >= LEAST else None
            made.append(TeamWait(team=team.name, issues=len(days), usual=usual))
    return tuple(made)
