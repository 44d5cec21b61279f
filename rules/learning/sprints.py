"""The sprints of a team that began, and which of their issues are the team's."""

from collections.abc import Iterable
from itertools import chain

from rules.model import Issue, Snapshot, Sprint, SprintState, Team


def begun(snapshot: Snapshot, team: Team) -> tuple[Sprint, ...]:
    """A team's closed and running sprints, oldest first."""
    states = (SprintState.CLOSED, SprintState.ACTIVE)
    return tuple(chain.from_iterable(snapshot.sprints_of(team, state) for state in states))


def issues_of(snapshot: Snapshot, team: Team, issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Of the issues of a board's sprint those of the team: where several share the board, those that it recognises."""
    shared = sum(other.board == team.board for other in snapshot.product.teams) > 1
    return tuple(issue for issue in issues if issue.is_counted and (not shared or team.recognises(issue)))
