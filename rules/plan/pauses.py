"""Pauses after an undo: what a person undid is not written again until they say so, or until a day they named."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from rules.model import UNDONE, Issue, OwnMarks, Snapshot
from rules.plan.changes import SPRINT, Change, ChangePlan, MoveToBacklog, MoveToSprint, mark_of
from rules.plan.marks import marks_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """One mark that is not written: a label or the comment of an issue, or every move into a sprint.

    `subject` is the issue's id, for moves the sprint's. `run` is the undo, "" where that is not known any more. `until`
    is when the pause ends or ended, `None` for only by `readyline resume`.
    """

    subject: str
    mark: str
    run: str
    until: datetime | None = None

    def is_over(self, now: datetime) -> bool:
        """Whether the stated time has passed."""
        return self.until is not None and self.until <= now


def pauses_of(changes: Iterable[Change], run: str, until: datetime | None) -> tuple[Pause, ...]:
    """What an undo pauses: the marks that it took back, and the sprints that it emptied."""
    places = dict.fromkeys(map(_place, changes))
    return tuple(Pause(subject=subject, mark=mark, run=run, until=until) for subject, mark in places)


def hold_paused(plan: ChangePlan, pauses: Iterable[Pause], now: datetime, spared: Collection[str] = ()) -> ChangePlan:
    """The plan without paused changes; `spared` are ids of issues on which people asked for what is written."""
    paused = {(pause.subject, pause.mark): pause for pause in pauses if not pause.is_over(now)}
    return plan.holding(
        {
            change: _why(paused[_place(change)])
            for change in plan.changes
            if _place(change) in paused and change.issue not in spared
        }
    )


def why_paused(pauses: Iterable[Pause], place: tuple[str, str], now: datetime) -> str:
    """Why a place, by subject and mark, is not written to now, "" where it is."""
    held = (pause for pause in pauses if (pause.subject, pause.mark) == place and not pause.is_over(now))
    return next(map(_why, held), "")


def lost_pauses(issues: Iterable[Issue], memory: Mapping[str, OwnMarks], known: Iterable[Pause]) -> tuple[Pause, ...]:
    """The pauses by the marks on issues that the store does not know: it was lost. Only resuming ends them.

    `memory` is what the store knows of each issue, by id.
    """
    marked = ((issue.id, marks_of(issue, memory).refused) for issue in issues)
    places = {place for issue, entries in marked for entry in entries if (place := _place_of(issue, *entry))}
    missing = places - {(pause.subject, pause.mark) for pause in known}
    return tuple(Pause(subject=subject, mark=mark, run="") for subject, mark in sorted(missing))


def ended_places(pauses: Iterable[Pause], now: datetime) -> frozenset[tuple[str, str]]:
    """The places, by subject and mark, that may be written to again."""
    return frozenset((pause.subject, pause.mark) for pause in pauses if pause.is_over(now))


def resumed(snapshot: Snapshot, places: Collection[tuple[str, str]]) -> Snapshot:
    """The snapshot without what undos refused in these places."""
    if not places:
        return snapshot
    issues, history, left = (
        tuple(resumed_issue(issue, places) for issue in part)
        for part in (snapshot.issues, snapshot.history, snapshot.left)
    )
    return replace(snapshot, issues=issues, history=history, left=left)


def resumed_issue(issue: Issue, places: Collection[tuple[str, str]]) -> Issue:
    """One issue without what undos refused in these places."""
    marks = _resumed(issue.id, issue.marks, places)
    return issue if marks == issue.marks else replace(issue, marks=marks)


def resumed_memory(memory: Mapping[str, OwnMarks], places: Collection[tuple[str, str]]) -> dict[str, OwnMarks]:
    """What is known of each issue, by id, without what undos refused in these places."""
    return {issue: _resumed(issue, marks, places) for issue, marks in memory.items()}


def _resumed(issue: str, marks: OwnMarks, places: Collection[tuple[str, str]]) -> OwnMarks:
    still = tuple(entry for entry in marks.refused if _place_of(issue, *entry) not in places)
    return marks if still == marks.refused else replace(marks, refused=still)


def _place_of(issue: str, mark: str, reason: str) -> tuple[str, str] | None:
    """The place that an undo refused, `None` for what a person removed by hand."""
    if not mark.startswith(UNDONE):
        return None
    mark = mark.removeprefix(UNDONE)
    return (reason, SPRINT) if mark == SPRINT else (issue, mark)


def _place(change: Change) -> tuple[str, str]:
    match change:
        case MoveToSprint(sprint=sprint) | MoveToBacklog(sprint=sprint):
            return (sprint, SPRINT)
        case _:
            return (change.issue, mark_of(change))


def _why(pause: Pause) -> str:
    end = f"{pause.until:%Y-%m-%d %H:%M}, or until `readyline resume`" if pause.until else "`readyline resume`"
    undo = f"undo {pause.run}" if pause.run else "an undo"  # which one is not known after a lost store
    return f"paused by {undo} until {end}"
