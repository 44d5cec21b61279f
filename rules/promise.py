"""A team's promise to finish an issue in one of its sprints, given with `/ready promise SPRINT`."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Which sprint (its id, "" before that is known, and its name) was promised, by which team, and when."""

    at: datetime
    sprint: str = ""
    name: str = ""
    team: str = ""
