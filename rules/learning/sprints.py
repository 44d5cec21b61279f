"""The sprints of a team that began, and which of their issues are the team's."""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain

from rules.history.replay import Edits, sprints_at, was_open
from rules.model import Issue, Snapshot, Sprint, SprintState, Team


def begun(snapshot: Snapshot, team: Team) -> tuple[Sprint, ...]:
    """A team's closed and running sprints, oldest first."""
    states = (SprintState.CLOSED, SprintState.ACTIVE)
    return tuple(chain.from_iterable(snapshot.sprints_of(team, state) for state in states))


def issues_of(snapshot: Snapshot, team: Team, issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Of the issues of a board's sprint those of the team: where several share the board, those that it recognises."""
    return snapshot.on_board_of(team, (issue for issue in issues if issue.is_counted))


def was_there(issue: Issue, edits: Edits, sprint: str, start: datetime) -> bool:
    """Whether an issue was open and in a sprint (its id) when that started."""
    return was_open(issue, start) and sprint in sprints_at(issue, edits, start)
