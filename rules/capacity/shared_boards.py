"""Teams that share a board without saying what each takes: no issue on the board counts for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rules.model import Team, TeamFilter
from rules.wording import agreeing


@dataclass(frozen=True, slots=True)
class SharedBoard:
    """A board of several teams of which some, `silent`, do not say what they take; teams by name."""

    board: int
    teams: tuple[str, ...]
    silent: tuple[str, ...]

    @property
    def fact(self) -> str:
        """What is missing, and what that leaves unknown; the end of a sentence without its full stop."""
        who = _who(self.silent, self.teams)
        return f"is shared by {' and '.join(self.teams)}, and {who}: velocity and load are unknown"


def shared_boards(teams: Sequence[Team]) -> Iterator[SharedBoard]:
    """The boards of several teams of which at least one does not say what it takes, in the order of the teams."""
    for board in dict.fromkeys(team.board for team in teams):
        together = [team for team in teams if team.board == board]
        silent = tuple(team.name for team in together if team.takes == TeamFilter())
        if silent and len(together) > 1:
            yield SharedBoard(board, tuple(team.name for team in together), silent)


def _who(silent: Sequence[str], teams: Sequence[str]) -> str:
    if len(silent) == len(teams):
        return f"{'neither' if len(teams) == 2 else 'none'} says what it takes"
    does, takes = agreeing(len(silent), "does", "do"), agreeing(len(silent), "it takes", "they take")
    return f"{' and '.join(silent)} {does} not say what {takes}"
