"""How many months of work the backlog holds, at the pace of the closed sprints.

Open issues divided by the issues that are finished in a month: Little's law for the time that an issue waits (Little,
Operations Research 9, 1961). Issues are counted and not points, because most of a big backlog has no estimate.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from rules.backlog.index import Backlog
from rules.model import Issue, Snapshot, SprintState, Team

MONTH = timedelta(days=365.25 / 12)
LEAST_FINISHED = 5
"""Fewer finished issues do not show a pace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BacklogSize:
    """The open issues in no running sprint, without epics and sub-tasks, and how many are finished in a month.

    `per_month` is `None` where too little is finished to say. `limit` is in months.
    """

    open: int
    per_month: float | None
    limit: float

    @property
    def months(self) -> float | None:
        """How long the open issues last, in months."""
        return None if self.per_month is None else self.open / self.per_month

    @property
    def is_above(self) -> bool:
        """Whether that is above the limit."""
        return self.months is not None and self.months > self.limit


def size_of(backlog: Backlog, limit: float) -> BacklogSize:
    """The size of the backlog; the pace is that of all teams whose board was read."""
    snapshot = backlog.snapshot
    teams = [team for team in snapshot.product.teams if team.name not in snapshot.stopped]
    counted = [issue for issue in snapshot.history if issue.is_counted and not issue.is_open]
    paces = [_pace(team, counted, snapshot) for team in teams]
    finished, monthly = sum(done for done, _ in paces), sum(rate for _, rate in paces)
    return BacklogSize(
        open=sum(issue.is_counted for issue in backlog.open),
        per_month=monthly if finished >= LEAST_FINISHED else None,
        limit=limit,
    )


def _pace(team: Team, issues: Collection[Issue], snapshot: Snapshot) -> tuple[int, float]:
    """How many issues were finished in the team's closed sprints, and how many that is in a month."""
    closed = [s for s in snapshot.sprints_of(team, SprintState.CLOSED) if s.start is not None]
    ends = [end for sprint in closed if (end := sprint.completed or sprint.end) is not None]
    if not ends:
        return 0, 0.0
    ids = {sprint.id for sprint in closed}
    first, last = min(sprint.start for sprint in closed if sprint.start is not None), max(ends)
    finished = sum(
        not ids.isdisjoint(issue.sprints[-1:]) and issue.resolved is not None and first <= issue.resolved <= last
        for issue in issues
    )
    return finished, finished * (MONTH / max(last - first, timedelta(days=1)))
