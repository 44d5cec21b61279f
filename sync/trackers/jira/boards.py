"""The teams' boards: which field each estimates by, its sprints, and which teams are left out because of their board.

A board that does not exist or cannot be read stops its own team. Only where every board is like that is there nothing
to run on.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from rules.capacity.time_boxes import weeks_of
from rules.model import Sprint, SprintState, Team
from sync.errors import Forbidden, NotFound, Rejected, TrackerError
from sync.logs import get_logger
from sync.trackers.jira.payloads import read_sprint
from sync.trackers.jira.site_answers import SiteAnswers

log = get_logger()

Fault = NotFound | Forbidden | Rejected
"""What is wrong with one board; every other error concerns the whole site."""
NO_SPRINTS = 400
"""The status with which Jira says that a board has no sprints, as a Kanban board."""
NO_COLUMNS = 422
"""The status with which Jira says that no column of a board has a status."""


class BoardReader:
    """Reads the boards of the teams once, and keeps what is wrong with each."""

    def __init__(self, answers: SiteAnswers, teams: Sequence[Team]) -> None:
        self._answers, self._teams = answers, teams
        self._boards = tuple(dict.fromkeys(team.board for team in teams))
        self._faults: dict[int, Fault] = {}
        self._filters: dict[int, str] = {}

    def estimates(self) -> dict[int, str]:
        """The id of the field each board estimates by; boards that estimate by none are missing."""
        fields = {board: self._estimate(board) for board in self._boards}
        return {board: field for board, field in fields.items() if field}

    def finished_query(self, closed: int) -> str:
        """The query for what teams without sprints finished in `closed` periods and the running one; "" without such.

        It asks by the filters of their boards, which are known once `estimates` was asked.
        """
        flowing = [team for team in self._teams if not team.has_sprints and team.board in self._filters]
        if not flowing:
            return ""
        numbers = ", ".join(dict.fromkeys(self._filters[team.board] for team in flowing))
        days = max((closed + 1) * weeks_of(team) * 7 for team in flowing)
        return f"filter in ({numbers}) AND statusCategory = Done AND resolved >= -{days}d"

    def sprints(self, closed: int) -> list[Sprint]:
        """Active and future sprints of the boards and the newest `closed` ones, each once; future ones as listed.

        A sprint belongs to the board it was created on if that is a team's board, else to the board that lists it: a
        recreated board lists the sprints of the old one.
        """
        by_id: dict[str, Sprint] = {}
        for board in self._boards:
            if board not in self._faults:
                for sprint in self._sprints(board, closed):
                    by_id.setdefault(sprint.id, sprint)
        begun = [sprint for sprint in by_id.values() if sprint.state is not SprintState.FUTURE]
        future = [sprint for sprint in by_id.values() if sprint.state is SprintState.FUTURE]
        return [*sorted(begun, key=lambda sprint: int(sprint.id) if sprint.id.isdigit() else 0), *future]

    def stopped(self) -> dict[str, str]:
        """Why a team is left out, by the team's name. Raises the fault where that leaves no team."""
        stopped = [team for team in self._teams if team.board in self._faults]
        if stopped and len(stopped) == len(self._teams):
            raise self._together()
        reasons = {team.name: "; ".join(fault_and_remedy(team.board, self._faults[team.board])) for team in stopped}
        for team in stopped:
            log.warning("tracker.team_left_out", team=team.name, why=f"{reasons[team.name]}; nothing is written for it")
        return reasons

    def _estimate(self, board: int) -> str:
        try:
            shape = self._answers.board(board)
        except (NotFound, Forbidden, Rejected) as error:
            self._faults[board] = error
            return ""
        if number := str((shape.get("filter") or {}).get("id") or ""):
            self._filters[board] = number
        estimation = shape.get("estimation") or {}
        by_field = estimation.get("type") == "field"
        return str((estimation.get("field") or {}).get("fieldId") or "") if by_field else ""

    def _sprints(self, board: int, closed: int) -> Iterator[Sprint]:
        """One board's sprints; none of a board without any, and none where they cannot be read."""
        try:
            sprints = [
                sprint
                for raw in self._answers.sprints(board)
                if (sprint := read_sprint(raw, _board_of(raw, board, self._boards))) is not None
            ]
        except (NotFound, Forbidden, Rejected) as error:
            if has_no_sprints(error):
                if any(team.has_sprints for team in self._teams if team.board == board):
                    log.warning("tracker.board_without_sprints", board=board)
            else:
                self._faults[board] = error
            return
        ended = sorted((sprint for sprint in sprints if sprint.state is SprintState.CLOSED), key=_ended, reverse=True)
        yield from (sprint for sprint in sprints if sprint.state is not SprintState.CLOSED)
        yield from ended[:closed]

    def _together(self) -> Fault:
        facts: list[str] = []
        todos: dict[str, None] = {}
        for team in self._teams:
            fact, todo = fault_and_remedy(team.board, self._faults[team.board])
            facts.append(fact.replace(f"board {team.board}", f'board {team.board} of team "{team.name}"', 1))
            todos[todo] = None
        return type(self._faults[self._teams[0].board])("; ".join((*facts, *todos)))


def has_no_sprints(error: TrackerError) -> bool:
    """Whether Jira says that the board has no sprints, which is right for a Kanban board."""
    return isinstance(error, Rejected) and error.status == NO_SPRINTS


def fault_and_remedy(board: int, error: TrackerError) -> tuple[str, str]:
    """What is wrong with a board, in the tracker's own words where it gives some, and what to do."""
    match error:
        case NotFound():
            fact = f"board {board} does not exist, or this account cannot see it"
            return fact, "put the number from the board's address into [[teams]] board"
        case Rejected(status=status, reason=reason) if reason:
            fact = f'board {board} does not show its sprints: Jira says "{reason}"'
            column = f"map a status to a column of board {board}"
            return fact, column if status == NO_COLUMNS else f"open board {board} in Jira and correct its settings"
        case _:
            return f"board {board} cannot be read: {error}", f"give this account access to board {board}"


def _board_of(raw: Mapping[str, Any], listed_by: int, boards: Collection[int]) -> int:
    origin = raw.get("originBoardId")
    return int(origin) if origin and int(origin) in boards else listed_by


def _ended(sprint: Sprint) -> float:
    moment = sprint.completed or sprint.end or sprint.start
    return moment.timestamp() if moment else 0.0
