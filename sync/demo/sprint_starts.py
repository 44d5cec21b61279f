"""What the runs before each sprint of the invented shop knew: one team gets readier, one stays, one runs dry."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from rules.learning.trends import SprintStart
from sync.demo.people import CREWS
from sync.fake_jira.state import State
from sync.store import Store

NEAR = 10
"""Issues in the ready horizon of each team."""
READY = {
    "Payments": (4, 5, 5, 6, 7, 7, 8),
    "Storefront": (6, 7, 6, 7, 7, 6, 7),
    "Search": (8, 7, 7, 5, 5, 4, 3),
}
ACCEPTED = {"Payments": (3, 3, 2, 2, 1, 0, 0), "Storefront": (1,) * 7, "Search": (0, 0, 1, 2, 2, 3, 4)}
_POINTS, _VELOCITY = 5.0, 24.0  # of a ready issue, and of a team


def past_starts(team: str, sprints: Sequence[tuple[str, datetime]]) -> tuple[SprintStart, ...]:
    """What was known the evening before each sprint of a team; `sprints` are ids and starts, the oldest first."""
    figures = list(zip(READY[team], ACCEPTED[team], strict=True))[-len(sprints) :]
    return tuple(
        SprintStart(
            team=team,
            sprint=sprint,
            at=start - timedelta(hours=12),
            near=NEAR,
            ready=ready,
            runway=round(ready * _POINTS / _VELOCITY, 2),
            accepted=accepted,
        )
        for (sprint, start), (ready, accepted) in zip(sprints[-len(figures) :], figures, strict=True)
    )


def plant(store: Path, state: State, now: datetime) -> None:
    """Keep this in the store, for the sprints of the site that began."""
    with closing(Store.open(store)) as opened:
        for crew in CREWS:
            opened.sprint_starts.keep(past_starts(crew.name, tuple(_begun(state, crew.board))), now)


def _begun(state: State, board: int) -> Iterable[tuple[str, datetime]]:
    begun = (
        (str(sprint.id), sprint.start)
        for sprint in state.sprints.values()
        if sprint.board == board and sprint.state != "future" and sprint.start is not None
    )
    return sorted(begun, key=lambda one: one[1])
