"""What changed since the last Sprint Planning about the issues on the page, as far as the tracker's history shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.backlog.index import Backlog
from rules.model import Edit, EditField, Issue, SprintState


@dataclass(frozen=True, slots=True)
class Reestimated:
    """An issue whose estimate changed: as it was and as it is now, "" for none, and who changed it last and when."""

    issue: str
    before: str
    after: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What changed since a moment: the start of the teams' latest sprints. `None` where that or the past is not known.

    `moved` are issues that somebody moved in the order, `added` those created since then.
    """

    at: datetime | None
    estimates: tuple[Reestimated, ...] = ()
    moved: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether nothing changed."""
        return not (self.estimates or self.moved or self.added)


def changed_since(backlog: Backlog, issues: Sequence[Issue]) -> Since:
    """What changed about these issues since the teams' last planning."""
    at = last_planning(backlog)
    if at is None or "changelog" in backlog.snapshot.unavailable:
        return Since(at=None)
    recent = {
        issue.key: [edit for edit in backlog.snapshot.edits.get(issue.id, ()) if edit.at > at] for issue in issues
    }
    return Since(
        at=at,
        estimates=tuple(change for key, edits in recent.items() if (change := _estimate(key, edits)) is not None),
        moved=tuple(key for key, edits in recent.items() if any(edit.field is EditField.RANK for edit in edits)),
        added=tuple(issue.key for issue in issues if issue.created > at),
    )


def estimates_since(issue: Issue, backlog: Backlog, at: datetime) -> Reestimated | None:
    """How the estimate of an issue changed since a moment, `None` where it did not."""
    return _estimate(issue.key, [edit for edit in backlog.snapshot.edits.get(issue.id, ()) if edit.at > at])


def last_planning(backlog: Backlog) -> datetime | None:
    """The start of the teams' latest sprints, the earliest of them; `None` where no team has had a sprint."""
    snapshot = backlog.snapshot
    starts = []
    for team in snapshot.product.teams:
        begun = (*snapshot.sprints_of(team, SprintState.CLOSED), *snapshot.sprints_of(team, SprintState.ACTIVE))
        starts += [max(days) for days in [[one.start for one in begun if one.start is not None]] if days]
    return min(starts, default=None)


def _estimate(key: str, edits: Sequence[Edit]) -> Reestimated | None:
    """The change of an estimate over all edits, `None` where it is as it was."""
    changes = [edit for edit in edits if edit.field is EditField.ESTIMATE]
    if not changes or changes[0].before == changes[-1].after:
        return None
    return Reestimated(key, changes[0].before, changes[-1].after, changes[-1].name, changes[-1].at)
