"""Issues that came into a plan, or up in the order, after its preparation began: ready, accepted, or to be decided."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from rules.backlog.index import Backlog
from rules.model import EditField, Issue
from rules.planning.lead_time import PlanningLeadTime
from rules.planning.part_one import Decision
from rules.planning.team_part import TeamPart
from rules.verdict import Judgement
from rules.wording import agreeing

_HOW = {EditField.RANK: "moved in the order", EditField.SPRINT: "put into a sprint", EditField.PRIORITY: "new priority"}
NEW = "created"
ACCEPT = "/ready accept"


@dataclass(frozen=True, slots=True, kw_only=True)
class LateAddition:
    """A selected issue that was created or given another place late: how, and when that was last.

    `missing` says what keeps it from being ready, nothing for a ready one. `accepted` is whether a team accepted it
    all the same.
    """

    issue: Issue
    team: str
    how: tuple[str, ...]
    at: datetime
    missing: tuple[str, ...] = ()
    accepted: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is neither ready nor accepted."""
        return bool(self.missing) and not self.accepted

    @property
    def state(self) -> str:
        """Whether it is ready, accepted, or what to do."""
        if not self.missing:
            return "ready"
        lacks = f"not ready: {', '.join(self.missing)}"
        return f"{lacks}; accepted" if self.accepted else f"{lacks}; make it ready, or accept it ({ACCEPT})"


def late_additions(
    teams: Sequence[TeamPart],
    backlog: Backlog,
    judgement: Judgement,
    accepted: AbstractSet[str],
    lead_time: PlanningLeadTime,
) -> tuple[LateAddition, ...]:
    """The late additions of all teams, each team's in rank order. `accepted` are the ids of accepted issues.

    They are late from the preparation of the team's planning on. Teams whose next sprint has no start are left out.
    """
    return tuple(
        addition
        for team in teams
        if (sprint := team.capacity.sprint) is not None and sprint.start is not None
        for addition in _of(team, lead_time.of(team.capacity.team, sprint.start), backlog, judgement, accepted)
    )


def _of(
    team: TeamPart, since: datetime, backlog: Backlog, judgement: Judgement, accepted: AbstractSet[str]
) -> Iterator[LateAddition]:
    for issue in (one.issue for one in team.selected):
        changes, verdict = tuple(_changes(issue, since, backlog)), judgement.by_key.get(issue.key)
        if changes and verdict is not None:
            yield LateAddition(
                issue=issue,
                team=team.name,
                how=tuple(dict.fromkeys(how for how, _ in changes)),
                at=max(at for _, at in changes),
                missing=() if verdict.ready else verdict.reasons,
                accepted=issue.id in accepted,
            )


def _changes(issue: Issue, since: datetime, backlog: Backlog) -> Iterator[tuple[str, datetime]]:
    """What people did with the place of an issue since a moment, as far as the tracker's history shows it."""
    if issue.created >= since:
        yield NEW, issue.created
    for edit in backlog.snapshot.edits.get(issue.id, ()):
        if edit.at >= since and edit.by_person and edit.field in _HOW:
            yield _HOW[edit.field], edit.at


def late_decisions(additions: Sequence[LateAddition]) -> tuple[Decision, ...]:
    """Whether the late additions that are neither ready nor accepted stay in the plan; nothing where there are none."""
    keys = [one.issue.key for one in additions if one.is_open]
    ask = agreeing(len(keys), "does it stay", "do they stay")
    return (
        (Decision(f"{', '.join(keys)}: added late and not ready, {ask} in the plan?", ("yes", "no")),) if keys else ()
    )
