"""What people should see in part one of Sprint Planning besides the proposal: side work, and dates outside a sprint."""

from collections.abc import Iterator
from dataclasses import dataclass

from rules.backlog.index import Backlog
from rules.model import Issue, Snapshot, Sprint, SprintState


@dataclass(frozen=True, slots=True)
class SideWork:
    """An open issue in a running sprint that is not in the Product Backlog; `sprint` is the sprint's name.

    `team` is the team's name. Where several share the board and none recognises the issue, it has all their names.
    """

    issue: Issue
    team: str
    sprint: str


def side_work(backlog: Backlog) -> tuple[SideWork, ...]:
    """The side work of the teams, by team and key.

    None where the backlog query gives no issue of a running sprint at all: then it is not meant to.
    """
    snapshot = backlog.snapshot
    boards = {team.board for team in snapshot.product.teams}
    active = (sprint for sprint in snapshot.sprints if sprint.state is SprintState.ACTIVE and sprint.board in boards)
    running = {sprint.id: sprint for sprint in active}
    if not any(issue.sprint in running for issue in snapshot.issues):
        return ()
    issues = (
        SideWork(issue, _teams(issue, running[issue.sprint], snapshot), running[issue.sprint].name)
        for issue in snapshot.history
        if issue.sprint in running and issue.is_open and issue.is_counted and issue.key not in backlog.rank
    )
    return tuple(sorted(issues, key=lambda one: (one.team, one.issue.key)))


def _teams(issue: Issue, sprint: Sprint, snapshot: Snapshot) -> str:
    planning = [team for team in snapshot.product.teams if team.board == sprint.board]
    its_own = [team for team in planning if snapshot.on_board_of(team, (issue,))]
    return ", ".join(team.name for team in its_own or planning)


def dated_outside(backlog: Backlog) -> tuple[Issue, ...]:
    """The open issues of the backlog with a due date and without a sprint, the earliest date first.

    What is in the backlog is wished for, not promised: a date says otherwise.
    """
    return tuple(sorted(_dated(backlog), key=lambda issue: (str(issue.due), issue.key)))


def _dated(backlog: Backlog) -> Iterator[Issue]:
    for issue in backlog.snapshot.issues:
        if issue.due is not None and issue.sprint is None and issue.is_open and issue.is_counted:
            yield issue
